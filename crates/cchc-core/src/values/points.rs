//! Points of the index, apart from all other numbers.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use serde::{Deserialize, Serialize};

use super::exact::{Exact, ParseExactError};
use super::rounding::Rounding;

/// A number of points (điểm), exact.
///
/// Unit: points of the index; below zero for a penalty (điểm trừ). Sums and comparisons are
/// exact; there is no conversion to or from a float.
///
/// Errors: parsing takes `0.25` and `1/3`, and refuses what it cannot hold exactly, because
/// a rounded scoring table is a different table. Rounding is a separate step that the pack
/// names.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Points(Exact);

impl Points {
    /// No points.
    pub const ZERO: Points = Points(Exact::ZERO);

    /// An exact number, said to be points.
    pub const fn new(exact: Exact) -> Points {
        Points(exact)
    }

    /// Read points as packs write them; see [`Exact::parse`].
    pub fn parse(text: &str) -> Result<Points, ParseExactError> {
        Exact::parse(text).map(Points)
    }

    /// The number without its unit.
    pub fn exact(&self) -> &Exact {
        &self.0
    }

    /// The number without its unit, by value.
    pub fn into_exact(self) -> Exact {
        self.0
    }

    /// These points taken `factor` times, as for a share of a maximum.
    pub fn times(&self, factor: &Exact) -> Points {
        Points(&self.0 * factor)
    }

    /// The points rounded as the pack says.
    pub fn round(&self, rounding: &Rounding) -> Points {
        Points(rounding.round(&self.0))
    }

    /// Whether these are no points at all.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether these points are a deduction.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<Exact> for Points {
    fn from(exact: Exact) -> Points {
        Points(exact)
    }
}

macro_rules! operands {
    ($($operator:ident $method:ident),*) => {$(
        impl $operator<&Points> for &Points {
            type Output = Points;

            fn $method(self, other: &Points) -> Points {
                Points($operator::$method(&self.0, &other.0))
            }
        }

        impl $operator<Points> for Points {
            type Output = Points;

            fn $method(self, other: Points) -> Points {
                $operator::$method(&self, &other)
            }
        }

        impl $operator<&Points> for Points {
            type Output = Points;

            fn $method(self, other: &Points) -> Points {
                $operator::$method(&self, other)
            }
        }

        impl $operator<Points> for &Points {
            type Output = Points;

            fn $method(self, other: Points) -> Points {
                $operator::$method(self, &other)
            }
        }
    )*};
}

operands!(Add add, Sub sub);

impl Neg for &Points {
    type Output = Points;

    fn neg(self) -> Points {
        Points(-&self.0)
    }
}

impl Neg for Points {
    type Output = Points;

    fn neg(self) -> Points {
        -&self
    }
}

impl AddAssign<&Points> for Points {
    fn add_assign(&mut self, other: &Points) {
        self.0 += &other.0;
    }
}

impl AddAssign for Points {
    fn add_assign(&mut self, other: Points) {
        self.0 += other.0;
    }
}

impl Sum for Points {
    fn sum<I: Iterator<Item = Points>>(iter: I) -> Points {
        Points(iter.map(|points| points.0).sum())
    }
}

impl<'a> Sum<&'a Points> for Points {
    fn sum<I: Iterator<Item = &'a Points>>(iter: I) -> Points {
        Points(iter.map(|points| &points.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::rounding::RoundingMode;

    fn points(text: &str) -> Points {
        Points::parse(text).unwrap()
    }

    #[test]
    fn three_thirds_of_a_point_are_one_point() {
        let thirds: Points = std::iter::repeat_n(points("1/3"), 3).sum();
        assert_eq!(thirds, points("1"));
    }

    #[test]
    fn points_add_subtract_and_compare_exactly() {
        let total = points("0.25") + &points("0.50") - points("0.10");
        assert_eq!(total.to_string(), "0.65");
        assert!(-&total < Points::ZERO);
        assert_eq!(
            [points("0.1"), points("0.2")].iter().sum::<Points>(),
            points("0.3")
        );
    }

    #[test]
    fn a_share_of_a_maximum_is_rounded_only_when_asked() {
        let share = points("0.50").times(&Exact::ratio(1, 3).unwrap());
        assert_eq!(share.to_string(), "1/6");
        let rounding = Rounding::new(2, RoundingMode::HalfUp).unwrap();
        assert_eq!(share.round(&rounding).to_string(), "0.17");
    }

    #[test]
    fn json_holds_points_as_text() {
        assert_eq!(serde_json::to_string(&points("0.50")).unwrap(), "\"0.5\"");
        assert_eq!(
            serde_json::from_str::<Points>("\"0.50\"").unwrap(),
            points("1/2")
        );
        assert!(serde_json::from_str::<Points>("0.5").is_err());
    }
}
