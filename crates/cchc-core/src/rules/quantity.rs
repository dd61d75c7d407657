//! Quantities: what a scoring rule is about, and how each kind can still move.
//!
//! Source of the kinds: the design's table of quantities. A quantity also says what
//! must be shown before its figures count (`Proof`); it never says what they are worth.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::model::{Source, Title};
use crate::rules::Proof;
use crate::values::{Exact, Window};

/// A quantity of a pack, by its place in the pack's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QuantityIndex(pub usize);

/// Something that a rule reads points from.
#[derive(Clone, Debug)]
pub struct Quantity {
    /// Name within the pack.
    pub id: Arc<str>,
    /// Where it stands in the document of the pack, such as `quantities[3]`.
    pub path: String,
    /// What it is, for people.
    pub title: Title,
    /// Kind and its own data.
    pub kind: QuantityKind,
    /// Days on which its events count and its figure moves.
    pub window: Window,
    /// Last day on which documents and figures can be handed in or mended.
    pub hand_in_by: NaiveDate,
    /// Whether the unit depends on the level above it.
    pub depends_on_upper_level: bool,
    /// How facts of the unit's predecessors count.
    pub predecessors: Predecessors,
    /// Which days of its window and which obligations there are for a unit.
    pub observation: Observation,
    /// What documents must show.
    pub proof: Proof,
    /// Where its figures, such as due dates, come from.
    pub sources: Vec<Source>,
}

/// How facts of the units that the scored one was put together from count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Predecessors {
    /// Not at all.
    #[default]
    Own,
    /// Figures are added up, and events of predecessors count like the unit's own.
    Sum,
}

/// Whether a quantity looks at days before the unit began or after it ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Observation {
    /// It does: the window is the pack's.
    #[default]
    Pack,
    /// It does not: days and obligations outside the unit's observation window are none.
    Unit,
}

/// The six kinds of quantity.
#[derive(Clone, Debug)]
pub enum QuantityKind {
    /// Accepted events in the window.
    Count {
        /// Where the number comes from.
        by: CountBy,
    },
    /// Obligations, each met, late or missing.
    DueSet {
        /// Kind of the events that fulfil an obligation.
        event: String,
        /// What is due, in the order of the pack.
        obligations: Vec<Obligation>,
    },
    /// Won, lost and open items of a total.
    Share {
        /// Where the items come from.
        by: ShareBy,
        /// How far the total can grow.
        total: Total,
        /// What becomes of items that are open when the window closes.
        open_at_close: OpenAtClose,
        /// Whether items have due dates of their own.
        overdue: bool,
        /// Smallest total that a figure may state.
        min_total: u64,
    },
    /// Yes, no or not yet.
    Flag {
        /// Whether a yes can still be lost.
        movement: FlagMovement,
        /// Margin of error, where the flag says that a survey sample is large enough.
        sample_margin: Option<Exact>,
    },
    /// A number, or a range of numbers while it is not known better.
    Measure {
        /// Smallest possible number.
        min: Option<Exact>,
        /// Largest possible number.
        max: Option<Exact>,
        /// Weighted answer options, where the number is their mean.
        options: Vec<SurveyOption>,
    },
    /// Points or a verdict given by an appraiser with a reason; never computed.
    Judgement {
        /// What may be given.
        scale: JudgementScale,
    },
}

impl QuantityKind {
    /// The kind's name in a pack.
    pub fn name(&self) -> &'static str {
        match self {
            QuantityKind::Count { .. } => "count",
            QuantityKind::DueSet { .. } => "due_set",
            QuantityKind::Share { .. } => "share",
            QuantityKind::Flag { .. } => "flag",
            QuantityKind::Measure { .. } => "measure",
            QuantityKind::Judgement { .. } => "judgement",
        }
    }

    /// Kind of event that feeds the quantity, if events do.
    pub fn event(&self) -> Option<&str> {
        match self {
            QuantityKind::Count {
                by: CountBy::Events(event),
            }
            | QuantityKind::DueSet { event, .. }
            | QuantityKind::Share {
                by: ShareBy::Events(event),
                ..
            } => Some(event),
            _ => None,
        }
    }
}

/// Where a count comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountBy {
    /// Accepted events of this kind.
    Events(String),
    /// A figure with its own evidence.
    Figure,
}

/// Where the items of a share come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareBy {
    /// One item for each event of this kind, won once its documents are accepted.
    Events(String),
    /// A figure with its own evidence.
    Figure,
}

/// How far the total of a share can grow before its window closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// Known from the start.
    Fixed,
    /// Without limit, whatever a figure says.
    Unbounded,
    /// Without limit unless the figure states one.
    Declared,
    /// To this number of items.
    AtMost(u64),
}

/// What becomes of items that are open when the window closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenAtClose {
    /// They count as lost.
    Lost,
    /// They leave the total.
    LeftOut,
}

/// Whether a flag can still turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagMovement {
    /// A yes and a no are final.
    Latched,
    /// Anything until the window closes.
    Hold,
}

/// One thing that is due.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// Name within its quantity.
    pub id: String,
    /// What it is, for people.
    pub title: Title,
    /// Last day in time, rest days already rolled as the pack says.
    pub due: NaiveDate,
    /// Whether a day that the due date rests on is not officially settled.
    pub provisional: bool,
}

/// An answer option of a survey and what it weighs.
#[derive(Clone, Debug)]
pub struct SurveyOption {
    /// Name of the option.
    pub id: String,
    /// Its weight in the mean.
    pub weight: Exact,
}

/// What an appraiser may give.
#[derive(Clone, Debug)]
pub enum JudgementScale {
    /// Points between two ends, both included.
    Points {
        /// Fewest points.
        min: Exact,
        /// Most points.
        max: Exact,
    },
    /// One of these verdicts, best first.
    Verdicts(Vec<String>),
}

/// Survey sample large enough: n·(1 + N·e²) ≥ N, with e as a fraction.
///
/// Source: the sample formula n = N/(1 + N·e²) used by commune satisfaction surveys.
pub fn sample_is_enough(population: u64, size: u64, margin: &Exact) -> bool {
    let population = Exact::from_u64(population);
    let weight = &Exact::ONE + &(&population * &(margin * margin));
    &Exact::from_u64(size) * &weight >= population
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_answers_of_four_hundred_are_enough_at_five_percent() {
        let margin = Exact::parse("0.05").unwrap();
        assert!(sample_is_enough(400, 200, &margin));
        assert!(!sample_is_enough(400, 199, &margin));
    }
}
