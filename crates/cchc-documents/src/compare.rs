//! A record of the register against the header of its file.
//!
//! A contradiction is claimed only where both sides were read: a field that the file lacks,
//! or that could not be read, says nothing. The one exception is a blank: a file whose
//! number or day is left open is no issued document, whatever the register says of it.
//!
//! Not covered: digital signatures; whether the content proves what it is to prove.

use std::collections::{BTreeMap, BTreeSet};

use cchc_core::answer::Severity;
use cchc_core::facts::{Comparison, Document, DocumentKind, DocumentNumber, Symbol};
use cchc_core::reading::{FileCheck, Header, Observation, Spot};
use cchc_core::values::{Window, fold};
use chrono::Datelike;

/// What was found of the file of a record.
#[derive(Clone, Copy, Debug)]
pub enum Found<'a> {
    /// Its text was read, and with it its header.
    Header(&'a Header),
    /// It is a file of a kind that has no header: a sheet, a picture.
    Other,
    /// Nothing could be read; this says why.
    Unreadable(&'a Observation),
}

/// A file of the register, opened.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Its name, as the register gives it.
    pub name: &'a str,
    /// Its digest.
    pub digest: &'a str,
    /// What was found in it.
    pub found: Found<'a>,
}

/// Compares one record with its file.
pub fn compare(document: &Document, file: &File<'_>) -> FileCheck {
    let mut check = FileCheck {
        document: Some(document.id.to_string()),
        file: Some(file.name.to_owned()),
        comparison: None,
        agrees: Vec::new(),
        observations: Vec::new(),
    };
    let mut contradicts = false;
    if let Some(stated) = &document.digest {
        if fold(stated) == fold(file.digest) {
            check.agrees.push("digest");
        } else {
            contradicts = true;
            let note = Observation::new(
                "digest_differs",
                Severity::Problem,
                Spot::File {},
                "attach_registered_file",
            );
            let note = note.of("digest").with("register", stated);
            check.observations.push(note.with("file", file.digest));
        }
    }
    match file.found {
        Found::Unreadable(why) => {
            check.observations.push(why.clone());
            check.comparison = Some(Comparison::Unreadable);
        }
        Found::Other => check.comparison = Some(Comparison::Silent),
        Found::Header(header) => {
            if document.kind.is_numbered() {
                contradicts |= fields(document, header, &mut check);
            }
            let read = ["number", "date", "kind", "issuer"];
            let supports = check.agrees.iter().filter(|it| read.contains(it)).count() >= 2;
            check.comparison = Some(if supports {
                Comparison::Supports
            } else {
                Comparison::Silent
            });
        }
    }
    if contradicts {
        check.comparison = Some(Comparison::Contradicts);
    }
    check
}

/// Compares every field; gives whether one contradicts.
fn fields(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let results = [
        number(document, header, check),
        symbol(document, header, check),
        date(document, header, check),
        kind(document, header, check),
        issuer(document, header, check),
        subject(document, header, check),
        period(document, header, check),
    ];
    for finding in &header.findings {
        let told = check
            .observations
            .iter()
            .any(|it| it.field.is_some() && it.field == finding.field);
        if !told && finding.severity != Severity::Note {
            check.observations.push(finding.clone());
        }
    }
    results.contains(&true)
}

/// A difference between register and file; a contradiction.
fn differs(
    check: &mut FileCheck,
    code: &'static str,
    field: &'static str,
    at: &Spot,
    (register, file): (String, String),
) -> bool {
    let note = Observation::new(
        code,
        Severity::Problem,
        at.clone(),
        "correct_register_or_file",
    );
    let note = note.of(field).with("register", register);
    check.observations.push(note.with("file", file));
    true
}

/// A blank of the file where the register has a value; a contradiction.
fn blank(check: &mut FileCheck, header: &Header, blank: &str, field: &'static str) -> bool {
    let Some(finding) = header.findings.iter().find(|it| it.code == blank) else {
        return false;
    };
    let code = if field == "date" {
        "date_blank_in_file"
    } else {
        "number_blank_in_file"
    };
    let note = Observation::new(
        code,
        Severity::Problem,
        finding.at.clone(),
        "attach_issued_file",
    );
    check.observations.push(note.of(field));
    true
}

fn number(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let Some(stated) = document
        .number
        .as_deref()
        .and_then(|it| DocumentNumber::parse(it).ok())
    else {
        return false;
    };
    let Some(read) = &header.number else {
        return blank(check, header, "number_blank", "number");
    };
    let suffix = header.suffix.as_ref().map(|it| it.value.clone());
    let year = header.year.as_ref().map(|it| it.value);
    let years_differ = stated.year.is_some() && year.is_some() && stated.year != year;
    if stated.number == read.value && stated.suffix == suffix && !years_differ {
        check.agrees.push("number");
        return false;
    }
    let shown = |number: u32, suffix: &Option<String>| {
        format!("{number:02}{}", suffix.as_deref().unwrap_or_default())
    };
    let both = (
        shown(stated.number, &stated.suffix),
        shown(read.value, &suffix),
    );
    differs(check, "number_differs", "number", &read.at, both)
}

fn symbol(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let (Some(stated), Some(read)) = (&document.parsed_symbol, &header.symbol) else {
        return false;
    };
    let Ok(parsed) = Symbol::parse(&read.value) else {
        return false;
    };
    let parts = |symbol: &Symbol| -> Vec<String> {
        symbol
            .parts()
            .iter()
            .map(|part| part.to_lowercase())
            .collect()
    };
    if parts(stated) == parts(&parsed) {
        check.agrees.push("symbol");
        return false;
    }
    let both = (stated.parts().join("-"), read.value.clone());
    differs(check, "symbol_differs", "symbol", &read.at, both)
}

fn date(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let Some(stated) = document.issued_on else {
        return false;
    };
    let Some(read) = &header.date else {
        return blank(check, header, "date_blank", "date");
    };
    if stated == read.value {
        check.agrees.push("date");
        return false;
    }
    let both = (stated.to_string(), read.value.to_string());
    differs(check, "date_differs", "date", &read.at, both)
}

fn kind(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let Some(read) = &header.kind else {
        return false;
    };
    if document.kind == read.value || document.kind == DocumentKind::Law {
        check.agrees.push("kind");
        return false;
    }
    let both = (document.kind.to_string(), read.value.to_string());
    differs(check, "kind_differs", "kind", &read.at, both)
}

fn issuer(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let (Some(stated), Some(read)) = (&document.issuer, &header.issuer) else {
        return false;
    };
    let full = |text: &str| expanded(text);
    let (stated_name, read_name) = (full(&stated.name), full(&read.value));
    let superior = header.superior.as_ref().map(|it| full(&it.value));
    // Whether the longer name goes on where the shorter one ends, and how.
    let rest = |short: &str, long: &str| -> Option<String> {
        let rest = long.strip_prefix(short)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim().to_owned())
    };
    // `Phòng Nội vụ huyện Sơn Hà` is printed as a body under another one.
    let under = |place: &str| {
        superior
            .as_ref()
            .is_some_and(|superior| format!("{superior} ").ends_with(&format!(" {place} ")))
    };
    let behind = rest(&read_name, &stated_name);
    let same = behind
        .as_ref()
        .is_some_and(|place| place.is_empty() || under(place));
    if same {
        check.agrees.push("issuer");
        return false;
    }
    if behind.is_some() || rest(&stated_name, &read_name).is_some() {
        // One names a place that the other leaves out: neither proves nor contradicts.
        let note = Observation::new(
            "issuer_in_part",
            Severity::Warning,
            read.at.clone(),
            "complete_issuer",
        );
        let note = note.of("issuer").with("register", &stated.name);
        check.observations.push(note.with("file", &read.value));
        return false;
    }
    let both = (stated.name.clone(), read.value.clone());
    differs(check, "issuer_differs", "issuer", &read.at, both)
}

fn subject(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let (Some(stated), Some(read)) = (&document.subject, &header.subject) else {
        return false;
    };
    let (stated_words, read_words) = (expanded(stated), expanded(&read.value));
    let (a, b) = (words(&stated_words), words(&read_words));
    let common = a.intersection(&b).count();
    let least = a.len().min(b.len());
    if common == least {
        check.agrees.push("subject");
        return false;
    }
    // Fewer than a third of the words in common is another subject; fewer than two thirds
    // wants a look.
    if common * 3 < least {
        let both = (stated.clone(), read.value.clone());
        return differs(check, "subject_differs", "subject", &read.at, both);
    }
    if common * 3 < least * 2 {
        let note = Observation::new(
            "subject_unlike",
            Severity::Warning,
            read.at.clone(),
            "correct_register_or_file",
        );
        let note = note.of("subject").with("register", stated);
        check.observations.push(note.with("file", &read.value));
    } else {
        check.agrees.push("subject");
    }
    false
}

fn period(document: &Document, header: &Header, check: &mut FileCheck) -> bool {
    let (Some(stated), Some(read)) = (&document.period, &header.subject) else {
        return false;
    };
    let Some(named) = named_period(&read.value) else {
        return false;
    };
    if named.fits(stated) {
        check.agrees.push("period");
        return false;
    }
    let both = (
        format!("{} – {}", stated.from(), stated.to()),
        read.value.clone(),
    );
    differs(check, "period_differs", "period", &read.at, both)
}

/// A reporting period as a subject names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NamedPeriod {
    /// The months in one of which it ends.
    first: u32,
    last: u32,
    /// Its year, where the subject says it.
    year: Option<i32>,
}

impl NamedPeriod {
    /// Whether the days of a record can be those of this period.
    ///
    /// A report of the first quarter covers January to March, or the days from 15 December to
    /// 14 March; both end within its months.
    fn fits(self, stated: &Window) -> bool {
        let end = stated.to();
        (self.first..=self.last).contains(&end.month())
            && self.year.is_none_or(|year| end.year() == year)
    }
}

/// The reporting period that a subject names, if it names just one.
fn named_period(subject: &str) -> Option<NamedPeriod> {
    let folded = fold(subject);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let year = {
        let years: BTreeSet<i32> = words
            .windows(2)
            .filter(|pair| pair.first() == Some(&"năm"))
            .filter_map(|pair| pair.last()?.parse().ok())
            .filter(|year| (1990..=2999).contains(year))
            .collect();
        (years.len() == 1).then(|| years.first().copied()).flatten()
    };
    let mut found = BTreeSet::new();
    for pair in words.windows(2) {
        let quarter = match pair {
            ["quý" | "quí", "i" | "1"] => Some(1),
            ["quý" | "quí", "ii" | "2"] => Some(2),
            ["quý" | "quí", "iii" | "3"] => Some(3),
            ["quý" | "quí", "iv" | "4"] => Some(4),
            _ => None,
        };
        if let Some(quarter) = quarter {
            found.insert((quarter * 3 - 2, quarter * 3));
        }
        match pair {
            ["6" | "06" | "sáu", "tháng"] => {
                let late = folded.contains("tháng cuối năm");
                found.insert(if late { (12, 12) } else { (6, 6) });
            }
            ["9" | "09" | "chín", "tháng"] => {
                found.insert((9, 9));
            }
            _ => {}
        }
    }
    let mut all = found.into_iter();
    match (all.next(), all.next()) {
        (Some((first, last)), None) => Some(NamedPeriod { first, last, year }),
        _ => None,
    }
}

/// Abbreviations of offices, folded, with what they stand for.
const ABBREVIATIONS: [(&str, &str); 12] = [
    ("ubnd", "uỷ ban nhân dân"),
    ("hđnd", "hội đồng nhân dân"),
    ("cchc", "cải cách hành chính"),
    ("tthc", "thủ tục hành chính"),
    ("cntt", "công nghệ thông tin"),
    ("tdthpl", "theo dõi thi hành pháp luật"),
    ("pbgdpl", "phổ biến giáo dục pháp luật"),
    ("qppl", "quy phạm pháp luật"),
    ("cqđt", "chính quyền điện tử"),
    ("tp", "thành phố"),
    ("tx", "thị xã"),
    ("tt", "thị trấn"),
];

/// The folded text without `về việc`, its abbreviations written out.
fn expanded(text: &str) -> String {
    let folded = fold(text);
    let bare = ["v/v", "về việc", "về"]
        .iter()
        .find_map(|start| folded.strip_prefix(start))
        .unwrap_or(&folded);
    let words = bare
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| {
            ABBREVIATIONS
                .iter()
                .find(|(short, _)| *short == word)
                .map_or(word, |(_, long)| long)
        });
    words.collect::<Vec<_>>().join(" ")
}

fn words(text: &str) -> BTreeSet<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

/// Most other records of a file that one of them names; the rest is counted.
const MOST_NAMED: usize = 8;

/// Observations over all records of a register: one file under two records, citations of
/// documents that are not registered.
pub fn across(
    documents: &[Document],
    checks: &mut [FileCheck],
    digests: &[Option<&str>],
    headers: &[Option<&Header>],
) {
    let mut by_digest: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (document, digest) in documents.iter().zip(digests) {
        if let Some(digest) = digest {
            by_digest.entry(digest).or_default().push(&document.id);
        }
    }
    for ((document, check), digest) in documents.iter().zip(&mut *checks).zip(digests) {
        let owners = digest.and_then(|it| by_digest.get(it));
        let Some(owners) = owners.filter(|it| it.len() > 1) else {
            continue;
        };
        let others = owners.iter().filter(|id| **id != &*document.id);
        let mut named: Vec<String> = others.take(MOST_NAMED).map(|id| (*id).to_owned()).collect();
        let more = owners.len() - 1 - named.len();
        if more > 0 {
            named.push(format!("+{more}"));
        }
        let note = Observation::new(
            "file_of_two_records",
            Severity::Warning,
            Spot::File {},
            "own_file",
        );
        check
            .observations
            .push(note.with("others", named.join(", ")));
    }
    let key =
        |number: &str, symbol: &str| fold(&format!("{}/{symbol}", number.trim_start_matches('0')));
    let known: BTreeSet<String> = documents
        .iter()
        .filter_map(|it| Some(key(it.number.as_deref()?, it.symbol.as_deref()?)))
        .collect();
    for (check, header) in checks.iter_mut().zip(headers) {
        for cited in header.iter().flat_map(|it| &it.citations) {
            // Laws and decrees are no evidence of a unit.
            let law = matches!(cited.value.kind, None | Some(DocumentKind::Law));
            let Some(number) = cited.value.number.as_deref().filter(|_| !law) else {
                continue;
            };
            let Some((first, rest)) = number.split_once('/') else {
                continue;
            };
            let first = first.trim_start_matches('0');
            if !known.contains(&fold(&format!("{first}/{rest}"))) {
                let note = Observation::new(
                    "cited_not_registered",
                    Severity::Note,
                    cited.at.clone(),
                    "register_cited",
                );
                check.observations.push(note.with("number", number));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn names(subject: &str, expected: Option<(u32, u32, Option<i32>)>) {
        let found = named_period(subject).map(|it| (it.first, it.last, it.year));
        assert_eq!(found, expected, "{subject}");
    }

    #[test]
    fn a_subject_names_its_reporting_period() {
        names("Công tác CCHC quý I năm 2024", Some((1, 3, Some(2024))));
        names("Kết quả Quý III/2024", Some((7, 9, None)));
        names("Kết quả 6 tháng đầu năm 2024", Some((6, 6, Some(2024))));
        names("Kết quả 9 tháng năm 2024", Some((9, 9, Some(2024))));
        names("6 tháng cuối năm 2024", Some((12, 12, Some(2024))));
        names("Kết quả quý I và nhiệm vụ quý II năm 2024", None);
        names("Kế hoạch năm 2024", None);
    }

    #[test]
    fn abbreviations_are_written_out_before_names_are_compared() {
        assert_eq!(
            expanded("UBND xã Sơn Thượng"),
            expanded("UỶ BAN NHÂN DÂN XÃ SƠN THƯỢNG")
        );
        assert_eq!(
            expanded("V/v: CCHC năm 2024"),
            "cải cách hành chính năm 2024"
        );
    }
}
