//! The cases that a pack lacks: what coverage and mutation ask for, as drafts.
//!
//! Facts are built for the pack, from the smallest on, until each missing thing is met.
//! A draft carries what the engine says of them and is marked as not confirmed: the
//! expectation is the author's to work out.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use crate::case::draft;
use crate::coverage::{Demand, coverage, met_by};
use crate::difference::{Record, Side, records_for};
use crate::mutation::{Finding, Suite, Verdict};
use crate::values::Exact;

/// Most records that are tried for one component.
const MOST_RECORDS: usize = 20_000;

/// A case for an author to confirm.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Code of the leaf or group, or `total`.
    pub code: String,
    /// Content of the case file.
    pub case: Value,
}

/// Drafts for what is missing, and what no draft was found for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggestions {
    /// The drafts.
    pub cases: Vec<Suggestion>,
    /// What is to be exercised, and no record was found that does.
    pub unmet: Vec<Demand>,
}

/// Drafts for everything that the cases of a pack do not exercise, and for its survivors.
pub fn suggest(suite: &Suite<'_>, findings: &[Finding]) -> Suggestions {
    let mut suggestions = Suggestions::default();
    let measured = coverage(suite.pack, suite.json, suite.cases, suite.calendar);
    let mut missing: Vec<Demand> = measured.missing().cloned().collect();
    for leaf in &suite.pack.leaves {
        let concerns = |it: &Demand| it.code.as_ref().is_none_or(|code| *code == leaf.code);
        let (here, elsewhere): (Vec<Demand>, Vec<Demand>) = missing.into_iter().partition(concerns);
        missing = elsewhere;
        missing.extend(for_leaf(suite, &leaf.code, here, &mut suggestions));
    }
    suggestions.unmet = missing;
    let mut seen = BTreeSet::new();
    for finding in findings {
        if let Verdict::Survived { code, witness } = &finding.verdict {
            let record = Record {
                as_of: witness.as_of,
                given: witness.given.clone(),
            };
            let shows = format!("notices a change of {}", finding.path);
            let case = draft(suite.pack, code, &shows, &record, suite.calendar);
            if let Some(case) = case
                && seen.insert((code.clone(), record.as_of, record.given.to_string()))
            {
                suggestions.cases.push(Suggestion {
                    code: code.clone(),
                    case,
                });
            }
        }
    }
    suggestions
}

/// Drafts for one component; gives back what is still missing.
fn for_leaf(
    suite: &Suite<'_>,
    code: &str,
    mut missing: Vec<Demand>,
    suggestions: &mut Suggestions,
) -> Vec<Demand> {
    if missing.is_empty() {
        return missing;
    }
    let side = Side {
        pack: suite.pack,
        json: suite.json,
    };
    let wanted: Vec<Exact> = missing.iter().filter_map(number).collect();
    let records = records_for(side, code, &wanted, suite.calendar);
    for record in records.into_iter().take(MOST_RECORDS) {
        if missing.is_empty() {
            break;
        }
        let met = met_by(suite.pack, &record, code, &missing, suite.calendar);
        let first = met.first().and_then(|index| missing.get(*index));
        let Some(first) = first else { continue };
        let shows = sentence(first);
        if let Some(case) = draft(suite.pack, code, &shows, &record, suite.calendar) {
            suggestions.cases.push(Suggestion {
                code: code.to_owned(),
                case,
            });
            let mut index = 0;
            missing.retain(|_| {
                index += 1;
                !met.contains(&(index - 1))
            });
        }
    }
    missing
}

/// A number on the side of the threshold that is asked for.
fn number(demand: &Demand) -> Option<Exact> {
    let (at, unit) = (demand.at.as_ref()?, demand.unit.as_ref()?);
    Some(match demand.what.as_str() {
        "just_below" => at - unit,
        "just_above" => at + unit,
        _ => at.clone(),
    })
}

fn sentence(demand: &Demand) -> String {
    let of = demand.of.join(", ");
    let what = demand.what.replace('_', " ");
    match (&demand.at, &demand.role) {
        (Some(at), _) => format!("{of}: {what} {at}"),
        (None, Some(role)) => format!("{of}: a document for {role}: {what}"),
        (None, None) if of.is_empty() => what,
        (None, None) => format!("{of}: {what}"),
    }
}
