//! Evidence requirements: what documents must show before a fact counts.
//!
//! Requirements are positive propositions ("at least n documents such that …"): one
//! more accepted document never lowers anything. They give outcomes, never points.

use std::sync::Arc;

use chrono::NaiveDate;
use regex::Regex;

use crate::facts::DocumentKind;
use crate::values::Window;

/// Everything that must be shown for one event or one figure.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// All of these must be satisfied; none: the fact is taken as stated.
    pub roles: Vec<Role>,
}

impl Proof {
    /// The role in which no document may serve two events, if there is one.
    pub fn distinct_role(&self) -> Option<usize> {
        self.roles.iter().position(|role| role.distinct)
    }
}

/// One part that documents play, and what a document must be to play it.
#[derive(Clone, Debug)]
pub struct Role {
    /// Name within the proof.
    pub name: Arc<str>,
    /// What it is, for people.
    pub title: Option<crate::model::Title>,
    /// Kinds of document that can play the part.
    pub kinds: Vec<DocumentKind>,
    /// How many documents are needed.
    pub at_least: usize,
    /// For which figures the role is asked.
    pub when: When,
    /// Of whose facts the role is asked.
    pub of: Of,
    /// Levels of the issuing body, empty for any.
    pub issuer_levels: Vec<String>,
    /// Issuing bodies by folded name, empty for any.
    pub issuers: Vec<String>,
    /// Pattern over `number/symbol`.
    pub number_pattern: Option<Regex>,
    /// Days on which the document may be dated.
    pub window: Window,
    /// Which of its dates counts.
    pub dated: Dated,
    /// Last day of that date.
    pub deadline: Option<Deadline>,
    /// Its place in time beside the event.
    pub order: Option<Order>,
    /// What it must name.
    pub refers_to: Option<Reference>,
    /// Whether the record must point to a page or section.
    pub page: bool,
    /// Whether the record must say that it is signed and sealed.
    pub signed: bool,
    /// Whether no document may serve two events in this role.
    pub distinct: bool,
    /// Fields that must have been read from it.
    pub fields: Vec<RequiredField>,
}

/// For which figures a role is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// For all.
    Always,
    /// Where there are items.
    Some,
    /// Where there are none: the proof that nothing arose.
    None,
}

/// Of whose facts a role is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Of {
    /// Of all facts.
    #[default]
    All,
    /// Of the scored unit's own.
    Unit,
    /// Of its predecessors'.
    Predecessor,
}

impl Of {
    /// Whether the role is asked of a fact.
    pub fn asks(self, of_predecessor: bool) -> bool {
        match self {
            Of::All => true,
            Of::Unit => !of_predecessor,
            Of::Predecessor => of_predecessor,
        }
    }
}

/// Which date of a document counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// The date it bears.
    Issued,
    /// When it was signed.
    Signed,
    /// When it was sent.
    Sent,
}

/// The last day for a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// A day, already rolled as the pack says.
    On {
        /// The day.
        date: NaiveDate,
        /// Whether a day it rests on is not officially settled.
        provisional: bool,
    },
    /// So many working days after the event, the event's own day not counted.
    AfterEvent {
        /// Working days.
        working_days: u32,
    },
}

/// A document's place in time beside its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Dated on the day of the event or earlier, as a plan or an invitation is.
    OnOrBefore,
    /// Dated on the day of the event or later, as minutes are.
    OnOrAfter,
}

/// What a document must name, by one of its links.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Relations that serve, such as `answers`.
    pub relations: Vec<String>,
    /// `None`: the event itself; otherwise a document of this role of the same fact.
    pub role: Option<String>,
}

/// A field that must have been read from a document.
#[derive(Clone, Debug)]
pub struct RequiredField {
    /// Name of the field.
    pub name: String,
    /// The value asked, folded; `None`: any value that is not blank.
    pub is: Option<String>,
}
