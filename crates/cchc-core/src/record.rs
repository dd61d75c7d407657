//! A pack and a submission that fit each other, and the record cut at a date.
//!
//! `fit` resolves every name once and reports every misfit; after it nothing can fail.
//! A `Cut` sees only what was known at the start of a day, so "as it stood on 30/6" is
//! the same record with another cut.

mod observed;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use crate::facts::*;
use crate::json::{Document as Json, Fault, MAX_FAULTS, Phrase, Proposals, key_path, phrase};
use crate::model::Pack;
use crate::rules::*;
use crate::values::Calendar;
#[cfg(feature = "proptest")]
pub(crate) use observed::observed;
pub(crate) use observed::sums;

/// A reason why a submission does not fit a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Stable code.
    pub code: &'static str,
    /// Place in the submission, as a path.
    pub path: String,
    /// What the pack asks.
    pub expected: Phrase,
    /// What the submission says.
    pub found: Phrase,
    /// What to do next.
    pub help: Option<Phrase>,
}

impl Misfit {
    /// The same as a fault of the file that the submission was read from.
    pub fn at(self, json: &Json, prefix: &str) -> Fault {
        Fault {
            code: self.code,
            place: json.place(&match (prefix, self.path.as_str()) {
                ("", path) => path.to_owned(),
                // A case says of its unit only what the pack distinguishes.
                (_, "unit.class") => format!("{prefix}unit_class"),
                (_, path) => format!("{prefix}{}", path.strip_prefix("unit.").unwrap_or(path)),
            }),
            expected: self.expected,
            found: self.found,
            help: self.help,
        }
    }
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{}: expected {}, found {}",
            self.path, self.expected, self.found
        )
    }
}

impl std::error::Error for Misfit {}

/// A pack and a submission that fit each other.
#[derive(Debug)]
pub struct Fitted<'a> {
    pub(crate) pack: &'a Pack,
    pub(crate) submission: &'a Submission,
    pub(crate) calendar: &'a Calendar,
    /// The quantities as they are for this unit.
    pub(crate) quantities: Cow<'a, [Quantity]>,
    /// Figures to which predecessors bring something, with the sum; `None`: not all do.
    pub(crate) sums: BTreeMap<usize, Option<FigureValue>>,
    /// For each quantity, its figures from the oldest to the newest.
    pub(crate) figures: Vec<Vec<usize>>,
    /// For each quantity, the events that feed it, in order of date.
    pub(crate) events: Vec<Vec<usize>>,
    /// For each quantity, kinds of document that its events show for other quantities.
    pub(crate) elsewhere: Vec<Vec<DocumentKind>>,
    /// For each event, where its documents stand in the register.
    pub(crate) event_documents: Vec<Vec<Option<usize>>>,
    /// Where the documents of the register stand, by name.
    pub(crate) documents: HashMap<&'a str, usize>,
    /// For each figure, where its evidence stands in the register.
    pub(crate) figure_documents: Vec<Vec<Option<usize>>>,
    /// For each quantity, whether some leaf gives more for what is late than for nothing.
    pub(crate) late_counts: Vec<bool>,
    /// Records that share number, symbol, year and issuer: the first one, and another.
    pub(crate) twins: Vec<(usize, usize)>,
    /// For each document, what supersedes it, the newest first.
    pub(crate) successors: Vec<Vec<usize>>,
    /// For each leaf, the claim that it is not for this unit.
    pub(crate) exemptions: Vec<Option<Exemption>>,
}

impl Fitted<'_> {
    /// The pack.
    pub fn pack(&self) -> &Pack {
        self.pack
    }

    /// The submission.
    pub fn submission(&self) -> &Submission {
        self.submission
    }

    /// A quantity as it is for this unit.
    pub(crate) fn quantity(&self, of: QuantityIndex) -> Option<&Quantity> {
        self.quantities.get(of.0)
    }

    /// What a figure comes to with what predecessors bring; `None`: that is not known.
    pub(crate) fn figure_value(&self, index: usize) -> Option<&FigureValue> {
        match self.sums.get(&index) {
            Some(sum) => sum.as_ref(),
            None => self.submission.figures.get(index).map(|it| &it.value),
        }
    }
}

/// Most figures of one quantity.
///
/// More than one a day: each claim that is not proved is weighed with all later ones, so
/// that their number counts squared.
pub const MAX_FIGURES: usize = 500;

/// A claim that a leaf is not for this unit.
#[derive(Debug)]
pub(crate) struct Exemption {
    /// Its place in the submission.
    pub(crate) claim: usize,
    /// The ground, by its place in the leaf.
    pub(crate) ground: usize,
    /// Where its evidence stands in the register.
    pub(crate) documents: Vec<Option<usize>>,
}

/// Fits a submission to a pack.
///
/// Errors: every misfit, each with its place in the submission.
pub fn fit<'a>(
    pack: &'a Pack,
    submission: &'a Submission,
    calendar: &'a Calendar,
) -> Result<Fitted<'a>, Vec<Misfit>> {
    let mut fitting = Fitting {
        pack,
        submission,
        misfits: Vec::new(),
        proposals: Proposals::default(),
    };
    fitting.header();
    let by_id: HashMap<&str, usize> = submission
        .evidence
        .iter()
        .enumerate()
        .map(|(index, document)| (&*document.id, index))
        .collect();
    let find = |name: &str| by_id.get(name).copied();
    let mut figures = vec![Vec::new(); pack.quantities.len()];
    for (index, figure) in submission.figures.iter().enumerate() {
        if let Some(of) = fitting.figure(index, figure)
            && let Some(list) = figures.get_mut(of.0)
        {
            list.push(index);
        }
    }
    // Figures of one day are told apart by what they say, not by their place in the file.
    let newest = |index: &usize| {
        submission.figures.get(*index).map(|figure| {
            let parts = &figure.predecessors;
            let content = format!("{:?} {:?} {parts:?}", figure.value, figure.evidence);
            (figure.observed_on, figure.recorded_on, content)
        })
    };
    for list in &mut figures {
        if let Some(first_over) = list.get(MAX_FIGURES) {
            fitting.misfit(
                "too-many",
                format!("figures[{first_over}].quantity"),
                phrase!("at most {} figures of one quantity", MAX_FIGURES),
                list.len().to_string(),
            );
        }
        list.sort_by_cached_key(newest);
    }
    let quantities = fitting.observed();
    let sums = sums(pack, submission);
    let events = fitting.events();
    let exemptions = fitting.exemptions(&find);
    fitting.codes();
    if !fitting.misfits.is_empty() {
        return Err(limited(fitting.misfits));
    }
    let documents = |names: &[String]| names.iter().map(|name| find(name)).collect();
    let figure_documents: Vec<Vec<Option<usize>>> = submission
        .figures
        .iter()
        .map(|figure| documents(&figure.evidence))
        .collect();
    let event_documents = submission
        .events
        .iter()
        .map(|event| {
            event
                .documents
                .iter()
                .map(|named| find(&named.id))
                .collect()
        })
        .collect();
    let mut successors = vec![Vec::new(); submission.evidence.len()];
    for (index, document) in submission.evidence.iter().enumerate() {
        for link in document
            .links
            .iter()
            .filter(|link| link.relation == "supersedes")
        {
            if let Some(list) = find(&link.to).and_then(|older| successors.get_mut(older)) {
                list.push(index);
            }
        }
    }
    // How new a document is does not hang on its place in the register.
    let age = |index: &usize| {
        let document = submission.evidence.get(*index)?;
        Some((document.issued_on, document.recorded_on, &*document.id))
    };
    for list in &mut successors {
        list.sort_by(|a, b| age(b).cmp(&age(a)));
    }
    Ok(Fitted {
        pack,
        submission,
        calendar,
        quantities,
        sums,
        figures,
        events,
        elsewhere: elsewhere(pack),
        late_counts: late_counts(pack),
        twins: twins(&submission.evidence),
        event_documents,
        figure_documents,
        documents: by_id,
        successors,
        exemptions,
    })
}

/// For each quantity, kinds of document that other quantities ask of the same events.
fn elsewhere(pack: &Pack) -> Vec<Vec<DocumentKind>> {
    let quantities = pack.quantities.iter().enumerate();
    quantities
        .map(|(index, quantity)| {
            let Some(event) = quantity.kind.event() else {
                return Vec::new();
            };
            let others = pack
                .quantities
                .iter()
                .enumerate()
                .filter(|(other, it)| *other != index && it.kind.event() == Some(event));
            let roles = others.flat_map(|(_, it)| &it.proof.roles);
            roles.flat_map(|role| role.kinds.iter().copied()).collect()
        })
        .collect()
}

/// Records that share number, symbol, year and issuer: the first one, and another.
fn twins(evidence: &[Document]) -> Vec<(usize, usize)> {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(evidence.len());
    let documents = evidence.iter().enumerate();
    let seen = documents.map(|(index, document)| {
        let first = *first.entry(&document.identity).or_insert(index);
        (first, index)
    });
    seen.filter(|(first, index)| first != index).collect()
}

/// For each quantity, whether some leaf gives more for what is late than for nothing.
fn late_counts(pack: &Pack) -> Vec<bool> {
    let mut counts = vec![false; pack.quantities.len()];
    for leaf in &pack.leaves {
        leaf.rule.each_late_counted(&mut |of| {
            if let Some(counts) = counts.get_mut(of.0) {
                *counts = true;
            }
        });
    }
    counts
}

/// The first misfits; those beyond the limit are counted in a last one.
fn limited(mut misfits: Vec<Misfit>) -> Vec<Misfit> {
    let count = misfits.len();
    if let Some(first) = misfits.get(MAX_FAULTS) {
        let last = Misfit {
            code: "too-many-faults",
            path: first.path.clone(),
            expected: phrase!("at most {} faults", MAX_FAULTS),
            found: phrase!("{} more", count - MAX_FAULTS),
            help: Some("mend those listed, then check again".into()),
        };
        misfits.truncate(MAX_FAULTS);
        misfits.push(last);
    }
    misfits
}

struct Fitting<'a> {
    pack: &'a Pack,
    submission: &'a Submission,
    misfits: Vec<Misfit>,
    proposals: Proposals,
}

impl Fitting<'_> {
    fn misfit(
        &mut self,
        code: &'static str,
        path: impl Into<String>,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
    ) {
        let (path, expected, found) = (path.into(), expected.into(), found.into());
        self.misfits.push(Misfit {
            code,
            path,
            expected,
            found,
            help: None,
        });
    }

    fn unknown<'n>(
        &mut self,
        path: String,
        what: &'static str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
    ) {
        let near = self.proposals.find(name, known);
        let help = near.map(|near| phrase!("did you mean `{}`?", near));
        let (named, pack) = (Phrase::from(what), &self.pack.id);
        let expected = if what.starts_with(['a', 'e', 'i', 'o']) {
            phrase!("an {} that the pack `{}` has", named, pack)
        } else {
            phrase!("a {} that the pack `{}` has", named, pack)
        };
        let found = format!("`{name}`").into();
        self.misfits.push(Misfit {
            code: "unknown-name",
            path,
            expected,
            found,
            help,
        });
    }

    fn header(&mut self) {
        let (pack, submission) = (self.pack, self.submission);
        if submission.pack != pack.id {
            let expected = phrase!("a submission for the pack `{}`", pack.id);
            self.misfit(
                "wrong-pack",
                "pack",
                expected,
                format!("`{}`", submission.pack),
            );
        }
        if submission.scored_year != pack.scored_year {
            let expected = phrase!("the scored year {}", pack.scored_year);
            self.misfit(
                "wrong-year",
                "scored_year",
                expected,
                submission.scored_year.to_string(),
            );
        }
        if submission.unit.level != pack.level {
            let expected = phrase!("a unit of the level `{}`", pack.level);
            let found = format!("`{}`", submission.unit.level);
            self.misfit("wrong-level", "unit.level", expected, found);
        }
        let classes = pack.unit_classes.iter().map(String::as_str);
        match &submission.unit.class {
            Some(class) if !pack.unit_classes.contains(class) => {
                self.unknown("unit.class".to_owned(), "class of unit", class, classes);
            }
            None if needs_class(pack) && !submission.taken_as_proved => {
                let expected = "`class`, which rules of the pack distinguish";
                self.misfit("missing-class", "unit", expected, "none");
            }
            _ => {}
        }
    }

    fn figure(&mut self, index: usize, figure: &Figure) -> Option<QuantityIndex> {
        let path = format!("figures[{index}]");
        let Some(of) = self.pack.quantity_by_id.get(&figure.quantity).copied() else {
            let known = self.pack.quantity_by_id.keys().map(String::as_str);
            self.unknown(
                format!("{path}.quantity"),
                "quantity",
                &figure.quantity,
                known,
            );
            return None;
        };
        let mut sound = self.value(&path, of, &figure.value);
        for (index, part) in figure.predecessors.stated().iter().enumerate() {
            let path = format!("{path}.predecessors[{index}]");
            sound = self.value(&path, of, &part.value).and(sound);
        }
        sound.map(|()| of)
    }

    /// Whether a figure states what its quantity asks.
    fn value(&mut self, path: &str, of: QuantityIndex, value: &FigureValue) -> Option<()> {
        let quantity = self.pack.quantity(of)?;
        let wanted = match (&quantity.kind, value) {
            (
                QuantityKind::Count {
                    by: CountBy::Figure,
                },
                FigureValue::Count(_),
            ) => None,
            (
                QuantityKind::Share {
                    by,
                    total,
                    overdue,
                    min_total,
                    ..
                },
                FigureValue::Share(share),
            ) => {
                self.share(path, share, (by, *total, *overdue, *min_total));
                None
            }
            (
                QuantityKind::Flag {
                    sample_margin: None,
                    ..
                },
                FigureValue::Flag(_),
            )
            | (
                QuantityKind::Flag {
                    sample_margin: Some(_),
                    ..
                },
                FigureValue::Sample { .. },
            ) => None,
            (QuantityKind::Measure { min, max, options }, value) => match value {
                FigureValue::Measure { from, to } if options.is_empty() => {
                    let inside = min.as_ref().is_none_or(|min| from >= min)
                        && max.as_ref().is_none_or(|max| to <= max);
                    if !inside {
                        let expected = match (min, max) {
                            (Some(min), Some(max)) => phrase!("a number from {} to {}", min, max),
                            (Some(min), None) => phrase!("a number from {} on", min),
                            (None, Some(max)) => phrase!("a number up to {}", max),
                            (None, None) => "a number".into(),
                        };
                        let found = match from == to {
                            true => from.to_text().into(),
                            false => phrase!("{} to {}", from, to),
                        };
                        self.misfit("outside-domain", format!("{path}.measure"), expected, found);
                    }
                    None
                }
                FigureValue::Options(answers) if !options.is_empty() => {
                    self.options(path, answers, options);
                    None
                }
                _ => Some(if options.is_empty() {
                    "measure"
                } else {
                    "options"
                }),
            },
            (QuantityKind::Judgement { scale }, FigureValue::Judgement(judgement)) => {
                self.judgement(path, judgement, scale);
                None
            }
            (
                QuantityKind::Count {
                    by: CountBy::Events(_),
                },
                _,
            )
            | (QuantityKind::DueSet { .. }, _) => Some("events"),
            (QuantityKind::Count { .. }, _) => Some("count"),
            (QuantityKind::Share { .. }, _) => Some("share"),
            (
                QuantityKind::Flag {
                    sample_margin: Some(_),
                    ..
                },
                _,
            ) => Some("sample"),
            (QuantityKind::Flag { .. }, _) => Some("flag"),
            (QuantityKind::Judgement { .. }, _) => Some("judgement"),
        };
        if let Some(wanted) = wanted {
            let wanted = match wanted {
                "events" => Phrase::from("events, no figure,"),
                wanted => Phrase::from(format!("`{wanted}`")),
            };
            let expected = phrase!(
                "{} for the {} `{}`",
                wanted,
                quantity.kind.name(),
                quantity.id
            );
            let found = format!("`{}`", value.name());
            self.misfit(
                "wrong-figure",
                format!("{path}.{}", value.name()),
                expected,
                found,
            );
            return None;
        }
        Some(())
    }

    fn share(
        &mut self,
        path: &str,
        share: &ShareFigure,
        (by, total, overdue, min_total): (&ShareBy, Total, bool, u64),
    ) {
        let path = format!("{path}.share");
        if matches!(by, ShareBy::Events(_)) && share.total != Some(0) {
            let expected = "events, or a figure that states that there are none";
            self.misfit("items-by-events", path, expected, "a figure with items");
            return;
        }
        let complete = share.lost.is_some() && share.open.is_some() && share.total.is_some();
        let fixed = total == Total::Fixed && share.total.is_some();
        if !complete && !fixed {
            let (expected, found) = match total {
                Total::Fixed => ("`total`", "none"),
                _ => ("two of `lost`, `open` and `total`", "fewer"),
            };
            self.misfit("incomplete-share", path.clone(), expected, found);
        }
        let all = share.total.unwrap_or(0);
        if share.total.is_some() && all < min_total {
            let expected = phrase!("a total of at least {}", min_total);
            self.misfit(
                "total-too-small",
                format!("{path}.total"),
                expected,
                all.to_string(),
            );
        }
        if share.at_most.is_some() && total != Total::Declared {
            let expected = "no `at_most`: the pack says how far the total can grow";
            self.misfit(
                "limit-not-asked",
                format!("{path}.at_most"),
                expected,
                "one",
            );
        }
        let open = share.open.unwrap_or(0);
        if overdue && open > 0 && share.overdue.is_none() {
            let expected = "`overdue`: how many of the open items are past their due date";
            self.misfit("missing-overdue", path, expected, "none");
        } else if !overdue && share.overdue.is_some_and(|items| items > 0) {
            let expected = "no `overdue`: items have no due dates of their own";
            self.misfit(
                "overdue-not-asked",
                format!("{path}.overdue"),
                expected,
                "one",
            );
        }
    }

    fn options(&mut self, path: &str, answers: &[(String, u64)], options: &[SurveyOption]) {
        let path = format!("{path}.options");
        for (name, _) in answers {
            if !options.iter().any(|option| option.id == *name) {
                let known = options.iter().map(|option| option.id.as_str());
                self.unknown(key_path(&path, name), "option", name, known);
            }
        }
        for option in options {
            if !answers.iter().any(|(name, _)| *name == option.id) {
                let expected =
                    phrase!("answers to the option `{}`, 0 if there are none", option.id);
                self.misfit("missing-option", path.clone(), expected, "none stated");
            }
        }
        if answers.iter().all(|(_, answers)| *answers == 0) {
            self.misfit("no-answers", path, "at least one answer", "none");
        }
    }

    fn judgement(&mut self, path: &str, judgement: &JudgementFigure, scale: &JudgementScale) {
        let path = format!("{path}.judgement");
        match (scale, &judgement.points, &judgement.verdict) {
            (JudgementScale::Points { min, max }, Some(points), _) => {
                if points < min || points > max {
                    let expected = phrase!("points from {} to {}", min, max);
                    let found = points.to_text();
                    self.misfit("outside-range", format!("{path}.points"), expected, found);
                }
            }
            (JudgementScale::Points { .. }, None, _) => {
                self.misfit("wrong-figure", path, "`points`", "`verdict`");
            }
            (JudgementScale::Verdicts(verdicts), _, Some(verdict)) => {
                if !verdicts.contains(verdict) {
                    let known = verdicts.iter().map(String::as_str);
                    self.unknown(format!("{path}.verdict"), "verdict", verdict, known);
                }
            }
            (JudgementScale::Verdicts(_), _, None) => {
                self.misfit("wrong-figure", path, "`verdict`", "`points`");
            }
        }
    }

    fn events(&mut self) -> Vec<Vec<usize>> {
        let mut lists: Vec<Vec<usize>> = vec![Vec::new(); self.pack.quantities.len()];
        let mut feeds: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (index, quantity) in self.pack.quantities.iter().enumerate() {
            if let Some(kind) = quantity.kind.event() {
                feeds.entry(kind).or_default().push(index);
            }
        }
        for (index, event) in self.submission.events.iter().enumerate() {
            let path = format!("events[{index}]");
            let Some(fed) = feeds.get(event.kind.as_str()) else {
                let known: Vec<&str> = feeds.keys().copied().collect();
                self.unknown(format!("{path}.kind"), "kind of event", &event.kind, known);
                continue;
            };
            for quantity in fed {
                if let Some(list) = lists.get_mut(*quantity) {
                    list.push(index);
                }
                self.obligation(&path, event, *quantity);
            }
            self.roles(&path, event, fed);
        }
        for list in &mut lists {
            list.sort_by_key(|index| {
                self.submission
                    .events
                    .get(*index)
                    .map(|event| (event.date, &*event.id))
            });
        }
        lists
    }

    /// Parts that an event gives its documents must be roles that its quantities ask for.
    fn roles(&mut self, path: &str, event: &Event, fed: &[usize]) {
        let quantities = fed.iter().filter_map(|it| self.pack.quantities.get(*it));
        let known: Vec<&str> = quantities
            .flat_map(|quantity| &quantity.proof.roles)
            .map(|role| &*role.name)
            .collect();
        for (index, named) in event.documents.iter().enumerate() {
            if let Some(role) = named.role.as_deref().filter(|role| !known.contains(role)) {
                let path = format!("{path}.documents[{index}].role");
                self.unknown(path, "role", role, known.iter().copied());
            }
        }
    }

    fn obligation(&mut self, path: &str, event: &Event, quantity: usize) {
        let Some(quantity) = self.pack.quantities.get(quantity) else {
            return;
        };
        let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
            return;
        };
        let known = || obligations.iter().map(|obligation| obligation.id.as_str());
        match &event.obligation {
            None => {
                let first: Vec<String> = known().take(12).map(|id| format!("`{id}`")).collect();
                let more = obligations.len() - first.len();
                let first = first.join(", ");
                let expected = match more {
                    0 => phrase!("`obligation`, one of {}", first),
                    more => phrase!("`obligation`, one of {} and {} more", first, more),
                };
                self.misfit("missing-obligation", path, expected, "none");
            }
            Some(name) if !known().any(|id| id == name) => {
                self.unknown(format!("{path}.obligation"), "obligation", name, known());
            }
            Some(_) => {}
        }
    }

    fn exemptions(&mut self, find: &dyn Fn(&str) -> Option<usize>) -> Vec<Option<Exemption>> {
        let mut exemptions: Vec<Option<Exemption>> =
            self.pack.leaves.iter().map(|_| None).collect();
        for (index, claim) in self.submission.not_applicable.iter().enumerate() {
            let path = format!("not_applicable[{index}]");
            let Some(place) = self.pack.leaf_by_code.get(&claim.code).copied() else {
                let known = self.pack.leaf_by_code.keys().map(String::as_str);
                self.unknown(format!("{path}.code"), "leaf", &claim.code, known);
                continue;
            };
            let Some(leaf) = self.pack.leaves.get(place) else {
                continue;
            };
            let Some(ground) = leaf
                .grounds
                .iter()
                .position(|ground| ground.id == claim.ground)
            else {
                let known = leaf.grounds.iter().map(|ground| ground.id.as_str());
                self.unknown(format!("{path}.ground"), "ground", &claim.ground, known);
                continue;
            };
            let documents = claim.evidence.iter().map(|name| find(name)).collect();
            if let Some(slot) = exemptions.get_mut(place) {
                if slot.is_some() {
                    let found = phrase!("`{}` twice", claim.code);
                    self.misfit(
                        "duplicate-name",
                        format!("{path}.code"),
                        "one claim for a leaf",
                        found,
                    );
                }
                *slot = Some(Exemption {
                    claim: index,
                    ground,
                    documents,
                });
            }
        }
        exemptions
    }

    fn codes(&mut self) {
        let submission = self.submission;
        let explained = submission.explanations.iter().enumerate();
        for (index, explanation) in explained {
            if self.pack.leaf(&explanation.code).is_none() {
                let known = self.pack.leaf_by_code.keys().map(String::as_str);
                let path = format!("explanations[{index}].code");
                self.unknown(path, "leaf", &explanation.code, known);
            }
        }
        for (index, figure) in submission.cohort.iter().enumerate() {
            if !self.pack.quantity_by_id.contains_key(&figure.quantity) {
                let known = self.pack.quantity_by_id.keys().map(String::as_str);
                let path = format!("cohort[{index}].quantity");
                self.unknown(path, "quantity", &figure.quantity, known);
            }
        }
        let groups = group_codes(self.pack);
        for (index, total) in submission.declared_totals.iter().enumerate() {
            let known = total.code == "total"
                || groups.contains(&total.code.as_str())
                || self.pack.leaf(&total.code).is_some();
            if !known {
                let path = format!("declared_totals[{index}].code");
                let leaves = self.pack.leaf_by_code.keys().map(String::as_str);
                let known = groups.iter().copied().chain(leaves).chain(["total"]);
                self.unknown(path, "code, or `total`,", &total.code, known);
            }
        }
        let mut seen = HashMap::new();
        for (index, score) in submission.official_scores.iter().enumerate() {
            if seen
                .insert((score.year, &score.round, &score.code), index)
                .is_some()
            {
                let path = format!("official_scores[{index}]");
                let found = phrase!("`{}` {} {} twice", score.code, score.year, score.round);
                self.misfit(
                    "duplicate-name",
                    path,
                    "one score for a leaf, year and round",
                    found,
                );
            }
        }
    }
}

fn needs_class(pack: &Pack) -> bool {
    fn by_class(rule: &Rule) -> bool {
        match rule {
            Rule::ByClass(_) => true,
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().any(by_class)
            }
            Rule::Cap { part, .. } => by_class(part),
            Rule::Gate {
                then, otherwise, ..
            } => by_class(then) || by_class(otherwise),
            _ => false,
        }
    }
    pack.leaves.iter().any(|leaf| by_class(&leaf.rule))
}

fn group_codes(pack: &Pack) -> Vec<&str> {
    fn walk<'a>(group: &'a crate::model::Group, codes: &mut Vec<&'a str>) {
        codes.push(&group.code);
        for child in &group.children {
            if let crate::model::Child::Group(group) = child {
                walk(group, codes);
            }
        }
    }
    let mut codes = Vec::new();
    pack.areas.iter().for_each(|area| walk(area, &mut codes));
    codes
}

/// What of a record is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Facts from this day on are not seen; `None`: everything is.
    pub(crate) as_of: Option<NaiveDate>,
}

impl Cut {
    /// The record as it stood at the start of a day.
    pub fn at(as_of: NaiveDate) -> Self {
        Cut { as_of: Some(as_of) }
    }

    /// The whole record.
    pub const WHOLE: Cut = Cut { as_of: None };

    /// Whether a fact of a day, recorded on another, is seen.
    pub fn sees(&self, day: NaiveDate, recorded_on: NaiveDate) -> bool {
        self.as_of
            .is_none_or(|as_of| day < as_of && recorded_on < as_of)
    }

    /// Whether a document is seen.
    pub fn sees_document(&self, document: &Document) -> bool {
        self.sees(
            document.issued_on.unwrap_or(document.recorded_on),
            document.recorded_on,
        ) && document
            .sent_on
            .is_none_or(|sent| self.as_of.is_none_or(|as_of| sent < as_of))
    }

    /// Leaves only what is seen.
    pub(crate) fn keep(&self, submission: &mut Submission) {
        let Submission {
            figures,
            events,
            evidence,
            not_applicable,
            cohort,
            ..
        } = submission;
        figures.retain(|it| self.sees(it.observed_on, it.recorded_on));
        events.retain(|it| self.sees(it.date, it.recorded_on));
        evidence.retain(|it| self.sees_document(it));
        not_applicable.retain(|it| self.sees(it.recorded_on, it.recorded_on));
        cohort.retain(|it| self.sees(it.published_on, it.published_on));
    }

    /// Whether something can still be done on or before a day.
    pub fn can_act_by(&self, last: NaiveDate) -> bool {
        self.as_of.is_some_and(|as_of| as_of <= last)
    }
}
