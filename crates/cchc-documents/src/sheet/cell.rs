//! Cells and rows.

use cchc_core::reading::Spot;
use chrono::NaiveDate;

/// Seconds of a day; a time of day may be the end of it, 24:00.
pub const SECONDS_OF_A_DAY: u32 = 86_400;

/// What a cell holds. An empty cell is not in its row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A text, as it stands there.
    Text(String),
    /// A number, as the shortest decimal that stands for it: `45943.541`.
    Number(String),
    /// A number shown in per cent, as a fraction: 97.5 % is `0.975`.
    Percent(String),
    /// A day.
    Date(NaiveDate),
    /// A day and a time of day, in seconds from midnight.
    DateTime(NaiveDate, u32),
    /// A time of day alone, in seconds from midnight.
    Time(u32),
    /// A cell that is shown as a date and is none, such as Excel's 29 February 1900; its number.
    NoDate(String),
    /// Yes or no.
    Boolean(bool),
    /// An error of the sheet, such as `#REF!`.
    Error(String),
}

/// A row of a sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its number, the first one is 1; of a CSV file the line on which it starts.
    pub number: u32,
    /// Its cells that are not empty, by column; A is 1.
    pub cells: Vec<(u32, Cell)>,
}

/// Errors of sheets, as they are written.
const ERRORS: [&str; 9] = [
    "#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#CALC!", "#SPILL!",
];

impl Cell {
    /// A text as a cell; `None` where it is blank.
    pub(crate) fn of_text(text: &str) -> Option<Cell> {
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        if text.is_empty() {
            None
        } else if text.starts_with('#') && ERRORS.contains(&text) {
            Some(Cell::Error(text.to_owned()))
        } else {
            Some(Cell::Text(text.to_owned()))
        }
    }

    /// The cell as a person reads it, for messages.
    pub fn shown(&self) -> String {
        match self {
            Cell::Text(text) | Cell::Number(text) | Cell::NoDate(text) | Cell::Error(text) => {
                text.clone()
            }
            Cell::Percent(fraction) => percent(fraction),
            Cell::Date(day) => day.to_string(),
            Cell::DateTime(day, time) => format!("{day} {}", clock(*time)),
            Cell::Time(time) => clock(*time),
            Cell::Boolean(true) => "TRUE".to_owned(),
            Cell::Boolean(false) => "FALSE".to_owned(),
        }
    }
}

fn clock(time: u32) -> String {
    format!("{:02}:{:02}:{:02}", time / 3600, time / 60 % 60, time % 60)
}

/// `0.975` as `97.5%`: the point is moved, nothing is computed.
fn percent(fraction: &str) -> String {
    let (sign, digits) = match fraction.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", fraction),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut moved: String = whole.to_owned();
    let mut rest = rest.chars();
    for _ in 0..2 {
        moved.push(rest.next().unwrap_or('0'));
    }
    let whole = moved.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    let rest = rest.as_str();
    if rest.is_empty() {
        format!("{sign}{whole}%")
    } else {
        format!("{sign}{whole}.{rest}%")
    }
}

impl Row {
    /// The cell of a column; `None` where it is empty.
    pub fn get(&self, column: u32) -> Option<&Cell> {
        let at = self
            .cells
            .binary_search_by_key(&column, |cell| cell.0)
            .ok()?;
        self.cells.get(at).map(|cell| &cell.1)
    }

    /// The place of a column in this row.
    pub fn spot(&self, sheet: Option<&str>, column: u32) -> Spot {
        Spot::Cell {
            sheet: sheet.map(str::to_owned),
            row: self.number,
            column,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fraction_is_shown_in_per_cent() {
        for (fraction, shown) in [
            ("0.975", "97.5%"),
            ("1", "100%"),
            ("0.05", "5%"),
            ("-0.005", "-0.5%"),
            ("12", "1200%"),
            ("0", "0%"),
        ] {
            assert_eq!(Cell::Percent(fraction.to_owned()).shown(), shown);
        }
    }

    #[test]
    fn blank_texts_are_no_cells_and_errors_are_known() {
        assert_eq!(Cell::of_text(" \u{a0} "), None);
        assert_eq!(
            Cell::of_text("#REF!"),
            Some(Cell::Error("#REF!".to_owned()))
        );
        assert_eq!(Cell::of_text(" #1 "), Some(Cell::Text("#1".to_owned())));
    }
}
