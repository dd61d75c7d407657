//! Lines and columns, measured as a terminal shows them.
//!
//! Width is display width: a Vietnamese letter takes one column whether its marks are
//! composed (NFC) or stand apart (NFD). Texts leave in NFC, wrapped at 80 columns, with
//! control characters written as escapes, so that no file can steer the reader's terminal.

use unicode_normalization::UnicodeNormalization;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::Style;
use crate::style::Ink;

/// Columns that no line passes.
pub const COLUMNS: usize = 80;

/// Fewest columns that wrapped text keeps, however deep it stands.
const NARROWEST: usize = 20;

/// Columns that a text takes on a terminal.
pub fn display_width(text: &str) -> usize {
    text.width()
}

/// A text in NFC whose control characters and direction marks are visible.
pub(crate) fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc() {
        match c {
            '\n' | '\t' | '\r' => out.push(' '),
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => out.extend(c.escape_unicode()),
            c if c.is_control() => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// The text in lines of at most `width` columns, broken at spaces.
///
/// A word that is too wide for a line is broken between characters; a letter never loses
/// its marks. A no-break space holds.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let width = width.max(NARROWEST);
    let text = clean(text);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        let wide = display_width(word);
        if used > 0 && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for cluster in clusters(word) {
            let wide = display_width(cluster);
            if used > 0 && used + wide > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += wide;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// The text in at most `most` lines; what is left out is told by `…`.
pub(crate) fn wrap_at_most(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines = wrap(text, width);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            let mut kept: Vec<&str> = clusters(last);
            while display_width(&kept.concat()) + 1 > width {
                if kept.pop().is_none() {
                    break;
                }
            }
            *last = format!("{}…", kept.concat().trim_end());
        }
    }
    lines
}

/// Each character with the marks that stand on it.
fn clusters(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = text
        .char_indices()
        .filter(|(index, c)| *index == 0 || c.width() != Some(0))
        .map(|(index, _)| index)
        .collect();
    starts.push(text.len());
    starts
        .iter()
        .zip(starts.iter().skip(1))
        .filter_map(|(a, b)| text.get(*a..*b))
        .collect()
}

/// The text filled with spaces to a width.
fn fill(text: &str, width: usize, align: Align) -> String {
    let space = " ".repeat(width.saturating_sub(display_width(text)));
    match align {
        Align::Left => format!("{text}{space}"),
        Align::Right => format!("{space}{text}"),
    }
}

/// The side on which the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Align {
    Left,
    Right,
}

/// One row of a table.
pub(crate) struct Row {
    pub(crate) ink: Ink,
    pub(crate) cells: Vec<String>,
}

/// Rows whose cells are aligned by display width.
///
/// Columns are as wide as their widest cell; the column `flexible` takes what is left of
/// the line and wraps its cells into at most `most_lines` lines.
pub(crate) struct Table {
    pub(crate) aligns: Vec<Align>,
    pub(crate) flexible: usize,
    pub(crate) most_lines: usize,
    pub(crate) rows: Vec<Row>,
}

const GAP: usize = 2;

impl Table {
    /// The lines of the table, at most [`COLUMNS`] wide where the fixed cells leave room.
    pub(crate) fn lines(&self) -> Vec<(Ink, String)> {
        let widest = |column: usize| {
            let cells = self.rows.iter().filter_map(|row| row.cells.get(column));
            cells
                .map(|cell| display_width(&clean(cell)))
                .max()
                .unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..self.aligns.len()).map(widest).collect();
        let fixed: usize = widths
            .iter()
            .enumerate()
            .map(|(column, width)| {
                if column == self.flexible {
                    0
                } else {
                    width + GAP
                }
            })
            .sum();
        if let Some(width) = widths.get_mut(self.flexible) {
            *width = (*width).min(COLUMNS.saturating_sub(fixed).max(NARROWEST));
        }
        self.rows
            .iter()
            .flat_map(|row| self.row_lines(row, &widths))
            .collect()
    }

    fn row_lines(&self, row: &Row, widths: &[usize]) -> Vec<(Ink, String)> {
        let cells: Vec<Vec<String>> = row
            .cells
            .iter()
            .enumerate()
            .map(|(column, cell)| match widths.get(column) {
                Some(width) if column == self.flexible => {
                    wrap_at_most(cell, *width, self.most_lines)
                }
                _ => vec![clean(cell)],
            })
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0);
        (0..height)
            .map(|line| {
                let mut text = String::new();
                for (column, (cell, (width, align))) in cells
                    .iter()
                    .zip(widths.iter().zip(&self.aligns))
                    .enumerate()
                {
                    if column > 0 {
                        text.push_str(&" ".repeat(GAP));
                    }
                    let part = cell.get(line).map_or("", String::as_str);
                    text.push_str(&fill(part, *width, *align));
                }
                (row.ink, text.trim_end().to_owned())
            })
            .collect()
    }
}

/// A text under way: lines, headings, items with a hanging indent.
pub(crate) struct Page {
    style: Style,
    text: String,
}

impl Page {
    pub(crate) fn new(style: Style) -> Self {
        Page {
            style,
            text: String::new(),
        }
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// A heading, with an empty line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        self.line(Ink::Bold, text);
    }

    /// A paragraph.
    pub(crate) fn line(&mut self, ink: Ink, text: &str) {
        self.item(ink, "", text);
    }

    /// A paragraph after a lead such as `  - `; its further lines stand below its first word.
    pub(crate) fn item(&mut self, ink: Ink, lead: &str, text: &str) {
        let indent = display_width(lead);
        for (index, line) in wrap(text, COLUMNS.saturating_sub(indent))
            .iter()
            .enumerate()
        {
            let lead = if index == 0 {
                lead.to_owned()
            } else {
                " ".repeat(indent)
            };
            self.push(ink, &format!("{lead}{line}"));
        }
    }

    /// Lines of a table.
    pub(crate) fn table(&mut self, table: &Table) {
        for (ink, line) in table.lines() {
            self.push(ink, &line);
        }
    }

    fn push(&mut self, ink: Ink, line: &str) {
        self.text.push_str(&self.style.paint(ink, line.trim_end()));
        self.text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết trước hạn, đúng hạn";

    fn apart(text: &str) -> String {
        text.nfd().collect()
    }

    #[test]
    fn letters_take_one_column_composed_or_apart() {
        assert_ne!(apart(SENTENCE).len(), SENTENCE.len());
        assert_eq!(display_width(SENTENCE), SENTENCE.chars().count());
        assert_eq!(display_width(&apart(SENTENCE)), display_width(SENTENCE));
    }

    #[test]
    fn composed_and_apart_wrap_to_the_same_lines() {
        assert_eq!(wrap(&apart(SENTENCE), 30), wrap(SENTENCE, 30));
        assert_eq!(
            wrap(SENTENCE, 30),
            [
                "Tỷ lệ hồ sơ thủ tục hành chính",
                "được giải quyết trước hạn,",
                "đúng hạn"
            ]
        );
    }

    #[test]
    fn a_letter_keeps_its_marks_where_a_word_is_broken() {
        // A dot below and a tilde on `x` have no composed form.
        let word = "x\u{323}\u{303}".repeat(25);
        for line in wrap(&word, 20) {
            assert!(display_width(&line) <= 20);
            assert!(line.starts_with('x'), "{line:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_told_by_an_ellipsis() {
        let lines = wrap_at_most(SENTENCE, 24, 2);
        assert_eq!(
            lines,
            ["Tỷ lệ hồ sơ thủ tục hành", "chính được giải quyết…"]
        );
        assert_eq!(wrap_at_most("ngắn", 24, 2), ["ngắn"]);
    }

    #[test]
    fn a_no_break_space_holds() {
        let lines = wrap("a b c d e f g 10,00\u{a0}điểm", 20);
        assert_eq!(lines, ["a b c d e f g", "10,00\u{a0}điểm"]);
    }

    #[test]
    fn a_file_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[2Jb\u{202e}c\nd"), "a\\u{1b}[2Jb\\u{202e}c d");
    }

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let row = |title: &str, points: &str| Row {
            ink: Ink::Plain,
            cells: vec![title.to_owned(), points.to_owned()],
        };
        let table = Table {
            aligns: vec![Align::Left, Align::Right],
            flexible: 0,
            most_lines: 1,
            rows: vec![
                row(&apart("Cải cách thể chế"), "1,50"),
                row("Tổng", "10,00"),
            ],
        };
        let lines: Vec<String> = table.lines().into_iter().map(|(_, line)| line).collect();
        assert_eq!(
            lines,
            ["Cải cách thể chế   1,50", "Tổng              10,00"]
        );
    }

    #[test]
    fn an_empty_text_is_one_empty_line() {
        assert_eq!(wrap("", 30), [""]);
        assert_eq!(wrap("  \n ", 30), [""]);
    }
}
