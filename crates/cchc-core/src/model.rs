//! A rule pack in memory: the tree of areas, criteria and components.
//!
//! A `Pack` was read without a fault, or is the sound part of one, so every quantity it
//! names exists, every curve covers its domain and every leaf stays inside its range.
//! Whether it is fit to publish is another question; paths say where each part stands in
//! the file, so that whoever asks it can point there.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::rules::{CurveRule, Quantity, QuantityIndex, QuantityKind, Rule};
use crate::values::{Exact, Points, Rounding, Window};

/// A name in Vietnamese and, if the pack gives it, in English.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Title {
    /// In Vietnamese.
    pub vi: String,
    /// In English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

/// One index set for one level and scored year (bộ chỉ số).
#[derive(Clone, Debug)]
pub struct Pack {
    /// Name of the pack.
    pub id: String,
    /// What it is, for people.
    pub title: Title,
    /// A remark, such as that the pack is synthetic.
    pub note: Option<String>,
    /// Level of the units scored.
    pub level: String,
    /// The year that is scored.
    pub scored_year: i32,
    /// Who issued it.
    pub issuer: String,
    /// The decision that issued or published it.
    pub decision: Option<Decision>,
    /// As-of dates for which it may be used.
    pub validity: Window,
    /// Days on which events count; its last day is the close of the year.
    pub window: Window,
    /// Last day on which documents and figures can be handed in.
    pub hand_in_by: NaiveDate,
    /// Whether the pack is the whole index set.
    pub coverage: Coverage,
    /// Sum over the areas outside the bonus and penalty block: of the leaves' maxima, where no
    /// group is held by a cap.
    pub max: Points,
    /// How each leaf is rounded, once.
    pub rounding: Rounding,
    /// Offices named by the leaves.
    pub offices: Vec<(String, Title)>,
    /// Classes of unit that rules distinguish.
    pub unit_classes: Vec<String>,
    /// What the rules read.
    pub quantities: Vec<Quantity>,
    /// Areas, in the order of the pack.
    pub areas: Vec<Group>,
    /// All leaves, in the order of the pack.
    pub leaves: Vec<Leaf>,
    /// Final classes (xếp loại), best first.
    pub classes: Vec<Class>,
    /// What caps the class.
    pub class_gates: Vec<ClassGate>,
    /// Figures of different leaves that must agree.
    pub consistency: Vec<Consistency>,
    /// Effort of an act by its kind, where it is not 1. Unit: whatever the pack counts in, such as
    /// working days; it orders plans and moves no points.
    pub effort: BTreeMap<ActKind, u64>,
    /// Where the pack's own figures come from, such as its rounding.
    pub sources: Vec<Source>,
    /// SHA-256 of the canonical JSON.
    pub digest: String,
    /// Leaf by code.
    pub leaf_by_code: BTreeMap<String, usize>,
    /// Quantity by name.
    pub quantity_by_id: BTreeMap<String, QuantityIndex>,
}

impl Pack {
    /// The quantity at an index taken from this pack.
    pub fn quantity(&self, index: QuantityIndex) -> Option<&Quantity> {
        self.quantities.get(index.0)
    }

    /// Names, for every group, the facts that several of its leaves read.
    pub(crate) fn name_bound_leaves(&mut self) {
        let mut areas = std::mem::take(&mut self.areas);
        for area in &mut areas {
            self.name_bound_leaves_of(area);
        }
        self.areas = areas;
    }

    /// Gives the leaves below a group.
    fn name_bound_leaves_of(&self, group: &mut Group) -> Vec<usize> {
        let mut leaves = Vec::new();
        for child in &mut group.children {
            match child {
                Child::Group(below) => leaves.extend(self.name_bound_leaves_of(below)),
                Child::Leaf(index) => leaves.push(*index),
            }
        }
        let mut readers: BTreeMap<Arc<str>, Vec<String>> = BTreeMap::new();
        for leaf in leaves.iter().filter_map(|it| self.leaves.get(*it)) {
            for quantity in leaf.quantities.iter().filter_map(|of| self.quantity(*of)) {
                let by = match &quantity.kind {
                    // A judgement is given for its leaf; it does not move by itself.
                    QuantityKind::Judgement { .. } => continue,
                    kind => kind.event().map_or_else(|| quantity.id.clone(), Arc::from),
                };
                let codes = readers.entry(by).or_default();
                // Codes differ, and each leaf is seen once.
                if codes.last() != Some(&leaf.code) {
                    codes.push(leaf.code.clone());
                }
            }
        }
        let shared = readers.into_iter().filter(|(_, codes)| codes.len() > 1);
        group.bound = shared.map(|(by, codes)| SharedFact { by, codes }).collect();
        leaves
    }

    /// The leaf with a code.
    pub fn leaf(&self, code: &str) -> Option<&Leaf> {
        self.leaf_by_code
            .get(code)
            .and_then(|index| self.leaves.get(*index))
    }
}

/// A decision of an authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Number and symbol.
    pub number: String,
    /// Its date.
    pub date: NaiveDate,
    /// What it is about.
    pub title: Option<String>,
}

/// Whether a pack is the whole index set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Points and a class.
    Whole,
    /// Points, never a class.
    Partial,
}

/// A node of the tree that has children: an area, a criterion, or a component above
/// sub-components.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its code.
    pub code: String,
    /// Where it stands in the document of the pack, such as `tree[0].children[2]`.
    pub path: String,
    /// Its title.
    pub title: Title,
    /// Most points of the children together.
    pub cap: Option<Points>,
    /// Fewest points of the children together.
    pub floor: Option<Points>,
    /// Whether the group stands outside the pack's maximum.
    pub bonus_penalty: bool,
    /// Its children.
    pub children: Vec<Child>,
    /// Facts that several leaves below it read.
    pub bound: Arc<[SharedFact]>,
}

/// Facts that several leaves read: they may not reach their ends together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct SharedFact {
    /// The quantity, or the kind of event.
    pub by: Arc<str>,
    /// Codes of the leaves.
    pub codes: Vec<String>,
}

/// A child of a group.
#[derive(Clone, Debug)]
pub enum Child {
    /// Another group.
    Group(Group),
    /// A leaf, by its place in the pack's list.
    Leaf(usize),
}

/// A scored leaf of the tree (tiêu chí thành phần).
#[derive(Clone, Debug)]
pub struct Leaf {
    /// Its code.
    pub code: String,
    /// Where it stands in the document of the pack, such as `tree[0].children[2]`.
    pub path: String,
    /// Its title.
    pub title: Arc<Title>,
    /// The words of the source where the title is an editor's.
    pub source_title: Option<String>,
    /// Most points (điểm tối đa).
    pub max: Points,
    /// Fewest points; below 0 for a penalty.
    pub min: Points,
    /// Points when nothing about the leaf is proved.
    pub unproved: Points,
    /// Who scores it.
    pub scored_by: ScoredBy,
    /// How points are given.
    pub rule: Rule,
    /// On what grounds a unit may be exempted.
    pub grounds: Vec<Ground>,
    /// Office in charge.
    pub lead: Option<String>,
    /// Offices that help.
    pub with: Vec<String>,
    /// When the work is planned, in the source's words.
    pub plan_time: Option<String>,
    /// Days on which the leaf is in force.
    pub validity: Option<Window>,
    /// Where its figures come from.
    pub sources: Arc<[Source]>,
    /// Whether any of its figures, or of its quantities', is not official.
    pub illustrative: bool,
    /// Whether the leaf stands outside the pack's maximum.
    pub bonus_penalty: bool,
    /// The area that the leaf belongs to.
    pub area: Arc<str>,
    /// Quantities that its rule reads, each once.
    pub quantities: Vec<QuantityIndex>,
    /// A remark of the pack's author.
    pub note: Option<String>,
}

/// Who gives the points of a leaf.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoredBy {
    /// The unit itself, then the appraiser.
    Unit,
    /// The appraiser only.
    Appraiser,
    /// A survey of people and businesses.
    Survey,
}

/// A ground on which a unit may be exempted from a leaf (không áp dụng).
#[derive(Clone, Debug)]
pub struct Ground {
    /// Name of the ground.
    pub id: String,
    /// What it is, for people.
    pub title: Title,
    /// What documents must show.
    pub proof: crate::rules::Proof,
}

/// Where a figure of a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Source {
    /// The figures, as paths beside the list of sources.
    pub of: Vec<String>,
    /// Document, item and quoted words; or why the figure is only illustrative.
    #[serde(flatten)]
    pub basis: Basis,
}

impl Source {
    /// Whether the figures are not official.
    pub fn is_illustrative(&self) -> bool {
        matches!(self.basis, Basis::Illustrative { .. })
    }
}

/// The basis of a figure.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(untagged)]
pub enum Basis {
    /// The law or document says so.
    Cited {
        /// Which document.
        document: String,
        /// Which item of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        item: Option<String>,
        /// Its own words.
        #[serde(skip_serializing_if = "Option::is_none")]
        quote: Option<String>,
    },
    /// Not official.
    Illustrative {
        /// Why it stands here all the same.
        illustrative: String,
    },
}

/// A final class of the index (xếp loại).
#[derive(Clone, Debug)]
pub struct Class {
    /// Name of the class.
    pub id: String,
    /// Its title.
    pub title: Title,
    /// Lowest index of the class, in percent; `None` for the last one.
    pub from: Option<Exact>,
}

/// A condition without which the class is capped; it moves no points.
#[derive(Clone, Debug)]
pub struct ClassGate {
    /// Name of the gate.
    pub id: String,
    /// Its title.
    pub title: Title,
    /// 1 where the condition holds.
    pub unless: CurveRule,
    /// The best class without it, by place in the list of classes.
    pub class_at_most: usize,
}

/// What can be done to win points back: the kinds of act that levers and plans are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// More items of a share are done as asked.
    WinItems,
    /// More items of a share come out the other way, where what it counts costs points.
    SpareItems,
    /// More events happen, with their documents.
    MoreEvents,
    /// A count by figure grows.
    MoreUnits,
    /// Documents of a recorded event are mended.
    MendEvent,
    /// Documents of a stated figure are mended.
    MendFigure,
    /// An obligation is fulfilled in time.
    Deliver,
    /// An obligation is fulfilled, though late.
    DeliverLate,
    /// Something is made so, and proved.
    TurnYes,
    /// Something is ended, and that is proved.
    TurnNo,
    /// A figure that is not known yet is stated and proved.
    StateFigure,
    /// It is stated and proved that nothing of the kind arose.
    StateNone,
}

impl ActKind {
    /// Every kind.
    pub const ALL: &'static [ActKind] = &[
        ActKind::WinItems,
        ActKind::SpareItems,
        ActKind::MoreEvents,
        ActKind::MoreUnits,
        ActKind::MendEvent,
        ActKind::MendFigure,
        ActKind::Deliver,
        ActKind::DeliverLate,
        ActKind::TurnYes,
        ActKind::TurnNo,
        ActKind::StateFigure,
        ActKind::StateNone,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            ActKind::WinItems => "win_items",
            ActKind::SpareItems => "spare_items",
            ActKind::MoreEvents => "more_events",
            ActKind::MoreUnits => "more_units",
            ActKind::MendEvent => "mend_event",
            ActKind::MendFigure => "mend_figure",
            ActKind::Deliver => "deliver",
            ActKind::DeliverLate => "deliver_late",
            ActKind::TurnYes => "turn_yes",
            ActKind::TurnNo => "turn_no",
            ActKind::StateFigure => "state_figure",
            ActKind::StateNone => "state_none",
        }
    }

    /// What it is, as a format says it.
    pub fn meaning(self) -> &'static str {
        match self {
            ActKind::WinItems => "More items of a share done as asked, however many.",
            ActKind::SpareItems => "More items of a share that come out the other way.",
            ActKind::MoreEvents => "One more event, with its documents.",
            ActKind::MoreUnits => "A count by figure that grows, however much.",
            ActKind::MendEvent => "Documents of a recorded event mended.",
            ActKind::MendFigure => "Documents of a stated figure mended.",
            ActKind::Deliver => "An obligation fulfilled in time.",
            ActKind::DeliverLate => "An obligation fulfilled, though late.",
            ActKind::TurnYes => "Something made so, and proved.",
            ActKind::TurnNo => "Something ended, and that proved.",
            ActKind::StateFigure => "A figure stated for the first time, and proved.",
            ActKind::StateNone => "Proof that nothing of the kind arose.",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<ActKind> {
        ActKind::ALL.iter().copied().find(|it| it.code() == code)
    }
}

/// Two figures that must agree; a breach is a finding and moves no points.
#[derive(Clone, Debug)]
pub struct Consistency {
    /// Name of the check.
    pub id: String,
    /// What it says.
    pub title: Title,
    /// One side.
    pub left: Term,
    /// Whether the sides must be equal, or the left at most the right.
    pub equal: bool,
    /// The other side.
    pub right: Term,
}

/// One side of a consistency check.
#[derive(Clone, Debug)]
pub struct Term {
    /// The quantity.
    pub of: QuantityIndex,
    /// Which of its numbers.
    pub part: Part,
    /// Factor, such as a unit price.
    pub times: Exact,
}

/// A number of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Won items of a share.
    Won,
    /// Lost items of a share.
    Lost,
    /// Open items of a share.
    Open,
    /// All items of a share.
    Total,
    /// The number of a count, measure or flag.
    Value,
}
