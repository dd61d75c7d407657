//! Files that nobody should hand in: each is refused with a code, at the right place.
//!
//! A small sound pack is spoilt in one place; what is told is pinned by code, line and column,
//! with lines and columns counted by hand. What was once told wrongly, or took for ever, has
//! a test of its own name here.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use cchc_core::json::{Fault, MAX_BYTES, MAX_FAULTS};
use cchc_core::read_pack;
use cchc_core::values::Calendar;

const PACK: &str = r#"{"format": "cchc-pack", "version": 1, "id": "p", "title": {"vi": "p"},
"issuer": "UBND", "level": "commune", "scored_year": 2024,
"validity": {"from": "2024-01-01", "to": "2025-12-31"},
"window": {"from": "2024-01-01", "to": "2024-12-31"},
"hand_in_by": "2025-01-05",
"coverage": "partial", "rounding": {"places": 2, "mode": "half_up"},
"max": 2,
"sources": [],
"quantities": [{"id": "one", "kind": "flag", "movement": "latched", "title": {"vi": "q"}}],
"tree": [{"code": "A.1", "title": {"vi": "t"}, "max": "2", "sources": [{"of": ["max"], "document": "d"}],
"rule": {"form": "yes_no", "of": "one", "no": "0", "yes": "1"}}]}
"#;

fn faults(bytes: &[u8]) -> Vec<Fault> {
    read_pack("p.json", bytes, Calendar::vietnam())
        .err()
        .unwrap_or_default()
}

/// `code line:column path` of each fault.
fn told(bytes: &[u8]) -> String {
    let faults = faults(bytes);
    let lines = faults.iter().map(|fault| {
        let place = &fault.place;
        format!(
            "{} {}:{} {}",
            fault.code, place.line, place.column, place.path
        )
    });
    lines.collect::<Vec<_>>().join("; ")
}

#[track_caller]
fn check(bytes: &[u8], expected: &str) {
    assert_eq!(told(bytes), expected);
}

fn edited(from: &str, to: &str) -> String {
    assert!(PACK.contains(from), "{from}");
    PACK.replacen(from, to, 1)
}

#[track_caller]
fn check_edit(from: &str, to: &str, expected: &str) {
    check(edited(from, to).as_bytes(), expected);
}

/// Code, expected, found and help of the only fault.
#[track_caller]
fn check_words(bytes: &[u8], expected: &str) {
    let faults = faults(bytes);
    let [fault] = faults.as_slice() else {
        panic!("{faults:?}");
    };
    assert_eq!(format!("{} {fault}", fault.code), expected);
}

#[test]
fn the_pack_is_sound() {
    check(PACK.as_bytes(), "");
}

#[test]
fn files_of_another_kind_are_named() {
    for (start, kind) in [
        (
            &b"PK\x03\x04\x14\x00\x06\x00"[..],
            "a ZIP file, such as DOCX or XLSX",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            "a file of an older Word or Excel",
        ),
    ] {
        check_words(
            start,
            &format!(
                "not-utf8 p.json:1:1: $: expected text in UTF-8, found {kind}\n  \
                 help: choose the JSON file"
            ),
        );
    }
    check(b"<!DOCTYPE html>", "syntax 1:1 $");
    check(b"format: cchc-pack", "syntax 1:1 $");
    check(b"[]", "wrong-type 1:1 $");
    check(b"null", "wrong-type 1:1 $");
    check(
        br#"{"format": "cchc-submission", "version": 1}"#,
        "wrong-format 1:12 format",
    );
    for nothing in ["", " \r\n\t", "\u{feff}", "\u{feff}\n"] {
        check(nothing.as_bytes(), "empty-file 1:1 $");
    }
}

#[test]
fn another_encoding_is_named_also_after_white_space() {
    let spaced = format!(" \n{PACK}");
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    };
    let utf32 = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
        PACK.chars().map(u32::from).flat_map(bytes).collect()
    };
    let marked = format!("\u{feff}{PACK}");
    for (bytes, name) in [
        (
            utf16(PACK, u16::to_le_bytes),
            "UTF-16 without byte order mark",
        ),
        (
            utf16(PACK, u16::to_be_bytes),
            "UTF-16 without byte order mark",
        ),
        (
            utf16(&spaced, u16::to_le_bytes),
            "UTF-16 without byte order mark",
        ),
        (
            utf16(&spaced, u16::to_be_bytes),
            "UTF-16 without byte order mark",
        ),
        (utf16(&marked, u16::to_le_bytes), "a UTF-16 byte order mark"),
        (utf16(&marked, u16::to_be_bytes), "a UTF-16 byte order mark"),
        (utf32(u32::to_le_bytes), "UTF-32 without byte order mark"),
        (utf32(u32::to_be_bytes), "UTF-32 without byte order mark"),
        (
            [&b"\xff\xfe\0\0"[..], &utf32(u32::to_le_bytes)].concat(),
            "a UTF-32 byte order mark",
        ),
        (
            [&b"\0\0\xfe\xff"[..], &utf32(u32::to_be_bytes)].concat(),
            "a UTF-32 byte order mark",
        ),
    ] {
        check_words(
            &bytes,
            &format!(
                "not-utf8 p.json:1:1: $: expected text in UTF-8, found {name}\n  \
                 help: save the file as UTF-8"
            ),
        );
    }
    // `"issuer": "x` is 12 characters, and the first byte of `ã` in Latin-1 is the 13th.
    let latin: Vec<u8> = edited("UBND", "xã").chars().map(|c| c as u8).collect();
    check(&latin, "not-utf8 2:13 $");
    // Half of a letter at the end of the file.
    check(b"{\"a\": \"\xe1\xbb", "not-utf8 1:8 $");
    // A letter in more bytes than it needs, and a surrogate written in UTF-8.
    check(b"{\"\xc0\xaf\": 1}", "not-utf8 1:3 $");
    check(b"{\"\xed\xa0\x80\": 1}", "not-utf8 1:3 $");
}

#[test]
fn a_byte_order_mark_is_read_once_and_counted_never() {
    check(format!("\u{feff}{PACK}").as_bytes(), "");
    let spoilt = edited("\"id\": \"p\"", "\"id\": \"p p\"");
    // `{"format": "cchc-pack", "version": 1, "id": ` has 44 characters.
    check(spoilt.as_bytes(), "bad-identifier 1:45 id");
    check(
        format!("\u{feff}{spoilt}").as_bytes(),
        "bad-identifier 1:45 id",
    );
    check(format!("\u{feff}\u{feff}{PACK}").as_bytes(), "syntax 1:1 $");
    // It is shown as an escape, since nobody sees it.
    let faults = faults("\u{feff}\u{feff}[]".as_bytes());
    assert_eq!(faults[0].found, "`\\ufeff[]`");
}

#[test]
fn lines_end_with_a_line_feed_alone_or_after_a_carriage_return() {
    // `"rule": {"form": "yes_no", "of": "one", "no": "0", "yes": ` has 58 characters.
    let spoilt = edited("\"yes\": \"1\"", "\"yes\": 0.5");
    check(spoilt.as_bytes(), "lost-precision 11:59 tree[0].rule.yes");
    check(PACK.replace('\n', "\r\n").as_bytes(), "");
    check(
        spoilt.replace('\n', "\r\n").as_bytes(),
        "lost-precision 11:59 tree[0].rule.yes",
    );
    // A carriage return alone is white space: all stands on one line.
    let one_line = spoilt.replace('\n', "\r");
    let place = &faults(one_line.as_bytes())[0].place;
    let column = one_line.chars().count() - "0.5}}]}\r".chars().count() + 1;
    assert_eq!((place.line, place.column as usize), (1, column));
    // A raw line break in a text is where the text goes wrong.
    check_edit("UBND", "UB\nND", "syntax 2:14 $");
    check_edit("UBND", "UB\rND", "syntax 2:14 $");
}

#[test]
fn a_column_counts_code_points_of_vietnamese_composed_and_decomposed() {
    let field = |issuer: &str| edited("\"UBND\"", &format!("\"{issuer}\", \"x\": 1"));
    // `"issuer": "` has 11 characters, `Sơn Thượng` has 10 and `", ` has 3.
    check(field("Sơn Thượng").as_bytes(), "unknown-field 2:25 x");
    // Decomposed, `ơ` and `ư` have a horn, and `ợ` a horn and a dot: four marks more.
    let decomposed = "So\u{31b}n Thu\u{31b}o\u{31b}\u{323}ng";
    check(field(decomposed).as_bytes(), "unknown-field 2:29 x");
    // One character beyond the first plane is one column, though UTF-16 has two for it.
    check(field("😀").as_bytes(), "unknown-field 2:16 x");
    // An escape is six characters of the file.
    check(field("\\u01a1").as_bytes(), "unknown-field 2:21 x");
}

#[test]
fn a_tab_is_one_column() {
    check_edit(
        "\"issuer\"",
        "\t\t\"x\": 1,\t\"issuer\"",
        "unknown-field 2:3 x",
    );
    check_edit("UBND", "UB\tND", "syntax 2:14 $");
}

#[test]
fn numbers_that_are_none_are_refused_where_they_stand() {
    for (number, expected) in [
        ("1e400", "lost-precision 7:8 max"),
        ("-1e400", "lost-precision 7:8 max"),
        ("1e-400", "lost-precision 7:8 max"),
        ("2e0", "lost-precision 7:8 max"),
        ("2.0", "lost-precision 7:8 max"),
        ("0.1", "lost-precision 7:8 max"),
        ("99999999999999999999", "lost-precision 7:8 max"),
        ("9223372036854775808", "lost-precision 7:8 max"),
        ("-0", "max-does-not-add-up 7:8 max"),
        ("NaN", "syntax 7:8 $"),
        ("Infinity", "syntax 7:8 $"),
        ("-Infinity", "syntax 7:8 $"),
        ("+2", "syntax 7:8 $"),
        ("02", "syntax 7:9 $"),
        ("0x2", "syntax 7:8 $"),
        ("2.", "syntax 7:8 $"),
        (".5", "syntax 7:8 $"),
        ("２", "syntax 7:8 $"),
        ("2_000", "syntax 7:9 $"),
    ] {
        check_edit("\"max\": 2", &format!("\"max\": {number}"), expected);
    }
    for text in [
        "1e400",
        "NaN",
        "∞",
        "+2",
        "02",
        "-",
        "1/0",
        "0/0",
        "1/-3",
        "--1",
        "1.",
        ".5",
        "",
        " 2",
        "2 ",
        "2\u{a0}",
        "２",
        "٢",
        "½",
        "2,0",
        "0x2",
        "2.0.0",
        "1/2/3",
        "1.5/2",
        "1000000000000000000000000000000",
    ] {
        let text = format!("\"max\": \"{text}\"");
        check_edit("\"max\": 2", &text, "bad-decimal 7:8 max");
    }
    for text in ["2", "2.0", "2.000", "4/2"] {
        check_edit("\"max\": 2", &format!("\"max\": \"{text}\""), "");
    }
    // Zero with a sign is zero.
    for text in ["-0", "-0.0", "0/7", "-0/1"] {
        let edit = format!("\"no\": \"{text}\"");
        check_edit("\"no\": \"0\"", &edit, "");
    }
}

#[test]
fn days_that_are_none_are_refused_where_they_stand() {
    for day in [
        "2024-02-30",
        "2023-02-29",
        "1900-02-29",
        "0000-01-01",
        "9999-12-31",
        "1899-12-31",
        "2201-01-01",
        "2024-13-01",
        "2024-00-10",
        "2024-01-00",
        "2024-1-1",
        "20240101",
        "2024-01-01T00:00:00Z",
        "-2024-01-01",
        "+2024-01-01",
        "2024-01-01 ",
        "２０24-01-01",
        "2024\u{2010}01\u{2010}05",
        "",
        "today",
    ] {
        let edit = format!("\"hand_in_by\": \"{day}\"");
        check_edit(
            "\"hand_in_by\": \"2025-01-05\"",
            &edit,
            "bad-date 5:15 hand_in_by",
        );
    }
    check_edit("\"2025-01-05\"", "20250105", "wrong-type 5:15 hand_in_by");
    check_edit(
        "\"2025-01-05\"",
        "\"2024-02-29\"",
        "hand-in-before-close 5:15 hand_in_by",
    );
    check_edit("\"2025-01-05\"", "\"2200-12-31\"", "");
}

#[test]
fn windows_that_run_backwards_are_told_once() {
    let reversed = "{\"from\": \"2024-12-31\", \"to\": \"2024-01-01\"}";
    check_edit(
        "{\"from\": \"2024-01-01\", \"to\": \"2024-12-31\"}",
        reversed,
        "window-reversed 4:11 window",
    );
    check_edit(
        "{\"from\": \"2024-01-01\", \"to\": \"2025-12-31\"}",
        reversed,
        "window-reversed 3:13 validity",
    );
    check_edit(
        "\"hand_in_by\"",
        &format!("\"document_window\": {reversed}, \"hand_in_by\""),
        "window-reversed 5:20 document_window",
    );
    check_edit(
        "\"movement\"",
        &format!("\"window\": {reversed}, \"movement\""),
        // `"quantities": [{"id": "one", "kind": "flag", "window": ` has 55 characters.
        "window-reversed 9:56 quantities[0].window",
    );
}

#[test]
fn characters_that_deceive_the_reader_are_refused() {
    for c in [
        '\u{202e}', '\u{202a}', '\u{2066}', '\u{2069}', '\u{200e}', '\u{200f}', '\u{61c}',
        '\u{2028}', '\u{2029}', '\u{feff}', '\u{fffb}', '\u{fffe}', '\u{ffff}', '\u{85}', '\u{7f}',
    ] {
        check_edit("UBND", &format!("UB{c}ND"), "control-character 2:11 issuer");
        let escaped = format!("UB\\u{:04x}ND", u32::from(c));
        check_edit("UBND", &escaped, "control-character 2:11 issuer");
        let text = edited("UBND", &escaped);
        assert!(!faults(text.as_bytes())[0].to_string().contains(c));
        // A key with one is no key that is known, and is shown as an escape.
        let key = format!("\"x{c}\": 1, \"issuer\"");
        let text = edited("\"issuer\"", &key);
        let faults = faults(text.as_bytes());
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code).collect();
        assert_eq!(codes, ["unknown-field"]);
        assert!(!faults[0].to_string().contains(c), "{}", c.escape_unicode());
    }
    check_edit("UBND", "UB\0ND", "syntax 2:14 $");
    check_edit("UBND", "UB\\u0000ND", "control-character 2:11 issuer");
    check_edit("\"max\"", "\0\"max\"", "syntax 7:1 $");
}

#[test]
fn a_text_of_characters_without_form_says_nothing() {
    for text in [
        " ",
        "\u{a0}",
        "\u{3000}",
        "\u{200b}",
        "\u{200d}",
        "\u{2060}",
        "\u{ad}",
        "\u{3164}",
        "\u{2800}",
        "\u{fe0f}",
        "\u{301}",
        "\u{31b}\u{323}",
        "\u{200b} \u{200b}",
    ] {
        check_edit("UBND", text, "empty-text 2:11 issuer");
    }
    // Beside others they stay.
    for text in ["a\u{200b}", "\u{301}a", "a\u{301}\u{301}", "👩\u{200d}💻"] {
        check_edit("UBND", text, "");
    }
}

#[test]
fn half_a_surrogate_pair_is_refused_where_it_stands() {
    // `"issuer": "UB` has 13 characters.
    check_edit("UBND", "UB\\ud800ND", "syntax 2:14 $");
    check_edit("UBND", "\\udc00", "syntax 2:12 $");
    check_edit("UBND", "\\ud800\\ud800", "syntax 2:12 $");
    check_edit("UBND", "\\udc00\\ud800", "syntax 2:12 $");
    check_edit("UBND", "\\ud83d\\u0041", "syntax 2:12 $");
    check_edit("\"issuer\"", "\"\\udfff\"", "syntax 2:2 $");
    check_edit("UBND", "\\ud83d\\ude00", "");
    check_edit("UBND", "\\uD83D\\uDE00", "");
}

#[test]
fn keys_are_compared_as_they_are_written() {
    // The same key by another spelling is the same key.
    check_edit(
        "\"issuer\"",
        "\"i\\u0073suer\": \"q\", \"issuer\"",
        "duplicate-key 2:21 issuer",
    );
    // Composed and decomposed keys are different and both unknown; neither is plain, so the
    // path quotes them.
    check_edit(
        "\"issuer\"",
        "\"điểm\": 1, \"đie\u{302}\u{309}m\": 2, \"issuer\"",
        "unknown-field 2:1 [\"điểm\"]; unknown-field 2:12 [\"đie\u{302}\u{309}m\"]",
    );
    // A known key with a mark, in another case or in look-alike letters is not known.
    for key in ["issuer\u{301}", "Issuer", "i\u{455}suer", "issuer ", ""] {
        let text = edited("\"issuer\"", &format!("\"{key}\": \"q\", \"issuer\""));
        let faults = faults(text.as_bytes());
        let codes: Vec<(&str, u32, u32)> = faults
            .iter()
            .map(|fault| (fault.code, fault.place.line, fault.place.column))
            .collect();
        assert_eq!(codes, [("unknown-field", 2, 1)], "{key}");
    }
    for id in ["o\u{301}ne", "\u{43e}ne", "điểm", "one\u{200b}", "one\n"] {
        let escaped = id.replace('\n', "\\n");
        let edit = format!("\"id\": \"{escaped}\"");
        check_edit(
            "\"id\": \"one\"",
            &edit,
            "bad-identifier 9:23 quantities[0].id",
        );
    }
}

#[test]
fn nesting_of_any_size_is_refused_before_it_is_read() {
    check(&vec![b'['; 64 << 20], "too-large 1:1 $");
    check(&vec![b'['; MAX_BYTES], "too-deep 1:65 $");
    // Five characters for each object, and the sixty-fifth is one too deep.
    let objects = "{\"a\":".repeat(MAX_BYTES / 5);
    check(objects.as_bytes(), "too-deep 1:321 $");
    check(&vec![b'"'; MAX_BYTES], "syntax 1:3 $");
    let quoted = format!("\"{}", "[".repeat(MAX_BYTES - 1));
    check(quoted.as_bytes(), "syntax 1:1 $");
    check(&vec![b'-'; MAX_BYTES], "syntax 1:2 $");
    check(&vec![b'\\'; MAX_BYTES], "syntax 1:1 $");
    let commented = format!("/*{}", "*".repeat(MAX_BYTES - 2));
    check(commented.as_bytes(), "syntax 1:1 $");
}

#[track_caller]
fn check_many(text: &str, first: &str, more: &str) {
    let faults = faults(text.as_bytes());
    assert_eq!(faults.len(), MAX_FAULTS + 1);
    assert!(
        faults.is_sorted_by_key(|fault| (fault.place.line, fault.place.column)),
        "not in the order of the file"
    );
    let place = &faults[0].place;
    let head = format!(
        "{} {}:{} {}",
        faults[0].code, place.line, place.column, place.path
    );
    assert_eq!(head, first);
    let last = faults.last().unwrap();
    assert_eq!(
        (last.code, last.found.to_string().as_str()),
        ("too-many-faults", more)
    );
}

#[test]
fn a_million_faults_of_shape_are_counted() {
    let million = vec!["1"; 1_000_000].join(",");
    check_many(
        &edited("\"sources\": []", &format!("\"sources\": [{million}]")),
        "too-many 8:12 sources",
        // Each element, and the list itself.
        "999001 more",
    );
    let again = "\"id\": 1, ".repeat(1_000_000);
    check_many(
        &edited("\"issuer\"", &format!("{again}\"issuer\"")),
        "duplicate-key 2:1 id",
        // Each is written again and of the wrong type.
        "1999000 more",
    );
}

#[test]
fn a_hundred_thousand_faults_of_meaning_are_counted_and_not_kept() {
    // A list of 100 sources with 100 paths that name nothing, in each of ten quantities.
    let paths = vec!["\"x\""; 100].join(",");
    let source = format!("{{\"of\": [{paths}], \"document\": \"d\"}}");
    let sources = vec![source; 100].join(",");
    let flags = (0..10).map(|index| {
        format!(
            "{{\"id\": \"q{index}\", \"kind\": \"flag\", \"movement\": \"latched\",
\"title\": {{\"vi\": \"q\"}}, \"sources\": [{sources}]}},\n"
        )
    });
    let flags: String = flags.collect();
    check_many(
        &edited("\"quantities\": [", &format!("\"quantities\": [{flags}")),
        // `"title": {"vi": "q"}, "sources": [{"of": [` has 42 characters.
        "unknown-figure 10:43 quantities[0].sources[0].of[0]",
        "99000 more",
    );
}

#[test]
fn a_quantity_that_thousands_of_leaves_read_is_named_without_comparing_them_all() {
    let leaf = |area: usize, index: usize| {
        format!(
            "{{\"code\": \"L{area}.{index}\", \"title\": {{\"vi\": \"t\"}}, \"max\": 1,
\"sources\": [{{\"of\": [\"max\"], \"document\": \"d\"}}],
\"rule\": {{\"form\": \"yes_no\", \"of\": \"one\", \"no\": 0, \"yes\": 1}}}}"
        )
    };
    let area = |area: usize| {
        let leaves: Vec<String> = (0..1_000).map(|index| leaf(area, index)).collect();
        let children = leaves.join(",");
        format!(
            "{{\"code\": \"G{area}\", \"title\": {{\"vi\": \"t\"}}, \"children\": [{children}]}}"
        )
    };
    let areas: Vec<String> = (0..20).map(area).collect();
    let text = edited(
        "\"tree\": [{\"code\": \"A.1\"",
        &format!(
            "\"tree\": [{{\"code\": \"G\", \"title\": {{\"vi\": \"t\"}}, \"children\": [{}]}},
{{\"code\": \"A.1\"",
            areas.join(",")
        ),
    );
    let text = text.replacen("\"max\": 2", "\"max\": 20002", 1);
    let pack = read_pack("p.json", text.as_bytes(), Calendar::vietnam()).unwrap();
    let bound = &pack.areas[0].bound;
    assert_eq!(bound.len(), 1);
    assert_eq!(bound[0].codes.len(), 20_000);
}

#[test]
fn texts_of_any_length_give_short_messages() {
    let long = "ể".repeat(4_000_000);
    for (from, to, code) in [
        ("UBND", &*long, "too-long"),
        ("\"max\": 2", &format!("\"max\": \"{long}\""), "bad-decimal"),
        (
            "\"max\": 2",
            &format!("\"max\": {}", "9".repeat(12_000_000)),
            "lost-precision",
        ),
        ("\"2025-01-05\"", &format!("\"{long}\""), "bad-date"),
        ("\"half_up\"", &format!("\"{long}\""), "unknown-value"),
        (
            "\"issuer\"",
            &format!("\"{long}\": 1, \"issuer\""),
            "unknown-field",
        ),
    ] {
        let faults = faults(edited(from, to).as_bytes());
        let [fault] = faults.as_slice() else {
            panic!("{code}: {}", faults.len());
        };
        assert_eq!(fault.code, code);
        assert!(fault.to_string().len() < 2_000, "{code}");
    }
}
