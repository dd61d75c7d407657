//! `yes_no`: one flag, two answers (form 19).

use serde::Deserialize;

use super::decimal;
use crate::json::{Field, Shape};
use crate::rules::{ReasonStyle, Rule};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct YesNo {
    of: String,
    yes: Exact,
    no: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::required("of", Shape::Id, "Name of a flag."),
        decimal("yes", "Points for yes."),
        decimal("no", "Points for no."),
    ]
}

impl YesNo {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let labels = ("yes", "no");
        let points = (&self.yes, &self.no);
        ctx.flag_curve(path, &self.of, points, labels, ReasonStyle::Label)
            .map(Rule::Curve)
    }
}
