//! Due sets: what each obligation came to, and what it can still come to.
//!
//! Where no document may serve twice, documents are given out so that the rule that reads
//! the set gives the most points; so one more accepted document never lowers anything.

use std::borrow::Cow;
use std::collections::HashMap;

use super::{Choice, Ends, Fact, FactReport, States};
use crate::evidence::{FactOutcome, Judged};
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;
use crate::values::Exact;

/// A due set as the record shows it.
#[derive(Clone, Debug)]
pub(crate) struct DueState {
    /// For each obligation, its ends, where every document serves whom it names.
    choices: Vec<Choice>,
    /// Where documents must be given out first.
    contest: Option<Box<Contest>>,
}

/// Deliveries that ask for the same documents.
#[derive(Clone, Debug)]
struct Contest {
    terms: Vec<Terms>,
    deliveries: Vec<Delivery>,
    can_mend: bool,
    documents: usize,
}

/// One obligation, without its deliveries.
#[derive(Clone, Copy, Debug)]
struct Terms {
    can_be_met: bool,
    can_be_late: bool,
}

/// A recorded event that fulfils an obligation.
#[derive(Clone, Debug)]
struct Delivery {
    /// The obligation, by its place.
    of: usize,
    /// In time or late.
    end: u8,
    proved: bool,
    /// Whether its documents only have to be read.
    legible: bool,
    /// Its accepted documents, by number.
    accepted: Vec<usize>,
    /// The same, with those that only have to be read.
    readable: Vec<usize>,
}

/// What an end of an obligation is worth to whoever reads the set: missing, late, met.
pub(crate) type Worth<'a> = [&'a Exact; 3];

impl ObligationRule {
    /// Points of an obligation with this end.
    pub(crate) fn points_of(&self, end: u8) -> &Exact {
        match end {
            Ends::MET => &self.met,
            Ends::LATE => &self.late,
            _ => &self.missing,
        }
    }
}

impl DueState {
    /// For each obligation, its ends, with documents given out so that the ends are worth
    /// the most.
    pub(crate) fn choices(&self, worth: Worth<'_>) -> Cow<'_, [Choice]> {
        match &self.contest {
            None => Cow::Borrowed(&self.choices),
            Some(contest) => Cow::Owned(contest.choices(worth)),
        }
    }

    /// The ends for whoever counts obligations of some kind.
    pub(crate) fn counted(&self, read: DueReading) -> Cow<'_, [Choice]> {
        let two = Exact::from_integer(2);
        let (none, one) = (&Exact::ZERO, &Exact::ONE);
        self.choices(match read {
            DueReading::Met | DueReading::Lapses => [none, none, one],
            DueReading::Missing | DueReading::HandedIn => [none, one, one],
            DueReading::Late => [none, one, &two],
        })
    }
}

impl Contest {
    fn choices(&self, worth: Worth<'_>) -> Vec<Choice> {
        let given = self.given_out(worth, |it| it.proved.then_some(&it.accepted));
        // What is left can be mended with documents of its own; after the last day to hand
        // in only what lies there unread can still serve.
        let read = (!self.can_mend).then(|| {
            self.given_out(worth, |it| {
                (it.proved || it.legible).then_some(&it.readable)
            })
        });
        let holds = |list: &[Option<usize>], delivery: usize| list.contains(&Some(delivery));
        let mut proved = vec![Ends::MISSING; self.terms.len()];
        let mut claims = Vec::new();
        for (index, delivery) in self.deliveries.iter().enumerate() {
            if holds(&given, index) {
                if let Some(best) = proved.get_mut(delivery.of) {
                    *best = delivery.end.max(*best);
                }
            } else {
                let mendable = match &read {
                    None => true,
                    Some(read) => holds(read, index),
                };
                claims.push((delivery.of, delivery.end, mendable));
            }
        }
        choices(&self.terms, &proved, &claims)
    }

    /// For each obligation, the delivery that gets a document.
    fn given_out<'a>(
        &'a self,
        worth: Worth<'_>,
        documents: impl Fn(&'a Delivery) -> Option<&'a Vec<usize>>,
    ) -> Vec<Option<usize>> {
        let [missing, late, met] = worth;
        let gain = |end: u8| match end {
            Ends::MET => met - missing,
            _ => late - missing,
        };
        let mut edges: Vec<Vec<(usize, Exact)>> = vec![Vec::new(); self.terms.len()];
        let mut serves: HashMap<(usize, usize), usize> = HashMap::new();
        for (index, delivery) in self.deliveries.iter().enumerate() {
            for document in documents(delivery).into_iter().flatten() {
                let Some(list) = edges.get_mut(delivery.of) else {
                    continue;
                };
                let gain = gain(delivery.end);
                match list.iter_mut().find(|(other, _)| other == document) {
                    Some((_, known)) if *known >= gain => continue,
                    Some((_, known)) => *known = gain,
                    None => list.push((*document, gain)),
                }
                serves.insert((delivery.of, *document), index);
            }
        }
        let held = crate::matching::heaviest(&edges, self.documents);
        let delivery = |(of, document): (usize, Option<usize>)| {
            document.and_then(|it| serves.get(&(of, it)).copied())
        };
        held.into_iter().enumerate().map(delivery).collect()
    }
}

/// For each obligation, the ends that are open now and those that can come to be.
fn choices(terms: &[Terms], proved: &[u8], claims: &[(usize, u8, bool)]) -> Vec<Choice> {
    let each = terms.iter().zip(proved).enumerate();
    each.map(|(place, (terms, best))| {
        let claims = || {
            claims
                .iter()
                .filter(|(of, end, _)| *of == place && end > best)
        };
        let mut choice = Choice::default();
        for end in *best..=Ends::MET {
            let possible = end == *best
                || end == Ends::MET && terms.can_be_met
                || end == Ends::LATE && terms.can_be_late
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
        choice
    })
    .collect()
}

impl Fitted<'_> {
    pub(super) fn due_set(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        obligations: &[Obligation],
        cut: Cut,
        states: &mut States,
    ) -> DueState {
        let close = quantity.window.to();
        let due = |event: &Event| {
            place(obligations, event)
                .and_then(|it| obligations.get(it))
                .map_or(close, |it| it.due)
        };
        let mut events =
            self.judged_events(of, quantity, cut, states, |event| due(event).max(close));
        let can_mend = cut.can_act_by(quantity.hand_in_by);
        let last = quantity.hand_in_by;
        let terms: Vec<Terms> = obligations
            .iter()
            .map(|it| Terms {
                can_be_met: it.due >= quantity.window.from() && cut.can_act_by(it.due.min(last)),
                can_be_late: close > it.due && cut.can_act_by(close.min(last)),
            })
            .collect();
        let role = quantity.proof.distinct_role();
        let role = role.filter(|_| !self.submission.taken_as_proved);
        // Each document by its number, with the obligation that first names it.
        let mut numbers: HashMap<String, (usize, usize)> = HashMap::new();
        let mut shared = false;
        let mut deliveries = Vec::with_capacity(events.len());
        for (index, judged) in &events {
            let Some((event, of)) = self
                .submission
                .events
                .get(*index)
                .and_then(|it| Some((it, place(obligations, it)?)))
            else {
                continue;
            };
            let mut number = |identities: &[String]| -> Vec<usize> {
                let number = |identity: &String| {
                    let next = numbers.len();
                    let (number, first) = *numbers.entry(identity.clone()).or_insert((next, of));
                    shared |= first != of;
                    number
                };
                identities.iter().map(number).collect()
            };
            let in_time = event.date <= due(event);
            deliveries.push(Delivery {
                of,
                end: if in_time { Ends::MET } else { Ends::LATE },
                proved: judged.outcome.is_proved(),
                legible: judged.outcome == FactOutcome::Unreadable && cut.as_of.is_some(),
                readable: role.map_or_else(Vec::new, |_| number(&judged.readable)),
                accepted: role.map_or_else(Vec::new, |_| number(&judged.distinct)),
            });
        }
        let role = role.filter(|_| shared);
        let contest = role.map(|_| {
            Box::new(Contest {
                terms: terms.clone(),
                documents: numbers.len(),
                can_mend,
                deliveries: deliveries.clone(),
            })
        });
        let state = DueState {
            choices: match contest {
                Some(_) => Vec::new(),
                None => plain(&terms, &deliveries, can_mend),
            },
            contest,
        };
        if let (Some(contest), Some(role)) = (&state.contest, role) {
            self.tell_duplicates(contest, quantity, role, &mut events);
        }
        let late_counts = self.late_counts.get(of.0) == Some(&true);
        for (index, mut judged) in events {
            let is_proved = judged.outcome.is_proved();
            let open_until = (!is_proved && can_mend).then_some(quantity.hand_in_by);
            let event = self.submission.events.get(index);
            if !late_counts && is_proved && event.is_some_and(|event| event.date > due(event)) {
                // The points have been settled above; this is what is told of the documents.
                judged.reject_late();
            }
            states.reports.push(FactReport {
                quantity: Some(of),
                fact: Fact::Event(index),
                judged,
                open_until,
                replaced: false,
            });
        }
        state
    }

    /// Tells which deliveries have no document of their own, those in time being served
    /// first.
    fn tell_duplicates(
        &self,
        contest: &Contest,
        quantity: &Quantity,
        role: usize,
        events: &mut [(usize, Judged)],
    ) {
        let Some(role) = quantity.proof.roles.get(role) else {
            return;
        };
        let met = Exact::from_u64(u64::try_from(contest.terms.len()).unwrap_or(u64::MAX));
        let met = &met + &Exact::ONE;
        let given = contest.given_out([&Exact::ZERO, &Exact::ONE, &met], |it| {
            it.proved.then_some(&it.accepted)
        });
        let delivered = events.iter_mut().filter(|(index, _)| {
            let event = self.submission.events.get(*index);
            let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
                return false;
            };
            event.is_some_and(|it| place(obligations, it).is_some())
        });
        for (index, (_, judged)) in delivered.enumerate() {
            if judged.outcome.is_proved() && !given.contains(&Some(index)) {
                judged.reject_duplicate(&role.name);
            }
        }
    }
}

/// The choices where every document serves whom it names.
fn plain(terms: &[Terms], deliveries: &[Delivery], can_mend: bool) -> Vec<Choice> {
    let mut proved = vec![Ends::MISSING; terms.len()];
    let mut claims = Vec::new();
    for delivery in deliveries {
        if !delivery.proved {
            claims.push((delivery.of, delivery.end, can_mend || delivery.legible));
        } else if let Some(best) = proved.get_mut(delivery.of) {
            *best = delivery.end.max(*best);
        }
    }
    choices(terms, &proved, &claims)
}

/// The obligation that an event fulfils.
fn place(obligations: &[Obligation], event: &Event) -> Option<usize> {
    let name = event.obligation.as_deref();
    obligations
        .iter()
        .position(|it| Some(it.id.as_str()) == name)
}
