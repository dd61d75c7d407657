//! `final`: the points if the record closed as it is.
//!
//! This is the specification. An unproved fact counts where it lowers points and not where
//! it raises them; a leaf about which nothing is proved gets its `unproved` points. What
//! could still happen is not looked at here: that is `bounds`, which shares no code with
//! this module.

use smallvec::{SmallVec, smallvec};

use crate::facts::FlagValue;
use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::*;
use crate::state::{Choice, Ends, Known, ShareState, State, States};
use crate::values::{Exact, Points};

/// The points of one leaf if the record closed as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Closed<'a> {
    /// Points, rounded as the pack says; 0 where the leaf is left out.
    pub(crate) points: Points,
    /// Points before rounding.
    pub(crate) exact: Exact,
    /// Whether the leaf leaves points and maximum because nothing arose.
    pub(crate) excluded: bool,
    /// Whether nothing about the leaf is proved.
    pub(crate) unproved: bool,
    /// Whether nothing that the leaf reads can change any more, on any side.
    pub(crate) settled: bool,
    /// What the points rest on.
    pub(crate) readings: Readings<'a>,
}

/// What the parts of a rule read; most leaves have one part.
pub(crate) type Readings<'a> = SmallVec<[ClosedReading<'a>; 1]>;

/// What one part of a rule read, and what it gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ClosedReading<'a> {
    /// The quantities read.
    pub(crate) of: &'a [QuantityIndex],
    /// Reason, as one code or several.
    pub(crate) because: Because<'a>,
    /// What was read.
    pub(crate) read: ReadValue,
    /// Points that it gave, before combining.
    pub(crate) points: Exact,
}

/// A reason, from which its code is made when somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Because<'a> {
    /// The label of a piece, or a fixed code.
    Label(&'a str),
    /// A quantity's name and a label.
    Named(&'a str, &'a str),
    /// Met, late and missing obligations.
    Obligations(u64, u64, u64),
}

impl Because<'_> {
    /// The codes.
    pub(crate) fn codes(&self) -> Vec<String> {
        match self {
            Because::Label(label) => vec![(*label).to_owned()],
            Because::Named(name, label) => vec![format!("{name}-{label}")],
            Because::Obligations(met, late, missing) => vec![
                format!("met-{met}"),
                format!("late-{late}"),
                format!("missing-{missing}"),
            ],
        }
    }
}

/// What was read of a quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ReadValue {
    /// A number.
    Number(Exact),
    /// There are no items.
    NoItems,
    /// Met, late and missing obligations.
    Obligations(u64, u64, u64),
    /// Nothing known or proved.
    Unknown,
}

/// A curve that can never change again.
pub(crate) struct Settled {
    /// Its points.
    pub(crate) points: Exact,
    /// Whether it leaves the leaf out.
    pub(crate) excluded: bool,
    /// Whether something about it is proved.
    pub(crate) known: bool,
}

/// A part of a rule, closed.
struct Part {
    /// Points; unproved quantities give the fewest.
    points: Exact,
    /// Points where claims are taken for what they are and silence for the most.
    claimed: Exact,
    /// Whether anything is known or proved.
    known: bool,
    /// Whether nothing arose and the pack leaves the leaf out.
    excluded: bool,
    /// Whether nothing that the part reads can change any more.
    settled: bool,
}

impl Fitted<'_> {
    /// The points of a leaf if the record closed as it is.
    pub(crate) fn close<'a>(&'a self, leaf: &'a Leaf, states: &States) -> Closed<'a> {
        let mut readings = Readings::new();
        let part = self.part(&leaf.rule, states, &mut readings);
        let unproved = !part.known && !leaf.quantities.is_empty();
        let exact = if part.excluded {
            Exact::ZERO
        } else if unproved {
            part.claimed.min(leaf.unproved.exact().clone())
        } else {
            part.points
        };
        let points = Points::new(self.pack.rounding.round(&exact));
        Closed {
            points,
            exact,
            excluded: part.excluded,
            unproved,
            settled: part.settled,
            readings,
        }
    }

    /// What a curve gives, if it can never change again.
    pub(crate) fn settled(&self, rule: &CurveRule, states: &States) -> Option<Settled> {
        let part = self.curve(rule, states, &mut Readings::new());
        part.settled.then_some(Settled {
            points: part.points,
            excluded: part.excluded,
            known: part.known,
        })
    }

    /// The truths that a condition closes with, if it can never change again, and whether
    /// they are proved.
    pub(crate) fn settled_truths(
        &self,
        rule: &CurveRule,
        states: &States,
    ) -> Option<([bool; 2], bool)> {
        let closing = closing(&rule.reading, states);
        if !closing.settled {
            return None;
        }
        if closing.proved == 0 {
            return Some(([true, true], false));
        }
        let open = |truth| closing.values.iter().any(|it| can_be(rule, it, truth));
        Some(([open(true), open(false)], true))
    }

    /// Whether a condition holds if the record closed as it is.
    pub(crate) fn holds(&self, condition: &CurveRule, states: &States) -> bool {
        self.curve(condition, states, &mut Readings::new())
            .points
            .is_positive()
    }

    fn part<'a>(&'a self, rule: &'a Rule, states: &States, readings: &mut Readings<'a>) -> Part {
        match rule {
            Rule::Constant(points) => {
                readings.push(ClosedReading {
                    of: &[],
                    because: Because::Label("constant"),
                    read: ReadValue::Number(points.clone()),
                    points: points.clone(),
                });
                Part {
                    settled: true,
                    ..plain(points.clone(), true)
                }
            }
            Rule::Curve(curve) => self.curve(curve, states, readings),
            Rule::Obligations(rule) => self.obligations(rule, states, readings),
            Rule::Relative(rule) => self.relative(rule, states, readings),
            Rule::Sum(parts) => self.fold(parts, states, readings, |a, b| &a + &b),
            Rule::Least(parts) => self.fold(parts, states, readings, Exact::min),
            Rule::Greatest(parts) => self.fold(parts, states, readings, Exact::max),
            Rule::Cap { part, at, floor } => {
                let part = self.part(part, states, readings);
                Part {
                    points: clamp(part.points, at.as_ref(), floor.as_ref()),
                    claimed: clamp(part.claimed, at.as_ref(), floor.as_ref()),
                    ..part
                }
            }
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => self.gate(condition, then, otherwise, states, readings),
            Rule::ByClass(classes) => {
                let class = self.submission.unit.class.as_deref();
                match classes
                    .iter()
                    .find(|(name, _)| Some(name.as_str()) == class)
                {
                    Some((_, rule)) => self.part(rule, states, readings),
                    None => {
                        readings.push(unknown_reading(&[], "unproved", Exact::ZERO));
                        let (least, most) = rule.range();
                        Part {
                            points: least,
                            claimed: most,
                            known: false,
                            excluded: false,
                            settled: false,
                        }
                    }
                }
            }
        }
    }

    fn fold<'a>(
        &'a self,
        parts: &'a [Rule],
        states: &States,
        readings: &mut Readings<'a>,
        join: fn(Exact, Exact) -> Exact,
    ) -> Part {
        parts
            .iter()
            .map(|part| self.part(part, states, readings))
            .reduce(|a, b| Part {
                points: join(a.points, b.points),
                claimed: join(a.claimed, b.claimed),
                known: a.known || b.known,
                excluded: false,
                settled: a.settled && b.settled,
            })
            .unwrap_or(plain(Exact::ZERO, true))
    }

    fn gate<'a>(
        &'a self,
        condition: &'a CurveRule,
        then: &'a Rule,
        otherwise: &'a Rule,
        states: &States,
        readings: &mut Readings<'a>,
    ) -> Part {
        let closing = closing(&condition.reading, states);
        let silent = closing.proved == 0;
        let told = |holds| closing.values.iter().any(|it| can_be(condition, it, holds));
        let mut tried: Vec<(bool, Part, Readings<'a>)> = Vec::new();
        for holds in [true, false] {
            if silent || told(holds) {
                let mut below = Readings::new();
                let part = self.part(if holds { then } else { otherwise }, states, &mut below);
                tried.push((holds, part, below));
            }
        }
        let known = !silent || tried.iter().any(|(_, part, _)| part.known);
        let settled = closing.settled && tried.iter().all(|(_, part, _)| part.settled);
        // Claims about the condition are taken for what they are, silence for the most.
        let claimed = tried
            .iter()
            .filter(|(holds, ..)| closing.values.is_empty() || told(*holds))
            .map(|(_, part, _)| part.claimed.clone());
        let claimed = match closing.values.is_empty() {
            true => claimed.reduce(Exact::max),
            false => claimed.reduce(Exact::min),
        };
        let worst = tried.into_iter().min_by(|a, b| a.1.points.cmp(&b.1.points));
        let (Some((holds, part, below)), Some(claimed)) = (worst, claimed) else {
            return plain(Exact::ZERO, false);
        };
        let label = if holds { "holds" } else { "fails" };
        let because = if silent {
            Because::Label("unproved")
        } else {
            reason(&condition.reason, label)
        };
        let read = closing.first().unwrap_or(ReadValue::Unknown);
        let of = condition.reading.quantities();
        let points = if holds { Exact::ONE } else { Exact::ZERO };
        readings.push(ClosedReading {
            of,
            because,
            read,
            points,
        });
        readings.extend(below);
        Part {
            points: part.points,
            claimed,
            known,
            excluded: false,
            settled,
        }
    }

    fn curve<'a>(
        &'a self,
        rule: &'a CurveRule,
        states: &States,
        readings: &mut Readings<'a>,
    ) -> Part {
        let closing = closing(&rule.reading, states);
        let of = rule.reading.quantities();
        let settled = closing.settled;
        let (proved, claimed) = closing
            .values
            .split_at(closing.proved.min(closing.values.len()));
        if proved.is_empty() {
            let label = if closing.judgement {
                "not_judged"
            } else {
                "unproved"
            };
            let points = rule.curve.least().clone();
            readings.push(unknown_reading(of, label, points.clone()));
            // A claim that nothing arose raises nothing, so it does not count here.
            let claims = claimed.iter().filter(|it| **it != Value::NoItems);
            let claimed = Outcome::worst(rule, claims)
                .map_or_else(|| rule.curve.most().clone(), |it| it.points);
            return Part {
                points,
                claimed,
                known: false,
                excluded: false,
                settled,
            };
        }
        // What is proved and what is claimed against it: the fewest points count. A claim
        // that nothing arose leaves the leaf out only once it is proved.
        let leaves_out = rule.not_arisen == Some(NotArisen::Exclude);
        let against = claimed
            .iter()
            .filter(|it| !leaves_out || **it != Value::NoItems);
        let Some(worst) = Outcome::worst(rule, proved.iter().chain(against)) else {
            return plain(Exact::ZERO, false);
        };
        readings.push(ClosedReading {
            of,
            because: worst.because,
            read: worst.read,
            points: worst.points.clone(),
        });
        Part {
            claimed: worst.points.clone(),
            points: worst.points,
            known: true,
            excluded: worst.excluded,
            settled,
        }
    }

    fn obligations<'a>(
        &'a self,
        rule: &'a ObligationRule,
        states: &States,
        readings: &mut Readings<'a>,
    ) -> Part {
        let Some(State::Due(due)) = states.states.get(rule.of.0) else {
            return plain(Exact::ZERO, false);
        };
        let choices = due.choices([&rule.missing, &rule.late, &rule.met]);
        let points_of = |end: u8| rule.points_of(end);
        let mut counts = [0_u64; 3];
        let mut sum = Exact::ZERO;
        for choice in choices.iter() {
            let worst = choice
                .closing
                .iter()
                .min_by(|a, b| points_of(*a).cmp(points_of(*b)));
            let end = worst.unwrap_or(Ends::MISSING);
            sum += points_of(end);
            if let Some(count) = counts.get_mut(usize::from(end)) {
                *count += 1;
            }
        }
        let [missing, late, met] = counts;
        readings.push(ClosedReading {
            of: std::slice::from_ref(&rule.of),
            because: Because::Obligations(met, late, missing),
            read: ReadValue::Obligations(met, late, missing),
            points: sum.clone(),
        });
        Part {
            settled: choices.iter().all(Choice::is_settled),
            ..plain(sum, true)
        }
    }

    fn relative<'a>(
        &'a self,
        rule: &'a RelativeRule,
        states: &States,
        readings: &mut Readings<'a>,
    ) -> Part {
        let of = rule.reads.as_slice();
        // Points rise with what was achieved and fall with the target.
        let achieved = measure(states, rule.achieved).map(|(low, _)| low.clone());
        let target = rule
            .target
            .map(|of| measure(states, of).map(|(_, high)| high.clone()));
        let (Some(achieved), Some(target)) =
            (achieved, target.map_or(Some(None), |it| it.map(Some)))
        else {
            readings.push(unknown_reading(of, "unproved", Exact::ZERO));
            return Part {
                points: Exact::ZERO,
                claimed: rule.points.clone(),
                known: false,
                excluded: false,
                settled: false,
            };
        };
        let best = self.best(rule.achieved, states);
        let (points, because) = relative_points(rule, &achieved, target.as_ref(), best.as_ref());
        let read = ReadValue::Number(achieved);
        let because = Because::Label(because);
        readings.push(ClosedReading {
            of,
            because,
            read,
            points: points.clone(),
        });
        plain(points, true)
    }

    /// The best figure of the cohort for a quantity, once published and seen.
    pub(crate) fn best(&self, of: QuantityIndex, states: &States) -> Option<Exact> {
        let quantity = self.quantity(of)?;
        let figures = self.submission.cohort.iter();
        figures
            .filter(|it| {
                *it.quantity == *quantity.id && states.cut.sees(it.published_on, it.published_on)
            })
            .max_by_key(|it| it.published_on)
            .map(|it| it.best.clone())
    }
}

/// Points of a relative rule; without a best figure, the fewest that are possible.
pub(crate) fn relative_points(
    rule: &RelativeRule,
    achieved: &Exact,
    target: Option<&Exact>,
    best: Option<&Exact>,
) -> (Exact, &'static str) {
    let best = best.map(|best| best.max(achieved));
    let Some(target) = target else {
        return match best {
            Some(best) => {
                let share = achieved.checked_div(best).unwrap_or(Exact::ZERO);
                (&rule.points * &share, "no_target")
            }
            None => (Exact::ZERO, "best_unknown"),
        };
    };
    let at_target = &rule.points * &rule.at_target;
    if achieved < target {
        let share = achieved.checked_div(target).unwrap_or(Exact::ZERO);
        return (&at_target * &share, "below_target");
    }
    if achieved == target {
        return (at_target, "at_target");
    }
    match best.and_then(|best| (achieved - target).checked_div(&(best - target))) {
        Some(excess) => {
            let rest = &rule.points - &at_target;
            (&at_target + &(&rest * &excess), "above_target")
        }
        None => (at_target, "best_unknown"),
    }
}

fn plain(points: Exact, known: bool) -> Part {
    Part {
        claimed: points.clone(),
        points,
        known,
        excluded: false,
        settled: false,
    }
}

fn unknown_reading<'a>(
    of: &'a [QuantityIndex],
    label: &'static str,
    points: Exact,
) -> ClosedReading<'a> {
    ClosedReading {
        of,
        because: Because::Label(label),
        read: ReadValue::Unknown,
        points,
    }
}

fn reason<'a>(style: &'a ReasonStyle, label: &'a str) -> Because<'a> {
    match style {
        ReasonStyle::Label => Because::Label(label),
        ReasonStyle::Named(name) => Because::Named(name, label),
    }
}

/// A value that a reading can have when the record closes.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    At(Exact),
    /// Some number of a range.
    Within(Box<(Exact, Exact)>),
    NoItems,
}

/// Points of one value.
struct Outcome<'a> {
    points: Exact,
    because: Because<'a>,
    read: ReadValue,
    excluded: bool,
}

impl<'a> Outcome<'a> {
    fn of(rule: &'a CurveRule, value: &Value) -> Self {
        match value {
            Value::At(x) => {
                let piece = rule.curve.piece_at(x);
                Outcome {
                    points: piece.points_at(x),
                    because: reason(&rule.reason, &piece.label),
                    read: ReadValue::Number(x.clone()),
                    excluded: false,
                }
            }
            Value::Within(range) => {
                let (piece, x) = rule.curve.worst_within(&range.0, &range.1);
                Outcome {
                    points: piece.points_at(&x),
                    because: reason(&rule.reason, &piece.label),
                    read: ReadValue::Number(x),
                    excluded: false,
                }
            }
            Value::NoItems => {
                let (points, excluded) = match rule.not_arisen {
                    Some(NotArisen::Full) => (rule.curve.most().clone(), false),
                    Some(NotArisen::Exclude) => (Exact::ZERO, true),
                    Some(NotArisen::Zero) | None => (rule.curve.least().clone(), false),
                };
                let because = Because::Label("not_arisen");
                Outcome {
                    points,
                    because,
                    read: ReadValue::NoItems,
                    excluded,
                }
            }
        }
    }

    /// The value with the fewest points, the first one of several.
    fn worst<'v>(rule: &'a CurveRule, values: impl Iterator<Item = &'v Value>) -> Option<Self> {
        let outcomes = values.map(|value| Outcome::of(rule, value));
        outcomes.min_by(|a, b| a.points.cmp(&b.points))
    }
}

/// Whether a condition can have a truth at a value: at a range it can have both.
fn can_be(condition: &CurveRule, value: &Value, truth: bool) -> bool {
    match value {
        Value::Within(range) => {
            let range = Stretch::closed(range.0.clone(), range.1.clone());
            let mut inside = condition.curve.pieces().iter();
            inside.any(|it| it.over.meet(&range).is_some() && it.points.is_positive() == truth)
        }
        value => Outcome::of(condition, value).points.is_positive() == truth,
    }
}

/// Values of a reading; most readings have one.
type Values = SmallVec<[Value; 2]>;

/// The values that a reading can have when the record closes.
#[derive(Default)]
struct Closing {
    /// What is proved, then what is claimed and counts only where it lowers.
    values: Values,
    /// How many of the values are proved.
    proved: usize,
    /// Whether a judgement is awaited.
    judgement: bool,
    /// Whether the reading can never change again.
    settled: bool,
}

impl Closing {
    fn known(values: Values, settled: bool) -> Self {
        Closing {
            proved: values.len(),
            values,
            judgement: false,
            settled,
        }
    }

    fn first(&self) -> Option<ReadValue> {
        let first = self.values.first().filter(|_| self.proved > 0);
        first.map(|value| match value {
            Value::At(x) => ReadValue::Number(x.clone()),
            Value::Within(range) => ReadValue::Number(range.0.clone()),
            Value::NoItems => ReadValue::NoItems,
        })
    }
}

fn closing(reading: &Reading, states: &States) -> Closing {
    let state = |of: &QuantityIndex| states.states.get(of.0);
    let whole = |n: u64| Value::At(Exact::from_u64(n));
    match reading {
        Reading::Number(of) | Reading::Verdict(of) => match state(of) {
            Some(State::Count(count)) => {
                let unproved = count.proved..=count.proved + count.open + count.dead;
                let settled = !count.grows && count.open == 0;
                Closing::known(unproved.map(whole).collect(), settled)
            }
            Some(State::Counted(known)) => held(known, |n, out| out.push(whole(*n))),
            Some(State::Measure(known)) => held(known, |(low, high), out| {
                out.push(if low == high {
                    Value::At(low.clone())
                } else {
                    Value::Within(Box::new((low.clone(), high.clone())))
                });
            }),
            Some(State::Judgement(Some(given))) => {
                Closing::known(smallvec![Value::At(given.clone())], true)
            }
            Some(State::Judgement(None)) => Closing {
                judgement: true,
                ..Closing::default()
            },
            _ => Closing::default(),
        },
        Reading::Share { of, lost } => match state(of) {
            Some(State::Share(known)) => held(known, |share, out| out.push(ratio(share, *lost))),
            Some(State::Items(items)) => {
                // What is recorded and not proved may be either; the worse one counts.
                let undecided = items.open + items.dead;
                let total = items.proved + undecided;
                let shares = (0..=undecided).filter_map(|won| {
                    let won = items.proved + won;
                    Exact::ratio_u64(if *lost { total - won } else { won }, total)
                });
                let settled = !items.grows && items.open == 0;
                Closing::known(shares.map(Value::At).collect(), settled)
            }
            _ => Closing::default(),
        },
        Reading::Due { of, read } => match state(of) {
            Some(State::Due(due)) => tally(&due.counted(*read), |end| due_counts(*read, end)),
            _ => Closing::default(),
        },
        Reading::Flag(of) => match state(of) {
            Some(State::Flag(known, _)) => {
                held(known, |flag, out| out.push(Value::At(truth(*flag))))
            }
            _ => Closing::default(),
        },
        Reading::Tally(flags) => {
            let known = || {
                flags.iter().filter_map(|of| match state(of) {
                    Some(State::Flag(known, _)) => Some(known),
                    _ => None,
                })
            };
            let settled = known().all(Known::is_settled);
            if known().all(Known::is_unproved) {
                return Closing {
                    settled,
                    ..Closing::default()
                };
            }
            let choices: Vec<Choice> = known()
                .map(|known| {
                    let told = known.proved.iter().chain(&known.claims);
                    let told = told.map(|held| u8::from(held.value == FlagValue::Yes));
                    let closing = told.fold(Ends::default(), Ends::with);
                    let silent = Ends::only(0).with(1);
                    let closing = if known.is_unproved() { silent } else { closing };
                    Choice {
                        closing,
                        ..Choice::default()
                    }
                })
                .collect();
            Closing {
                settled,
                ..tally(&choices, |end| end == 1)
            }
        }
    }
}

/// The values of a figure that is proved, and of a claim against it.
fn held<T>(known: &Known<T>, values: impl Fn(&T, &mut Values)) -> Closing {
    let mut closing = Closing {
        settled: known.is_settled(),
        ..Closing::default()
    };
    if let Some(proved) = &known.proved {
        values(&proved.value, &mut closing.values);
        closing.proved = closing.values.len();
    }
    for claimed in &known.claims {
        values(&claimed.value, &mut closing.values);
    }
    closing
}

/// Every number of ends that count, over the ends that are open at close.
fn tally(choices: &[Choice], counts: impl Fn(u8) -> bool) -> Closing {
    let (mut least, mut most) = (0_u64, 0_u64);
    for choice in choices {
        least += u64::from(choice.closing.iter().all(&counts));
        most += u64::from(choice.closing.iter().any(&counts));
    }
    let settled = choices.iter().all(Choice::is_settled);
    let values = (least..=most)
        .map(|n| Value::At(Exact::from_u64(n)))
        .collect();
    Closing::known(values, settled)
}

/// Whether an obligation with this end is counted by a reading.
pub(crate) fn due_counts(read: DueReading, end: u8) -> bool {
    match read {
        DueReading::Met => end == Ends::MET,
        DueReading::Late => end == Ends::LATE,
        DueReading::Missing => end == Ends::MISSING,
        DueReading::Lapses => end != Ends::MET,
        DueReading::HandedIn => end != Ends::MISSING,
    }
}

fn truth(flag: FlagValue) -> Exact {
    if flag == FlagValue::Yes {
        Exact::ONE
    } else {
        Exact::ZERO
    }
}

/// The share if the record closed as it is.
fn ratio(share: &ShareState, lost: bool) -> Value {
    let open = match share.open_at_close {
        OpenAtClose::Lost => share.open,
        OpenAtClose::LeftOut => 0,
    };
    let against = share.lost + open;
    let total = share.won + against;
    match Exact::ratio_u64(if lost { against } else { share.won }, total) {
        Some(ratio) => Value::At(ratio),
        None => Value::NoItems,
    }
}

/// The proved measure, with claims against it widening the range.
pub(crate) fn measure(states: &States, of: QuantityIndex) -> Option<(&Exact, &Exact)> {
    let Some(State::Measure(known)) = states.states.get(of.0) else {
        return None;
    };
    let proved = &known.proved.as_ref()?.value;
    let ends = (&proved.0, &proved.1);
    Some(known.claims.iter().fold(ends, |(low, high), claim| {
        (low.min(&claim.value.0), high.max(&claim.value.1))
    }))
}
