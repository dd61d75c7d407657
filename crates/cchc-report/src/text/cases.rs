//! `test`: the worked cases of a pack.

use cchc_core::CaseResult;
use cchc_core::json::Fault;

use crate::layout::Page;
use crate::style::Ink;
use crate::{Language, Style, wording};

/// One case file and what came of it.
#[derive(Clone, Debug)]
pub struct CaseRun {
    /// Name of the file.
    pub file: String,
    /// What the case showed, or why it could not be run.
    pub result: Result<CaseResult, Vec<Fault>>,
}

impl CaseRun {
    /// Whether the engine says what the case says.
    pub fn passed(&self) -> bool {
        self.result
            .as_ref()
            .is_ok_and(|result| result.differences.is_empty())
    }
}

/// Failing cases in full, then the count.
pub fn cases(runs: &[CaseRun], language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    for run in runs.iter().filter(|run| !run.passed()) {
        match &run.result {
            Ok(result) => {
                page.item(Ink::Bad, "", &format!("{}: {}", run.file, result.case));
                for it in &result.differences {
                    let (expected, found) = (
                        wording::fault_title("expected", language),
                        wording::fault_title("found", language),
                    );
                    let field = wording::field(it.field, language);
                    let text = format!(
                        "{} {field}: {expected} {}, {found} {}",
                        it.code, it.expected, it.found
                    );
                    page.item(Ink::Plain, "  - ", &text);
                }
            }
            Err(list) => {
                page.item(Ink::Bad, "", &run.file);
                super::faults::items(&mut page, list, language);
            }
        }
    }
    let passed = runs.iter().filter(|run| run.passed()).count();
    let failed = runs.len() - passed;
    let text = language.pick(
        format!("{passed} tình huống đạt, {failed} không đạt"),
        format!("{passed} cases passed, {failed} failed"),
    );
    page.line(if failed == 0 { Ink::Good } else { Ink::Bad }, &text);
    page.finish()
}
