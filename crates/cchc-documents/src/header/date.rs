//! Place and date (địa danh, thời gian) at the head of a document.

use std::sync::LazyLock;

use cchc_core::answer::Severity;
use cchc_core::reading::{Header, How, Observation};
use chrono::NaiveDate;
use regex::Regex;

use super::fragment::{Fragment, is_rule};
use super::plain::{between, characters_before, is_capital, tidy};

/// A date of the form `ngày 05 tháng 01 năm 2020`, with blanks where they are.
static SPELLED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \bngày \s* (?P<day>[0-9OoIl]{0,2}|[.…_\s]*) \s* tháng \s*
          (?P<month>[0-9OoIl]{0,2}|[.…_\s]*) \s* năm \s*
          (?P<year>[0-9OoIl]{0,4}|[0-9]{0,3}[.…_\s]*)",
    )
    .ok()
});

/// A date of the form `ngày 15/3/2024`.
static FIGURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bngày\s*(?P<day>[0-9]{1,2})\s*[/.-]\s*(?P<month>[0-9]{1,2})\s*[/.-]\s*(?P<year>[0-9]{4})").ok()
});

/// What one stretch says of a date.
struct Dated {
    from: usize,
    to: usize,
    parts: Result<NaiveDate, Undated>,
}

enum Undated {
    Blank,
    Impossible,
    Illegible,
}

/// A date spelled in words, or in figures.
fn dated(text: &str) -> Option<Dated> {
    let found = SPELLED
        .as_ref()
        .and_then(|it| it.captures(text))
        .or_else(|| FIGURES.as_ref().and_then(|it| it.captures(text)))?;
    let all = found.get(0)?;
    let part = |name: &str| found.name(name).map_or("", |it| it.as_str().trim());
    let parts = [part("day"), part("month"), part("year")];
    let blank = |text: &&str| text.is_empty() || is_rule(text);
    let unread = |text: &&str| {
        let digits = text.bytes().all(|byte| byte.is_ascii_digit());
        !blank(text) && !digits
    };
    let [day, month, year] = parts;
    let short = year.len() < 4 || year.ends_with(['.', '…', '_']);
    let parts = if parts.iter().any(blank) || short {
        Err(Undated::Blank)
    } else if parts.iter().any(unread) {
        Err(Undated::Illegible)
    } else {
        let date = || {
            let year = year
                .parse()
                .ok()
                .filter(|year| (1945..=2999).contains(year))?;
            NaiveDate::from_ymd_opt(year, month.parse().ok()?, day.parse().ok()?)
        };
        date().ok_or(Undated::Impossible)
    };
    Some(Dated {
        from: characters_before(text, all.start()),
        to: characters_before(text, all.end()),
        parts,
    })
}

/// Takes every date line out of the fragments: what stands before and behind it in the same
/// line stays, as fragments of their own. Reads place and date of the first.
pub(super) fn read(list: &mut Vec<Fragment>, header: &mut Header) {
    let mut first: Option<NaiveDate> = None;
    let mut seen = false;
    let mut at = 0;
    while at < list.len() {
        let Some((joined, used)) = joined(list, at) else {
            at += 1;
            continue;
        };
        let Some(found) = dated(&joined.plain) else {
            at += 1;
            continue;
        };
        let before = between(&joined.plain, 0, found.from);
        let start = match super::subject::regarding(&joined) {
            Some(_) => place_behind_subject(&before),
            None => place_start(&before),
        };
        let Some(start) = start else {
            at += 1;
            continue;
        };
        let end = joined.plain.chars().count();
        let rest: Vec<Fragment> = [joined.part(0, start), joined.part(found.to, end)]
            .into_iter()
            .flatten()
            .filter(|part| !is_rule(&part.text))
            .collect();
        let named = !before.trim().is_empty();
        // A second date is one only where it stands as a date line does; without a place
        // the first too.
        if (seen || !named) && !rest.is_empty() || seen && !named {
            at += 1;
            continue;
        }
        let stretch = joined
            .part(start, found.to)
            .unwrap_or_else(|| joined.clone());
        let place = tidy(&between(&joined.text, start, found.from));
        let place = place.trim_end_matches([',', ' ', '.', ';']).to_owned();
        let how = if used > 1 {
            How::Joined
        } else {
            stretch.read(()).how
        };
        match (seen, found.parts) {
            (false, Ok(date)) => {
                first = Some(date);
                let mut read = stretch.read(date);
                read.how = how;
                header.date = Some(read);
            }
            (false, Err(why)) => unread(header, why, &stretch),
            (true, Ok(date)) if first.is_some_and(|it| it != date) => {
                header.date = None;
                let note = Observation::new(
                    "dates_differ",
                    Severity::Problem,
                    stretch.at.clone(),
                    "correct_document",
                );
                let shown = first.map(|it| it.to_string()).unwrap_or_default();
                header
                    .findings
                    .push(note.of("date").with("first", shown).with("second", date));
            }
            (true, _) => {}
        }
        if !seen {
            if place.is_empty() {
                let note = Observation::new(
                    "place_missing",
                    Severity::Note,
                    stretch.at.clone(),
                    "complete_document",
                );
                header.findings.push(note.of("place"));
            } else {
                let mut read = stretch.read(place);
                read.how = how;
                header.place = Some(read);
            }
        }
        seen = true;
        let kept = rest.len();
        list.splice(at..at + used, rest);
        at += kept;
    }
    if !seen {
        let at = super::first_spot(list);
        let note = Observation::new("date_missing", Severity::Problem, at, "read_original");
        header.findings.push(note.of("date"));
        let at = super::first_spot(list);
        let note = Observation::new("place_missing", Severity::Note, at, "complete_document");
        header.findings.push(note.of("place"));
    }
}

/// The fragment at that index, joined with the next ones where a date is broken over lines.
fn joined(list: &[Fragment], at: usize) -> Option<(Fragment, usize)> {
    let first = list.get(at)?;
    let lower = first.plain.to_lowercase();
    if !lower.contains("ngày")
        || super::is_body(first)
        || first.plain.starts_with('(')
        || first.enclosed
    {
        return None;
    }
    let mut whole = first.clone();
    for used in 1..=3 {
        if dated(&whole.plain).is_some_and(|it| !matches!(it.parts, Err(Undated::Blank))) {
            return Some((whole, used));
        }
        let Some(next) = list.get(at + used) else {
            break;
        };
        let goes_on = next.plain.starts_with(|c: char| c.is_ascii_digit())
            || ["tháng", "năm", "ngày"]
                .iter()
                .any(|word| next.plain.to_lowercase().starts_with(word));
        if !goes_on {
            break;
        }
        whole.text = format!("{} {}", whole.text, next.text);
        whole.plain = format!("{} {}", whole.plain, next.plain);
        whole.folded = format!("{} {}", whole.folded, next.folded);
        if dated(&whole.plain).is_some_and(|it| !matches!(it.parts, Err(Undated::Blank))) {
            return Some((whole, used + 1));
        }
    }
    Some((first.clone(), 1))
}

/// Where the place starts in what stands before `ngày`; `None` where that is no place.
///
/// A place is a name with a comma behind it. Where the issuing body's second line has run
/// into it, capitals end where the name begins.
fn place_start(before: &str) -> Option<usize> {
    let trimmed = before.trim_end();
    if trimmed.is_empty() {
        return Some(0);
    }
    let name = trimmed.strip_suffix([',', ';', '.']).unwrap_or(trimmed);
    if name.contains([',', ':', '(', '"', '“']) {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    // A name in running text follows words in lower case: no head.
    if words.len() > 12 || !trimmed.ends_with([',', ';', '.']) && words.len() > 5 {
        return None;
    }
    if is_capital(name) {
        return trimmed.ends_with([',', ';', '.']).then_some(0);
    }
    let capitals = words
        .iter()
        .take_while(|word| is_capital(word) && word.chars().count() > 1 && !word.ends_with('.'))
        .count();
    let mut start = 0;
    let mut seen = 0;
    let mut inside = false;
    for (at, c) in before.chars().enumerate() {
        if c.is_whitespace() {
            inside = false;
        } else if !inside {
            if seen == capitals {
                start = at;
                break;
            }
            inside = true;
            seen += 1;
        }
    }
    let rest: Vec<&str> = words.iter().skip(capitals).copied().collect();
    // Names of places have at most two words in lower case, such as `thành phố`.
    let lower = rest
        .iter()
        .filter(|word| word.starts_with(char::is_lowercase))
        .count();
    (lower <= 2 && rest.len() <= 7).then_some(start)
}

/// Where the place starts behind the subject of a công văn that has run into it.
///
/// The subject ends in lower case, the place is a name of at most three words; longer names
/// could belong to either, and nothing is read.
fn place_behind_subject(before: &str) -> Option<usize> {
    let name = before.trim_end().strip_suffix(',')?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital = words
        .iter()
        .rev()
        .take_while(|word| word.starts_with(char::is_uppercase))
        .count();
    if !(1..=3).contains(&capital) || capital == words.len() {
        return None;
    }
    let length: usize = words
        .iter()
        .rev()
        .take(capital)
        .map(|word| word.chars().count() + 1)
        .sum();
    Some((name.chars().count() + 1).saturating_sub(length))
}

fn unread(header: &mut Header, why: Undated, fragment: &Fragment) {
    let (code, remedy) = match why {
        Undated::Blank => ("date_blank", "issue_document"),
        Undated::Impossible => ("date_impossible", "correct_document"),
        Undated::Illegible => ("date_illegible", "read_original"),
    };
    let note = Observation::new(code, Severity::Problem, fragment.at.clone(), remedy);
    header
        .findings
        .push(note.of("date").with("text", tidy(&fragment.text)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = dated(text).and_then(|it| it.parts.ok());
        assert_eq!(found.map(|it| it.to_string()).as_deref(), expected);
    }

    #[test]
    fn dates_are_read_as_they_are_printed() {
        check("Hà Nội, ngày 05 tháng 01 năm 2020", Some("2020-01-05"));
        check("ngày 5 tháng11 năm 2010", Some("2010-11-05"));
        check("ngày 15/3/2024", Some("2024-03-15"));
        check("ngày 31 tháng 02 năm 2024", None);
        check("ngày tháng 03 năm 2024", None);
        check("ngày … tháng … năm 20…", None);
        check("ngày 1O tháng 3 năm 2024", None);
    }

    #[test]
    fn a_place_is_a_name_before_the_date() {
        assert_eq!(place_start("Sơn Hà, "), Some(0));
        assert_eq!(place_start("TỈNH HẬU GIANG Vị Thanh, "), Some(15));
        assert_eq!(place_start("TP. Hồ Chí Minh, "), Some(0));
        assert_eq!(
            place_start("theo văn bản đã gửi các đơn vị trực thuộc vào "),
            None
        );
    }
}
