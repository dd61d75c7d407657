//! Figures of different leaves that must agree.
//!
//! A term takes one number of a quantity: a part of a share, or the value of anything else.

use crate::json::phrase;
use std::collections::BTreeSet;

use super::Lowering;
use crate::model::{Consistency, Part, Term};
use crate::rules::QuantityKind;
use crate::values::Exact;
use crate::wire::pack::{ConsistencyWire, PackWire, TermWire};

impl Lowering<'_> {
    pub(super) fn consistency(&mut self, wire: &PackWire) -> Vec<Consistency> {
        let mut checks = Vec::new();
        let mut names = BTreeSet::new();
        for (index, check) in wire.consistency.iter().enumerate() {
            let path = format!("consistency[{index}]");
            let again = !names.insert(check.id.as_str());
            checks.extend(self.part(&path, |ctx| {
                if again {
                    ctx.twice("consistency checks", &format!("{path}.id"), &check.id);
                }
                ctx.check(&path, check)
            }));
        }
        checks
    }

    fn check(&mut self, path: &str, check: &ConsistencyWire) -> Option<Consistency> {
        let left = self.term(&format!("{path}.left"), &check.left);
        let right = self.term(&format!("{path}.right"), &check.right);
        Some(Consistency {
            id: check.id.clone(),
            title: check.title.clone().into(),
            left: left?,
            equal: check.relation == "equal",
            right: right?,
        })
    }

    fn term(&mut self, path: &str, wire: &TermWire) -> Option<Term> {
        let of = self.quantity(&format!("{path}.of"), &wire.of)?;
        let share = matches!(self.kind(of)?, QuantityKind::Share { .. });
        let part = match wire.part.as_str() {
            "won" => Part::Won,
            "lost" => Part::Lost,
            "open" => Part::Open,
            "total" => Part::Total,
            _ => Part::Value,
        };
        if share == (part == Part::Value) {
            let expected = phrase!("a quantity with the part `{}`", wire.part);
            self.wrong_kind(&format!("{path}.of"), of, expected);
            return None;
        }
        Some(Term {
            of,
            part,
            times: wire.times.clone().unwrap_or(Exact::ONE),
        })
    }
}
