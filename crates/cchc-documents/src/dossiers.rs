//! An export of the one-stop system (kết xuất hồ sơ TTHC) as counts, findings and figures.
//!
//! Every row below the header is counted as a dossier or named as something else, and the
//! parts add up. Nothing is guessed: a date that cannot be read makes its dossier
//! `unreadable`, which is open in the figures, for it may be anything. Of two rows with one
//! code that differ neither is believed. The order of rows changes nothing but places.
//!
//! Two dates are compared exactly where both have a time of day, and by day otherwise.
//!
//! Source: NĐ 61/2018/NĐ-CP and NĐ 118/2025/NĐ-CP on apology letters and re-dating at most
//! once. Whether "on time after re-dating" is on time is the index set's to say; the caller
//! says it and the answer states it.

mod class;
mod column;
mod date;
mod fault;
mod figure;
mod tally;

pub use column::{Column, ColumnOf, Field};
pub use fault::DossierFault;

use std::cell::Cell as Shared;
use std::io::{Read, Seek, SeekFrom};
use std::rc::Rc;

use cchc_core::answer::ENGINE_VERSION;
use cchc_core::reading::{
    CountBasis, Denominator, DossierCount, EvidenceEntry, ReadFile, Rescheduled, Shares,
};
use cchc_core::values::Window;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::ReadFault;
use crate::sheet::{Row, SheetLimits, Workbook};
use column::{Head, Header};
use tally::Tally;

/// How an export is counted.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The start of this day is what the count sees.
    pub as_of: NaiveDate,
    /// Days that are counted; all unless given.
    pub window: Option<Window>,
    /// Which day must lie in the window.
    pub denominator: Denominator,
    /// Whether "on time after re-dating" counts as on time.
    pub rescheduled: Rescheduled,
    /// The sheet, by name; the only one with a header of dossiers unless given.
    pub sheet: Option<String>,
    /// Columns that the caller names, in place of what their headers say.
    pub columns: Vec<ColumnOf>,
    /// How much of a file is read.
    pub limits: SheetLimits,
}

impl Ask {
    /// Everything as of a date, by the headers of the only sheet.
    pub fn as_of(as_of: NaiveDate) -> Ask {
        Ask {
            as_of,
            window: None,
            denominator: Denominator::default(),
            rescheduled: Rescheduled::default(),
            sheet: None,
            columns: Vec::new(),
            limits: SheetLimits::USUAL,
        }
    }
}

/// Rows between two words on progress.
const ROWS_OF_A_STEP: u64 = 4_096;

/// Counts an export.
///
/// The name is for messages and the register, the format is told by the content. `progress`
/// hears how many bytes of how many are read.
///
/// Errors: a file that is no sheet of dossiers, see [`DossierFault`]; what is odd in a row is
/// a finding of the answer.
///
/// ```
/// use std::io::Cursor;
/// use cchc_documents::dossiers::{Ask, count};
///
/// let export = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày trả kết quả\n\
///               H1,02/01/2024,05/01/2024,04/01/2024\n";
/// let ask = Ask::as_of("2025-01-01".parse().unwrap());
/// let answer = count(Cursor::new(export), "export.csv", &ask, &mut |_, _| {}).unwrap();
/// assert_eq!(answer.counts.early, 1);
/// ```
pub fn count<R: Read + Seek>(
    mut source: R,
    name: &str,
    ask: &Ask,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<DossierCount, DossierFault> {
    let (digest, bytes) = digest(&mut source, &ask.limits)?;
    let position = Rc::new(Shared::new(0));
    let source = Followed {
        source,
        position: Rc::clone(&position),
    };
    let mut book = Workbook::open(source, ask.limits)?;
    let file = ReadFile {
        name: name.to_owned(),
        digest,
        bytes,
        kind: book.kind().ending(),
    };
    let (index, sheet, header) = choose(&mut book, ask)?;
    let mut tally = Tally::of(ask, &header, sheet.as_deref(), book.counts_from_1904());
    let mut rows = 0_u64;
    let first = header.first_row;
    book.read(index, &mut |row: &Row| {
        rows += 1;
        if rows.is_multiple_of(ROWS_OF_A_STEP) {
            progress(position.get().min(bytes), bytes);
        }
        row.number < first || tally.row(row)
    })?;
    let counted = tally.finish()?;
    progress(bytes, bytes);
    let shares = Shares::of(&counted.counts);
    let (figures, day) = figure::figures(ask, &shares, &file);
    let mut findings = counted.findings;
    findings.whole(&file, &header, &counted.counts, &shares);
    let (findings, found) = findings.told();
    Ok(DossierCount {
        format: "cchc-dossiers",
        version: 1,
        engine: ENGINE_VERSION,
        basis: CountBasis {
            sheet,
            header_row: header.row,
            columns: header.told(),
            as_of: ask.as_of,
            from: ask.window.map(|it| it.from()),
            to: ask.window.map(|it| it.to()),
            denominator: ask.denominator,
            rescheduled: ask.rescheduled,
        },
        rows: counted.rows,
        counts: counted.counts,
        fields: counted.fields,
        shares,
        figures,
        evidence: vec![EvidenceEntry::of(&file, day)],
        findings,
        found,
        file,
    })
}

/// The sheet of dossiers: its place, its name and its header.
fn choose<R: Read + Seek>(
    book: &mut Workbook<R>,
    ask: &Ask,
) -> Result<(usize, Option<String>, Header), DossierFault> {
    let names = book.sheets();
    let from_1904 = book.counts_from_1904();
    let mut fitting = Vec::new();
    let mut nearest: Option<(usize, DossierFault)> = None;
    let mut named = false;
    for (index, name) in names.iter().enumerate() {
        if let (Some(asked), Some(name)) = (&ask.sheet, name)
            && cchc_core::values::fold(asked) != cchc_core::values::fold(name)
        {
            continue;
        }
        named = true;
        let mut head = Head::default();
        book.read(index, &mut |row| head.take(row))?;
        match head.header(ask, name.as_deref(), from_1904) {
            Ok(header) => fitting.push((index, name.clone(), header)),
            Err((score, fault)) => {
                if nearest.as_ref().is_none_or(|(best, _)| *best < score) {
                    nearest = Some((score, fault));
                }
            }
        }
    }
    let known = || names.iter().flatten().cloned().collect::<Vec<_>>();
    if !named {
        return Err(DossierFault::SheetUnknown {
            sheet: ask.sheet.clone().unwrap_or_default(),
            sheets: known(),
        });
    }
    let several: Vec<String> = fitting.iter().filter_map(|it| it.1.clone()).collect();
    match (fitting.pop(), nearest) {
        (Some(only), _) if fitting.is_empty() => Ok(only),
        (Some(_), _) => Err(DossierFault::SheetAmbiguous { sheets: several }),
        (None, Some((_, fault))) => Err(fault),
        (None, None) => Err(DossierFault::HeaderNotFound { sheet: None }),
    }
}

/// `sha256:` and the digest of all bytes, and how many they are.
fn digest<R: Read + Seek>(
    source: &mut R,
    limits: &SheetLimits,
) -> Result<(String, u64), ReadFault> {
    let io = |error: std::io::Error| ReadFault::Damaged {
        format: "workbook",
        found: error.to_string(),
        at: cchc_core::reading::Spot::File {},
    };
    source.rewind().map_err(io)?;
    let mut hasher = Sha256::new();
    let mut chunk = vec![0_u8; 64 << 10];
    let mut bytes = 0_u64;
    loop {
        let read = source.read(&mut chunk).map_err(io)?;
        if read == 0 {
            break;
        }
        hasher.update(chunk.get(..read).unwrap_or_default());
        bytes = bytes.saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        if bytes > limits.bytes {
            return Err(ReadFault::TooMuch {
                what: "bytes",
                most: limits.bytes,
            });
        }
    }
    source.rewind().map_err(io)?;
    let mut text = "sha256:".to_owned();
    for byte in hasher.finalize() {
        text.push_str(&format!("{byte:02x}"));
    }
    Ok((text, bytes))
}

/// A source whose position can be looked up while another reads it.
struct Followed<R> {
    source: R,
    position: Rc<Shared<u64>>,
}

impl<R: Read> Read for Followed<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.source.read(out)?;
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        self.position.set(self.position.get().saturating_add(count));
        Ok(read)
    }
}

impl<R: Seek> Seek for Followed<R> {
    fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
        let at = self.source.seek(to)?;
        self.position.set(at);
        Ok(at)
    }
}
