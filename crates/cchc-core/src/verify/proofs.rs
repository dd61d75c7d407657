//! Proof is asked on both sides: of items, and of there being none.
//!
//! A proof whose roles all say `when: some` lets a unit state "nothing arose" without any
//! document; one whose roles all say `when: none` lets it state items without any. Where
//! that earns points, silence is rewarded. No roles at all is a plain choice of the pack:
//! then figures are taken as stated.

use super::Verifier;
use super::input::{Input, Inputs};
use super::nodes::{Part, classes};
use super::witness::{Asked, Witness};
use crate::model::Leaf;
use crate::rules::*;
use crate::values::Exact;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let mut told = Vec::new();
    for (node, leaf) in ctx.leaves() {
        let Some(rule) = Part::whole(node, &leaf.rule) else {
            continue;
        };
        let mut curves = Vec::new();
        curves_of(&rule, None, &mut curves);
        for (curve, class) in curves {
            for of in curve.reading.quantities() {
                let Some(quantity) = ctx.pack.quantity(*of) else {
                    continue;
                };
                let Some((missing, inputs)) = free(quantity, *of, curve) else {
                    continue;
                };
                if told.contains(&(*of, missing)) || ctx.excused(&node.path, "proof") {
                    continue;
                }
                told.push((*of, missing));
                let class = class.or(classes(&leaf.rule).first().copied().flatten());
                let witness = witness(ctx, leaf, class, &inputs);
                let path = format!("{}.proof", quantity.path);
                match missing {
                    When::None => ctx.fault(
                        "none-without-proof",
                        &path,
                        "a role that is asked when there are no items",
                        "only roles with `when` `some`, though none earns points",
                        "add a role with `when` `none`, or ask one always",
                    ),
                    _ => ctx.fault(
                        "items-without-proof",
                        &path,
                        "a role that is asked when there are items",
                        "only roles with `when` `none`, though items earn points",
                        "add a role with `when` `some`, or ask one always",
                    ),
                }
                .leaf(&leaf.code)
                .witness(witness);
            }
        }
    }
}

/// What a quantity lets a unit state without proof, if that earns points.
fn free(quantity: &Quantity, of: QuantityIndex, curve: &CurveRule) -> Option<(When, Inputs)> {
    let roles = &quantity.proof.roles;
    let all = |when| !roles.is_empty() && roles.iter().all(|role| role.when == when);
    let least = curve.curve.least();
    let nothing = match &quantity.kind {
        QuantityKind::Share { .. } => Input::NoItems,
        QuantityKind::Count {
            by: CountBy::Figure,
        } => Input::Number(Exact::ZERO),
        _ => return None,
    };
    if all(When::Some) {
        let earns = match nothing {
            Input::NoItems => {
                matches!(curve.not_arisen, Some(NotArisen::Full | NotArisen::Exclude))
            }
            _ => curve.curve.points_at(&Exact::ZERO) > *least,
        };
        return earns.then(|| (When::None, vec![(of, nothing)]));
    }
    if all(When::None) && curve.curve.most() > least {
        let lost = matches!(curve.reading, Reading::Share { lost: true, .. });
        let items = match nothing {
            Input::NoItems => Input::Share {
                won: u64::from(!lost),
                total: 1,
            },
            _ => Input::Number(Exact::ONE),
        };
        return Some((When::Some, vec![(of, items)]));
    }
    None
}

fn witness(
    ctx: &Verifier<'_>,
    leaf: &Leaf,
    class: Option<&str>,
    inputs: &Inputs,
) -> Option<Witness> {
    let record = ctx.record(&Asked {
        leaf: &leaf.code,
        class,
        inputs,
        proved: false,
    })?;
    ctx.witness_of(&leaf.code, vec![record])
}

/// Every curve of a rule, conditions included, with the class that it is for.
pub(super) fn curves_of<'a>(
    part: &Part<'a>,
    class: Option<&'a str>,
    found: &mut Vec<(&'a CurveRule, Option<&'a str>)>,
) {
    match part.rule {
        Rule::Curve(rule) => found.push((rule, class)),
        Rule::Gate { condition, .. } => found.push((condition, class)),
        _ => {}
    }
    for (below, of) in part.below() {
        curves_of(&below, of.or(class), found);
    }
}
