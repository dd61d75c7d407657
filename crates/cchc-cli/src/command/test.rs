//! `test`: the worked cases of a pack, points and reasons.

use std::path::{Path, PathBuf};

use cchc_core::json::Fault;
use cchc_core::values::Calendar;
use cchc_core::{read_case, read_pack, run_case};
use cchc_report::CaseRun;

use crate::exit::Exit;
use crate::input::{in_folder, read};
use crate::output::{Format, Look, write_json, write_text};

/// Run the worked cases of a pack: points and reasons
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc test rules/son-ha-2024")]
pub(crate) struct TestArgs {
    /// Folder of the pack, with `pack.json` and `cases/*.json`
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &TestArgs) -> Exit {
    let runs = match runs(&args.pack) {
        Ok(runs) => runs,
        Err(faults) => return args.look.faults(&faults),
    };
    let written = match args.look.format {
        Format::Text => write_text(&cchc_report::cases(
            &runs,
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => {
            let list: Vec<_> = runs
                .iter()
                .map(|run| match &run.result {
                    Ok(result) => serde_json::json!({
                        "file": run.file, "case": result.case, "passed": run.passed(),
                        "differences": result.differences
                    }),
                    Err(faults) => {
                        serde_json::json!({"file": run.file, "passed": false, "faults": faults})
                    }
                })
                .collect();
            write_json(&serde_json::json!({"cases": list}))
        }
    };
    // A pack without cases shows nothing, so it does not pass.
    let sound = !runs.is_empty() && runs.iter().all(CaseRun::passed);
    if written == Exit::Done && !sound {
        Exit::Problems
    } else {
        written
    }
}

fn runs(folder: &Path) -> Result<Vec<CaseRun>, Vec<Fault>> {
    let file = in_folder(folder, "pack.json");
    let content = read(&file)?;
    let calendar = Calendar::vietnam();
    let pack = read_pack(&content.name, &content.bytes, calendar)?;
    let cases = file.parent().unwrap_or(Path::new(".")).join("cases");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&cases)
        .map(|entries| {
            entries
                .filter_map(Result::ok)
                .map(|entry| entry.path())
                .collect()
        })
        .unwrap_or_default();
    paths.retain(|path| path.extension().is_some_and(|it| it == "json"));
    paths.sort();
    let run = |path: &PathBuf| {
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let result = read(path)
            .and_then(|content| read_case(&content.name, &content.bytes, &pack))
            .and_then(|case| run_case(&pack, &case, calendar));
        CaseRun { file, result }
    };
    Ok(paths.iter().map(run).collect())
}
