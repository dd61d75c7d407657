//! Short labels: outcomes, openings, severities, rounds, changes.

use cchc_core::answer::{EvidenceOutcome, Outcome};

use super::{Entry, text};
use crate::Language;

pub(super) const OUTCOMES: &[Entry] = &[
    ("scored", "chấm theo thang điểm", "scored by its rule"),
    ("not_arisen", "không phát sinh", "not arisen"),
    ("not_applicable", "không áp dụng", "not applicable"),
    (
        "needs_judgement",
        "chờ cấp thẩm định cho điểm",
        "waits for the appraiser",
    ),
    (
        "not_self_scorable",
        "đơn vị không tự chấm",
        "not scored by the unit itself",
    ),
    (
        "out_of_validity",
        "ngoài thời gian hiệu lực",
        "out of validity",
    ),
];

pub(super) const TASK_STATUSES: &[Entry] = &[
    ("overdue", "quá hạn", "overdue"),
    ("due_soon", "sắp đến hạn", "due soon"),
    ("on_course", "đúng tiến độ", "on course"),
    ("done", "đã xong", "done"),
    ("impossible", "không còn làm được", "impossible now"),
    ("not_applicable", "không áp dụng", "not applicable"),
    (
        "not_assessed",
        "không có trong bộ chỉ số",
        "not in the pack",
    ),
];

pub(super) const EVIDENCE_OUTCOMES: &[Entry] = &[
    ("accepted", "được chấp nhận", "accepted"),
    (
        "accepted_with_remarks",
        "được chấp nhận, có lưu ý",
        "accepted with remarks",
    ),
    (
        "open",
        "chưa đạt, còn bổ sung được",
        "open, can still be mended",
    ),
    ("rejected", "không được chấp nhận", "rejected"),
    (
        "missing",
        "thiếu, đã hết hạn bổ sung",
        "missing, too late to mend",
    ),
    ("unreadable", "không đọc được", "unreadable"),
];

pub(super) const OPENINGS: &[Entry] = &[
    (
        "event",
        "thực hiện thêm cho {quantity}",
        "one more for {quantity}",
    ),
    (
        "obligation",
        "hoàn thành {subject} của {quantity}",
        "fulfil {subject} of {quantity}",
    ),
    (
        "late_obligation",
        "hoàn thành muộn {subject} của {quantity}",
        "fulfil {subject} of {quantity}, though late",
    ),
    (
        "figure",
        "cải thiện, nộp số liệu {quantity}",
        "better the figure {quantity} and hand it in",
    ),
    (
        "mend",
        "bổ sung tài liệu kiểm chứng cho {fact}",
        "mend the evidence of {fact}",
    ),
    (
        "judgement",
        "chờ cấp thẩm định cho điểm {quantity}",
        "the appraiser judges {quantity}",
    ),
    (
        "cohort",
        "chờ công bố số liệu các đơn vị khác về {quantity}",
        "figures of the other units on {quantity} are published",
    ),
];

pub(super) const ROUNDS: &[Entry] = &[
    ("self", "tự chấm", "self-score"),
    ("appraisal_1", "thẩm định lần 1", "first appraisal"),
    ("explanation", "giải trình", "explanation"),
    ("appraisal_2", "thẩm định lần 2", "second appraisal"),
    ("final", "chính thức", "final"),
];

pub(super) const CHANGES: &[Entry] = &[
    ("gained", "Tăng", "Gained"),
    ("lost", "Giảm", "Lost"),
    ("unchanged", "Giữ nguyên", "Unchanged"),
];

pub(super) const FIELDS: &[Entry] = &[
    ("code", "mã", "code"),
    ("max", "điểm tối đa", "maximum"),
    ("secured", "điểm chắc chắn", "secured"),
    ("standing", "điểm nếu dừng lại", "standing"),
    ("attainable", "điểm còn có thể đạt", "attainable"),
    ("outcome", "kết quả", "outcome"),
    ("because", "lý do", "because"),
    ("findings", "phát hiện", "findings"),
    ("class", "xếp loại", "class"),
];

#[cfg(test)]
pub(super) const TABLES: &[&[Entry]] = &[
    TASK_STATUSES,
    OUTCOMES,
    EVIDENCE_OUTCOMES,
    OPENINGS,
    ROUNDS,
    CHANGES,
    FIELDS,
];

/// How a component came to its numbers.
pub(crate) fn outcome(outcome: Outcome, language: Language) -> String {
    text(OUTCOMES, outcome.code(), language)
}

/// Outcome of an evidence requirement.
pub(crate) fn evidence_outcome(outcome: EvidenceOutcome, language: Language) -> String {
    text(EVIDENCE_OUTCOMES, outcome.code(), language)
}

/// What can still be done, as a template over `quantity`, `subject` and `fact`.
pub(crate) fn opening(
    what: &str,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    super::filled(&text(OPENINGS, what, language), parameter)
}

/// A scoring round; one that is not known by this name is shown as written.
pub(crate) fn round(code: &str, language: Language) -> String {
    super::template(ROUNDS, code, language)
        .unwrap_or(code)
        .to_owned()
}

/// How far a task of a plan is.
pub(crate) fn task_status(code: &str, language: Language) -> String {
    text(TASK_STATUSES, code, language)
}

/// `gained`, `lost` or `unchanged`.
pub(crate) fn change(code: &str, language: Language) -> String {
    text(CHANGES, code, language)
}

/// A field of a worked case.
pub(crate) fn field(code: &str, language: Language) -> String {
    text(FIELDS, code, language)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wording::template;

    #[test]
    fn every_outcome_has_a_text() {
        let all = [
            Outcome::Scored,
            Outcome::NotArisen,
            Outcome::NotApplicable,
            Outcome::NeedsJudgement,
            Outcome::NotSelfScorable,
            Outcome::OutOfValidity,
        ];
        for outcome in all {
            // No wildcard: a new outcome fails to compile here until it is worded.
            match outcome {
                Outcome::Scored
                | Outcome::NotArisen
                | Outcome::NotApplicable
                | Outcome::NeedsJudgement
                | Outcome::NotSelfScorable
                | Outcome::OutOfValidity => {
                    assert!(template(OUTCOMES, outcome.code(), Language::English).is_some());
                }
            }
        }
    }

    #[test]
    fn every_evidence_outcome_has_a_text() {
        let all = [
            EvidenceOutcome::Accepted,
            EvidenceOutcome::AcceptedWithRemarks,
            EvidenceOutcome::Open,
            EvidenceOutcome::Rejected,
            EvidenceOutcome::Missing,
            EvidenceOutcome::Unreadable,
        ];
        for outcome in all {
            match outcome {
                EvidenceOutcome::Accepted
                | EvidenceOutcome::AcceptedWithRemarks
                | EvidenceOutcome::Open
                | EvidenceOutcome::Rejected
                | EvidenceOutcome::Missing
                | EvidenceOutcome::Unreadable => {
                    let text = template(EVIDENCE_OUTCOMES, outcome.code(), Language::English);
                    assert!(text.is_some());
                }
            }
        }
    }

    #[test]
    fn every_opening_of_the_core_has_a_text() {
        let source = include_str!("../../../cchc-core/src/assess/openings.rs");
        let mut codes: Vec<&str> = source
            .split("open(\"")
            .chain(source.split("what: \""))
            .skip(1)
            .filter_map(|rest| rest.split_once('"'))
            .map(|(code, _)| code)
            .filter(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
            .collect();
        codes.sort_unstable();
        codes.dedup();
        assert!(codes.len() >= 7, "{codes:?}");
        for code in codes {
            assert!(
                template(OPENINGS, code, Language::English).is_some(),
                "{code}"
            );
        }
    }
}
