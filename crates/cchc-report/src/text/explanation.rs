//! The explanation (giải trình) of a unit about components that a round scored lower than the
//! record gives: what the points rest on, the rule's own words, the evidence, and the request.
//!
//! The form is that of a report (báo cáo) of Nghị định 30/2020/NĐ-CP; number, day and signature
//! are blank on purpose. It argues for the unit: a reading that gives the official points and
//! goes against the record is answered; what is the record's own weakness is for the office's
//! own answer, and a component of which nothing else explains the difference is left out.
//! Nothing is made up: readings are likely ones, and said to be.

use cchc_core::model::{Basis, Source};
use cchc_core::reconcile::{NamedDocument, Reconciled, Reconciliation};
use cchc_core::values::Points;

use super::form;
use crate::document::{Block, Document, Words};
use crate::number::{difference, points};
use crate::{Language, Names, wording};

const VI: Language = Language::Vietnamese;

/// The explanation of every component that is contested.
pub fn explanation(answer: &Reconciliation, names: Names<'_>) -> Document {
    let basis = &answer.basis;
    let (year, unit) = (basis.scored_year, &basis.unit_name);
    let round = wording::round(&answer.round, VI);
    let contested: Vec<&Reconciled> = answer.components.iter().filter(|it| it.contested).collect();
    let subject = format!("Giải trình điểm {round} Chỉ số cải cách hành chính năm {year}");
    // The scores of a year come out in the next one.
    let mut blocks = vec![
        form::head(unit, "BC-UBND", year + 1),
        Block::Title("BÁO CÁO".to_owned()),
        Block::Title(subject.clone()),
    ];
    let mut paragraph = |text: String| blocks.push(Block::Paragraph(Words::plain(text)));
    paragraph(format!(
        "{unit} giải trình điểm {round} theo {}, hồ sơ tính đến đầu ngày {}, với nội dung như sau:",
        VI.title(&basis.pack_title),
        VI.date(basis.as_of)
    ));
    let notes = [&basis.submission_note, &basis.pack_note];
    for note in notes.into_iter().flatten() {
        blocks.push(Block::Paragraph(Words::labelled("Lưu ý:", note)));
    }
    if answer.components.iter().any(|it| it.illustrative) {
        let text = "thang điểm có dấu * là MINH HỌA, không phải chính thức.";
        blocks.push(Block::Paragraph(Words::labelled("Lưu ý:", text)));
    }
    if contested.is_empty() {
        let text = wording::reconciled("nothing_below", VI, &|_| None);
        blocks.push(Block::Paragraph(Words::plain(format!("{text}."))));
    } else {
        blocks.push(Block::Heading(1, "I. TỔNG HỢP".to_owned()));
        blocks.push(table(&contested));
        blocks.push(Block::Heading(1, "II. NỘI DUNG GIẢI TRÌNH".to_owned()));
        for (component, number) in contested.iter().zip(1..) {
            argue(&mut blocks, component, number, names);
        }
        let text = format!("{unit} báo cáo, đề nghị cơ quan thẩm định xem xét./.");
        blocks.push(Block::Paragraph(Words::plain(text)));
    }
    blocks.push(form::foot(unit, []));
    Document {
        title: format!("{subject} – {unit}"),
        blocks,
    }
}

fn table(contested: &[&Reconciled]) -> Block {
    let head = [
        "TT",
        "Tiêu chí thành phần",
        "Tối đa",
        "Thẩm định",
        "Đề nghị",
        "Chênh",
    ];
    let row = |start: [String; 2], numbers: [&Points; 3], gap: &Points| -> Vec<String> {
        let numbers = numbers.into_iter().map(|it| points(it, VI));
        start
            .into_iter()
            .chain(numbers)
            .chain([difference(gap, VI)])
            .collect()
    };
    let rows = contested.iter().zip(1..).map(|(it, number)| {
        row(
            [number.to_string(), named(it)],
            [&it.max, &it.official, &it.computed],
            &(&it.computed - &it.official),
        )
    });
    let sum =
        |of: fn(&Reconciled) -> &Points| -> Points { contested.iter().map(|it| of(it)).sum() };
    let (max, official) = (sum(|it| &it.max), sum(|it| &it.official));
    let computed = sum(|it| &it.computed);
    let total = row(
        [String::new(), "Cộng".to_owned()],
        [&max, &official, &computed],
        &(&computed - &official),
    );
    let head = head.map(str::to_owned).to_vec();
    Block::Table {
        widths: vec![8, 44, 12, 12, 12, 12],
        rows: std::iter::once(head).chain(rows).chain([total]).collect(),
    }
}

fn named(component: &Reconciled) -> String {
    let star = if component.illustrative { "*" } else { "" };
    format!("{}{star} {}", component.code, VI.title(&component.title))
}

fn argue(blocks: &mut Vec<Block>, component: &Reconciled, number: usize, names: Names<'_>) {
    blocks.push(Block::Heading(2, format!("{number}. {}", named(component))));
    let because = component.because.iter();
    let because: Vec<String> = because.map(|it| wording::because(it, names, VI)).collect();
    let parameter = |name: &str| match name {
        "because" => Some(because.join("; ")),
        "computed" => Some(points(&component.computed, VI)),
        "official" => Some(points(&component.official, VI)),
        "max" => Some(points(&component.max, VI)),
        _ => None,
    };
    let text = wording::reconciled("basis", VI, &parameter);
    blocks.push(Block::Paragraph(Words::plain(format!("{text}."))));
    for text in component.sources.iter().filter_map(rule) {
        blocks.push(Block::Item(Words::labelled("Quy định:", text)));
    }
    let causes = component.causes.iter();
    let answered: Vec<_> = causes.filter(|it| it.goes_against_record()).collect();
    if !answered.is_empty() {
        let text = "Những cách hiểu hồ sơ sau đây cho đúng số điểm thẩm định; đơn vị giải trình:";
        blocks.push(Block::Paragraph(Words::plain(text)));
    }
    for cause in answered {
        let likely = wording::cause(cause, component, names, VI);
        let answer = wording::answer(cause.code(), VI);
        blocks.push(Block::Item(Words::plain(format!("{likely}. {answer}."))));
    }
    if component.causes.is_empty() {
        let text = "không tìm thấy cách hiểu nào của hồ sơ cho đúng số điểm thẩm định; đề nghị nêu rõ căn cứ.";
        blocks.push(Block::Item(Words::plain(text)));
    }
    let accepted = component.documents.iter().filter(|it| it.accepted);
    let accepted: Vec<String> = accepted.map(cited).collect();
    if accepted.is_empty() {
        let text = wording::reconciled("no_evidence", VI, &|_| None);
        blocks.push(Block::Item(Words::labelled("Tài liệu kiểm chứng:", text)));
    } else {
        blocks.push(Block::Item(Words::labelled("Tài liệu kiểm chứng:", "")));
    }
    for (text, place) in accepted.into_iter().zip(1..) {
        blocks.push(Block::Item(Words::plain(format!("({place}) {text}"))));
    }
    let request = wording::reconciled("request", VI, &parameter);
    blocks.push(Block::Paragraph(Words::plain(format!("{request}."))));
}

/// The rule's own words, where a document says them.
fn rule(source: &Source) -> Option<String> {
    let Basis::Cited {
        document,
        item,
        quote,
    } = &source.basis
    else {
        return None;
    };
    let item = item.as_ref().map(|it| format!(", {it}"));
    let quote = quote.as_ref().map(|it| format!(": “{it}”"));
    Some(format!(
        "{document}{}{}",
        item.unwrap_or_default(),
        quote.unwrap_or_default()
    ))
}

/// A document as a letter cites it: kind, number and symbol, date, issuer, subject, page.
fn cited(document: &NamedDocument) -> String {
    let kind = cchc_core::facts::DocumentKind::from_abbreviation(document.kind);
    let kind = kind.map_or(document.kind, |it| it.vietnamese());
    let name = document.citation.as_deref().unwrap_or(&document.id);
    let mut text = format!("{kind} {name}");
    if let Some(date) = document.issued_on {
        text += &format!(" ngày {}", VI.date(date));
    }
    if let Some(issuer) = &document.issuer {
        text += &format!(" của {issuer}");
    }
    if let Some(subject) = &document.subject {
        text += &format!(": {subject}");
    }
    if let Some(page) = &document.page {
        text += &format!(" ({page})");
    }
    text
}
