//! Remediation plans as tasks.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

mod common;

use cchc_core::reading::{Plan, PlanTask, TimeKind};
use cchc_core::values::Calendar;
use cchc_documents::plan::{hold_against, read_plan};
use cchc_documents::{Limits, Text, read_text};
use common::root;
use proptest::prelude::*;

const OFFICE: &str = "Văn phòng – Thống kê";
const YEAR: &[&str] = &["2024-01-01..2024-12-31"];

/// What the seed says of each task: code, first words of its title, kind of time, periods,
/// who leads, who helps.
type Expected = (
    &'static str,
    &'static str,
    TimeKind,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// The tasks of the seed, read by eye.
const SEED: &[Expected] = &[
    (
        "1.2.1",
        "Thực hiện đầy đủ về số lượng (báo cáo quý, 6 tháng, 9 tháng và năm), nội dung và thời hạn theo quy định về báo cáo CCHC",
        TimeKind::Periods,
        &[
            "<2024-01-01..2024-03-31",
            "<2024-06-01..2024-06-30",
            "<2024-09-01..2024-09-30",
            "<2024-10-01..2024-12-31",
        ],
        &["Bộ phận Văn phòng – thống kê"],
        &["các công chức chuyên môn", "công chức tại bộ phận một cửa"],
    ),
    (
        "1.4.1",
        "Đổi mới sáng tạo trong triển khai nhiệm vụ CCHC",
        TimeKind::Periods,
        &["<2024-04-01..2024-06-30"],
        &["Bộ phận Văn phòng – thống kê"],
        &["các công chức chuyên môn", "công chức tại bộ phận một cửa"],
    ),
    (
        "1.5.1",
        "Có từ 02 - 03 cuộc đối thoại/diễn đàn được tổ chức trong năm",
        TimeKind::Periods,
        &["2024-04-01..2024-06-30", "2024-07-01..2024-09-30"],
        &["Bộ phận Văn phòng – thống kê"],
        &["các ngành", "ban cán sự các thôn trên địa bàn xã"],
    ),
    (
        "1.5.2",
        "Ban hành văn bản chỉ đạo giải quyết những kiến nghị, đề xuất của người dân, doanh nghiệp tại các cuộc đối thoại/diễn đàn",
        TimeKind::Throughout,
        YEAR,
        &["Bộ phận Văn phòng – thống kê"],
        &["các ngành", "ban cán sự các thôn trên địa bàn xã"],
    ),
    (
        "1.5.3",
        "Mức độ xử lý đề xuất, kiến nghị của người dân, doanh nghiệp",
        TimeKind::Throughout,
        YEAR,
        &["Bộ phận Văn phòng – thống kê"],
        &["các ngành", "ban cán sự các thôn trên địa bàn xã"],
    ),
    (
        "2.1.1.2",
        "Kiểm tra, thu thập thông tin về tình hình thi hành pháp luật",
        TimeKind::OtherPlan,
        &[],
        &["Công chức Tư pháp – hộ tịch"],
        &[],
    ),
    (
        "2.1.2",
        "Xử lý kết quả theo dõi thi hành pháp luật [Ban hành đầy đủ văn bản xử lý/kiến nghị xử lý kết quả TDTHPL theo thẩm quyền",
        TimeKind::OtherPlan,
        &[],
        &["Công chức Tư pháp – hộ tịch"],
        &[],
    ),
    (
        "3.1.2",
        "Mức độ hoàn thành kế hoạch rà soát, đánh giá TTHC",
        TimeKind::OtherPlan,
        &[],
        &[OFFICE],
        &["các công chức chuyên môn UBND xã"],
    ),
    (
        "3.4.1",
        "Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận trong năm được giải quyết trước hạn, đúng hạn",
        TimeKind::Throughout,
        YEAR,
        &[
            "Các công chức chuyên môn",
            "công chức tại bộ phận “Một cửa”",
        ],
        &[],
    ),
    (
        "3.4.2",
        "Tỷ lệ hồ sơ TTHC do UBND cấp xã tiếp nhận trong năm được giải quyết trước hạn, đúng hạn",
        TimeKind::Throughout,
        YEAR,
        &[
            "Các công chức chuyên môn",
            "công chức tại bộ phận “Một cửa”",
        ],
        &[],
    ),
    (
        "3.4.4",
        "Đánh giá mức độ hài lòng của tổ chức, cá nhân về quá trình giải quyết TTHC",
        TimeKind::Throughout,
        YEAR,
        &["Các công chức chuyên môn tại bộ phận “Một cửa”"],
        &[],
    ),
    (
        "4.3.3",
        "Xử lý các vấn đề về phân cấp phát hiện qua kiểm tra",
        TimeKind::Throughout,
        YEAR,
        &[OFFICE],
        &["các ngành liên quan"],
    ),
    (
        "7.1.1",
        "Triển khai, duy trì, cập nhật Kiến trúc Chính quyền điện tử theo quy định",
        TimeKind::Throughout,
        YEAR,
        &[OFFICE],
        &["các bộ phận chuyên môn cấp trên"],
    ),
    (
        "7.1.2.2",
        "Kết nối với Nền tảng điện toán đám mây Chính phủ theo quy định",
        TimeKind::Throughout,
        YEAR,
        &[OFFICE],
        &["các bộ phận chuyên môn cấp trên"],
    ),
    (
        "7.2.3",
        "Thực hiện báo cáo qua Hệ thống thông tin báo cáo của tỉnh",
        TimeKind::Periods,
        &[
            "2024-01-01..2024-03-31",
            "2024-01-01..2024-06-30",
            "2024-01-01..2024-09-30",
            "2024-07-01..2024-09-30",
            "2024-01-01..2024-12-31",
        ],
        &[OFFICE],
        &["các ngành"],
    ),
    (
        "7.3.1.2",
        "Đã chuyển đổi sang công nghệ IPv6",
        TimeKind::Throughout,
        YEAR,
        &[OFFICE],
        &["các bộ phận chuyên môn cấp trên"],
    ),
    (
        "7.3.1.3",
        "Cung cấp đầy đủ các thông tin theo quy định",
        TimeKind::Throughout,
        YEAR,
        &[OFFICE],
        &["các bộ phận chuyên môn", "các ngành liên quan xã"],
    ),
];

/// Areas of the seed with the number of their tasks.
const AREAS: &[(&str, usize)] = &[
    ("Công tác chỉ đạo điều hành cải cách hành chính", 5),
    ("Cải cách thể chế", 2),
    ("Cải cách thủ tục hành chính", 4),
    ("Cải cách tổ chức bộ máy", 1),
    (
        "Xây dựng và phát triển chính quyền điện tử, chính quyền số",
        5,
    ),
];

fn periods(task: &PlanTask) -> Vec<String> {
    let periods = task.time.iter().flat_map(|it| &it.periods);
    periods
        .map(|it| format!("{}{}..{}", if it.before { "<" } else { "" }, it.from, it.to))
        .collect()
}

fn codes(plan: &Plan) -> Vec<String> {
    let task =
        |it: &cchc_core::reading::Observation| it.params.get("task").unwrap_or("").to_owned();
    plan.findings
        .iter()
        .map(|it| format!("{} {}", it.code, task(it)))
        .collect()
}

fn seed() -> Option<Plan> {
    let path = root().join("../shared/seed/ke-hoach-son-thuong-2024.md");
    let bytes = std::fs::read(path).ok()?;
    let text = read_text(&bytes, "ke-hoach.md", &Limits::USUAL).unwrap();
    Some(read_plan(&text, None))
}

#[test]
fn all_tasks_of_the_first_plan_are_read() {
    let Some(plan) = seed() else { return };
    assert_eq!(plan.year, Some(2024));
    assert_eq!(plan.tasks.len(), 17);
    for (task, (code, title, kind, days, lead, with)) in plan.tasks.iter().zip(SEED) {
        assert_eq!(task.code.as_deref(), Some(*code));
        assert_eq!(task.title, *title);
        assert_eq!(task.time.as_ref().unwrap().kind, *kind, "{code}");
        assert_eq!(periods(task), *days, "{code}");
        assert_eq!(task.lead, *lead, "{code}");
        assert_eq!(task.with, *with, "{code}");
    }
    let areas: Vec<&str> = plan
        .tasks
        .iter()
        .map(|it| it.area.as_deref().unwrap())
        .collect();
    let expected: Vec<&str> = AREAS
        .iter()
        .flat_map(|(name, count)| std::iter::repeat_n(*name, *count))
        .collect();
    assert_eq!(areas, expected);
    assert_eq!(
        codes(&plan),
        [
            "time_before_year 1.2.1",
            "time_of_other_plan 2.1.1.2",
            "time_of_other_plan 2.1.2",
            "time_of_other_plan 3.1.2",
            "title_twice 3.4.2",
        ]
    );
}

fn pack() -> cchc_core::model::Pack {
    let bytes = std::fs::read(root().join("rules/son-ha-2024/pack.json")).unwrap();
    cchc_core::read_pack("pack.json", &bytes, Calendar::vietnam()).unwrap()
}

#[test]
fn a_plan_is_held_against_its_pack() {
    let text = Text::of_lines(
        "1. Lĩnh vực: Thể chế\n\
         1.1. Tiêu chí thành phần: “1.4.1. Đổi mới sáng tạo trong triển khai nhiệm vụ CCHC”\n\
         - Thời gian: Quý I/2025\n\
         - Công chức thực hiện: A.\n\
         1.1. Tiêu chí thành phần: “9.9.9. Không có”\n\
         - Thời gian: Quý II/2024\n\
         - Chủ trì: A\n\
         1.3. Tiêu chí thành phần: “1.5.1. Đối thoại”\n\
         - Thời gian: trước ngày 01/01/2024\n\
         - Chủ trì: A",
    );
    let mut plan = read_plan(&text, Some(2024));
    hold_against(&mut plan, &pack());
    assert_eq!(
        codes(&plan),
        [
            "time_outside_window 1.4.1",
            "code_not_in_pack 9.9.9",
            "title_not_of_pack 1.5.1",
            "time_before_year 1.5.1",
        ]
    );
}

#[test]
fn tasks_without_a_component_and_with_slipped_numbers_are_tasks() {
    let text = Text::of_lines(
        "II. NHIỆM VỤ\n\
         1. Lĩnh vực: Tài chính công\n\
         7.9. Nhiệm vụ: Công khai dự toán\n\
         - Thời hạn: 30/6/2024\n\
         - Đơn vị chủ trì: Tài chính – Kế toán\n\
         - Đơn vị phối hợp: Văn phòng; Đoàn thể và thôn\n\
         - Giải pháp: niêm yết tại trụ sở\n\
         1) Tập huấn\n\
         2) Tuyên truyền\n\
         - Công chức thực hiện: Văn hóa và Xã hội\n\
         III. TỔ CHỨC THỰC HIỆN\n\
         1. Văn phòng theo dõi\n\
         - Thời gian: Quý I",
    );
    let plan = read_plan(&text, None);
    assert_eq!(plan.tasks.len(), 2);
    let first = &plan.tasks[0];
    assert_eq!(
        (first.code.as_deref(), first.title.as_str()),
        (None, "Công khai dự toán")
    );
    assert_eq!(first.area.as_deref(), Some("Tài chính công"));
    assert_eq!(periods(first), ["2024-06-30..2024-06-30"]);
    assert_eq!(first.lead, ["Tài chính – Kế toán"]);
    assert_eq!(first.with, ["Văn phòng", "Đoàn thể và thôn"]);
    assert_eq!(first.work.as_deref(), Some("niêm yết tại trụ sở"));
    assert_eq!(plan.tasks[1].title, "Tuyên truyền");
    assert_eq!(plan.tasks[1].lead, ["Văn hóa và Xã hội"]);
    assert_eq!(codes(&plan), ["task_without_time Tuyên truyền"]);
}

#[test]
fn what_is_no_plan_says_so() {
    let plan = read_plan(&Text::of_lines("Thư ngỏ\n1. một\n2. hai"), None);
    assert_eq!(codes(&plan), ["plan_without_tasks "]);
    let twice = "Tiêu chí thành phần: “1.1.1. A”\nThời gian: Quý I\nChủ trì: B\n";
    let plan = read_plan(&Text::of_lines(&twice.repeat(2)), Some(2024));
    assert_eq!(codes(&plan), ["code_twice 1.1.1"]);
    let plan = read_plan(&Text::of_lines("Tiêu chí thành phần: “1.1.1. A”"), None);
    assert_eq!(
        codes(&plan),
        ["task_without_time 1.1.1", "task_without_office 1.1.1"]
    );
}

/// The seed asks two things of everybody: the office watches over the plan, all officers carry
/// out what they are given.
#[test]
fn what_the_first_plan_asks_of_everybody_is_read_beside_its_tasks() {
    let Some(plan) = seed() else { return };
    let duties: Vec<(&[String], bool)> = plan
        .duties
        .iter()
        .map(|it| (&*it.lead, it.watches))
        .collect();
    assert_eq!(
        duties,
        [
            (&["Văn phòng – thống kê".to_owned()][..], true),
            (
                &[
                    "Công chức công chức tại Bộ phận một cửa".to_owned(),
                    "công chức chuyên môn xã".to_owned()
                ],
                false
            ),
        ]
    );
    assert_eq!(plan.duties[0].with, ["các bộ phận chuyên môn"]);
    assert!(
        plan.duties[1]
            .text
            .contains("đảm bảo hoàn thành 100% kế hoạch giao")
    );
}

/// An annex behind the signature: areas over the whole row, a component by its number, one by
/// its word, a task without a component, a row that goes on, the head once more.
const ANNEX: &str = "\
II. NHIỆM VỤ\n\
1. Tập huấn\n\
- Thời gian: Quý I\n\
- Chủ trì: Văn phòng\n\
III. TỔ CHỨC THỰC HIỆN\n\n\
Nơi nhận:\n\n\
| STT | Tiêu chí, nhiệm vụ | Giải pháp | Thời gian thực hiện | Công chức chủ trì | Phối hợp | Tình trạng |\n\
|---|---|---|---|---|---|---|\n\
| I | Lĩnh vực: Chỉ đạo điều hành | | | | | |\n\
| 1 | 1.2.1. Thực hiện đầy đủ báo cáo | nộp đúng hạn | Hằng quý | Văn phòng – Thống kê | Các ngành; Một cửa | Đang thực hiện |\n\
| | | rà soát số liệu | | | | |\n\
| STT | Tiêu chí, nhiệm vụ | Giải pháp | Thời gian thực hiện | Công chức chủ trì | Phối hợp | Tình trạng |\n\
| 2 | Tiêu chí thành phần: “1.5.1 Đối thoại” | | Quý II | Văn phòng – Thống kê | | |\n\
| II | Cải cách thể chế | | | | | |\n\
| 3 | Tự kiểm tra văn bản | | | Tư pháp | | đã hoàn thành ngày 12/6/2024 |\n";

fn rows(plan: &Plan) -> Vec<String> {
    let tasks = plan.tasks.iter();
    tasks
        .map(|it| {
            format!(
                "{} | {} | {} | {} | {} | {}",
                it.area.as_deref().unwrap_or("-"),
                it.code.as_deref().unwrap_or("-"),
                it.title,
                it.work.as_deref().unwrap_or("-"),
                it.lead.join(", "),
                it.with.join(", "),
            )
        })
        .collect()
}

#[test]
fn rows_of_a_table_are_tasks_wherever_it_stands() {
    let text = read_text(ANNEX.as_bytes(), "ke-hoach.md", &Limits::USUAL).unwrap();
    let plan = read_plan(&text, Some(2024));
    assert_eq!(
        rows(&plan),
        [
            "- | - | Tập huấn | - | Văn phòng | ",
            "Chỉ đạo điều hành | 1.2.1 | Thực hiện đầy đủ báo cáo | nộp đúng hạn; rà soát số liệu | Văn phòng – Thống kê | Các ngành, Một cửa",
            "Chỉ đạo điều hành | 1.5.1 | Đối thoại | - | Văn phòng – Thống kê | ",
            "Cải cách thể chế | - | Tự kiểm tra văn bản | - | Tư pháp | ",
        ]
    );
    assert_eq!(codes(&plan), ["task_without_time Tự kiểm tra văn bản"]);
    assert_eq!(periods(&plan.tasks[1]).len(), 4);
    let reported: Vec<Option<bool>> = plan
        .tasks
        .iter()
        .map(|it| it.reported.as_ref().and_then(|it| it.done))
        .collect();
    assert_eq!(reported, [None, Some(false), None, Some(true)]);
    let on = plan.tasks[3].reported.as_ref().unwrap().on;
    assert_eq!(on.unwrap().to_string(), "2024-06-12");
}

/// The same table in a DOCX file, with an area in one cell over the whole row.
#[test]
fn rows_of_a_table_of_a_word_processor_are_tasks() {
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let row = |cells: &[&str]| {
        format!(
            "<w:tr>{}</w:tr>",
            cells.iter().map(|it| cell(it)).collect::<String>()
        )
    };
    let wide = "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"5\"/></w:tcPr><w:p><w:r><w:t>I. Lĩnh vực: Thủ tục hành chính</w:t></w:r></w:p></w:tc></w:tr>";
    let table = [
        row(&[
            "TT",
            "Nhiệm vụ, giải pháp",
            "Thời hạn hoàn thành",
            "Đơn vị chủ trì",
            "Đơn vị phối hợp",
        ]),
        wide.to_owned(),
        row(&[
            "1",
            "3.4.1. Tỷ lệ hồ sơ đúng hạn",
            "31/12/2024",
            "Một cửa",
            "Các công chức",
        ]),
        row(&["2", "Niêm yết thủ tục", "6 tháng một lần", "Một cửa", ""]),
    ];
    let bytes = common::docx(&format!("<w:tbl>{}</w:tbl>", table.concat()));
    let text = read_text(&bytes, "ke-hoach.docx", &Limits::USUAL).unwrap();
    let plan = read_plan(&text, Some(2024));
    assert_eq!(
        rows(&plan),
        [
            "Thủ tục hành chính | 3.4.1 | Tỷ lệ hồ sơ đúng hạn | - | Một cửa | Các công chức",
            "Thủ tục hành chính | - | Niêm yết thủ tục | - | Một cửa | ",
        ]
    );
    assert_eq!(
        periods(&plan.tasks[1]),
        ["2024-01-01..2024-06-30", "2024-07-01..2024-12-31"]
    );
    assert!(plan.findings.is_empty(), "{:?}", plan.findings);
}

/// A table of figures is none of tasks, and a table without a time or an office neither.
#[test]
fn other_tables_are_no_tasks() {
    let text = "| Tiêu chí | Điểm |\n|---|---|\n| 1.2.1 Báo cáo | 2,00 |\n";
    let text = read_text(text.as_bytes(), "bang.md", &Limits::USUAL).unwrap();
    assert_eq!(
        codes(&read_plan(&text, Some(2024))),
        ["plan_without_tasks "]
    );
}

proptest! {
    /// Cells of tables in any order, cut anywhere, end in tasks or a finding.
    #[test]
    fn any_tables_are_read_without_a_panic(
        cells in prop::collection::vec(
            prop_oneof![
                Just("STT".to_owned()), Just("Nhiệm vụ".to_owned()), Just("Thời gian".to_owned()),
                Just("Chủ trì".to_owned()), Just("Phối hợp".to_owned()), Just("Hằng tháng".to_owned()),
                Just("1.2.1. A".to_owned()), Just("I. Lĩnh vực: B".to_owned()), Just(String::new()),
                "[ -{}~đĂâ“”]{0,8}",
            ],
            0..40,
        ),
        width in 1..7_usize,
    ) {
        let mut text = String::new();
        for (place, row) in cells.chunks(width).enumerate() {
            text.push_str(&format!("| {} |\n", row.join(" | ")));
            if place == 0 {
                text.push_str(&format!("|{}\n", "---|".repeat(width)));
            }
        }
        if let Ok(text) = read_text(text.as_bytes(), "a.md", &Limits::USUAL) {
            let plan = read_plan(&text, Some(2024));
            prop_assert!(!plan.tasks.is_empty() || !plan.findings.is_empty());
        }
    }

    /// Lines of plans in any order, cut anywhere, end in tasks or a finding.
    #[test]
    fn any_lines_are_read_without_a_panic(
        parts in prop::collection::vec(
            prop_oneof![
                Just("1.1. Tiêu chí thành phần: “1.2.1. ".to_owned()),
                Just("\n- Thời gian thực hiện: Trước Quý ".to_owned()),
                Just("\n- Công chức thực hiện: ".to_owned()),
                Just(" phối hợp với ".to_owned()),
                Just("6 tháng, tháng 13/2024 từ ngày 31/2".to_owned()),
                Just("\n2. Lĩnh vực: ".to_owned()),
                "[ -~đĐăâêôơưáàảãạ“”\n]{0,12}",
            ],
            0..24,
        ),
    ) {
        let plan = read_plan(&Text::of_lines(&parts.concat()), None);
        prop_assert!(!plan.tasks.is_empty() || !plan.findings.is_empty());
        for task in &plan.tasks {
            prop_assert!(task.time.is_some() || plan.findings.iter().any(|it| it.code == "task_without_time"));
        }
    }
}
