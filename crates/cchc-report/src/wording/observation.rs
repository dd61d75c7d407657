//! What readers of files say, and what to do about it.
//!
//! The codes stand in `crates/cchc-documents/CODES.md`; a line there has a text here.

use cchc_core::facts::DocumentKind;
use cchc_core::reading::{Observation, Spot};

use super::{Entry, date, filled, header, plan, template, text};
use crate::Language;

pub(super) const OBSERVATIONS: &[Entry] = &[
    // Why a file gave nothing.
    ("file_empty", "tệp rỗng", "the file is empty"),
    (
        "file_too_much",
        "tệp có quá nhiều {what}: tối đa {most}",
        "the file has too much of something: at most {most} {what}",
    ),
    (
        "file_format_unknown",
        "định dạng {found} không đọc được; đọc được {expected}",
        "a file of the kind {found} is not read; {expected} are",
    ),
    (
        "file_damaged",
        "tệp {format} bị hỏng hoặc thiếu phần cuối",
        "the {format} file is damaged or cut off",
    ),
    (
        "file_encrypted",
        "tệp {format} có mật khẩu",
        "the {format} file asks for a password",
    ),
    (
        "file_without_text",
        "tệp không có chữ, có thể là bản quét[ ({pages} trang)]",
        "the file has no text, it may be a scan[ ({pages} pages)]",
    ),
    (
        "file_text_unreadable",
        "không đọc được chữ: phông chữ không theo Unicode[ ({fonts})]",
        "the text cannot be read: its fonts are not in Unicode[ ({fonts})]",
    ),
    (
        "file_not_opened",
        "không mở được tệp ({found})",
        "the file could not be opened ({found})",
    ),
    (
        "file_hostile",
        "tệp {format} có cấu trúc nguy hiểm ({found})",
        "the {format} file holds a dangerous construct ({found})",
    ),
    (
        "file_encoding",
        "tệp văn bản không theo bảng mã UTF-8",
        "the text file is not in UTF-8",
    ),
    // What was read with a remark.
    (
        "text_unreadable",
        "{count} chữ không đọc được[, phông {fonts}]",
        "{count} letters cannot be read[, fonts {fonts}]",
    ),
    (
        "tracked_changes",
        "văn bản còn {count} chỗ sửa đang theo dõi; đã đọc như khi chấp nhận hết",
        "the document still tracks {count} changes; it was read as if all were accepted",
    ),
    (
        "hidden_text",
        "văn bản có {count} đoạn chữ ẩn, không đọc",
        "the document hides {count} stretches of text, which were not read",
    ),
    (
        "part_not_read",
        "{count} phần nhúng từ tệp khác không đọc",
        "{count} parts of other files inside it were not read",
    ),
    (
        "footnotes_not_read",
        "{count} chú thích cuối trang không đọc",
        "{count} notes at the foot were not read",
    ),
    (
        "pictures_not_read",
        "{count} hình ảnh không đọc",
        "{count} pictures were not read",
    ),
    (
        "page_without_text",
        "trang không có chữ, có thể là bản quét",
        "the page has no text, it may be a scan",
    ),
    (
        "text_layer_of_scan",
        "chữ của trang do máy quét nhận dạng, có thể sai",
        "the text of the page is what a scanner recognised, it may be wrong",
    ),
    (
        "pdf_index_rebuilt",
        "bảng chỉ mục của tệp PDF sai, đã đọc theo nội dung tệp",
        "the index of the PDF file is wrong, the file was searched instead",
    ),
    // What was found in a folder.
    (
        "hidden_left_out",
        "tệp ẩn, bỏ qua",
        "a hidden file, left out",
    ),
    (
        "temporary_left_out",
        "tệp tạm, bỏ qua",
        "a temporary file, left out",
    ),
    (
        "link_left_out",
        "liên kết, không đi theo",
        "a link, not followed",
    ),
    (
        "special_left_out",
        "không phải tệp thường, bỏ qua",
        "no regular file, left out",
    ),
    (
        "name_not_unicode",
        "tên tệp không theo Unicode",
        "the name of the file is not in Unicode",
    ),
    (
        "same_name_twice",
        "hai tệp có cùng tên, chỉ khác cách lưu dấu; chỉ đọc tệp đầu",
        "two files have this name, their marks stored differently; only the first is read",
    ),
];

pub(super) const REMEDIES: &[Entry] = &[
    ("none", "không cần làm gì", "nothing to do"),
    (
        "attach_again",
        "đính kèm lại tệp gốc",
        "attach the original file again",
    ),
    ("split_file", "tách nhỏ tệp", "split the file"),
    (
        "save_as_known",
        "lưu thành DOCX hoặc PDF có chữ",
        "save it as DOCX, or as PDF with text",
    ),
    (
        "register_by_hand",
        "tự ghi vào danh mục tài liệu kiểm chứng; bảng trích xuất hồ sơ thì đếm bằng `cchc dossiers`",
        "register it by hand; an export of dossiers is counted by `cchc dossiers`",
    ),
    (
        "remove_password",
        "bỏ mật khẩu rồi đính kèm lại",
        "remove the password and attach it again",
    ),
    (
        "add_text_layer",
        "nhận dạng chữ (OCR) hoặc đính kèm bản điện tử gốc",
        "recognise its text (OCR), or attach the electronic original",
    ),
    (
        "save_with_unicode_font",
        "chuyển sang phông Unicode (như Times New Roman) rồi lưu lại",
        "convert it to a Unicode font (such as Times New Roman) and save it again",
    ),
    (
        "check_file_access",
        "kiểm tra quyền đọc tệp và thử lại",
        "check that the file may be read, and try again",
    ),
    (
        "save_anew",
        "mở tệp bằng phần mềm văn phòng và lưu lại",
        "open it in an office program and save it anew",
    ),
    (
        "save_as_utf8",
        "lưu lại theo bảng mã UTF-8",
        "save it as UTF-8",
    ),
    (
        "accept_changes",
        "chấp nhận hoặc bỏ các chỗ sửa rồi lưu lại",
        "accept or reject the changes and save it again",
    ),
    (
        "look_at_hidden_text",
        "hiện chữ ẩn để kiểm tra",
        "show the hidden text and look at it",
    ),
    (
        "look_at_file",
        "mở tệp để xem phần này",
        "open the file to see it",
    ),
    (
        "compare_with_scan",
        "so chữ với hình quét",
        "compare the text with the picture",
    ),
    (
        "attach_the_file",
        "đặt chính tệp đó vào thư mục",
        "put the file itself into the folder",
    ),
    ("rename_file", "đổi tên tệp", "rename the file"),
];

/// Words for what a file can have too much of.
pub(super) const AMOUNTS: &[Entry] = &[
    ("bytes", "byte", "bytes"),
    ("unpacked", "byte sau khi giải nén", "bytes once unpacked"),
    ("parts", "phần", "parts"),
    ("depth", "tầng lồng nhau", "levels of nesting"),
    ("pages", "trang", "pages"),
    ("lines", "dòng", "lines"),
    ("characters", "ký tự", "characters"),
    ("files", "tệp", "files"),
    ("elements", "thẻ XML", "XML elements"),
    ("operators", "lệnh vẽ", "drawing operators"),
    ("objects", "đối tượng", "objects"),
    ("fonts", "phông chữ", "fonts"),
    ("work", "byte phải đọc lại", "bytes read over again"),
];

/// What was observed.
pub(super) fn words(observation: &Observation, language: Language) -> String {
    let tables = [OBSERVATIONS, header::OBSERVATIONS, plan::OBSERVATIONS];
    let found = tables
        .iter()
        .find_map(|table| template(table, observation.code, language));
    let Some(template) = found else {
        return format!("`{}`", observation.code);
    };
    filled(template, &|name| {
        let value = observation.params.get(name).filter(|it| !it.is_empty())?;
        Some(match name {
            "what" => text(AMOUNTS, value, language),
            "kind" | "title" | "symbol" | "register" | "file" => named(value, language),
            _ => date(value, language),
        })
    })
}

/// A kind of document by name; a date in its form; other texts as they are.
fn named(value: &str, language: Language) -> String {
    match DocumentKind::from_abbreviation(value) {
        Some(kind) => language.pick(kind.vietnamese(), kind.english()).to_owned(),
        None => date(value, language),
    }
}

/// What to do about an observation.
pub(super) fn help(code: &str, language: Language) -> String {
    let tables = [REMEDIES, header::REMEDIES];
    match tables.iter().find_map(|it| template(it, code, language)) {
        Some(text) => text.to_owned(),
        None => text(plan::REMEDIES, code, language),
    }
}

/// Where in a file something stands; empty for the file as a whole.
pub(super) fn spot(spot: &Spot, language: Language) -> String {
    match spot {
        Spot::Line { page, line, column } => {
            let place = language.pick(
                format!("dòng {line}, cột {column}"),
                format!("line {line}, column {column}"),
            );
            match page {
                Some(page) => format!("{} {page}, {place}", language.pick("trang", "page")),
                None => place,
            }
        }
        Spot::Cell { sheet, row, column } => {
            let cell = format!("{}{row}", Spot::column_letters(*column));
            match sheet {
                Some(sheet) => format!("{sheet}!{cell}"),
                None => language.pick(format!("ô {cell}"), format!("cell {cell}")),
            }
        }
        Spot::Part { part } => language.pick(format!("phần `{part}`"), format!("part `{part}`")),
        Spot::File {} => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::answer::Severity;

    /// Codes and remedies of the page, in its order.
    fn page() -> Vec<(&'static str, &'static str)> {
        let page = include_str!("../../../cchc-documents/CODES.md");
        let rows = page.lines().filter(|line| line.starts_with("| `"));
        rows.filter_map(|line| {
            let mut cells = line.split('`').skip(1).step_by(2);
            Some((cells.next()?, cells.last()?))
        })
        .collect()
    }

    #[test]
    fn every_code_of_the_page_has_a_text_and_every_text_its_code() {
        let page = page();
        assert!(page.len() > 20, "{page:?}");
        for (code, remedy) in &page {
            for language in [Language::Vietnamese, Language::English] {
                let one_of = |tables: [&[Entry]; 3], code: &str| {
                    tables
                        .iter()
                        .any(|table| template(table, code, language).is_some())
                };
                let observed = [OBSERVATIONS, header::OBSERVATIONS, plan::OBSERVATIONS];
                assert!(one_of(observed, code), "{code}");
                let remedies = [REMEDIES, header::REMEDIES, plan::REMEDIES];
                assert!(one_of(remedies, remedy), "{remedy}");
            }
        }
        let all = OBSERVATIONS.iter().chain(header::OBSERVATIONS);
        for (code, ..) in all.chain(plan::OBSERVATIONS) {
            assert!(page.iter().any(|(known, _)| known == code), "{code}");
        }
    }

    #[track_caller]
    fn check(it: &Observation, vietnamese: &str, english: &str) {
        assert_eq!(words(it, Language::Vietnamese), vietnamese);
        assert_eq!(words(it, Language::English), english);
    }

    #[test]
    fn parameters_are_put_in_and_amounts_have_words() {
        let new = |code| Observation::new(code, Severity::Problem, Spot::File {}, "none");
        check(
            &new("file_too_much").with("what", "lines").with("most", 5),
            "tệp có quá nhiều dòng: tối đa 5",
            "the file has too much of something: at most 5 lines",
        );
        check(
            &new("file_without_text"),
            "tệp không có chữ, có thể là bản quét",
            "the file has no text, it may be a scan",
        );
        check(
            &new("file_without_text").with("pages", 3),
            "tệp không có chữ, có thể là bản quét (3 trang)",
            "the file has no text, it may be a scan (3 pages)",
        );
        check(&new("unheard_of"), "`unheard_of`", "`unheard_of`");
    }

    #[test]
    fn places_are_told_as_people_look_for_them() {
        let line = Spot::Line {
            page: Some(2),
            line: 7,
            column: 1,
        };
        let cell = Spot::Cell {
            sheet: Some("Q1".to_owned()),
            row: 4,
            column: 28,
        };
        for (place, expected) in [
            (line, "page 2, line 7, column 1"),
            (Spot::line(7, 1), "line 7, column 1"),
            (cell, "Q1!AB4"),
            (Spot::File {}, ""),
        ] {
            assert_eq!(spot(&place, Language::English), expected);
        }
    }
}
