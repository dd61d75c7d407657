//! A remediation plan: any text, plain or Markdown, ends in tasks or a finding.

use cchc_core::reading::{Plan, Spot};
use cchc_documents::plan::read_plan;
use cchc_documents::{Limits, read_text};

/// Reads the bytes as plain text and as Markdown. What cannot be read as text is the matter of
/// other targets.
pub fn run(data: &[u8]) {
    for name in ["plan.txt", "plan.md"] {
        let Ok(text) = read_text(data, name, &Limits::USUAL) else {
            continue;
        };
        let plan = read_plan(&text, Some(2024));
        assert_eq!(plan, read_plan(&text, Some(2024)), "the same text twice");
        let last = text.lines.iter().map(|it| it.number).max().unwrap_or(0);
        hold(&plan, last);
    }
}

fn hold(plan: &Plan, last: u32) {
    assert!(
        !plan.tasks.is_empty() || !plan.findings.is_empty(),
        "a plan without tasks says so"
    );
    let places = plan.tasks.iter().map(|it| &it.at);
    let places = places.chain(plan.duties.iter().map(|it| &it.at));
    for at in places.chain(plan.findings.iter().map(|it| &it.at)) {
        if let Spot::Line { line, .. } = at {
            assert!((1..=last).contains(line), "line {line} of {last}");
        }
    }
    let said = |code: &str| plan.findings.iter().any(|it| it.code == code);
    for task in &plan.tasks {
        assert!(!task.title.is_empty() || task.code.is_some());
        assert!(task.time.is_some() || said("task_without_time"));
        assert!(!task.lead.is_empty() || said("task_without_office"));
        for period in task.time.iter().flat_map(|it| &it.periods) {
            assert!(period.from <= period.to);
            assert!(period.last_day.is_none_or(|it| it <= period.to));
        }
    }
    let year = plan.findings.windows(2);
    assert!(
        year.into_iter().all(|pair| pair[0].at <= pair[1].at),
        "in the order of the text"
    );
}
