//! What is read of a PDF file, construct by construct.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use std::io::Write;

use cchc_documents::{Limits, ReadFault, read_text};
use common::{HELVETICA, codes, page, pdf, shown, stream};
use flate2::Compression;
use flate2::write::ZlibEncoder;

/// A file, its lines and the codes of its notes.
#[track_caller]
fn check(bytes: &[u8], lines: &[&str], notes: &[&str]) {
    let text = read_text(bytes, "a.pdf", &Limits::USUAL).unwrap();
    assert_eq!(shown(&text), lines);
    assert_eq!(codes(&text), notes);
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn operators_place_text() {
    let content =
        b"BT /F 10 Tf 100 700 Td (one) Tj 0 -12 Td [(t)-50(wo)] TJ 12 TL (three) ' T* (four) Tj ET
        q 1 0 0 1 0 -100 cm BT /F 10 Tf 1 0 0 1 100 700 Tm (moved) Tj ET Q
        BT /F 10 Tf 1 0 0 1 100 588 Tm (a) Tj 3 0 Td ( ) Tj 100 0 Td (far) Tj ET";
    check(
        &page(HELVETICA, content, &[]),
        &[
            "one",
            "two",
            "three",
            "four",
            "",
            "moved",
            "0.0.0 a",
            "0.0.1 far",
        ],
        &[],
    );
}

#[test]
fn letters_come_from_the_map_of_characters() {
    let map = b"1 begincodespacerange <0000> <ffff> endcodespacerange 2 beginbfrange <0001> <0002> <1ED8> <0003> <0003> <0041> endbfrange";
    let font = "<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Serif/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</Subtype/CIDFontType2/DW 500/W[1[600 600]]>>]>>";
    let content = b"BT /F 10 Tf 100 700 Td <000100020003> Tj ET";
    check(&page(font, content, &[stream("", map)]), &["ỘộA"], &[]);
    // Without a map no letter is told.
    let bare = font.replace("/ToUnicode 6 0 R", "");
    let fault = read_text(&page(&bare, content, &[]), "a.pdf", &Limits::USUAL).unwrap_err();
    assert_eq!(
        fault,
        ReadFault::Unreadable {
            fonts: "AAAAAA+Serif".to_owned()
        }
    );
}

#[test]
fn letters_of_an_old_font_are_not_shown_as_others() {
    let font = HELVETICA.replace("Helvetica", "AAAAAA+.VnTimeH");
    let content = b"BT /F 10 Tf 100 700 Td (C\\351ng ho\\265 x\\267 h\\351i ch\\361 ngh\\334a Vi\\326t Nam) Tj ET";
    let fault = read_text(&page(&font, content, &[]), "a.pdf", &Limits::USUAL).unwrap_err();
    assert_eq!(fault.code(), "file_text_unreadable");
}

#[test]
fn names_of_glyphs_tell_letters() {
    let font = "<</Type/Font/Subtype/Type1/BaseFont/X/Encoding<</Differences[1/Dcroat/ocircumflexdotbelow/g7]>>>>";
    let content =
        b"BT /F 10 Tf 100 700 Td (\\001\\002c l\\341) Tj 0 -12 Td (mot van ban dai hon) Tj ET";
    let text = read_text(&page(font, content, &[]), "a.pdf", &Limits::USUAL).unwrap();
    // 0xE1 has no letter in the encoding that such a font has.
    assert_eq!(shown(&text), ["Độc l\u{fffd}", "mot van ban dai hon"]);
    assert_eq!(codes(&text), ["text_unreadable"]);
}

#[test]
fn a_page_without_text_is_noted_and_a_file_of_them_is_a_scan() {
    let image = stream("/Subtype/Image/Width 1/Height 1", b"x");
    let scan = page(HELVETICA, b"/X Do", std::slice::from_ref(&image));
    let fault = read_text(&scan, "a.pdf", &Limits::USUAL).unwrap_err();
    assert_eq!(fault, ReadFault::NoText { pages: 1 });
    let two = pdf(&[
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Kids[3 0 R 4 0 R]/Resources<</Font<</F 7 0 R>>/XObject<</X 8 0 R>>>>>>".to_vec(),
        b"<</Parent 2 0 R/Contents 5 0 R>>".to_vec(),
        b"<</Parent 2 0 R/Contents 6 0 R>>".to_vec(),
        stream("", b"/X Do"),
        stream("", b"BT /F 10 Tf (text) Tj ET"),
        HELVETICA.as_bytes().to_vec(),
        image.clone(),
    ]);
    let text = read_text(&two, "a.pdf", &Limits::USUAL).unwrap();
    assert_eq!(text.lines[0].page, Some(2));
    assert_eq!(codes(&text), ["page_without_text"]);
    // What a scanner puts under its picture.
    let layer = page(HELVETICA, b"/X Do BT 3 Tr /F 10 Tf (So 12) Tj ET", &[image]);
    check(&layer, &["So 12"], &["text_layer_of_scan"]);
}

#[test]
fn forms_are_read_where_they_stand() {
    let form = stream(
        "/Subtype/Form/Matrix[1 0 0 1 0 50]/Resources<</Font<</F 5 0 R>>>>",
        b"BT /F 10 Tf 100 600 Td (form) Tj ET",
    );
    let content = b"BT /F 10 Tf 100 662 Td (above) Tj 0 -24 Td (below) Tj ET /X Do";
    check(
        &page(HELVETICA, content, &[form]),
        &["above", "form", "below"],
        &[],
    );
}

#[test]
fn a_turned_page_is_read_upright() {
    let content = b"BT /F 10 Tf 0 1 -1 0 100 100 Tm (first) Tj 0 1 -1 0 112 100 Tm (second) Tj ET";
    let turned = page(HELVETICA, content, &[]);
    let at = turned.windows(9).position(|it| it == b"/MediaBox").unwrap();
    let mut bytes = turned.clone();
    bytes.splice(at..at, b"/Rotate 90".iter().copied());
    // Places behind the change no longer fit, which is noted.
    check(&bytes, &["first", "second"], &["pdf_index_rebuilt"]);
    check(&turned, &["first", "second"], &[]);
}

#[test]
fn an_index_and_objects_in_streams_are_read() {
    let objects = b"1 0 2 30 <</Type/Catalog/Pages 2 0 R>> <</Kids[3 0 R]>>";
    let inside = packed(objects);
    let mut out = b"%PDF-1.5\n".to_vec();
    let mut places = vec![(2u8, 6usize), (2, 6)];
    let more = [
        b"<</Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>".to_vec(),
        {
            let content = packed(b"BT /F 10 Tf (packed) Tj ET");
            stream("/Filter/FlateDecode", &content)
        },
        HELVETICA.as_bytes().to_vec(),
        stream("/Type/ObjStm/N 2/First 9/Filter/FlateDecode", &inside),
    ];
    for (number, object) in (3..).zip(&more) {
        places.push((1, out.len()));
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let index = out.len();
    places.push((1, index));
    let mut entries = vec![0u8, 0, 0];
    for (kind, at) in &places {
        entries.push(*kind);
        entries.extend(u16::try_from(*at).unwrap().to_be_bytes());
    }
    out.extend(b"7 0 obj\n");
    out.extend(stream("/Type/XRef/Size 8/W[1 2 0]/Root 1 0 R", &entries));
    out.extend(format!("\nendobj\nstartxref\n{index}\n%%EOF\n").bytes());
    check(&out, &["packed"], &[]);
    // Without a place that fits, the file is searched for its objects.
    let text = String::from_utf8_lossy(&out).into_owned();
    assert!(text.contains("startxref"));
    let at = out.windows(9).position(|it| it == b"startxref").unwrap();
    out.truncate(at);
    out.extend(b"startxref\n99999\n%%EOF\n");
    check(&out, &["packed"], &["pdf_index_rebuilt"]);
}

#[test]
fn a_file_with_a_password_is_told() {
    let mut bytes = page(HELVETICA, b"", &[]);
    let at = bytes.windows(8).position(|it| it == b"/Root 1 ").unwrap();
    bytes.splice(at..at, b"/Encrypt 9 0 R".iter().copied());
    let fault = read_text(&bytes, "a.pdf", &Limits::USUAL).unwrap_err();
    assert_eq!(fault.code(), "file_encrypted");
}
