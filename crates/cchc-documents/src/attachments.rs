//! The attachments of a submission against its register.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cchc_core::answer::Severity;
use cchc_core::facts::Document;
use cchc_core::reading::{FileCheck, Header, Observation, Spot};
use chrono::NaiveDate;

use crate::compare::{File, Found, across, compare};
use crate::folder::{Opened, Walk, walk};
use crate::{Format, Limits, ReadFault, Text, read_header};

/// Folder of attachments inside the folder of a submission.
const ATTACHMENTS: &str = "attachments";

/// The header of a text, with what the file itself says of it.
pub fn header_of(text: &Text) -> Header {
    let mut header = read_header(text);
    header.findings.extend(text.notes.iter().cloned());
    header
}

/// A note where a file's bytes are of another kind than its name says.
pub fn misnamed(opened: &Opened) -> Option<Observation> {
    let found = opened.format?;
    let named = Format::of_name(&opened.name)?;
    let note = Observation::new(
        "file_other_format",
        Severity::Warning,
        Spot::File {},
        "rename_file",
    );
    (found != named && found != Format::Empty)
        .then(|| note.with("found", found.name()).with("named", named.name()))
}

/// Opens the files that a register names, below `folder`, and compares each with its record.
///
/// A name is looked for from the folder on, then inside its folder `attachments`. A register
/// that names no file is not checked against any. Files of the folder of attachments that no
/// record names are told too. `progress` is called after each record.
pub fn check_attachments(
    folder: &Path,
    documents: &[Document],
    limits: &Limits,
    mut progress: impl FnMut(),
) -> Vec<FileCheck> {
    if documents.iter().all(|it| it.file.is_none()) {
        return Vec::new();
    }
    let walked = match walk(folder, limits) {
        Ok(walked) => walked,
        Err(fault) => {
            return vec![FileCheck {
                document: None,
                file: Some(folder.display().to_string()),
                comparison: None,
                agrees: Vec::new(),
                observations: vec![fault.observation()],
            }];
        }
    };
    let mut seen: BTreeMap<usize, (Opened, Option<Header>)> = BTreeMap::new();
    let places: Vec<Option<usize>> = documents
        .iter()
        .map(|document| {
            let place = document.file.as_deref().and_then(|it| find(&walked, it));
            if let Some(place) = place
                && !seen.contains_key(&place)
                && let Some(opened) = walked.open(place)
            {
                let header = opened.text.as_ref().ok().map(header_of);
                seen.insert(place, (opened, header));
            }
            progress();
            place
        })
        .collect();
    let found = |place: &Option<usize>| place.and_then(|it| seen.get(&it));
    let mut checks: Vec<FileCheck> = documents
        .iter()
        .zip(&places)
        .map(|(document, place)| match found(place) {
            Some((opened, header)) => check_one(document, opened, header.as_ref()),
            None => without_file(document),
        })
        .collect();
    let digests: Vec<Option<&str>> = places
        .iter()
        .map(|place| found(place).and_then(|(opened, _)| opened.digest.as_deref()))
        .collect();
    let headers: Vec<Option<&Header>> = places
        .iter()
        .map(|place| found(place).and_then(|(_, header)| header.as_ref()))
        .collect();
    across(documents, &mut checks, &digests, &headers);
    checks.extend(unregistered(&walked, &places, documents));
    checks
}

/// A file by its name in the register: from the folder of the submission on, or inside its
/// folder of attachments.
fn find(walked: &Walk, name: &str) -> Option<usize> {
    walked
        .find(name)
        .or_else(|| walked.find(&format!("{ATTACHMENTS}/{name}")))
}

fn check_one(document: &Document, opened: &Opened, header: Option<&Header>) -> FileCheck {
    let why = opened.text.as_ref().err().map(ReadFault::observation);
    let other = matches!(opened.text, Err(ReadFault::UnknownFormat { .. }))
        && opened.format.is_some_and(is_shown);
    let found = match (header, &why) {
        (Some(header), _) => Found::Header(header),
        (None, Some(_)) if other => Found::Other,
        (None, Some(why)) => Found::Unreadable(why),
        (None, None) => Found::Other,
    };
    let mut check = compare(
        document,
        &File {
            name: &opened.name,
            digest: opened.digest.as_deref().unwrap_or_default(),
            found,
        },
    );
    check.observations.extend(misnamed(opened));
    check
}

/// Sheets and pictures are evidence without a header: what they show is for people to see.
fn is_shown(format: Format) -> bool {
    Format::SHEETS.contains(&format)
        || matches!(
            format,
            Format::Png | Format::Jpeg | Format::Gif | Format::Webp | Format::Bmp
        )
}

fn without_file(document: &Document) -> FileCheck {
    let observation = match &document.file {
        Some(file) => {
            let outside = file.contains("..") || Path::new(file).is_absolute();
            let (code, remedy) = if outside {
                ("file_outside", "move_file")
            } else {
                ("file_not_found", "attach_file")
            };
            Observation::new(code, Severity::Problem, Spot::File {}, remedy).with("file", file)
        }
        None => Observation::new("file_not_named", Severity::Note, Spot::File {}, "name_file"),
    };
    FileCheck {
        document: Some(document.id.to_string()),
        file: document.file.clone(),
        comparison: None,
        agrees: Vec::new(),
        observations: vec![observation],
    }
}

/// The record without a file that has the number, symbol and date of a header, if one has.
fn record_of<'a>(header: &Header, lacking: &Lacking<'a>) -> Option<&'a Document> {
    let number = header.number.as_ref()?.value;
    let suffix = header.suffix.as_ref().map_or("", |it| &it.value);
    let symbol = header.symbol.as_ref()?.value.clone();
    let date = header.date.as_ref()?.value;
    match lacking
        .get(&(format!("{number}{suffix}"), symbol, date))?
        .as_slice()
    {
        [one] => Some(one),
        _ => None,
    }
}

/// Records without a file by number, symbol and date.
type Lacking<'a> = BTreeMap<(String, String, NaiveDate), Vec<&'a Document>>;

fn without_a_file(documents: &[Document]) -> Lacking<'_> {
    let mut lacking = Lacking::new();
    for document in documents.iter().filter(|it| it.file.is_none()) {
        let (Some(number), Some(symbol), Some(date)) =
            (&document.number, &document.symbol, document.issued_on)
        else {
            continue;
        };
        let number = number.trim_start_matches('0').to_lowercase();
        let key = (number, symbol.clone(), date);
        lacking.entry(key).or_default().push(document);
    }
    lacking
}

/// Files of the folder of attachments that no record names.
fn unregistered(walked: &Walk, places: &[Option<usize>], documents: &[Document]) -> Vec<FileCheck> {
    let prefix = format!("{ATTACHMENTS}/");
    let files = walked.files.iter().enumerate();
    let named: BTreeSet<usize> = places.iter().flatten().copied().collect();
    let unnamed = files.filter(|(at, file)| file.name.starts_with(&prefix) && !named.contains(at));
    let lacking = without_a_file(documents);
    let notes = walked
        .notes
        .iter()
        .filter(|it| it.name.starts_with(&prefix))
        .map(|it| (it.name.clone(), it.note.clone()));
    unnamed
        .map(|(at, file)| {
            let header = walked
                .open(at)
                .and_then(|opened| opened.text.ok())
                .map(|text| header_of(&text));
            let record = header.and_then(|it| record_of(&it, &lacking));
            let note = |code, remedy| Observation::new(code, Severity::Note, Spot::File {}, remedy);
            let note = match record {
                Some(record) => note("file_of_a_record", "name_file").with("record", &record.id),
                None => note("file_not_registered", "register_file"),
            };
            (file.name.clone(), note)
        })
        .chain(notes)
        .map(|(file, note)| FileCheck {
            document: None,
            file: Some(file),
            comparison: None,
            agrees: Vec::new(),
            observations: vec![note],
        })
        .collect()
}
