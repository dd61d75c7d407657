//! Every leaf lies between its minimum and maximum, and reaches both.
//!
//! That points stay inside is seen to by the reader; here the ends are held against what
//! the rule really gives, rounded as the pack says, for each class of unit. An end that is
//! out of reach on purpose is declared (`max_reachable`, `min_reachable`).

use super::Verifier;
use super::extreme::{self, End, Side};
use super::nodes::{Node, Part, classes};
use super::witness::{Asked, Witness};
use crate::json::{Phrase, phrase};
use crate::model::Leaf;
use crate::rules::{JudgementScale, QuantityKind, Rule};
use crate::values::Exact;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    of_classes(ctx);
    for (node, leaf) in ctx.leaves() {
        outside(ctx, node, leaf);
        for class in classes(&leaf.rule) {
            of_class(ctx, node, leaf, class);
        }
    }
}

/// A class that asks for more than the index can be.
///
/// Without a bonus block the index ends at 100 %; with one it ends as far above as the cap
/// of the block adds to the maximum.
fn of_classes(ctx: &mut Verifier<'_>) {
    let pack = ctx.pack;
    let blocks = pack.areas.iter().filter(|area| area.bonus_penalty);
    let bonus = blocks.filter_map(|area| area.cap.as_ref());
    let bonus = bonus.fold(Exact::ZERO, |sum, cap| &sum + cap.exact());
    let best = (pack.max.exact() + &bonus).checked_div(pack.max.exact());
    let Some(best) = best.map(|share| &share * &Exact::from_integer(100)) else {
        return;
    };
    for (index, class) in pack.classes.iter().enumerate() {
        if class.from.as_ref().is_some_and(|from| *from > best) {
            let found = class.from.as_ref().map_or(String::new(), Exact::to_text);
            ctx.fault(
                "class-unreachable",
                &format!("classes[{index}].from"),
                phrase!(
                    "a threshold up to `{}`, the most that the index can be",
                    best
                ),
                format!("`{found}`"),
                "thresholds are percents of the maximum, not points",
            );
        }
    }
}

/// What the exact fragment does not hold.
fn outside(ctx: &mut Verifier<'_>, node: &Node<'_>, leaf: &Leaf) {
    let judged = leaf.quantities.iter().any(|of| {
        matches!(
            ctx.pack.quantity(*of).map(|it| &it.kind),
            Some(QuantityKind::Judgement {
                scale: JudgementScale::Points { .. }
            })
        )
    });
    if judged {
        ctx.not_analysed("judged", &node.at("rule"), Some(&leaf.code));
    }
    if has_relative(&leaf.rule) {
        ctx.not_analysed("cohort", &node.at("rule"), Some(&leaf.code));
    }
}

fn has_relative(rule: &Rule) -> bool {
    match rule {
        Rule::Relative(_) => true,
        Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
            parts.iter().any(has_relative)
        }
        Rule::Cap { part, .. } => has_relative(part),
        Rule::Gate {
            then, otherwise, ..
        } => has_relative(then) || has_relative(otherwise),
        Rule::ByClass(classes) => classes.iter().any(|(_, rule)| has_relative(rule)),
        _ => false,
    }
}

fn of_class(ctx: &mut Verifier<'_>, node: &Node<'_>, leaf: &Leaf, class: Option<&str>) {
    let rounding = &ctx.pack.rounding;
    let end = |side| extreme::of(ctx.pack, &leaf.rule, side, class);
    let (Some(most), Some(least)) = (end(Side::Most), end(Side::Least)) else {
        return;
    };
    let highest = most.rounded(Side::Most, rounding);
    if highest < *leaf.max.exact() && !ctx.excused(&node.path, "max_reachable") {
        let path = place(node, leaf, class, "max");
        let witness = witness(ctx, leaf, class, &most, &highest);
        ctx.fault(
            "max-unreachable",
            &path,
            phrase!("a record that gives `{}`", leaf.max),
            for_class(phrase!("`{}` at the most", highest), class),
            "mend the maximum or the rule, or declare the exception `max_reachable`",
        )
        .leaf(&leaf.code)
        .witness(witness);
    }
    // Silence reaches the minimum too, where the pack gives it no other points.
    let lowest = least.rounded(Side::Least, rounding);
    let silent = ctx.silence.of(class, &leaf.code) == Some(leaf.min.exact());
    if lowest > *leaf.min.exact() && !silent && !ctx.excused(&node.path, "min_reachable") {
        let path = place(node, leaf, class, "min");
        let witness = witness(ctx, leaf, class, &least, &lowest);
        let told = ctx.fault(
            "min-unreachable",
            &path,
            phrase!("a record that gives `{}`", leaf.min),
            for_class(phrase!("`{}` at the least", lowest), class),
            "mend the minimum or the rule, or declare the exception `min_reachable`",
        );
        let told = told.leaf(&leaf.code).witness(witness);
        // A minimum that nobody wrote is only worth a look.
        if node.json.get("min").is_none() {
            told.warn();
        }
    }
}

fn for_class(found: Phrase, class: Option<&str>) -> Phrase {
    match class {
        None => found,
        Some(class) => phrase!("{} for the class `{}`", found, class),
    }
}

/// The end that is stated, the rule of the class, or the leaf where neither stands.
fn place(node: &Node<'_>, leaf: &Leaf, class: Option<&str>, name: &str) -> String {
    let whole = Part::whole(node, &leaf.rule);
    let of_class = whole.zip(class).and_then(|(part, class)| {
        let below = part.below().into_iter();
        below.into_iter().find(|(_, of)| *of == Some(class))
    });
    match of_class {
        Some((part, _)) => part.path,
        None if node.json.get(name).is_some() => node.at(name),
        None => node.path.clone(),
    }
}

/// The record of an end, if `final` gives it the same points.
fn witness(
    ctx: &Verifier<'_>,
    leaf: &Leaf,
    class: Option<&str>,
    end: &End,
    points: &Exact,
) -> Option<Witness> {
    let inputs = end.inputs.as_ref().filter(|_| end.reached)?;
    let record = ctx.record(&Asked {
        leaf: &leaf.code,
        class,
        inputs,
        proved: true,
    })?;
    let shown = record.points == *points;
    shown.then(|| ctx.witness_of(&leaf.code, vec![record]))?
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    #[test]
    fn the_maximum_must_be_within_reach() {
        let rule =
            |points| format!(r#"{{"form": "yes_no", "of": "plan", "yes": "{points}", "no": "0"}}"#);
        check("", &rule("2"), &[]);
        check("", &rule("1.99"), &["max-unreachable max"]);
        // Rounded to two places, 1.995 is 2.
        check("", &rule("1.995"), &[]);
    }

    #[test]
    fn silence_reaches_the_minimum_and_a_minimum_that_nobody_wrote_is_only_a_warning() {
        let rule = r#"{"form": "yes_no", "of": "plan", "yes": "2", "no": "0.5"}"#;
        check("", rule, &[]);
        let missing = r#"{"form": "per_obligation", "of": "reports", "met": "1", "late": "1", "missing": "0.5"}"#;
        check("", missing, &["min-unreachable tree[0]"]);
    }
}
