//! Pieces to curves: a gap, an overlap or a dead piece becomes a fault at its place.
//!
//! Each piece keeps the path of what was written for it, so that later checks can point there.
//! Nothing is told of a curve from which a piece or a bound was left out as faulty.

use crate::json::phrase;
use std::sync::Arc;

use super::{Lowering, Read};
use crate::rules::*;
use crate::values::Exact;
use crate::wire::form::NotArisenWire;

impl Lowering<'_> {
    /// A curve from the pieces of a form; `place` is the path of the n-th piece.
    pub(in crate::wire) fn curve(
        &mut self,
        path: &str,
        read: Read,
        pieces: Vec<Option<Piece>>,
        not_arisen: Option<NotArisenWire>,
        place: &dyn Fn(usize) -> String,
    ) -> Option<Rule> {
        self.curve_rule(path, read, pieces, not_arisen, place)
            .map(Rule::Curve)
    }

    /// As [`Lowering::curve`], for conditions.
    pub(in crate::wire) fn curve_rule(
        &mut self,
        path: &str,
        read: Read,
        pieces: Vec<Option<Piece>>,
        not_arisen: Option<NotArisenWire>,
        place: &dyn Fn(usize) -> String,
    ) -> Option<CurveRule> {
        let placed = |(index, piece): (usize, Option<Piece>)| match piece? {
            piece @ Piece { path: Some(_), .. } => Some(piece),
            piece => Some(piece.at(place(index))),
        };
        let pieces = pieces.into_iter().enumerate().map(placed);
        let pieces = pieces.collect::<Option<Vec<_>>>();
        let not_arisen = self.not_arisen(path, &read, not_arisen)?;
        let scale = read.scale.clone();
        let of = read
            .reading
            .quantities()
            .first()
            .copied()
            .unwrap_or(QuantityIndex(0));
        let curve = match Curve::new(pieces?, read.domain.clone()) {
            Ok(curve) => curve,
            Err(faults) => {
                for fault in faults {
                    self.curve_fault(path, &fault, &scale, place, of);
                }
                return None;
            }
        };
        if let Reading::Number(of) = &read.reading {
            let by_events = matches!(
                self.kind(*of),
                Some(QuantityKind::Count {
                    by: CountBy::Events(_)
                })
            );
            if by_events && curve.points_at(&Exact::ZERO) > *curve.least() {
                self.fault(
                    "points-for-silence",
                    path,
                    "the fewest points for zero events",
                    phrase!("{} points", curve.points_at(&Exact::ZERO)),
                    Some("nothing recorded proves nothing: count by a figure with evidence".into()),
                );
                return None;
            }
        }
        let reason = ReasonStyle::Label;
        Some(CurveRule {
            reading: read.reading,
            curve,
            not_arisen,
            reason,
        })
    }

    fn curve_fault(
        &mut self,
        path: &str,
        fault: &CurveFault,
        scale: &Exact,
        place: &dyn Fn(usize) -> String,
        of: QuantityIndex,
    ) {
        // A bound or a domain that is missing may only be faulty.
        if !self.is_whole(path) || !self.is_whole_quantity(of) {
            return;
        }
        let shown = |x: &Exact| x.checked_div(scale).unwrap_or_else(|| x.clone());
        match fault {
            CurveFault::Gap { at, after } => {
                let place = after.map_or(path.to_owned(), place);
                self.fault(
                    "band-gap",
                    &place,
                    "points for every number that the quantity can be",
                    phrase!("none at `{}`", shown(at)),
                    Some("let one of the neighbouring bands include it".into()),
                );
            }
            CurveFault::Overlap { at, first, second } => {
                let (one, other) = (place(*first), place(*second));
                self.fault(
                    "band-overlap",
                    &other,
                    "points once for every number",
                    phrase!("points twice at `{}`, here and at {}", shown(at), one),
                    Some("end one band with `below`, or begin the other with `above`".into()),
                );
            }
            CurveFault::Dead { piece } => {
                self.fault(
                    "band-dead",
                    &place(*piece),
                    "a band with a number that the quantity can be",
                    "none",
                    Some("remove the band, or mend its bounds or the quantity's domain".into()),
                );
            }
            CurveFault::Unlimited { piece } => {
                self.fault(
                    "endless-line",
                    &place(*piece),
                    "a line with both ends",
                    "a line without an end",
                    Some("state the quantity's domain, or end the line".into()),
                );
            }
        }
    }

    /// A curve over the flag that the part at `path` names.
    pub(in crate::wire) fn flag_curve(
        &mut self,
        path: &str,
        name: &str,
        (yes, no): (&Exact, &Exact),
        labels: (&str, &str),
        reason: ReasonStyle,
    ) -> Option<CurveRule> {
        let place = format!("{path}.of");
        let of = self.quantity(&place, name)?;
        let Some(QuantityKind::Flag { .. }) = self.kind(of) else {
            self.wrong_kind(&place, of, "a flag");
            return None;
        };
        let path: Arc<str> = path.into();
        let piece = |at: Exact, points: &Exact, label: &str| {
            Piece::constant(Stretch::only(at), points.clone(), label).at(Arc::clone(&path))
        };
        let pieces = vec![
            piece(Exact::ONE, yes, labels.0),
            piece(Exact::ZERO, no, labels.1),
        ];
        let curve = Curve::new(pieces, Domain::Whole { most: Some(1) }).ok()?;
        Some(CurveRule {
            reading: Reading::Flag(of),
            curve,
            not_arisen: None,
            reason,
        })
    }
}
