//! The kind of the document.

use super::{Reason, Subject};

pub(super) fn kind_can_play_the_role(subject: &Subject<'_>) -> Option<Reason> {
    (!subject.role.kinds.contains(&subject.document.kind)).then_some(Reason::WrongType)
}
