//! What the laws found: the smallest record of each, with what the design asks.
//!
//! Law and reasoning stand at each test; all dates are as in [`crate::kit`]: the window is
//! open on days 10 to 40, and everything can be handed in or mended until day 50.

use cchc_core::values::Calendar;
use cchc_core::{End, fit};
use serde_json::{Value, json};

use crate::facts::{Event, Facts, Figure, Paper};
use crate::generators::{Growth, Kind, Quantity};
use crate::kit::{self, Lists, assess, exact, leaf, numbers, read_the_pack};

fn quantity(name: &'static str, kind: Kind, facts: Facts) -> Quantity {
    Quantity {
        name,
        kind,
        proof: true,
        distinct: false,
        facts,
    }
}

fn figures(list: &[(u64, Value, Paper)]) -> Facts {
    let figure = |(day, value, paper): &(u64, Value, Paper)| Figure {
        observed: *day,
        recorded: *day,
        value: value.clone(),
        paper: *paper,
    };
    Facts {
        figures: list.iter().map(figure).collect(),
        ..Facts::default()
    }
}

fn event(day: u64, minutes: &[usize], obligation: Option<usize>) -> Event {
    let (plan, minutes) = (Paper::Good, minutes.to_vec());
    Event {
        day,
        recorded: day,
        plan,
        minutes,
        obligation,
        mended: None,
    }
}

fn plain_share() -> Kind {
    Kind::Share {
        growth: Growth::Unbounded,
        left_out: false,
        overdue: false,
        min_total: 0,
    }
}

/// Secured, standing and attainable of one leaf.
#[track_caller]
fn check(quantities: &[Quantity], rule: Value, more: Value, as_of: u64, expected: [&str; 3]) {
    check_rounded(quantities, rule, more, as_of, kit::two_places(), expected);
}

#[track_caller]
fn check_rounded(
    quantities: &[Quantity],
    rule: Value,
    more: Value,
    as_of: u64,
    rounding: Value,
    expected: [&str; 3],
) {
    let mut lists = Lists::default();
    for quantity in quantities {
        lists.extend(quantity.facts.lists(quantity.name));
    }
    let kinds: Vec<Value> = quantities.iter().map(Quantity::json).collect();
    let pack = read_the_pack(&kit::pack(&kinds, &[leaf("A.1", rule, more)], &rounding));
    assert_eq!(
        numbers(&assess(&pack, &lists, as_of), 0),
        expected.map(exact)
    );
}

/// F1, law 1 (enclosure). Two figures, both not proved: yes on day 14 with an unreadable
/// report, yes on day 18 without one. After the last day to hand in the report can still be
/// read (move c): then the first figure is proved and both say yes, so `final` is 1. The
/// engine asks only whether the newest claim can be mended.
#[test]
fn an_older_unreadable_figure_can_still_be_read() {
    let yes = || json!({"flag": "yes"});
    let facts = figures(&[(14, yes(), Paper::Unreadable), (18, yes(), Paper::Nothing)]);
    let flag = quantity("q", Kind::Flag { holds: false }, facts);
    let rule = json!({"form": "yes_no", "of": "q", "yes": "1", "no": "0"});
    check(&[flag], rule, json!({"min": "0"}), 51, ["0", "0", "1"]);
}

/// F2, law 1 (enclosure). Claims of 0 and then 2, both without a report; unproved gives 1.
/// Every claim counts where it lowers, so standing is the 0 of the first; a report for the
/// second (move b) gives 1.
#[test]
fn mending_an_older_claim_alone_can_lower_final() {
    let count = |count: u64| json!({"count": count});
    let facts = figures(&[
        (14, count(0), Paper::Nothing),
        (40, count(2), Paper::Nothing),
    ]);
    let count = quantity("q", Kind::CountByFigure, facts);
    let rule = json!({"form": "per_unit", "of": "q", "points": "0.5", "cap": "2"});
    check(
        &[count],
        rule,
        json!({"unproved": "1", "min": "0"}),
        50,
        ["0", "0", "1"],
    );
}

/// F3, proof: an unproved fact counts where it lowers, and accepting evidence never lowers
/// standing. 10 of 10 proved; then 10 of 20 and 90 of 100, both without a report. Standing
/// must already count the 50 % (1 point), since a report for it brings exactly that.
#[test]
fn every_claim_after_the_proved_figure_counts_where_it_lowers() {
    let share = |won: u64, lost: u64| json!({"share": {"won": won, "lost": lost, "open": 0}});
    let middle = |paper| {
        figures(&[
            (14, share(10, 0), Paper::Good),
            (18, share(10, 10), paper),
            (22, share(90, 10), Paper::Nothing),
        ])
    };
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "2",
                      "not_arisen": "full"});
    for paper in [Paper::Good, Paper::Nothing] {
        let share = quantity("q", plain_share(), middle(paper));
        check(
            &[share],
            rule.clone(),
            json!({"min": "0"}),
            51,
            ["1", "1", "1"],
        );
    }
}

/// F4, law 1 (tightness). After close no event can happen any more; all that can be handed
/// in about a share by events without events is a report that there were none. That gives 0
/// here, so nothing is attainable; the engine tells 2.
#[test]
fn a_share_by_events_without_events_gains_none_after_close() {
    let share = quantity("q", Kind::ShareByEvents, Facts::default());
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "2",
                      "not_arisen": "zero"});
    check(&[share], rule, json!({"min": "0"}), 45, ["0", "0", "0"]);
}

/// F5, law 1 (tightness). A gate on a flag about which nothing was ever told, after the last
/// day to hand in: nothing can change, and `final` is the worse branch, 0. The engine offers
/// the other one.
#[test]
fn a_gate_on_what_was_never_told_stays_with_its_worse_branch() {
    let flag = quantity("q", Kind::Flag { holds: false }, Facts::default());
    let constant = |points: &str| json!({"form": "constant", "points": points});
    let rule = json!({"form": "gate", "if": {"of": "q", "is": "yes"},
                      "then": constant("0"), "otherwise": constant("1")});
    check(&[flag], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F6, law 1 (tightness). A claim that the flag is yes, latched, without a report: no
/// extension can close with the flag proved to be no, so the branch for "no" never counts
/// alone; unproved, the worse of both counts. `final` is 0 whatever happens.
#[test]
fn a_gate_cannot_take_a_branch_that_a_claim_rules_out() {
    let facts = figures(&[(14, json!({"flag": "yes"}), Paper::Nothing)]);
    let flag = quantity("q", Kind::Flag { holds: false }, facts);
    let constant = |points: &str| json!({"form": "constant", "points": points});
    let rule = json!({"form": "gate", "if": {"of": "q", "is": "yes"},
                      "then": constant("0"), "otherwise": constant("1")});
    check(&[flag], rule, json!({"min": "0"}), 30, ["0", "0", "0"]);
}

/// F7, law 1 (tightness). Half a point is taken for each late delivery. One came late, its
/// minutes missing, and it can be mended. Mended it is late; left, it counts where it
/// lowers: late. It cannot be withdrawn, so 1.5 is all that is left; the engine offers 2.
#[test]
fn a_late_delivery_without_documents_cannot_become_no_delivery() {
    let facts = Facts {
        events: vec![event(25, &[], Some(0)), event(26, &[0], Some(1))],
        pool: vec![(kit::OPEN, Paper::Good)],
        ..Facts::default()
    };
    let due = quantity("q", Kind::DueSet { dues: [20, 35] }, facts);
    let rule = json!({"form": "deduction", "of": "q", "read": "late", "full": "2", "each": "0.5",
                      "not_below": "0"});
    check(&[due], rule, json!({"min": "0"}), 45, ["1.5", "1.5", "1.5"]);
}

/// F8, law 1 (tightness). Flags about which nothing is proved, after the last day to hand
/// in: nothing can change, so all three numbers are the unproved points.
#[test]
fn n_of_m_flags_that_were_never_told_give_the_unproved_points_for_good() {
    let flag = |name| quantity(name, Kind::Flag { holds: false }, Facts::default());
    let rule = json!({"form": "n_of_m", "of": ["q", "r"], "at_least": 1, "points": "2",
                      "otherwise": "0"});
    let more = json!({"unproved": "1", "min": "0"});
    check(&[flag("q"), flag("r")], rule, more, 51, ["1", "1", "1"]);
}

/// F9, law 1 (tightness). Two events name the same unreadable minutes, which serve one event
/// only. Once they are read, one event counts; after the last day to hand in the other has
/// nothing of its own. So 0.5 is all that can
/// be reached.
#[test]
fn one_unreadable_document_cannot_come_to_prove_two_events() {
    let facts = Facts {
        events: vec![event(15, &[0], None), event(16, &[0], None)],
        pool: vec![(kit::OPEN, Paper::Unreadable)],
        ..Facts::default()
    };
    let count = Quantity {
        distinct: true,
        ..quantity("q", Kind::CountByEvents, facts)
    };
    let rule = json!({"form": "per_unit", "of": "q", "points": "0.5", "cap": "2"});
    check(&[count], rule, json!({"min": "0"}), 51, ["0", "0", "0.5"]);
}

/// F10, law 1 (enclosure). The first part falls to -1 as the share falls to a quarter without
/// reaching it, but left unproved it gives -1 itself. With the judgement given, the sum is
/// -1; the engine keeps the end open and tells -0.99, rounding toward zero.
#[test]
fn the_fewest_points_of_an_unproved_part_are_reached() {
    let share = quantity("q", plain_share(), Facts::default());
    let judged = Quantity {
        proof: false,
        ..quantity("r", Kind::Judgement, Facts::default())
    };
    let part = json!({"form": "pieces", "of": "q", "in": "fraction", "not_arisen": "full",
        "pieces": [{"from": "0", "to": "1/4", "points": "2"},
                   {"above": "1/4", "to": "1", "points": "-1", "to_points": "2"}]});
    let rule = json!({"form": "sum", "parts": [part, {"form": "judgement", "of": "r"}]});
    let down = json!({"places": 2, "mode": "down"});
    let more = json!({"unproved": "0"});
    check_rounded(&[share, judged], rule, more, 30, down, ["-1", "0", "4"]);
}

/// F11, law 1 (tightness). At most 5 items, none known. Just above one half lies 3/5, which
/// gives 1.6; the engine takes every fraction for possible, tells 2, and does not say that
/// it has not analysed it.
#[test]
fn an_unknown_share_of_few_items_is_exact_or_says_that_it_is_not() {
    let kind = Kind::Share {
        growth: Growth::AtMost(5),
        left_out: false,
        overdue: false,
        min_total: 0,
    };
    let share = quantity("q", kind, Facts::default());
    let rule = json!({"form": "pieces", "of": "q", "in": "fraction", "not_arisen": "zero",
        "pieces": [{"from": "0", "to": "1/2", "points": "0"},
                   {"above": "1/2", "to": "1", "points": "2", "to_points": "0"}]});
    let more = json!({"min": "0"});
    let leaf = leaf("A.1", rule, more);
    let pack = read_the_pack(&kit::pack(&[share.json()], &[leaf], &kit::two_places()));
    let answer = assess(&pack, &Lists::default(), 30);
    let analysed = kit::is_analysed(&answer, 0);
    assert!(!analysed || numbers(&answer, 0)[2] == exact("1.6"));
}

/// F12, law 4 (order). Two figures of one day, recorded on one day, both proved: which one
/// is the newer must not depend on which stands first.
#[test]
fn figures_of_one_day_do_not_depend_on_their_order() {
    let (yes, no) = (json!({"flag": "yes"}), json!({"flag": "no"}));
    let told = |one: &Value, other: &Value| {
        let facts = figures(&[
            (14, one.clone(), Paper::Good),
            (14, other.clone(), Paper::Good),
        ]);
        let flag = quantity("q", Kind::Flag { holds: false }, facts);
        let rule = json!({"form": "yes_no", "of": "q", "yes": "1", "no": "0"});
        let leaf = leaf("A.1", rule, json!({}));
        let pack = read_the_pack(&kit::pack(&[flag.json()], &[leaf], &kit::two_places()));
        numbers(&assess(&pack, &flag.facts.lists("q"), 30), 0)
    };
    assert_eq!(told(&yes, &no), told(&no, &yes));
}

/// F13, law 4 (order). Two deliveries for the first obligation, one for the second; the
/// second delivery and the third name the same minutes, which serve one of them. Listed in
/// another order the same events must meet as many obligations.
#[test]
fn a_due_set_does_not_depend_on_the_order_of_its_events() {
    let pool = vec![(kit::OPEN, Paper::Good), (kit::OPEN, Paper::Good)];
    let events = [
        event(15, &[0], Some(0)),
        event(16, &[1], Some(0)),
        event(17, &[1], Some(1)),
    ];
    let told = |order: [usize; 3]| {
        let events = order.map(|index| events[index].clone()).to_vec();
        let facts = Facts {
            events,
            pool: pool.clone(),
            ..Facts::default()
        };
        let kind = Kind::DueSet { dues: [20, 35] };
        let due = Quantity {
            distinct: true,
            ..quantity("q", kind, facts)
        };
        let rule = json!({"form": "per_obligation", "of": "q", "met": "1", "late": "0",
                          "missing": "0"});
        let leaf = leaf("A.1", rule, json!({}));
        let pack = read_the_pack(&kit::pack(&[due.json()], &[leaf], &kit::two_places()));
        numbers(&assess(&pack, &due.facts.lists("q"), 51), 0)[1].clone()
    };
    assert_eq!(told([0, 2, 1]), exact("2"));
    assert_eq!(told([0, 1, 2]), exact("2"));
}

/// F14, law 1 (tightness). 9 of 10 proved, then a claim that there were none, without a
/// report, after the last day to hand in; the pack leaves the leaf out where nothing arose.
/// A claim of none counts for nothing, `final` is 1.8 for good; the engine secures 0.
#[test]
fn a_dead_claim_of_none_does_not_unsecure_what_is_proved() {
    let share = json!({"share": {"won": 9, "lost": 1, "open": 0}});
    let none = json!({"share": {"none": true}});
    let facts = figures(&[(14, share, Paper::Good), (18, none, Paper::Nothing)]);
    let share = quantity("q", plain_share(), facts);
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "2",
                      "not_arisen": "exclude"});
    check(
        &[share],
        rule,
        json!({"min": "0"}),
        51,
        ["1.8", "1.8", "1.8"],
    );
}

/// F15, law 1 (enclosure). An obligation due after the last day to hand in: on day 52 it can
/// still be met by its due date, but nothing recorded then is seen. Either the pack is
/// refused, or nothing is attainable.
#[test]
fn what_is_due_after_the_last_day_to_hand_in_cannot_be_met() {
    let due = quantity("q", Kind::DueSet { dues: [55, 20] }, Facts::default());
    let rule = json!({"form": "per_obligation", "of": "q", "met": "1", "late": "0",
                      "missing": "0"});
    let leaf = leaf("A.1", rule, json!({}));
    let json = kit::pack(&[due.json()], &[leaf], &kit::two_places());
    let calendar = Calendar::vietnam();
    if let Ok(pack) = cchc_core::read_pack("p", json.to_string().as_bytes(), calendar) {
        assert_eq!(
            numbers(&assess(&pack, &Lists::default(), 52), 0)[2],
            exact("0")
        );
    }
}

/// F16, law 1 (tightness). A range that was handed in, after the last day to hand in: no
/// figure recorded now is seen, so no extension that `final` can replay narrows it.
#[test]
fn a_range_cannot_be_narrowed_after_the_last_day_to_hand_in() {
    let range = json!({"measure": {"from": "1", "to": "6"}});
    let measure = quantity("q", Kind::Measure, figures(&[(14, range, Paper::Good)]));
    let rule = json!({"form": "bands", "of": "q", "bands": [
        {"below": "4", "points": "0"}, {"from": "4", "points": "1"}]});
    check(&[measure], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F17, law 1 (tightness). A latched flag: not yet, proved; then no, without a report. To
/// report a yes after that contradicts the claim, which the engine itself calls a
/// correction; so the flag closes with "not yes" whatever happens, and -1 is out of reach.
#[test]
fn the_movement_of_an_older_figure_is_held_by_a_later_claim() {
    let facts = figures(&[
        (14, json!({"flag": "not_yet"}), Paper::Good),
        (18, json!({"flag": "no"}), Paper::Nothing),
    ]);
    let flag = quantity("q", Kind::Flag { holds: false }, facts);
    let rule = json!({"form": "yes_no", "of": "q", "yes": "-1", "no": "0"});
    check(&[flag], rule, json!({"max": "0"}), 30, ["0", "0", "0"]);
}

/// F18, proof: an unproved fact counts where it lowers. The lost part is what gives points;
/// a recorded event without documents counts as lost here and so raises them.
#[test]
fn an_unproved_event_does_not_raise_a_share_of_lost_items() {
    let facts = Facts {
        events: vec![event(15, &[0], None), event(16, &[], None)],
        pool: vec![(kit::OPEN, Paper::Good)],
        ..Facts::default()
    };
    let share = quantity("q", Kind::ShareByEvents, facts);
    let rule = json!({"form": "proportional", "of": "q", "read": "lost", "in": "fraction",
                      "points": "2", "not_arisen": "zero"});
    check(&[share], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F19, laws 5 and 1. A claim of none without a report, too late to prove; the pack leaves
/// the leaf out where nothing arose. It is not proved, so the leaf stays in with its
/// unproved points; the engine tells a maximum of 0 and less secured than that.
#[test]
fn a_dead_claim_of_none_does_not_leave_the_leaf_out() {
    let none = json!({"share": {"none": true}});
    let share = quantity("q", plain_share(), figures(&[(40, none, Paper::Nothing)]));
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "2",
                      "not_arisen": "exclude"});
    let leaf = leaf("A.1", rule, json!({"unproved": "0.25", "min": "0"}));
    let pack = read_the_pack(&kit::pack(&[share.json()], &[leaf], &kit::two_places()));
    let answer = assess(&pack, &share.facts.lists("q"), 60);
    assert_eq!(answer.leaves[0].numbers.max.exact(), &exact("6"));
    assert_eq!(numbers(&answer, 0), ["0.25", "0.25", "0.25"].map(exact));
}

/// F20, law 1 (enclosure). Proved none, then 9 of 10 claimed without a report, too late to
/// prove: left out for good, 0 points; the engine keeps 1.8 attainable.
#[test]
fn a_dead_claim_of_items_does_not_bring_back_a_leaf_that_is_out() {
    let none = json!({"share": {"none": true}});
    let items = json!({"share": {"won": 9, "lost": 1, "open": 0}});
    let facts = figures(&[(14, none, Paper::Good), (18, items, Paper::Nothing)]);
    let share = quantity("q", plain_share(), facts);
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "2",
                      "not_arisen": "exclude"});
    check(&[share], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F21, law 4 (order). A document with two successors, of which one proves the figure and
/// the other bears no number: which of them counts must not depend on their order.
#[test]
fn two_successors_do_not_depend_on_their_order() {
    let flag = quantity("q", Kind::Flag { holds: false }, Facts::default());
    let rule = json!({"form": "yes_no", "of": "q", "yes": "1", "no": "0"});
    let leaf = leaf("A.1", rule, json!({"min": "0"}));
    let pack = read_the_pack(&kit::pack(&[flag.json()], &[leaf], &kit::two_places()));
    let document = |id: &str, number: Value, links: Value| {
        json!({"id": id, "kind": "BC", "number": number, "symbol": "BC-UBND",
               "issued_on": kit::date(14), "recorded_on": kit::date(14), "links": links})
    };
    let newer = json!([{"rel": "supersedes", "to": "old"}]);
    let figure = json!({"quantity": "q", "observed_on": kit::date(14), "flag": "yes",
                        "recorded_on": kit::date(14), "evidence": ["old"]});
    let told = |swap: bool| {
        let mut evidence = vec![
            document("old", json!("1"), json!([])),
            document("good", json!("2"), newer.clone()),
            document("blank", Value::Null, newer.clone()),
        ];
        if swap {
            evidence.swap(1, 2);
        }
        let lists = Lists {
            figures: vec![figure.clone()],
            evidence,
            ..Lists::default()
        };
        numbers(&assess(&pack, &lists, 51), 0)
    };
    assert_eq!(told(false), told(true));
}

/// F22, law 1 (tightness). Both deliveries are due on the last day of the window: one after
/// it lies outside, so none can be late, only met or missing. Nothing can be taken for
/// lateness; the engine secures half a point less for each.
#[test]
fn what_is_due_at_close_cannot_be_late() {
    let dues = [kit::CLOSE, kit::CLOSE];
    let due = quantity("q", Kind::DueSet { dues }, Facts::default());
    let rule = json!({"form": "deduction", "of": "q", "read": "late", "full": "2", "each": "0.5",
                      "not_below": "0"});
    check(&[due], rule, json!({"min": "0"}), 40, ["2", "2", "2"]);
}

/// F23, law 1 (enclosure). One event proved, one not, which can be mended; the flag says no
/// and can turn. Left unmended the count may be 1 or 2, so the worse branch counts: -1 once
/// the flag says yes. The branch that mending rules out still counts toward the fewest.
#[test]
fn a_gate_left_open_counts_its_worse_branch() {
    let facts = Facts {
        events: vec![event(15, &[0], None), event(15, &[], None)],
        pool: vec![(kit::OPEN, Paper::Good)],
        ..Facts::default()
    };
    let count = quantity("q", Kind::CountByEvents, facts);
    let no = figures(&[(14, json!({"flag": "no"}), Paper::Good)]);
    let flag = quantity("r", Kind::Flag { holds: true }, no);
    let rule = json!({"form": "gate", "if": {"of": "q", "from": "2"},
                      "then": {"form": "constant", "points": "0"},
                      "otherwise": {"form": "yes_no", "of": "r", "yes": "-1", "no": "2"}});
    check(&[count, flag], rule, json!({}), 50, ["-1", "0", "0"]);
}

/// F24, law 1 (tightness). After close, without events: all that can still be handed in is a
/// report that there were none, which leaves the leaf out. Nothing gives -1.
#[test]
fn a_leaf_that_can_only_be_left_out_keeps_its_unproved_points() {
    let share = quantity("q", Kind::ShareByEvents, Facts::default());
    let rule = json!({"form": "bands", "of": "q", "in": "fraction", "not_arisen": "exclude",
        "bands": [{"below": "1/2", "points": "0"}, {"from": "1/2", "to": "4/5", "points": "-1"},
                  {"above": "4/5", "points": "0"}]});
    check(
        &[share],
        rule,
        json!({"unproved": "1"}),
        45,
        ["0", "0", "0"],
    );
}

/// F25, law 1 (tightness). Two obligations, delivered in time, name the same unreadable
/// minutes, which serve one of them only. After the last day to hand in they can still be
/// read, and then one obligation is met: 1 point, not 2.
#[test]
fn one_unreadable_document_cannot_come_to_meet_two_obligations() {
    let facts = Facts {
        events: vec![event(15, &[0], Some(0)), event(16, &[0], Some(1))],
        pool: vec![(kit::OPEN, Paper::Unreadable)],
        ..Facts::default()
    };
    let due = Quantity {
        distinct: true,
        ..quantity("q", Kind::DueSet { dues: [20, 35] }, facts)
    };
    let rule = json!({"form": "per_obligation", "of": "q", "met": "1", "late": "0",
                      "missing": "0"});
    check(&[due], rule, json!({"min": "0"}), 51, ["0", "0", "1"]);
}

/// F26, proof: accepting evidence never lowers standing. Both obligations were delivered
/// late, each with minutes of its own, 0.8 points each. A delivery in time of the first that
/// names the minutes of the second is worth 1, but would leave the second with nothing: the
/// minutes stay where all together gain the most, 1.6.
#[test]
fn a_delivery_in_time_does_not_take_the_document_of_a_late_one() {
    let late = [event(25, &[0], Some(0)), event(38, &[1], Some(1))];
    let rule = json!({"form": "per_obligation", "of": "q", "met": "1", "late": "0.8",
                      "missing": "0"});
    for in_time in [vec![], vec![event(15, &[1], Some(0))]] {
        let facts = Facts {
            events: late.iter().cloned().chain(in_time).collect(),
            pool: vec![(kit::OPEN, Paper::Good), (kit::OPEN, Paper::Good)],
            ..Facts::default()
        };
        let due = Quantity {
            distinct: true,
            ..quantity("q", Kind::DueSet { dues: [20, 35] }, facts)
        };
        let expected = ["1.6", "1.6", "1.6"];
        check(&[due], rule.clone(), json!({"min": "0"}), 51, expected);
    }
}

/// F27, law 1 (tightness). An obligation due before the window opens can be met by no event
/// that counts: one before the window is outside it, one inside it is late.
#[test]
fn what_is_due_before_the_window_opens_cannot_be_met() {
    let due = quantity("q", Kind::DueSet { dues: [5, 20] }, Facts::default());
    let rule = json!({"form": "per_obligation", "of": "q", "met": "1", "late": "0",
                      "missing": "0"});
    let leaf = leaf("A.1", rule, json!({}));
    let json = kit::pack(&[due.json()], &[leaf], &kit::two_places());
    let calendar = Calendar::vietnam();
    if let Ok(pack) = cchc_core::read_pack("p", json.to_string().as_bytes(), calendar) {
        let attainable = numbers(&assess(&pack, &Lists::default(), 3), 0)[2].clone();
        assert_eq!(attainable, exact("1"));
    }
}

/// F28, law 1 (enclosure). The first event names unreadable minutes and the minutes that the
/// second one names too. Once the first are read, each event has minutes of its own: after
/// the last day to hand in, two can still count; the engine told one.
#[test]
fn minutes_that_are_read_make_room_for_another_event() {
    let facts = Facts {
        events: vec![event(15, &[0, 1], None), event(15, &[1], None)],
        pool: vec![(kit::OPEN, Paper::Unreadable), (kit::OPEN, Paper::Good)],
        ..Facts::default()
    };
    let count = Quantity {
        distinct: true,
        ..quantity("q", Kind::CountByEvents, facts)
    };
    let rule = json!({"form": "per_unit", "of": "q", "points": "0.5", "cap": "1.25"});
    check(&[count], rule, json!({"min": "0"}), 51, ["0.5", "0.5", "1"]);
}

/// F29, proof: a range that was handed in holds numbers on both sides of a condition, so the
/// worse branch counts, 0. The engine asked only the lower end of the range, which fails, and
/// gave the 1 of the branch for that.
#[test]
fn a_range_across_a_condition_leaves_both_branches_open() {
    let range = json!({"measure": {"from": "1", "to": "6"}});
    let measure = quantity("q", Kind::Measure, figures(&[(14, range, Paper::Good)]));
    let constant = |points: &str| json!({"form": "constant", "points": points});
    let rule = json!({"form": "gate", "if": {"of": "q", "above": "2.5"},
                      "then": constant("0"), "otherwise": constant("1")});
    check(&[measure], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F30, proof: a range counts at its worst, also where that lies between its ends: from 1 to
/// 6 there are numbers in the middle band, which gives 0.
#[test]
fn a_range_counts_at_its_worst_number() {
    let range = json!({"measure": {"from": "1", "to": "6"}});
    let measure = quantity("q", Kind::Measure, figures(&[(14, range, Paper::Good)]));
    let rule = json!({"form": "bands", "of": "q", "bands": [
        {"to": "2.5", "points": "1"}, {"above": "2.5", "below": "4", "points": "0"},
        {"from": "4", "points": "1"}]});
    check(&[measure], rule, json!({"min": "0"}), 51, ["0", "0", "0"]);
}

/// F31, law 1 (enclosure). A share of at least one item, whose open items leave the total: a
/// figure of one open item closes without any, and counts as the fewest points of the rule,
/// -1, which no number of it gives. The engine took a least total for a promise that there
/// are items at close, and secured -0.99.
#[test]
fn open_items_that_leave_the_total_can_leave_none_whatever_its_least_number() {
    let kind = Kind::Share {
        growth: Growth::Fixed,
        left_out: true,
        overdue: false,
        min_total: 1,
    };
    let pieces = json!([
        {"from": "0", "to": "1/4", "points": "2"},
        {"above": "1/4", "to": "1/2", "points": "0", "to_points": "2"},
        {"above": "1/2", "to": "1", "points": "-1", "to_points": "2"}]);
    let rule = json!({"form": "pieces", "of": "q", "in": "fraction", "pieces": pieces});
    let more = json!({"unproved": "1"});
    let share = quantity("q", kind, Facts::default());
    let down = json!({"places": 2, "mode": "down"});
    check_rounded(&[share], rule, more, 40, down, ["-1", "1", "2"]);
}

/// F32, law 2 (narrowing). It is proved that there were no items, so the leaf is left out;
/// a later claim of 1 of 3 without a report would give 0.67. To be left out is fewer, so it
/// counts unless the claim is proved: secured 0, attainable 0.67. The engine forgot the first
/// figure, and secured more than stands.
#[test]
fn a_claim_against_nothing_arose_does_not_bring_the_leaf_back() {
    let kind = Kind::Share {
        growth: Growth::Declared(4),
        left_out: false,
        overdue: false,
        min_total: 0,
    };
    let none = json!({"share": {"won": 0, "lost": 0, "open": 0, "at_most": 4}});
    let claim = json!({"share": {"won": 1, "lost": 0, "open": 2, "at_most": 4}});
    let facts = figures(&[(14, none, Paper::Good), (40, claim, Paper::Nothing)]);
    let rule = json!({"form": "pieces", "of": "q", "in": "fraction", "not_arisen": "exclude",
        "pieces": [{"from": "0", "to": "1/4", "points": "0"},
                   {"above": "1/4", "to": "1/2", "points": "1", "to_points": "0"},
                   {"above": "1/2", "to": "1", "points": "0"}]});
    let share = quantity("q", kind, facts);
    check(&[share], rule, json!({}), 50, ["0", "0", "0.67"]);
}

/// F33, law 1 (tightness). Two flags, at least one yes gives 0, else 0.5. What is not
/// proved gives 1, and no more than the 0.5 of the rule.
/// After the last day to hand in only the unreadable report of the first can still be read:
/// then it is yes and 0 points are secured. The engine said so, and showed as its witness a
/// record in which neither flag is proved.
#[test]
fn a_tally_is_shown_by_a_record_that_proves_one_of_its_flags() {
    let yes = json!({"flag": "yes"});
    let read = figures(&[(14, yes, Paper::Unreadable)]);
    let flag = |name, facts| quantity(name, Kind::Flag { holds: false }, facts);
    let quantities = [flag("q", read), flag("r", Facts::default())];
    let rule = json!({"form": "n_of_m", "of": ["q", "r"], "at_least": 1, "points": "0",
                      "otherwise": "0.5"});
    let more = json!({"unproved": "1"});
    check(
        &quantities,
        rule.clone(),
        more.clone(),
        51,
        ["0", "0.5", "0.5"],
    );
    let kinds: Vec<Value> = quantities.iter().map(Quantity::json).collect();
    let leaf = leaf("A.1", rule, more);
    let pack = read_the_pack(&kit::pack(&kinds, &[leaf], &kit::two_places()));
    let lists = quantities[0].facts.lists("q");
    let submission = kit::read_the_submission(&kit::submission(&lists));
    let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
    let seen = fitted.seen(kit::day(51));
    let witness = seen.witness("A.1", End::Secured).unwrap();
    let points = seen.final_after(&witness).unwrap();
    assert_eq!(*points[0].1.exact(), exact("0"));
}

/// F34, law 1 (enclosure), known wrong. Two reports, due on days 15 and 40; every late one
/// costs 0.75 of 2 points. Three deliveries of day 15, two of them for the first report, name
/// the same minutes, which can serve one of them only. A late delivery for the first report
/// on day 40, with minutes of its own, leaves the old ones to the second: one is late, and
/// 1.25 points remain. The engine secures 2, because it lets the shared minutes serve the
/// first report whatever else is delivered.
#[test]
fn minutes_that_are_contested_can_leave_a_report_late() {
    let facts = Facts {
        events: vec![
            event(15, &[1], Some(1)),
            event(15, &[1], Some(0)),
            event(15, &[1], Some(0)),
        ],
        pool: vec![(kit::OPEN, Paper::Good), (kit::OPEN, Paper::Good)],
        ..Facts::default()
    };
    let due = Quantity {
        distinct: true,
        ..quantity("q", Kind::DueSet { dues: [15, 40] }, facts)
    };
    let rule = json!({"form": "deduction", "of": "q", "read": "late", "full": "2",
                      "each": "0.75", "not_below": "0"});
    // To be ["1.25", "2", "2"].
    check(&[due], rule, json!({}), 39, ["2", "2", "2"]);
}
