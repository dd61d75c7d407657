//! The walk over a file: shape and syntax tree side by side.
//!
//! Each step reports what is faulty and returns the part that is sound, or nothing. This module
//! holds what concerns all values and lists; objects are in `object`, single texts and numbers
//! in `leaf`.

use jsonc_parser::ast::{Array, Value as Node};
use jsonc_parser::common::Ranged;
use serde_json::Value;

use super::document::{Mark, Parts};
use super::fault::shown;
use super::leaf::{explain, number, quoted, text_causes};
use super::object::Fields;
use super::place::{Lines, Step, path_of};
use super::scalar::is_decimal;
use super::shape::{Kind, MAX_HOPS};
use super::syntax::Finding;
use super::{Fault, Field, Format, MAX_FAULTS, Phrase, Place, Shape, phrase};

/// A sound part of the file.
pub(super) type Part = (Value, Mark);

/// One pass over a file.
pub(super) struct Walk<'a> {
    format: &'a Format,
    file: &'a str,
    pub(super) text: &'a str,
    pub(super) lines: &'a Lines,
    pub(super) path: Vec<Step<'a>>,
    /// Faults with their byte in the text.
    faults: Vec<(usize, Fault)>,
    /// Where the first fault beyond the limit stands, and how many there are.
    unreported: Option<(Place, usize)>,
}

impl<'a> Walk<'a> {
    pub(super) fn new(format: &'a Format, file: &'a str, text: &'a str, lines: &'a Lines) -> Self {
        let (path, faults) = (Vec::new(), Vec::new());
        Self {
            format,
            file,
            text,
            lines,
            path,
            faults,
            unreported: None,
        }
    }

    /// The sound part of the whole file.
    pub(super) fn root(&mut self, tree: &'a Node<'a>) -> Option<Part> {
        let implied = self.format.implied_fields();
        self.value_with(&implied, &self.format.root, tree)
    }

    /// The faults found, in the order of the file.
    pub(super) fn finish(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|(at, _)| *at);
        let mut faults: Vec<Fault> = self.faults.into_iter().map(|(_, fault)| fault).collect();
        if let Some((place, count)) = self.unreported {
            faults.push(Fault {
                code: "too-many-faults",
                place,
                expected: phrase!("at most {} faults", MAX_FAULTS),
                found: phrase!("{} more", count),
                help: Some("mend those listed, then check again".into()),
            });
        }
        faults
    }

    /// Records a fault at the current path; beyond the limit it is only counted.
    pub(super) fn report(&mut self, at: usize, finding: impl FnOnce() -> Finding) {
        if self.faults.len() < MAX_FAULTS {
            let Finding {
                code,
                expected,
                found,
                help,
            } = finding();
            let place = self.place(at);
            self.faults.push((
                at,
                Fault {
                    code,
                    place,
                    expected,
                    found,
                    help,
                },
            ));
            return;
        }
        self.unreported = match self.unreported.take() {
            Some((place, count)) => Some((place, count + 1)),
            None => Some((self.place(at), 1)),
        };
    }

    fn place(&self, at: usize) -> Place {
        let (line, column) = self.lines.position(self.text, at);
        Place {
            file: self.file.to_owned(),
            line,
            column,
            path: path_of(&self.path),
        }
    }

    pub(super) fn value(&mut self, shape: &Shape, node: &'a Node<'a>) -> Option<Part> {
        self.value_with(&[], shape, node)
    }

    /// As `value`; an object has the fields of `implied` too.
    fn value_with(&mut self, implied: &[Field], shape: &Shape, node: &'a Node<'a>) -> Option<Part> {
        let Some(chosen) = select(shape, kind(node), self.format) else {
            let format = self.format;
            self.report(node.start(), || wrong_type(shape, node, format));
            return None;
        };
        match (chosen, node) {
            (Shape::Object(fields), Node::Object(object)) => {
                self.object(object, &Fields::new(implied, fields))
            }
            (
                Shape::ExactlyOne {
                    common,
                    alternatives,
                },
                Node::Object(object),
            ) => {
                let fields = Fields::new(implied, common);
                self.object(
                    object,
                    &Fields {
                        alternatives,
                        ..fields
                    },
                )
            }
            (Shape::Tagged { tag, variants }, Node::Object(object)) => {
                let fields = Fields::new(implied, self.variant(object, tag, variants)?);
                self.object(object, &Fields { tag, ..fields })
            }
            (Shape::Map { of, max }, Node::Object(object)) => self.map(object, of, *max),
            (Shape::Array { of, min, max }, Node::Array(array)) => {
                self.array(array, of, *min, *max)
            }
            (_, leaf) => self
                .leaf(chosen, leaf)
                .map(|value| (value, Mark::of_leaf(leaf.start()))),
        }
    }

    fn leaf(&mut self, shape: &Shape, node: &Node<'_>) -> Option<Value> {
        let (at, format) = (node.start(), self.format);
        match node {
            Node::NullKeyword(_) => Some(Value::Null),
            Node::BooleanLit(literal) => Some(Value::from(literal.value)),
            Node::NumberLit(literal) => match number(shape, literal.value) {
                Ok(number) => Some(Value::from(number)),
                Err(cause) => {
                    self.report(at, || explain(cause, shape, literal.value, format));
                    None
                }
            },
            Node::StringLit(literal) => {
                let causes = text_causes(shape, &literal.value);
                for cause in &causes {
                    self.report(at, || explain(*cause, shape, &literal.value, format));
                }
                causes.is_empty().then(|| Value::from(&*literal.value))
            }
            Node::Object(_) | Node::Array(_) => None,
        }
    }

    fn array(&mut self, array: &'a Array<'a>, of: &Shape, min: usize, max: usize) -> Option<Part> {
        let count = array.elements.len();
        let few_enough = self.is_at_most(array.start(), count, max, "elements");
        if count < min {
            let expected = || phrase!("a list of {} or more elements", min);
            self.report(array.start(), || {
                Finding::new("too-few", expected(), count.to_string())
            });
        }
        let mut values = Vec::new();
        let mut marks = Vec::new();
        for (index, element) in array.elements.iter().enumerate() {
            self.path.push(Step::Item(index));
            if let Some((value, mark)) = self.value(of, element) {
                values.push(value);
                marks.push((index, mark));
            }
            self.path.pop();
        }
        let whole = marks.len() == count && marks.iter().all(|(_, mark)| mark.whole);
        let mark = Mark {
            start: array.start(),
            whole,
            parts: Parts::Items(marks),
        };
        (few_enough && values.len() >= min).then_some((Value::Array(values), mark))
    }

    pub(super) fn is_at_most(
        &mut self,
        at: usize,
        count: usize,
        max: usize,
        what: &'static str,
    ) -> bool {
        if count > max {
            let expected = || phrase!("at most {} {}", max, Phrase::from(what));
            self.report(at, || {
                Finding::new("too-many", expected(), count.to_string())
            });
        }
        count <= max
    }
}

/// The shape that a value of this type must have, with references and choices followed.
fn select<'s>(mut shape: &'s Shape, kind: Kind, format: &'s Format) -> Option<&'s Shape> {
    for _ in 0..MAX_HOPS {
        shape = match shape {
            Shape::Nullable(_) if kind == Kind::Null => return Some(shape),
            Shape::Nullable(of) => of,
            Shape::Either(one, _) if one.takes(kind, format, MAX_HOPS) => one,
            Shape::Either(_, other) => other,
            Shape::Ref(name) => format.definition(name)?,
            other => return other.takes(kind, format, MAX_HOPS).then_some(other),
        }
    }
    None
}

fn wrong_type(shape: &Shape, node: &Node<'_>, format: &Format) -> Finding {
    let finding = Finding::new("wrong-type", shape.describe(format, MAX_HOPS), name(node));
    match node {
        Node::NumberLit(literal) if shape.takes(Kind::Text, format, MAX_HOPS) => {
            finding.with_help(phrase!("put it in quotes: `\"{}\"`", shown(literal.value)))
        }
        Node::StringLit(literal)
            if shape.takes(Kind::Number, format, MAX_HOPS) && is_decimal(&literal.value) =>
        {
            finding.with_help(phrase!("write it without quotes: `{}`", literal.value))
        }
        _ => finding,
    }
}

fn kind(node: &Node<'_>) -> Kind {
    match node {
        Node::NullKeyword(_) => Kind::Null,
        Node::BooleanLit(_) => Kind::Bool,
        Node::NumberLit(_) => Kind::Number,
        Node::StringLit(_) => Kind::Text,
        Node::Array(_) => Kind::List,
        Node::Object(_) => Kind::Object,
    }
}

/// A value of the file as a message names it.
pub(super) fn name(node: &Node<'_>) -> Phrase {
    match node {
        Node::NullKeyword(_) => "`null`".into(),
        Node::BooleanLit(literal) => format!("`{}`", literal.value).into(),
        Node::NumberLit(literal) => format!("`{}`", shown(literal.value)).into(),
        Node::StringLit(literal) => quoted(&literal.value).into(),
        Node::Array(_) => "a list".into(),
        Node::Object(_) => "an object".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{check, sample};

    #[track_caller]
    fn check_text(text: &str, expected: &str) {
        let faults = check(&sample::format(), "f", text.as_bytes()).unwrap_err();
        let lines = faults.iter().map(|fault| format!("{} {fault}", fault.code));
        assert_eq!(lines.collect::<Vec<_>>().join("\n"), expected);
    }

    /// Checks the sample with `from` replaced by `to`; the faults are joined by line breaks.
    #[track_caller]
    fn check_change(from: &str, to: &str, expected: &str) {
        assert!(sample::VALID.contains(from), "{from}");
        check_text(&sample::VALID.replacen(from, to, 1), expected);
    }

    #[test]
    fn a_value_of_another_type_is_named() {
        check_text(
            "[]",
            "wrong-type f:1:1: $: expected an object, found a list",
        );
        check_change(
            "\"point\"",
            "{}",
            "wrong-type f:8:11: unit: expected one of `point`, `percent`, found an object",
        );
        check_change(
            "\"1.1.2\"",
            "1.1",
            "wrong-type f:5:11: code: expected a component code as text such as \"1.1.2\", \
             found `1.1`\n  help: put it in quotes: `\"1.1\"`",
        );
        check_change(
            "\"2025-01-31\"",
            "[1]",
            "wrong-type f:10:11: from: expected a date as text such as \"2025-01-31\" or `null`, \
             found a list",
        );
        check_change(
            "\"nhãn\"",
            "null",
            "wrong-type f:16:12: label: expected a text or an object with keys of its own, \
             found `null`",
        );
    }

    #[test]
    fn a_list_keeps_its_length_within_bounds() {
        check_change(
            r#"[{"kind": "fixed", "points": 2}]"#,
            "[]",
            "too-few f:14:27: rules[1].of: expected a list of 1 or more elements, found 0",
        );
        let rule = r#"{"kind": "fixed", "points": 2}"#;
        check_change(
            &format!("[{rule}]"),
            &format!("[{rule}, {rule}, {rule}, {rule}]"),
            "too-many f:14:27: rules[1].of: expected at most 3 elements, found 4",
        );
        check_change(
            r#""en-1": "points""#,
            r#""en-1": "points", "fr": "points""#,
            "too-many f:11:12: names: expected at most 2 entries, found 3",
        );
    }
}
