//! Questions about packs: whether one is fit to publish, whether its cases notice a change,
//! which cases it lacks, and what a successor scores differently.
//!
//! Each has a typed function and one from a JSON request to a JSON reply. They take every
//! mutant in turn: a pack of seventeen components takes seconds to minutes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{File, TextFile, read_calendar, reply_to, verify};
use crate::answer::ENGINE_VERSION;
use crate::case::{draft, run_case};
use crate::coverage::Demand;
use crate::diff::{Effect, PackDiff, effect};
use crate::difference::{Record, Side};
use crate::json::{Fault, Field, Format, Shape};
use crate::model::Pack;
use crate::mutation::{Finding, NamedCase, Suite, Verdict, judge, mutants};
use crate::suggestion::{Suggestions, suggest};
use crate::values::Calendar;
use crate::wire::{read_case, read_pack};

/// Most cases of a request.
const MOST_CASES: usize = 10_000;

/// What became of every mutant of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mutation {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Version of the library.
    pub engine: String,
    /// Name of the pack.
    pub pack: String,
    /// Digest of the pack.
    pub pack_digest: String,
    /// Cases that pass; only these can notice a mutant.
    pub cases: usize,
    /// Cases that fail, are not confirmed or cannot be read.
    pub cases_not_passed: usize,
    /// How many mutants have each verdict, by its code.
    pub counts: BTreeMap<&'static str, usize>,
    /// Every mutant, in the order of the pack.
    pub mutants: Vec<JudgedMutant>,
}

/// A mutant, what became of it, and for a survivor the case that would notice it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct JudgedMutant {
    /// The mutant and its verdict.
    #[serde(flatten)]
    pub finding: Finding,
    /// A draft for an author to confirm; told only of survivors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft: Option<Value>,
}

impl Mutation {
    /// The answer from what became of each mutant; `not_passed` is the number of cases that
    /// do not pass.
    pub fn of(suite: &Suite<'_>, findings: Vec<Finding>, not_passed: usize) -> Self {
        let mut counts = BTreeMap::new();
        for finding in &findings {
            *counts.entry(finding.verdict.code()).or_insert(0) += 1;
        }
        let mutants = findings.into_iter().map(|finding| JudgedMutant {
            draft: noticed(suite, &finding),
            finding,
        });
        Mutation {
            format: "cchc-mutation",
            version: 1,
            engine: ENGINE_VERSION.to_owned(),
            pack: suite.pack.id.clone(),
            pack_digest: suite.pack.digest.clone(),
            cases: suite.cases.len(),
            cases_not_passed: not_passed,
            mutants: mutants.collect(),
            counts,
        }
    }
}

/// A case that would notice a survivor.
fn noticed(suite: &Suite<'_>, finding: &Finding) -> Option<Value> {
    let Verdict::Survived { code, witness } = &finding.verdict else {
        return None;
    };
    let record = Record {
        as_of: witness.as_of,
        given: witness.given.clone(),
    };
    let shows = format!("notices a change of {}", finding.path);
    Some(draft(suite.pack, code, &shows, &record, suite.calendar).unwrap_or_default())
}

/// Drafts of the cases that a pack lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Drafts {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// Version of the library.
    pub engine: String,
    /// Name of the pack.
    pub pack: String,
    /// Digest of the pack.
    pub pack_digest: String,
    /// The drafts.
    pub drafts: Vec<Draft>,
    /// Whether they were written beside the cases; the library writes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub written: Option<bool>,
    /// What is to be exercised, and no record was found that does.
    pub unmet: Vec<Demand>,
}

/// A case for an author to confirm, with a name for its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Draft {
    /// A name that no case of the pack bears yet.
    pub file: String,
    /// Content of the file.
    pub case: Value,
}

impl Drafts {
    /// The answer from suggestions; `taken` says whether a file name is in use.
    pub fn of(pack: &Pack, suggestions: &Suggestions, taken: impl Fn(&str) -> bool) -> Self {
        let mut drafts: Vec<Draft> = Vec::new();
        for suggestion in &suggestions.cases {
            let free = (1_usize..)
                .map(|number| format!("{}-draft-{number}.json", suggestion.code))
                .find(|name| !drafts.iter().any(|it| it.file == *name) && !taken(name));
            drafts.extend(free.map(|file| Draft {
                file,
                case: suggestion.case.clone(),
            }));
        }
        Drafts {
            format: "cchc-drafts",
            version: 1,
            engine: ENGINE_VERSION.to_owned(),
            pack: pack.id.clone(),
            pack_digest: pack.digest.clone(),
            drafts,
            written: None,
            unmet: suggestions.unmet.clone(),
        }
    }
}

/// A comparison of two packs, and what a submission has under both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// What the packs have differently.
    #[serde(flatten)]
    pub packs: PackDiff,
    /// A submission of the old pack under both, where one was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on: Option<Effect>,
}

/// Two packs, and perhaps a submission of the old one.
#[derive(Clone, Copy, Debug)]
pub struct PackQuestion<'a> {
    /// The old pack.
    pub old: File<'a>,
    /// The new pack.
    pub new: File<'a>,
    /// A submission of the old pack.
    pub submission: Option<File<'a>>,
    /// As-of date for the submission, in the old pack's year; its own unless given.
    pub as_of: Option<NaiveDate>,
    /// A working-day calendar in place of the built-in one.
    pub calendar: Option<File<'a>>,
}

/// One thing of a pack changed at a time, and whether its cases notice.
///
/// Errors: every fault of the pack and of the calendar. A case that cannot be read is one
/// that does not pass.
pub fn mutate(
    pack: File<'_>,
    cases: &[File<'_>],
    calendar: Option<File<'_>>,
) -> Result<Mutation, Vec<Fault>> {
    tested(pack, cases, calendar, |suite, not_passed| {
        Mutation::of(suite, findings(suite), not_passed)
    })
}

/// Drafts of the cases that coverage and mutation ask for.
///
/// Errors: as [`mutate`].
pub fn cases(
    pack: File<'_>,
    cases: &[File<'_>],
    calendar: Option<File<'_>>,
) -> Result<Drafts, Vec<Fault>> {
    tested(pack, cases, calendar, |suite, _| {
        let suggestions = suggest(suite, &findings(suite));
        let taken = |name: &str| cases.iter().any(|it| it.name == name);
        Drafts::of(suite.pack, &suggestions, taken)
    })
}

/// What a new pack adds, removes, moves and scores differently.
///
/// Errors: every fault of the packs and of the calendar; those of [`effect`].
pub fn diff(question: &PackQuestion<'_>) -> Result<Comparison, Vec<Fault>> {
    let own = question.calendar.map(read_calendar).transpose()?;
    let calendar = own.as_ref().unwrap_or_else(|| Calendar::vietnam());
    let read = |file: File<'_>| read_pack(file.name, file.bytes, calendar);
    let (old, new) = match (read(question.old), read(question.new)) {
        (Ok(old), Ok(new)) => (old, new),
        (old, new) => {
            let faults = [old.err(), new.err()].into_iter().flatten().flatten();
            return Err(faults.collect());
        }
    };
    let (old_json, new_json) = (json_of(question.old), json_of(question.new));
    let old = Side {
        pack: &old,
        json: &old_json,
    };
    let new = Side {
        pack: &new,
        json: &new_json,
    };
    let on = question.submission.map(|file| {
        let file = (file.name, file.bytes);
        effect(old, new, file, question.as_of, calendar)
    });
    Ok(Comparison {
        packs: crate::diff::diff(old, new, calendar),
        on: on.transpose()?,
    })
}

fn findings(suite: &Suite<'_>) -> Vec<Finding> {
    let mutants = mutants(suite.json);
    mutants.iter().map(|mutant| judge(suite, mutant)).collect()
}

/// The pack as JSON; it was read, so it parses.
pub(super) fn json_of(file: File<'_>) -> Value {
    let bytes = file
        .bytes
        .strip_prefix(b"\xEF\xBB\xBF")
        .unwrap_or(file.bytes);
    serde_json::from_slice(bytes).unwrap_or_default()
}

/// Asks something of a pack with the cases that pass, and the number of those that do not.
fn tested<T>(
    pack: File<'_>,
    cases: &[File<'_>],
    calendar: Option<File<'_>>,
    answer: impl FnOnce(&Suite<'_>, usize) -> T,
) -> Result<T, Vec<Fault>> {
    let own = calendar.map(read_calendar).transpose()?;
    let calendar = own.as_ref().unwrap_or_else(|| Calendar::vietnam());
    let json = json_of(pack);
    let pack = read_pack(pack.name, pack.bytes, calendar)?;
    let passing: Vec<NamedCase> = cases
        .iter()
        .filter_map(|file| {
            let case = read_case(file.name, file.bytes, &pack).ok()?;
            let result = run_case(&pack, &case, calendar).ok()?;
            let passed = result.confirmed && result.differences.is_empty();
            passed.then(|| NamedCase {
                file: file.name.to_owned(),
                case,
            })
        })
        .collect();
    let suite = Suite {
        json: &json,
        pack: &pack,
        cases: &passing,
        calendar,
    };
    Ok(answer(&suite, cases.len() - passing.len()))
}

#[derive(Debug, Deserialize)]
struct PackRequest {
    pack: TextFile,
    #[serde(default)]
    cases: Vec<TextFile>,
    calendar: Option<TextFile>,
}

impl PackRequest {
    fn cases(&self) -> Vec<File<'_>> {
        self.cases.iter().map(TextFile::as_file).collect()
    }

    fn calendar(&self) -> Option<File<'_>> {
        self.calendar.as_ref().map(TextFile::as_file)
    }
}

#[derive(Debug, Deserialize)]
struct DiffRequest {
    old: TextFile,
    new: TextFile,
    submission: Option<TextFile>,
    as_of: Option<NaiveDate>,
    calendar: Option<TextFile>,
}

/// The format of requests about one pack.
pub fn pack_request_format() -> Format {
    Format {
        name: "cchc-pack-request",
        version: 1,
        title: "A question about a pack: its text, and those of its worked cases",
        root: Shape::Object(vec![
            Field::required("pack", super::text_file(), "The rule pack."),
            Field::optional(
                "cases",
                Shape::array(super::text_file(), 0, MOST_CASES),
                "Its worked cases.",
            ),
            super::calendar_field(),
        ]),
        definitions: vec![],
    }
}

/// The format of requests about two packs.
pub fn diff_request_format() -> Format {
    Format {
        name: "cchc-diff-request",
        version: 1,
        title: "A question about a pack and its successor",
        root: Shape::Object(vec![
            Field::required("old", super::text_file(), "The old pack."),
            Field::required("new", super::text_file(), "The new pack."),
            Field::optional(
                "submission",
                super::text_file(),
                "A submission of the old pack, to be scored by both.",
            ),
            Field::optional(
                "as_of",
                Shape::Date,
                "As-of date for the submission; its own unless given.",
            ),
            super::calendar_field(),
        ]),
        definitions: vec![],
    }
}

/// [`verify`] from a JSON request to a JSON reply.
pub fn verify_json(request: &str) -> String {
    reply_to(&pack_request_format(), request, |it: &PackRequest| {
        Ok(verify(it.pack.as_file(), &it.cases(), it.calendar()))
    })
}

/// [`mutate`] from a JSON request to a JSON reply.
pub fn mutate_json(request: &str) -> String {
    reply_to(&pack_request_format(), request, |it: &PackRequest| {
        mutate(it.pack.as_file(), &it.cases(), it.calendar())
    })
}

/// [`cases`] from a JSON request to a JSON reply.
pub fn cases_json(request: &str) -> String {
    reply_to(&pack_request_format(), request, |it: &PackRequest| {
        cases(it.pack.as_file(), &it.cases(), it.calendar())
    })
}

/// [`diff`] from a JSON request to a JSON reply.
pub fn diff_json(request: &str) -> String {
    reply_to(&diff_request_format(), request, |it: &DiffRequest| {
        diff(&PackQuestion {
            old: it.old.as_file(),
            new: it.new.as_file(),
            submission: it.submission.as_ref().map(TextFile::as_file),
            as_of: it.as_of,
            calendar: it.calendar.as_ref().map(TextFile::as_file),
        })
    })
}
