//! Random submissions for a pack, as JSON.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::Choices;
use crate::facts::DocumentKind;
use crate::model::Pack;
use crate::rules::*;
use crate::values::{Exact, Window};

/// A submission being written.
struct Writing<'a> {
    pack: &'a Pack,
    evidence: Vec<Value>,
    figures: Vec<Value>,
    events: Vec<Value>,
    split: Split,
}

/// When a unit existed, and of what it was put together.
#[derive(Default)]
struct Split {
    existed: Option<Window>,
    predecessors: Vec<String>,
}

impl Split {
    /// Days that leave something of every quantity; a whole year where a pack says nothing
    /// of split years.
    fn random(pack: &Pack, choices: &mut Choices) -> Split {
        let says = pack
            .quantities
            .iter()
            .any(|it| it.observation == Observation::Unit || it.predecessors == Predecessors::Sum);
        if !says || choices.once_in(3) {
            return Split::default();
        }
        let cut = pack.quantities.iter();
        let cut = cut.filter(|it| it.observation == Observation::Unit);
        let mut days = vec![pack.window.from()];
        let mut last = pack.window.to();
        for quantity in &pack.quantities {
            let (from, to) = (quantity.window.from(), quantity.window.to());
            days.extend([from, later(from, 1), later(from, 12)]);
            if let QuantityKind::DueSet { obligations, .. } = &quantity.kind {
                days.extend(obligations.iter().flat_map(|it| [it.due, later(it.due, 1)]));
                if let (Observation::Unit, Some(due)) = (
                    quantity.observation,
                    obligations.iter().map(|it| it.due).max(),
                ) {
                    last = last.min(due);
                }
            }
            if quantity.observation == Observation::Unit {
                last = last.min(to);
            }
        }
        days.retain(|day| pack.window.from() <= *day && *day <= last);
        let from = choices.one_of(&days).copied().unwrap_or(pack.window.from());
        // An end that leaves a day, and the first obligation that is due after the beginning.
        let mut to = pack.window.to();
        if choices.once_in(4) {
            let needed = cut.map(|it| {
                let due = match &it.kind {
                    QuantityKind::DueSet { obligations, .. } => {
                        let open = obligations.iter().map(|it| it.due);
                        open.filter(|due| *due >= from).min().unwrap_or(from)
                    }
                    _ => from,
                };
                due.max(it.window.from())
            });
            to = needed.fold(later(from, 10), NaiveDate::max).min(to);
        }
        let count = choices.pick(3);
        Split {
            existed: Window::new(from, to).ok(),
            predecessors: (0..count).map(|it| format!("predecessor-{it}")).collect(),
        }
    }

    fn began(&self) -> Option<NaiveDate> {
        self.existed.map(|it| it.from())
    }
}

/// A random submission for a pack; not every one reads, see [`super::submissions`].
pub(super) fn random(pack: &Pack, choices: &mut Choices) -> Value {
    let mut writing = Writing {
        pack,
        evidence: Vec::new(),
        figures: Vec::new(),
        events: Vec::new(),
        split: Split::random(pack, choices),
    };
    for quantity in &pack.quantities {
        match quantity.kind.event() {
            Some(kind) => writing.events_of(quantity, kind, choices),
            None => writing.figures_of(quantity, choices),
        }
    }
    let Writing {
        evidence,
        figures,
        events,
        split,
        ..
    } = writing;
    let mut unit = json!({"code": "u", "name": "u", "level": pack.level});
    if let (Some(class), Value::Object(fields)) = (choices.one_of(&pack.unit_classes), &mut unit) {
        fields.insert("class".to_owned(), json!(class));
    }
    if let (Some(existed), Value::Object(fields)) = (split.existed, &mut unit) {
        let window = json!({"from": existed.from().to_string(), "to": existed.to().to_string()});
        fields.insert("observation_window".to_owned(), window);
        if !split.predecessors.is_empty() {
            let list = split.predecessors.iter();
            let list: Vec<Value> = list.map(|id| json!({"id": id, "name": id})).collect();
            fields.insert("predecessors".to_owned(), json!(list));
        }
    }
    json!({
        "format": "cchc-submission", "version": 1, "note": "synthetic", "pack": pack.id,
        "unit": unit,
        "scored_year": pack.scored_year, "prepared_on": pack.window.to().to_string(),
        "figures": figures, "events": events, "evidence": evidence,
    })
}

/// A fact that documents are written for.
#[derive(Clone, Copy)]
struct About<'a> {
    /// Name and day of the event, if it is one.
    event: Option<(&'a str, NaiveDate)>,
    /// Whether there are items.
    some: bool,
    /// The day on which it was recorded.
    day: NaiveDate,
    /// Whether it is of a predecessor.
    of_predecessor: bool,
}

/// What is wrong with a document.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flaw {
    None,
    Absent,
    Blank,
    Unreadable,
    Contradicts,
}

impl Flaw {
    fn random(choices: &mut Choices) -> Flaw {
        match choices.pick(8) {
            1 => Flaw::Absent,
            2 => Flaw::Blank,
            3 => Flaw::Unreadable,
            4 => Flaw::Contradicts,
            _ => Flaw::None,
        }
    }
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// Some day of a window, its ends among them.
fn day_in(from: NaiveDate, to: NaiveDate, choices: &mut Choices) -> NaiveDate {
    let length = u64::try_from((to - from).num_days()).unwrap_or(0);
    match choices.pick(4) {
        0 => later(from, length / 3),
        1 => to,
        2 => from,
        _ => later(from, choices.count(length.max(1))),
    }
}

impl Writing<'_> {
    fn events_of(&mut self, quantity: &Quantity, kind: &str, choices: &mut Choices) {
        // Several quantities may read one kind of event; each asks for documents of its own.
        let count = choices.pick(4);
        let window = quantity.window;
        let began = self.split.began().unwrap_or(window.from());
        for _ in 0..count {
            let name = format!("event-{}", self.events.len());
            let obligation = match &quantity.kind {
                QuantityKind::DueSet { obligations, .. } => choices.one_of(obligations),
                _ => None,
            };
            let mut date = match obligation {
                Some(obligation) if choices.once_in(2) => obligation.due,
                _ => day_in(window.from(), window.to(), choices),
            };
            // What was before the unit began was a predecessor's, or is moved.
            let mut unit = None;
            if date < began {
                unit = choices.one_of(&self.split.predecessors).cloned();
                if unit.is_none() {
                    date = began;
                }
            }
            let about = About {
                event: Some((&name, date)),
                some: true,
                day: date,
                of_predecessor: unit.is_some(),
            };
            let documents = self.documents(quantity, &about, choices);
            let mut event = json!({"id": name, "kind": kind, "date": date.to_string(),
                "recorded_on": later(date, choices.count(2)).to_string(),
                "documents": documents});
            if let (Some(obligation), Value::Object(fields)) = (obligation, &mut event) {
                fields.insert("obligation".to_owned(), json!(obligation.id));
            }
            if let (Some(unit), Value::Object(fields)) = (unit, &mut event) {
                fields.insert("unit".to_owned(), json!(unit));
            }
            self.events.push(event);
        }
    }

    fn figures_of(&mut self, quantity: &Quantity, choices: &mut Choices) {
        let began = self.split.began().unwrap_or(quantity.window.from());
        let mut observed = quantity.window.from().max(began);
        if observed > quantity.window.to() {
            return;
        }
        let mut last: Option<Value> = None;
        let brought = self.brought(quantity, choices);
        for _ in 0..choices.pick(3) {
            observed = day_in(observed, quantity.window.to(), choices);
            let Some((value, some)) = value(&quantity.kind, last.as_ref(), choices) else {
                return;
            };
            let recorded = later(observed, choices.count(3));
            let about = About {
                event: None,
                some,
                day: recorded,
                of_predecessor: false,
            };
            let evidence = self.documents(quantity, &about, choices);
            let mut parts = Vec::new();
            for (unit, part, some) in &brought {
                if choices.once_in(5) {
                    continue;
                }
                let about = About {
                    some: *some,
                    of_predecessor: true,
                    ..about
                };
                let evidence = self.documents(quantity, &about, choices);
                let mut json = json!({"unit": unit, "evidence": evidence});
                if let (Value::Object(fields), Value::Object(part)) = (&mut json, part.clone()) {
                    fields.extend(part);
                }
                parts.push(json);
            }
            let mut figure = json!({"quantity": &*quantity.id,
                "observed_on": observed.to_string(), "recorded_on": recorded.to_string(),
                "evidence": evidence});
            if let (Value::Object(fields), Value::Object(value)) = (&mut figure, value.clone()) {
                fields.extend(value);
                if !parts.is_empty() {
                    fields.insert("predecessors".to_owned(), json!(parts));
                }
            }
            self.figures.push(figure);
            last = Some(value);
        }
    }

    /// What each predecessor brings to every figure of a quantity, and whether it is about
    /// items: it has ended, so that it does not move.
    fn brought(&self, quantity: &Quantity, choices: &mut Choices) -> Vec<(String, Value, bool)> {
        let added = match &quantity.kind {
            QuantityKind::Count { .. } | QuantityKind::Share { .. } => true,
            QuantityKind::Measure { options, .. } => options.is_empty(),
            _ => false,
        };
        let units = self.split.predecessors.iter().filter(|_| added);
        let units = units.filter_map(|unit| {
            let (part, some) = value(&quantity.kind, None, choices)?;
            Some((unit.clone(), part, some))
        });
        units.collect()
    }

    /// Documents for each role of a proof, sound and flawed ones, by name.
    fn documents(
        &mut self,
        quantity: &Quantity,
        about: &About<'_>,
        choices: &mut Choices,
    ) -> Vec<String> {
        let About {
            event,
            some,
            day,
            of_predecessor,
        } = *about;
        let mut names: Vec<String> = Vec::new();
        for role in &quantity.proof.roles {
            let asked = match role.when {
                When::Always => true,
                When::Some => some,
                When::None => !some,
            };
            if !asked || !role.of.asks(of_predecessor) {
                continue;
            }
            for _ in 0..role.at_least.min(20) {
                let flaw = Flaw::random(choices);
                if flaw == Flaw::Absent {
                    continue;
                }
                // Now and then the document of another fact is named again.
                if let (true, Some(Value::Object(other))) =
                    (choices.once_in(6), self.evidence.last())
                    && let Some(id) = other.get("id").and_then(Value::as_str)
                {
                    names.push(id.to_owned());
                    continue;
                }
                let name = format!("document-{}", self.evidence.len());
                let document = self.document(&name, role, event, (day, &names), flaw);
                self.evidence.push(document);
                names.push(name);
            }
        }
        names.dedup();
        names
    }

    fn document(
        &self,
        name: &str,
        role: &Role,
        event: Option<(&str, NaiveDate)>,
        (day, names): (NaiveDate, &[String]),
        flaw: Flaw,
    ) -> Value {
        let kind = role.kinds.first().copied();
        let kind = kind.map_or("BC", DocumentKind::abbreviation);
        let mut issued = event.map_or(day, |(_, date)| date);
        issued = issued.clamp(role.window.from(), role.window.to());
        if let Some(Deadline::On { date, .. }) = &role.deadline {
            issued = issued.min(*date);
        }
        let fields: Vec<Value> = role
            .fields
            .iter()
            .map(|field| json!({"name": field.name, "value": field.is.as_deref().unwrap_or("x")}))
            .collect();
        let links: Vec<Value> = role
            .refers_to
            .iter()
            .filter_map(|reference| {
                let to = match &reference.role {
                    None => event.map(|(name, _)| name.to_owned()),
                    Some(_) => names.first().cloned(),
                };
                Some(json!({"rel": reference.relations.first()?, "to": to?}))
            })
            .collect();
        let mut json = json!({
            "id": name, "kind": kind, "number": (self.evidence.len() + 1).to_string(),
            "symbol": if kind == "CV" { "UBND-VP".to_owned() } else { format!("{kind}-UBND") },
            "issuer": {"name": role.issuers.first().map_or("UBND", String::as_str),
                       "level": role.issuer_levels.first().unwrap_or(&self.pack.level)},
            "issued_on": issued.to_string(), "signed_on": issued.to_string(),
            "sent_on": issued.to_string(), "recorded_on": issued.max(day).to_string(),
            "page": "trang 1", "signed": true, "fields": fields, "links": links,
        });
        if let Value::Object(fields) = &mut json {
            match flaw {
                Flaw::Blank => drop(fields.insert("number".to_owned(), Value::Null)),
                Flaw::Unreadable => {
                    fields.insert("reading".to_owned(), json!("unreadable"));
                }
                Flaw::Contradicts => {
                    fields.insert("reading".to_owned(), json!("contradicts"));
                }
                Flaw::None | Flaw::Absent => {}
            }
        }
        json
    }
}

/// What a figure states, following from an earlier one, and whether it is about items.
fn value(
    kind: &QuantityKind,
    last: Option<&Value>,
    choices: &mut Choices,
) -> Option<(Value, bool)> {
    let before = |name: &str, field: &str| {
        let value = last.and_then(|last| last.get(name)?.get(field));
        value.and_then(Value::as_u64).unwrap_or(0)
    };
    Some(match kind {
        QuantityKind::Count { .. } => {
            let before = last.and_then(|last| last.get("count")?.as_u64());
            let count = before.unwrap_or(0) + choices.count(4);
            (json!({"count": count}), count > 0)
        }
        QuantityKind::Share {
            min_total,
            total,
            overdue,
            ..
        } => {
            let (won, lost) = (before("share", "won"), before("share", "lost"));
            let (won, lost) = (won + choices.count(4), lost + choices.count(3));
            let room = before("share", "total")
                .max(*min_total)
                .saturating_sub(won + lost);
            let open = choices.count(3).max(room);
            let all = won + lost + open;
            let mut share = json!({"won": won, "lost": lost, "open": open, "total": all});
            if let Value::Object(fields) = &mut share {
                if *overdue {
                    fields.insert("overdue".to_owned(), json!(open.min(choices.count(2))));
                }
                if *total == Total::Declared {
                    fields.insert("at_most".to_owned(), json!(all + choices.count(3)));
                }
            }
            (json!({ "share": share }), all > 0)
        }
        QuantityKind::Flag {
            sample_margin: Some(_),
            ..
        } => {
            let size = choices.count(12) * 20;
            (json!({"sample": {"population": 400, "size": size}}), true)
        }
        QuantityKind::Flag { .. } => {
            let flag = match last.and_then(|last| last.get("flag")?.as_str()) {
                Some(told) if told != "not_yet" => told,
                _ => choices.one_of(&["yes", "not_yet", "no"]).copied()?,
            };
            (json!({ "flag": flag }), true)
        }
        QuantityKind::Measure { options, .. } if !options.is_empty() => {
            let answers = options
                .iter()
                .map(|option| (option.id.clone(), json!(1 + choices.count(9))));
            let answers: serde_json::Map<String, Value> = answers.collect();
            (last.cloned().unwrap_or(json!({ "options": answers })), true)
        }
        QuantityKind::Measure { min, max, .. } => {
            let low = min.clone().unwrap_or(Exact::ZERO);
            let step = Exact::from_u64(choices.count(11));
            let width = max
                .as_ref()
                .map_or(Exact::from_integer(10), |max| max - &low);
            let part = &(&width * &step) * &Exact::ratio(1, 10)?;
            let number = (&low + &part).to_text();
            (last.cloned().unwrap_or(json!({ "measure": number })), true)
        }
        QuantityKind::Judgement { scale } => {
            let by = *choices.one_of(&["appraiser", "unit"])?;
            let judgement = match scale {
                JudgementScale::Points { min, max } => {
                    let points = choices.one_of(&[min, max]).map(|it| it.to_text());
                    json!({"points": points, "by": by, "reason": "r"})
                }
                JudgementScale::Verdicts(verdicts) => {
                    json!({"verdict": choices.one_of(verdicts), "by": by, "reason": "r"})
                }
            };
            (
                last.cloned().unwrap_or(json!({ "judgement": judgement })),
                true,
            )
        }
        QuantityKind::DueSet { .. } => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Calendar;

    #[track_caller]
    fn check(name: &str, bytes: &[u8]) {
        let calendar = Calendar::vietnam();
        let pack = crate::read_pack(name, bytes, calendar).unwrap();
        for seed in 0..40_u32 {
            let numbers = (0..240_u32).map(|it| (it * 7919 + seed * 104_729) % 59);
            let json = random(&pack, &mut Choices::new(numbers.collect()));
            let read = crate::read_submission("random.json", json.to_string().as_bytes());
            let submission = read.unwrap_or_else(|faults| panic!("{}", faults[0]));
            if let Err(misfits) = crate::fit(&pack, &submission, calendar) {
                panic!("{}", misfits[0]);
            }
        }
    }

    #[test]
    fn every_record_made_reads_and_fits() {
        check(
            "son-ha-2024",
            include_bytes!("../../../../rules/son-ha-2024/pack.json"),
        );
        check(
            "gallery",
            include_bytes!("../../../../rules/gallery/pack.json"),
        );
        check(
            "son-ha-2025-draft",
            include_bytes!("../../../../rules/son-ha-2025-draft/pack.json"),
        );
        check(
            "split-year",
            include_bytes!("../../../../fixtures/packs/sound/split-year/pack.json"),
        );
    }
}
