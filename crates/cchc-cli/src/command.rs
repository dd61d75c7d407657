//! One file for each subcommand.

pub(crate) mod assess;
pub(crate) mod check;
pub(crate) mod explain;
pub(crate) mod schema;
pub(crate) mod test;
