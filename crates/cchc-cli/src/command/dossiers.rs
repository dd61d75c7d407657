//! `dossiers`: what an export of the one-stop system counts.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use cchc_core::answer::Severity;
use cchc_core::json::Phrase;
use cchc_core::reading::{self, DossierCount};
use cchc_core::values::Window;
use cchc_documents::dossiers::{Ask, ColumnOf, count};
use chrono::NaiveDate;

use crate::exit::Exit;
use crate::input::{failure, unreadable};
use crate::output::{Format, Look, write_json, write_text};
use crate::progress::Progress;

/// Dossiers returned early, on time and late in an export; exit 1 where a row has a problem
///
/// Reads CSV, XLSX, XLS and ODS by content. Columns are found by their headers, a date is day
/// before month. Every row is counted or named. The figures go into a submission as they are.
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Example:
  cchc dossiers fixtures/documents/dossiers/year.xlsx --from 2024-01-01 --to 2024-12-31
Fields of --column: code, received, due, rescheduled, rescheduled_again,
  reschedule_count, returned, apology, field, procedure, status")]
pub(crate) struct DossiersArgs {
    /// The export
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The sheet, by name; the only one that lists dossiers unless given
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// First day of the window; all dossiers are counted unless given
    #[arg(long, value_name = "YYYY-MM-DD", requires = "to")]
    from: Option<NaiveDate>,
    /// Last day of the window
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
    to: Option<NaiveDate>,
    /// As-of date, meaning the start of the day; the day after the window unless given
    #[arg(long, value_name = "YYYY-MM-DD", required_unless_present = "to")]
    as_of: Option<NaiveDate>,
    /// A column by letters or header, as `received=E` or `received="Ngày nộp"`
    #[arg(long = "column", value_name = "FIELD=COLUMN")]
    columns: Vec<ColumnOf>,
    /// Which day must lie in the window
    #[arg(long, value_enum, default_value_t = Denominator::Received)]
    denominator: Denominator,
    /// What a dossier is that was in time only for its second date; the index set says it
    #[arg(long, value_enum, default_value_t = Rescheduled::Late)]
    rescheduled: Rescheduled,
    /// Only `figures` and `evidence` for a submission, as JSON
    #[arg(long)]
    figures: bool,
    #[command(flatten)]
    look: Look,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Denominator {
    Received,
    Resolved,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum Rescheduled {
    OnTime,
    Late,
}

/// Steps of the bar.
const STEPS: u64 = 200;

pub(crate) fn run(args: &DossiersArgs) -> Exit {
    let name = args.file.display().to_string();
    let window = match (args.from, args.to) {
        (Some(from), Some(to)) => match Window::new(from, to) {
            Ok(window) => Some(window),
            Err(error) => {
                let mut fault = unreadable(&name, "");
                fault.code = "window-reversed";
                fault.expected = "a window that starts before it ends".into();
                fault.found = Phrase::new(
                    "from `{}` to `{}`",
                    [error.from.to_string(), error.to.to_string()],
                );
                fault.help = Some("exchange `--from` and `--to`".into());
                return match args.look.faults(&[fault]) {
                    Exit::Faults => Exit::Usage,
                    other => other,
                };
            }
        },
        _ => None,
    };
    let after = window.and_then(|window| window.to().succ_opt());
    let Some(as_of) = args.as_of.or(after) else {
        return Exit::Usage;
    };
    let ask = Ask {
        window,
        denominator: match args.denominator {
            Denominator::Received => reading::Denominator::Received,
            Denominator::Resolved => reading::Denominator::Resolved,
        },
        rescheduled: match args.rescheduled {
            Rescheduled::OnTime => reading::Rescheduled::OnTime,
            Rescheduled::Late => reading::Rescheduled::Late,
        },
        sheet: args.sheet.clone(),
        columns: args.columns.clone(),
        ..Ask::as_of(as_of)
    };
    let file = match File::open(&args.file) {
        Ok(file) => BufReader::new(file),
        Err(error) => {
            return args.look.faults(&[unreadable(&name, failure(&error))]);
        }
    };
    let short = args.file.file_name().unwrap_or_default();
    let progress = Progress::of(usize::try_from(STEPS).unwrap_or(usize::MAX));
    let counted = count(file, &short.to_string_lossy(), &ask, &mut |done, all| {
        let step = done.saturating_mul(STEPS).checked_div(all).unwrap_or(STEPS);
        progress.reach(usize::try_from(step).unwrap_or(usize::MAX));
    });
    progress.end();
    match counted {
        Ok(answer) => show(args, &answer),
        Err(fault) => args.look.refused_export(&name, &fault.observation()),
    }
}

fn show(args: &DossiersArgs, answer: &DossierCount) -> Exit {
    let written = if args.figures {
        let DossierCount {
            figures, evidence, ..
        } = answer;
        write_json(&serde_json::json!({"figures": figures, "evidence": evidence}))
    } else if args.look.format == Format::Json {
        match serde_json::to_value(answer) {
            Ok(value) => write_json(&value),
            Err(_) => Exit::Output,
        }
    } else {
        let (language, style) = (args.look.language(), args.look.style());
        write_text(&cchc_report::dossiers(answer, language, style))
    };
    let problem = |it: &reading::Observation| it.severity == Severity::Problem;
    if written == Exit::Done && answer.findings.iter().any(problem) {
        Exit::Problems
    } else {
        written
    }
}
