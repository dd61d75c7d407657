//! The year as a line: the three numbers over as-of dates, each from the record as it stood
//! then, and what closed on the way.
//!
//! The numbers narrow toward the score. Where they do not, a correction was recorded or a
//! component came into force or left it; such steps are marked.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use serde::Serialize;

use crate::answer::{Basis, LeafAnswer, Numbers, Opening, Outcome};
use crate::json::{Phrase, phrase};
use crate::model::Title;
use crate::record::{Fitted, Misfit};
use crate::values::Points;

/// Most dates of one history.
pub const MAX_DATES: usize = 400;

/// The distance between two dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Seven days.
    Week,
    /// To the same day of the next month, or its last one.
    Month,
    /// Three months.
    Quarter,
}

impl Pace {
    /// Every pace.
    pub const ALL: &'static [Pace] = &[Pace::Week, Pace::Month, Pace::Quarter];

    /// Its name in a request and for the command.
    pub fn code(self) -> &'static str {
        match self {
            Pace::Week => "week",
            Pace::Month => "month",
            Pace::Quarter => "quarter",
        }
    }

    fn after(self, from: NaiveDate, steps: u32) -> Option<NaiveDate> {
        match self {
            Pace::Week => from.checked_add_days(Days::new(u64::from(steps) * 7)),
            Pace::Month => from.checked_add_months(Months::new(steps)),
            Pace::Quarter => from.checked_add_months(Months::new(steps.checked_mul(3)?)),
        }
    }
}

/// The numbers over a stretch of dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct History {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on, as of the last date.
    pub basis: Basis,
    /// The dates, earliest first.
    pub moments: Vec<Moment>,
}

/// The numbers as of one date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moment {
    /// The start of this day is seen.
    pub as_of: NaiveDate,
    /// All components outside the bonus and penalty block.
    #[serde(flatten)]
    pub numbers: Numbers,
    /// Whether the ends of every component lie within those of the date before.
    pub narrows: bool,
    /// Components whose numbers changed since the date before.
    pub changed: Vec<Step>,
}

/// What changed of a component between two dates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// Certain points, after less before.
    pub secured: Points,
    /// Standing points, after less before.
    pub standing: Points,
    /// Attainable points, after less before.
    pub attainable: Points,
    /// Whether nothing of it can change any more, and could before.
    pub settled: bool,
    /// Whether an end moved outward: a correction, or a component in or out of force.
    pub widens: bool,
    /// What could be done before, until a day that has passed.
    pub closed: Vec<Opening>,
}

impl Fitted<'_> {
    /// The numbers as of `from`, then at every pace, and as of `to`.
    ///
    /// Errors: dates in the wrong order, or too many of them.
    pub fn history(&self, from: NaiveDate, to: NaiveDate, pace: Pace) -> Result<History, Misfit> {
        let dates = dates(from, to, pace)?;
        let mut moments: Vec<Moment> = Vec::with_capacity(dates.len());
        let mut before: Option<Vec<LeafAnswer>> = None;
        for as_of in dates {
            let answer = self.assess(as_of);
            let changed = match &before {
                None => Vec::new(),
                Some(before) => changes(before, &answer.leaves, as_of),
            };
            moments.push(Moment {
                as_of,
                numbers: answer.totals.numbers,
                narrows: changed.iter().all(|it| !it.widens),
                changed,
            });
            before = Some(answer.leaves);
        }
        Ok(History {
            format: "cchc-history",
            version: 1,
            basis: self.basis(to),
            moments,
        })
    }
}

fn dates(from: NaiveDate, to: NaiveDate, pace: Pace) -> Result<Vec<NaiveDate>, Misfit> {
    let misfit = |code, expected: Phrase, found: Phrase| Misfit {
        code,
        path: "to".to_owned(),
        expected,
        found,
        help: None,
    };
    if to < from {
        let expected = phrase!("a day not before {}", from);
        return Err(misfit(
            "range-reversed",
            expected,
            Phrase::new("`{}`", [to.to_string()]),
        ));
    }
    let mut dates = Vec::new();
    for steps in 0.. {
        match pace.after(from, steps).filter(|date| *date < to) {
            Some(date) => dates.push(date),
            None => break,
        }
        if dates.len() >= MAX_DATES {
            let expected = phrase!("at most {} dates from {} to {}", MAX_DATES, from, to);
            return Err(misfit("too-many", expected, "more".into()));
        }
    }
    dates.push(to);
    Ok(dates)
}

fn changes(before: &[LeafAnswer], after: &[LeafAnswer], as_of: NaiveDate) -> Vec<Step> {
    let settled = |it: &LeafAnswer| it.numbers.secured == it.numbers.attainable;
    let out = |it: &LeafAnswer| it.outcome == Outcome::OutOfValidity;
    let both = before.iter().zip(after);
    let steps = both.map(|(before, after)| {
        let (old, new) = (&before.numbers, &after.numbers);
        let closed = before.open.iter().filter(|opening| {
            opening.until.is_some_and(|until| until < as_of) && !after.open.contains(opening)
        });
        Step {
            code: after.code.clone(),
            title: after.title.clone(),
            secured: &new.secured - &old.secured,
            standing: &new.standing - &old.standing,
            attainable: &new.attainable - &old.attainable,
            settled: settled(after) && !settled(before),
            widens: new.secured < old.secured
                || new.attainable > old.attainable
                || out(before) != out(after),
            closed: closed.cloned().collect(),
        }
    });
    steps
        .filter(|it| {
            let still = it.secured.is_zero() && it.standing.is_zero() && it.attainable.is_zero();
            !still || it.settled || it.widens || !it.closed.is_empty()
        })
        .collect()
}
