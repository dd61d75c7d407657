//! What was found by fuzzing, each by the name of what was wrong.
//!
//! The inputs stand in `fixtures/found/<target>/`; a file without a test here fails.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use cchc_documents::sheet::{SheetLimits, Workbook, panic_is_caught};
use cchc_fuzz_targets::TARGETS;

fn found() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/found")
}

/// Runs the target over the find.
#[track_caller]
fn check(target: &str, file: &str) {
    let path = found().join(target).join(file);
    let bytes = fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let target = TARGETS.iter().find(|it| it.name == target).unwrap();
    (target.run)(&bytes);
}

#[test]
fn a_pattern_that_closes_the_group_around_it_is_refused() {
    check("patterns", "closes-its-own-group");
}

#[test]
fn a_pattern_that_ends_in_a_comment_is_taken() {
    check("patterns", "ends-in-a-comment");
}

#[test]
fn a_fault_does_not_repeat_the_rest_of_the_file() {
    check("docx", "closes-far-away");
}

#[test]
fn an_xls_file_that_its_parser_does_not_stand_is_damaged() {
    check("workbook", "its-parser-panics");
    let bytes = fs::read(found().join("workbook/its-parser-panics")).unwrap();
    let book = Workbook::open(Cursor::new(bytes), SheetLimits::USUAL);
    let read = book.and_then(|mut book| {
        (0..book.sheets().len()).try_for_each(|sheet| book.read(sheet, &mut |_| true))
    });
    assert_eq!(read.map_err(|fault| fault.code()), Err("file_damaged"));
    assert!(!panic_is_caught(), "the mark outlives the parser");
}

#[test]
fn every_find_has_a_test_here() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found.rs"));
    let text = text.unwrap();
    for target in fs::read_dir(found()).unwrap() {
        let target = target.unwrap().path();
        for file in fs::read_dir(&target).unwrap() {
            let file = file.unwrap().path();
            let [target, file] =
                [&target, &file].map(|it| it.file_name().unwrap().to_string_lossy().into_owned());
            let call = format!("check(\"{target}\", \"{file}\")");
            assert!(text.contains(&call), "{target}/{file} has no test");
        }
    }
}
