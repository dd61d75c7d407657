//! The laws of the three numbers, as properties of random small packs and records.
//!
//! `final` is the specification: the oracle extends a record fact by fact, closes it, and
//! holds what the engine promised against what came out. It shares no code with the bounds.
//!
//! `found` holds the smallest record of each fault that the laws found in the engine.
//! `LAWS_TIMES=20` tries twenty times as many cases, `LAWS_SEED=7` other ones.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

#[path = "laws/enclosure.rs"]
mod enclosure;
#[path = "laws/exactness.rs"]
mod exactness;
#[path = "laws/extensions.rs"]
mod extensions;
#[path = "laws/facts.rs"]
mod facts;
#[path = "laws/found.rs"]
mod found;
#[path = "laws/generators.rs"]
mod generators;
#[path = "laws/kit.rs"]
mod kit;
#[path = "laws/narrowing.rs"]
mod narrowing;
#[path = "laws/relative.rs"]
mod relative;
#[path = "laws/robust.rs"]
mod robust;
#[path = "laws/trees.rs"]
mod trees;
#[path = "laws/unknown.rs"]
mod unknown;
#[path = "laws/witnesses.rs"]
mod witnesses;
#[path = "laws/worlds.rs"]
mod worlds;
