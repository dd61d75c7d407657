//! Witnesses: the smallest records that show a fault, each replayed through `final`.
//!
//! A record is written as a worked case and read back, so that what is shown is what can be
//! saved and run. Facts are as few and numbers as small as can be, days as early; a record
//! that `final` does not answer as the analysis says is never shown. Facts are taken as
//! proved; only where an item of a share by events is lost, which is an event that nothing
//! proves, are the others proved by documents. Of a huge pack only the first faults get a
//! witness.

use chrono::{Days, NaiveDate};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::Verifier;
use super::input::{Input, Inputs, survey};
use crate::answer::{EvidenceAnswer, EvidenceOutcome};
use crate::difference::{Builder, Told};
use crate::record::fit;
use crate::rules::*;
use crate::values::{Exact, Window};
use crate::wire::{Case, read_case};

/// Records that show a fault, in the order in which they are told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// Code of the leaf.
    pub leaf: String,
    /// One record, or two that are compared.
    pub records: Vec<WitnessRecord>,
}

/// One record and its points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WitnessRecord {
    /// The facts, as a worked case gives them.
    pub given: Value,
    /// Points of the leaf by `final`.
    #[serde(rename = "final")]
    pub points: Exact,
    /// What they rest on.
    pub because: Vec<String>,
    /// Facts that no document proves.
    #[serde(skip)]
    pub(super) unproved: u64,
    /// The same as a worked case (format `cchc-case`), to be saved and run.
    #[serde(skip)]
    pub case: Value,
}

/// Most events that a record is written with.
const MOST_EVENTS: u64 = 1_000;

/// Most items of a share by events in a record that is written with documents.
const MOST_DOCUMENTED: u64 = 200;

/// What a record is to state.
pub(super) struct Asked<'a> {
    /// Code of the leaf.
    pub(super) leaf: &'a str,
    /// Class of the unit, where the rule goes by class.
    pub(super) class: Option<&'a str>,
    /// What is stated.
    pub(super) inputs: &'a [(QuantityIndex, Input)],
    /// Whether every fact is taken as proved; else nothing is.
    pub(super) proved: bool,
}

impl Verifier<'_> {
    /// A record with its points by `final`; `None` where none can be written.
    pub(super) fn record(&self, asked: &Asked<'_>) -> Option<WitnessRecord> {
        let effort = self.pack.leaves.len().saturating_add(1);
        self.effort.set(self.effort.get().checked_sub(effort)?);
        if self.loses_events(asked) {
            return self.documented(asked);
        }
        self.closed(asked, self.given(asked)?)
    }

    /// The record of these facts, closed by `final`.
    fn closed(&self, asked: &Asked<'_>, given: Value) -> Option<WitnessRecord> {
        let mut case = self.case_of(asked, given)?;
        let read = read_case("witness", case.to_string().as_bytes(), self.pack).ok()?;
        let fitted = fit(self.pack, &read.submission, self.calendar).ok()?;
        let points = fitted.final_points();
        let (_, points) = points.into_iter().find(|(code, _)| code == asked.leaf)?;
        let answer = fitted.assess(read.as_of);
        let leaf = answer.leaves.iter().find(|leaf| leaf.code == asked.leaf)?;
        let numbers = &leaf.numbers;
        let expect = json!([{
            "code": asked.leaf,
            "max": numbers.max, "secured": numbers.secured,
            "standing": numbers.standing, "attainable": numbers.attainable,
            "because": leaf.because,
        }]);
        case.as_object_mut()?.insert("expect".to_owned(), expect);
        Some(WitnessRecord {
            given: case.get("given")?.clone(),
            points: points.into_exact(),
            because: leaf.because.clone(),
            unproved: unproved(&leaf.evidence),
            case,
        })
    }

    /// Whether an item of a share by events is to be lost: an event that nothing proves.
    fn loses_events(&self, asked: &Asked<'_>) -> bool {
        asked
            .inputs
            .iter()
            .any(|(of, input)| self.lost_events(*of, input) > 0)
    }

    fn lost_events(&self, of: QuantityIndex, input: &Input) -> u64 {
        let kind = self.pack.quantity(of).map(|quantity| &quantity.kind);
        match (kind, input) {
            (
                Some(QuantityKind::Share {
                    by: ShareBy::Events(_),
                    ..
                }),
                Input::Share { won, total },
            ) => total.saturating_sub(*won),
            _ => 0,
        }
    }

    /// A record in which documents prove what is proved, and lost events have none.
    ///
    /// Days are the first ones on which documents can prove the facts: those that windows
    /// begin with, else those that they end with.
    fn documented(&self, asked: &Asked<'_>) -> Option<WitnessRecord> {
        let lost = asked.inputs.iter();
        let lost: u64 = lost.map(|(of, input)| self.lost_events(*of, input)).sum();
        [Window::from, Window::to].into_iter().find_map(|day| {
            let mut builder = Builder::new(self.pack, self.document.value());
            builder.class(asked.class);
            for (of, input) in asked.inputs {
                let quantity = self.pack.quantity(*of)?;
                builder.facts_on(day(&quantity.window));
                builder.tell(quantity, &self.told(*of, input)?);
                if let Input::Compared {
                    best: Some(best), ..
                } = input
                {
                    builder.best(quantity, best);
                }
            }
            let given = builder.finish(self.closed_on()?).given;
            let record = self.closed(asked, given)?;
            // What the documents leave unproved must be what is to be lost, and no more.
            (record.unproved == lost).then_some(record)
        })
    }

    /// What a built record says of one quantity.
    fn told(&self, of: QuantityIndex, input: &Input) -> Option<Told> {
        let quantity = self.pack.quantity(of)?;
        Some(match (&quantity.kind, input) {
            (_, Input::NoItems) => Told::NoItems,
            (_, Input::Share { total, .. }) if *total > MOST_DOCUMENTED => return None,
            (_, Input::Share { won, total }) => Told::Share {
                won: *won,
                lost: total.checked_sub(*won)?,
                open: 0,
            },
            (
                QuantityKind::Flag {
                    sample_margin: Some(_),
                    ..
                },
                Input::Flag(yes),
            ) => Told::Sample {
                population: 1,
                size: u64::from(*yes),
            },
            (_, Input::Flag(yes)) => Told::Flag(if *yes { "yes" } else { "no" }),
            (QuantityKind::Count { .. }, Input::Number(n)) => Told::Count(super::number::whole(n)?),
            (QuantityKind::Judgement { .. }, Input::Number(x)) => Told::Points(x.clone()),
            (
                QuantityKind::Judgement {
                    scale: JudgementScale::Verdicts(verdicts),
                },
                Input::Verdict(rank),
            ) => Told::Verdict(
                verdicts
                    .iter()
                    .rev()
                    .nth(usize::try_from(*rank).ok()?)?
                    .clone(),
            ),
            (
                QuantityKind::Measure { options, .. },
                Input::Number(x) | Input::Compared { achieved: x, .. },
            ) if !options.is_empty() => {
                let answers = self.answers(of, options, x)?;
                let answers = answers.as_object()?.iter();
                let answers = answers.map(|(id, n)| Some((id.clone(), n.as_u64()?)));
                Told::Options(answers.collect::<Option<_>>()?)
            }
            (_, Input::Number(x) | Input::Compared { achieved: x, .. }) => Told::Measure(x.clone()),
            (QuantityKind::DueSet { obligations, .. }, Input::Obligations { met, late }) => {
                let ends = (0_u64..).zip(obligations).map(|(index, _)| match index {
                    index if index < *met => 2,
                    index if index < met + late => 1,
                    _ => 0,
                });
                Told::Due(ends.collect())
            }
            _ => return None,
        })
    }

    /// The record as a worked case, without what it gives.
    fn case_of(&self, asked: &Asked<'_>, given: Value) -> Option<Value> {
        Some(json!({
            "format": "cchc-case", "version": 1,
            "case": format!("a record of {} that `cchc verify` found", asked.leaf),
            "source": "cchc verify: what the engine gives, to be held against the source",
            "as_of": self.closed_on()?.to_string(),
            "given": given,
            "expect": [{"code": asked.leaf, "secured": "0", "standing": "0", "attainable": "0"}],
        }))
    }

    /// The record, written and read back.
    pub(super) fn submission_of(&self, asked: &Asked<'_>) -> Option<Case> {
        let case = self.case_of(asked, self.given(asked)?)?.to_string();
        read_case("witness", case.as_bytes(), self.pack).ok()
    }

    /// A witness of one record.
    pub(super) fn witness_of(&self, leaf: &str, records: Vec<WitnessRecord>) -> Option<Witness> {
        (!records.is_empty()).then(|| Witness {
            leaf: leaf.to_owned(),
            records,
        })
    }

    /// The first day on which nothing can be handed in any more, within the pack's validity.
    fn closed_on(&self) -> Option<NaiveDate> {
        let own = self.pack.quantities.iter().map(|it| it.hand_in_by);
        let last = own.chain([self.pack.hand_in_by]).max()?;
        let after = last.checked_add_days(Days::new(1))?;
        Some(after.min(self.pack.validity.to()))
    }

    fn given(&self, asked: &Asked<'_>) -> Option<Value> {
        let mut given = Map::new();
        if asked.proved {
            given.insert("proved".to_owned(), json!(true));
        }
        if let Some(class) = asked.class {
            given.insert("unit_class".to_owned(), json!(class));
        }
        let (mut figures, mut events) = (Vec::new(), Vec::new());
        for (of, input) in asked.inputs {
            self.state(*of, input, &mut figures, &mut events)?;
        }
        let bests = asked.inputs.iter().filter_map(|(of, input)| {
            let quantity = self.pack.quantity(*of)?;
            let Input::Compared { best, .. } = input else {
                return None;
            };
            Some(json!({
                "quantity": &*quantity.id, "best": best.as_ref()?.to_text(),
                "published_on": quantity.window.from().to_string()
            }))
        });
        let lists = [
            ("figures", figures),
            ("events", events),
            ("cohort", bests.collect()),
        ];
        for (name, list) in lists {
            if !list.is_empty() {
                given.insert(name.to_owned(), Value::Array(list));
            }
        }
        Some(Value::Object(given))
    }

    /// Writes what is stated of one quantity as figures and events.
    fn state(
        &self,
        of: QuantityIndex,
        input: &Input,
        figures: &mut Vec<Value>,
        events: &mut Vec<Value>,
    ) -> Option<()> {
        let quantity = self.pack.quantity(of)?;
        let day = quantity.window.from();
        let figure = |name: &str, value: Value| {
            let mut figure = json!({
                "quantity": &*quantity.id,
                "observed_on": day.to_string(), "recorded_on": day.to_string(),
            });
            figure.as_object_mut()?.insert(name.to_owned(), value);
            Some(figure)
        };
        let mut event = |kind: &str, day: NaiveDate, obligation: Option<&str>| {
            let id = format!("e{}", events.len() + 1);
            let mut event = json!({
                "id": id, "kind": kind,
                "date": day.to_string(), "recorded_on": day.to_string(),
            });
            if let (Some(fields), Some(name)) = (event.as_object_mut(), obligation) {
                fields.insert("obligation".to_owned(), json!(name));
            }
            events.push(event);
        };
        match (&quantity.kind, input) {
            (
                QuantityKind::Count {
                    by: CountBy::Events(kind),
                },
                Input::Number(n),
            ) => {
                let n = super::number::whole(n).filter(|n| *n <= MOST_EVENTS)?;
                (0..n).for_each(|_| event(kind, day, None));
            }
            (QuantityKind::Count { .. }, Input::Number(n)) => {
                figures.push(figure("count", json!(super::number::whole(n)?))?);
            }
            (QuantityKind::Share { .. }, Input::NoItems) => {
                figures.push(figure("share", json!({"none": true}))?);
            }
            (
                QuantityKind::Share {
                    by: ShareBy::Events(kind),
                    ..
                },
                Input::Share { won, total },
            ) if won == total && *total <= MOST_EVENTS => {
                (0..*total).for_each(|_| event(kind, day, None));
            }
            (
                QuantityKind::Share {
                    by: ShareBy::Figure,
                    ..
                },
                Input::Share { won, total },
            ) => {
                let lost = total.checked_sub(*won)?;
                let share = json!({"won": won, "lost": lost, "open": 0, "total": total});
                figures.push(figure("share", share)?);
            }
            (QuantityKind::Flag { sample_margin, .. }, Input::Flag(yes)) => {
                figures.push(match sample_margin {
                    Some(_) => {
                        let sample = json!({"population": 1, "size": u8::from(*yes)});
                        figure("sample", sample)?
                    }
                    None => figure("flag", json!(if *yes { "yes" } else { "no" }))?,
                });
            }
            (
                QuantityKind::Measure { options, .. },
                Input::Number(x) | Input::Compared { achieved: x, .. },
            ) if !options.is_empty() => {
                figures.push(figure("options", self.answers(of, options, x)?)?);
            }
            (
                QuantityKind::Measure { .. },
                Input::Number(x) | Input::Compared { achieved: x, .. },
            ) => {
                figures.push(figure("measure", json!(x.to_text()))?);
            }
            (QuantityKind::Judgement { scale }, input) => {
                let mut judged = json!({"by": "appraiser", "reason": "cchc verify"});
                let (name, value) = match (scale, input) {
                    (JudgementScale::Points { .. }, Input::Number(x)) => ("points", x.to_text()),
                    (JudgementScale::Verdicts(verdicts), Input::Verdict(rank)) => {
                        let rank = usize::try_from(*rank).ok()?;
                        ("verdict", verdicts.iter().rev().nth(rank)?.clone())
                    }
                    _ => return None,
                };
                judged
                    .as_object_mut()?
                    .insert(name.to_owned(), Value::from(value));
                figures.push(figure("judgement", judged)?);
            }
            (
                QuantityKind::DueSet {
                    event: kind,
                    obligations,
                },
                Input::Obligations { met, late },
            ) => {
                for (index, obligation) in (0_u64..).zip(obligations) {
                    let name = Some(obligation.id.as_str());
                    if index < *met {
                        event(kind, day, name);
                    } else if index < met + late {
                        event(kind, obligation.due.succ_opt()?, name);
                    }
                }
            }
            _ => return None,
        }
        Some(())
    }

    /// Answers of a survey with a given mean, by the lightest and the heaviest option.
    fn answers(&self, of: QuantityIndex, options: &[SurveyOption], mean: &Exact) -> Option<Value> {
        let (low, high) = survey(self.pack, of)?;
        let heavy = (mean - &low).checked_div(&(&high - &low))?;
        let text = heavy.numer_denom_text();
        let (up, all) = text.split_once('/').unwrap_or((&text, "1"));
        let (up, all): (u64, u64) = (up.parse().ok()?, all.parse().ok()?);
        let position = |weight: &Exact| options.iter().position(|it| it.weight == *weight);
        let (light, heavy) = (position(&low)?, position(&high)?);
        let mut answers = Map::new();
        for (index, option) in options.iter().enumerate() {
            let count = match index {
                _ if index == heavy => up,
                _ if index == light => all.checked_sub(up)?,
                _ => 0,
            };
            answers.insert(option.id.clone(), json!(count));
        }
        Some(Value::Object(answers))
    }
}

/// Facts of a leaf that no document proves.
fn unproved(evidence: &[EvidenceAnswer]) -> u64 {
    let proved = |outcome| {
        matches!(
            outcome,
            EvidenceOutcome::Accepted | EvidenceOutcome::AcceptedWithRemarks
        )
    };
    let facts = evidence.iter().filter(|it| it.fact.is_some());
    let unproved = facts.filter(|it| !proved(it.outcome)).count();
    u64::try_from(unproved).unwrap_or(u64::MAX)
}

/// Inputs of which those given last take the place of those given first.
pub(super) fn with(inputs: &Inputs, more: &Inputs) -> Inputs {
    let kept = inputs
        .iter()
        .filter(|(of, _)| more.iter().all(|(other, _)| other != of));
    kept.chain(more).cloned().collect()
}
