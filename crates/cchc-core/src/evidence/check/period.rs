//! The window of the document's date.

use super::{Reason, Subject};
use crate::rules::Dated;

pub(super) fn dated_in_the_window(subject: &Subject<'_>) -> Option<Reason> {
    match subject.date() {
        Some(date) => (!subject.role.window.contains(date)).then_some(Reason::OutsidePeriod),
        // A blank day has a reason of its own where the kind must bear one; a role that
        // counts by another date needs that date.
        None => (subject.role.dated != Dated::Issued).then_some(Reason::FieldMissing),
    }
}
