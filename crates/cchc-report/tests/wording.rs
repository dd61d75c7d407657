//! Messages in Vietnamese are whole: no English word stands in any of them.
//!
//! Asked of every broken pack and of packs and submissions spoilt in many places, as people
//! read them. That each template of the core has its Vietnamese is asked beside the catalogue.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use cchc_core::json::Fault;
use cchc_core::question::{self, File, Question};
use cchc_report::{Language, Style};
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Words of English that no Vietnamese text holds.
const ENGLISH: &[&str] = &[
    "above",
    "again",
    "all",
    "already",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "before",
    "below",
    "between",
    "both",
    "but",
    "by",
    "can",
    "class",
    "covers",
    "date",
    "day",
    "days",
    "does",
    "each",
    "either",
    "event",
    "events",
    "every",
    "expected",
    "fact",
    "facts",
    "fall",
    "field",
    "fields",
    "figure",
    "figures",
    "file",
    "flag",
    "for",
    "found",
    "from",
    "give",
    "gives",
    "grows",
    "has",
    "have",
    "here",
    "in",
    "is",
    "it",
    "items",
    "leaf",
    "least",
    "list",
    "lost",
    "mend",
    "met",
    "more",
    "most",
    "must",
    "name",
    "names",
    "neither",
    "never",
    "no",
    "none",
    "not",
    "nothing",
    "number",
    "object",
    "of",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "out",
    "points",
    "quantity",
    "record",
    "rule",
    "say",
    "share",
    "state",
    "such",
    "text",
    "than",
    "that",
    "the",
    "there",
    "threshold",
    "twice",
    "two",
    "value",
    "where",
    "which",
    "whole",
    "window",
    "with",
    "without",
    "worked",
    "write",
    "year",
    "years",
    "yes",
];

/// What is quoted from a file or is a place in it: not the text's own words.
fn own_words(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        // What stands between backticks is the file's, or a name of its format.
        if index % 2 == 0 {
            out.push_str(part);
            out.push(' ');
        }
    }
    out
}

/// English words that a text holds by itself.
fn english(text: &str) -> Vec<String> {
    let words = own_words(text);
    // What looks like a path of the file, or a code, is none of the text's words.
    let words = words
        .split_whitespace()
        .filter(|word| !word.contains(['[', '/', '_']) && !word.contains(".json"));
    let words = words.flat_map(|word| word.split(|c: char| !c.is_alphabetic()));
    let english = words.filter(|word| ENGLISH.contains(&word.to_lowercase().as_str()));
    english.map(str::to_owned).collect()
}

/// One fault as people read it, on one line and without its place.
fn told(fault: &Fault, language: Language) -> String {
    let mut fault = fault.clone();
    fault.place.file = String::new();
    fault.place.path = String::new();
    let text = cchc_report::faults(&[fault], language, Style::Plain);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The message without its code.
fn message(text: &str) -> String {
    match text.split_once("]: ") {
        Some((_, message)) => message.to_owned(),
        None => text.to_owned(),
    }
}

/// A number that follows from another: the same spoilt files on every run.
fn mixed(seed: u64) -> usize {
    let mixed = (seed ^ (seed >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    usize::try_from((mixed ^ (mixed >> 29)) >> 1).unwrap()
}

/// Every place of a value, as JSON pointers.
fn pointers(value: &Value, path: String, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                let key = key.replace('~', "~0").replace('/', "~1");
                found.push(format!("{path}/{key}"));
                pointers(value, format!("{path}/{key}"), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                found.push(format!("{path}/{index}"));
                pointers(item, format!("{path}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// A file with one place changed: removed, doubled, renamed, or another value in its stead.
fn spoilt(file: &Value, seed: u64) -> Value {
    let mut places = Vec::new();
    pointers(file, String::new(), &mut places);
    let place = &places[mixed(seed) % places.len()];
    let mut spoilt = file.clone();
    let (around, last) = place.rsplit_once('/').unwrap();
    let values = [
        json!("0"),
        json!("-1"),
        json!("97"),
        json!("1/3"),
        json!("2025-12-20"),
        json!("2023-02-30"),
        json!(" "),
        json!("none"),
        json!(-5),
        json!(1.5),
        json!(true),
        json!(null),
        json!({}),
        json!([]),
        json!(["a", "a"]),
    ];
    let value = values[mixed(seed + 7) % values.len()].clone();
    match spoilt.pointer_mut(around) {
        Some(Value::Array(items)) => {
            let index: usize = last.parse().unwrap();
            match mixed(seed + 3) % 3 {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => items[index] = value,
            }
        }
        Some(Value::Object(fields)) => {
            let last = last.replace("~1", "/").replace("~0", "~");
            match mixed(seed + 3) % 5 {
                0 => drop(fields.remove(&last)),
                1 => {
                    let value = fields.remove(&last).unwrap();
                    fields.insert(format!("{last}s"), value);
                }
                _ => drop(fields.insert(last, value)),
            }
        }
        _ => {}
    }
    spoilt
}

fn json_of(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(path)).unwrap()).unwrap()
}

fn packs() -> Vec<PathBuf> {
    let mut packs = Vec::new();
    for kind in ["fixtures/packs/broken", "fixtures/packs/sound", "rules"] {
        let entries = fs::read_dir(root().join(kind)).unwrap();
        let folders = entries.map(|entry| entry.unwrap().path());
        packs.extend(folders.filter(|folder| folder.join("pack.json").is_file()));
    }
    packs.sort();
    packs
}

/// Faults with a message that is not whole, one for each template that is not.
#[derive(Default)]
struct Mixed {
    codes: BTreeSet<String>,
    wrong: BTreeSet<String>,
}

impl Mixed {
    fn read(&mut self, fault: &Fault) {
        self.codes.insert(fault.code.to_owned());
        let text = message(&told(fault, Language::Vietnamese));
        let found = english(&text);
        if !found.is_empty() {
            self.wrong
                .insert(format!("{} {found:?}: {text}", fault.code));
        }
    }

    #[track_caller]
    fn check(&self, codes: usize) {
        let wrong: Vec<&String> = self.wrong.iter().take(40).collect();
        assert!(self.wrong.is_empty(), "{wrong:#?}");
        assert!(
            self.codes.len() >= codes,
            "{} {:?}",
            self.codes.len(),
            self.codes
        );
    }
}

#[test]
fn what_verification_says_of_broken_packs_is_whole_in_vietnamese() {
    let mut wrong = BTreeSet::new();
    let mut codes = BTreeSet::new();
    for folder in packs() {
        let bytes = fs::read(folder.join("pack.json")).unwrap();
        let cases = fs::read_dir(folder.join("cases")).into_iter().flatten();
        let cases: Vec<Vec<u8>> = cases
            .map(|entry| fs::read(entry.unwrap().path()).unwrap())
            .collect();
        let cases: Vec<File<'_>> = cases
            .iter()
            .map(|bytes| File {
                name: "case.json",
                bytes,
            })
            .collect();
        let pack = File {
            name: "pack.json",
            bytes: &bytes,
        };
        let answer = question::verify(pack, &cases, None);
        codes.extend(
            answer
                .faults
                .iter()
                .chain(&answer.warnings)
                .map(|it| it.code),
        );
        let text = cchc_report::verification(&answer, Language::Vietnamese, Style::Plain);
        // The first line names the pack; a place stands on a line of its own, perhaps wrapped.
        let lines = text.lines().skip(1).filter(|line| {
            let dotted = |word: &str| word.contains('.') && !word.ends_with('.');
            !line
                .split_whitespace()
                .any(|word| dotted(word) && !word.contains('`'))
        });
        let text: String = lines.flat_map(|line| [line.trim(), " "]).collect();
        let found = english(&text);
        if !found.is_empty() {
            wrong.insert(format!("{found:?}: {text}"));
        }
    }
    let wrong: Vec<&String> = wrong.iter().take(40).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(codes.len() > 45, "{codes:?}");
}

#[test]
fn what_the_reader_says_of_spoilt_packs_is_whole_in_vietnamese() {
    let mut mixed = Mixed::default();
    for (index, folder) in packs().iter().enumerate() {
        let text = fs::read_to_string(folder.join("pack.json")).unwrap();
        let pack: Value = serde_json::from_str(&text).unwrap();
        for round in 0..16 {
            let mut spoilt = spoilt(&pack, u64::try_from(index * 1_000 + round).unwrap());
            if round % 2 == 1 {
                spoilt = self::spoilt(&spoilt, u64::try_from(index * 3_000 + round).unwrap());
            }
            let text = spoilt.to_string();
            let calendar = cchc_core::values::Calendar::vietnam();
            let read = cchc_core::read_pack("p", text.as_bytes(), calendar);
            read.err().iter().flatten().for_each(|it| mixed.read(it));
        }
    }
    mixed.check(40);
}

#[test]
fn what_is_said_of_spoilt_submissions_is_whole_in_vietnamese() {
    let mut mixed = Mixed::default();
    {
        let pack = fs::read(root().join("rules/son-ha-2024/pack.json")).unwrap();
        let submission = json_of("fixtures/submissions/son-thuong-2024/submission.json");
        for round in 0..700 {
            let text = spoilt(&spoilt(&submission, round), round * 31 + 5).to_string();
            let question = Question {
                pack: File {
                    name: "p",
                    bytes: &pack,
                },
                submission: File {
                    name: "s",
                    bytes: text.as_bytes(),
                },
                calendar: None,
                as_of: None,
            };
            let faults = question::assess(&question).err().unwrap_or_default();
            faults.iter().for_each(|it| mixed.read(it));
        }
    }
    mixed.check(15);
}

#[test]
fn what_is_said_of_texts_that_are_no_json_is_whole_in_vietnamese() {
    let mut mixed = Mixed::default();
    let texts: [&[u8]; 18] = [
        b"",
        b"{",
        b"[",
        b"{\"a\": 1,}",
        b"{\"a\" 1}",
        b"{a: 1}",
        b"{'a': 1}",
        b"{\"a\": 'x'}",
        b"{\"a\": 01}",
        b"{\"a\": +1}",
        b"{\"a\": \"x",
        b"{\"a\": \"\\q\"}",
        b"{\"a\": \"\\u12\"}",
        b"{\"a\": \"x\ty\"}",
        b"// x\n{}",
        b"{} {}",
        b"\xff\xfe{\x00",
        b"PK\x03\x04",
    ];
    for bytes in texts {
        let calendar = cchc_core::values::Calendar::vietnam();
        let read = cchc_core::read_pack("p", bytes, calendar);
        read.err().iter().flatten().for_each(|it| mixed.read(it));
        let calendar = File { name: "c", bytes };
        let read = question::read_calendar(calendar);
        for fault in read.err().unwrap_or_default() {
            // What the reader of JSON says of a calendar is quoted as it is.
            if !fault.found.template().starts_with("no calendar data") {
                mixed.read(&fault);
            }
        }
    }
    mixed.check(3);
}

#[test]
fn an_english_message_would_be_found() {
    assert_eq!(
        english("cần a whole number, gặp `none`"),
        ["whole", "number"]
    );
    assert_eq!(
        english("cần số nguyên, gặp `the list`"),
        Vec::<String>::new()
    );
}
