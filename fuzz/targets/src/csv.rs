//! CSV: any bytes as rows, held against a reading of their text by definition.
//!
//! A reading ends and says the same twice; rows and columns stand in order. A text without
//! quotes is its lines, and a line is what stands between the delimiters.

use std::io::Cursor;

use cchc_documents::ReadFault;
use cchc_documents::sheet::{Kind, Row, SheetLimits, Workbook};

use crate::shown;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(mut book) = Workbook::open(Cursor::new(bytes), SheetLimits::USUAL) else {
        return;
    };
    if book.kind() != Kind::Csv {
        return;
    }
    let told = rows(&mut book, 0);
    assert_eq!(told, rows(&mut book, 0), "two readings differ");
    let (rows, fault) = told;
    ordered(&rows, bytes);
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if fault.is_some() || text.contains(['"', '\r', '\u{FEFF}', '\0']) || text.starts_with("sep=") {
        return;
    }
    // Which delimiter it was is not told; one of them explains every row.
    let explained =
        [',', ';', '\t'].into_iter().any(|sign| {
            let mut expected = Vec::new();
            for (number, line) in (1_u32..).zip(text.split('\n')) {
                let cells = (1_u32..).zip(line.split(sign));
                let cells = cells.map(|(column, cell)| (column, cell.trim()));
                let cells: Vec<(u32, &str)> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
                if !cells.is_empty() {
                    expected.push((number, cells));
                }
            }
            expected.len() == rows.len()
                && expected.iter().zip(&rows).all(|((number, cells), row)| {
                    row.number == *number
                        && row.cells.len() == cells.len()
                        && row.cells.iter().zip(cells).all(|((column, cell), told)| {
                            *column == told.0 && cell.shown() == told.1
                        })
                })
        });
    assert!(explained, "no delimiter gives these rows: {}", shown(bytes));
}

/// The rows of a sheet, and the fault that ended them.
pub(crate) fn rows(
    book: &mut Workbook<Cursor<&[u8]>>,
    sheet: usize,
) -> (Vec<Row>, Option<ReadFault>) {
    let mut rows = Vec::new();
    let fault = book.read(sheet, &mut |row| {
        rows.push(row.clone());
        true
    });
    (rows, fault.err())
}

/// Rows and their cells stand in order, and none is empty.
pub(crate) fn ordered(rows: &[Row], bytes: &[u8]) {
    let numbers = rows.iter().map(|row| row.number);
    assert!(numbers.is_sorted_by(|a, b| a < b), "{}", shown(bytes));
    for row in rows {
        assert!(row.number > 0 && !row.cells.is_empty(), "{}", shown(bytes));
        let columns = row.cells.iter().map(|(column, _)| *column);
        assert!(columns.clone().is_sorted_by(|a, b| a < b), "{row:?}");
        assert!(columns.min() > Some(0), "{row:?}");
        for (column, cell) in &row.cells {
            assert_eq!(row.get(*column), Some(cell), "{row:?}");
        }
    }
}
