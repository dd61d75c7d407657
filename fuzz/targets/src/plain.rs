//! Plain text and Markdown: the same bytes under both names.

use crate::texts::read;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    read(bytes, "a.txt");
    read(bytes, "a.md");
}
