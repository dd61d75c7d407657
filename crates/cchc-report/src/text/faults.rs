//! Faults of files, all of them, each with its place.

use cchc_core::json::Fault;
use cchc_core::reading::Observation;

use crate::layout::Page;
use crate::style::Ink;
use crate::wording::{fault_help, fault_title, phrase};
use crate::{Language, Style, wording};

/// Every fault: place, what was expected and found, what to do, and its code.
pub fn faults(list: &[Fault], language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    items(&mut page, list, language);
    let count = format!("{}: {}", fault_title("count", language), list.len());
    page.line(Ink::Bold, &count);
    page.finish()
}

pub(super) fn items(page: &mut Page, list: &[Fault], language: Language) {
    let (expected, found) = (
        fault_title("expected", language),
        fault_title("found", language),
    );
    for fault in list {
        let text = format!(
            "{} [{}]: {expected} {}, {found} {}",
            fault.place,
            fault.code,
            phrase(&fault.expected, language),
            phrase(&fault.found, language)
        );
        page.item(Ink::Bad, "", &text);
        if let Some(help) = fault_help(fault.code, fault.help.as_ref(), language) {
            page.item(
                Ink::Plain,
                "  ",
                &format!("{}: {help}", fault_title("help", language)),
            );
        }
    }
}

/// Why a document was not read, each with its file and what to do.
pub fn unread(list: &[Observation], file: &str, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    for observation in list {
        let text = wording::observation(observation, language);
        page.item(
            Ink::Bad,
            "",
            &format!("{file} [{}]: {text}", observation.code),
        );
    }
    page.finish()
}
