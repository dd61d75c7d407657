//! Showing a rate so that the figure never contradicts the points.

use super::exact::Exact;
use super::rounding::RoundingMode;

/// The character between whole and decimal places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DecimalMark {
    /// `96.99`, as in English and in JSON.
    Point,
    /// `96,99`, as in Vietnamese.
    Comma,
}

const LEAST_PLACES: u32 = 2;
const MOST_PLACES: u32 = 12;

/// The text of a rate in per cent, on its own side of every threshold.
///
/// Unit: `rate` and `thresholds` are fractions (97 % is `97/100`); the text is in per cent,
/// without the sign. A whole per cent is shown without decimals, and only a whole one is;
/// any other rate has at least two, and as many more as keep the rounded figure from
/// touching or passing a threshold. 0 % and 100 % are always thresholds: `99.999 %` is not
/// shown as `100.00`. Where twelve decimals do not suffice the per cent are shown as `n/d`.
pub fn show_rate(rate: &Exact, thresholds: &[Exact], mark: DecimalMark) -> String {
    let hundred = Exact::from_integer(100);
    let percent = rate * &hundred;
    if percent.is_integer() {
        return percent.to_text();
    }
    let thresholds: Vec<Exact> = thresholds
        .iter()
        .chain([&Exact::ZERO, &Exact::ONE])
        .map(|threshold| threshold * &hundred)
        .collect();
    let shown = (LEAST_PLACES..=MOST_PLACES).find_map(|places| {
        let text = percent.to_decimal(places, RoundingMode::HalfUp);
        let figure = Exact::parse(&text).ok()?;
        thresholds
            .iter()
            .all(|threshold| figure.cmp(threshold) == percent.cmp(threshold))
            .then_some(text)
    });
    match (shown, mark) {
        (None, _) => percent.numer_denom_text(),
        (Some(text), DecimalMark::Point) => text,
        (Some(text), DecimalMark::Comma) => text.replace('.', ","),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(text: &str) -> Exact {
        Exact::parse(text).unwrap()
    }

    #[track_caller]
    fn check(rate: &str, thresholds: &[&str], expected: &str) {
        let thresholds: Vec<Exact> = thresholds.iter().map(|text| exact(text)).collect();
        assert_eq!(
            show_rate(&exact(rate), &thresholds, DecimalMark::Point),
            expected
        );
    }

    #[test]
    fn a_rate_is_shown_with_as_many_digits_as_keep_it_on_its_side() {
        check("387/399", &["0.97"], "96.99");
        check("0.96996", &["0.97"], "96.996");
        check("0.96996", &[], "97.00");
        check("0.97", &["0.97"], "97");
        check("0.975", &["0.97"], "97.50");
        check("0.97004", &["0.97"], "97.004");
        check("0.97002", &["0.97"], "97.002");
        check("1/3", &["1/3"], "100/3");
    }

    #[test]
    fn nothing_but_all_is_shown_as_one_hundred() {
        check("99999/100000", &[], "99.999");
        check("1", &[], "100");
        check("1/100000", &[], "0.001");
        check("0", &[], "0");
        check("1.20005", &[], "120.01");
    }

    #[test]
    fn a_rate_closer_than_twelve_decimals_is_shown_as_a_fraction() {
        check(
            "0.9699999999999999",
            &["0.97"],
            "9699999999999999/100000000000000",
        );
    }

    #[test]
    fn vietnamese_text_has_a_comma() {
        assert_eq!(
            show_rate(&exact("387/399"), &[exact("0.97")], DecimalMark::Comma),
            "96,99"
        );
    }

    proptest! {
        #[test]
        fn the_shown_figure_lies_on_the_side_of_the_rate(
            numer in 0_u64..2000,
            denom in 1_u64..2000,
            thresholds in prop::collection::vec(0_i64..=1000, 0..4),
        ) {
            let rate = Exact::ratio_u64(numer, denom).unwrap();
            let thresholds: Vec<Exact> =
                thresholds.into_iter().map(|t| Exact::ratio(t, 1000).unwrap()).collect();
            let shown = exact(&show_rate(&rate, &thresholds, DecimalMark::Point));
            for threshold in &thresholds {
                let percent = threshold * &Exact::from_integer(100);
                prop_assert_eq!(shown.cmp(&percent), rate.cmp(threshold));
            }
        }
    }
}
