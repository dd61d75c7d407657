//! Observations about files in words: what, where, and what to do.

use cchc_core::facts::{Comparison, DocumentKind};
use cchc_core::reading::{Observation, Spot};

use super::{date, filled, header, template, text};
use crate::Language;

/// An observation with its place and remedy in words.
pub(crate) fn observation(observation: &Observation, language: Language) -> String {
    let tables = [header::OBSERVATIONS];
    let template = tables
        .iter()
        .find_map(|table| template(table, observation.code, language));
    let words = match template {
        None => format!("`{}`", observation.code),
        Some(template) => filled(template, &|name| {
            let value = observation.params.get(name)?;
            Some(parameter(name, value, language))
        }),
    };
    let place = spot(&observation.at, language).map(|it| format!(" ({it})"));
    format!(
        "{words}{} → {}",
        place.unwrap_or_default(),
        remedy(observation.remedy, language)
    )
}

fn remedy(code: &str, language: Language) -> String {
    text(header::REMEDIES, code, language)
}

/// A parameter as people write it: dates in their form, kinds by name.
fn parameter(name: &str, value: &str, language: Language) -> String {
    if matches!(name, "kind" | "title" | "symbol" | "register" | "file")
        && let Some(kind) = DocumentKind::from_abbreviation(value)
    {
        return language.pick(kind.vietnamese(), kind.english()).to_owned();
    }
    date(value, language)
}

/// How a file compares with its record, in words.
pub(crate) fn comparison(comparison: Option<Comparison>, language: Language) -> &'static str {
    match comparison {
        Some(Comparison::Supports) => language.pick("khớp danh mục", "agree with the register"),
        Some(Comparison::Silent) => language.pick("không nói đến", "say nothing of it"),
        Some(Comparison::Contradicts) => language.pick("mâu thuẫn", "contradict it"),
        Some(Comparison::Unreadable) => language.pick("không đọc được", "cannot be read"),
        None => language.pick("không có tệp", "have no file"),
    }
}

/// A place in words; `None` for the file as a whole.
pub(crate) fn spot(spot: &Spot, language: Language) -> Option<String> {
    match spot {
        Spot::File {} => None,
        Spot::Line { page, line, .. } => {
            let line = format!("{} {line}", language.pick("dòng", "line"));
            Some(match page {
                Some(page) => format!("{} {page}, {line}", language.pick("trang", "page")),
                None => line,
            })
        }
        Spot::Cell { sheet, row, column } => {
            let cell = format!(
                "{} {}{row}",
                language.pick("ô", "cell"),
                Spot::column_letters(*column)
            );
            Some(match sheet {
                Some(sheet) => format!("{} {sheet}, {cell}", language.pick("trang tính", "sheet")),
                None => cell,
            })
        }
        Spot::Part { part } => Some(format!("{} {part}", language.pick("phần", "part"))),
    }
}
