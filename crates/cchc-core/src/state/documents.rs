//! The documents that a fact names, and what they prove of it.
//!
//! A superseded document gives its place to its last successor that is seen, and to none
//! where the successors lead in a circle: then nothing is known to be in force. A fact whose
//! documents are not asked about is taken as proved.

use super::{Fact, FactReport, States};
use crate::evidence::{FactOutcome, Found, Items, Judged, NamedRecord, ProofTask, judge};
use crate::facts::ProvedBy;
use crate::record::{Cut, Fitted};

/// What counts in the place of a document.
enum Current {
    /// This one.
    Document(usize),
    /// None: its successors lead in a circle.
    Circle,
    /// None: it is not seen itself.
    NotYet,
}

impl Fitted<'_> {
    pub(super) fn exempt(
        &self,
        exemption: &crate::record::Exemption,
        cut: Cut,
        states: &mut States,
    ) -> Option<usize> {
        let claim = self.submission.not_applicable.get(exemption.claim)?;
        let leaf = self.pack.leaf(&claim.code)?;
        if !cut.sees(claim.recorded_on, claim.recorded_on)
            || claim.recorded_on > self.pack.hand_in_by
        {
            return None;
        }
        let ground = leaf.grounds.get(exemption.ground)?;
        let named = claim.evidence.iter().map(|id| (id.as_str(), None));
        let named = self.named(named.zip(&exemption.documents), cut);
        let task = ProofTask {
            proof: &ground.proof,
            event: None,
            items: Items::Some,
            of_predecessor: false,
            elsewhere: &[],
            named,
            hand_in_by: self.pack.hand_in_by,
            calendar: self.calendar,
        };
        let fact = Fact::Exemption(exemption.claim);
        let judged = self
            .taken_as_proved(ProvedBy::Documents, fact)
            .unwrap_or_else(|| judge(&task));
        let granted = judged.outcome.is_proved();
        let open_until = cut
            .can_act_by(self.pack.hand_in_by)
            .then_some(self.pack.hand_in_by);
        states.reports.push(FactReport {
            quantity: None,
            fact,
            judged,
            open_until,
            replaced: false,
        });
        granted.then_some(exemption.ground)
    }

    /// What is proved of a fact whose documents are not asked about.
    ///
    /// Taken as proved by itself, it has a document of its own, named after it.
    pub(super) fn taken_as_proved(&self, proved_by: ProvedBy, fact: Fact) -> Option<Judged> {
        let distinct = match (self.submission.taken_as_proved, proved_by) {
            (false, ProvedBy::Documents) => return None,
            (true, _) => Vec::new(),
            (false, ProvedBy::Assumption) => vec![format!("{fact:?}")],
        };
        Some(Judged {
            outcome: FactOutcome::Proved { remarks: false },
            documents: Vec::new(),
            unfilled: Vec::new(),
            readable: distinct.clone(),
            distinct,
        })
    }

    /// The documents that a fact names, each with what counts under its name.
    ///
    /// A superseded document gives its place to its successor; both are told of.
    pub(super) fn named<'n>(
        &'n self,
        names: impl Iterator<Item = ((&'n str, Option<&'n str>), &'n Option<usize>)> + Clone,
        cut: Cut,
    ) -> Vec<NamedRecord<'n>> {
        let mut records: Vec<NamedRecord<'n>> = Vec::new();
        for ((id, role), index) in names.clone() {
            let Some(start) = *index else {
                records.push(NamedRecord {
                    id,
                    role,
                    found: Found::Nothing,
                });
                continue;
            };
            let found = match self.current(start, cut) {
                Current::Document(current) if current != start => {
                    let already = names.clone().any(|(_, other)| *other == Some(current));
                    if !already && let Some(document) = self.submission.evidence.get(current) {
                        let found = Found::Document {
                            document,
                            index: current,
                        };
                        records.push(NamedRecord {
                            id: &document.id,
                            role,
                            found,
                        });
                    }
                    Found::Superseded(start)
                }
                Current::Document(_) => match self.submission.evidence.get(start) {
                    Some(document) => Found::Document {
                        document,
                        index: start,
                    },
                    None => Found::Nothing,
                },
                Current::Circle => Found::Superseded(start),
                Current::NotYet => Found::NotYet(start),
            };
            records.push(NamedRecord { id, role, found });
        }
        records
    }

    /// The document that counts for one of the register: itself, or its last successor that
    /// is seen.
    fn current(&self, start: usize, cut: Cut) -> Current {
        let sees = |index: &usize| {
            self.submission
                .evidence
                .get(*index)
                .is_some_and(|it| cut.sees_document(it))
        };
        if !sees(&start) {
            return Current::NotYet;
        }
        let newest = |index: usize| self.successors.get(index)?.iter().copied().find(sees);
        let mut index = start;
        // Brent's search: a circle comes back to a mark that is moved ever more rarely.
        let (mut mark, mut steps, mut until) = (start, 0_usize, 1_usize);
        while let Some(newer) = newest(index) {
            if newer == mark {
                return Current::Circle;
            }
            index = newer;
            steps = steps.saturating_add(1);
            if steps == until {
                (mark, steps, until) = (index, 0, until.saturating_mul(2));
            }
        }
        Current::Document(index)
    }
}
