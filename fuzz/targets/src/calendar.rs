//! Working days: counted, rolled, and refused outside the covered years.
//!
//! The first line of the input is a day and a number of working days; what follows is a
//! calendar, or nothing for the built-in one. Each answer is held against a count day by day
//! over the calendar's own data.

use cchc_core::question::{File, read_calendar};
use cchc_core::values::{Calendar, parse_date};
use chrono::{Datelike, NaiveDate, Weekday};

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let line = bytes
        .split(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    let rest = bytes.get(line.len() + 1..).unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let (day, count) = line.split_once(' ').unwrap_or((&line, "1"));
    let (Ok(day), Ok(count)) = (parse_date(day.trim()), count.trim().parse::<u32>()) else {
        return;
    };
    let own = if rest.iter().all(u8::is_ascii_whitespace) {
        None
    } else {
        let file = File {
            name: "calendar.json",
            bytes: rest,
        };
        match read_calendar(file) {
            Ok(own) => Some(own),
            Err(faults) => {
                assert!(!faults.is_empty(), "refused without a reason");
                return;
            }
        }
    };
    let calendar = own.as_ref().unwrap_or_else(|| Calendar::vietnam());
    one_day(calendar, day);
    rolled(calendar, day);
    added(calendar, day, count);
}

fn covered(calendar: &Calendar, day: NaiveDate) -> bool {
    let years = &calendar.data().covers;
    (years.from_year..=years.to_year).contains(&day.year())
}

/// Whether a covered day is worked, by the calendar's data alone.
fn worked(calendar: &Calendar, day: NaiveDate) -> bool {
    let data = calendar.data();
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let closed = data.closed.iter().any(|it| it.from <= day && day <= it.to);
    !closed && (!weekend || data.makeup.iter().any(|it| it.date == day))
}

/// Whether what the calendar says of a covered day rests on a weak source.
fn provisional(calendar: &Calendar, day: NaiveDate) -> bool {
    let data = calendar.data();
    let years = &data.covers.provisional_years;
    years.iter().any(|it| it.year == day.year())
        || data
            .closed
            .iter()
            .any(|it| it.provisional && it.from <= day && day <= it.to)
        || data
            .makeup
            .iter()
            .any(|it| it.provisional && it.date == day)
}

fn one_day(calendar: &Calendar, day: NaiveDate) {
    match calendar.is_working(day) {
        Ok(told) => {
            assert!(covered(calendar, day), "{day} is not covered");
            assert_eq!(told.working, worked(calendar, day), "{day}");
            assert_eq!(told.provisional, provisional(calendar, day), "{day}");
        }
        Err(refused) => {
            assert!(!covered(calendar, day), "{day} is covered");
            assert_eq!(refused.date, day);
        }
    }
    let closure = calendar.closure_on(day);
    assert!(
        closure.is_none_or(|it| it.from <= day && day <= it.to),
        "{day} is not in {closure:?}"
    );
}

fn rolled(calendar: &Calendar, day: NaiveDate) {
    let mut to = day;
    let mut weak = false;
    let expected = loop {
        if !covered(calendar, to) {
            break Err(to);
        }
        weak |= provisional(calendar, to);
        if worked(calendar, to) {
            break Ok((to, weak));
        }
        let Some(next) = to.succ_opt() else { return };
        to = next;
    };
    let found = calendar.roll_forward(day);
    let found = found
        .map(|it| (it.date, it.provisional))
        .map_err(|it| it.date);
    assert_eq!(found, expected, "{day} rolled");
}

fn added(calendar: &Calendar, day: NaiveDate, count: u32) {
    let mut to = day;
    let mut left = count;
    let mut weak = false;
    let expected = loop {
        if !covered(calendar, to) {
            break Err(to);
        }
        if left == 0 {
            break Ok((to, weak));
        }
        let Some(next) = to.succ_opt() else { return };
        to = next;
        if covered(calendar, to) {
            weak |= provisional(calendar, to);
            left -= u32::from(worked(calendar, to));
        }
    };
    let found = calendar.add_working_days(day, count);
    let found = found
        .map(|it| (it.date, it.provisional))
        .map_err(|it| it.date);
    assert_eq!(found, expected, "{count} working days after {day}");
}
