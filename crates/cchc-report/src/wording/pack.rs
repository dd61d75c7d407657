//! What is told of packs themselves: mutants, coverage, differences between two packs.

use cchc_core::coverage::{Demand, DemandKind};
use cchc_core::difference::{Argument, Aspect};
use cchc_core::mutation::MutationKind;

use super::{Entry, text};
use crate::Language;
use crate::number::number;

pub(super) const KINDS: &[Entry] = &[
    ("constant", "hằng số", "constant"),
    ("bound", "loại cận", "kind of bound"),
    ("date", "ngày, thời hạn", "day or deadline"),
    ("requirement", "yêu cầu về tài liệu", "evidence requirement"),
    (
        "not_arisen",
        "điểm khi không phát sinh",
        "points where nothing arose",
    ),
    (
        "movement",
        "cách thay đổi trong năm",
        "movement in the year",
    ),
    ("total", "tổng số", "total"),
    (
        "open_at_close",
        "mục còn dở khi hết năm",
        "open items at the close",
    ),
    ("overdue", "mục quá hạn", "overdue items"),
    ("rounding", "cách làm tròn", "rounding"),
    (
        "consistency",
        "quan hệ giữa hai số liệu",
        "agreement of two figures",
    ),
    (
        "predecessors",
        "cách tính đơn vị tiền thân",
        "how predecessors count",
    ),
    (
        "observation",
        "thời gian đơn vị tồn tại",
        "observation window",
    ),
];

pub(super) const VERDICTS: &[Entry] = &[
    ("refused", "bị từ chối khi đọc", "refused when read"),
    ("unsound", "tự mâu thuẫn", "contradicts itself"),
    ("killed", "bị tình huống phát hiện", "noticed by a case"),
    ("equal", "chứng minh là tương đương", "proved equal"),
    (
        "survived",
        "không tình huống nào phát hiện",
        "noticed by no case",
    ),
    ("undecided", "chưa phân tích được", "not analysed"),
];

pub(super) const ARGUMENTS: &[Entry] = &[
    (
        "same_meaning",
        "mọi phần cùng nghĩa",
        "every part means the same",
    ),
    (
        "only_takes_more",
        "chỉ nhận thêm hồ sơ mà bộ tiêu chí không nhận",
        "only takes records that the pack refuses",
    ),
    (
        "breakpoints",
        "điểm sau làm tròn như nhau tại và giữa mọi mốc",
        "rounded points agree at and between all thresholds",
    ),
    (
        "every_case",
        "mọi trường hợp cho cùng kết quả",
        "every case there is agrees",
    ),
];

pub(super) const DEMANDS: &[Entry] = &[
    ("threshold", "ngưỡng, hai phía", "sides of thresholds"),
    ("branch", "nhánh", "branches"),
    ("reason", "lý do", "reasons"),
    ("evidence", "kết quả kiểm chứng", "evidence outcomes"),
];

pub(super) const SIDES: &[Entry] = &[
    ("on", "đúng bằng", "exactly"),
    ("just_below", "ngay dưới", "just below"),
    ("just_above", "ngay trên", "just above"),
    ("accepted", "được chấp nhận", "accepted"),
    ("met", "đúng hạn", "on time"),
    ("late", "muộn", "late"),
    ("missing", "thiếu", "missing"),
    ("not_arisen", "không phát sinh", "nothing arose"),
    ("not_applicable", "không áp dụng", "not applicable"),
    ("not_judged", "chưa được đánh giá", "not judged yet"),
    ("unproved", "chưa được chứng minh", "not proved"),
    (
        "out_of_validity",
        "ngoài thời gian hiệu lực",
        "out of validity",
    ),
];

pub(super) const ASPECTS: &[Entry] = &[
    ("rule", "cách chấm điểm", "scoring rule"),
    ("rounding", "cách làm tròn", "rounding"),
    ("max", "điểm tối đa", "maximum"),
    (
        "unproved",
        "điểm khi chưa chứng minh",
        "points where unproved",
    ),
    ("scored_by", "bên chấm điểm", "who scores it"),
    ("ground", "căn cứ không áp dụng", "ground of exemption"),
    ("validity", "thời gian hiệu lực", "validity"),
    ("window", "thời gian tính điểm", "window"),
    ("hand_in_by", "hạn nộp hồ sơ", "last day to hand in"),
    ("due", "hạn phải hoàn thành", "due date"),
    ("event", "sự việc được tính", "events that count"),
    (
        "movement",
        "cách thay đổi trong năm",
        "movement in the year",
    ),
    ("total", "tổng số", "total"),
    (
        "open_at_close",
        "mục còn dở khi hết năm",
        "open items at the close",
    ),
    ("overdue", "mục quá hạn", "overdue items"),
    ("min_total", "tổng số tối thiểu", "smallest total"),
    ("domain", "giá trị cho phép", "possible numbers"),
    ("scale", "thang đánh giá", "scale of the judgement"),
    ("options", "phương án trả lời", "answer options"),
    ("sample", "sai số của mẫu", "margin of the sample"),
    (
        "upper_level",
        "phụ thuộc cấp trên",
        "dependence on the upper level",
    ),
    (
        "predecessors",
        "cách tính đơn vị tiền thân",
        "how predecessors count",
    ),
    (
        "observation",
        "cách tính thời gian đơn vị tồn tại",
        "cut to the unit's observation window",
    ),
    ("requirement", "yêu cầu về tài liệu", "evidence requirement"),
    ("group", "giới hạn của nhóm", "limits of the group"),
    ("class", "ngưỡng xếp loại", "threshold of the class"),
    ("class_gate", "điều kiện xếp loại", "gate of the class"),
    (
        "consistency",
        "quan hệ giữa hai số liệu",
        "agreement of two figures",
    ),
    ("level", "cấp được chấm", "level scored"),
    ("scored_year", "năm chấm điểm", "scored year"),
    ("issuer", "cơ quan ban hành", "issuer"),
    ("appraiser", "cấp thẩm định", "appraiser"),
    ("unit_classes", "nhóm đơn vị", "classes of unit"),
    ("classes", "xếp loại", "final classes"),
    ("effort", "công sức của từng loại việc", "effort of acts"),
];

/// What a mutant changes.
pub(crate) fn mutation_kind(kind: MutationKind, language: Language) -> String {
    text(KINDS, kind.code(), language)
}

/// What became of a mutant.
pub(crate) fn verdict(code: &str, language: Language) -> String {
    text(VERDICTS, code, language)
}

/// Why two leaves score the same.
pub(crate) fn argument(argument: Argument, language: Language) -> String {
    text(ARGUMENTS, argument.code(), language)
}

/// What cases are to exercise.
pub(crate) fn demand_kind(kind: DemandKind, language: Language) -> String {
    text(DEMANDS, kind.code(), language)
}

/// One thing to be exercised.
pub(crate) fn demand(demand: &Demand, language: Language) -> String {
    let what = match super::template(SIDES, &demand.what, language) {
        Some(text) => text.to_owned(),
        None if demand.kind == DemandKind::Evidence => {
            super::reason::reason_code(&demand.what, language)
        }
        None => format!("`{}`", demand.what),
    };
    // A document that lacks is not a report that lacks.
    let what = match (demand.kind, demand.what.as_str()) {
        (DemandKind::Evidence, "missing" | "late") => {
            super::reason::reason_code(&demand.what, language)
        }
        _ => what,
    };
    let mut text = demand.code.clone().unwrap_or_default();
    let mut add = |part: &str| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(part);
    };
    if !demand.of.is_empty() {
        add(&demand.of.join(", "));
    }
    for part in [&demand.class, &demand.role].into_iter().flatten() {
        add(&format!("[{part}]"));
    }
    add(&what);
    if let Some(at) = &demand.at {
        add(&number(at, language));
    }
    text
}

/// A part that two packs have differently.
pub(crate) fn aspect(aspect: &Aspect, language: Language) -> String {
    let what = text(ASPECTS, aspect.what, language);
    let parts: Vec<&str> = [&aspect.of, &aspect.part]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    if parts.is_empty() {
        return what;
    }
    format!("{what} ({})", parts.join(": "))
}

/// Something at the head of a pack.
pub(crate) fn header(what: &str, language: Language) -> String {
    text(ASPECTS, what, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::mutation::MutationKind;

    #[test]
    fn every_kind_of_mutant_demand_and_argument_has_a_text() {
        let known = |table: &[Entry], code: &str| {
            assert!(table.iter().any(|entry| entry.0 == code), "{code}");
        };
        MutationKind::ALL
            .iter()
            .for_each(|it| known(KINDS, it.code()));
        DemandKind::ALL
            .iter()
            .for_each(|it| known(DEMANDS, it.code()));
        for argument in [
            Argument::SameMeaning,
            Argument::OnlyTakesMore,
            Argument::Breakpoints,
            Argument::EveryCase,
        ] {
            known(ARGUMENTS, argument.code());
        }
    }

    #[test]
    fn every_aspect_that_core_tells_has_a_text() {
        let sources = [
            include_str!("../../../cchc-core/src/difference/aspect.rs"),
            include_str!("../../../cchc-core/src/difference/whole.rs"),
        ];
        let told = sources.iter().flat_map(|it| it.split("tell(")).skip(1);
        let codes: Vec<&str> = told
            .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split_once('"'))
            .map(|(code, _)| code)
            .collect();
        assert!(codes.len() >= 20, "{codes:?}");
        for code in codes {
            assert!(ASPECTS.iter().any(|entry| entry.0 == code), "{code}");
        }
    }
}
