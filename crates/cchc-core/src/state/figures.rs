//! Figures: the newest proved one, and the claims after it.

use super::{Fact, FactReport, Held, Known, ShareState, States, Supply, Unseen, WhyUnseen, unseen};
use crate::evidence::{FactOutcome, Items, Judged, ProofTask, judge};
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;
use crate::values::Exact;

impl Fitted<'_> {
    /// The newest proved figure and the newest claim after it.
    pub(super) fn known<T>(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
        read: impl Fn(&FigureValue) -> Option<T>,
    ) -> Known<T> {
        let can_supply = cut.can_act_by(quantity.hand_in_by);
        let supply = if can_supply {
            Supply::Anything
        } else {
            Supply::Nothing
        };
        let mut known = Known {
            proved: None,
            claims: Vec::new(),
            supply,
        };
        let list = self
            .figures
            .get(of.0)
            .map(Vec::as_slice)
            .unwrap_or_default();
        for index in list.iter().rev() {
            let Some(figure) = self.submission.figures.get(*index) else {
                continue;
            };
            let fact = Fact::Figure(*index);
            let days = (figure.observed_on, figure.recorded_on, figure.proved_by);
            if let Some(why) = unseen(cut, quantity, days) {
                states.unseen.push(Unseen {
                    quantity: of,
                    fact,
                    why,
                });
                continue;
            }
            let Some(value) = self.figure_value(*index).and_then(&read) else {
                continue;
            };
            let judged = self.judge_sum(*index, figure, quantity, cut);
            let proved = judged.outcome.is_proved();
            let replaced = known.proved.is_some();
            let unreadable = judged.outcome == FactOutcome::Unreadable && cut.as_of.is_some();
            let mendable = can_supply || unreadable;
            let open_until = (!proved && !replaced && can_supply).then_some(quantity.hand_in_by);
            states.reports.push(FactReport {
                quantity: Some(of),
                fact,
                judged,
                open_until,
                replaced,
            });
            if replaced {
                continue;
            }
            let moves = figure.observed_on < quantity.window.to() && can_supply;
            let held = Held {
                value,
                moves,
                mendable,
                figure: Some(*index),
            };
            if proved {
                known.proved = Some(held);
            } else {
                known.claims.push(held);
            }
        }
        known
    }

    /// What is proved of a figure and of all that predecessors bring to it.
    fn judge_sum(&self, index: usize, figure: &Figure, quantity: &Quantity, cut: Cut) -> Judged {
        let own = self.judge_figure(index, figure, quantity, cut);
        // A figure that is taken as proved is so as a whole.
        let asked = figure.proved_by == ProvedBy::Documents && !self.submission.taken_as_proved;
        if !asked || quantity.predecessors == Predecessors::Own {
            return own;
        }
        let parts = figure.predecessors.stated().iter();
        parts.fold(own, |judged, part| {
            judged.and(self.judge_part(part, quantity, cut))
        })
    }

    /// What is proved of what one predecessor brings to a figure.
    pub(crate) fn judge_part(
        &self,
        part: &PredecessorFigure,
        quantity: &Quantity,
        cut: Cut,
    ) -> Judged {
        let documents: Vec<Option<usize>> = part
            .evidence
            .iter()
            .map(|name| self.documents.get(name.as_str()).copied())
            .collect();
        let names = part.evidence.iter().map(|id| (id.as_str(), None));
        judge(&ProofTask {
            proof: &quantity.proof,
            event: None,
            items: items(&part.value),
            of_predecessor: true,
            elsewhere: &[],
            named: self.named(names.zip(&documents), cut),
            hand_in_by: quantity.hand_in_by,
            calendar: self.calendar,
        })
    }

    pub(super) fn judge_figure(
        &self,
        index: usize,
        figure: &Figure,
        quantity: &Quantity,
        cut: Cut,
    ) -> Judged {
        if let Some(judged) = self.taken_as_proved(figure.proved_by, Fact::Figure(index)) {
            return judged;
        }
        let empty = Vec::new();
        let documents = self.figure_documents.get(index).unwrap_or(&empty);
        let names = figure.evidence.iter().map(|id| (id.as_str(), None));
        judge(&ProofTask {
            proof: &quantity.proof,
            event: None,
            items: items(&figure.value),
            of_predecessor: false,
            elsewhere: &[],
            named: self.named(names.zip(documents), cut),
            hand_in_by: quantity.hand_in_by,
            calendar: self.calendar,
        })
    }

    pub(super) fn judgement(
        &self,
        of: QuantityIndex,
        scale: &JudgementScale,
        cut: Cut,
        states: &mut States,
    ) -> Option<Exact> {
        let list = self.figures.get(of.0)?;
        for index in list.iter().rev() {
            let Some(figure) = self.submission.figures.get(*index) else {
                continue;
            };
            let FigureValue::Judgement(judgement) = &figure.value else {
                continue;
            };
            let fact = Fact::Figure(*index);
            let why = if judgement.by == "unit" {
                Some(WhyUnseen::NotSelfScorable)
            } else if figure.proved_by == ProvedBy::Documents
                && !cut.sees(figure.observed_on, figure.recorded_on)
            {
                Some(WhyUnseen::NotYet)
            } else {
                None
            };
            if let Some(why) = why {
                states.unseen.push(Unseen {
                    quantity: of,
                    fact,
                    why,
                });
                continue;
            }
            return match (scale, &judgement.points, &judgement.verdict) {
                (JudgementScale::Points { .. }, Some(points), _) => Some(points.clone()),
                (JudgementScale::Verdicts(verdicts), _, Some(verdict)) => {
                    let rank = verdicts.iter().rev().position(|name| name == verdict)?;
                    Some(Exact::from_u64(u64::try_from(rank).ok()?))
                }
                _ => None,
            };
        }
        None
    }
}

/// Whether a figure is about items or about there being none.
fn items(value: &FigureValue) -> Items {
    match value {
        FigureValue::Share(share) if share.total == Some(0) => Items::None,
        FigureValue::Count(0) => Items::None,
        _ => Items::Some,
    }
}

pub(super) fn share_state(
    share: &ShareFigure,
    total: Total,
    open_at_close: OpenAtClose,
) -> ShareState {
    // Fitting made sure that what is missing here follows from the rest.
    let lost = share.lost.unwrap_or(0);
    let all = share
        .total
        .unwrap_or(share.won + lost + share.open.unwrap_or(0));
    let open = share.open.unwrap_or(all.saturating_sub(share.won + lost));
    let overdue = share.overdue.unwrap_or(0).min(open);
    let limit = match total {
        Total::Fixed => Some(all),
        Total::Unbounded => None,
        Total::Declared => share.at_most,
        Total::AtMost(limit) => Some(limit),
    };
    ShareState {
        won: share.won,
        lost: lost + overdue,
        open: open - overdue,
        room: limit.map(|limit| limit.saturating_sub(all)),
        open_at_close,
    }
}

pub(super) fn weighted_mean(answers: &[(String, u64)], options: &[SurveyOption]) -> Option<Exact> {
    let (mut sum, mut count) = (Exact::ZERO, 0);
    for (name, answers) in answers {
        let option = options.iter().find(|option| option.id == *name)?;
        sum += &option.weight * &Exact::from_u64(*answers);
        count += answers;
    }
    sum.checked_div(&Exact::from_u64(count))
}
