//! A document's place in time beside its event.

use super::{Reason, Subject};
use crate::rules::Order;

pub(super) fn stands_on_its_side_of_the_event(subject: &Subject<'_>) -> Option<Reason> {
    let (order, event) = (subject.role.order?, subject.event?);
    let date = subject.date()?;
    let stands = match order {
        Order::OnOrBefore => date <= event.date,
        Order::OnOrAfter => date >= event.date,
    };
    (!stands).then_some(Reason::WrongOrder)
}
