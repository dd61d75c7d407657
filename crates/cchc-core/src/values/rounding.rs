//! Rounding of points, and of the limits of points.
//!
//! A leaf is rounded once, as its pack says. A bound that is approached but not reached
//! has no value to round, only a limit: [`Rounding::round_from_below`] and
//! [`Rounding::round_from_above`] give what rounding tends to on the way there, which is
//! not always the rounded limit.

use serde::{Deserialize, Serialize};

use super::exact::Exact;

/// To which side a number goes that has more places than are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingMode {
    /// To the nearest; a tie goes toward positive infinity: `0.125` to `0.13`, and `-0.125`
    /// to `-0.12`. For a penalty this differs from "half away from zero".
    HalfUp,
    /// To the nearest; a tie goes to the even last digit.
    HalfEven,
    /// To the nearest; a tie goes toward negative infinity.
    HalfDown,
    /// Toward zero: further places are cut off.
    Down,
    /// Away from zero.
    Up,
    /// Not at all: points stay exact.
    None,
}

/// How a leaf's points are rounded: how many decimal places, and to which side.
///
/// Unit: decimal places of a point, 0 to [`Rounding::MAX_PLACES`].
///
/// Errors: more places are refused, both here and in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RoundingFields")]
pub struct Rounding {
    // INVARIANT: at most `MAX_PLACES`, and 0 where the mode is `None`.
    places: u32,
    mode: RoundingMode,
}

/// A rounding to more places than points are ever given in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 0 to {limit} decimal places, found `{places}`", limit = Rounding::MAX_PLACES)]
pub struct PlacesOutOfRange {
    /// The number of places asked for.
    pub places: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundingFields {
    #[serde(default)]
    places: u32,
    mode: RoundingMode,
}

impl Rounding {
    /// No rounding: points stay exact.
    pub const NONE: Rounding = Rounding {
        places: 0,
        mode: RoundingMode::None,
    };

    /// The most decimal places a pack can ask for.
    pub const MAX_PLACES: u32 = 6;

    /// Rounding to `places` decimal places; without a mode the places do not matter.
    pub fn new(places: u32, mode: RoundingMode) -> Result<Rounding, PlacesOutOfRange> {
        match mode {
            _ if places > Rounding::MAX_PLACES => Err(PlacesOutOfRange { places }),
            RoundingMode::None => Ok(Rounding::NONE),
            _ => Ok(Rounding { places, mode }),
        }
    }

    /// How many decimal places are kept; 0 where nothing is rounded.
    pub fn places(&self) -> u32 {
        self.places
    }

    /// To which side numbers go.
    pub fn mode(&self) -> RoundingMode {
        self.mode
    }

    /// The rounded number.
    pub fn round(&self, value: &Exact) -> Exact {
        // Most points of a table stand on the grid already.
        if value.is_on_grid(self.places) {
            return value.clone();
        }
        round(value, self.places, self.mode)
    }

    /// What `round(x)` tends to as `x` rises to `limit` without reaching it.
    ///
    /// With two places and [`RoundingMode::HalfUp`], `0.125` gives `0.12`; with
    /// [`RoundingMode::Down`], `1` gives `0.99`.
    pub fn round_from_below(&self, limit: &Exact) -> Exact {
        at_scale(limit, self.places, self.mode, |scaled| match self.mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven | RoundingMode::HalfDown => {
                half_down(scaled)
            }
            RoundingMode::Down if scaled.is_positive() => scaled.ceil() - Exact::ONE,
            RoundingMode::Up if !scaled.is_positive() => scaled.ceil() - Exact::ONE,
            RoundingMode::Down | RoundingMode::Up => scaled.ceil(),
            RoundingMode::None => scaled.clone(),
        })
    }

    /// What `round(x)` tends to as `x` falls to `limit` without reaching it.
    ///
    /// With two places and [`RoundingMode::HalfDown`], `0.125` gives `0.13`.
    pub fn round_from_above(&self, limit: &Exact) -> Exact {
        at_scale(limit, self.places, self.mode, |scaled| match self.mode {
            RoundingMode::HalfUp | RoundingMode::HalfEven | RoundingMode::HalfDown => {
                half_up(scaled)
            }
            RoundingMode::Down if scaled.is_negative() => scaled.floor() + Exact::ONE,
            RoundingMode::Up if !scaled.is_negative() => scaled.floor() + Exact::ONE,
            RoundingMode::Down | RoundingMode::Up => scaled.floor(),
            RoundingMode::None => scaled.clone(),
        })
    }
}

impl Exact {
    /// A decimal with exactly `places` places, for showing.
    ///
    /// With [`RoundingMode::None`] nothing is lost: the exact text is given, filled up with
    /// zeros to `places` where it is a decimal. More than 40 places count as 40.
    pub fn to_decimal(&self, places: u32, mode: RoundingMode) -> String {
        let places = places.min(40);
        if mode == RoundingMode::None {
            let scaled = self * &Exact::power_of_ten(places);
            return if scaled.is_integer() {
                self.truncated_text(places)
            } else {
                self.to_text()
            };
        }
        round(self, places, mode).truncated_text(places)
    }
}

fn round(value: &Exact, places: u32, mode: RoundingMode) -> Exact {
    at_scale(value, places, mode, |scaled| match mode {
        RoundingMode::HalfUp => half_up(scaled),
        RoundingMode::HalfDown => half_down(scaled),
        RoundingMode::HalfEven => {
            let (down, up) = (half_down(scaled), half_up(scaled));
            if is_even(&down) { down } else { up }
        }
        RoundingMode::Down if scaled.is_negative() => scaled.ceil(),
        RoundingMode::Up if scaled.is_negative() => scaled.floor(),
        RoundingMode::Down => scaled.floor(),
        RoundingMode::Up => scaled.ceil(),
        RoundingMode::None => scaled.clone(),
    })
}

/// Applies `to_integer` where a unit in the last kept place is 1.
fn at_scale(
    value: &Exact,
    places: u32,
    mode: RoundingMode,
    to_integer: impl FnOnce(&Exact) -> Exact,
) -> Exact {
    if mode == RoundingMode::None {
        return value.clone();
    }
    let scale = Exact::power_of_ten(places);
    let rounded = to_integer(&(value * &scale));
    rounded.checked_div(&scale).unwrap_or(rounded)
}

fn half() -> Exact {
    Exact::ratio(1, 2).unwrap_or_default()
}

/// Continuous from above: where a number falls to a tie, this is its limit.
fn half_up(scaled: &Exact) -> Exact {
    (scaled + half()).floor()
}

/// Continuous from below: where a number rises to a tie, this is its limit.
fn half_down(scaled: &Exact) -> Exact {
    (scaled - half()).ceil()
}

fn is_even(integer: &Exact) -> bool {
    (integer * &half()).is_integer()
}

impl TryFrom<RoundingFields> for Rounding {
    type Error = PlacesOutOfRange;

    fn try_from(fields: RoundingFields) -> Result<Rounding, PlacesOutOfRange> {
        Rounding::new(fields.places, fields.mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MODES: [RoundingMode; 6] = [
        RoundingMode::HalfUp,
        RoundingMode::HalfEven,
        RoundingMode::HalfDown,
        RoundingMode::Down,
        RoundingMode::Up,
        RoundingMode::None,
    ];

    /// `expected`: from below, at, and from above the value, at two places.
    #[track_caller]
    fn check(mode: RoundingMode, value: &str, expected: [&str; 3]) {
        let rounding = Rounding::new(2, mode).unwrap();
        let value = Exact::parse(value).unwrap();
        let found = [
            rounding.round_from_below(&value),
            rounding.round(&value),
            rounding.round_from_above(&value),
        ];
        assert_eq!(
            found.map(|value| value.to_decimal(2, RoundingMode::None)),
            expected
        );
    }

    #[test]
    fn half_up_sends_a_tie_toward_positive_infinity() {
        check(RoundingMode::HalfUp, "0.125", ["0.12", "0.13", "0.13"]);
        check(RoundingMode::HalfUp, "-0.125", ["-0.13", "-0.12", "-0.12"]);
        check(RoundingMode::HalfUp, "1", ["1.00", "1.00", "1.00"]);
        check(RoundingMode::HalfUp, "1/3", ["0.33", "0.33", "0.33"]);
    }

    #[test]
    fn half_even_sends_a_tie_to_the_even_digit() {
        check(RoundingMode::HalfEven, "0.125", ["0.12", "0.12", "0.13"]);
        check(RoundingMode::HalfEven, "0.135", ["0.13", "0.14", "0.14"]);
        check(
            RoundingMode::HalfEven,
            "-0.125",
            ["-0.13", "-0.12", "-0.12"],
        );
        check(
            RoundingMode::HalfEven,
            "-0.135",
            ["-0.14", "-0.14", "-0.13"],
        );
    }

    #[test]
    fn half_down_sends_a_tie_toward_negative_infinity() {
        check(RoundingMode::HalfDown, "0.125", ["0.12", "0.12", "0.13"]);
        check(
            RoundingMode::HalfDown,
            "-0.125",
            ["-0.13", "-0.13", "-0.12"],
        );
    }

    #[test]
    fn down_cuts_off_and_never_reaches_a_limit_from_the_side_of_zero() {
        check(RoundingMode::Down, "1", ["0.99", "1.00", "1.00"]);
        check(RoundingMode::Down, "0.999", ["0.99", "0.99", "0.99"]);
        check(RoundingMode::Down, "-1", ["-1.00", "-1.00", "-0.99"]);
        check(RoundingMode::Down, "0", ["0.00", "0.00", "0.00"]);
    }

    #[test]
    fn up_goes_away_from_zero() {
        check(RoundingMode::Up, "0.111", ["0.12", "0.12", "0.12"]);
        check(RoundingMode::Up, "1", ["1.00", "1.00", "1.01"]);
        check(RoundingMode::Up, "-1", ["-1.01", "-1.00", "-1.00"]);
        check(RoundingMode::Up, "0", ["-0.01", "0.00", "0.01"]);
    }

    #[test]
    fn without_a_mode_points_stay_exact() {
        check(RoundingMode::None, "1/3", ["1/3", "1/3", "1/3"]);
        assert_eq!(
            Rounding::new(2, RoundingMode::None).unwrap(),
            Rounding::NONE
        );
    }

    #[test]
    fn more_than_six_places_are_refused() {
        let fault = Rounding::new(7, RoundingMode::HalfUp).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "expected 0 to 6 decimal places, found `7`"
        );
        assert!(serde_json::from_str::<Rounding>(r#"{"places": 7, "mode": "half_up"}"#).is_err());
    }

    #[test]
    fn json_names_the_mode_in_snake_case_and_refuses_other_fields() {
        let rounding: Rounding =
            serde_json::from_str(r#"{"places": 2, "mode": "half_even"}"#).unwrap();
        assert_eq!(rounding, Rounding::new(2, RoundingMode::HalfEven).unwrap());
        assert_eq!(
            serde_json::to_string(&rounding).unwrap(),
            r#"{"places":2,"mode":"half_even"}"#
        );
        assert_eq!(
            serde_json::from_str::<Rounding>(r#"{"mode": "none"}"#).unwrap(),
            Rounding::NONE
        );
        assert!(serde_json::from_str::<Rounding>(r#"{"mode": "none", "to": 2}"#).is_err());
    }

    #[test]
    fn a_shown_decimal_has_the_places_asked_for() {
        let show = |text: &str, places, mode| Exact::parse(text).unwrap().to_decimal(places, mode);
        assert_eq!(show("1/3", 2, RoundingMode::HalfUp), "0.33");
        assert_eq!(show("-1/400", 2, RoundingMode::HalfUp), "0.00");
        assert_eq!(show("-2", 2, RoundingMode::Down), "-2.00");
        assert_eq!(show("19/2", 0, RoundingMode::HalfUp), "10");
        assert_eq!(show("0.5", 2, RoundingMode::None), "0.50");
        assert_eq!(show("0.125", 2, RoundingMode::None), "0.125");
        assert_eq!(show("1", u32::MAX, RoundingMode::None).len(), 42);
    }

    fn value() -> impl Strategy<Value = Exact> {
        prop_oneof![
            (-4000_i64..4000, 1_i64..40).prop_map(|(n, d)| Exact::ratio(n, d).unwrap()),
            (-4000_i64..4000, 0_u32..8).prop_map(|(n, places)| {
                Exact::from_integer(n)
                    .checked_div(&Exact::power_of_ten(places))
                    .unwrap()
            }),
        ]
    }

    proptest! {
        /// A limit is what rounding gives close enough to it.
        #[test]
        fn a_limit_is_the_rounding_of_all_numbers_just_beside_it(
            value in value(),
            places in 0_u32..=6,
            mode in prop::sample::select(MODES.to_vec()),
            distance in 1_i64..1_000_000,
        ) {
            let rounding = Rounding::new(places, mode).unwrap();
            // No step of a rounding lies this close to a fraction over 10^7 or over 40.
            let tiny = Exact::ratio(distance, 1_000_000_000_000_000).unwrap();
            let (below, above) = (&value - &tiny, &value + &tiny);
            if mode == RoundingMode::None {
                prop_assert_eq!(rounding.round_from_below(&value), value.clone());
                prop_assert_eq!(rounding.round_from_above(&value), value);
            } else {
                prop_assert_eq!(rounding.round_from_below(&value), rounding.round(&below));
                prop_assert_eq!(rounding.round_from_above(&value), rounding.round(&above));
            }
        }

        #[test]
        fn rounding_keeps_the_order(
            a in value(),
            b in value(),
            places in 0_u32..=6,
            mode in prop::sample::select(MODES.to_vec()),
        ) {
            let rounding = Rounding::new(places, mode).unwrap();
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(rounding.round(&low) <= rounding.round(&high));
            prop_assert!(rounding.round_from_below(&low) <= rounding.round(&low));
            prop_assert!(rounding.round(&low) <= rounding.round_from_above(&low));
            prop_assert_eq!(rounding.round(&rounding.round(&low)), rounding.round(&low));
        }
    }
}
