//! Random packs, submissions, extensions and evidence registers, and the laws as functions.
//!
//! For testing rules by properties, one's own as well as the shipped ones: the strategies
//! shrink toward small packs and short records, and [`laws::hold`] holds any pack to every
//! law of the three numbers in one line. Behind the feature `proptest`, off by default.
//!
//! ```
//! # let bytes = include_bytes!("../../../rules/son-ha-2024/pack.json");
//! use cchc_core::{property::laws, read_pack, values::Calendar};
//!
//! let pack = read_pack("pack.json", bytes, Calendar::vietnam()).expect("a sound pack");
//! laws::hold(&pack, Calendar::vietnam(), 8).expect("the laws hold for this pack");
//! ```
//!
//! What is generated goes through the readers, so that nothing is tried that a file could
//! not say.

mod choices;
mod definition;
mod extension;
pub mod laws;
mod pack;
mod submission;

use chrono::{Days, NaiveDate};
use proptest::prelude::*;

pub use choices::Choices;
pub use definition::definition;

use crate::extension::Extension;
use crate::facts::{Document, Submission};
use crate::model::Pack;
use crate::values::Calendar;

/// Numbers from which [`Choices`] are made; fewer and smaller ones make simpler things.
fn numbers(most: usize) -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..60_u32, 0..most)
}

/// Random packs: one to four components over quantities of every kind.
///
/// Their windows are short, so that a few days show every side of a limit.
pub fn packs(calendar: &Calendar) -> impl Strategy<Value = Pack> + '_ {
    numbers(90).prop_filter_map("a pack that reads", move |numbers| {
        let json = pack::random(&mut Choices::new(numbers)).to_string();
        crate::read_pack("random.json", json.as_bytes(), calendar).ok()
    })
}

/// Random submissions for a pack: figures and events in and out of their windows, with
/// documents that prove them, documents that do not, and none.
pub fn submissions(pack: &Pack) -> impl Strategy<Value = Submission> + '_ {
    numbers(240).prop_filter_map("a submission that reads", |numbers| {
        let json = submission::random(pack, &mut Choices::new(numbers)).to_string();
        crate::read_submission("random.json", json.as_bytes()).ok()
    })
}

/// Random evidence registers for a pack.
pub fn registers(pack: &Pack) -> impl Strategy<Value = Vec<Document>> + '_ {
    submissions(pack).prop_map(|submission| submission.evidence)
}

/// Days on every side of the limits of a pack.
pub fn as_of_dates(pack: &Pack) -> impl Strategy<Value = NaiveDate> + use<> {
    let mut days = Vec::new();
    for quantity in &pack.quantities {
        days.extend([
            quantity.window.from(),
            quantity.window.to(),
            quantity.hand_in_by,
        ]);
        if let crate::rules::QuantityKind::DueSet { obligations, .. } = &quantity.kind {
            days.extend(obligations.iter().map(|it| it.due));
        }
    }
    days.push(pack.window.from());
    days.sort();
    days.dedup();
    (prop::sample::select(days), 0..4_u64).prop_map(|(day, more)| {
        let later = day.checked_add_days(Days::new(more));
        later.unwrap_or(day)
    })
}

/// Random extensions of a submission as it stood at the start of a day.
///
/// Each move is one that the rules of extension admit: events of that day or later, inside
/// their window; documents, until the last day to hand in; unreadable documents that are
/// read; figures to which the newest one can move.
pub fn extensions<'a>(
    pack: &'a Pack,
    submission: &'a Submission,
    as_of: NaiveDate,
) -> impl Strategy<Value = Extension> + 'a {
    numbers(60).prop_map(move |numbers| {
        extension::random(pack, submission, as_of, &mut Choices::new(numbers))
    })
}
