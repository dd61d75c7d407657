//! Every figure says where it comes from, or that it is illustrative.
//!
//! A figure is a number of a leaf or of its rule; a due date, window, deadline, domain or
//! other number of a quantity; and of the pack its maximum, rounding, last day to hand in,
//! classes, and the limits of its groups. A window that is just the scored year is none. A
//! stretch without any source is told once, at its top.

use serde_json::Value;

use super::Verifier;
use super::nodes::{exact, list, text};
use crate::json::{item_path, key_path};

/// Fields of rules that name something and are no figures.
const NAMES: &[&str] = &[
    "form",
    "of",
    "read",
    "in",
    "is",
    "id",
    "not_arisen",
    "verdict",
    "achieved",
    "target",
    "reason",
];

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let pack = ctx.document.value();
    let mut lists = vec![Listed::of("", pack)];
    let mut figures: Vec<(Vec<Listed<'_>>, String, Figures<'_>)> = Vec::new();
    for name in ["max", "rounding", "hand_in_by"] {
        if pack.get(name).is_some() {
            figures.push((lists.clone(), name.to_owned(), Figures::Whole));
        }
    }
    for name in ["window", "document_window"] {
        let window = pack.get(name);
        if window.is_some_and(|it| !is_year(it, ctx.pack.scored_year)) {
            figures.push((lists.clone(), name.to_owned(), Figures::Whole));
        }
    }
    for (index, class) in list(pack, "classes").iter().enumerate() {
        if class.get("from").is_some() {
            let path = format!("classes[{index}].from");
            figures.push((lists.clone(), path, Figures::Whole));
        }
    }
    for (index, quantity) in list(pack, "quantities").iter().enumerate() {
        let path = format!("quantities[{index}]");
        let around = [lists.clone(), vec![Listed::of(&path, quantity)]].concat();
        for (path, value) in of_quantity(&path, quantity, ctx.pack.scored_year) {
            figures.push((around.clone(), path, value));
        }
    }
    for node in ctx.nodes {
        let around = node.around.iter().filter_map(|place| ctx.nodes.get(*place));
        let around = around.map(|group| Listed::of(&group.path, group.json));
        let around: Vec<Listed<'_>> = lists
            .iter()
            .cloned()
            .chain(around)
            .chain([Listed::of(&node.path, node.json)])
            .collect();
        // A leaf without any source was told of by the reader.
        if node.is_leaf() && list(node.json, "sources").is_empty() {
            continue;
        }
        let names: &[&str] = match node.is_leaf() {
            true => &["max", "min", "unproved"],
            false => &["cap", "floor"],
        };
        for name in names {
            if node.json.get(name).is_some() {
                figures.push((around.clone(), node.at(name), Figures::Whole));
            }
        }
        if let Some(rule) = node.json.get("rule") {
            figures.push((around, node.at("rule"), Figures::Numbers(rule)));
        }
    }
    for (lists, path, value) in figures {
        for path in unsourced(&value, &path, &lists).told(&path) {
            ctx.fault(
                "figure-unsourced",
                &path,
                "a source: a document, or `illustrative` with a reason",
                "none",
                "name the figure in `of` of one of the `sources` beside it",
            );
        }
    }
    lists.extend(quantities_and_nodes(ctx, pack));
    for listed in lists {
        listed.verify(ctx);
    }
}

fn quantities_and_nodes<'a>(ctx: &Verifier<'a>, pack: &'a Value) -> Vec<Listed<'a>> {
    let quantities = list(pack, "quantities").iter().enumerate();
    let quantities =
        quantities.map(|(index, json)| Listed::of(&format!("quantities[{index}]"), json));
    let nodes = ctx
        .nodes
        .iter()
        .map(|node| Listed::of(&node.path, node.json));
    quantities.chain(nodes).collect()
}

/// A list of sources with the part of the pack that it stands in.
#[derive(Clone)]
struct Listed<'a> {
    path: String,
    json: &'a Value,
}

impl<'a> Listed<'a> {
    fn of(path: &str, json: &'a Value) -> Self {
        let path = path.to_owned();
        Listed { path, json }
    }

    /// Whether one of the sources names a path of the file, or something around it.
    fn covers(&self, path: &str) -> bool {
        let inside = match path.strip_prefix(&self.path) {
            Some(rest) => rest.strip_prefix('.').unwrap_or(rest),
            None => return false,
        };
        self.named().any(|(_, _, name)| {
            inside
                .strip_prefix(name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    /// What the sources name: place of the source, of the name, and the name.
    fn named(&self) -> impl Iterator<Item = (usize, usize, &'a str)> {
        let sources = list(self.json, "sources").iter().enumerate();
        sources.flat_map(|(source, json)| {
            let names = list(json, "of").iter().enumerate();
            names.filter_map(move |(index, name)| Some((source, index, name.as_str()?)))
        })
    }

    /// A source that names nothing proves nothing.
    fn verify(&self, ctx: &mut Verifier<'_>) {
        for (source, index, name) in self.named() {
            if at(self.json, name).is_none() {
                let inside = format!("sources[{source}].of[{index}]");
                let path = match self.path.as_str() {
                    "" => inside,
                    path => format!("{path}.{inside}"),
                };
                ctx.fault(
                    "source-of-nothing",
                    &path,
                    "the path of a figure beside the list",
                    format!("`{name}`, where nothing stands"),
                    "mend the path, or remove it",
                )
                .warn();
            }
        }
    }
}

/// The value at a path such as `rule.bands[0].from`.
fn at<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer = path.replace('[', "/").replace(']', "").replace('.', "/");
    json.pointer(&format!("/{pointer}"))
}

/// What of a value are figures.
enum Figures<'a> {
    /// The value itself.
    Whole,
    /// The numbers in it.
    Numbers(&'a Value),
}

/// Figures counted, and the tops of stretches without a source.
struct Unsourced {
    figures: usize,
    without: usize,
    tops: Vec<String>,
}

impl Unsourced {
    /// Where to tell of it: at the top where nothing below has a source.
    fn told(self, path: &str) -> Vec<String> {
        match self.without {
            0 => Vec::new(),
            without if without == self.figures => vec![path.to_owned()],
            _ => self.tops,
        }
    }
}

fn unsourced(figures: &Figures<'_>, path: &str, lists: &[Listed<'_>]) -> Unsourced {
    let value = match figures {
        Figures::Whole => return single(path, lists),
        Figures::Numbers(value) => value,
    };
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !NAMES.contains(&key.as_str()))
            .map(|(key, value)| (key_path(path, key), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, item)| (item_path(path, index), item))
            .collect(),
        scalar if exact(scalar).is_some() => return single(path, lists),
        _ => Vec::new(),
    };
    let mut all = Unsourced {
        figures: 0,
        without: 0,
        tops: Vec::new(),
    };
    for (path, part) in parts {
        let below = unsourced(&Figures::Numbers(part), &path, lists);
        all.figures += below.figures;
        all.without += below.without;
        all.tops.extend(below.told(&path));
    }
    all
}

fn single(path: &str, lists: &[Listed<'_>]) -> Unsourced {
    let without = lists.iter().all(|list| !list.covers(path));
    Unsourced {
        figures: 1,
        without: usize::from(without),
        tops: Vec::new(),
    }
}

/// Figures of a quantity.
fn of_quantity<'a>(path: &str, json: &'a Value, year: i32) -> Vec<(String, Figures<'a>)> {
    let mut found = Vec::new();
    for name in ["hand_in_by", "min_total"] {
        if json.get(name).is_some() {
            found.push((format!("{path}.{name}"), Figures::Whole));
        }
    }
    for name in ["domain", "range", "sample", "options"] {
        if let Some(value) = json.get(name) {
            found.push((format!("{path}.{name}"), Figures::Numbers(value)));
        }
    }
    if json.pointer("/total/at_most").is_some() {
        found.push((format!("{path}.total.at_most"), Figures::Whole));
    }
    let mut windows = vec![(path.to_owned(), json)];
    for (index, obligation) in list(json, "obligations").iter().enumerate() {
        if obligation.get("due").is_some() {
            let path = format!("{path}.obligations[{index}].due");
            found.push((path, Figures::Whole));
        }
    }
    let proof = json
        .get("proof")
        .map_or(&[][..], |proof| list(proof, "roles"));
    for (index, role) in proof.iter().enumerate() {
        let path = format!("{path}.proof.roles[{index}]");
        for name in ["at_least", "deadline"] {
            if role.get(name).is_some() {
                found.push((format!("{path}.{name}"), Figures::Whole));
            }
        }
        windows.push((path, role));
    }
    for (path, json) in windows {
        if json.get("window").is_some_and(|it| !is_year(it, year)) {
            found.push((format!("{path}.window"), Figures::Whole));
        }
    }
    found
}

/// Whether a window is the scored year, from its first day to its last.
fn is_year(window: &Value, year: i32) -> bool {
    text(window, "from") == Some(&format!("{year}-01-01"))
        && text(window, "to") == Some(&format!("{year}-12-31"))
}
