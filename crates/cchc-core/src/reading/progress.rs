//! The tasks of a plan beside an assessment: who is to be reminded of what.
//!
//! What a component shows decides; the time of the plan says whether it shows it in time.
//! Of a task without a component nothing tells that it is done: it is judged by its time
//! alone, and says so.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Observation, Plan, PlanTask};
use crate::answer::{Assessment, Basis, LeafAnswer, Numbers, Opening, Outcome};
use crate::values::Points;

/// The answer to "how far is the plan".
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgressAnswer {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: Basis,
    /// The file of the plan.
    pub file: String,
    /// How many days count as soon.
    pub soon_days: u32,
    /// Tasks, in the order of the plan.
    pub tasks: Vec<TaskProgress>,
    /// What was found in the plan.
    pub findings: Vec<Observation>,
}

/// A task and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskProgress {
    /// The task.
    #[serde(flatten)]
    pub task: PlanTask,
    /// How far it is.
    pub status: TaskStatus,
    /// Whether the status rests on the time of the plan alone.
    pub by_time_alone: bool,
    /// The next last day, of the plan or of what can still be done; for an overdue task the
    /// day that has passed.
    pub day: Option<NaiveDate>,
    /// Numbers of its component.
    pub numbers: Option<Numbers>,
    /// What can still be done.
    pub open: Vec<Opening>,
}

/// How far a task is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskStatus {
    /// Its time has passed and points are still to be won.
    Overdue,
    /// Its next last day is near.
    DueSoon,
    /// It has time, or all that can be shown now is shown.
    OnCourse,
    /// All points are certain.
    Done,
    /// Points are lost and nothing more can be won.
    Impossible,
    /// The component is not for this unit.
    NotApplicable,
    /// The pack has no such component.
    NotAssessed,
}

impl TaskStatus {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            TaskStatus::Overdue => "overdue",
            TaskStatus::DueSoon => "due_soon",
            TaskStatus::OnCourse => "on_course",
            TaskStatus::Done => "done",
            TaskStatus::Impossible => "impossible",
            TaskStatus::NotApplicable => "not_applicable",
            TaskStatus::NotAssessed => "not_assessed",
        }
    }
}

impl ProgressAnswer {
    /// A plan beside an assessment. `soon_days` from the as-of day on count as soon.
    pub fn new(file: &str, plan: Plan, assessment: &Assessment, soon_days: u32) -> ProgressAnswer {
        let as_of = assessment.basis.as_of;
        let tasks = plan.tasks.into_iter().map(|task| {
            let leaf = task
                .code
                .as_ref()
                .map(|code| assessment.leaves.iter().find(|it| it.code == *code));
            progress(task, leaf, as_of, soon_days)
        });
        ProgressAnswer {
            format: "cchc-progress",
            version: 1,
            basis: assessment.basis.clone(),
            file: file.to_owned(),
            soon_days,
            tasks: tasks.collect(),
            findings: plan.findings,
        }
    }

    /// Keeps the tasks that an office leads or helps with, by a part of its name.
    pub fn keep_office(&mut self, office: &str) {
        self.tasks.retain(|it| it.task.is_of(office));
    }
}

/// `leaf`: none without a code; an inner none where the pack has no such code.
fn progress(
    task: PlanTask,
    leaf: Option<Option<&LeafAnswer>>,
    as_of: NaiveDate,
    soon_days: u32,
) -> TaskProgress {
    let planned = task
        .time
        .as_ref()
        .map(|it| it.last_days())
        .unwrap_or_default();
    let last = planned.last().copied();
    let next_planned = planned.iter().copied().find(|it| *it >= as_of);
    let found = leaf.flatten();
    let open = found.map(|it| it.open.clone()).unwrap_or_default();
    let next_open = open
        .iter()
        .filter_map(|it| it.until)
        .filter(|it| *it >= as_of)
        .min();
    let late = open.iter().any(|it| it.what == "late_obligation");
    let timed = |next: Option<NaiveDate>, late: bool| {
        let passed = last.filter(|it| *it < as_of);
        let soon = as_of.checked_add_days(Days::new(u64::from(soon_days)));
        match (passed, next) {
            (Some(day), _) => (TaskStatus::Overdue, Some(day)),
            (None, next) if late => (TaskStatus::Overdue, next),
            (None, Some(day)) if soon.is_none_or(|soon| day <= soon) => {
                (TaskStatus::DueSoon, Some(day))
            }
            (None, next) => (TaskStatus::OnCourse, next),
        }
    };
    let next = [next_planned, next_open].into_iter().flatten().min();
    let (status, day) = match (leaf, found) {
        (None, _) => timed(next_planned, false),
        (Some(_), None) => (TaskStatus::NotAssessed, None),
        (Some(_), Some(leaf)) => match leaf.outcome {
            Outcome::NotApplicable => (TaskStatus::NotApplicable, None),
            _ if leaf.numbers.secured == leaf.numbers.max => (TaskStatus::Done, None),
            _ if leaf.numbers.to_gain > Points::ZERO => timed(next, late),
            _ if leaf.numbers.lost > Points::ZERO => (TaskStatus::Impossible, None),
            // All points stand, and can still be lost.
            _ => (TaskStatus::OnCourse, next),
        },
    };
    TaskProgress {
        by_time_alone: leaf.is_none(),
        numbers: found.map(|it| it.numbers.clone()),
        task,
        status,
        day,
        open,
    }
}
