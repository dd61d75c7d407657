//! Quantities that nothing reads: most often a name that was meant and not written.

use crate::json::phrase;
use std::collections::BTreeSet;

use super::Verifier;
use crate::rules::QuantityIndex;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let pack = ctx.pack;
    // A part that was left out may read it.
    if !ctx.is_whole() {
        return;
    }
    let leaves = pack.leaves.iter().flat_map(|leaf| &leaf.quantities);
    let gates = pack.class_gates.iter();
    let gates = gates.flat_map(|gate| gate.unless.reading.quantities());
    let checks = pack.consistency.iter();
    let checks = checks.flat_map(|check| [&check.left.of, &check.right.of]);
    let read: BTreeSet<QuantityIndex> = leaves.chain(gates).chain(checks).copied().collect();
    for (index, quantity) in pack.quantities.iter().enumerate() {
        if !read.contains(&QuantityIndex(index)) {
            ctx.fault(
                "quantity-unused",
                &quantity.path,
                "a quantity that a rule, a gate or a check reads",
                phrase!("`{}`, which nothing reads", quantity.id),
                "remove it, or mend the name that a rule reads",
            )
            .warn();
        }
    }
}
