//! The issuing body.

use super::{Reason, Subject};

pub(super) fn issuer_is_competent(subject: &Subject<'_>) -> Option<Reason> {
    let role = subject.role;
    if role.issuer_levels.is_empty() && role.issuers.is_empty() {
        return None;
    }
    let competent = subject.document.issuer.as_ref().is_some_and(|issuer| {
        (role.issuer_levels.is_empty() || role.issuer_levels.contains(&issuer.level))
            && (role.issuers.is_empty() || role.issuers.contains(&issuer.folded))
    });
    (!competent).then_some(Reason::WrongIssuer)
}
