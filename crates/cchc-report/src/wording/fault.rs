//! Labels around the faults of a file; their own words are the core's.

use super::Entry;
use crate::Language;

pub(super) const TITLES: &[Entry] = &[
    ("expected", "cần", "expected"),
    ("found", "gặp", "found"),
    ("help", "gợi ý", "help"),
    ("count", "số lỗi", "faults"),
];

/// A label of a fault.
pub(crate) fn fault_title(code: &str, language: Language) -> String {
    super::text(TITLES, code, language)
}
