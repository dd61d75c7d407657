//! `relative`: by comparison with a target and with the best unit (form 29).

use serde::Deserialize;

use super::decimal;
use crate::json::{Field, Shape};
use crate::rules::{QuantityIndex, QuantityKind, RelativeRule, Rule};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Relative {
    achieved: String,
    target: Option<String>,
    points: Exact,
    at_target: Option<Exact>,
}

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::required(
            "achieved",
            Shape::Id,
            "Name of the measure that was achieved.",
        ),
        Field::optional("target", Shape::Id, "Name of the measure of the target."),
        decimal("points", "All the points."),
        Field::optional(
            "at_target",
            Shape::Decimal,
            "Share of the points at the target.",
        ),
    ]
}

impl Relative {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let achieved = measure(&format!("{path}.achieved"), &self.achieved, ctx);
        let target = match &self.target {
            None => None,
            Some(name) => Some(measure(&format!("{path}.target"), name, ctx)?),
        };
        let achieved = achieved?;
        let at_target = self.at_target.clone().unwrap_or(Exact::ZERO);
        if target.is_some() != self.at_target.is_some() {
            ctx.fault(
                "target-share",
                path,
                "`target` and `at_target` together, or neither",
                if target.is_some() {
                    "only `target`"
                } else {
                    "only `at_target`"
                },
                None,
            );
            return None;
        }
        if at_target.is_negative() || at_target > Exact::ONE || self.points.is_negative() {
            ctx.fault(
                "bad-relative",
                path,
                "points not below 0 and `at_target` from 0 to 1",
                format!("`points` {}, `at_target` {at_target}", self.points),
                None,
            );
            return None;
        }
        let points = self.points.clone();
        let reads = std::iter::once(achieved).chain(target).collect();
        Some(Rule::Relative(RelativeRule {
            reads,
            achieved,
            target,
            points,
            at_target,
        }))
    }
}

fn measure(path: &str, name: &str, ctx: &mut Lowering<'_>) -> Option<QuantityIndex> {
    let of = ctx.quantity(path, name)?;
    match ctx.kind(of)? {
        QuantityKind::Measure { min: Some(min), .. } if !min.is_negative() => Some(of),
        QuantityKind::Measure { .. } if !ctx.is_whole_quantity(of) => None,
        QuantityKind::Measure { .. } => {
            ctx.fault(
                "negative-measure",
                path,
                "a measure whose domain begins at 0 or above",
                "one that can be negative",
                None,
            );
            None
        }
        _ => {
            ctx.wrong_kind(path, of, "a measure");
            None
        }
    }
}
