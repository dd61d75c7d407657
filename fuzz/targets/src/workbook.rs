//! Workbooks: any bytes as sheets, within small limits.
//!
//! A reading ends and says the same twice; rows and cells stand in order and keep within
//! the limits; numbers are plain decimals.

use std::io::Cursor;

use cchc_documents::sheet::{Cell, SheetLimits, Workbook};

use crate::csv::{ordered, rows};

/// Limits that a fuzzer reaches.
const SMALL: SheetLimits = SheetLimits {
    unpacked: 4 << 20,
    kept: 1 << 20,
    strings: 10_000,
    rows: 5_000,
    cells: 300,
    row: 64 << 10,
    places: 200_000,
    ..SheetLimits::USUAL
};

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let open = || Workbook::open(Cursor::new(bytes), SMALL);
    let mut book = match open() {
        Ok(book) => book,
        Err(fault) => {
            assert_eq!(open().err(), Some(fault), "two readings differ");
            return;
        }
    };
    for sheet in 0..book.sheets().len() {
        let told = rows(&mut book, sheet);
        assert_eq!(told, rows(&mut book, sheet), "two readings differ");
        let (rows, _) = told;
        ordered(&rows, bytes);
        assert!(rows.len() <= 200_000, "{} rows", rows.len());
        for (_, cell) in rows.iter().flat_map(|row| &row.cells) {
            if let Cell::Number(number) | Cell::Percent(number) = cell {
                let digits = number.strip_prefix('-').unwrap_or(number);
                let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
                assert!(plain && !digits.is_empty(), "`{number}` is no decimal");
            }
        }
    }
}
