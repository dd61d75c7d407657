//! What would explain an official score, and the words of a letter about it (giải trình).

use cchc_core::reconcile::{Cause, NamedFact, NamedObligation, Reconciled};
use cchc_core::values::RoundingMode;

use super::{Entry, date, filled, text};
use crate::number::number;
use crate::{Language, Names};

/// Likely causes of a difference.
pub(super) const CAUSES: &[Entry] = &[
    (
        "evidence_rejected",
        "tài liệu kiểm chứng của {facts} không được chấp nhận[ ({documents})]",
        "the evidence of {facts} was not accepted[ ({documents})]",
    ),
    (
        "evidence_accepted",
        "{facts} được công nhận dù hồ sơ chưa chứng minh được",
        "{facts} counted although the record does not prove it",
    ),
    (
        "late_not_met",
        "bị tính là muộn: {obligations}",
        "taken for late: {obligations}",
    ),
    (
        "met_not_late",
        "được tính là đúng hạn: {obligations}",
        "taken for met: {obligations}",
    ),
    (
        "other_bound",
        "ngưỡng {bound} được hiểu ngược lại: số đúng bằng ngưỡng thuộc về mức bên kia",
        "the bound {bound} was read the other way: its number belongs to the other side",
    ),
    (
        "later_record",
        "tính đến đầu ngày {date} thì đúng số điểm này[; khi đó đã có thêm {records}]",
        "as of the start of {date} these are the points[; by then there was also {records}]",
    ),
    (
        "earlier_record",
        "tính đến đầu ngày {date} thì đúng số điểm này[; khi đó chưa có {records}]",
        "as of the start of {date} these are the points[; by then there was no {records}]",
    ),
    (
        "other_figure",
        "số liệu {quantity} được lấy là {other}[ trên {total}], hồ sơ ghi {stated}",
        "the figure {quantity} was taken to be {other}[ of {total}], the record says {stated}",
    ),
    (
        "judged",
        "cấp thẩm định cho {given} ở {quantity}",
        "the appraiser gave {given} for {quantity}",
    ),
    (
        "other_rounding",
        "{exact} được làm tròn cách khác: {mode}[, {places} chữ số thập phân]",
        "{exact} was rounded another way: {mode}[, {places} decimal places]",
    ),
];

/// What a unit answers to a cause that goes against its record.
pub(super) const ANSWERS: &[Entry] = &[
    (
        "evidence_rejected",
        "Đề nghị xem lại: theo yêu cầu của tiêu chí, tài liệu này được chấp nhận",
        "Please look again: by what the criterion asks these documents are accepted",
    ),
    (
        "late_not_met",
        "Đề nghị tính theo ngày hoàn thành ghi trên tài liệu, trong hạn",
        "Please count the day that the document bears, which is in time",
    ),
    (
        "other_bound",
        "Đề nghị tính theo đúng chữ của quy định về ngưỡng",
        "Please read the bound by the rule's own words",
    ),
    (
        "earlier_record",
        "Đề nghị tính cả phần đã bổ sung sau đó, trong thời hạn nộp hồ sơ",
        "Please count what was added later, before the last day to hand in",
    ),
    (
        "other_figure",
        "Đề nghị lấy số liệu của hồ sơ, có tài liệu kiểm chứng kèm theo",
        "Please take the record's figure, which its documents prove",
    ),
    (
        "other_rounding",
        "Đề nghị làm tròn theo quy định của bộ chỉ số",
        "Please round as the index set says",
    ),
];

/// Ways of rounding.
pub(super) const MODES: &[Entry] = &[
    ("half_up", "nửa thì lên", "half goes up"),
    (
        "half_even",
        "nửa thì về số chẵn",
        "half goes to the even digit",
    ),
    ("half_down", "nửa thì xuống", "half goes down"),
    ("down", "cắt bỏ phần lẻ", "further digits are cut off"),
    ("up", "luôn làm tròn lên", "always away from zero"),
    ("none", "không làm tròn", "not at all"),
];

/// Words around them.
pub(super) const TEXTS: &[Entry] = &[
    ("yes", "có", "yes"),
    ("no", "không", "no"),
    ("not_yet", "chưa có", "not yet"),
    (
        "no_cause",
        "không tìm thấy cách hiểu nào của hồ sơ cho đúng số điểm này",
        "no reading of the record was found that gives these points",
    ),
    (
        "not_all_tried",
        "chưa thử hết các khả năng, vì quá nhiều",
        "not every reading was tried: there are too many",
    ),
    (
        "basis",
        "Điểm theo hồ sơ dựa trên: {because}",
        "The record's points rest on: {because}",
    ),
    (
        "request",
        "Đề nghị xem xét công nhận {computed} điểm (thẩm định: {official}, tối đa {max})",
        "Please consider granting {computed} points (appraised: {official}, maximum {max})",
    ),
    (
        "no_evidence",
        "không có tài liệu nào được chấp nhận",
        "no document is accepted",
    ),
    (
        "not_contested",
        "không đưa vào giải trình: các cách hiểu trên đều là điểm yếu của chính hồ sơ",
        "left out of the explanation: each of these is a weakness of the record itself",
    ),
    (
        "nothing_below",
        "Không có tiêu chí thành phần nào có điểm thẩm định thấp hơn điểm theo hồ sơ",
        "No component has fewer official points than the record gives",
    ),
];

/// A text around causes.
pub(crate) fn reconciled(
    code: &str,
    language: Language,
    parameter: &dyn Fn(&str) -> Option<String>,
) -> String {
    filled(&text(TEXTS, code, language), parameter)
}

/// What a unit answers to a cause, by its code.
pub(crate) fn answer(code: &str, language: Language) -> String {
    text(ANSWERS, code, language)
}

/// A likely cause in words.
pub(crate) fn cause(
    cause: &Cause,
    component: &Reconciled,
    names: Names<'_>,
    language: Language,
) -> String {
    let code = Some(component.code.as_str());
    let fact = |it: &NamedFact| match &it.quantity {
        Some(quantity) => {
            let name = names.quantity(quantity, language);
            format!("{name} ({})", date(&it.fact, language))
        }
        None => names.ground(code, &it.fact, language),
    };
    let facts = |list: &[NamedFact]| joined(list.iter().map(fact));
    let document = |id: &str| {
        let named = component.documents.iter().find(|it| &*it.id == id);
        named
            .and_then(|it| it.citation.as_deref())
            .unwrap_or(id)
            .to_owned()
    };
    let obligation = |it: &NamedObligation| {
        let name = names.obligation(&it.quantity, &it.obligation, language);
        let (done, due) = (language.date(it.done_on), language.date(it.due));
        language.pick(
            format!("{name} (hoàn thành {done}, hạn {due})"),
            format!("{name} (done {done}, due {due})"),
        )
    };
    let parameter = |name: &str| -> Option<String> {
        match (name, cause) {
            (
                "facts",
                Cause::EvidenceRejected { facts: list } | Cause::EvidenceAccepted { facts: list },
            ) => facts(list),
            ("documents", Cause::EvidenceRejected { facts }) => {
                let documents = facts.iter().flat_map(|it| &it.documents);
                joined(documents.map(|it| document(it)))
            }
            (
                "obligations",
                Cause::LateNotMet { obligations } | Cause::MetNotLate { obligations },
            ) => joined(obligations.iter().map(obligation)),
            ("bound", Cause::OtherBound { bound, .. }) => {
                Some(crate::number::number_text(bound, language))
            }
            ("date", Cause::LaterRecord { as_of, .. } | Cause::EarlierRecord { as_of, .. }) => {
                Some(language.date(*as_of))
            }
            (
                "records",
                Cause::LaterRecord {
                    facts, documents, ..
                }
                | Cause::EarlierRecord {
                    facts, documents, ..
                },
            ) => {
                let documents = documents.iter().map(|it| document(it));
                joined(facts.iter().map(fact).chain(documents))
            }
            ("quantity", Cause::OtherFigure { quantity, .. } | Cause::Judged { quantity, .. }) => {
                Some(names.quantity(quantity, language))
            }
            ("stated", Cause::OtherFigure { stated, .. }) => Some(value(stated, language)),
            ("other", Cause::OtherFigure { other, .. }) => Some(value(other, language)),
            ("total", Cause::OtherFigure { total, .. }) => total.map(|it| it.to_string()),
            (
                "given",
                Cause::Judged {
                    points, verdict, ..
                },
            ) => match points {
                Some(points) => Some(number(points, language)),
                None => verdict.as_ref().map(|it| format!("`{it}`")),
            },
            ("exact", Cause::OtherRounding { exact, .. }) => Some(number(exact, language)),
            ("mode", Cause::OtherRounding { mode, .. }) => {
                Some(text(MODES, mode_code(*mode), language))
            }
            ("places", Cause::OtherRounding { places, mode, .. }) => {
                (*mode != RoundingMode::None).then(|| places.to_string())
            }
            _ => None,
        }
    };
    filled(&text(CAUSES, cause.code(), language), &parameter)
}

/// Parts with semicolons between them; `None` where there are none.
fn joined(parts: impl Iterator<Item = String>) -> Option<String> {
    let parts: Vec<String> = parts.collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// A number as it is; the state of a flag in words.
fn value(value: &str, language: Language) -> String {
    super::template(TEXTS, value, language)
        .unwrap_or(value)
        .to_owned()
}

fn mode_code(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::HalfUp => "half_up",
        RoundingMode::HalfEven => "half_even",
        RoundingMode::HalfDown => "half_down",
        RoundingMode::Down => "down",
        RoundingMode::Up => "up",
        RoundingMode::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cause_of_the_core_has_a_text_and_every_text_a_cause() {
        let texts: Vec<&str> = CAUSES.iter().map(|it| it.0).collect();
        assert_eq!(texts, Cause::CODES);
        assert!(ANSWERS.iter().all(|it| Cause::CODES.contains(&it.0)));
    }
}
