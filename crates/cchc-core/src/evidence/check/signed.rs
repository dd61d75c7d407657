//! Signature and seal, as the register states them.

use super::{Reason, Subject};

pub(super) fn is_signed_and_sealed(subject: &Subject<'_>) -> Option<Reason> {
    let signed = subject.document.signed == Some(true);
    (subject.role.signed && !signed).then_some(Reason::UnsignedOrUnsealed)
}
