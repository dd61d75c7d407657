//! The kind of a quantity: where it comes from and how it can move.
//!
//! Fields that only some ways of counting have are held against the way that is stated.

use crate::json::phrase;
use std::collections::BTreeSet;

use super::Lowering;
use super::context::named;
use crate::rules::*;
use crate::values::Exact;
use crate::wire::pack::{KindWire, RangeWire, TotalWire};

impl Lowering<'_> {
    pub(super) fn quantity_kind(&mut self, path: &str, wire: &KindWire) -> Option<QuantityKind> {
        Some(match wire {
            KindWire::Count { by, event } => {
                let by = match self.event_source(path, by, event.as_ref())? {
                    Some(event) => CountBy::Events(event),
                    None => CountBy::Figure,
                };
                QuantityKind::Count { by }
            }
            KindWire::DueSet { event, obligations } => {
                let mut list = Vec::new();
                let mut names = BTreeSet::new();
                for (index, obligation) in obligations.iter().enumerate() {
                    let place = format!("{path}.obligations[{index}]");
                    if !names.insert(&obligation.id) {
                        let expected = "names of obligations that are used once";
                        let found = format!("`{}`", obligation.id);
                        let place = format!("{place}.id");
                        self.fault("duplicate-name", &place, expected, found, None);
                    }
                    let due = self.due(&format!("{place}.due"), &obligation.due, false);
                    if let Some(Deadline::On { date, provisional }) = due {
                        list.push(Obligation {
                            id: obligation.id.clone(),
                            title: obligation.title.clone().into(),
                            due: date,
                            provisional,
                        });
                    }
                }
                if list.len() != obligations.len() {
                    return None;
                }
                QuantityKind::DueSet {
                    event: event.clone(),
                    obligations: list,
                }
            }
            KindWire::Share {
                by,
                event,
                total,
                open_at_close,
                overdue,
                min_total,
            } => match self.event_source(path, by, event.as_ref())? {
                Some(event) => {
                    let stray = [
                        ("total", total.is_some()),
                        ("open_at_close", open_at_close.is_some()),
                        ("overdue", *overdue),
                        ("min_total", *min_total > 0),
                    ];
                    for (name, _) in stray.into_iter().filter(|(_, stated)| *stated) {
                        let expected = phrase!("`{}` only for a share by figure", name);
                        let path = format!("{path}.{name}");
                        self.fault("share-by-events", &path, expected, "it by events", None);
                    }
                    QuantityKind::Share {
                        by: ShareBy::Events(event),
                        total: Total::Unbounded,
                        open_at_close: OpenAtClose::Lost,
                        overdue: false,
                        min_total: 0,
                    }
                }
                None => {
                    let (Some(total), Some(open)) = (total, open_at_close) else {
                        let found = named(&[
                            ("total", total.is_some()),
                            ("open_at_close", open_at_close.is_some()),
                        ]);
                        let expected = "`total` and `open_at_close` for a share by figure";
                        self.fault("share-by-figure", path, expected, found, None);
                        return None;
                    };
                    let total = match total {
                        TotalWire::Named(name) if name == "fixed" => Total::Fixed,
                        TotalWire::Named(name) if name == "declared" => Total::Declared,
                        TotalWire::Named(_) => Total::Unbounded,
                        TotalWire::AtMost { at_most } => Total::AtMost(*at_most),
                    };
                    let open_at_close = match open.as_str() {
                        "left_out" => OpenAtClose::LeftOut,
                        _ => OpenAtClose::Lost,
                    };
                    QuantityKind::Share {
                        by: ShareBy::Figure,
                        total,
                        open_at_close,
                        overdue: *overdue,
                        min_total: *min_total,
                    }
                }
            },
            KindWire::Flag { movement, sample } => {
                let margin = sample.as_ref().map(|sample| &sample.margin);
                if let Some(margin) = margin
                    && !(margin.is_positive() && *margin < Exact::ONE)
                {
                    self.fault(
                        "bad-margin",
                        &format!("{path}.sample.margin"),
                        "a margin of error above 0 and below 1, as a fraction",
                        format!("`{margin}`"),
                        Some("5 % is `\"0.05\"`".into()),
                    );
                }
                QuantityKind::Flag {
                    movement: match movement.as_str() {
                        "hold" => FlagMovement::Hold,
                        _ => FlagMovement::Latched,
                    },
                    sample_margin: margin.cloned(),
                }
            }
            KindWire::Measure { domain, options } => {
                let (mut min, mut max) = match domain {
                    None => (None, None),
                    Some(range) => (range.min.clone(), range.max.clone()),
                };
                let weights = options.iter().map(|option| &option.weight);
                if let (Some(least), Some(most)) = (weights.clone().min(), weights.max()) {
                    if domain.is_some() {
                        self.fault(
                            "options-and-domain",
                            &format!("{path}.domain"),
                            "no `domain` beside `options`",
                            "one",
                            Some("the weights say what the mean can be".into()),
                        );
                    }
                    (min, max) = (Some(least.clone()), Some(most.clone()));
                }
                self.ordered(&format!("{path}.domain"), min.as_ref(), max.as_ref())?;
                let names = options.iter().map(|option| option.id.as_str());
                self.distinct("options", names, |index| {
                    format!("{path}.options[{index}].id")
                });
                let options = options
                    .iter()
                    .map(|option| SurveyOption {
                        id: option.id.clone(),
                        weight: option.weight.clone(),
                    })
                    .collect();
                QuantityKind::Measure { min, max, options }
            }
            KindWire::Judgement { range, verdicts } => match (range, verdicts) {
                (
                    Some(RangeWire {
                        min: Some(min),
                        max: Some(max),
                    }),
                    None,
                ) => {
                    self.ordered(&format!("{path}.range"), Some(min), Some(max))?;
                    let (min, max) = (min.clone(), max.clone());
                    QuantityKind::Judgement {
                        scale: JudgementScale::Points { min, max },
                    }
                }
                (None, Some(verdicts)) => {
                    let names = verdicts.iter().map(String::as_str);
                    let place = |index| format!("{path}.verdicts[{index}]");
                    if !self.distinct("verdicts", names, place) {
                        // Whether a ladder has a step for each depends on the names meant.
                        return None;
                    }
                    QuantityKind::Judgement {
                        scale: JudgementScale::Verdicts(verdicts.clone()),
                    }
                }
                _ => {
                    let end = |end: fn(&RangeWire) -> bool| range.as_ref().is_some_and(end);
                    let found = named(&[
                        ("range.min", end(|range| range.min.is_some())),
                        ("range.max", end(|range| range.max.is_some())),
                        ("verdicts", verdicts.is_some()),
                    ]);
                    let expected = "`range` with `min` and `max`, or `verdicts`";
                    self.fault("judgement-scale", path, expected, found, None);
                    return None;
                }
            },
        })
    }

    fn event_source(
        &mut self,
        path: &str,
        by: &str,
        event: Option<&String>,
    ) -> Option<Option<String>> {
        match (by, event) {
            ("events", Some(event)) => Some(Some(event.clone())),
            ("figure", None) => Some(None),
            _ => {
                let found = match event {
                    Some(_) => phrase!("`by: {}` with `event`", by),
                    None => phrase!("`by: {}` without `event`", by),
                };
                let expected = "`by: events` with `event`, or `by: figure` without";
                self.fault("event-source", path, expected, found, None);
                None
            }
        }
    }

    fn ordered(&mut self, path: &str, min: Option<&Exact>, max: Option<&Exact>) -> Option<()> {
        match (min, max) {
            (Some(min), Some(max)) if min > max => {
                self.fault(
                    "range-reversed",
                    path,
                    "a smallest number not above the largest",
                    phrase!("{} to {}", min, max),
                    None,
                );
                None
            }
            _ => Some(()),
        }
    }
}
