//! `ladder`: named verdicts, each an amount or a share of the maximum (forms 17–19).

use serde::Deserialize;

use crate::json::{Field, Shape, phrase};
use crate::rules::{
    Curve, CurveRule, Domain, JudgementScale, Piece, QuantityKind, Reading, ReasonStyle, Rule,
    Stretch,
};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Ladder {
    of: String,
    steps: Vec<Step>,
}

#[derive(Debug, Deserialize)]
struct Step {
    verdict: String,
    points: Option<Exact>,
    share: Option<Exact>,
}

pub(super) fn fields() -> Vec<Field> {
    let step = Shape::ExactlyOne {
        common: vec![Field::required(
            "verdict",
            Shape::Id,
            "Name of the verdict.",
        )],
        alternatives: vec![
            Field::optional("points", Shape::Decimal, "Points of the verdict."),
            Field::optional("share", Shape::Decimal, "Its share of the leaf's maximum."),
        ],
    };
    vec![
        Field::required("of", Shape::Id, "Name of a judgement with verdicts."),
        Field::required(
            "steps",
            Shape::array(step, 1, super::MAX_PARTS),
            "One step for each verdict of the judgement.",
        ),
    ]
}

impl Ladder {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let place = format!("{path}.of");
        let of = ctx.quantity(&place, &self.of)?;
        let QuantityKind::Judgement {
            scale: JudgementScale::Verdicts(verdicts),
        } = ctx.kind(of)?
        else {
            ctx.wrong_kind(&place, of, "a judgement with verdicts");
            return None;
        };
        let verdicts = verdicts.clone();
        let mut pieces = Vec::new();
        let mut sound = true;
        for (rank, verdict) in verdicts.iter().rev().enumerate() {
            let steps: Vec<_> = self
                .steps
                .iter()
                .enumerate()
                .filter(|(_, step)| &step.verdict == verdict)
                .collect();
            let [(index, step)] = steps.as_slice() else {
                ctx.fault(
                    "verdict-steps",
                    &format!("{path}.steps"),
                    phrase!("one step for the verdict `{}`", verdict),
                    format!("{}", steps.len()),
                    None,
                );
                sound = false;
                continue;
            };
            let points = match (&step.points, &step.share) {
                (Some(points), _) => points.clone(),
                (_, Some(share)) => share * ctx.leaf_max(),
                _ => return None,
            };
            let at = Exact::from_u64(u64::try_from(rank).unwrap_or(0));
            let piece = Piece::constant(Stretch::only(at), points, verdict.clone());
            pieces.push(piece.at(format!("{path}.steps[{index}]")));
        }
        for (index, step) in self.steps.iter().enumerate() {
            if !verdicts.contains(&step.verdict) {
                let known = verdicts.iter().map(String::as_str);
                ctx.unknown(
                    &format!("{path}.steps[{index}].verdict"),
                    "verdict",
                    &step.verdict,
                    known,
                    "quantities",
                );
                sound = false;
            }
        }
        if !sound {
            return None;
        }
        let most = u64::try_from(verdicts.len()).ok()?.checked_sub(1);
        let curve = Curve::new(pieces, Domain::Whole { most }).ok()?;
        let reading = Reading::Verdict(of);
        Some(Rule::Curve(CurveRule {
            reading,
            curve,
            not_arisen: None,
            reason: ReasonStyle::Label,
        }))
    }
}
