//! A document as lines of text, whatever file it came from.
//!
//! Every format becomes the same thing, so that headers, plans and references are read once.
//! Lines stand in reading order, in normal form C, without marks of emphasis; what the file
//! says of layout (pages, cells of a table, headings) stays with them.

use cchc_core::reading::Spot;

/// The text of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// Its lines, in reading order; empty lines are kept, for they separate.
    pub lines: Vec<Line>,
    /// What the file itself says of its content, such as a picture where text is expected.
    pub notes: Vec<cchc_core::reading::Observation>,
}

/// A line (plain text, PDF) or a paragraph or a line break inside one (DOCX).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its text, without the line end, in normal form C.
    pub text: String,
    /// Page, where the file has pages.
    pub page: Option<u32>,
    /// Where the line stands in the layout.
    pub layout: Layout,
    /// Number of the line in the file; for Markdown and plain text that of an editor.
    pub number: u32,
}

/// Where a line stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Under one another, over the whole width.
    #[default]
    Body,
    /// A heading of that level, 1 or more.
    Heading(u8),
    /// An item of a list.
    Item,
    /// In a table or beside other text; columns of a PDF page are cells too.
    Cell {
        /// Which table or row of columns, from 0.
        table: u32,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
}

impl Text {
    /// A text of plain lines, as a test or a caller without a file has it.
    pub fn of_lines(text: &str) -> Text {
        let lines = text.lines().zip(1..).map(|(line, number)| Line {
            text: cchc_core::values::nfc(line),
            page: None,
            layout: Layout::Body,
            number,
        });
        Text {
            lines: lines.collect(),
            notes: Vec::new(),
        }
    }
}

impl Line {
    /// The place of a character of this line, counted from 0.
    pub fn spot(&self, character: usize) -> Spot {
        Spot::Line {
            page: self.page,
            line: self.number,
            column: u32::try_from(character)
                .unwrap_or(u32::MAX)
                .saturating_add(1),
        }
    }
}
