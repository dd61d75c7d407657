//! Windows: a span of days with both ends inside.

use std::fmt;

use chrono::NaiveDate;

/// A span of days, both ends included, as a reporting period (kỳ báo cáo) is.
///
/// Unit: calendar days. The year's window of a national report runs from 15 December of the
/// year before to 14 December (NĐ 09/2019/NĐ-CP, as mirrored in TT 09/2019/TT-NHNN).
///
/// Errors: a window that ends before it starts is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    // INVARIANT: `from` is not after `to`.
    from: NaiveDate,
    to: NaiveDate,
}

/// A window that ends before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a window that starts before it ends, found from `{from}` to `{to}`")]
pub struct WindowReversed {
    /// The stated first day.
    pub from: NaiveDate,
    /// The stated last day.
    pub to: NaiveDate,
}

impl Window {
    /// The days from `from` to `to`, both included.
    pub fn new(from: NaiveDate, to: NaiveDate) -> Result<Window, WindowReversed> {
        if from > to {
            Err(WindowReversed { from, to })
        } else {
            Ok(Window { from, to })
        }
    }

    /// The first day inside.
    pub fn from(&self) -> NaiveDate {
        self.from
    }

    /// The last day inside.
    pub fn to(&self) -> NaiveDate {
        self.to
    }

    /// Whether the day lies inside, either end included.
    pub fn contains(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }

    /// Whether every day of `other` lies inside.
    pub fn encloses(&self, other: &Window) -> bool {
        self.from <= other.from && other.to <= self.to
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.from, self.to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn both_ends_are_inside() {
        let window = Window::new(date(2023, 12, 15), date(2024, 12, 14)).unwrap();
        assert!(window.contains(date(2023, 12, 15)));
        assert!(window.contains(date(2024, 12, 14)));
        assert!(!window.contains(date(2023, 12, 14)));
        assert!(!window.contains(date(2024, 12, 15)));
        assert_eq!(window.to_string(), "2023-12-15..2024-12-14");
    }

    #[test]
    fn one_day_is_a_window() {
        let day = date(2024, 1, 1);
        assert!(Window::new(day, day).unwrap().contains(day));
    }

    #[test]
    fn a_window_that_ends_before_it_starts_is_refused() {
        let fault = Window::new(date(2024, 2, 1), date(2024, 1, 1)).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "expected a window that starts before it ends, found from `2024-02-01` to `2024-01-01`"
        );
    }

    #[test]
    fn a_window_encloses_the_windows_between_its_ends() {
        let year = Window::new(date(2023, 12, 15), date(2024, 12, 14)).unwrap();
        let half = Window::new(date(2023, 12, 15), date(2024, 6, 14)).unwrap();
        assert!(year.encloses(&half) && year.encloses(&year) && !half.encloses(&year));
    }
}
