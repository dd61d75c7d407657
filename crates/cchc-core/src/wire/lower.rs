//! From the JSON of a pack to a pack: names resolved, forms lowered, faults collected.
//!
//! Every fault is reported, not the first one, and what only follows from another fault is
//! not. Of a pack with faults the sound parts are given out beside them: leaves and quantities
//! without a fault, and whatever needs no others.

mod class;
mod consistency;
mod context;
mod curve;
mod due;
mod fineness;
mod kind;
mod leaf;
mod pattern;
mod proof;
mod quantity;
mod reading;
mod source;
mod total;
mod tree;
mod window;

pub(super) use context::Lowering;
pub use fineness::{MAX_READ_DIGITS, MAX_RULE_DIGITS, MAX_SUM_DIGITS};
pub use pattern::{MAX_PATTERN_BYTES, MAX_PATTERNS};
pub(super) use reading::Read;
use std::collections::BTreeMap;

use tree::Tree;

use super::collected::Collected;
use super::pack::PackWire;
use crate::json::Document;
use crate::model::*;
use crate::values::{Calendar, Points};

/// What is sound of the pack in a document whose shape was checked, and the faults of the rest.
///
/// `pruned` says that faulty parts were left out of the document. Leaves and quantities with
/// a fault, and what reads such a quantity, are not in the pack; it is `None` where a fault
/// concerns all of it.
pub(super) fn pack(
    wire: &PackWire,
    document: &Document,
    pruned: bool,
    calendar: &Calendar,
) -> (Option<Pack>, Collected) {
    let mut ctx = Lowering::new(wire, document, pruned, calendar);
    let pack = build(wire, &mut ctx);
    // Parts with a fault were built as far as possible, so that others are held against them.
    // What is given out is built again without them.
    let pack = match ctx.without_unsound(wire) {
        None => pack,
        Some(mut again) => build(wire, &mut again),
    };
    (pack, ctx.faults)
}

/// Effort by kind; the shape refuses kinds that there are not.
fn effort(wire: &PackWire) -> BTreeMap<ActKind, u64> {
    let each = wire.effort.iter();
    each.filter_map(|(code, units)| Some((ActKind::from_code(code)?, *units)))
        .collect()
}

fn build(wire: &PackWire, ctx: &mut Lowering<'_>) -> Option<Pack> {
    let rounding = ctx.rounding(wire);
    let (validity, times) = ctx.times(wire)?;
    let offices = wire.offices.iter().map(|office| office.id.as_str());
    ctx.distinct("offices", offices, |index| format!("offices[{index}].id"));
    let unit_classes = wire.unit_classes.iter().map(String::as_str);
    ctx.distinct("classes of unit", unit_classes, |index| {
        format!("unit_classes[{index}]")
    });
    let absences = ctx.absences();
    ctx.figures("$", &wire.sources, absences);
    for (index, quantity) in wire.quantities.iter().enumerate() {
        ctx.add_quantity(index, quantity, &times);
    }
    let (areas, leaves) = Tree::new(wire, &times).areas(ctx);
    if ctx.is_coarse_sum(wire, &leaves, rounding) {
        ctx.totals(wire);
    }
    let classes = ctx.classes(wire);
    let class_gates = ctx.class_gates(wire);
    let consistency = ctx.consistency(wire);
    let leaf_by_code = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| (leaf.code.clone(), index))
        .collect();
    let decision = wire.decision.as_ref().map(|decision| Decision {
        number: decision.number.clone(),
        date: decision.date,
        title: decision.title.clone(),
    });
    Some(Pack {
        id: wire.id.clone(),
        title: wire.title.clone().into(),
        note: wire.note.clone(),
        level: wire.level.clone(),
        scored_year: wire.scored_year,
        issuer: wire.issuer.clone(),
        decision,
        validity,
        window: times.window,
        hand_in_by: wire.hand_in_by,
        coverage: match wire.coverage.as_str() {
            "whole" => Coverage::Whole,
            _ => Coverage::Partial,
        },
        max: Points::new(wire.max.clone()),
        rounding: rounding?,
        offices: wire
            .offices
            .iter()
            .map(|office| (office.id.clone(), office.title.clone().into()))
            .collect(),
        unit_classes: ctx.unit_classes().to_vec(),
        quantities: std::mem::take(&mut ctx.quantities),
        areas,
        leaves,
        classes,
        class_gates,
        effort: effort(wire),
        consistency,
        sources: wire.sources.iter().map(Source::from).collect(),
        digest: ctx.document.digest(),
        leaf_by_code,
        quantity_by_id: std::mem::take(&mut ctx.by_id),
    })
}
