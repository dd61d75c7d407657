//! Due sets: what each obligation came to, and what it can still come to.

use super::{Choice, Ends, Fact, FactReport, States};
use crate::evidence::{FactOutcome, Judged};
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;

impl Fitted<'_> {
    pub(super) fn due_set(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        obligations: &[Obligation],
        cut: Cut,
        states: &mut States,
    ) -> Vec<Choice> {
        let close = quantity.window.to();
        let obligation = |event: &Event| {
            let name = event.obligation.as_deref();
            obligations
                .iter()
                .position(|it| Some(it.id.as_str()) == name)
        };
        let due = |event: &Event| {
            obligation(event)
                .and_then(|it| obligations.get(it))
                .map_or(close, |it| it.due)
        };
        let mut events =
            self.judged_events(of, quantity, cut, states, |event| due(event).max(close));
        let in_time = |index: usize| {
            self.submission
                .events
                .get(index)
                .is_some_and(|event| event.date <= due(event))
        };
        self.distinct_obligations(quantity, &mut events, obligations.len(), |index| {
            let event = self.submission.events.get(index)?;
            Some((obligation(event)?, !in_time(index)))
        });
        let can_mend = cut.can_act_by(quantity.hand_in_by);
        let mut choices = vec![Choice::default(); obligations.len()];
        let mut proved = vec![Ends::MISSING; obligations.len()];
        let mut claims: Vec<(usize, u8, bool)> = Vec::new();
        for (index, judged) in events {
            let place = self.submission.events.get(index).and_then(&obligation);
            let end = if in_time(index) {
                Ends::MET
            } else {
                Ends::LATE
            };
            let is_proved = judged.outcome.is_proved();
            if let Some(place) = place {
                if is_proved {
                    if let Some(best) = proved.get_mut(place) {
                        *best = end.max(*best);
                    }
                } else {
                    let unreadable =
                        judged.outcome == FactOutcome::Unreadable && cut.as_of.is_some();
                    claims.push((place, end, can_mend || unreadable));
                }
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
        for (place, choice) in choices.iter_mut().enumerate() {
            let (Some(obligation), Some(best)) = (obligations.get(place), proved.get(place)) else {
                continue;
            };
            let claims = || {
                claims
                    .iter()
                    .filter(|(of, end, _)| *of == place && end > best)
            };
            let last = quantity.hand_in_by;
            let can_be_met = cut.can_act_by(obligation.due.min(last));
            let can_be_late = close > obligation.due && cut.can_act_by(close.min(last));
            for end in *best..=Ends::MET {
                let possible = end == *best
                    || end == Ends::MET && can_be_met
                    || end == Ends::LATE && can_be_late
                    || claims().any(|(_, claimed, mendable)| *claimed == end && *mendable);
                if let (Some(option), true) = (choice.options.get_mut(usize::from(end)), possible) {
                    let beyond = claims()
                        .map(|(_, claimed, _)| *claimed)
                        .filter(|it| *it > end);
                    *option = beyond.fold(Ends::only(end), Ends::with);
                }
            }
            choice.closing = choice
                .options
                .get(usize::from(*best))
                .copied()
                .unwrap_or_default();
        }
        choices
    }

    /// Marks the deliveries that cannot have a document of their own.
    ///
    /// Obligations are matched, not deliveries: those met in time first, in the order of the
    /// pack, then those met late; a spare delivery takes no document from another.
    pub(super) fn distinct_obligations(
        &self,
        quantity: &Quantity,
        events: &mut [(usize, Judged)],
        size: usize,
        end: impl Fn(usize) -> Option<(usize, bool)>,
    ) {
        let role = quantity
            .proof
            .distinct_role()
            .and_then(|it| quantity.proof.roles.get(it));
        let Some(role) = role.filter(|_| !self.submission.taken_as_proved) else {
            return;
        };
        let mut documents = vec![Vec::new(); size * 2];
        for (index, judged) in events.iter().filter(|(_, it)| it.outcome.is_proved()) {
            let place = end(*index).map(|(of, late)| if late { size + of } else { of });
            if let Some(list) = place.and_then(|it| documents.get_mut(it)) {
                list.extend(judged.distinct.iter().cloned());
            }
        }
        for list in &mut documents {
            list.sort();
            list.dedup();
        }
        let in_time: Vec<Option<&[String]>> = documents
            .iter()
            .take(size)
            .map(|it| Some(it.as_slice()))
            .collect();
        let met = crate::matching::largest(&in_time);
        let all: Vec<Option<&[String]>> = documents
            .iter()
            .enumerate()
            .map(|(place, list)| {
                let taken = place >= size && met.get(place - size) == Some(&true);
                (!taken).then_some(list.as_slice())
            })
            .collect();
        let matched = crate::matching::largest(&all);
        for (index, judged) in events.iter_mut().filter(|(_, it)| it.outcome.is_proved()) {
            let kept = end(*index).is_some_and(|(of, late)| {
                matched.get(of) == Some(&true) || late && matched.get(size + of) == Some(&true)
            });
            if !kept {
                judged.reject_duplicate(&role.name);
            }
        }
    }
}
