//! From the JSON of a pack to a pack: names resolved, forms lowered, faults collected.
//!
//! Every fault is reported, not the first one. A part with a fault is left out of the pack
//! that is being built, and a pack with any fault is not given out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use super::form::{MAX_PARTS, NotArisenWire, Of};
use super::pack::*;
use crate::json::{Document, Fault, MAX_FAULTS, did_you_mean};
use crate::model::*;
use crate::rules::*;
use crate::values::{Calendar, Exact, OutOfCoverage, Points, Rounding, Window};

/// What a rule reads, and in which unit.
pub(super) struct Read {
    pub(super) reading: Reading,
    pub(super) domain: Domain,
    /// Factor from the unit written to the quantity's own.
    pub(super) scale: Exact,
    /// Whether the share can turn out to have no items.
    may_be_none: bool,
}

impl Read {
    pub(super) fn is_share(&self) -> bool {
        matches!(self.reading, Reading::Share { .. })
    }
}

/// Codes that say that something is missing, or that depend on it: told only of parts from
/// which nothing was left out.
const OF_ABSENCE: &[&str] = &[
    "bad-block",
    "bad-due",
    "bad-reading",
    "class-missing",
    "class-order",
    "endless-line",
    "event-source",
    "hand-in-before-close",
    "judgement-scale",
    "leaf-range",
    "missing-bound",
    "missing-full-at",
    "missing-is",
    "missing-max",
    "missing-roll",
    "missing-unit",
    "no-source",
    "share-by-figure",
    "target-share",
    "verdict-steps",
    "zero-denominator",
];

/// A pack being built.
pub(super) struct Lowering<'a> {
    document: &'a Document,
    calendar: &'a Calendar,
    /// Whether parts of the file were already left out; then names may be missing for that
    /// reason alone, and are not reported again.
    pruned: bool,
    faults: Vec<Fault>,
    quantities: Vec<Quantity>,
    by_id: BTreeMap<String, QuantityIndex>,
    /// For each quantity, its path in the document.
    places: Vec<String>,
    /// Names of quantities that were left out because of a fault.
    broken: BTreeSet<String>,
    unit_classes: Vec<String>,
    leaf_max: Exact,
    sole: bool,
}

impl<'a> Lowering<'a> {
    /// Reports a fault at a path of the file.
    pub(super) fn fault(
        &mut self,
        code: &'static str,
        path: &str,
        expected: impl Into<String>,
        found: impl Into<String>,
        help: Option<String>,
    ) {
        if OF_ABSENCE.contains(&code) && !self.is_whole(path) {
            return;
        }
        self.faults.push(Fault {
            code,
            place: self.document.place(path),
            expected: expected.into(),
            found: found.into(),
            help,
        });
    }

    /// Whether nothing was left out at a path of the file.
    ///
    /// What seems to be missing from a part that is not whole may only be faulty.
    pub(super) fn is_whole(&self, path: &str) -> bool {
        !self.pruned || self.document.is_whole(path)
    }

    /// Whether nothing was left out of a quantity.
    pub(super) fn is_whole_quantity(&self, of: QuantityIndex) -> bool {
        self.places.get(of.0).is_none_or(|path| self.is_whole(path))
    }

    /// Reports a name that nothing bears; `defined` is the list that would define it.
    pub(super) fn unknown<'n>(
        &mut self,
        path: &str,
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'n str>,
        defined: &str,
    ) {
        if !self.is_whole(defined) {
            return;
        }
        // Beyond the limit faults are only counted, and a search through all names is wasted.
        let near = (self.faults.len() < MAX_FAULTS)
            .then(|| did_you_mean(name, known))
            .flatten();
        let help = near.map(|near| format!("did you mean `{near}`?"));
        let article = if what.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        self.fault(
            "unknown-name",
            path,
            format!("the name of {article} {what}"),
            format!("`{name}`"),
            help,
        );
    }

    /// The quantity of a name.
    pub(super) fn quantity(&mut self, path: &str, name: &str) -> Option<QuantityIndex> {
        if let Some(index) = self.by_id.get(name) {
            return Some(*index);
        }
        // A quantity with a fault of its own is there all the same.
        if !self.broken.contains(name) {
            let by_id = std::mem::take(&mut self.by_id);
            let known = by_id.keys().map(String::as_str);
            self.unknown(path, "quantity", name, known, "quantities");
            self.by_id = by_id;
        }
        None
    }

    /// The kind of a quantity.
    pub(super) fn kind(&self, of: QuantityIndex) -> Option<&QuantityKind> {
        self.quantities.get(of.0).map(|quantity| &quantity.kind)
    }

    /// Classes of unit that the pack names.
    pub(super) fn unit_classes(&self) -> &[String] {
        &self.unit_classes
    }

    /// The maximum of the leaf whose rule is lowered.
    pub(super) fn leaf_max(&self) -> &Exact {
        &self.leaf_max
    }

    /// Reports a quantity of the wrong kind.
    pub(super) fn wrong_kind(&mut self, path: &str, of: QuantityIndex, expected: &str) {
        let found = self.kind(of).map_or("nothing", QuantityKind::name);
        self.fault("wrong-kind", path, expected, format!("a `{found}`"), None);
    }

    /// What `of`, `read` and `in` say together.
    pub(super) fn reading(&mut self, path: &str, of: &Of) -> Option<Read> {
        let index = self.quantity(&format!("{path}.of"), &of.of)?;
        let kind = self.kind(index)?.clone();
        let read = of.read.as_deref();
        let refuse = |ctx: &mut Self, expected: &str| {
            let found = read.map_or("none".to_owned(), |read| format!("`{read}`"));
            ctx.fault(
                "bad-reading",
                &format!("{path}.read"),
                expected,
                found,
                None,
            );
            None
        };
        let mut scale = Exact::ONE;
        let mut may_be_none = false;
        let (reading, domain) = match &kind {
            QuantityKind::Count { .. } => match read {
                None | Some("value") => (Reading::Number(index), Domain::Whole { most: None }),
                _ => return refuse(self, "`value` or nothing for a count"),
            },
            QuantityKind::Measure { min, max, .. } => match read {
                None | Some("value") => {
                    let end = |x: &Option<Exact>| x.clone().map_or(Bound::Open, Bound::Included);
                    let stretch = Stretch {
                        lower: end(min),
                        upper: end(max),
                    };
                    (Reading::Number(index), Domain::Dense(stretch))
                }
                _ => return refuse(self, "`value` or nothing for a measure"),
            },
            QuantityKind::Share { min_total, by, .. } => {
                may_be_none = *min_total == 0 || matches!(by, ShareBy::Events(_));
                let lost = match read {
                    None | Some("won") => false,
                    Some("lost") => true,
                    _ => return refuse(self, "`won` or `lost` for a share"),
                };
                match of.unit.as_deref() {
                    Some("percent") => scale = Exact::ratio(1, 100)?,
                    Some(_) => {}
                    None => {
                        self.fault(
                            "missing-unit",
                            path,
                            "`in`: `percent` or `fraction` for a share",
                            "none",
                            None,
                        );
                        return None;
                    }
                }
                (Reading::Share { of: index, lost }, Domain::share())
            }
            QuantityKind::DueSet { obligations, .. } => {
                let read = match read {
                    Some("met") => DueReading::Met,
                    Some("late") => DueReading::Late,
                    Some("missing") => DueReading::Missing,
                    Some("lapses") => DueReading::Lapses,
                    Some("handed_in") => DueReading::HandedIn,
                    _ => {
                        return refuse(
                            self,
                            "`met`, `late`, `missing`, `lapses` or `handed_in` for a due set",
                        );
                    }
                };
                let most = u64::try_from(obligations.len()).ok();
                (Reading::Due { of: index, read }, Domain::Whole { most })
            }
            QuantityKind::Flag { .. } => match read {
                None => (Reading::Flag(index), Domain::Whole { most: Some(1) }),
                _ => return refuse(self, "no `read` for a flag"),
            },
            QuantityKind::Judgement { .. } => {
                self.wrong_kind(
                    &format!("{path}.of"),
                    index,
                    "a quantity that is counted or measured",
                );
                return None;
            }
        };
        if of.unit.is_some() && !matches!(kind, QuantityKind::Share { .. }) {
            self.fault(
                "unit-without-share",
                &format!("{path}.in"),
                "no `in`: only a share has a unit to choose",
                "one",
                None,
            );
            return None;
        }
        Some(Read {
            reading,
            domain,
            scale,
            may_be_none,
        })
    }

    /// A curve from the pieces of a form; `place` is the path of the n-th piece.
    pub(super) fn curve(
        &mut self,
        path: &str,
        read: Read,
        pieces: Vec<Option<Piece>>,
        not_arisen: Option<NotArisenWire>,
        place: &dyn Fn(usize) -> String,
    ) -> Option<Rule> {
        self.curve_rule(path, read, pieces, not_arisen, place)
            .map(Rule::Curve)
    }

    /// As [`Lowering::curve`], for conditions.
    pub(super) fn curve_rule(
        &mut self,
        path: &str,
        read: Read,
        pieces: Vec<Option<Piece>>,
        not_arisen: Option<NotArisenWire>,
        place: &dyn Fn(usize) -> String,
    ) -> Option<CurveRule> {
        let pieces = pieces.into_iter().collect::<Option<Vec<_>>>();
        let not_arisen = self.not_arisen(path, &read, not_arisen)?;
        let scale = read.scale.clone();
        let of = read
            .reading
            .quantities()
            .first()
            .copied()
            .unwrap_or(QuantityIndex(0));
        let curve = match Curve::new(pieces?, read.domain.clone()) {
            Ok(curve) => curve,
            Err(faults) => {
                for fault in faults {
                    self.curve_fault(path, &fault, &scale, place, of);
                }
                return None;
            }
        };
        if let Reading::Number(of) = &read.reading {
            let by_events = matches!(
                self.kind(*of),
                Some(QuantityKind::Count {
                    by: CountBy::Events(_)
                })
            );
            if by_events && curve.points_at(&Exact::ZERO) > *curve.least() {
                self.fault(
                    "points-for-silence",
                    path,
                    "the fewest points for zero events",
                    format!("{} points", curve.points_at(&Exact::ZERO)),
                    Some("nothing recorded proves nothing: count by a figure with evidence".into()),
                );
                return None;
            }
        }
        let reason = ReasonStyle::Label;
        Some(CurveRule {
            reading: read.reading,
            curve,
            not_arisen,
            reason,
        })
    }

    fn not_arisen(
        &mut self,
        path: &str,
        read: &Read,
        wire: Option<NotArisenWire>,
    ) -> Option<Option<NotArisen>> {
        let of = read.reading.quantities().first().copied();
        match (wire, read.may_be_none) {
            (None, true) if of.is_some_and(|of| !self.is_whole_quantity(of)) => None,
            (None, true) => {
                self.fault(
                    "zero-denominator",
                    path,
                    "`not_arisen`: `full`, `zero` or `exclude`",
                    "none, though the share can have no items",
                    Some("say what holds when nothing arose, or set `min_total` to 1".to_owned()),
                );
                None
            }
            (Some(_), false) => {
                self.fault(
                    "needless-not-arisen",
                    &format!("{path}.not_arisen"),
                    "no `not_arisen`",
                    "one, though nothing here can have no items",
                    None,
                );
                None
            }
            (Some(NotArisenWire::Exclude), true) if !self.sole => {
                self.fault(
                    "exclude-inside",
                    &format!("{path}.not_arisen"),
                    "`exclude` only where the rule is the whole of its leaf",
                    "`exclude` inside another rule",
                    None,
                );
                None
            }
            (wire, _) => Some(wire.map(NotArisen::from)),
        }
    }

    fn curve_fault(
        &mut self,
        path: &str,
        fault: &CurveFault,
        scale: &Exact,
        place: &dyn Fn(usize) -> String,
        of: QuantityIndex,
    ) {
        // A bound or a domain that is missing may only be faulty.
        if !self.is_whole(path) || !self.is_whole_quantity(of) {
            return;
        }
        let shown = |x: &Exact| x.checked_div(scale).unwrap_or_else(|| x.clone());
        match fault {
            CurveFault::Gap { at, after } => {
                let place = after.map_or(path.to_owned(), place);
                self.fault(
                    "band-gap",
                    &place,
                    "points for every number that the quantity can be",
                    format!("none at `{}`", shown(at)),
                    Some("let one of the neighbouring bands include it".to_owned()),
                );
            }
            CurveFault::Overlap { at, first, second } => {
                let (one, other) = (place(*first), place(*second));
                self.fault(
                    "band-overlap",
                    &other,
                    "points once for every number",
                    format!("points twice at `{}`, here and at {one}", shown(at)),
                    Some("end one band with `below`, or begin the other with `above`".to_owned()),
                );
            }
            CurveFault::Dead { piece } => {
                self.fault(
                    "band-dead",
                    &place(*piece),
                    "a band with a number that the quantity can be",
                    "none",
                    Some("remove the band, or mend its bounds or the quantity's domain".to_owned()),
                );
            }
            CurveFault::Unlimited { piece } => {
                self.fault(
                    "endless-line",
                    &place(*piece),
                    "a line with both ends",
                    "a line without an end",
                    Some("state the quantity's domain, or end the line".to_owned()),
                );
            }
        }
    }

    /// A curve over a flag.
    pub(super) fn flag_curve(
        &mut self,
        path: &str,
        name: &str,
        (yes, no): (&Exact, &Exact),
        labels: (&str, &str),
        reason: ReasonStyle,
    ) -> Option<CurveRule> {
        let of = self.quantity(path, name)?;
        let Some(QuantityKind::Flag { .. }) = self.kind(of) else {
            self.wrong_kind(path, of, "a flag");
            return None;
        };
        let pieces = vec![
            Piece::constant(Stretch::only(Exact::ONE), yes.clone(), labels.0),
            Piece::constant(Stretch::only(Exact::ZERO), no.clone(), labels.1),
        ];
        let curve = Curve::new(pieces, Domain::Whole { most: Some(1) }).ok()?;
        Some(CurveRule {
            reading: Reading::Flag(of),
            curve,
            not_arisen: None,
            reason,
        })
    }

    fn window(&mut self, path: &str, wire: WindowWire) -> Option<Window> {
        match Window::new(wire.from, wire.to) {
            Ok(window) => Some(window),
            Err(_) => {
                self.fault(
                    "window-reversed",
                    path,
                    "a first day not after the last",
                    format!("{} to {}", wire.from, wire.to),
                    None,
                );
                None
            }
        }
    }

    fn rolled(&mut self, path: &str, date: NaiveDate) -> Option<(NaiveDate, bool)> {
        match self.calendar.roll_forward(date) {
            Ok(deadline) => Some((deadline.date, deadline.provisional)),
            Err(error) => self.outside_calendar(path, &error),
        }
    }

    fn outside_calendar(&mut self, path: &str, error: &OutOfCoverage) -> Option<(NaiveDate, bool)> {
        let OutOfCoverage {
            date,
            from_year,
            to_year,
        } = error;
        self.fault(
            "outside-calendar",
            path,
            format!("a date that the working-day calendar covers, {from_year} to {to_year}"),
            format!("`{date}`"),
            Some("ask with a calendar that covers the year".to_owned()),
        );
        None
    }

    fn due(&mut self, path: &str, due: &DueWire, events: bool) -> Option<Deadline> {
        match (due.date, due.working_days, due.after.as_deref()) {
            (Some(date), None, None) => {
                let (date, provisional) = match due.roll.as_deref() {
                    Some("next_working_day") => self.rolled(path, date)?,
                    Some(_) => (date, false),
                    None => {
                        self.fault(
                            "missing-roll",
                            path,
                            "`roll`: `next_working_day` or `none`",
                            "none",
                            Some("say what holds when the day is a rest day".to_owned()),
                        );
                        return None;
                    }
                };
                Some(Deadline::On { date, provisional })
            }
            (None, Some(working_days), Some("event")) if events => {
                Some(Deadline::AfterEvent { working_days })
            }
            (None, Some(working_days), Some(after)) if due.roll.is_none() => {
                let Ok(start) = crate::values::parse_date(after) else {
                    let expected = if events {
                        "a date or `event`"
                    } else {
                        "a date"
                    };
                    let found = format!("`{after}`");
                    self.fault("bad-due", &format!("{path}.after"), expected, found, None);
                    return None;
                };
                let (date, provisional) = match self.calendar.add_working_days(start, working_days)
                {
                    Ok(deadline) => (deadline.date, deadline.provisional),
                    Err(error) => self.outside_calendar(path, &error)?,
                };
                Some(Deadline::On { date, provisional })
            }
            _ => {
                let found = named(&[
                    ("date", due.date.is_some()),
                    ("roll", due.roll.is_some()),
                    ("working_days", due.working_days.is_some()),
                    ("after", due.after.is_some()),
                ]);
                let expected = "`date` with `roll`, or `working_days` with `after`";
                self.fault("bad-due", path, expected, found, None);
                None
            }
        }
    }

    fn proof(&mut self, path: &str, wire: &ProofWire, window: Window, events: bool) -> Proof {
        let names: Vec<&str> = wire.roles.iter().map(|role| role.role.as_str()).collect();
        let mut roles = Vec::new();
        let mut distinct = 0;
        for (index, role) in wire.roles.iter().enumerate() {
            let place = format!("{path}.roles[{index}]");
            if names.iter().take(index).any(|name| *name == role.role) {
                let expected = "role names that are used once";
                self.fault(
                    "duplicate-name",
                    &format!("{place}.role"),
                    expected,
                    format!("`{}`", role.role),
                    None,
                );
            }
            if let (Some(order), false) = (&role.order, events) {
                self.fault(
                    "needs-event",
                    &format!("{place}.order"),
                    "an event to compare with",
                    format!("`{order}` for a figure"),
                    None,
                );
            }
            if role.distinct {
                distinct += 1;
                let found = match role.at_least.unwrap_or(1) {
                    _ if !events => Some("one for a figure".to_owned()),
                    _ if distinct > 1 => Some("a second one".to_owned()),
                    1 => None,
                    documents => Some(format!("one with {documents} documents")),
                };
                if let Some(found) = found {
                    let expected = "one distinct role for events, with one document";
                    self.fault(
                        "bad-distinct",
                        &format!("{place}.distinct"),
                        expected,
                        found,
                        None,
                    );
                }
            }
            if let Some(reference) = &role.refers_to {
                let known = reference.target == "event" && events
                    || names.contains(&reference.target.as_str()) && reference.target != role.role;
                if !known {
                    let target = format!("{place}.refers_to.target");
                    let (what, known) = match events {
                        true => ("role, or `event`", names.clone()),
                        false => ("role of the same proof", names.clone()),
                    };
                    let roles = format!("{path}.roles");
                    self.unknown(&target, what, &reference.target, known, &roles);
                }
            }
            if let Some(role) = self.role(&place, role, window, events) {
                roles.push(role);
            }
        }
        Proof { roles }
    }

    fn role(&mut self, path: &str, wire: &RoleWire, default: Window, events: bool) -> Option<Role> {
        let window = match wire.window {
            None => default,
            Some(window) => self.window(&format!("{path}.window"), window)?,
        };
        let deadline = match &wire.deadline {
            None => None,
            Some(due) => Some(self.due(&format!("{path}.deadline"), due, events)?),
        };
        let number_pattern = match &wire.number_pattern {
            None => None,
            Some(pattern) => Some(self.pattern(&format!("{path}.number_pattern"), pattern)?),
        };
        Some(Role {
            name: wire.role.as_str().into(),
            title: wire.title.clone().map(Title::from),
            kinds: wire.kinds.clone(),
            at_least: wire.at_least.unwrap_or(1),
            when: match wire.when.as_deref() {
                Some("some") => When::Some,
                Some("none") => When::None,
                _ => When::Always,
            },
            issuer_levels: wire.issuer_levels.clone(),
            issuers: wire
                .issuers
                .iter()
                .map(|name| crate::values::fold(name))
                .collect(),
            number_pattern,
            window,
            dated: match wire.dated.as_deref() {
                Some("signed_on") => Dated::Signed,
                Some("sent_on") => Dated::Sent,
                _ => Dated::Issued,
            },
            deadline,
            order: match wire.order.as_deref() {
                Some("on_or_before_event") => Some(Order::OnOrBefore),
                Some(_) => Some(Order::OnOrAfter),
                None => None,
            },
            refers_to: wire.refers_to.as_ref().map(|reference| Reference {
                relations: reference.rel.clone(),
                role: (reference.target != "event").then(|| reference.target.clone()),
            }),
            page: wire.page,
            signed: wire.signed,
            distinct: wire.distinct,
            fields: wire
                .fields
                .iter()
                .map(|field| RequiredField {
                    name: field.name.clone(),
                    is: field.is.as_deref().map(crate::values::fold),
                })
                .collect(),
        })
    }

    fn pattern(&mut self, path: &str, wire: &PatternWire) -> Option<regex::Regex> {
        let anchored = format!("^(?:{})$", wire.pattern);
        let built = regex::RegexBuilder::new(&anchored)
            .size_limit(MAX_PATTERN_BYTES)
            .build();
        let regex = match built {
            Ok(regex) => regex,
            Err(error) => {
                let (path, found) = (format!("{path}.pattern"), format!("`{}`", wire.pattern));
                if let regex::Error::CompiledTooBig(_) = error {
                    let expected = format!("a pattern of at most {MAX_PATTERN_BYTES} bytes, built");
                    let help = Some("ask for fewer or shorter repetitions".to_owned());
                    self.fault("pattern-too-big", &path, expected, found, help);
                } else {
                    // The last line says what is wrong, those before it show where.
                    let text = error.to_string();
                    let help = text.lines().last().map(|line| line.replace("error: ", ""));
                    self.fault("bad-pattern", &path, "a regular expression", found, help);
                }
                return None;
            }
        };
        let mut sound = true;
        for (name, examples, wanted) in [
            ("accepts", &wire.accepts, true),
            ("refuses", &wire.refuses, false),
        ] {
            for (index, example) in examples.iter().enumerate() {
                if regex.is_match(&crate::values::nfc(example)) != wanted {
                    let verb = if wanted { "accepts" } else { "refuses" };
                    self.fault(
                        "pattern-example",
                        &format!("{path}.{name}[{index}]"),
                        format!("an example that the pattern {verb}"),
                        format!("`{example}`"),
                        None,
                    );
                    sound = false;
                }
            }
        }
        sound.then_some(regex)
    }

    fn add_quantity(&mut self, index: usize, wire: &QuantityWire, pack: &Times) {
        let path = format!("quantities[{index}]");
        if self.by_id.contains_key(&wire.id) || self.broken.contains(&wire.id) {
            let expected = "names of quantities that are used once";
            let found = format!("`{}`", wire.id);
            self.fault(
                "duplicate-name",
                &format!("{path}.id"),
                expected,
                found,
                None,
            );
            return;
        }
        let window = match wire.window {
            None => Some(pack.window),
            Some(window) => self.window(&format!("{path}.window"), window),
        };
        let hand_in_by = wire.hand_in_by.unwrap_or(pack.hand_in_by);
        let (Some(window), Some(kind)) = (window, self.quantity_kind(&path, &wire.kind)) else {
            self.broken.insert(wire.id.clone());
            return;
        };
        // Where both are those of the pack, the pack itself was told.
        let own = wire.window.is_some() || wire.hand_in_by.is_some();
        if own && hand_in_by < window.to() {
            self.fault(
                "hand-in-before-close",
                &format!("{path}.hand_in_by"),
                format!("a day not before the close of the window, {}", window.to()),
                format!("{hand_in_by}"),
                None,
            );
        }
        let document_window = match (wire.window, pack.document_window) {
            (None, Some(documents)) => documents,
            _ => window,
        };
        let events = kind.event().is_some();
        let proof = self.proof(
            &format!("{path}.proof"),
            &wire.proof,
            document_window,
            events,
        );
        self.by_id
            .insert(wire.id.clone(), QuantityIndex(self.quantities.len()));
        self.places.push(path);
        self.quantities.push(Quantity {
            id: wire.id.as_str().into(),
            title: wire.title.clone().into(),
            kind,
            window,
            hand_in_by,
            depends_on_upper_level: wire.depends_on.is_some(),
            proof,
            sources: wire.sources.iter().map(Source::from).collect(),
        });
    }

    fn event_source(
        &mut self,
        path: &str,
        by: &str,
        event: Option<&String>,
    ) -> Option<Option<String>> {
        match (by, event) {
            ("events", Some(event)) => Some(Some(event.clone())),
            ("figure", None) => Some(None),
            _ => {
                let found = match event {
                    Some(_) => format!("`by: {by}` with `event`"),
                    None => format!("`by: {by}` without `event`"),
                };
                let expected = "`by: events` with `event`, or `by: figure` without";
                self.fault("event-source", path, expected, found, None);
                None
            }
        }
    }

    fn quantity_kind(&mut self, path: &str, wire: &KindWire) -> Option<QuantityKind> {
        Some(match wire {
            KindWire::Count { by, event } => {
                let by = match self.event_source(path, by, event.as_ref())? {
                    Some(event) => CountBy::Events(event),
                    None => CountBy::Figure,
                };
                QuantityKind::Count { by }
            }
            KindWire::DueSet { event, obligations } => {
                let mut list = Vec::new();
                let mut names = BTreeSet::new();
                for (index, obligation) in obligations.iter().enumerate() {
                    let place = format!("{path}.obligations[{index}]");
                    if !names.insert(&obligation.id) {
                        let expected = "names of obligations that are used once";
                        let found = format!("`{}`", obligation.id);
                        let place = format!("{place}.id");
                        self.fault("duplicate-name", &place, expected, found, None);
                    }
                    let due = self.due(&format!("{place}.due"), &obligation.due, false);
                    if let Some(Deadline::On { date, provisional }) = due {
                        list.push(Obligation {
                            id: obligation.id.clone(),
                            title: obligation.title.clone().into(),
                            due: date,
                            provisional,
                        });
                    }
                }
                if list.len() != obligations.len() {
                    return None;
                }
                QuantityKind::DueSet {
                    event: event.clone(),
                    obligations: list,
                }
            }
            KindWire::Share {
                by,
                event,
                total,
                open_at_close,
                overdue,
                min_total,
            } => match self.event_source(path, by, event.as_ref())? {
                Some(event) => {
                    let stray = [
                        ("total", total.is_some()),
                        ("open_at_close", open_at_close.is_some()),
                        ("overdue", *overdue),
                        ("min_total", *min_total > 0),
                    ];
                    for (name, _) in stray.into_iter().filter(|(_, stated)| *stated) {
                        let expected = format!("`{name}` only for a share by figure");
                        let path = format!("{path}.{name}");
                        self.fault("share-by-events", &path, expected, "it by events", None);
                    }
                    QuantityKind::Share {
                        by: ShareBy::Events(event),
                        total: Total::Unbounded,
                        open_at_close: OpenAtClose::Lost,
                        overdue: false,
                        min_total: 0,
                    }
                }
                None => {
                    let (Some(total), Some(open)) = (total, open_at_close) else {
                        let found = named(&[
                            ("total", total.is_some()),
                            ("open_at_close", open_at_close.is_some()),
                        ]);
                        let expected = "`total` and `open_at_close` for a share by figure";
                        self.fault("share-by-figure", path, expected, found, None);
                        return None;
                    };
                    let total = match total {
                        TotalWire::Named(name) if name == "fixed" => Total::Fixed,
                        TotalWire::Named(name) if name == "declared" => Total::Declared,
                        TotalWire::Named(_) => Total::Unbounded,
                        TotalWire::AtMost { at_most } => Total::AtMost(*at_most),
                    };
                    let open_at_close = match open.as_str() {
                        "left_out" => OpenAtClose::LeftOut,
                        _ => OpenAtClose::Lost,
                    };
                    QuantityKind::Share {
                        by: ShareBy::Figure,
                        total,
                        open_at_close,
                        overdue: *overdue,
                        min_total: *min_total,
                    }
                }
            },
            KindWire::Flag { movement, sample } => QuantityKind::Flag {
                movement: match movement.as_str() {
                    "hold" => FlagMovement::Hold,
                    _ => FlagMovement::Latched,
                },
                sample_margin: sample.as_ref().map(|sample| sample.margin.clone()),
            },
            KindWire::Measure { domain, options } => {
                let (mut min, mut max) = match domain {
                    None => (None, None),
                    Some(range) => (range.min.clone(), range.max.clone()),
                };
                let weights = options.iter().map(|option| &option.weight);
                if let (Some(least), Some(most)) = (weights.clone().min(), weights.max()) {
                    if domain.is_some() {
                        self.fault(
                            "options-and-domain",
                            &format!("{path}.domain"),
                            "no `domain` beside `options`",
                            "one",
                            Some("the weights say what the mean can be".to_owned()),
                        );
                    }
                    (min, max) = (Some(least.clone()), Some(most.clone()));
                }
                self.ordered(&format!("{path}.domain"), min.as_ref(), max.as_ref())?;
                let options = options
                    .iter()
                    .map(|option| SurveyOption {
                        id: option.id.clone(),
                        weight: option.weight.clone(),
                    })
                    .collect();
                QuantityKind::Measure { min, max, options }
            }
            KindWire::Judgement { range, verdicts } => match (range, verdicts) {
                (
                    Some(RangeWire {
                        min: Some(min),
                        max: Some(max),
                    }),
                    None,
                ) => {
                    self.ordered(&format!("{path}.range"), Some(min), Some(max))?;
                    let (min, max) = (min.clone(), max.clone());
                    QuantityKind::Judgement {
                        scale: JudgementScale::Points { min, max },
                    }
                }
                (None, Some(verdicts)) => QuantityKind::Judgement {
                    scale: JudgementScale::Verdicts(verdicts.clone()),
                },
                _ => {
                    let end = |end: fn(&RangeWire) -> bool| range.as_ref().is_some_and(end);
                    let found = named(&[
                        ("range.min", end(|range| range.min.is_some())),
                        ("range.max", end(|range| range.max.is_some())),
                        ("verdicts", verdicts.is_some()),
                    ]);
                    let expected = "`range` with `min` and `max`, or `verdicts`";
                    self.fault("judgement-scale", path, expected, found, None);
                    return None;
                }
            },
        })
    }

    fn ordered(&mut self, path: &str, min: Option<&Exact>, max: Option<&Exact>) -> Option<()> {
        match (min, max) {
            (Some(min), Some(max)) if min > max => {
                self.fault(
                    "range-reversed",
                    path,
                    "a smallest number not above the largest",
                    format!("{min} to {max}"),
                    None,
                );
                None
            }
            _ => Some(()),
        }
    }
}

/// Most bytes of a compiled pattern: 256 KiB.
pub const MAX_PATTERN_BYTES: usize = 256 * 1024;

struct Times {
    window: Window,
    document_window: Option<Window>,
    hand_in_by: NaiveDate,
}

impl From<TitleWire> for Title {
    fn from(wire: TitleWire) -> Self {
        Title {
            vi: wire.vi,
            en: wire.en,
        }
    }
}

impl From<&SourceWire> for Source {
    fn from(wire: &SourceWire) -> Self {
        let basis = match &wire.illustrative {
            Some(reason) => Basis::Illustrative {
                illustrative: reason.clone(),
            },
            None => Basis::Cited {
                document: wire.document.clone().unwrap_or_default(),
                item: wire.item.clone(),
                quote: wire.quote.clone(),
            },
        };
        Source {
            of: wire.of.clone(),
            basis,
        }
    }
}

/// The pack in a document whose shape was checked.
///
/// `pruned` says that faulty parts were left out of the document.
pub(super) fn pack(
    wire: &PackWire,
    document: &Document,
    pruned: bool,
    calendar: &Calendar,
) -> Result<Pack, Vec<Fault>> {
    let mut ctx = Lowering {
        document,
        calendar,
        pruned,
        faults: Vec::new(),
        quantities: Vec::new(),
        by_id: BTreeMap::new(),
        places: Vec::new(),
        broken: BTreeSet::new(),
        unit_classes: wire.unit_classes.clone(),
        leaf_max: Exact::ZERO,
        sole: false,
    };
    let validity = ctx.window("validity", wire.validity);
    let window = ctx.window("window", wire.window);
    let document_window = wire
        .document_window
        .map(|it| ctx.window("document_window", it));
    let rounding = match Rounding::new(wire.rounding.places, wire.rounding.mode) {
        Ok(rounding) => rounding,
        Err(error) => {
            ctx.fault(
                "bad-rounding",
                "rounding",
                "0 to 6 places",
                error.to_string(),
                None,
            );
            Rounding::NONE
        }
    };
    // A window that is told as reversed is turned, so that the rest is checked all the same.
    let turned = |wire: WindowWire| Window::new(wire.to, wire.from).ok();
    let closed = window.is_some();
    let (Some(validity), Some(window)) = (
        validity.or(turned(wire.validity)),
        window.or(turned(wire.window)),
    ) else {
        return Err(ctx.faults);
    };
    if closed && wire.hand_in_by < window.to() {
        let expected = format!("a day not before the close, {}", window.to());
        let found = format!("{}", wire.hand_in_by);
        ctx.fault("hand-in-before-close", "hand_in_by", expected, found, None);
    }
    let times = Times {
        window,
        document_window: document_window.flatten(),
        hand_in_by: wire.hand_in_by,
    };
    for (index, quantity) in wire.quantities.iter().enumerate() {
        ctx.add_quantity(index, quantity, &times);
    }
    let mut tree = Tree {
        leaves: Vec::new(),
        codes: BTreeSet::new(),
        wire,
        times: &times,
    };
    let mut areas = Vec::new();
    for (index, node) in wire.tree.iter().enumerate() {
        let path = format!("tree[{index}]");
        let bonus_penalty = node.block.is_some();
        let place = Place {
            area: &node.code,
            bonus_penalty,
            depth: 1,
        };
        match tree.node(&path, node, &place, &mut ctx) {
            Some(Child::Group(group)) => areas.push(group),
            // A leaf at the top is its own area.
            Some(leaf) => areas.push(Group {
                code: node.code.clone(),
                title: node.title.clone().into(),
                cap: None,
                floor: None,
                bonus_penalty,
                children: vec![leaf],
                bound: Arc::default(),
            }),
            None => {}
        }
    }
    let leaves = std::mem::take(&mut tree.leaves);
    let classes = ctx.classes(wire);
    let class_gates = ctx.class_gates(wire);
    let consistency = ctx.consistency(wire);
    if !ctx.faults.is_empty() {
        return Err(ctx.faults);
    }
    let leaf_by_code = leaves
        .iter()
        .enumerate()
        .map(|(index, leaf)| (leaf.code.clone(), index))
        .collect();
    let decision = wire.decision.as_ref().map(|decision| Decision {
        number: decision.number.clone(),
        date: decision.date,
        title: decision.title.clone(),
    });
    Ok(Pack {
        id: wire.id.clone(),
        title: wire.title.clone().into(),
        note: wire.note.clone(),
        level: wire.level.clone(),
        scored_year: wire.scored_year,
        issuer: wire.issuer.clone(),
        decision,
        validity,
        window,
        hand_in_by: wire.hand_in_by,
        coverage: match wire.coverage.as_str() {
            "whole" => Coverage::Whole,
            _ => Coverage::Partial,
        },
        max: Points::new(wire.max.clone()),
        rounding,
        offices: wire
            .offices
            .iter()
            .map(|office| (office.id.clone(), office.title.clone().into()))
            .collect(),
        unit_classes: ctx.unit_classes,
        quantities: ctx.quantities,
        areas,
        leaves,
        classes,
        class_gates,
        consistency,
        sources: wire.sources.iter().map(Source::from).collect(),
        digest: document.digest(),
        leaf_by_code,
        quantity_by_id: ctx.by_id,
    })
}

/// The fields that are stated, in words.
fn named(fields: &[(&str, bool)]) -> String {
    let stated = fields.iter().filter(|(_, stated)| *stated);
    let names: Vec<String> = stated.map(|(name, _)| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => "none of them".to_owned(),
        [only] => format!("only {only}"),
        names => names.join(", "),
    }
}

struct Tree<'a> {
    leaves: Vec<Leaf>,
    codes: BTreeSet<String>,
    wire: &'a PackWire,
    times: &'a Times,
}

struct Place<'a> {
    area: &'a str,
    bonus_penalty: bool,
    depth: usize,
}

impl Tree<'_> {
    fn node(
        &mut self,
        path: &str,
        node: &NodeWire,
        place: &Place<'_>,
        ctx: &mut Lowering<'_>,
    ) -> Option<Child> {
        if !self.codes.insert(node.code.clone()) {
            let found = format!("`{}` again", node.code);
            ctx.fault(
                "duplicate-code",
                &format!("{path}.code"),
                "codes that are used once",
                found,
                None,
            );
        }
        let beside = |names: &[(&'static str, bool)]| {
            names
                .iter()
                .filter(|(_, present)| *present)
                .map(|(name, _)| *name)
                .collect::<Vec<_>>()
        };
        let (kind, stray) = match &node.children {
            Some(_) => (
                "group",
                beside(&[
                    ("min", node.min.is_some()),
                    ("unproved", node.unproved.is_some()),
                    ("scored_by", node.scored_by.is_some()),
                    ("not_applicable", node.not_applicable.is_some()),
                    ("validity", node.validity.is_some()),
                ]),
            ),
            None => (
                "leaf",
                beside(&[
                    ("cap", node.cap.is_some()),
                    ("floor", node.floor.is_some()),
                    ("block", node.block.is_some()),
                ]),
            ),
        };
        for name in stray {
            let other = if kind == "leaf" { "group" } else { "leaf" };
            let expected = format!("`{name}` only in a {other}");
            let found = format!("it in a {kind}");
            ctx.fault(
                "misplaced-field",
                &format!("{path}.{name}"),
                expected,
                found,
                None,
            );
        }
        match (&node.children, &node.rule) {
            (Some(children), _) => {
                let place_below = Place {
                    depth: place.depth + 1,
                    ..*place
                };
                if node.block.is_some() {
                    let bounded = node.cap.is_some() && node.floor.is_some();
                    if place.depth > 1 || !bounded {
                        let found = match place.depth {
                            1 => named(&[
                                ("cap", node.cap.is_some()),
                                ("floor", node.floor.is_some()),
                            ]),
                            _ => "one inside another group".to_owned(),
                        };
                        let expected =
                            "a bonus and penalty block at the top, with `cap` and `floor`";
                        ctx.fault("bad-block", path, expected, found, None);
                    }
                }
                let mut list = Vec::new();
                for (index, child) in children.iter().enumerate() {
                    let path = format!("{path}.children[{index}]");
                    list.extend(self.node(&path, child, &place_below, ctx));
                }
                Some(Child::Group(Group {
                    code: node.code.clone(),
                    title: node.title.clone().into(),
                    cap: node.cap.clone().map(Points::new),
                    floor: node.floor.clone().map(Points::new),
                    bonus_penalty: node.block.is_some(),
                    children: list,
                    bound: Arc::default(),
                }))
            }
            (None, Some(rule)) => {
                let leaf = self.leaf(path, node, rule, place, ctx)?;
                self.leaves.push(leaf);
                Some(Child::Leaf(self.leaves.len() - 1))
            }
            (None, None) => None,
        }
    }

    fn leaf(
        &mut self,
        path: &str,
        node: &NodeWire,
        rule: &super::form::RuleWire,
        place: &Place<'_>,
        ctx: &mut Lowering<'_>,
    ) -> Option<Leaf> {
        let Some(max) = node.max.clone() else {
            ctx.fault(
                "missing-max",
                path,
                "`max`, the most points of a leaf",
                "none",
                None,
            );
            return None;
        };
        let min = node.min.clone().unwrap_or(Exact::ZERO);
        let unproved = node.unproved.clone().unwrap_or_else(|| min.clone());
        if min > max || unproved < min || unproved > max {
            ctx.fault(
                "leaf-range",
                path,
                "`min` ≤ `unproved` ≤ `max`",
                format!("`min` {min}, `unproved` {unproved}, `max` {max}"),
                None,
            );
            return None;
        }
        for (name, value) in [("max", &max), ("min", &min), ("unproved", &unproved)] {
            let rounding = Rounding::new(self.wire.rounding.places, self.wire.rounding.mode);
            if rounding.is_ok_and(|rounding| rounding.round(value) != *value) {
                ctx.fault(
                    "not-on-the-grid",
                    &format!("{path}.{name}"),
                    format!("a number with at most {} places", self.wire.rounding.places),
                    format!("`{value}`"),
                    Some("the leaf is rounded, so its ends must be round".to_owned()),
                );
            }
        }
        ctx.leaf_max = max.clone();
        ctx.sole = true;
        let composite = matches!(
            rule,
            super::form::RuleWire::Sum(_)
                | super::form::RuleWire::Least(_)
                | super::form::RuleWire::Greatest(_)
                | super::form::RuleWire::Cap(_)
                | super::form::RuleWire::Gate(_)
                | super::form::RuleWire::AllOrNothing(_)
        );
        if composite {
            ctx.sole = false;
        }
        let rule_path = format!("{path}.rule");
        let rule = rule.lower(&rule_path, ctx)?;
        let (least, most) = rule.range();
        // An end that is missing may only be faulty.
        if ctx.is_whole(path) && (least < min || most > max) {
            ctx.fault(
                "points-out-of-range",
                &rule_path,
                format!("points from {min} to {max}"),
                format!("points from {least} to {most}"),
                None,
            );
        }
        let quantities = ctx.reads_once(&rule_path, &rule);
        let sources: Vec<SourceWire> = node.sources.clone().unwrap_or_default();
        for (index, source) in sources.iter().enumerate() {
            if source.illustrative.is_some() && (source.item.is_some() || source.quote.is_some()) {
                ctx.fault(
                    "illustrative-citation",
                    &format!("{path}.sources[{index}]"),
                    "an illustrative figure without `item` and `quote`",
                    "one that cites",
                    None,
                );
            }
        }
        if sources.is_empty() {
            ctx.fault(
                "no-source",
                path,
                "`sources`: where the figures come from, or that they are illustrative",
                "none",
                None,
            );
        }
        let grounds = self.grounds(path, node, ctx);
        let known: Vec<&str> = self
            .wire
            .offices
            .iter()
            .map(|office| office.id.as_str())
            .collect();
        if let Some(offices) = &node.offices {
            for (name, place) in std::iter::once((&offices.lead, "lead".to_owned())).chain(
                offices
                    .with
                    .iter()
                    .enumerate()
                    .map(|(index, name)| (name, format!("with[{index}]"))),
            ) {
                if !known.contains(&name.as_str()) {
                    let path = format!("{path}.offices.{place}");
                    ctx.unknown(&path, "office", name, known.iter().copied(), "offices");
                }
            }
        }
        let validity = match node.validity {
            None => None,
            Some(window) => Some(ctx.window(&format!("{path}.validity"), window)?),
        };
        let read = quantities.iter().filter_map(|of| ctx.quantities.get(of.0));
        let illustrative = sources.iter().any(|source| source.illustrative.is_some())
            || read
                .flat_map(|quantity| &quantity.sources)
                .any(Source::is_illustrative);
        Some(Leaf {
            code: node.code.clone(),
            title: Arc::new(node.title.clone().into()),
            source_title: node.source_title.clone(),
            max: Points::new(max),
            min: Points::new(min),
            unproved: Points::new(unproved),
            scored_by: match node.scored_by.as_deref() {
                Some("appraiser") => ScoredBy::Appraiser,
                Some("survey") => ScoredBy::Survey,
                _ => ScoredBy::Unit,
            },
            rule,
            grounds,
            lead: node.offices.as_ref().map(|offices| offices.lead.clone()),
            with: node
                .offices
                .as_ref()
                .map(|offices| offices.with.clone())
                .unwrap_or_default(),
            plan_time: node.plan_time.clone(),
            validity,
            sources: sources.iter().map(Source::from).collect(),
            illustrative,
            bonus_penalty: place.bonus_penalty,
            area: place.area.into(),
            quantities,
            note: node.note.clone(),
        })
    }

    fn grounds(&mut self, path: &str, node: &NodeWire, ctx: &mut Lowering<'_>) -> Vec<Ground> {
        let wires = node.not_applicable.as_deref().unwrap_or_default();
        let mut grounds: Vec<Ground> = Vec::new();
        for (index, ground) in wires.iter().enumerate() {
            let place = format!("{path}.not_applicable[{index}]");
            if grounds.iter().any(|other| other.id == ground.id) {
                let found = format!("`{}`", ground.id);
                ctx.fault(
                    "duplicate-name",
                    &format!("{place}.id"),
                    "names of grounds that are used once",
                    found,
                    None,
                );
            }
            let documents = self.times.document_window.unwrap_or(self.times.window);
            let proof = ctx.proof(&format!("{place}.proof"), &ground.proof, documents, false);
            grounds.push(Ground {
                id: ground.id.clone(),
                title: ground.title.clone().into(),
                proof,
            });
        }
        grounds
    }
}

impl Lowering<'_> {
    /// The quantities of a leaf; reports one that two nodes read.
    fn reads_once(&mut self, path: &str, rule: &Rule) -> Vec<QuantityIndex> {
        let mut seen = BTreeSet::new();
        let mut twice = BTreeSet::new();
        let mut order = Vec::new();
        let branches: Vec<&Rule> = match rule {
            Rule::ByClass(classes) => classes.iter().map(|(_, rule)| rule).collect(),
            rule => vec![rule],
        };
        for branch in branches {
            let mut here = BTreeSet::new();
            branch.each_quantity(&mut |of| {
                if !here.insert(of) {
                    twice.insert(of);
                }
                if seen.insert(of) {
                    order.push(of);
                }
            });
        }
        for of in twice {
            let name = self
                .quantities
                .get(of.0)
                .map_or("", |quantity| &quantity.id)
                .to_owned();
            self.fault(
                "read-twice",
                path,
                "each quantity read by one part of the rule",
                format!("`{name}` read by two"),
                Some("write one piece function over it".to_owned()),
            );
        }
        if order.len() > MAX_PARTS {
            let found = format!("{}", order.len());
            self.fault(
                "too-many-parts",
                path,
                format!("at most {MAX_PARTS} quantities"),
                found,
                None,
            );
        }
        order
    }

    fn classes(&mut self, wire: &PackWire) -> Vec<Class> {
        if wire.coverage == "partial" && !wire.classes.is_empty() {
            self.fault(
                "class-of-part",
                "classes",
                "no classes: a pack that covers part of a set gives points only",
                "classes",
                None,
            );
        }
        if self.is_whole("classes") {
            self.class_order(wire);
        }
        let class = |class: &ClassWire| Class {
            id: class.id.clone(),
            title: class.title.clone().into(),
            from: class.from.clone(),
        };
        wire.classes.iter().map(class).collect()
    }

    fn class_order(&mut self, wire: &PackWire) {
        let mut above: Option<&Exact> = None;
        for (index, class) in wire.classes.iter().enumerate() {
            let path = format!("classes[{index}].from");
            let (expected, found) = match &class.from {
                Some(from) if index + 1 == wire.classes.len() => (
                    "no `from` for the last class: it is for the rest".to_owned(),
                    from.to_text(),
                ),
                Some(from) => match above.replace(from) {
                    Some(above) if from >= above => (
                        format!("a number below `{above}`, that of the class before"),
                        from.to_text(),
                    ),
                    _ => continue,
                },
                None if index + 1 < wire.classes.len() => (
                    "`from`: only the last class is without".to_owned(),
                    "none".to_owned(),
                ),
                None => continue,
            };
            let found = if found == "none" {
                found
            } else {
                format!("`{found}`")
            };
            self.fault("class-order", &path, expected, found, None);
        }
    }

    fn class_gates(&mut self, wire: &PackWire) -> Vec<ClassGate> {
        let mut gates = Vec::new();
        for (index, gate) in wire.class_gates.iter().enumerate() {
            let path = format!("class_gates[{index}]");
            let place = wire
                .classes
                .iter()
                .position(|class| class.id == gate.class_at_most);
            if place.is_none() {
                let known = wire.classes.iter().map(|class| class.id.as_str());
                let path = format!("{path}.class_at_most");
                self.unknown(&path, "class", &gate.class_at_most, known, "classes");
            }
            let truth = (&Exact::ONE, &Exact::ZERO);
            let unless = gate.unless.curve(&format!("{path}.unless"), truth, self);
            if let (Some(class_at_most), Some(unless)) = (place, unless) {
                let title = gate.title.clone().into();
                gates.push(ClassGate {
                    id: gate.id.clone(),
                    title,
                    unless,
                    class_at_most,
                });
            }
        }
        gates
    }

    fn consistency(&mut self, wire: &PackWire) -> Vec<Consistency> {
        let mut checks = Vec::new();
        for (index, check) in wire.consistency.iter().enumerate() {
            let path = format!("consistency[{index}]");
            let left = self.term(&format!("{path}.left"), &check.left);
            let right = self.term(&format!("{path}.right"), &check.right);
            if let (Some(left), Some(right)) = (left, right) {
                checks.push(Consistency {
                    id: check.id.clone(),
                    title: check.title.clone().into(),
                    left,
                    equal: check.relation == "equal",
                    right,
                });
            }
        }
        checks
    }

    fn term(&mut self, path: &str, wire: &TermWire) -> Option<Term> {
        let of = self.quantity(&format!("{path}.of"), &wire.of)?;
        let share = matches!(self.kind(of)?, QuantityKind::Share { .. });
        let part = match wire.part.as_str() {
            "won" => Part::Won,
            "lost" => Part::Lost,
            "open" => Part::Open,
            "total" => Part::Total,
            _ => Part::Value,
        };
        if share == (part == Part::Value) {
            let expected = format!("a quantity with the part `{}`", wire.part);
            self.wrong_kind(&format!("{path}.of"), of, &expected);
            return None;
        }
        Some(Term {
            of,
            part,
            times: wire.times.clone().unwrap_or(Exact::ONE),
        })
    }
}
