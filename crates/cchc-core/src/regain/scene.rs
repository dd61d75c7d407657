//! A part of a record, small enough to be asked again and again what it would show if this
//! and that were done.
//!
//! It holds the facts that feed a few quantities and the documents that these name; what is
//! asked of it is what the whole record would show of those quantities.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::extension::Move;
use crate::facts::Submission;
use crate::record::{Cut, Fitted, fit};
use crate::rules::QuantityIndex;
use crate::state::States;

/// The facts about some quantities.
pub(super) struct Scene<'a> {
    fitted: &'a Fitted<'a>,
    as_of: NaiveDate,
    wanted: BTreeSet<QuantityIndex>,
    submission: Submission,
    /// Places of the whole submission, with their places here.
    events: BTreeMap<usize, usize>,
    figures: BTreeMap<usize, usize>,
    evidence: BTreeMap<usize, usize>,
}

impl<'a> Scene<'a> {
    /// The facts about these quantities, as of a date.
    pub(super) fn new(
        fitted: &'a Fitted<'a>,
        as_of: NaiveDate,
        quantities: impl IntoIterator<Item = QuantityIndex>,
    ) -> Self {
        let wanted: BTreeSet<QuantityIndex> = quantities.into_iter().collect();
        let of = |lists: &[Vec<usize>]| -> BTreeSet<usize> {
            let lists = wanted.iter().filter_map(|it| lists.get(it.0));
            lists.flatten().copied().collect()
        };
        let (events, figures) = (of(&fitted.events), of(&fitted.figures));
        let named = |lists: &[Vec<Option<usize>>], facts: &BTreeSet<usize>| -> Vec<usize> {
            let lists = facts.iter().filter_map(|it| lists.get(*it));
            lists.flatten().copied().flatten().collect()
        };
        let mut ahead = named(&fitted.event_documents, &events);
        ahead.extend(named(&fitted.figure_documents, &figures));
        // A figure of predecessors names its documents itself.
        let parts = figures
            .iter()
            .filter_map(|it| fitted.submission.figures.get(*it));
        let parts = parts.flat_map(|figure| figure.predecessors.stated());
        let theirs = parts.flat_map(|part| &part.evidence);
        ahead.extend(theirs.filter_map(|id| fitted.documents.get(id.as_str()).copied()));
        let mut evidence = BTreeSet::new();
        while let Some(document) = ahead.pop() {
            if evidence.insert(document) {
                ahead.extend(fitted.successors.get(document).into_iter().flatten());
            }
        }
        fn kept<T: Clone>(list: &[T], places: &BTreeSet<usize>) -> Vec<T> {
            places
                .iter()
                .filter_map(|it| list.get(*it))
                .cloned()
                .collect()
        }
        let whole = fitted.submission;
        let submission = Submission {
            pack: whole.pack.clone(),
            note: None,
            unit: whole.unit.clone(),
            scored_year: whole.scored_year,
            prepared_on: whole.prepared_on,
            figures: kept(&whole.figures, &figures),
            events: kept(&whole.events, &events),
            evidence: kept(&whole.evidence, &evidence),
            explanations: Vec::new(),
            not_applicable: Vec::new(),
            declared_totals: Vec::new(),
            cohort: whole.cohort.clone(),
            official_scores: Vec::new(),
            taken_as_proved: whole.taken_as_proved,
        };
        let places = |set: BTreeSet<usize>| set.into_iter().zip(0..).collect();
        Scene {
            fitted,
            as_of,
            wanted,
            submission,
            events: places(events),
            figures: places(figures),
            evidence: places(evidence),
        }
    }

    /// What the record shows after some moves, to whoever asks.
    ///
    /// `None` where a move names a fact that is not here, or states what does not fit.
    pub(super) fn after<'m, T>(
        &self,
        moves: impl IntoIterator<Item = &'m Move>,
        ask: impl FnOnce(&Fitted<'_>, &States) -> T,
    ) -> Option<T> {
        let mut submission = self.submission.clone();
        for step in moves {
            self.here(step)?.make(&mut submission);
        }
        let fitted = fit(self.fitted.pack, &submission, self.fitted.calendar).ok()?;
        let states = fitted.states_of(Cut::at(self.as_of), |it| self.wanted.contains(&it));
        Some(ask(&fitted, &states))
    }

    /// A move with the places that its facts have here.
    fn here(&self, step: &Move) -> Option<Move> {
        let at = |places: &BTreeMap<usize, usize>, index: &usize| places.get(index).copied();
        Some(match step {
            Move::ProveEvent(index) => Move::ProveEvent(at(&self.events, index)?),
            Move::ProveFigure(index) => Move::ProveFigure(at(&self.figures, index)?),
            Move::Read(index) => Move::Read(at(&self.evidence, index)?),
            step => step.clone(),
        })
    }
}
