//! XLS: read whole by `calamine`, after its tables were measured.
//!
//! That reader makes room for every place of a table, empty ones too, so two cells in far
//! corners of a small file would take all memory. The records are walked first.

use std::io::{Cursor, Read, Seek};

use calamine::{Data, Reader};
use cchc_core::reading::Spot;

use super::foreign::guarded;
use super::serial::{of_float, serial};
use super::workbook::{broken, too_much};
use super::{Cell, Row, SheetLimits};
use crate::ReadFault;
use crate::fault::said;

pub(super) struct Xls {
    book: calamine::Xls<Cursor<Vec<u8>>>,
    names: Vec<String>,
    from_1904: bool,
}

impl Xls {
    pub(super) fn open<R: Read + Seek>(
        mut source: R,
        length: u64,
        limits: &SheetLimits,
    ) -> Result<Self, ReadFault> {
        if length > limits.whole {
            return Err(too_much("bytes", limits.whole));
        }
        let mut bytes = Vec::new();
        source
            .read_to_end(&mut bytes)
            .map_err(|error| broken("xls", &error))?;
        let from_1904 = measure(&bytes, limits)?;
        let book = guarded("xls", || {
            calamine::Xls::new(Cursor::new(bytes)).map_err(|error| match error {
                calamine::XlsError::Password => ReadFault::Encrypted { format: "xls" },
                other => damaged(&said(&other)),
            })
        })?;
        let names = book.sheet_names();
        Ok(Xls {
            book,
            names,
            from_1904,
        })
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn counts_from_1904(&self) -> bool {
        self.from_1904
    }

    pub(super) fn read(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<(), ReadFault> {
        let Some(name) = self.names.get(sheet) else {
            return Ok(());
        };
        let book = &mut self.book;
        let range = guarded("xls", || {
            let range = book.worksheet_range(name);
            range.map_err(|error| damaged(&said(&error)))
        })?;
        let (first_row, first_column) = range.start().unwrap_or_default();
        let mut row = Row::default();
        for (number, cells) in (first_row.saturating_add(1)..).zip(range.rows()) {
            row.number = number;
            row.cells.clear();
            let cells = (first_column.saturating_add(1)..).zip(cells);
            let cells = cells.filter_map(|(column, data)| Some((column, self.cell(data)?)));
            row.cells.extend(cells);
            if !row.cells.is_empty() && !visit(&row) {
                return Ok(());
            }
        }
        Ok(())
    }

    fn cell(&self, data: &Data) -> Option<Cell> {
        match data {
            Data::Empty => None,
            Data::Int(number) => Some(Cell::Number(number.to_string())),
            Data::Float(number) if number.is_finite() => Some(Cell::Number(of_float(*number))),
            Data::Float(number) => Cell::of_text(&number.to_string()),
            Data::String(text) => Cell::of_text(text),
            Data::Bool(told) => Some(Cell::Boolean(*told)),
            Data::DateTime(at) if at.is_duration() => Some(Cell::Number(of_float(at.as_f64()))),
            Data::DateTime(at) => Some(serial(&of_float(at.as_f64()), self.from_1904)),
            Data::DateTimeIso(text) => super::ods::iso(text).or_else(|| Cell::of_text(text)),
            Data::DurationIso(text) => Cell::of_text(text),
            Data::Error(error) => Some(Cell::Error(error.to_string())),
        }
    }
}

fn damaged(found: &str) -> ReadFault {
    ReadFault::Damaged {
        format: "xls",
        found: found.to_owned(),
        at: Spot::File {},
    }
}

/// Walks the records; whether days count from 1904.
///
/// Source of the record numbers: [MS-XLS] 2.3.2.
fn measure(bytes: &[u8], limits: &SheetLimits) -> Result<bool, ReadFault> {
    let mut file =
        cfb::CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&said(&error)))?;
    if file.exists("/EncryptedPackage") {
        return Err(ReadFault::Encrypted { format: "xlsx" });
    }
    let name = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let Some(name) = name else {
        return Err(ReadFault::UnknownFormat {
            expected: "csv, xlsx, xls, ods",
            found: "ole".to_owned(),
        });
    };
    let stream = file
        .open_stream(name)
        .map_err(|error| damaged(&said(&error)))?;
    let mut data = Vec::new();
    let most = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    stream
        .take(most)
        .read_to_end(&mut data)
        .map_err(|error| damaged(&said(&error)))?;
    let mut from_1904 = false;
    let mut sheets = 0_u64;
    let (mut rows, mut columns) = (0_u64, 0_u64);
    let mut rest = data.as_slice();
    while let [a, b, c, d, after @ ..] = rest {
        let kind = u16::from_le_bytes([*a, *b]);
        let length = usize::from(u16::from_le_bytes([*c, *d]));
        let Some((record, next)) = after.split_at_checked(length) else {
            break;
        };
        rest = next;
        let number = |at: usize| match record.get(at..at + 2) {
            Some([a, b]) => u64::from(u16::from_le_bytes([*a, *b])),
            _ => 0,
        };
        match kind {
            0x002F => return Err(ReadFault::Encrypted { format: "xls" }),
            0x0022 => from_1904 = number(0) == 1,
            0x0085 => sheets += 1,
            // Cells: row and column stand first; MULRK ends with its last column.
            0x0006 | 0x00D6 | 0x00FD | 0x0201 | 0x0203 | 0x0204 | 0x0205 | 0x027E | 0x0002
            | 0x0003 | 0x0004 | 0x0005 => {
                rows = rows.max(number(0) + 1);
                columns = columns.max(number(2) + 1);
            }
            0x00BD | 0x00BE => {
                rows = rows.max(number(0) + 1);
                let last = number(length.saturating_sub(2));
                columns = columns.max(number(2) + 1).max(last + 1);
            }
            _ => {}
        }
    }
    let places = rows.saturating_mul(columns).saturating_mul(sheets.max(1));
    if places > limits.places {
        return Err(too_much("places", limits.places));
    }
    Ok(from_1904)
}
