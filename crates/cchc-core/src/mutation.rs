//! Mutants of a pack: one thing changed at a time, to see whether a case notices.
//!
//! Every constant moves by one unit of its last written place, both ways; every bound
//! changes its kind; windows, days and evidence requirements change one by one. A mutant
//! that the reader refuses needs no case; any other must make a case fail, in points,
//! outcome or reasons, or be proved to score the same.
//!
//! Not changed: names, titles, sources, and which quantity a rule reads. The list and
//! every result depend on the pack alone, so mutants can be run in any order.

mod edit;
mod place;
mod requirement;
mod run;
mod verdict;

pub use edit::{Edit, Mutant, MutationKind};
pub use run::{Fate, NamedCase, Suite, run_mutant};
pub use verdict::{Finding, Verdict, judge};

use serde_json::Value;

use crate::values::{Exact, parse_date};
use place::Steps;

/// Every mutant of a pack, in the order of its text.
pub fn mutants(pack: &Value) -> Vec<Mutant> {
    let mut walk = Walk {
        subject: "pack".to_owned(),
        counts_items: false,
        mutants: Vec::new(),
    };
    walk.value(pack, &Steps::default());
    walk.mutants
}

/// Keys below which nothing counts towards a score: names, texts and where figures come from.
const SILENT: &[&str] = &[
    "appraiser",
    "better",
    "by",
    "class_at_most",
    "code",
    "coverage",
    "decision",
    "effort",
    "event",
    "examples",
    "exceptions",
    "fields",
    "form",
    "format",
    "id",
    "in",
    "is",
    "issuer",
    "issuer_levels",
    "issuers",
    "kind",
    "kinds",
    "level",
    "note",
    "number_pattern",
    "of",
    "offices",
    "plan_time",
    "read",
    "refers_to",
    "rel",
    "role",
    "scored_by",
    "scored_year",
    "source_title",
    "sources",
    "title",
    "unit_classes",
    "verdict",
    "verdicts",
    "version",
];

/// Keys whose value is one of a few words, each tried in turn.
const WORDS: &[(&str, MutationKind, &[&str])] = &[
    (
        "not_arisen",
        MutationKind::NotArisen,
        &["full", "zero", "exclude"],
    ),
    ("movement", MutationKind::Movement, &["latched", "hold"]),
    (
        "total",
        MutationKind::Total,
        &["fixed", "unbounded", "declared"],
    ),
    (
        "open_at_close",
        MutationKind::OpenAtClose,
        &["lost", "left_out"],
    ),
    ("predecessors", MutationKind::Predecessors, &["own", "sum"]),
    ("observation", MutationKind::Observation, &["pack", "unit"]),
    ("roll", MutationKind::Date, &["next_working_day", "none"]),
    (
        "mode",
        MutationKind::Rounding,
        &["half_up", "half_even", "half_down", "down", "none"],
    ),
    ("relation", MutationKind::Consistency, &["equal", "at_most"]),
];

struct Walk {
    /// The leaf or quantity that stands around the place, or `pack`.
    subject: String,
    /// Whether figures of the quantity around the place can say that there are no items.
    counts_items: bool,
    mutants: Vec<Mutant>,
}

impl Walk {
    fn value(&mut self, value: &Value, at: &Steps) {
        match value {
            Value::Object(fields) => {
                let outer = self.subject.clone();
                self.enter(value, at);
                self.bounds(value, at);
                if value.get("role").is_some() && value.get("kinds").is_some() {
                    let counts_items = self.counts_items;
                    requirement::of_role(value, at, counts_items, &mut |kind, steps, edit| {
                        self.push(kind, steps, edit);
                    });
                }
                for (key, below) in fields {
                    if !SILENT.contains(&key.as_str()) {
                        self.field(key, below, &at.key(key));
                    }
                }
                self.subject = outer;
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &at.item(index));
                }
            }
            Value::String(_) | Value::Number(_) => self.scalar(value, at),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn enter(&mut self, value: &Value, at: &Steps) {
        let text = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
        if let Some(code) = text("code") {
            self.subject = code;
        } else if at.len() == 2 && at.starts_with("quantities") {
            self.subject = text("id").unwrap_or_default();
            let kind = text("kind");
            let counted = matches!(kind.as_deref(), Some("share" | "count"));
            self.counts_items = counted && text("by").as_deref() == Some("figure");
        } else if at.len() == 2 {
            self.counts_items = false;
        }
    }

    fn field(&mut self, key: &str, value: &Value, at: &Steps) {
        if let Some((_, kind, words)) = WORDS.iter().find(|(known, ..)| *known == key) {
            if let Some(word) = value.as_str() {
                for other in words.iter().filter(|other| **other != word) {
                    self.push(*kind, at.clone(), Edit::Set(Value::from(*other)));
                }
                return;
            }
            if key == "total" {
                self.push(
                    MutationKind::Total,
                    at.clone(),
                    Edit::Set(Value::from("unbounded")),
                );
            }
        }
        if key == "overdue"
            && let Some(asked) = value.as_bool()
        {
            self.push(
                MutationKind::Overdue,
                at.clone(),
                Edit::Set(Value::from(!asked)),
            );
        }
        self.value(value, at);
    }

    /// Each bound of a band, floor or condition with its other kind.
    fn bounds(&mut self, value: &Value, at: &Steps) {
        const KINDS: &[(&str, &str)] = &[
            ("from", "above"),
            ("above", "from"),
            ("to", "below"),
            ("below", "to"),
        ];
        for (key, other) in KINDS {
            let number = value.get(key).and_then(constant);
            if number.is_some() && value.get(other).is_none() && !is_class(value, at) {
                self.push(MutationKind::Bound, at.key(key), Edit::Rename(other));
            }
        }
    }

    fn scalar(&mut self, value: &Value, at: &Steps) {
        if let Some(date) = value.as_str().and_then(|text| parse_date(text).ok()) {
            for day in [date.pred_opt(), date.succ_opt()].into_iter().flatten() {
                self.push(
                    MutationKind::Date,
                    at.clone(),
                    Edit::Set(Value::from(day.to_string())),
                );
            }
        } else if let Some(written) = constant(value) {
            for moved in written.neighbours() {
                self.push(MutationKind::Constant, at.clone(), Edit::Set(moved));
            }
        }
    }

    fn push(&mut self, kind: MutationKind, steps: Steps, edit: Edit) {
        self.mutants.push(Mutant {
            kind,
            subject: self.subject.clone(),
            steps,
            edit,
        });
    }
}

/// A class of the index has a `from` that has no other kind.
fn is_class(value: &Value, at: &Steps) -> bool {
    at.starts_with("classes") && value.get("id").is_some()
}

/// A constant as a pack writes it.
pub(crate) struct Written {
    /// The number.
    pub(crate) value: Exact,
    /// One unit of the last written place.
    pub(crate) unit: Exact,
    integer: bool,
}

/// A constant, if the value is one: a decimal as text, a fraction or a whole number.
pub(crate) fn constant(value: &Value) -> Option<Written> {
    match value {
        Value::Number(number) => Some(Written {
            value: Exact::from_integer(number.as_i64()?),
            unit: Exact::ONE,
            integer: true,
        }),
        Value::String(text) => {
            let value = Exact::parse(text).ok()?;
            let unit = match text.split_once('/') {
                Some((_, below)) => Exact::ONE.checked_div(&Exact::parse(below).ok()?)?,
                None => {
                    let places = text.split_once('.').map_or(0, |(_, digits)| digits.len());
                    let places = u32::try_from(places).ok()?;
                    Exact::ONE.checked_div(&Exact::power_of_ten(places))?
                }
            };
            Some(Written {
                value,
                unit,
                integer: false,
            })
        }
        _ => None,
    }
}

impl Written {
    /// One unit less and one unit more, written as the constant is.
    fn neighbours(&self) -> Vec<Value> {
        [&self.value - &self.unit, &self.value + &self.unit]
            .iter()
            .filter_map(|moved| match self.integer {
                true => moved.floor_i64().map(Value::from),
                false => Some(Value::from(moved.to_text())),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(pack: &Value, expected: &[&str]) {
        let found: Vec<String> = mutants(pack).iter().map(|it| it.describe(pack)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_constant_moves_by_one_unit_of_its_last_written_place() {
        check(
            &json!({"max": "17.5", "hand": {"at_least": 2}, "part": "1/3"}),
            &[
                "hand.at_least: 2 → 1",
                "hand.at_least: 2 → 3",
                "max: \"17.5\" → \"17.4\"",
                "max: \"17.5\" → \"17.6\"",
                "part: \"1/3\" → \"0\"",
                "part: \"1/3\" → \"2/3\"",
            ],
        );
    }

    #[test]
    fn a_bound_changes_its_kind_and_a_day_moves_both_ways() {
        check(
            &json!({"rule": {"below": "95"}, "window": {"from": "2024-03-01"}}),
            &[
                "rule.below as to",
                "rule.below: \"95\" → \"94\"",
                "rule.below: \"95\" → \"96\"",
                "window.from: \"2024-03-01\" → \"2024-02-29\"",
                "window.from: \"2024-03-01\" → \"2024-03-02\"",
            ],
        );
    }

    #[test]
    fn words_are_tried_in_turn_and_names_are_left_alone() {
        check(
            &json!({"code": "3.4", "title": {"vi": "97"}, "movement": "latched",
                    "sources": [{"quote": "97"}]}),
            &["movement: \"latched\" → \"hold\""],
        );
    }

    #[test]
    fn a_mutant_differs_from_its_pack_in_one_place() {
        let pack = json!({"rule": {"from": "97", "points": "2"}});
        let all = mutants(&pack);
        let texts: std::collections::BTreeSet<String> =
            all.iter().map(|it| it.apply(&pack).to_string()).collect();
        assert_eq!(texts.len(), 5, "five different mutants");
        assert!(texts.contains(&json!({"rule": {"above": "97", "points": "2"}}).to_string()));
        assert!(!texts.contains(&pack.to_string()));
    }
}
