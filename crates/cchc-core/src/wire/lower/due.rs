//! Due dates: a day with its roll, or so many working days after another.
//!
//! What the calendar settles here is settled for good: a deadline keeps whether a day that it
//! rests on is provisional. Only working days after an event stay open until there is one.

use crate::json::phrase;
use chrono::NaiveDate;

use super::Lowering;
use super::context::named;
use crate::rules::Deadline;
use crate::values::OutOfCoverage;
use crate::wire::pack::DueWire;

impl Lowering<'_> {
    pub(super) fn due(&mut self, path: &str, due: &DueWire, events: bool) -> Option<Deadline> {
        match (due.date, due.working_days, due.after.as_deref()) {
            (Some(date), None, None) => {
                let (date, provisional) = match due.roll.as_deref() {
                    Some("next_working_day") => self.rolled(path, date)?,
                    Some(_) => (date, false),
                    None => {
                        self.fault(
                            "missing-roll",
                            path,
                            "`roll`: `next_working_day` or `none`",
                            "none",
                            Some("say what holds when the day is a rest day".into()),
                        );
                        return None;
                    }
                };
                Some(Deadline::On { date, provisional })
            }
            (None, Some(working_days), Some("event")) if events => {
                Some(Deadline::AfterEvent { working_days })
            }
            (None, Some(working_days), Some(after)) if due.roll.is_none() => {
                let Ok(start) = crate::values::parse_date(after) else {
                    let expected = if events {
                        "a date or `event`"
                    } else {
                        "a date"
                    };
                    let found = format!("`{after}`");
                    self.fault("bad-due", &format!("{path}.after"), expected, found, None);
                    return None;
                };
                let (date, provisional) = match self.calendar.add_working_days(start, working_days)
                {
                    Ok(deadline) => (deadline.date, deadline.provisional),
                    Err(error) => self.outside_calendar(path, &error)?,
                };
                Some(Deadline::On { date, provisional })
            }
            _ => {
                let found = named(&[
                    ("date", due.date.is_some()),
                    ("roll", due.roll.is_some()),
                    ("working_days", due.working_days.is_some()),
                    ("after", due.after.is_some()),
                ]);
                let expected = "`date` with `roll`, or `working_days` with `after`";
                self.fault("bad-due", path, expected, found, None);
                None
            }
        }
    }

    fn rolled(&mut self, path: &str, date: NaiveDate) -> Option<(NaiveDate, bool)> {
        match self.calendar.roll_forward(date) {
            Ok(deadline) => Some((deadline.date, deadline.provisional)),
            Err(error) => self.outside_calendar(path, &error),
        }
    }

    fn outside_calendar(&mut self, path: &str, error: &OutOfCoverage) -> Option<(NaiveDate, bool)> {
        let OutOfCoverage {
            date,
            from_year,
            to_year,
        } = error;
        self.fault(
            "outside-calendar",
            path,
            phrase!(
                "a date that the working-day calendar covers, {} to {}",
                from_year,
                to_year
            ),
            format!("`{date}`"),
            Some("ask with a calendar that covers the year".into()),
        );
        None
    }
}
