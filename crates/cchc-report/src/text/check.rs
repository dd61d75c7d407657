//! `check`: what documents prove, component by component; no points.

use cchc_core::answer::{EvidenceAnswer, EvidenceOutcome};
use cchc_core::facts::Comparison;
use cchc_core::question::EvidenceCheck;
use cchc_core::reading::FileCheck;

use super::{View, ink};
use crate::layout::Page;
use crate::style::Ink;
use crate::{Language, wording};

/// The evidence of every component.
pub fn check(answer: &EvidenceCheck, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    for leaf in &answer.leaves {
        page.heading(&format!("{} {}", leaf.code, language.title(&leaf.title)));
        if leaf.evidence.is_empty() {
            page.item(Ink::Dim, "  ", language.pick("không yêu cầu", "none asked"));
        }
        evidence(&mut page, &leaf.evidence, view);
    }
    if !answer.unused.is_empty() {
        page.heading(language.pick("Chưa dùng để chứng minh", "Used for nothing"));
        let list: Vec<&str> = answer.unused.iter().map(|it| &*it.id).collect();
        page.item(Ink::Plain, "  ", &list.join(", "));
    }
    files(&mut page, &answer.files, language);
    if !answer.findings.is_empty() {
        page.heading(language.pick("LƯU Ý KHÁC", "ALSO"));
        for finding in &answer.findings {
            page.item(ink(finding.severity), "- ", &view.finding(finding, None));
        }
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

/// The files that were opened: how many agree with the register, and each that does not.
fn files(page: &mut Page, files: &[FileCheck], language: Language) {
    if files.is_empty() {
        return;
    }
    page.heading(language.pick("TỆP ĐÍNH KÈM", "ATTACHED FILES"));
    let count =
        |outcome: Option<Comparison>| files.iter().filter(|it| it.comparison == outcome).count();
    let parts: Vec<String> = [
        Some(Comparison::Supports),
        Some(Comparison::Silent),
        Some(Comparison::Contradicts),
        Some(Comparison::Unreadable),
        None,
    ]
    .into_iter()
    .filter(|outcome| count(*outcome) > 0)
    .map(|outcome| {
        format!(
            "{} {}",
            count(outcome),
            wording::comparison(outcome, language)
        )
    })
    .collect();
    page.item(Ink::Plain, "  ", &parts.join(", "));
    let only = |check: &FileCheck, code: &str| {
        let mut codes = check.observations.iter().map(|it| it.code);
        codes.next() == Some(code) && codes.next().is_none()
    };
    // What many files have in common is one line.
    for code in ["file_not_named", "file_not_registered"] {
        let same: Vec<&FileCheck> = files.iter().filter(|it| only(it, code)).collect();
        let Some(observation) = same.first().and_then(|it| it.observations.first()) else {
            continue;
        };
        let names: Vec<&str> = same
            .iter()
            .filter_map(|it| it.document.as_deref().or(it.file.as_deref()))
            .collect();
        let text = wording::observation(observation, language);
        page.item(
            ink(observation.severity),
            "  ",
            &format!("{text}: {}", names.join(", ")),
        );
    }
    let shown = files.iter().filter(|it| {
        let grouped = only(it, "file_not_named") || only(it, "file_not_registered");
        !it.observations.is_empty() && !grouped
    });
    for check in shown {
        let name = match (&check.document, &check.file) {
            (Some(document), Some(file)) => format!("{document} ({file})"),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => String::new(),
        };
        let text = match check.document {
            Some(_) => format!(
                "{name}: {}",
                wording::comparison(check.comparison, language)
            ),
            None => name,
        };
        page.item(comparison_ink(check.comparison), "  ", &text);
        for observation in &check.observations {
            let text = wording::observation(observation, language);
            page.item(ink(observation.severity), "    - ", &text);
        }
    }
}

fn comparison_ink(comparison: Option<Comparison>) -> Ink {
    match comparison {
        Some(Comparison::Supports) => Ink::Good,
        Some(Comparison::Silent) | None => Ink::Warning,
        Some(Comparison::Contradicts | Comparison::Unreadable) => Ink::Bad,
    }
}

/// Each fact with its documents.
pub(super) fn evidence(page: &mut Page, list: &[EvidenceAnswer], view: &View<'_>) {
    let language = view.language;
    for fact in list {
        let name = match &fact.quantity {
            Some(quantity) => view.names.quantity(quantity, language),
            None => language.pick("không áp dụng", "not applicable").to_owned(),
        };
        let subject = fact.fact.as_ref();
        let subject = subject.map(|it| format!(" ({})", wording::date(it, language)));
        let mut text = format!(
            "{name}{}: {}",
            subject.unwrap_or_default(),
            wording::evidence_outcome(fact.outcome, language)
        );
        if let Some(until) = fact.until {
            text.push_str(&format!(
                " {} {}",
                language.pick("đến", "until"),
                language.date(until)
            ));
        }
        page.item(fact_ink(fact.outcome), "  ", &text);
        for role in &fact.unfilled {
            let role = view.names.role(None, role, language);
            let lacks = language.pick("thiếu", "lacks");
            page.item(Ink::Plain, "    - ", &format!("{lacks} {role}"));
        }
        for document in &fact.documents {
            let citation = document.citation.as_ref().map(|it| format!(" ({it})"));
            let mut words: Vec<String> = document
                .reasons
                .iter()
                .map(|it| wording::reason(*it, language))
                .collect();
            words.extend(
                document
                    .remarks
                    .iter()
                    .map(|it| wording::remark(*it, language)),
            );
            if words.is_empty() {
                words.push(accepted(language).to_owned());
            }
            let text = format!(
                "{}{}: {}",
                document.id,
                citation.unwrap_or_default(),
                words.join("; ")
            );
            page.item(Ink::Plain, "    - ", &text);
        }
    }
}

fn accepted(language: Language) -> &'static str {
    language.pick("được chấp nhận", "accepted")
}

fn fact_ink(outcome: EvidenceOutcome) -> Ink {
    match outcome {
        EvidenceOutcome::Accepted => Ink::Good,
        EvidenceOutcome::AcceptedWithRemarks => Ink::Warning,
        _ => Ink::Bad,
    }
}
