//! The canonical scoring rule: curves and the combinators over them.
//!
//! Everything that a pack writes is lowered to this before anything is evaluated. Every
//! combinator is monotone in the points of its parts, and within a leaf each quantity is
//! read once; these two facts make bounds exact.

use crate::rules::{Curve, QuantityIndex};
use crate::values::Exact;

/// Points from quantities.
#[derive(Clone, Debug)]
pub enum Rule {
    /// The same points whatever happens.
    Constant(Exact),
    /// Points as a function of one number.
    Curve(CurveRule),
    /// Points for each obligation of a due set.
    Obligations(ObligationRule),
    /// Points by comparison with a target and with other units.
    Relative(RelativeRule),
    /// All parts together.
    Sum(Vec<Rule>),
    /// The part with the fewest points.
    Least(Vec<Rule>),
    /// The part with the most points.
    Greatest(Vec<Rule>),
    /// A part held between two limits.
    Cap {
        /// The part.
        part: Box<Rule>,
        /// Most points.
        at: Option<Exact>,
        /// Fewest points.
        floor: Option<Exact>,
    },
    /// One of two rules, as a condition holds or fails.
    Gate {
        /// 1 where the condition holds, 0 where it fails.
        condition: CurveRule,
        /// Where it holds.
        then: Box<Rule>,
        /// Where it fails.
        otherwise: Box<Rule>,
    },
    /// The rule for the unit's class, in the order of the pack's classes of unit.
    ByClass(Vec<(String, Rule)>),
}

/// A curve over what is read of a quantity.
#[derive(Clone, Debug)]
pub struct CurveRule {
    /// What is read.
    pub reading: Reading,
    /// Points for each number.
    pub curve: Curve,
    /// Points where there are no items at all.
    pub not_arisen: Option<NotArisen>,
    /// How the reasons of this curve are told.
    pub reason: ReasonStyle,
}

/// How a curve tells its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReasonStyle {
    /// The label of the piece.
    Label,
    /// The quantity's name and the label.
    Named(String),
}

/// What is read of a quantity, as one number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reading {
    /// A count, a measure, or points given by an appraiser.
    Number(QuantityIndex),
    /// Won of the total, or lost of the total.
    Share {
        /// The share.
        of: QuantityIndex,
        /// Read the lost items instead of the won ones.
        lost: bool,
    },
    /// A number of obligations.
    Due {
        /// The due set.
        of: QuantityIndex,
        /// Which obligations are counted.
        read: DueReading,
    },
    /// 1 for yes, 0 for no.
    Flag(QuantityIndex),
    /// How many of these flags are yes.
    Tally(Vec<QuantityIndex>),
    /// Place of the verdict in its scale, 0 for the last one.
    Verdict(QuantityIndex),
}

impl Reading {
    /// The quantities that are read.
    pub fn quantities(&self) -> &[QuantityIndex] {
        match self {
            Reading::Number(of)
            | Reading::Share { of, .. }
            | Reading::Due { of, .. }
            | Reading::Flag(of)
            | Reading::Verdict(of) => std::slice::from_ref(of),
            Reading::Tally(of) => of,
        }
    }
}

/// Which obligations of a due set are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueReading {
    /// Handed in on time.
    Met,
    /// Handed in, but not on time.
    Late,
    /// Not handed in.
    Missing,
    /// Late or missing.
    Lapses,
    /// On time or late.
    HandedIn,
}

/// Points where a share has no items, and that is proved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotArisen {
    /// The most points of the rule.
    Full,
    /// The fewest points of the rule.
    Zero,
    /// The leaf leaves points and maximum.
    Exclude,
}

/// Points for each obligation.
#[derive(Clone, Debug)]
pub struct ObligationRule {
    /// The due set.
    pub of: QuantityIndex,
    /// How many obligations it has.
    pub size: u64,
    /// On time.
    pub met: Exact,
    /// Late.
    pub late: Exact,
    /// Missing.
    pub missing: Exact,
}

/// Points by comparison with a target, then with the best of the other units.
///
/// Source: form 29. With q = achieved/target: below 1, `at_target`·q of the points;
/// exactly 1, `at_target`; above 1, the rest in the proportion e = (achieved − target) /
/// (best − target). Without a target, achieved/best of the points.
#[derive(Clone, Debug)]
pub struct RelativeRule {
    /// What the unit achieved.
    pub achieved: QuantityIndex,
    /// What it was to achieve.
    pub target: Option<QuantityIndex>,
    /// Both, as a reading names them.
    pub reads: Vec<QuantityIndex>,
    /// All the points.
    pub points: Exact,
    /// The share of the points for reaching the target exactly.
    pub at_target: Exact,
}

/// A node of a rule that reads quantities.
enum Node<'a> {
    Curve(&'a CurveRule),
    Obligations(&'a ObligationRule),
    Relative(&'a RelativeRule),
}

impl Node<'_> {
    fn quantities(&self) -> &[QuantityIndex] {
        match self {
            Node::Curve(rule) => rule.reading.quantities(),
            Node::Obligations(rule) => std::slice::from_ref(&rule.of),
            Node::Relative(rule) => &rule.reads,
        }
    }
}

impl Rule {
    /// Calls `visit` for each quantity, once for each node that reads it.
    pub fn each_quantity(&self, visit: &mut dyn FnMut(QuantityIndex)) {
        self.each_node(&mut |node| node.quantities().iter().for_each(|of| visit(*of)));
    }

    /// Calls `visit` for each due set of which late obligations are told apart from missing
    /// ones.
    pub(crate) fn each_late_counted(&self, visit: &mut dyn FnMut(QuantityIndex)) {
        self.each_node(&mut |node| match node {
            Node::Obligations(rule) if rule.late > rule.missing => visit(rule.of),
            Node::Curve(CurveRule {
                reading: Reading::Due { of, read },
                ..
            }) if !matches!(read, DueReading::Met | DueReading::Lapses) => visit(*of),
            _ => {}
        });
    }

    /// Calls `visit` for each node that reads quantities.
    fn each_node(&self, visit: &mut dyn FnMut(Node<'_>)) {
        match self {
            Rule::Constant(_) => {}
            Rule::Curve(rule) => visit(Node::Curve(rule)),
            Rule::Obligations(rule) => visit(Node::Obligations(rule)),
            Rule::Relative(rule) => visit(Node::Relative(rule)),
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| part.each_node(visit));
            }
            Rule::Cap { part, .. } => part.each_node(visit),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                visit(Node::Curve(condition));
                then.each_node(visit);
                otherwise.each_node(visit);
            }
            Rule::ByClass(classes) => {
                classes.iter().for_each(|(_, rule)| rule.each_node(visit));
            }
        }
    }

    /// Fewest and most points (or their limits) that the rule can give.
    pub fn range(&self) -> (Exact, Exact) {
        match self {
            Rule::Constant(points) => (points.clone(), points.clone()),
            Rule::Curve(rule) => (rule.curve.least().clone(), rule.curve.most().clone()),
            Rule::Obligations(rule) => {
                let size = Exact::from_u64(rule.size);
                let least = (&rule.met).min(&rule.late).min(&rule.missing);
                let most = (&rule.met).max(&rule.late).max(&rule.missing);
                (&size * least, &size * most)
            }
            Rule::Relative(rule) => (Exact::ZERO, rule.points.clone()),
            Rule::Sum(parts) => parts
                .iter()
                .map(Rule::range)
                .fold((Exact::ZERO, Exact::ZERO), |(low, high), (least, most)| {
                    (&low + &least, &high + &most)
                }),
            Rule::Least(parts) => fold_ranges(parts, |a, b| a.min(b)),
            Rule::Greatest(parts) => fold_ranges(parts, |a, b| a.max(b)),
            Rule::Cap { part, at, floor } => {
                let (least, most) = part.range();
                (
                    clamp(least, at.as_ref(), floor.as_ref()),
                    clamp(most, at.as_ref(), floor.as_ref()),
                )
            }
            Rule::Gate {
                then, otherwise, ..
            } => {
                let (a, b) = (then.range(), otherwise.range());
                (a.0.min(b.0), a.1.max(b.1))
            }
            Rule::ByClass(classes) => classes
                .iter()
                .map(|(_, rule)| rule.range())
                .reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))
                .unwrap_or((Exact::ZERO, Exact::ZERO)),
        }
    }
}

fn fold_ranges(parts: &[Rule], pick: fn(Exact, Exact) -> Exact) -> (Exact, Exact) {
    parts
        .iter()
        .map(Rule::range)
        .reduce(|a, b| (pick(a.0, b.0), pick(a.1, b.1)))
        .unwrap_or((Exact::ZERO, Exact::ZERO))
}

/// Points held between two limits.
pub fn clamp(points: Exact, at: Option<&Exact>, floor: Option<&Exact>) -> Exact {
    let points = match at {
        Some(at) if points > *at => at.clone(),
        _ => points,
    };
    match floor {
        Some(floor) if points < *floor => floor.clone(),
        _ => points,
    }
}
