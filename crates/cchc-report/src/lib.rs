//! Answers of cchc as text for people, in Vietnamese and English.
//!
//! The core answers in codes and parameters; all wording is made here, from one catalogue
//! that has every text in both languages. The texts keep within 80 columns and carry no
//! colour unless a [`Style`] asks for it.
//!
//! Nothing here computes points: what a text says is in the answer. Titles of quantities,
//! roles and offices come from the pack, through [`Names`]; without it their names are shown.

mod calendar;
mod document;
mod docx;
mod language;
mod layout;
mod names;
mod number;
mod question;
mod style;
mod text;
mod wording;

pub use calendar::{Deadline, calendar};
pub use document::{Block, Document, Line, Look, Words, markdown, plain};
pub use docx::docx;
pub use language::Language;
pub use layout::{COLUMNS, display_width};
pub use names::Names;
pub use question::{RemediationAnswer, plan, plan_json, plan_request_format, remediation_format};
pub use style::Style;
pub use text::{
    AsOf, CaseRun, Due, PlanSources, PlannedArea, PlannedTask, Remediation, View, assess, cases,
    check, deadlines, diff, dossiers, explain, explanation, faults, headers, history, levers,
    mutation, observations, plan_document, plan_tasks, progress, reconciliation, regain, register,
    remediation, suggestions, unread, verification, what_if,
};
