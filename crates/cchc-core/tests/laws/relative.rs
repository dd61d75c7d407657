//! Laws 1 and 2 for rules that compare with a target and with other units.
//!
//! Two measures, each told or not, proved or not, as a number or a range; the best figure
//! of the cohort, published or not. The oracle tries what each can still become.

use cchc_core::values::Exact;
use cchc_core::{End, fit};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::kit::{self, CLOSE, Choices, HAND_IN, day, exact, numbers};

/// One measure of the record: what it says, whether it is proved, and the day it was told.
#[derive(Clone, Debug)]
struct Told {
    value: Value,
    proved: bool,
    on: u64,
}

#[derive(Clone, Debug)]
struct Relative {
    /// Whether there is a target; then its share of the points.
    at_target: Option<&'static str>,
    told: [Option<Told>; 2],
    best: Option<&'static str>,
    as_of: u64,
}

const NAMES: [&str; 2] = ["achieved", "target"];

impl Relative {
    fn random(choices: &mut Choices) -> Relative {
        let values = [
            json!("4"),
            json!("8"),
            json!({"from": "2", "to": "6"}),
            json!({"from": "6", "to": "10"}),
            json!("0"),
        ];
        let mut told = || {
            choices.once_in(2).then(|| Told {
                value: choices.one_of(&values),
                proved: !choices.once_in(3),
                on: choices.one_of(&[14, 18]),
            })
        };
        let told = [told(), told()];
        Relative {
            at_target: choices.one_of(&[Some("0.5"), None, Some("1"), Some("0")]),
            told,
            best: choices.one_of(&[None, Some("9"), Some("3")]),
            as_of: choices.one_of(&[30, 51, 45, 16]),
        }
    }

    fn pack(&self) -> Value {
        let measure = |name: &str| {
            json!({"id": name, "kind": "measure", "title": kit::title(name),
                   "domain": {"min": "0", "max": "10"},
                   "proof": {"roles": [{"role": "report", "kinds": ["BC"]}]}})
        };
        let mut rule = json!({"form": "relative", "achieved": "achieved", "points": "2"});
        let mut quantities = vec![measure("achieved")];
        if let Some(share) = self.at_target {
            kit::merge(&mut rule, json!({"target": "target", "at_target": share}));
            quantities.push(measure("target"));
        }
        let leaf = kit::leaf("A.1", rule, json!({"min": "0"}));
        kit::pack(&quantities, &[leaf], &kit::two_places())
    }

    fn submission(&self, told: &[(usize, Told)], best: Option<&str>) -> Value {
        let mut lists = kit::Lists::default();
        for (place, (which, told)) in told.iter().enumerate() {
            if *which == 1 && self.at_target.is_none() {
                continue;
            }
            let id = format!("d{place}");
            let evidence = if told.proved {
                vec![id.clone()]
            } else {
                Vec::new()
            };
            lists.figures.push(json!({
                "quantity": NAMES[*which], "observed_on": kit::date(told.on),
                "recorded_on": kit::date(told.on), "measure": told.value, "evidence": evidence,
            }));
            lists.evidence.push(json!({
                "id": id, "kind": "BC", "number": (place + 1).to_string(), "symbol": "BC-UBND",
                "issuer": {"name": "UBND", "level": "commune"},
                "issued_on": kit::date(told.on.min(CLOSE)), "recorded_on": kit::date(told.on),
            }));
        }
        let mut json = kit::submission(&lists);
        if let Some(best) = best {
            json["cohort"] = json!([{"quantity": "achieved", "best": best,
                                     "published_on": kit::date(12)}]);
        }
        json
    }

    /// What the record says, seen as of the date.
    fn seen(&self) -> Vec<(usize, Told)> {
        let told = self.told.iter().enumerate();
        let told = told.filter_map(|(which, it)| Some((which, it.clone()?)));
        told.filter(|(_, it)| it.on < self.as_of).collect()
    }

    /// What a measure can be told to be next; nothing more is always one of the answers.
    fn next(&self, which: usize) -> Vec<Option<Told>> {
        let mut list = vec![None];
        if self.as_of > HAND_IN {
            return list;
        }
        let now = self.seen().into_iter().find(|(it, _)| *it == which);
        let range = match now.as_ref().map(|(_, told)| &told.value) {
            None => ("0", "10"),
            Some(Value::Object(range)) => (
                range["from"].as_str().unwrap(),
                range["to"].as_str().unwrap(),
            ),
            Some(value) => (value.as_str().unwrap(), value.as_str().unwrap()),
        };
        for number in ["0", "2", "4", "6", "8", "10"] {
            if exact(range.0) <= exact(number) && exact(number) <= exact(range.1) {
                list.push(Some(Told {
                    value: json!(number),
                    proved: true,
                    on: self.as_of.max(CLOSE),
                }));
            }
        }
        list
    }

    fn final_of(&self, told: &[(usize, Told)], best: Option<&str>) -> Exact {
        let pack = kit::read_the_pack(&self.pack());
        let submission = kit::read_the_submission(&self.submission(told, best));
        let calendar = cchc_core::values::Calendar::vietnam();
        let fitted = fit(&pack, &submission, calendar).unwrap();
        fitted.final_points()[0].1.exact().clone()
    }
}

fn check(world: &Relative) -> Result<(), TestCaseError> {
    let pack = kit::read_the_pack(&world.pack());
    let told: Vec<(usize, Told)> = world.seen();
    let submission = kit::read_the_submission(&world.submission(&told, world.best));
    let calendar = cchc_core::values::Calendar::vietnam();
    let fitted = fit(&pack, &submission, calendar).unwrap();
    let [low, standing, high] = numbers(&fitted.assess(day(world.as_of)), 0);
    prop_assert_eq!(&standing, &world.final_of(&told, world.best));
    let best: &[Option<&str>] = match world.best {
        Some(_) => &[world.best],
        None => &[None, Some("3"), Some("100")],
    };
    let (mut least, mut most) = (standing.clone(), standing);
    for achieved in world.next(0) {
        for target in world.next(1) {
            for best in best {
                let mut told = told.clone();
                told.extend(achieved.clone().map(|it| (0, it)));
                told.extend(target.clone().map(|it| (1, it)));
                let points = world.final_of(&told, *best);
                prop_assert!(
                    low <= points && points <= high,
                    "{} outside {}..{}, {:?} {:?} {:?}",
                    points,
                    low,
                    high,
                    told,
                    best,
                    world
                );
                least = least.min(points.clone());
                most = most.max(points);
            }
        }
    }
    let seen = fitted.seen(day(world.as_of));
    for (end, wanted, met) in [(End::Secured, low, least), (End::Attainable, high, most)] {
        let witness = seen.witness("A.1", end);
        let shown = witness.and_then(|it| Some(seen.final_after(&it)?[0].1.exact().clone()));
        prop_assert_eq!(shown.as_ref(), Some(&wanted), "{:?} {:?}", end, world);
        prop_assert_eq!(&met, &wanted, "{:?} {:?}", end, world);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: kit::seed(), ..ProptestConfig::with_cases(kit::cases(80)) })]

    /// Law 1 for a comparison with a target and a cohort: enclosure, tightness, witnesses.
    #[test]
    fn a_comparison_closes_within_its_bounds(numbers in prop::collection::vec(0..60_u32, 0..20)) {
        check(&Relative::random(&mut Choices::new(numbers)))?;
    }
}
