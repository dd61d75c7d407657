//! Plain text: UTF-8 with or without a mark, UTF-16 with one.
//!
//! Bytes of another encoding (windows-1258, TCVN3) are refused with the place of the first
//! byte that is no UTF-8: which letters they are would be a guess.

use std::borrow::Cow;

use cchc_core::reading::Spot;

use super::Lines;
use crate::text::Layout;
use crate::{ReadFault, Text};

pub(super) fn read(bytes: &[u8], mut lines: Lines) -> Result<Text, ReadFault> {
    let text = decoded(bytes)?;
    for (line, number) in split(&text).zip(1..) {
        lines.push_numbered(line, None, Layout::Body, number)?;
    }
    lines.finish()
}

/// Lines without their ends: `\n`, `\r\n` or `\r`.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text).filter(|text| !text.is_empty());
    std::iter::from_fn(move || {
        let text = rest?;
        let Some((line, after)) = text.split_once(['\n', '\r']) else {
            rest = None;
            return Some(text);
        };
        let was_return = text.as_bytes().get(line.len()) == Some(&b'\r');
        let after = match after.strip_prefix('\n') {
            Some(after) if was_return => after,
            _ => after,
        };
        rest = Some(after).filter(|after| !after.is_empty());
        Some(line)
    })
}

/// The text of the bytes.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, ReadFault> {
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return wide(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return wide(rest, u16::from_be_bytes);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => {
            let sound = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let sound = std::str::from_utf8(sound).unwrap_or_default();
            Err(ReadFault::Encoding { at: end_of(sound) })
        }
    }
}

fn wide(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Cow<'static, str>, ReadFault> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(units) {
        match decoded {
            Ok(c) => text.push(c),
            Err(_) => return Err(ReadFault::Encoding { at: end_of(&text) }),
        }
    }
    if odd.is_empty() {
        Ok(Cow::Owned(text))
    } else {
        Err(ReadFault::Encoding { at: end_of(&text) })
    }
}

/// The place behind a text.
fn end_of(text: &str) -> Spot {
    let mut lines = 1;
    let mut last = text;
    for line in split(text) {
        lines += 1;
        last = line;
    }
    let ended = text.ends_with(['\n', '\r']);
    let column = if ended { 0 } else { last.chars().count() };
    let line = if ended || text.is_empty() {
        lines
    } else {
        lines - 1
    };
    Spot::line(line, u32::try_from(column + 1).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Limits, read_text};

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str]) {
        let text = read_text(bytes, "a.txt", &Limits::USUAL).unwrap();
        let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, expected);
        let numbers: Vec<u32> = text.lines.iter().map(|line| line.number).collect();
        assert_eq!(numbers, (1..).take(lines.len()).collect::<Vec<u32>>());
    }

    #[test]
    fn every_line_end_and_every_mark_is_taken() {
        check("a\r\nb\n\nc\rd".as_bytes(), &["a", "b", "", "c", "d"]);
        check("\u{feff}Số".as_bytes(), &["Số"]);
        check(b"\xff\xfeS\0\xd1\x1e\n\0", &["Số"]);
        check(b"\xfe\xff\0S\x1e\xd1\0\n\0a", &["Số", "a"]);
        check("So\u{302}\u{301}".as_bytes(), &["Số"]);
    }

    /// Which byte is wrong, and where it is told.
    #[track_caller]
    fn refused(bytes: &[u8], line: u32, column: u32) {
        let fault = read_text(bytes, "a.txt", &Limits::USUAL).unwrap_err();
        let at = Spot::line(line, column);
        assert_eq!(fault, ReadFault::Encoding { at });
    }

    #[test]
    fn bytes_of_another_encoding_are_told_by_their_place() {
        // `Số` in windows-1258: S, ô, and a combining tone.
        refused(b"S\xf4\xec", 1, 2);
        refused(&["số\nbá".as_bytes(), b"\xf2o"].concat(), 2, 3);
        refused(b"a\n\xf4", 2, 1);
        refused(b"\xf4", 1, 1);
        // Half a character, and half a pair.
        refused(b"\xff\xfea\0b", 1, 2);
        refused(b"\xff\xfe\x00\xd8a\0", 1, 1);
    }
}
