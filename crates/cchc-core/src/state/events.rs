//! Events: proved, mendable and dead ones, each with documents of its own where asked.

use chrono::NaiveDate;

use super::{
    CountState, Fact, FactReport, ShareState, State, States, Supply, Unseen, WhyUnseen, unseen,
};
use crate::evidence::{FactOutcome, Items, Judged, ProofTask, judge};
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;

impl Fitted<'_> {
    /// The events of a quantity that are seen and lie in its window, judged.
    pub(super) fn judged_events(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
        last: impl Fn(&Event) -> NaiveDate,
    ) -> Vec<(usize, Judged)> {
        let list = self.events.get(of.0).map(Vec::as_slice).unwrap_or_default();
        let empty = Vec::new();
        let elsewhere = self
            .elsewhere
            .get(of.0)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut judged = Vec::with_capacity(list.len());
        for index in list {
            let Some(event) = self.submission.events.get(*index) else {
                continue;
            };
            let fact = Fact::Event(*index);
            let outside = event.date < quantity.window.from() || event.date > last(event);
            let days = (event.date, event.recorded_on, event.proved_by);
            let why = match unseen(cut, quantity, days) {
                None if of_another(quantity, event) => Some(WhyUnseen::OfPredecessor),
                None if not_owed(quantity, event) => Some(WhyUnseen::NotOwed),
                None if outside => Some(WhyUnseen::OutsidePeriod),
                why => why,
            };
            if let Some(why) = why {
                states.unseen.push(Unseen {
                    quantity: of,
                    fact,
                    why,
                });
                continue;
            }
            if let Some(proved) = self.taken_as_proved(event.proved_by, fact) {
                judged.push((*index, proved));
                continue;
            }
            let documents = self.event_documents.get(*index).unwrap_or(&empty);
            let names = event
                .documents
                .iter()
                .map(|named| (named.id.as_str(), named.role.as_deref()));
            let outcome = judge(&ProofTask {
                proof: &quantity.proof,
                event: Some(event),
                items: Items::Some,
                of_predecessor: event.unit.is_some(),
                elsewhere,
                named: self.named(names.zip(documents), cut),
                hand_in_by: quantity.hand_in_by,
                calendar: self.calendar,
            });
            judged.push((*index, outcome));
        }
        judged
    }

    /// Marks the events that cannot have a document of their own, and gives those that would
    /// be proved if every document were read.
    pub(super) fn distinct(
        &self,
        quantity: &Quantity,
        events: &mut [(usize, Judged)],
    ) -> Vec<bool> {
        let role = quantity
            .proof
            .distinct_role()
            .and_then(|it| quantity.proof.roles.get(it));
        let Some(role) = role.filter(|_| !self.submission.taken_as_proved) else {
            let unreadable = |judged: &Judged| judged.outcome == FactOutcome::Unreadable;
            return events.iter().map(|(_, it)| unreadable(it)).collect();
        };
        let accepted = events.iter().map(|(_, judged)| {
            let proved = judged.outcome.is_proved();
            proved.then_some(judged.distinct.as_slice())
        });
        let matched = crate::matching::largest(&accepted.collect::<Vec<_>>());
        // Proved events keep their place, perhaps with a document that is still to be read;
        // what that makes room for comes after them.
        let readable = |judged: &'_ Judged, wanted: bool| {
            wanted && (judged.outcome.is_proved() || judged.outcome == FactOutcome::Unreadable)
        };
        let of = |keep: bool| {
            events
                .iter()
                .zip(&matched)
                .map(move |((_, judged), matched)| {
                    readable(judged, *matched == keep).then_some(judged.readable.as_slice())
                })
        };
        let candidates: Vec<Option<&[String]>> = of(true).chain(of(false)).collect();
        let legible = crate::matching::largest(&candidates).split_off(events.len());
        for ((_, judged), matched) in events.iter_mut().zip(matched) {
            if judged.outcome.is_proved() && !matched {
                judged.reject_duplicate(&role.name);
            }
        }
        legible
    }

    /// Proved, mendable and dead events of a quantity.
    pub(super) fn items(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
    ) -> (u64, u64, u64) {
        let last = |_: &Event| quantity.window.to();
        let mut events = self.judged_events(of, quantity, cut, states, last);
        let legible = self.distinct(quantity, &mut events);
        let can_mend = cut.can_act_by(quantity.hand_in_by);
        let (mut proved, mut open, mut dead) = (0, 0, 0);
        for ((index, judged), legible) in events.into_iter().zip(legible) {
            let unreadable = legible && cut.as_of.is_some();
            let is_proved = judged.outcome.is_proved();
            match (is_proved, can_mend || unreadable) {
                (true, _) => proved += 1,
                (false, true) => open += 1,
                (false, false) => dead += 1,
            }
            let open_until = (!is_proved && can_mend).then_some(quantity.hand_in_by);
            let fact = Fact::Event(index);
            states.reports.push(FactReport {
                quantity: Some(of),
                fact,
                judged,
                open_until,
                replaced: false,
            });
        }
        (proved, open, dead)
    }

    pub(super) fn share_by_events(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
    ) -> State {
        let (proved, open, dead) = self.items(of, quantity, cut, states);
        let grows = cut.can_act_by(quantity.window.to());
        if proved + open + dead > 0 {
            return State::Items(CountState {
                proved,
                open,
                dead,
                grows,
            });
        }
        let none = ShareState {
            won: 0,
            lost: 0,
            open: 0,
            room: None,
            open_at_close: OpenAtClose::Lost,
        };
        let mut known = self.known(of, quantity, cut, states, |value| match value {
            FigureValue::Share(share) if share.total == Some(0) => Some(none),
            _ => None,
        });
        // What can still come are events while the window is open, and after it only a
        // proof that there were none.
        for held in known.proved.iter_mut().chain(&mut known.claims) {
            held.moves &= grows;
        }
        if known.supply == Supply::Anything && !grows {
            known.supply = Supply::NoItems;
        }
        State::Share(known)
    }
}

/// Whether an event is of a predecessor, where only the unit's own count.
fn of_another(quantity: &Quantity, event: &Event) -> bool {
    event.unit.is_some() && quantity.predecessors == Predecessors::Own
}

/// Whether an event fulfils an obligation that the unit does not owe.
fn not_owed(quantity: &Quantity, event: &Event) -> bool {
    let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
        return false;
    };
    let name = event.obligation.as_deref();
    !obligations.iter().any(|it| Some(it.id.as_str()) == name)
}
