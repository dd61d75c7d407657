//! Findings and what to do about them.

use cchc_core::answer::Finding;

use super::{Entry, filled, reason, template, text};
use crate::{Language, Names};

pub(super) const FINDINGS: &[Entry] = &[
    (
        "out_of_validity",
        "ngoài thời gian hiệu lực {from} – {to}",
        "not in force: {from} to {to}",
    ),
    (
        "not_analysed",
        "hai đầu khoảng điểm có thể rộng hơn thực tế",
        "the ends enclose but may be too wide",
    ),
    (
        "not_self_scorable",
        "đơn vị không tự chấm nội dung này",
        "not scored by the unit itself",
    ),
    (
        "depends_on_upper_level",
        "phụ thuộc cấp trên",
        "depends on the level above",
    ),
    (
        "judgement_needed",
        "chờ cấp thẩm định cho điểm {quantity}",
        "waits for the appraiser's judgement of {quantity}",
    ),
    (
        "provisional_day",
        "hạn {date} của {subject} dựa trên ngày nghỉ chưa chính thức",
        "the due date {date} of {subject} rests on an unofficial day",
    ),
    (
        "not_yet",
        "{quantity} ({subject}): có ngày hoặc được ghi nhận từ ngày tính điểm, chưa được xét",
        "{quantity} ({subject}): dated or recorded on or after the as-of date, not seen yet",
    ),
    (
        "outside_period",
        "{quantity} ({subject}): ngoài thời gian tính điểm",
        "{quantity} ({subject}): outside the scored period",
    ),
    (
        "recorded_late",
        "{quantity} ({subject}): ghi nhận sau hạn nộp, không được tính",
        "{quantity} ({subject}): recorded after the last day to hand in, not counted",
    ),
    (
        "predecessors_summed",
        "{quantity}: cộng cả số liệu của đơn vị tiền thân: {units}",
        "{quantity}: added up with the predecessors: {units}",
    ),
    (
        "predecessor_missing",
        "{quantity}: thiếu số liệu của {unit}, tổng chưa biết[; còn bổ sung được đến {until}]",
        "{quantity}: no figure of {unit}, so the sum is not known[; can be handed in until {until}]",
    ),
    (
        "predecessor_unproved",
        "{quantity}: số liệu của {unit} chưa được chứng minh[; còn bổ sung được đến {until}]",
        "{quantity}: the figure of {unit} is not proved[; can be mended until {until}]",
    ),
    (
        "predecessor_not_counted",
        "{quantity} ({subject}): của đơn vị tiền thân, không được tính",
        "{quantity} ({subject}): of a predecessor, not counted",
    ),
    (
        "observation_cut",
        "{quantity}: chỉ tính thời gian đơn vị tồn tại, {from} – {to}[; không phải thực hiện {obligations}]",
        "{quantity}: only while the unit existed, {from} to {to}[; not owed: {obligations}]",
    ),
    (
        "not_owed",
        "{quantity} ({subject}): đơn vị không phải thực hiện, không được tính",
        "{quantity} ({subject}): not owed by the unit, not counted",
    ),
    (
        "cohort_unknown",
        "chưa công bố kết quả của đơn vị cao nhất về {quantity}",
        "the best unit's figure on {quantity} is not published yet",
    ),
    (
        "no_figure",
        "chưa có số liệu {quantity}",
        "no figure for {quantity}",
    ),
    (
        "no_figure_too_late",
        "không có số liệu {quantity}, đã hết hạn nộp {until}",
        "no figure for {quantity}, and the last day was {until}",
    ),
    (
        "newer_figure_unproved",
        "số liệu mới hơn của {quantity} chưa được chứng minh, chỉ tính khi làm giảm điểm",
        "a newer figure for {quantity} is not proved and counts only where it lowers points",
    ),
    (
        "stale",
        "số liệu {quantity} tính đến {observed_on}, chưa đến ngày chốt {close}",
        "the figure for {quantity} is of {observed_on}, before the close on {close}",
    ),
    (
        "correction",
        "số liệu {quantity} không nối tiếp được số liệu trước ({earlier}): là đính chính",
        "the figure for {quantity} cannot follow the earlier one ({earlier}): a correction",
    ),
    (
        "over_limit",
        "tổng {total} của {quantity} vượt mức tối đa đã kê khai {limit}",
        "the total {total} of {quantity} is over its stated limit {limit}",
    ),
    (
        "evidence_open",
        "{quantity} ({subject}): chưa được chấp nhận[, thiếu {roles}][; còn bổ sung được đến {until}]",
        "{quantity} ({subject}): not accepted yet[, lacks {roles}][; can be mended until {until}]",
    ),
    (
        "evidence_missing",
        "{quantity} ({subject}): không có tài liệu, đã hết hạn bổ sung",
        "{quantity} ({subject}): no document, and it is too late",
    ),
    (
        "evidence_unreadable",
        "{quantity} ({subject}): tài liệu không đọc được[; còn bổ sung được đến {until}]",
        "{quantity} ({subject}): cannot be read[; can be mended until {until}]",
    ),
    (
        "evidence_rejected",
        "{quantity} ({subject}): không được chấp nhận[, thiếu {roles}], đã hết hạn bổ sung",
        "{quantity} ({subject}): not accepted[, lacks {roles}], and it is too late",
    ),
    (
        "not_applicable",
        "không áp dụng: {ground}",
        "not applicable: {ground}",
    ),
    (
        "exemption_not_granted",
        "lý do không áp dụng {ground} chưa được chứng minh",
        "the ground {ground} is not proved, so the component applies",
    ),
    (
        "inconsistent",
        "số liệu không khớp: {title} ({left} so với {right})",
        "figures do not agree: {title} ({left} against {right})",
    ),
    (
        "declared_total_differs",
        "tổng tự tính của {code} là {declared}, tính lại được {computed}",
        "the declared total of {code} is {declared}, computed {computed}",
    ),
    (
        "same_document",
        "{document} và {other} là cùng một văn bản[ {citation}]",
        "{document} and {other} are the same document[ {citation}]",
    ),
];

pub(super) const REMEDIES: &[Entry] = &[
    (
        "add_document",
        "bổ sung tài liệu vào danh mục",
        "add the document to the register",
    ),
    (
        "issue_document",
        "ban hành, ghi đủ số và ngày",
        "issue it: fill in number and day",
    ),
    (
        "replace_document",
        "thay bằng đúng văn bản được yêu cầu",
        "hand in the document that is asked",
    ),
    (
        "mend_symbol",
        "kiểm tra lại số, ký hiệu và loại văn bản",
        "check number, symbol and kind",
    ),
    (
        "check_dates",
        "kiểm tra lại ngày, hoặc dùng văn bản khác",
        "check the dates, or use another",
    ),
    (
        "too_late",
        "đã quá hạn, không khắc phục được",
        "too late to mend",
    ),
    (
        "own_document",
        "lập văn bản riêng cho sự việc này",
        "give this event a document of its own",
    ),
    (
        "add_reference",
        "ghi rõ văn bản hoặc sự việc được dẫn chiếu",
        "name what it refers to",
    ),
    (
        "point_to_page",
        "chỉ rõ trang, mục chứng minh",
        "point to the page or section",
    ),
    (
        "sign_document",
        "ký, đóng dấu rồi nộp lại",
        "sign and seal it",
    ),
    (
        "complete_content",
        "bổ sung nội dung còn thiếu",
        "complete its content",
    ),
    (
        "use_successor",
        "dùng văn bản thay thế",
        "use its successor",
    ),
    ("rescan", "quét lại cho rõ", "scan it again"),
    (
        "correct_record",
        "sửa lại thông tin kê khai cho khớp",
        "correct the record",
    ),
    (
        "wait",
        "tính lại với ngày muộn hơn",
        "ask again as of a later date",
    ),
    (
        "ask_upper_level",
        "kiến nghị cấp trên triển khai",
        "ask the level above",
    ),
    (
        "hand_in_figure",
        "nộp số liệu kèm tài liệu kiểm chứng",
        "hand in the figure with its evidence",
    ),
    (
        "mend_evidence",
        "bổ sung, sửa tài liệu kiểm chứng",
        "mend the evidence",
    ),
];

/// Whether a finding is about one document.
fn about_document(finding: &Finding) -> bool {
    finding.params.get("role").is_some()
}

/// A finding in words.
pub(crate) fn finding(
    finding: &Finding,
    leaf: Option<&str>,
    names: Names<'_>,
    language: Language,
) -> String {
    if about_document(finding) {
        let known = [reason::REASONS, reason::REMARKS];
        let said = known
            .iter()
            .find_map(|table| template(table, finding.code, language));
        let said = said.map_or_else(|| format!("`{}`", finding.code), str::to_owned);
        let id = finding.params.get("document").unwrap_or_default();
        return match finding.params.get("citation").filter(|it| !it.is_empty()) {
            Some(citation) => format!("{id} ({citation}): {said}"),
            None => format!("{id}: {said}"),
        };
    }
    let Some(template) = template(FINDINGS, finding.code, language) else {
        return format!("`{}`", finding.code);
    };
    filled(template, &|name| {
        let value = finding.params.get(name).filter(|value| !value.is_empty())?;
        Some(match name {
            "quantity" => names.quantity(value, language),
            "subject" => subject(finding, value, names, language),
            "ground" => names.ground(leaf, value, language),
            "obligations" => {
                let quantity = finding.params.get("quantity").unwrap_or_default();
                let owed = value.split(", ");
                let owed = owed.map(|it| names.obligation(quantity, it, language));
                owed.collect::<Vec<_>>().join(", ")
            }
            "roles" => {
                let roles = value
                    .split(", ")
                    .map(|role| names.role(leaf, role, language));
                roles.collect::<Vec<_>>().join(", ")
            }
            "until" | "date" | "from" | "to" | "observed_on" | "close" => date(value, language),
            "left" | "right" => crate::number::number_text(value, language),
            "declared" | "computed" => crate::number::points_text(value, language),
            "code" if value == "total" => match language {
                Language::Vietnamese => "toàn bộ tiêu chí".to_owned(),
                Language::English => "all components".to_owned(),
            },
            _ => value.to_owned(),
        })
    })
}

fn subject(finding: &Finding, value: &str, names: Names<'_>, language: Language) -> String {
    if finding.code == "provisional_day" {
        let quantity = finding.params.get("quantity").unwrap_or_default();
        return names.obligation(quantity, value, language);
    }
    date(value, language)
}

/// A date in the reader's form; what is no date stays as it is.
pub(crate) fn date(text: &str, language: Language) -> String {
    text.parse()
        .map_or_else(|_| text.to_owned(), |date| language.date(date))
}

/// What to do about it.
pub(crate) fn remedy(code: &str, language: Language) -> String {
    text(REMEDIES, code, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes between quotes after `start` in core's source.
    fn codes(start: &str) -> Vec<String> {
        let source = include_str!("../../../cchc-core/src/assess/finding.rs");
        let mut codes: Vec<String> = source
            .split(start)
            .skip(1)
            .filter_map(|rest| rest.split_once('"').map(|(code, _)| code.to_owned()))
            .filter(|code| !code.is_empty())
            .filter(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect();
        codes.sort();
        codes.dedup();
        codes
    }

    #[test]
    fn every_finding_of_the_core_has_a_text() {
        let mut all = codes("finding(\"");
        all.extend(codes("(\"").into_iter().filter(|code| {
            code.starts_with("evidence_") || code.ends_with("_yet") || code.starts_with("no_figure")
        }));
        assert!(all.len() > 15, "{all:?}");
        for code in all {
            assert!(
                template(FINDINGS, &code, Language::English).is_some(),
                "{code}"
            );
        }
    }

    #[test]
    fn every_remedy_of_the_core_has_a_text() {
        let mut all = codes("=> \"");
        all.extend(codes(".mend(\""));
        assert!(all.len() > 12, "{all:?}");
        for code in all {
            assert!(
                template(REMEDIES, &code, Language::English).is_some(),
                "{code}"
            );
        }
    }
}
