//! Bounds: the fewest and the most points that any extension of the record closes with.
//!
//! Within a leaf each quantity is read once and every combinator is monotone, so the ends
//! of the parts give the ends of the whole, exactly. An end that a share only tends to is
//! kept open, and an open end never gives the points of its limit. Each end has a witness,
//! an extension that `final` replays.
//!
//! Outside the exact fragment (a curve that both rises and falls over the shares of a
//! limited total) the ends enclose but may be too wide; the leaf then says `not_analysed`.

mod curve;
mod extreme;
mod obligations;
mod reach;
mod relative;
mod span;
mod witness;

use crate::closing::Closed;
use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::CurveRule;
use crate::state::States;
use crate::values::{Exact, Points};

pub(crate) use extreme::{At, Landing};
pub use witness::End;
pub(crate) use witness::answers;

/// The bounds of one leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// Fewest points, rounded.
    pub(crate) low: Points,
    /// Most points, rounded.
    pub(crate) high: Points,
    /// Fewest points of the extensions that keep the leaf in.
    pub(crate) included_low: Points,
    /// Most points of the extensions that keep the leaf in.
    pub(crate) included_high: Points,
    /// Whether some extension leaves the leaf out because nothing arose.
    pub(crate) may_be_excluded: bool,
    /// Whether some extension keeps the leaf in.
    pub(crate) may_be_included: bool,
    /// Whether the ends are exact.
    pub(crate) analysed: bool,
    /// Where the quantities stand at each end, one for each part that reads.
    pub(crate) landings: Vec<(Landing, Landing)>,
}

impl Bounds {
    /// The bounds of a leaf of which nothing can change any more.
    fn settled(closed: &Closed<'_>) -> Self {
        Bounds {
            low: closed.points.clone(),
            high: closed.points.clone(),
            included_low: closed.points.clone(),
            included_high: closed.points.clone(),
            may_be_excluded: closed.excluded,
            may_be_included: !closed.excluded,
            analysed: true,
            landings: Vec::new(),
        }
    }

    /// The bounds of a leaf that is left out whatever happens.
    pub(crate) fn none() -> Self {
        Bounds {
            low: Points::ZERO,
            high: Points::ZERO,
            included_low: Points::ZERO,
            included_high: Points::ZERO,
            may_be_excluded: true,
            may_be_included: false,
            analysed: true,
            landings: Vec::new(),
        }
    }
}

impl Fitted<'_> {
    /// The bounds of a leaf over every extension, its own standing points among them.
    ///
    /// An extension that proves something about the leaf closes with the points of its
    /// rule. One that leaves it unproved has no fewer points than one that proves what it
    /// claims, or than the record itself, and no more than the record itself.
    pub(crate) fn bounds(&self, leaf: &Leaf, states: &States, standing: &Closed<'_>) -> Bounds {
        if standing.settled {
            return Bounds::settled(standing);
        }
        let mut landings = Vec::new();
        let span = self.span(&leaf.rule, states, &mut landings);
        let rounding = &self.pack.rounding;
        let proved = span.known.as_ref();
        let proved = proved.map(|it| (it.low.round_down(rounding), it.high.round_up(rounding)));
        let itself = (!standing.excluded).then(|| standing.points.exact());
        let (low, high) = match (proved, itself) {
            (Some((low, high)), Some(itself)) => {
                (low.min(itself.clone()), high.max(itself.clone()))
            }
            (Some(ends), None) => ends,
            (None, Some(itself)) => (itself.clone(), itself.clone()),
            (None, None) => (Exact::ZERO, Exact::ZERO),
        };
        let (included_low, included_high) = (Points::new(low.clone()), Points::new(high.clone()));
        let (low, high) = match span.may_be_excluded {
            true => (low.min(Exact::ZERO), high.max(Exact::ZERO)),
            false => (low, high),
        };
        let sole = landings.len() == 1;
        let landings = landings.into_iter().map(|it| it.told(sole)).collect();
        Bounds {
            low: Points::new(low),
            high: Points::new(high),
            included_low,
            included_high,
            may_be_excluded: span.may_be_excluded,
            may_be_included: span.may_be_included,
            analysed: span.analysed,
            landings,
        }
    }

    /// Whether a condition holds whatever happens, as it stands, and in some extension.
    pub(crate) fn truth(&self, condition: &CurveRule, states: &States) -> (bool, bool, bool) {
        let (span, _) = self.curve_span(condition, states);
        let now = self.holds(condition, states);
        let certain = span.any.low.points.is_positive() && now;
        (certain, now, now || span.any.high.points.is_positive())
    }
}
