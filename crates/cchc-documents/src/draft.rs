//! A draft of an evidence register from the headers of files.

use std::collections::BTreeMap;

use cchc_core::evidence::{Known, could_serve};
use cchc_core::facts::DocumentKind;
use cchc_core::model::Pack;
use cchc_core::reading::{
    DraftFile, DraftIssuer, DraftRecord, DraftSigner, Header, Observation, RegisterDraft,
};
use cchc_core::values::fold;
use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// A file of the folder, as it was opened.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its name, from the folder on.
    pub name: String,
    /// Its digest.
    pub digest: String,
    /// Its media type.
    pub media_type: String,
    /// Its header, where it has a text.
    pub header: Option<Header>,
    /// Why it gave no text, and other remarks.
    pub observations: Vec<Observation>,
}

/// Drafts a register: a record for each file, in their order.
///
/// `pack` names the requirements that each could serve; `recorded_on` is left open unless
/// given, for only the office knows it.
pub fn draft_register(
    files: &[Opened],
    pack: Option<&Pack>,
    recorded_on: Option<NaiveDate>,
) -> RegisterDraft {
    let mut names: BTreeMap<String, u32> = BTreeMap::new();
    let mut draft = RegisterDraft {
        format: "cchc-register-draft",
        version: 1,
        evidence: Vec::new(),
        files: Vec::new(),
        observations: Vec::new(),
    };
    for file in files {
        let header = file.header.as_ref();
        let id = unique(&proposed_id(header), &mut names);
        let kind = header.and_then(|it| it.kind.as_ref()).map(|it| it.value);
        let number = header.and_then(|it| {
            let number = it.number.as_ref()?.value;
            let suffix = it.suffix.as_ref().map_or("", |it| &it.value);
            let year = it.year.as_ref().map(|it| format!("/{}", it.value));
            Some(format!("{number:02}{suffix}{}", year.unwrap_or_default()))
        });
        let symbol = header.and_then(|it| it.symbol.as_ref().map(|it| it.value.clone()));
        let issuer = header
            .and_then(|it| it.issuer.as_ref())
            .map(|it| DraftIssuer {
                name: it.value.clone(),
                level: level_of(
                    &it.value,
                    header
                        .and_then(|it| it.superior.as_ref())
                        .map(|it| &*it.value),
                ),
            });
        let signer = header.and_then(|it| it.signer.as_ref()).and_then(|it| {
            let mut role = it.value.prefixes.clone();
            role.extend(it.value.role.clone());
            Some(DraftSigner {
                name: it.value.name.clone()?,
                role: (!role.is_empty()).then(|| role.join(" ")),
            })
        });
        let issued_on = header.and_then(|it| it.date.as_ref()).map(|it| it.value);
        let known = Known {
            kind,
            issuer: issuer.as_ref().map(|it| it.name.clone()),
            level: issuer.as_ref().and_then(|it| it.level).map(str::to_owned),
            citation: number
                .as_ref()
                .zip(symbol.as_ref())
                .map(|(number, symbol)| format!("{number}/{symbol}")),
            issued_on,
        };
        let serves = pack.map_or_else(Vec::new, |pack| could_serve(pack, &known));
        let mut criteria: Vec<String> = Vec::new();
        for code in serves.iter().flat_map(|it| &it.codes) {
            if !criteria.contains(code) {
                criteria.push(code.clone());
            }
        }
        let mut observations = file.observations.clone();
        observations.extend(header.into_iter().flat_map(|it| it.findings.clone()));
        draft.evidence.push(DraftRecord {
            id: id.clone(),
            kind,
            number,
            symbol,
            issuer,
            issued_on,
            recorded_on,
            subject: header
                .and_then(|it| it.subject.as_ref())
                .map(|it| it.value.clone()),
            signer,
            file: file.name.clone(),
            digest: file.digest.clone(),
            media_type: file.media_type.clone(),
            criteria,
        });
        draft.files.push(DraftFile {
            id,
            file: file.name.clone(),
            serves,
            observations,
        });
    }
    draft
}

/// `BC-12` from kind and number; `TEP` where they were not read.
fn proposed_id(header: Option<&Header>) -> String {
    let kind = header.and_then(|it| it.kind.as_ref()).map(|it| it.value);
    let number = header.and_then(|it| it.number.as_ref()).map(|it| it.value);
    let suffix = header
        .and_then(|it| it.suffix.as_ref())
        .map(|it| it.value.clone());
    match (kind, number) {
        (Some(kind), Some(number)) => format!(
            "{}-{number:02}{}",
            ascii(kind),
            suffix.unwrap_or_default().to_uppercase()
        ),
        (Some(kind), None) => format!("{}-DT", ascii(kind)),
        _ => "TEP".to_owned(),
    }
}

/// The abbreviation of a kind in capitals without marks.
fn ascii(kind: DocumentKind) -> String {
    kind.abbreviation()
        .nfd()
        .map(|c| if c == 'Đ' { 'D' } else { c })
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn unique(id: &str, names: &mut BTreeMap<String, u32>) -> String {
    let count = names.entry(id.to_owned()).or_insert(0);
    *count += 1;
    if *count == 1 && id != "TEP" {
        return id.to_owned();
    }
    let numbered = format!("{id}-{count}");
    names.entry(numbered.clone()).or_insert(1);
    numbered
}

/// The level of a body by the words of its name, or by the body above it.
fn level_of(name: &str, superior: Option<&str>) -> Option<&'static str> {
    let own = level_of_name(name);
    own.or_else(|| superior.and_then(level_of_name))
}

fn level_of_name(name: &str) -> Option<&'static str> {
    let folded = format!(" {} ", fold(name));
    let has = |words: &[&str]| {
        words
            .iter()
            .any(|word| folded.contains(&format!(" {word} ")))
    };
    // The smallest place that a name names is the one that it is of.
    if has(&["xã", "phường", "thị trấn", "đặc khu"]) && !has(&["thị xã"]) {
        Some("commune")
    } else if has(&["huyện", "quận", "thị xã"]) {
        Some("district")
    } else if has(&["tỉnh", "sở"]) {
        Some("province")
    } else if has(&["chính phủ", "quốc hội", "thủ tướng"]) {
        Some("government")
    } else if has(&["bộ"]) {
        Some("ministry")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_level_of_a_body_is_that_of_the_smallest_place_it_names() {
        for (name, level) in [
            ("ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG", Some("commune")),
            ("UBND HUYỆN SƠN HÀ", Some("district")),
            ("UBND thị xã Đức Phổ", Some("district")),
            ("SỞ NỘI VỤ", Some("province")),
            ("UBND TỈNH QUẢNG NGÃI", Some("province")),
            ("BỘ NỘI VỤ", Some("ministry")),
            ("VĂN PHÒNG CHÍNH PHỦ", Some("government")),
            ("PHÒNG NỘI VỤ", None),
            ("UBND THÀNH PHỐ QUẢNG NGÃI", None),
        ] {
            assert_eq!(level_of_name(name), level, "{name}");
        }
        assert_eq!(
            level_of("PHÒNG NỘI VỤ", Some("UBND HUYỆN SƠN HÀ")),
            Some("district")
        );
    }

    #[test]
    fn names_of_records_are_unique() {
        let mut names = BTreeMap::new();
        let all: Vec<String> = ["KH-15", "KH-15", "TEP", "TEP"]
            .iter()
            .map(|id| unique(id, &mut names))
            .collect();
        assert_eq!(all, ["KH-15", "KH-15-2", "TEP-1", "TEP-2"]);
    }

    #[test]
    fn every_kind_has_a_name_without_marks() {
        for kind in DocumentKind::ALL {
            assert!(!ascii(*kind).is_empty());
        }
        assert_eq!(ascii(DocumentKind::Decision), "QD");
    }
}
