//! `assess`: the numbers, what was lost and why, what can still be won and until when.

use cchc_core::answer::{Assessment, GroupAnswer, LeafAnswer, Numbers, Severity};

use super::{View, ink};
use crate::layout::{Align, Page, Row, Table};
use crate::number::{difference, percent, points};
use crate::style::Ink;
use crate::wording;

/// The whole assessment, at most 80 columns wide.
pub fn assess(answer: &Assessment, view: &View<'_>) -> String {
    let mut page = Page::new(view.style);
    view.header(&mut page, &answer.basis);
    illustrative(&mut page, answer, view);
    page.blank();
    page.table(&table(answer, view));
    index(&mut page, answer, view);
    lost(&mut page, answer, view);
    to_gain(&mut page, answer, view);
    at_risk(&mut page, answer, view);
    earlier(&mut page, answer, view);
    others(&mut page, answer, view);
    view.footer(&mut page, &answer.basis);
    page.finish()
}

fn illustrative(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let totals = &answer.totals;
    if totals.illustrative_max.is_zero() {
        return;
    }
    let language = view.language;
    let (some, all) = (
        points(&totals.illustrative_max, language),
        points(&totals.numbers.max, language),
    );
    let text = language.pick(
        format!("{some} trong {all} điểm dựa trên số liệu MINH HỌA, không phải chính thức (*)"),
        format!("{some} of {all} points rest on ILLUSTRATIVE figures, not official ones (*)"),
    );
    page.item(Ink::Warning, "! ", &text);
}

fn cells(code: &str, title: &str, numbers: &Numbers, view: &View<'_>) -> Vec<String> {
    let mut cells = vec![code.to_owned(), title.to_owned()];
    let parts = [
        &numbers.max,
        &numbers.secured,
        &numbers.standing,
        &numbers.attainable,
        &numbers.lost,
    ];
    cells.extend(parts.map(|part| points(part, view.language)));
    cells
}

fn table(answer: &Assessment, view: &View<'_>) -> Table {
    let language = view.language;
    let heads = language.pick(
        ["", "", "Tối đa", "Chắc", "Dừng", "Có thể", "Mất"],
        ["", "", "Max", "Sure", "Stands", "Can be", "Lost"],
    );
    let mut rows = vec![Row {
        ink: Ink::Bold,
        cells: heads.iter().map(|it| (*it).to_owned()).collect(),
    }];
    let mut leaves = answer.leaves.iter().peekable();
    for group in &answer.groups {
        rows.push(group_row(group, view));
        while let Some(leaf) = leaves.next_if(|leaf| *leaf.area == *group.code || group.depth > 1) {
            rows.push(leaf_row(leaf, view));
        }
    }
    let total = language.pick("Tổng", "Total");
    rows.push(Row {
        ink: Ink::Bold,
        cells: cells("", total, &answer.totals.numbers, view),
    });
    if let Some(block) = &answer.totals.bonus_penalty {
        let title = language.pick(
            "Điểm thưởng, phạt (ngoài tổng)",
            "Bonus and penalty (apart)",
        );
        rows.push(Row {
            ink: Ink::Bold,
            cells: cells("", title, block, view),
        });
    }
    let mut aligns = vec![Align::Left, Align::Left];
    aligns.extend([Align::Right; 5]);
    Table {
        aligns,
        flexible: 1,
        most_lines: 2,
        rows,
    }
}

fn group_row(group: &GroupAnswer, view: &View<'_>) -> Row {
    let title = view.language.title(&group.title);
    Row {
        ink: Ink::Bold,
        cells: cells(&group.code, title, &group.numbers, view),
    }
}

fn leaf_row(leaf: &LeafAnswer, view: &View<'_>) -> Row {
    let mut title = view.language.title(&leaf.title).to_owned();
    if leaf.illustrative {
        title = format!("*{title}");
    }
    if leaf.outcome != cchc_core::answer::Outcome::Scored {
        title = format!(
            "[{}] {title}",
            wording::outcome(leaf.outcome, view.language)
        );
    }
    Row {
        ink: Ink::Plain,
        cells: cells(&leaf.code, &title, &leaf.numbers, view),
    }
}

fn index(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    let thresholds = view.names.class_thresholds();
    if let Some(index) = &answer.totals.index {
        let show = |x| percent(x, &thresholds, language);
        let (low, now, high) = (
            show(&index.secured),
            show(&index.standing),
            show(&index.attainable),
        );
        page.line(
            Ink::Plain,
            &language.pick(
                format!("Chỉ số: chắc chắn {low}, nếu dừng lại {now}, còn có thể đạt {high}"),
                format!("Index: {low} secured, {now} as it stands, {high} attainable"),
            ),
        );
    }
    if let Some(class) = &answer.class {
        let title = |it: &cchc_core::answer::ClassName| language.title(&it.title).to_owned();
        let (low, now, high) = (
            title(&class.secured),
            title(&class.standing),
            title(&class.attainable),
        );
        page.line(
            Ink::Plain,
            &language.pick(
                format!("Xếp loại: chắc chắn {low}, nếu dừng lại {now}, cao nhất {high}"),
                format!("Class: {low} secured, {now} as it stands, {high} at best"),
            ),
        );
        for gate in &class.gates {
            page.item(Ink::Bad, "- ", language.title(gate));
        }
    }
}

fn headed(leaf: &LeafAnswer, amount: &str, view: &View<'_>) -> String {
    format!(
        "{} ({amount}) {}",
        leaf.code,
        view.language.title(&leaf.title)
    )
}

fn lost(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    let some = answer
        .leaves
        .iter()
        .filter(|leaf| !leaf.numbers.lost.is_zero());
    page.heading(language.pick("ĐÃ MẤT ĐIỂM, VÌ SAO", "LOST, AND WHY"));
    let mut none = true;
    for leaf in some {
        none = false;
        let amount = format!("−{}", points(&leaf.numbers.lost, language));
        page.item(Ink::Bad, "", &headed(leaf, &amount, view));
        page.item(Ink::Plain, "    ", &view.because(leaf));
        if leaf.numbers.to_gain.is_zero() {
            let problems = leaf
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Problem);
            for finding in problems {
                page.item(
                    Ink::Plain,
                    "    - ",
                    &view.finding(finding, Some(&leaf.code)),
                );
            }
        }
        if let Some(source) = view.source(leaf) {
            page.item(Ink::Dim, "    ", &source);
        }
    }
    if none {
        page.line(
            Ink::Good,
            language.pick("Chưa mất điểm nào.", "Nothing is lost."),
        );
    }
}

fn to_gain(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    page.heading(language.pick(
        "CÒN GIÀNH ĐƯỢC, ĐẾN KHI NÀO",
        "STILL TO BE WON, AND UNTIL WHEN",
    ));
    let mut none = true;
    for leaf in answer
        .leaves
        .iter()
        .filter(|leaf| !leaf.numbers.to_gain.is_zero())
    {
        none = false;
        let amount = format!("+{}", points(&leaf.numbers.to_gain, language));
        page.item(Ink::Good, "", &headed(leaf, &amount, view));
        page.item(Ink::Plain, "    ", &view.because(leaf));
        for opening in &leaf.open {
            page.item(Ink::Plain, "    - ", &view.opening(opening));
        }
        for finding in leaf
            .findings
            .iter()
            .filter(|it| it.severity == Severity::Problem)
        {
            page.item(Ink::Bad, "    ! ", &view.finding(finding, Some(&leaf.code)));
        }
        if let Some(office) = view.office(leaf) {
            page.item(Ink::Dim, "    ", &office);
        }
    }
    if none {
        page.line(
            Ink::Plain,
            language.pick("Không còn điểm nào.", "Nothing more."),
        );
    }
}

fn at_risk(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    let some: Vec<String> = answer
        .leaves
        .iter()
        .filter(|leaf| !leaf.numbers.at_risk.is_zero())
        .map(|leaf| {
            format!(
                "{} ({})",
                leaf.code,
                points(&leaf.numbers.at_risk, language)
            )
        })
        .collect();
    if !some.is_empty() {
        page.heading(language.pick(
            "ĐANG CÓ NHƯNG CÒN CÓ THỂ MẤT",
            "STANDING, BUT STILL AT RISK",
        ));
        page.item(Ink::Plain, "", &some.join(", "));
    }
}

fn earlier(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    let mut rounds: Vec<(i32, &str)> = Vec::new();
    for change in answer.leaves.iter().flat_map(|leaf| &leaf.earlier) {
        let round = (change.year, change.round.as_str());
        if !rounds.contains(&round) {
            rounds.push(round);
        }
    }
    for (year, round) in rounds {
        let name = wording::round(round, language);
        page.heading(&language.pick(
            format!("SO VỚI ĐIỂM {year} ({name}), NẾU DỪNG LẠI"),
            format!("AGAINST {year} ({name}), AS IT STANDS"),
        ));
        for kind in ["gained", "lost", "unchanged"] {
            let list: Vec<String> = answer
                .leaves
                .iter()
                .flat_map(|leaf| leaf.earlier.iter().map(move |change| (leaf, change)))
                .filter(|(_, it)| it.year == year && it.round == round && it.change == kind)
                .map(|(leaf, it)| match kind {
                    "unchanged" => leaf.code.clone(),
                    _ => format!("{} {}", leaf.code, difference(&it.difference, language)),
                })
                .collect();
            if !list.is_empty() {
                let label = wording::change(kind, language);
                page.item(Ink::Plain, "", &format!("{label}: {}", list.join(", ")));
            }
        }
    }
}

fn others(page: &mut Page, answer: &Assessment, view: &View<'_>) {
    let language = view.language;
    let bound = answer
        .groups
        .iter()
        .filter(|it| it.depth == 1)
        .flat_map(|it| it.bound.iter());
    let bound: Vec<String> = bound
        .map(|fact| {
            let codes = fact.codes.join(", ");
            language.pick(
                format!(
                    "{codes} cùng dựa trên {}: có thể không cùng đạt mức cao nhất",
                    fact.by
                ),
                format!(
                    "{codes} read `{}`: they may not reach their ends together",
                    fact.by
                ),
            )
        })
        .collect();
    if bound.is_empty() && answer.findings.is_empty() {
        return;
    }
    page.heading(language.pick("LƯU Ý KHÁC", "ALSO"));
    for text in bound {
        page.item(Ink::Plain, "- ", &text);
    }
    for finding in &answer.findings {
        page.item(ink(finding.severity), "- ", &view.finding(finding, None));
    }
}
