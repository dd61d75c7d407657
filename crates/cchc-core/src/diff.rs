//! A pack and its successor: what was added, removed, moved and retitled, and what scores
//! differently, each with a record that shows it.
//!
//! Components are paired by code and title, then by title alone, then by what they read.
//! Records of the one year are moved into the other; what only one of the two packs can
//! read is no difference of points and is named as a change.

mod effect;
mod pairing;

pub use effect::{Effect, LeafEffect, effect};
pub use pairing::Pair;

use serde::Serialize;

use crate::answer::ENGINE_VERSION;
use crate::difference::{Aspect, LeafDifference, Matter, Side, compare_leaves, whole_changes};
use crate::model::{Pack, Title};
use crate::values::{Calendar, Points};

/// What two packs have differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackDiff {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Version of the engine.
    pub engine: String,
    /// The old pack.
    pub old: PackName,
    /// The new pack.
    pub new: PackName,
    /// What stands at the head of the packs and differs.
    pub header: Vec<HeaderChange>,
    /// Limits of groups, classes, their gates and agreements that differ.
    pub whole: Vec<Aspect>,
    /// Components that only the old pack has.
    pub removed: Vec<Component>,
    /// Components that only the new pack has.
    pub added: Vec<Component>,
    /// Components that both have.
    pub kept: Vec<Kept>,
}

impl PackDiff {
    /// Whether nothing that scores, or is named, is different.
    pub fn is_empty(&self) -> bool {
        let same = |it: &Kept| !it.moved && !it.retitled && it.difference.changes.is_empty();
        self.header.is_empty()
            && self.whole.is_empty()
            && self.removed.is_empty()
            && self.added.is_empty()
            && self.kept.iter().all(same)
    }
}

/// A pack by name and digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackName {
    /// Its name.
    pub id: String,
    /// Its title.
    pub title: Title,
    /// Its digest.
    pub digest: String,
    /// The scored year.
    pub scored_year: i32,
    /// A remark, such as that it is synthetic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Something at the head of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HeaderChange {
    /// Which field.
    pub what: &'static str,
    /// As the old pack has it.
    pub old: String,
    /// As the new pack has it.
    pub new: String,
}

/// A component of one pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Component {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Title,
    /// Its maximum.
    pub max: Points,
    /// Whether it stands in the bonus and penalty block.
    pub bonus_penalty: bool,
}

/// A component that both packs have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Kept {
    /// In the old pack.
    pub old: Component,
    /// In the new pack.
    pub new: Component,
    /// Whether it has another code or stands in another area.
    pub moved: bool,
    /// Whether its title is another.
    pub retitled: bool,
    /// What scores differently.
    pub difference: LeafDifference,
}

/// Compares a pack with its successor.
pub fn diff(old: Side<'_>, new: Side<'_>, calendar: &Calendar) -> PackDiff {
    let pairing = pairing::pair(old.pack, new.pack);
    let kept = pairing.pairs.iter().filter_map(|pair| {
        let (before, after) = (old.pack.leaf(&pair.old)?, new.pack.leaf(&pair.new)?);
        let codes = (pair.old.as_str(), pair.new.as_str());
        Some(Kept {
            moved: before.code != after.code || before.area != after.area,
            retitled: before.title.vi != after.title.vi,
            old: component(old.pack, &pair.old)?,
            new: component(new.pack, &pair.new)?,
            difference: compare_leaves(old, new, codes, Matter::Points, calendar)?,
        })
    });
    let alone = |pack: &Pack, codes: &[String]| {
        let found = codes.iter().filter_map(|code| component(pack, code));
        found.collect()
    };
    PackDiff {
        format: "cchc-diff",
        version: 1,
        engine: ENGINE_VERSION.to_owned(),
        old: name(old.pack),
        new: name(new.pack),
        header: header(old, new),
        whole: whole_changes(old.pack, new.pack),
        removed: alone(old.pack, &pairing.removed),
        added: alone(new.pack, &pairing.added),
        kept: kept.collect(),
    }
}

fn component(pack: &Pack, code: &str) -> Option<Component> {
    let leaf = pack.leaf(code)?;
    Some(Component {
        code: leaf.code.clone(),
        title: (*leaf.title).clone(),
        max: leaf.max.clone(),
        bonus_penalty: leaf.bonus_penalty,
    })
}

fn name(pack: &Pack) -> PackName {
    PackName {
        id: pack.id.clone(),
        title: pack.title.clone(),
        digest: pack.digest.clone(),
        scored_year: pack.scored_year,
        note: pack.note.clone(),
    }
}

fn header(old: Side<'_>, new: Side<'_>) -> Vec<HeaderChange> {
    let told = |side: Side<'_>| {
        let pack = side.pack;
        let appraiser = side
            .json
            .get("appraiser")
            .and_then(serde_json::Value::as_str);
        let window = |it: crate::values::Window| format!("{}..{}", it.from(), it.to());
        let classes = pack.classes.iter().map(|it| match &it.from {
            Some(from) => format!("{} {from}", it.id),
            None => it.id.clone(),
        });
        let effort = pack.effort.iter();
        let effort = effort.map(|(kind, units)| format!("{} {units}", kind.code()));
        let mode = serde_json::to_value(pack.rounding.mode()).unwrap_or_default();
        [
            ("level", pack.level.clone()),
            ("scored_year", pack.scored_year.to_string()),
            ("issuer", pack.issuer.clone()),
            ("appraiser", appraiser.unwrap_or_default().to_owned()),
            ("max", pack.max.to_string()),
            (
                "rounding",
                format!("{} {}", pack.rounding.places(), mode.as_str().unwrap_or("")),
            ),
            ("window", window(pack.window)),
            ("hand_in_by", pack.hand_in_by.to_string()),
            ("validity", window(pack.validity)),
            ("unit_classes", pack.unit_classes.join(" ")),
            ("classes", classes.collect::<Vec<_>>().join(", ")),
            ("effort", effort.collect::<Vec<_>>().join(", ")),
        ]
    };
    let both = told(old).into_iter().zip(told(new));
    both.filter(|((_, before), (_, after))| before != after)
        .map(|((what, old), (_, new))| HeaderChange { what, old, new })
        .collect()
}
