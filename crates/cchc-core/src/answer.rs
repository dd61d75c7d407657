//! Answers: plain data, as it leaves the library.
//!
//! These types are what the JSON answers are made of, field by field. Points are exact
//! and leave as text. Nothing here is worded for people: findings carry codes and
//! parameters, and a report renders them in Vietnamese or English.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::evidence::{Reason, Remark};
use crate::model::{SharedFact, Source, Title};
use crate::values::{Exact, Points};

/// Version of the engine, stated by every answer.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// Version of the engine.
    pub engine: String,
    /// Name of the rule pack.
    pub pack: String,
    /// Digest of the rule pack.
    pub pack_digest: String,
    /// Title of the rule pack.
    pub pack_title: Title,
    /// A remark of the pack, such as that it is synthetic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pack_note: Option<String>,
    /// Code of the unit.
    pub unit: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Days on which the unit existed, where it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation_window: Option<Days>,
    /// What the units were called that it was put together from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub predecessors: Vec<String>,
    /// The scored year.
    pub scored_year: i32,
    /// The start of this day is what the answer sees.
    pub as_of: NaiveDate,
    /// A remark of the submission, such as that it is synthetic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submission_note: Option<String>,
}

/// Days from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
}

/// The answer to "which points are safe, which can still be won, which are gone".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Assessment {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: Basis,
    /// All together.
    pub totals: Totals,
    /// Areas and criteria, in the order of the pack.
    pub groups: Vec<GroupAnswer>,
    /// Components, in the order of the pack.
    pub leaves: Vec<LeafAnswer>,
    /// Final class, where the pack is the whole index set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<ClassAnswer>,
    /// What concerns no single component.
    pub findings: Vec<Finding>,
}

/// The three numbers, and what follows from them. Unit: points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Numbers {
    /// Most points that apply to this unit.
    pub max: Points,
    /// Certain, whatever happens (điểm chắc chắn).
    pub secured: Points,
    /// If nothing more is done (điểm nếu dừng lại).
    pub standing: Points,
    /// The most that can still be reached (điểm còn có thể đạt).
    pub attainable: Points,
    /// Maximum less attainable (điểm đã mất).
    pub lost: Points,
    /// Attainable less standing.
    pub to_gain: Points,
    /// Standing less secured.
    pub at_risk: Points,
}

impl Numbers {
    /// Numbers from the three and the maximum.
    pub(crate) fn new(max: Points, secured: Points, standing: Points, attainable: Points) -> Self {
        Numbers {
            lost: &max - &attainable,
            to_gain: &attainable - &standing,
            at_risk: &standing - &secured,
            max,
            secured,
            standing,
            attainable,
        }
    }
}

/// All components together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The components outside the bonus and penalty block.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Of `max`, what rests on figures that are not official.
    pub illustrative_max: Points,
    /// Of `standing`, what rests on figures that are not official.
    pub illustrative_standing: Points,
    /// The bonus and penalty block, where the pack has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus_penalty: Option<Numbers>,
    /// Points of the maximum, with the block, in percent; `None` where nothing applies.
    pub index: Option<Index>,
}

/// Points of the applicable maximum, in percent.
///
/// The maximum depends on what is left out, so the ends are those of the ratio, not the
/// ratio of the ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Index {
    /// Certain.
    pub secured: Exact,
    /// If nothing more is done.
    pub standing: Exact,
    /// Still to be reached.
    pub attainable: Exact,
}

/// An area, a criterion, or a component above sub-components.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GroupAnswer {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Title,
    /// 1 for an area.
    pub depth: usize,
    /// Its numbers: the children's sum, held by the group's cap and floor.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Points of the maximum, in percent.
    pub index: Option<Index>,
    /// Whether it is the bonus and penalty block.
    pub bonus_penalty: bool,
    /// Components below it that read the same facts, so that they may not reach their ends
    /// together.
    #[serde(skip_serializing_if = "<[SharedFact]>::is_empty")]
    pub bound: Arc<[SharedFact]>,
}

/// How a component came to its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// By its rule.
    Scored,
    /// Nothing of the kind arose, and that is proved.
    NotArisen,
    /// Not for this unit, on a proved ground.
    NotApplicable,
    /// An appraiser has still to judge.
    NeedsJudgement,
    /// Not scored by the unit itself.
    NotSelfScorable,
    /// The pack or the component is not in force on the as-of date.
    OutOfValidity,
}

impl Outcome {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Scored => "scored",
            Outcome::NotArisen => "not_arisen",
            Outcome::NotApplicable => "not_applicable",
            Outcome::NeedsJudgement => "needs_judgement",
            Outcome::NotSelfScorable => "not_self_scorable",
            Outcome::OutOfValidity => "out_of_validity",
        }
    }
}

/// A component with its numbers and reasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafAnswer {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// Code of its area.
    pub area: Arc<str>,
    /// Its numbers; the maximum is 0 where it is left out.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// The maximum that the pack states.
    pub declared_max: Points,
    /// How it came to them.
    pub outcome: Outcome,
    /// Whether its figures are not official.
    pub illustrative: bool,
    /// Whether it belongs to the bonus and penalty block.
    pub bonus_penalty: bool,
    /// Whether the unit depends on the level above it.
    pub depends_on_upper_level: bool,
    /// What `standing` rests on, as codes.
    pub because: Vec<String>,
    /// Each part of the rule that read something.
    pub derivation: Vec<Step>,
    /// What can still be done, and until when.
    pub open: Vec<Opening>,
    /// What documents prove.
    pub evidence: Vec<EvidenceAnswer>,
    /// What is worth saying, worst first.
    pub findings: Vec<Finding>,
    /// The ground on which it is not for this unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<Title>,
    /// The unit's own explanation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<String>,
    /// Against earlier official scores.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Change>,
    /// Where the figures come from.
    pub sources: Arc<[Source]>,
    /// Office in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Offices that help.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// When the work is planned, in the source's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_time: Option<String>,
}

/// One part of a rule that read something.
///
/// `points` is what the part gave to `standing` before the parts were combined and the
/// component was rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Names of the quantities read.
    pub quantities: Vec<Arc<str>>,
    /// Reasons, as codes.
    pub because: Vec<String>,
    /// What was read for `standing`.
    pub standing: Reading,
    /// Where the quantities stand at `secured`.
    pub secured: Reading,
    /// Where the quantities stand at `attainable`.
    pub attainable: Reading,
    /// Points of the part.
    pub points: Exact,
}

/// What was read of quantities.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// A number; a share is a fraction.
    At(Exact),
    /// As near to this number as one likes.
    Near(Exact),
    /// There are no items.
    NoItems,
    /// Obligations by outcome.
    Obligations {
        /// On time.
        met: u64,
        /// Late.
        late: u64,
        /// Missing.
        missing: u64,
    },
    /// Nothing known or proved.
    Unknown,
    /// As it stands: nothing can change.
    AsItStands,
}

/// Something that can still be done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Opening {
    /// What: `event`, `obligation`, `late_obligation`, `figure`, `mend`, `judgement`, `cohort`.
    pub what: &'static str,
    /// The quantity.
    pub quantity: Arc<str>,
    /// The obligation, event or figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Arc<str>>,
    /// Last day; `None` where the unit cannot tell.
    pub until: Option<NaiveDate>,
}

/// The place of a record in the submission, such as `evidence[3]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordPath {
    /// The list that holds it.
    pub list: &'static str,
    /// Its place there, from 0.
    pub index: usize,
}

impl std::fmt::Display for RecordPath {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{}[{}]", self.list, self.index)
    }
}

impl Serialize for RecordPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Outcome of an evidence requirement for one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceOutcome {
    /// Proves the fact.
    Accepted,
    /// Proves the fact, with a remark.
    AcceptedWithRemarks,
    /// Does not yet, and can still be mended.
    Open,
    /// Does not, and it is too late to mend.
    Rejected,
    /// Nothing was named, and it is too late.
    Missing,
    /// Cannot be read.
    Unreadable,
}

impl EvidenceOutcome {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            EvidenceOutcome::Accepted => "accepted",
            EvidenceOutcome::AcceptedWithRemarks => "accepted_with_remarks",
            EvidenceOutcome::Open => "open",
            EvidenceOutcome::Rejected => "rejected",
            EvidenceOutcome::Missing => "missing",
            EvidenceOutcome::Unreadable => "unreadable",
        }
    }
}

/// What documents prove of one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceAnswer {
    /// The quantity; `None` for the claim that a component is not for this unit.
    pub quantity: Option<Arc<str>>,
    /// The fact: an event's name, the day of a figure, or nothing where there is none.
    pub fact: Option<Arc<str>>,
    /// Its place in the submission.
    pub path: Option<RecordPath>,
    /// The outcome.
    pub outcome: EvidenceOutcome,
    /// Last day to mend it.
    pub until: Option<NaiveDate>,
    /// Roles that lack documents.
    pub unfilled: Vec<Arc<str>>,
    /// Each document named.
    pub documents: Vec<DocumentAnswer>,
}

/// What one document does for one fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DocumentAnswer {
    /// Its name in the register.
    pub id: Arc<str>,
    /// Number and symbol.
    pub citation: Option<Arc<str>>,
    /// Its place in the submission.
    pub path: Option<RecordPath>,
    /// The role it was held against.
    pub role: Option<Arc<str>>,
    /// Whether it is accepted.
    pub accepted: bool,
    /// Why not.
    pub reasons: Vec<Reason>,
    /// What is worth saying all the same.
    pub remarks: Vec<Remark>,
}

/// Change against an official score.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The scored year.
    pub year: i32,
    /// The round.
    pub round: String,
    /// The official points.
    pub points: Points,
    /// `standing` less the official points.
    pub difference: Points,
    /// `gained`, `lost` or `unchanged`.
    pub change: &'static str,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Costs points or can cost them.
    Problem,
    /// Wants a look.
    Warning,
    /// Worth knowing.
    Note,
}

/// Parameters of a finding: a handful of names with their values, in no order that matters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(&'static str, Arc<str>)>);

impl Params {
    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| &**value)
    }

    /// Every name with its value.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(name, value)| (*name, &**value))
    }

    /// Adds a name, once, with its value.
    pub(crate) fn insert(&mut self, name: &'static str, value: Arc<str>) {
        if self.0.is_empty() {
            self.0.reserve(4);
        }
        self.0.push((name, value));
    }
}

impl Serialize for Params {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// A coded observation; its text is made elsewhere, from the code and the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Its place in the submission.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<RecordPath>,
    /// What the text needs.
    pub params: Params,
    /// Code of what to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedy: Option<&'static str>,
}

/// The final class, at each of the three numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassAnswer {
    /// At `secured`.
    pub secured: ClassName,
    /// At `standing`.
    pub standing: ClassName,
    /// At `attainable`.
    pub attainable: ClassName,
    /// Gates that cap the class at `standing`.
    pub gates: Vec<Title>,
}

/// A class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClassName {
    /// Its name in the pack.
    pub id: String,
    /// Its title.
    pub title: Title,
}
