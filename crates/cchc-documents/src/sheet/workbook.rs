//! A workbook of any format, opened by its content.

use std::io::{Read, Seek, SeekFrom};

use cchc_core::reading::Spot;

use super::csv::{Csv, WrongUnit};
use super::ods::Ods;
use super::xls::Xls;
use super::xlsx::Xlsx;
use super::xml::{Archive, Stop};
use super::{Row, SheetLimits};
use crate::ReadFault;
use crate::fault::said;

/// Names of the formats that are read, for messages.
const EXPECTED: &str = "csv, xlsx, xls, ods";

/// Format of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text with one delimiter.
    Csv,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument.
    Ods,
}

impl Kind {
    /// The ending of its files.
    pub fn ending(self) -> &'static str {
        match self {
            Kind::Csv => "csv",
            Kind::Xlsx => "xlsx",
            Kind::Xls => "xls",
            Kind::Ods => "ods",
        }
    }
}

/// A workbook whose sheets can be read one after the other, any number of times.
pub struct Workbook<R> {
    inner: Inner<R>,
    limits: SheetLimits,
}

enum Inner<R> {
    Csv(Csv<R>),
    Xlsx(Box<Xlsx<R>>),
    Ods(Ods<R>),
    Xls(Box<Xls>),
}

impl<R: Read + Seek> Workbook<R> {
    /// Opens a workbook.
    ///
    /// Errors: every [`ReadFault`] but those of pages; the format is told by the content.
    pub fn open(mut source: R, limits: SheetLimits) -> Result<Workbook<R>, ReadFault> {
        let io = |error: std::io::Error| broken("csv", &error);
        let length = source.seek(SeekFrom::End(0)).map_err(io)?;
        if length == 0 {
            return Err(ReadFault::Empty);
        }
        if length > limits.bytes {
            return Err(too_much("bytes", limits.bytes));
        }
        source.rewind().map_err(io)?;
        let mut head = Vec::new();
        source
            .by_ref()
            .take(512)
            .read_to_end(&mut head)
            .map_err(io)?;
        source.rewind().map_err(io)?;
        let inner = open(source, &head, length, &limits)?;
        Ok(Workbook { inner, limits })
    }

    /// Its format.
    pub fn kind(&self) -> Kind {
        match self.inner {
            Inner::Csv(_) => Kind::Csv,
            Inner::Xlsx(_) => Kind::Xlsx,
            Inner::Ods(_) => Kind::Ods,
            Inner::Xls(_) => Kind::Xls,
        }
    }

    /// Names of its sheets, in their order; a CSV file is one sheet without a name.
    pub fn sheets(&self) -> Vec<Option<String>> {
        let some = |names: &[String]| names.iter().cloned().map(Some).collect();
        match &self.inner {
            Inner::Csv(_) => vec![None],
            Inner::Xlsx(book) => some(&book.names()),
            Inner::Ods(book) => some(book.names()),
            Inner::Xls(book) => some(book.names()),
        }
    }

    /// Whether its serial numbers of days count from 1904.
    pub fn counts_from_1904(&self) -> bool {
        match &self.inner {
            Inner::Xlsx(book) => book.counts_from_1904(),
            Inner::Xls(book) => book.counts_from_1904(),
            Inner::Csv(_) | Inner::Ods(_) => false,
        }
    }

    /// Visits the rows of a sheet that are not empty, in order, until the visitor says no.
    ///
    /// Errors: what is wrong further down in the file; rows before it were visited.
    pub fn read(
        &mut self,
        sheet: usize,
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<(), ReadFault> {
        let limits = self.limits;
        match &mut self.inner {
            Inner::Csv(book) => book.read(&limits, visit),
            Inner::Xlsx(book) => book.read(sheet, &limits, visit),
            Inner::Ods(book) => book.read(sheet, &limits, visit),
            Inner::Xls(book) => book.read(sheet, visit),
        }
    }
}

fn open<R: Read + Seek>(
    source: R,
    head: &[u8],
    length: u64,
    limits: &SheetLimits,
) -> Result<Inner<R>, ReadFault> {
    let unknown = |found: &str| {
        Err(ReadFault::UnknownFormat {
            expected: EXPECTED,
            found: found.to_owned(),
        })
    };
    match head {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            let archive = Archive::open(source, limits)?;
            if archive.has("xl/workbook.xml") {
                Ok(Inner::Xlsx(Box::new(Xlsx::open(archive, limits)?)))
            } else if archive.has("xl/workbook.bin") {
                unknown("xlsb")
            } else if archive.has("word/document.xml") {
                unknown("docx")
            } else if archive.has("content.xml") {
                Ok(Inner::Ods(Ods::open(archive, limits)?))
            } else {
                unknown("zip")
            }
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            Ok(Inner::Xls(Box::new(Xls::open(source, length, limits)?)))
        }
        [b'%', b'P', b'D', b'F', ..] => unknown("pdf"),
        [0x1F, 0x8B, ..] => unknown("gzip"),
        _ => {
            let text = String::from_utf8_lossy(head);
            let start: String = text
                .trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t'])
                .chars()
                .take(9)
                .collect();
            let start = start.to_ascii_lowercase();
            if start.starts_with("<!doctype") || start.starts_with("<html") {
                unknown("html")
            } else if start.starts_with("<?xml") || start.starts_with("<table") {
                unknown("xml")
            } else {
                Ok(Inner::Csv(Csv::open(source)?))
            }
        }
    }
}

/// A file that ends too early or cannot be read on.
pub(super) fn broken(format: &'static str, error: &std::io::Error) -> ReadFault {
    if let Some(inner) = error.get_ref() {
        if let Some(stop) = inner.downcast_ref::<Stop>() {
            return stop.fault();
        }
        if inner.is::<WrongUnit>() {
            return ReadFault::Encoding { at: Spot::File {} };
        }
    }
    ReadFault::Damaged {
        format,
        found: said(error),
        at: Spot::File {},
    }
}

pub(super) fn too_much(what: &'static str, most: impl TryInto<u64>) -> ReadFault {
    ReadFault::TooMuch {
        what,
        most: most.try_into().unwrap_or(u64::MAX),
    }
}
