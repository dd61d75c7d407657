//! `plan`: the remediation plan of a unit, as Markdown, DOCX, calendar or JSON.

use std::path::PathBuf;

use cchc_core::json::Fault;
use cchc_core::question;
use cchc_core::regain::Goal;
use cchc_core::wire::read_submission;
use cchc_report::{PlanSources, Remediation, deadlines, markdown, plan_document, remediation};
use serde_json::{Value, json};

use crate::exit::Exit;
use crate::input::{AskArgs, unreadable};
use crate::output::{Format, write_json, write_text};
use crate::saving::{docx_bytes, ending, other_ending, save};

/// Remediation plan: what can still be won, by whom, until when, with which evidence
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The plan is in Vietnamese, in the form of Nghị định 30/2020/NĐ-CP. Number, day and signature
are blank on purpose. Without `--to` it is written as Markdown to standard output.

Example:
  cchc plan fixtures/submissions/son-thuong-2024 --baseline 2023 --to plan.docx")]
pub(crate) struct PlanArgs {
    #[command(flatten)]
    ask: AskArgs,
    /// Also components that lost points in the official scores of this year
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(1900..=9999))]
    baseline: Option<i32>,
    /// File to write, told by its ending: `.md`, `.docx`, or `.ics` for a calendar of deadlines
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub(crate) fn run(args: &PlanArgs) -> Exit {
    let look = &args.ask.look;
    match answer(args) {
        Ok(exit) => exit,
        Err(faults) => look.faults(&faults),
    }
}

fn answer(args: &PlanArgs) -> Result<Exit, Vec<Fault>> {
    let asked = args.ask.read()?;
    let question = asked.question(&args.ask);
    let assessment = question::assess(&question)?;
    let regain = question::regain(&question, &Goal::default())?;
    let levers = question::levers(&question, None)?;
    let submission = read_submission(&asked.submission.name, &asked.submission.bytes)?;
    let Some(pack) = asked.titles() else {
        let found = "another file than was assessed";
        return Err(vec![unreadable(&asked.pack.name, found)]);
    };
    let sources = PlanSources {
        assessment: &assessment,
        regain: &regain,
        levers: &levers,
        submission: &submission,
        pack: &pack,
    };
    let plan = remediation(&sources, args.baseline);
    let Some(path) = &args.to else {
        return Ok(match args.ask.look.format {
            Format::Text => write_text(&markdown(&plan_document(&plan))),
            Format::Json => write_json(&value(&plan)),
        });
    };
    let bytes = match ending(path).as_deref() {
        Some("md") => markdown(&plan_document(&plan)).into_bytes(),
        Some("docx") => docx_bytes(path, &plan_document(&plan))?,
        Some("ics") => {
            let basis = &assessment.basis;
            let owner = format!("{}-{}", basis.unit, basis.pack);
            let title = plan_document(&plan).title;
            cchc_report::calendar(&deadlines(&plan), &title, &owner, basis.as_of).into_bytes()
        }
        _ => {
            return Err(vec![other_ending(
                path,
                "a name that ends in `.md`, `.docx` or `.ics`",
            )]);
        }
    };
    save(path, &bytes)?;
    Ok(Exit::Done)
}

fn value(plan: &Remediation) -> Value {
    let areas = plan.areas.iter().map(|area| {
        let tasks = area.tasks.iter().map(|task| {
            let due = task
                .due
                .iter()
                .map(|(day, what)| json!({"day": day, "what": what}));
            json!({
                "code": task.code, "title": task.title, "time": task.time, "lead": task.lead,
                "with": task.with, "work": task.work, "keep": task.keep, "points": task.points,
                "evidence": task.evidence, "due": due.collect::<Vec<_>>(),
            })
        });
        json!({"title": area.title, "tasks": tasks.collect::<Vec<_>>()})
    });
    json!({
        "format": "cchc-remediation", "version": 1,
        "unit": plan.unit, "year": plan.year, "baseline": plan.baseline,
        "bases": plan.bases, "carries_out": plan.carries_out,
        "areas": areas.collect::<Vec<_>>(), "left_out": plan.left_out,
        "monitor": plan.monitor, "warning": plan.warning,
    })
}
