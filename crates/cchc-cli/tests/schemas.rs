//! The published schemas are those that the command prints, and the answers of questions about
//! plans have them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use cchc_core::json::{Format, check, schema};
use cchc_core::question::{plan_format, progress_format};
use cchc_documents::plan::{tasks_json, tasks_request_format};
use cchc_report::{plan_json, plan_request_format, remediation_format};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn text_file(path: &str) -> Value {
    let text = std::fs::read_to_string(root().join(path)).unwrap();
    json!({"file": path, "text": text})
}

/// An answer has its format, by our reader and by another validator.
#[track_caller]
fn held(answer: &Value, format: &Format) {
    let text = answer.to_string();
    if let Err(faults) = check(format, "answer", text.as_bytes()) {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        panic!("{}", faults.join("\n"));
    }
    let validator = jsonschema::draft202012::new(&schema(format)).unwrap();
    if let Err(error) = validator.validate(answer) {
        panic!("{error} at {}", error.instance_path());
    }
}

#[track_caller]
fn answered(reply: &str) -> Value {
    let reply: Value = serde_json::from_str(reply).unwrap();
    assert!(reply.get("faults").is_none(), "{}", reply["faults"]);
    reply["answer"].clone()
}

#[test]
fn the_command_prints_each_published_schema_and_no_other() {
    let cchc = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cchc"));
        let output = command.args(arguments).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let help = cchc(&["schema", "--help"]);
    let mut known = BTreeSet::new();
    for file in std::fs::read_dir(root().join("rules/schema")).unwrap() {
        let path = file.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let kind = name.strip_suffix(".schema.json").unwrap().to_owned();
        let printed = cchc(&["schema", &kind]);
        if std::env::var_os("CCHC_UPDATE").is_some() {
            std::fs::write(&path, &printed).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap();
        assert!(
            committed == printed,
            "`cchc schema {kind}` prints another one"
        );
        known.insert(kind);
    }
    let listed = help
        .lines()
        .filter_map(|line| line.trim().strip_prefix("- "));
    let listed: BTreeSet<String> = listed
        .map(|line| line.split(':').next().unwrap().trim().to_owned())
        .collect();
    assert_eq!(listed, known);
    for format in [
        tasks_request_format(),
        plan_request_format(),
        remediation_format(),
    ] {
        assert_eq!(format.problems(), Vec::<String>::new());
        assert!(jsonschema::draft202012::meta::is_valid(&schema(&format)));
    }
}

#[test]
fn answers_about_plans_have_the_published_formats() {
    let pack = text_file("rules/son-ha-2024/pack.json");
    let submission = text_file("fixtures/submissions/son-thuong-2024/submission.json");
    for (day, baseline) in [
        ("2024-03-25", 2023),
        ("2024-07-20", 2023),
        ("2025-02-01", 2022),
    ] {
        let request = json!({"format": "cchc-plan-request", "version": 1, "pack": pack,
            "submission": submission, "as_of": day, "baseline": baseline});
        let plan = answered(&plan_json(&request.to_string()));
        held(&plan, &remediation_format());
        assert_eq!(plan["basis"]["as_of"], day);
    }
    let mut request = json!({"format": "cchc-tasks-request", "version": 1,
        "plan": text_file("fixtures/documents/plans/ke-hoach-mau.md")});
    let alone = answered(&tasks_json(&request.to_string()));
    held(&alone, &plan_format());
    request["pack"] = pack;
    request["submission"] = submission;
    request["as_of"] = json!("2024-07-20");
    let progress = answered(&tasks_json(&request.to_string()));
    held(&progress, &progress_format());
    assert_eq!(
        progress["tasks"].as_array().unwrap().len(),
        alone["tasks"].as_array().unwrap().len()
    );
    request["office"] = json!("nobody of that name");
    let none = answered(&tasks_json(&request.to_string()));
    assert_eq!(none["tasks"], json!([]));
}

#[test]
fn a_request_about_a_plan_that_cannot_be_answered_has_a_fault_with_a_place() {
    let fault = |ask: fn(&str) -> String, request: Value| -> String {
        let reply: Value = serde_json::from_str(&ask(&request.to_string())).unwrap();
        let fault = &reply["faults"][0];
        format!(
            "{} {}",
            fault["code"].as_str().unwrap(),
            fault["place"]["path"].as_str().unwrap()
        )
    };
    let plan = json!({"file": "a.md", "text": "1. Tập huấn\n- Thời gian: Quý I\n- Chủ trì: A"});
    let submission = text_file("fixtures/submissions/son-thuong-2024/submission.json");
    let alone = json!({"format": "cchc-tasks-request", "version": 1, "plan": plan,
        "submission": submission});
    assert_eq!(fault(tasks_json, alone), "missing-field $");
    let other = json!({"format": "cchc-request", "version": 1});
    assert_eq!(fault(plan_json, other), "wrong-format format");
    let broken = json!({"format": "cchc-plan-request", "version": 1, "submission": submission,
        "pack": {"file": "p", "text": "{"}});
    assert!(fault(plan_json, broken).starts_with("syntax "));
}
