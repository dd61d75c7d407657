//! `tasks`: the tasks of a plan, one by one, with what is to be said of them.

use cchc_core::reading::{PlanAnswer, PlanDuty, PlanTask, PlanTime, TimeKind};

use super::ink;
use crate::layout::Page;
use crate::style::{Ink, Style};
use crate::{Language, wording};

/// The tasks of a plan by area, each with its time and offices; then what was found.
pub fn plan_tasks(answer: &PlanAnswer, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    let count = answer.plan.tasks.len();
    page.heading(&language.pick(
        format!("{}: {count} nhiệm vụ", answer.file),
        format!("{}: {count} tasks", answer.file),
    ));
    let mut area: Option<&str> = None;
    for task in &answer.plan.tasks {
        if task.area.as_deref() != area {
            area = task.area.as_deref();
            page.blank();
            page.line(Ink::Bold, area.unwrap_or_default());
        }
        one(&mut page, task, language);
    }
    if !answer.plan.duties.is_empty() {
        page.blank();
        page.line(
            Ink::Bold,
            language.pick("Tổ chức thực hiện", "Who carries it out"),
        );
    }
    for duty in &answer.plan.duties {
        page.item(Ink::Plain, "- ", &asked_of(duty, language));
    }
    if !answer.plan.findings.is_empty() {
        page.blank();
    }
    for finding in &answer.plan.findings {
        let text = wording::observation(finding, language);
        page.item(ink(finding.severity), "! ", &text);
    }
    page.finish()
}

/// Who is asked to do what, and whether that is to watch over the plan.
pub(super) fn asked_of(duty: &PlanDuty, language: Language) -> String {
    let watches = match duty.watches {
        true => language.pick(" [theo dõi, đôn đốc]", " [watches over the plan]"),
        false => "",
    };
    format!("{}{watches}: {}", duty.lead.join("; "), duty.text)
}

fn one(page: &mut Page, task: &PlanTask, language: Language) {
    let title = match &task.code {
        Some(code) => format!("{code} {}", task.title),
        None => task.title.clone(),
    };
    page.item(Ink::Plain, "- ", &title);
    if let Some(time) = &task.time {
        page.item(Ink::Plain, "    ", &time_of(time, language));
    }
    if let Some(reported) = &task.reported {
        let label = language.pick("Kế hoạch ghi", "The plan says");
        page.item(Ink::Plain, "    ", &format!("{label}: {}", reported.text));
    }
    let rows = [
        (language.pick("Chủ trì", "Lead"), &task.lead),
        (language.pick("Phối hợp", "With"), &task.with),
    ];
    for (label, names) in rows {
        if !names.is_empty() {
            page.item(
                Ink::Plain,
                "    ",
                &format!("{label}: {}", names.join("; ")),
            );
        }
    }
}

/// The words of a time, and the last days that they come to.
fn time_of(time: &PlanTime, language: Language) -> String {
    let days: Vec<String> = time
        .last_days()
        .into_iter()
        .map(|it| language.date(it))
        .collect();
    let read = match time.kind {
        TimeKind::Words => language.pick("không hiểu", "not understood").to_owned(),
        TimeKind::OtherPlan => language
            .pick("theo kế hoạch khác", "as another plan says")
            .to_owned(),
        TimeKind::Throughout => language.pick(
            format!("suốt kỳ, đến {}", days.join(", ")),
            format!("throughout, to {}", days.join(", ")),
        ),
        TimeKind::Periods if days.is_empty() => {
            language.pick("chưa rõ hạn", "no last day").to_owned()
        }
        TimeKind::Periods => language.pick(
            format!("hạn {}", days.join(", ")),
            format!("by {}", days.join(", ")),
        ),
    };
    format!("{} → {read}", time.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::answer::Severity;
    use cchc_core::reading::{Observation, Plan, PlanPeriod, Spot};
    use chrono::NaiveDate;

    #[test]
    fn a_task_is_shown_with_the_days_that_its_words_come_to() {
        let day = |month, day| NaiveDate::from_ymd_opt(2024, month, day).unwrap();
        let period = PlanPeriod {
            text: "quý ii".to_owned(),
            from: day(4, 1),
            to: day(6, 30),
            before: true,
            last_day: Some(day(3, 31)),
        };
        let task = PlanTask {
            area: Some("Thể chế".to_owned()),
            code: Some("2.1".to_owned()),
            title: "Theo dõi".to_owned(),
            time: Some(PlanTime {
                text: "Trước Quý II".to_owned(),
                kind: TimeKind::Periods,
                periods: vec![period],
            }),
            lead: vec!["A".to_owned()],
            with: vec!["B".to_owned(), "C".to_owned()],
            work: None,
            reported: None,
            at: Spot::line(1, 1),
        };
        let note = Observation::new(
            "title_twice",
            Severity::Warning,
            Spot::line(4, 1),
            "correct_plan",
        );
        let plan = Plan {
            year: Some(2024),
            tasks: vec![task],
            duties: Vec::new(),
            findings: vec![note.with("task", "2.2").with("first", "2.1")],
        };
        let answer = PlanAnswer::new("a.md", plan);
        assert_eq!(
            plan_tasks(&answer, Language::English, Style::Plain),
            "a.md: 1 tasks\n\nThể chế\n- 2.1 Theo dõi\n    Trước Quý II → by 2024-03-31\n    Lead: A\n    With: B; C\n\n! 2.2: has the same title as 2.1 (line 4, column 1) → check code and title in\n  the plan\n"
        );
        assert!(
            plan_tasks(&answer, Language::Vietnamese, Style::Plain).contains("→ hạn 31/03/2024")
        );
    }
}
