//! `reconcile`: official scores of a round against the computed ones.

use std::path::PathBuf;

use cchc_core::json::Fault;
use cchc_core::question;
use cchc_core::reconcile::Reconciliation;
use cchc_report::{Document, explanation, markdown, plain};

use crate::exit::Exit;
use crate::input::{AskArgs, names, unreadable};
use crate::output::{Format, write_json, write_text};
use crate::saving::{docx_bytes, ending, other_ending, save};

/// Official scores of a round against the computed ones, and what would explain the difference
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The explanation (giải trình) is in Vietnamese, in the form of Nghị định 30/2020/NĐ-CP. Number,
day and signature are blank on purpose. It is about the components that were scored lower and of
which the unit has something to put forward; with `--format json` the answer says which these are
(`contested`).

Examples:
  cchc reconcile fixtures/scores/reconciled-2024 --round appraisal_1
  cchc reconcile fixtures/scores/reconciled-2024 --to giai-trinh.docx")]
pub(crate) struct ReconcileArgs {
    #[command(flatten)]
    ask: AskArgs,
    /// The round: self, appraisal_1, explanation, appraisal_2 or final; the last one that has
    /// scores unless given
    #[arg(long, value_name = "ROUND", value_parser = cchc_core::reconcile::ROUNDS.to_vec())]
    round: Option<String>,
    /// The scored year, which must be the submission's
    #[arg(long, value_name = "YEAR")]
    year: Option<i32>,
    /// Print the explanation (giải trình) about what was scored lower
    #[arg(long, value_enum, value_name = "FORM", conflicts_with = "to")]
    letter: Option<Letter>,
    /// File to write the explanation to, told by its ending: `.md`, `.docx` or `.txt`
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

/// What an explanation is printed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Letter {
    Text,
    Markdown,
}

pub(crate) fn run(args: &ReconcileArgs) -> Exit {
    let look = &args.ask.look;
    match answer(args) {
        Ok(exit) => exit,
        Err(faults) => look.faults(&faults),
    }
}

fn answer(args: &ReconcileArgs) -> Result<Exit, Vec<Fault>> {
    let look = &args.ask.look;
    if look.format == Format::Json && args.letter.is_some() {
        let fault = Fault {
            expected: "`--letter` without `--format json`, or `--to` with a file".into(),
            help: Some(
                "the JSON answer says under `contested` what an explanation is about".into(),
            ),
            ..unreadable("--letter", "both")
        };
        return Err(vec![fault]);
    }
    let asked = args.ask.read()?;
    let question = asked.question(&args.ask);
    let answer = question::reconcile(&question, args.round.as_deref(), args.year)?;
    let pack = asked.titles();
    let document =
        |answer: &Reconciliation| -> Document { explanation(answer, names(pack.as_ref())) };
    if let Some(path) = &args.to {
        let bytes = match ending(path).as_deref() {
            Some("md") => markdown(&document(&answer)).into_bytes(),
            Some("txt") => plain(&document(&answer)).into_bytes(),
            Some("docx") => docx_bytes(path, &document(&answer))?,
            _ => {
                let expected = "a name that ends in `.md`, `.docx` or `.txt`";
                return Err(vec![other_ending(path, expected)]);
            }
        };
        save(path, &bytes)?;
    }
    if look.format == Format::Json {
        return Ok(write_json(
            &serde_json::to_value(&answer).unwrap_or_default(),
        ));
    }
    Ok(write_text(&match args.letter {
        None if args.to.is_some() => return Ok(Exit::Done),
        None => cchc_report::reconciliation(&answer, &args.ask.view(names(pack.as_ref()))),
        Some(Letter::Text) => plain(&document(&answer)),
        Some(Letter::Markdown) => markdown(&document(&answer)),
    }))
}
