//! Stated maxima against the sum of what they are made of.

use serde_json::Value;

use crate::values::Exact;

/// Whether the pack and every group that states a maximum have components of that sum.
///
/// The bonus and penalty block stands outside the maximum of the pack.
pub(super) fn hold(pack: &Value) -> bool {
    let mut sound = true;
    let mut sum = Exact::ZERO;
    for node in children(pack, "tree") {
        let below = node_sum(node, &mut sound);
        if node.get("block").is_none() {
            sum += &below;
        }
    }
    sound && stated(pack).is_none_or(|max| max == sum)
}

fn node_sum(node: &Value, sound: &mut bool) -> Exact {
    if node.get("children").is_none() {
        return stated(node).unwrap_or(Exact::ZERO);
    }
    let mut sum = Exact::ZERO;
    for child in children(node, "children") {
        sum += &node_sum(child, sound);
    }
    *sound &= stated(node).is_none_or(|max| max == sum);
    sum
}

fn children<'a>(node: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    node.get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn stated(node: &Value) -> Option<Exact> {
    match node.get("max")? {
        Value::String(text) => Exact::parse(text).ok(),
        Value::Number(number) => number.as_i64().map(Exact::from_integer),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[track_caller]
    fn check(max: &str, group: &str, expected: bool) {
        let pack = json!({"max": max, "tree": [
            {"code": "1", "max": group, "children": [{"code": "1.1", "max": "0.5"}, {"max": 1}]},
            {"code": "B", "block": "bonus_penalty", "children": [{"max": "8"}]}
        ]});
        assert_eq!(hold(&pack), expected);
    }

    #[test]
    fn a_maximum_is_the_sum_of_its_components_without_the_block() {
        check("1.5", "1.5", true);
        check("1.4", "1.5", false);
        check("1.5", "1.6", false);
        check("9.5", "1.5", false);
    }
}
