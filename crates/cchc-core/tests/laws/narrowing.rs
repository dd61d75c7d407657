//! Law 2: a later date, or one more fact, never lowers secured nor raises attainable.
//!
//! Corrections are left out: every fact added is an extension that the oracle knows.

use proptest::prelude::*;

use crate::generators::KINDS;
use crate::kit::{Choices, assess, numbers};
use crate::worlds::{AS_OF, World};

fn choices() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..60_u32, 0..60)
}

fn narrows(before: &[cchc_core::values::Exact; 3], after: &[cchc_core::values::Exact; 3]) -> bool {
    before[0] <= after[0] && after[2] <= before[2] && after[0] <= after[1] && after[1] <= after[2]
}

/// The same record, asked on a later date, and with an extension that is seen by then.
fn check(world: &World, later: u64, which: usize) -> Result<(), TestCaseError> {
    let seen = world.seen();
    let before = numbers(&assess(&world.pack, &world.lists(&seen), world.as_of), 0);
    let after = numbers(&assess(&world.pack, &world.lists(&seen), later), 0);
    prop_assert!(
        narrows(&before, &after),
        "{before:?} then {after:?} on day {later}\n{}",
        world.tell(&seen)
    );
    let extensions = world.extensions(6);
    let extension = &extensions[which % extensions.len()];
    for later in [later, 60] {
        let after = numbers(&assess(&world.pack, &world.lists(extension), later), 0);
        prop_assert!(
            narrows(&before, &after),
            "{before:?} then {after:?} on day {later}\nbefore {}\nafter {}",
            world.tell(&seen),
            world.tell(extension)
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: crate::kit::seed(), ..ProptestConfig::with_cases(crate::kit::cases(200)) })]

    /// Law 2, narrowing. Tried: with an event dated before the as-of date among the moves,
    /// a correction, it fails at once.
    #[test]
    fn a_later_date_or_one_more_fact_only_narrows(
        numbers in choices(), which in 0..KINDS, later in 0..AS_OF.len(), extension in 0..5000_usize,
    ) {
        let world = World::of_one(which, &mut Choices::new(numbers));
        check(&world, AS_OF[later].max(world.as_of), extension)?;
    }

    /// Law 2, narrowing, where one leaf reads two quantities.
    #[test]
    fn a_later_date_or_one_more_fact_only_narrows_two_quantities(
        numbers in choices(), later in 0..AS_OF.len(), extension in 0..5000_usize,
    ) {
        let world = World::of_two(&mut Choices::new(numbers));
        check(&world, AS_OF[later].max(world.as_of), extension)?;
    }
}

/// A wider answer after a narrower one is refused, so the comparison itself can fail.
#[test]
fn a_widening_is_not_taken_for_a_narrowing() {
    let at = |low: &str, high: &str| [low, low, high].map(crate::kit::exact);
    assert!(narrows(&at("0", "1"), &at("0.5", "1")));
    assert!(!narrows(&at("0.5", "1"), &at("0", "1")));
    assert!(!narrows(&at("0", "1"), &at("0", "2")));
}
