//! Worked examples of the source are held against the rule that was read from it.
//!
//! A text that gives 0 below 90 % and then shows 4 of 5 with 0.8 points contradicts itself
//! (UBND huyện Xuân Lộc, item 4.1). A leaf may carry such examples; each is closed by
//! `final`. A formula of that kind in a quotation, `4/5*1= 0,8 điểm`, is an example too,
//! where the leaf reads one share. Where the source really contradicts itself, the leaf
//! declares it (`example`).

use serde_json::Value;

use super::Verifier;
use super::input::{Input, Inputs};
use super::nodes::{Node, classes, decimal, list, text};
use super::witness::{Asked, WitnessRecord};
use crate::json::{Phrase, did_you_mean, key_path, phrase};
use crate::model::Leaf;
use crate::rules::*;
use crate::values::{Exact, nfc};

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (node, leaf) in ctx.leaves() {
        for (index, example) in list(node.json, "examples").iter().enumerate() {
            let path = node.at(&format!("examples[{index}]"));
            of_example(ctx, node, leaf, &path, example);
        }
        for (index, source) in list(node.json, "sources").iter().enumerate() {
            if let Some(quote) = text(source, "quote") {
                let path = node.at(&format!("sources[{index}].quote"));
                of_quote(ctx, node, leaf, &path, quote);
            }
        }
    }
}

/// Holds the formulas of a quotation against the rule, where the leaf reads one share.
fn of_quote(ctx: &mut Verifier<'_>, node: &Node<'_>, leaf: &Leaf, path: &str, quote: &str) {
    let [of] = leaf.quantities.as_slice() else {
        return;
    };
    let kind = ctx.pack.quantity(*of).map(|quantity| &quantity.kind);
    if !matches!(kind, Some(QuantityKind::Share { .. })) || classes(&leaf.rule) != [None] {
        return;
    }
    for (share, points) in formulas(quote) {
        let record = ctx.record(&Asked {
            leaf: &leaf.code,
            class: None,
            inputs: &[(*of, share)],
            proved: true,
        });
        if let Some(record) = record {
            held(ctx, node, leaf, path, &points, record);
        }
    }
}

/// Shares with their points, as a quotation works them out: `4/5*1= 0,8 điểm`.
fn formulas(quote: &str) -> Vec<(Input, Exact)> {
    // A pattern that is written here builds; if it did not, quotations would only be words.
    let formula = regex::Regex::new(
        r"(\d{1,9})\s*/\s*(\d{1,9})\s*[*x×.]\s*\d+(?:[.,]\d+)?\s*(?:điểm|đ)?\s*=\s*(\d+(?:[.,]\d+)?)\s*(?:điểm|đ)",
    );
    let Ok(formula) = formula else {
        return Vec::new();
    };
    let quote = nfc(quote);
    let found = formula.captures_iter(&quote).filter_map(|found| {
        let group = |index| found.get(index).map(|it| it.as_str());
        let (won, total) = (group(1)?.parse().ok()?, group(2)?.parse().ok()?);
        let points = Exact::parse(&group(3)?.replace(',', ".")).ok()?;
        (won <= total && total > 0).then_some((Input::Share { won, total }, points))
    });
    found.collect()
}

/// Tells where the points of an example are not those of its record.
fn held(
    ctx: &mut Verifier<'_>,
    node: &Node<'_>,
    leaf: &Leaf,
    path: &str,
    points: &Exact,
    record: WitnessRecord,
) {
    if record.points == *points || ctx.excused(&node.path, "example") {
        return;
    }
    let found = record.points.clone();
    let witness = ctx.witness_of(&leaf.code, vec![record]);
    ctx.fault(
        "example-contradicts",
        path,
        phrase!("`{}`, as the rule gives", found),
        format!("`{points}`"),
        "mend the rule or the example; if the source contradicts itself, declare the exception `example`",
    )
    .leaf(&leaf.code)
    .witness(witness);
}

fn of_example(ctx: &mut Verifier<'_>, node: &Node<'_>, leaf: &Leaf, path: &str, json: &Value) {
    let Some(inputs) = given(ctx, leaf, path, json) else {
        return;
    };
    let Some(points) = decimal(json, "points") else {
        return;
    };
    let record = ctx.record(&Asked {
        leaf: &leaf.code,
        class: text(json, "unit_class"),
        inputs: &inputs,
        proved: true,
    });
    let Some(record) = record else {
        ctx.fault(
            "example-unfit",
            &format!("{path}.given"),
            "facts that a record of this pack can state",
            "facts that do not fit",
            "hold each number against the domain and the window of its quantity",
        )
        .leaf(&leaf.code);
        return;
    };
    let silent =
        |code: &String| matches!(code.as_str(), "unproved" | "not_judged" | "best_unknown");
    if record.because.iter().any(silent) {
        ctx.fault(
            "example-incomplete",
            &format!("{path}.given"),
            "every quantity that decides the points",
            "one of them is missing",
            "give the figures of the example in full",
        )
        .leaf(&leaf.code);
        return;
    }
    held(ctx, node, leaf, &format!("{path}.points"), &points, record);
}

/// The facts of an example; `None` where a fault was told.
fn given(ctx: &mut Verifier<'_>, leaf: &Leaf, path: &str, json: &Value) -> Option<Inputs> {
    let given = json.get("given")?.as_object()?;
    let mut inputs = Vec::new();
    let mut sound = true;
    for (name, value) in given {
        let place = key_path(&format!("{path}.given"), name);
        let of = ctx.pack.quantity_by_id.get(name).copied();
        let Some(of) = of.filter(|of| leaf.quantities.contains(of)) else {
            let known = leaf
                .quantities
                .iter()
                .filter_map(|of| ctx.pack.quantity(*of));
            let near = did_you_mean(name, known.map(|it| &*it.id));
            let help = near.map_or(Phrase::from(""), |near| phrase!("did you mean `{}`?", near));
            let expected = "the name of a quantity that the leaf reads";
            ctx.fault("unknown-name", &place, expected, format!("`{name}`"), help)
                .leaf(&leaf.code);
            sound = false;
            continue;
        };
        let kind = ctx.pack.quantity(of).map(|quantity| &quantity.kind)?;
        match input(kind, value) {
            Some(input) => inputs.push((of, input)),
            None => {
                let expected = phrase!("{} for a `{}`", Phrase::from(wanted(kind)), kind.name());
                ctx.fault(
                    "example-unfit",
                    &place,
                    expected,
                    value
                        .as_str()
                        .map_or(Phrase::from("another kind of value"), |text| {
                            format!("`{text}`").into()
                        }),
                    "",
                )
                .leaf(&leaf.code);
                sound = false;
            }
        }
    }
    sound.then_some(inputs)
}

fn wanted(kind: &QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Count { .. } => "a whole number",
        QuantityKind::Share { .. } => "`WON/TOTAL`, such as `4/5`, or `none`",
        QuantityKind::Flag { .. } => "`yes` or `no`",
        QuantityKind::Measure { .. } => "a number",
        QuantityKind::Judgement { .. } => "points, or a verdict of its scale",
        QuantityKind::DueSet { .. } => "`met` and `late` as whole numbers",
    }
}

/// What an example states of a quantity.
fn input(kind: &QuantityKind, value: &Value) -> Option<Input> {
    if let QuantityKind::DueSet { obligations, .. } = kind {
        let number = |key| value.get(key).map_or(Some(0), Value::as_u64);
        let (met, late) = (number("met")?, number("late")?);
        let all = u64::try_from(obligations.len()).ok()?;
        let fits = value.is_object() && met.checked_add(late)? <= all;
        return fits.then_some(Input::Obligations { met, late });
    }
    let text = value.as_str()?;
    let number = || Exact::parse(text).ok();
    match kind {
        QuantityKind::Count { .. } => {
            let number = number().filter(|x| x.is_integer() && !x.is_negative())?;
            Some(Input::Number(number))
        }
        QuantityKind::Measure { .. } => Some(Input::Number(number()?)),
        QuantityKind::Flag { .. } => match text {
            "yes" => Some(Input::Flag(true)),
            "no" => Some(Input::Flag(false)),
            _ => None,
        },
        QuantityKind::Share { .. } if text == "none" => Some(Input::NoItems),
        QuantityKind::Share { .. } => {
            let (won, total) = text.split_once('/')?;
            let (won, total) = (won.parse().ok()?, total.parse().ok()?);
            (won <= total && total > 0).then_some(Input::Share { won, total })
        }
        QuantityKind::Judgement { scale } => match scale {
            JudgementScale::Points { .. } => Some(Input::Number(number()?)),
            JudgementScale::Verdicts(verdicts) => {
                let rank = verdicts.iter().rev().position(|it| it == text)?;
                Some(Input::Verdict(u64::try_from(rank).ok()?))
            }
        },
        QuantityKind::DueSet { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quote: &str, expected: &[(u64, u64, &str)]) {
        let share = |(won, total, points): &(u64, u64, &str)| {
            let (won, total) = (*won, *total);
            (Input::Share { won, total }, Exact::parse(points).unwrap())
        };
        let expected: Vec<_> = expected.iter().map(share).collect();
        assert_eq!(formulas(quote), expected);
    }

    #[test]
    fn a_quotation_that_works_out_a_share_is_an_example() {
        check(
            "5 mục tiêu, hoàn thành 4 … 4/5*1= 0,8 điểm",
            &[(4, 5, "0.8")],
        );
        check(
            "9/10 x 2 điểm = 1.8đ; 1/2 x 2 = 1 điểm",
            &[(9, 10, "1.8"), (1, 2, "1")],
        );
    }

    #[test]
    fn other_numbers_of_a_quotation_are_no_example() {
        check("số mục tiêu đã hoàn thành/ số mục tiêu đề ra x 1điểm", &[]);
        check("Tỉ lệ % kế hoạch hoàn thành * 3 / 100%", &[]);
        check("trước ngày 15/6; 22a/QĐ-UBND; 6/18, 4/18", &[]);
        check("6/5*1 = 1,2 điểm", &[]);
    }
}
