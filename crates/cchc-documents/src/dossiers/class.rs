//! The class of a dossier, from its dates.

use cchc_core::reading::{Counts, Rescheduled};
use chrono::NaiveDate;

use super::date::At;

/// What becomes of a dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Class {
    Early,
    OnTime,
    Late,
    LateWithApology,
    PendingNotDue,
    PendingOverdue,
    Unreadable,
    /// Outside the window, or not yet received.
    Outside,
}

/// The dates of a dossier that was read without a contradiction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dates {
    pub(super) due: At,
    /// The first new date, if it is later than the first one.
    pub(super) rescheduled: Option<At>,
    /// When it was returned, seen from the as-of date.
    pub(super) returned: Option<At>,
    pub(super) apology: bool,
}

/// A class, and whether the dossier was in time only for its second date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Judged {
    pub(super) class: Class,
    pub(super) in_time_after_rescheduling: bool,
    pub(super) apology: bool,
}

impl Judged {
    pub(super) fn of(class: Class) -> Judged {
        Judged {
            class,
            in_time_after_rescheduling: false,
            apology: false,
        }
    }

    /// Adds the dossier to counts.
    pub(super) fn add_to(self, counts: &mut Counts) {
        let class = match self.class {
            Class::Early => &mut counts.early,
            Class::OnTime => &mut counts.on_time,
            Class::Late => &mut counts.late,
            Class::LateWithApology => &mut counts.late_with_apology,
            Class::PendingNotDue => &mut counts.pending_not_due,
            Class::PendingOverdue => &mut counts.pending_overdue,
            Class::Unreadable => &mut counts.unreadable,
            Class::Outside => return,
        };
        *class += 1;
        if self.in_time_after_rescheduling {
            counts.in_time_after_rescheduling += 1;
        }
        if self.class == Class::PendingOverdue && self.apology {
            counts.overdue_with_apology += 1;
        }
    }
}

/// Judges a dossier as of the start of a day: what is due on that day can still be done.
pub(super) fn judge(dates: &Dates, as_of: NaiveDate, rescheduled: Rescheduled) -> Judged {
    let counted = dates
        .rescheduled
        .filter(|_| rescheduled == Rescheduled::OnTime);
    let Some(returned) = dates.returned else {
        let deadline = counted.unwrap_or(dates.due);
        let class = if deadline.day < as_of {
            Class::PendingOverdue
        } else {
            Class::PendingNotDue
        };
        return Judged {
            class,
            in_time_after_rescheduling: false,
            apology: dates.apology,
        };
    };
    let late = returned.is_after(&dates.due);
    let in_time_after = late
        && dates
            .rescheduled
            .is_some_and(|again| !returned.is_after(&again));
    let class = if returned.is_before(&dates.due) {
        Class::Early
    } else if !late || (in_time_after && counted.is_some()) {
        Class::OnTime
    } else if dates.apology {
        Class::LateWithApology
    } else {
        Class::Late
    };
    Judged {
        class,
        in_time_after_rescheduling: in_time_after,
        apology: dates.apology,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> At {
        At {
            day: NaiveDate::from_ymd_opt(2024, 5, day).unwrap(),
            time: None,
        }
    }

    /// Due on the 10th, seen from the 20th.
    #[track_caller]
    fn check(
        rescheduled: Option<u32>,
        returned: Option<u32>,
        apology: bool,
        with_late: Class,
        with_on_time: Class,
    ) {
        let dates = Dates {
            due: at(10),
            rescheduled: rescheduled.map(at),
            returned: returned.map(at),
            apology,
        };
        let class = |option| judge(&dates, at(20).day, option).class;
        assert_eq!(class(Rescheduled::Late), with_late);
        assert_eq!(class(Rescheduled::OnTime), with_on_time);
    }

    #[test]
    fn returned_dossiers_are_early_on_time_or_late() {
        check(None, Some(9), false, Class::Early, Class::Early);
        check(None, Some(10), false, Class::OnTime, Class::OnTime);
        check(None, Some(11), false, Class::Late, Class::Late);
        check(
            None,
            Some(11),
            true,
            Class::LateWithApology,
            Class::LateWithApology,
        );
    }

    #[test]
    fn a_second_date_counts_only_where_the_set_says_so() {
        check(
            Some(15),
            Some(15),
            true,
            Class::LateWithApology,
            Class::OnTime,
        );
        check(Some(15), Some(15), false, Class::Late, Class::OnTime);
        check(
            Some(15),
            Some(16),
            true,
            Class::LateWithApology,
            Class::LateWithApology,
        );
        check(Some(15), Some(9), false, Class::Early, Class::Early);
    }

    #[test]
    fn pending_dossiers_are_overdue_after_their_day() {
        check(
            None,
            None,
            false,
            Class::PendingOverdue,
            Class::PendingOverdue,
        );
        check(
            Some(20),
            None,
            false,
            Class::PendingOverdue,
            Class::PendingNotDue,
        );
        check(
            Some(19),
            None,
            false,
            Class::PendingOverdue,
            Class::PendingOverdue,
        );
        let dates = Dates {
            due: at(20),
            rescheduled: None,
            returned: None,
            apology: false,
        };
        // What is due on the day itself can still be done.
        let judged = judge(&dates, at(20).day, Rescheduled::Late);
        assert_eq!(judged.class, Class::PendingNotDue);
    }
}
