//! Law 1, witnesses: each end comes with an extension that `final` replays to it, and that
//! the rules of extension admit. What is admitted is worked out here anew, from the record
//! and the date alone.

use cchc_core::End;
use cchc_core::extension::{Extension, Move};
use cchc_core::facts::{Comparison, Figure, FigureValue, FlagValue, ProvedBy, Submission};
use cchc_core::fit;
use cchc_core::values::{Calendar, Exact};
use proptest::prelude::*;

use crate::generators::{Growth, KINDS, Kind, Quantity};
use crate::kit::{self, CLOSE, Choices, HAND_IN, OPEN, day, is_analysed, numbers};
use crate::worlds::World;

/// Holds both ends of a world against their witnesses.
///
/// Errors: which end has none, has a wrong one or one that is no extension.
fn hold(world: &World) -> Result<(), String> {
    let lists = world.lists(&world.all_facts());
    let submission = kit::read_the_submission(&kit::submission(&lists));
    let fitted = fit(&world.pack, &submission, Calendar::vietnam()).unwrap();
    let answer = fitted.assess(day(world.as_of));
    let [secured, _, attainable] = numbers(&answer, 0);
    let seen = fitted.seen(day(world.as_of));
    for (end, wanted) in [(End::Secured, secured), (End::Attainable, attainable)] {
        let tell = || world.tell(&world.all_facts());
        let Some(witness) = seen.witness("A.1", end) else {
            if is_analysed(&answer, 0) {
                return Err(format!("no witness for {end:?} {wanted}\n{}", tell()));
            }
            continue;
        };
        let points = seen.final_after(&witness).unwrap()[0].1.exact().clone();
        if points != wanted && !witness.tends {
            return Err(format!(
                "{end:?} is {wanted}, its witness closes with {points}\n{witness:?}\n{}",
                tell()
            ));
        }
        for quantity in &world.quantities {
            admit(quantity, world.as_of, &witness, &submission)
                .map_err(|why| format!("{end:?}: {why}\n{witness:?}\n{}", tell()))?;
        }
    }
    Ok(())
}

/// Whether the moves that touch a quantity are admitted.
fn admit(
    quantity: &Quantity,
    as_of: u64,
    moves: &Extension,
    before: &Submission,
) -> Result<(), String> {
    let open = as_of <= HAND_IN;
    let mut told = before
        .figures
        .iter()
        .filter(|it| it.quantity == quantity.name)
        .filter(|it| it.observed_on < day(as_of) && it.recorded_on < day(as_of))
        .max_by_key(|it| (it.observed_on, it.recorded_on));
    for step in &moves.moves {
        match step {
            Move::ProveEvent(_) | Move::ProveFigure(_) if !open => {
                return Err("documents after the last day to hand in".to_owned());
            }
            Move::Read(index)
                if before.evidence[*index].reading != Some(Comparison::Unreadable) =>
            {
                return Err("a document is read that could be read".to_owned());
            }
            Move::Event {
                kind,
                date,
                obligation,
                proved,
                ..
            } if kind == quantity.name => {
                if *date < day(as_of) || *date < day(OPEN) || *date > day(CLOSE) {
                    return Err(format!("an event on {date}"));
                }
                if obligation.is_some() != matches!(quantity.kind, Kind::DueSet { .. }) {
                    return Err("an obligation of no due set".to_owned());
                }
                if !proved && !quantity.proof {
                    return Err("an event that is not proved without documents".to_owned());
                }
            }
            Move::Figure(figure) if figure.quantity == quantity.name => {
                // An appraiser judges when they will.
                let judged = quantity.kind.is_judged();
                if !judged && (!open || figure.recorded_on > day(HAND_IN)) {
                    return Err("a figure after the last day to hand in".to_owned());
                }
                if figure.recorded_on < day(as_of) || figure.proved_by != ProvedBy::Assumption {
                    return Err("a figure of the past, or one that is not proved".to_owned());
                }
                if !moves_to(quantity, told, figure) {
                    return Err(format!("{told:?} cannot move to {figure:?}"));
                }
                told = Some(figure);
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a figure can move to another one, by the kind of its quantity.
fn moves_to(quantity: &Quantity, from: Option<&Figure>, to: &Figure) -> bool {
    let frozen = from.is_some_and(|it| it.observed_on >= day(CLOSE));
    if from.is_some_and(|it| to.observed_on < it.observed_on) {
        return false;
    }
    match (&quantity.kind, from.map(|it| &it.value), &to.value) {
        (Kind::Flag { holds }, Some(FigureValue::Flag(from)), FigureValue::Flag(to)) => {
            from == to || !frozen && (*holds || *from == FlagValue::NotYet)
        }
        (Kind::CountByFigure, Some(FigureValue::Count(from)), FigureValue::Count(to)) => {
            from == to || !frozen && to >= from
        }
        (
            Kind::Measure,
            Some(FigureValue::Measure { from, to }),
            FigureValue::Measure { from: a, to: b },
        ) => from <= a && b <= to,
        (Kind::Judgement | Kind::Verdict, from, FigureValue::Judgement(_)) => from.is_none(),
        (Kind::Sample { holds }, Some(from), to) => {
            let (from, to) = (is_enough(from), is_enough(to));
            from == to || !frozen && (*holds || !from)
        }
        // A mean is fixed once it is measured.
        (Kind::Answers, Some(FigureValue::Options(from)), FigureValue::Options(to)) => {
            let mean = |answers: &[(String, u64)]| {
                let of = |name: &str| answers.iter().find(|it| it.0 == name).map_or(0, |it| it.1);
                let (a, b, c) = (of("A"), of("B"), of("C"));
                Exact::ratio_u64(10 * a + 6 * b, a + b + c)
            };
            mean(from) == mean(to)
        }
        (Kind::ShareByEvents, from, FigureValue::Share(to)) => {
            from.is_none() && to.total == Some(0)
        }
        (
            Kind::Share {
                growth,
                min_total,
                left_out,
                ..
            },
            from,
            FigureValue::Share(to),
        ) => {
            let all = |it: &cchc_core::facts::ShareFigure| {
                (
                    it.won,
                    it.lost.unwrap() + it.overdue.unwrap_or(0),
                    it.total.unwrap(),
                )
            };
            let (won, lost, total) = all(to);
            let limit = match growth {
                Growth::AtMost(limit) => Some(*limit),
                _ => None,
            };
            let can = match from {
                None => total >= *min_total && limit.is_none_or(|limit| total <= limit),
                Some(FigureValue::Share(from)) => {
                    let (had_won, had_lost, had) = all(from);
                    let limit = match growth {
                        Growth::Fixed => Some(had),
                        Growth::Declared(_) => from.at_most,
                        Growth::AtMost(_) => limit,
                        Growth::Unbounded => None,
                    };
                    let unmoved = won == had_won && lost == had_lost && total == had;
                    unmoved
                        || !frozen
                            && won >= had_won
                            && lost >= had_lost
                            && total >= had
                            && limit.is_none_or(|limit| total <= limit)
                }
                _ => false,
            };
            can && (*left_out || to.open == Some(0))
        }
        (_, None, _) => true,
        _ => false,
    }
}

/// n·(1 + N·0.0025) ≥ N, in whole numbers.
fn is_enough(figure: &FigureValue) -> bool {
    match figure {
        FigureValue::Sample { population, size } => {
            size * (10_000 + 25 * population) >= 10_000 * population
        }
        other => panic!("{other:?}"),
    }
}

fn choices() -> impl Strategy<Value = Vec<u32>> {
    prop::collection::vec(0..60_u32, 0..60)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: kit::seed(), ..ProptestConfig::with_cases(kit::cases(1500)) })]

    /// Law 1, witnesses, one quantity. Tried: a witness that proves a claim after the last
    /// day to hand in is refused.
    #[test]
    fn each_end_of_one_quantity_has_a_witness(numbers in choices(), which in 0..KINDS) {
        let world = World::of_one(which, &mut Choices::new(numbers));
        hold(&world).map_err(TestCaseError::fail)?;
    }

    /// Law 1, witnesses, where a leaf puts two quantities together: with enclosure, this is
    /// tightness.
    #[test]
    fn each_end_of_two_quantities_has_a_witness(numbers in choices()) {
        let world = World::of_two(&mut Choices::new(numbers));
        hold(&world).map_err(TestCaseError::fail)?;
    }
}
