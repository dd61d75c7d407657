//! Shapes: what a file format looks like, as plain data.
//!
//! A shape says which texts are permitted, not what they mean. The shapes of one format may
//! refer to each other by name, which is how trees and nested rules are described. Whatever is
//! said here is enforced by the checker and published in the JSON Schema.

use super::{Phrase, phrase};
use std::collections::BTreeSet;

/// Most bytes of a file: 16 MiB.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Most lists and objects inside one another; the root counts as one.
pub const MAX_DEPTH: usize = 64;

/// Most faults reported one by one; further ones are counted in a last `too-many-faults`.
pub const MAX_FAULTS: usize = 1000;

/// What a value must look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An object with these fields and no others.
    Object(Vec<Field>),
    /// A list.
    Array {
        /// Shape of each element.
        of: Box<Shape>,
        /// Fewest elements.
        min: usize,
        /// Most elements.
        max: usize,
    },
    /// An object whose keys are identifiers that the file chooses.
    Map {
        /// Shape of each value.
        of: Box<Shape>,
        /// Most entries.
        max: usize,
    },
    /// Free text; of the control characters only line break and tab, as escapes.
    Text {
        /// Most characters.
        max: usize,
        /// Whether a blank text is permitted.
        allow_empty: bool,
    },
    /// The whole text of another file, whatever stands in it; it is read by its own format.
    FileText,
    /// `null`, or the shape.
    Nullable(Box<Shape>),
    /// An identifier: letters, digits, `.`, `_`, `-`, at most 64; first a letter or digit.
    Id,
    /// A component code such as `1.1.2`: one to eight parts, at most 32 characters.
    Code,
    /// A date that exists, `YYYY-MM-DD`, in the years 1900 to 2200.
    Date,
    /// An exact number of at most 30 characters: a text, `"-0.25"` or `"1/3"`, or a whole JSON
    /// number of 64 bits. A JSON number with point or exponent is refused.
    Decimal,
    /// A whole JSON number; `1.0` and `1e3` are refused.
    Integer {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
    },
    /// `true` or `false`.
    Bool,
    /// One of these texts.
    OneOf(&'static [&'static str]),
    /// Exactly this text.
    Const(&'static str),
    /// Exactly this whole number.
    ConstInt(i64),
    /// An object whose field `tag` chooses which other fields it has.
    Tagged {
        /// Name of the field that chooses.
        tag: &'static str,
        /// For each value of the tag, the fields beside it.
        variants: Vec<(&'static str, Vec<Field>)>,
    },
    /// An object that has exactly one of the alternative fields beside the common ones.
    ExactlyOne {
        /// Fields beside the alternatives.
        common: Vec<Field>,
        /// Fields of which one is present; their `required` is not looked at.
        alternatives: Vec<Field>,
    },
    /// One of two shapes, told apart by JSON type alone: their types must differ.
    Either(Box<Shape>, Box<Shape>),
    /// A shape of the format's definitions.
    Ref(&'static str),
}

impl Shape {
    /// A list of `min` to `max` elements.
    pub fn array(of: Shape, min: usize, max: usize) -> Self {
        Shape::Array {
            of: Box::new(of),
            min,
            max,
        }
    }

    /// An object of at most `max` entries under keys that the file chooses.
    pub fn map(of: Shape, max: usize) -> Self {
        Shape::Map {
            of: Box::new(of),
            max,
        }
    }

    /// A text of 1 to `max` characters that is not blank.
    pub fn text(max: usize) -> Self {
        Shape::Text {
            max,
            allow_empty: false,
        }
    }

    /// `null` or `of`.
    pub fn nullable(of: Shape) -> Self {
        Shape::Nullable(Box::new(of))
    }

    /// `one` or `other`, whose JSON types differ.
    pub fn either(one: Shape, other: Shape) -> Self {
        Shape::Either(Box::new(one), Box::new(other))
    }
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Key in the file.
    pub name: &'static str,
    /// Whether an object without it is refused.
    pub required: bool,
    /// Shape of its value.
    pub shape: Shape,
    /// What it holds, with unit; shown as help and in the schema.
    pub doc: &'static str,
}

impl Field {
    /// A field that must be present.
    pub fn required(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            required: true,
            shape,
            doc,
        }
    }

    /// A field that may be left out.
    pub fn optional(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            required: false,
            shape,
            doc,
        }
    }
}

/// A file format.
///
/// The fields `format` and `version` belong to every format and are not declared: they are
/// added to the root and must hold the name and version below.
///
/// ```
/// use cchc_core::json::{Field, Format, Shape, check};
///
/// let component = Shape::Object(vec![
///     Field::required("code", Shape::Code, "Code of the component, such as `1.1.2`."),
///     Field::required("max", Shape::Decimal, "Most points of the component."),
///     Field::optional("children", Shape::array(Shape::Ref("component"), 1, 100), "Its parts."),
/// ]);
/// let format = Format {
///     name: "cchc-tree",
///     version: 1,
///     title: "A tree of components",
///     root: Shape::Object(vec![Field::required("tree", Shape::Ref("component"), "The root.")]),
///     definitions: vec![("component", component)],
/// };
/// assert!(format.problems().is_empty());
///
/// let text = r#"{"format": "cchc-tree", "version": 1, "tree": {"code": "1", "max": 0.5}}"#;
/// let faults = check(&format, "tree.json", text.as_bytes()).unwrap_err();
/// assert_eq!(
///     faults[0].to_string(),
///     "tree.json:1:68: tree.max: expected a decimal as text such as \"0.5\", found `0.5`\n  \
///      help: write it as text: `\"0.5\"`"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Format {
    /// Value of the field `format`, such as `cchc-pack`.
    pub name: &'static str,
    /// Value of the field `version`.
    pub version: i64,
    /// What such a file is, for readers of the schema.
    pub title: &'static str,
    /// The file: an `Object`, `Tagged` or `ExactlyOne`.
    pub root: Shape,
    /// Shapes that a [`Shape::Ref`] may name.
    pub definitions: Vec<(&'static str, Shape)>,
}

impl Format {
    /// What is wrong with the description itself; empty for a usable format.
    ///
    /// For the test of each format: a reference without definition, a field or definition named
    /// twice, a shape that refers to itself without an object or list between, an `Either`
    /// whose shapes share a JSON type, a root that is no object.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if !matches!(
            self.root,
            Shape::Object(_) | Shape::Tagged { .. } | Shape::ExactlyOne { .. }
        ) {
            problems.push("the root is not an object with known fields".to_owned());
        }
        let names: Vec<&str> = self.definitions.iter().map(|(name, _)| *name).collect();
        report_repeated(&names, "definition", &mut problems);
        let implied = self.implied_fields();
        self.root.problems(self, &implied, &mut problems);
        for (_, shape) in &self.definitions {
            shape.problems(self, &[], &mut problems);
        }
        problems
    }

    /// The fields that every file of this format has without declaring them.
    pub(super) fn implied_fields(&self) -> [Field; 2] {
        [
            Field::required(
                "format",
                Shape::Const(self.name),
                "Name of the file format.",
            ),
            Field::required(
                "version",
                Shape::ConstInt(self.version),
                "Version of the format.",
            ),
        ]
    }

    /// The shape of the definitions called `name`.
    pub(super) fn definition(&self, name: &str) -> Option<&Shape> {
        self.definitions
            .iter()
            .find(|(defined, _)| *defined == name)
            .map(|(_, shape)| shape)
    }
}

/// The type of a JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
}

const KINDS: [Kind; 6] = [
    Kind::Null,
    Kind::Bool,
    Kind::Number,
    Kind::Text,
    Kind::List,
    Kind::Object,
];

/// Most references, nullables and eithers between a value and its own shape.
pub(super) const MAX_HOPS: usize = 16;

impl Shape {
    /// Whether some value of type `kind` can have this shape.
    ///
    /// A shape that leads nowhere within [`MAX_HOPS`] takes no value.
    pub(super) fn takes(&self, kind: Kind, format: &Format, hops: usize) -> bool {
        let Some(hops) = hops.checked_sub(1) else {
            return false;
        };
        match self {
            Shape::Object(_)
            | Shape::Map { .. }
            | Shape::Tagged { .. }
            | Shape::ExactlyOne { .. } => kind == Kind::Object,
            Shape::Array { .. } => kind == Kind::List,
            Shape::Text { .. }
            | Shape::FileText
            | Shape::Id
            | Shape::Code
            | Shape::Date
            | Shape::OneOf(_)
            | Shape::Const(_) => kind == Kind::Text,
            Shape::Decimal => matches!(kind, Kind::Text | Kind::Number),
            Shape::Integer { .. } | Shape::ConstInt(_) => kind == Kind::Number,
            Shape::Bool => kind == Kind::Bool,
            Shape::Nullable(of) => kind == Kind::Null || of.takes(kind, format, hops),
            Shape::Either(one, other) => {
                one.takes(kind, format, hops) || other.takes(kind, format, hops)
            }
            Shape::Ref(name) => format
                .definition(name)
                .is_some_and(|shape| shape.takes(kind, format, hops)),
        }
    }

    /// The shape in words, as in `expected …`.
    pub(super) fn describe(&self, format: &Format, hops: usize) -> Phrase {
        let Some(hops) = hops.checked_sub(1) else {
            return "a value".into();
        };
        match self {
            Shape::Object(_) | Shape::Tagged { .. } | Shape::ExactlyOne { .. } => {
                "an object".into()
            }
            Shape::Map { .. } => "an object with keys of its own".into(),
            Shape::Array { .. } => "a list".into(),
            Shape::Text { .. } => "a text".into(),
            Shape::FileText => "the text of a file".into(),
            Shape::Id => "an identifier as text".into(),
            Shape::Code => "a component code as text such as \"1.1.2\"".into(),
            Shape::Date => "a date as text such as \"2025-01-31\"".into(),
            Shape::Decimal => "a decimal as text such as \"0.5\"".into(),
            Shape::Integer {
                min: i64::MIN,
                max: i64::MAX,
            } => "a whole number".into(),
            Shape::Integer { min, max: i64::MAX } => phrase!("a whole number from {}", min),
            Shape::Integer { min: i64::MIN, max } => phrase!("a whole number up to {}", max),
            Shape::Integer { min, max } => phrase!("a whole number from {} to {}", min, max),
            Shape::Bool => "`true` or `false`".into(),
            Shape::OneOf(values) => one_of(values.iter().copied()),
            Shape::Const(text) => format!("`{text}`").into(),
            Shape::ConstInt(number) => format!("`{number}`").into(),
            Shape::Nullable(of) => phrase!("{} or `null`", of.describe(format, hops)),
            Shape::Either(one, other) => {
                phrase!(
                    "{} or {}",
                    one.describe(format, hops),
                    other.describe(format, hops)
                )
            }
            Shape::Ref(name) => match format.definition(name) {
                Some(shape) => shape.describe(format, hops),
                None => phrase!("the undefined shape `{}`", name),
            },
        }
    }

    fn problems(&self, format: &Format, implied: &[Field], problems: &mut Vec<String>) {
        if !KINDS.iter().any(|kind| self.takes(*kind, format, MAX_HOPS)) {
            problems.push(format!("no value can have the shape {self:?}"));
        }
        match self {
            Shape::Object(fields) => report_fields(&[implied, fields], &[], format, problems),
            Shape::Tagged { tag, variants } => {
                let names: Vec<&str> = variants.iter().map(|(name, _)| *name).collect();
                report_repeated(&names, "variant", problems);
                for (_, fields) in variants {
                    report_fields(&[implied, fields], &[tag], format, problems);
                }
            }
            Shape::ExactlyOne {
                common,
                alternatives,
            } => {
                report_fields(&[implied, common, alternatives], &[], format, problems);
            }
            Shape::Array { of, .. } | Shape::Map { of, .. } | Shape::Nullable(of) => {
                of.problems(format, &[], problems);
            }
            Shape::Either(one, other) => {
                for kind in KINDS {
                    if one.takes(kind, format, MAX_HOPS) && other.takes(kind, format, MAX_HOPS) {
                        problems.push(format!("both shapes take the type {kind:?}: {self:?}"));
                    }
                }
                one.problems(format, &[], problems);
                other.problems(format, &[], problems);
            }
            _ => {}
        }
    }
}

/// Permitted values in words; of many only the first.
pub(super) fn one_of<'a>(values: impl Iterator<Item = &'a str>) -> Phrase {
    let quoted: Vec<String> = values.map(|value| format!("`{value}`")).collect();
    match quoted.as_slice() {
        [] => "nothing".into(),
        [only] => only.clone().into(),
        values if values.len() > 12 => {
            let first = values.get(..12).unwrap_or_default();
            phrase!(
                "one of {} and {} more",
                first.join(", "),
                values.len() - first.len()
            )
        }
        values => phrase!("one of {}", values.join(", ")),
    }
}

fn report_fields(parts: &[&[Field]], more: &[&str], format: &Format, problems: &mut Vec<String>) {
    let fields = parts.iter().flat_map(|part| part.iter());
    let names: Vec<&str> = fields
        .clone()
        .map(|field| field.name)
        .chain(more.iter().copied())
        .collect();
    report_repeated(&names, "field", problems);
    for field in fields {
        field.shape.problems(format, &[], problems);
    }
}

fn report_repeated(names: &[&str], what: &str, problems: &mut Vec<String>) {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name) {
            problems.push(format!("{what} `{name}` is declared twice"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_problems(shape: Shape, expected: &[&str]) {
        let root = Shape::Object(vec![Field::optional("a", shape, "")]);
        let definitions = vec![
            ("loop", Shape::nullable(Shape::Ref("loop"))),
            ("again", Shape::Ref("again")),
        ];
        let format = Format {
            name: "f",
            version: 1,
            title: "",
            root,
            definitions,
        };
        let found = format.problems();
        let own = found
            .iter()
            .filter(|problem| !problem.contains("Ref(\"again\")"));
        assert_eq!(own.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_faulty_description_is_told_apart_from_a_usable_one() {
        check_problems(Shape::either(Shape::text(5), Shape::Object(vec![])), &[]);
        check_problems(
            Shape::either(Shape::Id, Shape::Decimal),
            &["both shapes take the type Text: Either(Id, Decimal)"],
        );
        check_problems(Shape::Ref("x"), &["no value can have the shape Ref(\"x\")"]);
        check_problems(
            Shape::Tagged {
                tag: "kind",
                variants: vec![("v", vec![Field::required("kind", Shape::Id, "")])],
            },
            &["field `kind` is declared twice"],
        );
    }

    #[test]
    fn a_reference_to_itself_takes_no_value() {
        let definitions = vec![("again", Shape::Ref("again"))];
        let root = Shape::Object(vec![]);
        let format = Format {
            name: "f",
            version: 1,
            title: "",
            root,
            definitions,
        };
        assert_eq!(
            format.problems(),
            ["no value can have the shape Ref(\"again\")"]
        );
    }

    #[test]
    fn a_long_enumeration_is_cut_in_words() {
        let values = ["a"; 14];
        assert!(
            one_of(values.into_iter())
                .to_string()
                .ends_with("`a` and 2 more")
        );
    }
}
