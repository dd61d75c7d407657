//! `tasks` with a submission: how far a plan is, by office.

use std::collections::BTreeMap;

use cchc_core::reading::{ProgressAnswer, TaskProgress, TaskStatus};

use super::{View, ink};
use crate::layout::Page;
use crate::style::Ink;
use crate::{number, wording};

/// The tasks of a plan by the office that leads, the most pressing first.
pub fn progress(answer: &ProgressAnswer, view: &View<'_>) -> String {
    let language = view.language;
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    page.blank();
    let mut counts: BTreeMap<TaskStatus, usize> = BTreeMap::new();
    for task in &answer.tasks {
        *counts.entry(task.status).or_default() += 1;
    }
    let counted: Vec<String> = counts
        .iter()
        .map(|(status, count)| {
            format!("{}: {count}", wording::task_status(status.code(), language))
        })
        .collect();
    page.line(Ink::Bold, &counted.join("; "));
    let mut offices: BTreeMap<String, Vec<&TaskProgress>> = BTreeMap::new();
    for task in &answer.tasks {
        offices
            .entry(task.task.lead.join("; "))
            .or_default()
            .push(task);
    }
    for (office, mut tasks) in offices {
        tasks.sort_by_key(|it| (it.status, it.day));
        page.blank();
        let none = language.pick("Chưa ghi đơn vị", "No office given");
        page.heading(if office.is_empty() { none } else { &office });
        for task in tasks {
            one(&mut page, task, view);
        }
    }
    if !answer.duties.is_empty() {
        page.heading(language.pick("Tổ chức thực hiện", "Who carries it out"));
    }
    for it in &answer.duties {
        let mut text = format!("[{}", wording::task_status(it.status.code(), language));
        if let Some(day) = it.day {
            text.push_str(&format!(" {}", language.date(day)));
        }
        let asked = super::plan::asked_of(&it.duty, language);
        let alone = language.pick("chỉ xét theo thời gian", "judged by its time alone");
        page.item(
            ink_of(it.status),
            "- ",
            &format!("{text}] {asked} – {alone}"),
        );
    }
    if !answer.findings.is_empty() {
        page.blank();
    }
    for finding in &answer.findings {
        page.item(
            ink(finding.severity),
            "! ",
            &wording::observation(finding, language),
        );
    }
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn one(page: &mut Page, task: &TaskProgress, view: &View<'_>) {
    let language = view.language;
    let mut text = format!("[{}", wording::task_status(task.status.code(), language));
    if let Some(day) = task.day {
        text.push_str(&format!(" {}", language.date(day)));
    }
    text.push_str("] ");
    if let Some(code) = &task.task.code {
        text.push_str(&format!("{code} "));
    }
    if let Some(numbers) = task.numbers.as_ref().filter(|it| !it.to_gain.is_zero()) {
        text.push_str(&format!(
            "(+{}) ",
            number::points(&numbers.to_gain, language)
        ));
    }
    text.push_str(&task.task.title);
    if task.by_time_alone {
        text.push_str(language.pick(" – chỉ xét theo thời gian", " – judged by its time alone"));
    }
    if task.by_word_alone {
        text.push_str(language.pick(
            " – theo kế hoạch tự ghi, chưa có gì chứng minh",
            " – by the plan's own word, nothing proves it",
        ));
    }
    page.item(ink_of(task.status), "- ", &text);
    if matches!(task.status, TaskStatus::Overdue | TaskStatus::DueSoon) {
        for opening in &task.open {
            page.item(Ink::Plain, "    - ", &view.opening(opening));
        }
    }
}

fn ink_of(status: TaskStatus) -> Ink {
    match status {
        TaskStatus::Overdue | TaskStatus::Impossible => Ink::Bad,
        TaskStatus::DueSoon | TaskStatus::NotAssessed => Ink::Warning,
        TaskStatus::Done => Ink::Good,
        TaskStatus::OnCourse | TaskStatus::NotApplicable => Ink::Plain,
    }
}
