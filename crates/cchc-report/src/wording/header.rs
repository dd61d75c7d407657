//! What is found in the header of a document, and where a register and its file differ.

use super::Entry;
use crate::Language;

/// Components of form (thể thức), as their labels say.
pub(super) const COMPONENTS: &[Entry] = &[
    ("kind", "Loại", "Type"),
    ("number", "Số, ký hiệu", "Number"),
    ("date", "Ngày", "Date"),
    ("place", "Địa danh", "Place"),
    ("superior", "Cơ quan chủ quản", "Superior"),
    ("issuer", "Cơ quan ban hành", "Issuer"),
    ("subject", "Trích yếu", "Subject"),
    ("citations", "Căn cứ", "Bases"),
    ("addressees", "Kính gửi", "To"),
    ("signer", "Người ký", "Signer"),
    ("recipients", "Nơi nhận", "Recipients"),
];

/// The label of a component.
pub(crate) fn component(code: &str, language: Language) -> String {
    super::text(COMPONENTS, code, language)
}

pub(super) const OBSERVATIONS: &[Entry] = &[
    (
        "header_not_found",
        "không thấy phần đầu của một văn bản hành chính",
        "no header of an administrative document found",
    ),
    (
        "not_issued",
        "dự thảo chưa ban hành: số và ngày còn để trống",
        "a draft that is not issued: number and day are blank",
    ),
    (
        "marked_draft",
        "văn bản ghi là dự thảo",
        "the document is marked as a draft",
    ),
    (
        "number_blank",
        "số để trống: “{text}”",
        "the number is blank: “{text}”",
    ),
    ("number_missing", "không thấy số", "no number found"),
    (
        "number_illegible",
        "không đọc được số: “{text}”",
        "the number cannot be read: “{text}”",
    ),
    (
        "symbol_blank",
        "ký hiệu để trống: “{text}”",
        "the symbol is blank: “{text}”",
    ),
    ("symbol_missing", "không thấy ký hiệu", "no symbol found"),
    (
        "symbol_illegible",
        "không đọc được ký hiệu: “{text}”",
        "the symbol cannot be read: “{text}”",
    ),
    (
        "symbol_mended",
        "ký hiệu thiếu dấu, đọc theo thể thức: “{text}”",
        "the symbol lacks a sign and is read by the form: “{text}”",
    ),
    (
        "symbol_look_alike",
        "ký hiệu có ký tự chỉ trông giống chữ “{letter}”",
        "the symbol has a character that only looks like “{letter}”",
    ),
    (
        "symbol_of_party",
        "số, ký hiệu theo thể thức văn bản của Đảng: “{text}”",
        "number and symbol in the form of Party documents: “{text}”",
    ),
    (
        "date_blank",
        "ngày, tháng hoặc năm để trống: “{text}”",
        "day, month or year is blank: “{text}”",
    ),
    (
        "date_missing",
        "không thấy ngày ban hành",
        "no date of issue found",
    ),
    (
        "date_impossible",
        "ngày không có thật: “{text}”",
        "no such day: “{text}”",
    ),
    (
        "date_illegible",
        "không đọc được ngày: “{text}”",
        "the date cannot be read: “{text}”",
    ),
    (
        "dates_differ",
        "có hai ngày ban hành khác nhau: {first} và {second}",
        "two different dates of issue: {first} and {second}",
    ),
    ("place_missing", "không thấy địa danh", "no place found"),
    (
        "kind_missing",
        "không thấy tên loại văn bản",
        "no type of document found",
    ),
    (
        "kind_from_symbol",
        "không thấy tên loại; ký hiệu cho biết là {kind}",
        "no title found; the symbol says {kind}",
    ),
    (
        "kind_contradicts_symbol",
        "tên loại là {title}, ký hiệu là {symbol}",
        "the title says {title}, the symbol {symbol}",
    ),
    (
        "issuer_missing",
        "không thấy cơ quan ban hành",
        "no issuing body found",
    ),
    (
        "issuer_incomplete",
        "tên cơ quan ban hành thiếu địa danh: “{text}”",
        "the name of the issuing body lacks its place: “{text}”",
    ),
    (
        "subject_missing",
        "không thấy trích yếu",
        "no subject found",
    ),
    (
        "subject_illegible",
        "không đọc được trích yếu: “{text}”",
        "the subject cannot be read: “{text}”",
    ),
    ("signer_missing", "không thấy người ký", "no signer found"),
    (
        "signer_name_missing",
        "không thấy họ tên người ký",
        "no name of the signer found",
    ),
    (
        "digest_differs",
        "tệp đã khác so với khi đăng ký: {register}, nay là {file}",
        "the file is not the registered one: {register}, now {file}",
    ),
    (
        "number_blank_in_file",
        "danh mục có số, tệp để trống số",
        "the register has a number, the file has a blank",
    ),
    (
        "date_blank_in_file",
        "danh mục có ngày, tệp để trống ngày",
        "the register has a date, the file has a blank",
    ),
    (
        "number_differs",
        "số trong danh mục là {register}, trong tệp là {file}",
        "the register says number {register}, the file {file}",
    ),
    (
        "symbol_differs",
        "ký hiệu trong danh mục là {register}, trong tệp là {file}",
        "the register says symbol {register}, the file {file}",
    ),
    (
        "date_differs",
        "ngày trong danh mục là {register}, trong tệp là {file}",
        "the register says {register}, the file {file}",
    ),
    (
        "kind_differs",
        "loại trong danh mục là {register}, trong tệp là {file}",
        "the register says type {register}, the file {file}",
    ),
    (
        "issuer_differs",
        "cơ quan ban hành trong danh mục là “{register}”, trong tệp là “{file}”",
        "the register says issuer “{register}”, the file “{file}”",
    ),
    (
        "issuer_in_part",
        "cơ quan ban hành chỉ khớp một phần: danh mục “{register}”, tệp “{file}”",
        "the issuer agrees only in part: register “{register}”, file “{file}”",
    ),
    (
        "subject_differs",
        "trích yếu khác hẳn: danh mục “{register}”, tệp “{file}”",
        "another subject: register “{register}”, file “{file}”",
    ),
    (
        "subject_unlike",
        "trích yếu ít giống nhau: danh mục “{register}”, tệp “{file}”",
        "the subjects are not much alike: register “{register}”, file “{file}”",
    ),
    (
        "period_differs",
        "kỳ trong danh mục là {register}, trích yếu trong tệp là “{file}”",
        "the register says {register}, the subject in the file “{file}”",
    ),
    (
        "file_of_two_records",
        "cùng một tệp với {others}",
        "the same file as {others}",
    ),
    (
        "cited_not_registered",
        "văn bản được viện dẫn {number} không có trong danh mục",
        "the cited document {number} is not in the register",
    ),
    (
        "file_not_found",
        "không thấy tệp {file}",
        "the file {file} is not there",
    ),
    (
        "file_outside",
        "tệp {file} nằm ngoài thư mục hồ sơ, không mở",
        "the file {file} lies outside the folder and is not opened",
    ),
    (
        "file_not_named",
        "danh mục không ghi tên tệp",
        "the register names no file",
    ),
    (
        "file_other_format",
        "tệp là {found}, không phải {named} như tên tệp",
        "the file is {found}, not {named} as its name says",
    ),
    (
        "file_of_a_record",
        "có vẻ là tệp của {record}, danh mục chưa ghi tên tệp",
        "seems to be the file of {record}, which names none",
    ),
    (
        "file_not_registered",
        "tệp không có trong danh mục",
        "the file is not in the register",
    ),
];

pub(super) const REMEDIES: &[Entry] = &[
    (
        "attach_document",
        "đính kèm đúng văn bản cần chứng minh",
        "attach the document that proves it",
    ),
    (
        "issue_document",
        "ban hành văn bản: cho số, ghi ngày, ký và đóng dấu",
        "issue the document: give it number and date, sign and seal it",
    ),
    (
        "read_original",
        "xem bản gốc và ghi tay vào danh mục",
        "look at the original and enter it by hand",
    ),
    (
        "check_symbol",
        "đối chiếu ký hiệu với bản gốc",
        "compare the symbol with the original",
    ),
    (
        "mend_symbol",
        "gõ lại ký hiệu bằng bộ gõ tiếng Việt",
        "type the symbol anew with a Vietnamese keyboard",
    ),
    (
        "check_kind",
        "đối chiếu tên loại với bản gốc",
        "compare the type with the original",
    ),
    (
        "correct_document",
        "sửa văn bản hoặc đính kèm bản đúng",
        "correct the document or attach the right one",
    ),
    (
        "complete_document",
        "bổ sung theo thể thức văn bản",
        "complete it as the form asks",
    ),
    (
        "sign_document",
        "đính kèm bản đã ký, đóng dấu",
        "attach the signed and sealed document",
    ),
    ("none", "không cần làm gì", "nothing to do"),
    (
        "attach_registered_file",
        "đính kèm lại tệp đã đăng ký hoặc cập nhật mã kiểm tra",
        "attach the registered file again or update its digest",
    ),
    (
        "attach_issued_file",
        "thay bằng bản đã ban hành, có số và ngày",
        "replace it by the issued document with number and date",
    ),
    (
        "correct_register_or_file",
        "sửa danh mục theo văn bản, hoặc đính kèm đúng văn bản",
        "correct the register by the document, or attach the right document",
    ),
    (
        "complete_issuer",
        "ghi đủ tên cơ quan ban hành trong danh mục",
        "give the full name of the issuing body in the register",
    ),
    (
        "own_file",
        "mỗi văn bản một tệp riêng",
        "give each document a file of its own",
    ),
    (
        "register_cited",
        "nếu cần để chứng minh, thêm văn bản đó vào danh mục",
        "add it to the register if it is needed as proof",
    ),
    (
        "attach_file",
        "đính kèm tệp, hoặc sửa tên tệp trong danh mục",
        "attach the file, or correct its name in the register",
    ),
    (
        "name_file",
        "ghi tên tệp vào trường “file” của văn bản",
        "name the file in the field “file” of the document",
    ),
    (
        "move_file",
        "chuyển tệp vào thư mục hồ sơ",
        "move the file into the folder of the submission",
    ),
    (
        "rename_file",
        "đổi đuôi tệp hoặc lưu lại đúng định dạng",
        "rename the file or save it in the right format",
    ),
    (
        "register_file",
        "thêm văn bản vào danh mục, hoặc bỏ tệp",
        "add the document to the register, or take the file away",
    ),
];
