//! What a reading can still become, quantity by quantity.

use super::extreme::{Grid, Numbers};
use crate::closing::due_counts;
use crate::facts::FlagValue;
use crate::model::Pack;
use crate::rules::*;
use crate::state::{Choice, CountState, Ends, Held, Known, ShareState, State, States, Supply};
use crate::values::Exact;

/// What a reading can become over all extensions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Reach {
    /// What an extension can settle on, each by itself.
    pub(super) singles: Group,
    /// What an extension can be left with, of which the least counts.
    pub(super) groups: Vec<Group>,
    /// What counts toward the fewest points only.
    pub(super) low: Group,
    /// Whether an extension can leave the reading unproved.
    pub(super) unproved: bool,
}

/// Numbers, and perhaps "no items".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    /// The numbers.
    pub(super) numbers: Vec<Numbers>,
    /// Whether there can be no items.
    pub(super) none: bool,
}

impl Group {
    fn of(numbers: Vec<Numbers>) -> Self {
        Group {
            numbers,
            none: false,
        }
    }

    fn add(&mut self, other: Group) {
        self.numbers.extend(other.numbers);
        self.none |= other.none;
    }
}

/// What a curve's reading can become.
pub(super) fn of(rule: &CurveRule, states: &States, pack: &Pack) -> Reach {
    let domain = rule.curve.domain();
    let state = |of: &QuantityIndex| states.states.get(of.0);
    match &rule.reading {
        Reading::Number(of) | Reading::Verdict(of) => match state(of) {
            Some(State::Count(count)) => counted(*count),
            Some(State::Counted(known)) => known_reach(known, whole(domain), false, |n, moves| {
                let lower = Bound::Included(Exact::from_u64(*n));
                let upper = if moves { Bound::Open } else { lower.clone() };
                Group::of(vec![integers(Stretch { lower, upper })])
            }),
            Some(State::Measure(known)) => measure_reach(known, whole(domain)),
            Some(State::Judgement(Some(given))) => {
                let over = Stretch::only(given.clone());
                let singles = Group::of(vec![Numbers {
                    over,
                    grid: Grid::Dense,
                }]);
                Reach {
                    singles,
                    ..Reach::default()
                }
            }
            Some(State::Judgement(None)) => {
                let singles = Group::of(vec![whole(domain)]);
                Reach {
                    singles,
                    unproved: true,
                    ..Reach::default()
                }
            }
            _ => Reach {
                unproved: true,
                ..Reach::default()
            },
        },
        Reading::Share { of, lost } => match state(of) {
            Some(State::Share(known)) => {
                let limited = matches!(
                    pack.quantity(*of).map(|quantity| &quantity.kind),
                    Some(QuantityKind::Share {
                        total: Total::AtMost(_),
                        ..
                    })
                );
                let mut unknown = whole(domain);
                if limited {
                    unknown.grid = Grid::Ends;
                }
                let by_events = matches!(
                    pack.quantity(*of).map(|quantity| &quantity.kind),
                    Some(QuantityKind::Share {
                        by: ShareBy::Events(_),
                        ..
                    })
                );
                if by_events {
                    return no_items_reach(known, whole(domain), rule.not_arisen.is_some(), *lost);
                }
                known_reach(known, unknown, rule.not_arisen.is_some(), |share, moves| {
                    share_reach(share, moves, *lost)
                })
            }
            Some(State::Items(items)) => items_reach(*items, *lost),
            _ => Reach {
                unproved: true,
                ..Reach::default()
            },
        },
        Reading::Due { of, read } => match state(of) {
            Some(State::Due(due)) => {
                tally(&due.counted(*read), |end| due_counts(*read, end), false)
            }
            _ => Reach {
                unproved: true,
                ..Reach::default()
            },
        },
        Reading::Flag(of) => match state(of) {
            Some(State::Flag(known, movement)) => {
                known_reach(known, whole(domain), false, |flag, moves| {
                    let ends = flag_ends(*flag, moves, *movement);
                    let number = |end| integers(Stretch::only(Exact::from_u64(u64::from(end))));
                    Group::of(ends.iter().map(number).collect())
                })
            }
            _ => Reach {
                unproved: true,
                ..Reach::default()
            },
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

/// A flag as one of two ends; what is open together goes into the third place.
fn flag_choice(known: &Known<FlagValue>, movement: FlagMovement) -> Choice {
    let both = Ends::only(0).with(1);
    let mut options = [Ends::default(); 3];
    let mut allow = |ends: Ends| {
        let place = match (ends.contains(0), ends.contains(1)) {
            (true, true) => 2,
            (_, yes) => usize::from(yes),
        };
        if let Some(option) = options.get_mut(place) {
            *option = ends;
        }
    };
    let end = |held: &Held<FlagValue>| u8::from(held.value == FlagValue::Yes);
    for open in outcomes(known) {
        allow(
            open.iter()
                .map(|held| end(held))
                .fold(Ends::default(), Ends::with),
        );
    }
    if let Some(newest) = known.newest() {
        for single in flag_ends(newest.value, newest.moves, movement).iter() {
            if newest.moves {
                allow(Ends::only(single));
            }
        }
    } else if known.can_supply() {
        allow(Ends::only(0));
        allow(Ends::only(1));
    }
    if known.is_unproved() {
        allow(both);
    }
    Choice {
        closing: both,
        options,
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
    let low = Group::of(vec![integers(Stretch {
        lower: number(count.proved),
        upper: upper.clone(),
    })]);
    // Mending every claim is never worse than leaving one: the least of fewer counts.
    let lower = number(count.proved + count.open);
    let best = Group::of(vec![integers(Stretch { lower, upper })]);
    if count.dead == 0 {
        Reach {
            singles: best,
            low,
            ..Reach::default()
        }
    } else {
        Reach {
            groups: vec![best],
            low,
            ..Reach::default()
        }
    }
}

/// The shares that recorded items can come to.
///
/// An item that is not proved may be either, so a share in which one is left counts at its
/// worst; with every item mended it is whole.
fn items_reach(items: CountState, lost: bool) -> Reach {
    let total = items.proved + items.open + items.dead;
    let ratio = |won| Exact::ratio_u64(won, total).unwrap_or(Exact::ZERO);
    let step = Grid::Every(ratio(1));
    let (low, grid) = if !items.grows {
        (Bound::Included(ratio(items.proved)), step.clone())
    } else if items.proved == 0 {
        (Bound::Included(Exact::ZERO), Grid::Dense)
    } else {
        (Bound::Excluded(Exact::ZERO), Grid::Dense)
    };
    let one = || Bound::Included(Exact::ONE);
    let low = Group::of(numbers(low, one(), grid, lost));
    let mended = Bound::Included(ratio(items.proved + items.open));
    let best = Group::of(numbers(mended, one(), step, lost));
    if items.dead == 0 {
        Reach {
            singles: best,
            low,
            ..Reach::default()
        }
    } else {
        Reach {
            groups: vec![best],
            low,
            ..Reach::default()
        }
    }
}

/// What a share by events can come to before its first event: none, or items that are
/// proved; items that are not may be either.
fn no_items_reach(
    known: &Known<ShareState>,
    domain: Numbers,
    may_be_none: bool,
    lost: bool,
) -> Reach {
    let whole_share = if lost { Exact::ZERO } else { Exact::ONE };
    let proved = Numbers {
        over: Stretch::only(whole_share),
        grid: Grid::Ends,
    };
    let grows = match known.newest() {
        Some(newest) => newest.moves,
        None => known.supply == Supply::Anything,
    };
    let mut reach = known_reach(known, proved.clone(), may_be_none, |_, moves| Group {
        numbers: if moves {
            vec![proved.clone()]
        } else {
            Vec::new()
        },
        none: true,
    });
    if grows {
        reach.low.add(Group::of(vec![domain]));
    }
    reach
}

/// What is open together when one of the figures is the newest proved one: that figure,
/// and the claims after it.
fn outcomes<T>(known: &Known<T>) -> Vec<Vec<&Held<T>>> {
    let after = |count: usize| known.claims.iter().take(count);
    let mended = known
        .claims
        .iter()
        .enumerate()
        .filter(|(_, held)| held.mendable);
    let mended = mended.map(|(place, held)| after(place).chain([held]).collect());
    let proved = known.proved.as_ref();
    let proved = proved.map(|held| after(known.claims.len()).chain([held]).collect());
    mended.chain(proved).collect()
}

/// What a figure can become, from how one value moves.
fn known_reach<T>(
    known: &Known<T>,
    domain: Numbers,
    may_be_none: bool,
    movement: impl Fn(&T, bool) -> Group,
) -> Reach {
    let mut reach = Reach {
        unproved: known.is_unproved(),
        ..Reach::default()
    };
    for open in outcomes(known) {
        let mut group = Group::default();
        for held in &open {
            group.add(movement(&held.value, false));
        }
        if open.len() == 1 {
            reach.singles.add(group);
        } else {
            reach.groups.push(group);
        }
    }
    match known.newest() {
        Some(newest) if newest.moves => reach.singles.add(movement(&newest.value, true)),
        Some(_) => {}
        None => match known.supply {
            Supply::Nothing => {}
            Supply::NoItems => reach.singles.none |= may_be_none,
            Supply::Anything => {
                reach.singles.add(Group {
                    numbers: vec![domain],
                    none: may_be_none,
                });
            }
        },
    }
    reach
}

/// A range can be narrowed to any of its numbers while figures can be handed in.
fn measure_reach(known: &Known<(Exact, Exact)>, domain: Numbers) -> Reach {
    let range = |(low, high): &(Exact, Exact)| {
        let over = Stretch::closed(low.clone(), high.clone());
        Group::of(vec![Numbers {
            over,
            grid: Grid::Dense,
        }])
    };
    let mut reach = known_reach(known, domain, false, |value, _| range(value));
    if known.can_supply() {
        if let Some(newest) = known.newest() {
            reach.singles.add(range(&newest.value));
        }
    } else {
        let singles = std::mem::take(&mut reach.singles);
        reach
            .groups
            .extend(singles.numbers.into_iter().map(|it| Group::of(vec![it])));
    }
    reach
}

/// The shares that items can come to, and whether there can be none.
fn share_reach(share: &ShareState, moves: bool, lost: bool) -> Group {
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
            Some(ratio) => Group::of(numbers(
                Bound::Included(ratio.clone()),
                Bound::Included(ratio),
                Grid::Ends,
                lost,
            )),
            None => Group {
                numbers: Vec::new(),
                none: true,
            },
        };
    }
    let none = if left_out {
        won + against == 0
    } else {
        won + against + open == 0
    };
    let known = won + against + open;
    if known == 0 && room == Some(0) {
        return Group {
            numbers: Vec::new(),
            none: true,
        };
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
            Group {
                numbers: numbers(lower, upper, Grid::Dense, lost),
                none,
            }
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
            Group {
                numbers: numbers(Bound::Included(least), Bound::Included(most), grid, lost),
                none,
            }
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
    let number = |n: u64| Exact::from_u64(n);
    let (mut least, mut most) = (0_u64, 0_u64);
    // Of each choice: certain to count, free to count or not, or open whatever is done.
    let (mut certain, mut free, mut open) = (0_u64, 0_u64, 0_u64);
    for choice in choices {
        let all = || choice.options().all(|ends| ends.iter().all(&counts));
        let any = || choice.options().any(|ends| ends.iter().any(&counts));
        least += u64::from(all());
        most += u64::from(any());
        let can = choice.options().any(|ends| ends.iter().all(&counts));
        let cannot = choice.options().any(|ends| !ends.iter().any(&counts));
        match (can, cannot) {
            (true, true) => free += 1,
            (true, false) => certain += 1,
            (false, true) => {}
            (false, false) => open += 1,
        }
    }
    let range =
        |from: u64, to: u64| Group::of(vec![integers(Stretch::closed(number(from), number(to)))]);
    let low = range(least, most);
    if open == 0 {
        return Reach {
            singles: range(certain, certain + free),
            low,
            unproved,
            ..Reach::default()
        };
    }
    let groups = (certain..=certain + free)
        .map(|from| range(from, from + open))
        .collect();
    Reach {
        groups,
        low,
        unproved,
        ..Reach::default()
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
    let held = || known.proved.iter().chain(&known.claims);
    let least = held().map(|held| &held.value.0).min();
    let most = held().map(|held| &held.value.1).max();
    if known.is_unproved() && known.is_settled() {
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
