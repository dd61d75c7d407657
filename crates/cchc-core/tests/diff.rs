//! The table of 2024 against its synthetic successor; expectations come from the two
//! `LAW.md`.
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

use cchc_core::diff::{Kept, PackDiff, diff, effect};
use cchc_core::difference::{Argument, Side, Verdict};
use cchc_core::model::Pack;
use cchc_core::read_pack;
use cchc_core::values::Calendar;
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str) -> (Pack, Value) {
    let bytes = std::fs::read(root().join("rules").join(name).join("pack.json")).unwrap();
    let pack = read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap();
    (pack, serde_json::from_slice(&bytes).unwrap())
}

fn between<T>(ask: impl FnOnce(Side<'_>, Side<'_>) -> T) -> T {
    let (old, new) = (read("son-ha-2024"), read("son-ha-2025-draft"));

    ask(
        Side {
            pack: &old.0,
            json: &old.1,
        },
        Side {
            pack: &new.0,
            json: &new.1,
        },
    )
}

/// The difference of the two shipped packs, worked out once.
fn shipped() -> &'static PackDiff {
    static SHIPPED: std::sync::OnceLock<PackDiff> = std::sync::OnceLock::new();
    SHIPPED.get_or_init(|| between(|old, new| diff(old, new, Calendar::vietnam())))
}

fn kept<'a>(diff: &'a PackDiff, code: &str) -> &'a Kept {
    diff.kept.iter().find(|it| it.old.code == code).unwrap()
}

/// Standing points of either pack on each witness.
fn witnesses(kept: &Kept) -> Vec<(String, String)> {
    let Verdict::Differs(list) = &kept.difference.verdict else {
        panic!("{:?}", kept.difference);
    };
    let points = |it: &cchc_core::difference::Witness| {
        let new = it.new.as_ref().unwrap();
        (it.old.standing.to_string(), new.standing.to_string())
    };
    list.iter().map(points).collect()
}

#[test]
fn components_are_removed_added_moved_and_retitled() {
    let diff = shipped();
    let codes = |list: &[cchc_core::diff::Component]| {
        let codes: Vec<String> = list.iter().map(|it| it.code.clone()).collect();
        codes
    };
    assert_eq!(
        codes(&diff.removed),
        [
            "2.1.1.2", "3.1.2", "3.4.4", "4.3.3", "7.1.1", "7.1.2.2", "7.3.1.2"
        ]
    );
    assert_eq!(codes(&diff.added), ["8.1.1", "T.1", "T.2"]);
    let moved: Vec<(&str, &str)> = diff
        .kept
        .iter()
        .filter(|it| it.moved)
        .map(|it| (it.old.code.as_str(), it.new.code.as_str()))
        .collect();
    assert_eq!(moved, [("3.4.1", "3.3.1")]);
    let retitled: Vec<&str> = diff
        .kept
        .iter()
        .filter(|it| it.retitled)
        .map(|it| it.old.code.as_str())
        .collect();
    assert_eq!(retitled, ["1.5.1"]);
    let appraiser = diff
        .header
        .iter()
        .find(|it| it.what == "appraiser")
        .unwrap();
    assert_eq!(
        (appraiser.old.as_str(), appraiser.new.as_str()),
        ("district", "province")
    );
}

#[test]
fn between_97_and_98_percent_a_point_is_lost() {
    let diff = shipped();
    let dossiers = kept(diff, "3.4.1");
    let what: Vec<&str> = dossiers
        .difference
        .changes
        .iter()
        .map(|it| it.aspect.what)
        .collect();
    assert!(
        ["rule", "requirement", "predecessors"]
            .iter()
            .all(|it| what.contains(it)),
        "{what:?}"
    );
    // 33 of 34 is 97.06 %: 2 points in 2024, 1 in the draft.
    let Verdict::Differs(list) = &dossiers.difference.verdict else {
        panic!("{:?}", dossiers.difference.verdict);
    };
    let less = list
        .iter()
        .find(|it| it.new.as_ref().unwrap().standing.to_string() == "1");
    let given = less.unwrap().given.to_string();
    assert!(
        given.contains("\"won\":33") && given.contains("\"total\":34"),
        "{given}"
    );
}

#[test]
fn one_dialogue_gives_half_a_point_more() {
    let diff = shipped();
    let found = witnesses(kept(diff, "1.5.1"));
    assert!(
        found.contains(&("0.5".to_owned(), "1".to_owned())),
        "{found:?}"
    );
}

#[test]
fn what_kept_its_rule_and_its_days_scores_the_same() {
    let diff = shipped();
    let letters = kept(diff, "3.4.2");
    assert_eq!(letters.difference.changes, []);
    assert_eq!(
        letters.difference.verdict,
        Verdict::Equal(Argument::SameMeaning)
    );
}

#[test]
fn the_shipped_submission_is_carried_into_the_draft_by_name() {
    let path = root().join("fixtures/submissions/son-thuong-2024/submission.json");
    let bytes = std::fs::read(path).unwrap();
    let found = between(|old, new| {
        effect(
            old,
            new,
            ("submission.json", &bytes),
            None,
            Calendar::vietnam(),
        )
    });
    let found = found.unwrap();
    assert_eq!(found.new_as_of.to_string(), "2025-07-20");
    // On the system only what is due after 1 July is asked.
    for name in ["system_report q1", "system_report h1", "7.1.2.2"] {
        assert!(
            found.left_out.iter().any(|it| it == name),
            "{:?}",
            found.left_out
        );
    }
    let dossiers = found.leaves.iter().find(|it| it.code == "3.4.1").unwrap();
    assert_eq!(dossiers.new_code, "3.3.1");
    // It has no predecessor, so that its export alone proves 405 of 420: 96.43 % is from 95 %
    // to below 97 % and to below 98 %.
    assert_eq!(dossiers.old.standing.to_string(), "1");
    assert_eq!(dossiers.new.standing.to_string(), "1");
    assert_eq!(dossiers.difference.to_string(), "0");
}

#[test]
fn a_unit_that_began_within_the_year_shows_what_is_said_of_predecessors() {
    let (pack, json) = read("son-ha-2025-draft");
    // The same pack, but for one word.
    let spoilt = |quantity: usize, key: &str, word: &str| {
        let mut json = json.clone();
        json["quantities"][quantity][key] = word.into();
        let pack = read_pack("p", json.to_string().as_bytes(), Calendar::vietnam()).unwrap();
        (pack, json)
    };
    let place = |id: &str| {
        let list = json["quantities"].as_array().unwrap();
        list.iter().position(|it| it["id"] == id).unwrap()
    };
    let whole = spoilt(place("cchc_reports"), "observation", "pack");
    let old = Side {
        pack: &pack,
        json: &json,
    };
    let new = Side {
        pack: &whole.0,
        json: &whole.1,
    };
    let found = diff(old, new, Calendar::vietnam());
    let reports = kept(&found, "1.2.1");
    let what: Vec<&str> = reports
        .difference
        .changes
        .iter()
        .map(|it| it.aspect.what)
        .collect();
    assert_eq!(what, ["observation"]);
    let Verdict::Differs(list) = &reports.difference.verdict else {
        panic!("{:?}", reports.difference.verdict);
    };
    // Whoever owes fewer reports has fewer lapses.
    let given = list[0].given.to_string();
    assert!(given.contains("observation_window"), "{given}");
    assert!(list[0].old.attainable > list[0].new.as_ref().unwrap().attainable);
}
