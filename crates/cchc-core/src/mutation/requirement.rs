//! Changes of what a document must show to play a role.

use serde_json::Value;

use super::edit::{Edit, MutationKind};
use super::place::Steps;
use crate::facts::DocumentKind;

/// Fields that ask something more; without them a role is less strict.
const DEMANDS: &[&str] = &[
    "deadline",
    "distinct",
    "issuer_levels",
    "issuers",
    "number_pattern",
    "order",
    "page",
    "refers_to",
    "signed",
    "window",
];

type Push<'a> = dyn FnMut(MutationKind, Steps, Edit) + 'a;

/// Every change of a role: left out, or one of its demands left out or altered.
///
/// `when` is only altered where it can matter: where it is stated, or where figures can
/// say that there are no items.
pub(super) fn of_role(role: &Value, at: &Steps, counts_items: bool, push: &mut Push<'_>) {
    let mut change = |steps: Steps, edit: Edit| push(MutationKind::Requirement, steps, edit);
    change(at.clone(), Edit::Remove);
    kinds(role, at, &mut change);
    for demand in DEMANDS {
        if role.get(demand).is_some() {
            change(at.key(demand), Edit::Remove);
        }
    }
    if role.get("at_least").is_none() {
        change(at.key("at_least"), Edit::Set(Value::from(2)));
    }
    let stated = role.get("when").and_then(Value::as_str);
    for other in ["always", "some", "none"] {
        if (counts_items || stated.is_some()) && other != stated.unwrap_or("always") {
            change(at.key("when"), Edit::Set(Value::from(other)));
        }
    }
    if let Some(of) = role.get("of").and_then(Value::as_str) {
        for other in ["unit", "predecessor"] {
            if other != of {
                change(at.key("of"), Edit::Set(Value::from(other)));
            }
        }
        change(at.key("of"), Edit::Remove);
    }
    match role.get("order").and_then(Value::as_str) {
        Some("on_or_before_event") => {
            change(at.key("order"), Edit::Set(Value::from("on_or_after_event")));
        }
        Some(_) => change(
            at.key("order"),
            Edit::Set(Value::from("on_or_before_event")),
        ),
        None => {}
    }
    if let Some(dated) = role.get("dated").and_then(Value::as_str) {
        for other in ["issued_on", "signed_on", "sent_on"] {
            if other != dated {
                change(at.key("dated"), Edit::Set(Value::from(other)));
            }
        }
    }
    for list in ["issuer_levels", "issuers", "fields"] {
        let items = role.get(list).and_then(Value::as_array);
        for index in 0..items.map_or(0, Vec::len) {
            change(at.key(list).item(index), Edit::Remove);
        }
    }
    let fields = role.get("fields").and_then(Value::as_array);
    for (index, field) in fields.into_iter().flatten().enumerate() {
        if field.get("is").is_some() {
            change(at.key("fields").item(index).key("is"), Edit::Remove);
        }
    }
    let relations = role.get("refers_to").and_then(|it| it.get("rel"));
    let relations = relations.and_then(Value::as_array);
    for index in 0..relations.map_or(0, Vec::len) {
        change(at.key("refers_to").key("rel").item(index), Edit::Remove);
    }
}

/// Each kind left out, and any kind let in.
fn kinds(role: &Value, at: &Steps, change: &mut dyn FnMut(Steps, Edit)) {
    let kinds = role.get("kinds").and_then(Value::as_array);
    let kinds: &[Value] = kinds.map_or(&[], Vec::as_slice);
    if kinds.len() > 1 {
        for index in 0..kinds.len() {
            change(at.key("kinds").item(index), Edit::Remove);
        }
    } else {
        let other = DocumentKind::Other.abbreviation();
        if kinds.first().and_then(Value::as_str) != Some(other) {
            change(at.key("kinds"), Edit::Set(Value::from(vec![other])));
        }
    }
    let all = DocumentKind::abbreviations();
    if kinds.len() < all.len() {
        change(at.key("kinds"), Edit::Set(Value::from(all.to_vec())));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_demand_of_a_role_is_left_out_or_altered_once() {
        let role = json!({"role": "report", "kinds": ["BC", "KH"], "order": "on_or_before_event",
            "fields": [{"name": "complete", "is": "yes"}], "distinct": true});
        let mut changes = Vec::new();
        of_role(
            &role,
            &Steps::default().key("r"),
            true,
            &mut |_, steps, edit| {
                changes.push(match edit {
                    Edit::Remove => format!("{steps} -"),
                    Edit::Set(Value::Array(items)) => format!("{steps} = {} kinds", items.len()),
                    Edit::Set(value) => format!("{steps} = {value}"),
                    Edit::Rename(other) => format!("{steps} as {other}"),
                });
            },
        );
        let all = format!("r.kinds = {} kinds", DocumentKind::ALL.len());
        assert_eq!(
            changes,
            [
                "r -",
                "r.kinds[0] -",
                "r.kinds[1] -",
                all.as_str(),
                "r.distinct -",
                "r.order -",
                "r.at_least = 2",
                "r.when = \"some\"",
                "r.when = \"none\"",
                "r.order = \"on_or_after_event\"",
                "r.fields[0] -",
                "r.fields[0].is -",
            ]
        );
    }
}
