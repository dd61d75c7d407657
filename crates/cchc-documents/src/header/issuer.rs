//! Issuing body and the body above it, in the left column of the head.

use cchc_core::answer::Severity;
use cchc_core::reading::{Header, How, Observation, Read};
use cchc_core::values::fold;

use super::fragment::Fragment;
use super::plain::{is_capital, tidy};

/// First words of the names of bodies, folded.
const HEADS: [&str; 56] = [
    "ubnd",
    "uỷ ban",
    "hđnd",
    "hội đồng",
    "sở",
    "bộ",
    "phòng",
    "ban",
    "văn phòng",
    "trung tâm",
    "cục",
    "chi cục",
    "tổng cục",
    "công an",
    "trường",
    "đảng uỷ",
    "đảng bộ",
    "huyện uỷ",
    "tỉnh uỷ",
    "thành uỷ",
    "thị uỷ",
    "quận uỷ",
    "chính phủ",
    "thủ tướng",
    "quốc hội",
    "toà án",
    "viện",
    "thanh tra",
    "tổ",
    "đoàn",
    "đội",
    "mặt trận",
    "liên đoàn",
    "liên minh",
    "hội",
    "bảo hiểm",
    "kho bạc",
    "ngân hàng",
    "tổng công ty",
    "công ty",
    "đại học",
    "học viện",
    "tập đoàn",
    "uỷ viên",
    "chủ tịch",
    "thường trực",
    "trạm",
    "bệnh viện",
    "đài",
    "nhà",
    "hạt",
    "cơ quan",
    "tổng liên đoàn",
    "quỹ",
    "ubmttq",
    "vụ",
];

/// Names that need another line: what follows belongs to them.
const OPEN: [&str; 13] = [
    "uỷ ban",
    "uỷ ban nhân dân",
    "ubnd",
    "hội đồng nhân dân",
    "hđnd",
    "uỷ ban thường vụ",
    "văn phòng",
    "ban chỉ đạo",
    "hội đồng",
    "thường trực",
    "bộ",
    "sở",
    "phòng",
];

/// Names of bodies that stand for themselves only with a place.
const NAMELESS: [&str; 8] = [
    "uỷ ban nhân dân",
    "ubnd",
    "hội đồng nhân dân",
    "hđnd",
    "uỷ ban",
    "văn phòng",
    "sở",
    "phòng",
];

/// Whether a text starts like the name of a body.
pub(super) fn starts_a_body(text: &str) -> bool {
    let folded = fold(text);
    HEADS.iter().any(|head| {
        folded
            .strip_prefix(head)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-', '.', ',']))
    })
}

struct Body {
    parts: Vec<Fragment>,
}

impl Body {
    fn name(&self) -> String {
        let texts: Vec<&str> = self.parts.iter().map(|it| it.text.as_str()).collect();
        tidy(&texts.join(" "))
    }

    /// Whether the next line must belong to it.
    fn is_open(&self) -> bool {
        let name = fold(&self.name());
        OPEN.contains(&&*name) || name.ends_with([',', '-']) || name.ends_with(" và")
    }

    fn read(&self) -> Option<Read<String>> {
        let first = self.parts.first()?;
        let mut read = first.read(self.name());
        if self.parts.len() > 1 {
            let texts: Vec<&str> = self.parts.iter().map(|it| it.text.as_str()).collect();
            read.text = texts.join(" ");
            read.how = How::Joined;
        }
        Some(read)
    }
}

/// Reads the bodies among the fragments of the head, which end before `end`.
///
/// `authority` is the line between subject and bases that names who issues a decision; it
/// completes a name that the head cuts short.
pub(super) fn read(
    list: &[Fragment],
    end: usize,
    authority: Option<&Fragment>,
    header: &mut Header,
) {
    let mut bodies: Vec<Body> = Vec::new();
    for fragment in list.iter().take(end) {
        let text = strip_label(&fragment.text);
        let capital = is_capital(&text);
        let short = text.chars().count() <= 120;
        let begins = starts_a_body(&text);
        let named = begins && text.chars().count() <= 70 && !text.ends_with(['.', ';', ':']);
        if !short || !(capital || named) {
            // A line that is no name ends what the head says of bodies only before the first.
            continue;
        }
        let mut fragment = fragment.clone();
        fragment.text = text;
        match bodies.last_mut() {
            Some(last) if last.is_open() || !begins => last.parts.push(fragment),
            Some(_) => bodies.push(Body {
                parts: vec![fragment],
            }),
            None if begins => bodies.push(Body {
                parts: vec![fragment],
            }),
            None => {}
        }
    }
    // Ministries that issue together stand with a hyphen between them.
    let mut joint: Vec<Body> = Vec::new();
    for body in bodies {
        match joint.last_mut() {
            Some(last) if last.name().ends_with('-') => last.parts.extend(body.parts),
            _ => joint.push(body),
        }
    }
    let issuer = joint.pop();
    let superior = joint.pop();
    header.superior = superior.as_ref().and_then(Body::read);
    let Some(issuer) = issuer else {
        let note = Observation::new(
            "issuer_missing",
            Severity::Problem,
            super::first_spot(list),
            "read_original",
        );
        header.findings.push(note.of("issuer"));
        return;
    };
    let name = issuer.name();
    let folded = fold(&name);
    if !NAMELESS.contains(&&*folded) || header.superior.is_some() && folded == "văn phòng" {
        header.issuer = issuer.read();
        return;
    }
    // `ỦY BAN NHÂN DÂN` of where? The line of authority may say it.
    let complete = authority.map(|line| {
        let text = tidy(&line.text);
        let folded = fold(&text);
        let of_chair = folded.strip_prefix("chủ tịch ").map(str::len);
        let name = of_chair.map_or(text.clone(), |_| {
            text.split_whitespace()
                .skip(2)
                .collect::<Vec<_>>()
                .join(" ")
        });
        (line, name)
    });
    match complete {
        Some((line, full)) if fold(&full).starts_with(&folded) && fold(&full) != folded => {
            header.issuer = Some(Read {
                how: How::Inferred,
                ..line.read(full)
            });
        }
        _ => {
            let at = issuer.parts.first().map(|it| it.at.clone());
            let note = Observation::new(
                "issuer_incomplete",
                Severity::Problem,
                at.unwrap_or_else(|| super::first_spot(list)),
                "read_original",
            );
            header.findings.push(note.of("issuer").with("text", name));
        }
    }
}

/// The text without a list number that an extraction put in front.
fn strip_label(text: &str) -> String {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(". ") {
        Some(name) if rest.len() < text.len() => name.trim().to_owned(),
        _ => text.to_owned(),
    }
}

/// The line that names who issues a decision, between its subject and its bases.
pub(super) fn is_authority(fragment: &Fragment) -> bool {
    let text = fragment.plain.trim_end_matches([',', ' ', ':']);
    let folded = fold(text);
    let leads = [
        "chủ tịch",
        "uỷ ban nhân dân",
        "uỷ ban thường vụ",
        "hội đồng nhân dân",
        "bộ trưởng",
        "thủ tướng",
        "chính phủ",
        "quốc hội",
        "giám đốc",
        "hội đồng",
        "tổng giám đốc",
        "viện trưởng",
        "trưởng ban",
        "trưởng phòng",
        "chánh án",
        "chánh văn phòng",
        "ban chấp hành",
        "ban thường vụ",
        "hiệu trưởng",
        "cục trưởng",
        "chi cục trưởng",
        "uỷ ban",
    ];
    is_capital(text)
        && leads.iter().any(|lead| {
            folded
                .strip_prefix(lead)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_known_by_their_first_word() {
        assert!(starts_a_body("UBND TỈNH QUẢNG NGÃI"));
        assert!(starts_a_body("Uỷ ban nhân dân xã"));
        assert!(starts_a_body("SỞ NỘI VỤ"));
        assert!(!starts_a_body("TỈNH QUẢNG NGÃI"));
        assert!(!starts_a_body("BÁO CÁO"));
    }
}
