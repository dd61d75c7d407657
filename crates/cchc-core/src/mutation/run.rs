//! A mutant against the worked cases of its pack.

use std::collections::BTreeSet;

use serde_json::Value;

use super::edit::Mutant;
use crate::case::run_case;
use crate::json::Fault;
use crate::model::Pack;
use crate::values::Calendar;
use crate::wire::{Case, read_pack};

/// A worked case and the file it stands in.
#[derive(Clone, Debug)]
pub struct NamedCase {
    /// Name of the file.
    pub file: String,
    /// The case.
    pub case: Case,
}

/// A pack with the cases that are to notice its mutants.
#[derive(Clone, Copy, Debug)]
pub struct Suite<'a> {
    /// The pack as JSON.
    pub json: &'a Value,
    /// The pack.
    pub pack: &'a Pack,
    /// Its cases; only those that pass on the pack itself can kill a mutant.
    pub cases: &'a [NamedCase],
    /// Working days.
    pub calendar: &'a Calendar,
}

/// What became of a mutant.
#[derive(Clone, Debug)]
pub enum Fate {
    /// The reader refuses it: no score is ever made with it.
    Refused(Vec<Fault>),
    /// Its own statements disagree, as those of the pack do not: `end_not_reached`.
    Unsound(&'static str),
    /// A case of the pack fails, or its facts no longer fit.
    Killed {
        /// File of the first such case.
        case: String,
    },
    /// Every case passes.
    Survived(Box<Pack>),
}

/// Reads a mutant and runs the cases until one fails.
pub fn run_mutant(suite: &Suite<'_>, mutant: &Mutant) -> Fate {
    let changed = mutant.apply(suite.json);
    let text = changed.to_string();
    let pack = match read_pack("pack.json", text.as_bytes(), suite.calendar) {
        Ok(pack) => pack,
        Err(faults) => return Fate::Refused(faults),
    };
    if ends_reached(suite.pack) && !ends_reached(&pack) {
        return Fate::Unsound("end_not_reached");
    }
    let near = touched(suite.pack, &mutant.subject);
    let is_near = |case: &&NamedCase| case.case.expect.iter().any(|it| near.contains(&*it.code));
    let (first, rest): (Vec<&NamedCase>, Vec<&NamedCase>) =
        suite.cases.iter().partition(|case| is_near(case));
    let failing = first.into_iter().chain(rest).find(|named| {
        run_case(&pack, &named.case, suite.calendar)
            .map_or(true, |result| !result.differences.is_empty())
    });
    match failing {
        Some(named) => Fate::Killed {
            case: named.file.clone(),
        },
        None => Fate::Survived(Box::new(pack)),
    }
}

/// Whether each leaf's rule, as far as its parts say, reaches the minimum that is stated.
///
/// The maximum is part of every answer, so a case can hold it; the minimum is not.
fn ends_reached(pack: &Pack) -> bool {
    pack.leaves.iter().all(|leaf| {
        let least = leaf.rule.range().0;
        let least = least.min(leaf.unproved.exact().clone());
        pack.rounding.round(&least) <= *leaf.min.exact()
    })
}

/// Codes of the leaves that a change around a subject can reach first.
fn touched<'a>(pack: &'a Pack, subject: &'a str) -> BTreeSet<&'a str> {
    let mut codes = BTreeSet::from([subject]);
    if let Some(of) = pack.quantity_by_id.get(subject) {
        let readers = pack.leaves.iter().filter(|it| it.quantities.contains(of));
        codes.extend(readers.map(|leaf| leaf.code.as_str()));
    }
    codes
}
