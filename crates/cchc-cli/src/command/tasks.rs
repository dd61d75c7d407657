//! `tasks`: what a remediation plan asks, task by task, and how far each is.

use std::path::{Path, PathBuf};

use cchc_core::answer::Severity;
use cchc_core::json::Fault;
use cchc_core::model::Pack;
use cchc_core::question;
use cchc_core::reading::{Plan, PlanAnswer, ProgressAnswer, TaskStatus};
use cchc_documents::plan::read_plan_of;
use cchc_documents::{ReadFault, Text};

use crate::exit::Exit;
use crate::files::read_file;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_json, write_text};
use crate::pack::PackFile;

/// Tasks of a remediation plan; with a submission, which are done, due, overdue or impossible
#[derive(clap::Args, Debug)]
#[command(
    override_usage = "cchc tasks [OPTIONS] <PLAN>\n       cchc tasks [OPTIONS] <SUBMISSION> <PLAN>",
    after_help = "\
A plan is DOCX, PDF with a text layer, Markdown or plain text. Exit 1 where no task is found, or
a task is overdue.

Examples:
  cchc tasks plan.docx --pack rules/son-ha-2024
  cchc tasks fixtures/submissions/son-thuong-2024 plan.docx --office \"một cửa\""
)]
pub(crate) struct TasksArgs {
    #[command(flatten)]
    ask: AskArgs,
    /// The plan; without it the first file is the plan, and its tasks are only listed
    #[arg(value_name = "PLAN")]
    plan: Option<PathBuf>,
    /// Only tasks that this office leads or helps with; a part of its name is enough
    #[arg(long, value_name = "NAME")]
    office: Option<String>,
    /// Days from the as-of date on that count as soon
    #[arg(long, value_name = "DAYS", default_value_t = 14, value_parser = clap::value_parser!(u32).range(0..=366))]
    soon: u32,
    /// Year of times that name none; that of the pack or of the plan's date line unless given
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i32).range(1900..=9999))]
    year: Option<i32>,
}

pub(crate) fn run(args: &TasksArgs) -> Exit {
    let answer = match &args.plan {
        None => listed(args),
        Some(plan) => joined(args, plan),
    };
    match answer {
        Ok(exit) => exit,
        Err(Refused::Faults(faults)) => args.ask.look.faults(&faults),
        Err(Refused::File(path, fault)) => args
            .ask
            .look
            .refused(&path.display().to_string(), &fault.observation()),
    }
}

/// Why there is no answer.
enum Refused {
    Faults(Vec<Fault>),
    File(PathBuf, ReadFault),
}

impl From<Vec<Fault>> for Refused {
    fn from(faults: Vec<Fault>) -> Self {
        Refused::Faults(faults)
    }
}

fn text_of(path: &Path) -> Result<Text, Refused> {
    read_file(path).map_err(|fault| Refused::File(path.to_owned(), fault))
}

fn plan_of(args: &TasksArgs, path: &Path, pack: Option<&Pack>) -> Result<Plan, Refused> {
    let text = text_of(path)?;
    Ok(read_plan_of(text, args.year, pack))
}

fn listed(args: &TasksArgs) -> Result<Exit, Refused> {
    let look = &args.ask.look;
    let path = PathBuf::from(&args.ask.submission);
    let pack = args.ask.pack.as_deref().map(PackFile::read).transpose()?;
    let plan = plan_of(args, &path, pack.as_ref().map(|it| &it.pack))?;
    let mut answer = PlanAnswer::new(&args.ask.submission, plan);
    if let Some(office) = &args.office {
        answer.plan.keep_office(office);
    }
    let written = match look.format {
        Format::Text => write_text(&cchc_report::plan_tasks(
            &answer,
            look.language(),
            look.style(),
        )),
        Format::Json => write_json(&serde_json::to_value(&answer).unwrap_or_default()),
    };
    let problem = answer
        .plan
        .findings
        .iter()
        .any(|it| it.severity == Severity::Problem);
    Ok(or_problem(written, problem))
}

fn joined(args: &TasksArgs, path: &Path) -> Result<Exit, Refused> {
    let look = &args.ask.look;
    let asked = args.ask.read()?;
    let assessment = question::assess(&asked.question(&args.ask))?;
    let pack = asked.titles();
    let plan = plan_of(args, path, pack.as_ref())?;
    let file = path.display().to_string();
    let mut answer = ProgressAnswer::new(&file, plan, &assessment, args.soon);
    if let Some(office) = &args.office {
        answer.keep_office(office);
    }
    let written = match look.format {
        Format::Text => write_text(&cchc_report::progress(
            &answer,
            &args.ask.view(names(pack.as_ref())),
        )),
        Format::Json => write_json(&serde_json::to_value(&answer).unwrap_or_default()),
    };
    let overdue = answer
        .tasks
        .iter()
        .any(|it| it.status == TaskStatus::Overdue);
    let problem = answer
        .findings
        .iter()
        .any(|it| it.severity == Severity::Problem);
    Ok(or_problem(written, overdue || problem))
}

fn or_problem(written: Exit, problem: bool) -> Exit {
    match written {
        Exit::Done if problem => Exit::Problems,
        other => other,
    }
}
