//! How fine points can be: the digits of exact sums, held to a limit before anything is added.
//!
//! Sums are exact, and each denominator that has nothing in common with the others makes them
//! longer: a list of a thousand unrelated ones would take seconds to add up. No scoring table
//! comes near the limits. Digits come from the numbers that a rule writes, and from the
//! quantities that it reads along a line, whose denominators a submission chooses.

use crate::json::{Phrase, phrase};
use std::collections::BTreeMap;

use super::Lowering;
use crate::model::Leaf;
use crate::rules::{Curve, QuantityIndex, QuantityKind, Rule};
use crate::values::{CommonDenominator, Rounding, RoundingMode};
use crate::wire::pack::{MAX_COUNT, NodeWire, PackWire};

/// Most digits of the common denominator of all numbers that one rule writes.
pub const MAX_RULE_DIGITS: usize = 40;
/// Most digits that the quantities of one rule add, where a line reads them.
pub const MAX_READ_DIGITS: usize = 300;
/// Most digits of the common denominator of all points that are added up over a pack.
pub const MAX_SUM_DIGITS: usize = 600;

/// Digits of the denominator that a written number can have: `1/` takes two of 30 characters.
const WRITTEN: usize = 28;

/// What makes points fine.
struct Fineness {
    /// Of the numbers that are written.
    own: CommonDenominator,
    /// Digits that each quantity adds.
    read: BTreeMap<QuantityIndex, usize>,
}

impl Fineness {
    fn none() -> Self {
        Fineness {
            own: CommonDenominator::one(),
            read: BTreeMap::new(),
        }
    }

    fn read_digits(&self) -> usize {
        self.read.values().sum()
    }

    fn include(&mut self, other: &Fineness) {
        self.own.include_all(&other.own);
        self.read.extend(&other.read);
    }
}

impl Lowering<'_> {
    /// Reports a rule whose points are too fine; gives whether it is not.
    pub(super) fn is_coarse(&mut self, path: &str, rule: &Rule) -> bool {
        let branches: Vec<&Rule> = match rule {
            Rule::ByClass(classes) => classes.iter().map(|(_, rule)| rule).collect(),
            rule => vec![rule],
        };
        for branch in branches {
            let fineness = self.fineness(branch);
            for (digits, limit, what) in [
                (
                    fineness.own.digits(),
                    MAX_RULE_DIGITS,
                    "numbers that it writes",
                ),
                (
                    fineness.read_digits(),
                    MAX_READ_DIGITS,
                    "numbers that it reads along a line",
                ),
            ] {
                if digits > limit {
                    self.too_fine(path, what.into(), limit, digits);
                    return false;
                }
            }
        }
        true
    }

    /// Reports a pack whose points are too fine to be added up; gives whether they are not.
    pub(super) fn is_coarse_sum(
        &mut self,
        wire: &PackWire,
        leaves: &[Leaf],
        rounding: Option<Rounding>,
    ) -> bool {
        let mut sum = Fineness::none();
        sum.own.include(&wire.max);
        wire.tree.iter().for_each(|node| held(node, &mut sum.own));
        // Rounded points lie on one grid of at most a million.
        if rounding.is_some_and(|rounding| rounding.mode() == RoundingMode::None) {
            for leaf in leaves {
                for end in [&leaf.min, &leaf.max, &leaf.unproved] {
                    sum.own.include(end.exact());
                }
                sum.include(&self.fineness(&leaf.rule));
            }
        }
        let digits = sum.own.digits() + sum.read_digits();
        if digits > MAX_SUM_DIGITS {
            let what = "points of all leaves and groups".into();
            self.too_fine("tree", what, MAX_SUM_DIGITS, digits);
        }
        digits <= MAX_SUM_DIGITS
    }

    fn too_fine(&mut self, path: &str, what: Phrase, limit: usize, digits: usize) {
        self.fault(
            "too-fine",
            path,
            phrase!(
                "{} with a common denominator of at most {} digits",
                what,
                limit
            ),
            phrase!("{} digits or more", digits),
            Some("write numbers with fewer places, or round the points".into()),
        );
    }

    fn fineness(&self, rule: &Rule) -> Fineness {
        let mut fineness = Fineness::none();
        self.measure(rule, &mut fineness);
        fineness
    }

    fn measure(&self, rule: &Rule, out: &mut Fineness) {
        match rule {
            Rule::Constant(points) => out.own.include(points),
            Rule::Curve(rule) => {
                if measure_curve(&rule.curve, out) {
                    for of in rule.reading.quantities() {
                        self.reads(*of, 1, out);
                    }
                }
            }
            Rule::Obligations(rule) => {
                for points in [&rule.met, &rule.late, &rule.missing] {
                    out.own.include(points);
                }
            }
            Rule::Relative(rule) => {
                out.own.include(&rule.points);
                out.own.include(&rule.at_target);
                // A quotient of two differences: four numbers that are written.
                let parts = if rule.target.is_some() { 4 } else { 2 };
                self.reads(rule.achieved, parts, out);
            }
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| self.measure(part, out));
            }
            Rule::Cap { part, at, floor } => {
                self.measure(part, out);
                at.iter().chain(floor).for_each(|end| out.own.include(end));
            }
            // The condition decides and adds nothing.
            Rule::Gate {
                then, otherwise, ..
            } => {
                self.measure(then, out);
                self.measure(otherwise, out);
            }
            Rule::ByClass(classes) => {
                classes.iter().for_each(|(_, part)| self.measure(part, out));
            }
        }
    }

    /// Takes in the digits of a quantity that enters points as `parts` numbers.
    fn reads(&self, of: QuantityIndex, parts: usize, out: &mut Fineness) {
        let digits = match self.kind(of) {
            Some(QuantityKind::Share { .. }) => MAX_COUNT.to_string().len(),
            Some(QuantityKind::Measure { options, .. }) if !options.is_empty() => {
                // A mean of as many counts as there are options.
                let mut weights = CommonDenominator::one();
                for option in options {
                    weights.include(&option.weight);
                }
                weights.digits() + MAX_COUNT.to_string().len() + options.len().to_string().len()
            }
            Some(QuantityKind::Measure { .. } | QuantityKind::Judgement { .. }) => WRITTEN,
            _ => 0,
        };
        if digits > 0 {
            let most = out.read.entry(of).or_default();
            *most = (*most).max(digits * parts);
        }
    }
}

/// Takes in the numbers of a curve; gives whether it has a line.
fn measure_curve(curve: &Curve, out: &mut Fineness) -> bool {
    let mut has_line = false;
    for piece in curve.pieces() {
        if piece.slope.is_zero() {
            out.own.include(&piece.points);
            continue;
        }
        has_line = true;
        out.own.include(&piece.slope);
        out.own
            .include(&piece.points_at(&crate::values::Exact::ZERO));
        let ends = [piece.over.lower.value(), piece.over.upper.value()];
        for end in ends.into_iter().flatten() {
            out.own.include(&piece.points_at(end));
        }
    }
    has_line
}

/// Takes in the caps and floors of a group and of all below it.
fn held(node: &NodeWire, own: &mut CommonDenominator) {
    for end in node.cap.iter().chain(&node.floor) {
        own.include(end);
    }
    for child in node.children.iter().flatten() {
        held(child, own);
    }
}
