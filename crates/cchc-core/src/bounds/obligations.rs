//! The ends of points given for each obligation of a due set.

use super::extreme::{At, How, Landing, Limit};
use super::span::{Landings, Range, Span};
use crate::record::Fitted;
use crate::rules::ObligationRule;
use crate::state::{Ends, State, States};
use crate::values::Exact;

impl Fitted<'_> {
    /// The ends of an obligation rule, and how many obligations end how there.
    pub(super) fn obligations_span(
        &self,
        rule: &ObligationRule,
        states: &States,
    ) -> (Span, Landings) {
        let Some(State::Due(due)) = states.states.get(rule.of.0) else {
            return (Span::only(Exact::ZERO), Landings::STILL);
        };
        let points_of = |end: u8| rule.points_of(end);
        let choices = due.choices([&rule.missing, &rule.late, &rule.met]);
        let (mut low, mut high) = (Exact::ZERO, Exact::ZERO);
        let (mut at_low, mut at_high) = ([0_u64; 3], [0_u64; 3]);
        for choice in choices.iter() {
            let worst = |ends: Ends| ends.iter().min_by(|a, b| points_of(*a).cmp(points_of(*b)));
            let options = || choice.options().filter_map(worst);
            let least = options().min_by(|a, b| points_of(*a).cmp(points_of(*b)));
            let most = options().max_by(|a, b| points_of(*a).cmp(points_of(*b)));
            for (end, sum, counts) in [
                (least, &mut low, &mut at_low),
                (most, &mut high, &mut at_high),
            ] {
                let end = end.unwrap_or(Ends::MISSING);
                *sum += points_of(end);
                if let Some(count) = counts.get_mut(usize::from(end)) {
                    *count += 1;
                }
            }
        }
        let landing = |[missing, late, met]: [u64; 3]| {
            Landing::new(At::Obligations(met, late, missing), How::Fill)
        };
        let ends = (landing(at_low), landing(at_high));
        let span = Span::known(Range {
            low: Limit::reached(low),
            high: Limit::reached(high),
        });
        let landings = Landings {
            any: ends.clone(),
            known: ends,
        };
        (span, landings)
    }
}
