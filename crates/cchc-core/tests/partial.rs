//! What is given out of a pack with faults, and where its parts say that they stand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::fs;
use std::path::Path;

use cchc_core::json::{Document, Fault};
use cchc_core::model::{Child, Group, Pack};
use cchc_core::rules::{CurveRule, Rule};
use cchc_core::values::Calendar;
use cchc_core::{fit, read_pack, read_pack_partial, read_submission};
use serde_json::Value;

const PACK: &str = r#"{"format": "cchc-pack", "version": 1, "id": "p", "title": {"vi": "p"},
"level": "commune", "scored_year": 2024, "issuer": "UBND",
"validity": {"from": "2024-01-01", "to": "2025-12-31"},
"window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
"coverage": "whole", "max": "6", "rounding": {"places": 2, "mode": "half_up"}, "sources": [],
"quantities": [
{"id": "one", "kind": "flag", "movement": "latched", "title": {"vi": "q"}},
{"id": "two", "kind": "flag", "movement": "latched", "title": {"vi": "q"}},
{"id": "three", "kind": "flag", "movement": "latched", "title": {"vi": "q"}}],
"tree": [{"code": "A", "title": {"vi": "t"}, "children": [
{"code": "A.1", "title": {"vi": "t"}, "max": "1", "sources": [{"of": ["max"], "document": "d"}],
 "rule": {"form": "yes_no", "of": "one", "yes": "1", "no": "0"}},
{"code": "A.2", "title": {"vi": "t"}, "max": "2", "sources": [{"of": ["max"], "document": "d"}],
 "rule": {"form": "yes_no", "of": "two", "yes": "2", "no": "0"}},
{"code": "A.3", "title": {"vi": "t"}, "max": "3", "sources": [{"of": ["max"], "document": "d"}],
 "rule": {"form": "yes_no", "of": "three", "yes": "3", "no": "0"}}]}],
"classes": [{"id": "good", "title": {"vi": "k"}, "from": "80"}, {"id": "weak", "title": {"vi": "k"}}],
"class_gates": [{"id": "g", "title": {"vi": "k"}, "unless": {"of": "two", "is": "yes"},
 "class_at_most": "weak"}],
"consistency": [{"id": "c", "title": {"vi": "k"}, "relation": "equal",
 "left": {"of": "one", "part": "value"}, "right": {"of": "three", "part": "value"}}]}
"#;

const SUBMISSION: &str = r#"{"format": "cchc-submission", "version": 1, "pack": "p",
"unit": {"code": "u", "name": "u", "level": "commune"}, "scored_year": 2024,
"prepared_on": "2025-01-06", "figures": [
{"quantity": "three", "observed_on": "2024-06-30", "recorded_on": "2024-07-01", "flag": "yes"}],
"evidence": []}"#;

fn partial(text: &str) -> (Option<(Pack, Document)>, Vec<Fault>) {
    let calendar = Calendar::vietnam();
    let (read, faults) = read_pack_partial("p.json", text.as_bytes(), calendar);
    // The strict reader says the same, and gives nothing where there is a fault.
    match read_pack("p.json", text.as_bytes(), calendar) {
        Ok(pack) => {
            let (partial, _) = read.as_ref().unwrap();
            assert_eq!(faults, []);
            assert_eq!(pack.digest, partial.digest);
            assert_eq!(pack.leaves.len(), partial.leaves.len());
        }
        Err(told) => assert_eq!(told, faults),
    }
    (read, faults)
}

/// The codes of the faults, then what is left: leaves, quantities, classes, gates and checks.
#[track_caller]
fn check(edits: &[(&str, &str)], codes: &[&str], left: &str) -> Pack {
    let text = edits.iter().fold(PACK.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    let (read, faults) = partial(&text);
    let told: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(told, codes);
    let (pack, _) = read.unwrap();
    let mut words: Vec<&str> = pack.leaves.iter().map(|it| it.code.as_str()).collect();
    words.extend(pack.quantities.iter().map(|it| &*it.id));
    words.extend(pack.classes.iter().map(|it| it.id.as_str()));
    words.extend(pack.class_gates.iter().map(|it| it.id.as_str()));
    words.extend(pack.consistency.iter().map(|it| it.id.as_str()));
    assert_eq!(words.join(" "), left);
    pack
}

#[test]
fn a_sound_pack_is_given_out_whole() {
    check(&[], &[], "A.1 A.2 A.3 one two three good weak g c");
}

#[test]
fn a_leaf_with_a_fault_is_left_out_and_nothing_else() {
    let left = "A.1 A.3 one two three good weak g c";
    check(
        &[(r#""max": "2", "#, r#""max": "1", "#)],
        &["points-out-of-range"],
        left,
    );
    // A field that the shape refuses would change how the leaf is scored.
    check(
        &[(r#""max": "2", "#, r#""max": "2", "unproved": 0.5, "#)],
        &["lost-precision"],
        left,
    );
    // The second leaf of a code is the one that is left out.
    check(
        &[(r#""code": "A.2""#, r#""code": "A.1""#)],
        &["duplicate-code"],
        left,
    );
}

#[test]
fn what_reads_a_faulty_quantity_goes_with_it() {
    let left = "A.1 A.3 one three good weak c";
    let role =
        r#""proof": {"roles": [{"role": "r", "kinds": ["BC"], "order": "on_or_after_event"}]}"#;
    let with_role = format!(r#"{{"id": "two", {role}, "#);
    check(&[(r#"{"id": "two", "#, &with_role)], &["needs-event"], left);
    check(
        &[(r#"{"id": "two", "#, r#"{"id": "two", "hand_in_by": "x", "#)],
        &["bad-date"],
        left,
    );
    check(
        &[(r#"{"id": "two", "#, r#"{"id": "one", "#)],
        &["duplicate-name", "unknown-name", "unknown-name"],
        left,
    );
}

#[test]
fn classes_stay_together() {
    check(
        &[(r#""from": "80""#, r#""from": "x""#)],
        &["bad-decimal"],
        "A.1 A.2 A.3 one two three c",
    );
    check(
        &[(r#""class_at_most": "weak""#, r#""class_at_most": "week""#)],
        &["unknown-name"],
        "A.1 A.2 A.3 one two three good weak c",
    );
    check(
        &[(r#""part": "value"}, "right""#, r#""part": "won"}, "right""#)],
        &["wrong-kind"],
        "A.1 A.2 A.3 one two three good weak g",
    );
}

#[test]
fn a_fault_of_a_group_leaves_its_children() {
    check(
        &[(r#""code": "A", "#, r#""code": "A", "unproved": "0", "#)],
        &["misplaced-field"],
        "A.1 A.2 A.3 one two three good weak g c",
    );
    check(
        &[(
            r#""window": {"from": "2024-01-01", "to": "2024-12-31"}"#,
            r#""window": {"from": "2024-12-31", "to": "2024-01-01"}"#,
        )],
        &["window-reversed"],
        "A.1 A.2 A.3 one two three good weak g c",
    );
}

#[test]
fn what_cannot_be_read_gives_nothing() {
    let (read, faults) = partial("{}");
    assert!(read.is_none());
    assert!(!faults.is_empty());
}

#[test]
fn what_is_left_is_scored_with_its_own_quantities() {
    let pack = check(
        &[(r#"{"id": "one", "#, r#"{"id": "one", "hand_in_by": "x", "#)],
        &["bad-date"],
        "A.2 A.3 two three good weak g",
    );
    let submission = read_submission("s.json", SUBMISSION.as_bytes()).unwrap();
    let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
    let answer = fitted.assess(submission.prepared_on);
    let points: Vec<String> = answer
        .leaves
        .iter()
        .map(|leaf| format!("{} {}", leaf.code, leaf.numbers.standing))
        .collect();
    // Only `three` is yes: 3 points of A.3, and nothing proved for A.2.
    assert_eq!(points, ["A.2 0", "A.3 3"]);
}

fn shipped(name: &str) -> String {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    fs::read_to_string(rules.join(name).join("pack.json")).unwrap()
}

/// The value at a path whose keys are plain words.
#[track_caller]
fn at<'v>(value: &'v Value, path: &str) -> &'v Value {
    let pointer = path.replace('[', ".").replace(']', "").replace('.', "/");
    value
        .pointer(&format!("/{pointer}"))
        .unwrap_or_else(|| panic!("{path}"))
}

fn each_curve(rule: &Rule, visit: &mut dyn FnMut(&CurveRule)) {
    match rule {
        Rule::Constant(_) | Rule::Obligations(_) | Rule::Relative(_) => {}
        Rule::Curve(curve) => visit(curve),
        Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
            parts.iter().for_each(|part| each_curve(part, visit));
        }
        Rule::Cap { part, .. } => each_curve(part, visit),
        Rule::Gate {
            condition,
            then,
            otherwise,
        } => {
            visit(condition);
            each_curve(then, visit);
            each_curve(otherwise, visit);
        }
        Rule::ByClass(classes) => classes.iter().for_each(|(_, it)| each_curve(it, visit)),
    }
}

fn check_groups(group: &Group, pack: &Pack, value: &Value) {
    assert_eq!(at(value, &group.path)["code"], *group.code);
    for child in &group.children {
        match child {
            Child::Group(below) => check_groups(below, pack, value),
            Child::Leaf(index) => {
                let leaf = &pack.leaves[*index];
                assert!(leaf.path.starts_with(&group.path), "{}", leaf.path);
            }
        }
    }
}

#[test]
fn every_part_knows_where_it_stands() {
    for name in ["son-ha-2024", "gallery"] {
        let (read, _) = partial(&shipped(name));
        let (pack, document) = read.unwrap();
        let value = document.value();
        pack.areas
            .iter()
            .for_each(|area| check_groups(area, &pack, value));
        for quantity in &pack.quantities {
            assert_eq!(at(value, &quantity.path)["id"], *quantity.id);
        }
        for leaf in &pack.leaves {
            assert_eq!(at(value, &leaf.path)["code"], *leaf.code);
            each_curve(&leaf.rule, &mut |rule| {
                for piece in rule.curve.pieces() {
                    let path = piece.path.as_deref().unwrap();
                    assert!(path.starts_with(&format!("{}.rule", leaf.path)), "{path}");
                    check_label(&piece.label, path);
                    at(value, path);
                }
            });
        }
    }
}

/// A label that is counted as written stands at that element of its list.
fn check_label(label: &str, path: &str) {
    for (prefix, list) in [("band-", "bands"), ("piece-", "pieces"), ("line-", "at")] {
        if let Some(count) = label.strip_prefix(prefix) {
            let index = count.parse::<usize>().unwrap() - 1;
            assert!(path.ends_with(&format!(".{list}[{index}]")), "{path}");
        }
    }
}

#[test]
fn places_of_what_is_left_are_those_of_the_file() {
    let spoilt = PACK.replacen(r#""max": "1", "#, "", 1);
    let (read, faults) = partial(&spoilt.replacen("\"A.1\"", "\"a 1\"", 1));
    assert_eq!(faults[0].code, "bad-identifier");
    let (pack, document) = read.unwrap();
    let place = document.place(&pack.leaves[0].path);
    assert_eq!(place.to_string(), "p.json:13:1: tree[0].children[1]");
}

#[test]
fn each_leaf_of_the_shipped_packs_can_be_missed_by_itself() {
    for name in ["son-ha-2024", "gallery"] {
        let sound: Value = serde_json::from_str(&shipped(name)).unwrap();
        let (read, _) = partial(&sound.to_string());
        let (whole, _) = read.unwrap();
        for leaf in &whole.leaves {
            let mut file = sound.clone();
            let pointer = leaf
                .path
                .replace('[', ".")
                .replace(']', "")
                .replace('.', "/");
            let node = file.pointer_mut(&format!("/{pointer}")).unwrap();
            node.as_object_mut().unwrap().remove("sources");
            let (read, faults) = partial(&file.to_string());
            let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
            assert_eq!(codes, ["no-source"]);
            let (pack, _) = read.unwrap();
            let codes = |pack: &Pack| -> Vec<String> {
                pack.leaves.iter().map(|it| it.code.clone()).collect()
            };
            let mut expected = codes(&whole);
            expected.retain(|code| *code != leaf.code);
            assert_eq!(codes(&pack), expected);
            assert_eq!(pack.quantities.len(), whole.quantities.len());
        }
    }
}
