//! Whom a document is addressed to (kính gửi).

use cchc_core::reading::Read;

use super::fragment::Fragment;
use super::plain::{is_damaged, tidy};

/// The addressees, and the index of the first fragment behind them.
pub(super) fn read(list: &[Fragment]) -> (Vec<Read<String>>, Option<usize>) {
    let Some(at) = list.iter().position(|it| {
        let folded = &it.folded;
        folded.starts_with("kính gửi") || folded.starts_with("kính trình")
    }) else {
        return (Vec::new(), None);
    };
    let mut found = Vec::new();
    let Some(first) = list.get(at) else {
        return (found, None);
    };
    let end = first.plain.chars().count();
    let behind = first
        .plain
        .chars()
        .position(|c| c == ':')
        .map_or(8, |it| it + 1);
    let mut next = at + 1;
    let own = first.part(behind, end);
    let one_line = own.is_some();
    let mut open = own
        .as_ref()
        .is_none_or(|it| !it.plain.ends_with(['.', ';']));
    if let Some(part) = own {
        push(&part, &mut found);
    }
    for fragment in list.iter().skip(at + 1).take(60) {
        let text = fragment.plain.trim();
        let item = text.starts_with(['-', '+', '•', '–']);
        let goes_on = open && one_line && !fragment.apart && text.starts_with(char::is_lowercase);
        if !item && !goes_on {
            break;
        }
        if goes_on {
            if let Some(last) = found.last_mut() {
                last.value = tidy(&format!("{} {}", last.value, strip(text)));
            }
        } else {
            push(fragment, &mut found);
        }
        open = !text.ends_with(['.', ';']);
        next += 1;
    }
    (found, Some(next))
}

fn push(fragment: &Fragment, found: &mut Vec<Read<String>>) {
    for part in fragment.text.split(';') {
        // In a text that is one line the document goes on behind the last addressee.
        let part = part.split_once(". ").map_or(part, |(name, rest)| {
            if rest.chars().count() > 40 {
                name
            } else {
                part
            }
        });
        let name = strip(part);
        if !name.is_empty() && !is_damaged(&name) {
            found.push(fragment.read(name));
        }
    }
}

fn strip(text: &str) -> String {
    tidy(text.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '-' | '+' | '•' | '–' | '.' | ';' | ',' | ':' | '/')
    }))
}
