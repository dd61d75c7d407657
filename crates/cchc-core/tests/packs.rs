//! Every shipped pack is read without a fault, and every worked case passes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cchc_core::model::Pack;
use cchc_core::values::Calendar;
use cchc_core::{read_case, read_pack, run_case};

fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules")
}

fn pack(name: &str) -> Pack {
    let path = rules().join(name).join("pack.json");
    let bytes = fs::read(&path).unwrap();
    match read_pack(&path.display().to_string(), &bytes, Calendar::vietnam()) {
        Ok(pack) => pack,
        Err(faults) => {
            panic!(
                "{}",
                faults
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n")
            )
        }
    }
}

fn cases(name: &str) -> Vec<PathBuf> {
    let folder = rules().join(name).join("cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty());
    paths
}

#[track_caller]
fn check(name: &str) -> BTreeSet<u32> {
    let pack = pack(name);
    let mut wrong = Vec::new();
    let mut forms = BTreeSet::new();
    for path in cases(name) {
        let file = path.file_name().unwrap().to_string_lossy().into_owned();
        let bytes = fs::read(&path).unwrap();
        let case = match read_case(&file, &bytes, &pack) {
            Ok(case) => case,
            Err(faults) => {
                wrong.extend(faults.iter().map(ToString::to_string));
                continue;
            }
        };
        forms.extend(&case.forms);
        match run_case(&pack, &case, Calendar::vietnam()) {
            Ok(result) => wrong.extend(result.differences.iter().map(|it| {
                let (code, field) = (&it.code, it.field);
                format!(
                    "{file}: {code} {field}: expected {}, found {}",
                    it.expected, it.found
                )
            })),
            Err(faults) => wrong.extend(faults.iter().map(ToString::to_string)),
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    forms
}

#[test]
fn every_case_of_son_ha_2024_passes() {
    check("son-ha-2024");
}

#[test]
fn every_case_of_the_gallery_passes_and_all_34_forms_are_shown() {
    let forms = check("gallery");
    assert_eq!(forms, (1..=34).collect());
}
