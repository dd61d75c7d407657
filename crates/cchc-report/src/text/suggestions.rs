//! `cases`: drafts for what is missing.

use cchc_core::suggestion::Suggestions;

use crate::layout::Page;
use crate::style::Ink;
use crate::{Language, Style, wording};

/// Each draft by name and sentence, and what no draft was found for.
///
/// `names` are those of the files, in the order of the drafts.
pub fn suggestions(
    suggestions: &Suggestions,
    names: &[String],
    written: bool,
    language: Language,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    for (name, draft) in names.iter().zip(&suggestions.cases) {
        let shows = draft.case.get("case").and_then(|it| it.as_str());
        page.item(
            Ink::Plain,
            "- ",
            &format!("{name}: {}", shows.unwrap_or_default()),
        );
    }
    if !suggestions.unmet.is_empty() {
        page.heading(language.pick("CHƯA DỰNG ĐƯỢC", "NO RECORD FOUND FOR"));
        for demand in &suggestions.unmet {
            page.item(Ink::Bad, "- ", &wording::demand(demand, language));
        }
    }
    let count = suggestions.cases.len();
    let text = match (count, written) {
        (0, _) => language.pick("không thiếu tình huống nào", "no case is missing").to_owned(),
        (_, true) => language.pick(
            format!("đã ghi {count} bản nháp, chưa xác nhận: tự tính điểm, rồi bỏ `confirmed`"),
            format!("{count} drafts written, not confirmed: work the points out, then remove `confirmed`"),
        ),
        (_, false) => language.pick(
            format!("{count} bản nháp; ghi ra tệp bằng `--write`"),
            format!("{count} drafts; `--write` writes them"),
        ),
    };
    page.blank();
    page.line(if count == 0 { Ink::Good } else { Ink::Bold }, &text);
    page.finish()
}
