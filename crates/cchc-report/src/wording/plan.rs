//! What is said of a remediation plan, and what to do about it.

use super::Entry;

pub(super) const OBSERVATIONS: &[Entry] = &[
    (
        "plan_without_tasks",
        "không tìm thấy nhiệm vụ nào trong kế hoạch",
        "no task found in the plan",
    ),
    (
        "task_without_time",
        "{task}: không ghi thời gian thực hiện",
        "{task}: no time is given",
    ),
    (
        "task_without_office",
        "{task}: không ghi đơn vị thực hiện",
        "{task}: no office in charge is given",
    ),
    (
        "code_twice",
        "{task}: mã tiêu chí ghi hai lần",
        "{task}: the code stands twice",
    ),
    (
        "title_twice",
        "{task}: tên trùng với {first}",
        "{task}: has the same title as {first}",
    ),
    (
        "time_of_other_plan",
        "{task}: thời gian theo kế hoạch khác: “{text}”",
        "{task}: its time is that of another plan: “{text}”",
    ),
    (
        "time_not_read",
        "{task}: không hiểu thời gian “{text}”",
        "{task}: its time “{text}” is not understood",
    ),
    (
        "time_partly_read",
        "{task}: chỉ hiểu một phần thời gian “{text}”",
        "{task}: its time “{text}” is understood in part only",
    ),
    (
        "time_without_year",
        "{task}: thời gian “{text}” không có năm",
        "{task}: its time “{text}” names no year",
    ),
    (
        "time_impossible",
        "{task}: thời gian “{text}” có ngày hoặc tháng không tồn tại",
        "{task}: its time “{text}” names a day or month that does not exist",
    ),
    (
        "time_before_year",
        "{task}: “{text}” hiểu đúng từng chữ thì hết hạn trước năm kế hoạch",
        "{task}: “{text}”, taken at its word, ends before the year of the plan",
    ),
    (
        "code_not_in_pack",
        "{task}: bộ chỉ số không có mã này",
        "{task}: the pack has no such code",
    ),
    (
        "title_not_of_pack",
        "{task}: bộ chỉ số ghi tên khác: “{title}”",
        "{task}: the pack has another title: “{title}”",
    ),
    (
        "time_outside_window",
        "{task}: “{text}” kết thúc ngoài thời gian còn tính điểm, từ {from} đến {to}",
        "{task}: “{text}” ends outside the days that count, {from} to {to}",
    ),
    (
        "reported_done",
        "{task}: kế hoạch ghi đã hoàn thành, nhưng theo hồ sơ vẫn còn điểm chưa giành được",
        "{task}: the plan says done, but by the record points are still to be won",
    ),
];

pub(super) const REMEDIES: &[Entry] = &[
    (
        "write_tasks",
        "ghi mỗi nhiệm vụ thành một mục có thời gian và đơn vị thực hiện",
        "write each task as an item with its time and offices",
    ),
    ("add_time", "ghi thời gian thực hiện", "give a time"),
    (
        "add_office",
        "ghi đơn vị, công chức thực hiện",
        "give the office in charge",
    ),
    (
        "correct_plan",
        "kiểm tra mã và tên tiêu chí trong kế hoạch",
        "check code and title in the plan",
    ),
    (
        "look_at_plan",
        "xem thời hạn tại kế hoạch được dẫn",
        "look up the time in the plan that is named",
    ),
    (
        "write_time",
        "ghi rõ ngày, tháng hoặc quý, kèm năm",
        "write day, month or quarter, with the year",
    ),
    (
        "compare_title",
        "đối chiếu tên tiêu chí với bộ chỉ số",
        "compare the title with the pack",
    ),
    (
        "correct_time",
        "đặt thời hạn trong thời gian còn tính điểm",
        "set a time within the days that count",
    ),
    (
        "look_at_task",
        "kiểm tra tài liệu kiểm chứng của nhiệm vụ",
        "check the evidence of the task",
    ),
];
