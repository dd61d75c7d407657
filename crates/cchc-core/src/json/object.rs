//! Objects: which keys they may have, must have and must not repeat.
//!
//! The part of the checker that walks objects with known fields, with fields chosen by a tag,
//! and maps whose keys the file chooses.

use std::collections::BTreeMap;

use jsonc_parser::ast::{Object, ObjectProp, Value as Node};
use jsonc_parser::common::Ranged;
use serde_json::Value;

use super::document::{Mark, Parts};
use super::fault::{did_you_mean, shown};
use super::leaf::{bad_id, unknown_value};
use super::place::Step;
use super::scalar::is_id;
use super::shape::one_of;
use super::syntax::Finding;
use super::walk::{Part, Walk, name};
use super::{Field, Phrase, Shape, phrase};

/// The fields that one object may have.
#[derive(Clone, Copy)]
pub(super) struct Fields<'s> {
    pub(super) implied: &'s [Field],
    pub(super) fields: &'s [Field],
    pub(super) alternatives: &'s [Field],
    /// The field that chose these, already checked; empty if there is none.
    pub(super) tag: &'s str,
}

impl<'a> Walk<'a> {
    pub(super) fn object(&mut self, object: &'a Object<'a>, fields: &Fields<'_>) -> Option<Part> {
        let mut seen: BTreeMap<&str, &ObjectProp<'_>> = BTreeMap::new();
        let mut sound: BTreeMap<&str, Part> = BTreeMap::new();
        let mut whole = true;
        for property in &object.properties {
            let key = property.name.as_str();
            self.path.push(Step::Key(key));
            let repeated = self.is_repeated(&mut seen, property);
            if key == fields.tag && !key.is_empty() {
                if let Node::StringLit(literal) = &property.value
                    && !repeated
                {
                    let part = (
                        Value::from(&*literal.value),
                        Mark::of_leaf(property.value.start()),
                    );
                    sound.insert(key, part);
                }
            } else if let Some((field, needed)) = fields.find(key) {
                let part = self.value(&field.shape, &property.value);
                whole &= repeated || part.is_some() || !needed;
                if let Some(part) = part
                    && !repeated
                {
                    sound.insert(key, part);
                }
            } else if !repeated {
                self.report(property.start(), || fields.unknown(key));
            }
            self.path.pop();
        }
        for field in fields.always() {
            if field.required && !seen.contains_key(field.name) {
                whole = false;
                self.report(object.start(), || missing(field));
            }
        }
        whole &= self.has_exactly_one(object, fields.alternatives, &seen);
        whole.then(|| assemble(object, sound))
    }

    /// The fields that the tag of an object chooses.
    pub(super) fn variant<'s>(
        &mut self,
        object: &'a Object<'a>,
        tag: &'static str,
        variants: &'s [(&'static str, Vec<Field>)],
    ) -> Option<&'s [Field]> {
        let names = || variants.iter().map(|(name, _)| *name);
        let Some(property) = object
            .properties
            .iter()
            .find(|one| one.name.as_str() == tag)
        else {
            self.report(object.start(), || {
                Finding::new(
                    "missing-field",
                    phrase!("the field `{}`", tag),
                    "an object without it",
                )
                .with_help(one_of(names()))
            });
            return None;
        };
        let at = property.value.start();
        self.path.push(Step::Key(tag));
        let chosen = match &property.value {
            Node::StringLit(literal) => {
                let text = &*literal.value;
                let chosen = variants.iter().find(|(name, _)| *name == text);
                if chosen.is_none() {
                    self.report(at, || unknown_value(text, &names().collect::<Vec<_>>()));
                }
                chosen
            }
            other => {
                self.report(at, || {
                    Finding::new("wrong-type", one_of(names()), name(other))
                });
                None
            }
        };
        self.path.pop();
        chosen.map(|(_, fields)| fields.as_slice())
    }

    pub(super) fn map(&mut self, object: &'a Object<'a>, of: &Shape, max: usize) -> Option<Part> {
        let mut seen = BTreeMap::new();
        let mut sound = BTreeMap::new();
        for property in &object.properties {
            let key = property.name.as_str();
            self.path.push(Step::Key(key));
            let repeated = self.is_repeated(&mut seen, property);
            if !is_id(key) {
                self.report(property.start(), || bad_id(key));
            }
            if let Some(part) = self.value(of, &property.value)
                && is_id(key)
                && !repeated
            {
                sound.insert(key, part);
            }
            self.path.pop();
        }
        self.is_at_most(object.start(), object.properties.len(), max, "entries")
            .then(|| assemble(object, sound))
    }

    fn is_repeated<'s>(
        &mut self,
        seen: &mut BTreeMap<&'s str, &'s ObjectProp<'s>>,
        property: &'s ObjectProp<'s>,
    ) -> bool {
        let key = property.name.as_str();
        let Some(first) = seen.get(key) else {
            seen.insert(key, property);
            return false;
        };
        let (line, _) = self.lines.position(self.text, first.start());
        self.report(property.start(), || {
            let found = phrase!("`{}` again, first on line {}", shown(key), line);
            Finding::new("duplicate-key", "each key once", found)
                .with_help("keep the one that is meant")
        });
        true
    }

    fn has_exactly_one(
        &mut self,
        object: &'a Object<'a>,
        alternatives: &[Field],
        seen: &BTreeMap<&str, &ObjectProp<'_>>,
    ) -> bool {
        let present: Vec<&str> = alternatives
            .iter()
            .map(|field| field.name)
            .filter(|name| seen.contains_key(name))
            .collect();
        if alternatives.is_empty() || present.len() == 1 {
            return true;
        }
        self.report(object.start(), || {
            let names: Vec<String> = alternatives
                .iter()
                .map(|field| format!("`{}`", field.name))
                .collect();
            let expected = phrase!("exactly one of the fields {}", names.join(", "));
            let present = present.iter().map(|name| Phrase::from(format!("`{name}`")));
            let found = present
                .reduce(|all, next| phrase!("{} and {}", all, next))
                .unwrap_or_else(|| "none of them".into());
            Finding::new("exactly-one", expected, found)
        });
        false
    }
}

impl<'s> Fields<'s> {
    pub(super) fn new(implied: &'s [Field], fields: &'s [Field]) -> Self {
        Self {
            implied,
            fields,
            alternatives: &[],
            tag: "",
        }
    }

    fn always(&self) -> impl Iterator<Item = &'s Field> + use<'s> {
        self.implied.iter().chain(self.fields)
    }

    /// The field of this name, and whether the object is faulty without a sound one.
    fn find(&self, key: &str) -> Option<(&'s Field, bool)> {
        let always = self.always().map(|field| (field, field.required));
        let alternatives = self.alternatives.iter().map(|field| (field, true));
        always
            .chain(alternatives)
            .find(|(field, _)| field.name == key)
    }

    fn unknown(&self, key: &str) -> Finding {
        let tag = Some(self.tag).filter(|tag| !tag.is_empty());
        let names: Vec<&str> = tag
            .into_iter()
            .chain(
                self.always()
                    .chain(self.alternatives)
                    .map(|field| field.name),
            )
            .collect();
        let expected = "a field that is known here";
        let finding = Finding::new("unknown-field", expected, format!("`{}`", shown(key)));
        match did_you_mean(key, names.iter().copied()) {
            Some(meant) => finding.with_help(phrase!("did you mean `{}`?", meant)),
            None => finding.with_help(phrase!("known here: {}", one_of(names.into_iter()))),
        }
    }
}

fn missing(field: &Field) -> Finding {
    let expected = phrase!("the field `{}`", field.name);
    let finding = Finding::new("missing-field", expected, "an object without it");
    if field.doc.is_empty() {
        finding
    } else {
        finding.with_help(field.doc)
    }
}

fn assemble(object: &Object<'_>, sound: BTreeMap<&str, Part>) -> Part {
    let mut value = serde_json::Map::new();
    let mut marks = Vec::with_capacity(sound.len());
    let mut whole = sound.len() == object.properties.len();
    for (key, (part, mark)) in sound {
        whole &= mark.whole;
        value.insert(key.to_owned(), part);
        marks.push((Box::from(key), mark));
    }
    let parts = Parts::Fields(marks);
    (
        Value::Object(value),
        Mark {
            start: object.start(),
            whole,
            parts,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::super::{check, sample};

    /// Checks the sample with `from` replaced by `to`.
    #[track_caller]
    fn check_change(from: &str, to: &str, expected: &str) {
        assert!(sample::VALID.contains(from), "{from}");
        let text = sample::VALID.replacen(from, to, 1);
        let faults = check(&sample::format(), "f", text.as_bytes()).unwrap_err();
        let lines: Vec<String> = faults
            .iter()
            .map(|fault| format!("{} {fault}", fault.code))
            .collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn an_unknown_field_is_refused_at_its_key() {
        check_change(
            "\"count\"",
            "\"cuont\"",
            "unknown-field f:6:3: cuont: expected a field that is known here, found `cuont`\n  \
             help: did you mean `count`?",
        );
        check_change(
            "\"points\": 2",
            "\"points\": 2, \"a \\u202e\": 1",
            "unknown-field f:14:59: rules[1].of[0][\"a \\u202e\"]: expected a field that is known \
             here, found `a \\u202e`\n  help: known here: one of `kind`, `points`",
        );
    }

    #[test]
    fn a_missing_field_is_explained_by_what_it_holds() {
        check_change(
            "  \"id\": \"ha-noi.2024\",\n",
            "",
            "missing-field f:1:1: $: expected the field `id`, found an object without it\n  \
             help: Identifier of the sample.",
        );
    }

    #[test]
    fn a_repeated_key_names_the_line_of_the_first() {
        check_change(
            "\"law\": \"vn\"",
            "\"id\": \"b\"",
            "duplicate-key f:9:3: id: expected each key once, found `id` again, first on line 4\n  \
             help: keep the one that is meant",
        );
        check_change(
            "\"en-1\"",
            "\"v\\u0069\"",
            "duplicate-key f:11:29: names.vi: expected each key once, found `vi` again, \
             first on line 11\n  help: keep the one that is meant",
        );
    }

    #[test]
    fn a_tag_that_is_missing_or_unknown_is_reported() {
        check_change(
            "\"kind\": \"all\"",
            "\"kind\": \"al\"",
            "unknown-value f:14:14: rules[1].kind: expected one of `fixed`, `all`, found `\"al\"`\n  \
             help: did you mean `all`?",
        );
        check_change(
            "\"kind\": \"all\", ",
            "",
            "missing-field f:14:5: rules[1]: expected the field `kind`, \
             found an object without it\n  help: one of `fixed`, `all`",
        );
        check_change(
            "\"kind\": \"all\"",
            "\"kind\": 1",
            "wrong-type f:14:14: rules[1].kind: expected one of `fixed`, `all`, found `1`",
        );
    }

    #[test]
    fn one_of_the_alternatives_is_present() {
        check_change(
            "\"date\": \"2025-12-31\", ",
            "",
            "exactly-one f:17:12: until: expected exactly one of the fields `date`, `days`, \
             found none of them",
        );
        check_change(
            "\"note\": \"x\"",
            "\"days\": 30",
            "exactly-one f:17:12: until: expected exactly one of the fields `date`, `days`, \
             found `date` and `days`",
        );
    }

    #[test]
    fn a_key_of_a_map_is_an_identifier() {
        check_change(
            "\"en-1\"",
            "\"е1\"",
            "bad-identifier f:11:29: names[\"е1\"]: expected an identifier as text, found `\"е1\"`\n  \
             help: `е` (U+0435) is not a letter from A to Z, a digit, `.`, `_` or `-`",
        );
    }
}
