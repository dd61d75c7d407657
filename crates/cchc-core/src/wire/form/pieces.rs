//! `pieces`: the canonical form itself, constant or along a line.

use serde::Deserialize;

use super::{
    Between, Elsewhere, NotArisenWire, Of, between_fields, decimal, elsewhere_field, join,
    not_arisen_field, of_fields,
};
use crate::json::{Field, Shape};
use crate::rules::{Piece, Rule};
use crate::values::Exact;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct Pieces {
    #[serde(flatten)]
    of: Of,
    pieces: Vec<PieceWire>,
    elsewhere: Option<Elsewhere>,
    not_arisen: Option<NotArisenWire>,
}

#[derive(Debug, Deserialize)]
struct PieceWire {
    #[serde(flatten)]
    between: Between,
    points: Exact,
    to_points: Option<Exact>,
}

pub(super) fn fields() -> Vec<Field> {
    let piece = join(vec![
        between_fields(),
        vec![
            decimal("points", "Points, or points at the lower end of a line."),
            Field::optional(
                "to_points",
                Shape::Decimal,
                "Points at the upper end of a line.",
            ),
        ],
    ]);
    join(vec![
        of_fields(),
        vec![
            Field::required(
                "pieces",
                Shape::array(Shape::Object(piece), 1, super::MAX_PARTS),
                "Pieces that cover every possible number once.",
            ),
            elsewhere_field(),
            not_arisen_field(),
        ],
    ])
}

impl Pieces {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        let mut pieces = self
            .pieces
            .iter()
            .enumerate()
            .map(|(index, piece)| {
                let place = format!("{path}.pieces[{index}]");
                let over = piece.between.stretch(&place, &read.scale, ctx)?;
                let label = format!("piece-{}", index + 1);
                let Some(to_points) = &piece.to_points else {
                    return Some(Piece::constant(over, piece.points.clone(), label));
                };
                let (Some(low), Some(high)) = (over.lower.value(), over.upper.value()) else {
                    ctx.fault(
                        "endless-line",
                        &place,
                        "both ends of a line",
                        "a line without an end",
                        None,
                    );
                    return None;
                };
                let (low, high) = (low.clone(), high.clone());
                Some(line(over, label, (&low, &piece.points), (&high, to_points)))
            })
            .collect::<Vec<_>>();
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.fill(path, &mut pieces, &read.domain, ctx);
        }
        let places = |index| format!("{path}.pieces[{index}]");
        ctx.curve(path, read, pieces, self.not_arisen, &places)
    }
}

/// The line through two points; constant where both stand at the same number.
pub(super) fn line(
    over: crate::rules::Stretch,
    label: String,
    (x0, y0): (&Exact, &Exact),
    (x1, y1): (&Exact, &Exact),
) -> Piece {
    let slope = (y1 - y0).checked_div(&(x1 - x0)).unwrap_or(Exact::ZERO);
    Piece {
        over,
        points: y0.clone(),
        anchor: x0.clone(),
        slope,
        label,
        path: None,
    }
}
