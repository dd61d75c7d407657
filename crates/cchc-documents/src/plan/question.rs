//! The question about a plan, from a JSON text to a JSON text, for embedding.

use cchc_core::json::{Fault, Field, Format, Phrase, Place, Shape};
use cchc_core::model::Pack;
use cchc_core::question::{
    Question, TextFile, assess, calendar_field, read_calendar, reply_to, text_file,
};
use cchc_core::read_pack;
use cchc_core::reading::{Plan, PlanAnswer, ProgressAnswer};
use cchc_core::values::Calendar;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::read_plan_of;
use crate::{Limits, read_text};

/// Days from the as-of date on that count as soon, unless a request says otherwise.
pub const SOON: u32 = 14;

/// What a request about a plan is answered with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum TasksAnswer {
    /// The plan alone.
    Plan(PlanAnswer),
    /// The plan beside an assessment.
    Progress(Box<ProgressAnswer>),
}

#[derive(Debug, Deserialize)]
struct Request {
    plan: TextFile,
    pack: Option<TextFile>,
    submission: Option<TextFile>,
    calendar: Option<TextFile>,
    as_of: Option<NaiveDate>,
    year: Option<i32>,
    office: Option<String>,
    soon: Option<u32>,
}

/// The format of requests about a plan.
pub fn tasks_request_format() -> Format {
    Format {
        name: "cchc-tasks-request",
        version: 1,
        title: "A question about a remediation plan, alone or beside an assessment",
        root: Shape::Object(vec![
            Field::required(
                "plan",
                text_file(),
                "The plan as text; as Markdown where its name ends in `.md`.",
            ),
            Field::optional(
                "pack",
                text_file(),
                "The rule pack that its codes belong to.",
            ),
            Field::optional(
                "submission",
                text_file(),
                "The submission that the tasks are held against; with a pack.",
            ),
            calendar_field(),
            Field::optional(
                "as_of",
                Shape::Date,
                "As-of date; the submission's own unless given.",
            ),
            Field::optional(
                "year",
                Shape::Integer {
                    min: 1900,
                    max: 9999,
                },
                "Year of times that name none; the pack's or the plan's unless given.",
            ),
            Field::optional(
                "office",
                Shape::text(500),
                "Only what this office leads or helps with; a part of its name.",
            ),
            Field::optional(
                "soon",
                Shape::Integer { min: 0, max: 366 },
                "Days from the as-of date on that count as soon; 14 unless given.",
            ),
        ]),
        definitions: vec![],
    }
}

/// The tasks of a plan, or how far they are, from a JSON request to a JSON reply.
pub fn tasks_json(request: &str) -> String {
    reply_to(&tasks_request_format(), request, answer)
}

fn answer(request: &Request) -> Result<TasksAnswer, Vec<Fault>> {
    let own = request.calendar.as_ref();
    let own = own.map(|it| read_calendar(it.as_file())).transpose()?;
    let calendar = own.as_ref().unwrap_or(Calendar::vietnam());
    let pack = request.pack.as_ref();
    let pack = pack.map(|it| read_pack(&it.file, it.text.as_bytes(), calendar));
    let pack = pack.transpose()?;
    let plan = plan_of(request, pack.as_ref())?;
    let file = &request.plan.file;
    let (Some(submission), Some(own)) = (&request.submission, &request.pack) else {
        if request.submission.is_some() {
            let found = "a submission alone";
            return Err(vec![fault("missing-field", "$", "the field `pack`", found)]);
        }
        let mut answer = PlanAnswer::new(file, plan);
        if let Some(office) = &request.office {
            answer.plan.keep_office(office);
        }
        return Ok(TasksAnswer::Plan(answer));
    };
    let assessment = assess(&Question {
        pack: own.as_file(),
        submission: submission.as_file(),
        calendar: request.calendar.as_ref().map(TextFile::as_file),
        as_of: request.as_of,
    })?;
    let soon = request.soon.unwrap_or(SOON);
    let mut answer = ProgressAnswer::new(file, plan, &assessment, soon);
    if let Some(office) = &request.office {
        answer.keep_office(office);
    }
    Ok(TasksAnswer::Progress(Box::new(answer)))
}

fn plan_of(request: &Request, pack: Option<&Pack>) -> Result<Plan, Vec<Fault>> {
    let file = &request.plan;
    let text = read_text(file.text.as_bytes(), &file.file, &Limits::USUAL).map_err(|found| {
        let found = Phrase::new("`{}`", [found.observation().code.to_owned()]);
        vec![fault(
            "unreadable",
            "plan",
            "a text that can be read",
            found,
        )]
    })?;
    Ok(read_plan_of(text, request.year, pack))
}

fn fault(
    code: &'static str,
    path: &str,
    expected: &'static str,
    found: impl Into<Phrase>,
) -> Fault {
    Fault {
        code,
        place: Place {
            file: "request".to_owned(),
            line: 1,
            column: 1,
            path: path.to_owned(),
        },
        expected: expected.into(),
        found: found.into(),
        help: None,
    }
}
