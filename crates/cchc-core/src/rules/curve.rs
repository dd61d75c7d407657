//! Pieces: points as a function of one number.
//!
//! A curve is the one canonical form behind bands, proportions, ladders and the rest.
//! It covers the domain of its quantity exactly once, so reading it never fails; each
//! piece keeps the label that a report gives as the reason.
//!
//! Left out on purpose: what a quantity can still become. That is `bounds`.

use std::sync::Arc;

use crate::values::Exact;

/// One end of a stretch of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bound {
    /// No end on this side.
    Open,
    /// The number itself belongs to the stretch.
    Included(Exact),
    /// Everything up to the number, but not the number.
    Excluded(Exact),
}

impl Bound {
    /// The number at the end, if there is one.
    pub fn value(&self) -> Option<&Exact> {
        match self {
            Bound::Open => None,
            Bound::Included(value) | Bound::Excluded(value) => Some(value),
        }
    }

    fn admits_above(&self, x: &Exact) -> bool {
        match self {
            Bound::Open => true,
            Bound::Included(value) => x >= value,
            Bound::Excluded(value) => x > value,
        }
    }

    fn admits_below(&self, x: &Exact) -> bool {
        match self {
            Bound::Open => true,
            Bound::Included(value) => x <= value,
            Bound::Excluded(value) => x < value,
        }
    }
}

/// A stretch of numbers between two bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Lower end.
    pub lower: Bound,
    /// Upper end.
    pub upper: Bound,
}

impl Stretch {
    /// All numbers.
    pub const ALL: Stretch = Stretch {
        lower: Bound::Open,
        upper: Bound::Open,
    };

    /// A single number.
    pub fn only(value: Exact) -> Self {
        Stretch {
            lower: Bound::Included(value.clone()),
            upper: Bound::Included(value),
        }
    }

    /// Both ends included.
    pub fn closed(lower: Exact, upper: Exact) -> Self {
        Stretch {
            lower: Bound::Included(lower),
            upper: Bound::Included(upper),
        }
    }

    /// Whether the number lies in the stretch.
    pub fn contains(&self, x: &Exact) -> bool {
        self.lower.admits_above(x) && self.upper.admits_below(x)
    }

    /// What two stretches share; `None` where they share no number.
    pub fn meet(&self, other: &Stretch) -> Option<Stretch> {
        let lower = tighter_lower(&self.lower, &other.lower);
        let upper = tighter_upper(&self.upper, &other.upper);
        let empty = match (lower.value(), upper.value()) {
            (Some(low), Some(high)) => {
                low > high
                    || low == high
                        && !(matches!(lower, Bound::Included(_))
                            && matches!(upper, Bound::Included(_)))
            }
            _ => false,
        };
        (!empty).then_some(Stretch { lower, upper })
    }
}

fn tighter_lower(a: &Bound, b: &Bound) -> Bound {
    match (a.value(), b.value()) {
        (None, _) => b.clone(),
        (_, None) => a.clone(),
        (Some(x), Some(y)) if x > y => a.clone(),
        (Some(x), Some(y)) if x < y => b.clone(),
        _ if matches!(a, Bound::Excluded(_)) => a.clone(),
        _ => b.clone(),
    }
}

fn tighter_upper(a: &Bound, b: &Bound) -> Bound {
    match (a.value(), b.value()) {
        (None, _) => b.clone(),
        (_, None) => a.clone(),
        (Some(x), Some(y)) if x < y => a.clone(),
        (Some(x), Some(y)) if x > y => b.clone(),
        _ if matches!(a, Bound::Excluded(_)) => a.clone(),
        _ => b.clone(),
    }
}

/// The numbers that a quantity can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Domain {
    /// Whole numbers from zero on, to a largest one if there is one.
    Whole {
        /// The largest number, such as the obligations of a due set.
        most: Option<u64>,
    },
    /// Every rational number of a stretch.
    Dense(Stretch),
}

impl Domain {
    /// A share: every fraction from 0 to 1.
    pub fn share() -> Self {
        Domain::Dense(Stretch::closed(Exact::ZERO, Exact::ONE))
    }

    /// The domain as a stretch of numbers.
    pub fn stretch(&self) -> Stretch {
        match self {
            Domain::Whole { most } => Stretch {
                lower: Bound::Included(Exact::ZERO),
                upper: most.map_or(Bound::Open, |most| Bound::Included(Exact::from_u64(most))),
            },
            Domain::Dense(stretch) => stretch.clone(),
        }
    }
}

impl Domain {
    /// Stretches of the domain that none of the given ones holds, in rising order.
    pub fn gaps(&self, stretches: &[Stretch]) -> Vec<Stretch> {
        let whole = self.stretch();
        let mut held: Vec<Stretch> = stretches
            .iter()
            .filter_map(|over| Ends::of(over.meet(&whole)?, self))
            .map(|ends| ends.over)
            .collect();
        held.sort_by(|a, b| compare_lower(&a.lower, &b.lower));
        let mut gaps = Vec::new();
        let mut begin = Some(whole.lower.clone());
        let mut gap = |lower: &Bound, upper: Bound| {
            let over = Stretch {
                lower: lower.clone(),
                upper,
            };
            let over = over
                .meet(&Stretch::ALL)
                .and_then(|over| Ends::of(over, self));
            gaps.extend(over.map(|ends| ends.over));
        };
        for over in held {
            let Some(lower) = &begin else {
                break;
            };
            if let Some(upper) = opposite(&over.lower) {
                gap(lower, upper);
            }
            let after = opposite(&over.upper);
            begin = match (after, begin) {
                (None, _) => None,
                (Some(after), Some(lower)) if compare_lower(&after, &lower).is_gt() => Some(after),
                (_, lower) => lower,
            };
        }
        if let Some(lower) = &begin {
            gap(lower, whole.upper.clone());
        }
        gaps
    }
}

/// The bound on the other side of the same cut; `None` where there is no end.
fn opposite(bound: &Bound) -> Option<Bound> {
    match bound {
        Bound::Open => None,
        Bound::Included(x) => Some(Bound::Excluded(x.clone())),
        Bound::Excluded(x) => Some(Bound::Included(x.clone())),
    }
}

/// A stretch of numbers on which points are constant or follow a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where the piece holds.
    pub over: Stretch,
    /// Points at `anchor`.
    pub points: Exact,
    /// Where `points` is measured; any number when `slope` is 0.
    pub anchor: Exact,
    /// Points for each unit above the anchor.
    pub slope: Exact,
    /// The reason that a report gives, such as `band-2`.
    pub label: String,
    /// Where it stands in the document of the pack: the element of the list that the form
    /// writes, such as `tree[0].rule.bands[1]`, or else the form itself.
    pub path: Option<Arc<str>>,
}

impl Piece {
    /// The same points everywhere on the stretch.
    pub fn constant(over: Stretch, points: Exact, label: impl Into<String>) -> Self {
        let label = label.into();
        Piece {
            over,
            points,
            anchor: Exact::ZERO,
            slope: Exact::ZERO,
            label,
            path: None,
        }
    }

    /// The piece with the place where it was written.
    pub fn at(self, path: impl Into<Arc<str>>) -> Self {
        let path = Some(path.into());
        Piece { path, ..self }
    }

    /// Points at a number, read without looking at the stretch.
    pub fn points_at(&self, x: &Exact) -> Exact {
        if self.slope.is_zero() {
            return self.points.clone();
        }
        &self.points + &(&self.slope * &(x - &self.anchor))
    }
}

/// Why a list of pieces is no curve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CurveFault {
    /// No piece holds at this number.
    Gap {
        /// A number of the domain without points.
        at: Exact,
        /// The piece below the gap, as an index into the list given.
        after: Option<usize>,
    },
    /// Two pieces hold at this number.
    Overlap {
        /// A number with two answers.
        at: Exact,
        /// The lower piece.
        first: usize,
        /// The higher piece.
        second: usize,
    },
    /// A piece without any number of the domain.
    Dead {
        /// The piece.
        piece: usize,
    },
    /// A line on a stretch without an end: its points have no limit.
    Unlimited {
        /// The piece.
        piece: usize,
    },
}

/// How the points move as the number grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trend {
    /// Never fewer points.
    Rising,
    /// Never more points.
    Falling,
    /// The same everywhere.
    Level,
    /// Neither.
    Mixed,
}

/// Points as a function of one number, defined on the whole of a domain.
///
/// Pieces stand in rising order of their stretches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Curve {
    // INVARIANT: pieces are sorted, not empty, disjoint, and cover the domain.
    pieces: Vec<Piece>,
    domain: Domain,
    trend: Trend,
    least: Exact,
    most: Exact,
}

impl Curve {
    /// A curve from pieces in any order.
    ///
    /// Errors: every gap, overlap, dead piece and endless line, with the index of the
    /// piece in the list given and a number of the domain that shows it.
    pub fn new(pieces: Vec<Piece>, domain: Domain) -> Result<Curve, Vec<CurveFault>> {
        let whole = domain.stretch();
        let mut faults = Vec::new();
        let mut live: Vec<(usize, Piece, Ends)> = Vec::new();
        for (index, mut piece) in pieces.into_iter().enumerate() {
            match piece
                .over
                .meet(&whole)
                .and_then(|over| Ends::of(over, &domain))
            {
                None => faults.push(CurveFault::Dead { piece: index }),
                Some(ends) => {
                    if !piece.slope.is_zero() && (ends.low.is_none() || ends.high.is_none()) {
                        faults.push(CurveFault::Unlimited { piece: index });
                    }
                    piece.over = ends.over.clone();
                    live.push((index, piece, ends));
                }
            }
        }
        live.sort_by(|a, b| compare_lower(&a.2.over.lower, &b.2.over.lower).then(a.0.cmp(&b.0)));
        let mut reached = Frontier::start(&whole);
        let mut last = None;
        for (index, _, ends) in &live {
            match reached.step(&ends.over, &domain) {
                Step::Joined => {}
                Step::Gap(at) => faults.push(CurveFault::Gap { at, after: last }),
                Step::Overlap(at) => {
                    let first = last.unwrap_or(*index);
                    faults.push(CurveFault::Overlap {
                        at,
                        first,
                        second: *index,
                    });
                }
            }
            last = Some(*index);
        }
        if let Some(at) = reached.missing(&whole, &domain) {
            faults.push(CurveFault::Gap { at, after: last });
        }
        if !faults.is_empty() || live.is_empty() {
            if live.is_empty() && faults.is_empty() {
                faults.push(CurveFault::Gap {
                    at: Exact::ZERO,
                    after: None,
                });
            }
            return Err(faults);
        }
        let trend = trend_of(live.iter().map(|(_, piece, ends)| (piece, ends)));
        let ends: Vec<Exact> = live
            .iter()
            .flat_map(|(_, piece, ends)| ends.points(piece))
            .collect();
        let least = ends.iter().min().cloned().unwrap_or(Exact::ZERO);
        let most = ends.iter().max().cloned().unwrap_or(Exact::ZERO);
        let pieces = live.into_iter().map(|(_, piece, _)| piece).collect();
        Ok(Curve {
            pieces,
            domain,
            trend,
            least,
            most,
        })
    }

    /// The pieces, in rising order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The numbers on which the curve is defined.
    pub fn domain(&self) -> &Domain {
        &self.domain
    }

    /// How the points move as the number grows.
    pub fn trend(&self) -> Trend {
        self.trend
    }

    /// The fewest points (or their limit) anywhere on the domain.
    pub fn least(&self) -> &Exact {
        &self.least
    }

    /// The most points (or their limit) anywhere on the domain.
    pub fn most(&self) -> &Exact {
        &self.most
    }

    /// The piece that holds at a number; numbers outside the domain get the nearest piece.
    pub fn piece_at(&self, x: &Exact) -> &Piece {
        let index = self
            .pieces
            .partition_point(|piece| !piece.over.upper.admits_below(x));
        // The list is never empty, so the last piece exists; `get` keeps this free of panics.
        self.pieces
            .get(index)
            .or(self.pieces.last())
            .unwrap_or(&NOWHERE)
    }

    /// Points at a number.
    pub fn points_at(&self, x: &Exact) -> Exact {
        self.piece_at(x).points_at(x)
    }

    /// Where a range of numbers gives the fewest points: the piece, and the number at which
    /// it does, or to which they fall.
    pub fn worst_within(&self, low: &Exact, high: &Exact) -> (&Piece, Exact) {
        let range = Stretch::closed(low.clone(), high.clone());
        let inside = self
            .pieces
            .iter()
            .filter(|piece| piece.over.meet(&range).is_some());
        let ends = inside.flat_map(|piece| {
            let lower = piece.over.lower.value().map_or(low, |x| x.max(low));
            let upper = piece.over.upper.value().map_or(high, |x| x.min(high));
            [(piece, lower), (piece, upper)]
        });
        ends.min_by(|a, b| a.0.points_at(a.1).cmp(&b.0.points_at(b.1)))
            .map_or((self.piece_at(low), low.clone()), |(piece, x)| {
                (piece, x.clone())
            })
    }
}

static NOWHERE: Piece = Piece {
    over: Stretch::ALL,
    points: Exact::ZERO,
    anchor: Exact::ZERO,
    slope: Exact::ZERO,
    label: String::new(),
    path: None,
};

/// A stretch brought to the domain, with the numbers at which it begins and ends.
struct Ends {
    over: Stretch,
    low: Option<Exact>,
    high: Option<Exact>,
}

impl Ends {
    /// `None` where the stretch holds no number of the domain.
    fn of(over: Stretch, domain: &Domain) -> Option<Ends> {
        if let Domain::Dense(_) = domain {
            let low = over.lower.value().cloned();
            let high = over.upper.value().cloned();
            return Some(Ends { over, low, high });
        }
        let low = match &over.lower {
            Bound::Open => None,
            Bound::Included(x) => Some(x.ceil()),
            Bound::Excluded(x) => Some(&x.floor() + &Exact::ONE),
        };
        let high = match &over.upper {
            Bound::Open => None,
            Bound::Included(x) => Some(x.floor()),
            Bound::Excluded(x) => Some(&x.ceil() - &Exact::ONE),
        };
        if let (Some(low), Some(high)) = (&low, &high)
            && low > high
        {
            return None;
        }
        let over = Stretch {
            lower: low.clone().map_or(Bound::Open, Bound::Included),
            upper: high.clone().map_or(Bound::Open, Bound::Included),
        };
        Some(Ends { over, low, high })
    }

    fn points(&self, piece: &Piece) -> Vec<Exact> {
        let at = |x: &Option<Exact>| match x {
            Some(x) => piece.points_at(x),
            None => piece.points.clone(),
        };
        vec![at(&self.low), at(&self.high)]
    }
}

fn compare_lower(a: &Bound, b: &Bound) -> std::cmp::Ordering {
    use std::cmp::Ordering;
    match (a.value(), b.value()) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(x), Some(y)) => {
            let open = |bound: &Bound| matches!(bound, Bound::Excluded(_));
            x.cmp(y).then(open(a).cmp(&open(b)))
        }
    }
}

/// How far the pieces seen so far reach.
enum Frontier {
    /// Nothing yet; the domain begins here.
    Nothing(Bound),
    /// Up to this bound.
    Upto(Bound),
}

enum Step {
    Joined,
    Gap(Exact),
    Overlap(Exact),
}

impl Frontier {
    fn start(whole: &Stretch) -> Self {
        Frontier::Nothing(whole.lower.clone())
    }

    fn step(&mut self, over: &Stretch, domain: &Domain) -> Step {
        let step = match self {
            Frontier::Nothing(begin) => match compare_lower(begin, &over.lower) {
                std::cmp::Ordering::Less => Step::Gap(between(begin, &over.lower)),
                _ => Step::Joined,
            },
            Frontier::Upto(end) => join(end, &over.lower, domain),
        };
        let further = match self {
            Frontier::Nothing(_) => true,
            Frontier::Upto(end) => reaches_further(&over.upper, end),
        };
        if further {
            *self = Frontier::Upto(over.upper.clone());
        }
        step
    }

    fn missing(&self, whole: &Stretch, domain: &Domain) -> Option<Exact> {
        let Frontier::Upto(end) = self else {
            return None;
        };
        match (end, &whole.upper) {
            (Bound::Open, _) => None,
            (end, Bound::Open) => {
                let x = end.value()?;
                Some(match (end, domain) {
                    (Bound::Excluded(_), _) => x.clone(),
                    _ => x + &Exact::ONE,
                })
            }
            (end, upper) => {
                let (x, y) = (end.value()?, upper.value()?);
                let short = x < y
                    || x == y
                        && matches!(end, Bound::Excluded(_))
                        && matches!(upper, Bound::Included(_));
                short.then(|| {
                    if matches!(end, Bound::Excluded(_)) {
                        x.clone()
                    } else {
                        y.clone()
                    }
                })
            }
        }
    }
}

fn reaches_further(a: &Bound, b: &Bound) -> bool {
    match (a.value(), b.value()) {
        (_, None) => false,
        (None, _) => true,
        (Some(x), Some(y)) => {
            x > y || x == y && matches!(a, Bound::Included(_)) && matches!(b, Bound::Excluded(_))
        }
    }
}

/// A number between where the domain begins and where the first piece does.
fn between(begin: &Bound, lower: &Bound) -> Exact {
    match (begin, lower.value()) {
        (Bound::Included(x), _) => x.clone(),
        (Bound::Excluded(x), Some(y)) => middle(x, y),
        (_, Some(y)) => y - &Exact::ONE,
        (_, None) => Exact::ZERO,
    }
}

fn middle(a: &Exact, b: &Exact) -> Exact {
    (a + b)
        .checked_div(&Exact::from_integer(2))
        .unwrap_or_else(|| a.clone())
}

fn join(end: &Bound, lower: &Bound, domain: &Domain) -> Step {
    let (Some(x), Some(y)) = (end.value(), lower.value()) else {
        return Step::Overlap(
            lower
                .value()
                .or(end.value())
                .cloned()
                .unwrap_or(Exact::ZERO),
        );
    };
    if let Domain::Whole { .. } = domain {
        let next = x + &Exact::ONE;
        return match y.cmp(&next) {
            std::cmp::Ordering::Equal => Step::Joined,
            std::cmp::Ordering::Greater => Step::Gap(next),
            std::cmp::Ordering::Less => Step::Overlap(y.clone()),
        };
    }
    let ends_in = matches!(end, Bound::Included(_));
    let begins_in = matches!(lower, Bound::Included(_));
    match x.cmp(y) {
        std::cmp::Ordering::Less => Step::Gap(if ends_in { middle(x, y) } else { x.clone() }),
        std::cmp::Ordering::Greater => {
            Step::Overlap(if begins_in { y.clone() } else { middle(x, y) })
        }
        std::cmp::Ordering::Equal => match (ends_in, begins_in) {
            (true, true) => Step::Overlap(x.clone()),
            (false, false) => Step::Gap(x.clone()),
            _ => Step::Joined,
        },
    }
}

fn trend_of<'a>(pieces: impl Iterator<Item = (&'a Piece, &'a Ends)>) -> Trend {
    let (mut rises, mut falls) = (false, false);
    let mut before: Option<Exact> = None;
    for (piece, ends) in pieces {
        if ends.low != ends.high {
            rises |= piece.slope > Exact::ZERO;
            falls |= piece.slope < Exact::ZERO;
        }
        let points = ends.points(piece);
        if let (Some(before), Some(now)) = (&before, points.first()) {
            rises |= now > before;
            falls |= now < before;
        }
        before = points.into_iter().next_back();
    }
    match (rises, falls) {
        (false, false) => Trend::Level,
        (true, false) => Trend::Rising,
        (false, true) => Trend::Falling,
        (true, true) => Trend::Mixed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    fn from_to(low: &str, high: &str) -> Stretch {
        Stretch {
            lower: Bound::Included(number(low)),
            upper: Bound::Excluded(number(high)),
        }
    }

    #[test]
    fn gaps_are_what_no_stretch_holds() {
        let held = [
            from_to("0.2", "0.5"),
            from_to("0.1", "0.3"),
            from_to("0.6", "1"),
        ];
        let expected = [
            from_to("0", "0.1"),
            from_to("0.5", "0.6"),
            Stretch::only(Exact::ONE),
        ];
        assert_eq!(Domain::share().gaps(&held), expected);
        assert_eq!(Domain::share().gaps(&[Stretch::ALL]), []);
    }

    #[test]
    fn between_whole_numbers_nothing_is_left_out() {
        let count = Domain::Whole { most: None };
        let one = Stretch::closed(Exact::ZERO, number("1"));
        let more = Stretch {
            lower: Bound::Included(number("2")),
            upper: Bound::Open,
        };
        assert_eq!(count.gaps(&[one.clone(), more]), []);
        let rest = Stretch {
            lower: Bound::Included(number("2")),
            upper: Bound::Open,
        };
        assert_eq!(count.gaps(&[one]), [rest]);
    }
}
