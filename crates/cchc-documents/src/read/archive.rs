//! Parts of a zip archive, within limits.
//!
//! Nothing is unpacked to a disk: parts are asked for by their name in the archive, so a name
//! that points outside harms nobody. Sizes are checked before and while a part is unpacked,
//! against one budget for the whole file, and an archive whose parts share bytes is refused,
//! as only bombs do that.

use std::io::{Cursor, Read};

use cchc_core::reading::Spot;
use zip::ZipArchive;
use zip::result::ZipError;

use super::too_much;
use crate::fault::said;
use crate::{Limits, ReadFault};

pub(super) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    /// How many bytes may still be unpacked.
    budget: u64,
    most: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn open(
        bytes: &'a [u8],
        format: &'static str,
        limits: &Limits,
    ) -> Result<Self, ReadFault> {
        let damaged = |error: ZipError| ReadFault::Damaged {
            format,
            found: said(&error),
            at: Spot::File {},
        };
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > limits.parts {
            return Err(too_much("parts", limits.parts));
        }
        if zip.has_overlapping_files().map_err(damaged)? {
            return Err(ReadFault::Hostile {
                format,
                found: "parts that share their bytes",
            });
        }
        Ok(Archive {
            zip,
            format,
            budget: limits.unpacked,
            most: limits.unpacked,
        })
    }

    /// The bytes of a part; `None` if there is none of that name.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadFault> {
        let format = self.format;
        let damaged = |found: String| ReadFault::Damaged {
            format,
            found,
            at: Spot::Part {
                part: name.to_owned(),
            },
        };
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let over = || ReadFault::TooMuch {
            what: "unpacked",
            most: self.most,
        };
        let part = match self.zip.by_index(index) {
            Ok(part) => part,
            Err(ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED)) => {
                return Err(ReadFault::Encrypted { format });
            }
            Err(error) => return Err(damaged(said(&error))),
        };
        let declared = part.size();
        if declared > self.budget {
            return Err(over());
        }
        let mut bytes = Vec::new();
        // Within the budget, and what a lie reserves is never touched.
        bytes.reserve_exact(usize::try_from(declared).unwrap_or(0));
        let read = part.take(self.budget + 1).read_to_end(&mut bytes);
        read.map_err(|error| damaged(said(&error)))?;
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.budget = self.budget.checked_sub(size).ok_or_else(over)?;
        Ok(Some(bytes))
    }

    /// The text of a part, from UTF-8 or marked UTF-16.
    pub(super) fn xml(&mut self, name: &str) -> Result<Option<String>, ReadFault> {
        let Some(bytes) = self.part(name)? else {
            return Ok(None);
        };
        let bad = |_| ReadFault::Damaged {
            format: self.format,
            found: "bytes that are neither UTF-8 nor UTF-16".to_owned(),
            at: Spot::Part {
                part: name.to_owned(),
            },
        };
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Ok(Some(
                super::plain::decoded(&bytes).map_err(bad)?.into_owned(),
            ));
        }
        let text = String::from_utf8(bytes).map_err(bad_utf8(self.format, name))?;
        Ok(Some(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }
}

fn bad_utf8(
    format: &'static str,
    name: &str,
) -> impl FnOnce(std::string::FromUtf8Error) -> ReadFault {
    move |error| ReadFault::Damaged {
        format,
        found: format!(
            "a byte that is no UTF-8 at {}",
            error.utf8_error().valid_up_to()
        ),
        at: Spot::Part {
            part: name.to_owned(),
        },
    }
}
