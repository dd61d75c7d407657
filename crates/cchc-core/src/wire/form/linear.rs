//! `linear`: straight lines between given points, constant outside them.

use serde::Deserialize;

use super::pieces::line;
use super::{NotArisenWire, Of, decimal, join, not_arisen_field, of_fields};
use crate::json::{Field, Shape, phrase};
use crate::rules::{Bound, Piece, Rule, Stretch};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Linear {
    #[serde(flatten)]
    of: Of,
    at: Vec<Mark>,
    below: Exact,
    above: Exact,
    not_arisen: Option<NotArisenWire>,
}

#[derive(Debug, Deserialize)]
struct Mark {
    x: Exact,
    points: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    let mark = vec![
        decimal("x", "The number."),
        decimal("points", "Points at it."),
    ];
    join(vec![
        of_fields(),
        vec![
            Field::required(
                "at",
                Shape::array(Shape::Object(mark), 2, super::MAX_PARTS),
                "Points to draw lines between, in rising order.",
            ),
            decimal("below", "Points below the first number."),
            decimal("above", "Points above the last number."),
            not_arisen_field(),
        ],
    ])
}

impl Linear {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        for (index, pair) in self.at.windows(2).enumerate() {
            if let [one, next] = pair
                && one.x >= next.x
            {
                ctx.fault(
                    "not-rising",
                    &format!("{path}.at[{}].x", index + 1),
                    phrase!("a number above `{}`", one.x),
                    format!("`{}`", next.x),
                    None,
                );
                return None;
            }
        }
        let (first, last) = (self.at.first()?, self.at.last()?);
        let whole = read.domain.stretch();
        let mut pieces = Vec::new();
        let mut push = |piece: Piece| {
            if piece.over.meet(&whole).is_some() {
                pieces.push(Some(piece));
            }
        };
        let x = |mark: &Mark| &mark.x * &read.scale;
        let before = Stretch {
            lower: Bound::Open,
            upper: Bound::Excluded(x(first)),
        };
        let below = Piece::constant(before, self.below.clone(), "below");
        push(below.at(format!("{path}.below")));
        let count = self.at.len() - 1;
        for (index, pair) in self.at.windows(2).enumerate() {
            if let [one, next] = pair {
                let (low, high) = (x(one), x(next));
                let upper = if index + 1 == count {
                    Bound::Included(high.clone())
                } else {
                    Bound::Excluded(high.clone())
                };
                let over = Stretch {
                    lower: Bound::Included(low.clone()),
                    upper,
                };
                let label = format!("line-{}", index + 1);
                let line = line(over, label, (&low, &one.points), (&high, &next.points));
                push(line.at(format!("{path}.at[{index}]")));
            }
        }
        let after = Stretch {
            lower: Bound::Excluded(x(last)),
            upper: Bound::Open,
        };
        let above = Piece::constant(after, self.above.clone(), "above");
        push(above.at(format!("{path}.above")));
        ctx.curve(path, read, pieces, self.not_arisen, &|_| path.to_owned())
    }
}
