//! The header of one file, as it leaves the library.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Citation, Header, How, Observation, Read, Spot};
use crate::facts::{DocumentKind, Symbol};

/// The header of one file: plain values, and beside them where each was read.
///
/// Number and year are integers, the date is ISO, the kind its abbreviation. What is blank or
/// was not read is `null` and has a finding; `suffix`, `year` and `superior` are `null` where
/// a document has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderAnswer {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// The file.
    pub file: String,
    /// Issuing body.
    pub issuer: Option<String>,
    /// Body above it.
    pub superior: Option<String>,
    /// Number.
    pub number: Option<u32>,
    /// Letters behind the number.
    pub suffix: Option<String>,
    /// Year between number and symbol.
    pub year: Option<u16>,
    /// Symbol.
    pub symbol: Option<String>,
    /// What the symbol says, where there is one.
    pub symbol_says: Option<SymbolSays>,
    /// Kind.
    pub kind: Option<DocumentKind>,
    /// Place.
    pub place: Option<String>,
    /// Date.
    pub date: Option<NaiveDate>,
    /// Subject.
    pub subject: Option<String>,
    /// Name of who signed.
    pub signer: Option<String>,
    /// Role of who signed.
    pub signer_role: Option<String>,
    /// In whose place: `TM. …`, `KT. …`.
    pub signer_prefixes: Vec<String>,
    /// Bases.
    pub citations: Vec<CitationAnswer>,
    /// Whom it is addressed to.
    pub addressees: Vec<String>,
    /// Who receives it.
    pub recipients: Vec<String>,
    /// What is blank, contradictory or not legible.
    pub findings: Vec<Observation>,
    /// Where each value was read, and how.
    pub read: BTreeMap<&'static str, Place>,
}

/// The groups of a symbol by what they say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SymbolSays {
    /// Type whose abbreviation stands first; none for a công văn.
    pub kind: Option<DocumentKind>,
    /// Abbreviation of the body.
    pub body: Option<String>,
    /// Abbreviation of the unit or field that drafted it.
    pub unit: Option<String>,
}

/// Where a value was read, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The stretch of text.
    pub text: String,
    /// Where it starts.
    pub at: Spot,
    /// How it was read.
    pub how: How,
}

/// A cited document, with where it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CitationAnswer {
    /// The document.
    #[serde(flatten)]
    pub citation: Citation,
    /// Where the paragraph that cites it starts.
    pub at: Spot,
}

impl SymbolSays {
    /// What a symbol says; `None` where it is none of the State's.
    pub fn of(symbol: &str) -> Option<SymbolSays> {
        let symbol = Symbol::parse(symbol).ok()?;
        let kind = symbol.kind();
        let mut groups = symbol.parts().iter().skip(usize::from(kind.is_some()));
        let body = groups.next().cloned();
        let unit: Vec<&str> = groups.map(String::as_str).collect();
        Some(SymbolSays {
            kind,
            body,
            unit: (!unit.is_empty()).then(|| unit.join("-")),
        })
    }
}

fn place<T>(read: &Read<T>) -> Place {
    Place {
        text: read.text.clone(),
        at: read.at.clone(),
        how: read.how,
    }
}

fn value<T: Clone>(read: &Option<Read<T>>) -> Option<T> {
    read.as_ref().map(|it| it.value.clone())
}

fn values(list: &[Read<String>]) -> Vec<String> {
    list.iter().map(|it| it.value.clone()).collect()
}

impl HeaderAnswer {
    /// The header of a file.
    pub fn new(file: &str, header: &Header) -> HeaderAnswer {
        let places = [
            ("issuer", header.issuer.as_ref().map(place)),
            ("superior", header.superior.as_ref().map(place)),
            ("number", header.number.as_ref().map(place)),
            ("suffix", header.suffix.as_ref().map(place)),
            ("year", header.year.as_ref().map(place)),
            ("symbol", header.symbol.as_ref().map(place)),
            ("kind", header.kind.as_ref().map(place)),
            ("place", header.place.as_ref().map(place)),
            ("date", header.date.as_ref().map(place)),
            ("subject", header.subject.as_ref().map(place)),
            ("signer", header.signer.as_ref().map(place)),
        ];
        let signed = header.signer.as_ref().map(|it| &it.value);
        let cited = header.citations.iter().map(|it| CitationAnswer {
            citation: it.value.clone(),
            at: it.at.clone(),
        });
        HeaderAnswer {
            format: "cchc-header",
            version: 1,
            file: file.to_owned(),
            issuer: value(&header.issuer),
            superior: value(&header.superior),
            number: value(&header.number),
            suffix: value(&header.suffix),
            year: value(&header.year),
            symbol: value(&header.symbol),
            symbol_says: header
                .symbol
                .as_ref()
                .and_then(|it| SymbolSays::of(&it.value)),
            kind: value(&header.kind),
            place: value(&header.place),
            date: value(&header.date),
            subject: value(&header.subject),
            signer: signed.and_then(|it| it.name.clone()),
            signer_role: signed.and_then(|it| it.role.clone()),
            signer_prefixes: signed.map_or_else(Vec::new, |it| it.prefixes.clone()),
            citations: cited.collect(),
            addressees: values(&header.addressees),
            recipients: values(&header.recipients),
            findings: header.findings.clone(),
            read: places
                .into_iter()
                .filter_map(|(name, place)| Some((name, place?)))
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn says(symbol: &str, expected: (&str, &str, &str)) {
        let found = SymbolSays::of(symbol).unwrap();
        let kind = found.kind.map_or("", DocumentKind::abbreviation);
        let body = found.body.as_deref().unwrap_or("");
        let unit = found.unit.as_deref().unwrap_or("");
        assert_eq!((kind, body, unit), expected);
    }

    #[test]
    fn a_symbol_says_kind_body_and_unit() {
        says("KH-UBND", ("KH", "UBND", ""));
        says("QĐ-UBND-HC", ("QĐ", "UBND", "HC"));
        says("UBND-VX", ("", "UBND", "VX"));
        says("NĐ-CP", ("", "NĐ", "CP"));
        says("QH13", ("", "QH13", ""));
    }
}
