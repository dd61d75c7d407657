//! Testing a pack of one's own by properties, as a crate outside of core does it: every law
//! of the three numbers is asked of random records of the pack.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::path::Path;

use cchc_core::facts::{Figure, FigureValue, Submission};
use cchc_core::model::Pack;
use cchc_core::property::laws::{self, Claim};
use cchc_core::property::{as_of_dates, definition, packs, submissions};
use cchc_core::record::Fitted;
use cchc_core::rules::Predecessors;
use cchc_core::values::{Calendar, Exact};
use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn shipped(name: &str) -> Pack {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bytes = std::fs::read(root.join("rules").join(name).join("pack.json")).unwrap();
    cchc_core::read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap()
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_240_720),
        ..ProptestConfig::with_cases(cases)
    }
}

#[test]
fn the_laws_hold_for_the_first_pack() {
    laws::hold(&shipped("son-ha-2024"), Calendar::vietnam(), 10).unwrap();
}

#[test]
fn the_laws_hold_for_the_draft_of_a_successor() {
    laws::hold(&shipped("son-ha-2025-draft"), Calendar::vietnam(), 10).unwrap();
}

/// Predecessors that bring something, and units that began or ended within the year.
fn split_year() -> Pack {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let bytes = std::fs::read(root.join("fixtures/packs/sound/split-year/pack.json")).unwrap();
    cchc_core::read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap()
}

/// The same record told by one unit that states the sums itself, and nothing where a part is
/// missing. The sums are worked out here, item by item.
fn added_up(pack: &Pack, submission: &Submission) -> Submission {
    let mut sum = submission.clone();
    let units = std::mem::take(&mut sum.unit.predecessors);
    let summed = |figure: &Figure| {
        let of = pack.quantities.iter().find(|it| *it.id == *figure.quantity);
        of.is_some_and(|it| it.predecessors == Predecessors::Sum)
    };
    sum.figures.retain(|figure| {
        let stated = figure.predecessors.stated();
        !summed(figure)
            || units
                .iter()
                .all(|unit| stated.iter().any(|it| it.unit == unit.id))
    });
    for figure in &mut sum.figures {
        let summed = summed(figure);
        let parts = std::mem::take(&mut figure.predecessors);
        for part in parts.stated().iter().filter(|_| summed) {
            match (&mut figure.value, &part.value) {
                (FigureValue::Count(own), FigureValue::Count(more)) => *own += more,
                (FigureValue::Share(own), FigureValue::Share(more)) => {
                    let total = more.total.unwrap();
                    own.won += more.won;
                    own.lost = Some(own.lost.unwrap() + more.lost.unwrap());
                    own.open = Some(own.open.unwrap() + more.open.unwrap());
                    own.total = Some(own.total.unwrap() + total);
                    own.overdue = Some(own.overdue.unwrap_or(0) + more.overdue.unwrap_or(0));
                    own.at_most = own.at_most.map(|it| it + total);
                }
                (
                    FigureValue::Measure { from, to },
                    FigureValue::Measure {
                        from: more_from,
                        to: more_to,
                    },
                ) => {
                    *from += more_from.clone();
                    *to += more_to.clone();
                }
                other => panic!("{other:?}"),
            }
        }
    }
    for event in &mut sum.events {
        event.unit = None;
    }
    sum
}

/// The components of [`split_year`] that add up predecessors.
const SUMMED: [&str; 6] = ["1.1", "1.2", "1.3", "1.4", "1.5", "1.6"];

/// Records over which a unit with predecessors and one that states the sums differ, of how
/// many that have at least one complete sum.
fn sums_differ(change: fn(&mut Submission)) -> (usize, usize) {
    let pack = split_year();
    let told = std::cell::Cell::new((0, 0));
    let ask = |submission: &Submission, as_of: NaiveDate| {
        let fitted = cchc_core::fit(&pack, submission, Calendar::vietnam()).unwrap();
        let claims = laws::engine(&fitted, as_of).into_iter();
        claims
            .filter(|it| SUMMED.contains(&it.code.as_str()))
            .collect::<Vec<_>>()
    };
    proptest!(config(120), |(submission in submissions(&pack), as_of in as_of_dates(&pack))| {
        let mut submission = submission;
        submission.taken_as_proved = true;
        let sum = added_up(&pack, &submission);
        let complete = !submission.unit.predecessors.is_empty()
            && sum.figures.iter().any(|it| ["dossiers", "files"].contains(&it.quantity.as_str()));
        change(&mut submission);
        let differs = ask(&submission, as_of) != ask(&sum, as_of);
        let (differing, all) = told.get();
        told.set((differing + usize::from(differs), all + usize::from(complete)));
    });
    told.get()
}

#[test]
fn predecessors_score_as_the_sum_of_their_figures() {
    let (differing, complete) = sums_differ(|_| {});
    assert_eq!(differing, 0);
    assert!(complete >= 10, "{complete} records have a sum to compare");
}

#[test]
fn a_sum_that_leaves_a_predecessor_out_is_found() {
    let (differing, _) = sums_differ(|submission| drop(submission.unit.predecessors.pop()));
    assert!(differing > 0);
}

#[test]
fn the_laws_hold_for_split_years() {
    laws::hold(&split_year(), Calendar::vietnam(), 60).unwrap();
}

#[test]
fn both_evaluators_agree_over_split_years() {
    let pack = split_year();
    laws::agree(&pack, Calendar::vietnam(), 30, [laws::engine, definition]).unwrap();
}

#[test]
fn the_laws_hold_for_every_scoring_form() {
    laws::hold(&shipped("gallery"), Calendar::vietnam(), 10).unwrap();
}

proptest! {
    #![proptest_config(config(24))]

    /// The laws hold for packs that nobody wrote.
    #[test]
    fn the_laws_hold_for_random_packs(pack in packs(Calendar::vietnam())) {
        laws::hold(&pack, Calendar::vietnam(), 3).map_err(|it| TestCaseError::fail(it.0))?;
    }
}

proptest! {
    #![proptest_config(config(40))]

    /// The fast evaluator and the one by definition agree.
    #[test]
    fn both_evaluators_agree_over_random_packs(pack in packs(Calendar::vietnam())) {
        laws::agree(&pack, Calendar::vietnam(), 3, [laws::engine, definition])
            .map_err(|it| TestCaseError::fail(it.0))?;
    }
}

#[test]
fn an_evaluator_that_the_definition_contradicts_is_found() {
    let wrong =
        |fitted: &Fitted<'_>, as_of: NaiveDate| changed(fitted, as_of, |it| it.outcome = "scored");
    let pack = shipped("gallery");
    let agreed = laws::agree(&pack, Calendar::vietnam(), 1, [wrong, definition]);
    assert!(agreed.unwrap_err().0.starts_with("agreement"));
}

#[test]
fn both_evaluators_agree_over_every_scoring_form() {
    let pack = shipped("gallery");
    laws::agree(&pack, Calendar::vietnam(), 2, [laws::engine, definition]).unwrap();
}

/// What one's own rule promises can be a property too: 3.4.1 never gives more than its two
/// points, and never stands above what can be attained.
#[test]
fn a_promise_of_one_rule_is_a_property_of_its_pack() {
    let pack = shipped("son-ha-2024");
    proptest!(config(24), |(submission in submissions(&pack))| {
        let fitted = cchc_core::fit(&pack, &submission, Calendar::vietnam()).unwrap();
        let answer = fitted.assess(pack.window.to());
        let leaf = answer.leaves.iter().find(|it| it.code == "3.4.1").unwrap();
        prop_assert!(leaf.numbers.attainable.exact() <= &Exact::from_integer(2));
        prop_assert!(leaf.numbers.standing <= leaf.numbers.attainable);
    });
}

/// An evaluator that changes what the engine says of each component.
fn changed(fitted: &Fitted<'_>, as_of: NaiveDate, change: fn(&mut Claim)) -> Vec<Claim> {
    let mut claims = laws::engine(fitted, as_of);
    claims.iter_mut().for_each(change);
    claims
}

/// The law that a wrong evaluator is found by.
#[track_caller]
fn check(wrong: laws::Evaluator, law: &str) {
    let broken = laws::hold_with(&shipped("son-ha-2024"), Calendar::vietnam(), 40, wrong);
    let broken = broken.unwrap_err().0;
    assert!(broken.starts_with(law), "{broken}");
}

fn hundredth() -> Exact {
    Exact::ratio(1, 100).unwrap()
}

#[test]
fn an_evaluator_whose_standing_is_not_final_is_found() {
    check(
        |fitted, as_of| changed(fitted, as_of, |it| it.standing = Exact::ZERO),
        "standing",
    );
}

#[test]
fn an_evaluator_that_attains_too_little_is_found() {
    check(
        |fitted, as_of| changed(fitted, as_of, |it| it.attainable = it.standing.clone()),
        "enclosure",
    );
}

#[test]
fn an_evaluator_that_attains_too_much_is_found() {
    check(
        |fitted, as_of| changed(fitted, as_of, |it| it.attainable += hundredth()),
        "tightness",
    );
}

#[test]
fn an_evaluator_that_secures_too_little_is_found() {
    check(
        |fitted, as_of| changed(fitted, as_of, |it| it.secured = &it.secured - &hundredth()),
        "tightness",
    );
}

#[test]
fn an_evaluator_that_forgets_what_it_had_secured_is_found() {
    // Late in the year it no longer trusts anything, and says that it only encloses.
    let wrong = |fitted: &Fitted<'_>, as_of: NaiveDate| {
        let late = as_of >= NaiveDate::from_ymd_opt(2024, 9, 1).unwrap();
        let mut claims = laws::engine(fitted, as_of);
        for claim in &mut claims {
            claim.exact = false;
            if late {
                claim.secured = Exact::from_integer(-1);
            }
        }
        claims
    };
    check(wrong, "narrowing");
}

#[test]
fn an_evaluator_that_does_not_round_is_found() {
    check(
        |fitted, as_of| {
            changed(fitted, as_of, |it| {
                it.exact = false;
                it.attainable += Exact::ratio(1, 1000).unwrap();
            })
        },
        "exactness",
    );
}

#[test]
fn an_evaluator_that_looks_at_places_in_the_file_is_found() {
    let wrong = |fitted: &Fitted<'_>, as_of: NaiveDate| {
        let first = fitted
            .submission()
            .figures
            .first()
            .map(|it| it.quantity.clone());
        let mut claims = laws::engine(fitted, as_of);
        for claim in &mut claims {
            claim.exact = false;
            if first.as_deref() == Some("dossiers") {
                claim.attainable += Exact::ONE;
            }
        }
        claims
    };
    check(wrong, "order");
}

#[test]
fn an_evaluator_for_which_silence_is_none_is_found() {
    check(
        |fitted, as_of| {
            changed(fitted, as_of, |it| {
                it.outcome = "not_arisen";
            })
        },
        "unknown",
    );
}

#[test]
fn a_node_that_is_not_its_children_added_up_is_found() {
    let pack = shipped("son-ha-2024");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let file = root.join("fixtures/submissions/son-thuong-2024/submission.json");
    let bytes = std::fs::read(file).unwrap();
    let submission = cchc_core::read_submission("submission.json", &bytes).unwrap();
    let fitted = cchc_core::fit(&pack, &submission, Calendar::vietnam()).unwrap();
    let mut answer = fitted.assess(submission.prepared_on);
    laws::nodes(&pack, &answer).unwrap();
    answer.groups[0].numbers.secured = answer.groups[0].numbers.attainable.clone();
    let broken = laws::nodes(&pack, &answer).unwrap_err();
    assert!(broken.0.starts_with("nodes"), "{broken}");
}
