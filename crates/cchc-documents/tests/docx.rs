//! What is read of a DOCX file, construct by construct.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod common;

use cchc_documents::{Limits, read_text};
use common::{WORD, codes, document, docx, paragraph, shown, zipped};

/// The body of a document, its lines and the codes of its notes.
#[track_caller]
fn check(body: &str, lines: &[&str], notes: &[&str]) {
    let text = read_text(&docx(body), "a.docx", &Limits::USUAL).unwrap();
    assert_eq!(shown(&text), lines);
    assert_eq!(codes(&text), notes);
}

#[test]
fn runs_are_joined_and_breaks_end_lines() {
    check(
        r#"<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>
           <w:r><w:t>KẾ HO</w:t></w:r><w:r><w:t xml:space="preserve">ẠCH </w:t></w:r><w:r><w:tab/><w:t>a</w:t></w:r></w:p>
           <w:p><w:r><w:t>b</w:t><w:br/><w:t>c</w:t><w:br w:type="page"/><w:t>d</w:t><w:cr/><w:t>e</w:t></w:r></w:p>
           <w:p/><w:p><w:r><w:t>15/KH</w:t><w:noBreakHyphen/><w:t>UBND</w:t><w:softHyphen/><w:t>x &amp; &#272;</w:t></w:r></w:p>"#,
        &["KẾ HOẠCH \ta", "b", "c", "d", "e", "", "15/KH-UBND-x & Đ"],
        &[],
    );
}

#[test]
fn tables_are_cells_and_nested_ones_have_a_number_of_their_own() {
    let cell = |inside: &str| format!("<w:tc><w:tcPr/>{inside}</w:tc>");
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&paragraph("in"))]));
    let table = format!(
        "<w:tbl><w:tblPr/>{}{}</w:tbl>",
        row(&[
            cell(&(paragraph("ỦY BAN") + &paragraph("XÃ"))),
            cell(&paragraph("CỘNG HÒA"))
        ]),
        row(&[
            cell(&(inner + &paragraph("after"))),
            cell(&paragraph("ngày"))
        ]),
    );
    check(
        &(paragraph("a") + &table + &paragraph("b")),
        &[
            "a",
            "0.0.0 ỦY BAN",
            "0.0.0 XÃ",
            "0.0.1 CỘNG HÒA",
            "1.0.0 in",
            "0.1.0 after",
            "0.1.1 ngày",
            "b",
        ],
        &[],
    );
}

#[test]
fn a_cell_that_spans_moves_those_behind_it() {
    check(
        r#"<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>
           <w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>
           <w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#,
        &["0.0.1 a", "0.0.3 b"],
        &[],
    );
}

#[test]
fn headings_and_items_come_from_styles_or_the_paragraph() {
    let styles = format!(
        r#"<w:styles xmlns:w="{WORD}">
        <w:style w:type="paragraph" w:styleId="Tieude"><w:name w:val="heading 2"/></w:style>
        <w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Muc"/><w:basedOn w:val="Tieude"/></w:style>
        <w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="x"/><w:basedOn w:val="Vong"/></w:style>
        <w:style w:type="paragraph" w:styleId="Ds"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>
        </w:styles>"#
    );
    let styled = |properties: &str, text: &str| {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let body = [
        styled(r#"<w:pStyle w:val="Tieude"/>"#, "a"),
        styled(r#"<w:pStyle w:val="Con"/>"#, "b"),
        styled(r#"<w:pStyle w:val="Vong"/>"#, "c"),
        styled(r#"<w:pStyle w:val="Ds"/>"#, "d"),
        styled(
            r#"<w:pStyle w:val="Ds"/><w:numPr><w:numId w:val="0"/></w:numPr>"#,
            "e",
        ),
        styled(
            r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#,
            "f",
        ),
        styled(r#"<w:outlineLvl w:val="0"/>"#, "g"),
        styled(
            r#"<w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="Tieude"/></w:pPr></w:pPrChange>"#,
            "h",
        ),
    ]
    .concat();
    let bytes = zipped(&[
        ("word/document.xml", document(&body).as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
    ]);
    let text = read_text(&bytes, "a.docx", &Limits::USUAL).unwrap();
    assert_eq!(
        shown(&text),
        ["#2 a", "#2 b", "c", "- d", "e", "- f", "#1 g", "h"]
    );
}

#[test]
fn what_is_deleted_is_not_read_and_what_is_inserted_is() {
    check(
        r#"<w:p><w:r><w:t>a</w:t></w:r><w:del w:id="1"><w:r><w:delText>b</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>c</w:t></w:r></w:ins>
           <w:moveFrom><w:r><w:t>d</w:t></w:r></w:moveFrom></w:p>
           <w:p><w:pPr><w:rPr><w:del w:id="3"/></w:rPr></w:pPr><w:r><w:t>e</w:t></w:r></w:p><w:p><w:r><w:t>f</w:t></w:r></w:p>"#,
        &["ac", "ef"],
        &["tracked_changes"],
    );
}

#[test]
fn codes_of_fields_are_not_read_and_their_results_are() {
    check(
        r#"<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DATE</w:instrText></w:r><w:r><w:t>x</w:t></w:r>
           <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>05/02</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>!</w:t></w:r>
           <w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple>
           <w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>control</w:t></w:r></w:sdtContent></w:sdt>
           <m:oMath><m:r><m:t>n+1</m:t></m:r></m:oMath></w:p>"#,
        &["05/02!7linkcontroln+1"],
        &[],
    );
}

#[test]
fn a_text_box_comes_after_its_paragraph_and_once() {
    check(
        r#"<w:p><w:r><w:t>a</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
           <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>b</w:t></w:r></w:p>"#,
        &["ab", "box"],
        &[],
    );
}

#[test]
fn what_is_left_out_is_noted() {
    check(
        r#"<w:p><w:r><w:t>a</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>b</w:t></w:r>
           <w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p><w:altChunk/>"#,
        &["ab"],
        &[
            "hidden_text",
            "part_not_read",
            "footnotes_not_read",
            "pictures_not_read",
        ],
    );
}

#[test]
fn letters_of_an_old_font_are_not_shown_as_others() {
    let old = |text: &str| {
        format!(
            r#"<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>{text}</w:t></w:r>"#
        )
    };
    let long = paragraph("Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập Tự do Hạnh phúc");
    // Two letters of many: told, and noted.
    check(
        &format!("{long}<w:p>{}</w:p>", old("héi x·")),
        &[
            "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập Tự do Hạnh phúc",
            "h\u{fffd}i x\u{fffd}",
        ],
        &["text_unreadable"],
    );
    // A document of them is refused.
    let body = format!("<w:p>{}</w:p>", old("Céng hoµ x· héi chñ nghÜa ViÖt Nam"));
    let fault = read_text(&docx(&body), "a.docx", &Limits::USUAL).unwrap_err();
    assert_eq!(fault.code(), "file_text_unreadable");
    assert!(fault.to_string().contains(".VnTime"), "{fault}");
    // Unicode that names such a font is Unicode.
    check(
        &format!("<w:p>{}</w:p>", old("Cộng hòa xã hội chủ nghĩa")),
        &["Cộng hòa xã hội chủ nghĩa"],
        &[],
    );
}

#[test]
fn signs_of_symbol_fonts_are_told_or_marked() {
    check(
        &(r#"<w:p><w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t>a</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>"#
            .to_owned()
            + &paragraph("một văn bản dài hơn hai mươi chữ cái")),
        &["•a\u{fffd}", "một văn bản dài hơn hai mươi chữ cái"],
        &["text_unreadable"],
    );
}

#[test]
fn the_strict_namespace_and_another_main_part_are_read() {
    let body = r#"<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main" xmlns:w="other"><x:body>
        <x:p><x:r><x:t>a</x:t></x:r></x:p><w:p><w:r><w:t>b</w:t></w:r></w:p></x:body></x:document>"#;
    let relations = r#"<Relationships xmlns="r"><Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/document2.xml"/></Relationships>"#;
    let bytes = zipped(&[
        ("_rels/.rels", relations.as_bytes()),
        ("word/document2.xml", body.as_bytes()),
    ]);
    let text = read_text(&bytes, "a.docx", &Limits::USUAL).unwrap();
    assert_eq!(shown(&text), ["a"]);
}

#[test]
fn a_document_without_text_says_so() {
    let fault = read_text(&docx("<w:p/>"), "a.docx", &Limits::USUAL).unwrap_err();
    assert_eq!(fault.code(), "file_without_text");
}
