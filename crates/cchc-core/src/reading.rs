//! What was read from files: places, headers, findings; plain data, as it leaves the library.
//!
//! Files are opened by another crate; here stands what it found, so that whoever words or
//! compares it needs no reader of files. A value that was not read is absent and has a
//! finding: nothing here is a guess.

mod answer;
mod checked;
mod dossiers;
mod draft;
mod finding;
mod header;
mod plan;
mod progress;
mod spot;

pub use answer::{CitationAnswer, HeaderAnswer, Place, SymbolSays};
pub use checked::FileCheck;
pub use dossiers::{
    ColumnRead, CountBasis, Counts, Denominator, DossierCount, EvidenceEntry, FieldCount,
    FigureEntry, FigureShare, ReadFile, Rescheduled, Rows, ShareCount, Shares,
};
pub use draft::{
    DraftFile, DraftIssuer, DraftRecord, DraftSigner, FolderObservation, RegisterDraft,
};
pub use finding::Observation;
pub use header::{Citation, Header, How, Read, SignedBy};
pub use plan::{Plan, PlanAnswer, PlanDuty, PlanPeriod, PlanTask, PlanTime, Reported, TimeKind};
pub use progress::{DutyProgress, ProgressAnswer, TaskProgress, TaskStatus};
pub use spot::Spot;
