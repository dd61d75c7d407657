//! The JSON of a worked case: facts, and what a person worked out by hand.
//!
//! Format `cchc-case`, version 1.

use chrono::NaiveDate;
use serde::Deserialize;

use super::form::join;
use super::submission::{FactsWire, SplitWire, facts_fields, split_fields};
use crate::json::{Field, Format, Shape};
use crate::values::Exact;

#[derive(Debug, Deserialize)]
pub(super) struct CaseWire {
    #[serde(rename = "case")]
    pub(super) name: String,
    pub(super) source: String,
    #[serde(default = "confirmed")]
    pub(super) confirmed: bool,
    #[serde(default)]
    pub(super) forms: Vec<u32>,
    pub(super) as_of: NaiveDate,
    pub(super) given: GivenWire,
    pub(super) expect: Vec<ExpectWire>,
}

/// A case is a person's work unless it says that nobody has looked at it yet.
fn confirmed() -> bool {
    true
}

#[derive(Debug, Deserialize)]
pub(super) struct GivenWire {
    #[serde(default)]
    pub(super) proved: bool,
    pub(super) unit_class: Option<String>,
    #[serde(flatten)]
    pub(super) split: SplitWire,
    #[serde(flatten)]
    pub(super) facts: FactsWire,
}

/// What a case expects of one leaf or group, or of `total`.
#[derive(Clone, Debug, Deserialize)]
pub struct Expectation {
    /// Code of the leaf or group, or `total`.
    pub code: String,
    /// Its maximum.
    pub max: Option<Exact>,
    /// Points that are certain.
    pub secured: Exact,
    /// Points if nothing more is done.
    pub standing: Exact,
    /// Points that can still be reached.
    pub attainable: Exact,
    /// Outcome of a leaf.
    pub outcome: Option<String>,
    /// Reasons, as a set.
    pub because: Option<Vec<String>>,
    /// Codes of findings that must be there.
    #[serde(default)]
    pub findings: Vec<String>,
    /// Final class, for `total`.
    pub class: Option<String>,
}

pub(super) type ExpectWire = Expectation;

/// The format of cases.
pub fn case_format() -> Format {
    Format {
        name: "cchc-case",
        version: 1,
        title: "A worked case of a rule pack",
        root: Shape::Object(fields()),
        definitions: vec![],
    }
}

/// The facts of a case.
pub(super) fn given() -> Shape {
    Shape::Object(join(vec![
        vec![
            Field::optional("proved", Shape::Bool, "Every fact is taken as proved."),
            Field::optional("unit_class", Shape::Id, "Class of the unit."),
        ],
        split_fields(),
        facts_fields(),
    ]))
}

/// A whole case, as a part of an answer.
pub(super) fn whole() -> Shape {
    let format = vec![
        Field::required(
            "format",
            Shape::Const("cchc-case"),
            "Name of the file format.",
        ),
        Field::required("version", Shape::ConstInt(1), "Version of the format."),
    ];
    Shape::Object(join(vec![format, fields()]))
}

fn fields() -> Vec<Field> {
    let codes = |max| Shape::array(Shape::text(100), 0, max);
    let expect = Shape::Object(vec![
        Field::required(
            "code",
            Shape::text(32),
            "Code of the leaf or group, or `total`.",
        ),
        Field::optional("max", Shape::Decimal, "Its applicable maximum."),
        Field::required("secured", Shape::Decimal, "Points that are certain."),
        Field::required(
            "standing",
            Shape::Decimal,
            "Points if nothing more is done.",
        ),
        Field::required(
            "attainable",
            Shape::Decimal,
            "Points that can still be reached.",
        ),
        Field::optional("outcome", Shape::text(50), "Outcome of a leaf."),
        Field::optional(
            "because",
            codes(100),
            "Reasons, as a set; mandatory for a leaf.",
        ),
        Field::optional(
            "findings",
            codes(100),
            "Codes of findings that must be there.",
        ),
        Field::optional("class", Shape::Id, "Final class, for `total`."),
    ]);
    vec![
        Field::required(
            "case",
            Shape::text(500),
            "What the case shows, as a sentence.",
        ),
        Field::required(
            "source",
            Shape::text(500),
            "Where the expectation was worked out from.",
        ),
        Field::optional(
            "forms",
            Shape::array(Shape::Integer { min: 1, max: 34 }, 0, 34),
            "Scoring forms that it shows.",
        ),
        Field::optional(
            "confirmed",
            Shape::Bool,
            "`false` until a person has worked out the expectation; true unless stated.",
        ),
        Field::required("as_of", Shape::Date, "As-of date."),
        Field::required("given", given(), "The facts."),
        Field::required(
            "expect",
            Shape::array(expect, 1, 1_000),
            "What was worked out by hand.",
        ),
    ]
}
