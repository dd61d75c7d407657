//! `by_class`: a rule for each class of unit (form 16).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::RuleWire;
use crate::json::{Field, Shape, key_path, phrase};
use crate::rules::Rule;
use crate::wire::lower::Lowering;

#[derive(Debug, Deserialize)]
pub(crate) struct ByClass {
    classes: BTreeMap<String, RuleWire>,
}

pub(super) fn fields() -> Vec<Field> {
    vec![Field::required(
        "classes",
        Shape::map(Shape::Ref("rule"), 64),
        "For each class of unit of the pack, its rule.",
    )]
}

impl ByClass {
    pub(super) fn lower(&self, path: &str, ctx: &mut Lowering<'_>) -> Option<Rule> {
        let known = ctx.unit_classes().to_vec();
        let mut sound = true;
        for class in &known {
            if !self.classes.contains_key(class) {
                ctx.fault(
                    "class-missing",
                    &format!("{path}.classes"),
                    phrase!("a rule for the class of unit `{}`", class),
                    "none",
                    None,
                );
                sound = false;
            }
        }
        let mut rules = Vec::new();
        for (class, rule) in &self.classes {
            let place = key_path(&format!("{path}.classes"), class);
            if !known.contains(class) {
                ctx.unknown(
                    &place,
                    "class of unit",
                    class,
                    known.iter().map(String::as_str),
                    "unit_classes",
                );
                sound = false;
            }
            match rule.lower(&place, ctx) {
                Some(rule) => rules.push((class.clone(), rule)),
                None => sound = false,
            }
        }
        sound.then_some(Rule::ByClass(rules))
    }
}
