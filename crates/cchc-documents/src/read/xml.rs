//! XML of an office file, step by step, within limits.
//!
//! Declarations of types and entities are refused: no word processor writes them, and they
//! are the way to make a small file large. Names are told apart by the namespace of their
//! prefix, the transitional and the strict one alike.

use std::borrow::Cow;
use std::fmt::Display;

use cchc_core::reading::Spot;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::too_much;
use crate::fault::said;
use crate::{Limits, ReadFault};

/// Most elements of a part; a document of a thousand pages has some three hundred thousand.
pub(super) const ELEMENTS: usize = 2_000_000;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// Text of a word processor.
    Word,
    /// Alternatives for programs that do not know an extension.
    Alternatives,
    /// Formulas.
    Math,
    /// Anything else.
    Other,
}

fn space_of(namespace: &str) -> Space {
    match namespace {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        | "http://purl.oclc.org/ooxml/wordprocessingml/main" => Space::Word,
        "http://schemas.openxmlformats.org/markup-compatibility/2006" => Space::Alternatives,
        "http://schemas.openxmlformats.org/officeDocument/2006/math"
        | "http://purl.oclc.org/ooxml/officeDocument/math" => Space::Math,
        _ => Space::Other,
    }
}

/// The start of an element.
#[derive(Debug)]
pub(super) struct Element<'a> {
    pub(super) space: Space,
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// An attribute by its name without prefix; entities other than the five stay as they are.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        // Looking for duplicates would take the square of their number.
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|it| it.key.local_name().into_inner() == name)?;
        Some(
            quick_xml::escape::unescape(&found.value)
                .map_or_else(|_| found.value.to_string(), Cow::into_owned),
        )
    }

    /// Whether an on/off property is on: present, and not said to be off.
    pub(super) fn is_on(&self) -> bool {
        !matches!(
            self.attribute("val").as_deref(),
            Some("0" | "false" | "off")
        )
    }
}

/// One step through a part.
pub(super) enum Step<'a> {
    Open(Element<'a>),
    Close,
    Text(Cow<'a, str>),
    End,
}

pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    format: &'static str,
    part: String,
    /// Prefixes that are bound to a known namespace.
    prefixes: Vec<(String, Space)>,
    depth: usize,
    most_depth: usize,
    elements: usize,
}

impl<'a> Xml<'a> {
    pub(super) fn new(text: &'a str, format: &'static str, part: &str, limits: &Limits) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            format,
            part: part.to_owned(),
            prefixes: Vec::new(),
            depth: 0,
            most_depth: limits.depth,
            elements: 0,
        }
    }

    pub(super) fn damaged(&self, found: impl Display) -> ReadFault {
        ReadFault::Damaged {
            format: self.format,
            found: said(found),
            at: Spot::Part {
                part: self.part.clone(),
            },
        }
    }

    pub(super) fn next(&mut self) -> Result<Step<'a>, ReadFault> {
        loop {
            let event = match self.reader.read_event() {
                Ok(event) => event,
                Err(error) => return Err(self.damaged(error)),
            };
            return Ok(match event {
                Event::Start(start) | Event::Empty(start) => {
                    self.depth += 1;
                    self.elements += 1;
                    if self.depth > self.most_depth {
                        return Err(too_much("depth", self.most_depth));
                    }
                    if self.elements > ELEMENTS {
                        return Err(too_much("elements", ELEMENTS));
                    }
                    self.bind(&start);
                    let space = self.space(&start);
                    Step::Open(Element { space, start })
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Step::Close
                }
                Event::Text(text) => Step::Text(text.xml10_content()),
                Event::CData(text) => Step::Text(text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let character = match reference.resolve_char_ref() {
                        Ok(Some(c)) => Some(c),
                        Ok(None) => match reference.xml10_content().as_ref() {
                            "amp" => Some('&'),
                            "lt" => Some('<'),
                            "gt" => Some('>'),
                            "quot" => Some('"'),
                            "apos" => Some('\''),
                            _ => None,
                        },
                        Err(error) => return Err(self.damaged(error)),
                    };
                    let Some(character) = character else {
                        return Err(self.hostile("an entity of its own"));
                    };
                    Step::Text(Cow::Owned(character.to_string()))
                }
                Event::DocType(_) => {
                    return Err(self.hostile("a declaration of a document type"));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(self.damaged("elements that do not end"));
                }
                Event::Eof if self.elements == 0 => return Err(self.damaged("no element")),
                Event::Eof => Step::End,
                Event::Comment(_) | Event::PI(_) | Event::Decl(_) => continue,
            });
        }
    }

    fn hostile(&self, found: &'static str) -> ReadFault {
        ReadFault::Hostile {
            format: self.format,
            found,
        }
    }

    /// Passes over the rest of the element that was opened last.
    pub(super) fn skip(&mut self) -> Result<(), ReadFault> {
        let until = self.depth.saturating_sub(1);
        while self.depth > until {
            if let Step::End = self.next()? {
                break;
            }
        }
        Ok(())
    }

    /// The text of the element that was opened last, to its end; elements inside have none.
    pub(super) fn text(&mut self) -> Result<String, ReadFault> {
        let until = self.depth.saturating_sub(1);
        let inside = self.depth;
        let mut all = String::new();
        while self.depth > until {
            match self.next()? {
                Step::Text(text) if self.depth == inside => all.push_str(&text),
                Step::End => break,
                _ => {}
            }
        }
        Ok(all)
    }

    /// Passes through the rest of the element that was opened last, showing each element in
    /// it with its depth below that one, from 1.
    pub(super) fn each(
        &mut self,
        mut see: impl FnMut(&Element<'_>, usize),
    ) -> Result<(), ReadFault> {
        let outer = self.depth;
        while self.depth >= outer {
            match self.next()? {
                Step::Open(element) => see(&element, self.depth - outer),
                Step::End => break,
                _ => {}
            }
        }
        Ok(())
    }

    /// Notes which prefixes an element binds; a prefix has the meaning it got last.
    fn bind(&mut self, start: &BytesStart<'_>) {
        // Most elements bind nothing, and the search would be for nothing.
        if !start.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) => match rest.strip_prefix(':') {
                    Some(prefix) => prefix,
                    None => continue,
                },
                None => continue,
            };
            self.prefixes.retain(|(known, _)| known != prefix);
            let space = space_of(&attribute.value);
            // A file has four of these; more would only slow the look-up.
            if space != Space::Other && self.prefixes.len() < 16 {
                self.prefixes.push((prefix.to_owned(), space));
            }
        }
    }

    fn space(&self, start: &BytesStart<'_>) -> Space {
        let name = start.name().into_inner();
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        let mut known = self.prefixes.iter();
        known
            .find(|(bound, _)| bound == prefix)
            .map_or(Space::Other, |(_, space)| *space)
    }
}
