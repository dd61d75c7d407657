//! `what-if`: the numbers with and without some facts supposed.

use cchc_core::answer::Numbers;
use cchc_core::regain::{Moved, WhatIf};

use super::View;
use crate::layout::{Align, Page, Row, Table};
use crate::number::{difference, points};
use crate::style::Ink;
use crate::wording;

/// Before, after, and which components moved and why.
pub fn what_if(answer: &WhatIf, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    page.heading(language.pick("GIẢ SỬ", "SUPPOSED"));
    for (place, supposed) in answer.supposed.iter().enumerate() {
        let mut text = supposed.text.clone();
        if supposed.is_correction {
            let note = language.pick(
                "điều chỉnh số liệu đã ghi nhận",
                "a correction of what is recorded",
            );
            text.push_str(&format!(" — {note}"));
        }
        page.item(Ink::Plain, &format!("  {}. ", place + 1), &text);
    }
    page.heading(language.pick("TỔNG ĐIỂM", "TOTAL"));
    page.table(&numbers(
        &answer.before.numbers,
        &answer.after.numbers,
        view,
    ));
    if let (Some(before), Some(after)) = (&answer.class_before, &answer.class_after) {
        let label = language.pick("Xếp loại nếu dừng lại", "Class at standing");
        let before = language.title(&before.standing.title);
        let after = language.title(&after.standing.title);
        page.item(Ink::Plain, "  ", &format!("{label}: {before} → {after}"));
    }
    page.heading(language.pick("TIÊU CHÍ THAY ĐỔI", "COMPONENTS THAT MOVE"));
    if answer.moved.is_empty() {
        page.item(Ink::Plain, "  ", language.pick("không có", "none"));
    }
    for moved in &answer.moved {
        component(&mut page, moved, view);
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn component(page: &mut Page, moved: &Moved, view: &View<'_>) {
    let language = view.language;
    page.item(
        Ink::Bold,
        "  ",
        &format!("{} {}", moved.code, language.title(&moved.title)),
    );
    page.table(&numbers(&moved.before, &moved.after, view));
    let words = |codes: &[String]| {
        let each = codes
            .iter()
            .map(|it| wording::because(it, view.names, language));
        each.collect::<Vec<_>>().join("; ")
    };
    let (before, after) = (words(&moved.because_before), words(&moved.because_after));
    let text = match before == after {
        true => before,
        false => format!("{before} → {after}"),
    };
    page.item(Ink::Plain, "      ", &text);
    if !moved.by.is_empty() {
        let places: Vec<String> = moved.by.iter().map(|it| (it + 1).to_string()).collect();
        let label = language.pick("do giả sử", "by supposition");
        page.item(
            Ink::Dim,
            "      ",
            &format!("{label} {}", places.join(", ")),
        );
    }
}

fn numbers(before: &Numbers, after: &Numbers, view: &View<'_>) -> Table {
    let language = view.language;
    let row = |label: &str, before, after, change| Row {
        ink: Ink::Plain,
        cells: vec![
            format!("      {label}"),
            points(before, language),
            "→".to_owned(),
            points(after, language),
            difference(&change, language),
        ],
    };
    let rows = [
        (
            language.pick("chắc chắn", "secured"),
            &before.secured,
            &after.secured,
        ),
        (
            language.pick("nếu dừng lại", "standing"),
            &before.standing,
            &after.standing,
        ),
        (
            language.pick("còn có thể đạt", "attainable"),
            &before.attainable,
            &after.attainable,
        ),
    ];
    let rows = rows
        .into_iter()
        .map(|(label, before, after)| row(label, before, after, after - before));
    Table {
        aligns: vec![
            Align::Left,
            Align::Right,
            Align::Left,
            Align::Right,
            Align::Right,
        ],
        // The labels keep their indent: no column is wrapped.
        flexible: usize::MAX,
        most_lines: 1,
        rows: rows.collect(),
    }
}
