//! The exports of `fixtures/documents/dossiers`: the counts of its README, and its faults.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test fails by panicking"
)]

use std::fs::File;
use std::path::{Path, PathBuf};

use cchc_core::reading::{Counts, DossierCount, Spot};
use cchc_core::values::Window;
use cchc_documents::dossiers::{Ask, DossierFault, count};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn ask(as_of: &str) -> Ask {
    let day = |text: &str| text.parse().unwrap();
    Ask {
        window: Some(Window::new(day("2024-01-01"), day("2024-12-31")).unwrap()),
        ..Ask::as_of(day(as_of))
    }
}

fn counted(name: &str, ask: &Ask) -> Result<DossierCount, DossierFault> {
    let path = root().join("fixtures/documents/dossiers").join(name);
    count(File::open(path).unwrap(), name, ask, &mut |_, _| {})
}

const YEAR: Counts = Counts {
    early: 30,
    on_time: 8,
    late: 1,
    late_with_apology: 1,
    pending_not_due: 0,
    pending_overdue: 0,
    unreadable: 0,
    in_time_after_rescheduling: 0,
    overdue_with_apology: 0,
};

#[test]
fn the_same_dossiers_count_the_same_in_every_format() {
    for (name, kind, sheet) in [
        ("year.csv", "csv", None),
        ("year-utf16.csv", "csv", None),
        ("year.xlsx", "xlsx", Some("Danh sách")),
        ("year.ods", "ods", Some("Danh sách")),
        ("year.xls", "xls", Some("Danh sách")),
    ] {
        let answer = counted(name, &ask("2025-01-01")).unwrap();
        assert_eq!(answer.counts, YEAR, "{name}");
        assert_eq!(answer.file.kind, kind);
        assert_eq!(answer.basis.sheet.as_deref(), sheet);
        assert_eq!(
            (answer.rows.outside, answer.rows.repeated),
            (1, 1),
            "{name}"
        );
        let fields: Vec<(&str, u64, u64)> = answer
            .fields
            .iter()
            .map(|it| {
                let late = it.counts.late + it.counts.late_with_apology;
                (it.field.as_str(), it.counts.total(), late)
            })
            .collect();
        assert_eq!(
            fields,
            [
                ("Chứng thực", 13, 1),
                ("Hộ tịch", 13, 0),
                ("Đất đai", 14, 1)
            ],
            "{name}"
        );
    }
    let rows = counted("year.xlsx", &ask("2025-01-01")).unwrap().rows;
    assert_eq!((rows.headings, rows.totals, rows.after_totals), (1, 1, 1));
}

#[test]
fn other_good_exports_count_as_worked_out() {
    let none_late = Counts {
        early: 10,
        ..Counts::default()
    };
    let answer = counted("none-late.csv", &ask("2025-01-01")).unwrap();
    assert_eq!(answer.counts, none_late);

    let mid_year = Counts {
        early: 12,
        on_time: 3,
        late: 1,
        pending_not_due: 2,
        pending_overdue: 2,
        overdue_with_apology: 1,
        ..Counts::default()
    };
    let answer = counted("mid-year.csv", &ask("2024-07-01")).unwrap();
    assert_eq!(answer.counts, mid_year);

    for name in ["from-1904.xlsx", "named-csv.csv"] {
        let answer = counted(name, &ask("2025-01-01")).unwrap();
        let two = Counts {
            early: 1,
            on_time: 1,
            ..Counts::default()
        };
        assert_eq!(answer.counts, two, "{name}");
        assert_eq!(answer.found["date_serial"], 1);
        assert_eq!(
            answer.found.contains_key("ending_other"),
            name == "named-csv.csv"
        );
    }
}

#[test]
fn every_row_that_is_odd_is_found_at_its_place() {
    let answer = counted("findings.xlsx", &ask("2025-01-01")).unwrap();
    let expected = Counts {
        early: 3,
        late: 1,
        late_with_apology: 1,
        unreadable: 10,
        in_time_after_rescheduling: 1,
        ..Counts::default()
    };
    assert_eq!(answer.counts, expected);
    let mut places: Vec<(&str, String)> = answer
        .findings
        .iter()
        .filter_map(|it| match &it.at {
            Spot::Cell { sheet, row, column } => {
                assert_eq!(sheet.as_deref(), Some("Lỗi"));
                Some((it.code, format!("{}{row}", Spot::column_letters(*column))))
            }
            _ => None,
        })
        .collect();
    places.sort();
    let expected = [
        ("apology_without_lateness", "F10"),
        ("cell_error", "E14"),
        ("code_blank", "A17"),
        ("date_impossible", "B4"),
        ("date_impossible", "B5"),
        ("date_percent", "E3"),
        ("date_serial", "E15"),
        ("dossier_after_total", "C19"),
        ("dossier_conflicting", "A11"),
        ("dossier_conflicting", "A12"),
        ("due_before_received", "C8"),
        ("due_blank", "C6"),
        ("rescheduled_twice", "D9"),
        ("returned_before_received", "E7"),
        ("status_without_returned", "G13"),
    ];
    let expected: Vec<(&str, String)> = expected
        .iter()
        .map(|(code, place)| (*code, (*place).to_owned()))
        .collect();
    assert_eq!(places, expected);
}

#[test]
fn bad_exports_have_their_faults() {
    for (name, code) in [
        ("two-sheets.xlsx", "sheet_ambiguous"),
        ("two-due-columns.csv", "column_ambiguous"),
        ("no-header.csv", "header_not_found"),
        ("open-quote.csv", "file_damaged"),
        ("windows-1258.csv", "file_encoding"),
        ("cut-off.xlsx", "file_damaged"),
    ] {
        let fault = counted(name, &ask("2025-01-01")).unwrap_err();
        assert_eq!(fault.code(), code, "{name}");
    }
    let named = Ask {
        sheet: Some("tháng 2".to_owned()),
        ..ask("2025-01-01")
    };
    assert_eq!(counted("two-sheets.xlsx", &named).unwrap().counts.early, 1);
    let other = Ask {
        sheet: Some("Tháng 3".to_owned()),
        ..ask("2025-01-01")
    };
    let fault = counted("two-sheets.xlsx", &other).unwrap_err();
    assert_eq!(fault.code(), "sheet_unknown");
}

/// Codes of the table in `DOSSIERS.md`.
fn listed() -> Vec<String> {
    let page = std::fs::read_to_string(root().join("crates/cchc-documents/DOSSIERS.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut codes: Vec<String> = rows
        .filter_map(|rest| rest.split_once('`').map(|it| it.0.to_owned()))
        .collect();
    codes.sort();
    codes
}

#[test]
fn the_table_of_codes_is_that_of_the_source() {
    let read = |file: &str| {
        let path = root().join("crates/cchc-documents/src").join(file);
        let text = std::fs::read_to_string(path).unwrap();
        text.split("#[cfg(test)]").next().unwrap().to_owned()
    };
    let code = |text: &str| {
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        plain && text.contains('_')
    };
    let mut found: Vec<String> = Vec::new();
    let mut take = |text: &str| {
        if code(text) {
            found.push(text.to_owned());
        }
    };
    // A finding stands right before its severity, or is what a date is when it is none.
    let tally = read("dossiers/tally.rs");
    let parts: Vec<&str> = tally.split('"').collect();
    for (index, part) in parts.iter().enumerate().skip(1).step_by(2) {
        let after = parts.get(index + 1).copied().unwrap_or_default();
        let before = parts[index - 1];
        let told = after.trim_start_matches(',').trim_start();
        if told.starts_with("Severity::")
            || before.ends_with("returned, ")
            || before.ends_with("due, ")
            || before.ends_with("(it.row, ")
        {
            take(part);
        }
    }
    let date = read("dossiers/date.rs");
    for start in ["Unusable(\"", "&str = \""] {
        for rest in date.split(start).skip(1) {
            take(rest.split('"').next().unwrap());
        }
    }
    for file in ["dossiers/fault.rs", "fault.rs"] {
        for rest in read(file).split("=> \"").skip(1) {
            take(rest.split('"').next().unwrap());
        }
    }
    // No sheet is a scan or has fonts, and who asks for a count has opened the file.
    let of_texts = [
        "file_without_text",
        "file_text_unreadable",
        "file_not_opened",
    ];
    found.retain(|it| !of_texts.contains(&it.as_str()));
    found.sort();
    found.dedup();
    assert_eq!(found, listed());
}
