//! The tasks of a plan beside an assessment: who is to be reminded of what.
//!
//! What a component shows decides; the time of the plan says whether it shows it in time.
//! Of a task without a component nothing tells that it is done but the plan's own word: it is
//! judged by that and by its time, and says so. What is asked of everybody (tổ chức thực hiện)
//! has the plan's year for its time.

use chrono::{Days, NaiveDate};
use serde::Serialize;

use super::{Observation, Plan, PlanDuty, PlanTask};
use crate::answer::{Assessment, Basis, LeafAnswer, Numbers, Opening, Outcome, Severity};
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
    /// What is asked of everybody, in the order of the plan.
    pub duties: Vec<DutyProgress>,
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
    /// Whether it rests on the plan's own word that it is done.
    pub by_word_alone: bool,
    /// The next last day, of the plan or of what can still be done; for an overdue task the
    /// day that has passed.
    pub day: Option<NaiveDate>,
    /// Numbers of its component.
    pub numbers: Option<Numbers>,
    /// What can still be done.
    pub open: Vec<Opening>,
}

/// What is asked of everybody, and how far it is: by the plan's year alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DutyProgress {
    /// What is asked.
    #[serde(flatten)]
    pub duty: PlanDuty,
    /// How far it is.
    pub status: TaskStatus,
    /// The last day of the plan's year.
    pub day: Option<NaiveDate>,
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
    /// Every status, the most pressing first.
    pub const ALL: &'static [TaskStatus] = &[
        TaskStatus::Overdue,
        TaskStatus::DueSoon,
        TaskStatus::OnCourse,
        TaskStatus::Done,
        TaskStatus::Impossible,
        TaskStatus::NotApplicable,
        TaskStatus::NotAssessed,
    ];

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
        let mut findings = plan.findings;
        let tasks = plan.tasks.into_iter().map(|task| {
            let leaf = task
                .code
                .as_ref()
                .map(|code| assessment.leaves.iter().find(|it| it.code == *code));
            findings.extend(contradiction(&task, leaf.flatten()));
            progress(task, leaf, as_of, soon_days)
        });
        let tasks = tasks.collect();
        let year = plan.year.unwrap_or(assessment.basis.scored_year);
        let last = NaiveDate::from_ymd_opt(year, 12, 31);
        let duties = plan.duties.into_iter().map(|duty| DutyProgress {
            duty,
            status: by_time(last, last.filter(|it| *it >= as_of), as_of, soon_days),
            day: last,
        });
        ProgressAnswer {
            format: "cchc-progress",
            version: 1,
            basis: assessment.basis.clone(),
            file: file.to_owned(),
            soon_days,
            tasks,
            duties: duties.collect(),
            findings,
        }
    }

    /// Keeps the tasks that an office leads or helps with, by a part of its name.
    pub fn keep_office(&mut self, office: &str) {
        self.tasks.retain(|it| it.task.is_of(office));
        self.duties.retain(|it| it.duty.is_of(office));
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
        match (passed, next) {
            (Some(day), _) => (TaskStatus::Overdue, Some(day)),
            (None, next) if late => (TaskStatus::Overdue, next),
            (None, next) => (by_time(last, next, as_of, soon_days), next),
        }
    };
    let reported = task.reported.as_ref().and_then(|it| it.done) == Some(true);
    let next = [next_planned, next_open].into_iter().flatten().min();
    let (status, day) = match (leaf, found) {
        (None, _) if reported => (TaskStatus::Done, None),
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
        by_time_alone: leaf.is_none() && !reported,
        by_word_alone: leaf.is_none() && reported,
        numbers: found.map(|it| it.numbers.clone()),
        task,
        status,
        day,
        open,
    }
}

/// Overdue after the last day, due soon where the next one is near, else on course.
fn by_time(
    last: Option<NaiveDate>,
    next: Option<NaiveDate>,
    as_of: NaiveDate,
    soon_days: u32,
) -> TaskStatus {
    let soon = as_of.checked_add_days(Days::new(u64::from(soon_days)));
    match next {
        _ if last.is_some_and(|it| it < as_of) => TaskStatus::Overdue,
        Some(day) if soon.is_none_or(|soon| day <= soon) => TaskStatus::DueSoon,
        _ => TaskStatus::OnCourse,
    }
}

/// A plan that says done of a component that still has points to win.
fn contradiction(task: &PlanTask, leaf: Option<&LeafAnswer>) -> Option<Observation> {
    let done = task.reported.as_ref().and_then(|it| it.done) == Some(true);
    let leaf = leaf.filter(|it| done && it.numbers.to_gain > Points::ZERO)?;
    let note = Observation::new(
        "reported_done",
        Severity::Warning,
        task.at.clone(),
        "look_at_task",
    );
    Some(note.with("task", &leaf.code))
}
