//! Worked cases: what a person worked out against what the engine says.
//!
//! Numbers, reasons, outcomes and findings are compared; a case that expects nothing it
//! could fail on is itself a failure.

mod draft;

pub use draft::draft;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::answer::{Assessment, Finding, LeafAnswer, Numbers};
use crate::json::Fault;
use crate::model::Pack;
use crate::record::fit;
use crate::values::{Calendar, Exact};
use crate::wire::{Case, Expectation};

/// What a case showed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CaseResult {
    /// The sentence of the case.
    pub case: String,
    /// Whether a person has worked out the expectation; without that a case proves nothing.
    pub confirmed: bool,
    /// Where the engine says otherwise; none: the case passes, if it is confirmed.
    pub differences: Vec<Difference>,
}

/// Where the engine says otherwise than a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Code of the leaf or group, or `total`.
    pub code: String,
    /// What differs: a field of the expectation.
    pub field: &'static str,
    /// What the case says.
    pub expected: String,
    /// What the engine says.
    pub found: String,
}

/// Runs a worked case of a pack.
///
/// Errors: every misfit between the case's facts and the pack.
pub fn run_case(pack: &Pack, case: &Case, calendar: &Calendar) -> Result<CaseResult, Vec<Fault>> {
    let fitted = fit(pack, &case.submission, calendar).map_err(|misfits| {
        misfits
            .into_iter()
            .map(|it| it.at(&case.document, "given."))
            .collect::<Vec<_>>()
    })?;
    let answer = fitted.assess(case.as_of);
    let mut differences = Vec::new();
    for expected in &case.expect {
        compare(&answer, expected, &mut differences);
    }
    Ok(CaseResult {
        case: case.name.clone(),
        confirmed: case.confirmed,
        differences,
    })
}

fn compare(answer: &Assessment, expected: &Expectation, differences: &mut Vec<Difference>) {
    let mut differ = |field, expected_text: String, found: String| {
        differences.push(Difference {
            code: expected.code.clone(),
            field,
            expected: expected_text,
            found,
        });
    };
    let leaf = answer.leaves.iter().find(|leaf| leaf.code == expected.code);
    let group = answer
        .groups
        .iter()
        .find(|group| group.code == expected.code);
    let numbers: &Numbers = match (leaf, group) {
        (Some(leaf), _) => &leaf.numbers,
        (None, Some(group)) => &group.numbers,
        (None, None) if expected.code == "total" => &answer.totals.numbers,
        (None, None) => {
            differ(
                "code",
                "a code of the pack, or `total`".to_owned(),
                "none".to_owned(),
            );
            return;
        }
    };
    let pairs = [
        ("secured", Some(&expected.secured), &numbers.secured),
        ("standing", Some(&expected.standing), &numbers.standing),
        (
            "attainable",
            Some(&expected.attainable),
            &numbers.attainable,
        ),
        ("max", expected.max.as_ref(), &numbers.max),
    ];
    for (field, wanted, found) in pairs {
        if let Some(wanted) = wanted
            && wanted != found.exact()
        {
            differ(field, Exact::to_text(wanted), found.to_string());
        }
    }
    if let Some(wanted) = &expected.class {
        let found = answer
            .class
            .as_ref()
            .map(|class| class.standing.id.as_str());
        if found != Some(wanted) || expected.code != "total" {
            differ("class", wanted.clone(), found.unwrap_or("none").to_owned());
        }
    }
    match leaf {
        Some(leaf) => compare_leaf(leaf, expected, &mut differ),
        // What concerns no single leaf is asked of the whole.
        None if group.is_none() => compare_findings(&answer.findings, expected, &mut differ),
        None => {}
    }
}

fn compare_leaf(
    leaf: &LeafAnswer,
    expected: &Expectation,
    differ: &mut dyn FnMut(&'static str, String, String),
) {
    if let Some(outcome) = &expected.outcome
        && outcome != leaf.outcome.code()
    {
        differ("outcome", outcome.clone(), leaf.outcome.code().to_owned());
    }
    let set = |codes: &[String]| codes.iter().cloned().collect::<BTreeSet<_>>();
    let shown = |codes: &[String]| set(codes).into_iter().collect::<Vec<_>>().join(", ");
    match &expected.because {
        Some(because) if set(because) != set(&leaf.because) => {
            differ("because", shown(because), shown(&leaf.because));
        }
        Some(_) => {}
        None => differ(
            "because",
            "the reasons of the leaf".to_owned(),
            "none stated".to_owned(),
        ),
    }
    compare_findings(&leaf.findings, expected, differ);
}

fn compare_findings(
    findings: &[Finding],
    expected: &Expectation,
    differ: &mut dyn FnMut(&'static str, String, String),
) {
    for code in &expected.findings {
        if !findings.iter().any(|finding| finding.code == code) {
            let found: BTreeSet<&str> = findings.iter().map(|it| it.code).collect();
            differ(
                "findings",
                code.clone(),
                found.into_iter().collect::<Vec<_>>().join(", "),
            );
        }
    }
}
