//! Verification: seeded defects are found, each of them and nothing else; sound packs that
//! look odd raise nothing; the shipped packs are fit to publish.
//!
//! `fixtures/packs/broken/NAME/expected.json` was written by hand beside `pack.json`: every
//! fault and warning by code and path. `fixtures/packs/sound/NAME` raises none.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::fs;
use std::path::{Path, PathBuf};

use cchc_core::question::{self, File};
use cchc_core::verify::{Flaw, Verification};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json_files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (format!("cases/{name}"), fs::read(&path).unwrap())
        })
        .collect()
}

/// The verification of a folder with `pack.json` and perhaps `cases`.
fn verified(folder: &Path) -> Verification {
    let pack = fs::read(folder.join("pack.json")).unwrap();
    let cases = json_files(&folder.join("cases"));
    let cases: Vec<File<'_>> = cases
        .iter()
        .map(|(name, bytes)| File { name, bytes })
        .collect();
    let pack = File {
        name: "pack.json",
        bytes: &pack,
    };
    question::verify(pack, &cases, None)
}

fn folders(kind: &str) -> Vec<PathBuf> {
    let folder = root().join("fixtures/packs").join(kind);
    let mut folders: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

/// Code and place of each flaw; the file is told where it is not the pack.
fn told(flaws: &[Flaw]) -> Vec<String> {
    let mut told: Vec<String> = flaws
        .iter()
        .map(|flaw| match flaw.place.file.as_str() {
            "pack.json" => format!("{} {}", flaw.code, flaw.place.path),
            file => format!("{} {file}:{}", flaw.code, flaw.place.path),
        })
        .collect();
    told.sort();
    told
}

fn full(flaws: &[Flaw]) -> String {
    let lines = flaws.iter().map(|flaw| {
        format!(
            "{} {}: expected {}, found {}",
            flaw.code, flaw.place, flaw.expected, flaw.found
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check_sound(folder: &Path) {
    let found = verified(folder);
    assert!(
        found.faults.is_empty() && found.warnings.is_empty(),
        "{}\n{}\n{}",
        folder.display(),
        full(&found.faults),
        full(&found.warnings)
    );
}

#[test]
fn the_shipped_packs_are_fit_to_publish() {
    for name in ["son-ha-2024", "gallery"] {
        check_sound(&root().join("rules").join(name));
    }
}
