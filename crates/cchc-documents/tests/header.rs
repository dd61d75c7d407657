//! Headers as they are met: texts of our own in the shapes that extraction and offices give
//! them, each with every field worked out by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "a test fails by panicking, reads files and takes the time"
)]

use cchc_core::facts::DocumentKind;
use cchc_core::reading::{Header, How, Spot};
use cchc_documents::read_header;
use cchc_documents::text::{Layout, Line, Text};
use unicode_normalization::UnicodeNormalization;

fn header(text: &str) -> Header {
    read_header(&Text::of_lines(text))
}

/// The fields in a fixed order: superior | issuer | number | suffix | year | symbol | place
/// | date | kind | subject; `-` for what is absent.
fn fields(header: &Header) -> String {
    fn show<T: ToString>(value: Option<T>) -> String {
        value.map_or_else(|| "-".to_owned(), |it| it.to_string())
    }
    [
        show(header.superior.as_ref().map(|it| &it.value)),
        show(header.issuer.as_ref().map(|it| &it.value)),
        show(header.number.as_ref().map(|it| it.value)),
        show(header.suffix.as_ref().map(|it| &it.value)),
        show(header.year.as_ref().map(|it| it.value)),
        show(header.symbol.as_ref().map(|it| &it.value)),
        show(header.place.as_ref().map(|it| &it.value)),
        show(header.date.as_ref().map(|it| it.value)),
        show(header.kind.as_ref().map(|it| it.value)),
        show(header.subject.as_ref().map(|it| &it.value)),
    ]
    .join(" | ")
}

fn codes(header: &Header) -> Vec<&'static str> {
    header.findings.iter().map(|it| it.code).collect()
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(fields(&header(text)), expected);
}

#[track_caller]
fn finds(text: &str, expected: &[&str]) {
    let mut found = codes(&header(text));
    found.retain(|code| !code.starts_with("signer_"));
    assert_eq!(found, expected);
}

const PLAN: &str = "\
UBND HUYỆN SƠN HÀ
UBND XÃ SƠN THƯỢNG
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 15/KH-UBND
Sơn Thượng, ngày 23 tháng 02 năm 2024

KẾ HOẠCH
Cải cách hành chính xã Sơn Thượng năm 2024

Căn cứ Kế hoạch số 14/KH-UBND ngày 05/02/2024 của UBND huyện Sơn Hà về cải cách hành chính;
UBND xã ban hành kế hoạch như sau:
I. MỤC ĐÍCH
Nơi nhận:
- UBND huyện;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Đinh Văn Thử
";

const PLAN_FIELDS: &str = "UBND HUYỆN SƠN HÀ | UBND XÃ SƠN THƯỢNG | 15 | - | - | KH-UBND | Sơn Thượng | 2024-02-23 | KH | Cải cách hành chính xã Sơn Thượng năm 2024";

#[test]
fn a_plan_in_the_form_of_the_decree_is_read_whole() {
    let header = header(PLAN);
    assert_eq!(fields(&header), PLAN_FIELDS);
    assert!(header.findings.is_empty(), "{:?}", header.findings);
    let signer = &header.signer.as_ref().unwrap().value;
    assert_eq!(signer.prefixes, ["TM. ỦY BAN NHÂN DÂN"]);
    assert_eq!(signer.role.as_deref(), Some("CHỦ TỊCH"));
    assert_eq!(signer.name.as_deref(), Some("Đinh Văn Thử"));
    let recipients: Vec<&str> = header.recipients.iter().map(|it| &*it.value).collect();
    assert_eq!(recipients, ["UBND huyện", "Lưu: VT"]);
    let cited = &header.citations[0].value;
    assert_eq!(cited.kind, Some(DocumentKind::Plan));
    assert_eq!(cited.number.as_deref(), Some("14/KH-UBND"));
    assert_eq!(cited.date.unwrap().to_string(), "2024-02-05");
    assert_eq!(cited.issuer.as_deref(), Some("UBND huyện Sơn Hà"));
    assert_eq!(header.citations.len(), 1);
}

#[test]
fn every_field_says_where_it_stands() {
    let header = header(PLAN);
    assert_eq!(header.number.unwrap().at, Spot::line(7, 1));
    assert_eq!(header.date.unwrap().at, Spot::line(8, 1));
    assert_eq!(header.kind.unwrap().at, Spot::line(10, 1));
    assert_eq!(header.subject.unwrap().at, Spot::line(11, 1));
}

#[test]
fn composed_and_decomposed_letters_and_tone_marks_read_alike() {
    let decomposed: String = PLAN.nfd().collect();
    check(&decomposed, PLAN_FIELDS);
    let moved = PLAN.replace("HÒA", "HOÀ");
    check(&moved, PLAN_FIELDS);
}

#[test]
fn columns_that_ran_together_are_told_apart() {
    check(
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         XÃ SƠN THƯỢNG Độc Lập - Tự Do - Hạnh Phúc\n\n\
         Số: 61/UBND-VX Sơn Thượng, ngày 6 tháng 4 năm 2024\n\
         V/v trả lời kiến nghị của người dân\n\n\
         Kính gửi: Các thôn trên địa bàn xã.",
        "- | ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG | 61 | - | - | UBND-VX | Sơn Thượng | 2024-04-06 | CV | trả lời kiến nghị của người dân",
    );
}

#[test]
fn wide_gaps_part_columns_but_not_blanks_to_be_filled_in() {
    check(
        "UBND HUYỆN SƠN HÀ                 CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\
         UBND XÃ SƠN THƯỢNG                       Độc lập – Tự do – Hạnh phúc\n\n\
         Số:      /BC-UBND                    Sơn Thượng, ngày      tháng     năm 2024\n\n\
         \x20                             BÁO CÁO\n\
         \x20     Kết quả cải cách hành chính\n\
         \x20                      Quý I năm 2024\n\
         \x20                  ____________________\n\n\
         Kính gửi: Ủy ban nhân dân huyện Sơn Hà.",
        "UBND HUYỆN SƠN HÀ | UBND XÃ SƠN THƯỢNG | - | - | - | BC-UBND | Sơn Thượng | - | BC | Kết quả cải cách hành chính Quý I năm 2024",
    );
}

#[test]
fn bars_between_columns_and_broken_dates_and_kinds_are_read() {
    check(
        "ỦY BAN NHÂN DÂN\nHUYỆN SƠN HÀ\n-------\n|\nCỘNG HÒA XÃ HỘI CHỦ\nNGHĨA VIỆT NAM\nĐộc lập -\nTự do - Hạnh phúc\n---------------\n|\nSố:\n06/2024/QĐ-UBND\n|\nSơn Hà, ngày 25\ntháng 01 năm 2024\n|\nQUYẾT\nĐỊNH\nVỀ\nVIỆC BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN\nỦY BAN NHÂN DÂN HUYỆN\nCăn\ncứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;",
        "- | ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ | 6 | - | 2024 | QĐ-UBND | Sơn Hà | 2024-01-25 | QĐ | VỀ VIỆC BAN HÀNH QUY CHẾ TIẾP CÔNG DÂN",
    );
}

#[test]
fn a_head_that_is_one_line_is_taken_apart() {
    check(
        "1. UBND TỈNH QUẢNG NGÃI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc Số : 917 /SNV-CCHC Quảng Ngãi, ngày 05 tháng11 năm 2024 V/v báo cáo tự chấm điểm Kính gửi: - UBND các huyện; - Các sở.",
        "UBND TỈNH QUẢNG NGÃI | SỞ NỘI VỤ | 917 | - | - | SNV-CCHC | Quảng Ngãi | 2024-11-05 | CV | báo cáo tự chấm điểm",
    );
}

#[test]
fn lost_hyphens_are_put_back_and_that_is_said() {
    let text = "ỦY BAN NHÂN DÂN\nHUYỆN SƠN HÀ\nSố: 22a/QĐUBND\nCỘNG HÒA XàHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập  Tự do  Hạnh phúc\nSơn Hà, ngày 11 tháng 01 năm 2024\nQUYẾT ĐỊNH\nPHÊ DUYỆT CHỈ SỐ\nCHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ\nCăn cứ Luật Tổ chức chính quyền địa phương;";
    check(
        text,
        "- | ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ | 22 | a | - | QĐ-UBND | Sơn Hà | 2024-01-11 | QĐ | PHÊ DUYỆT CHỈ SỐ",
    );
    assert_eq!(header(text).symbol.unwrap().how, How::Mended);
    finds(text, &["symbol_mended"]);
}

#[test]
fn the_number_of_a_law_may_stand_behind_its_kind() {
    check(
        "HỘI ĐỒNG NHÂN DÂN\nXÃ SƠN THƯỢNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nNghị quyết số: 07/2024/NQ-HĐND\nSơn Thượng, ngày 12 tháng 7 năm 2024\nNGHỊ QUYẾT\nVỀ PHÂN BỔ NGÂN SÁCH\nHỘI ĐỒNG NHÂN DÂN XÃ SƠN THƯỢNG\nKHÓA XII, KỲ HỌP THỨ 8\nCăn cứ Luật Ngân sách nhà nước;",
        "- | HỘI ĐỒNG NHÂN DÂN XÃ SƠN THƯỢNG | 7 | - | 2024 | NQ-HĐND | Sơn Thượng | 2024-07-12 | NQ | VỀ PHÂN BỔ NGÂN SÁCH",
    );
}

#[test]
fn lines_of_a_page_around_the_document_are_no_head() {
    check(
        &format!(
            "Kế hoạch 99/KH-UBND năm 2023 về cải cách\nSố hiệu: 99/KH-UBND Loại văn bản: Kế hoạch\nNgày ban hành: 26/05/2017 Ngày hiệu lực: Đang cập nhật\n\n{PLAN}"
        ),
        PLAN_FIELDS,
    );
}

#[test]
fn citations_in_the_body_are_never_the_header() {
    let text = "ỦY BAN NHÂN DÂN\nXÃ SƠN THƯỢNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nKẾ HOẠCH\nRà soát thủ tục\n\nCăn cứ Kế hoạch số 14/KH-UBND ngày 05/02/2024 của UBND huyện Sơn Hà;\nThực hiện Công văn số 12/UBND-VX, Sơn Hà, ngày 10 tháng 3 năm 2024;";
    check(
        text,
        "- | ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG | - | - | - | - | - | - | KH | Rà soát thủ tục",
    );
    finds(
        text,
        &[
            "date_missing",
            "place_missing",
            "number_missing",
            "symbol_missing",
        ],
    );
}

#[test]
fn the_decision_that_an_annex_names_is_not_its_own() {
    check(
        "ỦY BAN NHÂN DÂN\nXÃ SƠN THƯỢNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nQUY CHẾ\nLÀM VIỆC CỦA ỦY BAN NHÂN DÂN XÃ\n(Ban hành\nkèm theo Quyết định số: 59/QĐ-UBND\nNgày 22 tháng\n7 năm 2023 của UBND xã)\nChương I\nQUY ĐỊNH CHUNG",
        "- | ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG | - | - | - | - | - | - | QC | LÀM VIỆC CỦA ỦY BAN NHÂN DÂN XÃ",
    );
}

#[test]
fn a_blank_number_and_day_make_a_draft() {
    let text = PLAN
        .replace("Số: 15/KH-UBND", "Số: …/KH-UBND")
        .replace("ngày 23 tháng 02", "ngày     tháng 02");
    finds(&text, &["not_issued", "number_blank", "date_blank"]);
}

#[test]
fn impossible_and_illegible_values_are_findings_never_guesses() {
    finds(
        &PLAN.replace("ngày 23 tháng 02", "ngày 30 tháng 02"),
        &["date_impossible"],
    );
    finds(
        &PLAN.replace("ngày 23 tháng 02", "ngày 2O tháng 02"),
        &["date_illegible"],
    );
    finds(&PLAN.replace("Số: 15/", "Số: 0/"), &["number_illegible"]);
    finds(
        &PLAN.replace("KẾ HOẠCH\nCải", "BÁO CÁO\nCải"),
        &["kind_contradicts_symbol"],
    );
    finds(
        &PLAN.replace(
            "\n\nKẾ HOẠCH",
            "\nSơn Hà, ngày 24 tháng 02 năm 2024\n\nKẾ HOẠCH",
        ),
        &["dates_differ"],
    );
}

#[test]
fn a_name_cut_short_is_completed_by_the_line_of_authority_or_absent() {
    let cut = "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\nSố: 15/CT-UBND | Sơn Hà, ngày 25 tháng 12 năm 2023 |\nCHỈ THỊ\nVỀ KỶ LUẬT HÀNH CHÍNH\nTriển khai thực hiện Chỉ thị số 31/CT-TTg;\n1. Về việc";
    check(
        cut,
        "- | - | 15 | - | - | CT-UBND | Sơn Hà | 2023-12-25 | CT | VỀ KỶ LUẬT HÀNH CHÍNH",
    );
    finds(cut, &["issuer_incomplete"]);
    let completed = cut.replace("Triển khai", "ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ\nTriển khai");
    assert_eq!(
        header(&completed).issuer.unwrap().value,
        "ỦY BAN NHÂN DÂN HUYỆN SƠN HÀ"
    );
}

#[test]
fn a_place_and_date_behind_the_subject_of_a_letter_are_told_from_it() {
    check(
        "ỦY BAN NHÂN DÂN\nXÃ SƠN THƯỢNG\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 12/UBND-VX\nV/v báo cáo kết quả Sơn Thượng, ngày 5 tháng 3 năm 2024\nKính gửi: Phòng Nội vụ.",
        "- | ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG | 12 | - | - | UBND-VX | Sơn Thượng | 2024-03-05 | CV | báo cáo kết quả",
    );
}

#[test]
fn marks_of_emphasis_are_no_text() {
    check(
        "| UBND HUYỆN SƠN HÀ<br>**PHÒNG NỘI VỤ** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>**Độc lập - Tự do - Hạnh phúc** |\n|---|---|\n| Số: 45/TB-PNV | *Sơn Hà, ngày 3 tháng 01 năm 2025* |\n\n## **THÔNG BÁO**\n**Kết quả thẩm định**\n\nCăn cứ Quyết định",
        "UBND HUYỆN SƠN HÀ | PHÒNG NỘI VỤ | 45 | - | - | TB-PNV | Sơn Hà | 2025-01-03 | TB | Kết quả thẩm định",
    );
}

#[test]
fn a_document_marked_as_a_draft_is_told() {
    finds(&format!("DỰ THẢO\n{PLAN}"), &["marked_draft"]);
    check(
        &PLAN.replace("-------\nCỘNG", "(Dự thảo lần 2)\nCỘNG"),
        PLAN_FIELDS,
    );
}

#[test]
fn look_alike_letters_are_read_and_told() {
    finds(
        &PLAN.replace("KH-UBND\nSơn", "K\u{041D}-UBND\nSơn"),
        &["symbol_look_alike"],
    );
    check(
        &PLAN.replace("KH-UBND\nSơn", "K\u{041D}-UBND\nSơn"),
        PLAN_FIELDS,
    );
}

#[test]
fn marks_torn_from_their_letters_make_a_subject_illegible() {
    let text = PLAN.replace(
        "Cải cách hành chính xã Sơn Thượng",
        "Cai \u{309} cach \u{301} hanh chinh",
    );
    finds(&text, &["subject_illegible"]);
    assert_eq!(header(&text).subject, None);
}

#[test]
fn a_document_of_the_party_has_a_symbol_of_its_own_form() {
    check(
        "ĐẢNG BỘ HUYỆN SƠN HÀ                 ĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY XÃ SƠN THƯỢNG                Sơn Thượng, ngày 05 tháng 3 năm 2024\n        *\n    Số 15-KH/ĐU\n\nKẾ HOẠCH\nLãnh đạo công tác cải cách hành chính\n------\nThực hiện Kế hoạch số 12-KH/HU;",
        "ĐẢNG BỘ HUYỆN SƠN HÀ | ĐẢNG ỦY XÃ SƠN THƯỢNG | 15 | - | - | KH/ĐU | Sơn Thượng | 2024-03-05 | KH | Lãnh đạo công tác cải cách hành chính",
    );
}

#[test]
fn a_text_without_a_head_gives_one_finding() {
    for text in [
        "",
        "Danh sách hộ nghèo\n1. Nguyễn Văn A",
        "Số 12 đường Lê Lợi",
    ] {
        let header = header(text);
        assert_eq!(codes(&header), ["header_not_found"], "{text}");
        assert_eq!(fields(&header), ["-"; 10].join(" | "));
    }
}

#[test]
fn cells_of_a_layout_table_are_read_column_after_column() {
    let cells = [
        (0, 0, "UBND HUYỆN SƠN HÀ"),
        (0, 1, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (1, 0, "UBND XÃ SƠN THƯỢNG"),
        (1, 1, "Độc lập - Tự do - Hạnh phúc"),
        (2, 0, "Số: 61/UBND-VX"),
        (2, 1, "Sơn Thượng, ngày 6 tháng 4 năm 2024"),
        (3, 0, "V/v trả lời kiến nghị"),
        (4, 0, "của người dân"),
    ];
    let mut lines: Vec<Line> = cells
        .iter()
        .zip(1..)
        .map(|((row, column, text), number)| Line {
            text: (*text).to_owned(),
            page: Some(1),
            layout: Layout::Cell {
                table: 0,
                row: *row,
                column: *column,
            },
            number,
        })
        .collect();
    lines.push(Line {
        text: "Kính gửi: Các thôn.".to_owned(),
        page: Some(1),
        layout: Layout::Body,
        number: 9,
    });
    let text = Text {
        lines,
        notes: Vec::new(),
    };
    assert_eq!(
        fields(&read_header(&text)),
        "UBND HUYỆN SƠN HÀ | UBND XÃ SƠN THƯỢNG | 61 | - | - | UBND-VX | Sơn Thượng | 2024-04-06 | CV | trả lời kiến nghị của người dân"
    );
}

#[test]
fn every_kind_of_the_decree_is_known_by_its_title_and_its_symbol() {
    for kind in DocumentKind::ALL
        .iter()
        .filter(|kind| kind.symbol_part().is_some())
    {
        let title = kind.vietnamese().to_uppercase();
        let text = PLAN
            .replace("KẾ HOẠCH\nCải", &format!("{title}\nCải"))
            .replace("15/KH-UBND", &format!("15/{}-UBND", kind.abbreviation()));
        let header = header(&text);
        assert_eq!(
            header.kind.as_ref().map(|it| it.value),
            Some(*kind),
            "{title}"
        );
        assert_eq!(header.findings, [], "{title}");
        let untitled = text.replace(&format!("{title}\nCải"), "\nCải");
        let inferred = read_header(&Text::of_lines(&untitled)).kind.unwrap();
        assert_eq!((inferred.value, inferred.how), (*kind, How::Inferred));
    }
}

#[test]
fn the_seed_is_an_unissued_draft() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../../shared/seed/ke-hoach-son-thuong-2024.md"
    );
    // The seed stands beside the project, not in it.
    let Ok(text) = std::fs::read_to_string(path) else {
        return;
    };
    let plain = text.replace("**", "").replace(['#', '*'], "");
    let header = header(&plain);
    assert_eq!(
        fields(&header),
        "- | ỦY BAN NHÂN DÂN XÃ SƠN THƯỢNG | - | - | - | KH-UBND | Sơn Thượng | - | KH | Khắc phục những tồn tại, hạn chế trong công tác cải cách hành chính năm 2023 và nhiệm vụ, giải pháp nâng cao các Chỉ số cải cách hành chính năm 2024"
    );
    assert_eq!(codes(&header), ["not_issued", "number_blank", "date_blank"]);
    let cited: Vec<&str> = header
        .citations
        .iter()
        .filter_map(|it| it.value.number.as_deref())
        .collect();
    assert_eq!(
        cited,
        ["14/KH-UBND", "16/KH-UBND", "22a/QĐ-UBND", "15/KH-UBND"]
    );
    let signer = header.signer.unwrap().value;
    assert_eq!(signer.name.as_deref(), Some("Đinh Văn Viên"));
}
