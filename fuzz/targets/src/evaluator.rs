//! The evaluator: a pack, a submission for it and a day, in this order.
//!
//! What fits is scored without a panic, the same each time; the numbers of every component,
//! group and total are in order and add up; and the laws that can be asked of one record
//! hold. Of a faulty pack, what is sound of it is as safe to ask.

use cchc_core::answer::{Assessment, Index, Numbers};
use cchc_core::property::laws::{self, World};
use cchc_core::record::Fitted;
use cchc_core::values::{Calendar, Points, parse_date};
use cchc_core::{fit, read_pack_partial, read_submission};
use chrono::{Days, NaiveDate};

use crate::parts;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let calendar = Calendar::vietnam();
    let parts = parts(bytes);
    let [pack, submission, day, ..] = parts.as_slice() else {
        return;
    };
    let day = parse_date(String::from_utf8_lossy(day).trim());
    let (Ok(day), (Some((pack, _)), faults), Ok(submission)) = (
        day,
        read_pack_partial("pack.json", pack, calendar),
        read_submission("submission.json", submission),
    ) else {
        return;
    };
    let Ok(fitted) = fit(&pack, &submission, calendar) else {
        return;
    };
    let answer = fitted.assess(day);
    assert_eq!(answer, fitted.assess(day), "two answers differ");
    in_order(&fitted, &answer);
    added_up(&answer);
    if faults.is_empty() {
        lawful(&fitted, day);
    }
}

/// From the minimum to the maximum, for all that has numbers.
fn in_order(fitted: &Fitted<'_>, answer: &Assessment) {
    for (leaf, told) in fitted.pack().leaves.iter().zip(&answer.leaves) {
        numbers(&told.code, &told.numbers);
        let least = leaf.min.clone().min(Points::ZERO);
        assert!(
            least <= told.numbers.secured,
            "{}: {} is below the minimum {}",
            told.code,
            told.numbers.secured,
            leaf.min
        );
        assert!(
            told.numbers.attainable <= told.numbers.max,
            "{}: {} is above the maximum {}",
            told.code,
            told.numbers.attainable,
            told.numbers.max
        );
    }
    for group in &answer.groups {
        numbers(&group.code, &group.numbers);
        index(&group.code, group.index.as_ref());
    }
    let totals = &answer.totals;
    numbers("total", &totals.numbers);
    index("total", totals.index.as_ref());
    if let Some(block) = &totals.bonus_penalty {
        numbers("block", block);
    }
    assert!(totals.illustrative_max <= totals.numbers.max, "{totals:?}");
}

fn numbers(code: &str, it: &Numbers) {
    assert!(
        it.secured <= it.standing && it.standing <= it.attainable,
        "{code}: {it:?}"
    );
    assert_eq!(it.lost, &it.max - &it.attainable, "{code}");
    assert_eq!(it.to_gain, &it.attainable - &it.standing, "{code}");
    assert_eq!(it.at_risk, &it.standing - &it.secured, "{code}");
}

fn index(code: &str, it: Option<&Index>) {
    if let Some(it) = it {
        assert!(
            it.secured <= it.standing && it.standing <= it.attainable,
            "{code}: {it:?}"
        );
    }
}

/// The totals are the areas added up, the block apart.
fn added_up(answer: &Assessment) {
    let areas = |block: bool| {
        let top = answer.groups.iter().filter(|group| group.depth == 1);
        top.filter(move |group| group.bonus_penalty == block)
            .map(|group| &group.numbers)
    };
    let sums = |block: bool| -> [Points; 4] {
        [
            areas(block).map(|it| &it.max).sum(),
            areas(block).map(|it| &it.secured).sum(),
            areas(block).map(|it| &it.standing).sum(),
            areas(block).map(|it| &it.attainable).sum(),
        ]
    };
    let told =
        |it: &Numbers| [&it.max, &it.secured, &it.standing, &it.attainable].map(Points::clone);
    let totals = &answer.totals;
    assert_eq!(told(&totals.numbers), sums(false), "the totals");
    if let Some(block) = &totals.bonus_penalty {
        assert_eq!(told(block), sums(true), "the block");
    }
}

/// The laws of the record as it is: nothing is added to it but days.
fn lawful(fitted: &Fitted<'_>, day: NaiveDate) {
    let world = World {
        submission: fitted.submission().clone(),
        as_of: day,
        later: day.checked_add_days(Days::new(40)).unwrap_or(day),
        extension: Default::default(),
    };
    let calendar = Calendar::vietnam();
    if let Err(broken) = laws::all(fitted.pack(), calendar, &world, laws::engine) {
        panic!("{broken}");
    }
}
