//! What a reading can still become, quantity by quantity.

use super::extreme::{Grid, Numbers};
use crate::closing::due_counts;
use crate::facts::FlagValue;
use crate::model::Pack;
use crate::rules::*;
use crate::state::{Choice, CountState, Ends, Known, ShareState, State, States};
use crate::values::Exact;

/// What a reading can become over all extensions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// Numbers that count toward the fewest points.
    pub(super) low: Vec<Numbers>,
    /// Whether "no items" counts toward the fewest points.
    pub(super) low_none: bool,
    /// Numbers that count toward the most points.
    pub(super) high: High,
    /// Whether "no items" can be reached for the most points.
    pub(super) high_none: bool,
    /// Whether an extension can leave the reading unproved.
    pub(super) unproved: bool,
}

/// Numbers that count toward the most points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum High {
    /// An extension can settle on any of them.
    Any(Vec<Numbers>),
    /// An extension can settle on a group, of which the least counts.
    LeastOf(Vec<Numbers>),
    /// Nothing can change any more.
    Closed,
}

/// What a curve's reading can become.
pub(super) fn of(rule: &CurveRule, states: &States) -> Reach {
    let domain = rule.curve.domain();
    let state = |of: &QuantityIndex| states.states.get(of.0);
    match &rule.reading {
        Reading::Number(of) | Reading::Verdict(of) => match state(of) {
            Some(State::Count(count)) => counted(*count),
            Some(State::Counted(known)) => known_reach(known, whole(domain), false, |n, moves| {
                let upper = if moves {
                    Bound::Open
                } else {
                    Bound::Included(Exact::from_u64(*n))
                };
                let lower = Bound::Included(Exact::from_u64(*n));
                (vec![integers(Stretch { lower, upper })], false)
            }),
            Some(State::Measure(known)) => {
                let reach = known_reach(known, whole(domain), false, |(low, high), _| {
                    let over = Stretch::closed(low.clone(), high.clone());
                    (vec![Numbers { over, grid: Grid::Dense }], false)
                });
                match reach.high {
                    // A range that nobody can narrow any more counts at its worst.
                    High::Any(groups) if !known.can_supply => {
                        Reach { high: High::LeastOf(groups), ..reach }
                    }
                    _ => reach,
                }
            }
            Some(State::Judgement(Some(given))) => settled(Stretch::only(given.clone())),
            Some(State::Judgement(None)) => Reach {
                low: vec![whole(domain)],
                low_none: false,
                high: High::Any(vec![whole(domain)]),
                high_none: false,
                unproved: true,
            },
            _ => closed(),
        },
        Reading::Share { of, lost } => match state(of) {
            Some(State::Share(known)) => {
                let may_be_none = rule.not_arisen.is_some();
                known_reach(known, whole(domain), may_be_none, |share, moves| {
                    share_reach(share, moves, *lost)
                })
            }
            _ => closed(),
        },
        Reading::Due { of, read } => match state(of) {
            Some(State::Due(choices)) => tally(choices, |end| due_counts(*read, end), false),
            _ => closed(),
        },
        Reading::Flag(of) => match state(of) {
            Some(State::Flag(known, movement)) => {
                known_reach(known, whole(domain), false, |flag, moves| {
                    let ends = flag_ends(*flag, moves, *movement);
                    let number = |end| integers(Stretch::only(Exact::from_u64(u64::from(end))));
                    (ends.iter().map(number).collect(), false)
                })
            }
            _ => closed(),
        },
        Reading::Tally(flags) => {
            let mut unproved = true;
            let choices: Vec<Choice> = flags
                .iter()
                .map(|of| match state(of) {
                    Some(State::Flag(known, movement)) => {
                        unproved &= known.is_unproved();
                        flag_choice(known, *movement)
                    }
                    _ => Choice::default(),
                })
                .collect();
            tally(&choices, |end| end == 1, unproved)
        }
    }
}

fn flag_ends(flag: FlagValue, moves: bool, movement: FlagMovement) -> Ends {
    let now = Ends::only(u8::from(flag == FlagValue::Yes));
    let can_turn = moves && (movement == FlagMovement::Hold || flag == FlagValue::NotYet);
    if can_turn { now.with(0).with(1) } else { now }
}

/// A flag as one of two ends.
fn flag_choice(known: &Known<FlagValue>, movement: FlagMovement) -> Choice {
    let mut choice = Choice::default();
    let reach = |held: &crate::state::Held<FlagValue>| flag_ends(held.value, held.moves, movement);
    for held in [&known.proved, &known.claimed].into_iter().flatten() {
        choice.closing = choice.closing.with(u8::from(held.value == FlagValue::Yes));
    }
    if known.is_unproved() {
        choice.closing = Ends::only(0).with(1);
    }
    match (&known.proved, &known.claimed) {
        (_, Some(claimed)) if claimed.mendable => choice.choices = reach(claimed),
        (_, Some(claimed)) => {
            choice.choices = choice.closing;
            choice.drag =
                Ends::only(u8::from(claimed.value == FlagValue::Yes)).union(choice.closing);
        }
        (Some(proved), None) => choice.choices = reach(proved),
        (None, None) if known.can_supply => choice.choices = Ends::only(0).with(1),
        (None, None) => {
            choice.choices = choice.closing;
            choice.drag = choice.closing;
        }
    }
    let proved = known.proved.as_ref().map(reach).unwrap_or_default();
    choice.closing = choice.closing.union(proved);
    choice
}

fn closed() -> Reach {
    Reach {
        low: vec![],
        low_none: false,
        high: High::Closed,
        high_none: false,
        unproved: true,
    }
}

fn settled(over: Stretch) -> Reach {
    let numbers = vec![Numbers {
        over,
        grid: Grid::Dense,
    }];
    Reach {
        low: numbers.clone(),
        low_none: false,
        high: High::Any(numbers),
        high_none: false,
        unproved: false,
    }
}

fn whole(domain: &Domain) -> Numbers {
    let grid = match domain {
        Domain::Whole { .. } => Grid::Every(Exact::ONE),
        Domain::Dense(_) => Grid::Dense,
    };
    Numbers {
        over: domain.stretch(),
        grid,
    }
}

fn integers(over: Stretch) -> Numbers {
    Numbers {
        over,
        grid: Grid::Every(Exact::ONE),
    }
}

fn counted(count: CountState) -> Reach {
    let number = |n| Bound::Included(Exact::from_u64(n));
    let all = count.proved + count.open + count.dead;
    let upper = if count.grows {
        Bound::Open
    } else {
        number(all)
    };
    let low = vec![integers(Stretch {
        lower: number(count.proved),
        upper: upper.clone(),
    })];
    // Mending every claim is never worse than leaving one: the least of fewer counts.
    let best = Stretch {
        lower: number(count.proved + count.open),
        upper,
    };
    let high = if count.dead == 0 {
        High::Any(vec![integers(best)])
    } else {
        High::LeastOf(vec![integers(best)])
    };
    Reach {
        low,
        low_none: false,
        high,
        high_none: false,
        unproved: false,
    }
}

/// What a figure can become, from how one value moves.
fn known_reach<T>(
    known: &Known<T>,
    domain: Numbers,
    may_be_none: bool,
    movement: impl Fn(&T, bool) -> (Vec<Numbers>, bool),
) -> Reach {
    let mut low = Vec::new();
    let mut low_none = false;
    for held in [&known.proved, &known.claimed].into_iter().flatten() {
        let (numbers, none) = movement(&held.value, held.moves);
        low.extend(numbers);
        low_none |= none;
    }
    let unproved = known.is_unproved();
    let unheard = unproved && known.claimed.is_none() && known.can_supply;
    if unheard {
        low.push(domain.clone());
        low_none |= may_be_none;
    }
    let (high, high_none) = match (&known.proved, &known.claimed) {
        (_, Some(claimed)) if claimed.mendable => {
            let (numbers, none) = movement(&claimed.value, claimed.moves);
            (High::Any(numbers), none)
        }
        (Some(proved), None) => {
            let (numbers, none) = movement(&proved.value, proved.moves);
            (High::Any(numbers), none)
        }
        _ if unheard => (High::Any(vec![domain]), may_be_none),
        _ => (High::Closed, false),
    };
    Reach {
        low,
        low_none,
        high,
        high_none,
        unproved,
    }
}

/// The shares that items can come to, and whether there can be none.
fn share_reach(share: &ShareState, moves: bool, lost: bool) -> (Vec<Numbers>, bool) {
    let ShareState {
        won,
        lost: against,
        open,
        ..
    } = *share;
    let left_out = share.open_at_close == OpenAtClose::LeftOut;
    let room = if moves { share.room } else { Some(0) };
    if !moves {
        let against = if left_out { against } else { against + open };
        let ratio = Exact::ratio_u64(won, won + against);
        return match ratio {
            Some(ratio) => (
                numbers(
                    Bound::Included(ratio.clone()),
                    Bound::Included(ratio),
                    Grid::Ends,
                    lost,
                ),
                false,
            ),
            None => (Vec::new(), true),
        };
    }
    let none = if left_out {
        won + against == 0
    } else {
        won + against + open == 0
    };
    let known = won + against + open;
    if known == 0 && room == Some(0) {
        return (Vec::new(), true);
    }
    let ratio = |part: u64, whole: u64| Exact::ratio_u64(part, whole).unwrap_or(Exact::ZERO);
    match room {
        None => {
            // However many more come, a loss is never made good and a win never undone.
            let upper = if against == 0 {
                Bound::Included(Exact::ONE)
            } else {
                Bound::Excluded(Exact::ONE)
            };
            let lower = if won == 0 {
                Bound::Included(Exact::ZERO)
            } else {
                Bound::Excluded(Exact::ZERO)
            };
            (numbers(lower, upper, Grid::Dense, lost), none)
        }
        Some(room) => {
            let most = ratio(won + open + room, known + room);
            let least = ratio(won, known + room);
            // With a fixed total every step between the ends can be reached.
            let grid = match (room, left_out) {
                (0, false) => Grid::Every(ratio(1, known)),
                _ => Grid::Ends,
            };
            let (least, most) = if known == 0 {
                (Exact::ZERO, Exact::ONE)
            } else {
                (least, most)
            };
            (
                numbers(Bound::Included(least), Bound::Included(most), grid, lost),
                none,
            )
        }
    }
}

fn numbers(lower: Bound, upper: Bound, grid: Grid, lost: bool) -> Vec<Numbers> {
    let over = if lost {
        let turn = |bound: Bound| match bound {
            Bound::Included(x) => Bound::Included(&Exact::ONE - &x),
            Bound::Excluded(x) => Bound::Excluded(&Exact::ONE - &x),
            Bound::Open => Bound::Open,
        };
        Stretch {
            lower: turn(upper),
            upper: turn(lower),
        }
    } else {
        Stretch { lower, upper }
    };
    vec![Numbers { over, grid }]
}

/// How many of these ends count, over all extensions.
fn tally(choices: &[Choice], counts: impl Fn(u8) -> bool, unproved: bool) -> Reach {
    let range = |ends: &dyn Fn(&Choice) -> Ends| {
        let (mut least, mut most) = (0_u64, 0_u64);
        for choice in choices {
            let ends = ends(choice);
            least += u64::from(ends.iter().all(&counts));
            most += u64::from(ends.iter().any(&counts));
        }
        integers(Stretch::closed(
            Exact::from_u64(least),
            Exact::from_u64(most),
        ))
    };
    let low = vec![range(&|it| it.choices.union(it.closing).union(it.drag))];
    let dragged = choices.iter().any(|it| it.drag != Ends::default());
    let high = if dragged {
        // A claim that nothing can settle any more counts whichever way is worse.
        let settle = |wanted: bool| {
            range(&|it| {
                let pick = it.choices.iter().find(|end| counts(*end) == wanted);
                let end = pick.map_or(it.choices, Ends::only);
                end.union(it.drag)
            })
        };
        High::LeastOf(vec![settle(true), settle(false)])
    } else {
        High::Any(vec![range(&|it| it.choices)])
    };
    Reach {
        low,
        low_none: false,
        high,
        high_none: false,
        unproved,
    }
}

/// The ends of a measure and whether it can stay unproved: least, most (if there is one).
pub(super) fn measure(
    states: &States,
    of: QuantityIndex,
    pack: &Pack,
) -> Option<(Exact, Option<Exact>, bool)> {
    let Some(State::Measure(known)) = states.states.get(of.0) else {
        return None;
    };
    let held: Vec<_> = [&known.proved, &known.claimed]
        .into_iter()
        .flatten()
        .collect();
    let least = held.iter().map(|held| &held.value.0).min();
    let most = held.iter().map(|held| &held.value.1).max();
    let frozen = known.proved.is_none()
        && known
            .claimed
            .as_ref()
            .map_or(!known.can_supply, |claimed| !claimed.mendable);
    if frozen {
        return None;
    }
    if let (Some(least), Some(most)) = (least, most) {
        return Some((least.clone(), Some(most.clone()), known.is_unproved()));
    }
    match &pack.quantity(of)?.kind {
        QuantityKind::Measure { min, max, .. } => {
            Some((min.clone().unwrap_or(Exact::ZERO), max.clone(), true))
        }
        _ => None,
    }
}
