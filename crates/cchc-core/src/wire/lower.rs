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

use std::collections::BTreeSet;
use std::sync::Arc;

pub(super) use context::Lowering;
pub use fineness::{MAX_READ_DIGITS, MAX_RULE_DIGITS, MAX_SUM_DIGITS};
pub use pattern::{MAX_PATTERN_BYTES, MAX_PATTERNS};
pub(super) use reading::Read;
use tree::{Place, Tree};
use window::Times;

use super::collected::Collected;
use super::pack::{PackWire, WindowWire};
use crate::json::Document;
use crate::model::*;
use crate::values::{Calendar, Points, Rounding, Window};

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

fn build(wire: &PackWire, ctx: &mut Lowering<'_>) -> Option<Pack> {
    let validity = ctx.window("validity", wire.validity);
    let window = ctx.window("window", wire.window);
    let document_window = wire
        .document_window
        .map(|it| ctx.window("document_window", it));
    let rounding = match Rounding::new(wire.rounding.places, wire.rounding.mode) {
        Ok(rounding) => Some(rounding),
        Err(error) => {
            ctx.fault(
                "bad-rounding",
                "rounding",
                "0 to 6 places",
                error.to_string(),
                None,
            );
            None
        }
    };
    // A window that is told as reversed is turned, so that the rest is checked all the same.
    let turned = |wire: WindowWire| Window::new(wire.to, wire.from).ok();
    let closed = window.is_some();
    let (Some(validity), Some(window)) = (
        validity.or(turned(wire.validity)),
        window.or(turned(wire.window)),
    ) else {
        return None;
    };
    if closed && wire.hand_in_by < window.to() {
        let expected = format!("a day not before the close, {}", window.to());
        let found = format!("{}", wire.hand_in_by);
        ctx.fault("hand-in-before-close", "hand_in_by", expected, found, None);
    }
    let offices = wire.offices.iter().map(|office| office.id.as_str());
    ctx.distinct("offices", offices, |index| format!("offices[{index}].id"));
    let unit_classes = wire.unit_classes.iter().map(String::as_str);
    ctx.distinct("classes of unit", unit_classes, |index| {
        format!("unit_classes[{index}]")
    });
    let absences = ctx.absences();
    ctx.figures("$", &wire.sources, absences);
    let times = Times {
        window,
        document_window: document_window.flatten(),
        hand_in_by: wire.hand_in_by,
    };
    for (index, quantity) in wire.quantities.iter().enumerate() {
        ctx.add_quantity(index, quantity, &times);
    }
    let mut tree = Tree {
        leaves: Vec::new(),
        codes: BTreeSet::new(),
        wire,
        times: &times,
    };
    let mut areas = Vec::new();
    for (index, node) in wire.tree.iter().enumerate() {
        let path = format!("tree[{index}]");
        let bonus_penalty = node.block.is_some();
        let place = Place {
            area: &node.code,
            bonus_penalty,
            depth: 1,
        };
        match tree.node(&path, node, &place, ctx) {
            Some(Child::Group(group)) => areas.push(group),
            // A leaf at the top is its own area.
            Some(leaf) => areas.push(Group {
                code: node.code.clone(),
                path,
                title: node.title.clone().into(),
                cap: None,
                floor: None,
                bonus_penalty,
                children: vec![leaf],
                bound: Arc::default(),
            }),
            None => {}
        }
    }
    let leaves = std::mem::take(&mut tree.leaves);
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
        window,
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
        consistency,
        sources: wire.sources.iter().map(Source::from).collect(),
        digest: ctx.document.digest(),
        leaf_by_code,
        quantity_by_id: std::mem::take(&mut ctx.by_id),
    })
}
