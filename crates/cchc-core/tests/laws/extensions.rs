//! The moves that extend a record, one quantity at a time.
//!
//! (a) events dated on the as-of date or later, inside the window; (b) documents for what is
//! recorded, or mending them, until the last day to hand in; (c) values for what is unknown
//! or unreadable; (d) the movement of a figure, observed after the figure itself. Nothing
//! here looks at bounds: what a move makes of the points is asked of `final`.

use crate::facts::{Event, Facts, Figure, Paper};
use crate::generators::{Kind, Quantity};
use crate::kit::{CLOSE, HAND_IN, OPEN};

/// Every way in which the facts of a quantity, seen as of a date, can go on.
pub(crate) fn extensions(quantity: &Quantity, seen: &Facts, as_of: u64) -> Vec<Facts> {
    let mut list = Vec::new();
    for mended in mendings(quantity, seen, as_of) {
        list.extend(match &quantity.kind {
            Kind::CountByEvents => more_events(&mended, as_of, false),
            Kind::ShareByEvents => {
                let mut list = more_events(&mended, as_of, true);
                let in_window = |it: &Event| (OPEN..=CLOSE).contains(&it.day);
                if !mended.events.iter().any(in_window) {
                    list.extend(more_figures(quantity, &mended, as_of));
                }
                list
            }
            Kind::DueSet { dues } => more_deliveries(&mended, *dues, as_of),
            _ => more_figures(quantity, &mended, as_of),
        });
    }
    list
}

/// Documents mended or not, one fact after the other.
fn mendings(quantity: &Quantity, seen: &Facts, as_of: u64) -> Vec<Facts> {
    let mut list = vec![seen.clone()];
    if !quantity.proof {
        return list;
    }
    let can_mend = as_of <= HAND_IN;
    let mut branch = |apply: &dyn Fn(&mut Facts)| {
        let more: Vec<Facts> = list
            .iter()
            .map(|facts| {
                let mut facts = facts.clone();
                apply(&mut facts);
                facts
            })
            .collect();
        list.extend(more);
    };
    for (index, figure) in seen.figures.iter().enumerate() {
        if figure.paper == Paper::Unreadable {
            branch(&|facts| facts.figures[index].paper = Paper::Good);
        }
        if figure.paper != Paper::Good && can_mend {
            branch(&|facts| facts.figures[index].paper = Paper::Mended(as_of));
        }
    }
    for (index, (_, paper)) in seen.pool.iter().enumerate() {
        let named = seen
            .events
            .iter()
            .any(|event| event.minutes.contains(&index));
        if *paper == Paper::Unreadable && named {
            branch(&|facts| facts.pool[index].1 = Paper::Good);
        }
    }
    for (index, event) in seen.events.iter().enumerate() {
        if event.plan == Paper::Unreadable {
            branch(&|facts| facts.events[index].plan = Paper::Good);
        }
        if can_mend {
            branch(&|facts| facts.events[index].mended = Some(as_of));
        }
    }
    list
}

/// A later figure, proved or not.
fn more_figures(quantity: &Quantity, facts: &Facts, as_of: u64) -> Vec<Facts> {
    let mut list = vec![facts.clone()];
    let newest = facts
        .figures
        .iter()
        .max_by_key(|it| (it.observed, it.recorded));
    let values = match (newest, &quantity.kind) {
        (Some(_), Kind::Judgement | Kind::Verdict) => Vec::new(),
        // After close no events can follow; a report that there were none still can.
        (Some(_), Kind::ShareByEvents) => Vec::new(),
        (None, _) => {
            let mut values = quantity.kind.first_values();
            values.extend(quantity.kind.far_movements(None));
            values
        }
        (Some(newest), Kind::Measure | Kind::Answers) => quantity.kind.movements(&newest.value),
        (Some(newest), _) if newest.observed < CLOSE => {
            let mut values = quantity.kind.movements(&newest.value);
            values.extend(quantity.kind.far_movements(Some(&newest.value)));
            values
        }
        (Some(_), _) => Vec::new(),
    };
    // An appraiser judges when they will.
    if as_of > HAND_IN && !quantity.kind.is_judged() {
        return list;
    }
    // A measure is fixed once measured: a narrower range is observed when it will be.
    let observed = newest.map_or(CLOSE, |it| it.observed.max(CLOSE));
    let papers: &[Paper] = if quantity.proof {
        &[Paper::Good, Paper::Nothing]
    } else {
        &[Paper::Good]
    };
    for value in values {
        for paper in papers {
            let mut more = facts.clone();
            let figure = Figure {
                observed,
                recorded: observed.max(as_of),
                value: value.clone(),
                paper: *paper,
            };
            more.figures.push(figure);
            list.push(more);
        }
    }
    list
}

fn event(day: u64, proved: bool, obligation: Option<usize>) -> Event {
    Event {
        day,
        recorded: day,
        plan: Paper::Nothing,
        minutes: Vec::new(),
        obligation,
        mended: proved.then_some(day),
    }
}

/// More events, with documents and without.
fn more_events(facts: &Facts, as_of: u64, far: bool) -> Vec<Facts> {
    let mut list = vec![facts.clone()];
    if as_of > CLOSE {
        return list;
    }
    let mut counts: Vec<(usize, usize)> = (0..7)
        .flat_map(|good| [(good, 0), (good, 1), (good, 3)])
        .collect();
    if far {
        counts.extend([
            (120, 0),
            (0, 120),
            (40, 40),
            (41, 40),
            (40, 41),
            (80, 20),
            (20, 60),
        ]);
        counts.extend([
            (81, 20),
            (20, 61),
            (80, 40),
            (81, 40),
            (80, 41),
            (80, 21),
            (21, 60),
        ]);
    }
    for (good, bad) in counts {
        let mut more = facts.clone();
        more.events
            .extend((0..good).map(|_| event(CLOSE, true, None)));
        more.events
            .extend((0..bad).map(|_| event(CLOSE, false, None)));
        list.push(more);
    }
    list
}

/// For each obligation: nothing more, or an event in time or at close, proved or not.
fn more_deliveries(facts: &Facts, dues: [u64; 2], as_of: u64) -> Vec<Facts> {
    let mut list = vec![facts.clone()];
    for (obligation, due) in dues.into_iter().enumerate() {
        let mut days: Vec<u64> = [due, CLOSE]
            .into_iter()
            .filter(|day| as_of <= *day)
            .collect();
        days.dedup();
        let mut more = Vec::new();
        for facts in &list {
            for day in &days {
                for proved in [true, false] {
                    let mut facts = facts.clone();
                    facts.events.push(event(*day, proved, Some(obligation)));
                    more.push(facts);
                }
            }
        }
        list.extend(more);
    }
    list
}
