//! Levers and guards.

use cchc_core::extension::{Extension, Move};
use cchc_core::facts::{CohortFigure, FigureValue, FlagValue, ProvedBy, ShareFigure};
use cchc_core::property::packs;
use cchc_core::record::Fitted;
use cchc_core::regain::{Act, ActKind, LeafLevers, Lever, OutsideReason};
use cchc_core::values::{Calendar, Exact, Points, Window};
use cchc_core::{read_pack, read_submission};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use crate::kit::{
    config, day, each_record, event, figure, guard_line, leaf, levers_of, line, pack, submission,
};

#[track_caller]
fn check(leaf: &LeafLevers, levers: &[&str], guards: &[&str], outside: &[&str]) {
    let found: Vec<String> = leaf.levers.iter().map(line).collect();
    assert_eq!(found, levers);
    let found: Vec<String> = leaf.guards.iter().map(guard_line).collect();
    assert_eq!(found, guards);
    let found: Vec<&str> = leaf.outside.iter().map(|it| it.reason.code()).collect();
    assert_eq!(found, outside);
}

/// Two points from 97 %, one from 95 %, as the first pack has them for dossiers.
fn in_time(id: &str) -> serde_json::Value {
    json!({"form": "bands", "of": id, "in": "percent", "not_arisen": "full", "bands": [
        {"from": "97", "points": "2"}, {"from": "95", "below": "97", "points": "1"},
        {"below": "95", "points": "0"}]})
}

fn share(id: &str, total: serde_json::Value) -> serde_json::Value {
    json!({"id": id, "kind": "share", "by": "figure", "total": total, "open_at_close": "lost"})
}

/// 288 of 300 and 100 open: 97 % of 400 is 388, so all hundred; 95 % is 380, so 92.
#[test]
fn a_hundred_more_dossiers_on_time_make_97_percent_of_400() {
    let pack = pack(
        &[share("d", json!("fixed"))],
        &[leaf("1", "2", in_time("d"))],
    );
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 288, "lost": 12, "total": 400}}),
        )],
        &[],
        &[],
    );
    let leaf = levers_of(&pack, &record, "1");
    check(
        &leaf,
        &["1: win_items d +92 380/400", "2: win_items d +100 388/400"],
        &["lost_items d any"],
        &[],
    );
    let lever = &leaf.levers[1];
    assert_eq!(lever.acts[0].of_open, 100);
    assert_eq!(lever.until, Some(day("2024-12-31")));
    // Twelve lost of 400 are 3 %: nothing is open and nothing can come, so it is certain.
    assert_eq!(lever.after.secured.to_string(), "2");
    assert_eq!(lever.gain.standing.to_string(), "2");
}

/// 188 of 200 is 94 % and nothing is open; new ones come without limit. 97 %: (188 + k) / (200
/// + k) from k = 200 on, 388/400; 95 %: from k = 40 on, 228/240. Afterwards none may be late.
#[test]
fn new_items_raise_a_share_that_has_no_open_ones() {
    let pack = pack(
        &[share("d", json!("unbounded"))],
        &[leaf("1", "2", in_time("d"))],
    );
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 188, "lost": 12, "open": 0}}),
        )],
        &[],
        &[],
    );
    let leaf = levers_of(&pack, &record, "1");
    check(
        &leaf,
        &["1: win_items d +40 228/240", "2: win_items d +200 388/400"],
        &["lost_items d any"],
        &[],
    );
    let margin: Vec<String> = leaf.levers[1].margin.iter().map(guard_line).collect();
    assert_eq!(margin, ["lost_items d 0"]);
}

/// 392 of 400 is 98 %: 392/404 is 97.03 %, 392/405 is 96.79 %. Four more may be late.
#[test]
fn the_guard_counts_how_many_may_still_be_late() {
    let pack = pack(
        &[share("d", json!("unbounded"))],
        &[leaf("1", "2", in_time("d"))],
    );
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 392, "lost": 8, "open": 0}}),
        )],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        &[],
        &["lost_items d 4"],
        &[],
    );
}

/// Of a line the levels are its breakpoints, the most that can be reached and the next
/// hundredth. 70 of 100 with 30 open, points 1 · share from 80 % on: 0 below; 80/100 gives
/// 0.80, the first level and the next hundredth; all hundred give 1.
#[test]
fn a_line_has_its_floor_and_its_end_as_levels() {
    let rule = json!({"form": "proportional", "of": "d", "in": "percent", "points": "1",
                      "floor": {"from": "80"}, "not_arisen": "zero"});
    let pack = pack(&[share("d", json!("fixed"))], &[leaf("1", "1", rule)]);
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 70, "lost": 0, "total": 100}}),
        )],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        &["0.8: win_items d +10 80/100", "1: win_items d +30 100/100"],
        &["lost_items d any"],
        &[],
    );
}

/// 500 of 1000 give 0.50; 509 give 0.509, rounded 0.51, and so do 505 give 0.505, half up.
/// 504 give 0.504, rounded 0.50.
#[test]
fn the_next_hundredth_is_one_of_rounded_points() {
    let rule = json!({"form": "proportional", "of": "d", "in": "percent", "points": "1",
                      "not_arisen": "zero"});
    let pack = pack(&[share("d", json!("fixed"))], &[leaf("1", "1", rule)]);
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 500, "lost": 0, "total": 1000}}),
        )],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        // 995 give 0.995, rounded half up 1.00.
        &[
            "0.51: win_items d +5 505/1000",
            "1: win_items d +495 995/1000",
        ],
        &["lost_items d any"],
        &[],
    );
}

/// Two or three dialogues: one is proved, one lacks its minutes. Mending it is enough, and so
/// is one more.
#[test]
fn a_count_is_mended_or_grows() {
    let dialogues = json!({"id": "dialogues", "kind": "count", "by": "events", "event": "dialogue",
        "proof": {"roles": [{"role": "minutes", "kinds": ["BB"], "distinct": true}]}});
    let rule = json!({"form": "bands", "of": "dialogues", "bands": [
        {"to": "0", "points": "0"}, {"from": "1", "to": "1", "points": "1"},
        {"from": "2", "points": "2"}]});
    let pack = pack(&[dialogues], &[leaf("1", "2", rule)]);
    let minutes = json!({"id": "BB-1", "kind": "BB", "number": "1", "symbol": "BB-UBND",
        "issuer": {"name": "UBND", "level": "commune"}, "issued_on": "2024-03-02",
        "recorded_on": "2024-03-05", "subject": "s"});
    let mut first = event("E1", "dialogue", "2024-03-01");
    first["documents"] = json!([{"id": "BB-1", "role": "minutes"}]);
    let record = submission(
        &[],
        &[first, event("E2", "dialogue", "2024-04-01")],
        &[minutes],
    );
    let leaf = levers_of(&pack, &record, "1");
    check(
        &leaf,
        &[
            "2: mend_event dialogues E2",
            "2: more_events dialogues +1 =2",
        ],
        &["more_events dialogues any"],
        &[],
    );
    assert_eq!(leaf.levers[0].until, Some(day("2025-01-05")));
    assert_eq!(leaf.levers[1].until, Some(day("2024-12-31")));
    assert_eq!(&*leaf.levers[1].evidence[0].role, "minutes");
    assert_eq!(&*leaf.levers[0].acts[0].unfilled[0], "minutes");
}

/// All three flags or nothing: no flag alone brings anything, the two that are not yet so do
/// together.
#[test]
fn what_only_several_bring_is_one_lever() {
    let flag = |id: &str| json!({"id": id, "kind": "flag", "movement": "latched"});
    let part = |id: &str| json!({"form": "yes_no", "of": id, "yes": "2", "no": "0"});
    let rule = json!({"form": "least", "parts": [part("a"), part("b"), part("c")]});
    let pack = pack(&[flag("a"), flag("b"), flag("c")], &[leaf("1", "2", rule)]);
    let record = submission(
        &[
            figure("a", json!({"flag": "yes"})),
            figure("b", json!({"flag": "not_yet"})),
        ],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        &["2: turn_yes b, turn_yes c"],
        &["turned b any"],
        &[],
    );
}

/// A judgement is not computed, and is said to be missing.
#[test]
fn a_judgement_cannot_be_computed() {
    let quantity = json!({"id": "j", "kind": "judgement", "range": {"min": "0", "max": "2"}});
    let pack = pack(
        &[quantity],
        &[leaf("1", "2", json!({"form": "judgement", "of": "j"}))],
    );
    let record = submission(&[], &[], &[]);
    check(
        &levers_of(&pack, &record, "1"),
        &[],
        &[],
        &["judgement", "more_attainable"],
    );
}

/// A figure that was never stated: of a hundred items 97 give 97 %; where nothing arose, that
/// is to be proved, and the pack gives full points for it.
#[test]
fn a_figure_that_is_missing_is_to_be_stated() {
    let pack = pack(
        &[share("d", json!("unbounded"))],
        &[leaf("1", "2", in_time("d"))],
    );
    let leaf = levers_of(&pack, &submission(&[], &[], &[]), "1");
    check(
        &leaf,
        &[
            "1: state_figure d 95/100",
            "2: state_figure d 97/100",
            "2: state_none d",
        ],
        &[],
        &[],
    );
}

/// Late brings half: what can be in time is delivered in time, what cannot is delivered late.
#[test]
fn obligations_are_delivered_in_time_where_that_is_still_possible() {
    let due = |id: &str, date: &str| json!({"id": id, "title": {"vi": id}, "due": {"date": date, "roll": "none"}});
    let quantity = json!({"id": "r", "kind": "due_set", "event": "report",
        "obligations": [due("h1", "2024-06-14"), due("year", "2024-12-13")]});
    let rule =
        json!({"form": "per_obligation", "of": "r", "met": "1", "late": "0.5", "missing": "0"});
    let pack = pack(&[quantity], &[leaf("1", "2", rule)]);
    let leaf = levers_of(&pack, &submission(&[], &[], &[]), "1");
    check(
        &leaf,
        &[
            "0.5: deliver_late r h1",
            "1: deliver r year",
            "1.5: deliver r year, deliver_late r h1",
        ],
        &[],
        &[],
    );
    let until = leaf.levers[1].until;
    assert_eq!(until, Some(day("2024-12-13")));
}

/// On a curve that rises and falls the first number with more points is found, and no later
/// one that has fewer.
#[test]
fn a_curve_that_falls_again_is_tried_unit_by_unit() {
    let quantity = json!({"id": "n", "kind": "count", "by": "figure"});
    let rule = json!({"form": "bands", "of": "n", "bands": [
        {"to": "2", "points": "1"}, {"from": "3", "to": "5", "points": "2"},
        {"from": "6", "points": "0"}]});
    let pack = pack(&[quantity], &[leaf("1", "2", rule)]);
    let record = submission(&[figure("n", json!({"count": 1}))], &[], &[]);
    check(
        &levers_of(&pack, &record, "1"),
        &["2: more_units n +2 =3"],
        // 1 and four more are 5: still two points; a fifth makes 6.
        &["more_units n 4"],
        &["not_monotone"],
    );
}

/// Without the plan nothing counts, with it the share does: 80 of 100 are won, 20 open. The plan
/// alone brings nothing (80 % is below 90 %), ten items alone bring nothing without the plan.
#[test]
fn a_gate_and_the_levels_behind_it_are_reached_together() {
    let flag = json!({"id": "plan", "kind": "flag", "movement": "latched"});
    let bands = json!({"form": "bands", "of": "d", "in": "percent", "not_arisen": "zero", "bands": [
        {"from": "95", "points": "2"}, {"from": "90", "below": "95", "points": "1"},
        {"below": "90", "points": "0"}]});
    let rule = json!({"form": "gate", "if": {"of": "plan", "is": "yes"}, "then": bands,
                      "otherwise": {"form": "constant", "points": "0"}});
    let pack = pack(&[flag, share("d", json!("fixed"))], &[leaf("1", "2", rule)]);
    let record = submission(
        &[
            figure("plan", json!({"flag": "not_yet"})),
            figure("d", json!({"share": {"won": 80, "lost": 0, "total": 100}})),
        ],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        &[
            "1: turn_yes plan, win_items d +10 90/100",
            "2: turn_yes plan, win_items d +15 95/100",
        ],
        &["turned plan any", "lost_items d any"],
        &[],
    );
}

/// Dissatisfied answers are counted, the points are for the others, and open ones are left out:
/// with 4 dissatisfied of 10 there stand 6/10. One other answer more makes 7/11 = 0.636…, the
/// next hundredth; all ten open ones make 16/20. One more dissatisfied makes 6/11 = 0.545….
#[test]
fn where_what_is_counted_costs_points_the_other_items_are_the_lever() {
    let dissatisfied = json!({"id": "d", "kind": "share", "by": "figure", "better": "less",
                              "total": "fixed", "open_at_close": "left_out"});
    let rule = json!({"form": "proportional", "of": "d", "read": "lost", "in": "percent",
                      "points": "1", "not_arisen": "exclude"});
    let pack = pack(&[dissatisfied], &[leaf("1", "1", rule)]);
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 4, "lost": 6, "open": 10, "total": 20}}),
        )],
        &[],
        &[],
    );
    check(
        &levers_of(&pack, &record, "1"),
        &["0.64: spare_items d +1 4/11", "0.8: spare_items d +10 4/20"],
        &["counted_items d 0"],
        &[],
    );
}

/// Three points without a lapse, one with one lapse: a count that was never stated is stated,
/// at most 1, or 0.
#[test]
fn a_count_of_lapses_that_is_missing_is_stated_from_the_bad_end() {
    let quantity = json!({"id": "n", "kind": "count", "by": "figure"});
    let rule = json!({"form": "bands", "of": "n", "bands": [
        {"below": "1", "points": "3"}, {"from": "1", "below": "2", "points": "1"},
        {"from": "2", "points": "0"}]});
    let pack = pack(&[quantity], &[leaf("1", "3", rule)]);
    check(
        &levers_of(&pack, &submission(&[], &[], &[]), "1"),
        &["1: state_figure n =1", "3: state_figure n =0"],
        &[],
        &[],
    );
}

/// Half of ten points for the target of 50, the rest by the share of the leader's excess, which
/// is 30: 50 gives 5, 80 gives 10; the next hundredth takes 0.1 of 50 (5 · 0.1/50 = 0.01).
#[test]
fn a_result_against_a_target_and_the_leader_is_stated_up_to_the_best() {
    let measure = |id: &str| {
        json!({"id": id, "kind": "measure", "domain": {"min": "0"},
        "sources": [{"of": ["domain"], "illustrative": "made for a test"}]})
    };
    let rule = json!({"form": "relative", "achieved": "a", "target": "t", "points": "10",
                      "at_target": "0.5"});
    let pack = pack(&[measure("a"), measure("t")], &[leaf("1", "10", rule)]);
    let mut record = submission(&[figure("t", json!({"measure": "50"}))], &[], &[]);
    record.cohort.push(CohortFigure {
        quantity: "a".to_owned(),
        best: Exact::from_integer(80),
        published_on: day("2024-07-01"),
    });
    check(
        &levers_of(&pack, &record, "1"),
        &[
            "0.01: state_figure a =0.05",
            "5: state_figure a =49.95",
            "10: state_figure a =79.97",
        ],
        &[],
        &[],
    );
}

/// A unit that was formed in July owes only what falls due since: of a report of June and one
/// of the year the second one alone is a lapse, and a lever.
#[test]
fn a_unit_with_an_observation_window_owes_only_what_falls_into_it() {
    let due = |id: &str, date: &str| json!({"id": id, "title": {"vi": id}, "due": {"date": date, "roll": "none"}});
    let quantity = json!({"id": "r", "kind": "due_set", "event": "report", "observation": "unit",
        "obligations": [due("h1", "2024-06-14"), due("year", "2024-12-13")]});
    let rule = json!({"form": "deduction", "of": "r", "read": "lapses", "full": "2", "each": "1",
                      "not_below": "0"});
    let pack = pack(&[quantity], &[leaf("1", "2", rule)]);
    let mut record = submission(&[], &[], &[]);
    record.unit.observation_window = Window::new(day("2024-07-01"), day("2024-12-31")).ok();
    check(
        &levers_of(&pack, &record, "1"),
        &["2: deliver r year"],
        &[],
        &[],
    );
}

/// The levers of the shipped submission that the plan's readers will ask for first.
#[test]
fn the_shipped_submission_has_the_levers_worked_out_by_hand() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = |path: &str| std::fs::read(root.join(path)).unwrap();
    let pack = file("rules/son-ha-2024/pack.json");
    let pack = read_pack("pack.json", &pack, Calendar::vietnam()).unwrap();
    let record = file("fixtures/submissions/son-thuong-2024/submission.json");
    let record = read_submission("submission.json", &record).unwrap();
    let lines = |code: &str| -> Vec<String> {
        levers_of(&pack, &record, code)
            .levers
            .iter()
            .map(line)
            .collect()
    };
    // 405 of 420, two overdue, seven open: 408/420 is 97.14 %, 407/420 is 96.90 %.
    assert_eq!(lines("3.4.1"), ["2: win_items dossiers +3 408/420"]);
    // 20 of 24, three open: 22/24 is 91.67 %, 21/24 is 87.5 %; 90 % is asked.
    assert_eq!(lines("1.5.3"), ["1: win_items petitions +2 22/24"]);
    let dossiers = levers_of(&pack, &record, "3.4.1");
    // 408/421 is 96.91 %: of what is open four may be late, and nothing new.
    let margin: Vec<String> = dossiers.levers[0].margin.iter().map(guard_line).collect();
    assert_eq!(margin, ["lost_items dossiers 4"]);
    // 405/426 is 95.07 %, 405/427 is 94.85 %: seven open ones and six new ones.
    let guards: Vec<String> = dossiers.guards.iter().map(guard_line).collect();
    assert_eq!(guards, ["lost_items dossiers 13"]);
    let upper = levers_of(&pack, &record, "7.3.1.2");
    assert!(upper.levers[0].depends_on_upper_level);
}

/// The acts with one unit less of one of them.
///
/// Of a figure that is stated, the unit less may be one up or one down: which of the two is
/// worse is a matter of the rule, so both are given.
fn with_less(acts: &[Act], of: usize) -> Vec<Vec<Move>> {
    let (before, after) = (&acts[..of], &acts[of + 1..]);
    let others = || before.iter().chain(after).flat_map(|act| act.moves.clone());
    let less = one_less(&acts[of]).into_iter();
    less.map(|step| others().chain(step).collect()).collect()
}

fn one_less(act: &Act) -> Vec<Option<Move>> {
    let [step] = act.moves.as_slice() else {
        return vec![None];
    };
    match (act.kind, step.clone()) {
        (
            ActKind::MoreEvents,
            Move::Event {
                kind,
                date,
                obligation,
                times,
                proved,
            },
        ) if times > 1 => vec![Some(Move::Event {
            kind,
            date,
            obligation,
            times: times - 1,
            proved,
        })],
        // The first unit less is the figure as it stands.
        (ActKind::WinItems | ActKind::SpareItems | ActKind::MoreUnits, Move::Figure(figure))
            if act.units > 1 =>
        {
            let mut figure = figure;
            match &mut figure.value {
                FigureValue::Share(share) => {
                    match act.kind {
                        ActKind::SpareItems => share.lost = share.lost.map(|it| it - 1),
                        _ => share.won -= 1,
                    }
                    // The last item was open, or else it is new.
                    if act.units <= act.of_open {
                        share.open = share.open.map(|open| open + 1);
                    } else {
                        share.total = share.total.map(|total| total - 1);
                    }
                }
                FigureValue::Count(count) => *count -= 1,
                value => panic!("{value:?}"),
            }
            vec![Some(Move::Figure(figure))]
        }
        (ActKind::StateFigure, Move::Figure(figure)) => {
            let moved = |up: bool| {
                let mut figure = figure.clone();
                match &mut figure.value {
                    FigureValue::Share(share) => {
                        let (won, lost) = (share.won, share.lost.unwrap());
                        let moved = match up {
                            true => (won.checked_add(1), lost.checked_sub(1)),
                            false => (won.checked_sub(1), lost.checked_add(1)),
                        };
                        (share.won, share.lost) = (moved.0?, Some(moved.1?));
                    }
                    FigureValue::Count(count) => {
                        *count = count.checked_add_signed(if up { 1 } else { -1 })?;
                    }
                    _ => return None,
                }
                Some(Move::Figure(figure))
            };
            vec![moved(true), moved(false)]
        }
        _ => vec![None],
    }
}

/// A count that is stated for the first time, worse than any that matters.
fn worst_figure(act: &Act) -> Option<Move> {
    match act.moves.as_slice() {
        [Move::Figure(figure)] if act.kind == ActKind::StateFigure => {
            let FigureValue::Count(_) = figure.value else {
                return None;
            };
            let mut figure = figure.clone();
            figure.value = FigureValue::Count(1_000_000);
            Some(Move::Figure(figure))
        }
        _ => None,
    }
}

fn points_after(fitted: &Fitted<'_>, as_of: NaiveDate, moves: Vec<Move>, code: &str) -> Points {
    let extension = Extension {
        moves,
        tends: false,
    };
    let after = fitted.seen(as_of).final_after(&extension).unwrap();
    after.into_iter().find(|(it, _)| it == code).unwrap().1
}

/// What the property would say of a lever that asks too much, or promises too much.
#[test]
fn a_lever_that_is_not_the_least_is_refused() {
    let pack = pack(
        &[share("d", json!("fixed"))],
        &[leaf("1", "2", in_time("d"))],
    );
    let record = submission(
        &[figure(
            "d",
            json!({"share": {"won": 288, "lost": 2, "total": 400}}),
        )],
        &[],
        &[],
    );
    let fitted = cchc_core::fit(&pack, &record, Calendar::vietnam()).unwrap();
    let as_of = day("2024-07-20");
    let leaf = fitted.levers(as_of, Some("1")).leaves.remove(0);
    assert_eq!(hold(&fitted, as_of, &leaf, &leaf.levers[1]), Ok(()));
    let mut too_much = leaf.levers[1].clone();
    let Move::Figure(figure) = &mut too_much.acts[0].moves[0] else {
        panic!("a figure");
    };
    let FigureValue::Share(share) = &mut figure.value else {
        panic!("a share");
    };
    (share.won, share.open) = (389, Some(9));
    let why = hold(&fitted, as_of, &leaf, &too_much).unwrap_err();
    assert!(why.contains("not the least"), "{why}");
    let mut promised = leaf.levers[0].clone();
    promised.after.standing = leaf.levers[1].after.standing.clone();
    let why = hold(&fitted, as_of, &leaf, &promised).unwrap_err();
    assert!(why.contains("gives 1"), "{why}");
}

/// Whether a lever gives exactly its points and is the least that does.
fn hold(
    fitted: &Fitted<'_>,
    as_of: NaiveDate,
    leaf: &LeafLevers,
    lever: &Lever,
) -> Result<(), String> {
    let reached = points_after(fitted, as_of, lever.extension().moves, &leaf.code);
    if reached != lever.after.standing {
        return Err(format!("{} gives {reached}: {}", leaf.code, line(lever)));
    }
    if &lever.after.standing - &leaf.numbers.standing != lever.gain.standing {
        return Err(format!("{} gain: {}", leaf.code, line(lever)));
    }
    for place in 0..lever.acts.len() {
        let less = with_less(&lever.acts, place).into_iter();
        let less = less.map(|moves| points_after(fitted, as_of, moves, &leaf.code));
        let fewer = less.min().unwrap();
        // Where any figure reaches them, however bad, the least is that there is one.
        let any_does = || {
            let others = (0..lever.acts.len()).filter(|it| *it != place);
            let others = || others.clone().flat_map(|it| lever.acts[it].moves.clone());
            let worst = worst_figure(&lever.acts[place])?;
            let reached =
                points_after(fitted, as_of, others().chain([worst]).collect(), &leaf.code);
            let without = points_after(fitted, as_of, others().collect(), &leaf.code);
            Some(reached == lever.after.standing && without < reached)
        };
        if fewer >= lever.after.standing && any_does() != Some(true) {
            return Err(format!(
                "{} is not the least ({fewer}): {}",
                leaf.code,
                line(lever)
            ));
        }
    }
    let within = lever.after.secured <= lever.after.standing
        && lever.after.standing <= lever.after.attainable
        && lever.after.secured >= leaf.numbers.secured
        && lever.after.attainable <= leaf.numbers.attainable;
    if !within
        || lever
            .until
            .is_some_and(|until| until < as_of || lever.from < as_of)
    {
        return Err(format!("{} numbers or days {lever:?}", leaf.code));
    }
    Ok(())
}

/// The forms of the shipped packs, with random records: every lever is exact and the least.
#[test]
fn levers_of_every_scoring_form_are_exact_and_the_least() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules");
    for name in ["gallery", "son-ha-2024"] {
        let bytes = std::fs::read(root.join(name).join("pack.json")).unwrap();
        let pack = read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap();
        each_record(&pack, 12, |fitted, as_of| {
            for leaf in &fitted.levers(as_of, None).leaves {
                for lever in &leaf.levers {
                    hold(fitted, as_of, leaf, lever)?;
                }
            }
            Ok(())
        })
        .unwrap();
    }
}

proptest! {
    #![proptest_config(config(200))]

    /// Of a share over bands every next level is found, with its least number of items: worked
    /// out here from the numbers alone, one item after the other.
    #[test]
    fn every_level_of_bands_is_found_with_its_least_items(
        (won, lost, open, new) in (0..40_u64, 0..6_u64, 0..12_u64, prop::option::of(0..20_u64)),
        (first, second) in (50..80_u64, 80..101_u64),
        above in any::<bool>(),
    ) {
        let total = won + lost + open;
        prop_assume!(total > 0);
        let (from, below) = match above {
            true => ("above", "to"),
            false => ("from", "below"),
        };
        let rule = json!({"form": "bands", "of": "d", "in": "percent", "not_arisen": "zero", "bands": [
            {from: second.to_string(), "points": "2"},
            {from: first.to_string(), below: second.to_string(), "points": "1"},
            {below: first.to_string(), "points": "0"}]});
        let limit = new.map_or(json!("fixed"), |new| json!({"at_most": total + new}));
        // Above 100 % nothing lies: such a band is refused as dead.
        prop_assume!(!(above && second == 100));
        let pack = pack(&[share("d", limit)], &[leaf("1", "2", rule)]);
        let stated = json!({"share": {"won": won, "lost": lost, "open": open, "total": total}});
        let record = submission(&[figure("d", stated)], &[], &[]);
        let points = |more: u64| {
            let (won, total) = (won + more, total + more.saturating_sub(open));
            let reaches = |percent: u64| match above {
                true => won * 100 > percent * total,
                false => won * 100 >= percent * total,
            };
            u64::from(reaches(first)) + u64::from(reaches(second))
        };
        let mut levels: Vec<(u64, u64)> = Vec::new();
        let mut most = points(0);
        for more in 1..=open + new.unwrap_or(0) {
            if points(more) > most {
                most = points(more);
                levels.push((most, more));
            }
        }
        let found = levers_of(&pack, &record, "1").levers;
        let found: Vec<(u64, u64)> = found
            .iter()
            .map(|it| (it.after.standing.to_string().parse().unwrap(), it.acts[0].units))
            .collect();
        prop_assert_eq!(found, levels);
    }

    /// How many may still fail is worked out from the numbers alone: open ones first, which
    /// cost nothing, then new ones.
    #[test]
    fn every_guard_of_bands_is_the_most_that_points_survive(
        (won, lost, open, new) in (1..40_u64, 0..6_u64, 0..12_u64, 0..30_u64),
        threshold in 50..101_u64,
    ) {
        let total = won + lost + open;
        let rule = json!({"form": "bands", "of": "d", "in": "percent", "not_arisen": "zero", "bands": [
            {"from": threshold.to_string(), "points": "2"},
            {"below": threshold.to_string(), "points": "0"}]});
        let limit = json!({"at_most": total + new});
        let pack = pack(&[share("d", limit)], &[leaf("1", "2", rule)]);
        let stated = json!({"share": {"won": won, "lost": lost, "open": open, "total": total}});
        let record = submission(&[figure("d", stated)], &[], &[]);
        let reaches = |failures: u64| {
            won * 100 >= threshold * (total + failures.saturating_sub(open))
        };
        let survives = match reaches(0) {
            true => (1..=open + new).find(|it| !reaches(*it)).map(|it| it - 1),
            false => None,
        };
        let guard = &levers_of(&pack, &record, "1").guards[0];
        prop_assert_eq!(guard.survives, survives);
    }
}

proptest! {
    #![proptest_config(config(80))]

    /// Applying a lever gives exactly the points it names; one unit less gives strictly fewer;
    /// the bounds after it lie within those before.
    #[test]
    fn a_lever_gives_exactly_its_points_and_one_unit_less_gives_fewer(
        pack in packs(Calendar::vietnam())
    ) {
        each_record(&pack, 6, |fitted, as_of| {
            let answer = fitted.levers(as_of, None);
            for leaf in &answer.leaves {
                for lever in &leaf.levers {
                    hold(fitted, as_of, leaf, lever)?;
                }
            }
            Ok(())
        })?;
    }

    /// Where levers do not reach what is attainable, a reason beside that says why.
    #[test]
    fn levers_reach_what_is_attainable_or_a_reason_says_why_not(
        pack in packs(Calendar::vietnam())
    ) {
        each_record(&pack, 6, |fitted, as_of| {
            for leaf in &fitted.levers(as_of, None).leaves {
                let reasons: Vec<OutsideReason> = leaf.outside.iter().map(|it| it.reason).collect();
                if reasons == [OutsideReason::MoreAttainable] {
                    let levers: Vec<String> = leaf.levers.iter().map(line).collect();
                    return Err(format!("{} {:?} {levers:?}", leaf.code, leaf.numbers));
                }
            }
            Ok(())
        })?;
    }

    /// Where a guard names a number, the points are not certain.
    #[test]
    fn points_that_survive_only_some_failures_are_not_certain(
        pack in packs(Calendar::vietnam())
    ) {
        each_record(&pack, 6, |fitted, as_of| {
            let answer = fitted.levers(as_of, None);
            for leaf in &answer.leaves {
                let falls = leaf.guards.iter().any(|it| it.survives.is_some());
                if falls && leaf.numbers.secured == leaf.numbers.standing {
                    return Err(format!("{} {:?}", leaf.code, leaf.guards));
                }
            }
            Ok(())
        })?;
    }
}

/// A rule over a flag, a count by events and a share with six open items at most, combined.
fn combined() -> impl Strategy<Value = serde_json::Value> {
    let yes = (1..4_u32).prop_map(
        |points| json!({"form": "yes_no", "of": "f", "yes": points.to_string(), "no": "0"}),
    );
    let count = (1..3_u32, 3..5_u32, 1..3_u32).prop_map(|(first, second, points)| {
        json!({"form": "bands", "of": "c", "bands": [
            {"below": first.to_string(), "points": "0"},
            {"from": first.to_string(), "below": second.to_string(), "points": points.to_string()},
            {"from": second.to_string(), "points": (points + 1).to_string()}]})
    });
    let share = (30..60_u32, 60..101_u32, 1..3_u32).prop_map(|(first, second, points)| {
        json!({"form": "bands", "of": "s", "in": "percent", "not_arisen": "zero", "bands": [
            {"below": first.to_string(), "points": "0"},
            {"from": first.to_string(), "below": second.to_string(), "points": points.to_string()},
            {"from": second.to_string(), "points": (points + 1).to_string()}]})
    });
    (yes, count, share, 0..8_u32, 1..4_u32).prop_map(|(yes, count, share, shape, least)| {
        let all = |form: &str, parts: &[&serde_json::Value]| json!({"form": form, "parts": parts});
        let nothing = json!({"form": "constant", "points": "0"});
        let gate = |of: &str, is: serde_json::Value, then: serde_json::Value| {
            let mut condition = json!({"of": of});
            condition
                .as_object_mut()
                .unwrap()
                .extend(is.as_object().unwrap().clone());
            json!({"form": "gate", "if": condition, "then": then, "otherwise": nothing})
        };
        let held = json!({"is": "yes"});
        match shape {
            0 => all("sum", &[&yes, &count, &share]),
            1 => all("least", &[&yes, &count, &share]),
            2 => all("greatest", &[&yes, &all("least", &[&count, &share])]),
            3 => all("sum", &[&count, &all("least", &[&yes, &share])]),
            4 => gate("f", held, share),
            5 => gate("f", held, all("sum", &[&count, &share])),
            6 => gate(
                "c",
                json!({"from": least.to_string()}),
                all("sum", &[&yes, &share]),
            ),
            _ => all("sum", &[&gate("f", held, count), &share]),
        }
    })
}

/// Positions of the three quantities: flag, events more, open items won.
type At = (u64, u64, u64);

proptest! {
    #![proptest_config(config(120))]

    /// Against a search of every combination: the levers of combined rules reach the most that
    /// there is, nothing smaller reaches what one of them reaches, every level that one quantity
    /// reaches alone has its lever, and so has every least combination that brings more than
    /// what its parts bring.
    #[test]
    fn levers_of_combined_rules_are_those_of_a_search_of_every_combination(
        rule in combined(),
        (events, won, lost, open) in (0..3_usize, 0..5_u64, 0..4_u64, 0..7_u64),
    ) {
        let pack = pack(
            &[
                json!({"id": "f", "kind": "flag", "movement": "latched"}),
                json!({"id": "c", "kind": "count", "by": "events", "event": "e"}),
                share("s", json!("fixed")),
            ],
            &[leaf("1", "9", rule)],
        );
        let figures = [
            figure("f", json!({"flag": "not_yet"})),
            figure("s", json!({"share": {"won": won, "lost": lost, "open": open}})),
        ];
        let recorded: Vec<_> = (0..events).map(|it| event(&format!("E{it}"), "e", "2024-03-01")).collect();
        let record = submission(&figures, &recorded, &[]);
        let fitted = cchc_core::fit(&pack, &record, Calendar::vietnam()).unwrap();
        let as_of = day("2024-07-20");
        let seen = fitted.seen(as_of);
        let stated = |quantity: &str, value: FigureValue| {
            let mut figure = record.figures[0].clone();
            figure.quantity = quantity.to_owned();
            figure.value = value;
            figure.observed_on = day("2024-07-19");
            figure.recorded_on = as_of;
            figure.proved_by = ProvedBy::Assumption;
            Move::Figure(Box::new(figure))
        };
        let points = |(flag, more, items): At| -> Points {
            let mut moves = Vec::new();
            if flag > 0 {
                moves.push(stated("f", FigureValue::Flag(FlagValue::Yes)));
            }
            if more > 0 {
                moves.push(Move::Event {
                    kind: "e".to_owned(), date: as_of, obligation: None, times: more, proved: true,
                });
            }
            if items > 0 {
                moves.push(stated("s", FigureValue::Share(ShareFigure {
                    won: won + items, lost: Some(lost), open: Some(open - items), overdue: Some(0),
                    total: Some(won + lost + open), at_most: None,
                })));
            }
            seen.final_after(&Extension { moves, tends: false }).unwrap().remove(0).1
        };
        let mut table = std::collections::BTreeMap::new();
        for flag in 0..=1 {
            for more in 0..=5 {
                for items in 0..=open {
                    let at = (flag, more, items);
                    table.insert(at, points(at));
                }
            }
        }
        let standing = table[&(0, 0, 0)].clone();
        let below = |a: &At, b: &At| a != b && a.0 <= b.0 && a.1 <= b.1 && a.2 <= b.2;
        let least = |at: &At| table.iter().all(|(other, reached)| !below(other, at) || *reached < table[at]);
        let levers = fitted.levers(as_of, Some("1")).leaves.remove(0).levers;
        let mut found = Vec::new();
        for lever in &levers {
            let mut at = (0, 0, 0);
            for act in &lever.acts {
                match act.kind {
                    ActKind::TurnYes => at.0 = 1,
                    ActKind::MoreEvents => at.1 = act.units,
                    ActKind::WinItems => at.2 = act.units,
                    kind => panic!("{kind:?}"),
                }
            }
            prop_assert_eq!(&table[&at], &lever.after.standing, "{}", line(lever));
            prop_assert!(least(&at), "not the least: {}", line(lever));
            found.push(at);
        }
        let most = table.values().max().unwrap();
        let reached = levers.iter().map(|it| &it.after.standing).max().unwrap_or(&standing);
        prop_assert_eq!(reached, most);
        for (at, reached) in &table {
            let gain = |at: At| (&table[&at] - &standing).exact().clone();
            let alone = [(at.0, 0, 0), (0, at.1, 0), (0, 0, at.2)];
            let parts = alone.iter().filter(|it| **it != (0, 0, 0)).count();
            let sum = alone.iter().fold(Exact::ZERO, |sum, it| &sum + &gain(*it));
            let more = parts == 1 || *(reached - &standing).exact() > sum;
            if *reached > standing && more && least(at) && !found.contains(at) {
                // Part of a combination may already bring more than its own parts.
                let lines: Vec<String> = levers.iter().map(line).collect();
                let smaller = table.keys().any(|other| {
                    below(other, at) && found.contains(other) && {
                        let rest = (at.0 - other.0, at.1 - other.1, at.2 - other.2);
                        &gain(*other) + &gain(rest) >= *(reached - &standing).exact()
                    }
                });
                prop_assert!(smaller, "{at:?} has no lever of {reached}: {lines:?}");
            }
        }
    }
}
