//! Markdown as clean lines.
//!
//! Marks of emphasis, headings, lists, quotations, code and links go; what they mark stays,
//! on the line where it stands in the file. Emphasis may open on one line and close on a
//! later one of the same paragraph. Cells of tables and parts around `<br>` become lines of
//! their own with the number of the line that they stand on. Labels of numbered lists are
//! text. Other HTML is left as it stands.

use super::{Lines, plain, too_much};
use crate::text::Layout;
use crate::{ReadFault, Text};

pub(super) fn read(bytes: &[u8], mut lines: Lines) -> Result<Text, ReadFault> {
    let text = plain::decoded(bytes)?;
    // Marks count here, though they go: what they take is work all the same.
    if text.chars().count() > lines.most_characters {
        return Err(too_much("characters", lines.most_characters));
    }
    let rows: Vec<&str> = plain::split(&text).collect();
    for block in blocks(&rows) {
        let marked = block.iter().map(|it| it.text.as_str());
        let texts = inline(&marked.collect::<Vec<_>>().join("\n"));
        // What the marks enclose never adds or takes a line end.
        for (it, text) in block.iter().zip(texts.split('\n')) {
            for part in text.split(BREAK) {
                lines.push_numbered(part.trim_end(), None, it.layout, it.number)?;
            }
        }
    }
    lines.finish()
}

/// Stands for `<br>`; `clean` would drop it, and no file that looks like text has it.
const BREAK: char = '\u{1}';

/// A line or a cell, with its inline marks.
struct Piece {
    text: String,
    layout: Layout,
    number: u32,
}

/// Lines whose inline marks belong together; each cell, heading and item is on its own.
fn blocks(rows: &[&str]) -> Vec<Vec<Piece>> {
    let mut blocks: Vec<Vec<Piece>> = Vec::new();
    let mut open = false;
    let mut fence: Option<&str> = None;
    let mut tables = 0;
    let mut table_row: Option<u32> = None;
    for (index, (row, number)) in rows.iter().zip(1..).enumerate() {
        let trimmed = row.trim();
        let piece = |text: String, layout| Piece {
            text,
            layout,
            number,
        };
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|it| trimmed.starts_with(it));
        if fence.is_some() || mark.is_some() {
            fence = match (fence, mark) {
                (Some(open), Some(mark)) if open == mark => None,
                (Some(open), _) => {
                    blocks.push(vec![piece(escaped(row), Layout::Body)]);
                    Some(open)
                }
                (None, mark) => mark,
            };
            open = false;
            table_row = None;
            continue;
        }
        let after = rows.get(index + 1).map(|row| row.trim());
        if let Some(at) = table_row {
            if trimmed.contains('|') {
                if !is_delimiter(trimmed) {
                    for (column, cell) in (0..).zip(cells(trimmed)) {
                        let layout = Layout::Cell {
                            table: tables - 1,
                            row: at,
                            column,
                        };
                        blocks.push(vec![piece(cell, layout)]);
                    }
                    table_row = Some(at + 1);
                }
                continue;
            }
            table_row = None;
        } else if trimmed.contains('|')
            && (trimmed.starts_with('|') || after.is_some_and(is_delimiter))
        {
            tables += 1;
            if is_delimiter(trimmed) {
                table_row = Some(0);
                continue;
            }
            for (column, cell) in (0..).zip(cells(trimmed)) {
                let layout = Layout::Cell {
                    table: tables - 1,
                    row: 0,
                    column,
                };
                blocks.push(vec![piece(cell, layout)]);
            }
            table_row = Some(1);
            open = false;
            continue;
        }
        if trimmed.is_empty() {
            blocks.push(vec![piece(String::new(), Layout::Body)]);
            open = false;
            continue;
        }
        if is_rule(trimmed) {
            underline(&mut blocks, open, trimmed);
            blocks.push(vec![piece(String::new(), Layout::Body)]);
            open = false;
            continue;
        }
        let quoted = trimmed.trim_start_matches('>').trim_start();
        if let Some((level, text)) = heading(quoted) {
            blocks.push(vec![piece(text.to_owned(), Layout::Heading(level))]);
            open = false;
            continue;
        }
        let (text, layout) = match item(quoted) {
            Some(text) => (text, Layout::Item),
            None => (quoted, Layout::Body),
        };
        // Two spaces or a backslash at the end break the line, which it is already.
        let text = text.trim_end();
        let text = match text.strip_suffix('\\') {
            Some(rest) if !rest.ends_with('\\') => rest.trim_end(),
            _ => text,
        };
        let piece = piece(text.to_owned(), layout);
        match blocks.last_mut() {
            Some(block) if open && layout == Layout::Body => block.push(piece),
            _ => blocks.push(vec![piece]),
        }
        open = true;
    }
    blocks
}

/// Code is text: every sign of it that would be a mark is escaped.
fn escaped(code: &str) -> String {
    let mut text = String::with_capacity(code.len());
    for c in code.chars() {
        if c.is_ascii_punctuation() {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

/// A paragraph over `===` or `---` is a heading.
fn underline(blocks: &mut [Vec<Piece>], open: bool, rule: &str) {
    let level = match rule.chars().next() {
        Some('=') => 1,
        Some('-') => 2,
        _ => return,
    };
    if let Some(block) = blocks.last_mut().filter(|_| open) {
        for piece in block {
            if piece.layout == Layout::Body {
                piece.layout = Layout::Heading(level);
            }
        }
    }
}

/// `---`, `***`, `___`, spaces between them allowed; and `===`.
fn is_rule(text: &str) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let only = text.chars().all(|c| c == first || c == ' ');
    let count = text.chars().filter(|c| *c == first).count();
    only && matches!(first, '-' | '*' | '_' | '=') && count >= 3
}

fn heading(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let level = u8::try_from(level).ok().filter(|it| (1..=6).contains(it))?;
    if !rest.is_empty() && !rest.starts_with([' ', '\t']) {
        return None;
    }
    let text = rest.trim();
    let bare = text.trim_end_matches('#');
    let closed = bare.is_empty() || bare.ends_with([' ', '\t']);
    Some((level, if closed { bare.trim_end() } else { text }))
}

/// The text of an item; a number before it is part of the text.
fn item(text: &str) -> Option<&str> {
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    let digits = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = text.len() - digits.len();
    let numbered = (1..=9).contains(&count)
        && digits.starts_with(['.', ')'])
        && digits.get(1..).is_some_and(|rest| rest.starts_with(' '));
    numbered.then_some(text)
}

/// `|---|:--:|`.
fn is_delimiter(text: &str) -> bool {
    text.contains('-')
        && text.contains('|')
        && text
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// Cells of a row, an escaped bar being text.
fn cells(row: &str) -> Vec<String> {
    let row = row.strip_prefix('|').unwrap_or(row);
    let mut cells = vec![String::new()];
    let mut escape = false;
    for c in row.chars() {
        let last = cells.last_mut();
        match (c, last) {
            ('|', _) if !escape => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            _ => {}
        }
        escape = c == '\\' && !escape;
    }
    if cells.len() > 1 && cells.last().is_some_and(|cell| cell.trim().is_empty()) {
        cells.pop();
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// A sign of a paragraph.
#[derive(Clone, Copy, PartialEq)]
enum Sign {
    /// It is text.
    Text(char),
    /// A `*` or `_` that may be a mark.
    Mark(char),
    /// A mark whose partner was found.
    Gone,
}

/// A paragraph without its inline marks; as many line ends as before.
fn inline(text: &str) -> String {
    let mut signs = signs(text);
    unmark(&mut signs);
    signs
        .into_iter()
        .filter_map(|sign| match sign {
            Sign::Text(c) | Sign::Mark(c) => Some(c),
            Sign::Gone => None,
        })
        .collect()
}

/// Escapes, entities, code, links and breaks are resolved here.
fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::with_capacity(text.len());
    let mut rest = text;
    // Once there is no backquote further on, none is looked for again.
    let mut ticks = text.matches('`').count();
    // A bracket that no link starts at tells the same of those before its partner.
    let mut links_from = 0;
    while let Some(c) = rest.chars().next() {
        let after = rest.get(c.len_utf8()..).unwrap_or_default();
        rest = match c {
            '\\' => match after.chars().next() {
                Some(next) if next.is_ascii_punctuation() => {
                    signs.push(Sign::Text(next));
                    after.get(1..).unwrap_or_default()
                }
                _ => {
                    signs.push(Sign::Text(c));
                    after
                }
            },
            '`' => {
                ticks = ticks.saturating_sub(1);
                match after.split_once('`').filter(|_| ticks > 0) {
                    Some((code, behind)) if !code.is_empty() => {
                        ticks -= 1;
                        signs.extend(code.chars().map(Sign::Text));
                        behind
                    }
                    _ => {
                        signs.push(Sign::Text(c));
                        after
                    }
                }
            }
            '<' => match line_break(rest) {
                Some(behind) => {
                    signs.push(Sign::Text(BREAK));
                    behind
                }
                None => {
                    signs.push(Sign::Text(c));
                    after
                }
            },
            '&' => match entity(rest) {
                Some((c, behind)) => {
                    signs.push(Sign::Text(c));
                    behind
                }
                None => {
                    signs.push(Sign::Text(c));
                    after
                }
            },
            '!' | '[' if text.len() - rest.len() >= links_from => match link(rest) {
                Ok((label, behind)) => {
                    signs.extend(label.chars().map(|c| match c {
                        '*' | '_' => Sign::Mark(c),
                        c => Sign::Text(c),
                    }));
                    behind
                }
                Err(looked_at) => {
                    if c == '[' {
                        links_from = text.len() - rest.len() + looked_at;
                    }
                    signs.push(Sign::Text(c));
                    after
                }
            },
            '*' | '_' => {
                signs.push(Sign::Mark(c));
                after
            }
            c => {
                signs.push(Sign::Text(c));
                after
            }
        };
    }
    signs
}

/// What stands behind `<br>`, `<br/>` or `<br />`.
fn line_break(text: &str) -> Option<&str> {
    let tag = text.get(..3)?;
    if !tag.eq_ignore_ascii_case("<br") {
        return None;
    }
    let rest = text.get(3..)?.trim_start_matches(' ');
    rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>'))
}

fn entity(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(1..end)?;
    let behind = text.get(end + 1..)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control())?
        }
    };
    Some((c, behind))
}

/// Longest label or target of a link, in bytes; keeps the look for its end short.
const LINK: usize = 2_048;

/// The label of `[label](target)` on one line, none for a picture, and what stands behind it;
/// otherwise how many bytes hold no partner of the bracket.
fn link(text: &str) -> Result<(&str, &str), usize> {
    let (inside, picture) = match text.strip_prefix("![") {
        Some(inside) => (inside, true),
        None => (text.strip_prefix('[').ok_or(1usize)?, false),
    };
    let near = |text: &str, wanted: u8| {
        let bytes = text.bytes().take(LINK).enumerate();
        let mut ends = bytes.skip_while(|(_, byte)| *byte != wanted && *byte != b'\n');
        match ends.next() {
            Some((at, byte)) if byte == wanted => Ok(at),
            Some((at, _)) => Err(at),
            None => Err(text.len().min(LINK)),
        }
    };
    let end = near(inside, b']')?;
    let label = inside.get(..end).ok_or(1usize)?;
    let target = inside.get(end + 1..).unwrap_or_default();
    let target = target.strip_prefix('(').ok_or(end)?;
    let close = near(target, b')').map_err(|looked_at| end + looked_at / 2)?;
    let behind = target.get(close + 1..).unwrap_or_default();
    Ok((if picture { "" } else { label }, behind))
}

/// A run of one mark.
struct Run {
    from: usize,
    left: usize,
    mark: char,
    opens: bool,
    closes: bool,
}

/// Takes away the marks that enclose something.
fn unmark(signs: &mut [Sign]) {
    let runs = runs(signs);
    // Runs that may still be closed, by their place in `runs`.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for (which, run) in runs.iter().enumerate() {
        let mut left = run.left;
        if run.closes {
            while left > 0 {
                let at = open.iter().rposition(|(opener, _)| {
                    runs.get(*opener).is_some_and(|it| it.mark == run.mark)
                });
                let Some(at) = at else { break };
                // What was opened in between stays open in vain.
                open.truncate(at + 1);
                let Some((opener, has)) = open.pop() else {
                    break;
                };
                let taken = left.min(has);
                // From the inner end of the opener, from the inner end of this one.
                if let Some(first) = runs.get(opener) {
                    gone(signs, first.from + has - taken, taken);
                }
                gone(signs, run.from + run.left - left, taken);
                left -= taken;
                if has > taken {
                    open.push((opener, has - taken));
                }
            }
        }
        if run.opens && left > 0 && open.len() < OPEN {
            // What closed something cannot open as well with the same signs.
            if left == run.left {
                open.push((which, left));
            }
        }
    }
}

/// Most marks that are open at once; the look for a partner stays short.
const OPEN: usize = 64;

fn gone(signs: &mut [Sign], from: usize, count: usize) {
    for sign in signs.iter_mut().skip(from).take(count) {
        *sign = Sign::Gone;
    }
}

/// Runs of marks, with whether they can open and close: by what stands on both sides.
fn runs(signs: &[Sign]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while at < signs.len() {
        let Some(Sign::Mark(mark)) = signs.get(at).copied() else {
            at += 1;
            continue;
        };
        let same = signs.iter().skip(at);
        let left = same.take_while(|sign| **sign == Sign::Mark(mark)).count();
        let beside = |index: Option<usize>| {
            let sign = index.and_then(|index| signs.get(index));
            match sign {
                Some(Sign::Text(c) | Sign::Mark(c)) if *c == BREAK => ' ',
                Some(Sign::Text(c) | Sign::Mark(c)) => *c,
                _ => ' ',
            }
        };
        let before = beside(at.checked_sub(1));
        let after = beside(Some(at + left));
        let (opens, closes) = flanks(before, after, mark);
        runs.push(Run {
            from: at,
            left,
            mark,
            opens,
            closes,
        });
        at += left;
    }
    runs
}

/// Whether a run can open and can close, as CommonMark 0.31 has it (6.2).
fn flanks(before: char, after: char, mark: char) -> (bool, bool) {
    let punctuation = |c: char| !c.is_alphanumeric() && !c.is_whitespace();
    let left = !after.is_whitespace()
        && (!punctuation(after) || before.is_whitespace() || punctuation(before));
    let right = !before.is_whitespace()
        && (!punctuation(before) || after.is_whitespace() || punctuation(after));
    if mark == '*' {
        (left, right)
    } else {
        (
            left && (!right || punctuation(before)),
            right && (!left || punctuation(after)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_text};

    fn lines(text: &str) -> Vec<(u32, String, Layout)> {
        let text = read_text(text.as_bytes(), "a.md", &Limits::USUAL).unwrap();
        let lines = text.lines.into_iter();
        lines.map(|it| (it.number, it.text, it.layout)).collect()
    }

    /// Markdown, and its lines.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = lines(text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn emphasis_goes_also_over_line_ends() {
        check("**ỦY BAN  \nXÃ**", &["ỦY BAN", "XÃ"]);
        check("a **b** *c* _d_ __e__ ***f***", &["a b c d e f"]);
        check("- **Thời gian:** Quý I", &["Thời gian: Quý I"]);
        check("**a\n\nb**", &["**a", "", "b**"]);
        check("2 * 3 * 4, BC_12_2024", &["2 * 3 * 4, BC_12_2024"]);
        check("**“1.2.1”**", &["“1.2.1”"]);
        check("*a **b** c*", &["a b c"]);
        check("** a", &["** a"]);
    }

    #[test]
    fn escapes_entities_code_and_links_are_text() {
        check(r"\*a\* 1\. \\", &[r"*a* 1. \"]);
        check("a &amp; b&nbsp;c &#272; &x;", &["a & b c Đ &x;"]);
        check("`a*b*`", &["a*b*"]);
        check("[KH 15](a.docx) ![](b.png)x [c]", &["KH 15 x [c]"]);
        check("```\n*a*\n```\nb", &["*a*", "b"]);
    }

    #[test]
    fn line_ends_and_breaks_make_lines() {
        assert_eq!(
            lines("a<br>b<BR />c\nd\\\ne"),
            [
                (1, "a".to_owned(), Layout::Body),
                (1, "b".to_owned(), Layout::Body),
                (1, "c".to_owned(), Layout::Body),
                (2, "d".to_owned(), Layout::Body),
                (3, "e".to_owned(), Layout::Body),
            ]
        );
    }

    #[test]
    fn headings_items_and_rules_are_told() {
        assert_eq!(
            lines("## **A** ##\n- b\n1. c\n> d\n\nE\n===\n#f"),
            [
                (1, "A".to_owned(), Layout::Heading(2)),
                (2, "b".to_owned(), Layout::Item),
                (3, "1. c".to_owned(), Layout::Item),
                (4, "d".to_owned(), Layout::Body),
                (5, String::new(), Layout::Body),
                (6, "E".to_owned(), Layout::Heading(1)),
                (7, String::new(), Layout::Body),
                (8, "#f".to_owned(), Layout::Body),
            ]
        );
    }

    #[test]
    fn tables_are_cells() {
        let cell = |number, text: &str, table, row, column| {
            (number, text.to_owned(), Layout::Cell { table, row, column })
        };
        assert_eq!(
            lines("| **A** | b\\|c |\n|---|---|\n| d<br>e | |\n\nx | y\n--|--\n1 | 2\n"),
            [
                cell(1, "A", 0, 0, 0),
                cell(1, "b|c", 0, 0, 1),
                cell(3, "d", 0, 1, 0),
                cell(3, "e", 0, 1, 0),
                cell(3, "", 0, 1, 1),
                (4, String::new(), Layout::Body),
                cell(5, "x", 1, 0, 0),
                cell(5, "y", 1, 0, 1),
                cell(7, "1", 1, 1, 0),
                cell(7, "2", 1, 1, 1),
            ]
        );
    }

    #[test]
    fn many_marks_take_no_longer_than_their_number() {
        for mark in ["*a ", "**a", "_a *b", "` ", "[", "![", "[]("] {
            assert_eq!(lines(&format!("x{}", mark.repeat(100_000))).len(), 1);
        }
    }
}
