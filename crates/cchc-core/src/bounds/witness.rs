//! Witnesses: for an end of the bounds, an extension of the record that closes there.
//!
//! A witness is made from where each reading stands at the end, and is shown only after
//! `final` replayed it to the very points. Where a share only tends to a number the witness
//! goes near enough for the rounded points to be those of the end; where nothing is rounded
//! it says that it tends there.

use chrono::NaiveDate;

use super::extreme::{At, How, Landing};
use super::reach::{self, outcomes};
use super::span::{Put, Range, Span};
use crate::extension::{Extension, Move};
use crate::facts::*;
use crate::model::Leaf;
use crate::record::Fitted;
use crate::rules::*;
use crate::state::{Choice, CountState, Ends, Fact, FactReport, Known, ShareState, State, States};
use crate::values::{Exact, Points, RoundingMode};

/// An end of the bounds of a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The fewest points of all extensions.
    Secured,
    /// The most points of all extensions.
    Attainable,
}

/// How near a witness goes to a number that it only tends to, one try after the other: one
/// part in so many.
const NEARER: [i64; 4] = [1_000, 100_000, 10_000_000, 1_000_000_000];

/// The most events that a witness may add.
const MAX_EVENTS: u64 = 50_000;

impl Fitted<'_> {
    /// An extension that closes a leaf with the points of one of its ends.
    ///
    /// `None` where nothing was found that `final` replays to the end; of a leaf whose ends
    /// are exact that does not happen.
    pub(crate) fn witness(&self, leaf: &Leaf, states: &States, end: End) -> Option<Extension> {
        let standing = self.close(leaf, states);
        let bounds = self.bounds(leaf, states, &standing);
        let wanted = match end {
            End::Secured => &bounds.low,
            End::Attainable => &bounds.high,
        };
        let as_of = states.cut.as_of?;
        let still = Extension::default();
        if standing.points == *wanted {
            return Some(still);
        }
        let mut nearest = None;
        for nearer in NEARER {
            for left_out in [false, true] {
                if left_out && !bounds.may_be_excluded {
                    continue;
                }
                let mut builder = Builder {
                    fitted: self,
                    states,
                    as_of,
                    end,
                    nearer: Exact::ratio(1, nearer)?,
                    near: false,
                    moves: Vec::new(),
                };
                let built = if left_out {
                    builder.leave_out(&leaf.rule)
                } else {
                    builder.rule(&leaf.rule, true)
                };
                if built.is_none() {
                    continue;
                }
                let extension = Extension {
                    tends: false,
                    moves: builder.moves,
                };
                let Some(points) = self.replay(&extension, leaf, as_of) else {
                    continue;
                };
                if points == *wanted {
                    return Some(extension);
                }
                if builder.near && self.pack.rounding.mode() == RoundingMode::None && !left_out {
                    nearest = Some(Extension {
                        tends: true,
                        ..extension
                    });
                }
            }
        }
        nearest
    }

    /// `final` of a leaf after an extension.
    fn replay(&self, extension: &Extension, leaf: &Leaf, as_of: NaiveDate) -> Option<Points> {
        let points = self.final_after(extension, as_of)?;
        let mut points = points.into_iter();
        points.find_map(|(code, points)| (code == leaf.code).then_some(points))
    }
}

/// A witness being made.
struct Builder<'a> {
    fitted: &'a Fitted<'a>,
    states: &'a States,
    as_of: NaiveDate,
    end: End,
    /// How near to go to a number that is only tended to.
    nearer: Exact,
    /// Whether some number was only gone near to.
    near: bool,
    moves: Vec<Move>,
}

impl Builder<'_> {
    /// Every combinator is monotone, so each part goes to the same end; where something has
    /// to be `known`, it is so for the part that then gives the end.
    fn rule(&mut self, rule: &Rule, known: bool) -> Option<()> {
        match rule {
            Rule::Constant(_) => Some(()),
            Rule::Curve(rule) => {
                let (_, landings) = self.fitted.curve_span(rule, self.states);
                let (low, high) = landings.told(known);
                let landing = match self.end {
                    End::Secured => low,
                    End::Attainable => high,
                };
                self.reading(&rule.reading, &landing)
            }
            Rule::Obligations(rule) => self.obligations(rule),
            Rule::Relative(rule) => self.relative(rule, known),
            Rule::Sum(parts) => self.parts(parts, Put::Sum, known),
            Rule::Least(parts) => self.parts(parts, Put::Least, known),
            Rule::Greatest(parts) => self.parts(parts, Put::Greatest, known),
            Rule::Cap { part, .. } => self.rule(part, known),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => self.gate(condition, [&**then, &**otherwise], known),
            Rule::ByClass(classes) => {
                let rule = self.fitted.rule_of_class(classes);
                rule.map_or(Some(()), |rule| self.rule(rule, known))
            }
        }
    }

    /// The end of a range, as a key by which ends compare.
    fn key(&self, range: &Range) -> (Exact, bool) {
        match self.end {
            // A lower end that is reached comes before one that is only tended to.
            End::Secured => (range.low.points.clone(), !range.low.reached),
            End::Attainable => (range.high.points.clone(), range.high.reached),
        }
    }

    /// The best of several things by the range that each gives.
    fn best<T>(&self, list: impl Iterator<Item = (T, Range)>) -> Option<T> {
        let list = list.map(|(it, range)| (self.key(&range), it));
        let best = match self.end {
            End::Secured => list.min_by(|a, b| a.0.cmp(&b.0)),
            End::Attainable => list.max_by(|a, b| a.0.cmp(&b.0)),
        };
        best.map(|(_, it)| it)
    }

    fn span(&self, rule: &Rule) -> Span {
        self.fitted.span(rule, self.states, &mut Vec::new())
    }

    fn parts(&mut self, parts: &[Rule], put: Put, known: bool) -> Option<()> {
        let spans: Vec<Span> = parts.iter().map(|part| self.span(part)).collect();
        let with =
            |which: usize| {
                let ranges = spans.iter().enumerate().map(|(place, span)| {
                    match (place == which, &span.known) {
                        (true, Some(known)) => known.clone(),
                        _ => span.any.clone(),
                    }
                });
                ranges.reduce(|a, b| put.together(&a, &b))
            };
        let can_be = spans
            .iter()
            .enumerate()
            .filter(|(_, span)| span.known.is_some());
        let which = can_be.filter_map(|(place, _)| Some((place, with(place)?)));
        let which = self.best(which).filter(|_| known);
        for (place, part) in parts.iter().enumerate() {
            self.rule(part, which == Some(place))?;
        }
        Some(())
    }

    fn gate(&mut self, condition: &CurveRule, branches: [&Rule; 2], known: bool) -> Option<()> {
        let ways = self.fitted.ways(condition, self.states);
        let spans = branches.map(|rule| Some(self.span(rule)));
        let besides = ways.besides.iter().filter(|_| self.end == End::Secured);
        let open = ways.alone.iter().chain(besides).filter_map(|way| {
            let span = way.span(&spans)?;
            let range = if known { span.known? } else { span.any };
            Some((way, range))
        });
        let way = self.best(open)?.clone();
        self.reading(&condition.reading, &way.landing)?;
        // Where nothing of the condition is proved, one of the branches has to be.
        let open = spans.iter().zip(way.truths).enumerate();
        let open = open.filter(|(_, (_, open))| *open);
        let which = open.filter_map(|(place, (span, _))| {
            let other = spans.iter().enumerate().find(|(it, _)| *it != place);
            let other = other.and_then(|(_, span)| span.as_ref());
            let range = span.as_ref()?.known.clone()?;
            Some((
                place,
                match (other, way.truths) {
                    (Some(other), [true, true]) => range.lesser(&other.any),
                    _ => range,
                },
            ))
        });
        let which = self.best(which).filter(|_| known && !way.known);
        for (place, (rule, open)) in branches.iter().zip(way.truths).enumerate() {
            if open {
                self.rule(rule, which == Some(place))?;
            }
        }
        Some(())
    }

    /// Brings a leaf to where nothing arose.
    fn leave_out(&mut self, rule: &Rule) -> Option<()> {
        let rule = match rule {
            Rule::Curve(rule) => rule,
            Rule::ByClass(classes) => {
                let class = self.fitted.submission.unit.class.as_deref();
                let rule = classes
                    .iter()
                    .find(|(name, _)| Some(name.as_str()) == class);
                return rule.and_then(|(_, rule)| self.leave_out(rule));
            }
            _ => return None,
        };
        let reach = reach::of(rule, self.states, self.fitted.pack);
        let groups = reach.groups.iter().map(|group| group.left_out);
        let how = groups.fold(reach.singles.none, Option::or)?;
        let landing = Landing::new(At::NoItems, how);
        self.reading(&rule.reading, &landing)
    }

    /// Brings a reading to where it stands at the end.
    fn reading(&mut self, reading: &Reading, landing: &Landing) -> Option<()> {
        let first = reading.quantities().first().copied();
        match (landing.how, reading) {
            (How::Nothing, _) => Some(()),
            (How::Prove(place), _) => self.prove_claim(first?, place),
            (How::State, Reading::Share { lost, .. }) => self.share(first?, &landing.at, *lost),
            (How::State, _) => {
                let number = self.number(&landing.at)?;
                self.state_number(first?, &number)
            }
            (How::Mend | How::Leave, Reading::Share { lost, .. }) => {
                self.items(first?, landing, *lost)
            }
            (How::Mend | How::Leave, Reading::Number(of)) => {
                let (number, 1) = self.number(&landing.at)?.parts_u64()? else {
                    return None;
                };
                self.count(*of, landing.how, number)
            }
            (how, Reading::Due { of, read }) => {
                let State::Due(due) = self.state(*of)? else {
                    return None;
                };
                let choices = due.counted(*read).into_owned();
                let number = self.number(&landing.at)?;
                let counts = |end| crate::closing::due_counts(*read, end);
                let options = choose(&choices, counts, how, &number)?;
                self.deliver(*of, &choices, &options)
            }
            (how, Reading::Tally(flags)) => {
                let choices: Vec<Choice> = flags
                    .iter()
                    .map(|of| match self.state(*of) {
                        Some(State::Flag(known, movement)) => reach::flag_choice(known, *movement),
                        _ => Choice::default(),
                    })
                    .collect();
                let number = self.number(&landing.at)?;
                let mut options = choose(&choices, |end| end == 1, how, &number)?;
                let unproved = flags.iter().all(|of| match self.state(*of) {
                    Some(State::Flag(known, _)) => known.is_unproved(),
                    _ => true,
                });
                if unproved && how == How::Leave {
                    // Where no flag at all is proved, the rule is not read.
                    prove_one(&choices, &mut options, !number.is_zero());
                }
                for ((of, choice), option) in flags.iter().zip(&choices).zip(options) {
                    self.turn(*of, *choice.options.get(option)?)?;
                }
                Some(())
            }
            _ => None,
        }
    }

    /// The number of a landing, or one near enough.
    fn number(&mut self, at: &At) -> Option<Exact> {
        match at {
            At::Number(x) => Some(x.clone()),
            At::Near(x, toward) => {
                self.near = true;
                Some(x + &(&(toward - x) * &self.nearer))
            }
            _ => None,
        }
    }

    fn state(&self, of: QuantityIndex) -> Option<&State> {
        self.states.states.get(of.0)
    }

    fn quantity(&self, of: QuantityIndex) -> Option<&Quantity> {
        self.fitted.quantity(of)
    }

    /// The day on which something can still happen in the window of a quantity.
    fn day(&self, quantity: &Quantity) -> NaiveDate {
        self.as_of.max(quantity.window.from())
    }

    /// Proves a claim: with documents of its own, or by reading those that lie there.
    fn prove(&mut self, report: &FactReport) {
        if report.open_until.is_some() {
            self.moves.push(match report.fact {
                Fact::Event(index) => Move::ProveEvent(index),
                Fact::Figure(index) => Move::ProveFigure(index),
                Fact::Exemption(_) => return,
            });
            return;
        }
        for document in &report.judged.documents {
            if let (Some(index), [crate::evidence::Reason::IllegibleScan]) =
                (document.index, document.reasons.as_slice())
                && !self.moves.contains(&Move::Read(index))
            {
                self.moves.push(Move::Read(index));
            }
        }
    }

    fn prove_claim(&mut self, of: QuantityIndex, place: usize) -> Option<()> {
        let figure = match self.state(of)? {
            State::Counted(known) => known.claims.get(place)?.figure,
            State::Share(known) => known.claims.get(place)?.figure,
            State::Flag(known, _) => known.claims.get(place)?.figure,
            State::Measure(known) => known.claims.get(place)?.figure,
            _ => None,
        };
        let fact = Fact::Figure(figure?);
        let reports = self.states.reports_of(of).iter();
        let report = reports.clone().find(|report| report.fact == fact)?;
        self.prove(report);
        Some(())
    }

    /// Proves every recorded event of a quantity that can be.
    fn prove_events(&mut self, of: QuantityIndex) {
        for report in self.states.reports_of(of) {
            let event = matches!(report.fact, Fact::Event(_));
            // A document read for an event that is proved makes room for another one.
            if event && (report.open_until.is_none() || !report.judged.outcome.is_proved()) {
                self.prove(report);
            }
        }
    }

    fn happen(&mut self, of: QuantityIndex, times: u64, proved: bool) -> Option<()> {
        let quantity = self.quantity(of)?;
        if times > MAX_EVENTS {
            return None;
        }
        let (kind, date) = (quantity.kind.event()?.to_owned(), self.day(quantity));
        if times > 0 {
            self.moves.push(Move::Event {
                kind,
                date,
                obligation: None,
                times,
                proved,
            });
        }
        Some(())
    }

    fn count(&mut self, of: QuantityIndex, how: How, number: u64) -> Option<()> {
        let Some(State::Count(count)) = self.state(of) else {
            return None;
        };
        let recorded = count.proved + count.open + count.dead;
        if how == How::Mend {
            self.prove_events(of);
        }
        self.happen(of, number.saturating_sub(recorded), how == How::Mend)
    }

    fn items(&mut self, of: QuantityIndex, landing: &Landing, lost: bool) -> Option<()> {
        let none = CountState {
            proved: 0,
            open: 0,
            dead: 0,
            grows: true,
        };
        let items = match self.state(of)? {
            State::Items(items) => *items,
            _ => none,
        };
        let recorded = items.proved + items.open + items.dead;
        if landing.how == How::Mend {
            self.prove_events(of);
            return self.happen(of, u64::from(recorded == 0), true);
        }
        let number = self.number(&landing.at)?;
        let won = if lost { &Exact::ONE - &number } else { number };
        let (won, whole) = won.parts_u64()?;
        // So many items that the share is a whole number of them, and what is proved fits.
        let least = recorded.max(1).div_ceil(whole);
        let times = match won {
            0 => least,
            won => least.max(items.proved.div_ceil(won)),
        };
        let total = whole.checked_mul(times)?;
        self.happen(of, total.checked_sub(recorded)?, false)
    }

    /// States a newer figure.
    fn figure(&mut self, of: QuantityIndex, value: FigureValue) -> Option<()> {
        let quantity = self.quantity(of)?;
        let newest = match self.state(of)? {
            State::Counted(known) => newest(known),
            State::Share(known) => newest(known),
            State::Flag(known, _) => newest(known),
            State::Measure(known) => newest(known),
            _ => None,
        };
        let newest = newest.and_then(|it| self.fitted.submission.figures.get(it));
        let close = quantity.window.to();
        let observed_on = newest.map_or(close, |it| it.observed_on.max(close));
        let figure = Figure {
            quantity: quantity.id.to_string(),
            observed_on,
            recorded_on: self.as_of.max(observed_on),
            value,
            evidence: Vec::new(),
            predecessors: PredecessorFigures::Included,
            proved_by: ProvedBy::Assumption,
        };
        self.moves.push(Move::Figure(Box::new(figure)));
        Some(())
    }

    fn state_number(&mut self, of: QuantityIndex, number: &Exact) -> Option<()> {
        let value = match &self.quantity(of)?.kind {
            QuantityKind::Count { .. } => match number.parts_u64()? {
                (count, 1) => FigureValue::Count(count),
                _ => return None,
            },
            QuantityKind::Flag {
                sample_margin: None,
                ..
            } => FigureValue::Flag(if number.is_zero() {
                FlagValue::No
            } else {
                FlagValue::Yes
            }),
            QuantityKind::Flag { .. } => FigureValue::Sample {
                population: 1,
                size: u64::from(!number.is_zero()),
            },
            QuantityKind::Measure { options, .. } if options.is_empty() => FigureValue::Measure {
                from: number.clone(),
                to: number.clone(),
            },
            QuantityKind::Measure { options, .. } => {
                FigureValue::Options(answers(options, number)?)
            }
            QuantityKind::Judgement { scale } => FigureValue::Judgement(judgement(scale, number)?),
            QuantityKind::DueSet { .. } | QuantityKind::Share { .. } => return None,
        };
        self.figure(of, value)
    }

    fn share(&mut self, of: QuantityIndex, at: &At, lost: bool) -> Option<()> {
        let number = match at {
            At::NoItems => None,
            at => Some(self.number(at)?),
        };
        let State::Share(known) = self.state(of)? else {
            return None;
        };
        let QuantityKind::Share {
            by,
            total,
            min_total,
            open_at_close,
            ..
        } = &self.quantity(of)?.kind
        else {
            return None;
        };
        let now = known.newest().map(|held| held.value);
        let at_most = newest(known)
            .and_then(|it| self.fitted.figure_value(it))
            .and_then(|value| match value {
                FigureValue::Share(share) => share.at_most,
                _ => None,
            });
        let now = now.unwrap_or(ShareState {
            won: 0,
            lost: 0,
            open: 0,
            room: match total {
                Total::AtMost(limit) => Some(*limit),
                _ => None,
            },
            open_at_close: *open_at_close,
        });
        let figure = |won, lost, open| ShareFigure {
            won,
            lost: Some(lost),
            open: Some(open),
            overdue: Some(0),
            total: Some(won + lost + open),
            at_most,
        };
        let value = match number {
            None if *by != ShareBy::Figure => figure(0, 0, 0),
            // Where no items are not to be had, those there are leave the total at close.
            None => figure(0, 0, now.open.max(*min_total)),
            Some(number) => {
                let won = if lost { &Exact::ONE - &number } else { number };
                let (won, lost) = split(&now, (*min_total).max(1), &won)?;
                figure(won, lost, 0)
            }
        };
        self.figure(of, FigureValue::Share(value))
    }

    /// Turns a flag so that these of its ends are open.
    fn turn(&mut self, of: QuantityIndex, wanted: Ends) -> Option<()> {
        let State::Flag(known, movement) = self.state(of)? else {
            return None;
        };
        let end = |flag: FlagValue| u8::from(flag == FlagValue::Yes);
        for (how, open) in outcomes(known) {
            let ends = open.iter().map(|held| end(held.value));
            if ends.fold(Ends::default(), Ends::with) == wanted {
                return match how {
                    How::Prove(place) => self.prove_claim(of, place),
                    _ => Some(()),
                };
            }
        }
        let can_move = match known.newest() {
            Some(newest) => {
                newest.moves && {
                    let ends = reach::flag_ends(newest.value, true, *movement);
                    wanted.iter().all(|it| ends.contains(it))
                }
            }
            None => known.can_supply(),
        };
        match (wanted.contains(0), wanted.contains(1)) {
            (true, true) if known.is_unproved() => Some(()),
            (no, yes) if no != yes && can_move => {
                self.state_number(of, &Exact::from_u64(u64::from(yes)))
            }
            _ => None,
        }
    }

    fn obligations(&mut self, rule: &ObligationRule) -> Option<()> {
        let State::Due(due) = self.state(rule.of)? else {
            return None;
        };
        let points_of = |end: u8| rule.points_of(end);
        let choices = due
            .choices([&rule.missing, &rule.late, &rule.met])
            .into_owned();
        let mut options = Vec::new();
        for choice in &choices {
            let worst = |ends: Ends| ends.iter().map(points_of).min();
            let open = choice.options.iter().enumerate();
            let open = open.filter(|(_, ends)| **ends != Ends::default());
            let (option, _) = match self.end {
                End::Secured => open.min_by_key(|(_, ends)| worst(**ends))?,
                End::Attainable => open.max_by_key(|(_, ends)| worst(**ends))?,
            };
            options.push(option);
        }
        self.deliver(rule.of, &choices, &options)
    }

    /// Brings each obligation to the end that its option names.
    fn deliver(&mut self, of: QuantityIndex, choices: &[Choice], options: &[usize]) -> Option<()> {
        let quantity = self.quantity(of)?.clone();
        let QuantityKind::DueSet { event, obligations } = &quantity.kind else {
            return None;
        };
        let cut = self.states.cut;
        let (close, last) = (quantity.window.to(), quantity.hand_in_by);
        for ((choice, option), obligation) in choices.iter().zip(options).zip(obligations) {
            let end = u8::try_from(*option).ok()?;
            let open = |ends: &&Ends| **ends != Ends::default();
            if choice.options.iter().take(*option).find(open).is_none() {
                continue;
            }
            let date = match end {
                Ends::MET => {
                    let can = obligation.due >= quantity.window.from()
                        && cut.can_act_by(obligation.due.min(last));
                    can.then(|| self.day(&quantity))
                }
                _ => {
                    let can = close > obligation.due && cut.can_act_by(close.min(last));
                    let after = obligation.due.succ_opt()?;
                    can.then(|| self.day(&quantity).max(after))
                }
            };
            match date {
                Some(date) => self.moves.push(Move::Event {
                    kind: event.clone(),
                    date,
                    obligation: Some(obligation.id.clone()),
                    times: 1,
                    proved: true,
                }),
                None if cut.can_act_by(last) => self.mend_delivery(of, obligation, end)?,
                None => self.prove_events(of),
            }
        }
        Some(())
    }

    fn mend_delivery(&mut self, of: QuantityIndex, obligation: &Obligation, end: u8) -> Option<()> {
        let mut found = None;
        for report in self.states.reports_of(of) {
            let Fact::Event(index) = report.fact else {
                continue;
            };
            let event = self.fitted.submission.events.get(index)?;
            let in_time = event.date <= obligation.due;
            let is_end = in_time == (end == Ends::MET);
            if event.obligation.as_deref() == Some(&obligation.id)
                && is_end
                && !report.judged.outcome.is_proved()
            {
                self.prove(report);
                found = Some(());
            }
        }
        found
    }

    fn relative(&mut self, rule: &RelativeRule, known: bool) -> Option<()> {
        let Some(ends) = self.fitted.relative_ends(rule, self.states) else {
            return Some(());
        };
        let [fewest, most] = &ends.achieved;
        let (achieved, how) = match self.end {
            End::Secured if ends.unproved && !known => return Some(()),
            End::Secured => fewest,
            End::Attainable => most,
        };
        self.measure(rule.achieved, achieved, *how)?;
        if let (Some(of), Some(target)) = (rule.target, &ends.target) {
            let (target, how) = match (self.end, &target.highest) {
                (End::Secured, Some((highest, how))) => (highest.clone(), *how),
                // A target without a limit makes what was achieved as small as one likes.
                (End::Secured, None) => {
                    self.near = true;
                    (Exact::ONE.checked_div(&self.nearer)?, How::State)
                }
                (End::Attainable, _) => target.lowest.clone(),
            };
            self.measure(of, &target, how)?;
        }
        if self.end == End::Attainable && ends.publish {
            self.moves.push(Move::Publish(CohortFigure {
                quantity: self.quantity(rule.achieved)?.id.to_string(),
                best: achieved.clone(),
                published_on: self.as_of,
            }));
        }
        Some(())
    }

    fn measure(&mut self, of: QuantityIndex, number: &Exact, how: How) -> Option<()> {
        match how {
            How::Prove(place) => self.prove_claim(of, place),
            How::State => self.state_number(of, number),
            _ => Some(()),
        }
    }
}

fn newest<T>(known: &Known<T>) -> Option<usize> {
    known.newest().and_then(|held| held.figure)
}

/// Of flags that are all left open, settles the first one that can be, on yes or on no.
fn prove_one(choices: &[Choice], options: &mut [usize], yes: bool) {
    let open = |(choice, option): (&Choice, &usize)| {
        choice
            .options
            .get(*option)
            .is_some_and(|it| it.iter().count() > 1)
    };
    if !choices.iter().zip(options.iter()).all(open) {
        return;
    }
    let settled = usize::from(yes);
    for (choice, option) in choices.iter().zip(options.iter_mut()) {
        let ends = choice.options.get(settled).copied().unwrap_or_default();
        if ends != Ends::default() {
            *option = settled;
            return;
        }
    }
}

/// For each choice, the option to take; `None` where none gives what is asked.
fn choose(
    choices: &[Choice],
    counts: impl Fn(u8) -> bool,
    how: How,
    number: &Exact,
) -> Option<Vec<usize>> {
    let (wanted, 1) = number.parts_u64()? else {
        return None;
    };
    // Of each choice: an option that counts for certain, and one that does not.
    let option = |choice: &Choice, fits: &dyn Fn(&Ends) -> bool| {
        let open = choice.options.iter().enumerate();
        let mut open = open.filter(|(_, ends)| **ends != Ends::default());
        open.find(|(_, ends)| fits(ends)).map(|(place, _)| place)
    };
    let all = |ends: &Ends| ends.iter().all(&counts);
    let any = |ends: &Ends| ends.iter().any(&counts);
    let none = |ends: &Ends| !any(ends);
    let mut free = match how {
        How::Choose(free) => free,
        How::Fill => {
            let certain = choices
                .iter()
                .filter(|it| option(it, &all).is_some() && option(it, &none).is_none());
            wanted.checked_sub(u64::try_from(certain.count()).ok()?)?
        }
        _ => {
            // Enough of them may count, and no more have to.
            let mut may = 0;
            let mut list = Vec::new();
            for choice in choices {
                let quiet = option(choice, &none);
                let certain = option(choice, &all);
                let open = option(choice, &|ends| any(ends) && !all(ends));
                let take = if may < wanted {
                    open.or(certain).or(quiet)?
                } else {
                    quiet.or(open).or(certain)?
                };
                may += u64::from(choice.options.get(take).is_some_and(any));
                list.push(take);
            }
            return (may >= wanted).then_some(list);
        }
    };
    choices
        .iter()
        .map(
            |choice| match (option(choice, &all), option(choice, &none)) {
                (Some(counting), Some(_)) if free > 0 => {
                    free -= 1;
                    Some(counting)
                }
                (_, Some(quiet)) => Some(quiet),
                (Some(counting), None) => Some(counting),
                (None, None) => option(choice, &|_| true),
            },
        )
        .collect()
}

/// Won and lost items that a share can come to, with this part of them won.
fn split(now: &ShareState, min_total: u64, won: &Exact) -> Option<(u64, u64)> {
    let (won, whole) = won.parts_u64()?;
    let lost = whole.checked_sub(won)?;
    let known = (now.won + now.lost + now.open).max(min_total);
    let fits = |times: u64| {
        let (won, lost) = (won.checked_mul(times)?, lost.checked_mul(times)?);
        (won >= now.won && lost >= now.lost && won + lost >= known).then_some((won, lost))
    };
    match now.room {
        Some(room) => {
            // From the largest total down to the least.
            let most = (now.won + now.lost + now.open + room) / whole;
            (1..=most).rev().find_map(fits)
        }
        None => {
            let enough = |needed: u64, part: u64| match part {
                0 => 1,
                part => needed.div_ceil(part),
            };
            let times = enough(now.won, won)
                .max(enough(now.lost, lost))
                .max(enough(known, whole));
            fits(times)
        }
    }
}

/// Answers whose weighted mean is a number: for the lightest and the heaviest option only.
pub(crate) fn answers(options: &[SurveyOption], mean: &Exact) -> Option<Vec<(String, u64)>> {
    let low = options.iter().min_by(|a, b| a.weight.cmp(&b.weight))?;
    let high = options.iter().max_by(|a, b| a.weight.cmp(&b.weight))?;
    let width = &high.weight - &low.weight;
    let share = (mean - &low.weight).checked_div(&width);
    let (upper, whole) = share.unwrap_or(Exact::ZERO).parts_u64()?;
    let lower = whole.checked_sub(upper)?;
    let of = |option: &SurveyOption| match () {
        () if option.id == low.id => lower,
        () if option.id == high.id => upper,
        () => 0,
    };
    Some(options.iter().map(|it| (it.id.clone(), of(it))).collect())
}

fn judgement(scale: &JudgementScale, number: &Exact) -> Option<JudgementFigure> {
    let (points, verdict) = match scale {
        JudgementScale::Points { .. } => (Some(number.clone()), None),
        JudgementScale::Verdicts(verdicts) => {
            let (rank, 1) = number.parts_u64()? else {
                return None;
            };
            let verdict = verdicts.iter().rev().nth(usize::try_from(rank).ok()?)?;
            (None, Some(verdict.clone()))
        }
    };
    Some(JudgementFigure {
        points,
        verdict,
        by: "appraiser".to_owned(),
        reason: "witness".to_owned(),
    })
}
