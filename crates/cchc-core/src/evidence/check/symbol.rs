//! The symbol against the kind.
//!
//! Source: Nghị định 30/2020/NĐ-CP, article 15 and appendix III: the symbol of a named
//! kind begins with its abbreviation; an official letter's begins with the body.

use super::{Reason, Remark, Subject};

pub(super) fn symbol_fits_the_kind(subject: &Subject<'_>) -> Option<Reason> {
    (!subject.document.symbol_fits).then_some(Reason::NumberSymbolMismatch)
}

pub(super) fn remarks(subject: &Subject<'_>, remarks: &mut Vec<Remark>) {
    if subject.document.look_alike {
        remarks.push(Remark::LookAlike);
    }
}
