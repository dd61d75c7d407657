//! The words of every fault, as the person who must mend the file reads them.
//!
//! Each test spoils a small sound pack or submission by replacing text, and pins all that is
//! said. The last tests hold the list of codes against the sources and `rules/FAULTS.md`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test reads the sources and fails where they are not as expected"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use cchc_core::json::{CODES, Fault};
use cchc_core::values::Calendar;
use cchc_core::wire::read_submission_document;
use cchc_core::{fit, read_pack};

const PACK: &str = r#"{"format": "cchc-pack", "version": 1, "id": "p", "title": {"vi": "p"},
"level": "commune", "scored_year": 2024, "issuer": "UBND",
"validity": {"from": "2024-01-01", "to": "2025-12-31"},
"window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
"coverage": "whole", "max": 2, "rounding": {"places": 2, "mode": "half_up"}, "sources": [],
"offices": [{"id": "office", "title": {"vi": "o"}}], "unit_classes": ["plain", "mountain"],
"quantities": [
{"id": "talks", "kind": "count", "by": "events", "event": "talk", "title": {"vi": "q"},
 "proof": {"roles": [{"role": "minutes", "kinds": ["BB"]}]}},
{"id": "visits", "kind": "count", "by": "figure", "title": {"vi": "q"}},
{"id": "reports", "kind": "due_set", "event": "report", "title": {"vi": "q"}, "obligations": [
  {"id": "q1", "title": {"vi": "b"}, "due": {"date": "2024-03-15", "roll": "none"}}]},
{"id": "files", "kind": "share", "by": "figure", "total": "unbounded", "open_at_close": "lost",
 "overdue": true, "min_total": 1, "title": {"vi": "q"}},
{"id": "calls", "kind": "share", "by": "events", "event": "call", "title": {"vi": "q"}},
{"id": "site", "kind": "flag", "movement": "latched", "title": {"vi": "q"}},
{"id": "trend", "kind": "measure", "title": {"vi": "q"}},
{"id": "budget", "kind": "measure", "domain": {"min": "0", "max": "50"}, "title": {"vi": "q"}},
{"id": "survey", "kind": "measure", "title": {"vi": "q"}, "options": [
  {"id": "A", "weight": "100"}, {"id": "B", "weight": "0"}]},
{"id": "board", "kind": "judgement", "range": {"min": "0", "max": "2"}, "title": {"vi": "q"}},
{"id": "grade", "kind": "judgement", "verdicts": ["good", "fair"], "title": {"vi": "q"}}],
"tree": [{"code": "1", "title": {"vi": "t"}, "children": [
{"code": "1.1", "title": {"vi": "t"}, "max": "2", "sources": [{"of": ["max"], "document": "d"}],
 "offices": {"lead": "office"}, "not_applicable": [{"id": "none", "title": {"vi": "g"}}],
 "rule": {"form": "constant", "points": "1"}}]}],
"classes": [{"id": "good", "title": {"vi": "k"}, "from": "80"}, {"id": "weak", "title": {"vi": "k"}}],
"class_gates": [{"id": "g", "title": {"vi": "k"}, "unless": {"of": "site", "is": "yes"},
 "class_at_most": "weak"}]}
"#;

const RULE: &str = r#"{"form": "constant", "points": "1"}"#;

const SUBMISSION: &str = r#"{"format": "cchc-submission", "version": 1, "pack": "p",
"unit": {"code": "u", "name": "u", "level": "commune", "class": "plain"},
"scored_year": 2024, "prepared_on": "2024-07-20",
"figures": [
{"quantity": "files", "observed_on": "2024-06-30", "recorded_on": "2024-07-01",
 "share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}}],
"events": [{"id": "e1", "kind": "report", "obligation": "q1", "date": "2024-03-01", "recorded_on": "2024-03-02"}],
"evidence": [{"id": "d1", "kind": "BC", "recorded_on": "2024-03-02"}]}
"#;

const SHARE: &str = r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}"#;

/// The text with each first text replaced by the second one, and the faults of a reader.
fn spoilt(sound: &str, edits: &[(&str, &str)]) -> String {
    edits.iter().fold(sound.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    })
}

fn lines(faults: &[Fault]) -> String {
    let lines = faults.iter().map(|fault| format!("{} {fault}", fault.code));
    lines.collect::<Vec<_>>().join("\n")
}

fn pack_faults(edits: &[(&str, &str)]) -> String {
    let text = spoilt(PACK, edits);
    match read_pack("p.json", text.as_bytes(), Calendar::vietnam()) {
        Ok(_) => String::new(),
        Err(faults) => lines(&faults),
    }
}

/// The faults of a submission, or those against the pack.
fn submission_faults(pack_edits: &[(&str, &str)], edits: &[(&str, &str)]) -> String {
    let text = spoilt(SUBMISSION, edits);
    let (submission, document) = match read_submission_document("s.json", text.as_bytes()) {
        Ok(read) => read,
        Err(faults) => return lines(&faults),
    };
    let pack = spoilt(PACK, pack_edits);
    let pack = read_pack("p.json", pack.as_bytes(), Calendar::vietnam()).unwrap();
    match fit(&pack, &submission, Calendar::vietnam()) {
        Ok(_) => String::new(),
        Err(misfits) => {
            let faults: Vec<Fault> = misfits.into_iter().map(|it| it.at(&document, "")).collect();
            lines(&faults)
        }
    }
}

#[track_caller]
fn check_pack(edits: &[(&str, &str)], expected: &str) {
    assert_eq!(pack_faults(edits), expected);
}

/// The pack with another rule.
#[track_caller]
fn check_rule(rule: &str, expected: &str) {
    check_pack(&[(RULE, rule)], expected);
}

#[track_caller]
fn check_submission(edits: &[(&str, &str)], expected: &str) {
    assert_eq!(submission_faults(&[], edits), expected);
}

/// The submission with another figure.
#[track_caller]
fn check_figure(quantity: &str, value: &str, expected: &str) {
    let quantity = format!("\"quantity\": \"{quantity}\"");
    check_submission(
        &[("\"quantity\": \"files\"", &quantity), (SHARE, value)],
        expected,
    );
}

#[test]
fn the_texts_are_sound_as_they_stand() {
    check_pack(&[], "");
    check_submission(&[], "");
}

#[test]
fn what_a_band_does_not_cover_is_told() {
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"below": "90", "points": "0"}, {"from": "95", "points": "2"}]}"#,
        "band-gap p.json:26:70: tree[0].children[0].rule.bands[0]: expected points for every \
         number that the quantity can be, found none at `90`\n  \
         help: let one of the neighbouring bands include it",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"to": "90", "points": "0"}, {"from": "90", "points": "2"}]}"#,
        "band-overlap p.json:26:99: tree[0].children[0].rule.bands[1]: expected points once \
         for every number, found points twice at `90`, here and at \
         tree[0].children[0].rule.bands[0]\n  \
         help: end one band with `below`, or begin the other with `above`",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"to": "90", "points": "0"}, {"above": "90", "to": "100", "points": "2"}, {"above": "100", "points": "1"}]}"#,
        "band-dead p.json:26:144: tree[0].children[0].rule.bands[2]: expected a band with a \
         number that the quantity can be, found none\n  \
         help: remove the band, or mend its bounds or the quantity's domain",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"from": "90", "above": "90", "points": "0"}, {"below": "90", "points": "2"}]}"#,
        "two-bounds p.json:26:70: tree[0].children[0].rule.bands[0]: expected one of `from` \
         and `above`, found both\n  \
         help: `from` includes the number, `above` does not",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"from": "90", "to": "80", "points": "0"}, {"below": "90", "points": "2"}]}"#,
        "empty-band p.json:26:70: tree[0].children[0].rule.bands[0]: expected a lower end \
         below the upper end, found a band without any number",
    );
    check_rule(
        r#"{"form": "bands", "of": "talks", "bands": [{"to": "0", "points": "2"}, {"from": "1", "points": "0"}]}"#,
        "points-for-silence p.json:26:10: tree[0].children[0].rule: expected the fewest \
         points for zero events, found 2 points\n  \
         help: nothing recorded proves nothing: count by a figure with evidence",
    );
}

#[test]
fn a_declared_gap_must_be_one() {
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"below": "90", "points": "0"}, {"from": "90", "points": "2"}], "elsewhere": {"points": "0", "reason": "r"}}"#,
        "elsewhere-not-needed p.json:26:147: tree[0].children[0].rule.elsewhere: expected a gap \
         between the bands, found none\n  help: remove `elsewhere`",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"below": "90", "points": "0"}, {"above": "95", "points": "2"}], "elsewhere": {"points": "1", "reason": "r"}}"#,
        "",
    );
}

#[test]
fn what_is_read_of_a_quantity_is_told() {
    check_rule(
        r#"{"form": "bands", "of": "files", "bands": [{"points": "0"}]}"#,
        "missing-unit p.json:26:10: tree[0].children[0].rule: expected `in`: `percent` or \
         `fraction` for a share, found none",
    );
    check_rule(
        r#"{"form": "bands", "of": "visits", "in": "percent", "bands": [{"points": "0"}]}"#,
        "unit-without-share p.json:26:50: tree[0].children[0].rule.in: expected no `in`: \
         only a share has a unit to choose, found one",
    );
    check_rule(
        r#"{"form": "bands", "of": "reports", "bands": [{"points": "0"}]}"#,
        "bad-reading p.json:26:10: tree[0].children[0].rule.read: expected `met`, `late`, \
         `missing`, `lapses` or `handed_in` for a due set, found none",
    );
    check_rule(
        r#"{"form": "bands", "of": "visits", "read": "lost", "bands": [{"points": "0"}]}"#,
        "bad-reading p.json:26:52: tree[0].children[0].rule.read: expected `value` or \
         nothing for a count, found `lost`",
    );
    check_rule(
        r#"{"form": "bands", "of": "board", "bands": [{"points": "0"}]}"#,
        "wrong-kind p.json:26:34: tree[0].children[0].rule.of: expected a quantity that is \
         counted or measured, found a `judgement`",
    );
    check_rule(
        r#"{"form": "bands", "of": "fils", "in": "percent", "bands": [{"points": "0"}]}"#,
        "unknown-name p.json:26:34: tree[0].children[0].rule.of: expected the name of a \
         quantity, found `fils`\n  \
         help: did you mean `files`?",
    );
    check_rule(
        r#"{"form": "yes_no", "of": "files", "yes": "1", "no": "0"}"#,
        "wrong-kind p.json:26:35: tree[0].children[0].rule.of: expected a flag, found a \
         `share`",
    );
}

#[test]
fn what_holds_without_items_is_told() {
    check_rule(
        r#"{"form": "bands", "of": "calls", "in": "percent", "bands": [{"points": "0"}]}"#,
        "zero-denominator p.json:26:10: tree[0].children[0].rule: expected `not_arisen`: \
         `full`, `zero` or `exclude`, found none, though the share can have no items\n  \
         help: say what holds when nothing arose, or set `min_total` to 1",
    );
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"points": "0"}], "not_arisen": "full"}"#,
        "needless-not-arisen p.json:26:102: tree[0].children[0].rule.not_arisen: expected no \
         `not_arisen`, found one, though nothing here can have no items",
    );
    check_rule(
        r#"{"form": "sum", "parts": [{"form": "bands", "of": "calls", "in": "percent", "bands": [{"points": "0"}], "not_arisen": "exclude"}]}"#,
        "exclude-inside p.json:26:128: tree[0].children[0].rule.parts[0].not_arisen: \
         expected `exclude` only where the rule is the whole of its leaf, found `exclude` \
         inside another rule",
    );
}

#[test]
fn a_condition_is_told_what_it_lacks() {
    check_rule(
        r#"{"form": "all_or_nothing", "all": [{"of": "site"}], "points": "1", "otherwise": "0"}"#,
        "missing-is p.json:26:45: tree[0].children[0].rule.all[0]: expected `is`, what the \
         flag must be, found none",
    );
    check_rule(
        r#"{"form": "all_or_nothing", "all": [{"of": "visits"}], "points": "1", "otherwise": "0"}"#,
        "missing-bound p.json:26:45: tree[0].children[0].rule.all[0]: expected a bound: \
         `from`, `above`, `to` or `below`, found none",
    );
}

#[test]
fn the_numbers_of_a_form_are_held_against_each_other() {
    check_rule(
        r#"{"form": "per_unit", "of": "visits", "points": "0", "cap": "1"}"#,
        "not-positive p.json:26:57: tree[0].children[0].rule.points: expected a number above \
         0, found `0`",
    );
    check_rule(
        r#"{"form": "per_unit", "of": "visits", "points": "0.001", "cap": "2"}"#,
        "too-many-steps p.json:26:10: tree[0].children[0].rule: expected at most 1000 steps \
         to the cap, found 2000",
    );
    check_rule(
        r#"{"form": "per_unit", "of": "visits", "points": "1", "cap": "99999999999999999999"}"#,
        "too-many-steps p.json:26:10: tree[0].children[0].rule: expected at most 1000 steps \
         to the cap, found 99999999999999999999",
    );
    check_rule(
        r#"{"form": "deduction", "of": "visits", "full": "2", "each": "0.001", "not_below": "0"}"#,
        "too-many-steps p.json:26:10: tree[0].children[0].rule: expected at most 1000 steps \
         to the floor, found 2000",
    );
    check_rule(
        r#"{"form": "deduction", "of": "visits", "full": "99999999999999999999", "each": "1", "not_below": "0"}"#,
        "too-many-steps p.json:26:10: tree[0].children[0].rule: expected at most 1000 steps \
         to the floor, found 99999999999999999999",
    );
    check_rule(
        r#"{"form": "deduction", "of": "visits", "full": "2", "each": "0", "not_below": "0"}"#,
        "bad-deduction p.json:26:10: tree[0].children[0].rule: expected `each` above 0 and \
         `not_below` at most `full`, found `each` 0, `full` 2, `not_below` 0",
    );
    check_rule(
        r#"{"form": "deduction", "of": "files", "in": "percent", "full": "2", "each": "1", "not_below": "0"}"#,
        "not-whole p.json:26:38: tree[0].children[0].rule.of: expected a number of lapses, \
         found a quantity that is not counted",
    );
    check_rule(
        r#"{"form": "linear", "of": "visits", "at": [{"x": "1", "points": "0"}, {"x": "1", "points": "1"}], "below": "0", "above": "1"}"#,
        "not-rising p.json:26:85: tree[0].children[0].rule.at[1].x: expected a number above \
         `1`, found `1`",
    );
    check_rule(
        r#"{"form": "pieces", "of": "visits", "pieces": [{"points": "0", "to_points": "1"}]}"#,
        "endless-line p.json:26:56: tree[0].children[0].rule.pieces[0]: expected both ends \
         of a line, found a line without an end",
    );
    check_rule(
        r#"{"form": "n_of_m", "of": ["site"], "at_least": 2, "points": "1", "otherwise": "0"}"#,
        "unreachable p.json:26:57: tree[0].children[0].rule.at_least: expected at most 1, \
         the number of flags, found 2",
    );
    check_rule(
        r#"{"form": "ladder", "of": "grade", "steps": [{"verdict": "good", "points": "1"}, {"verdict": "bad", "points": "0"}]}"#,
        "verdict-steps p.json:26:53: tree[0].children[0].rule.steps: expected one step for \
         the verdict `fair`, found 0\n\
         unknown-name p.json:26:102: tree[0].children[0].rule.steps[1].verdict: expected the \
         name of a verdict, found `bad`",
    );
    check_rule(
        r#"{"form": "cap", "part": {"form": "constant", "points": "1"}, "at": "1", "floor": "2"}"#,
        "floor-above-cap p.json:26:10: tree[0].children[0].rule: expected a floor of at most \
         `1`, found `2`",
    );
    check_rule(
        r#"{"form": "by_class", "classes": {"plain": {"form": "constant", "points": "1"}, "hill": {"form": "constant", "points": "1"}}}"#,
        "class-missing p.json:26:42: tree[0].children[0].rule.classes: expected a rule for \
         the class of unit `mountain`, found none\n\
         unknown-name p.json:26:97: tree[0].children[0].rule.classes.hill: expected the name \
         of a class of unit, found `hill`",
    );
    check_rule(
        r#"{"form": "proportional", "of": "files", "in": "percent", "points": "2", "full_at": "1"}"#,
        "full-at-of-share p.json:26:93: tree[0].children[0].rule.full_at: expected no \
         `full_at` for a share, found one\n  \
         help: a share is full at 100 %",
    );
    check_rule(
        r#"{"form": "proportional", "of": "visits", "points": "2"}"#,
        "missing-full-at p.json:26:10: tree[0].children[0].rule: expected `full_at`, the \
         number that gives all the points, found none",
    );
    check_rule(
        r#"{"form": "proportional", "of": "files", "in": "percent", "points": "2", "floor": {"from": "110"}}"#,
        "floor-above-full p.json:26:91: tree[0].children[0].rule.floor: expected a floor \
         between 0 and `100`, found `110`",
    );
    check_rule(
        r#"{"form": "proportional", "of": "visits", "points": "2", "full_at": "0"}"#,
        "bad-full-at p.json:26:77: tree[0].children[0].rule.full_at: expected a number above \
         0, found `0`",
    );
    check_rule(
        r#"{"form": "proportional", "of": "visits", "points": "2", "full_at": "10", "floor": {"from": "11"}}"#,
        "floor-above-full p.json:26:92: tree[0].children[0].rule.floor: expected a floor \
         between 0 and `10`, found `11`",
    );
    check_rule(
        r#"{"form": "relative", "achieved": "budget", "points": "2", "at_target": "0.5"}"#,
        "target-share p.json:26:10: tree[0].children[0].rule: expected `target` and \
         `at_target` together, or neither, found only `at_target`",
    );
    check_rule(
        r#"{"form": "relative", "achieved": "budget", "target": "budget", "points": "2", "at_target": "2"}"#,
        "bad-relative p.json:26:10: tree[0].children[0].rule: expected points not below 0 \
         and `at_target` from 0 to 1, found `points` 2, `at_target` 2",
    );
    check_rule(
        r#"{"form": "relative", "achieved": "trend", "points": "2"}"#,
        "negative-measure p.json:26:43: tree[0].children[0].rule.achieved: expected a \
         measure whose domain begins at 0 or above, found one that can be negative",
    );
}

#[test]
fn a_leaf_is_held_to_its_range_and_sources() {
    check_rule(
        r#"{"form": "constant", "points": "3"}"#,
        "points-out-of-range p.json:26:10: tree[0].children[0].rule: expected points from 0 \
         to 2, found points from 3 to 3",
    );
    check_rule(
        r#"{"form": "sum", "parts": [{"form": "yes_no", "of": "site", "yes": "1", "no": "0"}, {"form": "yes_no", "of": "site", "yes": "1", "no": "0"}]}"#,
        "read-twice p.json:26:10: tree[0].children[0].rule: expected each quantity read by \
         one part of the rule, found `site` read by two\n  \
         help: write one piece function over it",
    );
    check_pack(
        &[(r#""max": "2", "#, r#""#)],
        "missing-max p.json:24:1: tree[0].children[0]: expected `max`, the most points of a \
         leaf, found none",
    );
    check_pack(
        &[(r#""max": "2", "s"#, r#""max": "2", "min": "3", "s"#)],
        "leaf-range p.json:24:1: tree[0].children[0]: expected `min` ≤ `unproved` ≤ `max`, \
         found `min` 3, `unproved` 3, `max` 2",
    );
    check_pack(
        &[(r#""max": "2", "s"#, r#""max": "2.005", "s"#)],
        "not-on-the-grid p.json:24:46: tree[0].children[0].max: expected a number with at \
         most 2 places, found `2.005`\n  \
         help: the leaf is rounded, so its ends must be round",
    );
    check_pack(
        &[(r#" "sources": [{"of": ["max"], "document": "d"}],"#, r#""#)],
        "no-source p.json:24:1: tree[0].children[0]: expected `sources`: where the figures \
         come from, or that they are illustrative, found none",
    );
    check_pack(
        &[(r#""document": "d""#, r#""illustrative": "d", "quote": "q""#)],
        "illustrative-citation p.json:24:63: tree[0].children[0].sources[0]: expected an \
         illustrative figure without `item` and `quote`, found one that cites",
    );
    check_pack(
        &[(r#""max": "2", "s"#, r#""max": "2", "cap": "2", "s"#)],
        "misplaced-field p.json:24:58: tree[0].children[0].cap: expected `cap` only in a \
         group, found it in a leaf",
    );
    check_pack(
        &[(r#""code": "1", "#, r#""code": "1", "min": "0", "#)],
        "misplaced-field p.json:23:31: tree[0].min: expected `min` only in a leaf, found it \
         in a group",
    );
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "block": "bonus_penalty", "cap": "2", "#,
        )],
        "bad-block p.json:23:10: tree[0]: expected a bonus and penalty block at the top, \
         with `cap` and `floor`, found only `cap`",
    );
    check_pack(
        &[(r#""code": "1.1""#, r#""code": "1""#)],
        "duplicate-code p.json:24:10: tree[0].children[0].code: expected codes that are used \
         once, found `1` again",
    );
    check_pack(
        &[(r#""lead": "office""#, r#""lead": "offices""#)],
        "unknown-name p.json:25:22: tree[0].children[0].offices.lead: expected the name of \
         an office, found `offices`\n  \
         help: did you mean `office`?",
    );
    check_pack(
        &[(
            r#"{"id": "none", "title": {"vi": "g"}}"#,
            r#"{"id": "none", "title": {"vi": "g"}}, {"id": "none", "title": {"vi": "g"}}"#,
        )],
        "duplicate-name p.json:25:97: tree[0].children[0].not_applicable[1].id: expected \
         names of grounds that are used once, found `none`",
    );
}

#[test]
fn days_are_held_against_each_other() {
    check_pack(
        &[(r#""to": "2025-12-31""#, r#""to": "2023-12-31""#)],
        "window-reversed p.json:3:13: validity: expected a first day not after the last, \
         found 2024-01-01 to 2023-12-31",
    );
    check_pack(
        &[(
            r#""hand_in_by": "2025-01-05""#,
            r#""hand_in_by": "2024-12-30""#,
        )],
        "hand-in-before-close p.json:4:69: hand_in_by: expected a day not before the close, \
         2024-12-31, found 2024-12-30",
    );
    check_pack(
        &[(
            r#""by": "figure", "title""#,
            r#""by": "figure", "hand_in_by": "2024-06-30", "title""#,
        )],
        "hand-in-before-close p.json:10:65: quantities[1].hand_in_by: expected a day not \
         before the close of the window, 2024-12-31, found 2024-06-30",
    );
    check_pack(
        &[(r#", "roll": "none""#, r#""#)],
        "missing-roll p.json:12:45: quantities[2].obligations[0].due: expected `roll`: \
         `next_working_day` or `none`, found none\n  \
         help: say what holds when the day is a rest day",
    );
    check_pack(
        &[(
            r#""date": "2024-03-15", "roll": "none""#,
            r#""date": "2024-03-15", "working_days": 3"#,
        )],
        "bad-due p.json:12:45: quantities[2].obligations[0].due: expected `date` with \
         `roll`, or `working_days` with `after`, found `date`, `working_days`",
    );
    check_pack(
        &[(
            r#""date": "2024-03-15", "roll": "none""#,
            r#""working_days": 3, "after": "event""#,
        )],
        "bad-due p.json:12:74: quantities[2].obligations[0].due.after: expected a date, \
         found `event`",
    );
    check_pack(
        &[(
            r#""date": "2024-03-15", "roll": "none""#,
            r#""date": "2150-03-15", "roll": "next_working_day""#,
        )],
        "outside-calendar p.json:12:45: quantities[2].obligations[0].due: expected a date \
         that the working-day calendar covers, 2023 to 2027, found `2150-03-15`\n  \
         help: ask with a calendar that covers the year",
    );
}

#[test]
fn a_proof_is_told_what_does_not_fit() {
    check_pack(
        &[(
            r#"{"role": "minutes", "kinds": ["BB"]}"#,
            r#"{"role": "minutes", "kinds": ["BB"]}, {"role": "minutes", "kinds": ["BB"]}"#,
        )],
        "duplicate-name p.json:9:69: quantities[0].proof.roles[1].role: expected role names \
         that are used once, found `minutes`",
    );
    check_pack(
        &[(
            r#""kind": "count", "by": "figure""#,
            r#""kind": "count", "by": "figure", "proof": {"roles": [{"role": "r", "kinds": ["BC"], "order": "on_or_after_event"}]}"#,
        )],
        "needs-event p.json:10:111: quantities[1].proof.roles[0].order: expected an event to \
         compare with, found `on_or_after_event` for a figure",
    );
    check_pack(
        &[(
            r#""kind": "count", "by": "figure""#,
            r#""kind": "count", "by": "figure", "proof": {"roles": [{"role": "r", "kinds": ["BC"], "refers_to": {"rel": ["answers"], "target": "event"}}]}"#,
        )],
        "unknown-name p.json:10:146: quantities[1].proof.roles[0].refers_to.target: expected \
         the name of a role of the same proof, found `event`",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "distinct": true, "at_least": 2"#,
        )],
        "bad-distinct p.json:9:71: quantities[0].proof.roles[0].distinct: expected one \
         distinct role for events, with one document, found one with 2 documents",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "refers_to": {"rel": ["answers"], "target": "evnt"}"#,
        )],
        "unknown-name p.json:9:103: quantities[0].proof.roles[0].refers_to.target: expected \
         the name of a role, or `event`, found `evnt`",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "number_pattern": {"pattern": "[0-9", "accepts": ["1"], "refuses": ["x"]}"#,
        )],
        "bad-pattern p.json:9:89: quantities[0].proof.roles[0].number_pattern.pattern: \
         expected a regular expression, found `[0-9`\n  \
         help: unclosed character class",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "number_pattern": {"pattern": "(\\w{100}){100}", "accepts": ["1"], "refuses": ["x"]}"#,
        )],
        "pattern-too-big p.json:9:89: quantities[0].proof.roles[0].number_pattern.pattern: \
         expected a pattern of at most 262144 bytes, built, found `(\\w{100}){100}`\n  \
         help: ask for fewer or shorter repetitions",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "number_pattern": {"pattern": "[0-9]+", "accepts": ["x"], "refuses": ["1"]}"#,
        )],
        "pattern-example p.json:9:111: \
         quantities[0].proof.roles[0].number_pattern.accepts[0]: expected an example that \
         the pattern accepts, found `x`\n\
         pattern-example p.json:9:129: \
         quantities[0].proof.roles[0].number_pattern.refuses[0]: expected an example that \
         the pattern refuses, found `1`",
    );
}

#[test]
fn a_quantity_is_told_what_does_not_fit() {
    check_pack(
        &[(r#""id": "visits""#, r#""id": "talks""#)],
        "duplicate-name p.json:10:8: quantities[1].id: expected names of quantities that are \
         used once, found `talks`",
    );
    check_pack(
        &[(r#""by": "events", "event": "talk""#, r#""by": "events""#)],
        "event-source p.json:8:1: quantities[0]: expected `by: events` with `event`, or `by: \
         figure` without, found `by: events` without `event`",
    );
    check_pack(
        &[(
            r#""by": "events", "event": "call""#,
            r#""by": "events", "event": "call", "overdue": true"#,
        )],
        "share-by-events p.json:15:78: quantities[4].overdue: expected `overdue` only for a \
         share by figure, found it by events",
    );
    check_pack(
        &[(r#", "open_at_close": "lost""#, r#""#)],
        "share-by-figure p.json:13:1: quantities[3]: expected `total` and `open_at_close` \
         for a share by figure, found only `total`",
    );
    check_pack(
        &[(r#""min": "0", "max": "50""#, r#""min": "60", "max": "50""#)],
        "range-reversed p.json:18:47: quantities[7].domain: expected a smallest number not \
         above the largest, found 60 to 50",
    );
    check_pack(
        &[(
            r#""id": "survey", "kind": "measure""#,
            r#""id": "survey", "kind": "measure", "domain": {"min": "0"}"#,
        )],
        "options-and-domain p.json:19:47: quantities[8].domain: expected no `domain` beside \
         `options`, found one\n  \
         help: the weights say what the mean can be",
    );
    check_pack(
        &[(
            r#""range": {"min": "0", "max": "2"}"#,
            r#""range": {"min": "0"}"#,
        )],
        "judgement-scale p.json:21:1: quantities[9]: expected `range` with `min` and `max`, \
         or `verdicts`, found only `range.min`",
    );
    check_pack(
        &[(
            r#""obligations": ["#,
            r#""obligations": [{"id": "q1", "title": {"vi": "b"}, "due": {"date": "2024-03-15", "roll": "none"}},"#,
        )],
        "duplicate-name p.json:12:10: quantities[2].obligations[1].id: expected names of \
         obligations that are used once, found `q1`",
    );
}

#[test]
fn classes_are_held_to_their_order() {
    check_pack(
        &[(
            r#""from": "80"}, {"id": "weak", "title": {"vi": "k"}}"#,
            r#""from": "80"}, {"id": "fair", "title": {"vi": "k"}, "from": "85"}, {"id": "weak", "title": {"vi": "k"}}"#,
        )],
        "class-order p.json:27:110: classes[1].from: expected a number below `80`, that of \
         the class before, found `85`",
    );
    check_pack(
        &[(r#", "from": "80""#, r#""#)],
        "class-order p.json:27:13: classes[0].from: expected `from`: only the last class is \
         without, found none",
    );
    check_pack(
        &[(
            r#""class_gates""#,
            r#""consistency": [{"id": "c", "title": {"vi": "c"}, "left": {"of": "visits", "part": "won"}, "relation": "equal", "right": {"of": "visits", "part": "value"}}], "class_gates""#,
        )],
        "wrong-kind p.json:28:66: consistency[0].left.of: expected a quantity with the part \
         `won`, found a `count`",
    );
    check_pack(
        &[(r#""coverage": "whole""#, r#""coverage": "partial""#)],
        "class-of-part p.json:27:12: classes: expected no classes: a pack that covers part \
         of a set gives points only, found classes",
    );
    check_pack(
        &[(
            r#""from": "80"}, {"id": "weak", "title": {"vi": "k"}}"#,
            r#""from": "80"}, {"id": "weak", "title": {"vi": "k"}, "from": "90"}"#,
        )],
        "class-order p.json:27:110: classes[1].from: expected no `from` for the last class: \
         it is for the rest, found `90`",
    );
    check_pack(
        &[(r#""class_at_most": "weak""#, r#""class_at_most": "week""#)],
        "unknown-name p.json:29:19: class_gates[0].class_at_most: expected the name of a \
         class, found `week`\n  \
         help: did you mean `weak`?",
    );
}

#[test]
fn a_name_stands_once_in_its_list() {
    check_pack(
        &[(
            r#"{"id": "office", "title": {"vi": "o"}}"#,
            r#"{"id": "office", "title": {"vi": "o"}}, {"id": "office", "title": {"vi": "o"}}"#,
        )],
        "duplicate-name p.json:6:60: offices[1].id: expected names of offices that are used once, found `office`",
    );
    check_pack(
        &[(
            r#"["plain", "mountain"]"#,
            r#"["plain", "mountain", "plain"]"#,
        )],
        "duplicate-name p.json:6:92: unit_classes[2]: expected names of classes of unit that are used once, found `plain`",
    );
    check_pack(
        &[
            (r#"{"id": "weak""#, r#"{"id": "good""#),
            (r#""class_at_most": "weak""#, r#""class_at_most": "good""#),
        ],
        "duplicate-name p.json:27:72: classes[1].id: expected names of classes that are used once, found `good`",
    );
    check_pack(
        &[(
            r#""class_gates": ["#,
            r#""class_gates": [{"id": "g", "title": {"vi": "k"}, "unless": {"of": "site", "is": "no"}, "class_at_most": "weak"}, "#,
        )],
        "duplicate-name p.json:28:122: class_gates[1].id: expected names of class gates that are used once, found `g`",
    );
    check_pack(
        &[(
            r#""class_gates""#,
            r#""consistency": [{"id": "c", "title": {"vi": "c"}, "left": {"of": "visits", "part": "value"}, "relation": "equal", "right": {"of": "visits", "part": "value"}}, {"id": "c", "title": {"vi": "c"}, "left": {"of": "visits", "part": "value"}, "relation": "equal", "right": {"of": "visits", "part": "value"}}], "class_gates""#,
        )],
        "duplicate-name p.json:28:167: consistency[1].id: expected names of consistency checks that are used once, found `c`",
    );
    check_pack(
        &[(r#"{"id": "B""#, r#"{"id": "A""#)],
        "duplicate-name p.json:20:40: quantities[8].options[1].id: expected names of options that are used once, found `A`",
    );
    check_pack(
        &[(r#"["good", "fair"]"#, r#"["good", "fair", "good"]"#)],
        "duplicate-name p.json:22:67: quantities[10].verdicts[2]: expected names of verdicts that are used once, found `good`",
    );
}

#[test]
fn what_depends_on_a_name_that_stands_twice_is_not_told() {
    check_pack(
        &[
            (r#"["plain", "mountain"]"#, r#"["plain", "plain"]"#),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "by_class", "classes": {"plain": {"form": "constant", "points": "1"}}}"#,
            ),
        ],
        "duplicate-name p.json:6:80: unit_classes[1]: expected names of classes of unit that are used once, found `plain`",
    );
    check_pack(
        &[
            (r#"["good", "fair"]"#, r#"["good", "good"]"#),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "ladder", "of": "grade", "steps": [{"verdict": "good", "points": "1"}, {"verdict": "fair", "points": "0"}]}"#,
            ),
        ],
        "duplicate-name p.json:22:59: quantities[10].verdicts[1]: expected names of verdicts that are used once, found `good`",
    );
}

#[test]
fn a_floor_is_not_above_its_cap() {
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "cap": "2", "floor": "2.5", "#,
        )],
        "floor-above-cap p.json:23:45: tree[0].floor: expected a floor of at most `2`, the cap, found `2.5`",
    );
}

#[test]
fn a_margin_of_error_is_a_fraction() {
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sample": {"margin": "0"}"#,
        )],
        "bad-margin p.json:16:76: quantities[5].sample.margin: expected a margin of error above 0 and below 1, as a fraction, found `0`\n  \
         help: 5 % is `\"0.05\"`",
    );
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sample": {"margin": "1"}"#,
        )],
        "bad-margin p.json:16:76: quantities[5].sample.margin: expected a margin of error above 0 and below 1, as a fraction, found `1`\n  \
         help: 5 % is `\"0.05\"`",
    );
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sample": {"margin": "-0.05"}"#,
        )],
        "bad-margin p.json:16:76: quantities[5].sample.margin: expected a margin of error above 0 and below 1, as a fraction, found `-0.05`\n  \
         help: 5 % is `\"0.05\"`",
    );
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sample": {"margin": 5}"#,
        )],
        "bad-margin p.json:16:76: quantities[5].sample.margin: expected a margin of error above 0 and below 1, as a fraction, found `5`\n  \
         help: 5 % is `\"0.05\"`",
    );
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sample": {"margin": "0.999"}"#,
        )],
        "",
    );
}

#[test]
fn a_source_names_figures_beside_it() {
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["mex"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `mex`, and no `mex` stands there\n  \
         help: did you mean `max`?",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["points"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `points`, and no `points` stands there\n  \
         help: did you mean `rule.points`?",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["rule.point"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `rule.point`, and `rule` has no `point`\n  \
         help: did you mean `rule.points`?",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["rule.bands[0].from"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `rule.bands[0].from`, and `rule` has no `bands`\n  \
         help: did you mean `rule`?",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["sources"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `sources`, and no `sources` stands there",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["$.max"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `$.max`, which is no path\n  \
         help: did you mean `max`?",
    );
    check_pack(
        &[(r#""of": ["max"]"#, r#""of": ["unproved"]"#)],
        "unknown-figure p.json:24:71: tree[0].children[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `unproved`, and no `unproved` stands there",
    );
    check_pack(
        &[(
            r#""sources": [],"#,
            r#""sources": [{"of": ["windows"], "document": "d"}],"#,
        )],
        "unknown-figure p.json:5:98: sources[0].of[0]: expected the path of a figure beside `sources`, found `windows`, and no `windows` stands there\n  \
         help: did you mean `window`?",
    );
    check_pack(
        &[(
            r#""movement": "latched""#,
            r#""movement": "latched", "sources": [{"of": ["movement", "by"], "document": "d"}]"#,
        )],
        "unknown-figure p.json:16:87: quantities[5].sources[0].of[1]: expected the path of a figure beside `sources`, found `by`, and no `by` stands there",
    );
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "sources": [{"of": ["cap"], "document": "d"}], "#,
        )],
        "unknown-figure p.json:23:44: tree[0].sources[0].of[0]: expected the path of a figure beside `sources`, found `cap`, and no `cap` stands there",
    );
    // What was left out as faulty may be what is named.
    check_pack(
        &[
            (r#""of": ["max"]"#, r#""of": ["unproved", "rule.points"]"#),
            (r#""max": "2", "s"#, r#""max": "2", "unproved": 0.5, "s"#),
        ],
        "lost-precision p.json:24:63: tree[0].children[0].unproved: expected a decimal as text \
         such as \"0.5\", found `0.5`\n  \
         help: write it as text: `\"0.5\"`",
    );
}

#[test]
fn a_source_of_a_missing_figure_is_not_told_beside_it() {
    check_pack(
        &[(
            r#""total": "unbounded", "open_at_close": "lost""#,
            r#""open_at_close": "lost", "sources": [{"of": ["total"], "document": "d"}]"#,
        )],
        "share-by-figure p.json:13:1: quantities[3]: expected `total` and `open_at_close` for a \
         share by figure, found only `open_at_close`",
    );
    check_pack(
        &[(r#""max": "2", "#, r#""#)],
        "missing-max p.json:24:1: tree[0].children[0]: expected `max`, the most points of a \
         leaf, found none",
    );
}

#[test]
fn points_that_are_too_fine_are_told() {
    let part =
        |denominator: &str| format!(r#"{{"form": "constant", "points": "1/{denominator}"}}"#);
    // 10^20 and the number after it have nothing in common.
    let parts = [
        part(&format!("1{}", "0".repeat(20))),
        part(&format!("1{}1", "0".repeat(19))),
    ];
    check_rule(
        &format!(r#"{{"form": "sum", "parts": [{}]}}"#, parts.join(", ")),
        "too-fine p.json:26:10: tree[0].children[0].rule: expected numbers that it writes with a \
         common denominator of at most 40 digits, found 41 digits or more\n  \
         help: write numbers with fewer places, or round the points",
    );
}

#[test]
fn more_patterns_than_a_pack_may_have_are_told() {
    let role = |name: usize, pattern: &str| {
        format!(
            r#"{{"role": "r{name}", "kinds": ["BC"], "number_pattern":
{{"pattern": "{pattern}", "accepts": ["{pattern}"], "refuses": ["b"]}}}}"#
        )
    };
    // One line, and two for each role.
    let quantity = |name: usize, roles: Vec<String>| {
        format!(
            r#"{{"id": "p{name}", "kind": "count", "by": "figure", "title": {{"vi": "q"}}, "proof": {{"roles": [
{}]}}}},
"#,
            roles.join(",\n")
        )
    };
    let full: String = (0..25)
        .map(|name| {
            let roles = (0..20).map(|place| role(place, &format!("a{}", 20 * name + place)));
            quantity(name, roles.collect())
        })
        .collect();
    let with = |last: &str| {
        let last = quantity(25, vec![role(0, last)]);
        pack_faults(&[(
            "\"quantities\": [",
            &format!("\"quantities\": [\n{full}{last}"),
        )])
    };
    // The five hundredth pattern may be used again.
    assert_eq!(with("a499"), "");
    // The last quantity begins on line 8 + 25 · 41, and its pattern two lines further.
    assert_eq!(
        with("a500"),
        "too-many-patterns p.json:1035:13: \
         quantities[25].proof.roles[0].number_pattern.pattern: expected at most 500 different \
         patterns in a pack, found one more\n  \
         help: use the same pattern where the same is asked"
    );
}

#[test]
fn totals_add_up() {
    check_pack(
        &[(r#""max": 2,"#, r#""max": 3,"#)],
        "max-does-not-add-up p.json:5:29: max: expected `2`, the sum over the tree outside the bonus and penalty block, found `3`\n  \
         help: mend the number, or a `max` in the tree",
    );
    check_pack(
        &[(r#""code": "1", "#, r#""code": "1", "max": "3", "#)],
        "max-does-not-add-up p.json:23:31: tree[0].max: expected `2`, the sum of its children, found `3`\n  \
         help: mend the number, or a `max` below it",
    );
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "max": "2", "cap": "1.5", "#,
        )],
        "max-does-not-add-up p.json:23:31: tree[0].max: expected `1.5`, its `cap`, which is below the sum, found `2`\n  \
         help: mend the number, or a `max` below it",
    );
    check_pack(
        &[(r#""code": "1", "#, r#""code": "1", "cap": "1.5", "#)],
        "max-does-not-add-up p.json:5:29: max: expected `1.5`, the sum over the tree outside the bonus and penalty block, found `2`\n  \
         help: mend the number, or a `max` in the tree",
    );
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "block": "bonus_penalty", "cap": "5", "floor": "-1", "#,
        )],
        "max-does-not-add-up p.json:5:29: max: expected `0`, the sum over the tree outside the bonus and penalty block, found `2`\n  \
         help: mend the number, or a `max` in the tree",
    );
    // A cap above the sum, and a floor, leave the maximum as it is.
    check_pack(
        &[(
            r#""code": "1", "#,
            r#""code": "1", "max": "2", "cap": "5", "floor": "1", "#,
        )],
        "",
    );
}

#[test]
fn a_total_is_not_told_where_a_part_of_it_has_a_fault() {
    check_pack(
        &[
            (r#""max": 2,"#, r#""max": 3,"#),
            (r#""code": "1", "#, r#""code": "1", "max": "4", "#),
            (r#""lead": "office""#, r#""lead": "offices""#),
        ],
        "unknown-name p.json:25:22: tree[0].children[0].offices.lead: expected the name of an office, found `offices`\n  \
         help: did you mean `office`?",
    );
    check_pack(
        &[
            (r#""max": 2,"#, r#""max": 3,"#),
            (
                r#""code": "1", "#,
                r#""code": "1", "cap": "1", "floor": "2", "#,
            ),
        ],
        "floor-above-cap p.json:23:45: tree[0].floor: expected a floor of at most `1`, the cap, found `2`",
    );
    check_pack(
        &[
            (r#""max": 2,"#, r#""max": 3,"#),
            (r#""max": "2", "s"#, r#""max": 2.5, "s"#),
        ],
        "lost-precision p.json:24:46: tree[0].children[0].max: expected a decimal as text such as \"0.5\", found `2.5`\n  \
         help: write it as text: `\"2.5\"`",
    );
}

#[test]
fn a_submission_is_held_to_itself() {
    check_figure(
        "files",
        r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0, "total": 11}"#,
        "items-do-not-add-up s.json:6:11: figures[0].share: expected `won`, `lost` and \
         `open` that add up to 11, found 10",
    );
    check_figure(
        "files",
        r#""share": {"won": 8, "lost": 4, "overdue": 0, "total": 11}"#,
        "items-do-not-add-up s.json:6:11: figures[0].share: expected items that add up to at \
         most 11, found 12",
    );
    check_figure(
        "files",
        r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 2}"#,
        "more-overdue-than-open s.json:6:55: figures[0].share.overdue: expected at most 1, \
         the open items, found 2",
    );
    check_figure(
        "files",
        r#""share": {"won": 8, "lost": 1, "total": 10, "overdue": 2}"#,
        "more-overdue-than-open s.json:6:57: figures[0].share.overdue: expected at most 1, \
         the open items, found 2",
    );
    check_figure(
        "files",
        r#""share": {"none": true, "lost": 1}"#,
        "items-of-none s.json:6:34: figures[0].share.lost: expected no items beside `none`, \
         found 1",
    );
    check_figure(
        "files",
        r#""share": {"total": 0, "lost": 1}"#,
        "items-of-none s.json:6:32: figures[0].share.lost: expected no items beside a total \
         of 0, found 1",
    );
    check_figure(
        "files",
        r#""share": {"lost": 1}"#,
        "missing-won s.json:6:11: figures[0].share: expected `won`, the items done as asked, \
         found none",
    );
    check_figure(
        "budget",
        r#""measure": {"from": "2", "to": "1"}"#,
        "range-reversed s.json:6:13: figures[0].measure: expected a lower end not above the \
         upper, found 2 to 1",
    );
    check_figure(
        "board",
        r#""judgement": {"by": "appraiser", "reason": "r"}"#,
        "judgement-value s.json:6:15: figures[0].judgement: expected one of `points` and \
         `verdict`, found neither",
    );
    check_submission(
        &[(
            r#""recorded_on": "2024-07-01""#,
            r#""recorded_on": "2024-06-29""#,
        )],
        "recorded-before s.json:5:67: figures[0].recorded_on: expected a day not before \
         2024-06-30, when it is said to have happened, found 2024-06-29",
    );
    check_submission(
        &[(
            r#""kind": "BC""#,
            r#""kind": "BC", "period": {"from": "2024-02-01", "to": "2024-01-01"}"#,
        )],
        "window-reversed s.json:8:51: evidence[0].period: expected a first day not after the \
         last, found 2024-02-01 to 2024-01-01",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""evidence": [{"id": "d1", "kind": "BC", "recorded_on": "2024-03-02"}, "#,
        )],
        "duplicate-name s.json:8:78: evidence[1].id: expected names that are used once, \
         found `d1`",
    );
}

#[test]
fn a_submission_is_held_to_the_pack() {
    check_submission(
        &[(r#""pack": "p""#, r#""pack": "q""#)],
        "wrong-pack s.json:1:53: pack: expected a submission for the pack `p`, found `q`",
    );
    check_submission(
        &[(r#""scored_year": 2024"#, r#""scored_year": 2023"#)],
        "wrong-year s.json:3:16: scored_year: expected the scored year 2024, found 2023",
    );
    check_submission(
        &[(r#""level": "commune""#, r#""level": "district""#)],
        "wrong-level s.json:2:45: unit.level: expected a unit of the level `commune`, found \
         `district`",
    );
    check_submission(
        &[(r#""class": "plain""#, r#""class": "plan""#)],
        "unknown-name s.json:2:65: unit.class: expected a class of unit that the pack `p` \
         has, found `plan`\n  \
         help: did you mean `plain`?",
    );
    assert_eq!(
        submission_faults(
            &[(
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "by_class", "classes": {"plain": {"form": "constant", "points": "1"}, "mountain": {"form": "constant", "points": "1"}}}"#
            )],
            &[(r#", "class": "plain""#, r#""#)],
        ),
        "missing-class s.json:2:9: unit: expected `class`, which rules of the pack \
         distinguish, found none",
    );
    check_figure(
        "fils",
        r#""count": 1"#,
        "unknown-name s.json:5:14: figures[0].quantity: expected a quantity that the pack \
         `p` has, found `fils`\n  \
         help: did you mean `files`?",
    );
    check_figure(
        "visits",
        r#""flag": "yes""#,
        "wrong-figure s.json:6:10: figures[0].flag: expected `count` for the count `visits`, \
         found `flag`",
    );
    check_figure(
        "talks",
        r#""count": 1"#,
        "wrong-figure s.json:6:11: figures[0].count: expected events, no figure, for the \
         count `talks`, found `count`",
    );
    check_figure(
        "calls",
        r#""share": {"won": 1, "lost": 0, "open": 0}"#,
        "items-by-events s.json:6:11: figures[0].share: expected events, or a figure that \
         states that there are none, found a figure with items",
    );
    check_figure(
        "budget",
        r#""measure": "51""#,
        "outside-domain s.json:6:13: figures[0].measure: expected a number from 0 to 50, \
         found 51",
    );
    check_figure(
        "survey",
        r#""options": {"A": 1, "C": 1}"#,
        "unknown-name s.json:6:27: figures[0].options.C: expected an option that the pack \
         `p` has, found `C`\n\
         missing-option s.json:6:13: figures[0].options: expected answers to the option `B`, \
         0 if there are none, found none stated",
    );
    check_figure(
        "survey",
        r#""options": {"A": 0, "B": 0}"#,
        "no-answers s.json:6:13: figures[0].options: expected at least one answer, found none",
    );
    check_figure(
        "files",
        r#""share": {"won": 1}"#,
        "incomplete-share s.json:6:11: figures[0].share: expected two of `lost`, `open` and \
         `total`, found fewer",
    );
    check_figure(
        "files",
        r#""share": {"won": 0, "total": 0, "open": 0}"#,
        "total-too-small s.json:6:31: figures[0].share.total: expected a total of at least \
         1, found 0",
    );
    check_figure(
        "files",
        r#""share": {"won": 1, "lost": 0, "open": 0, "at_most": 9}"#,
        "limit-not-asked s.json:6:55: figures[0].share.at_most: expected no `at_most`: the \
         pack says how far the total can grow, found one",
    );
    check_figure(
        "files",
        r#""share": {"won": 1, "lost": 0, "open": 1}"#,
        "missing-overdue s.json:6:11: figures[0].share: expected `overdue`: how many of the \
         open items are past their due date, found none",
    );
    assert_eq!(
        submission_faults(
            &[(r#""overdue": true, "#, r#""#)],
            &[(r#""overdue": 0"#, r#""overdue": 1"#)],
        ),
        "overdue-not-asked s.json:6:55: figures[0].share.overdue: expected no `overdue`: \
         items have no due dates of their own, found one",
    );
    check_figure(
        "board",
        r#""judgement": {"points": "3", "by": "appraiser", "reason": "r"}"#,
        "outside-range s.json:6:26: figures[0].judgement.points: expected points from 0 to \
         2, found 3",
    );
    check_figure(
        "board",
        r#""judgement": {"verdict": "good", "by": "appraiser", "reason": "r"}"#,
        "wrong-figure s.json:6:15: figures[0].judgement: expected `points`, found `verdict`",
    );
    check_figure(
        "grade",
        r#""judgement": {"points": "1", "by": "appraiser", "reason": "r"}"#,
        "wrong-figure s.json:6:15: figures[0].judgement: expected `verdict`, found `points`",
    );
    check_figure(
        "grade",
        r#""judgement": {"verdict": "goods", "by": "appraiser", "reason": "r"}"#,
        "unknown-name s.json:6:27: figures[0].judgement.verdict: expected a verdict that the \
         pack `p` has, found `goods`\n  \
         help: did you mean `good`?",
    );
    check_submission(
        &[(r#""kind": "report""#, r#""kind": "reports""#)],
        "unknown-name s.json:7:33: events[0].kind: expected a kind of event that the pack \
         `p` has, found `reports`\n  \
         help: did you mean `report`?",
    );
    check_submission(
        &[(r#""obligation": "q1", "#, r#""#)],
        "missing-obligation s.json:7:12: events[0]: expected `obligation`, one of `q1`, \
         found none",
    );
    check_submission(
        &[(r#""obligation": "q1""#, r#""obligation": "q2""#)],
        "unknown-name s.json:7:57: events[0].obligation: expected an obligation that the \
         pack `p` has, found `q2`\n  \
         help: did you mean `q1`?",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""not_applicable": [{"code": "1.2", "ground": "none", "recorded_on": "2024-03-01"}], "evidence": ["#,
        )],
        "unknown-name s.json:8:29: not_applicable[0].code: expected a leaf that the pack `p` \
         has, found `1.2`\n  \
         help: did you mean `1.1`?",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""not_applicable": [{"code": "1.1", "ground": "non", "recorded_on": "2024-03-01"}], "evidence": ["#,
        )],
        "unknown-name s.json:8:46: not_applicable[0].ground: expected a ground that the pack \
         `p` has, found `non`\n  \
         help: did you mean `none`?",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""not_applicable": [{"code": "1.1", "ground": "none", "recorded_on": "2024-03-01"}, {"code": "1.1", "ground": "none", "recorded_on": "2024-03-01"}], "evidence": ["#,
        )],
        "duplicate-name s.json:8:93: not_applicable[1].code: expected one claim for a leaf, \
         found `1.1` twice",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""explanations": [{"code": "1.1.1", "text": "x"}], "evidence": ["#,
        )],
        "unknown-name s.json:8:27: explanations[0].code: expected a leaf that the pack `p` \
         has, found `1.1.1`",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""cohort": [{"quantity": "budgt", "best": "1", "published_on": "2024-03-01"}], "evidence": ["#,
        )],
        "unknown-name s.json:8:25: cohort[0].quantity: expected a quantity that the pack `p` \
         has, found `budgt`\n  \
         help: did you mean `budget`?",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""declared_totals": [{"code": "2", "points": "1"}], "evidence": ["#,
        )],
        "unknown-name s.json:8:30: declared_totals[0].code: expected a code, or `total`, \
         that the pack `p` has, found `2`",
    );
    check_submission(
        &[(
            r#""evidence": ["#,
            r#""official_scores": [{"year": 2023, "round": "final", "code": "1.1", "points": "1"}, {"year": 2023, "round": "final", "code": "1.1", "points": "1"}], "evidence": ["#,
        )],
        "duplicate-name s.json:8:85: official_scores[1]: expected one score for a leaf, year \
         and round, found `1.1` 2023 final twice",
    );
}

#[test]
fn all_independent_faults_come_in_one_pass() {
    check_pack(
        &[
            (
                r#""title": {"vi": "p"}"#,
                r#""title": {"vi": "p"}, "note": 5"#,
            ),
            (
                r#""hand_in_by": "2025-01-05""#,
                r#""hand_in_by": "2024-12-30""#,
            ),
            (r#", "roll": "none""#, r#""#),
            (r#""lead": "office""#, r#""lead": "offices""#),
            (r#""class_at_most": "weak""#, r#""class_at_most": "week""#),
        ],
        "wrong-type p.json:1:80: note: expected a text, found `5`\n  \
         help: put it in quotes: `\"5\"`\n\
         hand-in-before-close p.json:4:69: hand_in_by: expected a day not before the close, \
         2024-12-31, found 2024-12-30\n\
         missing-roll p.json:12:45: quantities[2].obligations[0].due: expected `roll`: \
         `next_working_day` or `none`, found none\n  \
         help: say what holds when the day is a rest day\n\
         unknown-name p.json:25:22: tree[0].children[0].offices.lead: expected the name of \
         an office, found `offices`\n  \
         help: did you mean `office`?\n\
         unknown-name p.json:29:19: class_gates[0].class_at_most: expected the name of a \
         class, found `week`\n  \
         help: did you mean `weak`?",
    );
}

#[test]
fn a_fault_of_shape_is_not_told_again_as_a_fault_of_meaning() {
    check_rule(
        r#"{"form": "bands", "of": "files", "in": "percent", "bands": [{"below": "90", "points": 0.5}, {"from": "90", "points": "2"}]}"#,
        "lost-precision p.json:26:96: tree[0].children[0].rule.bands[0].points: expected a \
         decimal as text such as \"0.5\", found `0.5`\n  \
         help: write it as text: `\"0.5\"`",
    );
    check_rule(
        r#"{"form": "bands", "of": "calls", "in": "percent", "bands": [{"points": "0"}], "not_arisen": "ful"}"#,
        "unknown-value p.json:26:102: tree[0].children[0].rule.not_arisen: expected one of \
         `full`, `zero`, `exclude`, found `\"ful\"`\n  \
         help: did you mean `full`?",
    );
    check_pack(
        &[(r#""max": "2", "s"#, r#""max": 2.5, "s"#)],
        "lost-precision p.json:24:46: tree[0].children[0].max: expected a decimal as text \
         such as \"0.5\", found `2.5`\n  \
         help: write it as text: `\"2.5\"`",
    );
    check_pack(
        &[(r#""document": "d""#, r#""document": """#)],
        "empty-text p.json:24:91: tree[0].children[0].sources[0].document: expected a text \
         that says something, found `\"\"`",
    );
    check_pack(
        &[(r#""from": "80""#, r#""from": 80.5"#)],
        "lost-precision p.json:27:58: classes[0].from: expected a decimal as text such as \
         \"0.5\", found `80.5`\n  \
         help: write it as text: `\"80.5\"`",
    );
    check_pack(
        &[
            (r#""min": "0", "max": "50""#, r#""min": 0.5, "max": "50""#),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "bands", "of": "budget", "bands": [{"from": "0.5", "points": "1"}]}"#,
            ),
        ],
        "lost-precision p.json:18:55: quantities[7].domain.min: expected a decimal as text \
         such as \"0.5\", found `0.5`\n  \
         help: write it as text: `\"0.5\"`",
    );
    check_pack(
        &[(r#""id": "site""#, r#""id": "the site""#)],
        "bad-identifier p.json:16:8: quantities[5].id: expected an identifier as text, found \
         `\"the site\"`\n  \
         help: ` ` (U+0020) is not a letter from A to Z, a digit, `.`, `_` or `-`",
    );
    check_pack(
        &[
            (r#", "roll": "none""#, r#""#),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "per_obligation", "of": "reports", "met": "1", "late": "0", "missing": "0"}"#,
            ),
        ],
        "missing-roll p.json:12:45: quantities[2].obligations[0].due: expected `roll`: \
         `next_working_day` or `none`, found none\n  \
         help: say what holds when the day is a rest day",
    );
    check_figure(
        "files",
        r#""share": {"won": -8, "lost": 1, "open": 1}"#,
        "out-of-range s.json:6:19: figures[0].share.won: expected a whole number from 0 to \
         1000000000000, found `-8`",
    );
    check_figure(
        "board",
        r#""judgement": {"points": 1.5, "by": "appraiser", "reason": "r"}"#,
        "lost-precision s.json:6:26: figures[0].judgement.points: expected a decimal as text \
         such as \"0.5\", found `1.5`\n  \
         help: write it as text: `\"1.5\"`",
    );
}

#[test]
fn a_rule_over_too_many_quantities_is_refused() {
    let flags = (0..1_001).map(|index| {
        format!(r#"{{"id": "f{index}", "kind": "flag", "movement": "latched", "title": {{"vi": "q"}}}},"#)
    });
    let flags = format!("\"quantities\": [{}", flags.collect::<String>());
    let part = |range: std::ops::Range<usize>| {
        let items = range.map(|index| format!(r#"{{"of": "f{index}", "points": "0"}}"#));
        let items = items.collect::<Vec<_>>().join(",");
        format!(r#"{{"form": "checklist", "items": [{items}]}}"#)
    };
    let rule = format!(
        r#"{{"form": "sum", "parts": [{}, {}]}}"#,
        part(0..600),
        part(600..1_001)
    );
    check_pack(
        &[("\"quantities\": [", &flags), (RULE, &rule)],
        "too-many-parts p.json:26:10: tree[0].children[0].rule: expected at most 1000 quantities, \
         found 1001",
    );
}

#[test]
fn too_many_figures_of_one_quantity_are_worded() {
    let figure = r#"{"quantity": "site", "observed_on": "2024-06-30", "recorded_on": "2024-07-01", "flag": "no"}"#;
    let figures = format!("\"figures\": [{},", [figure; 501].join(",\n"));
    check_submission(
        &[("\"figures\": [", &figures)],
        "too-many s.json:504:14: figures[500].quantity: expected at most 500 figures of one \
         quantity, found 501",
    );
}

#[test]
fn misfits_beyond_the_limit_are_counted() {
    let claim = r#"{"code": "9", "text": "x"}"#;
    let claims = format!(
        "\"explanations\": [{}], \"evidence\": [",
        [claim; 1_002].join(",")
    );
    let found = submission_faults(&[], &[("\"evidence\": [", &claims)]);
    assert_eq!(
        found
            .lines()
            .filter(|line| line.starts_with("unknown-name "))
            .count(),
        1_000
    );
    assert!(
        found.ends_with(
            "explanations[1000].code: expected at most 1000 faults, found 2 more\n  \
             help: mend those listed, then check again"
        ),
        "{found}"
    );
}

#[test]
fn what_a_pack_says_of_split_years() {
    check_pack(
        &[(
            r#""movement": "latched", "title""#,
            r#""movement": "latched", "predecessors": "sum", "title""#,
        )],
        "predecessors-not-summable p.json:16:71: quantities[5].predecessors: expected `sum` for a count, a share, or a measure from 0 on without a largest number, found a `flag`\n  help: say `own`, or count something that can be added up",
    );
    check_pack(
        &[(
            r#""max": "50"}, "title""#,
            r#""max": "50"}, "predecessors": "sum", "title""#,
        )],
        "predecessors-not-summable p.json:18:90: quantities[7].predecessors: expected `sum` for a count, a share, or a measure from 0 on without a largest number, found a measure that is at most 50\n  help: say `own`, or count something that can be added up",
    );
    check_pack(
        &[(
            r#""id": "trend", "kind": "measure", "title""#,
            r#""id": "trend", "kind": "measure", "domain": {"min": "-1"}, "predecessors": "sum", "title""#,
        )],
        "predecessors-not-summable p.json:17:77: quantities[6].predecessors: expected `sum` for a count, a share, or a measure from 0 on without a largest number, found a measure that can be -1\n  help: say `own`, or count something that can be added up",
    );
    check_pack(
        &[(
            r#""id": "survey", "kind": "measure", "title""#,
            r#""id": "survey", "kind": "measure", "predecessors": "sum", "title""#,
        )],
        "predecessors-not-summable p.json:19:53: quantities[8].predecessors: expected `sum` for a count, a share, or a measure from 0 on without a largest number, found a mean of answers\n  help: say `own`, or count something that can be added up",
    );
    check_pack(
        &[(
            r#""by": "figure", "title""#,
            r#""by": "figure", "predecessors": "sum", "observation": "unit", "title""#,
        )],
        "predecessors-and-observation p.json:10:89: quantities[1].observation: expected `predecessors: sum` or `observation: unit`, not both, found both\n  help: predecessors are observed before the unit began",
    );
    check_pack(
        &[(
            r#""kinds": ["BB"]"#,
            r#""kinds": ["BB"], "of": "predecessor""#,
        )],
        "role-of-predecessor p.json:9:65: quantities[0].proof.roles[0].of: expected no `of`: facts of predecessors count only with `predecessors: sum`, found `predecessor`",
    );
    check_pack(
        &[
            (
                r#""event": "talk", "title""#,
                r#""event": "talk", "predecessors": "sum", "title""#,
            ),
            (
                r#""kinds": ["BB"]"#,
                r#""kinds": ["BB"], "distinct": true, "of": "unit""#,
            ),
        ],
        "bad-distinct p.json:9:71: quantities[0].proof.roles[0].distinct: expected one distinct role for events, with one document, found one with `of`",
    );
    check_pack(
        &[
            (
                r#""event": "report", "title""#,
                r#""event": "report", "observation": "unit", "title""#,
            ),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "bands", "of": "reports", "read": "met", "bands": [{"below": "1", "points": "0"}, {"from": "1", "points": "1"}]}"#,
            ),
        ],
        "observation-counts-met p.json:26:53: tree[0].children[0].rule.read: expected a rule that counts what is late or missing, since not every unit owes each obligation, found one that counts what is handed in, with `observation: unit`\n  help: use `deduction` with `lapses`, `late` or `missing`",
    );
    check_pack(
        &[
            (
                r#""event": "report", "title""#,
                r#""event": "report", "observation": "unit", "title""#,
            ),
            (
                r#"{"form": "constant", "points": "1"}"#,
                r#"{"form": "per_obligation", "of": "reports", "met": "1", "late": "0", "missing": "0"}"#,
            ),
        ],
        "observation-counts-met p.json:26:43: tree[0].children[0].rule.of: expected a rule that counts what is late or missing, since not every unit owes each obligation, found one that counts what is handed in, with `observation: unit`\n  help: use `deduction` with `lapses`, `late` or `missing`",
    );
}

#[test]
fn what_a_submission_says_of_split_years() {
    check_submission(
        &[(
            r#", "class": "plain""#,
            r#", "class": "plain", "observation_window": {"from": "2024-12-31", "to": "2024-03-01"}"#,
        )],
        "window-reversed s.json:2:96: unit.observation_window: expected a first day not after the last, found 2024-12-31 to 2024-03-01",
    );
    check_submission(
        &[(
            r#", "class": "plain""#,
            r#", "class": "plain", "predecessors": [{"id": "a", "name": "A"}]"#,
        )],
        "predecessors-without-window s.json:2:90: unit.predecessors: expected `observation_window` beside `predecessors`: when the unit began, found none",
    );
    check_submission(
        &[(
            r#", "class": "plain""#,
            r#", "class": "plain", "observation_window": {"from": "2024-03-01", "to": "2024-12-31"}, "predecessors": [{"id": "a", "name": "A"}, {"id": "a", "name": "B"}]"#,
        )],
        "duplicate-name s.json:2:190: unit.predecessors[1].id: expected names that are used once, found `a`",
    );
    check_submission(
        &[
            (
                r#", "class": "plain""#,
                r#", "class": "plain", "observation_window": {"from": "2024-07-01", "to": "2024-12-31"}"#,
            ),
            (
                r#""date": "2024-03-01", "recorded_on": "2024-03-02""#,
                r#""date": "2024-07-01", "recorded_on": "2024-07-02""#,
            ),
        ],
        "before-unit s.json:5:38: figures[0].observed_on: expected a day from 2024-07-01 on, when the unit began, found 2024-06-30",
    );
    check_submission(
        &[(
            r#", "class": "plain""#,
            r#", "class": "plain", "observation_window": {"from": "2024-03-02", "to": "2024-12-31"}"#,
        )],
        "before-unit s.json:7:71: events[0].date: expected a day from 2024-03-02 on, when the unit began, found 2024-03-01",
    );
    check_submission(
        &[
            (
                r#", "class": "plain""#,
                r#", "class": "plain", "observation_window": {"from": "2024-03-01", "to": "2024-12-31"}, "predecessors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]"#,
            ),
            (
                r#""obligation": "q1""#,
                r#""obligation": "q1", "unit": "a""#,
            ),
        ],
        "predecessor-too-late s.json:7:84: events[0].date: expected a day before 2024-03-01, when its successor began, found 2024-03-01",
    );
    check_submission(
        &[
            (
                r#", "class": "plain""#,
                r#", "class": "plain", "observation_window": {"from": "2024-03-02", "to": "2024-12-31"}, "predecessors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]"#,
            ),
            (
                r#""obligation": "q1""#,
                r#""obligation": "q1", "unit": "c""#,
            ),
        ],
        "unknown-name s.json:7:71: events[0].unit: expected one of the unit's predecessors: `a`, `b`, found `c`",
    );
    check_submission(
        &[(
            r#""obligation": "q1""#,
            r#""obligation": "q1", "unit": "c""#,
        )],
        "unknown-name s.json:7:71: events[0].unit: expected no unit: none is named under `predecessors`, found `c`",
    );
    check_submission(
        &[
            (
                r#", "class": "plain""#,
                r#", "class": "plain", "observation_window": {"from": "2024-03-01", "to": "2024-12-31"}, "predecessors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]"#,
            ),
            (
                r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}"#,
                r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}, "predecessors": [{"unit": "a", "share": {"won": 1, "lost": 0, "open": 0}}, {"unit": "a", "share": {"won": 2, "lost": 0, "open": 0}}]"#,
            ),
        ],
        "duplicate-name s.json:6:143: figures[0].predecessors[1].unit: expected one figure of each predecessor, found `a` twice",
    );
    check_submission(
        &[
            (
                r#", "class": "plain""#,
                r#", "class": "plain", "observation_window": {"from": "2024-03-01", "to": "2024-12-31"}, "predecessors": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]"#,
            ),
            (
                r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}"#,
                r#""share": {"won": 8, "lost": 1, "open": 1, "overdue": 0}, "predecessors": [{"unit": "a", "count": 1}]"#,
            ),
        ],
        "wrong-figure s.json:6:99: figures[0].predecessors[0].count: expected `share` for the share `files`, found `count`",
    );
    check_submission(
        &[(
            r#", "class": "plain""#,
            r#", "class": "plain", "observation_window": {"from": "2023-12-31", "to": "2024-12-31"}"#,
        )],
        "observation-outside-window s.json:2:96: unit.observation_window: expected days inside the window of the pack, 2024-01-01 to 2024-12-31, found 2023-12-31 to 2024-12-31",
    );
    assert_eq!(
        submission_faults(
            &[(
                r#""event": "report", "title""#,
                r#""event": "report", "observation": "unit", "title""#
            )],
            &[
                (
                    r#", "class": "plain""#,
                    r#", "class": "plain", "observation_window": {"from": "2024-03-16", "to": "2024-12-31"}"#
                ),
                (
                    r#""events": [{"id": "e1", "kind": "report", "obligation": "q1", "date": "2024-03-01", "recorded_on": "2024-03-02"}]"#,
                    r#""events": []"#
                )
            ]
        ),
        "nothing-to-observe s.json:2:96: unit.observation_window: expected days that leave an obligation of `reports`, found 2024-03-16 to 2024-12-31",
    );
    assert_eq!(
        submission_faults(
            &[(
                r#""by": "figure", "title""#,
                r#""by": "figure", "observation": "unit", "window": {"from": "2024-01-01", "to": "2024-03-15"}, "title""#
            )],
            &[
                (
                    r#", "class": "plain""#,
                    r#", "class": "plain", "observation_window": {"from": "2024-03-16", "to": "2024-12-31"}"#
                ),
                (
                    r#""events": [{"id": "e1", "kind": "report", "obligation": "q1", "date": "2024-03-01", "recorded_on": "2024-03-02"}]"#,
                    r#""events": []"#
                )
            ]
        ),
        "nothing-to-observe s.json:2:96: unit.observation_window: expected days that leave a day of the window of `visits`, found 2024-03-16 to 2024-12-31",
    );
}

/// Codes that no file can bring about, with the reason.
const UNREACHED: &[(&str, &str)] = &[
    (
        "bad-rounding",
        "the shape already limits `places` to 0 to 6",
    ),
    (
        "unreadable",
        "what the shape lets through and the types do not: a fault of the library",
    ),
];

fn sources(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => sources(&path, paths),
            false => paths.push(path),
        }
    }
}

/// Codes raised by the sources under `src` whose path begins with one of `names`.
fn codes(names: &[&str]) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let raised = regex::Regex::new(
        r#"(?:\bfault\(|\bmisfit\(|\bcode:|=>)\s*"([a-z]+(?:-[a-z]+)+|unreachable|unreadable)""#,
    )
    .unwrap();
    let mut paths = Vec::new();
    sources(&folder, &mut paths);
    let mut codes = BTreeSet::new();
    for path in paths {
        let name = path.strip_prefix(&folder).unwrap().display().to_string();
        if names.iter().any(|start| name.starts_with(start)) {
            let text = fs::read_to_string(&path).unwrap();
            // What stands in the tests of a module is not raised by it.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            codes.extend(raised.captures_iter(text).map(|found| found[1].to_owned()));
        }
    }
    assert!(!codes.is_empty());
    codes
}

#[test]
fn every_code_is_worded_here() {
    let own = include_str!("wording.rs");
    let worded = |code: &str| {
        ["p", "s"]
            .iter()
            .any(|file| own.contains(&format!("{code} {file}.json:")))
    };
    let counted = ["too-many-faults"];
    let missing: Vec<String> = codes(&["wire", "record"])
        .into_iter()
        .filter(|code| !worded(code) && !counted.contains(&code.as_str()))
        .filter(|code| UNREACHED.iter().all(|(known, _)| known != code))
        .collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn the_table_of_faults_lists_every_code_once() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/FAULTS.md");
    let table = fs::read_to_string(path).unwrap();
    let mut listed: BTreeMap<&str, usize> = BTreeMap::new();
    for line in table.lines().filter_map(|line| line.strip_prefix("| `")) {
        let (code, rest) = line.split_once('`').unwrap();
        assert_eq!(rest.matches(" | ").count(), 2, "{code}");
        *listed.entry(code).or_default() += 1;
    }
    assert!(listed.values().all(|count| *count == 1), "{listed:?}");
    let mut raised = codes(&[
        "wire",
        "record",
        "question.rs",
        "question",
        "regain",
        "values/calendar.rs",
        "verify",
    ]);
    raised.extend(CODES.iter().map(|(code, _)| (*code).to_owned()));
    let listed: BTreeSet<String> = listed.into_keys().map(str::to_owned).collect();
    assert_eq!(listed, raised);
}
