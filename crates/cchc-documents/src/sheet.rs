//! Sheets as rows of cells, whatever file they came from: CSV, XLSX, ODS, XLS.
//!
//! Rows are visited one after the other and not kept, so that memory does not grow with
//! their number. A cell has an exact type: numbers are decimals as text, dates are days and
//! seconds; nothing is computed in floating point.
//!
//! The format is told by the content, never by the name. Only the old XLS is read whole,
//! within a limit of its own; there the sign of per cent is lost, since the reader behind it
//! does not hand out number formats.

mod cell;
mod csv;
mod foreign;
mod ods;
mod serial;
mod workbook;
mod xls;
mod xlsx;
mod xml;

pub use cell::{Cell, Row, SECONDS_OF_A_DAY};
pub use foreign::panic_is_caught;
pub(crate) use serial::serial;
pub use workbook::{Kind, Workbook};

/// How much of a workbook is read; over it stands a coded fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetLimits {
    /// Most bytes of the file.
    pub bytes: u64,
    /// Most bytes of an XLS file, which is read whole.
    pub whole: u64,
    /// Most bytes that the parts of an archive may unpack to, together.
    pub unpacked: u64,
    /// Most bytes of a part that is kept, such as the shared texts.
    pub kept: u64,
    /// Most shared texts.
    pub strings: usize,
    /// Most parts of an archive.
    pub parts: usize,
    /// Deepest nesting of elements.
    pub depth: usize,
    /// Most sheets.
    pub sheets: usize,
    /// Most rows of a sheet.
    pub rows: u64,
    /// Most cells of a row.
    pub cells: usize,
    /// Most bytes of a row, or of anything between two tags.
    pub row: usize,
    /// Most places in the tables of an XLS file, empty ones included.
    pub places: u64,
}

impl SheetLimits {
    /// What an office's exports never reach.
    pub const USUAL: SheetLimits = SheetLimits {
        bytes: 512 << 20,
        whole: 32 << 20,
        unpacked: 256 << 20,
        kept: 48 << 20,
        strings: 1_500_000,
        parts: 4_096,
        depth: 64,
        sheets: 256,
        rows: 2_000_000,
        cells: 16_384,
        row: 1 << 20,
        places: 3_000_000,
    };
}

impl Default for SheetLimits {
    fn default() -> Self {
        SheetLimits::USUAL
    }
}
