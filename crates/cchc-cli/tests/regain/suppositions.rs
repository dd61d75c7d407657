//! What-if and history.

use cchc_core::facts::Submission;
use cchc_core::fit;
use cchc_core::model::Pack;
use cchc_core::regain::{Pace, Supposition, WhatIf};
use cchc_core::values::Calendar;
use serde_json::json;

use crate::kit::{day, event, figure, leaf, pack, submission};

fn small() -> (Pack, Submission) {
    let bands = |of: &str| {
        json!({"form": "bands", "of": of, "in": "percent", "not_arisen": "full", "bands": [
            {"from": "97", "points": "2"}, {"from": "95", "below": "97", "points": "1"},
            {"below": "95", "points": "0"}]})
    };
    let due =
        json!({"id": "q3", "title": {"vi": "q3"}, "due": {"date": "2024-09-13", "roll": "none"}});
    let pack = pack(
        &[
            json!({"id": "dossiers", "kind": "share", "by": "figure", "total": "unbounded",
                   "open_at_close": "lost"}),
            json!({"id": "dialogues", "kind": "count", "by": "events", "event": "dialogue"}),
            json!({"id": "reports", "kind": "due_set", "event": "report", "obligations": [due]}),
            json!({"id": "ipv6", "kind": "flag", "movement": "latched"}),
            json!({"id": "score", "kind": "measure", "domain": {"min": "0", "max": "100"}}),
            json!({"id": "told", "kind": "judgement", "range": {"min": "0", "max": "1"}}),
        ],
        &[
            leaf("1", "2", bands("dossiers")),
            leaf(
                "2",
                "1",
                json!({"form": "per_unit", "of": "dialogues", "points": "0.5", "cap": "1"}),
            ),
            leaf(
                "3",
                "1",
                json!({"form": "per_obligation", "of": "reports", "met": "1", "late": "0",
                                  "missing": "0"}),
            ),
            leaf(
                "4",
                "1",
                json!({"form": "yes_no", "of": "ipv6", "yes": "1", "no": "0"}),
            ),
            leaf(
                "5",
                "1",
                json!({"form": "bands", "of": "score", "bands": [
                {"from": "80", "points": "1"}, {"below": "80", "points": "0"}]}),
            ),
            leaf("6", "1", json!({"form": "judgement", "of": "told"})),
        ],
    );
    let record = submission(
        &[
            figure(
                "dossiers",
                json!({"share": {"won": 288, "lost": 12, "open": 100}}),
            ),
            figure("ipv6", json!({"flag": "no"})),
        ],
        &[event("E1", "dialogue", "2024-03-01")],
        &[],
    );
    (pack, record)
}

fn set(text: &str) -> Supposition {
    Supposition::Set(text.to_owned())
}

fn add(text: &str) -> Supposition {
    Supposition::Add(text.to_owned())
}

fn ask(suppositions: &[Supposition]) -> WhatIf {
    let (pack, record) = small();
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    fitted.what_if(day("2024-07-20"), suppositions).unwrap()
}

/// Each component that moves, with its three numbers after.
#[track_caller]
fn check(suppositions: &[Supposition], moved: &[&str], corrections: &[bool]) {
    let answer = ask(suppositions);
    let lines: Vec<String> = answer
        .moved
        .iter()
        .map(|it| {
            let n = &it.after;
            format!(
                "{}: {} {} {} {:?}",
                it.code, n.secured, n.standing, n.attainable, it.by
            )
        })
        .collect();
    assert_eq!(lines, moved);
    let told: Vec<bool> = answer.supposed.iter().map(|it| it.is_correction).collect();
    assert_eq!(told, corrections);
}

#[test]
fn several_facts_are_supposed_at_once() {
    // 388 of 400 are 97 %, but new ones can still be lost. Two dialogues are the cap.
    check(
        &[
            set("dossiers.on_time=388/400"),
            add("dialogue@2024-09-10"),
            add("report@2024-09-13:q3"),
            set("score=80"),
            set("told=0.5"),
        ],
        &[
            "1: 0 2 2 [0]",
            "2: 1 1 1 [1]",
            "3: 1 1 1 [2]",
            "5: 1 1 1 [3]",
            "6: 0.5 0.5 0.5 [4]",
        ],
        &[false, false, false, false, false],
    );
    let answer = ask(&[set("dossiers.on_time=388/400")]);
    assert_eq!(answer.before.numbers.standing.to_string(), "0.5");
    assert_eq!(answer.after.numbers.standing.to_string(), "2.5");
    assert_eq!(answer.moved[0].because_after, ["band-1"]);
}

#[test]
fn parts_of_one_figure_are_put_together() {
    // 388 won and 12 lost: of 400 none is open, as if 388/400 had been said.
    check(
        &[set("dossiers.won=388"), set("dossiers.open=0")],
        &["1: 0 2 2 [0, 1]"],
        &[false, false],
    );
    // A last day of the year and nothing open: it is certain then.
    check(
        &[set("dossiers=388/400@2024-12-31")],
        &["1: 2 2 2 [0]"],
        &[false],
    );
}

#[test]
fn a_correction_is_told_from_what_goes_on() {
    // Fewer lost than are recorded; a latched no that becomes yes; an event of the past.
    check(
        &[set("dossiers.lost=2"), set("dossiers.won=388")],
        &["1: 0 2 2 [0, 1]"],
        &[true, true],
    );
    check(&[set("ipv6=yes")], &["4: 1 1 1 [0]"], &[true]);
    check(&[add("dialogue@2024-02-01")], &["2: 1 1 1 [0]"], &[true]);
}

#[track_caller]
fn refuse(supposition: Supposition, code: &str, help: Option<&str>) {
    let (pack, record) = small();
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    let impossible = fitted
        .what_if(day("2024-07-20"), &[supposition])
        .unwrap_err();
    let (place, misfit) = &impossible[0];
    assert_eq!((*place, misfit.code), (0, code), "{misfit:?}");
    if help.is_some() {
        assert_eq!(
            misfit.help.as_ref().map(ToString::to_string).as_deref(),
            help
        );
    }
}

#[test]
fn what_says_nothing_possible_is_refused_with_a_code() {
    let near = Some("did you mean `dossiers`?");
    refuse(set("dosiers=1/2"), "unknown-name", near);
    refuse(set("dossiers.wun=1"), "unknown-name", None);
    refuse(set("dossiers"), "bad-supposition", None);
    refuse(set("dossiers=many"), "wrong-figure", None);
    refuse(set("dossiers=5/4"), "items-do-not-add-up", None);
    refuse(set("dossiers=99999999999999999999/1"), "wrong-figure", None);
    refuse(set("ipv6=1"), "wrong-figure", None);
    refuse(
        set("dialogues=3"),
        "wrong-figure",
        Some("add events: `dialogue@2024-09-10`"),
    );
    refuse(set("score=101"), "outside-domain", None);
    refuse(set("told=2"), "outside-range", None);
    refuse(set("score=90..80"), "range-reversed", None);
    refuse(set("dossiers=388/400@2024-13-01"), "bad-date", None);
    // Before the newest figure, and after the last day to hand in.
    refuse(set("dossiers=388/400@2024-06-29"), "impossible-date", None);
    refuse(set("dossiers=388/400@2025-01-06"), "impossible-date", None);
    refuse(
        add("dialog@2024-09-10"),
        "unknown-name",
        Some("did you mean `dialogue`?"),
    );
    refuse(add("dialogue@2025-01-01"), "impossible-date", None);
    refuse(add("dialogue*0"), "bad-supposition", None);
    refuse(add("report@2024-09-13"), "missing-obligation", None);
    refuse(add("report@2024-09-13:q4"), "unknown-name", None);
    refuse(Supposition::Mend("E9".to_owned()), "unknown-name", None);
}

#[test]
fn after_the_last_day_to_hand_in_nothing_but_a_judgement_can_be_supposed() {
    let (pack, record) = small();
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    let late = day("2025-01-06");
    let impossible = fitted
        .what_if(late, &[set("dossiers=388/400")])
        .unwrap_err();
    assert_eq!(impossible[0].1.code, "impossible-date");
    let answer = fitted.what_if(late, &[set("told=1")]).unwrap();
    assert_eq!(answer.moved[0].after.secured.to_string(), "1");
}

#[test]
fn a_year_narrows_toward_its_score_and_tells_what_closed() {
    let (pack, record) = small();
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    let history = fitted
        .history(day("2024-01-31"), day("2025-01-10"), Pace::Month)
        .unwrap();
    let dates: Vec<String> = history
        .moments
        .iter()
        .map(|it| it.as_of.to_string())
        .collect();
    assert_eq!(dates[..3], ["2024-01-31", "2024-02-29", "2024-03-31"]);
    assert_eq!(dates.last().map(String::as_str), Some("2025-01-10"));
    for pair in history.moments.windows(2) {
        assert!(pair[1].narrows);
        assert!(pair[1].numbers.secured >= pair[0].numbers.secured);
        assert!(pair[1].numbers.attainable <= pair[0].numbers.attainable);
    }
    // The report of 13 September was not sent: its point is gone in the step that passes it.
    let passed = history
        .moments
        .iter()
        .find(|it| it.as_of == day("2024-09-30"))
        .unwrap();
    let step = passed.changed.iter().find(|it| it.code == "3").unwrap();
    assert_eq!(step.attainable.to_string(), "-1");
    assert!(step.settled);
    assert_eq!(step.closed[0].subject.as_deref(), Some("q3"));
}

/// A second figure of the last day that takes back what the first had lost is a correction:
/// the step says so.
#[test]
fn a_correction_widens_and_is_told() {
    let (pack, _) = small();
    let at_close = |won: u64, lost: u64, recorded_on: &str| {
        let mut figure = figure(
            "dossiers",
            json!({"share": {"won": won, "lost": lost, "open": 0}}),
        );
        figure["observed_on"] = json!("2024-12-31");
        figure["recorded_on"] = json!(recorded_on);
        figure
    };
    let figures = [
        at_close(0, 400, "2025-01-01"),
        at_close(388, 0, "2025-01-03"),
    ];
    let record = submission(&figures, &[], &[]);
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    let history = fitted
        .history(day("2025-01-02"), day("2025-01-05"), Pace::Week)
        .unwrap();
    let last = history.moments.last().unwrap();
    assert!(!last.narrows);
    assert!(last.changed.iter().any(|it| it.code == "1" && it.widens));
}

#[test]
fn dates_that_make_no_history_are_refused() {
    let (pack, record) = small();
    let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
    let code =
        |from: &str, to: &str, pace| fitted.history(day(from), day(to), pace).unwrap_err().code;
    assert_eq!(
        code("2024-02-01", "2024-01-01", Pace::Month),
        "range-reversed"
    );
    assert_eq!(code("1950-01-01", "2024-01-01", Pace::Week), "too-many");
}
