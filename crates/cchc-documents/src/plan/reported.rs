//! How far a task is, by the words of the plan: `đã hoàn thành ngày 12/6/2024`.

use std::sync::LazyLock;

use cchc_core::reading::Reported;
use cchc_core::values::fold;
use chrono::NaiveDate;
use regex::Regex;

static DAY: LazyLock<Regex> = LazyLock::new(|| {
    #[expect(
        clippy::expect_used,
        reason = "the pattern is a constant that tests compile"
    )]
    Regex::new(r"\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b").expect("a constant pattern")
});

/// Reads the words; `None` where there are none.
pub(super) fn read(text: &str) -> Option<Reported> {
    let text = text.trim().trim_end_matches(['.', ';']);
    if text.is_empty() {
        return None;
    }
    let folded = fold(text);
    let has = |words: &[&str]| words.iter().any(|it| folded.contains(it));
    let done = match () {
        () if has(&["chưa", "đang", "không hoàn thành", "chậm"]) => Some(false),
        () if has(&["hoàn thành", "đã xong", "đã thực hiện", "100%"]) || folded == "xong" => {
            Some(true)
        }
        () => None,
    };
    let on = DAY.captures(&folded).and_then(|found| {
        let part = |index| {
            found
                .get(index)
                .and_then(|it| it.as_str().parse::<u32>().ok())
        };
        let year = i32::try_from(part(3)?).ok()?;
        NaiveDate::from_ymd_opt(year, part(2)?, part(1)?)
    });
    Some(Reported {
        text: text.to_owned(),
        done,
        on,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, done: Option<bool>, on: Option<&str>) {
        let found = read(text).unwrap();
        assert_eq!(found.done, done, "{text}");
        assert_eq!(found.on.map(|it| it.to_string()).as_deref(), on, "{text}");
    }

    #[test]
    fn words_say_done_not_done_or_neither() {
        check(
            "Đã hoàn thành ngày 12/6/2024.",
            Some(true),
            Some("2024-06-12"),
        );
        check("HOÀN THÀNH", Some(true), None);
        check("Xong", Some(true), None);
        check("Chưa hoàn thành", Some(false), None);
        check("đang triển khai", Some(false), None);
        check("Báo cáo số 12/BC-UBND", None, None);
        check("hoàn thành ngày 31/2/2024", Some(true), None);
        assert_eq!(read(" . "), None);
    }
}
