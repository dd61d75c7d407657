//! `reconcile`: official scores of a round against the computed ones.

use cchc_core::question;
use cchc_report::LetterForm;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// Official scores of a round against the computed ones, and what would explain the difference
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  cchc reconcile fixtures/scores/reconciled-2024 --round appraisal_1 --letter markdown"
)]
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
    /// Write a letter of explanation (giải trình) about what was scored lower
    #[arg(long, value_enum, value_name = "FORM")]
    letter: Option<Letter>,
}

/// What a letter is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Letter {
    Text,
    Markdown,
}

pub(crate) fn run(args: &ReconcileArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let question = asked.question(&args.ask);
    let answer = match question::reconcile(&question, args.round.as_deref(), args.year) {
        Ok(answer) => answer,
        Err(faults) => return look.faults(&faults),
    };
    if look.format == Format::Json {
        return crate::output::write_json(&serde_json::to_value(&answer).unwrap_or_default());
    }
    let pack = asked.titles();
    let view = args.ask.view(names(pack.as_ref()));
    write_text(&match args.letter {
        None => cchc_report::reconciliation(&answer, &view),
        Some(Letter::Text) => cchc_report::explanation_letter(&answer, &view, LetterForm::Text),
        Some(Letter::Markdown) => {
            cchc_report::explanation_letter(&answer, &view, LetterForm::Markdown)
        }
    })
}
