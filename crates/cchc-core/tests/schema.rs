//! The published schemas: they are those of the code, and refuse what the reader refuses.
//!
//! Every shipped file is spoilt in one place at a time. Reader and schema must both refuse it;
//! where they differ, the kind of difference stands in [`DIFFERENCES`] with its reason.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads the shipped files and fails where they are not as expected"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cchc_core::json::{CODES, Fault, Field, Format, Shape, check, schema};
use cchc_core::model::Pack;
use cchc_core::question::{self, request_format};
use cchc_core::values::Calendar;
use cchc_core::wire::{
    assessment_format, case_format, diff_format, drafts_format, mutation_format, pack_format,
    submission_format, verification_format,
};
use cchc_core::{Assessment, fit, read_case, read_pack, read_submission};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

const PACKS: [&str; 2] = ["son-ha-2024", "gallery"];

/// What the reader refuses though the schema accepts it: how the file was spoilt, the code of
/// the reader's fault, and why the schema cannot say it.
const DIFFERENCES: &[(Spoil, &str, &str)] = &[
    (
        Spoil::Repeat,
        "duplicate-key",
        "a parser keeps one of two keys before a schema sees them",
    ),
    (Spoil::NoSuchDay, "bad-date", "a pattern knows no calendar"),
    (
        Spoil::PointZero,
        "lost-precision",
        "to a schema 1.0 is a whole number",
    ),
    (
        Spoil::PointZero,
        "wrong-type",
        "to a schema 1.0 is a whole number",
    ),
    (
        Spoil::Delete,
        "bad-block",
        "needed only beside another field",
    ),
    (Spoil::Delete, "bad-due", "needed only beside another field"),
    (
        Spoil::Delete,
        "bad-reading",
        "needed only for some kinds of quantity",
    ),
    (
        Spoil::Delete,
        "band-overlap",
        "whether bounds meet is arithmetic",
    ),
    (
        Spoil::Delete,
        "class-missing",
        "a name that stands elsewhere in the file",
    ),
    (
        Spoil::Delete,
        "class-order",
        "depends on the place in the list",
    ),
    (Spoil::Delete, "endless-line", "depends on another quantity"),
    (
        Spoil::Delete,
        "event-source",
        "needed only beside another field",
    ),
    (
        Spoil::Delete,
        "judgement-scale",
        "one of two ways to say it",
    ),
    (
        Spoil::Delete,
        "judgement-value",
        "one of two ways to say it",
    ),
    (
        Spoil::Delete,
        "missing-bound",
        "needed only for some kinds of quantity",
    ),
    (
        Spoil::Delete,
        "max-does-not-add-up",
        "whether numbers add up is arithmetic",
    ),
    (
        Spoil::Delete,
        "missing-full-at",
        "needed only for some kinds of quantity",
    ),
    (
        Spoil::Delete,
        "missing-is",
        "needed only for some kinds of quantity",
    ),
    (Spoil::Delete, "missing-max", "needed only for a leaf"),
    (
        Spoil::Delete,
        "missing-roll",
        "needed only beside another field",
    ),
    (
        Spoil::Delete,
        "missing-unit",
        "needed only for some kinds of quantity",
    ),
    (
        Spoil::Delete,
        "missing-won",
        "needed only beside another field",
    ),
    (
        Spoil::Delete,
        "negative-measure",
        "depends on another quantity",
    ),
    (Spoil::Delete, "no-source", "needed only for a leaf"),
    (
        Spoil::Delete,
        "points-out-of-range",
        "whether points fit is arithmetic",
    ),
    (
        Spoil::Delete,
        "share-by-figure",
        "needed only beside another field",
    ),
    (
        Spoil::Delete,
        "target-share",
        "needed only beside another field",
    ),
    (
        Spoil::Delete,
        "unknown-figure",
        "a path that stands elsewhere in the file",
    ),
    (
        Spoil::Delete,
        "unknown-name",
        "a name that stands elsewhere in the file",
    ),
    (
        Spoil::Delete,
        "zero-denominator",
        "needed only for some kinds of quantity",
    ),
];

/// Spoilt files of one small file; of a pack or submission there are five times as many.
const SAMPLES: usize = 40;

/// One way to spoil one field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spoil {
    Delete,
    Rename,
    Repeat,
    Extra,
    OtherType,
    OtherContainer,
    Null,
    Blank,
    NoDate,
    NoSuchDay,
    Float,
    PointZero,
}

const SPOILS: &[Spoil] = &[
    Spoil::Delete,
    Spoil::Rename,
    Spoil::Repeat,
    Spoil::Extra,
    Spoil::OtherType,
    Spoil::OtherContainer,
    Spoil::Null,
    Spoil::Blank,
    Spoil::NoDate,
    Spoil::NoSuchDay,
    Spoil::Float,
    Spoil::PointZero,
];

#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Key(String),
    Item(usize),
}

/// A field of a file, with what the format says of it.
#[derive(Clone, Debug)]
struct Site<'a> {
    steps: Vec<Step>,
    /// Whether the file stays valid without it.
    optional: bool,
    /// Its shape, with references followed; `null` is told apart by `nullable`.
    shape: &'a Shape,
    nullable: bool,
    /// Whether it stands in an object whose keys the file chooses.
    in_map: bool,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn formats() -> [(&'static str, Format); 19] {
    [
        ("assessment", assessment_format()),
        ("case", case_format()),
        ("diff", diff_format()),
        ("diff-request", question::diff_request_format()),
        ("drafts", drafts_format()),
        ("history", question::history_format()),
        ("levers", question::levers_format()),
        ("mutation", mutation_format()),
        ("pack", pack_format()),
        ("pack-request", question::pack_request_format()),
        ("plan", question::plan_format()),
        ("progress", question::progress_format()),
        ("reconcile-request", question::reconcile_request_format()),
        ("reconciliation", question::reconciliation_format()),
        ("regain", question::regain_format()),
        ("request", request_format()),
        ("submission", submission_format()),
        ("verification", verification_format()),
        ("what-if", question::what_if_format()),
    ]
}

fn validator(format: &Format) -> Validator {
    jsonschema::draft202012::new(&schema(format)).unwrap()
}

fn shipped_pack(name: &str) -> (PathBuf, Pack) {
    let path = root().join("rules").join(name).join("pack.json");
    let bytes = fs::read(&path).unwrap();
    (path, read_pack(name, &bytes, Calendar::vietnam()).unwrap())
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

fn submissions() -> Vec<PathBuf> {
    let folders = files(root().join("fixtures/submissions"));
    folders
        .into_iter()
        .map(|folder| folder.join("submission.json"))
        .collect()
}

#[test]
fn every_format_is_sound() {
    for (name, format) in formats() {
        assert_eq!(format.problems(), Vec::<String>::new(), "{name}");
        assert!(
            jsonschema::draft202012::meta::is_valid(&schema(&format)),
            "{name}"
        );
    }
}

#[test]
fn the_committed_schemas_are_those_of_the_code() {
    let folder = root().join("rules/schema");
    let mut known = BTreeSet::new();
    for (name, format) in formats() {
        let path = folder.join(format!("{name}.schema.json"));
        let text = format!(
            "{}\n",
            serde_json::to_string_pretty(&schema(&format)).unwrap()
        );
        if std::env::var_os("CCHC_UPDATE").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let committed = fs::read_to_string(&path).unwrap_or_default();
        assert!(
            committed == text,
            "{} is out of date: run `CCHC_UPDATE=1 cargo test -p cchc-core --test schema` and \
             read the difference",
            path.display()
        );
        known.insert(path);
    }
    // Those of other crates are held by the command's own test.
    let found: BTreeSet<PathBuf> = files(folder).into_iter().collect();
    assert!(known.is_subset(&found));
}

fn check_assessment(assessment: &Assessment, name: &str, format: &Format, validator: &Validator) {
    let value = serde_json::to_value(assessment).unwrap();
    check_answer(&value, name, format, validator);
}

/// An answer has its published format, by our reader and by the schema.
fn check_answer(value: &Value, name: &str, format: &Format, validator: &Validator) {
    let text = value.to_string();
    if let Err(faults) = check(format, name, text.as_bytes()) {
        panic!("{}", messages(&faults));
    }
    if let Err(error) = validator.validate(value) {
        panic!("{name}: {error} at {}", error.instance_path());
    }
}

/// A file of a request: its name and text.
fn text_file(path: &Path) -> Value {
    let name = path.file_name().unwrap().to_string_lossy();
    json!({"file": name, "text": fs::read_to_string(path).unwrap()})
}

/// A request about a pack in a folder, with the cases that are kept.
fn pack_request(folder: &Path, kept: impl Fn(usize) -> bool) -> String {
    let cases = match fs::read_dir(folder.join("cases")) {
        Ok(_) => files(folder.join("cases")),
        Err(_) => Vec::new(),
    };
    let cases = cases.iter().enumerate().filter(|(index, _)| kept(*index));
    let cases: Vec<Value> = cases.map(|(_, path)| text_file(path)).collect();
    json!({
        "format": "cchc-pack-request", "version": 1,
        "pack": text_file(&folder.join("pack.json")), "cases": cases
    })
    .to_string()
}

/// The answer of a reply; faults fail the test.
#[track_caller]
fn answered(reply: &str) -> Value {
    let mut reply: Value = serde_json::from_str(reply).unwrap();
    assert_eq!(reply.get("faults"), None, "{}", reply["faults"]);
    reply["answer"].take()
}

#[test]
fn every_verification_has_the_published_format() {
    let format = verification_format();
    let validator = validator(&format);
    let mut folders = files(root().join("fixtures/packs/broken"));
    folders.extend(files(root().join("fixtures/packs/sound")));
    folders.extend(PACKS.map(|name| root().join("rules").join(name)));
    let mut witnesses = 0;
    for folder in folders {
        let answer = answered(&question::verify_json(&pack_request(&folder, |_| true)));
        let name = folder.display().to_string();
        check_answer(&answer, &name, &format, &validator);
        let faults = answer["faults"].as_array().unwrap().iter();
        witnesses += faults.filter(|it| !it["witness"].is_null()).count();
    }
    assert!(witnesses > 20, "{witnesses}");
    // A file that is no pack is answered too.
    let request = json!({"format": "cchc-pack-request", "version": 1,
        "pack": {"file": "p", "text": "{"}});
    let answer = answered(&question::verify_json(&request.to_string()));
    check_answer(&answer, "no pack", &format, &validator);
    assert_eq!(answer["faults"][0]["code"], "syntax");
}

#[test]
fn answers_about_mutants_and_drafts_have_the_published_formats() {
    let folder = root().join("fixtures/packs/sound/worked-cases-complete");
    let mut verdicts = BTreeSet::new();
    let mut drafts = 0;
    // With one case alone more mutants survive and more drafts are made.
    for kept in [usize::MAX, 1] {
        let request = pack_request(&folder, |index| index < kept);
        let answer = answered(&question::mutate_json(&request));
        let format = mutation_format();
        check_answer(&answer, "mutation", &format, &validator(&format));
        verdicts.extend(answer["counts"].as_object().unwrap().keys().cloned());
        if kept == 1 {
            let answer = answered(&question::cases_json(&request));
            let format = drafts_format();
            check_answer(&answer, "drafts", &format, &validator(&format));
            drafts = answer["drafts"].as_array().unwrap().len();
        }
    }
    for verdict in ["refused", "killed", "survived"] {
        assert!(verdicts.contains(verdict), "{verdicts:?}");
    }
    assert!(drafts > 2, "{drafts}");
}

#[test]
fn every_comparison_has_the_published_format() {
    let format = diff_format();
    let validator = validator(&format);
    let pack = |name: &str| root().join("rules").join(name).join("pack.json");
    let submission = root().join("fixtures/submissions/son-thuong-2024/submission.json");
    let mut verdicts = BTreeSet::new();
    for (old, new) in [
        ("son-ha-2024", "son-ha-2025-draft"),
        ("son-ha-2024", "son-ha-2024"),
        ("son-ha-2025-draft", "gallery"),
    ] {
        let mut request = json!({
            "format": "cchc-diff-request", "version": 1,
            "old": text_file(&pack(old)), "new": text_file(&pack(new))
        });
        if old == "son-ha-2024" {
            request["submission"] = text_file(&submission);
            request["as_of"] = json!("2024-07-20");
        }
        let answer = answered(&question::diff_json(&request.to_string()));
        check_answer(&answer, new, &format, &validator);
        for kept in answer["kept"].as_array().unwrap() {
            let verdict = &kept["difference"]["verdict"];
            let named = verdict.as_object().and_then(|it| it.keys().next().cloned());
            verdicts.insert(named.unwrap_or_else(|| "not_analysed".to_owned()));
        }
    }
    assert!(
        verdicts.contains("equal") && verdicts.contains("differs"),
        "{verdicts:?}"
    );
}

/// The requests that the questions about what can still be done are asked with here: the
/// shipped submissions, each with its pack.
fn worlds() -> Vec<(PathBuf, PathBuf)> {
    let pack = |name: &str| root().join("rules").join(name).join("pack.json");
    let submission = |path: &str| root().join("fixtures").join(path).join("submission.json");
    vec![
        (
            pack("son-ha-2024"),
            submission("submissions/son-thuong-2024"),
        ),
        (
            pack("son-ha-2025-draft"),
            submission("submissions/successor-2025"),
        ),
        (pack("son-ha-2024"), submission("scores/reconciled-2024")),
    ]
}

fn asked(world: &(PathBuf, PathBuf), more: Value) -> String {
    let mut request = json!({"format": "cchc-request", "version": 1,
        "pack": text_file(&world.0), "submission": text_file(&world.1)});
    let more = more.as_object().unwrap().clone();
    request.as_object_mut().unwrap().extend(more);
    request.to_string()
}

/// As of these days a year has not begun, is under way, and is over.
const DAYS: &[&str] = &[
    "2024-02-01",
    "2024-07-20",
    "2024-12-20",
    "2025-01-20",
    "2025-09-01",
];

/// What an answer has at a key, at any depth.
fn each_of(value: &Value, key: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name == key
                    && let Some(text) = value.as_str()
                {
                    found.insert(text.to_owned());
                }
                each_of(value, key, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| each_of(it, key, found)),
        _ => {}
    }
}

#[test]
fn answers_about_what_can_still_be_done_have_the_published_formats() {
    let formats = [
        question::levers_format(),
        question::regain_format(),
        question::what_if_format(),
    ];
    let validators = formats.each_ref().map(validator);
    let mut kinds = BTreeSet::new();
    let mut reasons = BTreeSet::new();
    for world in worlds() {
        for day in DAYS {
            let at = json!({"as_of": day});
            let reply: Value =
                serde_json::from_str(&question::levers_json(&asked(&world, at))).unwrap();
            // A pack is not in force on every one of these days.
            let Some(levers) = reply.get("answer") else {
                continue;
            };
            check_answer(levers, day, &formats[0], &validators[0]);
            each_of(&levers["leaves"], "kind", &mut kinds);
            for goal in [
                json!({"as_of": day}),
                json!({"as_of": day, "target": "1000"}),
                json!({"as_of": day, "target": "9", "at_most": 2, "by": "2024-10-01",
                       "effort": {"mend_event": 3}}),
            ] {
                let answer = answered(&question::regain_json(&asked(&world, goal)));
                check_answer(&answer, day, &formats[1], &validators[1]);
                each_of(&answer["short"], "reason", &mut reasons);
            }
        }
    }
    for kind in [
        "deliver",
        "mend_event",
        "mend_figure",
        "more_events",
        "state_figure",
        "state_none",
        "turn_yes",
        "win_items",
    ] {
        assert!(kinds.contains(kind), "{kind} is in no lever: {kinds:?}");
    }
    assert!(
        reasons.contains("attainable") && reasons.contains("at_most"),
        "{reasons:?}"
    );
    let world = &worlds()[0];
    let suppose = json!({"suppose": [{"set": "dossiers=388/400"}, {"add": "dialogue@2024-09-10"},
        {"mend": "BC-45"}, {"set": "ipv6=yes"}]});
    let answer = answered(&question::what_if_json(&asked(world, suppose)));
    assert!(!answer["moved"].as_array().unwrap().is_empty());
    check_answer(&answer, "what if", &formats[2], &validators[2]);
}

/// A class and its gate, before and after: in no shipped pack.
#[test]
fn answers_about_classes_have_the_published_formats() {
    let pack = json!({
        "format": "cchc-pack", "version": 1, "id": "whole", "title": {"vi": "w"},
        "level": "commune", "scored_year": 2024, "issuer": "nobody",
        "validity": {"from": "2024-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
        "coverage": "whole", "max": "2", "rounding": {"places": 2, "mode": "half_up"},
        "sources": [{"of": ["max", "classes", "class_gates"], "illustrative": "made for a test"}],
        "quantities": [{"id": "f", "kind": "flag", "movement": "latched", "title": {"vi": "f"}},
            {"id": "g", "kind": "flag", "movement": "latched", "title": {"vi": "g"}}],
        "tree": [{"code": "A", "title": {"vi": "A"}, "children": [{
            "code": "1", "title": {"vi": "1"}, "max": "2",
            "rule": {"form": "yes_no", "of": "f", "yes": "2", "no": "0"},
            "sources": [{"of": ["max", "rule"], "illustrative": "made for a test"}]}]}],
        "classes": [{"id": "good", "title": {"vi": "Tốt"}, "from": "75"},
            {"id": "weak", "title": {"vi": "Yếu"}}],
        "class_gates": [{"id": "gate", "title": {"vi": "g"}, "unless": {"of": "g", "is": "yes"},
            "class_at_most": "weak"}],
    });
    let submission = json!({
        "format": "cchc-submission", "version": 1, "pack": "whole",
        "unit": {"code": "u", "name": "u", "level": "commune"},
        "scored_year": 2024, "prepared_on": "2024-07-20",
    });
    let request = |more: Value| {
        let mut request = json!({"format": "cchc-request", "version": 1,
            "pack": {"file": "p", "text": pack.to_string()},
            "submission": {"file": "s", "text": submission.to_string()}});
        request
            .as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        request.to_string()
    };
    let answer = answered(&question::regain_json(&request(json!({"class": "good"}))));
    assert_eq!(answer["class_after"]["standing"]["id"], "good");
    assert_eq!(answer["acts"][1]["gates"], json!(["gate"]));
    let format = question::regain_format();
    check_answer(&answer, "class", &format, &validator(&format));
    let suppose = json!({"suppose": [{"set": "f=yes"}]});
    let answer = answered(&question::what_if_json(&request(suppose)));
    assert_eq!(answer["class_after"]["gates"], json!([{"vi": "g"}]));
    let format = question::what_if_format();
    check_answer(&answer, "class", &format, &validator(&format));
}

#[test]
fn histories_have_the_published_format() {
    let format = question::history_format();
    let validator = validator(&format);
    for world in worlds() {
        for step in ["week", "month", "quarter"] {
            let dates = match world.0.ends_with("son-ha-2025-draft/pack.json") {
                true => ["2025-02-01", "2025-12-31"],
                false => ["2024-02-01", "2025-01-20"],
            };
            let more = json!({"from": dates[0], "to": dates[1], "step": step});
            let answer = answered(&question::history_json(&asked(&world, more)));
            check_answer(&answer, step, &format, &validator);
            let closed = answer["moments"].as_array().unwrap().iter();
            let closed = closed.flat_map(|it| it["changed"].as_array().unwrap());
            let mut closed = closed.flat_map(|it| it["closed"].as_array().unwrap());
            assert!(closed.next().is_some(), "nothing closes");
        }
    }
}

#[test]
fn reconciliations_have_the_published_format() {
    let format = question::reconciliation_format();
    let validator = validator(&format);
    let world = &worlds()[2];
    let request = json!({"format": "cchc-reconcile-request", "version": 1,
        "pack": text_file(&world.0), "submission": text_file(&world.1)});
    let answer = answered(&question::reconcile_json(&request.to_string()));
    check_answer(&answer, "reconciliation", &format, &validator);
    let mut codes = BTreeSet::new();
    for component in answer["components"].as_array().unwrap() {
        each_of(&component["causes"], "code", &mut codes);
    }
    assert!(codes.len() > 3, "{codes:?}");
}

#[test]
fn requests_about_packs_are_held_to_their_format() {
    type Question = fn(&str) -> String;
    let questions: [Question; 4] = [
        question::verify_json,
        question::mutate_json,
        question::cases_json,
        question::diff_json,
    ];
    for question in questions {
        for (request, code) in [
            ("", "empty-file"),
            ("{", "syntax"),
            (
                r#"{"format": "cchc-request", "version": 1}"#,
                "wrong-format",
            ),
        ] {
            let reply: Value = serde_json::from_str(&question(request)).unwrap();
            assert_eq!(reply["faults"][0]["code"], code);
        }
    }
    let broken = json!({"format": "cchc-pack-request", "version": 1,
        "pack": {"file": "p", "text": "{"}});
    for question in [question::mutate_json, question::cases_json] {
        let reply: Value = serde_json::from_str(&question(&broken.to_string())).unwrap();
        assert_eq!(reply["faults"][0]["code"], "syntax");
        assert_eq!(reply["faults"][0]["place"]["file"], "p");
    }
}

#[test]
fn every_assessment_has_the_published_format() {
    let format = assessment_format();
    let validator = validator(&format);
    for name in PACKS {
        let (path, pack) = shipped_pack(name);
        for path in files(path.with_file_name("cases")) {
            let file = path.display().to_string();
            let case = read_case(&file, &fs::read(&path).unwrap(), &pack).unwrap();
            let fitted = fit(&pack, &case.submission, Calendar::vietnam()).unwrap();
            check_assessment(&fitted.assess(case.as_of), &file, &format, &validator);
        }
    }
    for path in submissions() {
        let submission = read_submission("s", &fs::read(&path).unwrap()).unwrap();
        let (_, pack) = shipped_pack(&submission.pack);
        let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
        for day in ["2024-01-01", "2024-07-20", "2025-01-06", "2026-01-01"] {
            let assessment = fitted.assess(day.parse().unwrap());
            check_assessment(&assessment, day, &format, &validator);
        }
    }
}

/// Stands for a text that chooses the other fields.
static TAG: Shape = Shape::Const("");
/// Stands for the version of the format.
static VERSION: Shape = Shape::ConstInt(1);

/// The shape that a value has, and whether `null` may stand in its place.
fn chosen<'a>(format: &'a Format, shape: &'a Shape, value: &Value) -> (&'a Shape, bool) {
    match shape {
        Shape::Ref(name) => {
            let (_, shape) = format
                .definitions
                .iter()
                .find(|(known, _)| known == name)
                .unwrap();
            chosen(format, shape, value)
        }
        Shape::Nullable(of) => (chosen(format, of, value).0, true),
        Shape::Either(one, other) => {
            let is_object =
                |shape: &Shape| matches!(shape, Shape::Object(_) | Shape::ExactlyOne { .. });
            let pick = if is_object(one) == value.is_object() {
                one
            } else {
                other
            };
            chosen(format, pick, value)
        }
        other => (other, false),
    }
}

fn sites<'a, 'v>(
    format: &'a Format,
    shape: &'a Shape,
    value: &'v Value,
    steps: &mut Vec<Step>,
    out: &mut Vec<Site<'a>>,
) {
    let (shape, _) = chosen(format, shape, value);
    if steps.is_empty() {
        for (name, shape) in [("format", &TAG), ("version", &VERSION)] {
            let steps = vec![Step::Key(name.to_owned())];
            out.push(Site {
                steps,
                optional: false,
                shape,
                nullable: false,
                in_map: false,
            });
        }
    }
    let mut children: Vec<(&str, &Value, &'a Shape, bool, bool)> = Vec::new();
    let mut declared = |object: &'v Map<String, Value>, fields: &'a [Field], alternatives: bool| {
        for known in fields {
            if let Some(value) = object.get(known.name) {
                let optional = !known.required && !alternatives;
                children.push((known.name, value, &known.shape, optional, false));
            }
        }
    };
    match (shape, value) {
        (Shape::Object(known), Value::Object(object)) => declared(object, known, false),
        (
            Shape::ExactlyOne {
                common,
                alternatives,
            },
            Value::Object(object),
        ) => {
            declared(object, common, false);
            declared(object, alternatives, true);
        }
        (Shape::Tagged { tag, variants }, Value::Object(object)) => {
            let (_, known) = variants
                .iter()
                .find(|(name, _)| object[*tag] == *name)
                .unwrap();
            declared(object, known, false);
            children.push((tag, &object[*tag], &TAG, false, false));
        }
        (Shape::Map { of, .. }, Value::Object(object)) => {
            children.extend(
                object
                    .iter()
                    .map(|(name, value)| (name.as_str(), value, &**of, true, true)),
            );
        }
        (Shape::Array { of, .. }, Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                steps.push(Step::Item(index));
                sites(format, of, item, steps, out);
                steps.pop();
            }
        }
        _ => {}
    }
    for (name, value, shape, optional, in_map) in children {
        steps.push(Step::Key(name.to_owned()));
        let (own, nullable) = chosen(format, shape, value);
        out.push(Site {
            steps: steps.clone(),
            optional,
            shape: own,
            nullable,
            in_map,
        });
        sites(format, shape, value, steps, out);
        steps.pop();
    }
}

fn at<'v>(value: &'v mut Value, steps: &[Step]) -> &'v mut Value {
    steps.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::Item(index) => &mut value[*index],
    })
}

/// The file, spoilt; `None` where the field cannot be spoilt so.
fn spoilt(file: &Value, site: &Site<'_>, spoil: Spoil) -> Option<String> {
    let mut file = file.clone();
    let (last, parents) = site.steps.split_last()?;
    let Step::Key(key) = last else { return None };
    let is_object = |shape: &Shape| {
        matches!(
            shape,
            Shape::Object(_) | Shape::ExactlyOne { .. } | Shape::Tagged { .. }
        )
    };
    let replacement = match spoil {
        Spoil::Repeat => return Some(repeated(&file, &site.steps)),
        Spoil::Delete | Spoil::Rename => {
            let parent = at(&mut file, parents).as_object_mut()?;
            let value = parent.remove(key)?;
            if spoil == Spoil::Rename {
                let typo = if site.in_map {
                    format!("{key} x")
                } else {
                    format!("{key}x")
                };
                parent.insert(typo, value);
            }
            return Some(file.to_string());
        }
        Spoil::Extra if is_object(site.shape) => {
            let object = at(&mut file, &site.steps).as_object_mut()?;
            object.insert("no_such_field".to_owned(), json!(1));
            return Some(file.to_string());
        }
        Spoil::Extra => return None,
        Spoil::OtherType if *site.shape == Shape::Bool => json!("true"),
        Spoil::OtherType => json!(true),
        Spoil::OtherContainer if matches!(site.shape, Shape::Array { .. }) => json!({}),
        Spoil::OtherContainer => json!([]),
        Spoil::Null => Value::Null,
        Spoil::Blank => match site.shape {
            Shape::Bool | Shape::Integer { .. } | Shape::Map { .. } => return None,
            Shape::Array { .. } => return None,
            shape if is_object(shape) => return None,
            _ => json!(""),
        },
        Spoil::NoDate if *site.shape == Shape::Date => json!("31/12/2024"),
        Spoil::NoSuchDay if *site.shape == Shape::Date => json!("2023-02-29"),
        Spoil::NoDate | Spoil::NoSuchDay => return None,
        Spoil::Float | Spoil::PointZero => match site.shape {
            Shape::Decimal | Shape::Integer { .. } if spoil == Spoil::Float => json!(0.5),
            Shape::Decimal => json!(1.0),
            Shape::Integer { min, .. } if *min <= 1 => json!(1.0),
            Shape::Integer { .. } => json!(2024.0),
            _ => return None,
        },
    };
    *at(&mut file, &site.steps) = replacement;
    Some(file.to_string())
}

/// The file with one key written twice.
fn repeated(value: &Value, steps: &[Step]) -> String {
    match (value, steps) {
        (Value::Object(object), [Step::Key(key), rest @ ..]) => {
            let mut parts = Vec::new();
            for (name, value) in object {
                let inner = if name == key { rest } else { &[] };
                parts.push(format!("{}:{}", json!(name), repeated(value, inner)));
                if name == key && rest.is_empty() {
                    parts.push(format!("{}:{value}", json!(name)));
                }
            }
            format!("{{{}}}", parts.join(","))
        }
        (Value::Array(items), [Step::Item(place), rest @ ..]) => {
            let parts = items
                .iter()
                .enumerate()
                .map(|(index, item)| repeated(item, if index == *place { rest } else { &[] }));
            format!("[{}]", parts.collect::<Vec<_>>().join(","))
        }
        (value, _) => value.to_string(),
    }
}

/// A number that mixes the choice evenly and is the same on every machine.
fn mixed(text: &str) -> u64 {
    let mix = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, mix)
}

fn messages(faults: &[Fault]) -> String {
    faults
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

type Reader<'a> = dyn Fn(&[u8]) -> Result<(), Vec<Fault>> + 'a;

/// What a run over spoilt files has seen.
#[derive(Default)]
struct Seen {
    spoilt: usize,
    wrong: Vec<String>,
    differences: BTreeSet<usize>,
}

impl Seen {
    fn file(
        &mut self,
        path: &Path,
        samples: usize,
        (format, validator): (&Format, &Validator),
        read: &Reader<'_>,
    ) {
        let file: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        let name = path.display().to_string();
        assert!(validator.is_valid(&file), "{name}");
        let mut all = Vec::new();
        sites(format, &format.root, &file, &mut Vec::new(), &mut all);
        let mut choice: Vec<(u64, &Site<'_>, Spoil)> = all
            .iter()
            .flat_map(|site| SPOILS.iter().map(move |spoil| (site, *spoil)))
            .map(|(site, spoil)| {
                (
                    mixed(&format!("{name}{:?}{spoil:?}", site.steps)),
                    site,
                    spoil,
                )
            })
            .collect();
        choice.sort_by_key(|(order, _, _)| *order);
        let spoilt = choice
            .into_iter()
            .filter_map(|(_, site, spoil)| Some((site, spoil, spoilt(&file, site, spoil)?)));
        for (site, spoil, text) in spoilt.take(samples) {
            self.spoilt += 1;
            let accepted = validator.is_valid(&serde_json::from_str(&text).unwrap());
            let verdict = self.verdict(site, spoil, accepted, read(text.as_bytes()));
            if let Err(why) = verdict {
                self.wrong
                    .push(format!("{name}: {spoil:?} {:?}: {why}", site.steps));
            }
        }
    }

    fn verdict(
        &mut self,
        site: &Site<'_>,
        spoil: Spoil,
        accepted: bool,
        read: Result<(), Vec<Fault>>,
    ) -> Result<(), String> {
        match (accepted, read) {
            (false, Err(faults)) => {
                // A fault of shape brings no fault of meaning with it.
                let meaning = |fault: &&Fault| CODES.iter().all(|(code, _)| *code != fault.code);
                match faults.iter().find(meaning) {
                    Some(fault) if spoil != Spoil::Delete => Err(format!("also {fault}")),
                    _ => Ok(()),
                }
            }
            (false, Ok(())) => Err("only the schema refuses it".to_owned()),
            (true, Ok(())) => {
                let valid = match spoil {
                    Spoil::Delete => site.optional,
                    Spoil::Null => site.nullable,
                    Spoil::Blank => matches!(
                        site.shape,
                        Shape::Text {
                            allow_empty: true,
                            ..
                        }
                    ),
                    _ => false,
                };
                if valid {
                    Ok(())
                } else {
                    Err("both accept it".to_owned())
                }
            }
            (true, Err(faults)) => {
                for fault in &faults {
                    let known = |row: &&(Spoil, &str, &str)| row.0 == spoil && row.1 == fault.code;
                    match DIFFERENCES.iter().position(|row| known(&row)) {
                        Some(row) => self.differences.insert(row),
                        None => {
                            return Err(format!(
                                "only the reader refuses it: {} {fault}",
                                fault.code
                            ));
                        }
                    };
                }
                Ok(())
            }
        }
    }

    #[track_caller]
    fn finish(&self) {
        let (wrong, count) = (&self.wrong, self.wrong.len());
        assert!(
            wrong.is_empty(),
            "{count} of {}\n{}",
            self.spoilt,
            wrong.join("\n")
        );
    }
}

#[test]
fn a_spoilt_pack_is_refused_by_reader_and_schema() {
    let format = pack_format();
    let validator = validator(&format);
    let mut seen = Seen::default();
    for name in PACKS {
        let (path, _) = shipped_pack(name);
        seen.file(&path, 5 * SAMPLES, (&format, &validator), &|bytes| {
            read_pack("f", bytes, Calendar::vietnam()).map(|_| ())
        });
    }
    seen.finish();
}

#[test]
fn a_spoilt_submission_is_refused_by_reader_and_schema() {
    let format = submission_format();
    let validator = validator(&format);
    let mut seen = Seen::default();
    for path in submissions() {
        seen.file(&path, 5 * SAMPLES, (&format, &validator), &|bytes| {
            read_submission("f", bytes).map(|_| ())
        });
    }
    seen.finish();
}

#[test]
fn a_spoilt_case_is_refused_by_reader_and_schema() {
    let format = case_format();
    let validator = validator(&format);
    let mut seen = Seen::default();
    for name in PACKS {
        let (path, pack) = shipped_pack(name);
        for path in files(path.with_file_name("cases")) {
            seen.file(&path, SAMPLES, (&format, &validator), &|bytes| {
                read_case("f", bytes, &pack).map(|_| ())
            });
        }
    }
    seen.finish();
    // Differences of shape do not depend on what the files hold.
    let shape = |code: &str| CODES.iter().any(|(known, _)| *known == code);
    for (row, (spoil, code, _)) in DIFFERENCES.iter().enumerate() {
        assert!(
            !shape(code) || seen.differences.contains(&row),
            "{spoil:?} {code} is not seen"
        );
    }
}
