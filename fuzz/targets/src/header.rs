//! Headers of documents: any text is read without a panic, and says the same twice.

use cchc_documents::{Text, read_header};

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let text = Text::of_lines(&String::from_utf8_lossy(bytes));
    let header = read_header(&text);
    assert_eq!(header, read_header(&text));
    let told = |field: &str| {
        header
            .findings
            .iter()
            .any(|it| it.field == Some(field) || it.code == "header_not_found")
    };
    assert!(header.number.is_some() || told("number"));
    assert!(header.symbol.is_some() || told("symbol"));
    assert!(header.date.is_some() || told("date"));
    assert!(header.kind.is_some() || told("kind"));
    assert!(header.issuer.is_some() || told("issuer"));
}
