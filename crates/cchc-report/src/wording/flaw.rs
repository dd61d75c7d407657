//! What each flaw of a pack means, and why a part is not analysed.
//!
//! The values beside a flaw are the core's; what they mean is said here. A code without a
//! text is one of the reader's: then the values alone are shown.

use cchc_core::json::Phrase;

use super::fault::fault_help;
use super::phrase::translated;
use super::{Entry, template};
use crate::Language;

/// Flaws by code.
pub(super) const FLAWS: &[Entry] = &[
    (
        "band-dead",
        "có mức điểm không giá trị nào rơi vào",
        "a band that no value can fall into",
    ),
    (
        "band-gap",
        "thang điểm bỏ hở một khoảng giá trị",
        "the table leaves some values without points",
    ),
    (
        "band-overlap",
        "một giá trị có hai mức điểm",
        "a value has points twice",
    ),
    (
        "case-fails",
        "tình huống mẫu cho kết quả khác với bộ chỉ số",
        "a worked case differs from the pack",
    ),
    (
        "case-missing-below-threshold",
        "thiếu tình huống mẫu ngay dưới ngưỡng",
        "no worked case just below the threshold",
    ),
    (
        "case-missing-for-reason",
        "thiếu tình huống mẫu cho một nhánh của quy tắc",
        "no worked case for a branch of the rule",
    ),
    (
        "case-missing-on-threshold",
        "thiếu tình huống mẫu đúng tại ngưỡng",
        "no worked case exactly on the threshold",
    ),
    (
        "class-unreachable",
        "mức xếp loại cao hơn chỉ số có thể đạt",
        "a class above what the index can be",
    ),
    (
        "condition-constant",
        "điều kiện luôn đúng hoặc không bao giờ đúng",
        "a condition that always or never holds",
    ),
    (
        "deadline-after-hand-in",
        "thời hạn sau ngày cuối được nộp",
        "a deadline after the last day to hand in",
    ),
    (
        "deadline-after-window",
        "thời hạn sau khi kỳ tính điểm kết thúc",
        "a deadline after its window ends",
    ),
    (
        "deadline-before-window",
        "thời hạn trước khi kỳ tính điểm bắt đầu",
        "a deadline before its window begins",
    ),
    (
        "document-window-unmeetable",
        "không văn bản nào có thể ghi ngày hợp lệ",
        "no document can bear a day that counts",
    ),
    (
        "elsewhere-not-needed",
        "khai báo khoảng hở mà thang điểm không hở",
        "a declared gap in a table without gaps",
    ),
    (
        "example-contradicts",
        "ví dụ của văn bản trái với quy tắc",
        "the source's example contradicts the rule",
    ),
    (
        "example-incomplete",
        "ví dụ thiếu số liệu",
        "an example that lacks figures",
    ),
    (
        "example-unfit",
        "ví dụ không khớp với đại lượng",
        "an example that does not fit its quantity",
    ),
    (
        "exception-not-needed",
        "khai báo ngoại lệ không cần thiết",
        "a declared exception that nothing needs",
    ),
    (
        "figure-unsourced",
        "số liệu không rõ căn cứ",
        "a figure without a source",
    ),
    (
        "fraction-as-percent",
        "ngưỡng viết bằng phần trăm nhưng khai là phân số",
        "percents where fractions are stated",
    ),
    (
        "gate-without-effect",
        "điều kiện xếp loại không hạn chế gì",
        "a class gate that caps nothing",
    ),
    (
        "hand-in-after-validity",
        "ngày cuối được nộp sau khi bộ chỉ số hết hiệu lực",
        "the last day to hand in is after the validity",
    ),
    (
        "issuer-look-alike",
        "tên cơ quan có chữ cái giả dạng",
        "a letter of an issuer only looks right",
    ),
    (
        "items-without-proof",
        "có phát sinh mà không phải chứng minh",
        "items earn points without any proof",
    ),
    (
        "max-unreachable",
        "không thể đạt điểm tối đa",
        "the maximum cannot be reached",
    ),
    (
        "min-unreachable",
        "không thể rơi xuống điểm tối thiểu",
        "the minimum cannot be reached",
    ),
    (
        "none-without-proof",
        "không phát sinh được điểm mà không phải chứng minh",
        "“nothing arose” earns points without any proof",
    ),
    (
        "not-monotone",
        "điểm thay đổi ngược chiều kết quả",
        "points move the wrong way",
    ),
    (
        "pattern-look-alike",
        "mẫu số, ký hiệu có chữ cái giả dạng",
        "a letter of a pattern only looks right",
    ),
    (
        "pattern-of-another-kind",
        "mẫu số, ký hiệu không hợp với loại văn bản",
        "a pattern does not fit the kind of document",
    ),
    (
        "percent-as-fraction",
        "ngưỡng viết bằng phân số nhưng khai là phần trăm",
        "fractions where percents are stated",
    ),
    (
        "proof-one-sided",
        "số liệu của đơn vị tiền thân (hoặc của đơn vị) được cộng mà không cần chứng minh",
        "figures of one side are added up without proof",
    ),
    (
        "quantity-unused",
        "đại lượng không tiêu chí nào dùng",
        "a quantity that nothing reads",
    ),
    (
        "roll-leaves-window",
        "thời hạn rơi vào ngày nghỉ, lùi ra ngoài kỳ",
        "a deadline rolls out of its window",
    ),
    (
        "unknown-figure",
        "căn cứ chỉ vào chỗ không có số liệu",
        "a source names nothing",
    ),
    (
        "max-does-not-add-up",
        "tổng điểm không khớp",
        "a total does not add up",
    ),
    (
        "text-look-alike",
        "có chữ cái giả dạng",
        "a letter only looks right",
    ),
    (
        "title-duplicate",
        "hai mã khác nhau mang cùng một tên",
        "one title under two codes",
    ),
    (
        "unproved-above-proved",
        "không chứng minh lại được nhiều điểm hơn",
        "silence gives more than proof",
    ),
    (
        "window-outside-validity",
        "kỳ tính điểm ra ngoài thời gian hiệu lực",
        "a window leaves the validity",
    ),
    (
        "window-outside-year",
        "kỳ tính điểm không thuộc năm đánh giá",
        "the window is not of the scored year",
    ),
    (
        "zero-denominator",
        "chưa nói điểm khi không phát sinh",
        "nothing is said of “nothing arose”",
    ),
];

/// Why a part is not analysed, by code.
pub(super) const NOT_ANALYSED: &[Entry] = &[
    (
        "cohort",
        "điểm phụ thuộc số liệu của đơn vị khác; khoảng điểm và chiều tăng giảm đúng theo dạng quy tắc",
        "points depend on other units; range and direction hold by the form",
    ),
    (
        "judged",
        "điểm do cấp thẩm định cho; chỉ biết khoảng điểm",
        "an appraiser gives the points; only their range is known",
    ),
    (
        "no-cases",
        "không có tình huống mẫu nào, nên chưa đối chiếu ngưỡng và nhánh",
        "no worked cases were given, so thresholds and branches were not held against any",
    ),
    (
        "not-read",
        "phần này đã có lỗi riêng, nên chưa xét tiếp",
        "the part has a fault of its own, so nothing further was asked",
    ),
    (
        "too-many-shares",
        "tỷ lệ có quá nhiều giá trị để xét hết",
        "the share has too many values to go through",
    ),
];

/// What to do, in Vietnamese; in English the core says it.
pub(super) const REMEDIES: &[(&str, &str)] = &[
    (
        "band-dead",
        "bỏ mức đó, hoặc sửa cận của nó hay miền giá trị",
    ),
    (
        "case-fails",
        "tính lại tình huống, rồi sửa nó hoặc sửa quy tắc",
    ),
    (
        "case-missing-below-threshold",
        "thêm tình huống có số liệu ngay dưới ngưỡng",
    ),
    (
        "case-missing-for-reason",
        "thêm tình huống kết thúc ở nhánh đó",
    ),
    (
        "case-missing-on-threshold",
        "thêm tình huống có số liệu đúng bằng ngưỡng",
    ),
    (
        "class-unreachable",
        "ghi ngưỡng theo phần trăm của điểm tối đa",
    ),
    (
        "condition-constant",
        "sửa cận của điều kiện, hoặc bỏ điều kiện",
    ),
    ("deadline-after-hand-in", "sửa ngày, hoặc lùi `hand_in_by`"),
    ("deadline-after-window", "sửa ngày, hoặc kéo dài kỳ"),
    (
        "deadline-before-window",
        "sửa ngày, hoặc cho kỳ bắt đầu sớm hơn",
    ),
    (
        "document-window-unmeetable",
        "sửa kỳ, thứ tự hoặc thời hạn của tài liệu",
    ),
    ("elsewhere-not-needed", "bỏ `elsewhere`"),
    (
        "example-contradicts",
        "sửa quy tắc hoặc ví dụ; nếu chính văn bản tự mâu thuẫn, khai ngoại lệ `example`",
    ),
    ("example-incomplete", "ghi đủ số liệu của ví dụ"),
    (
        "example-unfit",
        "đối chiếu từng số với miền giá trị của đại lượng",
    ),
    ("exception-not-needed", "bỏ khai báo"),
    (
        "figure-unsourced",
        "ghi số liệu đó vào `of` của một căn cứ đặt cạnh nó",
    ),
    (
        "fraction-as-percent",
        "ghi `in` là `percent`, hoặc viết phân số không quá 1",
    ),
    (
        "gate-without-effect",
        "ghi mức xếp loại cao nhất còn lại khi không đạt điều kiện",
    ),
    (
        "hand-in-after-validity",
        "kéo dài hiệu lực qua ngày cuối được nộp",
    ),
    ("issuer-look-alike", "gõ lại chữ cái"),
    (
        "items-without-proof",
        "thêm tài liệu có `when` là `some`, hoặc luôn yêu cầu một tài liệu",
    ),
    (
        "max-unreachable",
        "sửa điểm tối đa hoặc quy tắc, hoặc khai ngoại lệ `max_reachable`",
    ),
    (
        "min-unreachable",
        "sửa điểm tối thiểu hoặc quy tắc, hoặc khai ngoại lệ `min_reachable`",
    ),
    (
        "none-without-proof",
        "thêm tài liệu có `when` là `none`, hoặc luôn yêu cầu một tài liệu",
    ),
    (
        "not-monotone",
        "sửa điểm, ghi chiều nào là `better`, hoặc khai ngoại lệ `monotone`",
    ),
    ("pattern-look-alike", "gõ lại chữ cái"),
    (
        "pattern-of-another-kind",
        "sửa mẫu hoặc loại văn bản: không văn bản nào thỏa cả hai",
    ),
    (
        "percent-as-fraction",
        "viết phần trăm, ghi `in` là `fraction`, hoặc khai ngoại lệ `threshold_unit`",
    ),
    (
        "proof-one-sided",
        "bỏ `of` ở một tài liệu, hoặc thêm tài liệu cho bên còn lại",
    ),
    (
        "quantity-unused",
        "bỏ đại lượng, hoặc sửa tên mà quy tắc đọc",
    ),
    (
        "roll-leaves-window",
        "ghi `roll` là `none`, chọn ngày sớm hơn, hoặc kéo dài kỳ",
    ),
    ("unknown-figure", "sửa đường dẫn, hoặc bỏ đi"),
    (
        "max-does-not-add-up",
        "sửa tổng, hoặc điểm tối đa của một phần",
    ),
    ("text-look-alike", "gõ lại chữ cái"),
    (
        "title-duplicate",
        "đặt tên riêng cho một mã, giữ lời văn bản trong `source_title`",
    ),
    (
        "unproved-above-proved",
        "không cho im lặng nhiều điểm hơn số liệu xấu nhất, hoặc khai ngoại lệ `unproved`",
    ),
    (
        "window-outside-validity",
        "sửa kỳ, hoặc sửa hiệu lực của bộ chỉ số",
    ),
    ("window-outside-year", "sửa kỳ, hoặc sửa năm đánh giá"),
];

/// What a flaw means, where it is one of verification.
pub(crate) fn flaw(code: &str, language: Language) -> Option<&'static str> {
    template(FLAWS, code, language)
}

/// Why a part is not analysed.
pub(crate) fn not_analysed(code: &str, language: Language) -> String {
    super::text(NOT_ANALYSED, code, language)
}

/// What to do about a flaw; the core's own words are its English.
pub(crate) fn flaw_help(code: &str, help: Option<&Phrase>, language: Language) -> Option<String> {
    let vietnamese = REMEDIES.iter().find(|(known, _)| *known == code);
    match (language, vietnamese) {
        (Language::Vietnamese, Some((_, text))) => help
            .and_then(|help| translated(help, language))
            .or_else(|| Some((*text).to_owned())),
        _ => fault_help(code, help, language),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::values::nfc;

    #[test]
    fn every_remedy_is_of_a_flaw_and_in_normal_form() {
        for (code, text) in REMEDIES {
            assert!(FLAWS.iter().any(|(known, ..)| known == code), "{code}");
            assert_eq!(nfc(text), **text, "{code}");
            assert!(!text.ends_with('.'), "{code}");
        }
    }

    #[test]
    fn every_reason_of_the_core_is_worded() {
        let known: Vec<&str> = NOT_ANALYSED.iter().map(|(code, ..)| *code).collect();
        let core: Vec<&str> = cchc_core::verify::NOT_ANALYSED
            .iter()
            .map(|(code, _)| *code)
            .collect();
        assert_eq!(known, core);
    }

    #[test]
    fn every_code_of_verification_is_worded_in_both_languages() {
        let page = include_str!("../../../../rules/FAULTS.md");
        let (_, section) = page.split_once("## What `verify` adds").unwrap();
        let (section, _) = section.split_once("\n## ").unwrap();
        let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
        let codes: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
        assert!(codes.len() > 30);
        for code in codes {
            assert!(FLAWS.iter().any(|(known, ..)| *known == code), "{code}");
            assert!(REMEDIES.iter().any(|(known, _)| *known == code), "{code}");
        }
    }
}
