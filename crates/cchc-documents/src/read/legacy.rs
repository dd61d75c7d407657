//! Vietnamese from before Unicode: letters of TCVN3 and VNI shown as those of Western Europe.
//!
//! Fonts named `.VnTime` or `VNI-Times` draw `Ộ` where the file says `é`. Without the font
//! the text is garbage that still looks like letters, so it is refused and not guessed.

use crate::Text;

/// Whether a font draws other letters than its file says.
pub(super) fn is_legacy_font(name: &str) -> bool {
    // A subset of a font has six letters and a plus sign before its name.
    let name = name.split_once('+').map_or(
        name,
        |(prefix, rest)| {
            if prefix.len() == 6 { rest } else { name }
        },
    );
    let name = name.trim_start_matches('/').to_lowercase();
    name.starts_with(".vn") || name.starts_with("vni-") || name.starts_with("vni ")
}

/// The encoding that the whole text looks like, if it does.
///
/// Of at least twenty letters more than one in eight must be a sign that Vietnamese has not,
/// and none one of those that only Vietnamese has. Vietnamese in an old encoding has one in
/// six, French or German one in twenty-five.
pub(super) fn encoding_of(text: &Text) -> Option<&'static str> {
    let mut letters = 0usize;
    let mut foreign = 0usize;
    for line in &text.lines {
        let mut before = ' ';
        let mut following = line.text.chars().skip(1);
        for c in line.text.chars() {
            let after = following.next().unwrap_or(' ');
            let inside = before.is_alphabetic() || after.is_alphabetic();
            match c {
                // Only Vietnamese has these.
                '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'Ơ' | 'ư' | 'Ư' => return None,
                // Letters of Western Europe that Vietnamese has not.
                'ä' | 'å' | 'æ' | 'ç' | 'ë' | 'î' | 'ï' | 'ð' | 'ñ' | 'ö' | 'ø' | 'û' | 'ü'
                | 'þ' | 'ÿ' | 'ß' | 'Ä' | 'Å' | 'Æ' | 'Ç' | 'Ë' | 'Î' | 'Ï' | 'Ñ' | 'Ö' | 'Ø'
                | 'Û' | 'Ü' | 'Þ' => {
                    letters += 1;
                    foreign += 1;
                }
                // Signs that no text has within a word.
                '¸' | 'µ' | '¶' | '·' | '¹' | '¨' | '©' | 'ª' | '«' | '¬' | '®' | '¾' | '¼'
                | '½' | '»' | '×' | '÷'
                    if inside =>
                {
                    letters += 1;
                    foreign += 1;
                }
                c if c.is_alphabetic() => letters += 1,
                _ => {}
            }
            before = c;
        }
    }
    (letters >= 20 && foreign * 8 > letters).then_some("TCVN3/VNI")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, legacy: bool) {
        assert_eq!(
            encoding_of(&Text::of_lines(text)).is_some(),
            legacy,
            "{text}"
        );
    }

    #[test]
    fn old_encodings_are_told_from_languages() {
        check("Céng hoµ x· héi chñ nghÜa ViÖt Nam", true);
        check("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", true);
        check("Cộng hòa xã hội chủ nghĩa Việt Nam", false);
        check("Độc lập - Tự do - Hạnh phúc “µ”", false);
        check(
            "Le garçon naïf a mangé des œufs à la coque près de l'île où il fêtait Noël",
            false,
        );
        check(
            "Die Prüfung fällt für Schüler größer aus als zuvor gedacht wurde",
            false,
        );
        check("The quick brown fox jumps over the lazy dog", false);
        // Too short to judge.
        check("µ¸¶·", false);
    }

    #[test]
    fn fonts_of_old_encodings_are_known_by_name() {
        for name in [
            ".VnTime",
            "ABCDEF+.VnTimeH",
            "VNI-Times",
            ".VnArial NarrowH",
        ] {
            assert!(is_legacy_font(name), "{name}");
        }
        for name in ["Times New Roman", "ABCDEF+DejaVuSans", "Vnavio"] {
            assert!(!is_legacy_font(name), "{name}");
        }
    }
}
