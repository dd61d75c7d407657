//! The ends of a curve over the numbers that a reading can become.

use smallvec::{SmallVec, smallvec};

use crate::rules::{Bound, Curve, Piece, Stretch, Trend};
use crate::values::{Exact, Rounding};

/// An end of points, and whether it is reached or only tended to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limit {
    /// The points.
    pub(crate) points: Exact,
    /// Whether some extension closes with exactly these points.
    pub(crate) reached: bool,
}

impl Limit {
    pub(crate) fn reached(points: Exact) -> Self {
        Limit {
            points,
            reached: true,
        }
    }

    pub(crate) fn plus(&self, other: &Limit) -> Self {
        let reached = self.reached && other.reached;
        Limit {
            points: &self.points + &other.points,
            reached,
        }
    }

    /// The lower of two ends; on a tie it is reached if either is (`any`) or both are.
    pub(crate) fn lower(self, other: Limit, any: bool) -> Self {
        match self.points.cmp(&other.points) {
            std::cmp::Ordering::Less => self,
            std::cmp::Ordering::Greater => other,
            std::cmp::Ordering::Equal => self.tie(&other, any),
        }
    }

    /// The higher of two ends; on a tie it is reached if either is (`any`) or both are.
    pub(crate) fn higher(self, other: Limit, any: bool) -> Self {
        match self.points.cmp(&other.points) {
            std::cmp::Ordering::Greater => self,
            std::cmp::Ordering::Less => other,
            std::cmp::Ordering::Equal => self.tie(&other, any),
        }
    }

    fn tie(self, other: &Limit, any: bool) -> Self {
        let reached = if any {
            self.reached || other.reached
        } else {
            self.reached && other.reached
        };
        Limit { reached, ..self }
    }

    /// The bound of the rounded points, for a lower end.
    pub(crate) fn round_down(&self, rounding: &Rounding) -> Exact {
        if self.reached {
            rounding.round(&self.points)
        } else {
            rounding.round_from_above(&self.points)
        }
    }

    /// The bound of the rounded points, for an upper end.
    pub(crate) fn round_up(&self, rounding: &Rounding) -> Exact {
        if self.reached {
            rounding.round(&self.points)
        } else {
            rounding.round_from_below(&self.points)
        }
    }
}

/// Where a reading stands at an end, and how an extension comes there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Landing {
    /// Where it stands.
    pub(crate) at: At,
    /// How an extension comes there.
    pub(crate) how: How,
}

impl Landing {
    /// Where it stands now.
    pub(crate) const AS_IT_STANDS: Landing = Landing {
        at: At::AsItStands,
        how: How::Nothing,
    };

    /// Nothing is told of it.
    pub(super) const UNKNOWN: Landing = Landing {
        at: At::Unknown,
        how: How::Nothing,
    };

    pub(super) fn new(at: At, how: How) -> Self {
        Landing { at, how }
    }
}

/// Where a reading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// At this number.
    Number(Exact),
    /// As near to the first number as one likes, on the side of the second.
    Near(Exact, Exact),
    /// There are no items.
    NoItems,
    /// Met, late and missing obligations.
    Obligations(u64, u64, u64),
    /// Nothing is proved.
    Unknown,
    /// Nothing can change any more.
    AsItStands,
}

/// What an extension does to bring a reading somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// Nothing.
    Nothing,
    /// It proves the claim at this place, newest first.
    Prove(usize),
    /// It states a newer figure.
    State,
    /// It proves every recorded event that it can, and more events happen.
    Mend,
    /// It leaves open whether the number is met: what is not proved may be either.
    Leave,
    /// Of the obligations or flags that are free to count or not, so many count.
    Choose(u64),
    /// Of the obligations or flags that are free, as many count as the number asks.
    Fill,
}

/// Numbers that a reading can become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// Between which ends.
    pub(crate) over: Stretch,
    /// Which numbers between them.
    pub(crate) grid: Grid,
    /// How an extension comes to them.
    pub(crate) how: How,
}

/// Which numbers of a stretch can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Grid {
    /// Multiples of this step.
    Every(Exact),
    /// All rational numbers.
    Dense,
    /// The ends, and some numbers between them that are not listed.
    Ends,
}

/// The fewest points over sets of numbers; whether the end is exact.
pub(crate) fn lowest(curve: &Curve, sets: &[Numbers]) -> (Option<Limit>, Landing, bool) {
    extreme(curve, sets, true)
}

/// The most points over sets of numbers; whether the end is exact.
pub(crate) fn highest(curve: &Curve, sets: &[Numbers]) -> (Option<Limit>, Landing, bool) {
    extreme(curve, sets, false)
}

fn extreme(curve: &Curve, sets: &[Numbers], fewest: bool) -> (Option<Limit>, Landing, bool) {
    let beats = |a: &Exact, b: &Exact| if fewest { a < b } else { a > b };
    let mut best: Option<(Limit, Landing)> = None;
    let mut exact = true;
    let mut offer = |limit: Limit, at: Landing| {
        let better = best.as_ref().is_none_or(|(old, _)| {
            beats(&limit.points, &old.points)
                || limit.points == old.points && limit.reached && !old.reached
        });
        if better {
            best = Some((limit, at));
        }
    };
    for numbers in sets {
        if numbers.grid == Grid::Ends {
            if curve.trend() == Trend::Mixed {
                exact = false;
            } else {
                // Of a curve that only rises or only falls, the ends are at the ends.
                for end in [&numbers.over.lower, &numbers.over.upper] {
                    if let Some(x) = end.value() {
                        let landing = Landing::new(At::Number(x.clone()), numbers.how);
                        offer(Limit::reached(curve.points_at(x)), landing);
                    }
                }
                continue;
            }
        }
        let mut ask = |piece: &Piece| {
            let Some(over) = piece.over.meet(&numbers.over) else {
                return false;
            };
            let Some((low, high)) = ends_on_grid(&over, &numbers.grid) else {
                return false;
            };
            for (limit, at) in piece_ends(piece, &over, low, high) {
                offer(limit, Landing::new(at, numbers.how));
            }
            true
        };
        let mut pieces = curve.pieces().iter();
        // Of a curve that only rises or only falls, the first piece on the right side is
        // enough.
        let _found = match (curve.trend(), fewest) {
            (Trend::Rising, true) | (Trend::Falling, false) => pieces.any(&mut ask),
            (Trend::Rising, false) | (Trend::Falling, true) => pieces.rev().any(&mut ask),
            (Trend::Level | Trend::Mixed, _) => {
                pieces.for_each(|piece| {
                    ask(piece);
                });
                true
            }
        };
    }
    match best {
        Some((limit, at)) => (Some(limit), at, exact),
        None => (None, Landing::AS_IT_STANDS, exact),
    }
}

/// The first and last number of a grid in a stretch; `None` where it holds none.
fn ends_on_grid(over: &Stretch, grid: &Grid) -> Option<(Bound, Bound)> {
    let Grid::Every(step) = grid else {
        return Some((over.lower.clone(), over.upper.clone()));
    };
    let count = |x: &Exact| x.checked_div(step).unwrap_or(Exact::ZERO);
    let low = match &over.lower {
        Bound::Open => None,
        Bound::Included(x) => Some(count(x).ceil()),
        Bound::Excluded(x) => Some(&count(x).floor() + &Exact::ONE),
    };
    let high = match &over.upper {
        Bound::Open => None,
        Bound::Included(x) => Some(count(x).floor()),
        Bound::Excluded(x) => Some(&count(x).ceil() - &Exact::ONE),
    };
    if let (Some(low), Some(high)) = (&low, &high)
        && low > high
    {
        return None;
    }
    let bound = |n: Option<Exact>| n.map_or(Bound::Open, |n| Bound::Included(&n * step));
    Some((bound(low), bound(high)))
}

/// The points of a piece at both ends of the numbers it holds.
fn piece_ends(
    piece: &Piece,
    over: &Stretch,
    low: Bound,
    high: Bound,
) -> SmallVec<[(Limit, At); 2]> {
    if piece.slope.is_zero() {
        let at = match (&low, &high) {
            (Bound::Included(x), _) | (_, Bound::Included(x)) => x.clone(),
            (Bound::Excluded(x), Bound::Excluded(y)) => (x + y)
                .checked_div(&Exact::from_integer(2))
                .unwrap_or_else(|| x.clone()),
            (Bound::Excluded(x), Bound::Open) => x + &Exact::ONE,
            (Bound::Open, Bound::Excluded(y)) => y - &Exact::ONE,
            (Bound::Open, Bound::Open) => Exact::ZERO,
        };
        return smallvec![(Limit::reached(piece.points.clone()), At::Number(at))];
    }
    let near = |x: &Exact, other: &Bound| {
        let points = piece.points_at(x);
        let toward = other.value().unwrap_or(x).clone();
        let limit = Limit {
            points,
            reached: false,
        };
        (limit, At::Near(x.clone(), toward))
    };
    let ends = [
        (&low, &over.lower, &over.upper),
        (&high, &over.upper, &over.lower),
    ];
    ends.into_iter()
        .filter_map(|(on_grid, raw, other)| match on_grid {
            Bound::Included(x) => {
                let limit = Limit::reached(piece.points_at(x));
                Some((limit, At::Number(x.clone())))
            }
            Bound::Excluded(x) => Some(near(x, other)),
            // Lines have both ends, so this is only met on a grid without one.
            Bound::Open => raw.value().map(|x| near(x, other)),
        })
        .collect()
}
