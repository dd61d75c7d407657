//! Files of an office as facts: what a document says of itself, and what an export counts.
//!
//! Every reader is a function of bytes: the same bytes give the same answer. Nothing here scores, and nothing guesses: what is blank,
//! contradictory or not legible is absent and has a finding with its place and remedy.
//!
//! Files come from strangers. Each reader keeps within [`Limits`]; over them stands a coded
//! fault, never a panic, a hang or a silent cut.

pub mod compare;
pub mod draft;
pub mod text;

mod header;

mod fault;
mod limits;

pub use fault::ReadFault;
pub use header::read_header;
pub use limits::Limits;
pub use text::Text;
