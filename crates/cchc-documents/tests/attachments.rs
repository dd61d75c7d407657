//! The attachments of the example submission against the table that says what each shows.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Cursor;

use cchc_core::read_submission;
use cchc_core::values::parse_date;
use cchc_documents::dossiers::{Ask, count};
use cchc_documents::folder::{Opened, walk};
use cchc_documents::text::Layout;
use cchc_documents::{Format, Limits, Text, digest, read_text};
use common::{attachments, root};
use serde_json::Value;

/// Rows of the table of documents, by file.
fn table() -> BTreeMap<String, Vec<String>> {
    rows_of(8)
}

/// Rows of the table of exports, by file.
fn exports() -> BTreeMap<String, Vec<String>> {
    rows_of(9)
}

/// Rows of the page with so many columns, by file.
fn rows_of(columns: usize) -> BTreeMap<String, Vec<String>> {
    let page = fs::read_to_string(root().join("fixtures/documents/README.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|line| -> Vec<String> {
        let cells = line.trim_matches('|').split('|');
        cells.map(|it| it.trim().replace('`', "")).collect()
    });
    let rows: Vec<Vec<String>> = cells.filter(|row| row.len() == columns).collect();
    rows.into_iter().map(|row| (row[0].clone(), row)).collect()
}

fn opened() -> Vec<Opened> {
    let walk = walk(&attachments(), &Limits::USUAL).unwrap();
    assert!(walk.notes.is_empty(), "{:?}", walk.notes);
    walk.open_all(|_, _| ())
}

/// Lines of a cell of the header joined, or of the body.
fn joined(text: &Text, wanted: impl Fn(Layout) -> bool) -> String {
    let lines = text.lines.iter().filter(|line| wanted(line.layout));
    let words = lines.flat_map(|line| line.text.split_whitespace());
    words.collect::<Vec<&str>>().join(" ")
}

#[test]
fn every_attachment_shows_what_the_table_says() {
    let table = table();
    assert_eq!(table.len(), 21);
    let exports = exports();
    assert_eq!(exports.len(), 2);
    let (sheets, opened): (Vec<Opened>, Vec<Opened>) = opened()
        .into_iter()
        .partition(|file| file.format == Some(Format::Xlsx));
    let names: BTreeSet<&str> = sheets.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, exports.keys().map(String::as_str).collect());
    let names: BTreeSet<&str> = opened.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, table.keys().map(String::as_str).collect());
    for file in &opened {
        let row = &table[&file.name];
        let text = match &file.text {
            Ok(text) => {
                assert_eq!(row[2], "text", "{}", file.name);
                text
            }
            Err(fault) => {
                assert_eq!(row[2], fault.code(), "{}: {fault}", file.name);
                continue;
            }
        };
        let column = |wanted: u32| {
            joined(
                text,
                move |layout| matches!(layout, Layout::Cell { table: 0, column, .. } if column == wanted),
            )
        };
        let rest = joined(text, |layout| {
            matches!(layout, Layout::Body | Layout::Heading(_))
        });
        let (left, right) = (column(0), column(1));
        let about = format!("{}: {left} | {right} | {rest}", file.name);
        let number = format!("{} Số: {}", row[3], row[4]);
        let motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc";
        assert_eq!(right, format!("{motto} {}", row[5]), "{about}");
        if row[6] == "–" {
            assert_eq!(left, format!("{number} {}", row[7]), "{about}");
        } else {
            assert_eq!(left, number, "{about}");
            assert!(rest.contains(&format!("{} {}", row[6], row[7])), "{about}");
        }
        assert!(rest.contains("Văn bản giả lập"), "{about}");
    }
}

#[test]
fn the_register_names_every_attachment_with_its_digest() {
    let folder = root().join("fixtures/submissions/son-thuong-2024");
    let bytes = fs::read(folder.join("submission.json")).unwrap();
    let submission = read_submission("submission.json", &bytes).unwrap();
    let mut table = table();
    table.extend(exports());
    let mut named = BTreeSet::new();
    for document in &submission.evidence {
        let Some(file) = &document.file else {
            continue;
        };
        let bytes = fs::read(attachments().join(file)).unwrap();
        assert_eq!(document.digest.as_ref(), Some(&digest(&bytes)), "{file}");
        assert_eq!(table[file][1], document.id.to_string(), "{file}");
        assert!(bytes.len() < 40_000, "{file}");
        named.insert(file.clone());
    }
    assert_eq!(named, table.keys().cloned().collect());
}

#[test]
fn a_sheet_is_registered_by_hand_and_not_saved_as_a_document() {
    let bytes = fs::read(attachments().join("xuat-01.xlsx")).unwrap();
    let remedy = |bytes: &[u8], name: &str| {
        let fault = read_text(bytes, name, &Limits::USUAL).unwrap_err();
        fault.observation().remedy
    };
    assert_eq!(remedy(&bytes, "xuat-01.xlsx"), "register_by_hand");
    assert_eq!(remedy(b"a;b\r\n1;2\r\n", "a.csv"), "register_by_hand");
    assert_eq!(remedy(b"GIF89a", "a.gif"), "save_as_known");
}

/// The page, the export and the figure that it proves say the same of 3.4.1.
#[test]
fn an_export_counts_what_the_page_and_the_submission_say() {
    let path = root().join("fixtures/submissions/son-thuong-2024/submission.json");
    let submission: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let figures = submission["figures"].as_array().unwrap();
    for (name, row) in exports() {
        let told = |column: usize| row[column].parse::<u64>().unwrap();
        let ask = Ask::as_of(parse_date(&row[2]).unwrap());
        let file = fs::read(attachments().join(&name)).unwrap();
        let answer = count(Cursor::new(file), &name, &ask, &mut |_, _| {}).unwrap();
        let it = answer.counts;
        assert_eq!(it.early + it.on_time, told(3), "{name}");
        assert_eq!(it.late + it.late_with_apology, told(4), "{name}");
        assert_eq!(it.late_with_apology, told(5), "{name}");
        assert_eq!(it.pending_not_due, told(6), "{name}");
        assert_eq!(it.pending_overdue, told(7), "{name}");
        assert_eq!(it.total(), told(8), "{name}");

        let figure = figures.iter().find(|it| it["evidence"][0] == *row[1]);
        let share = &figure.unwrap()["share"];
        let dossiers = answer.shares.dossiers;
        assert_eq!(share["won"], dossiers.won, "{name}");
        assert_eq!(share["lost"], dossiers.lost, "{name}");
        assert_eq!(share["open"], dossiers.open, "{name}");
        assert_eq!(share["overdue"], dossiers.overdue.unwrap(), "{name}");
    }
}

#[test]
fn a_file_of_another_kind_than_its_name_says_is_told_by_its_bytes() {
    for file in opened() {
        let format = file.format.unwrap();
        let as_named = Format::of_name(&file.name) == Some(format);
        assert_eq!(as_named, file.name != "cv-58.pdf", "{}", file.name);
    }
}

/// The plan of the office, which is Markdown: its first lines, a heading and an item, as they
/// read on the screen.
#[test]
fn the_plan_of_the_office_is_clean_lines() {
    let plan = "\n\n**ỦY BAN NHÂN DÂN  \nXÃ SƠN THƯỢNG**\n\n\n**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM  \nĐộc lập – Tự do – Hạnh phúc**\n\nSố: /KH-UBND\n\nSơn Thượng, ngày tháng 03 năm 2024\n\n## **KẾ HOẠCH**\n\n### **Khắc phục những tồn tại, hạn chế**\n\n**1.1. Tiêu chí thành phần: “1.2.1. Thực hiện đầy đủ”**\n\n- **Thời gian thực hiện:** Trước Quý I.\n";
    let text = read_text(plan.as_bytes(), "ke-hoach.md", &Limits::USUAL).unwrap();
    let lines = common::shown(&text);
    let lines: Vec<&str> = lines
        .iter()
        .map(String::as_str)
        .filter(|line| !line.is_empty())
        .collect();
    assert_eq!(
        lines,
        [
            "ỦY BAN NHÂN DÂN",
            "XÃ SƠN THƯỢNG",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập – Tự do – Hạnh phúc",
            "Số: /KH-UBND",
            "Sơn Thượng, ngày tháng 03 năm 2024",
            "#2 KẾ HOẠCH",
            "#3 Khắc phục những tồn tại, hạn chế",
            "1.1. Tiêu chí thành phần: “1.2.1. Thực hiện đầy đủ”",
            "- Thời gian thực hiện: Trước Quý I.",
        ]
    );
    // The number of a line is that of an editor.
    assert_eq!(text.lines[2].number, 3);
    assert_eq!(text.lines[2].text, "ỦY BAN NHÂN DÂN");
}
