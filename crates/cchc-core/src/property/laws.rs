//! The laws of the three numbers, as functions over any pack.
//!
//! [`hold`] tries random records of a pack; each law can also be asked of one record. What
//! is tested is an [`Evaluator`]: the engine itself, or another one that is to agree with it.

use chrono::NaiveDate;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestError, TestRunner};

use crate::answer::Assessment;
use crate::bounds::End;
use crate::extension::Extension;
use crate::facts::Submission;
use crate::model::Pack;
use crate::record::{Fitted, fit};
use crate::rules::QuantityKind;
use crate::values::{Calendar, Exact};

/// The three numbers of a component, as an evaluator claims them. Unit: points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Code of the component.
    pub code: String,
    /// Certain points.
    pub secured: Exact,
    /// Points if nothing more is done.
    pub standing: Exact,
    /// The most points that can still be reached.
    pub attainable: Exact,
    /// How it came to them, as a code of [`crate::answer::Outcome`].
    pub outcome: &'static str,
    /// Whether the ends are said to be exact, and not only to enclose.
    pub exact: bool,
}

/// Whoever works out the three numbers of every component of a record as of a date.
pub type Evaluator = fn(&Fitted<'_>, NaiveDate) -> Vec<Claim>;

/// The engine's own evaluator.
pub fn engine(fitted: &Fitted<'_>, as_of: NaiveDate) -> Vec<Claim> {
    let answer = fitted.assess(as_of);
    let leaves = answer.leaves.into_iter();
    leaves
        .map(|leaf| Claim {
            exact: !leaf.findings.iter().any(|it| it.code == "not_analysed"),
            outcome: leaf.outcome.code(),
            secured: leaf.numbers.secured.into_exact(),
            standing: leaf.numbers.standing.into_exact(),
            attainable: leaf.numbers.attainable.into_exact(),
            code: leaf.code,
        })
        .collect()
}

/// A law that does not hold, with the smallest record that was found to show it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(pub String);

/// A record and how it goes on.
#[derive(Clone, Debug)]
pub struct World {
    /// The record.
    pub submission: Submission,
    /// The day as of which it is asked.
    pub as_of: NaiveDate,
    /// A later day.
    pub later: NaiveDate,
    /// How the record goes on from the first day.
    pub extension: Extension,
}

/// Random records of a pack, each with an extension.
pub fn worlds(pack: &Pack) -> impl Strategy<Value = World> + '_ {
    let days = || super::as_of_dates(pack);
    (super::submissions(pack), days(), days()).prop_flat_map(move |(submission, one, other)| {
        let (as_of, later) = (one.min(other), one.max(other));
        let numbers = prop::collection::vec(0..60_u32, 0..60);
        numbers.prop_map(move |numbers| World {
            extension: super::extension::random(
                pack,
                &submission,
                as_of,
                &mut super::Choices::new(numbers),
            ),
            submission: submission.clone(),
            as_of,
            later,
        })
    })
}

/// Holds the engine to every law over random records of a pack.
///
/// Errors: the first law that is broken, with a record that shows it, shrunk.
pub fn hold(pack: &Pack, calendar: &Calendar, cases: u32) -> Result<(), Broken> {
    hold_with(pack, calendar, cases, engine)
}

/// As [`hold`], for another evaluator.
pub fn hold_with(
    pack: &Pack,
    calendar: &Calendar,
    cases: u32,
    evaluator: Evaluator,
) -> Result<(), Broken> {
    try_worlds(pack, cases, |world| all(pack, calendar, world, evaluator))
}

fn try_worlds(
    pack: &Pack,
    cases: u32,
    holds: impl Fn(&World) -> Result<(), Broken>,
) -> Result<(), Broken> {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_240_720),
        max_global_rejects: 200_000,
        max_shrink_iters: 400,
        max_shrink_time: 4_000,
        ..Config::with_cases(cases)
    });
    let run = runner.run(&worlds(pack), |world| {
        holds(&world).map_err(|broken| TestCaseError::fail(broken.0))
    });
    match run {
        Ok(()) => Ok(()),
        Err(TestError::Fail(why, world)) => Err(Broken(format!("{why}\n{world:?}"))),
        Err(TestError::Abort(why)) => Err(Broken(format!("no records could be made: {why}"))),
    }
}

/// Whether two evaluators agree over random records of a pack: on outcomes and standing
/// always, on the ends where both are exact; elsewhere the second lies within the first.
///
/// Errors: the first record over which they do not, shrunk.
pub fn agree(
    pack: &Pack,
    calendar: &Calendar,
    cases: u32,
    [one, other]: [Evaluator; 2],
) -> Result<(), Broken> {
    try_worlds(pack, cases, |world| {
        let fitted = fitted(pack, &world.submission, calendar)?;
        let (one, other) = (one(&fitted, world.as_of), other(&fitted, world.as_of));
        let same = |one: &Claim, other: &Claim| {
            let ends = match one.exact && other.exact {
                true => one.secured == other.secured && one.attainable == other.attainable,
                false => one.secured <= other.secured && other.attainable <= one.attainable,
            };
            one.outcome == other.outcome && one.standing == other.standing && ends
        };
        match one
            .iter()
            .zip(&other)
            .find(|(one, other)| !same(one, other))
        {
            None => Ok(()),
            Some((one, other)) => Err(Broken(format!("agreement: {one:?}, but {other:?}"))),
        }
    })
}

/// Every law, asked of one record.
pub fn all(
    pack: &Pack,
    calendar: &Calendar,
    world: &World,
    evaluator: Evaluator,
) -> Result<(), Broken> {
    let fitted = fitted(pack, &world.submission, calendar)?;
    let claims = evaluator(&fitted, world.as_of);
    standing(&fitted, &claims, world)?;
    enclosure(&fitted, &claims, world)?;
    tightness(&fitted, &claims, world)?;
    narrowing(&fitted, &claims, world, evaluator)?;
    exactness(&fitted, &claims)?;
    order(pack, calendar, world, evaluator)?;
    unknown(&fitted, &claims, world, evaluator)?;
    nodes(pack, &fitted.assess(world.as_of))
}

fn fitted<'a>(
    pack: &'a Pack,
    submission: &'a Submission,
    calendar: &'a Calendar,
) -> Result<Fitted<'a>, Broken> {
    fit(pack, submission, calendar)
        .map_err(|misfits| Broken(format!("a record that does not fit: {misfits:?}")))
}

fn in_force(fitted: &Fitted<'_>, code: &str, as_of: NaiveDate) -> bool {
    let leaf = fitted.pack.leaf(code);
    fitted.pack.validity.contains(as_of)
        && leaf.is_some_and(|leaf| leaf.validity.is_none_or(|it| it.contains(as_of)))
}

/// `final` of a component after an extension.
fn after(fitted: &Fitted<'_>, world: &World, extension: &Extension) -> Vec<(String, Exact)> {
    let points = fitted.seen(world.as_of).final_after(extension);
    let points = points.unwrap_or_default().into_iter();
    points
        .map(|(code, points)| (code, points.into_exact()))
        .collect()
}

/// Standing is `final` of the record as it stood.
pub fn standing(fitted: &Fitted<'_>, claims: &[Claim], world: &World) -> Result<(), Broken> {
    let closed = after(fitted, world, &Extension::default());
    for (code, points) in closed {
        let claim = claims.iter().find(|it| it.code == code);
        let claim = claim.filter(|it| in_force(fitted, &it.code, world.as_of));
        if let Some(claim) = claim.filter(|it| it.standing != points) {
            return Err(Broken(format!(
                "standing: {code} stands at {}, but its record closes with {points}",
                claim.standing
            )));
        }
    }
    Ok(())
}

/// Law 1: `final` of every extension lies within the ends.
pub fn enclosure(fitted: &Fitted<'_>, claims: &[Claim], world: &World) -> Result<(), Broken> {
    for (code, points) in after(fitted, world, &world.extension) {
        let claim = claims.iter().find(|it| it.code == code);
        let claim = claim.filter(|it| in_force(fitted, &it.code, world.as_of));
        if let Some(claim) = claim
            && (points < claim.secured || claim.attainable < points)
        {
            return Err(Broken(format!(
                "enclosure: an extension closes {code} with {points}, outside {}..{}",
                claim.secured, claim.attainable
            )));
        }
    }
    Ok(())
}

/// Law 1: each end that is said to be exact has an extension that closes there.
pub fn tightness(fitted: &Fitted<'_>, claims: &[Claim], world: &World) -> Result<(), Broken> {
    let seen = fitted.seen(world.as_of);
    let claims = claims.iter().filter(|it| it.exact);
    for claim in claims.filter(|it| in_force(fitted, &it.code, world.as_of)) {
        // An exempt component is left out whatever happens.
        if claim.outcome == "not_applicable" {
            continue;
        }
        for (end, points) in [
            (End::Secured, &claim.secured),
            (End::Attainable, &claim.attainable),
        ] {
            let witness = seen.witness(&claim.code, end);
            let shown = witness.as_ref().map(|it| after(fitted, world, it));
            let shown = shown.into_iter().flatten();
            let mut shown = shown.filter(|(code, _)| *code == claim.code);
            let met = shown.any(|(_, it)| it == *points);
            if !met && !witness.is_some_and(|it| it.tends) {
                return Err(Broken(format!(
                    "tightness: no extension closes {} with its {end:?} {points}",
                    claim.code
                )));
            }
        }
    }
    Ok(())
}

/// Law 2: a later date, or more facts, never widens the ends.
pub fn narrowing(
    fitted: &Fitted<'_>,
    claims: &[Claim],
    world: &World,
    evaluator: Evaluator,
) -> Result<(), Broken> {
    let nested = |later: &[Claim], what: &str| {
        for (before, after) in claims.iter().zip(later) {
            let both = in_force(fitted, &before.code, world.as_of)
                && in_force(fitted, &before.code, world.later);
            if both && (after.secured < before.secured || before.attainable < after.attainable) {
                return Err(Broken(format!(
                    "narrowing: {} went from {}..{} to {}..{} {what}",
                    before.code, before.secured, before.attainable, after.secured, after.attainable
                )));
            }
        }
        Ok(())
    };
    // What was recorded meanwhile may be no extension; the record itself is.
    let mut still = world.submission.clone();
    crate::record::Cut::at(world.as_of).keep(&mut still);
    let record = self::fitted(fitted.pack, &still, fitted.calendar)?;
    nested(&evaluator(&record, world.later), "at the later date")?;
    let more = world.extension.apply(&world.submission, world.as_of);
    let record = self::fitted(fitted.pack, &more, fitted.calendar)?;
    nested(&evaluator(&record, world.later), "with more facts")
}

/// Law 3: points lie on the grid of the pack's rounding.
pub fn exactness(fitted: &Fitted<'_>, claims: &[Claim]) -> Result<(), Broken> {
    let rounding = &fitted.pack.rounding;
    for claim in claims {
        for points in [&claim.secured, &claim.standing, &claim.attainable] {
            if rounding.round(points) != *points {
                return Err(Broken(format!(
                    "exactness: {} has {points} points, which the pack's rounding cannot give",
                    claim.code
                )));
            }
        }
    }
    Ok(())
}

/// Law 4: the order of facts and documents changes nothing.
pub fn order(
    pack: &Pack,
    calendar: &Calendar,
    world: &World,
    evaluator: Evaluator,
) -> Result<(), Broken> {
    let mut turned = world.submission.clone();
    turned.figures.reverse();
    turned.events.reverse();
    turned.evidence.reverse();
    let one = evaluator(&fitted(pack, &world.submission, calendar)?, world.as_of);
    let other = evaluator(&fitted(pack, &turned, calendar)?, world.as_of);
    match one.iter().zip(&other).find(|(one, other)| one != other) {
        None => Ok(()),
        Some((one, other)) => Err(Broken(format!(
            "order: {one:?} became {other:?} when the lists were turned round"
        ))),
    }
}

/// Law 5: unknown is not zero. Where nothing at all is told, nothing arose neither, and a
/// component has its unproved points.
pub fn unknown(
    fitted: &Fitted<'_>,
    claims: &[Claim],
    world: &World,
    evaluator: Evaluator,
) -> Result<(), Broken> {
    let mut silent = world.submission.clone();
    silent.figures.clear();
    silent.events.clear();
    silent.evidence.clear();
    let record = self::fitted(fitted.pack, &silent, fitted.calendar)?;
    let told = evaluator(&record, world.as_of);
    for (claim, silent) in claims.iter().zip(&told) {
        let Some(leaf) = fitted.pack.leaf(&claim.code) else {
            continue;
        };
        let by_figure = leaf.quantities.iter().all(|of| {
            let kind = fitted.pack.quantity(*of).map(|it| &it.kind);
            kind.is_some_and(|it| it.event().is_none() || matches!(it, QuantityKind::Share { .. }))
        });
        // Silence gives the unproved points, and no more than the rule could give.
        let most = leaf.rule.range().1.min(leaf.unproved.exact().clone());
        let most = fitted.pack.rounding.round(&most);
        let known = silent.outcome == "not_arisen"
            || by_figure && !leaf.quantities.is_empty() && silent.standing != most;
        if known && in_force(fitted, &claim.code, world.as_of) {
            return Err(Broken(format!(
                "unknown: nothing is told of {}, which is {} with {} points",
                claim.code, silent.outcome, silent.standing
            )));
        }
    }
    Ok(())
}

/// Law 6: a node is its children added up, held by its cap and floor.
pub fn nodes(pack: &Pack, answer: &Assessment) -> Result<(), Broken> {
    let mut told = answer.groups.iter();
    for area in &pack.areas {
        node(area, answer, &mut told)?;
    }
    Ok(())
}

fn node<'a>(
    group: &crate::model::Group,
    answer: &'a Assessment,
    told: &mut impl Iterator<Item = &'a crate::answer::GroupAnswer>,
) -> Result<[Exact; 3], Broken> {
    use crate::model::Child;
    let numbers = told.next().map(|it| &it.numbers);
    let mut sums = [Exact::ZERO, Exact::ZERO, Exact::ZERO];
    for child in &group.children {
        let parts = match child {
            Child::Group(below) => node(below, answer, told)?,
            Child::Leaf(index) => {
                let numbers = answer.leaves.get(*index).map(|it| &it.numbers);
                let numbers = numbers.ok_or_else(|| Broken("nodes: a leaf is missing".into()))?;
                [&numbers.secured, &numbers.standing, &numbers.attainable]
                    .map(|it| it.exact().clone())
            }
        };
        for (sum, part) in sums.iter_mut().zip(parts) {
            *sum += part;
        }
    }
    let hold = |sum: Exact| {
        let cap = group.cap.as_ref().map(crate::values::Points::exact);
        let floor = group.floor.as_ref().map(crate::values::Points::exact);
        let sum = cap.map_or(sum.clone(), |cap| sum.clone().min(cap.clone()));
        floor.map_or(sum.clone(), |floor| sum.max(floor.clone()))
    };
    let held = sums.map(hold);
    let said =
        numbers.map(|it| [&it.secured, &it.standing, &it.attainable].map(|it| it.exact().clone()));
    if said.as_ref() == Some(&held) {
        return Ok(held);
    }
    Err(Broken(format!(
        "nodes: {} says {said:?}, its children make {held:?}",
        group.code
    )))
}
