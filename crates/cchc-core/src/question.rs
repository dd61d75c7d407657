//! Questions: text in, answer out; the surface for embedding.
//!
//! Each question has a typed function, and one that takes a JSON request and gives a JSON
//! reply, for other languages. Both read the same files, report the same faults and give
//! the same answer.
//!
//! A reply is `{"answer": …}` or `{"faults": [ … ]}`, never both.
//!
//! ```
//! # let pack = include_str!("../../../rules/son-ha-2024/pack.json");
//! # let submission =
//! #     include_str!("../../../fixtures/submissions/son-thuong-2024/submission.json");
//! use serde_json::{Value, json};
//!
//! let request = json!({
//!     "format": "cchc-request", "version": 1,
//!     "pack": {"file": "pack.json", "text": pack},
//!     "submission": {"file": "submission.json", "text": submission},
//!     "as_of": "2024-07-20"
//! });
//! let reply = cchc_core::question::assess_json(&request.to_string());
//! let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
//! let leaf = &reply["answer"]["leaves"][0];
//! assert_eq!(leaf["code"], "1.2.1");
//! assert_eq!(leaf["standing"], "0.5");
//!
//! let broken = json!({
//!     "format": "cchc-request", "version": 1,
//!     "pack": {"file": "pack.json", "text": "{"},
//!     "submission": {"file": "submission.json", "text": submission}
//! });
//! let reply = cchc_core::question::assess_json(&broken.to_string());
//! let reply: Value = serde_json::from_str(&reply).expect("a reply is JSON");
//! assert_eq!(reply["faults"][0]["code"], "syntax");
//! ```

mod formats;
mod packs;
mod regain;
mod scores;

pub use formats::{
    history_format, levers_format, plan_format, progress_format, reconciliation_format,
    regain_format, what_if_format,
};
pub use packs::{
    Comparison, Draft, Drafts, JudgedMutant, Mutation, PackQuestion, cases, cases_json, diff,
    diff_json, diff_request_format, mutate, mutate_json, pack_request_format, verify_json,
};

pub use scores::{reconcile, reconcile_json, reconcile_request_format};

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::answer::{Assessment, EvidenceAnswer, Finding, LeafAnswer, RecordPath};
use crate::facts::{Document, Submission};
use crate::json::{
    Fault, Field, Format, MAX_BYTES, Phrase, Place, Shape, check_within, did_you_mean, phrase,
};
use crate::reading::FileCheck;
use crate::record::{Fitted, fit};
use crate::values::{Calendar, CalendarFault};
use crate::verify::{Verification, unreadable};
use crate::wire::{read_case, read_pack, read_pack_partial, read_submission_document};

pub use regain::{
    history, history_json, levers, levers_json, regain, regain_json, what_if, what_if_json,
};

/// Most bytes of a request.
///
/// It holds three files as texts, each quote and line end of which takes two bytes there; a
/// file within its own limit is not refused because of how it is asked about.
pub const MAX_REQUEST_BYTES: usize = 7 * MAX_BYTES;

/// A file by name and content. The name is only used in faults.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// What every question needs.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// The rule pack.
    pub pack: File<'a>,
    /// The submission.
    pub submission: File<'a>,
    /// A working-day calendar in place of the built-in one.
    pub calendar: Option<File<'a>>,
    /// As-of date; the submission's own date unless given.
    pub as_of: Option<NaiveDate>,
}

/// Which points are secured, stand, can still be won and are lost.
///
/// Errors: every fault of the files, and every misfit between them.
pub fn assess(question: &Question<'_>) -> Result<Assessment, Vec<Fault>> {
    ask(question, |fitted, as_of| Ok(fitted.assess(as_of)))
}

/// One component with its numbers, reasons, evidence and sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: crate::answer::Basis,
    /// The component.
    pub leaf: LeafAnswer,
}

/// Why one component has its numbers.
///
/// Errors: as [`assess`], and a code that the pack does not have.
pub fn explain(question: &Question<'_>, code: &str) -> Result<Explanation, Vec<Fault>> {
    ask(question, |fitted, as_of| {
        let Assessment { leaves, basis, .. } = fitted.assess(as_of);
        let known: Vec<String> = leaves.iter().map(|leaf| leaf.code.clone()).collect();
        match leaves.into_iter().find(|leaf| leaf.code == code) {
            Some(leaf) => Ok(Explanation {
                format: "cchc-explanation",
                version: 1,
                basis,
                leaf,
            }),
            None => Err(vec![unknown_code(question, code, &known)]),
        }
    })
}

fn unknown_code(question: &Question<'_>, code: &str, known: &[String]) -> Fault {
    let near = did_you_mean(code, known.iter().map(String::as_str));
    let place = Place {
        file: question.pack.name.to_owned(),
        line: 1,
        column: 1,
        path: "tree".to_owned(),
    };
    Fault {
        code: "unknown-name",
        place,
        expected: "the code of a component of the pack".into(),
        found: format!("`{code}`").into(),
        help: near.map(|near| phrase!("did you mean `{}`?", near)),
    }
}

/// What documents prove, component by component; no points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EvidenceCheck {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: crate::answer::Basis,
    /// Each component with its evidence.
    pub leaves: Vec<LeafEvidence>,
    /// Records of the register that no fact names, or names only later.
    pub unused: Vec<UnusedDocument>,
    /// The files of the register, where they were opened.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<FileCheck>,
    /// What concerns no single component.
    pub findings: Vec<Finding>,
}

/// Evidence of one component.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafEvidence {
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: std::sync::Arc<crate::model::Title>,
    /// Outcome of each fact.
    pub evidence: Vec<EvidenceAnswer>,
    /// What is worth saying.
    pub findings: Vec<Finding>,
}

/// A record of the register that no fact uses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnusedDocument {
    /// Its name.
    pub id: std::sync::Arc<str>,
    /// Its place in the submission.
    pub path: RecordPath,
    /// Whether it is seen as of the date.
    pub seen: bool,
}

/// Which documents prove what, and why not.
///
/// Errors: as [`assess`].
pub fn check_evidence(question: &Question<'_>) -> Result<EvidenceCheck, Vec<Fault>> {
    check_files(question, |_| Vec::new())
}

/// [`check_evidence`] with the files opened: `compare` gets the register and tells how each
/// file compares with its record, which then counts in place of what the register says.
///
/// Errors: as [`assess`].
pub fn check_files(
    question: &Question<'_>,
    compare: impl FnOnce(&[Document]) -> Vec<FileCheck>,
) -> Result<EvidenceCheck, Vec<Fault>> {
    let mut files = Vec::new();
    let opened = &mut files;
    let prepare = |submission: &mut Submission| {
        *opened = compare(&submission.evidence);
        let found: HashMap<&str, crate::facts::Comparison> = opened
            .iter()
            .filter_map(|it| Some((it.document.as_deref()?, it.comparison?)))
            .collect();
        for record in &mut submission.evidence {
            if let Some(comparison) = found.get(&*record.id) {
                record.reading = Some(*comparison);
            }
        }
    };
    let mut answer = ask_prepared(question, prepare, |fitted, as_of| {
        let Assessment {
            leaves,
            basis,
            findings,
            ..
        } = fitted.assess(as_of);
        let leaves: Vec<LeafEvidence> = leaves
            .into_iter()
            .map(|leaf| LeafEvidence {
                code: leaf.code,
                title: leaf.title,
                evidence: leaf.evidence,
                findings: leaf.findings,
            })
            .collect();
        let used: HashSet<RecordPath> = leaves
            .iter()
            .flat_map(|leaf| &leaf.evidence)
            .flat_map(|it| &it.documents)
            .filter_map(|it| it.path)
            .collect();
        let cut = crate::record::Cut::at(as_of);
        let unused = fitted.submission.evidence.iter().enumerate();
        let unused = unused.filter_map(|(index, document)| {
            let path = RecordPath {
                list: "evidence",
                index,
            };
            (!used.contains(&path)).then(|| UnusedDocument {
                id: document.id.clone(),
                path,
                seen: cut.sees_document(document),
            })
        });
        let unused = unused.collect();
        Ok(EvidenceCheck {
            format: "cchc-evidence-check",
            version: 1,
            basis,
            leaves,
            unused,
            files: Vec::new(),
            findings,
        })
    })?;
    answer.files = files;
    Ok(answer)
}

fn ask<T>(
    question: &Question<'_>,
    answer: impl FnOnce(&Fitted<'_>, NaiveDate) -> Result<T, Vec<Fault>>,
) -> Result<T, Vec<Fault>> {
    ask_prepared(question, |_| (), answer)
}

fn ask_prepared<T>(
    question: &Question<'_>,
    prepare: impl FnOnce(&mut Submission),
    answer: impl FnOnce(&Fitted<'_>, NaiveDate) -> Result<T, Vec<Fault>>,
) -> Result<T, Vec<Fault>> {
    let own = match question.calendar {
        None => None,
        Some(file) => Some(read_calendar(file)?),
    };
    let calendar = own.as_ref().unwrap_or_else(|| Calendar::vietnam());
    let pack = read_pack(question.pack.name, question.pack.bytes, calendar);
    let read = read_submission_document(question.submission.name, question.submission.bytes);
    let (pack, mut submission, document) = match (pack, read) {
        (Ok(pack), Ok((submission, document))) => (pack, submission, document),
        (pack, read) => {
            let faults = [pack.err(), read.err()].into_iter().flatten().flatten();
            return Err(faults.collect());
        }
    };
    prepare(&mut submission);
    let as_of = question.as_of.unwrap_or(submission.prepared_on);
    match fit(&pack, &submission, calendar) {
        Ok(fitted) => answer(&fitted, as_of),
        Err(misfits) => Err(misfits.into_iter().map(|it| it.at(&document, "")).collect()),
    }
}

/// Whether a pack is fit to publish.
///
/// `cases` are its worked cases; one that cannot be read is told among the faults. Nothing
/// fails: what is wrong is in the answer.
pub fn verify(pack: File<'_>, cases: &[File<'_>], calendar: Option<File<'_>>) -> Verification {
    let own = match calendar.map(read_calendar).transpose() {
        Ok(own) => own,
        Err(faults) => return unreadable(faults),
    };
    let calendar = own.as_ref().unwrap_or_else(|| Calendar::vietnam());
    let (read, mut faults) = read_pack_partial(pack.name, pack.bytes, calendar);
    let Some((pack, document)) = read else {
        return unreadable(faults);
    };
    let mut worked = Vec::new();
    for file in cases {
        match read_case(file.name, file.bytes, &pack) {
            Ok(case) => worked.push(case),
            Err(more) => faults.extend(more),
        }
    }
    crate::verify::verify(&pack, &document, faults, &worked, calendar)
}

/// Reads a working-day calendar.
///
/// Errors: every fault of the data.
pub fn read_calendar(file: File<'_>) -> Result<Calendar, Vec<Fault>> {
    let place = || Place {
        file: file.name.to_owned(),
        line: 1,
        column: 1,
        path: "$".to_owned(),
    };
    let fault = |code, found| Fault {
        code,
        place: place(),
        expected: "a working-day calendar".into(),
        found,
        help: None,
    };
    let text = std::str::from_utf8(file.bytes).map_err(|error| {
        let found = phrase!("another encoding from byte {} on", error.valid_up_to());
        vec![fault("not-utf8", found)]
    })?;
    Calendar::parse(text).map_err(|faults| {
        faults
            .into_iter()
            .map(|it| fault(it.code(), of_calendar(&it)))
            .collect()
    })
}

/// What is wrong with a calendar, as a phrase.
fn of_calendar(fault: &CalendarFault) -> Phrase {
    use CalendarFault as F;
    match fault {
        F::Unreadable { reason } => phrase!("no calendar data: {}", reason),
        F::Format { format, version } => phrase!("format `{}` version `{}`", format, version),
        F::Years { from_year, to_year } => {
            phrase!(
                "the years {} to {}, which it cannot hold",
                from_year,
                to_year
            )
        }
        F::ProvisionalYearOutside { year } => {
            phrase!("provisional year {}, which is not covered", year)
        }
        F::ClosedReversed { name, from, to } => {
            phrase!(
                "closure `{}` that ends on {}, before it starts on {}",
                name,
                to,
                from
            )
        }
        F::ClosedOutside { name, from, to } => {
            phrase!(
                "closure `{}` from {} to {}, which leaves the covered years",
                name,
                from,
                to
            )
        }
        F::ClosedTwice {
            date,
            first,
            second,
        } => phrase!("{} in both closures `{}` and `{}`", date, first, second),
        F::MakeupOutside { date } => {
            phrase!("make-up day {}, which is not in the covered years", date)
        }
        F::MakeupTwice { date } => phrase!("make-up day {} twice", date),
        F::MakeupOnWeekday { date } => {
            phrase!("make-up day {}, which is an ordinary working day", date)
        }
        F::MakeupClosed { date, name } => {
            phrase!("make-up day {}, which is closed for `{}`", date, name)
        }
    }
}

#[derive(Debug, Deserialize)]
struct Request {
    pack: TextFile,
    submission: TextFile,
    calendar: Option<TextFile>,
    as_of: Option<NaiveDate>,
    code: Option<String>,
    #[serde(flatten)]
    more: regain::More,
}

/// A file as a request holds it.
#[derive(Debug, Deserialize)]
pub struct TextFile {
    /// Its name.
    pub file: String,
    /// Its whole text.
    pub text: String,
}

impl TextFile {
    /// The file for a question.
    pub fn as_file(&self) -> File<'_> {
        File {
            name: &self.file,
            bytes: self.text.as_bytes(),
        }
    }
}

/// The shape of a [`TextFile`].
pub fn text_file() -> Shape {
    Shape::Object(vec![
        Field::required("file", Shape::text(500), "Name of the file, for faults."),
        Field::required("text", Shape::FileText, "The whole text of the file."),
    ])
}

/// The shape of what an answer rests on, for formats of other crates; it names [`title()`].
pub fn basis() -> Shape {
    crate::wire::assessment::basis()
}

/// The shape of a title, for formats of other crates.
pub fn title() -> Shape {
    crate::wire::title()
}

/// The field `calendar` of a request.
pub fn calendar_field() -> Field {
    Field::optional(
        "calendar",
        text_file(),
        "A calendar in place of the built-in one.",
    )
}

/// The format of requests.
pub fn request_format() -> Format {
    Format {
        name: "cchc-request",
        version: 1,
        title: "A question: the texts of a pack and a submission, and an as-of date",
        root: Shape::Object(
            vec![
                Field::required("pack", text_file(), "The rule pack."),
                Field::required("submission", text_file(), "The submission."),
                calendar_field(),
                Field::optional(
                    "as_of",
                    Shape::Date,
                    "As-of date; the submission's own unless given.",
                ),
                Field::optional("code", Shape::Code, "The component that is asked about."),
            ]
            .into_iter()
            .chain(regain::fields())
            .collect(),
        ),
        definitions: vec![],
    }
}

/// [`assess`] from a JSON request to a JSON reply.
pub fn assess_json(request: &str) -> String {
    reply(request, |question, _| assess(question))
}

/// [`explain`] from a JSON request, which names the `code`, to a JSON reply.
pub fn explain_json(request: &str) -> String {
    reply(request, |question, request| {
        explain(question, request.code.as_deref().unwrap_or_default())
    })
}

/// [`check_evidence`] from a JSON request to a JSON reply.
pub fn check_json(request: &str) -> String {
    reply(request, |question, _| check_evidence(question))
}

fn reply<T: Serialize>(
    request: &str,
    answer: impl FnOnce(&Question<'_>, &Request) -> Result<T, Vec<Fault>>,
) -> String {
    reply_to(&request_format(), request, |request: &Request| {
        let question = Question {
            pack: request.pack.as_file(),
            submission: request.submission.as_file(),
            calendar: request.calendar.as_ref().map(TextFile::as_file),
            as_of: request.as_of,
        };
        answer(&question, request)
    })
}

/// The reply to a request of a format: `answer` or `faults`.
///
/// For the questions here, and for those that other crates add.
pub fn reply_to<R: DeserializeOwned, T: Serialize>(
    format: &Format,
    request: &str,
    answer: impl FnOnce(&R) -> Result<T, Vec<Fault>>,
) -> String {
    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Reply<T> {
        Answer(T),
        Faults(Vec<Fault>),
    }
    let asked = || {
        let bytes = request.as_bytes();
        let document = check_within(MAX_REQUEST_BYTES, format, "request", bytes)?;
        let request = R::deserialize(document.value()).map_err(|error| {
            vec![document.fault("unreadable", "$", "a request", error.to_string())]
        })?;
        answer(&request)
    };
    let reply = match asked() {
        Ok(answer) => Reply::Answer(answer),
        Err(faults) => Reply::Faults(faults),
    };
    serde_json::to_string(&reply).unwrap_or_else(|_| "{\"faults\":[]}".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_with_windows_line_ends_are_asked_about_like_any_other() {
        let pack = include_str!("../../../rules/son-ha-2024/pack.json").replace('\n', "\r\n");
        let submission =
            include_str!("../../../fixtures/submissions/son-thuong-2024/submission.json");
        let request = serde_json::json!({
            "format": "cchc-request", "version": 1,
            "pack": {"file": "pack.json", "text": pack},
            "submission": {"file": "submission.json", "text": submission}
        });
        let reply: serde_json::Value =
            serde_json::from_str(&assess_json(&request.to_string())).unwrap();
        assert_eq!(reply["answer"]["leaves"].as_array().map(Vec::len), Some(17));
    }

    #[test]
    fn a_file_within_its_limit_is_not_too_large_for_a_request() {
        let pack = include_str!("../../../rules/son-ha-2024/pack.json");
        let submission =
            include_str!("../../../fixtures/submissions/son-thuong-2024/submission.json");
        let check = |bytes: usize, expected: &str| {
            let padding = "\n".repeat(bytes - submission.len());
            let request = serde_json::json!({
                "format": "cchc-request", "version": 1,
                "pack": {"file": "pack.json", "text": pack},
                "submission": {"file": "submission.json", "text": format!("{submission}{padding}")}
            });
            let reply: serde_json::Value =
                serde_json::from_str(&assess_json(&request.to_string())).unwrap();
            let fault = &reply["faults"][0];
            let found = format!("{} {}", fault["code"], fault["place"]["file"]);
            assert_eq!(found, expected);
        };
        check(MAX_BYTES, "null null");
        check(MAX_BYTES + 1, "\"too-large\" \"submission.json\"");
    }

    #[test]
    fn a_component_that_the_pack_does_not_have_is_answered_with_the_nearest() {
        let pack = include_bytes!("../../../rules/son-ha-2024/pack.json");
        let submission =
            include_bytes!("../../../fixtures/submissions/son-thuong-2024/submission.json");
        let question = Question {
            pack: File {
                name: "pack.json",
                bytes: pack,
            },
            submission: File {
                name: "submission.json",
                bytes: submission,
            },
            calendar: None,
            as_of: None,
        };
        let faults = explain(&question, "3.4.3").unwrap_err();
        let help = faults[0].help.as_ref().map(ToString::to_string);
        assert_eq!(help.as_deref(), Some("did you mean `3.4.1`?"));
    }
}
