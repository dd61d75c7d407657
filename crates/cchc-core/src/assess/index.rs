//! The index: points of the applicable maximum, and the class that follows from it.
//!
//! Source: "tỷ lệ (%) giữa tổng điểm đạt được và tổng điểm tối đa". What is left out takes
//! its maximum along, so the index has ends of its own: a leaf that may be left out is kept
//! where that serves the end.

use super::{Worked, percent};
use crate::answer::{ClassAnswer, ClassName, Index, Totals};
use crate::model::{Class, Coverage, Leaf};
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

/// The index over some leaves and the block.
pub(super) fn of<'l, 'w: 'l>(
    leaves: impl Iterator<Item = (&'l Leaf, &'l Worked<'w>)>,
    block: &Block,
) -> Option<Index> {
    let (mut low, mut high, mut now) = (Side::default(), Side::default(), Side::default());
    for (leaf, worked) in leaves {
        let bounds = &worked.bounds;
        let max = leaf.max.exact();
        if !worked.excluded {
            now.keep(worked.standing.exact(), max);
        }
        if !bounds.may_be_included {
            continue;
        }
        let ends = [
            (&mut low, &bounds.included_low),
            (&mut high, &bounds.included_high),
        ];
        for (side, points) in ends {
            if bounds.may_be_excluded {
                side.optional.push((points.exact().clone(), max.clone()));
            } else {
                side.keep(points.exact(), max);
            }
        }
    }
    now.points += block.standing.exact();
    low.points += block.secured.exact();
    high.points += block.attainable.exact();
    let standing = percent(&now.points, &now.max);
    let secured = low
        .end(|with, without| with < without)
        .or(standing.clone())?;
    let attainable = high
        .end(|with, without| with > without)
        .or(standing.clone())?;
    let standing = standing.unwrap_or_else(|| secured.clone());
    Some(Index {
        secured: secured.min(standing.clone()),
        attainable: attainable.max(standing.clone()),
        standing,
    })
}

/// Points and maximum of one end, and leaves that may be kept or left out.
#[derive(Default)]
struct Side {
    points: Exact,
    max: Exact,
    optional: Vec<(Exact, Exact)>,
}

impl Side {
    fn keep(&mut self, points: &Exact, max: &Exact) {
        self.points += points;
        self.max += max;
    }

    /// The end over every choice of optional leaves.
    ///
    /// Taken in order of their own ratio, leaves improve the whole up to a point and never
    /// after it, so the best choice is a beginning of that order.
    fn end(mut self, better: fn(&Exact, &Exact) -> bool) -> Option<Exact> {
        let ratio = |(points, max): &(Exact, Exact)| percent(points, max);
        self.optional.sort_by(|a, b| match (ratio(a), ratio(b)) {
            (Some(a), Some(b)) if better(&a, &b) => std::cmp::Ordering::Less,
            (Some(a), Some(b)) if better(&b, &a) => std::cmp::Ordering::Greater,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Equal,
        });
        let mut best = percent(&self.points, &self.max);
        for (points, max) in std::mem::take(&mut self.optional) {
            self.keep(&points, &max);
            let with = percent(&self.points, &self.max);
            let improves = match (&with, &best) {
                (Some(with), Some(best)) => better(with, best),
                (Some(_), None) => true,
                _ => false,
            };
            if improves {
                best = with;
            }
        }
        best
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
