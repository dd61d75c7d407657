//! The checks, one file each, in the order in which their reasons are given.

mod comparison;
mod deadline;
mod fields;
mod issuer;
mod kind;
mod number;
mod order;
mod page;
mod pattern;
mod period;
mod reference;
mod signed;
mod symbol;

use chrono::NaiveDate;

use super::{Reason, Remark};
use crate::facts::{Document, Event};
use crate::rules::{Dated, Role};
use crate::values::Calendar;

/// One document in one role of one fact.
pub(super) struct Subject<'a> {
    pub(super) document: &'a Document,
    pub(super) role: &'a Role,
    pub(super) event: Option<&'a Event>,
    /// Documents that the fact names, for references to another role.
    pub(super) named: &'a [Named<'a>],
    pub(super) hand_in_by: NaiveDate,
    pub(super) calendar: &'a Calendar,
}

/// A document that a fact names, as found in the register.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// Name that the fact uses.
    pub(super) id: &'a str,
    /// The part the fact gives it.
    pub(super) role: Option<&'a str>,
    /// The document, where there is one that counts.
    pub(super) document: Option<&'a Document>,
}

impl Subject<'_> {
    /// The date that counts in this role.
    fn date(&self) -> Option<NaiveDate> {
        match self.role.dated {
            Dated::Issued => self.document.issued_on,
            Dated::Signed => self.document.signed_on,
            Dated::Sent => self.document.sent_on,
        }
    }
}

/// Runs every check.
pub(super) fn all(subject: &Subject<'_>, reasons: &mut Vec<Reason>, remarks: &mut Vec<Remark>) {
    const CHECKS: &[fn(&Subject<'_>) -> Option<Reason>] = &[
        comparison::document_supports_its_record,
        kind::kind_can_play_the_role,
        number::number_and_day_are_filled_in,
        symbol::symbol_fits_the_kind,
        pattern::number_matches_the_pattern,
        issuer::issuer_is_competent,
        period::dated_in_the_window,
        order::stands_on_its_side_of_the_event,
        reference::names_what_it_must,
        page::points_to_a_page,
        signed::is_signed_and_sealed,
        fields::fields_were_read,
    ];
    reasons.extend(CHECKS.iter().filter_map(|check| check(subject)));
    deadline::within_the_deadline(subject, reasons, remarks);
    comparison::remarks(subject, remarks);
    symbol::remarks(subject, remarks);
}
