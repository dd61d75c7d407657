//! Fonts: which letters their codes show, and how wide they are.
//!
//! A letter is what the font's character map or its encoding says. Where neither does, or
//! the font is one of an old encoding, nothing is guessed.

use std::collections::BTreeMap;

use super::encoding::{Base, letter, named};
use super::file::File;
use super::object::{Dictionary, Lexer, Object, Token};
use super::too_much;
use crate::ReadFault;
use crate::read::legacy::is_legacy_font;

/// Most entries of a character map, and of a list of widths.
const ENTRIES: usize = 70_000;

/// What an entry costs, in bytes that are passed over.
const ENTRY: usize = 64;

/// Most letters that one code shows.
const LETTERS: usize = 16;

pub(super) struct Font {
    pub(super) name: String,
    /// Its codes show other letters than they say.
    legacy: bool,
    codes: Codes,
    map: Option<Map>,
    widths: BTreeMap<u32, f64>,
    usual_width: f64,
    /// What a width is counted in, as a part of the size.
    unit: f64,
}

/// How bytes become codes, and codes letters where there is no map.
enum Codes {
    /// One byte each.
    Simple(Vec<Option<String>>),
    /// Two bytes each, of glyphs.
    Glyphs,
    /// Two bytes each, of UTF-16.
    Unicode,
    /// As the map tells how long they are.
    Mixed,
}

/// A character map.
#[derive(Default)]
struct Map {
    /// First and last code, and the text of the first; the last letter counts up.
    ranges: Vec<(u32, u32, String)>,
    /// Lengths of codes, with their first and last.
    spaces: Vec<(usize, u32, u32)>,
}

/// A code that was taken from a string.
pub(super) struct Coded {
    pub(super) length: usize,
    pub(super) code: u32,
}

impl Font {
    pub(super) fn read(file: &File<'_>, of: &Dictionary) -> Result<Font, ReadFault> {
        let name = match file.value(of, b"BaseFont")? {
            Object::Name(name) => String::from_utf8_lossy(&name).chars().take(64).collect(),
            _ => String::new(),
        };
        let kind = file.value(of, b"Subtype")?;
        let map = match file.value(of, b"ToUnicode")? {
            Object::Stream(dictionary, start) => Some(Map::read(&file.stream(&dictionary, start)?)),
            _ => None,
        };
        let mut font = Font {
            legacy: is_legacy_font(&name),
            name,
            codes: Codes::Glyphs,
            map,
            widths: BTreeMap::new(),
            usual_width: 1_000.0,
            unit: 0.001,
        };
        if kind.name() == Some(b"Type0") {
            font.composite(file, of)?;
        } else {
            font.simple(file, of, kind.name() == Some(b"Type3"))?;
        }
        let entries = font.map.as_ref().map_or(0, |map| map.ranges.len());
        file.pass((entries + font.widths.len()) * ENTRY)?;
        Ok(font)
    }

    fn composite(&mut self, file: &File<'_>, of: &Dictionary) -> Result<(), ReadFault> {
        self.codes = match file.value(of, b"Encoding")? {
            Object::Name(name) if name.windows(4).any(|it| it == b"UCS2" || it == b"UTF1") => {
                Codes::Unicode
            }
            Object::Name(name) if name.starts_with(b"Identity") => Codes::Glyphs,
            Object::Stream(dictionary, start) => {
                // Only how long its codes are; the letters are in the other map.
                let spaces = Map::read(&file.stream(&dictionary, start)?).spaces;
                match &mut self.map {
                    Some(map) if !spaces.is_empty() => {
                        map.spaces = spaces;
                        Codes::Mixed
                    }
                    _ => Codes::Glyphs,
                }
            }
            _ => Codes::Mixed,
        };
        let Object::Array(below) = file.value(of, b"DescendantFonts")? else {
            return Ok(());
        };
        let Some(below) = below.first() else {
            return Ok(());
        };
        let below = file.resolved(below)?;
        let Some(below) = below.dictionary() else {
            return Ok(());
        };
        if let Some(usual) = file.value(below, b"DW")?.number() {
            self.usual_width = usual;
        }
        let Object::Array(widths) = file.value(below, b"W")? else {
            return Ok(());
        };
        let mut rest = widths.as_slice();
        let mut entries = 0usize;
        while let [first, second, after @ ..] = rest {
            let Some(first) = first.integer().and_then(|it| u32::try_from(it).ok()) else {
                return Ok(());
            };
            match (file.resolved(second)?, after) {
                (Object::Array(each), after) => {
                    entries += each.len();
                    for (code, width) in (first..).zip(each) {
                        if let Some(width) = width.number() {
                            self.widths.insert(code, width);
                        }
                    }
                    rest = after;
                }
                (Object::Integer(last), [width, after @ ..]) => {
                    let last = u32::try_from(last).unwrap_or(0).min(0xffff);
                    entries += (first..=last).count();
                    if let Some(width) = width.number().filter(|_| entries <= ENTRIES) {
                        for code in first..=last {
                            self.widths.insert(code, width);
                        }
                    }
                    rest = after;
                }
                _ => return Ok(()),
            }
            if entries > ENTRIES {
                return Err(too_much("objects", ENTRIES));
            }
        }
        Ok(())
    }

    fn simple(&mut self, file: &File<'_>, of: &Dictionary, drawn: bool) -> Result<(), ReadFault> {
        let descriptor = file.dictionary(of, b"FontDescriptor")?;
        let flags = descriptor
            .get(b"Flags".as_slice())
            .and_then(Object::integer);
        let symbolic = flags.is_some_and(|it| it & 4 != 0);
        let base = |object: &Object| match object.name() {
            Some(b"WinAnsiEncoding") => Some(Base::Windows),
            Some(b"MacRomanEncoding") => Some(Base::Mac),
            Some(b"StandardEncoding") => Some(Base::Standard),
            _ => None,
        };
        let encoding = file.value(of, b"Encoding")?;
        let mut differences = Vec::new();
        let base = match &encoding {
            Object::Dictionary(it) => {
                if let Object::Array(found) = file.value(it, b"Differences")? {
                    differences = found;
                }
                base(&file.value(it, b"BaseEncoding")?)
            }
            other => base(other),
        };
        // A font of its own signs, or one that is drawn, has its own letters too.
        let base = base.or((!symbolic && !drawn).then_some(Base::Standard));
        let mut letters: Vec<Option<String>> = (0..=255u8)
            .map(|byte| base.and_then(|base| letter(base, byte)).map(String::from))
            .collect();
        let mut at = 0usize;
        for it in differences {
            match it {
                Object::Integer(code) => at = usize::try_from(code).unwrap_or(usize::MAX),
                Object::Name(name) => {
                    if let Some(letter) = letters.get_mut(at) {
                        *letter = std::str::from_utf8(&name).ok().and_then(named);
                    }
                    at = at.saturating_add(1);
                }
                _ => {}
            }
        }
        self.codes = Codes::Simple(letters);
        // Fonts that every viewer has may leave their widths out; half a size is near.
        self.usual_width = 500.0;
        if let Some(missing) = descriptor.get(b"MissingWidth".as_slice()) {
            self.usual_width = missing.number().unwrap_or(0.0);
        }
        if drawn {
            self.usual_width = 0.0;
            if let Object::Array(matrix) = file.value(of, b"FontMatrix")? {
                self.unit = matrix.first().and_then(Object::number).unwrap_or(0.001);
            }
        }
        let first = file.value(of, b"FirstChar")?.integer().unwrap_or(0);
        let first = u32::try_from(first).unwrap_or(0);
        if let Object::Array(widths) = file.value(of, b"Widths")? {
            for (code, width) in (first..).zip(widths.iter().take(256)) {
                if let Some(width) = file.resolved(width)?.number() {
                    self.widths.insert(code, width);
                }
            }
        }
        Ok(())
    }

    /// The code that a string begins with.
    pub(super) fn code(&self, bytes: &[u8]) -> Option<Coded> {
        let length = match (&self.codes, &self.map) {
            (Codes::Simple(_), _) => 1,
            (Codes::Mixed, Some(map)) => map.length(bytes),
            _ => 2,
        };
        let bytes = bytes.get(..length).or(Some(bytes))?;
        if bytes.is_empty() {
            return None;
        }
        Some(Coded {
            length: bytes.len(),
            code: number(bytes),
        })
    }

    /// Adds the letters of a code, or tells that the font does not tell them.
    pub(super) fn letters(&self, code: u32, out: &mut String) -> bool {
        let start = out.len();
        let told = match (&self.map, &self.codes) {
            (Some(map), _) if map.letters(code, out) => true,
            (_, Codes::Simple(letters)) => {
                let letter = usize::try_from(code).ok().and_then(|it| letters.get(it));
                match letter {
                    Some(Some(letter)) => {
                        out.push_str(letter);
                        true
                    }
                    _ => false,
                }
            }
            (_, Codes::Unicode) => char::from_u32(code).is_some_and(|c| {
                out.push(c);
                true
            }),
            _ => false,
        };
        // In an old encoding only the letters of ASCII are what they seem.
        let told = told && (!self.legacy || letters_since(out, start).is_ascii());
        if !told {
            out.truncate(start);
        }
        told
    }

    /// How far a code moves, as a part of the size.
    pub(super) fn width(&self, code: u32) -> f64 {
        let width = self.widths.get(&code).copied();
        width.unwrap_or(self.usual_width) * self.unit
    }

    /// Whether codes are single bytes, so that a space between words can be widened.
    pub(super) fn is_simple(&self) -> bool {
        matches!(self.codes, Codes::Simple(_))
    }
}

/// What was added to a text.
fn letters_since(text: &str, start: usize) -> &str {
    text.get(start..).unwrap_or_default()
}

fn number(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().take(4);
    bytes.fold(0, |sum, byte| (sum << 8) | u32::from(*byte))
}

fn wide_text(bytes: &[u8]) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| u16::from_be_bytes(*pair));
    let text: String = char::decode_utf16(units)
        .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect();
    match odd {
        [byte] if pairs.is_empty() => char::from(*byte).to_string(),
        _ => text,
    }
}

impl Map {
    /// The entries that can be read; a map may hold anything else of its language.
    fn read(bytes: &[u8]) -> Map {
        let mut map = Map::default();
        let mut lexer = Lexer::new(bytes, 0);
        let mut before: Vec<Object> = Vec::new();
        while let Some(token) = lexer.token() {
            let keyword = match token {
                Token::Object(object) => {
                    before.push(object);
                    if before.len() > 3 * ENTRIES {
                        break;
                    }
                    continue;
                }
                Token::Keyword(keyword) => keyword,
            };
            match keyword.as_slice() {
                b"endbfchar" => {
                    let (pairs, _) = before.as_chunks::<2>();
                    for [code, text] in pairs {
                        if let (Object::Text(code), Object::Text(text)) = (code, text) {
                            let code = number(code);
                            map.push(code, code, wide_text(text));
                        }
                    }
                }
                b"endbfrange" => {
                    let (triples, _) = before.as_chunks::<3>();
                    for [first, last, text] in triples {
                        let (Object::Text(first), Object::Text(last)) = (first, last) else {
                            continue;
                        };
                        let (first, last) = (number(first), number(last));
                        match text {
                            Object::Text(text) => map.push(first, last, wide_text(text)),
                            Object::Array(texts) => {
                                for (code, text) in (first..=last).zip(texts) {
                                    if let Object::Text(text) = text {
                                        map.push(code, code, wide_text(text));
                                    }
                                }
                            }
                            _ => {}
                        }
                    }
                }
                b"endcodespacerange" => {
                    let (pairs, _) = before.as_chunks::<2>();
                    for [first, last] in pairs.iter().take(100) {
                        if let (Object::Text(first), Object::Text(last)) = (first, last)
                            && (1..=4).contains(&first.len())
                        {
                            map.spaces.push((first.len(), number(first), number(last)));
                        }
                    }
                }
                _ => {}
            }
            before.clear();
        }
        map.ranges.sort_by_key(|(first, ..)| *first);
        map
    }

    fn push(&mut self, first: u32, last: u32, text: String) {
        if self.ranges.len() < ENTRIES && first <= last && text.chars().count() <= LETTERS {
            self.ranges.push((first, last, text));
        }
    }

    fn length(&self, bytes: &[u8]) -> usize {
        let fits = self.spaces.iter().find(|(length, first, last)| {
            bytes
                .get(..*length)
                .is_some_and(|it| (*first..=*last).contains(&number(it)))
        });
        match (fits, self.spaces.first()) {
            (Some((length, ..)), _) | (None, Some((length, ..))) => *length,
            (None, None) => 2,
        }
    }

    fn letters(&self, code: u32, out: &mut String) -> bool {
        let behind = self.ranges.partition_point(|(first, ..)| *first <= code);
        let range = behind.checked_sub(1).and_then(|it| self.ranges.get(it));
        let Some((first, _, text)) = range.filter(|(_, last, _)| code <= *last) else {
            return false;
        };
        let mut letters = text.chars();
        let Some(last) = letters.next_back() else {
            return false;
        };
        let counted = u32::from(last).checked_add(code - first);
        let Some(last) = counted.and_then(char::from_u32) else {
            return false;
        };
        // What prints nothing, and what only this font draws, tells no letter.
        let odd = |c: char| {
            (c.is_control() && c != '\t') || matches!(c, '\u{fffd}' | '\u{fffe}' | '\u{ffff}')
        };
        if odd(last) || letters.as_str().chars().any(odd) {
            return false;
        }
        out.push_str(letters.as_str());
        out.push(last);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(map: &Map, code: u32) -> Option<String> {
        let mut text = String::new();
        map.letters(code, &mut text).then_some(text)
    }

    #[test]
    fn a_character_map_tells_letters_and_how_long_codes_are() {
        let map = Map::read(
            b"1 begincodespacerange <00> <7f> <8000> <ffff> endcodespacerange
              2 beginbfchar <01> <1ED9> <02> <00660069> endbfchar
              2 beginbfrange <10> <12> <0041> <20> <21> [<0042> <0110>] endbfrange
              1 beginbfchar <03> <0000> endbfchar",
        );
        for (code, expected) in [
            (1, Some("ộ")),
            (2, Some("fi")),
            (0x12, Some("C")),
            (0x13, None),
            (0x21, Some("Đ")),
            (3, None),
            (0, None),
        ] {
            assert_eq!(letters(&map, code).as_deref(), expected, "{code:x}");
        }
        assert_eq!(map.length(b"\x01\x02"), 1);
        assert_eq!(map.length(b"\x80\x02"), 2);
    }
}
