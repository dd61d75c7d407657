//! Exact numbers: rationals in lowest terms, small ones without allocation.
//!
//! Every point, rate and threshold is an [`Exact`]. There is no conversion to or from a
//! float and no operation that rounds; rounding is a separate step
//! (see [`super::rounding`]) that a pack names.
//!
//! A number whose numerator and denominator fit 64 bits is held in place; others are held
//! as big integers. The form is chosen by the value alone, so equality and hashing are
//! structural.

use std::cmp::Ordering;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{Signed, ToPrimitive, Zero};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An exact number: a fraction in lowest terms with a positive denominator.
///
/// Unit: none; [`super::Points`] is the same number with the unit of the index.
/// Sums, products and comparisons are exact, and `96.996 %` is below `97 %`.
///
/// Errors: parsing takes `97`, `-0.25`, `97.50` and `1/3`, and refuses all else, a decimal
/// comma and an exponent included; division by zero is `None`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Exact(Form);

// INVARIANT: lowest terms; denominators above zero; `Small` whenever both parts fit `i64`.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Form {
    Small { numer: i64, denom: i64 },
    Big(Box<BigRational>),
}

/// A reason why a text is not an exact number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseExactError {
    /// There is nothing to read.
    #[error("expected a number such as `0.25` or `1/3`, found an empty text")]
    Empty,
    /// The text is longer than any figure of a scoring table.
    #[error("expected a number of at most {limit} characters, found {found}", limit = Exact::MAX_TEXT)]
    TooLong {
        /// How many characters the text has.
        found: usize,
    },
    /// A character that no number contains.
    #[error("expected a number such as `0.25` or `1/3`, found `{character}` in `{text}`")]
    Character {
        /// The text as given.
        text: String,
        /// The first character that does not belong.
        character: char,
    },
    /// A decimal comma, which also separates thousands elsewhere.
    #[error("expected a decimal point, found a comma in `{text}`")]
    Comma {
        /// The text as given.
        text: String,
    },
    /// Signs, points and strokes stand where digits should.
    #[error("expected digits on both sides of `.` or `/`, and `-` only in front, found `{text}`")]
    Shape {
        /// The text as given.
        text: String,
    },
    /// A fraction over zero.
    #[error("expected a denominator above zero, found `{text}`")]
    ZeroDenominator {
        /// The text as given.
        text: String,
    },
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact::from_integer(0);

    /// One; as a rate, one hundred per cent.
    pub const ONE: Exact = Exact::from_integer(1);

    /// The longest text that [`Exact::parse`] reads, in characters.
    pub const MAX_TEXT: usize = 40;

    /// A whole number.
    pub const fn from_integer(value: i64) -> Exact {
        Exact(Form::Small {
            numer: value,
            denom: 1,
        })
    }

    /// A whole number that counts something.
    pub fn from_u64(value: u64) -> Exact {
        match i64::try_from(value) {
            Ok(small) => Exact::from_integer(small),
            Err(_) => Exact::from_big(BigRational::from_integer(BigInt::from(value))),
        }
    }

    /// The fraction `numer/denom`, reduced; `None` if the denominator is zero.
    pub fn ratio(numer: i64, denom: i64) -> Option<Exact> {
        match denom {
            0 => None,
            1 => Some(Exact::from_integer(numer)),
            _ if denom < 0 => Some(Exact::reduced(-i128::from(numer), -i128::from(denom))),
            _ => Some(Exact::reduced(i128::from(numer), i128::from(denom))),
        }
    }

    /// The fraction of two counts, reduced; `None` if the denominator is zero.
    pub fn ratio_u64(numer: u64, denom: u64) -> Option<Exact> {
        (denom != 0).then(|| Exact::reduced(i128::from(numer), i128::from(denom)))
    }

    /// Numerator and denominator of a number that is not below zero; `None` where one does
    /// not fit 64 bits.
    pub(crate) fn parts_u64(&self) -> Option<(u64, u64)> {
        match &self.0 {
            Form::Small { numer, denom } => {
                Some((u64::try_from(*numer).ok()?, u64::try_from(*denom).ok()?))
            }
            Form::Big(big) => Some((big.numer().to_u64()?, big.denom().to_u64()?)),
        }
    }

    /// Whether the number is a whole multiple of `1/10^places`.
    pub(crate) fn is_on_grid(&self, places: u32) -> bool {
        match &self.0 {
            Form::Small { denom, .. } => 10_i64
                .checked_pow(places)
                .is_some_and(|scale| scale % denom == 0),
            Form::Big(_) => false,
        }
    }

    /// The denominator in lowest terms.
    pub(crate) fn denominator(&self) -> BigInt {
        match &self.0 {
            Form::Small { denom, .. } => BigInt::from(*denom),
            Form::Big(big) => big.denom().clone(),
        }
    }

    /// One over a whole number above zero; zero has no such fraction and gives zero.
    pub(crate) fn one_over(denom: &BigInt) -> Exact {
        if denom.is_zero() {
            return Exact::ZERO;
        }
        Exact::from_big(BigRational::new(BigInt::from(1), denom.clone()))
    }

    /// Ten to the power of `places`.
    pub(crate) fn power_of_ten(places: u32) -> Exact {
        match 10_i64.checked_pow(places) {
            Some(small) => Exact::from_integer(small),
            None => Exact::from_big(BigRational::from_integer(BigInt::from(10).pow(places))),
        }
    }

    /// Read a number as packs and submissions write it: `97`, `-0.25`, `97.50`, `1/3`.
    ///
    /// ASCII digits, an optional `-` in front, at most [`Exact::MAX_TEXT`] characters.
    /// Spaces, `+`, exponents, a decimal comma and a bare `.5` are refused.
    pub fn parse(text: &str) -> Result<Exact, ParseExactError> {
        if text.is_empty() {
            return Err(ParseExactError::Empty);
        }
        let length = text.chars().count();
        if length > Exact::MAX_TEXT {
            return Err(ParseExactError::TooLong { found: length });
        }
        let known = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | '/');
        if let Some(character) = text.chars().find(|&c| !known(c)) {
            let text = text.to_owned();
            return Err(match character {
                ',' => ParseExactError::Comma { text },
                _ => ParseExactError::Character { text, character },
            });
        }

        let shape = || ParseExactError::Shape {
            text: text.to_owned(),
        };
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let value = if let Some((numer, denom)) = unsigned.split_once('/') {
            let numer = whole(numer).ok_or_else(shape)?;
            let denom = whole(denom).ok_or_else(shape)?;
            numer
                .checked_div(&denom)
                .ok_or_else(|| ParseExactError::ZeroDenominator {
                    text: text.to_owned(),
                })?
        } else if let Some((units, decimals)) = unsigned.split_once('.') {
            if units.is_empty() {
                return Err(shape());
            }
            let fraction = whole(decimals).ok_or_else(shape)?;
            let places = u32::try_from(decimals.len()).map_err(|_| shape())?;
            let scale = Exact::power_of_ten(places);
            let units = whole(units).ok_or_else(shape)?;
            units + fraction.checked_div(&scale).ok_or_else(shape)?
        } else {
            whole(unsigned).ok_or_else(shape)?
        };
        Ok(if negative { -value } else { value })
    }

    /// The quotient; `None` if `other` is zero.
    pub fn checked_div(&self, other: &Exact) -> Option<Exact> {
        if other.is_zero() {
            return None;
        }
        Some(match &other.0 {
            Form::Small { numer, denom } if *numer > 0 => {
                self * &Exact(Form::Small {
                    numer: *denom,
                    denom: *numer,
                })
            }
            _ => Exact::from_big(self.to_big() / other.to_big()),
        })
    }

    /// Whether this is zero.
    pub fn is_zero(&self) -> bool {
        *self == Exact::ZERO
    }

    /// Whether this is below zero.
    pub fn is_negative(&self) -> bool {
        match &self.0 {
            Form::Small { numer, .. } => *numer < 0,
            Form::Big(big) => big.is_negative(),
        }
    }

    /// Whether this is above zero.
    pub fn is_positive(&self) -> bool {
        !self.is_negative() && !self.is_zero()
    }

    /// Whether this is a whole number.
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Form::Small { denom, .. } => *denom == 1,
            Form::Big(big) => big.is_integer(),
        }
    }

    /// The greatest whole number not above this one.
    pub fn floor(&self) -> Exact {
        match &self.0 {
            // The denominator is above zero, so euclidean division rounds down.
            Form::Small { numer, denom } => {
                Exact::from_integer(numer.checked_div_euclid(*denom).unwrap_or(*numer))
            }
            Form::Big(big) => Exact::from_big(big.floor()),
        }
    }

    /// The least whole number not below this one.
    pub fn ceil(&self) -> Exact {
        if self.is_integer() {
            self.clone()
        } else {
            self.floor() + Exact::ONE
        }
    }

    /// The greatest whole number not above this one; `None` if it does not fit 64 bits.
    pub fn floor_i64(&self) -> Option<i64> {
        match self.floor().0 {
            Form::Small { numer, .. } => Some(numer),
            Form::Big(_) => None,
        }
    }

    /// The exact text: a decimal where one exists, else `n/d`.
    ///
    /// The decimal has no trailing zeros. [`Exact::parse`] gives the number back, as long as
    /// the text keeps within [`Exact::MAX_TEXT`].
    pub fn to_text(&self) -> String {
        let places = match &self.0 {
            Form::Small { denom: 1, numer } => return numer.to_string(),
            Form::Small { denom, .. } => decimal_places(&BigInt::from(*denom)),
            Form::Big(big) => decimal_places(big.denom()),
        };
        match places {
            Some(places) => self.truncated_text(places),
            None => self.numer_denom_text(),
        }
    }

    /// The text `n/d` in lowest terms, also where the denominator is 1.
    pub fn numer_denom_text(&self) -> String {
        match &self.0 {
            Form::Small { numer, denom } => format!("{numer}/{denom}"),
            Form::Big(big) => format!("{}/{}", big.numer(), big.denom()),
        }
    }

    /// A decimal of exactly `places` places; what lies behind them is cut off.
    pub(crate) fn truncated_text(&self, places: u32) -> String {
        let scaled = self * &Exact::power_of_ten(places);
        let digits = match &scaled.0 {
            Form::Small { numer, denom } => (i128::from(*numer) / i128::from(*denom))
                .unsigned_abs()
                .to_string(),
            Form::Big(big) => big.to_integer().magnitude().to_string(),
        };
        let places = usize::try_from(places).unwrap_or(usize::MAX);
        let digits = format!("{digits:0>width$}", width = places.saturating_add(1));
        let zero = digits.bytes().all(|digit| digit == b'0');
        let sign = if self.is_negative() && !zero { "-" } else { "" };
        match digits.split_at_checked(digits.len().saturating_sub(places)) {
            Some((units, decimals)) if places > 0 => format!("{sign}{units}.{decimals}"),
            _ => format!("{sign}{digits}"),
        }
    }

    /// `denom` must be above zero.
    fn reduced(numer: i128, denom: i128) -> Exact {
        if let (Ok(numer), Ok(denom)) = (i64::try_from(numer), i64::try_from(denom)) {
            let divisor = gcd(numer.unsigned_abs(), denom.unsigned_abs());
            // At most the denominator, so it fits.
            let divisor = i64::try_from(divisor).unwrap_or(1);
            return Exact(Form::Small {
                numer: numer / divisor,
                denom: denom / divisor,
            });
        }
        Exact::from_big(BigRational::new(BigInt::from(numer), BigInt::from(denom)))
    }

    /// `numer/denom` must be in lowest terms, `denom` above zero.
    fn from_lowest(numer: i128, denom: i128) -> Exact {
        match (i64::try_from(numer), i64::try_from(denom)) {
            (Ok(numer), Ok(denom)) => Exact(Form::Small { numer, denom }),
            _ => Exact(Form::Big(Box::new(BigRational::new_raw(
                BigInt::from(numer),
                BigInt::from(denom),
            )))),
        }
    }

    fn from_big(big: BigRational) -> Exact {
        match (big.numer().to_i64(), big.denom().to_i64()) {
            (Some(numer), Some(denom)) => Exact(Form::Small { numer, denom }),
            _ => Exact(Form::Big(Box::new(big))),
        }
    }

    fn to_big(&self) -> BigRational {
        match &self.0 {
            Form::Small { numer, denom } => {
                BigRational::new_raw(BigInt::from(*numer), BigInt::from(*denom))
            }
            Form::Big(big) => BigRational::clone(big),
        }
    }

    fn sum_of(&self, other: &Exact) -> Exact {
        let (
            Form::Small {
                numer: left,
                denom: left_denom,
            },
            Form::Small {
                numer: right,
                denom: right_denom,
            },
        ) = (&self.0, &other.0)
        else {
            return Exact::from_big(self.to_big() + other.to_big());
        };
        if *left_denom == 1 && *right_denom == 1 {
            return Exact::from_lowest(i128::from(*left) + i128::from(*right), 1);
        }
        if let Some(sum) = sum_of_words((*left, *left_denom), (*right, *right_denom)) {
            return sum;
        }
        // Knuth, volume 2, 4.5.1: only the common part of the denominators can cancel.
        // Each product is below 2^126, so their sum fits.
        let common = gcd(left_denom.unsigned_abs(), right_denom.unsigned_abs());
        let common = i128::from(common);
        let left_rest = i128::from(*left_denom) / common;
        let right_denom = i128::from(*right_denom);
        let numer = i128::from(*left) * (right_denom / common) + i128::from(*right) * left_rest;
        let cancel = i128::from(gcd_i128(numer, common));
        Exact::from_lowest(numer / cancel, left_rest * (right_denom / cancel))
    }

    fn product_of(&self, other: &Exact) -> Exact {
        let (
            Form::Small {
                numer: left,
                denom: left_denom,
            },
            Form::Small {
                numer: right,
                denom: right_denom,
            },
        ) = (&self.0, &other.0)
        else {
            return Exact::from_big(self.to_big() * other.to_big());
        };
        if let Some(product) = product_of_words((*left, *left_denom), (*right, *right_denom)) {
            return product;
        }
        // Both factors are in lowest terms, so only crosswise parts can cancel.
        let down = i128::from(gcd(left.unsigned_abs(), right_denom.unsigned_abs()));
        let up = i128::from(gcd(right.unsigned_abs(), left_denom.unsigned_abs()));
        Exact::from_lowest(
            (i128::from(*left) / down) * (i128::from(*right) / up),
            (i128::from(*left_denom) / up) * (i128::from(*right_denom) / down),
        )
    }
}

/// The sum within 64 bits; `None` where a step of it does not fit.
fn sum_of_words((a, b): (i64, i64), (c, d): (i64, i64)) -> Option<Exact> {
    if b == d {
        let numer = a.checked_add(c)?;
        let divisor = i64::try_from(gcd(numer.unsigned_abs(), b.unsigned_abs())).ok()?;
        return Some(Exact(Form::Small {
            numer: numer / divisor,
            denom: b / divisor,
        }));
    }
    let numer = a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?;
    let denom = b.checked_mul(d)?;
    let divisor = i64::try_from(gcd(numer.unsigned_abs(), denom.unsigned_abs())).ok()?;
    Some(Exact(Form::Small {
        numer: numer / divisor,
        denom: denom / divisor,
    }))
}

/// The product within 64 bits; `None` where a step of it does not fit.
fn product_of_words((a, b): (i64, i64), (c, d): (i64, i64)) -> Option<Exact> {
    let numer = a.checked_mul(c)?;
    let denom = b.checked_mul(d)?;
    if denom == 1 {
        return Some(Exact(Form::Small { numer, denom }));
    }
    let divisor = i64::try_from(gcd(numer.unsigned_abs(), denom.unsigned_abs())).ok()?;
    Some(Exact(Form::Small {
        numer: numer / divisor,
        denom: denom / divisor,
    }))
}

/// Never zero, as long as one side is not.
fn gcd(mut left: u64, mut right: u64) -> u64 {
    while right != 0 {
        (left, right) = (right, left % right);
    }
    left
}

/// Greatest common divisor with a `common` that is a positive 64-bit number.
fn gcd_i128(value: i128, common: i128) -> u64 {
    let common = u64::try_from(common).unwrap_or(1);
    let rest = value.unsigned_abs() % u128::from(common.max(1));
    gcd(common, u64::try_from(rest).unwrap_or(1))
}

/// ASCII digits only, at least one.
fn whole(digits: &str) -> Option<Exact> {
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    if let Ok(small) = digits.parse::<i64>() {
        return Some(Exact::from_integer(small));
    }
    let big = BigInt::parse_bytes(digits.as_bytes(), 10)?;
    Some(Exact::from_big(BigRational::from_integer(big)))
}

/// How many decimal places a fraction in lowest terms over `denom` needs, if it ends at all.
fn decimal_places(denom: &BigInt) -> Option<u32> {
    let twos = denom.trailing_zeros().unwrap_or(0);
    let mut rest: BigInt = denom >> twos;
    let five = BigInt::from(5);
    let mut fives = 0_u64;
    while (&rest % &five).is_zero() {
        rest /= &five;
        fives += 1;
    }
    (rest == BigInt::from(1))
        .then(|| u32::try_from(twos.max(fives)).ok())
        .flatten()
}

impl Default for Exact {
    fn default() -> Exact {
        Exact::ZERO
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.to_text())
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Exact({})", self.to_text())
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Exact) -> Ordering {
        match (&self.0, &other.0) {
            (
                Form::Small {
                    numer: left,
                    denom: left_denom,
                },
                Form::Small {
                    numer: right,
                    denom: right_denom,
                },
            ) => {
                if left_denom == right_denom {
                    return left.cmp(right);
                }
                (i128::from(*left) * i128::from(*right_denom))
                    .cmp(&(i128::from(*right) * i128::from(*left_denom)))
            }
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Exact) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Neg for &Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        match &self.0 {
            Form::Small { numer, denom } => {
                Exact::from_lowest(-i128::from(*numer), i128::from(*denom))
            }
            Form::Big(big) => Exact::from_big(-BigRational::clone(big)),
        }
    }
}

impl Neg for Exact {
    type Output = Exact;

    fn neg(self) -> Exact {
        -&self
    }
}

impl Add<&Exact> for &Exact {
    type Output = Exact;

    fn add(self, other: &Exact) -> Exact {
        self.sum_of(other)
    }
}

impl Sub<&Exact> for &Exact {
    type Output = Exact;

    fn sub(self, other: &Exact) -> Exact {
        self.sum_of(&-other)
    }
}

impl Mul<&Exact> for &Exact {
    type Output = Exact;

    fn mul(self, other: &Exact) -> Exact {
        self.product_of(other)
    }
}

macro_rules! owned_operands {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator<Exact> for Exact {
            type Output = Exact;

            fn $method(self, other: Exact) -> Exact {
                $operator::$method(&self, &other)
            }
        }

        impl $operator<&Exact> for Exact {
            type Output = Exact;

            fn $method(self, other: &Exact) -> Exact {
                $operator::$method(&self, other)
            }
        }

        impl $operator<Exact> for &Exact {
            type Output = Exact;

            fn $method(self, other: Exact) -> Exact {
                $operator::$method(self, &other)
            }
        }
    )*};
}

owned_operands!(Add add, Sub sub, Mul mul);

impl AddAssign<&Exact> for Exact {
    fn add_assign(&mut self, other: &Exact) {
        *self = self.sum_of(other);
    }
}

impl AddAssign for Exact {
    fn add_assign(&mut self, other: Exact) {
        *self = self.sum_of(&other);
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(iter: I) -> Exact {
        iter.fold(Exact::ZERO, |sum, value| sum + value)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(iter: I) -> Exact {
        iter.fold(Exact::ZERO, |sum, value| sum + value)
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_text())
    }
}

impl<'de> Deserialize<'de> for Exact {
    /// A text as [`Exact::parse`] reads it, or a whole JSON number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        deserializer.deserialize_any(ExactVisitor)
    }
}

struct ExactVisitor;

impl de::Visitor<'_> for ExactVisitor {
    type Value = Exact;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number as text, such as \"0.25\", or a whole number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
        Exact::parse(text).map_err(E::custom)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Exact, E> {
        Ok(Exact::from_integer(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Exact, E> {
        Ok(Exact::from_u64(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[track_caller]
    fn prints(input: &str, expected: &str) {
        assert_eq!(exact(input).to_text(), expected);
    }

    #[track_caller]
    fn refuses(input: &str, expected: &str) {
        assert_eq!(Exact::parse(input).unwrap_err().to_string(), expected);
    }

    #[test]
    fn a_number_prints_as_the_shortest_exact_text() {
        prints("97", "97");
        prints("-0.25", "-0.25");
        prints("97.50", "97.5");
        prints("1/3", "1/3");
        prints("-2/6", "-1/3");
        prints("3/8", "0.375");
        prints("-0", "0");
        prints("-0.0", "0");
        prints("007", "7");
        prints("10/5", "2");
        prints(
            "1/9223372036854775808",
            &exact("1/9223372036854775808").to_text(),
        );
        prints(
            "123456789012345678901234567890.125",
            "123456789012345678901234567890.125",
        );
    }

    #[test]
    fn what_is_no_exact_number_is_refused_with_the_reason() {
        refuses(
            "",
            "expected a number such as `0.25` or `1/3`, found an empty text",
        );
        refuses("0,25", "expected a decimal point, found a comma in `0,25`");
        refuses(
            "1e3",
            "expected a number such as `0.25` or `1/3`, found `e` in `1e3`",
        );
        refuses(
            "٣",
            "expected a number such as `0.25` or `1/3`, found `٣` in `٣`",
        );
        refuses(
            " 1",
            "expected a number such as `0.25` or `1/3`, found ` ` in ` 1`",
        );
        refuses("1/0", "expected a denominator above zero, found `1/0`");
        refuses(
            &"1".repeat(41),
            "expected a number of at most 40 characters, found 41",
        );
        for text in [
            ".5", "5.", "-", "--1", "1/-3", "1/2/3", "1.2.3", "1.5/2", "1/", "/3", "1-",
        ] {
            refuses(
                text,
                &format!(
                    "expected digits on both sides of `.` or `/`, and `-` only in front, found `{text}`"
                ),
            );
        }
    }

    #[test]
    fn a_rate_just_below_a_threshold_is_below_it() {
        assert!(exact("0.96996") < exact("0.97"));
        assert!(Exact::ratio(387, 399).unwrap() < exact("0.97"));
        assert_eq!(Exact::ratio(97, 100).unwrap(), exact("0.97"));
    }

    #[test]
    fn a_fraction_over_zero_is_none() {
        assert_eq!(Exact::ratio(1, 0), None);
        assert_eq!(Exact::ratio_u64(1, 0), None);
        assert_eq!(Exact::ONE.checked_div(&Exact::ZERO), None);
    }

    #[test]
    fn the_ends_of_the_small_form_are_passed_without_a_loss() {
        let least = Exact::from_integer(i64::MIN);
        assert_eq!((-&least).to_text(), "9223372036854775808");
        assert_eq!(-(-&least), least);
        assert_eq!(Exact::ratio(i64::MIN, -1).unwrap(), -&least);
        assert_eq!(Exact::ratio(i64::MIN, i64::MIN).unwrap(), Exact::ONE);
        assert_eq!(Exact::from_u64(u64::MAX).to_text(), "18446744073709551615");
        assert_eq!(Exact::ratio_u64(u64::MAX, u64::MAX).unwrap(), Exact::ONE);
        assert_eq!((-&least).floor_i64(), None);
        assert_eq!(least.floor_i64(), Some(i64::MIN));
    }

    #[test]
    fn json_takes_text_and_whole_numbers_and_refuses_floats() {
        let read = |json: &str| serde_json::from_str::<Exact>(json);
        assert_eq!(read("\"0.50\"").unwrap(), exact("1/2"));
        assert_eq!(read("-3").unwrap(), exact("-3"));
        assert_eq!(
            read("18446744073709551615").unwrap(),
            Exact::from_u64(u64::MAX)
        );
        assert!(read("0.5").is_err());
        assert!(read("\"0,5\"").is_err());
        assert_eq!(serde_json::to_string(&exact("1/3")).unwrap(), "\"1/3\"");
    }

    fn part() -> impl Strategy<Value = i64> {
        prop_oneof![
            3 => -200_i64..200,
            1 => any::<i64>(),
            1 => (i64::MAX - 4)..=i64::MAX,
            1 => i64::MIN..=(i64::MIN + 4),
        ]
    }

    fn pair() -> impl Strategy<Value = (Exact, BigRational)> {
        (
            part(),
            part().prop_filter("denominator", |denom| *denom != 0),
            part(),
        )
            .prop_map(|(numer, denom, scale)| {
                let scale = if scale % 7 == 0 { scale } else { 1 };
                let exact = Exact::ratio(numer, denom).unwrap() * Exact::from_integer(scale);
                let big = BigRational::new(BigInt::from(numer), BigInt::from(denom))
                    * BigRational::from_integer(BigInt::from(scale));
                (exact, big)
            })
    }

    /// The form is chosen by the value alone, and is in lowest terms.
    fn same(exact: &Exact, big: &BigRational) -> bool {
        *exact == Exact::from_big(big.clone()) && exact.to_big() == *big
    }

    proptest! {
        #[test]
        fn arithmetic_agrees_with_big_rationals((a, x) in pair(), (b, y) in pair()) {
            prop_assert!(same(&(&a + &b), &(&x + &y)));
            prop_assert!(same(&(&a - &b), &(&x - &y)));
            prop_assert!(same(&(&a * &b), &(&x * &y)));
            prop_assert!(same(&-&a, &-&x));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
            prop_assert_eq!(a == b, x == y);
            match a.checked_div(&b) {
                Some(quotient) => prop_assert!(same(&quotient, &(&x / &y))),
                None => prop_assert!(y.is_zero()),
            }
        }

        #[test]
        fn floor_and_ceil_agree_with_big_rationals((a, x) in pair()) {
            prop_assert!(same(&a.floor(), &x.floor()));
            prop_assert!(same(&a.ceil(), &x.ceil()));
            prop_assert_eq!(a.floor_i64(), x.floor().to_integer().to_i64());
            prop_assert_eq!(a.is_integer(), x.is_integer());
            prop_assert_eq!(a.is_negative(), x.is_negative());
        }

        #[test]
        fn a_printed_number_reads_back_as_itself((a, _) in pair()) {
            let text = a.to_text();
            if text.len() <= Exact::MAX_TEXT {
                prop_assert_eq!(Exact::parse(&text).unwrap(), a.clone());
            }
            let fraction = a.numer_denom_text();
            if fraction.len() <= Exact::MAX_TEXT {
                prop_assert_eq!(Exact::parse(&fraction).unwrap(), a);
            }
        }

        #[test]
        fn reading_any_text_ends_in_a_number_or_a_reason(text in "\\PC*|[-0-9./]{0,45}") {
            if let Ok(value) = Exact::parse(&text) {
                let back = Exact::parse(&value.numer_denom_text());
                prop_assert!(back.is_ok_and(|back| back == value) || text.len() > 18);
            }
        }

        #[test]
        fn a_sum_does_not_depend_on_the_order(mut values in prop::collection::vec(pair(), 0..6)) {
            let forward: Exact = values.iter().map(|(exact, _)| exact).sum();
            values.reverse();
            let backward: Exact = values.into_iter().map(|(exact, _)| exact).sum();
            prop_assert_eq!(forward, backward);
        }
    }
}
