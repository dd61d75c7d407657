//! Questions about official scores.

use chrono::NaiveDate;
use serde::Deserialize;

use super::packs::json_of;
use super::{File, Question, TextFile, ask, reply_to};
use crate::facts::Submission;
use crate::json::{Fault, Field, Format, Place, Shape, phrase};
use crate::reconcile::{Reconciliation, last_round};
use crate::wire::{ROUNDS, read_submission_document};

/// Official scores of a round against the computed points, with what would explain each
/// difference.
///
/// Without a round the last one that has scores is meant. `year` is there to be held against
/// the submission: only scores of its own scored year belong to its record.
///
/// Errors: as [`super::assess`]; `wrong-year` where the year is another one than the
/// submission's, and `no-official-scores` where the submission has none of the round.
pub fn reconcile(
    question: &Question<'_>,
    round: Option<&str>,
    year: Option<i32>,
) -> Result<Reconciliation, Vec<Fault>> {
    ask(question, |fitted, as_of| {
        let submission = fitted.submission();
        let scored = submission.scored_year;
        if let Some(year) = year.filter(|year| *year != scored) {
            let fault = Fault {
                code: "wrong-year",
                place: place(question.submission, "scored_year"),
                expected: phrase!("the year {}, which was asked for", year),
                found: scored.to_string().into(),
                help: Some("ask about the submission of that year".into()),
            };
            return Err(vec![fault]);
        }
        let round = round.or_else(|| last_round(&submission.official_scores, scored));
        match round.filter(|round| has(submission, round)) {
            Some(round) => {
                let json = json_of(question.pack);
                Ok(crate::reconcile::reconcile(fitted, &json, round, as_of))
            }
            None => Err(vec![no_scores(question.submission, submission, round)]),
        }
    })
}

fn has(submission: &Submission, round: &str) -> bool {
    let mut scores = submission.official_scores.iter();
    scores.any(|it| it.year == submission.scored_year && it.round == round)
}

fn no_scores(file: File<'_>, submission: &Submission, round: Option<&str>) -> Fault {
    let year = submission.scored_year;
    let known: Vec<String> = ROUNDS
        .iter()
        .filter(|round| has(submission, round))
        .map(|round| format!("`{round}`"))
        .collect();
    Fault {
        code: "no-official-scores",
        place: place(file, "official_scores"),
        expected: match round {
            Some(round) => phrase!("scores of {} of the round `{}`", year, round),
            None => phrase!("scores of {}", year),
        },
        found: match known.is_empty() {
            true => "none".into(),
            false => phrase!("only those of {}", known.join(", ")),
        },
        help: Some("enter them under `official_scores`, or name another round".into()),
    }
}

/// A place in the submission, which was read before.
fn place(file: File<'_>, path: &str) -> Place {
    match read_submission_document(file.name, file.bytes) {
        Ok((_, document)) => document.place(path),
        Err(_) => Place {
            file: file.name.to_owned(),
            line: 1,
            column: 1,
            path: path.to_owned(),
        },
    }
}

#[derive(Debug, Deserialize)]
struct ReconcileRequest {
    pack: TextFile,
    submission: TextFile,
    calendar: Option<TextFile>,
    as_of: Option<NaiveDate>,
    round: Option<String>,
    year: Option<i32>,
}

/// The format of requests about official scores.
pub fn reconcile_request_format() -> Format {
    Format {
        name: "cchc-reconcile-request",
        version: 1,
        title: "A question about the official scores of a round",
        root: Shape::Object(vec![
            Field::required("pack", super::text_file(), "The rule pack."),
            Field::required("submission", super::text_file(), "The submission."),
            super::calendar_field(),
            Field::optional(
                "as_of",
                Shape::Date,
                "As-of date of the computed points; the submission's own unless given.",
            ),
            Field::optional(
                "round",
                Shape::OneOf(ROUNDS),
                "The round; the last one that has scores unless given.",
            ),
            Field::optional(
                "year",
                Shape::Integer {
                    min: 1900,
                    max: 2200,
                },
                "The scored year, which must be the submission's.",
            ),
        ]),
        definitions: vec![],
    }
}

/// [`reconcile`] from a JSON request to a JSON reply.
pub fn reconcile_json(request: &str) -> String {
    reply_to(
        &reconcile_request_format(),
        request,
        |it: &ReconcileRequest| {
            let question = Question {
                pack: it.pack.as_file(),
                submission: it.submission.as_file(),
                calendar: it.calendar.as_ref().map(TextFile::as_file),
                as_of: it.as_of,
            };
            reconcile(&question, it.round.as_deref(), it.year)
        },
    )
}
