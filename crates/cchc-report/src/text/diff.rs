//! `diff`: a pack and its successor.

use cchc_core::diff::{Component, Effect, Kept, PackDiff};
use cchc_core::difference::Verdict;

use super::mutation::told;
use crate::layout::{Align, Page, Row, Table};
use crate::number::{difference, points};
use crate::style::Ink;
use crate::{Language, Style, wording};

/// What two packs have differently, then what it means for a submission.
pub fn diff(answer: &PackDiff, on: Option<&Effect>, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    for (mark, pack) in [("− ", &answer.old), ("+ ", &answer.new)] {
        let title = language.title(&pack.title);
        page.item(Ink::Bold, mark, &format!("{title} ({})", pack.id));
        if let Some(note) = &pack.note {
            page.item(Ink::Warning, "! ", note);
        }
    }
    if answer.is_empty() {
        page.blank();
        page.line(
            Ink::Good,
            language.pick("không có gì khác", "no difference"),
        );
    }
    header(&mut page, answer, language);
    components(
        &mut page,
        language.pick("BỎ", "REMOVED"),
        &answer.removed,
        language,
    );
    components(
        &mut page,
        language.pick("THÊM", "ADDED"),
        &answer.added,
        language,
    );
    let moved: Vec<&Kept> = answer
        .kept
        .iter()
        .filter(|it| it.moved || it.retitled)
        .collect();
    if !moved.is_empty() {
        page.heading(language.pick("CHUYỂN, ĐỔI TÊN", "MOVED, RETITLED"));
        for kept in moved {
            renamed(&mut page, kept, language);
        }
    }
    let changed = |it: &&Kept| !it.difference.changes.is_empty();
    if answer.kept.iter().any(|it| changed(&it)) {
        page.heading(language.pick("CHẤM KHÁC", "SCORED DIFFERENTLY"));
        for kept in answer.kept.iter().filter(changed) {
            scored(&mut page, kept, language);
        }
    }
    if let Some(on) = on {
        effect(&mut page, on, language);
    }
    page.finish()
}

fn header(page: &mut Page, answer: &PackDiff, language: Language) {
    if answer.header.is_empty() && answer.whole.is_empty() {
        return;
    }
    page.heading(language.pick("CHUNG", "THE WHOLE"));
    for change in &answer.header {
        let what = wording::table_header(change.what, language);
        page.item(
            Ink::Plain,
            "- ",
            &format!("{what}: {} → {}", change.old, change.new),
        );
    }
    for aspect in &answer.whole {
        page.item(Ink::Plain, "- ", &wording::aspect(aspect, language));
    }
}

fn components(page: &mut Page, heading: &str, list: &[Component], language: Language) {
    if list.is_empty() {
        return;
    }
    page.heading(heading);
    for it in list {
        let title = language.title(&it.title);
        let max = points(&it.max, language);
        page.item(Ink::Plain, "- ", &format!("{} {title} ({max})", it.code));
    }
}

fn renamed(page: &mut Page, kept: &Kept, language: Language) {
    let (old, new) = (&kept.old, &kept.new);
    let title = language.title(&new.title);
    let code = match old.code == new.code {
        true => new.code.clone(),
        false => format!("{} → {}", old.code, new.code),
    };
    page.item(Ink::Plain, "- ", &format!("{code} {title}"));
    if kept.retitled {
        let before = language.pick("trước đây:", "before:");
        page.item(
            Ink::Dim,
            "    ",
            &format!("{before} {}", language.title(&old.title)),
        );
    }
}

fn scored(page: &mut Page, kept: &Kept, language: Language) {
    let title = language.title(&kept.new.title);
    page.item(Ink::Bold, "", &format!("{} {title}", kept.new.code));
    if kept.old.max != kept.new.max {
        let max = language.pick("tối đa", "maximum");
        let (old, new) = (
            points(&kept.old.max, language),
            points(&kept.new.max, language),
        );
        page.item(Ink::Plain, "  ", &format!("{max} {old} → {new}"));
    }
    let changes = kept.difference.changes.iter();
    let aspects: Vec<String> = changes
        .map(|it| wording::aspect(&it.aspect, language))
        .collect();
    let differs = language.pick("khác:", "different:");
    page.item(
        Ink::Plain,
        "  ",
        &format!("{differs} {}", aspects.join("; ")),
    );
    match &kept.difference.verdict {
        Verdict::Equal(argument) => {
            let text = language.pick("điểm không đổi:", "points unchanged:");
            let why = wording::argument(*argument, language);
            page.item(Ink::Good, "  ", &format!("{text} {why}"));
        }
        Verdict::Differs(witnesses) => {
            for witness in witnesses {
                if let Some(moved) = witness.difference() {
                    let text = language.pick("điểm", "points");
                    page.item(
                        Ink::Warning,
                        "  ",
                        &format!("{text} {}", difference(&moved, language)),
                    );
                }
                told(page, witness, language);
            }
        }
        Verdict::NotComparable(mismatch) => {
            let text = language.pick(
                "không so sánh được, số liệu khác nhau:",
                "not comparable, other quantities:",
            );
            let (old, new) = (mismatch.old.join(", "), mismatch.new.join(", "));
            page.item(Ink::Warning, "  ", &format!("{text} {old} → {new}"));
        }
        Verdict::NotAnalysed => {
            let text = language.pick(
                "chưa phân tích được: không tìm thấy hồ sơ làm đổi điểm, cũng không loại trừ được",
                "not analysed: no record was found that moves points, and none was excluded",
            );
            page.item(Ink::Warning, "  ", text);
        }
    }
}

fn effect(page: &mut Page, on: &Effect, language: Language) {
    page.heading(language.pick("VỚI BỘ HỒ SƠ", "ON THE SUBMISSION"));
    let (old, new) = (language.date(on.as_of), language.date(on.new_as_of));
    let as_of = language.pick("tính đến", "as of");
    page.line(Ink::Plain, &format!("{as_of} {old} → {new}"));
    let head = language.pick(
        ["", "Dừng cũ", "Dừng mới", "Chênh"],
        ["", "Old", "New", "Change"],
    );
    let mut rows = vec![Row {
        ink: Ink::Bold,
        cells: head.map(str::to_owned).to_vec(),
    }];
    for leaf in &on.leaves {
        let code = match leaf.code == leaf.new_code {
            true => leaf.code.clone(),
            false => format!("{} → {}", leaf.code, leaf.new_code),
        };
        let numbers = [&leaf.old.standing, &leaf.new.standing];
        let mut cells = vec![code];
        cells.extend(numbers.iter().map(|it| points(it, language)));
        cells.push(difference(&leaf.difference, language));
        let ink = if leaf.difference.is_zero() {
            Ink::Plain
        } else {
            Ink::Warning
        };
        rows.push(Row { ink, cells });
    }
    let total = language.pick("Tổng", "Total").to_owned();
    let moved = &on.new.standing - &on.old.standing;
    rows.push(Row {
        ink: Ink::Bold,
        cells: vec![
            total,
            points(&on.old.standing, language),
            points(&on.new.standing, language),
            difference(&moved, language),
        ],
    });
    page.table(&Table {
        aligns: vec![Align::Left, Align::Right, Align::Right, Align::Right],
        flexible: 0,
        most_lines: 1,
        rows,
    });
    if !on.left_out.is_empty() {
        let text = language.pick("bộ tiêu chí mới không hỏi:", "not asked by the new pack:");
        page.line(Ink::Dim, &format!("{text} {}", on.left_out.join(", ")));
    }
}
