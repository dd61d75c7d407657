//! A remediation plan as tasks, read from its text.
//!
//! A task starts at a line that names a component (`Tiêu chí thành phần: “1.2.1. …”`) or at
//! a numbered line under which a time or an office stands; numbers of lines order nothing,
//! for they slip. A table whose head names tasks and a time or an office has a task in each
//! row, wherever it stands: such tables are often annexes. Other tasks stand before the part
//! that says who carries the plan out; what that part asks of everybody is a duty. A time or
//! an office that is not there, or not understood, is absent and has a finding.

mod against;
mod block;
mod office;
mod question;
mod reported;
mod table;
mod time;

pub use against::hold_against;
pub use question::{SOON, TasksAnswer, tasks_json, tasks_request_format};

use std::collections::BTreeMap;

use cchc_core::answer::Severity;
use cchc_core::model::Pack;
use cchc_core::reading::{Observation, Plan, PlanDuty, PlanTask, Spot};
use cchc_core::values::fold;

use crate::Text;
use block::{Block, Label, Piece, pieces};
use table::Row;

/// Lines among which the date of the plan is looked for.
const HEAD: usize = 60;

/// Most duties of one plan; more is no plan.
const MOST_DUTIES: usize = 100;

/// Reads a plan.
///
/// `year` is the year that times without a year are in; unless given, that of the date line.
pub fn read_plan(text: &Text, year: Option<i32>) -> Plan {
    let pieces = pieces(text);
    let mut plan = Plan {
        year: year.or_else(|| year_of_head(text)),
        ..Plan::default()
    };
    let mut area: Option<String> = None;
    let mut ended = false;
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at += 1;
        let block = match piece {
            Piece::Table(rows) => {
                rows_of(rows, &area, &mut plan);
                continue;
            }
            Piece::Block(block) => block,
        };
        if block.is_end() {
            ended |= !plan.tasks.is_empty();
            continue;
        }
        if ended {
            plan.duties.extend(duty(block, &plan.duties));
            continue;
        }
        if let Some(name) = block.area() {
            area = Some(name);
            continue;
        }
        let following = pieces.get(at).and_then(Piece::block);
        let Some((code, title)) = head_of(block, following) else {
            continue;
        };
        let mut task = task_of(code, title, area.clone(), block.at.clone());
        let mut findings = Vec::new();
        while let Some((label, rest, spot)) =
            pieces.get(at).and_then(Piece::block).and_then(Block::label)
        {
            take(&mut task, label, rest, &spot, plan.year, &mut findings);
            at += 1;
        }
        push(&mut plan, task, findings);
    }
    twins(&mut plan);
    if plan.tasks.is_empty() {
        plan.findings.push(Observation::new(
            "plan_without_tasks",
            Severity::Problem,
            Spot::File {},
            "write_tasks",
        ));
    }
    plan.findings.sort_by(|a, b| a.at.cmp(&b.at));
    plan
}

/// Reads a plan as one of a pack: times without a year are in the scored year unless `year` says
/// otherwise, and what the pack says of codes, titles and times is told, as is what the file
/// says of itself.
pub fn read_plan_of(text: Text, year: Option<i32>, pack: Option<&Pack>) -> Plan {
    let year = year.or_else(|| pack.map(|it| it.scored_year));
    let mut plan = read_plan(&text, year);
    if let Some(pack) = pack {
        hold_against(&mut plan, pack);
    }
    plan.findings.extend(text.notes);
    plan
}

fn task_of(code: Option<String>, title: String, area: Option<String>, at: Spot) -> PlanTask {
    PlanTask {
        area,
        code,
        title,
        time: None,
        lead: Vec::new(),
        with: Vec::new(),
        work: None,
        reported: None,
        at,
    }
}

/// Adds a task, with what is to be said of it.
fn push(plan: &mut Plan, task: PlanTask, mut findings: Vec<Observation>) {
    missing(&task, &mut findings);
    for finding in &mut findings {
        *finding = named(finding.clone(), &task);
    }
    plan.findings.append(&mut findings);
    plan.tasks.push(task);
}

/// The tasks in the rows of a table, under the areas that its own rows name.
fn rows_of(rows: &[Row], area: &Option<String>, plan: &mut Plan) {
    let mut area = area.clone();
    for row in rows {
        match row {
            Row::Area(name) => area = Some(name.clone()),
            Row::Task {
                code,
                title,
                cells,
                at,
            } => {
                let mut task = task_of(code.clone(), title.clone(), area.clone(), at.clone());
                let mut findings = Vec::new();
                for (label, words, spot) in cells {
                    take(&mut task, *label, words, spot, plan.year, &mut findings);
                }
                push(plan, task, findings);
            }
        }
    }
}

/// What a numbered block of the part on who carries the plan out asks; the numbered items of
/// the foot, such as names of recipients, ask nothing of a named office.
fn duty(block: &Block, known: &[PlanDuty]) -> Option<PlanDuty> {
    if known.len() >= MOST_DUTIES {
        return None;
    }
    let text = block.numbered()?;
    let offices = office::read(&text);
    let folded = fold(&text);
    let work = offices.work.is_some();
    let watches = ["theo dõi", "đôn đốc"].iter().any(|it| folded.contains(it));
    (work && !offices.lead.is_empty()).then(|| PlanDuty {
        lead: offices.lead,
        with: offices.with,
        text,
        watches,
        at: block.at.clone(),
    })
}

/// A finding that says which task it concerns.
fn named(finding: Observation, task: &PlanTask) -> Observation {
    finding.with("task", task.code.as_deref().unwrap_or(&task.title))
}

/// Code and title where a block starts a task.
fn head_of(block: &Block, following: Option<&Block>) -> Option<(Option<String>, String)> {
    if let Some(named) = block.component() {
        return Some(named);
    }
    let title = block.numbered()?;
    following?.label()?;
    Some((None, title))
}

/// Puts what stands behind a label into the task.
fn take(
    task: &mut PlanTask,
    label: Label,
    rest: &str,
    spot: &Spot,
    year: Option<i32>,
    findings: &mut Vec<Observation>,
) {
    match label {
        Label::Time => {
            let (time, mut said) = time::read(rest, year, spot);
            findings.append(&mut said);
            task.time = Some(time);
        }
        Label::Offices => {
            let offices = office::read(rest);
            task.lead = offices.lead;
            task.with = offices.with;
            task.work = offices.work;
        }
        Label::Lead => task.lead = office::list(rest),
        Label::With => task.with = office::list(rest),
        Label::Work => task.work = Some(rest.to_owned()).filter(|it| !it.is_empty()),
        Label::Reported => task.reported = reported::read(rest),
        Label::Other => {}
    }
}

fn missing(task: &PlanTask, findings: &mut Vec<Observation>) {
    let mut absent = |code, remedy| {
        findings.push(Observation::new(
            code,
            Severity::Warning,
            task.at.clone(),
            remedy,
        ));
    };
    if task.time.is_none() {
        absent("task_without_time", "add_time");
    }
    if task.lead.is_empty() {
        absent("task_without_office", "add_office");
    }
}

/// Titles that stand under two codes, and codes that stand twice.
fn twins(plan: &mut Plan) {
    let mut titles: BTreeMap<String, &PlanTask> = BTreeMap::new();
    let mut codes: BTreeMap<&str, &PlanTask> = BTreeMap::new();
    let mut found = Vec::new();
    for task in &plan.tasks {
        if let Some(code) = &task.code
            && codes.insert(code, task).is_some()
        {
            let note = Observation::new(
                "code_twice",
                Severity::Warning,
                task.at.clone(),
                "correct_plan",
            );
            found.push(note.with("task", code));
            continue;
        }
        let other = titles.entry(fold(&task.title)).or_insert(task);
        if let (Some(first), Some(second)) = (&other.code, &task.code)
            && first != second
        {
            let note = Observation::new(
                "title_twice",
                Severity::Warning,
                task.at.clone(),
                "correct_plan",
            );
            found.push(note.with("task", second).with("first", first));
        }
    }
    plan.findings.append(&mut found);
}

/// The year of the date line: `Sơn Thượng, ngày tháng 03 năm 2024`.
fn year_of_head(text: &Text) -> Option<i32> {
    let lines = text.lines.iter().take(HEAD);
    lines
        .map(|line| fold(&line.text))
        .filter(|line| line.contains("ngày") && line.contains("tháng"))
        .find_map(|line| {
            let (_, behind) = line.rsplit_once("năm ")?;
            let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
            (digits.len() == 4).then(|| digits.parse().ok())?
        })
}
