//! An assessment: the three numbers of every component, criterion, area and of the whole.
//!
//! Nothing here can fail: the pack and the submission were found to fit each other. Each
//! component is closed (`final`) and bounded; groups add up; the rest is telling why.

mod evidence;
mod finding;
mod index;
mod openings;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::answer::*;
use crate::bounds::{At, Bounds, End, Landing};
use crate::closing::{Because, Closed, ReadValue};
use crate::extension::Extension;
use crate::model::{Child, Group, Leaf, ScoredBy};
use crate::record::{Cut, Fitted};
use crate::rules::QuantityIndex;
use crate::state::States;
use crate::values::{Exact, Points};

/// One component, worked out.
pub(crate) struct Worked<'a> {
    pub(crate) standing: Points,
    pub(crate) excluded: bool,
    pub(crate) closed: Option<Closed<'a>>,
    pub(crate) bounds: Bounds,
    pub(crate) outcome: Outcome,
}

/// Evidence judged as of a date: what the scoring rules read.
pub struct Seen<'a> {
    fitted: &'a Fitted<'a>,
    as_of: NaiveDate,
    states: States,
}

impl Seen<'_> {
    /// The three numbers and the reasons of every component, without wording or evidence.
    ///
    /// What is asked many times over the same facts; [`Fitted::assess`] gives the whole.
    pub fn scores(&self) -> Vec<Score<'_>> {
        let leaves = self.fitted.pack.leaves.iter().enumerate();
        leaves
            .map(|(index, leaf)| {
                let worked = self.fitted.work(index, leaf, self.as_of, &self.states);
                Score {
                    code: &leaf.code,
                    worked,
                }
            })
            .collect()
    }

    /// An extension of the record after which a component closes with the points of one of
    /// its ends; [`Seen::final_after`] replays it.
    ///
    /// `None` where the pack has no such component, where it is left out whatever happens,
    /// and where its ends are said not to be analysed and no extension was found.
    pub fn witness(&self, code: &str, end: End) -> Option<Extension> {
        let place = *self.fitted.pack.leaf_by_code.get(code)?;
        let leaf = self.fitted.pack.leaves.get(place)?;
        let exempt = self.states.exempt.get(place).copied().flatten();
        if exempt.is_some() {
            return None;
        }
        self.fitted.witness(leaf, &self.states, end)
    }

    /// `final` after an extension of what is seen, component by component; 0 where one is
    /// left out.
    ///
    /// `None` where the extension states what does not fit the pack.
    pub fn final_after(&self, extension: &Extension) -> Option<Vec<(String, Points)>> {
        self.fitted.final_after(extension, self.as_of)
    }
}

/// The score of one component.
pub struct Score<'a> {
    /// Its code.
    pub code: &'a str,
    worked: Worked<'a>,
}

impl Score<'_> {
    /// Certain points.
    pub fn secured(&self) -> &Points {
        &self.worked.bounds.low
    }

    /// Points if nothing more is done.
    pub fn standing(&self) -> &Points {
        &self.worked.standing
    }

    /// The most points that can still be reached.
    pub fn attainable(&self) -> &Points {
        &self.worked.bounds.high
    }

    /// What the standing points rest on, as codes.
    pub fn because(&self) -> impl Iterator<Item = String> {
        let readings = self
            .worked
            .closed
            .iter()
            .flat_map(|closed| &closed.readings);
        readings.flat_map(|reading| reading.because.codes())
    }
}

impl<'a> Fitted<'a> {
    /// Judges the evidence as of a date, so that scores can be asked for.
    pub fn seen(&'a self, as_of: NaiveDate) -> Seen<'a> {
        Seen {
            fitted: self,
            as_of,
            states: self.states(Cut::at(as_of)),
        }
    }
}

impl Fitted<'_> {
    /// The assessment as of a date.
    ///
    /// The start of the day is meant: facts of that day or later are not seen, and what is
    /// due on it can still be done.
    pub fn assess(&self, as_of: NaiveDate) -> Assessment {
        let states = self.states(Cut::at(as_of));
        let worked: Vec<Worked<'_>> = self
            .pack
            .leaves
            .iter()
            .enumerate()
            .map(|(index, leaf)| self.work(index, leaf, as_of, &states))
            .collect();
        let leaves: Vec<LeafAnswer> = self
            .pack
            .leaves
            .iter()
            .zip(&worked)
            .enumerate()
            .map(|(index, (leaf, worked))| self.leaf_answer(index, leaf, worked, &states))
            .collect();
        let mut groups = Vec::new();
        for area in &self.pack.areas {
            self.group(area, 1, &worked, &mut groups);
        }
        let totals = self.totals(&worked, &groups);
        let class = index::class(self, &totals, &states);
        let findings = self.findings(&leaves, &groups, &totals, &states, as_of);
        Assessment {
            format: "cchc-assessment",
            version: 1,
            basis: self.basis(as_of),
            totals,
            groups,
            leaves,
            class,
            findings,
        }
    }

    /// `final` of the whole record, component by component, rounded as the pack says.
    ///
    /// The specification that bounds are held against; 0 where a component is left out.
    pub fn final_points(&self) -> Vec<(String, Points)> {
        let states = self.states(Cut::WHOLE);
        let leaves = self.pack.leaves.iter().enumerate();
        leaves
            .map(|(index, leaf)| {
                let exempt = states.exempt.get(index).copied().flatten().is_some();
                let points = if exempt {
                    Points::ZERO
                } else {
                    self.close(leaf, &states).points
                };
                (leaf.code.clone(), points)
            })
            .collect()
    }

    /// `final` after an extension of the record as it stood at the start of a day.
    pub(crate) fn final_after(
        &self,
        extension: &Extension,
        as_of: NaiveDate,
    ) -> Option<Vec<(String, Points)>> {
        let after = extension.apply(self.submission, as_of);
        let fitted = crate::record::fit(self.pack, &after, self.calendar).ok()?;
        Some(fitted.final_points())
    }

    pub(crate) fn basis(&self, as_of: NaiveDate) -> Basis {
        let unit = &self.submission.unit;
        Basis {
            engine: ENGINE_VERSION.to_owned(),
            pack: self.pack.id.clone(),
            pack_digest: self.pack.digest.clone(),
            pack_title: self.pack.title.clone(),
            pack_note: self.pack.note.clone(),
            unit: self.submission.unit.code.clone(),
            unit_name: self.submission.unit.name.clone(),
            observation_window: unit.observation_window.map(|it| Days {
                from: it.from(),
                to: it.to(),
            }),
            predecessors: unit.predecessors.iter().map(|it| it.name.clone()).collect(),
            scored_year: self.submission.scored_year,
            as_of,
            submission_note: self.submission.note.clone(),
        }
    }

    pub(crate) fn work<'a>(
        &'a self,
        index: usize,
        leaf: &'a Leaf,
        as_of: NaiveDate,
        states: &States,
    ) -> Worked<'a> {
        let in_force = self.pack.validity.contains(as_of)
            && leaf.validity.is_none_or(|window| window.contains(as_of));
        let left_out = |outcome, bounds| Worked {
            standing: Points::ZERO,
            excluded: true,
            closed: None,
            bounds,
            outcome,
        };
        if !in_force {
            return left_out(Outcome::OutOfValidity, Bounds::none());
        }
        if states.exempt.get(index).copied().flatten().is_some() {
            return left_out(Outcome::NotApplicable, Bounds::none());
        }
        let closed = self.close(leaf, states);
        let bounds = self.bounds(leaf, states, &closed);
        let not_judged = closed
            .readings
            .iter()
            .any(|it| it.because == Because::Label("not_judged"));
        let not_arisen = closed
            .readings
            .iter()
            .any(|it| it.read == ReadValue::NoItems);
        let outcome = if closed.unproved && leaf.scored_by != ScoredBy::Unit {
            Outcome::NotSelfScorable
        } else if not_judged {
            Outcome::NeedsJudgement
        } else if not_arisen {
            Outcome::NotArisen
        } else {
            Outcome::Scored
        };
        Worked {
            standing: closed.points.clone(),
            excluded: closed.excluded,
            closed: Some(closed),
            bounds,
            outcome,
        }
    }

    fn leaf_answer(
        &self,
        index: usize,
        leaf: &Leaf,
        worked: &Worked<'_>,
        states: &States,
    ) -> LeafAnswer {
        let bounds = &worked.bounds;
        let max = if bounds.may_be_included {
            leaf.max.clone()
        } else {
            Points::ZERO
        };
        let numbers = Numbers::new(
            max,
            bounds.low.clone(),
            worked.standing.clone(),
            bounds.high.clone(),
        );
        let mut because: Vec<String> = Vec::new();
        match (worked.outcome, &worked.closed) {
            (Outcome::OutOfValidity | Outcome::NotApplicable, _) => {
                because.push(worked.outcome.code().to_owned());
            }
            (_, Some(closed)) => {
                for code in closed.readings.iter().flat_map(|it| it.because.codes()) {
                    if !because.contains(&code) {
                        because.push(code);
                    }
                }
            }
            _ => {}
        }
        let ground = states.exempt.get(index).copied().flatten();
        let ground = ground
            .and_then(|it| leaf.grounds.get(it))
            .map(|it| it.title.clone());
        // What is out of points and maximum this year was neither gained nor lost.
        let earlier = match worked.outcome {
            Outcome::NotApplicable | Outcome::OutOfValidity => Vec::new(),
            _ => self.changes(&leaf.code, &numbers.standing),
        };
        let explanation = self
            .submission
            .explanations
            .iter()
            .find(|it| it.code == leaf.code)
            .map(|it| it.text.clone());
        let settled = worked.closed.is_none();
        let depends_on_upper_level = leaf
            .quantities
            .iter()
            .filter_map(|of| self.pack.quantity(*of))
            .any(|it| it.depends_on_upper_level);
        LeafAnswer {
            code: leaf.code.clone(),
            title: leaf.title.clone(),
            area: leaf.area.clone(),
            declared_max: leaf.max.clone(),
            outcome: worked.outcome,
            illustrative: leaf.illustrative,
            bonus_penalty: leaf.bonus_penalty,
            depends_on_upper_level,
            because,
            derivation: self.derivation(worked),
            open: if settled {
                Vec::new()
            } else {
                self.openings(leaf, &numbers, states)
            },
            evidence: self.evidence_answers(leaf, states),
            findings: self.leaf_findings(leaf, &numbers, worked, states),
            numbers,
            ground,
            explanation,
            earlier,
            sources: leaf.sources.clone(),
            lead: leaf.lead.clone(),
            with: leaf.with.clone(),
            plan_time: leaf.plan_time.clone(),
        }
    }

    fn derivation(&self, worked: &Worked<'_>) -> Vec<Step> {
        let Some(closed) = &worked.closed else {
            return Vec::new();
        };
        let mut landings = worked.bounds.landings.iter();
        let aligned = worked.bounds.landings.len() == closed.readings.len();
        closed
            .readings
            .iter()
            .map(|reading| {
                let standing = match &reading.read {
                    ReadValue::Number(x) => Reading::At(x.clone()),
                    ReadValue::NoItems => Reading::NoItems,
                    ReadValue::Obligations(met, late, missing) => Reading::Obligations {
                        met: *met,
                        late: *late,
                        missing: *missing,
                    },
                    ReadValue::Unknown => Reading::Unknown,
                };
                // Where a gate opens a branch for an end that is closed for standing, the
                // parts do not pair up; then only standing is told.
                let (low, high) = match landings.next() {
                    Some((low, high)) if aligned => (landing(low), landing(high)),
                    _ => (Reading::AsItStands, Reading::AsItStands),
                };
                Step {
                    quantities: reading.of.iter().filter_map(|of| self.name(*of)).collect(),
                    because: reading.because.codes(),
                    standing,
                    secured: low,
                    attainable: high,
                    points: reading.points.clone(),
                }
            })
            .collect()
    }

    pub(crate) fn name(&self, of: QuantityIndex) -> Option<Arc<str>> {
        self.pack.quantity(of).map(|quantity| quantity.id.clone())
    }

    fn changes(&self, code: &str, standing: &Points) -> Vec<Change> {
        let scores = self
            .submission
            .official_scores
            .iter()
            .filter(|it| it.code == code);
        scores
            .map(|score| {
                let difference = standing - &score.points;
                let change = match difference.exact() {
                    zero if zero.is_zero() => "unchanged",
                    less if less.is_negative() => "lost",
                    _ => "gained",
                };
                Change {
                    year: score.year,
                    round: score.round.clone(),
                    points: score.points.clone(),
                    difference,
                    change,
                }
            })
            .collect()
    }

    fn group(
        &self,
        group: &Group,
        depth: usize,
        worked: &[Worked<'_>],
        groups: &mut Vec<GroupAnswer>,
    ) -> Numbers {
        let place = groups.len();
        groups.push(GroupAnswer {
            code: group.code.clone(),
            title: group.title.clone(),
            depth,
            numbers: Numbers::new(Points::ZERO, Points::ZERO, Points::ZERO, Points::ZERO),
            index: None,
            bonus_penalty: group.bonus_penalty,
            bound: Arc::default(),
        });
        let mut sums = [Points::ZERO, Points::ZERO, Points::ZERO, Points::ZERO];
        for child in &group.children {
            let numbers = match child {
                Child::Group(below) => self.group(below, depth + 1, worked, groups),
                Child::Leaf(index) => match (self.pack.leaves.get(*index), worked.get(*index)) {
                    (Some(leaf), Some(worked)) => leaf_numbers(leaf, worked),
                    _ => continue,
                },
            };
            let parts = [
                numbers.max,
                numbers.secured,
                numbers.standing,
                numbers.attainable,
            ];
            for (sum, part) in sums.iter_mut().zip(parts) {
                *sum += part;
            }
        }
        let hold = |points: Points| {
            let cap = group.cap.as_ref().map(Points::exact);
            let floor = group.floor.as_ref().map(Points::exact);
            Points::new(crate::rules::clamp(points.into_exact(), cap, floor))
        };
        let [max, secured, standing, attainable] = sums;
        let numbers = Numbers::new(
            match &group.cap {
                Some(cap) if max > *cap => cap.clone(),
                _ => max,
            },
            hold(secured),
            hold(standing),
            hold(attainable),
        );
        let index = if group.bonus_penalty {
            None
        } else {
            let mut units = Vec::new();
            index::units(self.pack, group, worked, &mut units);
            index::of(&units, &index::Block::default())
        };
        if let Some(answer) = groups.get_mut(place) {
            answer.numbers = numbers.clone();
            answer.index = index;
            answer.bound = group.bound.clone();
        }
        numbers
    }

    fn totals(&self, worked: &[Worked<'_>], groups: &[GroupAnswer]) -> Totals {
        let areas = || groups.iter().filter(|group| group.depth == 1);
        let add = |block: bool| {
            let mut sums = [Points::ZERO, Points::ZERO, Points::ZERO, Points::ZERO];
            for area in areas().filter(|area| area.bonus_penalty == block) {
                let n = &area.numbers;
                let parts = [&n.max, &n.secured, &n.standing, &n.attainable];
                for (sum, part) in sums.iter_mut().zip(parts) {
                    *sum += part;
                }
            }
            let [max, secured, standing, attainable] = sums;
            Numbers::new(max, secured, standing, attainable)
        };
        let numbers = add(false);
        let has_block = areas().any(|area| area.bonus_penalty);
        let bonus_penalty = has_block.then(|| add(true));
        let main = || {
            self.pack
                .leaves
                .iter()
                .zip(worked)
                .filter(|(leaf, _)| !leaf.bonus_penalty)
        };
        let illustrative = || main().filter(|(leaf, _)| leaf.illustrative);
        let illustrative_max = illustrative()
            .map(|(leaf, it)| leaf_numbers(leaf, it).max)
            .sum();
        let illustrative_standing = illustrative()
            .map(|(_, worked)| worked.standing.clone())
            .sum();
        let block = bonus_penalty.as_ref().map(|block| index::Block {
            secured: block.secured.clone(),
            standing: block.standing.clone(),
            attainable: block.attainable.clone(),
        });
        let mut units = Vec::new();
        for area in self.pack.areas.iter().filter(|area| !area.bonus_penalty) {
            index::units(self.pack, area, worked, &mut units);
        }
        let index = index::of(&units, &block.unwrap_or_default());
        Totals {
            numbers,
            illustrative_max,
            illustrative_standing,
            bonus_penalty,
            index,
        }
    }
}

/// The numbers of a leaf, as its group adds them up.
pub(crate) fn leaf_numbers(leaf: &Leaf, worked: &Worked<'_>) -> Numbers {
    let bounds = &worked.bounds;
    let max = if bounds.may_be_included {
        leaf.max.clone()
    } else {
        Points::ZERO
    };
    Numbers::new(
        max,
        bounds.low.clone(),
        worked.standing.clone(),
        bounds.high.clone(),
    )
}

fn landing(landing: &Landing) -> Reading {
    match &landing.at {
        At::Number(x) => Reading::At(x.clone()),
        At::Near(x, _) => Reading::Near(x.clone()),
        At::NoItems => Reading::NoItems,
        At::Obligations(met, late, missing) => Reading::Obligations {
            met: *met,
            late: *late,
            missing: *missing,
        },
        At::Unknown => Reading::Unknown,
        At::AsItStands => Reading::AsItStands,
    }
}

/// Points of the maximum, in percent; `None` where nothing applies.
pub(crate) fn percent(points: &Exact, max: &Exact) -> Option<Exact> {
    points
        .checked_div(max)
        .map(|share| &share * &Exact::from_integer(100))
}
