//! What is to be exercised, read off the rules and the proofs of a pack.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::threshold;
use crate::evidence::Reason;
use crate::model::{Leaf, Pack};
use crate::rules::*;
use crate::values::Exact;

/// What kind of thing is to be exercised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DemandKind {
    /// A number on a threshold, or just on its other side.
    Threshold,
    /// A piece, a side of a gate, a step of a ladder, an outcome of obligations.
    Branch,
    /// A reason that stands for not knowing, or for not applying.
    Reason,
    /// A document accepted in a role, or refused for something that the role asks.
    Evidence,
}

impl DemandKind {
    /// Every kind.
    pub const ALL: &'static [DemandKind] = &[
        DemandKind::Threshold,
        DemandKind::Branch,
        DemandKind::Reason,
        DemandKind::Evidence,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            DemandKind::Threshold => "threshold",
            DemandKind::Branch => "branch",
            DemandKind::Reason => "reason",
            DemandKind::Evidence => "evidence",
        }
    }
}

/// Something that some case is to exercise.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Demand {
    /// What kind of thing.
    pub kind: DemandKind,
    /// Code of the leaf; `None`: asked once of the whole pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The quantities read, or the ground.
    pub of: Vec<String>,
    /// The class of unit, where the rule goes by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The role, for evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// A reason, `accepted`, or the side of a threshold: `on`, `just_below`, `just_above`.
    pub what: String,
    /// The threshold, in the unit of what is read (a share is a fraction).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<Exact>,
    /// One unit of its last written place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<Exact>,
}

/// Reasons that any document can be refused for, asked once of the pack.
pub(super) const OF_ANY_DOCUMENT: &[Reason] = &[
    Reason::BlankNumberOrDay,
    Reason::NumberSymbolMismatch,
    Reason::OutsidePeriod,
    Reason::Late,
    Reason::Superseded,
    Reason::IllegibleScan,
    Reason::Contradicts,
    Reason::DanglingReference,
    Reason::NotYet,
];

pub(super) fn demands(pack: &Pack, json: &Value) -> Vec<Demand> {
    let mut list = List {
        demands: Vec::new(),
        seen: BTreeSet::new(),
    };
    list.whole(pack);
    for leaf in &pack.leaves {
        let written = leaf_json(json, &leaf.code).and_then(|it| it.get("rule"));
        let written = written.map(threshold::written).unwrap_or_default();
        let mut reader = Reader {
            pack,
            leaf,
            written: &written,
            class: None,
            list: &mut list,
        };
        reader.rule(&leaf.rule);
        list.leaf(leaf);
        for ground in &leaf.grounds {
            list.roles(leaf, &ground.id, &ground.proof, pack.window);
        }
        for quantity in leaf.quantities.iter().filter_map(|of| pack.quantity(*of)) {
            list.roles(leaf, &quantity.id, &quantity.proof, pack.window);
        }
    }
    list.demands
}

/// The leaf of a code in a pack's JSON.
fn leaf_json<'a>(json: &'a Value, code: &str) -> Option<&'a Value> {
    fn find<'a>(nodes: &'a Value, code: &str) -> Option<&'a Value> {
        nodes.as_array()?.iter().find_map(|node| {
            if node.get("code").and_then(Value::as_str) == Some(code) {
                return Some(node);
            }
            find(node.get("children")?, code)
        })
    }
    find(json.get("tree")?, code)
}

struct List {
    demands: Vec<Demand>,
    seen: BTreeSet<Demand>,
}

impl List {
    fn ask(&mut self, demand: Demand) {
        if self.seen.insert(demand.clone()) {
            self.demands.push(demand);
        }
    }

    fn whole(&mut self, pack: &Pack) {
        let once = |kind, what: &str| Demand {
            kind,
            code: None,
            of: Vec::new(),
            class: None,
            role: None,
            what: what.to_owned(),
            at: None,
            unit: None,
        };
        self.ask(once(DemandKind::Reason, "out_of_validity"));
        let quantities = pack.quantities.iter().map(|it| &it.proof);
        let grounds = pack.leaves.iter().flat_map(|it| &it.grounds);
        let proofs = quantities.chain(grounds.map(|it| &it.proof));
        let roles: Vec<&Role> = proofs.flat_map(|it| &it.roles).collect();
        let numbered = roles
            .iter()
            .any(|role| role.kinds.iter().any(|kind| kind.is_numbered()));
        for reason in OF_ANY_DOCUMENT {
            let of_numbers = matches!(
                reason,
                Reason::BlankNumberOrDay | Reason::NumberSymbolMismatch
            );
            if !roles.is_empty() && (numbered || !of_numbers) {
                self.ask(once(DemandKind::Evidence, reason.code()));
            }
        }
    }

    fn leaf(&mut self, leaf: &Leaf) {
        let mut reason = |of: Vec<String>, what: &str| {
            self.ask(Demand {
                kind: DemandKind::Reason,
                code: Some(leaf.code.clone()),
                of,
                class: None,
                role: None,
                what: what.to_owned(),
                at: None,
                unit: None,
            });
        };
        if leaf.validity.is_some() {
            reason(Vec::new(), "out_of_validity");
        }
        for ground in &leaf.grounds {
            reason(vec![ground.id.clone()], "not_applicable");
        }
    }

    /// Each role accepted, and refused for each thing that it asks itself.
    fn roles(&mut self, leaf: &Leaf, of: &str, proof: &Proof, window: crate::values::Window) {
        for role in &proof.roles {
            let asked = [
                (true, Reason::Missing),
                (true, Reason::WrongType),
                (
                    !role.issuer_levels.is_empty() || !role.issuers.is_empty(),
                    Reason::WrongIssuer,
                ),
                (role.number_pattern.is_some(), Reason::NumberPattern),
                (role.window != window, Reason::OutsidePeriod),
                (role.deadline.is_some(), Reason::Late),
                (role.distinct, Reason::Duplicate),
                (role.order.is_some(), Reason::WrongOrder),
                (role.refers_to.is_some(), Reason::ReferenceMissing),
                (role.page, Reason::NoPageOrSectionPointer),
                (role.signed, Reason::UnsignedOrUnsealed),
                (!role.fields.is_empty(), Reason::FieldMissing),
            ];
            let asked = asked.iter().filter(|(asked, _)| *asked);
            let reasons = asked.map(|(_, reason)| reason.code());
            for what in std::iter::once("accepted").chain(reasons) {
                self.ask(Demand {
                    kind: DemandKind::Evidence,
                    code: Some(leaf.code.clone()),
                    of: vec![of.to_owned()],
                    class: None,
                    role: Some(role.name.to_string()),
                    what: what.to_owned(),
                    at: None,
                    unit: None,
                });
            }
        }
    }
}

/// Walks one rule.
struct Reader<'a> {
    pack: &'a Pack,
    leaf: &'a Leaf,
    written: &'a [threshold::WrittenNumber],
    class: Option<&'a str>,
    list: &'a mut List,
}

impl<'a> Reader<'a> {
    fn ask(&mut self, kind: DemandKind, of: &[QuantityIndex], what: &str) {
        self.ask_at(kind, of, what, None);
    }

    fn ask_at(
        &mut self,
        kind: DemandKind,
        of: &[QuantityIndex],
        what: &str,
        at: Option<(&Exact, &Exact)>,
    ) {
        let names = of.iter().filter_map(|of| self.pack.quantity(*of));
        self.list.ask(Demand {
            kind,
            code: Some(self.leaf.code.clone()),
            of: names.map(|it| it.id.to_string()).collect(),
            class: self.class.map(str::to_owned),
            role: None,
            what: what.to_owned(),
            at: at.map(|(at, _)| at.clone()),
            unit: at.map(|(_, unit)| unit.clone()),
        });
    }

    fn rule(&mut self, rule: &'a Rule) {
        match rule {
            Rule::Constant(_) => self.ask(DemandKind::Branch, &[], "constant"),
            Rule::Curve(curve) => {
                self.labels(curve);
                self.curve(curve, curve.not_arisen.is_some());
            }
            Rule::Obligations(rule) => {
                for what in ["met", "late", "missing"] {
                    self.ask(DemandKind::Branch, &[rule.of], what);
                }
            }
            Rule::Relative(rule) => {
                let sides: &[&str] = match rule.target {
                    Some(_) => &["below_target", "at_target", "above_target", "best_unknown"],
                    None => &["no_target", "best_unknown"],
                };
                for what in sides {
                    self.ask(DemandKind::Branch, &rule.reads, what);
                }
                self.ask(DemandKind::Reason, &rule.reads, "unproved");
            }
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| self.rule(part));
            }
            Rule::Cap { part, .. } => self.rule(part),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                for side in ["holds", "fails"] {
                    let what = match &condition.reason {
                        ReasonStyle::Label => side.to_owned(),
                        ReasonStyle::Named(name) => format!("{name}-{side}"),
                    };
                    self.ask(DemandKind::Branch, condition.reading.quantities(), &what);
                }
                self.curve(condition, false);
                self.rule(then);
                self.rule(otherwise);
            }
            Rule::ByClass(classes) => {
                let outer = self.class;
                for (class, rule) in classes {
                    self.class = Some(class);
                    self.rule(rule);
                }
                self.class = outer;
            }
        }
    }

    /// Each piece by its reason; of steps of one height the first, the last and one between.
    fn labels(&mut self, rule: &CurveRule) {
        let of = rule.reading.quantities();
        let pieces = rule.curve.pieces();
        let steps = |label: &str| {
            ["units-", "lapses-"]
                .into_iter()
                .find(|start| label.starts_with(start))
        };
        let last = pieces.iter().rposition(|it| steps(&it.label).is_some());
        let mut first = true;
        for (place, piece) in pieces.iter().enumerate() {
            let label = match steps(&piece.label) {
                Some(start) if !first && Some(place) != last => format!("{start}*"),
                start => {
                    first &= start.is_none();
                    piece.label.clone()
                }
            };
            let what = match &rule.reason {
                ReasonStyle::Label => label,
                ReasonStyle::Named(name) => format!("{name}-{label}"),
            };
            self.ask(DemandKind::Branch, of, &what);
        }
    }

    /// Both sides of each threshold, and what is told where nothing is known or arose.
    fn curve(&mut self, rule: &CurveRule, not_arisen: bool) {
        let of = rule.reading.quantities();
        let flags = matches!(rule.reading, Reading::Flag(_) | Reading::Verdict(_));
        for threshold in threshold::of_curve(&rule.curve, self.written) {
            if flags {
                break;
            }
            let other = if threshold.to_upper {
                "just_below"
            } else {
                "just_above"
            };
            for side in ["on", other] {
                let at = Some((&threshold.at, &threshold.unit));
                self.ask_at(DemandKind::Threshold, of, side, at);
            }
        }
        if not_arisen {
            self.ask(DemandKind::Branch, of, "not_arisen");
        }
        let kinds = of.iter().filter_map(|of| self.pack.quantity(*of));
        let kind = kinds.map(|it| &it.kind).next();
        let what = match kind {
            Some(QuantityKind::Judgement { .. }) => "not_judged",
            Some(
                QuantityKind::Count {
                    by: CountBy::Events(_),
                }
                | QuantityKind::DueSet { .. },
            )
            | None => return,
            Some(_) => "unproved",
        };
        self.ask(DemandKind::Reason, of, what);
    }
}
