//! `sum`, `least`, `greatest`, `cap`, `gate`, `constant`: rules made of rules.

use serde::Deserialize;

use super::{Condition, RuleWire, condition, decimal};
use crate::json::{Field, Shape, phrase};
use crate::rules::Rule;
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Parts {
    parts: Vec<RuleWire>,
}

pub(super) fn parts_fields() -> Vec<Field> {
    vec![Field::required(
        "parts",
        Shape::array(Shape::Ref("rule"), 1, super::MAX_PARTS),
        "The rules that are put together.",
    )]
}

impl Parts {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Vec<Rule>> {
        let parts: Vec<_> = self
            .parts
            .iter()
            .enumerate()
            .map(|(index, part)| part.lower(&format!("{path}.parts[{index}]"), ctx))
            .collect();
        parts.into_iter().collect()
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Cap {
    part: Box<RuleWire>,
    at: Option<Exact>,
    floor: Option<Exact>,
}

pub(super) fn cap_fields() -> Vec<Field> {
    vec![
        Field::required("part", Shape::Ref("rule"), "The rule that is held."),
        Field::optional("at", Shape::Decimal, "Most points."),
        Field::optional("floor", Shape::Decimal, "Fewest points."),
    ]
}

impl Cap {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let part = self.part.lower(&format!("{path}.part"), ctx)?;
        if let (Some(at), Some(floor)) = (&self.at, &self.floor)
            && floor > at
        {
            ctx.fault(
                "floor-above-cap",
                path,
                phrase!("a floor of at most `{}`", at),
                format!("`{floor}`"),
                None,
            );
            return None;
        }
        Some(Rule::Cap {
            part: Box::new(part),
            at: self.at.clone(),
            floor: self.floor.clone(),
        })
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Gate {
    #[serde(rename = "if")]
    condition: Condition,
    then: Box<RuleWire>,
    otherwise: Box<RuleWire>,
}

pub(super) fn gate_fields() -> Vec<Field> {
    vec![
        Field::required("if", Shape::Object(condition::fields()), "The condition."),
        Field::required("then", Shape::Ref("rule"), "The rule where it holds."),
        Field::required("otherwise", Shape::Ref("rule"), "The rule where it fails."),
    ]
}

impl Gate {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let truth = (&Exact::ONE, &Exact::ZERO);
        let condition = self.condition.curve(&format!("{path}.if"), truth, ctx);
        let then = self.then.lower(&format!("{path}.then"), ctx);
        let otherwise = self.otherwise.lower(&format!("{path}.otherwise"), ctx);
        Some(Rule::Gate {
            condition: condition?,
            then: Box::new(then?),
            otherwise: Box::new(otherwise?),
        })
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct Constant {
    pub(super) points: Exact,
}

pub(super) fn constant_fields() -> Vec<Field> {
    vec![decimal("points", "The points.")]
}
