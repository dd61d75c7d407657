//! The foot of a document: recipients (nơi nhận) and who signed it.

use std::sync::LazyLock;

use cchc_core::answer::Severity;
use cchc_core::reading::{Header, How, Observation, Read, SignedBy};
use cchc_core::values::fold;
use regex::Regex;

use super::fragment::{Fragment, is_rule};
use super::plain::{characters_before, is_capital, is_damaged, tidy};

/// Prefixes of who signs in whose place.
///
/// Source: Nghị định 30/2020/NĐ-CP, article 13 and appendix I.
const PREFIXES: [&str; 5] = ["TUQ.", "TM.", "KT.", "TL.", "Q."];

static PREFIX: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|\s)(?P<prefix>(?:TUQ|T/M|TM|KT|TL|Q)\s?\.|T/M)\s?\p{Lu}\p{Lu}").ok()
});

static NAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:TS|ThS|GS|PGS|BS|KS|CN)\.\s?)*\p{Lu}\p{Ll}+(?:\s+\p{Lu}(?:\p{Ll}*|’?\p{Lu}?\p{Ll}*)){1,5}$").ok()
});

/// Roles, folded, as a line of a signature starts with them.
const ROLES: [&str; 27] = [
    "chủ tịch",
    "phó chủ tịch",
    "quyền chủ tịch",
    "giám đốc",
    "phó giám đốc",
    "trưởng phòng",
    "phó trưởng phòng",
    "chánh văn phòng",
    "phó chánh văn phòng",
    "bộ trưởng",
    "thứ trưởng",
    "thủ tướng",
    "phó thủ tướng",
    "trưởng ban",
    "phó trưởng ban",
    "cục trưởng",
    "phó cục trưởng",
    "bí thư",
    "phó bí thư",
    "uỷ viên",
    "hiệu trưởng",
    "viện trưởng",
    "chánh thanh tra",
    "chi cục trưởng",
    "tổng giám đốc",
    "trưởng công an",
    "vụ trưởng",
];

fn is_role(text: &str) -> bool {
    let folded = fold(text);
    is_capital(text)
        && text.chars().count() <= 80
        && ROLES.iter().any(|role| folded.starts_with(role))
}

/// Reads recipients and signer from the fragments behind the head.
pub(super) fn read(list: &[Fragment], from: usize, header: &mut Header) {
    let split = split_signatures(list.get(from..).unwrap_or_default());
    let receives = split
        .iter()
        .position(|it| it.folded.starts_with("nơi nhận"));
    if let Some(at) = receives {
        header.recipients = recipients(&split, at);
    }
    signer(&split, receives, header);
}

/// Fragments in which a signature has run into the list of recipients, taken apart.
fn split_signatures(list: &[Fragment]) -> Vec<Fragment> {
    let mut split = Vec::new();
    for fragment in list {
        let found = PREFIX
            .as_ref()
            .and_then(|it| it.captures(&fragment.plain))
            .and_then(|it| it.name("prefix"))
            .map(|it| characters_before(&fragment.plain, it.start()))
            .filter(|at| *at > 0);
        match found {
            Some(at) if fragment.plain.chars().count() <= 200 => {
                let end = fragment.plain.chars().count();
                split.extend(fragment.part(0, at));
                split.extend(fragment.part(at, end));
            }
            _ => split.push(fragment.clone()),
        }
    }
    split
}

fn prefix_of(text: &str) -> Option<&'static str> {
    let upper: String = text.chars().filter(|c| *c != ' ').take(8).collect();
    let upper = upper.replacen("T/M", "TM.", 1).replacen("TM..", "TM.", 1);
    PREFIXES
        .iter()
        .copied()
        .find(|prefix| upper.starts_with(prefix))
        .filter(|_| is_capital(text))
}

fn recipients(list: &[Fragment], at: usize) -> Vec<Read<String>> {
    let mut found = Vec::new();
    let inline = list.get(at).and_then(|first| {
        let colon = first.plain.chars().position(|c| c == ':')?;
        first.part(colon + 1, first.plain.chars().count())
    });
    let behind = list.iter().skip(at + 1).take(60);
    for fragment in inline.iter().chain(behind) {
        let text = fragment.plain.trim();
        if prefix_of(text).is_some() || is_role(text) {
            continue;
        }
        let listed = text.starts_with(['-', '+', '•', '–']);
        let inside = inline.as_ref().is_some_and(|it| it.at == fragment.at);
        if !listed && !inside {
            // The columns of a foot may alternate; what is no item is not a recipient.
            if super::is_heading(text) {
                break;
            }
            continue;
        }
        for part in text.split(';') {
            let name = tidy(part.trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '+' | '•' | '–' | '.' | ',' | '/')
            }));
            if !name.is_empty() && !is_damaged(&name) {
                found.push(fragment.read(name));
            }
        }
    }
    found
}

fn signer(list: &[Fragment], receives: Option<usize>, header: &mut Header) {
    // The first block of a signature: a prefix, or a role near the list of recipients.
    let near = |at: usize| receives.is_some_and(|other| at + 30 >= other && at <= other + 60);
    let start = list.iter().enumerate().position(|(at, it)| {
        let text = it.plain.trim();
        !super::issuer::is_authority(it) && prefix_of(text).is_some() || near(at) && is_role(text)
    });
    let missing = |header: &mut Header, code, at| {
        let note = Observation::new(code, Severity::Warning, at, "sign_document");
        header.findings.push(note.of("signer"));
    };
    let Some(start) = start else {
        missing(header, "signer_missing", super::last_spot(list));
        return;
    };
    let Some(first) = list.get(start) else {
        return;
    };
    let mut signed = SignedBy {
        prefixes: Vec::new(),
        role: None,
        name: None,
    };
    let mut texts = Vec::new();
    for fragment in list.iter().skip(start).take(40) {
        let text = tidy(fragment.plain.trim());
        let listed = text.starts_with(['-', '+', '•']) || fold(&text).starts_with("nơi nhận");
        if listed || text.starts_with('(') || text.starts_with('[') || is_rule(&text) {
            continue;
        }
        if super::is_heading(&text) {
            break;
        }
        if prefix_of(&text).is_some() && signed.role.is_none() {
            signed.prefixes.push(text.clone());
        } else if is_role(&text) && signed.role.is_none() {
            signed.role = Some(text.clone());
        } else if NAME.as_ref().is_some_and(|it| it.is_match(&text)) && is_name(&text) {
            signed.name = Some(text.clone());
            texts.push(text);
            break;
        } else if signed.role.is_none() && is_capital(&text) && text.chars().count() <= 60 {
            // The second line of a body: `TM. ỦY BAN NHÂN DÂN` / `XÃ SƠN THƯỢNG`.
            if let Some(last) = signed.prefixes.last_mut() {
                last.push(' ');
                last.push_str(&text);
            }
        } else {
            continue;
        }
        texts.push(text);
    }
    let at = first.at.clone();
    if signed.name.is_none() {
        missing(header, "signer_name_missing", at.clone());
    }
    if signed.role.is_none() && signed.name.is_none() && signed.prefixes.is_empty() {
        return;
    }
    header.signer = Some(Read {
        value: signed,
        text: texts.join(" / "),
        at,
        how: if texts.len() > 1 {
            How::Joined
        } else {
            How::AsWritten
        },
    });
}

/// A person's name has two to six words, and none of them is a word of an office.
fn is_name(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let folded = fold(text);
    let office = [
        "nơi nhận",
        "như trên",
        "lưu",
        "uỷ ban",
        "hội đồng",
        "chủ tịch",
        "phó",
        "đã ký",
        "phụ lục",
        "sở ",
        "phòng ",
        "ban ",
        "văn phòng",
        "điều ",
    ];
    (2..=6).contains(&words) && !office.iter().any(|word| folded.starts_with(word))
}
