//! Number and symbol against the pattern of the role.

use super::{Reason, Subject};

pub(super) fn number_matches_the_pattern(subject: &Subject<'_>) -> Option<Reason> {
    let pattern = subject.role.number_pattern.as_ref()?;
    // A blank number has a reason of its own.
    let citation = subject.document.citation.as_deref()?;
    (!pattern.is_match(citation)).then_some(Reason::NumberPattern)
}
