//! Smallest numbers: the simplest number of a stretch, and the share with the fewest items.
//!
//! "Simplest" is the least denominator, then the number nearest to zero; a Stern–Brocot
//! descent finds it exactly, however narrow the stretch.

use crate::rules::{Bound, Domain, Stretch};
use crate::values::Exact;

/// Most totals that are tried one by one.
const MOST_TOTALS: u64 = 100_000;

/// The simplest number of a stretch; `None` where it holds none.
pub(super) fn simplest(over: &Stretch) -> Option<Exact> {
    if over.contains(&Exact::ZERO) {
        return Some(Exact::ZERO);
    }
    let negative = matches!(over.upper.value(), Some(high) if !high.is_positive());
    if !negative {
        return descend(&over.lower, &over.upper, 0);
    }
    let mirror = |bound: &Bound| match bound {
        Bound::Open => Bound::Open,
        Bound::Included(x) => Bound::Included(-x),
        Bound::Excluded(x) => Bound::Excluded(-x),
    };
    descend(&mirror(&over.upper), &mirror(&over.lower), 0).map(|x| -&x)
}

/// The simplest number above zero between two bounds.
fn descend(lower: &Bound, upper: &Bound, depth: u32) -> Option<Exact> {
    let least = match lower {
        Bound::Open => Exact::ZERO,
        Bound::Included(x) => x.ceil(),
        Bound::Excluded(x) => x.floor() + Exact::ONE,
    };
    let fits = match upper {
        Bound::Open => true,
        Bound::Included(x) => least <= *x,
        Bound::Excluded(x) => least < *x,
    };
    if fits {
        return Some(least);
    }
    // No whole number: all numbers of the stretch have the same whole part.
    let whole = lower.value().map_or(Exact::ZERO, Exact::floor);
    let inverse = |bound: &Bound| {
        let (x, included) = match bound {
            Bound::Open => return Some(Bound::Open),
            Bound::Included(x) => (x, true),
            Bound::Excluded(x) => (x, false),
        };
        let rest = x - &whole;
        if rest.is_zero() {
            return Some(Bound::Open);
        }
        let turned = Exact::ONE.checked_div(&rest)?;
        Some(match included {
            true => Bound::Included(turned),
            false => Bound::Excluded(turned),
        })
    };
    let stretch = Stretch {
        lower: inverse(upper)?,
        upper: inverse(lower)?,
    };
    // A descent is as long as the digits of its bounds; 200 is far beyond what can be written.
    if depth > 200 || stretch.meet(&Stretch::ALL).is_none() {
        return None;
    }
    let below = descend(&stretch.lower, &stretch.upper, depth + 1)?;
    Some(&whole + &Exact::ONE.checked_div(&below)?)
}

/// The smallest number of a domain in a stretch.
pub(super) fn smallest_of(domain: &Domain, over: &Stretch) -> Option<Exact> {
    let over = over.meet(&domain.stretch())?;
    match domain {
        Domain::Dense(_) => simplest(&over),
        Domain::Whole { .. } => {
            let least = match &over.lower {
                Bound::Open => Exact::ZERO,
                Bound::Included(x) => x.ceil(),
                Bound::Excluded(x) => x.floor() + Exact::ONE,
            };
            over.contains(&least).then_some(least)
        }
    }
}

/// A whole number that is not too large to be one of items.
pub(super) fn whole(x: &Exact) -> Option<u64> {
    x.is_integer().then(|| x.to_text().parse().ok()).flatten()
}

/// Why no share was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoShare {
    /// There is none.
    None,
    /// There are too many totals to try.
    TooMany,
}

/// The share with the fewest items that lies in a stretch: items counted, and all items.
///
/// The total is at least `least`, at least 1, and at most `most` where there is a limit.
pub(super) fn share(over: &Stretch, least: u64, most: Option<u64>) -> Result<(u64, u64), NoShare> {
    let over = over
        .meet(&Stretch::closed(Exact::ZERO, Exact::ONE))
        .ok_or(NoShare::None)?;
    let simple = simplest(&over).ok_or(NoShare::None)?;
    let text = simple.numer_denom_text();
    let (numer, denom) = text.split_once('/').unwrap_or((&text, "1"));
    let denom: u64 = denom.parse().map_err(|_| NoShare::TooMany)?;
    let numer: u64 = numer.parse().map_err(|_| NoShare::TooMany)?;
    let least = least.max(1);
    let within = |total: u64| most.is_none_or(|most| total <= most);
    if denom >= least {
        return match within(denom) {
            true => Ok((numer, denom)),
            false => Err(NoShare::None),
        };
    }
    // One of the next `denom` totals is a multiple of it, so the search ends.
    for total in least..least.saturating_add(denom.min(MOST_TOTALS)) {
        if !within(total) {
            return Err(NoShare::None);
        }
        if let Some(items) = items_of(&over, total) {
            return Ok((items, total));
        }
    }
    let times = least.div_ceil(denom);
    match (denom.checked_mul(times), numer.checked_mul(times)) {
        (Some(total), Some(items)) if within(total) => Ok((items, total)),
        _ => Err(NoShare::TooMany),
    }
}

/// Most totals that are gone through for the share nearest to an end.
const MOST_GRID: u64 = 2_000;

/// The share of a stretch nearest to one of its ends, with the fewest items of such; `None`
/// where there is none, or where there are too many totals to go through.
pub(super) fn nearest_share(
    over: &Stretch,
    upper: bool,
    least: u64,
    most: u64,
) -> Option<(u64, u64)> {
    let over = over.meet(&Stretch::closed(Exact::ZERO, Exact::ONE))?;
    let least = least.max(1);
    if most.saturating_sub(least) > MOST_GRID {
        return None;
    }
    let mut best: Option<(Exact, (u64, u64))> = None;
    for total in least..=most {
        let all = Exact::from_u64(total);
        let end = match (upper, &over.upper) {
            (false, _) => items_of(&over, total),
            (true, Bound::Open) => Some(total),
            (true, Bound::Included(x)) => whole(&(x * &all).floor()),
            (true, Bound::Excluded(x)) => whole(&((x * &all).ceil() - Exact::ONE)),
        };
        let Some(items) = end else { continue };
        let Some(x) = Exact::ratio_u64(items, total).filter(|x| over.contains(x)) else {
            continue;
        };
        let nearer = best.as_ref().is_none_or(|(best, _)| match upper {
            true => x > *best,
            false => x < *best,
        });
        if nearer {
            best = Some((x, (items, total)));
        }
    }
    best.map(|(_, share)| share)
}

/// The fewest items of a total whose share lies in a stretch.
fn items_of(over: &Stretch, total: u64) -> Option<u64> {
    let all = Exact::from_u64(total);
    let least = match &over.lower {
        Bound::Open => Exact::ZERO,
        Bound::Included(x) => (x * &all).ceil(),
        Bound::Excluded(x) => (x * &all).floor() + Exact::ONE,
    };
    over.contains(&least.checked_div(&all)?)
        .then(|| whole(&least))?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch(text: &str) -> Stretch {
        let (low, high) = text
            .trim_matches(['[', ']', '(', ')'])
            .split_once(',')
            .unwrap();
        let bound = |x: &str, closed| match (x, closed) {
            ("", _) => Bound::Open,
            (x, true) => Bound::Included(Exact::parse(x).unwrap()),
            (x, false) => Bound::Excluded(Exact::parse(x).unwrap()),
        };
        Stretch {
            lower: bound(low, text.starts_with('[')),
            upper: bound(high, text.ends_with(']')),
        }
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = simplest(&stretch(text)).map(|x| x.numer_denom_text());
        let found = found
            .as_deref()
            .map(|it| it.strip_suffix("/1").unwrap_or(it));
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn the_simplest_number_has_the_least_denominator() {
        check("[0.95,0.97)", "19/20");
        // 20/21 is 95.24 %; 19/20 is 95 % itself.
        check("(0.95,0.97)", "20/21");
        check("[0.97,1]", "1");
        check("[0.97,1)", "33/34");
        check("(0.5,1)", "2/3");
        check("[0.125,0.125]", "1/8");
        check("(2,3)", "5/2");
        check("(,3)", "0");
        check("[-5,-2.5]", "-3");
        check("(-1,-0.5)", "-2/3");
        check("[7,)", "7");
        check("(0.3333333333333,0.33333333333334)", "1/3");
    }

    #[track_caller]
    fn check_share(
        text: &str,
        least: u64,
        most: Option<u64>,
        expected: Result<(u64, u64), NoShare>,
    ) {
        assert_eq!(share(&stretch(text), least, most), expected);
    }

    #[test]
    fn a_share_has_as_few_items_as_it_can() {
        check_share("[0.97,1)", 0, None, Ok((33, 34)));
        check_share("[0.97,1)", 0, Some(33), Err(NoShare::None));
        // Of 35 items 34 are 97.14 %.
        check_share("[0.97,1)", 35, None, Ok((34, 35)));
        check_share("[0.75,0.75]", 10, None, Ok((9, 12)));
        check_share("[0.75,0.75]", 10, Some(11), Err(NoShare::None));
        check_share("[0,0]", 5, None, Ok((0, 5)));
        check_share("(1,2]", 0, None, Err(NoShare::None));
    }

    #[test]
    fn of_few_items_the_share_nearest_to_an_end_is_found() {
        let check = |text: &str, upper, least, most, expected| {
            assert_eq!(nearest_share(&stretch(text), upper, least, most), expected);
        };
        // Below 97.5 % the greatest share of at most ten items is 9 of 10.
        check("[0.5,0.975]", true, 0, 10, Some((9, 10)));
        check("[0.5,0.9)", true, 0, 10, Some((8, 9)));
        // Above one half: 5 of 9 is 55.6 %, 6 of 10 is 60 %.
        check("(0.5,1]", false, 0, 10, Some((5, 9)));
        check("(0.9,1)", true, 0, 10, None);
        check("[0.5,1]", true, 0, 10_000, None);
    }
}
