//! A pack being built: its faults, its names and what was left out of it.
//!
//! Every fault goes through here, so that one place decides what is a fault of its own and
//! what only follows from a part that was left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::json::{Document, Fault, Phrase, Proposals, phrase};
use crate::rules::{Quantity, QuantityIndex, QuantityKind};
use crate::values::{Calendar, Exact};
use crate::wire::collected::Collected;
use crate::wire::pack::PackWire;

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
    pub(super) document: &'a Document,
    pub(super) calendar: &'a Calendar,
    /// Whether parts of the file were already left out; then names may be missing for that
    /// reason alone, and are not reported again.
    pub(super) pruned: bool,
    pub(super) faults: Collected,
    /// How many of them say that something is missing.
    absences: usize,
    proposals: Proposals,
    /// Patterns that were built, or why they cannot be.
    pub(super) patterns: BTreeMap<String, Result<regex::Regex, regex::Error>>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) by_id: BTreeMap<String, QuantityIndex>,
    /// Names of quantities that were left out because of a fault.
    pub(super) broken: BTreeSet<String>,
    pub(super) unit_classes: Vec<String>,
    pub(super) leaf_max: Exact,
    pub(super) sole: bool,
    /// Paths of the parts with a fault of their own.
    unsound: BTreeSet<String>,
    /// Paths of the parts that are not built, since they have a fault that is told.
    left_out: BTreeSet<String>,
}

impl<'a> Lowering<'a> {
    /// A pack of which nothing is built yet.
    ///
    /// `pruned` says that faulty parts were already left out of the document.
    pub(super) fn new(
        wire: &PackWire,
        document: &'a Document,
        pruned: bool,
        calendar: &'a Calendar,
    ) -> Self {
        // One that stands twice is told; what depends on the classes looks at each once.
        let mut unit_classes: Vec<String> = Vec::new();
        for class in &wire.unit_classes {
            if !unit_classes.contains(class) {
                unit_classes.push(class.clone());
            }
        }
        Lowering {
            document,
            calendar,
            pruned,
            faults: Collected::default(),
            absences: 0,
            proposals: Proposals::default(),
            patterns: BTreeMap::new(),
            quantities: Vec::new(),
            by_id: BTreeMap::new(),
            broken: BTreeSet::new(),
            unit_classes,
            leaf_max: Exact::ZERO,
            sole: false,
            unsound: BTreeSet::new(),
            left_out: BTreeSet::new(),
        }
    }

    /// The same pack to be built again without the parts that this round found unsound;
    /// `None` if it found none.
    pub(super) fn without_unsound(&mut self, wire: &PackWire) -> Option<Self> {
        let left_out = std::mem::take(&mut self.unsound);
        let again = Lowering::new(wire, self.document, self.pruned, self.calendar);
        (!left_out.is_empty()).then_some(Lowering {
            left_out,
            patterns: std::mem::take(&mut self.patterns),
            ..again
        })
    }

    /// Builds the part at `path`, unless it is to be left out; notes whether it has a fault.
    pub(super) fn part<T>(
        &mut self,
        path: &str,
        build: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.is_left_out(path) {
            return None;
        }
        let before = self.faults.count();
        let part = build(self);
        self.note(path, before);
        part
    }

    /// Notes that the part at `path` is unsound, if faults were told since there were `before`.
    pub(super) fn note(&mut self, path: &str, before: usize) {
        if self.faults.count() > before || !self.is_whole(path) {
            self.unsound.insert(path.to_owned());
        }
    }

    /// How many faults so far say that something is missing.
    pub(super) fn absences(&self) -> usize {
        self.absences
    }

    /// Whether a fault was told of the part at `path` itself.
    pub(super) fn is_unsound(&self, path: &str) -> bool {
        self.unsound.contains(path)
    }

    /// How many faults were told so far.
    pub(super) fn told(&self) -> usize {
        self.faults.count()
    }

    /// Whether the part at `path` is not to be built.
    pub(super) fn is_left_out(&self, path: &str) -> bool {
        self.left_out.contains(path)
    }

    /// Reports a fault at a path of the file.
    pub(in crate::wire) fn fault(
        &mut self,
        code: &'static str,
        path: &str,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
        help: Option<Phrase>,
    ) {
        if OF_ABSENCE.contains(&code) {
            if !self.is_whole(path) {
                return;
            }
            self.absences += 1;
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
        self.quantities
            .get(of.0)
            .is_none_or(|quantity| self.is_whole(&quantity.path))
    }

    /// Reports a name that nothing bears; `defined` is the list that would define it.
    pub(in crate::wire) fn unknown<'n>(
        &mut self,
        path: &str,
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        defined: &str,
    ) {
        if !self.is_whole(defined) {
            return;
        }
        let near = self.proposals.find(name, known);
        let help = near.map(|near| phrase!("did you mean `{}`?", near));
        let named = Phrase::from(what);
        let expected = if what.starts_with(['a', 'e', 'i', 'o']) {
            phrase!("the name of an {}", named)
        } else {
            phrase!("the name of a {}", named)
        };
        self.fault("unknown-name", path, expected, format!("`{name}`"), help);
    }

    /// Reports every name that stands twice; gives whether none does.
    ///
    /// `place` is the path of the n-th name.
    pub(super) fn distinct<'n>(
        &mut self,
        what: &'static str,
        names: impl IntoIterator<Item = &'n str>,
        place: impl Fn(usize) -> String,
    ) -> bool {
        let before = self.faults.count();
        let mut seen = BTreeSet::new();
        for (index, name) in names.into_iter().enumerate() {
            if !seen.insert(name) {
                self.twice(what, &place(index), name);
            }
        }
        self.faults.count() == before
    }

    /// Reports a name that another one of its kind bears already.
    pub(super) fn twice(&mut self, what: &'static str, path: &str, name: &str) {
        let expected = phrase!("names of {} that are used once", Phrase::from(what));
        self.fault("duplicate-name", path, expected, format!("`{name}`"), None);
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
    pub(in crate::wire) fn wrong_kind(
        &mut self,
        path: &str,
        of: QuantityIndex,
        expected: impl Into<Phrase>,
    ) {
        let found = self.kind(of).map_or("nothing", QuantityKind::name);
        self.fault("wrong-kind", path, expected, phrase!("a `{}`", found), None);
    }
}

/// The fields that are stated, in words.
pub(super) fn named(fields: &[(&str, bool)]) -> Phrase {
    let stated = fields.iter().filter(|(_, stated)| *stated);
    let names: Vec<String> = stated.map(|(name, _)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none of them".into(),
        [only] => phrase!("only {}", only),
        names => names.join(", ").into(),
    }
}
