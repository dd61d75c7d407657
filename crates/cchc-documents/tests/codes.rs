//! `CODES.md` against the sources of the readers.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn sources(path: &Path, list: &mut Vec<PathBuf>) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            sources(&entry.unwrap().path(), list);
        }
    } else {
        list.push(path.to_owned());
    }
}

/// Words of small letters joined by `_` between quotes, outside tests.
fn codes(text: &str) -> BTreeSet<String> {
    let code = text.split("#[cfg(test)]").next().unwrap();
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let quoted = lines.flat_map(|line| line.split('"').skip(1).step_by(2));
    let is_code = |text: &&str| {
        text.contains('_')
            && text
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    quoted.filter(is_code).map(str::to_owned).collect()
}

#[test]
fn every_code_of_the_readers_is_on_the_page_and_every_code_there_is_given() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut list = Vec::new();
    for path in [
        "fault.rs",
        "folder.rs",
        "read.rs",
        "read",
        "header.rs",
        "header",
        "compare.rs",
        "attachments.rs",
        "plan.rs",
        "plan/against.rs",
        "plan/block.rs",
        "plan/office.rs",
        "plan/reported.rs",
        "plan/table.rs",
        "plan/time.rs",
    ] {
        sources(&root.join("src").join(path), &mut list);
    }
    let mut given = BTreeSet::new();
    for path in list {
        given.extend(codes(&fs::read_to_string(path).unwrap()));
    }
    // The plan beside an assessment: its one finding is told like those of the readers.
    let progress = root.join("../cchc-core/src/reading/progress.rs");
    let progress = codes(&fs::read_to_string(progress).unwrap());
    let told = ["reported_done", "look_at_task"].map(str::to_owned);
    assert!(told.iter().all(|it| progress.contains(it)), "{progress:?}");
    given.extend(told);
    let page = fs::read_to_string(root.join("CODES.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let named: BTreeSet<String> = rows
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .filter(|word| word.contains('_'))
        .map(str::to_owned)
        .collect();
    assert_eq!(given, named);
}

#[test]
fn a_code_is_seen_and_a_test_is_not() {
    let found = codes("new(\"a_b\", \"x\") // \n// \"c_d\"\n#[cfg(test)] \"e_f\"");
    assert_eq!(found, BTreeSet::from(["a_b".to_owned()]));
}
