//! The index: points of the applicable maximum, and the class that follows from it.
//!
//! Source: "tỷ lệ (%) giữa tổng điểm đạt được và tổng điểm tối đa". What is left out takes
//! its maximum along, so the index has ends of its own: a leaf that may be left out is kept
//! where that serves the end. A group held by a cap counts as it is held, points and maximum.

use smallvec::{SmallVec, smallvec};

use super::{Worked, percent};
use crate::answer::{ClassAnswer, ClassName, Index, Totals};
use crate::model::{Child, Class, Coverage, Group, Leaf, Pack};
use crate::record::Fitted;
use crate::state::States;
use crate::values::{Exact, Points};

/// Points of the bonus and penalty block.
#[derive(Default)]
pub(super) struct Block {
    pub(super) secured: Points,
    pub(super) standing: Points,
    pub(super) attainable: Points,
}

/// Points and maximum that something adds to the index.
type Share = (Exact, Exact);

/// Something that the index adds up: a leaf, or a group that is held by a cap or floor.
///
/// At each end it can add one of several shares: without what may be left out, or with it.
pub(super) struct Unit {
    low: SmallVec<[Share; 2]>,
    now: Share,
    high: SmallVec<[Share; 2]>,
}

/// Most ways of leaving out that are tried for one group held by a cap or floor; beyond
/// them its ends only enclose.
const MAX_WAYS: usize = 1_024;

impl Unit {
    fn of_leaf(leaf: &Leaf, worked: &Worked<'_>) -> Unit {
        let bounds = &worked.bounds;
        let max = leaf.max.exact();
        let end = |points: &Points| {
            let mut shares = SmallVec::new();
            if bounds.may_be_included {
                shares.push((points.exact().clone(), max.clone()));
            }
            if bounds.may_be_excluded || shares.is_empty() {
                shares.push(NOTHING);
            }
            shares
        };
        Unit {
            low: end(&bounds.included_low),
            now: match worked.excluded {
                true => NOTHING,
                false => (worked.standing.exact().clone(), max.clone()),
            },
            high: end(&bounds.included_high),
        }
    }

    /// A group held by a cap or floor, from what is below it.
    fn held(group: &Group, below: &[Unit]) -> Unit {
        let hold = |(points, max): Share| {
            // Where nothing applies there is nothing to hold.
            if max.is_zero() {
                return NOTHING;
            }
            let cap = group.cap.as_ref().map(Points::exact);
            let floor = group.floor.as_ref().map(Points::exact);
            let max = cap.map_or(max.clone(), |cap| max.min(cap.clone()));
            (crate::rules::clamp(points, cap, floor), max)
        };
        let ways = |end: fn(&Unit) -> &SmallVec<[Share; 2]>, fewest: bool| {
            let mut sums: SmallVec<[Share; 2]> = smallvec![NOTHING];
            for unit in below {
                let shares = end(unit);
                let more = sums
                    .iter()
                    .flat_map(|sum| shares.iter().map(|it| plus(sum, it)));
                let mut more: SmallVec<[Share; 2]> = more.collect();
                more.sort();
                more.dedup();
                sums = match more.len() > MAX_WAYS {
                    true => smallvec![enclosing(&more, fewest)],
                    false => more,
                };
            }
            sums.into_iter().map(hold).collect()
        };
        let now = below.iter().fold(NOTHING, |sum, it| plus(&sum, &it.now));
        Unit {
            low: ways(|unit| &unit.low, true),
            now: hold(now),
            high: ways(|unit| &unit.high, false),
        }
    }
}

const NOTHING: Share = (Exact::ZERO, Exact::ZERO);

fn plus(one: &Share, other: &Share) -> Share {
    (&one.0 + &other.0, &one.1 + &other.1)
}

/// A share that is no better, or no worse, than any of a list.
fn enclosing(shares: &[Share], fewest: bool) -> Share {
    let points = shares.iter().map(|it| &it.0);
    let maxima = shares.iter().map(|it| &it.1);
    let (points, max) = match fewest {
        true => (points.min(), maxima.max()),
        false => (points.max(), maxima.min()),
    };
    (
        points.cloned().unwrap_or_default(),
        max.cloned().unwrap_or_default(),
    )
}

/// What a group adds to the index: its leaves one by one, unless a cap or floor holds them.
pub(super) fn units(pack: &Pack, group: &Group, worked: &[Worked<'_>], units: &mut Vec<Unit>) {
    let held = group.cap.is_some() || group.floor.is_some();
    let mut below = Vec::new();
    for child in &group.children {
        let list = if held { &mut below } else { &mut *units };
        match child {
            Child::Group(group) => self::units(pack, group, worked, list),
            Child::Leaf(index) => {
                let leaf = pack.leaves.get(*index).zip(worked.get(*index));
                list.extend(leaf.map(|(leaf, worked)| Unit::of_leaf(leaf, worked)));
            }
        }
    }
    if held {
        units.push(Unit::held(group, &below));
    }
}

/// The index over some units and the block.
pub(super) fn of(units: &[Unit], block: &Block) -> Option<Index> {
    let start = |points: &Points| (points.exact().clone(), Exact::ZERO);
    let now = units
        .iter()
        .fold(start(&block.standing), |sum, it| plus(&sum, &it.now));
    let standing = percent(&now.0, &now.1);
    let low = units.iter().map(|it| it.low.as_slice());
    let secured = end(start(&block.secured), low, |a, b| a < b).or(standing.clone())?;
    let high = units.iter().map(|it| it.high.as_slice());
    let attainable = end(start(&block.attainable), high, |a, b| a > b).or(standing.clone())?;
    let standing = standing.unwrap_or_else(|| secured.clone());
    Some(Index {
        secured: secured.min(standing.clone()),
        attainable: attainable.max(standing.clone()),
        standing,
    })
}

/// The best ratio over every choice of one share from each unit.
///
/// From any ratio, take of each unit the share that gains the most over it; what these make
/// together is a better ratio, until it is the best one (Dinkelbach's method, exact here).
fn end<'s>(
    start: Share,
    units: impl Iterator<Item = &'s [Share]> + Clone,
    better: fn(&Exact, &Exact) -> bool,
) -> Option<Exact> {
    let pick = |shares: &'s [Share], gain: &dyn Fn(&Share) -> Exact, kept: bool| {
        let shares = shares.iter().filter(|it| !kept || !it.1.is_zero());
        shares.reduce(|best, other| match better(&gain(other), &gain(best)) {
            true => other,
            false => best,
        })
    };
    let choose = |gain: &dyn Fn(&Share) -> Exact| {
        let picked = units.clone().filter_map(|shares| pick(shares, gain, false));
        let sum = picked.fold(start.clone(), |sum, it| plus(&sum, it));
        if !sum.1.is_zero() {
            return sum;
        }
        // With nothing kept there is no index: what costs the least to keep is kept.
        let swaps = units.clone().filter_map(|shares| {
            let (out, kept) = (pick(shares, gain, false)?, pick(shares, gain, true)?);
            Some((&gain(kept) - &gain(out), out, kept))
        });
        let cheapest = swaps.reduce(|best, other| match better(&other.0, &best.0) {
            true => other,
            false => best,
        });
        cheapest.map_or(sum.clone(), |(_, out, kept)| {
            (&(&sum.0 - &out.0) + &kept.0, &(&sum.1 - &out.1) + &kept.1)
        })
    };
    // Begin with all that can be kept: then a maximum is there, if ever there is one.
    let all = units.clone().fold(start.clone(), |sum, shares| {
        let kept = shares.iter().max_by(|a, b| a.1.cmp(&b.1));
        kept.map_or(sum.clone(), |kept| plus(&sum, kept))
    });
    let mut best = all.0.checked_div(&all.1)?;
    loop {
        let (points, max) = choose(&|share| &share.0 - &(&best * &share.1));
        match points.checked_div(&max) {
            Some(ratio) if better(&ratio, &best) => best = ratio,
            _ => return percent(&best, &Exact::ONE),
        }
    }
}

/// The class at each of the three numbers, where the pack has classes.
pub(super) fn class(fitted: &Fitted<'_>, totals: &Totals, states: &States) -> Option<ClassAnswer> {
    let pack = fitted.pack;
    if pack.coverage != Coverage::Whole || pack.classes.is_empty() {
        return None;
    }
    let index = totals.index.as_ref()?;
    let place = |index: &Exact| {
        let reached = |class: &Class| class.from.as_ref().is_none_or(|from| index >= from);
        pack.classes
            .iter()
            .position(reached)
            .unwrap_or(pack.classes.len().saturating_sub(1))
    };
    let (mut secured, mut standing, mut attainable) = (
        place(&index.secured),
        place(&index.standing),
        place(&index.attainable),
    );
    let mut gates = Vec::new();
    for gate in &pack.class_gates {
        let (certain, now, possible) = fitted.truth(&gate.unless, states);
        if !certain {
            secured = secured.max(gate.class_at_most);
        }
        if !now {
            standing = standing.max(gate.class_at_most);
            gates.push(gate.title.clone());
        }
        if !possible {
            attainable = attainable.max(gate.class_at_most);
        }
    }
    let name = |place: usize| {
        pack.classes.get(place).map(|class| ClassName {
            id: class.id.clone(),
            title: class.title.clone(),
        })
    };
    Some(ClassAnswer {
        secured: name(secured)?,
        standing: name(standing)?,
        attainable: name(attainable)?,
        gates,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The best ratio of every choice, one by one; what has no maximum has no ratio.
    fn by_hand(
        sum: Share,
        units: &[Vec<Share>],
        better: fn(&Exact, &Exact) -> bool,
    ) -> Option<Exact> {
        let Some((first, rest)) = units.split_first() else {
            return percent(&sum.0, &sum.1);
        };
        let choices = first.iter();
        let ratios = choices.filter_map(|share| by_hand(plus(&sum, share), rest, better));
        ratios.reduce(|best, other| if better(&other, &best) { other } else { best })
    }

    fn units() -> impl Strategy<Value = Vec<Vec<Share>>> {
        let share = (-2..7_i64, 1..6_i64)
            .prop_map(|(points, max)| (Exact::from_integer(points), Exact::from_integer(max)));
        let unit = (prop::collection::vec(share, 1..3), any::<bool>()).prop_map(|(mut it, out)| {
            it.extend(out.then_some(NOTHING));
            it
        });
        prop::collection::vec(unit, 1..6)
    }

    proptest! {
        /// Tried: stopping after the first better ratio fails at once.
        #[test]
        fn the_index_at_an_end_is_the_best_of_every_choice(units in units(), block in -3..4_i64) {
            let start = (Exact::from_integer(block), Exact::ZERO);
            let slices = units.iter().map(Vec::as_slice);
            let more: fn(&Exact, &Exact) -> bool = |a, b| a > b;
            let fewer: fn(&Exact, &Exact) -> bool = |a, b| a < b;
            for better in [more, fewer] {
                let found = end(start.clone(), slices.clone(), better);
                prop_assert_eq!(found, by_hand(start.clone(), &units, better));
            }
        }
    }
}
