//! Files of an office as facts: what a document says of itself, and what an export counts.
//!
//! Every reader is a function of bytes: the same bytes give the same answer. [`folder`] alone
//! opens files. Nothing here scores, and nothing guesses: what is blank, contradictory or not
//! legible is absent and has a finding with its place and remedy.
//!
//! Files come from strangers. Each reader keeps within [`Limits`]; over them stands a coded
//! fault, never a panic, a hang or a silent cut.

pub mod attachments;
pub mod compare;
pub mod dossiers;
pub mod draft;
pub mod folder;
pub mod format;
pub mod plan;
pub mod read;
pub mod sheet;
pub mod text;

mod digest;
mod fault;
mod header;
mod limits;

pub use digest::digest;
pub use fault::ReadFault;
pub use format::{Format, media_type};
pub use header::read_header;
pub use limits::Limits;
pub use read::read_text;
pub use text::Text;
