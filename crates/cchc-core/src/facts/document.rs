//! The evidence record: what the register says of one document.
//!
//! The shape follows the assessment-results model of OSCAL in the field's own words. A
//! blank number or day is a state, not a missing field: an unissued draft looks like that.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::facts::{DocumentKind, Symbol};
use crate::values::Window;

/// One document of the evidence register (tài liệu kiểm chứng).
#[derive(Clone, Debug)]
pub struct Document {
    /// Name within the register.
    pub id: Arc<str>,
    /// Kind as the register states it.
    pub kind: DocumentKind,
    /// Number and symbol as cited, such as `22a/QĐ-UBND`; `None` where one is blank.
    pub citation: Option<Arc<str>>,
    /// Number as written, without leading zeros; `None` where it is blank.
    pub number: Option<String>,
    /// Symbol as written; `None` where it is blank.
    pub symbol: Option<String>,
    /// The symbol taken apart; `None` where it is blank or cannot be read.
    pub parsed_symbol: Option<Symbol>,
    /// Whether number and symbol can be read and fit the kind; blanks do.
    pub symbol_fits: bool,
    /// Whether number or symbol holds a letter that only looks like the right one.
    pub look_alike: bool,
    /// Issuing body.
    pub issuer: Option<Issuer>,
    /// The date it bears; `None` where it is blank.
    pub issued_on: Option<NaiveDate>,
    /// When it was signed.
    pub signed_on: Option<NaiveDate>,
    /// When it was sent.
    pub sent_on: Option<NaiveDate>,
    /// When it entered the register.
    pub recorded_on: NaiveDate,
    /// The days it covers.
    pub period: Option<Window>,
    /// Subject (trích yếu).
    pub subject: Option<String>,
    /// Who signed.
    pub signer: Option<Signer>,
    /// Whether it is signed and sealed; `None` where the register does not say.
    pub signed: Option<bool>,
    /// File of the document.
    pub file: Option<String>,
    /// Digest of the file.
    pub digest: Option<String>,
    /// Media type of the file.
    pub media_type: Option<String>,
    /// Page or section that proves the point.
    pub page: Option<String>,
    /// Codes that the unit says it serves.
    pub criteria: Vec<String>,
    /// What it refers to.
    pub links: Vec<Link>,
    /// What was read from it.
    pub fields: Vec<ReadField>,
    /// How the document itself compares with this record.
    pub reading: Option<Comparison>,
    /// What makes it the same document as another record.
    pub identity: String,
}

/// The body that issued a document.
#[derive(Clone, Debug)]
pub struct Issuer {
    /// Its name as written.
    pub name: String,
    /// Its name folded for comparison.
    pub folded: String,
    /// Its level, such as `commune`.
    pub level: String,
}

/// Who signed a document.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Name.
    pub name: String,
    /// Role, with its prefix such as `TM.`.
    pub role: Option<String>,
}

/// A link of a document to an event or another document.
#[derive(Clone, Debug)]
pub struct Link {
    /// `implements`, `answers`, `supersedes` or `refers_to`.
    pub relation: String,
    /// Name of the event or document.
    pub to: String,
}

/// A field read from a document.
#[derive(Clone, Debug)]
pub struct ReadField {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Where it was read.
    pub at: Option<String>,
}

/// How a document compares with its record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// It says the same.
    Supports,
    /// It says nothing of it: it proves what the register says, with a remark.
    Silent,
    /// It says otherwise: it does not prove its record.
    Contradicts,
    /// It cannot be read; that is never "missing".
    Unreadable,
}

impl Comparison {
    /// Stable code, as a submission writes it.
    pub fn code(self) -> &'static str {
        match self {
            Comparison::Supports => "supports",
            Comparison::Silent => "silent",
            Comparison::Contradicts => "contradicts",
            Comparison::Unreadable => "unreadable",
        }
    }
}
