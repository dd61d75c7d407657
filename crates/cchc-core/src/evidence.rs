//! Evidence checks: what the register proves of a fact, and why not.
//!
//! A check is a proposition about one document in one role; it gives a reason or nothing.
//! Nothing here knows points. Whether an unproved fact can still be mended depends on the
//! date and is asked of the outcome, not of a document.

mod check;
mod judge;
mod reason;
mod serves;

pub use judge::{
    DocumentOutcome, FactOutcome, Found, Items, Judged, NamedRecord, ProofTask, judge,
};
pub use reason::{Reason, Remark};
pub use serves::{Known, Serves, could_serve};
