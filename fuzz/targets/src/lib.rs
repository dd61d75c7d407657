//! What is fuzzed: one function for each target, from any bytes to nothing or a panic.
//!
//! A target says by assertions what holds whatever the bytes are. The fuzzer of `fuzz/`
//! calls these functions, and so do the tests of this package on a stable compiler, over
//! the committed seeds, their mutants and all that was ever found.
//!
//! An input of several files is one text, its parts separated by a line of two percent
//! signs, so that a seed can be read and written by hand.
#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a target tells what is wrong by panicking"
)]

pub mod calendar;
pub mod csv;
pub mod docx;
pub mod dossiers;
pub mod evaluator;
pub mod header;
pub mod mutants;
pub mod patterns;
pub mod pdf;
pub mod plain;
pub mod plan;
pub mod readers;
mod texts;
pub mod verify;
pub mod workbook;

/// A target of the fuzzer.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, which its seeds and finds are filed under.
    pub name: &'static str,
    /// What is run; it panics where something does not hold.
    pub run: fn(&[u8]),
}

/// Every target.
pub const TARGETS: &[Target] = &[
    Target {
        name: "readers",
        run: readers::run,
    },
    Target {
        name: "patterns",
        run: patterns::run,
    },
    Target {
        name: "calendar",
        run: calendar::run,
    },
    Target {
        name: "evaluator",
        run: evaluator::run,
    },
    Target {
        name: "verify",
        run: verify::run,
    },
    Target {
        name: "csv",
        run: csv::run,
    },
    Target {
        name: "workbook",
        run: workbook::run,
    },
    Target {
        name: "dossiers",
        run: dossiers::run,
    },
    Target {
        name: "docx",
        run: docx::run,
    },
    Target {
        name: "pdf",
        run: pdf::run,
    },
    Target {
        name: "header",
        run: header::run,
    },
    Target {
        name: "plan",
        run: plan::run,
    },
    Target {
        name: "plain",
        run: plain::run,
    },
];

/// The line between two parts of an input.
pub const BETWEEN: &[u8] = b"\n%%\n";

/// The parts of an input; at least one.
pub fn parts(bytes: &[u8]) -> Vec<&[u8]> {
    let mut parts = Vec::new();
    let mut rest = bytes;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|here| here == BETWEEN) {
        parts.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len()..];
    }
    parts.push(rest);
    parts
}

/// A text for a failing assertion, short enough to be read.
pub(crate) fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().take(400).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_split_at_lines_of_two_percent_signs() {
        assert_eq!(parts(b""), [b""]);
        assert_eq!(parts(b"a%%b\n%%"), [b"a%%b\n%%"]);
        assert_eq!(parts(b"a\n%%\n\n%%\nb"), [&b"a"[..], b"", b"b"]);
    }
}
