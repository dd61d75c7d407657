//! The record as it stood on another day.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use super::replay::{Replay, points_of};
use super::{Cause, NamedFact};
use crate::facts::Document;
use crate::record::Cut;
use crate::state::{FactReport, States};

/// The nearest later day and the nearest earlier one as of which the points are the official
/// ones.
pub(super) fn causes(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let days = last_days(replay);
    let as_of = replay.asked.as_of;
    // What has its last day before a date is seen as of it, and not as of that day itself.
    let later = days.range(as_of..).filter_map(NaiveDate::succ_opt);
    let later = nearest(replay, later);
    let earlier = nearest(replay, days.range(..as_of).rev().copied());
    let mut causes = Vec::new();
    if let Some((as_of, states)) = later {
        let (facts, documents) = only_in(replay, &states, replay.asked.states);
        causes.push(Cause::LaterRecord {
            as_of,
            facts,
            documents,
        });
    }
    if let Some((as_of, states)) = earlier {
        let (facts, documents) = only_in(replay, replay.asked.states, &states);
        causes.push(Cause::EarlierRecord {
            as_of,
            facts,
            documents,
        });
    }
    causes
}

/// The last day of each record: it is seen from the next day on.
fn last_days(replay: &Replay<'_, '_>) -> BTreeSet<NaiveDate> {
    let submission = replay.asked.fitted.submission;
    let figures = submission.figures.iter();
    let figures = figures.map(|it| it.observed_on.max(it.recorded_on));
    let events = submission.events.iter();
    let events = events.map(|it| it.date.max(it.recorded_on));
    let claims = submission.not_applicable.iter().map(|it| it.recorded_on);
    let cohort = submission.cohort.iter().map(|it| it.published_on);
    let evidence = submission.evidence.iter().map(last_day);
    figures
        .chain(events)
        .chain(claims)
        .chain(cohort)
        .chain(evidence)
        .collect()
}

/// The last of the days of a document.
fn last_day(document: &Document) -> NaiveDate {
    let days = [document.issued_on, document.sent_on];
    days.into_iter()
        .flatten()
        .fold(document.recorded_on, NaiveDate::max)
}

fn nearest(
    replay: &mut Replay<'_, '_>,
    days: impl Iterator<Item = NaiveDate>,
) -> Option<(NaiveDate, States)> {
    for day in days {
        if !replay.spend() {
            return None;
        }
        let asked = &replay.asked;
        let states = asked.fitted.states(Cut::at(day));
        let points = points_of(asked.fitted, asked.place, &states, day);
        if replay.fits(points) {
            return Some((day, states));
        }
    }
    None
}

/// Facts and documents of the component that one cut sees and the other does not.
fn only_in(
    replay: &Replay<'_, '_>,
    more: &States,
    fewer: &States,
) -> (Vec<NamedFact>, Vec<Arc<str>>) {
    let asked = &replay.asked;
    let known = super::replay::reports(asked, fewer);
    let is_known = |report: &FactReport| known.iter().any(|it| it.fact == report.fact);
    let mut facts = Vec::new();
    let mut documents: Vec<Arc<str>> = Vec::new();
    for report in super::replay::reports(asked, more) {
        if !is_known(report) {
            facts.extend(replay.name(report));
        }
        for named in &report.judged.documents {
            let record = named
                .index
                .and_then(|it| asked.fitted.submission.evidence.get(it));
            let newer =
                record.is_some_and(|it| more.cut.sees_document(it) && !fewer.cut.sees_document(it));
            if newer && !documents.contains(&named.id) {
                documents.push(named.id.clone());
            }
        }
    }
    (facts, documents)
}
