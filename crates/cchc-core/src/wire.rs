//! JSON in: packs, submissions and cases, read with all their faults at once.
//!
//! Domain types know nothing of JSON; everything about its shape stands here. A text is
//! checked against its shape, what is sound of it is lowered, and the faults of both
//! steps come back together, each with file, line, column and path.

pub(crate) mod assessment;
mod case;
mod collected;
mod form;
mod lower;
mod pack;
mod pack_answers;
mod submission;

pub use assessment::assessment_format;
pub use case::{Expectation, case_format};
pub use form::MAX_PARTS;
pub use lower::{
    MAX_PATTERN_BYTES, MAX_PATTERNS, MAX_READ_DIGITS, MAX_RULE_DIGITS, MAX_SUM_DIGITS,
};
pub(crate) use pack::{LEVELS, RELATIONS};
pub use pack::{MAX_CHILDREN, MAX_EFFORT, MAX_OBLIGATIONS, MAX_QUANTITIES, pack_format};
pub(crate) use pack::{effort, title};
pub use pack_answers::{diff_format, drafts_format, mutation_format, verification_format};
pub use submission::{MAX_NAMED, MAX_PREDECESSORS, MAX_RECORDS, ROUNDS, submission_format};

use chrono::NaiveDate;
use collected::Collected;
use serde::de::DeserializeOwned;

use crate::facts::{Submission, Unit};
use crate::json::{Document, Fault, Format, check_partial, phrase};
use crate::model::Pack;
use crate::values::Calendar;

/// Reads a rule pack.
///
/// `file` is only named in faults. Errors: every fault of the file.
pub fn read_pack(file: &str, bytes: &[u8], calendar: &Calendar) -> Result<Pack, Vec<Fault>> {
    match read_pack_partial(file, bytes, calendar) {
        (Some((pack, _)), faults) if faults.is_empty() => Ok(pack),
        (_, faults) => Err(faults),
    }
}

/// Reads what is sound of a rule pack, beside all faults of the file.
///
/// The pack lacks every leaf and quantity with a fault, every leaf, class gate and consistency
/// check that reads such a quantity, and classes and gates if a class has a fault; a group stays
/// with the children that are left, and a window that is told as reversed is turned. It can be
/// evaluated and checked further, but its points are not those of the file. The document
/// places what is found later: paths of the model are paths of the document. There is no pack
/// where a fault concerns the whole of it. Without faults it is what [`read_pack`] gives.
pub fn read_pack_partial(
    file: &str,
    bytes: &[u8],
    calendar: &Calendar,
) -> (Option<(Pack, Document)>, Vec<Fault>) {
    let (read, mut faults) = read_wire(&pack_format(), file, bytes);
    let Some((wire, document)) = read else {
        return (None, faults);
    };
    let pruned = !faults.is_empty();
    let (pack, more) = lower::pack(&wire, &document, pruned, calendar);
    faults = limited(faults, more);
    let named = |mut pack: Pack| {
        pack.name_bound_leaves();
        (pack, document)
    };
    (pack.map(named), faults)
}

/// Reads a submission.
///
/// Whether it fits a pack is a later question. Errors: every fault of the file.
pub fn read_submission(file: &str, bytes: &[u8]) -> Result<Submission, Vec<Fault>> {
    read_submission_document(file, bytes).map(|(submission, _)| submission)
}

/// As [`read_submission`], with the document that later faults are placed in.
pub fn read_submission_document(
    file: &str,
    bytes: &[u8],
) -> Result<(Submission, Document), Vec<Fault>> {
    read(&submission_format(), file, bytes, |wire, document| {
        Ok((submission::submission(wire, document)?, document.clone()))
    })
}

/// A worked case of a pack.
#[derive(Clone, Debug)]
pub struct Case {
    /// What it shows, as a sentence.
    pub name: String,
    /// Where the expectation was worked out from.
    pub source: String,
    /// Scoring forms that it shows, by number.
    pub forms: Vec<u32>,
    /// Whether a person has worked out the expectation.
    pub confirmed: bool,
    /// As-of date.
    pub as_of: NaiveDate,
    /// The facts, as a submission for the pack.
    pub submission: Submission,
    /// What was worked out by hand.
    pub expect: Vec<Expectation>,
    /// The file, for faults that are found later.
    pub document: Document,
}

/// Reads a worked case of a pack.
///
/// Errors: every fault of the file.
pub fn read_case(file: &str, bytes: &[u8], pack: &Pack) -> Result<Case, Vec<Fault>> {
    read(
        &case_format(),
        file,
        bytes,
        |wire: case::CaseWire, document| {
            let mut facts = submission::Facts {
                json: document,
                prefix: "given.",
                faults: Collected::default(),
            };
            let (observation_window, predecessors) = facts.split("", wire.given.split);
            let header = submission::Header {
                pack: pack.id.clone(),
                note: None,
                unit: Unit {
                    code: "case".to_owned(),
                    name: "case".to_owned(),
                    level: pack.level.clone(),
                    class: wire.given.unit_class,
                    cohort: None,
                    observation_window,
                    predecessors,
                },
                scored_year: pack.scored_year,
                prepared_on: wire.as_of,
                taken_as_proved: wire.given.proved,
            };
            let submission = facts.submission(wire.given.facts, header);
            if facts.faults.count() > 0 {
                return Err(facts.faults);
            }
            Ok(Case {
                name: wire.name,
                source: wire.source,
                forms: wire.forms,
                confirmed: wire.confirmed,
                as_of: wire.as_of,
                submission,
                expect: wire.expect,
                document: document.clone(),
            })
        },
    )
}

fn read<W: DeserializeOwned, T>(
    format: &Format,
    file: &str,
    bytes: &[u8],
    lower: impl FnOnce(W, &Document) -> Result<T, Collected>,
) -> Result<T, Vec<Fault>> {
    let (read, faults) = read_wire(format, file, bytes);
    let Some((wire, document)) = read else {
        return Err(faults);
    };
    match lower(wire, &document) {
        Ok(value) if faults.is_empty() => Ok(value),
        Ok(_) => Err(faults),
        Err(more) => Err(limited(faults, more)),
    }
}

/// What is sound of a file as wire structs, with its document, beside the faults of its shape.
fn read_wire<W: DeserializeOwned>(
    format: &Format,
    file: &str,
    bytes: &[u8],
) -> (Option<(W, Document)>, Vec<Fault>) {
    let (document, mut faults) = check_partial(format, file, bytes);
    let Some(document) = document else {
        return (None, faults);
    };
    match serde_json::from_value::<W>(document.value().clone()) {
        Ok(wire) => (Some((wire, document)), faults),
        Err(error) => {
            // What the shape lets through and serde does not is a fault of ours; it is
            // still told with a place rather than passed over.
            faults.push(Fault {
                code: "unreadable",
                place: document.place("$"),
                expected: phrase!("a file of the format `{}`", format.name),
                found: error.to_string().into(),
                help: None,
            });
            (None, faults)
        }
    }
}

/// The faults of the shape and of the meaning of a file, as they are told.
fn limited(shape: Vec<Fault>, meaning: Collected) -> Vec<Fault> {
    // A file with so many faults of shape is told of those alone.
    if meaning.count() == 0 || shape.iter().any(|fault| fault.code == "too-many-faults") {
        return shape;
    }
    let mut all = Collected::default();
    all.extend(shape);
    all.join(meaning);
    all.told()
}
