//! Final classes, their order, and the gates that cap them.
//!
//! Classes hold by their order and gates by the place of a class, so with a fault in one of
//! them none is given out.

use crate::json::{Phrase, phrase};
use std::collections::BTreeSet;

use super::Lowering;
use crate::model::{Class, ClassGate};
use crate::values::Exact;
use crate::wire::pack::{ClassWire, GateWire, PackWire};

impl Lowering<'_> {
    /// The classes; none where one of them has a fault, since they hold by their order.
    pub(super) fn classes(&mut self, wire: &PackWire) -> Vec<Class> {
        self.part("classes", |ctx| Some(ctx.checked_classes(wire)))
            .unwrap_or_default()
    }

    fn checked_classes(&mut self, wire: &PackWire) -> Vec<Class> {
        if wire.coverage == "partial" && !wire.classes.is_empty() {
            self.fault(
                "class-of-part",
                "classes",
                "no classes: a pack that covers part of a set gives points only",
                "classes",
                None,
            );
        }
        if self.is_whole("classes") {
            self.class_order(wire);
        }
        let names = wire.classes.iter().map(|class| class.id.as_str());
        self.distinct("classes", names, |index| format!("classes[{index}].id"));
        let class = |class: &ClassWire| Class {
            id: class.id.clone(),
            title: class.title.clone().into(),
            from: class.from.clone(),
        };
        wire.classes.iter().map(class).collect()
    }

    fn class_order(&mut self, wire: &PackWire) {
        let mut above: Option<&Exact> = None;
        for (index, class) in wire.classes.iter().enumerate() {
            let path = format!("classes[{index}].from");
            let (expected, found) = match &class.from {
                Some(from) if index + 1 == wire.classes.len() => (
                    Phrase::from("no `from` for the last class: it is for the rest"),
                    format!("`{from}`").into(),
                ),
                Some(from) => match above.replace(from) {
                    Some(above) if from >= above => (
                        phrase!("a number below `{}`, that of the class before", above),
                        format!("`{from}`").into(),
                    ),
                    _ => continue,
                },
                None if index + 1 < wire.classes.len() => (
                    "`from`: only the last class is without".into(),
                    Phrase::from("none"),
                ),
                None => continue,
            };
            self.fault("class-order", &path, expected, found, None);
        }
    }

    pub(super) fn class_gates(&mut self, wire: &PackWire) -> Vec<ClassGate> {
        // A gate names a class by its place among all of them.
        if self.is_left_out("classes") {
            return Vec::new();
        }
        let mut gates = Vec::new();
        let mut names = BTreeSet::new();
        for (index, gate) in wire.class_gates.iter().enumerate() {
            let path = format!("class_gates[{index}]");
            let again = !names.insert(gate.id.as_str());
            gates.extend(self.part(&path, |ctx| {
                if again {
                    ctx.twice("class gates", &format!("{path}.id"), &gate.id);
                }
                ctx.class_gate(&path, gate, wire)
            }));
        }
        gates
    }

    fn class_gate(&mut self, path: &str, gate: &GateWire, wire: &PackWire) -> Option<ClassGate> {
        let place = wire
            .classes
            .iter()
            .position(|class| class.id == gate.class_at_most);
        if place.is_none() {
            let known = wire.classes.iter().map(|class| class.id.as_str());
            let path = format!("{path}.class_at_most");
            self.unknown(&path, "class", &gate.class_at_most, known, "classes");
        }
        let truth = (&Exact::ONE, &Exact::ZERO);
        let unless = gate.unless.curve(&format!("{path}.unless"), truth, self);
        Some(ClassGate {
            id: gate.id.clone(),
            title: gate.title.clone().into(),
            unless: unless?,
            class_at_most: place?,
        })
    }
}
