//! `history`: the three numbers over the year, and what closed on the way.

use cchc_core::regain::{History, Moment, Step};

use super::View;
use crate::layout::{Align, Page, Row, Table};
use crate::number::{difference, points};
use crate::style::Ink;

/// The numbers as of each date, then what changed between them.
pub fn history(answer: &History, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    page.line(Ink::Bold, &answer.basis.unit_name);
    page.line(Ink::Plain, language.title(&answer.basis.pack_title));
    let first = answer
        .moments
        .first()
        .map_or(answer.basis.as_of, |it| it.as_of);
    let (first, last) = (language.date(first), language.date(answer.basis.as_of));
    let text = language.pick(
        format!("Từ đầu ngày {first} đến đầu ngày {last}, theo hồ sơ ghi nhận đến từng ngày"),
        format!("From the start of {first} to the start of {last}, as recorded by each day"),
    );
    page.line(Ink::Plain, &text);
    let notes = [&answer.basis.submission_note, &answer.basis.pack_note];
    for note in notes.into_iter().flatten() {
        page.item(Ink::Warning, "! ", note);
    }
    page.blank();
    page.table(&table(&answer.moments, view));
    for moment in &answer.moments {
        if moment.changed.is_empty() {
            continue;
        }
        page.heading(&language.date(moment.as_of));
        for step in &moment.changed {
            changed(&mut page, step, view);
        }
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn table(moments: &[Moment], view: &View<'_>) -> Table {
    let language = view.language;
    let head = language.pick(
        ["Đầu ngày", "Tối đa", "Chắc", "Dừng", "Có thể", "Mất"],
        [
            "Start of",
            "Max",
            "Secured",
            "Standing",
            "Attainable",
            "Lost",
        ],
    );
    let head = Row {
        ink: Ink::Bold,
        cells: head.map(str::to_owned).to_vec(),
    };
    let rows = moments.iter().map(|moment| {
        let n = &moment.numbers;
        let numbers = [&n.max, &n.secured, &n.standing, &n.attainable, &n.lost];
        let numbers = numbers.map(|it| points(it, language));
        Row {
            ink: Ink::Plain,
            cells: [language.date(moment.as_of)]
                .into_iter()
                .chain(numbers)
                .collect(),
        }
    });
    Table {
        aligns: vec![
            Align::Left,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Right,
            Align::Right,
        ],
        flexible: 0,
        most_lines: 1,
        rows: [head].into_iter().chain(rows).collect(),
    }
}

fn changed(page: &mut Page, step: &Step, view: &View<'_>) {
    let language = view.language;
    let parts = [
        (language.pick("chắc chắn", "secured"), &step.secured),
        (language.pick("nếu dừng lại", "standing"), &step.standing),
        (
            language.pick("còn có thể đạt", "attainable"),
            &step.attainable,
        ),
    ];
    let mut words: Vec<String> = parts
        .into_iter()
        .filter(|(_, points)| !points.is_zero())
        .map(|(label, points)| format!("{label} {}", difference(points, language)))
        .collect();
    if step.settled {
        words.push(language.pick("đã chốt", "settled").to_owned());
    }
    if step.widens {
        let text = language.pick(
            "nới rộng: có điều chỉnh số liệu hoặc thay đổi hiệu lực",
            "widens: a correction, or in or out of force",
        );
        words.push(text.to_owned());
    }
    let title = language.title(&step.title);
    let text = match words.is_empty() {
        true => format!("{} {title}", step.code),
        false => format!("{} {title}: {}", step.code, words.join("; ")),
    };
    page.item(Ink::Plain, "  ", &text);
    for opening in &step.closed {
        let label = language.pick("đã hết hạn", "closed");
        page.item(
            Ink::Dim,
            "    - ",
            &format!("{label}: {}", view.opening(opening)),
        );
    }
}
