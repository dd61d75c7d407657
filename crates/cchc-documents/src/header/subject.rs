//! Subject (trích yếu): under the title, or behind `V/v` for a công văn.

use cchc_core::reading::{How, Read};

use super::fragment::Fragment;
use super::issuer::is_authority;
use super::plain::{bare, between, is_capital, tidy};

/// Most lines of a subject.
const MOST_LINES: usize = 8;

/// Most characters of a subject.
const MOST_CHARACTERS: usize = 900;

/// Characters of `V/v` and what separates it, where the fragment starts with that.
pub(super) fn regarding(fragment: &Fragment) -> Option<usize> {
    let folded = &fragment.folded;
    if folded.starts_with("v/v") || folded.starts_with("về việc:") {
        let mark = if folded.starts_with("v/v") { 3 } else { 7 };
        let rest = between(&fragment.plain, mark, fragment.plain.chars().count());
        let separators = rest
            .chars()
            .take_while(|c| c.is_whitespace() || matches!(c, ':' | '.' | '-'))
            .count();
        return Some(mark + separators);
    }
    None
}

/// The subject of a công văn, from the fragment that starts with `V/v`.
pub(super) fn of_letter(list: &[Fragment], at: usize) -> Option<Read<String>> {
    let first = list.get(at)?;
    let start = regarding(first)?;
    let own = first.part(start, first.plain.chars().count());
    let parts: Vec<Fragment> = own
        .into_iter()
        .chain(
            list.iter()
                .skip(at + 1)
                .take_while(|it| {
                    !it.apart && !ends(it) && it.beside(first) && !is_capital(&it.plain)
                })
                .cloned(),
        )
        .collect();
    joined(&parts)
}

/// The subject under a title.
pub(super) fn of_title(
    list: &[Fragment],
    behind: usize,
    same_line: Option<Fragment>,
) -> Option<Read<String>> {
    let mut parts: Vec<Fragment> = same_line.into_iter().collect();
    for fragment in list.iter().skip(behind) {
        let first = parts.is_empty() && may_start(fragment);
        if ends(fragment) && !first || parts.len() >= MOST_LINES {
            break;
        }
        if let Some(last) = parts.last() {
            let capitals = is_capital(&last.plain);
            // An empty line ends it, unless the subject goes on in capitals.
            if fragment.apart && !(capitals && is_capital(&fragment.plain)) {
                break;
            }
            if capitals != is_capital(&fragment.plain) && !mixes(last, fragment) {
                break;
            }
            if last.plain.ends_with(['.', ';']) || is_sentence(&fragment.plain) {
                break;
            }
        }
        parts.push(fragment.clone());
    }
    joined(&parts)
}

/// Longest line that goes on with a subject; a paragraph is longer.
const LINE: usize = 110;

/// Whether a line is a sentence of the text under the subject: it begins like one and ends
/// like one, or is a whole paragraph.
fn is_sentence(text: &str) -> bool {
    let begins = text.starts_with(char::is_uppercase) && !is_capital(text);
    begins && (text.ends_with(['.', ';', ':', ',']) || text.chars().count() > LINE)
}

/// Whether a line in capitals and one that is not belong together: a year or a number alone
/// has no case.
fn mixes(last: &Fragment, next: &Fragment) -> bool {
    let letters = |it: &Fragment| it.plain.chars().any(char::is_alphabetic);
    !letters(last) || !letters(next)
}

/// Whether a fragment that starts as the document's own words may be a subject under its
/// title: `Thực hiện nhiệm vụ năm 2024`, but not `Thực hiện Kế hoạch số 14/KH-UBND …`.
pub(super) fn may_start(fragment: &Fragment) -> bool {
    let folded = &fragment.folded;
    let verb = ["thực hiện", "triển khai thực hiện", "xét "]
        .iter()
        .any(|start| folded.starts_with(start));
    verb && !folded.contains(" số ") && !fragment.plain.ends_with([';', ':', '.', ','])
}

/// Whether a fragment is no part of a subject.
fn ends(fragment: &Fragment) -> bool {
    let folded = &fragment.folded;
    let starts = [
        "kính gửi",
        "kính trình",
        "nơi nhận",
        "số:",
        "ngày ",
        "hôm nay",
        "(ban hành",
        "(kèm theo",
        "(lưu hành",
        "triển khai thực hiện",
        "để ",
        "nhằm ",
        "sau khi ",
        "tiếp theo ",
        "qua ",
    ];
    super::is_body(fragment)
        || is_authority(fragment)
        || starts.iter().any(|start| folded.starts_with(start))
}

fn joined(parts: &[Fragment]) -> Option<Read<String>> {
    let first = parts.first()?;
    let texts: Vec<&str> = parts.iter().map(|it| it.text.as_str()).collect();
    let whole = tidy(&texts.join(" "));
    let value = whole
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | ';' | ',' | '*' | '_'))
        .to_owned();
    let length = value.chars().count();
    if bare(&value).is_empty() || length > MOST_CHARACTERS {
        return None;
    }
    let mut read = first.read(value);
    if parts.len() > 1 {
        read.text = whole;
        read.how = How::Joined;
    }
    Some(read)
}
