//! The time of a task: `Trước Quý I, tháng 6/2024`, `Quý II và Quý III`, `Thường xuyên`.
//!
//! What the words name becomes days of the calendar: a quarter is three months, `6 tháng`
//! the first half of the year, `9 tháng` its first three quarters. A period without a year
//! takes the next one named behind it, else the plan's. `Trước` before a list governs all of
//! it; where the day before would lie before the year of the plan, no last day is given.
//! Words that are not understood are told.

use std::sync::LazyLock;

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, PlanPeriod, PlanTime, Spot, TimeKind};
use cchc_core::values::fold;
use chrono::{Datelike, Days, NaiveDate};
use regex::{Captures, Regex};

/// Most periods of one task; more is no plan.
const MOST: usize = 64;

static TOKEN: LazyLock<Regex> = LazyLock::new(|| {
    // In order: what comes again each month, quarter or half-year; a day, a day in words, a day without a year, quarters, half-years and nine
    // months, a month, the year.
    #[expect(clippy::expect_used, reason = "the pattern is a constant that tests compile")]
    Regex::new(concat!(
        r"(?:\bngày (?P<rd>\d{1,2}) )?\b(?:hằng|hàng|mỗi) (?P<ru>tháng|quý|năm)\b",
        r"|\b0?(?P<rn>[136]) tháng(?: ?/ ?| )(?:một |1 )?lần\b",
        r"|(?:ngày )?\b(?P<d1>\d{1,2})[/.-](?P<m1>\d{1,2})[/.-](?P<y1>\d{4})\b",
        r"|\bngày (?P<d2>\d{1,2}) tháng (?P<m2>\d{1,2})(?: năm (?P<y2>\d{4}))?\b",
        r"|\bngày (?P<d3>\d{1,2})[/.-](?P<m3>\d{1,2})\b",
        r"|\bquý (?P<q>(?:iv|iii|ii|i|[1-4])(?:(?:, ?| và | ?- ?)(?:iv|iii|ii|i|[1-4]))*)\b(?: ?(?:/|-|năm) ?(?P<y4>\d{4}))?\b",
        r"|\b(?P<n>0?[69]) tháng(?P<half> đầu năm| cuối năm)?(?: ?(?:/|năm) ?(?P<y5>\d{4}))?\b",
        r"|\btháng (?P<m6>\d{1,2})(?: ?(?:/|-|năm) ?(?P<y6>\d{4}))?\b",
        r"|\b(?:(?:cả|trong) )?năm (?P<y7>\d{4})\b|\b(?:cả|trong) năm\b",
    ))
    .expect("a constant pattern")
});

/// Words around periods that need no reading.
const KNOWN: &[&str] = &[
    "trước",
    "và",
    "trong",
    "hết",
    "đến",
    "từ",
    "chậm",
    "nhất",
    "thường",
    "xuyên",
    "liên",
    "tục",
    "ngày",
    "định",
    "kỳ",
    "báo",
    "cáo",
    "các",
    "tháng",
    "quý",
    "hằng",
    "hàng",
    "mỗi",
    "tuần",
    "của",
];

/// A period as it is found, its year perhaps still to be told.
struct Found {
    text: String,
    start: usize,
    end: usize,
    what: What,
    year: Option<i32>,
    /// Whether it is one of several that a word such as `hằng tháng` names.
    again: bool,
}

enum What {
    Day(u32, u32),
    /// First and last month.
    Months(u32, u32),
}

/// Reads the time of a task, with what is to be said of it.
pub(super) fn read(text: &str, year: Option<i32>, at: &Spot) -> (PlanTime, Vec<Observation>) {
    let folded = fold(text);
    let folded = folded.trim_end_matches(['.', ';', ',', ' ']);
    let mut time = PlanTime {
        text: text.trim_end_matches(['.', ';', ' ']).to_owned(),
        kind: TimeKind::Words,
        periods: Vec::new(),
    };
    let mut said = Vec::new();
    let mut say = |code, severity, remedy| {
        said.push(Observation::new(code, severity, at.clone(), remedy).with("text", text));
    };
    if folded.starts_with("theo ") {
        time.kind = TimeKind::OtherPlan;
        say("time_of_other_plan", Severity::Note, "look_at_plan");
        return (time, said);
    }
    let (mut found, unread) = tokens(folded);
    let throughout = [
        "thường xuyên",
        "liên tục",
        "hằng tuần",
        "hàng tuần",
        "hằng ngày",
        "hàng ngày",
    ];
    let throughout = throughout.iter().any(|it| folded.contains(it));
    if throughout && found.is_empty() {
        found.push(whole_year(folded));
    }
    give_years(&mut found, year);
    if found.is_empty() {
        say("time_not_read", Severity::Warning, "write_time");
        return (time, said);
    }
    let mut end = 0;
    let mut before = false;
    let mut range: Option<NaiveDate> = None;
    let mut unknown = unread;
    let mut told = false;
    for it in &found {
        // Several periods of one word have nothing between them.
        let between = folded.get(end..it.start).unwrap_or_default();
        unknown |= !is_known(between);
        end = it.end;
        before |= has(between, "trước");
        let Some(year) = it.year else {
            say("time_without_year", Severity::Warning, "write_time");
            continue;
        };
        let Some((from, to)) = days(&it.what, year) else {
            if !(told && it.again) {
                say("time_impossible", Severity::Warning, "write_time");
            }
            told |= it.again;
            continue;
        };
        // `từ … đến …` is one period from the first to the second.
        let from = match (range.take(), time.periods.last()) {
            (Some(start), Some(_)) if has(between, "đến") && start <= to => {
                time.periods.pop();
                start
            }
            _ => from,
        };
        if has(between, "từ") {
            range = Some(from);
        }
        time.periods.push(PlanPeriod {
            text: it.text.clone(),
            from,
            to,
            before,
            last_day: Some(to),
        });
    }
    unknown |= !is_known(folded.get(end..).unwrap_or_default());
    let first_day = year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    let mut too_early = false;
    for period in &mut time.periods {
        if period.before {
            let last = period.from.checked_sub_days(Days::new(1));
            let own = first_day.or_else(|| period.from.with_ordinal(1));
            period.last_day = last.filter(|last| own.is_none_or(|first| *last >= first));
            too_early |= period.last_day.is_none();
        }
    }
    if too_early {
        say("time_before_year", Severity::Warning, "write_time");
    }
    if unknown {
        say("time_partly_read", Severity::Warning, "write_time");
    }
    if !time.periods.is_empty() {
        time.kind = if throughout {
            TimeKind::Throughout
        } else {
            TimeKind::Periods
        };
    }
    (time, said)
}

fn has(words: &str, word: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .any(|it| it == word)
}

fn is_known(words: &str) -> bool {
    words
        .split(|c: char| !c.is_alphanumeric())
        .all(|it| it.is_empty() || KNOWN.contains(&it))
}

fn whole_year(folded: &str) -> Found {
    Found {
        text: folded.to_owned(),
        start: folded.len(),
        end: folded.len(),
        what: What::Months(1, 12),
        year: None,
        again: false,
    }
}

/// What a text names, in its order; years only where they stand with it.
fn tokens(folded: &str) -> (Vec<Found>, bool) {
    let mut list = Vec::new();
    let mut unread = false;
    for found in TOKEN.captures_iter(folded).take(MOST) {
        let Some(all) = found.get(0) else { continue };
        let number = |name: &str| {
            found
                .name(name)
                .and_then(|it| it.as_str().parse::<u32>().ok())
        };
        let comes_again = found.name("ru").is_some() || found.name("rn").is_some();
        let mut push = |text: &str, what, year: Option<i32>| {
            list.push(Found {
                text: text.to_owned(),
                start: all.start(),
                end: all.end(),
                what,
                year,
                again: comes_again,
            });
        };
        let year = year_of(&found);
        if let (Some(day), Some(month)) = (
            number("d1").or(number("d2")).or(number("d3")),
            number("m1").or(number("m2")).or(number("m3")),
        ) {
            push(all.as_str(), What::Day(day, month), year);
        } else if let Some(unit) = found.name("ru") {
            let step = match unit.as_str() {
                "tháng" => 1,
                "quý" => 3,
                _ => 12,
            };
            let day = number("rd").filter(|_| step == 1);
            unread |= day.is_none() && number("rd").is_some();
            again(step, day, &mut push);
        } else if let Some(step) = number("rn") {
            again(step, None, &mut push);
        } else if let Some(quarters) = found.name("q") {
            for name in quarters
                .as_str()
                .split(|c: char| !c.is_ascii_alphanumeric())
            {
                let quarter = match name {
                    "i" | "1" => 1,
                    "ii" | "2" => 2,
                    "iii" | "3" => 3,
                    "iv" | "4" => 4,
                    _ => continue,
                };
                push(
                    &format!("quý {name}"),
                    What::Months(quarter * 3 - 2, quarter * 3),
                    year,
                );
            }
        } else if let Some(months) = number("n") {
            let last = found
                .name("half")
                .is_some_and(|it| it.as_str().contains("cuối"));
            let what = if last {
                What::Months(13 - months, 12)
            } else {
                What::Months(1, months)
            };
            push(all.as_str(), what, year);
        } else if let Some(month) = number("m6") {
            push(all.as_str(), What::Months(month, month), year);
        } else {
            push(all.as_str(), What::Months(1, 12), year);
        }
    }
    // Beside what comes again, a whole year only says which year.
    let all_year = |it: &Found| matches!(it.what, What::Months(1, 12));
    if list.iter().any(|it| it.again) && !list.iter().all(all_year) {
        let year = list.iter().rev().find_map(|it| it.year);
        let end = list.iter().map(|it| it.end).max();
        list.retain(|it| it.again || !all_year(it));
        if let (Some(last), Some(end)) = (list.last_mut(), end) {
            last.end = last.end.max(end);
        }
        for it in &mut list {
            it.year = it.year.or(year);
        }
    }
    (list, unread)
}

/// The periods of a year, or a day in each, that many months long.
fn again(step: u32, day: Option<u32>, push: &mut dyn FnMut(&str, What, Option<i32>)) {
    for first in (1..=12).step_by(usize::try_from(step).unwrap_or(12)) {
        let last = first + step - 1;
        match (day, step) {
            (Some(day), _) => push(
                &format!("ngày {day} tháng {first}"),
                What::Day(day, first),
                None,
            ),
            (None, 1) => push(&format!("tháng {first}"), What::Months(first, last), None),
            (None, 3) => push(
                &format!("quý {}", last / 3),
                What::Months(first, last),
                None,
            ),
            (None, _) => push(
                &format!("tháng {first} đến {last}"),
                What::Months(first, last),
                None,
            ),
        }
    }
}

fn year_of(found: &Captures<'_>) -> Option<i32> {
    ["y1", "y2", "y4", "y5", "y6", "y7"]
        .iter()
        .find_map(|name| found.name(name)?.as_str().parse().ok())
}

/// Gives each period without a year the next one behind it, else the plan's.
fn give_years(found: &mut [Found], year: Option<i32>) {
    let mut next = None;
    for it in found.iter_mut().rev() {
        it.year = it.year.or(next);
        next = it.year;
    }
    for it in found {
        it.year = it.year.or(year);
    }
}

/// First and last day.
fn days(what: &What, year: i32) -> Option<(NaiveDate, NaiveDate)> {
    match *what {
        What::Day(day, month) => {
            let day = NaiveDate::from_ymd_opt(year, month, day)?;
            Some((day, day))
        }
        What::Months(first, last) => {
            let from = NaiveDate::from_ymd_opt(year, first, 1)?;
            let behind = if last == 12 {
                NaiveDate::from_ymd_opt(year.checked_add(1)?, 1, 1)?
            } else {
                NaiveDate::from_ymd_opt(year, last + 1, 1)?
            };
            Some((from, behind.checked_sub_days(Days::new(1))?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A time in 2024, the last days that it asks, and the codes of what is said of it.
    #[track_caller]
    fn check(text: &str, kind: TimeKind, last_days: &[&str], codes: &[&str]) {
        let (time, said) = read(text, Some(2024), &Spot::File {});
        assert_eq!(time.kind, kind, "{time:?}");
        let days = time
            .periods
            .iter()
            .map(|it| it.last_day.map_or("-".to_owned(), |it| it.to_string()));
        assert_eq!(days.collect::<Vec<_>>(), last_days, "{text}");
        let found: Vec<&str> = said.iter().map(|it| it.code).collect();
        assert_eq!(found, codes, "{text}");
    }

    #[test]
    fn periods_are_days_of_the_calendar() {
        check(
            "Quý II và Quý III năm 2024.",
            TimeKind::Periods,
            &["2024-06-30", "2024-09-30"],
            &[],
        );
        check(
            "Quý I, II/2025",
            TimeKind::Periods,
            &["2025-03-31", "2025-06-30"],
            &[],
        );
        check(
            "Trước Quý II năm 2024",
            TimeKind::Periods,
            &["2024-03-31"],
            &[],
        );
        check("tháng 2", TimeKind::Periods, &["2024-02-29"], &[]);
        check("6 tháng cuối năm", TimeKind::Periods, &["2024-12-31"], &[]);
        check(
            "Trước ngày 15/6/2024",
            TimeKind::Periods,
            &["2024-06-14"],
            &[],
        );
        check(
            "Chậm nhất ngày 20 tháng 6 năm 2024",
            TimeKind::Periods,
            &["2024-06-20"],
            &[],
        );
        check("Trong năm", TimeKind::Periods, &["2024-12-31"], &[]);
        check("Thường xuyên", TimeKind::Throughout, &["2024-12-31"], &[]);
    }

    #[test]
    fn what_comes_again_is_each_period_of_the_year() {
        let ends = [
            "2024-01-31",
            "2024-02-29",
            "2024-03-31",
            "2024-04-30",
            "2024-05-31",
            "2024-06-30",
            "2024-07-31",
            "2024-08-31",
            "2024-09-30",
            "2024-10-31",
            "2024-11-30",
            "2024-12-31",
        ];
        check("Hằng tháng", TimeKind::Periods, &ends, &[]);
        check(
            "Định kỳ hàng tháng trong năm 2024.",
            TimeKind::Periods,
            &ends,
            &[],
        );
        let quarters = ["2024-03-31", "2024-06-30", "2024-09-30", "2024-12-31"];
        check("Hằng quý", TimeKind::Periods, &quarters, &[]);
        check("3 tháng/lần", TimeKind::Periods, &quarters, &[]);
        check(
            "6 tháng một lần",
            TimeKind::Periods,
            &["2024-06-30", "2024-12-31"],
            &[],
        );
        check("Hằng năm", TimeKind::Periods, &["2024-12-31"], &[]);
        check("Hằng tuần", TimeKind::Throughout, &["2024-12-31"], &[]);
        let fifteenth: Vec<String> = (1..=12)
            .map(|month| format!("2024-{month:02}-15"))
            .collect();
        let fifteenth: Vec<&str> = fifteenth.iter().map(String::as_str).collect();
        check("ngày 15 hằng tháng", TimeKind::Periods, &fifteenth, &[]);
        let before: Vec<String> = (1..=12)
            .map(|month| format!("2024-{month:02}-14"))
            .collect();
        let before: Vec<&str> = before.iter().map(String::as_str).collect();
        check("Trước ngày 15 hằng tháng", TimeKind::Periods, &before, &[]);
        // There is no 31 in February, April, June, September and November.
        let long = [
            "2024-01-31",
            "2024-03-31",
            "2024-05-31",
            "2024-07-31",
            "2024-08-31",
            "2024-10-31",
            "2024-12-31",
        ];
        check(
            "ngày 31 hằng tháng",
            TimeKind::Periods,
            &long,
            &["time_impossible"],
        );
        check(
            "ngày 15 hằng quý",
            TimeKind::Periods,
            &quarters,
            &["time_partly_read"],
        );
    }

    #[test]
    fn from_and_to_are_one_period() {
        let (time, said) = read(
            "Từ ngày 01/4/2024 đến hết ngày 30/6/2024",
            Some(2024),
            &Spot::File {},
        );
        assert!(said.is_empty(), "{said:?}");
        let only = time.periods.first().unwrap();
        assert_eq!(time.periods.len(), 1);
        assert_eq!(
            (only.from.to_string(), only.to.to_string()),
            ("2024-04-01".into(), "2024-06-30".into())
        );
    }

    #[test]
    fn before_governs_the_list_and_a_day_before_the_year_is_none() {
        check(
            "Trước Quý I, tháng 6/2024, tháng 9/2024 và Quý IV năm 2024.",
            TimeKind::Periods,
            &["-", "2024-05-31", "2024-08-31", "2024-09-30"],
            &["time_before_year"],
        );
    }

    #[test]
    fn what_is_not_understood_is_told() {
        check(
            "Theo Kế hoạch của huyện",
            TimeKind::OtherPlan,
            &[],
            &["time_of_other_plan"],
        );
        check(
            "Khi cấp trên triển khai",
            TimeKind::Words,
            &[],
            &["time_not_read"],
        );
        check(
            "Quý IV, sau khi cấp trên triển khai",
            TimeKind::Periods,
            &["2024-12-31"],
            &["time_partly_read"],
        );
        check("tháng 13", TimeKind::Words, &[], &["time_impossible"]);
        check("ngày 30/2/2024", TimeKind::Words, &[], &["time_impossible"]);
        let (time, said) = read("Quý I", None, &Spot::File {});
        assert_eq!(
            (time.kind, said[0].code),
            (TimeKind::Words, "time_without_year")
        );
    }
}
