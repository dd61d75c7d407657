//! Totals add up: a stated maximum is the sum of what stands below it.
//!
//! A group with a cap may state its cap or the sum. Each total is held against the totals
//! stated directly below it, so that one wrong number is told once.

use super::Verifier;
use super::nodes::{Node, decimal};
use crate::values::Exact;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (place, node) in ctx.nodes.iter().enumerate() {
        if node.is_leaf() {
            continue;
        }
        if let (Some(cap), Some(floor)) = (decimal(node.json, "cap"), decimal(node.json, "floor"))
            && floor > cap
        {
            ctx.fault(
                "floor-above-cap",
                &node.at("floor"),
                format!("a floor of at most `{cap}`"),
                format!("`{floor}`"),
                "mend one of them",
            );
        }
        let Some(stated) = decimal(node.json, "max") else {
            continue;
        };
        if let Some(sums) = sums(ctx, place)
            && !sums.contains(&stated)
        {
            told(ctx, &node.at("max"), &stated, &sums);
        }
    }
    let Some(stated) = decimal(ctx.document.value(), "max") else {
        return;
    };
    let mut totals = vec![Exact::ZERO];
    for (place, node) in ctx.nodes.iter().enumerate() {
        if !node.around.is_empty() || node.json.get("block").is_some() {
            continue;
        }
        let Some(list) = worth(ctx, place) else {
            return;
        };
        totals = plus(&totals, &list);
    }
    if ctx.document.is_whole("tree") && !totals.contains(&stated) {
        told(ctx, "max", &stated, &totals);
    }
}

fn told(ctx: &mut Verifier<'_>, path: &str, stated: &Exact, sums: &[Exact]) {
    let mut sums: Vec<String> = sums.iter().map(|sum| format!("`{sum}`")).collect();
    sums.dedup();
    ctx.fault(
        "sum-mismatch",
        path,
        format!("{}, the sum of what stands below", sums.join(" or ")),
        format!("`{stated}`"),
        "mend the total, or the maximum of one of the parts",
    );
}

/// What a node may count for in the total around it; `None` where a part is missing.
fn worth(ctx: &Verifier<'_>, place: usize) -> Option<Vec<Exact>> {
    let node = ctx.nodes.get(place)?;
    match decimal(node.json, "max") {
        // What a capped group states may be its cap, and its leaves still count in full.
        Some(stated) if node.json.get("cap").is_some() => {
            let sums = sums(ctx, place)?;
            Some(sums.into_iter().chain([stated]).collect())
        }
        Some(stated) => Some(vec![stated]),
        None if node.is_leaf() => None,
        None => sums(ctx, place),
    }
}

/// The sum of the children, and the cap where it is lower.
fn sums(ctx: &Verifier<'_>, place: usize) -> Option<Vec<Exact>> {
    let node: &Node<'_> = ctx.nodes.get(place)?;
    if !ctx.document.is_whole(&node.at("children")) {
        return None;
    }
    let mut sums = vec![Exact::ZERO];
    for below in &node.children {
        sums = plus(&sums, &worth(ctx, *below)?);
    }
    if let Some(cap) = decimal(node.json, "cap") {
        let held: Vec<Exact> = sums
            .iter()
            .map(|sum| sum.clone().min(cap.clone()))
            .collect();
        sums.extend(held);
        sums.dedup();
    }
    Some(sums)
}

/// Every sum of one of each; a cap gives a node two readings, so there are few.
fn plus(one: &[Exact], other: &[Exact]) -> Vec<Exact> {
    let mut sums: Vec<Exact> = one
        .iter()
        .flat_map(|a| other.iter().map(move |b| a + b))
        .collect();
    sums.sort();
    sums.dedup();
    // Many capped groups side by side: the lowest and the highest reading are enough.
    if sums.len() > 8 {
        let last = sums.pop();
        sums.truncate(1);
        sums.extend(last);
    }
    sums
}
