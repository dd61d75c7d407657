//! Levers: the smallest changes that reach the next points of a component.
//!
//! Along a track points are known at every position, and the first position that reaches some
//! points is found by halving, or one by one where points both rise and fall. Every lever is
//! then replayed on the record; only what the replay confirms is told.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::act::{Act, Touch};
use super::guard::guards;
use super::scene::Scene;
use super::track::{Part, Shown, Track, Tracks, parts};
use super::*;
use crate::assess::{Worked, leaf_numbers};
use crate::closing::ReadValue;
use crate::model::Leaf;
use crate::record::{Cut, Fitted};
use crate::rules::{QuantityIndex, Trend, When};
use crate::state::States;
use crate::values::Exact;

/// Most positions that are tried one by one, where points both rise and fall.
pub(super) const MAX_TRIED: u64 = 2_048;

/// Most positions of a track that is taken beside another one.
const MAX_STEPS: u64 = 8;

/// Most sets of such positions.
const MAX_BESIDE: usize = 128;

/// Most other components that a lever is followed into.
const MAX_OTHERS: usize = 50;

/// A component whose quantities can be shown otherwise than they stand.
pub(super) struct Overlay<'a> {
    fitted: &'a Fitted<'a>,
    leaf: &'a Leaf,
    states: States,
}

impl<'a> Overlay<'a> {
    pub(super) fn new(fitted: &'a Fitted<'a>, leaf: &'a Leaf, states: States) -> Self {
        Overlay {
            fitted,
            leaf,
            states,
        }
    }

    /// Points of the component where some quantities show something else; 0 where it is left
    /// out.
    pub(super) fn points(&mut self, shown: &[(QuantityIndex, crate::state::State)]) -> Points {
        self.with(shown, |fitted, leaf, states| {
            fitted.close(leaf, states).points
        })
    }

    /// The number that a part of the rule reads.
    fn reads(&mut self, shown: &Shown, part: &Part<'_>) -> Option<Exact> {
        let of = part.quantities();
        self.with(shown, |fitted, leaf, states| {
            let closed = fitted.close(leaf, states);
            let reading = closed.readings.iter().find(|it| it.of == of)?;
            match &reading.read {
                ReadValue::Number(x) => Some(x.clone()),
                _ => None,
            }
        })
    }

    fn with<T>(
        &mut self,
        shown: &[(QuantityIndex, crate::state::State)],
        ask: impl FnOnce(&Fitted<'_>, &Leaf, &States) -> T,
    ) -> T {
        let mut before = Vec::with_capacity(shown.len());
        for (of, state) in shown {
            if let Some(place) = self.states.states.get_mut(of.0) {
                before.push((*of, std::mem::replace(place, state.clone())));
            }
        }
        let answer = ask(self.fitted, self.leaf, &self.states);
        for (of, state) in before.into_iter().rev() {
            if let Some(place) = self.states.states.get_mut(of.0) {
                *place = state;
            }
        }
        answer
    }
}

/// Points along a track, beside what else is done, never fewer than with that alone.
struct Along<'o, 'a> {
    overlay: &'o mut Overlay<'a>,
    track: &'o Track,
    beside: &'o Beside,
    /// The most points up to each position, where each was tried.
    tried: Option<Vec<Points>>,
}

impl Along<'_, '_> {
    fn at(&mut self, position: u64) -> Points {
        if position == 0 {
            return self.beside.points.clone();
        }
        if let Some(tried) = &self.tried {
            let place = usize::try_from(position).unwrap_or(usize::MAX);
            let place = place.min(tried.len().saturating_sub(1));
            return tried.get(place).cloned().unwrap_or_default();
        }
        let points = self.raw(position);
        points.max(self.beside.points.clone())
    }

    fn raw(&mut self, position: u64) -> Points {
        match self.shown(position) {
            Some(shown) => self.overlay.points(&shown),
            None => self.beside.points.clone(),
        }
    }

    fn shown(&self, position: u64) -> Option<Shown> {
        let mut shown = self.beside.shown.clone();
        shown.extend(self.track.shown(position)?);
        Some(shown)
    }

    /// Tries every position up to the last.
    fn try_all(&mut self, last: u64) {
        let mut most = self.beside.points.clone();
        let mut tried = vec![most.clone()];
        for position in 1..=last {
            most = most.max(self.raw(position));
            tried.push(most.clone());
        }
        self.tried = Some(tried);
    }

    /// The first position that reaches some points, if the last one does.
    fn first(&mut self, wanted: &Points, last: u64) -> Option<u64> {
        if self.at(last) < *wanted {
            return None;
        }
        first_that(last, |position| self.at(position) >= *wanted)
    }
}

/// What is done beside a track: nothing, or positions of other tracks.
#[derive(Clone, Default)]
struct Beside {
    /// Tracks by their places, with their positions, in rising order.
    at: Vec<(usize, u64)>,
    shown: Shown,
    points: Points,
}

/// The first position from 1 on for which something holds that holds from there on, given
/// that it does at the last.
pub(super) fn first_that(last: u64, mut holds: impl FnMut(u64) -> bool) -> Option<u64> {
    if last == 0 {
        return None;
    }
    // Doubling first: what is near is found soon, whatever the last position.
    let mut high = 1;
    while high < last && !holds(high) {
        high = high.saturating_mul(2).min(last);
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Some(high)
}

/// A component with what can be done about it.
#[derive(Default)]
pub(super) struct Found {
    pub(super) levers: Vec<Lever>,
    pub(super) guards: Vec<Guard>,
    pub(super) outside: Vec<Outside>,
}

impl Fitted<'_> {
    /// The levers of every component as of a date, or of one.
    pub fn levers(&self, as_of: NaiveDate, code: Option<&str>) -> Levers {
        let states = self.states(Cut::at(as_of));
        let worked = self.work_all(as_of, &states);
        let leaves = self.pack.leaves.iter().zip(&worked);
        let leaves = leaves
            .filter(|(leaf, _)| code.is_none_or(|code| leaf.code == code))
            .map(|(leaf, worked)| {
                let found = self.find(leaf, worked, as_of, &states);
                LeafLevers {
                    code: leaf.code.clone(),
                    title: leaf.title.clone(),
                    numbers: leaf_numbers(leaf, worked),
                    illustrative: leaf.illustrative,
                    lead: leaf.lead.clone(),
                    with: leaf.with.clone(),
                    levers: found.levers,
                    guards: found.guards,
                    outside: found.outside,
                }
            });
        Levers {
            format: "cchc-levers",
            version: 1,
            basis: self.basis(as_of),
            leaves: leaves.collect(),
        }
    }

    pub(super) fn work_all<'a>(&'a self, as_of: NaiveDate, states: &States) -> Vec<Worked<'a>> {
        let leaves = self.pack.leaves.iter().enumerate();
        leaves
            .map(|(index, leaf)| self.work(index, leaf, as_of, states))
            .collect()
    }

    /// The levers of a component, and what its points survive.
    pub(super) fn find(
        &self,
        leaf: &Leaf,
        worked: &Worked<'_>,
        as_of: NaiveDate,
        states: &States,
    ) -> Found {
        let mut found = Found::default();
        if worked.closed.is_none() || worked.excluded {
            return found;
        }
        let parts = parts(&leaf.rule, self.submission.unit.class.as_deref());
        let mut overlay = Overlay::new(self, leaf, states.clone());
        found.guards = guards(self, &mut overlay, &parts, states);
        if worked.standing >= worked.bounds.high {
            return found;
        }
        let scene = Scene::new(self, as_of, leaf.quantities.iter().copied());
        let mut tracks = Vec::new();
        for (place, part) in parts.iter().enumerate() {
            let mut maker = Tracks {
                fitted: self,
                states,
                scene: &scene,
                as_of,
                outside: &mut found.outside,
            };
            tracks.extend(maker.of(place, *part));
        }
        let mut search = Search {
            fitted: self,
            leaf,
            before: Three {
                secured: worked.bounds.low.clone(),
                standing: worked.standing.clone(),
                attainable: worked.bounds.high.clone(),
            },
            as_of,
            states,
            parts: &parts,
            scene: &scene,
            overlay: &mut overlay,
            found: &mut found,
        };
        search.each(&tracks);
        search.singly(&tracks);
        search.beside_others(&tracks);
        search.together(&tracks);
        let most = found.levers.iter().map(|it| &it.after.standing).max();
        if most.is_none_or(|most| *most < worked.bounds.high) {
            // More is attainable where less is done, which no lever asks.
            let mixed = parts.iter().filter(|it| it.is_mixed());
            for of in mixed.flat_map(|it| it.quantities()) {
                let outside = Outside {
                    quantity: self.name(*of),
                    reason: OutsideReason::NotMonotone,
                };
                if !found.outside.contains(&outside) {
                    found.outside.push(outside);
                }
            }
            found.outside.push(Outside {
                quantity: None,
                reason: OutsideReason::MoreAttainable,
            });
        }
        let order = |it: &Lever| (it.after.standing.clone(), it.acts.len());
        found.levers.sort_by_key(order);
        found
    }
}

struct Search<'s, 'a> {
    fitted: &'a Fitted<'a>,
    leaf: &'a Leaf,
    before: Three,
    as_of: NaiveDate,
    states: &'s States,
    parts: &'s [Part<'a>],
    scene: &'s Scene<'a>,
    overlay: &'s mut Overlay<'a>,
    found: &'s mut Found,
}

impl<'a> Search<'_, 'a> {
    /// Levers of one quantity, the others as they stand.
    fn each(&mut self, tracks: &[Track]) {
        let nothing = Beside {
            points: self.before.standing.clone(),
            ..Beside::default()
        };
        for track in tracks {
            let Some(part) = self.parts.get(track.part).copied() else {
                continue;
            };
            let positions = self.positions(track, part, &nothing);
            for position in positions {
                if let (Some(acts), Some(shown)) = (track.acts(position), track.shown(position)) {
                    let points = self.overlay.points(&shown);
                    self.offer(acts, &points);
                }
            }
        }
    }

    /// Each single act alone, where it brings something: one of several that do the same is
    /// as good as the first.
    fn singly(&mut self, tracks: &[Track]) {
        for act in tracks.iter().flat_map(|it| it.singles().iter().skip(1)) {
            let leaf = self.leaf;
            let after = self.scene.after(&act.moves, |fitted, states| {
                fitted.close(leaf, states).points
            });
            if let Some(points) = after.filter(|points| *points > self.before.standing) {
                self.offer(vec![act.clone()], &points);
            }
        }
    }

    /// Positions at which a track is taken beside another one: all of a short track, of a
    /// condition the first one at which it turns.
    fn steps(&mut self, track: &Track) -> Vec<u64> {
        let last = track.last();
        if last <= MAX_STEPS {
            return (1..=last).collect();
        }
        let Some(part) = self.parts.get(track.part).copied() else {
            return Vec::new();
        };
        let Part::Curve {
            rule,
            is_condition: true,
        } = part
        else {
            return Vec::new();
        };
        let mut holds = |position: u64| {
            let shown = track.shown(position)?;
            let x = self.overlay.reads(&shown, &part)?;
            Some(rule.curve.points_at(&x).is_positive())
        };
        let now = holds(0);
        if holds(last) == now {
            return Vec::new();
        }
        let turn = first_that(last, |position| holds(position) != now);
        turn.into_iter().collect()
    }

    /// Levels that a track reaches only beside others: what they bring together is more than
    /// the sum of what each brings.
    fn beside_others(&mut self, tracks: &[Track]) {
        let steps: Vec<Vec<u64>> = tracks.iter().map(|it| self.steps(it)).collect();
        let part_of = |place: usize| tracks.get(place).map(|it| it.part);
        let mut choices = vec![Beside {
            points: self.before.standing.clone(),
            ..Beside::default()
        }];
        let mut next = 0;
        while let Some(beside) = choices.get(next).cloned() {
            next += 1;
            let last = beside.at.last().map(|(place, _)| *place);
            for (place, track) in tracks.iter().enumerate() {
                let mut others = beside.at.iter();
                if others.any(|(other, _)| part_of(*other) == Some(track.part)) {
                    continue;
                }
                let own = steps.get(place).map(Vec::as_slice).unwrap_or_default();
                let follows = last.is_none_or(|last| place > last);
                if !beside.at.is_empty() && (own.is_empty() || follows) {
                    self.beside(tracks, &beside, place, track);
                }
                for position in own.iter().filter(|_| follows) {
                    if choices.len() >= MAX_BESIDE {
                        return;
                    }
                    let mut more = beside.clone();
                    more.at.push((place, *position));
                    more.shown
                        .extend(track.shown(*position).unwrap_or_default());
                    more.points = self.overlay.points(&more.shown);
                    choices.push(more);
                }
            }
        }
    }

    fn beside(&mut self, tracks: &[Track], beside: &Beside, place: usize, track: &Track) {
        let Some(part) = self.parts.get(track.part).copied() else {
            return;
        };
        let standing = self.before.standing.clone();
        for position in self.positions(track, part, beside) {
            let Some(shown) = track.shown(position) else {
                continue;
            };
            let together: Shown = beside.shown.iter().chain(&shown).cloned().collect();
            let points = self.overlay.points(&together);
            let apart = &self.overlay.points(&shown) - &standing;
            if points <= &beside.points + &apart {
                continue;
            }
            let all: Vec<(usize, u64)> = beside
                .at
                .iter()
                .copied()
                .chain([(place, position)])
                .collect();
            if self.is_least(tracks, &all, &points) {
                let each = all.iter();
                let acts = each.map(|(place, position)| tracks.get(*place)?.acts(*position));
                let acts: Option<Vec<Vec<Act>>> = acts.collect();
                self.offer(acts.unwrap_or_default().concat(), &points);
            }
        }
    }

    /// Whether one step less of any of the tracks gives fewer points.
    fn is_least(&mut self, tracks: &[Track], at: &[(usize, u64)], points: &Points) -> bool {
        (0..at.len()).all(|less| {
            let each = at.iter().enumerate();
            let shown = each.flat_map(|(index, (place, position))| {
                let position = match index == less {
                    true => position.saturating_sub(1),
                    false => *position,
                };
                let track = tracks.get(*place).filter(|_| position > 0);
                track.and_then(|it| it.shown(position)).unwrap_or_default()
            });
            let shown: Shown = shown.collect();
            self.overlay.points(&shown) < *points
        })
    }

    /// The last position of a track that is tried, and how.
    fn along<'t>(
        &'t mut self,
        track: &'t Track,
        part: Part<'_>,
        beside: &'t Beside,
    ) -> (Along<'t, 'a>, u64) {
        let last = track.last();
        // A few positions are simply tried; so are those of a curve that rises and falls.
        let few = last <= 8 || u64::try_from(track.single_acts()).is_ok_and(|acts| acts == last);
        let mixed = part.trend() == Trend::Mixed;
        let tried = if few { last } else { last.min(MAX_TRIED) };
        if mixed && tried < last && !few {
            for of in part.quantities() {
                let outside = Outside {
                    quantity: self.fitted.name(*of),
                    reason: OutsideReason::NotMonotone,
                };
                if !self.found.outside.contains(&outside) {
                    self.found.outside.push(outside);
                }
            }
        }
        let mut along = Along {
            overlay: self.overlay,
            track,
            beside,
            tried: None,
        };
        if few || mixed {
            along.try_all(tried);
            (along, tried)
        } else {
            (along, last)
        }
    }

    /// The first positions that reach each level.
    fn positions(&mut self, track: &Track, part: Part<'_>, beside: &Beside) -> BTreeSet<u64> {
        let single = u64::try_from(track.single_acts()).unwrap_or(u64::MAX);
        let endless = track.is_endless();
        let pieces: Vec<_> = match part {
            Part::Curve { rule, .. } => rule.curve.pieces().to_vec(),
            _ => Vec::new(),
        };
        // The points for reaching a target exactly.
        let at_target = match part {
            Part::Relative(rule) if rule.target.is_some() => {
                let points = &rule.points * &rule.at_target;
                Some(Points::new(self.fitted.pack.rounding.round(&points)))
            }
            _ => None,
        };
        let (mut along, last) = self.along(track, part, beside);
        let standing = beside.points.clone();
        let mut wanted: BTreeSet<Points> = at_target.into_iter().collect();
        // Each single act, and the last position where it is an end.
        for position in 1..=single.min(last) {
            wanted.insert(along.at(position));
        }
        let top = along.at(last);
        if !endless || along.at(last / 2) == top {
            wanted.insert(top);
        }
        // The next hundredth.
        let hundred = Exact::from_integer(100);
        let next = &(&(standing.exact() * &hundred).floor() + &Exact::ONE);
        if let Some(next) = next.checked_div(&hundred)
            && let Some(position) = along.first(&Points::new(next), last)
        {
            wanted.insert(along.at(position));
        }
        // Where the number passes into another piece.
        let place = |along: &mut Along<'_, '_>, position: u64| -> Option<usize> {
            let shown = along.shown(position)?;
            let x = along.overlay.reads(&shown, &part)?;
            pieces.iter().position(|piece| piece.over.contains(&x))
        };
        if !pieces.is_empty() && last > single {
            let mut from = single + 1;
            let before = place(&mut along, single);
            let mut now = place(&mut along, from);
            if now != before {
                wanted.insert(along.at(from));
            }
            for _ in &pieces {
                let end = place(&mut along, last);
                if end == now || from >= last {
                    break;
                }
                let base = from;
                let next = first_that(last - base, |step| place(&mut along, base + step) != now);
                let Some(step) = next else { break };
                from = base + step;
                now = place(&mut along, from);
                wanted.insert(along.at(from));
            }
        }
        let reached = wanted.into_iter().filter(|it| *it > standing);
        reached
            .collect::<Vec<_>>()
            .iter()
            .filter_map(|points| along.first(points, last))
            .collect()
    }

    /// The least of several quantities that reaches what none of them reaches alone.
    fn together(&mut self, tracks: &[Track]) {
        // Of each part the track that goes furthest: the first one made.
        let mut chosen: Vec<&Track> = Vec::new();
        for track in tracks {
            let part = self.parts.get(track.part).copied();
            let Some(part) = part.filter(|it| it.trend() != Trend::Mixed) else {
                continue;
            };
            match chosen.iter_mut().find(|it| it.part == track.part) {
                None => chosen.push(track),
                Some(best) => {
                    let standing = self.before.standing.clone();
                    let mut reads = |track: &Track| {
                        let shown = track.shown(track.last()).unwrap_or_default();
                        let at = self.overlay.reads(&shown, &part);
                        match (part, at) {
                            (Part::Curve { rule, .. }, Some(x)) => rule.curve.points_at(&x),
                            _ => standing.exact().clone(),
                        }
                    };
                    if reads(track) > reads(best) {
                        *best = track;
                    }
                }
            }
        }
        if chosen.len() < 2 {
            return;
        }
        let mut at: Vec<u64> = chosen.iter().map(|track| track.last()).collect();
        let shown = |at: &[u64]| -> Shown {
            let each = chosen.iter().zip(at);
            each.filter_map(|(track, position)| match position {
                0 => None,
                position => track.shown(*position),
            })
            .flatten()
            .collect()
        };
        let top = self.overlay.points(&shown(&at));
        let alone = self.found.levers.iter().map(|it| &it.after.standing).max();
        if top <= self.before.standing || alone.is_some_and(|alone| *alone >= top) {
            return;
        }
        for place in 0..at.len() {
            let last = at.get(place).copied().unwrap_or(0);
            let mut reaches = |position: u64| {
                let mut tried = at.clone();
                if let Some(it) = tried.get_mut(place) {
                    *it = position;
                }
                self.overlay.points(&shown(&tried)) >= top
            };
            let least = match reaches(0) {
                true => 0,
                false => first_that(last, &mut reaches).unwrap_or(last),
            };
            if let Some(it) = at.get_mut(place) {
                *it = least;
            }
        }
        let acts = chosen
            .iter()
            .zip(&at)
            .map(|(track, position)| track.acts(*position));
        let acts: Option<Vec<Vec<Act>>> = acts.collect();
        if let Some(acts) = acts {
            self.offer(acts.into_iter().flatten().collect(), &top);
        }
    }

    /// Replays a lever, and keeps it where it gives what was found.
    fn offer(&mut self, acts: Vec<Act>, points: &Points) {
        if acts.is_empty() || self.found.levers.iter().any(|it| it.acts == acts) {
            return;
        }
        let moves = acts.iter().flat_map(|act| &act.moves);
        let (leaf, parts) = (self.leaf, self.parts);
        let after = self.scene.after(moves, |fitted, states| {
            let closed = fitted.close(leaf, states);
            let bounds = fitted.bounds(leaf, states, &closed);
            let mut overlay = Overlay::new(fitted, leaf, states.clone());
            let margin = guards(fitted, &mut overlay, parts, states);
            let three = Three {
                secured: bounds.low,
                standing: closed.points,
                attainable: bounds.high,
            };
            (three, margin)
        });
        let Some((after, margin)) = after.filter(|(after, _)| after.standing == *points) else {
            let outside = Outside {
                quantity: None,
                reason: OutsideReason::SharedFacts,
            };
            if !self.found.outside.contains(&outside) {
                self.found.outside.push(outside);
            }
            return;
        };
        let before = &self.before;
        let gain = Three {
            secured: &after.secured - &before.secured,
            standing: &after.standing - &before.standing,
            attainable: &after.attainable - &before.attainable,
        };
        let from = acts.iter().map(|act| act.from).max().unwrap_or(self.as_of);
        let until = acts.iter().map(|act| act.until).reduce(earlier).flatten();
        let lever = Lever {
            after,
            gain,
            from,
            until,
            evidence: self.fitted.roles_of(&acts, [self.leaf]),
            depends_on_upper_level: acts.iter().any(|act| act.depends_on_upper_level),
            margin,
            also: self.also(&acts),
            acts,
        };
        self.found.levers.push(lever);
    }

    /// What other components gain by the same acts.
    ///
    /// Where it changes too many of them that is said, and the first ones are told.
    fn also(&mut self, acts: &[Act]) -> Vec<Also> {
        let pack = self.fitted.pack;
        let touched: BTreeSet<QuantityIndex> = acts
            .iter()
            .flat_map(|act| self.fitted.touched(act))
            .collect();
        let others = pack.leaves.iter().enumerate().filter(|(_, leaf)| {
            leaf.code != self.leaf.code && leaf.quantities.iter().any(|it| touched.contains(it))
        });
        let mut list = Vec::new();
        for (count, (place, leaf)) in others.enumerate() {
            if count >= MAX_OTHERS {
                let outside = Outside {
                    quantity: None,
                    reason: OutsideReason::TooMany,
                };
                if !self.found.outside.contains(&outside) {
                    self.found.outside.push(outside);
                }
                break;
            }
            let worked = self.fitted.work(place, leaf, self.as_of, self.states);
            if worked.closed.is_none() {
                continue;
            }
            let scene = Scene::new(self.fitted, self.as_of, leaf.quantities.iter().copied());
            let here = acts.iter().filter(|act| {
                let touched = self.fitted.touched(act);
                leaf.quantities.iter().any(|it| touched.contains(it))
            });
            let moves = here.flat_map(|act| &act.moves);
            let after = scene.after(moves, |fitted, states| fitted.close(leaf, states).points);
            if let Some(after) = after
                && after != worked.standing
            {
                list.push(Also {
                    code: leaf.code.clone(),
                    standing: &after - &worked.standing,
                });
            }
        }
        list
    }
}

impl Fitted<'_> {
    /// Roles that documents must play for what is done, for the quantities of some components.
    pub(super) fn roles_of<'l>(
        &self,
        acts: &[Act],
        leaves: impl IntoIterator<Item = &'l Leaf>,
    ) -> Vec<RoleAsked> {
        let read: BTreeSet<QuantityIndex> = leaves
            .into_iter()
            .flat_map(|leaf| leaf.quantities.iter().copied())
            .collect();
        let touched_by = |some: bool| -> BTreeSet<QuantityIndex> {
            let acts = acts.iter();
            let acts = acts.filter(|act| (act.kind != ActKind::StateNone) == some);
            acts.flat_map(|act| self.touched(act)).collect()
        };
        let some = touched_by(true);
        let touched: BTreeSet<QuantityIndex> = some.union(&touched_by(false)).copied().collect();
        let quantities = touched.intersection(&read);
        quantities
            .filter_map(|of| Some((of, self.quantity(*of)?)))
            .flat_map(|(of, quantity)| {
                let without = match some.contains(of) {
                    true => When::None,
                    false => When::Some,
                };
                let roles = quantity.proof.roles.iter();
                let roles = roles.filter(move |role| role.when != without);
                roles.map(|role| RoleAsked {
                    quantity: quantity.id.clone(),
                    role: role.name.clone(),
                    kinds: role.kinds.iter().map(|it| it.abbreviation()).collect(),
                    at_least: role.at_least,
                })
            })
            .collect()
    }

    /// The quantities that an act changes.
    pub(super) fn touched(&self, act: &Act) -> BTreeSet<QuantityIndex> {
        let own = self.pack.quantity_by_id.get(&*act.quantity).copied();
        let mut set: BTreeSet<QuantityIndex> = own.into_iter().collect();
        for touch in &act.touches {
            let kind = match touch {
                Touch::Figure(_) => None,
                Touch::Happening(kind) | Touch::Obligation(kind, _) => Some(kind.as_str()),
                Touch::Event(index) => self.submission.events.get(*index).map(|it| &*it.kind),
            };
            let fed = self.pack.quantities.iter().enumerate();
            let fed = fed.filter(|(_, it)| kind.is_some() && it.kind.event() == kind);
            set.extend(fed.map(|(index, _)| QuantityIndex(index)));
        }
        set
    }
}

/// The earlier of two last days, of which `None` is none.
pub(super) fn earlier(a: Option<NaiveDate>, b: Option<NaiveDate>) -> Option<NaiveDate> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
