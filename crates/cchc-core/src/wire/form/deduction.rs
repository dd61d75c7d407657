//! `deduction`: full points, less so much for each lapse, not below a floor (forms 12, 30).

use serde::Deserialize;

use super::{Of, decimal, join, of_fields};
use crate::json::{Field, phrase};
use crate::rules::{Bound, Domain, Piece, Rule, Stretch};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Deduction {
    #[serde(flatten)]
    of: Of,
    full: Exact,
    each: Exact,
    not_below: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    join(vec![
        of_fields(),
        vec![
            decimal("full", "Points without any lapse."),
            decimal("each", "Points taken for each lapse."),
            decimal("not_below", "Fewest points."),
        ],
    ])
}

impl Deduction {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        let Domain::Whole { most } = read.domain else {
            ctx.fault(
                "not-whole",
                &format!("{path}.of"),
                "a number of lapses",
                "a quantity that is not counted",
                None,
            );
            return None;
        };
        let room = &self.full - &self.not_below;
        if !self.each.is_positive() || room.is_negative() {
            ctx.fault(
                "bad-deduction",
                path,
                "`each` above 0 and `not_below` at most `full`",
                format!(
                    "`each` {}, `full` {}, `not_below` {}",
                    self.each, self.full, self.not_below
                ),
                None,
            );
            return None;
        }
        // More steps than can be counted are too many all the same.
        let steps = room.checked_div(&self.each)?.ceil();
        let count = steps.to_text();
        let steps = steps.floor_i64().unwrap_or(i64::MAX);
        let last = most.map_or(steps, |most| {
            steps.min(i64::try_from(most).unwrap_or(i64::MAX))
        });
        if last > i64::try_from(super::MAX_PARTS).ok()? {
            ctx.fault(
                "too-many-steps",
                path,
                phrase!("at most {} steps to the floor", super::MAX_PARTS),
                count,
                None,
            );
            return None;
        }
        let mut pieces = Vec::new();
        for lapses in 0..=last {
            let lower = Bound::Included(Exact::from_integer(lapses));
            let upper = if lapses == last {
                Bound::Open
            } else {
                lower.clone()
            };
            let taken = &self.each * &Exact::from_integer(lapses);
            let points = (&self.full - &taken).max(self.not_below.clone());
            let at_floor = lapses == steps && lapses > 0;
            let label = if at_floor {
                "floor".to_owned()
            } else {
                format!("lapses-{lapses}")
            };
            pieces.push(Some(Piece::constant(
                Stretch { lower, upper },
                points,
                label,
            )));
        }
        ctx.curve(path, read, pieces, None, &|_| path.to_owned())
    }
}
