//! `verify`: whether a pack is fit to publish.

use std::path::{Path, PathBuf};

use cchc_core::json::Fault;
use cchc_core::question::{self, File};
use cchc_core::verify::{Flaw, Verification};

use crate::exit::Exit;
use crate::input::{Content, case_files, failure, in_folder, read, standard_input, unreadable};
use crate::output::{Format, Look, write_json, write_text};

/// Prove a pack fit to publish: totals, ends, directions, sources, days, patterns, cases
#[derive(clap::Args, Debug)]
#[command(after_help = "\
Every fault comes at once, with its place and, where one exists, the smallest
record that shows it. Warnings do not change the exit code.

Exit codes:
  0  fit to publish
  1  not fit to publish
  3  a file could not be read, or is no pack at all
  4  the answer or a witness could not be written

Example:
  cchc verify rules/son-ha-2024")]
pub(crate) struct VerifyArgs {
    /// Folder with `pack.json` and `cases/*.json`, a pack file, or `-` for standard input
    #[arg(value_name = "PACK")]
    pack: PathBuf,
    /// Working-day calendar in place of the built-in one
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// Write each witness as a worked case into this folder
    #[arg(long, value_name = "DIR")]
    save_witnesses: Option<PathBuf>,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &VerifyArgs) -> Exit {
    let answer = match verified(args) {
        Ok(answer) => answer,
        Err(faults) => return args.look.faults(&faults),
    };
    let written = match args.look.format {
        Format::Text => write_text(&cchc_report::verification(
            &answer,
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => match serde_json::to_value(&answer) {
            Ok(value) => write_json(&value),
            Err(_) => Exit::Output,
        },
    };
    if written != Exit::Done {
        return written;
    }
    if let Some(folder) = &args.save_witnesses
        && let Err(error) = save(folder, &answer)
    {
        let fault = unreadable(&folder.display().to_string(), failure(&error));
        let expected = "a folder that can be written".into();
        args.look.faults(&[Fault { expected, ..fault }]);
        return Exit::Output;
    }
    match (answer.is_sound(), &answer.pack) {
        (true, _) => Exit::Done,
        (false, Some(_)) => Exit::Problems,
        (false, None) => Exit::Faults,
    }
}

fn verified(args: &VerifyArgs) -> Result<Verification, Vec<Fault>> {
    let (pack, cases) = if args.pack == Path::new("-") {
        (standard_input()?, Vec::new())
    } else {
        let file = in_folder(&args.pack, "pack.json");
        let cases: Result<Vec<Content>, Vec<Fault>> =
            case_files(&file).iter().map(|path| read(path)).collect();
        (read(&file)?, cases?)
    };
    let calendar = args.calendar.as_deref().map(read).transpose()?;
    let cases: Vec<File<'_>> = cases.iter().map(Content::as_file).collect();
    let calendar = calendar.as_ref().map(Content::as_file);
    Ok(question::verify(pack.as_file(), &cases, calendar))
}

/// Writes every record of every witness as a case of its own.
fn save(folder: &Path, answer: &Verification) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let flaws: Vec<&Flaw> = answer.faults.iter().chain(&answer.warnings).collect();
    for (index, flaw) in flaws.iter().enumerate() {
        let Some(witness) = &flaw.witness else {
            continue;
        };
        for (record, letter) in witness.records.iter().zip('a'..='z') {
            let name = format!(
                "{:03}-{}-{}-{letter}.json",
                index + 1,
                flaw.code,
                witness.leaf
            );
            let text = serde_json::to_string_pretty(&record.case)?;
            std::fs::write(folder.join(name), format!("{text}\n"))?;
        }
    }
    Ok(())
}
