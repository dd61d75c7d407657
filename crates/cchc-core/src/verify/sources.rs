//! Every figure says where it comes from, or that it is illustrative.
//!
//! A figure is a number of a leaf or of its rule; a due date, window, deadline, domain or
//! other number of a quantity; whether predecessors are added up and windows cut to a unit's
//! days; and of the pack its maximum, rounding, last day to hand in,
//! effort of acts, classes, and the limits of its groups. What is only plain is none: a window that is the
//! scored year or the pack's own, a domain from 0 to 100, one document, one item at least, no
//! points for silence. A stretch without any source is told once, at its top.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Verifier;
use super::nodes::{decimal, exact, list, text};
use crate::json::{item_path, key_path};
use crate::values::Exact;

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
    single(pack, "$", &["max", "rounding", "hand_in_by", "effort"]);
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
            true => {
                single(node.json, &node.path, &["max", "min"]);
                let silence = decimal(node.json, "unproved").filter(|x| !x.is_zero());
                if silence.is_some_and(|it| decimal(node.json, "min") != Some(it)) {
                    single(node.json, &node.path, &["unproved"]);
                }
            }
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
        let leaves = ctx.pack.leaves.iter();
        let read = leaves.filter(|leaf| {
            let mut read = leaf.quantities.iter();
            read.any(|of| ctx.pack.quantity(*of).is_some_and(|it| it.path == path))
        });
        // A range of judged points is the leaf's own.
        let ends: Vec<&Exact> = match quantity.get("range") {
            Some(_) => read
                .flat_map(|leaf| [leaf.min.exact(), leaf.max.exact()])
                .collect(),
            None => Vec::new(),
        };
        for name in ["min", "max"] {
            let range = quantity.get("range");
            let end = range.and_then(|range| decimal(range, name));
            if end.is_some_and(|end| !ends.contains(&&end)) {
                figures.push((format!("{path}.range.{name}"), Figures::Whole));
            }
        }
        figures.extend(of_quantity(&path, quantity, pack, ctx.pack.scored_year));
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

/// What sources name, as paths of the file.
fn named(ctx: &Verifier<'_>) -> BTreeSet<String> {
    let pack = ctx.document.value();
    let quantities = list(pack, "quantities").iter().enumerate();
    let quantities = quantities.map(|(index, json)| (format!("quantities[{index}]"), json));
    let nodes = ctx.nodes.iter().map(|node| (node.path.clone(), node.json));
    let places = [("$".to_owned(), pack)].into_iter();
    let mut named = BTreeSet::new();
    for (path, json) in places.chain(quantities).chain(nodes) {
        for name in list(json, "sources").iter().flat_map(|it| list(it, "of")) {
            let name = name.as_str().unwrap_or_default();
            named.insert(match path.as_str() {
                "$" => name.to_owned(),
                path => format!("{path}.{name}"),
            });
        }
    }
    named
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
fn of_quantity<'a>(
    path: &str,
    json: &'a Value,
    pack: &Value,
    year: i32,
) -> Vec<(String, Figures<'a>)> {
    let mut found = Vec::new();
    let mut whole = |path: &str, name: &str, there: bool| {
        if there {
            found.push((format!("{path}.{name}"), Figures::Whole));
        }
    };
    whole(path, "hand_in_by", json.get("hand_in_by").is_some());
    whole(
        path,
        "predecessors",
        text(json, "predecessors") == Some("sum"),
    );
    whole(
        path,
        "observation",
        text(json, "observation") == Some("unit"),
    );
    whole(path, "min_total", is_above_one(json.get("min_total")));
    let most = json.pointer("/total/at_most");
    whole(path, "total.at_most", most.is_some());
    for name in ["min", "max"] {
        let end = json.get("domain").and_then(|domain| decimal(domain, name));
        let plain = [0, 1, 100].map(Exact::from_integer);
        let stated = end.is_some_and(|end| !plain.contains(&end));
        whole(path, &format!("domain.{name}"), stated);
    }
    let mut windows = vec![(path.to_owned(), json)];
    for (index, obligation) in list(json, "obligations").iter().enumerate() {
        let due = format!("obligations[{index}].due");
        whole(path, &due, obligation.get("due").is_some());
    }
    let proof = json
        .get("proof")
        .map_or(&[][..], |proof| list(proof, "roles"));
    for (index, role) in proof.iter().enumerate() {
        let path = format!("{path}.proof.roles[{index}]");
        whole(&path, "at_least", is_above_one(role.get("at_least")));
        whole(&path, "deadline", role.get("deadline").is_some());
        windows.push((path, role));
    }
    for (path, json) in windows {
        let own = |it: &Value| !is_year(it, year) && pack.get("window") != Some(it);
        whole(&path, "window", json.get("window").is_some_and(own));
    }
    for name in ["sample", "options"] {
        if let Some(value) = json.get(name) {
            found.push((format!("{path}.{name}"), Figures::Numbers(value)));
        }
    }
    found
}

fn is_above_one(number: Option<&Value>) -> bool {
    number.and_then(exact).is_some_and(|it| it > Exact::ONE)
}

/// Whether a window is the scored year, from its first day to its last.
fn is_year(window: &Value, year: i32) -> bool {
    text(window, "from") == Some(&format!("{year}-01-01"))
        && text(window, "to") == Some(&format!("{year}-12-31"))
}
