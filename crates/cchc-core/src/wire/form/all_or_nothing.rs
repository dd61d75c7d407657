//! `all_or_nothing`: points only where every condition holds (forms 2, 3).

use serde::Deserialize;

use super::{Condition, condition, decimal};
use crate::json::{Field, Shape};
use crate::rules::Rule;
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct AllOrNothing {
    all: Vec<Condition>,
    points: Exact,
    otherwise: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::required(
            "all",
            Shape::array(Shape::Object(condition::fields()), 1, super::MAX_PARTS),
            "Conditions that must all hold.",
        ),
        decimal("points", "Points where all hold."),
        decimal("otherwise", "Points where one fails."),
    ]
}

impl AllOrNothing {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let points = (&self.points, &self.otherwise);
        let parts: Vec<_> = self
            .all
            .iter()
            .enumerate()
            .map(|(index, condition)| {
                let place = format!("{path}.all[{index}]");
                condition.curve(&place, points, ctx).map(Rule::Curve)
            })
            .collect();
        let parts = parts.into_iter().collect::<Option<Vec<_>>>()?;
        // One failing condition decides, whichever side has fewer points.
        Some(if self.points >= self.otherwise {
            Rule::Least(parts)
        } else {
            Rule::Greatest(parts)
        })
    }
}
