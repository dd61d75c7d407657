//! A document as DOCX: WordprocessingML, the few parts that Word and LibreOffice ask for.
//!
//! Page, margins, font and sizes are those of Nghị định 30/2020/NĐ-CP, appendix I: A4, 20 mm
//! above and below, 30 mm left, 15 mm right, Times New Roman 13 and 14, the number of the page
//! above the text from the second page on. The bytes depend on the document alone: no clock,
//! no name of a user.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::document::{Block, Document, Line, Look, Words};
use crate::layout::clean;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const PART_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>"#;

/// The number of the page, which Word fills in; the first page has none.
const HEADER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:t>2</w:t></w:r><w:r><w:rPr><w:sz w:val="26"/></w:rPr><w:fldChar w:fldCharType="end"/></w:r></w:p></w:hdr>"#;

const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="Times New Roman" w:cs="Times New Roman"/><w:sz w:val="28"/><w:szCs w:val="28"/><w:lang w:val="vi-VN" w:eastAsia="vi-VN"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before="0" w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="160" w:after="80"/><w:ind w:firstLine="567"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading2"><w:name w:val="heading 2"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="60"/><w:ind w:firstLine="567"/><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/></w:rPr></w:style><w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="80" w:after="60"/><w:ind w:firstLine="567"/><w:jc w:val="both"/><w:outlineLvl w:val="2"/></w:pPr><w:rPr><w:b/></w:rPr></w:style></w:styles>"#;

/// The document as the bytes of a DOCX file.
///
/// # Errors
///
/// Where the archive passes the limits of its format; no plan comes near them.
pub fn docx(document: &Document) -> Result<Vec<u8>, ZipError> {
    let core = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title><dc:language>vi-VN</dc:language></cp:coreProperties>"#,
        escaped(&document.title)
    );
    let main = main_part(document);
    let parts = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELATIONS),
        ("word/document.xml", main.as_str()),
        ("word/_rels/document.xml.rels", PART_RELATIONS),
        ("word/styles.xml", STYLES),
        ("word/header1.xml", HEADER),
        ("docProps/core.xml", core.as_str()),
    ];
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        archive.start_file(name, options)?;
        archive.write_all(text.as_bytes())?;
    }
    Ok(archive.finish()?.into_inner())
}

fn main_part(document: &Document) -> String {
    let mut body = String::new();
    for block in &document.blocks {
        match block {
            Block::Columns(left, right) => columns(&mut body, left, right),
            Block::Title(text) => paragraph(
                &mut body,
                r#"<w:spacing w:before="120" w:after="60"/><w:jc w:val="center"/>"#,
                &run("<w:b/>", text),
            ),
            Block::Heading(level, text) => {
                let style = (*level).clamp(1, 3);
                let properties = format!(r#"<w:pStyle w:val="Heading{style}"/>"#);
                paragraph(&mut body, &properties, &run("<w:b/>", text));
            }
            Block::Paragraph(words) => paragraph(&mut body, TEXT, &runs(words, "")),
            Block::Item(words) => paragraph(&mut body, TEXT, &runs(words, "- ")),
            Block::Table { widths, rows } => table(&mut body, widths, rows),
        }
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701" w:header="567" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>"#
    )
}

/// A paragraph of the text: the first line set in, both edges even.
const TEXT: &str =
    r#"<w:spacing w:before="60" w:after="60"/><w:ind w:firstLine="567"/><w:jc w:val="both"/>"#;

fn paragraph(out: &mut String, properties: &str, runs: &str) {
    out.push_str(&format!("<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"));
}

fn runs(words: &Words, mark: &str) -> String {
    let mut out = String::new();
    if !mark.is_empty() {
        out.push_str(&run("", mark));
    }
    if !words.bold.is_empty() {
        out.push_str(&run("<w:b/>", &words.bold));
        if !words.text.is_empty() {
            out.push_str(&run("", " "));
        }
    }
    if !words.text.is_empty() {
        out.push_str(&run("", &words.text));
    }
    out
}

fn run(properties: &str, text: &str) -> String {
    format!(
        r#"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>"#,
        escaped(text)
    )
}

/// Twentieths of a point between the margins.
const LINE: u32 = 9354;

/// A table with borders, its head bold and repeated on every page.
fn table(out: &mut String, widths: &[u8], rows: &[Vec<String>]) {
    let border =
        |side: &str| format!(r#"<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>"#);
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border);
    let widths: Vec<u32> = widths
        .iter()
        .map(|it| LINE * u32::from(*it) / 100)
        .collect();
    let grid = widths
        .iter()
        .map(|it| format!(r#"<w:gridCol w:w="{it}"/>"#));
    out.push_str(&format!(
        r#"<w:tbl><w:tblPr><w:tblW w:w="{LINE}" w:type="dxa"/><w:tblBorders>{}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{}</w:tblGrid>"#,
        borders.concat(),
        grid.collect::<String>()
    ));
    for (row, place) in rows.iter().zip(0..) {
        let head = place == 0;
        out.push_str("<w:tr><w:trPr><w:cantSplit/>");
        out.push_str(if head { "<w:tblHeader/>" } else { "" });
        out.push_str("</w:trPr>");
        for (index, cell) in row.iter().enumerate() {
            let width = widths.get(index).copied().unwrap_or(LINE / 10);
            let side = match (head, index) {
                (true, _) | (_, 0) => "center",
                (_, 1) => "left",
                _ => "right",
            };
            let look = if head {
                r#"<w:b/><w:sz w:val="26"/>"#
            } else {
                r#"<w:sz w:val="26"/>"#
            };
            out.push_str(&format!(
                r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#
            ));
            paragraph(out, &format!(r#"<w:jc w:val="{side}"/>"#), &run(look, cell));
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    // Two tables that touch would be one.
    paragraph(out, "", "");
}

/// Two cells without borders, the left one narrower.
fn columns(out: &mut String, left: &[Line], right: &[Line]) {
    out.push_str(
        r#"<w:tbl><w:tblPr><w:tblW w:w="9354" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="3500"/><w:gridCol w:w="5854"/></w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>"#,
    );
    for (width, lines) in [(3500, left), (5854, right)] {
        out.push_str(&format!(
            r#"<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>"#
        ));
        for line in lines {
            column_line(out, line);
        }
        // A cell without a paragraph is no cell.
        if lines.is_empty() {
            out.push_str("<w:p/>");
        }
        out.push_str("</w:tc>");
    }
    out.push_str("</w:tr></w:tbl>");
}

fn column_line(out: &mut String, line: &Line) {
    const CENTRE: &str = r#"<w:jc w:val="center"/>"#;
    const LEFT: &str = r#"<w:jc w:val="left"/>"#;
    let (place, look) = match line.look {
        Look::Plain => (CENTRE, r#"<w:sz w:val="26"/>"#),
        Look::Bold => (CENTRE, r#"<w:b/><w:sz w:val="24"/>"#),
        Look::Ruled => (CENTRE, r#"<w:b/><w:sz w:val="26"/>"#),
        Look::Italic => (CENTRE, r#"<w:i/><w:sz w:val="26"/>"#),
        Look::Label => (LEFT, r#"<w:b/><w:i/><w:sz w:val="24"/>"#),
        Look::Small => (LEFT, r#"<w:sz w:val="22"/>"#),
    };
    paragraph(out, place, &run(look, &line.text));
    if line.look == Look::Ruled {
        // The rule is the upper border of a low paragraph, a third of the column wide.
        out.push_str(
            r#"<w:p><w:pPr><w:pBdr><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr><w:spacing w:before="40" w:line="120" w:lineRule="exact"/><w:ind w:left="1200" w:right="1200"/></w:pPr></w:p>"#,
        );
    }
}

/// A text for XML, without characters that XML does not have.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
