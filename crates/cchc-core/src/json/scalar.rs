//! Texts with a form of their own: identifiers, component codes, dates and decimals.
//!
//! Each form stands here twice, as a pattern for the JSON Schema and as a function for the
//! checker; a property test holds the two together.

use chrono::NaiveDate;

/// Most characters of an identifier.
pub(super) const MAX_ID: usize = 64;
/// Most characters of a component code.
pub(super) const MAX_CODE: usize = 32;
/// Most characters of a decimal.
pub(super) const MAX_DECIMAL: usize = 30;

pub(super) const ID_PATTERN: &str = "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$";
pub(super) const CODE_PATTERN: &str = r"^[0-9A-Z]+(\.[0-9A-Za-z]+){0,7}$";
pub(super) const DECIMAL_PATTERN: &str =
    r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$|^-?(0|[1-9][0-9]*)/[1-9][0-9]*$";
/// Wider than [`is_date`]: it lets `2025-02-30` pass.
pub(super) const DATE_PATTERN: &str =
    "^(19[0-9]{2}|2[01][0-9]{2}|2200)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
/// A text without control characters, other than line break and tab, and without reordering.
pub(super) const TEXT_PATTERN: &str = concat!(
    r"^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e",
    r"\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]*$",
);
/// A text that is not blank.
pub(super) const NOT_BLANK_PATTERN: &str = concat!(
    r"[^\s\u00ad\u0300-\u036f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f",
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0]",
);

/// Whether a text shows nothing: no character, or only such as have no form of their own.
pub(super) fn is_blank(text: &str) -> bool {
    let formless = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '\u{00AD}'
                    | '\u{0300}'..='\u{036F}'
                    | '\u{115F}'
                    | '\u{1160}'
                    | '\u{17B4}'
                    | '\u{17B5}'
                    | '\u{180B}'..='\u{180F}'
                    | '\u{200B}'..='\u{200F}'
                    | '\u{2060}'..='\u{206F}'
                    | '\u{2800}'
                    | '\u{3164}'
                    | '\u{FE00}'..='\u{FE0F}'
                    | '\u{FEFF}'
                    | '\u{FFA0}'
            )
    };
    text.chars().all(formless)
}

pub(super) fn is_id(text: &str) -> bool {
    text.len() <= MAX_ID
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text.chars().all(in_id)
}

/// Whether an identifier may hold this character.
pub(super) fn in_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-')
}

pub(super) fn is_code(text: &str) -> bool {
    let alphanumeric = |part: &str| !part.is_empty() && part.chars().all(in_code);
    text.len() <= MAX_CODE
        && text.split('.').count() <= 8
        && text.split('.').all(alphanumeric)
        && !text
            .chars()
            .take_while(|c| *c != '.')
            .any(|c| c.is_ascii_lowercase())
}

fn in_code(c: char) -> bool {
    c.is_ascii_alphanumeric()
}

/// Whether the text is a date from 1900-01-01 to 2200-12-31 that exists.
pub(super) fn is_date(text: &str) -> bool {
    let numbers = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut parts = text.split('-');
    let (Some(year), Some(month), Some(day), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    year.len() == 4
        && month.len() == 2
        && day.len() == 2
        && [year, month, day].into_iter().all(numbers)
        && to_date(year, month, day).is_some()
}

/// The date that a text such as `31/12/2024` or `2024/1/5` probably means.
pub(super) fn likely_date(text: &str) -> Option<NaiveDate> {
    let mut parts = text.trim().split(['/', '-', '.']);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    if first.len() == 4 {
        to_date(first, month, last)
    } else {
        to_date(last, month, first)
    }
}

fn to_date(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    let year = year
        .parse()
        .ok()
        .filter(|year| (1900..=2200).contains(year))?;
    NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
}

pub(super) fn is_decimal(text: &str) -> bool {
    if text.len() > MAX_DECIMAL {
        return false;
    }
    let text = text.strip_prefix('-').unwrap_or(text);
    if let Some((above, below)) = text.split_once('/') {
        return is_whole(above) && is_whole(below) && below != "0";
    }
    match text.split_once('.') {
        Some((whole, places)) => is_whole(whole) && is_digits(places),
        None => is_whole(text),
    }
}

/// Digits without a leading zero.
fn is_whole(text: &str) -> bool {
    text == "0" || (is_digits(text) && !text.starts_with('0'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::super::fault::is_unprintable;
    use super::*;

    #[track_caller]
    fn check(form: fn(&str) -> bool, good: &[&str], bad: &[&str]) {
        for text in good {
            assert!(form(text), "{text}");
        }
        for text in bad {
            assert!(!form(text), "{text}");
        }
    }

    #[test]
    fn an_identifier_starts_with_a_letter_or_digit() {
        let longest = "a".repeat(64);
        let too_long = "a".repeat(65);
        check(
            is_id,
            &["a", "1", "vi", "ha-noi.2024_x", &longest],
            &["", "-a", ".a", "a b", "điểm", "a/b", "a\n", &too_long],
        );
    }

    #[test]
    fn a_code_has_up_to_eight_parts() {
        check(
            is_code,
            &["1", "I", "1.1.2", "II.a.3", "1.2.3.4.5.6.7.8"],
            &[
                "",
                "a",
                "1.",
                ".1",
                "1..2",
                "1.2.3.4.5.6.7.8.9",
                "1-2",
                "1.1\n",
            ],
        );
        check(is_code, &[&"1".repeat(32)], &[&"1".repeat(33)]);
    }

    #[test]
    fn a_date_exists_and_is_written_in_full() {
        check(
            is_date,
            &["1900-01-01", "2024-02-29", "2200-12-31"],
            &[
                "",
                "2025-02-29",
                "1899-12-31",
                "2201-01-01",
                "2025-1-01",
                "+025-01-01",
            ],
        );
        check(
            is_date,
            &[],
            &[
                "2025-01-01T00:00",
                "31/12/2024",
                "2025-01-01-01",
                "２025-01-01",
            ],
        );
    }

    #[test]
    fn a_decimal_is_exact() {
        check(
            is_decimal,
            &["0", "97", "97.50", "-0.25", "1/3", "-1/3", "0/1"],
            &[
                "", "-", "+1", ".5", "5.", "1e3", "0,5", "1/0", "1/03", "01", "1/-3", "1 ", "½",
            ],
        );
        check(is_decimal, &[&"9".repeat(30)], &[&"9".repeat(31)]);
    }

    #[test]
    fn a_date_in_local_form_is_recognised() {
        let date = |text: &str| likely_date(text).map(|date| date.to_string());
        assert_eq!(date("31/12/2024").as_deref(), Some("2024-12-31"));
        assert_eq!(date("1-2-2024").as_deref(), Some("2024-02-01"));
        assert_eq!(date("2024/1/5").as_deref(), Some("2024-01-05"));
        assert_eq!(date("12/2024"), None);
    }

    #[test]
    fn a_text_is_shown_as_its_patterns_say() {
        let (text, not_blank) = (
            Regex::new(TEXT_PATTERN).unwrap(),
            Regex::new(NOT_BLANK_PATTERN).unwrap(),
        );
        for c in (0..=0x1_ffff).filter_map(char::from_u32) {
            let one = c.to_string();
            let refused = is_unprintable(c) && !matches!(c, '\n' | '\t');
            assert_eq!(text.is_match(&one), !refused, "{}", c.escape_unicode());
            // A control character is refused whether it is blank or not.
            if !refused {
                assert_eq!(
                    not_blank.is_match(&one),
                    !is_blank(&one),
                    "{}",
                    c.escape_unicode()
                );
            }
        }
    }

    proptest! {
        /// The checker and the published pattern accept the same texts.
        #[test]
        fn a_pattern_says_the_same_as_its_function(
            text in prop_oneof!["[0-9aA.\\-/_e]{0,40}", "(19|20|22)[0-9]{2}-[01][0-9]-[0-3][0-9]"],
        ) {
            let matches = |pattern: &str| Regex::new(pattern).unwrap().is_match(&text);
            prop_assert_eq!(is_id(&text), matches(ID_PATTERN));
            prop_assert_eq!(is_code(&text), text.len() <= MAX_CODE && matches(CODE_PATTERN));
            prop_assert_eq!(
                is_decimal(&text),
                text.len() <= MAX_DECIMAL && matches(DECIMAL_PATTERN)
            );
            prop_assert!(!is_date(&text) || matches(DATE_PATTERN));
        }
    }
}
