//! Observations about files in a line: what, where, and what to do.

use cchc_core::facts::Comparison;
use cchc_core::reading::Observation;

use super::observation::{help, spot, words};
use crate::Language;

/// An observation with its place and remedy in words.
pub(crate) fn observation(observation: &Observation, language: Language) -> String {
    let mut text = words(observation, language);
    let place = spot(&observation.at, language);
    if !place.is_empty() {
        text = format!("{text} ({place})");
    }
    if observation.remedy != "none" {
        text = format!("{text} → {}", help(observation.remedy, language));
    }
    text
}

/// How a file compares with its record, in words.
pub(crate) fn comparison(comparison: Option<Comparison>, language: Language) -> &'static str {
    match comparison {
        Some(Comparison::Supports) => language.pick("khớp danh mục", "in agreement"),
        Some(Comparison::Silent) => language.pick("không nói đến", "silent"),
        Some(Comparison::Contradicts) => language.pick("mâu thuẫn", "contradicting"),
        Some(Comparison::Unreadable) => language.pick("không đọc được", "unreadable"),
        None => language.pick("không có tệp", "without a file"),
    }
}
