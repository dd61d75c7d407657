//! A folder of documents: the one place that opens files.
//!
//! [`walk`] lists a folder and its folders without opening a file; [`Walk::open`] reads one
//! of them, whole, within the limits, from any thread; [`Walk::open_all`] reads them in order
//! and tells its progress. One bad file never stops the rest: it has a fault of its own.
//!
//! Only regular files inside the folder are read. Links, devices, hidden and temporary files
//! are left out, each with a note. Names are shown and looked up in normal form C, since
//! some systems store `ộ` as three characters. Nothing is written.

#![expect(
    clippy::disallowed_types,
    reason = "this module alone opens files, to read them"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};
use cchc_core::values::nfc;

use crate::{Format, Limits, ReadFault, Text, digest, read_text};

/// The files of a folder, before any was opened.
#[derive(Clone, Debug)]
pub struct Walk {
    root: PathBuf,
    limits: Limits,
    /// Files by name, sorted; each name once.
    pub files: Vec<Found>,
    /// What was left out, and names that stand twice; by name, sorted.
    pub notes: Vec<Noted>,
}

/// A file that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name from the folder on, in normal form C, folders parted by `/`.
    pub name: String,
    /// Its size in bytes, as the folder has it.
    pub size: u64,
    path: PathBuf,
}

/// A note about a name of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// The name, as for [`Found::name`].
    pub name: String,
    /// What there is to say.
    pub note: Observation,
}

/// A file that was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Its name, as for [`Found::name`].
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// `sha256:` and its digest; `None` if its bytes were not read.
    pub digest: Option<String>,
    /// What its bytes are; `None` if they were not read.
    pub format: Option<Format>,
    /// What it says, or why it says nothing.
    pub text: Result<Text, ReadFault>,
}

/// Deepest folders inside folders.
const DEPTH: usize = 16;

/// Lists the files of a folder.
///
/// # Errors
///
/// [`ReadFault::NotOpened`] where the folder cannot be listed, [`ReadFault::TooMuch`] over
/// the limit of files or of depth.
pub fn walk(root: &Path, limits: &Limits) -> Result<Walk, ReadFault> {
    // The folder that is asked for may itself be a link; what is below it may not.
    let root = fs::canonicalize(root).map_err(not_opened)?;
    let mut walk = Walk {
        root: root.clone(),
        limits: *limits,
        files: Vec::new(),
        notes: Vec::new(),
    };
    let mut seen = 0usize;
    let mut next = vec![(root, String::new(), 0usize)];
    while let Some((folder, before, depth)) = next.pop() {
        if depth > DEPTH {
            return Err(too_much("depth", DEPTH));
        }
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(not_opened(error)),
            Err(error) => {
                let fault = not_opened(error).observation();
                walk.note(before.trim_end_matches('/'), fault);
                continue;
            }
        };
        for entry in entries {
            seen += 1;
            if seen > limits.files {
                return Err(too_much("files", limits.files));
            }
            let entry = entry.map_err(not_opened)?;
            let own = entry.file_name();
            let shown = own.to_string_lossy();
            let name = format!("{before}{}", nfc(&shown));
            let left_out = |code| Observation::new(code, Severity::Note, Spot::File {}, "none");
            // Of the entry itself: a link is a link here, whatever it leads to.
            let kind = entry.file_type().map_err(not_opened)?;
            if kind.is_symlink() {
                let note = Observation::new(
                    "link_left_out",
                    Severity::Warning,
                    Spot::File {},
                    "attach_the_file",
                );
                walk.note(&name, note);
            } else if is_temporary(&shown) {
                walk.note(&name, left_out("temporary_left_out"));
            } else if shown.starts_with('.') {
                walk.note(&name, left_out("hidden_left_out"));
            } else if kind.is_dir() {
                next.push((entry.path(), format!("{name}/"), depth + 1));
            } else if kind.is_file() {
                if own.to_str().is_none() {
                    let note = Observation::new(
                        "name_not_unicode",
                        Severity::Warning,
                        Spot::File {},
                        "rename_file",
                    );
                    walk.note(&name, note);
                }
                let size = entry.metadata().map_err(not_opened)?.len();
                walk.files.push(Found {
                    name,
                    size,
                    path: entry.path(),
                });
            } else {
                walk.note(&name, left_out("special_left_out"));
            }
        }
    }
    walk.files
        .sort_by(|a, b| (&a.name, &a.path).cmp(&(&b.name, &b.path)));
    walk.same_names();
    walk.notes.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(walk)
}

/// What programs leave beside documents.
fn is_temporary(name: &str) -> bool {
    let small = name.to_lowercase();
    name.starts_with("~$")
        || name.starts_with(".~")
        || name.ends_with('~')
        || [".tmp", ".bak", ".swp", ".part", ".crdownload"]
            .iter()
            .any(|ending| small.ends_with(ending))
        || ["thumbs.db", "desktop.ini", ".ds_store"].contains(&small.as_str())
}

fn not_opened(error: std::io::Error) -> ReadFault {
    ReadFault::NotOpened {
        found: error.kind().to_string(),
    }
}

fn too_much(what: &'static str, most: usize) -> ReadFault {
    ReadFault::TooMuch {
        what,
        most: u64::try_from(most).unwrap_or(u64::MAX),
    }
}

impl Walk {
    fn note(&mut self, name: &str, note: Observation) {
        self.notes.push(Noted {
            name: name.to_owned(),
            note,
        });
    }

    /// Files whose names differ only in how their letters are stored; the first one stays.
    fn same_names(&mut self) {
        let mut known = BTreeSet::new();
        let mut twice = Vec::new();
        self.files.retain(|file| {
            let first = known.insert(file.name.clone());
            if !first {
                twice.push(file.name.clone());
            }
            first
        });
        for name in twice {
            let note = Observation::new(
                "same_name_twice",
                Severity::Warning,
                Spot::File {},
                "rename_file",
            );
            self.note(&name, note);
        }
    }

    /// Where the file of a name stands in [`Walk::files`]; the name may be in any normal
    /// form and with `\` between folders. A name that leads outside is none of them.
    pub fn find(&self, name: &str) -> Option<usize> {
        let name = nfc(&name.replace('\\', "/"));
        let name = name.strip_prefix("./").unwrap_or(&name);
        self.files
            .binary_search_by(|file| file.name.as_str().cmp(name))
            .ok()
    }

    /// Opens a file. May be called from several threads at once.
    ///
    /// `None` if there are not so many files.
    pub fn open(&self, index: usize) -> Option<Opened> {
        let found = self.files.get(index)?;
        let mut opened = Opened {
            name: found.name.clone(),
            size: found.size,
            digest: None,
            format: None,
            text: Err(ReadFault::Empty),
        };
        match self.bytes(found) {
            Ok(bytes) => {
                opened.size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
                opened.digest = Some(digest(&bytes));
                opened.format = Some(Format::of(&bytes, &found.name));
                opened.text = read_text(&bytes, &found.name, &self.limits);
            }
            Err(fault) => opened.text = Err(fault),
        }
        Some(opened)
    }

    /// Opens every file in order, and tells after each how many are done.
    pub fn open_all(&self, mut progress: impl FnMut(usize, &Opened)) -> Vec<Opened> {
        let mut all = Vec::with_capacity(self.files.len());
        for index in 0..self.files.len() {
            if let Some(opened) = self.open(index) {
                progress(index + 1, &opened);
                all.push(opened);
            }
        }
        all
    }

    /// The bytes of a file, for readers of other formats.
    ///
    /// # Errors
    ///
    /// [`ReadFault::NotOpened`] where the disk does not give it, [`ReadFault::TooMuch`] over
    /// the limit of bytes.
    pub fn bytes_of(&self, index: usize) -> Option<Result<Vec<u8>, ReadFault>> {
        Some(self.bytes(self.files.get(index)?))
    }

    fn bytes(&self, found: &Found) -> Result<Vec<u8>, ReadFault> {
        // Between the listing and now a link may have been put in the way.
        let path = fs::canonicalize(&found.path).map_err(not_opened)?;
        let inside = path.starts_with(&self.root) && path == found.path;
        let kind = fs::symlink_metadata(&path).map_err(not_opened)?;
        if !inside || !kind.is_file() {
            return Err(ReadFault::NotOpened {
                found: "another file than was listed".to_owned(),
            });
        }
        let over = || too_much("bytes", self.limits.bytes);
        let most = u64::try_from(self.limits.bytes).unwrap_or(u64::MAX);
        if kind.len() > most {
            return Err(over());
        }
        let file = fs::File::open(&path).map_err(not_opened)?;
        let mut bytes = Vec::new();
        let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(not_opened)?;
        if bytes.len() > self.limits.bytes {
            return Err(over());
        }
        Ok(bytes)
    }
}

/// Files with the same bytes: places in the list, each group of two or more in order. Empty
/// files are not told of.
pub fn identical(files: &[Opened]) -> Vec<Vec<usize>> {
    let mut by_digest: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, file) in files.iter().enumerate() {
        if let Some(digest) = file.digest.as_deref().filter(|_| file.size > 0) {
            by_digest.entry(digest).or_default().push(index);
        }
    }
    let mut groups: Vec<Vec<usize>> = by_digest
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort();
    groups
}
