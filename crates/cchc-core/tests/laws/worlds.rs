//! A pack of one leaf over one or two quantities, with a record; and the oracle.
//!
//! The oracle knows extensions and `final`, and nothing of how bounds are worked out: what
//! it enumerates is all it believes.

use cchc_core::model::Pack;
use cchc_core::values::Exact;
use serde_json::{Value, json};

use crate::extensions::extensions;
use crate::facts::Facts;
use crate::generators::{Kind, Quantity, condition, rule};
use crate::kit::{self, Choices, Lists, assess, finals, is_analysed, leaf, numbers, read_the_pack};

/// Days on every side of every limit.
pub(crate) const AS_OF: [u64; 11] = [30, 20, 41, 51, 40, 35, 50, 16, 45, 39, 5];

/// A pack of one leaf and what a record says of its quantities.
pub(crate) struct World {
    pub(crate) json: Value,
    pub(crate) pack: Pack,
    pub(crate) quantities: Vec<Quantity>,
    pub(crate) as_of: u64,
}

impl World {
    /// A leaf over one quantity of the given kind.
    pub(crate) fn of_one(which: usize, choices: &mut Choices) -> World {
        let as_of = choices.one_of(&AS_OF);
        let quantity = Quantity::of("q", which, choices);
        let rule = rule(&quantity, true, choices);
        let rule = match choices.pick(8) {
            6 if rule["not_arisen"] != "exclude" => {
                json!({"form": "cap", "part": rule, "at": "0.75", "floor": "0"})
            }
            _ => rule,
        };
        World::new(vec![quantity], rule, as_of, choices)
    }

    /// A leaf that puts two quantities together.
    pub(crate) fn of_two(choices: &mut Choices) -> World {
        let as_of = choices.one_of(&AS_OF);
        let form = choices.pick(8);
        if form < 3 {
            let flags = vec![Quantity::of("q", 0, choices), Quantity::of("r", 0, choices)];
            let points = choices.one_of(&["1", "0", "-1"]);
            let rule = match form {
                0 => json!({"form": "checklist", "items": [
                    {"of": "q", "points": "0.5"}, {"of": "r", "points": points},
                ]}),
                1 => json!({"form": "n_of_m", "of": ["q", "r"], "at_least": 1 + choices.pick(2),
                            "points": points, "otherwise": "0.5"}),
                _ => {
                    let all: Vec<Value> = flags.iter().map(|it| condition(it, choices)).collect();
                    json!({"form": "all_or_nothing", "all": all, "points": points,
                           "otherwise": "0.5"})
                }
            };
            return World::new(flags, rule, as_of, choices);
        }
        let one = Quantity::random("q", choices);
        let other = Quantity::random("r", choices);
        let second = rule(&other, false, choices);
        let rule = match form {
            3 | 4 if !one.kind.is_judged() => {
                let constant = json!({"form": "constant", "points": choices.one_of(&["0", "1"])});
                let (then, otherwise) = if choices.once_in(2) {
                    (second, constant)
                } else {
                    (constant, second)
                };
                json!({"form": "gate", "if": condition(&one, choices), "then": then,
                       "otherwise": otherwise})
            }
            5 => json!({"form": "least", "parts": [rule(&one, false, choices), second]}),
            6 => json!({"form": "greatest", "parts": [rule(&one, false, choices), second]}),
            _ => {
                let sum = json!({"form": "sum", "parts": [rule(&one, false, choices), second]});
                if choices.once_in(3) {
                    json!({"form": "cap", "part": sum, "at": "1", "floor": "0"})
                } else {
                    sum
                }
            }
        };
        World::new(vec![one, other], rule, as_of, choices)
    }

    pub(crate) fn new(
        quantities: Vec<Quantity>,
        rule: Value,
        as_of: u64,
        choices: &mut Choices,
    ) -> World {
        let rounding = choices.one_of(&[
            kit::two_places(),
            json!({"places": 1, "mode": "half_down"}),
            json!({"places": 2, "mode": "down"}),
            json!({"places": 0, "mode": "half_even"}),
        ]);
        let more = match choices.pick(4) {
            1 => json!({"unproved": "1"}),
            2 => json!({"unproved": "0"}),
            _ => json!({}),
        };
        let lists: Vec<Value> = quantities.iter().map(Quantity::json).collect();
        let json = kit::pack(&lists, &[leaf("A.1", rule, more)], &rounding);
        let pack = read_the_pack(&json);
        World {
            json,
            pack,
            quantities,
            as_of,
        }
    }

    pub(crate) fn lists(&self, facts: &[Facts]) -> Lists {
        let mut lists = Lists::default();
        for (quantity, facts) in self.quantities.iter().zip(facts) {
            lists.extend(facts.lists(quantity.name));
        }
        lists
    }

    pub(crate) fn all_facts(&self) -> Vec<Facts> {
        self.quantities.iter().map(|it| it.facts.clone()).collect()
    }

    /// The facts that are seen as of the date.
    pub(crate) fn seen(&self) -> Vec<Facts> {
        self.quantities
            .iter()
            .map(|it| it.facts.cut(self.as_of))
            .collect()
    }

    pub(crate) fn final_of(&self, facts: &[Facts]) -> Exact {
        finals(&self.pack, &self.lists(facts)).remove(0)
    }

    /// Every extension that the oracle knows; of two quantities, at most so many of each.
    pub(crate) fn extensions(&self, limit: usize) -> Vec<Vec<Facts>> {
        let mut list = vec![Vec::new()];
        for quantity in &self.quantities {
            let seen = quantity.facts.cut(self.as_of);
            let all = extensions(quantity, &seen, self.as_of);
            let all = if self.quantities.len() > 1 {
                thin(self.distinct(quantity, all), limit)
            } else {
                all
            };
            list = list
                .into_iter()
                .flat_map(|facts: Vec<Facts>| {
                    all.iter().map(move |more| {
                        let mut facts = facts.clone();
                        facts.push(more.clone());
                        facts
                    })
                })
                .collect();
        }
        list
    }

    /// Of extensions of one of several quantities, those that the rule can tell apart: asked
    /// of `final`, in a pack in which the quantity stands alone.
    fn distinct(&self, quantity: &Quantity, all: Vec<Facts>) -> Vec<Facts> {
        let rule = &self.json["tree"][0]["children"][0]["rule"];
        let mut parts = Vec::new();
        parts_about(rule, quantity.name, &mut parts);
        let leaf_of = |(index, (part, unproved)): (usize, (&Value, &str))| {
            leaf(
                &format!("A.{index}"),
                part.clone(),
                json!({"unproved": unproved}),
            )
        };
        let asked = parts.iter().flat_map(|part| [(part, "-6"), (part, "6")]);
        let leaves: Vec<Value> = asked.enumerate().map(leaf_of).collect();
        let exactly = json!({"places": 0, "mode": "none"});
        let probe = read_the_pack(&kit::pack(&[quantity.json()], &leaves, &exactly));
        let mut seen = Vec::new();
        let mut list = Vec::new();
        for facts in all {
            let points = finals(&probe, &facts.lists(quantity.name));
            if !seen.contains(&points) {
                seen.push(points);
                list.push(facts);
            }
        }
        list
    }

    /// Whether every end can be met by a small extension, and not only tended to.
    pub(crate) fn is_finite(&self) -> bool {
        self.quantities
            .iter()
            .all(|it| it.kind != Kind::ShareByEvents)
    }

    /// Whether a share is not told by what is seen: any fraction is possible then, and the
    /// oracle, which tries small totals, comes near to an end without meeting it.
    pub(crate) fn has_untold_share(&self, seen: &[Facts]) -> bool {
        let share = |it: &Quantity| matches!(it.kind, Kind::Share { .. });
        let pairs = self.quantities.iter().zip(seen);
        pairs
            .into_iter()
            .any(|(it, facts)| share(it) && facts.figures.is_empty())
    }

    /// A description from which the case can be made again by hand.
    pub(crate) fn tell(&self, facts: &[Facts]) -> String {
        let lists = self.lists(facts);
        let quantities = &self.json["quantities"];
        let leaf = &self.json["tree"][0]["children"][0];
        format!(
            "as of {}\nrounding {}\nquantities {quantities}\nrule {} unproved {}\nfigures {}\nevents {}\nevidence {}",
            kit::date(self.as_of),
            self.json["rounding"],
            leaf["rule"],
            leaf["unproved"],
            Value::from(lists.figures),
            Value::from(lists.events),
            Value::from(lists.evidence),
        )
    }
}

/// The parts of a rule that read a quantity; a condition as a gate of its own, both ways.
fn parts_about(rule: &Value, name: &str, parts: &mut Vec<Value>) {
    let gate = |condition: &Value, then: &str, otherwise: &str| {
        let constant = |points: &str| json!({"form": "constant", "points": points});
        json!({"form": "gate", "if": condition, "then": constant(then),
               "otherwise": constant(otherwise)})
    };
    let yes_no = |of: &Value| json!({"form": "yes_no", "of": of, "yes": "1", "no": "0"});
    let mut ask = |part: Value| {
        if part.to_string().contains(&format!("\"of\":\"{name}\"")) {
            parts.push(part);
        }
    };
    match rule["form"].as_str().unwrap() {
        "sum" | "least" | "greatest" => {
            rule["parts"]
                .as_array()
                .unwrap()
                .iter()
                .cloned()
                .for_each(ask);
        }
        "cap" => parts_about(&rule["part"], name, parts),
        "gate" => {
            ask(gate(&rule["if"], "1", "0"));
            ask(gate(&rule["if"], "0", "1"));
            ask(rule["then"].clone());
            ask(rule["otherwise"].clone());
        }
        "checklist" => {
            rule["items"]
                .as_array()
                .unwrap()
                .iter()
                .for_each(|item| ask(yes_no(&item["of"])));
        }
        "n_of_m" => rule["of"]
            .as_array()
            .unwrap()
            .iter()
            .for_each(|of| ask(yes_no(of))),
        "all_or_nothing" => {
            for condition in rule["all"].as_array().unwrap() {
                ask(yes_no(&condition["of"]));
            }
        }
        _ => ask(rule.clone()),
    }
}

/// Keeps the first, the last and some between.
fn thin(list: Vec<Facts>, limit: usize) -> Vec<Facts> {
    if list.len() <= limit {
        return list;
    }
    let step = list.len().div_ceil(limit);
    let last = list.len() - 1;
    list.into_iter()
        .enumerate()
        .filter(|(index, _)| index % step == 0 || *index == last)
        .map(|(_, facts)| facts)
        .collect()
}

/// Three numbers to be held against the oracle.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Claim {
    pub(crate) secured: Exact,
    pub(crate) standing: Exact,
    pub(crate) attainable: Exact,
    pub(crate) analysed: bool,
}

impl Claim {
    /// What the engine says, of the record with all that is not seen yet.
    pub(crate) fn of_engine(world: &World) -> Claim {
        let answer = assess(&world.pack, &world.lists(&world.all_facts()), world.as_of);
        let [secured, standing, attainable] = numbers(&answer, 0);
        Claim {
            secured,
            standing,
            attainable,
            analysed: is_analysed(&answer, 0),
        }
    }
}

/// Holds a claim against every extension that the oracle knows.
///
/// Errors: what is wrong with it, with the extension that shows it.
pub(crate) fn hold(world: &World, claim: &Claim, limit: usize) -> Result<(), String> {
    let seen = world.seen();
    let standing = world.final_of(&seen);
    if standing != claim.standing {
        let found = &claim.standing;
        let record = world.tell(&seen);
        return Err(format!(
            "standing {found}, but final of the cut is {standing}\n{record}"
        ));
    }
    let mut least: Option<Exact> = None;
    let mut most: Option<Exact> = None;
    for facts in world.extensions(limit) {
        let points = world.final_of(&facts);
        if points < claim.secured || points > claim.attainable {
            let (low, high) = (&claim.secured, &claim.attainable);
            return Err(format!(
                "an extension closes with {points}, outside {low}..{high} (standing {standing})\nrecord {}\nextension {}",
                world.tell(&seen),
                world.tell(&facts),
            ));
        }
        least = Some(least.map_or(points.clone(), |it| it.min(points.clone())));
        most = Some(most.map_or(points.clone(), |it| it.max(points)));
    }
    let (Some(least), Some(most)) = (least, most) else {
        return Ok(());
    };
    if !claim.analysed || world.has_untold_share(&seen) {
        return Ok(());
    }
    // Few events come near the limit of a share, and only so near.
    let slack = if world.is_finite() {
        Exact::ZERO
    } else {
        kit::exact("0.5")
    };
    if &least - &claim.secured > slack || &claim.attainable - &most > slack {
        let (low, high) = (&claim.secured, &claim.attainable);
        return Err(format!(
            "every extension closes in {least}..{most}, but the claim is {low}..{high}\nrecord {}",
            world.tell(&seen),
        ));
    }
    Ok(())
}
