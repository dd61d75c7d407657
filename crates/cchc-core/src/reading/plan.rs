//! A plan to win points back, as it was read: its tasks, with time and offices.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Observation, Spot};
use crate::values::fold;

/// What a remediation plan (kế hoạch khắc phục) asks, task by task.
///
/// The answer of `tasks` for one plan. A value that was not read is absent and has a
/// finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanAnswer {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// The file.
    pub file: String,
    /// What was read of it.
    #[serde(flatten)]
    pub plan: Plan,
}

impl PlanAnswer {
    /// The plan of a file.
    pub fn new(file: &str, plan: Plan) -> PlanAnswer {
        PlanAnswer {
            format: "cchc-plan",
            version: 1,
            file: file.to_owned(),
            plan,
        }
    }
}

/// The tasks of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The year that times without a year are in.
    pub year: Option<i32>,
    /// Tasks, in the order of the plan.
    pub tasks: Vec<PlanTask>,
    /// What the part on who carries the plan out (tổ chức thực hiện) asks: work without a
    /// component and without a time of its own.
    pub duties: Vec<PlanDuty>,
    /// What is missing, ambiguous or contradictory, in the order of the text.
    pub findings: Vec<Observation>,
}

/// A task of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanTask {
    /// Area (lĩnh vực) under which it stands, as written.
    pub area: Option<String>,
    /// Code of the component; `None` for a task without one.
    pub code: Option<String>,
    /// Title of the component or of the task.
    pub title: String,
    /// When it is to be done.
    pub time: Option<PlanTime>,
    /// Offices that lead (chủ trì), as written.
    pub lead: Vec<String>,
    /// Offices that help (phối hợp), as written.
    pub with: Vec<String>,
    /// The words about what is to be done, as written behind the offices.
    pub work: Option<String>,
    /// What the plan itself says of how far it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reported: Option<Reported>,
    /// Where it starts.
    pub at: Spot,
}

/// What the part on who carries the plan out asks of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanDuty {
    /// Offices that are asked, as written.
    pub lead: Vec<String>,
    /// Offices that help, as written.
    pub with: Vec<String>,
    /// The words, as written.
    pub text: String,
    /// Whether it is to watch over the plan (theo dõi, đôn đốc).
    pub watches: bool,
    /// Where it starts.
    pub at: Spot,
}

/// How far a task is, by the plan's own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reported {
    /// The words.
    pub text: String,
    /// Whether it is done; `None` where the words do not say.
    pub done: Option<bool>,
    /// The day that they name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<NaiveDate>,
}

/// The time of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanTime {
    /// The words of the plan.
    pub text: String,
    /// How they are to be taken.
    pub kind: TimeKind,
    /// The periods and days that they name, in their order.
    pub periods: Vec<PlanPeriod>,
}

/// How the time of a task is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeKind {
    /// Something in, or before, each of the periods.
    Periods,
    /// All the time in the period (thường xuyên).
    Throughout,
    /// As another plan says (theo Kế hoạch …).
    OtherPlan,
    /// Words only.
    Words,
}

/// A period or day of a plan.
///
/// Unit: calendar days; a quarter is three calendar months, whatever window a report covers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanPeriod {
    /// The words, in lower case.
    pub text: String,
    /// First day of what is named.
    pub from: NaiveDate,
    /// Last day of what is named.
    pub to: NaiveDate,
    /// Whether the task is to be done before it (trước).
    pub before: bool,
    /// Last day on which the task is in time: the last day of the period, or the day before
    /// its first. `None` where that would lie before the year of the plan.
    pub last_day: Option<NaiveDate>,
}

impl Plan {
    /// Keeps the tasks that an office leads or helps with, by a part of its name.
    pub fn keep_office(&mut self, office: &str) {
        self.tasks.retain(|it| it.is_of(office));
        self.duties.retain(|it| it.is_of(office));
    }
}

impl PlanTask {
    /// Whether an office leads or helps, by a part of its name.
    pub fn is_of(&self, office: &str) -> bool {
        names(office, &self.lead, &self.with)
    }
}

impl PlanDuty {
    /// Whether an office is asked or helps, by a part of its name.
    pub fn is_of(&self, office: &str) -> bool {
        names(office, &self.lead, &self.with)
    }
}

fn names(office: &str, lead: &[String], with: &[String]) -> bool {
    let wanted = fold(office);
    let mut names = lead.iter().chain(with);
    names.any(|name| fold(name).contains(&wanted))
}

impl PlanTime {
    /// Last days of the periods, in order of time, each once.
    pub fn last_days(&self) -> Vec<NaiveDate> {
        let mut days: Vec<NaiveDate> = self.periods.iter().filter_map(|it| it.last_day).collect();
        days.sort();
        days.dedup();
        days
    }
}
