//! What one unit hands in for one scored year.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::facts::Document;
use crate::values::{Exact, Points, Window};

/// Metrics, events, evidence register and explanations of one unit.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The pack that it answers.
    pub pack: String,
    /// A remark, such as that the submission is synthetic.
    pub note: Option<String>,
    /// The unit.
    pub unit: Unit,
    /// The year that is scored.
    pub scored_year: i32,
    /// The submission's own date.
    pub prepared_on: NaiveDate,
    /// Stated figures.
    pub figures: Vec<Figure>,
    /// Recorded events.
    pub events: Vec<Event>,
    /// The evidence register.
    pub evidence: Vec<Document>,
    /// Explanations by code (giải trình).
    pub explanations: Vec<Explanation>,
    /// Claims that a leaf is not for this unit.
    pub not_applicable: Vec<NotApplicable>,
    /// Totals that the unit worked out itself.
    pub declared_totals: Vec<DeclaredTotal>,
    /// Figures of other units.
    pub cohort: Vec<CohortFigure>,
    /// Official scores, of this year's rounds or of earlier years.
    pub official_scores: Vec<OfficialScore>,
    /// Every fact is taken as proved: only cases about points say so.
    pub taken_as_proved: bool,
}

/// The unit that is scored.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: String,
    /// Its class, where the pack distinguishes classes of unit.
    pub class: Option<String>,
    /// Units it is ranked with.
    pub cohort: Option<String>,
    /// Days on which it existed in the scored year; `None`: all of them.
    pub observation_window: Option<Window>,
    /// The units that it was put together from (đơn vị tiền thân).
    pub predecessors: Vec<Predecessor>,
}

/// A unit that ended when the scored one began, and of which that one was put together.
///
/// Source: communes that began on 1 July 2025 were built from several old ones, and what is
/// counted over the year is counted over those too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Predecessor {
    /// Its name within the submission.
    pub id: String,
    /// What it was called.
    pub name: String,
}

/// A stated figure of one quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Name of the quantity.
    pub quantity: String,
    /// The day whose end it describes.
    pub observed_on: NaiveDate,
    /// When it entered the record.
    pub recorded_on: NaiveDate,
    /// What it states.
    pub value: FigureValue,
    /// Documents that prove it.
    pub evidence: Vec<String>,
    /// What predecessors of the unit bring to it.
    pub predecessors: PredecessorFigures,
    /// What decides whether it is proved.
    pub proved_by: ProvedBy,
}

/// What predecessors of the unit bring to one of its figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PredecessorFigures {
    /// One figure for each predecessor that is stated.
    Stated(Vec<PredecessorFigure>),
    /// The figure is the sum already: only extensions say so.
    Included,
}

impl Default for PredecessorFigures {
    fn default() -> Self {
        PredecessorFigures::Stated(Vec::new())
    }
}

impl PredecessorFigures {
    /// The figures that are stated.
    pub fn stated(&self) -> &[PredecessorFigure] {
        match self {
            PredecessorFigures::Stated(list) => list,
            PredecessorFigures::Included => &[],
        }
    }
}

/// What one predecessor had come to when it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PredecessorFigure {
    /// The predecessor.
    pub unit: String,
    /// What it had come to: a count, a share or a measure.
    pub value: FigureValue,
    /// Documents that prove it.
    pub evidence: Vec<String>,
}

/// What decides whether a fact is proved.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProvedBy {
    /// Its documents, as the pack asks.
    #[default]
    Documents,
    /// It is taken as proved, by documents of its own: only extensions say so.
    Assumption,
}

/// What a figure states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureValue {
    /// How many.
    Count(u64),
    /// Items by outcome.
    Share(ShareFigure),
    /// Yes, no or not yet.
    Flag(FlagValue),
    /// Survey sample and the population it stands for.
    Sample {
        /// Population.
        population: u64,
        /// Answers.
        size: u64,
    },
    /// A number, or the ends of a range that holds it.
    Measure {
        /// Lower end.
        from: Exact,
        /// Upper end.
        to: Exact,
    },
    /// How many answers each option got.
    Options(Vec<(String, u64)>),
    /// Points or verdict of an appraiser.
    Judgement(JudgementFigure),
}

impl FigureValue {
    /// Name of the field in a submission.
    pub fn name(&self) -> &'static str {
        match self {
            FigureValue::Count(_) => "count",
            FigureValue::Share(_) => "share",
            FigureValue::Flag(_) => "flag",
            FigureValue::Sample { .. } => "sample",
            FigureValue::Measure { .. } => "measure",
            FigureValue::Options(_) => "options",
            FigureValue::Judgement(_) => "judgement",
        }
    }

    /// The figure of two units together: counts, items or measures added up, exactly.
    ///
    /// What is at most to come (`at_most`) is said by the first one alone; the other one has
    /// ended. `None` for figures that cannot be added.
    pub fn together(&self, other: &FigureValue) -> Option<FigureValue> {
        Some(match (self, other) {
            (FigureValue::Count(one), FigureValue::Count(other)) => {
                FigureValue::Count(one.checked_add(*other)?)
            }
            (FigureValue::Share(one), FigureValue::Share(other)) => {
                FigureValue::Share(one.together(other)?)
            }
            (
                FigureValue::Measure { from, to },
                FigureValue::Measure {
                    from: other_from,
                    to: other_to,
                },
            ) => FigureValue::Measure {
                from: from + other_from,
                to: to + other_to,
            },
            _ => return None,
        })
    }
}

/// Items of a share by outcome. Unit: items.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ShareFigure {
    /// Done as asked.
    pub won: u64,
    /// Not done as asked, for good.
    pub lost: Option<u64>,
    /// Neither yet.
    pub open: Option<u64>,
    /// Of the open ones, those past their due date.
    pub overdue: Option<u64>,
    /// All items.
    pub total: Option<u64>,
    /// The most items that there can be at close.
    pub at_most: Option<u64>,
}

impl ShareFigure {
    /// The same with everything stated that follows from the rest; what is not is lost to
    /// nobody and open.
    pub(crate) fn complete(&self) -> Option<ShareFigure> {
        let lost = self.lost.unwrap_or(0);
        let done = self.won.checked_add(lost)?;
        let total = match self.total {
            Some(total) => total,
            None => done.checked_add(self.open.unwrap_or(0))?,
        };
        let open = self.open.unwrap_or(total.saturating_sub(done));
        Some(ShareFigure {
            lost: Some(lost),
            open: Some(open),
            overdue: Some(self.overdue.unwrap_or(0)),
            total: Some(total),
            ..*self
        })
    }

    fn together(&self, other: &ShareFigure) -> Option<ShareFigure> {
        let (one, other) = (self.complete()?, other.complete()?);
        let sum = |a: Option<u64>, b: Option<u64>| a?.checked_add(b?);
        let at_most = match one.at_most {
            Some(at_most) => Some(sum(Some(at_most), other.total)?),
            None => None,
        };
        Some(ShareFigure {
            won: one.won.checked_add(other.won)?,
            lost: Some(sum(one.lost, other.lost)?),
            open: Some(sum(one.open, other.open)?),
            overdue: Some(sum(one.overdue, other.overdue)?),
            total: Some(sum(one.total, other.total)?),
            at_most,
        })
    }
}

/// State of a flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagValue {
    /// It is so.
    Yes,
    /// It is not so.
    No,
    /// It is not so yet.
    NotYet,
}

/// What an appraiser gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgementFigure {
    /// Points, where the scale is points.
    pub points: Option<Exact>,
    /// Verdict, where the scale is verdicts.
    pub verdict: Option<String>,
    /// Who gave it: `appraiser`, `survey` or `unit`.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// Something that happened on a day and that documents prove.
#[derive(Clone, Debug)]
pub struct Event {
    /// Its name.
    pub id: Arc<str>,
    /// Its kind, such as `dialogue`.
    pub kind: String,
    /// The day.
    pub date: NaiveDate,
    /// When it entered the record.
    pub recorded_on: NaiveDate,
    /// The obligation that it fulfils, where its quantity is a due set.
    pub obligation: Option<String>,
    /// The predecessor whose it is; `None`: the unit's own.
    pub unit: Option<String>,
    /// Documents that prove it.
    pub documents: Vec<NamedDocument>,
    /// What decides whether it is proved.
    pub proved_by: ProvedBy,
}

/// A document named by an event.
#[derive(Clone, Debug)]
pub struct NamedDocument {
    /// Its name in the register.
    pub id: String,
    /// The part it plays; `None`: any that its kind can play.
    pub role: Option<String>,
}

/// A unit's explanation of one leaf.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Code of the leaf.
    pub code: String,
    /// Its words.
    pub text: String,
}

/// A claim that a leaf is not for this unit.
#[derive(Clone, Debug)]
pub struct NotApplicable {
    /// Code of the leaf.
    pub code: String,
    /// Ground, as named by the pack.
    pub ground: String,
    /// When it entered the record.
    pub recorded_on: NaiveDate,
    /// Documents that prove it.
    pub evidence: Vec<String>,
}

/// A total that the unit worked out itself.
#[derive(Clone, Debug)]
pub struct DeclaredTotal {
    /// Code of a leaf or group, or `total`.
    pub code: String,
    /// Its points.
    pub points: Points,
}

/// The best figure among the units of the cohort.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CohortFigure {
    /// The quantity.
    pub quantity: String,
    /// The best figure.
    pub best: Exact,
    /// When it was published.
    pub published_on: NaiveDate,
}

/// An official score of one leaf.
#[derive(Clone, Debug)]
pub struct OfficialScore {
    /// The scored year.
    pub year: i32,
    /// The round, such as `final`.
    pub round: String,
    /// Code of the leaf.
    pub code: String,
    /// Its points.
    pub points: Points,
}
