//! DOCX: the body of a word processor's document.
//!
//! Read are paragraphs, tables (as cells, nested ones with a table of their own), text boxes
//! (after the paragraph that they hang on), links, content controls, formulas and the results
//! of fields. What tracked changes insert is read, what they delete is not. Line and page
//! breaks inside a paragraph end a line.
//!
//! Not read, with a note where the file has them: headers, footers and notes at the foot,
//! hidden text, pictures, parts in another format. Labels that the program computes for
//! numbered lists (`w:numPr`) are in no file; such a paragraph is an item without its label.

mod body;
mod styles;

use cchc_core::reading::Spot;

use super::Lines;
use super::archive::Archive;
use super::xml::{Step, Xml};
use crate::{Limits, ReadFault, Text};

const FORMAT: &str = "DOCX";

pub(super) fn read(bytes: &[u8], limits: &Limits, lines: Lines) -> Result<Text, ReadFault> {
    let mut archive = Archive::open(bytes, FORMAT, limits)?;
    let main = main_part(&mut archive, limits)?;
    let styles = match main.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/styles.xml"),
        None => "styles.xml".to_owned(),
    };
    let styles = match archive.xml(&styles)? {
        Some(xml) => styles::read(&xml, &styles, limits)?,
        None => styles::Styles::default(),
    };
    let Some(xml) = archive.xml(&main)? else {
        return Err(ReadFault::Damaged {
            format: FORMAT,
            found: "no such part".to_owned(),
            at: Spot::Part { part: main },
        });
    };
    body::read(&xml, &main, &styles, limits, lines)
}

/// The part that the archive names as its document.
fn main_part(archive: &mut Archive<'_>, limits: &Limits) -> Result<String, ReadFault> {
    let relations = "_rels/.rels";
    let Some(text) = archive.xml(relations)? else {
        return Ok("word/document.xml".to_owned());
    };
    let mut xml = Xml::new(&text, FORMAT, relations, limits);
    let mut main = None;
    loop {
        match xml.next()? {
            Step::Open(element) if element.name() == "Relationship" => {
                let kind = element.attribute("Type").unwrap_or_default();
                if kind.ends_with("/officeDocument") && main.is_none() {
                    main = element.attribute("Target");
                }
            }
            Step::End => break,
            _ => {}
        }
    }
    let main = main.unwrap_or_else(|| "word/document.xml".to_owned());
    Ok(main.trim_start_matches('/').to_owned())
}
