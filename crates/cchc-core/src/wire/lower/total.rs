//! Totals: what the pack and its groups state as `max`, against what is below them.
//!
//! The most that a group can give is the sum of what its children can give, held by its
//! `cap`; the floor holds points, not the maximum. The pack adds up its areas outside the
//! bonus and penalty block. A sum is told only where every part of it is without a fault,
//! so that one wrong number is one fault.

use super::Lowering;
use crate::json::{Phrase, phrase};
use crate::values::Exact;
use crate::wire::pack::{NodeWire, PackWire};

impl Lowering<'_> {
    /// Reports each `max` that differs from the sum below it.
    pub(super) fn totals(&mut self, wire: &PackWire) {
        let mut sum = Some(Exact::ZERO);
        for (index, node) in wire.tree.iter().enumerate() {
            let most = self.most(&format!("tree[{index}]"), node);
            // Whether a block with a fault is one at all may be what is wrong.
            sum = match node.block {
                None => add(sum, most),
                Some(_) => sum.filter(|_| most.is_some()),
            };
        }
        // An area that was left out as faulty would be missing from the sum.
        let sum = sum.filter(|_| self.is_whole("tree"));
        if let Some(sum) = sum.filter(|sum| *sum != wire.max) {
            self.fault(
                "max-does-not-add-up",
                "max",
                phrase!(
                    "`{}`, the sum over the tree outside the bonus and penalty block",
                    sum
                ),
                format!("`{}`", wire.max),
                Some("mend the number, or a `max` in the tree".into()),
            );
        }
    }

    /// The most points of a node; `None` where a fault of it or below it was told.
    fn most(&mut self, path: &str, node: &NodeWire) -> Option<Exact> {
        let Some(children) = &node.children else {
            return node.max.clone().filter(|_| !self.is_unsound(path));
        };
        let mut sum = Some(Exact::ZERO);
        for (index, child) in children.iter().enumerate() {
            sum = add(sum, self.most(&format!("{path}.children[{index}]"), child));
        }
        let sum = sum.filter(|_| !self.is_unsound(path))?;
        let (most, what) = match &node.cap {
            Some(cap) if *cap < sum => (cap.clone(), "its `cap`, which is below the sum"),
            _ => (sum, "the sum of its children"),
        };
        if let Some(max) = node.max.as_ref().filter(|max| **max != most) {
            self.fault(
                "max-does-not-add-up",
                &format!("{path}.max"),
                phrase!("`{}`, {}", most, Phrase::from(what)),
                format!("`{max}`"),
                Some("mend the number, or a `max` below it".into()),
            );
            return None;
        }
        Some(most)
    }
}

fn add(sum: Option<Exact>, part: Option<Exact>) -> Option<Exact> {
    Some(&sum? + &part?)
}
