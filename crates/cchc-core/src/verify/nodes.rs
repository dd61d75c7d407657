//! The tree of a pack as it is written: every node with its path and, for a leaf, the leaf
//! that was read from it. What is asked of the text itself (sources, thresholds as written,
//! exceptions) is asked here.

use std::collections::HashMap;

use serde_json::Value;

use crate::json::key_path;
use crate::model::Pack;
use crate::rules::Rule;
use crate::values::Exact;

/// A node of the tree as it is written.
pub(super) struct Node<'a> {
    pub(super) path: String,
    pub(super) json: &'a Value,
    /// Places of the groups around it, the outermost first.
    pub(super) around: Vec<usize>,
    /// Places of the nodes directly below it.
    pub(super) children: Vec<usize>,
    pub(super) code: &'a str,
    /// The leaf in the pack, if the node is one and was read.
    pub(super) leaf: Option<usize>,
}

impl Node<'_> {
    pub(super) fn is_leaf(&self) -> bool {
        self.json.get("rule").is_some()
    }

    /// The path of something inside the node.
    pub(super) fn at(&self, below: &str) -> String {
        format!("{}.{below}", self.path)
    }
}

/// Every node, parents before their children.
pub(super) fn all<'a>(json: &'a Value, pack: &Pack) -> Vec<Node<'a>> {
    let read = pack.leaves.iter().enumerate();
    let read = read
        .map(|(index, leaf)| (leaf.path.as_str(), index))
        .collect();
    let mut nodes = Vec::new();
    for (index, node) in list(json, "tree").iter().enumerate() {
        walk(node, format!("tree[{index}]"), &[], &read, &mut nodes);
    }
    nodes
}

fn walk<'a>(
    json: &'a Value,
    path: String,
    around: &[usize],
    read: &HashMap<&str, usize>,
    nodes: &mut Vec<Node<'a>>,
) -> usize {
    let place = nodes.len();
    let leaf = read.get(path.as_str()).copied();
    nodes.push(Node {
        path: path.clone(),
        json,
        around: around.to_vec(),
        children: Vec::new(),
        code: json.get("code").and_then(Value::as_str).unwrap_or_default(),
        leaf,
    });
    let below: Vec<usize> = around.iter().copied().chain([place]).collect();
    for (index, child) in list(json, "children").iter().enumerate() {
        let path = format!("{path}.children[{index}]");
        let child = walk(child, path, &below, read, nodes);
        if let Some(node) = nodes.get_mut(place) {
            node.children.push(child);
        }
    }
    place
}

/// The list under a key, empty where there is none.
pub(super) fn list<'a>(json: &'a Value, key: &str) -> &'a [Value] {
    json.get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

/// The text under a key.
pub(super) fn text<'a>(json: &'a Value, key: &str) -> Option<&'a str> {
    json.get(key).and_then(Value::as_str)
}

/// A decimal as a pack writes it: a text or a whole number.
pub(super) fn exact(json: &Value) -> Option<Exact> {
    match json {
        Value::String(text) => Exact::parse(text).ok(),
        Value::Number(number) => number.as_i64().map(Exact::from_integer),
        _ => None,
    }
}

/// The decimal under a key.
pub(super) fn decimal(json: &Value, key: &str) -> Option<Exact> {
    json.get(key).and_then(exact)
}

/// A part of a rule: what was read of it beside what is written.
#[derive(Clone)]
pub(super) struct Part<'a> {
    pub(super) rule: &'a Rule,
    pub(super) json: &'a Value,
    pub(super) path: String,
}

impl<'a> Part<'a> {
    /// The whole rule of a leaf.
    pub(super) fn whole(node: &Node<'a>, rule: &'a Rule) -> Option<Part<'a>> {
        Some(Part {
            rule,
            json: node.json.get("rule")?,
            path: node.at("rule"),
        })
    }

    /// Name of the form that is written.
    pub(super) fn form(&self) -> &'a str {
        text(self.json, "form").unwrap_or_default()
    }

    /// The n-th part of a sum, of the least or of the greatest.
    pub(super) fn nth(&self, rule: &'a Rule, index: usize) -> Option<Part<'a>> {
        let key = match self.form() {
            "checklist" => "items",
            "all_or_nothing" => "all",
            _ => "parts",
        };
        Some(Part {
            rule,
            json: list(self.json, key).get(index)?,
            path: format!("{}.{key}[{index}]", self.path),
        })
    }

    /// The part under a key, such as `then`.
    pub(super) fn under(&self, rule: &'a Rule, key: &str) -> Option<Part<'a>> {
        Some(Part {
            rule,
            json: self.json.get(key)?,
            path: format!("{}.{key}", self.path),
        })
    }

    /// The rule of a class of unit.
    pub(super) fn of_class(&self, rule: &'a Rule, class: &str) -> Option<Part<'a>> {
        Some(Part {
            rule,
            json: self.json.get("classes")?.get(class)?,
            path: key_path(&format!("{}.classes", self.path), class),
        })
    }

    /// Parts directly below, each with the class of unit that it is for.
    pub(super) fn below(&self) -> Vec<(Part<'a>, Option<&'a str>)> {
        let plain = |part: Option<Part<'a>>| part.map(|part| (part, None));
        match self.rule {
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => parts
                .iter()
                .enumerate()
                .filter_map(|(index, rule)| plain(self.nth(rule, index)))
                .collect(),
            Rule::Cap { part, .. } => plain(self.under(part, "part")).into_iter().collect(),
            Rule::Gate {
                then, otherwise, ..
            } => [(then, "then"), (otherwise, "otherwise")]
                .into_iter()
                .filter_map(|(rule, key)| plain(self.under(rule, key)))
                .collect(),
            Rule::ByClass(classes) => classes
                .iter()
                .filter_map(|(class, rule)| Some((self.of_class(rule, class)?, Some(&**class))))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// Every class of unit that a rule distinguishes; `None` alone where it distinguishes none.
pub(super) fn classes(rule: &Rule) -> Vec<Option<&str>> {
    fn find<'a>(rule: &'a Rule, found: &mut Vec<Option<&'a str>>) {
        match rule {
            Rule::ByClass(classes) => {
                for (class, rule) in classes {
                    if !found.contains(&Some(class)) {
                        found.push(Some(class));
                    }
                    find(rule, found);
                }
            }
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| find(part, found));
            }
            Rule::Cap { part, .. } => find(part, found),
            Rule::Gate {
                then, otherwise, ..
            } => {
                find(then, found);
                find(otherwise, found);
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    find(rule, &mut found);
    if found.is_empty() {
        found.push(None);
    }
    found
}
