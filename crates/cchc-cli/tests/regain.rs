//! Levers, what-if, history and plans: against changes worked out by hand, and as properties
//! over random packs and records.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

#[path = "regain/kit.rs"]
mod kit;
#[path = "regain/levers.rs"]
mod levers;
#[path = "regain/plans.rs"]
mod plans;
#[path = "regain/suppositions.rs"]
mod suppositions;
