//! What can be done about points, what they survive, and what is not searched.

use cchc_core::regain::{ActKind, Failure, OutsideReason, ShortReason};

use super::{Entry, filled, template, text};
use crate::Language;

pub(super) const ACTS: &[Entry] = &[
    (
        "win_items",
        "thêm {units} mục đạt[ trong {open} mục đang mở][, trong đó {new} mục phát sinh mới,] của {quantity}[ ({reaches})]",
        "{units} more[ of the {open} open ones][, {new} of them new,] done as asked of {quantity}[ ({reaches})]",
    ),
    (
        "spare_items",
        "thêm {units} mục[ trong {open} mục đang mở][, trong đó {new} mục phát sinh mới,] không rơi vào {quantity}[ ({reaches})]",
        "{units} more[ of the {open} open ones][, {new} of them new,] that do not count as {quantity}[ ({reaches})]",
    ),
    (
        "more_events",
        "thực hiện thêm {units} lần {quantity}, đủ tài liệu[ ({reaches})]",
        "{units} more of {quantity}, with the documents[ ({reaches})]",
    ),
    (
        "more_units",
        "tăng thêm {units} của {quantity}[ (thành {reaches})]",
        "{units} more of {quantity}[ (to {reaches})]",
    ),
    (
        "mend_event",
        "bổ sung, sửa tài liệu của {fact}",
        "mend the documents of {fact}",
    ),
    (
        "mend_figure",
        "bổ sung, sửa tài liệu cho số liệu {fact}",
        "mend the documents of the figure {fact}",
    ),
    (
        "deliver",
        "hoàn thành đúng hạn {subject} của {quantity}",
        "fulfil {subject} of {quantity} in time",
    ),
    (
        "deliver_late",
        "hoàn thành, dù muộn, {subject} của {quantity}",
        "fulfil {subject} of {quantity}, though late",
    ),
    (
        "turn_yes",
        "hoàn thành và chứng minh {quantity}[ ({reaches})]",
        "do {quantity}, and prove it[ ({reaches})]",
    ),
    (
        "turn_no",
        "chấm dứt và chứng minh đã chấm dứt {quantity}[ ({reaches})]",
        "end {quantity}, and prove that[ ({reaches})]",
    ),
    (
        "state_figure",
        "nộp số liệu {quantity}, có chứng minh[, đạt {reaches}]",
        "state the figure {quantity} and prove it[, reaching {reaches}]",
    ),
    (
        "state_none",
        "nếu không phát sinh: nộp tài liệu chứng minh không phát sinh {quantity}",
        "if nothing arose: prove that there is none of {quantity}",
    ),
];

pub(super) const FAILURES: &[Entry] = &[
    (
        "lost_items",
        "mục không đạt của {quantity}",
        "lost of {quantity}",
    ),
    (
        "counted_items",
        "mục rơi vào {quantity}",
        "that count as {quantity}",
    ),
    (
        "unproved_events",
        "lần thiếu tài liệu của {quantity}",
        "of {quantity} without their documents",
    ),
    (
        "more_events",
        "lần phát sinh thêm của {quantity}",
        "more of {quantity}",
    ),
    (
        "more_units",
        "đơn vị tăng thêm của {quantity}",
        "more of {quantity}",
    ),
    (
        "turned",
        "lần đảo ngược của {quantity}",
        "turn of {quantity} to its opposite",
    ),
];

pub(super) const OUTSIDE: &[Entry] = &[
    (
        "judgement",
        "do cấp thẩm định đánh giá[ {quantity}]: không tính trước được",
        "judgement of the appraiser[ on {quantity}]: cannot be computed",
    ),
    (
        "not_monotone",
        "điểm vừa tăng vừa giảm[ theo {quantity}]: chỉ thử một phần",
        "points both rise and fall[ along {quantity}]: tried in part only",
    ),
    (
        "relative",
        "điểm so với chỉ tiêu và đơn vị khác[, {quantity}]: không tìm",
        "points against a target and other units[, {quantity}]: not searched",
    ),
    (
        "cohort",
        "chưa công bố số liệu của các đơn vị khác[ về {quantity}]",
        "figures of the other units[ on {quantity}] are not published",
    ),
    (
        "population",
        "chưa biết tổng thể của khảo sát[ {quantity}]",
        "the population of the survey[ {quantity}] is not stated",
    ),
    (
        "too_many",
        "nhiều việc hơn mức có thể thử[ của {quantity}]",
        "more than can be tried[ of {quantity}]",
    ),
    (
        "shared_facts",
        "hai đại lượng dùng chung dữ kiện[ ({quantity})]: một số cách làm không xét",
        "two quantities share facts[ ({quantity})]: some ways are left out",
    ),
    (
        "more_attainable",
        "còn có thể đạt nhiều điểm hơn các cách làm nêu ở đây[ ({quantity})]",
        "more points are attainable than these levers reach[ ({quantity})]",
    ),
];

pub(super) const SHORT: &[Entry] = &[
    (
        "at_most",
        "với công sức lớn hơn thì đạt được",
        "with more effort it would be reached",
    ),
    (
        "by",
        "với việc bắt đầu sau ngày đã chọn thì đạt được",
        "with what begins after the day given it would be reached",
    ),
    (
        "attainable",
        "không còn đạt được nhiều hơn, dù làm gì",
        "no more is attainable, whatever is done",
    ),
    (
        "gate",
        "đủ điểm, nhưng điều kiện khống chế giữ mức xếp loại thấp hơn",
        "the points are there, but a gate holds the class down",
    ),
    (
        "levers",
        "còn có thể đạt hơn, nhưng không bằng các cách làm tính được",
        "more is attainable, but not by levers that can be computed",
    ),
];

/// Why a target is not reached.
pub(crate) fn short(reason: ShortReason, language: Language) -> String {
    text(SHORT, reason.code(), language)
}

/// What is to be done.
pub(crate) fn act(
    kind: ActKind,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    worded(ACTS, kind.code(), language, parameter)
}

/// What goes wrong, after a number of them.
pub(crate) fn failure(
    failure: Failure,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    worded(FAILURES, failure.code(), language, parameter)
}

/// Why something is not searched.
pub(crate) fn outside(
    reason: OutsideReason,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    worded(OUTSIDE, reason.code(), language, parameter)
}

fn worded(
    table: &[Entry],
    code: &str,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    match template(table, code, language) {
        Some(template) => filled(template, parameter),
        None => text(table, code, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(table: &[Entry], codes: Vec<&str>) {
        let known: Vec<&str> = table.iter().map(|(code, ..)| *code).collect();
        assert_eq!(known, codes);
    }

    #[test]
    fn every_act_failure_and_reason_of_the_core_is_worded() {
        check(ACTS, ActKind::ALL.iter().map(|it| it.code()).collect());
        check(FAILURES, Failure::ALL.iter().map(|it| it.code()).collect());
        check(SHORT, ShortReason::ALL.iter().map(|it| it.code()).collect());
        check(
            OUTSIDE,
            OutsideReason::ALL.iter().map(|it| it.code()).collect(),
        );
    }
}
