//! Counting exports of dossiers in memory: rows a second for CSV and XLSX.
//!
//! `cargo bench -p cchc-benches --bench dossiers`; figures are ratios within one run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark fails by panicking"
)]
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::{Cursor, Write as _};

use cchc_documents::dossiers::{Ask, count};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const HEADER: [&str; 6] = [
    "Mã hồ sơ",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày trả kết quả",
    "Thư xin lỗi",
    "Lĩnh vực",
];

fn csv(rows: usize) -> Vec<u8> {
    let mut text = HEADER.join(",") + "\n";
    for row in 0..rows {
        let day = row % 28 + 1;
        let month = row / 28 % 12 + 1;
        let field = row % 12;
        writeln!(
            text,
            "H52.{row:08},{day:02}/{month:02}/2024 08:00,28/{month:02}/2024,{day:02}/{month:02}/2024 16:30,,F{field}"
        )
        .unwrap();
    }
    text.into_bytes()
}

fn xlsx(rows: usize) -> Vec<u8> {
    let mut sheet = "<worksheet><sheetData><row r=\"1\">".to_owned();
    for name in HEADER {
        write!(sheet, "<c t=\"inlineStr\"><is><t>{name}</t></is></c>").unwrap();
    }
    sheet.push_str("</row>");
    for row in 0..rows {
        let (number, day) = (row + 2, 45_300 + row % 300);
        write!(
            sheet,
            "<row r=\"{number}\"><c r=\"A{number}\" t=\"inlineStr\"><is><t>H52.{row:08}</t></is></c>\
             <c r=\"B{number}\" s=\"1\"><v>{day}</v></c><c r=\"C{number}\" s=\"1\"><v>{}</v></c>\
             <c r=\"D{number}\" s=\"1\"><v>{}.5</v></c><c r=\"F{number}\" t=\"s\"><v>{}</v></c></row>",
            day + 7,
            day + 6,
            row % 12
        )
        .unwrap();
    }
    sheet.push_str("</sheetData></worksheet>");
    let texts: String = (0..12).map(|it| format!("<si><t>F{it}</t></si>")).collect();
    let texts = format!("<sst>{texts}</sst>");
    let styles =
        "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
    let parts = [
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"T\" r:id=\"r1\"/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>",
        ),
        ("xl/worksheets/s.xml", &sheet),
        ("xl/sharedStrings.xml", &texts),
        ("xl/styles.xml", styles),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn exports(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("dossiers");
    group.sample_size(10);
    let ask = Ask::as_of("2025-01-01".parse().unwrap());
    for rows in [1_000_usize, 10_000, 100_000] {
        group.throughput(Throughput::Elements(u64::try_from(rows).unwrap()));
        for (kind, bytes) in [("csv", csv(rows)), ("xlsx", xlsx(rows))] {
            group.bench_with_input(BenchmarkId::new(kind, rows), &bytes, |bencher, bytes| {
                bencher.iter(|| {
                    let source = Cursor::new(black_box(bytes));
                    let answer = count(source, "export", &ask, &mut |_, _| {}).unwrap();
                    assert_eq!(answer.rows.counted, u64::try_from(rows).unwrap());
                });
            });
        }
    }
    group.finish();
}

criterion_group!(benches, exports);
criterion_main!(benches);
