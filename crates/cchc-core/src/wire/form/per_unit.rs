//! `per_unit`: points for every whole unit, with a cap (forms 15, 30).

use serde::Deserialize;

use super::{Of, decimal, join, of_fields};
use crate::json::{Field, Shape, phrase};
use crate::rules::{Bound, Piece, Rule, Stretch};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct PerUnit {
    #[serde(flatten)]
    of: Of,
    each: Option<Exact>,
    start: Option<Exact>,
    points: Exact,
    cap: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    join(vec![
        of_fields(),
        vec![
            Field::optional(
                "each",
                Shape::Decimal,
                "How many make one unit; 1 unless stated.",
            ),
            Field::optional(
                "start",
                Shape::Decimal,
                "What is not counted; 0 unless stated.",
            ),
            decimal("points", "Points for each whole unit."),
            decimal("cap", "Most points."),
        ],
    ])
}

impl PerUnit {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        let each = self.each.clone().unwrap_or(Exact::ONE);
        let start = self.start.clone().unwrap_or(Exact::ZERO);
        for (name, value) in [
            ("each", &each),
            ("points", &self.points),
            ("cap", &self.cap),
        ] {
            if !value.is_positive() {
                ctx.fault(
                    "not-positive",
                    &format!("{path}.{name}"),
                    "a number above 0",
                    format!("`{value}`"),
                    None,
                );
                return None;
            }
        }
        // More steps than can be counted are too many all the same.
        let steps = self.cap.checked_div(&self.points)?.ceil();
        let count = steps.to_text();
        let steps = steps.floor_i64().unwrap_or(i64::MAX);
        if steps > i64::try_from(super::MAX_PARTS).ok()? {
            ctx.fault(
                "too-many-steps",
                path,
                phrase!("at most {} steps to the cap", super::MAX_PARTS),
                count,
                None,
            );
            return None;
        }
        let edge = |unit: i64| &start + &(&each * &Exact::from_integer(unit));
        let mut pieces = Vec::new();
        for unit in 0..=steps {
            let lower = if unit == 0 {
                Bound::Open
            } else {
                Bound::Included(edge(unit))
            };
            let upper = if unit == steps {
                Bound::Open
            } else {
                Bound::Excluded(edge(unit + 1))
            };
            let points = (&self.points * &Exact::from_integer(unit)).min(self.cap.clone());
            let label = if unit == steps {
                "cap".to_owned()
            } else {
                format!("units-{unit}")
            };
            let over = Stretch { lower, upper };
            if over.meet(&read.domain.stretch()).is_some() {
                pieces.push(Some(Piece::constant(over, points, label)));
            }
        }
        ctx.curve(path, read, pieces, None, &|_| path.to_owned())
    }
}
