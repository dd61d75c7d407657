//! What is worth saying about a file.

use serde::Serialize;

use super::Spot;
use crate::answer::{Params, Severity};

/// A coded observation about a file; its text is made elsewhere, from code and parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observation {
    /// Stable code.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Field that it concerns, such as `number`; `None` for the file as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
    /// Where it stands.
    pub at: Spot,
    /// What the text needs.
    pub params: Params,
    /// Code of what to do about it.
    pub remedy: &'static str,
}

impl Observation {
    /// An observation without field and parameters.
    pub fn new(code: &'static str, severity: Severity, at: Spot, remedy: &'static str) -> Self {
        Observation {
            code,
            severity,
            field: None,
            at,
            params: Params::default(),
            remedy,
        }
    }

    /// The same, about a field.
    pub fn of(self, field: &'static str) -> Self {
        Observation {
            field: Some(field),
            ..self
        }
    }

    /// The same, with a parameter.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.insert(name, value.to_string().into());
        self
    }
}
