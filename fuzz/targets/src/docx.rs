//! DOCX: a main part, which is packed here, or a whole file.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::texts::read;

/// Runs the target.
pub fn run(bytes: &[u8]) {
    read(bytes, "a.docx");
    if !bytes.starts_with(b"PK")
        && let Some(file) = packed(bytes)
    {
        read(&file, "a.docx");
    }
}

fn packed(part: &[u8]) -> Option<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    zip.start_file("word/document.xml", options).ok()?;
    zip.write_all(part).ok()?;
    Some(zip.finish().ok()?.into_inner())
}
