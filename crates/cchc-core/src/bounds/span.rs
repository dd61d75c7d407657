//! The ends of a rule, put together from the ends of its parts.

use super::extreme::{At, How, Landing, Limit};
use crate::record::Fitted;
use crate::rules::*;
use crate::state::States;
use crate::values::Exact;

/// The fewest and the most points.
#[derive(Clone, Debug)]
pub(super) struct Range {
    pub(super) low: Limit,
    pub(super) high: Limit,
}

impl Range {
    pub(super) fn only(points: Exact) -> Self {
        Range {
            low: Limit::reached(points.clone()),
            high: Limit::reached(points),
        }
    }

    /// The range of what is in one or the other.
    pub(super) fn or(self, other: Range) -> Range {
        Range {
            low: self.low.lower(other.low, true),
            high: self.high.higher(other.high, true),
        }
    }

    fn plus(&self, other: &Range) -> Range {
        Range {
            low: self.low.plus(&other.low),
            high: self.high.plus(&other.high),
        }
    }

    /// The range of the lesser of one of each.
    pub(super) fn lesser(&self, other: &Range) -> Range {
        Range {
            low: self.low.clone().lower(other.low.clone(), true),
            high: self.high.clone().lower(other.high.clone(), false),
        }
    }

    fn greater(&self, other: &Range) -> Range {
        Range {
            low: self.low.clone().higher(other.low.clone(), false),
            high: self.high.clone().higher(other.high.clone(), true),
        }
    }

    fn held(self, at: Option<&Exact>, floor: Option<&Exact>) -> Range {
        let hold = |limit: Limit| {
            let held = clamp(limit.points.clone(), at, floor);
            // A limit beyond the cap is reached on the way to it.
            let reached = limit.reached || held != limit.points;
            Limit {
                points: held,
                reached,
            }
        };
        Range {
            low: hold(self.low),
            high: hold(self.high),
        }
    }
}

/// The bounds of a part of a rule, before rounding.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// Over every extension; one that leaves the part unproved gives its fewest points.
    pub(super) any: Range,
    /// Over the extensions that prove something about the part, if there are any.
    pub(super) known: Option<Range>,
    /// Whether some extension leaves the leaf out because nothing arose.
    pub(super) may_be_excluded: bool,
    /// Whether some extension keeps the leaf in.
    pub(super) may_be_included: bool,
    /// Whether the ends are exact.
    pub(super) analysed: bool,
}

impl Span {
    /// A part with these points whatever happens.
    pub(super) fn only(points: Exact) -> Self {
        Span::known(Range::only(points))
    }

    /// A part about which something is proved in every extension.
    pub(super) fn known(range: Range) -> Self {
        Span {
            known: Some(range.clone()),
            any: range,
            may_be_excluded: false,
            may_be_included: true,
            analysed: true,
        }
    }

    /// A part about which nothing can be proved any more.
    pub(super) fn unproved(least: Exact) -> Self {
        Span {
            known: None,
            ..Span::only(least)
        }
    }

    /// Two parts together: something is proved about both once it is about one.
    pub(super) fn join(&self, other: &Span, put: Put) -> Span {
        let known = |one: Option<&Range>, other: Option<&Range>| {
            one.zip(other).map(|(one, other)| put.together(one, other))
        };
        let one = known(self.known.as_ref(), Some(&other.any));
        let another = known(Some(&self.any), other.known.as_ref());
        Span {
            any: put.together(&self.any, &other.any),
            known: match (one, another) {
                (Some(one), Some(another)) => Some(one.or(another)),
                (one, another) => one.or(another),
            },
            may_be_excluded: false,
            may_be_included: true,
            analysed: self.analysed && other.analysed,
        }
    }
}

/// How the parts of a rule are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Put {
    Sum,
    Least,
    Greatest,
}

impl Put {
    pub(super) fn together(self, one: &Range, other: &Range) -> Range {
        match self {
            Put::Sum => one.plus(other),
            Put::Least => one.lesser(other),
            Put::Greatest => one.greater(other),
        }
    }
}

/// Where a reading stands at the ends of its part.
#[derive(Clone, Debug)]
pub(super) struct Landings {
    /// Over every extension, at the fewest and at the most points.
    pub(super) any: (Landing, Landing),
    /// Over those that prove something about it.
    pub(super) known: (Landing, Landing),
}

impl Landings {
    /// Nothing moves.
    pub(super) const STILL: Landings = Landings {
        any: (Landing::AS_IT_STANDS, Landing::AS_IT_STANDS),
        known: (Landing::AS_IT_STANDS, Landing::AS_IT_STANDS),
    };

    /// Nothing is told of where it stands.
    pub(super) const UNTOLD: Landings = Landings {
        any: (Landing::UNKNOWN, Landing::UNKNOWN),
        known: (Landing::UNKNOWN, Landing::UNKNOWN),
    };

    /// What a derivation tells: of a leaf with one part, the ends of the leaf.
    pub(super) fn told(self, sole: bool) -> (Landing, Landing) {
        if sole { self.known } else { self.any }
    }
}

impl Fitted<'_> {
    /// The bounds of a rule, with where each of its parts stands there.
    pub(super) fn span(&self, rule: &Rule, states: &States, told: &mut Vec<Landings>) -> Span {
        match rule {
            Rule::Constant(points) => {
                let landing = Landing::new(At::Number(points.clone()), How::Nothing);
                let ends = (landing.clone(), landing);
                told.push(Landings {
                    any: ends.clone(),
                    known: ends,
                });
                Span::only(points.clone())
            }
            Rule::Curve(rule) => {
                let (span, landings) = self.curve_span(rule, states);
                told.push(landings);
                span
            }
            Rule::Obligations(rule) => {
                let (span, landings) = self.obligations_span(rule, states);
                told.push(landings);
                span
            }
            Rule::Relative(rule) => {
                told.push(Landings::UNTOLD);
                self.relative_span(rule, states)
            }
            Rule::Sum(parts) => self.fold_spans(parts, Put::Sum, states, told),
            Rule::Least(parts) => self.fold_spans(parts, Put::Least, states, told),
            Rule::Greatest(parts) => self.fold_spans(parts, Put::Greatest, states, told),
            Rule::Cap { part, at, floor } => {
                let span = self.span(part, states, told);
                let (at, floor) = (at.as_ref(), floor.as_ref());
                Span {
                    any: span.any.held(at, floor),
                    known: span.known.map(|it| it.held(at, floor)),
                    ..span
                }
            }
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => self.gate_span(condition, [&**then, &**otherwise], states, told),
            Rule::ByClass(classes) => match self.rule_of_class(classes) {
                Some(rule) => self.span(rule, states, told),
                None => {
                    told.push(Landings::UNTOLD);
                    let (least, most) = rule.range();
                    let any = Range {
                        low: Limit::reached(least),
                        high: Limit::reached(most),
                    };
                    Span {
                        analysed: false,
                        ..Span::known(any)
                    }
                }
            },
        }
    }

    /// The rule for the class of the unit.
    pub(super) fn rule_of_class<'r>(&self, classes: &'r [(String, Rule)]) -> Option<&'r Rule> {
        let class = self.submission.unit.class.as_deref();
        let rule = classes
            .iter()
            .find(|(name, _)| Some(name.as_str()) == class);
        rule.map(|(_, rule)| rule)
    }

    fn fold_spans(
        &self,
        parts: &[Rule],
        put: Put,
        states: &States,
        told: &mut Vec<Landings>,
    ) -> Span {
        parts
            .iter()
            .map(|part| self.span(part, states, told))
            .reduce(|a, b| a.join(&b, put))
            .unwrap_or(Span::only(Exact::ZERO))
    }

    fn gate_span(
        &self,
        condition: &CurveRule,
        branches: [&Rule; 2],
        states: &States,
        told: &mut Vec<Landings>,
    ) -> Span {
        told.push(Landings::STILL);
        let ways = self.ways(condition, states);
        let mut open = [false; 2];
        for way in ways.all() {
            for (open, also) in open.iter_mut().zip(way.truths) {
                *open |= also;
            }
        }
        let mut spans = branches.iter().zip(open).map(|(rule, open)| match open {
            true => Some(self.span(rule, states, told)),
            false => None,
        });
        let spans = [spans.next().flatten(), spans.next().flatten()];
        let mut any: Option<Range> = None;
        let mut known: Option<Range> = None;
        let add = |sum: &mut Option<Range>, more: Option<Range>| {
            *sum = match (sum.take(), more) {
                (Some(one), Some(other)) => Some(one.or(other)),
                (one, other) => one.or(other),
            };
        };
        for way in &ways.alone {
            let ends = way.span(&spans);
            add(&mut any, ends.as_ref().map(|it| it.any.clone()));
            add(&mut known, ends.and_then(|it| it.known));
        }
        // What is only open besides counts toward the fewest points.
        for way in &ways.besides {
            for (sum, ends) in [
                (&mut any, way.span(&spans).map(|it| it.any)),
                (&mut known, way.span(&spans).and_then(|it| it.known)),
            ] {
                *sum = match (sum.take(), ends) {
                    (Some(one), Some(other)) => Some(Range {
                        low: one.low.lower(other.low, true),
                        high: one.high,
                    }),
                    (one, _) => one,
                };
            }
        }
        Span {
            any: any.unwrap_or_else(|| Range::only(Exact::ZERO)),
            known,
            may_be_excluded: false,
            may_be_included: true,
            analysed: ways.analysed && spans.iter().flatten().all(|span| span.analysed),
        }
    }
}
