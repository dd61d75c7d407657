//! Random small packs and records: one quantity of every kind, rules over it, and facts.
//!
//! Facts are consistent: a later figure is what an earlier one can have moved to, so that a
//! record cut later extends the record cut earlier.

use serde_json::{Value, json};

use crate::facts::{Event, Facts, Figure, Paper};
use crate::kit::{CLOSE, Choices, HAND_IN, OPEN, date, merge, title};

/// How far a total can grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Growth {
    Fixed,
    Unbounded,
    /// To this total, as the pack says.
    AtMost(u64),
    /// To this total, as each figure says.
    Declared(u64),
}

/// The kinds of quantity, with what moves them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    Flag {
        holds: bool,
    },
    CountByFigure,
    CountByEvents,
    DueSet {
        dues: [u64; 2],
    },
    Share {
        growth: Growth,
        left_out: bool,
        overdue: bool,
        min_total: u64,
    },
    ShareByEvents,
    Measure,
    Judgement,
    /// A judgement given as a verdict.
    Verdict,
    /// A flag that says that a survey sample is large enough.
    Sample {
        holds: bool,
    },
    /// A measure that is the weighted mean of answers.
    Answers,
}

pub(crate) const KINDS: usize = 12;

/// A quantity with what a record says of it.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Whether its facts need documents.
    pub(crate) proof: bool,
    /// Whether no minutes serve two events.
    pub(crate) distinct: bool,
    pub(crate) facts: Facts,
}

impl Quantity {
    /// A quantity of a random kind with random facts.
    pub(crate) fn random(name: &'static str, choices: &mut Choices) -> Quantity {
        let which = choices.pick(KINDS);
        Quantity::of(name, which, choices)
    }

    pub(crate) fn of(name: &'static str, which: usize, choices: &mut Choices) -> Quantity {
        let kind = match which {
            0 => Kind::Flag {
                holds: choices.once_in(2),
            },
            1 => Kind::CountByFigure,
            2 => Kind::CountByEvents,
            3 => Kind::DueSet {
                dues: choices.one_of(&[[20, 35], [15, 40], [30, 30]]),
            },
            4 | 5 => {
                let growth = choices.one_of(&[
                    Growth::Fixed,
                    Growth::Unbounded,
                    Growth::AtMost(5),
                    Growth::Declared(4),
                ]);
                let left_out = choices.once_in(3);
                Kind::Share {
                    growth,
                    left_out,
                    overdue: choices.once_in(3),
                    min_total: u64::from(choices.once_in(4)),
                }
            }
            6 => Kind::ShareByEvents,
            7 => Kind::Measure,
            8 => Kind::Judgement,
            9 => Kind::Verdict,
            10 => Kind::Sample {
                holds: choices.once_in(2),
            },
            _ => Kind::Answers,
        };
        // Without a proof every event of a share is won, and none can be lost.
        let proof = !kind.is_judged() && (!choices.once_in(4) || kind == Kind::ShareByEvents);
        let distinct = proof && choices.once_in(2);
        let mut quantity = Quantity {
            name,
            kind,
            proof,
            distinct,
            facts: Facts::default(),
        };
        quantity.facts = quantity.random_facts(choices);
        quantity
    }

    pub(crate) fn is_by_events(&self) -> bool {
        matches!(
            self.kind,
            Kind::CountByEvents | Kind::DueSet { .. } | Kind::ShareByEvents
        )
    }

    /// The quantity in a pack.
    pub(crate) fn json(&self) -> Value {
        let mut json = json!({"id": self.name, "title": title(self.name)});
        merge(
            &mut json,
            match &self.kind {
                Kind::Flag { holds } => {
                    json!({"kind": "flag", "movement": if *holds { "hold" } else { "latched" }})
                }
                Kind::CountByFigure => json!({"kind": "count", "by": "figure"}),
                Kind::CountByEvents => json!({"kind": "count", "by": "events", "event": self.name}),
                Kind::DueSet { dues } => {
                    let due = |index: usize| {
                        json!({
                            "id": format!("o{index}"), "title": title("o"),
                            "due": {"date": date(dues[index]), "roll": "none"},
                        })
                    };
                    json!({"kind": "due_set", "event": self.name, "obligations": [due(0), due(1)]})
                }
                Kind::Share {
                    growth,
                    left_out,
                    overdue,
                    min_total,
                } => json!({
                    "kind": "share", "by": "figure",
                    "total": match growth {
                        Growth::Fixed => json!("fixed"),
                        Growth::Unbounded => json!("unbounded"),
                        Growth::AtMost(limit) => json!({"at_most": limit}),
                        Growth::Declared(_) => json!("declared"),
                    },
                    "open_at_close": if *left_out { "left_out" } else { "lost" },
                    "overdue": overdue, "min_total": min_total,
                }),
                Kind::ShareByEvents => json!({"kind": "share", "by": "events", "event": self.name}),
                Kind::Measure => json!({"kind": "measure", "domain": {"min": "0", "max": "10"}}),
                Kind::Judgement => json!({"kind": "judgement", "range": {"min": "0", "max": "2"}}),
                Kind::Verdict => json!({"kind": "judgement", "verdicts": ["good", "fair", "poor"]}),
                Kind::Sample { holds } => json!({
                    "kind": "flag", "movement": if *holds { "hold" } else { "latched" },
                    "sample": {"margin": "0.05"},
                }),
                Kind::Answers => json!({"kind": "measure", "options": [
                    {"id": "A", "weight": "10"}, {"id": "B", "weight": "6"},
                    {"id": "C", "weight": "0"}]}),
            },
        );
        if self.proof && self.is_by_events() {
            let minutes = json!({"role": "minutes", "kinds": ["BB"], "distinct": self.distinct});
            let plan = json!({"role": "plan", "kinds": ["KH"], "order": "on_or_before_event"});
            // A figure that says that there were no events needs a report.
            let when = if self.kind == Kind::ShareByEvents {
                "some"
            } else {
                "always"
            };
            let mut roles = vec![plan, minutes];
            for role in &mut roles {
                role["when"] = json!(when);
            }
            if self.kind == Kind::ShareByEvents {
                roles.push(json!({"role": "report", "kinds": ["BC"], "when": "none"}));
            }
            json["proof"] = json!({"roles": roles});
        } else if self.proof {
            json["proof"] = json!({"roles": [{"role": "report", "kinds": ["BC"]}]});
        }
        json
    }

    fn random_facts(&self, choices: &mut Choices) -> Facts {
        let mut facts = Facts::default();
        if self.is_by_events() {
            let days = [15, 19, 25, 38, 40, 44, 8];
            facts.pool = (0..3).map(|_| (OPEN, paper(choices))).collect();
            for _ in 0..choices.pick(4) {
                let day = choices.one_of(&days);
                facts.events.push(Event {
                    day,
                    recorded: day + choices.one_of(&[0, 0, 1]),
                    plan: if choices.once_in(4) {
                        paper(choices)
                    } else {
                        Paper::Good
                    },
                    minutes: match choices.pick(4) {
                        0 => vec![0],
                        1 => vec![1],
                        2 => vec![0, 1],
                        _ => vec![2],
                    },
                    obligation: matches!(self.kind, Kind::DueSet { .. }).then(|| choices.pick(2)),
                    mended: None,
                });
            }
            if self.kind == Kind::ShareByEvents && facts.events.is_empty() && choices.once_in(2) {
                let value = json!({"share": {"none": true}});
                let paper = paper(choices);
                facts.figures.push(Figure {
                    observed: 14,
                    recorded: 14,
                    value,
                    paper,
                });
            }
            return facts;
        }
        let mut last: Option<Value> = None;
        let mut observed = OPEN;
        for _ in 0..choices.pick(4) {
            observed = match choices.pick(3) {
                0 => observed + 4,
                1 => observed + 12,
                _ => CLOSE.max(observed),
            };
            let value = self.next_value(last.as_ref(), observed, choices);
            let recorded = observed + choices.one_of(&[0, 0, 1, 4]);
            if recorded <= HAND_IN {
                let paper = paper(choices);
                facts.figures.push(Figure {
                    observed,
                    recorded,
                    value: value.clone(),
                    paper,
                });
                last = Some(value);
            }
        }
        facts
    }

    /// A value that an earlier one can move to, or any first one.
    fn next_value(&self, last: Option<&Value>, observed: u64, choices: &mut Choices) -> Value {
        match last {
            Some(last) => {
                // At close nothing moves any more: the same is said again.
                let frozen = observed >= CLOSE && choices.once_in(2);
                let list = self.kind.movements(last);
                if frozen || list.is_empty() {
                    last.clone()
                } else {
                    choices.one_of(&list)
                }
            }
            None => {
                let list = self.kind.first_values();
                choices.one_of(&list)
            }
        }
    }
}

pub(crate) fn paper(choices: &mut Choices) -> Paper {
    match choices.pick(7) {
        0 | 5 | 6 => Paper::Good,
        1 => Paper::Nothing,
        2 => Paper::Unreadable,
        3 => Paper::BlankNumber,
        _ => Paper::Contradicts,
    }
}

fn share(won: u64, lost: u64, open: u64, more: Value) -> Value {
    let mut share = json!({"won": won, "lost": lost, "open": open});
    merge(&mut share, more);
    json!({"share": share})
}

/// Won, lost for good, open ones that can still be won.
pub(crate) fn items(value: &Value) -> (u64, u64, u64) {
    let share = &value["share"];
    let of = |name: &str| share[name].as_u64().unwrap_or(0);
    (
        of("won"),
        of("lost") + of("overdue"),
        of("open") - of("overdue"),
    )
}

impl Kind {
    /// Whether an appraiser gives the points, when they will.
    pub(crate) fn is_judged(&self) -> bool {
        matches!(self, Kind::Judgement | Kind::Verdict)
    }

    /// Values of a first figure, small and enough to reach every end of the rules here.
    pub(crate) fn first_values(&self) -> Vec<Value> {
        match self {
            Kind::Flag { .. } => {
                ["yes", "no", "not_yet"].iter().map(|flag| json!({"flag": flag})).collect()
            }
            Kind::CountByFigure => (0..9).map(|count| json!({"count": count})).collect(),
            Kind::Share { growth, overdue, min_total, .. } => {
                let limit = match growth {
                    Growth::AtMost(limit) | Growth::Declared(limit) => *limit,
                    _ => 4,
                };
                let mut list = Vec::new();
                for total in *min_total..=limit {
                    for (won, lost) in pairs(total) {
                        list.extend(self.share_values(won, lost, total - won - lost, *overdue));
                    }
                }
                list
            }
            Kind::Measure => {
                let mut list: Vec<Value> = NUMBERS.iter().map(|x| json!({"measure": x})).collect();
                list.push(json!({"measure": {"from": "1", "to": "6"}}));
                list.push(json!({"measure": {"from": "2.5", "to": "4"}}));
                list
            }
            Kind::Judgement => ["0", "0.5", "1", "2"]
                .iter()
                .map(|points| {
                    json!({"judgement": {"points": points, "by": "appraiser", "reason": "r"}})
                })
                .collect(),
            Kind::Verdict => ["good", "fair", "poor"]
                .iter()
                .map(|verdict| {
                    json!({"judgement": {"verdict": verdict, "by": "appraiser", "reason": "r"}})
                })
                .collect(),
            // n·(1 + N·0.0025) ≥ N: of 400 people 200 are enough and 199 are not.
            Kind::Sample { .. } => [200, 199]
                .iter()
                .map(|size| json!({"sample": {"population": 400, "size": size}}))
                .collect(),
            // A mean of x: so many parts of a million at 10, the rest at 0.
            Kind::Answers => NUMBERS
                .iter()
                .map(|x| {
                    let tens = &crate::kit::exact(x) * &crate::kit::exact("100000");
                    let tens = u64::try_from(tens.floor_i64().unwrap()).unwrap();
                    json!({"options": {"A": tens, "B": 0, "C": 1_000_000 - tens}})
                })
                .collect(),
            Kind::ShareByEvents => vec![json!({"share": {"none": true}})],
            Kind::CountByEvents | Kind::DueSet { .. } => Vec::new(),
        }
    }

    fn share_values(&self, won: u64, lost: u64, open: u64, overdue: bool) -> Vec<Value> {
        let declared = match self {
            Kind::Share {
                growth: Growth::Declared(limit),
                ..
            } => json!({"at_most": limit}),
            _ => json!({}),
        };
        if !overdue {
            return vec![share(won, lost, open, declared)];
        }
        [0, open]
            .iter()
            .map(|late| {
                let mut more = declared.clone();
                merge(&mut more, json!({"overdue": late}));
                share(won, lost, open, more)
            })
            .collect()
    }

    /// Values that a figure can move to while it moves.
    pub(crate) fn movements(&self, value: &Value) -> Vec<Value> {
        match self {
            Kind::Flag { holds } => {
                if *holds || value["flag"] == "not_yet" {
                    self.first_values()
                } else {
                    vec![value.clone()]
                }
            }
            Kind::CountByFigure => {
                let count = value["count"].as_u64().unwrap();
                (count..count + 9)
                    .map(|count| json!({"count": count}))
                    .collect()
            }
            Kind::Share {
                growth, overdue, ..
            } => {
                let (won, lost, open) = items(value);
                let total = won + lost + open;
                let limit = match growth {
                    Growth::Fixed => total,
                    Growth::Unbounded => total + 3,
                    Growth::AtMost(limit) | Growth::Declared(limit) => *limit,
                };
                let mut list = Vec::new();
                for total in total..=limit.max(total) {
                    for (more, worse) in pairs(total - won - lost) {
                        let rest = total - won - lost - more - worse;
                        list.extend(self.share_values(won + more, lost + worse, rest, *overdue));
                    }
                }
                list
            }
            Kind::Measure => match &value["measure"] {
                Value::Object(range) => {
                    let end = |name: &str| crate::kit::exact(range[name].as_str().unwrap());
                    let (from, to) = (end("from"), end("to"));
                    let inside = |x: &&&str| {
                        let x = crate::kit::exact(x);
                        from <= x && x <= to
                    };
                    NUMBERS
                        .iter()
                        .filter(inside)
                        .map(|x| json!({"measure": x}))
                        .collect()
                }
                _ => vec![value.clone()],
            },
            Kind::Sample { holds } => {
                if *holds || value["sample"]["size"] == 199 {
                    self.first_values()
                } else {
                    vec![value.clone()]
                }
            }
            Kind::Judgement | Kind::Verdict | Kind::Answers => vec![value.clone()],
            _ => Vec::new(),
        }
    }

    /// Far values of a share without a limit: shares near and on the thresholds of the
    /// rules here, and near 0 and 1.
    pub(crate) fn far_movements(&self, value: Option<&Value>) -> Vec<Value> {
        let Kind::Share {
            growth, overdue, ..
        } = self
        else {
            return Vec::new();
        };
        // A total that is fixed but not known yet can be any.
        if *growth != Growth::Unbounded && (*growth != Growth::Fixed || value.is_some()) {
            return Vec::new();
        }
        let (won, lost, _) = value.map_or((0, 0, 0), items);
        const FAR: u64 = 20_000;
        let mut list = Vec::new();
        for (part, whole) in [
            (0, 1),
            (1, 5),
            (1, 4),
            (1, 3),
            (1, 2),
            (2, 3),
            (3, 4),
            (4, 5),
            (1, 1),
        ] {
            let (w, l) = (part * FAR, (whole - part) * FAR);
            for (more, worse) in [(0, 0), (1, 0), (0, 1)] {
                let w = (w + more).max(won);
                let l = (l + worse).max(lost);
                list.extend(self.share_values(w, l, 0, *overdue));
            }
        }
        list
    }
}

/// All pairs of whole numbers whose sum is at most `most`.
fn pairs(most: u64) -> Vec<(u64, u64)> {
    (0..=most)
        .flat_map(|one| (0..=most - one).map(move |other| (one, other)))
        .collect()
}

/// Numbers on, beside and between the thresholds of measures.
const NUMBERS: [&str; 15] = [
    "0", "1", "2", "2.49999", "2.5", "2.50001", "3", "3.99999", "4", "4.00001", "5.99999", "6",
    "6.00001", "8", "10",
];

const POINTS: [&str; 6] = ["0", "1", "0.5", "-1", "2", "0.333"];

/// A rule that reads one quantity; `alone`: it is the whole of its leaf.
pub(crate) fn rule(quantity: &Quantity, alone: bool, choices: &mut Choices) -> Value {
    let of = quantity.name;
    let points = |choices: &mut Choices| choices.one_of(&POINTS);
    match &quantity.kind {
        Kind::Verdict => {
            let (good, fair) = (points(choices), points(choices));
            json!({"form": "ladder", "of": of, "steps": [
                {"verdict": "good", "points": good}, {"verdict": "fair", "points": fair},
                {"verdict": "poor", "points": "0"}]})
        }
        Kind::Flag { .. } | Kind::Sample { .. } => {
            let (yes, no) = (choices.one_of(&["1", "0", "2", "-1"]), points(choices));
            json!({"form": "yes_no", "of": of, "yes": yes, "no": no})
        }
        Kind::Judgement => json!({"form": "judgement", "of": of}),
        Kind::CountByFigure | Kind::CountByEvents => match choices.pick(4) {
            0 => json!({"form": "per_unit", "of": of, "points": "0.5", "cap": "1.25"}),
            1 if quantity.kind == Kind::CountByFigure => {
                json!({"form": "deduction", "of": of, "full": "2", "each": "0.5", "not_below": "-1"})
            }
            2 => json!({"form": "proportional", "of": of, "points": "2", "full_at": "4",
                        "floor": {"from": "2"}}),
            _ => {
                // Nothing recorded proves nothing: zero events give the fewest points.
                let least = quantity.kind == Kind::CountByEvents;
                let zero = if least { "-1" } else { points(choices) };
                json!({"form": "bands", "of": of, "bands": [
                    {"below": "1", "points": zero},
                    {"from": "1", "to": "2", "points": points(choices)},
                    {"above": "2", "below": "4", "points": points(choices)},
                    {"from": "4", "points": points(choices)},
                ]})
            }
        },
        Kind::DueSet { .. } => {
            let read = choices.one_of(&["met", "lapses", "late", "missing", "handed_in"]);
            match choices.pick(3) {
                0 => json!({"form": "per_obligation", "of": of, "met": "1",
                            "late": choices.one_of(&["0.5", "0", "-0.5"]), "missing": "0"}),
                1 => json!({"form": "deduction", "of": of, "read": read, "full": "2",
                            "each": "0.75", "not_below": "0"}),
                _ => json!({"form": "bands", "of": of, "read": read, "bands": [
                    {"below": "1", "points": points(choices)},
                    {"from": "1", "below": "2", "points": points(choices)},
                    {"from": "2", "points": points(choices)},
                ]}),
            }
        }
        Kind::Measure | Kind::Answers => match choices.pick(3) {
            0 => json!({"form": "bands", "of": of, "bands": [
                {"to": "2.5", "points": points(choices)},
                {"above": "2.5", "below": "4", "points": points(choices)},
                {"from": "4", "points": points(choices)},
            ]}),
            1 => json!({"form": "linear", "of": of, "below": "0", "above": "2", "at": [
                {"x": "1", "points": "0"}, {"x": "6", "points": "2"},
            ]}),
            _ => json!({"form": "pieces", "of": of, "pieces": [
                {"from": "0", "below": "4", "points": "0", "to_points": "2"},
                {"from": "4", "to": "10", "points": points(choices), "to_points": points(choices)},
            ]}),
        },
        Kind::Share { .. } | Kind::ShareByEvents => {
            let read = choices.one_of(&["won", "won", "lost"]);
            let mut json = match choices.pick(5) {
                0 => json!({"form": "proportional", "points": "2"}),
                1 => json!({"form": "proportional", "points": "1", "floor": {"from": "2/3"}}),
                2 => json!({"form": "bands", "bands": [
                    {"below": "1/2", "points": "0"},
                    {"from": "1/2", "to": "4/5", "points": points(choices)},
                    {"above": "4/5", "points": points(choices)},
                ]}),
                3 => json!({"form": "bands", "bands": [
                    {"below": "2/3", "points": points(choices)},
                    {"from": "2/3", "below": "1", "points": points(choices)},
                    {"from": "1", "points": points(choices)},
                ]}),
                _ => json!({"form": "pieces", "pieces": [
                    {"from": "0", "to": "1/4", "points": points(choices)},
                    {"above": "1/4", "to": "1/2", "points": points(choices),
                     "to_points": points(choices)},
                    {"above": "1/2", "to": "1", "points": points(choices),
                     "to_points": points(choices)},
                ]}),
            };
            merge(&mut json, json!({"of": of, "read": read, "in": "fraction"}));
            if !matches!(quantity.kind, Kind::Share { min_total: 1, .. }) {
                let forms: &[&str] = if alone {
                    &["full", "zero", "exclude"]
                } else {
                    &["full", "zero"]
                };
                json["not_arisen"] = json!(choices.one_of(forms));
            }
            json
        }
    }
}

/// A condition on one quantity.
pub(crate) fn condition(quantity: &Quantity, choices: &mut Choices) -> Value {
    let of = quantity.name;
    match &quantity.kind {
        Kind::Flag { .. } | Kind::Sample { .. } => {
            json!({"of": of, "is": choices.one_of(&["yes", "no"])})
        }
        // Nothing recorded proves nothing: the condition must fail for zero events.
        Kind::CountByFigure | Kind::CountByEvents => json!({"of": of, "from": "2"}),
        Kind::DueSet { .. } => {
            let read = choices.one_of(&["met", "lapses", "late", "missing"]);
            json!({"of": of, "read": read, "below": "1"})
        }
        Kind::Measure | Kind::Answers => json!({"of": of, "above": "2.5"}),
        Kind::Share { min_total, .. } => {
            let mut json = json!({"of": of, "in": "fraction", "from": "2/3"});
            if *min_total == 0 {
                json["not_arisen"] = json!(choices.one_of(&["full", "zero"]));
            }
            json
        }
        Kind::ShareByEvents => {
            json!({"of": of, "in": "fraction", "from": "2/3", "not_arisen": "zero"})
        }
        Kind::Judgement | Kind::Verdict => Value::Null,
    }
}
