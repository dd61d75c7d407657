//! Deadlines as an iCalendar file (RFC 5545), each with an alarm.
//!
//! A deadline is a whole day; its alarm comes seven days before. Lines are folded at 75
//! bytes between characters. The stamp is the as-of day: no clock is asked.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use crate::layout::clean;

/// A last day for something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deadline {
    /// The day.
    pub day: NaiveDate,
    /// The component, or what else it belongs to.
    pub code: String,
    /// What is due, in a line.
    pub what: String,
    /// More about it.
    pub about: String,
}

/// The deadlines as the text of an ICS file. `owner` keeps the names of its entries apart
/// from those of other units.
///
/// An entry is named by its day, its component and its place among the entries of both, so a
/// plan that is made anew takes the place of the one before it.
pub fn calendar(deadlines: &[Deadline], title: &str, owner: &str, as_of: NaiveDate) -> String {
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//cchc//plan//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ] {
        fold(&mut out, line);
    }
    fold(&mut out, &format!("X-WR-CALNAME:{}", escaped(title)));
    let mut taken: BTreeMap<(NaiveDate, &str), u32> = BTreeMap::new();
    for deadline in deadlines {
        let number = taken.entry((deadline.day, &*deadline.code)).or_default();
        *number += 1;
        let day = |date: NaiveDate| date.format("%Y%m%d").to_string();
        let behind = deadline.day.checked_add_days(Days::new(1));
        fold(&mut out, "BEGIN:VEVENT");
        fold(
            &mut out,
            &format!(
                "UID:{}-{}-{number}@{}.cchc",
                day(deadline.day),
                plain(&deadline.code.replace('.', "-")),
                plain(owner)
            ),
        );
        fold(&mut out, &format!("DTSTAMP:{}T000000Z", day(as_of)));
        fold(
            &mut out,
            &format!("DTSTART;VALUE=DATE:{}", day(deadline.day)),
        );
        if let Some(behind) = behind {
            fold(&mut out, &format!("DTEND;VALUE=DATE:{}", day(behind)));
        }
        fold(&mut out, &format!("SUMMARY:{}", escaped(&deadline.what)));
        if !deadline.about.is_empty() {
            fold(
                &mut out,
                &format!("DESCRIPTION:{}", escaped(&deadline.about)),
            );
        }
        fold(&mut out, "TRANSP:TRANSPARENT");
        fold(&mut out, "BEGIN:VALARM");
        fold(&mut out, "ACTION:DISPLAY");
        fold(&mut out, "TRIGGER:-P7D");
        fold(
            &mut out,
            &format!("DESCRIPTION:{}", escaped(&deadline.what)),
        );
        fold(&mut out, "END:VALARM");
        fold(&mut out, "END:VEVENT");
    }
    fold(&mut out, "END:VCALENDAR");
    out
}

/// Letters, digits and `-` of a name.
fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Most bytes of a line, its end not counted.
const MOST: usize = 75;

/// Adds a line, broken where it is too long.
fn fold(out: &mut String, line: &str) {
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_signs_are_escaped() {
        let day = NaiveDate::from_ymd_opt(2024, 12, 31).unwrap();
        let what = "Đối thoại; biên bản, ".repeat(9);
        let deadlines = [Deadline {
            day,
            code: "1.5.1".to_owned(),
            what: what.clone(),
            about: String::new(),
        }];
        let text = calendar(&deadlines, "Kế hoạch", "son-thuong", day);
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        let expected = what.replace(';', "\\;").replace(',', "\\,");
        assert!(unfolded.contains(&format!("SUMMARY:{expected}\r\n")));
        assert!(unfolded.contains("UID:20241231-1-5-1-1@son-thuong.cchc\r\n"));
        assert!(unfolded.contains("DTSTART;VALUE=DATE:20241231\r\nDTEND;VALUE=DATE:20250101\r\n"));
    }
}
