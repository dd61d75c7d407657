//! Conditions decide something: each can hold and can fail, and a class gate caps a class.

use super::Verifier;
use super::input::smallest;
use super::nodes::Part;
use super::number::NoShare;
use crate::rules::{CurveRule, ReasonStyle, Rule};

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (node, leaf) in ctx.leaves() {
        if let Some(part) = Part::whole(node, &leaf.rule) {
            conditions(ctx, &part, &leaf.code);
        }
    }
    let pack = ctx.pack;
    let gates = super::nodes::list(ctx.document.value(), "class_gates");
    for (index, json) in gates.iter().enumerate() {
        let id = super::nodes::text(json, "id");
        let Some(gate) = pack.class_gates.iter().find(|gate| Some(&*gate.id) == id) else {
            continue;
        };
        let path = format!("class_gates[{index}]");
        constant(ctx, &format!("{path}.unless"), &gate.unless, None);
        if gate.class_at_most == 0 {
            ctx.fault(
                "gate-without-effect",
                &format!("{path}.class_at_most"),
                "a class below the best one",
                "the best class, which caps nothing",
                "name the class that is left when the gate is not passed",
            );
        }
    }
}

fn conditions(ctx: &mut Verifier<'_>, part: &Part<'_>, leaf: &str) {
    match part.rule {
        Rule::Gate { condition, .. } => {
            constant(ctx, &format!("{}.if", part.path), condition, Some(leaf));
        }
        Rule::Curve(rule) if matches!(rule.reason, ReasonStyle::Named(_)) => {
            let labels = rule.curve.pieces().iter().map(|piece| piece.label.as_str());
            if labels
                .clone()
                .all(|label| matches!(label, "holds" | "fails"))
            {
                constant(ctx, &part.path, rule, Some(leaf));
            }
        }
        _ => {}
    }
    for (below, _) in part.below() {
        conditions(ctx, &below, leaf);
    }
}

/// Tells of a condition that always holds, or never does.
fn constant(ctx: &mut Verifier<'_>, path: &str, condition: &CurveRule, leaf: Option<&str>) {
    let live = |side: bool| {
        condition.curve.pieces().iter().any(|piece| {
            let holds = match piece.label.as_str() {
                "holds" => true,
                "fails" => false,
                _ => piece.points.is_positive(),
            };
            holds == side && smallest(ctx.pack, condition, &piece.over) != Err(NoShare::None)
        })
    };
    let found = match (live(true), live(false)) {
        (true, true) => return,
        (true, false) => "one that always holds",
        (false, _) => "one that never holds",
    };
    let told = ctx.fault(
        "condition-constant",
        path,
        "a condition that can hold and can fail",
        found,
        "mend its bounds, or write the rule without the condition",
    );
    if let Some(leaf) = leaf {
        told.leaf(leaf);
    }
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    #[test]
    fn a_condition_can_hold_and_can_fail() {
        let rule = |bound| {
            format!(
                r#"{{"form": "all_or_nothing", "points": "2", "otherwise": "0",
                "all": [{{"of": "plan", "is": "yes"}}, {{"of": "talks", {bound}}}]}}"#
            )
        };
        check("", &rule(r#""from": "1""#), &[]);
        check(
            "",
            &rule(r#""from": "0""#),
            &["condition-constant rule.all[1]"],
        );
    }
}
