//! Reading documents: one DOCX, two PDF files, the header of each, Markdown, and a folder of
//! 1,000.
//!
//! `cargo bench -p cchc-benches --bench documents`. The folder is made in the system's
//! temporary folder before the run and taken away after it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark fails by panicking and may read and write files"
)]
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use cchc_documents::folder::walk;
use cchc_documents::{Limits, read_header, read_text};
use criterion::{Criterion, criterion_group, criterion_main};

fn attachments() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures/submissions/son-thuong-2024/attachments")
}

/// One document of each kind.
fn one(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("document");
    // Made by a script, by a printing library, and by a word processor.
    for name in ["bc-12.docx", "kh-16.pdf", "kh-23.pdf"] {
        let bytes = fs::read(attachments().join(name)).unwrap();
        group.bench_function(name, |bencher| {
            bencher.iter(|| black_box(read_text(&bytes, name, &Limits::USUAL)).unwrap());
        });
        let text = read_text(&bytes, name, &Limits::USUAL).unwrap();
        group.bench_function(format!("header of {name}"), |bencher| {
            bencher.iter(|| black_box(read_header(black_box(&text))));
        });
    }
    let page = "**ỦY BAN NHÂN DÂN  \nXÃ SƠN THƯỢNG**\n\n- **Thời gian:** Quý I năm 2024\n\n";
    let plan = page.repeat(50);
    group.bench_function("plan.md", |bencher| {
        bencher.iter(|| black_box(read_text(plan.as_bytes(), "a.md", &Limits::USUAL)).unwrap());
    });
    group.finish();
}

/// A folder of 1,000 documents, two thirds DOCX, one third PDF: listed, and read whole.
fn thousand(criterion: &mut Criterion) {
    let folder = std::env::temp_dir().join(format!("cchc-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let kinds = ["bc-12.docx", "cv-61.docx", "kh-16.pdf"];
    let kinds = kinds.map(|name| (name, fs::read(attachments().join(name)).unwrap()));
    for index in 0..1_000 {
        let (name, bytes) = &kinds[index % 3];
        fs::write(folder.join(format!("{index:04}-{name}")), bytes).unwrap();
    }
    let mut group = criterion.benchmark_group("folder of 1000");
    group.sample_size(10);
    group.bench_function("listed", |bencher| {
        bencher.iter(|| black_box(walk(&folder, &Limits::USUAL)).unwrap());
    });
    let listed = walk(&folder, &Limits::USUAL).unwrap();
    group.bench_function("read", |bencher| {
        bencher.iter(|| {
            let opened = listed.open_all(|_, _| ());
            assert!(opened.iter().all(|file| file.text.is_ok()));
            black_box(opened.len())
        });
    });
    group.finish();
    fs::remove_dir_all(&folder).unwrap();
}

criterion_group!(benches, one, thousand);
criterion_main!(benches);
