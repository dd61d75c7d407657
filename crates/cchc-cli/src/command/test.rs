//! `test`: the worked cases of a pack, points and reasons, and what they leave out.

use std::path::PathBuf;

use cchc_core::coverage::coverage;
use cchc_core::values::Calendar;
use cchc_report::CaseRun;

use crate::exit::Exit;
use crate::output::{Format, Look, write_json, write_text};
use crate::pack::Tested;

/// Run the worked cases of a pack: points and reasons
#[derive(clap::Args, Debug)]
#[command(
    after_help = "Example:\n  cchc test rules/son-ha-2024\n  cchc test rules/son-ha-2024 --coverage"
)]
pub(crate) struct TestArgs {
    /// Folder of the pack, with `pack.json` and `cases/*.json`
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Tell which thresholds, branches, reasons and evidence outcomes no case exercises
    #[arg(long)]
    coverage: bool,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &TestArgs) -> Exit {
    let tested = match Tested::read(&args.pack) {
        Ok(tested) => tested,
        Err(faults) => return args.look.faults(&faults),
    };
    let file = &tested.file;
    let measured = args
        .coverage
        .then(|| coverage(&file.pack, &file.json, &tested.sound, Calendar::vietnam()));
    let runs = &tested.runs;
    let written = match args.look.format {
        Format::Text => write_text(&cchc_report::cases(
            runs,
            measured.as_ref(),
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => {
            let list: Vec<_> = runs
                .iter()
                .map(|run| match &run.result {
                    Ok(result) => serde_json::json!({
                        "file": run.file, "case": result.case, "confirmed": result.confirmed,
                        "passed": run.passed(), "differences": result.differences
                    }),
                    Err(faults) => {
                        serde_json::json!({"file": run.file, "passed": false, "faults": faults})
                    }
                })
                .collect();
            let mut answer = serde_json::json!({"cases": list});
            if let (Some(measured), Some(fields)) = (&measured, answer.as_object_mut()) {
                let measured = serde_json::to_value(measured).unwrap_or_default();
                fields.insert("coverage".to_owned(), measured);
            }
            write_json(&answer)
        }
    };
    // A pack without cases shows nothing, so it does not pass.
    let sound = !runs.is_empty() && runs.iter().all(CaseRun::passed);
    let covered = measured.is_none_or(|it| it.missing().next().is_none());
    if written == Exit::Done && !(sound && covered) {
        Exit::Problems
    } else {
        written
    }
}
