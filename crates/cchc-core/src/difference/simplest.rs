//! The number of the smallest denominator between two numbers.
//!
//! A witness is easiest to read when its figures are small: between 95 % and 97 % lies
//! 20 of 21, and nothing with fewer items.

use crate::values::Exact;

/// More steps than any two numbers of a pack need.
const MOST_STEPS: u32 = 400;

/// The number with the least denominator strictly between two numbers, the least of these.
///
/// `None` where nothing lies between, or after more steps than packs can ask for.
pub(super) fn between(low: &Exact, high: &Exact) -> Option<Exact> {
    if low >= high {
        return None;
    }
    if low.is_negative() {
        if high.is_positive() {
            return Some(Exact::ZERO);
        }
        return positive(&-high.clone(), Some(&-low.clone()), MOST_STEPS).map(|it| -it);
    }
    positive(low, Some(high), MOST_STEPS)
}

/// As [`between`] for ends from 0 on; without an upper end any larger number will do.
fn positive(low: &Exact, high: Option<&Exact>, steps: u32) -> Option<Exact> {
    let whole = low.floor();
    let next = &whole + &Exact::ONE;
    if high.is_none_or(|high| next < *high) {
        return Some(next);
    }
    let steps = steps.checked_sub(1)?;
    // No whole number lies between: look at what is left of both, upside down.
    let inverse = |x: &Exact| Exact::ONE.checked_div(&(x - &whole));
    let low_inside = inverse(high?)?;
    let inside = positive(&low_inside, inverse(low).as_ref(), steps)?;
    Some(&whole + &Exact::ONE.checked_div(&inside)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(low: &str, high: &str, expected: &str) {
        let found = between(&Exact::parse(low).unwrap(), &Exact::parse(high).unwrap());
        assert_eq!(found.unwrap().numer_denom_text(), expected);
    }

    #[test]
    fn the_smallest_denominator_between_two_numbers_is_found() {
        check("0.95", "0.97", "20/21");
        check("0", "1", "1/2");
        check("0.9", "1", "10/11");
        check("0", "0.7", "1/2");
        check("2.5", "7", "3/1");
        check("-0.5", "0.5", "0/1");
        check("-0.97", "-0.95", "-20/21");
    }

    #[test]
    fn nothing_lies_between_a_number_and_itself() {
        assert_eq!(between(&Exact::ONE, &Exact::ONE), None);
    }
}
