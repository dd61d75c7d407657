//! Files that a command writes: told by their ending, never half written.

use std::io::Write;
use std::path::Path;

use cchc_core::json::{Fault, Phrase};
use cchc_report::{Document, docx};

use crate::input::{failure, unreadable};

/// The ending of a name, in lower case.
pub(crate) fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?;
    Some(ending.to_string_lossy().to_lowercase())
}

/// A file whose name has another ending than a command writes.
pub(crate) fn other_ending(path: &Path, expected: impl Into<Phrase>) -> Fault {
    Fault {
        expected: expected.into(),
        ..unreadable(&path.display().to_string(), "another ending")
    }
}

/// A document as the bytes of a DOCX file.
pub(crate) fn docx_bytes(path: &Path, document: &Document) -> Result<Vec<u8>, Vec<Fault>> {
    docx(document).map_err(|error| vec![unwritable(path, &std::io::Error::from(error))])
}

/// Writes a file beside its place, then moves it there: a reader never sees half of it.
pub(crate) fn save(path: &Path, bytes: &[u8]) -> Result<(), Vec<Fault>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let written = std::fs::File::create_new(&beside)
        .and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()))
        .and_then(|()| std::fs::rename(&beside, path));
    if written.is_err() {
        // What could not be finished is not left behind; that it cannot be removed either
        // changes nothing about the answer.
        let _ = std::fs::remove_file(&beside);
    }
    written.map_err(|error| vec![unwritable(path, &error)])
}

fn unwritable(path: &Path, error: &std::io::Error) -> Fault {
    Fault {
        expected: "a file that can be written".into(),
        ..unreadable(&path.display().to_string(), failure(error))
    }
}
