//! Small packs and submissions, and levers as lines of text.

use cchc_core::facts::Submission;
use cchc_core::model::Pack;
use cchc_core::property::{as_of_dates, submissions};
use cchc_core::record::Fitted;
use cchc_core::regain::{ActKind, Guard, LeafLevers, Lever, Reaches};
use cchc_core::values::Calendar;
use cchc_core::{fit, read_pack, read_submission};
use chrono::NaiveDate;
use proptest::prelude::ProptestConfig;
use proptest::test_runner::{RngSeed, TestCaseError, TestRunner};
use serde_json::{Value, json};

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn config(cases: u32) -> ProptestConfig {
    let times = std::env::var("LAWS_TIMES").ok();
    let times = times.and_then(|it| it.parse::<u32>().ok()).unwrap_or(1);
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_240_720),
        ..ProptestConfig::with_cases(cases * times)
    }
}

/// A leaf `code` with a maximum and a rule.
pub(crate) fn leaf(code: &str, max: &str, rule: Value) -> Value {
    json!({"code": code, "title": {"vi": code}, "max": max, "rule": rule,
           "sources": [{"of": ["max", "rule"], "illustrative": "made for a test"}]})
}

/// A pack of one area whose year closes on 31 December and is handed in by 5 January.
pub(crate) fn pack(quantities: &[Value], leaves: &[Value]) -> Pack {
    pack_of(
        quantities,
        &json!([{"code": "A", "title": {"vi": "A"}, "children": leaves}]),
    )
}

/// A pack with this tree.
pub(crate) fn pack_of(quantities: &[Value], tree: &Value) -> Pack {
    read(&pack_json(quantities, tree))
}

/// The JSON of a pack with this tree.
pub(crate) fn pack_json(quantities: &[Value], tree: &Value) -> Value {
    let quantities: Vec<Value> = quantities
        .iter()
        .map(|it| {
            let mut it = it.clone();
            it["title"] = json!({"vi": it["id"]});
            if it["proof"].is_null() {
                it["proof"] = json!({"roles": []});
            }
            it
        })
        .collect();
    let max = |nodes: &Value| -> i64 {
        let leaves = nodes.as_array().unwrap().iter();
        let max = |node: &Value| node["max"].as_str().map(|it| it.parse::<i64>().unwrap());
        leaves
            .map(|node| match node.get("children") {
                Some(children) => match node["cap"].as_str() {
                    Some(cap) => cap.parse().unwrap(),
                    None => children.as_array().unwrap().iter().filter_map(max).sum(),
                },
                None => max(node).unwrap(),
            })
            .sum()
    };
    json!({
        "format": "cchc-pack", "version": 1, "id": "small", "title": {"vi": "small"},
        "level": "commune", "scored_year": 2024, "issuer": "nobody",
        "validity": {"from": "2024-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
        "coverage": "partial", "max": max(tree).to_string(),
        "rounding": {"places": 2, "mode": "half_up"},
        "sources": [{"of": ["max"], "illustrative": "made for a test"}],
        "quantities": quantities, "tree": tree,
    })
}

/// Reads a pack that has no faults.
pub(crate) fn read(pack: &Value) -> Pack {
    let text = pack.to_string();
    match read_pack("pack.json", text.as_bytes(), Calendar::vietnam()) {
        Ok(pack) => pack,
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", faults.join("\n"))
        }
    }
}

/// A figure observed at the end of June.
pub(crate) fn figure(quantity: &str, value: Value) -> Value {
    let mut figure = json!({"quantity": quantity, "observed_on": "2024-06-30",
                            "recorded_on": "2024-07-01"});
    for (name, value) in value.as_object().unwrap() {
        figure[name] = value.clone();
    }
    figure
}

pub(crate) fn event(id: &str, kind: &str, date: &str) -> Value {
    json!({"id": id, "kind": kind, "date": date, "recorded_on": date})
}

/// A submission with these figures, events and documents, prepared on 20 July.
pub(crate) fn submission(figures: &[Value], events: &[Value], evidence: &[Value]) -> Submission {
    let text = json!({
        "format": "cchc-submission", "version": 1, "pack": "small",
        "unit": {"code": "u", "name": "u", "level": "commune"},
        "scored_year": 2024, "prepared_on": "2024-07-20",
        "figures": figures, "events": events, "evidence": evidence,
    })
    .to_string();
    match read_submission("submission.json", text.as_bytes()) {
        Ok(submission) => submission,
        Err(faults) => {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", faults.join("\n"))
        }
    }
}

/// The levers of a leaf as of 20 July.
pub(crate) fn levers_of(pack: &Pack, submission: &Submission, code: &str) -> LeafLevers {
    let fitted = fit(pack, submission, Calendar::vietnam()).unwrap();
    let mut answer = fitted.levers(day("2024-07-20"), Some(code));
    answer.leaves.remove(0)
}

/// A lever as a line: standing points reached, then each act.
pub(crate) fn line(lever: &Lever) -> String {
    let acts: Vec<String> = lever
        .acts
        .iter()
        .map(|act| {
            let mut text = format!("{} {}", act.kind.code(), act.quantity);
            if let Some(subject) = &act.subject {
                text.push_str(&format!(" {subject}"));
            }
            let counts = !matches!(
                act.kind,
                ActKind::MendEvent
                    | ActKind::MendFigure
                    | ActKind::Deliver
                    | ActKind::DeliverLate
                    | ActKind::TurnYes
                    | ActKind::TurnNo
                    | ActKind::StateFigure
                    | ActKind::StateNone
            );
            if counts {
                text.push_str(&format!(" +{}", act.units));
            }
            match &act.reaches {
                Some(Reaches::Items { won, total }) => text.push_str(&format!(" {won}/{total}")),
                Some(Reaches::Number(x)) => text.push_str(&format!(" ={x}")),
                None => {}
            }
            text
        })
        .collect();
    format!("{}: {}", lever.after.standing, acts.join(", "))
}

pub(crate) fn guard_line(guard: &Guard) -> String {
    let survives = guard.survives.map_or("any".to_owned(), |it| it.to_string());
    format!("{} {} {survives}", guard.failure.code(), guard.quantity)
}

/// Holds random records of a pack, as of random days, against a property.
pub(crate) fn each_record(
    pack: &Pack,
    cases: u32,
    hold: impl Fn(&Fitted<'_>, NaiveDate) -> Result<(), String>,
) -> Result<(), TestCaseError> {
    let mut runner = TestRunner::new(config(cases));
    let worlds = (submissions(pack), as_of_dates(pack));
    let run = runner.run(&worlds, |(record, as_of)| {
        let Ok(fitted) = fit(pack, &record, Calendar::vietnam()) else {
            return Ok(());
        };
        hold(&fitted, as_of).map_err(|why| {
            let rules: Vec<_> = pack.leaves.iter().map(|it| (&it.code, &it.rule)).collect();
            let facts = (&record.figures, &record.events, &record.evidence);
            let kinds: Vec<_> = pack
                .quantities
                .iter()
                .map(|it| (&it.id, &it.kind))
                .collect();
            TestCaseError::fail(format!(
                "{why}\nas of {as_of}\n{rules:?}\n{kinds:?}\n{facts:?}"
            ))
        })
    });
    run.map_err(|error| TestCaseError::fail(error.to_string()))
}
