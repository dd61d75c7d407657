//! The faults of a single text or number, measured against its shape.

use super::did_you_mean;
use super::fault::{is_unprintable, shown};
use super::scalar;
use super::shape::{Format, MAX_HOPS, Shape};
use super::syntax::Finding;
use super::{Phrase, phrase};

/// A text of the file as a message quotes it.
pub(super) fn quoted(text: &str) -> String {
    format!("`\"{}\"`", shown(text))
}

/// Why a text or number does not have its shape; a cause is put into words only if reported.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cause {
    Blank,
    /// The characters that the text has.
    TooLong(usize),
    Control(char),
    /// The text has not the form of its shape.
    Form,
    /// A number with point or exponent where an exact one is needed.
    LostPrecision,
    /// A number with point or exponent where a whole one is needed.
    NotWhole,
    OutOfRange,
    OtherNumber,
}

/// Why `text` is no value of the text-like `shape`; empty if it is one.
pub(super) fn text_causes(shape: &Shape, text: &str) -> Vec<Cause> {
    let good = match shape {
        Shape::Text { max, allow_empty } => return free_text(text, *max, *allow_empty),
        Shape::FileText => true,
        Shape::Id => scalar::is_id(text),
        Shape::Code => scalar::is_code(text),
        Shape::Date => scalar::is_date(text),
        Shape::Decimal => scalar::is_decimal(text),
        Shape::OneOf(values) => values.contains(&text),
        Shape::Const(value) => text == *value,
        _ => false,
    };
    if good { Vec::new() } else { vec![Cause::Form] }
}

fn free_text(text: &str, max: usize, allow_empty: bool) -> Vec<Cause> {
    let mut causes = Vec::new();
    if !allow_empty && scalar::is_blank(text) {
        causes.push(Cause::Blank);
    }
    let length = text.chars().count();
    if length > max {
        causes.push(Cause::TooLong(length));
    }
    let refused = |c: &char| is_unprintable(*c) && !matches!(c, '\n' | '\t');
    causes.extend(text.chars().find(refused).map(Cause::Control));
    causes
}

/// The number written as `raw`, or why it does not have the number-like `shape`.
pub(super) fn number(shape: &Shape, raw: &str) -> Result<i64, Cause> {
    let whole = !raw.contains(['.', 'e', 'E']);
    let read = raw.parse::<i64>().ok().filter(|_| whole);
    match (shape, read) {
        (Shape::Decimal, None) => Err(Cause::LostPrecision),
        (Shape::Decimal, Some(number)) => Ok(number),
        _ if !whole => Err(Cause::NotWhole),
        (Shape::Integer { min, max }, Some(number)) if (*min..=*max).contains(&number) => {
            Ok(number)
        }
        (Shape::Integer { .. }, _) => Err(Cause::OutOfRange),
        (Shape::ConstInt(expected), Some(number)) if number == *expected => Ok(number),
        _ => Err(Cause::OtherNumber),
    }
}

/// A cause in words; `text` is the text, or the number as written.
pub(super) fn explain(cause: Cause, shape: &Shape, text: &str, format: &Format) -> Finding {
    let expected = || shape.describe(format, MAX_HOPS);
    let number = |code| Finding::new(code, expected(), format!("`{}`", shown(text)));
    match cause {
        Cause::Blank => Finding::new("empty-text", "a text that says something", quoted(text)),
        Cause::TooLong(length) => {
            let expected = match shape {
                Shape::Text { max, .. } => phrase!("a text of at most {} characters", max),
                _ => expected(),
            };
            Finding::new("too-long", expected, phrase!("{} characters", length))
        }
        Cause::Control(c) => {
            let expected = "a text whose only control characters are `\\n` and `\\t`";
            let found = phrase!("U+{} in {}", format!("{:04X}", u32::from(c)), quoted(text));
            Finding::new("control-character", expected, found).with_help("remove the character")
        }
        Cause::LostPrecision => match scalar::is_decimal(text) {
            true => number("lost-precision").with_help(phrase!("write it as text: `\"{}\"`", text)),
            false => number("lost-precision").with_help("write it out as text, without exponent"),
        },
        Cause::NotWhole => {
            number("wrong-type").with_help("write the number without point and exponent")
        }
        Cause::OutOfRange => number("out-of-range"),
        Cause::OtherNumber => number("unknown-value"),
        Cause::Form => match shape {
            Shape::Id => bad_id(text),
            Shape::Code => Finding::new("bad-identifier", expected(), quoted(text)).with_help(
                "join one to eight parts of letters and digits by `.`, the first without small \
                 letters; 32 characters",
            ),
            Shape::Date => bad_date(text, expected()),
            Shape::Decimal => bad_decimal(text, expected()),
            Shape::OneOf(values) => unknown_value(text, values),
            _ => Finding::new("unknown-value", expected(), quoted(text)),
        },
    }
}

/// A text that is none of the permitted values.
pub(super) fn unknown_value(text: &str, values: &[&str]) -> Finding {
    let expected = super::shape::one_of(values.iter().copied());
    let finding = Finding::new("unknown-value", expected, quoted(text));
    match did_you_mean(text, values.iter().copied()) {
        Some(meant) => finding.with_help(phrase!("did you mean `{}`?", meant)),
        None => finding,
    }
}

/// A text or key that is no identifier.
pub(super) fn bad_id(text: &str) -> Finding {
    let finding = Finding::new("bad-identifier", "an identifier as text", quoted(text));
    match text.chars().find(|c| !scalar::in_id(*c)) {
        Some(c) => finding.with_help(phrase!(
            "`{}` (U+{}) is not a letter from A to Z, a digit, `.`, `_` or `-`",
            shown(c.encode_utf8(&mut [0; 4])),
            format!("{:04X}", u32::from(c))
        )),
        None => finding.with_help("start with a letter or digit; 1 to 64 characters"),
    }
}

fn bad_date(text: &str, expected: Phrase) -> Finding {
    let finding = Finding::new("bad-date", expected, quoted(text));
    match scalar::likely_date(text) {
        Some(date) => finding.with_help(phrase!("write `\"{}\"`", date)),
        None => finding.with_help("give a day that exists, from 1900 to 2200"),
    }
}

fn bad_decimal(text: &str, expected: Phrase) -> Finding {
    let finding = Finding::new("bad-decimal", expected, quoted(text));
    let with_point = text.replacen(',', ".", 1);
    if with_point != text && scalar::is_decimal(&with_point) {
        return finding.with_help(phrase!("write a point: `\"{}\"`", with_point));
    }
    finding
        .with_help("write digits with a point or as a fraction, such as `\"1/3\"`; 30 characters")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_text(shape: Shape, text: &str, expected: &str) {
        let causes = text_causes(&shape, text);
        let found = causes
            .into_iter()
            .map(|cause| in_words(cause, &shape, text));
        assert_eq!(found.collect::<Vec<_>>().join("\n"), expected);
    }

    #[track_caller]
    fn check_number(shape: Shape, raw: &str, expected: &str) {
        let found = match number(&shape, raw) {
            Ok(number) => number.to_string(),
            Err(cause) => in_words(cause, &shape, raw),
        };
        assert_eq!(found, expected);
    }

    fn in_words(cause: Cause, shape: &Shape, text: &str) -> String {
        let root = Shape::Object(vec![]);
        let format = Format {
            name: "f",
            version: 1,
            title: "",
            root,
            definitions: vec![],
        };
        let Finding {
            code,
            expected,
            found,
            help,
        } = explain(cause, shape, text, &format);
        let help = help.map(|help| format!("; {help}")).unwrap_or_default();
        format!("{code}: expected {expected}, found {found}{help}")
    }

    #[test]
    fn a_free_text_is_measured_and_cleaned() {
        let empty = Shape::Text {
            max: 3,
            allow_empty: true,
        };
        check_text(Shape::text(3), "ể\n\t", "");
        check_text(empty, "", "");
        check_text(
            Shape::text(3),
            " ",
            "empty-text: expected a text that says something, found `\" \"`",
        );
        check_text(
            Shape::text(3),
            "điểm\r",
            "too-long: expected a text of at most 3 characters, found 5 characters\n\
             control-character: expected a text whose only control characters are `\\n` and `\\t`, \
             found U+000D in `\"điểm\\r\"`; remove the character",
        );
        check_text(
            Shape::text(3),
            "a\u{2066}",
            "control-character: expected a text whose only control characters are `\\n` and `\\t`, \
             found U+2066 in `\"a\\u2066\"`; remove the character",
        );
    }

    #[test]
    fn an_identifier_names_the_character_that_does_not_belong() {
        check_text(
            Shape::Id,
            "15/KH",
            "bad-identifier: expected an identifier as text, found `\"15/KH\"`; \
             `/` (U+002F) is not a letter from A to Z, a digit, `.`, `_` or `-`",
        );
        check_text(
            Shape::Id,
            "-a",
            "bad-identifier: expected an identifier as text, found `\"-a\"`; \
             start with a letter or digit; 1 to 64 characters",
        );
        check_text(
            Shape::Code,
            "1..2",
            "bad-identifier: expected a component code as text such as \"1.1.2\", found `\"1..2\"`; \
             join one to eight parts of letters and digits by `.`, the first without small letters; \
             32 characters",
        );
    }

    #[test]
    fn a_date_in_local_form_is_rewritten() {
        check_text(
            Shape::Date,
            "31/12/2024",
            "bad-date: expected a date as text such as \"2025-01-31\", found `\"31/12/2024\"`; \
             write `\"2024-12-31\"`",
        );
        check_text(
            Shape::Date,
            "2025-02-30",
            "bad-date: expected a date as text such as \"2025-01-31\", found `\"2025-02-30\"`; \
             give a day that exists, from 1900 to 2200",
        );
    }

    #[test]
    fn a_decimal_is_exact() {
        let decimal = "expected a decimal as text such as \"0.5\"";
        check_number(Shape::Decimal, "97", "97");
        check_number(Shape::Decimal, "-0", "0");
        check_number(
            Shape::Decimal,
            "0.5",
            &format!("lost-precision: {decimal}, found `0.5`; write it as text: `\"0.5\"`"),
        );
        check_number(
            Shape::Decimal,
            "9223372036854775808",
            &format!(
                "lost-precision: {decimal}, found `9223372036854775808`; \
                 write it as text: `\"9223372036854775808\"`"
            ),
        );
        check_number(
            Shape::Decimal,
            "1e3",
            &format!(
                "lost-precision: {decimal}, found `1e3`; write it out as text, without exponent"
            ),
        );
        check_text(
            Shape::Decimal,
            "0,5",
            &format!("bad-decimal: {decimal}, found `\"0,5\"`; write a point: `\"0.5\"`"),
        );
        check_text(
            Shape::Decimal,
            "1/0",
            &format!(
                "bad-decimal: {decimal}, found `\"1/0\"`; \
                 write digits with a point or as a fraction, such as `\"1/3\"`; 30 characters"
            ),
        );
    }

    #[test]
    fn a_whole_number_is_whole_and_within_its_range() {
        let shape = || Shape::Integer { min: 0, max: 10 };
        check_number(shape(), "10", "10");
        check_number(
            shape(),
            "11",
            "out-of-range: expected a whole number from 0 to 10, found `11`",
        );
        check_number(
            Shape::Integer {
                min: i64::MIN,
                max: i64::MAX,
            },
            "99999999999999999999",
            "out-of-range: expected a whole number, found `99999999999999999999`",
        );
        check_number(
            shape(),
            "1.0",
            "wrong-type: expected a whole number from 0 to 10, found `1.0`; \
             write the number without point and exponent",
        );
        check_number(Shape::ConstInt(30), "30", "30");
        check_number(
            Shape::ConstInt(30),
            "31",
            "unknown-value: expected `30`, found `31`",
        );
    }

    #[test]
    fn a_permitted_value_is_proposed() {
        check_text(
            Shape::OneOf(&["point", "percent"]),
            "pont",
            "unknown-value: expected one of `point`, `percent`, found `\"pont\"`; \
             did you mean `point`?",
        );
        check_text(
            Shape::Const("vn"),
            "x",
            "unknown-value: expected `vn`, found `\"x\"`",
        );
    }
}
