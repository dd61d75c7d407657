//! What a document must name, by its links.

use super::{Reason, Subject};

pub(super) fn names_what_it_must(subject: &Subject<'_>) -> Option<Reason> {
    let reference = subject.role.refers_to.as_ref()?;
    let serves = |to: &str| match &reference.role {
        None => subject.event.is_some_and(|event| &*event.id == to),
        Some(role) => subject
            .named
            .iter()
            .any(|named| named.id == to && named.role.is_none_or(|part| part == role)),
    };
    let named = subject
        .document
        .links
        .iter()
        .any(|link| reference.relations.contains(&link.relation) && serves(&link.to));
    (!named).then_some(Reason::ReferenceMissing)
}
