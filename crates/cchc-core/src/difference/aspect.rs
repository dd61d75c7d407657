//! What of a leaf a change can touch, each part as a text that is the same for the same
//! meaning.
//!
//! Days are told by their distance from the scored year, so that a pack and its successor
//! agree on "15 March of the year". Neighbouring pieces on one line are one piece, a limit
//! that is never reached is none, and the order of roles says nothing.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::model::{Leaf, Pack};
use crate::rules::*;
use crate::values::{Exact, Window};

/// A part of a leaf that two packs can have differently.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Aspect {
    /// Which part: `rule`, `rounding`, `max`, `unproved`, `scored_by`, `ground`, `validity`,
    /// `window`, `hand_in_by`, `due`, `event`, `movement`, `total`, `open_at_close`,
    /// `overdue`, `min_total`, `domain`, `scale`, `options`, `sample`, `upper_level`,
    /// `predecessors`, `observation` or `requirement`.
    pub what: &'static str,
    /// The quantity or ground that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// The role of a requirement, or the obligation of a due date.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// An aspect that two packs have differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The aspect.
    #[serde(flatten)]
    pub aspect: Aspect,
    /// Whether the new pack takes every record that the old one takes, and scores it alike:
    /// it only takes more.
    pub widened: bool,
}

/// How a comparison looks at a leaf.
#[derive(Clone, Copy)]
pub(super) struct Lens<'a> {
    pub(super) pack: &'a Pack,
    pub(super) leaf: &'a Leaf,
    /// Whether reasons count as part of a rule.
    pub(super) reasons: bool,
}

/// What the two leaves have differently.
pub(super) fn changes(old: Lens<'_>, new: Lens<'_>) -> Vec<Change> {
    let (before, after) = (aspects(old), aspects(new));
    let mut keys: Vec<&Aspect> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .filter(|key| before.get(key) != after.get(key))
        .map(|key| Change {
            aspect: key.clone(),
            widened: widened(key, old, new),
        })
        .collect()
}

/// Whether the new pack only takes records that the old one refuses.
fn widened(aspect: &Aspect, old: Lens<'_>, new: Lens<'_>) -> bool {
    let kind = |lens: Lens<'_>| {
        let of = aspect
            .of
            .as_ref()
            .and_then(|id| lens.pack.quantity_by_id.get(id));
        of.and_then(|of| lens.pack.quantity(*of))
            .map(|it| it.kind.clone())
    };
    match (aspect.what, kind(old), kind(new)) {
        // Without `at_most`, which the old pack refuses, a declared total is unbounded.
        (
            "total",
            Some(QuantityKind::Share { total: a, .. }),
            Some(QuantityKind::Share { total: b, .. }),
        ) => a == Total::Unbounded && b == Total::Declared,
        (
            "min_total",
            Some(QuantityKind::Share { min_total: a, .. }),
            Some(QuantityKind::Share { min_total: b, .. }),
        ) => b < a && a > 0 && b > 0,
        (
            "domain",
            Some(QuantityKind::Measure { min: a, max: b, .. }),
            Some(QuantityKind::Measure { min: c, max: d, .. }),
        ) => {
            c.is_none_or(|c| a.is_some_and(|a| c <= a))
                && d.is_none_or(|d| b.is_some_and(|b| d >= b))
        }
        (
            "scale",
            Some(QuantityKind::Judgement {
                scale: JudgementScale::Points { min: a, max: b },
            }),
            Some(QuantityKind::Judgement {
                scale: JudgementScale::Points { min: c, max: d },
            }),
        ) => c <= a && d >= b,
        _ => false,
    }
}

fn aspects(lens: Lens<'_>) -> BTreeMap<Aspect, String> {
    let Lens { pack, leaf, .. } = lens;
    let year = pack.scored_year;
    let mut told = BTreeMap::new();
    let mut tell = |what, of: Option<&str>, part: Option<&str>, text: String| {
        let aspect = Aspect {
            what,
            of: of.map(str::to_owned),
            part: part.map(str::to_owned),
        };
        told.insert(aspect, text);
    };
    tell("rule", None, None, rule_text(&leaf.rule, lens));
    tell("rounding", None, None, format!("{:?}", pack.rounding));
    tell("max", None, None, leaf.max.to_string());
    tell("unproved", None, None, leaf.unproved.to_string());
    tell("scored_by", None, None, format!("{:?}", leaf.scored_by));
    let force = leaf.validity.map(|it| window_text(it, year));
    // A successor answers for other dates; that stands at the head of the packs.
    let answers = lens.reasons.then(|| window_text(pack.validity, year));
    tell("validity", None, None, format!("{answers:?} {force:?}"));
    for ground in &leaf.grounds {
        let roles = role_texts(&ground.proof, year, None);
        let asked: Vec<String> = roles.into_values().collect();
        let until = day_text(pack.hand_in_by, year);
        tell(
            "ground",
            Some(&ground.id),
            None,
            format!("{asked:?} {until}"),
        );
    }
    for quantity in leaf.quantities.iter().filter_map(|of| pack.quantity(*of)) {
        let id = Some(&*quantity.id);
        tell("window", id, None, window_text(quantity.window, year));
        tell("hand_in_by", id, None, day_text(quantity.hand_in_by, year));
        let upper = quantity.depends_on_upper_level.to_string();
        tell("upper_level", id, None, upper);
        let predecessors = format!("{:?}", quantity.predecessors);
        tell("predecessors", id, None, predecessors);
        tell(
            "observation",
            id,
            None,
            format!("{:?}", quantity.observation),
        );
        for (role, text) in role_texts(&quantity.proof, year, Some(quantity)) {
            tell("requirement", id, Some(role), text);
        }
        kind_texts(quantity, year, &mut tell);
    }
    told
}

type Tell<'t> = dyn FnMut(&'static str, Option<&str>, Option<&str>, String) + 't;

fn kind_texts(quantity: &Quantity, year: i32, tell: &mut Tell<'_>) {
    let id = Some(&*quantity.id);
    tell("event", id, None, format!("{:?}", quantity.kind.event()));
    match &quantity.kind {
        QuantityKind::Count { by } => tell("event", id, None, format!("{by:?}")),
        QuantityKind::DueSet { obligations, .. } => {
            for it in obligations {
                let due = format!("{} {}", day_text(it.due, year), it.provisional);
                tell("due", id, Some(&it.id), due);
            }
        }
        QuantityKind::Share {
            by,
            total,
            open_at_close,
            overdue,
            min_total,
        } => {
            tell("event", id, None, format!("{by:?}"));
            tell("total", id, None, format!("{total:?}"));
            if matches!(by, ShareBy::Figure) {
                tell("open_at_close", id, None, format!("{open_at_close:?}"));
            }
            tell("overdue", id, None, overdue.to_string());
            tell("min_total", id, None, min_total.to_string());
        }
        QuantityKind::Flag {
            movement,
            sample_margin,
        } => {
            tell("movement", id, None, format!("{movement:?}"));
            tell("sample", id, None, format!("{sample_margin:?}"));
        }
        QuantityKind::Measure { min, max, options } => {
            tell("domain", id, None, format!("{min:?} {max:?}"));
            let weights = options.iter().map(|it| format!("{}={}", it.id, it.weight));
            tell("options", id, None, weights.collect::<Vec<_>>().join(" "));
        }
        QuantityKind::Judgement { scale } => tell("scale", id, None, format!("{scale:?}")),
    }
}

/// Whether a fact of the quantity can say that there are no items.
fn can_be_none(quantity: &Quantity) -> bool {
    match &quantity.kind {
        QuantityKind::Share { min_total, .. } => *min_total == 0,
        QuantityKind::Count { by } => *by == CountBy::Figure,
        _ => false,
    }
}

/// What each role asks, by its name.
fn role_texts<'p>(
    proof: &'p Proof,
    year: i32,
    quantity: Option<&Quantity>,
) -> BTreeMap<&'p str, String> {
    let can_be_none = quantity.is_some_and(can_be_none);
    let text = |role: &Role| {
        let when = match role.when {
            When::Some if !can_be_none => When::Always,
            when => when,
        };
        let mut kinds: Vec<&str> = role.kinds.iter().map(|it| it.abbreviation()).collect();
        kinds.sort_unstable();
        let (from, to) = days_of(role, quantity);
        let days = [from, to].map(|it| day_text(it, year)).join("..");
        let deadline = match role.deadline {
            Some(Deadline::AfterEvent { working_days }) => Some(working_days),
            _ => None,
        };
        let pattern = role.number_pattern.as_ref().map(regex::Regex::as_str);
        format!(
            "{kinds:?} {} {:?} {:?} {:?} {:?} {pattern:?} {days} {:?} {deadline:?} {:?} {:?} {} {} {} {:?}",
            role.at_least,
            when,
            role.of,
            role.issuer_levels,
            role.issuers,
            role.dated,
            role.order,
            role.refers_to,
            role.page,
            role.signed,
            role.distinct,
            role.fields,
        )
    };
    let roles = proof.roles.iter();
    roles.map(|role| (&*role.name, text(role))).collect()
}

/// First and last day on which a document of a role can be dated so that it counts.
///
/// A day after the deadline is too late whatever the window says. Where a document stands
/// on one side of its event, the event's own window ends the document's on that side; an
/// obligation can be met after its window, so there only the beginning is taken.
fn days_of(role: &Role, quantity: Option<&Quantity>) -> (NaiveDate, NaiveDate) {
    let (mut from, mut to) = (role.window.from(), role.window.to());
    if let Some(Deadline::On { date, .. }) = role.deadline {
        to = to.min(date);
    }
    let fed = quantity.filter(|it| it.kind.event().is_some());
    if let Some(quantity) = fed {
        let due = matches!(quantity.kind, QuantityKind::DueSet { .. });
        match role.order {
            Some(Order::OnOrAfter) => from = from.max(quantity.window.from()),
            Some(Order::OnOrBefore) if !due => to = to.min(quantity.window.to()),
            _ => {}
        }
    }
    (from, to)
}

fn window_text(window: Window, year: i32) -> String {
    let ends = [window.from(), window.to()].map(|it| day_text(it, year));
    ends.join("..")
}

fn day_text(date: NaiveDate, year: i32) -> String {
    format!(
        "{:+}-{:02}-{:02}",
        date.year() - year,
        date.month(),
        date.day()
    )
}

/// A rule with the names of its quantities, and with its curves in one form.
fn rule_text(rule: &Rule, lens: Lens<'_>) -> String {
    let list = |name: &str, parts: &[Rule]| {
        let parts: Vec<String> = parts.iter().map(|it| rule_text(it, lens)).collect();
        format!("{name}({})", parts.join(", "))
    };
    match rule {
        Rule::Constant(points) => format!("constant {points}"),
        Rule::Curve(curve) => curve_text(curve, lens),
        Rule::Obligations(rule) => format!(
            "obligations {} {} {} {} {}",
            name(rule.of, lens),
            rule.size,
            rule.met,
            rule.late,
            rule.missing
        ),
        Rule::Relative(rule) => format!(
            "relative {} {:?} {} {}",
            name(rule.achieved, lens),
            rule.target.map(|of| name(of, lens)),
            rule.points,
            rule.at_target
        ),
        Rule::Sum(parts) => list("sum", parts),
        Rule::Least(parts) => list("least", parts),
        Rule::Greatest(parts) => list("greatest", parts),
        Rule::Cap { part, at, floor } => {
            let (least, most) = part.range();
            let at = at.as_ref().filter(|at| **at < most);
            let floor = floor.as_ref().filter(|floor| **floor > least);
            let part = rule_text(part, lens);
            match (at, floor) {
                (None, None) => part,
                _ => format!("cap({part}, {at:?}, {floor:?})"),
            }
        }
        Rule::Gate {
            condition,
            then,
            otherwise,
        } => format!(
            "gate({}, {}, {})",
            curve_text(condition, lens),
            rule_text(then, lens),
            rule_text(otherwise, lens)
        ),
        Rule::ByClass(classes) => {
            let each =
                |(class, rule): &(String, Rule)| format!("{class}: {}", rule_text(rule, lens));
            let mut each: Vec<String> = classes.iter().map(each).collect();
            each.sort();
            format!("by_class({})", each.join(", "))
        }
    }
}

fn name(of: QuantityIndex, lens: Lens<'_>) -> &str {
    lens.pack.quantity(of).map_or("?", |it| &it.id)
}

/// What is read, as a name.
pub(super) fn reading_text(reading: &Reading, pack: &Pack) -> String {
    let names: Vec<&str> = reading
        .quantities()
        .iter()
        .filter_map(|of| pack.quantity(*of))
        .map(|it| &*it.id)
        .collect();
    let part = match reading {
        Reading::Share { lost: true, .. } => "lost",
        Reading::Share { lost: false, .. } => "won",
        Reading::Due { read, .. } => match read {
            DueReading::Met => "met",
            DueReading::Late => "late",
            DueReading::Missing => "missing",
            DueReading::Lapses => "lapses",
            DueReading::HandedIn => "handed_in",
        },
        Reading::Verdict(_) => "verdict",
        Reading::Flag(_) => "yes",
        Reading::Number(_) | Reading::Tally(_) => "number",
    };
    format!("{part} of {}", names.join(" "))
}

fn curve_text(rule: &CurveRule, lens: Lens<'_>) -> String {
    condition_text(rule, lens.pack, lens.reasons)
}

/// A curve with the name of what it reads, and one text for each line that it follows.
pub(super) fn condition_text(rule: &CurveRule, pack: &Pack, reasons: bool) -> String {
    let mut text = format!(
        "{} {:?}",
        reading_text(&rule.reading, pack),
        rule.not_arisen
    );
    if reasons {
        let _ = write!(text, " {:?}", rule.reason);
    }
    let mut before = None;
    for piece in rule.curve.pieces() {
        // A line is told by its slope and its height at 0; one that goes on is told once.
        let height = piece.points_at(&Exact::ZERO);
        let label = if reasons { piece.label.as_str() } else { "" };
        let line = format!("{} + {}·x {label}", height, piece.slope);
        if before.as_ref() != Some(&line) {
            let _ = write!(text, " | {:?} {line}", piece.over.lower);
            before = Some(line);
        }
    }
    let last = rule.curve.pieces().last();
    let _ = write!(text, " | {:?}", last.map(|piece| &piece.over.upper));
    text
}
