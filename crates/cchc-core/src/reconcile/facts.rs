//! Facts taken otherwise: documents not accepted or accepted, late or in time.

use super::replay::Replay;
use super::{Cause, NamedFact, NamedObligation};
use crate::facts::{ProvedBy, Submission};
use crate::model::Pack;
use crate::rules::QuantityKind;
use crate::state::{Fact, FactReport};

/// Proved facts, whose documents were perhaps not accepted.
pub(super) fn rejected(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let states = replay.asked.states;
    let mut reports = replay.reports(states);
    // An older figure counts again where the documents of a newer one do not.
    reports.retain(|it| it.judged.outcome.is_proved());
    let sets = sets(replay, &reports, without_documents);
    sets.into_iter()
        .map(|facts| Cause::EvidenceRejected { facts })
        .collect()
}

/// Facts that are not proved, and perhaps were taken as proved.
pub(super) fn accepted(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let states = replay.asked.states;
    let mut reports = replay.reports(states);
    reports.retain(|it| {
        let provable = !matches!(it.fact, Fact::Exemption(_));
        provable && !it.judged.outcome.is_proved() && !it.replaced
    });
    let sets = sets(replay, &reports, taken_as_proved);
    sets.into_iter()
        .map(|facts| Cause::EvidenceAccepted { facts })
        .collect()
}

fn sets(
    replay: &mut Replay<'_, '_>,
    reports: &[&FactReport],
    change: fn(&mut Submission, Fact),
) -> Vec<Vec<NamedFact>> {
    let found = replay.fewest(reports.len(), |replay, set| {
        let points = replay.after(|submission| {
            for report in set.iter().filter_map(|it| reports.get(*it)) {
                change(submission, report.fact);
            }
        });
        replay.fits(points)
    });
    let named = found.iter().map(|set| {
        let reports = set.iter().filter_map(|it| reports.get(*it));
        reports.filter_map(|it| replay.name(it)).collect()
    });
    named.collect()
}

/// The record where no document is named for a fact.
fn without_documents(submission: &mut Submission, fact: Fact) {
    match fact {
        Fact::Figure(index) => {
            if let Some(figure) = submission.figures.get_mut(index) {
                figure.evidence.clear();
            }
        }
        Fact::Event(index) => {
            if let Some(event) = submission.events.get_mut(index) {
                event.documents.clear();
            }
        }
        Fact::Exemption(index) => {
            if let Some(claim) = submission.not_applicable.get_mut(index) {
                claim.evidence.clear();
            }
        }
    }
}

fn taken_as_proved(submission: &mut Submission, fact: Fact) {
    match fact {
        Fact::Figure(index) => {
            if let Some(figure) = submission.figures.get_mut(index) {
                figure.proved_by = ProvedBy::Assumption;
            }
        }
        Fact::Event(index) => {
            if let Some(event) = submission.events.get_mut(index) {
                event.proved_by = ProvedBy::Assumption;
            }
        }
        Fact::Exemption(_) => {}
    }
}

/// Obligations that were met, and perhaps were taken for late.
pub(super) fn late(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let sets = obligations(replay, true);
    sets.into_iter()
        .map(|obligations| Cause::LateNotMet { obligations })
        .collect()
}

/// Obligations that were late, and perhaps were taken for met.
pub(super) fn in_time(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let sets = obligations(replay, false);
    sets.into_iter()
        .map(|obligations| Cause::MetNotLate { obligations })
        .collect()
}

/// Sets of obligations that give the official points where their due day falls before, or
/// on, the day on which they were fulfilled.
fn obligations(replay: &mut Replay<'_, '_>, met: bool) -> Vec<Vec<NamedObligation>> {
    let fulfilled = fulfilled(replay, met);
    let found = replay.fewest(fulfilled.len(), |replay, set| {
        let mut pack = replay.asked.fitted.pack.clone();
        for it in set.iter().filter_map(|it| fulfilled.get(*it)) {
            move_due(&mut pack, it, met);
        }
        let points = replay.points(&pack, replay.asked.fitted.submission);
        replay.fits(points)
    });
    let named = found.iter().map(|set| {
        let named = set.iter().filter_map(|it| fulfilled.get(*it));
        named.cloned().collect()
    });
    named.collect()
}

/// Obligations with a delivery whose documents are accepted, in time or late.
fn fulfilled(replay: &Replay<'_, '_>, met: bool) -> Vec<NamedObligation> {
    let asked = &replay.asked;
    let mut list = Vec::new();
    for of in &asked.leaf.quantities {
        let Some(quantity) = asked.fitted.quantity(*of) else {
            continue;
        };
        let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
            continue;
        };
        for obligation in obligations {
            let deliveries = asked.states.reports_of(*of).iter().filter_map(|report| {
                let Fact::Event(index) = report.fact else {
                    return None;
                };
                let event = asked.fitted.submission.events.get(index)?;
                let of = event.obligation.as_deref() == Some(obligation.id.as_str());
                of.then_some(event.date)
            });
            // The first delivery decides; whether its documents suffice shows in the replay.
            let Some(done_on) = deliveries.min() else {
                continue;
            };
            if (done_on <= obligation.due) == met {
                list.push(NamedObligation {
                    quantity: quantity.id.clone(),
                    obligation: obligation.id.clone(),
                    done_on,
                    due: obligation.due,
                });
            }
        }
    }
    list
}

fn move_due(pack: &mut Pack, named: &NamedObligation, met: bool) {
    let Some(of) = pack.quantity_by_id.get(&*named.quantity).copied() else {
        return;
    };
    let Some(quantity) = pack.quantities.get_mut(of.0) else {
        return;
    };
    let QuantityKind::DueSet { obligations, .. } = &mut quantity.kind else {
        return;
    };
    let due = match met {
        true => named.done_on.pred_opt(),
        false => Some(named.done_on),
    };
    let owed = obligations.iter_mut().find(|it| it.id == named.obligation);
    if let (Some(obligation), Some(due)) = (owed, due) {
        obligation.due = due;
    }
}
