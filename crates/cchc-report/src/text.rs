//! Whole answers as pages of text.

mod assess;
mod cases;
mod check;
mod diff;
mod dossiers;
mod explain;
mod explanation;
mod faults;
mod form;
mod header;
mod history;
mod levers;
mod mutation;
mod plan;
mod progress;
mod reconcile;
mod regain;
mod register;
mod remediation;
mod suggestions;
mod verify;
mod what_if;

pub use assess::assess;
pub use cases::{CaseRun, cases};
pub use check::check;
pub use diff::diff;
pub use dossiers::{dossiers, observations};
pub use explain::explain;
pub use explanation::explanation;
pub use faults::{faults, unread};
pub use header::headers;
pub use history::history;
pub use levers::levers;
pub use mutation::mutation;
pub use plan::plan_tasks;
pub use progress::progress;
pub use reconcile::reconciliation;
pub use regain::regain;
pub use register::register;
pub use remediation::{
    Due, PlanSources, PlannedArea, PlannedTask, Remediation, deadlines, plan_document, remediation,
};
pub use suggestions::suggestions;
pub use verify::verification;
pub use what_if::what_if;

use cchc_core::answer::{Basis, Finding, LeafAnswer, Opening, Severity};
use cchc_core::model;

use crate::layout::Page;
use crate::style::Ink;
use crate::{Language, Names, Style, wording};

/// Where the as-of date of an answer came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// The reader asked for it.
    Asked,
    /// The submission's own date.
    Submission,
}

/// How an answer is shown.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// Language of the text.
    pub language: Language,
    /// Whether it carries colour.
    pub style: Style,
    /// Where titles are looked up.
    pub names: Names<'a>,
    /// Where the as-of date came from.
    pub as_of: AsOf,
}

impl View<'_> {
    fn header(&self, page: &mut Page, basis: &Basis) {
        let language = self.language;
        page.line(Ink::Bold, &basis.unit_name);
        page.line(Ink::Plain, language.title(&basis.pack_title));
        let date = language.date(basis.as_of);
        let from = match self.as_of {
            AsOf::Asked => language.pick("theo yêu cầu", "as asked"),
            AsOf::Submission => language.pick("ngày của bộ hồ sơ", "the submission's own date"),
        };
        let year = basis.scored_year;
        page.line(
            Ink::Plain,
            &language.pick(
                format!("Năm {year}, tính đến đầu ngày {date} ({from})"),
                format!("Year {year}, as of the start of {date} ({from})"),
            ),
        );
        if let Some(existed) = basis.observation_window {
            let [from, to] = [existed.from, existed.to].map(|it| language.date(it));
            let text = match basis.predecessors.as_slice() {
                [] => language.pick(
                    format!("Đơn vị tồn tại từ {from} đến {to}"),
                    format!("The unit existed from {from} to {to}"),
                ),
                units => {
                    let units = units.join("; ");
                    language.pick(
                        format!("Đơn vị tồn tại từ {from} đến {to}, hợp thành từ: {units}"),
                        format!("The unit existed from {from} to {to}, put together from: {units}"),
                    )
                }
            };
            page.line(Ink::Plain, &text);
        }
        for note in [&basis.submission_note, &basis.pack_note]
            .into_iter()
            .flatten()
        {
            page.item(Ink::Warning, "! ", note);
        }
    }

    fn footer(&self, page: &mut Page, basis: &Basis) {
        page.blank();
        let digest: String = basis.pack_digest.chars().take(19).collect();
        let Basis { pack, engine, .. } = basis;
        page.line(
            Ink::Dim,
            &format!("{pack} {digest}… · cchc {engine} · {}", basis.as_of),
        );
    }

    fn opening(&self, opening: &Opening) -> String {
        let quantity = || self.names.quantity(&opening.quantity, self.language);
        let text = wording::opening(opening.what, self.language, &|name| {
            let subject = opening.subject.as_deref();
            match name {
                "quantity" => Some(quantity()),
                "subject" => {
                    subject.map(|it| self.names.obligation(&opening.quantity, it, self.language))
                }
                "fact" => Some(match subject {
                    Some(it) => format!("{} ({})", quantity(), wording::date(it, self.language)),
                    None => quantity(),
                }),
                _ => None,
            }
        });
        match opening.until {
            Some(until) => {
                let by = self.language.pick("đến", "by");
                format!("{text} — {by} {}", self.language.date(until))
            }
            None => text,
        }
    }

    fn finding(&self, finding: &Finding, leaf: Option<&str>) -> String {
        let mut text = wording::finding(finding, leaf, self.names, self.language);
        if let Some(remedy) = finding.remedy {
            text = format!("{text} → {}", wording::remedy(remedy, self.language));
        }
        text
    }

    fn because(&self, leaf: &LeafAnswer) -> String {
        let words = leaf
            .because
            .iter()
            .map(|it| wording::because(it, self.names, self.language));
        words.collect::<Vec<_>>().join("; ")
    }

    fn source(&self, leaf: &LeafAnswer) -> Option<String> {
        let cited = leaf.sources.iter().find_map(|source| match &source.basis {
            model::Basis::Cited { document, item, .. } => Some(match item {
                Some(item) => format!("{document}, {item}"),
                None => document.clone(),
            }),
            model::Basis::Illustrative { .. } => None,
        });
        let label = self.language.pick("Căn cứ", "Source");
        cited.map(|text| format!("{label}: {text}"))
    }

    fn office(&self, leaf: &LeafAnswer) -> Option<String> {
        let lead = leaf.lead.as_ref()?;
        let label = self.language.pick("Chủ trì", "Lead");
        Some(format!(
            "{label}: {}",
            self.names.office(lead, self.language)
        ))
    }
}

fn ink(severity: Severity) -> Ink {
    match severity {
        Severity::Problem => Ink::Bad,
        Severity::Warning => Ink::Warning,
        Severity::Note => Ink::Plain,
    }
}
