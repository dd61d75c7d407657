//! Where predecessors are added up, proof is asked of them as it is of the unit itself.
//!
//! A role can be asked of one side only. If then a figure of the other side needs no document
//! where the same figure of this side does, what is not proved would be counted as proved.

use super::Verifier;
use crate::json::{Phrase, phrase};
use crate::rules::*;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let pack = ctx.pack;
    for quantity in &pack.quantities {
        if quantity.predecessors == Predecessors::Own {
            continue;
        }
        let path = format!("{}.proof", quantity.path);
        for (of_predecessor, side, other) in [
            (true, "predecessors", "unit"),
            (false, "the unit", "predecessor"),
        ] {
            let Some(what) = free(&quantity.proof, of_predecessor) else {
                continue;
            };
            let (what, side) = (Phrase::from(what), Phrase::from(side));
            ctx.fault(
                "proof-one-sided",
                &path,
                phrase!(
                    "a role that is asked of {} of {}, as one is of the other side",
                    what,
                    side
                ),
                phrase!("only roles with `of` `{}`", other),
                "leave `of` out of one of the roles, or add a role for the other side",
            );
            // One half of a proof that is missing is told once.
            break;
        }
    }
}

/// What needs no document on one side, though it does on the other.
fn free(proof: &Proof, of_predecessor: bool) -> Option<&'static str> {
    let asked = |when: When, of_predecessor: bool| {
        let mut roles = proof.roles.iter();
        roles.any(|it| (it.when == When::Always || it.when == when) && it.of.asks(of_predecessor))
    };
    [(When::Some, "figures"), (When::None, "\"none\"")]
        .into_iter()
        .find(|(when, _)| asked(*when, !of_predecessor) && !asked(*when, of_predecessor))
        .map(|(_, what)| what)
}
