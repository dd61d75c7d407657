//! PDF: glyphs with their places, put together to lines.
//!
//! An own reader of the part of the format that text needs, because what counts here is what
//! no reader at hand gives at once: a limit on everything that a file can make large or deep,
//! no panic, positions that tell the two columns of a header apart, and letters that are
//! never guessed. What is read is told by ISO 32000-1: the index (tables and streams, and
//! made anew where it is wrong), objects and object streams, the filters for text, fonts
//! with their character maps, and the operators that show text, forms included.
//!
//! Lines are those that are printed, from top to bottom, each page after the other. Where a
//! line has a gap that no space fills, its parts are cells; so are short lines under a part.
//! An empty line stands where the distance is twice a letter's size. Letters of a font that
//! does not tell them, or of an old encoding (`.VnTime`, `VNI-`), stand as U+FFFD, and a note
//! or a fault says so. Text of a scan is read where a scanner put it under the picture, and
//! has a note.
//!
//! Not read: annotations and form fields (such as the box of a digital signature), text
//! replaced by `ActualText`, and files with a password, also those that open without one.

#![allow(
    clippy::float_arithmetic,
    reason = "places on a page; no points, rates or thresholds are here"
)]

mod content;
mod encoding;
mod file;
mod filter;
mod font;
mod object;
mod page;

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};

use super::{Lines, too_much};
use crate::{Limits, ReadFault, Text};
use file::File;

const FORMAT: &str = "PDF";

fn damaged(found: impl Into<String>) -> ReadFault {
    ReadFault::Damaged {
        format: FORMAT,
        found: found.into(),
        at: Spot::File {},
    }
}

pub(super) fn read(bytes: &[u8], limits: &Limits, lines: Lines) -> Result<Text, ReadFault> {
    // Without its foot the file is cut off, and what is left of it is not the document.
    let foot = File::foot(bytes)?;
    let first = File::indexed(bytes, foot, limits).and_then(|file| document(&file, limits, lines));
    match first {
        Err(ReadFault::Damaged { .. }) => {
            let mut lines = Lines::new(limits);
            lines.note("pdf_index_rebuilt", Severity::Warning, "save_anew");
            document(&File::scanned(bytes, limits)?, limits, lines)
        }
        other => other,
    }
}

fn document(file: &File<'_>, limits: &Limits, mut lines: Lines) -> Result<Text, ReadFault> {
    let pages = file.pages(limits)?;
    let mut count = 0u32;
    let mut work = content::Work::default();
    let mut blank = Vec::new();
    for dictionary in &pages {
        count = count.saturating_add(1);
        let shown = content::show(file, dictionary, &mut work)?;
        for font in &shown.untold_fonts {
            lines.font(font);
        }
        let number = lines.next_number();
        let at = Spot::Line {
            page: Some(count),
            line: number,
            column: 1,
        };
        if shown.is_blank() {
            if shown.pictures > 0 {
                blank.push(at);
            }
            continue;
        }
        if shown.is_scan() {
            lines.add(Observation::new(
                "text_layer_of_scan",
                Severity::Warning,
                at,
                "compare_with_scan",
            ));
        }
        for row in page::rows(shown.glyphs) {
            lines.push(&row.text, Some(count), row.layout)?;
        }
    }
    if lines.is_blank() {
        return Err(ReadFault::NoText { pages: count });
    }
    for at in blank {
        lines.add(Observation::new(
            "page_without_text",
            Severity::Warning,
            at,
            "add_text_layer",
        ));
    }
    lines.finish()
}
