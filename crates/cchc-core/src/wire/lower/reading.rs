//! What a rule reads of a quantity, in which unit, and what holds when nothing arose.
//!
//! A share is read as a fraction whatever unit its thresholds are written in. A share that
//! can turn out to have no items needs `not_arisen`; nothing else may have it.

use super::Lowering;
use crate::json::Phrase;
use crate::rules::*;
use crate::values::Exact;
use crate::wire::form::{NotArisenWire, Of};

/// What a rule reads, and in which unit.
pub(in crate::wire) struct Read {
    pub(in crate::wire) reading: Reading,
    pub(in crate::wire) domain: Domain,
    /// Factor from the unit written to the quantity's own.
    pub(in crate::wire) scale: Exact,
    /// Whether the share can turn out to have no items.
    may_be_none: bool,
}

impl Read {
    pub(in crate::wire) fn is_share(&self) -> bool {
        matches!(self.reading, Reading::Share { .. })
    }
}

impl Lowering<'_> {
    /// Refuses what only a unit that owes every obligation can come to.
    pub(in crate::wire) fn owed_by_each(&mut self, path: &str, of: QuantityIndex) -> Option<()> {
        let quantity = self.quantities.get(of.0);
        if quantity.is_none_or(|it| it.observation == Observation::Pack) {
            return Some(());
        }
        self.fault(
            "observation-counts-met",
            path,
            "a rule that counts what is late or missing, since not every unit owes each obligation",
            "one that counts what is handed in, with `observation: unit`",
            Some("use `deduction` with `lapses`, `late` or `missing`".into()),
        );
        None
    }

    /// What `of`, `read` and `in` say together.
    pub(in crate::wire) fn reading(&mut self, path: &str, of: &Of) -> Option<Read> {
        let index = self.quantity(&format!("{path}.of"), &of.of)?;
        let kind = self.kind(index)?.clone();
        let read = of.read.as_deref();
        let refuse = |ctx: &mut Self, expected: &'static str| {
            let found = read.map_or(Phrase::from("none"), |read| format!("`{read}`").into());
            ctx.fault(
                "bad-reading",
                &format!("{path}.read"),
                expected,
                found,
                None,
            );
            None
        };
        let mut scale = Exact::ONE;
        let mut may_be_none = false;
        let (reading, domain) = match &kind {
            QuantityKind::Count { .. } => match read {
                None | Some("value") => (Reading::Number(index), Domain::Whole { most: None }),
                _ => return refuse(self, "`value` or nothing for a count"),
            },
            QuantityKind::Measure { min, max, .. } => match read {
                None | Some("value") => {
                    let end = |x: &Option<Exact>| x.clone().map_or(Bound::Open, Bound::Included);
                    let stretch = Stretch {
                        lower: end(min),
                        upper: end(max),
                    };
                    (Reading::Number(index), Domain::Dense(stretch))
                }
                _ => return refuse(self, "`value` or nothing for a measure"),
            },
            QuantityKind::Share { min_total, by, .. } => {
                may_be_none = *min_total == 0 || matches!(by, ShareBy::Events(_));
                let lost = match read {
                    None | Some("won") => false,
                    Some("lost") => true,
                    _ => return refuse(self, "`won` or `lost` for a share"),
                };
                match of.unit.as_deref() {
                    Some("percent") => scale = Exact::ratio(1, 100)?,
                    Some(_) => {}
                    None => {
                        self.fault(
                            "missing-unit",
                            path,
                            "`in`: `percent` or `fraction` for a share",
                            "none",
                            None,
                        );
                        return None;
                    }
                }
                (Reading::Share { of: index, lost }, Domain::share())
            }
            QuantityKind::DueSet { obligations, .. } => {
                let read = match read {
                    Some("met") => DueReading::Met,
                    Some("late") => DueReading::Late,
                    Some("missing") => DueReading::Missing,
                    Some("lapses") => DueReading::Lapses,
                    Some("handed_in") => DueReading::HandedIn,
                    _ => {
                        return refuse(
                            self,
                            "`met`, `late`, `missing`, `lapses` or `handed_in` for a due set",
                        );
                    }
                };
                if matches!(read, DueReading::Met | DueReading::HandedIn) {
                    self.owed_by_each(&format!("{path}.read"), index)?;
                }
                let most = u64::try_from(obligations.len()).ok();
                (Reading::Due { of: index, read }, Domain::Whole { most })
            }
            QuantityKind::Flag { .. } => match read {
                None => (Reading::Flag(index), Domain::Whole { most: Some(1) }),
                _ => return refuse(self, "no `read` for a flag"),
            },
            QuantityKind::Judgement { .. } => {
                self.wrong_kind(
                    &format!("{path}.of"),
                    index,
                    "a quantity that is counted or measured",
                );
                return None;
            }
        };
        if of.unit.is_some() && !matches!(kind, QuantityKind::Share { .. }) {
            self.fault(
                "unit-without-share",
                &format!("{path}.in"),
                "no `in`: only a share has a unit to choose",
                "one",
                None,
            );
            return None;
        }
        Some(Read {
            reading,
            domain,
            scale,
            may_be_none,
        })
    }

    pub(super) fn not_arisen(
        &mut self,
        path: &str,
        read: &Read,
        wire: Option<NotArisenWire>,
    ) -> Option<Option<NotArisen>> {
        let of = read.reading.quantities().first().copied();
        match (wire, read.may_be_none) {
            (None, true) if of.is_some_and(|of| !self.is_whole_quantity(of)) => None,
            (None, true) => {
                self.fault(
                    "zero-denominator",
                    path,
                    "`not_arisen`: `full`, `zero` or `exclude`",
                    "none, though the share can have no items",
                    Some("say what holds when nothing arose, or set `min_total` to 1".into()),
                );
                None
            }
            (Some(_), false) => {
                self.fault(
                    "needless-not-arisen",
                    &format!("{path}.not_arisen"),
                    "no `not_arisen`",
                    "one, though nothing here can have no items",
                    None,
                );
                None
            }
            (Some(NotArisenWire::Exclude), true) if !self.sole => {
                self.fault(
                    "exclude-inside",
                    &format!("{path}.not_arisen"),
                    "`exclude` only where the rule is the whole of its leaf",
                    "`exclude` inside another rule",
                    None,
                );
                None
            }
            (wire, _) => Some(wire.map(NotArisen::from)),
        }
    }
}
