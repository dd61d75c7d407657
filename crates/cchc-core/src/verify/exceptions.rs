//! Exceptions that a leaf declares, held against what it would otherwise be told.
//!
//! `"exceptions": [{"of": "max_reachable", "reason": "…"}]` says that the leaf breaks an
//! obligation on purpose. The declaration must be needed: one without anything to excuse is
//! a fault, since it would hide the next mistake.

use crate::json::phrase;
use std::collections::BTreeMap;

use super::Verifier;
use super::nodes::{Node, list, text};

/// What a leaf may be excepted from, with what that says.
pub const EXCEPTIONS: &[(&str, &str)] = &[
    ("example", "an example of the source contradicts its rule"),
    ("max_reachable", "no record gives the maximum"),
    ("min_reachable", "no record gives the minimum"),
    ("monotone", "points do not move with the quantity"),
    ("proof", "one side of a share or count needs no document"),
    (
        "threshold_unit",
        "percents really are as small, or as large, as they look",
    ),
    ("title", "another component bears the same title"),
    ("unproved", "silence gives more than a proved fact"),
];

/// Declarations of all leaves, by the path of the leaf.
pub(super) struct Exceptions(BTreeMap<String, Vec<Declared>>);

struct Declared {
    path: String,
    of: String,
    leaf: Option<String>,
    /// Whether the leaf could be analysed.
    read: bool,
    used: bool,
}

impl Exceptions {
    pub(super) fn of(nodes: &[Node<'_>]) -> Self {
        let mut all: BTreeMap<String, Vec<Declared>> = BTreeMap::new();
        for node in nodes {
            for (index, json) in list(node.json, "exceptions").iter().enumerate() {
                all.entry(node.path.clone()).or_default().push(Declared {
                    path: node.at(&format!("exceptions[{index}]")),
                    of: text(json, "of").unwrap_or_default().to_owned(),
                    leaf: Some(node.code.to_owned()),
                    read: node.leaf.is_some(),
                    used: false,
                });
            }
        }
        Exceptions(all)
    }
}

impl Verifier<'_> {
    /// Whether the node at a path declares an exception to an obligation; then it was needed.
    pub(super) fn excused(&mut self, node: &str, of: &str) -> bool {
        let mut excused = false;
        for declared in self.exceptions.0.get_mut(node).into_iter().flatten() {
            if declared.of == of {
                declared.used = true;
                excused = true;
            }
        }
        excused
    }
}

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let unused: Vec<(String, String, Option<String>)> = ctx
        .exceptions
        .0
        .values()
        .flatten()
        .filter(|declared| !declared.used && declared.read)
        .map(|it| (it.path.clone(), it.of.clone(), it.leaf.clone()))
        .collect();
    for (path, of, leaf) in unused {
        ctx.fault(
            "exception-not-needed",
            &path,
            "an exception that something needs",
            phrase!("`{}`, which nothing needs", of),
            "remove the declaration",
        )
        .leaf(&leaf.unwrap_or_default());
    }
}
