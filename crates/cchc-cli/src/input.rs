//! Files in: submissions, packs and calendars, from folders, files or standard input.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use cchc_core::json::{Fault, MAX_BYTES, Phrase, Place};
use cchc_core::question;
use cchc_report::{AsOf, Language, Names, View};
use chrono::NaiveDate;

use crate::output::Look;

/// What every question about a submission takes.
#[derive(clap::Args, Debug)]
pub(crate) struct AskArgs {
    /// Folder with `submission.json`, a JSON file, or `-` for standard input
    #[arg(value_name = "SUBMISSION")]
    pub(crate) submission: String,
    /// Rule pack: a folder with `pack.json`, or the file; looked for under `rules/` unless given
    #[arg(long, value_name = "DIR")]
    pub(crate) pack: Option<PathBuf>,
    /// As-of date, meaning the start of the day; the submission's own date unless given
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) as_of: Option<NaiveDate>,
    /// Working-day calendar in place of the built-in one
    #[arg(long, value_name = "FILE")]
    pub(crate) calendar: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// The files of a question, read.
pub(crate) struct Asked {
    pub(crate) pack: Content,
    pub(crate) submission: Content,
    pub(crate) calendar: Option<Content>,
}

/// A file by name and bytes.
pub(crate) struct Content {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

impl Content {
    pub(crate) fn as_file(&self) -> question::File<'_> {
        question::File {
            name: &self.name,
            bytes: &self.bytes,
        }
    }
}

impl AskArgs {
    /// Reads every file of the question.
    pub(crate) fn read(&self) -> Result<Asked, Vec<Fault>> {
        let submission = self.read_submission()?;
        let pack = match &self.pack {
            Some(path) => read(&in_folder(path, "pack.json"))?,
            None => self.find_pack(&submission)?,
        };
        let calendar = self.calendar.as_deref().map(read).transpose()?;
        Ok(Asked {
            pack,
            submission,
            calendar,
        })
    }

    /// The folder that the submission stands in, with its attachments; none for standard
    /// input.
    pub(crate) fn folder(&self) -> Option<PathBuf> {
        let path = Path::new(&self.submission);
        match self.submission.as_str() {
            "-" => None,
            _ if path.is_dir() => Some(path.to_owned()),
            _ => Some(match path.parent() {
                Some(parent) if parent != Path::new("") => parent.to_owned(),
                _ => PathBuf::from("."),
            }),
        }
    }

    fn read_submission(&self) -> Result<Content, Vec<Fault>> {
        if self.submission == "-" {
            return standard_input();
        }
        read(&in_folder(Path::new(&self.submission), "submission.json"))
    }

    /// `rules/<pack>/pack.json`, from the current folder upward, then from the submission's.
    fn find_pack(&self, submission: &Content) -> Result<Content, Vec<Fault>> {
        let value: serde_json::Value =
            serde_json::from_slice(&submission.bytes).unwrap_or_default();
        let named = value.get("pack").and_then(serde_json::Value::as_str);
        let plain = |name: &&str| {
            let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
            name.chars().all(fits) && !name.starts_with('.')
        };
        let Some(name) = named.filter(plain) else {
            // The submission itself is at fault; reading it says how.
            let read = cchc_core::wire::read_submission(&submission.name, &submission.bytes);
            return Err(read.err().unwrap_or_else(|| {
                let found = "no usable name of a pack";
                vec![unreadable(&submission.name, found).with_help(NAME_THE_PACK)]
            }));
        };
        let file = Path::new("rules").join(name).join("pack.json");
        let here = std::env::current_dir().unwrap_or_default();
        let beside = std::path::absolute(&self.submission).unwrap_or_default();
        let folders = here.ancestors().chain(beside.ancestors());
        for folder in folders {
            let path = folder.join(&file);
            if path.is_file() {
                return read(&path);
            }
        }
        let found = Phrase::new(
            "no `{}` from the current folder or the submission upward",
            [file.display().to_string()],
        );
        Err(vec![
            unreadable(&submission.name, found).with_help(NAME_THE_PACK),
        ])
    }

    /// How the answer is shown.
    pub(crate) fn view<'a>(&self, names: Names<'a>) -> View<'a> {
        View {
            language: self.look.language(),
            style: self.look.style(),
            names,
            as_of: if self.as_of.is_some() {
                AsOf::Asked
            } else {
                AsOf::Submission
            },
        }
    }
}

impl Asked {
    /// The question for the library.
    pub(crate) fn question(&self, args: &AskArgs) -> question::Question<'_> {
        question::Question {
            pack: self.pack.as_file(),
            submission: self.submission.as_file(),
            calendar: self.calendar.as_ref().map(Content::as_file),
            as_of: args.as_of,
        }
    }

    /// The same question as a JSON request; bytes that are no text are faults.
    pub(crate) fn request(&self, args: &AskArgs, code: Option<&str>) -> Result<String, Vec<Fault>> {
        let code = code.map(|code| ("code", serde_json::json!(code)));
        self.request_with(args, code)
    }

    /// The same question as a JSON request with more fields.
    pub(crate) fn request_with(
        &self,
        args: &AskArgs,
        more: impl IntoIterator<Item = (&'static str, serde_json::Value)>,
    ) -> Result<String, Vec<Fault>> {
        let file = |content: &Content| match std::str::from_utf8(&content.bytes) {
            Ok(text) => Ok(serde_json::json!({"file": content.name, "text": text})),
            Err(error) => Err(vec![Fault {
                code: "not-utf8",
                expected: "text in UTF-8".into(),
                ..unreadable(&content.name, not_utf8(&error))
            }]),
        };
        let mut request = serde_json::json!({
            "format": "cchc-request", "version": 1,
            "pack": file(&self.pack)?,
            "submission": file(&self.submission)?,
        });
        if let Some(request) = request.as_object_mut() {
            if let Some(calendar) = &self.calendar {
                request.insert("calendar".to_owned(), file(calendar)?);
            }
            if let Some(date) = args.as_of {
                request.insert("as_of".to_owned(), serde_json::json!(date));
            }
            request.extend(
                more.into_iter()
                    .map(|(name, value)| (name.to_owned(), value)),
            );
        }
        Ok(request.to_string())
    }

    /// The pack, for titles; the question was answered, so it reads.
    pub(crate) fn titles(&self) -> Option<cchc_core::model::Pack> {
        let own = self
            .calendar
            .as_ref()
            .and_then(|it| question::read_calendar(it.as_file()).ok());
        let calendar = own
            .as_ref()
            .unwrap_or_else(|| cchc_core::values::Calendar::vietnam());
        cchc_core::read_pack(&self.pack.name, &self.pack.bytes, calendar).ok()
    }
}

/// Names of a pack that may be missing.
pub(crate) fn names(pack: Option<&cchc_core::model::Pack>) -> Names<'_> {
    pack.map_or_else(Names::default, Names::of)
}

/// The file inside a folder, or the path itself.
pub(crate) fn in_folder(path: &Path, file: &str) -> PathBuf {
    if path.is_dir() {
        path.join(file)
    } else {
        path.to_owned()
    }
}

/// Reads standard input, up to one byte over the limit of the library.
pub(crate) fn standard_input() -> Result<Content, Vec<Fault>> {
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    match std::io::stdin().lock().take(limit).read_to_end(&mut bytes) {
        Ok(_) => Ok(Content {
            name: "-".to_owned(),
            bytes,
        }),
        Err(error) => Err(vec![unreadable("-", failure(&error))]),
    }
}

/// The worked cases beside a pack: every JSON file of `cases`, in order of name.
pub(crate) fn case_files(pack: &Path) -> Vec<PathBuf> {
    let cases = pack.parent().unwrap_or(Path::new(".")).join("cases");
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
    paths
}

/// Reads a file, up to one byte over the limit of the library.
pub(crate) fn read(path: &Path) -> Result<Content, Vec<Fault>> {
    let name = path.display().to_string();
    let mut bytes = Vec::new();
    let limit = u64::try_from(MAX_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let read = File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes));
    match read {
        Ok(_) => Ok(Content { name, bytes }),
        Err(error) => Err(vec![unreadable(&name, failure(&error))]),
    }
}

/// What to do where no pack is found.
const NAME_THE_PACK: &str = "name the pack with `--pack`";

/// Where a text is no UTF-8.
fn not_utf8(error: &std::str::Utf8Error) -> Phrase {
    let at = error.valid_up_to().to_string();
    Phrase::new("another encoding from byte {} on", [at])
}

/// Why a file or folder could not be read or written.
pub(crate) fn failure(error: &std::io::Error) -> Phrase {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".into(),
        ErrorKind::PermissionDenied => "no permission".into(),
        ErrorKind::IsADirectory => "a folder".into(),
        ErrorKind::NotADirectory => "no folder".into(),
        ErrorKind::AlreadyExists => "a file that is there already".into(),
        ErrorKind::StorageFull => "no room left".into(),
        _ => Phrase::new("the system says: {}", [error.to_string()]),
    }
}

pub(crate) fn unreadable(name: &str, found: impl Into<Phrase>) -> Fault {
    let place = Place {
        file: name.to_owned(),
        line: 1,
        column: 1,
        path: "$".to_owned(),
    };
    Fault {
        code: "unreadable",
        place,
        expected: "a file that can be read".into(),
        found: found.into(),
        help: None,
    }
}

/// The language of the environment, if it names one.
pub(crate) fn language_of_environment() -> Option<Language> {
    std::env::var("CCHC_LANG").ok()?.parse().ok()
}
