//! The tree: groups with their caps, down to the leaves.
//!
//! Leaves go into one list in the order of the pack. A leaf with a fault is left out; a
//! group stays with the children that are sound.

use crate::json::{Phrase, phrase};
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Lowering;
use super::context::named;
use super::window::Times;
use crate::model::*;
use crate::values::Points;
use crate::wire::pack::{NodeWire, PackWire};

/// The tree being built; leaves are kept in one list.
pub(super) struct Tree<'a> {
    leaves: Vec<Leaf>,
    codes: BTreeSet<String>,
    pub(super) wire: &'a PackWire,
    pub(super) times: &'a Times,
}

/// Where a node stands.
pub(super) struct Place<'a> {
    pub(super) area: &'a str,
    pub(super) bonus_penalty: bool,
    pub(super) depth: usize,
}

impl<'a> Tree<'a> {
    pub(super) fn new(wire: &'a PackWire, times: &'a Times) -> Self {
        Tree {
            leaves: Vec::new(),
            codes: BTreeSet::new(),
            wire,
            times,
        }
    }

    /// The areas, and all leaves in the order of the pack.
    pub(super) fn areas(mut self, ctx: &mut Lowering<'_>) -> (Vec<Group>, Vec<Leaf>) {
        let mut areas = Vec::new();
        for (index, node) in self.wire.tree.iter().enumerate() {
            let path = format!("tree[{index}]");
            let bonus_penalty = node.block.is_some();
            let place = Place {
                area: &node.code,
                bonus_penalty,
                depth: 1,
            };
            match self.node(&path, node, &place, ctx) {
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
        (areas, self.leaves)
    }

    /// A node with all below it. A leaf with a fault is left out; a group stays with the
    /// children that are sound.
    fn node(
        &mut self,
        path: &str,
        node: &NodeWire,
        place: &Place<'_>,
        ctx: &mut Lowering<'_>,
    ) -> Option<Child> {
        if node.children.is_some() {
            return self.checked_node(path, node, place, ctx);
        }
        ctx.part(path, |ctx| {
            let absences = ctx.absences();
            let leaf = self.checked_node(path, node, place, ctx);
            ctx.figures(path, node.sources.as_deref().unwrap_or_default(), absences);
            leaf
        })
    }

    fn checked_node(
        &mut self,
        path: &str,
        node: &NodeWire,
        place: &Place<'_>,
        ctx: &mut Lowering<'_>,
    ) -> Option<Child> {
        let (before, absences) = (ctx.told(), ctx.absences());
        if !self.codes.insert(node.code.clone()) {
            let found = phrase!("`{}` again", node.code);
            ctx.fault(
                "duplicate-code",
                &format!("{path}.code"),
                "codes that are used once",
                found,
                None,
            );
        }
        let beside = |names: &[(&'static str, bool)]| {
            names
                .iter()
                .filter(|(_, present)| *present)
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
        };
        let (kind, stray) = match &node.children {
            Some(_) => (
                "group",
                beside(&[
                    ("min", node.min.is_some()),
                    ("unproved", node.unproved.is_some()),
                    ("scored_by", node.scored_by.is_some()),
                    ("not_applicable", node.not_applicable.is_some()),
                    ("validity", node.validity.is_some()),
                    ("examples", node.examples.is_some()),
                    ("exceptions", node.exceptions.is_some()),
                ]),
            ),
            None => (
                "leaf",
                beside(&[
                    ("cap", node.cap.is_some()),
                    ("floor", node.floor.is_some()),
                    ("block", node.block.is_some()),
                ]),
            ),
        };
        for name in stray {
            let other = if kind == "leaf" { "group" } else { "leaf" };
            let expected = phrase!("`{}` only in a {}", name, Phrase::from(other));
            let found = phrase!("it in a {}", Phrase::from(kind));
            ctx.fault(
                "misplaced-field",
                &format!("{path}.{name}"),
                expected,
                found,
                None,
            );
        }
        match (&node.children, &node.rule) {
            (Some(children), _) => {
                let place_below = Place {
                    depth: place.depth + 1,
                    ..*place
                };
                if node.block.is_some() {
                    let bounded = node.cap.is_some() && node.floor.is_some();
                    if place.depth > 1 || !bounded {
                        let found = match place.depth {
                            1 => named(&[
                                ("cap", node.cap.is_some()),
                                ("floor", node.floor.is_some()),
                            ]),
                            _ => "one inside another group".into(),
                        };
                        let expected =
                            "a bonus and penalty block at the top, with `cap` and `floor`";
                        ctx.fault("bad-block", path, expected, found, None);
                    }
                }
                if let (Some(cap), Some(floor)) = (&node.cap, &node.floor)
                    && floor > cap
                {
                    ctx.fault(
                        "floor-above-cap",
                        &format!("{path}.floor"),
                        phrase!("a floor of at most `{}`, the cap", cap),
                        format!("`{floor}`"),
                        None,
                    );
                }
                let sources = node.sources.as_deref().unwrap_or_default();
                ctx.figures(path, sources, absences);
                ctx.note(path, before);
                let mut list = Vec::new();
                for (index, child) in children.iter().enumerate() {
                    let path = format!("{path}.children[{index}]");
                    list.extend(self.node(&path, child, &place_below, ctx));
                }
                Some(Child::Group(Group {
                    code: node.code.clone(),
                    path: path.to_owned(),
                    title: node.title.clone().into(),
                    cap: node.cap.clone().map(Points::new),
                    floor: node.floor.clone().map(Points::new),
                    bonus_penalty: node.block.is_some(),
                    children: list,
                    bound: Arc::default(),
                }))
            }
            (None, Some(rule)) => {
                let leaf = self.leaf(path, node, rule, place, ctx)?;
                self.leaves.push(leaf);
                Some(Child::Leaf(self.leaves.len() - 1))
            }
            (None, None) => None,
        }
    }
}
