//! Questions about what can still be done.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Question, ask, reply, unknown_code};
use crate::json::{Fault, Field, Place, Shape, phrase};
use crate::record::{Fitted, Misfit};
use crate::regain::{
    ActKind, Goal, History, Impossible, Levers, MAX_EFFORT, MAX_SUPPOSITIONS, Pace, Regain,
    Supposition, Target, WhatIf,
};
use crate::values::Points;

/// What brings points back, component by component, or of one component; and what the
/// standing points survive.
///
/// Errors: as [`super::assess`], and a code that the pack does not have.
pub fn levers(question: &Question<'_>, code: Option<&str>) -> Result<Levers, Vec<Fault>> {
    ask(question, |fitted, as_of| {
        known_code(question, fitted, code)?;
        Ok(fitted.levers(as_of, code))
    })
}

/// The numbers with and without some facts supposed.
///
/// Errors: as [`super::assess`], and every supposition that says nothing possible.
pub fn what_if(
    question: &Question<'_>,
    suppositions: &[Supposition],
) -> Result<WhatIf, Vec<Fault>> {
    ask(question, |fitted, as_of| {
        let supposed = fitted.what_if(as_of, suppositions);
        let at = |(place, misfit): Impossible| {
            let name = suppositions.get(place).map_or("set", |it| it.name());
            fault(format!("suppose[{place}].{name}"), misfit)
        };
        supposed.map_err(|it| it.into_iter().map(at).collect())
    })
}

/// The numbers over as-of dates, each from the record as it stood then: from the first to
/// the last date, both included.
///
/// Errors: as [`super::assess`], dates in the wrong order and too many of them.
pub fn history(
    question: &Question<'_>,
    from: NaiveDate,
    to: NaiveDate,
    pace: Pace,
) -> Result<History, Vec<Fault>> {
    ask(question, |fitted, _| {
        let history = fitted.history(from, to, pace);
        history.map_err(|misfit| vec![fault(misfit.path.clone(), misfit)])
    })
}

/// The best plan for a goal.
///
/// Errors: as [`super::assess`], a component or class that the pack does not have, and an
/// effort out of range.
pub fn regain(question: &Question<'_>, goal: &Goal) -> Result<Regain, Vec<Fault>> {
    ask(question, |fitted, as_of| {
        known_code(question, fitted, goal.code.as_deref())?;
        let plan = fitted.regain(as_of, goal);
        plan.map_err(|misfit| vec![fault(misfit.path.clone(), misfit)])
    })
}

/// [`levers`] from a JSON request, which may name a `code`, to a JSON reply.
pub fn levers_json(request: &str) -> String {
    reply(request, |question, request| {
        levers(question, request.code.as_deref())
    })
}

/// [`what_if`] from a JSON request, with what it is to `suppose`, to a JSON reply.
pub fn what_if_json(request: &str) -> String {
    reply(request, |question, request| {
        let supposed = request.more.suppose.iter().map(SupposeWire::read);
        what_if(question, &supposed.collect::<Vec<_>>())
    })
}

/// [`history`] from a JSON request, with `from`, `to` and `step`, to a JSON reply.
pub fn history_json(request: &str) -> String {
    reply(request, |question, request| {
        let more = &request.more;
        let (Some(from), Some(to)) = (more.from, more.to) else {
            let lacks = |name: &str, date: Option<NaiveDate>| {
                date.is_none().then(|| {
                    let misfit = Misfit {
                        code: "missing-field",
                        path: String::new(),
                        expected: phrase!("the field `{}`, a day", name),
                        found: "an object without it".into(),
                        help: None,
                    };
                    fault("$".to_owned(), misfit)
                })
            };
            let lacking = [lacks("from", more.from), lacks("to", more.to)];
            return Err(lacking.into_iter().flatten().collect());
        };
        history(question, from, to, more.pace())
    })
}

/// [`regain`] from a JSON request, with `target` or `class`, `by`, `at_most` and `effort`, to a
/// JSON reply.
pub fn regain_json(request: &str) -> String {
    reply(request, |question, request| {
        let goal = request.more.goal(request.code.clone())?;
        regain(question, &goal)
    })
}

/// What a request says beside its files.
#[derive(Debug, Deserialize)]
pub(super) struct More {
    target: Option<Points>,
    class: Option<String>,
    by: Option<NaiveDate>,
    at_most: Option<u64>,
    #[serde(default)]
    effort: BTreeMap<String, u64>,
    #[serde(default)]
    suppose: Vec<SupposeWire>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    step: Option<String>,
}

impl More {
    fn goal(&self, code: Option<String>) -> Result<Goal, Vec<Fault>> {
        let mut effort = BTreeMap::new();
        for (name, units) in &self.effort {
            let Some(kind) = ActKind::ALL.iter().find(|it| it.code() == name) else {
                let known = ActKind::ALL.iter().map(|it| it.code());
                let near = crate::json::did_you_mean(name, known);
                let misfit = Misfit {
                    code: "unknown-name",
                    path: format!("effort.{name}"),
                    expected: "a kind of act".into(),
                    found: phrase!("`{}`", name),
                    help: near.map(|near| phrase!("did you mean `{}`?", near)),
                };
                return Err(vec![fault(misfit.path.clone(), misfit)]);
            };
            effort.insert(*kind, *units);
        }
        let target = match (&self.target, &self.class) {
            (Some(_), Some(_)) => {
                let misfit = Misfit {
                    code: "two-targets",
                    path: "class".to_owned(),
                    expected: "`target` or `class`".into(),
                    found: "both".into(),
                    help: Some("keep one".into()),
                };
                return Err(vec![fault(misfit.path.clone(), misfit)]);
            }
            (Some(points), None) => Some(Target::Points(points.clone())),
            (None, class) => class.clone().map(Target::Class),
        };
        Ok(Goal {
            code,
            target,
            by: self.by,
            at_most: self.at_most,
            effort,
        })
    }

    fn pace(&self) -> Pace {
        let named = |it: &&Pace| Some(it.code()) == self.step.as_deref();
        Pace::ALL.iter().find(named).copied().unwrap_or(Pace::Month)
    }
}

#[derive(Debug, Deserialize)]
struct SupposeWire {
    set: Option<String>,
    add: Option<String>,
    mend: Option<String>,
}

impl SupposeWire {
    fn read(&self) -> Supposition {
        match (&self.set, &self.add, &self.mend) {
            (Some(text), ..) => Supposition::Set(text.clone()),
            (_, Some(text), _) => Supposition::Add(text.clone()),
            (.., text) => Supposition::Mend(text.clone().unwrap_or_default()),
        }
    }
}

/// Fields of a request for these questions.
pub(super) fn fields() -> Vec<Field> {
    let suppose = Shape::ExactlyOne {
        common: Vec::new(),
        alternatives: vec![
            Field::optional(
                "set",
                Shape::text(200),
                "A figure, such as `dossiers=388/400`, with `@2024-09-30` where the day matters.",
            ),
            Field::optional(
                "add",
                Shape::text(200),
                "An event, such as `dialogue@2024-09-10`, `report@2024-09-10:q3` or `dialogue*2`.",
            ),
            Field::optional(
                "mend",
                Shape::text(200),
                "An event, a document or a quantity whose evidence is as asked.",
            ),
        ],
    };
    vec![
        Field::optional(
            "suppose",
            Shape::array(suppose, 0, MAX_SUPPOSITIONS),
            "Facts that are supposed, for what-if.",
        ),
        Field::optional(
            "target",
            Shape::Decimal,
            "Standing points that are to be reached.",
        ),
        Field::optional("class", Shape::Id, "Class that is to be reached."),
        Field::optional("by", Shape::Date, "Only what can be begun by this day."),
        Field::optional(
            "at_most",
            Shape::Integer {
                min: 0,
                max: 1_000_000,
            },
            "Most effort of a plan.",
        ),
        Field::optional(
            "effort",
            Shape::map(
                Shape::Integer {
                    min: 1,
                    max: i64::try_from(MAX_EFFORT).unwrap_or(i64::MAX),
                },
                ActKind::ALL.len(),
            ),
            "Effort of an act by its kind; 1 unless given.",
        ),
        Field::optional("from", Shape::Date, "First date of a history."),
        Field::optional("to", Shape::Date, "Last date of a history."),
        Field::optional(
            "step",
            Shape::OneOf(&["week", "month", "quarter"]),
            "Distance between the dates of a history; a month unless given.",
        ),
    ]
}

fn fault(path: String, misfit: Misfit) -> Fault {
    let place = Place {
        file: "request".to_owned(),
        line: 1,
        column: 1,
        path,
    };
    Fault {
        code: misfit.code,
        place,
        expected: misfit.expected,
        found: misfit.found,
        help: misfit.help,
    }
}

fn known_code(
    question: &Question<'_>,
    fitted: &Fitted<'_>,
    code: Option<&str>,
) -> Result<(), Vec<Fault>> {
    match code {
        Some(code) if fitted.pack.leaf(code).is_none() => {
            let known: Vec<String> = fitted.pack.leaf_by_code.keys().cloned().collect();
            Err(vec![unknown_code(question, code, &known)])
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The code and path of the first fault of a request with more fields, or `null`.
    #[track_caller]
    fn check(ask: fn(&str) -> String, more: serde_json::Value, expected: &str) {
        let pack = include_str!("../../../../rules/son-ha-2024/pack.json");
        let submission =
            include_str!("../../../../fixtures/submissions/son-thuong-2024/submission.json");
        let mut request = serde_json::json!({
            "format": "cchc-request", "version": 1,
            "pack": {"file": "pack.json", "text": pack},
            "submission": {"file": "submission.json", "text": submission}
        });
        let fields = more.as_object().cloned().unwrap_or_default();
        request.as_object_mut().unwrap().extend(fields);
        let reply: serde_json::Value = serde_json::from_str(&ask(&request.to_string())).unwrap();
        let fault = &reply["faults"][0];
        let found = match fault.is_null() {
            true => reply["answer"]["format"].clone(),
            false => format!(
                "{} {}",
                fault["code"].as_str().unwrap_or_default(),
                fault["place"]["path"].as_str().unwrap_or_default()
            )
            .into(),
        };
        assert_eq!(found.as_str(), Some(expected));
    }

    #[test]
    fn requests_are_answered_or_refused_with_a_code_and_a_place() {
        use serde_json::json;
        check(levers_json, json!({"code": "3.4.1"}), "cchc-levers");
        check(levers_json, json!({"code": "9.9"}), "unknown-name tree");
        let suppose = json!({"suppose": [{"add": "dialogue@2024-09-10"}, {"mend": "BC-45"}]});
        check(what_if_json, suppose, "cchc-what-if");
        let wrong = json!({"suppose": [{"set": "dossiers=388/400"}, {"set": "ipv6=5"}]});
        check(what_if_json, wrong, "wrong-figure suppose[1].set");
        let dates = json!({"from": "2024-01-01", "to": "2024-07-20", "step": "quarter"});
        check(history_json, dates, "cchc-history");
        check(
            history_json,
            json!({"from": "2024-01-01"}),
            "missing-field $",
        );
        let goal = json!({"target": "10", "by": "2024-09-30", "at_most": 9,
                          "effort": {"mend_event": 2}});
        check(regain_json, goal, "cchc-regain");
        let two = json!({"target": "10", "class": "good"});
        check(regain_json, two, "two-targets class");
        let effort = json!({"effort": {"mend_evnt": 2}});
        check(regain_json, effort, "unknown-name effort.mend_evnt");
        check(regain_json, json!({"class": "good"}), "no-classes class");
    }

    #[test]
    fn every_pace_has_its_name_in_a_request() {
        let fields = fields();
        let step = fields.iter().find(|it| it.name == "step").unwrap();
        let names: Vec<&str> = Pace::ALL.iter().map(|it| it.code()).collect();
        assert!(matches!(&step.shape, Shape::OneOf(list) if *list == names));
    }
}
