//! Counts of exports: small ones worked by hand, random ones against a count by definition.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::io::Cursor;

use cchc_core::reading::{Counts, Denominator, DossierCount, Rescheduled, Rows, Spot};
use cchc_core::values::Window;
use cchc_documents::dossiers::{Ask, DossierFault, count};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year() -> Ask {
    Ask {
        window: Some(Window::new(day("2024-01-01"), day("2024-12-31")).unwrap()),
        ..Ask::as_of(day("2025-01-01"))
    }
}

fn counted(text: &str, ask: &Ask) -> Result<DossierCount, DossierFault> {
    count(Cursor::new(text), "export.csv", ask, &mut |_, _| {})
}

const HEADER: &str =
    "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày hẹn lại,Ngày trả kết quả,Thư xin lỗi,Lĩnh vực\n";

/// Counts of some rows below the usual header, and the codes of what was found in them.
#[track_caller]
fn check(rows: &str, ask: &Ask, expected: Counts, codes: &[&str]) -> DossierCount {
    let answer = counted(&format!("{HEADER}{rows}"), ask).unwrap();
    assert_eq!(answer.counts, expected, "{:?}", answer.findings);
    let whole = |code: &str| code == "unreadable_is_open" || code == "letters_needed";
    let found: Vec<&str> = answer
        .found
        .keys()
        .copied()
        .filter(|code| !whole(code))
        .collect();
    assert_eq!(found, codes);
    adds_up(&answer);
    answer
}

#[track_caller]
fn adds_up(answer: &DossierCount) {
    let Rows {
        read,
        counted,
        outside,
        repeated,
        totals,
        after_totals,
        headings,
    } = answer.rows;
    assert_eq!(
        read,
        counted + outside + repeated + totals + after_totals + headings
    );
    assert_eq!(answer.counts.total(), counted);
    let shares = answer.shares.dossiers;
    assert_eq!(shares.won + shares.lost + shares.open, counted);
    if !answer.fields.is_empty() {
        let fields: u64 = answer.fields.iter().map(|it| it.counts.total()).sum();
        assert_eq!(fields, counted);
    }
}

#[test]
fn each_class_is_counted() {
    let rows = "\
H1,02/01/2024,09/01/2024,,08/01/2024,,Đất đai
H2,02/01/2024,09/01/2024,,09/01/2024,,Hộ tịch
H3,02/01/2024,09/01/2024,,10/01/2024,,Hộ tịch
H4,02/01/2024,09/01/2024,,10/01/2024,x,Hộ tịch
H5,02/12/2024,09/01/2025,,,,Đất đai
H6,02/01/2024,09/01/2024,,,,hộ tịch
H7,02/01/2023,09/01/2023,,09/01/2023,,Hộ tịch
";
    let expected = Counts {
        early: 1,
        on_time: 1,
        late: 1,
        late_with_apology: 1,
        pending_not_due: 1,
        pending_overdue: 1,
        ..Counts::default()
    };
    let answer = check(rows, &year(), expected, &[]);
    assert_eq!(answer.rows.outside, 1);
    let fields: Vec<(&str, u64)> = answer
        .fields
        .iter()
        .map(|it| (it.field.as_str(), it.counts.total()))
        .collect();
    assert_eq!(fields, [("Hộ tịch", 4), ("Đất đai", 2)]);
}

#[test]
fn the_denominator_is_what_was_received_or_what_was_resolved() {
    let rows = "\
H1,20/12/2023,05/01/2024,,04/01/2024,,
H2,02/01/2024,09/01/2024,,10/01/2024,,
H3,20/12/2024,30/12/2024,,,,
";
    let received = Counts {
        late: 1,
        pending_overdue: 1,
        ..Counts::default()
    };
    check(rows, &year(), received, &[]);
    let resolved = Counts {
        early: 1,
        late: 1,
        ..Counts::default()
    };
    let ask = Ask {
        denominator: Denominator::Resolved,
        ..year()
    };
    check(rows, &ask, resolved, &[]);
}

#[test]
fn what_cannot_be_read_is_unreadable_and_open() {
    let rows = "\
H1,02/01/2024,,,08/01/2024,,
H2,01/13/2024,09/01/2024,,08/01/2024,,
H3,02/01/2024,09/01/2024,,01/01/2024,,
H4,02/01/2024,01/01/2024,,03/01/2024,,
H5,02/01/2024,09/01/2024,,\"97,5%\",,
H6,02/01/2024,09/01/2024,,#REF!,,
H7,,09/01/2024,,09/01/2024,,
H8,02/01/2024,09/01/2024,,mai,,
H9,02/01/2024,09/01/24,,08/01/2024,,
";
    let expected = Counts {
        unreadable: 9,
        ..Counts::default()
    };
    let codes = [
        "cell_error",
        "date_impossible",
        "date_percent",
        "date_unknown",
        "date_year_short",
        "due_before_received",
        "due_blank",
        "received_blank",
        "returned_before_received",
    ];
    let answer = check(rows, &year(), expected, &codes);
    assert_eq!(answer.shares.dossiers.open, 9);
    assert_eq!(answer.shares.apologies.open, 9);
    let impossible = answer
        .findings
        .iter()
        .find(|it| it.code == "date_impossible")
        .unwrap();
    assert_eq!(
        impossible.at,
        Spot::Cell {
            sheet: None,
            row: 3,
            column: 2
        }
    );
}

#[test]
fn a_dossier_is_dated_anew_at_most_once() {
    let rows = "\
H1,02/01/2024,09/01/2024,15/01/2024,15/01/2024,có,
H2,02/01/2024,09/01/2024,12/01/2024; 20/01/2024,15/01/2024,có,
H3,02/01/2024,09/01/2024,08/01/2024,15/01/2024,không,
";
    let codes = [
        "rescheduled_not_later",
        "rescheduled_twice",
        "rests_on_rescheduling",
    ];
    let late = Counts {
        late: 1,
        late_with_apology: 2,
        in_time_after_rescheduling: 1,
        ..Counts::default()
    };
    check(rows, &year(), late, &codes);
    let ask = Ask {
        rescheduled: Rescheduled::OnTime,
        ..year()
    };
    // The second date of H2 has no effect: it is late for the first new one.
    let on_time = Counts {
        on_time: 1,
        late: 1,
        late_with_apology: 1,
        in_time_after_rescheduling: 1,
        ..Counts::default()
    };
    check(rows, &ask, on_time, &codes);
}

#[test]
fn a_letter_without_lateness_is_told() {
    let rows = "H1,02/01/2024,09/01/2024,,08/01/2024,01/TXL,\n";
    let expected = Counts {
        early: 1,
        ..Counts::default()
    };
    check(rows, &year(), expected, &["apology_without_lateness"]);
}

#[test]
fn codes_that_stand_twice_count_once_or_not_at_all() {
    let rows = "\
H1,02/01/2024,09/01/2024,,08/01/2024,,
h1,02/01/2024,09/01/2024,,08/01/2024,,
H2,02/01/2024,09/01/2024,,08/01/2024,,
H2,02/01/2024,09/01/2024,,10/01/2024,,
,02/01/2024,09/01/2024,,10/01/2024,,
,02/01/2024,09/01/2024,,10/01/2024,,
";
    let expected = Counts {
        early: 1,
        late: 2,
        unreadable: 2,
        ..Counts::default()
    };
    let codes = ["code_blank", "dossier_conflicting", "dossier_repeated"];
    let answer = check(rows, &year(), expected, &codes);
    assert_eq!(answer.rows.repeated, 1);
}

#[test]
fn lines_that_are_no_dossiers_are_named() {
    let rows = "\
(1),(2),(3),(4),(5),(6),(7)
Lĩnh vực đất đai,,,,,,
H1,02/01/2024,09/01/2024,,08/01/2024,,
Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Ngày hẹn lại,Ngày trả kết quả,Thư xin lỗi,Lĩnh vực
H2,02/01/2024,09/01/2024,,08/01/2024,,
Tổng cộng,2,,,,,
H3,02/01/2024,09/01/2024,,08/01/2024,,
,,,,Người lập,,
";
    let expected = Counts {
        early: 2,
        ..Counts::default()
    };
    let answer = check(rows, &year(), expected, &["dossier_after_total"]);
    assert_eq!(answer.rows.headings, 3);
    assert_eq!(answer.rows.totals, 1);
    assert_eq!(answer.rows.after_totals, 2);
}

#[test]
fn what_lies_behind_the_as_of_date_is_not_seen() {
    let rows = "\
H1,02/01/2024,09/01/2024,,08/01/2024,,
H2,09/01/2024,12/01/2024,,,,
H3,02/01/2024,08/01/2024,,,,
";
    let ask = Ask::as_of(day("2024-01-08"));
    let expected = Counts {
        pending_not_due: 2,
        ..Counts::default()
    };
    let codes = ["received_not_yet", "returned_not_yet"];
    let answer = check(rows, &ask, expected, &codes);
    assert_eq!(answer.rows.outside, 1);
}

#[test]
fn times_of_day_decide_where_both_are_told() {
    let rows = "\
H1,02/01/2024 08:00,09/01/2024 17:00,,09/01/2024 16:30,,
H2,02/01/2024 08:00,09/01/2024 17:00,,09/01/2024 17:30,,
H3,02/01/2024 08:00,09/01/2024,,09/01/2024 17:30,,
H4,02/01/2024 08:00,02/01/2024 17:00,,02/01/2024 07:30,,
";
    let expected = Counts {
        early: 1,
        on_time: 1,
        late: 1,
        unreadable: 1,
        ..Counts::default()
    };
    check(rows, &year(), expected, &["returned_before_received"]);
}

#[test]
fn a_header_is_found_below_titles_and_in_two_rows() {
    let text = "\
UBND XÃ SƠN THƯỢNG;;;;;
KẾT XUẤT HỒ SƠ;;;;;
STT;Hồ sơ;Ngày;;;Xin lỗi
;Mã hồ sơ;tiếp nhận;hẹn trả;trả kết quả;
1;H1;02/01/2024;09/01/2024;08/01/2024;
";
    let answer = counted(text, &year()).unwrap();
    assert_eq!(answer.counts.early, 1);
    assert_eq!(answer.basis.header_row, Some(4));
    let columns: Vec<(&str, &str)> = answer
        .basis
        .columns
        .iter()
        .map(|it| (it.field, it.column.as_str()))
        .collect();
    assert_eq!(
        columns,
        [
            ("code", "B"),
            ("received", "C"),
            ("due", "D"),
            ("returned", "E"),
            ("apology", "F")
        ]
    );
    adds_up(&answer);
}

#[test]
fn columns_may_be_named_by_the_caller() {
    let text = "A,B,Ngày nộp,C\nH1,09/01/2024,02/01/2024,08/01/2024\n";
    let ask = |columns: &[&str]| Ask {
        columns: columns.iter().map(|it| it.parse().unwrap()).collect(),
        ..year()
    };
    let answer = counted(text, &ask(&["received=Ngày nộp", "due=B", "returned=D"])).unwrap();
    assert_eq!(answer.counts.early, 1);
    assert_eq!(answer.basis.header_row, Some(1));
    let letters = "H1,02/01/2024,09/01/2024,08/01/2024\n";
    let answer = counted(letters, &ask(&["received=B", "due=C", "returned=D"])).unwrap();
    assert_eq!(answer.counts.early, 1);
    assert_eq!(answer.basis.header_row, None);
}

#[track_caller]
fn refused(text: &str, columns: &[&str], code: &str) {
    let ask = Ask {
        columns: columns.iter().map(|it| it.parse().unwrap()).collect(),
        ..year()
    };
    let fault = counted(text, &ask).unwrap_err();
    assert_eq!(fault.code(), code);
    assert_eq!(fault.observation().code, code);
}

#[test]
fn what_could_be_two_things_is_refused() {
    let two = "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả,Hạn xử lý,Ngày trả kết quả\n";
    refused(two, &[], "column_ambiguous");
    refused(
        "Mã hồ sơ,Ngày tiếp nhận,Ngày hẹn trả\n",
        &[],
        "column_missing",
    );
    refused("Họ tên,Tuổi\nAn,5\n", &[], "header_not_found");
    refused(HEADER, &["due=Hạn cuối"], "column_unknown");
    refused(HEADER, &["due=B", "received=B"], "column_shared");
    refused("", &[], "file_empty");
    refused("a,\"b\n", &[], "file_damaged");
    refused("\0\0\0\0", &[], "file_format_unknown");
    let ask = Ask {
        columns: vec!["due=D".parse().unwrap()],
        ..year()
    };
    let row = "H1,02/01/2024,05/01/2024,09/01/2024,08/01/2024\n";
    let answer = counted(&format!("{two}{row}"), &ask).unwrap();
    assert_eq!(answer.counts.early, 1);
}

#[test]
fn no_dossier_at_all_is_a_problem_to_look_at() {
    let rows = "H1,02/01/2022,09/01/2022,,08/01/2022,,\n";
    check(rows, &year(), Counts::default(), &["no_dossier"]);
}

#[test]
fn findings_of_one_code_are_limited_and_counted() {
    let rows: String = (0..50)
        .map(|it| format!("H{it},02/01/2024,,,08/01/2024,,\n"))
        .collect();
    let answer = counted(&format!("{HEADER}{rows}"), &year()).unwrap();
    assert_eq!(answer.found["due_blank"], 50);
    let listed = answer.findings.iter().filter(|it| it.code == "due_blank");
    assert_eq!(listed.count(), 20);
}

/// A random dossier, its dates as days after 1 January 2024.
#[derive(Clone, Debug)]
struct Dossier {
    code: u32,
    received: Option<u64>,
    due: Option<u64>,
    rescheduled: Option<u64>,
    returned: Option<u64>,
    apology: bool,
    broken: u8,
    field: u8,
}

fn date_of(days: u64) -> NaiveDate {
    day("2023-11-01").checked_add_days(Days::new(days)).unwrap()
}

impl Dossier {
    fn line(&self) -> String {
        let show = |date: Option<u64>| {
            date.map_or(String::new(), |it| {
                date_of(it).format("%d/%m/%Y").to_string()
            })
        };
        let returned = match self.broken {
            0 => "30/02/2024".to_owned(),
            1 => "sớm".to_owned(),
            _ => show(self.returned),
        };
        format!(
            "H{},{},{},{},{},{},L{}\n",
            self.code,
            show(self.received),
            show(self.due),
            show(self.rescheduled),
            returned,
            if self.apology { "có" } else { "" },
            self.field
        )
    }

    /// What the row says, for telling repetition from contradiction.
    fn says(&self) -> String {
        let line = self.line();
        // Two broken dates say the same: nothing.
        line.replace("30/02/2024", "?").replace("sớm", "?")
    }
}

fn dossier() -> impl Strategy<Value = Dossier> {
    let date = || prop::option::weighted(0.9, 0_u64..500);
    let dates = (
        date(),
        date(),
        prop::option::weighted(0.2, 0_u64..500),
        date(),
    );
    (0_u32..40, dates, any::<bool>(), 0_u8..20, 0_u8..3).prop_map(
        |(code, (received, due, rescheduled, returned), apology, broken, field)| Dossier {
            code,
            received,
            due,
            rescheduled,
            returned,
            apology,
            broken,
            field,
        },
    )
}

/// The counts by definition: class after class, over all rows each time.
fn by_definition(dossiers: &[Dossier], as_of: NaiveDate, ask: &Ask) -> (Counts, Rows) {
    let mut counts = Counts::default();
    let mut rows = Rows::default();
    let window = ask.window.unwrap();
    for (index, it) in dossiers.iter().enumerate() {
        rows.read += 1;
        let same = |other: &&Dossier| other.code == it.code;
        let all: Vec<&Dossier> = dossiers.iter().filter(same).collect();
        let agree = all.iter().all(|other| other.says() == it.says());
        let earlier = dossiers[..index].iter().any(|other| other.code == it.code);
        if !agree {
            rows.counted += 1;
            counts.unreadable += 1;
            continue;
        }
        if earlier {
            rows.repeated += 1;
            continue;
        }
        let received = it.received.map(date_of);
        let broken = it.broken < 2;
        let returned = it.returned.filter(|_| !broken).map(date_of);
        let seen = returned.filter(|at| *at < as_of);
        let outside = received.is_some_and(|at| at >= as_of)
            || match ask.denominator {
                Denominator::Received => received.is_some_and(|at| !window.contains(at)),
                Denominator::Resolved => !broken && seen.is_none_or(|at| !window.contains(at)),
            };
        if outside {
            rows.outside += 1;
            continue;
        }
        rows.counted += 1;
        let (Some(received), Some(due)) = (received, it.due.map(date_of)) else {
            counts.unreadable += 1;
            continue;
        };
        if broken || due < received || returned.is_some_and(|at| at < received) {
            counts.unreadable += 1;
            continue;
        }
        let again = it.rescheduled.map(date_of).filter(|again| *again > due);
        let on_time_counts = ask.rescheduled == Rescheduled::OnTime;
        match seen {
            None => {
                let last = if on_time_counts {
                    again.unwrap_or(due)
                } else {
                    due
                };
                if last >= as_of {
                    counts.pending_not_due += 1;
                } else {
                    counts.pending_overdue += 1;
                    counts.overdue_with_apology += u64::from(it.apology);
                }
            }
            Some(at) => {
                let second = at > due && again.is_some_and(|again| at <= again);
                counts.in_time_after_rescheduling += u64::from(second);
                if at < due {
                    counts.early += 1;
                } else if at == due || (second && on_time_counts) {
                    counts.on_time += 1;
                } else if it.apology {
                    counts.late_with_apology += 1;
                } else {
                    counts.late += 1;
                }
            }
        }
    }
    (counts, rows)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn counts_are_those_of_the_definition(
        dossiers in prop::collection::vec(dossier(), 1..40),
        as_of in 0_u64..520,
        resolved in any::<bool>(),
        on_time in any::<bool>(),
    ) {
        let as_of = date_of(as_of);
        let ask = Ask {
            as_of,
            denominator: if resolved { Denominator::Resolved } else { Denominator::Received },
            rescheduled: if on_time { Rescheduled::OnTime } else { Rescheduled::Late },
            ..year()
        };
        let text: String = dossiers.iter().map(Dossier::line).collect();
        let answer = counted(&format!("{HEADER}{text}"), &ask).unwrap();
        let (counts, rows) = by_definition(&dossiers, as_of, &ask);
        prop_assert_eq!(answer.counts, counts);
        prop_assert_eq!(answer.rows, rows);
        adds_up(&answer);
    }

    #[test]
    fn the_order_of_rows_changes_nothing_but_places(
        dossiers in prop::collection::vec(dossier(), 1..30),
        seed in any::<u64>(),
    ) {
        let text = |dossiers: &[Dossier]| -> String {
            dossiers.iter().map(Dossier::line).collect()
        };
        let mut shuffled = dossiers.clone();
        // A shuffle that follows from the seed.
        let mut state = seed | 1;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(state >> 33).unwrap() % (index + 1);
            shuffled.swap(index, other);
        }
        let here = counted(&format!("{HEADER}{}", text(&dossiers)), &year()).unwrap();
        let there = counted(&format!("{HEADER}{}", text(&shuffled)), &year()).unwrap();
        prop_assert_eq!(here.counts, there.counts);
        prop_assert_eq!(here.rows, there.rows);
        prop_assert_eq!(here.fields, there.fields);
        prop_assert_eq!(here.shares, there.shares);
        prop_assert_eq!(here.found, there.found);
    }
}
