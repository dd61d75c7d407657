//! Patterns over number and symbol: built within a limit, held against their examples.
//!
//! The same pattern is built once for the whole pack, whether that succeeds or not, so that a
//! file cannot ask for more work than its different patterns take.

use crate::json::{Phrase, phrase};
use regex::{Regex, RegexBuilder};

use super::Lowering;
use crate::wire::pack::PatternWire;

/// Most bytes of a compiled pattern: 256 KiB.
pub const MAX_PATTERN_BYTES: usize = 256 * 1024;
/// Most different patterns of a pack; each is built once.
pub const MAX_PATTERNS: usize = 500;

impl Lowering<'_> {
    pub(super) fn pattern(&mut self, path: &str, wire: &PatternWire) -> Option<Regex> {
        let built = match self.patterns.get(&wire.pattern) {
            Some(built) => built.clone(),
            None if self.patterns.len() >= MAX_PATTERNS => {
                self.fault(
                    "too-many-patterns",
                    &format!("{path}.pattern"),
                    phrase!("at most {} different patterns in a pack", MAX_PATTERNS),
                    "one more",
                    Some("use the same pattern where the same is asked".into()),
                );
                return None;
            }
            None => {
                let built = whole(&wire.pattern);
                self.patterns.insert(wire.pattern.clone(), built.clone());
                built
            }
        };
        let regex = match built {
            Ok(regex) => regex,
            Err(error) => {
                let (path, found) = (format!("{path}.pattern"), format!("`{}`", wire.pattern));
                if let regex::Error::CompiledTooBig(_) = error {
                    let expected =
                        phrase!("a pattern of at most {} bytes, built", MAX_PATTERN_BYTES);
                    let help = Some("ask for fewer or shorter repetitions".into());
                    self.fault("pattern-too-big", &path, expected, found, help);
                } else {
                    // The last line says what is wrong, those before it show where.
                    let text = error.to_string();
                    let help = text
                        .lines()
                        .last()
                        .map(|line| Phrase::from(line.replace("error: ", "")));
                    self.fault("bad-pattern", &path, "a regular expression", found, help);
                }
                return None;
            }
        };
        let mut sound = true;
        for (name, examples, wanted) in [
            ("accepts", &wire.accepts, true),
            ("refuses", &wire.refuses, false),
        ] {
            for (index, example) in examples.iter().enumerate() {
                if regex.is_match(&crate::values::nfc(example)) != wanted {
                    let expected = match wanted {
                        true => "an example that the pattern accepts",
                        false => "an example that the pattern refuses",
                    };
                    self.fault(
                        "pattern-example",
                        &format!("{path}.{name}[{index}]"),
                        expected,
                        format!("`{example}`"),
                        None,
                    );
                    sound = false;
                }
            }
        }
        sound.then_some(regex)
    }
}

/// The pattern over the whole of a text.
///
/// It is built by itself first: `a)|(b` would close the group that is put around it, and
/// match what only begins or ends as it says.
fn whole(pattern: &str) -> Result<Regex, regex::Error> {
    let build = |pattern: &str| {
        RegexBuilder::new(pattern)
            .size_limit(MAX_PATTERN_BYTES)
            .build()
    };
    build(pattern)?;
    build(&format!("^(?:{pattern})$")).or_else(|error| match error {
        // A comment at the end, as `(?x)` allows, ends with the line.
        regex::Error::Syntax(_) => build(&format!("^(?:{pattern}\n)$")),
        error => Err(error),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, accepts: &[&str], refuses: &[&str]) {
        let built = whole(pattern).unwrap();
        for text in accepts {
            assert!(built.is_match(text), "{text}");
        }
        for text in refuses {
            assert!(!built.is_match(text), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_held_against_the_whole_text() {
        check(r"\d+/KH|BC", &["15/KH", "BC"], &["15/KH-UBND", "xBC"]);
        check(r"(?m)\d+/KH", &["15/KH"], &["15/KH\n", "x\n15/KH"]);
    }

    #[test]
    fn a_pattern_that_closes_the_group_around_it_is_refused() {
        for pattern in [r"\d+/KH)|(?:BC", r"a)(b", r"(?x)a)|(b # c", ")", "("] {
            assert!(whole(pattern).is_err(), "{pattern}");
        }
    }

    #[test]
    fn a_pattern_that_ends_in_a_comment_is_taken() {
        check(
            r"(?x) \d+/KH # any plan",
            &["15/KH"],
            &["15/KH\n", "15/KH-UBND"],
        );
    }
}
