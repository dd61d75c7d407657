//! Two curves over the same reading: the same points everywhere, or a number that shows
//! otherwise.
//!
//! Decided exactly. Between two numbers at which a piece ends, or at which rounded points
//! step, rounded points are constant; so it is enough to look at those numbers and at one
//! number between each two of them (two where nothing is rounded: two lines that meet
//! twice are one).

use super::simplest;
use crate::rules::{Curve, CurveRule, Domain};
use crate::values::{Exact, Rounding, RoundingMode};

/// More steps of rounded points than are looked at; beyond, nothing is claimed.
const MOST_STEPS: usize = 20_000;

/// What was found about two curves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    /// The same at every number.
    Equal,
    /// Different at this number.
    DiffersAt(Exact),
    /// Too many steps to look at.
    TooMany,
}

/// A curve with what makes it points of a leaf.
#[derive(Clone, Copy)]
pub(super) struct Scored<'a> {
    pub(super) rule: &'a CurveRule,
    pub(super) rounding: &'a Rounding,
}

/// Compares rounded points, and reasons if asked, over what both curves are defined on.
pub(super) fn decide(old: Scored<'_>, new: Scored<'_>, reasons: bool) -> Decision {
    let Some(marks) = marks(&[old, new]) else {
        return Decision::TooMany;
    };
    let whole = matches!(old.rule.curve.domain(), Domain::Whole { .. });
    let domains = [old, new].map(|it| it.rule.curve.domain().stretch());
    let [first, second] = &domains;
    let Some(shared) = first.meet(second) else {
        return Decision::Equal;
    };
    let differs = |x: &Exact| {
        if !shared.contains(x) || (whole && !x.is_integer()) {
            return false;
        }
        let points = |it: Scored<'_>| it.rounding.round(&it.rule.curve.points_at(x));
        let label = |it: Scored<'_>| it.rule.curve.piece_at(x).label.clone();
        points(old) != points(new) || reasons && label(old) != label(new)
    };
    let found: Option<Exact> = inspected(&marks, whole)
        .into_iter()
        .filter(differs)
        .min_by(simpler);
    match found {
        Some(x) => Decision::DiffersAt(x),
        None => Decision::Equal,
    }
}

/// Numbers at which a curve can change its line or its rounded points; `None`: too many.
fn marks(curves: &[Scored<'_>]) -> Option<Vec<Exact>> {
    let mut marks = Vec::new();
    for scored in curves {
        marks.extend(ends(&scored.rule.curve));
        steps(*scored, &mut marks)?;
    }
    marks.sort();
    marks.dedup();
    Some(marks)
}

/// Numbers at which the pieces of a curve end.
pub(super) fn ends(curve: &Curve) -> impl Iterator<Item = Exact> + '_ {
    let pieces = curve.pieces().iter();
    pieces.flat_map(|piece| {
        let bounds = [&piece.over.lower, &piece.over.upper];
        bounds.into_iter().filter_map(|it| it.value().cloned())
    })
}

/// Numbers at which the points of a line are a half or a whole step of the rounding.
fn steps(scored: Scored<'_>, marks: &mut Vec<Exact>) -> Option<()> {
    if scored.rounding.mode() == RoundingMode::None {
        return Some(());
    }
    let two = Exact::from_integer(2);
    let scale = &Exact::power_of_ten(scored.rounding.places()) * &two;
    for piece in scored.rule.curve.pieces() {
        let (Some(low), Some(high)) = (piece.over.lower.value(), piece.over.upper.value()) else {
            continue;
        };
        if piece.slope.is_zero() {
            continue;
        }
        let (a, b) = (piece.points_at(low), piece.points_at(high));
        let (least, most) = if a <= b { (a, b) } else { (b, a) };
        let mut step = (&least * &scale).ceil();
        let last = (&most * &scale).floor();
        while step <= last {
            if marks.len() >= MOST_STEPS {
                return None;
            }
            let points = step.checked_div(&scale)?;
            let along = (&points - &piece.points).checked_div(&piece.slope)?;
            marks.push(&piece.anchor + &along);
            step += &Exact::ONE;
        }
    }
    Some(())
}

/// The marks, and numbers between and beyond them.
fn inspected(marks: &[Exact], whole: bool) -> Vec<Exact> {
    let mut numbers = marks.to_vec();
    if let (Some(first), Some(last)) = (marks.first(), marks.last()) {
        numbers.push(first - &Exact::ONE);
        numbers.push(last + &Exact::ONE);
    }
    for (low, high) in marks.iter().zip(marks.iter().skip(1)) {
        if whole {
            numbers.push(&low.floor() + &Exact::ONE);
            numbers.push(&high.ceil() - &Exact::ONE);
        } else if let Some(middle) = simplest::between(low, high) {
            numbers.extend(simplest::between(low, &middle));
            numbers.push(middle);
        }
    }
    if whole {
        // A step between two whole numbers shows at the whole numbers beside it.
        let beside = numbers.iter().flat_map(|x| [x.floor(), x.ceil()]);
        numbers = beside.collect();
    }
    numbers.sort();
    numbers.dedup();
    numbers
}

/// Numbers of one curve or several at which every line and step is seen, simplest first.
///
/// Steps of rounding are left out: they tell curves apart, not pieces.
pub(super) fn representatives(curves: &[&Curve]) -> Vec<Exact> {
    let mut marks: Vec<Exact> = curves.iter().flat_map(|curve| ends(curve)).collect();
    marks.sort();
    marks.dedup();
    let whole = curves
        .iter()
        .any(|curve| matches!(curve.domain(), Domain::Whole { .. }));
    let inside = |x: &Exact| {
        curves
            .iter()
            .any(|curve| curve.domain().stretch().contains(x))
    };
    let mut numbers: Vec<Exact> = inspected(&marks, whole)
        .into_iter()
        .filter(inside)
        .collect();
    if numbers.is_empty() {
        numbers.push(Exact::ZERO);
    }
    numbers.sort_by(simpler);
    numbers
}

/// Fewer items first, then the lesser number.
pub(super) fn simpler(a: &Exact, b: &Exact) -> std::cmp::Ordering {
    let denominator = |x: &Exact| {
        let text = x.numer_denom_text();
        let below = text.split_once('/').map_or("1", |(_, below)| below);
        (below.len(), below.to_owned())
    };
    let size = |x: &Exact| {
        if x.is_negative() {
            -x.clone()
        } else {
            x.clone()
        }
    };
    denominator(a)
        .cmp(&denominator(b))
        .then_with(|| size(a).cmp(&size(b)))
        .then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{Bound, Piece, QuantityIndex, Reading, ReasonStyle, Stretch};

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn rule(pieces: Vec<Piece>, domain: Domain) -> CurveRule {
        CurveRule {
            reading: Reading::Share {
                of: QuantityIndex(0),
                lost: false,
            },
            curve: Curve::new(pieces, domain).unwrap(),
            not_arisen: None,
            reason: ReasonStyle::Label,
        }
    }

    /// 1 point from a threshold on, 0 below.
    fn step_at(threshold: &str) -> CurveRule {
        let (low, high) = (
            Bound::Excluded(exact(threshold)),
            Bound::Included(exact(threshold)),
        );
        let below = Stretch {
            lower: Bound::Open,
            upper: low,
        };
        let above = Stretch {
            lower: high,
            upper: Bound::Open,
        };
        let pieces = vec![
            Piece::constant(below, Exact::ZERO, "band-2"),
            Piece::constant(above, Exact::ONE, "band-1"),
        ];
        rule(pieces, Domain::share())
    }

    /// So many points for each unit of the share.
    fn line(points: &str) -> CurveRule {
        let piece = Piece {
            over: Stretch::ALL,
            points: Exact::ZERO,
            anchor: Exact::ZERO,
            slope: exact(points),
            label: "proportional".to_owned(),
            path: None,
        };
        rule(vec![piece], Domain::share())
    }

    fn half_up(places: u32) -> Rounding {
        Rounding::new(places, RoundingMode::HalfUp).unwrap()
    }

    #[track_caller]
    fn check(old: (&CurveRule, Rounding), new: (&CurveRule, Rounding), expected: Option<&str>) {
        let scored = |it: &(&CurveRule, Rounding)| it.1;
        let (a, b) = (scored(&old), scored(&new));
        let found = decide(
            Scored {
                rule: old.0,
                rounding: &a,
            },
            Scored {
                rule: new.0,
                rounding: &b,
            },
            true,
        );
        let expected = expected.map_or(Decision::Equal, |x| Decision::DiffersAt(exact(x)));
        assert_eq!(found, expected);
    }

    #[test]
    fn a_moved_threshold_differs_at_the_fraction_of_fewest_items_between_the_two() {
        let two = half_up(2);
        check((&step_at("0.97"), two), (&step_at("0.97"), two), None);
        // Between 96 % and 97 % lies nothing with fewer than 25 items but 24 of 25 itself.
        check(
            (&step_at("0.97"), two),
            (&step_at("0.96"), two),
            Some("24/25"),
        );
        check(
            (&step_at("0.5"), two),
            (&step_at("0.49"), two),
            Some("25/51"),
        );
    }

    #[test]
    fn two_lines_are_equal_only_where_rounding_hides_what_parts_them() {
        // 0.01·x and 0.0101·x round to 0 below their halves, 1/2 and 50/101, and to 0.01
        // above, so they differ only from 50/101 on and below 1/2.
        check(
            (&line("0.01"), half_up(2)),
            (&line("0.0101"), half_up(2)),
            Some("50/101"),
        );
        // Neither reaches half of 0.1: nothing shows at one place.
        check(
            (&line("0.01"), half_up(1)),
            (&line("0.0101"), half_up(1)),
            None,
        );
        check(
            (&line("0.01"), Rounding::NONE),
            (&line("0.0101"), Rounding::NONE),
            Some("1"),
        );
    }

    #[test]
    fn another_way_to_round_differs_at_the_first_tie() {
        let even = Rounding::new(2, RoundingMode::HalfEven).unwrap();
        // Points x/100: at x = 1/2 half a step, up to 0.01 or to the even 0.00.
        check(
            (&line("0.01"), half_up(2)),
            (&line("0.01"), even),
            Some("1/2"),
        );
    }
}
