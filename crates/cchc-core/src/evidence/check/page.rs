//! The pointer to a page or section.

use super::{Reason, Subject};

pub(super) fn points_to_a_page(subject: &Subject<'_>) -> Option<Reason> {
    let pointed = subject
        .document
        .page
        .as_deref()
        .is_some_and(|page| !page.trim().is_empty());
    (subject.role.page && !pointed).then_some(Reason::NoPageOrSectionPointer)
}
