//! The common denominator of many numbers: how fine their sums can be.
//!
//! Sums are exact, so their digits grow with denominators that have nothing in common. What
//! is to be added up later is measured here first.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;

use super::Exact;

/// The least common denominator of the numbers seen so far.
///
/// Beyond [`CommonDenominator::MAX_DIGITS`] it is not followed any further, so that measuring
/// never takes long.
#[derive(Clone, Debug)]
pub struct CommonDenominator(BigInt);

impl CommonDenominator {
    /// The digits beyond which it no longer grows.
    pub const MAX_DIGITS: usize = 1_000;

    /// That of whole numbers: 1.
    pub fn one() -> Self {
        CommonDenominator(BigInt::from(1))
    }

    /// Takes in one more number.
    pub fn include(&mut self, value: &Exact) {
        if value.is_integer() || self.0.bits() > Self::MAX_BITS {
            return;
        }
        let denominator = value.denominator();
        if (&self.0 % &denominator).is_zero() {
            return;
        }
        // What is left of one number after their common part, times the other.
        let rest = BigRational::new(self.0.clone(), denominator.clone());
        self.0 = rest.numer() * denominator;
    }

    /// Takes in all numbers of another one.
    pub fn include_all(&mut self, other: &CommonDenominator) {
        self.include(&Exact::one_over(&other.0));
    }

    /// How many digits it has.
    pub fn digits(&self) -> usize {
        self.0.to_string().len()
    }

    /// Ten has fewer than 3.4 binary digits.
    const MAX_BITS: u64 = 3_400;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(numbers: &[&str], digits: usize) {
        let mut common = CommonDenominator::one();
        for number in numbers {
            common.include(&Exact::parse(number).unwrap());
        }
        assert_eq!(common.digits(), digits, "{numbers:?}");
    }

    #[test]
    fn only_what_is_not_common_adds_digits() {
        check(&[], 1);
        check(&["7", "-3", "0"], 1);
        // 4, then 12, then 12 again, then 60.
        check(&["0.25"], 1);
        check(&["0.25", "1/3"], 2);
        check(&["0.25", "1/3", "1/6", "-1/4"], 2);
        check(&["0.25", "1/3", "1/5"], 2);
        // 1000 and 999 have nothing in common: 999000.
        check(&["0.001", "1/999"], 6);
    }

    #[test]
    fn denominators_of_two_are_those_of_both() {
        let mut one = CommonDenominator::one();
        one.include(&Exact::parse("1/999").unwrap());
        let mut other = CommonDenominator::one();
        other.include(&Exact::parse("1/1000").unwrap());
        one.include_all(&other);
        assert_eq!(one.digits(), 6);
    }

    #[test]
    fn measuring_ends_soon_after_the_last_digit_that_is_followed() {
        let mut common = CommonDenominator::one();
        let mut denominator = 10_000_000_000_000_000_i64;
        for _ in 0..10_000 {
            denominator += 1;
            common.include(&Exact::ratio(1, denominator).unwrap());
        }
        // The last number that is taken in adds at most its own 17 digits.
        let digits = common.digits();
        assert!(digits > CommonDenominator::MAX_DIGITS, "{digits}");
        assert!(digits < CommonDenominator::MAX_DIGITS + 50, "{digits}");
    }
}
