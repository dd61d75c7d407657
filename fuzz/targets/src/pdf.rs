//! PDF, as it stands.

use crate::texts::read;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    read(bytes, "a.pdf");
}
