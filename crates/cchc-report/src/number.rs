//! Points and rates as people write them.
//!
//! Never rounded over a value: points show all their digits, and a rate has as many as keep
//! it on its side of the thresholds.

use cchc_core::values::{DecimalMark, Exact, Points, show_rate};

use crate::Language;

/// Longest text of a number that is shown whole.
const LONGEST: usize = 12;

/// Points with at least two decimals, `7,48` in Vietnamese and `7.48` in English.
///
/// What has no short decimal is shown as a fraction, and where that is long too, rounded
/// with `≈` before it.
pub(crate) fn points(points: &Points, language: Language) -> String {
    let exact = points.exact();
    let text = exact.to_text();
    let text = match text.split_once('.') {
        Some((_, decimals)) if decimals.len() == 1 => format!("{text}0"),
        None if !text.contains('/') => format!("{text}.00"),
        _ => text,
    };
    short(exact, text, language)
}

/// Points with a sign, for differences: `+0,50`, `−0,25`, `0,00`.
pub(crate) fn difference(points: &Points, language: Language) -> String {
    let text = self::points(points, language);
    match (points.is_zero(), text.strip_prefix('-')) {
        (true, _) => text,
        (false, Some(positive)) => format!("−{positive}"),
        (false, None) => format!("+{text}"),
    }
}

/// A number as it is: `12,5`, `3`, `1/3`.
pub(crate) fn number(exact: &Exact, language: Language) -> String {
    short(exact, exact.to_text(), language)
}

/// A number given as text by a finding; what is no number stays as it is.
pub(crate) fn number_text(text: &str, language: Language) -> String {
    match Exact::parse(text) {
        Ok(exact) => number(&exact, language),
        Err(_) => text.to_owned(),
    }
}

/// Points given as text by a finding; what is no number stays as it is.
pub(crate) fn points_text(text: &str, language: Language) -> String {
    match Points::parse(text) {
        Ok(exact) => points(&exact, language),
        Err(_) => text.to_owned(),
    }
}

/// A fraction in per cent, with its sign, on its own side of the thresholds.
pub(crate) fn rate(fraction: &Exact, thresholds: &[Exact], language: Language) -> String {
    let mark = language.pick(DecimalMark::Comma, DecimalMark::Point);
    format!("{}%", show_rate(fraction, thresholds, mark))
}

/// An index or threshold that is in per cent already, with its sign.
pub(crate) fn percent(percent: &Exact, thresholds: &[Exact], language: Language) -> String {
    let hundred = Exact::from_integer(100);
    let fraction = |percent: &Exact| percent.checked_div(&hundred).unwrap_or(Exact::ZERO);
    let thresholds: Vec<Exact> = thresholds.iter().map(fraction).collect();
    rate(&fraction(percent), &thresholds, language)
}

fn short(exact: &Exact, text: String, language: Language) -> String {
    let text = match text.chars().count() > LONGEST && !exact.is_integer() {
        true => format!(
            "≈{}",
            exact.to_decimal(4, cchc_core::values::RoundingMode::HalfUp)
        ),
        false => text,
    };
    language.pick(text.replace('.', ","), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[track_caller]
    fn check_points(text: &str, vietnamese: &str, english: &str) {
        let value = Points::parse(text).unwrap();
        assert_eq!(points(&value, Language::Vietnamese), vietnamese);
        assert_eq!(points(&value, Language::English), english);
    }

    #[test]
    fn points_have_two_decimals_and_a_comma_in_vietnamese() {
        check_points("7.48", "7,48", "7.48");
        check_points("0", "0,00", "0.00");
        check_points("17", "17,00", "17.00");
        check_points("0.5", "0,50", "0.50");
        check_points("-1.5", "-1,50", "-1.50");
    }

    #[test]
    fn points_are_never_rounded_where_they_can_be_written() {
        check_points("0.125", "0,125", "0.125");
        check_points("1/3", "1/3", "1/3");
        check_points("1234567/7654321", "≈0,1613", "≈0.1613");
    }

    #[test]
    fn a_difference_has_its_sign() {
        let show = |text: &str| difference(&Points::parse(text).unwrap(), Language::Vietnamese);
        assert_eq!(show("0.5"), "+0,50");
        assert_eq!(show("-0.25"), "−0,25");
        assert_eq!(show("0"), "0,00");
    }

    #[test]
    fn a_rate_stays_on_its_side_of_a_threshold() {
        let limit = [exact("0.97")];
        assert_eq!(
            rate(&exact("0.96996"), &limit, Language::Vietnamese),
            "96,996%"
        );
        assert_eq!(rate(&exact("0.97"), &limit, Language::English), "97%");
        assert_eq!(
            percent(&exact("79.999"), &[exact("80")], Language::Vietnamese),
            "79,999%"
        );
        assert_eq!(percent(&exact("44"), &[], Language::Vietnamese), "44%");
    }
}
