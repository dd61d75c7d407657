//! What a submission of the old pack would have under the new one.
//!
//! Its days are moved by the years between the packs, and what it says of quantities and
//! components that the new pack does not have is left out, by name.

use chrono::NaiveDate;
use serde::Serialize;
use serde_json::{Value, json};

use super::pairing;
use crate::answer::Numbers;
use crate::difference::{Side, later};
use crate::json::Fault;
use crate::record::{Misfit, fit};
use crate::rules::QuantityKind;
use crate::values::{Calendar, Points};
use crate::wire::read_submission;

/// What a submission has under both packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Effect {
    /// As-of date under the old pack.
    pub as_of: NaiveDate,
    /// As-of date under the new pack.
    pub new_as_of: NaiveDate,
    /// Components that both packs have.
    pub leaves: Vec<LeafEffect>,
    /// All together, in the old pack.
    pub old: Numbers,
    /// All together, in the new pack; components that are new to it included.
    pub new: Numbers,
    /// What the submission says and the new pack does not ask: quantities and codes.
    pub left_out: Vec<String>,
}

/// One component of a submission under both packs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafEffect {
    /// Code in the old pack.
    pub code: String,
    /// Code in the new pack.
    pub new_code: String,
    /// Under the old pack.
    pub old: Numbers,
    /// Under the new pack.
    pub new: Numbers,
    /// Standing under the new pack less standing under the old one.
    pub difference: Points,
}

/// Scores a submission of the old pack by both packs.
///
/// Errors: every fault of the submission, and every misfit with the old pack; a misfit
/// with the new pack that is no mere name it lacks, placed in the moved submission.
pub fn effect(
    old: Side<'_>,
    new: Side<'_>,
    (file, bytes): (&str, &[u8]),
    as_of: Option<NaiveDate>,
    calendar: &Calendar,
) -> Result<Effect, Vec<Fault>> {
    let (submission, document) = crate::wire::read_submission_document(file, bytes)?;
    let placed = |misfits: Vec<Misfit>| -> Vec<Fault> {
        misfits.into_iter().map(|it| it.at(&document, "")).collect()
    };
    let as_of = as_of.unwrap_or(submission.prepared_on);
    let fitted = fit(old.pack, &submission, calendar).map_err(placed)?;
    let before = fitted.assess(as_of);
    let years = new.pack.scored_year - old.pack.scored_year;
    let mut left_out = Vec::new();
    let moved = carried(document.value(), old, new, years, &mut left_out);
    let text = moved.to_string();
    let carried = read_submission(file, text.as_bytes())?;
    let misplaced = |misfits: Vec<Misfit>| -> Vec<Fault> {
        misfits.into_iter().map(|it| it.at(&document, "")).collect()
    };
    let fitted = fit(new.pack, &carried, calendar).map_err(misplaced)?;
    let new_as_of = later(&json!(as_of.to_string()), years);
    let new_as_of = new_as_of
        .as_str()
        .and_then(|it| crate::values::parse_date(it).ok());
    let new_as_of = new_as_of.unwrap_or(as_of);
    let after = fitted.assess(new_as_of);
    let pairs = pairing::pair(old.pack, new.pack).pairs;
    let leaves = pairs.iter().filter_map(|pair| {
        let old = &before.leaves.iter().find(|it| it.code == pair.old)?.numbers;
        let new = &after.leaves.iter().find(|it| it.code == pair.new)?.numbers;
        Some(LeafEffect {
            code: pair.old.clone(),
            new_code: pair.new.clone(),
            difference: &new.standing - &old.standing,
            old: old.clone(),
            new: new.clone(),
        })
    });
    Ok(Effect {
        as_of,
        new_as_of,
        leaves: leaves.collect(),
        old: before.totals.numbers,
        new: after.totals.numbers,
        left_out,
    })
}

/// The submission as one for the new pack.
fn carried(
    value: &Value,
    old: Side<'_>,
    new: Side<'_>,
    years: i32,
    left_out: &mut Vec<String>,
) -> Value {
    let mut moved = later(value, years);
    let codes = pairing::pair(old.pack, new.pack).pairs;
    let Some(fields) = moved.as_object_mut() else {
        return moved;
    };
    fields.insert("pack".to_owned(), json!(new.pack.id));
    fields.insert("scored_year".to_owned(), json!(new.pack.scored_year));
    if let Some(unit) = fields.get_mut("unit").and_then(Value::as_object_mut) {
        unit.insert("level".to_owned(), json!(new.pack.level));
    }
    // Totals and scores of the old table say nothing of the new one.
    fields.remove("declared_totals");
    fields.remove("official_scores");
    for key in ["figures", "cohort"] {
        keep(fields.get_mut(key), left_out, &mut |item| {
            let id = item.get("quantity").and_then(Value::as_str)?;
            let known = new.pack.quantity_by_id.contains_key(id);
            (!known).then(|| id.to_owned())
        });
    }
    keep(fields.get_mut("events"), left_out, &mut |event| {
        let kind = event.get("kind").and_then(Value::as_str)?;
        let obligation = event.get("obligation").and_then(Value::as_str)?;
        let asked = new.pack.quantities.iter().any(|it| match &it.kind {
            QuantityKind::DueSet { event, obligations } => {
                event == kind && obligations.iter().any(|it| it.id == obligation)
            }
            _ => false,
        });
        (!asked).then(|| format!("{kind} {obligation}"))
    });
    for key in ["explanations", "not_applicable"] {
        if let Some(list) = fields.get_mut(key).and_then(Value::as_array_mut) {
            for item in list.iter_mut() {
                let code = item.get("code").and_then(Value::as_str).map(str::to_owned);
                let pair = codes.iter().find(|it| Some(&it.old) == code.as_ref());
                if let (Some(pair), Some(item)) = (pair, item.as_object_mut()) {
                    item.insert("code".to_owned(), json!(pair.new));
                }
            }
        }
        keep(fields.get_mut(key), left_out, &mut |item| {
            let code = item.get("code").and_then(Value::as_str)?;
            (new.pack.leaf(code).is_none()).then(|| code.to_owned())
        });
    }
    moved
}

/// Takes out of a list what is not asked, and says so.
fn keep(
    list: Option<&mut Value>,
    left_out: &mut Vec<String>,
    unasked: &mut dyn FnMut(&Value) -> Option<String>,
) {
    if let Some(list) = list.and_then(Value::as_array_mut) {
        list.retain(|item| match unasked(item) {
            Some(name) => {
                if !left_out.contains(&name) {
                    left_out.push(name);
                }
                false
            }
            None => true,
        });
    }
}
