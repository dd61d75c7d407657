//! Documents as text: DOCX, PDF, Markdown and plain text.
//!
//! [`read_text`] asks the bytes what they are and gives their lines in reading order, with
//! what the file says of layout. What a reader leaves out on purpose stands in its own
//! header; what it could not read is a note of the text, or a fault if nothing came out.

mod archive;
mod docx;
mod legacy;
mod markdown;
mod pdf;
mod plain;
mod xml;

use std::collections::BTreeSet;

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::text::{Layout, Line};
use crate::{Format, Limits, ReadFault, Text};

/// Names of the formats that are read as text.
const READ: &str = "DOCX, PDF, Markdown, text";

/// Reads a document as text.
///
/// The bytes tell its format; `name` is asked only whether plain text is Markdown.
///
/// # Errors
///
/// A [`ReadFault`] where the file is empty, of another kind, damaged, hostile, behind a
/// password, over a limit, or without any text.
pub fn read_text(bytes: &[u8], name: &str, limits: &Limits) -> Result<Text, ReadFault> {
    if bytes.is_empty() {
        return Err(ReadFault::Empty);
    }
    if bytes.len() > limits.bytes {
        return Err(too_much("bytes", limits.bytes));
    }
    let lines = Lines::new(limits);
    match Format::of(bytes, name) {
        Format::Docx => docx::read(bytes, limits, lines),
        Format::Pdf => pdf::read(bytes, limits, lines),
        Format::Text => plain::read(bytes, lines),
        Format::Markdown => markdown::read(bytes, lines),
        Format::Protected => Err(ReadFault::Encrypted {
            format: Format::Protected.name(),
        }),
        found => Err(ReadFault::UnknownFormat {
            expected: READ,
            found: found.name().to_owned(),
        }),
    }
}

fn too_much(what: &'static str, most: usize) -> ReadFault {
    ReadFault::TooMuch {
        what,
        most: u64::try_from(most).unwrap_or(u64::MAX),
    }
}

/// Lines as they are collected, within the limits.
struct Lines {
    text: Text,
    characters: usize,
    most_lines: usize,
    most_characters: usize,
    /// Fonts whose letters are not told.
    fonts: BTreeSet<String>,
    /// Whether letters that [`waiting`] set aside are what they look like.
    keep_waiting: bool,
}

/// Most fonts that a message names.
const NAMED_FONTS: usize = 3;

impl Lines {
    fn new(limits: &Limits) -> Lines {
        Lines {
            text: Text::default(),
            characters: 0,
            most_lines: limits.lines,
            most_characters: limits.characters,
            fonts: BTreeSet::new(),
            keep_waiting: false,
        }
    }

    /// Adds a line that is numbered by its order.
    fn push(&mut self, text: &str, page: Option<u32>, layout: Layout) -> Result<(), ReadFault> {
        let number = self.next_number();
        self.push_numbered(text, page, layout, number)
    }

    /// The number of the line that comes next, where lines are numbered by their order.
    fn next_number(&self) -> u32 {
        u32::try_from(self.text.lines.len() + 1).unwrap_or(u32::MAX)
    }

    fn push_numbered(
        &mut self,
        text: &str,
        page: Option<u32>,
        layout: Layout,
        number: u32,
    ) -> Result<(), ReadFault> {
        if self.text.lines.len() >= self.most_lines {
            return Err(too_much("lines", self.most_lines));
        }
        // Normal form C joins at most four characters to one; more is too much in any case.
        let left = self.most_characters.saturating_sub(self.characters);
        if text.chars().count() / 4 > left {
            return Err(too_much("characters", self.most_characters));
        }
        let text = clean(text);
        self.characters += text.chars().count();
        if self.characters > self.most_characters {
            return Err(too_much("characters", self.most_characters));
        }
        self.text.lines.push(Line {
            text,
            page,
            layout,
            number,
        });
        Ok(())
    }

    /// A note about the whole file.
    fn note(&mut self, code: &'static str, severity: Severity, remedy: &'static str) {
        self.add(Observation::new(code, severity, Spot::File {}, remedy));
    }

    fn add(&mut self, note: Observation) {
        self.text.notes.push(note);
    }

    /// Remembers a font whose letters are not told.
    fn font(&mut self, name: &str) {
        if self.fonts.len() < NAMED_FONTS && !self.fonts.contains(name) {
            self.fonts.insert(name.to_owned());
        }
    }

    /// The text, or a fault where too many of its letters are not told.
    ///
    /// What is not told stands as U+FFFD. One letter in sixteen is too many: Vietnamese in an
    /// old encoding loses one in five.
    fn finish(mut self) -> Result<Text, ReadFault> {
        if let Some(encoding) = legacy::encoding_of(&self.text) {
            return Err(ReadFault::Unreadable {
                fonts: encoding.to_owned(),
            });
        }
        let mut letters = 0usize;
        let mut untold = 0usize;
        let mut first = None;
        for line in &mut self.text.lines {
            if line.text.contains(is_waiting) {
                line.text = arrived(&line.text, self.keep_waiting);
            }
            for (at, c) in line.text.chars().enumerate() {
                if c == UNTOLD {
                    untold += 1;
                    if first.is_none() {
                        first = Some(line.spot(at));
                    }
                } else if c.is_alphanumeric() {
                    letters += 1;
                }
            }
        }
        let fonts = self.fonts.iter().cloned().collect::<Vec<_>>().join(", ");
        let enough = letters + untold >= 20;
        if untold * 16 > letters + untold && (enough || untold * 2 > letters + untold) {
            return Err(ReadFault::Unreadable { fonts });
        }
        if let Some(at) = first {
            let note = Observation::new(
                "text_unreadable",
                Severity::Warning,
                at,
                "save_with_unicode_font",
            );
            let note = note.with("count", untold);
            self.add(if fonts.is_empty() {
                note
            } else {
                note.with("fonts", fonts)
            });
        }
        Ok(self.text)
    }

    /// Whether nothing that prints was read, what is not told included.
    fn is_blank(&self) -> bool {
        let mut lines = self.text.lines.iter();
        lines.all(|line| line.text.trim().is_empty())
    }
}

/// Stands for a letter that the file does not tell.
const UNTOLD: char = char::REPLACEMENT_CHARACTER;

/// Where [`waiting`] sets letters aside: in a private use area that no font of an office has.
const WAITING: u32 = 0x10_0000;

/// A letter of an old encoding, set aside until the end tells whether it is one: such fonts
/// are also named for text that is Unicode all along.
fn waiting(c: char) -> char {
    char::from_u32(WAITING + u32::from(c)).unwrap_or(UNTOLD)
}

fn is_waiting(c: char) -> bool {
    (WAITING + 0x80..=WAITING + 0xff).contains(&u32::from(c))
}

/// A line whose letters waited.
fn arrived(text: &str, keep: bool) -> String {
    let letter = |c: char| match u32::from(c).checked_sub(WAITING) {
        Some(code) if is_waiting(c) && keep => char::from_u32(code).unwrap_or(UNTOLD),
        Some(_) if is_waiting(c) => UNTOLD,
        _ => c,
    };
    text.chars().map(letter).nfc().collect()
}

/// The text of a line: normal form C, common hyphens and spaces, nothing that prints nothing,
/// and [`UNTOLD`] for characters that have a meaning in one font only.
fn clean(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{a0}' | '\u{202f}' | '\u{2007}' => Some(' '),
        '\u{ad}' | '\u{2011}' | '\u{1e}' => Some('-'),
        '\u{200b}' | '\u{2060}' | '\u{feff}' => None,
        '\t' => Some('\t'),
        // Bullets of the fonts Symbol and Wingdings, as word processors write them.
        '\u{f0b7}' => Some('•'),
        '\u{f02d}' => Some('-'),
        '\u{f0a7}' => Some('▪'),
        '\u{f0d8}' => Some('➢'),
        '\u{f0fc}' => Some('✓'),
        c if is_waiting(c) => Some(c),
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(UNTOLD),
        c if c.is_control() => None,
        c => Some(c),
    };
    if is_nfc_quick(text.chars()) == IsNormalized::Yes {
        text.chars().filter_map(plain).collect()
    } else {
        text.nfc().filter_map(plain).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A name, the bytes, and the code of the fault.
    #[track_caller]
    fn check(name: &str, bytes: &[u8], code: &str) {
        let fault = read_text(bytes, name, &Limits::USUAL).unwrap_err();
        assert_eq!(fault.code(), code, "{fault}");
    }

    #[test]
    fn what_is_no_text_is_named() {
        check("a.docx", b"", "file_empty");
        check("a.docx", b"MZ\x90\0\x03", "file_format_unknown");
        check("a.pdf", b"\x89PNG\r\n\x1a\n", "file_format_unknown");
        check("a.doc", b"{\\rtf1}", "file_format_unknown");
        let mut protected = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        protected.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        check("a.docx", &protected, "file_encrypted");
    }

    #[test]
    fn a_limit_is_a_fault_and_no_cut() {
        let limits = Limits {
            lines: 2,
            ..Limits::USUAL
        };
        assert!(read_text(b"a\nb", "a.txt", &limits).is_ok());
        let fault = read_text(b"a\nb\nc", "a.txt", &limits).unwrap_err();
        assert_eq!(
            fault,
            ReadFault::TooMuch {
                what: "lines",
                most: 2
            }
        );
        let limits = Limits {
            characters: 3,
            ..Limits::USUAL
        };
        // Characters, not bytes.
        assert!(read_text("ằằằ".as_bytes(), "a.txt", &limits).is_ok());
        assert!(read_text("ằằằằ".as_bytes(), "a.txt", &limits).is_err());
        let limits = Limits {
            bytes: 3,
            ..Limits::USUAL
        };
        assert!(read_text(b"abcd", "a.txt", &limits).is_err());
    }

    #[test]
    fn lines_are_clean() {
        assert_eq!(clean("15\u{2011}16\u{a0}a\u{200b}b\u{ad}c"), "15-16 ab-c");
        assert_eq!(clean("Ho\u{300}a"), "Hòa");
        assert_eq!(clean("a\tb\u{7}"), "a\tb");
        assert_eq!(clean("\u{f0b7} a \u{f0e1}"), "• a \u{fffd}");
    }
}
