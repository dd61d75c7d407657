//! Law 1: `final` of every extension lies between secured and attainable, and both ends are
//! reached or, where a share only tends to them, approached.

use proptest::prelude::*;

use serde_json::json;

use crate::facts::{Facts, Figure, Paper};
use crate::generators::{Growth, Kind, Quantity};
use crate::kit::{Choices, exact};
use crate::worlds::{Claim, World, hold};

fn numbers() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..60_u32, 0..60)
}

fn check(world: &World, limit: usize) -> Result<(), TestCaseError> {
    let claim = Claim::of_engine(world);
    hold(world, &claim, limit).map_err(TestCaseError::fail)
}

/// Law 1, enclosure and tightness, for one quantity of each kind. Tried: bounds moved by a
/// hundredth to either side are refused, see [`wrong_bounds_are_refused`].
macro_rules! one_quantity {
    ($($name:ident: $which:expr, $cases:expr;)*) => {$(
        proptest! {
            #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: crate::kit::seed(), ..ProptestConfig::with_cases(crate::kit::cases($cases)) })]
            #[test]
            fn $name(numbers in numbers()) {
                let world = World::of_one($which, &mut Choices::new(numbers));
                check(&world, 400)?;
            }
        }
    )*};
}

one_quantity! {
    extensions_of_a_flag_close_within_the_bounds: 0, 200;
    extensions_of_a_count_by_figure_close_within_the_bounds: 1, 120;
    extensions_of_a_count_by_events_close_within_the_bounds: 2, 120;
    extensions_of_a_due_set_close_within_the_bounds: 3, 120;
    extensions_of_a_share_close_within_the_bounds: 4, 120;
    extensions_of_a_share_by_events_close_within_the_bounds: 6, 40;
    extensions_of_a_measure_close_within_the_bounds: 7, 120;
    extensions_of_a_judgement_close_within_the_bounds: 8, 20;
    extensions_of_a_verdict_close_within_the_bounds: 9, 20;
    extensions_of_a_sample_close_within_the_bounds: 10, 60;
    extensions_of_a_mean_of_answers_close_within_the_bounds: 11, 60;
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: crate::kit::seed(), ..ProptestConfig::with_cases(crate::kit::cases(120)) })]

    /// Law 1, enclosure, where a leaf puts two quantities together. The oracle tries 40
    /// extensions of each, which can miss an end: tightness is held by witnesses.
    #[test]
    fn extensions_of_two_quantities_close_within_the_bounds(numbers in numbers()) {
        let world = World::of_two(&mut Choices::new(numbers));
        let claim = Claim { analysed: false, ..Claim::of_engine(&world) };
        hold(&world, &claim, 40).map_err(TestCaseError::fail)?;
    }
}

/// A share of three items, one won, one lost and one open, and a rule that rises with it.
fn known_world() -> World {
    let share = json!({"share": {"won": 1, "lost": 1, "open": 1}});
    let facts = Facts {
        figures: vec![Figure {
            observed: 14,
            recorded: 14,
            value: share,
            paper: Paper::Good,
        }],
        ..Facts::default()
    };
    let kind = Kind::Share {
        growth: Growth::Fixed,
        left_out: false,
        overdue: false,
        min_total: 1,
    };
    let share = Quantity {
        name: "q",
        kind,
        proof: true,
        distinct: false,
        facts,
    };
    let rule = json!({"form": "proportional", "of": "q", "in": "fraction", "points": "3"});
    World::new(vec![share], rule, 30, &mut Choices::new(Vec::new()))
}

/// The oracle of law 1 rejects every wrong number: too narrow, too wide, and another standing.
#[test]
fn wrong_bounds_are_refused() {
    let world = known_world();
    let claim = |secured: &str, standing: &str, attainable: &str| Claim {
        secured: exact(secured),
        standing: exact(standing),
        attainable: exact(attainable),
        analysed: true,
    };
    assert_eq!(Claim::of_engine(&world), claim("1", "1", "2"));
    assert_eq!(hold(&world, &claim("1", "1", "2"), 400), Ok(()));
    for (secured, standing, attainable, why) in [
        ("1.01", "1", "2", "outside"),
        ("1", "1", "1.99", "outside"),
        ("0.99", "1", "2", "every extension"),
        ("1", "1", "2.01", "every extension"),
        ("1", "1.01", "2", "standing"),
    ] {
        let refused = hold(&world, &claim(secured, standing, attainable), 400).unwrap_err();
        assert!(refused.contains(why), "{refused}");
    }
    // An end that is said to be only an enclosure may be too wide, never too narrow.
    let wide = Claim {
        analysed: false,
        ..claim("0", "1", "3")
    };
    assert_eq!(hold(&world, &wide, 400), Ok(()));
    let narrow = Claim {
        analysed: false,
        ..claim("1", "1", "1")
    };
    assert!(hold(&world, &narrow, 400).is_err());
}
