//! Places: where something stands in a file, as line and column and as a path.
//!
//! A path is written as in `tree[0].children[2].max`; the root is `$`, and a key that is not a
//! plain word is quoted: `names["1.1"].vi`. [`Lines`] turns byte offsets into lines and columns
//! in constant time, also in a file of one long line.

use std::fmt::{self, Display, Write};

use serde::Serialize;

use super::fault::{is_unprintable, shown};

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Name of the file, as the caller gave it.
    pub file: String,
    /// Line, from 1. A line ends with a line feed, alone or after a carriage return.
    pub line: u32,
    /// Column, from 1: how many Unicode characters (code points) of the line stand before it.
    ///
    /// A tab counts as one, and so does each mark of a letter that is written with combining
    /// marks: `ể` is one column composed and up to three decomposed. A byte order mark is not
    /// counted.
    pub column: u32,
    /// Path from the root, such as `tree[0].children[2].max`; the root is `$`.
    pub path: String,
}

impl Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.path
        )
    }
}

/// The path of field `key` of the object at `parent`.
pub fn key_path(parent: &str, key: &str) -> String {
    let mut path = if parent == "$" {
        String::new()
    } else {
        parent.to_owned()
    };
    push_key(&mut path, key);
    path
}

/// The path of element `index`, from 0, of the list at `parent`.
pub fn item_path(parent: &str, index: usize) -> String {
    let parent = if parent == "$" { "" } else { parent };
    format!("{parent}[{index}]")
}

/// One step of a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Item(usize),
}

/// Writes steps as a path.
pub(super) fn path_of(steps: &[Step<'_>]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            Step::Key(key) => push_key(&mut path, key),
            Step::Item(index) => push_item(&mut path, *index),
        }
    }
    if path.is_empty() {
        "$".to_owned()
    } else {
        path
    }
}

pub(super) fn push_item(path: &mut String, index: usize) {
    // Writing to a string cannot fail.
    let _ = write!(path, "[{index}]");
}

/// Adds a key; one that is too long to be of use is shortened, as no format knows it.
pub(super) fn push_key(path: &mut String, key: &str) {
    if is_plain(key) {
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(key);
        return;
    }
    path.push('[');
    let quoted = if key.len() > 256 {
        shown(key)
    } else {
        key.to_owned()
    };
    for c in serde_json::Value::from(quoted).to_string().chars() {
        match is_unprintable(c) {
            true => path.push_str(&format!("\\u{:04x}", u32::from(c))),
            false => path.push(c),
        }
    }
    path.push(']');
}

fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key.len() <= 64
        && !key.starts_with(|first: char| first.is_ascii_digit() || first == '-')
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

/// A step read from a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum OwnedStep {
    Key(String),
    Item(usize),
}

/// Reads a path back into steps, as far as it is one.
pub(super) fn steps_of(path: &str) -> Vec<OwnedStep> {
    let mut rest = path.strip_prefix('$').unwrap_or(path);
    let mut steps = Vec::new();
    while let Some((step, after)) = next_step(rest) {
        steps.push(step);
        rest = after;
    }
    steps
}

fn next_step(rest: &str) -> Option<(OwnedStep, &str)> {
    if let Some(inner) = rest.strip_prefix('[') {
        if inner.starts_with('"') {
            let mut keys = serde_json::Deserializer::from_str(inner).into_iter::<String>();
            let key = keys.next()?.ok()?;
            let after = inner.get(keys.byte_offset()..)?.strip_prefix(']')?;
            return Some((OwnedStep::Key(key), after));
        }
        let (digits, after) = inner.split_once(']')?;
        return Some((OwnedStep::Item(digits.parse().ok()?), after));
    }
    let rest = rest.strip_prefix('.').unwrap_or(rest);
    let end = rest.find(['.', '[']).unwrap_or(rest.len());
    let (key, after) = rest.split_at_checked(end)?;
    (!key.is_empty()).then(|| (OwnedStep::Key(key.to_owned()), after))
}

/// Bytes between two entries of the character count.
const STRIDE: usize = 1024;

/// Finds line and column of a byte offset in constant time.
#[derive(Clone, Debug)]
pub(super) struct Lines {
    /// Offset of the first byte of each line.
    starts: Vec<usize>,
    /// Characters that start before each multiple of [`STRIDE`].
    characters: Vec<usize>,
}

impl Lines {
    pub(super) fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let newlines = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
        let starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        let mut characters = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut total = 0;
        for chunk in bytes.chunks(STRIDE) {
            characters.push(total);
            total += count_characters(chunk);
        }
        characters.push(total);
        Self { starts, characters }
    }

    /// Line and column, both from 1, of byte `offset` of the text this was made from.
    pub(super) fn position(&self, text: &str, offset: usize) -> (u32, u32) {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = line
            .checked_sub(1)
            .and_then(|index| self.starts.get(index))
            .unwrap_or(&0);
        let column = self.characters_before(text, offset) - self.characters_before(text, *start);
        (saturate(line), saturate(column + 1))
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        let chunk = offset / STRIDE;
        let counted = self.characters.get(chunk).copied().unwrap_or_default();
        let rest = text
            .as_bytes()
            .get(chunk * STRIDE..offset)
            .unwrap_or_default();
        counted + count_characters(rest)
    }
}

fn count_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

fn saturate(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_position(text: &str, offset: usize, expected: (u32, u32)) {
        assert_eq!(Lines::new(text).position(text, offset), expected);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        check_position("", 0, (1, 1));
        check_position("ab", 1, (1, 2));
        check_position("điểm", "điể".len(), (1, 4));
        check_position("a\r\nđ b", 6, (2, 3));
        check_position("a\n", 2, (2, 1));
        check_position("a", 99, (1, 2));
    }

    #[test]
    fn a_long_line_is_counted_over_several_strides() {
        let text = format!("x\n{}!", "ể".repeat(5000));
        check_position(&text, text.len() - 1, (2, 5001));
    }

    #[track_caller]
    fn check_round_trip(steps: &[Step<'_>], path: &str) {
        assert_eq!(path_of(steps), path);
        let expected: Vec<OwnedStep> = steps
            .iter()
            .map(|step| match step {
                Step::Key(key) => OwnedStep::Key((*key).to_owned()),
                Step::Item(index) => OwnedStep::Item(*index),
            })
            .collect();
        assert_eq!(steps_of(path), expected);
    }

    #[test]
    fn a_path_can_be_written_and_read_back() {
        use Step::{Item, Key};
        check_round_trip(&[], "$");
        check_round_trip(&[Key("tree"), Item(0), Key("max")], "tree[0].max");
        check_round_trip(&[Item(1), Item(2)], "[1][2]");
        check_round_trip(&[Key("names"), Key("1.1"), Key("vi")], r#"names["1.1"].vi"#);
        check_round_trip(&[Key("a\"]b"), Key("")], r#"["a\"]b"][""]"#);
        check_round_trip(
            &[Key("a\u{202e}\n\u{85}điểm")],
            r#"["a\u202e\n\u0085điểm"]"#,
        );
    }

    #[test]
    fn a_key_of_any_length_gives_a_short_path() {
        assert!(key_path("$", &"ể".repeat(1_000_000)).len() < 250);
    }

    #[test]
    fn paths_grow_from_the_root() {
        assert_eq!(key_path("$", "tree"), "tree");
        assert_eq!(item_path("$", 2), "[2]");
        assert_eq!(key_path(&item_path("tree", 0), "1.1"), r#"tree[0]["1.1"]"#);
    }

    #[test]
    fn a_text_that_is_no_path_is_read_as_far_as_it_is_one() {
        for path in [
            "[",
            "[x]",
            "[\"",
            "..",
            "[\"a\"",
            "$$",
            "[99999999999999999999]",
        ] {
            assert!(steps_of(path).len() <= 1, "{path}");
        }
    }
}
