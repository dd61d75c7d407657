//! What a record shows of each quantity, and what of it can still change.
//!
//! Evidence has been judged here and is forgotten again: a state says which facts are
//! proved, which are only claimed, and until when claims can be proved. Points come later.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::evidence::{FactOutcome, Found, Items, Judged, NamedRecord, ProofTask, judge};
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;
use crate::values::Exact;

/// One quantity as the record shows it.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// A count by events.
    Count(CountState),
    /// A count by figure.
    Counted(Known<u64>),
    /// A due set.
    Due(Vec<Choice>),
    /// A share by events: won, mendable and dead items, as a count holds them.
    Items(CountState),
    /// A share.
    Share(Known<ShareState>),
    /// A flag.
    Flag(Known<FlagValue>, FlagMovement),
    /// A measure, as the ends of a range.
    Measure(Known<(Exact, Exact)>),
    /// A judgement: points, or the place of the verdict in its scale.
    Judgement(Option<Exact>),
}

/// A count by events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CountState {
    /// Proved events.
    pub(crate) proved: u64,
    /// Recorded events whose documents can still be mended.
    pub(crate) open: u64,
    /// Recorded events that can no longer be proved.
    pub(crate) dead: u64,
    /// Whether more events can happen.
    pub(crate) grows: bool,
}

/// A figure that is proved, one that is only claimed, or neither.
#[derive(Clone, Debug)]
pub(crate) struct Known<T> {
    /// The newest proved figure.
    pub(crate) proved: Option<Held<T>>,
    /// Figures after the proved one that are not proved, newest first.
    pub(crate) claims: Vec<Held<T>>,
    /// What a first figure could still state.
    pub(crate) supply: Supply,
}

/// What a figure that is still to be handed in could state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Supply {
    /// Nothing: it is too late.
    Nothing,
    /// Only that there are no items: nothing can happen any more.
    NoItems,
    /// Anything.
    Anything,
}

/// A figure and whether it can still change.
#[derive(Clone, Debug)]
pub(crate) struct Held<T> {
    /// What it states.
    pub(crate) value: T,
    /// Whether what it describes can still move.
    pub(crate) moves: bool,
    /// Whether its documents can still be mended.
    pub(crate) mendable: bool,
    /// Its place in the submission.
    pub(crate) figure: Option<usize>,
}

impl<T> Known<T> {
    /// Whether nothing about the quantity is proved.
    pub(crate) fn is_unproved(&self) -> bool {
        self.proved.is_none()
    }

    /// The newest figure, proved or not.
    pub(crate) fn newest(&self) -> Option<&Held<T>> {
        self.claims.first().or(self.proved.as_ref())
    }

    /// Whether a first figure can still be handed in.
    pub(crate) fn can_supply(&self) -> bool {
        self.supply != Supply::Nothing
    }

    /// Whether nothing about it can change any more.
    pub(crate) fn is_settled(&self) -> bool {
        let moves = self.newest().is_some_and(|held| held.moves);
        let mendable = self.claims.iter().any(|held| held.mendable);
        !self.can_supply() && !moves && !mendable
    }
}

/// Items of a share, complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ShareState {
    /// Done as asked.
    pub(crate) won: u64,
    /// Lost for good, overdue ones included.
    pub(crate) lost: u64,
    /// Open ones that can still be won.
    pub(crate) open: u64,
    /// How many more items there can be; `None`: without limit.
    pub(crate) room: Option<u64>,
    /// What becomes of open items at close.
    pub(crate) open_at_close: OpenAtClose,
}

/// Something with a few named ends, of which the record leaves several possible.
///
/// For an obligation: missing, late, met. For a flag: no, yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Choice {
    /// Ends that are open if the record closes now: the least of them counts.
    pub(crate) closing: Ends,
    /// For each end that can come to be the best proved one, the ends that are open then:
    /// itself, and claims beyond it that stay unproved. Empty where it cannot.
    pub(crate) options: [Ends; 3],
}

impl Choice {
    /// Whether it can only end one way.
    pub(crate) fn is_settled(&self) -> bool {
        self.options().count() == 1
    }

    /// What an extension can come to.
    pub(crate) fn options(&self) -> impl Iterator<Item = Ends> + '_ {
        self.options
            .iter()
            .copied()
            .filter(|ends| *ends != Ends::default())
    }
}

/// A set of ends, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) struct Ends(u8);

impl Ends {
    pub(crate) const MISSING: u8 = 0;
    pub(crate) const LATE: u8 = 1;
    pub(crate) const MET: u8 = 2;

    pub(crate) fn only(end: u8) -> Self {
        Ends(1 << end)
    }

    pub(crate) fn with(self, end: u8) -> Self {
        Ends(self.0 | 1 << end)
    }

    pub(crate) fn contains(self, end: u8) -> bool {
        self.0 & 1 << end != 0
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = u8> {
        (0..3).filter(move |end| self.contains(*end))
    }
}

/// What the documents of one fact do for one quantity.
#[derive(Clone, Debug)]
pub(crate) struct FactReport {
    /// The quantity, or `None` for an exemption.
    pub(crate) quantity: Option<QuantityIndex>,
    /// The fact.
    pub(crate) fact: Fact,
    /// What its documents prove.
    pub(crate) judged: Judged,
    /// Last day to mend it, if that is not past.
    pub(crate) open_until: Option<NaiveDate>,
    /// Whether a later proved figure has taken its place.
    pub(crate) replaced: bool,
}

/// A fact of the record, by its place in the submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fact {
    /// A figure.
    Figure(usize),
    /// An event.
    Event(usize),
    /// A claim that a leaf is not for this unit.
    Exemption(usize),
}

/// A fact that was left out, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unseen {
    /// The quantity.
    pub(crate) quantity: QuantityIndex,
    /// The fact.
    pub(crate) fact: Fact,
    /// Why.
    pub(crate) why: WhyUnseen,
}

/// Why a fact was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WhyUnseen {
    /// Dated or recorded on or after the as-of date.
    NotYet,
    /// An event outside its window.
    OutsidePeriod,
    /// Recorded after the last day to hand in.
    RecordedLate,
    /// A judgement that the unit gave itself.
    NotSelfScorable,
}

/// Everything that the record shows at a cut.
#[derive(Clone, Debug)]
pub(crate) struct States {
    /// What is seen.
    pub(crate) cut: Cut,
    /// For each quantity, its state.
    pub(crate) states: Vec<State>,
    /// What the documents of each fact do.
    pub(crate) reports: Vec<FactReport>,
    /// For each quantity, where its reports stand.
    pub(crate) report_ranges: Vec<std::ops::Range<usize>>,
    /// Facts that were left out.
    pub(crate) unseen: Vec<Unseen>,
    /// For each leaf, the ground on which it is exempt, if that is proved.
    pub(crate) exempt: Vec<Option<usize>>,
}

impl States {
    /// What the documents of a quantity's facts do.
    pub(crate) fn reports_of(&self, of: QuantityIndex) -> &[FactReport] {
        let range = self.report_ranges.get(of.0).cloned().unwrap_or_default();
        self.reports.get(range).unwrap_or_default()
    }

    /// What the documents of claims of exemption do.
    pub(crate) fn exemption_reports(&self) -> &[FactReport] {
        let start = self.report_ranges.last().map_or(0, |range| range.end);
        self.reports.get(start..).unwrap_or_default()
    }
}

impl Fitted<'_> {
    /// What the record shows at a cut.
    pub(crate) fn states(&self, cut: Cut) -> States {
        let mut states = States {
            cut,
            states: Vec::new(),
            reports: Vec::new(),
            report_ranges: Vec::new(),
            unseen: Vec::new(),
            exempt: Vec::new(),
        };
        states.states.reserve(self.pack.quantities.len());
        states
            .reports
            .reserve(self.submission.figures.len() + self.submission.events.len());
        for (index, quantity) in self.pack.quantities.iter().enumerate() {
            let before = states.reports.len();
            let state = self.state(QuantityIndex(index), quantity, cut, &mut states);
            states.states.push(state);
            states.report_ranges.push(before..states.reports.len());
        }
        for exemption in &self.exemptions {
            let exempt = exemption
                .as_ref()
                .and_then(|it| self.exempt(it, cut, &mut states));
            states.exempt.push(exempt);
        }
        states
    }

    fn exempt(
        &self,
        exemption: &crate::record::Exemption,
        cut: Cut,
        states: &mut States,
    ) -> Option<usize> {
        let claim = self.submission.not_applicable.get(exemption.claim)?;
        let leaf = self.pack.leaf(&claim.code)?;
        if !cut.sees(claim.recorded_on, claim.recorded_on)
            || claim.recorded_on > self.pack.hand_in_by
        {
            return None;
        }
        let ground = leaf.grounds.get(exemption.ground)?;
        let named = claim.evidence.iter().map(|id| (id.as_str(), None));
        let named = self.named(named.zip(&exemption.documents), cut);
        let task = ProofTask {
            proof: &ground.proof,
            event: None,
            items: Items::Some,
            elsewhere: &[],
            named,
            hand_in_by: self.pack.hand_in_by,
            calendar: self.calendar,
        };
        let judged = self.judge(&task);
        let granted = judged.outcome.is_proved();
        let open_until = cut
            .can_act_by(self.pack.hand_in_by)
            .then_some(self.pack.hand_in_by);
        let fact = Fact::Exemption(exemption.claim);
        states.reports.push(FactReport {
            quantity: None,
            fact,
            judged,
            open_until,
            replaced: false,
        });
        granted.then_some(exemption.ground)
    }

    fn judge(&self, task: &ProofTask<'_>) -> Judged {
        if self.submission.taken_as_proved {
            return Judged {
                outcome: FactOutcome::Proved { remarks: false },
                documents: Vec::new(),
                unfilled: Vec::new(),
                distinct: Vec::new(),
                readable: Vec::new(),
            };
        }
        judge(task)
    }

    /// The documents that a fact names, each with what counts under its name.
    ///
    /// A superseded document gives its place to its successor; both are told of.
    fn named<'n>(
        &'n self,
        names: impl Iterator<Item = ((&'n str, Option<&'n str>), &'n Option<usize>)> + Clone,
        cut: Cut,
    ) -> Vec<NamedRecord<'n>> {
        let mut records: Vec<NamedRecord<'n>> = Vec::new();
        for ((id, role), index) in names.clone() {
            let Some(start) = *index else {
                records.push(NamedRecord {
                    id,
                    role,
                    found: Found::Nothing,
                });
                continue;
            };
            let found = match self.current(start, cut) {
                Some(current) if current != start => {
                    let already = names.clone().any(|(_, other)| *other == Some(current));
                    if !already && let Some(document) = self.submission.evidence.get(current) {
                        let found = Found::Document {
                            document,
                            index: current,
                        };
                        records.push(NamedRecord {
                            id: &document.id,
                            role,
                            found,
                        });
                    }
                    Found::Superseded(start)
                }
                Some(_) => match self.submission.evidence.get(start) {
                    Some(document) => Found::Document {
                        document,
                        index: start,
                    },
                    None => Found::Nothing,
                },
                None => Found::NotYet(start),
            };
            records.push(NamedRecord { id, role, found });
        }
        records
    }

    /// How new a document is, whatever its place in the register.
    fn age(&self, index: usize) -> Option<(Option<NaiveDate>, NaiveDate, &str)> {
        let document = self.submission.evidence.get(index)?;
        Some((document.issued_on, document.recorded_on, &document.id))
    }

    /// The document that counts for one of the register: itself, or its last successor that
    /// is seen. `None`: it is not seen itself.
    fn current(&self, start: usize, cut: Cut) -> Option<usize> {
        let sees = |index: &usize| {
            self.submission
                .evidence
                .get(*index)
                .is_some_and(|it| cut.sees_document(it))
        };
        let mut index = Some(start).filter(sees)?;
        // As many steps as there are documents: a cycle ends the search.
        for _ in 0..self.successors.len() {
            let newer = self.successors.get(index).and_then(|it| {
                it.iter()
                    .copied()
                    .filter(sees)
                    .max_by_key(|it| self.age(*it))
            });
            match newer {
                Some(newer) => index = newer,
                None => break,
            }
        }
        Some(index)
    }

    fn state(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
    ) -> State {
        match &quantity.kind {
            QuantityKind::Count {
                by: CountBy::Events(_),
            } => {
                let (proved, open, dead) = self.items(of, quantity, cut, states);
                let grows = cut.can_act_by(quantity.window.to());
                State::Count(CountState {
                    proved,
                    open,
                    dead,
                    grows,
                })
            }
            QuantityKind::Count {
                by: CountBy::Figure,
            } => State::Counted(self.known(of, quantity, cut, states, |value| match value {
                FigureValue::Count(count) => Some(*count),
                _ => None,
            })),
            QuantityKind::DueSet { obligations, .. } => {
                State::Due(self.due_set(of, quantity, obligations, cut, states))
            }
            QuantityKind::Share {
                by: ShareBy::Figure,
                total,
                open_at_close,
                ..
            } => State::Share(self.known(of, quantity, cut, states, |value| match value {
                FigureValue::Share(share) => Some(share_state(share, *total, *open_at_close)),
                _ => None,
            })),
            QuantityKind::Share {
                by: ShareBy::Events(_),
                ..
            } => self.share_by_events(of, quantity, cut, states),
            QuantityKind::Flag {
                sample_margin,
                movement,
            } => {
                let known = self.known(of, quantity, cut, states, |value| {
                    match (value, sample_margin) {
                        (FigureValue::Flag(flag), None) => Some(*flag),
                        (FigureValue::Sample { population, size }, Some(margin)) => {
                            let enough = sample_is_enough(*population, *size, margin);
                            Some(if enough {
                                FlagValue::Yes
                            } else {
                                FlagValue::NotYet
                            })
                        }
                        _ => None,
                    }
                });
                State::Flag(known, *movement)
            }
            QuantityKind::Measure { options, .. } => {
                State::Measure(self.known(of, quantity, cut, states, |value| match value {
                    FigureValue::Measure { from, to } => Some((from.clone(), to.clone())),
                    FigureValue::Options(answers) => {
                        let mean = weighted_mean(answers, options)?;
                        Some((mean.clone(), mean))
                    }
                    _ => None,
                }))
            }
            QuantityKind::Judgement { scale } => {
                State::Judgement(self.judgement(of, scale, cut, states))
            }
        }
    }

    /// The newest proved figure and the newest claim after it.
    fn known<T>(
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
            if let Some(why) = unseen(cut, quantity, figure.observed_on, figure.recorded_on) {
                states.unseen.push(Unseen {
                    quantity: of,
                    fact,
                    why,
                });
                continue;
            }
            let Some(value) = read(&figure.value) else {
                continue;
            };
            let judged = self.judge_figure(*index, figure, quantity, cut);
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

    fn judge_figure(&self, index: usize, figure: &Figure, quantity: &Quantity, cut: Cut) -> Judged {
        let empty = Vec::new();
        let documents = self.figure_documents.get(index).unwrap_or(&empty);
        let names = figure.evidence.iter().map(|id| (id.as_str(), None));
        let items = match &figure.value {
            FigureValue::Share(share) if share.total == Some(0) => Items::None,
            FigureValue::Count(0) => Items::None,
            _ => Items::Some,
        };
        self.judge(&ProofTask {
            proof: &quantity.proof,
            event: None,
            items,
            elsewhere: &[],
            named: self.named(names.zip(documents), cut),
            hand_in_by: quantity.hand_in_by,
            calendar: self.calendar,
        })
    }

    /// The events of a quantity that are seen and lie in its window, judged.
    fn judged_events(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
        last: impl Fn(&Event) -> NaiveDate,
    ) -> Vec<(usize, Judged)> {
        let list = self.events.get(of.0).map(Vec::as_slice).unwrap_or_default();
        let empty = Vec::new();
        let elsewhere = self
            .elsewhere
            .get(of.0)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let mut judged = Vec::with_capacity(list.len());
        for index in list {
            let Some(event) = self.submission.events.get(*index) else {
                continue;
            };
            let fact = Fact::Event(*index);
            let outside = event.date < quantity.window.from() || event.date > last(event);
            let why = match unseen(cut, quantity, event.date, event.recorded_on) {
                None if outside => Some(WhyUnseen::OutsidePeriod),
                why => why,
            };
            if let Some(why) = why {
                states.unseen.push(Unseen {
                    quantity: of,
                    fact,
                    why,
                });
                continue;
            }
            let documents = self.event_documents.get(*index).unwrap_or(&empty);
            let names = event
                .documents
                .iter()
                .map(|named| (named.id.as_str(), named.role.as_deref()));
            let outcome = self.judge(&ProofTask {
                proof: &quantity.proof,
                event: Some(event),
                items: Items::Some,
                elsewhere,
                named: self.named(names.zip(documents), cut),
                hand_in_by: quantity.hand_in_by,
                calendar: self.calendar,
            });
            judged.push((*index, outcome));
        }
        judged
    }

    /// Marks the events that cannot have a document of their own.
    fn distinct(&self, quantity: &Quantity, events: &mut [(usize, Judged)]) {
        let Some(role) = quantity.proof.distinct_role() else {
            return;
        };
        if self.submission.taken_as_proved {
            return;
        }
        let name = quantity
            .proof
            .roles
            .get(role)
            .map_or_else(|| Arc::from(""), |role| role.name.clone());
        let candidates: Vec<Option<&[String]>> = events
            .iter()
            .map(|(_, judged)| {
                judged
                    .outcome
                    .is_proved()
                    .then_some(judged.distinct.as_slice())
            })
            .collect();
        let matched = crate::matching::largest(&candidates);
        for ((_, judged), matched) in events.iter_mut().zip(matched) {
            if judged.outcome.is_proved() && !matched {
                judged.reject_duplicate(&name);
            }
        }
    }

    /// Marks the deliveries that cannot have a document of their own.
    ///
    /// Obligations are matched, not deliveries: those met in time first, in the order of the
    /// pack, then those met late; a spare delivery takes no document from another.
    fn distinct_obligations(
        &self,
        quantity: &Quantity,
        events: &mut [(usize, Judged)],
        size: usize,
        end: impl Fn(usize) -> Option<(usize, bool)>,
    ) {
        let role = quantity
            .proof
            .distinct_role()
            .and_then(|it| quantity.proof.roles.get(it));
        let Some(role) = role.filter(|_| !self.submission.taken_as_proved) else {
            return;
        };
        let mut documents = vec![Vec::new(); size * 2];
        for (index, judged) in events.iter().filter(|(_, it)| it.outcome.is_proved()) {
            let place = end(*index).map(|(of, late)| if late { size + of } else { of });
            if let Some(list) = place.and_then(|it| documents.get_mut(it)) {
                list.extend(judged.distinct.iter().cloned());
            }
        }
        for list in &mut documents {
            list.sort();
            list.dedup();
        }
        let in_time: Vec<Option<&[String]>> = documents
            .iter()
            .take(size)
            .map(|it| Some(it.as_slice()))
            .collect();
        let met = crate::matching::largest(&in_time);
        let all: Vec<Option<&[String]>> = documents
            .iter()
            .enumerate()
            .map(|(place, list)| {
                let taken = place >= size && met.get(place - size) == Some(&true);
                (!taken).then_some(list.as_slice())
            })
            .collect();
        let matched = crate::matching::largest(&all);
        for (index, judged) in events.iter_mut().filter(|(_, it)| it.outcome.is_proved()) {
            let kept = end(*index).is_some_and(|(of, late)| {
                matched.get(of) == Some(&true) || late && matched.get(size + of) == Some(&true)
            });
            if !kept {
                judged.reject_duplicate(&role.name);
            }
        }
    }

    /// Proved, mendable and dead events of a quantity.
    fn items(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
    ) -> (u64, u64, u64) {
        let last = |_: &Event| quantity.window.to();
        let mut events = self.judged_events(of, quantity, cut, states, last);
        self.distinct(quantity, &mut events);
        let can_mend = cut.can_act_by(quantity.hand_in_by);
        let (mut proved, mut open, mut dead) = (0, 0, 0);
        let legible = legible(quantity, &events);
        for ((index, judged), legible) in events.into_iter().zip(legible) {
            let unreadable = legible && cut.as_of.is_some();
            let is_proved = judged.outcome.is_proved();
            match (is_proved, can_mend || unreadable) {
                (true, _) => proved += 1,
                (false, true) => open += 1,
                (false, false) => dead += 1,
            }
            let open_until = (!is_proved && can_mend).then_some(quantity.hand_in_by);
            let fact = Fact::Event(index);
            states.reports.push(FactReport {
                quantity: Some(of),
                fact,
                judged,
                open_until,
                replaced: false,
            });
        }
        (proved, open, dead)
    }

    fn share_by_events(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        cut: Cut,
        states: &mut States,
    ) -> State {
        let (proved, open, dead) = self.items(of, quantity, cut, states);
        let grows = cut.can_act_by(quantity.window.to());
        if proved + open + dead > 0 {
            return State::Items(CountState {
                proved,
                open,
                dead,
                grows,
            });
        }
        let none = ShareState {
            won: 0,
            lost: 0,
            open: 0,
            room: None,
            open_at_close: OpenAtClose::Lost,
        };
        let mut known = self.known(of, quantity, cut, states, |value| match value {
            FigureValue::Share(share) if share.total == Some(0) => Some(none),
            _ => None,
        });
        // What can still come are events while the window is open, and after it only a
        // proof that there were none.
        for held in known.proved.iter_mut().chain(&mut known.claims) {
            held.moves &= grows;
        }
        if known.supply == Supply::Anything && !grows {
            known.supply = Supply::NoItems;
        }
        State::Share(known)
    }

    fn due_set(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        obligations: &[Obligation],
        cut: Cut,
        states: &mut States,
    ) -> Vec<Choice> {
        let close = quantity.window.to();
        let obligation = |event: &Event| {
            let name = event.obligation.as_deref();
            obligations
                .iter()
                .position(|it| Some(it.id.as_str()) == name)
        };
        let due = |event: &Event| {
            obligation(event)
                .and_then(|it| obligations.get(it))
                .map_or(close, |it| it.due)
        };
        let mut events =
            self.judged_events(of, quantity, cut, states, |event| due(event).max(close));
        let in_time = |index: usize| {
            self.submission
                .events
                .get(index)
                .is_some_and(|event| event.date <= due(event))
        };
        self.distinct_obligations(quantity, &mut events, obligations.len(), |index| {
            let event = self.submission.events.get(index)?;
            Some((obligation(event)?, !in_time(index)))
        });
        let can_mend = cut.can_act_by(quantity.hand_in_by);
        let mut choices = vec![Choice::default(); obligations.len()];
        let mut proved = vec![Ends::MISSING; obligations.len()];
        let mut claims: Vec<(usize, u8, bool)> = Vec::new();
        for (index, judged) in events {
            let place = self.submission.events.get(index).and_then(&obligation);
            let end = if in_time(index) {
                Ends::MET
            } else {
                Ends::LATE
            };
            let is_proved = judged.outcome.is_proved();
            if let Some(place) = place {
                if is_proved {
                    if let Some(best) = proved.get_mut(place) {
                        *best = end.max(*best);
                    }
                } else {
                    let unreadable =
                        judged.outcome == FactOutcome::Unreadable && cut.as_of.is_some();
                    claims.push((place, end, can_mend || unreadable));
                }
            }
            let open_until = (!is_proved && can_mend).then_some(quantity.hand_in_by);
            let fact = Fact::Event(index);
            states.reports.push(FactReport {
                quantity: Some(of),
                fact,
                judged,
                open_until,
                replaced: false,
            });
        }
        for (place, choice) in choices.iter_mut().enumerate() {
            let (Some(obligation), Some(best)) = (obligations.get(place), proved.get(place)) else {
                continue;
            };
            let claims = || {
                claims
                    .iter()
                    .filter(|(of, end, _)| *of == place && end > best)
            };
            let last = quantity.hand_in_by;
            let can_be_met = cut.can_act_by(obligation.due.min(last));
            let can_be_late = close > obligation.due && cut.can_act_by(close.min(last));
            for end in *best..=Ends::MET {
                let possible = end == *best
                    || end == Ends::MET && can_be_met
                    || end == Ends::LATE && can_be_late
                    || claims().any(|(_, claimed, mendable)| *claimed == end && *mendable);
                if let (Some(option), true) = (choice.options.get_mut(usize::from(end)), possible) {
                    let beyond = claims()
                        .map(|(_, claimed, _)| *claimed)
                        .filter(|it| *it > end);
                    *option = beyond.fold(Ends::only(end), Ends::with);
                }
            }
            choice.closing = choice
                .options
                .get(usize::from(*best))
                .copied()
                .unwrap_or_default();
        }
        choices
    }

    fn judgement(
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
            } else if !cut.sees(figure.observed_on, figure.recorded_on) {
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

/// Which events only have to be read to be proved, each by a document of its own.
fn legible(quantity: &Quantity, events: &[(usize, Judged)]) -> Vec<bool> {
    let unreadable = |judged: &Judged| judged.outcome == FactOutcome::Unreadable;
    if quantity.proof.distinct_role().is_none() {
        return events
            .iter()
            .map(|(_, judged)| unreadable(judged))
            .collect();
    }
    // Proved events keep their place; what can be read comes after them.
    let proved = events.iter().map(|(_, judged)| {
        judged
            .outcome
            .is_proved()
            .then_some(judged.readable.as_slice())
    });
    let later = events
        .iter()
        .map(|(_, judged)| unreadable(judged).then_some(judged.readable.as_slice()));
    let candidates: Vec<Option<&[String]>> = proved.chain(later).collect();
    crate::matching::largest(&candidates).split_off(events.len())
}

fn unseen(
    cut: Cut,
    quantity: &Quantity,
    day: NaiveDate,
    recorded_on: NaiveDate,
) -> Option<WhyUnseen> {
    if !cut.sees(day, recorded_on) {
        Some(WhyUnseen::NotYet)
    } else if recorded_on > quantity.hand_in_by {
        Some(WhyUnseen::RecordedLate)
    } else {
        None
    }
}

fn share_state(share: &ShareFigure, total: Total, open_at_close: OpenAtClose) -> ShareState {
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

fn weighted_mean(answers: &[(String, u64)], options: &[SurveyOption]) -> Option<Exact> {
    let (mut sum, mut count) = (Exact::ZERO, 0);
    for (name, answers) in answers {
        let option = options.iter().find(|option| option.id == *name)?;
        sum += &option.weight * &Exact::from_u64(*answers);
        count += answers;
    }
    sum.checked_div(&Exact::from_u64(count))
}
