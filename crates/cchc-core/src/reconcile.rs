//! Official scores against the computed ones, and what would explain each difference.
//!
//! For every component that a round scored, the exact difference, and the readings of the
//! same record under which `final` gives exactly the official points: a fact whose documents
//! were not accepted, an obligation taken for late, another day, the other side of a bound,
//! another figure, a judgement, another rounding. Each was replayed before it is named.
//!
//! A reading that fits is only a likely cause: which one the appraiser held is not known
//! here, and several may fit. Where none does, the answer says so. Changes are tried in the
//! fewest together, up to three of one kind; when the replays are used up, it says that too.

mod dates;
mod facts;
mod figures;
mod pack;
mod replay;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::Value;

use crate::answer::{Basis, EvidenceAnswer, Outcome, RecordPath};
use crate::facts::OfficialScore;
use crate::model::{Source, Title};
use crate::record::{Cut, Fitted};
use crate::values::{Exact, Points, RoundingMode};
pub use crate::wire::ROUNDS;
use replay::{Asked, Budget, Replay};

/// Official scores of a round against the computed ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reconciliation {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What the computed points rest on.
    pub basis: Basis,
    /// The round.
    pub round: String,
    /// Official points of the components below, added up.
    pub official: Points,
    /// Computed points of the same components, added up.
    pub computed: Points,
    /// Official less computed.
    pub difference: Points,
    /// Components that the round scored, in the order of the pack.
    pub components: Vec<Reconciled>,
    /// Codes of the pack that the round did not score.
    pub not_scored: Vec<String>,
    /// Codes that the round scored and the pack does not have.
    pub not_in_pack: Vec<String>,
}

/// One component of a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reconciled {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// The maximum that the pack states.
    pub max: Points,
    /// The official points.
    pub official: Points,
    /// The computed points: `standing`.
    pub computed: Points,
    /// Official less computed.
    pub difference: Points,
    /// Whether its figures are not official.
    pub illustrative: bool,
    /// How the computed points came about.
    pub outcome: Outcome,
    /// What the computed points rest on, as codes.
    pub because: Vec<String>,
    /// Readings that give exactly the official points, the likeliest kinds first; empty where
    /// nothing differs and where none was found.
    pub causes: Vec<Cause>,
    /// Whether every reading that this module knows was replayed.
    pub all_tried: bool,
    /// Whether the unit has something to put forward: the official points are fewer, and some
    /// reading that gives them goes against the record, or none was found.
    pub contested: bool,
    /// What documents prove, where the points differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceAnswer>,
    /// The documents named there, each once.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<NamedDocument>,
    /// Where the figures of the component come from.
    pub sources: Arc<[Source]>,
}

/// A document as a letter cites it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedDocument {
    /// Its name in the register.
    pub id: Arc<str>,
    /// Its kind, as a code such as `BC`.
    pub kind: &'static str,
    /// Number and symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Arc<str>>,
    /// The date it bears.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// Who issued it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// What it is about (trích yếu).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// Page or section that proves the point.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// Whether it is accepted for some fact of the component.
    pub accepted: bool,
}

/// A fact of the record that a cause is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedFact {
    /// The quantity; `None` for the claim that a component is not for this unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Arc<str>>,
    /// An event's name, the day of a figure, or the ground of a claim.
    pub fact: Arc<str>,
    /// Its place in the submission.
    pub path: RecordPath,
    /// Its documents, by their names in the register.
    pub documents: Vec<Arc<str>>,
}

/// An obligation that is taken for late, or for met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedObligation {
    /// The quantity.
    pub quantity: Arc<str>,
    /// The obligation.
    pub obligation: String,
    /// The day on which it was fulfilled.
    pub done_on: NaiveDate,
    /// The last day in time, as the pack says.
    pub due: NaiveDate,
}

/// A reading of the record under which `final` gives exactly the official points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Cause {
    /// Documents of these facts were not accepted.
    EvidenceRejected {
        /// The facts, all together.
        facts: Vec<NamedFact>,
    },
    /// Facts that the documents do not prove were taken as proved.
    EvidenceAccepted {
        /// The facts, all together.
        facts: Vec<NamedFact>,
    },
    /// Obligations that were met were taken for late.
    LateNotMet {
        /// The obligations, all together.
        obligations: Vec<NamedObligation>,
    },
    /// Obligations that were late were taken for met.
    MetNotLate {
        /// The obligations, all together.
        obligations: Vec<NamedObligation>,
    },
    /// The number at a bound was read on the bound's other side.
    OtherBound {
        /// The number, as the pack writes it.
        bound: String,
        /// Places in the pack where the bound is written.
        paths: Vec<String>,
    },
    /// What entered the record later was counted already.
    LaterRecord {
        /// As of this day the points are the official ones.
        as_of: NaiveDate,
        /// Facts of the component that are seen only then.
        facts: Vec<NamedFact>,
        /// Documents of its facts that are seen only then.
        documents: Vec<Arc<str>>,
    },
    /// What entered the record last was not counted yet.
    EarlierRecord {
        /// As of this day the points are the official ones.
        as_of: NaiveDate,
        /// Facts of the component that are not seen yet then.
        facts: Vec<NamedFact>,
        /// Documents of its facts that are not seen yet then.
        documents: Vec<Arc<str>>,
    },
    /// Another figure; the nearest one on its side.
    OtherFigure {
        /// The quantity.
        quantity: Arc<str>,
        /// Place of the figure in the submission.
        path: RecordPath,
        /// What it states: items won, a count, or `yes`, `no`, `not_yet`.
        stated: String,
        /// The same of the other figure.
        other: String,
        /// Items in all, for a share.
        #[serde(skip_serializing_if = "Option::is_none")]
        total: Option<u64>,
    },
    /// The appraiser gave these points or this verdict.
    Judged {
        /// The quantity.
        quantity: Arc<str>,
        /// Points, where the scale is points.
        #[serde(skip_serializing_if = "Option::is_none")]
        points: Option<Exact>,
        /// Verdict, where the scale is verdicts.
        #[serde(skip_serializing_if = "Option::is_none")]
        verdict: Option<String>,
    },
    /// The points were rounded another way.
    OtherRounding {
        /// The points before rounding.
        exact: Exact,
        /// Decimal places.
        places: u32,
        /// To which side.
        mode: RoundingMode,
    },
}

impl Cause {
    /// Every code.
    pub const CODES: &'static [&'static str] = &[
        "evidence_rejected",
        "evidence_accepted",
        "late_not_met",
        "met_not_late",
        "other_bound",
        "later_record",
        "earlier_record",
        "other_figure",
        "judged",
        "other_rounding",
    ];

    /// Whether it goes against the record where it takes points, so that the unit can answer
    /// it: documents that are accepted here, a day that the record names, the pack's own words.
    ///
    /// The others are the record's own weakness, or a judgement, which nothing computed answers.
    pub fn goes_against_record(&self) -> bool {
        match self {
            Cause::EvidenceRejected { .. }
            | Cause::LateNotMet { .. }
            | Cause::OtherBound { .. }
            | Cause::EarlierRecord { .. }
            | Cause::OtherFigure { .. }
            | Cause::OtherRounding { .. } => true,
            Cause::EvidenceAccepted { .. }
            | Cause::MetNotLate { .. }
            | Cause::LaterRecord { .. }
            | Cause::Judged { .. } => false,
        }
    }

    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Cause::EvidenceRejected { .. } => "evidence_rejected",
            Cause::EvidenceAccepted { .. } => "evidence_accepted",
            Cause::LateNotMet { .. } => "late_not_met",
            Cause::MetNotLate { .. } => "met_not_late",
            Cause::OtherBound { .. } => "other_bound",
            Cause::LaterRecord { .. } => "later_record",
            Cause::EarlierRecord { .. } => "earlier_record",
            Cause::OtherFigure { .. } => "other_figure",
            Cause::Judged { .. } => "judged",
            Cause::OtherRounding { .. } => "other_rounding",
        }
    }
}

/// The last round of a year that has scores.
pub fn last_round(scores: &[OfficialScore], year: i32) -> Option<&'static str> {
    let mut rounds = ROUNDS.iter().rev().copied();
    rounds.find(|round| {
        scores
            .iter()
            .any(|it| it.year == year && it.round == *round)
    })
}

/// Compares the official scores of a round with the points as of a date.
///
/// `json` is the text of the pack, read: the other side of a bound is read from a changed
/// one. Scores of other years are not looked at, since their record is not this one.
pub fn reconcile(
    fitted: &Fitted<'_>,
    json: &Value,
    round: &str,
    as_of: NaiveDate,
) -> Reconciliation {
    let (pack, submission) = (fitted.pack, fitted.submission);
    let year = submission.scored_year;
    let scores = || {
        let scores = submission.official_scores.iter();
        scores.filter(move |it| it.year == year && it.round == round)
    };
    let mut assessment = fitted.assess(as_of);
    let states = fitted.states(Cut::at(as_of));
    let mut budget = Budget::of(submission);
    let mut components = Vec::new();
    let mut not_scored = Vec::new();
    for (place, answer) in assessment.leaves.drain(..).enumerate() {
        let score = scores().find(|it| it.code == answer.code);
        let (Some(score), Some(leaf)) = (score, pack.leaves.get(place)) else {
            not_scored.push(answer.code);
            continue;
        };
        let computed = answer.numbers.standing;
        let difference = &score.points - &computed;
        let differs = !difference.is_zero();
        let asks = differs && answer.outcome != Outcome::OutOfValidity;
        let (causes, all_tried) = if asks {
            let asked = Asked {
                fitted,
                states: &states,
                as_of,
                place,
                leaf,
                official: &score.points,
                computed: &computed,
            };
            let mut replay = Replay::new(asked, &mut budget);
            (causes(&mut replay, json), replay.all_tried())
        } else {
            (Vec::new(), true)
        };
        let evidence = if differs { answer.evidence } else { Vec::new() };
        components.push(Reconciled {
            code: answer.code,
            title: answer.title,
            max: answer.declared_max,
            official: score.points.clone(),
            computed,
            contested: difference.is_negative()
                && (causes.is_empty() || causes.iter().any(Cause::goes_against_record)),
            difference,
            illustrative: answer.illustrative,
            outcome: answer.outcome,
            because: answer.because,
            causes,
            all_tried,
            documents: named_documents(fitted, &evidence),
            evidence,
            sources: answer.sources,
        });
    }
    let not_in_pack = scores()
        .filter(|it| pack.leaf(&it.code).is_none())
        .map(|it| it.code.clone())
        .collect();
    let official: Points = components.iter().map(|it| &it.official).sum();
    let computed: Points = components.iter().map(|it| &it.computed).sum();
    Reconciliation {
        format: "cchc-reconciliation",
        version: 1,
        basis: assessment.basis,
        round: round.to_owned(),
        difference: &official - &computed,
        official,
        computed,
        components,
        not_scored,
        not_in_pack,
    }
}

fn causes(replay: &mut Replay<'_, '_>, json: &Value) -> Vec<Cause> {
    let mut causes = facts::rejected(replay);
    causes.extend(facts::late(replay));
    causes.extend(pack::bounds(replay, json));
    causes.extend(dates::causes(replay));
    causes.extend(figures::judged(replay));
    causes.extend(figures::other(replay));
    causes.extend(pack::rounding(replay));
    causes.extend(facts::accepted(replay));
    causes.extend(facts::in_time(replay));
    causes
}

/// The documents that evidence names, each once, in its order.
fn named_documents(fitted: &Fitted<'_>, evidence: &[EvidenceAnswer]) -> Vec<NamedDocument> {
    let mut named: Vec<NamedDocument> = Vec::new();
    for answer in evidence.iter().flat_map(|it| &it.documents) {
        if let Some(known) = named.iter_mut().find(|it| it.id == answer.id) {
            known.accepted |= answer.accepted;
            continue;
        }
        let path = answer.path.map(|it| it.index);
        let Some(document) = path.and_then(|it| fitted.submission.evidence.get(it)) else {
            continue;
        };
        named.push(NamedDocument {
            id: document.id.clone(),
            kind: document.kind.abbreviation(),
            citation: document.citation.clone(),
            issued_on: document.issued_on,
            issuer: document.issuer.as_ref().map(|it| it.name.clone()),
            subject: document.subject.clone(),
            page: document.page.clone(),
            accepted: answer.accepted,
        });
    }
    named
}
