//! A record of the register against its file.

use serde::{Serialize, Serializer};

use super::Observation;
use crate::facts::Comparison;

/// How the file of a document compares with what the register says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileCheck {
    /// Name of the document within the register.
    /// `None` for a file that no record names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Its file; `None` where the register names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The outcome; `None` where there is no file to compare with.
    #[serde(serialize_with = "code", skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
    /// Fields on which both agree.
    pub agrees: Vec<&'static str>,
    /// What is worth saying, in the order of the fields.
    pub observations: Vec<Observation>,
}

fn code<S: Serializer>(comparison: &Option<Comparison>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(comparison.map_or("", Comparison::code))
}
