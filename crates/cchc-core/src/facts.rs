//! Facts: what a unit says happened and the documents it shows for it.

pub mod document;
pub mod kind;
pub mod submission;
pub mod symbol;

pub use document::*;
pub use kind::DocumentKind;
pub use submission::*;
pub use symbol::{
    DocumentNumber, NumberedSymbol, Symbol, SymbolFault, identity_key, parse_full,
    symbol_matches_kind,
};
