//! Verification: seeded defects are found, each of them and nothing else; sound packs that
//! look odd raise nothing; the shipped packs are fit to publish.
//!
//! `fixtures/packs/broken/NAME/expected.json` was written by hand beside `pack.json`: every
//! fault and warning by code and path, and under `without_witness` those that `final` hides. `fixtures/packs/sound/NAME` raises none.
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

use cchc_core::question::{self, File};
use cchc_core::values::Calendar;
use cchc_core::verify::{EXCEPTIONS, Flaw, NOT_ANALYSED, Verification};
use cchc_core::{fit, read_case, read_pack, run_case};
use serde_json::{Value, json};

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
    for name in ["son-ha-2024", "gallery", "son-ha-2025-draft"] {
        check_sound(&root().join("rules").join(name));
    }
}

#[test]
fn every_seeded_defect_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    let folders = folders("broken");
    assert!(folders.len() >= 40);
    for folder in folders {
        let text = fs::read_to_string(folder.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        let list = |key: &str| -> Vec<String> {
            let list = expected[key].as_array().unwrap();
            let mut list: Vec<String> = list
                .iter()
                .map(|line| line.as_str().unwrap().to_owned())
                .collect();
            list.sort();
            list
        };
        let found = verified(&folder);
        let (faults, warnings) = (list("faults"), list("warnings"));
        assert!(!faults.is_empty() || !warnings.is_empty());
        if told(&found.faults) != faults || told(&found.warnings) != warnings {
            wrong.push(format!(
                "{}\n  expected {faults:?} {warnings:?}\n  found {:?} {:?}\n{}",
                folder.file_name().unwrap().to_string_lossy(),
                told(&found.faults),
                told(&found.warnings),
                full(&found.faults)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sound_packs_that_look_odd_raise_nothing() {
    let folders = folders("sound");
    assert!(folders.len() >= 8);
    for folder in folders {
        check_sound(&folder);
    }
}

/// Codes that verification itself can raise, from its sources.
fn codes() -> BTreeSet<String> {
    let raised =
        regex::Regex::new(r#"\b(?:fault\(|case\.document\.fault\()\s*"([a-z-]+)""#).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/verify");
    let mut codes = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
        codes.extend(raised.captures_iter(&text).map(|it| it[1].to_owned()));
    }
    assert!(codes.len() > 30);
    codes
}

#[test]
fn every_code_of_verification_has_a_seeded_defect() {
    let mut seeded = BTreeSet::new();
    for folder in folders("broken") {
        let text = fs::read_to_string(folder.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        for list in ["faults", "warnings"] {
            let lines = expected[list].as_array().unwrap().iter();
            let codes =
                lines.map(|line| line.as_str().unwrap().split(' ').next().unwrap().to_owned());
            seeded.extend(codes);
        }
    }
    let missing: Vec<String> = codes().difference(&seeded).cloned().collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn every_fixture_says_that_it_is_synthetic() {
    for folder in folders("broken").into_iter().chain(folders("sound")) {
        let text = fs::read_to_string(folder.join("pack.json")).unwrap();
        let pack: Value = serde_json::from_str(&text).unwrap();
        assert!(pack["note"].as_str().unwrap().starts_with("Synthetic"));
    }
}

/// Faults that a record of facts can show.
const SHOWN: &[&str] = &[
    "example-contradicts",
    "items-without-proof",
    "max-unreachable",
    "min-unreachable",
    "none-without-proof",
    "not-monotone",
    "unproved-above-proved",
];

#[test]
fn every_witness_is_a_case_that_the_engine_confirms() {
    let calendar = Calendar::vietnam();
    let mut shown = BTreeSet::new();
    for folder in folders("broken") {
        let name = folder.display().to_string();
        let verification = verified(&folder);
        let text = fs::read_to_string(folder.join("expected.json")).unwrap();
        let expected: Value = serde_json::from_str(&text).unwrap();
        let hidden = expected["without_witness"].as_array().into_iter().flatten();
        let hidden: Vec<&str> = hidden.map(|line| line.as_str().unwrap()).collect();
        let flaws = verification.faults.iter().chain(&verification.warnings);
        for flaw in flaws.filter(|flaw| SHOWN.contains(&flaw.code)) {
            if hidden.contains(&told(std::slice::from_ref(flaw))[0].as_str()) {
                assert_eq!(flaw.witness, None, "{name}: {}", flaw.code);
                continue;
            }
            let witness = flaw.witness.as_ref();
            let witness = witness.unwrap_or_else(|| panic!("{name}: {} has no witness", flaw.code));
            let bytes = fs::read(folder.join("pack.json")).unwrap();
            let pack = read_pack("pack.json", &bytes, calendar).unwrap();
            for record in &witness.records {
                let case = record.case.to_string();
                let case = read_case("witness", case.as_bytes(), &pack).unwrap();
                let result = run_case(&pack, &case, calendar).unwrap();
                assert_eq!(result.differences, [], "{name}");
                let fitted = fit(&pack, &case.submission, calendar).unwrap();
                let points = fitted.final_points();
                let points = points
                    .iter()
                    .find(|(code, _)| *code == witness.leaf)
                    .unwrap();
                assert_eq!(*points.1.exact(), record.points, "{name}");
            }
            shown.insert(flaw.code);
        }
    }
    assert_eq!(shown.into_iter().collect::<Vec<_>>(), SHOWN);
}

/// Facts and points of each record of the first fault's witness.
#[track_caller]
fn check_witness(name: &str, expected: &[(Value, &str)]) {
    let verification = verified(&root().join("fixtures/packs/broken").join(name));
    let witness = verification.faults[0].witness.as_ref().unwrap();
    let found: Vec<(Value, String)> = witness
        .records
        .iter()
        .map(|record| (stated(&record.given), record.points.to_text()))
        .collect();
    let expected: Vec<(Value, String)> = expected
        .iter()
        .map(|(facts, points)| (facts.clone(), (*points).to_owned()))
        .collect();
    assert_eq!(found, expected);
}

/// What is stated, without days: figures by quantity, events by obligation, else those with
/// documents and all of them by kind; best figures of others.
fn stated(given: &Value) -> Value {
    let mut stated = serde_json::Map::new();
    for figure in given["figures"].as_array().into_iter().flatten() {
        let fields = figure.as_object().unwrap();
        let (_, value) = fields
            .iter()
            .find(|(key, _)| {
                !["quantity", "observed_on", "recorded_on", "evidence"].contains(&key.as_str())
            })
            .unwrap();
        stated.insert(
            figure["quantity"].as_str().unwrap().to_owned(),
            value.clone(),
        );
    }
    for event in given["events"].as_array().into_iter().flatten() {
        if let Some(name) = event["obligation"].as_str() {
            stated.insert(name.to_owned(), event["date"].clone());
            continue;
        }
        let documents = event["documents"].as_array();
        let proved = given["proved"] == json!(true) || documents.is_some_and(|it| !it.is_empty());
        let kind = event["kind"].as_str().unwrap().to_owned();
        let counts = stated.entry(kind).or_insert(json!([0, 0]));
        for (place, more) in [(0, u64::from(proved)), (1, 1)] {
            counts[place] = json!(counts[place].as_u64().unwrap() + more);
        }
    }
    for figure in given["cohort"].as_array().into_iter().flatten() {
        let name = format!("best {}", figure["quantity"].as_str().unwrap());
        stated.insert(name, figure["best"].clone());
    }
    Value::Object(stated)
}

/// The smallest records, worked out by hand.
#[test]
fn a_witness_is_as_small_as_it_can_be() {
    let share =
        |won: u64, total: u64| json!({"won": won, "lost": total - won, "open": 0, "total": total});
    // From 95 % to below 97 % the share with the fewest items is 19 of 20; from 97 % on, 1 of 1.
    check_witness(
        "best-band-below-the-middle-one",
        &[
            (json!({"dossiers": share(19, 20)}), "2"),
            (json!({"dossiers": share(1, 1)}), "1"),
        ],
    );
    // Between 80 % and 90 % 1 point falls to 0.5: 4 of 5 stands at the top; of the shares above
    // it, 5 of 6 (83.33 %) has the fewest items: 1 − 0.5 · (1/30)/(1/10) = 5/6, rounded 0.83.
    check_witness(
        "line-that-dips",
        &[
            (json!({"satisfied": share(4, 5)}), "1"),
            (json!({"satisfied": share(5, 6)}), "0.83"),
        ],
    );
    // Four reports missing give 1; the first one sent the day after 15 March gives 0.75.
    check_witness(
        "late-report-worse-than-none",
        &[(json!({}), "1"), (json!({"q1": "2024-03-16"}), "0.75")],
    );
    check_witness(
        "silence-above-a-bad-figure",
        &[(json!({}), "0.5"), (json!({"dossiers": share(0, 1)}), "0")],
    );
    check_witness(
        "nothing-arose-without-proof",
        &[(json!({"petitions": {"none": true}}), "1")],
    );
    check_witness(
        "cap-beyond-the-reports-there-are",
        &[(
            json!({"q1": "2024-01-01", "h1": "2024-01-01", "m9": "2024-01-01"}),
            "1.5",
        )],
    );
    // Half of two dialogues with minutes gives 1.5. From 60 % on the share with the fewest items
    // below all of them is 2 of 3, and gives 1.
    check_witness(
        "half-of-the-dialogues-pays-more",
        &[
            (json!({"dialogue": [1, 2]}), "1.5"),
            (json!({"dialogue": [2, 3]}), "1"),
        ],
    );
    check_witness(
        "dialogues-without-minutes-below-silence",
        &[(json!({}), "0.5"), (json!({"dialogue": [0, 1]}), "0")],
    );
    check_witness(
        "worst-share-of-dialogues-above-the-minimum",
        &[(json!({"dialogue": [0, 1]}), "0.5")],
    );
    check_witness(
        "share-by-events-paid-by-its-middle",
        &[(json!({"dialogue": [1, 1]}), "1.5")],
    );
    // 1 above a target of 0 is the best of all as soon as it is published: 1.5 points.
    let compared =
        |services: &str, planned: &str| json!({"services": services, "planned_services": planned});
    check_witness(
        "comparison-below-its-maximum",
        &[(
            json!({"services": "1", "planned_services": "0", "best services": "1"}),
            "1.5",
        )],
    );
    // 5 of 10: half of the points at the target, of which one half.
    check_witness(
        "comparison-that-cannot-pass-its-target",
        &[(compared("5", "10"), "0.5")],
    );
    check_witness(
        "comparison-never-at-its-minimum",
        &[(compared("5", "10"), "0.5")],
    );
    // Of 1 allowed: none in arrears gives nothing, 1 reaches the target.
    check_witness(
        "comparison-that-rewards-arrears",
        &[(compared("0", "1"), "0"), (compared("1", "1"), "1")],
    );
    check_witness(
        "comparison-without-target-of-arrears",
        &[
            (json!({"services": "0", "best services": "1"}), "0"),
            (json!({"services": "1", "best services": "1"}), "2"),
        ],
    );
    check_witness(
        "comparison-with-a-target-that-should-grow",
        &[(compared("0", "0"), "1"), (compared("0", "1"), "0")],
    );
    check_witness(
        "comparison-below-silence",
        &[(json!({}), "1"), (compared("0", "1"), "0")],
    );
    check_witness(
        "comparison-behind-a-worse-branch",
        &[
            (json!({"plan": "no"}), "1"),
            (
                json!({"plan": "yes", "services": "0", "planned_services": "1"}),
                "0",
            ),
        ],
    );
    check_witness(
        "text-contradicts-its-example",
        &[(json!({"goals": share(4, 5)}), "0")],
    );
}

/// Exceptions and reasons are those of the format and of the page on faults.
#[test]
fn what_may_be_excepted_and_what_is_not_analysed_is_documented() {
    let readme = fs::read_to_string(root().join("rules/README.md")).unwrap();
    let faults = fs::read_to_string(root().join("rules/FAULTS.md")).unwrap();
    let schema = fs::read_to_string(root().join("rules/schema/pack.schema.json")).unwrap();
    for (of, _) in EXCEPTIONS {
        assert!(readme.contains(&format!("`{of}`")), "{of}");
        assert!(schema.contains(&format!("\"{of}\"")), "{of}");
    }
    for (why, _) in NOT_ANALYSED {
        assert!(faults.contains(&format!("`{why}`")), "{why}");
    }
}

#[track_caller]
fn check_not_analysed(folder: &str, expected: &[(&str, &str)]) {
    let verification = verified(&root().join(folder));
    let found: Vec<(&str, &str)> = verification
        .not_analysed
        .iter()
        .map(|it| (it.why, it.leaf.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_not_analysed_is_listed() {
    let gallery = [
        ("judged", "G3.20"),
        ("cohort", "G4.29.1"),
        ("cohort", "G4.29.2"),
        ("judged", "G4.34"),
    ];
    check_not_analysed("rules/gallery", &gallery);
    check_not_analysed("rules/son-ha-2024", &[]);
    let broken = "fixtures/packs/broken/gap-at-a-bound";
    check_not_analysed(broken, &[("no-cases", ""), ("not-read", "1.1")]);
}

#[test]
fn a_file_that_is_no_pack_has_only_the_faults_of_its_shape() {
    let pack = File {
        name: "p",
        bytes: b"{",
    };
    let verification = question::verify(pack, &[], None);
    assert_eq!(verification.pack, None);
    assert_eq!(told(&verification.faults), ["syntax p:$"]);
}

/// A number that follows from another: the same spoilt packs on every run.
fn mixed(seed: u64) -> u64 {
    let mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed ^ (mixed >> 29)
}

/// Every scalar and element of a value, as JSON pointers.
fn pointers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                pointers(value, format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                found.push(format!("{path}/{index}"));
                pointers(item, format!("{path}/{index}"), found);
            }
        }
        _ => found.push(path),
    }
}

/// The pack with one place changed: another number, an element twice, one less.
fn spoilt(pack: &Value, seed: u64) -> Value {
    let mut places = Vec::new();
    pointers(pack, String::new(), &mut places);
    let place = &places[usize::try_from(mixed(seed)).unwrap() % places.len()];
    let mut spoilt = pack.clone();
    let (around, last) = place.rsplit_once('/').unwrap();
    let numbers = [
        "0",
        "1",
        "-1",
        "0.5",
        "1/3",
        "97",
        "100",
        "1000000",
        "2023-02-03",
        "2025-12-20",
    ];
    let number = numbers[usize::try_from(mixed(seed + 1)).unwrap() % numbers.len()];
    match spoilt.pointer_mut(around) {
        Some(Value::Array(items)) => {
            let index: usize = last.parse().unwrap();
            match mixed(seed + 2) % 2 {
                0 => drop(items.remove(index)),
                _ => items.push(items[index].clone()),
            }
        }
        Some(Value::Object(fields)) => {
            match mixed(seed + 3) % 4 {
                0 => drop(fields.remove(last)),
                _ => drop(fields.insert(last.to_owned(), json!(number))),
            };
        }
        _ => {}
    }
    spoilt
}

#[test]
fn a_spoilt_pack_is_verified_whatever_is_wrong_with_it() {
    let mut packs: Vec<PathBuf> = folders("sound");
    packs.extend(folders("broken"));
    packs.extend(["son-ha-2024", "gallery"].map(|name| root().join("rules").join(name)));
    let calendar = Calendar::vietnam();
    let (mut witnesses, mut faulty) = (0, 0);
    for (index, folder) in packs.iter().enumerate() {
        let text = fs::read_to_string(folder.join("pack.json")).unwrap();
        let pack: Value = serde_json::from_str(&text).unwrap();
        for round in 0..12 {
            let spoilt = spoilt(&pack, u64::try_from(index).unwrap() * 1_000 + round);
            let text = spoilt.to_string();
            let file = File {
                name: "pack.json",
                bytes: text.as_bytes(),
            };
            let verification = question::verify(file, &[], None);
            let read = read_pack("pack.json", text.as_bytes(), calendar);
            faulty += u32::from(!verification.is_sound());
            // What the reader refuses is never passed over.
            if read.is_err() {
                assert!(!verification.is_sound(), "{text}");
            }
            let flaws = verification.faults.iter().chain(&verification.warnings);
            for flaw in flaws {
                let Some(witness) = &flaw.witness else {
                    continue;
                };
                witnesses += 1;
                let shows = match (flaw.code, witness.records.as_slice()) {
                    ("not-monotone", [one, other]) => one.points != other.points,
                    ("unproved-above-proved", [nothing, proved]) => nothing.points > proved.points,
                    (_, [record]) => !record.because.is_empty(),
                    _ => false,
                };
                assert!(shows, "{}: {text}", flaw.code);
            }
        }
    }
    assert!(witnesses > 50 && faulty > 500, "{witnesses} {faulty}");
}
