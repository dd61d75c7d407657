//! Findings: coded observations with parameters, place and remedy.

use std::sync::Arc;

use chrono::NaiveDate;

use super::Worked;
use super::evidence::evidence_outcome;
use crate::answer::*;
use crate::evidence::Reason;
use crate::facts::{FigureValue, ProvedBy};
use crate::model::{Consistency, Leaf, Part, ScoredBy, Term};
use crate::record::Fitted;
use crate::rules::{Observation, Predecessors, Quantity, QuantityIndex, QuantityKind, Total};
use crate::state::{Known, State, States, WhyUnseen};
use crate::values::{Exact, Points};

fn finding(code: &'static str, severity: Severity) -> Finding {
    Finding {
        code,
        severity,
        path: None,
        params: Params::default(),
        remedy: None,
    }
}

impl Finding {
    fn at(self, path: RecordPath) -> Self {
        Finding {
            path: Some(path),
            ..self
        }
    }

    fn in_list(self, list: &'static str, index: usize) -> Self {
        self.at(RecordPath { list, index })
    }

    fn with(mut self, name: &'static str, value: impl Into<Arc<str>>) -> Self {
        self.params.insert(name, value.into());
        self
    }

    fn mend(self, remedy: &'static str) -> Self {
        Finding {
            remedy: Some(remedy),
            ..self
        }
    }
}

/// What to do about a document that is not accepted.
fn remedy(reason: Reason) -> &'static str {
    match reason {
        Reason::Missing | Reason::DanglingReference => "add_document",
        Reason::BlankNumberOrDay => "issue_document",
        Reason::WrongType | Reason::WrongIssuer => "replace_document",
        Reason::NumberSymbolMismatch | Reason::NumberPattern => "mend_symbol",
        Reason::OutsidePeriod | Reason::WrongOrder => "check_dates",
        Reason::Late => "too_late",
        Reason::Duplicate => "own_document",
        Reason::ReferenceMissing => "add_reference",
        Reason::NoPageOrSectionPointer => "point_to_page",
        Reason::UnsignedOrUnsealed => "sign_document",
        Reason::FieldMissing => "complete_content",
        Reason::Superseded => "use_successor",
        Reason::IllegibleScan => "rescan",
        Reason::Contradicts => "correct_record",
        Reason::NotYet => "wait",
    }
}

/// Names of the obligations that a unit does not owe.
fn not_owed<'q>(whole: &'q Quantity, cut: &Quantity) -> Vec<&'q str> {
    let (
        QuantityKind::DueSet { obligations, .. },
        QuantityKind::DueSet {
            obligations: left, ..
        },
    ) = (&whole.kind, &cut.kind)
    else {
        return Vec::new();
    };
    let gone = obligations
        .iter()
        .filter(|it| left.iter().all(|other| other.id != it.id));
    gone.map(|it| it.id.as_str()).collect()
}

impl Fitted<'_> {
    /// Findings of one leaf, worst first.
    pub(super) fn leaf_findings(
        &self,
        leaf: &Leaf,
        numbers: &Numbers,
        worked: &Worked<'_>,
        states: &States,
    ) -> Vec<Finding> {
        let mut list = Vec::new();
        if worked.outcome == Outcome::OutOfValidity {
            let window = leaf.validity.unwrap_or(self.pack.validity);
            list.push(
                finding("out_of_validity", Severity::Problem)
                    .with("from", window.from().to_string())
                    .with("to", window.to().to_string()),
            );
            return list;
        }
        if worked.closed.is_some() {
            for of in &leaf.quantities {
                self.quantity_findings(leaf, *of, states, &mut list);
            }
            if !worked.bounds.analysed {
                list.push(finding("not_analysed", Severity::Warning));
            }
        }
        self.evidence_findings(leaf, states, &mut list);
        self.exemption_findings(leaf, states, &mut list);
        if leaf.scored_by != ScoredBy::Unit {
            list.push(finding("not_self_scorable", Severity::Note));
        }
        let open = !numbers.to_gain.is_zero();
        for quantity in leaf
            .quantities
            .iter()
            .filter_map(|of| self.pack.quantity(*of))
        {
            if quantity.depends_on_upper_level && open {
                list.push(
                    finding("depends_on_upper_level", Severity::Note).mend("ask_upper_level"),
                );
                break;
            }
        }
        list.sort_by(|a, b| (a.severity, a.code, &a.path).cmp(&(b.severity, b.code, &b.path)));
        list
    }

    fn quantity_findings(
        &self,
        leaf: &Leaf,
        of: QuantityIndex,
        states: &States,
        list: &mut Vec<Finding>,
    ) {
        let (Some(quantity), Some(state)) = (self.quantity(of), states.states.get(of.0)) else {
            return;
        };
        let name = || quantity.id.clone();
        self.split_findings(of, quantity, states, list);
        match state {
            State::Counted(known) => self.figure_findings(quantity, known, states, list),
            State::Share(known) => self.figure_findings(quantity, known, states, list),
            State::Flag(known, _) => self.figure_findings(quantity, known, states, list),
            State::Measure(known) => self.figure_findings(quantity, known, states, list),
            State::Judgement(None) => {
                list.push(finding("judgement_needed", Severity::Note).with("quantity", name()));
            }
            State::Judgement(Some(_)) | State::Count(_) | State::Items(_) => {}
            State::Due(_) => {
                let QuantityKind::DueSet { obligations, .. } = &quantity.kind else {
                    return;
                };
                for obligation in obligations.iter().filter(|it| it.provisional) {
                    list.push(
                        finding("provisional_day", Severity::Warning)
                            .with("quantity", name())
                            .with("subject", obligation.id.clone())
                            .with("date", obligation.due.to_string()),
                    );
                }
            }
        }
        for unseen in states.unseen.iter().filter(|unseen| unseen.quantity == of) {
            let (code, severity) = match unseen.why {
                WhyUnseen::NotYet => ("not_yet", Severity::Note),
                WhyUnseen::OutsidePeriod => ("outside_period", Severity::Warning),
                WhyUnseen::RecordedLate => ("recorded_late", Severity::Problem),
                WhyUnseen::NotSelfScorable => ("not_self_scorable", Severity::Problem),
                WhyUnseen::OfPredecessor => ("predecessor_not_counted", Severity::Warning),
                WhyUnseen::NotOwed => ("not_owed", Severity::Note),
            };
            list.push(
                finding(code, severity)
                    .at(self.fact_path(unseen.fact))
                    .with("quantity", name())
                    .with("subject", self.fact_name(unseen.fact).unwrap_or_default()),
            );
        }
        let relative =
            matches!(&leaf.rule, crate::rules::Rule::Relative(rule) if rule.achieved == of);
        if relative && self.best(of, states).is_none() {
            list.push(finding("cohort_unknown", Severity::Note).with("quantity", name()));
        }
    }

    /// What is told of a unit that was put together from others or began within the year.
    fn split_findings(
        &self,
        of: QuantityIndex,
        quantity: &Quantity,
        states: &States,
        list: &mut Vec<Finding>,
    ) {
        let unit = &self.submission.unit;
        let name = || quantity.id.clone();
        let summed = quantity.predecessors == Predecessors::Sum;
        if summed && !unit.predecessors.is_empty() {
            let units: Vec<&str> = unit.predecessors.iter().map(|it| &*it.name).collect();
            list.push(
                finding("predecessors_summed", Severity::Note)
                    .with("quantity", name())
                    .with("units", units.join("; ")),
            );
        }
        if let (Some(whole), Observation::Unit) = (self.pack.quantity(of), quantity.observation)
            && unit.observation_window.is_some()
        {
            let owed = not_owed(whole, quantity);
            if whole.window != quantity.window || !owed.is_empty() {
                list.push(
                    finding("observation_cut", Severity::Note)
                        .with("quantity", name())
                        .with("from", quantity.window.from().to_string())
                        .with("to", quantity.window.to().to_string())
                        .with("obligations", owed.join(", ")),
                );
            }
        }
        let seen = |index: usize| {
            let figure = self.submission.figures.get(index)?;
            let seen = states.cut.sees(figure.observed_on, figure.recorded_on)
                && figure.recorded_on <= quantity.hand_in_by;
            seen.then_some((index, figure))
        };
        let figures = self.figures.get(of.0).into_iter().flatten();
        let Some((index, figure)) = figures.rev().find_map(|index| seen(*index)) else {
            return;
        };
        if !summed {
            if !figure.predecessors.stated().is_empty() {
                list.push(
                    finding("predecessor_not_counted", Severity::Warning)
                        .in_list("figures", index)
                        .with("quantity", name())
                        .with("subject", figure.observed_on.to_string()),
                );
            }
            return;
        }
        let open = states.cut.can_act_by(quantity.hand_in_by);
        let (severity, remedy) = match open {
            true => (Severity::Warning, "hand_in_figure"),
            false => (Severity::Problem, "too_late"),
        };
        const MISSING: &str = "predecessor_missing";
        const UNPROVED: &str = "predecessor_unproved";
        let asked = figure.proved_by == ProvedBy::Documents;
        for predecessor in unit.predecessors.iter().filter(|_| asked) {
            let stated = figure.predecessors.stated().iter();
            let part = stated.clone().find(|part| part.unit == predecessor.id);
            let proved = part.map(|part| {
                let judged = self.judge_part(part, quantity, states.cut);
                self.submission.taken_as_proved || judged.outcome.is_proved()
            });
            let code = match proved {
                Some(true) => continue,
                Some(false) => UNPROVED,
                None => MISSING,
            };
            let mut told = finding(code, severity)
                .in_list("figures", index)
                .with("quantity", name())
                .with("unit", predecessor.name.clone());
            if open {
                told = told.with("until", quantity.hand_in_by.to_string());
            }
            list.push(told.mend(match code {
                UNPROVED if open => "mend_evidence",
                _ => remedy,
            }));
        }
    }

    fn figure_findings<T: PartialEq>(
        &self,
        quantity: &Quantity,
        known: &Known<T>,
        states: &States,
        list: &mut Vec<Finding>,
    ) {
        let name = || quantity.id.clone();
        let until = quantity.hand_in_by;
        if known.newest().is_none() {
            let (code, severity, what) = if known.can_supply() {
                ("no_figure", Severity::Warning, "hand_in_figure")
            } else {
                ("no_figure_too_late", Severity::Problem, "too_late")
            };
            list.push(
                finding(code, severity)
                    .with("quantity", name())
                    .with("until", until.to_string())
                    .mend(what),
            );
        }
        if let (Some(_), Some(claimed)) = (&known.proved, known.claims.first()) {
            list.push(
                finding("newer_figure_unproved", Severity::Warning)
                    .in_list("figures", claimed.figure.unwrap_or_default())
                    .with("quantity", name()),
            );
        }
        let newest = known.newest();
        let index = newest.and_then(|held| held.figure);
        let Some((index, figure)) =
            index.and_then(|it| self.submission.figures.get(it).map(|figure| (it, figure)))
        else {
            return;
        };
        let close = quantity.window.to();
        if !states.cut.can_act_by(close) && figure.observed_on < close {
            list.push(
                finding("stale", Severity::Warning)
                    .in_list("figures", index)
                    .with("quantity", name())
                    .with("observed_on", figure.observed_on.to_string())
                    .with("close", close.to_string())
                    .mend("hand_in_figure"),
            );
        }
        self.movement_findings(quantity, index, states, list);
    }

    /// A figure that an earlier one cannot have moved to, or that is over its limit.
    fn movement_findings(
        &self,
        quantity: &Quantity,
        newest: usize,
        states: &States,
        list: &mut Vec<Finding>,
    ) {
        let Some(of) = self.pack.quantity_by_id.get(&*quantity.id) else {
            return;
        };
        let figures: Vec<usize> = self
            .figures
            .get(of.0)
            .into_iter()
            .flatten()
            .copied()
            .filter(|it| {
                self.submission
                    .figures
                    .get(*it)
                    .is_some_and(|it| states.cut.sees(it.observed_on, it.recorded_on))
            })
            .collect();
        let value = |index: usize| self.figure_value(index);
        for pair in figures.windows(2) {
            let [before, after] = pair else { continue };
            let backwards = match (value(*before), value(*after)) {
                (Some(FigureValue::Count(a)), Some(FigureValue::Count(b))) => b < a,
                (Some(FigureValue::Share(a)), Some(FigureValue::Share(b))) => {
                    b.won < a.won
                        || b.lost.zip(a.lost).is_some_and(|(b, a)| b < a)
                        || b.total.zip(a.total).is_some_and(|(b, a)| b < a)
                }
                (Some(FigureValue::Flag(a)), Some(FigureValue::Flag(b))) => {
                    use crate::facts::FlagValue::NotYet;
                    use crate::rules::FlagMovement::Latched;
                    let latched = matches!(
                        quantity.kind,
                        QuantityKind::Flag {
                            movement: Latched,
                            ..
                        }
                    );
                    latched && *a != NotYet && a != b
                }
                (
                    Some(FigureValue::Measure { from: a, to: b }),
                    Some(FigureValue::Measure { from, to }),
                ) => from < a || to > b,
                _ => false,
            };
            if backwards {
                list.push(
                    finding("correction", Severity::Warning)
                        .in_list("figures", *after)
                        .with("quantity", quantity.id.clone())
                        .with("earlier", format!("figures[{before}]")),
                );
            }
        }
        if let (Some(FigureValue::Share(share)), QuantityKind::Share { total, .. }) =
            (value(newest), &quantity.kind)
        {
            let limit = match total {
                Total::AtMost(limit) => Some(*limit),
                Total::Declared => share.at_most,
                Total::Fixed | Total::Unbounded => None,
            };
            if let (Some(limit), Some(all)) = (limit, share.total)
                && all > limit
            {
                list.push(
                    finding("over_limit", Severity::Warning)
                        .in_list("figures", newest)
                        .with("quantity", quantity.id.clone())
                        .with("total", all.to_string())
                        .with("limit", limit.to_string())
                        .mend("correct_record"),
                );
            }
        }
    }

    fn evidence_findings(&self, leaf: &Leaf, states: &States, list: &mut Vec<Finding>) {
        if self.submission.taken_as_proved {
            return;
        }
        let facts = leaf.quantities.iter().flat_map(|of| states.reports_of(*of));
        let claims = states
            .exemption_reports()
            .iter()
            .filter(|it| self.claims(it, leaf));
        for report in facts.chain(claims).filter(|report| !report.replaced) {
            let proved = report.judged.outcome.is_proved();
            let mut documents = report.judged.documents.iter();
            if proved && documents.all(|it| it.reasons.is_empty() && it.remarks.is_empty()) {
                continue;
            }
            let subject = self.fact_name(report.fact).unwrap_or_default();
            if !proved {
                let quantity = report
                    .quantity
                    .and_then(|of| self.name(of))
                    .unwrap_or_default();
                let (code, severity) = match evidence_outcome(report) {
                    EvidenceOutcome::Open => ("evidence_open", Severity::Problem),
                    EvidenceOutcome::Missing => ("evidence_missing", Severity::Problem),
                    EvidenceOutcome::Unreadable => ("evidence_unreadable", Severity::Problem),
                    _ => ("evidence_rejected", Severity::Problem),
                };
                let mut told = finding(code, severity)
                    .at(self.fact_path(report.fact))
                    .with("quantity", quantity.clone())
                    .with("subject", subject.clone())
                    .with("roles", report.judged.unfilled.join(", "));
                if let Some(until) = report.open_until {
                    told = told.with("until", until.to_string());
                }
                list.push(told.mend(if report.open_until.is_some() {
                    "mend_evidence"
                } else {
                    "too_late"
                }));
            }
            for document in &report.judged.documents {
                let path = document.index.map(|index| RecordPath {
                    list: "evidence",
                    index,
                });
                let citation = document
                    .index
                    .and_then(|it| self.submission.evidence.get(it))
                    .and_then(|it| it.citation.clone())
                    .unwrap_or_default();
                let about = |code: &'static str, severity: Severity| {
                    let mut told = finding(code, severity)
                        .with("document", document.id.clone())
                        .with("citation", citation.clone())
                        .with("subject", subject.clone())
                        .with("role", document.role.clone().unwrap_or_default());
                    told.path = path;
                    told
                };
                for reason in &document.reasons {
                    let severity = if proved {
                        Severity::Warning
                    } else {
                        Severity::Problem
                    };
                    list.push(about(reason.code(), severity).mend(remedy(*reason)));
                }
                for remark in &document.remarks {
                    list.push(about(remark.code(), Severity::Warning));
                }
            }
        }
    }

    fn exemption_findings(&self, leaf: &Leaf, states: &States, list: &mut Vec<Finding>) {
        let Some(place) = self.pack.leaf_by_code.get(&leaf.code) else {
            return;
        };
        let Some(exemption) = self.exemptions.get(*place).and_then(Option::as_ref) else {
            return;
        };
        let granted = states.exempt.get(*place).copied().flatten().is_some();
        let ground = leaf.grounds.get(exemption.ground).map(|it| it.id.clone());
        let (code, severity) = if granted {
            ("not_applicable", Severity::Note)
        } else {
            ("exemption_not_granted", Severity::Problem)
        };
        list.push(
            finding(code, severity)
                .in_list("not_applicable", exemption.claim)
                .with("ground", ground.unwrap_or_default()),
        );
    }

    /// Findings that concern no single leaf.
    pub(super) fn findings(
        &self,
        leaves: &[LeafAnswer],
        groups: &[GroupAnswer],
        totals: &Totals,
        states: &States,
        as_of: NaiveDate,
    ) -> Vec<Finding> {
        let mut list = Vec::new();
        if !self.pack.validity.contains(as_of) {
            list.push(
                finding("out_of_validity", Severity::Problem)
                    .with("from", self.pack.validity.from().to_string())
                    .with("to", self.pack.validity.to().to_string()),
            );
        }
        for check in &self.pack.consistency {
            list.extend(self.consistency_finding(check, states));
        }
        let standing = |code: &str| -> Option<Points> {
            if code == "total" {
                return Some(totals.numbers.standing.clone());
            }
            let leaf = leaves.iter().find(|leaf| leaf.code == code);
            let leaf = leaf.map(|leaf| leaf.numbers.standing.clone());
            leaf.or_else(|| {
                let group = groups.iter().find(|group| group.code == code);
                group.map(|group| group.numbers.standing.clone())
            })
        };
        for (index, declared) in self.submission.declared_totals.iter().enumerate() {
            if let Some(computed) = standing(&declared.code)
                && computed != declared.points
            {
                list.push(
                    finding("declared_total_differs", Severity::Warning)
                        .in_list("declared_totals", index)
                        .with("code", declared.code.clone())
                        .with("declared", declared.points.to_string())
                        .with("computed", computed.to_string()),
                );
            }
        }
        if !self.submission.taken_as_proved {
            list.extend(self.register_findings());
        }
        list.sort_by(|a, b| (a.severity, a.code, &a.path).cmp(&(b.severity, b.code, &b.path)));
        list
    }

    /// Records of the register that share number, symbol, year and issuer.
    fn register_findings(&self) -> Vec<Finding> {
        let document = |index: usize| self.submission.evidence.get(index);
        let twins = self.twins.iter().filter_map(|(first, index)| {
            let (other, document) = (document(*first)?, document(*index)?);
            Some(
                finding("same_document", Severity::Warning)
                    .in_list("evidence", *index)
                    .with("document", document.id.clone())
                    .with("other", other.id.clone())
                    .with("citation", document.citation.clone().unwrap_or_default()),
            )
        });
        twins.collect()
    }

    fn consistency_finding(&self, check: &Consistency, states: &States) -> Option<Finding> {
        let left = self.term(&check.left, states)?;
        let right = self.term(&check.right, states)?;
        let holds = if check.equal {
            left == right
        } else {
            left <= right
        };
        (!holds).then(|| {
            finding("inconsistent", Severity::Warning)
                .with("check", check.id.clone())
                .with("title", check.title.vi.clone())
                .with("left", left.to_text())
                .with("right", right.to_text())
        })
    }

    /// The number of one side, from the newest figure; `None` where it is not known.
    fn term(&self, term: &Term, states: &States) -> Option<Exact> {
        fn newest<T>(known: &Known<T>) -> Option<&T> {
            known.newest().map(|held| &held.value)
        }
        let number = match states.states.get(term.of.0)? {
            State::Share(known) => {
                let share = newest(known)?;
                Exact::from_u64(match term.part {
                    Part::Won => share.won,
                    Part::Lost => share.lost,
                    Part::Open => share.open,
                    Part::Total => share.won + share.lost + share.open,
                    Part::Value => return None,
                })
            }
            State::Counted(known) => Exact::from_u64(*newest(known)?),
            State::Count(count) => Exact::from_u64(count.proved),
            State::Measure(known) => {
                let (low, high) = newest(known)?;
                (low == high).then(|| low.clone())?
            }
            _ => return None,
        };
        Some(&number * &term.times)
    }
}
