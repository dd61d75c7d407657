//! Bounds: the fewest and the most points that any extension of the record closes with.
//!
//! Within a leaf each quantity is read once and every combinator is monotone, so the ends
//! of the parts give the ends of the whole, exactly. An end that a share only tends to is
//! kept open, and an open end never gives the points of its limit. Each end names where
//! its quantities stand, so that a witness can be built and replayed.
//!
//! Outside the exact fragment (a curve that both rises and falls over the shares of a
//! limited total) the ends enclose but may be too wide; the leaf then says `not_analysed`.

mod extreme;
mod reach;

use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::*;
use crate::state::{self, State, States};
use crate::values::{Exact, Points};

pub(crate) use extreme::{Landing, Limit};
use extreme::{highest, lowest};

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

/// The ends found so far, each with where the reading stands there.
struct Ends {
    low: Option<(Limit, Landing)>,
    high: Option<(Limit, Landing)>,
    analysed: bool,
}

impl Default for Ends {
    fn default() -> Self {
        Ends {
            low: None,
            high: None,
            analysed: true,
        }
    }
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

/// The bounds of a part of a rule, before rounding.
#[derive(Clone, Debug)]
pub(super) struct Span {
    pub(super) low: Limit,
    pub(super) high: Limit,
    pub(super) may_be_excluded: bool,
    pub(super) may_be_included: bool,
    pub(super) analysed: bool,
    /// Whether nothing that the part reads can change any more.
    pub(super) closed: bool,
}

impl Span {
    fn only(points: Exact) -> Self {
        Span {
            low: Limit::reached(points.clone()),
            high: Limit::reached(points),
            may_be_excluded: false,
            may_be_included: true,
            analysed: true,
            closed: true,
        }
    }
}

impl Fitted<'_> {
    /// The bounds of a leaf over every extension, its own standing points among them.
    pub(crate) fn bounds(
        &self,
        leaf: &Leaf,
        states: &States,
        standing: &crate::closing::Closed<'_>,
    ) -> Bounds {
        if standing.settled {
            return Bounds::settled(standing);
        }
        let mut landings = Vec::new();
        let sole = standing.readings.len() == 1;
        let span = self.span(&leaf.rule, sole, states, &mut landings);
        let rounding = &self.pack.rounding;
        let (mut low, mut high) = if span.closed && standing.unproved {
            (
                standing.points.exact().clone(),
                standing.points.exact().clone(),
            )
        } else {
            (span.low.round_down(rounding), span.high.round_up(rounding))
        };
        // The record extends itself, also where nothing about the leaf is proved.
        if !standing.excluded {
            low = low.min(standing.points.exact().clone());
            high = high.max(standing.points.exact().clone());
        }
        let (included_low, included_high) = (Points::new(low.clone()), Points::new(high.clone()));
        if span.may_be_excluded {
            low = low.min(Exact::ZERO);
            high = high.max(Exact::ZERO);
        }
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
        let span = self.curve_span(condition, false, states, &mut Vec::new());
        let now = self.holds(condition, states);
        let certain = span.low.points.is_positive() && now;
        (certain, now, now || span.high.points.is_positive())
    }

    /// `sole`: the part is all that the leaf reads. Then "nothing proved" gives the leaf's
    /// own unproved points; otherwise it gives the part's fewest.
    fn span(
        &self,
        rule: &Rule,
        sole: bool,
        states: &States,
        landings: &mut Vec<(Landing, Landing)>,
    ) -> Span {
        match rule {
            Rule::Constant(points) => {
                let landing = Landing::At(points.clone());
                landings.push((landing.clone(), landing));
                Span::only(points.clone())
            }
            Rule::Curve(rule) => self.curve_span(rule, sole, states, landings),
            Rule::Obligations(rule) => obligations_span(rule, states, landings),
            Rule::Relative(rule) => self.relative_span(rule, states, landings),
            Rule::Sum(parts) => self.fold_spans(parts, sole, states, landings, |a, b| Span {
                low: a.low.plus(&b.low),
                high: a.high.plus(&b.high),
                ..a
            }),
            Rule::Least(parts) => self.fold_spans(parts, sole, states, landings, |a, b| Span {
                low: a.low.lower(b.low, true),
                high: a.high.lower(b.high, false),
                ..a
            }),
            Rule::Greatest(parts) => self.fold_spans(parts, sole, states, landings, |a, b| Span {
                low: a.low.higher(b.low, false),
                high: a.high.higher(b.high, true),
                ..a
            }),
            Rule::Cap { part, at, floor } => {
                let span = self.span(part, sole, states, landings);
                let hold = |limit: Limit| {
                    let held = clamp(limit.points.clone(), at.as_ref(), floor.as_ref());
                    // A limit beyond the cap is reached on the way to it.
                    let reached = limit.reached || held != limit.points;
                    Limit {
                        points: held,
                        reached,
                    }
                };
                Span {
                    low: hold(span.low),
                    high: hold(span.high),
                    ..span
                }
            }
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                let (options, ever, analysed) = self.truths(condition, states, landings);
                let may = |truth: usize| ever.get(truth) == Some(&true);
                let mut branch = |truth: usize, rule| {
                    may(truth).then(|| self.span(rule, false, states, landings))
                };
                let branches = [branch(0, then), branch(1, otherwise)];
                let open = || branches.iter().flatten();
                let low = open()
                    .map(|span| span.low.clone())
                    .reduce(|a, b| a.lower(b, true));
                let high = options
                    .iter()
                    .filter_map(|option| {
                        let open = branches.iter().zip(option).filter(|(_, open)| **open);
                        let highs = open.filter_map(|(span, _)| Some(span.as_ref()?.high.clone()));
                        highs.reduce(|a, b| a.lower(b, false))
                    })
                    .reduce(|a, b| a.higher(b, true));
                let analysed = analysed && open().all(|span| span.analysed);
                let closed = options == [ever] && open().all(|span| span.closed);
                let zero = || Limit::reached(Exact::ZERO);
                Span {
                    low: low.unwrap_or_else(zero),
                    high: high.unwrap_or_else(zero),
                    analysed,
                    closed,
                    ..Span::only(Exact::ZERO)
                }
            }
            Rule::ByClass(classes) => {
                let class = self.submission.unit.class.as_deref();
                match classes
                    .iter()
                    .find(|(name, _)| Some(name.as_str()) == class)
                {
                    Some((_, rule)) => self.span(rule, sole, states, landings),
                    None => {
                        landings.push((Landing::Unknown, Landing::Unknown));
                        let (least, most) = rule.range();
                        Span {
                            low: Limit::reached(least),
                            high: Limit::reached(most.clone()),
                            closed: false,
                            analysed: false,
                            ..Span::only(most)
                        }
                    }
                }
            }
        }
    }

    fn fold_spans(
        &self,
        parts: &[Rule],
        sole: bool,
        states: &States,
        landings: &mut Vec<(Landing, Landing)>,
        join: fn(Span, Span) -> Span,
    ) -> Span {
        let spans: Vec<Span> = parts
            .iter()
            .map(|part| self.span(part, sole, states, landings))
            .collect();
        spans
            .into_iter()
            .reduce(|a, b| {
                let analysed = a.analysed && b.analysed;
                let closed = a.closed && b.closed;
                Span {
                    analysed,
                    closed,
                    ..join(a, b)
                }
            })
            .unwrap_or(Span::only(Exact::ZERO))
    }

    fn curve_span(
        &self,
        rule: &CurveRule,
        sole: bool,
        states: &States,
        landings: &mut Vec<(Landing, Landing)>,
    ) -> Span {
        if let Some((points, excluded)) = self.settled(rule, states) {
            landings.push((Landing::AsItStands, Landing::AsItStands));
            return Span {
                may_be_excluded: excluded,
                may_be_included: !excluded,
                ..Span::only(points)
            };
        }
        let reach = reach::of(rule, states, self.pack);
        let curve = &rule.curve;
        let none = match rule.not_arisen {
            Some(NotArisen::Full) => Some(curve.most()),
            Some(NotArisen::Exclude) => None,
            Some(NotArisen::Zero) | None => Some(curve.least()),
        };
        let mut ends = Ends::default();
        for group in reach.groups.iter().chain([&reach.singles, &reach.low]) {
            ends.offer_low(lowest(curve, &group.numbers));
            if let (true, Some(none)) = (group.none, none) {
                ends.offer_low((Some(Limit::reached(none.clone())), Landing::NoItems, true));
            }
        }
        ends.offer_high(highest(curve, &reach.singles.numbers));
        if let (true, Some(none)) = (reach.singles.none, none) {
            ends.offer_high((Some(Limit::reached(none.clone())), Landing::NoItems, true));
        }
        for group in &reach.groups {
            let (least, at, exact) = lowest(curve, &group.numbers);
            let least = match (least, none) {
                (Some(least), Some(none)) if group.none && *none < least.points => {
                    Some(Limit::reached(none.clone()))
                }
                (None, Some(none)) if group.none => Some(Limit::reached(none.clone())),
                (least, _) => least,
            };
            ends.offer_high((least, at, exact));
        }
        let may_be_excluded = rule.not_arisen == Some(NotArisen::Exclude) && reach.singles.none;
        let may_be_included = ends.low.is_some() || ends.high.is_some() || reach.unproved;
        if reach.unproved && !sole {
            let least = Limit::reached(curve.least().clone());
            ends.offer_low((Some(least), Landing::Unknown, true));
        }
        let Ends {
            low,
            high,
            analysed,
        } = ends;
        // Where it can only be left out or stay unproved, the leaf keeps what it has.
        let closed = low.is_none() && high.is_none();
        let (low, low_at) =
            low.unwrap_or_else(|| (Limit::reached(curve.least().clone()), Landing::AsItStands));
        let (high, high_at) = high.unwrap_or_else(|| (low.clone(), Landing::AsItStands));
        landings.push((low_at, high_at));
        Span {
            low,
            high,
            may_be_excluded,
            may_be_included,
            analysed,
            closed,
        }
    }

    /// Sets of truths that a condition can close with, as (holds, fails): where both are
    /// open together, the worse branch counts. Then all that it can close with, which
    /// counts toward the fewest points. And whether they are exact.
    fn truths(
        &self,
        condition: &CurveRule,
        states: &States,
        landings: &mut Vec<(Landing, Landing)>,
    ) -> (Vec<[bool; 2]>, [bool; 2], bool) {
        landings.push((Landing::AsItStands, Landing::AsItStands));
        if let Some(truths) = self.settled_truths(condition, states) {
            return (vec![truths], truths, true);
        }
        let reach = reach::of(condition, states, self.pack);
        let curve = &condition.curve;
        let mut analysed = true;
        let mut of = |group: &reach::Group| {
            let none_holds = condition.not_arisen == Some(NotArisen::Full);
            let (high, _, exact) = highest(curve, &group.numbers);
            let (low, _, also) = lowest(curve, &group.numbers);
            analysed &= exact && also;
            let holds = high.is_some_and(|it| it.points.is_positive());
            let fails = low.is_some_and(|it| !it.points.is_positive());
            [
                holds || group.none && none_holds,
                fails || group.none && !none_holds,
            ]
        };
        let [holds, fails] = of(&reach.singles);
        let mut options: Vec<[bool; 2]> = reach.groups.iter().map(&mut of).collect();
        if holds {
            options.push([true, false]);
        }
        if fails {
            options.push([false, true]);
        }
        if reach.unproved {
            options.push([true, true]);
        }
        let low = of(&reach.low);
        let ever = options.iter().fold(low, |[holds, fails], [also, not]| {
            [holds || *also, fails || *not]
        });
        (options, ever, analysed)
    }

    fn relative_span(
        &self,
        rule: &RelativeRule,
        states: &States,
        landings: &mut Vec<(Landing, Landing)>,
    ) -> Span {
        let best = self.best(rule.achieved, states);
        let achieved = reach::measure(states, rule.achieved, self.pack);
        let target = rule.target.map(|of| reach::measure(states, of, self.pack));
        landings.push((Landing::Unknown, Landing::Unknown));
        let (Some(achieved), Some(target)) = (
            achieved,
            target.map_or(Some(None), |target| target.map(Some)),
        ) else {
            return Span::only(Exact::ZERO);
        };
        let at = |achieved: &Exact, target: Option<&Exact>, best: Option<&Exact>| {
            crate::closing::relative_points(rule, achieved, target, best).0
        };
        // Fewest: least achieved, highest target, best of the others far above.
        let low_target = target.as_ref().map(|range| &range.1);
        let low = match (&achieved.0, low_target.map(Option::as_ref)) {
            (least, None) => at(least, None, best.as_ref()),
            (least, Some(Some(highest))) => at(least, Some(highest), best.as_ref()),
            (_, Some(None)) => Exact::ZERO,
        };
        // Most: most achieved, lowest target, the unit itself the best unless another is known.
        let high_target = target.as_ref().map(|range| &range.0);
        let high = match (&achieved.1, &best) {
            (None, _) => rule.points.clone(),
            (Some(most), best) => {
                let leader = best.as_ref().map_or(most, |best| best.max(most));
                at(most, high_target, Some(leader))
            }
        };
        let unproved = achieved.2 || target.as_ref().is_some_and(|range| range.2);
        let low = if unproved { Exact::ZERO } else { low };
        // Without a published best figure, the rest over the target shrinks without ever
        // reaching nothing.
        let low = Limit::reached(low);
        Span {
            low,
            high: Limit::reached(high),
            closed: false,
            ..Span::only(Exact::ZERO)
        }
    }
}

fn obligations_span(
    rule: &ObligationRule,
    states: &States,
    landings: &mut Vec<(Landing, Landing)>,
) -> Span {
    let Some(State::Due(due)) = states.states.get(rule.of.0) else {
        return Span::only(Exact::ZERO);
    };
    let choices = due.choices([&rule.missing, &rule.late, &rule.met]);
    let points_of = |end: u8| match end {
        state::Ends::MET => &rule.met,
        state::Ends::LATE => &rule.late,
        _ => &rule.missing,
    };
    let (mut low, mut high) = (Exact::ZERO, Exact::ZERO);
    let (mut at_low, mut at_high) = ([0_u64; 3], [0_u64; 3]);
    for choice in choices.iter() {
        let worst = |ends: state::Ends| ends.iter().min_by(|a, b| points_of(*a).cmp(points_of(*b)));
        let options = || choice.options().filter_map(worst);
        let least = options().min_by(|a, b| points_of(*a).cmp(points_of(*b)));
        let most = options().max_by(|a, b| points_of(*a).cmp(points_of(*b)));
        for (end, sum, counts) in [
            (least, &mut low, &mut at_low),
            (most, &mut high, &mut at_high),
        ] {
            let end = end.unwrap_or(state::Ends::MISSING);
            *sum += points_of(end);
            if let Some(count) = counts.get_mut(usize::from(end)) {
                *count += 1;
            }
        }
    }
    let landing = |[missing, late, met]: [u64; 3]| Landing::Obligations(met, late, missing);
    landings.push((landing(at_low), landing(at_high)));
    Span {
        low: Limit::reached(low),
        high: Limit::reached(high),
        closed: false,
        ..Span::only(Exact::ZERO)
    }
}
