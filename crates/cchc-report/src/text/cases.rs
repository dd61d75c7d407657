//! `test`: the worked cases of a pack.

use cchc_core::CaseResult;
use cchc_core::coverage::{Coverage, DemandKind};
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
    /// Whether the engine says what the case says, and a person worked it out.
    pub fn passed(&self) -> bool {
        self.result
            .as_ref()
            .is_ok_and(|result| result.confirmed && result.differences.is_empty())
    }

    /// Whether nobody has worked out the expectation yet.
    pub fn unconfirmed(&self) -> bool {
        self.result.as_ref().is_ok_and(|result| !result.confirmed)
    }
}

/// Failing cases in full, unconfirmed ones by name, what is not covered, then the count.
pub fn cases(
    runs: &[CaseRun],
    coverage: Option<&Coverage>,
    language: Language,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    for run in runs.iter().filter(|run| !run.passed()) {
        match &run.result {
            Ok(result) if !result.confirmed => {
                let mark = language.pick("chưa xác nhận", "not confirmed");
                let text = format!("{} ({mark}): {}", run.file, result.case);
                page.item(Ink::Warning, "", &text);
            }
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
    if let Some(coverage) = coverage {
        covered(&mut page, coverage, language);
    }
    let passed = runs.iter().filter(|run| run.passed()).count();
    let unconfirmed = runs.iter().filter(|run| run.unconfirmed()).count();
    let failed = runs.len() - passed - unconfirmed;
    let mut text = language.pick(
        format!("{passed} tình huống đạt, {failed} không đạt"),
        format!("{passed} cases passed, {failed} failed"),
    );
    if unconfirmed > 0 {
        text.push_str(&language.pick(
            format!(", {unconfirmed} chưa xác nhận"),
            format!(", {unconfirmed} not confirmed"),
        ));
    }
    let ink = if passed == runs.len() {
        Ink::Good
    } else {
        Ink::Bad
    };
    page.line(ink, &text);
    page.finish()
}

/// What no case exercises, by name, and how much of each kind is exercised.
fn covered(page: &mut Page, coverage: &Coverage, language: Language) {
    let counts = coverage.counts();
    for kind in DemandKind::ALL {
        let missing = coverage.missing().filter(|it| it.kind == *kind);
        for demand in missing {
            page.item(Ink::Bad, "- ", &wording::demand(demand, language));
        }
    }
    for kind in DemandKind::ALL {
        let Some((all, done)) = counts.get(kind) else {
            continue;
        };
        let ink = if all == done { Ink::Good } else { Ink::Bad };
        let text = format!("{}: {done}/{all}", wording::demand_kind(*kind, language));
        page.item(ink, "", &text);
    }
}
