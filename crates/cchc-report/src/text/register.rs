//! `register`: what was read of each file, what was not, and what it could serve.

use cchc_core::reading::RegisterDraft;

use super::ink;
use crate::layout::Page;
use crate::style::{Ink, Style};
use crate::{Language, Names, wording};

/// Most requirements of a file that are shown.
const MOST_SHOWN: usize = 8;

/// A drafted register, file by file.
pub fn register(
    draft: &RegisterDraft,
    names: Names<'_>,
    language: Language,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    let incomplete = draft.evidence.iter().filter(|record| {
        record.kind.is_none()
            || record.number.is_none()
            || record.symbol.is_none()
            || record.issuer.is_none()
            || record.issued_on.is_none()
    });
    let (all, open) = (draft.evidence.len(), incomplete.count());
    page.line(
        Ink::Bold,
        &language.pick(
            format!("Dự thảo danh mục: {all} tệp, {open} tệp còn thiếu thông tin"),
            format!("Draft of a register: {all} files, {open} of them incomplete"),
        ),
    );
    for (record, file) in draft.evidence.iter().zip(&draft.files) {
        page.heading(&format!("{} ({})", record.id, file.file));
        let number = match (&record.number, &record.symbol) {
            (None, None) => None,
            (number, symbol) => Some(format!(
                "{}/{}",
                number.as_deref().unwrap_or("…"),
                symbol.as_deref().unwrap_or("…")
            )),
        };
        let parts: Vec<String> = [
            record
                .kind
                .map(|it| language.pick(it.vietnamese(), it.english()).to_owned()),
            number,
            record.issued_on.map(|it| language.date(it)),
            record.issuer.as_ref().map(|it| it.name.clone()),
        ]
        .into_iter()
        .flatten()
        .collect();
        let read = if parts.is_empty() {
            language.pick("chưa đọc được gì", "nothing read").to_owned()
        } else {
            parts.join(" · ")
        };
        page.item(Ink::Plain, "  ", &read);
        if let Some(subject) = &record.subject {
            page.item(Ink::Plain, "  ", subject);
        }
        if !file.serves.is_empty() {
            let mut serves: Vec<String> = file
                .serves
                .iter()
                .take(MOST_SHOWN)
                .map(|it| {
                    let role = names.role(Some(&it.quantity), &it.role, language);
                    format!("{} ({role})", it.codes.join(", "))
                })
                .collect();
            let more = file.serves.len().saturating_sub(MOST_SHOWN);
            if more > 0 {
                serves.push(format!("+{more}"));
            }
            let label = language.pick("có thể dùng cho", "could serve");
            page.item(Ink::Good, "  ", &format!("{label}: {}", serves.join("; ")));
        }
        for observation in &file.observations {
            let text = wording::observation(observation, language);
            page.item(ink(observation.severity), "  ! ", &text);
        }
    }
    if !draft.observations.is_empty() {
        page.heading(language.pick("KHÔNG ĐƯA VÀO DANH MỤC", "NOT IN THE DRAFT"));
        for note in &draft.observations {
            let text = wording::observation(&note.observation, language);
            let text = format!("{}: {text}", note.file);
            page.item(ink(note.observation.severity), "  - ", &text);
        }
    }
    page.finish()
}
