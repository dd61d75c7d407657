//! What if: the three numbers with facts supposed, before and after.
//!
//! A supposition is taken as proved. It can be an extension of the record or a correction of
//! it, and which of the two is said: an extension can only bring the ends nearer, a
//! correction may move anything. The submission is not changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::Serialize;

use crate::answer::{Assessment, Basis, ClassAnswer, Numbers, Outcome, Totals};
use crate::extension::Move;
use crate::facts::*;
use crate::json::{Phrase, did_you_mean, phrase};
use crate::model::Title;
use crate::record::{Cut, Fitted, Misfit, fit};
use crate::rules::*;
use crate::values::{Exact, parse_date};

/// Most suppositions of one question.
pub const MAX_SUPPOSITIONS: usize = 200;
/// Most times that one supposed event happens.
pub const MAX_TIMES: u64 = 10_000;
/// Largest number of items or units that is supposed.
const MAX_NUMBER: u64 = 1_000_000_000;

/// One fact that is supposed, as its user writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Supposition {
    /// A figure: `dossiers=388/400`, `petitions.won=7`, `ipv6=yes`, with `@2024-09-30` behind
    /// it where the day matters.
    Set(String),
    /// An event: `dialogue@2024-09-10`, `report@2024-09-10:q3`, `dialogue*2`.
    Add(String),
    /// A recorded event, a document or the newest figure of a quantity, with whose documents
    /// nothing is wrong any more.
    Mend(String),
}

impl Supposition {
    /// What was written.
    pub fn text(&self) -> &str {
        match self {
            Supposition::Set(text) | Supposition::Add(text) | Supposition::Mend(text) => text,
        }
    }

    /// Name of the field in a request, and of the option of the command.
    pub fn name(&self) -> &'static str {
        match self {
            Supposition::Set(_) => "set",
            Supposition::Add(_) => "add",
            Supposition::Mend(_) => "mend",
        }
    }
}

/// The numbers before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhatIf {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: Basis,
    /// What was supposed, in the order given.
    pub supposed: Vec<Supposed>,
    /// All components together, as the record stands.
    pub before: Totals,
    /// The same with all that supposed.
    pub after: Totals,
    /// Class as the record stands, where the pack has classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_before: Option<ClassAnswer>,
    /// Class with all that supposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_after: Option<ClassAnswer>,
    /// Components of which a number or the reason changes, in the order of the pack.
    pub moved: Vec<Moved>,
}

/// A supposition, read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supposed {
    /// `set`, `add` or `mend`.
    pub kind: &'static str,
    /// What was written.
    pub text: String,
    /// Whether it takes back something that is recorded, instead of going on from it.
    pub is_correction: bool,
}

/// A component that changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: Arc<Title>,
    /// Its numbers as the record stands.
    pub before: Numbers,
    /// Its numbers with all that supposed.
    pub after: Numbers,
    /// How it came to the numbers before.
    pub outcome_before: Outcome,
    /// How it comes to the numbers after.
    pub outcome_after: Outcome,
    /// What standing rested on, as codes.
    pub because_before: Vec<String>,
    /// What it rests on, as codes.
    pub because_after: Vec<String>,
    /// Which suppositions it reads, by their places.
    pub by: Vec<usize>,
}

/// A supposition that says nothing possible, by its place.
pub type Impossible = (usize, Misfit);

impl Fitted<'_> {
    /// The assessment as of a date, with and without some facts supposed.
    ///
    /// Errors: every supposition that cannot be read, that names nothing, has the wrong kind
    /// of value or an impossible day.
    pub fn what_if(
        &self,
        as_of: NaiveDate,
        suppositions: &[Supposition],
    ) -> Result<WhatIf, Vec<Impossible>> {
        let mut reader = Reader {
            fitted: self,
            as_of,
            cut: Cut::at(as_of),
            drafts: BTreeMap::new(),
            moves: Vec::new(),
            impossible: Vec::new(),
            corrections: BTreeSet::new(),
            reads: Vec::new(),
        };
        reader.read_all(suppositions);
        if !reader.impossible.is_empty() {
            return Err(reader.impossible);
        }
        let Reader {
            moves,
            corrections,
            reads,
            ..
        } = reader;
        let mut submission = self.submission.clone();
        // Where each added fact came from, so that a misfit is told at its supposition.
        let (mut figures, mut events) = (BTreeMap::new(), BTreeMap::new());
        for (place, step) in &moves {
            figures.insert(submission.figures.len(), *place);
            events.insert(submission.events.len(), *place);
            step.make(&mut submission);
        }
        let fitted = match fit(self.pack, &submission, self.calendar) {
            Ok(fitted) => fitted,
            Err(misfits) => {
                let place = |misfit: &Misfit| {
                    let index = |list: &str| -> Option<usize> {
                        let rest = misfit.path.strip_prefix(list)?.strip_prefix('[')?;
                        rest.split_once(']')?.0.parse().ok()
                    };
                    let figure = index("figures").and_then(|it| at_or_before(&figures, it));
                    figure.or(index("events").and_then(|it| at_or_before(&events, it)))
                };
                let each = misfits.into_iter();
                return Err(each.map(|it| (place(&it).unwrap_or(0), it)).collect());
            }
        };
        let (before, after) = (self.assess(as_of), fitted.assess(as_of));
        let supposed = suppositions.iter().enumerate();
        let supposed = supposed.map(|(place, it)| Supposed {
            kind: it.name(),
            text: it.text().to_owned(),
            is_correction: corrections.contains(&place),
        });
        Ok(WhatIf {
            format: "cchc-what-if",
            version: 1,
            basis: self.basis(as_of),
            supposed: supposed.collect(),
            moved: self.moved(&before, &after, &reads),
            before: before.totals,
            after: after.totals,
            class_before: before.class,
            class_after: after.class,
        })
    }

    fn moved(
        &self,
        before: &Assessment,
        after: &Assessment,
        reads: &[(usize, QuantityIndex)],
    ) -> Vec<Moved> {
        let leaves = self
            .pack
            .leaves
            .iter()
            .zip(&before.leaves)
            .zip(&after.leaves);
        let moved = leaves.filter(|((_, before), after)| {
            before.numbers != after.numbers
                || before.because != after.because
                || before.outcome != after.outcome
        });
        moved
            .map(|((leaf, before), after)| {
                let by = reads.iter().filter(|(_, of)| leaf.quantities.contains(of));
                let by: BTreeSet<usize> = by.map(|(place, _)| *place).collect();
                Moved {
                    code: before.code.clone(),
                    title: before.title.clone(),
                    before: before.numbers.clone(),
                    after: after.numbers.clone(),
                    outcome_before: before.outcome,
                    outcome_after: after.outcome,
                    because_before: before.because.clone(),
                    because_after: after.because.clone(),
                    by: by.into_iter().collect(),
                }
            })
            .collect()
    }
}

fn at_or_before(places: &BTreeMap<usize, usize>, index: usize) -> Option<usize> {
    places.range(..=index).next_back().map(|(_, place)| *place)
}

/// A figure under way: several suppositions can set parts of one.
struct Draft {
    value: FigureValue,
    /// Parts of a share that were set.
    set: BTreeSet<&'static str>,
    on: Option<NaiveDate>,
    places: Vec<usize>,
}

struct Reader<'a> {
    fitted: &'a Fitted<'a>,
    as_of: NaiveDate,
    cut: Cut,
    drafts: BTreeMap<QuantityIndex, Draft>,
    moves: Vec<(usize, Move)>,
    impossible: Vec<Impossible>,
    corrections: BTreeSet<usize>,
    /// The quantities that each supposition is about.
    reads: Vec<(usize, QuantityIndex)>,
}

/// Why a supposition cannot be taken.
fn misfit(code: &'static str, expected: impl Into<Phrase>, found: impl Into<Phrase>) -> Misfit {
    Misfit {
        code,
        path: String::new(),
        expected: expected.into(),
        found: found.into(),
        help: None,
    }
}

fn unknown<'n>(
    what: impl Into<Phrase>,
    name: &str,
    known: impl IntoIterator<Item = &'n str>,
) -> Misfit {
    let near = did_you_mean(name, known);
    Misfit {
        help: near.map(|near| phrase!("did you mean `{}`?", near)),
        ..misfit("unknown-name", what, phrase!("`{}`", shortened(name)))
    }
}

fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

impl Reader<'_> {
    fn read_all(&mut self, suppositions: &[Supposition]) {
        if suppositions.len() > MAX_SUPPOSITIONS {
            let expected = phrase!("at most {} suppositions", MAX_SUPPOSITIONS);
            let found = suppositions.len().to_string();
            self.impossible
                .push((MAX_SUPPOSITIONS, misfit("too-many", expected, found)));
            return;
        }
        for (place, supposition) in suppositions.iter().enumerate() {
            let read = match supposition {
                Supposition::Set(text) => self.set(place, text),
                Supposition::Add(text) => self.add(place, text),
                Supposition::Mend(text) => self.mend(place, text),
            };
            if let Err(misfit) = read {
                self.impossible.push((place, misfit));
            }
        }
        for (of, draft) in std::mem::take(&mut self.drafts) {
            let place = draft.places.last().copied().unwrap_or(0);
            if let Err(misfit) = self.state(of, draft) {
                self.impossible.push((place, misfit));
            }
        }
    }

    /// The newest figure of a quantity that is seen.
    fn newest(&self, of: QuantityIndex) -> Option<&Figure> {
        let list = self.fitted.figures.get(of.0)?;
        let figures = list.iter().rev();
        figures
            .filter_map(|it| self.fitted.submission.figures.get(*it))
            .find(|it| self.cut.sees(it.observed_on, it.recorded_on))
    }

    fn quantity(&self, name: &str) -> Result<(QuantityIndex, &Quantity), Misfit> {
        let pack = self.fitted.pack;
        let of = pack.quantity_by_id.get(name).copied();
        of.and_then(|of| Some((of, self.fitted.quantity(of)?)))
            .ok_or_else(|| {
                let known = pack.quantity_by_id.keys().map(String::as_str);
                let expected = phrase!("a quantity that the pack `{}` has", pack.id);
                unknown(expected, name, known)
            })
    }

    /// What still can be handed in, on the as-of date.
    fn in_time(&self, quantity: &Quantity) -> Result<(), Misfit> {
        if self.cut.can_act_by(quantity.hand_in_by) {
            return Ok(());
        }
        let expected = phrase!(
            "an as-of date up to {}, the last day to hand in for `{}`",
            quantity.hand_in_by,
            quantity.id
        );
        Err(misfit("impossible-date", expected, self.as_of.to_string()))
    }

    fn set(&mut self, place: usize, text: &str) -> Result<(), Misfit> {
        let example = "a figure such as `dossiers=388/400` or `petitions.won=7@2024-09-30`";
        let wrong = || misfit("bad-supposition", example, phrase!("`{}`", shortened(text)));
        let (name, value) = text.split_once('=').ok_or_else(wrong)?;
        let (value, on) = match value.split_once('@') {
            Some((value, on)) => (value, Some(date(on)?)),
            None => (value, None),
        };
        let (name, field) = match name.split_once('.') {
            Some((name, field)) => (name.trim(), Some(field.trim())),
            None => (name.trim(), None),
        };
        let (of, quantity) = self.quantity(name)?;
        let base = self.newest(of).map(|it| it.value.clone());
        let kind = quantity.kind.clone();
        let id = quantity.id.clone();
        let draft = self.drafts.entry(of).or_insert_with(|| Draft {
            value: base.unwrap_or_else(|| nothing(&kind)),
            set: BTreeSet::new(),
            on: None,
            places: Vec::new(),
        });
        if on.is_some() && draft.on.is_some() && draft.on != on {
            let expected = "one day for all that is set of a quantity";
            return Err(misfit(
                "impossible-date",
                expected,
                phrase!("two for `{}`", id),
            ));
        }
        draft.on = draft.on.or(on);
        draft.places.push(place);
        put(draft, &kind, &id, field, value.trim())?;
        self.reads.push((place, of));
        Ok(())
    }

    /// States a figure that is complete.
    fn state(&mut self, of: QuantityIndex, mut draft: Draft) -> Result<(), Misfit> {
        let Some(quantity) = self.fitted.quantity(of) else {
            return Ok(());
        };
        let judged = matches!(quantity.kind, QuantityKind::Judgement { .. });
        if !judged {
            self.in_time(quantity)?;
        }
        let newest = self.newest(of).cloned();
        if let FigureValue::Share(share) = &mut draft.value {
            let recorded = match newest.as_ref().map(|it| &it.value) {
                Some(FigureValue::Share(share)) => Some(*share),
                _ => None,
            };
            complete(share, recorded, &draft.set, &quantity.kind)?;
        }
        let before = self.as_of.pred_opt().unwrap_or(self.as_of);
        let oldest = newest.as_ref().map(|it| it.observed_on);
        let observed_on = match draft.on {
            Some(on) => {
                if let Some(oldest) = oldest.filter(|oldest| on < *oldest) {
                    let expected = phrase!("a day not before the newest figure of {}", oldest);
                    return Err(misfit("impossible-date", expected, on.to_string()));
                }
                if on > quantity.hand_in_by && !judged {
                    let last = quantity.hand_in_by;
                    let expected = phrase!("a day up to {}, the last day to hand in", last);
                    return Err(misfit("impossible-date", expected, on.to_string()));
                }
                on
            }
            None => {
                let latest = before.min(quantity.window.to());
                oldest.map_or(latest, |it| it.max(latest))
            }
        };
        let corrects = newest
            .as_ref()
            .is_some_and(|it| corrects(it, &draft.value, quantity));
        if corrects {
            self.corrections.extend(&draft.places);
        }
        let place = draft.places.last().copied().unwrap_or(0);
        let figure = Figure {
            quantity: quantity.id.to_string(),
            observed_on,
            recorded_on: self.as_of,
            value: draft.value,
            evidence: Vec::new(),
            // What is supposed is the sum that the rule reads.
            predecessors: PredecessorFigures::Included,
            proved_by: ProvedBy::Assumption,
        };
        self.moves.push((place, Move::Figure(Box::new(figure))));
        Ok(())
    }

    fn add(&mut self, place: usize, text: &str) -> Result<(), Misfit> {
        let wrong = |found: &str| {
            let expected =
                "an event such as `dialogue@2024-09-10`, `report@2024-09-10:q3` or `dialogue*2`";
            misfit(
                "bad-supposition",
                expected,
                phrase!("`{}`", shortened(found)),
            )
        };
        let (rest, obligation) = match text.split_once(':') {
            Some((rest, obligation)) => (rest, Some(obligation.trim().to_owned())),
            None => (text, None),
        };
        let (rest, times) = match rest.split_once('*') {
            Some((rest, times)) => {
                let times: u64 = times.trim().parse().map_err(|_| wrong(text))?;
                if times == 0 || times > MAX_TIMES {
                    let expected = phrase!("1 to {} times", MAX_TIMES);
                    return Err(misfit("bad-supposition", expected, times.to_string()));
                }
                (rest, times)
            }
            None => (rest, 1),
        };
        let (kind, on) = match rest.split_once('@') {
            Some((kind, on)) => (kind.trim(), date(on)?),
            None => (rest.trim(), self.as_of),
        };
        let pack = self.fitted.pack;
        let quantities = || self.fitted.quantities.iter().enumerate();
        let fed: Vec<(usize, &Quantity)> = quantities()
            .filter(|(_, it)| it.kind.event() == Some(kind))
            .collect();
        if fed.is_empty() {
            let known: BTreeSet<&str> =
                quantities().filter_map(|(_, it)| it.kind.event()).collect();
            let expected = phrase!("a kind of event that the pack `{}` has", pack.id);
            return Err(unknown(expected, kind, known));
        }
        let last = |quantity: &Quantity| {
            let due = match &quantity.kind {
                QuantityKind::DueSet { obligations, .. } => {
                    let named = obligations
                        .iter()
                        .find(|it| Some(&it.id) == obligation.as_ref());
                    named.map(|it| it.due)
                }
                _ => None,
            };
            let close = quantity.window.to();
            due.map_or(close, |due| due.max(close))
        };
        let inside = |quantity: &Quantity| on >= quantity.window.from() && on <= last(quantity);
        if !fed.iter().any(|(_, it)| inside(it)) {
            let windows = fed
                .iter()
                .map(|(_, it)| format!("{} to {}", it.window.from(), last(it)));
            let windows: BTreeSet<String> = windows.collect();
            let windows: Vec<String> = windows.into_iter().collect();
            let expected = phrase!("a day from {}", windows.join(" or "));
            return Err(misfit("impossible-date", expected, on.to_string()));
        }
        for (_, quantity) in &fed {
            self.in_time(quantity)?;
            if on > quantity.hand_in_by {
                let last = quantity.hand_in_by;
                let expected = phrase!("a day up to {}, the last day to hand in", last);
                return Err(misfit("impossible-date", expected, on.to_string()));
            }
        }
        if on < self.as_of {
            self.corrections.insert(place);
        }
        let step = Move::Event {
            kind: kind.to_owned(),
            date: on,
            obligation,
            times,
            proved: true,
        };
        self.reads
            .extend(fed.iter().map(|(of, _)| (place, QuantityIndex(*of))));
        self.moves.push((place, step));
        Ok(())
    }

    fn mend(&mut self, place: usize, text: &str) -> Result<(), Misfit> {
        let name = text.trim();
        let submission = self.fitted.submission;
        let named = |list: &[NamedDocument]| list.iter().any(|it| it.id == name);
        let is_document = submission.evidence.iter().any(|it| &*it.id == name);
        let mut mended: Vec<(QuantityIndex, Move)> = Vec::new();
        for (of, list) in self.fitted.events.iter().enumerate() {
            for index in list {
                let event = submission.events.get(*index);
                let event = event.filter(|it| self.cut.sees(it.date, it.recorded_on));
                if event.is_some_and(|it| &*it.id == name || is_document && named(&it.documents)) {
                    mended.push((QuantityIndex(of), Move::ProveEvent(*index)));
                }
            }
        }
        for (of, list) in self.fitted.figures.iter().enumerate() {
            let seen = list.iter().filter(|index| {
                let figure = submission.figures.get(**index);
                figure.is_some_and(|it| self.cut.sees(it.observed_on, it.recorded_on))
            });
            let quantity = self.fitted.quantities.get(of);
            let is_quantity = quantity.is_some_and(|it| &*it.id == name);
            let newest = seen.clone().next_back().filter(|_| is_quantity);
            let naming = seen.filter(|index| {
                let figure = submission.figures.get(**index);
                is_document && figure.is_some_and(|it| it.evidence.iter().any(|id| id == name))
            });
            for index in newest.into_iter().chain(naming) {
                mended.push((QuantityIndex(of), Move::ProveFigure(*index)));
            }
        }
        if mended.is_empty() {
            let events = submission.events.iter().map(|it| &*it.id);
            let documents = submission.evidence.iter().map(|it| &*it.id);
            let quantities = self.fitted.pack.quantity_by_id.keys().map(String::as_str);
            let known = events.chain(documents).chain(quantities);
            let expected = "a recorded event, a document that a fact names, or a quantity with a \
                            figure, seen as of the date";
            return Err(unknown(expected, name, known));
        }
        for (of, step) in mended {
            if let Some(quantity) = self.fitted.quantity(of) {
                self.in_time(quantity)?;
            }
            self.reads.push((place, of));
            if !self.moves.iter().any(|(_, known)| *known == step) {
                self.moves.push((place, step));
            }
        }
        Ok(())
    }
}

fn date(text: &str) -> Result<NaiveDate, Misfit> {
    parse_date(text.trim()).map_err(|_| {
        let found = format!("`{}`", shortened(text.trim()));
        misfit("bad-date", "a day such as 2024-09-10", found)
    })
}

fn count(text: &str) -> Result<u64, Misfit> {
    let number = text.trim().parse::<u64>().ok();
    number.filter(|it| *it <= MAX_NUMBER).ok_or_else(|| {
        let expected = phrase!("a whole number up to {}", MAX_NUMBER);
        misfit(
            "bad-supposition",
            expected,
            phrase!("`{}`", shortened(text)),
        )
    })
}

fn decimal(text: &str) -> Result<Exact, Misfit> {
    Exact::parse(text.trim()).map_err(|_| {
        let found = phrase!("`{}`", shortened(text));
        misfit("bad-decimal", "a number such as `85.5` or `1/3`", found)
    })
}

/// A figure that says nothing yet.
fn nothing(kind: &QuantityKind) -> FigureValue {
    match kind {
        QuantityKind::Share { .. } => FigureValue::Share(ShareFigure::default()),
        QuantityKind::Flag {
            sample_margin: Some(_),
            ..
        } => FigureValue::Sample {
            population: 0,
            size: 0,
        },
        QuantityKind::Flag { .. } => FigureValue::Flag(FlagValue::NotYet),
        QuantityKind::Measure { options, .. } if !options.is_empty() => {
            FigureValue::Options(options.iter().map(|it| (it.id.clone(), 0)).collect())
        }
        QuantityKind::Measure { .. } => FigureValue::Measure {
            from: Exact::ZERO,
            to: Exact::ZERO,
        },
        QuantityKind::Judgement { .. } => FigureValue::Judgement(JudgementFigure {
            points: None,
            verdict: None,
            by: "appraiser".to_owned(),
            reason: "supposed".to_owned(),
        }),
        QuantityKind::Count { .. } | QuantityKind::DueSet { .. } => FigureValue::Count(0),
    }
}

/// Puts a value into a figure.
fn put(
    draft: &mut Draft,
    kind: &QuantityKind,
    id: &str,
    field: Option<&str>,
    value: &str,
) -> Result<(), Misfit> {
    let no_field = |known: &[&str]| {
        let name = field.unwrap_or_default();
        let list: Vec<String> = known.iter().map(|it| format!("`{id}.{it}`")).collect();
        let expected = match list.is_empty() {
            true => format!("`{id}` itself, a {}", kind.name()),
            false => format!("one of {}", list.join(", ")),
        };
        unknown(expected, name, known.iter().copied())
    };
    let wrong = |expected: &str| {
        let expected = phrase!("{} for the {} `{}`", expected, kind.name(), id);
        misfit("wrong-figure", expected, phrase!("`{}`", shortened(value)))
    };
    match (kind, &mut draft.value) {
        (
            QuantityKind::Count {
                by: CountBy::Figure,
            },
            FigureValue::Count(n),
        ) => match field {
            None | Some("count") => *n = count(value).map_err(|_| wrong("a whole number"))?,
            Some(_) => return Err(no_field(&["count"])),
        },
        (QuantityKind::Count { .. } | QuantityKind::DueSet { .. }, _)
        | (
            QuantityKind::Share {
                by: ShareBy::Events(_),
                ..
            },
            _,
        ) => {
            let event = kind.event().unwrap_or_default();
            return Err(Misfit {
                help: Some(phrase!("add events: `{}@2024-09-10`", event)),
                ..wrong("events, no figure,")
            });
        }
        (QuantityKind::Share { .. }, FigureValue::Share(share)) => {
            let known = ["won", "on_time", "lost", "open", "overdue", "total"];
            let number = || count(value).map_err(|_| wrong("a whole number, or won/total,"));
            match field {
                None | Some("won" | "on_time") => match value.split_once('/') {
                    Some((won, total)) => {
                        share.won = count(won).map_err(|_| wrong("won/total"))?;
                        share.total = Some(count(total).map_err(|_| wrong("won/total"))?);
                        draft.set.extend(["won", "total"]);
                    }
                    None => {
                        share.won = number()?;
                        draft.set.insert("won");
                    }
                },
                Some("lost") => {
                    share.lost = Some(number()?);
                    draft.set.insert("lost");
                }
                Some("open") => {
                    share.open = Some(number()?);
                    draft.set.insert("open");
                }
                Some("overdue") => {
                    share.overdue = Some(number()?);
                    draft.set.insert("overdue");
                }
                Some("total") => {
                    share.total = Some(number()?);
                    draft.set.insert("total");
                }
                Some(_) => return Err(no_field(&known)),
            }
        }
        (QuantityKind::Flag { .. }, FigureValue::Sample { population, size }) => {
            let number = || count(value).map_err(|_| wrong("a whole number, or size/population,"));
            match (field, value.split_once('/')) {
                (None, Some((answers, of))) => {
                    *size = count(answers).map_err(|_| wrong("size/population"))?;
                    *population = count(of).map_err(|_| wrong("size/population"))?;
                }
                (Some("size"), None) => *size = number()?,
                (Some("population"), None) => *population = number()?,
                (None, None) => return Err(wrong("size/population")),
                _ => return Err(no_field(&["size", "population"])),
            }
        }
        (QuantityKind::Flag { .. }, FigureValue::Flag(flag)) => match field {
            None => {
                *flag = match value {
                    "yes" => FlagValue::Yes,
                    "no" => FlagValue::No,
                    "not_yet" => FlagValue::NotYet,
                    _ => return Err(wrong("`yes`, `no` or `not_yet`")),
                }
            }
            Some(_) => return Err(no_field(&[])),
        },
        (QuantityKind::Measure { .. }, FigureValue::Options(answers)) => {
            let known: Vec<String> = answers.iter().map(|(name, _)| name.clone()).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let option = answers
                .iter_mut()
                .find(|(name, _)| Some(name.as_str()) == field);
            match option {
                Some((_, answers)) => {
                    *answers = count(value).map_err(|_| wrong("a whole number"))?;
                }
                None => return Err(no_field(&known)),
            }
        }
        (QuantityKind::Measure { .. }, FigureValue::Measure { from, to }) => match field {
            None => {
                let number =
                    |text: &str| decimal(text).map_err(|_| wrong("a number, or a range `80..90`,"));
                (*from, *to) = match value.split_once("..") {
                    Some((low, high)) => (number(low)?, number(high)?),
                    None => (number(value)?, number(value)?),
                };
                if from > to {
                    return Err(misfit(
                        "range-reversed",
                        "a lower end first",
                        phrase!("`{}`", value),
                    ));
                }
            }
            Some(_) => return Err(no_field(&[])),
        },
        (QuantityKind::Judgement { scale }, FigureValue::Judgement(judgement)) => {
            judgement.by = "appraiser".to_owned();
            match (scale, field) {
                (JudgementScale::Points { .. }, None | Some("points")) => {
                    judgement.points = Some(decimal(value).map_err(|_| wrong("points"))?);
                }
                (JudgementScale::Verdicts(_), None | Some("verdict")) => {
                    judgement.verdict = Some(value.to_owned());
                }
                (JudgementScale::Points { .. }, _) => return Err(no_field(&["points"])),
                (JudgementScale::Verdicts(_), _) => return Err(no_field(&["verdict"])),
            }
        }
        _ => return Err(wrong("another kind of value")),
    }
    Ok(())
}

/// Completes a share from the parts that were set and the figure that is recorded.
///
/// What is recorded as lost stays lost, and the rest of the total is open; where a new total
/// is too small for that, less is lost, which is a correction.
fn complete(
    share: &mut ShareFigure,
    recorded: Option<ShareFigure>,
    set: &BTreeSet<&'static str>,
    kind: &QuantityKind,
) -> Result<(), Misfit> {
    let has = |name: &'static str| set.contains(name);
    let all = |it: &ShareFigure| {
        let parts = it.won + it.lost.unwrap_or(0) + it.open.unwrap_or(0);
        it.total.unwrap_or(parts)
    };
    let total = match (has("total"), recorded.as_ref()) {
        (true, _) => share.total.unwrap_or(0),
        (false, Some(recorded)) => all(recorded),
        (false, None) => all(&ShareFigure {
            total: None,
            ..*share
        }),
    };
    let lost = share.lost.unwrap_or(0);
    let sum = share.won + lost;
    let too_many = |found: u64| {
        let expected = phrase!("`won`, `lost` and `open` that give the total {}", total);
        Err(misfit("items-do-not-add-up", expected, found.to_string()))
    };
    let (lost, open) = match (has("open"), has("lost"), has("total")) {
        (true, _, true) if sum + share.open.unwrap_or(0) != total => {
            return too_many(sum + share.open.unwrap_or(0));
        }
        (true, ..) => (lost, share.open.unwrap_or(0)),
        (false, _, _) if sum <= total => (lost, total - sum),
        (false, true, true) => return too_many(sum),
        (false, false, true) if share.won > total => return too_many(share.won),
        (false, false, true) => (total - share.won, 0),
        // More than there were: the rest are new ones.
        (false, _, false) => (lost, 0),
    };
    let overdue = match kind {
        QuantityKind::Share { overdue: true, .. } => Some(share.overdue.unwrap_or(0).min(open)),
        _ if has("overdue") => share.overdue,
        _ => None,
    };
    if has("overdue") && share.overdue.is_some_and(|it| it > open) {
        let expected = phrase!("at most the {} open items", open);
        return Err(misfit(
            "more-overdue-than-open",
            expected,
            share.overdue.unwrap_or(0).to_string(),
        ));
    }
    let sum = share.won + lost + open;
    *share = ShareFigure {
        won: share.won,
        lost: Some(lost),
        open: Some(open),
        overdue,
        total: Some(sum),
        at_most: recorded.and_then(|it| it.at_most),
    };
    Ok(())
}

/// Whether a figure takes back what an older one says, instead of going on from it.
fn corrects(from: &Figure, to: &FigureValue, quantity: &Quantity) -> bool {
    if from.value == *to {
        return false;
    }
    let frozen = from.observed_on >= quantity.window.to();
    match (&from.value, to) {
        (FigureValue::Share(from), FigureValue::Share(to)) => {
            let lost = |it: &ShareFigure| it.lost.unwrap_or(0) + it.overdue.unwrap_or(0);
            let all = |it: &ShareFigure| {
                let parts = it.won + it.lost.unwrap_or(0) + it.open.unwrap_or(0);
                it.total.unwrap_or(parts)
            };
            let limit = match &quantity.kind {
                QuantityKind::Share {
                    total: Total::Fixed,
                    ..
                } => Some(all(from)),
                QuantityKind::Share {
                    total: Total::AtMost(limit),
                    ..
                } => Some(*limit),
                _ => from.at_most,
            };
            let less = to.won < from.won || lost(to) < lost(from) || all(to) < all(from);
            let same = (to.won, lost(to), all(to)) == (from.won, lost(from), all(from));
            less || limit.is_some_and(|limit| all(to) > limit) || frozen && !same
        }
        (FigureValue::Count(from), FigureValue::Count(to)) => to < from || frozen,
        (FigureValue::Flag(from), FigureValue::Flag(_)) => {
            let latched = matches!(
                quantity.kind,
                QuantityKind::Flag {
                    movement: FlagMovement::Latched,
                    ..
                }
            );
            frozen || latched && *from != FlagValue::NotYet
        }
        (
            FigureValue::Sample {
                size: from,
                population: of,
            },
            FigureValue::Sample { size, population },
        ) => frozen || population != of || size < from,
        (
            FigureValue::Measure {
                from: low,
                to: high,
            },
            FigureValue::Measure { from, to },
        ) => from < low || to > high,
        _ => true,
    }
}
