//! What stands above the leaves: limits of groups, classes and their gates, and figures
//! that must agree.
//!
//! A difference is looked for among records in which components are at an end of their
//! range, or brought together so that the index lands between two thresholds. What was
//! found is scored by both packs before it is told.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::aspect::{Aspect, Change, Lens, condition_text};
use super::record::{Builder, Record, Told, together};
use super::{Observed, Side, Witness, candidates};
use crate::model::{Child, Consistency, Group, Pack, Part, Term};
use crate::record::fit;
use crate::rules::{Quantity, QuantityKind};
use crate::values::{Calendar, Exact};

/// Whether two packs with the same leaves give the same groups, classes and findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WholeVerdict {
    /// Nothing above the leaves is different.
    Equal,
    /// Not for this record.
    Differs {
        /// Code of the group, or `total`.
        code: String,
        /// A record that shows it. `outcome` is the class, `because` are findings.
        witness: Box<Witness>,
    },
    /// No record was found that shows a difference.
    NotAnalysed(Vec<Change>),
}

/// Compares what stands above the leaves.
pub fn compare_whole(old: Side<'_>, new: Side<'_>, calendar: &Calendar) -> WholeVerdict {
    let changed = whole_changes(old.pack, new.pack);
    if changed.is_empty() {
        return WholeVerdict::Equal;
    }
    let mut codes: Vec<String> = vec!["total".to_owned()];
    let groups = changed.iter().filter(|it| it.what == "group");
    codes.extend(groups.filter_map(|it| it.of.clone()));
    for record in records(old, new, &changed, calendar) {
        for code in &codes {
            let Some(seen) = observe(old.pack, code, &record, calendar) else {
                continue;
            };
            let other = observe(new.pack, code, &record, calendar);
            if other.as_ref().is_none_or(|other| noticed(&seen, other)) {
                let witness = Witness {
                    as_of: record.as_of,
                    given: record.given.clone(),
                    old: seen,
                    new: other,
                };
                return WholeVerdict::Differs {
                    code: code.clone(),
                    witness: Box::new(witness),
                };
            }
        }
    }
    let change = |aspect| Change {
        aspect,
        widened: false,
    };
    WholeVerdict::NotAnalysed(changed.into_iter().map(change).collect())
}

/// What stands above the leaves and differs.
pub fn whole_changes(old: &Pack, new: &Pack) -> Vec<Aspect> {
    let (before, after) = (parts(old), parts(new));
    let mut keys: Vec<&Aspect> = before.keys().chain(after.keys()).collect();
    keys.sort();
    keys.dedup();
    keys.into_iter()
        .filter(|key| before.get(key) != after.get(key))
        .cloned()
        .collect()
}

/// Each part above the leaves, as a text that is the same for the same meaning.
fn parts(pack: &Pack) -> BTreeMap<Aspect, String> {
    let mut parts = BTreeMap::new();
    let mut tell = |what, of: &str, text: String| {
        let aspect = Aspect {
            what,
            of: Some(of.to_owned()),
            part: None,
        };
        parts.insert(aspect, text);
    };
    fn walk(group: &Group, tell: &mut dyn FnMut(&'static str, &str, String)) {
        let limits = (&group.cap, &group.floor, group.bonus_penalty);
        tell("group", &group.code, format!("{limits:?}"));
        for child in &group.children {
            if let Child::Group(below) = child {
                walk(below, tell);
            }
        }
    }
    for area in &pack.areas {
        walk(area, &mut tell);
    }
    for class in &pack.classes {
        tell("class", &class.id, format!("{:?}", class.from));
    }
    for gate in &pack.class_gates {
        let unless = condition_text(&gate.unless, pack, false);
        let limit = pack.classes.get(gate.class_at_most).map(|it| &it.id);
        tell("class_gate", &gate.id, format!("{unless} {limit:?}"));
    }
    for check in &pack.consistency {
        let side = |term: &Term| {
            let of = pack.quantity(term.of).map(|it| it.id.clone());
            format!("{of:?} {:?} {}", term.part, term.times)
        };
        let text = format!(
            "{} {} {}",
            side(&check.left),
            check.equal,
            side(&check.right)
        );
        tell("consistency", &check.id, text);
    }
    parts
}

/// What a pack says of a group, or of `total` with class and findings.
fn observe(pack: &Pack, code: &str, record: &Record, calendar: &Calendar) -> Option<Observed> {
    let case = record.as_case(pack)?;
    let fitted = fit(pack, &case.submission, calendar).ok()?;
    let answer = fitted.assess(case.as_of);
    let group = answer.groups.iter().find(|it| it.code == code);
    let numbers = match group {
        Some(group) => &group.numbers,
        None => &answer.totals.numbers,
    };
    let mut because = Vec::new();
    if group.is_none() {
        because.extend(answer.class.iter().map(|it| it.standing.id.clone()));
        let kept = answer
            .findings
            .iter()
            .filter(|it| it.code == "inconsistent");
        because.extend(kept.map(|it| it.code.to_owned()));
        because.dedup();
    }
    Some(Observed {
        max: numbers.max.clone(),
        secured: numbers.secured.clone(),
        standing: numbers.standing.clone(),
        attainable: numbers.attainable.clone(),
        outcome: "scored",
        because,
    })
}

/// Whether a case could notice: it states numbers, the class, and findings that are there;
/// it cannot state that one is not there.
fn noticed(old: &Observed, new: &Observed) -> bool {
    let numbers =
        |it: &Observed| [&it.max, &it.secured, &it.standing, &it.attainable].map(Clone::clone);
    numbers(old) != numbers(new) || old.because.iter().any(|it| !new.because.contains(it))
}

fn records(old: Side<'_>, new: Side<'_>, changed: &[Aspect], calendar: &Calendar) -> Vec<Record> {
    let mut records = Vec::new();
    for side in [old, new] {
        let checks = side.pack.consistency.iter();
        let touched = |it: &&Consistency| {
            let of = |aspect: &Aspect| {
                aspect.what == "consistency" && aspect.of.as_ref() == Some(&it.id)
            };
            changed.iter().any(of)
        };
        for check in checks.filter(touched) {
            records.extend(agreeing(side, check));
        }
    }
    records.sort_by_cached_key(Record::size);
    if changed.iter().any(|it| it.what != "consistency") {
        let ends = Ends::of(old, calendar);
        records.extend(ends.records(old, new));
    }
    records
}

/// Both sides of a check: numbers that agree, and numbers one apart.
fn agreeing(side: Side<'_>, check: &Consistency) -> Vec<Record> {
    let pack = side.pack;
    let (Some(left), Some(right)) = (pack.quantity(check.left.of), pack.quantity(check.right.of))
    else {
        return Vec::new();
    };
    let mut records = Vec::new();
    for base in 0..=2_i64 {
        let base = Exact::from_integer(base);
        let exact = &base * &check.right.times;
        for apart in [-1, 0, 1] {
            let other = &exact + &Exact::from_integer(apart);
            let other = other.checked_div(&check.left.times);
            let told = other.and_then(|it| told(left, check.left.part, &it));
            if let (Some(one), Some(two)) = (told, self::told(right, check.right.part, &base)) {
                let mut builder = Builder::new(pack, side.json);
                builder.class(pack.unit_classes.first().map(String::as_str));
                builder.tell(left, &one);
                builder.tell(right, &two);
                records.push(builder.finish(last_day(pack)));
            }
        }
    }
    records
}

fn last_day(pack: &Pack) -> chrono::NaiveDate {
    let last = pack.quantities.iter().map(|it| it.hand_in_by);
    let last = last.fold(pack.hand_in_by, chrono::NaiveDate::max);
    last.succ_opt().unwrap_or(last).min(pack.validity.to())
}

/// What to say of a quantity so that one of its numbers is as wanted.
fn told(quantity: &Quantity, part: Part, number: &Exact) -> Option<Told> {
    let count = || {
        u64::try_from(number.floor_i64()?)
            .ok()
            .filter(|_| number.is_integer())
    };
    Some(match &quantity.kind {
        QuantityKind::Share { .. } => match part {
            Part::Lost => Told::Share {
                won: 1,
                lost: count()?,
                open: 0,
            },
            Part::Open => Told::Share {
                won: 1,
                lost: 0,
                open: count()?,
            },
            Part::Won | Part::Value => Told::Share {
                won: count()?,
                lost: 1,
                open: 0,
            },
            Part::Total => Told::Share {
                won: count()?,
                lost: 0,
                open: 0,
            },
        },
        QuantityKind::Count { .. } => Told::Count(count()?),
        QuantityKind::Measure { options, .. } if options.is_empty() => {
            Told::Measure(number.clone())
        }
        QuantityKind::Flag {
            sample_margin: None,
            ..
        } => Told::Flag(if number.is_positive() { "yes" } else { "no" }),
        _ => return None,
    })
}

/// For each leaf, facts that give it certain points, from the most on.
struct Ends {
    as_of: chrono::NaiveDate,
    leaves: Vec<Ways>,
    max: Exact,
}

/// Ways to tell one leaf.
struct Ways {
    /// Points and the facts that give them, the most first.
    by_points: Vec<(Exact, Value)>,
    /// Whether a class gate reads what the leaf reads: then it stays at its best.
    gated: bool,
    /// Whether it stands in the bonus and penalty block: then it stays at nothing.
    outside: bool,
}

impl Ends {
    fn of(side: Side<'_>, calendar: &Calendar) -> Ends {
        let as_of = last_day(side.pack);
        let mut max = Exact::ZERO;
        let mut leaves = Vec::new();
        // Facts are put together for one unit, so all must be of one class.
        let class = side.pack.unit_classes.first().map(String::as_str);
        for (index, leaf) in side.pack.leaves.iter().enumerate() {
            let lens = Lens {
                pack: side.pack,
                leaf,
                reasons: true,
            };
            let sides = [(lens, side.json), (lens, side.json)];
            let closed = candidates::closed(sides, &[], &format!("L{index}"));
            let mut ways: Vec<(Exact, Value)> = Vec::new();
            let of_class = |it: &Record| {
                let stated = it.given.get("unit_class");
                stated.and_then(Value::as_str) == class
            };
            let records = closed.records.into_iter().filter(of_class);
            for record in records.take(200) {
                let record = Record { as_of, ..record };
                let Some(seen) = super::observe(side.pack, &leaf.code, &record, calendar) else {
                    continue;
                };
                let points = seen.standing.exact();
                let known = ways.iter().any(|(known, _)| known == points);
                if seen.max == leaf.max && !known {
                    ways.push((points.clone(), record.given));
                }
            }
            ways.sort_by(|a, b| b.0.cmp(&a.0));
            if !leaf.bonus_penalty {
                max += leaf.max.exact();
            }
            let gates = side.pack.class_gates.iter();
            let mut read = gates.flat_map(|gate| gate.unless.reading.quantities());
            leaves.push(Ways {
                by_points: ways,
                gated: read.any(|of| leaf.quantities.contains(of)),
                outside: leaf.bonus_penalty,
            });
        }
        Ends { as_of, leaves, max }
    }

    /// All leaves at their most and at their least, then the index between each two
    /// thresholds of a class.
    fn records(&self, old: Side<'_>, new: Side<'_>) -> Vec<Record> {
        let mut records = vec![
            self.record(|ways| ways.first()),
            self.record(|ways| ways.last()),
        ];
        for class in &old.pack.classes {
            let other = new.pack.classes.iter().find(|it| it.id == class.id);
            let threshold = other.and_then(|other| {
                let (a, b) = (class.from.as_ref()?, other.from.as_ref()?);
                (a != b).then(|| a.min(b))
            });
            let share = threshold.and_then(|it| it.checked_div(&Exact::from_integer(100)));
            if let Some(share) = share {
                records.push(self.near(&(&self.max * &share)));
            }
        }
        records
    }

    fn record<'a>(
        &'a self,
        pick: impl Fn(&'a [(Exact, Value)]) -> Option<&'a (Exact, Value)>,
    ) -> Record {
        let picked = self.leaves.iter().filter_map(|ways| pick(&ways.by_points));
        let given = picked.fold(json!({}), |all, (_, given)| together(&all, given));
        Record {
            as_of: self.as_of,
            given,
        }
    }

    /// All leaves together at so many points, or as little above as their ways allow.
    fn near(&self, wanted: &Exact) -> Record {
        // Great steps first, so that small ones are left to come near.
        let mut inside: Vec<&Ways> = self.leaves.iter().filter(|it| !it.outside).collect();
        inside.sort_by_key(|ways| std::cmp::Reverse(ways.by_points.first().map(|it| &it.0)));
        let most = |ways: &Ways| {
            ways.by_points
                .first()
                .map_or(Exact::ZERO, |it| it.0.clone())
        };
        let mut sum: Exact = inside.iter().map(|it| most(it)).sum();
        let mut given = json!({});
        for ways in inside {
            let Some((full, best)) = ways.by_points.first() else {
                continue;
            };
            let fits = |points: &Exact| &(&sum - full) + points >= *wanted;
            let from_least = ways.by_points.iter().rev();
            let least = from_least
                .filter(|_| !ways.gated)
                .find(|(points, _)| fits(points));
            let (points, facts) = least.map_or((full, best), |(points, facts)| (points, facts));
            sum = &(&sum - full) + points;
            given = together(&given, facts);
        }
        Record {
            as_of: self.as_of,
            given,
        }
    }
}
