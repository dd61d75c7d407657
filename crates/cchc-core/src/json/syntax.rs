//! From bytes to a syntax tree: encoding, size, depth and strict JSON.
//!
//! The parser's lenient habits are all switched off; what it still lets pass that RFC 8259
//! does not (raw control characters in texts, spaces other than the four of JSON) is found by
//! a scan of our own. That scan also bounds the depth before anything recursive runs.

use super::{Phrase, phrase};
use jsonc_parser::ast::Value;
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::{ParseError, ParseErrorKind};
use jsonc_parser::{CollectOptions, ParseOptions, ParseStringErrorKind, parse_to_ast};

use super::MAX_DEPTH;
use super::fault::shown;

/// A fault before it has a place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: &'static str,
    pub(super) expected: Phrase,
    pub(super) found: Phrase,
    pub(super) help: Option<Phrase>,
}

impl Finding {
    pub(super) fn new(
        code: &'static str,
        expected: impl Into<Phrase>,
        found: impl Into<Phrase>,
    ) -> Self {
        Self {
            code,
            expected: expected.into(),
            found: found.into(),
            help: None,
        }
    }

    pub(super) fn with_help(mut self, help: impl Into<Phrase>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A finding and the byte of the text at which it stands.
pub(super) type Located = (usize, Finding);

/// The text of a file of at most `limit` bytes, without byte order mark.
///
/// Errors: `too-large`, `not-utf8`, `empty-file`, each with the text before it.
pub(super) fn decode(bytes: &[u8], limit: usize) -> Result<&str, (&str, Box<Finding>)> {
    if bytes.len() > limit {
        let limit = phrase!("a file of at most {} bytes", limit);
        let found = phrase!("{} bytes", bytes.len());
        return Err(("", Box::new(Finding::new("too-large", limit, found))));
    }
    if let Some((kind, help)) = foreign(bytes) {
        let finding = Finding::new("not-utf8", "text in UTF-8", kind).with_help(help);
        return Err(("", Box::new(finding)));
    }
    let total = bytes.len();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let chunk = bytes.utf8_chunks().next();
    let readable = chunk.as_ref().map_or("", |chunk| chunk.valid());
    if readable.len() < bytes.len() {
        let byte = bytes.get(readable.len()).copied().unwrap_or_default();
        let found = phrase!(
            "byte 0x{} at offset {}",
            format!("{:02x}", byte),
            total - bytes.len() + readable.len()
        );
        let finding = Finding::new("not-utf8", "text in UTF-8", found)
            .with_help("save the file as UTF-8; an older Vietnamese encoding cannot be read");
        return Err((readable, Box::new(finding)));
    }
    if readable.bytes().all(|byte| byte.is_ascii_whitespace()) {
        let finding = Finding::new("empty-file", "a JSON object", "nothing");
        return Err(("", Box::new(finding)));
    }
    Ok(readable)
}

/// What a file is that is no UTF-8 from its first bytes on, and what to do.
fn foreign(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    const SAVE: &str = "save the file as UTF-8";
    const CHOOSE: &str = "choose the JSON file";
    Some(match bytes {
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => ("a UTF-32 byte order mark", SAVE),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => ("a UTF-16 byte order mark", SAVE),
        // JSON begins with two characters of ASCII, and has no NUL.
        [0, 0, 0, 1..=255, ..] | [1..=255, 0, 0, 0, ..] => ("UTF-32 without byte order mark", SAVE),
        [0, 1..=255, 0, 1..=255, ..] | [1..=255, 0, 1..=255, 0, ..] => {
            ("UTF-16 without byte order mark", SAVE)
        }
        [0, b'{' | b'[' | b'"', ..] | [b'{' | b'[' | b'"', 0, ..] => {
            ("UTF-16 without byte order mark", SAVE)
        }
        [b'P', b'K', 3, 4, ..] => ("a ZIP file, such as DOCX or XLSX", CHOOSE),
        [b'%', b'P', b'D', b'F', ..] => ("a PDF file", CHOOSE),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => ("a file of an older Word or Excel", CHOOSE),
        _ => return None,
    })
}

/// The syntax tree of a text, nested at most [`MAX_DEPTH`] deep.
///
/// Errors: `too-deep`, `syntax`.
pub(super) fn parse(text: &str) -> Result<Value<'_>, Located> {
    let scan = Scan::new(text);
    if let Some(at) = scan.too_deep {
        return Err((at, too_deep()));
    }
    let options = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(text, &CollectOptions::default(), &options)
        .map_err(|error| (error.range().start(), explain(&error, text)))?;
    if let Some((at, c)) = scan.not_json {
        return Err((at, raw_character(c)));
    }
    parsed
        .value
        .ok_or_else(|| (0, Finding::new("empty-file", "a JSON object", "nothing")))
}

fn too_deep() -> Finding {
    let limit = phrase!("at most {} lists and objects inside one another", MAX_DEPTH);
    Finding::new("too-deep", limit, "one more")
}

fn raw_character(c: char) -> Finding {
    let written = phrase!("U+{} written as it is", format!("{:04X}", u32::from(c)));
    let finding = Finding::new("syntax", "strict JSON", written);
    match c {
        '\n' | '\r' => {
            finding.with_help("end the text with `\"`, or write the line break as `\\n`")
        }
        '\t' => finding.with_help("write a tab in a text as `\\t`"),
        _ => finding.with_help("remove the character"),
    }
}

/// What one pass over the bytes can see without understanding them.
///
/// Quotes are paired without regard to comments; a text for which that is wrong is refused by
/// the parser.
struct Scan {
    /// Byte of the bracket that goes too deep.
    too_deep: Option<usize>,
    /// First character that strict JSON does not permit where it stands.
    not_json: Option<(usize, char)>,
}

impl Scan {
    fn new(text: &str) -> Self {
        let mut scan = Self {
            too_deep: None,
            not_json: None,
        };
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        for (at, c) in text.char_indices() {
            if in_text {
                if c < ' ' {
                    scan.not_json.get_or_insert((at, c));
                }
                match c {
                    _ if escaped => escaped = false,
                    '\\' => escaped = true,
                    '"' => in_text = false,
                    _ => {}
                }
                continue;
            }
            match c {
                '"' => in_text = true,
                '{' | '[' => {
                    depth += 1;
                    if depth > MAX_DEPTH {
                        scan.too_deep = Some(at);
                        return scan;
                    }
                }
                '}' | ']' => depth = depth.saturating_sub(1),
                ' ' | '\n' | '\r' | '\t' => {}
                c if c.is_whitespace() || c.is_control() => {
                    scan.not_json.get_or_insert((at, c));
                }
                _ => {}
            }
        }
        scan
    }
}

fn explain(error: &ParseError, text: &str) -> Finding {
    use ParseErrorKind as E;
    let rest = text.get(error.range().start..).unwrap_or_default();
    let here: Phrase = match rest.chars().next() {
        Some(_) => format!("`{}`", shown(rest.split_whitespace().next().unwrap_or(" "))).into(),
        None => "the end of the file".into(),
    };
    let at = |expected: &'static str| Finding::new("syntax", expected, here.clone());
    match error.kind() {
        E::NestingDepthExceeded => too_deep(),
        E::CommentsNotAllowed | E::UnterminatedCommentBlock => {
            at("strict JSON").with_help("remove the comment; JSON has none")
        }
        E::TrailingCommasNotAllowed => {
            at("a further entry after the comma").with_help("remove the last comma")
        }
        E::ExpectedComma => at("a comma").with_help("put a comma between two entries"),
        E::SingleQuotedStringsNotAllowed => {
            at("a text in double quotes").with_help("write `\"` instead of `'`")
        }
        E::ExpectedStringObjectProperty => {
            at("a key in double quotes").with_help("put the key in `\"`")
        }
        E::HexadecimalNumbersNotAllowed
        | E::UnaryPlusNumbersNotAllowed
        | E::BareDecimalPointNumbersNotAllowed
        | E::NonFiniteNumbersNotAllowed
        | E::ExpectedDigit
        | E::ExpectedDigitFollowingNegativeSign
        | E::ExpectedPlusMinusOrDigitInNumberLiteral => at("a JSON number such as `-12` or `0`"),
        E::ExpectedColonAfterObjectKey => at("a colon after the key"),
        E::ExpectedObjectValue => at("a value after the colon"),
        E::MultipleRootJsonValues => {
            at("the end of the file").with_help("a file holds one JSON object")
        }
        E::UnterminatedArray => at("a list that ends with `]`"),
        E::UnterminatedObject => at("an object that ends with `}`"),
        E::String(kind) => explain_text(kind, at),
        _ => at("a JSON value, key, comma or bracket"),
    }
}

fn explain_text(kind: &ParseStringErrorKind, at: impl Fn(&'static str) -> Finding) -> Finding {
    match kind {
        ParseStringErrorKind::UnterminatedStringLiteral => at("a text that ends with `\"`"),
        ParseStringErrorKind::InvalidUnicodeEscapeSequence(_) => {
            at("the escape of a character").with_help("write the character itself")
        }
        ParseStringErrorKind::ExpectedFourHexDigits => at("four hexadecimal digits after `\\u`"),
        _ => at("an escape that JSON knows").with_help("write a backslash as `\\\\`"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde::de::IgnoredAny;

    use super::super::MAX_BYTES;
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match parse(text) {
            Ok(_) => "accepted".to_owned(),
            Err((at, fault)) => {
                let Finding {
                    code,
                    expected,
                    found,
                    help,
                } = fault;
                let help = help.map(|help| format!("; {help}")).unwrap_or_default();
                format!("{code} at {at}: expected {expected}, found {found}{help}")
            }
        };
        assert_eq!(found, expected, "{text}");
        let strict = serde_json::from_str::<IgnoredAny>(text).is_ok();
        assert!(
            expected != "accepted" || strict,
            "serde_json refuses {text}"
        );
    }

    #[test]
    fn strict_json_is_accepted() {
        for text in [
            "{}",
            " [1,-0, 1.5e+3,\t1e999999]\r\n",
            r#""\u00e0\ud83d\ude00\/""#,
            "null",
        ] {
            check(text, "accepted");
        }
    }

    #[test]
    fn what_only_looks_like_json_is_refused_where_it_departs() {
        let value = "a JSON value, key, comma or bracket";
        let number = "a JSON number such as `-12` or `0`";
        for (text, expected) in [
            (
                "{} //x",
                "3: expected strict JSON, found `//x`; remove the comment; JSON has none",
            ),
            (
                "/*",
                "0: expected strict JSON, found `/*`; remove the comment; JSON has none",
            ),
            (
                "[1,]",
                "2: expected a further entry after the comma, found `,]`; remove the last comma",
            ),
            (
                "[1 2]",
                "2: expected a comma, found `2]`; put a comma between two entries",
            ),
            (
                "['a']",
                "1: expected a text in double quotes, found `'a']`; write `\"` instead of `'`",
            ),
            (
                "{a:1}",
                "1: expected a key in double quotes, found `a:1}`; put the key in `\"`",
            ),
            ("[0x1]", &format!("1: expected {number}, found `0x1]`")),
            ("[+1]", &format!("1: expected {number}, found `+1]`")),
            ("[.5]", &format!("1: expected {number}, found `.5]`")),
            ("[5.]", &format!("1: expected {number}, found `5.]`")),
            ("[1e]", &format!("3: expected {number}, found `]`")),
            ("[-]", &format!("2: expected {number}, found `]`")),
            (
                "[-Infinity]",
                &format!("1: expected {number}, found `-Infinity]`"),
            ),
            ("[NaN]", &format!("1: expected {value}, found `NaN]`")),
            (
                "[01]",
                "2: expected a comma, found `1]`; put a comma between two entries",
            ),
            ("{\"a\" 1}", "5: expected a colon after the key, found `1}`"),
            (
                "{\"a\":",
                "5: expected a value after the colon, found the end of the file",
            ),
            (
                "{} {}",
                "3: expected the end of the file, found `{}`; a file holds one JSON object",
            ),
            ("[1", "0: expected a list that ends with `]`, found `[1`"),
            (
                "{\"a\":1",
                "0: expected an object that ends with `}`, found `{\"a\":1`",
            ),
            (
                "[\"a",
                "1: expected a text that ends with `\"`, found `\"a`",
            ),
            ("[}", &format!("1: expected {value}, found `}}`")),
            ("[1,,2]", &format!("3: expected {value}, found `,2]`")),
        ] {
            check(text, &format!("syntax at {expected}"));
        }
    }

    #[test]
    fn a_text_holds_no_raw_control_character_and_no_broken_escape() {
        for (text, expected) in [
            (
                "\"a\nb\"",
                "2: expected strict JSON, found U+000A written as it is; \
                 end the text with `\"`, or write the line break as `\\n`",
            ),
            (
                "[\"\t\"]",
                "2: expected strict JSON, found U+0009 written as it is; \
                 write a tab in a text as `\\t`",
            ),
            (
                "[\u{a0}1]",
                "1: expected strict JSON, found U+00A0 written as it is; remove the character",
            ),
            (
                r#""\ud800""#,
                r#"1: expected the escape of a character, found `\ud800"`; write the character itself"#,
            ),
            (
                r#""\x41""#,
                r#"1: expected an escape that JSON knows, found `\x41"`; write a backslash as `\\`"#,
            ),
            (
                r#""\u12""#,
                r#"1: expected four hexadecimal digits after `\u`, found `\u12"`"#,
            ),
        ] {
            check(text, &format!("syntax at {expected}"));
        }
    }

    #[test]
    fn a_nul_byte_is_refused() {
        assert_eq!(parse("{\0}").unwrap_err().1.code, "syntax");
        assert_eq!(parse("\"\0\"").unwrap_err().1.code, "syntax");
    }

    #[test]
    fn depth_is_bounded_before_anything_recurses() {
        let deep = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        check(&deep(MAX_DEPTH), "accepted");
        let refused = "too-deep at 64: expected at most 64 lists and objects inside one another, \
                       found one more";
        check(&deep(MAX_DEPTH + 1), refused);
        check(&"[".repeat(100_000), refused);
        assert_eq!(
            parse(&"{\"\":".repeat(100_000)).unwrap_err().1.code,
            "too-deep"
        );
        let hidden = format!("/*\"*/{}", "[".repeat(100_000));
        assert_eq!(parse(&hidden).unwrap_err().1.code, "syntax");
    }

    proptest! {
        /// What is accepted is JSON to `serde_json` too, and the reverse.
        #[test]
        fn strict_json_is_the_same_language_to_another_parser(
            text in prop_oneof![
                r#"[{}\[\]",:\\/bnu0-9dD.eE+\-a \n\x0b\u{a0}ể*']{0,12}"#,
                r#"\[("([a\\"/nu\t]|\\u[dD0][8c0]0[0-9]){0,4}"|-?[0-9]{1,2}[.e]?[0-9+]{0,2})\]"#,
            ],
        ) {
            let lenient = serde_json::from_str::<IgnoredAny>(&text).is_ok();
            let strict = serde_json::from_str::<serde_json::Value>(&text).is_ok();
            let accepted = decode(text.as_bytes(), MAX_BYTES).is_ok() && parse(&text).is_ok();
            prop_assert!(!accepted || lenient, "accepted here only");
            prop_assert!(accepted || !strict, "refused here only");
        }
    }

    #[track_caller]
    fn check_decode(bytes: &[u8], expected: Result<&str, (&str, &str)>) {
        let found = decode(bytes, MAX_BYTES);
        let found = found.map_err(|(readable, fault)| (readable, fault.found.to_string()));
        let found = match &found {
            Ok(text) => Ok(*text),
            Err((readable, found)) => Err((*readable, found.as_str())),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn only_utf8_is_read() {
        check_decode(b"\xEF\xBB\xBF{}", Ok("{}"));
        check_decode(b"", Err(("", "nothing")));
        check_decode(b"\xEF\xBB\xBF \r\n", Err(("", "nothing")));
        check_decode(b"\xFF\xFE{\0}\0", Err(("", "a UTF-16 byte order mark")));
        check_decode(b"\xFE\xFF\0{", Err(("", "a UTF-16 byte order mark")));
        check_decode(b"{\0}\0", Err(("", "UTF-16 without byte order mark")));
        check_decode(b"{\n\"\xD0\"}", Err(("{\n\"", "byte 0xd0 at offset 3")));
        check_decode(b"\xEF\xBB\xBF\xD0", Err(("", "byte 0xd0 at offset 3")));
        check_decode(&vec![b' '; MAX_BYTES + 1], Err(("", "16777217 bytes")));
    }
}
