//! Patterns of roles against the numbers and symbols of documents.
//!
//! The first line of the input is a pattern, the others are numbers with their symbols. A
//! pattern is held against another way to build it from its parsed form, so that nothing
//! written in it can reach beyond it; and what it says of a document is what the pack's own
//! examples and the evidence of a record say. A number that is read is read again as it is
//! shown.

use std::collections::BTreeSet;

use cchc_core::evidence::Reason;
use cchc_core::facts::DocumentKind;
use cchc_core::facts::symbol::{
    DocumentNumber, Symbol, identity_key, parse_full, symbol_matches_kind,
};
use cchc_core::model::Pack;
use cchc_core::values::{Calendar, nfc};
use cchc_core::{fit, read_pack, read_submission};
use chrono::NaiveDate;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Hir, Look};
use serde_json::json;

/// Most numbers that are held against one pattern.
const MOST_NUMBERS: usize = 6;

/// Texts that every pattern is asked about: a number with its symbol, and one that is none.
const PLAIN: [&str; 2] = ["15/KH-UBND", "~"];

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let mut lines = text.split('\n');
    let pattern = lines.next().unwrap_or_default();
    let numbers: Vec<&str> = lines.take(MOST_NUMBERS).collect();
    for text in &numbers {
        number(text);
    }
    let texts: BTreeSet<&str> = numbers.into_iter().chain(PLAIN).collect();
    let Some(other) = other_way(pattern) else {
        let taken = read(pattern, &PLAIN[..1], &PLAIN[1..]);
        assert!(
            taken.is_err(),
            "`{pattern}` is no regular expression by itself"
        );
        return;
    };
    let (accepts, refuses): (Vec<&str>, Vec<&str>) =
        texts.iter().partition(|text| other.is_match(&nfc(text)));
    if accepts.is_empty() || refuses.is_empty() {
        let taken = read(pattern, &PLAIN[..1], &PLAIN[..1]);
        assert!(taken.is_err(), "`{pattern}` accepts what it refuses");
        return;
    }
    let examples = |accepts: &[&str], refuses: &[&str]| {
        let faults = read(pattern, accepts, refuses).err().unwrap_or_default();
        let wrong = faults.iter().filter(|it| it.code == "pattern-example");
        (wrong.count(), faults.len())
    };
    match read(pattern, &accepts, &refuses) {
        Ok(pack) => {
            let Some(taken) = of(&pack) else {
                panic!("the pattern `{pattern}` was passed over");
            };
            let all = texts.len();
            assert_eq!(
                examples(&refuses, &accepts),
                (all, all),
                "`{pattern}` the other way"
            );
            for text in texts {
                assert_eq!(
                    taken.is_match(&nfc(text)),
                    other.is_match(&nfc(text)),
                    "`{pattern}` reaches beyond itself on `{text}`"
                );
                document(&pack, taken, text);
            }
        }
        Err(faults) => {
            let wrong = |code: &str| matches!(code, "pattern-example" | "bad-pattern");
            let told = faults.iter().find(|it| wrong(it.code));
            assert_eq!(
                told, None,
                "`{pattern}` is a regular expression with good examples"
            );
        }
    }
}

/// A number that is read, is read again as it is shown, and is the same document.
fn number(text: &str) {
    // Asked only that they end.
    let _ = DocumentNumber::parse(text);
    let _ = Symbol::parse(text);
    let Ok(read) = parse_full(text) else {
        return;
    };
    for kind in DocumentKind::ALL {
        let fits = symbol_matches_kind(&read.symbol, *kind);
        assert!(
            fits || kind.symbol_part().is_some() || read.symbol.kind().is_some(),
            "`{text}` fits no kind without an abbreviation"
        );
    }
    let shown = read.to_string();
    // A zero in front can make it longer than what is read.
    if shown.chars().count() > Symbol::MAX_TEXT {
        return;
    }
    let again = parse_full(&shown);
    let Ok(again) = again else {
        panic!("`{text}` is shown as `{shown}`, which is not read");
    };
    assert_eq!(read.number, again.number, "`{text}` as `{shown}`");
    assert_eq!(
        read.symbol.parts(),
        again.symbol.parts(),
        "`{text}` as `{shown}`"
    );
    assert_eq!(
        read.symbol.kind(),
        again.symbol.kind(),
        "`{text}` as `{shown}`"
    );
    assert_eq!(
        identity_key("ubnd", 2024, &read.number, &read.symbol),
        identity_key("ubnd", 2024, &again.number, &again.symbol),
        "`{text}` as `{shown}`"
    );
}

/// The pattern over the whole text, put together from what it means and not from its text.
fn other_way(pattern: &str) -> Option<Regex> {
    let parsed = regex_syntax::parse(pattern).ok()?;
    let whole = Hir::concat(vec![Hir::look(Look::Start), parsed, Hir::look(Look::End)]);
    RegexBuilder::new(&whole.to_string())
        .size_limit(64 * 1024 * 1024)
        .build()
        .ok()
}

/// A document of that number lacks the pattern exactly where the pattern does not match.
fn document(pack: &Pack, pattern: &Regex, text: &str) {
    let Some((number, symbol)) = text.split_once('/') else {
        return;
    };
    let submission = json!({
        "format": "cchc-submission", "version": 1, "pack": "p", "scored_year": 2024,
        "unit": {"code": "u", "name": "u", "level": "commune"}, "prepared_on": "2024-07-20",
        "figures": [{"quantity": "one", "observed_on": "2024-06-30", "recorded_on": "2024-07-01",
            "flag": "yes", "evidence": ["D"]}],
        "evidence": [{"id": "D", "kind": "KH", "number": number, "symbol": symbol,
            "issuer": {"name": "UBND", "level": "commune"}, "issued_on": "2024-06-30",
            "recorded_on": "2024-07-01"}]
    });
    let Ok(submission) = read_submission("submission.json", submission.to_string().as_bytes())
    else {
        return;
    };
    let fitted = match fit(pack, &submission, Calendar::vietnam()) {
        Ok(fitted) => fitted,
        Err(misfits) => panic!("a record with `{text}` does not fit: {misfits:?}"),
    };
    let answer = fitted.assess(NaiveDate::from_ymd_opt(2024, 7, 20).unwrap_or_default());
    let documents = answer.leaves.iter().flat_map(|it| &it.evidence);
    let mut documents = documents.flat_map(|it| &it.documents);
    let Some(document) = documents.next() else {
        panic!("the document `{text}` is not told of");
    };
    let cited = document.citation.as_deref();
    let missed = document.reasons.contains(&Reason::NumberPattern);
    let expected = cited.is_some_and(|it| !pattern.is_match(it));
    assert_eq!(missed, expected, "{document:?}");
    assert!(!(missed && document.accepted), "{document:?}");
}

fn of(pack: &Pack) -> Option<&Regex> {
    let role = pack.quantities.first()?.proof.roles.first()?;
    role.number_pattern.as_ref()
}

/// A pack of one flag, whose only role asks for the pattern.
fn read(
    pattern: &str,
    accepts: &[&str],
    refuses: &[&str],
) -> Result<Pack, Vec<cchc_core::json::Fault>> {
    let number_pattern = json!({"pattern": pattern, "accepts": accepts, "refuses": refuses});
    let pack = json!({
        "format": "cchc-pack", "version": 1, "id": "p", "title": {"vi": "p"},
        "issuer": "UBND", "level": "commune", "scored_year": 2024,
        "validity": {"from": "2024-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
        "coverage": "partial", "rounding": {"places": 2, "mode": "half_up"}, "max": 1,
        "sources": [],
        "quantities": [{"id": "one", "kind": "flag", "movement": "latched",
            "title": {"vi": "q"}, "proof": {"roles": [
                {"role": "plan", "kinds": ["KH"], "number_pattern": number_pattern}]},
            "sources": [{"of": ["proof"], "illustrative": "made up"}]}],
        "tree": [{"code": "A.1", "title": {"vi": "t"}, "max": "1",
            "rule": {"form": "yes_no", "of": "one", "no": "0", "yes": "1"},
            "sources": [{"of": ["max", "rule"], "illustrative": "made up"}]}]
    });
    read_pack(
        "pack.json",
        pack.to_string().as_bytes(),
        Calendar::vietnam(),
    )
}
