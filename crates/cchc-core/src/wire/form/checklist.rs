//! `checklist`: flags that each bring their own points (form 13).

use serde::Deserialize;

use super::decimal;
use crate::json::{Field, Shape};
use crate::rules::{ReasonStyle, Rule};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Checklist {
    items: Vec<Item>,
}

#[derive(Debug, Deserialize)]
struct Item {
    of: String,
    points: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    let item = vec![
        Field::required("of", Shape::Id, "Name of a flag."),
        decimal("points", "Points for yes."),
    ];
    vec![Field::required(
        "items",
        Shape::array(Shape::Object(item), 1, super::MAX_PARTS),
        "Flags and their points.",
    )]
}

impl Checklist {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let parts: Vec<_> = self
            .items
            .iter()
            .enumerate()
            .map(|(index, item)| {
                let place = format!("{path}.items[{index}]");
                let points = (&item.points, &Exact::ZERO);
                let style = ReasonStyle::Named(item.of.clone());
                ctx.flag_curve(&place, &item.of, points, ("yes", "no"), style)
                    .map(Rule::Curve)
            })
            .collect();
        parts.into_iter().collect::<Option<Vec<_>>>().map(Rule::Sum)
    }
}
