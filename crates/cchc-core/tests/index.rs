//! The index of packs whose groups are held by a cap, worked out by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use cchc_core::values::{Calendar, Exact};
use cchc_core::{read_case, read_pack, run_case};
use serde_json::{Value, json};

/// A group of three flags of 1 point each, held at 2, beside a flag of 2 points and a share
/// of 1 point that leaves the index where nothing arose: 5 points at most.
fn pack() -> Value {
    let source = json!([{"of": ["max", "rule"], "illustrative": "made for a test"}]);
    let flag =
        |id: &str| json!({"id": id, "kind": "flag", "title": {"vi": id}, "movement": "latched"});
    let leaf = |of: &str, max: &str| {
        json!({"code": format!("L.{of}"), "title": {"vi": of}, "max": max, "sources": source,
               "rule": {"form": "yes_no", "of": of, "yes": max, "no": "0"}})
    };
    let share = json!({"id": "s", "kind": "share", "title": {"vi": "s"}, "by": "figure",
                       "total": "unbounded", "open_at_close": "lost"});
    let proportional = json!({"code": "L.s", "title": {"vi": "s"}, "max": "1", "sources": source,
        "rule": {"form": "proportional", "of": "s", "in": "fraction", "points": "1",
                 "not_arisen": "exclude"}});
    json!({
        "format": "cchc-pack", "version": 1, "id": "capped", "title": {"vi": "thử"},
        "level": "commune", "scored_year": 2024, "issuer": "nobody",
        "validity": {"from": "2024-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
        "coverage": "partial", "max": "5", "rounding": {"places": 2, "mode": "half_up"},
        "sources": [{"of": ["max"], "illustrative": "made for a test"}],
        "quantities": [flag("a"), flag("b"), flag("c"), flag("d"), share],
        "tree": [{"code": "1", "title": {"vi": "một"}, "children": [
            {"code": "1.1", "title": {"vi": "nhóm"}, "cap": "2", "children":
                [leaf("a", "1"), leaf("b", "1"), leaf("c", "1")]},
            leaf("d", "2"), proportional]}],
    })
}

#[track_caller]
fn check(flags: [&str; 4], share: Value, expected: [&str; 3]) {
    let calendar = Calendar::vietnam();
    let pack = read_pack("p", pack().to_string().as_bytes(), calendar);
    let pack = pack.unwrap_or_else(|faults| panic!("{}", faults[0]));
    let figure = |of: &str, value: Value| {
        let mut json = json!({"quantity": of, "observed_on": "2024-12-31",
                              "recorded_on": "2025-01-02"});
        json.as_object_mut()
            .unwrap()
            .extend(value.as_object().unwrap().clone());
        json
    };
    let mut figures: Vec<Value> = ["a", "b", "c", "d"]
        .iter()
        .zip(flags)
        .filter(|(_, flag)| !flag.is_empty())
        .map(|(of, flag)| figure(of, json!({ "flag": flag })))
        .collect();
    if !share.is_null() {
        figures.push(figure("s", json!({ "share": share })));
    }
    let case = json!({"format": "cchc-case", "version": 1, "case": "index", "source": "by hand",
        "as_of": "2025-01-04", "given": {"proved": true, "figures": figures},
        "expect": [{"code": "total", "secured": "0", "standing": "0", "attainable": "0"}]});
    let case = read_case("c", case.to_string().as_bytes(), &pack).unwrap();
    assert!(run_case(&pack, &case, calendar).is_ok());
    let fitted = cchc_core::fit(&pack, &case.submission, calendar).unwrap();
    let index = fitted.assess(case.as_of).totals.index.unwrap();
    let found = [index.secured, index.standing, index.attainable];
    assert_eq!(found, expected.map(|it| Exact::parse(it).unwrap()));
}

/// Three of three give 2 of 2, with 2 and 1: 5 of 5.
#[test]
fn a_capped_group_full_is_a_hundred_percent() {
    let share = json!({"won": 4, "lost": 0, "open": 0});
    check(["yes", "yes", "yes", "yes"], share, ["100", "100", "100"]);
}

/// One of three gives 1 of 2; nothing else but a share that leaves with its point: 1 of 4.
#[test]
fn what_is_left_out_takes_its_maximum_along() {
    check(
        ["yes", "no", "no", "no"],
        json!({"none": true}),
        ["25", "25", "25"],
    );
}

/// On 4 January the share can still be told: all, nothing, or that there was none. Two flags
/// of the group fill it (2 of 2), the other is worth 2. As it stands 4 of 5. At worst the
/// share is told to be nothing: 4 of 5; at best it is whole or left out: 100 %.
#[test]
fn a_share_that_is_not_told_moves_the_index_by_its_maximum() {
    check(
        ["yes", "yes", "no", "yes"],
        Value::Null,
        ["80", "80", "100"],
    );
}
