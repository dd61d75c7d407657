//! Kind (tên loại) of a document: the title line, the symbol, or `V/v`.

use std::sync::LazyLock;

use cchc_core::answer::Severity;
use cchc_core::facts::{DocumentKind, Symbol};
use cchc_core::reading::{Header, How, Observation, Read, Spot};
use cchc_core::values::fold;

use super::fragment::Fragment;
use super::plain::{bare, is_capital, tidy};

/// Legal documents by name, which are all one kind of evidence.
const LEGAL: [&str; 8] = [
    "hiến pháp",
    "bộ luật",
    "luật",
    "pháp lệnh",
    "lệnh",
    "nghị định",
    "thông tư liên tịch",
    "thông tư",
];

/// Every name of a kind, folded.
static NAMES: LazyLock<Vec<(String, DocumentKind)>> = LazyLock::new(|| {
    let legal = LEGAL.iter().map(|name| (fold(name), DocumentKind::Law));
    let others = DocumentKind::ALL
        .iter()
        .filter(|kind| kind.is_numbered() && **kind != DocumentKind::Law)
        .map(|kind| (fold(kind.vietnamese()), *kind));
    legal.chain(others).collect()
});

/// The kind of that name, such as `Kế hoạch`; whole, in any case.
pub(super) fn named_kind(text: &str) -> Option<DocumentKind> {
    let folded = fold(text.trim_end_matches([':', '.', ' ']));
    NAMES
        .iter()
        .find(|(name, _)| *name == folded)
        .map(|(_, kind)| *kind)
}

/// The kind whose name the text starts with, longest first, and the name's length in words.
pub(super) fn leading_kind(text: &str) -> Option<(DocumentKind, usize)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (1..=4.min(words.len())).rev().find_map(|count| {
        let name = words
            .iter()
            .take(count)
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        named_kind(&name).map(|kind| (kind, count))
    })
}

/// The title of a document.
pub(super) struct Title {
    /// Its kind.
    pub(super) kind: DocumentKind,
    /// Index of its first fragment.
    pub(super) at: usize,
    /// Index of the first fragment behind it.
    pub(super) behind: usize,
    /// The subject that stands in the same line.
    pub(super) rest: Option<Fragment>,
}

/// The title line among the fragments: the name of a type in capitals, alone or before the
/// subject, in one line or in two.
pub(super) fn title(list: &[Fragment]) -> Option<Title> {
    list.iter().enumerate().find_map(|(at, fragment)| {
        if super::is_body(fragment) || fragment.enclosed {
            return None;
        }
        let plain = fragment.plain.trim_start_matches(['"', '“', '(', '-', ' ']);
        if !plain.starts_with(char::is_uppercase) {
            return None;
        }
        if let Some(kind) = named_kind(plain).or_else(|| spaced_kind(plain)) {
            // `Quyết định` alone in lower case is a title too; `Luật` alone is a word.
            let alone = is_capital(plain) || fragment.apart;
            return alone.then(|| Title {
                kind,
                at,
                behind: at + 1,
                rest: None,
            });
        }
        // Broken in the middle: `KẾ` / `HOẠCH`.
        if let Some(next) = list.get(at + 1) {
            let joined = format!("{plain} {}", next.plain);
            if plain.split_whitespace().count() <= 2
                && is_capital(&joined)
                && let Some(kind) = named_kind(&joined)
            {
                return Some(Title {
                    kind,
                    at,
                    behind: at + 2,
                    rest: None,
                });
            }
        }
        let (kind, words) = leading_kind(plain)?;
        let name: String = plain
            .split_whitespace()
            .take(words)
            .collect::<Vec<_>>()
            .join(" ");
        // In running text the name is in lower case, or cites a number.
        if !is_capital(&name) || cites(plain) {
            return None;
        }
        let length = name_length(&fragment.plain, words);
        let end = fragment.plain.chars().count();
        Some(Title {
            kind,
            at,
            behind: at + 1,
            rest: fragment.part(length, end),
        })
    })
}

/// Whether a line goes on as a citation does: `Quyết định số 12`.
fn cites(text: &str) -> bool {
    let folded = fold(text);
    folded.contains(" số ") || folded.contains(" số:")
}

/// Characters up to the end of that many words.
fn name_length(text: &str, words: usize) -> usize {
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() {
            if inside && seen == words {
                return at;
            }
            inside = false;
        } else if !inside {
            inside = true;
            seen += 1;
        }
    }
    text.chars().count()
}

/// A name with spaces between its letters: `K Ế  H O Ạ C H`.
fn spaced_kind(text: &str) -> Option<DocumentKind> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 4 || words.iter().any(|word| word.chars().count() > 2) {
        return None;
    }
    let letters = bare(text);
    DocumentKind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.is_numbered() && *kind != DocumentKind::Law)
        .find(|kind| bare(kind.vietnamese()) == letters)
}

/// Settles the kind from title, number line, symbol and `V/v`; they must not disagree.
pub(super) fn settle(
    title: Option<(&Title, &Fragment)>,
    line: Option<(DocumentKind, &Fragment)>,
    regarding: Option<&Fragment>,
    addressed: bool,
    header: &mut Header,
) {
    let symbol = header.symbol.clone();
    let parsed = symbol.as_ref().and_then(|it| Symbol::parse(&it.value).ok());
    let from_symbol = parsed.as_ref().and_then(Symbol::kind);
    if let Some((title, fragment)) = title {
        let differs = from_symbol.is_some_and(|kind| kind != title.kind);
        if differs {
            contradiction(header, title.kind, from_symbol, &fragment.at);
            return;
        }
        header.kind = Some(Read {
            text: tidy(&fragment.text),
            ..fragment.read(title.kind)
        });
        return;
    }
    let inferred = |kind, text: &str, at: &Spot| {
        Some(Read {
            value: kind,
            text: text.to_owned(),
            at: at.clone(),
            how: How::Inferred,
        })
    };
    if let Some((kind, fragment)) = line {
        header.kind = inferred(kind, &fragment.text, &fragment.at);
        return;
    }
    if let Some(kind) = from_symbol {
        if let Some(symbol) = &symbol {
            header.kind = inferred(kind, &symbol.text, &symbol.at);
            let note = Observation::new(
                "kind_from_symbol",
                Severity::Note,
                symbol.at.clone(),
                "check_kind",
            );
            header.findings.push(note.of("kind").with("kind", kind));
        }
        return;
    }
    // The symbol of a công văn names no type; without a symbol nothing is sure.
    if let Some(regarding) = regarding {
        header.kind = inferred(DocumentKind::OfficialLetter, &regarding.text, &regarding.at);
    } else if let (true, Some(symbol)) = (addressed, &symbol) {
        header.kind = inferred(DocumentKind::OfficialLetter, &symbol.text, &symbol.at);
    }
}

fn contradiction(
    header: &mut Header,
    title: DocumentKind,
    symbol: Option<DocumentKind>,
    at: &Spot,
) {
    let note = Observation::new(
        "kind_contradicts_symbol",
        Severity::Problem,
        at.clone(),
        "correct_document",
    );
    let symbol = symbol.map_or("", DocumentKind::abbreviation);
    header
        .findings
        .push(note.of("kind").with("title", title).with("symbol", symbol));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_known_by_its_whole_name() {
        assert_eq!(named_kind("KẾ HOẠCH"), Some(DocumentKind::Plan));
        assert_eq!(named_kind("Nghị quyết"), Some(DocumentKind::Resolution));
        assert_eq!(named_kind("THÔNG TƯ LIÊN TỊCH:"), Some(DocumentKind::Law));
        assert_eq!(named_kind("kế hoạch năm"), None);
    }

    #[test]
    fn the_longest_name_leads() {
        assert_eq!(
            leading_kind("BÁO CÁO Kết quả quý I"),
            Some((DocumentKind::Report, 2))
        );
        assert_eq!(leading_kind("BAN CHỈ ĐẠO"), None);
    }

    #[test]
    fn letters_with_spaces_are_still_a_title() {
        assert_eq!(spaced_kind("K Ế H O Ạ C H"), Some(DocumentKind::Plan));
    }
}
