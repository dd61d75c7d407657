//! `n_of_m`: so many of these flags (form 14).

use serde::Deserialize;

use super::decimal;
use crate::json::{Field, Shape, phrase};
use crate::rules::{
    Bound, Curve, CurveRule, Domain, Piece, QuantityKind, Reading, ReasonStyle, Rule, Stretch,
};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct NOfM {
    of: Vec<String>,
    at_least: u64,
    points: Exact,
    otherwise: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::required(
            "of",
            Shape::array(Shape::Id, 1, super::MAX_PARTS),
            "Names of flags.",
        ),
        Field::required(
            "at_least",
            Shape::Integer { min: 1, max: 1000 },
            "How many of them.",
        ),
        decimal("points", "Points for so many or more."),
        decimal("otherwise", "Points for fewer."),
    ]
}

impl NOfM {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let mut flags = Vec::new();
        for (index, name) in self.of.iter().enumerate() {
            let place = format!("{path}.of[{index}]");
            let of = ctx.quantity(&place, name)?;
            let QuantityKind::Flag { .. } = ctx.kind(of)? else {
                ctx.wrong_kind(&place, of, "a flag");
                return None;
            };
            flags.push(of);
        }
        let most = u64::try_from(flags.len()).unwrap_or(u64::MAX);
        if self.at_least > most {
            ctx.fault(
                "unreachable",
                &format!("{path}.at_least"),
                phrase!("at most {}, the number of flags", most),
                format!("{}", self.at_least),
                None,
            );
            return None;
        }
        let edge = Exact::from_u64(self.at_least);
        let few = Stretch {
            lower: Bound::Open,
            upper: Bound::Excluded(edge.clone()),
        };
        let enough = Stretch {
            lower: Bound::Included(edge),
            upper: Bound::Open,
        };
        let pieces = vec![
            Piece::constant(few, self.otherwise.clone(), "too_few").at(format!("{path}.otherwise")),
            Piece::constant(enough, self.points.clone(), "enough").at(format!("{path}.points")),
        ];
        let curve = Curve::new(pieces, Domain::Whole { most: Some(most) }).ok()?;
        let reading = Reading::Tally(flags);
        Some(Rule::Curve(CurveRule {
            reading,
            curve,
            not_arisen: None,
            reason: ReasonStyle::Label,
        }))
    }
}
