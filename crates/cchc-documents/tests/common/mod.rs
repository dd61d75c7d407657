//! Small files made in memory, for the tests of readers.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "shared by tests, which fail by panicking; not each uses all of it"
)]

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use cchc_documents::Text;
use cchc_documents::text::Layout;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub(crate) fn attachments() -> PathBuf {
    root().join("fixtures/submissions/son-thuong-2024/attachments")
}

/// A zip of parts, packed.
pub(crate) fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

pub(crate) const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The main part around what stands in the body.
pub(crate) fn document(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{WORD}"
xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>{body}</w:body></w:document>"#
    )
}

pub(crate) fn docx(body: &str) -> Vec<u8> {
    zipped(&[("word/document.xml", document(body).as_bytes())])
}

/// A paragraph of one run.
pub(crate) fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// A PDF of these objects, numbered from 1; the first one is the root.
pub(crate) fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(out.len());
        out.extend(format!("{number} 0 obj\n").bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let index = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    for place in &places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = places.len() + 1;
    out.extend(
        format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{index}\n%%EOF\n").bytes(),
    );
    out
}

/// A stream as it stands.
pub(crate) fn stream(dictionary: &str, bytes: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dictionary}/Length {}>>stream\n", bytes.len()).into_bytes();
    out.extend(bytes);
    out.extend(b"\nendstream");
    out
}

/// A PDF of one page with the font `/F` and this content.
pub(crate) fn page(font: &str, content: &[u8], more: &[Vec<u8>]) -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>>>".to_vec(),
        stream("", content),
        font.as_bytes().to_vec(),
    ];
    objects.extend(more.iter().cloned());
    pdf(&objects)
}

pub(crate) const HELVETICA: &str =
    "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

/// Lines as text, each with a mark of its place: `#1` a heading, `-` an item, `0.1.2` a cell.
pub(crate) fn shown(text: &Text) -> Vec<String> {
    let lines = text.lines.iter().map(|line| match line.layout {
        Layout::Body => line.text.clone(),
        Layout::Heading(level) => format!("#{level} {}", line.text),
        Layout::Item => format!("- {}", line.text),
        Layout::Cell { table, row, column } => format!("{table}.{row}.{column} {}", line.text),
    });
    lines.collect()
}

pub(crate) fn codes(text: &Text) -> Vec<&'static str> {
    text.notes.iter().map(|note| note.code).collect()
}
