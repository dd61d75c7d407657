//! `judgement`: the points that an appraiser gives (forms 20, 34).

use serde::Deserialize;

use super::pieces::line;
use crate::json::{Field, Shape};
use crate::rules::{
    Curve, CurveRule, Domain, JudgementScale, QuantityKind, Reading, ReasonStyle, Rule, Stretch,
};
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Judgement {
    of: String,
}

pub(super) fn fields() -> Vec<Field> {
    vec![Field::required(
        "of",
        Shape::Id,
        "Name of a judgement with a range of points.",
    )]
}

impl Judgement {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let place = format!("{path}.of");
        let of = ctx.quantity(&place, &self.of)?;
        let QuantityKind::Judgement {
            scale: JudgementScale::Points { min, max },
        } = ctx.kind(of)?
        else {
            ctx.wrong_kind(&place, of, "a judgement with a range of points");
            return None;
        };
        let over = Stretch::closed(min.clone(), max.clone());
        let piece = line(over.clone(), "judged".to_owned(), (min, min), (max, max)).at(path);
        let curve = Curve::new(vec![piece], Domain::Dense(over)).ok()?;
        let reading = Reading::Number(of);
        Some(Rule::Curve(CurveRule {
            reading,
            curve,
            not_arisen: None,
            reason: ReasonStyle::Label,
        }))
    }
}
