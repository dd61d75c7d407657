//! What is to be said of one mutant.

use serde::Serialize;
use serde_json::Value;

use super::edit::{Mutant, MutationKind};
use super::run::{Fate, Suite, run_mutant};
use crate::difference::{
    Argument, Change, Matter, Side, Verdict as Compared, Witness, compare_leaves,
};
use crate::difference::{WholeVerdict, compare_whole};

/// A mutant and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of thing it changes.
    pub kind: MutationKind,
    /// The leaf, group or quantity around the place, or `pack`.
    pub subject: String,
    /// Where, in the pack.
    pub path: String,
    /// What stands there, as JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What the mutant has there; nothing where it is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What became of a mutant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// The reader refuses it, with these faults.
    Refused {
        /// Codes of the faults.
        codes: Vec<&'static str>,
    },
    /// Its own statements disagree: an end of a range is stated that no record reaches.
    Unsound {
        /// `end_not_reached`.
        code: &'static str,
    },
    /// A case of the pack fails on it.
    Killed {
        /// File of the case.
        case: String,
    },
    /// No case fails, and none could: it scores the same.
    Equal {
        /// Why.
        arguments: Vec<Argument>,
    },
    /// No case fails, and this one would.
    Survived {
        /// The leaf or group that scores differently, or `total`.
        code: String,
        /// A record on which it does.
        witness: Box<Witness>,
    },
    /// No case fails, and neither a difference nor its absence was shown.
    Undecided {
        /// What is different.
        changes: Vec<Change>,
    },
}

impl Verdict {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Verdict::Refused { .. } => "refused",
            Verdict::Unsound { .. } => "unsound",
            Verdict::Killed { .. } => "killed",
            Verdict::Equal { .. } => "equal",
            Verdict::Survived { .. } => "survived",
            Verdict::Undecided { .. } => "undecided",
        }
    }

    /// Whether a case is missing, or may be.
    pub fn is_survivor(&self) -> bool {
        matches!(self, Verdict::Survived { .. } | Verdict::Undecided { .. })
    }
}

/// Runs the cases on a mutant and, if none fails, compares it with the pack.
pub fn judge(suite: &Suite<'_>, mutant: &Mutant) -> Finding {
    Finding {
        kind: mutant.kind,
        subject: mutant.subject.clone(),
        path: mutant.path(),
        before: mutant.before(suite.json),
        after: mutant.after(),
        verdict: verdict(suite, mutant),
    }
}

fn verdict(suite: &Suite<'_>, mutant: &Mutant) -> Verdict {
    let changed = match run_mutant(suite, mutant) {
        Fate::Refused(faults) => {
            let mut codes: Vec<&'static str> = faults.iter().map(|it| it.code).collect();
            codes.sort_unstable();
            codes.dedup();
            return Verdict::Refused { codes };
        }
        Fate::Unsound(code) => return Verdict::Unsound { code },
        Fate::Killed { case } => return Verdict::Killed { case },
        Fate::Survived(pack) => pack,
    };
    let json: Value = mutant.apply(suite.json);
    let old = Side {
        pack: suite.pack,
        json: suite.json,
    };
    let new = Side {
        pack: &changed,
        json: &json,
    };
    let mut arguments = Vec::new();
    let mut open = Vec::new();
    for leaf in &suite.pack.leaves {
        let codes = (leaf.code.as_str(), leaf.code.as_str());
        let Some(compared) = compare_leaves(old, new, codes, Matter::Reasons, suite.calendar)
        else {
            continue;
        };
        match compared.verdict {
            Compared::Equal(argument) if compared.changes.is_empty() => arguments.push(argument),
            Compared::Equal(argument) => arguments.insert(0, argument),
            Compared::Differs(witnesses) => {
                if let Some(witness) = witnesses.into_iter().next() {
                    return Verdict::Survived {
                        code: leaf.code.clone(),
                        witness: Box::new(witness),
                    };
                }
            }
            Compared::NotComparable(_) | Compared::NotAnalysed => open.extend(compared.changes),
        }
    }
    match compare_whole(old, new, suite.calendar) {
        WholeVerdict::Equal => {}
        WholeVerdict::Differs { code, witness } => return Verdict::Survived { code, witness },
        WholeVerdict::NotAnalysed(changes) => open.extend(changes),
    }
    if !open.is_empty() {
        return Verdict::Undecided { changes: open };
    }
    if arguments.iter().any(|it| *it != Argument::SameMeaning) {
        arguments.retain(|it| *it != Argument::SameMeaning);
    }
    arguments.sort();
    arguments.dedup();
    Verdict::Equal { arguments }
}
