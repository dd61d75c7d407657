//! One fact against its proof: which documents are accepted in which role.

use std::sync::Arc;

use chrono::NaiveDate;

use super::check::{self, Named, Subject};
use super::{Reason, Remark};
use crate::facts::{Document, DocumentKind, Event};
use crate::rules::{Proof, When};
use crate::values::Calendar;

/// Whether a fact is about items or about there being none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Items {
    /// Some, or a fact that does not count items.
    Some,
    /// None.
    None,
}

/// A fact to be proved.
pub struct ProofTask<'a> {
    /// What must be shown.
    pub proof: &'a Proof,
    /// The event, if the fact is one.
    pub event: Option<&'a Event>,
    /// Whether it is about items.
    pub items: Items,
    /// Whether it is a fact of a predecessor of the unit.
    pub of_predecessor: bool,
    /// Kinds of document that prove something else of the same fact: no reproach here.
    pub elsewhere: &'a [DocumentKind],
    /// Documents that the fact names, and successors of superseded ones.
    pub named: Vec<NamedRecord<'a>>,
    /// Last day to hand anything in.
    pub hand_in_by: NaiveDate,
    /// Working days.
    pub calendar: &'a Calendar,
}

/// A document that a fact names.
#[derive(Clone, Copy)]
pub struct NamedRecord<'a> {
    /// Name that the fact uses.
    pub id: &'a str,
    /// The part that the fact gives it.
    pub role: Option<&'a str>,
    /// What the register holds under that name.
    pub found: Found<'a>,
}

/// What the register holds under a name.
#[derive(Clone, Copy)]
pub enum Found<'a> {
    /// Nothing.
    Nothing,
    /// A document that is not seen as of the date.
    NotYet(usize),
    /// A document that has given its place to a successor.
    Superseded(usize),
    /// A document that counts.
    Document {
        /// The document.
        document: &'a Document,
        /// Its place in the register.
        index: usize,
    },
}

/// What one document does for one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentOutcome {
    /// Name in the register, or the name that the fact uses.
    pub id: Arc<str>,
    /// Its place in the register, if it is there.
    pub index: Option<usize>,
    /// The role it was held against; `None` where it fits none.
    pub role: Option<Arc<str>>,
    /// Why it is not accepted; none: it is.
    pub reasons: Vec<Reason>,
    /// What is worth saying all the same.
    pub remarks: Vec<Remark>,
}

impl DocumentOutcome {
    /// Whether the document is accepted.
    pub fn accepted(&self) -> bool {
        self.reasons.is_empty()
    }
}

/// What the register proves of one fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactOutcome {
    /// Every role is satisfied.
    Proved {
        /// Whether something is worth saying all the same.
        remarks: bool,
    },
    /// Some role is not, and only documents that cannot be read stand in the way.
    Unreadable,
    /// Some role is not satisfied.
    Rejected,
    /// Nothing was named at all.
    Missing,
}

impl FactOutcome {
    /// Whether the fact is proved.
    pub fn is_proved(self) -> bool {
        matches!(self, FactOutcome::Proved { .. })
    }
}

/// A fact with what its documents do for it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// The fact as a whole.
    pub outcome: FactOutcome,
    /// Each document named, once for the role it does best in.
    pub documents: Vec<DocumentOutcome>,
    /// Roles that lack documents.
    pub unfilled: Vec<Arc<str>>,
    /// Identities of the documents accepted in the distinct role.
    pub distinct: Vec<String>,
    /// The same, with those that only have to be read.
    pub readable: Vec<String>,
}

impl Judged {
    /// What is proved of two facts that only count together.
    pub(crate) fn and(mut self, other: Judged) -> Judged {
        use FactOutcome::{Missing, Proved, Rejected, Unreadable};
        self.outcome = match (self.outcome, other.outcome) {
            (Proved { remarks: one }, Proved { remarks: other }) => Proved {
                remarks: one || other,
            },
            (Proved { .. }, outcome) | (outcome, Proved { .. }) => outcome,
            (Unreadable, Unreadable) => Unreadable,
            (Missing, Missing) => Missing,
            _ => Rejected,
        };
        self.documents.extend(other.documents);
        for role in other.unfilled {
            if !self.unfilled.contains(&role) {
                self.unfilled.push(role);
            }
        }
        self.distinct.extend(other.distinct);
        self.readable.extend(other.readable);
        self
    }

    /// Takes back what was accepted: it shows what is due, but was handed in too late.
    pub(crate) fn reject_late(&mut self) {
        self.outcome = FactOutcome::Rejected;
        for document in self.documents.iter_mut().filter(|it| it.accepted()) {
            document.reasons.push(Reason::Late);
        }
    }

    /// Takes back what a distinct role accepted: the document serves another event.
    pub(crate) fn reject_duplicate(&mut self, role: &Arc<str>) {
        self.outcome = FactOutcome::Rejected;
        self.unfilled.push(role.clone());
        for document in &mut self.documents {
            if document.accepted() && document.role.as_ref() == Some(role) {
                document.reasons.push(Reason::Duplicate);
            }
        }
    }
}

/// Holds a fact against its proof.
pub fn judge(task: &ProofTask<'_>) -> Judged {
    let named: Vec<Named<'_>> = task
        .named
        .iter()
        .map(|record| Named {
            id: record.id,
            role: record.role,
            document: match record.found {
                Found::Document { document, .. } => Some(document),
                _ => None,
            },
        })
        .collect();
    let mut best: Vec<Option<DocumentOutcome>> = vec![None; named.len()];
    let mut unfilled = Vec::new();
    let mut only_unreadable = true;
    let mut distinct = Vec::new();
    let mut readable = Vec::new();
    let roles = task.proof.roles.iter();
    for role in roles.filter(|role| role.of.asks(task.of_predecessor)) {
        let asked = match role.when {
            When::Always => true,
            When::Some => task.items == Items::Some,
            When::None => task.items == Items::None,
        };
        let mut accepted = 0;
        let mut unreadable = 0;
        for ((record, named_here), best) in task.named.iter().zip(&named).zip(&mut best) {
            let Found::Document { index, .. } = record.found else {
                continue;
            };
            let Some(document) = named_here.document else {
                continue;
            };
            let candidate = match record.role {
                Some(part) => part == &*role.name,
                None => role.kinds.contains(&document.kind),
            };
            if !candidate {
                continue;
            }
            let subject = Subject {
                document,
                role,
                event: task.event,
                named: &named,
                hand_in_by: task.hand_in_by,
                calendar: task.calendar,
            };
            let (mut reasons, mut remarks) = (Vec::new(), Vec::new());
            check::all(&subject, &mut reasons, &mut remarks);
            if reasons.is_empty() {
                accepted += 1;
                if role.distinct {
                    distinct.push(document.identity.clone());
                    readable.push(document.identity.clone());
                }
            } else if reasons == [Reason::IllegibleScan] {
                unreadable += 1;
                if role.distinct {
                    readable.push(document.identity.clone());
                }
            }
            let better = best
                .as_ref()
                .is_none_or(|best| reasons.len() < best.reasons.len());
            if better {
                *best = Some(DocumentOutcome {
                    id: document.id.clone(),
                    index: Some(index),
                    role: Some(role.name.clone()),
                    reasons,
                    remarks,
                });
            }
        }
        if asked && accepted < role.at_least {
            unfilled.push(role.name.clone());
            only_unreadable &= accepted + unreadable >= role.at_least;
        }
    }
    let documents: Vec<DocumentOutcome> = task
        .named
        .iter()
        .zip(best)
        .filter_map(|(record, best)| best.or_else(|| without_role(record, task)))
        .collect();
    let outcome = if unfilled.is_empty() {
        let remarks = documents
            .iter()
            .any(|document| document.accepted() && !document.remarks.is_empty());
        FactOutcome::Proved { remarks }
    } else if only_unreadable {
        FactOutcome::Unreadable
    } else if task.named.is_empty() {
        FactOutcome::Missing
    } else {
        FactOutcome::Rejected
    };
    Judged {
        outcome,
        documents,
        unfilled,
        distinct,
        readable,
    }
}

/// A document that was held against no role; `None` where it is named for something else.
fn without_role(record: &NamedRecord<'_>, task: &ProofTask<'_>) -> Option<DocumentOutcome> {
    if let Some(part) = record.role
        && !task.proof.roles.iter().any(|role| &*role.name == part)
    {
        return None;
    }
    if let Found::Document { document, .. } = record.found
        && task.elsewhere.contains(&document.kind)
    {
        return None;
    }
    let (index, reason) = match record.found {
        Found::Nothing => (None, Reason::DanglingReference),
        Found::NotYet(index) => (Some(index), Reason::NotYet),
        Found::Superseded(index) => (Some(index), Reason::Superseded),
        Found::Document { index, .. } => (Some(index), Reason::WrongType),
    };
    Some(DocumentOutcome {
        id: record.id.into(),
        index,
        role: record.role.map(Arc::from),
        reasons: vec![reason],
        remarks: Vec::new(),
    })
}
