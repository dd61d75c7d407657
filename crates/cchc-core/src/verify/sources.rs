//! Every figure says where it comes from, or that it is illustrative.
//!
//! A figure is a number of a leaf or of its rule; a due date, window, deadline, domain or
//! other number of a quantity; and of the pack its maximum, rounding, last day to hand in,
//! classes, and the limits of its groups. A window that is just the scored year is none. A
//! stretch without any source is told once, at its top.

use std::collections::BTreeSet;

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
    let named = named(ctx);
    let pack = ctx.document.value();
    let mut figures: Vec<(String, Figures<'_>)> = Vec::new();
    let mut single = |json: &Value, path: &str, names: &[&str]| {
        for name in names.iter().filter(|name| json.get(name).is_some()) {
            figures.push((key_path(path, name), Figures::Whole));
        }
    };
    single(pack, "$", &["max", "rounding", "hand_in_by"]);
    for name in ["window", "document_window"] {
        let window = pack.get(name);
        if window.is_some_and(|it| !is_year(it, ctx.pack.scored_year)) {
            single(pack, "$", &[name]);
        }
    }
    for (index, class) in list(pack, "classes").iter().enumerate() {
        single(class, &format!("classes[{index}]"), &["from"]);
    }
    for node in ctx.nodes {
        // A leaf without any source was told of by the reader.
        if node.is_leaf() && list(node.json, "sources").is_empty() {
            continue;
        }
        match node.is_leaf() {
            true => single(node.json, &node.path, &["max", "min", "unproved"]),
            false => single(node.json, &node.path, &["cap", "floor"]),
        }
    }
    for node in ctx.nodes {
        if let Some(rule) = node.json.get("rule")
            && !list(node.json, "sources").is_empty()
        {
            figures.push((node.at("rule"), Figures::Numbers(rule)));
        }
    }
    for (index, quantity) in list(pack, "quantities").iter().enumerate() {
        let path = format!("quantities[{index}]");
        figures.extend(of_quantity(&path, quantity, ctx.pack.scored_year));
    }
    for (path, value) in figures {
        for path in unsourced(&value, &path, &named).told(&path) {
            ctx.fault(
                "figure-unsourced",
                &path,
                "a source: a document, or `illustrative` with a reason",
                "none",
                "name the figure in `of` of one of the `sources` beside it",
            );
        }
    }
}

/// What sources name, as paths of the file; a source that names nothing is told.
fn named(ctx: &mut Verifier<'_>) -> BTreeSet<String> {
    let pack = ctx.document.value();
    let quantities = list(pack, "quantities").iter().enumerate();
    let quantities = quantities.map(|(index, json)| (format!("quantities[{index}]"), json));
    let nodes = ctx.nodes.iter().map(|node| (node.path.clone(), node.json));
    let places = [("$".to_owned(), pack)].into_iter();
    let places: Vec<(String, &Value)> = places.chain(quantities).chain(nodes).collect();
    let mut named = BTreeSet::new();
    for (path, json) in places {
        let inside = |below: &str| match path.as_str() {
            "$" => below.to_owned(),
            path => format!("{path}.{below}"),
        };
        for (source, entry) in list(json, "sources").iter().enumerate() {
            for (index, name) in list(entry, "of").iter().enumerate() {
                let name = name.as_str().unwrap_or_default();
                if at(json, name).is_some() {
                    named.insert(inside(name));
                    continue;
                }
                ctx.fault(
                    "source-of-nothing",
                    &inside(&format!("sources[{source}].of[{index}]")),
                    "the path of a figure beside the list",
                    format!("`{name}`, where nothing stands"),
                    "mend the path, or remove it",
                )
                .warn();
            }
        }
    }
    named
}

/// The value at a path such as `rule.bands[0].from`.
fn at<'a>(json: &'a Value, path: &str) -> Option<&'a Value> {
    let pointer = path.replace('[', "/").replace(']', "").replace('.', "/");
    json.pointer(&format!("/{pointer}"))
}

/// Whether a source names a path, or something around it.
fn covered(named: &BTreeSet<String>, path: &str) -> bool {
    let ends = path.match_indices(['.', '[']).map(|(end, _)| end);
    let mut around = ends.filter_map(|end| path.get(..end));
    named.contains(path) || around.any(|around| named.contains(around))
}

/// What of a value are figures.
enum Figures<'a> {
    /// The value itself.
    Whole,
    /// The numbers in it.
    Numbers(&'a Value),
}

/// Figures counted, and the tops of stretches without a source.
#[derive(Default)]
struct Unsourced {
    figures: usize,
    without: usize,
    tops: Vec<String>,
}

impl Unsourced {
    fn single(path: &str, named: &BTreeSet<String>) -> Self {
        Unsourced {
            figures: 1,
            without: usize::from(!covered(named, path)),
            tops: Vec::new(),
        }
    }

    /// Where to tell of it: at the top where nothing below has a source.
    fn told(self, path: &str) -> Vec<String> {
        match self.without {
            0 => Vec::new(),
            without if without == self.figures => vec![path.to_owned()],
            _ => self.tops,
        }
    }
}

fn unsourced(figures: &Figures<'_>, path: &str, named: &BTreeSet<String>) -> Unsourced {
    let value = match figures {
        Figures::Whole => return Unsourced::single(path, named),
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
        scalar if exact(scalar).is_some() => return Unsourced::single(path, named),
        _ => Vec::new(),
    };
    let mut all = Unsourced::default();
    for (path, part) in parts {
        let below = unsourced(&Figures::Numbers(part), &path, named);
        all.figures += below.figures;
        all.without += below.without;
        all.tops.extend(below.told(&path));
    }
    all
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
