//! Another figure, or a judgement, in the place of what the record states.

use chrono::NaiveDate;

use super::Cause;
use super::replay::Replay;
use crate::facts::*;
use crate::rules::{JudgementScale, QuantityIndex, QuantityKind};
use crate::state::{Fact, State};
use crate::values::{Exact, Points};

/// What an appraiser may have given where the component reads a judgement.
pub(super) fn judged(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    for of in &replay.asked.leaf.quantities {
        let Some(quantity) = replay.asked.fitted.quantity(*of) else {
            continue;
        };
        let QuantityKind::Judgement { scale } = &quantity.kind else {
            continue;
        };
        for judgement in given(replay, *of, scale) {
            let Some(day) = replay.asked.as_of.pred_opt() else {
                continue;
            };
            let points =
                replay.after(|submission| judge(submission, &quantity.id, day, &judgement));
            if replay.fits(points) {
                causes.push(Cause::Judged {
                    quantity: quantity.id.clone(),
                    points: judgement.points,
                    verdict: judgement.verdict,
                });
            }
        }
    }
    causes
}

/// Judgements to be tried: every verdict; the official points, and what of them is left when
/// the other parts of the rule keep theirs.
fn given(
    replay: &Replay<'_, '_>,
    of: QuantityIndex,
    scale: &JudgementScale,
) -> Vec<JudgementFigure> {
    let figure = |points, verdict| JudgementFigure {
        points,
        verdict,
        by: "appraiser".to_owned(),
        reason: "reconcile".to_owned(),
    };
    match scale {
        JudgementScale::Verdicts(verdicts) => verdicts
            .iter()
            .map(|it| figure(None, Some(it.clone())))
            .collect(),
        JudgementScale::Points { .. } => {
            let asked = &replay.asked;
            let whole = asked.official.exact().clone();
            let now = match asked.states.states.get(of.0) {
                Some(State::Judgement(Some(now))) => now.clone(),
                _ => Exact::ZERO,
            };
            let rest = &(&whole - asked.computed.exact()) + &now;
            let mut tried = vec![whole];
            if !tried.contains(&rest) {
                tried.push(rest);
            }
            tried.into_iter().map(|it| figure(Some(it), None)).collect()
        }
    }
}

/// The record with this judgement alone, given on a day.
fn judge(submission: &mut Submission, quantity: &str, day: NaiveDate, judgement: &JudgementFigure) {
    submission.figures.retain(|it| it.quantity != quantity);
    submission.figures.push(Figure {
        quantity: quantity.to_owned(),
        observed_on: day,
        recorded_on: day,
        value: FigureValue::Judgement(judgement.clone()),
        evidence: Vec::new(),
        predecessors: PredecessorFigures::default(),
        proved_by: ProvedBy::default(),
    });
}

/// Other figures that give the official points, the nearest below and above what is stated.
pub(super) fn other(replay: &mut Replay<'_, '_>) -> Vec<Cause> {
    let mut causes = Vec::new();
    for of in &replay.asked.leaf.quantities {
        let (Some(id), Some(index)) = (replay.asked.fitted.name(*of), proved_figure(replay, *of))
        else {
            continue;
        };
        let Some(figure) = replay.asked.fitted.submission.figures.get(index) else {
            continue;
        };
        // Where predecessors bring something, it is not this figure alone that is read.
        if !figure.predecessors.stated().is_empty() {
            continue;
        }
        for (stated, other, total) in candidates(replay, index, &figure.value) {
            causes.push(Cause::OtherFigure {
                quantity: id.clone(),
                path: replay.asked.fitted.fact_path(Fact::Figure(index)),
                stated,
                other,
                total,
            });
        }
    }
    causes
}

/// The newest proved figure of a quantity.
fn proved_figure(replay: &Replay<'_, '_>, of: QuantityIndex) -> Option<usize> {
    let states = &replay.asked.states.states;
    match states.get(of.0)? {
        State::Counted(known) => known.proved.as_ref()?.figure,
        State::Share(known) => known.proved.as_ref()?.figure,
        State::Flag(known, _) => known.proved.as_ref()?.figure,
        _ => None,
    }
}

/// What is stated, what may stand in its place, and the items in all.
type Candidate = (String, String, Option<u64>);

/// Other values of a figure that give the official points.
fn candidates(replay: &mut Replay<'_, '_>, index: usize, value: &FigureValue) -> Vec<Candidate> {
    match value {
        FigureValue::Count(stated) => {
            let highest = stated.saturating_mul(2).saturating_add(100);
            let found = around(replay, index, *stated, highest, &FigureValue::Count);
            let tell = |it: u64| (stated.to_string(), it.to_string(), None);
            found.into_iter().map(tell).collect()
        }
        FigureValue::Share(share) => {
            let Some(whole) = share.complete() else {
                return Vec::new();
            };
            let total = whole.total.unwrap_or(0);
            let with = |won: u64| {
                let rest = total.saturating_sub(won);
                let open = whole.open.unwrap_or(0).min(rest);
                FigureValue::Share(ShareFigure {
                    won,
                    lost: Some(rest - open),
                    open: Some(open),
                    overdue: whole.overdue.map(|it| it.min(open)),
                    ..whole
                })
            };
            let found = around(replay, index, whole.won, total, &with);
            let tell = |it: u64| (whole.won.to_string(), it.to_string(), Some(total));
            found.into_iter().map(tell).collect()
        }
        FigureValue::Flag(stated) => {
            let name = |flag| match flag {
                FlagValue::Yes => "yes",
                FlagValue::No => "no",
                FlagValue::NotYet => "not_yet",
            };
            let other = match stated {
                FlagValue::Yes => FlagValue::No,
                FlagValue::No | FlagValue::NotYet => FlagValue::Yes,
            };
            let points = stating(replay, index, &FigureValue::Flag(other));
            match replay.fits(points) {
                true => vec![(name(*stated).to_owned(), name(other).to_owned(), None)],
                false => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

fn stating(replay: &mut Replay<'_, '_>, index: usize, value: &FigureValue) -> Option<Points> {
    replay.after(|submission| {
        if let Some(figure) = submission.figures.get_mut(index) {
            figure.value = value.clone();
        }
    })
}

/// The nearest numbers below and above that give the official points.
///
/// Points are taken to go one way with the number, so that halving finds where they reach
/// the official ones; what it finds is then held against them exactly.
fn around(
    replay: &mut Replay<'_, '_>,
    index: usize,
    stated: u64,
    highest: u64,
    value: &dyn Fn(u64) -> FigureValue,
) -> Vec<u64> {
    let mut found = Vec::new();
    let mut side = |replay: &mut Replay<'_, '_>, steps: u64, at: &dyn Fn(u64) -> u64| {
        let more = replay.asked.official > replay.asked.computed;
        let reached = |replay: &mut Replay<'_, '_>, step: u64| {
            let points = stating(replay, index, &value(at(step)))?;
            Some(match more {
                true => points >= *replay.asked.official,
                false => points <= *replay.asked.official,
            })
        };
        // INVARIANT: `low` steps do not reach the points, `high` steps do.
        let (mut low, mut high) = (0, steps);
        if steps == 0 || reached(replay, high) != Some(true) {
            return;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match reached(replay, middle) {
                Some(true) => high = middle,
                Some(false) => low = middle,
                None => return,
            }
        }
        let points = stating(replay, index, &value(at(high)));
        if replay.fits(points) {
            found.push(at(high));
        }
    };
    side(replay, stated, &|step| stated - step);
    side(replay, highest.saturating_sub(stated), &|step| {
        stated + step
    });
    found
}
