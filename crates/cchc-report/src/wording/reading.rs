//! What was read of a quantity, and where it stands at the ends.

use cchc_core::answer::Reading;
use cchc_core::values::Exact;

use crate::names::Scale;
use crate::{Language, number};

/// A reading in words, such as `96,43%` or `đúng hạn 3, muộn 1, thiếu 0`.
pub(crate) fn reading(
    reading: &Reading,
    scale: Option<Scale>,
    thresholds: &[Exact],
    language: Language,
) -> String {
    let number = |x: &Exact| match scale {
        Some(Scale::Rate) => number::rate(x, thresholds, language),
        Some(Scale::YesNo) if *x == Exact::ONE => language.pick("có", "yes").to_owned(),
        Some(Scale::YesNo) if x.is_zero() => language.pick("không", "no").to_owned(),
        _ => number::number(x, language),
    };
    match reading {
        Reading::At(x) => number(x),
        Reading::Near(x) => {
            format!("{} {}", language.pick("sát mức", "close to"), number(x))
        }
        Reading::NoItems => language.pick("không phát sinh", "nothing arose").to_owned(),
        Reading::Obligations { met, late, missing } => language.pick(
            format!("đúng hạn {met}, muộn {late}, thiếu {missing}"),
            format!("{met} on time, {late} late, {missing} missing"),
        ),
        Reading::Unknown => language.pick("chưa biết", "not known").to_owned(),
        Reading::AsItStands => language.pick("như hiện nay", "as it stands").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_shown_on_its_side_of_the_threshold() {
        let x = Reading::At(Exact::parse("0.96996").unwrap());
        let limit = [Exact::parse("0.97").unwrap()];
        let text = reading(&x, Some(Scale::Rate), &limit, Language::Vietnamese);
        assert_eq!(text, "96,996%");
    }

    #[test]
    fn a_flag_is_yes_or_no() {
        let show = |x: Exact| reading(&Reading::At(x), Some(Scale::YesNo), &[], Language::English);
        assert_eq!(show(Exact::ONE), "yes");
        assert_eq!(show(Exact::ZERO), "no");
    }

    #[test]
    fn obligations_are_counted() {
        let seen = Reading::Obligations {
            met: 3,
            late: 1,
            missing: 0,
        };
        let text = reading(&seen, None, &[], Language::Vietnamese);
        assert_eq!(text, "đúng hạn 3, muộn 1, thiếu 0");
    }
}
