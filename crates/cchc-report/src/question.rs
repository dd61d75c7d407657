//! The remediation plan from a JSON text to a JSON text, for embedding.

use cchc_core::json::{Fault, Field, Format, Shape};
use cchc_core::model::Pack;
use cchc_core::question::{
    File, Question, TextFile, assess, calendar_field, levers, read_calendar, regain, reply_to,
    text_file,
};
use cchc_core::regain::Goal;
use cchc_core::values::Calendar;
use cchc_core::{read_pack, read_submission};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{PlanSources, Remediation, remediation};

/// A remediation plan as it leaves the library; its words are Vietnamese.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RemediationAnswer {
    /// Format of the answer.
    pub format: &'static str,
    /// Version of the format.
    pub version: u32,
    /// What it rests on.
    pub basis: cchc_core::answer::Basis,
    /// The plan.
    #[serde(flatten)]
    pub plan: Remediation,
}

/// The remediation plan for a submission.
///
/// `baseline` asks for components that lost points in that year's official scores, too.
///
/// # Errors
///
/// As [`assess`].
pub fn plan(
    question: &Question<'_>,
    baseline: Option<i32>,
) -> Result<RemediationAnswer, Vec<Fault>> {
    let assessment = assess(question)?;
    let pack = pack_of(question.pack, question.calendar)?;
    let submission = read_submission(question.submission.name, question.submission.bytes)?;
    let sources = PlanSources {
        assessment: &assessment,
        regain: &regain(question, &Goal::default())?,
        levers: &levers(question, None)?,
        submission: &submission,
        pack: &pack,
    };
    Ok(RemediationAnswer {
        format: "cchc-remediation",
        version: 1,
        plan: remediation(&sources, baseline),
        basis: assessment.basis,
    })
}

fn pack_of(pack: File<'_>, calendar: Option<File<'_>>) -> Result<Pack, Vec<Fault>> {
    let own = calendar.map(read_calendar).transpose()?;
    let calendar = own.as_ref().unwrap_or(Calendar::vietnam());
    read_pack(pack.name, pack.bytes, calendar)
}

#[derive(Debug, Deserialize)]
struct Request {
    pack: TextFile,
    submission: TextFile,
    calendar: Option<TextFile>,
    as_of: Option<NaiveDate>,
    baseline: Option<i32>,
}

/// The format of requests for a remediation plan.
pub fn plan_request_format() -> Format {
    Format {
        name: "cchc-plan-request",
        version: 1,
        title: "A question: the remediation plan for a submission",
        root: Shape::Object(vec![
            Field::required("pack", text_file(), "The rule pack."),
            Field::required("submission", text_file(), "The submission."),
            calendar_field(),
            Field::optional(
                "as_of",
                Shape::Date,
                "As-of date; the submission's own unless given.",
            ),
            Field::optional(
                "baseline",
                year(),
                "Also components that lost points in the official scores of this year.",
            ),
        ]),
        definitions: vec![],
    }
}

/// [`plan()`] from a JSON request to a JSON reply.
pub fn plan_json(request: &str) -> String {
    reply_to(&plan_request_format(), request, |it: &Request| {
        let question = Question {
            pack: it.pack.as_file(),
            submission: it.submission.as_file(),
            calendar: it.calendar.as_ref().map(TextFile::as_file),
            as_of: it.as_of,
        };
        plan(&question, it.baseline)
    })
}

/// The format of remediation plans.
pub fn remediation_format() -> Format {
    let texts = || Shape::array(text(), 0, MANY);
    let due = Shape::Object(vec![
        Field::required("day", Shape::Date, "The day."),
        Field::required("what", text(), "What is due."),
    ]);
    let maybe = |name, doc| Field::required(name, Shape::nullable(text()), doc);
    let task = Shape::Object(vec![
        Field::required(
            "code",
            Shape::nullable(Shape::Code),
            "Code of the component; null for a task without one.",
        ),
        Field::required("title", text(), "Title."),
        maybe("time", "When."),
        Field::required("lead", texts(), "Who leads."),
        Field::required("with", texts(), "Who helps."),
        maybe("work", "What is to be done."),
        maybe("keep", "What points that stand survive."),
        maybe("points", "Points at stake, in words."),
        Field::required("evidence", texts(), "Documents to produce."),
        Field::required("due", Shape::array(due, 0, MANY), "Last days."),
    ]);
    let area = Shape::Object(vec![
        Field::required("title", text(), "Its title."),
        Field::required("tasks", Shape::array(task, 0, MANY), "Its tasks."),
    ]);
    Format {
        name: "cchc-remediation",
        version: 1,
        title: "A remediation plan: what wins points back, by whom, until when",
        root: Shape::Object(vec![
            Field::required("basis", cchc_core::question::basis(), "What it rests on."),
            Field::required("unit", text(), "Name of the unit."),
            Field::required("year", year(), "The year in which it is carried out."),
            Field::required(
                "baseline",
                Shape::nullable(year()),
                "The year whose official scores it answers.",
            ),
            Field::required("bases", texts(), "Documents that it rests on."),
            Field::required(
                "carries_out",
                texts(),
                "The unit's own that it carries out.",
            ),
            Field::required(
                "areas",
                Shape::array(area, 0, MANY),
                "Areas with their tasks.",
            ),
            Field::required("left_out", texts(), "Components left out, with the reason."),
            maybe("monitor", "Office that watches over the plan."),
            maybe("warning", "Such as that figures are not official."),
        ]),
        definitions: vec![("title", cchc_core::question::title())],
    }
}

/// Most elements of a list, and most characters of a text put together from facts.
const MANY: usize = 1_000_000;

fn text() -> Shape {
    Shape::text(MANY)
}

fn year() -> Shape {
    Shape::Integer {
        min: 1900,
        max: 9999,
    }
}
