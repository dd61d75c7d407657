//! One change of a pack's JSON.

use serde::Serialize;
use serde_json::Value;

use super::place::{Step, Steps};

/// What kind of thing a mutant changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MutationKind {
    /// A number, by one unit of its last written place.
    Constant,
    /// Whether the number at a bound belongs to it.
    Bound,
    /// A window, due date or deadline, by a day, or its rolling.
    Date,
    /// Something that documents must show.
    Requirement,
    /// Points where nothing arose.
    NotArisen,
    /// Whether a flag can still turn.
    Movement,
    /// How far a total can grow.
    Total,
    /// What becomes of open items.
    OpenAtClose,
    /// Whether items have due dates of their own.
    Overdue,
    /// To which side points are rounded.
    Rounding,
    /// How two figures must agree.
    Consistency,
    /// Whether facts of predecessors count.
    Predecessors,
    /// Whether a window is cut to the days on which a unit existed.
    Observation,
}

impl MutationKind {
    /// Every kind.
    pub const ALL: &'static [MutationKind] = &[
        MutationKind::Constant,
        MutationKind::Bound,
        MutationKind::Date,
        MutationKind::Requirement,
        MutationKind::NotArisen,
        MutationKind::Movement,
        MutationKind::Total,
        MutationKind::OpenAtClose,
        MutationKind::Overdue,
        MutationKind::Rounding,
        MutationKind::Consistency,
        MutationKind::Predecessors,
        MutationKind::Observation,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            MutationKind::Constant => "constant",
            MutationKind::Bound => "bound",
            MutationKind::Date => "date",
            MutationKind::Requirement => "requirement",
            MutationKind::NotArisen => "not_arisen",
            MutationKind::Movement => "movement",
            MutationKind::Total => "total",
            MutationKind::OpenAtClose => "open_at_close",
            MutationKind::Overdue => "overdue",
            MutationKind::Rounding => "rounding",
            MutationKind::Consistency => "consistency",
            MutationKind::Predecessors => "predecessors",
            MutationKind::Observation => "observation",
        }
    }
}

/// How the value at a place changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Another value; also one where there was none.
    Set(Value),
    /// Another name for the same value.
    Rename(&'static str),
    /// Nothing there any more.
    Remove,
}

/// A pack with one thing changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// What kind of thing changes.
    pub kind: MutationKind,
    /// Code of the leaf or group, or name of the quantity, around the place; else `pack`.
    pub subject: String,
    /// Where.
    pub steps: Steps,
    /// How.
    pub edit: Edit,
}

impl Mutant {
    /// The pack with the change made.
    pub fn apply(&self, pack: &Value) -> Value {
        let mut changed = pack.clone();
        if let Some((parent, last)) = self.steps.parent(&mut changed) {
            match (parent, last) {
                (Value::Object(fields), Step::Key(key)) => match &self.edit {
                    Edit::Set(value) => {
                        fields.insert(key.clone(), value.clone());
                    }
                    Edit::Rename(other) => {
                        if let Some(value) = fields.remove(key) {
                            fields.insert((*other).to_owned(), value);
                        }
                    }
                    Edit::Remove => {
                        fields.remove(key);
                    }
                },
                (Value::Array(items), Step::Item(index)) if *index < items.len() => {
                    match &self.edit {
                        Edit::Remove => {
                            items.remove(*index);
                        }
                        Edit::Set(value) => {
                            if let Some(item) = items.get_mut(*index) {
                                *item = value.clone();
                            }
                        }
                        Edit::Rename(_) => {}
                    }
                }
                _ => {}
            }
        }
        changed
    }

    /// Where the change is made.
    pub fn path(&self) -> String {
        self.steps.to_string()
    }

    /// What stands there in the pack, as JSON.
    pub fn before(&self, pack: &Value) -> Option<String> {
        self.steps.of(pack).map(Value::to_string)
    }

    /// The key or value in its place; `None`: nothing.
    pub fn after(&self) -> Option<String> {
        match &self.edit {
            Edit::Set(value) => Some(value.to_string()),
            Edit::Rename(other) => Some((*other).to_owned()),
            Edit::Remove => None,
        }
    }
}

#[cfg(test)]
impl Mutant {
    /// The change in one line.
    pub(super) fn describe(&self, pack: &Value) -> String {
        let path = self.path();
        let before = self.before(pack).unwrap_or_else(|| "nothing".to_owned());
        match &self.edit {
            Edit::Set(value) => format!("{path}: {before} → {value}"),
            Edit::Rename(other) => format!("{path} as {other}"),
            Edit::Remove => format!("{path}: {before} → nothing"),
        }
    }
}
