//! Mutants of the shipped packs: what is called missing can be supplied, and nothing is.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::path::{Path, PathBuf};

use cchc_core::case::draft;
use cchc_core::coverage::coverage;
use cchc_core::difference::Record;
use cchc_core::model::Pack;
use cchc_core::mutation::{Mutant, NamedCase, Suite, Verdict, judge, mutants};
use cchc_core::suggestion::suggest;
use cchc_core::values::Calendar;
use cchc_core::{read_case, read_pack, run_case};
use serde_json::Value;

fn folder(pack: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../rules")
        .join(pack)
}

struct Read {
    json: Value,
    pack: Pack,
    cases: Vec<NamedCase>,
}

impl Read {
    fn of(name: &str) -> Read {
        let folder = folder(name);
        let bytes = std::fs::read(folder.join("pack.json")).unwrap();
        let pack = read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap();
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("cases"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        let cases = files.iter().map(|path| NamedCase {
            file: path.file_name().unwrap().to_string_lossy().into_owned(),
            case: read_case("case", &std::fs::read(path).unwrap(), &pack).unwrap(),
        });
        Read {
            json: serde_json::from_slice(&bytes).unwrap(),
            cases: cases.collect(),
            pack,
        }
    }

    fn suite<'a>(&'a self, cases: &'a [NamedCase]) -> Suite<'a> {
        Suite {
            json: &self.json,
            pack: &self.pack,
            cases,
            calendar: Calendar::vietnam(),
        }
    }
}

/// Every mutant about one of these leaves or quantities, or of the pack itself.
fn some(read: &Read, subjects: &[&str]) -> Vec<Mutant> {
    let all = mutants(&read.json);
    let chosen = all
        .into_iter()
        .filter(|it| subjects.contains(&it.subject.as_str()));
    chosen.collect()
}

/// Without any case, each mutant is refused, unsound, equal, or has a draft that passes on
/// the pack, once confirmed, and fails on the mutant.
#[track_caller]
fn every_survivor_has_a_case_that_kills_it(name: &str, subjects: &[&str]) {
    let read = Read::of(name);
    let suite = read.suite(&[]);
    let mut survivors = 0;
    for mutant in some(&read, subjects) {
        let finding = judge(&suite, &mutant);
        let Verdict::Survived { code, witness } = finding.verdict else {
            assert!(
                !finding.verdict.is_survivor(),
                "{}: {:?}",
                finding.path,
                finding.verdict
            );
            continue;
        };
        survivors += 1;
        let record = Record {
            as_of: witness.as_of,
            given: witness.given.clone(),
        };
        let calendar = Calendar::vietnam();
        let mut case = draft(&read.pack, &code, "a draft", &record, calendar).unwrap();
        assert_eq!(case["confirmed"], Value::Bool(false));
        case.as_object_mut().unwrap().remove("confirmed");
        let case = read_case("draft", case.to_string().as_bytes(), &read.pack).unwrap();
        let passes =
            |pack: &Pack| run_case(pack, &case, calendar).is_ok_and(|it| it.differences.is_empty());
        let text = mutant.apply(&read.json).to_string();
        let changed = read_pack("mutant", text.as_bytes(), calendar).unwrap();
        assert!(passes(&read.pack), "{}: fails on the pack", finding.path);
        assert!(!passes(&changed), "{}: passes on the mutant", finding.path);
    }
    assert!(survivors >= 10, "{survivors} survivors without a case");
}

#[test]
fn a_count_a_due_set_and_their_documents_have_a_case_for_each_mutant() {
    every_survivor_has_a_case_that_kills_it(
        "son-ha-2024",
        &["dialogues", "1.5.1", "cchc_reports", "1.2.1"],
    );
}

#[test]
fn shares_flags_and_grounds_have_a_case_for_each_mutant() {
    every_survivor_has_a_case_that_kills_it(
        "son-ha-2024",
        &[
            "dossiers",
            "3.4.1",
            "law_inspection",
            "directives",
            "7.1.2.2",
            "3.4.4",
        ],
    );
}

#[test]
fn other_forms_have_a_case_for_each_mutant() {
    every_survivor_has_a_case_that_kills_it(
        "gallery",
        &[
            "G1.4",
            "G2.12",
            "G2.16",
            "G3.17",
            "G4.29.1",
            "G5.27",
            "f25_sample",
            "f24_answers",
        ],
    );
}

#[test]
fn no_mutant_of_a_quantity_with_documents_goes_unnoticed_by_the_shipped_cases() {
    let read = Read::of("son-ha-2024");
    let suite = read.suite(&read.cases);
    for mutant in some(&read, &["directives", "cchc_reports", "3.4.1", "7.1.2.2"]) {
        let finding = judge(&suite, &mutant);
        assert!(!finding.verdict.is_survivor(), "{}", finding.path);
    }
}

#[test]
fn a_case_taken_away_is_missed_by_coverage_and_suggested_again() {
    let read = Read::of("son-ha-2024");
    let calendar = Calendar::vietnam();
    let all = coverage(&read.pack, &read.json, &read.cases, calendar);
    assert_eq!(all.missing().count(), 0);
    // Only three cases read 97 % exactly; without them the threshold has one side.
    let fewer: Vec<NamedCase> = read
        .cases
        .iter()
        .filter(|it| {
            let given = it.case.document.text();
            !["\"won\": 388", "\"won\": 97"]
                .iter()
                .any(|won| given.contains(won))
        })
        .cloned()
        .collect();
    let measured = coverage(&read.pack, &read.json, &fewer, calendar);
    let missing: Vec<(&str, String)> = measured
        .missing()
        .filter(|it| it.code.as_deref() == Some("3.4.1"))
        .filter_map(|it| Some((it.what.as_str(), it.at.as_ref()?.to_text())))
        .collect();
    assert_eq!(missing, [("on", "0.97".to_owned())]);
    let suggested = suggest(&read.suite(&fewer), &[]);
    assert_eq!(suggested.unmet, []);
    let about: Vec<&Value> = suggested.cases.iter().map(|it| &it.case).collect();
    assert!(
        about.iter().any(|case| case["case"] == "dossiers: on 0.97"),
        "{about:?}"
    );
    assert!(
        about
            .iter()
            .all(|case| case["confirmed"] == Value::Bool(false))
    );
}
