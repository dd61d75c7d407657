//! `bands`: steps on a number, each bound with its own kind (forms 4–6, 9–11).

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
pub(crate) struct Bands {
    #[serde(flatten)]
    of: Of,
    bands: Vec<Band>,
    elsewhere: Option<Elsewhere>,
    not_arisen: Option<NotArisenWire>,
}

#[derive(Debug, Deserialize)]
struct Band {
    #[serde(flatten)]
    between: Between,
    points: Exact,
}

pub(super) fn fields() -> Vec<Field> {
    let band = join(vec![
        between_fields(),
        vec![decimal("points", "Points of the band.")],
    ]);
    join(vec![
        of_fields(),
        vec![
            Field::required(
                "bands",
                Shape::array(Shape::Object(band), 1, super::MAX_PARTS),
                "Bands that cover every possible number once.",
            ),
            elsewhere_field(),
            not_arisen_field(),
        ],
    ])
}

impl Bands {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let read = ctx.reading(path, &self.of)?;
        let mut pieces = self
            .bands
            .iter()
            .enumerate()
            .map(|(index, band)| {
                let place = format!("{path}.bands[{index}]");
                let over = band.between.stretch(&place, &read.scale, ctx)?;
                Some(Piece::constant(
                    over,
                    band.points.clone(),
                    format!("band-{}", index + 1),
                ))
            })
            .collect::<Vec<_>>();
        if let Some(elsewhere) = &self.elsewhere {
            elsewhere.fill(path, &mut pieces, &read.domain, ctx);
        }
        let places = |index| format!("{path}.bands[{index}]");
        ctx.curve(path, read, pieces, self.not_arisen, &places)
    }
}
