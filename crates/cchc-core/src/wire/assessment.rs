//! The JSON of an assessment: what [`Assessment`](crate::answer::Assessment) looks like as text.
//!
//! Format `cchc-assessment`, version 1. The answer is written by its own types; the format is
//! here for those who read it elsewhere, and a test holds the two together. Numbers are texts
//! without a limit on their digits: a sum of many fractions is as long as it has to be.

use std::sync::LazyLock;

use super::pack::title;
use crate::evidence::{Reason, Remark};
use crate::json::{Field, Format, Shape};

/// Most elements of a list of an answer: as many as a file can hold.
const MANY: usize = 1_000_000;
/// Most characters of an exact number or of a text put together from facts.
pub(crate) const LONG: usize = 1_000_000;

/// How a component comes to its numbers.
pub(crate) const OUTCOMES: &[&str] = &[
    "scored",
    "not_arisen",
    "not_applicable",
    "needs_judgement",
    "not_self_scorable",
    "out_of_validity",
];

pub(crate) static REASONS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| Reason::ALL.iter().map(|reason| reason.code()).collect());
static REMARKS: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| Remark::ALL.iter().map(|remark| remark.code()).collect());

/// The format of assessments.
pub fn assessment_format() -> Format {
    let root = Shape::Object(vec![
        Field::required("basis", basis(), "What the answer rests on."),
        Field::required("totals", totals(), "All components together."),
        Field::required(
            "groups",
            list(group()),
            "Areas and criteria, in the order of the pack.",
        ),
        Field::required(
            "leaves",
            list(leaf()),
            "Components, in the order of the pack.",
        ),
        Field::optional(
            "class",
            class(),
            "Final class, where the pack is the whole index set.",
        ),
        Field::required(
            "findings",
            list(Shape::Ref("finding")),
            "What concerns no component.",
        ),
    ]);
    Format {
        name: "cchc-assessment",
        version: 1,
        title: "An assessment: points secured, standing and attainable as of a date",
        root,
        definitions: vec![
            ("title", title()),
            ("exact", Shape::text(LONG)),
            ("numbers", Shape::Object(numbers())),
            ("index", index()),
            ("reading", reading()),
            ("evidence", evidence()),
            ("finding", finding()),
        ],
    }
}

pub(crate) fn list(of: Shape) -> Shape {
    Shape::array(of, 0, MANY)
}

fn names() -> Shape {
    list(Shape::Id)
}

pub(crate) fn exact(name: &'static str, doc: &'static str) -> Field {
    Field::required(name, Shape::Ref("exact"), doc)
}

pub(crate) fn nullable(name: &'static str, of: Shape, doc: &'static str) -> Field {
    Field::required(name, Shape::nullable(of), doc)
}

pub(crate) fn join(groups: Vec<Vec<Field>>) -> Vec<Field> {
    super::form::join(groups)
}

pub(crate) fn basis() -> Shape {
    Shape::Object(vec![
        Field::required("engine", Shape::text(50), "Version of the engine."),
        Field::required("pack", Shape::Id, "Name of the rule pack."),
        Field::required("pack_digest", Shape::text(100), "Digest of the rule pack."),
        Field::required("pack_title", Shape::Ref("title"), "Title of the rule pack."),
        Field::optional("pack_note", Shape::text(2_000), "A remark of the pack."),
        Field::required("unit", Shape::Id, "Code of the unit."),
        Field::required("unit_name", Shape::text(300), "Name of the unit."),
        Field::optional(
            "observation_window",
            super::pack::window(),
            "Days on which the unit existed, where it says so.",
        ),
        Field::optional(
            "predecessors",
            Shape::array(Shape::text(300), 1, super::submission::MAX_PREDECESSORS),
            "What the units were called that it was put together from.",
        ),
        Field::required(
            "scored_year",
            Shape::Integer {
                min: 1900,
                max: 2200,
            },
            "The scored year.",
        ),
        Field::required(
            "as_of",
            Shape::Date,
            "The answer sees what stood before this day.",
        ),
        Field::optional(
            "submission_note",
            Shape::text(2_000),
            "A remark of the submission.",
        ),
    ])
}

/// The numbers that stand beside other fields. Unit: points.
pub(crate) fn numbers() -> Vec<Field> {
    numbers_of(|| Shape::Ref("exact"))
}

/// The three numbers and what follows from them, each with this shape.
pub(super) fn numbers_of(exact: fn() -> Shape) -> Vec<Field> {
    let number = |name, doc| Field::required(name, exact(), doc);
    vec![
        number("max", "Most points that apply to this unit."),
        number("secured", "Points that are certain."),
        number("standing", "Points if nothing more is done."),
        number("attainable", "Points that can still be reached."),
        number("lost", "Maximum less attainable."),
        number("to_gain", "Attainable less standing."),
        number("at_risk", "Standing less secured."),
    ]
}

pub(crate) fn index() -> Shape {
    Shape::Object(vec![
        exact("secured", "Certain, in percent of the maximum."),
        exact("standing", "If nothing more is done, in percent."),
        exact("attainable", "Still to be reached, in percent."),
    ])
}

pub(crate) fn totals() -> Shape {
    let more = vec![
        exact(
            "illustrative_max",
            "Of `max`, what rests on figures that are not official.",
        ),
        exact(
            "illustrative_standing",
            "Of `standing`, what rests on such figures.",
        ),
        Field::optional(
            "bonus_penalty",
            Shape::Ref("numbers"),
            "The block outside the maximum.",
        ),
        nullable(
            "index",
            Shape::Ref("index"),
            "Points in percent; null where nothing applies.",
        ),
    ];
    Shape::Object(join(vec![numbers(), more]))
}

fn group() -> Shape {
    let bound = Shape::Object(vec![
        Field::required("by", Shape::Id, "The quantity, or the kind of event."),
        Field::required("codes", list(Shape::Code), "Codes of the components."),
    ]);
    let before = vec![
        Field::required("code", Shape::Code, "Its code."),
        Field::required("title", Shape::Ref("title"), "Its title."),
        Field::required(
            "depth",
            Shape::Integer { min: 1, max: 64 },
            "1 for an area.",
        ),
    ];
    let after = vec![
        nullable(
            "index",
            Shape::Ref("index"),
            "Points in percent; null where nothing applies.",
        ),
        Field::required("bonus_penalty", Shape::Bool, "Whether it is the block."),
        Field::optional("bound", list(bound), "Components that read the same facts."),
    ];
    Shape::Object(join(vec![before, numbers(), after]))
}

fn leaf() -> Shape {
    let reasons = || list(Shape::text(100));
    let step = Shape::Object(vec![
        Field::required("quantities", names(), "Quantities read."),
        Field::required("because", reasons(), "Reasons, as codes."),
        Field::required(
            "standing",
            Shape::Ref("reading"),
            "What was read for `standing`.",
        ),
        Field::required(
            "secured",
            Shape::Ref("reading"),
            "Where they stand at `secured`.",
        ),
        Field::required(
            "attainable",
            Shape::Ref("reading"),
            "Where they stand at `attainable`.",
        ),
        exact(
            "points",
            "What the part gave to `standing`, before rounding.",
        ),
    ]);
    let change = Shape::Object(vec![
        Field::required(
            "year",
            Shape::Integer {
                min: 1900,
                max: 2200,
            },
            "The scored year.",
        ),
        Field::required("round", Shape::Id, "The round."),
        exact("points", "The official points."),
        exact("difference", "`standing` less the official points."),
        Field::required(
            "change",
            Shape::OneOf(&["gained", "lost", "unchanged"]),
            "Which way.",
        ),
    ]);
    let before = vec![
        Field::required("code", Shape::Code, "Its code."),
        Field::required("title", Shape::Ref("title"), "Its title."),
        Field::required("area", Shape::Code, "Code of its area."),
    ];
    let after = vec![
        exact("declared_max", "The maximum that the pack states."),
        Field::required(
            "outcome",
            Shape::OneOf(OUTCOMES),
            "How it came to its numbers.",
        ),
        Field::required(
            "illustrative",
            Shape::Bool,
            "Whether its figures are not official.",
        ),
        Field::required(
            "bonus_penalty",
            Shape::Bool,
            "Whether it belongs to the block.",
        ),
        Field::required(
            "depends_on_upper_level",
            Shape::Bool,
            "Whether the unit depends on it.",
        ),
        Field::required("because", reasons(), "What `standing` rests on, as codes."),
        Field::required(
            "derivation",
            list(step),
            "Each part of the rule that read something.",
        ),
        Field::required(
            "open",
            list(opening()),
            "What can still be done, and until when.",
        ),
        Field::required(
            "evidence",
            list(Shape::Ref("evidence")),
            "What documents prove.",
        ),
        Field::required(
            "findings",
            list(Shape::Ref("finding")),
            "What is worth saying.",
        ),
        Field::optional(
            "ground",
            Shape::Ref("title"),
            "Why it is not for this unit.",
        ),
        Field::optional(
            "explanation",
            Shape::text(LONG),
            "The unit's own explanation.",
        ),
        Field::optional("earlier", list(change), "Against earlier official scores."),
        Field::required("sources", list(source()), "Where the figures come from."),
        Field::optional("lead", Shape::Id, "Office in charge."),
        Field::optional("with", names(), "Offices that help."),
        Field::optional("plan_time", Shape::text(500), "When the work is planned."),
    ];
    Shape::Object(join(vec![before, numbers(), after]))
}

/// Where figures come from.
pub(crate) fn source() -> Shape {
    Shape::ExactlyOne {
        common: vec![
            Field::required("of", list(Shape::text(200)), "Paths of the figures."),
            Field::optional("item", Shape::text(200), "Which item of the document."),
            Field::optional("quote", Shape::text(1_000), "Its own words."),
        ],
        alternatives: vec![
            Field::optional("document", Shape::text(500), "The document that says so."),
            Field::optional(
                "illustrative",
                Shape::text(500),
                "Why the figure is not official.",
            ),
        ],
    }
}

/// Something that can still be done.
pub(crate) fn opening() -> Shape {
    let what = &[
        "event",
        "obligation",
        "late_obligation",
        "figure",
        "mend",
        "judgement",
        "cohort",
    ];
    let quantity = Shape::Text {
        max: 64,
        allow_empty: true,
    };
    Shape::Object(vec![
        Field::required("what", Shape::OneOf(what), "What can still be done."),
        Field::required(
            "quantity",
            quantity,
            "The quantity; empty for a claim of exemption.",
        ),
        Field::optional(
            "subject",
            Shape::text(200),
            "The obligation, event or figure.",
        ),
        nullable(
            "until",
            Shape::Date,
            "Last day; null where the unit cannot tell.",
        ),
    ])
}

fn reading() -> Shape {
    let count = || Shape::Integer {
        min: 0,
        max: i64::MAX,
    };
    let obligations = Shape::Object(vec![
        Field::required("met", count(), "On time."),
        Field::required("late", count(), "Late."),
        Field::required("missing", count(), "Missing."),
    ]);
    let read = Shape::ExactlyOne {
        common: vec![],
        alternatives: vec![
            Field::optional(
                "at",
                Shape::Ref("exact"),
                "A number; a share is a fraction.",
            ),
            Field::optional("near", Shape::Ref("exact"), "As near to it as one likes."),
            Field::optional("obligations", obligations, "Obligations by outcome."),
        ],
    };
    Shape::either(Shape::OneOf(&["no_items", "unknown", "as_it_stands"]), read)
}

pub(crate) fn evidence() -> Shape {
    let path = || Shape::text(200);
    let document = Shape::Object(vec![
        Field::required("id", Shape::Id, "Its name in the register."),
        nullable("citation", Shape::text(500), "Number and symbol."),
        nullable("path", path(), "Its place in the submission."),
        nullable("role", Shape::Id, "The role it was held against."),
        Field::required("accepted", Shape::Bool, "Whether it is accepted."),
        Field::required("reasons", list(Shape::OneOf(&REASONS)), "Why not."),
        Field::required(
            "remarks",
            list(Shape::OneOf(&REMARKS)),
            "What is worth saying.",
        ),
    ]);
    let outcomes = &[
        "accepted",
        "accepted_with_remarks",
        "open",
        "rejected",
        "missing",
        "unreadable",
    ];
    Shape::Object(vec![
        nullable(
            "quantity",
            Shape::Id,
            "The quantity; null for a claim of exemption.",
        ),
        nullable(
            "fact",
            Shape::text(200),
            "The event or figure; null where there is none.",
        ),
        nullable("path", path(), "Its place in the submission."),
        Field::required("outcome", Shape::OneOf(outcomes), "The outcome."),
        nullable("until", Shape::Date, "Last day to mend it."),
        Field::required("unfilled", names(), "Roles that lack documents."),
        Field::required("documents", list(document), "Each document named."),
    ])
}

fn finding() -> Shape {
    let any = Shape::Text {
        max: LONG,
        allow_empty: true,
    };
    Shape::Object(vec![
        Field::required("code", Shape::Id, "Stable code."),
        Field::required(
            "severity",
            Shape::OneOf(&["problem", "warning", "note"]),
            "How serious.",
        ),
        Field::optional("path", Shape::text(200), "Its place in the submission."),
        Field::required("params", Shape::map(any, 50), "What the text needs."),
        Field::optional("remedy", Shape::Id, "Code of what to do about it."),
    ])
}

pub(crate) fn class() -> Shape {
    let name = || {
        Shape::Object(vec![
            Field::required("id", Shape::Id, "Its name in the pack."),
            Field::required("title", Shape::Ref("title"), "Its title."),
        ])
    };
    Shape::Object(vec![
        Field::required("secured", name(), "At `secured`."),
        Field::required("standing", name(), "At `standing`."),
        Field::required("attainable", name(), "At `attainable`."),
        Field::required(
            "gates",
            list(Shape::Ref("title")),
            "Gates that cap it at `standing`.",
        ),
    ])
}
