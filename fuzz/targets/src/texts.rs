//! What holds of every text that a reader gives, and of every fault.

use cchc_core::reading::Spot;
use cchc_documents::text::Layout;
use cchc_documents::{Limits, ReadFault, Text, read_text};
use unicode_normalization::is_nfc;

/// Limits that a small input can reach.
const SMALL: Limits = Limits {
    bytes: 1 << 20,
    unpacked: 4 << 20,
    parts: 64,
    depth: 64,
    pages: 50,
    lines: 5_000,
    characters: 100_000,
    files: 10,
};

/// Reads twice, and asserts what must hold.
pub(crate) fn read(bytes: &[u8], name: &str) {
    let result = read_text(bytes, name, &SMALL);
    assert_eq!(
        result,
        read_text(bytes, name, &SMALL),
        "two readings differ"
    );
    match result {
        Ok(text) => sound(&text),
        Err(fault) => told(&fault),
    }
}

fn sound(text: &Text) {
    assert!(text.lines.len() <= SMALL.lines, "{}", text.lines.len());
    let mut before = 0;
    let mut page = None;
    let mut characters = 0;
    for line in &text.lines {
        characters += line.text.chars().count();
        assert!(is_nfc(&line.text), "{:?} is not in normal form", line.text);
        let odd = |c: char| c.is_control() && c != '\t';
        assert!(!line.text.contains(odd), "{:?}", line.text);
        assert!(line.number >= before && line.number > 0, "{line:?}");
        assert!(line.page >= page, "{line:?}");
        assert!(line.layout != Layout::Heading(0), "{line:?}");
        before = line.number;
        page = line.page;
    }
    assert!(characters <= SMALL.characters, "{characters}");
    for note in &text.notes {
        assert!(!note.code.is_empty() && !note.remedy.is_empty());
        if let Spot::Line { line, column, .. } = note.at {
            // A page without text stands before the line that comes next.
            assert!(line > 0 && column > 0 && line <= before + 1, "{note:?}");
        }
    }
}

fn told(fault: &ReadFault) {
    let said = fault.to_string();
    assert!(said.len() < 600, "{said}");
    let observation = fault.observation();
    assert_eq!(observation.code, fault.code());
}
