//! Random extensions, move by move.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Choices;
use crate::extension::{Extension, Move};
use crate::facts::*;
use crate::model::Pack;
use crate::record::{Cut, observed, sums};
use crate::rules::*;
use crate::values::Exact;

/// A record that is extended.
struct Record<'a> {
    pack: &'a Pack,
    submission: &'a Submission,
    as_of: NaiveDate,
    cut: Cut,
    moves: Vec<Move>,
    quantities: Cow<'a, [Quantity]>,
    sums: BTreeMap<usize, Option<FigureValue>>,
}

pub(super) fn random(
    pack: &Pack,
    submission: &Submission,
    as_of: NaiveDate,
    choices: &mut Choices,
) -> Extension {
    let mut record = Record {
        pack,
        submission,
        as_of,
        cut: Cut::at(as_of),
        moves: Vec::new(),
        quantities: observed(pack, &submission.unit),
        sums: sums(pack, submission),
    };
    record.mend(choices);
    for quantity in &*record.quantities.clone() {
        if choices.once_in(2) {
            continue;
        }
        match quantity.kind.event() {
            Some(kind) => record.happen(quantity, kind, choices),
            None => record.state(quantity, choices),
        }
    }
    Extension {
        moves: record.moves,
        tends: false,
    }
}

impl Record<'_> {
    /// Documents for what is recorded, and reading those that lie there.
    fn mend(&mut self, choices: &mut Choices) {
        let cut = self.cut;
        for (index, document) in self.submission.evidence.iter().enumerate() {
            let unread = document.reading == Some(Comparison::Unreadable);
            if unread && cut.sees_document(document) && choices.once_in(2) {
                self.moves.push(Move::Read(index));
            }
        }
        for (index, event) in self.submission.events.iter().enumerate() {
            let mut reads = self.pack.quantities.iter();
            let reads = reads
                .all(|it| it.kind.event() != Some(&event.kind) || cut.can_act_by(it.hand_in_by));
            if cut.sees(event.date, event.recorded_on) && reads && choices.once_in(3) {
                self.moves.push(Move::ProveEvent(index));
            }
        }
        for (index, figure) in self.submission.figures.iter().enumerate() {
            let of = self.pack.quantity_by_id.get(&figure.quantity);
            let open = of
                .and_then(|of| self.pack.quantity(*of))
                .is_some_and(|it| cut.can_act_by(it.hand_in_by));
            if cut.sees(figure.observed_on, figure.recorded_on) && open && choices.once_in(3) {
                self.moves.push(Move::ProveFigure(index));
            }
        }
    }

    /// More events of a kind.
    fn happen(&mut self, quantity: &Quantity, kind: &str, choices: &mut Choices) {
        let (from, close) = (quantity.window.from(), quantity.window.to());
        let mut date = self.as_of.max(from);
        let due_set = self.quantities.iter().find_map(|it| match &it.kind {
            QuantityKind::DueSet { event, obligations } if event == kind => Some(obligations),
            _ => None,
        });
        let obligation = due_set.and_then(|list| choices.one_of(list));
        if let Some(obligation) = obligation
            && choices.once_in(2)
        {
            date = date.max(obligation.due);
        } else if choices.once_in(3) {
            date = date.max(close);
        }
        if date <= close && date <= quantity.hand_in_by {
            self.moves.push(Move::Event {
                kind: kind.to_owned(),
                date,
                obligation: obligation.map(|it| it.id.clone()),
                times: 1 + choices.count(4),
                proved: !choices.once_in(3),
            });
        }
    }

    /// A newer figure.
    fn state(&mut self, quantity: &Quantity, choices: &mut Choices) {
        let figures = self.submission.figures.iter().enumerate();
        // A sum of which a part is missing states nothing.
        let figures = figures.filter_map(|(index, it)| match self.sums.get(&index) {
            Some(sum) => Some((it, sum.as_ref()?)),
            None => Some((it, &it.value)),
        });
        let seen = figures.filter(|(it, _)| {
            *it.quantity == *quantity.id && self.cut.sees(it.observed_on, it.recorded_on)
        });
        let newest = seen.max_by_key(|(it, _)| (it.observed_on, it.recorded_on));
        let told = newest.map(|(_, value)| value);
        let newest = newest.map(|(figure, _)| figure);
        let close = quantity.window.to();
        let judged = matches!(quantity.kind, QuantityKind::Judgement { .. });
        let moves = newest.is_none_or(|it| it.observed_on < close);
        if judged && newest.is_some_and(is_given)
            || !judged && (!moves || !self.cut.can_act_by(quantity.hand_in_by))
        {
            return;
        }
        let value = value(&quantity.kind, told, choices);
        let Some(value) = value else { return };
        let observed_on = newest.map_or(close, |it| it.observed_on.max(close));
        self.moves.push(Move::Figure(Box::new(Figure {
            quantity: quantity.id.to_string(),
            observed_on,
            recorded_on: self.as_of.max(observed_on),
            value,
            evidence: Vec::new(),
            predecessors: PredecessorFigures::Included,
            proved_by: ProvedBy::Assumption,
        })));
    }
}

/// Whether an appraiser gave it, and not the unit itself.
fn is_given(figure: &Figure) -> bool {
    matches!(&figure.value, FigureValue::Judgement(given) if given.by != "unit")
}

/// A value to which the newest figure can move, or any first one.
fn value(
    kind: &QuantityKind,
    newest: Option<&FigureValue>,
    choices: &mut Choices,
) -> Option<FigureValue> {
    Some(match (kind, newest) {
        (QuantityKind::Count { .. }, newest) => {
            let before = match newest {
                Some(FigureValue::Count(count)) => *count,
                _ => 0,
            };
            FigureValue::Count(before + choices.count(5))
        }
        (
            QuantityKind::Share {
                total, min_total, ..
            },
            newest,
        ) => {
            let now = match newest {
                Some(FigureValue::Share(share)) => Some(*share),
                _ => None,
            };
            share(*total, *min_total, now, choices)
        }
        (
            QuantityKind::Flag {
                movement,
                sample_margin: None,
            },
            newest,
        ) => match newest {
            Some(FigureValue::Flag(told @ (FlagValue::Yes | FlagValue::No)))
                if *movement == FlagMovement::Latched =>
            {
                FigureValue::Flag(*told)
            }
            _ => FigureValue::Flag(*choices.one_of(&[FlagValue::Yes, FlagValue::No])?),
        },
        (QuantityKind::Flag { .. }, Some(told)) => told.clone(),
        (QuantityKind::Flag { .. }, None) => FigureValue::Sample {
            population: 400,
            size: choices.count(12) * 20,
        },
        (QuantityKind::Measure { .. }, Some(FigureValue::Measure { from, to })) => {
            let number = if choices.once_in(2) { to } else { from };
            FigureValue::Measure {
                from: number.clone(),
                to: number.clone(),
            }
        }
        (QuantityKind::Measure { .. }, Some(told)) => told.clone(),
        (QuantityKind::Measure { options, .. }, None) if !options.is_empty() => {
            let answers = options
                .iter()
                .map(|it| (it.id.clone(), 1 + choices.count(9)));
            FigureValue::Options(answers.collect())
        }
        (QuantityKind::Measure { min, max, .. }, None) => {
            let low = min.clone().unwrap_or(Exact::ZERO);
            let high = max.clone().unwrap_or_else(|| &low + &Exact::from_u64(20));
            let part = Exact::ratio_u64(choices.count(21), 20)?;
            let number = &low + &(&(&high - &low) * &part);
            FigureValue::Measure {
                from: number.clone(),
                to: number,
            }
        }
        (QuantityKind::Judgement { scale }, _) => {
            let (points, verdict) = match scale {
                JudgementScale::Points { min, max } => {
                    (choices.one_of(&[min, max]).map(|it| (*it).clone()), None)
                }
                JudgementScale::Verdicts(verdicts) => (None, choices.one_of(verdicts).cloned()),
            };
            FigureValue::Judgement(JudgementFigure {
                points,
                verdict,
                by: "appraiser".to_owned(),
                reason: "r".to_owned(),
            })
        }
        (QuantityKind::DueSet { .. }, _) => return None,
    })
}

fn share(
    total: Total,
    min_total: u64,
    now: Option<ShareFigure>,
    choices: &mut Choices,
) -> FigureValue {
    let (won, lost, open, at_most) = match now {
        None => (0, 0, choices.count(5).max(min_total), None),
        Some(now) => {
            let lost = now.lost.unwrap_or(0);
            let all = now.total.unwrap_or(now.won + lost + now.open.unwrap_or(0));
            let open = now.open.unwrap_or(all.saturating_sub(now.won + lost));
            let overdue = now.overdue.unwrap_or(0).min(open);
            (now.won, lost + overdue, open - overdue, now.at_most)
        }
    };
    let all = won + lost + open;
    let limit = match total {
        Total::Fixed => Some(all),
        Total::Unbounded => None,
        Total::Declared => at_most,
        Total::AtMost(limit) => Some(limit),
    };
    let most = limit.map_or(5, |limit| limit.saturating_sub(all).min(5));
    let fresh = choices.count(most + 1);
    let decided = choices.count(open + fresh + 1);
    let more = choices.count(decided + 1);
    let (won, lost) = (won + more, lost + decided - more);
    let open = all + fresh - won - lost;
    FigureValue::Share(ShareFigure {
        won,
        lost: Some(lost),
        open: Some(open),
        overdue: Some(0),
        total: Some(all + fresh),
        at_most,
    })
}
