//! Tracks: what can be done about one part of a rule, one unit after the other.
//!
//! A track begins with single acts (a document mended, a report delivered) and may end in an
//! act that grows by units (one more dossier on time, two more, …). Its position 0 is the
//! record as it stands. What the record shows at each position is known without replaying
//! it, so that a position can be searched for; whoever finds one replays it.

use chrono::NaiveDate;

use super::act::{Act, Reaches, ToMend, Touch};
use super::scene::Scene;
use super::{Outside, OutsideReason};
use crate::closing::due_counts;
use crate::evidence::{FactOutcome, Reason};
use crate::extension::Move;
use crate::facts::*;
use crate::model::ActKind;
use crate::record::{Cut, Fitted};
use crate::rules::*;
use crate::state::{
    CountState, Ends, Fact, FactReport, Held, Known, ShareState, State, States, Supply,
};
use crate::values::Exact;

/// Most events that one act adds.
pub(super) const MAX_EVENTS: u64 = 10_000;
/// Most items that one act adds.
pub(super) const MAX_ITEMS: u64 = 1_000_000_000;
/// Most single acts of one track.
pub(super) const MAX_ACTS: usize = 100;

/// A part of a rule that reads quantities.
#[derive(Clone, Copy)]
pub(super) enum Part<'r> {
    /// Points, or the condition of a gate, along a curve.
    Curve {
        rule: &'r CurveRule,
        is_condition: bool,
    },
    Obligations(&'r ObligationRule),
    Relative(&'r RelativeRule),
}

impl Part<'_> {
    /// The quantities that it reads.
    pub(super) fn quantities(&self) -> &[QuantityIndex] {
        match self {
            Part::Curve { rule, .. } => rule.reading.quantities(),
            Part::Obligations(rule) => std::slice::from_ref(&rule.of),
            Part::Relative(rule) => &rule.reads,
        }
    }

    /// How its points move as its number grows.
    pub(super) fn trend(&self) -> Trend {
        match self {
            Part::Curve {
                is_condition: true, ..
            } => Trend::Mixed,
            Part::Curve { rule, .. } => rule.curve.trend(),
            Part::Obligations(_) => Trend::Rising,
            // Along what was achieved.
            Part::Relative(_) => Trend::Rising,
        }
    }

    /// Whether its points both rise and fall.
    pub(super) fn is_mixed(&self) -> bool {
        matches!(self, Part::Curve { rule, .. } if rule.curve.trend() == Trend::Mixed)
    }

    /// Whether a won item of a share that it reads is the good one.
    pub(super) fn wins(&self) -> bool {
        match self {
            Part::Curve { rule, .. } => wins(rule),
            _ => true,
        }
    }
}

fn wins(rule: &CurveRule) -> bool {
    let lost = matches!(rule.reading, Reading::Share { lost: true, .. });
    (rule.curve.trend() == Trend::Falling) == lost
}

/// The parts of a rule that read quantities, for a class of unit.
pub(super) fn parts<'r>(rule: &'r Rule, class: Option<&str>) -> Vec<Part<'r>> {
    fn walk<'r>(rule: &'r Rule, class: Option<&str>, list: &mut Vec<Part<'r>>) {
        match rule {
            Rule::Constant(_) => {}
            Rule::Curve(rule) => list.push(Part::Curve {
                rule,
                is_condition: false,
            }),
            Rule::Obligations(rule) => list.push(Part::Obligations(rule)),
            Rule::Relative(rule) => list.push(Part::Relative(rule)),
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| walk(part, class, list));
            }
            Rule::Cap { part, .. } => walk(part, class, list),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                list.push(Part::Curve {
                    rule: condition,
                    is_condition: true,
                });
                walk(then, class, list);
                walk(otherwise, class, list);
            }
            Rule::ByClass(classes) => {
                let own = classes
                    .iter()
                    .find(|(name, _)| Some(name.as_str()) == class);
                if let Some((_, rule)) = own {
                    walk(rule, class, list);
                }
            }
        }
    }
    let mut list = Vec::new();
    walk(rule, class, &mut list);
    list
}

/// What some quantities show.
pub(super) type Shown = Vec<(QuantityIndex, State)>;

/// What can be done about one part of a rule.
pub(super) struct Track {
    /// The part, by its place in the rule.
    pub(super) part: usize,
    acts: Vec<Act>,
    /// What is shown after none, one, two … of the acts.
    shown: Vec<Shown>,
    tail: Option<Tail>,
}

/// An act that grows by units.
struct Tail {
    of: QuantityIndex,
    grow: Grow,
    /// Fewest and most units.
    first: u64,
    last: u64,
    /// Whether `last` is no end of the matter itself.
    endless: bool,
    /// Whether it takes the place of the single acts before it.
    replaces: bool,
    /// The act without its size.
    act: Act,
}

#[derive(Clone)]
enum Grow {
    /// Items of a share that come out well: open ones first, then new ones.
    Won {
        from: ShareState,
        wins: bool,
        at_most: Option<u64>,
        figure: Figure,
    },
    /// So many of `total` items of a share that is not known yet come out well.
    Parts {
        total: u64,
        wins: bool,
        room: Option<u64>,
        open_at_close: OpenAtClose,
        figure: Figure,
    },
    /// Events of a count, or of a share by events.
    Events {
        from: CountState,
        is_share: bool,
        kind: String,
    },
    /// A count by figure, up or down.
    Units {
        from: u64,
        down: bool,
        figure: Figure,
    },
    /// A measure, by hundredths from an end.
    Number {
        from: Exact,
        step: Exact,
        end: Exact,
        options: Vec<SurveyOption>,
        figure: Figure,
    },
}

impl Track {
    /// The last position.
    pub(super) fn last(&self) -> u64 {
        let acts = u64::try_from(self.acts.len()).unwrap_or(u64::MAX);
        let tail = self.tail.as_ref();
        acts.saturating_add(tail.map_or(0, |it| it.last.saturating_sub(it.first) + 1))
    }

    /// Whether the last position is only where the search ends.
    pub(super) fn is_endless(&self) -> bool {
        self.tail.as_ref().is_some_and(|it| it.endless)
    }

    /// How many single acts it begins with.
    pub(super) fn single_acts(&self) -> usize {
        self.acts.len()
    }

    /// The single acts that it begins with.
    pub(super) fn singles(&self) -> &[Act] {
        &self.acts
    }

    /// What is shown at a position.
    pub(super) fn shown(&self, position: u64) -> Option<Shown> {
        match self.split(position) {
            Ok(acts) => self.shown.get(acts).cloned(),
            Err(units) => {
                let tail = self.tail.as_ref()?;
                Some(vec![(tail.of, tail.grow.state(units)?)])
            }
        }
    }

    /// What is to be done to come to a position.
    pub(super) fn acts(&self, position: u64) -> Option<Vec<Act>> {
        match self.split(position) {
            Ok(acts) => self.acts.get(..acts).map(<[Act]>::to_vec),
            Err(units) => {
                let tail = self.tail.as_ref()?;
                let grown = tail.grow.act(&tail.act, units)?;
                let before = match tail.replaces {
                    true => Vec::new(),
                    false => self.acts.clone(),
                };
                Some(before.into_iter().chain([grown]).collect())
            }
        }
    }

    /// A number of single acts, or of units of the tail.
    fn split(&self, position: u64) -> Result<usize, u64> {
        match usize::try_from(position) {
            Ok(acts) if acts <= self.acts.len() => Ok(acts),
            _ => {
                let acts = u64::try_from(self.acts.len()).unwrap_or(u64::MAX);
                let first = self.tail.as_ref().map_or(0, |it| it.first);
                Err(position.saturating_sub(acts + 1).saturating_add(first))
            }
        }
    }
}

impl Grow {
    fn state(&self, units: u64) -> Option<State> {
        let held = |moves| (moves, true);
        fn known<T>(value: T, (moves, mendable): (bool, bool)) -> Known<T> {
            Known {
                proved: Some(Held {
                    value,
                    moves,
                    mendable,
                    figure: None,
                }),
                claims: Vec::new(),
                supply: Supply::Anything,
            }
        }
        Some(match self {
            Grow::Won { from, wins, .. } => {
                let open = units.min(from.open);
                let new = units - open;
                let (won, lost) = well(from.won, from.lost, units, *wins)?;
                let share = ShareState {
                    won,
                    lost,
                    open: from.open - open,
                    room: match from.room {
                        Some(room) => Some(room.checked_sub(new)?),
                        None => None,
                    },
                    ..*from
                };
                State::Share(known(share, held(true)))
            }
            Grow::Parts {
                total,
                wins,
                room,
                open_at_close,
                ..
            } => {
                let (won, lost) = split(*total, units, *wins)?;
                let share = ShareState {
                    won,
                    lost,
                    open: 0,
                    room: *room,
                    open_at_close: *open_at_close,
                };
                State::Share(known(share, held(true)))
            }
            Grow::Events { from, is_share, .. } => {
                let state = CountState {
                    proved: from.proved.checked_add(units)?,
                    ..*from
                };
                match is_share {
                    true => State::Items(state),
                    false => State::Count(state),
                }
            }
            Grow::Units { from, down, .. } => {
                State::Counted(known(counted(*from, units, *down)?, held(true)))
            }
            Grow::Number { .. } => {
                let number = self.number(units);
                State::Measure(known((number.clone(), number), held(false)))
            }
        })
    }

    fn number(&self, units: u64) -> Exact {
        let Grow::Number {
            from, step, end, ..
        } = self
        else {
            return Exact::from_u64(units);
        };
        let number = from + &(step * &Exact::from_u64(units));
        match step.is_negative() {
            true => number.max(end.clone()),
            false => number.min(end.clone()),
        }
    }

    fn act(&self, act: &Act, units: u64) -> Option<Act> {
        let stated = |figure: &Figure, value: FigureValue| {
            Move::Figure(Box::new(Figure {
                value,
                ..figure.clone()
            }))
        };
        let (of_open, reaches, step) = match self {
            Grow::Won {
                from,
                wins,
                at_most,
                figure,
            } => {
                let open = units.min(from.open);
                let left = from.open - open;
                let (won, lost) = well(from.won, from.lost, units, *wins)?;
                let share = items(won, lost, left, *at_most);
                let counted = match from.open_at_close {
                    OpenAtClose::Lost => share.total.unwrap_or(0),
                    OpenAtClose::LeftOut => share.won.saturating_add(lost),
                };
                let reaches = Reaches::Items {
                    won: share.won,
                    total: counted,
                };
                (open, reaches, stated(figure, FigureValue::Share(share)))
            }
            Grow::Parts {
                total,
                wins,
                figure,
                ..
            } => {
                let (won, lost) = split(*total, units, *wins)?;
                let share = items(won, lost, 0, None);
                let reaches = Reaches::Items { won, total: *total };
                (0, reaches, stated(figure, FigureValue::Share(share)))
            }
            Grow::Events {
                from,
                is_share,
                kind,
            } => {
                let won = from.proved.checked_add(units)?;
                let reaches = match is_share {
                    true => Reaches::Items {
                        won,
                        total: won + from.open + from.dead,
                    },
                    false => Reaches::Number(Exact::from_u64(won)),
                };
                let step = Move::Event {
                    kind: kind.clone(),
                    date: act.from,
                    obligation: None,
                    times: units,
                    proved: true,
                };
                (0, reaches, step)
            }
            Grow::Units { from, down, figure } => {
                let count = counted(*from, units, *down)?;
                let reaches = Reaches::Number(Exact::from_u64(count));
                (0, reaches, stated(figure, FigureValue::Count(count)))
            }
            Grow::Number {
                options, figure, ..
            } => {
                let number = self.number(units);
                let value = match options.is_empty() {
                    true => FigureValue::Measure {
                        from: number.clone(),
                        to: number.clone(),
                    },
                    false => FigureValue::Options(crate::bounds::answers(options, &number)?),
                };
                (0, Reaches::Number(number), stated(figure, value))
            }
        };
        let units = match self {
            Grow::Parts { .. } | Grow::Number { .. } => 1,
            Grow::Units { down: true, .. } => 1,
            _ => units,
        };
        let open = match self {
            Grow::Won { from, .. } => from.open,
            _ => 0,
        };
        Some(Act {
            units,
            of_open,
            open,
            reaches: Some(reaches),
            moves: vec![step],
            ..act.clone()
        })
    }
}

/// Won and lost with so many more that come out well.
fn well(won: u64, lost: u64, more: u64, wins: bool) -> Option<(u64, u64)> {
    match wins {
        true => Some((won.checked_add(more)?, lost)),
        false => Some((won, lost.checked_add(more)?)),
    }
}

/// Won and lost where so many of all come out well.
fn split(total: u64, good: u64, wins: bool) -> Option<(u64, u64)> {
    let bad = total.checked_sub(good)?;
    Some(if wins { (good, bad) } else { (bad, good) })
}

fn counted(from: u64, units: u64, down: bool) -> Option<u64> {
    match down {
        true => from.checked_sub(units),
        false => from.checked_add(units),
    }
}

fn items(won: u64, lost: u64, open: u64, at_most: Option<u64>) -> ShareFigure {
    ShareFigure {
        won,
        lost: Some(lost),
        open: Some(open),
        overdue: Some(0),
        total: Some(won.saturating_add(lost).saturating_add(open)),
        at_most,
    }
}

/// Makes the tracks of a part.
pub(super) struct Tracks<'a> {
    pub(super) fitted: &'a Fitted<'a>,
    pub(super) states: &'a States,
    pub(super) scene: &'a Scene<'a>,
    pub(super) as_of: NaiveDate,
    pub(super) outside: &'a mut Vec<Outside>,
}

impl Tracks<'_> {
    /// Everything that can be done about a part.
    pub(super) fn of(&mut self, place: usize, part: Part<'_>) -> Vec<Track> {
        let mut tracks = match part {
            Part::Obligations(rule) => {
                let worth = |end: u8| rule.points_of(end).clone();
                self.due(rule.of, [&rule.missing, &rule.late, &rule.met], &worth)
            }
            Part::Relative(rule) => self.relative(rule),
            Part::Curve { rule, .. } => self.curve(rule),
        };
        for track in &mut tracks {
            track.part = place;
        }
        tracks.retain(|track| track.last() > 0);
        tracks
    }

    fn leave(&mut self, of: QuantityIndex, reason: OutsideReason) {
        let quantity = self.fitted.name(of).unwrap_or_default();
        let outside = Outside {
            quantity: Some(quantity),
            reason,
        };
        if !self.outside.contains(&outside) {
            self.outside.push(outside);
        }
    }

    fn curve(&mut self, rule: &CurveRule) -> Vec<Track> {
        let states = self.states;
        let state = |of: &QuantityIndex| states.states.get(of.0);
        match &rule.reading {
            Reading::Number(of) | Reading::Verdict(of) => match state(of) {
                Some(State::Count(count)) => self.events(*of, *count, false),
                Some(State::Counted(known)) => self.counted(*of, known, rule),
                Some(State::Measure(known)) => self.measured(*of, known, rule),
                Some(State::Judgement(None)) => {
                    self.leave(*of, OutsideReason::Judgement);
                    Vec::new()
                }
                _ => Vec::new(),
            },
            Reading::Share { of, .. } => match state(of) {
                Some(State::Share(known)) => {
                    let mut tracks = self.share(*of, known, wins(rule));
                    tracks.extend(self.none(*of, known));
                    tracks
                }
                Some(State::Items(count)) => self.events(*of, *count, true),
                _ => Vec::new(),
            },
            Reading::Due { of, read } => {
                let (one, two) = (Exact::ONE, Exact::from_integer(2));
                let none = Exact::ZERO;
                let terms = match read {
                    DueReading::Met | DueReading::Lapses => [&none, &none, &one],
                    DueReading::Missing | DueReading::HandedIn => [&none, &one, &one],
                    DueReading::Late => [&none, &one, &two],
                };
                let falling = rule.curve.trend() == Trend::Falling;
                let worth = |end: u8| {
                    let counts = due_counts(*read, end);
                    Exact::from_u64(u64::from(counts != falling))
                };
                self.due(*of, terms, &worth)
            }
            Reading::Flag(of) => [true, false]
                .into_iter()
                .flat_map(|yes| {
                    let act = self.turn(*of, yes);
                    self.listed(&[*of], act.into_iter().collect())
                })
                .collect(),
            Reading::Tally(flags) => {
                let yes = match rule.curve.trend() {
                    Trend::Rising | Trend::Level => true,
                    Trend::Falling => false,
                    Trend::Mixed => {
                        flags
                            .iter()
                            .for_each(|of| self.leave(*of, OutsideReason::NotMonotone));
                        return Vec::new();
                    }
                };
                let mut acts: Vec<Act> =
                    flags.iter().filter_map(|of| self.turn(*of, yes)).collect();
                acts.sort_by_key(|act| (act.until.is_none(), act.until));
                self.listed(flags, acts).into_iter().collect()
            }
        }
    }

    /// A track of single acts, each shown after the ones before it.
    fn listed(&mut self, of: &[QuantityIndex], mut acts: Vec<Act>) -> Option<Track> {
        if acts.is_empty() {
            return None;
        }
        if acts.len() > MAX_ACTS {
            acts.truncate(MAX_ACTS);
            of.iter()
                .for_each(|it| self.leave(*it, OutsideReason::TooMany));
        }
        let now = |it: &QuantityIndex| Some((*it, self.states.states.get(it.0)?.clone()));
        let mut shown: Vec<Shown> = vec![of.iter().filter_map(now).collect()];
        for count in 1..=acts.len() {
            let moves = acts.iter().take(count).flat_map(|act| &act.moves);
            let after = self.scene.after(moves, |_, states| {
                let after = |it: &QuantityIndex| Some((*it, states.states.get(it.0)?.clone()));
                of.iter().filter_map(after).collect()
            });
            shown.push(after?);
        }
        Some(Track {
            part: 0,
            acts,
            shown,
            tail: None,
        })
    }

    fn quantity(&self, of: QuantityIndex) -> Option<&Quantity> {
        self.fitted.quantity(of)
    }

    /// An act on a quantity, to be filled in.
    fn act(&self, of: QuantityIndex, kind: ActKind, until: Option<NaiveDate>) -> Option<Act> {
        let quantity = self.quantity(of)?;
        Some(Act {
            kind,
            quantity: quantity.id.clone(),
            subject: None,
            units: 1,
            of_open: 0,
            open: 0,
            reaches: None,
            from: self.as_of.max(quantity.window.from()),
            until,
            depends_on_upper_level: quantity.depends_on_upper_level,
            to_mend: Vec::new(),
            unfilled: Vec::new(),
            moves: Vec::new(),
            touches: Vec::new(),
        })
    }

    /// Mends the documents of a fact: with others of its own, or by reading those that lie
    /// there; `None` where neither can be done.
    fn mend(&self, report: &FactReport) -> Option<Act> {
        let of = report.quantity?;
        if report.judged.outcome.is_proved() {
            return None;
        }
        let mut act = self.act(of, ActKind::MendEvent, report.open_until)?;
        act.from = self.as_of;
        act.subject = self.fitted.fact_name(report.fact);
        let illegible = |reasons: &[Reason]| matches!(reasons, [Reason::IllegibleScan]);
        let documents = &report.judged.documents;
        if report.open_until.is_some() {
            act.moves.push(match report.fact {
                Fact::Event(index) => Move::ProveEvent(index),
                Fact::Figure(index) => Move::ProveFigure(index),
                Fact::Exemption(_) => return None,
            });
        } else if report.judged.outcome == FactOutcome::Unreadable {
            // Too late to mend: reading what lies there helps only where that is all that lacks.
            let scans = documents.iter().filter(|it| illegible(&it.reasons));
            act.moves
                .extend(scans.filter_map(|it| it.index).map(Move::Read));
        }
        if act.moves.is_empty() {
            return None;
        }
        let to_mend = documents.iter().filter(|it| !it.accepted());
        act.to_mend = to_mend
            .map(|it| ToMend {
                id: it.id.clone(),
                citation: it
                    .index
                    .and_then(|index| self.fitted.submission.evidence.get(index))
                    .and_then(|document| document.citation.clone()),
                role: it.role.clone(),
                reasons: it.reasons.clone(),
            })
            .collect();
        act.unfilled = report.judged.unfilled.clone();
        match report.fact {
            Fact::Event(index) => act.touches.push(Touch::Event(index)),
            _ => {
                act.kind = ActKind::MendFigure;
                act.touches.push(Touch::Figure(act.quantity.clone()));
            }
        }
        Some(act)
    }

    /// Mends each figure that is a claim, the newest one first.
    fn mends<T>(&self, of: QuantityIndex, known: &Known<T>) -> Vec<Act> {
        let claims = known.claims.iter().filter(|it| it.mendable);
        let mend = |claim: &Held<T>| {
            let fact = Fact::Figure(claim.figure?);
            let mut reports = self.states.reports_of(of).iter();
            self.mend(reports.find(|report| report.fact == fact)?)
        };
        claims.filter_map(mend).collect()
    }

    /// More events, after those that are recorded are mended and without that.
    fn events(&mut self, of: QuantityIndex, count: CountState, is_share: bool) -> Vec<Track> {
        let reports = self.states.reports_of(of).iter();
        let events = reports.filter(|it| matches!(it.fact, Fact::Event(_)));
        let mends: Vec<Act> = events.filter_map(|it| self.mend(it)).collect();
        let mended = self.listed(&[of], mends);
        let mut tracks = Vec::new();
        if let Some(mut mended) = mended {
            if count.grows
                && let Some([(_, State::Count(after) | State::Items(after))]) =
                    mended.shown.last().map(Vec::as_slice)
            {
                mended.tail = self.more_events(of, *after, is_share);
            }
            tracks.push(mended);
        }
        if count.grows
            && let Some(tail) = self.more_events(of, count, is_share)
        {
            tracks.push(self.growing(of, Vec::new(), tail));
        }
        tracks
    }

    fn growing(&self, of: QuantityIndex, before: Vec<Act>, tail: Tail) -> Track {
        let now = self.states.states.get(of.0);
        Track {
            part: 0,
            acts: before,
            shown: vec![now.map(|it| (of, it.clone())).into_iter().collect()],
            tail: Some(tail),
        }
    }

    fn more_events(&self, of: QuantityIndex, from: CountState, is_share: bool) -> Option<Tail> {
        let quantity = self.quantity(of)?;
        let kind = quantity.kind.event()?.to_owned();
        let until = quantity.window.to().min(quantity.hand_in_by);
        let mut act = self.act(of, ActKind::MoreEvents, Some(until))?;
        act.touches.push(Touch::Happening(kind.clone()));
        (act.from <= until).then_some(Tail {
            of,
            grow: Grow::Events {
                from,
                is_share,
                kind,
            },
            first: 1,
            last: MAX_EVENTS,
            endless: true,
            replaces: false,
            act,
        })
    }

    /// A newer figure, without its value.
    fn figure<T>(&self, quantity: &Quantity, known: &Known<T>) -> Figure {
        let newest = known.newest().and_then(|it| it.figure);
        let newest = newest.and_then(|it| self.fitted.submission.figures.get(it));
        // The record describes the end of the day before at best.
        let before = self.as_of.pred_opt().unwrap_or(self.as_of);
        let observed_on = before.min(quantity.window.to());
        Figure {
            quantity: quantity.id.to_string(),
            observed_on: newest.map_or(observed_on, |it| it.observed_on.max(observed_on)),
            recorded_on: self.as_of,
            value: FigureValue::Count(0),
            evidence: Vec::new(),
            // What is supposed is the sum that the rule reads.
            predecessors: PredecessorFigures::Included,
            proved_by: ProvedBy::Assumption,
        }
    }

    /// An act that states a newer figure: until the window closes while things still happen,
    /// and then until the last day to hand in.
    fn stating(&self, of: QuantityIndex, kind: ActKind) -> Option<Act> {
        let quantity = self.quantity(of)?;
        let cut: Cut = self.states.cut;
        let close = quantity.window.to().min(quantity.hand_in_by);
        let until = match cut.can_act_by(close) {
            true => close,
            false => quantity.hand_in_by,
        };
        let mut act = self.act(of, kind, Some(until))?;
        act.touches.push(Touch::Figure(act.quantity.clone()));
        (act.from <= until).then_some(act)
    }

    /// A figure mended, and then grown; what grows takes the place of the mended one.
    fn with_mend<T>(
        &mut self,
        of: QuantityIndex,
        known: &Known<T>,
        tail: Option<Tail>,
    ) -> Vec<Track> {
        let mends = self.mends(of, known).into_iter();
        let mut tracks: Vec<Track> = mends
            .filter_map(|mend| self.listed(&[of], vec![mend]))
            .collect();
        match (tracks.first_mut(), tail) {
            (Some(first), tail) => first.tail = tail,
            (None, Some(tail)) => tracks.push(self.growing(of, Vec::new(), tail)),
            (None, None) => {}
        }
        tracks
    }

    fn counted(&mut self, of: QuantityIndex, known: &Known<u64>, rule: &CurveRule) -> Vec<Track> {
        let newest = known.newest().map(|it| (it.value, it.moves));
        // Where less is better a first figure is looked for downwards, from where points begin.
        let falls = rule.curve.trend() == Trend::Falling;
        let down = newest.is_none() && falls;
        let start = || {
            let (_, high) = numbers_of(&rule.curve).filter(|_| down)?;
            u64::try_from(high.ceil().floor_i64()?).ok()
        };
        let start = start().unwrap_or(0).min(MAX_ITEMS);
        let from = match newest {
            Some((from, true)) if !falls => Some((from, ActKind::MoreUnits, 1)),
            None if known.can_supply() => Some((start, ActKind::StateFigure, 0)),
            _ => None,
        };
        let tail = from.and_then(|(from, kind, first)| {
            let figure = self.figure(self.quantity(of)?, known);
            Some(Tail {
                of,
                grow: Grow::Units { from, down, figure },
                first,
                last: if down { from } else { MAX_ITEMS },
                endless: !down,
                replaces: true,
                act: self.stating(of, kind)?,
            })
        });
        self.with_mend(of, known, tail)
    }

    /// States, with proof, that there are no items, where nothing is known of any.
    fn none(&mut self, of: QuantityIndex, known: &Known<ShareState>) -> Option<Track> {
        if known.newest().is_some() || known.supply == Supply::Nothing {
            return None;
        }
        let mut figure = self.figure(self.quantity(of)?, known);
        figure.value = FigureValue::Share(items(0, 0, 0, None));
        let mut act = self.stating(of, ActKind::StateNone)?;
        act.moves.push(Move::Figure(Box::new(figure)));
        self.listed(&[of], vec![act])
    }

    /// What was achieved against a target and other units: figures mended, and a figure that
    /// is still to be stated, up to the best one.
    fn relative(&mut self, rule: &RelativeRule) -> Vec<Track> {
        let states = self.states;
        let measure = |of: QuantityIndex| match states.states.get(of.0) {
            Some(State::Measure(known)) => Some(known),
            _ => None,
        };
        let mut tracks = Vec::new();
        for of in &rule.reads {
            let mends = measure(*of).map(|known| self.mends(*of, known));
            let mends = mends.into_iter().flatten();
            tracks.extend(mends.filter_map(|mend| self.listed(&[*of], vec![mend])));
        }
        let best = self.fitted.best(rule.achieved, states);
        if best.is_none() {
            self.leave(rule.achieved, OutsideReason::Cohort);
        }
        if let Some(known) = rule.target.and_then(measure)
            && known.can_supply()
            && known.newest().is_none()
            && let Some(target) = rule.target
        {
            self.leave(target, OutsideReason::Relative);
        }
        if let Some(known) = measure(rule.achieved)
            && let Some(best) = best
        {
            let tail = self.achieved_tail(rule, known, best);
            if known.can_supply() && tail.is_none() {
                self.leave(rule.achieved, OutsideReason::Relative);
            }
            tracks.extend(tail.map(|tail| self.growing(rule.achieved, Vec::new(), tail)));
        }
        tracks
    }

    fn achieved_tail(
        &mut self,
        rule: &RelativeRule,
        known: &Known<(Exact, Exact)>,
        best: Exact,
    ) -> Option<Tail> {
        if !known.can_supply() || known.newest().is_some() {
            return None;
        }
        let of = rule.achieved;
        let quantity = self.quantity(of)?;
        let QuantityKind::Measure { options, min, .. } = &quantity.kind else {
            return None;
        };
        if !options.is_empty() {
            return None;
        }
        let from = min.clone().unwrap_or(Exact::ZERO);
        let figure = self.figure(quantity, known);
        let hundred = Exact::from_integer(100);
        let steps = (&(&best - &from) * &hundred).ceil().floor_i64()?;
        let last = u64::try_from(steps).ok().filter(|it| *it <= MAX_ITEMS)?;
        Some(Tail {
            of,
            grow: Grow::Number {
                from,
                step: Exact::ratio(1, 100)?,
                end: best,
                options: Vec::new(),
                figure,
            },
            first: 0,
            last,
            endless: false,
            replaces: true,
            act: self.stating(of, ActKind::StateFigure)?,
        })
    }

    fn share(&mut self, of: QuantityIndex, known: &Known<ShareState>, wins: bool) -> Vec<Track> {
        let Some(quantity) = self.quantity(of) else {
            return Vec::new();
        };
        let QuantityKind::Share {
            by,
            total,
            min_total,
            open_at_close,
            ..
        } = &quantity.kind
        else {
            return Vec::new();
        };
        let newest = known.newest().map(|it| (it.value, it.moves, it.figure));
        if matches!(by, ShareBy::Events(_)) {
            // Nothing is recorded yet, perhaps but a proof that there is nothing.
            let grows = match newest {
                Some((_, moves, _)) => moves,
                None => known.supply == Supply::Anything,
            };
            let none = CountState {
                proved: 0,
                open: 0,
                dead: 0,
                grows,
            };
            let mend = self.with_mend(of, known, None);
            let tail = self.more_events(of, none, true).filter(|_| grows);
            let more = tail.map(|tail| self.growing(of, Vec::new(), tail));
            return mend.into_iter().chain(more).collect();
        }
        let figure = self.figure(quantity, known);
        let tail = match newest {
            Some((from, true, index)) => {
                let stated = index.and_then(|it| self.fitted.submission.figures.get(it));
                let at_most = stated.and_then(|figure| match &figure.value {
                    FigureValue::Share(share) => share.at_most,
                    _ => None,
                });
                let last = from.room.map(|room| from.open.saturating_add(room));
                let kind = match wins {
                    true => ActKind::WinItems,
                    false => ActKind::SpareItems,
                };
                self.stating(of, kind).map(|act| Tail {
                    of,
                    grow: Grow::Won {
                        from,
                        wins,
                        at_most,
                        figure,
                    },
                    first: 1,
                    last: last.unwrap_or(MAX_ITEMS).min(MAX_ITEMS),
                    endless: last.is_none_or(|last| last > MAX_ITEMS),
                    replaces: true,
                    act,
                })
            }
            None if known.supply == Supply::Anything => {
                let wanted = (*min_total).max(100);
                let (total, room) = match total {
                    Total::AtMost(limit) => {
                        let total = wanted.min(*limit).max(*min_total);
                        (total, Some(limit.saturating_sub(total)))
                    }
                    Total::Fixed => (wanted, Some(0)),
                    Total::Unbounded | Total::Declared => (wanted, None),
                };
                let open_at_close = *open_at_close;
                let act = self.stating(of, ActKind::StateFigure);
                act.filter(|_| total > 0).map(|act| Tail {
                    of,
                    grow: Grow::Parts {
                        total,
                        wins,
                        room,
                        open_at_close,
                        figure,
                    },
                    first: 0,
                    last: total,
                    endless: false,
                    replaces: true,
                    act,
                })
            }
            _ => None,
        };
        let tail = tail.filter(|it| it.first <= it.last);
        self.with_mend(of, known, tail)
    }

    fn measured(
        &mut self,
        of: QuantityIndex,
        known: &Known<(Exact, Exact)>,
        rule: &CurveRule,
    ) -> Vec<Track> {
        let tail = self.measure_tail(of, known, rule);
        self.with_mend(of, known, tail)
    }

    fn measure_tail(
        &mut self,
        of: QuantityIndex,
        known: &Known<(Exact, Exact)>,
        rule: &CurveRule,
    ) -> Option<Tail> {
        if !known.can_supply() {
            return None;
        }
        let quantity = self.quantity(of)?;
        let QuantityKind::Measure { options, .. } = &quantity.kind else {
            return None;
        };
        let range = match known.newest().map(|it| &it.value) {
            Some((low, high)) if low == high => return None,
            Some((low, high)) => (low.clone(), high.clone()),
            None => numbers_of(&rule.curve)?,
        };
        let (options, figure) = (options.clone(), self.figure(quantity, known));
        let (low, high) = range;
        let hundred = Exact::from_integer(100);
        let steps = (&(&high - &low) * &hundred).ceil().floor_i64();
        let last = steps.and_then(|it| u64::try_from(it).ok());
        let Some(last) = last.filter(|it| *it <= MAX_ITEMS) else {
            self.leave(of, OutsideReason::TooMany);
            return None;
        };
        let step = Exact::ratio(1, 100)?;
        let (from, step, end) = match rule.curve.trend() {
            Trend::Falling => (high, -&step, low),
            _ => (low, step, high),
        };
        Some(Tail {
            of,
            grow: Grow::Number {
                from,
                step,
                end,
                options,
                figure,
            },
            first: 0,
            last,
            endless: false,
            replaces: true,
            act: self.stating(of, ActKind::StateFigure)?,
        })
    }

    /// Turns a flag, or mends the claim that it has turned.
    fn turn(&mut self, of: QuantityIndex, yes: bool) -> Option<Act> {
        let State::Flag(known, movement) = self.states.states.get(of.0)? else {
            return None;
        };
        let is_yes = |flag: FlagValue| flag == FlagValue::Yes;
        if known.claims.is_empty()
            && known
                .proved
                .as_ref()
                .is_some_and(|it| is_yes(it.value) == yes)
        {
            return None;
        }
        let so = Known {
            claims: known
                .claims
                .iter()
                .filter(|it| is_yes(it.value) == yes)
                .cloned()
                .collect(),
            ..known.clone()
        };
        if let Some(mend) = self.mends(of, &so).into_iter().next() {
            return Some(mend);
        }
        let can_turn = match known.newest() {
            Some(newest) => {
                let turns = *movement == FlagMovement::Hold || newest.value == FlagValue::NotYet;
                newest.moves && (turns || is_yes(newest.value) == yes)
            }
            None => known.can_supply(),
        };
        if !can_turn {
            return None;
        }
        let quantity = self.quantity(of)?;
        let value = match &quantity.kind {
            QuantityKind::Flag {
                sample_margin: Some(margin),
                ..
            } => {
                let newest = known.newest().and_then(|it| it.figure);
                let newest = newest.and_then(|it| self.fitted.submission.figures.get(it));
                let Some(FigureValue::Sample { population, .. }) = newest.map(|it| &it.value)
                else {
                    if yes {
                        self.leave(of, OutsideReason::Population);
                    }
                    return None;
                };
                let population = *population;
                let size = match yes {
                    true => enough(population, margin)?,
                    false => return None,
                };
                FigureValue::Sample { population, size }
            }
            _ => FigureValue::Flag(if yes { FlagValue::Yes } else { FlagValue::No }),
        };
        let mut figure = self.figure(quantity, known);
        let kind = match yes {
            true => ActKind::TurnYes,
            false => ActKind::TurnNo,
        };
        let mut act = self.stating(of, kind)?;
        if let FigureValue::Sample { population, size } = value {
            act.reaches = Some(Reaches::Items {
                won: size,
                total: population,
            });
        }
        figure.value = value;
        act.moves.push(Move::Figure(Box::new(figure)));
        Some(act)
    }

    /// Obligations, what brings the most first and then what is due first.
    fn due(
        &mut self,
        of: QuantityIndex,
        terms: [&Exact; 3],
        worth: &dyn Fn(u8) -> Exact,
    ) -> Vec<Track> {
        let Some(State::Due(due)) = self.states.states.get(of.0) else {
            return Vec::new();
        };
        let choices = due.choices(terms).into_owned();
        let Some(Quantity {
            kind: QuantityKind::DueSet { event, obligations },
            ..
        }) = self.quantity(of)
        else {
            return Vec::new();
        };
        let (event, obligations) = (event.clone(), obligations.clone());
        let mut acts: Vec<(Exact, Act)> = Vec::new();
        for (choice, obligation) in choices.iter().zip(&obligations) {
            let Some(now) = choice.closing.iter().map(worth).min() else {
                continue;
            };
            let ends = [Ends::MET, Ends::LATE].into_iter();
            let best = ends
                .filter(|end| {
                    let option = choice.options.get(usize::from(*end));
                    option.is_some_and(|it| *it != Ends::default())
                })
                .filter_map(|end| {
                    let gain = &worth(end) - &now;
                    let act = self.deliver(of, &event, obligation, end)?;
                    gain.is_positive().then_some((gain, act))
                })
                .reduce(|best, other| if other.0 > best.0 { other } else { best });
            acts.extend(best);
        }
        acts.sort_by(|a, b| {
            let until = |act: &Act| (act.until.is_none(), act.until);
            b.0.cmp(&a.0).then_with(|| until(&a.1).cmp(&until(&b.1)))
        });
        let acts = acts.into_iter().map(|(_, act)| act).collect();
        self.listed(&[of], acts).into_iter().collect()
    }

    /// Brings an obligation to an end: by mending what was delivered, or by delivering.
    fn deliver(
        &self,
        of: QuantityIndex,
        event: &str,
        obligation: &Obligation,
        end: u8,
    ) -> Option<Act> {
        let touch = || Touch::Obligation(event.to_owned(), obligation.id.clone());
        let reports = self.states.reports_of(of).iter();
        let mended = reports.filter_map(|report| {
            let Fact::Event(index) = report.fact else {
                return None;
            };
            let recorded = self.fitted.submission.events.get(index)?;
            let in_time = recorded.date <= obligation.due;
            let fits = recorded.obligation.as_deref() == Some(&obligation.id)
                && in_time == (end == Ends::MET);
            let mut act = self.mend(report).filter(|_| fits)?;
            act.touches.push(touch());
            Some(act)
        });
        if let Some(act) = mended.into_iter().next() {
            return Some(act);
        }
        let quantity = self.quantity(of)?;
        let (close, last) = (quantity.window.to(), quantity.hand_in_by);
        let (kind, from, until) = match end {
            Ends::MET => (
                ActKind::Deliver,
                quantity.window.from(),
                obligation.due.min(last),
            ),
            _ => (
                ActKind::DeliverLate,
                quantity.window.from().max(obligation.due.succ_opt()?),
                close.min(last),
            ),
        };
        let mut act = self.act(of, kind, Some(until))?;
        act.from = self.as_of.max(from);
        if act.from > until {
            return None;
        }
        act.subject = Some(obligation.id.as_str().into());
        act.touches.push(touch());
        act.moves.push(Move::Event {
            kind: event.to_owned(),
            date: act.from,
            obligation: Some(obligation.id.clone()),
            times: 1,
            proved: true,
        });
        Some(act)
    }
}

/// The fewest answers that are enough for a population: n·(1 + N·e²) ≥ N.
fn enough(population: u64, margin: &Exact) -> Option<u64> {
    let population = Exact::from_u64(population);
    let weight = &Exact::ONE + &(&population * &(margin * margin));
    let size = population.checked_div(&weight)?.ceil().floor_i64()?;
    u64::try_from(size).ok()
}

/// The numbers between which a curve over a measure changes, within its domain.
fn numbers_of(curve: &Curve) -> Option<(Exact, Exact)> {
    let domain = curve.domain().stretch();
    let pieces = || curve.pieces().iter();
    let ends = || {
        pieces()
            .flat_map(|it| [it.over.lower.value(), it.over.upper.value()])
            .flatten()
    };
    let hundredth = Exact::ratio(1, 100)?;
    // Beyond the last breakpoint the points are constant: one step past it is enough.
    let low = match domain.lower.value() {
        Some(low) => low.clone(),
        None => ends().min().map_or(Exact::ZERO, |it| it - &hundredth),
    };
    let high = match domain.upper.value() {
        Some(high) => high.clone(),
        None => ends().max().map_or(low.clone(), |it| it + &hundredth),
    };
    Some((low, high))
}
