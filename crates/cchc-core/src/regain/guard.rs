//! The guard side: how much more may go wrong before standing points fall.
//!
//! A failure is one unit of what a quantity can still do against the component, with nothing
//! else added: an open item lost, a new item lost, an event without its documents, an event
//! that costs points, something that is no longer so. What was never won is no failure.

use std::sync::Arc;

use serde::Serialize;

use super::lever::Overlay;
use super::track::{MAX_ITEMS, Part};
use crate::record::Fitted;
use crate::rules::*;
use crate::state::{CountState, Held, Known, ShareState, State, States};

/// Most failures that are tried one by one, where points both rise and fall.
const MAX_TRIED: u64 = 2_048;

/// What standing points survive of one kind of failure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Guard {
    /// The quantity.
    pub quantity: Arc<str>,
    /// What goes wrong.
    pub failure: Failure,
    /// How many of them leave the points as they are, one more does not; `None`: any number.
    pub survives: Option<u64>,
    /// Of those, the ones that are open already: the rest are new.
    pub of_open: u64,
}

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Items are not done as asked: open ones first, then new ones.
    LostItems,
    /// Items are counted that cost points: open ones first, then new ones.
    CountedItems,
    /// Events happen without the documents that they need.
    UnprovedEvents,
    /// Events happen that cost points.
    MoreEvents,
    /// A count by figure grows where that costs points.
    MoreUnits,
    /// What was so is so no longer.
    Turned,
}

impl Failure {
    /// Every failure.
    pub const ALL: &'static [Failure] = &[
        Failure::LostItems,
        Failure::CountedItems,
        Failure::UnprovedEvents,
        Failure::MoreEvents,
        Failure::MoreUnits,
        Failure::Turned,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Failure::LostItems => "lost_items",
            Failure::CountedItems => "counted_items",
            Failure::UnprovedEvents => "unproved_events",
            Failure::MoreEvents => "more_events",
            Failure::MoreUnits => "more_units",
            Failure::Turned => "turned",
        }
    }
}

/// What a quantity can still do against a component.
struct Falling {
    failure: Failure,
    /// The most failures that there can be; `None`: without limit.
    most: Option<u64>,
    /// The first of them that are open items.
    open: u64,
}

/// What the points of a component survive, one quantity at a time.
pub(super) fn guards(
    fitted: &Fitted<'_>,
    overlay: &mut Overlay<'_>,
    parts: &[Part<'_>],
    states: &States,
) -> Vec<Guard> {
    let mut list: Vec<Guard> = Vec::new();
    for part in parts {
        for of in part.quantities() {
            let Some(state) = states.states.get(of.0) else {
                continue;
            };
            let movement = fitted.quantity(*of).map(|it| &it.kind);
            let Some(falling) = falling(state, movement, part.wins()) else {
                continue;
            };
            let standing = overlay.points(&[]);
            let mut holds = |failures: u64| {
                let after = fallen(state, failures, part.wins()).map(|it| vec![(*of, it)]);
                after.is_some_and(|after| overlay.points(&after) >= standing)
            };
            let one_by_one = part.trend() == Trend::Mixed;
            let survives = survived(&mut holds, falling.most, one_by_one);
            list.push(Guard {
                quantity: fitted.name(*of).unwrap_or_default(),
                failure: falling.failure,
                of_open: survives.map_or(falling.open, |it| it.min(falling.open)),
                survives,
            });
        }
    }
    list
}

/// The most failures that hold, all fewer ones too; `None` where any number does.
fn survived(
    holds: &mut dyn FnMut(u64) -> bool,
    most: Option<u64>,
    one_by_one: bool,
) -> Option<u64> {
    let limit = most.unwrap_or(MAX_ITEMS).min(MAX_ITEMS);
    let tried = if one_by_one { limit.min(MAX_TRIED) } else { 0 };
    if let Some(first) = (1..=tried).find(|it| !holds(*it)) {
        return Some(first - 1);
    }
    // Doubling first: most points fall soon, and many failures are slow to count.
    let (mut low, mut high) = (tried, tried.saturating_add(1).min(limit));
    while holds(high) {
        if high >= limit {
            return None;
        }
        low = high;
        high = high.saturating_mul(2).min(limit);
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(low)
}

fn falling(state: &State, kind: Option<&QuantityKind>, wins: bool) -> Option<Falling> {
    let moving = |most, open, failure| Falling {
        failure,
        most,
        open,
    };
    match state {
        State::Share(known) => {
            let held = known.proved.as_ref().filter(|_| known.claims.is_empty())?;
            if !held.moves {
                return None;
            }
            let by_events = matches!(
                kind,
                Some(QuantityKind::Share {
                    by: ShareBy::Events(_),
                    ..
                })
            );
            let share = held.value;
            let failure = match (by_events, wins) {
                (true, _) => Failure::UnprovedEvents,
                (false, true) => Failure::LostItems,
                (false, false) => Failure::CountedItems,
            };
            let most = share.room.map(|room| share.open.saturating_add(room));
            Some(moving(most, share.open, failure))
        }
        State::Items(items) => items
            .grows
            .then(|| moving(None, 0, Failure::UnprovedEvents)),
        State::Count(count) => count.grows.then(|| moving(None, 0, Failure::MoreEvents)),
        State::Counted(known) => {
            let held = known.proved.as_ref().filter(|_| known.claims.is_empty())?;
            held.moves.then(|| moving(None, 0, Failure::MoreUnits))
        }
        State::Flag(known, FlagMovement::Hold) => {
            let held = known.proved.as_ref().filter(|_| known.claims.is_empty())?;
            held.moves.then(|| moving(Some(1), 0, Failure::Turned))
        }
        State::Flag(known, FlagMovement::Latched) => {
            use crate::facts::FlagValue;
            let held = known.proved.as_ref().filter(|_| known.claims.is_empty())?;
            let turns = held.moves && held.value == FlagValue::NotYet;
            turns.then(|| moving(Some(1), 0, Failure::Turned))
        }
        State::Due(_) | State::Measure(_) | State::Judgement(_) => None,
    }
}

fn fallen(state: &State, failures: u64, wins: bool) -> Option<State> {
    fn with<T: Clone>(known: &Known<T>, value: T) -> Option<Known<T>> {
        let held = known.proved.as_ref()?;
        Some(Known {
            proved: Some(Held {
                value,
                ..held.clone()
            }),
            ..known.clone()
        })
    }
    Some(match state {
        State::Share(known) => {
            let share = known.proved.as_ref()?.value;
            let open = failures.min(share.open);
            let (won, lost) = match wins {
                true => (share.won, share.lost.checked_add(failures)?),
                false => (share.won.checked_add(failures)?, share.lost),
            };
            let fallen = ShareState {
                won,
                lost,
                open: share.open - open,
                ..share
            };
            State::Share(with(known, fallen)?)
        }
        State::Items(items) => State::Items(CountState {
            dead: items.dead.checked_add(failures.min(10_000))?,
            ..*items
        }),
        State::Count(count) => State::Count(CountState {
            proved: count.proved.checked_add(failures)?,
            ..*count
        }),
        State::Counted(known) => {
            let count = known.proved.as_ref()?.value;
            State::Counted(with(known, count.checked_add(failures)?)?)
        }
        State::Flag(known, movement) => {
            use crate::facts::FlagValue;
            let now = known.proved.as_ref()?.value;
            let turned = match now {
                _ if failures == 0 => now,
                FlagValue::Yes => FlagValue::No,
                FlagValue::No | FlagValue::NotYet => FlagValue::Yes,
            };
            State::Flag(with(known, turned)?, *movement)
        }
        _ => return None,
    })
}
