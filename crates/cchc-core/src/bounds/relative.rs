//! The ends of points given by comparison with a target and with other units.

use super::extreme::{How, Limit};
use super::reach::{self, RangeEnd};
use super::span::{Range, Span};
use crate::closing::relative_points;
use crate::record::Fitted;
use crate::rules::RelativeRule;
use crate::state::States;
use crate::values::Exact;

/// The ends of a relative rule, and where its measures stand there.
pub(super) struct RelativeEnds {
    pub(super) low: Exact,
    pub(super) high: Exact,
    /// Whether the rule can stay unproved.
    pub(super) unproved: bool,
    /// Whether the best figure of the cohort is still to be published.
    pub(super) publish: bool,
    /// What was achieved, at the fewest and at the most points.
    pub(super) achieved: [(Exact, How); 2],
    /// What was to be achieved, likewise.
    pub(super) target: Option<TargetEnds>,
}

/// Where a target stands at the ends of a rule.
pub(super) struct TargetEnds {
    /// At the fewest points; `None` where it has no limit.
    pub(super) highest: Option<(Exact, How)>,
    /// At the most points.
    pub(super) lowest: (Exact, How),
}

impl Fitted<'_> {
    pub(super) fn relative_span(&self, rule: &RelativeRule, states: &States) -> Span {
        let Some(ends) = self.relative_ends(rule, states) else {
            return Span::unproved(Exact::ZERO);
        };
        let known = Range {
            low: Limit::reached(ends.low),
            high: Limit::reached(ends.high),
        };
        let any = match ends.unproved {
            true => known.clone().or(Range::only(Exact::ZERO)),
            false => known.clone(),
        };
        Span {
            any,
            ..Span::known(known)
        }
    }

    /// The ends over the extensions that prove the measures; `None` where none does.
    pub(super) fn relative_ends(
        &self,
        rule: &RelativeRule,
        states: &States,
    ) -> Option<RelativeEnds> {
        let best = self.best(rule.achieved, states);
        let achieved = reach::measure(states, rule.achieved, RangeEnd::Lower, self.pack)?;
        let target = match rule.target {
            Some(of) => Some(reach::measure(states, of, RangeEnd::Upper, self.pack)?),
            None => None,
        };
        let at = |achieved: &Exact, target: Option<&Exact>, best: Option<&Exact>| {
            relative_points(rule, achieved, target, best).0
        };
        let unproved = achieved.unproved || target.as_ref().is_some_and(|it| it.unproved);
        // Fewest: least achieved, highest target, and the best of the others not published.
        let least = &achieved.least.0;
        let low = match target.as_ref().map(|target| &target.most) {
            None => at(least, None, best.as_ref()),
            Some(Some((highest, _))) => at(least, Some(highest), best.as_ref()),
            // However high the target, what was achieved stays above nothing.
            Some(None) => Exact::ZERO,
        };
        // Most: most achieved, lowest target, the unit itself the best unless another is known.
        let lowest = target.as_ref().map(|target| &target.least.0);
        let (most, how) = match &achieved.most {
            Some((most, how)) => (most.clone(), *how),
            None => {
                let above = best.as_ref().max(lowest).cloned();
                (above.unwrap_or_default() + Exact::ONE, How::State)
            }
        };
        let leader = best.as_ref().map_or(&most, |best| best.max(&most));
        let high = at(&most, lowest, Some(leader));
        Some(RelativeEnds {
            low,
            high,
            unproved,
            publish: best.is_none(),
            achieved: [achieved.least, (most, how)],
            target: target.map(|target| TargetEnds {
                highest: target.most,
                lowest: target.least,
            }),
        })
    }
}
