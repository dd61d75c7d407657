//! What the points rest on.

use super::{Entry, filled, template};
use crate::{Language, Names};

/// Reasons that are one word.
pub(super) const EXACT: &[Entry] = &[
    (
        "below_floor",
        "dưới mức tối thiểu để được tính điểm",
        "below the floor of the rule",
    ),
    (
        "proportional",
        "tính theo tỷ lệ đạt được",
        "in proportion to what was reached",
    ),
    (
        "full",
        "đạt mức hưởng trọn điểm",
        "the level for all the points is reached",
    ),
    (
        "below",
        "thấp hơn khoảng tính điểm",
        "below the scored range",
    ),
    (
        "elsewhere",
        "ngoài các mức của thang điểm, theo khai báo",
        "outside the bands, as the pack declares",
    ),
    (
        "above",
        "cao hơn khoảng tính điểm",
        "above the scored range",
    ),
    ("cap", "đã chạm mức điểm trần", "the cap is reached"),
    (
        "floor",
        "đã trừ đến mức điểm sàn",
        "the deduction has reached its floor",
    ),
    ("yes", "có", "yes"),
    ("no", "không", "no"),
    (
        "enough",
        "đủ số nội dung yêu cầu",
        "enough of the items hold",
    ),
    (
        "too_few",
        "chưa đủ số nội dung yêu cầu",
        "too few of the items hold",
    ),
    (
        "judged",
        "theo điểm của cấp thẩm định",
        "as the appraiser judged",
    ),
    (
        "not_judged",
        "cấp thẩm định chưa cho điểm",
        "not judged yet",
    ),
    ("below_target", "chưa đạt chỉ tiêu", "below the target"),
    ("at_target", "đạt đúng chỉ tiêu", "exactly at the target"),
    ("above_target", "vượt chỉ tiêu", "above the target"),
    (
        "no_target",
        "không giao chỉ tiêu, so với đơn vị cao nhất",
        "no target: against the best unit",
    ),
    (
        "best_unknown",
        "chưa biết kết quả của đơn vị cao nhất",
        "the best unit's figure is not known",
    ),
    ("constant", "điểm cố định", "the same points for everyone"),
    (
        "not_arisen",
        "không phát sinh, đã có chứng minh",
        "nothing arose, and that is proved",
    ),
    (
        "unproved",
        "chưa có số liệu được chứng minh",
        "nothing is proved yet",
    ),
    (
        "not_applicable",
        "không áp dụng cho đơn vị",
        "not applicable to this unit",
    ),
    (
        "out_of_validity",
        "ngoài thời gian hiệu lực",
        "not in force on this date",
    ),
];

/// Reasons with a number: `band-2`.
pub(super) const COUNTED: &[Entry] = &[
    (
        "band",
        "thuộc mức {n} của thang điểm",
        "band {n} of the scoring table",
    ),
    (
        "piece",
        "thuộc đoạn {n} của thang điểm",
        "piece {n} of the scoring table",
    ),
    (
        "line",
        "nội suy trong khoảng {n} của thang điểm",
        "on line {n} of the scoring table",
    ),
    ("units", "được tính {n} đơn vị", "units counted: {n}"),
    ("lapses", "số lần không đạt: {n}", "lapses: {n}"),
    ("met", "đúng hạn: {n}", "on time: {n}"),
    ("late", "muộn: {n}", "late: {n}"),
    ("missing", "thiếu: {n}", "missing: {n}"),
];

/// Reasons with a quantity: `egov_architecture-holds`.
pub(super) const NAMED: &[Entry] = &[
    (
        "holds",
        "đạt điều kiện {quantity}",
        "condition {quantity} holds",
    ),
    (
        "fails",
        "không đạt điều kiện {quantity}",
        "condition {quantity} fails",
    ),
    ("yes", "{quantity}: có", "{quantity}: yes"),
    ("no", "{quantity}: không", "{quantity}: no"),
];

/// A reason in words. What is none of the codes is a verdict, in the pack's own word.
pub(crate) fn because(code: &str, names: Names<'_>, language: Language) -> String {
    if let Some(text) = template(EXACT, code, language) {
        return text.to_owned();
    }
    let counted = code.rsplit_once('-').and_then(|(stem, count)| {
        count.parse::<u64>().ok()?;
        let template = template(COUNTED, stem, language)?;
        Some(filled(template, &|_| Some(count.to_owned())))
    });
    let named = || {
        let (quantity, label) = code.rsplit_once('-')?;
        let template = template(NAMED, label, language)?;
        Some(filled(template, &|_| {
            Some(names.quantity(quantity, language))
        }))
    };
    counted.or_else(named).unwrap_or_else(|| {
        let said = language.pick("được đánh giá", "judged");
        format!("{said} “{code}”")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, vietnamese: &str, english: &str) {
        assert_eq!(
            because(code, Names::default(), Language::Vietnamese),
            vietnamese
        );
        assert_eq!(because(code, Names::default(), Language::English), english);
    }

    #[test]
    fn reasons_are_worded() {
        check(
            "band-2",
            "thuộc mức 2 của thang điểm",
            "band 2 of the scoring table",
        );
        check("lapses-1", "số lần không đạt: 1", "lapses: 1");
        check("met-3", "đúng hạn: 3", "on time: 3");
        check(
            "plan_ok-fails",
            "không đạt điều kiện “plan_ok”",
            "condition “plan_ok” fails",
        );
        check("ipv6-yes", "“ipv6”: có", "“ipv6”: yes");
        check("good", "được đánh giá “good”", "judged “good”");
        check(
            "unproved",
            "chưa có số liệu được chứng minh",
            "nothing is proved yet",
        );
    }

    #[test]
    fn every_reason_of_the_pack_page_has_a_text() {
        let page = include_str!("../../../../rules/README.md");
        let (_, table) = page.split_once("**Reasons**").unwrap();
        let (table, _) = table.split_once("\n## ").unwrap();
        let codes = table.split('`').skip(1).step_by(2).filter(|code| {
            let first_column = [
                "because",
                "standing",
                "bands",
                "pieces",
                "linear",
                "per_unit",
                "deduction",
                "per_obligation",
                "yes_no",
                "checklist",
                "n_of_m",
                "all_or_nothing",
                "ladder",
                "judgement",
                "relative",
                "gate",
                "full_at",
                "not_below",
            ];
            !first_column.contains(code)
        });
        for code in codes {
            let code = code.replace("-N", "-1").replace("QUANTITY", "dossiers");
            let text = because(&code, Names::default(), Language::English);
            assert!(!text.starts_with("judged “"), "{code}");
        }
    }
}
