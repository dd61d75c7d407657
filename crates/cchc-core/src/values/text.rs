//! Comparing Vietnamese text that people typed with different keyboards.
//!
//! The same word comes composed or decomposed, with its tone mark on either vowel
//! (`Uỷ` and `Ủy`), with letters of another alphabet that look right, and with dashes and
//! spaces of every kind. [`fold`] gives a key under which such variants are equal;
//! [`look_alikes`] finds the letters that only look right.
//!
//! Not covered: spelling with `i` or `y` (`Lí`, `Lý`), missing accents, abbreviations.

use unicode_normalization::UnicodeNormalization;

/// A letter that looks like a Vietnamese one and is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LookAlike {
    /// Where it stands, counted in characters from 0.
    pub index: usize,
    /// The character in the text.
    pub found: char,
    /// The letter, digit or sign it looks like.
    pub looks_like: char,
}

/// The text in normal form C, the form in which texts are kept and compared.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The key under which two writings of the same text are equal.
///
/// Normal form C; the tone mark of `oa`, `oe` and `uy` moved to the second vowel (`hòa` to
/// `hoà`, `Ủy` to `uỷ`); lower case; the look-alikes of `Đ` read as `Đ`; dashes of all
/// lengths as `-`; spaces of all kinds, the no-break one included, as one space, and none
/// at the ends; invisible characters removed. Folding a folded text changes nothing.
///
/// The key is for comparison only: it is not a text to show.
pub fn fold(text: &str) -> String {
    let visible = text.chars().filter(|&c| !is_invisible(c));
    let mut letters: Vec<char> = visible
        .nfd()
        .flat_map(char::to_lowercase)
        .map(plain_letter)
        .map(plain_dash)
        .collect();
    move_tone_marks(&mut letters);

    let mut folded = String::with_capacity(text.len());
    for letter in letters {
        if !letter.is_whitespace() {
            folded.push(letter);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    nfc(folded.trim_end_matches(' '))
}

/// The letters of the text that only look like Latin ones, and what they look like.
///
/// Finds Cyrillic and Greek letters of the shape of a Latin one, mathematical and fullwidth
/// letters, digits and signs, and the letters `Ð` (eth) and `Ɖ` (African D) that stand for
/// `Đ`. It does not ask whether the text is Russian or Greek on purpose.
pub fn look_alikes(text: &str) -> Vec<LookAlike> {
    let looks_like = |(index, found)| {
        looks_like(found).map(|looks_like| LookAlike {
            index,
            found,
            looks_like,
        })
    };
    text.chars().enumerate().filter_map(looks_like).collect()
}

/// The text in normal form C with every look-alike replaced by the letter it looks like.
pub fn replace_look_alikes(text: &str) -> String {
    text.nfc()
        .map(|c| looks_like(c).unwrap_or(c))
        .nfc()
        .collect()
}

/// Normal form C, dashes as `-`, spaces as one space and trimmed, invisibles removed.
pub(crate) fn plain_signs(text: &str) -> String {
    let visible: String = text
        .chars()
        .filter(|&c| !is_invisible(c))
        .map(plain_dash)
        .collect();
    nfc(&visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Letters of the same shape as a Latin one in usual fonts, by code point.
const SAME_SHAPE: [(char, char); 68] = [
    ('\u{00D0}', 'Đ'), // eth
    ('\u{00F0}', 'đ'),
    ('\u{0189}', 'Đ'), // African D
    ('\u{0256}', 'đ'),
    ('\u{0391}', 'A'), // Greek
    ('\u{0392}', 'B'),
    ('\u{0395}', 'E'),
    ('\u{0396}', 'Z'),
    ('\u{0397}', 'H'),
    ('\u{0399}', 'I'),
    ('\u{039A}', 'K'),
    ('\u{039C}', 'M'),
    ('\u{039D}', 'N'),
    ('\u{039F}', 'O'),
    ('\u{03A1}', 'P'),
    ('\u{03A4}', 'T'),
    ('\u{03A5}', 'Y'),
    ('\u{03A7}', 'X'),
    ('\u{03B1}', 'a'),
    ('\u{03BD}', 'v'),
    ('\u{03BF}', 'o'),
    ('\u{03C1}', 'p'),
    ('\u{0405}', 'S'), // Cyrillic
    ('\u{0406}', 'I'),
    ('\u{0408}', 'J'),
    ('\u{0410}', 'A'),
    ('\u{0412}', 'B'),
    ('\u{0415}', 'E'),
    ('\u{041A}', 'K'),
    ('\u{041C}', 'M'),
    ('\u{041D}', 'H'),
    ('\u{041E}', 'O'),
    ('\u{0420}', 'P'),
    ('\u{0421}', 'C'),
    ('\u{0422}', 'T'),
    ('\u{0423}', 'Y'),
    ('\u{0425}', 'X'),
    ('\u{0430}', 'a'),
    ('\u{0435}', 'e'),
    ('\u{043E}', 'o'),
    ('\u{0440}', 'p'),
    ('\u{0441}', 'c'),
    ('\u{0443}', 'y'),
    ('\u{0445}', 'x'),
    ('\u{0450}', 'è'), // composed by normal form C
    ('\u{0451}', 'ë'),
    ('\u{0455}', 's'),
    ('\u{0456}', 'i'),
    ('\u{0457}', 'ï'),
    ('\u{0458}', 'j'),
    ('\u{04AE}', 'Y'),
    ('\u{04BB}', 'h'),
    ('\u{04C0}', 'I'),
    ('\u{04CF}', 'l'),
    ('\u{04D0}', 'Ă'),
    ('\u{04D1}', 'ă'),
    ('\u{0501}', 'd'),
    ('\u{050C}', 'G'),
    ('\u{051A}', 'Q'),
    ('\u{051B}', 'q'),
    ('\u{051C}', 'W'),
    ('\u{051D}', 'w'),
    ('\u{13A0}', 'D'), // Cherokee, seen in copied capitals
    ('\u{13A2}', 'T'),
    ('\u{13B3}', 'W'),
    ('\u{13BB}', 'H'),
    ('\u{13D2}', 'R'),
    ('\u{13DF}', 'C'),
];

fn looks_like(found: char) -> Option<char> {
    if found.is_ascii() {
        return None;
    }
    let code = u32::from(found);
    // Letterlike symbols, fullwidth forms and mathematical letters say themselves what they
    // are a form of.
    let original = match code {
        0x2100..=0x214F | 0xFF01..=0xFF5E | 0x1D400..=0x1D7FF => {
            let mut forms = std::iter::once(found).nfkd();
            match (forms.next(), forms.next()) {
                (Some(original), None) => original,
                _ => return None,
            }
        }
        _ => found,
    };
    if original.is_ascii() {
        return Some(original);
    }
    let place = SAME_SHAPE
        .binary_search_by_key(&original, |(other, _)| *other)
        .ok()?;
    SAME_SHAPE.get(place).map(|(_, latin)| *latin)
}

/// Reads a lower-case look-alike of `đ` as `đ`; other alphabets are left as they are.
fn plain_letter(letter: char) -> char {
    match letter {
        '\u{00F0}' | '\u{0256}' => 'đ',
        _ => letter,
    }
}

fn plain_dash(sign: char) -> char {
    match sign {
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        _ => sign,
    }
}

/// Soft hyphen, zero-width characters, direction marks, byte order mark.
fn is_invisible(sign: char) -> bool {
    matches!(
        sign,
        '\u{00AD}'
            | '\u{180E}'
            | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{FEFF}'
    )
}

/// Grave, acute, tilde, hook above, dot below.
fn is_tone_mark(sign: char) -> bool {
    matches!(
        sign,
        '\u{0300}' | '\u{0301}' | '\u{0303}' | '\u{0309}' | '\u{0323}'
    )
}

/// In decomposed text, moves the tone mark of `oa`, `oe`, `uy` behind the second vowel.
fn move_tone_marks(letters: &mut [char]) {
    for start in 0..letters.len() {
        let Some([first, tone, second, rest @ ..]) = letters.get(start..) else {
            return;
        };
        if !matches!((first, second), ('o', 'a' | 'e') | ('u', 'y')) || !is_tone_mark(*tone) {
            continue;
        }
        let marks = rest.iter().take_while(|mark| is_combining(**mark)).count();
        if rest.iter().take(marks).any(|mark| is_tone_mark(*mark)) {
            continue;
        }
        if let Some(moved) = letters.get_mut(start + 1..start + 3 + marks) {
            moved.rotate_left(1);
        }
    }
}

fn is_combining(sign: char) -> bool {
    unicode_normalization::char::is_combining_mark(sign)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn same(left: &str, right: &str) {
        assert_eq!(fold(left), fold(right));
    }

    #[track_caller]
    fn differ(left: &str, right: &str) {
        assert_ne!(fold(left), fold(right));
    }

    #[test]
    fn the_place_of_the_tone_mark_does_not_matter() {
        same("Uỷ ban nhân dân", "Ủy ban nhân dân");
        same("hoà giải", "hòa giải");
        same("Thuý", "Thúy");
        same("văn hoá", "văn hóa");
        same("xã Sơn Thuỵ", "xã Sơn Thụy");
        same("tố cáo, khoẻ", "tố cáo, khỏe");
        same("huỷ bỏ", "hủy bỏ");
        same("quý IV", "qúy IV");
        same("toà án", "tòa án");
    }

    #[test]
    fn another_tone_mark_is_another_word() {
        differ("hoà", "hoả");
        differ("thuỷ", "thuý");
        differ("hoàn", "hoan");
        differ("ma", "má");
    }

    #[test]
    fn composed_and_decomposed_text_is_the_same() {
        let word = "Nghị quyết của Hội đồng nhân dân xã Sơn Thượng";
        let decomposed: String = word.nfd().collect();
        assert_ne!(word, decomposed);
        same(word, &decomposed);
        assert_eq!(nfc(&decomposed), word);
    }

    #[test]
    fn the_three_capital_d_with_stroke_are_the_same() {
        same("QĐ-UBND", "Q\u{00D0}-UBND");
        same("QĐ-UBND", "Q\u{0189}-UBND");
        differ("QĐ-UBND", "QD-UBND");
    }

    #[test]
    fn case_dashes_spaces_and_invisible_characters_do_not_matter() {
        same("KẾ HOẠCH", "kế hoạch");
        same("15/KH\u{2013}UBND", "15/kh-ubnd");
        same("UBND\u{00A0}xã", " UBND  xã\n");
        same("cải\u{200B} cách", "cải cách\u{FEFF}");
        assert_eq!(fold("  \u{00A0} "), "");
    }

    #[track_caller]
    fn finds(text: &str, expected: &[(usize, char, char)]) {
        let found: Vec<(usize, char, char)> = look_alikes(text)
            .into_iter()
            .map(|found| (found.index, found.found, found.looks_like))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn letters_that_only_look_right_are_found() {
        finds("QĐ-UBND", &[]);
        finds("Q\u{00D0}-UBND", &[(1, '\u{00D0}', 'Đ')]);
        finds("K\u{041D}-UBND", &[(1, '\u{041D}', 'H')]);
        finds(
            "\u{0392}\u{0421}",
            &[(0, '\u{0392}', 'B'), (1, '\u{0421}', 'C')],
        );
        finds("\u{FF15}/KH", &[(0, '\u{FF15}', '5')]);
        finds("\u{1D401}C", &[(0, '\u{1D401}', 'B')]);
        finds("\u{1D6A8}", &[(0, '\u{1D6A8}', 'A')]);
        finds("ủy ban – xã", &[]);
    }

    #[test]
    fn a_look_alike_is_replaced_by_the_letter_it_looks_like() {
        assert_eq!(replace_look_alikes("Q\u{00D0}-U\u{0412}ND"), "QĐ-UBND");
        assert_eq!(look_alikes(&replace_look_alikes("\u{0430}\u{0306}")), []);
    }

    #[test]
    fn the_table_of_look_alikes_is_in_order_and_maps_to_other_letters() {
        assert!(SAME_SHAPE.is_sorted_by(|left, right| left.0 < right.0));
        for (found, latin) in SAME_SHAPE {
            assert_ne!(found, latin);
            assert_eq!(looks_like(latin), None);
        }
    }

    proptest! {
        #[test]
        fn folding_a_folded_text_changes_nothing(text in any::<String>()) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded);
        }

        #[test]
        fn folding_vietnamese_letters_twice_changes_nothing(
            text in "[oauyeOUYnhtđĐ \u{0300}\u{0301}\u{0303}\u{0309}\u{0323}\u{0302}\u{0306}]{0,24}",
        ) {
            let folded = fold(&text);
            prop_assert_eq!(fold(&folded), folded.clone());
            prop_assert_eq!(fold(&text.nfd().collect::<String>()), folded);
        }

        #[test]
        fn replaced_text_has_no_look_alikes(text in any::<String>()) {
            prop_assert_eq!(look_alikes(&replace_look_alikes(&text)), vec![]);
        }
    }
}
