//! The project's JSON files: one description of each format, checked and published.
//!
//! A [`Format`] describes a file once, as data. From that description come [`check`], which
//! reads a text and reports every [`Fault`] with its line, column and path, and [`schema`],
//! the JSON Schema that editors use.
//!
//! A text that passes is a [`Document`]: its value holds no duplicate key, no unknown field
//! and no rounded number, and any path in it can be turned back into a [`Place`]. A text with
//! faults still gives the parts that are sound, through [`check_partial`], so that checks of
//! meaning can report in the same round.
//!
//! Not covered: what a file means. References, sums and dates between fields are checked by
//! the module that owns them, which places its findings with [`Document::fault`].

mod astray;
mod check;
mod document;
mod fault;
mod leaf;
mod object;
mod phrase;
mod place;
#[cfg(test)]
mod sample;
mod scalar;
mod schema;
mod shape;
mod syntax;
mod walk;

pub use astray::Astray;
pub(crate) use check::check_within;
pub use check::{check, check_partial};
pub use document::Document;
pub use fault::{CODES, Fault, Proposals, did_you_mean};
pub use phrase::{Parameter, Phrase};
pub(crate) use phrase::{Stated, phrase};
pub use place::{Place, item_path, key_path};
pub use schema::schema;
pub use shape::{Field, Format, MAX_BYTES, MAX_DEPTH, MAX_FAULTS, Shape};
