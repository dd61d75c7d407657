//! The body of a DOCX file, from its elements to lines.

use cchc_core::answer::Severity;
use cchc_core::reading::{Observation, Spot};

use super::FORMAT;
use super::styles::{Styles, is_legacy};
use crate::read::xml::{Element, Space, Step, Xml};
use crate::read::{Lines, waiting};
use crate::text::Layout;
use crate::{Limits, ReadFault, Text};

pub(super) fn read(
    text: &str,
    part: &str,
    styles: &Styles,
    limits: &Limits,
    lines: Lines,
) -> Result<Text, ReadFault> {
    let mut body = Body {
        styles,
        lines,
        open: Vec::new(),
        paragraphs: Vec::new(),
        places: Vec::new(),
        tables: 0,
        fields: Vec::new(),
        run: Run::default(),
        carried: None,
        seen: Seen::default(),
    };
    let mut xml = Xml::new(text, FORMAT, part, limits);
    loop {
        match xml.next()? {
            Step::Open(element) => body.opened(element, &mut xml)?,
            Step::Close => body.closed()?,
            Step::Text(_) => {}
            Step::End => break,
        }
    }
    body.ended()
}

/// An element that is open, if its end matters.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Paragraph,
    Run,
    Table,
    Row,
    Cell,
    TextBox,
    /// Whether one of the alternatives was taken.
    Alternatives(bool),
    Other,
}

#[derive(Default)]
struct Paragraph {
    /// Its lines so far; the last one is open.
    lines: Vec<String>,
    style: Option<String>,
    outline: Option<u8>,
    numbered: Option<bool>,
    /// Its end was deleted: the next one goes on with it.
    goes_on: bool,
    /// Lines of text boxes that hang on it.
    boxes: Vec<(String, Layout)>,
}

/// A table with the cell that is open, or a text box, inside which no cell counts.
enum Place {
    Table {
        table: u32,
        row: u32,
        column: u32,
        /// Columns that the open cell spans.
        span: u32,
        /// Rows and cells that were begun.
        begun: (bool, bool),
    },
    TextBox,
}

#[derive(Clone, Default)]
struct Run {
    font: Option<String>,
    hidden: bool,
}

/// What is worth a note.
#[derive(Default)]
struct Seen {
    inserted: usize,
    deleted: usize,
    hidden: usize,
    footnotes: usize,
    pictures: usize,
    parts: usize,
    /// Whether such a font has letters that only Unicode has: then the text is Unicode.
    unicode: bool,
}

struct Body<'a> {
    styles: &'a Styles,
    lines: Lines,
    open: Vec<Open>,
    /// Paragraphs that are open; a text box has paragraphs inside one.
    paragraphs: Vec<Paragraph>,
    places: Vec<Place>,
    tables: u32,
    /// Fields that are open, and whether their code is being passed.
    fields: Vec<bool>,
    run: Run,
    /// A paragraph whose end was deleted.
    carried: Option<Paragraph>,
    seen: Seen,
}

impl Body<'_> {
    fn opened(&mut self, element: Element<'_>, xml: &mut Xml<'_>) -> Result<(), ReadFault> {
        let open = match element.space {
            Space::Word => match self.word(&element, xml)? {
                Some(open) => open,
                None => return Ok(()),
            },
            Space::Alternatives => match element.name() {
                "AlternateContent" => Open::Alternatives(false),
                "Choice" | "Fallback" => match self.open.last_mut() {
                    Some(Open::Alternatives(taken)) if !*taken => {
                        *taken = true;
                        Open::Other
                    }
                    _ => return xml.skip(),
                },
                _ => Open::Other,
            },
            Space::Math if element.name() == "t" => {
                let text = xml.text()?;
                self.text(&text);
                return Ok(());
            }
            Space::Math => Open::Other,
            Space::Other => {
                if matches!(element.name(), "blip" | "imagedata") {
                    self.seen.pictures += 1;
                }
                Open::Other
            }
        };
        self.open.push(open);
        Ok(())
    }

    /// What is open now; `None` if the element was read to its end.
    fn word(
        &mut self,
        element: &Element<'_>,
        xml: &mut Xml<'_>,
    ) -> Result<Option<Open>, ReadFault> {
        match element.name() {
            "p" => {
                let paragraph = match self.carried.take() {
                    Some(carried) => carried,
                    None => Paragraph {
                        lines: vec![String::new()],
                        ..Paragraph::default()
                    },
                };
                self.paragraphs.push(paragraph);
                return Ok(Some(Open::Paragraph));
            }
            "r" => {
                self.run = Run::default();
                return Ok(Some(Open::Run));
            }
            "tbl" => {
                self.flush_carried()?;
                self.places.push(Place::Table {
                    table: self.tables,
                    row: 0,
                    column: 0,
                    span: 1,
                    begun: (false, false),
                });
                self.tables = self.tables.saturating_add(1);
                return Ok(Some(Open::Table));
            }
            "tr" => {
                if let Some(Place::Table {
                    row, column, begun, ..
                }) = self.places.last_mut()
                {
                    *row = row.saturating_add(u32::from(begun.0));
                    *column = 0;
                    *begun = (true, false);
                }
                return Ok(Some(Open::Row));
            }
            "tc" => {
                if let Some(Place::Table {
                    column,
                    span,
                    begun,
                    ..
                }) = self.places.last_mut()
                {
                    if begun.1 {
                        *column = column.saturating_add(*span);
                    }
                    *span = 1;
                    begun.1 = true;
                }
                return Ok(Some(Open::Cell));
            }
            "txbxContent" => {
                self.places.push(Place::TextBox);
                return Ok(Some(Open::TextBox));
            }
            "t" => {
                let text = xml.text()?;
                self.text(&text);
            }
            "pPr" => self.paragraph_properties(xml)?,
            "rPr" => self.run_properties(xml)?,
            "trPr" => {
                let mut before = 0;
                xml.each(|it, _| {
                    if it.name() == "gridBefore" {
                        before = it
                            .attribute("val")
                            .and_then(|it| it.parse().ok())
                            .unwrap_or(0);
                    }
                })?;
                if let Some(Place::Table { column, .. }) = self.places.last_mut() {
                    *column = before;
                }
            }
            "tcPr" => {
                let mut wide = 1;
                xml.each(|it, _| {
                    if it.name() == "gridSpan" {
                        wide = it
                            .attribute("val")
                            .and_then(|it| it.parse().ok())
                            .unwrap_or(1);
                    }
                })?;
                if let Some(Place::Table { span, .. }) = self.places.last_mut() {
                    *span = wide.max(1);
                }
            }
            "tab" | "ptab" => {
                xml.skip()?;
                self.text("\t");
            }
            "br" | "cr" => {
                xml.skip()?;
                self.line_break();
            }
            "noBreakHyphen" | "softHyphen" => {
                xml.skip()?;
                self.text("-");
            }
            "sym" => {
                let code = element.attribute("char").unwrap_or_default();
                let code = u32::from_str_radix(&code, 16).ok();
                xml.skip()?;
                if let Some(c) = code.and_then(char::from_u32) {
                    self.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => {
                match element.attribute("fldCharType").as_deref() {
                    Some("begin") => self.fields.push(true),
                    Some("separate") => {
                        if let Some(code) = self.fields.last_mut() {
                            *code = false;
                        }
                    }
                    Some("end") => {
                        self.fields.pop();
                    }
                    _ => {}
                }
                xml.skip()?;
            }
            "del" | "moveFrom" => {
                self.seen.deleted += 1;
                xml.skip()?;
            }
            "footnoteReference" | "endnoteReference" => {
                self.seen.footnotes += 1;
                xml.skip()?;
            }
            "altChunk" | "subDoc" => {
                self.seen.parts += 1;
                xml.skip()?;
            }
            "delText" | "instrText" | "delInstrText" | "sectPr" | "sdtPr" | "sdtEndPr"
            | "tblPr" | "tblGrid" | "tblPrEx" | "smartTagPr" | "customXmlPr" | "rubyPr" | "rt" => {
                xml.skip()?;
            }
            "ins" | "moveTo" => {
                self.seen.inserted += 1;
                return Ok(Some(Open::Other));
            }
            _ => return Ok(Some(Open::Other)),
        }
        Ok(None)
    }

    fn paragraph_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadFault> {
        let mut found = Paragraph::default();
        let mut inserted = 0;
        // What the paragraph was before a tracked change stands inside `pPrChange`.
        let mut old = usize::MAX;
        xml.each(|it, depth| {
            if depth <= old {
                old = usize::MAX;
            } else {
                return;
            }
            match it.name() {
                "pPrChange" | "rPrChange" => old = depth,
                "pStyle" => found.style = it.attribute("val"),
                "outlineLvl" => found.outline = it.attribute("val").and_then(|it| it.parse().ok()),
                "numId" => found.numbered = Some(it.attribute("val").as_deref() != Some("0")),
                "del" | "moveFrom" if depth == 2 => found.goes_on = true,
                "ins" | "moveTo" if depth == 2 => inserted += 1,
                _ => {}
            }
        })?;
        self.seen.inserted += inserted;
        self.seen.deleted += usize::from(found.goes_on);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.style = found.style;
            paragraph.outline = found.outline;
            paragraph.numbered = found.numbered;
            paragraph.goes_on = found.goes_on;
        }
        Ok(())
    }

    fn run_properties(&mut self, xml: &mut Xml<'_>) -> Result<(), ReadFault> {
        let mut run = Run::default();
        xml.each(|it, depth| match it.name() {
            "rFonts" if depth == 1 => {
                run.font = it.attribute("ascii").or_else(|| it.attribute("hAnsi"));
            }
            "vanish" if depth == 1 => run.hidden = it.is_on(),
            _ => {}
        })?;
        self.run = run;
        Ok(())
    }

    /// Adds to the line that is open, unless what is here is not shown.
    fn text(&mut self, text: &str) {
        if self.fields.contains(&true) {
            return;
        }
        if self.run.hidden {
            self.seen.hidden += 1;
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let Some(line) = paragraph.lines.last_mut() else {
            return;
        };
        let style = paragraph.style.as_deref();
        let font = self.run.font.as_deref().or_else(|| self.styles.font(style));
        if !is_legacy(font) {
            line.push_str(text);
            return;
        }
        for c in text.chars() {
            match u32::from(c) {
                0x80..=0xff => line.push(waiting(c)),
                _ => {
                    self.seen.unicode |=
                        matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư');
                    line.push(c);
                }
            }
        }
        if let Some(font) = font {
            self.lines.font(font);
        }
    }

    fn line_break(&mut self) {
        if self.run.hidden || self.fields.contains(&true) {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.lines.push(String::new());
        }
    }

    fn closed(&mut self) -> Result<(), ReadFault> {
        match self.open.pop() {
            Some(Open::Paragraph) => {
                if let Some(paragraph) = self.paragraphs.pop() {
                    if paragraph.goes_on {
                        self.carried = Some(paragraph);
                    } else {
                        self.paragraph(paragraph)?;
                    }
                }
            }
            Some(Open::Run) => self.run = Run::default(),
            Some(Open::Table | Open::TextBox) => {
                self.flush_carried()?;
                self.places.pop();
            }
            Some(Open::Cell) => self.flush_carried()?,
            _ => {}
        }
        Ok(())
    }

    fn flush_carried(&mut self) -> Result<(), ReadFault> {
        match self.carried.take() {
            Some(carried) => self.paragraph(carried),
            None => Ok(()),
        }
    }

    fn paragraph(&mut self, paragraph: Paragraph) -> Result<(), ReadFault> {
        let style = paragraph.style.as_deref();
        let outline = match paragraph.outline {
            Some(level) => Some(level).filter(|level| *level < 9).map(|it| it + 1),
            None => self.styles.heading(style),
        };
        let numbered = paragraph
            .numbered
            .unwrap_or_else(|| self.styles.is_item(style));
        let layout = match (self.places.last(), outline) {
            (
                Some(Place::Table {
                    table, row, column, ..
                }),
                _,
            ) => Layout::Cell {
                table: *table,
                row: *row,
                column: *column,
            },
            (_, Some(level)) => Layout::Heading(level),
            _ if numbered => Layout::Item,
            _ => Layout::Body,
        };
        let lines = paragraph.lines.into_iter().map(|line| (line, layout));
        let lines: Vec<(String, Layout)> = lines.chain(paragraph.boxes).collect();
        match self.paragraphs.last_mut() {
            // Inside a text box: after the paragraph that it hangs on.
            Some(outer) => outer.boxes.extend(lines),
            None => {
                for (line, layout) in lines {
                    self.lines.push(line.trim_end(), None, layout)?;
                }
            }
        }
        Ok(())
    }

    fn ended(mut self) -> Result<Text, ReadFault> {
        self.flush_carried()?;
        let seen = &self.seen;
        self.lines.keep_waiting = seen.unicode;
        if self.lines.is_blank() {
            return Err(ReadFault::NoText { pages: 0 });
        }
        let notes = [
            (
                seen.inserted + seen.deleted,
                "tracked_changes",
                Severity::Warning,
                "accept_changes",
            ),
            (
                seen.hidden,
                "hidden_text",
                Severity::Warning,
                "look_at_hidden_text",
            ),
            (
                seen.parts,
                "part_not_read",
                Severity::Warning,
                "look_at_file",
            ),
            (
                seen.footnotes,
                "footnotes_not_read",
                Severity::Note,
                "look_at_file",
            ),
            (
                seen.pictures,
                "pictures_not_read",
                Severity::Note,
                "look_at_file",
            ),
        ];
        for (count, code, severity, remedy) in notes {
            if count > 0 {
                let note = Observation::new(code, severity, Spot::File {}, remedy);
                self.lines.add(note.with("count", count));
            }
        }
        self.lines.finish()
    }
}
