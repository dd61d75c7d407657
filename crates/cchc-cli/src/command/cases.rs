//! `cases`: drafts of the cases that a pack lacks.

use std::path::{Path, PathBuf};

use cchc_core::json::Fault;
use cchc_core::question::Drafts;
use cchc_core::suggestion::suggest;

use crate::exit::Exit;
use crate::input::{failure, unreadable};
use crate::output::{Format, Look, write_json, write_text};
use crate::pack::Tested;

/// Draft the cases that coverage and mutation ask for, for an author to confirm
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc cases rules/son-ha-2024 --write")]
pub(crate) struct CasesArgs {
    /// Folder of the pack, with `pack.json` and `cases/*.json`
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Write the drafts beside the cases; no file is overwritten
    #[arg(long)]
    write: bool,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &CasesArgs) -> Exit {
    let tested = match Tested::read(&args.pack) {
        Ok(tested) => tested,
        Err(faults) => return args.look.faults(&faults),
    };
    let suite = tested.suite();
    let findings = super::mutate::findings(&suite, None);
    let suggestions = suggest(&suite, &findings);
    let folder = &tested.file.cases;
    let taken = |name: &str| folder.join(name).exists();
    let mut answer = Drafts::of(&tested.file.pack, &suggestions, taken);
    answer.written = Some(args.write);
    let names: Vec<String> = answer.drafts.iter().map(|it| it.file.clone()).collect();
    if args.write {
        let written = names.iter().zip(&suggestions.cases);
        for (name, suggestion) in written {
            let path = tested.file.cases.join(name);
            if let Err(error) = save(&path, &suggestion.case) {
                return args.look.faults(&[unwritable(&path, &error)]);
            }
        }
    }
    match args.look.format {
        Format::Text => write_text(&cchc_report::suggestions(
            &suggestions,
            &names,
            args.write,
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => write_json(&serde_json::to_value(&answer).unwrap_or_default()),
    }
}

fn save(path: &Path, case: &serde_json::Value) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let text = serde_json::to_string_pretty(case)?;
    let mut file = std::fs::File::create_new(path)?;
    std::io::Write::write_all(&mut file, format!("{text}\n").as_bytes())
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault {
        expected: "a file that can be written".into(),
        ..unreadable(&path.display().to_string(), failure(error))
    }
}
