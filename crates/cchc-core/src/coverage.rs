//! What of a pack its worked cases exercise: thresholds on both sides, branches, reasons,
//! and what documents can be accepted or refused for.
//!
//! A pack is covered by places of its rules, not by lines of its file, so that formatting
//! changes nothing. Only what a passing, confirmed case states about a component counts:
//! facts that no expectation looks at prove nothing.
//!
//! Asked of each role is what the role itself says; what the pack asks of every document
//! (a number, a day, the register) is asked once.

mod demand;
mod exercise;
mod threshold;

pub use demand::{Demand, DemandKind};

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::model::Pack;
use crate::mutation::NamedCase;
use crate::values::Calendar;

/// What the cases of a pack exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Everything that is to be exercised, in the order of the pack.
    pub demands: Vec<Covered>,
}

/// Something to be exercised, and by which case it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// What.
    #[serde(flatten)]
    pub demand: Demand,
    /// The first case that does; `None`: none does.
    pub case: Option<String>,
}

impl Coverage {
    /// What no case exercises.
    pub fn missing(&self) -> impl Iterator<Item = &Demand> {
        let missing = self.demands.iter().filter(|it| it.case.is_none());
        missing.map(|it| &it.demand)
    }

    /// For each kind, how many there are and how many are exercised.
    pub fn counts(&self) -> BTreeMap<DemandKind, (usize, usize)> {
        let mut counts = BTreeMap::new();
        for covered in &self.demands {
            let (all, done) = counts.entry(covered.demand.kind).or_insert((0, 0));
            *all += 1;
            *done += usize::from(covered.case.is_some());
        }
        counts
    }
}

/// Holds the cases of a pack against what is to be exercised.
///
/// `cases` are those that pass and are confirmed. Cases that do not fit exercise nothing.
pub fn coverage(pack: &Pack, json: &Value, cases: &[NamedCase], calendar: &Calendar) -> Coverage {
    let demands = demand::demands(pack, json);
    let mut by: Vec<Option<String>> = vec![None; demands.len()];
    for named in cases {
        let Some(exercised) = exercise::of_case(pack, &named.case, calendar) else {
            continue;
        };
        for (demand, by) in demands.iter().zip(&mut by) {
            if by.is_none() && exercised.meets(demand) {
                *by = Some(named.file.clone());
            }
        }
    }
    let demands = demands.into_iter().zip(by);
    Coverage {
        demands: demands
            .map(|(demand, case)| Covered { demand, case })
            .collect(),
    }
}

/// Everything that the cases of a pack are to exercise.
pub fn demands(pack: &Pack, json: &Value) -> Vec<Demand> {
    demand::demands(pack, json)
}

/// Which of some demands a record exercises, if a case stated what comes of it.
pub(crate) fn met_by(
    pack: &Pack,
    record: &crate::difference::Record,
    code: &str,
    demands: &[Demand],
    calendar: &Calendar,
) -> Vec<usize> {
    let Some(exercised) = exercise::of_record(pack, record, code, calendar) else {
        return Vec::new();
    };
    let met = demands.iter().enumerate();
    met.filter(|(_, demand)| exercised.meets(demand))
        .map(|(index, _)| index)
        .collect()
}
