//! Dates of an export: day before month, with or without a time of day.
//!
//! `15/05/2024`, `5-5-2024`, `15.05.2024`, `2024-05-15`, `15 tháng 5 năm 2024`; with `07:30`,
//! `7 giờ 30`, `7h30`, `07:30 PM`, before or behind the day; `2024-05-15T00:30:00Z` and other
//! offsets, as the clock in Việt Nam shows them (UTC+7). A serial number of a spreadsheet.
//!
//! The day stands before the month, always: a month above 12 is an impossible date and no
//! reason to read it the other way round. A year of two digits is not read.

use std::cmp::Ordering;
use std::sync::OnceLock;

use cchc_core::values::fold;
use chrono::{Datelike, Days, NaiveDate};
use regex::Regex;

use crate::sheet::{Cell, SECONDS_OF_A_DAY, serial};

/// A day, and a time of day in seconds where one is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct At {
    pub(super) day: NaiveDate,
    pub(super) time: Option<u32>,
}

impl At {
    /// Exactly where both have a time of day, by day otherwise.
    pub(super) fn compare(&self, other: &At) -> Ordering {
        match (self.time, other.time) {
            (Some(here), Some(there)) => (self.day, here).cmp(&(other.day, there)),
            _ => self.day.cmp(&other.day),
        }
    }

    pub(super) fn is_after(&self, other: &At) -> bool {
        self.compare(other) == Ordering::Greater
    }

    pub(super) fn is_before(&self, other: &At) -> bool {
        self.compare(other) == Ordering::Less
    }
}

/// What a cell says where a date is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    /// Nothing.
    Blank,
    /// A date.
    At(At),
    /// A date that stood there as a number.
    Serial(At),
    /// Dates one after the other: the first of them.
    Several(At),
    /// What is no date, by its code.
    Unusable(&'static str),
}

impl Moment {
    pub(super) fn at(&self) -> Option<At> {
        match self {
            Moment::At(at) | Moment::Serial(at) => Some(*at),
            _ => None,
        }
    }
}

/// Years in which a dossier can be; a date outside is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;

const IMPOSSIBLE: &str = "date_impossible";
const UNKNOWN: &str = "date_unknown";

/// Reads a cell as a date.
pub(super) fn read(cell: Option<&Cell>, from_1904: bool) -> Moment {
    match cell {
        None => Moment::Blank,
        Some(Cell::Text(text)) => of_text(text, from_1904),
        Some(Cell::Date(day)) => within(*day, None),
        Some(Cell::DateTime(day, time)) => within(*day, Some(*time)),
        Some(Cell::Number(number)) => of_number(number, from_1904),
        Some(Cell::Percent(_)) => Moment::Unusable("date_percent"),
        Some(Cell::Error(_)) => Moment::Unusable("cell_error"),
        Some(Cell::NoDate(_)) => Moment::Unusable(IMPOSSIBLE),
        Some(Cell::Time(_) | Cell::Boolean(_)) => Moment::Unusable(UNKNOWN),
    }
}

fn within(day: NaiveDate, time: Option<u32>) -> Moment {
    if YEARS.contains(&day.year()) {
        Moment::At(At { day, time })
    } else {
        Moment::Unusable(IMPOSSIBLE)
    }
}

fn of_number(number: &str, from_1904: bool) -> Moment {
    let told = match serial(number, from_1904) {
        Cell::Date(day) => within(day, None),
        Cell::DateTime(day, time) => within(day, Some(time)),
        _ => Moment::Unusable(IMPOSSIBLE),
    };
    match told {
        Moment::At(at) => Moment::Serial(at),
        other => other,
    }
}

fn of_text(text: &str, from_1904: bool) -> Moment {
    if let Some(told) = usual(text) {
        return told;
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
    if digits(whole) && digits(rest) {
        return of_number(text, from_1904);
    }
    let folded = fold(text);
    if folded.chars().all(|c| matches!(c, '-' | '.' | '/' | ' '))
        || folded.starts_with("chưa")
        || folded.starts_with("không")
    {
        return Moment::Blank;
    }
    if folded.ends_with('%') {
        return Moment::Unusable("date_percent");
    }
    if let Some(told) = unusual(&folded) {
        return told;
    }
    let parts: Vec<&str> = text
        .split([';', '\n', ',', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect();
    let read = |part: &&str| usual(part).or_else(|| unusual(&fold(part)));
    let mut dates = parts.iter().map(read);
    if parts.len() > 1
        && let Some(Some(Moment::At(first))) = dates.next()
        && dates.all(|it| matches!(it, Some(Moment::At(_))))
    {
        return Moment::Several(first);
    }
    Moment::Unusable(UNKNOWN)
}

/// The forms that nearly all cells have, without allocation; `None` for any other.
fn usual(text: &str) -> Option<Moment> {
    let mut rest = text.as_bytes();
    let (first, width) = number(&mut rest)?;
    let mark = sign(&mut rest)?;
    let (second, _) = number(&mut rest)?;
    if sign(&mut rest)? != mark {
        return None;
    }
    let (third, last) = number(&mut rest)?;
    let (year, month, day) = match (width, last) {
        (4, 1 | 2) => (first, second, third),
        (1 | 2, 4) => (third, second, first),
        _ => return None,
    };
    if rest.is_empty() {
        return Some(dated(year, month, day, None));
    }
    if !matches!(rest.split_off_first(), Some(b' ' | b'T')) {
        return None;
    }
    let (hour, _) = number(&mut rest)?;
    if !matches!(rest.split_off_first(), Some(b':')) {
        return None;
    }
    let (minute, _) = number(&mut rest)?;
    let second = match rest.split_off_first() {
        None => 0,
        Some(b':') => number(&mut rest)?.0,
        Some(_) => return None,
    };
    if !rest.is_empty() {
        return None;
    }
    Some(match clock(hour, minute, second) {
        Some(time) => dated(year, month, day, Some(time)),
        None => Moment::Unusable(IMPOSSIBLE),
    })
}

/// A number of at most four digits, and how many it has.
fn number(rest: &mut &[u8]) -> Option<(u32, usize)> {
    let width = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if !(1..=4).contains(&width) {
        return None;
    }
    let (digits, after) = rest.split_at_checked(width)?;
    *rest = after;
    let value = digits
        .iter()
        .fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
    Some((value, width))
}

fn sign(rest: &mut &[u8]) -> Option<u8> {
    let sign = *rest.split_off_first()?;
    matches!(sign, b'/' | b'-' | b'.').then_some(sign)
}

fn dated(year: u32, month: u32, day: u32, time: Option<u32>) -> Moment {
    let year = i32::try_from(year).unwrap_or(0);
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(day) => within(day, time),
        None => Moment::Unusable(IMPOSSIBLE),
    }
}

/// Seconds from midnight; 24:00 is the end of the day.
fn clock(hour: u32, minute: u32, second: u32) -> Option<u32> {
    if hour == 24 && minute == 0 && second == 0 {
        return Some(SECONDS_OF_A_DAY);
    }
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3600 + minute * 60 + second)
}

fn patterns() -> Option<&'static (Regex, Regex)> {
    static PATTERNS: OnceLock<Option<(Regex, Regex)>> = OnceLock::new();
    let made = PATTERNS.get_or_init(|| {
        let date = r"(?:(?<d>\d{1,2})(?: ?[-/.] ?| tháng )(?<m>\d{1,2})(?: ?[-/.] ?| năm )(?<y>\d{2,4})|(?<y2>\d{4})[-/.](?<m2>\d{1,2})[-/.](?<d2>\d{1,2}))";
        let time = r"(?<h>\d{1,2})(?::|h| ?giờ ?)(?<min>\d{1,2})?(?::(?<s>\d{1,2})(?:[.,]\d{1,9})?)?(?: ?phút)? ?(?<half>am|pm|sa|ch|sáng|chiều|tối)? ?(?<zone>z|[-+]\d{2}:?\d{2})?";
        let behind = format!(r"^(?:ngày )?{date}(?:(?:t|,? (?:lúc |vào )?){time})?$");
        let before = format!(r"^(?:lúc )?{time},? (?:ngày |- )?{date}$");
        Some((Regex::new(&behind).ok()?, Regex::new(&before).ok()?))
    });
    made.as_ref()
}

/// The other forms, over a folded text; `None` where it has none of them.
fn unusual(folded: &str) -> Option<Moment> {
    // No date is that long, and a long text is no work.
    if folded.len() > 80 {
        return None;
    }
    let (behind, before) = patterns()?;
    let found = behind
        .captures(folded)
        .or_else(|| before.captures(folded))?;
    let number = |names: [&str; 2]| -> Option<u32> {
        let text = names.into_iter().find_map(|name| found.name(name))?;
        text.as_str().parse().ok()
    };
    if found.name("y").is_some_and(|it| it.as_str().len() != 4) {
        return Some(Moment::Unusable("date_year_short"));
    }
    let (year, month, day) = (
        number(["y", "y2"])?,
        number(["m", "m2"])?,
        number(["d", "d2"])?,
    );
    let Some(hour) = found.name("h") else {
        return Some(dated(year, month, day, None));
    };
    let impossible = Some(Moment::Unusable(IMPOSSIBLE));
    let hour: u32 = hour.as_str().parse().ok()?;
    let hour = match found.name("half").map(|it| it.as_str()) {
        None => hour,
        Some("am" | "sa" | "sáng") if (1..=12).contains(&hour) => hour % 12,
        Some("am" | "sa" | "sáng") => return impossible,
        Some(_) if (1..=12).contains(&hour) => hour % 12 + 12,
        Some(_) => hour,
    };
    let minute = number(["min", "min"]).unwrap_or(0);
    let second = number(["s", "s"]).unwrap_or(0);
    let Some(time) = clock(hour, minute, second) else {
        return impossible;
    };
    let told = dated(year, month, day, Some(time));
    match (told, found.name("zone")) {
        (Moment::At(at), Some(zone)) => Some(local(at, time, zone.as_str())),
        (told, _) => Some(told),
    }
}

/// A moment of another zone as the clock in Việt Nam shows it, seven hours before UTC.
fn local(at: At, time: u32, zone: &str) -> Moment {
    let digits: Vec<u32> = zone.chars().filter_map(|c| c.to_digit(10)).collect();
    let (hours, minutes) = match digits.as_slice() {
        [a, b, c, d] => (a * 10 + b, c * 10 + d),
        _ => (0, 0),
    };
    if hours > 14 || minutes > 59 {
        return Moment::Unusable(IMPOSSIBLE);
    }
    let offset = i64::from(hours * 3600 + minutes * 60);
    let offset = if zone.starts_with('-') {
        -offset
    } else {
        offset
    };
    let seconds = i64::from(time) - offset + 7 * 3600;
    let day_seconds = i64::from(SECONDS_OF_A_DAY);
    let days = seconds.div_euclid(day_seconds);
    let time = u32::try_from(seconds.rem_euclid(day_seconds)).ok();
    let step = Days::new(days.unsigned_abs());
    let day = if days < 0 {
        at.day.checked_sub_days(step)
    } else {
        at.day.checked_add_days(step)
    };
    match day {
        Some(day) => within(day, time),
        None => Moment::Unusable(IMPOSSIBLE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let told = match read(Some(&Cell::Text(text.to_owned())), false) {
            Moment::Blank => "blank".to_owned(),
            Moment::At(at) => shown(&at),
            Moment::Serial(at) => format!("serial {}", shown(&at)),
            Moment::Several(at) => format!("several {}", shown(&at)),
            Moment::Unusable(code) => code.to_owned(),
        };
        assert_eq!(told, expected, "{text}");
    }

    fn shown(at: &At) -> String {
        match at.time {
            None => at.day.to_string(),
            Some(SECONDS_OF_A_DAY) => format!("{} 24:00", at.day),
            Some(time) => format!("{} {:02}:{:02}", at.day, time / 3600, time / 60 % 60),
        }
    }

    #[test]
    fn the_day_stands_before_the_month() {
        check("15/05/2024", "2024-05-15");
        check("5/6/2024", "2024-06-05");
        check("05-06-2024", "2024-06-05");
        check("15.05.2024", "2024-05-15");
        check("2024-05-15", "2024-05-15");
        check("ngày 15 tháng 5 năm 2024", "2024-05-15");
        check("15 / 5 / 2024", "2024-05-15");
        // Never read the other way round.
        check("05/15/2024", "date_impossible");
        check("31/04/2024", "date_impossible");
        check("29/02/2023", "date_impossible");
        check("29/02/2024", "2024-02-29");
    }

    #[test]
    fn times_of_day_stand_before_or_behind() {
        check("15/05/2024 07:30", "2024-05-15 07:30");
        check("15/05/2024 07:30:59", "2024-05-15 07:30");
        check("07:30 15/05/2024", "2024-05-15 07:30");
        check("7 giờ 30 ngày 15/05/2024", "2024-05-15 07:30");
        check("15/05/2024 7 giờ 30 phút", "2024-05-15 07:30");
        check("15/05/2024 7h30", "2024-05-15 07:30");
        check("15/05/2024, 17h", "2024-05-15 17:00");
        check("15/05/2024 05:15 PM", "2024-05-15 17:15");
        check("15/05/2024 12:15 AM", "2024-05-15 00:15");
        check("15/05/2024 12:15 CH", "2024-05-15 12:15");
        check("15/05/2024 24:00", "2024-05-15 24:00");
        check("15/05/2024 25:00", "date_impossible");
        check("15/05/2024 13:00 AM", "date_impossible");
    }

    #[test]
    fn other_zones_are_told_by_the_clock_here() {
        check("2024-05-15T00:30:00Z", "2024-05-15 07:30");
        check("2024-05-15T17:30:00.250Z", "2024-05-16 00:30");
        check("2024-05-15T07:30:00+07:00", "2024-05-15 07:30");
        check("2024-05-15T00:30:00+0900", "2024-05-14 22:30");
        check("2024-05-15T07:30:00", "2024-05-15 07:30");
    }

    #[test]
    fn numbers_are_serials_and_per_cents_are_not() {
        // 15 May 2024 is 45427: 39448 is 1 January 2008, 5979 days before.
        check("45427", "serial 2024-05-15");
        check("45427.5", "serial 2024-05-15 12:00");
        check("2024", "date_impossible");
        check("97,5%", "date_percent");
        let percent = Cell::Percent("0.975".to_owned());
        assert_eq!(
            read(Some(&percent), false),
            Moment::Unusable("date_percent")
        );
        // The same day counted from 1904 is 1462 less.
        let number = Cell::Number("43965".to_owned());
        assert_eq!(
            read(Some(&number), true).at().map(|at| at.day.to_string()),
            Some("2024-05-15".to_owned())
        );
    }

    #[test]
    fn what_is_no_date_is_told_as_it_is() {
        check("15/05/24", "date_year_short");
        check("15/05/2204", "date_impossible");
        check("sớm", "date_unknown");
        check("15/05", "date_unknown");
        check("-", "blank");
        check("Chưa trả", "blank");
        check("15/05/2024; 20/05/2024", "several 2024-05-15");
        check("15/05/2024\n20/05/2024", "several 2024-05-15");
        check("15/05/2024; sau", "date_unknown");
    }

    #[test]
    fn times_count_only_where_both_are_told() {
        let at = |time| At {
            day: NaiveDate::from_ymd_opt(2024, 5, 15).unwrap(),
            time,
        };
        assert!(at(Some(7)).is_before(&at(Some(8))));
        assert_eq!(at(Some(7)).compare(&at(None)), Ordering::Equal);
        assert_eq!(at(None).compare(&at(Some(8))), Ordering::Equal);
    }
}
