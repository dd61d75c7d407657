//! The JSON of answers about what can still be done, and about official scores.
//!
//! Formats `cchc-levers`, `cchc-what-if`, `cchc-history`, `cchc-regain`,
//! `cchc-reconciliation`, `cchc-plan` and `cchc-progress`, version 1. The answers are written by their own types; the formats
//! are here for those who read them elsewhere, and tests hold the two together. Numbers are
//! texts, as in assessments.

use std::sync::LazyLock;

use crate::json::{Field, Format, Shape};
use crate::model::ActKind;
use crate::reading::TaskStatus;
use crate::reconcile::ROUNDS;
use crate::regain::{Failure, OutsideReason, ShortReason};
use crate::wire::assessment::{
    LONG, OUTCOMES, REASONS, basis, class, evidence, exact, index, join, list, nullable, numbers,
    opening, source, totals,
};
use crate::wire::{MAX_EFFORT, effort, title};

/// The codes of a list, as a shape asks for them.
macro_rules! codes {
    ($($name:ident: $of:ty;)*) => {
        $(static $name: LazyLock<Vec<&'static str>> =
            LazyLock::new(|| <$of>::ALL.iter().map(|it| it.code()).collect());)*
    };
}

codes! {
    ACTS: ActKind;
    FAILURES: Failure;
    OUTSIDE: OutsideReason;
    SHORT: ShortReason;
    STATUSES: TaskStatus;
}

/// The format of levers.
pub fn levers_format() -> Format {
    let also = Shape::Object(vec![
        Field::required("code", Shape::Code, "Its code."),
        exact("standing", "Its standing points, after less before."),
    ]);
    let lever = Shape::Object(vec![
        Field::required(
            "acts",
            list(Shape::Ref("act")),
            "What is to be done, together.",
        ),
        Field::required("after", Shape::Ref("three"), "The numbers with that done."),
        Field::required("gain", Shape::Ref("three"), "By how much each changes."),
        Field::required("from", Shape::Date, "First day for all of it."),
        until("Last day for all of it; null where the unit cannot tell."),
        Field::required("evidence", list(Shape::Ref("role")), "Documents, by role."),
        upper_level(),
        Field::required(
            "margin",
            list(Shape::Ref("guard")),
            "What those points survive.",
        ),
        Field::optional("also", list(also), "What other components gain or lose."),
    ]);
    let leaf = join(vec![
        named(),
        numbers(),
        vec![Field::required(
            "illustrative",
            Shape::Bool,
            "Whether its figures are not official.",
        )],
        offices(),
        vec![
            Field::required("levers", list(lever), "By the points that they reach."),
            Field::required(
                "guards",
                list(Shape::Ref("guard")),
                "What standing survives.",
            ),
            Field::optional(
                "outside",
                list(Shape::Object(outside())),
                "What no lever covers.",
            ),
        ],
    ]);
    answer(
        "cchc-levers",
        "Levers: the smallest changes that bring points back, and what points survive",
        vec![Field::required(
            "leaves",
            list(Shape::Object(leaf)),
            "Components, in the order of the pack.",
        )],
    )
}

/// The format of what-if answers.
pub fn what_if_format() -> Format {
    let supposed = Shape::Object(vec![
        Field::required(
            "kind",
            Shape::OneOf(&["set", "add", "mend"]),
            "What is done to it.",
        ),
        Field::required("text", Shape::text(LONG), "What was written."),
        Field::required(
            "is_correction",
            Shape::Bool,
            "Whether it takes something back.",
        ),
    ]);
    let because = || list(Shape::text(100));
    let moved = join(vec![
        named(),
        vec![
            Field::required("before", Shape::Ref("numbers"), "As the record stands."),
            Field::required("after", Shape::Ref("numbers"), "With all that supposed."),
            Field::required(
                "outcome_before",
                Shape::OneOf(OUTCOMES),
                "How it came to them.",
            ),
            Field::required(
                "outcome_after",
                Shape::OneOf(OUTCOMES),
                "How it comes to them.",
            ),
            Field::required(
                "because_before",
                because(),
                "What standing rested on, as codes.",
            ),
            Field::required("because_after", because(), "What it rests on, as codes."),
            Field::required(
                "by",
                list(count()),
                "Suppositions that it reads, by place from 0.",
            ),
        ],
    ]);
    answer(
        "cchc-what-if",
        "What if: the numbers with and without some facts supposed",
        join(vec![
            vec![Field::required(
                "supposed",
                list(supposed),
                "In the order given.",
            )],
            before_and_after(),
            vec![Field::required(
                "moved",
                list(Shape::Object(moved)),
                "Components that change.",
            )],
        ]),
    )
}

/// The format of histories.
pub fn history_format() -> Format {
    let step = join(vec![
        named(),
        three(),
        vec![
            Field::required(
                "settled",
                Shape::Bool,
                "Whether nothing can change any more.",
            ),
            Field::required("widens", Shape::Bool, "Whether an end moved outward."),
            Field::required("closed", list(opening()), "What could be done until then."),
        ],
    ]);
    let moment = join(vec![
        vec![Field::required(
            "as_of",
            Shape::Date,
            "The start of this day is seen.",
        )],
        numbers(),
        vec![
            Field::required(
                "narrows",
                Shape::Bool,
                "Whether all ends lie within those before.",
            ),
            Field::required(
                "changed",
                list(Shape::Object(step)),
                "Components that changed.",
            ),
        ],
    ]);
    answer(
        "cchc-history",
        "The year as a line: the three numbers over as-of dates",
        vec![Field::required(
            "moments",
            list(Shape::Object(moment)),
            "The dates, earliest first.",
        )],
    )
}

/// The format of plans for a goal.
pub fn regain_format() -> Format {
    let goal = Shape::Object(vec![
        Field::optional("code", Shape::Code, "The one component."),
        Field::optional("points", Shape::Ref("exact"), "Points to be reached."),
        Field::optional("class", Shape::Id, "Class to be reached."),
        Field::optional("by", Shape::Date, "Only what can be begun by this day."),
        Field::optional("at_most", count(), "The most effort."),
        Field::optional("effort", effort(), "Effort by kind; of others 1."),
    ]);
    let planned = join(vec![
        act(),
        vec![
            Field::optional(
                "also",
                list(Shape::Ref("act")),
                "The same for other quantities.",
            ),
            Field::required(
                "effort",
                Shape::Integer {
                    min: 1,
                    max: i64::try_from(MAX_EFFORT)
                        .unwrap_or(i64::MAX)
                        .saturating_mul(1_000_000),
                },
                "Its effort.",
            ),
            Field::required(
                "codes",
                list(Shape::Code),
                "Components whose points need it.",
            ),
            Field::optional(
                "gates",
                list(Shape::Id),
                "Gates of the class that it opens.",
            ),
            Field::required("evidence", list(Shape::Ref("role")), "Documents, by role."),
        ],
    ]);
    let gain = join(vec![
        named(),
        vec![
            exact("before", "Standing points as the record stands."),
            exact("after", "Standing points with the plan done."),
        ],
        offices(),
    ]);
    let short = Shape::Object(vec![
        exact("most", "The most standing points that a plan reaches."),
        Field::required("reason", Shape::OneOf(&SHORT), "Why no more."),
    ]);
    let left = join(vec![
        vec![Field::required("code", Shape::Code, "The component.")],
        outside(),
    ]);
    answer(
        "cchc-regain",
        "The best set of acts for a goal",
        join(vec![
            vec![Field::required("goal", goal, "What was asked.")],
            before_and_after(),
            vec![
                Field::required("acts", list(Shape::Object(planned)), "What is to be done."),
                Field::required("leaves", list(Shape::Object(gain)), "Components that gain."),
                Field::required("effort", count(), "Effort of all acts."),
                until("The latest of the last days; null where one has none."),
                Field::optional("short", short, "Why the target is not reached."),
                Field::optional(
                    "outside",
                    list(Shape::Object(left)),
                    "What was not searched.",
                ),
            ],
        ]),
    )
}

/// The format of reconciliations.
pub fn reconciliation_format() -> Format {
    let document = Shape::Object(vec![
        Field::required("id", Shape::Id, "Its name in the register."),
        Field::required("kind", Shape::text(20), "Its kind, such as `BC`."),
        Field::optional("citation", Shape::text(500), "Number and symbol."),
        Field::optional("issued_on", Shape::Date, "The date it bears."),
        Field::optional("issuer", Shape::text(LONG), "Who issued it."),
        Field::optional("subject", Shape::text(LONG), "What it is about."),
        Field::optional("page", Shape::text(LONG), "Page or section."),
        Field::required(
            "accepted",
            Shape::Bool,
            "Whether it is accepted for some fact.",
        ),
    ]);
    let component = join(vec![
        named(),
        vec![
            exact("max", "The maximum that the pack states."),
            exact("official", "The official points."),
            exact("computed", "The computed points."),
            exact("difference", "Official less computed."),
            Field::required(
                "illustrative",
                Shape::Bool,
                "Whether its figures are not official.",
            ),
            Field::required(
                "outcome",
                Shape::OneOf(OUTCOMES),
                "How the computed came about.",
            ),
            Field::required(
                "because",
                list(Shape::text(100)),
                "What they rest on, as codes.",
            ),
            Field::required(
                "causes",
                list(cause()),
                "Readings that give the official points.",
            ),
            Field::required(
                "all_tried",
                Shape::Bool,
                "Whether every reading was replayed.",
            ),
            Field::required(
                "contested",
                Shape::Bool,
                "Whether the unit has something to put forward.",
            ),
            Field::optional(
                "evidence",
                list(Shape::Ref("evidence")),
                "What documents prove.",
            ),
            Field::optional("documents", list(document), "The documents named there."),
            Field::required("sources", list(source()), "Where the figures come from."),
        ],
    ]);
    let mut format = answer(
        "cchc-reconciliation",
        "Official scores of a round against the computed ones",
        vec![
            Field::required("round", Shape::OneOf(ROUNDS), "The round."),
            exact("official", "Official points, added up."),
            exact("computed", "Computed points of the same components."),
            exact("difference", "Official less computed."),
            Field::required(
                "components",
                list(Shape::Object(component)),
                "Scored components.",
            ),
            Field::required(
                "not_scored",
                list(Shape::Code),
                "Codes that were not scored.",
            ),
            Field::required(
                "not_in_pack",
                list(Shape::text(200)),
                "Codes that are not there.",
            ),
        ],
    );
    let fact = Shape::Object(vec![
        Field::optional("quantity", Shape::Id, "The quantity."),
        Field::required(
            "fact",
            Shape::text(500),
            "An event, a figure's day, a ground.",
        ),
        Field::required("path", Shape::text(200), "Its place in the submission."),
        Field::required("documents", list(Shape::Id), "Its documents."),
    ]);
    let obligation = Shape::Object(vec![
        Field::required("quantity", Shape::Id, "The quantity."),
        Field::required("obligation", Shape::Id, "The obligation."),
        Field::required("done_on", Shape::Date, "When it was fulfilled."),
        Field::required("due", Shape::Date, "The last day in time."),
    ]);
    format.definitions.extend([
        ("evidence", evidence()),
        ("fact", fact),
        ("obligation", obligation),
    ]);
    format
}

/// The format of plans as they were read.
pub fn plan_format() -> Format {
    let root = vec![
        Field::required("file", Shape::text(LONG), "The file."),
        nullable("year", year(), "The year of times without one."),
        Field::required(
            "tasks",
            list(Shape::Ref("task")),
            "In the order of the plan.",
        ),
        Field::required(
            "duties",
            list(Shape::Ref("duty")),
            "What is asked of everybody.",
        ),
        Field::required(
            "findings",
            list(Shape::Ref("finding")),
            "What is to be said.",
        ),
    ];
    Format {
        name: "cchc-plan",
        version: 1,
        title: "A remediation plan as it was read",
        root: Shape::Object(root),
        definitions: vec![
            ("task", Shape::Object(task())),
            ("duty", Shape::Object(duty())),
            ("finding", observation()),
            ("place", spot()),
        ],
    }
}

/// The format of plans beside an assessment.
pub fn progress_format() -> Format {
    let status = || Field::required("status", Shape::OneOf(&STATUSES), "How far it is.");
    let task = join(vec![
        task(),
        vec![
            status(),
            Field::required("by_time_alone", Shape::Bool, "Whether by its time alone."),
            Field::required("by_word_alone", Shape::Bool, "Whether by the plan's word."),
            nullable(
                "day",
                Shape::Date,
                "The next last day, or the one that has passed.",
            ),
            nullable(
                "numbers",
                Shape::Ref("numbers"),
                "Numbers of its component.",
            ),
            Field::required("open", list(opening()), "What can still be done."),
        ],
    ]);
    let duty = join(vec![
        duty(),
        vec![
            status(),
            nullable("day", Shape::Date, "The last day of the plan's year."),
        ],
    ]);
    let mut format = answer(
        "cchc-progress",
        "A remediation plan beside an assessment",
        vec![
            Field::required("file", Shape::text(LONG), "The file of the plan."),
            Field::required("soon_days", count(), "How many days count as soon."),
            Field::required(
                "tasks",
                list(Shape::Object(task)),
                "In the order of the plan.",
            ),
            Field::required(
                "duties",
                list(Shape::Object(duty)),
                "What is asked of everybody.",
            ),
            Field::required(
                "findings",
                list(Shape::Ref("finding")),
                "What is to be said.",
            ),
        ],
    );
    format
        .definitions
        .extend([("finding", observation()), ("place", spot())]);
    format
        .definitions
        .retain(|(name, _)| !["three", "act", "guard", "role"].contains(name));
    format
}

fn task() -> Vec<Field> {
    let period = Shape::Object(vec![
        Field::required("text", Shape::text(LONG), "The words, in lower case."),
        Field::required("from", Shape::Date, "First day of what is named."),
        Field::required("to", Shape::Date, "Last day of what is named."),
        Field::required(
            "before",
            Shape::Bool,
            "Whether it is to be done before that.",
        ),
        nullable("last_day", Shape::Date, "Last day in time."),
    ]);
    let kinds = &["periods", "throughout", "other_plan", "words"];
    let time = Shape::Object(vec![
        Field::required("text", words(), "The words of the plan."),
        Field::required("kind", Shape::OneOf(kinds), "How they are to be taken."),
        Field::required("periods", list(period), "What they name."),
    ]);
    let reported = Shape::Object(vec![
        Field::required("text", Shape::text(LONG), "The words."),
        nullable(
            "done",
            Shape::Bool,
            "Whether it is done; null: they do not say.",
        ),
        Field::optional("on", Shape::Date, "The day that they name."),
    ]);
    join(vec![
        vec![
            nullable("area", words(), "Area under which it stands."),
            nullable("code", words(), "Code of the component, as written."),
            Field::required("title", words(), "Title of the component or of the task."),
            nullable("time", time, "When."),
        ],
        who(),
        vec![
            nullable("work", words(), "What is to be done."),
            Field::optional("reported", reported, "How far it is, by the plan."),
            Field::required("at", Shape::Ref("place"), "Where it starts."),
        ],
    ])
}

fn duty() -> Vec<Field> {
    join(vec![
        who(),
        vec![
            Field::required("text", words(), "The words."),
            Field::required(
                "watches",
                Shape::Bool,
                "Whether it is to watch over the plan.",
            ),
            Field::required("at", Shape::Ref("place"), "Where it starts."),
        ],
    ])
}

/// What is said of a file.
fn observation() -> Shape {
    Shape::Object(vec![
        Field::required("code", Shape::Id, "Stable code."),
        Field::required(
            "severity",
            Shape::OneOf(&["problem", "warning", "note"]),
            "How serious.",
        ),
        Field::optional("field", Shape::Id, "The field that it concerns."),
        Field::required("at", Shape::Ref("place"), "Where it stands."),
        Field::required("params", Shape::map(words(), 50), "What the text needs."),
        Field::required("remedy", Shape::Id, "Code of what to do about it."),
    ])
}

/// A place in a text, or the file as a whole.
fn spot() -> Shape {
    Shape::Object(vec![
        Field::optional("page", count(), "Page, from 1."),
        Field::optional("line", count(), "Line, from 1; in DOCX the paragraph."),
        Field::optional("column", count(), "Character in the line, from 1."),
    ])
}

fn who() -> Vec<Field> {
    vec![
        Field::required("lead", list(words()), "Who leads, as written."),
        Field::required("with", list(words()), "Who helps, as written."),
    ]
}

fn words() -> Shape {
    Shape::Text {
        max: LONG,
        allow_empty: true,
    }
}

fn year() -> Shape {
    Shape::Integer { min: 0, max: 9999 }
}

fn cause() -> Shape {
    let facts = || {
        vec![Field::required(
            "facts",
            list(Shape::Ref("fact")),
            "All together.",
        )]
    };
    let obligations = || {
        let list = list(Shape::Ref("obligation"));
        vec![Field::required("obligations", list, "All together.")]
    };
    let seen = || {
        vec![
            Field::required("as_of", Shape::Date, "As of this day the points are those."),
            Field::required(
                "facts",
                list(Shape::Ref("fact")),
                "Facts that are seen or not.",
            ),
            Field::required(
                "documents",
                list(Shape::Id),
                "Documents that are seen or not.",
            ),
        ]
    };
    let modes = &["half_up", "half_even", "half_down", "down", "up", "none"];
    Shape::Tagged {
        tag: "code",
        variants: vec![
            ("evidence_rejected", facts()),
            ("evidence_accepted", facts()),
            ("late_not_met", obligations()),
            ("met_not_late", obligations()),
            (
                "other_bound",
                vec![
                    Field::required("bound", Shape::text(LONG), "The number."),
                    Field::required("paths", list(Shape::text(LONG)), "Places in the pack."),
                ],
            ),
            ("later_record", seen()),
            ("earlier_record", seen()),
            (
                "other_figure",
                vec![
                    Field::required("quantity", Shape::Id, "The quantity."),
                    Field::required("path", Shape::text(200), "The figure's place."),
                    Field::required("stated", Shape::text(LONG), "What it states."),
                    Field::required("other", Shape::text(LONG), "What the other one does."),
                    Field::optional("total", count(), "Items in all, for a share."),
                ],
            ),
            (
                "judged",
                vec![
                    Field::required("quantity", Shape::Id, "The quantity."),
                    Field::optional("points", Shape::Ref("exact"), "Points."),
                    Field::optional("verdict", Shape::Id, "The verdict."),
                ],
            ),
            (
                "other_rounding",
                vec![
                    exact("exact", "Points before rounding."),
                    Field::required(
                        "places",
                        Shape::Integer { min: 0, max: 6 },
                        "Decimal places.",
                    ),
                    Field::required("mode", Shape::OneOf(modes), "To which side."),
                ],
            ),
        ],
    }
}

/// An answer with its basis and the shapes that these answers share.
fn answer(name: &'static str, title_of: &'static str, fields: Vec<Field>) -> Format {
    let basis = Field::required("basis", basis(), "What the answer rests on.");
    let root = Shape::Object(join(vec![vec![basis], fields]));
    let guard = Shape::Object(vec![
        Field::required("quantity", Shape::Id, "The quantity."),
        Field::required("failure", Shape::OneOf(&FAILURES), "What goes wrong."),
        nullable(
            "survives",
            count(),
            "How many do no harm; null: any number.",
        ),
        Field::required(
            "of_open",
            count(),
            "Of those, the ones that are open already.",
        ),
    ]);
    let role = Shape::Object(vec![
        Field::required("quantity", Shape::Id, "The quantity."),
        Field::required("role", Shape::Id, "The role."),
        Field::required(
            "kinds",
            list(Shape::text(20)),
            "Kinds of document that can play it.",
        ),
        Field::required("at_least", count(), "How many documents."),
    ]);
    Format {
        name,
        version: 1,
        title: title_of,
        root,
        definitions: vec![
            ("title", title()),
            ("exact", Shape::text(LONG)),
            ("numbers", Shape::Object(numbers())),
            ("index", index()),
            ("three", Shape::Object(three())),
            ("act", Shape::Object(act())),
            ("guard", guard),
            ("role", role),
        ],
    }
}

fn act() -> Vec<Field> {
    let items = Shape::Object(vec![
        Field::required("won", count(), "So many items."),
        Field::required("total", count(), "Of so many."),
    ]);
    let reaches = Shape::ExactlyOne {
        common: vec![],
        alternatives: vec![
            Field::optional("items", items, "A share."),
            Field::optional("number", Shape::Ref("exact"), "A number."),
        ],
    };
    let to_mend = Shape::Object(vec![
        Field::required("id", Shape::Id, "Its name in the register."),
        Field::optional("citation", Shape::text(500), "Number and symbol."),
        Field::optional("role", Shape::Id, "The role it was held against."),
        Field::required("reasons", list(Shape::OneOf(&REASONS)), "Why not."),
    ]);
    vec![
        Field::required("kind", Shape::OneOf(&ACTS), "What is done."),
        Field::required("quantity", Shape::Id, "The quantity that it changes."),
        Field::optional(
            "subject",
            Shape::text(500),
            "The event, obligation or figure.",
        ),
        Field::required("units", count(), "How many more."),
        Field::required(
            "of_open",
            count(),
            "Of the units, those that are open already.",
        ),
        Field::required("open", count(), "Open items as the record stands."),
        Field::optional("reaches", reaches, "Where the quantity stands afterwards."),
        Field::required("from", Shape::Date, "First day."),
        until("Last day; null where the unit cannot tell."),
        upper_level(),
        Field::optional(
            "to_mend",
            list(to_mend),
            "Documents that do not prove it yet.",
        ),
        Field::optional("unfilled", list(Shape::Id), "Roles that lack documents."),
    ]
}

fn outside() -> Vec<Field> {
    vec![
        Field::optional("quantity", Shape::Id, "The quantity."),
        Field::required("reason", Shape::OneOf(&OUTSIDE), "Why."),
    ]
}

fn three() -> Vec<Field> {
    vec![
        exact("secured", "Certain, whatever happens."),
        exact("standing", "If nothing more is done."),
        exact("attainable", "The most that can still be reached."),
    ]
}

fn before_and_after() -> Vec<Field> {
    vec![
        Field::required("before", totals(), "All components, as the record stands."),
        Field::required("after", totals(), "All components afterwards."),
        Field::optional("class_before", class(), "Class as the record stands."),
        Field::optional("class_after", class(), "Class afterwards."),
    ]
}

fn named() -> Vec<Field> {
    vec![
        Field::required("code", Shape::Code, "Its code."),
        Field::required("title", Shape::Ref("title"), "Its title."),
    ]
}

fn offices() -> Vec<Field> {
    vec![
        Field::optional("lead", Shape::Id, "Office in charge."),
        Field::optional("with", list(Shape::Id), "Offices that help."),
    ]
}

fn until(doc: &'static str) -> Field {
    nullable("until", Shape::Date, doc)
}

fn upper_level() -> Field {
    Field::required(
        "depends_on_upper_level",
        Shape::Bool,
        "Whether the unit depends on the level above it.",
    )
}

fn count() -> Shape {
    Shape::Integer {
        min: 0,
        max: i64::MAX,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reconcile::Cause;

    #[test]
    fn every_cause_has_its_shape() {
        let Shape::Tagged { variants, .. } = cause() else {
            panic!("causes are told apart by their codes");
        };
        let codes: Vec<&str> = variants.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, Cause::CODES);
    }
}
