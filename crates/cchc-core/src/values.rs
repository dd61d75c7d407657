//! Values: what the law counts with, before any rule is read.
//!
//! Exact numbers, points and their rounding, dates, windows, working days and the
//! comparison of Vietnamese text. Everything here is plain, ordered and exact; nothing
//! knows of packs, evidence or criteria, and nothing reads a file or a clock.

pub mod calendar;
pub mod date;
pub mod denominator;
pub mod exact;
pub mod points;
pub mod rate;
pub mod rounding;
pub mod text;
pub mod window;

pub use calendar::{
    Calendar, CalendarData, CalendarFault, ClosedDay, CoveredYears, Day, Deadline, MakeupDay,
    OutOfCoverage, ProvisionalYear,
};
pub use date::{ParseDateError, parse_date};
pub use denominator::CommonDenominator;
pub use exact::{Exact, ParseExactError};
pub use points::Points;
pub use rate::{DecimalMark, show_rate};
pub use rounding::{PlacesOutOfRange, Rounding, RoundingMode};
pub use text::{LookAlike, fold, look_alikes, nfc, replace_look_alikes};
pub use window::{Window, WindowReversed};
