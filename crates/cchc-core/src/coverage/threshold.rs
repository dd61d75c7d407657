//! Numbers at which the points of a rule change, with the unit in which they are written.

use serde_json::Value;

use crate::mutation::constant;
use crate::rules::{Bound, Curve, Domain};
use crate::values::Exact;

/// A threshold of a curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Threshold {
    /// The number.
    pub(super) at: Exact,
    /// One unit of its last written place.
    pub(super) unit: Exact,
    /// Whether the number itself belongs to what lies above it.
    pub(super) to_upper: bool,
}

/// A number as it is written in a rule.
pub(super) struct WrittenNumber {
    value: Exact,
    unit: Exact,
}

/// Every number that a rule writes as a threshold, in the unit of what is read.
pub(super) fn written(rule: &Value) -> Vec<WrittenNumber> {
    let mut numbers = Vec::new();
    collect(rule, false, &mut numbers);
    numbers
}

/// Keys whose number is a threshold.
const KEYS: &[&str] = &[
    "above", "at_least", "below", "from", "full_at", "start", "to", "x",
];

fn collect(value: &Value, percent: bool, numbers: &mut Vec<WrittenNumber>) {
    match value {
        Value::Object(fields) => {
            let percent = match fields.get("in").and_then(Value::as_str) {
                Some(unit) => unit == "percent",
                None => percent,
            };
            for (key, below) in fields {
                if KEYS.contains(&key.as_str())
                    && let Some(written) = constant(below)
                {
                    let scale = Exact::from_integer(if percent { 100 } else { 1 });
                    let scaled = |x: &Exact| x.checked_div(&scale);
                    if let (Some(value), Some(unit)) =
                        (scaled(&written.value), scaled(&written.unit))
                    {
                        numbers.push(WrittenNumber { value, unit });
                    }
                }
                collect(below, percent, numbers);
            }
        }
        Value::Array(items) => items.iter().for_each(|it| collect(it, percent, numbers)),
        _ => {}
    }
}

/// The thresholds of a curve: those that are written, and where steps of one height follow
/// each other, the first and the last step.
pub(super) fn of_curve(curve: &Curve, written: &[WrittenNumber]) -> Vec<Threshold> {
    let whole = matches!(curve.domain(), Domain::Whole { .. });
    let pieces = curve.pieces();
    let last = pieces.len().saturating_sub(2);
    let pairs = pieces.iter().zip(pieces.iter().skip(1)).enumerate();
    pairs
        .filter_map(|(place, (below, above))| {
            let ends = [&below.over.upper, &above.over.lower];
            let as_written = written
                .iter()
                .find(|it| ends.iter().any(|end| end.value() == Some(&it.value)));
            let at = match as_written {
                Some(it) => it.value.clone(),
                None if whole && (place == 0 || place == last) => above.over.lower.value()?.clone(),
                None => return None,
            };
            let unit = as_written.map_or(Exact::ONE, |it| it.unit.clone());
            let to_upper = match &above.over.lower {
                Bound::Included(x) => *x == at,
                _ => false,
            };
            Some(Threshold { at, unit, to_upper })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_threshold_in_percent_is_written_in_hundredths_of_the_share() {
        let rule = json!({"in": "percent", "bands": [{"from": "97.5"}, {"below": "97.5"}]});
        let numbers = written(&rule);
        let shown: Vec<(String, String)> = numbers
            .iter()
            .map(|it| (it.value.to_text(), it.unit.to_text()))
            .collect();
        let one = ("0.975".to_owned(), "0.001".to_owned());
        assert_eq!(shown, [one.clone(), one]);
    }
}
