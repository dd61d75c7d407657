//! What a record shows of each quantity, and what of it can still change.
//!
//! Evidence has been judged here and is forgotten again: a state says which facts are
//! proved, which are only claimed, and until when claims can be proved. Points come later.

mod documents;
mod due;
mod events;
mod figures;

use chrono::NaiveDate;

use crate::evidence::Judged;
use crate::facts::*;
use crate::record::{Cut, Fitted};
use crate::rules::*;
use crate::values::Exact;
pub(crate) use due::DueState;
use figures::{share_state, weighted_mean};

/// One quantity as the record shows it.
#[derive(Clone, Debug)]
pub(crate) enum State {
    /// A count by events.
    Count(CountState),
    /// A count by figure.
    Counted(Known<u64>),
    /// A due set.
    Due(DueState),
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
    /// An event of a predecessor, where only the unit's own count.
    OfPredecessor,
    /// An event for an obligation that the unit does not owe.
    NotOwed,
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
        let mut states = self.states_of(cut, |_| true);
        for exemption in &self.exemptions {
            let exempt = exemption
                .as_ref()
                .and_then(|it| self.exempt(it, cut, &mut states));
            states.exempt.push(exempt);
        }
        states
    }

    /// What the record shows of some quantities at a cut; of the others nothing, and of no
    /// claim that a leaf is not for this unit.
    pub(crate) fn states_of(&self, cut: Cut, wanted: impl Fn(QuantityIndex) -> bool) -> States {
        let mut states = States {
            cut,
            states: Vec::new(),
            reports: Vec::new(),
            report_ranges: Vec::new(),
            unseen: Vec::new(),
            exempt: Vec::new(),
        };
        states.states.reserve(self.quantities.len());
        states
            .reports
            .reserve(self.submission.figures.len() + self.submission.events.len());
        for (index, quantity) in self.quantities.iter().enumerate() {
            let before = states.reports.len();
            let state = match wanted(QuantityIndex(index)) {
                true => self.state(QuantityIndex(index), quantity, cut, &mut states),
                false => State::Judgement(None),
            };
            states.states.push(state);
            states.report_ranges.push(before..states.reports.len());
        }
        states
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
}

/// Why a fact of a day, recorded on another, is left out.
///
/// What is assumed is seen whatever its day, since it is asked about as if it were so.
fn unseen(
    cut: Cut,
    quantity: &Quantity,
    (day, recorded_on, proved_by): (NaiveDate, NaiveDate, ProvedBy),
) -> Option<WhyUnseen> {
    if proved_by == ProvedBy::Documents && !cut.sees(day, recorded_on) {
        Some(WhyUnseen::NotYet)
    } else if recorded_on > quantity.hand_in_by {
        Some(WhyUnseen::RecordedLate)
    } else {
        None
    }
}
