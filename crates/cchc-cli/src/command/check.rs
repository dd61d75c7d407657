//! `check`: what documents prove; no points.

use cchc_core::answer::EvidenceOutcome;
use cchc_core::facts::{Comparison, Document};
use cchc_core::question;
use cchc_documents::Limits;
use cchc_documents::attachments::check_attachments;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_json, write_text};
use crate::progress::Progress;

/// What documents prove, and why not, with the attached files opened; exit 1 where one does not
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc check fixtures/submissions/son-thuong-2024 --lang en")]
pub(crate) struct CheckArgs {
    /// Believe the register: open no attached file
    #[arg(long)]
    unopened: bool,
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &CheckArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let folder = (!args.unopened).then(|| args.ask.folder()).flatten();
    let opened = |documents: &[Document]| match &folder {
        Some(folder) => {
            let progress = Progress::of(documents.len());
            let checks = check_attachments(folder, documents, &Limits::USUAL, || progress.step());
            progress.end();
            checks
        }
        None => Vec::new(),
    };
    let answer = match question::check_files(&asked.question(&args.ask), opened) {
        Ok(answer) => answer,
        Err(faults) => return look.faults(&faults),
    };
    let written = if look.format == Format::Json {
        write_json(&serde_json::to_value(&answer).unwrap_or_default())
    } else {
        let pack = asked.titles();
        write_text(&cchc_report::check(
            &answer,
            &args.ask.view(names(pack.as_ref())),
        ))
    };
    let proved = |outcome: EvidenceOutcome| {
        matches!(
            outcome,
            EvidenceOutcome::Accepted | EvidenceOutcome::AcceptedWithRemarks
        )
    };
    let wrong = answer.files.iter().any(|it| {
        matches!(
            it.comparison,
            Some(Comparison::Contradicts | Comparison::Unreadable)
        )
    });
    let facts = answer.leaves.iter().flat_map(|leaf| &leaf.evidence);
    let problems = facts
        .filter(|fact| fact.fact.is_some())
        .any(|fact| !proved(fact.outcome));
    if written == Exit::Done && (problems || wrong) {
        Exit::Problems
    } else {
        written
    }
}
