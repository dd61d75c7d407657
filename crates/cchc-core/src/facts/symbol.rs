//! Number and symbol of a document (số, ký hiệu), such as `22a/QĐ-UBND`.
//!
//! Nghị định 30/2020/NĐ-CP, article 15 and appendix I: the number counts from 01 within a
//! year; below 10 it has a zero in front; a stroke stands between number and symbol and a
//! hyphen between the groups of the symbol. The symbol starts with the type's abbreviation,
//! for công văn with the body's.
//!
//! Real texts stray from that: letters behind the number, no zero in front, the year of a
//! legal document, spaces, dashes, letters that only look right. All of these are read as
//! what they mean; what is read keeps the text it came from.
//!
//! Not covered: symbols of Party documents (`15-NQ/TU`), which follow other rules.

use std::fmt;

use super::kind::DocumentKind;
use crate::values::text::{plain_signs, replace_look_alikes};

/// The number of a document (số), with what stands around it.
///
/// `05` and `5` are the same number. Its text has the zero in front that the decree asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocumentNumber {
    /// The number, 1 or more.
    pub number: u32,
    /// Letters behind the number, in lower case: the `a` of `22a`.
    pub suffix: Option<String>,
    /// The year behind the number, as legal documents have it: the 2024 of `06/2024`.
    pub year: Option<u16>,
}

/// The symbol of a document (ký hiệu), such as `KH-UBND`.
///
/// Two symbols are equal as values only if they were written alike; whether they denote the
/// same document is for [`identity_key`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    raw: String,
    year: Option<u16>,
    // INVARIANT: at least one part; no part is empty.
    parts: Vec<String>,
    kind: Option<DocumentKind>,
}

/// Number and symbol together, as they are printed and cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberedSymbol {
    /// The number, with the year if the text has one.
    pub number: DocumentNumber,
    /// The symbol, without the year.
    pub symbol: Symbol,
}

/// A reason why a text is no number or symbol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SymbolFault {
    /// The place of the number is empty, or holds only dots: the document is not issued yet.
    #[error("expected a number, found a blank")]
    NumberBlank,
    /// The place of the symbol is empty, or holds only dots.
    #[error("expected a symbol such as `KH-UBND`, found a blank")]
    SymbolBlank,
    /// Nothing separates number and symbol.
    #[error("expected a number and a symbol with `/` between them, found `{text}`")]
    StrokeMissing {
        /// The text as given.
        text: String,
    },
    /// The number is not made of digits and at most three letters.
    #[error("expected a number such as `15`, `22a` or `06/2024`, found `{text}`")]
    NumberShape {
        /// The text as given.
        text: String,
    },
    /// The number is zero or too large.
    #[error("expected a number from 1 to {limit}, found `{text}`", limit = DocumentNumber::MAX)]
    NumberRange {
        /// The text as given.
        text: String,
    },
    /// The year is no year of issue.
    #[error("expected a year from {} to {}, found `{text}`", YEARS.0, YEARS.1)]
    YearRange {
        /// The text as given.
        text: String,
    },
    /// Two hyphens in a row, or one at an end.
    #[error("expected one hyphen between two groups of letters, found `{text}`")]
    GroupEmpty {
        /// The text as given.
        text: String,
    },
    /// The symbol has no letter at all.
    #[error("expected a symbol that starts with a letter, found `{text}`")]
    LetterMissing {
        /// The text as given.
        text: String,
    },
    /// A character that no symbol contains.
    #[error("expected letters, digits and hyphens, found `{character}` in `{text}`")]
    Character {
        /// The text as given.
        text: String,
        /// The first character that does not belong.
        character: char,
    },
    /// The text is longer than any number and symbol.
    #[error("expected at most {limit} characters, found {found}", limit = Symbol::MAX_TEXT)]
    TooLong {
        /// How many characters the text has.
        found: usize,
    },
}

const YEARS: (u16, u16) = (1945, 2999);

impl DocumentNumber {
    /// The largest number that is taken for one.
    pub const MAX: u32 = 999_999;

    /// Read a number: `22a`, `05`, `15`, `06/2024`, also behind `Số:`.
    pub fn parse(text: &str) -> Result<DocumentNumber, SymbolFault> {
        let plain = plain(text)?;
        let plain = ["Số", "số", "SỐ"]
            .iter()
            .find_map(|word| plain.strip_prefix(word))
            .map_or(plain.as_str(), |rest| {
                rest.trim_start_matches([' ', ':', '.'])
            });
        if is_blank(plain) {
            return Err(SymbolFault::NumberBlank);
        }

        let shape = || SymbolFault::NumberShape {
            text: text.to_owned(),
        };
        let (plain, year) = match plain.split_once('/') {
            Some((number, year)) => (number.trim(), Some(read_year(year.trim(), text)?)),
            None => (plain, None),
        };
        let letters = plain.trim_start_matches(|c: char| c.is_ascii_digit());
        let digits = plain.strip_suffix(letters).unwrap_or(plain);
        let suffix = letters.trim_start().to_lowercase();
        let spelled = suffix.chars().all(char::is_alphabetic) && suffix.chars().count() <= 3;
        if digits.is_empty() || !spelled {
            return Err(shape());
        }
        match digits.parse::<u32>() {
            Ok(number @ 1..=DocumentNumber::MAX) => Ok(DocumentNumber {
                number,
                suffix: (!suffix.is_empty()).then_some(suffix),
                year,
            }),
            _ => Err(SymbolFault::NumberRange {
                text: text.to_owned(),
            }),
        }
    }
}

impl Symbol {
    /// The longest text that is read as number and symbol, in characters.
    pub const MAX_TEXT: usize = 80;

    /// Read a symbol: `KH-UBND`, `QĐ-UBND-HC`, `UBND-VX`.
    ///
    /// A year in front, as in `2024/QĐ-UBND`, is kept as the year of the number. Spaces
    /// around hyphens are forgiven.
    pub fn parse(text: &str) -> Result<Symbol, SymbolFault> {
        let plain = plain(text)?;
        if is_blank(&plain) {
            return Err(SymbolFault::SymbolBlank);
        }
        let (year, groups) = match plain.split_once('/') {
            Some((year, groups)) if year.trim().bytes().all(|byte| byte.is_ascii_digit()) => {
                (Some(read_year(year.trim(), text)?), groups)
            }
            _ => (None, plain.as_str()),
        };
        if is_blank(groups) {
            return Err(SymbolFault::SymbolBlank);
        }
        let parts: Vec<String> = groups
            .split('-')
            .map(|part| part.trim().to_owned())
            .collect();
        if parts.iter().any(String::is_empty) {
            return Err(SymbolFault::GroupEmpty {
                text: text.to_owned(),
            });
        }
        // Joint bodies are written with `&`, sub-units with a dot.
        let known = |c: char| c.is_alphanumeric() || matches!(c, '&' | '.');
        if let Some(character) = parts
            .iter()
            .flat_map(|part| part.chars())
            .find(|&c| !known(c))
        {
            return Err(SymbolFault::Character {
                text: text.to_owned(),
                character,
            });
        }
        let first = parts.first().map_or("", String::as_str);
        if !first.starts_with(char::is_alphabetic) {
            return Err(SymbolFault::LetterMissing {
                text: text.to_owned(),
            });
        }
        let kind = DocumentKind::ALL
            .iter()
            .copied()
            .find(|kind| kind.symbol_part() == Some(first));
        Ok(Symbol {
            raw: text.to_owned(),
            year,
            parts,
            kind,
        })
    }

    /// The text it was read from.
    pub fn raw(&self) -> &str {
        &self.raw
    }

    /// The groups between the hyphens, in normal form C and with look-alikes replaced.
    pub fn parts(&self) -> &[String] {
        &self.parts
    }

    /// The type whose abbreviation is the first group; `None` as for công văn.
    pub fn kind(&self) -> Option<DocumentKind> {
        self.kind
    }

    /// The year in front, if the text has one.
    pub fn year(&self) -> Option<u16> {
        self.year
    }
}

/// Read number and symbol together: `22a/QĐ-UBND`, `06/2024/QĐ-UBND`, `Số: 15/KH–UBND`.
///
/// A blank before the stroke is [`SymbolFault::NumberBlank`], one behind it
/// [`SymbolFault::SymbolBlank`].
pub fn parse_full(text: &str) -> Result<NumberedSymbol, SymbolFault> {
    let plain = plain(text)?;
    if is_blank(&plain) {
        return Err(SymbolFault::NumberBlank);
    }
    let Some((number, symbol)) = plain.rsplit_once('/') else {
        return Err(SymbolFault::StrokeMissing {
            text: text.to_owned(),
        });
    };
    let number = DocumentNumber::parse(number)?;
    let mut symbol = Symbol::parse(symbol)?;
    if let Some((_, raw)) = text.rsplit_once('/') {
        raw.trim().clone_into(&mut symbol.raw);
    }
    Ok(NumberedSymbol { number, symbol })
}

/// Whether a document of that kind may carry that symbol.
///
/// A type's symbol starts with its abbreviation, in the same case. The symbol of a công văn
/// or thư công starts with no type's abbreviation. Legal documents and kinds without a
/// number carry any.
///
/// Source: Nghị định 30/2020/NĐ-CP, appendix I.
pub fn symbol_matches_kind(symbol: &Symbol, kind: DocumentKind) -> bool {
    match kind {
        DocumentKind::OfficialLetter | DocumentKind::PublicLetter => symbol.kind.is_none(),
        _ => kind.symbol_part().is_none() || symbol.kind == Some(kind),
    }
}

/// What makes two records the same document: issuer, year, number and symbol.
///
/// `issuer_folded` is the issuing body's name after [`crate::values::fold`]; `year` is the
/// year of issue, and gives way to a year in the number or before the symbol. Case, dashes
/// and zeros in front make no difference.
///
/// Source: Nghị định 30/2020/NĐ-CP, article 15.1: number and symbol are unique within a year.
pub fn identity_key(
    issuer_folded: &str,
    year: i32,
    number: &DocumentNumber,
    symbol: &Symbol,
) -> String {
    let year = number.year.or(symbol.year).map_or(year, i32::from);
    let suffix = number.suffix.as_deref().unwrap_or("");
    let parts = symbol.parts.join("-").to_lowercase();
    // No part before the issuer can contain a stroke, so no two documents share a key.
    format!("{year}/{}{suffix}/{parts}/{issuer_folded}", number.number)
}

/// The text with one spelling for each sign; refused if longer than any symbol.
fn plain(text: &str) -> Result<String, SymbolFault> {
    // One more than allowed is enough to know: a long text is not read to its end.
    if text.chars().nth(Symbol::MAX_TEXT).is_some() {
        return Err(SymbolFault::TooLong {
            found: text.chars().count(),
        });
    }
    Ok(plain_signs(&replace_look_alikes(text)))
}

/// Forms are left open with spaces, dots or lines.
fn is_blank(plain: &str) -> bool {
    plain
        .chars()
        .all(|c| matches!(c, ' ' | '.' | '…' | '_' | '-' | '/'))
}

fn read_year(plain: &str, text: &str) -> Result<u16, SymbolFault> {
    if plain.is_empty() || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(SymbolFault::NumberShape {
            text: text.to_owned(),
        });
    }
    match plain.parse::<u16>() {
        Ok(year) if plain.len() == 4 && (YEARS.0..=YEARS.1).contains(&year) => Ok(year),
        _ => Err(SymbolFault::YearRange {
            text: text.to_owned(),
        }),
    }
}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:02}{}",
            self.number,
            self.suffix.as_deref().unwrap_or("")
        )?;
        match self.year {
            Some(year) => write!(f, "/{year}"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(year) = self.year {
            write!(f, "{year}/")?;
        }
        f.write_str(&self.parts.join("-"))
    }
}

impl fmt::Display for NumberedSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn reads(text: &str, expected: &str) {
        assert_eq!(parse_full(text).unwrap().to_string(), expected);
    }

    #[track_caller]
    fn refuses(text: &str, expected: &str) {
        assert_eq!(parse_full(text).unwrap_err().to_string(), expected);
    }

    #[track_caller]
    fn matches(symbol: &str, kind: &str, expected: bool) {
        let kind = DocumentKind::from_abbreviation(kind).unwrap();
        assert_eq!(
            symbol_matches_kind(&Symbol::parse(symbol).unwrap(), kind),
            expected
        );
    }

    fn key(text: &str, year: i32) -> String {
        let read = parse_full(text).unwrap();
        identity_key("ubnd xã sơn thượng", year, &read.number, &read.symbol)
    }

    // Samples of Nghị định 30/2020/NĐ-CP, appendix I, and of domain research §4.3.
    #[test]
    fn number_and_symbol_are_read_as_they_are_printed() {
        reads("15/QĐ-BNV", "15/QĐ-BNV");
        reads("05/BNV-VP", "05/BNV-VP");
        reads("12/UBND-VX", "12/UBND-VX");
        reads("22a/QĐ-UBND", "22a/QĐ-UBND");
        reads("06/2024/QĐ-UBND", "06/2024/QĐ-UBND");
        reads("30/2020/NĐ-CP", "30/2020/NĐ-CP");
        reads("585/QĐ-UBND-HC", "585/QĐ-UBND-HC");
        reads("số581/BNV-CCHC", "581/BNV-CCHC");
        reads("63/2025/QH15", "63/2025/QH15");
    }

    #[test]
    fn another_way_of_writing_is_read_as_what_it_means() {
        reads("15/KH\u{2013}UBND", "15/KH-UBND");
        reads("5/Q\u{00D0}-U\u{0412}ND", "05/QĐ-UBND");
        reads(" Số: 22 A / QĐ - UBND ", "22a/QĐ-UBND");
        reads("\u{FF11}5\u{FF0F}KH-UBND", "15/KH-UBND");
        reads("005/BC-UBND", "05/BC-UBND");
        assert_eq!(
            parse_full("15/KH\u{2013}UBND").unwrap().symbol.raw(),
            "KH\u{2013}UBND"
        );
    }

    #[test]
    fn a_blank_is_told_from_a_mistake() {
        refuses("", "expected a number, found a blank");
        refuses("   /KH-UBND", "expected a number, found a blank");
        refuses("……/KH-UBND", "expected a number, found a blank");
        refuses("Số:      /BC-UBND", "expected a number, found a blank");
        refuses("15/", "expected a symbol such as `KH-UBND`, found a blank");
        refuses(
            "15/ ...",
            "expected a symbol such as `KH-UBND`, found a blank",
        );
        assert_eq!(DocumentNumber::parse(" "), Err(SymbolFault::NumberBlank));
        assert_eq!(Symbol::parse("…"), Err(SymbolFault::SymbolBlank));
    }

    #[test]
    fn what_is_no_number_and_symbol_is_refused_with_the_reason() {
        refuses(
            "15",
            "expected a number and a symbol with `/` between them, found `15`",
        );
        refuses(
            "KH-UBND",
            "expected a number and a symbol with `/` between them, found `KH-UBND`",
        );
        refuses(
            "a/KH-UBND",
            "expected a number such as `15`, `22a` or `06/2024`, found `a`",
        );
        refuses(
            "15-NQ/TU",
            "expected a number such as `15`, `22a` or `06/2024`, found `15-NQ`",
        );
        refuses(
            "00/KH-UBND",
            "expected a number from 1 to 999999, found `00`",
        );
        refuses(
            "99999999999/KH-UBND",
            "expected a number from 1 to 999999, found `99999999999`",
        );
        refuses(
            "06/24/QĐ-UBND",
            "expected a year from 1945 to 2999, found `06/24`",
        );
        refuses(
            "15/KH--UBND",
            "expected one hyphen between two groups of letters, found `KH--UBND`",
        );
        refuses(
            "15/KH-UB ND",
            "expected letters, digits and hyphens, found ` ` in `KH-UB ND`",
        );
        refuses(
            "15/2024",
            "expected a symbol that starts with a letter, found `2024`",
        );
        refuses(&"1".repeat(81), "expected at most 80 characters, found 81");
    }

    #[test]
    fn a_number_has_letters_and_a_year_only_where_they_are_written() {
        let number = |text: &str| DocumentNumber::parse(text).unwrap();
        assert_eq!(
            number("22a"),
            DocumentNumber {
                number: 22,
                suffix: Some("a".to_owned()),
                year: None
            }
        );
        assert_eq!(number("05"), number("5"));
        assert_eq!(
            number("06/2024"),
            DocumentNumber {
                number: 6,
                suffix: None,
                year: Some(2024)
            }
        );
    }

    #[test]
    fn a_symbol_may_carry_the_year_of_its_number() {
        let symbol = Symbol::parse("2024/QĐ-UBND").unwrap();
        assert_eq!(symbol.year(), Some(2024));
        assert_eq!(symbol.kind(), Some(DocumentKind::Decision));
        assert_eq!(symbol.parts(), ["QĐ", "UBND"]);
    }

    #[test]
    fn a_symbol_matches_the_type_whose_abbreviation_it_starts_with() {
        matches("KH-UBND", "KH", true);
        matches("KH-UBND", "BC", false);
        matches("Q\u{0189}-UBND-HC", "QĐ", true);
        matches("CTr-UBND", "CTr", true);
        matches("CTr-UBND", "CT", false);
        matches("kh-UBND", "KH", false);
        matches("UBND-VX", "CV", true);
        matches("KH-UBND", "CV", false);
        matches("UBND-VX", "KH", false);
        matches("KH-UBND", "EXPORT", true);
        matches("NĐ-CP", "LAW", true);
        matches("QĐ-UBND", "LAW", true);
    }

    // Nghị định 30/2020/NĐ-CP, article 15.1.
    #[test]
    fn the_same_document_has_the_same_key_however_it_is_written() {
        assert_eq!(key("5/KH-UBND", 2024), key("05/KH\u{2013}UBND", 2024));
        assert_eq!(key("06/2024/QĐ-UBND", 2025), key("6/Q\u{00D0}-UBND", 2024));
        assert_eq!(key("22A/QĐ-UBND", 2024), key("22a/qđ-ubnd", 2024));
        assert_eq!(
            key("15/KH-UBND", 2024),
            "2024/15/kh-ubnd/ubnd xã sơn thượng"
        );
    }

    #[test]
    fn another_year_number_suffix_or_symbol_is_another_document() {
        let one = key("22/QĐ-UBND", 2024);
        assert_ne!(one, key("22/QĐ-UBND", 2023));
        assert_ne!(one, key("23/QĐ-UBND", 2024));
        assert_ne!(one, key("22a/QĐ-UBND", 2024));
        assert_ne!(one, key("22/KH-UBND", 2024));
        assert_ne!(key("22/CT-UBND", 2024), key("22/CTr-UBND", 2024));
    }

    proptest! {
        #[test]
        fn reading_any_text_ends_in_a_symbol_or_a_reason(
            text in "\\PC*|[ 0-9a/QĐKH.…–-]{0,20}",
        ) {
            let _ = DocumentNumber::parse(&text);
            let _ = Symbol::parse(&text);
            if let Ok(read) = parse_full(&text) {
                let back = parse_full(&read.to_string()).unwrap();
                prop_assert_eq!(&back.number, &read.number);
                prop_assert_eq!(back.symbol.parts(), read.symbol.parts());
            }
        }
    }
}
