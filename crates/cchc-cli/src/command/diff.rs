//! `diff`: a pack and its successor.

use std::path::PathBuf;

use cchc_core::diff::{diff, effect};
use cchc_core::question::Comparison;
use cchc_core::values::Calendar;
use chrono::NaiveDate;

use crate::exit::Exit;
use crate::input::{in_folder, read};
use crate::output::{Format, Look, write_json, write_text};
use crate::pack::PackFile;

/// What a new pack adds, removes, moves and scores differently, with records that show it
#[derive(clap::Args, Debug)]
#[command(after_help = "Example:\n  cchc diff rules/son-ha-2024 rules/son-ha-2025-draft --lang en")]
pub(crate) struct DiffArgs {
    /// The old pack: its folder or file
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new pack: its folder or file
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// A submission of the old pack, to be scored by both
    #[arg(long, value_name = "SUBMISSION")]
    on: Option<PathBuf>,
    /// As-of date for the submission, in the old pack's year; its own unless given
    #[arg(long, value_name = "YYYY-MM-DD", requires = "on")]
    as_of: Option<NaiveDate>,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &DiffArgs) -> Exit {
    let both = PackFile::read(&args.old).and_then(|old| Ok((old, PackFile::read(&args.new)?)));
    let (old, new) = match both {
        Ok(both) => both,
        Err(faults) => return args.look.faults(&faults),
    };
    let (old, new) = (old.side(), new.side());
    let calendar = Calendar::vietnam();
    let difference = diff(old, new, calendar);
    let on = args.on.as_ref().map(|path| {
        let content = read(&in_folder(path, "submission.json"))?;
        effect(
            old,
            new,
            (&content.name, &content.bytes),
            args.as_of,
            calendar,
        )
    });
    let on = match on.transpose() {
        Ok(on) => on,
        Err(faults) => return args.look.faults(&faults),
    };
    match args.look.format {
        Format::Text => write_text(&cchc_report::diff(
            &difference,
            on.as_ref(),
            args.look.language(),
            args.look.style(),
        )),
        Format::Json => {
            let answer = Comparison {
                packs: difference,
                on,
            };
            write_json(&serde_json::to_value(answer).unwrap_or_default())
        }
    }
}
