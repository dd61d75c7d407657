//! `check`: what documents prove; no points.

use cchc_core::answer::EvidenceOutcome;
use cchc_core::question;

use crate::exit::Exit;
use crate::input::{AskArgs, names};
use crate::output::{Format, write_text};

/// What the documents of the register prove, and why not; exit 1 where one does not
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc check fixtures/submissions/son-thuong-2024 --lang en")]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    ask: AskArgs,
}

pub(crate) fn run(args: &CheckArgs) -> Exit {
    let look = &args.ask.look;
    let asked = match args.ask.read() {
        Ok(asked) => asked,
        Err(faults) => return look.faults(&faults),
    };
    let answer = match question::check_evidence(&asked.question(&args.ask)) {
        Ok(answer) => answer,
        Err(faults) => return look.faults(&faults),
    };
    let written = if look.format == Format::Json {
        match asked.request(&args.ask, None) {
            Ok(request) => look.reply(&question::check_json(&request)).0,
            Err(faults) => return look.faults(&faults),
        }
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
    let facts = answer.leaves.iter().flat_map(|leaf| &leaf.evidence);
    let problems = facts
        .filter(|fact| fact.fact.is_some())
        .any(|fact| !proved(fact.outcome));
    if written == Exit::Done && problems {
        Exit::Problems
    } else {
        written
    }
}
