//! The document itself against its record.

use super::{Reason, Remark, Subject};
use crate::facts::Comparison;

pub(super) fn document_supports_its_record(subject: &Subject<'_>) -> Option<Reason> {
    match subject.document.reading? {
        Comparison::Contradicts => Some(Reason::Contradicts),
        Comparison::Unreadable => Some(Reason::IllegibleScan),
        Comparison::Supports | Comparison::Silent => None,
    }
}

pub(super) fn remarks(subject: &Subject<'_>, remarks: &mut Vec<Remark>) {
    if subject.document.reading == Some(Comparison::Silent) {
        remarks.push(Remark::Silent);
    }
}
