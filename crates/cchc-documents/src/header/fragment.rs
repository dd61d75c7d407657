//! Lines taken apart into the components that stand side by side in them.
//!
//! The head of a document has two columns. Texts taken from files show them one after the
//! other, run together in one line, or with a bar between; a bad extraction shows the whole
//! head as a single line. Here every such line becomes fragments of one component each.

use std::sync::LazyLock;

use cchc_core::reading::{How, Read, Spot};
use cchc_core::values::fold;
use regex::Regex;

use super::plain::{between, characters_before, plain, skeleton, tidy};
use crate::text::{Layout, Line};

/// A stretch of a line.
#[derive(Clone, Debug)]
pub(super) struct Fragment {
    /// As it stands in the line, without spaces at the ends.
    pub(super) text: String,
    /// The same for matching, character by character.
    pub(super) plain: String,
    /// The same folded, to be compared with fixed words.
    pub(super) folded: String,
    /// Index of the line.
    pub(super) line: usize,
    /// First character in the line, from 0.
    pub(super) start: usize,
    /// Where it is.
    pub(super) at: Spot,
    /// Whether other text of the same line was cut off.
    pub(super) split: bool,
    /// Whether an empty or ruled line stands before it.
    pub(super) apart: bool,
    /// Where the line stands.
    pub(super) layout: Layout,
    /// Whether it stands inside parentheses that a line before it opened.
    pub(super) enclosed: bool,
}

impl Fragment {
    fn new(line: &Line, index: usize, start: usize, text: &str, split: bool) -> Option<Fragment> {
        let leading = text.chars().take_while(|c| is_margin(*c)).count();
        let text = text.trim_matches(is_margin);
        if text.is_empty() {
            return None;
        }
        let start = start + leading;
        Some(Fragment {
            text: text.to_owned(),
            plain: plain(text),
            folded: fold(&plain(text)),
            line: index,
            start,
            at: line.spot(start),
            split,
            apart: false,
            layout: line.layout,
            enclosed: false,
        })
    }

    /// Whether the other stands in the same column of the same table, or both in none.
    pub(super) fn beside(&self, other: &Fragment) -> bool {
        let column = |it: &Fragment| match it.layout {
            Layout::Cell { table, column, .. } => Some((table, column)),
            _ => None,
        };
        column(self) == column(other)
    }

    /// A value read from all of it.
    pub(super) fn read<T>(&self, value: T) -> Read<T> {
        Read {
            value,
            text: self.text.clone(),
            at: self.at.clone(),
            how: if self.split {
                How::Split
            } else {
                How::AsWritten
            },
        }
    }

    /// The characters `from..to`, as a fragment of its own.
    pub(super) fn part(&self, from: usize, to: usize) -> Option<Fragment> {
        let inner = between(&self.text, from, to);
        let leading = inner.chars().take_while(|c| is_margin(*c)).count();
        let text = inner.trim_matches(is_margin);
        if text.is_empty() {
            return None;
        }
        let start = self.start + from + leading;
        let at = match &self.at {
            Spot::Line { page, line, .. } => Spot::Line {
                page: *page,
                line: *line,
                column: u32::try_from(start).unwrap_or(u32::MAX).saturating_add(1),
            },
            other => other.clone(),
        };
        let whole = from == 0 && text.chars().count() == self.text.chars().count();
        Some(Fragment {
            text: text.to_owned(),
            plain: plain(text),
            folded: fold(&plain(text)),
            line: self.line,
            start,
            at,
            split: self.split || !whole,
            apart: self.apart && from == 0,
            layout: self.layout,
            enclosed: self.enclosed,
        })
    }
}

fn is_margin(c: char) -> bool {
    c.is_whitespace() || matches!(c, '|' | '¦' | '\u{200B}' | '\u{FEFF}')
}

/// What stands at the head of every document: the country's name and motto, or the Party's.
const MOTTOES: [&str; 3] = [
    "conghoaxahoichunghiavietnam",
    "doclaptudohanhphuc",
    "dangcongsanvietnam",
];

/// Fewest letters of a piece into which a narrow column breaks a motto.
const PIECE: usize = 7;

/// The fragments of a head, and where the country's name stands.
#[derive(Debug, Default)]
pub(super) struct Fragments {
    /// In reading order.
    pub(super) list: Vec<Fragment>,
    /// Index of the first fragment behind the first motto.
    pub(super) motto: Option<usize>,
    /// Whether it is the Party's head, not the State's.
    pub(super) party: bool,
    /// Whether the motto has lost its hyphens, as the rest then has.
    pub(super) hyphens_lost: bool,
}

/// Takes lines apart, up to `most` fragments.
pub(super) fn fragments(lines: &[Line], most: usize) -> Fragments {
    let mut found = Fragments::default();
    let mut apart = true;
    let mut open = 0_usize;
    for (index, line) in by_columns(lines) {
        if found.list.len() >= most {
            break;
        }
        if is_rule(&line.text) {
            apart = true;
            continue;
        }
        let unmarked = unmarked(line);
        let columns = columns(unmarked.as_ref().unwrap_or(line), index);
        for column in columns {
            let mut first = true;
            for mut piece in without_mottoes(column, &mut found) {
                piece.apart = apart && first;
                piece.enclosed = open > 0;
                for sign in piece.plain.chars() {
                    match sign {
                        '(' => open += 1,
                        ')' => open = open.saturating_sub(1),
                        _ => {}
                    }
                }
                for part in at_markers(piece) {
                    found.list.push(part);
                }
                first = false;
            }
            apart = apart && first;
        }
        apart = false;
    }
    found.list = with_torn_words(std::mem::take(&mut found.list));
    found
}

/// The line without marks of Markdown, each character where it stood; `None` where it has
/// none. Copied texts keep such marks whatever their file is called.
fn unmarked(line: &Line) -> Option<Line> {
    let marked = line.text.contains('*') || line.text.contains("<br") || line.text.starts_with('#');
    if !marked {
        return None;
    }
    let mut text = line.text.clone();
    for (tag, bars) in [("<br>", "|   "), ("<br/>", "|    "), ("<br />", "|     ")] {
        text = text.replace(tag, bars);
    }
    let text = text.replace('*', " ");
    let level = text.chars().take_while(|c| *c == '#').count();
    let text = text
        .chars()
        .enumerate()
        .map(|(at, c)| if at < level { ' ' } else { c })
        .collect();
    Some(Line {
        text,
        ..line.clone()
    })
}

/// Most lines of a table that holds two columns of a head or a foot.
const TABLE: usize = 60;

/// The lines with their indices; a table of two columns is read column after column, as the
/// head and the foot of a document are meant.
fn by_columns(lines: &[Line]) -> Vec<(usize, &Line)> {
    let mut list: Vec<(usize, &Line)> = lines.iter().enumerate().collect();
    let cell = |line: &Line| match line.layout {
        Layout::Cell { table, column, .. } => Some((table, column)),
        _ => None,
    };
    for run in list.chunk_by_mut(|(_, a), (_, b)| {
        let (a, b) = (cell(a), cell(b));
        a.map(|it| it.0) == b.map(|it| it.0)
    }) {
        let columns = run.iter().filter_map(|(_, line)| cell(line)).map(|it| it.1);
        if columns.max() == Some(1) && run.len() <= TABLE {
            run.sort_by_key(|(_, line)| cell(line).map(|it| it.1));
        }
    }
    list
}

/// Words at which narrow columns tear a component from its beginning.
const TORN: [&str; 7] = ["căn", "theo", "thực", "kính", "số:", "số", "nơi"];

/// The fragments, each torn beginning joined with what follows it.
fn with_torn_words(list: Vec<Fragment>) -> Vec<Fragment> {
    let mut whole: Vec<Fragment> = Vec::with_capacity(list.len());
    let mut torn = false;
    for fragment in list {
        match whole.last_mut() {
            Some(last) if torn && !fragment.apart => {
                last.text = format!("{} {}", last.text, fragment.text);
                last.plain = format!("{} {}", last.plain, fragment.plain);
                last.folded = fold(&last.plain);
                torn = false;
            }
            _ => {
                torn = TORN.contains(&&*tidy(&fragment.plain).to_lowercase());
                whole.push(fragment);
            }
        }
    }
    whole
}

/// Nothing but lines, dots and blanks.
pub(super) fn is_rule(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric) && !text.contains('/')
}

/// A line at its bars and wide gaps.
fn columns(line: &Line, index: usize) -> Vec<Fragment> {
    let letters: Vec<char> = line.text.chars().collect();
    let mut list = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < letters.len() {
        let wide = letters
            .iter()
            .skip(at)
            .take_while(|c| c.is_whitespace())
            .count();
        let bar = letters.get(at).is_some_and(|c| matches!(c, '|' | '¦'));
        let tab = letters.iter().skip(at).take(wide).any(|c| *c == '\t');
        let gap = (wide >= 4 || tab) && is_gap(&letters, start, at, at + wide);
        if bar || gap {
            list.push((start, at));
            at += wide.max(1);
            start = at;
        } else {
            at += wide.max(1);
        }
    }
    list.push((start, letters.len()));
    let split = list.len() > 1;
    list.into_iter()
        .filter_map(|(from, to)| {
            let text: String = letters.iter().skip(from).take(to - from).collect();
            Fragment::new(line, index, from, &text, split)
        })
        .filter(|fragment| !is_rule(&fragment.text))
        .collect()
}

/// Whether a wide gap parts two columns; in `Số:     /KH-UBND` and `ngày     tháng` it is a
/// blank to be filled in.
fn is_gap(letters: &[char], start: usize, from: usize, to: usize) -> bool {
    let left: String = letters.iter().skip(start).take(from - start).collect();
    let right: String = letters.iter().skip(to).take(12).collect();
    let left = tidy(&plain(&left)).to_lowercase();
    let right = tidy(&plain(&right)).to_lowercase();
    let open = [
        "ngày", "tháng", "năm", "số", "số:", "số :", ":", ",", "/", "…", "..",
    ];
    if left.is_empty() || open.iter().any(|end| left.ends_with(end)) {
        return false;
    }
    !["/", "tháng", "năm", "ngày"]
        .iter()
        .any(|word| right.starts_with(word))
}

/// The fragment without mottoes, which are noted.
fn without_mottoes(fragment: Fragment, found: &mut Fragments) -> Vec<Fragment> {
    let letters = skeleton(&fragment.plain);
    let bare: String = letters.iter().map(|(letter, _)| *letter).collect();
    // A narrow column breaks a motto; the piece fills its line.
    let piece = bare.len() >= PIECE
        && MOTTOES
            .iter()
            .any(|motto| motto.starts_with(&*bare) || motto.ends_with(&*bare));
    for motto in MOTTOES.iter().copied().chain(piece.then_some(&*bare)) {
        // Skeletons hold one byte a letter where they match a motto; positions are counted
        // in characters all the same.
        let Some(byte) = bare.find(motto) else {
            continue;
        };
        let first = characters_before(&bare, byte);
        let last = first + motto.chars().count() - 1;
        let (Some((_, from)), Some((_, to))) = (letters.get(first), letters.get(last)) else {
            continue;
        };
        // In a sentence the country's name is no head.
        let capitals = between(&fragment.plain, *from, to + 1);
        let small = capitals.chars().filter(|c| c.is_lowercase()).count();
        let lower = capitals.chars().next().is_some_and(char::is_lowercase);
        if lower || (motto == MOTTOES[0] && small * 4 > capitals.chars().count()) {
            continue;
        }
        found.motto.get_or_insert(found.list.len());
        found.party |= motto == MOTTOES[2];
        if motto == MOTTOES[1] {
            found.hyphens_lost |= !capitals.contains('-');
        }
        let end = fragment.plain.chars().count();
        let parts = [fragment.part(0, *from), fragment.part(to + 1, end)];
        return parts
            .into_iter()
            .flatten()
            .filter(|part| !is_rule(&part.text))
            .flat_map(|part| without_mottoes(part, found))
            .collect();
    }
    vec![fragment]
}

/// Where a component starts inside a line.
static MARKERS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?:^|[\ ,;.:)])(?P<marker>
            V/v\b
          | V/V\b
          | Về\ việc:\ 
          | Kính\ gửi\ ?:
          | Số\ ?:\ ?[0-9.…/\ ]
          | Nơi\ nhận\ ?:
        )",
    )
    .ok()
});

/// The fragment taken apart where another component starts in it.
fn at_markers(fragment: Fragment) -> Vec<Fragment> {
    let Some(markers) = &*MARKERS else {
        return vec![fragment];
    };
    // A citation in running text has markers of its own.
    let text = fragment.plain.clone();
    if super::is_body(&fragment) || text.starts_with('(') || fragment.enclosed {
        return vec![fragment];
    }
    let mut cuts: Vec<usize> = markers
        .captures_iter(&text)
        .filter_map(|found| found.name("marker"))
        .map(|marker| characters_before(&text, marker.start()))
        .filter(|at| *at > 0)
        .collect();
    if cuts.is_empty() {
        return vec![fragment];
    }
    cuts.insert(0, 0);
    let ends = cuts.iter().skip(1).copied().chain([text.chars().count()]);
    cuts.iter()
        .zip(ends)
        .filter_map(|(from, to)| fragment.part(*from, to))
        .collect()
}
