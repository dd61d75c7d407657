//! Offices in a sentence: who leads, who helps, and where the work starts.

use cchc_core::values::fold;

/// What a sentence says of offices.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Offices {
    pub(super) lead: Vec<String>,
    pub(super) with: Vec<String>,
    pub(super) work: Option<String>,
}

/// Words with which the work starts, and the names of offices end.
const VERBS: &[&str] = &[
    "tham mưu",
    "chủ động",
    "thực hiện",
    "triển khai",
    "căn cứ",
    "thường xuyên",
    "phải",
    "tổng hợp",
    "theo dõi",
    "có trách nhiệm",
    "chịu trách nhiệm",
    "báo cáo",
    "xử lý",
    "rà soát",
    "hướng dẫn",
    "đôn đốc",
];

/// Names that hold an `and` of their own go on with these words.
const GOES_ON: &[&str] = &[
    "xã hội",
    "môi trường",
    "hội nhập",
    "phát triển",
    "đào tạo",
    "truyền thông",
];

const HELP: &str = "phối hợp với";
const LEADS: &str = "chủ trì";

/// Reads a sentence such as `A chủ trì, phối hợp với B, C tham mưu …`.
pub(super) fn read(text: &str) -> Offices {
    let (names, work) = split_before(text, VERBS);
    let (lead, with) = match find(names, HELP) {
        Some(at) => (
            names.get(..at),
            names.get(at..).and_then(|it| skip(it, HELP)),
        ),
        None => (Some(names), None),
    };
    let lead = lead.unwrap_or_default();
    let lead = find(lead, LEADS)
        .and_then(|at| lead.get(..at))
        .unwrap_or(lead);
    let work = work.trim().trim_matches([',', ';']).trim();
    Offices {
        lead: list(lead),
        with: list(with.unwrap_or_default()),
        work: (!work.is_empty() && work != ".").then(|| work.to_owned()),
    }
}

/// Names in a list. A list with `;` is parted there and nowhere else; what stands in quotes
/// is not parted, and a name that is quoted whole loses its quotes.
pub(super) fn list(text: &str) -> Vec<String> {
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    let mut names: Vec<String> = Vec::new();
    let parts = parted(text, ";");
    if parts.len() > 1 {
        names.extend(parts.into_iter().map(str::to_owned));
    } else {
        for part in parted(text, ",") {
            for (index, name) in parted(part, " và ").into_iter().enumerate() {
                let folded = fold(name);
                let goes_on = index > 0 && GOES_ON.iter().any(|it| folded.starts_with(it));
                match names.last_mut() {
                    Some(before) if goes_on => {
                        before.push_str(" và ");
                        before.push_str(name);
                    }
                    _ => names.push(name.to_owned()),
                }
            }
        }
    }
    for name in &mut names {
        let plain = name.trim();
        let inside = plain.strip_prefix('“').and_then(|it| it.strip_suffix('”'));
        *name = inside
            .filter(|it| is_balanced(it))
            .unwrap_or(plain)
            .to_owned();
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Whether every quote that is opened is closed behind it.
fn is_balanced(text: &str) -> bool {
    let mut depth = 0usize;
    for c in text.chars() {
        depth = match c {
            '“' => depth + 1,
            '”' => match depth.checked_sub(1) {
                Some(depth) => depth,
                None => return false,
            },
            _ => depth,
        };
    }
    depth == 0
}

/// The parts of a text between marks that stand outside quotes; quotes that do not pair
/// are letters.
fn parted<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    if !is_balanced(text) {
        return text.split(mark).collect();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '“' => depth += 1,
            '”' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && at >= start && text.get(at..).is_some_and(|it| it.starts_with(mark)) {
            parts.push(text.get(start..at).unwrap_or_default());
            start = at + mark.len();
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

/// The text before the first of some words, and from there on.
fn split_before<'a>(text: &'a str, words: &[&str]) -> (&'a str, &'a str) {
    let first = words.iter().filter_map(|word| find(text, word)).min();
    first
        .and_then(|at| text.split_at_checked(at))
        .unwrap_or((text, ""))
}

/// Where a word or words stand in a text, whole, whatever their case.
fn find(text: &str, words: &str) -> Option<usize> {
    let starts = std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    starts
        .filter(|at| {
            text.get(*at..)
                .is_some_and(|rest| skip(rest, words).is_some())
        })
        .min()
}

/// What stands behind some words at the start of a text.
fn skip<'a>(text: &'a str, words: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for expected in words.chars() {
        let found = rest.next()?;
        if !found.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    let behind = rest.as_str();
    let ends = behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
    ends.then_some(behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, lead: &[&str], with: &[&str], work: &str) {
        let found = read(text);
        assert_eq!(found.lead, lead);
        assert_eq!(found.with, with);
        assert_eq!(found.work.as_deref().unwrap_or(""), work);
    }

    #[test]
    fn who_leads_who_helps_and_what_is_done() {
        check(
            "Bộ phận Văn phòng – thống kê, phối hợp với các ngành, ban cán sự các thôn.",
            &["Bộ phận Văn phòng – thống kê"],
            &["các ngành", "ban cán sự các thôn"],
            "",
        );
        check(
            "Công chức Tư pháp chủ trì tham mưu UBND xã.",
            &["Công chức Tư pháp"],
            &[],
            "tham mưu UBND xã.",
        );
        check(
            "A chủ trì, phối hợp với B, C; D và E.",
            &["A"],
            &["B, C", "D và E"],
            "",
        );
        check("A và B", &["A", "B"], &[], "");
        check("Văn hóa và Xã hội", &["Văn hóa và Xã hội"], &[], "");
        check(
            "A, phối hợp với “B, C và D”; “Một cửa” E",
            &["A"],
            &["B, C và D", "“Một cửa” E"],
            "",
        );
        check("A “b, C", &["A “b", "C"], &[], "");
        check("", &[], &[], "");
    }
}
