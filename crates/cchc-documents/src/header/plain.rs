//! Characters of a text for matching: each stands where it stood.

use cchc_core::values::look_alikes;
use unicode_normalization::UnicodeNormalization;

/// The text with one spelling for dashes, spaces and look-alikes, character by character:
/// the n-th character of the result stands for the n-th of the text.
pub(super) fn plain(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().map(plain_sign).collect();
    for found in look_alikes(text) {
        if let Some(letter) = letters.get_mut(found.index) {
            *letter = found.looks_like;
        }
    }
    letters.into_iter().collect()
}

fn plain_sign(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => ' ',
        _ if sign.is_whitespace() => ' ',
        _ => sign,
    }
}

/// Letters and digits without marks and case, each with the character it came from.
///
/// Damaged texts lose spaces, hyphens and marks; what is left of a fixed phrase is this.
pub(super) fn skeleton(text: &str) -> Vec<(char, usize)> {
    let mut letters = Vec::new();
    for (index, sign) in text.chars().enumerate() {
        for part in std::iter::once(sign).nfd().flat_map(char::to_lowercase) {
            match part {
                'đ' | 'ð' | 'ɖ' => letters.push(('d', index)),
                _ if part.is_alphanumeric() => letters.push((part, index)),
                _ => {}
            }
        }
    }
    letters
}

/// The letters of [`skeleton`] alone.
pub(super) fn bare(text: &str) -> String {
    skeleton(text)
        .into_iter()
        .map(|(letter, _)| letter)
        .collect()
}

/// Characters `from..to` of the text.
pub(super) fn between(text: &str, from: usize, to: usize) -> String {
    text.chars()
        .skip(from)
        .take(to.saturating_sub(from))
        .collect()
}

/// How many characters stand before a byte of the text.
pub(super) fn characters_before(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).count()
}

/// Whether it has letters, and all of them are capitals.
pub(super) fn is_capital(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(|c| !c.is_lowercase())
}

/// Whether an extraction has damaged the text: marks torn from their letters, signs that
/// stand for none.
pub(super) fn is_damaged(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let torn = before.is_whitespace() && unicode_normalization::char::is_combining_mark(c);
        if torn || c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c) {
            return true;
        }
        before = c;
    }
    false
}

/// Spaces of all lengths as one, none at the ends.
pub(super) fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matching_keeps_the_place_of_every_character() {
        let text = "Số:\u{a0}15/Q\u{d0}\u{2013}UBND";
        assert_eq!(plain(text), "Số: 15/QĐ-UBND");
        assert_eq!(plain(text).chars().count(), text.chars().count());
    }

    #[test]
    fn the_skeleton_outlives_lost_spaces_and_marks() {
        assert_eq!(bare("CỘNG HÒA XàHỘI"), "conghoaxahoi");
        assert_eq!(bare("Độc lập – Tự do"), "doclaptudo");
    }

    #[test]
    fn capitals_are_capitals_with_marks_too() {
        assert!(is_capital("ỦY BAN NHÂN DÂN"));
        assert!(!is_capital("Ủy ban"));
        assert!(!is_capital("15/2024"));
    }
}
