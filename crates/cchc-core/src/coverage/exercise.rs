//! What one case exercises.

use super::demand::{Demand, DemandKind};
use crate::answer::{Assessment, LeafAnswer, Reading};
use crate::difference::Record;
use crate::evidence::Reason;
use crate::model::Pack;
use crate::record::fit;
use crate::values::{Calendar, Exact};
use crate::wire::Case;

/// The answers about the components that a case states something of.
pub(super) struct Exercised {
    leaves: Vec<LeafAnswer>,
    class: Option<String>,
}

pub(super) fn of_case(pack: &Pack, case: &Case, calendar: &Calendar) -> Option<Exercised> {
    let stated = |code: &str| case.expect.iter().any(|it| it.code == code);
    answered(pack, case, &stated, calendar)
}

pub(super) fn of_record(
    pack: &Pack,
    record: &Record,
    code: &str,
    calendar: &Calendar,
) -> Option<Exercised> {
    let case = record.as_case(pack)?;
    answered(pack, &case, &|it| it == code, calendar)
}

fn answered(
    pack: &Pack,
    case: &Case,
    stated: &dyn Fn(&str) -> bool,
    calendar: &Calendar,
) -> Option<Exercised> {
    let fitted = fit(pack, &case.submission, calendar).ok()?;
    let Assessment { leaves, .. } = fitted.assess(case.as_of);
    Some(Exercised {
        leaves: leaves.into_iter().filter(|it| stated(&it.code)).collect(),
        class: case.submission.unit.class.clone(),
    })
}

impl Exercised {
    /// Whether a demand is met.
    pub(super) fn meets(&self, demand: &Demand) -> bool {
        if demand.class.is_some() && demand.class != self.class {
            return false;
        }
        let asked = |leaf: &&LeafAnswer| demand.code.as_ref().is_none_or(|it| *it == leaf.code);
        self.leaves
            .iter()
            .filter(asked)
            .any(|leaf| match demand.kind {
                DemandKind::Threshold => on_side(leaf, demand),
                DemandKind::Branch => told(leaf, demand),
                DemandKind::Reason => reason(leaf, demand),
                DemandKind::Evidence => evidence(leaf, demand),
            })
    }
}

fn reads(step: &crate::answer::Step, demand: &Demand) -> bool {
    let names = step.quantities.iter().map(|it| &**it);
    names.eq(demand.of.iter().map(String::as_str))
}

/// Whether the number read lies on the threshold, or within one unit on its other side.
fn on_side(leaf: &LeafAnswer, demand: &Demand) -> bool {
    let (Some(at), Some(unit)) = (&demand.at, &demand.unit) else {
        return false;
    };
    let lies = |x: &Exact| match demand.what.as_str() {
        "on" => x == at,
        "just_below" => *x < *at && *x >= at - unit,
        _ => *x > *at && *x <= at + unit,
    };
    let steps = leaf.derivation.iter().filter(|step| reads(step, demand));
    steps.into_iter().any(|step| match &step.standing {
        Reading::At(x) => lies(x),
        _ => false,
    })
}

fn told(leaf: &LeafAnswer, demand: &Demand) -> bool {
    let steps = leaf.derivation.iter().filter(|step| reads(step, demand));
    steps.into_iter().any(|step| {
        if let Reading::Obligations { met, late, missing } = step.standing {
            return match demand.what.as_str() {
                "met" => met > 0,
                "late" => late > 0,
                _ => missing > 0,
            };
        }
        let tells = |code: &String| match demand.what.strip_suffix('*') {
            Some(start) => code.starts_with(start),
            None => *code == demand.what,
        };
        step.because.iter().any(tells)
    })
}

fn reason(leaf: &LeafAnswer, demand: &Demand) -> bool {
    match demand.what.as_str() {
        "out_of_validity" => leaf.because.contains(&demand.what),
        "not_applicable" => {
            leaf.because.contains(&demand.what)
                && leaf.evidence.iter().any(|it| it.quantity.is_none())
                || leaf.because.contains(&demand.what) && leaf.ground.is_some()
        }
        _ => told(leaf, demand),
    }
}

fn evidence(leaf: &LeafAnswer, demand: &Demand) -> bool {
    let Some(role) = demand.role.as_deref() else {
        let mut documents = leaf.evidence.iter().flat_map(|it| &it.documents);
        return documents.any(|it| it.reasons.iter().any(|it| it.code() == demand.what));
    };
    let of = demand.of.first().map(String::as_str);
    let facts = leaf.evidence.iter().filter(|fact| match &fact.quantity {
        Some(quantity) => Some(&**quantity) == of,
        // The claim that the leaf is not for this unit: its ground is named by the leaf.
        None => true,
    });
    facts.into_iter().any(|fact| {
        let unfilled = fact.unfilled.iter().any(|it| **it == *role);
        if demand.what == Reason::Missing.code() {
            return unfilled && fact.fact.is_some();
        }
        fact.documents.iter().any(|document| {
            let here = document.role.as_deref() == Some(role);
            if demand.what == "accepted" {
                return here && document.accepted;
            }
            let refused = document.reasons.iter().any(|it| it.code() == demand.what);
            // A document of a kind that plays no part is held against the parts that lack one.
            let astray =
                document.role.is_none() && unfilled && demand.what == Reason::WrongType.code();
            refused && (here || astray)
        })
    })
}
