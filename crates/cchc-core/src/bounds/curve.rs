//! The ends of a curve, and what a condition can close with.

use super::extreme::{At, Landing, Limit, highest, lowest};
use super::reach::{self, Group};
use super::span::{Landings, Range, Span};
use crate::record::Fitted;
use crate::rules::{Curve, CurveRule, NotArisen};
use crate::state::States;
use crate::values::Exact;

/// The ends found so far, each with where the reading stands there.
struct Ends {
    low: Option<(Limit, Landing)>,
    high: Option<(Limit, Landing)>,
    analysed: bool,
}

impl Ends {
    fn offer_low(&mut self, (limit, at, exact): (Option<Limit>, Landing, bool)) {
        self.analysed &= exact;
        let Some(limit) = limit else { return };
        let better = self.low.as_ref().is_none_or(|(old, _)| {
            limit.points < old.points || limit.points == old.points && !old.reached
        });
        if better {
            self.low = Some((limit, at));
        }
    }

    fn offer_high(&mut self, (limit, at, exact): (Option<Limit>, Landing, bool)) {
        self.analysed &= exact;
        let Some(limit) = limit else { return };
        let better = self.high.as_ref().is_none_or(|(old, _)| {
            limit.points > old.points || limit.points == old.points && !old.reached
        });
        if better {
            self.high = Some((limit, at));
        }
    }
}

/// The least that a group of numbers, open together, gives: what counts of it.
fn least_of(curve: &Curve, none: Option<&Exact>, group: &Group) -> (Option<Limit>, Landing, bool) {
    let (least, at, exact) = lowest(curve, &group.numbers);
    // What is open together is one range or a few numbers, and `final` counts its limit.
    let least = least.map(|it| Limit::reached(it.points));
    let (Some(none), Some(how)) = (none, group.none) else {
        return (least, at, exact);
    };
    if least.as_ref().is_some_and(|least| least.points <= *none) {
        return (least, at, exact);
    }
    let landing = Landing::new(At::NoItems, how);
    (Some(Limit::reached(none.clone())), landing, exact)
}

impl Fitted<'_> {
    /// The bounds of a curve, and where its reading stands at the fewest and most points.
    pub(super) fn curve_span(&self, rule: &CurveRule, states: &States) -> (Span, Landings) {
        if let Some(settled) = self.settled(rule, states) {
            let span = Span {
                may_be_excluded: settled.excluded,
                may_be_included: !settled.excluded,
                ..match settled.known {
                    true => Span::only(settled.points),
                    false => Span::unproved(settled.points),
                }
            };
            return (span, Landings::STILL);
        }
        let reach = reach::of(rule, states, self.pack);
        let curve = &rule.curve;
        let none = match rule.not_arisen {
            Some(NotArisen::Full) => Some(curve.most()),
            Some(NotArisen::Exclude) => None,
            Some(NotArisen::Zero) | None => Some(curve.least()),
        };
        let mut ends = Ends {
            low: None,
            high: None,
            analysed: true,
        };
        for group in [&reach.singles, &reach.low] {
            ends.offer_low(lowest(curve, &group.numbers));
            if let (Some(how), Some(none)) = (group.none, none) {
                let landing = Landing::new(At::NoItems, how);
                ends.offer_low((Some(Limit::reached(none.clone())), landing, true));
            }
        }
        ends.offer_high(highest(curve, &reach.singles.numbers));
        if let (Some(how), Some(none)) = (reach.singles.none, none) {
            let landing = Landing::new(At::NoItems, how);
            ends.offer_high((Some(Limit::reached(none.clone())), landing, true));
        }
        let excludes = rule.not_arisen == Some(NotArisen::Exclude);
        let mut may_be_excluded = excludes && reach.singles.none.is_some();
        for group in &reach.groups {
            let least = least_of(curve, none, group);
            // To be left out is 0 points: a claim against it counts where it gives fewer.
            if excludes && group.left_out.is_some() {
                let fewer = least.0.as_ref().is_some_and(|it| it.points.is_negative());
                may_be_excluded |= !fewer;
                if !fewer {
                    continue;
                }
            }
            ends.offer_low(least.clone());
            ends.offer_high(least);
        }
        let Ends {
            low,
            high,
            analysed,
        } = ends;
        let may_be_included = low.is_some() || high.is_some() || reach.unproved;
        let mut landings = Landings::STILL;
        let known = match (low, high) {
            (Some((low, low_at)), Some((high, high_at))) => {
                landings.known = (low_at, high_at);
                Some(Range { low, high })
            }
            (Some((low, at)), None) => {
                landings.known = (at.clone(), at);
                Some(Range {
                    high: low.clone(),
                    low,
                })
            }
            _ => None,
        };
        landings.any = landings.known.clone();
        let least = || Range::only(curve.least().clone());
        let any = match &known {
            Some(known) if !reach.unproved => known.clone(),
            Some(known) => {
                landings.any.0 = Landing::UNKNOWN;
                known.clone().or(least())
            }
            None => least(),
        };
        let span = Span {
            any,
            known,
            may_be_excluded,
            may_be_included,
            analysed,
        };
        (span, landings)
    }

    /// What a condition can close with, and whether that is exact.
    pub(super) fn ways(&self, condition: &CurveRule, states: &States) -> Ways {
        if let Some((truths, known)) = self.settled_truths(condition, states) {
            let way = Way {
                truths,
                known,
                landing: Landing::AS_IT_STANDS,
            };
            return Ways {
                alone: vec![way],
                besides: Vec::new(),
                analysed: true,
            };
        }
        let reach = reach::of(condition, states, self.pack);
        let curve = &condition.curve;
        let none_holds = condition.not_arisen == Some(NotArisen::Full);
        let mut analysed = true;
        let mut truths = |group: &Group| {
            let (high, high_at, exact) = highest(curve, &group.numbers);
            let (low, low_at, also) = lowest(curve, &group.numbers);
            analysed &= exact && also;
            let none = group.none.map(|how| Landing::new(At::NoItems, how));
            let holds = high.is_some_and(|it| it.points.is_positive());
            let fails = low.is_some_and(|it| !it.points.is_positive());
            let (if_none, unless_none) = match none_holds {
                true => (none, None),
                false => (None, none),
            };
            [
                holds.then_some(high_at).or(if_none),
                fails.then_some(low_at).or(unless_none),
            ]
        };
        let separate = |[holds, fails]: [Option<Landing>; 2]| {
            let way = |truths: [bool; 2]| {
                move |landing| Way {
                    truths,
                    known: true,
                    landing,
                }
            };
            let holds = holds.map(way([true, false]));
            holds.into_iter().chain(fails.map(way([false, true])))
        };
        let mut alone: Vec<Way> = separate(truths(&reach.singles)).collect();
        for group in &reach.groups {
            let [holds, fails] = truths(group);
            let open = [holds.is_some(), fails.is_some()];
            alone.extend(holds.or(fails).map(|landing| Way {
                truths: open,
                known: true,
                landing,
            }));
        }
        if reach.unproved {
            alone.push(Way {
                truths: [true, true],
                known: false,
                landing: Landing::AS_IT_STANDS,
            });
        }
        let besides = separate(truths(&reach.low)).collect();
        Ways {
            alone,
            besides,
            analysed,
        }
    }
}

/// What a condition can close with.
pub(super) struct Ways {
    /// What an extension can settle on.
    pub(super) alone: Vec<Way>,
    /// What can be open besides, which counts toward the fewest points only.
    pub(super) besides: Vec<Way>,
    /// Whether they are exact.
    pub(super) analysed: bool,
}

impl Ways {
    /// All of them.
    pub(super) fn all(&self) -> impl Iterator<Item = &Way> {
        self.alone.iter().chain(&self.besides)
    }
}

/// One way in which a condition can close.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// Whether it holds, and whether it fails; where both are open, the worse branch counts.
    pub(super) truths: [bool; 2],
    /// Whether something about the condition is proved then.
    pub(super) known: bool,
    /// Where its reading stands.
    pub(super) landing: Landing,
}

impl Way {
    /// The ends of the branches that are open; `None` where none is.
    pub(super) fn span(&self, branches: &[Option<Span>; 2]) -> Option<Span> {
        use super::span::Put;
        let open = branches.iter().zip(self.truths);
        let open = open.filter_map(|(span, open)| span.as_ref().filter(|_| open));
        let span = open.cloned().reduce(|a, b| a.join(&b, Put::Least))?;
        Some(match self.known {
            true => Span {
                known: Some(span.any.clone()),
                ..span
            },
            false => span,
        })
    }
}
