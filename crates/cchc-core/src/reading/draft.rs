//! A draft of an evidence register, as it leaves the library.

use serde::Serialize;

use super::Observation;
use crate::evidence::Serves;
use crate::facts::DocumentKind;
use chrono::NaiveDate;

/// A register drafted from a folder: for a person to complete.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RegisterDraft {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Records in the form of a submission's `evidence`; what was not read is `null`.
    pub evidence: Vec<DraftRecord>,
    /// What was found file by file, in the same order.
    pub files: Vec<DraftFile>,
    /// Files that are no evidence, such as temporary ones, and other remarks on the folder.
    pub observations: Vec<FolderObservation>,
}

/// A remark on a file of a folder that has no record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FolderObservation {
    /// The file.
    pub file: String,
    /// What is worth saying.
    #[serde(flatten)]
    pub observation: Observation,
}

/// A drafted record. Its fields are those of a record of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftRecord {
    /// Proposed name, unique in the draft.
    pub id: String,
    /// Kind; `null` where it was not read.
    pub kind: Option<DocumentKind>,
    /// Number with its letters.
    pub number: Option<String>,
    /// Symbol.
    pub symbol: Option<String>,
    /// Issuing body; only with its level.
    pub issuer: Option<DraftIssuer>,
    /// Date.
    pub issued_on: Option<NaiveDate>,
    /// When it enters the register: for a person to fill in, unless it was asked with.
    pub recorded_on: Option<NaiveDate>,
    /// Subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Who signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signer: Option<DraftSigner>,
    /// File, from the folder on.
    pub file: String,
    /// Digest of the file.
    pub digest: String,
    /// Media type of the file.
    pub media_type: String,
    /// Codes of the components that it could serve.
    pub criteria: Vec<String>,
}

/// An issuing body with its level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftIssuer {
    /// Its name.
    pub name: String,
    /// Its level; `null` where the name does not say it.
    pub level: Option<&'static str>,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftSigner {
    /// Name.
    pub name: String,
    /// Role, with its prefixes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

/// What was found of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftFile {
    /// Name of its record.
    pub id: String,
    /// The file.
    pub file: String,
    /// Requirements of the pack that it could serve.
    pub serves: Vec<Serves>,
    /// What was not read, and why.
    pub observations: Vec<Observation>,
}
