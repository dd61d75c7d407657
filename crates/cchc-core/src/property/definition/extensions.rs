//! The extensions that a rule can tell apart.

use chrono::NaiveDate;

use crate::extension::Move;
use crate::facts::*;
use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::*;
use crate::state::{Fact, State, States};
use crate::values::Exact;

/// Most combinations that are tried for one component.
const MAX_TRIED: usize = 1_500;

/// Most items or events that are tried one by one.
const MANY: u64 = 9;

/// Extensions of a record for one leaf, and whether they are all that it can tell apart.
pub(super) fn extensions(
    fitted: &Fitted<'_>,
    leaf: &Leaf,
    states: &States,
    as_of: NaiveDate,
) -> (Vec<Vec<Move>>, bool) {
    let mut all: Vec<Vec<Move>> = vec![Vec::new()];
    let mut exact = true;
    for of in &leaf.quantities {
        let mut tried = Tried {
            fitted,
            states,
            as_of,
            of: *of,
            numbers: thresholds(&leaf.rule, *of),
            exact: true,
        };
        let Some(quantity) = fitted.quantity(*of) else {
            continue;
        };
        let mut list = Vec::new();
        for mended in tried.mendings() {
            for growth in tried.growths(quantity) {
                let mut moves = mended.clone();
                moves.extend(growth);
                list.push(moves);
            }
        }
        exact &= tried.exact && all.len() * list.len() <= MAX_TRIED;
        let room = (MAX_TRIED / all.len().max(1)).max(1);
        all = all
            .iter()
            .flat_map(|one| {
                list.iter().take(room).map(|more| {
                    let mut moves = one.clone();
                    moves.extend(more.iter().cloned());
                    moves
                })
            })
            .collect();
    }
    if let Rule::Relative(rule) = &leaf.rule
        && fitted.best(rule.achieved, states).is_none()
    {
        let published: Vec<Vec<Move>> = all
            .iter()
            .filter_map(|moves| publish(fitted, rule, states, as_of, moves))
            .collect();
        all.extend(published);
    }
    (all, exact)
}

/// The same moves, after which the unit is published as the best of its cohort.
fn publish(
    fitted: &Fitted<'_>,
    rule: &RelativeRule,
    states: &States,
    as_of: NaiveDate,
    moves: &[Move],
) -> Option<Vec<Move>> {
    let quantity = fitted.pack.quantity(rule.achieved)?.id.to_string();
    let stated = moves.iter().find_map(|step| match step {
        Move::Figure(figure) if figure.quantity == quantity => match &figure.value {
            FigureValue::Measure { to, .. } => Some(to.clone()),
            _ => None,
        },
        _ => None,
    });
    let told = || match states.states.get(rule.achieved.0) {
        Some(State::Measure(known)) => known.newest().map(|held| held.value.1.clone()),
        _ => None,
    };
    let best = stated.or_else(told)?;
    let mut moves = moves.to_vec();
    moves.push(Move::Publish(CohortFigure {
        quantity,
        best,
        published_on: as_of,
    }));
    Some(moves)
}

/// Numbers at which the points of a quantity can change.
fn thresholds(rule: &Rule, of: QuantityIndex) -> Vec<Exact> {
    fn walk(rule: &Rule, of: QuantityIndex, list: &mut Vec<Exact>) {
        let mut curve = |rule: &CurveRule| {
            if rule.reading.quantities().contains(&of) {
                let lost = matches!(rule.reading, Reading::Share { lost: true, .. });
                let bounds = rule.curve.pieces().iter();
                let bounds = bounds.flat_map(|it| [&it.over.lower, &it.over.upper]);
                list.extend(bounds.filter_map(Bound::value).map(|x| match lost {
                    true => &Exact::ONE - x,
                    false => x.clone(),
                }));
            }
        };
        match rule {
            Rule::Curve(rule) => curve(rule),
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| walk(part, of, list));
            }
            Rule::Cap { part, .. } => walk(part, of, list),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                curve(condition);
                walk(then, of, list);
                walk(otherwise, of, list);
            }
            Rule::ByClass(classes) => classes.iter().for_each(|(_, rule)| walk(rule, of, list)),
            Rule::Constant(_) | Rule::Obligations(_) | Rule::Relative(_) => {}
        }
    }
    let mut list = Vec::new();
    walk(rule, of, &mut list);
    list.sort();
    list.dedup();
    list
}

struct Tried<'a> {
    fitted: &'a Fitted<'a>,
    states: &'a States,
    as_of: NaiveDate,
    of: QuantityIndex,
    numbers: Vec<Exact>,
    exact: bool,
}

impl Tried<'_> {
    /// Every set of claims proved and documents read.
    fn mendings(&mut self) -> Vec<Vec<Move>> {
        let mut steps = Vec::new();
        for report in self.states.reports_of(self.of) {
            if report.open_until.is_some() {
                steps.extend(match report.fact {
                    Fact::Event(index) => Some(Move::ProveEvent(index)),
                    Fact::Figure(index) => Some(Move::ProveFigure(index)),
                    Fact::Exemption(_) => None,
                });
            }
            let unread = report.judged.documents.iter().filter_map(|it| it.index);
            for index in unread {
                let document = self.fitted.submission.evidence.get(index);
                let unread = document.is_some_and(|it| it.reading == Some(Comparison::Unreadable));
                if unread && !steps.contains(&Move::Read(index)) {
                    steps.push(Move::Read(index));
                }
            }
        }
        self.exact &= steps.len() <= 5;
        let mut lists = vec![Vec::new()];
        for step in steps.into_iter().take(5) {
            let with: Vec<Vec<Move>> = lists
                .iter()
                .map(|list: &Vec<Move>| {
                    let mut list = list.clone();
                    list.push(step.clone());
                    list
                })
                .collect();
            lists.extend(with);
        }
        lists
    }

    /// Every way in which a quantity can go on by itself.
    fn growths(&mut self, quantity: &Quantity) -> Vec<Vec<Move>> {
        let mut lists = vec![Vec::new()];
        let date = self.as_of.max(quantity.window.from());
        let open = self.states.cut.can_act_by(quantity.window.to());
        match &quantity.kind {
            QuantityKind::DueSet { event, obligations } => {
                for obligation in obligations {
                    let after = obligation.due.succ_opt().unwrap_or(obligation.due);
                    let days = [date.min(obligation.due), date.max(after)];
                    let days = days.into_iter().filter(|day| {
                        *day >= date
                            && *day <= quantity.window.to().max(obligation.due)
                            && *day <= quantity.hand_in_by
                            && self.states.cut.can_act_by(*day)
                    });
                    let days: Vec<NaiveDate> = days.collect();
                    let with: Vec<Vec<Move>> = lists
                        .iter()
                        .flat_map(|list: &Vec<Move>| {
                            days.iter().map(move |day| {
                                let mut list = list.clone();
                                list.push(Move::Event {
                                    kind: event.clone(),
                                    date: *day,
                                    obligation: Some(obligation.id.clone()),
                                    times: 1,
                                    proved: true,
                                });
                                list
                            })
                        })
                        .collect();
                    lists.extend(with);
                }
            }
            kind if kind.event().is_some() => {
                let by_share = matches!(kind, QuantityKind::Share { .. });
                // However many events: a share by events only tends to its ends.
                self.exact &= !by_share;
                let kind = kind.event().unwrap_or_default().to_owned();
                let most = if open { MANY } else { 0 };
                let event = |times, proved| Move::Event {
                    kind: kind.clone(),
                    date,
                    obligation: None,
                    times,
                    proved,
                };
                for good in 0..=most {
                    for bad in 0..=most.min(if by_share { MANY } else { 1 }) {
                        let moves = [(good, true), (bad, false)];
                        let moves = moves.into_iter().filter(|(times, _)| *times > 0);
                        let moves: Vec<Move> =
                            moves.map(|(times, proved)| event(times, proved)).collect();
                        if !moves.is_empty() {
                            lists.push(moves);
                        }
                    }
                }
                if by_share && self.states.cut.can_act_by(quantity.hand_in_by) {
                    let none = FigureValue::Share(ShareFigure {
                        total: Some(0),
                        lost: Some(0),
                        open: Some(0),
                        overdue: Some(0),
                        ..ShareFigure::default()
                    });
                    lists.extend(self.figure(quantity, None, none));
                }
            }
            _ => {
                let newest = self.newest(quantity);
                let told = newest.map(|(_, value)| value.clone());
                let newest = newest.map(|(figure, _)| figure.clone());
                for value in self.values(quantity, told.as_ref()) {
                    lists.extend(self.figure(quantity, newest.as_ref(), value));
                }
            }
        }
        lists
    }

    /// The newest figure, with what it comes to.
    fn newest(&self, quantity: &Quantity) -> Option<(&Figure, &FigureValue)> {
        let cut = self.states.cut;
        let figures = self.fitted.submission.figures.iter().enumerate();
        // A sum of which a part is missing states nothing.
        let figures =
            figures.filter_map(|(index, it)| Some((it, self.fitted.figure_value(index)?)));
        let seen = figures.filter(|(it, _)| {
            *it.quantity == *quantity.id
                && cut.sees(it.observed_on, it.recorded_on)
                && it.recorded_on <= quantity.hand_in_by
                && !matches!(&it.value, FigureValue::Judgement(given) if given.by == "unit")
        });
        seen.max_by_key(|(it, _)| (it.observed_on, it.recorded_on))
    }

    fn figure(
        &self,
        quantity: &Quantity,
        newest: Option<&Figure>,
        value: FigureValue,
    ) -> Option<Vec<Move>> {
        let close = quantity.window.to();
        let observed_on = newest.map_or(close, |it| it.observed_on.max(close));
        let judged = matches!(quantity.kind, QuantityKind::Judgement { .. });
        let measured = matches!(quantity.kind, QuantityKind::Measure { .. });
        let moves = newest.is_none_or(|it| it.observed_on < close && !judged || measured);
        let in_time = judged || self.states.cut.can_act_by(quantity.hand_in_by);
        (moves && in_time).then(|| {
            vec![Move::Figure(Box::new(Figure {
                quantity: quantity.id.to_string(),
                observed_on,
                recorded_on: self.as_of.max(observed_on),
                value,
                evidence: Vec::new(),
                predecessors: PredecessorFigures::Included,
                proved_by: ProvedBy::Assumption,
            }))]
        })
    }

    /// Values to which a figure can move, that the rule can tell apart.
    fn values(&mut self, quantity: &Quantity, newest: Option<&FigureValue>) -> Vec<FigureValue> {
        let near = Exact::ratio(1, 1_000_000).unwrap_or_default();
        match (&quantity.kind, newest) {
            (QuantityKind::Count { .. }, newest) => {
                let from = match newest {
                    Some(FigureValue::Count(count)) => *count,
                    _ => 0,
                };
                let far = self.numbers.last().and_then(Exact::floor_i64).unwrap_or(0);
                let to = u64::try_from(far)
                    .unwrap_or(0)
                    .saturating_add(2)
                    .max(from + 2);
                self.exact &= to - from <= 60;
                (from..=to.min(from + 60)).map(FigureValue::Count).collect()
            }
            (
                QuantityKind::Flag {
                    movement,
                    sample_margin,
                },
                newest,
            ) => {
                let told = match (newest, sample_margin) {
                    (Some(FigureValue::Flag(told)), _) => Some(*told),
                    (Some(FigureValue::Sample { population, size }), Some(margin)) => {
                        match sample_is_enough(*population, *size, margin) {
                            true => Some(FlagValue::Yes),
                            false => Some(FlagValue::NotYet),
                        }
                    }
                    _ => None,
                };
                let latched = *movement == FlagMovement::Latched
                    && matches!(told, Some(FlagValue::Yes | FlagValue::No));
                match (sample_margin, told) {
                    (Some(_), _) if latched => newest.cloned().into_iter().collect(),
                    (Some(_), _) => [0, 1]
                        .map(|size| FigureValue::Sample {
                            population: 1,
                            size,
                        })
                        .to_vec(),
                    (None, Some(told)) if latched => vec![FigureValue::Flag(told)],
                    _ => [FlagValue::Yes, FlagValue::No]
                        .map(FigureValue::Flag)
                        .to_vec(),
                }
            }
            (QuantityKind::Judgement { scale }, _) => {
                let given = |points: Option<&Exact>, verdict: Option<&String>| {
                    FigureValue::Judgement(JudgementFigure {
                        points: points.cloned(),
                        verdict: verdict.cloned(),
                        by: "appraiser".to_owned(),
                        reason: "definition".to_owned(),
                    })
                };
                match scale {
                    JudgementScale::Points { min, max } => {
                        [min, max].map(|it| given(Some(it), None)).to_vec()
                    }
                    JudgementScale::Verdicts(list) => {
                        list.iter().map(|it| given(None, Some(it))).collect()
                    }
                }
            }
            (QuantityKind::Measure { options, .. }, newest) if !options.is_empty() => {
                self.exact &= newest.is_some();
                newest.cloned().into_iter().collect()
            }
            (QuantityKind::Measure { min, max, .. }, newest) => {
                let (low, high) = match newest {
                    Some(FigureValue::Measure { from, to }) => (from.clone(), to.clone()),
                    _ => {
                        let low = min.clone().unwrap_or_default();
                        // Beyond the last threshold nothing changes any more; a comparison has
                        // none.
                        self.exact &= max.is_some() || !self.numbers.is_empty();
                        let far = self.numbers.last().unwrap_or(&low) + &Exact::from_u64(1_000);
                        let high = max.clone().unwrap_or(far);
                        (low, high)
                    }
                };
                let around = self.numbers.iter();
                let around = around.flat_map(|x| [x - &near, x.clone(), x + &near]);
                let inside = around.chain([low.clone(), high.clone()]);
                let inside = inside.filter(|x| low <= *x && *x <= high);
                inside
                    .map(|x| FigureValue::Measure {
                        from: x.clone(),
                        to: x,
                    })
                    .collect()
            }
            (
                QuantityKind::Share {
                    total, min_total, ..
                },
                newest,
            ) => self.shares(*total, *min_total, newest),
            (QuantityKind::DueSet { .. }, _) => Vec::new(),
        }
    }

    fn shares(
        &mut self,
        total: Total,
        min_total: u64,
        newest: Option<&FigureValue>,
    ) -> Vec<FigureValue> {
        let told = match newest {
            Some(FigureValue::Share(share)) => Some(*share),
            _ => None,
        };
        let (won, lost, all, at_most) = match told {
            None => (0, 0, 0, None),
            Some(now) => {
                let lost = now.lost.unwrap_or(0);
                let all = now.total.unwrap_or(now.won + lost + now.open.unwrap_or(0));
                let open = now.open.unwrap_or(all.saturating_sub(now.won + lost));
                (
                    now.won,
                    lost + now.overdue.unwrap_or(0).min(open),
                    all,
                    now.at_most,
                )
            }
        };
        let limit = match total {
            Total::Fixed => told.map(|_| all),
            Total::Unbounded => None,
            Total::Declared => at_most,
            Total::AtMost(limit) => Some(limit),
        };
        let figure = |won: u64, lost: u64, open: u64| {
            FigureValue::Share(ShareFigure {
                won,
                lost: Some(lost),
                open: Some(open),
                overdue: Some(0),
                total: Some(won + lost + open),
                at_most,
            })
        };
        if let Some(limit) = limit.map(|limit| limit.max(all)) {
            self.exact &= limit - all <= MANY && limit <= 40;
            let totals = all.max(min_total)..=limit.min(all + MANY);
            let each = totals.flat_map(|total| {
                let decided = (won + lost)..=total;
                decided.flat_map(move |decided| {
                    (won..=decided - lost).map(move |won| (won, decided - won, total - decided))
                })
            });
            return each
                .map(|(won, lost, open)| figure(won, lost, open))
                .collect();
        }
        // Without a limit every share can be come to that what is done leaves possible.
        let near = Exact::ratio(1, 1_000_000).unwrap_or_default();
        let around = self.numbers.iter();
        let around = around.flat_map(|x| [x - &near, x.clone(), x + &near]);
        let ends = [Exact::ZERO, near.clone(), &Exact::ONE - &near, Exact::ONE];
        let shares = around.chain(ends).filter_map(|share| {
            let (part, whole) = share.parts_u64()?;
            let rest = whole.checked_sub(part)?;
            let times = |needed: u64, part: u64| match (needed, part) {
                (0, _) => Some(1),
                (_, 0) => None,
                (needed, part) => Some(needed.div_ceil(part)),
            };
            let times = times(won, part)?
                .max(times(lost, rest)?)
                .max(times(all.max(min_total), whole)?);
            Some(figure(part * times, rest * times, 0))
        });
        let none = (all == 0 && min_total == 0).then(|| figure(0, 0, 0));
        shares.chain(none).collect()
    }
}
