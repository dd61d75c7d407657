//! Number and symbol (số, ký hiệu) at the head of a document.

use std::sync::LazyLock;

use cchc_core::answer::Severity;
use cchc_core::facts::{DocumentKind, Symbol};
use cchc_core::reading::{Header, How, Observation};
use cchc_core::values::look_alikes;
use regex::Regex;

use super::fragment::Fragment;
use super::kind::named_kind;
use super::plain::{between, characters_before, plain};

/// What a line with a number says.
pub(super) struct Numbered {
    /// Index of its fragment.
    pub(super) at: usize,
    /// Kind named before `số`, as in `Nghị quyết số: 653/2019/UBTVQH14`.
    pub(super) kind: Option<DocumentKind>,
    /// What stands behind the symbol: place and date where columns have run together.
    pub(super) rest: Option<Fragment>,
}

static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?P<before>[\p{L} ]{2,60}?\s)?(?:số|so)\s*[:.;]?\s*(?P<rest>[0-9].*|[./…_\s-]*/.*|[.…_\s]*)$").ok()
});

static PARTY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<number>[0-9]{1,6})\s?-\s?(?P<symbol>[\p{Lu}][\p{L}]{1,4}/[\p{Lu}]{1,8}(?:-[\p{Lu}\p{L}]{1,8})?)").ok()
});

static STROKELESS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[0-9]{1,6}\s?\p{Lu}{2}|[.…_\s]*$)").ok());

/// Whether the line is that of the number: `Số: 15/KH-UBND`, `Luật số: 80/2015/QH13`.
///
/// Gives the kind that stands in front, and the first character behind `Số:`.
fn number_line(fragment: &Fragment) -> Option<(Option<DocumentKind>, usize)> {
    if fragment.enclosed {
        return None;
    }
    let found = LINE.as_ref()?.captures(&fragment.plain)?;
    let kind = match found.name("before") {
        None => None,
        Some(before) => Some(named_kind(before.as_str().trim())?),
    };
    let rest = found.name("rest")?;
    // `Số 12 đường Lê Lợi` is an address.
    let near: String = rest.as_str().chars().take(24).collect();
    if !near.contains('/') && !STROKELESS.as_ref()?.is_match(&near) {
        return None;
    }
    Some((kind, characters_before(&fragment.plain, rest.start())))
}

/// Reads number, suffix, year and symbol from the first line that has them.
pub(super) fn read(list: &[Fragment], hyphens_lost: bool, header: &mut Header) -> Option<Numbered> {
    let (at, fragment, (kind, start)) = list
        .iter()
        .enumerate()
        .find_map(|(at, it)| number_line(it).map(|found| (at, it, found)))?;
    let end = fragment.plain.chars().count();
    let rest = between(&fragment.plain, start, end);
    let used = start + one_line(&rest, fragment, start, hyphens_lost, header);
    Some(Numbered {
        at,
        kind,
        rest: fragment.part(used, end),
    })
}

/// Reads what stands behind `Số:`; gives how many characters it took.
fn one_line(
    rest: &str,
    fragment: &Fragment,
    start: usize,
    hyphens_lost: bool,
    header: &mut Header,
) -> usize {
    if let Some(found) = PARTY.as_ref().and_then(|it| it.captures(rest)) {
        return party(&found, fragment, header);
    }
    let letters: Vec<char> = rest.chars().collect();
    let blank = |c: &char| c.is_whitespace() || matches!(c, '.' | '…' | '_' | '-');
    let digits = letters.iter().take_while(|c| c.is_ascii_digit()).count();
    let mut at = digits;
    let suffix: String = if digits == 0 {
        at = letters.iter().take_while(|c| blank(c)).count();
        String::new()
    } else {
        let letters_behind = letters.iter().skip(at).take_while(|c| c.is_alphabetic());
        let suffix: String = letters_behind.collect();
        // `15KH-UBND` lacks its stroke; `22a/` has a suffix.
        if (1..=3).contains(&suffix.chars().count())
            && letters
                .iter()
                .skip(at + suffix.chars().count())
                .find(|c| !c.is_whitespace())
                == Some(&'/')
        {
            at += suffix.chars().count();
            suffix.to_lowercase()
        } else {
            String::new()
        }
    };
    let spaces = |from: usize| {
        letters
            .iter()
            .skip(from)
            .take_while(|c| c.is_whitespace())
            .count()
    };
    at += spaces(at);
    let stroke = letters.get(at) == Some(&'/');
    let read_number = between(rest, 0, digits);
    if digits == 0 {
        observe(
            header,
            "number_blank",
            Severity::Problem,
            "number",
            fragment,
            "issue_document",
        );
    } else {
        match read_number.parse::<u32>() {
            Ok(number @ 1..=999_999) => header.number = Some(fragment.read(number)),
            _ => illegible(header, "number_illegible", "number", fragment),
        }
    }
    if !suffix.is_empty() {
        header.suffix = Some(fragment.read(suffix));
    }
    if stroke {
        at += 1;
        at += spaces(at);
        let year: String = letters.iter().skip(at).take(4).collect();
        let behind = at + 4 + spaces(at + 4);
        let is_year = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        if is_year && letters.get(behind) == Some(&'/') {
            if let Ok(year @ 1945..=2999) = year.parse::<u16>() {
                header.year = Some(fragment.read(year));
            }
            at = behind + 1;
            at += spaces(at);
        }
    }
    let (symbol, length) = symbol_text(&letters, at);
    if symbol.is_empty() {
        observe(
            header,
            "symbol_blank",
            Severity::Problem,
            "symbol",
            fragment,
            "issue_document",
        );
        return at;
    }
    let original = between(&fragment.text, start + at, start + at + length);
    let (symbol, mended) = mend(&symbol, hyphens_lost);
    match Symbol::parse(&symbol) {
        Ok(parsed) => {
            let mut read = fragment.read(parsed.parts().join("-"));
            if mended || !stroke {
                read.how = How::Mended;
                observe(
                    header,
                    "symbol_mended",
                    Severity::Note,
                    "symbol",
                    fragment,
                    "check_symbol",
                );
            }
            if !look_alikes(&original).is_empty() {
                let shown = look_alikes(&original)
                    .first()
                    .map(|it| it.looks_like.to_string())
                    .unwrap_or_default();
                let note = Observation::new(
                    "symbol_look_alike",
                    Severity::Warning,
                    fragment.at.clone(),
                    "mend_symbol",
                );
                header
                    .findings
                    .push(note.of("symbol").with("letter", shown));
            }
            header.symbol = Some(read);
        }
        Err(_) => illegible(header, "symbol_illegible", "symbol", fragment),
    }
    at + length
}

fn party(found: &regex::Captures<'_>, fragment: &Fragment, header: &mut Header) -> usize {
    let number = found.name("number").and_then(|it| it.as_str().parse().ok());
    if let Some(number) = number {
        header.number = Some(fragment.read(number));
    }
    if let Some(symbol) = found.name("symbol") {
        header.symbol = Some(fragment.read(symbol.as_str().to_owned()));
    }
    observe(
        header,
        "symbol_of_party",
        Severity::Note,
        "symbol",
        fragment,
        "none",
    );
    found.get(0).map_or(0, |all| all.as_str().chars().count())
}

/// The symbol from a character on, without spaces, and how many characters it takes.
///
/// Groups of letters with hyphens between them; a space before or behind a hyphen is
/// forgiven, a group in lower case ends it.
fn symbol_text(letters: &[char], start: usize) -> (String, usize) {
    let group = |from: usize| -> String {
        letters
            .iter()
            .skip(from)
            .take_while(|c| c.is_alphanumeric() || matches!(c, '&' | '.'))
            .collect()
    };
    let spaces = |from: usize| {
        letters
            .iter()
            .skip(from)
            .take_while(|c| c.is_whitespace())
            .count()
    };
    let mut text = group(start);
    if !text.starts_with(char::is_uppercase) || text.chars().count() > 24 {
        return (String::new(), 0);
    }
    let mut at = start + text.chars().count();
    loop {
        let before = spaces(at);
        let hyphen = at + before;
        if letters.get(hyphen) != Some(&'-') {
            break;
        }
        let behind = spaces(hyphen + 1);
        let next = group(hyphen + 1 + behind);
        let spaced = before + behind > 0;
        // `KH-UBND - Sơn Hà, ngày`: a name is no group of a symbol.
        let lower = next.chars().filter(|c| c.is_lowercase()).count();
        let name = spaced && lower > 1 && lower + 1 >= next.chars().count();
        let fits = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if !fits || name || next.chars().count() > 24 {
            break;
        }
        at = hyphen + 1 + behind + next.chars().count();
        text.push('-');
        text.push_str(&next);
    }
    let trimmed = text.trim_end_matches(['.', '&']).to_owned();
    (trimmed, at - start)
}

/// Bodies whose abbreviation is told from a type's when a hyphen was lost.
const BODIES: [&str; 16] = [
    "UBND", "HĐND", "TTg", "CP", "BNV", "SNV", "VPCP", "BTC", "BTP", "STP", "BTTTT", "BGDĐT",
    "PNV", "BCĐ", "VP", "UBMTTQ",
];

/// Puts back the hyphen behind the type's abbreviation: `QĐUBND`.
fn mend(symbol: &str, hyphens_lost: bool) -> (String, bool) {
    let (first, rest) = match symbol.split_once('-') {
        Some((first, rest)) => (first, Some(rest)),
        None => (symbol, None),
    };
    for kind in DocumentKind::ALL {
        let Some(type_part) = kind.symbol_part() else {
            continue;
        };
        let Some(body) = first.strip_prefix(type_part) else {
            continue;
        };
        if let Some(known) = BODIES.iter().find(|known| body.starts_with(**known)) {
            let unit = body.strip_prefix(known).unwrap_or_default();
            if !unit.is_empty() && !hyphens_lost {
                continue;
            }
            let mut mended = format!("{type_part}-{known}");
            for group in [Some(unit), rest].into_iter().flatten() {
                if !group.is_empty() {
                    mended.push('-');
                    mended.push_str(group);
                }
            }
            return (mended, true);
        }
    }
    (symbol.to_owned(), false)
}

fn illegible(header: &mut Header, code: &'static str, field: &'static str, fragment: &Fragment) {
    let note = Observation::new(
        code,
        Severity::Problem,
        fragment.at.clone(),
        "read_original",
    );
    header
        .findings
        .push(note.of(field).with("text", plain(&fragment.text)));
}

fn observe(
    header: &mut Header,
    code: &'static str,
    severity: Severity,
    field: &'static str,
    fragment: &Fragment,
    remedy: &'static str,
) {
    let note = Observation::new(code, severity, fragment.at.clone(), remedy);
    header
        .findings
        .push(note.of(field).with("text", &fragment.text));
}
