//! Why a document does not prove a fact, and what is only worth a remark.

use serde::Serialize;

/// Why a document is not accepted in a role (lý do không chấp nhận).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No document plays the role.
    Missing,
    /// An administrative document without number or day: an unissued draft.
    BlankNumberOrDay,
    /// A kind of document that cannot play the role.
    WrongType,
    /// Issued by another body or level.
    WrongIssuer,
    /// The symbol belongs to another kind of document, or cannot be read.
    NumberSymbolMismatch,
    /// Number and symbol do not match the pattern asked.
    NumberPattern,
    /// Dated outside the window.
    OutsidePeriod,
    /// Dated or recorded after the deadline.
    Late,
    /// The same document already serves another event.
    Duplicate,
    /// Dated on the wrong side of its event.
    WrongOrder,
    /// Does not name what it must name.
    ReferenceMissing,
    /// No page or section is pointed to.
    NoPageOrSectionPointer,
    /// The register does not say that it is signed and sealed.
    UnsignedOrUnsealed,
    /// A field that is asked was not read from it, or says something else.
    FieldMissing,
    /// Replaced by a successor, which takes its place.
    Superseded,
    /// Cannot be read.
    IllegibleScan,
    /// Its own text says otherwise than the register.
    Contradicts,
    /// Named by the fact, absent from the register.
    DanglingReference,
    /// Dated or recorded on or after the as-of date.
    NotYet,
}

impl Reason {
    /// Every reason.
    pub const ALL: &'static [Reason] = &[
        Reason::Missing,
        Reason::BlankNumberOrDay,
        Reason::WrongType,
        Reason::WrongIssuer,
        Reason::NumberSymbolMismatch,
        Reason::NumberPattern,
        Reason::OutsidePeriod,
        Reason::Late,
        Reason::Duplicate,
        Reason::WrongOrder,
        Reason::ReferenceMissing,
        Reason::NoPageOrSectionPointer,
        Reason::UnsignedOrUnsealed,
        Reason::FieldMissing,
        Reason::Superseded,
        Reason::IllegibleScan,
        Reason::Contradicts,
        Reason::DanglingReference,
        Reason::NotYet,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Missing => "missing",
            Reason::BlankNumberOrDay => "blank_number_or_day",
            Reason::WrongType => "wrong_type",
            Reason::WrongIssuer => "wrong_issuer",
            Reason::NumberSymbolMismatch => "number_symbol_mismatch",
            Reason::NumberPattern => "number_pattern",
            Reason::OutsidePeriod => "outside_period",
            Reason::Late => "late",
            Reason::Duplicate => "duplicate",
            Reason::WrongOrder => "wrong_order",
            Reason::ReferenceMissing => "reference_missing",
            Reason::NoPageOrSectionPointer => "no_page_or_section_pointer",
            Reason::UnsignedOrUnsealed => "unsigned_or_unsealed",
            Reason::FieldMissing => "field_missing",
            Reason::Superseded => "superseded",
            Reason::IllegibleScan => "illegible_scan",
            Reason::Contradicts => "contradicts",
            Reason::DanglingReference => "dangling_reference",
            Reason::NotYet => "not_yet",
        }
    }
}

/// What is worth saying of a document that is accepted all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Remark {
    /// The document itself says nothing of what the register states.
    Silent,
    /// Number or symbol holds a letter that only looks like the right one.
    LookAlike,
    /// Its deadline rests on a day that is not officially settled.
    ProvisionalDay,
    /// Its deadline lies outside the working-day calendar.
    OutsideCalendar,
}

impl Remark {
    /// Every remark.
    pub const ALL: &'static [Remark] = &[
        Remark::Silent,
        Remark::LookAlike,
        Remark::ProvisionalDay,
        Remark::OutsideCalendar,
    ];

    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Remark::Silent => "silent",
            Remark::LookAlike => "look_alike",
            Remark::ProvisionalDay => "provisional_day",
            Remark::OutsideCalendar => "outside_calendar",
        }
    }
}
