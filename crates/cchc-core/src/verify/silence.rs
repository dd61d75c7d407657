//! Proving a fact never gives fewer points than leaving it unproved.
//!
//! The empty record is closed by `final` and held against the fewest points that a proved
//! record can give. Where silence gives more, a unit does well to hide its figures: an
//! `unproved` set too high, or reports counted late that nobody misses when they do not
//! come. A penalty that silence leaves at 0 is no such case: nothing is earned by it.

use crate::json::phrase;
use std::collections::BTreeMap;

use super::Verifier;
use super::extreme::{self, Side};
use super::nodes::classes;
use super::witness::{Asked, WitnessRecord};
use crate::record::fit;
use crate::values::Exact;

/// Most facts that are tried alone.
const MOST_TRIED: usize = 20;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (node, leaf) in ctx.leaves() {
        if leaf.quantities.is_empty() {
            continue;
        }
        for class in classes(&leaf.rule) {
            let Some(silence) = ctx.silence.of(class, &leaf.code) else {
                continue;
            };
            let silence = silence.clone();
            let Some(least) = extreme::of(ctx.pack, &leaf.rule, Side::Least, class) else {
                continue;
            };
            let lowest = least.rounded(Side::Least, &ctx.pack.rounding);
            let penalty = leaf.min.is_negative() && silence.is_zero();
            // Where points move the wrong way, that silence gains by it is no second fault.
            let stated = node.json.get("unproved").is_some();
            if !stated && ctx.crooked.contains(&leaf.code) {
                continue;
            }
            if silence <= lowest || penalty || ctx.excused(&node.path, "unproved") {
                continue;
            }
            let asked = |inputs| Asked {
                leaf: &leaf.code,
                class,
                inputs,
                proved: true,
            };
            let proved = least.inputs.as_ref().filter(|_| least.reached);
            let records: Option<Vec<WitnessRecord>> = proved.and_then(|inputs| {
                let nothing = ctx.record(&asked(&[]))?;
                // One fact may do; else all of them.
                let single = inputs.iter().take(MOST_TRIED).map(std::slice::from_ref);
                let mut tried = single.chain([inputs.as_slice()]);
                let proved = tried.find_map(|inputs| {
                    let proved = ctx.record(&asked(inputs))?;
                    (proved.points < nothing.points).then_some(proved)
                })?;
                Some(vec![nothing, proved])
            });
            let witness = ctx.witness_of(&leaf.code, records.unwrap_or_default());
            let path = node.at(if stated { "unproved" } else { "rule" });
            ctx.fault(
                "unproved-above-proved",
                &path,
                phrase!(
                    "at most `{}` where nothing is shown, as the worst proved record gives",
                    lowest
                ),
                format!("`{silence}`"),
                "give silence no more than the worst figure, or declare the exception `unproved`",
            )
            .leaf(&leaf.code)
            .witness(witness);
            break;
        }
    }
}

/// Points of every leaf where nothing at all is recorded, for each class of unit.
#[derive(Default)]
pub(super) struct Silence(BTreeMap<Option<String>, BTreeMap<String, Exact>>);

impl Silence {
    /// Closes the empty record of each class.
    pub(super) fn close(ctx: &Verifier<'_>) -> Self {
        let classes = ctx.pack.unit_classes.iter().map(|class| Some(&**class));
        let closed = classes.chain([None]).map(|class| {
            let case = ctx.submission_of(&Asked {
                leaf: "all",
                class,
                inputs: &[],
                proved: true,
            });
            let fitted = case
                .as_ref()
                .and_then(|case| fit(ctx.pack, &case.submission, ctx.calendar).ok());
            let points = fitted.map(|it| it.final_points()).unwrap_or_default();
            let points = points.into_iter();
            let exact = points.map(|(code, points)| (code, points.into_exact()));
            (class.map(str::to_owned), exact.collect())
        });
        Silence(closed.collect())
    }

    /// Points of one leaf.
    pub(super) fn of(&self, class: Option<&str>, leaf: &str) -> Option<&Exact> {
        self.0.get(&class.map(str::to_owned))?.get(leaf)
    }
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    #[test]
    fn silence_gives_no_more_than_the_worst_proved_figure() {
        let rule = r#"{"form": "yes_no", "of": "plan", "yes": "2", "no": "0.5"}"#;
        check(
            r#""unproved": "0.5","#,
            rule,
            &["figure-unsourced unproved", "min-unreachable tree[0]"],
        );
        check(
            r#""unproved": "0.75","#,
            rule,
            &[
                "figure-unsourced unproved",
                "unproved-above-proved unproved",
                "min-unreachable tree[0]",
            ],
        );
    }

    #[test]
    fn late_reports_that_cost_where_missing_ones_do_not_reward_silence() {
        let rule = |read| {
            format!(
                r#"{{"form": "deduction", "of": "reports", "read": "{read}", "full": "2", "each": "1", "not_below": "0"}}"#
            )
        };
        check("", &rule("late"), &["unproved-above-proved rule"]);
        check("", &rule("lapses"), &[]);
    }
}
