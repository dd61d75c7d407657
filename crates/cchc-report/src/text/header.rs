//! `header`: what documents say of themselves, file by file.

use cchc_core::reading::HeaderAnswer;

use super::ink;
use crate::layout::{Align, Page, Row, Table};
use crate::style::{Ink, Style};
use crate::{Language, wording};

/// The headers of files, each as a table of fields with its findings under it.
pub fn headers(answers: &[HeaderAnswer], language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    for answer in answers {
        page.heading(&answer.file);
        let rows = fields(answer, language);
        if !rows.is_empty() {
            page.table(&Table {
                aligns: vec![Align::Left, Align::Left],
                flexible: 1,
                most_lines: 6,
                rows: rows
                    .into_iter()
                    .map(|(label, value)| Row {
                        ink: Ink::Plain,
                        cells: vec![format!("  {label}"), value],
                    })
                    .collect(),
            });
        }
        for finding in &answer.findings {
            let text = wording::observation(finding, language);
            page.item(ink(finding.severity), "  ! ", &text);
        }
    }
    page.finish()
}

fn fields(answer: &HeaderAnswer, language: Language) -> Vec<(String, String)> {
    let number = match (answer.number, &answer.symbol) {
        (None, None) => None,
        (number, symbol) => {
            let number = number.map_or_else(
                || "…".to_owned(),
                |it| format!("{it:02}{}", answer.suffix.as_deref().unwrap_or("")),
            );
            let year = answer.year.map(|it| format!("/{it}")).unwrap_or_default();
            Some(format!(
                "{number}{year}/{}",
                symbol.as_deref().unwrap_or("…")
            ))
        }
    };
    let signer: Vec<&str> = answer
        .signer_prefixes
        .iter()
        .chain(&answer.signer_role)
        .chain(&answer.signer)
        .map(String::as_str)
        .collect();
    let kind = answer
        .kind
        .map(|it| format!("{} ({it})", language.pick(it.vietnamese(), it.english())));
    let cited: Vec<String> = answer
        .citations
        .iter()
        .filter_map(|it| it.citation.number.clone().or(it.citation.subject.clone()))
        .collect();
    let list = |items: &[String]| (!items.is_empty()).then(|| items.join("; "));
    let rows = [
        ("kind", kind),
        ("number", number),
        ("date", answer.date.map(|it| language.date(it))),
        ("place", answer.place.clone()),
        ("superior", answer.superior.clone()),
        ("issuer", answer.issuer.clone()),
        ("subject", answer.subject.clone()),
        ("citations", list(&cited)),
        ("addressees", list(&answer.addressees)),
        ("signer", (!signer.is_empty()).then(|| signer.join(" / "))),
        ("recipients", list(&answer.recipients)),
    ];
    rows.into_iter()
        .filter_map(|(name, value)| Some((wording::component(name, language), value?)))
        .collect()
}
