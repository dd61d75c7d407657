//! One file of a person, read within the limits.

use std::io::Read;
use std::path::Path;

use cchc_documents::{Limits, ReadFault, Text, read_text};

/// Reads one file within the limits.
pub(crate) fn read_file(path: &Path) -> Result<Text, ReadFault> {
    let limits = Limits::USUAL;
    let not_opened = |error: std::io::Error| ReadFault::NotOpened {
        found: error.kind().to_string(),
    };
    let most = u64::try_from(limits.bytes).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(not_opened)?;
    // A device or a pipe has no end.
    if !file.metadata().map_err(not_opened)?.is_file() {
        return Err(ReadFault::NotOpened {
            found: "no regular file".to_owned(),
        });
    }
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(not_opened)?;
    if bytes.len() > limits.bytes {
        return Err(ReadFault::TooMuch {
            what: "bytes",
            most,
        });
    }
    let name = path.file_name().map(|it| it.to_string_lossy());
    read_text(&bytes, &name.unwrap_or_default(), &limits)
}
