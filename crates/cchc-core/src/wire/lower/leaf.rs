//! Leaves: range, rule, sources, offices and the grounds of exemption.
//!
//! A rule must stay inside the range of its leaf and read each quantity once; both are told
//! of the leaf as a whole, since no part of the rule is more at fault than another.

use crate::json::phrase;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::Lowering;
use super::proof::Asked;
use super::tree::{Place, Tree};
use crate::model::*;
use crate::rules::{Predecessors, QuantityIndex, Rule};
use crate::values::{Exact, Points, Rounding};
use crate::wire::form::{MAX_PARTS, RuleWire};
use crate::wire::pack::{NodeWire, SourceWire};

impl Tree<'_> {
    pub(super) fn leaf(
        &mut self,
        path: &str,
        node: &NodeWire,
        rule: &RuleWire,
        place: &Place<'_>,
        ctx: &mut Lowering<'_>,
    ) -> Option<Leaf> {
        let Some(max) = node.max.clone() else {
            ctx.fault(
                "missing-max",
                path,
                "`max`, the most points of a leaf",
                "none",
                None,
            );
            return None;
        };
        let min = node.min.clone().unwrap_or(Exact::ZERO);
        let unproved = node.unproved.clone().unwrap_or_else(|| min.clone());
        if min > max || unproved < min || unproved > max {
            ctx.fault(
                "leaf-range",
                path,
                "`min` ≤ `unproved` ≤ `max`",
                format!("`min` {min}, `unproved` {unproved}, `max` {max}"),
                None,
            );
            return None;
        }
        for (name, value) in [("max", &max), ("min", &min), ("unproved", &unproved)] {
            let rounding = Rounding::new(self.wire.rounding.places, self.wire.rounding.mode);
            if rounding.is_ok_and(|rounding| rounding.round(value) != *value) {
                ctx.fault(
                    "not-on-the-grid",
                    &format!("{path}.{name}"),
                    phrase!("a number with at most {} places", self.wire.rounding.places),
                    format!("`{value}`"),
                    Some("the leaf is rounded, so its ends must be round".into()),
                );
            }
        }
        ctx.leaf_max = max.clone();
        ctx.sole = true;
        let composite = matches!(
            rule,
            RuleWire::Sum(_)
                | RuleWire::Least(_)
                | RuleWire::Greatest(_)
                | RuleWire::Cap(_)
                | RuleWire::Gate(_)
                | RuleWire::AllOrNothing(_)
        );
        if composite {
            ctx.sole = false;
        }
        let rule_path = format!("{path}.rule");
        let rule = rule.lower(&rule_path, ctx)?;
        if !ctx.is_coarse(&rule_path, &rule) {
            return None;
        }
        let (least, most) = rule.range();
        // An end that is missing may only be faulty.
        if ctx.is_whole(path) && (least < min || most > max) {
            ctx.fault(
                "points-out-of-range",
                &rule_path,
                phrase!("points from {} to {}", min, max),
                phrase!("points from {} to {}", least, most),
                None,
            );
        }
        let quantities = ctx.reads_once(&rule_path, &rule);
        let sources: Vec<SourceWire> = node.sources.clone().unwrap_or_default();
        for (index, source) in sources.iter().enumerate() {
            if source.illustrative.is_some() && (source.item.is_some() || source.quote.is_some()) {
                ctx.fault(
                    "illustrative-citation",
                    &format!("{path}.sources[{index}]"),
                    "an illustrative figure without `item` and `quote`",
                    "one that cites",
                    None,
                );
            }
        }
        if sources.is_empty() {
            ctx.fault(
                "no-source",
                path,
                "`sources`: where the figures come from, or that they are illustrative",
                "none",
                None,
            );
        }
        let grounds = self.grounds(path, node, ctx);
        let known: Vec<&str> = self
            .wire
            .offices
            .iter()
            .map(|office| office.id.as_str())
            .collect();
        if let Some(offices) = &node.offices {
            for (name, place) in std::iter::once((&offices.lead, "lead".to_owned())).chain(
                offices
                    .with
                    .iter()
                    .enumerate()
                    .map(|(index, name)| (name, format!("with[{index}]"))),
            ) {
                if !known.contains(&name.as_str()) {
                    let path = format!("{path}.offices.{place}");
                    ctx.unknown(&path, "office", name, known.iter().copied(), "offices");
                }
            }
        }
        let validity = match node.validity {
            None => None,
            Some(window) => Some(ctx.window(&format!("{path}.validity"), window)?),
        };
        let read = quantities.iter().filter_map(|of| ctx.quantities.get(of.0));
        let illustrative = sources.iter().any(|source| source.illustrative.is_some())
            || read
                .flat_map(|quantity| &quantity.sources)
                .any(Source::is_illustrative);
        Some(Leaf {
            code: node.code.clone(),
            path: path.to_owned(),
            title: Arc::new(node.title.clone().into()),
            source_title: node.source_title.clone(),
            max: Points::new(max),
            min: Points::new(min),
            unproved: Points::new(unproved),
            scored_by: match node.scored_by.as_deref() {
                Some("appraiser") => ScoredBy::Appraiser,
                Some("survey") => ScoredBy::Survey,
                _ => ScoredBy::Unit,
            },
            rule,
            grounds,
            lead: node.offices.as_ref().map(|offices| offices.lead.clone()),
            with: node
                .offices
                .as_ref()
                .map(|offices| offices.with.clone())
                .unwrap_or_default(),
            plan_time: node.plan_time.clone(),
            validity,
            sources: sources.iter().map(Source::from).collect(),
            illustrative,
            bonus_penalty: place.bonus_penalty,
            area: place.area.into(),
            quantities,
            note: node.note.clone(),
        })
    }

    fn grounds(&mut self, path: &str, node: &NodeWire, ctx: &mut Lowering<'_>) -> Vec<Ground> {
        let wires = node.not_applicable.as_deref().unwrap_or_default();
        let mut grounds: Vec<Ground> = Vec::new();
        for (index, ground) in wires.iter().enumerate() {
            let place = format!("{path}.not_applicable[{index}]");
            if grounds.iter().any(|other| other.id == ground.id) {
                let found = format!("`{}`", ground.id);
                ctx.fault(
                    "duplicate-name",
                    &format!("{place}.id"),
                    "names of grounds that are used once",
                    found,
                    None,
                );
            }
            let documents = self.times.document_window.unwrap_or(self.times.window);
            let asked = Asked {
                window: documents,
                events: false,
                predecessors: Predecessors::Own,
            };
            let proof = ctx.proof(&format!("{place}.proof"), &ground.proof, asked);
            grounds.push(Ground {
                id: ground.id.clone(),
                title: ground.title.clone().into(),
                proof,
            });
        }
        grounds
    }
}

impl Lowering<'_> {
    /// The quantities of a leaf; reports one that two nodes read.
    fn reads_once(&mut self, path: &str, rule: &Rule) -> Vec<QuantityIndex> {
        let mut seen = BTreeSet::new();
        let mut twice = BTreeSet::new();
        let mut order = Vec::new();
        let branches: Vec<&Rule> = match rule {
            Rule::ByClass(classes) => classes.iter().map(|(_, rule)| rule).collect(),
            rule => vec![rule],
        };
        for branch in branches {
            let mut here = BTreeSet::new();
            branch.each_quantity(&mut |of| {
                if !here.insert(of) {
                    twice.insert(of);
                }
                if seen.insert(of) {
                    order.push(of);
                }
            });
        }
        for of in twice {
            let name = self
                .quantities
                .get(of.0)
                .map_or("", |quantity| &quantity.id)
                .to_owned();
            self.fault(
                "read-twice",
                path,
                "each quantity read by one part of the rule",
                phrase!("`{}` read by two", name),
                Some("write one piece function over it".into()),
            );
        }
        if order.len() > MAX_PARTS {
            let found = format!("{}", order.len());
            self.fault(
                "too-many-parts",
                path,
                phrase!("at most {} quantities", MAX_PARTS),
                found,
                None,
            );
        }
        order
    }
}
