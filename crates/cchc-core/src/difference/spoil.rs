//! A record with one thing of it spoiled: a document, a day, a link.
//!
//! What a pack asks of documents shows where a record that had everything lacks one
//! thing. Nothing here knows which requirement was changed; it tries them all.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::record::Record;
use crate::facts::DocumentKind;
use crate::values::parse_date;
use crate::wire::{LEVELS, RELATIONS};

/// The record itself, then every record that differs from it in one thing.
///
/// `days` are the days around which a window or a deadline of either pack ends.
pub(super) fn spoiled(record: &Record, days: &[NaiveDate]) -> Vec<Record> {
    let mut all = vec![record.clone()];
    let mut keep = |given: Value| {
        all.push(Record {
            as_of: record.as_of,
            given,
        });
    };
    documents(&record.given, days, &mut keep);
    facts(&record.given, days, &mut keep);
    shared(&record.given, &mut keep);
    register(&record.given, &mut keep);
    shares(&record.given, &mut keep);
    let given = &record.given;
    all.extend(days.iter().map(|day| Record {
        as_of: *day,
        given: given.clone(),
    }));
    all
}

fn list<'a>(given: &'a Value, key: &str) -> &'a [Value] {
    given
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// A copy in which one item of a list is changed.
fn with(given: &Value, key: &str, index: usize, change: impl FnOnce(&mut Value)) -> Value {
    let mut copy = given.clone();
    if let Some(item) = copy.get_mut(key).and_then(|it| it.get_mut(index)) {
        change(item);
    }
    copy
}

fn set(item: &mut Value, key: &str, value: Value) {
    if let Some(fields) = item.as_object_mut() {
        fields.insert(key.to_owned(), value);
    }
}

fn unset(item: &mut Value, key: &str) {
    if let Some(fields) = item.as_object_mut() {
        fields.remove(key);
    }
}

fn day_of(item: &Value, key: &str) -> Option<NaiveDate> {
    parse_date(item.get(key)?.as_str()?).ok()
}

/// Moves a day; what was recorded before it is recorded with it.
fn move_day(item: &mut Value, key: &str, day: NaiveDate) {
    set(item, key, Value::from(day.to_string()));
    if day_of(item, "recorded_on").is_none_or(|recorded| recorded < day) {
        set(item, "recorded_on", Value::from(day.to_string()));
    }
}

fn documents(given: &Value, days: &[NaiveDate], keep: &mut dyn FnMut(Value)) {
    for (index, document) in list(given, "evidence").iter().enumerate() {
        let mut change = |change: &dyn Fn(&mut Value)| {
            keep(with(given, "evidence", index, change));
        };
        for key in ["signed", "page", "links", "fields", "issuer"] {
            if document.get(key).is_some() {
                change(&|it| unset(it, key));
            }
        }
        if document.get("links").is_some() {
            for relation in RELATIONS {
                change(&|it| {
                    if let Some(link) = it.get_mut("links").and_then(|it| it.get_mut(0)) {
                        set(link, "rel", Value::from(*relation));
                    }
                });
            }
        }
        for place in 0..list(document, "fields").len() {
            for value in ["no", "yes", "x"] {
                change(&|it| {
                    if let Some(field) = it.get_mut("fields").and_then(|it| it.get_mut(place)) {
                        set(field, "value", Value::from(value));
                    }
                });
            }
            change(&|it| {
                if let Some(fields) = it.get_mut("fields").and_then(Value::as_array_mut)
                    && place < fields.len()
                {
                    fields.remove(place);
                }
            });
        }
        for reading in ["contradicts", "unreadable", "silent"] {
            change(&|it| set(it, "reading", Value::from(reading)));
        }
        for key in ["number", "issued_on"] {
            if document.get(key).is_some() {
                change(&|it| set(it, key, Value::Null));
            }
        }
        for level in LEVELS {
            change(&|it| {
                if let Some(issuer) = it.get_mut("issuer") {
                    set(issuer, "level", Value::from(*level));
                }
            });
        }
        change(&|it| {
            if let Some(issuer) = it.get_mut("issuer") {
                set(issuer, "name", Value::from("another body"));
            }
        });
        for kind in DocumentKind::ALL {
            change(&|it| become_kind(it, *kind));
        }
        for key in ["number", "symbol"] {
            let known = document.get(key).and_then(Value::as_str);
            if let Some(known) = known.map(str::to_owned) {
                change(&|it| set(it, key, Value::from(format!("{known}9"))));
            }
        }
        // The symbol of another kind of document.
        for symbol in ["KH-UBND", "BC-UBND"] {
            if document.get("symbol").is_some() {
                change(&|it| set(it, "symbol", Value::from(symbol)));
            }
        }
        for day in days {
            for key in ["issued_on", "signed_on", "sent_on"] {
                if document.get(key).is_some() {
                    change(&|it| move_day(it, key, *day));
                }
            }
            if day_of(document, "issued_on").is_none_or(|issued| issued <= *day) {
                change(&|it| set(it, "recorded_on", Value::from(day.to_string())));
            }
        }
    }
}

/// The register without one document, and with a successor of one.
fn register(given: &Value, keep: &mut dyn FnMut(Value)) {
    for (index, document) in list(given, "evidence").iter().enumerate() {
        let Some(id) = document.get("id").and_then(Value::as_str) else {
            continue;
        };
        let mut without = given.clone();
        let mut succeeded = given.clone();
        let successor = {
            let mut it = document.clone();
            set(&mut it, "id", Value::from(format!("{id}S")));
            set(&mut it, "links", json!([{"rel": "supersedes", "to": id}]));
            it
        };
        let registers = [&mut without, &mut succeeded];
        for (place, register) in registers.into_iter().enumerate() {
            if let Some(list) = register.get_mut("evidence").and_then(Value::as_array_mut) {
                if place == 0 && index < list.len() {
                    list.remove(index);
                } else {
                    list.push(successor.clone());
                }
            }
        }
        keep(without);
        keep(succeeded);
    }
}

/// Makes a document of a record that of another kind, with the symbol that goes with it.
fn become_kind(document: &mut Value, kind: DocumentKind) {
    set(document, "kind", Value::from(kind.abbreviation()));
    if kind.is_numbered() {
        let part = kind.symbol_part();
        let symbol = part.map_or_else(|| "UBND-VP".to_owned(), |it| format!("{it}-UBND"));
        let number = document
            .get("number")
            .and_then(Value::as_str)
            .unwrap_or("9");
        let number = number.to_owned();
        set(document, "number", Value::from(number));
        set(document, "symbol", Value::from(symbol));
    } else {
        unset(document, "number");
        unset(document, "symbol");
    }
}

fn facts(given: &Value, days: &[NaiveDate], keep: &mut dyn FnMut(Value)) {
    let dated = [
        ("events", "date", "documents"),
        ("figures", "observed_on", "evidence"),
        ("not_applicable", "recorded_on", "evidence"),
    ];
    for (key, day_key, documents) in dated {
        for (index, fact) in list(given, key).iter().enumerate() {
            let named = list(fact, documents).len();
            for place in 0..named {
                keep(with(given, key, index, |it| {
                    if let Some(list) = it.get_mut(documents).and_then(Value::as_array_mut)
                        && place < list.len()
                    {
                        list.remove(place);
                    }
                }));
            }
            if named > 1 {
                keep(with(given, key, index, |it| set(it, documents, json!([]))));
            }
            if documents == "documents" {
                // Without a part named, a document's kind alone says what it can prove.
                keep(with(given, key, index, |it| {
                    for named in it
                        .get_mut(documents)
                        .and_then(Value::as_array_mut)
                        .into_iter()
                        .flatten()
                    {
                        if let Some(id) = named.get("id").cloned() {
                            *named = id;
                        }
                    }
                }));
            }
            for day in days {
                keep(with(given, key, index, |it| move_day(it, day_key, *day)));
                let known = day_of(fact, day_key);
                if known.is_none_or(|known| known <= *day) {
                    let text = day.to_string();
                    keep(with(given, key, index, |it| {
                        set(it, "recorded_on", Value::from(text));
                    }));
                }
                // The fact with all its documents on another day.
                let mut moved = with(given, key, index, |it| move_day(it, day_key, *day));
                for place in 0..list(given, "evidence").len() {
                    moved = with(&moved, "evidence", place, |it| {
                        for key in ["issued_on", "signed_on", "sent_on"] {
                            if it.get(key).is_some() {
                                set(it, key, Value::from(day.to_string()));
                            }
                        }
                        set(it, "recorded_on", Value::from(day.to_string()));
                    });
                }
                keep(moved);
            }
        }
    }
}

/// Each share with a limit of its own, and with other open items past their due date.
fn shares(given: &Value, keep: &mut dyn FnMut(Value)) {
    for (index, figure) in list(given, "figures").iter().enumerate() {
        let Some(total) = figure.get("share").and_then(|it| it.get("total")) else {
            continue;
        };
        let changes = [
            ("at_most", Some(total.clone())),
            ("overdue", Some(json!(1))),
            ("overdue", None),
        ];
        for (key, value) in changes {
            keep(with(given, "figures", index, |it| {
                if let Some(share) = it.get_mut("share") {
                    match value {
                        Some(value) => set(share, key, value),
                        None => unset(share, key),
                    }
                }
            }));
        }
    }
}

/// Each event with the documents of another one.
fn shared(given: &Value, keep: &mut dyn FnMut(Value)) {
    let events = list(given, "events");
    for (index, event) in events.iter().enumerate().skip(1) {
        let first = events.first().and_then(|it| it.get("documents"));
        if let Some(documents) = first.filter(|it| Some(*it) != event.get("documents")) {
            keep(with(given, "events", index, |it| {
                set(it, "documents", documents.clone());
            }));
        }
    }
}
