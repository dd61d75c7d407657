//! Whether a pack is fit to publish: every obligation decided, every fault at once.
//!
//! `read` makes a pack usable; this says whether anyone should be scored by it. Nothing is
//! sampled: rules are pieces, so ends, directions and dead parts are worked out exactly. A
//! fault that a record can show carries the smallest such record, replayed through `final`
//! before it is told. What cannot be decided is listed, never passed over.
//!
//! One obligation is one file. A leaf may declare an exception to an obligation; one that
//! is not needed is a fault of its own.
//!
//! Left out: mutation and coverage beyond thresholds and reasons.

mod cases;
mod comparison;
mod examples;
mod exceptions;
mod extreme;
mod gates;
mod input;
mod monotone;
mod nodes;
mod number;
mod patterns;
mod pieces;
mod predecessors;
mod proofs;
mod reach;
mod silence;
mod sources;
mod titles;
mod units;
mod unused;
mod windows;
mod witness;

pub use exceptions::EXCEPTIONS;
pub use witness::{Witness, WitnessRecord};

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::answer::ENGINE_VERSION;
use crate::json::{Document, Fault, MAX_FAULTS, Phrase, Place, phrase};
use crate::model::Pack;
use crate::values::Calendar;
use crate::wire::Case;
use exceptions::Exceptions;
use monotone::Direction;
use nodes::Node;
use silence::Silence;

/// What verification of a pack found.
#[derive(Clone, Debug, Serialize)]
pub struct Verification {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Version of the library.
    pub engine: String,
    /// Name of the pack; `None` where the file is no pack at all.
    pub pack: Option<String>,
    /// Digest of the pack.
    pub digest: Option<String>,
    /// Reasons not to publish the pack, in the order of the file.
    pub faults: Vec<Flaw>,
    /// What should be looked at.
    pub warnings: Vec<Flaw>,
    /// What could not be decided.
    pub not_analysed: Vec<NotAnalysed>,
}

impl Verification {
    /// Whether nothing stands against publishing the pack.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty()
    }
}

/// How much a flaw weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// The pack is not fit to publish.
    Fault,
    /// Somebody should look at it.
    Warning,
}

/// One reason not to publish a pack, or one thing to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Flaw {
    /// Stable code, as listed in `rules/FAULTS.md`.
    pub code: &'static str,
    /// How much it weighs.
    pub severity: Weight,
    /// Where it stands: file, line, column and path.
    #[serde(flatten)]
    pub place: Place,
    /// Code of the leaf, where it concerns one.
    pub leaf: Option<String>,
    /// What a sound pack has there.
    pub expected: Phrase,
    /// What stands there instead.
    pub found: Phrase,
    /// What to do next.
    pub help: Option<Phrase>,
    /// The smallest records that show it.
    pub witness: Option<Witness>,
}

/// A part of the pack that an obligation could not be decided for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NotAnalysed {
    /// Why, as a stable code: see [`NOT_ANALYSED`].
    pub why: &'static str,
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// Code of the leaf, where it concerns one.
    pub leaf: Option<String>,
}

/// Reasons why a part is not analysed, with what they say.
pub const NOT_ANALYSED: &[(&str, &str)] = &[
    (
        "cohort",
        "points depend on the figures of other units; range and direction hold by the form",
    ),
    (
        "judged",
        "an appraiser gives the points; only their range is known",
    ),
    (
        "no-cases",
        "no worked case was given, so thresholds and reasons were not held against any",
    ),
    (
        "not-read",
        "the part has a fault of its own, so nothing further was asked of it",
    ),
    (
        "too-many-shares",
        "the share has more possible values than can be gone through",
    ),
];

/// Leaves that are closed for witnesses at most; beyond it faults are told without one.
const MOST_EFFORT: usize = 200_000;

/// Verifies a pack that was read.
///
/// `document` is the file of the pack and `read` what the reader found wrong in it; the pack
/// may be the sound part of a faulty file. `cases` are the pack's worked cases; without any,
/// what is asked of cases is listed as not analysed.
///
/// Nothing here fails: what is wrong is in the answer.
pub fn verify(
    pack: &Pack,
    document: &Document,
    read: Vec<Fault>,
    cases: &[Case],
    calendar: &Calendar,
) -> Verification {
    let nodes = nodes::all(document.value(), pack);
    let mut ctx = Verifier {
        pack,
        document,
        calendar,
        cases,
        exceptions: Exceptions::of(&nodes),
        nodes: &nodes,
        whole: read.is_empty(),
        silence: Silence::default(),
        crooked: BTreeSet::new(),
        better: monotone::declared(document.value()),
        effort: Cell::new(MOST_EFFORT),
        flaws: Vec::new(),
        not_analysed: Vec::new(),
    };
    ctx.silence = Silence::close(&ctx);
    for node in nodes.iter().filter(|node| node.is_leaf()) {
        if node.leaf.is_none() {
            ctx.not_analysed("not-read", &node.path, Some(node.code));
        }
    }
    titles::verify(&mut ctx);
    sources::verify(&mut ctx);
    windows::verify(&mut ctx);
    patterns::verify(&mut ctx);
    proofs::verify(&mut ctx);
    predecessors::verify(&mut ctx);
    units::verify(&mut ctx);
    pieces::verify(&mut ctx);
    gates::verify(&mut ctx);
    unused::verify(&mut ctx);
    reach::verify(&mut ctx);
    monotone::verify(&mut ctx);
    silence::verify(&mut ctx);
    examples::verify(&mut ctx);
    cases::verify(&mut ctx);
    exceptions::verify(&mut ctx);
    let told = units::consequences(&ctx);
    let read = read
        .into_iter()
        .filter(|fault| !told(fault))
        .map(Flaw::from);
    let mut flaws: Vec<Flaw> = read.collect();
    flaws.append(&mut ctx.flaws);
    let mut not_analysed = ctx.not_analysed;
    not_analysed.sort_by(|a, b| (&a.place, a.why).cmp(&(&b.place, b.why)));
    answer(
        Some((pack.id.clone(), pack.digest.clone())),
        flaws,
        not_analysed,
    )
}

/// The answer for a file of which no pack could be made.
pub fn unreadable(faults: Vec<Fault>) -> Verification {
    answer(
        None,
        faults.into_iter().map(Flaw::from).collect(),
        Vec::new(),
    )
}

fn answer(
    named: Option<(String, String)>,
    mut flaws: Vec<Flaw>,
    not_analysed: Vec<NotAnalysed>,
) -> Verification {
    let order = |flaw: &Flaw| {
        let place = &flaw.place;
        let file = place.file.clone();
        (
            file,
            place.line,
            place.column,
            place.path.clone(),
            flaw.code,
        )
    };
    flaws.sort_by_cached_key(order);
    let beyond = flaws.len().saturating_sub(MAX_FAULTS);
    if let (true, Some(last)) = (beyond > 0, flaws.get(MAX_FAULTS)) {
        let last = Flaw {
            code: "too-many-faults",
            severity: Weight::Fault,
            expected: phrase!("at most {} faults", MAX_FAULTS),
            found: phrase!("{} more", beyond),
            help: Some("mend those listed, then verify again".into()),
            leaf: None,
            witness: None,
            place: last.place.clone(),
        };
        flaws.truncate(MAX_FAULTS);
        flaws.push(last);
    }
    let (faults, warnings) = flaws
        .into_iter()
        .partition(|flaw| flaw.severity == Weight::Fault);
    let (pack, digest) = named.unzip();
    Verification {
        format: "cchc-verification",
        version: 1,
        engine: ENGINE_VERSION.to_owned(),
        pack,
        digest,
        faults,
        warnings,
        not_analysed,
    }
}

impl From<Fault> for Flaw {
    fn from(fault: Fault) -> Self {
        Flaw {
            code: fault.code,
            severity: Weight::Fault,
            place: fault.place,
            leaf: None,
            expected: fault.expected,
            found: fault.found,
            help: fault.help,
            witness: None,
        }
    }
}

/// A pack under verification, and what was found so far.
struct Verifier<'a> {
    pack: &'a Pack,
    document: &'a Document,
    calendar: &'a Calendar,
    cases: &'a [Case],
    nodes: &'a [Node<'a>],
    exceptions: Exceptions,
    /// Whether the reader found nothing wrong.
    whole: bool,
    silence: Silence,
    /// Leaves whose points move the wrong way.
    crooked: BTreeSet<String>,
    /// Which way is better, as quantities declare it.
    better: BTreeMap<&'a str, Direction>,
    /// How many leaves may still be closed for witnesses.
    effort: Cell<usize>,
    flaws: Vec<Flaw>,
    not_analysed: Vec<NotAnalysed>,
}

impl<'a> Verifier<'a> {
    /// Tells a reason not to publish the pack.
    fn fault(
        &mut self,
        code: &'static str,
        path: &str,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
        help: impl Into<Phrase>,
    ) -> Told<'_> {
        self.flaws.push(Flaw {
            code,
            severity: Weight::Fault,
            place: self.document.place(path),
            leaf: None,
            expected: expected.into(),
            found: found.into(),
            help: Some(help.into()).filter(|help| !help.is_empty()),
            witness: None,
        });
        Told(self.flaws.last_mut())
    }

    fn not_analysed(&mut self, why: &'static str, path: &str, leaf: Option<&str>) {
        let entry = NotAnalysed {
            why,
            place: self.document.place(path),
            leaf: leaf.map(str::to_owned),
        };
        if !self.not_analysed.contains(&entry) {
            self.not_analysed.push(entry);
        }
    }

    /// Whether no part of the pack was left out as faulty.
    fn is_whole(&self) -> bool {
        self.whole
    }

    /// Leaves that were read, each with its place in the file.
    fn leaves(&self) -> impl Iterator<Item = (&'a Node<'a>, &'a crate::model::Leaf)> + use<'a> {
        let pack = self.pack;
        self.nodes
            .iter()
            .filter_map(|node| Some((node, pack.leaves.get(node.leaf?)?)))
    }
}

/// A flaw that was just told, to be completed.
struct Told<'f>(Option<&'f mut Flaw>);

impl Told<'_> {
    fn leaf(mut self, code: &str) -> Self {
        if let Some(flaw) = &mut self.0 {
            flaw.leaf = Some(code.to_owned());
        }
        self
    }

    fn witness(mut self, witness: Option<Witness>) -> Self {
        if let Some(flaw) = &mut self.0 {
            flaw.witness = witness;
        }
        self
    }

    fn warn(self) {
        if let Some(flaw) = self.0 {
            flaw.severity = Weight::Warning;
        }
    }
}

#[cfg(test)]
mod kit {
    //! A pack of one leaf, for the tests at the foot of each obligation.

    use crate::question::{File, verify};

    /// Quantities that most rules read.
    const QUANTITIES: &str = r#"
        {"id": "files", "kind": "share", "title": {"vi": "a"}, "by": "figure",
         "total": "unbounded", "open_at_close": "lost"},
        {"id": "few", "kind": "share", "title": {"vi": "b"}, "by": "figure",
         "total": {"at_most": 10}, "open_at_close": "lost", "sources": [{"of": ["total"], "illustrative": "i"}]},
        {"id": "talks", "kind": "count", "title": {"vi": "c"}, "by": "figure"},
        {"id": "breaches", "kind": "count", "title": {"vi": "d"}, "by": "figure", "better": "less"},
        {"id": "plan", "kind": "flag", "title": {"vi": "e"}, "movement": "latched"},
        {"id": "reports", "kind": "due_set", "title": {"vi": "f"}, "event": "report",
         "sources": [{"of": ["obligations"], "illustrative": "i"}], "obligations": [
          {"id": "h1", "title": {"vi": "g"}, "due": {"date": "2024-06-17", "roll": "none"}},
          {"id": "year", "title": {"vi": "h"}, "due": {"date": "2024-12-16", "roll": "none"}}]}"#;

    /// What is told of a leaf with these fields and rule: codes with their paths inside it,
    /// warnings last.
    #[track_caller]
    pub(super) fn check(fields: &str, rule: &str, expected: &[&str]) {
        let quantities = QUANTITIES.to_owned();
        check_with(&quantities, fields, rule, expected);
    }

    /// As [`check`], with other quantities.
    #[track_caller]
    pub(super) fn check_with(quantities: &str, fields: &str, rule: &str, expected: &[&str]) {
        let text = format!(
            r#"{{"format": "cchc-pack", "version": 1, "id": "p", "title": {{"vi": "p"}},
            "level": "commune", "scored_year": 2024, "issuer": "UBND",
            "validity": {{"from": "2024-01-01", "to": "2025-12-31"}},
            "window": {{"from": "2024-01-01", "to": "2024-12-31"}}, "hand_in_by": "2025-01-05",
            "coverage": "partial", "max": "2", "rounding": {{"places": 2, "mode": "half_up"}},
            "sources": [{{"of": ["max", "rounding", "hand_in_by"], "illustrative": "i"}}],
            "quantities": [{quantities}],
            "tree": [{{"code": "1", "title": {{"vi": "t"}}, "max": "2", {fields}
              "sources": [{{"of": ["max", "rule"], "illustrative": "i"}}], "rule": {rule}}}]}}"#
        );
        let file = File {
            name: "p",
            bytes: text.as_bytes(),
        };
        let answer = verify(file, &[], None);
        let told: Vec<String> = answer
            .faults
            .iter()
            .chain(&answer.warnings)
            .filter(|flaw| flaw.code != "quantity-unused")
            .map(|flaw| {
                let path = flaw.place.path.trim_start_matches("tree[0].");
                format!("{} {path}", flaw.code)
            })
            .collect();
        assert_eq!(told, expected, "{text}");
    }
}
