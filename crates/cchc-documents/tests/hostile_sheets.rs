//! Files from strangers: bombs, entities, passwords, cut and garbled bytes.
//!
//! Each must end soon in a coded fault, without a panic and without much memory.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::cast_possible_truncation,
    reason = "a test fails by panicking, reads files and takes the time"
)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;
use std::time::{Duration, Instant};

use cchc_documents::dossiers::{Ask, count};
use cchc_documents::sheet::{SheetLimits, Workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn fixture(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/documents/dossiers");
    fs::read(folder.join(name)).unwrap()
}

/// The code of the fault of bytes, all sheets read; `ok` where there is none.
fn outcome(bytes: &[u8], limits: SheetLimits) -> &'static str {
    let start = Instant::now();
    let read = || {
        let mut book = Workbook::open(Cursor::new(bytes), limits)?;
        for sheet in 0..book.sheets().len() {
            book.read(sheet, &mut |_| true)?;
        }
        Ok::<(), cchc_documents::ReadFault>(())
    };
    let code = read().map_or_else(|fault| fault.code(), |()| "ok");
    // Without optimisation this takes many times as long as in use.
    assert!(start.elapsed() < Duration::from_secs(60), "{code}");
    code
}

#[track_caller]
fn check(bytes: &[u8], code: &str) {
    assert_eq!(outcome(bytes, SheetLimits::USUAL), code);
}

/// A workbook of one sheet whose parts are given.
fn xlsx(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut put = |name: &str, bytes: &[u8]| {
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
    };
    let own = |name: &str| parts.iter().any(|it| it.0 == name);
    let usual: [(&str, &[u8]); 3] = [
        (
            "xl/workbook.xml",
            br#"<workbook xmlns:r="r"><sheets><sheet name="T" r:id="r1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s.xml"/></Relationships>"#,
        ),
        ("xl/worksheets/s.xml", b"<worksheet><sheetData/></worksheet>"),
    ];
    for (name, bytes) in usual {
        if !own(name) {
            put(name, bytes);
        }
    }
    for (name, bytes) in parts {
        put(name, bytes);
    }
    writer.finish().unwrap().into_inner()
}

fn sheet(rows: &str) -> Vec<u8> {
    let text = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    xlsx(&[("xl/worksheets/s.xml", text.as_bytes())])
}

#[test]
fn a_plain_workbook_is_read() {
    check(&xlsx(&[]), "ok");
    check(&sheet(r#"<row r="1"><c r="A1"><v>1</v></c></row>"#), "ok");
}

/// The archive with another size declared for a part, wherever it is told.
fn declared(mut bytes: Vec<u8>, real: usize, told: u32) -> Vec<u8> {
    let real = u32::try_from(real).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4)
        .filter(|at| bytes[*at..at + 4] == real)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + 4].copy_from_slice(&told.to_le_bytes());
    }
    bytes
}

#[test]
fn what_declares_too_much_is_refused_before_it_is_unpacked() {
    // A length that no other number of the archive has.
    let zeros = vec![0_u8; 123_457];
    let bytes = xlsx(&[("xl/media/picture.png", &zeros)]);
    check(&bytes, "ok");
    check(&declared(bytes, zeros.len(), 1 << 30), "file_too_much");
}

#[test]
fn a_lie_about_the_size_is_found() {
    let mut text = b"<worksheet><sheetData>".to_vec();
    text.resize(123_457, b' ');
    text.extend_from_slice(b"</sheetData></worksheet>");
    let bytes = xlsx(&[("xl/worksheets/s.xml", &text)]);
    check(&bytes, "ok");
    check(&declared(bytes, text.len(), 1000), "file_damaged");
}

#[test]
fn a_part_that_is_kept_has_a_limit_of_its_own() {
    let texts = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(1000));
    let bytes = xlsx(&[("xl/sharedStrings.xml", texts.as_bytes())]);
    check(&bytes, "ok");
    let limits = SheetLimits {
        kept: 1000,
        ..SheetLimits::USUAL
    };
    assert_eq!(outcome(&bytes, limits), "file_too_much");
}

#[test]
fn entities_are_refused() {
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row r="1"><c t="str"><v>&b;</v></c></row></sheetData></worksheet>"#;
    let bytes = xlsx(&[("xl/worksheets/s.xml", laughs.as_bytes())]);
    check(&bytes, "file_hostile");
    let shared = r#"<!DOCTYPE sst SYSTEM "file:///etc/passwd"><sst><si><t>a</t></si></sst>"#;
    let bytes = xlsx(&[("xl/sharedStrings.xml", shared.as_bytes())]);
    check(&bytes, "file_hostile");
}

#[test]
fn what_has_no_end_is_refused() {
    let long = format!(
        r#"<row r="1"><c r="A1" t="str"><v>{}</v></c></row>"#,
        "x".repeat(2 << 20)
    );
    check(&sheet(&long), "file_too_much");
    let deep = "<a>".repeat(100_000);
    check(&sheet(&deep), "file_too_much");
    let wide: String = (0..20_000).map(|_| "<c><v>1</v></c>").collect();
    check(&sheet(&format!("<row>{wide}</row>")), "file_too_much");
    let far = r#"<row r="1"><c r="ZZZZ1"><v>1</v></c></row>"#;
    check(&sheet(far), "file_too_much");
    let limits = SheetLimits {
        rows: 10,
        ..SheetLimits::USUAL
    };
    let rows = "<row><c><v>1</v></c></row>".repeat(11);
    assert_eq!(outcome(&sheet(&rows), limits), "file_too_much");
    let limits = SheetLimits {
        strings: 10,
        ..SheetLimits::USUAL
    };
    let texts = format!(
        "<sst uniqueCount=\"99999999999\">{}</sst>",
        "<si/>".repeat(11)
    );
    let bytes = xlsx(&[("xl/sharedStrings.xml", texts.as_bytes())]);
    assert_eq!(outcome(&bytes, limits), "file_too_much");
    // A count that is only told makes no room.
    check(&bytes, "ok");
}

#[test]
fn rows_and_cells_out_of_order_are_refused() {
    let rows = r#"<row r="2"><c><v>1</v></c></row><row r="1"><c><v>1</v></c></row>"#;
    check(&sheet(rows), "file_damaged");
    let cells = r#"<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>"#;
    check(&sheet(cells), "file_damaged");
    check(&sheet("<row r=\"1\"><c><v>1</v>"), "file_damaged");
    let open = xlsx(&[("xl/worksheets/s.xml", b"<worksheet><sheetData><row><c>")]);
    check(&open, "file_damaged");
}

#[test]
fn repetition_is_not_multiplication() {
    let row = |repeated: &str| {
        format!(
            r#"<office:document-content><office:body><office:spreadsheet><table:table table:name="T"><table:table-row table:number-rows-repeated="{repeated}"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#
        )
    };
    let ods = |text: &str| {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file("content.xml", SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
        writer.finish().unwrap().into_inner()
    };
    check(&ods(&row("2")), "ok");
    let limits = SheetLimits {
        rows: 1000,
        ..SheetLimits::USUAL
    };
    assert_eq!(outcome(&ods(&row("4000000000")), limits), "file_too_much");
}

/// A compound file with one stream.
fn compound(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut stream = file.create_stream(name).unwrap();
    stream.write_all(bytes).unwrap();
    stream.flush().unwrap();
    drop(stream);
    file.into_inner().into_inner()
}

/// A record of an XLS file.
fn record(kind: u16, bytes: &[u8]) -> Vec<u8> {
    let mut record = kind.to_le_bytes().to_vec();
    record.extend(u16::try_from(bytes.len()).unwrap().to_le_bytes());
    record.extend(bytes);
    record
}

#[test]
fn passwords_are_told() {
    check(&compound("/EncryptedPackage", b"secret"), "file_encrypted");
    let protected = [record(0x0809, &[0; 16]), record(0x002F, &[1, 0, 1, 0])].concat();
    check(&compound("/Workbook", &protected), "file_encrypted");
    check(&compound("/WordDocument", b"x"), "file_format_unknown");
}

#[test]
fn far_corners_of_an_old_workbook_make_no_room() {
    let number = |row: u16, column: u16| {
        let mut bytes = row.to_le_bytes().to_vec();
        bytes.extend(column.to_le_bytes());
        bytes.extend([0; 10]);
        record(0x0203, &bytes)
    };
    let stream = [record(0x0809, &[0; 16]), number(0, 0), number(65_535, 255)].concat();
    check(&compound("/Workbook", &stream), "file_too_much");
}

#[test]
fn other_files_are_told_by_their_content() {
    for bytes in [
        &b"%PDF-1.7"[..],
        b"<html><table><tr><td>1</td></tr></table></html>",
        b"<?xml version=\"1.0\"?><Workbook/>",
        b"\x1f\x8b\x08\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0",
    ] {
        check(bytes, "file_format_unknown");
    }
    check(b"", "file_empty");
    check(b"PK\x03\x04", "file_damaged");
    check(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "file_damaged");
}

/// Whatever is done to a sound file, counting it ends without a panic.
#[test]
fn cut_and_garbled_bytes_never_panic() {
    let ask = Ask::as_of("2025-01-01".parse().unwrap());
    for name in [
        "year.csv",
        "year-utf16.csv",
        "year.xlsx",
        "year.xls",
        "year.ods",
    ] {
        let sound = fixture(name);
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let mut next = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(state >> 33).unwrap() % below
        };
        for _ in 0..25 {
            let mut bytes = sound.clone();
            bytes.truncate(1 + next(sound.len()));
            let _ = count(Cursor::new(&bytes), name, &ask, &mut |_, _| {});
            let mut bytes = sound.clone();
            for _ in 0..=next(8) {
                let at = next(bytes.len());
                bytes[at] = next(256) as u8;
            }
            let _ = count(Cursor::new(&bytes), name, &ask, &mut |_, _| {});
        }
    }
}
