//! Why a file gave no counts.

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};

use super::Field;
use crate::ReadFault;

/// A reason why an export cannot be counted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DossierFault {
    /// The file cannot be read as a sheet.
    #[error(transparent)]
    Read(#[from] ReadFault),
    /// There is no sheet of that name.
    #[error("expected one of the sheets {sheets:?}, found `{sheet}`")]
    SheetUnknown {
        /// The name that was asked for.
        sheet: String,
        /// The names that there are.
        sheets: Vec<String>,
    },
    /// More than one sheet has a header of dossiers.
    #[error("expected one sheet of dossiers, found {sheets:?}")]
    SheetAmbiguous {
        /// Their names.
        sheets: Vec<String>,
    },
    /// No row looks like the header of a list of dossiers.
    #[error("expected a header with the columns of dossiers, found none")]
    HeaderNotFound {
        /// The sheet, where it has a name.
        sheet: Option<String>,
    },
    /// The header has no column for what must be known.
    #[error("expected a column for {}, found {found:?}", field.name())]
    ColumnMissing {
        /// What is missing.
        field: Field,
        /// The headers that there are.
        found: Vec<String>,
        /// The header.
        at: Spot,
    },
    /// Two columns or more could hold the same.
    #[error("expected one column for {}, found {found:?}", field.name())]
    ColumnAmbiguous {
        /// What they could hold.
        field: Field,
        /// Their letters and headers.
        found: Vec<String>,
        /// The first of them.
        at: Spot,
    },
    /// A header that was named is not there.
    #[error("expected a column with the header `{header}`, found {found:?}")]
    ColumnUnknown {
        /// What it was to hold.
        field: Field,
        /// The header that was named.
        header: String,
        /// The headers that there are.
        found: Vec<String>,
        /// The header row.
        at: Spot,
    },
    /// One column was named for two things.
    #[error("expected a column for each, found {column} for {} and {}", field.name(), other.name())]
    ColumnShared {
        /// What it was to hold.
        field: Field,
        /// And what else.
        other: Field,
        /// Its letters.
        column: String,
    },
}

/// Headers that a message names at most.
const NAMED: usize = 12;

impl DossierFault {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            DossierFault::Read(fault) => fault.code(),
            DossierFault::SheetUnknown { .. } => "sheet_unknown",
            DossierFault::SheetAmbiguous { .. } => "sheet_ambiguous",
            DossierFault::HeaderNotFound { .. } => "header_not_found",
            DossierFault::ColumnMissing { .. } => "column_missing",
            DossierFault::ColumnAmbiguous { .. } => "column_ambiguous",
            DossierFault::ColumnUnknown { .. } => "column_unknown",
            DossierFault::ColumnShared { .. } => "column_shared",
        }
    }

    /// The fault as an observation, with its remedy.
    pub fn observation(&self) -> Observation {
        let new = |at: &Spot, remedy| {
            Observation::new(self.code(), Severity::Problem, at.clone(), remedy)
        };
        let listed = |names: &[String]| {
            let mut names: Vec<String> = names.to_vec();
            if names.len() > NAMED {
                names.truncate(NAMED);
                names.push("…".to_owned());
            }
            names.join("; ")
        };
        let file = Spot::File {};
        match self {
            DossierFault::Read(fault) => fault.observation(),
            DossierFault::SheetUnknown { sheet, sheets } => new(&file, "name_sheet")
                .with("sheet", sheet)
                .with("sheets", listed(sheets)),
            DossierFault::SheetAmbiguous { sheets } => {
                new(&file, "name_sheet").with("sheets", listed(sheets))
            }
            DossierFault::HeaderNotFound { sheet } => {
                let found = new(&file, "name_columns");
                match sheet {
                    Some(sheet) => found.with("sheet", sheet),
                    None => found,
                }
            }
            DossierFault::ColumnMissing { field, found, at } => new(at, "name_column")
                .of(field.name())
                .with("field", field.name())
                .with("found", listed(found)),
            DossierFault::ColumnAmbiguous { field, found, at } => new(at, "name_column")
                .of(field.name())
                .with("field", field.name())
                .with("found", listed(found)),
            DossierFault::ColumnUnknown {
                field,
                header,
                found,
                at,
            } => new(at, "name_column")
                .of(field.name())
                .with("field", field.name())
                .with("header", header)
                .with("found", listed(found)),
            DossierFault::ColumnShared {
                field,
                other,
                column,
            } => new(&file, "name_column")
                .of(field.name())
                .with("field", field.name())
                .with("other", other.name())
                .with("column", column),
        }
    }
}
