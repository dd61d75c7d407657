//! The checker: a text against its format, all faults in one pass.
//!
//! What cannot be read, or is a file of another format, is one fault. For the rest the checker
//! reports what is faulty and gives back what is sound: a faulty element leaves its list, a
//! faulty optional field its object, and an object that lacks a sound required field is itself
//! faulty. Time is linear in the text, and depth is bounded before the walk begins.

use jsonc_parser::ast::{ObjectProp, Value as Node};
use jsonc_parser::common::Ranged;

use super::fault::shown;
use super::place::{Lines, Step};
use super::syntax::{Finding, decode, parse};
use super::walk::Walk;
use super::{Document, Fault, Format, MAX_BYTES, Phrase, phrase};

/// Checks a file against its format.
///
/// `file` is a name for messages only. Errors: every fault of the file, in its order; the
/// codes are listed in [`CODES`](super::CODES).
pub fn check(format: &Format, file: &str, bytes: &[u8]) -> Result<Document, Vec<Fault>> {
    check_within(MAX_BYTES, format, file, bytes)
}

/// Checks a text that may have up to `limit` bytes, since it holds whole files.
///
/// Errors: as [`check`].
pub(crate) fn check_within(
    limit: usize,
    format: &Format,
    file: &str,
    bytes: &[u8],
) -> Result<Document, Vec<Fault>> {
    match checked(limit, format, file, bytes) {
        (Some(document), faults) if faults.is_empty() => Ok(document),
        (_, faults) => Err(faults),
    }
}

/// Checks a file and keeps its sound parts.
///
/// The document holds the file without its faulty parts, and satisfies the format; it is
/// `None` if the root cannot be kept. Without faults it is what [`check`] returns.
pub fn check_partial(format: &Format, file: &str, bytes: &[u8]) -> (Option<Document>, Vec<Fault>) {
    checked(MAX_BYTES, format, file, bytes)
}

fn checked(
    limit: usize,
    format: &Format,
    file: &str,
    bytes: &[u8],
) -> (Option<Document>, Vec<Fault>) {
    let refuse = |text: &str, at: usize, finding: Finding| {
        let lines = Lines::new(text);
        let mut walk = Walk::new(format, file, text, &lines);
        walk.report(at, || finding);
        (None, walk.finish())
    };
    let text = match decode(bytes, limit) {
        Ok(text) => text,
        Err((readable, finding)) => return refuse(readable, readable.len(), *finding),
    };
    let tree = match parse(text) {
        Ok(tree) => tree,
        Err((at, finding)) => return refuse(text, at, finding),
    };
    let lines = Lines::new(text);
    let mut walk = Walk::new(format, file, text, &lines);
    let mut part = None;
    match wrong_format(format, &tree) {
        Some((property, finding)) => {
            walk.path.push(Step::Key(property.name.as_str()));
            walk.report(property.value.start(), || finding);
        }
        None => part = walk.root(&tree),
    }
    let faults = walk.finish();
    let (file, text) = (file.to_owned(), text.to_owned());
    let document = part.map(|(value, mark)| Document {
        file,
        text,
        lines,
        value,
        mark,
    });
    (document, faults)
}

/// The field that shows the file to be of another format, if both are stated in the right type.
fn wrong_format<'a>(format: &Format, tree: &'a Node<'a>) -> Option<(&'a ObjectProp<'a>, Finding)> {
    let fields = &tree.as_object()?.properties;
    let find = |name: &str| fields.iter().find(|one| one.name.as_str() == name);
    let (stated, version) = (find("format"), find("version"));
    let name = stated
        .and_then(|one| one.value.as_string_lit())
        .map(|text| &*text.value);
    let number = version
        .and_then(|one| one.value.as_number_lit())
        .map(|number| number.value);
    let wrong_name = name.is_some_and(|name| name != format.name);
    let wrong_number = number.is_some_and(|number| number != format.version.to_string());
    let property = if wrong_name {
        stated
    } else {
        version.filter(|_| wrong_number)
    }?;
    let expected = phrase!("format `{}` version `{}`", format.name, format.version);
    let found = phrase!(
        "format `{}` version `{}`",
        name.map_or_else(|| Phrase::from("none"), |it| shown(it).into()),
        number.map_or_else(|| Phrase::from("none"), |it| shown(it).into())
    );
    Some((property, Finding::new("wrong-format", expected, found)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::super::{CODES, MAX_BYTES, MAX_FAULTS, sample};
    use super::*;

    /// Checks the sample with `from` replaced by `to`; the faults are joined by line breaks.
    #[track_caller]
    fn check_change(from: &str, to: &str, expected: &str) {
        assert!(sample::VALID.contains(from), "{from}");
        check_text(&sample::VALID.replacen(from, to, 1), expected);
    }

    #[track_caller]
    fn check_text(text: &str, expected: &str) {
        assert_eq!(messages(text.as_bytes()), expected);
    }

    fn messages(bytes: &[u8]) -> String {
        let faults = check(&sample::format(), "f", bytes)
            .err()
            .unwrap_or_default();
        assert!(
            faults
                .iter()
                .all(|one| CODES.iter().any(|(code, _)| *code == one.code))
        );
        let lines = faults.iter().map(|fault| format!("{} {fault}", fault.code));
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_valid_file_passes_and_keeps_its_value() {
        let document = check(&sample::format(), "f", sample::VALID.as_bytes()).unwrap();
        let value: Value = serde_json::from_str(sample::VALID).unwrap();
        assert_eq!(document.value(), &value);
        assert_eq!(document.text(), sample::VALID);
    }

    #[test]
    fn a_byte_order_mark_moves_no_column() {
        let text = sample::VALID.replacen("\"format\"", "\"farmat\"", 1);
        let marked = format!("\u{feff}{text}");
        assert_eq!(messages(text.as_bytes()), messages(marked.as_bytes()));
    }

    #[test]
    fn what_cannot_be_read_is_one_fault() {
        check_text(
            "",
            "empty-file f:1:1: $: expected a JSON object, found nothing",
        );
        check_text(
            "{\n  \"id\": \"a\",\n}",
            "syntax f:2:12: $: expected a further entry after the comma, found `,`\n  \
             help: remove the last comma",
        );
        check_text(
            &"[".repeat(100_000),
            "too-deep f:1:65: $: expected at most 64 lists and objects inside one another, \
             found one more",
        );
        assert_eq!(
            messages(b"{\n \"\xC3\xAA\xFF"),
            "not-utf8 f:2:4: $: expected text in UTF-8, found byte 0xff at offset 6\n  \
             help: save the file as UTF-8; an older Vietnamese encoding cannot be read"
        );
        assert_eq!(
            messages(&vec![b' '; MAX_BYTES + 1]),
            "too-large f:1:1: $: expected a file of at most 16777216 bytes, found 16777217 bytes"
        );
    }

    #[test]
    fn another_format_is_named_and_nothing_else_reported() {
        check_text(
            r#"{"format": "cchc-case", "version": 3, "x": 1}"#,
            "wrong-format f:1:12: format: expected format `sample` version `1`, \
             found format `cchc-case` version `3`",
        );
        check_change(
            "\"version\": 1",
            "\"version\": 2",
            "wrong-format f:3:14: version: expected format `sample` version `1`, \
             found format `sample` version `2`",
        );
        check_change(
            "\"version\": 1",
            "\"version\": \"1\"",
            "wrong-type f:3:14: version: expected `1`, found `\"1\"`\n  \
             help: write it without quotes: `1`",
        );
    }

    #[test]
    fn all_faults_come_in_one_pass_in_the_order_of_the_file() {
        let text = r#"{"version": 1, "format": "sample", "count": 1e3,
 "rules": [{"kind": "fixed"}, {"kind": "all", "of": [{"kind": "fixed", "points": 0.5}], "x": 1}]}"#;
        let faults = check(&sample::format(), "f", text.as_bytes()).unwrap_err();
        let found: Vec<String> = faults
            .iter()
            .map(|one| format!("{} {}", one.code, one.place.path))
            .collect();
        assert_eq!(
            found,
            [
                "missing-field $",
                "wrong-type count",
                "missing-field rules[0]",
                "lost-precision rules[1].of[0].points",
                "unknown-field rules[1].x",
            ]
        );
    }

    #[test]
    fn faults_beyond_the_limit_are_counted() {
        let items = vec!["1"; MAX_FAULTS + 5].join(",");
        let text =
            format!(r#"{{"format": "sample", "version": 1, "id": "a", "rules": [{items}]}}"#);
        let faults = check(&sample::format(), "f", text.as_bytes()).unwrap_err();
        assert_eq!(faults.len(), MAX_FAULTS + 1);
        // One of them is `too-many` for the list itself.
        assert_eq!(
            faults[MAX_FAULTS].to_string(),
            "f:1:2055: rules[999]: expected at most 1000 faults, found 6 more\n  \
             help: mend those listed, then check again"
        );
    }

    fn never_panics(bytes: &[u8]) {
        let format = sample::format();
        let (document, faults) = check_partial(&format, "f", bytes);
        assert_eq!(
            document.is_none() || !faults.is_empty(),
            check(&format, "f", bytes).is_err()
        );
        for fault in &faults {
            assert!(CODES.iter().any(|(code, _)| *code == fault.code));
            assert!(fault.to_string().len() < 4000, "{fault}");
            if let Some(document) = &document {
                document.place(&fault.place.path);
            }
        }
        let Some(document) = document else { return };
        // What is kept satisfies the format, and strict JSON agrees with what was read.
        let kept = document.value().to_string();
        assert_eq!(
            check(&format, "f", kept.as_bytes()).unwrap().value(),
            document.value()
        );
        if faults.is_empty() {
            let read: Value = serde_json::from_str(document.text()).unwrap();
            assert_eq!(&read, document.value());
        }
    }

    #[test]
    fn hostile_files_are_answered() {
        for text in [
            "\0",
            "\u{feff}",
            "\u{feff}\u{feff}{}",
            "1e999999",
            "-",
            "{\"a\":1e999999}",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "{\"format\":\"\\u0000\"}",
            "\\",
            "\"\\",
            "\"\\u",
            "{\"\":",
            "]",
        ] {
            never_panics(text.as_bytes());
        }
        let long = "9".repeat(1_000_000);
        for value in [&long, &format!("\"{long}\""), &format!("-{long}.5e{long}")] {
            for name in [
                "count", "id", "label", "version", "from", "unit", "code", "until",
            ] {
                never_panics(
                    sample::VALID
                        .replace("count", name)
                        .replace('7', value)
                        .as_bytes(),
                );
            }
        }
        never_panics(format!("{{\"{long}\": 1, \"{long}\": 2}}").as_bytes());
        never_panics(format!("{{\"format\": \"{long}\"}}").as_bytes());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            never_panics(&bytes);
        }

        #[test]
        fn no_text_of_json_letters_makes_it_panic(text in r#"[{}\[\]",:\\u0-9dD.eE+\-a \n/*']{0,60}"#) {
            never_panics(text.as_bytes());
        }

        #[test]
        fn no_mutation_of_a_valid_file_makes_it_panic(
            edits in prop::collection::vec(
                (any::<prop::sample::Index>(), 0..20_usize, r#"[{}\[\]",:\\u0-9a-z.\-ể \n]{0,6}"#),
                1..4,
            ),
        ) {
            let mut bytes = sample::VALID.as_bytes().to_vec();
            for (at, removed, inserted) in edits {
                let start = at.index(bytes.len() + 1);
                let end = (start + removed).min(bytes.len());
                bytes.splice(start..end, inserted.into_bytes());
            }
            never_panics(&bytes);
        }
    }
}
