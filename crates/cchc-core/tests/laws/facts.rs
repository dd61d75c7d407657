//! What a small record says of one quantity, and its JSON.

use serde_json::{Value, json};

use crate::kit::{Lists, date};

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paper {
    Good,
    Nothing,
    BlankNumber,
    Contradicts,
    Unreadable,
    /// Bad, but another one was handed in on this day.
    Mended(u64),
}

/// A stated figure.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) observed: u64,
    pub(crate) recorded: u64,
    pub(crate) value: Value,
    pub(crate) paper: Paper,
}

/// A recorded event; its minutes come from the pool of its quantity.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Event {
    pub(crate) day: u64,
    pub(crate) recorded: u64,
    pub(crate) plan: Paper,
    pub(crate) minutes: Vec<usize>,
    pub(crate) obligation: Option<usize>,
    /// Day on which documents of its own were handed in, if they were.
    pub(crate) mended: Option<u64>,
}

/// Everything that a record says of one quantity.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Facts {
    pub(crate) figures: Vec<Figure>,
    pub(crate) events: Vec<Event>,
    /// Minutes that events name: day, and what they are.
    pub(crate) pool: Vec<(u64, Paper)>,
}

pub(crate) fn is_seen(day: u64, recorded: u64, as_of: u64) -> bool {
    day < as_of && recorded < as_of
}

impl Facts {
    /// The record cut at a date. Documents here are recorded with what they prove.
    pub(crate) fn cut(&self, as_of: u64) -> Facts {
        Facts {
            figures: self
                .figures
                .iter()
                .filter(|it| is_seen(it.observed, it.recorded, as_of))
                .cloned()
                .collect(),
            events: self
                .events
                .iter()
                .filter(|it| is_seen(it.day, it.recorded, as_of))
                .cloned()
                .collect(),
            pool: self.pool.clone(),
        }
    }

    /// The JSON of the facts, for a quantity of this name, fed by events of the same name.
    pub(crate) fn lists(&self, quantity: &str) -> Lists {
        let mut lists = Lists::default();
        for (index, figure) in self.figures.iter().enumerate() {
            let name = format!("{quantity}-f{index}");
            let mut names = Vec::new();
            let paper = |id: &str, day: u64, paper| document(id, "BC", day, paper);
            if figure.paper != Paper::Nothing {
                lists
                    .evidence
                    .extend(paper(&name, figure.recorded, figure.paper));
                names.extend((!matches!(figure.paper, Paper::Mended(_))).then(|| name.clone()));
            }
            if let Paper::Mended(day) = figure.paper {
                let name = format!("{name}-new");
                lists
                    .evidence
                    .extend(document(&name, "BC", day, Paper::Good));
                names.push(name);
            }
            let mut json = json!({
                "quantity": quantity, "observed_on": date(figure.observed),
                "recorded_on": date(figure.recorded), "evidence": names,
            });
            crate::kit::merge(&mut json, figure.value.clone());
            lists.figures.push(json);
        }
        for (index, (day, paper)) in self.pool.iter().enumerate() {
            lists.evidence.extend(document(
                &format!("{quantity}-m{index}"),
                "BB",
                *day,
                *paper,
            ));
        }
        for (index, event) in self.events.iter().enumerate() {
            let name = format!("{quantity}-e{index}");
            let mut names = Vec::new();
            if event.plan != Paper::Nothing {
                let plan = format!("{name}-plan");
                lists
                    .evidence
                    .extend(document(&plan, "KH", event.day, event.plan));
                names.push(plan);
            }
            names.extend(event.minutes.iter().map(|it| format!("{quantity}-m{it}")));
            if let Some(day) = event.mended {
                for (kind, what) in [("KH", "plan-new"), ("BB", "minutes-new")] {
                    let name = format!("{name}-{what}");
                    // It bears the day of its event and is handed in later.
                    let mut good = document(&name, kind, event.day, Paper::Good);
                    if let Some(document) = &mut good {
                        document["recorded_on"] = json!(date(day));
                    }
                    lists.evidence.extend(good);
                    names.push(name);
                }
            }
            let mut json = json!({
                "id": name, "kind": quantity, "date": date(event.day),
                "recorded_on": date(event.recorded), "documents": names,
            });
            if let Some(obligation) = event.obligation {
                json["obligation"] = json!(format!("o{obligation}"));
            }
            lists.events.push(json);
        }
        lists
    }
}

/// A document recorded on the day that it bears.
fn document(id: &str, kind: &str, day: u64, paper: Paper) -> Option<Value> {
    let mut json = json!({
        "id": id, "kind": kind, "number": number(id), "symbol": format!("{kind}-UBND"),
        "issuer": {"name": "UBND", "level": "commune"},
        "issued_on": date(day.min(crate::kit::CLOSE)), "recorded_on": date(day),
    });
    match paper {
        Paper::Good => {}
        Paper::Nothing | Paper::Mended(_) => return None,
        Paper::BlankNumber => json["number"] = Value::Null,
        Paper::Contradicts => json["reading"] = json!("contradicts"),
        Paper::Unreadable => json["reading"] = json!("unreadable"),
    }
    Some(json)
}

/// A number of its own for each document.
fn number(id: &str) -> String {
    let sum = id.bytes().fold(7_u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(byte.into())
    });
    (sum % 900_000 + 1).to_string()
}
