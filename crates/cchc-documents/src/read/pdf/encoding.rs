//! Letters of the encodings that PDF has names for, and of the names of glyphs.

/// Letters of the bytes from 0x80 of `WinAnsiEncoding`; a space where there is none.
const WINDOWS: &str = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

/// Letters of the bytes from 0x80 of `MacRomanEncoding`.
const MAC: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{a0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\u{f8ff}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Base {
    Windows,
    Mac,
    Standard,
}

/// The letter of a byte.
pub(super) fn letter(base: Base, byte: u8) -> Option<char> {
    match (base, byte) {
        (Base::Standard, b'\'') => Some('’'),
        (Base::Standard, b'`') => Some('‘'),
        (_, 0x20..=0x7e) => Some(char::from(byte)),
        (Base::Windows, 0x80..=0x9f) => {
            let letter = WINDOWS.chars().nth(usize::from(byte - 0x80));
            letter.filter(|c| *c != ' ')
        }
        (Base::Windows, 0xa0..) => Some(char::from(byte)),
        (Base::Mac, 0x80..) => MAC.chars().nth(usize::from(byte - 0x80)),
        _ => None,
    }
}

/// Names of glyphs that are no letter with marks.
const NAMES: &[(&str, char)] = &[
    ("space", ' '),
    ("nbspace", ' '),
    ("exclam", '!'),
    ("quotedbl", '"'),
    ("numbersign", '#'),
    ("dollar", '$'),
    ("percent", '%'),
    ("ampersand", '&'),
    ("quotesingle", '\''),
    ("parenleft", '('),
    ("parenright", ')'),
    ("asterisk", '*'),
    ("plus", '+'),
    ("comma", ','),
    ("hyphen", '-'),
    ("sfthyphen", '-'),
    ("minus", '−'),
    ("period", '.'),
    ("slash", '/'),
    ("zero", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
    ("colon", ':'),
    ("semicolon", ';'),
    ("less", '<'),
    ("equal", '='),
    ("greater", '>'),
    ("question", '?'),
    ("at", '@'),
    ("bracketleft", '['),
    ("backslash", '\\'),
    ("bracketright", ']'),
    ("asciicircum", '^'),
    ("underscore", '_'),
    ("grave", '`'),
    ("braceleft", '{'),
    ("bar", '|'),
    ("braceright", '}'),
    ("asciitilde", '~'),
    ("bullet", '•'),
    ("endash", '–'),
    ("emdash", '—'),
    ("ellipsis", '…'),
    ("quoteleft", '‘'),
    ("quoteright", '’'),
    ("quotedblleft", '“'),
    ("quotedblright", '”'),
    ("quotesinglbase", '‚'),
    ("quotedblbase", '„'),
    ("guillemotleft", '«'),
    ("guillemotright", '»'),
    ("guilsinglleft", '‹'),
    ("guilsinglright", '›'),
    ("degree", '°'),
    ("plusminus", '±'),
    ("multiply", '×'),
    ("divide", '÷'),
    ("section", '§'),
    ("paragraph", '¶'),
    ("dagger", '†'),
    ("daggerdbl", '‡'),
    ("copyright", '©'),
    ("registered", '®'),
    ("trademark", '™'),
    ("periodcentered", '·'),
    ("fi", 'ﬁ'),
    ("fl", 'ﬂ'),
    ("dong", '₫'),
    ("Euro", '€'),
    ("dcroat", 'đ'),
    ("Dcroat", 'Đ'),
    ("Eth", 'Ð'),
    ("eth", 'ð'),
    ("germandbls", 'ß'),
    ("ae", 'æ'),
    ("AE", 'Æ'),
    ("oe", 'œ'),
    ("OE", 'Œ'),
    ("oslash", 'ø'),
    ("Oslash", 'Ø'),
    ("dotlessi", 'ı'),
];

/// Names of marks, with the combining character of each.
const MARKS: &[(&str, char)] = &[
    ("circumflex", '\u{302}'),
    ("breve", '\u{306}'),
    ("horn", '\u{31b}'),
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("hookabove", '\u{309}'),
    ("tilde", '\u{303}'),
    ("dotbelow", '\u{323}'),
    ("dieresis", '\u{308}'),
    ("ring", '\u{30a}'),
    ("cedilla", '\u{327}'),
    ("caron", '\u{30c}'),
];

/// What a glyph of that name shows, after the Adobe Glyph List: a name of it, a letter with
/// the names of its marks (`ocircumflexdotbelow`), or `uni1ED9`, `u1ED9`.
pub(super) fn named(name: &str) -> Option<String> {
    let name = name.split_once('.').map_or(name, |(stem, _)| stem);
    if let Some((_, c)) = NAMES.iter().find(|(known, _)| *known == name) {
        return Some(c.to_string());
    }
    let code = |digits: &str| {
        let code = u32::from_str_radix(digits, 16).ok()?;
        char::from_u32(code).map(String::from)
    };
    if let Some(digits) = name.strip_prefix("uni").filter(|it| it.len() == 4) {
        return code(digits);
    }
    let digits = name.strip_prefix('u');
    let digits = digits.filter(|it| (4..=6).contains(&it.len()));
    if let Some(found) = digits.and_then(code) {
        return Some(found);
    }
    let mut letters = name.chars();
    let first = letters.next().filter(char::is_ascii_alphabetic)?;
    let mut text = first.to_string();
    let mut rest = letters.as_str();
    while !rest.is_empty() {
        let (mark, c) = MARKS.iter().find(|(mark, _)| rest.starts_with(mark))?;
        text.push(*c);
        rest = rest.get(mark.len()..)?;
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::values::nfc;

    #[test]
    fn tables_have_a_letter_for_each_byte() {
        assert_eq!(WINDOWS.chars().count(), 32);
        assert_eq!(MAC.chars().count(), 128);
        for (base, byte, expected) in [
            (Base::Windows, 0x80, Some('€')),
            (Base::Windows, 0x93, Some('“')),
            (Base::Windows, 0x9f, Some('Ÿ')),
            (Base::Windows, 0x81, None),
            (Base::Windows, 0xea, Some('ê')),
            (Base::Mac, 0x8e, Some('é')),
            (Base::Mac, 0xff, Some('ˇ')),
            (Base::Standard, b'\'', Some('’')),
            (Base::Standard, 0xea, None),
        ] {
            assert_eq!(letter(base, byte), expected, "{byte:x}");
        }
    }

    #[test]
    fn names_of_glyphs_tell_vietnamese_letters() {
        for (name, expected) in [
            ("A", "A"),
            ("Ocircumflexdotbelow", "Ộ"),
            ("uhornacute", "ứ"),
            ("uni1ED9", "ộ"),
            ("u1EF9", "ỹ"),
            ("dcroat", "đ"),
            ("hyphen.case", "-"),
        ] {
            assert_eq!(named(name).map(|it| nfc(&it)).as_deref(), Some(expected));
        }
        for name in ["g12", "cid345", "", "Avocado"] {
            assert_eq!(named(name), None, "{name}");
        }
    }
}
