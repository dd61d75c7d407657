//! `register`: a draft of an evidence register from a folder.

use std::path::PathBuf;

use cchc_core::reading::{FolderObservation, RegisterDraft};
use cchc_documents::attachments::{header_of, misnamed};
use cchc_documents::draft::{Opened, draft_register};
use cchc_documents::folder::walk;
use cchc_documents::{Limits, ReadFault};
use chrono::NaiveDate;

use crate::exit::Exit;
use crate::output::{Format, Look, write_json, write_text};
use crate::pack::PackFile;
use crate::progress::Progress;

/// Draft of an evidence register from a folder of documents, to be completed by hand
#[derive(clap::Args, Debug)]
#[command(after_help = "\
The records of `evidence` in the JSON can be put into a submission as they are, once what
is null there has been filled in. Nothing is written to the folder.

Example:
  cchc register fixtures/submissions/son-thuong-2024/attachments --pack rules/son-ha-2024")]
pub(crate) struct RegisterArgs {
    /// Folder of documents
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
    /// Rule pack whose requirements the documents could serve
    #[arg(long, value_name = "DIR")]
    pack: Option<PathBuf>,
    /// When the documents enter the register; left open unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    recorded_on: Option<NaiveDate>,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &RegisterArgs) -> Exit {
    let look = &args.look;
    let pack = match args.pack.as_deref().map(PackFile::read).transpose() {
        Ok(pack) => pack,
        Err(faults) => return look.faults(&faults),
    };
    let walked = match walk(&args.folder, &Limits::USUAL) {
        Ok(walked) => walked,
        Err(fault) => {
            let name = args.folder.display().to_string();
            return look.refused(&name, &fault.observation());
        }
    };
    let progress = Progress::of(walked.files.len());
    let mut files = Vec::new();
    walked.open_all(|_, opened| {
        progress.step();
        let mut observations: Vec<_> = misnamed(opened).into_iter().collect();
        observations.extend(opened.text.as_ref().err().map(ReadFault::observation));
        files.push(Opened {
            name: opened.name.clone(),
            digest: opened.digest.clone().unwrap_or_default(),
            media_type: opened
                .format
                .map_or("application/octet-stream", |it| it.media_type())
                .to_owned(),
            header: opened.text.as_ref().ok().map(header_of),
            observations,
        });
    });
    progress.end();
    let mut draft: RegisterDraft =
        draft_register(&files, pack.as_ref().map(|it| &it.pack), args.recorded_on);
    let notes = walked.notes.iter().map(|it| FolderObservation {
        file: it.name.clone(),
        observation: it.note.clone(),
    });
    draft.observations.extend(notes);
    match look.format {
        Format::Json => write_json(&serde_json::to_value(&draft).unwrap_or_default()),
        Format::Text => write_text(&cchc_report::register(
            &draft,
            crate::input::names(pack.as_ref().map(|it| &it.pack)),
            look.language(),
            look.style(),
        )),
    }
}
