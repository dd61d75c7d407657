//! `per_obligation`: points for each obligation, on time, late or missing (form 1).

use serde::Deserialize;

use super::decimal;
use crate::json::{Field, Shape};
use crate::rules::{ObligationRule, QuantityKind, Rule};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct PerObligation {
    of: String,
    met: Exact,
    late: Exact,
    missing: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    vec![
        Field::required("of", Shape::Id, "Name of a due set."),
        decimal("met", "Points for an obligation met on time."),
        decimal("late", "Points for an obligation met late."),
        decimal("missing", "Points for an obligation not met."),
    ]
}

impl PerObligation {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let of = ctx.quantity(&format!("{path}.of"), &self.of)?;
        let QuantityKind::DueSet { obligations, .. } = ctx.kind(of)? else {
            ctx.wrong_kind(&format!("{path}.of"), of, "a due set");
            return None;
        };
        let size = obligations.len();
        ctx.owed_by_each(&format!("{path}.of"), of)?;
        let size = u64::try_from(size).unwrap_or(u64::MAX);
        Some(Rule::Obligations(ObligationRule {
            of,
            size,
            met: self.met.clone(),
            late: self.late.clone(),
            missing: self.missing.clone(),
        }))
    }
}
