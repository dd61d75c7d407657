//! OpenDocument sheets: values stand in the file as decimals and ISO dates.

use std::io::{Read, Seek};

use chrono::NaiveDate;
use quick_xml::events::{BytesStart, Event};

use super::serial::shortest;
use super::workbook::too_much;
use super::xml::{Archive, Xml, attribute, reference};
use super::{Cell, Row, SECONDS_OF_A_DAY, SheetLimits};
use crate::ReadFault;

const CONTENT: &str = "content.xml";

pub(super) struct Ods<R> {
    archive: Archive<R>,
    names: Vec<String>,
}

impl<R: Read + Seek> Ods<R> {
    pub(super) fn open(archive: Archive<R>, limits: &SheetLimits) -> Result<Self, ReadFault> {
        let mut book = Ods {
            archive: archive.called("ods"),
            names: Vec::new(),
        };
        if book.encrypted(limits)? {
            return Err(ReadFault::Encrypted { format: "ods" });
        }
        let Some(mut xml) = book.archive.part(CONTENT, limits.unpacked, limits)? else {
            return Ok(book);
        };
        let mut spreadsheet = false;
        loop {
            match xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "spreadsheet" => spreadsheet = true,
                Event::Start(e) if spreadsheet && e.name().as_ref() == "table:table" => {
                    if book.names.len() >= limits.sheets {
                        return Err(too_much("sheets", limits.sheets));
                    }
                    book.names.push(attribute(&e, "name").unwrap_or_default());
                }
                Event::Eof if !spreadsheet => {
                    return Err(ReadFault::UnknownFormat {
                        expected: "csv, xlsx, xls, ods",
                        found: "odf".to_owned(),
                    });
                }
                Event::Eof => break,
                _ => {}
            }
        }
        drop(xml);
        Ok(book)
    }

    fn encrypted(&mut self, limits: &SheetLimits) -> Result<bool, ReadFault> {
        let part = "META-INF/manifest.xml";
        let Some(mut xml) = self.archive.part(part, limits.kept, limits)? else {
            return Ok(false);
        };
        loop {
            match xml.next()? {
                Event::Start(e) if e.local_name().as_ref() == "encryption-data" => {
                    return Ok(true);
                }
                Event::Eof => return Ok(false),
                _ => {}
            }
        }
    }

    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    pub(super) fn read(
        &mut self,
        sheet: usize,
        limits: &SheetLimits,
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<(), ReadFault> {
        let Some(mut xml) = self.archive.part(CONTENT, limits.unpacked, limits)? else {
            return Ok(());
        };
        let mut tables = 0_usize;
        // A row below the one that is read is `next`.
        let mut next = 1_u32;
        let mut row = Row::default();
        let mut repeated = 1_u32;
        let mut column = 0_u32;
        let mut rows = 0_u64;
        loop {
            match xml.next()? {
                Event::Start(e) => match e.name().as_ref() {
                    "table:table" => tables += 1,
                    "table:table-row" if tables == sheet + 1 => {
                        repeated = count(&e, "number-rows-repeated");
                        row.number = next;
                        next = next.saturating_add(repeated);
                        row.cells.clear();
                        column = 0;
                    }
                    "table:table-cell" | "table:covered-table-cell" if tables == sheet + 1 => {
                        let times = count(&e, "number-columns-repeated");
                        let told = Told::of(&e);
                        let cell = told.cell(&mut xml, limits)?;
                        let first = column.saturating_add(1);
                        column = column.saturating_add(times);
                        let Some(cell) = cell else { continue };
                        if usize::try_from(column).unwrap_or(usize::MAX) > limits.cells {
                            return Err(too_much("cells", limits.cells));
                        }
                        for here in first..=column {
                            row.cells.push((here, cell.clone()));
                        }
                    }
                    _ => {}
                },
                Event::End(e) => match e.name().as_ref() {
                    "table:table-row" if tables == sheet + 1 && !row.cells.is_empty() => {
                        for _ in 0..repeated {
                            rows += 1;
                            if rows > limits.rows {
                                return Err(too_much("rows", limits.rows));
                            }
                            if !visit(&row) {
                                return Ok(());
                            }
                            row.number = row.number.saturating_add(1);
                        }
                    }
                    "table:table" if tables == sheet + 1 => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(xml.damaged("the end of the part inside the sheet")),
                _ => {}
            }
        }
    }
}

fn count(element: &BytesStart<'_>, name: &str) -> u32 {
    let told = attribute(element, name).and_then(|it| it.parse().ok());
    told.unwrap_or(1).max(1)
}

/// What the start of a cell says of its value.
struct Told {
    kind: String,
    value: Option<String>,
    error: bool,
}

impl Told {
    fn of(element: &BytesStart<'_>) -> Told {
        let mut told = Told {
            kind: String::new(),
            value: None,
            error: false,
        };
        for it in element.attributes().with_checks(false).flatten() {
            let value = || {
                let told = quick_xml::escape::unescape(&it.value);
                told.map(|it| it.into_owned()).ok()
            };
            match it.key.as_ref() {
                "office:value-type" => told.kind = value().unwrap_or_default(),
                "calcext:value-type" => told.error = value().as_deref() == Some("error"),
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => told.value = value(),
                _ => {}
            }
        }
        told
    }

    /// Reads to the end of the cell.
    fn cell<R: Read>(
        self,
        xml: &mut Xml<'_, R>,
        limits: &SheetLimits,
    ) -> Result<Option<Cell>, ReadFault> {
        let mut text = String::new();
        let mut paragraph = 0_u32;
        let mut note = 0_u32;
        loop {
            match xml.next()? {
                Event::Start(e) => match e.name().as_ref() {
                    "office:annotation" => note += 1,
                    "text:p" if note == 0 => {
                        if !text.is_empty() {
                            text.push('\n');
                        }
                        paragraph += 1;
                    }
                    "text:s" | "text:tab" | "text:line-break" if note == 0 => text.push(' '),
                    _ => {}
                },
                Event::End(e) => match e.name().as_ref() {
                    "office:annotation" => note = note.saturating_sub(1),
                    "text:p" if note == 0 => paragraph = paragraph.saturating_sub(1),
                    "table:table-cell" | "table:covered-table-cell" => break,
                    _ => {}
                },
                Event::Text(e) if paragraph > 0 && note == 0 => text.push_str(&e),
                Event::GeneralRef(e) if paragraph > 0 && note == 0 => reference(&e, &mut text),
                Event::Eof => return Err(xml.damaged("the end of the part inside a cell")),
                _ => {}
            }
            if text.len() > limits.row {
                return Err(too_much("characters", limits.row));
            }
        }
        if self.error {
            let text = text.trim().to_owned();
            return Ok((!text.is_empty()).then_some(Cell::Error(text)));
        }
        let value = self.value.as_deref();
        let number = || value.and_then(shortest);
        let told = match self.kind.as_str() {
            "float" | "currency" => number().map(Cell::Number),
            "percentage" => number().map(Cell::Percent),
            "date" => value.map(|it| iso(it).unwrap_or_else(|| Cell::NoDate(it.to_owned()))),
            "time" => value.and_then(duration).map(Cell::Time),
            "boolean" => value.map(|it| Cell::Boolean(it == "true")),
            _ => value.and_then(Cell::of_text),
        };
        Ok(told.or_else(|| Cell::of_text(&text)))
    }
}

/// `2024-05-15`, or with a time: `2024-05-15T17:00:00.5`.
pub(super) fn iso(text: &str) -> Option<Cell> {
    let (day, time) = match text.trim().split_once('T') {
        Some((day, time)) => (day, Some(time)),
        None => (text.trim(), None),
    };
    let day: NaiveDate = cchc_core::values::parse_date(day).ok()?;
    let Some(time) = time else {
        return Some(Cell::Date(day));
    };
    let mut parts = time.splitn(3, ':').map(|part| {
        let whole = part.split('.').next().unwrap_or_default();
        whole.parse::<u32>().ok()
    });
    let hour = parts.next()??;
    let minute = parts.next().unwrap_or(Some(0))?;
    let second = parts.next().unwrap_or(Some(0))?;
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let time = hour * 3600 + minute * 60 + second;
    Some(if time == 0 {
        Cell::Date(day)
    } else {
        Cell::DateTime(day, time)
    })
}

/// `PT17H00M00S` within a day.
fn duration(text: &str) -> Option<u32> {
    let mut rest = text.strip_prefix("PT")?;
    let mut seconds = 0_u32;
    for (sign, unit) in [('H', 3600), ('M', 60), ('S', 1)] {
        if let Some((number, after)) = rest.split_once(sign) {
            let whole = number.split(['.', ',']).next().unwrap_or_default();
            let number: u32 = whole.parse().ok()?;
            seconds = seconds.checked_add(number.checked_mul(unit)?)?;
            rest = after;
        }
    }
    (rest.is_empty() && seconds <= SECONDS_OF_A_DAY).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_dates_and_durations_are_read() {
        for (text, shown) in [
            ("2024-05-15", Some("2024-05-15")),
            ("2024-05-15T17:30:05.25", Some("2024-05-15 17:30:05")),
            ("2024-05-15T00:00:00", Some("2024-05-15")),
            ("2024-02-30", None),
            ("15/05/2024", None),
        ] {
            assert_eq!(iso(text).map(|it| it.shown()).as_deref(), shown, "{text}");
        }
        assert_eq!(duration("PT17H05M00S"), Some(61_500));
        assert_eq!(duration("PT25H"), None);
        assert_eq!(duration("17:00"), None);
    }
}
