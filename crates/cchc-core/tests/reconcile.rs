//! Official scores against computed ones: causes worked out by hand, and every cause that is
//! named replayed by editing the files that people write.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use cchc_core::facts::ProvedBy;
use cchc_core::question::{File, Question, reconcile, reconcile_json};
use cchc_core::reconcile::{Cause, NamedFact, Reconciled, Reconciliation};
use cchc_core::values::{Calendar, parse_date};
use cchc_core::{fit, read_pack, read_submission};
use serde_json::{Value, json};

fn shipped(path: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path);
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn son_ha() -> Value {
    shipped("rules/son-ha-2024/pack.json")
}

/// The shipped submission with these scores of the first appraisal.
fn scored(scores: &[(&str, &str)]) -> Value {
    let mut submission = shipped("fixtures/submissions/son-thuong-2024/submission.json");
    submission["official_scores"] = official(scores);
    submission
}

fn official(scores: &[(&str, &str)]) -> Value {
    let score = |(code, points): &(&str, &str)| json!({"year": 2024, "round": "appraisal_1", "code": code, "points": points});
    scores.iter().map(score).collect()
}

fn ask(pack: &Value, submission: &Value, as_of: &str) -> Reconciliation {
    let (pack, submission) = (pack.to_string(), submission.to_string());
    let question = Question {
        pack: File {
            name: "pack.json",
            bytes: pack.as_bytes(),
        },
        submission: File {
            name: "submission.json",
            bytes: submission.as_bytes(),
        },
        calendar: None,
        as_of: Some(parse_date(as_of).unwrap()),
    };
    reconcile(&question, Some("appraisal_1"), Some(2024)).unwrap()
}

/// Each cause in one line.
fn told(component: &Reconciled) -> Vec<String> {
    let facts = |facts: &[NamedFact]| {
        let names = facts.iter().map(|it| it.fact.to_string());
        names.collect::<Vec<_>>().join("+")
    };
    let cause = |cause: &Cause| {
        let what = match cause {
            Cause::EvidenceRejected { facts: list } | Cause::EvidenceAccepted { facts: list } => {
                facts(list)
            }
            Cause::LateNotMet { obligations } | Cause::MetNotLate { obligations } => {
                let days = obligations
                    .iter()
                    .map(|it| format!("{} {} {}", it.obligation, it.done_on, it.due));
                days.collect::<Vec<_>>().join("+")
            }
            Cause::OtherBound { bound, .. } => bound.clone(),
            Cause::LaterRecord {
                as_of, facts: list, ..
            } => format!("{as_of} {}", facts(list)),
            Cause::EarlierRecord {
                as_of, facts: list, ..
            } => format!("{as_of} {}", facts(list)),
            Cause::OtherFigure { stated, other, .. } => format!("{stated} {other}"),
            Cause::Judged {
                points, verdict, ..
            } => match points {
                Some(points) => points.to_text(),
                None => verdict.clone().unwrap(),
            },
            Cause::OtherRounding {
                exact,
                places,
                mode,
            } => format!("{exact} {places} {mode:?}"),
        };
        format!("{} {what}", cause.code())
    };
    component.causes.iter().map(cause).collect()
}

#[track_caller]
fn check(as_of: &str, code: &str, points: &str, computed: &str, expected: &[&str]) {
    let answer = ask(&son_ha(), &scored(&[(code, points)]), as_of);
    let component = &answer.components[0];
    assert_eq!(component.computed.to_string(), computed);
    assert_eq!(told(component), expected);
    assert!(component.all_tried);
}

#[test]
fn without_a_report_or_with_it_late_a_quarter_is_lost() {
    // Of four reports only that of quarter I is proved: 2 - 3 x 0.5. One more lapse gives 0.
    // It was recorded on 14 March, so that as of that day neither it nor a later one is seen.
    check(
        "2024-07-20",
        "1.2.1",
        "0",
        "0.5",
        &[
            "evidence_rejected BCCC-Q1",
            "late_not_met q1 2024-03-14 2024-03-15",
            "earlier_record 2024-03-14 BCCC-Q1+BCCC-6T",
        ],
    );
}

#[test]
fn a_report_that_is_not_proved_may_have_been_accepted() {
    // That of six months is on its due day, 17 June, the 15th being a Saturday: 2 - 2 x 0.5.
    check(
        "2024-07-20",
        "1.2.1",
        "1",
        "0.5",
        &["evidence_accepted BCCC-6T"],
    );
}

#[test]
fn the_other_side_of_a_bound_a_later_figure_and_one_item_less_give_the_same() {
    // 9 of 10 are 90 %, and "from 90" gives 1; on the other side it is 0.5. In July 20 of 24
    // are 83.3 %: 0.5 too. Of ten items, eight are 80 %: 0.5.
    check(
        "2024-05-01",
        "1.5.3",
        "0.5",
        "1",
        &[
            "other_bound 90",
            "later_record 2024-07-02 2024-06-30",
            "other_figure 9 8",
        ],
    );
}

#[test]
fn the_nearest_figure_that_reaches_a_threshold_is_named() {
    // 407 of 420 are 96.90 %, 408 are 97.14 %.
    check("2024-07-20", "3.4.1", "2", "1", &["other_figure 405 408"]);
}

#[test]
fn a_share_of_a_point_may_have_been_rounded_otherwise() {
    // One directive of four: 0.5 x 1/4 = 0.125, which the pack rounds to 0.13.
    check(
        "2024-07-20",
        "1.5.2",
        "0.125",
        "0.13",
        &["other_rounding 0.125 3 HalfUp"],
    );
    check(
        "2024-07-20",
        "1.5.2",
        "0.12",
        "0.13",
        &["other_rounding 0.125 2 HalfEven"],
    );
}

#[test]
fn where_nothing_gives_the_points_nothing_is_named() {
    // The bands give 0, 1 or 2.
    check("2024-07-20", "3.4.1", "1.5", "1", &[]);
}

/// Points of a component, from the files that people write.
fn points(pack: &Value, submission: &Value, as_of: &str, code: &str) -> String {
    let calendar = Calendar::vietnam();
    let pack = read_pack("pack.json", pack.to_string().as_bytes(), calendar).unwrap();
    let submission = read_submission("submission.json", submission.to_string().as_bytes()).unwrap();
    let fitted = fit(&pack, &submission, calendar).unwrap();
    let answer = fitted.assess(parse_date(as_of).unwrap());
    let leaf = answer
        .leaves
        .into_iter()
        .find(|it| it.code == code)
        .unwrap();
    leaf.numbers.standing.to_string()
}

/// The JSON pointer of a path such as `tree[0].children[2]`, and its last key.
fn pointer(path: &str) -> (String, String) {
    let plain = path.replace('[', ".").replace(']', "");
    let (parent, last) = plain.rsplit_once('.').unwrap();
    (format!("/{}", parent.replace('.', "/")), last.to_owned())
}

/// Points after a cause has been written into the files.
fn replayed(pack: &Value, submission: &Value, as_of: &str, code: &str, cause: &Cause) -> String {
    let (mut pack, mut submission, mut as_of) =
        (pack.clone(), submission.clone(), as_of.to_owned());
    match cause {
        Cause::EvidenceRejected { facts } => {
            for fact in facts {
                let list = &mut submission[fact.path.list][fact.path.index];
                for documents in ["documents", "evidence"] {
                    if let Some(fields) = list.as_object_mut() {
                        fields.remove(documents);
                    }
                }
            }
        }
        Cause::EvidenceAccepted { facts } => {
            // What a document must show cannot be written by rote; the fact is taken as proved.
            let calendar = Calendar::vietnam();
            let read = read_pack("pack.json", pack.to_string().as_bytes(), calendar).unwrap();
            let mut proved =
                read_submission("submission.json", submission.to_string().as_bytes()).unwrap();
            for fact in facts {
                match fact.path.list {
                    "figures" => proved.figures[fact.path.index].proved_by = ProvedBy::Assumption,
                    _ => proved.events[fact.path.index].proved_by = ProvedBy::Assumption,
                }
            }
            let fitted = fit(&read, &proved, calendar).unwrap();
            let answer = fitted.assess(parse_date(&as_of).unwrap());
            let leaf = answer
                .leaves
                .into_iter()
                .find(|it| it.code == code)
                .unwrap();
            return leaf.numbers.standing.to_string();
        }
        Cause::LateNotMet { obligations } | Cause::MetNotLate { obligations } => {
            let late = matches!(cause, Cause::LateNotMet { .. });
            for named in obligations {
                let day = match late {
                    true => named.done_on.pred_opt().unwrap(),
                    false => named.done_on,
                };
                let quantities = pack["quantities"].as_array_mut().unwrap();
                let quantity = quantities.iter_mut().find(|it| it["id"] == *named.quantity);
                let list = quantity.unwrap()["obligations"].as_array_mut().unwrap();
                let owed = list.iter_mut().find(|it| it["id"] == named.obligation);
                owed.unwrap()["due"] = json!({"date": day, "roll": "none"});
            }
        }
        Cause::OtherBound { bound, paths } => {
            for path in paths {
                let (parent, key) = pointer(path);
                let fields = pack.pointer_mut(&parent).unwrap().as_object_mut().unwrap();
                let value = fields.remove(&key).unwrap();
                assert_eq!(value.as_str(), Some(bound.as_str()));
                let other = match key.as_str() {
                    "from" => "above",
                    "above" => "from",
                    "to" => "below",
                    _ => "to",
                };
                fields.insert(other.to_owned(), value);
            }
        }
        Cause::LaterRecord { as_of: day, .. } | Cause::EarlierRecord { as_of: day, .. } => {
            as_of = day.to_string();
        }
        Cause::OtherFigure {
            path, other, total, ..
        } => {
            let figure = &mut submission["figures"][path.index];
            match total {
                Some(total) => {
                    let won: u64 = other.parse().unwrap();
                    let share = figure["share"].as_object_mut().unwrap();
                    let open = share.get("open").and_then(Value::as_u64).unwrap_or(0);
                    let at_most = share.get("at_most").cloned();
                    let overdue = share.get("overdue").cloned();
                    let open = open.min(total - won);
                    figure["share"] = json!({"won": won, "lost": total - won - open, "open": open});
                    for (name, value) in [("at_most", at_most), ("overdue", overdue)] {
                        if let Some(value) = value {
                            figure["share"][name] = value;
                        }
                    }
                }
                None if figure.get("flag").is_some() => figure["flag"] = json!(other),
                None => figure["count"] = json!(other.parse::<u64>().unwrap()),
            }
        }
        Cause::Judged {
            quantity,
            points,
            verdict,
        } => {
            let judgement = match (points, verdict) {
                (Some(points), _) => json!({"points": points, "by": "appraiser", "reason": "x"}),
                (None, verdict) => json!({"verdict": verdict, "by": "appraiser", "reason": "x"}),
            };
            let figures = submission["figures"].as_array_mut().unwrap();
            figures.retain(|it| it["quantity"] != **quantity);
            figures.push(json!({"quantity": quantity, "observed_on": "2024-01-02",
                "recorded_on": "2024-01-02", "judgement": judgement}));
        }
        Cause::OtherRounding { places, mode, .. } => {
            pack["rounding"] = json!({"places": places, "mode": mode});
        }
    }
    points(&pack, &submission, &as_of, code)
}

/// Replays every cause that is named for any of these points, and counts causes by code.
fn replay_all(
    pack: &Value,
    submission: &Value,
    as_of: &str,
    offered: &[&str],
    named: &mut BTreeMap<&'static str, usize>,
) {
    let read = read_pack(
        "pack.json",
        pack.to_string().as_bytes(),
        Calendar::vietnam(),
    )
    .unwrap();
    for points in offered {
        let scores: Vec<(&str, &str)> = read
            .leaves
            .iter()
            .map(|it| (it.code.as_str(), *points))
            .collect();
        let mut submission = submission.clone();
        submission["official_scores"] = official(&scores);
        let answer = ask(pack, &submission, as_of);
        assert_eq!(answer.difference, &answer.official - &answer.computed);
        for component in &answer.components {
            if component.difference.is_zero() {
                assert!(component.causes.is_empty());
            }
            for cause in &component.causes {
                let found = replayed(pack, &submission, as_of, &component.code, cause);
                assert_eq!(found, *points, "{as_of} {} {cause:?}", component.code);
                *named.entry(cause.code()).or_default() += 1;
            }
        }
    }
}

#[test]
fn every_cause_that_is_named_gives_exactly_the_official_points() {
    let mut named = BTreeMap::new();
    let submission = scored(&[]);
    for as_of in ["2024-05-01", "2024-07-20"] {
        let offered = ["0", "0.12", "0.25", "0.5", "0.7", "1", "2"];
        replay_all(&son_ha(), &submission, as_of, &offered, &mut named);
    }
    for code in Cause::CODES {
        let elsewhere = ["met_not_late", "judged"].contains(code);
        assert!(elsewhere || named.contains_key(code), "{code}: {named:?}");
    }
}

#[test]
fn a_late_report_may_have_been_taken_for_met() {
    // With a due day of 14 March the export of the 15th is late, and late gives 0 of 0.2.
    let mut pack = son_ha();
    let quantities = pack["quantities"].as_array_mut().unwrap();
    let reports = quantities
        .iter_mut()
        .find(|it| it["id"] == "system_reports")
        .unwrap();
    reports["obligations"][0]["due"] = json!({"date": "2024-03-14", "roll": "none"});
    let submission = scored(&[("7.2.3", "0.2")]);
    let answer = ask(&pack, &submission, "2024-07-20");
    let component = &answer.components[0];
    assert_eq!(component.computed.to_string(), "0");
    let told = told(component);
    assert!(
        told.contains(&"met_not_late q1 2024-03-15 2024-03-14".to_owned()),
        "{told:?}"
    );
    let mut named = BTreeMap::new();
    replay_all(&pack, &submission, "2024-07-20", &["0.2"], &mut named);
    assert!(named.contains_key("met_not_late"));
}

#[test]
fn points_that_an_appraiser_gives_may_be_what_was_given() {
    let pack = shipped("rules/gallery/pack.json");
    let submission = json!({
        "format": "cchc-submission", "version": 1, "pack": "gallery",
        "unit": {"code": "u", "name": "U", "level": pack["level"], "class": "standard"},
        "scored_year": 2024, "prepared_on": "2024-12-31",
        "figures": [],
        "official_scores": [{"year": 2024, "round": "appraisal_1", "code": "G3.20", "points": "1.5"}]
    });
    let answer = ask(&pack, &submission, "2024-12-31");
    assert_eq!(answer.round, "appraisal_1");
    assert_eq!(told(&answer.components[0]), ["judged 1.5"]);
    let found = replayed(
        &pack,
        &submission,
        "2024-12-31",
        "G3.20",
        &answer.components[0].causes[0],
    );
    assert_eq!(found, "1.5");
}

/// What a unit can put forward: a report that was in time. What it cannot: the judgement of the
/// appraiser, given again as fewer points.
#[test]
fn only_what_goes_against_the_record_is_contested() {
    let contested = |answer: &Reconciliation| -> Vec<(String, bool)> {
        let each = answer.components.iter();
        each.map(|it| (it.code.clone(), it.contested)).collect()
    };
    // 0.5 stand for 1.2.1: 0 is contested, 1 is not, and neither is what agrees.
    for (points, expected) in [("0", true), ("0.5", false), ("1", false)] {
        let answer = ask(&son_ha(), &scored(&[("1.2.1", points)]), "2024-07-20");
        assert_eq!(
            contested(&answer),
            [("1.2.1".to_owned(), expected)],
            "{points}"
        );
    }
    let pack = shipped("rules/gallery/pack.json");
    let submission = json!({
        "format": "cchc-submission", "version": 1, "pack": "gallery",
        "unit": {"code": "u", "name": "U", "level": pack["level"], "class": "standard"},
        "scored_year": 2024, "prepared_on": "2024-12-31",
        "figures": [{"quantity": "f20_judgement", "observed_on": "2024-12-20",
            "recorded_on": "2024-12-20",
            "judgement": {"points": "2", "by": "appraiser", "reason": "new"}}],
        "official_scores": [{"year": 2024, "round": "appraisal_1", "code": "G3.20", "points": "1.5"}]
    });
    let answer = ask(&pack, &submission, "2024-12-31");
    assert_eq!(answer.components[0].computed.to_string(), "2");
    assert_eq!(told(&answer.components[0]), ["judged 1.5"]);
    assert_eq!(contested(&answer), [("G3.20".to_owned(), false)]);
}

#[test]
fn a_round_or_year_without_scores_is_refused_by_name() {
    let check = |round: Option<&str>, year: Option<i32>, expected: &str| {
        let (pack, submission) = (son_ha().to_string(), scored(&[("1.2.1", "0")]).to_string());
        let question = Question {
            pack: File {
                name: "pack.json",
                bytes: pack.as_bytes(),
            },
            submission: File {
                name: "s.json",
                bytes: submission.as_bytes(),
            },
            calendar: None,
            as_of: None,
        };
        let faults = reconcile(&question, round, year).unwrap_err();
        let fault = &faults[0];
        let told = format!(
            "{} {}: expected {}, found {}",
            fault.code, fault.place.path, fault.expected, fault.found
        );
        assert_eq!(told, expected);
    };
    check(
        Some("final"),
        None,
        "no-official-scores official_scores: expected scores of 2024 of the round `final`, \
         found only those of `appraisal_1`",
    );
    check(
        None,
        Some(2023),
        "wrong-year scored_year: expected the year 2023, which was asked for, found 2024",
    );
}

#[test]
fn a_request_is_answered_like_the_question() {
    let request = json!({
        "format": "cchc-reconcile-request", "version": 1, "round": "appraisal_1",
        "pack": {"file": "pack.json", "text": son_ha().to_string()},
        "submission": {"file": "s.json", "text": scored(&[("3.4.1", "2")]).to_string()}
    });
    let reply: Value = serde_json::from_str(&reconcile_json(&request.to_string())).unwrap();
    let component = &reply["answer"]["components"][0];
    assert_eq!(component["difference"], "1");
    assert_eq!(component["causes"][0]["code"], "other_figure");
    assert_eq!(component["causes"][0]["other"], "408");
}
