//! The JSON of answers about packs: verification, mutants, drafts of cases, comparison.
//!
//! Formats `cchc-verification`, `cchc-mutation`, `cchc-drafts` and `cchc-diff`, version 1.
//! The answers are written by their own types; the formats are here for those who read them
//! elsewhere, and tests hold the two together. Codes are texts: each has its table in
//! `rules/FAULTS.md` or in the documentation of its type.

use super::case;
use super::form::join;
use super::pack::title;
use crate::json::{Field, Format, Shape};

/// Most elements of a list of an answer.
const MANY: usize = 1_000_000;
/// Most characters of an exact number, a path or a text put together from a file.
const LONG: usize = 1_000_000;

/// The format of verifications.
pub fn verification_format() -> Format {
    let witness = Shape::Object(vec![
        Field::required("leaf", Shape::Code, "Code of the component."),
        Field::required(
            "records",
            list(Shape::Ref("record")),
            "One record, or two that are compared.",
        ),
    ]);
    let record = Shape::Object(vec![
        Field::required("given", Shape::Ref("given"), "The facts, as in a case."),
        Field::required("final", exact(), "Points of the component by `final`."),
        Field::required("because", codes(), "Reasons, as codes."),
    ]);
    let flaw = join(vec![
        vec![
            Field::required("code", code(), "Stable code, as in `rules/FAULTS.md`."),
            Field::required(
                "severity",
                Shape::OneOf(&["fault", "warning"]),
                "How much it weighs.",
            ),
        ],
        place(),
        vec![
            nullable("leaf", text(), "Code of the component, where it has one."),
            Field::required("expected", text(), "What a sound pack has there."),
            Field::required("found", text(), "What stands there instead."),
            nullable("help", text(), "What to do next."),
            nullable("witness", witness, "The smallest records that show it."),
        ],
    ]);
    let not_analysed = join(vec![
        vec![Field::required("why", code(), "Why, as a stable code.")],
        place(),
        vec![nullable(
            "leaf",
            text(),
            "Code of the component, where it has one.",
        )],
    ]);
    Format {
        name: "cchc-verification",
        version: 1,
        title: "What verification of a pack found",
        root: Shape::Object(vec![
            engine(),
            nullable("pack", Shape::Id, "Name of the pack; null for no pack."),
            nullable("digest", text(), "Digest of the pack."),
            Field::required(
                "faults",
                list(Shape::Ref("flaw")),
                "Reasons not to publish the pack.",
            ),
            Field::required(
                "warnings",
                list(Shape::Ref("flaw")),
                "What should be looked at.",
            ),
            Field::required(
                "not_analysed",
                list(Shape::Object(not_analysed)),
                "What could not be decided.",
            ),
        ]),
        definitions: vec![
            ("flaw", Shape::Object(flaw)),
            ("record", record),
            ("given", case::given()),
        ],
    }
}

/// The format of answers about mutants.
pub fn mutation_format() -> Format {
    let fields = vec![
        Field::required("kind", code(), "What kind of thing it changes."),
        Field::required(
            "subject",
            text(),
            "The component, group or quantity around it, or `pack`.",
        ),
        Field::required("path", text(), "Where, in the pack."),
        Field::optional("before", text(), "What stands there, as JSON."),
        Field::optional("after", text(), "What the mutant has there."),
    ];
    let of = |more: Vec<Field>| join(vec![fields.clone(), more]);
    let mutant = Shape::Tagged {
        tag: "verdict",
        variants: vec![
            (
                "refused",
                of(vec![Field::required(
                    "codes",
                    codes(),
                    "Codes of the faults.",
                )]),
            ),
            (
                "unsound",
                of(vec![Field::required("code", code(), "What disagrees.")]),
            ),
            (
                "killed",
                of(vec![Field::required("case", text(), "File of the case.")]),
            ),
            (
                "equal",
                of(vec![Field::required("arguments", codes(), "Why.")]),
            ),
            (
                "survived",
                of(vec![
                    Field::required("code", text(), "What scores differently."),
                    Field::required(
                        "witness",
                        Shape::Ref("witness"),
                        "A record on which it does.",
                    ),
                    Field::required(
                        "draft",
                        Shape::nullable(case::whole()),
                        "A case that would fail, for an author to confirm.",
                    ),
                ]),
            ),
            (
                "undecided",
                of(vec![Field::required(
                    "changes",
                    list(Shape::Ref("change")),
                    "What is different.",
                )]),
            ),
        ],
    };
    Format {
        name: "cchc-mutation",
        version: 1,
        title: "A pack with one thing changed at a time, and whether a case notices",
        root: Shape::Object(join(vec![
            pack_fields(),
            vec![
                Field::required("cases", count(), "Cases that pass."),
                Field::required("cases_not_passed", count(), "Cases that do not."),
                Field::required(
                    "counts",
                    Shape::map(count(), 10),
                    "How many mutants have each verdict.",
                ),
                Field::required("mutants", list(mutant), "In the order of the pack."),
            ],
        ])),
        definitions: compared(),
    }
}

/// The format of drafts of cases.
pub fn drafts_format() -> Format {
    let draft = Shape::Object(vec![
        Field::required("file", text(), "A name that no case of the pack bears."),
        Field::required("case", case::whole(), "The case, to be confirmed."),
    ]);
    let demand = Shape::Object(vec![
        Field::required("kind", code(), "What kind of thing."),
        Field::optional("code", text(), "Code of the component."),
        Field::required("of", list(text()), "The quantities read, or the ground."),
        Field::optional("class", text(), "The class of unit."),
        Field::optional("role", text(), "The role, for evidence."),
        Field::required("what", text(), "A reason, or the side of a threshold."),
        Field::optional("at", exact(), "The threshold."),
        Field::optional("unit", exact(), "One unit of its last written place."),
    ]);
    Format {
        name: "cchc-drafts",
        version: 1,
        title: "Drafts of the cases that a pack lacks",
        root: Shape::Object(join(vec![
            pack_fields(),
            vec![
                Field::required("drafts", list(draft), "The drafts."),
                Field::optional("written", Shape::Bool, "Whether they were written."),
                Field::required(
                    "unmet",
                    list(demand),
                    "What is to be exercised, and no record was found that does.",
                ),
            ],
        ])),
        definitions: vec![],
    }
}

/// The format of comparisons of two packs.
pub fn diff_format() -> Format {
    let name = Shape::Object(vec![
        Field::required("id", Shape::Id, "Its name."),
        Field::required("title", Shape::Ref("title"), "Its title."),
        Field::required("digest", text(), "Its digest."),
        Field::required("scored_year", year(), "The scored year."),
        Field::optional("note", text(), "A remark."),
    ]);
    let header = Shape::Object(vec![
        Field::required("what", code(), "Which field."),
        Field::required("old", blank(), "As the old pack has it."),
        Field::required("new", blank(), "As the new pack has it."),
    ]);
    let component = Shape::Object(vec![
        Field::required("code", Shape::Code, "Its code."),
        Field::required("title", Shape::Ref("title"), "Its title."),
        Field::required("max", exact(), "Its maximum."),
        Field::required(
            "bonus_penalty",
            Shape::Bool,
            "Whether it stands in that block.",
        ),
    ]);
    let differs = Shape::ExactlyOne {
        common: vec![],
        alternatives: vec![
            Field::optional("equal", code(), "Why they score the same."),
            Field::optional(
                "differs",
                list(Shape::Ref("witness")),
                "Records that show it.",
            ),
            Field::optional(
                "not_comparable",
                Shape::Object(vec![
                    Field::required("old", list(text()), "What only the old one reads."),
                    Field::required("new", list(text()), "What only the new one reads."),
                ]),
                "They read different quantities.",
            ),
        ],
    };
    let difference = Shape::Object(vec![
        Field::required("code", Shape::Code, "Its code in the old pack."),
        Field::required(
            "changes",
            list(Shape::Ref("change")),
            "What the packs have differently.",
        ),
        Field::required(
            "verdict",
            Shape::either(Shape::OneOf(&["not_analysed"]), differs),
            "Whether that moves its points.",
        ),
    ]);
    let kept = Shape::Object(vec![
        Field::required("old", Shape::Ref("component"), "In the old pack."),
        Field::required("new", Shape::Ref("component"), "In the new pack."),
        Field::required("moved", Shape::Bool, "Another code or area."),
        Field::required("retitled", Shape::Bool, "Another title."),
        Field::required("difference", difference, "What scores differently."),
    ]);
    let both = vec![
        Field::required("old", Shape::Ref("numbers"), "Under the old pack."),
        Field::required("new", Shape::Ref("numbers"), "Under the new pack."),
    ];
    let leaf = vec![
        Field::required("code", Shape::Code, "Code in the old pack."),
        Field::required("new_code", Shape::Code, "Code in the new pack."),
    ];
    let more = vec![Field::required(
        "difference",
        exact(),
        "Standing under the new pack less that under the old one.",
    )];
    let on = Shape::Object(join(vec![
        vec![
            Field::required("as_of", Shape::Date, "As-of date under the old pack."),
            Field::required("new_as_of", Shape::Date, "As-of date under the new pack."),
            Field::required(
                "leaves",
                list(Shape::Object(join(vec![leaf, both.clone(), more]))),
                "Components that both packs have.",
            ),
        ],
        both,
        vec![Field::required(
            "left_out",
            list(text()),
            "What the submission says and the new pack does not ask.",
        )],
    ]));
    let mut definitions = compared();
    definitions.extend([
        ("title", title()),
        ("component", component),
        (
            "numbers",
            Shape::Object(super::assessment::numbers_of(exact)),
        ),
    ]);
    Format {
        name: "cchc-diff",
        version: 1,
        title: "A pack and its successor, component by component",
        root: Shape::Object(vec![
            engine(),
            Field::required("old", name.clone(), "The old pack."),
            Field::required("new", name, "The new pack."),
            Field::required("header", list(header), "What differs at the head."),
            Field::required(
                "whole",
                list(Shape::Ref("aspect")),
                "What differs of groups, classes and agreements.",
            ),
            Field::required(
                "removed",
                list(Shape::Ref("component")),
                "Components that only the old pack has.",
            ),
            Field::required(
                "added",
                list(Shape::Ref("component")),
                "Components that only the new pack has.",
            ),
            Field::required("kept", list(kept), "Components that both have."),
            Field::optional("on", on, "A submission under both packs."),
        ]),
        definitions,
    }
}

/// What comparisons of components are told with.
fn compared() -> Vec<(&'static str, Shape)> {
    let aspect = || {
        vec![
            Field::required("what", code(), "Which part."),
            Field::optional("of", text(), "The quantity or ground."),
            Field::optional("part", text(), "The role or obligation."),
        ]
    };
    let widened = vec![Field::required(
        "widened",
        Shape::Bool,
        "Whether the new pack only takes more records.",
    )];
    let observed = Shape::Object(vec![
        Field::required("max", exact(), "The applicable maximum."),
        Field::required("secured", exact(), "Points that are certain."),
        Field::required("standing", exact(), "Points if nothing more is done."),
        Field::required("attainable", exact(), "Points that can still be reached."),
        Field::required("outcome", blank(), "How it came to them; a class."),
        Field::required("because", codes(), "Reasons, or findings, as codes."),
    ]);
    let witness = Shape::Object(vec![
        Field::required("as_of", Shape::Date, "As-of date, in the old pack's year."),
        Field::required("given", Shape::Ref("given"), "The facts, as in a case."),
        Field::required("old", Shape::Ref("observed"), "What the old pack says."),
        nullable(
            "new",
            Shape::Ref("observed"),
            "What the new pack says; null: it refuses the record.",
        ),
    ]);
    vec![
        ("aspect", Shape::Object(aspect())),
        ("change", Shape::Object(join(vec![aspect(), widened]))),
        ("observed", observed),
        ("witness", witness),
        ("given", case::given()),
    ]
}

fn pack_fields() -> Vec<Field> {
    vec![
        engine(),
        Field::required("pack", Shape::Id, "Name of the pack."),
        Field::required("pack_digest", text(), "Digest of the pack."),
    ]
}

fn engine() -> Field {
    Field::required("engine", Shape::text(50), "Version of the engine.")
}

fn place() -> Vec<Field> {
    let number = || Shape::Integer {
        min: 1,
        max: i64::from(u32::MAX),
    };
    vec![
        Field::required("file", blank(), "Name of the file."),
        Field::required("line", number(), "Line, from 1."),
        Field::required("column", number(), "Column, from 1."),
        Field::required("path", text(), "Path from the root, which is `$`."),
    ]
}

fn list(of: Shape) -> Shape {
    Shape::array(of, 0, MANY)
}

fn codes() -> Shape {
    list(text())
}

fn code() -> Shape {
    Shape::text(100)
}

fn exact() -> Shape {
    Shape::text(LONG)
}

fn text() -> Shape {
    Shape::text(LONG)
}

fn blank() -> Shape {
    Shape::Text {
        max: LONG,
        allow_empty: true,
    }
}

fn count() -> Shape {
    Shape::Integer {
        min: 0,
        max: i64::MAX,
    }
}

fn year() -> Shape {
    Shape::Integer {
        min: 1900,
        max: 2200,
    }
}

fn nullable(name: &'static str, of: Shape, doc: &'static str) -> Field {
    Field::required(name, Shape::nullable(of), doc)
}
