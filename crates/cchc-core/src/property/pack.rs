//! Random packs, as JSON.

use serde_json::{Value, json};

use super::Choices;

const NAMES: [&str; 4] = ["q", "r", "s", "u"];
const POINTS: [&str; 5] = ["1", "0", "0.5", "2", "0.333"];

/// A random pack of one to four components; not every one reads, see [`super::packs`].
pub(super) fn random(choices: &mut Choices) -> Value {
    let count = 1 + choices.pick(NAMES.len());
    let mut quantities = Vec::new();
    let mut leaves = Vec::new();
    for name in NAMES.iter().take(count) {
        let kind = choices.pick(KINDS);
        let split = SplitYear::random(kind, choices);
        quantities.push(quantity(name, kind, split, choices));
        let leaf = json!({
            "code": format!("A.{name}"), "title": {"vi": format!("Tiêu chí {name}")},
            "max": "6", "min": "-6", "unproved": text(choices, &["-6", "0", "1"]),
            "rule": rule(name, kind, split, choices),
            "sources": [{"of": ["max", "rule"], "illustrative": "made for a property test"}],
        });
        leaves.push(leaf);
    }
    let group = match choices.pick(3) {
        0 => json!({"code": "A", "title": {"vi": "Lĩnh vực"}, "children": leaves}),
        _ => json!({"code": "A", "title": {"vi": "Lĩnh vực"}, "children": leaves,
                    "floor": "-1", "cap": text(choices, &["3", "1"])}),
    };
    let capped = group.get("cap").cloned();
    let rounding = [
        json!({"places": 2, "mode": "half_up"}),
        json!({"places": 1, "mode": "half_down"}),
        json!({"places": 2, "mode": "down"}),
        json!({"places": 0, "mode": "half_even"}),
    ];
    json!({
        "format": "cchc-pack", "version": 1, "id": "random", "title": {"vi": "ngẫu nhiên"},
        "note": "synthetic",
        "level": "commune", "scored_year": 2024, "issuer": "nobody",
        "validity": {"from": "2023-01-01", "to": "2025-12-31"},
        "window": {"from": "2024-03-01", "to": "2024-04-10"}, "hand_in_by": "2024-04-20",
        "coverage": "partial",
        "max": capped.unwrap_or_else(|| json!((6 * count).to_string())),
        "rounding": choices.one_of(&rounding),
        "sources": [{"of": ["max"], "illustrative": "made for a property test"}],
        "quantities": quantities, "tree": [group],
    })
}

const KINDS: usize = 9;

/// What a quantity says of predecessors and observation windows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SplitYear {
    Nothing,
    Sum,
    Unit,
}

impl SplitYear {
    fn random(kind: usize, choices: &mut Choices) -> SplitYear {
        match (choices.pick(3), kind) {
            (1, 1 | 2 | 4 | 5 | 6) => SplitYear::Sum,
            (1 | 2, 3) => SplitYear::Unit,
            (2, 0..=6) => SplitYear::Unit,
            _ => SplitYear::Nothing,
        }
    }
}

fn text(choices: &mut Choices, list: &[&str]) -> Value {
    json!(choices.one_of(list))
}

fn quantity(name: &str, kind: usize, split: SplitYear, choices: &mut Choices) -> Value {
    let total = [
        json!("unbounded"),
        json!("fixed"),
        json!({"at_most": 6}),
        json!("declared"),
    ];
    let mut json = match kind {
        0 => json!({"kind": "flag", "movement": text(choices, &["latched", "hold"])}),
        1 => json!({"kind": "count", "by": "figure"}),
        2 => json!({"kind": "count", "by": "events", "event": name}),
        3 => json!({"kind": "due_set", "event": name, "obligations": [
            {"id": "a", "title": {"vi": "a"}, "due": {"date": "2024-03-15", "roll": "none"}},
            {"id": "b", "title": {"vi": "b"},
             "due": {"date": "2024-04-06", "roll": "next_working_day"}}]}),
        4 => json!({"kind": "share", "by": "figure", "total": choices.one_of(&total),
                    "open_at_close": text(choices, &["lost", "left_out"]),
                    "overdue": choices.once_in(3)}),
        5 => json!({"kind": "share", "by": "events", "event": name}),
        6 if split == SplitYear::Sum => json!({"kind": "measure", "domain": {"min": "0"}}),
        6 => json!({"kind": "measure", "domain": {"min": "0", "max": "10"}}),
        7 => json!({"kind": "judgement", "range": {"min": "0", "max": "2"}}),
        _ => json!({"kind": "judgement", "verdicts": ["good", "fair", "poor"]}),
    };
    let by_events = matches!(kind, 2 | 3 | 5);
    let asked = kind < 7 && (!choices.once_in(3) || kind == 5);
    let proof = match (asked, by_events) {
        (false, _) => json!({"roles": []}),
        (true, true) => json!({"roles": [
            {"role": "plan", "kinds": ["KH"], "when": "some", "order": "on_or_before_event"},
            {"role": "minutes", "kinds": ["BB"], "when": "some", "distinct": choices.once_in(2)},
            {"role": "none", "kinds": ["BC"], "when": "none"}]}),
        (true, false) if split == SplitYear::Sum && choices.once_in(2) => json!({"roles": [
            {"role": "report", "kinds": ["BC"], "of": "unit"},
            {"role": "handover", "kinds": ["BB"], "of": "predecessor"}]}),
        (true, false) => json!({"roles": [{"role": "report", "kinds": ["BC", "CV"],
                                "issuer_levels": ["commune"], "page": choices.once_in(3)}]}),
    };
    if let Value::Object(fields) = &mut json {
        fields.insert("id".to_owned(), json!(name));
        fields.insert("title".to_owned(), json!({"vi": name}));
        fields.insert("proof".to_owned(), proof);
        match split {
            SplitYear::Nothing => None,
            SplitYear::Sum => fields.insert("predecessors".to_owned(), json!("sum")),
            SplitYear::Unit => fields.insert("observation".to_owned(), json!("unit")),
        };
    }
    json
}

fn rule(of: &str, kind: usize, split: SplitYear, choices: &mut Choices) -> Value {
    let mut points = || text(choices, &POINTS);
    let (one, two, three) = (points(), points(), points());
    let form = choices.pick(3);
    match kind {
        0 => json!({"form": "yes_no", "of": of, "yes": one, "no": two}),
        1 if form == 0 => json!({"form": "deduction", "of": of, "full": "2", "each": "0.5",
                                 "not_below": "-1"}),
        1 | 2 if form == 1 => json!({"form": "proportional", "of": of, "points": "2",
                                     "full_at": "4", "floor": {"from": "2"}}),
        1 | 2 => json!({"form": "per_unit", "of": of, "points": "0.5", "cap": "1.25"}),
        3 if form == 0 && split == SplitYear::Nothing => {
            json!({"form": "per_obligation", "of": of, "met": "1", "late": "0.5",
                                 "missing": "0"})
        }
        3 => json!({"form": "deduction", "of": of, "read": "lapses", "full": "2", "each": "0.75",
                    "not_below": "0"}),
        4 | 5 => {
            let not_arisen = text(choices, &["full", "zero", "exclude"]);
            match form {
                0 => json!({"form": "proportional", "of": of, "in": "fraction", "points": "2",
                            "not_arisen": not_arisen}),
                1 => json!({"form": "bands", "of": of, "in": "percent", "not_arisen": not_arisen,
                            "bands": [{"below": "50", "points": "0"},
                                      {"from": "50", "to": "80", "points": one},
                                      {"above": "80", "points": two}]}),
                _ => json!({"form": "proportional", "of": of, "in": "percent", "points": "1",
                            "floor": {"from": "70"}, "not_arisen": not_arisen}),
            }
        }
        6 if form == 0 => json!({"form": "linear", "of": of, "below": "0", "above": "2", "at": [
                                 {"x": "1", "points": "0"}, {"x": "6", "points": "2"}]}),
        6 => json!({"form": "bands", "of": of, "bands": [{"to": "2.5", "points": one},
                    {"above": "2.5", "below": "4", "points": two},
                    {"from": "4", "points": three}]}),
        7 => json!({"form": "judgement", "of": of}),
        _ => json!({"form": "ladder", "of": of, "steps": [{"verdict": "good", "points": "2"},
                    {"verdict": "fair", "points": one}, {"verdict": "poor", "points": "0"}]}),
    }
}
