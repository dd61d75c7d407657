//! `proportional`: points in proportion, 0 below a floor (forms 7, 8, 21, 22).

use serde::Deserialize;

use super::pieces::line;
use super::{NotArisenWire, Of, decimal, join, not_arisen_field, of_fields};
use crate::json::{Field, Shape, phrase};
use crate::rules::{Bound, Piece, Rule, Stretch};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Proportional {
    #[serde(flatten)]
    of: Of,
    points: Exact,
    floor: Option<Floor>,
    full_at: Option<Exact>,
    not_arisen: Option<NotArisenWire>,
}

#[derive(Debug, Deserialize)]
struct Floor {
    from: Option<Exact>,
    above: Option<Exact>,
}

pub(super) fn fields() -> Vec<Field> {
    let ends = vec![
        Field::optional("from", Shape::Decimal, "Points from this number on (≥)."),
        Field::optional("above", Shape::Decimal, "Points above this number (>)."),
    ];
    join(vec![
        of_fields(),
        vec![
            decimal("points", "Points for the whole."),
            Field::optional(
                "floor",
                Shape::ExactlyOne {
                    common: vec![],
                    alternatives: ends,
                },
                "Below it there are no points.",
            ),
            Field::optional(
                "full_at",
                Shape::Decimal,
                "The number that gives all the points.",
            ),
            not_arisen_field(),
        ],
    ])
}

impl Proportional {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        let full_at = match (&self.full_at, read.is_share()) {
            (Some(_), true) => {
                ctx.fault(
                    "full-at-of-share",
                    &format!("{path}.full_at"),
                    "no `full_at` for a share",
                    "one",
                    Some("a share is full at 100 %".into()),
                );
                return None;
            }
            (None, true) => Exact::ONE,
            (Some(x), false) if x.is_positive() => x.clone(),
            (Some(x), false) => {
                ctx.fault(
                    "bad-full-at",
                    &format!("{path}.full_at"),
                    "a number above 0",
                    format!("`{x}`"),
                    None,
                );
                return None;
            }
            (None, false) => {
                ctx.fault(
                    "missing-full-at",
                    path,
                    "`full_at`, the number that gives all the points",
                    "none",
                    None,
                );
                return None;
            }
        };
        let begin = match &self.floor {
            None => Bound::Included(Exact::ZERO),
            Some(Floor { from: Some(x), .. }) => Bound::Included(x * &read.scale),
            Some(Floor { above: Some(x), .. }) => Bound::Excluded(x * &read.scale),
            Some(_) => return None,
        };
        let (Some(from), true) = (begin.value().cloned(), full_at.is_positive()) else {
            return None;
        };
        if from > full_at || from.is_negative() {
            let written = |x: &Exact| x.checked_div(&read.scale).unwrap_or_else(|| x.clone());
            ctx.fault(
                "floor-above-full",
                &format!("{path}.floor"),
                phrase!("a floor between 0 and `{}`", written(&full_at)),
                format!("`{}`", written(&from)),
                None,
            );
            return None;
        }
        let share = read.is_share();
        let mut pieces = Vec::new();
        if from.is_positive() || matches!(begin, Bound::Excluded(_)) {
            let upper = match &begin {
                Bound::Excluded(x) => Bound::Included(x.clone()),
                Bound::Included(x) => Bound::Excluded(x.clone()),
                Bound::Open => Bound::Open,
            };
            let below = Stretch {
                lower: Bound::Open,
                upper,
            };
            pieces.push(Some(Piece::constant(below, Exact::ZERO, "below_floor")));
        }
        let lower = if pieces.is_empty() {
            Bound::Open
        } else {
            begin
        };
        let upper = if share {
            Bound::Included(full_at.clone())
        } else {
            Bound::Excluded(full_at.clone())
        };
        let rising = Stretch { lower, upper };
        if rising.meet(&read.domain.stretch()).is_some() {
            let origin = (&Exact::ZERO, &Exact::ZERO);
            let end = (&full_at, &self.points);
            pieces.push(Some(line(rising, "proportional".to_owned(), origin, end)));
        }
        if !share {
            let full = Stretch {
                lower: Bound::Included(full_at),
                upper: Bound::Open,
            };
            if full.meet(&read.domain.stretch()).is_some() {
                pieces.push(Some(Piece::constant(full, self.points.clone(), "full")));
            }
        }
        ctx.curve(path, read, pieces, self.not_arisen, &|_| path.to_owned())
    }
}
