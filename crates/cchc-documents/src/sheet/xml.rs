//! Parts of an archive as XML, within limits that hold while they unpack.
//!
//! What an archive declares of its sizes is asked first, and what it really unpacks to is
//! counted as it streams, all parts together. Between two tags no more is taken than a row
//! may hold. A document type, the only door to entities, is refused.

use std::io::{BufReader, Read, Seek};

use cchc_core::reading::Spot;
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use zip::ZipArchive;
use zip::read::ZipFile;
use zip::result::ZipError;

use super::SheetLimits;
use super::workbook::{broken, too_much};
use crate::ReadFault;
use crate::fault::said;

/// An archive and how much of it was unpacked.
pub(super) struct Archive<R> {
    zip: ZipArchive<R>,
    format: &'static str,
}

/// Why unpacking was stopped.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("expected at most {most} {what}, found more")]
pub(super) struct Stop {
    what: &'static str,
    most: u64,
}

impl Stop {
    pub(super) fn fault(self) -> ReadFault {
        too_much(self.what, self.most)
    }
}

impl<R: Read + Seek> Archive<R> {
    pub(super) fn open(source: R, limits: &SheetLimits) -> Result<Self, ReadFault> {
        let zip = ZipArchive::new(source).map_err(|error| zip_fault("zip", &error))?;
        if zip.len() > limits.parts {
            return Err(too_much("parts", limits.parts));
        }
        let mut archive = Archive { zip, format: "zip" };
        let mut declared: u64 = 0;
        for index in 0..archive.zip.len() {
            let part = archive
                .zip
                .by_index_raw(index)
                .map_err(|error| zip_fault("zip", &error))?;
            declared = declared.saturating_add(part.size());
        }
        if declared > limits.unpacked {
            return Err(too_much("unpacked", limits.unpacked));
        }
        Ok(archive)
    }

    /// Names the format, for messages.
    pub(super) fn called(mut self, format: &'static str) -> Self {
        self.format = format;
        self
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// A part as XML; `None` where the archive has no such part.
    pub(super) fn part(
        &mut self,
        name: &str,
        most: u64,
        limits: &SheetLimits,
    ) -> Result<Option<Xml<'_, R>>, ReadFault> {
        let format = self.format;
        let part = match self.zip.by_name(name) {
            Ok(part) => part,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(zip_fault(format, &error)),
        };
        let counted = Counted {
            inner: part,
            left: most,
            most,
            run: 0,
            row: limits.row,
        };
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, counted));
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.check_end_names = false;
        Ok(Some(Xml {
            reader,
            bytes: Vec::new(),
            depth: 0,
            deepest: limits.depth,
            format,
            part: name.to_owned(),
        }))
    }
}

/// A damaged archive, or one with a password.
fn zip_fault(format: &'static str, error: &ZipError) -> ReadFault {
    match error {
        ZipError::UnsupportedArchive(message) if message.contains("assword") => {
            ReadFault::Encrypted { format }
        }
        ZipError::InvalidPassword => ReadFault::Encrypted { format },
        ZipError::Io(error) => broken(format, error),
        other => ReadFault::Damaged {
            format,
            found: said(other),
            at: Spot::File {},
        },
    }
}

/// What a part unpacks to, counted.
pub(super) struct Counted<T> {
    inner: T,
    left: u64,
    most: u64,
    /// Bytes since the last `<`.
    run: usize,
    row: usize,
}

impl<T: Read> Read for Counted<T> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let read = self.inner.read(out)?;
        let bytes = out.get(..read).unwrap_or_default();
        let stop = |what, most: u64| Err(std::io::Error::other(Stop { what, most }));
        let count = u64::try_from(read).unwrap_or(u64::MAX);
        if count > self.left {
            return stop("unpacked", self.most);
        }
        self.left -= count;
        match bytes.iter().rposition(|byte| *byte == b'<') {
            Some(at) => self.run = read - at,
            None => self.run += read,
        }
        if self.run > self.row {
            return stop("characters", u64::try_from(self.row).unwrap_or(u64::MAX));
        }
        Ok(read)
    }
}

/// A part that is read event by event.
pub(super) struct Xml<'a, R: Read> {
    reader: Reader<BufReader<Counted<ZipFile<'a, R>>>>,
    bytes: Vec<u8>,
    depth: usize,
    deepest: usize,
    format: &'static str,
    part: String,
}

impl<R: Read> Xml<'_, R> {
    /// The next event; the end of the part is one.
    pub(super) fn next(&mut self) -> Result<Event<'_>, ReadFault> {
        self.bytes.clear();
        let event = match self.reader.read_event_into(&mut self.bytes) {
            Ok(event) => event,
            Err(quick_xml::Error::Io(error)) => return Err(broken(self.format, &error)),
            Err(error) => {
                return Err(ReadFault::Damaged {
                    format: self.format,
                    found: said(&error),
                    at: Spot::Part {
                        part: self.part.clone(),
                    },
                });
            }
        };
        match &event {
            Event::Start(_) => {
                self.depth += 1;
                if self.depth > self.deepest {
                    return Err(too_much("depth", self.deepest));
                }
            }
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            Event::DocType(_) => {
                return Err(ReadFault::Hostile {
                    format: self.format,
                    found: "doctype",
                });
            }
            _ => {}
        }
        Ok(event)
    }

    /// The part does not keep to its format.
    pub(super) fn damaged(&self, found: &str) -> ReadFault {
        ReadFault::Damaged {
            format: self.format,
            found: found.to_owned(),
            at: Spot::Part {
                part: self.part.clone(),
            },
        }
    }
}

/// An attribute by its local name.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    let found = attributes.find(|it| it.key.local_name().as_ref() == name)?;
    let value = quick_xml::escape::unescape(&found.value);
    Some(value.map_or_else(|_| String::new(), |text| text.into_owned()))
}

/// What a reference such as `&amp;` stands for; nothing for an entity that is not declared.
pub(super) fn reference(of: &BytesRef<'_>, text: &mut String) {
    if let Ok(Some(c)) = of.resolve_char_ref() {
        text.push(c);
    } else if let Some(known) = quick_xml::escape::resolve_predefined_entity(of) {
        text.push_str(known);
    }
}
