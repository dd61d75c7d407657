//! `plan`: the remediation plan of a unit, as Markdown, DOCX, calendar or JSON.

use std::path::PathBuf;

use cchc_core::json::Fault;
use cchc_report::{deadlines, markdown, plan_document};

use crate::exit::Exit;
use crate::input::AskArgs;
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
    let answer = cchc_report::plan(&asked.question(&args.ask), args.baseline)?;
    let plan = &answer.plan;
    let Some(path) = &args.to else {
        return Ok(match args.ask.look.format {
            Format::Text => write_text(&markdown(&plan_document(plan))),
            Format::Json => write_json(&serde_json::to_value(&answer).unwrap_or_default()),
        });
    };
    let bytes = match ending(path).as_deref() {
        Some("md") => markdown(&plan_document(plan)).into_bytes(),
        Some("docx") => docx_bytes(path, &plan_document(plan))?,
        Some("ics") => {
            let basis = &answer.basis;
            let owner = format!("{}-{}", basis.unit, basis.pack);
            let title = plan_document(plan).title;
            cchc_report::calendar(&deadlines(plan), &title, &owner, basis.as_of).into_bytes()
        }
        _ => {
            let expected = "a name that ends in `.md`, `.docx` or `.ics`";
            return Err(vec![other_ending(path, expected)]);
        }
    };
    save(path, &bytes)?;
    Ok(Exit::Done)
}
