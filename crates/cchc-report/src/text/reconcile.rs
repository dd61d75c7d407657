//! `reconcile`: official scores against computed ones, and a letter about those that are
//! lower (giải trình).

use cchc_core::reconcile::{NamedDocument, Reconciled, Reconciliation};

use super::View;
use crate::layout::{Align, Page, Row, Table, clean};
use crate::number::{difference, points};
use crate::style::Ink;
use crate::{Language, wording};

/// What a letter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterForm {
    /// Plain text.
    Text,
    /// Markdown, to be made into a document.
    Markdown,
}

/// Official scores of a round against the computed ones, with what would explain each.
pub fn reconciliation(answer: &Reconciliation, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    let round = wording::round(&answer.round, language);
    page.heading(&language.pick(
        format!("ĐIỂM {} SO VỚI ĐIỂM THEO HỒ SƠ", round.to_uppercase()),
        format!("{} AGAINST THE RECORD", round.to_uppercase()),
    ));
    let head = language.pick(
        ["", "Công bố", "Hồ sơ", "Chênh"],
        ["", "Official", "Record", "Difference"],
    );
    let row = |ink, name: &str, [official, computed, moved]: [&_; 3]| Row {
        ink,
        cells: vec![
            name.to_owned(),
            points(official, language),
            points(computed, language),
            difference(moved, language),
        ],
    };
    let mut rows = vec![Row {
        ink: Ink::Bold,
        cells: head.map(str::to_owned).to_vec(),
    }];
    for it in &answer.components {
        let ink = if it.difference.is_zero() {
            Ink::Plain
        } else {
            Ink::Warning
        };
        let star = if it.illustrative { "*" } else { "" };
        let name = format!("{}{star} {}", it.code, language.title(&it.title));
        rows.push(row(
            ink,
            &name,
            [&it.official, &it.computed, &it.difference],
        ));
    }
    let total = language.pick("Tổng", "Total");
    let sums = [&answer.official, &answer.computed, &answer.difference];
    rows.push(row(Ink::Bold, total, sums));
    page.table(&Table {
        aligns: vec![Align::Left, Align::Right, Align::Right, Align::Right],
        flexible: 0,
        most_lines: 1,
        rows,
    });
    if let Some(text) = illustrative(&answer.components, language) {
        page.line(Ink::Warning, text);
    }
    let differing = || {
        answer
            .components
            .iter()
            .filter(|it| !it.difference.is_zero())
    };
    if differing().next().is_some() {
        page.heading(language.pick("NGUYÊN NHÂN CÓ THỂ", "LIKELY CAUSES"));
    }
    for it in differing() {
        let title = language.title(&it.title);
        let moved = difference(&it.difference, language);
        page.item(Ink::Bold, "", &format!("{} {title}: {moved}", it.code));
        for text in causes(it, view) {
            page.item(Ink::Plain, "  - ", &text);
        }
    }
    for (label, codes) in [
        (
            language.pick("chưa có điểm vòng này:", "not scored in this round:"),
            &answer.not_scored,
        ),
        (
            language.pick("không có trong bộ chỉ số:", "not in the pack:"),
            &answer.not_in_pack,
        ),
    ] {
        if !codes.is_empty() {
            page.blank();
            page.line(Ink::Dim, &format!("{label} {}", codes.join(", ")));
        }
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

/// What a reader must know of figures that are not official.
fn illustrative(components: &[Reconciled], language: Language) -> Option<&'static str> {
    let some = components.iter().any(|it| it.illustrative);
    some.then_some(language.pick(
        "* Thang điểm MINH HỌA, không phải chính thức",
        "* ILLUSTRATIVE figures, not official ones",
    ))
}

/// The likely causes, or that there is none.
fn causes(component: &Reconciled, view: &View<'_>) -> Vec<String> {
    let language = view.language;
    let told = component.causes.iter();
    let mut texts: Vec<String> = told
        .map(|it| wording::cause(it, component, view.names, language))
        .collect();
    let plain = |code| wording::reconciled(code, language, &|_| None);
    if texts.is_empty() {
        texts.push(plain("no_cause"));
    }
    if !component.all_tried {
        texts.push(plain("not_all_tried"));
    }
    texts
}

/// A letter that explains (giải trình) every component whose official points are below those
/// of the record: what the points rest on, what would explain the difference, the evidence.
pub fn explanation_letter(answer: &Reconciliation, view: &View<'_>, form: LetterForm) -> String {
    let language = view.language;
    let mut letter = Letter {
        form,
        page: Page::new(view.style),
        markdown: String::new(),
    };
    let basis = &answer.basis;
    let round = wording::round(&answer.round, language);
    let year = basis.scored_year;
    letter.title(&language.pick(
        format!("GIẢI TRÌNH ĐIỂM CHỈ SỐ CẢI CÁCH HÀNH CHÍNH NĂM {year}"),
        format!("EXPLANATION OF THE ADMINISTRATIVE REFORM INDEX SCORE OF {year}"),
    ));
    let as_of = language.date(basis.as_of);
    letter.paragraph(&language.pick(
        format!("Đơn vị: {}", basis.unit_name),
        format!("Unit: {}", basis.unit_name),
    ));
    letter.paragraph(&language.pick(
        format!("Vòng điểm: {round}; hồ sơ tính đến đầu ngày {as_of}"),
        format!("Round: {round}; the record as of the start of {as_of}"),
    ));
    letter.paragraph(language.title(&basis.pack_title));
    let notes = [&basis.submission_note, &basis.pack_note];
    for note in notes.into_iter().flatten() {
        letter.paragraph(note);
    }
    let below: Vec<&Reconciled> = answer
        .components
        .iter()
        .filter(|it| it.difference.is_negative())
        .collect();
    if below.is_empty() {
        letter.paragraph(&wording::reconciled("nothing_below", language, &|_| None));
    }
    for (index, component) in below.iter().enumerate() {
        letter.component(index + 1, component, view);
    }
    if let Some(text) = illustrative(&answer.components, language) {
        letter.paragraph(text);
    }
    match form {
        LetterForm::Text => letter.page.finish(),
        LetterForm::Markdown => letter.markdown,
    }
}

struct Letter {
    form: LetterForm,
    page: Page,
    markdown: String,
}

impl Letter {
    fn component(&mut self, number: usize, component: &Reconciled, view: &View<'_>) {
        let language = view.language;
        let title = language.title(&component.title);
        let star = if component.illustrative { "*" } else { "" };
        self.heading(&format!("{number}. {}{star} {title}", component.code));
        let because = component.because.iter();
        let because: Vec<String> = because
            .map(|it| wording::because(it, view.names, language))
            .collect();
        let parameter = |name: &str| match name {
            "because" => Some(because.join("; ")),
            "computed" => Some(points(&component.computed, language)),
            "official" => Some(points(&component.official, language)),
            "max" => Some(points(&component.max, language)),
            _ => None,
        };
        self.paragraph(&wording::reconciled("basis", language, &parameter));
        self.paragraph(language.pick(
            "Nguyên nhân có thể của chênh lệch:",
            "What would explain the difference:",
        ));
        for text in causes(component, view) {
            self.item(&text);
        }
        self.paragraph(language.pick("Tài liệu kiểm chứng:", "Evidence:"));
        let accepted = component.documents.iter().filter(|it| it.accepted);
        let accepted: Vec<String> = accepted.map(|it| cited(it, language)).collect();
        for text in &accepted {
            self.item(text);
        }
        if accepted.is_empty() {
            self.item(&wording::reconciled("no_evidence", language, &|_| None));
        }
        self.paragraph(&wording::reconciled("request", language, &parameter));
    }

    fn title(&mut self, text: &str) {
        match self.form {
            LetterForm::Text => self.page.line(Ink::Bold, text),
            LetterForm::Markdown => self.block("# ", text),
        }
    }

    fn heading(&mut self, text: &str) {
        match self.form {
            LetterForm::Text => self.page.heading(text),
            LetterForm::Markdown => self.block("## ", text),
        }
    }

    fn paragraph(&mut self, text: &str) {
        match self.form {
            LetterForm::Text => self.page.line(Ink::Plain, text),
            LetterForm::Markdown => self.block("", text),
        }
    }

    fn item(&mut self, text: &str) {
        match self.form {
            LetterForm::Text => self.page.item(Ink::Plain, "  - ", text),
            LetterForm::Markdown => self.markdown.push_str(&format!("- {}\n", marked(text))),
        }
    }

    /// A block of Markdown, with an empty line before and after it.
    fn block(&mut self, lead: &str, text: &str) {
        if !self.markdown.is_empty() && !self.markdown.ends_with("\n\n") {
            self.markdown.push('\n');
        }
        self.markdown
            .push_str(&format!("{lead}{}\n\n", marked(text)));
    }
}

/// A document as a letter cites it: kind, number and symbol, date, issuer, subject, page.
fn cited(document: &NamedDocument, language: Language) -> String {
    let kind = cchc_core::facts::DocumentKind::from_abbreviation(document.kind);
    let kind = kind.map_or(document.kind, |it| {
        language.pick(it.vietnamese(), it.english())
    });
    let name = document.citation.as_deref().unwrap_or(&document.id);
    let mut text = format!("{kind} {name}");
    if let Some(date) = document.issued_on {
        let date = language.date(date);
        text += &language.pick(format!(" ngày {date}"), format!(" of {date}"));
    }
    if let Some(issuer) = &document.issuer {
        text += &language.pick(format!(" của {issuer}"), format!(" by {issuer}"));
    }
    if let Some(subject) = &document.subject {
        text += &format!(": {subject}");
    }
    if let Some(page) = &document.page {
        text += &format!(" ({page})");
    }
    text
}

/// A text in Markdown: marks that would change its shape stand for themselves.
fn marked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, c) in clean(text).chars().enumerate() {
        let leads = index == 0 && matches!(c, '#' | '+' | '-' | '=');
        if leads
            || matches!(
                c,
                '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&'
            )
        {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_says_does_not_change_the_shape_of_a_letter() {
        assert_eq!(marked("# a*b <c>"), "\\# a\\*b \\<c\\>");
        assert_eq!(marked("12/BC-UBND\n## x"), "12/BC-UBND ## x");
    }
}
