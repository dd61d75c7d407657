//! `mutate`: one thing of a pack changed at a time, and whether a case notices.

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use cchc_core::mutation::{Finding, Mutant, Suite, judge, mutants};
use cchc_core::question::Mutation;

use crate::exit::Exit;
use crate::output::{Format, Look, write_json, write_text};
use crate::pack::Tested;
use crate::progress::Progress;

/// Change one thing of a pack at a time and see whether its cases notice; exit 1 if not
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc mutate rules/son-ha-2024 --lang en")]
pub(crate) struct MutateArgs {
    /// Folder of the pack, with `pack.json` and `cases/*.json`
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Threads; as many as there are processors unless given. The answer is the same
    #[arg(long, value_name = "N")]
    threads: Option<NonZeroUsize>,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &MutateArgs) -> Exit {
    let tested = match Tested::read(&args.pack) {
        Ok(tested) => tested,
        Err(faults) => return args.look.faults(&faults),
    };
    let findings = findings(&tested.suite(), args.threads);
    let failing = tested.runs.iter().filter(|it| !it.passed()).count();
    let written = match args.look.format {
        Format::Text => write_text(&cchc_report::mutation(
            &tested.file.pack,
            &findings,
            failing,
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => {
            let answer = Mutation::of(&tested.suite(), findings.clone(), failing);
            write_json(&serde_json::to_value(answer).unwrap_or_default())
        }
    };
    let survived = findings.iter().any(|it| it.verdict.is_survivor());
    if written == Exit::Done && (survived || failing > 0) {
        Exit::Problems
    } else {
        written
    }
}

/// What became of every mutant, in the order of the pack, whatever the number of threads.
pub(crate) fn findings(suite: &Suite<'_>, threads: Option<NonZeroUsize>) -> Vec<Finding> {
    let mutants = mutants(suite.json);
    let threads = threads
        .or_else(|| std::thread::available_parallelism().ok())
        .map_or(1, NonZeroUsize::get)
        .min(mutants.len().max(1));
    let progress = Progress::of(mutants.len());
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done: Vec<(usize, Finding)> = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant): Option<&Mutant> = mutants.get(index) else {
                return done;
            };
            done.push((index, judge(suite, mutant)));
            progress.step();
        }
    };
    let mut all: Vec<(usize, Finding)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut all = work();
        for worker in workers {
            match worker.join() {
                Ok(done) => all.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        all
    });
    progress.end();
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(_, finding)| finding).collect()
}
