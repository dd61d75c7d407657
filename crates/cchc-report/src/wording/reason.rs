//! Why a document is not accepted, and what is remarked of one that is.

use cchc_core::evidence::{Reason, Remark};

use super::{Entry, text};
use crate::Language;

pub(super) const REASONS: &[Entry] = &[
    ("missing", "chưa có tài liệu", "no document"),
    (
        "blank_number_or_day",
        "bỏ trống số hoặc ngày ban hành, chưa phải văn bản đã ban hành",
        "number or day is blank: not an issued document",
    ),
    (
        "wrong_type",
        "không đúng loại văn bản được yêu cầu",
        "not the kind of document asked",
    ),
    (
        "wrong_issuer",
        "không đúng cơ quan hoặc cấp ban hành",
        "issued by another body or level",
    ),
    (
        "number_symbol_mismatch",
        "ký hiệu không khớp với loại văn bản",
        "the symbol belongs to another kind of document",
    ),
    (
        "number_pattern",
        "số, ký hiệu không đúng mẫu được yêu cầu",
        "number and symbol do not match the pattern asked",
    ),
    (
        "outside_period",
        "ngày văn bản nằm ngoài thời gian tính điểm",
        "dated outside the scored period",
    ),
    ("late", "quá thời hạn", "after the deadline"),
    (
        "duplicate",
        "đã dùng để chứng minh cho việc khác, một tài liệu chỉ được dùng một lần",
        "already serves another event; one document serves one event",
    ),
    (
        "wrong_order",
        "ngày văn bản không đúng trình tự trước, sau so với sự việc",
        "dated on the wrong side of its event",
    ),
    (
        "reference_missing",
        "không dẫn chiếu đến sự việc hoặc văn bản mà nó phải nêu",
        "does not name what it must refer to",
    ),
    (
        "no_page_or_section_pointer",
        "chưa chỉ rõ trang hoặc mục chứng minh",
        "no page or section is pointed to",
    ),
    (
        "unsigned_or_unsealed",
        "chưa ký, đóng dấu",
        "not signed and sealed",
    ),
    (
        "field_missing",
        "thiếu nội dung bắt buộc",
        "lacks content that is asked",
    ),
    (
        "superseded",
        "đã bị văn bản khác thay thế",
        "replaced by a later document",
    ),
    (
        "illegible_scan",
        "bản quét không đọc được",
        "the scan cannot be read",
    ),
    (
        "contradicts",
        "nội dung văn bản trái với thông tin kê khai",
        "the document says otherwise than the register",
    ),
    (
        "dangling_reference",
        "không có trong danh mục tài liệu kiểm chứng",
        "not in the evidence register",
    ),
    (
        "not_yet",
        "có ngày hoặc được ghi nhận từ ngày tính điểm trở đi, chưa được xét",
        "dated or recorded on or after the as-of date, so not seen yet",
    ),
];

pub(super) const REMARKS: &[Entry] = &[
    (
        "silent",
        "văn bản không nói rõ điều kê khai, nên tự kiểm tra lại",
        "the document itself says nothing of what the register states",
    ),
    (
        "look_alike",
        "số, ký hiệu có chữ chỉ nhìn giống chữ đúng",
        "number or symbol holds a letter that only looks like the right one",
    ),
    (
        "provisional_day",
        "thời hạn rơi vào ngày nghỉ chưa có quyết định chính thức",
        "its deadline rests on a day that is not officially settled",
    ),
    (
        "outside_calendar",
        "thời hạn nằm ngoài lịch làm việc hiện có",
        "its deadline lies outside the working-day calendar",
    ),
];

/// Why a document is not accepted.
pub(crate) fn reason(reason: Reason, language: Language) -> String {
    text(REASONS, reason.code(), language)
}

/// The text of a reason given by its code.
pub(super) fn reason_code(code: &str, language: Language) -> String {
    text(REASONS, code, language)
}

/// What is worth saying of an accepted document.
pub(crate) fn remark(remark: Remark, language: Language) -> String {
    text(REMARKS, remark.code(), language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::template;

    #[test]
    fn every_reason_has_a_text() {
        for reason in Reason::ALL {
            assert!(
                template(REASONS, reason.code(), Language::English).is_some(),
                "{reason:?}"
            );
        }
        assert_eq!(REASONS.len(), Reason::ALL.len());
    }

    #[test]
    fn every_remark_has_a_text() {
        // No wildcard: a new remark fails to compile here until it is worded.
        let all = [
            Remark::Silent,
            Remark::LookAlike,
            Remark::ProvisionalDay,
            Remark::OutsideCalendar,
        ];
        for remark in all {
            match remark {
                Remark::Silent
                | Remark::LookAlike
                | Remark::ProvisionalDay
                | Remark::OutsideCalendar => {
                    assert!(template(REMARKS, remark.code(), Language::English).is_some());
                }
            }
        }
        assert_eq!(REMARKS.len(), all.len());
    }
}
