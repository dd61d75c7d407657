//! Working days: which days count toward a deadline.
//!
//! A working day (ngày làm việc) is a day from Monday to Friday that is not closed, or a
//! Saturday or Sunday that is worked to make up for a swapped one. Closures and make-up
//! days are data, replaceable without a release, since swaps are announced year by year.
//! A date outside the covered years is refused, never guessed from the weekday.
//!
//! Counting follows Civil Code 2015, articles 147 and 148: the first day is not counted,
//! and a period that ends on a rest day ends with the next working day. Whether a given
//! deadline rolls at all is for the pack to say.
//!
//! Some announced days rest on weak sources. They are marked `provisional`, and so is
//! every answer that depends on one.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::date::iso;

/// The days of a calendar as its data file states them.
///
/// Errors: unknown fields are refused; what does not fit together is reported by
/// [`Calendar::new`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarData {
    /// The name of the format, [`CalendarData::FORMAT`].
    pub format: String,
    /// The version of the format, [`CalendarData::VERSION`].
    pub version: u32,
    /// The name of the calendar, as packs refer to it.
    pub id: String,
    /// The years for which every closure is listed.
    pub covers: CoveredYears,
    /// The days off (ngày nghỉ lễ, tết, nghỉ bù), each span once, in any order.
    pub closed: Vec<ClosedDay>,
    /// The make-up working days (ngày làm bù), in any order.
    pub makeup: Vec<MakeupDay>,
}

/// The years a calendar speaks about, both included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoveredYears {
    /// The first covered year.
    pub from_year: i32,
    /// The last covered year.
    pub to_year: i32,
    /// Years whose every day may still change, weekdays included.
    #[serde(default)]
    pub provisional_years: Vec<ProvisionalYear>,
}

/// A year that was listed before its closures were announced.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalYear {
    /// The year.
    pub year: i32,
    /// Where its days come from, and why they may change.
    pub source: String,
}

/// One span of days off, both ends included; weekends may lie inside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClosedDay {
    /// The first day off.
    #[serde(with = "iso")]
    pub from: NaiveDate,
    /// The last day off.
    #[serde(with = "iso")]
    pub to: NaiveDate,
    /// The occasion, in Vietnamese.
    pub name: String,
    /// Whether the source is too weak to rely on.
    #[serde(default)]
    pub provisional: bool,
    /// Where the closure was announced or seen.
    pub source: String,
}

/// A Saturday or Sunday that is worked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeupDay {
    /// The day worked.
    #[serde(with = "iso")]
    pub date: NaiveDate,
    /// Whether the source is too weak to rely on.
    #[serde(default)]
    pub provisional: bool,
    /// Where the swap was announced or seen.
    pub source: String,
}

/// A verified calendar of working days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar {
    data: CalendarData,
    first: NaiveDate,
    // INVARIANT: one entry for each day of the covered years, in order from `first`.
    days: Vec<Day>,
}

/// What a calendar says of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Day {
    /// Whether it is a working day.
    pub working: bool,
    /// Whether that rests on a weak source.
    pub provisional: bool,
}

/// A date found by counting or rolling working days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deadline {
    /// The last day on which the act is in time; it ends at 24:00.
    pub date: NaiveDate,
    /// Whether any day looked at on the way rests on a weak source.
    pub provisional: bool,
}

/// A date of which the calendar says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a date in the years {from_year} to {to_year}, found `{date}`")]
pub struct OutOfCoverage {
    /// The first date asked for that is not covered.
    pub date: NaiveDate,
    /// The first covered year.
    pub from_year: i32,
    /// The last covered year; before the first one if no year is covered.
    pub to_year: i32,
}

/// A reason why calendar data cannot be used.
///
/// All faults are returned, not the first one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarFault {
    /// The text is not calendar JSON.
    #[error("expected calendar data, found: {reason}")]
    Unreadable {
        /// What the JSON reader said.
        reason: String,
    },
    /// The file is of another format or a later version.
    #[error(
        "expected format `{}` version {}, found `{format}` version {version}",
        CalendarData::FORMAT,
        CalendarData::VERSION
    )]
    Format {
        /// The format stated.
        format: String,
        /// The version stated.
        version: u32,
    },
    /// The covered years are reversed, too many, or beyond what a calendar can hold.
    #[error(
        "expected 1 to {limit} years between 1900 and 2999, found {from_year} to {to_year}",
        limit = Calendar::MAX_YEARS
    )]
    Years {
        /// The first covered year as stated.
        from_year: i32,
        /// The last covered year as stated.
        to_year: i32,
    },
    /// A provisional year that is not covered.
    #[error("provisional year {year} is not covered")]
    ProvisionalYearOutside {
        /// The year as stated.
        year: i32,
    },
    /// A closure that ends before it starts.
    #[error("closure `{name}` ends on `{to}`, before it starts on `{from}`")]
    ClosedReversed {
        /// The occasion.
        name: String,
        /// The stated first day.
        from: NaiveDate,
        /// The stated last day.
        to: NaiveDate,
    },
    /// A closure that leaves the covered years.
    #[error("closure `{name}` from `{from}` to `{to}` leaves the covered years")]
    ClosedOutside {
        /// The occasion.
        name: String,
        /// The first day.
        from: NaiveDate,
        /// The last day.
        to: NaiveDate,
    },
    /// A day that two closures name.
    #[error("closures `{first}` and `{second}` both contain `{date}`")]
    ClosedTwice {
        /// The first day they share.
        date: NaiveDate,
        /// The occasion listed first.
        first: String,
        /// The occasion listed second.
        second: String,
    },
    /// A make-up day that leaves the covered years.
    #[error("make-up day `{date}` is not in the covered years")]
    MakeupOutside {
        /// The day.
        date: NaiveDate,
    },
    /// A make-up day that is listed twice.
    #[error("make-up day `{date}` is listed twice")]
    MakeupTwice {
        /// The day.
        date: NaiveDate,
    },
    /// A make-up day that is worked anyhow.
    #[error("make-up day `{date}` is an ordinary working day")]
    MakeupOnWeekday {
        /// The day.
        date: NaiveDate,
    },
    /// A make-up day inside a closure.
    #[error("make-up day `{date}` is closed for `{name}`")]
    MakeupClosed {
        /// The day.
        date: NaiveDate,
        /// The occasion of the closure.
        name: String,
    },
}

impl CalendarFault {
    /// Stable code for this kind of fault, used in reports, docs and test names.
    pub fn code(&self) -> &'static str {
        match self {
            CalendarFault::Unreadable { .. } => "calendar-unreadable",
            CalendarFault::Format { .. } => "calendar-format",
            CalendarFault::Years { .. } => "calendar-years",
            CalendarFault::ProvisionalYearOutside { .. } => "calendar-provisional-year-outside",
            CalendarFault::ClosedReversed { .. } => "calendar-closed-reversed",
            CalendarFault::ClosedOutside { .. } => "calendar-closed-outside",
            CalendarFault::ClosedTwice { .. } => "calendar-closed-twice",
            CalendarFault::MakeupOutside { .. } => "calendar-makeup-outside",
            CalendarFault::MakeupTwice { .. } => "calendar-makeup-twice",
            CalendarFault::MakeupOnWeekday { .. } => "calendar-makeup-on-weekday",
            CalendarFault::MakeupClosed { .. } => "calendar-makeup-closed",
        }
    }
}

impl CalendarData {
    /// The name of the data format.
    pub const FORMAT: &'static str = "cchc-calendar";

    /// The version of the data format that this code reads.
    pub const VERSION: u32 = 1;
}

impl Calendar {
    /// The most years one calendar can cover.
    pub const MAX_YEARS: i32 = 100;

    /// The calendar of Vietnamese administrative bodies that comes with this library.
    ///
    /// Source: the data file names one for each day; 2027 is provisional as a whole.
    pub fn vietnam() -> &'static Calendar {
        static VIETNAM: OnceLock<Calendar> = OnceLock::new();
        VIETNAM.get_or_init(|| {
            // A test holds the file readable; an unreadable one would cover no year.
            Calendar::parse(VIETNAM_JSON).unwrap_or_else(|_| Calendar::empty())
        })
    }

    /// Read a calendar from the JSON text of its data file.
    pub fn parse(json: &str) -> Result<Calendar, Vec<CalendarFault>> {
        let data = serde_json::from_str(json).map_err(|error| {
            vec![CalendarFault::Unreadable {
                reason: error.to_string(),
            }]
        })?;
        Calendar::new(data)
    }

    /// Verify calendar data; all faults at once.
    pub fn new(data: CalendarData) -> Result<Calendar, Vec<CalendarFault>> {
        let mut faults = Vec::new();
        if data.format != CalendarData::FORMAT || data.version != CalendarData::VERSION {
            let (format, version) = (data.format.clone(), data.version);
            faults.push(CalendarFault::Format { format, version });
        }
        let Some(first) = first_day(&data.covers) else {
            let CoveredYears {
                from_year, to_year, ..
            } = data.covers;
            faults.push(CalendarFault::Years { from_year, to_year });
            return Err(faults);
        };
        check_days(&data, &mut faults);
        if !faults.is_empty() {
            return Err(faults);
        }

        let mut days: Vec<Day> = first
            .iter_days()
            .take_while(|date| date.year() <= data.covers.to_year)
            .map(|date| Day {
                working: !is_weekend(date),
                provisional: is_provisional_year(&data.covers, date),
            })
            .collect();
        let mut set = |date: NaiveDate, working: bool, provisional: bool| {
            if let Some(day) = offset(first, date).and_then(|offset| days.get_mut(offset)) {
                *day = Day {
                    working,
                    provisional: provisional || day.provisional,
                };
            }
        };
        for closed in &data.closed {
            for date in span(closed) {
                set(date, false, closed.provisional);
            }
        }
        for makeup in &data.makeup {
            set(makeup.date, true, makeup.provisional);
        }
        Ok(Calendar { data, first, days })
    }

    /// The data the calendar was made from.
    pub fn data(&self) -> &CalendarData {
        &self.data
    }

    /// Whether the day is worked.
    pub fn is_working(&self, date: NaiveDate) -> Result<Day, OutOfCoverage> {
        offset(self.first, date)
            .and_then(|offset| self.days.get(offset))
            .copied()
            .ok_or_else(|| self.out_of_coverage(date))
    }

    /// The `n`-th working day after `start`; `start` itself is not counted.
    ///
    /// With `n` zero this is `start`, worked or not.
    ///
    /// Source: Civil Code 2015, article 147.
    pub fn add_working_days(&self, start: NaiveDate, n: u32) -> Result<Deadline, OutOfCoverage> {
        self.is_working(start)?;
        let mut deadline = Deadline {
            date: start,
            provisional: false,
        };
        for _ in 0..n {
            let next = self.after(deadline.date)?;
            let found = self.roll_forward(next)?;
            deadline.date = found.date;
            deadline.provisional |= found.provisional;
        }
        Ok(deadline)
    }

    /// The day itself if it is worked, else the next working day.
    ///
    /// Source: Civil Code 2015, article 148.
    pub fn roll_forward(&self, date: NaiveDate) -> Result<Deadline, OutOfCoverage> {
        let mut deadline = Deadline {
            date,
            provisional: false,
        };
        loop {
            let day = self.is_working(deadline.date)?;
            deadline.provisional |= day.provisional;
            if day.working {
                return Ok(deadline);
            }
            deadline.date = self.after(deadline.date)?;
        }
    }

    /// The closure that contains the day, for naming it.
    pub fn closure_on(&self, date: NaiveDate) -> Option<&ClosedDay> {
        self.data
            .closed
            .iter()
            .find(|closed| closed.from <= date && date <= closed.to)
    }

    fn after(&self, date: NaiveDate) -> Result<NaiveDate, OutOfCoverage> {
        date.succ_opt().ok_or_else(|| self.out_of_coverage(date))
    }

    fn out_of_coverage(&self, date: NaiveDate) -> OutOfCoverage {
        let CoveredYears {
            from_year, to_year, ..
        } = self.data.covers;
        OutOfCoverage {
            date,
            from_year,
            to_year,
        }
    }

    fn empty() -> Calendar {
        Calendar {
            data: CalendarData {
                format: CalendarData::FORMAT.to_owned(),
                version: CalendarData::VERSION,
                id: String::new(),
                covers: CoveredYears {
                    from_year: 1,
                    to_year: 0,
                    provisional_years: Vec::new(),
                },
                closed: Vec::new(),
                makeup: Vec::new(),
            },
            first: NaiveDate::MAX,
            days: Vec::new(),
        }
    }
}

const VIETNAM_JSON: &str = include_str!("../../data/calendar-vn.json");

fn first_day(covers: &CoveredYears) -> Option<NaiveDate> {
    let sane = 1900..=2999;
    let (from, to) = (covers.from_year, covers.to_year);
    (sane.contains(&from) && sane.contains(&to) && from <= to && to - from < Calendar::MAX_YEARS)
        .then(|| NaiveDate::from_ymd_opt(from, 1, 1))
        .flatten()
}

fn check_days(data: &CalendarData, faults: &mut Vec<CalendarFault>) {
    let covered =
        |date: NaiveDate| (data.covers.from_year..=data.covers.to_year).contains(&date.year());
    for provisional in &data.covers.provisional_years {
        let year = provisional.year;
        if !(data.covers.from_year..=data.covers.to_year).contains(&year) {
            faults.push(CalendarFault::ProvisionalYearOutside { year });
        }
    }

    let mut sorted: Vec<&ClosedDay> = Vec::new();
    for closed in &data.closed {
        let ClosedDay { from, to, name, .. } = closed;
        let (from, to, name) = (*from, *to, name.clone());
        if from > to {
            faults.push(CalendarFault::ClosedReversed { name, from, to });
        } else if !covered(from) || !covered(to) {
            faults.push(CalendarFault::ClosedOutside { name, from, to });
        } else {
            sorted.push(closed);
        }
    }
    sorted.sort_by_key(|closed| (closed.from, closed.to));
    let mut widest: Option<&ClosedDay> = None;
    for closed in sorted {
        match widest {
            Some(earlier) if closed.from <= earlier.to => {
                faults.push(CalendarFault::ClosedTwice {
                    date: closed.from,
                    first: earlier.name.clone(),
                    second: closed.name.clone(),
                });
                if closed.to > earlier.to {
                    widest = Some(closed);
                }
            }
            _ => widest = Some(closed),
        }
    }

    let mut dates: Vec<NaiveDate> = data.makeup.iter().map(|makeup| makeup.date).collect();
    dates.sort_unstable();
    let mut earlier = None;
    for date in dates {
        if earlier.replace(date) == Some(date) {
            faults.push(CalendarFault::MakeupTwice { date });
            continue;
        }
        let closure = data
            .closed
            .iter()
            .find(|closed| closed.from <= date && date <= closed.to);
        if !covered(date) {
            faults.push(CalendarFault::MakeupOutside { date });
        } else if let Some(closure) = closure {
            faults.push(CalendarFault::MakeupClosed {
                date,
                name: closure.name.clone(),
            });
        } else if !is_weekend(date) {
            faults.push(CalendarFault::MakeupOnWeekday { date });
        }
    }
}

fn span(closed: &ClosedDay) -> impl Iterator<Item = NaiveDate> + use<> {
    let to = closed.to;
    closed.from.iter_days().take_while(move |date| *date <= to)
}

fn offset(first: NaiveDate, date: NaiveDate) -> Option<usize> {
    usize::try_from(date.signed_duration_since(first).num_days()).ok()
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

fn is_provisional_year(covers: &CoveredYears, date: NaiveDate) -> bool {
    covers
        .provisional_years
        .iter()
        .any(|provisional| provisional.year == date.year())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::date::parse_date;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[track_caller]
    fn adds(start: &str, n: u32, expected: &str) {
        let deadline = Calendar::vietnam().add_working_days(day(start), n).unwrap();
        assert_eq!(
            deadline,
            Deadline {
                date: day(expected),
                provisional: false
            }
        );
    }

    #[track_caller]
    fn rolls(date: &str, expected: &str) {
        let deadline = Calendar::vietnam().roll_forward(day(date)).unwrap();
        assert_eq!(
            deadline,
            Deadline {
                date: day(expected),
                provisional: false
            }
        );
    }

    #[track_caller]
    fn refuses(edit: impl FnOnce(&mut CalendarData), expected: &[(&str, &str)]) {
        let mut data = small();
        edit(&mut data);
        let faults = Calendar::new(data).unwrap_err();
        let found: Vec<(&str, String)> = faults
            .iter()
            .map(|fault| (fault.code(), fault.to_string()))
            .collect();
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(code, text)| (*code, text.as_str()))
            .collect();
        assert_eq!(found, expected);
    }

    fn closed(from: &str, to: &str, name: &str) -> ClosedDay {
        ClosedDay {
            from: day(from),
            to: day(to),
            name: name.to_owned(),
            provisional: false,
            source: "test".to_owned(),
        }
    }

    fn makeup(date: &str) -> MakeupDay {
        MakeupDay {
            date: day(date),
            provisional: false,
            source: "test".to_owned(),
        }
    }

    fn small() -> CalendarData {
        CalendarData {
            format: CalendarData::FORMAT.to_owned(),
            version: 1,
            id: "test".to_owned(),
            covers: CoveredYears {
                from_year: 2024,
                to_year: 2024,
                provisional_years: Vec::new(),
            },
            closed: vec![closed("2024-04-29", "2024-05-01", "May")],
            makeup: vec![makeup("2024-05-04")],
        }
    }

    #[test]
    fn the_data_file_that_comes_with_the_library_is_sound() {
        let calendar = Calendar::parse(VIETNAM_JSON).unwrap();
        assert_eq!(&calendar, Calendar::vietnam());
        assert_eq!(calendar.days.len(), 365 * 5 + 1);
    }

    // domain research §4.5, test vectors.
    #[test]
    fn a_period_in_working_days_does_not_count_its_first_day() {
        adds("2024-02-05", 7, "2024-02-21");
        adds("2024-04-26", 3, "2024-05-04");
        adds("2023-04-28", 3, "2023-05-08");
        adds("2025-04-29", 3, "2025-05-07");
        adds("2026-02-13", 5, "2026-02-27");
    }

    // domain research §4.5, test vectors; Civil Code 2015, article 148.
    #[test]
    fn a_deadline_on_a_rest_day_rolls_to_the_next_working_day() {
        rolls("2025-09-20", "2025-09-22");
        rolls("2025-12-20", "2025-12-22");
        rolls("2026-06-20", "2026-06-22");
        rolls("2026-09-20", "2026-09-21");
        rolls("2026-12-20", "2026-12-21");
    }

    #[test]
    fn the_deadlines_of_2024_roll_as_the_pack_expects() {
        rolls("2024-03-15", "2024-03-15");
        rolls("2024-06-15", "2024-06-17");
        rolls("2024-09-15", "2024-09-16");
        rolls("2024-12-15", "2024-12-16");
    }

    #[test]
    fn no_working_days_added_leave_the_start_as_it_is() {
        adds("2024-06-15", 0, "2024-06-15");
    }

    #[test]
    fn an_answer_that_rests_on_a_weak_source_is_provisional() {
        let calendar = Calendar::vietnam();
        let weak = |date| calendar.is_working(day(date)).unwrap();
        assert_eq!(
            weak("2026-01-02"),
            Day {
                working: false,
                provisional: true
            }
        );
        assert_eq!(
            weak("2026-01-10"),
            Day {
                working: true,
                provisional: true
            }
        );
        assert_eq!(
            weak("2026-11-24"),
            Day {
                working: false,
                provisional: true
            }
        );
        assert_eq!(
            weak("2027-06-01"),
            Day {
                working: true,
                provisional: true
            }
        );
        assert_eq!(
            weak("2026-08-22"),
            Day {
                working: true,
                provisional: false
            }
        );
        let across = calendar.add_working_days(day("2025-12-31"), 1).unwrap();
        assert_eq!(
            across,
            Deadline {
                date: day("2026-01-05"),
                provisional: true
            }
        );
        let past = calendar.add_working_days(day("2026-01-02"), 1).unwrap();
        assert_eq!(
            past,
            Deadline {
                date: day("2026-01-05"),
                provisional: false
            }
        );
    }

    #[test]
    fn a_closed_day_has_a_name() {
        let calendar = Calendar::vietnam();
        assert_eq!(
            calendar.closure_on(day("2024-02-10")).unwrap().name,
            "Tết Nguyên đán"
        );
        assert_eq!(calendar.closure_on(day("2024-02-15")), None);
    }

    #[test]
    fn dates_outside_the_covered_years_are_refused_by_name() {
        let calendar = Calendar::vietnam();
        let fault = calendar.is_working(day("2022-12-31")).unwrap_err();
        assert_eq!(
            fault.to_string(),
            "expected a date in the years 2023 to 2027, found `2022-12-31`"
        );
        assert!(calendar.roll_forward(day("2028-01-01")).is_err());
        assert!(calendar.add_working_days(day("2022-12-31"), 0).is_err());
        let past = calendar
            .add_working_days(day("2027-12-30"), u32::MAX)
            .unwrap_err();
        assert_eq!(past.date, day("2028-01-01"));
        assert!(calendar.roll_forward(NaiveDate::MAX).is_err());
        assert!(calendar.roll_forward(NaiveDate::MIN).is_err());
    }

    #[test]
    fn an_empty_calendar_refuses_every_date() {
        let empty = Calendar::empty();
        for date in [NaiveDate::MIN, day("2024-01-01"), NaiveDate::MAX] {
            assert_eq!(empty.is_working(date).unwrap_err().date, date);
        }
    }

    #[test]
    fn all_faults_of_calendar_data_are_reported_at_once() {
        refuses(
            |data| {
                data.version = 2;
                data.covers.provisional_years.push(ProvisionalYear {
                    year: 2025,
                    source: "test".to_owned(),
                });
                data.closed
                    .push(closed("2024-09-03", "2024-09-02", "September"));
                data.closed
                    .push(closed("2024-12-31", "2025-01-01", "New Year"));
                data.closed
                    .push(closed("2024-05-01", "2024-05-02", "Labour Day"));
                data.makeup.push(makeup("2024-05-04"));
                data.makeup.push(makeup("2024-04-30"));
                data.makeup.push(makeup("2024-06-05"));
                data.makeup.push(makeup("2025-01-04"));
            },
            &[
                (
                    "calendar-format",
                    "expected format `cchc-calendar` version 1, found `cchc-calendar` version 2",
                ),
                (
                    "calendar-provisional-year-outside",
                    "provisional year 2025 is not covered",
                ),
                (
                    "calendar-closed-reversed",
                    "closure `September` ends on `2024-09-02`, before it starts on `2024-09-03`",
                ),
                (
                    "calendar-closed-outside",
                    "closure `New Year` from `2024-12-31` to `2025-01-01` leaves the covered years",
                ),
                (
                    "calendar-closed-twice",
                    "closures `May` and `Labour Day` both contain `2024-05-01`",
                ),
                (
                    "calendar-makeup-closed",
                    "make-up day `2024-04-30` is closed for `May`",
                ),
                (
                    "calendar-makeup-twice",
                    "make-up day `2024-05-04` is listed twice",
                ),
                (
                    "calendar-makeup-on-weekday",
                    "make-up day `2024-06-05` is an ordinary working day",
                ),
                (
                    "calendar-makeup-outside",
                    "make-up day `2025-01-04` is not in the covered years",
                ),
            ],
        );
    }

    #[test]
    fn years_that_no_calendar_can_hold_are_refused() {
        for (from_year, to_year) in [(2025, 2024), (1, 2024), (2000, i32::MAX), (1900, 2000)] {
            refuses(
                |data| {
                    data.covers.from_year = from_year;
                    data.covers.to_year = to_year;
                },
                &[(
                    "calendar-years",
                    &format!(
                        "expected 1 to 100 years between 1900 and 2999, found {from_year} to {to_year}"
                    ),
                )],
            );
        }
    }

    #[test]
    fn calendar_json_refuses_unknown_fields_and_loose_dates() {
        let read = |json: &str| match Calendar::parse(json).unwrap_err().as_slice() {
            [CalendarFault::Unreadable { reason }] => reason.clone(),
            faults => panic!("{faults:?}"),
        };
        let json = serde_json::to_string(&small()).unwrap();
        assert!(read(&json.replacen("\"id\"", "\"identity\"", 1)).contains("unknown field"));
        assert!(read(&json.replacen("2024-05-04", "2024-5-4", 1)).contains("`2024-5-4`"));
        assert_eq!(
            Calendar::parse(&json).unwrap(),
            Calendar::new(small()).unwrap()
        );
    }
}
