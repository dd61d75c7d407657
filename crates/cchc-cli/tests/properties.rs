//! `crates/PROPERTIES.md` against the tree: what it names exists, and no target is left out.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn page() -> String {
    fs::read_to_string(root().join("crates/PROPERTIES.md")).unwrap()
}

/// Cells of the rows of a page's tables, without their heads.
fn rows(page: &str) -> Vec<Vec<&str>> {
    let lines = page.lines().filter(|line| line.starts_with('|'));
    lines
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .filter(|cells: &Vec<&str>| cells[0] != "property" && !cells[0].starts_with('-'))
        .collect()
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Why a test that is named as `file::name` is none, if it is none.
fn wrong(named: &str) -> Option<String> {
    let (file, name) = named.rsplit_once("::")?;
    let Ok(text) = fs::read_to_string(root().join(file)) else {
        return Some(format!("`{named}`: there is no such file"));
    };
    let Some((head, _)) = text.split_once(&format!("fn {name}(")) else {
        return Some(format!("`{named}`: there is no such function"));
    };
    // The attribute stands right before the function, perhaps with others or a comment.
    let last = head.rsplit("\n\n").next().unwrap_or_default();
    let is_test = last.contains("#[test]");
    (!is_test).then(|| format!("`{named}` is no test"))
}

#[test]
fn every_test_that_the_page_names_exists() {
    let page = page();
    let named: BTreeSet<&str> = rows(&page)
        .iter()
        .flat_map(|cells| cells[1..].iter().flat_map(|cell| quoted(cell)))
        .filter(|named| named.contains("::"))
        .collect();
    assert!(named.len() > 40, "{}", named.len());
    let wrong: Vec<String> = named.into_iter().filter_map(wrong).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_property_is_asked_by_a_test() {
    let page = page();
    for cells in rows(&page) {
        let asked = quoted(cells[1]).any(|named| named.contains("::"));
        assert!(asked, "nothing asks: {}", cells[0]);
    }
}

#[test]
fn every_target_is_on_the_page_and_every_target_there_exists() {
    let page = page();
    let named: BTreeSet<String> = rows(&page)
        .iter()
        .flat_map(|cells| quoted(cells.last().unwrap()))
        .map(str::to_owned)
        .collect();
    let targets: BTreeSet<String> = fs::read_dir(root().join("fuzz/fuzz_targets"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    assert_eq!(named, targets);
}

#[test]
fn a_test_that_is_not_there_is_seen_to_be_missing() {
    let file = "crates/cchc-core/tests/laws/enclosure.rs";
    assert_eq!(wrong(&format!("{file}::wrong_bounds_are_refused")), None);
    for named in [
        format!("{file}::no_such_test"),
        format!("{file}::known_world"),
        "crates/no_such_file.rs::wrong_bounds_are_refused".to_owned(),
    ] {
        assert!(wrong(&named).is_some(), "{named}");
    }
}
