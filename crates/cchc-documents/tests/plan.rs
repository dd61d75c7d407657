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

proptest! {
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
