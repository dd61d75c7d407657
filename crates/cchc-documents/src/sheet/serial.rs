//! Serial numbers of days, as spreadsheets keep dates, by integers alone.
//!
//! A day is a whole number, the time of day the decimals behind it. The count of 1900 has a
//! 29 February 1900 that never was (serial 60); the count of 1904 starts at 0.

use chrono::{Days, NaiveDate};

use super::cell::{Cell, SECONDS_OF_A_DAY};

/// The last serial of the count of 1900, 31 December 9999.
const LAST: u64 = 2_958_465;

/// Decimals of a day that are read: a second is more than 0.00001 of it.
const DECIMALS: usize = 15;

/// The shortest decimal of a number as a file writes it; `None` where it is no number.
///
/// Files of spreadsheets write binary numbers with up to 17 digits, `0.97499999999999998`
/// for 97.5 %; the shortest decimal that stands for the same number is what was meant.
pub(super) fn shortest(text: &str) -> Option<String> {
    let number: f64 = text.trim().parse().ok()?;
    number.is_finite().then(|| of_float(number))
}

/// The shortest decimal of a finite number.
pub(super) fn of_float(number: f64) -> String {
    let text = number.to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// A serial number as a day, a day with a time, or a time alone.
///
/// Seconds are rounded to the nearest, since binary decimals miss 17:00 by less than that.
pub(crate) fn serial(decimal: &str, from_1904: bool) -> Cell {
    read(decimal, from_1904).unwrap_or_else(|| Cell::NoDate(decimal.to_owned()))
}

fn read(decimal: &str, from_1904: bool) -> Option<Cell> {
    let (whole, decimals) = decimal.split_once('.').unwrap_or((decimal, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 7 || !digits(whole) || !digits(decimals) {
        return None;
    }
    let mut day: u64 = whole.parse().ok()?;
    let mut fraction: u128 = 0;
    let mut one: u128 = 1;
    for digit in decimals.bytes().take(DECIMALS) {
        fraction = fraction * 10 + u128::from(digit - b'0');
        one *= 10;
    }
    let seconds = u128::from(SECONDS_OF_A_DAY);
    let rounded = (fraction * seconds * 2 + one) / (one * 2);
    let mut time = u32::try_from(rounded).ok()?;
    if time == SECONDS_OF_A_DAY {
        day += 1;
        time = 0;
    }
    if day == 0 && time > 0 {
        return Some(Cell::Time(time));
    }
    let date = if from_1904 {
        NaiveDate::from_ymd_opt(1904, 1, 1)?.checked_add_days(Days::new(day))?
    } else {
        let start = match day {
            0 | 60 => return None,
            1..60 => NaiveDate::from_ymd_opt(1899, 12, 31)?,
            _ => NaiveDate::from_ymd_opt(1899, 12, 30)?,
        };
        start.checked_add_days(Days::new(day))?
    };
    if day > LAST {
        return None;
    }
    Some(if time == 0 {
        Cell::Date(date)
    } else {
        Cell::DateTime(date, time)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(decimal: &str, from_1904: bool, shown: &str) {
        assert_eq!(serial(decimal, from_1904).shown(), shown);
    }

    #[test]
    fn days_of_1900_have_a_29_february_that_never_was() {
        check("1", false, "1900-01-01");
        check("59", false, "1900-02-28");
        assert_eq!(serial("60", false), Cell::NoDate("60".to_owned()));
        check("61", false, "1900-03-01");
        // Microsoft's own example: 1 January 2008 is 39448.
        check("39448", false, "2008-01-01");
        check("2958465", false, "9999-12-31");
        assert_eq!(serial("2958466", false), Cell::NoDate("2958466".to_owned()));
    }

    #[test]
    fn days_of_1904_start_at_zero() {
        check("0", true, "1904-01-01");
        check("37986", true, "2008-01-01");
        assert_eq!(serial("0", false), Cell::NoDate("0".to_owned()));
    }

    #[test]
    fn decimals_are_a_time_to_the_nearest_second() {
        check("39448.5", false, "2008-01-01 12:00:00");
        // 17/24, cut after fifteen digits and as the shortest decimal.
        check("39448.708333333336", false, "2008-01-01 17:00:00");
        check("39448.70833333333", false, "2008-01-01 17:00:00");
        check("39448.999999999", false, "2008-01-02");
        check("0.25", false, "06:00:00");
    }

    #[test]
    fn what_is_no_serial_is_no_date() {
        for text in ["-1", "", "1e5", "12345678", "4.5.6"] {
            assert_eq!(serial(text, false), Cell::NoDate(text.to_owned()));
        }
    }

    #[test]
    fn the_shortest_decimal_is_what_was_meant() {
        for (written, meant) in [
            ("0.97499999999999998", "0.975"),
            ("97", "97"),
            ("4.5e4", "45000"),
            ("-0", "0"),
            (" 12.50 ", "12.5"),
        ] {
            assert_eq!(shortest(written).as_deref(), Some(meant));
        }
        for text in ["NaN", "inf", "x", "", "1e999"] {
            assert_eq!(shortest(text), None, "{text}");
        }
    }
}
