//! The three numbers by their definition: slow, to be read beside the design.
//!
//! `final(record)` is the least that the record can mean: of every fact that is not proved,
//! both that it is so and that it is not, and the worse counts. Secured and attainable are
//! the least and the most of `final` over extensions; of each quantity those are tried that
//! a rule can tell apart (its thresholds, both sides of them, and the ends), every
//! combination of them. Nothing here uses the fast evaluator or the bounds.
//!
//! Shared with them: the judgement of documents, the rule as it was lowered, and the moves
//! of an extension. Where there are too many combinations, or a total too large to try, the
//! numbers are said not to be exact, and then only enclose less than they should.

mod extensions;

use chrono::NaiveDate;

use extensions::extensions;

use super::laws::Claim;
use crate::extension::Extension;
use crate::facts::*;
use crate::model::{Leaf, ScoredBy};
use crate::record::{Cut, Fitted, fit};
use crate::rules::*;
use crate::state::{Held, Known, ShareState, State, States};
use crate::values::Exact;

/// What a record can mean of one quantity.
#[derive(Clone, Debug, PartialEq)]
enum Meaning {
    /// A number: a count, a share, a flag as 1 or 0, a measure, a verdict's place.
    Number(Exact),
    /// Some number of a range.
    Within(Exact, Exact),
    /// There are no items.
    NoItems,
    /// How each obligation ended.
    Obligations(Vec<u8>),
    /// Nothing is proved of it.
    Unknown,
    /// Nothing is told of it, and it is taken for the best.
    Best,
}

/// What one quantity is taken to mean.
type Picked<'m> = (QuantityIndex, &'m Meaning);

/// What a part of a rule gives.
#[derive(Clone, Debug, PartialEq)]
enum Given {
    Points(Exact),
    /// The leaf is left out.
    LeftOut,
}

/// The three numbers of every component by their definition.
pub fn definition(fitted: &Fitted<'_>, as_of: NaiveDate) -> Vec<Claim> {
    let leaves = fitted.pack.leaves.iter().enumerate();
    leaves
        .map(|(place, leaf)| numbers(fitted, place, leaf, as_of))
        .collect()
}

fn numbers(fitted: &Fitted<'_>, place: usize, leaf: &Leaf, as_of: NaiveDate) -> Claim {
    let claim = |outcome, [secured, standing, attainable]: [Exact; 3], exact| Claim {
        code: leaf.code.clone(),
        secured,
        standing,
        attainable,
        outcome,
        exact,
    };
    let nothing = [Exact::ZERO, Exact::ZERO, Exact::ZERO];
    let in_force = fitted.pack.validity.contains(as_of)
        && leaf.validity.is_none_or(|window| window.contains(as_of));
    if !in_force {
        return claim("out_of_validity", nothing, true);
    }
    let states = fitted.states(Cut::at(as_of));
    if states.exempt.get(place).copied().flatten().is_some() {
        return claim("not_applicable", nothing, true);
    }
    let now = Closing::of(fitted, leaf, &states);
    let standing = now.points(fitted, leaf);
    let outcome = now.outcome(leaf);
    let (extensions, exact) = extensions(fitted, leaf, &states, as_of);
    let (mut least, mut most) = (standing.clone(), standing.clone());
    for moves in extensions {
        let extension = Extension {
            moves,
            tends: false,
        };
        let after = extension.apply(fitted.submission, as_of);
        let Ok(after) = fit(fitted.pack, &after, fitted.calendar) else {
            continue;
        };
        let states = after.states(Cut::WHOLE);
        let points = Closing::of(&after, leaf, &states).points(&after, leaf);
        least = least.min(points.clone());
        most = most.max(points);
    }
    claim(outcome, [least, standing, most], exact)
}

/// A record that closes, as it concerns one leaf.
struct Closing {
    given: Given,
    /// Whether nothing is proved of any of its quantities.
    unproved: bool,
    /// The most that the rule could give with what is claimed.
    claimed: Option<Exact>,
    /// Whether nothing arose, by what is proved.
    none: bool,
    /// Whether a judgement is awaited.
    not_judged: bool,
}

impl Closing {
    fn of(fitted: &Fitted<'_>, leaf: &Leaf, states: &States) -> Closing {
        let rule = rule_of(fitted, leaf);
        let state = |of: &QuantityIndex| states.states.get(of.0);
        let proved: Vec<(QuantityIndex, Vec<Meaning>)> = leaf
            .quantities
            .iter()
            .map(|of| (*of, state(of).map_or(vec![Meaning::Unknown], meanings)))
            .collect();
        let known = |list: &[Meaning]| list != [Meaning::Unknown];
        let unproved = !leaf.quantities.is_empty() && !proved.iter().any(|(_, it)| known(it));
        let least = |of: &[(QuantityIndex, Vec<Meaning>)]| {
            let mut worst: Option<(Given, bool)> = None;
            each(of, &mut Vec::new(), &mut |picked| {
                let given = give(rule, picked, states, fitted);
                let none = picked.iter().any(|(_, it)| **it == Meaning::NoItems);
                let better = match (&worst, &given) {
                    (None, _) => true,
                    (Some((Given::LeftOut, _)), Given::Points(_)) => false,
                    (Some((Given::Points(old), _)), Given::Points(new)) => new < old,
                    (Some(_), Given::LeftOut) => false,
                };
                if better {
                    worst = Some((given, none));
                }
            });
            worst.unwrap_or((Given::Points(Exact::ZERO), false))
        };
        let (given, none) = least(&proved);
        let claimed = unproved
            .then(|| claimed(fitted, leaf, rule, states))
            .flatten();
        let not_judged = leaf
            .quantities
            .iter()
            .any(|of| matches!(state(of), Some(State::Judgement(None))));
        Closing {
            given,
            unproved,
            claimed,
            none,
            not_judged,
        }
    }

    fn points(&self, fitted: &Fitted<'_>, leaf: &Leaf) -> Exact {
        let rounding = &fitted.pack.rounding;
        match &self.given {
            Given::LeftOut => Exact::ZERO,
            Given::Points(_) if self.unproved => {
                let unproved = leaf.unproved.exact().clone();
                let points = self
                    .claimed
                    .clone()
                    .map_or(unproved.clone(), |it| it.min(unproved));
                rounding.round(&points)
            }
            Given::Points(points) => rounding.round(points),
        }
    }

    fn outcome(&self, leaf: &Leaf) -> &'static str {
        if self.unproved && leaf.scored_by != ScoredBy::Unit {
            "not_self_scorable"
        } else if self.not_judged {
            "needs_judgement"
        } else if self.none {
            "not_arisen"
        } else {
            "scored"
        }
    }
}

/// The rule, or that for the class of the unit.
fn rule_of<'l>(fitted: &Fitted<'_>, leaf: &'l Leaf) -> &'l Rule {
    let Rule::ByClass(classes) = &leaf.rule else {
        return &leaf.rule;
    };
    let class = fitted.submission.unit.class.as_deref();
    let rule = classes
        .iter()
        .find(|(name, _)| Some(name.as_str()) == class);
    rule.map_or(&leaf.rule, |(_, rule)| rule)
}

/// Calls `visit` with every combination of one meaning for each quantity.
fn each<'m>(
    rest: &'m [(QuantityIndex, Vec<Meaning>)],
    picked: &mut Vec<Picked<'m>>,
    visit: &mut dyn FnMut(&[Picked<'m>]),
) {
    let Some(((of, meanings), rest)) = rest.split_first() else {
        visit(picked);
        return;
    };
    for meaning in meanings {
        picked.push((*of, meaning));
        each(rest, picked, visit);
        picked.pop();
    }
}

/// Everything that a state can mean, what is not proved being so or not.
fn meanings(state: &State) -> Vec<Meaning> {
    let whole = |n: u64| Meaning::Number(Exact::from_u64(n));
    match state {
        State::Count(count) => {
            let unproved = count.open + count.dead;
            (0..=unproved)
                .map(|more| whole(count.proved + more))
                .collect()
        }
        State::Items(items) => {
            let total = items.proved + items.open + items.dead;
            let won = (0..=items.open + items.dead).map(|more| items.proved + more);
            won.filter_map(|won| Exact::ratio_u64(won, total).map(Meaning::Number))
                .collect()
        }
        State::Counted(known) => figures(known, |count| whole(*count)),
        State::Share(known) => figures(known, share),
        State::Flag(known, _) => figures(known, |flag| whole(u64::from(*flag == FlagValue::Yes))),
        State::Measure(known) => figures(known, |(low, high)| {
            Meaning::Within(low.clone(), high.clone())
        }),
        State::Judgement(Some(given)) => vec![Meaning::Number(given.clone())],
        State::Judgement(None) => vec![Meaning::Unknown],
        State::Due(due) => {
            let mut lists = vec![Vec::new()];
            for choice in due.counted(DueReading::Met).iter() {
                lists = lists
                    .into_iter()
                    .flat_map(|list: Vec<u8>| {
                        choice.closing.iter().map(move |end| {
                            let mut list = list.clone();
                            list.push(end);
                            list
                        })
                    })
                    .collect();
            }
            lists.into_iter().map(Meaning::Obligations).collect()
        }
    }
}

/// The proved figure, or any later claim; without a proved one nothing is known.
fn figures<T>(known: &Known<T>, meaning: impl Fn(&T) -> Meaning) -> Vec<Meaning> {
    let Some(proved) = &known.proved else {
        return vec![Meaning::Unknown];
    };
    let told = std::iter::once(proved).chain(&known.claims);
    told.map(|held: &Held<T>| meaning(&held.value)).collect()
}

fn share(share: &ShareState) -> Meaning {
    let open = match share.open_at_close {
        OpenAtClose::Lost => share.open,
        OpenAtClose::LeftOut => 0,
    };
    let total = share.won + share.lost + open;
    Exact::ratio_u64(share.won, total).map_or(Meaning::NoItems, Meaning::Number)
}

/// Of a leaf without anything proved: the most that its rule gives if silence is taken for
/// the best and every claim for what it is.
fn claimed(fitted: &Fitted<'_>, leaf: &Leaf, rule: &Rule, states: &States) -> Option<Exact> {
    let told = |of: &QuantityIndex| -> Vec<Meaning> {
        let whole = |n: u64| Meaning::Number(Exact::from_u64(n));
        match states.states.get(of.0) {
            Some(State::Counted(known)) => known.claims.iter().map(|it| whole(it.value)).collect(),
            Some(State::Share(known)) => known.claims.iter().map(|it| share(&it.value)).collect(),
            Some(State::Flag(known, _)) => {
                let claims = known.claims.iter();
                claims
                    .map(|it| whole(u64::from(it.value == FlagValue::Yes)))
                    .collect()
            }
            Some(State::Measure(known)) => {
                let claims = known.claims.iter();
                claims
                    .map(|it| Meaning::Within(it.value.0.clone(), it.value.1.clone()))
                    .collect()
            }
            _ => Vec::new(),
        }
    };
    // A claim that nothing arose raises nothing, so it does not count here.
    let claims: Vec<(QuantityIndex, Vec<Meaning>)> = leaf
        .quantities
        .iter()
        .map(|of| {
            let mut told = told(of);
            told.retain(|it| *it != Meaning::NoItems);
            if told.is_empty() {
                told.push(Meaning::Best);
            }
            (*of, told)
        })
        .collect();
    let mut least: Option<Exact> = None;
    each(&claims, &mut Vec::new(), &mut |picked| {
        if let Given::Points(points) = give(rule, picked, states, fitted) {
            least = Some(least.take().map_or(points.clone(), |it| it.min(points)));
        }
    });
    least
}

/// What a rule gives where every quantity means one thing.
fn give(rule: &Rule, picked: &[Picked<'_>], states: &States, fitted: &Fitted<'_>) -> Given {
    let below = |rule: &Rule| match give(rule, picked, states, fitted) {
        Given::Points(points) => points,
        Given::LeftOut => Exact::ZERO,
    };
    let parts = |parts: &[Rule]| parts.iter().map(below).collect::<Vec<_>>();
    Given::Points(match rule {
        Rule::Constant(points) => points.clone(),
        Rule::Curve(rule) => return curve(rule, picked),
        Rule::Obligations(rule) => match meaning(picked, rule.of) {
            Some(Meaning::Obligations(ends)) => ends.iter().map(|end| rule.points_of(*end)).sum(),
            _ => Exact::ZERO,
        },
        Rule::Relative(rule) if picked.iter().any(|(_, it)| **it == Meaning::Best) => {
            rule.points.clone()
        }
        Rule::Relative(rule) => {
            let end = |of: QuantityIndex, upper: bool| match meaning(picked, of) {
                Some(Meaning::Within(low, high)) => Some(if upper { high } else { low }.clone()),
                _ => None,
            };
            let achieved = end(rule.achieved, false);
            let target = rule.target.map(|of| end(of, true));
            match (achieved, target) {
                (Some(achieved), None) => compare(rule, &achieved, None, states, fitted),
                (Some(achieved), Some(Some(target))) => {
                    compare(rule, &achieved, Some(&target), states, fitted)
                }
                _ => Exact::ZERO,
            }
        }
        Rule::Sum(list) => parts(list).into_iter().sum(),
        Rule::Least(list) => parts(list).into_iter().min().unwrap_or_default(),
        Rule::Greatest(list) => parts(list).into_iter().max().unwrap_or_default(),
        Rule::Cap { part, at, floor } => {
            let points = below(part);
            let points = at.iter().fold(points, |points, at| points.min(at.clone()));
            floor
                .iter()
                .fold(points, |points, floor| points.max(floor.clone()))
        }
        Rule::Gate {
            condition,
            then,
            otherwise,
        } if read(&condition.reading, picked) == Meaning::Best => below(then).max(below(otherwise)),
        Rule::Gate {
            condition,
            then,
            otherwise,
        } => {
            let open = |truth: bool| truths(condition, picked).contains(&truth);
            let then = open(true).then(|| below(then));
            let otherwise = open(false).then(|| below(otherwise));
            let worse = then.into_iter().chain(otherwise).min();
            worse.unwrap_or_default()
        }
        Rule::ByClass(_) => rule.range().0,
    })
}

/// Points by comparison, as the table of form 29 says.
fn compare(
    rule: &RelativeRule,
    achieved: &Exact,
    target: Option<&Exact>,
    states: &States,
    fitted: &Fitted<'_>,
) -> Exact {
    let best = fitted.best(rule.achieved, states);
    crate::closing::relative_points(rule, achieved, target, best.as_ref()).0
}

fn meaning<'m>(picked: &[(QuantityIndex, &'m Meaning)], of: QuantityIndex) -> Option<&'m Meaning> {
    picked.iter().find(|(it, _)| *it == of).map(|(_, it)| *it)
}

/// The number that a reading has, or that it is a range, none or unknown.
fn read(reading: &Reading, picked: &[Picked<'_>]) -> Meaning {
    let first = |of: &QuantityIndex| meaning(picked, *of).cloned().unwrap_or(Meaning::Unknown);
    match reading {
        Reading::Number(of) | Reading::Verdict(of) | Reading::Flag(of) => first(of),
        Reading::Share { of, lost } => match first(of) {
            Meaning::Number(won) if *lost => Meaning::Number(&Exact::ONE - &won),
            other => other,
        },
        Reading::Due { of, read } => match first(of) {
            Meaning::Obligations(ends) => {
                let counts = |end: &&u8| crate::closing::due_counts(*read, **end);
                let count = ends.iter().filter(counts).count();
                Meaning::Number(Exact::from_u64(u64::try_from(count).unwrap_or(u64::MAX)))
            }
            other => other,
        },
        Reading::Tally(flags) => {
            let told: Vec<Meaning> = flags.iter().map(first).collect();
            if told.contains(&Meaning::Best) {
                return Meaning::Best;
            }
            if told.iter().all(|it| *it == Meaning::Unknown) {
                return Meaning::Unknown;
            }
            let number = |it: &Meaning| match it {
                Meaning::Number(number) => number.clone(),
                _ => Exact::ZERO,
            };
            let silent = told.iter().filter(|it| **it == Meaning::Unknown).count();
            let silent = Exact::from_u64(u64::try_from(silent).unwrap_or(u64::MAX));
            let yes: Exact = told.iter().map(number).sum();
            let most = &yes + &silent;
            Meaning::Within(yes, most)
        }
    }
}

fn curve(rule: &CurveRule, picked: &[Picked<'_>]) -> Given {
    let least = || rule.curve.least().clone();
    Given::Points(match read(&rule.reading, picked) {
        Meaning::Number(x) => rule.curve.points_at(&x),
        Meaning::Within(low, high) => {
            let (piece, x) = rule.curve.worst_within(&low, &high);
            piece.points_at(&x)
        }
        Meaning::NoItems => match rule.not_arisen {
            Some(NotArisen::Full) => rule.curve.most().clone(),
            Some(NotArisen::Exclude) => return Given::LeftOut,
            Some(NotArisen::Zero) | None => least(),
        },
        Meaning::Best => rule.curve.most().clone(),
        Meaning::Obligations(_) | Meaning::Unknown => least(),
    })
}

/// What a condition can be.
fn truths(condition: &CurveRule, picked: &[Picked<'_>]) -> Vec<bool> {
    match read(&condition.reading, picked) {
        Meaning::Number(x) => vec![condition.curve.points_at(&x).is_positive()],
        Meaning::Within(low, high) => {
            let range = Stretch::closed(low, high);
            let inside = condition.curve.pieces().iter();
            let inside = inside.filter(|it| it.over.meet(&range).is_some());
            inside.map(|it| it.points.is_positive()).collect()
        }
        Meaning::NoItems => vec![condition.not_arisen == Some(NotArisen::Full)],
        Meaning::Obligations(_) | Meaning::Unknown | Meaning::Best => vec![true, false],
    }
}
