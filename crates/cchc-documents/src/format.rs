//! What kind of file some bytes are.
//!
//! The bytes decide; a name only tells apart what bytes cannot: Markdown and tables of comma
//! separated values are plain text to look at. What a name promises is in
//! [`Format::of_name`], so that a file of another kind than its name says can be found.

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Text of a word processor, since 2007.
    Docx,
    /// Portable document.
    Pdf,
    /// Plain text.
    Text,
    /// Plain text with marks of Markdown.
    Markdown,
    /// Comma or semicolon separated values.
    Csv,
    /// Sheets, since 2007.
    Xlsx,
    /// Sheets before 2007.
    Xls,
    /// Sheets of OpenDocument.
    Ods,
    /// Text of OpenDocument.
    Odt,
    /// Text of a word processor before 2007.
    Doc,
    /// Slides, since 2007.
    Pptx,
    /// An office file behind a password.
    Protected,
    /// Another file of the container that office files before 2007 had.
    Ole,
    /// Rich text.
    Rtf,
    /// A web page.
    Html,
    /// XML of no kind known here.
    Xml,
    /// JSON.
    Json,
    /// A picture.
    Png,
    /// A picture.
    Jpeg,
    /// A picture.
    Gif,
    /// A picture, often of a scanner.
    Tiff,
    /// A picture.
    Bmp,
    /// A picture.
    Webp,
    /// An archive of no kind known here.
    Zip,
    /// An archive.
    Rar,
    /// An archive.
    SevenZip,
    /// An archive.
    Gzip,
    /// A program for some machine.
    Executable,
    /// No bytes at all.
    Empty,
    /// None of these.
    Unknown,
}

use Format::*;

/// Name, media type, and usual extensions in lower case.
const TABLE: &[(Format, &str, &str, &[&str])] = &[
    (
        Docx,
        "DOCX",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        &["docx", "docm", "dotx"],
    ),
    (Pdf, "PDF", "application/pdf", &["pdf"]),
    (Text, "text", "text/plain", &["txt", "text", "log"]),
    (Markdown, "Markdown", "text/markdown", &["md", "markdown"]),
    (Csv, "CSV", "text/csv", &["csv", "tsv"]),
    (
        Xlsx,
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        &["xlsx", "xlsm"],
    ),
    (Xls, "XLS", "application/vnd.ms-excel", &["xls"]),
    (
        Ods,
        "ODS",
        "application/vnd.oasis.opendocument.spreadsheet",
        &["ods"],
    ),
    (
        Odt,
        "ODT",
        "application/vnd.oasis.opendocument.text",
        &["odt"],
    ),
    (Doc, "DOC", "application/msword", &["doc", "dot"]),
    (
        Pptx,
        "PPTX",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        &["pptx", "ppsx"],
    ),
    (
        Protected,
        "office file with a password",
        "application/x-ole-storage",
        &[],
    ),
    (Ole, "OLE", "application/x-ole-storage", &["ppt", "msg"]),
    (Rtf, "RTF", "application/rtf", &["rtf"]),
    (Html, "HTML", "text/html", &["html", "htm"]),
    (Xml, "XML", "application/xml", &["xml"]),
    (Json, "JSON", "application/json", &["json"]),
    (Png, "PNG", "image/png", &["png"]),
    (Jpeg, "JPEG", "image/jpeg", &["jpg", "jpeg", "jpe"]),
    (Gif, "GIF", "image/gif", &["gif"]),
    (Tiff, "TIFF", "image/tiff", &["tif", "tiff"]),
    (Bmp, "BMP", "image/bmp", &["bmp"]),
    (Webp, "WebP", "image/webp", &["webp"]),
    (Zip, "ZIP", "application/zip", &["zip"]),
    (Rar, "RAR", "application/vnd.rar", &["rar"]),
    (SevenZip, "7z", "application/x-7z-compressed", &["7z"]),
    (Gzip, "gzip", "application/gzip", &["gz", "tgz"]),
    (
        Executable,
        "program",
        "application/x-executable",
        &["exe", "dll", "com", "scr"],
    ),
    (Empty, "empty file", "application/octet-stream", &[]),
    (Unknown, "unknown", "application/octet-stream", &[]),
];

/// First bytes, and what they show.
const MAGIC: &[(&[u8], Format)] = &[
    (b"{\\rtf", Rtf),
    (b"\x89PNG\r\n\x1a\n", Png),
    (b"\xff\xd8\xff", Jpeg),
    (b"GIF87a", Gif),
    (b"GIF89a", Gif),
    (b"II*\0", Tiff),
    (b"MM\0*", Tiff),
    (b"Rar!\x1a\x07", Rar),
    (b"7z\xbc\xaf\x27\x1c", SevenZip),
    (b"\x1f\x8b\x08", Gzip),
    (b"MZ", Executable),
    (b"\x7fELF", Executable),
    (b"\xcf\xfa\xed\xfe", Executable),
    (b"\xca\xfe\xba\xbe", Executable),
];

/// How many bytes at the head and at the foot of a container are looked through for names.
const LOOKED_AT: usize = 512 << 10;

impl Format {
    /// The kinds of sheets, which have no header.
    pub(crate) const SHEETS: [Format; 4] = [Csv, Xlsx, Xls, Ods];

    /// Its name, such as `DOCX`.
    pub fn name(self) -> &'static str {
        self.row().map_or("unknown", |row| row.1)
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        self.row().map_or("application/octet-stream", |row| row.2)
    }

    /// Endings that its files usually have, in lower case, without the point.
    pub fn extensions(self) -> &'static [&'static str] {
        self.row().map_or(&[], |row| row.3)
    }

    fn row(self) -> Option<&'static (Format, &'static str, &'static str, &'static [&'static str])> {
        TABLE.iter().find(|row| row.0 == self)
    }

    /// Whether [`crate::read_text`] reads it.
    pub fn is_read_as_text(self) -> bool {
        matches!(self, Docx | Pdf | Text | Markdown)
    }

    /// What the ending of a name promises; `None` for one that is not known or missing.
    pub fn of_name(name: &str) -> Option<Format> {
        let (stem, ending) = name.rsplit_once('.')?;
        if stem.is_empty() {
            return None;
        }
        let ending = ending.to_lowercase();
        let row = TABLE.iter().find(|row| row.3.contains(&ending.as_str()))?;
        Some(row.0)
    }

    /// What the bytes are. The name is asked only where they are plain text.
    ///
    /// Looks at no more than the first and last half MiB.
    pub fn of(bytes: &[u8], name: &str) -> Format {
        if bytes.is_empty() {
            return Empty;
        }
        if let Some((_, format)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
            // A text may begin with these two letters.
            if *format != Executable || !bytes.starts_with(b"MZ") || !looks_like_text(bytes) {
                return *format;
            }
        }
        if bytes.starts_with(b"BM") && !looks_like_text(bytes) {
            return Bmp;
        }
        if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
            return Webp;
        }
        // Some programs write a few bytes before the mark, and viewers let them.
        if head(bytes, 1_024).windows(5).any(|it| it == b"%PDF-") {
            return Pdf;
        }
        if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
            return in_zip(bytes);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return in_ole(bytes);
        }
        if looks_like_text(bytes) {
            return in_text(bytes, name);
        }
        Unknown
    }
}

/// The media type that the bytes are of; the name as for [`Format::of`].
pub fn media_type(bytes: &[u8], name: &str) -> &'static str {
    Format::of(bytes, name).media_type()
}

fn head(bytes: &[u8], most: usize) -> &[u8] {
    bytes.get(..most).unwrap_or(bytes)
}

fn tail(bytes: &[u8], most: usize) -> &[u8] {
    bytes
        .get(bytes.len().saturating_sub(most)..)
        .unwrap_or(bytes)
}

/// Whether some bytes stand near the head or the foot.
fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    let inside = |part: &[u8]| part.windows(wanted.len()).any(|it| it == wanted);
    inside(head(bytes, LOOKED_AT)) || (bytes.len() > LOOKED_AT && inside(tail(bytes, LOOKED_AT)))
}

/// Names of parts stand unpacked in the directory at the foot, and before each part.
fn in_zip(bytes: &[u8]) -> Format {
    let start = head(bytes, 256);
    let mimetype = |wanted: &[u8]| start.windows(wanted.len()).any(|it| it == wanted);
    if mimetype(b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet") {
        return Ods;
    }
    if mimetype(b"mimetypeapplication/vnd.oasis.opendocument.text") {
        return Odt;
    }
    if has(bytes, b"word/document") {
        Docx
    } else if has(bytes, b"xl/workbook") {
        Xlsx
    } else if has(bytes, b"ppt/presentation") {
        Pptx
    } else {
        Zip
    }
}

/// The directory of the container has its names in UTF-16.
fn in_ole(bytes: &[u8]) -> Format {
    let named = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        has(bytes, &wide)
    };
    if named("EncryptedPackage") {
        Protected
    } else if named("WordDocument") {
        Doc
    } else if named("Workbook") || named("Book\0") {
        Xls
    } else {
        Ole
    }
}

/// Bytes without the control characters that texts never have, or with a mark of UTF-16.
fn looks_like_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    !head(bytes, LOOKED_AT)
        .iter()
        .any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
}

fn in_text(bytes: &[u8], name: &str) -> Format {
    let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let start = head(start, 1_024).trim_ascii_start().to_ascii_lowercase();
    if start.starts_with(b"<!doctype html") || start.starts_with(b"<html") {
        return Html;
    }
    if start.starts_with(b"<?xml") {
        let html = start.windows(5).any(|it| it == b"<html");
        return if html { Html } else { Xml };
    }
    match Format::of_name(name) {
        Some(format @ (Markdown | Csv | Json)) => format,
        _ => Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], name: &str, expected: Format) {
        assert_eq!(Format::of(bytes, name), expected, "{name}");
    }

    #[test]
    fn the_bytes_decide_and_the_name_only_among_texts() {
        check(b"", "a.pdf", Empty);
        check(b"%PDF-1.7\n", "a.docx", Pdf);
        check(b"\n\n%PDF-1.7\n", "a.pdf", Pdf);
        check(b"PK\x03\x04....word/document.xml", "a.pdf", Docx);
        check(b"PK\x03\x04....word/document2.xml", "a.docx", Docx);
        check(b"PK\x03\x04....xl/workbook.xml", "a.docx", Xlsx);
        check(b"PK\x03\x04....x", "a.docx", Zip);
        check(b"\x89PNG\r\n\x1a\n..", "a.pdf", Png);
        check(b"\xff\xd8\xff\xe0", "a.pdf", Jpeg);
        check(b"{\\rtf1\\ansi", "a.doc", Rtf);
        check(b"MZ\x90\0\x03", "a.docx", Executable);
        check("MZ là hai chữ".as_bytes(), "a.txt", Text);
        check(b"\xef\xbb\xbf <!DOCTYPE html>", "a.txt", Html);
        check(b"<?xml version='1.0'?><a/>", "a.txt", Xml);
        check(b"# a", "a.md", Markdown);
        check(b"# a", "a.docx", Text);
        check(b"a;b", "a.csv", Csv);
        check(b"a\0b\x01", "a.txt", Unknown);
        check(b"\xff\xfea\0", "a.txt", Text);
    }

    #[test]
    fn files_of_the_old_container_are_told_apart_by_their_streams() {
        for (stream, expected) in [
            ("WordDocument", Doc),
            ("Workbook", Xls),
            ("EncryptedPackage", Protected),
            ("Other", Ole),
        ] {
            let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
            bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            check(&bytes, "a.doc", expected);
        }
    }

    #[test]
    fn every_format_has_one_row_and_no_ending_stands_twice() {
        let mut endings: Vec<&str> = TABLE.iter().flat_map(|row| row.3).copied().collect();
        let all = endings.len();
        endings.sort_unstable();
        endings.dedup();
        assert_eq!(endings.len(), all);
        for row in TABLE {
            assert_eq!(TABLE.iter().filter(|it| it.0 == row.0).count(), 1);
        }
        assert_eq!(Format::of_name("KH 15.DOCX"), Some(Docx));
        assert_eq!(Format::of_name(".pdf"), None);
        assert_eq!(Format::of_name("a"), None);
    }
}
