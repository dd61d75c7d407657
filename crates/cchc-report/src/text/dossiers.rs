//! `dossiers`: what an export of the one-stop system counts.

use cchc_core::answer::Severity;
use cchc_core::reading::{
    CountBasis, Counts, Denominator, DossierCount, Observation, Rescheduled, ShareCount,
};
use cchc_core::values::Exact;

use super::ink;
use crate::layout::{Align, Page, Row, Table};
use crate::style::Ink;
use crate::wording::{
    dossier_column, dossier_observation, dossier_part, dossier_place, dossier_remedy,
};
use crate::{Language, Style, number};

/// The counts, the shares and the findings of an export.
pub fn dossiers(answer: &DossierCount, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    page.line(Ink::Bold, &answer.file.name);
    basis(&mut page, &answer.basis, language);

    page.heading(language.pick("HỒ SƠ", "DOSSIERS"));
    page.table(&counts(&answer.counts, language));
    shares(&mut page, answer, language);
    if !answer.fields.is_empty() {
        page.heading(language.pick("THEO LĨNH VỰC", "BY FIELD"));
        page.table(&fields(answer, language));
    }
    page.heading(language.pick("CÁC DÒNG CỦA BẢNG", "ROWS OF THE SHEET"));
    page.line(Ink::Plain, &rows(answer, language));
    if !answer.findings.is_empty() {
        page.heading(language.pick("CẦN XEM LẠI", "TO LOOK AT"));
        findings(&mut page, answer, language);
    }
    page.blank();
    let file = &answer.file;
    let digest: String = file.digest.chars().take(19).collect();
    page.line(
        Ink::Dim,
        &format!("{} {digest}… · cchc {}", file.kind, answer.engine),
    );
    page.finish()
}

/// Why a file gave no counts.
pub fn observations(list: &[Observation], file: &str, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    for observation in list {
        let place = dossier_place(&observation.at, language);
        let place = place.map_or_else(|| file.to_owned(), |place| format!("{file}, {place}"));
        let text = dossier_observation(observation, language);
        page.item(
            Ink::Bad,
            "",
            &format!("{place} [{}]: {text}", observation.code),
        );
        let remedy = dossier_remedy(observation.remedy, language);
        page.item(Ink::Plain, "  ", &format!("→ {remedy}"));
    }
    page.finish()
}

fn basis(page: &mut Page, basis: &CountBasis, language: Language) {
    let date = language.date(basis.as_of);
    let mut text = language.pick(
        format!("Tính đến đầu ngày {date}"),
        format!("As of the start of {date}"),
    );
    if let (Some(from), Some(to)) = (basis.from, basis.to) {
        let (from, to) = (language.date(from), language.date(to));
        text.push_str(&match basis.denominator {
            Denominator::Received => language.pick(
                format!("; hồ sơ tiếp nhận từ {from} đến {to}"),
                format!("; dossiers received from {from} to {to}"),
            ),
            Denominator::Resolved => language.pick(
                format!("; hồ sơ giải quyết từ {from} đến {to}"),
                format!("; dossiers resolved from {from} to {to}"),
            ),
        });
    }
    page.line(Ink::Plain, &text);
    page.line(
        Ink::Plain,
        match basis.rescheduled {
            Rescheduled::OnTime => language.pick(
                "Trả đúng ngày hẹn lại: tính là đúng hạn",
                "In time for a new date: counted as on time",
            ),
            Rescheduled::Late => language.pick(
                "Trả đúng ngày hẹn lại: tính là trễ hạn",
                "In time for a new date: counted as late",
            ),
        },
    );
    let mut columns: Vec<String> = Vec::new();
    for column in &basis.columns {
        let name = dossier_column(column.field, language);
        columns.push(format!("{} {name}", column.column));
    }
    let columns = columns.join(", ");
    let mut place = match &basis.sheet {
        Some(sheet) => format!("{} “{sheet}”: ", language.pick("Trang", "Sheet")),
        None => String::new(),
    };
    place.push_str(&match basis.header_row {
        Some(row) => language.pick(
            format!("Tiêu đề ở dòng {row}. Cột: {columns}"),
            format!("Header in row {row}. Columns: {columns}"),
        ),
        None => language.pick(
            format!("Không có tiêu đề. Cột: {columns}"),
            format!("No header. Columns: {columns}"),
        ),
    });
    page.line(Ink::Dim, &place);
}

/// The classes with their names, in the order of the answer.
fn classes(counts: &Counts) -> [(&'static str, u64); 7] {
    [
        ("early", counts.early),
        ("on_time", counts.on_time),
        ("late_with_apology", counts.late_with_apology),
        ("late", counts.late),
        ("pending_not_due", counts.pending_not_due),
        ("pending_overdue", counts.pending_overdue),
        ("unreadable", counts.unreadable),
    ]
}

fn counts(counts: &Counts, language: Language) -> Table {
    let mut rows: Vec<Row> = classes(counts)
        .into_iter()
        .map(|(class, count)| Row {
            ink: match class {
                "early" | "on_time" => Ink::Good,
                "pending_not_due" => Ink::Plain,
                _ if count > 0 => Ink::Bad,
                _ => Ink::Plain,
            },
            cells: vec![dossier_part(class, language), count.to_string()],
        })
        .collect();
    rows.push(Row {
        ink: Ink::Bold,
        cells: vec![dossier_part("total", language), counts.total().to_string()],
    });
    Table {
        aligns: vec![Align::Left, Align::Right],
        flexible: 0,
        most_lines: 2,
        rows,
    }
}

fn shares(page: &mut Page, answer: &DossierCount, language: Language) {
    let lines = [
        (
            language.pick("Trước hạn, đúng hạn", "Early or on time"),
            answer.shares.dossiers,
        ),
        (
            language.pick(
                "Hồ sơ trễ có thư xin lỗi",
                "Late dossiers with an apology letter",
            ),
            answer.shares.apologies,
        ),
    ];
    for (title, share) in lines {
        page.line(
            Ink::Plain,
            &format!("{title}: {}", share_text(share, language)),
        );
    }
}

/// `388 trong 400, nếu chốt ngay: 97%`, with both ends where some are open.
fn share_text(share: ShareCount, language: Language) -> String {
    let total = share.won + share.lost + share.open;
    if total == 0 {
        return language.pick("không phát sinh", "nothing arose").to_owned();
    }
    // A figure stays on its side of every whole per cent.
    let whole: Vec<Exact> = (1..100).filter_map(|it| Exact::ratio(it, 100)).collect();
    let rate = |won: u64| {
        let rate = Exact::ratio_u64(won, total);
        rate.map_or_else(String::new, |rate| number::rate(&rate, &whole, language))
    };
    let ShareCount { won, open, .. } = share;
    let worst = rate(won);
    if open == 0 {
        return language.pick(
            format!("{won} trong {total} = {worst}"),
            format!("{won} of {total} = {worst}"),
        );
    }
    let best = rate(won + open);
    language.pick(
        format!("{won} trong {total}, {open} chưa xác định: từ {worst} đến {best}"),
        format!("{won} of {total}, {open} open: from {worst} to {best}"),
    )
}

fn fields(answer: &DossierCount, language: Language) -> Table {
    let heads = language.pick(
        ["", "Tổng", "Trước+đúng", "Trễ", "Chưa trả", "Quá hạn", "?"],
        ["", "All", "In time", "Late", "Pending", "Overdue", "?"],
    );
    let mut rows = vec![Row {
        ink: Ink::Dim,
        cells: heads.map(str::to_owned).to_vec(),
    }];
    for field in &answer.fields {
        let counts = &field.counts;
        let name = if field.field.is_empty() {
            language.pick("(bỏ trống)", "(blank)").to_owned()
        } else {
            field.field.clone()
        };
        let mut cells = vec![name];
        let numbers = [
            counts.total(),
            counts.early + counts.on_time,
            counts.late + counts.late_with_apology,
            counts.pending_not_due,
            counts.pending_overdue,
            counts.unreadable,
        ];
        cells.extend(numbers.iter().map(u64::to_string));
        rows.push(Row {
            ink: Ink::Plain,
            cells,
        });
    }
    let mut aligns = vec![Align::Left];
    aligns.resize(heads.len(), Align::Right);
    Table {
        aligns,
        flexible: 0,
        most_lines: 2,
        rows,
    }
}

fn rows(answer: &DossierCount, language: Language) -> String {
    let rows = &answer.rows;
    let parts = [
        ("total", rows.counted),
        ("outside", rows.outside),
        ("repeated", rows.repeated),
        ("headings", rows.headings),
        ("totals", rows.totals),
        ("after_totals", rows.after_totals),
    ];
    let parts = parts.iter().filter(|(_, count)| *count > 0);
    let parts: Vec<String> = parts
        .map(|(part, count)| format!("{} {count}", dossier_part(part, language)))
        .collect();
    let read = rows.read;
    language.pick(
        format!("{read} dòng dưới tiêu đề: {}", parts.join(", ")),
        format!("{read} rows below the header: {}", parts.join(", ")),
    )
}

fn findings(page: &mut Page, answer: &DossierCount, language: Language) {
    let severity = |it: &Observation| match it.severity {
        Severity::Problem => 0,
        Severity::Warning => 1,
        Severity::Note => 2,
    };
    let mut codes: Vec<(u8, &str)> = answer
        .findings
        .iter()
        .map(|it| (severity(it), it.code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    for (_, code) in codes {
        let same: Vec<&Observation> = answer
            .findings
            .iter()
            .filter(|it| it.code == code)
            .collect();
        for observation in &same {
            let text = dossier_observation(observation, language);
            let text = match dossier_place(&observation.at, language) {
                Some(place) => format!("{place}: {text}"),
                None => text,
            };
            page.item(ink(observation.severity), "- ", &text);
        }
        let listed = u64::try_from(same.len()).unwrap_or(u64::MAX);
        let found = answer.found.get(code).copied().unwrap_or(listed);
        if found > listed {
            let more = found - listed;
            page.item(
                Ink::Dim,
                "  ",
                &language.pick(
                    format!("… và {more} trường hợp nữa"),
                    format!("… and {more} more of this kind"),
                ),
            );
        }
        if let Some(first) = same.first() {
            let remedy = dossier_remedy(first.remedy, language);
            page.item(Ink::Plain, "  ", &format!("→ {remedy}"));
        }
    }
}
