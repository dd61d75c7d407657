//! The JSON of a submission: what one unit hands in.
//!
//! Format `cchc-submission`, version 1. What can be checked without a pack is checked
//! here: names used twice, items that do not add up, facts recorded before they happened.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::collected::Collected;
use super::form::join;
use super::pack::{LEVELS, RELATIONS, WindowWire, count_shape, window};
use crate::facts::*;
use crate::json::{Document as Json, Fault, Field, Format, Phrase, Shape, phrase};
use crate::values::{Exact, Points, Window, fold, look_alikes, nfc};

/// Most evidence records, events or figures of a submission.
pub const MAX_RECORDS: usize = 50_000;
/// Most documents that one fact names.
pub const MAX_NAMED: usize = 1_000;
/// Most predecessors of a unit.
pub const MAX_PREDECESSORS: usize = 50;

#[derive(Debug, Deserialize)]
pub(super) struct SubmissionWire {
    pack: String,
    note: Option<String>,
    unit: UnitWire,
    scored_year: i32,
    prepared_on: NaiveDate,
    #[serde(flatten)]
    facts: FactsWire,
}

/// The facts of a submission, or of a case.
#[derive(Debug, Default, Deserialize)]
pub(super) struct FactsWire {
    #[serde(default)]
    figures: Vec<FigureWire>,
    #[serde(default)]
    events: Vec<EventWire>,
    #[serde(default)]
    evidence: Vec<EvidenceWire>,
    #[serde(default)]
    explanations: Vec<ExplanationWire>,
    #[serde(default)]
    not_applicable: Vec<NotApplicableWire>,
    #[serde(default)]
    declared_totals: Vec<DeclaredTotalWire>,
    #[serde(default)]
    cohort: Vec<CohortWire>,
    #[serde(default)]
    official_scores: Vec<OfficialWire>,
}

#[derive(Debug, Deserialize)]
struct UnitWire {
    code: String,
    name: String,
    level: String,
    class: Option<String>,
    cohort: Option<String>,
    #[serde(flatten)]
    split: SplitWire,
}

/// What a unit says of itself where it did not exist for the whole year.
#[derive(Debug, Default, Deserialize)]
pub(super) struct SplitWire {
    observation_window: Option<WindowWire>,
    #[serde(default)]
    predecessors: Vec<PredecessorWire>,
}

#[derive(Debug, Deserialize)]
struct PredecessorWire {
    id: String,
    name: String,
}

#[derive(Debug, Deserialize)]
struct FigureWire {
    quantity: String,
    observed_on: NaiveDate,
    recorded_on: NaiveDate,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(default)]
    predecessors: Vec<PredecessorFigureWire>,
    #[serde(flatten)]
    value: ValueWire,
}

#[derive(Debug, Deserialize)]
struct PredecessorFigureWire {
    unit: String,
    #[serde(default)]
    evidence: Vec<String>,
    #[serde(flatten)]
    value: ValueWire,
}

/// What a figure states, one of these.
#[derive(Debug, Deserialize)]
struct ValueWire {
    count: Option<u64>,
    share: Option<ShareWire>,
    flag: Option<String>,
    sample: Option<SampleWire>,
    measure: Option<MeasureWire>,
    options: Option<BTreeMap<String, u64>>,
    judgement: Option<JudgementWire>,
}

#[derive(Debug, Deserialize)]
struct ShareWire {
    #[serde(default)]
    none: bool,
    won: Option<u64>,
    lost: Option<u64>,
    open: Option<u64>,
    overdue: Option<u64>,
    total: Option<u64>,
    at_most: Option<u64>,
}

#[derive(Debug, Deserialize)]
struct SampleWire {
    population: u64,
    size: u64,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum MeasureWire {
    Range { from: Exact, to: Exact },
    Value(Exact),
}

#[derive(Debug, Deserialize)]
struct JudgementWire {
    points: Option<Exact>,
    verdict: Option<String>,
    by: String,
    reason: String,
}

#[derive(Debug, Deserialize)]
struct EventWire {
    id: String,
    kind: String,
    date: NaiveDate,
    recorded_on: NaiveDate,
    obligation: Option<String>,
    unit: Option<String>,
    #[serde(default)]
    documents: Vec<NamedWire>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum NamedWire {
    Plain(String),
    Role { id: String, role: String },
}

#[derive(Debug, Deserialize)]
struct EvidenceWire {
    id: String,
    kind: DocumentKind,
    number: Option<String>,
    symbol: Option<String>,
    issuer: Option<IssuerWire>,
    issued_on: Option<String>,
    signed_on: Option<NaiveDate>,
    sent_on: Option<NaiveDate>,
    recorded_on: NaiveDate,
    period: Option<WindowWire>,
    subject: Option<String>,
    signer: Option<SignerWire>,
    signed: Option<bool>,
    file: Option<String>,
    digest: Option<String>,
    media_type: Option<String>,
    page: Option<String>,
    #[serde(default)]
    criteria: Vec<String>,
    #[serde(default)]
    links: Vec<LinkWire>,
    #[serde(default)]
    fields: Vec<FieldWire>,
    reading: Option<String>,
}

#[derive(Debug, Deserialize)]
struct IssuerWire {
    name: String,
    level: String,
}

#[derive(Debug, Deserialize)]
struct SignerWire {
    name: String,
    role: Option<String>,
}

#[derive(Debug, Deserialize)]
struct LinkWire {
    rel: String,
    to: String,
}

#[derive(Debug, Deserialize)]
struct FieldWire {
    name: String,
    value: String,
    at: Option<String>,
}

#[derive(Debug, Deserialize)]
struct ExplanationWire {
    code: String,
    text: String,
}

#[derive(Debug, Deserialize)]
struct NotApplicableWire {
    code: String,
    ground: String,
    recorded_on: NaiveDate,
    #[serde(default)]
    evidence: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct DeclaredTotalWire {
    code: String,
    points: Exact,
}

#[derive(Debug, Deserialize)]
struct CohortWire {
    quantity: String,
    best: Exact,
    published_on: NaiveDate,
}

#[derive(Debug, Deserialize)]
struct OfficialWire {
    year: i32,
    round: String,
    code: String,
    points: Exact,
}

fn names() -> Shape {
    Shape::array(Shape::Id, 0, MAX_NAMED)
}

fn figure() -> Shape {
    let share = Shape::Object(vec![
        Field::optional(
            "none",
            Shape::Bool,
            "There are no items: the same as a total of 0.",
        ),
        Field::optional("won", count_shape(), "Items done as asked."),
        Field::optional("lost", count_shape(), "Items not done as asked, for good."),
        Field::optional("open", count_shape(), "Items that are neither yet."),
        Field::optional(
            "overdue",
            count_shape(),
            "Of the open items, those past their due date.",
        ),
        Field::optional("total", count_shape(), "All items."),
        Field::optional(
            "at_most",
            count_shape(),
            "The most items that there can be at close.",
        ),
    ]);
    let sample = Shape::Object(vec![
        Field::required("population", count_shape(), "Whom the survey stands for."),
        Field::required("size", count_shape(), "Answers."),
    ]);
    let range = Shape::Object(vec![
        Field::required("from", Shape::Decimal, "Lower end."),
        Field::required("to", Shape::Decimal, "Upper end."),
    ]);
    let judgement = Shape::Object(vec![
        Field::optional("points", Shape::Decimal, "Points given."),
        Field::optional("verdict", Shape::Id, "Verdict given."),
        Field::required(
            "by",
            Shape::OneOf(&["appraiser", "survey", "unit"]),
            "Who gave it.",
        ),
        Field::required("reason", Shape::text(5_000), "Why."),
    ]);
    let measure = Shape::either(Shape::Decimal, range);
    let predecessor = Shape::ExactlyOne {
        common: vec![
            Field::required("unit", Shape::Id, "The predecessor."),
            Field::optional("evidence", names(), "Documents that prove it."),
        ],
        alternatives: vec![
            Field::optional("count", count_shape(), "How many."),
            Field::optional("share", share.clone(), "Items by outcome."),
            Field::optional("measure", measure.clone(), "A number or range."),
        ],
    };
    Shape::ExactlyOne {
        common: vec![
            Field::required("quantity", Shape::Id, "Name of the quantity."),
            Field::required(
                "observed_on",
                Shape::Date,
                "The day whose end it describes.",
            ),
            Field::required("recorded_on", Shape::Date, "When it entered the record."),
            Field::optional("evidence", names(), "Documents that prove it."),
            Field::optional(
                "predecessors",
                Shape::array(predecessor, 1, MAX_PREDECESSORS),
                "What each predecessor of the unit had come to when it ended.",
            ),
        ],
        alternatives: vec![
            Field::optional("count", count_shape(), "How many."),
            Field::optional("share", share, "Items by outcome."),
            Field::optional(
                "flag",
                Shape::OneOf(&["yes", "no", "not_yet"]),
                "State of a flag.",
            ),
            Field::optional("sample", sample, "Survey sample and population."),
            Field::optional("measure", measure, "A number or range."),
            Field::optional(
                "options",
                Shape::map(count_shape(), 20),
                "Answers to each option.",
            ),
            Field::optional("judgement", judgement, "What an appraiser gave."),
        ],
    }
}

fn event() -> Shape {
    let named = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the document."),
        Field::required("role", Shape::Id, "The part it plays."),
    ]);
    Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the event."),
        Field::required("kind", Shape::Id, "Kind of event."),
        Field::required("date", Shape::Date, "The day."),
        Field::required("recorded_on", Shape::Date, "When it entered the record."),
        Field::optional("obligation", Shape::Id, "The obligation it fulfils."),
        Field::optional(
            "unit",
            Shape::Id,
            "The predecessor whose it is; the unit's own unless stated.",
        ),
        Field::optional(
            "documents",
            Shape::array(Shape::either(Shape::Id, named), 0, MAX_NAMED),
            "Documents that prove it.",
        ),
    ])
}

fn evidence() -> Shape {
    let blank = |max| {
        Shape::nullable(Shape::Text {
            max,
            allow_empty: true,
        })
    };
    let issuer = Shape::Object(vec![
        Field::required("name", Shape::text(300), "Name of the body."),
        Field::required("level", Shape::OneOf(LEVELS), "Its level."),
    ]);
    let signer = Shape::Object(vec![
        Field::required("name", Shape::text(200), "Name."),
        Field::optional("role", Shape::text(200), "Role, with its prefix."),
    ]);
    let link = Shape::Object(vec![
        Field::required("rel", Shape::OneOf(RELATIONS), "Relation."),
        Field::required("to", Shape::Id, "Name of the event or document."),
    ]);
    let field = Shape::Object(vec![
        Field::required("name", Shape::Id, "Name of the field."),
        Field::required(
            "value",
            Shape::Text {
                max: 5_000,
                allow_empty: true,
            },
            "Its value.",
        ),
        Field::optional("at", Shape::text(200), "Where it was read."),
    ]);
    Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the record."),
        Field::required(
            "kind",
            Shape::OneOf(DocumentKind::abbreviations()),
            "Kind of document.",
        ),
        Field::optional(
            "number",
            blank(20),
            "Number; null or empty where it is blank.",
        ),
        Field::optional(
            "symbol",
            blank(80),
            "Symbol; null or empty where it is blank.",
        ),
        Field::optional("issuer", Shape::nullable(issuer), "Issuing body."),
        Field::optional(
            "issued_on",
            Shape::nullable(Shape::Date),
            "The date it bears; null where it is blank.",
        ),
        Field::optional("signed_on", Shape::Date, "When it was signed."),
        Field::optional("sent_on", Shape::Date, "When it was sent."),
        Field::required("recorded_on", Shape::Date, "When it entered the register."),
        Field::optional("period", window(), "Days it covers."),
        Field::optional("subject", Shape::text(2_000), "Subject."),
        Field::optional("signer", signer, "Who signed."),
        Field::optional("signed", Shape::Bool, "Whether it is signed and sealed."),
        Field::optional("file", Shape::text(500), "File."),
        Field::optional("digest", Shape::text(200), "Digest of the file."),
        Field::optional("media_type", Shape::text(100), "Media type of the file."),
        Field::optional(
            "page",
            Shape::text(200),
            "Page or section that proves the point.",
        ),
        Field::optional(
            "criteria",
            Shape::array(Shape::Code, 0, 100),
            "Codes it serves.",
        ),
        Field::optional("links", Shape::array(link, 0, 100), "What it refers to."),
        Field::optional(
            "fields",
            Shape::array(field, 0, 100),
            "What was read from it.",
        ),
        Field::optional(
            "reading",
            Shape::OneOf(&["supports", "silent", "contradicts", "unreadable"]),
            "How the document compares with this record.",
        ),
    ])
}

/// Fields of a unit that did not exist for the whole year, shared by submissions and cases.
pub(super) fn split_fields() -> Vec<Field> {
    let predecessor = Shape::Object(vec![
        Field::required("id", Shape::Id, "Its name within this file."),
        Field::required("name", Shape::text(300), "What it was called."),
    ]);
    vec![
        Field::optional(
            "observation_window",
            window(),
            "Days on which the unit existed; all of the pack's unless stated.",
        ),
        Field::optional(
            "predecessors",
            Shape::array(predecessor, 1, MAX_PREDECESSORS),
            "The units that it was put together from.",
        ),
    ]
}

/// Fields of the facts, shared by submissions and cases.
pub(super) fn facts_fields() -> Vec<Field> {
    let explanation = Shape::Object(vec![
        Field::required("code", Shape::Code, "Code of the leaf."),
        Field::required("text", Shape::text(20_000), "The explanation."),
    ]);
    let not_applicable = Shape::Object(vec![
        Field::required("code", Shape::Code, "Code of the leaf."),
        Field::required("ground", Shape::Id, "Ground, as named by the pack."),
        Field::required("recorded_on", Shape::Date, "When it entered the record."),
        Field::optional("evidence", names(), "Documents that prove it."),
    ]);
    let declared = Shape::Object(vec![
        Field::required(
            "code",
            Shape::text(32),
            "Code of a leaf or group, or `total`.",
        ),
        Field::required("points", Shape::Decimal, "Its points."),
    ]);
    let cohort = Shape::Object(vec![
        Field::required("quantity", Shape::Id, "The quantity."),
        Field::required("best", Shape::Decimal, "The best figure among the units."),
        Field::required("published_on", Shape::Date, "When it was published."),
    ]);
    let official = Shape::Object(vec![
        Field::required(
            "year",
            Shape::Integer {
                min: 1900,
                max: 2200,
            },
            "The scored year.",
        ),
        Field::required("round", Shape::OneOf(ROUNDS), "The round."),
        Field::required("code", Shape::Code, "Code of the leaf."),
        Field::required("points", Shape::Decimal, "Its points."),
    ]);
    let list = |shape| Shape::array(shape, 0, MAX_RECORDS);
    vec![
        Field::optional("figures", list(figure()), "Stated figures."),
        Field::optional("events", list(event()), "Recorded events."),
        Field::optional("evidence", list(evidence()), "The evidence register."),
        Field::optional("explanations", list(explanation), "Explanations by code."),
        Field::optional(
            "not_applicable",
            list(not_applicable),
            "Claims of exemption.",
        ),
        Field::optional(
            "declared_totals",
            list(declared),
            "Totals worked out by the unit.",
        ),
        Field::optional("cohort", list(cohort), "Figures of other units."),
        Field::optional("official_scores", list(official), "Official scores."),
    ]
}

/// Rounds of official scoring, from the first to the last.
pub const ROUNDS: &[&str] = &["self", "appraisal_1", "explanation", "appraisal_2", "final"];

/// The format of submissions.
pub fn submission_format() -> Format {
    let unit = vec![
        Field::required("code", Shape::Id, "Code of the unit."),
        Field::required("name", Shape::text(300), "Its name."),
        Field::required("level", Shape::OneOf(LEVELS), "Its level."),
        Field::optional("class", Shape::Id, "Its class of unit."),
        Field::optional("cohort", Shape::Id, "Units it is ranked with."),
    ];
    let unit = Shape::Object(join(vec![unit, split_fields()]));
    let root = vec![
        Field::required("pack", Shape::Id, "Name of the pack that it answers."),
        Field::optional("note", Shape::text(2_000), "A remark."),
        Field::required("unit", unit, "The unit."),
        Field::required(
            "scored_year",
            Shape::Integer {
                min: 1900,
                max: 2200,
            },
            "The year that is scored.",
        ),
        Field::required("prepared_on", Shape::Date, "The submission's own date."),
    ];
    Format {
        name: "cchc-submission",
        version: 1,
        title: "A submission: figures, events and evidence of one unit for one scored year",
        root: Shape::Object(join(vec![root, facts_fields()])),
        definitions: vec![],
    }
}

/// Collects faults while facts are read.
pub(super) struct Facts<'a> {
    pub(super) json: &'a Json,
    /// Path before the facts, such as `given.`.
    pub(super) prefix: &'a str,
    pub(super) faults: Collected,
}

impl Facts<'_> {
    fn fault(
        &mut self,
        code: &'static str,
        path: &str,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
    ) {
        let path = format!("{}{path}", self.prefix);
        // What seems to be missing from a part with a fault of its own may only be faulty.
        let part = match code {
            "missing-won" | "judgement-value" => path.as_str(),
            // Whose fact it is may be what is wrong.
            "before-unit" => path.rsplit_once('.').map_or("", |(fact, _)| fact),
            "predecessors-without-window" | "unknown-name" if self.prefix.is_empty() => "unit",
            "predecessors-without-window" | "unknown-name" => "given",
            _ => "",
        };
        if !part.is_empty() && !self.json.is_whole(part) {
            return;
        }
        let place = self.json.place(&path);
        let (expected, found) = (expected.into(), found.into());
        self.faults.push(Fault {
            code,
            place,
            expected,
            found,
            help: None,
        });
    }

    fn unique<'n>(&mut self, list: &str, names: impl Iterator<Item = &'n String>) {
        let mut seen = BTreeSet::new();
        for (index, name) in names.enumerate() {
            if !seen.insert(name) {
                let path = format!("{list}[{index}].id");
                self.fault(
                    "duplicate-name",
                    &path,
                    "names that are used once",
                    format!("`{name}`"),
                );
            }
        }
    }

    fn recorded(&mut self, path: &str, what: NaiveDate, recorded_on: NaiveDate) {
        if recorded_on < what {
            self.fault(
                "recorded-before",
                &format!("{path}.recorded_on"),
                phrase!(
                    "a day not before {}, when it is said to have happened",
                    what
                ),
                format!("{recorded_on}"),
            );
        }
    }

    fn figure(&mut self, index: usize, wire: FigureWire) -> Option<Figure> {
        let path = format!("figures[{index}]");
        self.recorded(&path, wire.observed_on, wire.recorded_on);
        let mut predecessors = Vec::new();
        let mut sound = true;
        for (index, part) in wire.predecessors.into_iter().enumerate() {
            let path = format!("{path}.predecessors[{index}]");
            match self.value(&path, part.value) {
                Some(value) => predecessors.push(PredecessorFigure {
                    unit: part.unit,
                    value,
                    evidence: part.evidence,
                }),
                None => sound = false,
            }
        }
        let value = self.value(&path, wire.value)?;
        sound.then_some(Figure {
            quantity: wire.quantity,
            observed_on: wire.observed_on,
            recorded_on: wire.recorded_on,
            value,
            evidence: wire.evidence,
            predecessors: PredecessorFigures::Stated(predecessors),
            proved_by: ProvedBy::Documents,
        })
    }

    fn value(&mut self, path: &str, wire: ValueWire) -> Option<FigureValue> {
        let value = if let Some(count) = wire.count {
            FigureValue::Count(count)
        } else if let Some(share) = &wire.share {
            FigureValue::Share(self.share(&format!("{path}.share"), share)?)
        } else if let Some(flag) = wire.flag.as_deref() {
            FigureValue::Flag(match flag {
                "yes" => FlagValue::Yes,
                "no" => FlagValue::No,
                _ => FlagValue::NotYet,
            })
        } else if let Some(sample) = wire.sample {
            FigureValue::Sample {
                population: sample.population,
                size: sample.size,
            }
        } else if let Some(measure) = wire.measure {
            let (from, to) = match measure {
                MeasureWire::Value(value) => (value.clone(), value),
                MeasureWire::Range { from, to } => (from, to),
            };
            if from > to {
                let found = phrase!("{} to {}", from, to);
                self.fault(
                    "range-reversed",
                    &format!("{path}.measure"),
                    "a lower end not above the upper",
                    found,
                );
                return None;
            }
            FigureValue::Measure { from, to }
        } else if let Some(options) = wire.options {
            FigureValue::Options(options.into_iter().collect())
        } else if let Some(judgement) = wire.judgement {
            if judgement.points.is_some() == judgement.verdict.is_some() {
                let found = if judgement.points.is_some() {
                    "both"
                } else {
                    "neither"
                };
                self.fault(
                    "judgement-value",
                    &format!("{path}.judgement"),
                    "one of `points` and `verdict`",
                    found,
                );
                return None;
            }
            FigureValue::Judgement(JudgementFigure {
                points: judgement.points,
                verdict: judgement.verdict,
                by: judgement.by,
                reason: judgement.reason,
            })
        } else {
            return None;
        };
        Some(value)
    }

    /// What a unit says of itself where it did not exist for the whole year; `prefix` comes
    /// before its fields.
    pub(super) fn split(
        &mut self,
        prefix: &str,
        wire: SplitWire,
    ) -> (Option<Window>, Vec<Predecessor>) {
        let mut seen = BTreeSet::new();
        for (index, predecessor) in wire.predecessors.iter().enumerate() {
            if !seen.insert(&predecessor.id) {
                self.fault(
                    "duplicate-name",
                    &format!("{prefix}predecessors[{index}].id"),
                    "names that are used once",
                    format!("`{}`", predecessor.id),
                );
            }
        }
        let path = format!("{prefix}observation_window");
        let window = wire.observation_window.and_then(|it| {
            let window = Window::new(it.from, it.to).ok();
            if window.is_none() {
                let found = format!("{} to {}", it.from, it.to);
                let expected = "a first day not after the last";
                self.fault("window-reversed", &path, expected, found);
            }
            window
        });
        if wire.observation_window.is_none() && !wire.predecessors.is_empty() {
            self.fault(
                "predecessors-without-window",
                &format!("{prefix}predecessors"),
                "`observation_window` beside `predecessors`: when the unit began",
                "none",
            );
        }
        let predecessors = wire.predecessors.into_iter();
        let predecessors = predecessors.map(|it| Predecessor {
            id: it.id,
            name: it.name,
        });
        (window, predecessors.collect())
    }

    /// Holds every fact to the unit whose it says it is, and to when that one existed.
    fn units(&mut self, unit: &Unit, figures: &[FigureWire], events: &[EventWire]) {
        let began = unit.observation_window.map(|window| window.from());
        let mut named = Vec::new();
        for (index, figure) in figures.iter().enumerate() {
            let path = format!("figures[{index}]");
            self.own(&format!("{path}.observed_on"), began, figure.observed_on);
            let mut seen = BTreeSet::new();
            for (index, part) in figure.predecessors.iter().enumerate() {
                let path = format!("{path}.predecessors[{index}].unit");
                if !seen.insert(&part.unit) {
                    let expected = "one figure of each predecessor";
                    let found = format!("`{}` twice", part.unit);
                    self.fault("duplicate-name", &path, expected, found);
                }
                named.push((path, &part.unit));
            }
        }
        for (index, event) in events.iter().enumerate() {
            let path = format!("events[{index}]");
            let Some(of) = &event.unit else {
                self.own(&format!("{path}.date"), began, event.date);
                continue;
            };
            named.push((format!("{path}.unit"), of));
            if let Some(began) = began.filter(|began| event.date >= *began) {
                self.fault(
                    "predecessor-too-late",
                    &format!("{path}.date"),
                    format!("a day before {began}, when its successor began"),
                    format!("{}", event.date),
                );
            }
        }
        for (path, name) in named {
            if !unit.predecessors.iter().any(|it| it.id == *name) {
                let known = unit.predecessors.iter().map(|it| format!("`{}`", it.id));
                let known: Vec<String> = known.take(12).collect();
                let expected = match known.is_empty() {
                    true => "no unit: none is named under `predecessors`".to_owned(),
                    false => format!("one of the unit's predecessors: {}", known.join(", ")),
                };
                self.fault("unknown-name", &path, expected, format!("`{name}`"));
            }
        }
    }

    /// A fact of the unit itself cannot be from before it began.
    fn own(&mut self, path: &str, began: Option<NaiveDate>, day: NaiveDate) {
        if let Some(began) = began.filter(|began| day < *began) {
            self.fault(
                "before-unit",
                path,
                format!("a day from {began} on, when the unit began"),
                format!("{day}"),
            );
        }
    }

    fn share(&mut self, path: &str, wire: &ShareWire) -> Option<ShareFigure> {
        let none = ShareFigure {
            won: 0,
            lost: Some(0),
            open: Some(0),
            overdue: Some(0),
            total: Some(0),
            at_most: wire.at_most,
        };
        let others = [
            ("won", wire.won),
            ("lost", wire.lost),
            ("open", wire.open),
            ("overdue", wire.overdue),
            ("total", wire.total),
        ];
        if wire.none {
            self.nothing_beside(path, "`none`", &others);
            return Some(none);
        }
        let Some(won) = wire.won else {
            if wire.total == Some(0) {
                self.nothing_beside(path, "a total of 0", &others);
                return Some(none);
            }
            self.fault(
                "missing-won",
                path,
                "`won`, the items done as asked",
                "none",
            );
            return None;
        };
        let known = [Some(won), wire.lost, wire.open];
        let sum: u64 = known.iter().flatten().sum();
        if let Some(total) = wire.total {
            let complete = known.iter().all(Option::is_some);
            if sum > total || complete && sum != total {
                self.fault(
                    "items-do-not-add-up",
                    path,
                    match complete {
                        true => phrase!("`won`, `lost` and `open` that add up to {}", total),
                        false => phrase!("items that add up to at most {}", total),
                    },
                    format!("{sum}"),
                );
                return None;
            }
        }
        // What is left of the total bounds the open items where they are not stated.
        let left = wire.total.map(|total| total - won - wire.lost.unwrap_or(0));
        if let (Some(overdue), Some(open)) = (wire.overdue, wire.open.or(left))
            && overdue > open
        {
            let found = format!("{overdue}");
            let path = format!("{path}.overdue");
            self.fault(
                "more-overdue-than-open",
                &path,
                phrase!("at most {}, the open items", open),
                found,
            );
            return None;
        }
        let (lost, open, total) = match (wire.lost, wire.open, wire.total) {
            (Some(lost), Some(open), None) => (Some(lost), Some(open), Some(won + lost + open)),
            (Some(lost), None, Some(total)) => (Some(lost), Some(total - won - lost), Some(total)),
            (None, Some(open), Some(total)) => (Some(total - won - open), Some(open), Some(total)),
            other => other,
        };
        let ShareWire {
            overdue, at_most, ..
        } = *wire;
        Some(ShareFigure {
            won,
            lost,
            open,
            overdue,
            total,
            at_most,
        })
    }

    fn nothing_beside(&mut self, path: &str, none: &'static str, others: &[(&str, Option<u64>)]) {
        if let Some((name, items)) = others
            .iter()
            .find_map(|(name, items)| items.filter(|it| *it > 0).map(|it| (name, it)))
        {
            let expected = phrase!("no items beside {}", Phrase::from(none));
            self.fault(
                "items-of-none",
                &format!("{path}.{name}"),
                expected,
                items.to_string(),
            );
        }
    }

    fn document(&mut self, index: usize, wire: EvidenceWire) -> Document {
        let path = format!("evidence[{index}]");
        let filled = |text: Option<String>| {
            text.map(|text| nfc(text.trim()))
                .filter(|text| !text.is_empty())
        };
        let issuer = wire.issuer.map(|issuer| Issuer {
            folded: fold(&issuer.name),
            name: nfc(&issuer.name),
            level: issuer.level,
        });
        let number = filled(wire.number);
        let symbol = filled(wire.symbol);
        let parsed_symbol = symbol
            .as_deref()
            .and_then(|symbol| Symbol::parse(symbol).ok());
        let issued_on = wire
            .issued_on
            .and_then(|date| crate::values::parse_date(&date).ok());
        let period = match wire.period {
            None => None,
            Some(period) => match Window::new(period.from, period.to) {
                Ok(window) => Some(window),
                Err(_) => {
                    let found = phrase!("{} to {}", period.from, period.to);
                    let path = format!("{path}.period");
                    self.fault(
                        "window-reversed",
                        &path,
                        "a first day not after the last",
                        found,
                    );
                    None
                }
            },
        };
        let parsed_number = number
            .as_deref()
            .and_then(|number| DocumentNumber::parse(number).ok());
        let identity = match (&issuer, issued_on, &parsed_number, &parsed_symbol) {
            (Some(issuer), Some(date), Some(number), Some(symbol)) => {
                identity_key(&issuer.folded, date.year(), number, symbol)
            }
            _ => wire
                .digest
                .clone()
                .unwrap_or_else(|| format!("record {}", wire.id)),
        };
        let unread = number.is_some() && parsed_number.is_none()
            || symbol.is_some() && parsed_symbol.is_none();
        let mismatched = parsed_symbol
            .as_ref()
            .is_some_and(|symbol| !symbol_matches_kind(symbol, wire.kind));
        let symbol_fits = !wire.kind.is_numbered() || !unread && !mismatched;
        let look_alike = [&number, &symbol]
            .into_iter()
            .flatten()
            .any(|text| !look_alikes(text).is_empty());
        let citation = match (&number, &symbol) {
            (Some(number), Some(symbol)) => Some(format!("{number}/{symbol}").into()),
            _ => None,
        };
        Document {
            id: wire.id.into(),
            citation,
            symbol_fits,
            look_alike,
            kind: wire.kind,
            number,
            symbol,
            parsed_symbol,
            issuer,
            issued_on,
            signed_on: wire.signed_on,
            sent_on: wire.sent_on,
            recorded_on: wire.recorded_on,
            period,
            subject: wire.subject,
            signer: wire.signer.map(|signer| Signer {
                name: signer.name,
                role: signer.role,
            }),
            signed: wire.signed,
            file: wire.file,
            digest: wire.digest,
            media_type: wire.media_type,
            page: wire.page,
            criteria: wire.criteria,
            links: wire
                .links
                .into_iter()
                .map(|link| Link {
                    relation: link.rel,
                    to: link.to,
                })
                .collect(),
            fields: wire
                .fields
                .into_iter()
                .map(|field| ReadField {
                    name: field.name,
                    value: field.value,
                    at: field.at,
                })
                .collect(),
            reading: wire.reading.as_deref().map(|reading| match reading {
                "supports" => Comparison::Supports,
                "silent" => Comparison::Silent,
                "contradicts" => Comparison::Contradicts,
                _ => Comparison::Unreadable,
            }),
            identity,
        }
    }

    /// The facts of a submission; the header is filled in by the caller.
    pub(super) fn submission(&mut self, wire: FactsWire, header: Header) -> Submission {
        self.unique(
            "evidence",
            wire.evidence.iter().map(|document| &document.id),
        );
        self.unique("events", wire.events.iter().map(|event| &event.id));
        self.units(&header.unit, &wire.figures, &wire.events);
        let figures = wire.figures.into_iter().enumerate();
        let figures = figures
            .filter_map(|(index, figure)| self.figure(index, figure))
            .collect();
        let mut events = Vec::new();
        for (index, event) in wire.events.into_iter().enumerate() {
            self.recorded(&format!("events[{index}]"), event.date, event.recorded_on);
            events.push(Event {
                id: event.id.into(),
                kind: event.kind,
                date: event.date,
                recorded_on: event.recorded_on,
                obligation: event.obligation,
                unit: event.unit,
                documents: event
                    .documents
                    .into_iter()
                    .map(|named| match named {
                        NamedWire::Plain(id) => NamedDocument { id, role: None },
                        NamedWire::Role { id, role } => NamedDocument {
                            id,
                            role: Some(role),
                        },
                    })
                    .collect(),
                proved_by: ProvedBy::Documents,
            });
        }
        let evidence = wire.evidence.into_iter().enumerate();
        let evidence = evidence
            .map(|(index, document)| self.document(index, document))
            .collect();
        Submission {
            pack: header.pack,
            note: header.note,
            unit: header.unit,
            scored_year: header.scored_year,
            prepared_on: header.prepared_on,
            figures,
            events,
            evidence,
            explanations: wire
                .explanations
                .into_iter()
                .map(|it| Explanation {
                    code: it.code,
                    text: it.text,
                })
                .collect(),
            not_applicable: wire
                .not_applicable
                .into_iter()
                .map(|it| NotApplicable {
                    code: it.code,
                    ground: it.ground,
                    recorded_on: it.recorded_on,
                    evidence: it.evidence,
                })
                .collect(),
            declared_totals: wire
                .declared_totals
                .into_iter()
                .map(|it| DeclaredTotal {
                    code: it.code,
                    points: Points::new(it.points),
                })
                .collect(),
            cohort: wire
                .cohort
                .into_iter()
                .map(|it| CohortFigure {
                    quantity: it.quantity,
                    best: it.best,
                    published_on: it.published_on,
                })
                .collect(),
            official_scores: wire
                .official_scores
                .into_iter()
                .map(|it| OfficialScore {
                    year: it.year,
                    round: it.round,
                    code: it.code,
                    points: Points::new(it.points),
                })
                .collect(),
            taken_as_proved: header.taken_as_proved,
        }
    }
}

/// What a submission says beside its facts.
pub(super) struct Header {
    pub(super) pack: String,
    pub(super) note: Option<String>,
    pub(super) unit: Unit,
    pub(super) scored_year: i32,
    pub(super) prepared_on: NaiveDate,
    pub(super) taken_as_proved: bool,
}

/// The submission in a document whose shape was checked.
pub(super) fn submission(wire: SubmissionWire, json: &Json) -> Result<Submission, Collected> {
    let mut facts = Facts {
        json,
        prefix: "",
        faults: Collected::default(),
    };
    let (observation_window, predecessors) = facts.split("unit.", wire.unit.split);
    let header = Header {
        pack: wire.pack,
        note: wire.note,
        unit: Unit {
            code: wire.unit.code,
            name: wire.unit.name,
            level: wire.unit.level,
            class: wire.unit.class,
            cohort: wire.unit.cohort,
            observation_window,
            predecessors,
        },
        scored_year: wire.scored_year,
        prepared_on: wire.prepared_on,
        taken_as_proved: false,
    };
    let submission = facts.submission(wire.facts, header);
    if facts.faults.count() == 0 {
        Ok(submission)
    } else {
        Err(facts.faults)
    }
}
