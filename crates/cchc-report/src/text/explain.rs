//! `explain`: one component in full.

use cchc_core::model::Basis;
use cchc_core::question::Explanation;

use super::{View, ink};
use crate::layout::Page;
use crate::number::points;
use crate::style::Ink;
use crate::wording;

/// One component with its numbers, reasons, evidence and sources.
pub fn explain(answer: &Explanation, view: &View<'_>) -> String {
    let (leaf, language) = (&answer.leaf, view.language);
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    page.heading(&format!("{} {}", leaf.code, language.title(&leaf.title)));
    let n = &leaf.numbers;
    let lines = [
        (language.pick("tối đa", "maximum"), &n.max),
        (language.pick("chắc chắn", "secured"), &n.secured),
        (language.pick("nếu dừng lại", "standing"), &n.standing),
        (language.pick("còn có thể đạt", "attainable"), &n.attainable),
        (language.pick("đã mất", "lost"), &n.lost),
    ];
    for (label, value) in lines {
        page.item(
            Ink::Plain,
            "  ",
            &format!("{label}: {}", points(value, language)),
        );
    }
    page.item(Ink::Plain, "  ", &wording::outcome(leaf.outcome, language));
    if leaf.illustrative {
        let text = language.pick(
            "Số liệu minh họa, không phải chính thức.",
            "Illustrative, not official.",
        );
        page.item(Ink::Warning, "! ", text);
    }
    page.heading(language.pick("Vì sao", "Why"));
    page.item(Ink::Plain, "  ", &view.because(leaf));
    let thresholds = view.names.thresholds(&leaf.code);
    for step in &leaf.derivation {
        for quantity in &step.quantities {
            let scale = view.names.scale(quantity);
            let show = |it| wording::reading(it, scale, &thresholds, language);
            let (low, now, high) = (
                show(&step.secured),
                show(&step.standing),
                show(&step.attainable),
            );
            let name = view.names.quantity(quantity, language);
            page.item(
                Ink::Plain,
                "  - ",
                &language.pick(
                    format!("{name}: {now} (thấp nhất: {low}; cao nhất: {high})"),
                    format!("{name}: {now} (at worst: {low}; at best: {high})"),
                ),
            );
        }
    }
    if let Some(text) = &leaf.explanation {
        page.heading(language.pick("Giải trình của đơn vị", "The unit's explanation"));
        page.item(Ink::Plain, "  ", text);
    }
    if !leaf.open.is_empty() {
        page.heading(language.pick("Còn làm được", "What can still be done"));
        for opening in &leaf.open {
            page.item(Ink::Plain, "  - ", &view.opening(opening));
        }
    }
    if !leaf.evidence.is_empty() {
        page.heading(language.pick("Tài liệu kiểm chứng", "Evidence"));
        super::check::evidence(&mut page, &leaf.evidence, view);
    }
    if !leaf.findings.is_empty() {
        page.heading(language.pick("Phát hiện", "Findings"));
        for finding in &leaf.findings {
            page.item(
                ink(finding.severity),
                "  - ",
                &view.finding(finding, Some(&leaf.code)),
            );
        }
    }
    page.heading(language.pick("Căn cứ", "Sources"));
    for source in leaf.sources.iter() {
        let text = match &source.basis {
            Basis::Cited {
                document,
                item,
                quote,
            } => {
                let item = item
                    .as_ref()
                    .map(|it| format!(", {it}"))
                    .unwrap_or_default();
                let quote = quote
                    .as_ref()
                    .map(|it| format!(": “{it}”"))
                    .unwrap_or_default();
                format!("{document}{item}{quote}")
            }
            Basis::Illustrative { illustrative } => {
                let label = language.pick("minh họa", "illustrative");
                format!("{label}: {illustrative}")
            }
        };
        page.item(
            Ink::Plain,
            "  - ",
            &format!("{} — {text}", source.of.join(", ")),
        );
    }
    if let Some(office) = view.office(leaf) {
        page.item(Ink::Plain, "  ", &office);
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}
