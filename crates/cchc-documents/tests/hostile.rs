//! Files that mean harm, or that a copy cut short: a coded fault or a text, in two seconds
//! and 200 MB, whatever the bytes are.
//!
//! Time is that of this thread on a processor, and memory the highest resident size of the
//! process above where it began; both are told by Linux under `/proc`, and elsewhere only
//! time is measured, by the clock. One input is measured at a time; `SHOW=1` prints each.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::print_stderr,
    reason = "a test fails by panicking, reads files and measures time"
)]

mod common;

use std::fs;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use cchc_documents::{Limits, ReadFault, Text, read_text};
use common::{HELVETICA, WORD, attachments, document, docx, page, paragraph, pdf, stream, zipped};
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Two seconds as the command is built; a build that checks itself, on a machine that others
/// share, gets twice that.
const TIME: Duration = Duration::from_secs(if cfg!(debug_assertions) { 4 } else { 2 });
const MEMORY: u64 = 200 << 20;

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How long this thread ran on a processor.
fn ran() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = text.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// A figure of the process in bytes.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes << 10)
}

/// Reads, and fails where that takes too long or too much, or says two things.
#[track_caller]
fn read(what: &str, bytes: &[u8], name: &str) -> Result<Text, ReadFault> {
    let _one = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    // From here on the highest size counts anew. Few of the many changed files are measured,
    // since to start anew takes longer than to read them.
    let measured = !what.contains(", change") && !what.contains(" to ");
    let before = measured.then(|| {
        let _ = fs::write("/proc/self/clear_refs", "5");
        status("VmRSS")
    });
    let before = before.flatten();
    let (clock, start) = (Instant::now(), ran());
    let result = read_text(bytes, name, &Limits::USUAL);
    let took = match (start, ran()) {
        (Some(start), Some(end)) => end - start,
        _ => clock.elapsed(),
    };
    assert!(took <= TIME, "{what} took {took:?}");
    if let (Some(before), Some(peak)) = (before, status("VmHWM")) {
        let used = peak.saturating_sub(before);
        assert!(used <= MEMORY, "{what} used {} MiB", used >> 20);
        if std::env::var_os("SHOW").is_some() {
            eprintln!("{what}: {took:?}, {} MiB", used >> 20);
        }
    }
    if let Err(fault) = &result {
        assert!(fault.code().starts_with("file_"), "{what}: {fault}");
        assert!(fault.to_string().len() < 500, "{what}: {fault}");
    }
    result
}

/// A hostile file, and the code that it ends with; for a limit with what there is too much of.
#[track_caller]
fn refused(what: &str, bytes: &[u8], code: &str) {
    let fault = read(what, bytes, "a.bin").unwrap_err();
    let found = match &fault {
        ReadFault::TooMuch { what, .. } => format!("file_too_much {what}"),
        fault => fault.code().to_owned(),
    };
    assert_eq!(found, code, "{what}: {fault}");
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn fixture(name: &str) -> Vec<u8> {
    fs::read(attachments().join(name)).unwrap()
}

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn byte(&mut self) -> u8 {
        u8::try_from(self.below(256)).unwrap()
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % most
    }
}

#[test]
fn bombs_of_zip_end_at_a_limit() {
    let spaces = " ".repeat(80 << 20);
    refused("80 MiB of spaces", &docx(&spaces), "file_too_much unpacked");
    drop(spaces);
    let letters = "a".repeat(60 << 20);
    refused(
        "60 MiB in one run",
        &docx(&paragraph(&letters)),
        "file_too_much characters",
    );
    drop(letters);
    refused(
        "many lines",
        &docx(&"<w:p/>".repeat(300_000)),
        "file_too_much lines",
    );
    refused(
        "many elements",
        &docx(&"<w:r/>".repeat(3_000_000)),
        "file_too_much elements",
    );
    let parts: Vec<String> = (0..5_000).map(|it| format!("word/{it}")).collect();
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|it| (it.as_str(), b"".as_slice()))
        .collect();
    let mut all = vec![("word/document.xml", b"".as_slice())];
    all.extend(parts);
    refused("many parts", &zipped(&all), "file_too_much parts");
    // An archive inside an archive is no document, however deep it goes.
    let mut nested = docx(&paragraph("a"));
    for _ in 0..20 {
        nested = zipped(&[("a.zip", &nested)]);
    }
    refused("archives in archives", &nested, "file_format_unknown");
}

#[test]
fn sizes_that_lie_are_found_out() {
    let sound = docx(&paragraph("a"));
    let place = |mark: &[u8]| sound.windows(4).position(|it| it == mark).unwrap();
    let (local, central) = (place(b"PK\x03\x04"), place(b"PK\x01\x02"));
    let declared = |size: u32| {
        let mut bytes = sound.clone();
        bytes[local + 22..local + 26].copy_from_slice(&size.to_le_bytes());
        bytes[central + 24..central + 28].copy_from_slice(&size.to_le_bytes());
        bytes
    };
    refused(
        "1 GB declared",
        &declared(1 << 30),
        "file_too_much unpacked",
    );
    refused(
        "4 GB declared",
        &declared(0xffff_fffe),
        "file_too_much unpacked",
    );
    refused("less declared than there is", &declared(3), "file_damaged");
    // More declared than there is.
    let fault = read("50 MB declared", &declared(50_000_000), "a.docx");
    assert!(fault.is_err() || fault.is_ok_and(|it| it.lines[0].text == "a"));
    let mut encrypted = sound.clone();
    encrypted[local + 6] |= 1;
    encrypted[central + 8] |= 1;
    refused("a part with a password", &encrypted, "file_encrypted");
    let mut other = sound.clone();
    other[local + 8] = 99;
    other[central + 10] = 99;
    refused("a way of packing that is not read", &other, "file_damaged");
}

/// Two names for the same bytes: what makes a small file a large one.
#[test]
fn parts_that_share_their_bytes_are_refused() {
    let sound = docx(&paragraph("a"));
    let central = sound.windows(4).position(|it| it == b"PK\x01\x02").unwrap();
    let end = sound.windows(4).position(|it| it == b"PK\x05\x06").unwrap();
    let entry = sound[central..end].to_vec();
    let mut twin = entry.clone();
    let name = twin.windows(4).position(|it| it == b"word").unwrap();
    twin[name] = b'x';
    let mut bytes = sound[..central].to_vec();
    bytes.extend(&entry);
    bytes.extend(&twin);
    let mut foot = sound[end..].to_vec();
    foot[8..10].copy_from_slice(&2u16.to_le_bytes());
    foot[10..12].copy_from_slice(&2u16.to_le_bytes());
    let size = u32::try_from(entry.len() * 2).unwrap();
    foot[12..16].copy_from_slice(&size.to_le_bytes());
    bytes.extend(foot);
    refused("two names for one part", &bytes, "file_hostile");
}

#[test]
fn names_that_lead_outside_are_only_names() {
    let main = document(&paragraph("a"));
    let bytes = zipped(&[
        ("../../../../tmp/cchc-escaped", b"x".as_slice()),
        ("/etc/cchc-escaped", b"x"),
        ("C:\\cchc-escaped", b"x"),
        ("word/document.xml", main.as_bytes()),
    ]);
    let text = read("names outside", &bytes, "a.docx").unwrap();
    assert_eq!(text.lines[0].text, "a");
    assert!(!std::path::Path::new("/tmp/cchc-escaped").exists());
    let relations =
        r#"<R><Relationship Type="x/officeDocument" Target="../../../etc/passwd"/></R>"#;
    let bytes = zipped(&[
        ("_rels/.rels", relations.as_bytes()),
        ("word/document.xml", main.as_bytes()),
    ]);
    refused("a main part outside", &bytes, "file_damaged");
}

#[test]
fn entities_and_depth_of_xml_are_refused() {
    let raw = |text: &str| zipped(&[("word/document.xml", text.as_bytes())]);
    let laughs = format!(
        r#"<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:document xmlns:w="{WORD}">&b;</w:document>"#
    );
    refused("entities of entities", &raw(&laughs), "file_hostile");
    let outside = r#"<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>"#;
    refused("an entity outside", &raw(outside), "file_hostile");
    refused(
        "an entity that is not declared",
        &docx(&paragraph("&a;")),
        "file_hostile",
    );
    for element in ["w:p", "w:tbl", "w:ins", "x", "w:pPr", "w:txbxContent"] {
        let deep = format!("<{element}>").repeat(100_000);
        refused("deep elements", &docx(&deep), "file_too_much depth");
    }
    refused(
        "an element that does not end",
        &raw("<a><b></b>"),
        "file_damaged",
    );
    refused("an end of another element", &raw("<a></b>"), "file_damaged");
    refused("no element", &raw("x"), "file_damaged");
    refused("no XML at all", &raw("\0\u{1}"), "file_damaged");
    let binary = zipped(&[("word/document.xml", b"\xff\x00\xfe\x80".as_slice())]);
    refused("bytes that are no text", &binary, "file_damaged");
    let attributes = format!(
        "<w:p {}/>",
        (0..100_000)
            .map(|it| format!("a{it}='1' "))
            .collect::<String>()
    );
    assert!(
        read(
            "many attributes",
            &docx(&(attributes + &paragraph("a"))),
            "a"
        )
        .is_ok()
    );
    let names = (0..100_000).map(|it| format!("xmlns:a{it}='{WORD}' "));
    let names = format!(
        "<w:p {}>{}</w:p>",
        names.collect::<String>(),
        "<w:r/>".repeat(100_000)
    );
    assert!(read("many prefixes", &docx(&(names + &paragraph("a"))), "a").is_ok());
    let spans = r#"<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="4294967295"/></w:tcPr></w:tc>"#;
    let spans = format!(
        "{spans}{}</w:tr></w:tbl>",
        "<w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>".repeat(3)
    );
    assert!(read("a cell over all columns", &docx(&spans), "a").is_ok());
}

#[test]
fn streams_and_objects_of_pdf_end_at_a_limit() {
    let content = |bytes: &[u8], filter: &str| {
        pdf(&[
            b"<</Pages 2 0 R>>".to_vec(),
            b"<</Kids[3 0 R]>>".to_vec(),
            b"<</Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
            stream(filter, bytes),
            HELVETICA.as_bytes().to_vec(),
        ])
    };
    let flate = "/Filter/FlateDecode";
    let spaces = packed(&vec![b' '; 80 << 20]);
    refused(
        "80 MiB of spaces",
        &content(&spaces, flate),
        "file_too_much unpacked",
    );
    let twice = packed(&packed(&vec![b' '; 80 << 20]));
    refused(
        "packed twice",
        &content(&twice, "/Filter[/FlateDecode/FlateDecode]"),
        "file_too_much unpacked",
    );
    let many = format!("/Filter[{}]", "/FlateDecode".repeat(100));
    refused("many filters", &content(&spaces, &many), "file_damaged");
    let operators = packed(&b"q Q ".repeat(2_000_000));
    refused(
        "many operators",
        &content(&operators, flate),
        "file_too_much operators",
    );
    let states = packed(&b"q ".repeat(1_000_000));
    refused(
        "many states",
        &content(&states, flate),
        "file_too_much depth",
    );
    let glyphs = packed(
        &[
            b"BT /F 9 Tf (",
            b"a".repeat(1_000_000).as_slice(),
            b") Tj ET",
        ]
        .concat(),
    );
    refused(
        "many glyphs",
        &content(&glyphs, flate),
        "file_too_much characters",
    );
    let arrays = packed(&b"[".repeat(10_000_000));
    refused("deep arrays", &content(&arrays, flate), "file_without_text");
    let items = packed(&[b"[", b"1 ".repeat(5_000_000).as_slice(), b"]TJ"].concat());
    refused("a long array", &content(&items, flate), "file_without_text");
    let numbers = packed(&b"1 ".repeat(10_000_000));
    refused(
        "many operands",
        &content(&numbers, flate),
        "file_too_much operators",
    );
    let pictures = packed(&b"BI ".repeat(1_000_000));
    refused(
        "pictures without an end",
        &content(&pictures, flate),
        "file_without_text",
    );
    let rows = "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 2000000000/Colors 30000/BitsPerComponent 16>>";
    refused(
        "rows that are too wide",
        &content(&packed(b"xx"), rows),
        "file_damaged",
    );
    let run = [0x81, b' '].repeat(1_000_000);
    refused(
        "runs",
        &content(&run, "/Filter/RunLengthDecode"),
        "file_too_much unpacked",
    );
    let mut declared = content(b"BT /F 9 Tf (a) Tj ET", "");
    let at = declared.windows(7).position(|it| it == b"/Length").unwrap();
    declared.splice(at + 8..at + 10, b"1000000000".iter().copied());
    let text = read("1 GB declared", &declared, "a.pdf").unwrap();
    assert_eq!(text.lines[0].text, "a");
}

#[test]
fn what_leads_in_a_circle_ends() {
    let root = || b"<</Pages 2 0 R>>".to_vec();
    let pages = || b"<</Kids[3 0 R]>>".to_vec();
    refused(
        "a root that is itself",
        &pdf(&[b"1 0 R".to_vec()]),
        "file_damaged",
    );
    refused(
        "pages that hold themselves",
        &pdf(&[root(), b"<</Kids[2 0 R]>>".to_vec()]),
        "file_damaged",
    );
    let deep: Vec<Vec<u8>> = std::iter::once(root())
        .chain((3..2_000).map(|it| format!("<</Kids[{it} 0 R]>>").into_bytes()))
        .collect();
    refused("pages below pages", &pdf(&deep), "file_too_much depth");
    let kids = "3 0 R ".repeat(200_000);
    refused(
        "one page many times",
        &pdf(&[
            root(),
            format!("<</Kids[{kids}]>>").into_bytes(),
            b"<<>>".to_vec(),
        ]),
        "file_damaged",
    );
    let form = stream("/Subtype/Form", b"/X Do /X Do /X Do");
    let page = |form: Vec<u8>| {
        pdf(&[
            root(),
            pages(),
            b"<</Contents 4 0 R/Resources<</XObject<</X 4 0 R>>>>>>".to_vec(),
            form,
        ])
    };
    refused(
        "a form that shows itself",
        &page(form),
        "file_too_much depth",
    );
    // Eight forms, each showing the next one a thousand times.
    let mut objects = vec![
        root(),
        pages(),
        b"<</Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_vec(),
    ];
    objects.push(stream("", &b"/X Do ".repeat(1_000)));
    for next in 6..12 {
        objects.push(stream(
            &format!("/Subtype/Form/Resources<</XObject<</X {next} 0 R>>>>"),
            &b"/X Do ".repeat(1_000),
        ));
    }
    let fault = read("forms of forms", &pdf(&objects), "a.pdf").unwrap_err();
    assert_eq!(fault.code(), "file_too_much", "{fault}");
    let length = b"<</Length 4 0 R>>stream\nx\nendstream".to_vec();
    refused(
        "a length that is its own stream",
        &page(length),
        "file_without_text",
    );
    // A page whose content is one large object, named many times.
    let big = format!("[{}]", "1 ".repeat(200_000));
    let list = "5 0 R ".repeat(100_000);
    let bytes = pdf(&[
        root(),
        pages(),
        b"<</Contents 4 0 R>>".to_vec(),
        format!("[{list}]").into_bytes(),
        big.into_bytes(),
    ]);
    refused("one object over and over", &bytes, "file_too_much work");
}

#[test]
fn an_index_that_lies_is_found_out() {
    let content = b"BT /F 9 Tf (a) Tj ET";
    let sound = page(HELVETICA, content, &[]);
    assert!(read("a sound file", &sound, "a.pdf").is_ok());
    let text = String::from_utf8(sound).unwrap();
    // What is changed, and what the lines are then: the file is searched for its objects.
    for (what, from, to) in [
        (
            "four thousand million entries",
            "xref\n0 6",
            "xref\n0 4294967295",
        ),
        (
            "numbers over all",
            "xref\n0 6",
            "xref\n18446744073709551615 6",
        ),
        ("no table", "xref\n0", "xxxx\n0"),
        ("places outside", "0000000009 ", "9999999999 "),
        ("a circle", "/Root 1 0 R", "/Root 1 0 R/Prev 15"),
    ] {
        assert!(text.contains(from), "{what}");
        let bytes = text.replacen(from, to, 1).into_bytes();
        let text = read(what, &bytes, "a.pdf").unwrap();
        assert_eq!(text.lines[0].text, "a", "{what}");
    }
    let foot = text.find("startxref").unwrap();
    refused("no foot", &text.as_bytes()[..foot], "file_damaged");
    let index = |more: &str, entries: &[u8]| {
        let mut out = b"%PDF-1.5\n1 0 obj\n".to_vec();
        out.extend(stream(&format!("/Type/XRef/Root 9 0 R{more}"), entries));
        out.extend(b"\nendobj\nstartxref\n9\n%%EOF\n");
        out
    };
    for (what, more) in [
        ("fields of no width", "/Size 4294967295/W[0 0 0]"),
        ("fields of a great width", "/Size 9/W[1 4294967295 1]"),
        ("a great first number", "/Index[4294967295 9]/W[1 1 1]"),
        ("negative numbers", "/Index[-1 -1]/W[1 1 1]"),
        ("objects in itself", "/Size 10/W[1 1 1]/N 10/First 0"),
    ] {
        refused(what, &index(more, &[2, 1, 0].repeat(10)), "file_damaged");
    }
}

#[test]
fn fonts_end_at_a_limit() {
    let shown = b"BT /F 9 Tf (a) Tj ET";
    let widths = format!("[{}]", "0 65535 1 ".repeat(60_000));
    let font = format!("<</Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</W {widths}>>]>>");
    refused(
        "widths of all codes again and again",
        &page(&font, shown, &[]),
        "file_too_much objects",
    );
    let map = packed(
        &[
            b"1 begincodespacerange <00> <ff> endcodespacerange\n".as_slice(),
            &b"<61> <0041> ".repeat(3_000_000),
            b"endbfchar",
        ]
        .concat(),
    );
    let font = "<</Subtype/Type0/ToUnicode 6 0 R>>";
    let bytes = page(font, shown, &[stream("/Filter/FlateDecode", &map)]);
    let _ = read("a long map of characters", &bytes, "a.pdf");
    let long = format!(
        "1 begincodespacerange <00> <ff> endcodespacerange <61> <{}> endbfchar",
        "0041".repeat(100_000)
    );
    let bytes = page(font, shown, &[stream("", long.as_bytes())]);
    refused("one code with a long text", &bytes, "file_text_unreadable");
    let fonts: String = (0..200_000).map(|it| format!("/F{it} 5 0 R")).collect();
    let many = pdf(&[
        b"<</Pages 2 0 R>>".to_vec(),
        b"<</Kids[3 0 R]>>".to_vec(),
        format!("<</Contents 4 0 R/Resources<</Font<<{fonts}>>>>>>").into_bytes(),
        stream("", b"BT /F1 9 Tf (a) Tj ET"),
        HELVETICA.as_bytes().to_vec(),
    ]);
    let _ = read("many fonts", &many, "a.pdf");
}

#[test]
fn places_out_of_all_measure_are_no_harm() {
    let content = b"BT /F 1e30 Tf 9999999999999999999999999999999999999999 0 0 99999999999999999999 0 0 Tm (ab) Tj
        1 0 0 1 -99999999999999999999999999 0 Tm (c) Tj /F 0 Tf (d) Tj /F -9 Tf (e) Tj 0 Tz (f) Tj ET";
    let text = read("great numbers", &page(HELVETICA, content, &[]), "a.pdf");
    assert!(text.is_ok_and(|it| !it.lines.is_empty()));
}

#[test]
fn a_file_that_was_cut_off_is_never_taken_for_a_whole_one() {
    for name in ["bc-12.docx", "kh-16.pdf", "kh-23.pdf"] {
        let bytes = fixture(name);
        let whole = read(name, &bytes, name).unwrap();
        let step = (bytes.len() / 100).max(1);
        let ends = (0..bytes.len())
            .step_by(step)
            .chain(bytes.len() - 40..bytes.len());
        for end in ends {
            let what = format!("{name} to {end}");
            match read(&what, &bytes[..end], name) {
                Err(_) => {}
                // A line end behind the last word may be missing.
                Ok(text) => assert!(
                    text.lines == whole.lines && end + 2 >= bytes.len(),
                    "{what}"
                ),
            }
        }
    }
}

#[test]
fn the_name_changes_nothing_but_markdown() {
    for name in ["bc-12.docx", "kh-16.pdf", "qd-12.pdf", "quet/ps-02.pdf"] {
        let bytes = fixture(name);
        let own = read(name, &bytes, name);
        for other in [
            "a.pdf",
            "a.docx",
            "a.md",
            "a.txt",
            "a.exe",
            "",
            "a",
            "\u{202e}fdp.x",
        ] {
            assert_eq!(read(name, &bytes, other), own, "{name} as {other}");
        }
    }
}

#[test]
fn random_bytes_behind_each_mark_end_in_a_code() {
    let marks: [&[u8]; 14] = [
        b"%PDF-1.7\n",
        b"PK\x03\x04",
        b"PK\x05\x06",
        b"PK\x03\x04word/document.xml",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"{\\rtf",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"MZ",
        b"<?xml",
        b"",
    ];
    let mut dice = Dice(7);
    for mark in marks {
        for length in [0, 1, 10, 1_000, 20_000] {
            let mut bytes = mark.to_vec();
            bytes.extend((0..length).map(|_| dice.byte()));
            for name in ["a.docx", "a.md"] {
                let _ = read("random bytes, changed", &bytes, name);
            }
            bytes.extend(b"\nstartxref\n9\n%%EOF\n");
            let _ = read("random bytes, changed, with a foot", &bytes, "a.pdf");
        }
    }
}

#[test]
fn changed_bytes_of_sound_files_end_in_a_code() {
    let mut dice = Dice(11);
    for name in ["bc-12.docx", "kh-16.pdf", "bc-18.pdf", "quet/ps-02.pdf"] {
        let sound = fixture(name);
        for number in 0..150 {
            let mut bytes = sound.clone();
            for _ in 0..=dice.below(8) {
                let at = dice.below(bytes.len());
                match dice.below(3) {
                    0 => bytes[at] = dice.byte(),
                    1 => drop(bytes.remove(at)),
                    _ => {
                        let end = (at + dice.below(200)).min(bytes.len());
                        let part = bytes[at..end].to_vec();
                        let to = dice.below(bytes.len());
                        bytes.splice(to..to, part);
                    }
                }
            }
            let _ = read(&format!("{name}, change {number}"), &bytes, name);
        }
    }
    // The parts inside a DOCX, which a change of its packed bytes hardly reaches.
    let body = document(&(paragraph("ỦY BAN") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"));
    for number in 0..300 {
        let mut xml = body.clone().into_bytes();
        for _ in 0..=dice.below(4) {
            let at = dice.below(xml.len());
            xml[at] = b"<>/\"'& wpt=:"[dice.below(12)];
        }
        let bytes = zipped(&[("word/document.xml", &xml)]);
        let _ = read(&format!("XML, change {number}"), &bytes, "a.docx");
    }
}

#[test]
fn long_plain_texts_end_in_time() {
    let limits = [
        ("a\n".repeat(150_000), true),
        ("\n".repeat(210_000), false),
        ("a".repeat(9_000_000), false),
        ("*_".repeat(1_000_000), true),
        ("[".repeat(2_000_000), true),
        ("| ".repeat(100_000), true),
        ("`".repeat(1_000_000), true),
        ("&#".repeat(1_000_000), true),
        ("<br>".repeat(150_000), true),
        ("\\".repeat(2_000_000), true),
        ("e\u{301}".repeat(2_000_000), true),
        ("e".to_owned() + &"\u{301}".repeat(3_000_000), true),
    ];
    for (index, (text, sound)) in limits.iter().enumerate() {
        for name in ["a.txt", "a.md"] {
            let what = format!("text {index} as {name}");
            let result = read(&what, text.as_bytes(), name);
            assert_eq!(result.is_ok(), *sound, "{what}: {:?}", result.err());
        }
    }
}
