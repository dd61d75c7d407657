//! Records of a register against headers: what agrees, what contradicts, what says nothing.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use cchc_core::answer::Severity;
use cchc_core::facts::{Comparison, Document};
use cchc_core::reading::{FileCheck, Observation, Spot};
use cchc_documents::compare::{File, Found, across, compare};
use cchc_documents::{Text, read_header};

/// The record of the report that [`REPORT`] is.
const RECORD: &str = r#"{"id": "BC-12", "kind": "BC", "number": "12", "symbol": "BC-UBND",
    "issuer": {"name": "UBND xã Sơn Thượng", "level": "commune"}, "issued_on": "2024-03-14",
    "recorded_on": "2024-03-14", "period": {"from": "2023-12-15", "to": "2024-03-14"},
    "subject": "Kết quả công tác CCHC quý I năm 2024"}"#;

const REPORT: &str = "\
UBND HUYỆN SƠN HÀ
ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 12/BC-UBND
Sơn Thượng, ngày 14 tháng 3 năm 2024

BÁO CÁO
Kết quả công tác cải cách hành chính quý I năm 2024

Thực hiện Kế hoạch số 14/KH-UBND ngày 05/02/2024 của UBND huyện Sơn Hà;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đinh Văn Thử
";

fn documents(records: &[&str]) -> Vec<Document> {
    let text = format!(
        r#"{{"format": "cchc-submission", "version": 1, "pack": "p", "scored_year": 2024,
            "unit": {{"code": "u", "name": "Đơn vị thử", "level": "commune"}},
            "prepared_on": "2024-07-20", "figures": [], "events": [],
            "evidence": [{}]}}"#,
        records.join(",")
    );
    let read = cchc_core::read_submission("submission.json", text.as_bytes());
    read.unwrap().evidence
}

#[track_caller]
fn outcome(record: &str, text: &str) -> (Option<Comparison>, Vec<&'static str>) {
    let check = check(record, text);
    let codes = check.observations.iter().map(|it| it.code).collect();
    (check.comparison, codes)
}

fn check(record: &str, text: &str) -> FileCheck {
    let documents = documents(&[record]);
    let header = read_header(&Text::of_lines(text));
    compare(
        &documents[0],
        &File {
            name: "a.docx",
            digest: "sha256:00",
            found: Found::Header(&header),
        },
    )
}

#[track_caller]
fn contradicts(from: &str, to: &str, code: &str) {
    let text = REPORT.replace(from, to);
    assert_ne!(text, REPORT);
    assert_eq!(
        outcome(RECORD, &text),
        (Some(Comparison::Contradicts), vec![code_of(code)])
    );
}

fn code_of(code: &str) -> &'static str {
    code.to_owned().leak()
}

#[test]
fn a_file_that_says_the_same_supports_its_record() {
    let check = check(RECORD, REPORT);
    assert_eq!(check.comparison, Some(Comparison::Supports));
    assert_eq!(
        check.agrees,
        [
            "number", "symbol", "date", "kind", "issuer", "subject", "period"
        ]
    );
    assert_eq!(check.observations, []);
}

#[test]
fn each_field_that_says_otherwise_contradicts_and_names_its_place() {
    contradicts("Số: 12/", "Số: 13/", "number_differs");
    contradicts("Số: 12/", "Số: 12a/", "number_differs");
    contradicts("ngày 14 tháng 3", "ngày 15 tháng 3", "date_differs");
    contradicts("XÃ SƠN THƯỢNG\nCỘNG", "XÃ SƠN HẠ\nCỘNG", "issuer_differs");
    contradicts("quý I năm", "quý II năm", "period_differs");
    contradicts("quý I năm 2024", "quý I năm 2023", "period_differs");
    contradicts("BC-UBND", "BC-HĐND", "symbol_differs");
    let text = REPORT.replace("Số: 12/", "Số: 13/");
    let found = &check(RECORD, &text).observations[0];
    assert_eq!(found.at, Spot::line(5, 1));
    assert_eq!(found.params.get("register"), Some("12"));
    assert_eq!(found.params.get("file"), Some("13"));
}

#[test]
fn a_plan_where_a_report_is_said_contradicts() {
    let text = REPORT
        .replace("BÁO CÁO", "KẾ HOẠCH")
        .replace("12/BC-UBND", "12/KH-UBND");
    let (comparison, codes) = outcome(RECORD, &text);
    assert_eq!(comparison, Some(Comparison::Contradicts));
    assert_eq!(codes, ["symbol_differs", "kind_differs"]);
}

#[test]
fn a_blank_number_or_day_of_the_file_contradicts_the_record() {
    contradicts("Số: 12/", "Số: /", "number_blank_in_file");
    contradicts("ngày 14 tháng 3", "ngày … tháng 3", "date_blank_in_file");
}

#[test]
fn what_the_register_leaves_blank_is_not_contradicted() {
    let record = RECORD
        .replace(r#""number": "12""#, r#""number": null"#)
        .replace(r#""issued_on": "2024-03-14""#, r#""issued_on": null"#);
    let (comparison, codes) = outcome(&record, REPORT);
    assert_eq!(comparison, Some(Comparison::Supports));
    assert_eq!(codes, Vec::<&str>::new());
}

#[test]
fn a_file_without_a_head_is_silent() {
    let (comparison, codes) = outcome(RECORD, "Danh sách hộ nghèo\n1. Nguyễn Văn A");
    assert_eq!(comparison, Some(Comparison::Silent));
    assert_eq!(codes, ["header_not_found"]);
}

#[test]
fn an_illegible_field_says_nothing_but_is_told() {
    let (comparison, codes) = outcome(RECORD, &REPORT.replace("ngày 14 tháng", "ngày 1l tháng"));
    assert_eq!(comparison, Some(Comparison::Supports));
    assert_eq!(codes, ["date_illegible"]);
}

#[test]
fn another_subject_contradicts_and_an_unlike_one_wants_a_look() {
    contradicts(
        "Kết quả công tác cải cách hành chính quý I năm 2024",
        "Danh sách hộ nghèo",
        "subject_differs",
    );
    let unlike = REPORT.replace(
        "Kết quả công tác cải cách hành chính quý I năm 2024",
        "Kết quả phòng chống thiên tai quý I năm 2024",
    );
    let (comparison, codes) = outcome(RECORD, &unlike);
    assert_eq!(comparison, Some(Comparison::Supports));
    assert_eq!(codes, ["subject_unlike"]);
}

#[test]
fn a_body_under_another_one_is_the_body_of_that_place() {
    let record = RECORD.replace("UBND xã Sơn Thượng", "Phòng Nội vụ huyện Sơn Hà");
    let text = REPORT.replace("ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG\nCỘNG", "PHÒNG NỘI VỤ\nCỘNG");
    assert!(check(&record, &text).agrees.contains(&"issuer"));
    let other = text.replace("UBND HUYỆN SƠN HÀ\nPHÒNG", "UBND HUYỆN SƠN TÂY\nPHÒNG");
    assert_eq!(outcome(&record, &other).1, ["issuer_in_part"]);
}

#[test]
fn the_words_of_a_name_in_another_order_are_another_name() {
    let text = REPORT.replace("XÃ SƠN THƯỢNG\nCỘNG", "XÃ THƯỢNG SƠN\nCỘNG");
    assert_eq!(outcome(RECORD, &text).1, ["issuer_differs"]);
}

#[test]
fn a_file_changed_since_it_was_registered_contradicts() {
    let record = RECORD.replace(
        r#""kind": "BC""#,
        &format!(r#""kind": "BC", "digest": "sha256:{}""#, "1".repeat(64)),
    );
    let (comparison, codes) = outcome(&record, REPORT);
    assert_eq!(comparison, Some(Comparison::Contradicts));
    assert_eq!(codes, ["digest_differs"]);
}

#[test]
fn what_cannot_be_read_is_unreadable_never_missing() {
    let documents = documents(&[RECORD]);
    let why = Observation::new(
        "file_without_text",
        Severity::Problem,
        Spot::File {},
        "add_text_layer",
    );
    let check = compare(
        &documents[0],
        &File {
            name: "a.pdf",
            digest: "sha256:00",
            found: Found::Unreadable(&why),
        },
    );
    assert_eq!(check.comparison, Some(Comparison::Unreadable));
    assert_eq!(check.observations, [why]);
}

#[test]
fn one_file_under_two_records_and_unregistered_citations_are_told() {
    let second = RECORD.replace("BC-12", "BC-13");
    let documents = documents(&[RECORD, &second]);
    let header = read_header(&Text::of_lines(REPORT));
    let file = File {
        name: "a.docx",
        digest: "sha256:00",
        found: Found::Header(&header),
    };
    let mut checks: Vec<FileCheck> = documents.iter().map(|it| compare(it, &file)).collect();
    across(
        &documents,
        &mut checks,
        &[Some("sha256:00"), Some("sha256:00")],
        &[Some(&header), None],
    );
    let codes =
        |at: usize| -> Vec<&str> { checks[at].observations.iter().map(|it| it.code).collect() };
    assert_eq!(codes(0), ["file_of_two_records", "cited_not_registered"]);
    assert_eq!(codes(1), ["file_of_two_records"]);
    assert_eq!(
        checks[0].observations[0].params.get("others"),
        Some("BC-13")
    );
}

#[test]
fn a_file_of_many_records_names_few_of_them_and_counts_the_rest() {
    let records: Vec<String> = (0..12)
        .map(|at| RECORD.replace("BC-12", &format!("BC-{at}")))
        .collect();
    let records: Vec<&str> = records.iter().map(String::as_str).collect();
    let documents = documents(&records);
    let file = File {
        name: "a.png",
        digest: "sha256:00",
        found: Found::Other,
    };
    let mut checks: Vec<FileCheck> = documents.iter().map(|it| compare(it, &file)).collect();
    across(
        &documents,
        &mut checks,
        &[Some("sha256:00"); 12],
        &[None; 12],
    );
    let others = checks[1].observations[0].params.get("others");
    assert_eq!(
        others,
        Some("BC-0, BC-2, BC-3, BC-4, BC-5, BC-6, BC-7, BC-8, +3")
    );
}
