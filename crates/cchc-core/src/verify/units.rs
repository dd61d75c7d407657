//! Thresholds of shares are written in the unit that they are stated in.
//!
//! `in: percent` with 0.97 means just under one per cent; `in: fraction` with 97 means
//! nothing at all. A share of items lost may truly be held below 1 %, so small percents are
//! only warned of where more is worse.

use serde_json::Value;

use super::Verifier;
use super::monotone::Direction;
use super::nodes::{decimal, exact, list, text};
use crate::json::{Fault, item_path, key_path, phrase};
use crate::values::Exact;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let (fifty, hundred) = (Exact::from_integer(50), Exact::from_integer(100));
    for (path, (node, code), thresholds) in shares(ctx) {
        let numbers: Vec<&Exact> = thresholds.iter().map(|it| &it.x).collect();
        let stated = numbers.iter().filter(|x| !x.is_zero());
        let Some(most) = stated.max() else {
            continue;
        };
        match path.unit {
            "percent" if **most <= Exact::ONE && !ctx.excused(&node, "threshold_unit") => {
                let told = ctx.fault(
                    "percent-as-fraction",
                    &format!("{}.in", path.rule),
                    "thresholds in percent, such as `97`",
                    phrase!("none above `{}`", most),
                    "write percents, state `in` `fraction`, or declare the exception `threshold_unit`",
                );
                let told = told.leaf(&code);
                if !path.rises {
                    told.warn();
                }
            }
            "percent" if path.rises && **most >= fifty => {
                let Some(small) = thresholds.iter().find(|it| looks_like_a_fraction(&it.x)) else {
                    continue;
                };
                if ctx.excused(&node, "threshold_unit") {
                    continue;
                }
                ctx.fault(
                    "percent-as-fraction",
                    &small.path,
                    "a threshold in percent, as the others are",
                    format!("`{}`", small.x),
                    "write percents, or declare the exception `threshold_unit`",
                )
                .leaf(&code);
            }
            "fraction" if **most > Exact::ONE => {
                let help = match **most <= hundred {
                    true => "state `in` `percent`, or write fractions up to 1",
                    false => "a share is at most 1",
                };
                ctx.fault(
                    "fraction-as-percent",
                    &format!("{}.in", path.rule),
                    "thresholds as fractions up to 1",
                    format!("`{most}`"),
                    help,
                )
                .leaf(&code);
            }
            _ => {}
        }
    }
    let pack = ctx.document.value();
    let classes: Vec<Exact> = list(pack, "classes")
        .iter()
        .filter_map(|class| decimal(class, "from"))
        .collect();
    if let Some(most) = classes.iter().max()
        && most.is_positive()
        && *most <= Exact::ONE
    {
        ctx.fault(
            "percent-as-fraction",
            "classes",
            "thresholds in percent of the maximum, such as `80`",
            phrase!("none above `{}`", most),
            "write percents",
        );
    }
}

/// What the reader tells only because a share is written in the wrong unit.
pub(super) fn consequences(ctx: &Verifier<'_>) -> impl Fn(&Fault) -> bool + use<> {
    let rules: Vec<String> = ctx
        .flaws
        .iter()
        .filter(|flaw| flaw.code == "fraction-as-percent")
        .filter_map(|flaw| flaw.place.path.strip_suffix(".in").map(str::to_owned))
        .collect();
    move |fault| {
        let follows = matches!(fault.code, "band-dead" | "band-gap" | "floor-above-full");
        follows && rules.iter().any(|rule| fault.place.path.starts_with(rule))
    }
}

/// Whether a number beside large percents was meant as one: from a half to below 1.
fn looks_like_a_fraction(x: &Exact) -> bool {
    *x < Exact::ONE && x + x >= Exact::ONE
}

/// A rule over a share, as it is written.
struct Written {
    rule: String,
    unit: &'static str,
    /// Whether more of what is read is better.
    rises: bool,
}

/// Rules over shares, each with the leaf around it and its thresholds.
fn shares(ctx: &Verifier<'_>) -> Vec<(Written, (String, String), Vec<Threshold>)> {
    let mut found = Vec::new();
    let mut visit = |path: &str, json: &Value, node: &str, code: &str| {
        let unit = match text(json, "in") {
            Some("percent") => "percent",
            Some("fraction") => "fraction",
            _ => return,
        };
        let lost = text(json, "read") == Some("lost");
        let better = text(json, "of").and_then(|of| ctx.better.get(of));
        let less = better == Some(&Direction::Falls);
        let written = Written {
            rule: path.to_owned(),
            unit,
            rises: lost == less,
        };
        let leaf = (node.to_owned(), code.to_owned());
        found.push((written, leaf, thresholds(path, json)));
    };
    for node in ctx.nodes {
        if let Some(rule) = node.json.get("rule") {
            each(&node.at("rule"), rule, &mut |path, json| {
                visit(path, json, &node.path, node.code);
            });
        }
    }
    let gates = list(ctx.document.value(), "class_gates").iter().enumerate();
    for (index, gate) in gates {
        if let Some(condition) = gate.get("unless") {
            visit(&format!("class_gates[{index}].unless"), condition, "", "");
        }
    }
    found
}

/// Calls for every object of a rule.
fn each(path: &str, json: &Value, visit: &mut dyn FnMut(&str, &Value)) {
    match json {
        Value::Object(fields) => {
            visit(path, json);
            for (key, value) in fields {
                each(&key_path(path, key), value, visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                each(&item_path(path, index), item, visit);
            }
        }
        _ => {}
    }
}

/// A number of a rule at which points change, as it is written.
pub(super) struct Threshold {
    pub(super) path: String,
    /// Which end or field states it.
    pub(super) kind: &'static str,
    pub(super) x: Exact,
    /// One unit of its last written place.
    pub(super) unit: Exact,
}

/// Thresholds of one rule or condition that are written as such.
pub(super) fn thresholds(path: &str, json: &Value) -> Vec<Threshold> {
    let mut found = Vec::new();
    let mut bounds = |path: &str, json: &Value, kinds: &[&'static str]| {
        for kind in kinds {
            let written = json.get(kind);
            if let Some((x, unit)) = written.and_then(|it| Some((exact(it)?, unit(it)?))) {
                found.push(Threshold {
                    path: format!("{path}.{kind}"),
                    kind,
                    x,
                    unit,
                });
            }
        }
    };
    let ends = &["from", "above", "to", "below"];
    // `below` and `above` of a line are points, not bounds.
    match text(json, "form") {
        Some("linear") => {}
        Some(_) => bounds(path, json, &["full_at"]),
        None => bounds(path, json, ends),
    }
    for key in ["bands", "pieces"] {
        for (index, piece) in list(json, key).iter().enumerate() {
            bounds(&format!("{path}.{key}[{index}]"), piece, ends);
        }
    }
    if let Some(floor) = json.get("floor") {
        bounds(&format!("{path}.floor"), floor, ends);
    }
    for (index, mark) in list(json, "at").iter().enumerate() {
        bounds(&format!("{path}.at[{index}]"), mark, &["x"]);
    }
    found
}

/// One unit of the last written place: 1 for `97`, 0.01 for `0.25`, a third for `1/3`.
pub(super) fn unit(written: &Value) -> Option<Exact> {
    let Value::String(text) = written else {
        return Some(Exact::ONE);
    };
    if let Some((_, denom)) = text.split_once('/') {
        return Exact::ONE.checked_div(&Exact::parse(denom).ok()?);
    }
    let places = text.split_once('.').map_or(0, |(_, places)| places.len());
    Exact::ONE.checked_div(&Exact::power_of_ten(u32::try_from(places).ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    fn rule(unit: &str, read: &str, edge: &str) -> String {
        let (high, low) = match read {
            "won" => ("2", "0"),
            _ => ("0", "2"),
        };
        format!(
            r#"{{"form": "bands", "of": "files", "read": "{read}", "in": "{unit}", "not_arisen": "full",
            "bands": [{{"from": "{edge}", "points": "{high}"}}, {{"below": "{edge}", "points": "{low}"}}]}}"#
        )
    }

    #[test]
    fn percents_look_like_percents_and_fractions_like_fractions() {
        check("", &rule("percent", "won", "97"), &[]);
        check("", &rule("fraction", "won", "0.97"), &[]);
        check(
            "",
            &rule("percent", "won", "0.97"),
            &["percent-as-fraction rule.in"],
        );
        check(
            "",
            &rule("fraction", "won", "97"),
            &["fraction-as-percent rule.in"],
        );
    }

    #[test]
    fn a_small_percent_of_lost_items_may_be_declared() {
        check(
            "",
            &rule("percent", "lost", "0.5"),
            &["percent-as-fraction rule.in"],
        );
        let declared = r#""exceptions": [{"of": "threshold_unit", "reason": "r"}],"#;
        check(declared, &rule("percent", "lost", "0.5"), &[]);
        check(
            declared,
            &rule("percent", "lost", "5"),
            &["exception-not-needed exceptions[0]"],
        );
    }
}
