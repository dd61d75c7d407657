//! `header`: what documents say of themselves.

use std::path::PathBuf;

use cchc_core::answer::Severity;
use cchc_core::reading::{Header, HeaderAnswer};
use cchc_documents::attachments::header_of;

use crate::exit::Exit;
use crate::files::read_file;
use crate::output::{Format, Look, write_text};

/// Header of documents: number, symbol, date, issuer, subject; exit 1 where one is not whole
#[derive(clap::Args, Debug)]
#[command(after_help = "\
DOCX, PDF with a text layer, Markdown and plain text. With `--format json` each file is one
object on a line of its own.

Example:
  cchc header fixtures/submissions/son-thuong-2024/attachments/bc-12.docx")]
pub(crate) struct HeaderArgs {
    /// Documents, or folders of documents
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    look: Look,
}

pub(crate) fn run(args: &HeaderArgs) -> Exit {
    let mut exit = Exit::Done;
    let mut answers = Vec::new();
    for path in files(&args.files) {
        let header = match read_file(&path) {
            Ok(text) => header_of(&text),
            Err(fault) => {
                exit = Exit::Faults;
                Header {
                    findings: vec![fault.observation()],
                    ..Header::default()
                }
            }
        };
        let problem = |it: &cchc_core::reading::Observation| it.severity == Severity::Problem;
        if exit == Exit::Done && header.findings.iter().any(problem) {
            exit = Exit::Problems;
        }
        answers.push(HeaderAnswer::new(&path.display().to_string(), &header));
    }
    let text = match args.look.format {
        Format::Text => cchc_report::headers(&answers, args.look.language(), args.look.style()),
        Format::Json => answers
            .iter()
            .filter_map(|answer| serde_json::to_string(answer).ok())
            .map(|line| line + "\n")
            .collect(),
    };
    match write_text(&text) {
        Exit::Done => exit,
        failed => failed,
    }
}

/// The files that were named, and those in folders that were, in order of name.
fn files(named: &[PathBuf]) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for path in named {
        match cchc_documents::folder::walk(path, &cchc_documents::Limits::USUAL) {
            Ok(walked) if path.is_dir() => {
                all.extend(walked.files.iter().map(|it| path.join(&it.name)));
            }
            _ => all.push(path.clone()),
        }
    }
    all
}
