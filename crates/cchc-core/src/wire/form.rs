//! What a pack writes as a rule, and how each form lowers to the canonical rule.
//!
//! One file for each form: the fields a pack writes, their shape, and `lower`. Everything
//! after lowering (points, bounds, wording) is written once, over the canonical rule.

mod all_or_nothing;
mod bands;
mod by_class;
mod checklist;
mod combine;
mod condition;
mod deduction;
mod judgement;
mod ladder;
mod linear;
mod n_of_m;
mod per_obligation;
mod per_unit;
mod pieces;
mod proportional;
mod relative;
mod yes_no;

use serde::Deserialize;

pub(super) use condition::{Condition, fields as condition_fields};

use super::lower::Lowering;
use crate::json::{Field, Shape, phrase};
use crate::rules::{Bound, Domain, NotArisen, Piece, Rule, Stretch};
use crate::values::Exact;

/// A rule as a pack writes it.
#[derive(Debug, Deserialize)]
#[serde(tag = "form", rename_all = "snake_case")]
pub(super) enum RuleWire {
    Bands(bands::Bands),
    Pieces(pieces::Pieces),
    Proportional(proportional::Proportional),
    Linear(linear::Linear),
    PerUnit(per_unit::PerUnit),
    Deduction(deduction::Deduction),
    PerObligation(per_obligation::PerObligation),
    YesNo(yes_no::YesNo),
    Checklist(checklist::Checklist),
    NOfM(n_of_m::NOfM),
    AllOrNothing(all_or_nothing::AllOrNothing),
    Ladder(ladder::Ladder),
    Judgement(judgement::Judgement),
    Relative(relative::Relative),
    Sum(combine::Parts),
    Least(combine::Parts),
    Greatest(combine::Parts),
    Cap(combine::Cap),
    Gate(combine::Gate),
    ByClass(by_class::ByClass),
    Constant(combine::Constant),
}

impl RuleWire {
    /// The canonical rule; `None` where a fault was reported.
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        match self {
            RuleWire::Bands(form) => form.lower(path, ctx),
            RuleWire::Pieces(form) => form.lower(path, ctx),
            RuleWire::Proportional(form) => form.lower(path, ctx),
            RuleWire::Linear(form) => form.lower(path, ctx),
            RuleWire::PerUnit(form) => form.lower(path, ctx),
            RuleWire::Deduction(form) => form.lower(path, ctx),
            RuleWire::PerObligation(form) => form.lower(path, ctx),
            RuleWire::YesNo(form) => form.lower(path, ctx),
            RuleWire::Checklist(form) => form.lower(path, ctx),
            RuleWire::NOfM(form) => form.lower(path, ctx),
            RuleWire::AllOrNothing(form) => form.lower(path, ctx),
            RuleWire::Ladder(form) => form.lower(path, ctx),
            RuleWire::Judgement(form) => form.lower(path, ctx),
            RuleWire::Relative(form) => form.lower(path, ctx),
            RuleWire::Sum(form) => form.lower(path, ctx).map(Rule::Sum),
            RuleWire::Least(form) => form.lower(path, ctx).map(Rule::Least),
            RuleWire::Greatest(form) => form.lower(path, ctx).map(Rule::Greatest),
            RuleWire::Cap(form) => form.lower(path, ctx),
            RuleWire::Gate(form) => form.lower(path, ctx),
            RuleWire::ByClass(form) => form.lower(path, ctx),
            RuleWire::Constant(form) => Some(Rule::Constant(form.points.clone())),
        }
    }
}

/// The shape of a rule.
pub(super) fn shape() -> Shape {
    Shape::Tagged {
        tag: "form",
        variants: vec![
            ("bands", bands::fields()),
            ("pieces", pieces::fields()),
            ("proportional", proportional::fields()),
            ("linear", linear::fields()),
            ("per_unit", per_unit::fields()),
            ("deduction", deduction::fields()),
            ("per_obligation", per_obligation::fields()),
            ("yes_no", yes_no::fields()),
            ("checklist", checklist::fields()),
            ("n_of_m", n_of_m::fields()),
            ("all_or_nothing", all_or_nothing::fields()),
            ("ladder", ladder::fields()),
            ("judgement", judgement::fields()),
            ("relative", relative::fields()),
            ("sum", combine::parts_fields()),
            ("least", combine::parts_fields()),
            ("greatest", combine::parts_fields()),
            ("cap", combine::cap_fields()),
            ("gate", combine::gate_fields()),
            ("by_class", by_class::fields()),
            ("constant", combine::constant_fields()),
        ],
    }
}

/// Most pieces, items or parts of one rule.
pub const MAX_PARTS: usize = 1000;

/// Which quantity, what is read of it and in which unit its thresholds are written.
#[derive(Debug, Deserialize)]
pub(super) struct Of {
    pub(super) of: String,
    pub(super) read: Option<String>,
    #[serde(rename = "in")]
    pub(super) unit: Option<String>,
}

/// Fields of [`Of`].
pub(super) fn of_fields() -> Vec<Field> {
    vec![
        Field::required("of", Shape::Id, "Name of the quantity."),
        Field::optional(
            "read",
            Shape::OneOf(READINGS),
            "What is read of the quantity.",
        ),
        Field::optional(
            "in",
            Shape::OneOf(&["percent", "fraction"]),
            "Unit of the thresholds of a share.",
        ),
    ]
}

const READINGS: &[&str] = &[
    "won",
    "lost",
    "met",
    "late",
    "missing",
    "lapses",
    "handed_in",
    "value",
];

/// The ends of a band, each with its own kind.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Between {
    pub(super) from: Option<Exact>,
    pub(super) above: Option<Exact>,
    pub(super) to: Option<Exact>,
    pub(super) below: Option<Exact>,
}

/// Fields of [`Between`].
pub(super) fn between_fields() -> Vec<Field> {
    vec![
        Field::optional("from", Shape::Decimal, "Lower end, included (≥)."),
        Field::optional("above", Shape::Decimal, "Lower end, not included (>)."),
        Field::optional("to", Shape::Decimal, "Upper end, included (≤)."),
        Field::optional("below", Shape::Decimal, "Upper end, not included (<)."),
    ]
}

impl Between {
    /// The stretch in the quantity's own unit; reports two ends on one side.
    pub(super) fn stretch(
        &self,
        path: &str,
        scale: &Exact,
        ctx: &mut Lowering<'_>,
    ) -> Option<Stretch> {
        for (one, other, both) in [
            ("from", "above", self.from.is_some() && self.above.is_some()),
            ("to", "below", self.to.is_some() && self.below.is_some()),
        ] {
            if both {
                ctx.fault(
                    "two-bounds",
                    path,
                    phrase!("one of `{}` and `{}`", one, other),
                    "both",
                    Some(phrase!(
                        "`{}` includes the number, `{}` does not",
                        one,
                        other
                    )),
                );
                return None;
            }
        }
        let scaled = |x: &Exact| x * scale;
        let lower = match (&self.from, &self.above) {
            (Some(x), _) => Bound::Included(scaled(x)),
            (_, Some(x)) => Bound::Excluded(scaled(x)),
            _ => Bound::Open,
        };
        let upper = match (&self.to, &self.below) {
            (Some(x), _) => Bound::Included(scaled(x)),
            (_, Some(x)) => Bound::Excluded(scaled(x)),
            _ => Bound::Open,
        };
        let stretch = Stretch { lower, upper };
        if stretch.meet(&Stretch::ALL).is_none() {
            ctx.fault(
                "empty-band",
                path,
                "a lower end below the upper end",
                "a band without any number",
                None,
            );
            return None;
        }
        Some(stretch)
    }
}

/// Points where there are no items.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum NotArisenWire {
    Full,
    Zero,
    Exclude,
}

impl From<NotArisenWire> for NotArisen {
    fn from(wire: NotArisenWire) -> Self {
        match wire {
            NotArisenWire::Full => NotArisen::Full,
            NotArisenWire::Zero => NotArisen::Zero,
            NotArisenWire::Exclude => NotArisen::Exclude,
        }
    }
}

/// The field `not_arisen`.
pub(super) fn not_arisen_field() -> Field {
    Field::optional(
        "not_arisen",
        Shape::OneOf(&["full", "zero", "exclude"]),
        "Points of a share that has no items, once that is proved.",
    )
}

/// Points of the numbers that no band holds, where the source leaves them out on purpose.
#[derive(Debug, Deserialize)]
pub(super) struct Elsewhere {
    points: Exact,
}

/// The field `elsewhere`.
pub(super) fn elsewhere_field() -> Field {
    let fields = vec![
        decimal("points", "Points of every number that is left out."),
        Field::required(
            "reason",
            Shape::text(500),
            "Why numbers are left out on purpose.",
        ),
    ];
    Field::optional(
        "elsewhere",
        Shape::Object(fields),
        "A declared gap: points of the numbers that nothing else holds.",
    )
}

impl Elsewhere {
    /// Adds a piece for each gap; reports a declaration without any.
    pub(super) fn fill(
        &self,
        path: &str,
        pieces: &mut Vec<Option<Piece>>,
        domain: &Domain,
        ctx: &mut Lowering<'_>,
    ) {
        // Where a piece has a fault of its own, what it leaves open is no gap yet.
        let stretches = pieces
            .iter()
            .map(|it| it.as_ref().map(|it| it.over.clone()));
        let Some(stretches) = stretches.collect::<Option<Vec<_>>>() else {
            return;
        };
        let place = format!("{path}.elsewhere");
        let gaps = domain.gaps(&stretches);
        if gaps.is_empty() {
            ctx.fault(
                "elsewhere-not-needed",
                &place,
                "a gap between the bands",
                "none",
                Some("remove `elsewhere`".into()),
            );
        }
        for over in gaps {
            let piece = Piece::constant(over, self.points.clone(), "elsewhere");
            pieces.push(Some(piece.at(place.as_str())));
        }
    }
}

/// A required decimal.
pub(super) fn decimal(name: &'static str, doc: &'static str) -> Field {
    Field::required(name, Shape::Decimal, doc)
}

/// Several groups of fields, one after the other.
pub(super) fn join(groups: Vec<Vec<Field>>) -> Vec<Field> {
    groups.into_iter().flatten().collect()
}
