//! A place inside a file that is no JSON.

use serde::Serialize;

/// Where in a file something stands. All counts start at 1.
///
/// A DOCX file has no lines before it is printed: its line is the paragraph, counted in
/// reading order, cells of tables included.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(untagged)]
pub enum Spot {
    /// A character of a text.
    Line {
        /// Page, where the file has pages.
        #[serde(skip_serializing_if = "Option::is_none")]
        page: Option<u32>,
        /// Line, counted through the whole file.
        line: u32,
        /// Character in the line.
        column: u32,
    },
    /// A cell of a sheet.
    Cell {
        /// Name of the sheet, where the file has names.
        #[serde(skip_serializing_if = "Option::is_none")]
        sheet: Option<String>,
        /// Row; the first row of the file is 1.
        row: u32,
        /// Column; A is 1.
        column: u32,
    },
    /// A part of an archive, such as `word/document.xml`.
    Part {
        /// Its name.
        part: String,
    },
    /// The file as a whole.
    File {},
}

impl Spot {
    /// A character of a line in a file without pages.
    pub fn line(line: u32, column: u32) -> Spot {
        Spot::Line {
            page: None,
            line,
            column,
        }
    }

    /// The letters of a column of a sheet: 1 is A, 27 is AA.
    pub fn column_letters(column: u32) -> String {
        let mut letters = Vec::new();
        let mut rest = column;
        while rest > 0 {
            let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
            letters.push(char::from(b'A' + digit));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_sheet() {
        for (column, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")] {
            assert_eq!(Spot::column_letters(column), letters);
        }
        assert_eq!(Spot::column_letters(0), "");
    }
}
