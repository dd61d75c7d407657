//! Quantities: what the rules read, with windows, kind and proof.
//!
//! One with a fault is kept for as long as rules can be held against it, and its name is
//! known in any case, so that nothing is told as missing that only has a fault.

use super::Lowering;
use super::window::Times;
use crate::json::phrase;
use crate::model::Source;
use crate::rules::{Quantity, QuantityIndex};
use crate::wire::pack::QuantityWire;

impl Lowering<'_> {
    pub(super) fn add_quantity(&mut self, index: usize, wire: &QuantityWire, pack: &Times) {
        let path = format!("quantities[{index}]");
        if self.is_left_out(&path) {
            // Its name is borne all the same.
            if !self.by_id.contains_key(&wire.id) {
                self.broken.insert(wire.id.clone());
            }
            return;
        }
        self.part(&path, |ctx| {
            let absences = ctx.absences();
            ctx.sound_quantity(&path, wire, pack);
            ctx.figures(&path, &wire.sources, absences);
            Some(())
        });
    }

    fn sound_quantity(&mut self, path: &str, wire: &QuantityWire, pack: &Times) {
        if self.by_id.contains_key(&wire.id) || self.broken.contains(&wire.id) {
            self.twice("quantities", &format!("{path}.id"), &wire.id);
            return;
        }
        let window = match wire.window {
            None => Some(pack.window),
            Some(window) => self.window(&format!("{path}.window"), window),
        };
        let hand_in_by = wire.hand_in_by.unwrap_or(pack.hand_in_by);
        let (Some(window), Some(kind)) = (window, self.quantity_kind(path, &wire.kind)) else {
            self.broken.insert(wire.id.clone());
            return;
        };
        // Where both are those of the pack, the pack itself was told.
        let own = wire.window.is_some() || wire.hand_in_by.is_some();
        if own && hand_in_by < window.to() {
            self.fault(
                "hand-in-before-close",
                &format!("{path}.hand_in_by"),
                phrase!("a day not before the close of the window, {}", window.to()),
                format!("{hand_in_by}"),
                None,
            );
        }
        let document_window = match (wire.window, pack.document_window) {
            (None, Some(documents)) => documents,
            _ => window,
        };
        let events = kind.event().is_some();
        let proof = self.proof(
            &format!("{path}.proof"),
            &wire.proof,
            document_window,
            events,
        );
        self.by_id
            .insert(wire.id.clone(), QuantityIndex(self.quantities.len()));
        self.quantities.push(Quantity {
            id: wire.id.as_str().into(),
            path: path.to_owned(),
            title: wire.title.clone().into(),
            kind,
            window,
            hand_in_by,
            depends_on_upper_level: wire.depends_on.is_some(),
            proof,
            sources: wire.sources.iter().map(Source::from).collect(),
        });
    }
}
