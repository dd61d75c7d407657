//! A pack being built: its faults, its names and what was left out of it.
//!
//! Every fault goes through here, so that one place decides what is a fault of its own and
//! what only follows from a part that was left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::{Document, Fault, MAX_FAULTS, did_you_mean};
use crate::rules::{Quantity, QuantityIndex, QuantityKind};
use crate::values::{Calendar, Exact};

/// Codes that say that something is missing, or that depend on it: told only of parts from
/// which nothing was left out.
const OF_ABSENCE: &[&str] = &[
    "bad-block",
    "bad-due",
    "bad-reading",
    "class-missing",
    "class-order",
    "endless-line",
    "event-source",
    "hand-in-before-close",
    "judgement-scale",
    "leaf-range",
    "missing-bound",
    "missing-full-at",
    "missing-is",
    "missing-max",
    "missing-roll",
    "missing-unit",
    "no-source",
    "share-by-figure",
    "target-share",
    "verdict-steps",
    "zero-denominator",
];

/// A pack being built.
pub(in crate::wire) struct Lowering<'a> {
    pub(in crate::wire) document: &'a Document,
    pub(in crate::wire) calendar: &'a Calendar,
    /// Whether parts of the file were already left out; then names may be missing for that
    /// reason alone, and are not reported again.
    pub(in crate::wire) pruned: bool,
    pub(in crate::wire) faults: Vec<Fault>,
    pub(in crate::wire) quantities: Vec<Quantity>,
    pub(in crate::wire) by_id: BTreeMap<String, QuantityIndex>,
    /// For each quantity, its path in the document.
    pub(in crate::wire) places: Vec<String>,
    /// Names of quantities that were left out because of a fault.
    pub(in crate::wire) broken: BTreeSet<String>,
    pub(in crate::wire) unit_classes: Vec<String>,
    pub(in crate::wire) leaf_max: Exact,
    pub(in crate::wire) sole: bool,
}

impl Lowering<'_> {
    /// Reports a fault at a path of the file.
    pub(in crate::wire) fn fault(
        &mut self,
        code: &'static str,
        path: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
        help: Option<String>,
    ) {
        if OF_ABSENCE.contains(&code) && !self.is_whole(path) {
            return;
        }
        self.faults.push(Fault {
            code,
            place: self.document.place(path),
            expected: expected.into(),
            found: found.into(),
            help,
        });
    }

    /// Whether nothing was left out at a path of the file.
    ///
    /// What seems to be missing from a part that is not whole may only be faulty.
    pub(in crate::wire) fn is_whole(&self, path: &str) -> bool {
        !self.pruned || self.document.is_whole(path)
    }

    /// Whether nothing was left out of a quantity.
    pub(in crate::wire) fn is_whole_quantity(&self, of: QuantityIndex) -> bool {
        self.places.get(of.0).is_none_or(|path| self.is_whole(path))
    }

    /// Reports a name that nothing bears; `defined` is the list that would define it.
    pub(in crate::wire) fn unknown<'n>(
        &mut self,
        path: &str,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        defined: &str,
    ) {
        if !self.is_whole(defined) {
            return;
        }
        // Beyond the limit faults are only counted, and a search through all names is wasted.
        let near = (self.faults.len() < MAX_FAULTS)
            .then(|| did_you_mean(name, known))
            .flatten();
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let article = if what.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        self.fault(
            "unknown-name",
            path,
            format!("the name of {article} {what}"),
            format!("`{name}`"),
            help,
        );
    }

    /// The quantity of a name.
    pub(in crate::wire) fn quantity(&mut self, path: &str, name: &str) -> Option<QuantityIndex> {
        if let Some(index) = self.by_id.get(name) {
            return Some(*index);
        }
        // A quantity with a fault of its own is there all the same.
        if !self.broken.contains(name) {
            let by_id = std::mem::take(&mut self.by_id);
            let known = by_id.keys().map(String::as_str);
            self.unknown(path, "quantity", name, known, "quantities");
            self.by_id = by_id;
        }
        None
    }

    /// The kind of a quantity.
    pub(in crate::wire) fn kind(&self, of: QuantityIndex) -> Option<&QuantityKind> {
        self.quantities.get(of.0).map(|quantity| &quantity.kind)
    }

    /// Classes of unit that the pack names.
    pub(in crate::wire) fn unit_classes(&self) -> &[String] {
        &self.unit_classes
    }

    /// The maximum of the leaf whose rule is lowered.
    pub(in crate::wire) fn leaf_max(&self) -> &Exact {
        &self.leaf_max
    }

    /// Reports a quantity of the wrong kind.
    pub(in crate::wire) fn wrong_kind(&mut self, path: &str, of: QuantityIndex, expected: &str) {
        let found = self.kind(of).map_or("nothing", QuantityKind::name);
        self.fault("wrong-kind", path, expected, format!("a `{found}`"), None);
    }
}

/// The fields that are stated, in words.
pub(super) fn named(fields: &[(&str, bool)]) -> String {
    let stated = fields.iter().filter(|(_, stated)| *stated);
    let names: Vec<String> = stated.map(|(name, _)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none of them".to_owned(),
        [only] => format!("only {only}"),
        names => names.join(", "),
    }
}
