//! Acts: the single things that can be done, each with the moves that it makes.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::evidence::Reason;
use crate::extension::Move;
use crate::model::ActKind;
use crate::values::Exact;

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Act {
    /// What is done.
    pub kind: ActKind,
    /// The quantity that it changes.
    pub quantity: Arc<str>,
    /// The event, obligation or day of a figure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<Arc<str>>,
    /// How many items, events or units more; 1 where there is nothing to count.
    pub units: u64,
    /// Of the units, those that are open already: the rest are new.
    pub of_open: u64,
    /// Open items as the record stands; 0 where there is nothing of the kind.
    pub open: u64,
    /// Where the quantity stands afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reaches: Option<Reaches>,
    /// First day on which it can be done.
    pub from: NaiveDate,
    /// Last day on which it can be done; `None` where the unit cannot tell.
    pub until: Option<NaiveDate>,
    /// Whether the unit depends on the level above it.
    pub depends_on_upper_level: bool,
    /// Documents that do not prove the fact yet, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub to_mend: Vec<ToMend>,
    /// Roles that lack documents.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unfilled: Vec<Arc<str>>,
    /// What it makes of the record.
    #[serde(skip)]
    pub moves: Vec<Move>,
    /// What it lays hands on: acts that share one of these exclude each other.
    #[serde(skip)]
    pub(crate) touches: Vec<Touch>,
}

/// Where a quantity stands after an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reaches {
    /// So many of so many items.
    Items {
        /// Done as asked.
        won: u64,
        /// All, if the record closed then.
        total: u64,
    },
    /// A number.
    Number(Exact),
}

/// A document that does not prove its fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToMend {
    /// Its name in the register.
    pub id: Arc<str>,
    /// Number and symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub citation: Option<Arc<str>>,
    /// The role it was held against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Arc<str>>,
    /// Why not.
    pub reasons: Vec<Reason>,
}

/// What an act lays hands on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Touch {
    /// The newest figure of a quantity.
    Figure(Arc<str>),
    /// What more happens of a kind of event.
    Happening(String),
    /// A recorded event.
    Event(usize),
    /// An obligation of a kind of event.
    Obligation(String, String),
}

impl Touch {
    /// The kind of event and the obligation.
    pub(super) fn obligation(&self) -> Option<(&str, &str)> {
        match self {
            Touch::Obligation(kind, id) => Some((kind, id)),
            _ => None,
        }
    }
}

impl Act {
    /// Whether two acts cannot both be done, or are two sizes of one.
    pub fn excludes(&self, other: &Act) -> bool {
        self.touches.iter().any(|it| other.touches.contains(it))
    }
}
