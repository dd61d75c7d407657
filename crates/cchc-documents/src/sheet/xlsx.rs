//! XLSX: shared texts and number formats are kept, rows stream.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use quick_xml::events::Event;

use super::serial::{serial, shortest};
use super::workbook::too_much;
use super::xml::{Archive, Xml, attribute, reference};
use super::{Cell, Row, SheetLimits};
use crate::ReadFault;

pub(super) struct Xlsx<R> {
    archive: Archive<R>,
    sheets: Vec<Sheet>,
    from_1904: bool,
    texts: Texts,
    /// Number format of each cell style.
    formats: Vec<NumberFormat>,
}

struct Sheet {
    name: String,
    part: String,
}

/// What a number format shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum NumberFormat {
    #[default]
    Number,
    Percent,
    Date,
}

/// Texts one after the other, so that a million of them is two allocations.
#[derive(Default)]
struct Texts {
    all: String,
    ends: Vec<usize>,
}

impl Texts {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = match index.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..end)
    }
}

impl<R: Read + Seek> Xlsx<R> {
    pub(super) fn open(archive: Archive<R>, limits: &SheetLimits) -> Result<Self, ReadFault> {
        let mut book = Xlsx {
            archive: archive.called("xlsx"),
            sheets: Vec::new(),
            from_1904: false,
            texts: Texts::default(),
            formats: Vec::new(),
        };
        let targets = book.relations(limits)?;
        book.workbook(&targets, limits)?;
        book.styles(limits)?;
        book.shared(limits)?;
        Ok(book)
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.sheets.iter().map(|it| it.name.clone()).collect()
    }

    pub(super) fn counts_from_1904(&self) -> bool {
        self.from_1904
    }

    /// Parts of the worksheets, by the name of the relation.
    fn relations(&mut self, limits: &SheetLimits) -> Result<BTreeMap<String, String>, ReadFault> {
        let mut targets = BTreeMap::new();
        let part = "xl/_rels/workbook.xml.rels";
        let Some(mut xml) = self.archive.part(part, limits.kept, limits)? else {
            return Ok(targets);
        };
        loop {
            match xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                    let kind = attribute(&e, "Type").unwrap_or_default();
                    let (Some(id), Some(target)) = (attribute(&e, "Id"), attribute(&e, "Target"))
                    else {
                        continue;
                    };
                    if !kind.ends_with("/worksheet") {
                        continue;
                    }
                    let part = match target.strip_prefix('/') {
                        Some(whole) => whole.to_owned(),
                        None => format!("xl/{target}"),
                    };
                    if targets.len() >= limits.sheets {
                        return Err(too_much("sheets", limits.sheets));
                    }
                    targets.insert(id, part);
                }
                Event::Eof => return Ok(targets),
                _ => {}
            }
        }
    }

    fn workbook(
        &mut self,
        targets: &BTreeMap<String, String>,
        limits: &SheetLimits,
    ) -> Result<(), ReadFault> {
        let part = "xl/workbook.xml";
        let Some(mut xml) = self.archive.part(part, limits.kept, limits)? else {
            return Ok(());
        };
        loop {
            match xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "workbookPr" => {
                    let told = attribute(&e, "date1904").unwrap_or_default();
                    self.from_1904 = matches!(told.as_str(), "1" | "true" | "on");
                }
                Event::Start(e) if e.local_name().as_ref() == "sheet" => {
                    let (Some(name), Some(id)) = (attribute(&e, "name"), attribute(&e, "id"))
                    else {
                        continue;
                    };
                    if self.sheets.len() >= limits.sheets {
                        return Err(too_much("sheets", limits.sheets));
                    }
                    // A sheet of charts has no rows.
                    if let Some(part) = targets.get(&id) {
                        self.sheets.push(Sheet {
                            name,
                            part: part.clone(),
                        });
                    }
                }
                Event::Eof if self.sheets.is_empty() => return Err(xml.damaged("no sheet")),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn styles(&mut self, limits: &SheetLimits) -> Result<(), ReadFault> {
        let Some(mut xml) = self.archive.part("xl/styles.xml", limits.kept, limits)? else {
            return Ok(());
        };
        let mut own: BTreeMap<u32, NumberFormat> = BTreeMap::new();
        let mut in_cells = false;
        loop {
            match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "numFmt" => {
                        let id = attribute(&e, "numFmtId").and_then(|it| it.parse().ok());
                        if let (Some(id), Some(code)) = (id, attribute(&e, "formatCode")) {
                            own.insert(id, NumberFormat::of_code(&code));
                        }
                    }
                    "cellXfs" => in_cells = true,
                    "xf" if in_cells => {
                        let id = attribute(&e, "numFmtId").and_then(|it| it.parse().ok());
                        let id: u32 = id.unwrap_or(0);
                        let format = own.get(&id).copied();
                        self.formats
                            .push(format.unwrap_or_else(|| NumberFormat::built_in(id)));
                        if self.formats.len() > limits.strings {
                            return Err(too_much("styles", limits.strings));
                        }
                    }
                    _ => {}
                },
                Event::End(e) if e.local_name().as_ref() == "cellXfs" => in_cells = false,
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn shared(&mut self, limits: &SheetLimits) -> Result<(), ReadFault> {
        let part = "xl/sharedStrings.xml";
        let Some(mut xml) = self.archive.part(part, limits.kept, limits)? else {
            return Ok(());
        };
        let texts = &mut self.texts;
        loop {
            match xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "si" => {
                    inside(&mut xml, "si", limits.row, &mut texts.all)?;
                    texts.ends.push(texts.all.len());
                    if texts.ends.len() > limits.strings {
                        return Err(too_much("strings", limits.strings));
                    }
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    pub(super) fn read(
        &mut self,
        sheet: usize,
        limits: &SheetLimits,
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<(), ReadFault> {
        let Some(sheet) = self.sheets.get(sheet) else {
            return Ok(());
        };
        let Some(mut xml) = self.archive.part(&sheet.part, limits.unpacked, limits)? else {
            return Err(ReadFault::Damaged {
                format: "xlsx",
                found: "a sheet without its part".to_owned(),
                at: cchc_core::reading::Spot::Part {
                    part: sheet.part.clone(),
                },
            });
        };
        let context = Context {
            texts: &self.texts,
            formats: &self.formats,
            from_1904: self.from_1904,
        };
        let mut row = Row::default();
        let mut value = String::new();
        let mut column = 0_u32;
        let mut rows = 0_u64;
        let mut within = false;
        loop {
            match xml.next()? {
                Event::Start(e) => match e.local_name().as_ref() {
                    "sheetData" => within = true,
                    "row" if within => {
                        let told = attribute(&e, "r").and_then(|it| it.parse::<u32>().ok());
                        let number = told.unwrap_or_else(|| row.number.saturating_add(1));
                        if number <= row.number {
                            return Err(xml.damaged("rows out of order"));
                        }
                        row.number = number;
                        row.cells.clear();
                        column = 0;
                    }
                    "c" if within => {
                        let told = attribute(&e, "r").and_then(|it| column_of(&it));
                        let here = told.unwrap_or_else(|| column.saturating_add(1));
                        let style = attribute(&e, "s").and_then(|it| it.parse::<usize>().ok());
                        let kind = attribute(&e, "t").unwrap_or_default();
                        if here <= column {
                            return Err(xml.damaged("cells out of order"));
                        }
                        if usize::try_from(here).unwrap_or(usize::MAX) > limits.cells {
                            return Err(too_much("cells", limits.cells));
                        }
                        column = here;
                        value.clear();
                        inside(&mut xml, "c", limits.row, &mut value)?;
                        if let Some(cell) = context.cell(&kind, style, &value) {
                            row.cells.push((column, cell));
                        }
                    }
                    _ => {}
                },
                Event::End(e) => match e.local_name().as_ref() {
                    "row" if within && !row.cells.is_empty() => {
                        rows += 1;
                        if rows > limits.rows {
                            return Err(too_much("rows", limits.rows));
                        }
                        if !visit(&row) {
                            return Ok(());
                        }
                    }
                    "sheetData" => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(xml.damaged("the end of the part inside the sheet")),
                _ => {}
            }
        }
    }
}

/// The text of `v` and `t` up to the end of an element, without formulas and phonetics.
fn inside<R: Read>(
    xml: &mut Xml<'_, R>,
    element: &str,
    most: usize,
    text: &mut String,
) -> Result<(), ReadFault> {
    let start = text.len();
    let mut reading = false;
    let mut aside = 0_u32;
    loop {
        match xml.next()? {
            Event::Start(e) => match e.local_name().as_ref() {
                "v" | "t" => reading = aside == 0,
                "rPh" | "f" => aside += 1,
                _ => {}
            },
            Event::End(e) => match e.local_name().as_ref() {
                "v" | "t" => reading = false,
                "rPh" | "f" => aside = aside.saturating_sub(1),
                name if name == element => return Ok(()),
                _ => {}
            },
            Event::Text(e) if reading => text.push_str(&e),
            Event::CData(e) if reading => text.push_str(&e),
            Event::GeneralRef(e) if reading => reference(&e, text),
            Event::Eof => return Err(xml.damaged("the end of the part inside an element")),
            _ => {}
        }
        if text.len() - start > most {
            return Err(too_much("characters", most));
        }
    }
}

/// What turns a value into a cell.
struct Context<'a> {
    texts: &'a Texts,
    formats: &'a [NumberFormat],
    from_1904: bool,
}

impl Context<'_> {
    fn cell(&self, kind: &str, style: Option<usize>, value: &str) -> Option<Cell> {
        match kind {
            "s" => {
                let index: usize = value.trim().parse().ok()?;
                Cell::of_text(self.texts.get(index)?)
            }
            "str" | "inlineStr" => Cell::of_text(value),
            "b" => match value.trim() {
                "1" | "true" => Some(Cell::Boolean(true)),
                "0" | "false" => Some(Cell::Boolean(false)),
                _ => Cell::of_text(value),
            },
            "e" => (!value.trim().is_empty()).then(|| Cell::Error(value.trim().to_owned())),
            "d" => super::ods::iso(value).or_else(|| Cell::of_text(value)),
            _ => {
                if value.trim().is_empty() {
                    return None;
                }
                let Some(number) = shortest(value) else {
                    return Cell::of_text(value);
                };
                let format = self.formats.get(style.unwrap_or(0)).copied();
                Some(match format.unwrap_or_default() {
                    NumberFormat::Number => Cell::Number(number),
                    NumberFormat::Percent => Cell::Percent(number),
                    NumberFormat::Date => serial(&number, self.from_1904),
                })
            }
        }
    }
}

/// The column of a reference such as `AB12`.
fn column_of(reference: &str) -> Option<u32> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let mut column = 0_u32;
    for letter in letters {
        let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
        column = column.checked_mul(26)?.checked_add(digit)?;
    }
    (column > 0).then_some(column)
}

impl NumberFormat {
    /// The formats that every file has by number (ECMA-376, 18.8.30).
    fn built_in(id: u32) -> NumberFormat {
        match id {
            9 | 10 => NumberFormat::Percent,
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => NumberFormat::Date,
            _ => NumberFormat::Number,
        }
    }

    /// What a format code shows; only its first section counts.
    ///
    /// Letters of days and times stand outside quotes and brackets; `[h]` counts hours and
    /// is no date.
    fn of_code(code: &str) -> NumberFormat {
        let mut chars = code.chars();
        let mut date = false;
        while let Some(c) = chars.next() {
            match c {
                '"' => while chars.next().is_some_and(|c| c != '"') {},
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                    let elapsed = |c: char| matches!(c, 'h' | 'H' | 'm' | 'M' | 's' | 'S');
                    if !inside.is_empty() && inside.chars().all(elapsed) {
                        return NumberFormat::Number;
                    }
                }
                ';' => break,
                '%' => return NumberFormat::Percent,
                'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' => date = true,
                _ => {}
            }
        }
        // `General` and its translations hold none of these letters but for their own name.
        if date && !code.trim_start().starts_with("General") {
            NumberFormat::Date
        } else {
            NumberFormat::Number
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_their_code() {
        for (code, format) in [
            ("General", NumberFormat::Number),
            ("0.00%", NumberFormat::Percent),
            ("dd/mm/yyyy", NumberFormat::Date),
            ("[$-42A]dd\\/mm\\/yyyy;@", NumberFormat::Date),
            ("hh:mm dd/mm/yyyy", NumberFormat::Date),
            ("[h]:mm:ss", NumberFormat::Number),
            ("#,##0\" dong\"", NumberFormat::Number),
            ("#,##0;[Red]-#,##0", NumberFormat::Number),
            ("yyyy-mm-dd", NumberFormat::Date),
        ] {
            assert_eq!(NumberFormat::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn references_have_columns() {
        for (reference, column) in [
            ("A1", Some(1)),
            ("Z9", Some(26)),
            ("AA10", Some(27)),
            ("XFD1", Some(16_384)),
            ("12", None),
            ("ZZZZZZZZZZ1", None),
        ] {
            assert_eq!(column_of(reference), column, "{reference}");
        }
    }
}
