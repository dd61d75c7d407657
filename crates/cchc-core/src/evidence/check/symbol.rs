//! The symbol against the kind.
//!
//! Source: Nghị định 30/2020/NĐ-CP, article 15 and appendix III: the symbol of a named
//! kind begins with its abbreviation; an official letter's begins with the body.

use super::{Reason, Remark, Subject};
use crate::facts::{DocumentNumber, symbol_matches_kind};
use crate::values::look_alikes;

pub(super) fn symbol_fits_the_kind(subject: &Subject<'_>) -> Option<Reason> {
    let document = subject.document;
    if !document.kind.is_numbered() {
        return None;
    }
    let symbol_fits = match (&document.symbol, &document.parsed_symbol) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(_), Some(symbol)) => symbol_matches_kind(symbol, document.kind),
    };
    let number_reads = document
        .number
        .as_deref()
        .is_none_or(|number| DocumentNumber::parse(number).is_ok());
    (!symbol_fits || !number_reads).then_some(Reason::NumberSymbolMismatch)
}

pub(super) fn remarks(subject: &Subject<'_>, remarks: &mut Vec<Remark>) {
    let texts = [&subject.document.number, &subject.document.symbol];
    if texts
        .into_iter()
        .flatten()
        .any(|text| !text.is_ascii() && !look_alikes(text).is_empty())
    {
        remarks.push(Remark::LookAlike);
    }
}
