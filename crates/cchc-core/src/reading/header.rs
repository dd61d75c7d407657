//! The header of an administrative document, as it was read.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Observation, Spot};
use crate::facts::DocumentKind;

/// A value with the place and the way it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// The stretch of text it was read from, as it stands there.
    pub text: String,
    /// Where that starts.
    pub at: Spot,
    /// How it was read.
    pub how: How,
}

/// How a value was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// As it is written.
    AsWritten,
    /// From lines that were joined.
    Joined,
    /// From a line in which two columns had run together.
    Split,
    /// With a sign or space put right that the decree asks for.
    Mended,
    /// From another field, such as the kind from the symbol.
    Inferred,
}

/// Components of form (thể thức) at the head and foot of an administrative document.
///
/// Source: Nghị định 30/2020/NĐ-CP, article 8 and appendix I.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Body above the issuing one (cơ quan chủ quản).
    pub superior: Option<Read<String>>,
    /// Issuing body (cơ quan ban hành).
    pub issuer: Option<Read<String>>,
    /// Number (số).
    pub number: Option<Read<u32>>,
    /// Letters behind the number, in lower case: the `a` of `22a`.
    pub suffix: Option<Read<String>>,
    /// The year between number and symbol of a legal document: the 2024 of `06/2024/QĐ-UBND`.
    pub year: Option<Read<u16>>,
    /// Symbol (ký hiệu), in normal form: `KH-UBND`.
    pub symbol: Option<Read<String>>,
    /// Place (địa danh).
    pub place: Option<Read<String>>,
    /// Date.
    pub date: Option<Read<NaiveDate>>,
    /// Kind (tên loại).
    pub kind: Option<Read<DocumentKind>>,
    /// Subject (trích yếu), without `V/v`.
    pub subject: Option<Read<String>>,
    /// Documents that it cites as its bases (căn cứ), in order.
    pub citations: Vec<Read<Citation>>,
    /// Whom it is addressed to (kính gửi), in order.
    pub addressees: Vec<Read<String>>,
    /// Who signed (or was to sign) it.
    pub signer: Option<Read<SignedBy>>,
    /// Who receives it (nơi nhận), in order.
    pub recipients: Vec<Read<String>>,
    /// What is blank, contradictory or not legible, in the order of the text.
    pub findings: Vec<Observation>,
}

/// A document that another one cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// Its kind, where the text says it.
    pub kind: Option<DocumentKind>,
    /// Number and symbol as printed, such as `22a/QĐ-UBND`; `None` for a law cited by name.
    pub number: Option<String>,
    /// Its date.
    pub date: Option<NaiveDate>,
    /// Body that issued it.
    pub issuer: Option<String>,
    /// What it is about.
    pub subject: Option<String>,
}

/// The foot of a document: in whose place, in which role, who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedBy {
    /// `TM.`, `KT.`, `TL.`, `TUQ.` or `Q.`, the outermost first: `TM. UỶ BAN NHÂN DÂN`, `KT. CHỦ TỊCH`.
    pub prefixes: Vec<String>,
    /// Role (chức vụ), such as `CHỦ TỊCH`.
    pub role: Option<String>,
    /// Name; `None` where there is only a signature.
    pub name: Option<String>,
}
