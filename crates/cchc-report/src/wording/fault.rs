//! Labels around the faults of a file, and what to do where the core says it in its own words.

use cchc_core::json::Phrase;

use super::phrase::translated;
use super::{Entry, template};
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

/// What to do about faults whose help quotes English words: those of the format's own
/// description, or of the reader of patterns.
pub(super) const HELPS: &[Entry] = &[
    (
        "bad-pattern",
        "sửa biểu thức chính quy tại chỗ sai",
        "mend the regular expression where it is wrong",
    ),
    (
        "missing-field",
        "thêm trường đó; ý nghĩa của nó ở `rules/README.md`",
        "add the field; what it means stands in `rules/README.md`",
    ),
];

/// What to do next about a fault, where it is said.
pub(crate) fn fault_help(code: &str, help: Option<&Phrase>, language: Language) -> Option<String> {
    let help = help?;
    translated(help, language)
        .filter(|_| language == Language::English || help.template() != "{}")
        .or_else(|| template(HELPS, code, language).map(str::to_owned))
}
