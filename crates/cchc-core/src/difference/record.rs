//! Records built on purpose: facts with the documents that a pack asks of them.
//!
//! A record is what stands under `given` in a worked case, so whatever is found can be
//! kept as one. Documents are made so that the pack accepts them; a comparison then
//! spoils them one by one.

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};

use crate::model::{Ground, Pack};
use crate::rules::*;
use crate::values::Exact;
use crate::wire::{Case, read_case};

/// Facts as of a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The as-of date.
    pub as_of: NaiveDate,
    /// The facts, as under `given` in a case.
    pub given: Value,
}

impl Record {
    /// The record as a case of a pack, without an expectation worth the name.
    pub(crate) fn as_case(&self, pack: &Pack) -> Option<Case> {
        let blank = json!([{"code": "total", "secured": "0", "standing": "0", "attainable": "0"}]);
        let case = json!({
            "format": "cchc-case", "version": 1, "case": "a record", "source": "a record",
            "as_of": self.as_of.to_string(), "given": self.given, "expect": blank
        });
        read_case("record", case.to_string().as_bytes(), pack).ok()
    }

    /// How much a reader has to take in: facts and documents, then the length of the text.
    pub(super) fn size(&self) -> (usize, usize) {
        let count = |key| {
            let list = self.given.get(key).and_then(Value::as_array);
            list.map_or(0, Vec::len)
        };
        let keys = ["figures", "events", "evidence", "not_applicable", "cohort"];
        let facts = keys.into_iter().map(count).sum();
        (facts, self.given.to_string().len())
    }

    /// The same record so many years later.
    pub(super) fn later(&self, years: i32) -> Record {
        Record {
            as_of: moved(self.as_of, years),
            given: later(&self.given, years),
        }
    }
}

/// Facts of two records together.
pub(super) fn together(one: &Value, other: &Value) -> Value {
    let mut both = one.clone();
    let (Some(fields), Some(more)) = (both.as_object_mut(), other.as_object()) else {
        return both;
    };
    for (key, value) in more {
        match (fields.get_mut(key).and_then(Value::as_array_mut), value) {
            (Some(list), Value::Array(items)) => list.extend(items.iter().cloned()),
            _ => {
                fields.insert(key.clone(), value.clone());
            }
        }
    }
    both
}

/// Every day in a value, so many years later.
pub(crate) fn later(value: &Value, years: i32) -> Value {
    match value {
        Value::String(text) => match crate::values::parse_date(text) {
            Ok(date) => Value::from(moved(date, years).to_string()),
            Err(_) => value.clone(),
        },
        Value::Array(items) => items.iter().map(|it| later(it, years)).collect(),
        Value::Object(fields) => {
            let fields = fields.iter();
            let moved = fields.map(|(key, value)| (key.clone(), later(value, years)));
            Value::Object(moved.collect())
        }
        other => other.clone(),
    }
}

/// The same day of another year; 29 February gives its place to the day before.
fn moved(date: NaiveDate, years: i32) -> NaiveDate {
    let year = date.year() + years;
    date.with_year(year)
        .or_else(|| date.pred_opt().and_then(|it| it.with_year(year)))
        .unwrap_or(date)
}

/// What a record says of one quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing.
    Nothing,
    /// There are no items.
    NoItems,
    /// Items of a share.
    Share { won: u64, lost: u64, open: u64 },
    /// A number of things.
    Count(u64),
    /// `yes`, `no` or `not_yet`.
    Flag(&'static str),
    /// A survey sample.
    Sample { population: u64, size: u64 },
    /// A number.
    Measure(Exact),
    /// Answers to each option.
    Options(Vec<(String, u64)>),
    /// Judged points.
    Points(Exact),
    /// A verdict.
    Verdict(String),
    /// For each obligation, 2 met, 1 late, 0 missing.
    Due(Vec<u8>),
}

/// A record in the making.
pub(crate) struct Builder<'a> {
    pack: &'a Pack,
    /// The pack as JSON, for the examples of its number patterns.
    json: &'a Value,
    figures: Vec<Value>,
    events: Vec<Value>,
    evidence: Vec<Value>,
    exemptions: Vec<Value>,
    cohort: Vec<Value>,
    class: Option<String>,
    /// Whether every fact is taken as proved, without documents.
    proved: bool,
    /// Begins the names of events and documents, where records are put together.
    prefix: String,
    /// Days on which figures are observed and recorded, where not at the close.
    figures_on: Option<NaiveDate>,
    /// Day of events that fulfil no obligation, where not at the close.
    events_on: Option<NaiveDate>,
    /// The day on which the unit began, where that is within the year.
    began: Option<NaiveDate>,
    /// Whether it was put together from another one, which brings as much to each figure.
    succeeds: bool,
}

/// The predecessor of the unit of a record.
const PREDECESSOR: &str = "predecessor";

impl<'a> Builder<'a> {
    pub(crate) fn new(pack: &'a Pack, json: &'a Value) -> Self {
        Builder {
            pack,
            json,
            figures: Vec::new(),
            events: Vec::new(),
            evidence: Vec::new(),
            exemptions: Vec::new(),
            cohort: Vec::new(),
            class: None,
            proved: false,
            prefix: String::new(),
            figures_on: None,
            events_on: None,
            began: None,
            succeeds: false,
        }
    }

    /// The unit began on a day within the year, perhaps as the successor of another one.
    pub(super) fn began(&mut self, day: NaiveDate, succeeds: bool) {
        self.began = Some(day);
        self.succeeds = succeeds;
    }

    /// An event of the predecessor, with its documents.
    pub(super) fn earlier_event(&mut self, quantity: &Quantity, day: NaiveDate) {
        let before = self.events.len();
        self.event_of(quantity, None, day, true, true);
        if let Some(event) = self.events.get_mut(before).and_then(Value::as_object_mut) {
            event.insert("unit".to_owned(), Value::from(PREDECESSOR));
        }
    }

    /// Takes every fact as proved: what is compared are the rules.
    pub(super) fn proved(&mut self, proved: bool) {
        self.proved = proved;
    }

    pub(super) fn prefix(&mut self, prefix: &str) {
        prefix.clone_into(&mut self.prefix);
    }

    pub(crate) fn class(&mut self, class: Option<&str>) {
        self.class = class.map(str::to_owned);
    }

    pub(super) fn figures_on(&mut self, day: NaiveDate) {
        self.figures_on = Some(day);
    }

    /// The day of what is told from here on; obligations keep their own days.
    pub(crate) fn facts_on(&mut self, day: NaiveDate) {
        self.figures_on = Some(day);
        self.events_on = Some(day);
    }

    pub(crate) fn best(&mut self, quantity: &Quantity, best: &Exact) {
        let published = self.events_on.unwrap_or(self.pack.window.to());
        self.cohort.push(json!({
            "quantity": &*quantity.id, "best": best.to_text(),
            "published_on": published.to_string()
        }));
    }

    /// Says something of a quantity, with the documents that the pack asks for.
    pub(crate) fn tell(&mut self, quantity: &Quantity, told: &Told) {
        match told {
            Told::Nothing => {}
            Told::Due(ends) => self.due(quantity, ends),
            Told::Count(count) if quantity.kind.event().is_some() => {
                let day = self.events_on.unwrap_or(quantity.window.to());
                for _ in 0..*count {
                    self.event(quantity, None, day, true);
                }
            }
            Told::Share { won, lost, .. } if quantity.kind.event().is_some() => {
                let day = self.events_on.unwrap_or(quantity.window.to());
                for index in 0..won + lost {
                    self.event(quantity, None, day, index < *won);
                }
            }
            told => self.figure(quantity, told),
        }
    }

    fn due(&mut self, quantity: &Quantity, ends: &[u8]) {
        let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
            return;
        };
        for (obligation, end) in obligations.iter().zip(ends) {
            let day = match end {
                2 => Some(obligation.due),
                1 => obligation.due.succ_opt(),
                _ => None,
            };
            if let Some(day) = day {
                self.event(quantity, Some(&obligation.id), day, true);
            }
        }
    }

    /// An event; without documents where it is not to be proved.
    fn event(
        &mut self,
        quantity: &Quantity,
        obligation: Option<&str>,
        day: NaiveDate,
        proved: bool,
    ) {
        self.event_of(quantity, obligation, day, proved, false);
    }

    fn event_of(
        &mut self,
        quantity: &Quantity,
        obligation: Option<&str>,
        day: NaiveDate,
        proved: bool,
        of_predecessor: bool,
    ) {
        let Some(kind) = quantity.kind.event() else {
            return;
        };
        let id = format!("{}E{}", self.prefix, self.events.len() + 1);
        let mut recorded = day;
        let mut named = Vec::new();
        if proved {
            let fact = Fact {
                event: Some((&id, day)),
                day,
                items: true,
                of_predecessor,
            };
            for (role, document, on) in self.documents(quantity.id.as_ref(), &quantity.proof, fact)
            {
                recorded = recorded.max(on);
                named.push(json!({"id": document, "role": role}));
            }
        }
        let mut event = json!({
            "id": id, "kind": kind, "date": day.to_string(),
            "recorded_on": recorded.to_string(), "documents": named
        });
        if let (Some(fields), Some(obligation)) = (event.as_object_mut(), obligation) {
            fields.insert("obligation".to_owned(), Value::from(obligation));
        }
        self.events.push(event);
    }

    fn figure(&mut self, quantity: &Quantity, told: &Told) {
        let (key, value) = match told {
            Told::NoItems => match &quantity.kind {
                QuantityKind::Count { .. } => ("count", json!(0)),
                _ => ("share", json!({"none": true})),
            },
            Told::Share { won, lost, open } => {
                let total = won + lost + open;
                let mut share = json!({"won": won, "lost": lost, "open": open, "total": total});
                let dated = matches!(quantity.kind, QuantityKind::Share { overdue: true, .. });
                if let (Some(fields), true) = (share.as_object_mut(), dated && *open > 0) {
                    fields.insert("overdue".to_owned(), json!(0));
                }
                ("share", share)
            }
            Told::Count(count) => ("count", json!(count)),
            Told::Flag(flag) => ("flag", json!(flag)),
            Told::Sample { population, size } => {
                ("sample", json!({"population": population, "size": size}))
            }
            Told::Measure(x) => ("measure", json!(x.to_text())),
            Told::Options(answers) => {
                let answers = answers.iter().map(|(id, n)| (id.clone(), json!(n)));
                ("options", Value::Object(answers.collect::<Map<_, _>>()))
            }
            Told::Points(points) => (
                "judgement",
                json!({"points": points.to_text(), "by": "appraiser", "reason": "as judged"}),
            ),
            Told::Verdict(verdict) => (
                "judgement",
                json!({"verdict": verdict, "by": "appraiser", "reason": "as judged"}),
            ),
            Told::Nothing | Told::Due(_) => return,
        };
        let day = self.figures_on.unwrap_or(quantity.window.to());
        let items = *told != Told::NoItems && *told != Told::Count(0);
        let fact = Fact {
            event: None,
            day,
            items,
            of_predecessor: false,
        };
        let documents = self.documents(quantity.id.as_ref(), &quantity.proof, fact);
        let mut recorded = documents
            .iter()
            .map(|(.., on)| *on)
            .fold(day, NaiveDate::max);
        let mut part = None;
        if let (true, "share" | "count" | "measure") = (self.succeeds, key) {
            let fact = Fact {
                of_predecessor: true,
                ..fact
            };
            let documents = self.documents(quantity.id.as_ref(), &quantity.proof, fact);
            let last = documents.iter().map(|(.., on)| *on);
            recorded = last.fold(recorded, NaiveDate::max);
            let evidence: Vec<&String> = documents.iter().map(|(_, id, _)| id).collect();
            part = Some(json!([{"unit": PREDECESSOR, "evidence": evidence, key: value}]));
        }
        let evidence: Vec<&String> = documents.iter().map(|(_, id, _)| id).collect();
        let mut figure = json!({
            "quantity": &*quantity.id, "observed_on": day.to_string(),
            "recorded_on": recorded.to_string(), "evidence": evidence
        });
        if let Some(fields) = figure.as_object_mut() {
            fields.insert(key.to_owned(), value);
            if let Some(part) = part {
                fields.insert("predecessors".to_owned(), part);
            }
        }
        self.figures.push(figure);
    }

    /// Claims that a leaf is not for this unit, with what the ground asks.
    pub(super) fn exempt(&mut self, code: &str, ground: &Ground) {
        let day = self.pack.window.to();
        let fact = Fact {
            event: None,
            day,
            items: true,
            of_predecessor: false,
        };
        let documents = self.documents(code, &ground.proof, fact);
        let evidence: Vec<&String> = documents.iter().map(|(_, id, _)| id).collect();
        let claim = json!({
            "code": code, "ground": ground.id, "recorded_on": day.to_string(),
            "evidence": evidence
        });
        self.exemptions.push(claim);
    }

    /// Documents that satisfy each role, with its name, theirs, and when they were recorded.
    fn documents(
        &mut self,
        owner: &str,
        proof: &Proof,
        fact: Fact<'_>,
    ) -> Vec<(String, String, NaiveDate)> {
        let asked = |role: &&Role| match role.when {
            _ if self.proved || !role.of.asks(fact.of_predecessor) => false,
            When::Always => true,
            When::Some => fact.items,
            When::None => !fact.items,
        };
        let mut next = self.evidence.len();
        let plan: Vec<(&Role, String)> = proof
            .roles
            .iter()
            .filter(asked)
            .flat_map(|role| std::iter::repeat_n(role, role.at_least))
            .map(|role| {
                next += 1;
                (role, format!("{}D{next}", self.prefix))
            })
            .collect();
        let mut made = Vec::new();
        for (role, id) in &plan {
            let target = role.refers_to.as_ref().map(|reference| {
                let of_role = reference.role.as_ref().and_then(|name| {
                    let other = plan.iter().find(|(role, _)| *role.name == **name);
                    other.map(|(_, id)| id.clone())
                });
                let event = fact.event.map(|(id, _)| id.to_owned());
                (reference, of_role.or(event))
            });
            let links = target.and_then(|(reference, to)| {
                let relation = reference.relations.first()?;
                Some(json!([{"rel": relation, "to": to?}]))
            });
            let day = document_day(role, fact);
            let document = self.document(owner, role, id, day, links);
            self.evidence.push(document);
            made.push((role.name.to_string(), id.clone(), day));
        }
        made
    }

    fn document(
        &self,
        owner: &str,
        role: &Role,
        id: &str,
        day: NaiveDate,
        links: Option<Value>,
    ) -> Value {
        let kind = role.kinds.first().copied();
        let abbreviation = kind.map_or("OTHER", |it| it.abbreviation());
        let level = role.issuer_levels.first().unwrap_or(&self.pack.level);
        let issuer = role.issuers.first().map_or("UBND", String::as_str);
        let mut document = json!({
            "id": id, "kind": abbreviation,
            "issuer": {"name": issuer, "level": level},
            "issued_on": day.to_string(), "recorded_on": day.to_string(), "signed": true
        });
        let Some(fields) = document.as_object_mut() else {
            return document;
        };
        if kind.is_some_and(|it| it.is_numbered()) {
            let (number, symbol) = self.number(owner, role, id);
            fields.insert("number".to_owned(), Value::from(number));
            fields.insert("symbol".to_owned(), Value::from(symbol));
        }
        match role.dated {
            Dated::Issued => {}
            Dated::Signed => {
                fields.insert("signed_on".to_owned(), Value::from(day.to_string()));
            }
            Dated::Sent => {
                fields.insert("sent_on".to_owned(), Value::from(day.to_string()));
            }
        }
        if role.page {
            fields.insert("page".to_owned(), Value::from("1"));
        }
        if let Some(links) = links {
            fields.insert("links".to_owned(), links);
        }
        if !role.fields.is_empty() {
            let read = role.fields.iter().map(|field| {
                let value = field.is.as_deref().unwrap_or("yes");
                json!({"name": field.name, "value": value})
            });
            fields.insert("fields".to_owned(), read.collect());
        }
        document
    }

    /// Number and symbol: of its own where the pattern lets it, else of the pack's example.
    fn number(&self, owner: &str, role: &Role, id: &str) -> (String, String) {
        let number = id.rsplit('D').next().unwrap_or(id).to_owned();
        let part = role.kinds.first().and_then(|it| it.symbol_part());
        let symbol = part.map_or_else(|| "UBND-VP".to_owned(), |it| format!("{it}-UBND"));
        let Some(pattern) = &role.number_pattern else {
            return (number, symbol);
        };
        if pattern.is_match(&format!("{number}/{symbol}")) {
            return (number, symbol);
        }
        match self.example(owner, &role.name) {
            Some((_, symbol)) if pattern.is_match(&format!("{number}/{symbol}")) => {
                (number, symbol)
            }
            Some((number, symbol)) => (number, symbol),
            None => (number, symbol),
        }
    }

    /// The first accepted example of a role's number pattern.
    fn example(&self, owner: &str, role: &str) -> Option<(String, String)> {
        let named = |value: &Value, key: &str, name: &str| {
            value.get(key).and_then(Value::as_str) == Some(name)
        };
        let quantities = self.json.get("quantities")?.as_array()?;
        let quantity = quantities.iter().find(|it| named(it, "id", owner))?;
        let roles = quantity.get("proof")?.get("roles")?.as_array()?;
        let role = roles.iter().find(|it| named(it, "role", role))?;
        let example = role
            .get("number_pattern")?
            .get("accepts")?
            .get(0)?
            .as_str()?;
        let (number, symbol) = example.split_once('/')?;
        Some((number.to_owned(), symbol.to_owned()))
    }

    /// The record as of a date.
    pub(crate) fn finish(self, as_of: NaiveDate) -> Record {
        let mut given = Map::new();
        if self.proved {
            given.insert("proved".to_owned(), Value::from(true));
        }
        let lists = [
            ("figures", self.figures),
            ("events", self.events),
            ("evidence", self.evidence),
            ("not_applicable", self.exemptions),
            ("cohort", self.cohort),
        ];
        for (key, list) in lists {
            if !list.is_empty() {
                given.insert(key.to_owned(), Value::from(list));
            }
        }
        if let Some(day) = self.began {
            let (from, to) = (day.to_string(), self.pack.window.to().to_string());
            let window = json!({"from": from, "to": to});
            given.insert("observation_window".to_owned(), window);
        }
        if self.succeeds {
            let list = json!([{"id": PREDECESSOR, "name": "a predecessor"}]);
            given.insert("predecessors".to_owned(), list);
        }
        if let Some(class) = self.class {
            given.insert("unit_class".to_owned(), Value::from(class));
        }
        Record {
            as_of,
            given: Value::Object(given),
        }
    }
}

/// A fact that documents are to prove.
#[derive(Clone, Copy)]
struct Fact<'a> {
    /// Name and day of the event, if it is one.
    event: Option<(&'a str, NaiveDate)>,
    /// The day that it is about.
    day: NaiveDate,
    /// Whether there are items.
    items: bool,
    /// Whether it is of a predecessor of the unit.
    of_predecessor: bool,
}

/// A day for a document: that of the fact, or the nearest one inside window and deadline.
fn document_day(role: &Role, fact: Fact<'_>) -> NaiveDate {
    let last = match role.deadline {
        Some(Deadline::On { date, .. }) => role.window.to().min(date),
        _ => role.window.to(),
    };
    fact.day.min(last).max(role.window.from())
}
