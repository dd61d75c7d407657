//! A format that has every shape, with a file that satisfies it, for the tests.

use super::{Field, Format, Shape};

pub(super) fn format() -> Format {
    use Shape::{Ref, Tagged};
    let required = |name, shape| Field::required(name, shape, "");
    let optional = |name, shape| Field::optional(name, shape, "");
    let note = Shape::Text {
        max: 10,
        allow_empty: true,
    };
    let rule = Tagged {
        tag: "kind",
        variants: vec![
            ("fixed", vec![required("points", Shape::Decimal)]),
            (
                "all",
                vec![
                    required("of", Shape::array(Ref("rule"), 1, 3)),
                    optional("note", note),
                ],
            ),
        ],
    };
    let until = Shape::ExactlyOne {
        common: vec![optional("note", Shape::text(10))],
        alternatives: vec![
            required("date", Shape::Date),
            required("days", Shape::ConstInt(30)),
        ],
    };
    let root = Shape::Object(vec![
        Field::required("id", Shape::Id, "Identifier of the sample."),
        optional("code", Shape::Code),
        optional("count", Shape::Integer { min: -1, max: 100 }),
        optional("final", Shape::Bool),
        optional("attached", Shape::FileText),
        optional("unit", Shape::OneOf(&["point", "percent"])),
        optional("law", Shape::Const("vn")),
        optional("from", Shape::nullable(Shape::Date)),
        optional("names", Shape::map(Shape::text(10), 2)),
        optional("rules", Shape::array(Ref("rule"), 1, 3)),
        optional(
            "label",
            Shape::either(Shape::text(10), Shape::map(Shape::text(10), 2)),
        ),
        optional("until", until),
    ]);
    let definitions = vec![("rule", rule)];
    Format {
        name: "sample",
        version: 1,
        title: "A sample",
        root,
        definitions,
    }
}

pub(super) const VALID: &str = r#"{
  "format": "sample",
  "version": 1,
  "id": "ha-noi.2024",
  "code": "1.1.2",
  "count": 7,
  "final": true,
  "unit": "point",
  "law": "vn",
  "from": "2025-01-31",
  "names": {"vi": "điểm\n", "en-1": "points"},
  "rules": [
    {"kind": "fixed", "points": "1/3"},
    {"kind": "all", "of": [{"kind": "fixed", "points": 2}], "note": ""}
  ],
  "label": "nhãn",
  "until": {"date": "2025-12-31", "note": "x"}
}"#;
