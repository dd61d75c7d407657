//! Comparisons with a target and with the best unit: the fewest and the most points, and how
//! points move with what was achieved and with what was to be.
//!
//! What others achieve is published or not, and may be anything: the unit itself is the best
//! wherever no better figure is published. Ends are those of `final` over every number that
//! the two measures can be.

use super::extreme::{End, Side};
use super::input::{Input, Inputs};
use super::number::simplest;
use crate::closing::relative_points;
use crate::model::Pack;
use crate::rules::*;
use crate::values::Exact;

/// Numbers that a relative rule is given.
#[derive(Clone, Debug)]
struct Compared {
    achieved: Exact,
    target: Option<Exact>,
    best: Option<Exact>,
}

impl Compared {
    fn points(&self, rule: &RelativeRule) -> Exact {
        let (target, best) = (self.target.as_ref(), self.best.as_ref());
        relative_points(rule, &self.achieved, target, best).0
    }

    fn inputs(&self, rule: &RelativeRule) -> Inputs {
        let (achieved, best) = (self.achieved.clone(), self.best.clone());
        let mut inputs = vec![(rule.achieved, Input::Compared { achieved, best })];
        if let (Some(of), Some(target)) = (rule.target, &self.target) {
            inputs.push((of, Input::Number(target.clone())));
        }
        inputs
    }

    fn end(&self, rule: &RelativeRule) -> End {
        End {
            points: self.points(rule),
            reached: true,
            inputs: Some(self.inputs(rule)),
        }
    }

    /// Whether a figure of others is stated, then denominators, then numbers.
    fn size(&self) -> (bool, Exact, Exact) {
        let numbers = [
            Some(&self.achieved),
            self.target.as_ref(),
            self.best.as_ref(),
        ];
        let numbers = numbers.into_iter().flatten();
        let (mut denominators, mut sum) = (Exact::ZERO, Exact::ZERO);
        for x in numbers {
            let text = x.numer_denom_text();
            let below = text
                .split_once('/')
                .and_then(|(_, it)| Exact::parse(it).ok());
            denominators += below.unwrap_or(Exact::ONE);
            sum += x.clone();
        }
        (self.best.is_some(), denominators, sum)
    }
}

/// The numbers that a measure can be; it begins at 0 or above.
fn domain(pack: &Pack, of: QuantityIndex) -> Option<(Exact, Option<Exact>)> {
    match &pack.quantity(of)?.kind {
        QuantityKind::Measure {
            min: Some(min),
            max,
            ..
        } => Some((min.clone(), max.clone())),
        _ => None,
    }
}

fn stretch((min, max): &(Exact, Option<Exact>)) -> Stretch {
    Stretch {
        lower: Bound::Included(min.clone()),
        upper: max.clone().map_or(Bound::Open, Bound::Included),
    }
}

fn above(x: &Exact) -> Stretch {
    Stretch {
        lower: Bound::Excluded(x.clone()),
        upper: Bound::Open,
    }
}

fn below(x: &Exact) -> Stretch {
    Stretch {
        lower: Bound::Open,
        upper: Bound::Excluded(x.clone()),
    }
}

/// The simplest number that lies in both.
fn simplest_in(one: &Stretch, other: &Stretch) -> Option<Exact> {
    simplest(&one.meet(other)?)
}

/// An end of a relative rule.
pub(super) fn end(pack: &Pack, rule: &RelativeRule, side: Side) -> Option<End> {
    let achieved = domain(pack, rule.achieved)?;
    match (rule.target, side) {
        (None, side) => alone(rule, &stretch(&achieved), side),
        (Some(target), Side::Least) => least(rule, &achieved, &domain(pack, target)?),
        (Some(target), Side::Most) => most(rule, &achieved, &domain(pack, target)?),
    }
}

/// Without a target: nothing while no best figure is published, all for the best itself.
fn alone(rule: &RelativeRule, achieved: &Stretch, side: Side) -> Option<End> {
    let positive = simplest_in(achieved, &above(&Exact::ZERO));
    let (achieved, best) = match (side, positive) {
        (Side::Most, Some(x)) => (x.clone(), Some(x)),
        _ => (simplest(achieved)?, None),
    };
    let compared = Compared {
        achieved,
        target: None,
        best,
    };
    Some(compared.end(rule))
}

/// With a target: the least achieved of the highest target.
fn least(
    rule: &RelativeRule,
    achieved: &(Exact, Option<Exact>),
    target: &(Exact, Option<Exact>),
) -> Option<End> {
    let (lowest, goals) = (&achieved.0, stretch(target));
    let at_target = &rule.points * &rule.at_target;
    let with = |target| Compared {
        achieved: lowest.clone(),
        target: Some(target),
        best: None,
    };
    let missed = simplest_in(&goals, &above(lowest));
    match (missed, &target.1) {
        // No target lies above what is achieved at the least.
        (None, _) => Some(with(simplest(&goals)?).end(rule)),
        (Some(missed), _) if lowest.is_zero() || at_target.is_zero() => {
            Some(with(missed).end(rule))
        }
        (Some(_), Some(highest)) => Some(with(highest.clone()).end(rule)),
        // The higher the target, the nearer to nothing.
        (Some(_), None) => Some(End {
            points: Exact::ZERO,
            reached: false,
            inputs: None,
        }),
    }
}

/// With a target: what is above the target, as the best; else as near to the target as it can be.
fn most(
    rule: &RelativeRule,
    achieved: &(Exact, Option<Exact>),
    target: &(Exact, Option<Exact>),
) -> Option<End> {
    let (figures, goals) = (stretch(achieved), stretch(target));
    let with = |achieved: Exact, target: Exact, best| {
        let target = Some(target);
        let compared = Compared {
            achieved,
            target,
            best,
        };
        Some(compared.end(rule))
    };
    let met = simplest_in(&figures, &goals);
    let all = rule.at_target == Exact::ONE || rule.points.is_zero();
    if let (true, Some(x)) = (all, &met) {
        return with(x.clone(), x.clone(), None);
    }
    let passed = match &achieved.1 {
        None => simplest(&goals),
        Some(highest) => simplest_in(&goals, &below(highest)),
    };
    if let Some(goal) = passed
        && let Some(x) = simplest_in(&figures, &above(&goal))
    {
        return with(x.clone(), goal, Some(x));
    }
    // Nothing above the lowest target: at it, or as far below it as the measure ends.
    let highest = achieved.1.clone()?;
    with(highest, target.0.clone(), None)
}

/// Which of the two measures is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moved {
    Achieved,
    Target,
}

/// Two records that differ in one measure only, the lower number first.
pub(super) struct Pair {
    pub(super) inputs: [Inputs; 2],
    pub(super) points: [Exact; 2],
}

/// The smallest two records between which points move with a measure, as `shown` holds them.
///
/// Points rise with what was achieved and fall with the target, wherever they move at all.
pub(super) fn pair(
    pack: &Pack,
    rule: &RelativeRule,
    moved: Moved,
    limits: [Option<&Exact>; 2],
) -> Option<Pair> {
    let shown = |points: &Exact| clamp(points.clone(), limits[1], limits[0]);
    let (figures, goals) = numbers(pack, rule, limits)?;
    let goals: Vec<Option<Exact>> = match rule.target {
        None => vec![None],
        Some(_) => goals.into_iter().map(Some).collect(),
    };
    let mut best: Option<((bool, Exact, Exact), [Compared; 2])> = None;
    let mut hold = |one: Compared, other: Compared| {
        if shown(&one.points(rule)) == shown(&other.points(rule)) {
            return;
        }
        let (a, b) = (one.size(), other.size());
        let size = (a.0 || b.0, &a.1 + &b.1, &a.2 + &b.2);
        if best.as_ref().is_none_or(|(least, _)| size < *least) {
            best = Some((size, [one, other]));
        }
    };
    let record = |achieved: &Exact, target: &Option<Exact>, best: Option<&Exact>| Compared {
        achieved: achieved.clone(),
        target: target.clone(),
        best: best.cloned(),
    };
    match moved {
        Moved::Achieved => {
            for low in &figures {
                for high in figures.iter().filter(|high| *high > low) {
                    for goal in &goals {
                        for best in [None, Some(high)] {
                            hold(record(low, goal, best), record(high, goal, best));
                        }
                    }
                }
            }
        }
        Moved::Target => {
            for low in &goals {
                for high in goals.iter().filter(|high| *high > low) {
                    for x in &figures {
                        for best in [None, Some(x)] {
                            hold(record(x, low, best), record(x, high, best));
                        }
                    }
                }
            }
        }
    }
    let (_, pair) = best?;
    Some(Pair {
        points: [pair[0].points(rule), pair[1].points(rule)],
        inputs: [pair[0].inputs(rule), pair[1].inputs(rule)],
    })
}

/// Numbers of both measures between which points move: ends, simple numbers on either side of
/// one another, and those that give points half-way between what is shown at the least and at
/// the most.
fn numbers(
    pack: &Pack,
    rule: &RelativeRule,
    limits: [Option<&Exact>; 2],
) -> Option<(Vec<Exact>, Vec<Exact>)> {
    let achieved = domain(pack, rule.achieved)?;
    let target = match rule.target {
        None => None,
        Some(of) => Some(domain(pack, of)?),
    };
    let around = |domain: &(Exact, Option<Exact>), others: &[Exact]| {
        let over = stretch(domain);
        let mut found: Vec<Option<Exact>> = vec![
            Some(domain.0.clone()),
            domain.1.clone(),
            simplest(&over),
            simplest_in(&over, &above(&domain.0)),
        ];
        for x in others {
            found.push(simplest_in(&over, &above(x)));
            found.push(simplest_in(&over, &below(x)));
            found.push(simplest_in(&over, &Stretch::only(x.clone())));
        }
        let mut found: Vec<Exact> = found.into_iter().flatten().collect();
        found.sort();
        found.dedup();
        found
    };
    let mut figures = around(&achieved, &[]);
    let goals = target
        .as_ref()
        .map_or(Vec::new(), |target| around(target, &figures));
    figures = around(&achieved, &[figures, goals.clone()].concat());
    let low = limits[0].cloned().unwrap_or(Exact::ZERO).max(Exact::ZERO);
    let high = limits[1].cloned().unwrap_or_else(|| rule.points.clone());
    let middle = (&low + &high.min(rule.points.clone())).checked_div(&Exact::from_u64(2))?;
    let at_target = &rule.points * &rule.at_target;
    let more: Vec<Exact> = match &target {
        None => {
            let share = middle.checked_div(&rule.points);
            let share = share.map(|share| figures.iter().map(|x| x * &share).collect());
            share.unwrap_or_default()
        }
        Some(_) => {
            let share = middle.checked_div(&at_target);
            let share = share.map(|share| goals.iter().map(|x| x * &share).collect());
            share.unwrap_or_default()
        }
    };
    let over = stretch(&achieved);
    figures.extend(more.into_iter().filter(|x| over.contains(x)));
    figures.sort();
    figures.dedup();
    Some((figures, goals))
}

#[cfg(test)]
mod tests {
    use super::super::kit::check_with;
    use super::*;

    /// Both ends against every number of a grid, and every figure of others around it.
    #[test]
    fn no_number_of_a_grid_lies_outside_the_ends() {
        let number = Exact::from_u64;
        let domains = [
            (0, None),
            (0, Some(5)),
            (5, None),
            (5, Some(20)),
            (5, Some(5)),
            (0, Some(0)),
        ];
        let domains = domains.map(|(min, max)| (number(min), max.map(number)));
        let grid = |domain: &(Exact, Option<Exact>)| -> Vec<Exact> {
            let over = stretch(domain);
            let halves = (0..=44).filter_map(|n| Exact::ratio_u64(n, 2));
            halves.filter(|x| over.contains(x)).collect()
        };
        let pairs = domains
            .iter()
            .flat_map(|one| domains.iter().map(move |other| (one, Some(other))));
        let pairs: Vec<_> = pairs.chain(domains.iter().map(|one| (one, None))).collect();
        let mut reached = 0;
        for ((achieved, target), at_target) in pairs
            .iter()
            .flat_map(|pair| ["0", "0.5", "1"].map(|at| (*pair, Exact::parse(at).unwrap())))
        {
            let rule = RelativeRule {
                achieved: QuantityIndex(0),
                target: target.map(|_| QuantityIndex(1)),
                reads: vec![],
                points: number(2),
                at_target: if target.is_some() {
                    at_target
                } else {
                    Exact::ZERO
                },
            };
            let ends = |side| match (target, side) {
                (None, side) => alone(&rule, &stretch(achieved), side).unwrap(),
                (Some(target), Side::Least) => least(&rule, achieved, target).unwrap(),
                (Some(target), Side::Most) => most(&rule, achieved, target).unwrap(),
            };
            let (low, high) = (ends(Side::Least), ends(Side::Most));
            assert!(high.reached);
            let goals = target.map_or(vec![None], |it| grid(it).into_iter().map(Some).collect());
            for x in grid(achieved) {
                for goal in &goals {
                    for best in [
                        None,
                        Some(x.clone()),
                        Some(&x + &number(1)),
                        Some(number(1_000)),
                    ] {
                        let compared = Compared {
                            achieved: x.clone(),
                            target: goal.clone(),
                            best,
                        };
                        let points = compared.points(&rule);
                        assert!(points >= low.points, "{compared:?} {rule:?}");
                        assert!(low.reached || points > low.points, "{compared:?} {rule:?}");
                        assert!(points <= high.points, "{compared:?} {rule:?}");
                    }
                }
            }
            reached += u32::from(low.reached);
        }
        // Only a target without end above what is always achieved is never wholly missed: three
        // domains that begin at 5, for each of two targets without end, where it pays a part.
        assert_eq!(reached, 42 * 3 - 3 * 2 * 2);
    }

    /// A comparison of two measures with these domains, as a leaf with these fields.
    #[track_caller]
    fn check(domains: [&str; 2], more: &str, fields: &str, at_target: &str, expected: &[&str]) {
        let [done, plan] = domains;
        let quantities = format!(
            r#"{{"id": "done", "kind": "measure", "title": {{"vi": "a"}}, "domain": {done} {more}}},
               {{"id": "planned", "kind": "measure", "title": {{"vi": "b"}}, "domain": {plan},
                "sources": [{{"of": ["domain"], "illustrative": "i"}}]}}"#
        );
        let rule = format!(
            r#"{{"form": "relative", "achieved": "done", "target": "planned", "points": "2", "at_target": "{at_target}"}}"#
        );
        check_with(&quantities, fields, &rule, expected);
    }

    const ANY: &str = r#"{"min": "0"}"#;

    #[test]
    fn a_comparison_reaches_all_its_points_and_none() {
        check([ANY, ANY], "", "", "0.5", &[]);
        check([ANY, ANY], "", "", "1", &[]);
    }

    #[test]
    fn what_can_never_pass_its_target_does_not_reach_its_maximum() {
        // At most 5 of at least 10: half of the points for the target, of which a half.
        check(
            [r#"{"min": "0", "max": "5"}"#, r#"{"min": "10"}"#],
            r#", "sources": [{"of": ["domain"], "illustrative": "i"}]"#,
            "",
            "0.5",
            &["max-unreachable max"],
        );
    }

    #[test]
    fn what_is_better_when_less_must_not_be_compared_as_achieved() {
        check(
            [ANY, ANY],
            r#", "better": "less""#,
            "",
            "0.5",
            &["not-monotone rule.achieved"],
        );
        check([ANY, ANY], r#", "better": "more""#, "", "0.5", &[]);
    }
}
