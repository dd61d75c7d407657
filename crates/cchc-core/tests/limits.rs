//! What is over a limit gets a coded fault, soon; what is just within it is read and scored.
//!
//! The limits are those of `rules/README.md`, section "Limits", which the last test holds
//! against the code.
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
    clippy::disallowed_types,
    reason = "a test reads the documentation, and measures that a refusal comes soon"
)]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use cchc_core::Assessment;
use cchc_core::json::{Fault, MAX_BYTES, MAX_DEPTH, MAX_FAULTS};
use cchc_core::question::MAX_REQUEST_BYTES;
use cchc_core::record::MAX_FIGURES;
use cchc_core::values::Calendar;
use cchc_core::wire::{
    MAX_CHILDREN, MAX_NAMED, MAX_OBLIGATIONS, MAX_PARTS, MAX_PATTERN_BYTES, MAX_PATTERNS,
    MAX_PREDECESSORS, MAX_QUANTITIES, MAX_READ_DIGITS, MAX_RECORDS, MAX_RULE_DIGITS,
    MAX_SUM_DIGITS,
};
use cchc_core::{fit, read_pack, read_submission};

/// A search without an end, not a slow machine, passes this.
const SOON: Duration = Duration::from_secs(60);

const VISITS: &str = r#"{"id": "visits", "kind": "count", "by": "figure", "title": {"vi": "q"}}"#;
const RULE: &str = r#"{"form": "constant", "points": "1"}"#;

fn pack(quantities: &str, tree: &str) -> String {
    let leaves = tree.split(r#""max": ""#).skip(1);
    let max: u64 = leaves
        .map(|rest| rest.split('"').next().unwrap().parse::<u64>().unwrap())
        .sum();
    format!(
        r#"{{"format": "cchc-pack", "version": 1, "id": "p", "title": {{"vi": "p"}},
"level": "commune", "scored_year": 2024, "issuer": "UBND",
"validity": {{"from": "2024-01-01", "to": "2025-12-31"}},
"window": {{"from": "2024-01-01", "to": "2024-12-31"}}, "hand_in_by": "2025-01-05",
"coverage": "partial", "max": "{max}", "rounding": {{"places": 2, "mode": "none"}}, "sources": [],
"quantities": [{quantities}], "tree": [{tree}]}}"#
    )
}

fn leaf(code: &str, max: &str, rule: &str) -> String {
    format!(
        r#"{{"code": "{code}", "title": {{"vi": "t"}}, "max": "{max}",
"sources": [{{"of": ["max"], "illustrative": "d"}}], "rule": {rule}}}"#
    )
}

fn submission(figures: &str, events: &str) -> String {
    format!(
        r#"{{"format": "cchc-submission", "version": 1, "pack": "p",
"unit": {{"code": "u", "name": "u", "level": "commune"}}, "scored_year": 2024,
"prepared_on": "2024-07-20", "figures": [{figures}], "events": [{events}]}}"#
    )
}

fn visits(count: &str) -> String {
    format!(
        r#"{{"quantity": "visits", "observed_on": "2024-06-30", "recorded_on": "2024-07-01",
"count": {count}}}"#
    )
}

fn joined(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect::<Vec<_>>().join(",")
}

#[track_caller]
fn soon<T>(work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = work();
    let taken = start.elapsed();
    assert!(taken < SOON, "{taken:?}");
    done
}

#[track_caller]
fn check_faults(found: Result<(), Vec<Fault>>, expected: &[&str]) {
    let faults = found.err().unwrap_or_default();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
    assert_eq!(
        codes,
        expected,
        "{}",
        faults.first().map_or(String::new(), ToString::to_string)
    );
}

#[track_caller]
fn check_pack(text: &str, expected: &[&str]) {
    let calendar = Calendar::vietnam();
    check_faults(
        soon(|| read_pack("p", text.as_bytes(), calendar).map(|_| ())),
        expected,
    );
}

#[track_caller]
fn check_submission(text: &str, expected: &[&str]) {
    check_faults(
        soon(|| read_submission("s", text.as_bytes()).map(|_| ())),
        expected,
    );
}

/// The assessment of a pack and a submission that are both within the limits.
#[track_caller]
fn assessed(pack: &str, submission: &str) -> Assessment {
    soon(|| {
        let pack = read_pack("p", pack.as_bytes(), Calendar::vietnam()).unwrap();
        let submission = read_submission("s", submission.as_bytes()).unwrap();
        let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
        fitted.assess(submission.prepared_on)
    })
}

#[track_caller]
fn check_standing(rule: &str, figures: &str, expected: &str) {
    let pack = pack(VISITS, &leaf("1", "10", rule));
    let assessment = assessed(&pack, &submission(figures, ""));
    assert_eq!(assessment.totals.numbers.standing.to_string(), expected);
}

#[test]
fn a_file_of_too_many_bytes_is_refused() {
    let text = pack("", &leaf("1", "1", RULE));
    let padded = format!("{text}{}", " ".repeat(MAX_BYTES - text.len()));
    check_pack(&padded, &[]);
    check_pack(&format!("{padded} "), &["too-large"]);
    check_submission(&" ".repeat(MAX_BYTES + 1), &["too-large"]);
}

fn nested(open: &str, close: &str, times: usize) -> String {
    format!("{}{RULE}{}", open.repeat(times), close.repeat(times))
}

#[test]
fn a_rule_nested_as_deep_as_a_file_can_be_is_scored() {
    // The rule of a leaf at the top is the fourth object or list.
    let deepest = MAX_DEPTH - 4;
    let caps = |times| nested(r#"{"form": "cap", "at": "1", "part": "#, "}", times);
    check_standing(&caps(deepest), "", "1");
    check_pack(
        &pack("", &leaf("1", "10", &caps(deepest + 1))),
        &["too-deep"],
    );
    let sums = |times| nested(r#"{"form": "sum", "parts": ["#, "]}", times);
    check_standing(&sums(deepest / 2), "", "1");
    check_pack(
        &pack("", &leaf("1", "10", &sums(deepest / 2 + 1))),
        &["too-deep"],
    );
    check_pack(&pack("", &leaf("1", "10", &sums(60))), &["too-deep"]);
    check_pack(&pack("", &leaf("1", "10", &sums(100_000))), &["too-deep"]);
}

#[test]
fn a_tree_nested_as_deep_as_a_file_can_be_is_scored() {
    let tree = |groups: usize| {
        (0..groups).fold(leaf("L", "1", RULE), |node, index| {
            format!(r#"{{"code": "G{index}", "title": {{"vi": "t"}}, "children": [{node}]}}"#)
        })
    };
    let assessment = assessed(&pack("", &tree(29)), &submission("", ""));
    assert_eq!(assessment.groups.len(), 29);
    check_pack(&pack("", &tree(30)), &["too-deep"]);
}

#[test]
fn lists_that_are_too_long_are_refused() {
    let one = leaf("1", "1", RULE);
    check_pack(&pack(&joined(MAX_QUANTITIES, flag), &one), &[]);
    check_pack(
        &pack(&joined(MAX_QUANTITIES + 1, flag), &one),
        &["too-many"],
    );
    let leaves = |count| joined(count, |index| leaf(&format!("L{index}"), "1", RULE));
    check_pack(&pack("", &leaves(MAX_CHILDREN)), &[]);
    check_pack(&pack("", &leaves(MAX_CHILDREN + 1)), &["too-many"]);
    let parts = |count| {
        let part = r#"{"form": "constant", "points": "0"}"#;
        let parts = joined(count, |_| part.to_owned());
        pack(
            "",
            &leaf(
                "1",
                "1",
                &format!(r#"{{"form": "sum", "parts": [{parts}]}}"#),
            ),
        )
    };
    check_pack(&parts(MAX_PARTS), &[]);
    check_pack(&parts(MAX_PARTS + 1), &["too-many"]);
    let due_set = |count| {
        let obligations = joined(count, |index| {
            format!(
                r#"{{"id": "o{index}", "title": {{"vi": "o"}},
"due": {{"date": "2024-06-15", "roll": "none"}}}}"#
            )
        });
        format!(
            r#"{{"id": "d", "kind": "due_set", "event": "e", "title": {{"vi": "q"}},
"obligations": [{obligations}]}}"#
        )
    };
    check_pack(&pack(&due_set(MAX_OBLIGATIONS), &one), &[]);
    check_pack(&pack(&due_set(MAX_OBLIGATIONS + 1), &one), &["too-many"]);
}

#[test]
fn more_figures_of_one_quantity_than_the_limit_do_not_fit() {
    let pack = pack(&flag(0), &leaf("1", "1", RULE));
    let pack = read_pack("pack.json", pack.as_bytes(), Calendar::vietnam()).unwrap();
    let check = |count, expected: &[&str]| {
        let figure = |_| {
            r#"{"quantity": "f0", "observed_on": "2024-01-02", "recorded_on": "2024-01-02", "flag": "no"}"#
                .to_owned()
        };
        let text = submission(&joined(count, figure), "");
        let submission = read_submission("submission.json", text.as_bytes()).unwrap();
        let misfits = fit(&pack, &submission, Calendar::vietnam()).err();
        let found: Vec<String> = misfits
            .unwrap_or_default()
            .iter()
            .map(|it| format!("{} {} {}", it.code, it.path, it.found))
            .collect();
        assert_eq!(found, expected);
    };
    check(MAX_FIGURES, &[]);
    check(MAX_FIGURES + 1, &["too-many figures[500].quantity 501"]);
}

#[test]
fn submissions_that_are_too_long_are_refused() {
    let event = |index| {
        format!(
            r#"{{"id": "e{index}", "kind": "k", "date": "2024-01-02", "recorded_on": "2024-01-02"}}"#
        )
    };
    check_submission(&submission("", &joined(MAX_RECORDS, event)), &[]);
    check_submission(
        &submission("", &joined(MAX_RECORDS + 1, event)),
        &["too-many"],
    );
    let naming = |count| {
        let names = joined(count, |index| format!("\"d{index}\""));
        submission(
            "",
            &event(0).replace('}', &format!(r#", "documents": [{names}]}}"#)),
        )
    };
    check_submission(&naming(MAX_NAMED), &[]);
    check_submission(&naming(MAX_NAMED + 1), &["too-many"]);
    let succeeding = |count| {
        let list = joined(count, |index| {
            format!(r#"{{"id": "u{index}", "name": "u"}}"#)
        });
        let split = format!(
            r#""observation_window": {{"from": "2024-07-01", "to": "2024-12-31"}},
"predecessors": [{list}], "level""#
        );
        submission("", "").replacen("\"level\"", &split, 1)
    };
    check_submission(&succeeding(MAX_PREDECESSORS), &[]);
    check_submission(&succeeding(MAX_PREDECESSORS + 1), &["too-many"]);
}

#[test]
fn counts_end_at_a_million_millions() {
    let rule =
        r#"{"form": "proportional", "of": "visits", "points": "1", "full_at": 3000000000000}"#;
    check_standing(rule, &visits("1000000000000"), "1/3");
    check_submission(&submission(&visits("1000000000001"), ""), &["out-of-range"]);
    check_submission(
        &submission(&visits("18446744073709551616"), ""),
        &["out-of-range"],
    );
    check_submission(
        &submission(&visits(&"9".repeat(100_000)), ""),
        &["out-of-range"],
    );
}

#[test]
fn numbers_of_thirty_characters_are_exact() {
    let bands = |edge: &str| {
        format!(
            r#"{{"form": "bands", "of": "visits", "bands": [
{{"below": "{edge}", "points": "0"}}, {{"from": "{edge}", "points": "1"}}]}}"#
        )
    };
    let nines = "9".repeat(30);
    check_standing(&bands(&nines), &visits("1000000000000"), "0");
    check_standing(&bands("2.9999999999999999999999999999"), &visits("3"), "1");
    check_standing(&bands("3.0000000000000000000000000001"), &visits("3"), "0");
    check_standing(&bands("1/9999999999999999999999999999"), &visits("1"), "1");
    let over = pack(VISITS, &leaf("1", "1", &bands(&"9".repeat(31))));
    check_pack(&over, &["bad-decimal", "bad-decimal"]);
    // A proportion over such a number is a fraction of as many digits, and stays exact.
    let rule = format!(
        r#"{{"form": "proportional", "of": "visits", "points": "1/3", "full_at": "{nines}"}}"#
    );
    check_standing(&rule, &visits("1"), &format!("1/2{}", "9".repeat(29) + "7"));
}

fn flag(index: usize) -> String {
    format!(
        r#"{{"id": "f{index}", "kind": "flag", "movement": "latched", "title": {{"vi": "q"}}}}"#
    )
}

/// A checklist of as many items as there can be, whose points have one of two denominators.
fn fine_checklist(one: &str, other: &str) -> String {
    let items = joined(MAX_PARTS, |index| {
        let denominator = if index % 2 == 0 { one } else { other };
        format!(r#"{{"of": "f{index}", "points": "1/{denominator}"}}"#)
    });
    let rule = format!(r#"{{"form": "checklist", "items": [{items}]}}"#);
    pack(&joined(MAX_PARTS, flag), &leaf("1", "1", &rule))
}

#[test]
fn a_checklist_of_unrelated_denominators_is_added_up_within_their_digits() {
    // 10^20 - 1 and 10^20 + 1 are odd and differ by 2, so nothing is common: their product
    // 10^40 - 1 has 40 digits.
    let (below, above) = ("9".repeat(20), format!("1{}1", "0".repeat(19)));
    let yes = joined(MAX_PARTS, |index| {
        format!(
            r#"{{"quantity": "f{index}", "observed_on": "2024-06-30",
"recorded_on": "2024-07-01", "flag": "yes"}}"#
        )
    });
    let assessment = assessed(&fine_checklist(&below, &above), &submission(&yes, ""));
    // 500/(10^20 - 1) + 500/(10^20 + 1) = 500 · 2 · 10^20 / (10^40 - 1); the fraction is in
    // lowest terms, since 10^40 - 1 is neither even nor divisible by 5.
    let expected = format!("1{}/{}", "0".repeat(23), "9".repeat(40));
    assert_eq!(assessment.totals.numbers.standing.to_string(), expected);
    assert_eq!(assessment.totals.numbers.secured.to_string(), expected);
    // One more digit is refused: 10^20 · (10^20 + 1).
    let ten = format!("1{}", "0".repeat(20));
    check_pack(&fine_checklist(&ten, &above), &["too-fine"]);
}

#[test]
fn a_list_of_a_thousand_unrelated_denominators_is_refused_soon() {
    let items = joined(MAX_PARTS, |index| {
        // Odd numbers near 10^27, most of which have nothing in common.
        let denominator = 1_000_000_000_000_000_000_000_000_001_u128 + 2 * index as u128;
        format!(r#"{{"of": "f{index}", "points": "1/{denominator}"}}"#)
    });
    let rule = format!(r#"{{"form": "checklist", "items": [{items}]}}"#);
    let text = pack(&joined(MAX_PARTS, flag), &leaf("1", "1", &rule));
    check_pack(&text, &["too-fine"]);
    // The same numbers in leaves of their own: no rule is too fine, but their sum is.
    let leaves = joined(MAX_CHILDREN, |index| {
        let denominator = 1_000_000_000_000_000_000_000_000_001_u128 + 2 * index as u128;
        let rule = format!(r#"{{"form": "constant", "points": "1/{denominator}"}}"#);
        leaf(&format!("L{index}"), "1", &rule)
    });
    let text = pack("", &leaves);
    check_pack(&text, &["too-fine"]);
    check_pack(&rounded(&text), &[]);
    // Caps hold sums of rounded points too.
    let groups = joined(MAX_CHILDREN, |index| {
        let cap = 1_000_000_000_000_000_000_000_000_001_u128 + 2 * index as u128;
        let leaf = leaf(&format!("L{index}"), "1", RULE);
        format!(
            r#"{{"code": "G{index}", "title": {{"vi": "t"}}, "cap": "1/{cap}",
"children": [{leaf}]}}"#
        )
    });
    check_pack(&rounded(&pack("", &groups)), &["too-fine"]);
}

fn rounded(pack: &str) -> String {
    assert!(pack.contains(r#""mode": "none""#));
    pack.replace(r#""mode": "none""#, r#""mode": "half_up""#)
}

fn share(index: usize) -> String {
    format!(
        r#"{{"id": "s{index}", "kind": "share", "by": "figure", "total": "fixed",
"open_at_close": "lost", "min_total": 1, "title": {{"vi": "q"}}}}"#
    )
}

fn line_over(index: usize) -> String {
    format!(r#"{{"form": "proportional", "of": "s{index}", "in": "percent", "points": "1"}}"#)
}

/// Totals near 10^12, most of which have nothing in common.
fn share_figure(index: usize) -> String {
    let total = 999_999_999_999_u64 - 2 * index as u64;
    format!(
        r#"{{"quantity": "s{index}", "observed_on": "2024-06-30", "recorded_on": "2024-07-01",
"share": {{"won": 1, "total": {total}}}}}"#
    )
}

/// How many digits the denominator of a number of the answer has.
fn digits(assessment: &Assessment) -> usize {
    let standing = assessment.totals.numbers.standing.to_string();
    let (_, denominator) = standing.split_once('/').unwrap();
    denominator.len()
}

#[test]
fn lines_over_shares_are_added_up_within_their_digits() {
    // A total has at most 13 digits, so 23 of them have at most 299.
    let count = MAX_READ_DIGITS / 13;
    let one_leaf = |count| {
        let parts = joined(count, line_over);
        let rule = format!(r#"{{"form": "sum", "parts": [{parts}]}}"#);
        pack(&joined(count, share), &leaf("1", "100", &rule))
    };
    let figures = submission(&joined(count, share_figure), "");
    let digits_of_one = digits(&assessed(&one_leaf(count), &figures));
    assert!(digits_of_one > 200, "{digits_of_one}");
    assert!(digits_of_one <= MAX_READ_DIGITS, "{digits_of_one}");
    check_pack(&one_leaf(count + 1), &["too-fine"]);
    // One digit is that of the numbers that are written, all of them whole.
    let count = (MAX_SUM_DIGITS - 1) / 13;
    let many_leaves = |count| {
        let leaves = joined(count, |index| {
            leaf(&format!("L{index}"), "1", &line_over(index))
        });
        pack(&joined(count, share), &leaves)
    };
    let figures = submission(&joined(count, share_figure), "");
    let digits_of_all = digits(&assessed(&many_leaves(count), &figures));
    assert!(digits_of_all > 400, "{digits_of_all}");
    assert!(digits_of_all <= MAX_SUM_DIGITS, "{digits_of_all}");
    check_pack(&many_leaves(count + 1), &["too-fine"]);
    check_pack(&rounded(&many_leaves(count + 1)), &[]);
    // Bands over the same shares give points that are written, so there is nothing to limit.
    let bands = |index| {
        format!(
            r#"{{"form": "bands", "of": "s{index}", "in": "percent",
"bands": [{{"from": "50", "points": "1"}}, {{"below": "50", "points": "0"}}]}}"#
        )
    };
    let leaves = joined(200, |index| leaf(&format!("L{index}"), "1", &bands(index)));
    check_pack(&pack(&joined(200, share), &leaves), &[]);
}

#[test]
fn steps_that_nobody_could_count_are_refused() {
    for points in ["0.001", "1/9999999999999999999999999999"] {
        let rule =
            format!(r#"{{"form": "per_unit", "of": "visits", "points": "{points}", "cap": "10"}}"#);
        check_pack(&pack(VISITS, &leaf("1", "10", &rule)), &["too-many-steps"]);
    }
    for (points, cap) in [
        ("1", "9".repeat(30)),
        ("1", "9223372036854775808".to_owned()),
    ] {
        let rule = format!(
            r#"{{"form": "per_unit", "of": "visits", "points": "{points}", "cap": "{cap}"}}"#
        );
        check_pack(&pack(VISITS, &leaf("1", "10", &rule)), &["too-many-steps"]);
        let rule = format!(
            r#"{{"form": "deduction", "of": "visits", "full": "{cap}", "each": "{points}",
"not_below": "0"}}"#
        );
        check_pack(&pack(VISITS, &leaf("1", "10", &rule)), &["too-many-steps"]);
    }
}

#[test]
fn patterns_that_would_grow_are_refused() {
    let with = |pattern: &str| {
        let proof = format!(
            r#"{{"roles": [{{"role": "r", "kinds": ["BC"], "number_pattern":
{{"pattern": "{pattern}", "accepts": ["a"], "refuses": ["b"]}}}}]}}"#
        );
        pack(
            &VISITS.replace("}}", &format!(r#"}}, "proof": {proof}}}"#)),
            &leaf("1", "1", RULE),
        )
    };
    check_pack(&with("a"), &[]);
    for pattern in [
        "(a{1000}){1000}",
        "((a{100}){100}){100}",
        r"(\\w{200}|\\d{200}){200}",
    ] {
        check_pack(&with(pattern), &["pattern-too-big"]);
    }
    check_pack(&with(&"(".repeat(500)), &["bad-pattern"]);
    check_pack(&with("(a*)*a|a"), &[]);
}

#[test]
fn a_search_for_a_name_that_is_meant_does_not_take_for_ever() {
    let quantity = |index: usize| {
        VISITS.replace(
            "visits",
            &format!("a_rather_long_name_of_a_quantity_that_counts_{index}"),
        )
    };
    let mut areas = String::new();
    for area in 0..20 {
        let rule = r#"{"form": "yes_no", "of": "a_rather_long_name_of_a_quantity_that_counts_x",
"yes": "1", "no": "0"}"#;
        let leaves = joined(500, |index| leaf(&format!("A{area}.{index}"), "1", rule));
        let comma = if area == 0 { "" } else { "," };
        let _ = write!(
            areas,
            r#"{comma}{{"code": "A{area}", "title": {{"vi": "t"}}, "children": [{leaves}]}}"#
        );
    }
    let text = pack(&joined(200, quantity), &areas);
    let faults = soon(|| read_pack("p", text.as_bytes(), Calendar::vietnam())).unwrap_err();
    assert_eq!(faults.len(), MAX_FAULTS + 1);
    let last = faults.last().unwrap();
    assert_eq!(
        (last.code, last.found.to_string().as_str()),
        ("too-many-faults", "9000 more")
    );
}

#[test]
fn the_documented_limits_are_those_of_the_code() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/README.md");
    let text = fs::read_to_string(path).unwrap();
    let (_, limits) = text.split_once("\n## Limits\n").unwrap();
    let limits = limits.split("\n## ").next().unwrap();
    let spaced = |number: usize| {
        let digits = number.to_string();
        let mut out = String::new();
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                out.push(' ');
            }
            out.push(digit);
        }
        out
    };
    for (what, limit) in [
        ("bytes of a file", MAX_BYTES),
        ("bytes of a request", MAX_REQUEST_BYTES),
        ("lists and objects inside one another", MAX_DEPTH),
        ("faults told one by one", MAX_FAULTS),
        ("quantities of a pack", MAX_QUANTITIES),
        ("children of one node", MAX_CHILDREN),
        ("obligations of one due set", MAX_OBLIGATIONS),
        ("bands, pieces, items or parts of one rule", MAX_PARTS),
        ("bytes of a pattern, once built", MAX_PATTERN_BYTES),
        ("different patterns of a pack", MAX_PATTERNS),
        ("figures, events or evidence records", MAX_RECORDS),
        ("documents that one fact names", MAX_NAMED),
        ("figures of one quantity", MAX_FIGURES),
        ("predecessors of one unit", MAX_PREDECESSORS),
        (
            "digits of the common denominator of the numbers that one rule writes",
            MAX_RULE_DIGITS,
        ),
        (
            "digits that the quantities of one rule add, where a line reads them",
            MAX_READ_DIGITS,
        ),
        (
            "digits of the common denominator of all points that are added up",
            MAX_SUM_DIGITS,
        ),
    ] {
        let row = format!("| {what} | {} |", spaced(limit));
        assert!(limits.contains(&row), "{row}");
    }
}
