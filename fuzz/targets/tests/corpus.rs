//! Every target over its seeds, over mutants of them, and over all that was ever found.
//!
//! The mutants follow from their numbers, so that each run tries the same. A find is a file
//! of `fixtures/found/`, and has a test of its own name in `found.rs`. `FUZZ_TIMES=20` tries
//! twenty times as many mutants.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use cchc_fuzz_targets::mutants::mutant;
use cchc_fuzz_targets::{BETWEEN, TARGETS, Target};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Files of a folder, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

fn seeds(target: &str) -> Vec<(String, Vec<u8>)> {
    let mut seeds = files(&root().join("fuzz/seeds").join(target));
    let found = root().join("fixtures/found").join(target);
    if found.exists() {
        seeds.extend(files(&found));
    }
    seeds
}

#[track_caller]
fn try_one(target: &Target, what: &str, bytes: &[u8]) {
    let run = catch_unwind(AssertUnwindSafe(|| (target.run)(bytes)));
    assert!(
        run.is_ok(),
        "{}: {what} fails; its bytes are:\n{}",
        target.name,
        String::from_utf8_lossy(bytes)
    );
}

fn target(name: &str) -> &'static Target {
    TARGETS.iter().find(|it| it.name == name).unwrap()
}

/// Runs a target over its seeds and so many mutants of each.
#[track_caller]
fn check(name: &str, mutants: u64) {
    let target = target(name);
    let times = std::env::var("FUZZ_TIMES").map_or(1, |times| times.parse().unwrap());
    let seeds = seeds(name);
    assert!(seeds.len() >= 3, "{name} has {} seeds", seeds.len());
    for (file, bytes) in seeds {
        try_one(target, &file, &bytes);
        for number in 0..mutants * times {
            let what = format!("mutant {number} of {file}");
            try_one(target, &what, &mutant(&bytes, number));
        }
    }
}

#[test]
fn readers_end_whatever_the_bytes_are() {
    check("readers", 40);
}

#[test]
fn patterns_say_of_a_number_what_they_say_of_a_document() {
    check("patterns", 40);
}

#[test]
fn working_days_are_those_of_the_data() {
    check("calendar", 60);
}

#[test]
fn what_fits_is_scored_by_the_laws() {
    check("evaluator", 40);
}

#[test]
fn verification_says_the_same_twice_and_shows_what_is_so() {
    check("verify", 12);
}

#[test]
fn text_with_delimiters_is_its_lines() {
    check("csv", 60);
}

#[test]
fn workbooks_end_whatever_the_bytes_are() {
    check("workbook", 40);
}

#[test]
fn every_row_of_an_export_is_counted_or_named() {
    check("dossiers", 40);
}

#[test]
fn the_parts_of_a_word_processor_end_in_lines_or_a_code() {
    check("docx", 60);
}

#[test]
fn portable_documents_end_in_lines_or_a_code() {
    check("pdf", 100);
}

#[test]
fn plain_texts_end_in_lines_or_a_code() {
    check("plain", 60);
}

#[test]
fn headers_are_read_or_told_whatever_the_text_is() {
    check("header", 60);
}

#[test]
fn plans_are_tasks_or_a_finding_whatever_the_text_is() {
    check("plan", 60);
}

#[test]
fn seeded_defects_are_verified_in_any_state() {
    for (index, entry) in ["broken", "sound"]
        .into_iter()
        .flat_map(|kind| fs::read_dir(root().join("fixtures/packs").join(kind)).unwrap())
        .enumerate()
    {
        let folder = entry.unwrap().path();
        let pack = fs::read(folder.join("pack.json")).unwrap();
        let spoilt = mutant(&pack, u64::try_from(index).unwrap());
        let what = folder.display().to_string();
        try_one(target("verify"), &what, &spoilt);
        try_one(target("readers"), &what, &spoilt);
    }
}

#[test]
fn a_record_is_scored_beside_the_shipped_packs() {
    let read = |path: &str| fs::read(root().join(path)).unwrap();
    let input = [
        read("rules/son-ha-2024/pack.json"),
        read("fixtures/submissions/son-thuong-2024/submission.json"),
        b"2024-07-20".to_vec(),
    ]
    .join(BETWEEN);
    try_one(target("evaluator"), "the shipped pack and record", &input);
    // Longer than a mutant may be, so only the record is changed.
    for number in 0..6 {
        let record = mutant(
            &read("fixtures/submissions/son-thuong-2024/submission.json"),
            number,
        );
        let input = [
            read("rules/son-ha-2024/pack.json"),
            record,
            b"2024-07-20".to_vec(),
        ]
        .join(BETWEEN);
        try_one(target("evaluator"), &format!("record {number}"), &input);
    }
}

#[test]
fn every_target_has_a_binary_of_its_name_and_every_binary_a_target() {
    let binaries = files(&root().join("fuzz/fuzz_targets"));
    let binaries: Vec<&str> = binaries.iter().map(|(name, _)| name.as_str()).collect();
    let mut named: Vec<String> = TARGETS.iter().map(|it| format!("{}.rs", it.name)).collect();
    named.sort();
    assert_eq!(binaries, named);
    let manifest = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let run = fs::read_to_string(root().join("fuzz/run")).unwrap();
    for target in TARGETS {
        let name = target.name;
        assert!(manifest.contains(&format!("name = \"{name}\"")), "{name}");
        assert!(run.contains(name), "{name} is not run");
        let text = root().join(format!("fuzz/fuzz_targets/{name}.rs"));
        let text = fs::read_to_string(text).unwrap();
        assert!(text.contains(&format!("{name}::run(bytes)")), "{name}");
    }
}

/// A target that fails is seen to fail.
#[test]
#[should_panic(expected = "seed fails")]
fn a_target_that_panics_is_told() {
    let wrong = Target {
        name: "wrong",
        run: |bytes| assert!(bytes.is_empty()),
    };
    try_one(&wrong, "seed", b"x");
}
