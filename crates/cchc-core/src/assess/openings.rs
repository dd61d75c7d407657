//! What can still be done about a component, and until when.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::answer::{Numbers, Opening};
use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::{DueReading, Quantity, QuantityKind};
use crate::state::{Ends, Known, State, States};

impl Fitted<'_> {
    /// Openings of a leaf that can still gain points, earliest first.
    pub(super) fn openings(&self, leaf: &Leaf, numbers: &Numbers, states: &States) -> Vec<Opening> {
        if numbers.to_gain.is_zero() {
            return Vec::new();
        }
        let mut list = Vec::new();
        for of in &leaf.quantities {
            let (Some(quantity), Some(state)) = (self.quantity(*of), states.states.get(of.0))
            else {
                continue;
            };
            let mut open = |what, subject: Option<Arc<str>>, until: Option<NaiveDate>| {
                list.push(Opening {
                    what,
                    quantity: quantity.id.clone(),
                    subject,
                    until,
                });
            };
            let (close, hand_in) = (quantity.window.to(), quantity.hand_in_by);
            let mut figure = |known: Openness| match known {
                Openness::Moves if states.cut.can_act_by(close) => {
                    open("figure", None, Some(close))
                }
                Openness::Moves | Openness::Supply => open("figure", None, Some(hand_in)),
                Openness::Closed => {}
            };
            match state {
                State::Count(count) | State::Items(count) => {
                    if count.grows {
                        open("event", None, Some(close));
                    }
                }
                State::Due(due) => {
                    let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
                        continue;
                    };
                    let choices = due.counted(DueReading::Met);
                    for (choice, obligation) in choices.iter().zip(obligations) {
                        let settled = choice.closing.iter().max().unwrap_or(Ends::MISSING);
                        if settled >= Ends::MET {
                            continue;
                        }
                        let id = Some(obligation.id.as_str().into());
                        if states.cut.can_act_by(obligation.due) {
                            open("obligation", id, Some(obligation.due));
                        } else if settled < Ends::LATE
                            && choice.options().any(|ends| ends == Ends::only(Ends::LATE))
                        {
                            open("late_obligation", id, Some(close));
                        }
                    }
                }
                State::Share(known) => figure(openness(known)),
                State::Counted(known) => figure(openness(known)),
                State::Flag(known, _) => figure(openness(known)),
                State::Measure(known) => figure(openness(known)),
                State::Judgement(None) => open("judgement", None, None),
                State::Judgement(Some(_)) => {}
            }
            if needs_cohort(leaf, quantity) && self.best(*of, states).is_none() {
                open("cohort", None, None);
            }
        }
        for report in leaf.quantities.iter().flat_map(|of| states.reports_of(*of)) {
            if let (Some(until), false) = (report.open_until, report.judged.outcome.is_proved()) {
                list.push(Opening {
                    what: "mend",
                    quantity: report
                        .quantity
                        .and_then(|of| self.name(of))
                        .unwrap_or_default(),
                    subject: self.fact_name(report.fact),
                    until: Some(until),
                });
            }
        }
        list.sort_by(|a, b| (a.until.is_none(), a).cmp(&(b.until.is_none(), b)));
        list.sort_by_key(|opening| (opening.until.is_none(), opening.until));
        list
    }
}

fn needs_cohort(leaf: &Leaf, quantity: &Quantity) -> bool {
    matches!(&leaf.rule, crate::rules::Rule::Relative(_))
        && matches!(quantity.kind, QuantityKind::Measure { .. })
}

enum Openness {
    Moves,
    Supply,
    Closed,
}

fn openness<T>(known: &Known<T>) -> Openness {
    let newest = known.newest();
    match newest {
        Some(held) if held.moves => Openness::Moves,
        Some(_) => Openness::Closed,
        None if known.can_supply() => Openness::Supply,
        None => Openness::Closed,
    }
}
