//! What a reading can still become, quantity by quantity.

use super::extreme::{Grid, How, Numbers};
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
    /// How there can be no items, if there can.
    pub(super) none: Option<How>,
    /// How the figure that is proved says that there are none; then claims against it count
    /// only where they give less than to be left out.
    pub(super) left_out: Option<How>,
}

impl Group {
    fn of(numbers: Vec<Numbers>) -> Self {
        Group {
            numbers,
            ..Group::default()
        }
    }

    fn add(&mut self, other: Group) {
        self.numbers.extend(other.numbers);
        self.none = self.none.or(other.none);
        self.left_out = self.left_out.or(other.left_out);
    }
}

/// What a curve's reading can become.
pub(super) fn of(rule: &CurveRule, states: &States, pack: &Pack) -> Reach {
    let domain = rule.curve.domain();
    let state = |of: &QuantityIndex| states.states.get(of.0);
    match &rule.reading {
        Reading::Number(of) | Reading::Verdict(of) => match state(of) {
            Some(State::Count(count)) => counted(*count),
            Some(State::Counted(known)) => {
                known_reach(known, whole(domain), false, |n, moves, how| {
                    let lower = Bound::Included(Exact::from_u64(*n));
                    let upper = if moves { Bound::Open } else { lower.clone() };
                    Group::of(vec![integers(Stretch { lower, upper }, how)])
                })
            }
            Some(State::Measure(known)) => measure_reach(known, whole(domain)),
            Some(State::Judgement(Some(given))) => {
                let over = Stretch::only(given.clone());
                let singles = Group::of(vec![Numbers {
                    over,
                    grid: Grid::Dense,
                    how: How::Nothing,
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
                    // Where nothing is asked of its documents, every event is won.
                    let other = needs_documents(pack, *of).then(|| whole(domain));
                    return no_items_reach(known, other, rule.not_arisen.is_some(), *lost);
                }
                // Items that are open may all leave the total, whatever its least number is.
                let leaves = matches!(
                    pack.quantity(*of).map(|quantity| &quantity.kind),
                    Some(QuantityKind::Share {
                        open_at_close: OpenAtClose::LeftOut,
                        ..
                    })
                );
                let may_be_none = leaves || rule.not_arisen.is_some();
                known_reach(known, unknown, may_be_none, |share, moves, how| {
                    share_reach(share, moves, *lost, how)
                })
            }
            Some(State::Items(items)) => items_reach(*items, *lost, needs_documents(pack, *of)),
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
                known_reach(known, whole(domain), false, |flag, moves, how| {
                    let ends = flag_ends(*flag, moves, *movement);
                    let number =
                        |end| integers(Stretch::only(Exact::from_u64(u64::from(end))), how);
                    Group::of(ends.iter().map(number).collect())
                })
            }
            _ => Reach {
                unproved: true,
                ..Reach::default()
            },
        },
        Reading::Tally(flags) => {
            let known = || {
                flags.iter().filter_map(|of| match state(of) {
                    Some(State::Flag(known, movement)) => Some((known, *movement)),
                    _ => None,
                })
            };
            let choices: Vec<Choice> = known()
                .map(|(it, movement)| flag_choice(it, movement))
                .collect();
            let mut reach = tally(
                &choices,
                |end| end == 1,
                known().all(|(it, _)| it.is_unproved()),
            );
            if reach.unproved {
                keep_proved(&mut reach, known());
            }
            reach
        }
    }
}

/// Of flags about which nothing is proved, leaves only what proves at least one of them.
fn keep_proved<'a>(
    reach: &mut Reach,
    flags: impl Iterator<Item = (&'a Known<FlagValue>, FlagMovement)>,
) {
    let ends = flags.filter_map(|(known, movement)| proved_ends(known, movement));
    match ends.map(|ends| ends.contains(0)).max() {
        // No flag can be proved any more.
        None => {
            *reach = Reach {
                unproved: true,
                ..Reach::default()
            };
        }
        // Some flag can be proved to be no, which adds nothing to the least number.
        Some(true) => {}
        Some(false) => {
            for numbers in &mut reach.low.numbers {
                if let Bound::Included(least) = &mut numbers.over.lower {
                    *least += Exact::ONE;
                }
            }
        }
    }
}

/// All ends that a flag can be proved to have; `None` where it cannot be proved.
fn proved_ends(known: &Known<FlagValue>, movement: FlagMovement) -> Option<Ends> {
    let end = |held: &Held<FlagValue>| u8::from(held.value == FlagValue::Yes);
    let told = outcomes(known).into_iter().flat_map(|(_, open)| open);
    let mut ends = told.map(end).fold(Ends::default(), Ends::with);
    match known.newest() {
        Some(newest) if newest.moves => {
            let more = flag_ends(newest.value, true, movement);
            ends = more.iter().fold(ends, Ends::with);
        }
        Some(_) => {}
        None if known.can_supply() => ends = Ends::only(0).with(1),
        None => {}
    }
    (ends != Ends::default()).then_some(ends)
}

/// Whether the events of a quantity prove nothing without documents.
fn needs_documents(pack: &Pack, of: QuantityIndex) -> bool {
    pack.quantity(of)
        .is_some_and(|quantity| !quantity.proof.roles.is_empty())
}

pub(super) fn flag_ends(flag: FlagValue, moves: bool, movement: FlagMovement) -> Ends {
    let now = Ends::only(u8::from(flag == FlagValue::Yes));
    let can_turn = moves && (movement == FlagMovement::Hold || flag == FlagValue::NotYet);
    if can_turn { now.with(0).with(1) } else { now }
}

/// A flag as one of two ends; what is open together goes into the third place.
pub(super) fn flag_choice(known: &Known<FlagValue>, movement: FlagMovement) -> Choice {
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
    for (_, open) in outcomes(known) {
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
        how: How::State,
    }
}

fn integers(over: Stretch, how: How) -> Numbers {
    Numbers {
        over,
        grid: Grid::Every(Exact::ONE),
        how,
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
    let lower = number(count.proved);
    let low = Stretch {
        lower,
        upper: upper.clone(),
    };
    let low = Group::of(vec![integers(low, How::Leave)]);
    // Mending every claim is never worse than leaving one: the least of fewer counts.
    let lower = number(count.proved + count.open);
    let best = Group::of(vec![integers(Stretch { lower, upper }, How::Mend)]);
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
fn items_reach(items: CountState, lost: bool, needs_documents: bool) -> Reach {
    let total = items.proved + items.open + items.dead;
    let ratio = |won| Exact::ratio_u64(won, total).unwrap_or(Exact::ZERO);
    let step = Grid::Every(ratio(1));
    let (low, grid) = if !items.grows || !needs_documents {
        (Bound::Included(ratio(items.proved)), step.clone())
    } else if items.proved == 0 {
        (Bound::Included(Exact::ZERO), Grid::Dense)
    } else {
        (Bound::Excluded(Exact::ZERO), Grid::Dense)
    };
    let one = || Bound::Included(Exact::ONE);
    let low = Group::of(numbers(low, one(), grid, lost, How::Leave));
    let mended = Bound::Included(ratio(items.proved + items.open));
    let best = Group::of(numbers(mended, one(), step, lost, How::Mend));
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
    other: Option<Numbers>,
    may_be_none: bool,
    lost: bool,
) -> Reach {
    let whole_share = if lost { Exact::ZERO } else { Exact::ONE };
    let proved = Numbers {
        over: Stretch::only(whole_share),
        grid: Grid::Ends,
        how: How::Mend,
    };
    let grows = match known.newest() {
        Some(newest) => newest.moves,
        None => known.supply == Supply::Anything,
    };
    let mut reach = known_reach(known, proved.clone(), may_be_none, |_, moves, how| Group {
        numbers: if moves {
            vec![proved.clone()]
        } else {
            Vec::new()
        },
        none: Some(how),
        left_out: None,
    });
    if let (true, Some(other)) = (grows, other) {
        let how = How::Leave;
        reach.low.add(Group::of(vec![Numbers { how, ..other }]));
    }
    reach
}

/// What is open together when one of the figures is the newest proved one: that figure,
/// and the claims after it.
///
/// Each with how an extension comes to it.
pub(super) fn outcomes<T>(known: &Known<T>) -> Vec<(How, Vec<&Held<T>>)> {
    let after = |count: usize| known.claims.iter().take(count);
    let mended = known
        .claims
        .iter()
        .enumerate()
        .filter(|(_, held)| held.mendable);
    let mended = mended.map(|(place, held)| {
        let open = after(place).chain([held]).collect();
        (How::Prove(place), open)
    });
    let proved = known.proved.as_ref().map(|held| {
        let open = after(known.claims.len()).chain([held]).collect();
        (How::Nothing, open)
    });
    mended.chain(proved).collect()
}

/// What a figure can become, from how one value moves.
fn known_reach<T>(
    known: &Known<T>,
    domain: Numbers,
    may_be_none: bool,
    movement: impl Fn(&T, bool, How) -> Group,
) -> Reach {
    let mut reach = Reach {
        unproved: known.is_unproved(),
        ..Reach::default()
    };
    for (how, open) in outcomes(known) {
        let mut group = Group::default();
        for held in &open {
            group.add(movement(&held.value, false, how));
        }
        // The figure that is proved comes last.
        let proved = open.last().map(|held| movement(&held.value, false, how));
        group.left_out = proved.and_then(|it| it.none);
        if open.len() == 1 {
            reach.singles.add(group);
        } else {
            reach.groups.push(group);
        }
    }
    match known.newest() {
        Some(newest) if newest.moves => {
            reach.singles.add(movement(&newest.value, true, How::State));
        }
        Some(_) => {}
        None => match known.supply {
            Supply::Nothing => {}
            Supply::NoItems => {
                let none = may_be_none.then_some(How::State);
                reach.singles.none = reach.singles.none.or(none);
            }
            Supply::Anything => {
                reach.singles.add(Group {
                    numbers: vec![domain],
                    none: may_be_none.then_some(How::State),
                    left_out: None,
                });
            }
        },
    }
    reach
}

/// A range can be narrowed to any of its numbers while figures can be handed in.
fn measure_reach(known: &Known<(Exact, Exact)>, domain: Numbers) -> Reach {
    let range = |(low, high): &(Exact, Exact), how| {
        let over = Stretch::closed(low.clone(), high.clone());
        Group::of(vec![Numbers {
            over,
            grid: Grid::Dense,
            how,
        }])
    };
    let mut reach = known_reach(known, domain, false, |value, _, how| range(value, how));
    // A range as it stands counts at its worst.
    if known.newest().is_some() {
        let singles = std::mem::take(&mut reach.singles);
        reach
            .groups
            .extend(singles.numbers.into_iter().map(|it| Group::of(vec![it])));
    }
    if let (Some(newest), true) = (known.newest(), known.can_supply()) {
        reach.singles.add(range(&newest.value, How::State));
    }
    reach
}

/// The shares that items can come to, and whether there can be none.
fn share_reach(share: &ShareState, moves: bool, lost: bool, how: How) -> Group {
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
                how,
            )),
            None => Group {
                none: Some(how),
                ..Group::default()
            },
        };
    }
    let none = if left_out {
        won + against == 0
    } else {
        won + against + open == 0
    };
    let none = none.then_some(how);
    let known = won + against + open;
    if known == 0 && room == Some(0) {
        return Group {
            none: Some(how),
            ..Group::default()
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
                numbers: numbers(lower, upper, Grid::Dense, lost, how),
                none,
                left_out: None,
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
                numbers: numbers(
                    Bound::Included(least),
                    Bound::Included(most),
                    grid,
                    lost,
                    how,
                ),
                none,
                left_out: None,
            }
        }
    }
}

fn numbers(lower: Bound, upper: Bound, grid: Grid, lost: bool, how: How) -> Vec<Numbers> {
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
    vec![Numbers { over, grid, how }]
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
    let range = |from: u64, to: u64, how| {
        let over = Stretch::closed(number(from), number(to));
        Group::of(vec![integers(over, how)])
    };
    let low = range(least, most, How::Leave);
    if open == 0 {
        return Reach {
            singles: range(certain, certain + free, How::Fill),
            low,
            unproved,
            ..Reach::default()
        };
    }
    let groups = (0..=free)
        .map(|free| range(certain + free, certain + free + open, How::Choose(free)))
        .collect();
    Reach {
        groups,
        low,
        unproved,
        ..Reach::default()
    }
}

/// One end of the range of a measure, at its least and at its most over all extensions.
#[derive(Clone, Debug)]
pub(super) struct MeasureEnds {
    /// The least, and how an extension comes there.
    pub(super) least: (Exact, How),
    /// The most, if there is one.
    pub(super) most: Option<(Exact, How)>,
    /// Whether an extension can leave the measure unproved.
    pub(super) unproved: bool,
}

/// Which end of a range counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RangeEnd {
    /// The lower one: what was achieved.
    Lower,
    /// The upper one: what was to be achieved.
    Upper,
}

/// What an end of a measure's range can become; `None` where it stays unproved for good.
pub(super) fn measure(
    states: &States,
    of: QuantityIndex,
    end: RangeEnd,
    pack: &Pack,
) -> Option<MeasureEnds> {
    let Some(State::Measure(known)) = states.states.get(of.0) else {
        return None;
    };
    let mut ends: Vec<(Exact, How)> = Vec::new();
    for (how, open) in outcomes(known) {
        let values = open.iter().map(|held| &held.value);
        let closed = match end {
            RangeEnd::Lower => values.map(|(low, _)| low).min(),
            RangeEnd::Upper => values.map(|(_, high)| high).max(),
        };
        ends.extend(closed.map(|it| (it.clone(), how)));
    }
    let mut unlimited = false;
    match (known.newest(), known.can_supply()) {
        (Some(newest), true) => {
            let (low, high) = &newest.value;
            ends.push((low.clone(), How::State));
            ends.push((high.clone(), How::State));
        }
        (None, true) => {
            let QuantityKind::Measure { min, max, .. } = &pack.quantity(of)?.kind else {
                return None;
            };
            ends.push((min.clone().unwrap_or(Exact::ZERO), How::State));
            ends.extend(max.clone().map(|max| (max, How::State)));
            unlimited = max.is_none();
        }
        (_, false) => {}
    }
    let least = ends.iter().min_by(|a, b| a.0.cmp(&b.0))?.clone();
    let most = ends.iter().max_by(|a, b| a.0.cmp(&b.0))?.clone();
    Some(MeasureEnds {
        least,
        most: (!unlimited).then_some(most),
        unproved: known.is_unproved(),
    })
}
