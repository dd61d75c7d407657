//! Ends: the fewest and the most points that a rule can give, whether they are reached, and
//! by which record.
//!
//! Within a rule each quantity is read once, so the ends of parts are reached together and
//! ends of the whole follow from them exactly.

use crate::model::Pack;
use crate::rules::*;
use crate::values::{Exact, Rounding};

use super::comparison;
use super::input::{self, Input, Inputs};

/// Which end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Least,
    Most,
}

/// An end of the points.
#[derive(Clone, Debug)]
pub(super) struct End {
    /// Points, or their limit.
    pub(super) points: Exact,
    /// Whether some record gives them, or they are only tended to.
    pub(super) reached: bool,
    /// Such a record, where one can be written.
    pub(super) inputs: Option<Inputs>,
}

impl End {
    /// The end after the leaf was rounded.
    pub(super) fn rounded(&self, side: Side, rounding: &Rounding) -> Exact {
        match (self.reached, side) {
            (true, _) => rounding.round(&self.points),
            (false, Side::Most) => rounding.round_from_below(&self.points),
            (false, Side::Least) => rounding.round_from_above(&self.points),
        }
    }

    fn constant(points: &Exact) -> Self {
        End {
            points: points.clone(),
            reached: true,
            inputs: Some(Vec::new()),
        }
    }
}

impl Side {
    /// Whether the first end is further on this side.
    fn further(self, one: &End, other: &End) -> bool {
        let beyond = match self {
            Side::Least => one.points < other.points,
            Side::Most => one.points > other.points,
        };
        beyond || one.points == other.points && one.reached && !other.reached
    }

    fn furthest(self, ends: impl Iterator<Item = End>) -> Option<End> {
        ends.reduce(|best, end| if self.further(&end, &best) { end } else { best })
    }
}

/// An end of a rule for one class of unit; `None` where the class has no rule.
pub(super) fn of(pack: &Pack, rule: &Rule, side: Side, class: Option<&str>) -> Option<End> {
    let part = |rule: &Rule| of(pack, rule, side, class);
    match rule {
        Rule::Constant(points) => Some(End::constant(points)),
        Rule::Curve(rule) => of_curve(pack, rule, side),
        Rule::Obligations(rule) => Some(of_obligations(rule, side)),
        Rule::Relative(rule) => comparison::end(pack, rule, side),
        Rule::Sum(parts) => {
            let ends: Vec<End> = parts.iter().map(part).collect::<Option<_>>()?;
            Some(joined(&ends, |points| {
                points.fold(Exact::ZERO, |sum, points| &sum + points)
            }))
        }
        Rule::Least(parts) => of_choice(parts.iter().map(part).collect::<Option<_>>()?, side, true),
        Rule::Greatest(parts) => {
            of_choice(parts.iter().map(part).collect::<Option<_>>()?, side, false)
        }
        Rule::Cap { part, at, floor } => {
            let end = of(pack, part, side, class)?;
            let points = clamp(end.points.clone(), at.as_ref(), floor.as_ref());
            // What lies beyond a limit is held at it, so the limit itself is reached.
            let reached = end.reached || points != end.points;
            Some(End {
                points,
                reached,
                ..end
            })
        }
        Rule::Gate {
            condition,
            then,
            otherwise,
        } => {
            let branches = [(true, then), (false, otherwise)];
            let ends = branches.into_iter().filter_map(|(holds, branch)| {
                let with = truth(pack, condition, holds, side == Side::Most)?;
                let end = part(branch)?;
                let inputs = end.inputs.map(|inputs| [with, inputs].concat());
                Some(End { inputs, ..end })
            });
            side.furthest(ends)
        }
        Rule::ByClass(classes) => {
            let found = classes.iter().find(|(name, _)| Some(&**name) == class);
            found.and_then(|(_, rule)| part(rule))
        }
    }
}

/// The smallest input for which a condition holds, or fails; `None` where it never does.
///
/// With `surely`, what nothing proves may not make it another way.
pub(super) fn truth(
    pack: &Pack,
    condition: &CurveRule,
    holds: bool,
    surely: bool,
) -> Option<Inputs> {
    let sure = input::all_won(pack, &condition.reading).filter(|_| surely);
    let over = sure.map_or(Stretch::ALL, Stretch::only);
    let pieces = condition.curve.pieces().iter();
    let inputs = pieces
        .filter(|piece| piece.points.is_positive() == holds)
        .filter_map(|piece| piece.over.meet(&over))
        .filter_map(|over| input::smallest(pack, condition, &over).ok())
        .map(|(inputs, _)| inputs);
    let none = condition
        .not_arisen
        .filter(|none| (*none == NotArisen::Full) == holds);
    let without = none.and_then(|_| condition.reading.quantities().first());
    inputs
        .chain(without.map(|of| vec![(*of, Input::NoItems)]))
        .next()
}

/// Ends of parts put together: reached where all are.
fn joined(ends: &[End], put: impl Fn(&mut dyn Iterator<Item = &Exact>) -> Exact) -> End {
    let inputs: Option<Vec<Inputs>> = ends.iter().map(|end| end.inputs.clone()).collect();
    End {
        points: put(&mut ends.iter().map(|end| &end.points)),
        reached: ends.iter().all(|end| end.reached),
        inputs: inputs.map(|list| list.concat()),
    }
}

/// The least (or greatest) of parts.
fn of_choice(ends: Vec<End>, side: Side, least: bool) -> Option<End> {
    let toward = if least { Side::Least } else { Side::Most };
    if toward == side {
        // One part alone decides: the others cannot lift the least of all.
        return side.furthest(ends.into_iter());
    }
    // All parts must be at their end together; the nearest one decides.
    let points = match least {
        true => ends.iter().map(|end| &end.points).min()?.clone(),
        false => ends.iter().map(|end| &end.points).max()?.clone(),
    };
    let reached = ends
        .iter()
        .filter(|end| end.points == points)
        .all(|end| end.reached);
    Some(End {
        points,
        reached,
        ..joined(&ends, |_| Exact::ZERO)
    })
}

fn of_curve(pack: &Pack, rule: &CurveRule, side: Side) -> Option<End> {
    let all_won = input::all_won(pack, &rule.reading).filter(|_| side == Side::Most);
    let pieces = |piece: &&Piece| all_won.as_ref().is_none_or(|x| piece.over.contains(x));
    let ends = rule
        .curve
        .pieces()
        .iter()
        .filter(pieces)
        .filter_map(|piece| {
            if let Some(x) = &all_won {
                // Of events that nothing proves the worse counts, so all won gives the most.
                let (inputs, _) = input::smallest(pack, rule, &Stretch::only(x.clone())).ok()?;
                return Some(End {
                    points: piece.points_at(x),
                    reached: true,
                    inputs: Some(inputs),
                });
            }
            let level = piece.slope.is_zero();
            let rises = piece.slope.is_positive();
            let bound = match (side == Side::Most) == rises {
                true => &piece.over.upper,
                false => &piece.over.lower,
            };
            let over = match bound {
                Bound::Included(x) if !level => Stretch::only(x.clone()),
                _ => piece.over.clone(),
            };
            let points = match bound.value() {
                Some(x) if !level => piece.points_at(x),
                _ => piece.points.clone(),
            };
            let found = input::smallest(pack, rule, &over);
            if level && found == Err(super::number::NoShare::None) {
                // No share with so few items lies in the piece.
                return None;
            }
            let at_end = level || matches!(bound, Bound::Included(_)) && found.is_ok();
            if !at_end && matches!(rule.reading, Reading::Share { .. }) {
                // Of few items the share nearest to the end is the end.
                let upper = (side == Side::Most) == rises;
                if let Some((inputs, x)) = input::nearest(pack, rule, &piece.over, upper) {
                    return Some(End {
                        points: piece.points_at(&x),
                        reached: true,
                        inputs: Some(inputs),
                    });
                }
                if input::smallest(pack, rule, &piece.over) == Err(super::number::NoShare::None) {
                    return None;
                }
            }
            Some(End {
                points,
                reached: at_end,
                inputs: found.ok().map(|(inputs, _)| inputs),
            })
        });
    let none = match rule.not_arisen {
        Some(NotArisen::Full) => Some(rule.curve.most()),
        Some(NotArisen::Zero) => Some(rule.curve.least()),
        Some(NotArisen::Exclude) | None => None,
    };
    let of = rule.reading.quantities().first();
    let none = none.zip(of).map(|(points, of)| End {
        points: points.clone(),
        reached: true,
        inputs: Some(vec![(*of, Input::NoItems)]),
    });
    side.furthest(ends.chain(none))
}

fn of_obligations(rule: &ObligationRule, side: Side) -> End {
    let size = rule.size;
    let ends = [
        (&rule.missing, 0, 0),
        (&rule.late, 0, size),
        (&rule.met, size, 0),
    ];
    let ends = ends.into_iter().map(|(each, met, late)| End {
        points: each * &Exact::from_u64(size),
        reached: true,
        inputs: Some(vec![(rule.of, Input::Obligations { met, late })]),
    });
    side.furthest(ends)
        .unwrap_or_else(|| End::constant(&Exact::ZERO))
}
