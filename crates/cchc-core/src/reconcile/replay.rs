//! The record read another way, and what `final` gives then.

use chrono::NaiveDate;

use super::NamedFact;
use crate::facts::Submission;
use crate::model::{Leaf, Pack};
use crate::record::{Cut, Fitted, fit};
use crate::state::{Fact, FactReport, States};
use crate::values::Points;

/// Most replays of one component.
const MOST_OF_ONE: usize = 400;

/// Most replays of a whole round.
const MOST_OF_ALL: usize = 8_000;

/// Most records that all replays together may go through.
const MOST_RECORDS: usize = 20_000_000;

/// Most changes that are made together, unless all are.
const MOST_TOGETHER: usize = 3;

/// Most sets of changes that are named.
const MOST_SETS: usize = 8;

/// How many replays are left.
pub(super) struct Budget {
    left: usize,
}

impl Budget {
    /// The replays of a round: fewer where each goes through many records.
    pub(super) fn of(submission: &Submission) -> Self {
        let records =
            submission.figures.len() + submission.events.len() + submission.evidence.len();
        Budget {
            left: MOST_OF_ALL.min(MOST_RECORDS / records.max(1)),
        }
    }
}

/// A component whose official points differ from the computed ones.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) fitted: &'a Fitted<'a>,
    /// The record as it stands.
    pub(super) states: &'a States,
    pub(super) as_of: NaiveDate,
    /// The component, by its place.
    pub(super) place: usize,
    pub(super) leaf: &'a Leaf,
    pub(super) official: &'a Points,
    pub(super) computed: &'a Points,
}

/// Replays of one component.
pub(super) struct Replay<'a, 'b> {
    pub(super) asked: Asked<'a>,
    budget: &'b mut Budget,
    left: usize,
    cut_short: bool,
}

impl<'a, 'b> Replay<'a, 'b> {
    pub(super) fn new(asked: Asked<'a>, budget: &'b mut Budget) -> Self {
        Replay {
            asked,
            budget,
            left: MOST_OF_ONE,
            cut_short: false,
        }
    }

    /// Whether nothing was left untried for want of replays.
    pub(super) fn all_tried(&self) -> bool {
        !self.cut_short
    }

    /// Takes one replay; `false` when none is left.
    pub(super) fn spend(&mut self) -> bool {
        match (self.left.checked_sub(1), self.budget.left.checked_sub(1)) {
            (Some(left), Some(of_all)) => {
                self.left = left;
                self.budget.left = of_all;
                true
            }
            _ => {
                self.cut_short = true;
                false
            }
        }
    }

    /// Points of the component with a pack and a record; `None` where they do not fit, where
    /// it is not in force and where no replay is left.
    pub(super) fn points(&mut self, pack: &Pack, submission: &Submission) -> Option<Points> {
        if !self.spend() {
            return None;
        }
        let fitted = fit(pack, submission, self.asked.fitted.calendar).ok()?;
        let states = fitted.states(Cut::at(self.asked.as_of));
        points_of(&fitted, self.asked.place, &states, self.asked.as_of)
    }

    /// Points of the component with the record changed.
    pub(super) fn after(&mut self, change: impl FnOnce(&mut Submission)) -> Option<Points> {
        let mut submission = self.asked.fitted.submission.clone();
        change(&mut submission);
        self.points(self.asked.fitted.pack, &submission)
    }

    /// Whether these are the official points.
    pub(super) fn fits(&self, points: Option<Points>) -> bool {
        points.as_ref() == Some(self.asked.official)
    }

    /// The sets of the fewest changes that give the official points: every single one, else
    /// every two, else every three, else all of them.
    pub(super) fn fewest(
        &mut self,
        changes: usize,
        mut gives: impl FnMut(&mut Self, &[usize]) -> bool,
    ) -> Vec<Vec<usize>> {
        let mut found = Vec::new();
        for size in 1..=changes.min(MOST_TOGETHER) {
            let mut set: Vec<usize> = (0..size).collect();
            loop {
                if gives(self, &set) {
                    if found.len() == MOST_SETS {
                        self.cut_short = true;
                        return found;
                    }
                    found.push(set.clone());
                }
                if self.cut_short {
                    return found;
                }
                if !next_set(&mut set, changes) {
                    break;
                }
            }
            if !found.is_empty() {
                return found;
            }
        }
        let all: Vec<usize> = (0..changes).collect();
        if changes > MOST_TOGETHER && gives(self, &all) {
            found.push(all);
        }
        found
    }

    /// What the documents of the component's facts do, its exemption among them.
    pub(super) fn reports(&self, states: &'a States) -> Vec<&'a FactReport> {
        reports(&self.asked, states)
    }

    /// A fact by its name.
    pub(super) fn name(&self, report: &FactReport) -> Option<NamedFact> {
        let fitted = self.asked.fitted;
        // What proves a fact is what can have been rejected; else all that was named.
        let proved = report.judged.outcome.is_proved();
        let documents = report.judged.documents.iter();
        let documents = documents.filter(|it| !proved || it.accepted());
        let documents = documents.map(|it| it.id.clone());
        Some(NamedFact {
            quantity: report.quantity.and_then(|of| fitted.name(of)),
            fact: fitted.fact_name(report.fact)?,
            path: fitted.fact_path(report.fact),
            documents: documents.collect(),
        })
    }
}

/// What the documents of a component's facts do, each fact once.
pub(super) fn reports<'s>(asked: &Asked<'_>, states: &'s States) -> Vec<&'s FactReport> {
    let mut seen: Vec<Fact> = Vec::new();
    let own = asked.leaf.quantities.iter();
    let own = own.flat_map(|of| states.reports_of(*of));
    let claim = |report: &&FactReport| match report.fact {
        Fact::Exemption(index) => asked
            .fitted
            .submission
            .not_applicable
            .get(index)
            .is_some_and(|it| it.code == asked.leaf.code),
        _ => false,
    };
    let all = own.chain(states.exemption_reports().iter().filter(claim));
    all.filter(|report| {
        let new = !seen.contains(&report.fact);
        if new {
            seen.push(report.fact);
        }
        new
    })
    .collect()
}

/// Points of a component if the record closed as it is; `None` where it is not in force.
pub(super) fn points_of(
    fitted: &Fitted<'_>,
    place: usize,
    states: &States,
    as_of: NaiveDate,
) -> Option<Points> {
    let leaf = fitted.pack.leaves.get(place)?;
    let in_force = fitted.pack.validity.contains(as_of)
        && leaf.validity.is_none_or(|window| window.contains(as_of));
    if !in_force {
        return None;
    }
    match states.exempt.get(place).copied().flatten() {
        Some(_) => Some(Points::ZERO),
        None => Some(fitted.close(leaf, states).points),
    }
}

/// The next set of the same size, in order; `false` after the last one.
fn next_set(set: &mut [usize], of: usize) -> bool {
    let size = set.len();
    let Some(place) = (0..size)
        .rev()
        .find(|place| set.get(*place).is_some_and(|it| *it + size < of + place))
    else {
        return false;
    };
    let Some(first) = set.get(place).map(|it| it + 1) else {
        return false;
    };
    for (step, slot) in set.iter_mut().skip(place).enumerate() {
        *slot = first + step;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_two_of_four_come_once_and_in_order() {
        let mut set = vec![0, 1];
        let mut all = vec![set.clone()];
        while next_set(&mut set, 4) {
            all.push(set.clone());
        }
        let expected = [[0, 1], [0, 2], [0, 3], [1, 2], [1, 3], [2, 3]];
        assert_eq!(all, expected.map(Vec::from));
    }
}
