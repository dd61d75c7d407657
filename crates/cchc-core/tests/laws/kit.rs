//! Packs and submissions as JSON, read through the public surface.
//!
//! Days are whole numbers counted from 1 January 2024; the window of every pack here is
//! short and lies far inside its validity, so that a few days show every side of a limit.

use cchc_core::answer::Assessment;
use cchc_core::facts::Submission;
use cchc_core::model::Pack;
use cchc_core::values::{Calendar, Exact};
use cchc_core::{fit, read_pack, read_submission};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

/// First day of the window.
pub(crate) const OPEN: u64 = 10;
/// Last day of the window.
pub(crate) const CLOSE: u64 = 40;
/// Last day to hand in.
pub(crate) const HAND_IN: u64 = 50;

/// Choices that decide what is built.
///
/// Fewer and smaller numbers make simpler cases, so that what fails is shrunk to a simple
/// one; where they run out, the simplest thing is chosen.
pub(crate) struct Choices(std::vec::IntoIter<u32>);

impl Choices {
    pub(crate) fn new(numbers: Vec<u32>) -> Self {
        Choices(numbers.into_iter())
    }

    /// A number below `below`; 0 is the simplest.
    pub(crate) fn pick(&mut self, below: usize) -> usize {
        self.0.next().unwrap_or(0) as usize % below.max(1)
    }

    pub(crate) fn one_of<T: Clone>(&mut self, list: &[T]) -> T {
        list[self.pick(list.len())].clone()
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.pick(times) == times - 1
    }
}

pub(crate) fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(number)
}

pub(crate) fn date(number: u64) -> String {
    day(number).to_string()
}

pub(crate) fn exact(text: &str) -> Exact {
    Exact::parse(text).unwrap()
}

pub(crate) fn title(text: &str) -> Value {
    json!({"vi": text})
}

/// A leaf with a rule.
pub(crate) fn leaf(code: &str, rule: Value, more: Value) -> Value {
    let mut leaf = json!({
        "code": code, "title": title(code), "max": "6", "min": "-6", "rule": rule,
        "sources": [{"of": ["max", "rule"], "illustrative": "made for a property test"}],
    });
    merge(&mut leaf, more);
    leaf
}

/// Sets the fields of `more`.
pub(crate) fn merge(value: &mut Value, more: Value) {
    let (Value::Object(value), Value::Object(more)) = (value, more) else {
        return;
    };
    value.extend(more);
}

/// A pack of one area.
pub(crate) fn pack(quantities: &[Value], leaves: &[Value], rounding: &Value) -> Value {
    pack_of(
        quantities,
        json!([{"code": "A", "title": title("A"), "children": leaves}]),
        rounding,
    )
}

pub(crate) fn pack_of(quantities: &[Value], tree: Value, rounding: &Value) -> Value {
    let max = most(&tree).to_text();
    json!({
        "format": "cchc-pack", "version": 1, "id": "laws", "title": title("laws"),
        "level": "commune", "scored_year": 2024, "issuer": "nobody",
        "validity": {"from": "2023-01-01", "to": "2025-12-31"},
        "window": {"from": date(OPEN), "to": date(CLOSE)},
        "hand_in_by": date(HAND_IN),
        "coverage": "partial", "max": max, "rounding": rounding,
        "sources": [{"of": ["max"], "illustrative": "made for a property test"}],
        "quantities": quantities, "tree": tree,
    })
}

/// The most points of a list of nodes: of a group no more than its cap.
fn most(nodes: &Value) -> Exact {
    let nodes = nodes.as_array().unwrap();
    let most = nodes.iter().map(|node| match node.get("children") {
        None => exact(node["max"].as_str().unwrap()),
        Some(children) => match node.get("cap") {
            Some(cap) => most(children).min(exact(cap.as_str().unwrap())),
            None => most(children),
        },
    });
    most.fold(Exact::ZERO, |sum, part| &sum + &part)
}

pub(crate) fn two_places() -> Value {
    json!({"places": 2, "mode": "half_up"})
}

/// Facts in the order in which a submission lists them.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Lists {
    pub(crate) figures: Vec<Value>,
    pub(crate) events: Vec<Value>,
    pub(crate) evidence: Vec<Value>,
}

impl Lists {
    pub(crate) fn extend(&mut self, more: Lists) {
        self.figures.extend(more.figures);
        self.events.extend(more.events);
        self.evidence.extend(more.evidence);
    }
}

pub(crate) fn submission(lists: &Lists) -> Value {
    json!({
        "format": "cchc-submission", "version": 1, "pack": "laws",
        "unit": {"code": "u", "name": "u", "level": "commune"},
        "scored_year": 2024, "prepared_on": date(0),
        "figures": lists.figures, "events": lists.events, "evidence": lists.evidence,
    })
}

#[track_caller]
pub(crate) fn read_the_pack(pack: &Value) -> Pack {
    match read_pack(
        "pack.json",
        pack.to_string().as_bytes(),
        Calendar::vietnam(),
    ) {
        Ok(pack) => pack,
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}\n{pack:#}", faults.join("\n"))
        }
    }
}

#[track_caller]
pub(crate) fn read_the_submission(submission: &Value) -> Submission {
    match read_submission("submission.json", submission.to_string().as_bytes()) {
        Ok(submission) => submission,
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}\n{submission:#}", faults.join("\n"))
        }
    }
}

/// `final` of a whole submission: the points of each leaf.
#[track_caller]
pub(crate) fn finals(pack: &Pack, lists: &Lists) -> Vec<Exact> {
    let submission = read_the_submission(&submission(lists));
    let fitted = fit(pack, &submission, Calendar::vietnam());
    let fitted = fitted.unwrap_or_else(|misfits| panic!("{misfits:#?}\n{lists:#?}"));
    fitted
        .final_points()
        .into_iter()
        .map(|(_, points)| points.into_exact())
        .collect()
}

#[track_caller]
pub(crate) fn assess(pack: &Pack, lists: &Lists, as_of: u64) -> Assessment {
    let submission = read_the_submission(&submission(lists));
    let fitted = fit(pack, &submission, Calendar::vietnam());
    let fitted = fitted.unwrap_or_else(|misfits| panic!("{misfits:#?}\n{lists:#?}"));
    fitted.assess(day(as_of))
}

/// Secured, standing and attainable of a leaf.
pub(crate) fn numbers(answer: &Assessment, leaf: usize) -> [Exact; 3] {
    let numbers = &answer.leaves[leaf].numbers;
    [&numbers.secured, &numbers.standing, &numbers.attainable].map(|it| it.exact().clone())
}

/// Whether the leaf says that its ends only enclose.
pub(crate) fn is_analysed(answer: &Assessment, leaf: usize) -> bool {
    !answer.leaves[leaf]
        .findings
        .iter()
        .any(|finding| finding.code == "not_analysed")
}

/// How many cases a property tries; `LAWS_TIMES` multiplies them for a long search.
pub(crate) fn cases(cases: u32) -> u32 {
    let times = std::env::var("LAWS_TIMES")
        .ok()
        .and_then(|times| times.parse::<u32>().ok());
    cases * times.unwrap_or(1)
}

/// The seed of the random cases: fixed, so that a run can be repeated; `LAWS_SEED` sets
/// another one.
pub(crate) fn seed() -> proptest::test_runner::RngSeed {
    let seed = std::env::var("LAWS_SEED").ok();
    let seed = seed.and_then(|seed| seed.parse::<u64>().ok());
    proptest::test_runner::RngSeed::Fixed(seed.unwrap_or(20_240_720))
}
