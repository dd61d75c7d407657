//! `regain`: the best plan for a goal.

use cchc_core::regain::{Planned, Regain};

use super::View;
use super::levers::{asked, done, left, offices};
use crate::layout::Page;
use crate::number::{difference, points};
use crate::style::Ink;
use crate::wording;

/// What is to be done, what it brings, and why no more.
pub fn regain(answer: &Regain, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    let before = &answer.before.numbers;
    let after = &answer.after.numbers;
    page.heading(language.pick("KẾ HOẠCH GIÀNH LẠI ĐIỂM", "PLAN TO WIN POINTS BACK"));
    goal(&mut page, answer, view);
    let (from, to) = (
        points(&before.standing, language),
        points(&after.standing, language),
    );
    let gain = difference(&(&after.standing - &before.standing), language);
    let most = points(&before.attainable, language);
    page.item(
        Ink::Plain,
        "  ",
        &language.pick(
            format!("nếu dừng lại {from} → {to} ({gain}); còn có thể đạt {most}"),
            format!("standing {from} → {to} ({gain}); attainable {most}"),
        ),
    );
    if let (Some(before), Some(after)) = (&answer.class_before, &answer.class_after) {
        let label = language.pick("xếp loại", "class");
        let before = language.title(&before.standing.title);
        let after = language.title(&after.standing.title);
        page.item(Ink::Plain, "  ", &format!("{label}: {before} → {after}"));
    }
    let mut total = language.pick(
        format!("công sức {}", answer.effort),
        format!("effort {}", answer.effort),
    );
    if let Some(until) = answer.until {
        let by = language.pick("chậm nhất đến", "at the latest by");
        total.push_str(&format!("; {by} {}", language.date(until)));
    }
    page.item(Ink::Plain, "  ", &total);
    if let Some(short) = &answer.short {
        let most = points(&short.most, language);
        let reason = wording::short(short.reason, language);
        let text = language.pick(
            format!("chưa đạt mục tiêu, nhiều nhất {most} điểm: {reason}"),
            format!("the target is not reached, at most {most} points: {reason}"),
        );
        page.item(Ink::Bad, "  ! ", &text);
    }
    page.heading(language.pick("VIỆC CẦN LÀM", "TO BE DONE"));
    if answer.acts.is_empty() {
        page.item(Ink::Plain, "  ", language.pick("không có", "nothing"));
    }
    for (place, planned) in answer.acts.iter().enumerate() {
        act(&mut page, place + 1, planned, view);
    }
    page.heading(language.pick("TIÊU CHÍ ĐƯỢC THÊM ĐIỂM", "COMPONENTS THAT GAIN"));
    for leaf in &answer.leaves {
        let (from, to) = (
            points(&leaf.before, language),
            points(&leaf.after, language),
        );
        let gain = difference(&(&leaf.after - &leaf.before), language);
        let title = language.title(&leaf.title);
        page.item(
            Ink::Plain,
            "  ",
            &format!("{} {from} → {to} ({gain}) {title}", leaf.code),
        );
        if let Some(lead) = &leaf.lead {
            page.item(Ink::Dim, "      ", &offices(lead, &leaf.with, view));
        }
    }
    if !answer.outside.is_empty() {
        page.heading(language.pick("NGOÀI PHẠM VI TÍNH", "NOT SEARCHED"));
        for it in &answer.outside {
            let text = format!("{}: {}", it.code, left(&it.outside, view));
            page.item(Ink::Dim, "  ? ", &text);
        }
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn goal(page: &mut Page, answer: &Regain, view: &View<'_>) {
    let language = view.language;
    let goal = &answer.goal;
    let mut words = Vec::new();
    match (&goal.points, &goal.class) {
        (Some(target), _) => words.push(format!(
            "{} {}",
            language.pick("mục tiêu: nếu dừng lại được", "target: standing"),
            points(target, language)
        )),
        (_, Some(class)) => words.push(format!(
            "{} “{class}”",
            language.pick("mục tiêu: xếp loại", "target: class")
        )),
        _ => words.push(
            language
                .pick("mục tiêu: nhiều điểm nhất", "target: the most points")
                .to_owned(),
        ),
    }
    if let Some(code) = &goal.code {
        let only = language.pick("chỉ tiêu chí", "only component");
        words.push(format!("{only} {code}"));
    }
    if let Some(by) = goal.by {
        let begun = language.pick("bắt đầu được đến", "to be begun by");
        words.push(format!("{begun} {}", language.date(by)));
    }
    if let Some(most) = goal.at_most {
        let label = language.pick("công sức nhiều nhất", "effort at most");
        words.push(format!("{label} {most}"));
    }
    page.item(Ink::Plain, "  ", &words.join("; "));
    let effort = goal
        .effort
        .iter()
        .map(|(kind, units)| format!("{} {units}", kind.code()));
    let effort: Vec<String> = effort.collect();
    if !effort.is_empty() {
        let label = language.pick(
            "công sức mỗi việc (còn lại 1):",
            "effort of an act (others 1):",
        );
        page.item(Ink::Dim, "  ", &format!("{label} {}", effort.join(", ")));
    }
}

fn act(page: &mut Page, place: usize, planned: &Planned, view: &View<'_>) {
    let language = view.language;
    let code = planned.codes.first().map_or("", String::as_str);
    let mut text = done(&planned.act, code, view);
    if let Some(until) = planned.act.until {
        let by = language.pick("đến", "by");
        text.push_str(&format!(" — {by} {}", language.date(until)));
    }
    page.item(Ink::Plain, &format!("  {place}. "), &text);
    for text in lacks(planned, view) {
        page.item(Ink::Plain, "      - ", &text);
    }
    for (label, names) in [
        (language.pick("tiêu chí", "components"), &planned.codes),
        (
            language.pick("điều kiện xếp loại", "gates of the class"),
            &planned.gates,
        ),
    ] {
        if !names.is_empty() {
            let text = format!("{label} {}", names.join(", "));
            page.item(Ink::Dim, "      ", &text);
        }
    }
    if !planned.evidence.is_empty() {
        let label = language.pick("cần chứng minh bằng", "to be proved by");
        let text = asked(&planned.evidence, view);
        page.item(Ink::Dim, "      ", &format!("{label}: {text}"));
    }
    if planned.act.depends_on_upper_level {
        let text = language.pick("phụ thuộc cấp trên", "depends on the upper level");
        page.item(Ink::Warning, "      ! ", text);
    }
}

/// What the documents of an act lack, for every quantity that it changes; each once.
fn lacks(planned: &Planned, view: &View<'_>) -> Vec<String> {
    let acts = std::iter::once(&planned.act).chain(&planned.also);
    let mut list: Vec<String> = Vec::new();
    for text in acts.flat_map(|act| super::levers::lacks(act, view)) {
        if !list.contains(&text) {
            list.push(text);
        }
    }
    list
}
