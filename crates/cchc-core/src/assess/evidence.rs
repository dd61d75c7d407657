//! What documents prove, fact by fact, as an answer.

use std::sync::Arc;

use crate::answer::{DocumentAnswer, EvidenceAnswer, EvidenceOutcome, RecordPath};
use crate::evidence::FactOutcome;
use crate::model::Leaf;
use crate::record::Fitted;
use crate::state::{Fact, FactReport, States};

impl Fitted<'_> {
    /// Evidence of a leaf: every fact of its quantities, and its exemption.
    pub(super) fn evidence_answers(&self, leaf: &Leaf, states: &States) -> Vec<EvidenceAnswer> {
        if self.submission.taken_as_proved {
            return Vec::new();
        }
        let mut answers = Vec::new();
        for of in &leaf.quantities {
            let reports = states.reports_of(*of).iter();
            let before = answers.len();
            answers.extend(reports.map(|report| self.evidence_answer(report)));
            let Some(quantity) = self.quantity(*of) else {
                continue;
            };
            if answers.len() == before && !quantity.proof.roles.is_empty() {
                let open = states.cut.can_act_by(quantity.hand_in_by);
                answers.push(EvidenceAnswer {
                    quantity: Some(quantity.id.clone()),
                    fact: None,
                    path: None,
                    outcome: if open {
                        EvidenceOutcome::Open
                    } else {
                        EvidenceOutcome::Missing
                    },
                    until: open.then_some(quantity.hand_in_by),
                    unfilled: Vec::new(),
                    documents: Vec::new(),
                });
            }
        }
        let claims = states
            .exemption_reports()
            .iter()
            .filter(|it| self.claims(it, leaf));
        answers.extend(claims.map(|report| self.evidence_answer(report)));
        answers
    }

    fn evidence_answer(&self, report: &FactReport) -> EvidenceAnswer {
        let judged = &report.judged;
        EvidenceAnswer {
            quantity: report.quantity.and_then(|of| self.name(of)),
            fact: self.fact_name(report.fact),
            path: Some(self.fact_path(report.fact)),
            outcome: evidence_outcome(report),
            until: report.open_until.filter(|_| !judged.outcome.is_proved()),
            unfilled: judged.unfilled.clone(),
            documents: judged
                .documents
                .iter()
                .map(|document| DocumentAnswer {
                    id: document.id.clone(),
                    citation: document
                        .index
                        .and_then(|it| self.submission.evidence.get(it))
                        .and_then(|it| it.citation.clone()),
                    path: document.index.map(|index| RecordPath {
                        list: "evidence",
                        index,
                    }),
                    role: document.role.clone(),
                    accepted: document.accepted(),
                    reasons: document.reasons.clone(),
                    remarks: document.remarks.clone(),
                })
                .collect(),
        }
    }

    /// Whether a report is about the claim that a leaf is not for this unit.
    pub(super) fn claims(&self, report: &FactReport, leaf: &Leaf) -> bool {
        let Fact::Exemption(index) = report.fact else {
            return false;
        };
        self.submission
            .not_applicable
            .get(index)
            .is_some_and(|claim| claim.code == leaf.code)
    }

    /// The name that a fact goes by.
    pub(crate) fn fact_name(&self, fact: Fact) -> Option<Arc<str>> {
        match fact {
            Fact::Event(index) => self.submission.events.get(index).map(|it| it.id.clone()),
            Fact::Figure(index) => self
                .submission
                .figures
                .get(index)
                .map(|it| it.observed_on.to_string().into()),
            Fact::Exemption(index) => self
                .submission
                .not_applicable
                .get(index)
                .map(|it| it.ground.as_str().into()),
        }
    }

    /// The place of a fact in the submission.
    pub(crate) fn fact_path(&self, fact: Fact) -> RecordPath {
        let (list, index) = match fact {
            Fact::Event(index) => ("events", index),
            Fact::Figure(index) => ("figures", index),
            Fact::Exemption(index) => ("not_applicable", index),
        };
        RecordPath { list, index }
    }
}

/// Outcome of a requirement: what is proved, what can be mended, what is too late.
pub(crate) fn evidence_outcome(report: &FactReport) -> EvidenceOutcome {
    match (report.judged.outcome, report.open_until) {
        (FactOutcome::Proved { remarks: false }, _) => EvidenceOutcome::Accepted,
        (FactOutcome::Proved { remarks: true }, _) => EvidenceOutcome::AcceptedWithRemarks,
        (FactOutcome::Unreadable, _) => EvidenceOutcome::Unreadable,
        (_, Some(_)) => EvidenceOutcome::Open,
        (FactOutcome::Missing, None) => EvidenceOutcome::Missing,
        (FactOutcome::Rejected, None) => EvidenceOutcome::Rejected,
    }
}
