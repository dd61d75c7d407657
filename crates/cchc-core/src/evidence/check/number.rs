//! Number and day.
//!
//! Source: Nghị định 30/2020/NĐ-CP, articles 8 and 15: an issued document bears both.

use super::{Reason, Subject};

pub(super) fn number_and_day_are_filled_in(subject: &Subject<'_>) -> Option<Reason> {
    let document = subject.document;
    let blank =
        document.number.is_none() || document.symbol.is_none() || document.issued_on.is_none();
    (document.kind.is_numbered() && blank).then_some(Reason::BlankNumberOrDay)
}
