//! CSV: comma, semicolon or tab; UTF-8, or UTF-16 with its mark.
//!
//! Quotes double inside quotes and a quoted field may go over lines, as RFC 4180 has it. The
//! number of a row is the line on which it starts, so that an editor finds it; a quote that
//! is never closed is a fault at that line, since it would swallow every row below.

use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

use cchc_core::reading::Spot;

use super::workbook::{broken, too_much};
use super::{Cell, Row, SheetLimits};
use crate::ReadFault;

/// Bytes at the start that tell encoding and delimiter.
const HEAD: u64 = 64 << 10;

pub(super) struct Csv<R> {
    source: R,
    encoding: Encoding,
    delimiter: u8,
    /// Whether the first line only names the delimiter, as Excel's `sep=;` does.
    named: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8 { mark: u64 },
    Utf16 { big: bool },
}

impl<R: Read + Seek> Csv<R> {
    /// Looks at the first bytes.
    pub(super) fn open(mut source: R) -> Result<Self, ReadFault> {
        let mut head = Vec::new();
        source.rewind().map_err(|error| broken("csv", &error))?;
        source
            .by_ref()
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(|error| broken("csv", &error))?;
        let encoding = match head.as_slice() {
            [0xFF, 0xFE, ..] => Encoding::Utf16 { big: false },
            [0xFE, 0xFF, ..] => Encoding::Utf16 { big: true },
            [0xEF, 0xBB, 0xBF, ..] => Encoding::Utf8 { mark: 3 },
            _ => Encoding::Utf8 { mark: 0 },
        };
        let mut csv = Csv {
            source,
            encoding,
            delimiter: b',',
            named: false,
        };
        let mut sample = Vec::new();
        // What is wrong further down is told when the rows are read.
        let _ = csv.text()?.take(HEAD).read_to_end(&mut sample);
        if sample.contains(&0) {
            return Err(ReadFault::UnknownFormat {
                expected: "csv, xlsx, xls, ods",
                found: "binary".to_owned(),
            });
        }
        match sample.as_slice() {
            [
                b's' | b'S',
                b'e' | b'E',
                b'p' | b'P',
                b'=',
                sign,
                b'\r' | b'\n',
                ..,
            ] => {
                csv.delimiter = *sign;
                csv.named = true;
            }
            _ => csv.delimiter = delimiter(&sample),
        }
        Ok(csv)
    }

    /// The file from its start, as UTF-8 without a mark.
    fn text(&mut self) -> Result<Box<dyn Read + '_>, ReadFault> {
        let skip = match self.encoding {
            Encoding::Utf8 { mark } => mark,
            Encoding::Utf16 { .. } => 2,
        };
        self.source
            .seek(SeekFrom::Start(skip))
            .map_err(|error| broken("csv", &error))?;
        Ok(match self.encoding {
            Encoding::Utf8 { .. } => Box::new(&mut self.source),
            Encoding::Utf16 { big } => Box::new(Utf16::of(&mut self.source, big)),
        })
    }

    /// Visits every row that is not empty, until the visitor says no.
    pub(super) fn read(
        &mut self,
        limits: &SheetLimits,
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<(), ReadFault> {
        let (delimiter, named) = (self.delimiter, self.named);
        let mut input = BufReader::with_capacity(64 << 10, self.text()?);
        let mut parser = Parser::of(delimiter, *limits);
        let mut skip = named;
        let mut each = |row: &Row| std::mem::take(&mut skip) || visit(row);
        loop {
            let taken = {
                let bytes = input.fill_buf().map_err(|error| broken("csv", &error))?;
                if bytes.is_empty() {
                    return parser.end(&mut each);
                }
                if !parser.take(bytes, &mut each)? {
                    return Ok(());
                }
                bytes.len()
            };
            input.consume(taken);
        }
    }
}

/// The sign that stands in most lines alike.
fn delimiter(sample: &[u8]) -> u8 {
    let score = |sign: u8| {
        let mut counts = Vec::new();
        let mut here = 0_usize;
        let mut quoted = false;
        let mut blank = true;
        for byte in sample {
            match byte {
                b'"' => quoted = !quoted,
                b'\n' | b'\r' if !quoted => {
                    if !blank {
                        counts.push(here);
                    }
                    (here, blank) = (0, true);
                    continue;
                }
                byte if *byte == sign && !quoted => here += 1,
                _ => {}
            }
            blank = false;
        }
        if !blank {
            counts.push(here);
        }
        counts.sort_unstable();
        let usual = counts.get(counts.len() * 3 / 4).copied().unwrap_or(0);
        (usual, counts.iter().sum::<usize>())
    };
    let signs = [b',', b'\t', b';'];
    // The last of equals would win, and a comma is what the name says.
    let best = signs.into_iter().rev().max_by_key(|sign| score(*sign));
    best.unwrap_or(b',')
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first byte of a field.
    Start,
    Plain,
    Quoted,
    /// Behind a quote inside quotes: the end of the field, or half of a double quote.
    Quote,
}

struct Parser {
    delimiter: u8,
    limits: SheetLimits,
    state: State,
    /// Bytes of the row's fields, one after the other.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    line: u32,
    /// Line on which the row starts.
    start: u32,
    /// Line on which the quoted field starts.
    quote: u32,
    after_return: bool,
    rows: u64,
    row: Row,
}

impl Parser {
    fn of(delimiter: u8, limits: SheetLimits) -> Parser {
        Parser {
            delimiter,
            limits,
            state: State::Start,
            bytes: Vec::new(),
            ends: Vec::new(),
            line: 1,
            start: 1,
            quote: 1,
            after_return: false,
            rows: 0,
            row: Row::default(),
        }
    }

    /// Takes bytes; no more are wanted where it says no.
    fn take(
        &mut self,
        bytes: &[u8],
        visit: &mut dyn FnMut(&Row) -> bool,
    ) -> Result<bool, ReadFault> {
        for &byte in bytes {
            let line_feed_of_return = byte == b'\n' && std::mem::take(&mut self.after_return);
            if line_feed_of_return && self.state != State::Quoted {
                continue;
            }
            self.after_return = byte == b'\r';
            if (byte == b'\n' && !line_feed_of_return) || byte == b'\r' {
                self.line = self.line.saturating_add(1);
            }
            match (self.state, byte) {
                (State::Quoted, b'"') => self.state = State::Quote,
                (State::Quoted, _) => self.push(byte)?,
                (State::Quote, b'"') => {
                    self.push(byte)?;
                    self.state = State::Quoted;
                }
                (State::Start, b'"') => {
                    self.state = State::Quoted;
                    self.quote = self.line;
                }
                (_, b'\n' | b'\r') => {
                    if !self.row(visit)? {
                        return Ok(false);
                    }
                }
                (_, byte) if byte == self.delimiter => self.field()?,
                (_, _) => {
                    self.push(byte)?;
                    self.state = State::Plain;
                }
            }
        }
        Ok(true)
    }

    fn push(&mut self, byte: u8) -> Result<(), ReadFault> {
        if self.bytes.len() >= self.limits.row {
            return Err(too_much("characters", self.limits.row));
        }
        self.bytes.push(byte);
        Ok(())
    }

    fn field(&mut self) -> Result<(), ReadFault> {
        if self.ends.len() >= self.limits.cells {
            return Err(too_much("cells", self.limits.cells));
        }
        self.ends.push(self.bytes.len());
        self.state = State::Start;
        Ok(())
    }

    /// The row is complete.
    fn row(&mut self, visit: &mut dyn FnMut(&Row) -> bool) -> Result<bool, ReadFault> {
        self.field()?;
        self.row.number = self.start;
        self.row.cells.clear();
        let mut from = 0;
        for (column, end) in (1_u32..).zip(&self.ends) {
            let bytes = self.bytes.get(from..*end).unwrap_or_default();
            from = *end;
            if bytes.is_empty() {
                continue;
            }
            let text = std::str::from_utf8(bytes).map_err(|_| ReadFault::Encoding {
                at: self.row.spot(None, column),
            })?;
            if let Some(cell) = Cell::of_text(text) {
                self.row.cells.push((column, cell));
            }
        }
        self.bytes.clear();
        self.ends.clear();
        self.start = self.line;
        if self.row.cells.is_empty() {
            return Ok(true);
        }
        self.rows += 1;
        if self.rows > self.limits.rows {
            return Err(too_much("rows", self.limits.rows));
        }
        Ok(visit(&self.row))
    }

    /// The file is at its end.
    fn end(&mut self, visit: &mut dyn FnMut(&Row) -> bool) -> Result<(), ReadFault> {
        if self.state == State::Quoted {
            return Err(ReadFault::Damaged {
                format: "csv",
                found: "a quote that is never closed".to_owned(),
                at: Spot::Cell {
                    sheet: None,
                    row: self.quote,
                    column: u32::try_from(self.ends.len()).unwrap_or(u32::MAX - 1) + 1,
                },
            });
        }
        if !self.bytes.is_empty() || !self.ends.is_empty() {
            self.row(visit)?;
        }
        Ok(())
    }
}

/// UTF-16 as UTF-8.
struct Utf16<R> {
    input: BufReader<R>,
    big: bool,
    /// First half of a character that takes two units.
    half: Option<u16>,
    ready: Vec<u8>,
    given: usize,
    units: u64,
}

impl<R: Read> Utf16<R> {
    fn of(input: R, big: bool) -> Self {
        Utf16 {
            input: BufReader::new(input),
            big,
            half: None,
            ready: Vec::new(),
            given: 0,
            units: 0,
        }
    }

    fn fill(&mut self) -> std::io::Result<()> {
        self.ready.clear();
        self.given = 0;
        let mut chunk = [0_u8; 8192];
        let mut filled = 0;
        while let Some(rest) = chunk.get_mut(filled..).filter(|rest| !rest.is_empty()) {
            match self.input.read(rest)? {
                0 => break,
                read => filled += read,
            }
        }
        let bytes = chunk.get(..filled).unwrap_or_default();
        let wrong = || std::io::Error::other(WrongUnit);
        if filled % 2 == 1 || (filled == 0 && self.half.is_some()) {
            return Err(wrong());
        }
        for pair in bytes.chunks_exact(2) {
            let pair = [
                pair.first().copied().unwrap_or(0),
                pair.last().copied().unwrap_or(0),
            ];
            let unit = if self.big {
                u16::from_be_bytes(pair)
            } else {
                u16::from_le_bytes(pair)
            };
            self.units += 1;
            let first = self.half.take();
            if first.is_none() && (0xD800..0xDC00).contains(&unit) {
                self.half = Some(unit);
                continue;
            }
            let c = char::decode_utf16(first.into_iter().chain([unit]))
                .next()
                .and_then(Result::ok)
                .ok_or_else(wrong)?;
            let mut space = [0; 4];
            self.ready
                .extend_from_slice(c.encode_utf8(&mut space).as_bytes());
        }
        Ok(())
    }
}

impl<R: Read> Read for Utf16<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        if self.given == self.ready.len() {
            self.fill()?;
        }
        let rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.len().min(out.len());
        if let (Some(to), Some(from)) = (out.get_mut(..count), rest.get(..count)) {
            to.copy_from_slice(from);
        }
        self.given += count;
        Ok(count)
    }
}

/// Half a character in UTF-16.
#[derive(Debug, thiserror::Error)]
#[error("expected UTF-16, found half a character")]
pub(super) struct WrongUnit;

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn rows(bytes: &[u8]) -> Result<Vec<String>, ReadFault> {
        let mut rows = Vec::new();
        Csv::open(Cursor::new(bytes))?.read(&SheetLimits::USUAL, &mut |row| {
            let cells = row.cells.iter().map(|(column, cell)| {
                format!("{}={}", Spot::column_letters(*column), cell.shown())
            });
            rows.push(format!(
                "{}: {}",
                row.number,
                cells.collect::<Vec<_>>().join(" ")
            ));
            true
        })?;
        Ok(rows)
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &[&str]) {
        assert_eq!(rows(bytes).unwrap(), expected);
    }

    #[test]
    fn comma_semicolon_and_tab_are_told_apart() {
        check(b"a,b\n1,2\n", &["1: A=a B=b", "2: A=1 B=2"]);
        check(
            b"a;b\n1,5;2\n3,5;4",
            &["1: A=a B=b", "2: A=1,5 B=2", "3: A=3,5 B=4"],
        );
        check(b"a\tb\n1\t2,0\n", &["1: A=a B=b", "2: A=1 B=2,0"]);
        check(b"sep=;\r\na,a;b\r\n", &["2: A=a,a B=b"]);
    }

    #[test]
    fn rows_keep_the_line_on_which_they_start() {
        check(
            b"a,b\r\n\r\n\"x\r\ny\",2\r\n,\r\n3,4",
            &["1: A=a B=b", "3: A=x\r\ny B=2", "6: A=3 B=4"],
        );
        check(b"a,b\r1,2\r", &["1: A=a B=b", "2: A=1 B=2"]);
    }

    #[test]
    fn quotes_double_inside_quotes() {
        check(
            b"\"a \"\"b\"\"\",c\n\"1\" x,\"\"",
            &["1: A=a \"b\" B=c", "2: A=1 x"],
        );
    }

    #[test]
    fn a_quote_that_is_never_closed_is_a_fault_where_it_starts() {
        let fault = rows(b"a,b\n1,\"2\n3,4\n").unwrap_err();
        let ReadFault::Damaged { at, .. } = fault else {
            panic!("{fault:?}");
        };
        assert_eq!(
            at,
            Spot::Cell {
                sheet: None,
                row: 2,
                column: 2
            }
        );
    }

    #[test]
    fn utf_16_is_read_by_its_mark() {
        let text = "mã;ngày\n1;2\u{1F600}\n";
        for big in [false, true] {
            let mut bytes = if big {
                vec![0xFE, 0xFF]
            } else {
                vec![0xFF, 0xFE]
            };
            for unit in text.encode_utf16() {
                bytes.extend(if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                });
            }
            check(&bytes, &["1: A=mã B=ngày", "2: A=1 B=2\u{1F600}"]);
            let cut = bytes.get(..bytes.len() - 1).unwrap();
            assert!(matches!(rows(cut), Err(ReadFault::Encoding { .. })));
        }
    }

    #[test]
    fn other_bytes_are_a_fault_at_their_cell() {
        // `ngày` in Windows-1258.
        let fault = rows(b"a,b\n1,ng\xe0y\n").unwrap_err();
        assert_eq!(
            fault,
            ReadFault::Encoding {
                at: Spot::Cell {
                    sheet: None,
                    row: 2,
                    column: 2
                }
            }
        );
        assert!(matches!(
            rows(b"a\0b"),
            Err(ReadFault::UnknownFormat { .. })
        ));
        check(b"\xEF\xBB\xBFa,b", &["1: A=a B=b"]);
    }

    #[test]
    fn a_row_without_end_is_refused() {
        let long = vec![b'x'; (1 << 20) + 1];
        assert!(matches!(
            rows(&long),
            Err(ReadFault::TooMuch {
                what: "characters",
                ..
            })
        ));
        let wide = vec![b','; 20_000];
        assert!(matches!(
            rows(&wide),
            Err(ReadFault::TooMuch { what: "cells", .. })
        ));
    }
}
