//! A condition: a flag that is yes or no, or a number between two bounds.

use serde::Deserialize;

use super::{Between, NotArisenWire, Of, between_fields, join, not_arisen_field, of_fields};
use crate::json::{Field, Shape};
use crate::rules::{Bound, CurveRule, Domain, Piece, QuantityKind, ReasonStyle, Stretch};
use crate::values::Exact;
use crate::wire::lower::Lowering;

/// A proposition about one quantity.
#[derive(Debug, Deserialize)]
pub(crate) struct Condition {
    #[serde(flatten)]
    of: Of,
    is: Option<String>,
    #[serde(flatten)]
    between: Between,
    not_arisen: Option<NotArisenWire>,
}

/// Fields of a condition.
pub(crate) fn fields() -> Vec<Field> {
    join(vec![
        of_fields(),
        vec![Field::optional(
            "is",
            Shape::OneOf(&["yes", "no"]),
            "What the flag must be.",
        )],
        between_fields(),
        vec![not_arisen_field()],
    ])
}

impl Condition {
    /// A curve that gives `holds` where the condition holds, else `fails`.
    pub(crate) fn curve(
        &self,
        path: &str,
        (holds, fails): (&Exact, &Exact),
        ctx: &mut Lowering<'_>,
    ) -> Option<CurveRule> {
        let of = ctx.quantity(&format!("{path}.of"), &self.of.of)?;
        let style = ReasonStyle::Named(self.of.of.clone());
        if let QuantityKind::Flag { .. } = ctx.kind(of)? {
            let (points, labels) = match self.is.as_deref() {
                Some("yes") => ((holds, fails), ("holds", "fails")),
                Some(_) => ((fails, holds), ("fails", "holds")),
                None => {
                    ctx.fault(
                        "missing-is",
                        path,
                        "`is`, what the flag must be",
                        "none",
                        None,
                    );
                    return None;
                }
            };
            return ctx.flag_curve(path, &self.of.of, points, labels, style);
        }
        let read = ctx.reading(path, &self.of)?;
        let inside = self.between.stretch(path, &read.scale, ctx)?;
        if inside == Stretch::ALL {
            ctx.fault(
                "missing-bound",
                path,
                "a bound: `from`, `above`, `to` or `below`",
                "none",
                None,
            );
            return None;
        }
        let whole = read.domain.stretch();
        let mut pieces = Vec::new();
        let below = match &inside.lower {
            Bound::Open => None,
            Bound::Included(x) => Some(Bound::Excluded(x.clone())),
            Bound::Excluded(x) => Some(Bound::Included(x.clone())),
        };
        let above = match &inside.upper {
            Bound::Open => None,
            Bound::Included(x) => Some(Bound::Excluded(x.clone())),
            Bound::Excluded(x) => Some(Bound::Included(x.clone())),
        };
        let outside = [
            below.map(|upper| Stretch {
                lower: Bound::Open,
                upper,
            }),
            above.map(|lower| Stretch {
                lower,
                upper: Bound::Open,
            }),
        ];
        for over in outside.into_iter().flatten() {
            if holds_a_number(&over, &whole, &read.domain) {
                pieces.push(Some(Piece::constant(over, fails.clone(), "fails")));
            }
        }
        pieces.push(Some(Piece::constant(inside, holds.clone(), "holds")));
        let rule = ctx.curve_rule(path, read, pieces, self.not_arisen, &|_| path.to_owned())?;
        Some(CurveRule {
            reason: style,
            ..rule
        })
    }
}

fn holds_a_number(over: &Stretch, whole: &Stretch, domain: &Domain) -> bool {
    let Some(over) = over.meet(whole) else {
        return false;
    };
    match (domain, &over.lower, &over.upper) {
        (Domain::Whole { .. }, Bound::Included(low), Bound::Excluded(high)) => low.ceil() < *high,
        (Domain::Whole { .. }, Bound::Included(low), Bound::Included(high)) => low.ceil() <= *high,
        (Domain::Whole { .. }, Bound::Excluded(low), Bound::Included(high)) => low < &high.floor(),
        _ => true,
    }
}
