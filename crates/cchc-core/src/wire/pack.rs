//! The JSON of a rule pack: what stands in `pack.json`, field by field.
//!
//! Format `cchc-pack`, version 1. Shape and serde structs stand side by side; meaning is
//! given to them in `lower`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::form::{self, Condition, RuleWire};
use crate::facts::DocumentKind;
use crate::json::{Field, Format, Shape};
use crate::model::ActKind;
use crate::values::{Exact, RoundingMode};

/// Most quantities of a pack.
pub const MAX_QUANTITIES: usize = 5_000;
/// Most children of one node of the tree.
pub const MAX_CHILDREN: usize = 1_000;
/// Most obligations of one due set.
pub const MAX_OBLIGATIONS: usize = 400;

#[derive(Debug, Deserialize)]
pub(super) struct PackWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) note: Option<String>,
    pub(super) level: String,
    pub(super) scored_year: i32,
    pub(super) issuer: String,
    pub(super) decision: Option<DecisionWire>,
    pub(super) validity: WindowWire,
    pub(super) window: WindowWire,
    pub(super) document_window: Option<WindowWire>,
    pub(super) hand_in_by: NaiveDate,
    pub(super) coverage: String,
    pub(super) max: Exact,
    pub(super) rounding: RoundingWire,
    pub(super) sources: Vec<SourceWire>,
    #[serde(default)]
    pub(super) offices: Vec<OfficeWire>,
    #[serde(default)]
    pub(super) unit_classes: Vec<String>,
    pub(super) quantities: Vec<QuantityWire>,
    pub(super) tree: Vec<NodeWire>,
    #[serde(default)]
    pub(super) classes: Vec<ClassWire>,
    #[serde(default)]
    pub(super) class_gates: Vec<GateWire>,
    #[serde(default)]
    pub(super) consistency: Vec<ConsistencyWire>,
    #[serde(default)]
    pub(super) effort: BTreeMap<String, u64>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct TitleWire {
    pub(super) vi: String,
    pub(super) en: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct DecisionWire {
    pub(super) number: String,
    pub(super) date: NaiveDate,
    pub(super) title: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct WindowWire {
    pub(super) from: NaiveDate,
    pub(super) to: NaiveDate,
}

#[derive(Debug, Deserialize)]
pub(super) struct RoundingWire {
    pub(super) places: u32,
    pub(super) mode: RoundingMode,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct SourceWire {
    pub(super) of: Vec<String>,
    pub(super) document: Option<String>,
    pub(super) item: Option<String>,
    pub(super) quote: Option<String>,
    pub(super) illustrative: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct OfficeWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
}

#[derive(Debug, Deserialize)]
pub(super) struct QuantityWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) window: Option<WindowWire>,
    pub(super) hand_in_by: Option<NaiveDate>,
    pub(super) depends_on: Option<String>,
    pub(super) predecessors: Option<String>,
    pub(super) observation: Option<String>,
    #[serde(default)]
    pub(super) proof: ProofWire,
    #[serde(default)]
    pub(super) sources: Vec<SourceWire>,
    #[serde(flatten)]
    pub(super) kind: KindWire,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(super) enum KindWire {
    Count {
        by: String,
        event: Option<String>,
    },
    DueSet {
        event: String,
        obligations: Vec<ObligationWire>,
    },
    Share {
        by: String,
        event: Option<String>,
        total: Option<TotalWire>,
        open_at_close: Option<String>,
        #[serde(default)]
        overdue: bool,
        #[serde(default)]
        min_total: u64,
    },
    Flag {
        movement: String,
        sample: Option<SampleWire>,
    },
    Measure {
        domain: Option<RangeWire>,
        #[serde(default)]
        options: Vec<OptionWire>,
    },
    Judgement {
        range: Option<RangeWire>,
        verdicts: Option<Vec<String>>,
    },
}

#[derive(Debug, Deserialize)]
pub(super) struct ObligationWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) due: DueWire,
}

#[derive(Debug, Deserialize)]
pub(super) struct DueWire {
    pub(super) date: Option<NaiveDate>,
    pub(super) roll: Option<String>,
    pub(super) working_days: Option<u32>,
    pub(super) after: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum TotalWire {
    Named(String),
    AtMost { at_most: u64 },
}

#[derive(Debug, Deserialize)]
pub(super) struct SampleWire {
    pub(super) margin: Exact,
}

#[derive(Debug, Deserialize)]
pub(super) struct RangeWire {
    pub(super) min: Option<Exact>,
    pub(super) max: Option<Exact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct OptionWire {
    pub(super) id: String,
    pub(super) weight: Exact,
}

#[derive(Debug, Default, Deserialize)]
pub(super) struct ProofWire {
    pub(super) roles: Vec<RoleWire>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RoleWire {
    pub(super) role: String,
    pub(super) title: Option<TitleWire>,
    pub(super) kinds: Vec<DocumentKind>,
    pub(super) at_least: Option<usize>,
    pub(super) when: Option<String>,
    pub(super) of: Option<String>,
    #[serde(default)]
    pub(super) issuer_levels: Vec<String>,
    #[serde(default)]
    pub(super) issuers: Vec<String>,
    pub(super) number_pattern: Option<PatternWire>,
    pub(super) window: Option<WindowWire>,
    pub(super) deadline: Option<DueWire>,
    pub(super) dated: Option<String>,
    pub(super) order: Option<String>,
    pub(super) refers_to: Option<ReferenceWire>,
    #[serde(default)]
    pub(super) page: bool,
    #[serde(default)]
    pub(super) signed: bool,
    #[serde(default)]
    pub(super) distinct: bool,
    #[serde(default)]
    pub(super) fields: Vec<RequiredFieldWire>,
}

#[derive(Debug, Deserialize)]
pub(super) struct PatternWire {
    pub(super) pattern: String,
    pub(super) accepts: Vec<String>,
    pub(super) refuses: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ReferenceWire {
    pub(super) rel: Vec<String>,
    pub(super) target: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct RequiredFieldWire {
    pub(super) name: String,
    pub(super) is: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct NodeWire {
    pub(super) code: String,
    pub(super) title: TitleWire,
    pub(super) source_title: Option<String>,
    pub(super) max: Option<Exact>,
    pub(super) min: Option<Exact>,
    pub(super) children: Option<Vec<NodeWire>>,
    pub(super) cap: Option<Exact>,
    pub(super) floor: Option<Exact>,
    pub(super) block: Option<String>,
    pub(super) rule: Option<RuleWire>,
    pub(super) unproved: Option<Exact>,
    pub(super) scored_by: Option<String>,
    pub(super) not_applicable: Option<Vec<GroundWire>>,
    pub(super) offices: Option<LeadWire>,
    pub(super) plan_time: Option<String>,
    pub(super) note: Option<String>,
    pub(super) validity: Option<WindowWire>,
    pub(super) sources: Option<Vec<SourceWire>>,
    // Verification reads these two from the document; here only their place is checked.
    pub(super) examples: Option<Vec<serde_json::Value>>,
    pub(super) exceptions: Option<Vec<serde_json::Value>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct GroundWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    #[serde(default)]
    pub(super) proof: ProofWire,
}

#[derive(Debug, Deserialize)]
pub(super) struct LeadWire {
    pub(super) lead: String,
    #[serde(default)]
    pub(super) with: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct ClassWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) from: Option<Exact>,
}

#[derive(Debug, Deserialize)]
pub(super) struct GateWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) unless: Condition,
    pub(super) class_at_most: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct ConsistencyWire {
    pub(super) id: String,
    pub(super) title: TitleWire,
    pub(super) left: TermWire,
    pub(super) relation: String,
    pub(super) right: TermWire,
}

#[derive(Debug, Deserialize)]
pub(super) struct TermWire {
    pub(super) of: String,
    pub(super) part: String,
    pub(super) times: Option<Exact>,
}

/// What a leaf may be excepted from when the pack is verified.
const EXCEPTIONS: &[&str] = &[
    "example",
    "max_reachable",
    "min_reachable",
    "monotone",
    "proof",
    "threshold_unit",
    "title",
    "unproved",
];

/// Shape of a title.
pub(crate) fn title() -> Shape {
    Shape::Object(vec![
        Field::required("vi", Shape::text(1_000), "In Vietnamese."),
        Field::optional("en", Shape::text(1_000), "In English."),
    ])
}

/// Shape of a window of days.
pub(super) fn window() -> Shape {
    Shape::Object(vec![
        Field::required("from", Shape::Date, "First day."),
        Field::required("to", Shape::Date, "Last day."),
    ])
}

/// Levels of bodies.
pub(crate) const LEVELS: &[&str] = &[
    "commune",
    "district",
    "province",
    "ministry",
    "government",
    "party",
    "other",
];

fn roll() -> Field {
    Field::optional(
        "roll",
        Shape::OneOf(&["next_working_day", "none"]),
        "Whether a due date on a rest day moves to the next working day.",
    )
}

fn due() -> Shape {
    Shape::Object(vec![
        Field::optional("date", Shape::Date, "The day."),
        roll(),
        Field::optional(
            "working_days",
            Shape::Integer { min: 0, max: 250 },
            "So many working days, the first day not counted.",
        ),
        Field::optional(
            "after",
            Shape::text(10),
            "The day from which they are counted, or `event`.",
        ),
    ])
}

fn sources() -> Shape {
    let of = Field::required(
        "of",
        Shape::array(Shape::text(200), 1, 100),
        "Paths of the figures beside this list.",
    );
    let source = Shape::ExactlyOne {
        common: vec![
            of,
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
    };
    Shape::array(source, 0, 100)
}

fn proof() -> Shape {
    let pattern = Shape::Object(vec![
        Field::required(
            "pattern",
            Shape::text(500),
            "Regular expression over number/symbol.",
        ),
        Field::required(
            "accepts",
            Shape::array(Shape::text(100), 1, 50),
            "Examples it accepts.",
        ),
        Field::required(
            "refuses",
            Shape::array(Shape::text(100), 1, 50),
            "Examples it refuses.",
        ),
    ]);
    let reference = Shape::Object(vec![
        Field::required(
            "rel",
            Shape::array(Shape::OneOf(RELATIONS), 1, 4),
            "Relations that serve.",
        ),
        Field::required("target", Shape::Id, "`event`, or a role of the same fact."),
    ]);
    let required = Shape::Object(vec![
        Field::required("name", Shape::Id, "Name of the field."),
        Field::optional("is", Shape::text(200), "The value asked."),
    ]);
    let role = Shape::Object(vec![
        Field::required("role", Shape::Id, "Name of the role."),
        Field::optional("title", Shape::Ref("title"), "What it is."),
        Field::required(
            "kinds",
            Shape::array(Shape::OneOf(DocumentKind::abbreviations()), 1, 40),
            "Kinds of document.",
        ),
        Field::optional(
            "at_least",
            Shape::Integer { min: 1, max: 100 },
            "How many documents.",
        ),
        Field::optional(
            "when",
            Shape::OneOf(&["always", "some", "none"]),
            "For which figures it is asked.",
        ),
        Field::optional(
            "of",
            Shape::OneOf(&["unit", "predecessor"]),
            "Of whose facts it is asked; of all unless stated.",
        ),
        Field::optional(
            "issuer_levels",
            Shape::array(Shape::OneOf(LEVELS), 1, 10),
            "Levels of the issuing body.",
        ),
        Field::optional(
            "issuers",
            Shape::array(Shape::text(200), 1, 50),
            "Issuing bodies.",
        ),
        Field::optional("number_pattern", pattern, "Pattern of number and symbol."),
        Field::optional(
            "window",
            Shape::Ref("window"),
            "Days on which it may be dated.",
        ),
        Field::optional("deadline", Shape::Ref("due"), "Last day of its date."),
        Field::optional(
            "dated",
            Shape::OneOf(&["issued_on", "signed_on", "sent_on"]),
            "Which of its dates counts.",
        ),
        Field::optional(
            "order",
            Shape::OneOf(&["on_or_before_event", "on_or_after_event"]),
            "Its place in time beside the event.",
        ),
        Field::optional("refers_to", reference, "What it must name."),
        Field::optional(
            "page",
            Shape::Bool,
            "Whether it needs a page or section pointer.",
        ),
        Field::optional(
            "signed",
            Shape::Bool,
            "Whether it must be signed and sealed.",
        ),
        Field::optional("distinct", Shape::Bool, "Whether it serves one event only."),
        Field::optional(
            "fields",
            Shape::array(required, 1, 20),
            "Fields read from it.",
        ),
    ]);
    Shape::Object(vec![Field::required(
        "roles",
        Shape::array(role, 0, 20),
        "All are asked.",
    )])
}

/// Relations of links.
pub(crate) const RELATIONS: &[&str] = &["implements", "answers", "supersedes", "refers_to"];

fn quantity() -> Shape {
    let common = || {
        vec![
            Field::required("id", Shape::Id, "Name of the quantity."),
            Field::required("title", Shape::Ref("title"), "What it is."),
            Field::optional("window", Shape::Ref("window"), "Days on which it moves."),
            Field::optional("hand_in_by", Shape::Date, "Last day to hand in or mend."),
            Field::optional(
                "depends_on",
                Shape::OneOf(&["upper_level"]),
                "On whom it depends.",
            ),
            Field::optional(
                "predecessors",
                Shape::OneOf(&["own", "sum"]),
                "Whether facts of the unit's predecessors count; not unless stated.",
            ),
            Field::optional(
                "observation",
                Shape::OneOf(&["pack", "unit"]),
                "Whether the window is cut to the days on which the unit existed.",
            ),
            Field::optional("proof", Shape::Ref("proof"), "What documents must show."),
            Field::optional(
                "better",
                Shape::OneOf(&["more", "less"]),
                "Whether more of it (won items of a share, yes of a flag) is better, or less.",
            ),
            Field::optional(
                "sources",
                Shape::Ref("sources"),
                "Where its figures come from.",
            ),
        ]
    };
    let with = |more: Vec<Field>| form::join(vec![common(), more]);
    let range = Shape::Object(vec![
        Field::optional("min", Shape::Decimal, "Smallest."),
        Field::optional("max", Shape::Decimal, "Largest."),
    ]);
    let by = Field::required(
        "by",
        Shape::OneOf(&["events", "figure"]),
        "Where it comes from.",
    );
    let event = Field::optional("event", Shape::Id, "Kind of event.");
    let obligation = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the obligation."),
        Field::required("title", Shape::Ref("title"), "What it is."),
        Field::required("due", Shape::Ref("due"), "Last day in time."),
    ]);
    let at_most = Shape::Object(vec![Field::required(
        "at_most",
        count_shape(),
        "Most items.",
    )]);
    let total = Shape::either(Shape::OneOf(&["fixed", "unbounded", "declared"]), at_most);
    let option = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the option."),
        Field::required("weight", Shape::Decimal, "Its weight."),
    ]);
    let sample = Shape::Object(vec![Field::required(
        "margin",
        Shape::Decimal,
        "Margin of error, as a fraction.",
    )]);
    let obligations = Shape::array(obligation, 1, MAX_OBLIGATIONS);
    Shape::Tagged {
        tag: "kind",
        variants: vec![
            ("count", with(vec![by.clone(), event.clone()])),
            (
                "due_set",
                with(vec![
                    Field::required("event", Shape::Id, "Kind of event."),
                    Field::required("obligations", obligations, "What is due."),
                ]),
            ),
            (
                "share",
                with(vec![
                    by,
                    event,
                    Field::optional("total", total, "How far the total can grow."),
                    Field::optional(
                        "open_at_close",
                        Shape::OneOf(&["lost", "left_out"]),
                        "What becomes of open items.",
                    ),
                    Field::optional("overdue", Shape::Bool, "Whether items have due dates."),
                    Field::optional("min_total", count_shape(), "Smallest total of a figure."),
                ]),
            ),
            (
                "flag",
                with(vec![
                    Field::required(
                        "movement",
                        Shape::OneOf(&["latched", "hold"]),
                        "Whether a yes can be lost.",
                    ),
                    Field::optional("sample", sample, "The flag is: the sample is large enough."),
                ]),
            ),
            (
                "measure",
                with(vec![
                    Field::optional("domain", range.clone(), "Smallest and largest number."),
                    Field::optional("options", Shape::array(option, 2, 20), "Weighted options."),
                ]),
            ),
            (
                "judgement",
                with(vec![
                    Field::optional("range", range, "Fewest and most points."),
                    Field::optional(
                        "verdicts",
                        Shape::array(Shape::Id, 2, 50),
                        "Verdicts, best first.",
                    ),
                ]),
            ),
        ],
    }
}

/// Most items that a figure may state.
pub(super) const MAX_COUNT: i64 = 1_000_000_000_000;

/// A number of items.
pub(super) fn count_shape() -> Shape {
    Shape::Integer {
        min: 0,
        max: MAX_COUNT,
    }
}

fn node() -> Shape {
    let ground = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the ground."),
        Field::required("title", Shape::Ref("title"), "What it is."),
        Field::optional("proof", Shape::Ref("proof"), "What documents must show."),
    ]);
    let lead = Shape::Object(vec![
        Field::required("lead", Shape::Id, "Office in charge."),
        Field::optional("with", Shape::array(Shape::Id, 0, 20), "Offices that help."),
    ]);
    let due = Shape::Object(vec![
        Field::optional("met", count_shape(), "Obligations met on time."),
        Field::optional("late", count_shape(), "Obligations met late."),
    ]);
    let fact = Shape::either(Shape::text(64), due);
    let example = Shape::Object(vec![
        Field::required(
            "given",
            Shape::map(fact, form::MAX_PARTS),
            "For each quantity, what the example states of it.",
        ),
        Field::optional("unit_class", Shape::Id, "Class of the unit in the example."),
        Field::required("points", Shape::Decimal, "Points that the example gives."),
        Field::optional("quote", Shape::text(1_000), "The source's own words."),
    ]);
    let exception = Shape::Object(vec![
        Field::required(
            "of",
            Shape::OneOf(EXCEPTIONS),
            "The obligation that is broken on purpose.",
        ),
        Field::required("reason", Shape::text(500), "Why."),
    ]);
    Shape::ExactlyOne {
        common: vec![
            Field::required("code", Shape::Code, "Code of the node."),
            Field::required("title", Shape::Ref("title"), "Its title."),
            Field::optional(
                "source_title",
                Shape::text(1_000),
                "The source's own words.",
            ),
            Field::optional("max", Shape::Decimal, "Most points; mandatory for a leaf."),
            Field::optional(
                "min",
                Shape::Decimal,
                "Fewest points of a leaf; 0 unless stated.",
            ),
            Field::optional("cap", Shape::Decimal, "Most points of a group."),
            Field::optional("floor", Shape::Decimal, "Fewest points of a group."),
            Field::optional(
                "block",
                Shape::OneOf(&["bonus_penalty"]),
                "Outside the maximum.",
            ),
            Field::optional("unproved", Shape::Decimal, "Points when nothing is proved."),
            Field::optional(
                "scored_by",
                Shape::OneOf(&["self", "appraiser", "survey"]),
                "Who scores the leaf; the unit itself unless stated.",
            ),
            Field::optional(
                "not_applicable",
                Shape::array(ground, 1, 20),
                "Grounds to exempt.",
            ),
            Field::optional("offices", lead, "Who leads and who helps."),
            Field::optional("plan_time", Shape::text(500), "When the work is planned."),
            Field::optional("note", Shape::text(2_000), "A remark."),
            Field::optional(
                "examples",
                Shape::array(example, 1, 20),
                "Worked examples of the source.",
            ),
            Field::optional(
                "exceptions",
                Shape::array(exception, 1, 20),
                "Obligations of a sound pack that the leaf breaks on purpose.",
            ),
            Field::optional(
                "validity",
                Shape::Ref("window"),
                "Days on which it is in force.",
            ),
            Field::optional(
                "sources",
                Shape::Ref("sources"),
                "Where its figures come from.",
            ),
        ],
        alternatives: vec![
            Field::optional(
                "children",
                Shape::array(Shape::Ref("node"), 1, MAX_CHILDREN),
                "Nodes below a group.",
            ),
            Field::optional("rule", Shape::Ref("rule"), "How a leaf's points are given."),
        ],
    }
}

/// Largest effort of one act.
pub const MAX_EFFORT: u64 = 1_000;

/// Shape of the effort of acts, by their kinds.
pub(crate) fn effort() -> Shape {
    let effort = Shape::Integer {
        min: 1,
        max: i64::try_from(MAX_EFFORT).unwrap_or(i64::MAX),
    };
    let kinds = ActKind::ALL.iter();
    let kinds = kinds.map(|it| Field::optional(it.code(), effort.clone(), it.meaning()));
    Shape::Object(kinds.collect())
}

/// The format of rule packs.
pub fn pack_format() -> Format {
    let decision = Shape::Object(vec![
        Field::required("number", Shape::text(100), "Number and symbol."),
        Field::required("date", Shape::Date, "Its date."),
        Field::optional("title", Shape::text(1_000), "What it is about."),
    ]);
    let modes = &["half_up", "half_even", "half_down", "down", "up", "none"];
    let rounding = Shape::Object(vec![
        Field::required(
            "places",
            Shape::Integer { min: 0, max: 6 },
            "Decimal places.",
        ),
        Field::required(
            "mode",
            Shape::OneOf(modes),
            "How ties and rests are treated.",
        ),
    ]);
    let office = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the office."),
        Field::required("title", Shape::Ref("title"), "What it is called."),
    ]);
    let class = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the class."),
        Field::required("title", Shape::Ref("title"), "What it is called."),
        Field::optional("from", Shape::Decimal, "Lowest index, in percent."),
    ]);
    let gate = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the gate."),
        Field::required("title", Shape::Ref("title"), "What it says."),
        Field::required(
            "unless",
            Shape::Object(form::condition_fields()),
            "The condition.",
        ),
        Field::required("class_at_most", Shape::Id, "The best class without it."),
    ]);
    let consistency = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the check."),
        Field::required("title", Shape::Ref("title"), "What it says."),
        Field::required("left", Shape::Ref("term"), "One side."),
        Field::required(
            "relation",
            Shape::OneOf(&["equal", "at_most"]),
            "How they compare.",
        ),
        Field::required("right", Shape::Ref("term"), "The other side."),
    ]);
    let term = Shape::Object(vec![
        Field::required("of", Shape::Id, "The quantity."),
        Field::required(
            "part",
            Shape::OneOf(&["won", "lost", "open", "total", "value"]),
            "Which of its numbers.",
        ),
        Field::optional("times", Shape::Decimal, "Factor; 1 unless stated."),
    ]);
    let root = Shape::Object(vec![
        Field::required("id", Shape::Id, "Name of the pack."),
        Field::required("title", Shape::Ref("title"), "What it is."),
        Field::optional("note", Shape::text(2_000), "A remark."),
        Field::required("level", Shape::OneOf(LEVELS), "Level of the units scored."),
        Field::required(
            "scored_year",
            Shape::Integer {
                min: 1900,
                max: 2200,
            },
            "The year that is scored.",
        ),
        Field::required("issuer", Shape::text(500), "Who issued it."),
        Field::optional(
            "appraiser",
            Shape::OneOf(LEVELS),
            "Level of the appraising body.",
        ),
        Field::optional(
            "decision",
            decision,
            "The decision that issued or published it.",
        ),
        Field::required(
            "validity",
            Shape::Ref("window"),
            "As-of dates it may be used for.",
        ),
        Field::required(
            "window",
            Shape::Ref("window"),
            "Days on which events count.",
        ),
        Field::optional(
            "document_window",
            Shape::Ref("window"),
            "Days of document dates.",
        ),
        Field::required("hand_in_by", Shape::Date, "Last day to hand in or mend."),
        Field::required(
            "coverage",
            Shape::OneOf(&["whole", "partial"]),
            "Whole set or part.",
        ),
        Field::required(
            "max",
            Shape::Decimal,
            "Most points of the tree outside the bonus and penalty block.",
        ),
        Field::required("rounding", rounding, "How each leaf is rounded, once."),
        Field::optional(
            "supersedes",
            Shape::array(Shape::Id, 1, 20),
            "Packs it replaces.",
        ),
        Field::optional("overlays", Shape::Id, "The pack it adds to."),
        Field::required(
            "sources",
            Shape::Ref("sources"),
            "Where its figures come from.",
        ),
        Field::optional(
            "offices",
            Shape::array(office, 1, 100),
            "Offices of the unit.",
        ),
        Field::optional(
            "unit_classes",
            Shape::array(Shape::Id, 1, 64),
            "Classes of unit.",
        ),
        Field::required(
            "quantities",
            Shape::array(Shape::Ref("quantity"), 0, MAX_QUANTITIES),
            "What the rules read.",
        ),
        Field::required(
            "tree",
            Shape::array(Shape::Ref("node"), 1, MAX_CHILDREN),
            "Areas, criteria, components.",
        ),
        Field::optional(
            "classes",
            Shape::array(class, 1, 20),
            "Final classes, best first.",
        ),
        Field::optional(
            "class_gates",
            Shape::array(gate, 1, 20),
            "What caps the class.",
        ),
        Field::optional(
            "consistency",
            Shape::array(consistency, 1, 100),
            "Checks of figures.",
        ),
        Field::optional(
            "effort",
            effort(),
            "Effort of an act by its kind, for plans; 1 unless stated.",
        ),
    ]);
    Format {
        name: "cchc-pack",
        version: 1,
        title: "A rule pack: one index set for one level and scored year",
        root,
        definitions: vec![
            ("title", title()),
            ("window", window()),
            ("due", due()),
            ("sources", sources()),
            ("proof", proof()),
            ("quantity", quantity()),
            ("node", node()),
            ("rule", form::shape()),
            ("term", term),
        ],
    }
}
