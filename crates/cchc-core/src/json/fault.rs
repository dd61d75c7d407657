//! Faults: the reasons why a file cannot be used, in words and with stable codes.

use std::fmt::{self, Display};

use serde::Serialize;

use super::{Phrase, Place};

/// One reason why a file cannot be used.
///
/// Displays as `pack.json:12:7: tree[0].max: expected …, found …`, with the help, if any, on a
/// line of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// Stable code of this kind of fault; those of this module are listed in [`CODES`].
    pub code: &'static str,
    /// Where it stands.
    pub place: Place,
    /// What the format asks for, lower case, no full stop.
    pub expected: Phrase,
    /// What stands there instead; the file's own words in backticks, shortened if long.
    pub found: Phrase,
    /// What to do next.
    pub help: Option<Phrase>,
}

impl Fault {
    /// The fault with help: what to do next, lower case, no full stop.
    pub fn with_help(mut self, help: impl Into<Phrase>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "{}: expected {}, found {}",
            self.place, self.expected, self.found
        )?;
        match &self.help {
            Some(help) => write!(out, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Fault {}

/// Every fault code of this module, with what it says.
pub const CODES: &[(&str, &str)] = &[
    (
        "bad-date",
        "a date is not written as YYYY-MM-DD, does not exist or is out of 1900 to 2200",
    ),
    ("bad-decimal", "a text is not an exact decimal or fraction"),
    (
        "bad-identifier",
        "a text is not an identifier or a component code",
    ),
    (
        "control-character",
        "a text holds a control character, or one that breaks lines or reorders what the reader sees",
    ),
    ("duplicate-key", "an object has the same key twice"),
    ("empty-file", "the file holds nothing"),
    ("empty-text", "a text that must say something is blank"),
    (
        "exactly-one",
        "an object has none or several of the fields of which it must have one",
    ),
    (
        "lost-precision",
        "a number is written so that its exact value would be lost",
    ),
    ("missing-field", "an object lacks a field"),
    ("not-utf8", "the file is not encoded in UTF-8"),
    ("out-of-range", "a whole number is too small or too large"),
    ("syntax", "the file is not strict JSON"),
    ("too-deep", "lists and objects are nested too deeply"),
    ("too-few", "a list has too few elements"),
    ("too-large", "the file has too many bytes"),
    ("too-long", "a text has too many characters"),
    ("too-many", "a list or map has too many entries"),
    (
        "too-many-faults",
        "further faults were counted but are not shown",
    ),
    (
        "unknown-field",
        "an object has a field that the format does not know",
    ),
    (
        "unknown-value",
        "a text or number is not one of the permitted values",
    ),
    ("wrong-format", "the file states another format or version"),
    ("wrong-type", "a value has another JSON type"),
];

/// The candidate that was probably meant by `found`, if one is close.
///
/// Case is ignored. Of several equally close candidates the first is taken.
pub fn did_you_mean<'a>(
    found: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    if found.is_empty() || found.len() > 128 {
        return None;
    }
    let found = found.to_lowercase();
    let length = found.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| {
            (
                strsim::osa_distance(&found, &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= allowed && *distance < length)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Most names that are compared to find those that were meant, in one reading.
const MAX_COMPARED: usize = 10_000;

/// Proposals of names for one reading, within a limit of work.
///
/// A file may give many names that nothing bears, beside many that could be meant; beyond the
/// limit no more are proposed. The first faults, which are mended first, have theirs.
#[derive(Debug)]
pub struct Proposals {
    left: usize,
}

impl Default for Proposals {
    fn default() -> Self {
        Proposals { left: MAX_COMPARED }
    }
}

impl Proposals {
    /// As [`did_you_mean`], while the limit lasts.
    pub fn find<'a>(
        &mut self,
        found: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut candidates = candidates.into_iter();
        let searched = candidates.by_ref().take(self.left);
        let mut count = 0;
        let near = did_you_mean(found, searched.inspect(|_| count += 1));
        self.left -= count;
        // What was not looked at may be nearer.
        near.filter(|_| candidates.next().is_none())
    }
}

/// Most characters of the file's own words in a message.
const SHOWN: usize = 60;

/// The file's own words, safe to print: shortened, control characters written as escapes.
pub(super) fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, c) in text.chars().enumerate() {
        if count == SHOWN {
            out.push('…');
            break;
        }
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if is_unprintable(c) => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character is a control character, breaks lines, changes the order in which others
/// are shown, or is none at all.
pub(super) fn is_unprintable(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{061C}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2066}'..='\u{2069}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
                | '\u{FFFE}'
                | '\u{FFFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(help: Option<&'static str>) -> Fault {
        Fault {
            code: "bad-decimal",
            place: Place {
                file: "pack.json".to_owned(),
                line: 12,
                column: 7,
                path: "tree[0].max".to_owned(),
            },
            expected: "a decimal".into(),
            found: "`x`".into(),
            help: help.map(Phrase::from),
        }
    }

    #[test]
    fn help_stands_on_its_own_line() {
        assert_eq!(
            fault(None).to_string(),
            "pack.json:12:7: tree[0].max: expected a decimal, found `x`"
        );
        assert_eq!(
            fault(Some("write `1`")).to_string(),
            "pack.json:12:7: tree[0].max: expected a decimal, found `x`\n  help: write `1`"
        );
    }

    #[test]
    fn codes_are_sorted_and_distinct() {
        assert!(CODES.is_sorted_by(|one, next| one.0 < next.0));
    }

    #[track_caller]
    fn check_meant(found: &str, expected: Option<&str>) {
        let candidates = ["max", "unit", "criteria", "issued_on"];
        assert_eq!(did_you_mean(found, candidates), expected);
    }

    #[test]
    fn a_close_candidate_is_proposed() {
        check_meant("maks", None);
        check_meant("mx", Some("max"));
        check_meant("Max", Some("max"));
        check_meant("criterai", Some("criteria"));
        check_meant("issuedOn", Some("issued_on"));
        check_meant("m", None);
        check_meant("", None);
        check_meant(&"x".repeat(1_000_000), None);
    }

    #[test]
    fn proposals_end_with_the_work_they_take() {
        let mut proposals = Proposals::default();
        let names: Vec<String> = (0..MAX_COMPARED / 2).map(|it| format!("n{it}")).collect();
        let names = || names.iter().map(String::as_str);
        assert_eq!(proposals.find("n12x", names()), Some("n12"));
        assert_eq!(proposals.find("n34x", names()), Some("n34"));
        assert_eq!(proposals.find("n56x", names()), None);
        // A search that was cut short proposes nothing, though it has seen one that is close.
        let mut proposals = Proposals { left: 1 };
        assert_eq!(proposals.find("mex", ["max", "mix"]), None);
        assert_eq!(proposals.left, 0);
    }

    #[test]
    fn words_of_the_file_are_shortened_and_made_printable() {
        assert_eq!(shown("a\u{202e}b\nc\0"), "a\\u202eb\\nc\\u0000");
        assert_eq!(shown(&"ể".repeat(61)), format!("{}…", "ể".repeat(60)));
    }
}
