//! One file for each subcommand.

pub(crate) mod assess;
pub(crate) mod cases;
pub(crate) mod check;
pub(crate) mod diff;
pub(crate) mod dossiers;
pub(crate) mod explain;
pub(crate) mod header;
pub(crate) mod history;
pub(crate) mod levers;
pub(crate) mod mutate;
pub(crate) mod plan;
pub(crate) mod reconcile;
pub(crate) mod regain;
pub(crate) mod register;
pub(crate) mod schema;
pub(crate) mod tasks;
pub(crate) mod test;
pub(crate) mod verify;
pub(crate) mod what_if;
