//! A plan held against the pack that its components belong to.

use cchc_core::answer::Severity;
use cchc_core::model::{Leaf, Pack};
use cchc_core::reading::{Observation, Plan, PlanTask};
use cchc_core::values::{Window, fold};

/// Adds what the pack says of a plan: codes that it does not have, other titles, and times
/// outside the days on which the component can still be worked on.
pub fn hold_against(plan: &mut Plan, pack: &Pack) {
    let mut found = Vec::new();
    for task in &plan.tasks {
        let Some(code) = &task.code else { continue };
        let note = |name, remedy| {
            Observation::new(name, Severity::Warning, task.at.clone(), remedy).with("task", code)
        };
        let Some(leaf) = pack.leaf(code) else {
            found.push(note("code_not_in_pack", "correct_plan"));
            continue;
        };
        if !same_title(task, leaf) {
            found.push(note("title_not_of_pack", "compare_title").with("title", &leaf.title.vi));
        }
        let Some(window) = window(leaf, pack) else {
            continue;
        };
        for period in task.time.iter().flat_map(|it| &it.periods) {
            let late = period.last_day.is_some_and(|last| last > window.to());
            let early = period.last_day.is_some_and(|last| last < window.from());
            if late || early {
                found.push(
                    note("time_outside_window", "correct_time")
                        .with("text", &period.text)
                        .with("from", window.from())
                        .with("to", window.to()),
                );
            }
        }
    }
    plan.findings.append(&mut found);
    plan.findings.sort_by(|a, b| a.at.cmp(&b.at));
}

/// Titles as plans write them: without the brackets and points that slip.
fn same_title(task: &PlanTask, leaf: &Leaf) -> bool {
    let key =
        |text: &str| -> String { fold(text).chars().filter(|c| c.is_alphanumeric()).collect() };
    let title = key(&task.title);
    title == key(&leaf.title.vi)
        || leaf
            .source_title
            .as_deref()
            .is_some_and(|own| title == key(own))
}

/// The days from the first on which something counts for the leaf to the last on which
/// documents are taken.
fn window(leaf: &Leaf, pack: &Pack) -> Option<Window> {
    let quantities = leaf.quantities.iter().filter_map(|of| pack.quantity(*of));
    let from = quantities.clone().map(|it| it.window.from()).min();
    let to = quantities.map(|it| it.hand_in_by.max(it.window.to())).max();
    let from = from.unwrap_or(pack.window.from());
    let to = to.unwrap_or(pack.hand_in_by.max(pack.window.to()));
    Window::new(from, to).ok()
}
