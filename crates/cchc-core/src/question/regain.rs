//! Questions about what can still be done.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Question, ask, reply, unknown_code};
use crate::json::{Fault, Field, Place, Shape};
use crate::record::{Fitted, Misfit};
use crate::regain::{History, Impossible, Levers, MAX_SUPPOSITIONS, Pace, Supposition, WhatIf};

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
                        expected: format!("the field `{name}`, a day"),
                        found: "an object without it".to_owned(),
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

/// What a request says beside its files.
#[derive(Debug, Deserialize)]
pub(super) struct More {
    #[serde(default)]
    suppose: Vec<SupposeWire>,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    step: Option<String>,
}

impl More {
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

    #[test]
    fn every_pace_has_its_name_in_a_request() {
        let fields = fields();
        let step = fields.iter().find(|it| it.name == "step").unwrap();
        let names: Vec<&str> = Pace::ALL.iter().map(|it| it.code()).collect();
        assert!(matches!(&step.shape, Shape::OneOf(list) if *list == names));
    }
}
