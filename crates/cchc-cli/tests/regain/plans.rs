//! Plans: equal to a search of every set of acts, and hand-worked ones.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use cchc_core::extension::Extension;
use cchc_core::facts::Submission;
use cchc_core::model::Pack;
use cchc_core::record::Fitted;
use cchc_core::regain::{Act, ActKind, Goal, Lever, Regain, ShortReason, Target};
use cchc_core::values::{Calendar, Exact, Points};
use cchc_core::{fit, read_pack};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::kit::{config, day, event, figure, leaf, pack, pack_json, pack_of, read, submission};

const AS_OF: &str = "2024-07-20";

fn share(id: &str) -> Value {
    json!({"id": id, "kind": "share", "by": "figure", "total": "fixed", "open_at_close": "lost"})
}

fn flag(id: &str) -> Value {
    json!({"id": id, "kind": "flag", "movement": "latched"})
}

fn bands(id: &str, low: &str, high: &str) -> Value {
    json!({"form": "bands", "of": id, "in": "percent", "not_arisen": "full", "bands": [
        {"from": high, "points": "2"}, {"from": low, "below": high, "points": "1"},
        {"below": low, "points": "0"}]})
}

fn yes(id: &str, points: &str) -> Value {
    json!({"form": "yes_no", "of": id, "yes": points, "no": "0"})
}

fn won(id: &str, won: u64, lost: u64) -> Value {
    figure(
        id,
        json!({"share": {"won": won, "lost": lost, "total": 20}}),
    )
}

fn plan(pack: &Pack, record: &Submission, goal: &Goal) -> Regain {
    let fitted = fit(pack, record, Calendar::vietnam()).unwrap();
    fitted.regain(day(AS_OF), goal).unwrap()
}

fn points(text: &str) -> Option<Target> {
    Some(Target::Points(Points::parse(text).unwrap()))
}

#[track_caller]
fn check(plan: &Regain, standing: &str, effort: u64, acts: &[&str]) {
    let found: Vec<String> = plan
        .acts
        .iter()
        .map(|it| {
            format!(
                "{} {} {}",
                it.act.kind.code(),
                it.act.quantity,
                it.codes.join("+")
            )
        })
        .collect();
    assert_eq!(found, acts);
    assert_eq!(plan.after.numbers.standing.to_string(), standing);
    assert_eq!(plan.effort, effort);
}

/// Two components read one share: what wins both is one act, and is preferred to the flag that
/// brings as much as one of them.
#[test]
fn one_act_that_serves_two_components_is_counted_once() {
    let pack = pack(
        &[share("s"), flag("f")],
        &[
            leaf("1", "2", bands("s", "50", "80")),
            leaf("2", "2", bands("s", "60", "90")),
            leaf("3", "2", yes("f", "2")),
        ],
    );
    let record = submission(
        &[won("s", 8, 0), figure("f", json!({"flag": "not_yet"}))],
        &[],
        &[],
    );
    let goal = Goal {
        target: points("4"),
        ..Goal::default()
    };
    // 18 of 20 are 90 %: both bands at their best, four points for one act.
    check(&plan(&pack, &record, &goal), "4", 1, &["win_items s 1+2"]);
    check(
        &plan(&pack, &record, &Goal::default()),
        "6",
        2,
        &["win_items s 1+2", "turn_yes f 3"],
    );
}

/// A group held by a cap of 2: its second flag brings nothing, the other component does.
#[test]
fn what_a_cap_cuts_off_is_not_planned() {
    let tree = json!([
        {"code": "A", "title": {"vi": "A"}, "cap": "2", "children": [
            leaf("A.1", "2", yes("f", "2")), leaf("A.2", "2", yes("g", "2"))],
         "sources": [{"of": ["cap"], "illustrative": "made for a test"}]},
        {"code": "B", "title": {"vi": "B"}, "children": [leaf("B.1", "1", yes("h", "1"))]}
    ]);
    let pack = pack_of(&[flag("f"), flag("g"), flag("h")], &tree);
    let record = submission(&[], &[], &[]);
    check(
        &plan(&pack, &record, &Goal::default()),
        "3",
        2,
        &["turn_yes f A.1", "turn_yes h B.1"],
    );
}

#[test]
fn a_target_out_of_reach_says_the_most_and_why() {
    let pack = pack(
        &[
            flag("f"),
            flag("g"),
            json!({"id": "j", "kind": "judgement", "range": {"min": "0", "max": "1"}}),
        ],
        &[
            leaf("1", "1", yes("f", "1")),
            leaf("2", "1", yes("g", "1")),
            leaf("3", "1", json!({"form": "judgement", "of": "j"})),
        ],
    );
    let record = submission(&[], &[], &[]);
    let short = |target: &str, at_most: Option<u64>, by: Option<&str>| {
        let goal = Goal {
            target: points(target),
            at_most,
            by: by.map(day),
            ..Goal::default()
        };
        let short = plan(&pack, &record, &goal).short.unwrap();
        (short.most.to_string(), short.reason)
    };
    assert_eq!(
        short("2", Some(1), None),
        ("1".to_owned(), ShortReason::AtMost)
    );
    assert_eq!(
        short("2", None, Some("2024-07-19")),
        ("0".to_owned(), ShortReason::By)
    );
    // The judgement can still bring a third point, but nobody can plan it.
    assert_eq!(
        short("3", None, None),
        ("2".to_owned(), ShortReason::Levers)
    );
    assert_eq!(
        short("4", None, None),
        ("2".to_owned(), ShortReason::Attainable)
    );
}

#[test]
fn effort_by_kind_changes_what_is_best() {
    let events = json!({"id": "c", "kind": "count", "by": "events", "event": "e",
        "proof": {"roles": [{"role": "minutes", "kinds": ["BB"]}]}});
    let rule = json!({"form": "bands", "of": "c", "bands": [
        {"to": "0", "points": "0"}, {"from": "1", "points": "1"}]});
    let pack = pack(&[events], &[leaf("1", "1", rule)]);
    let record = submission(&[], &[event("E1", "e", "2024-03-01")], &[]);
    // Both bring the point; one more event has the earlier last day, 31 December.
    check(
        &plan(&pack, &record, &Goal::default()),
        "1",
        1,
        &["more_events c 1"],
    );
    let goal = Goal {
        effort: BTreeMap::from([(ActKind::MoreEvents, 3)]),
        ..Goal::default()
    };
    check(&plan(&pack, &record, &goal), "1", 1, &["mend_event c 1"]);
}

/// A share that nobody stated: the plan is a figure, not the hope that nothing arises. After the
/// window has closed only the proof of nothing can still be handed in.
#[test]
fn that_nothing_arose_is_planned_only_where_nothing_else_can_be_done() {
    let rule = json!({"form": "bands", "of": "s", "in": "percent", "not_arisen": "full", "bands": [
        {"from": "90", "points": "1"}, {"below": "90", "points": "0"}]});
    let by_events = json!({"id": "s", "kind": "share", "by": "events", "event": "e"});
    for (quantity, as_of, act) in [
        (share("s"), AS_OF, "state_figure"),
        (by_events.clone(), AS_OF, "more_events"),
        (by_events, "2025-01-03", "state_none"),
    ] {
        let pack = pack(&[quantity], &[leaf("1", "1", rule.clone())]);
        let record = submission(&[], &[], &[]);
        let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
        let found = fitted.regain(day(as_of), &Goal::default()).unwrap();
        let acts: Vec<&str> = found.acts.iter().map(|it| it.act.kind.code()).collect();
        assert_eq!(acts, [act]);
        assert_eq!(found.after.numbers.standing.to_string(), "1");
    }
}

/// What the pack declares counts where nothing else is asked, and the answer says so.
#[test]
fn effort_is_declared_by_the_pack_and_overruled_by_the_question() {
    let events = json!({"id": "c", "kind": "count", "by": "events", "event": "e",
        "proof": {"roles": [{"role": "minutes", "kinds": ["BB"]}]}});
    let rule = json!({"form": "bands", "of": "c", "bands": [
        {"to": "0", "points": "0"}, {"from": "1", "points": "1"}]});
    let tree = json!([{"code": "A", "title": {"vi": "A"}, "children": [leaf("1", "1", rule)]}]);
    let mut declared = pack_json(&[events], &tree);
    declared["effort"] = json!({"more_events": 5, "mend_event": 2});
    declared["sources"] = json!([{"of": ["max", "effort"], "illustrative": "made for a test"}]);
    let pack = read(&declared);
    let record = submission(&[], &[event("E1", "e", "2024-03-01")], &[]);
    let found = plan(&pack, &record, &Goal::default());
    check(&found, "1", 2, &["mend_event c 1"]);
    assert_eq!(found.goal.effort[&ActKind::MoreEvents], 5);
    let goal = Goal {
        effort: BTreeMap::from([(ActKind::MoreEvents, 1)]),
        ..Goal::default()
    };
    let found = plan(&pack, &record, &goal);
    check(&found, "1", 1, &["more_events c 1"]);
    assert_eq!(found.goal.effort[&ActKind::MoreEvents], 1);
    for (effort, code) in [
        (json!({"dance": 1}), "unknown-field"),
        (json!({"deliver": 0}), "out-of-range"),
    ] {
        declared["effort"] = effort;
        let text = declared.to_string();
        let faults = read_pack("pack.json", text.as_bytes(), Calendar::vietnam()).unwrap_err();
        assert_eq!(faults[0].code, code);
    }
}

/// Thirty-six reports, three a month, each worth a point; twenty fell due before 20 July. Of the
/// sixteen others the first five that fall due reach five points: 25/7, 10/8, 18/8, 25/8 and
/// 10/9. Every set would be 65,536.
#[test]
fn obligations_that_are_worth_the_same_are_only_counted() {
    let due = |month: u32, day: u32| {
        json!({"id": format!("r{month:02}-{day}"), "title": {"vi": "r"},
               "due": {"date": format!("2024-{month:02}-{day}"), "roll": "none"}})
    };
    let obligations: Vec<Value> = (1..=12)
        .flat_map(|month| [due(month, 10), due(month, 18), due(month, 25)])
        .collect();
    let reports =
        json!({"id": "d", "kind": "due_set", "event": "report", "obligations": obligations});
    let rule =
        json!({"form": "per_obligation", "of": "d", "met": "1", "late": "0", "missing": "0"});
    let mut second = leaf("2", "9", yes("f", "9"));
    second["title"] = json!({"vi": "second"});
    let pack = pack(&[reports, flag("f")], &[leaf("1", "36", rule), second]);
    let goal = Goal {
        code: Some("1".to_owned()),
        target: points("5"),
        ..Goal::default()
    };
    let found = plan(&pack, &submission(&[], &[], &[]), &goal);
    check(&found, "5", 5, &["deliver d 1"; 5]);
    let names: Vec<&str> = found
        .acts
        .iter()
        .map(|it| it.act.subject.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["r07-25", "r08-10", "r08-18", "r08-25", "r09-10"]);
    assert!(found.outside.is_empty(), "{:?}", found.outside);
    // The flag is worth nine at the same effort.
    let goal = Goal {
        target: points("10"),
        ..Goal::default()
    };
    let found = plan(&pack, &submission(&[], &[], &[]), &goal);
    check(&found, "10", 2, &["deliver d 1", "turn_yes f 2"]);
}

/// Four flags of a point each: 75 % are three of them. The gate reads a fourth one.
#[test]
fn a_class_is_a_target_and_a_gate_holds_it_down() {
    let leaves: Vec<Value> = ["f", "g", "h", "i"]
        .iter()
        .map(|id| leaf("1", "1", yes(id, "1")))
        .enumerate()
        .map(|(index, mut leaf)| {
            leaf["code"] = json!(format!("1.{}", index + 1));
            leaf["title"] = json!({"vi": format!("Tiêu chí {}", index + 1)});
            leaf
        })
        .collect();
    let tree = json!([{"code": "1", "title": {"vi": "A"}, "children": leaves}]);
    let mut whole = pack_json(&[flag("f"), flag("g"), flag("h"), flag("i")], &tree);
    whole["coverage"] = json!("whole");
    whole["classes"] = json!([{"id": "good", "title": {"vi": "Tốt"}, "from": "75"},
                              {"id": "weak", "title": {"vi": "Yếu"}}]);
    whole["sources"] = json!([{"of": ["max", "classes"], "illustrative": "made for a test"}]);
    let record = submission(&[figure("f", json!({"flag": "yes"}))], &[], &[]);
    let goal = Goal {
        target: Some(Target::Class("good".to_owned())),
        ..Goal::default()
    };
    let found = plan(&read(&whole), &record, &goal);
    check(&found, "3", 2, &["turn_yes g 1.2", "turn_yes h 1.3"]);
    assert_eq!(found.class_before.unwrap().standing.id, "weak");
    assert_eq!(found.class_after.unwrap().standing.id, "good");
    assert!(found.short.is_none());
    whole["class_gates"] = json!([{"id": "gate", "title": {"vi": "Cổng"},
        "unless": {"of": "i", "is": "yes"}, "class_at_most": "weak"}]);
    whole["sources"] = json!([{"of": ["max", "classes", "class_gates"],
                               "illustrative": "made for a test"}]);
    // What opens the gate is part of the plan, and brings a point as well: of the other two,
    // one is enough then.
    let opened = plan(&read(&whole), &record, &goal);
    check(&opened, "3", 2, &["turn_yes g 1.2", "turn_yes i 1.4"]);
    assert_eq!(opened.class_after.unwrap().standing.id, "good");
    // A gate that reads what no component reads, and one that nothing opens any more.
    let mut apart = whole.clone();
    let clean = json!({"id": "clean", "kind": "flag", "movement": "latched",
                       "title": {"vi": "clean"}, "proof": {"roles": []}});
    apart["quantities"].as_array_mut().unwrap().push(clean);
    apart["class_gates"][0]["unless"]["of"] = json!("clean");
    let opened = plan(&read(&apart), &record, &goal);
    check(
        &opened,
        "3",
        3,
        &["turn_yes g 1.2", "turn_yes h 1.3", "turn_yes clean "],
    );
    let no = figure("clean", json!({"flag": "no"}));
    let lost = submission(&[figure("f", json!({"flag": "yes"})), no], &[], &[]);
    let held = plan(&read(&apart), &lost, &goal);
    assert_eq!(held.short.unwrap().reason, ShortReason::Gate);
    assert_eq!(held.class_after.unwrap().standing.id, "weak");
    // No class of that name, and none at all in a pack that gives points only.
    let code = |pack: &Pack, name: &str| {
        let fitted = fit(pack, &record, Calendar::vietnam()).unwrap();
        let target = Some(Target::Class(name.to_owned()));
        let goal = Goal {
            target,
            ..Goal::default()
        };
        fitted.regain(day(AS_OF), &goal).unwrap_err().code
    };
    assert_eq!(code(&read(&whole), "best"), "unknown-name");
    let points_only = pack(&[flag("f")], &[leaf("1", "1", yes("f", "1"))]);
    assert_eq!(code(&points_only, "good"), "no-classes");
}

/// Random packs of two to four components of which some share what they read, some with a
/// group that is held by a cap.
fn world(numbers: &[u32]) -> (Pack, Submission, bool) {
    let mut numbers = numbers.iter().copied().chain(std::iter::repeat(0));
    let mut pick = |below: u32| numbers.next().unwrap() % below;
    let minutes = json!({"roles": [{"role": "minutes", "kinds": ["BB"]}]});
    let due = |id: &str, date: &str| json!({"id": id, "title": {"vi": id}, "due": {"date": date, "roll": "none"}});
    let quantities = [
        share("s"),
        flag("f"),
        json!({"id": "c", "kind": "count", "by": "events", "event": "e", "proof": minutes}),
        json!({"id": "r", "kind": "share", "by": "events", "event": "e", "proof": minutes}),
        json!({"id": "d", "kind": "due_set", "event": "report",
               "obligations": [due("h1", "2024-06-14"), due("q3", "2024-09-13"),
                               due("year", "2024-12-13")]}),
        flag("g"),
    ];
    let mut leaves = Vec::new();
    for index in 0..2 + pick(3) {
        let rule = match pick(9) {
            0 => bands("s", "50", "80"),
            1 => bands("s", "60", "90"),
            2 => yes("f", "1"),
            3 => json!({"form": "per_unit", "of": "c", "points": "0.75", "cap": "2"}),
            4 => json!({"form": "bands", "of": "r", "in": "percent", "not_arisen": "zero",
                        "bands": [{"from": "75", "points": "2"}, {"below": "75", "points": "0"}]}),
            5 => json!({"form": "per_obligation", "of": "d", "met": "0.5", "late": "0.25",
                        "missing": "0"}),
            6 => json!({"form": "deduction", "of": "d", "read": "lapses", "full": "2",
                        "each": "1", "not_below": "0"}),
            7 => json!({"form": "least", "parts": [yes("f", "2"), yes("g", "2")]}),
            _ => json!({"form": "sum", "parts": [yes("g", "0.5"), bands("s", "70", "95")]}),
        };
        let max = match &rule["form"] {
            it if it == "sum" => "3",
            _ => "2",
        };
        leaves.push(leaf(&format!("1.{index}"), max, rule));
    }
    let capped = pick(3) == 0;
    let mut area = json!({"code": "1", "title": {"vi": "A"}, "children": leaves});
    if capped {
        area["cap"] = json!("3");
        area["sources"] = json!([{"of": ["cap"], "illustrative": "made for a test"}]);
    }
    let pack = pack_of(&quantities, &json!([area]));
    let mut figures = Vec::new();
    if pick(4) > 0 {
        let done = u64::from(pick(15));
        figures.push(won("s", done, u64::from(pick(4))));
    }
    if pick(2) == 0 {
        figures.push(figure("f", json!({"flag": "not_yet"})));
    }
    let recorded = (0..pick(3)).map(|it| event(&format!("E{it}"), "e", "2024-03-01"));
    let record = submission(&figures, &recorded.collect::<Vec<_>>(), &[]);
    (pack, record, capped)
}

/// A set of acts with what it costs and brings.
struct Tried {
    effort: u64,
    value: Exact,
    until: NaiveDate,
    acts: Vec<usize>,
}

/// Every set of acts, each closed by `final`.
fn every(fitted: &Fitted<'_>, acts: &[Act], goal: &Goal, capped: bool) -> Vec<Tried> {
    let seen = fitted.seen(day(AS_OF));
    let mut list = Vec::new();
    for bits in 0..1_u32 << acts.len() {
        let chosen: Vec<usize> = (0..acts.len()).filter(|it| bits >> it & 1 == 1).collect();
        let clash = chosen
            .iter()
            .any(|a| chosen.iter().any(|b| a < b && acts[*a].excludes(&acts[*b])));
        if clash {
            continue;
        }
        let moves = chosen
            .iter()
            .flat_map(|it| acts[*it].moves.clone())
            .collect();
        let extension = Extension {
            moves,
            tends: false,
        };
        let finals = seen.final_after(&extension).unwrap();
        let mut value = Exact::ZERO;
        for (_, points) in finals {
            value += points.exact();
        }
        if capped {
            value = value.min(Exact::from_integer(3));
        }
        // Each event is an act of its own.
        let cost = |it: &usize| {
            let each = goal.effort.get(&acts[*it].kind).copied().unwrap_or(1);
            match acts[*it].kind {
                ActKind::MoreEvents => each * acts[*it].units,
                _ => each,
            }
        };
        let until = chosen
            .iter()
            .map(|it| acts[*it].until.unwrap_or(NaiveDate::MAX));
        list.push(Tried {
            effort: chosen.iter().map(cost).sum(),
            value,
            until: until.max().unwrap_or(NaiveDate::MIN),
            acts: chosen,
        });
    }
    list
}

/// In the stated order: what comes first is better.
fn order(a: &Tried, b: &Tried, reaches: bool) -> Ordering {
    let effort = a.effort.cmp(&b.effort);
    let value = b.value.cmp(&a.value);
    let first = match reaches {
        true => effort.then(value),
        false => value.then(effort),
    };
    // The earlier act first: where one has an act that the other lacks, it is the better one.
    let has = |it: &Tried, act: usize| !it.acts.contains(&act);
    let acts = (0..12).map(|act| has(a, act).cmp(&has(b, act)));
    let acts = acts.fold(Ordering::Equal, Ordering::then);
    first.then(a.until.cmp(&b.until)).then(acts)
}

proptest! {
    #![proptest_config(config(150))]

    /// The plan is the one that a search of every set of up to twelve acts finds, ties included.
    #[test]
    fn a_plan_equals_the_search_of_every_set(
        numbers in prop::collection::vec(0..60_u32, 14),
        target in prop::option::of(0..8_i64),
        at_most in prop::option::of(0..5_u64),
        costly in prop::sample::select(ActKind::ALL),
        cost in 1..4_u64,
    ) {
        let (pack, record, capped) = world(&numbers);
        let fitted = fit(&pack, &record, Calendar::vietnam()).unwrap();
        let goal = Goal {
            target: target.map(|it| Target::Points(Points::new(Exact::from_integer(it)))),
            at_most,
            effort: BTreeMap::from([(costly, cost)]),
            ..Goal::default()
        };
        let plan = fitted.regain(day(AS_OF), &goal).unwrap();
        let mut acts: Vec<Act> = Vec::new();
        let none = |lever: &Lever| lever.acts.iter().any(|it| it.kind == ActKind::StateNone);
        for leaf in fitted.levers(day(AS_OF), None).leaves {
            // That nothing arose is planned for only where nothing else can be done.
            let only = leaf.levers.iter().all(none);
            let levers = leaf.levers.into_iter().filter(|it| only || !none(it));
            for act in levers.flat_map(|it| it.acts) {
                if !acts.iter().any(|it| it.moves == act.moves) {
                    acts.push(act);
                }
            }
        }
        prop_assume!(acts.len() <= 12);
        let all = every(&fitted, &acts, &goal, capped);
        let fits = |it: &&Tried| at_most.is_none_or(|most| it.effort <= most);
        let target = target.map(Exact::from_integer);
        let reaches = |it: &&Tried| target.as_ref().is_some_and(|target| it.value >= *target);
        let reached = all.iter().filter(fits).filter(reaches);
        let reached = reached.min_by(|a, b| order(a, b, true));
        let most = all.iter().filter(fits).min_by(|a, b| order(a, b, false));
        let best = reached.or(most).unwrap();
        let found: Vec<usize> = plan
            .acts
            .iter()
            .map(|it| acts.iter().position(|act| act.moves == it.act.moves).unwrap())
            .collect();
        prop_assert_eq!(&found, &best.acts, "{:?} {}", acts, plan.after.numbers.standing);
        prop_assert_eq!(plan.after.numbers.standing.exact(), &best.value);
        prop_assert_eq!(plan.effort, best.effort);
        prop_assert_eq!(plan.short.is_some(), target.is_some() && reached.is_none());
    }
}
