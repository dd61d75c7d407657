//! Why a file gave nothing.

use std::fmt::Display;

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};

use crate::Format;

/// A reason why no text or table came out of a file.
///
/// A fault is about the file: a document that was read and says something odd has
/// observations instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadFault {
    /// Zero bytes.
    #[error("expected a document, found an empty file")]
    Empty,
    /// More of something than is read.
    #[error("expected at most {most} {what}, found more")]
    TooMuch {
        /// What there is too much of, as a code: `bytes`, `unpacked`, `parts`, `depth`,
        /// `pages`, `lines`, `characters`, `files`, `elements`, `operators`, `objects`,
        /// `fonts`, `work` (bytes that are read over again).
        what: &'static str,
        /// The limit.
        most: u64,
    },
    /// A kind of file that is not read.
    #[error("expected one of {expected}, found {found}")]
    UnknownFormat {
        /// Names of the formats that are read here.
        expected: &'static str,
        /// What the first bytes show.
        found: String,
    },
    /// The bytes do not keep to their format: cut off, or damaged.
    #[error("expected a sound {format} file, found {found}")]
    Damaged {
        /// Name of the format.
        format: &'static str,
        /// What is wrong, in a developer's English.
        found: String,
        /// Where.
        at: Spot,
    },
    /// It asks for a password.
    #[error("expected a {format} file that opens, found one with a password")]
    Encrypted {
        /// Name of the format.
        format: &'static str,
    },
    /// Pages without text: a scan.
    #[error("expected text, found pages without any")]
    NoText {
        /// How many pages; 0 for a file that has none before it is printed.
        pages: u32,
    },
    /// Text in a font whose letters are not told: an encoding from before Unicode (TCVN3,
    /// VNI), or a PDF font without a table of its characters.
    #[error("expected text in Unicode, found letters of {fonts}")]
    Unreadable {
        /// Names of the fonts, as the file has them, or what their letters look like.
        fonts: String,
    },
    /// A construct that only hostile files use, such as an entity of an XML file.
    #[error("expected a plain {format} file, found {found}")]
    Hostile {
        /// Name of the format.
        format: &'static str,
        /// What was found.
        found: &'static str,
    },
    /// The disk did not give the file, or gave another one than was listed.
    #[error("expected to open the file, found {found}")]
    NotOpened {
        /// What the system says.
        found: String,
    },
    /// Bytes that are no text in any encoding that is read.
    #[error("expected UTF-8 or UTF-16 text, found other bytes at {at:?}")]
    Encoding {
        /// Where.
        at: Spot,
    },
}

impl ReadFault {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            ReadFault::Empty => "file_empty",
            ReadFault::TooMuch { .. } => "file_too_much",
            ReadFault::UnknownFormat { .. } => "file_format_unknown",
            ReadFault::Damaged { .. } => "file_damaged",
            ReadFault::Encrypted { .. } => "file_encrypted",
            ReadFault::NoText { .. } => "file_without_text",
            ReadFault::Unreadable { .. } => "file_text_unreadable",
            ReadFault::NotOpened { .. } => "file_not_opened",
            ReadFault::Hostile { .. } => "file_hostile",
            ReadFault::Encoding { .. } => "file_encoding",
        }
    }

    /// The fault as an observation, with its remedy.
    pub fn observation(&self) -> Observation {
        let new = |at: Spot, remedy| Observation::new(self.code(), Severity::Problem, at, remedy);
        match self {
            ReadFault::Empty => new(Spot::File {}, "attach_again"),
            ReadFault::TooMuch { what, most } => new(Spot::File {}, "split_file")
                .with("what", what)
                .with("most", most),
            ReadFault::UnknownFormat { expected, found } => {
                // Saving a sheet as a document would give it no header.
                let remedy = if Format::SHEETS.iter().any(|sheet| sheet.name() == found) {
                    "register_by_hand"
                } else {
                    "save_as_known"
                };
                new(Spot::File {}, remedy)
                    .with("expected", expected)
                    .with("found", found)
            }
            ReadFault::Damaged { format, found, at } => new(at.clone(), "attach_again")
                .with("format", format)
                .with("found", found),
            ReadFault::Encrypted { format } => {
                new(Spot::File {}, "remove_password").with("format", format)
            }
            ReadFault::NoText { pages: 0 } => new(Spot::File {}, "add_text_layer"),
            ReadFault::NoText { pages } => {
                new(Spot::File {}, "add_text_layer").with("pages", pages)
            }
            ReadFault::Unreadable { fonts } => {
                new(Spot::File {}, "save_with_unicode_font").with("fonts", fonts)
            }
            ReadFault::NotOpened { found } => {
                new(Spot::File {}, "check_file_access").with("found", found)
            }
            ReadFault::Hostile { format, found } => new(Spot::File {}, "save_anew")
                .with("format", format)
                .with("found", found),
            ReadFault::Encoding { at } => new(at.clone(), "save_as_utf8"),
        }
    }
}

/// What a parser says, cut: some repeat all that they read.
pub(crate) fn said(error: impl Display) -> String {
    const MOST: usize = 200;
    let mut said = error.to_string();
    if let Some((at, _)) = said.char_indices().nth(MOST) {
        said.truncate(at);
        said.push('…');
    }
    said
}
