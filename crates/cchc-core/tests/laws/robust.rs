//! No input makes a reader, `fit` or `assess` panic.

use std::path::Path;

use cchc_core::question::{assess_json, check_json, explain_json};
use cchc_core::values::Calendar;
use cchc_core::{fit, read_case, read_pack, read_pack_partial, read_submission, run_case};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::kit::{self, Choices};
use crate::worlds::World;

fn shipped(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).unwrap()
}

/// Changes one node of a JSON tree, found by a walk that the choices steer.
fn mutate(value: &mut Value, choices: &mut Choices) {
    let deeper = choices.pick(6) > 0;
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let name = fields
                .keys()
                .nth(choices.pick(fields.len()))
                .unwrap()
                .clone();
            mutate(&mut fields[&name], choices);
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let index = choices.pick(items.len());
            mutate(&mut items[index], choices);
        }
        Value::Object(fields) if choices.once_in(2) && !fields.is_empty() => {
            let name = fields
                .keys()
                .nth(choices.pick(fields.len()))
                .unwrap()
                .clone();
            let taken = fields.remove(&name).unwrap();
            if choices.once_in(2) {
                fields.insert(format!("{name}x"), taken);
            }
        }
        Value::Array(items) if choices.once_in(2) && !items.is_empty() => {
            let index = choices.pick(items.len());
            match choices.pick(3) {
                0 => drop(items.remove(index)),
                1 => items.push(items[index].clone()),
                _ => items.clear(),
            }
        }
        value => *value = odd(choices),
    }
}

fn odd(choices: &mut Choices) -> Value {
    choices.one_of(&[
        json!(null),
        json!(0),
        json!(-1),
        json!(1),
        json!(1_000_000_000_000_u64),
        json!(u64::MAX),
        json!(0.5),
        json!(""),
        json!("0"),
        json!("-1"),
        json!("1/3"),
        json!("1/0"),
        json!("1e9"),
        json!("99999999999999999999999999999999999999"),
        json!("0.0000000000000000000000001"),
        json!("2024-02-30"),
        json!("0001-01-01"),
        json!("9999-12-31"),
        json!("2024-12-31"),
        json!("q"),
        json!("a/b"),
        json!([]),
        json!({}),
        json!(true),
        json!([[[]]]),
        json!("\u{0}"),
        json!({"from": "2024-12-31", "to": "2024-01-01"}),
    ])
}

/// Asks everything of a pack and a submission, whatever they are.
fn ask(pack: &str, submission: &str) {
    let calendar = Calendar::vietnam();
    // Of a faulty pack, what is sound of it must be as safe to ask.
    if let ((Some((pack, _)), _), Ok(submission)) = (
        read_pack_partial("pack.json", pack.as_bytes(), calendar),
        read_submission("submission.json", submission.as_bytes()),
    ) && let Ok(fitted) = fit(&pack, &submission, calendar)
    {
        let _ = fitted.final_points();
        for (year, month, day) in [(1, 1, 1), (2024, 7, 20), (2025, 1, 6), (9999, 12, 31)] {
            let _ = fitted.assess(chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, rng_seed: kit::seed(), ..ProptestConfig::with_cases(kit::cases(60)) })]

    #[test]
    fn a_mutated_shipped_file_never_panics(
        which in 0..3_usize, numbers in prop::collection::vec(0..5000_u32, 1..60),
    ) {
        let mut choices = Choices::new(numbers);
        let mut files = ["rules/son-ha-2024/pack.json", "fixtures/submissions/son-thuong-2024/submission.json"]
            .map(|path| serde_json::from_str::<Value>(&shipped(path)).unwrap());
        for _ in 0..=choices.pick(3) {
            mutate(&mut files[which.min(1)], &mut choices);
        }
        ask(&files[0].to_string(), &files[1].to_string());
        if which == 2 {
            let request = json!({
                "format": "cchc-request", "version": 1, "as_of": "2024-07-20", "code": "3.4.1",
                "pack": {"file": "p", "text": files[0].to_string()},
                "submission": {"file": "s", "text": files[1].to_string()},
            });
            for answer in [assess_json, explain_json, check_json] {
                let reply: Value = serde_json::from_str(&answer(&request.to_string())).unwrap();
                prop_assert!(reply.get("answer").is_some() != reply.get("faults").is_some());
            }
        }
    }

    #[test]
    fn a_mutated_pack_of_every_form_never_panics(numbers in prop::collection::vec(0..5000_u32, 1..60)) {
        let mut choices = Choices::new(numbers);
        let mut pack: Value = serde_json::from_str(&shipped("rules/gallery/pack.json")).unwrap();
        mutate(&mut pack, &mut choices);
        mutate(&mut pack, &mut choices);
        let calendar = Calendar::vietnam();
        if let Ok(pack) = read_pack("pack.json", pack.to_string().as_bytes(), calendar) {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rules/gallery/cases");
            for path in std::fs::read_dir(folder).unwrap().step_by(7) {
                let mut case: Value =
                    serde_json::from_slice(&std::fs::read(path.unwrap().path()).unwrap()).unwrap();
                mutate(&mut case["given"], &mut choices);
                if let Ok(case) = read_case("case.json", case.to_string().as_bytes(), &pack) {
                    let _ = run_case(&pack, &case, calendar);
                }
            }
        }
    }

    #[test]
    fn a_random_pack_and_record_never_panic(
        numbers in prop::collection::vec(0..60_u32, 0..80), changes in prop::collection::vec(0..5000_u32, 0..40),
    ) {
        let world = World::of_two(&mut Choices::new(numbers));
        let mut choices = Choices::new(changes);
        let mut files = [world.json.clone(), kit::submission(&world.lists(&world.all_facts()))];
        mutate(&mut files[choices.pick(2)], &mut choices);
        ask(&files[0].to_string(), &files[1].to_string());
    }

    #[test]
    fn cut_and_garbled_bytes_never_panic(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = shipped("fixtures/submissions/son-thuong-2024/submission.json").into_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let _ = read_submission("submission.json", &bytes);
        let _ = read_pack("pack.json", &bytes, Calendar::vietnam());
    }
}
