//! What is said of an export of dossiers and of the file that it is.

use cchc_core::reading::{Observation, Spot};

use super::{Entry, filled, template, text};
use crate::Language;

/// Faults of the file and of its header.
pub(super) const FAULTS: &[Entry] = &[
    (
        "file_empty",
        "tệp rỗng, 0 byte",
        "the file is empty, 0 bytes",
    ),
    (
        "file_too_much",
        "tệp vượt giới hạn: {what} nhiều hơn {most}",
        "the file is over a limit: {what} above {most}",
    ),
    (
        "file_format_unknown",
        "chỉ đọc được {expected}, gặp {found}",
        "only {expected} can be read, found {found}",
    ),
    (
        "file_damaged",
        "tệp {format} bị hỏng hoặc bị cắt",
        "the {format} file is damaged or cut off",
    ),
    (
        "file_encrypted",
        "tệp {format} có mật khẩu",
        "the {format} file has a password",
    ),
    (
        "file_hostile",
        "tệp {format} có nội dung không an toàn",
        "the {format} file has unsafe content",
    ),
    (
        "file_encoding",
        "không phải chữ UTF-8 hay UTF-16",
        "neither UTF-8 nor UTF-16 text",
    ),
    (
        "sheet_unknown",
        "không có trang “{sheet}”; tệp có: {sheets}",
        "there is no sheet “{sheet}”; the file has: {sheets}",
    ),
    (
        "sheet_ambiguous",
        "có nhiều trang danh sách hồ sơ: {sheets}",
        "several sheets list dossiers: {sheets}",
    ),
    (
        "header_not_found",
        "không tìm thấy dòng tiêu đề của danh sách hồ sơ[ ở trang “{sheet}”]",
        "no header of a list of dossiers was found[ on sheet “{sheet}”]",
    ),
    (
        "column_missing",
        "không có cột {field}; các cột: {found}",
        "there is no column for {field}; there are: {found}",
    ),
    (
        "column_ambiguous",
        "nhiều cột cùng có thể là {field}: {found}",
        "several columns could be {field}: {found}",
    ),
    (
        "column_unknown",
        "không có cột tên “{header}” cho {field}; các cột: {found}",
        "there is no column “{header}” for {field}; there are: {found}",
    ),
    (
        "column_shared",
        "cột {column} được chỉ định cho cả {field} và {other}",
        "column {column} is named for both {field} and {other}",
    ),
];

/// What is odd in a row or in the whole.
pub(super) const FINDINGS: &[Entry] = &[
    (
        "cell_error",
        "ô báo lỗi {found}",
        "the cell is an error, {found}",
    ),
    (
        "date_impossible",
        "ngày không có thật: {found}",
        "no such date: {found}",
    ),
    (
        "date_percent",
        "cần ngày, gặp tỷ lệ phần trăm {found}",
        "a date is asked, found the percentage {found}",
    ),
    (
        "date_unknown",
        "không đọc được ngày: {found}",
        "not readable as a date: {found}",
    ),
    (
        "date_year_short",
        "năm chỉ có hai chữ số: {found}",
        "the year has two digits: {found}",
    ),
    (
        "date_several",
        "nhiều ngày trong một ô: {found}",
        "several dates in one cell: {found}",
    ),
    (
        "date_serial",
        "ngày ghi dưới dạng số {found}, đọc là {day}",
        "a date as the number {found}, read as {day}",
    ),
    (
        "received_blank",
        "bỏ trống ngày tiếp nhận",
        "the date of receipt is blank",
    ),
    (
        "due_blank",
        "bỏ trống ngày hẹn trả",
        "the due date is blank",
    ),
    (
        "returned_before_received",
        "trả kết quả {found} trước ngày tiếp nhận {received}",
        "returned {found}, before it was received on {received}",
    ),
    (
        "due_before_received",
        "hẹn trả {found} trước ngày tiếp nhận {received}",
        "due {found}, before it was received on {received}",
    ),
    (
        "rescheduled_twice",
        "hẹn lại quá một lần[: {found}]; chỉ lần đầu được tính",
        "re-dated more than once[: {found}]; only the first time counts",
    ),
    (
        "rescheduled_not_later",
        "ngày hẹn lại {found} không sau ngày hẹn trả {due}, không được tính",
        "the new date {found} is not after the due date {due} and does not count",
    ),
    (
        "apology_without_lateness",
        "có thư xin lỗi nhưng hồ sơ không trễ hạn",
        "an apology letter, but the dossier was not late",
    ),
    (
        "status_without_returned",
        "trạng thái “{found}” nhưng bỏ trống ngày trả kết quả",
        "its state is “{found}”, but the date of return is blank",
    ),
    ("code_blank", "bỏ trống mã hồ sơ", "the code is blank"),
    (
        "dossier_repeated",
        "trùng mã và nội dung với dòng {other}, chỉ tính một lần",
        "same code and content as row {other}, counted once",
    ),
    (
        "dossier_conflicting",
        "trùng mã với dòng {other} nhưng nội dung khác, không dòng nào được tin",
        "same code as row {other} with other content; neither is believed",
    ),
    (
        "dossier_after_total",
        "hồ sơ nằm sau dòng tổng cộng, không được tính",
        "a dossier below the line of totals is not counted",
    ),
    (
        "received_not_yet",
        "tiếp nhận {found}, từ ngày tính trở đi, chưa được xét",
        "received {found}, on or after the as-of date, not seen yet",
    ),
    (
        "returned_not_yet",
        "trả kết quả {found}, từ ngày tính trở đi, xem như chưa trả",
        "returned {found}, on or after the as-of date, taken as not returned",
    ),
    (
        "ending_other",
        "đuôi tệp là .{ending} nhưng nội dung là {found}, đọc theo nội dung",
        "the file ends in .{ending}, its content is {found} and was read as such",
    ),
    (
        "column_absent",
        "bảng không có cột {field}",
        "the sheet has no column for {field}",
    ),
    (
        "no_dossier",
        "không có hồ sơ nào trong kỳ: số liệu “không phát sinh” này cần kiểm tra lại",
        "no dossier at all in the window: check this “nothing arose”",
    ),
    (
        "unreadable_is_open",
        "{count} hồ sơ không đọc được, đưa vào số liệu là chưa xác định (open)",
        "{count} dossiers cannot be read and are open in the figures",
    ),
    (
        "rests_on_rescheduling",
        "{count} hồ sơ trả đúng ngày hẹn lại: đúng hạn hay trễ hạn là do bộ chỉ số quy định",
        "{count} dossiers were in time for their new date: the index set says what they are",
    ),
    (
        "letters_needed",
        "{count} hồ sơ có thư xin lỗi: bảng này không thay được thư, cần đưa thư vào danh mục",
        "{count} dossiers have a letter: the export cannot stand for it, register the letters",
    ),
];

/// What to do.
pub(super) const REMEDIES: &[Entry] = &[
    (
        "attach_again",
        "kết xuất, sao lại tệp",
        "export or copy the file anew",
    ),
    (
        "split_file",
        "chia tệp theo kỳ, bỏ các trang và hình không cần",
        "split the file by period, leave out other sheets and pictures",
    ),
    (
        "save_as_known",
        "lưu thành .xlsx hoặc .csv",
        "save it as .xlsx or .csv",
    ),
    (
        "remove_password",
        "bỏ mật khẩu rồi lưu lại",
        "take the password off and save it",
    ),
    (
        "save_anew",
        "mở bằng Excel hoặc LibreOffice và lưu thành tệp mới",
        "open it in Excel or LibreOffice and save a new file",
    ),
    (
        "save_as_utf8",
        "lưu lại dạng CSV UTF-8",
        "save it as CSV UTF-8",
    ),
    (
        "name_sheet",
        "chỉ rõ trang bằng `--sheet`",
        "name the sheet with `--sheet`",
    ),
    (
        "name_columns",
        "chỉ rõ cột, ví dụ `--column received=E --column due=F --column returned=H`",
        "name the columns, such as `--column received=E --column due=F --column returned=H`",
    ),
    (
        "name_column",
        "chỉ rõ cột bằng `--column`, ví dụ `--column received=E`",
        "name the column with `--column`, such as `--column received=E`",
    ),
    (
        "write_date",
        "ghi ngày dạng 15/05/2024, ngày trước tháng",
        "write the date as 15/05/2024, day before month",
    ),
    (
        "format_as_date",
        "định dạng cột là ngày",
        "format the column as a date",
    ),
    (
        "mend_dates",
        "kiểm tra lại các ngày của hồ sơ",
        "check the dates of the dossier",
    ),
    (
        "mend_rows",
        "sửa các dòng được nêu",
        "mend the rows that are named",
    ),
    (
        "check_rescheduling",
        "kiểm tra: chỉ được hẹn lại một lần",
        "check it: a dossier is re-dated at most once",
    ),
    (
        "check_apology",
        "kiểm tra ngày trả hoặc bỏ thư",
        "check the dates, or take the letter out",
    ),
    ("fill_code", "ghi mã hồ sơ", "write the code"),
    ("remove_row", "bỏ dòng trùng", "remove the row"),
    (
        "move_total",
        "chuyển dòng tổng cộng xuống cuối",
        "move the line of totals to the end",
    ),
    (
        "check_as_of",
        "kiểm tra ngày tính `--as-of`",
        "check the date given by `--as-of`",
    ),
    (
        "check_window",
        "kiểm tra `--from`, `--to` và trang được đọc",
        "check `--from`, `--to` and the sheet",
    ),
    ("rename_file", "đổi đuôi tệp", "rename the file"),
    (
        "state_rescheduling",
        "nêu rõ bằng `--rescheduled on_time` hoặc `late`",
        "say it with `--rescheduled on_time` or `late`",
    ),
    (
        "register_letters",
        "ghi thư xin lỗi vào danh mục tài liệu kiểm chứng",
        "enter the letters in the evidence register",
    ),
];

/// Classes and other parts of the rows.
pub(super) const PARTS: &[Entry] = &[
    ("early", "trả trước hạn", "returned early"),
    ("on_time", "trả đúng hạn", "returned on time"),
    (
        "late",
        "trả trễ, không có thư xin lỗi",
        "returned late, no apology letter",
    ),
    (
        "late_with_apology",
        "trả trễ, có thư xin lỗi",
        "returned late, with an apology letter",
    ),
    (
        "pending_not_due",
        "chưa trả, chưa đến hạn",
        "pending, not due",
    ),
    ("pending_overdue", "chưa trả, quá hạn", "pending, overdue"),
    ("unreadable", "không đọc được", "cannot be read"),
    ("total", "tổng số hồ sơ", "dossiers in all"),
    ("outside", "ngoài kỳ", "outside the window"),
    ("repeated", "dòng lặp lại", "repeated rows"),
    ("totals", "dòng tổng cộng", "lines of totals"),
    ("after_totals", "dòng sau tổng cộng", "rows below totals"),
    ("headings", "dòng tiêu đề", "headings"),
];

/// What a column holds.
pub(super) const COLUMNS: &[Entry] = &[
    ("code", "mã hồ sơ (code)", "code"),
    ("received", "ngày tiếp nhận (received)", "received"),
    ("due", "ngày hẹn trả (due)", "due"),
    ("rescheduled", "ngày hẹn lại (rescheduled)", "rescheduled"),
    (
        "rescheduled_again",
        "ngày hẹn lại lần 2 (rescheduled_again)",
        "rescheduled_again",
    ),
    (
        "reschedule_count",
        "số lần hẹn lại (reschedule_count)",
        "reschedule_count",
    ),
    ("returned", "ngày trả kết quả (returned)", "returned"),
    ("apology", "thư xin lỗi (apology)", "apology"),
    ("field", "lĩnh vực (field)", "field"),
    ("procedure", "thủ tục (procedure)", "procedure"),
    ("status", "trạng thái (status)", "status"),
];

/// What there can be too much of.
pub(super) const MUCH: &[Entry] = &[
    ("bytes", "số byte", "bytes"),
    (
        "unpacked",
        "số byte sau khi giải nén",
        "bytes when unpacked",
    ),
    ("parts", "số phần trong tệp nén", "parts of the archive"),
    ("depth", "độ lồng nhau", "nesting"),
    (
        "characters",
        "số ký tự trong một dòng hoặc ô",
        "characters of a row or cell",
    ),
    ("cells", "số ô trong một dòng", "cells of a row"),
    ("rows", "số dòng", "rows"),
    ("sheets", "số trang", "sheets"),
    ("strings", "số chuỗi dùng chung", "shared texts"),
    ("styles", "số kiểu ô", "cell styles"),
    ("places", "số ô kể cả ô trống", "places of the tables"),
    ("fields", "số lĩnh vực khác nhau", "different fields"),
];

/// What is observed, without its place.
pub(crate) fn dossier_observation(observation: &Observation, language: Language) -> String {
    let code = observation.code;
    let found = [FAULTS, FINDINGS]
        .into_iter()
        .find_map(|table| template(table, code, language));
    let Some(found) = found else {
        return format!("`{code}`");
    };
    filled(found, &|name| {
        let value = observation.params.get(name).filter(|it| !it.is_empty())?;
        Some(match name {
            "field" => dossier_column(value, language),
            "other" if code == "column_shared" => dossier_column(value, language),
            "what" => text(MUCH, value, language),
            "found" if value.ends_with('%') => match language {
                Language::Vietnamese => value.replace('.', ","),
                Language::English => value.to_owned(),
            },
            "received" | "due" | "day" | "found" => super::date(value, language),
            _ => value.to_owned(),
        })
    })
}

/// What to do about it.
pub(crate) fn dossier_remedy(code: &str, language: Language) -> String {
    text(REMEDIES, code, language)
}

/// A class, or another part of the rows.
pub(crate) fn dossier_part(code: &str, language: Language) -> String {
    text(PARTS, code, language)
}

/// What a column holds.
pub(crate) fn dossier_column(code: &str, language: Language) -> String {
    text(COLUMNS, code, language)
}

/// A place in a sheet, `ô B5` or `cell B5`; nothing for the file as a whole.
pub(crate) fn dossier_place(at: &Spot, language: Language) -> Option<String> {
    match at {
        Spot::Cell { sheet, row, column } => {
            let letters = Spot::column_letters(*column);
            let cell = language.pick("ô", "cell");
            Some(match sheet {
                Some(sheet) => {
                    let word = language.pick("trang", "sheet");
                    format!("{word} “{sheet}”, {cell} {letters}{row}")
                }
                None => format!("{cell} {letters}{row}"),
            })
        }
        Spot::Line { line, .. } => Some(format!("{} {line}", language.pick("dòng", "line"))),
        Spot::Part { part } => Some(part.clone()),
        Spot::File {} => None,
    }
}

#[cfg(test)]
pub(super) const TABLES: &[&[Entry]] = &[FAULTS, FINDINGS, REMEDIES, PARTS, COLUMNS, MUCH];

#[cfg(test)]
mod tests {
    use super::*;

    /// Codes and remedies of the table that the reader's own tests hold against its source.
    fn listed() -> Vec<(String, String)> {
        let page = include_str!("../../../cchc-documents/DOSSIERS.md");
        let rows = page.lines().filter_map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let code = cells.get(1)?.strip_prefix('`')?.strip_suffix('`')?;
            let remedy = cells.get(3)?.strip_prefix('`')?.strip_suffix('`')?;
            Some((code.to_owned(), remedy.to_owned()))
        });
        rows.collect()
    }

    #[test]
    fn every_code_and_every_remedy_has_a_text() {
        let listed = listed();
        assert!(listed.len() > 35, "{}", listed.len());
        for (code, remedy) in &listed {
            let worded = [FAULTS, FINDINGS]
                .iter()
                .any(|table| template(table, code, Language::English).is_some());
            assert!(worded, "{code}");
            let worded = template(REMEDIES, remedy, Language::English).is_some();
            assert!(worded, "{remedy}");
        }
        for (code, ..) in FAULTS.iter().chain(FINDINGS) {
            assert!(listed.iter().any(|it| it.0 == *code), "{code}");
        }
        for (remedy, ..) in REMEDIES {
            assert!(listed.iter().any(|it| it.1 == *remedy), "{remedy}");
        }
    }

    #[test]
    fn every_limit_has_a_name() {
        let sources = [
            include_str!("../../../cchc-documents/src/sheet/csv.rs"),
            include_str!("../../../cchc-documents/src/sheet/ods.rs"),
            include_str!("../../../cchc-documents/src/sheet/workbook.rs"),
            include_str!("../../../cchc-documents/src/sheet/xls.rs"),
            include_str!("../../../cchc-documents/src/sheet/xlsx.rs"),
            include_str!("../../../cchc-documents/src/sheet/xml.rs"),
        ];
        let named: Vec<&str> = sources
            .iter()
            .flat_map(|source| source.split("too_much(\"").chain(source.split("stop(\"")))
            .filter_map(|rest| rest.split_once('"').map(|it| it.0))
            .filter(|name| name.chars().all(|c| c.is_ascii_lowercase()))
            .filter(|name| !name.is_empty())
            .collect();
        assert!(named.len() > 12, "{named:?}");
        for name in named {
            assert!(template(MUCH, name, Language::English).is_some(), "{name}");
        }
    }

    #[test]
    fn places_are_told_as_a_sheet_has_them() {
        let at = Spot::Cell {
            sheet: Some("T1".to_owned()),
            row: 5,
            column: 28,
        };
        assert_eq!(
            dossier_place(&at, Language::Vietnamese).as_deref(),
            Some("trang “T1”, ô AB5")
        );
        assert_eq!(dossier_place(&Spot::File {}, Language::English), None);
    }
}
