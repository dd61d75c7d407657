//! Deadlines: that of the role, and the last day to hand anything in.

use super::{Reason, Remark, Subject};
use crate::rules::Deadline;

pub(super) fn within_the_deadline(
    subject: &Subject<'_>,
    reasons: &mut Vec<Reason>,
    remarks: &mut Vec<Remark>,
) {
    let mut late = subject.document.recorded_on > subject.hand_in_by;
    let due = match (&subject.role.deadline, subject.event) {
        (None, _) => None,
        (Some(Deadline::On { date, provisional }), _) => Some((*date, *provisional)),
        (Some(Deadline::AfterEvent { working_days }), Some(event)) => {
            match subject.calendar.add_working_days(event.date, *working_days) {
                Ok(deadline) => Some((deadline.date, deadline.provisional)),
                Err(_) => {
                    remarks.push(Remark::OutsideCalendar);
                    late = true;
                    None
                }
            }
        }
        (Some(Deadline::AfterEvent { .. }), None) => None,
    };
    if let Some((due, provisional)) = due {
        late |= subject.date().is_some_and(|date| date > due);
        if provisional {
            remarks.push(Remark::ProvisionalDay);
        }
    }
    if late {
        reasons.push(Reason::Late);
    }
}
