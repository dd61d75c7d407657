//! Quantities: what the rules read, with windows, kind and proof.
//!
//! One with a fault is kept for as long as rules can be held against it, and its name is
//! known in any case, so that nothing is told as missing that only has a fault.

use super::Lowering;
use super::proof::Asked;
use super::window::Times;
use crate::json::{Phrase, phrase};
use crate::model::Source;
use crate::rules::{Observation, Predecessors, Quantity, QuantityIndex, QuantityKind};
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
        let predecessors = match wire.predecessors.as_deref() {
            Some("sum") => Predecessors::Sum,
            _ => Predecessors::Own,
        };
        let observation = match wire.observation.as_deref() {
            Some("unit") => Observation::Unit,
            _ => Observation::Pack,
        };
        self.split_year(path, &kind, predecessors, observation);
        let asked = Asked {
            window: document_window,
            events: kind.event().is_some(),
            // What a quantity with a fault says of predecessors may be what is wrong.
            predecessors: match self.is_whole(path) {
                true => predecessors,
                false => Predecessors::Sum,
            },
        };
        let proof = self.proof(&format!("{path}.proof"), &wire.proof, asked);
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
            predecessors,
            observation,
            proof,
            sources: wire.sources.iter().map(Source::from).collect(),
        });
    }
    /// What a quantity says of predecessors and of the days on which the unit existed.
    fn split_year(
        &mut self,
        path: &str,
        kind: &QuantityKind,
        predecessors: Predecessors,
        observation: Observation,
    ) {
        if predecessors == Predecessors::Own {
            return;
        }
        let stands = match kind {
            QuantityKind::Count { .. } | QuantityKind::Share { .. } => None,
            QuantityKind::Measure { options, .. } if !options.is_empty() => {
                Some(Phrase::from("a mean of answers"))
            }
            QuantityKind::Measure { max: Some(max), .. } => {
                Some(phrase!("a measure that is at most {}", max))
            }
            QuantityKind::Measure { min: Some(min), .. } if min.is_negative() => {
                Some(phrase!("a measure that can be {}", min))
            }
            QuantityKind::Measure { .. } => None,
            kind => Some(phrase!("a `{}`", kind.name())),
        };
        if let Some(found) = stands {
            self.fault(
                "predecessors-not-summable",
                &format!("{path}.predecessors"),
                "`sum` for a count, a share, or a measure from 0 on without a largest number",
                found,
                Some("say `own`, or count something that can be added up".into()),
            );
        }
        if observation == Observation::Unit {
            self.fault(
                "predecessors-and-observation",
                &format!("{path}.observation"),
                "`predecessors: sum` or `observation: unit`, not both",
                "both",
                Some("predecessors are observed before the unit began".into()),
            );
        }
    }
}
