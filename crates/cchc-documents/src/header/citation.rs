//! Bases (căn cứ): the documents that a document cites before it says anything.

use std::sync::LazyLock;

use cchc_core::facts::DocumentKind;
use cchc_core::reading::{Citation, How, Read};
use cchc_core::values::fold;
use chrono::NaiveDate;
use regex::Regex;

use super::fragment::Fragment;
use super::kind::leading_kind;
use super::plain::{bare, between, characters_before, is_damaged, tidy};

/// Words with which a basis starts.
pub(super) const STARTS: [&str; 6] = [
    "căn cứ",
    "thực hiện",
    "xét ",
    "theo đề nghị",
    "theo ",
    "trên cơ sở",
];

/// Most citations that are read.
const MOST: usize = 60;

static CITED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?:^|[\s(])(?P<number>[0-9]{1,6}[a-zđ]{0,3}(?:\s?/\s?[0-9]{4})?\s?[/-]\s?\p{Lu}[\p{L}0-9&.]*(?:\s?[-/]\s?[\p{Lu}0-9][\p{L}0-9&.]*)*)",
    )
    .ok()
});

static DATED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)^[\s,]*(?:ban\ hành\ )?ngày\s*(?P<day>[0-9]{1,2})\s*(?:/|-|\.|\s*tháng\s*)\s*(?P<month>[0-9]{1,2})\s*(?:/|-|\.|,?\s*năm\s*)\s*(?P<year>[0-9]{4})",
    )
    .ok()
});

static LAW: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?x)(?:^|\s)(?P<law>(?:Bộ\ luật|Luật|Pháp\ lệnh)\s[\p{L},\s]{3,120}?)(?:\s(?:ngày|năm)\s|\ssố\s?:?\s?[0-9]|[;.]|$)").ok()
});

/// The bases among the fragments, which are joined to paragraphs first.
pub(super) fn read(list: &[Fragment], from: usize) -> Vec<Read<Citation>> {
    let mut found = Vec::new();
    for (paragraph, first, lines) in paragraphs(list, from) {
        let folded = fold(&paragraph);
        if !STARTS.iter().any(|start| folded.starts_with(start)) {
            // Bases stand together; behind them the document speaks.
            if found.is_empty() {
                continue;
            }
            break;
        }
        for clause in clauses(&paragraph) {
            if found.len() < MOST {
                found.extend(clause_citations(&clause, first, lines));
            }
        }
    }
    found
}

/// Paragraphs from a fragment on, each with its first fragment and number of lines.
fn paragraphs(list: &[Fragment], from: usize) -> Vec<(String, &Fragment, usize)> {
    let mut paragraphs: Vec<(String, &Fragment, usize)> = Vec::new();
    let mut open = false;
    for fragment in list.iter().skip(from) {
        let folded = &fragment.folded;
        let starts = STARTS.iter().any(|start| folded.starts_with(start))
            || folded.starts_with("kính gửi")
            || super::is_enacting(folded)
            || super::issuer::is_authority(fragment);
        match paragraphs.last_mut() {
            Some((text, _, lines)) if open && !starts && !fragment.apart => {
                text.push(' ');
                text.push_str(&fragment.plain);
                *lines += 1;
            }
            _ => paragraphs.push((fragment.plain.clone(), fragment, 1)),
        }
        open = !fragment.plain.ends_with([';', '.', ':']);
    }
    paragraphs
}

/// A paragraph at its semicolons.
fn clauses(paragraph: &str) -> Vec<String> {
    paragraph
        .split(';')
        .map(tidy)
        .filter(|it| !it.is_empty())
        .collect()
}

fn clause_citations(clause: &str, first: &Fragment, lines: usize) -> Vec<Read<Citation>> {
    let Some(cited) = CITED.as_ref() else {
        return Vec::new();
    };
    let read = |citation: Citation, text: String| Read {
        value: citation,
        text,
        at: first.at.clone(),
        how: if lines > 1 {
            How::Joined
        } else {
            How::AsWritten
        },
    };
    // A number is one of a document behind `số`, or right behind the name of a kind.
    let all: Vec<regex::Captures<'_>> = cited
        .captures_iter(clause)
        .filter(|found| {
            let before = found
                .name("number")
                .and_then(|it| clause.get(..it.start()))
                .unwrap_or_default();
            let (stem, numbered) = without_so(before);
            numbered || kind_before(stem).is_some()
        })
        .collect();
    if all.is_empty() {
        // A law is cited by name.
        let law = LAW.as_ref().and_then(|it| it.captures(clause));
        return law
            .and_then(|found| found.name("law"))
            .map(|name| {
                let behind = clause.get(name.end()..).unwrap_or_default();
                let citation = Citation {
                    kind: Some(DocumentKind::Law),
                    number: None,
                    date: dated(behind.trim_start_matches(' ')),
                    issuer: None,
                    subject: Some(tidy(name.as_str())),
                };
                read(citation, clause.to_owned())
            })
            .into_iter()
            .collect();
    }
    let ends: Vec<usize> = all
        .iter()
        .skip(1)
        .filter_map(|it| it.name("number").map(|number| number.start()))
        .map(|at| {
            clause
                .get(..at)
                .map_or(at, |before| without_so(before).0.len())
        })
        .chain([clause.len()])
        .collect();
    all.iter()
        .zip(ends)
        .filter_map(|(found, end)| {
            let whole = found.name("number")?;
            let number = whole.as_str();
            let before = without_so(clause.get(..whole.start()).unwrap_or_default()).0;
            let behind = clause.get(whole.end()..end).unwrap_or_default();
            let kind = kind_before(before).or_else(|| {
                let law = LAW.as_ref()?.is_match(&format!("{before}số "));
                law.then_some(DocumentKind::Law)
            });
            let (date, rest) = match DATED.as_ref().and_then(|it| it.captures(behind)) {
                Some(date) => {
                    let length = date.get(0).map_or(0, |it| it.end());
                    (dated(behind), behind.get(length..).unwrap_or_default())
                }
                // A date that cannot be read is no part of the subject.
                None if behind.trim_start().starts_with("ngày") => {
                    let at = behind.find(" của ").map_or(behind.len(), |at| at + 1);
                    (None, behind.get(at..).unwrap_or_default())
                }
                None => (None, behind),
            };
            let (issuer, subject) = issuer_and_subject(rest);
            let citation = Citation {
                kind,
                number: Some(normal(number)),
                date,
                issuer,
                subject,
            };
            Some(read(
                citation,
                between(
                    clause,
                    characters_before(clause, whole.start()),
                    characters_before(clause, end),
                ),
            ))
        })
        .collect()
}

/// The text without `số` at its end, and whether it had that.
fn without_so(before: &str) -> (&str, bool) {
    let trimmed = before.trim_end_matches([' ', ':', '.']);
    ["số", "Số", "SỐ"]
        .iter()
        .find_map(|word| trimmed.strip_suffix(word))
        .map_or((before, false), |stem| (stem.trim_end(), true))
}

/// Number and symbol as the decree prints them, without spaces.
fn normal(number: &str) -> String {
    number.chars().filter(|c| !c.is_whitespace()).collect()
}

fn dated(text: &str) -> Option<NaiveDate> {
    let found = DATED.as_ref()?.captures(text)?;
    let part = |name: &str| found.name(name)?.as_str().parse::<u32>().ok();
    let year = i32::try_from(part("year")?).ok()?;
    NaiveDate::from_ymd_opt(year, part("month")?, part("day")?)
}

/// The kind that stands before the number, as in `Báo cáo thẩm tra số 67`.
fn kind_before(before: &str) -> Option<DocumentKind> {
    let words: Vec<&str> = before.split_whitespace().collect();
    (1..=6.min(words.len())).find_map(|count| {
        let name = words
            .iter()
            .skip(words.len() - count)
            .copied()
            .collect::<Vec<_>>()
            .join(" ");
        let named = name.starts_with(char::is_uppercase);
        leading_kind(&name).filter(|_| named).map(|(kind, _)| kind)
    })
}

/// The name of a body without the sentence behind it: `UBND huyện, UBND xã báo cáo`.
fn before_next_body(name: &str) -> &str {
    name.match_indices(", ")
        .find(|(at, mark)| {
            let behind = name.get(at + mark.len()..).unwrap_or_default();
            behind.starts_with(char::is_uppercase)
                && super::issuer::starts_a_body(behind)
                && !behind.contains(" và ")
        })
        .map_or(name, |(at, _)| name.get(..at).unwrap_or(name))
}

static SENTENCE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\.\s+\p{Lu}[\p{L}]+\s+[\p{Ll}]").ok());

/// The text without the kind of the next citation at its end: `… và Quyết định`.
fn without_next_kind(text: &str) -> &str {
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    for at in starts.iter().rev().take(4) {
        let name = text.get(*at..).unwrap_or_default();
        let words = name.split_whitespace().count();
        let kind = leading_kind(name).filter(|(_, used)| *used == words);
        if name.starts_with(char::is_uppercase) && kind.is_some() {
            let cut = text.get(..*at).unwrap_or(text).trim_end();
            return cut
                .strip_suffix(" và")
                .unwrap_or(cut)
                .trim_end_matches([',', ' ']);
        }
    }
    text
}

/// `của UBND huyện Sơn Hà về việc …` taken apart.
fn issuer_and_subject(rest: &str) -> (Option<String>, Option<String>) {
    let rest = rest.trim();
    // What follows belongs to the next citation, or to the sentence behind this one.
    let rest = SENTENCE
        .as_ref()
        .and_then(|it| it.find(rest))
        .map_or(rest, |end| rest.get(..end.start()).unwrap_or(rest));
    let rest = without_next_kind(rest).trim_end_matches([',', '.', ':', ' ']);
    let (issuer, subject) = match rest.strip_prefix("của ") {
        Some(named) => {
            let lower = named.to_lowercase();
            let at = [
                " về ",
                " ban hành ",
                " quy định ",
                " hướng dẫn ",
                " phê duyệt ",
                " sửa đổi",
                " v/v ",
            ]
            .iter()
            .filter_map(|mark| lower.find(mark))
            .min();
            // Lower case can change the length of a text; only a whole boundary is used.
            match at.and_then(|at| Some((named.get(..at)?, named.get(at..)?))) {
                Some((issuer, subject)) => (Some(before_next_body(issuer)), Some(subject)),
                None => (Some(before_next_body(named)), None),
            }
        }
        None => (None, Some(rest)),
    };
    let clean = |text: &str| {
        let text = tidy(text);
        let text = text.trim_matches([',', '.', ' ']).to_owned();
        (!bare(&text).is_empty() && !is_damaged(&text)).then_some(text)
    };
    (issuer.and_then(clean), subject.and_then(clean))
}
