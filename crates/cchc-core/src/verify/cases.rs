//! Worked cases pass, and none of what a rule says goes without one.
//!
//! Every threshold has a case on it, if a record can be there, and one within one unit of
//! its last written place below it; every branch and reason has a case that ends there. Of
//! a form with equal steps the first and the last step are asked. Which cases would be
//! missed by a changed pack is another question, of mutation.

use crate::json::phrase;
use std::collections::BTreeSet;

use super::input::items_of;
use super::nodes::{Part, decimal};
use super::number::{self, smallest_of};
use super::units::{Threshold, thresholds, unit};
use super::{Flaw, Verifier};
use crate::case::run_case;
use crate::closing::ReadValue;
use crate::model::{Leaf, Pack};
use crate::record::{Cut, Fitted, fit};
use crate::rules::*;
use crate::values::Exact;
use crate::wire::Case;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    if ctx.cases.is_empty() {
        ctx.not_analysed("no-cases", "$", None);
        return;
    }
    let mut seen = vec![Seen::default(); ctx.pack.leaves.len()];
    let mut all_fit = true;
    for case in ctx.cases {
        match fit(ctx.pack, &case.submission, ctx.calendar) {
            Ok(fitted) => {
                failures(ctx, case);
                see(ctx.pack, case, &fitted, &mut seen);
            }
            Err(misfits) => {
                all_fit = false;
                // A case may speak of a quantity that was left out for a fault of its own.
                if ctx.is_whole() {
                    let faults = misfits.into_iter();
                    let faults = faults.map(|it| Flaw::from(it.at(&case.document, "given.")));
                    ctx.flaws.extend(faults);
                }
            }
        }
    }
    // Of what the cases lack nothing is known while one of them cannot be run.
    if !all_fit {
        ctx.not_analysed("not-read", "$", None);
        return;
    }
    for (node, leaf) in ctx.leaves() {
        let seen = node.leaf.and_then(|index| seen.get(index));
        if let (Some(part), Some(seen)) = (Part::whole(node, &leaf.rule), seen) {
            of_leaf(ctx, leaf, &part, seen);
        }
    }
}

/// Notes what a case reads of the leaves that it speaks of.
fn see(pack: &Pack, case: &Case, fitted: &Fitted<'_>, seen: &mut [Seen]) {
    let states = fitted.states(Cut::at(case.as_of));
    for expect in &case.expect {
        let index = pack.leaf_by_code.get(&expect.code).copied();
        let leaf = index.and_then(|index| Some((index, pack.leaves.get(index)?)));
        let Some((index, leaf)) = leaf else {
            continue;
        };
        let in_force = pack.validity.contains(case.as_of)
            && leaf.validity.is_none_or(|it| it.contains(case.as_of));
        let Some(seen) = seen.get_mut(index).filter(|_| in_force) else {
            continue;
        };
        if states.exempt.get(index).copied().flatten().is_some() {
            seen.codes.insert("not_applicable".to_owned());
            continue;
        }
        let class = case.submission.unit.class.clone();
        for reading in fitted.close(leaf, &states).readings {
            seen.codes.extend(reading.because.codes());
            if let ReadValue::Number(x) = reading.read {
                let of = reading.of.to_vec();
                seen.numbers.push((class.clone(), of, x));
            }
        }
    }
}

/// What the cases of a leaf read.
#[derive(Clone, Default)]
struct Seen {
    codes: BTreeSet<String>,
    /// Class of the unit, what was read, and the number.
    numbers: Vec<(Option<String>, Vec<QuantityIndex>, Exact)>,
}

/// Where a case and the engine differ.
fn failures(ctx: &mut Verifier<'_>, case: &Case) {
    let Ok(result) = run_case(ctx.pack, case, ctx.calendar) else {
        return;
    };
    // Of a pack that was read in part, only what a leaf gives can be held against a case.
    let known = |code: &str| ctx.is_whole() || ctx.pack.leaf(code).is_some();
    let flaws: Vec<Flaw> = result
        .differences
        .into_iter()
        .filter(|it| known(&it.code))
        .map(|it| {
            let place = case.expect.iter().position(|expect| expect.code == it.code);
            let path = format!("expect[{}].{}", place.unwrap_or_default(), it.field);
            Flaw {
                leaf: Some(it.code),
                help: Some("work the case out again, then mend it or the rule".into()),
                ..Flaw::from(case.document.fault(
                    "case-fails",
                    &path,
                    phrase!("{}, as the pack gives", it.found),
                    it.expected,
                ))
            }
        })
        .collect();
    ctx.flaws.extend(flaws);
}

fn of_leaf(ctx: &mut Verifier<'_>, leaf: &Leaf, part: &Part<'_>, seen: &Seen) {
    let mut asked = Vec::new();
    let mut reasons = Vec::new();
    collect(ctx, part, None, &mut asked, &mut reasons);
    let mut told: Vec<(Option<QuantityIndex>, Option<String>, Exact)> = Vec::new();
    for Asked {
        threshold,
        curve,
        class,
        scale,
    } in asked
    {
        let x = &threshold.x * &scale;
        let of = curve.reading.quantities().first().copied();
        let key = (of, class.clone(), x.clone());
        if told.contains(&key) || !splits(&threshold, curve, &x) {
            continue;
        }
        told.push(key);
        let numbers = seen.numbers.iter().filter(|(unit_class, quantities, _)| {
            quantities.first().copied() == of && (class.is_none() || *unit_class == class)
        });
        let numbers: Vec<&Exact> = numbers.map(|(_, _, x)| x).collect();
        let below = Stretch {
            lower: Bound::Included(&x - &(&threshold.unit * &scale)),
            upper: Bound::Excluded(x.clone()),
        };
        let written = &threshold.x;
        if can_be(ctx, curve, &Stretch::only(x.clone())) && !numbers.contains(&&x) {
            ctx.fault(
                "case-missing-on-threshold",
                &threshold.path,
                phrase!("a worked case exactly at `{}`", written),
                "none",
                "add a case whose figure is the threshold itself",
            )
            .leaf(&leaf.code);
        }
        if can_be(ctx, curve, &below) && !numbers.iter().any(|x| below.contains(x)) {
            let least = written - &threshold.unit;
            ctx.fault(
                "case-missing-below-threshold",
                &threshold.path,
                phrase!("a worked case from `{}` to just below `{}`", least, written),
                "none",
                "add a case whose figure is just below the threshold",
            )
            .leaf(&leaf.code);
        }
    }
    if !leaf.grounds.is_empty() {
        reasons.push((
            format!("{}.not_applicable", leaf.path),
            "not_applicable".to_owned(),
        ));
    }
    let mut told = BTreeSet::new();
    for (path, reason) in reasons {
        let family = ["met", "late", "missing"].contains(&reason.as_str());
        let shown = match family {
            true => seen.codes.iter().any(|code| {
                let count = code.strip_prefix(&format!("{reason}-"));
                count.is_some_and(|count| count != "0")
            }),
            false => seen.codes.contains(&reason),
        };
        if !shown && told.insert(reason.clone()) {
            ctx.fault(
                "case-missing-for-reason",
                &path,
                phrase!("a worked case that ends at `{}`", reason),
                "none",
                "add a case that ends there",
            )
            .leaf(&leaf.code);
        }
    }
}

/// A threshold of a curve, with the class of unit that it is for.
struct Asked<'a> {
    threshold: Threshold,
    curve: &'a CurveRule,
    class: Option<String>,
    /// Factor from the unit written to the quantity's own.
    scale: Exact,
}

/// Thresholds and reasons of a rule.
fn collect<'a>(
    ctx: &Verifier<'_>,
    part: &Part<'a>,
    class: Option<&'a str>,
    asked: &mut Vec<Asked<'a>>,
    reasons: &mut Vec<(String, String)>,
) {
    let mut of_curve = |path: &str, json: &serde_json::Value, curve: &'a CurveRule| {
        let scale = match super::nodes::text(json, "in") {
            Some("percent") => Exact::ratio(1, 100).unwrap_or(Exact::ONE),
            _ => Exact::ONE,
        };
        let all = thresholds(path, json);
        let all = all.into_iter().chain(steps(path, json));
        asked.extend(all.map(|threshold| Asked {
            threshold,
            curve,
            class: class.map(str::to_owned),
            scale: scale.clone(),
        }));
        for piece in curve.curve.pieces() {
            let steps = piece.label.starts_with("units-") || piece.label.starts_with("lapses-");
            if steps || !can_be(ctx, curve, &piece.over) {
                continue;
            }
            let reason = match &curve.reason {
                ReasonStyle::Label => piece.label.clone(),
                ReasonStyle::Named(name) => format!("{name}-{}", piece.label),
            };
            let place = piece.path.as_deref().unwrap_or(path);
            reasons.push((place.to_owned(), reason));
        }
        if curve.not_arisen.is_some() {
            let path = match json.get("not_arisen") {
                Some(_) => format!("{path}.not_arisen"),
                None => path.to_owned(),
            };
            reasons.push((path, "not_arisen".to_owned()));
        }
    };
    match part.rule {
        Rule::Curve(curve) => of_curve(&part.path, part.json, curve),
        Rule::Obligations(_) => {
            for name in ["met", "late", "missing"] {
                reasons.push((format!("{}.{name}", part.path), name.to_owned()));
            }
        }
        Rule::Relative(rule) => {
            let names: &[&str] = match rule.target {
                Some(_) => &["below_target", "at_target", "above_target"],
                None => &["no_target"],
            };
            for name in names {
                reasons.push((part.path.clone(), (*name).to_owned()));
            }
        }
        Rule::Gate { condition, .. } => {
            if let Some(json) = part.json.get("if") {
                of_curve(&format!("{}.if", part.path), json, condition);
            }
        }
        _ => {}
    }
    for (below, of) in part.below() {
        collect(ctx, &below, of.or(class), asked, reasons);
    }
}

/// First and last threshold of a form with equal steps, and the one of a tally.
fn steps(path: &str, json: &serde_json::Value) -> Vec<Threshold> {
    let form = super::nodes::text(json, "form").unwrap_or_default();
    let or = |key, value: Exact| decimal(json, key).unwrap_or(value);
    let stated = |key| match json.get(key) {
        Some(_) => format!("{path}.{key}"),
        None => path.to_owned(),
    };
    let threshold = |key, x, unit| Threshold {
        path: stated(key),
        kind: "step",
        x,
        unit,
    };
    match form {
        "per_unit" => {
            let (each, start) = (or("each", Exact::ONE), or("start", Exact::ZERO));
            let units = ["each", "start"].into_iter();
            let units = units.filter_map(|key| json.get(key).and_then(unit));
            let unit = units.min().unwrap_or(Exact::ONE).min(Exact::ONE);
            let steps = or("cap", Exact::ZERO).checked_div(&or("points", Exact::ONE));
            let last = steps.map(|steps| &start + &(&each * &steps.ceil()));
            let first = threshold("each", &start + &each, unit.clone());
            let last = last.map(|x| threshold("cap", x, unit));
            std::iter::once(first).chain(last).collect()
        }
        "deduction" => {
            let room = &or("full", Exact::ZERO) - &or("not_below", Exact::ZERO);
            let steps = room.checked_div(&or("each", Exact::ONE));
            let first = threshold("each", Exact::ONE, Exact::ONE);
            let last = steps.map(|steps| threshold("not_below", steps.ceil(), Exact::ONE));
            std::iter::once(first).chain(last).collect()
        }
        "n_of_m" => {
            let x = decimal(json, "at_least");
            let x = x.map(|x| threshold("at_least", x, Exact::ONE));
            x.into_iter().collect()
        }
        _ => Vec::new(),
    }
}

/// Whether numbers on both sides of a threshold belong to the domain of its curve.
fn splits(threshold: &Threshold, curve: &CurveRule, x: &Exact) -> bool {
    let whole = curve.curve.domain().stretch();
    let at = |bound: &Bound| bound.value() == Some(x);
    let at_low = at(&whole.lower) && matches!(threshold.kind, "from" | "below" | "x" | "step");
    let at_high = at(&whole.upper) && matches!(threshold.kind, "to" | "above" | "x" | "full_at");
    !at_low && !at_high
}

/// Whether some record is read as a number of a stretch.
fn can_be(ctx: &Verifier<'_>, curve: &CurveRule, over: &Stretch) -> bool {
    match &curve.reading {
        Reading::Share { of, .. } => {
            let (least, most) = items_of(ctx.pack, *of);
            number::share(over, least, most).is_ok()
        }
        _ => smallest_of(curve.curve.domain(), over).is_some(),
    }
}
