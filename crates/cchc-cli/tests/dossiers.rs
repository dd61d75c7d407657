//! `cchc dossiers` as its users run it, and its figures in a submission.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use cchc_core::values::Calendar;
use cchc_core::{fit, read_pack, read_submission};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cchc(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cchc"))
        .args(arguments)
        .current_dir(root())
        .env_remove("CCHC_LANG")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

const FOLDER: &str = "fixtures/documents/dossiers";

fn dossiers(file: &str, more: &[&str]) -> Output {
    let file = format!("{FOLDER}/{file}");
    let mut arguments = vec!["dossiers", &file];
    arguments.extend(["--from", "2024-01-01", "--to", "2024-12-31"]);
    arguments.extend(more);
    cchc(&arguments)
}

#[track_caller]
fn check(output: &Output, code: i32, parts: &[&str]) {
    let all = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{all}");
    // How far columns and lines stand apart is not asked here.
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(all.contains(part), "`{part}` is not in\n{all}");
    }
}

#[test]
fn an_export_is_told_in_both_languages_within_eighty_columns() {
    let vietnamese = dossiers("year.xlsx", &[]);
    check(
        &vietnamese,
        0,
        &[
            "Tính đến đầu ngày 01/01/2025; hồ sơ tiếp nhận từ 01/01/2024 đến 31/12/2024",
            "trả trước hạn 30",
            "Trước hạn, đúng hạn: 38 trong 40 = 95%",
            "Hồ sơ trễ có thư xin lỗi: 1 trong 2 = 50%",
            "ô B48: trùng mã và nội dung với dòng 7, chỉ tính một lần",
        ],
    );
    let english = dossiers("findings.xlsx", &["--lang", "en"]);
    check(
        &english,
        1,
        &[
            "returned early 3",
            "3 of 15, 10 open: from 20% to 86.67%",
            "sheet “Lỗi”, cell E3: a date is asked, found the percentage 97.5%",
        ],
    );
    for output in [vietnamese, english] {
        for line in text(&output.stdout).lines() {
            assert!(line.width() <= 80, "{} columns: {line}", line.width());
        }
    }
}

#[test]
fn what_cannot_be_counted_is_refused_with_what_to_do() {
    for (file, code, remedy) in [
        ("two-sheets.xlsx", "sheet_ambiguous", "--sheet"),
        ("two-due-columns.csv", "column_ambiguous", "--column"),
        ("no-header.csv", "header_not_found", "--column received=E"),
        ("open-quote.csv", "file_damaged", "export or copy"),
        ("windows-1258.csv", "file_encoding", "CSV UTF-8"),
        ("cut-off.xlsx", "file_damaged", "export or copy"),
        ("missing.csv", "unreadable", ""),
    ] {
        let output = dossiers(file, &["--lang", "en"]);
        check(&output, 3, &[code, remedy]);
        assert!(output.stdout.is_empty());
    }
    let output = dossiers("two-due-columns.csv", &["--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["faults"][0]["code"], "column_ambiguous");
    assert_eq!(value["faults"][0]["at"], json!({"row": 2, "column": 5}));
    // The caller decides between the two.
    let output = dossiers("two-due-columns.csv", &["--column", "due=E"]);
    check(&output, 0, &["trả trước hạn 3"]);
}

#[test]
fn options_that_do_not_fit_are_a_wrong_command_line() {
    let file = format!("{FOLDER}/year.csv");
    for arguments in [
        vec!["dossiers", &file],
        vec!["dossiers", &file, "--from", "2024-01-01"],
        vec![
            "dossiers",
            &file,
            "--as-of",
            "2025-01-01",
            "--column",
            "colour=E",
        ],
        vec![
            "dossiers",
            &file,
            "--from",
            "2024-12-31",
            "--to",
            "2024-01-01",
        ],
    ] {
        assert_eq!(cchc(&arguments).status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn the_json_answer_has_counts_rows_and_what_was_used() {
    let more = ["--format", "json", "--rescheduled", "on_time"];
    let output = dossiers("year.csv", &more);
    check(&output, 0, &[]);
    let value: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(value["format"], "cchc-dossiers");
    assert_eq!(value["counts"]["early"], 30);
    assert_eq!(value["rows"]["read"], 42);
    assert_eq!(value["basis"]["rescheduled"], "on_time");
    assert_eq!(value["basis"]["denominator"], "received");
    assert_eq!(value["basis"]["as_of"], "2025-01-01");
    assert_eq!(value["found"]["dossier_repeated"], 1);
    let digest = value["file"]["digest"].as_str().unwrap();
    assert_eq!(digest.len(), "sha256:".len() + 64);
    assert_eq!(value["evidence"][0]["digest"], digest);
}

/// A submission of nothing but what `--figures` gave, as of the day after the last hand-in.
fn submission(file: &str) -> Value {
    let output = dossiers(file, &["--figures"]);
    check(&output, 0, &[]);
    let given: Value = serde_json::from_slice(&output.stdout).unwrap();
    json!({
        "format": "cchc-submission", "version": 1, "pack": "son-ha-2024", "scored_year": 2024,
        "note": "synthetic",
        "unit": {"code": "x", "name": "UBND xã X", "level": "commune"},
        "prepared_on": "2025-01-06",
        "figures": given["figures"], "evidence": given["evidence"]
    })
}

/// The three numbers of 3.4.1 and 3.4.2.
#[track_caller]
fn points(submission: &Value, expected: [&str; 2]) {
    let calendar = Calendar::vietnam();
    let pack = std::fs::read(root().join("rules/son-ha-2024/pack.json")).unwrap();
    let pack = read_pack("pack.json", &pack, calendar).unwrap();
    let read = read_submission("submission.json", submission.to_string().as_bytes());
    let submission = read.unwrap_or_else(|faults| panic!("{faults:?}"));
    let fitted = fit(&pack, &submission, calendar).unwrap();
    let answer = fitted.assess("2025-01-06".parse().unwrap());
    for (code, expected) in ["3.4.1", "3.4.2"].into_iter().zip(expected) {
        let leaf = answer.leaves.iter().find(|it| it.code == code).unwrap();
        let numbers = &leaf.numbers;
        let told = [&numbers.secured, &numbers.standing, &numbers.attainable];
        let told: Vec<String> = told.iter().map(|it| it.exact().to_text()).collect();
        assert_eq!(told, [expected; 3], "{code}: {:?}", leaf.findings);
    }
}

#[test]
fn figures_go_into_a_submission_as_they_are() {
    // 38 of 40 is 95 %: 1 of 2 points. The letter is not registered: nothing for it.
    let mut year = submission("year.csv");
    points(&year, ["1", "0"]);
    // 1 of 2 late dossiers has a letter: half of the point, once the letter is there.
    let letter = json!({
        "id": "TXL-01", "kind": "APOLOGY", "issued_on": "2024-11-10",
        "recorded_on": "2024-11-10", "fields": [{"name": "reason", "value": "giả lập"}]
    });
    year["evidence"].as_array_mut().unwrap().push(letter);
    year["figures"][1]["evidence"] = json!(["TXL-01"]);
    points(&year, ["1", "0.5"]);
    // All 10 early: 2 points; the export itself shows that none was late: 1 point.
    points(&submission("none-late.csv"), ["2", "1"]);
}

#[test]
fn the_example_of_the_help_works() {
    let help = text(&cchc(&["dossiers", "--help"]).stdout);
    let example = help
        .lines()
        .find_map(|line| line.trim().strip_prefix("cchc "))
        .unwrap();
    let arguments: Vec<&str> = example.split(' ').collect();
    check(&cchc(&arguments), 0, &["year.xlsx"]);
}
