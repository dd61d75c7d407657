//! Reaching a goal: the best set of acts across components.
//!
//! The acts of all levers are put together; those that are two sizes of one thing exclude
//! each other, and one that serves several components is done, and counted, once. Components
//! that share facts, or a group held by a cap or floor, are weighed together, every set of
//! their acts tried; the rest add up, and the best sum is found exactly. Of obligations that
//! are worth the same the earlier ones come first, so that only their number is tried.
//!
//! Where a class is the target, a gate that would hold a unit below it is one thing more to
//! win: what makes its condition true is among the acts, and sets that leave it false are none.
//!
//! That nothing arises is not for a unit to choose: the proof of it is among the acts only where
//! no other lever of the component is left.
//!
//! Each act costs one, or what its kind is said to cost by the pack or by whoever asks; each event that is to happen is an act
//! of its own, while any number of items of a share or units of a count are one.
//!
//! Among plans that reach a target the one with the least effort is taken, then the one with
//! the most points; without a target the one with the most points, then the least effort.
//! Then come the earliest last day, and the acts of the earlier components of the pack.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use super::act::{Act, Touch};
use super::lever::Found;
use super::lever::{MAX_TRIED, first_that};
use super::scene::Scene;
use super::track::{Part, Tracks};
use super::{Lever, Outside, OutsideReason, RoleAsked};
use crate::answer::{Assessment, Basis, ClassAnswer, Numbers, Totals};
use crate::assess::Worked;
use crate::json::{Phrase, phrase};
use crate::model::{ActKind, Child, ClassGate, Coverage, Group, Pack, Title};
use crate::record::{Cut, Fitted, Misfit, fit};
use crate::rules::{CurveRule, QuantityIndex};
use crate::state::States;
use crate::values::{Exact, Points};
pub use crate::wire::MAX_EFFORT;

/// Most sets of acts that are tried for components that hang together.
const MAX_SETS: usize = 4_096;
/// Most components times sets that are tried for them.
const MAX_WORK: usize = 100_000;
/// What is asked of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// Only the levers of this component; a target of points is then one of its own.
    pub code: Option<String>,
    /// What is to be reached.
    pub target: Option<Target>,
    /// Only what can be begun by this day.
    pub by: Option<NaiveDate>,
    /// The most effort.
    pub at_most: Option<u64>,
    /// Effort of an act, by its kind; as the pack declares it unless given, else 1.
    pub effort: BTreeMap<ActKind, u64>,
}

impl Goal {
    /// The effort of an act: its kind's for each event, and for whatever else is done in all.
    pub fn effort_of(&self, act: &Act, pack: &Pack) -> u64 {
        let each = self.effort.get(&act.kind).or(pack.effort.get(&act.kind));
        let each = each.copied().unwrap_or(1);
        match act.kind {
            ActKind::MoreEvents => each.saturating_mul(act.units),
            _ => each,
        }
    }
}

/// What is to be reached by standing points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// So many points.
    Points(Points),
    /// A class of the pack, by its name.
    Class(String),
}

/// The best plan for a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Regain {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: Basis,
    /// What was asked.
    pub goal: Asked,
    /// All components together, as the record stands.
    pub before: Totals,
    /// The same with the plan done.
    pub after: Totals,
    /// Class as the record stands, where the pack has classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_before: Option<ClassAnswer>,
    /// Class with the plan done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_after: Option<ClassAnswer>,
    /// What is to be done, by the components of the pack.
    pub acts: Vec<Planned>,
    /// Components whose standing points change.
    pub leaves: Vec<LeafGain>,
    /// Effort of all acts.
    pub effort: u64,
    /// The latest of the last days; `None` where one has none, or nothing is to be done.
    pub until: Option<NaiveDate>,
    /// Why the target is not reached, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub short: Option<Short>,
    /// What was not searched, or cannot be, with its component.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<OutsideOf>,
}

/// A goal as an answer repeats it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The one component.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Points to be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Class to be reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// Only what can be begun by this day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<NaiveDate>,
    /// The most effort.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u64>,
    /// Effort of an act by its kind, as asked or as the pack declares it; of others 1.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub effort: BTreeMap<ActKind, u64>,
}

/// An act of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// What is to be done.
    #[serde(flatten)]
    pub act: Act,
    /// The same act for other quantities that it changes, each with what its documents lack.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<Act>,
    /// Its effort.
    pub effort: u64,
    /// Components whose points need it: with the acts before it alone they have fewer.
    pub codes: Vec<String>,
    /// Gates of the class that it opens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<String>,
    /// Documents that must be there, by role.
    pub evidence: Vec<RoleAsked>,
}

/// What a plan brings to a component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafGain {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// Standing points as the record stands.
    pub before: Points,
    /// Standing points with the plan done.
    pub after: Points,
    /// Office in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead: Option<String>,
    /// Offices that help.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
}

/// Why a target is not reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Short {
    /// The most standing points that a plan reaches.
    pub most: Points,
    /// Why no more.
    pub reason: ShortReason,
}

/// Why a target is not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ShortReason {
    /// With more effort it would be.
    AtMost,
    /// With what begins later it would be.
    By,
    /// More is not attainable, whatever is done.
    Attainable,
    /// The points are reached, and a gate holds the class down.
    Gate,
    /// More is attainable, but not by levers that could be searched.
    Levers,
}

impl ShortReason {
    /// Every reason.
    pub const ALL: &'static [ShortReason] = &[
        ShortReason::AtMost,
        ShortReason::By,
        ShortReason::Attainable,
        ShortReason::Gate,
        ShortReason::Levers,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            ShortReason::AtMost => "at_most",
            ShortReason::By => "by",
            ShortReason::Attainable => "attainable",
            ShortReason::Gate => "gate",
            ShortReason::Levers => "levers",
        }
    }
}

/// What lies outside, of one component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutsideOf {
    /// Its code.
    pub code: String,
    /// What, and why.
    #[serde(flatten)]
    pub outside: Outside,
}

/// A set of acts of some components, or of all so far.
#[derive(Clone, Debug)]
struct Set {
    effort: u64,
    value: Exact,
    /// The latest last day of its acts; an act without one comes after every day.
    until: NaiveDate,
    /// Its acts, by their places, in rising order.
    acts: Vec<usize>,
    /// Whether every gate that it could open is open.
    opens: bool,
}

impl Set {
    const fn nothing() -> Self {
        Set {
            opens: true,
            effort: 0,
            value: Exact::ZERO,
            until: NaiveDate::MIN,
            acts: Vec::new(),
        }
    }

    fn and(&self, other: &Set) -> Set {
        let mut acts = self.acts.clone();
        acts.extend(&other.acts);
        acts.sort_unstable();
        Set {
            effort: self.effort.saturating_add(other.effort),
            value: &self.value + &other.value,
            until: self.until.max(other.until),
            opens: self.opens && other.opens,
            acts,
        }
    }
}

/// The set with the earlier act first, where two first differ.
fn earlier_acts(a: &[usize], b: &[usize]) -> Ordering {
    match a.iter().zip(b).find(|(a, b)| a != b) {
        Some((a, b)) => a.cmp(b),
        None => b.len().cmp(&a.len()),
    }
}

/// Leaves only sets that may be part of a best plan.
///
/// Of two sets with the same effort and value the later ones in day and order go; a set that
/// costs no less and brings no more than another one goes, unless both are the same.
fn best_of(mut sets: Vec<Set>) -> Vec<Set> {
    sets.sort_by(|a, b| {
        a.effort
            .cmp(&b.effort)
            .then_with(|| b.value.cmp(&a.value))
            .then_with(|| a.until.cmp(&b.until))
            .then_with(|| earlier_acts(&a.acts, &b.acts))
    });
    let mut kept: Vec<Set> = Vec::with_capacity(sets.len());
    for set in sets {
        // Sorted by effort: whatever was kept costs no more.
        match kept.last() {
            None => kept.push(set),
            Some(last) if last.value < set.value => kept.push(set),
            Some(last) if last.effort == set.effort && last.value == set.value => {
                // Later in day, so it stays only with earlier acts than all of these.
                let same = kept
                    .iter()
                    .rev()
                    .take_while(|it| it.effort == set.effort && it.value == set.value);
                if same
                    .clone()
                    .all(|it| earlier_acts(&set.acts, &it.acts).is_lt())
                {
                    kept.push(set);
                }
            }
            Some(_) => {}
        }
    }
    kept
}

/// What a component brings: points, and whether its maximum counts.
type Counted = (Points, bool);

fn counted(worked: &Worked<'_>) -> Counted {
    (worked.standing.clone(), !worked.excluded)
}

/// A gate that holds the class below the target while its condition is false.
struct Gate<'a> {
    id: &'a str,
    rule: &'a CurveRule,
    quantities: BTreeSet<QuantityIndex>,
    /// The least acts that make it true, each way.
    ways: Vec<Vec<Act>>,
}

struct Planner<'a> {
    fitted: &'a Fitted<'a>,
    as_of: NaiveDate,
    goal: &'a Goal,
    worked: Vec<Worked<'a>>,
    /// What each component brings as the record stands.
    standing: Vec<Counted>,
    found: Vec<Found>,
    /// The share of the maximum that points are weighed against: 0 for points alone.
    against: Exact,
    /// Whether the bonus and penalty block counts.
    with_block: bool,
    gates: Vec<Gate<'a>>,
}

/// Acts that can be done, and the components that each changes.
struct Pool {
    acts: Vec<Act>,
    /// The same acts for other quantities.
    also: Vec<Vec<Act>>,
    effort: Vec<u64>,
    leaves: Vec<BTreeSet<usize>>,
    /// The gates that each act may open, by their places.
    gates: Vec<BTreeSet<usize>>,
}

impl Fitted<'_> {
    /// The best plan for a goal, as of a date.
    ///
    /// Errors: a component or class that the pack does not have, and an effort out of range.
    pub fn regain(&self, as_of: NaiveDate, goal: &Goal) -> Result<Regain, Misfit> {
        self.sound(goal)?;
        let states = self.states(Cut::at(as_of));
        let worked = self.work_all(as_of, &states);
        let leaves = self.pack.leaves.iter().zip(&worked);
        let found = leaves
            .map(|(leaf, worked)| {
                let asked = goal.code.as_ref().is_none_or(|code| *code == leaf.code);
                match asked {
                    true => self.find(leaf, worked, as_of, &states),
                    false => Found::default(),
                }
            })
            .collect();
        let place = match &goal.target {
            Some(Target::Class(id)) => self.pack.classes.iter().position(|it| it.id == *id),
            _ => None,
        };
        let class = place.and_then(|it| self.pack.classes.get(it));
        let gates = self.pack.class_gates.iter();
        let gates = gates.filter(|it| place.is_some_and(|place| it.class_at_most > place));
        let gates = gates.map(|it| self.gate_of_class(it, as_of, &states));
        let gates = gates.collect();
        let from = class.and_then(|it| it.from.clone()).unwrap_or(Exact::ZERO);
        let hundredth = Exact::ratio(1, 100).unwrap_or(Exact::ZERO);
        let planner = Planner {
            fitted: self,
            as_of,
            goal,
            standing: worked.iter().map(counted).collect(),
            worked,
            found,
            against: &from * &hundredth,
            with_block: class.is_some(),
            gates,
        };
        Ok(planner.answer())
    }

    /// A gate, with the least acts that make its condition true.
    fn gate_of_class<'a>(
        &'a self,
        gate: &'a ClassGate,
        as_of: NaiveDate,
        states: &'a States,
    ) -> Gate<'a> {
        let rule = &gate.unless;
        let quantities: BTreeSet<QuantityIndex> =
            rule.reading.quantities().iter().copied().collect();
        let mut ways = Vec::new();
        if !self.holds(rule, states) {
            let scene = Scene::new(self, as_of, quantities.iter().copied());
            let tracks = Tracks {
                fitted: self,
                states,
                scene: &scene,
                as_of,
                outside: &mut Vec::new(),
            }
            .of(
                0,
                Part::Curve {
                    rule,
                    is_condition: true,
                },
            );
            for track in tracks {
                let opens = |position: u64| {
                    let acts = track.acts(position).unwrap_or_default();
                    let moves = acts.iter().flat_map(|act| &act.moves);
                    let holds = |fitted: &Fitted<'_>, states: &States| fitted.holds(rule, states);
                    scene.after(moves, holds).unwrap_or(false)
                };
                let last = track.last();
                let first = match last <= MAX_TRIED {
                    true => (1..=last).find(|it| opens(*it)),
                    false if opens(last) => first_that(last, opens),
                    false => None,
                };
                ways.extend(first.and_then(|it| track.acts(it)));
            }
        }
        Gate {
            id: &gate.id,
            rule,
            quantities,
            ways,
        }
    }

    fn sound(&self, goal: &Goal) -> Result<(), Misfit> {
        let misfit = |code, path: &str, expected: Phrase, found: Phrase| Misfit {
            code,
            path: path.to_owned(),
            expected,
            found,
            help: None,
        };
        if let Some(code) = goal
            .code
            .as_ref()
            .filter(|code| self.pack.leaf(code).is_none())
        {
            let expected = Phrase::from("the code of a component of the pack");
            return Err(misfit(
                "unknown-name",
                "code",
                expected,
                phrase!("`{}`", code),
            ));
        }
        if let Some(Target::Class(id)) = &goal.target {
            let known: Vec<String> = self
                .pack
                .classes
                .iter()
                .map(|it| format!("`{}`", it.id))
                .collect();
            let whole = self.pack.coverage == Coverage::Whole;
            if !whole || known.is_empty() {
                let expected = Phrase::from("a pack that is a whole index set with classes");
                let found = phrase!("`{}`, which gives points only", self.pack.id);
                return Err(misfit("no-classes", "class", expected, found));
            }
            if !self.pack.classes.iter().any(|it| it.id == *id) {
                let expected = phrase!("one of {}", known.join(", "));
                return Err(misfit(
                    "unknown-name",
                    "class",
                    expected,
                    phrase!("`{}`", id),
                ));
            }
            if goal.code.is_some() {
                let expected = Phrase::from("a target of points beside `code`");
                return Err(misfit(
                    "unknown-name",
                    "class",
                    expected,
                    phrase!("`{}`", id),
                ));
            }
        }
        let wrong = goal
            .effort
            .iter()
            .find(|(_, it)| !(1..=MAX_EFFORT).contains(*it));
        match wrong {
            Some((kind, effort)) => {
                let path = format!("effort.{}", kind.code());
                let expected = phrase!("an effort from 1 to {}", MAX_EFFORT);
                Err(misfit(
                    "outside-range",
                    &path,
                    expected,
                    Phrase::new("`{}`", [effort.to_string()]),
                ))
            }
            None => Ok(()),
        }
    }
}

impl<'a> Planner<'a> {
    fn answer(mut self) -> Regain {
        let needed = self.needed();
        let pool = self.pool(self.goal.by);
        let front = self.front(&pool);
        let affordable = |set: &&Set| self.goal.at_most.is_none_or(|most| set.effort <= most);
        let reaches = |set: &Set| needed.as_ref().is_none_or(|needed| set.value >= *needed);
        let best = front.iter().rfind(affordable);
        let best = best.and_then(|best| {
            let same = |it: &&Set| it.effort == best.effort && it.value == best.value;
            front.iter().find(same)
        });
        let first = front.iter().filter(affordable).find(|set| reaches(set));
        let first = first.filter(|_| needed.is_some());
        let chosen = first.or(best).cloned().unwrap_or(Set::nothing());
        let mut reason = None;
        if !reaches(&chosen) {
            reason = Some(if front.iter().any(reaches) {
                ShortReason::AtMost
            } else if self.goal.by.is_some() && {
                let pool = self.pool(None);
                self.front(&pool).iter().any(reaches)
            } {
                ShortReason::By
            } else {
                ShortReason::Levers
            });
        }
        let acts = chosen.acts.iter().filter_map(|it| pool.acts.get(*it));
        let mut submission = self.fitted.submission.clone();
        acts.flat_map(|act| &act.moves)
            .for_each(|step| step.make(&mut submission));
        let before = self.fitted.assess(self.as_of);
        let after = match fit(self.fitted.pack, &submission, self.fitted.calendar) {
            Ok(fitted) => fitted.assess(self.as_of),
            Err(_) => before.clone(),
        };
        let own = |answer: &Assessment, of: fn(&Numbers) -> &Points| match &self.goal.code {
            Some(code) => {
                let leaf = answer.leaves.iter().find(|it| it.code == *code);
                leaf.map_or(Points::ZERO, |it| of(&it.numbers).clone())
            }
            None => of(&answer.totals.numbers).clone(),
        };
        let standing = own(&after, |it| &it.standing);
        match (&self.goal.target, reason) {
            (Some(Target::Class(id)), None)
                if rank(self.fitted, &after, false) > self.place(id) =>
            {
                reason = Some(ShortReason::Gate);
            }
            (Some(Target::Class(id)), Some(ShortReason::Levers))
                if rank(self.fitted, &before, true) > self.place(id) =>
            {
                reason = Some(ShortReason::Attainable);
            }
            (Some(Target::Points(target)), Some(ShortReason::Levers))
                if own(&before, |it| &it.attainable) < *target =>
            {
                reason = Some(ShortReason::Attainable);
            }
            _ => {}
        }
        // What the parts promise is what the whole gives, or it is said.
        let promised = &self.value(&self.standing) + &chosen.value;
        if !self.with_block
            && promised != *standing.exact()
            && let Some(first) = self.found.first_mut()
        {
            first.outside.push(Outside {
                quantity: None,
                reason: OutsideReason::SharedFacts,
            });
        }
        let planned = self.planned(&chosen, &pool);
        let until = match planned.iter().any(|it| it.act.until.is_none()) {
            true => None,
            false => planned.iter().filter_map(|it| it.act.until).max(),
        };
        let codes = self.fitted.pack.leaves.iter().zip(&self.found);
        let outside = codes.flat_map(|(leaf, found)| {
            found.outside.iter().map(|outside| OutsideOf {
                code: leaf.code.clone(),
                outside: outside.clone(),
            })
        });
        Regain {
            format: "cchc-regain",
            version: 1,
            basis: self.fitted.basis(self.as_of),
            goal: self.asked(),
            outside: outside.collect(),
            leaves: self.gains(&before, &after),
            before: before.totals,
            after: after.totals,
            class_before: before.class,
            class_after: after.class,
            acts: planned,
            effort: chosen.effort,
            until,
            short: reason.map(|reason| Short {
                most: standing,
                reason,
            }),
        }
    }

    fn place(&self, class: &str) -> Option<usize> {
        let classes = &self.fitted.pack.classes;
        classes.iter().position(|it| it.id == class)
    }

    fn asked(&self) -> Asked {
        let (points, class) = match &self.goal.target {
            Some(Target::Points(points)) => (Some(points.clone()), None),
            Some(Target::Class(class)) => (None, Some(class.clone())),
            None => (None, None),
        };
        Asked {
            code: self.goal.code.clone(),
            points,
            class,
            by: self.goal.by,
            at_most: self.goal.at_most,
            effort: self
                .fitted
                .pack
                .effort
                .iter()
                .chain(&self.goal.effort)
                .map(|(kind, units)| (*kind, *units))
                .collect(),
        }
    }

    fn planned(&self, chosen: &Set, pool: &Pool) -> Vec<Planned> {
        let needed = self.needed_by(chosen, pool);
        let each = chosen.acts.iter().filter_map(|place| {
            let act = pool.acts.get(*place)?;
            let leaves = pool.leaves.get(*place)?.iter();
            let leaves = leaves.filter(|it| needed.contains(&(**it, *place)));
            let leaves = leaves.filter_map(|it| self.fitted.pack.leaves.get(*it));
            let gates = pool.gates.get(*place)?.iter();
            let gates = gates.filter_map(|it| self.gates.get(*it));
            Some(Planned {
                act: act.clone(),
                also: pool.also.get(*place)?.clone(),
                effort: pool.effort.get(*place).copied()?,
                codes: leaves.clone().map(|it| it.code.clone()).collect(),
                gates: gates.map(|it| it.id.to_owned()).collect(),
                evidence: self.fitted.roles_of(std::slice::from_ref(act), leaves),
            })
        });
        each.collect()
    }

    /// Components, each with the acts that its points need: the later ones are left out first.
    fn needed_by(&self, chosen: &Set, pool: &Pool) -> BTreeSet<(usize, usize)> {
        let leaves = chosen.acts.iter().filter_map(|it| pool.leaves.get(*it));
        let leaves: BTreeSet<usize> = leaves.flatten().copied().collect();
        let mut scenes = HashMap::new();
        let mut needed = BTreeSet::new();
        for leaf in leaves {
            let own = chosen.acts.iter().copied();
            let mut own: Vec<usize> = own
                .filter(|it| pool.leaves.get(*it).is_some_and(|it| it.contains(&leaf)))
                .collect();
            let reached = self.after(pool, leaf, &own, &mut scenes);
            for place in own.clone().into_iter().rev() {
                let without: Vec<usize> = own.iter().copied().filter(|it| *it != place).collect();
                let after = self.after(pool, leaf, &without, &mut scenes);
                if after.map(|it| it.0) >= reached.as_ref().map(|it| it.0.clone()) {
                    own = without;
                }
            }
            needed.extend(own.into_iter().map(|place| (leaf, place)));
        }
        needed
    }

    fn gains(&self, before: &Assessment, after: &Assessment) -> Vec<LeafGain> {
        let leaves = self.fitted.pack.leaves.iter();
        let leaves = leaves.zip(before.leaves.iter().zip(&after.leaves));
        let gains = leaves.filter(|(_, (a, b))| a.numbers.standing != b.numbers.standing);
        let gains = gains.map(|(leaf, (a, b))| LeafGain {
            code: leaf.code.clone(),
            title: leaf.title.clone(),
            before: a.numbers.standing.clone(),
            after: b.numbers.standing.clone(),
            lead: leaf.lead.clone(),
            with: leaf.with.clone(),
        });
        gains.collect()
    }

    /// By how much the value has to grow.
    fn needed(&self) -> Option<Exact> {
        let now = self.value(&self.standing);
        match &self.goal.target {
            None => None,
            Some(Target::Points(points)) => Some(points.exact() - &now),
            Some(Target::Class(_)) => Some(-&now),
        }
    }

    /// What all components bring together: points, less the share of the maximum that they
    /// are weighed against.
    fn value(&self, counted: &[Counted]) -> Exact {
        if let Some(code) = &self.goal.code {
            let place = self.fitted.pack.leaf_by_code.get(code);
            let own = place.and_then(|it| counted.get(*it));
            return own.map_or(Exact::ZERO, |(points, _)| points.exact().clone());
        }
        let mut sum = Exact::ZERO;
        for area in &self.fitted.pack.areas {
            if area.bonus_penalty && !self.with_block {
                continue;
            }
            let (points, max) = self.group(area, counted);
            sum += &points;
            if !area.bonus_penalty {
                sum = &sum - &(&self.against * &max);
            }
        }
        sum
    }

    fn group(&self, group: &Group, counted: &[Counted]) -> (Exact, Exact) {
        let (mut points, mut max) = (Exact::ZERO, Exact::ZERO);
        for child in &group.children {
            match child {
                Child::Group(below) => {
                    let (more, most) = self.group(below, counted);
                    points += &more;
                    max += &most;
                }
                Child::Leaf(place) => {
                    let leaf = self.fitted.pack.leaves.get(*place);
                    if let (Some(leaf), Some((own, counts))) = (leaf, counted.get(*place)) {
                        points += own.exact();
                        if *counts {
                            max += leaf.max.exact();
                        }
                    }
                }
            }
        }
        let cap = group.cap.as_ref().map(Points::exact);
        let floor = group.floor.as_ref().map(Points::exact);
        let max = cap.map_or(max.clone(), |cap| max.min(cap.clone()));
        (crate::rules::clamp(points, cap, floor), max)
    }

    /// The acts of all levers that can be begun in time.
    fn pool(&self, by: Option<NaiveDate>) -> Pool {
        let mut pool = Pool {
            acts: Vec::new(),
            also: Vec::new(),
            effort: Vec::new(),
            leaves: Vec::new(),
            gates: Vec::new(),
        };
        let levers = self.found.iter().flat_map(|found| {
            let is_none = |lever: &Lever| {
                let mut acts = lever.acts.iter();
                acts.any(|it| it.kind == ActKind::StateNone)
            };
            // That nothing arises is not for the unit to choose: only where no more can be said.
            let only = found.levers.iter().all(is_none);
            let levers = found.levers.iter();
            levers.filter(move |it| only || !is_none(it))
        });
        let levers = levers.flat_map(|it| &it.acts);
        let ways = self.gates.iter().flat_map(|it| it.ways.iter().flatten());
        for act in levers.chain(ways) {
            let late = by.is_some_and(|by| act.from > by);
            if late {
                continue;
            }
            // The same act serves whoever reads the same facts.
            if let Some(known) = pool.acts.iter().position(|it| it.moves == act.moves) {
                let own = pool.acts.get(known);
                if let Some(also) = pool.also.get_mut(known)
                    && own.is_some_and(|it| it.quantity != act.quantity)
                    && also.iter().all(|it| it.quantity != act.quantity)
                {
                    also.push(act.clone());
                }
                continue;
            }
            let touched = self.fitted.touched(act);
            let leaves = self.fitted.pack.leaves.iter().enumerate();
            let leaves = leaves.filter(|(place, leaf)| {
                let worked = self.worked.get(*place);
                worked.is_some_and(|it| it.closed.is_some())
                    && leaf.quantities.iter().any(|it| touched.contains(it))
            });
            pool.leaves.push(leaves.map(|(place, _)| place).collect());
            let gates = self.gates.iter().enumerate();
            let gates = gates.filter(|(_, gate)| !gate.quantities.is_disjoint(&touched));
            pool.gates.push(gates.map(|(place, _)| place).collect());
            pool.effort.push(self.goal.effort_of(act, self.fitted.pack));
            pool.acts.push(act.clone());
            pool.also.push(Vec::new());
        }
        pool
    }

    /// Places of acts that hang together: by a component, or by a group that is held.
    fn clusters(&self, pool: &Pool) -> Vec<Vec<usize>> {
        let mut held: Vec<BTreeSet<usize>> = Vec::new();
        for area in &self.fitted.pack.areas {
            held_leaves(area, &mut held);
        }
        let mut clusters: Vec<(BTreeSet<usize>, Vec<usize>)> = Vec::new();
        let own = pool.leaves.iter().zip(&pool.gates).enumerate();
        for (place, (leaves, gates)) in own {
            let mut joined = (leaves.clone(), vec![place]);
            // A gate is one thing more that acts can have in common.
            joined
                .0
                .extend(gates.iter().map(|it| self.fitted.pack.leaves.len() + it));
            for group in held.iter().filter(|it| !it.is_disjoint(leaves)) {
                joined.0.extend(group);
            }
            let (with, rest): (Vec<_>, Vec<_>) = clusters
                .into_iter()
                .partition(|(other, _)| !other.is_disjoint(&joined.0));
            clusters = rest;
            for (leaves, acts) in with {
                joined.0.extend(leaves);
                joined.1.extend(acts);
            }
            joined.1.sort_unstable();
            clusters.push(joined);
        }
        clusters.into_iter().map(|(_, acts)| acts).collect()
    }

    /// The sets of acts that may be best, by effort.
    fn front(&mut self, pool: &Pool) -> Vec<Set> {
        let mut front = vec![Set::nothing()];
        for cluster in self.clusters(pool) {
            let mut sets = self.sets(pool, &cluster);
            // A gate that nothing opens holds the class down, and is told of at the end.
            if sets.iter().any(|it| it.opens) {
                sets.retain(|it| it.opens);
            }
            let options = best_of(sets);
            let all = front
                .iter()
                .flat_map(|set| options.iter().map(|option| set.and(option)));
            front = best_of(all.collect());
        }
        front
    }

    /// Every set of the acts of a cluster, with what it brings.
    fn sets(&mut self, pool: &Pool, cluster: &[usize]) -> Vec<Set> {
        let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
        let mut complete = true;
        let leaves = cluster.iter().filter_map(|it| pool.leaves.get(*it));
        let leaves: BTreeSet<&usize> = leaves.flatten().collect();
        let most = (MAX_WORK / leaves.len().max(1)).min(MAX_SETS);
        let before = self.alike(pool, cluster);
        for place in cluster {
            let Some(act) = pool.acts.get(*place) else {
                continue;
            };
            let before = before.get(place);
            let fits = |set: &&Vec<usize>| {
                let mut others = set.iter().filter_map(|it| pool.acts.get(*it));
                !others.any(|other| other.excludes(act))
                    && before.is_none_or(|before| set.contains(before))
            };
            let more: Vec<Vec<usize>> = choices
                .iter()
                .filter(fits)
                .map(|set| set.iter().copied().chain([*place]).collect())
                .collect();
            if choices.len() + more.len() > most {
                complete = false;
                break;
            }
            choices.extend(more);
        }
        if !complete {
            choices = self.levers_alone(pool, cluster);
        }
        let mut known: HashMap<(usize, Vec<usize>), Option<Counted>> = HashMap::new();
        let mut scenes: HashMap<usize, Scene<'a>> = HashMap::new();
        let now = self.value(&self.standing);
        let gates = cluster.iter().filter_map(|it| pool.gates.get(*it));
        let gates: BTreeSet<usize> = gates.flatten().copied().collect();
        let mut open: HashMap<(usize, Vec<usize>), bool> = HashMap::new();
        let mut sets = Vec::with_capacity(choices.len());
        for acts in choices {
            let mut counted = self.standing.clone();
            let leaves = acts.iter().filter_map(|it| pool.leaves.get(*it)).flatten();
            let leaves: BTreeSet<usize> = leaves.copied().collect();
            let mut fits = true;
            for leaf in leaves {
                let touching = acts.iter().copied();
                let touching: Vec<usize> = touching
                    .filter(|it| pool.leaves.get(*it).is_some_and(|it| it.contains(&leaf)))
                    .collect();
                let after = known
                    .entry((leaf, touching))
                    .or_insert_with_key(|(leaf, acts)| self.after(pool, *leaf, acts, &mut scenes));
                match (counted.get_mut(leaf), after) {
                    (Some(place), Some(after)) => *place = after.clone(),
                    _ => fits = false,
                }
            }
            if fits {
                let opens = gates.iter().all(|gate| {
                    let touching = acts.iter().copied();
                    let touching: Vec<usize> = touching
                        .filter(|it| pool.gates.get(*it).is_some_and(|it| it.contains(gate)))
                        .collect();
                    *open
                        .entry((*gate, touching))
                        .or_insert_with_key(|(gate, acts)| self.is_open(pool, *gate, acts))
                });
                let chosen = || acts.iter().filter_map(|it| pool.acts.get(*it));
                let until = chosen()
                    .map(|act| act.until.unwrap_or(NaiveDate::MAX))
                    .max();
                let effort = acts.iter().filter_map(|it| pool.effort.get(*it));
                sets.push(Set {
                    effort: effort.fold(0, |sum, it| sum.saturating_add(*it)),
                    value: &self.value(&counted) - &now,
                    until: until.unwrap_or(NaiveDate::MIN),
                    opens,
                    acts,
                });
            }
        }
        sets
    }

    /// Whether the condition of a gate holds after some acts.
    fn is_open(&self, pool: &Pool, gate: usize, acts: &[usize]) -> bool {
        let Some(gate) = self.gates.get(gate) else {
            return false;
        };
        let scene = Scene::new(self.fitted, self.as_of, gate.quantities.iter().copied());
        let acts = acts.iter().filter_map(|it| pool.acts.get(*it));
        let moves = acts.flat_map(|act| &act.moves);
        let holds = |fitted: &Fitted<'_>, states: &States| fitted.holds(gate.rule, states);
        scene.after(moves, holds).unwrap_or(false)
    }

    /// For an act the one before it among acts that are worth the same: a set with it and
    /// without that one is never better than the set with that one instead.
    ///
    /// These are obligations of one due set for which nothing is recorded and which feed nothing
    /// else, brought to the same end: a rule tells them apart in nothing but their last days, of
    /// which the earlier ones come first.
    fn alike(&self, pool: &Pool, cluster: &[usize]) -> HashMap<usize, usize> {
        let mut last: HashMap<(ActKind, &str), usize> = HashMap::new();
        let mut before = HashMap::new();
        let recorded = |act: &Act| {
            let of = act.touches.iter();
            of.filter_map(Touch::obligation).any(|(kind, id)| {
                let mut events = self.fitted.submission.events.iter();
                events.any(|it| it.kind == kind && it.obligation.as_deref() == Some(id))
            })
        };
        for place in cluster {
            let Some(act) = pool.acts.get(*place) else {
                continue;
            };
            let obligation = matches!(act.kind, ActKind::Deliver | ActKind::DeliverLate);
            let alone = self.fitted.touched(act).len() == 1;
            let mut others = cluster.iter().filter(|it| *it != place);
            let exclusive =
                others.any(|it| pool.acts.get(*it).is_some_and(|other| other.excludes(act)));
            if !obligation || !alone || exclusive || recorded(act) {
                continue;
            }
            if let Some(earlier) = last.insert((act.kind, &*act.quantity), *place) {
                let until = |it: usize| pool.acts.get(it).map(|it| (it.until.is_none(), it.until));
                if until(earlier) <= until(*place) {
                    before.insert(*place, earlier);
                }
            }
        }
        before
    }

    /// What a component brings after some acts.
    fn after(
        &self,
        pool: &Pool,
        place: usize,
        acts: &[usize],
        scenes: &mut HashMap<usize, Scene<'a>>,
    ) -> Option<Counted> {
        let leaf = self.fitted.pack.leaves.get(place)?;
        let scene = scenes.entry(place).or_insert_with(|| {
            Scene::new(self.fitted, self.as_of, leaf.quantities.iter().copied())
        });
        let acts = acts.iter().filter_map(|it| pool.acts.get(*it));
        scene.after(acts.flat_map(|act| &act.moves), |fitted, states| {
            let closed = fitted.close(leaf, states);
            (closed.points, !closed.excluded)
        })
    }

    /// Where there are too many sets: none, and each lever alone. That is said.
    fn levers_alone(&mut self, pool: &Pool, cluster: &[usize]) -> Vec<Vec<usize>> {
        let mut choices: Vec<Vec<usize>> = vec![Vec::new()];
        for (place, found) in self.found.iter_mut().enumerate() {
            let concerned = cluster
                .iter()
                .filter_map(|it| pool.leaves.get(*it))
                .any(|leaves| leaves.contains(&place));
            if !concerned {
                continue;
            }
            for lever in &found.levers {
                let acts = lever.acts.iter().map(|act| {
                    let same =
                        |it: &usize| pool.acts.get(*it).is_some_and(|it| it.moves == act.moves);
                    cluster.iter().copied().find(same)
                });
                let mut acts: Vec<usize> = acts.collect::<Option<_>>().unwrap_or_default();
                acts.sort_unstable();
                if !choices.contains(&acts) {
                    choices.push(acts);
                }
            }
            let outside = Outside {
                quantity: None,
                reason: OutsideReason::TooMany,
            };
            if !found.outside.contains(&outside) {
                found.outside.push(outside);
            }
        }
        choices
    }
}

/// The place of the class that an answer gives, 0 for the best one.
fn rank(fitted: &Fitted<'_>, answer: &Assessment, attainable: bool) -> Option<usize> {
    let class = answer.class.as_ref()?;
    let name = match attainable {
        true => &class.attainable,
        false => &class.standing,
    };
    let classes = &fitted.pack.classes;
    classes.iter().position(|it| it.id == name.id)
}

/// For each outermost group that is held by a cap or floor, the leaves below it.
fn held_leaves(group: &Group, held: &mut Vec<BTreeSet<usize>>) {
    fn below(group: &Group, leaves: &mut BTreeSet<usize>) {
        for child in &group.children {
            match child {
                Child::Group(group) => below(group, leaves),
                Child::Leaf(place) => {
                    leaves.insert(*place);
                }
            }
        }
    }
    if group.cap.is_some() || group.floor.is_some() {
        let mut leaves = BTreeSet::new();
        below(group, &mut leaves);
        held.push(leaves);
        return;
    }
    for child in &group.children {
        if let Child::Group(group) = child {
            held_leaves(group, held);
        }
    }
}
