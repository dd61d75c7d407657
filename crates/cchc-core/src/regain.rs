//! Regain: what brings points back, how much, until when, and what is still enough if more
//! goes wrong.
//!
//! A lever is the smallest change that brings a component to its next points: exactly those
//! points, and strictly fewer with one unit less. It changes one quantity, the others as they
//! stand; where only several together bring something, one more lever names the least of each.
//! On a sloped rule the levels are its breakpoints, the most that can be reached and the next
//! hundredth of a point.
//!
//! What a lever does is an extension of the record, and its numbers are those of the record
//! with that done, as of the same date. What cannot be searched is listed as outside.

mod act;
mod guard;
mod history;
mod lever;
mod scene;
mod search;
mod track;
mod what_if;

use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

pub use act::{Act, Reaches, ToMend};
pub use guard::{Failure, Guard};
pub use history::{History, MAX_DATES, Moment, Pace, Step};
pub use search::{
    Asked, Goal, LeafGain, MAX_EFFORT, OutsideOf, Planned, Regain, Short, ShortReason, Target,
};
pub use what_if::{Impossible, MAX_SUPPOSITIONS, MAX_TIMES, Moved, Supposed, Supposition, WhatIf};

use crate::answer::{Basis, Numbers};
use crate::extension::Extension;
pub use crate::model::ActKind;
use crate::model::Title;
use crate::values::Points;

/// The levers of every component that is not full, and what its points survive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Levers {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: Basis,
    /// Components, in the order of the pack.
    pub leaves: Vec<LeafLevers>,
}

/// What can be done about one component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafLevers {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// Its numbers as they stand.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Whether its figures are not official.
    pub illustrative: bool,
    /// Office in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Offices that help.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// Levers, by the points that they reach, then by what they ask.
    pub levers: Vec<Lever>,
    /// What the standing points survive with nothing else added.
    pub guards: Vec<Guard>,
    /// What was not searched, or cannot be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<Outside>,
}

/// The smallest change that reaches some points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Lever {
    /// What is to be done; together they are one lever.
    pub acts: Vec<Act>,
    /// The three numbers of the component with that done.
    pub after: Three,
    /// By how much each of them changes.
    pub gain: Three,
    /// First day on which all of it can be done.
    pub from: NaiveDate,
    /// Last day for all of it; `None` where the unit cannot tell.
    pub until: Option<NaiveDate>,
    /// Documents that must be there, by role.
    pub evidence: Vec<RoleAsked>,
    /// Whether the unit depends on the level above it.
    pub depends_on_upper_level: bool,
    /// What the points reached survive.
    pub margin: Vec<Guard>,
    /// Standing points that other components gain, or lose, by the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Also>,
}

impl Lever {
    /// The lever as an extension of the record, for [`crate::Seen::final_after`].
    pub fn extension(&self) -> Extension {
        Extension {
            moves: self.acts.iter().flat_map(|act| act.moves.clone()).collect(),
            tends: false,
        }
    }
}

/// The three numbers of a component. Unit: points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Three {
    /// Certain, whatever happens.
    pub secured: Points,
    /// If nothing more is done.
    pub standing: Points,
    /// The most that can still be reached.
    pub attainable: Points,
}

/// A part that documents must play for a lever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RoleAsked {
    /// The quantity.
    pub quantity: Arc<str>,
    /// The role.
    pub role: Arc<str>,
    /// Kinds of document that can play it.
    pub kinds: Vec<&'static str>,
    /// How many documents, for each event or figure.
    pub at_least: usize,
}

/// What another component gains by a lever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Also {
    /// Its code.
    pub code: String,
    /// Its standing points after less before.
    pub standing: Points,
}

/// Something that no lever covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Outside {
    /// The quantity, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Arc<str>>,
    /// Why.
    pub reason: OutsideReason,
}

/// Why something is outside what is searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OutsideReason {
    /// An appraiser judges: it cannot be computed.
    Judgement,
    /// Points both rise and fall along the quantity, over too many units to try each.
    NotMonotone,
    /// Points come by comparison with a target and other units.
    Relative,
    /// The best figure of other units is not published.
    Cohort,
    /// The population of a survey is not stated.
    Population,
    /// More acts or units than are tried.
    TooMany,
    /// Two quantities of the component are fed by the same facts.
    SharedFacts,
    /// More points are attainable than the levers reach.
    MoreAttainable,
}

impl OutsideReason {
    /// Every reason.
    pub const ALL: &'static [OutsideReason] = &[
        OutsideReason::Judgement,
        OutsideReason::NotMonotone,
        OutsideReason::Relative,
        OutsideReason::Cohort,
        OutsideReason::Population,
        OutsideReason::TooMany,
        OutsideReason::SharedFacts,
        OutsideReason::MoreAttainable,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            OutsideReason::Judgement => "judgement",
            OutsideReason::NotMonotone => "not_monotone",
            OutsideReason::Relative => "relative",
            OutsideReason::Cohort => "cohort",
            OutsideReason::Population => "population",
            OutsideReason::TooMany => "too_many",
            OutsideReason::SharedFacts => "shared_facts",
            OutsideReason::MoreAttainable => "more_attainable",
        }
    }
}
