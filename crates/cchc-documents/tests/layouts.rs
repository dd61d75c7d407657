//! One header, many layouts: whatever an extraction did to it, a field is read as it was
//! written or is absent with a finding; it is never read as something else.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use cchc_core::facts::DocumentKind;
use cchc_core::reading::Header;
use cchc_core::values::fold;
use cchc_documents::{Text, read_header};
use chrono::NaiveDate;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// A header as its writer meant it.
#[derive(Clone, Debug)]
struct Meant {
    superior: Option<&'static str>,
    issuer: &'static str,
    number: Option<u32>,
    suffix: Option<char>,
    year: Option<u16>,
    kind: DocumentKind,
    body: &'static str,
    place: &'static str,
    date: Option<NaiveDate>,
    subject: Vec<&'static str>,
    capitals: bool,
}

fn meant() -> impl Strategy<Value = Meant> {
    let bodies = prop::sample::select(vec![
        (None, "ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG", "UBND"),
        (Some("UBND HUYỆN SƠN HÀ"), "UBND XÃ SƠN HẠ", "UBND"),
        (Some("UBND TỈNH QUẢNG NGÃI"), "SỞ NỘI VỤ", "SNV"),
        (None, "HỘI ĐỒNG NHÂN DÂN HUYỆN SƠN HÀ", "HĐND"),
        (Some("UBND HUYỆN SƠN HÀ"), "PHÒNG TƯ PHÁP", "PTP"),
        (None, "BỘ NỘI VỤ", "BNV"),
    ]);
    let kinds: Vec<DocumentKind> = DocumentKind::ALL
        .iter()
        .copied()
        .filter(|kind| kind.symbol_part().is_some() || *kind == DocumentKind::OfficialLetter)
        .collect();
    let subjects = prop::sample::subsequence(
        vec![
            "Thực hiện công tác cải cách hành chính",
            "và giải quyết thủ tục hành chính tại Bộ phận một cửa",
            "trên địa bàn xã Sơn Thượng năm 2024",
        ],
        1..=3,
    );
    let day = prop::option::weighted(
        0.9,
        (2010i32..2030, 1u32..=12, 1u32..=31)
            .prop_filter_map("a day", |(y, m, d)| NaiveDate::from_ymd_opt(y, m, d)),
    );
    (
        bodies,
        prop::option::weighted(0.9, 1u32..20_000),
        prop::option::weighted(0.2, prop::sample::select(vec!['a', 'b', 'c'])),
        prop::option::weighted(0.2, 2000u16..2030),
        prop::sample::select(kinds),
        prop::sample::select(vec![
            "Sơn Thượng",
            "Sơn Hà",
            "Quảng Ngãi",
            "TP. Hồ Chí Minh",
            "Hà Nội",
        ]),
        day,
        subjects,
        any::<bool>(),
    )
        .prop_map(
            |(
                (superior, issuer, body),
                number,
                suffix,
                year,
                kind,
                place,
                date,
                subject,
                capitals,
            )| Meant {
                superior,
                issuer,
                number,
                suffix: suffix.filter(|_| number.is_some()),
                year: year.filter(|_| number.is_some()),
                kind,
                body,
                place,
                date,
                subject,
                capitals,
            },
        )
}

impl Meant {
    fn letter(&self) -> bool {
        self.kind == DocumentKind::OfficialLetter
    }

    fn symbol(&self) -> String {
        match self.kind.symbol_part() {
            Some(part) => format!("{part}-{}", self.body),
            None => format!("{}-VP", self.body),
        }
    }

    fn number_line(&self) -> String {
        let number = self
            .number
            .map_or("   ".to_owned(), |it| format!("{it:02}"));
        let suffix = self.suffix.map(String::from).unwrap_or_default();
        let year = self.year.map(|it| format!("/{it}")).unwrap_or_default();
        format!("Số: {number}{suffix}{year}/{}", self.symbol())
    }

    fn date_line(&self) -> String {
        use chrono::Datelike;
        match self.date {
            Some(date) => format!(
                "{}, ngày {:02} tháng {} năm {}",
                self.place,
                date.day(),
                date.month(),
                date.year()
            ),
            None => format!("{}, ngày   tháng   năm 2024", self.place),
        }
    }

    /// The head in one of the shapes in which extraction leaves it.
    fn text(&self, layout: u8) -> String {
        let motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        let words = "Độc lập - Tự do - Hạnh phúc";
        let above = self
            .superior
            .map(|it| format!("{it}\n"))
            .unwrap_or_default();
        let (number, date) = (self.number_line(), self.date_line());
        let regarding = if self.letter() {
            format!("V/v {}\n", self.subject.join("\n"))
        } else {
            String::new()
        };
        let head = match layout {
            // One under the other, the left column first.
            0 => format!(
                "{above}{}\n{number}\n{regarding}{motto}\n{words}\n{date}\n",
                self.issuer
            ),
            // As printed, with rules.
            1 => format!(
                "{above}{}\n-------\n{motto}\n{words}\n---------------\n{number}\n{regarding}{date}\n",
                self.issuer
            ),
            // Columns side by side with wide gaps.
            2 => {
                let left = self.superior.unwrap_or(self.issuer);
                let second = if self.superior.is_some() {
                    self.issuer
                } else {
                    ""
                };
                format!(
                    "{left}          {motto}\n{second}          {words}\n{number}          {date}\n{regarding}"
                )
            }
            // Columns run together.
            3 => {
                let left = self.superior.unwrap_or(self.issuer);
                let second = if self.superior.is_some() {
                    self.issuer
                } else {
                    ""
                };
                format!("{left} {motto}\n{second} {words}\n{number} {date}\n{regarding}")
            }
            // Bars between columns.
            4 => format!(
                "{above}{}\n|\n{motto}\n{words}\n|\n{number}\n{regarding}|\n{date}\n|\n",
                self.issuer
            ),
            // A page of its own around it, and marks of emphasis.
            _ => format!(
                "Trang chủ\nVăn bản chỉ đạo điều hành\n\n**{above}{}**\n\n**{motto}**\n**{words}**\n\n{number}\n{regarding}\n*{date}*\n",
                self.issuer
            ),
        };
        let subject = self.subject.join("\n");
        let subject = if self.capitals {
            subject.to_uppercase()
        } else {
            subject
        };
        let title = if self.letter() {
            String::new()
        } else {
            format!("\n{}\n{subject}\n", self.kind.vietnamese().to_uppercase())
        };
        format!(
            "{head}{title}\nKính gửi: Các thôn trên địa bàn xã.\n\nCăn cứ Kế hoạch số 14/KH-UBND ngày 05/02/2024 của UBND huyện Sơn Hà về cải cách hành chính;\nI. MỤC ĐÍCH\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nĐinh Văn Thử\n"
        )
    }
}

/// Equal as written, or absent with a finding that names the field.
#[track_caller]
fn holds<T: PartialEq + std::fmt::Debug>(
    header: &Header,
    field: &str,
    read: Option<T>,
    meant: Option<T>,
) -> Result<(), TestCaseError> {
    let told = header
        .findings
        .iter()
        .any(|it| it.field == Some(field) || it.field.is_none());
    let fits = read == meant || read.is_none() && told;
    prop_assert!(fits, "{field}: read {read:?}, meant {meant:?}");
    // What was never written is a finding too, where every document has it.
    let optional = ["suffix", "year", "superior"].contains(&field);
    prop_assert!(
        meant.is_some() || optional || told,
        "{field} is blank and not told"
    );
    Ok(())
}

fn check(meant: &Meant, layout: u8, decomposed: bool) -> Result<usize, TestCaseError> {
    let text = meant.text(layout);
    let text = if decomposed {
        text.nfd().collect()
    } else {
        text
    };
    let header = read_header(&Text::of_lines(&text));
    let folded =
        |read: &Option<cchc_core::reading::Read<String>>| read.as_ref().map(|it| fold(&it.value));
    let fold = |text: &str| Some(fold(text));
    holds(
        &header,
        "superior",
        folded(&header.superior),
        meant.superior.and_then(fold),
    )?;
    holds(
        &header,
        "issuer",
        folded(&header.issuer),
        fold(meant.issuer),
    )?;
    holds(
        &header,
        "number",
        header.number.as_ref().map(|it| it.value),
        meant.number,
    )?;
    let suffix = header.suffix.as_ref().map(|it| it.value.clone());
    holds(&header, "suffix", suffix, meant.suffix.map(String::from))?;
    holds(
        &header,
        "year",
        header.year.as_ref().map(|it| it.value),
        meant.year,
    )?;
    let symbol = header.symbol.as_ref().map(|it| it.value.clone());
    holds(&header, "symbol", symbol, Some(meant.symbol()))?;
    holds(
        &header,
        "kind",
        header.kind.as_ref().map(|it| it.value),
        Some(meant.kind),
    )?;
    holds(&header, "place", folded(&header.place), fold(meant.place))?;
    holds(
        &header,
        "date",
        header.date.as_ref().map(|it| it.value),
        meant.date,
    )?;
    holds(
        &header,
        "subject",
        folded(&header.subject),
        fold(&meant.subject.join(" ")),
    )?;
    let read = [
        header.issuer.is_some(),
        header.number.is_some() || meant.number.is_none(),
        header.symbol.is_some(),
        header.kind.is_some(),
        header.date.is_some() || meant.date.is_none(),
        header.place.is_some(),
        header.subject.is_some(),
    ];
    Ok(read.iter().filter(|it| **it).count())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_field_is_read_as_written_or_absent_with_a_finding(
        meant in meant(),
        layout in 0u8..6,
        decomposed in any::<bool>(),
    ) {
        check(&meant, layout, decomposed)?;
    }

    /// A reader that reads nothing would hold the law above: these layouts are read whole.
    #[test]
    fn the_usual_layouts_are_read_whole(meant in meant(), layout in 0u8..6) {
        prop_assert_eq!(check(&meant, layout, false)?, 7, "{}", meant.text(layout));
    }

    #[test]
    fn any_text_is_read_without_a_panic_and_every_absent_field_is_told(
        lines in prop::collection::vec(
            prop_oneof![
                "\\PC{0,40}",
                Just("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".to_owned()),
                Just("Số: 15/KH-UBND".to_owned()),
                Just("Số:".to_owned()),
                Just("Sơn Hà, ngày".to_owned()),
                Just("KẾ".to_owned()),
                Just("V/v".to_owned()),
                Just("Kính gửi:".to_owned()),
                Just("Nơi nhận: - Như trên; TM. ỦY BAN".to_owned()),
                Just("((((".to_owned()),
                Just("Căn".to_owned()),
                "[ỦY BANHỘIcăcứsốngày/0-9|.,\\- ]{0,60}",
            ],
            0..30,
        ),
    ) {
        let header = read_header(&Text::of_lines(&lines.join("\n")));
        let told = |field: &str| header.findings.iter().any(|it| it.field == Some(field) || it.code == "header_not_found");
        prop_assert!(header.number.is_some() || told("number"));
        prop_assert!(header.symbol.is_some() || told("symbol"));
        prop_assert!(header.date.is_some() || told("date"));
        prop_assert!(header.place.is_some() || told("place"));
        prop_assert!(header.kind.is_some() || told("kind"));
        prop_assert!(header.issuer.is_some() || told("issuer"));
        prop_assert!(header.subject.is_some() || told("subject"));
        prop_assert!(header.signer.is_some() || told("signer"));
    }
}
