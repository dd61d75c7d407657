//! `reconcile`: official scores against computed ones.

use cchc_core::reconcile::{Reconciled, Reconciliation};

use super::View;
use crate::layout::{Align, Page, Row, Table};
use crate::number::{difference, points};
use crate::style::Ink;
use crate::{Language, wording};

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
        if it.difference.is_negative() && !it.contested {
            let text = wording::reconciled("not_contested", language, &|_| None);
            page.item(Ink::Dim, "  ", &text);
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
