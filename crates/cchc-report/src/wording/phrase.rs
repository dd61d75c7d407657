//! What messages say, in Vietnamese.
//!
//! The core states what it expected and found as phrases: a template of English with
//! parameters. Each template has its Vietnamese here; a stretch `{1}` stands for the second
//! parameter where the order differs. A test reads the sources of the core and finds a
//! template that has none.

use cchc_core::json::{Parameter, Phrase};

use crate::Language;

/// Templates of the core with their Vietnamese, in order.
pub(super) const PHRASES: &[(&str, &str)] = &[
    (r#""none""#, r#"“không phát sinh”"#),
    (r#"5 % is `"0.05"`"#, r#"5 % là `"0.05"`"#),
    ("U+{} in {}", "U+{} trong {}"),
    ("U+{} written as it is", "U+{} viết nguyên ký tự"),
    (
        "`WON/TOTAL`, such as `4/5`, or `none`",
        "`ĐẠT/TỔNG`, ví dụ `4/5`, hoặc `none`",
    ),
    (
        "`by: events` with `event`, or `by: figure` without",
        "`by: events` có `event`, hoặc `by: figure` không có `event`",
    ),
    ("`by: {}` with `event`", "`by: {}` có `event`"),
    ("`by: {}` without `event`", "`by: {}` không có `event`"),
    (
        "`class`, which rules of the pack distinguish",
        "`class`, vì bộ chỉ số phân theo loại đơn vị",
    ),
    (
        "`date` with `roll`, or `working_days` with `after`",
        "`date` kèm `roll`, hoặc `working_days` kèm `after`",
    ),
    (
        "`each` above 0 and `not_below` at most `full`",
        "`each` trên 0 và `not_below` không quá `full`",
    ),
    (
        "`each` {}, `full` {}, `not_below` {}",
        "`each` {}, `full` {}, `not_below` {}",
    ),
    (
        "`exclude` inside another rule",
        "`exclude` bên trong quy tắc khác",
    ),
    (
        "`exclude` only where the rule is the whole of its leaf",
        "`exclude` chỉ khi quy tắc là toàn bộ tiêu chí",
    ),
    (
        "`from`: only the last class is without",
        "`from`: chỉ mức cuối không ghi",
    ),
    (
        "`full_at`, the number that gives all the points",
        "`full_at`, giá trị được trọn điểm",
    ),
    (
        "`in`: `percent` or `fraction` for a share",
        "`in`: `percent` hoặc `fraction` cho tỷ lệ",
    ),
    (
        "`is`, what the flag must be",
        "`is`, giá trị có/không phải có",
    ),
    (
        "`max`, the most points of a leaf",
        "`max`, điểm tối đa của tiêu chí",
    ),
    (
        "`met` and `late` as whole numbers",
        "`met` và `late` là số nguyên",
    ),
    (
        "`met`, `late`, `missing`, `lapses` or `handed_in` for a due set",
        "`met`, `late`, `missing`, `lapses` hoặc `handed_in` cho tập việc có thời hạn",
    ),
    (
        "`min` {}, `unproved` {}, `max` {}",
        "`min` {}, `unproved` {}, `max` {}",
    ),
    ("`min` ≤ `unproved` ≤ `max`", "`min` ≤ `unproved` ≤ `max`"),
    ("`none`", "`none`"),
    (
        "`not_arisen`: `full`, `zero` or `exclude`",
        "`not_arisen`: `full`, `zero` hoặc `exclude`",
    ),
    ("`obligation`, one of {}", "`obligation`, một trong {}"),
    (
        "`obligation`, one of {} and {} more",
        "`obligation`, một trong {} và {} tên khác",
    ),
    (
        "`observation_window` beside `predecessors`: when the unit began",
        "`observation_window` đi cùng `predecessors`: ngày đơn vị bắt đầu hoạt động",
    ),
    (
        "`overdue`: how many of the open items are past their due date",
        "`overdue`: bao nhiêu việc đang mở đã quá hạn",
    ),
    ("`points` {}, `at_target` {}", "`points` {}, `at_target` {}"),
    (
        "`predecessors: sum` or `observation: unit`, not both",
        "`predecessors: sum` hoặc `observation: unit`, không dùng cả hai",
    ),
    (
        "`range` with `min` and `max`, or `verdicts`",
        "`range` có `min` và `max`, hoặc `verdicts`",
    ),
    (
        "`roll`: `next_working_day` or `none`",
        "`roll`: `next_working_day` hoặc `none`",
    ),
    (
        "`sources`: where the figures come from, or that they are illustrative",
        "`sources`: căn cứ của số liệu, hoặc ghi rõ là minh họa",
    ),
    (
        "`sum` for a count, a share, or a measure from 0 on without a largest number",
        "`sum` cho số đếm, tỷ lệ, hoặc số đo từ 0 trở lên không có mức lớn nhất",
    ),
    (
        "`target` and `at_target` together, or neither",
        "cả `target` và `at_target`, hoặc không ghi cả hai",
    ),
    (
        "`total` and `open_at_close` for a share by figure",
        "`total` và `open_at_close` cho tỷ lệ theo số liệu",
    ),
    ("`true` or `false`", "`true` hoặc `false`"),
    (
        "`value` or nothing for a count",
        "`value` hoặc không ghi cho số đếm",
    ),
    (
        "`value` or nothing for a measure",
        "`value` hoặc không ghi cho số đo",
    ),
    ("`won` or `lost` for a share", "`won` hoặc `lost` cho tỷ lệ"),
    (
        "`won`, `lost` and `open` that add up to {}",
        "`won`, `lost` và `open` cộng lại bằng {}",
    ),
    (
        "`won`, the items done as asked",
        "`won`, số việc làm đúng yêu cầu",
    ),
    ("`yes` or `no`", "`yes` hoặc `no`"),
    (
        "`{}` (U+{}) is not a letter from A to Z, a digit, `.`, `_` or `-`",
        "`{}` (U+{}) không phải chữ cái từ A đến Z, chữ số, `.`, `_` hay `-`",
    ),
    (
        "`{}` (U+{}), which only looks like it, as character {}",
        "`{}` (U+{}) chỉ giống về hình, ở ký tự thứ {}",
    ),
    ("`{}` again", "lại `{}`"),
    ("`{}` again, first on line {}", "lại `{}`, đã có ở dòng {}"),
    ("`{}` at the least", "thấp nhất là `{}`"),
    ("`{}` at the most", "cao nhất là `{}`"),
    ("`{}` for a figure", "`{}` cho số liệu"),
    (
        "`{}` includes the number, `{}` does not",
        "`{}` gồm cả số đó, `{}` thì không",
    ),
    (
        "`{}` only for a share by figure",
        "`{}` chỉ cho tỷ lệ theo số liệu",
    ),
    ("`{}` only in a {}", "`{}` chỉ trong {}"),
    ("`{}` read by two", "`{}` do hai phần đọc"),
    ("`{}` twice", "`{}` hai lần"),
    (
        "`{}` where `{}` was possible before",
        "`{}`, trong khi trước đó có thể được `{}`",
    ),
    ("`{}` {} {} twice", "`{}` năm {} vòng {} hai lần"),
    ("`{}`, as the rule gives", "`{}`, như quy tắc cho"),
    (
        "`{}`, the sum over the tree outside the bonus and penalty block",
        "`{}`, tổng của cả cây ngoài khối điểm thưởng, điểm phạt",
    ),
    ("`{}`, which is no path", "`{}`, không phải đường dẫn"),
    ("`{}`, which nothing needs", "`{}`, không có gì cần đến"),
    ("`{}`, which nothing reads", "`{}`, không có gì dùng đến"),
    ("`{}`, which only looks like it", "`{}` chỉ giống về hình"),
    (
        "`{}`, which only looks like it, as character {}",
        "`{}` chỉ giống về hình, ở ký tự thứ {}",
    ),
    ("`{}`, {}", "`{}`, {}"),
    (
        "a JSON number such as `-12` or `0`",
        "số JSON như `-12` hoặc `0`",
    ),
    ("a JSON object", "đối tượng JSON"),
    (
        "a JSON value, key, comma or bracket",
        "giá trị, khóa, dấu phẩy hoặc dấu ngoặc của JSON",
    ),
    ("a PDF file", "tệp PDF"),
    ("a UTF-16 byte order mark", "dấu thứ tự byte của UTF-16"),
    ("a UTF-32 byte order mark", "dấu thứ tự byte của UTF-32"),
    (
        "a ZIP file, such as DOCX or XLSX",
        "tệp nén ZIP, như DOCX hoặc XLSX",
    ),
    ("a `{}`", "loại `{}`"),
    (
        "a band with a number that the quantity can be",
        "mức điểm có giá trị mà đại lượng có thể nhận",
    ),
    ("a band without any number", "mức điểm không có giá trị nào"),
    (
        "a better side of {} that never gives fewer points",
        "phía tốt hơn của {} không bao giờ được ít điểm hơn",
    ),
    (
        "a bonus and penalty block at the top, with `cap` and `floor`",
        "khối điểm thưởng, điểm phạt ở mức trên cùng, có `cap` và `floor`",
    ),
    (
        "a bound: `from`, `above`, `to` or `below`",
        "một cận: `from`, `above`, `to` hoặc `below`",
    ),
    (
        "a class below the best one",
        "mức xếp loại thấp hơn mức cao nhất",
    ),
    ("a colon after the key", "dấu hai chấm sau khóa"),
    ("a comma", "dấu phẩy"),
    (
        r#"a component code as text such as "1.1.2""#,
        r#"mã tiêu chí dạng chuỗi, ví dụ "1.1.2""#,
    ),
    (
        "a condition that can hold and can fail",
        "điều kiện có thể đúng và có thể sai",
    ),
    ("a date", "ngày"),
    (
        r#"a date as text such as "2025-01-31""#,
        r#"ngày dạng chuỗi, ví dụ "2025-01-31""#,
    ),
    ("a date or `event`", "ngày hoặc `event`"),
    (
        "a date that the working-day calendar covers, {} to {}",
        "ngày có trong lịch ngày làm việc, từ {} đến {}",
    ),
    (
        "a day from {} on, the first of the window",
        "ngày từ {} trở đi, ngày đầu của kỳ",
    ),
    (
        "a day not before the close of the window, {}",
        "ngày không trước khi kỳ kết thúc, {}",
    ),
    (
        "a day not before the close, {}",
        "ngày không trước khi kết thúc, {}",
    ),
    (
        "a day not before {}, when it is said to have happened",
        "ngày không trước {}, ngày ghi là đã xảy ra",
    ),
    (
        "a day that stays up to {} when it rolls",
        "ngày lùi vì nghỉ mà vẫn không sau {}",
    ),
    (
        "a day up to {}, the last of the validity",
        "ngày không sau {}, ngày cuối có hiệu lực",
    ),
    (
        "a day up to {}, the last of the window",
        "ngày không sau {}, ngày cuối của kỳ",
    ),
    (
        "a day up to {}, the last to hand in",
        "ngày không sau {}, ngày cuối được nộp",
    ),
    (
        r#"a decimal as text such as "0.5""#,
        r#"số thập phân dạng chuỗi, ví dụ "0.5""#,
    ),
    ("a due set", "tập việc có thời hạn"),
    (
        "a field that is known here",
        "trường có trong định dạng ở chỗ này",
    ),
    ("a figure with items", "số liệu có phát sinh"),
    (
        "a file holds one JSON object",
        "một tệp chỉ có một đối tượng JSON",
    ),
    (
        "a file of an older Word or Excel",
        "tệp Word hoặc Excel đời cũ",
    ),
    ("a file of at most {} bytes", "tệp không quá {} byte"),
    ("a file of the format `{}`", "tệp theo định dạng `{}`"),
    ("a file that can be read", "tệp đọc được"),
    ("a file that can be written", "tệp ghi được"),
    ("a file that is there already", "tệp đã có sẵn"),
    (
        "a first day not after the last",
        "ngày đầu không sau ngày cuối",
    ),
    ("a flag", "đại lượng có/không"),
    ("a floor between 0 and `{}`", "mức sàn từ 0 đến `{}`"),
    ("a floor of at most `{}`", "mức sàn không quá `{}`"),
    (
        "a floor of at most `{}`, the cap",
        "mức sàn không quá mức trần `{}`",
    ),
    ("a folder", "thư mục"),
    ("a folder that can be written", "thư mục ghi được"),
    (
        "a further entry after the comma",
        "một mục nữa sau dấu phẩy",
    ),
    ("a gap between the bands", "khoảng hở giữa các mức điểm"),
    (
        "a judgement with a range of points",
        "đánh giá cho điểm trong một khoảng",
    ),
    ("a judgement with verdicts", "đánh giá theo mức"),
    ("a key in double quotes", "khóa trong dấu nháy kép"),
    ("a line with both ends", "đoạn thẳng đủ hai đầu"),
    ("a line without an end", "đoạn thẳng thiếu một đầu"),
    ("a list", "danh sách"),
    (
        "a list of {} or more elements",
        "danh sách có ít nhất {} phần tử",
    ),
    ("a list that ends with `]`", "danh sách kết thúc bằng `]`"),
    (
        "a lower end below the upper end",
        "cận dưới nhỏ hơn cận trên",
    ),
    (
        "a lower end not above the upper",
        "cận dưới không lớn hơn cận trên",
    ),
    (
        "a margin of error above 0 and below 1, as a fraction",
        "sai số trên 0 và dưới 1, viết dạng phân số",
    ),
    ("a mean of answers", "trung bình các câu trả lời"),
    ("a measure", "số đo"),
    ("a measure that can be {}", "số đo có thể là {}"),
    ("a measure that is at most {}", "số đo không quá {}"),
    (
        "a measure whose domain begins at 0 or above",
        "số đo có miền giá trị bắt đầu từ 0 trở lên",
    ),
    ("a number", "số"),
    ("a number above 0", "số lớn hơn 0"),
    ("a number above `{}`", "số lớn hơn `{}`"),
    (
        "a number and a symbol, such as `15/KH-UBND`",
        "số và ký hiệu, ví dụ `15/KH-UBND`",
    ),
    (
        "a number below `{}`, that of the class before",
        "số nhỏ hơn `{}` của mức trước",
    ),
    ("a number from {} on", "số từ {} trở lên"),
    ("a number from {} to {}", "số từ {} đến {}"),
    ("a number of lapses", "số lần không đạt"),
    ("a number up to {}", "số không quá {}"),
    (
        "a number with at most {} places",
        "số có không quá {} chữ số thập phân",
    ),
    (
        "a pattern is held against number/symbol, so give such an example",
        "mẫu được đối chiếu với số/ký hiệu, nên ghi ví dụ như vậy",
    ),
    (
        "a pattern of at most {} bytes, built",
        "mẫu không quá {} byte khi dựng",
    ),
    (
        "a quantity that a rule, a gate or a check reads",
        "đại lượng có quy tắc, điều kiện hoặc phép đối chiếu dùng đến",
    ),
    (
        "a quantity that is counted or measured",
        "đại lượng đếm được hoặc đo được",
    ),
    (
        "a quantity that is not counted",
        "đại lượng không phải số đếm",
    ),
    ("a quantity with the part `{}`", "đại lượng có phần `{}`"),
    ("a record that gives `{}`", "hồ sơ được `{}` điểm"),
    ("a regular expression", "biểu thức chính quy"),
    ("a request", "yêu cầu"),
    (
        "a role that is asked of {} of {}, as one is of the other side",
        "một loại tài liệu áp dụng cho {} của {}, như đã áp dụng cho phía kia",
    ),
    (
        "a role that is asked when there are items",
        "tài liệu phải nộp khi có phát sinh",
    ),
    (
        "a role that is asked when there are no items",
        "tài liệu phải nộp khi không phát sinh",
    ),
    (
        "a rule for the class of unit `{}`",
        "quy tắc cho loại đơn vị `{}`",
    ),
    (
        "a rule that counts what is late or missing, since not every unit owes each obligation",
        "quy tắc đếm lần muộn hoặc thiếu, vì không phải đơn vị nào cũng phải làm đủ các kỳ",
    ),
    ("a second one", "cái thứ hai"),
    ("a share is at most 1", "một tỷ lệ không quá 1"),
    ("a share is full at 100 %", "tỷ lệ đạt trọn điểm ở 100 %"),
    (
        "a smallest number not above the largest",
        "số nhỏ nhất không lớn hơn số lớn nhất",
    ),
    (
        "a source: a document, or `illustrative` with a reason",
        "căn cứ: một văn bản, hoặc `illustrative` kèm lý do",
    ),
    ("a submission for the pack `{}`", "hồ sơ của bộ chỉ số `{}`"),
    (
        "a symbol that a document of kind {} can bear",
        "ký hiệu mà văn bản loại {} có thể mang",
    ),
    ("a text", "chuỗi"),
    ("a text in double quotes", "chuỗi trong dấu nháy kép"),
    ("a text of at most {} characters", "chuỗi tối đa {} ký tự"),
    (r#"a text that ends with `"`"#, r#"chuỗi kết thúc bằng `"`"#),
    ("a text that says something", "chuỗi có nội dung"),
    (
        r#"a text whose only control characters are `\n` and `\t`"#,
        r#"chuỗi không có ký tự điều khiển nào ngoài `\n` và `\t`"#,
    ),
    (
        "a threshold in percent, as the others are",
        "ngưỡng theo phần trăm, như các ngưỡng khác",
    ),
    (
        "a threshold up to `{}`, the most that the index can be",
        "ngưỡng không quá `{}`, mức cao nhất chỉ số có thể đạt",
    ),
    ("a title of its own", "tên riêng"),
    ("a total of 0", "tổng bằng 0"),
    ("a total of at least {}", "tổng ít nhất {}"),
    ("a unit of the level `{}`", "đơn vị cấp `{}`"),
    ("a value", "một giá trị"),
    ("a value after the colon", "giá trị sau dấu hai chấm"),
    ("a whole number", "số nguyên"),
    ("a whole number from {}", "số nguyên từ {}"),
    ("a whole number from {} to {}", "số nguyên từ {} đến {}"),
    ("a whole number up to {}", "số nguyên không quá {}"),
    (
        "a window that starts before it ends",
        "khoảng thời gian có ngày đầu trước ngày cuối",
    ),
    (
        "a worked case exactly at `{}`",
        "tình huống mẫu đúng tại `{}`",
    ),
    (
        "a worked case from `{}` to just below `{}`",
        "tình huống mẫu từ `{}` đến sát dưới `{}`",
    ),
    (
        "a worked case that ends at `{}`",
        "tình huống mẫu kết thúc ở `{}`",
    ),
    ("a working-day calendar", "lịch ngày làm việc"),
    ("a {} that the pack `{}` has", "{} có trong bộ chỉ số `{}`"),
    (
        "add a case that ends there",
        "thêm tình huống kết thúc ở nhánh đó",
    ),
    (
        "add a case whose figure is just below the threshold",
        "thêm tình huống có số liệu ngay dưới ngưỡng",
    ),
    (
        "add a case whose figure is the threshold itself",
        "thêm tình huống có số liệu đúng bằng ngưỡng",
    ),
    (
        "add a role with `when` `none`, or ask one always",
        "thêm tài liệu có `when` là `none`, hoặc luôn yêu cầu một tài liệu",
    ),
    (
        "add a role with `when` `some`, or ask one always",
        "thêm tài liệu có `when` là `some`, hoặc luôn yêu cầu một tài liệu",
    ),
    ("an escape that JSON knows", "mã thay ký tự có trong JSON"),
    ("an event to compare with", "sự kiện để so sánh"),
    (
        "an example that the pattern accepts",
        "ví dụ được mẫu chấp nhận",
    ),
    (
        "an example that the pattern refuses",
        "ví dụ bị mẫu từ chối",
    ),
    ("an exception that something needs", "ngoại lệ thật sự cần"),
    ("an identifier as text", "tên định danh dạng chuỗi"),
    (
        "an illustrative figure without `item` and `quote`",
        "số liệu minh họa không có `item` và `quote`",
    ),
    ("an object", "đối tượng"),
    (
        "an object that ends with `}`",
        "đối tượng kết thúc bằng `}`",
    ),
    ("an object with keys of its own", "đối tượng có khóa tự đặt"),
    ("an object without it", "đối tượng không có trường đó"),
    ("an {} that the pack `{}` has", "{} có trong bộ chỉ số `{}`"),
    ("and `{}` has no `{}`", "nhưng `{}` không có `{}`"),
    (
        "and `{}` has {} of them, counted from 0",
        "nhưng `{}` chỉ có {} phần tử, đếm từ 0",
    ),
    ("and `{}` is a list", "nhưng `{}` là danh sách"),
    (
        "and `{}` is neither object nor list",
        "nhưng `{}` không phải đối tượng, cũng không phải danh sách",
    ),
    ("and `{}` is no list", "nhưng `{}` không phải danh sách"),
    ("and no `{}` stands there", "nhưng ở đó không có `{}`"),
    (
        "another encoding from byte {} on",
        "bảng mã khác từ byte {} trở đi",
    ),
    ("another kind of value", "giá trị thuộc loại khác"),
    (
        "answers to the option `{}`, 0 if there are none",
        "số câu trả lời cho lựa chọn `{}`, ghi 0 nếu không có",
    ),
    (
        "ask about the submission of that year",
        "hỏi với bộ hồ sơ của năm đó",
    ),
    (
        "ask for fewer or shorter repetitions",
        "giảm số lần lặp hoặc độ dài lặp",
    ),
    (
        "ask with a calendar that covers the year",
        "dùng lịch có năm đó",
    ),
    ("at least `{}`, as for `{}`", "ít nhất `{}`, như khi `{}`"),
    ("at least one answer", "ít nhất một câu trả lời"),
    (
        "at most `{}` where nothing is shown, as the worst proved record gives",
        "không quá `{}` khi không chứng minh gì, bằng hồ sơ xấu nhất có chứng minh",
    ),
    (
        "at most {} different patterns in a pack",
        "tối đa {} mẫu khác nhau trong một bộ chỉ số",
    ),
    ("at most {} faults", "tối đa {} lỗi"),
    (
        "at most {} figures of one quantity",
        "tối đa {} số liệu cho một đại lượng",
    ),
    (
        "at most {} lists and objects inside one another",
        "tối đa {} danh sách và đối tượng lồng nhau",
    ),
    ("at most {} quantities", "tối đa {} đại lượng"),
    ("at most {} steps to the cap", "tối đa {} bậc đến mức trần"),
    ("at most {} steps to the floor", "tối đa {} bậc đến mức sàn"),
    ("at most {} {}", "tối đa {} {}"),
    (
        "at most {}, the number of flags",
        "không quá {}, là số đại lượng có/không",
    ),
    (
        "at most {}, the open items",
        "không quá {}, số việc đang mở",
    ),
    ("both", "cả hai"),
    ("both ends of a line", "cả hai đầu của đoạn thẳng"),
    ("byte 0x{} at offset {}", "byte 0x{} tại vị trí {}"),
    ("choose the JSON file", "chọn đúng tệp JSON"),
    ("class", "loại"),
    ("class gates", "điều kiện xếp loại"),
    ("class of unit", "loại đơn vị"),
    ("classes", "mức xếp loại"),
    ("classes of unit", "loại đơn vị"),
    (
        "closure `{}` from {} to {}, which leaves the covered years",
        "đợt nghỉ `{}` từ {} đến {}, ra ngoài các năm của lịch",
    ),
    (
        "closure `{}` that ends on {}, before it starts on {}",
        "đợt nghỉ `{}` kết thúc ngày {}, trước ngày bắt đầu {}",
    ),
    ("code, or `total`,", "mã, hoặc `total`,"),
    ("codes that are used once", "mã chỉ dùng một lần"),
    ("consistency checks", "phép đối chiếu"),
    (
        "days inside the validity, {}",
        "các ngày trong thời gian hiệu lực, {}",
    ),
    (
        "days of {}, the scored year",
        "các ngày của {}, năm đánh giá",
    ),
    (
        "days on which a document can be dated and still be handed in",
        "có ngày để văn bản ghi mà vẫn nộp kịp",
    ),
    ("did you mean `{}`?", "có phải là `{}`?"),
    ("each key once", "mỗi khóa một lần"),
    (
        "each quantity read by one part of the rule",
        "mỗi đại lượng chỉ do một phần của quy tắc đọc",
    ),
    ("elements", "phần tử"),
    (
        "end one band with `below`, or begin the other with `above`",
        "kết thúc một mức bằng `below`, hoặc bắt đầu mức kia bằng `above`",
    ),
    (
        r#"end the text with `"`, or write the line break as `\n`"#,
        r#"kết thúc chuỗi bằng `"`, hoặc viết chỗ xuống dòng thành `\n`"#,
    ),
    (
        "enter them under `official_scores`, or name another round",
        "nhập điểm vào `official_scores`, hoặc nêu vòng khác",
    ),
    ("entries", "mục"),
    ("events, no figure,", "sự kiện, không phải số liệu,"),
    (
        "events, or a figure that states that there are none",
        "sự kiện, hoặc số liệu ghi rõ không phát sinh",
    ),
    (
        "every quantity that decides the points",
        "mọi đại lượng quyết định số điểm",
    ),
    (
        "exactly one of the fields {}",
        "đúng một trong các trường {}",
    ),
    ("exchange `--from` and `--to`", "đổi chỗ `--from` và `--to`"),
    (
        "facts that a record of this pack can state",
        "số liệu mà một hồ sơ của bộ chỉ số này có thể ghi",
    ),
    ("facts that do not fit", "số liệu không khớp"),
    ("figures", "số liệu"),
    ("format `{}` version `{}`", "định dạng `{}` phiên bản `{}`"),
    ("format `{}` version {}", "định dạng `{}` phiên bản {}"),
    (
        r#"four hexadecimal digits after `\u`"#,
        r#"bốn chữ số hệ 16 sau `\u`"#,
    ),
    ("from `{}` to `{}`", "từ `{}` đến `{}`"),
    (
        "give a day that exists, from 1900 to 2200",
        "ghi một ngày có thật, từ năm 1900 đến 2200",
    ),
    (
        "give one of them a title that tells them apart, and keep the source's words in `source_title`",
        "đặt tên riêng cho một mã, giữ lời văn bản trong `source_title`",
    ),
    (
        "give silence no more than the worst figure, or declare the exception `unproved`",
        "không cho im lặng nhiều điểm hơn số liệu xấu nhất, hoặc khai ngoại lệ `unproved`",
    ),
    (
        "give the figures of the example in full",
        "ghi đủ số liệu của ví dụ",
    ),
    ("ground", "căn cứ không áp dụng"),
    ("group", "nhóm"),
    ("handed_in", "đã nộp"),
    (
        "hold each number against the domain and the window of its quantity",
        "đối chiếu từng số với miền giá trị và kỳ của đại lượng",
    ),
    ("it by events", "tỷ lệ theo sự kiện"),
    ("it in a {}", "trong {}"),
    (
        "items that add up to at most {}",
        "các phần cộng lại không quá {}",
    ),
    (
        "its `cap`, which is below the sum",
        "là `cap` của nhóm, thấp hơn tổng",
    ),
    (
        "join one to eight parts of letters and digits by `.`, the first without small letters; 32 characters",
        "nối từ một đến tám phần gồm chữ cái và chữ số bằng `.`, phần đầu không có chữ thường; tối đa 32 ký tự",
    ),
    ("keep the one that is meant", "giữ lại cái đúng"),
    ("kind of event", "loại sự kiện"),
    ("known here: {}", "các trường ở đây: {}"),
    ("lapses", "số lần không đạt"),
    ("late", "trễ hạn"),
    ("leaf", "tiêu chí thành phần"),
    (
        "leave `of` out of one of the roles, or add a role for the other side",
        "bỏ `of` ở một loại tài liệu, hoặc thêm loại tài liệu cho phía kia",
    ),
    (
        "let one of the neighbouring bands include it",
        "cho một mức điểm kề bên gồm cả giá trị đó",
    ),
    (
        "let the validity last beyond the last day to hand in",
        "kéo dài hiệu lực qua ngày cuối được nộp",
    ),
    ("lost", "phần không đạt"),
    ("make-up day {} twice", "ngày làm bù {} hai lần"),
    (
        "make-up day {}, which is an ordinary working day",
        "ngày làm bù {} vốn là ngày làm việc",
    ),
    (
        "make-up day {}, which is closed for `{}`",
        "ngày làm bù {} trùng đợt nghỉ `{}`",
    ),
    (
        "make-up day {}, which is not in the covered years",
        "ngày làm bù {} ngoài các năm của lịch",
    ),
    (
        "mend its bounds, or write the rule without the condition",
        "sửa cận của điều kiện, hoặc bỏ điều kiện",
    ),
    (
        "mend the day, or let the window begin earlier",
        "sửa ngày, hoặc cho kỳ bắt đầu sớm hơn",
    ),
    (
        "mend the day, or let the window end later",
        "sửa ngày, hoặc kéo dài kỳ",
    ),
    (
        "mend the day, or state a later `hand_in_by`",
        "sửa ngày, hoặc lùi `hand_in_by`",
    ),
    (
        "mend the maximum or the rule, or declare the exception `max_reachable`",
        "sửa điểm tối đa hoặc quy tắc, hoặc khai ngoại lệ `max_reachable`",
    ),
    (
        "mend the minimum or the rule, or declare the exception `min_reachable`",
        "sửa điểm tối thiểu hoặc quy tắc, hoặc khai ngoại lệ `min_reachable`",
    ),
    (
        "mend the number, or a `max` below it",
        "sửa số đó, hoặc một `max` bên dưới",
    ),
    (
        "mend the number, or a `max` in the tree",
        "sửa số đó, hoặc một `max` trong cây",
    ),
    (
        "mend the pattern or the kinds: as they stand, no document meets both",
        "sửa mẫu hoặc loại văn bản: không văn bản nào thỏa cả hai",
    ),
    (
        "mend the points, say which way is `better`, or declare the exception `monotone`",
        "sửa điểm, ghi chiều nào là `better`, hoặc khai ngoại lệ `monotone`",
    ),
    (
        "mend the rule or the example; if the source contradicts itself, declare the exception `example`",
        "sửa quy tắc hoặc ví dụ; nếu chính văn bản tự mâu thuẫn, khai ngoại lệ `example`",
    ),
    (
        "mend the window, or the scored year",
        "sửa kỳ, hoặc sửa năm đánh giá",
    ),
    (
        "mend the window, or the validity of the pack",
        "sửa kỳ, hoặc sửa hiệu lực của bộ chỉ số",
    ),
    (
        "mend the window, the order or the deadline of the role",
        "sửa kỳ, thứ tự hoặc thời hạn của tài liệu",
    ),
    (
        "mend those listed, then check again",
        "sửa các lỗi đã nêu, rồi kiểm tra lại",
    ),
    (
        "mend those listed, then verify again",
        "sửa các lỗi đã nêu, rồi thẩm tra lại",
    ),
    ("met", "đúng hạn"),
    ("missing", "không nộp"),
    (
        "name the class that is left when the gate is not passed",
        "ghi mức xếp loại cao nhất còn lại khi không đạt điều kiện",
    ),
    (
        "name the figure in `of` of one of the `sources` beside it",
        "ghi số liệu đó vào `of` của một căn cứ đặt cạnh nó",
    ),
    (
        "name the pack with `--pack`",
        "chỉ rõ bộ chỉ số bằng `--pack`",
    ),
    (
        "names of grounds that are used once",
        "tên căn cứ không áp dụng chỉ dùng một lần",
    ),
    (
        "names of obligations that are used once",
        "tên việc phải làm chỉ dùng một lần",
    ),
    ("names of {} that are used once", "tên {} chỉ dùng một lần"),
    ("names that are used once", "tên chỉ dùng một lần"),
    ("neither", "không có cái nào"),
    (
        "no `at_most`: the pack says how far the total can grow",
        "không ghi `at_most`: bộ chỉ số đã quy định tổng có thể tăng đến đâu",
    ),
    (
        "no `domain` beside `options`",
        "không ghi `domain` cạnh `options`",
    ),
    (
        "no `from` for the last class: it is for the rest",
        "không ghi `from` cho mức cuối: mức đó dành cho phần còn lại",
    ),
    ("no `full_at` for a share", "không ghi `full_at` cho tỷ lệ"),
    (
        "no `in`: only a share has a unit to choose",
        "không ghi `in`: chỉ tỷ lệ mới có đơn vị để chọn",
    ),
    ("no `not_arisen`", "không ghi `not_arisen`"),
    (
        "no `of`: facts of predecessors count only with `predecessors: sum`",
        "không có `of`: số liệu của đơn vị tiền thân chỉ được tính khi `predecessors: sum`",
    ),
    (
        "no `overdue`: items have no due dates of their own",
        "không ghi `overdue`: từng việc không có hạn riêng",
    ),
    (
        "no `read` for a flag",
        "không ghi `read` cho đại lượng có/không",
    ),
    (
        "no `{}` from the current folder or the submission upward",
        "không thấy `{}` từ thư mục hiện tại hay từ hồ sơ trở lên",
    ),
    ("no calendar data: {}", "không phải dữ liệu lịch: {}"),
    (
        "no classes: a pack that covers part of a set gives points only",
        "không có mức xếp loại: bộ chỉ số chỉ gồm một phần thì chỉ cho điểm",
    ),
    ("no folder", "không phải thư mục"),
    ("no items beside {}", "không có phát sinh bên cạnh {}"),
    ("no permission", "không có quyền"),
    ("no room left", "hết chỗ chứa"),
    ("no such file or folder", "không có tệp hay thư mục này"),
    (
        "no unit: none is named under `predecessors`",
        "không có đơn vị nào: `predecessors` chưa ghi đơn vị",
    ),
    (
        "no usable name of a pack",
        "không có tên bộ chỉ số dùng được",
    ),
    ("none", "không có"),
    ("none above `{}`", "không ngưỡng nào trên `{}`"),
    ("none at `{}`", "không có điểm tại `{}`"),
    (
        "none of the shares of {} items or more",
        "không tỷ lệ nào có tổng từ {} trở lên",
    ),
    (
        "none of the shares of {} to {} items",
        "không tỷ lệ nào có tổng từ {} đến {}",
    ),
    ("none of them", "không có trường nào"),
    ("none stated", "không ghi"),
    (
        "none, though the share can have no items",
        "không ghi, dù tỷ lệ có thể không phát sinh",
    ),
    (
        "none: not before {} and not after {}",
        "không có ngày nào: không trước {} và không sau {}",
    ),
    ("nothing", "không có gì"),
    (
        "nothing recorded proves nothing: count by a figure with evidence",
        "không ghi gì thì không chứng minh được gì: đếm bằng số liệu có tài liệu kiểm chứng",
    ),
    (
        "numbers that it reads along a line",
        "các số được đọc trên đoạn thẳng",
    ),
    ("numbers that it writes", "các số được ghi"),
    ("obligation", "việc phải làm"),
    ("office", "bộ phận"),
    ("offices", "bộ phận"),
    ("one", "có một"),
    ("one claim for a leaf", "một đề nghị cho mỗi tiêu chí"),
    (
        "one distinct role for events, with one document",
        "một loại tài liệu riêng cho từng sự kiện, gồm một tài liệu",
    ),
    (
        "one figure of each predecessor",
        "mỗi đơn vị tiền thân một số liệu",
    ),
    ("one for a figure", "cho số liệu"),
    ("one inside another group", "khối nằm trong nhóm khác"),
    ("one more", "thêm một"),
    (
        "one of `points` and `verdict`",
        "một trong hai `points` và `verdict`",
    ),
    ("one of `{}` and `{}`", "một trong hai `{}` và `{}`"),
    ("one of them is missing", "thiếu một đại lượng"),
    ("one of {}", "một trong {}"),
    ("one of {} and {} more", "một trong {} và {} giá trị khác"),
    (
        "one score for a leaf, year and round",
        "một điểm cho mỗi tiêu chí, năm và vòng chấm",
    ),
    (
        "one step for the verdict `{}`",
        "một bậc cho mức đánh giá `{}`",
    ),
    ("one that always holds", "điều kiện luôn đúng"),
    ("one that can be negative", "số đo có thể âm"),
    ("one that cites", "số liệu có trích dẫn"),
    (
        "one that counts what is handed in, with `observation: unit`",
        "quy tắc đếm lần đã nộp, cùng với `observation: unit`",
    ),
    ("one that never holds", "điều kiện không bao giờ đúng"),
    ("one with `of`", "loại tài liệu có `of`"),
    ("one with {} documents", "cái có {} tài liệu"),
    (
        "one, though nothing here can have no items",
        "có ghi, dù ở đây không thể không phát sinh",
    ),
    ("only `at_target`", "chỉ `at_target`"),
    ("only `target`", "chỉ `target`"),
    (
        "only roles with `of` `{}`",
        "chỉ có loại tài liệu với `of` là `{}`",
    ),
    (
        "only roles with `when` `none`, though items earn points",
        "chỉ có tài liệu với `when` là `none`, dù có phát sinh thì được điểm",
    ),
    (
        "only roles with `when` `some`, though none earns points",
        "chỉ có tài liệu với `when` là `some`, dù không phát sinh vẫn được điểm",
    ),
    (
        "only the share `{}`: no document is asked of an item",
        "chỉ có tỷ lệ `{}`: không yêu cầu tài liệu nào cho từng việc",
    ),
    ("only those of {}", "chỉ có của {}"),
    ("only {}", "chỉ {}"),
    ("option", "lựa chọn"),
    ("options", "lựa chọn"),
    (
        "points for every number that the quantity can be",
        "điểm cho mọi giá trị mà đại lượng có thể nhận",
    ),
    ("points from {} to {}", "điểm từ {} đến {}"),
    (
        "points not below 0 and `at_target` from 0 to 1",
        "điểm không âm và `at_target` từ 0 đến 1",
    ),
    (
        "points of all leaves and groups",
        "điểm của mọi tiêu chí và nhóm",
    ),
    (
        "points once for every number",
        "mỗi giá trị chỉ một mức điểm",
    ),
    (
        "points that fall from `{}` to `{}`",
        "điểm giảm từ `{}` xuống `{}`",
    ),
    (
        "points that move one way as {} grows",
        "điểm chỉ đi một chiều khi {} tăng",
    ),
    (
        "points that never fall as {} grows",
        "điểm không giảm khi {} tăng",
    ),
    (
        "points that never rise as {} grows",
        "điểm không tăng khi {} tăng",
    ),
    (
        "points that rise from `{}` to `{}`",
        "điểm tăng từ `{}` lên `{}`",
    ),
    (
        "points twice at `{}`, here and at {}",
        "hai mức điểm tại `{}`, ở đây và ở {}",
    ),
    (
        "points, or a verdict of its scale",
        "số điểm, hoặc một mức trong thang đánh giá",
    ),
    ("predecessors", "đơn vị tiền thân"),
    (
        "predecessors are observed before the unit began",
        "đơn vị tiền thân được theo dõi trước khi đơn vị bắt đầu hoạt động",
    ),
    (
        "provisional year {}, which is not covered",
        "năm tạm tính {} không có trong lịch",
    ),
    (
        "put a comma between two entries",
        "đặt dấu phẩy giữa hai mục",
    ),
    (
        r#"put it in quotes: `"{}"`"#,
        r#"đặt trong dấu nháy: `"{}"`"#,
    ),
    (r#"put the key in `"`"#, r#"đặt khóa trong `"`"#),
    ("quantities", "đại lượng"),
    ("quantity", "đại lượng"),
    ("remove `elsewhere`", "bỏ `elsewhere`"),
    (
        "remove it, or mend the name that a rule reads",
        "bỏ đại lượng, hoặc sửa tên mà quy tắc đọc",
    ),
    (
        "remove the band, or mend its bounds or the limit of the total",
        "bỏ mức đó, hoặc sửa cận của nó hay giới hạn của tổng",
    ),
    (
        "remove the band, or mend its bounds or the quantity's domain",
        "bỏ mức đó, hoặc sửa cận của nó hay miền giá trị của đại lượng",
    ),
    ("remove the character", "bỏ ký tự đó"),
    (
        "remove the comment; JSON has none",
        "bỏ chú thích; JSON không có chú thích",
    ),
    ("remove the declaration", "bỏ khai báo"),
    ("remove the last comma", "bỏ dấu phẩy cuối"),
    ("role", "loại tài liệu"),
    (
        "role names that are used once",
        "tên loại tài liệu chỉ dùng một lần",
    ),
    (
        "role of the same proof",
        "loại tài liệu của cùng phần chứng minh",
    ),
    ("role, or `event`", "loại tài liệu, hoặc `event`"),
    ("save the file as UTF-8", "lưu tệp theo mã UTF-8"),
    (
        "save the file as UTF-8; an older Vietnamese encoding cannot be read",
        "lưu tệp theo mã UTF-8; không đọc được bảng mã tiếng Việt cũ",
    ),
    (
        "say `own`, or count something that can be added up",
        "ghi `own`, hoặc đếm thứ cộng lại được",
    ),
    (
        "say what holds when nothing arose, or set `min_total` to 1",
        "ghi điểm khi không phát sinh, hoặc đặt `min_total` là 1",
    ),
    (
        "say what holds when the day is a rest day",
        "ghi rõ xử lý thế nào khi rơi vào ngày nghỉ",
    ),
    ("scores of {}", "điểm năm {}"),
    (
        "scores of {} of the round `{}`",
        "điểm năm {} của vòng `{}`",
    ),
    (
        "start with a letter or digit; 1 to 64 characters",
        "bắt đầu bằng chữ cái hoặc chữ số; từ 1 đến 64 ký tự",
    ),
    (
        "state `in` `percent`, or write fractions up to 1",
        "ghi `in` là `percent`, hoặc viết phân số không quá 1",
    ),
    (
        "state `roll` `none`, an earlier day, or a later end of the window",
        "ghi `roll` là `none`, chọn ngày sớm hơn, hoặc kéo dài kỳ",
    ),
    (
        "state the quantity's domain, or end the line",
        "ghi miền giá trị của đại lượng, hoặc cho đoạn thẳng có điểm cuối",
    ),
    ("strict JSON", "JSON đúng chuẩn"),
    ("text in UTF-8", "văn bản mã UTF-8"),
    (
        "the best class, which caps nothing",
        "mức cao nhất, không hạn chế gì",
    ),
    (
        "the code of a component of the pack",
        "mã của một tiêu chí trong bộ chỉ số",
    ),
    ("the end of the file", "cuối tệp"),
    ("the escape of a character", "mã thay cho một ký tự"),
    (
        "the fewest points for zero events",
        "mức điểm thấp nhất khi không có sự kiện nào",
    ),
    ("the field `{}`", "trường `{}`"),
    (
        "the leaf is rounded, so its ends must be round",
        "điểm của tiêu chí được làm tròn, nên hai đầu phải là số tròn",
    ),
    ("the letter `{}`", "chữ `{}`"),
    (
        "the name of a quantity that the leaf reads",
        "tên một đại lượng mà tiêu chí dùng",
    ),
    ("the name of a {}", "tên một {}"),
    ("the name of an {}", "tên một {}"),
    (
        "the path of a figure beside `sources`",
        "đường dẫn đến một số liệu đặt cạnh `sources`",
    ),
    ("the scored year {}", "năm đánh giá {}"),
    ("the sum of its children", "là tổng các phần bên dưới"),
    ("the system says: {}", "hệ thống báo: {}"),
    ("the text of a file", "nội dung của tệp"),
    ("the title of `{}` again", "trùng tên với `{}`"),
    ("the undefined shape `{}`", "kiểu chưa được định nghĩa `{}`"),
    ("the unit", "đơn vị"),
    (
        "the weights say what the mean can be",
        "trọng số đã cho biết trung bình có thể là bao nhiêu",
    ),
    (
        "the year {}, which was asked for",
        "năm {}, là năm được hỏi",
    ),
    (
        "the years {} to {}, which it cannot hold",
        "các năm {} đến {}, ngoài khả năng của lịch",
    ),
    (
        "thresholds are percents of the maximum, not points",
        "ghi ngưỡng theo phần trăm của điểm tối đa, không phải theo điểm",
    ),
    (
        "thresholds as fractions up to 1",
        "ngưỡng là phân số không quá 1",
    ),
    (
        "thresholds in percent of the maximum, such as `80`",
        "ngưỡng theo phần trăm của điểm tối đa, ví dụ `80`",
    ),
    (
        "thresholds in percent, such as `97`",
        "ngưỡng theo phần trăm, ví dụ `97`",
    ),
    (
        "two of `lost`, `open` and `total`",
        "hai trong ba số `lost`, `open` và `total`",
    ),
    ("type the letter again", "gõ lại chữ cái"),
    (
        "use `deduction` with `lapses`, `late` or `missing`",
        "dùng `deduction` với `lapses`, `late` hoặc `missing`",
    ),
    (
        "use the same pattern where the same is asked",
        "dùng cùng một mẫu ở chỗ yêu cầu giống nhau",
    ),
    ("verdict", "mức đánh giá"),
    ("verdicts", "mức đánh giá"),
    ("which begins in no field", "không bắt đầu từ một trường"),
    (
        "work the case out again, then mend it or the rule",
        "tính lại tình huống, rồi sửa nó hoặc sửa quy tắc",
    ),
    (r#"write `"` instead of `'`"#, r#"viết `"` thay cho `'`"#),
    (r#"write `"{}"`"#, r#"viết `"{}"`"#),
    (
        r#"write a backslash as `\\`"#,
        r#"viết dấu gạch chéo ngược thành `\\`"#,
    ),
    (r#"write a point: `"{}"`"#, r#"viết dấu chấm: `"{}"`"#),
    (
        r#"write a tab in a text as `\t`"#,
        r#"viết ký tự tab trong chuỗi thành `\t`"#,
    ),
    (
        r#"write digits with a point or as a fraction, such as `"1/3"`; 30 characters"#,
        r#"viết chữ số có dấu chấm hoặc phân số, ví dụ `"1/3"`; tối đa 30 ký tự"#,
    ),
    (r#"write it as text: `"{}"`"#, r#"viết thành chuỗi: `"{}"`"#),
    (
        "write it out as text, without exponent",
        "viết đầy đủ thành chuỗi, không dùng số mũ",
    ),
    (
        "write it without quotes: `{}`",
        "viết không có dấu nháy: `{}`",
    ),
    (
        "write numbers with fewer places, or round the points",
        "viết số ít chữ số thập phân hơn, hoặc làm tròn điểm",
    ),
    (
        "write one piece function over it",
        "viết một hàm từng đoạn trên đại lượng đó",
    ),
    ("write percents", "viết phần trăm"),
    (
        "write percents, or declare the exception `threshold_unit`",
        "viết phần trăm, hoặc khai ngoại lệ `threshold_unit`",
    ),
    (
        "write percents, state `in` `fraction`, or declare the exception `threshold_unit`",
        "viết phần trăm, ghi `in` là `fraction`, hoặc khai ngoại lệ `threshold_unit`",
    ),
    ("write the character itself", "viết chính ký tự đó"),
    (
        "write the number without point and exponent",
        "viết số không có dấu chấm và số mũ",
    ),
    ("{}", "{}"),
    ("{} and {}", "{} và {}"),
    ("{} bytes", "{} byte"),
    ("{} characters", "{} ký tự"),
    ("{} digits or more", "{} chữ số trở lên"),
    ("{} for a `{}`", "{} cho loại `{}`"),
    ("{} for the class `{}`", "{} đối với loại `{}`"),
    ("{} for the {} `{}`", "{} cho `{2}` (loại `{1}`)"),
    (
        "{} in both closures `{}` and `{}`",
        "{} thuộc cả hai đợt nghỉ `{}` và `{}`",
    ),
    ("{} more", "thêm {}"),
    ("{} or `null`", "{} hoặc `null`"),
    ("{} or {}", "{} hoặc {}"),
    ("{} points", "{} điểm"),
    ("{} to {}", "{} đến {}"),
    (
        "{} with a common denominator of at most {} digits",
        "{} có mẫu số chung không quá {} chữ số",
    ),
    (
        "{}, a rest day that rolls to {}",
        "{}, ngày nghỉ, lùi đến {}",
    ),
    ("{}, as the pack gives", "{}, như bộ chỉ số cho"),
    ("{}, {}", "{}, {}"),
];

/// What a message says, in a language.
///
/// Where the core says something that has no Vietnamese, the English words are shown.
pub(crate) fn phrase(phrase: &Phrase, language: Language) -> String {
    translated(phrase, language).unwrap_or_else(|| phrase.to_string())
}

/// What a message says; `None` where it has no Vietnamese.
pub(crate) fn translated(said: &Phrase, language: Language) -> Option<String> {
    if language == Language::English {
        return Some(said.to_string());
    }
    let at = PHRASES
        .binary_search_by(|(english, _)| english.cmp(&said.template()))
        .ok()?;
    let (_, template) = PHRASES.get(at)?;
    let parameter = |index: usize| match said.parameters().get(index) {
        Some(Parameter::Verbatim(text)) => text.clone(),
        Some(Parameter::Phrase(inner)) => phrase(inner, language),
        None => String::new(),
    };
    let mut out = String::new();
    let mut next = 0;
    let mut rest = *template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else {
            break;
        };
        out.push_str(before);
        let index = name.parse().unwrap_or(next);
        next = index + 1;
        out.push_str(&parameter(index));
        rest = after;
    }
    out.push_str(rest);
    Some(out)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    use cchc_core::values::nfc;

    use super::*;

    #[test]
    fn templates_are_in_order_and_their_vietnamese_in_normal_form() {
        assert!(PHRASES.is_sorted_by(|one, next| one.0 < next.0));
        for (english, vietnamese) in PHRASES {
            assert_eq!(nfc(vietnamese), **vietnamese, "{english}");
            let places = english.matches("{}").count();
            // What has a place of its own for each parameter uses each.
            assert_eq!(vietnamese.matches('{').count(), places, "{english}");
        }
    }

    #[test]
    fn parameters_stand_where_the_language_puts_them() {
        let verbatim = ["`measure`", "share", "dossiers"].map(str::to_owned);
        let said = Phrase::new("{} for the {} `{}`", verbatim);
        assert_eq!(
            phrase(&said, Language::Vietnamese),
            "`measure` cho `dossiers` (loại `share`)"
        );
        assert_eq!(
            phrase(&said, Language::English),
            "`measure` for the share `dossiers`"
        );
    }

    #[test]
    fn what_has_no_vietnamese_is_shown_as_it_is() {
        let said = Phrase::from("a thing that nobody translated");
        assert_eq!(translated(&said, Language::Vietnamese), None);
        assert_eq!(
            phrase(&said, Language::Vietnamese),
            "a thing that nobody translated"
        );
    }

    /// Files of the core whose texts are messages.
    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|it| it == "rs") {
                found.push(path);
            }
        }
    }

    /// Texts of a source that are templates: arguments of `phrase!`, and every text of several
    /// words that is no sentence, in code that is not a test.
    fn templates(source: &str) -> Vec<String> {
        let code = source.split("#[cfg(test)]").next().unwrap();
        let code: String = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line, "\n"])
            .collect();
        let literal = regex::Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
        let wrapped = regex::Regex::new(r"\\\n\s*").unwrap();
        let mut found = Vec::new();
        for text in literal.captures_iter(&code) {
            let start = text.get(0).unwrap().start();
            let before = code.get(..start).unwrap_or_default().trim_end();
            let phrase = ["phrase!(", "Phrase::from("];
            let is_phrase = phrase.iter().any(|it| before.ends_with(it));
            let formatted = before.ends_with("format!(") || before.ends_with("#[error(");
            let text = wrapped.replace_all(&text[1], "");
            let text = text.replace("\\\"", "\"").replace("\\\\", "\\");
            let words = text.contains(' ') && !text.ends_with('.');
            let starts = text.starts_with(|c: char| c.is_lowercase() || c == '`' || c == '{');
            if !text.is_empty() && (is_phrase || words && starts && !formatted) {
                found.push(text);
            }
        }
        found
    }

    /// How places and faults are displayed, what is cut off the words of the pattern reader, and
    /// what is wrong with a format of ours.
    const NO_MESSAGES: &[&str] = &[
        "{}:{}:{}: {}",
        "{}: expected {}, found {}",
        "error: ",
        "the root is not an object with known fields",
    ];

    #[test]
    fn every_template_of_the_core_has_its_vietnamese() {
        let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cchc-core/src");
        let mut files = Vec::new();
        for folder in ["json", "wire", "verify"] {
            sources(&core.join(folder), &mut files);
        }
        for file in [
            "record.rs",
            "question.rs",
            "verify.rs",
            "wire.rs",
            "diff/effect.rs",
        ] {
            files.push(core.join(file));
        }
        let described: BTreeSet<String> = cchc_core::json::CODES
            .iter()
            .chain(cchc_core::verify::NOT_ANALYSED)
            .chain(cchc_core::verify::EXCEPTIONS)
            .map(|(_, text)| (*text).to_owned())
            .collect();
        let left_out = ["witness.rs", "sample.rs", "schema.rs"];
        let mut missing = BTreeSet::new();
        let mut count = 0;
        for file in files {
            if left_out.iter().any(|name| file.ends_with(name)) {
                continue;
            }
            for template in templates(&fs::read_to_string(&file).unwrap()) {
                count += 1;
                let known = PHRASES.iter().any(|(english, _)| *english == template)
                    || described.contains(&template);
                if !known && !NO_MESSAGES.contains(&template.as_str()) {
                    missing.insert(format!("{}: {template}", file.display()));
                }
            }
        }
        assert!(count > 350, "{count}");
        assert_eq!(missing, BTreeSet::new());
    }
}
