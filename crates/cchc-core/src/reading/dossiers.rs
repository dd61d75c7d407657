//! What an export of the one-stop system (kết xuất hồ sơ TTHC) counts, as plain data.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::Observation;
use crate::values::nfc;

/// The answer to "how many dossiers were returned early, on time, late".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DossierCount {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Version of the engine.
    pub engine: &'static str,
    /// The file that was read.
    pub file: ReadFile,
    /// Which rows were counted, and how.
    pub basis: CountBasis,
    /// What became of every row below the header; the parts add up to `read`.
    pub rows: Rows,
    /// The dossiers by class.
    pub counts: Counts,
    /// The same for each field (lĩnh vực), by name; empty where the sheet has no such column.
    pub fields: Vec<FieldCount>,
    /// The counts as two shares.
    pub shares: Shares,
    /// Figures for a submission, for the quantities `dossiers` and `apologies`.
    pub figures: Vec<FigureEntry>,
    /// The file as an entry of the evidence register.
    pub evidence: Vec<EvidenceEntry>,
    /// What is worth saying, in the order of the rows; at most so many of each code.
    pub findings: Vec<Observation>,
    /// How many findings of each code there are.
    pub found: BTreeMap<&'static str, u64>,
}

/// A file by what identifies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReadFile {
    /// Its name, without folders.
    pub name: String,
    /// `sha256:` and the digest of its bytes.
    pub digest: String,
    /// Its bytes.
    pub bytes: u64,
    /// `csv`, `xlsx`, `xls` or `ods`, by content.
    pub kind: &'static str,
}

/// What a count rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CountBasis {
    /// The sheet, where the file has names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Row of the header, the lower one of two; `None` where all columns were given by letter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header_row: Option<u32>,
    /// The columns that were read, from left to right.
    pub columns: Vec<ColumnRead>,
    /// The start of this day is what the count sees.
    pub as_of: NaiveDate,
    /// First day of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day of the window.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// Which day must lie in the window.
    pub denominator: Denominator,
    /// Whether "on time after re-dating" counts as on time.
    pub rescheduled: Rescheduled,
}

/// A column of the sheet and what it was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ColumnRead {
    /// What it holds, such as `received`.
    pub field: &'static str,
    /// Its letters.
    pub column: String,
    /// Its header as it stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    /// Whether the caller named it.
    pub asked: bool,
}

/// Which day of a dossier must lie in the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Denominator {
    /// The day it was received (tiếp nhận trong kỳ).
    #[default]
    Received,
    /// The day it was returned (giải quyết trong kỳ).
    Resolved,
}

/// What a dossier is that was late for its first date and in time for its second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rescheduled {
    /// On time.
    OnTime,
    /// Late.
    #[default]
    Late,
}

/// What became of the rows below the header. Unit: rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Rows {
    /// Rows below the header that are not empty.
    pub read: u64,
    /// Rows that are counted as dossiers: the sum of [`Counts`].
    pub counted: u64,
    /// Dossiers outside the window, or not yet received as of the date.
    pub outside: u64,
    /// Rows that say the same as another one of the same code.
    pub repeated: u64,
    /// Lines of totals (Tổng cộng).
    pub totals: u64,
    /// Rows below the last line of totals.
    pub after_totals: u64,
    /// Headings of groups, and the header once more.
    pub headings: u64,
}

/// Dossiers by class. Unit: dossiers; a dossier is in one class.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Returned before the due date (trước hạn).
    pub early: u64,
    /// Returned on the due date (đúng hạn), or in time after re-dating where that counts.
    pub on_time: u64,
    /// Returned late, without an apology letter.
    pub late: u64,
    /// Returned late, with an apology letter (thư xin lỗi).
    pub late_with_apology: u64,
    /// Not returned, not due before the as-of date.
    pub pending_not_due: u64,
    /// Not returned and overdue.
    pub pending_overdue: u64,
    /// A date that is needed is blank, impossible or contradicted.
    pub unreadable: u64,
    /// Of all: returned late for the first date and in time for the second one.
    pub in_time_after_rescheduling: u64,
    /// Of `pending_overdue`: with an apology letter.
    pub overdue_with_apology: u64,
}

impl Counts {
    /// All dossiers.
    pub fn total(&self) -> u64 {
        self.early
            + self.on_time
            + self.late
            + self.late_with_apology
            + self.pending_not_due
            + self.pending_overdue
            + self.unreadable
    }
}

/// The dossiers of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldCount {
    /// Its name as the rows write it; empty where the cell is blank.
    pub field: String,
    /// Its dossiers.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A share as a submission writes it. Unit: dossiers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ShareCount {
    /// Early or on time; for apologies: late with a letter.
    pub won: u64,
    /// Late; for apologies: returned late without a letter.
    pub lost: u64,
    /// Not decided yet, with what cannot be read: it can go either way.
    pub open: u64,
    /// Of `open`: overdue.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue: Option<u64>,
}

/// The two shares that an export counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Shares {
    /// Returned early or on time, of all.
    pub dossiers: ShareCount,
    /// With an apology letter, of the late ones.
    pub apologies: ShareCount,
}

impl Shares {
    /// The shares of counts.
    ///
    /// A row that cannot be read may be anything, so it is open in both.
    pub fn of(counts: &Counts) -> Shares {
        Shares {
            dossiers: ShareCount {
                won: counts.early + counts.on_time,
                lost: counts.late + counts.late_with_apology,
                open: counts.pending_not_due + counts.pending_overdue + counts.unreadable,
                overdue: Some(counts.pending_overdue),
            },
            apologies: ShareCount {
                won: counts.late_with_apology + counts.overdue_with_apology,
                lost: counts.late,
                open: counts.pending_overdue - counts.overdue_with_apology + counts.unreadable,
                overdue: None,
            },
        }
    }
}

/// A figure of a submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureEntry {
    /// Name of the quantity.
    pub quantity: &'static str,
    /// The last day that the figure tells of.
    pub observed_on: NaiveDate,
    /// When it entered the record.
    pub recorded_on: NaiveDate,
    /// The share, or that there is none.
    pub share: FigureShare,
    /// What proves it: the export, but for letters that it cannot show.
    pub evidence: Vec<String>,
}

/// A share, or that nothing of the kind arose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum FigureShare {
    /// Nothing of the kind.
    None {
        /// Always true.
        none: bool,
    },
    /// Items by outcome.
    Share(ShareCount),
}

impl FigureShare {
    /// The share as a submission writes it.
    pub fn of(share: ShareCount) -> FigureShare {
        if share.won + share.lost + share.open == 0 {
            FigureShare::None { none: true }
        } else {
            FigureShare::Share(share)
        }
    }
}

/// An entry of the evidence register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceEntry {
    /// Its name.
    pub id: String,
    /// Always `EXPORT`.
    pub kind: &'static str,
    /// The last day that it tells of.
    pub issued_on: NaiveDate,
    /// When it entered the register.
    pub recorded_on: NaiveDate,
    /// The file.
    pub file: String,
    /// Digest of its bytes.
    pub digest: String,
    /// How it compares with its record.
    pub reading: &'static str,
}

impl EvidenceEntry {
    /// The entry for a file, under a name that follows from its content.
    pub fn of(file: &ReadFile, day: NaiveDate) -> EvidenceEntry {
        let digest = file.digest.trim_start_matches("sha256:");
        let start: String = digest.chars().take(8).collect();
        EvidenceEntry {
            id: format!("EXPORT-{start}"),
            kind: "EXPORT",
            issued_on: day,
            recorded_on: day,
            file: nfc(&file.name).chars().take(500).collect(),
            digest: file.digest.clone(),
            reading: "supports",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_is_open_in_both_shares() {
        let counts = Counts {
            early: 3,
            on_time: 2,
            late: 1,
            late_with_apology: 4,
            pending_not_due: 5,
            pending_overdue: 6,
            unreadable: 7,
            overdue_with_apology: 2,
            in_time_after_rescheduling: 0,
        };
        let shares = Shares::of(&counts);
        let dossiers = shares.dossiers;
        assert_eq!((dossiers.won, dossiers.lost, dossiers.open), (5, 5, 18));
        assert_eq!(dossiers.overdue, Some(6));
        assert_eq!(dossiers.won + dossiers.lost + dossiers.open, counts.total());
        let apologies = shares.apologies;
        assert_eq!((apologies.won, apologies.lost, apologies.open), (6, 1, 11));
    }

    #[test]
    fn no_late_dossier_is_none() {
        let none = FigureShare::of(ShareCount::default());
        assert_eq!(none, FigureShare::None { none: true });
    }
}
