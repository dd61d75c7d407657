//! `verify`: what stands against publishing a pack, with the smallest records that show it.

use cchc_core::values::Exact;
use cchc_core::verify::{Flaw, Verification, Witness};
use serde_json::Value;

use crate::layout::Page;
use crate::style::Ink;
use crate::wording::{self, fault_title};
use crate::{Language, Style, number};

/// Faults, warnings, what was not analysed, and the verdict.
pub fn verification(answer: &Verification, language: Language, style: Style) -> String {
    let mut page = Page::new(style);
    if let Some(pack) = &answer.pack {
        let digest: String = answer
            .digest
            .iter()
            .flat_map(|it| it.chars().take(19))
            .collect();
        page.line(
            Ink::Dim,
            &format!("{pack} {digest}… · cchc {}", answer.engine),
        );
    }
    let faults = language.pick("LỖI", "FAULTS");
    list(&mut page, faults, Ink::Bad, &answer.faults, language);
    let warnings = language.pick("CẦN XEM LẠI", "TO BE LOOKED AT");
    list(
        &mut page,
        warnings,
        Ink::Warning,
        &answer.warnings,
        language,
    );
    if !answer.not_analysed.is_empty() {
        page.heading(language.pick("CHƯA PHÂN TÍCH ĐƯỢC", "NOT ANALYSED"));
        for it in &answer.not_analysed {
            let code = it
                .leaf
                .as_ref()
                .map_or(String::new(), |code| format!("{code} "));
            let why = wording::not_analysed(it.why, language);
            page.item(
                Ink::Plain,
                "- ",
                &format!("{code}{} [{}]: {why}", it.place, it.why),
            );
        }
    }
    page.blank();
    let counts = (answer.faults.len(), answer.warnings.len());
    let (ink, verdict) = match counts.0 {
        0 => (
            Ink::Good,
            language.pick("đủ điều kiện công bố", "fit to publish"),
        ),
        _ => (
            Ink::Bad,
            language.pick("chưa đủ điều kiện công bố", "not fit to publish"),
        ),
    };
    let (faults, warnings) = counts;
    let text = language.pick(
        format!("{verdict}: {faults} lỗi, {warnings} điểm cần xem lại"),
        format!("{verdict}: {faults} faults, {warnings} to be looked at"),
    );
    page.line(ink, &text);
    page.finish()
}

fn list(page: &mut Page, title: &str, ink: Ink, flaws: &[Flaw], language: Language) {
    if flaws.is_empty() {
        return;
    }
    page.heading(title);
    for flaw in flaws {
        let leaf = flaw.leaf.as_deref().filter(|leaf| !leaf.is_empty());
        let leaf = leaf.map_or(String::new(), |leaf| format!("{leaf} "));
        let means = wording::flaw(flaw.code, language).map_or(String::new(), |it| format!(" {it}"));
        page.item(ink, "", &format!("{leaf}[{}]{means}", flaw.code));
        page.item(Ink::Dim, "  ", &flaw.place.to_string());
        let (expected, found) = (
            fault_title("expected", language),
            fault_title("found", language),
        );
        let values = format!(
            "{expected} {}, {found} {}",
            wording::phrase(&flaw.expected, language),
            wording::phrase(&flaw.found, language)
        );
        page.item(Ink::Plain, "  ", &values);
        if let Some(help) = wording::flaw_help(flaw.code, flaw.help.as_ref(), language) {
            let label = fault_title("help", language);
            page.item(Ink::Plain, "  ", &format!("{label}: {help}"));
        }
        if let Some(witness) = &flaw.witness {
            shown(page, witness, language);
        }
    }
}

/// The records of a witness, each with its points.
fn shown(page: &mut Page, witness: &Witness, language: Language) {
    for record in &witness.records {
        let facts = facts(&record.given, language);
        let points = number::number(&record.points, language);
        let text = language.pick(
            format!("hồ sơ: {facts} → {points} điểm"),
            format!("record: {facts} → {points} points"),
        );
        page.item(Ink::Plain, "  · ", &text);
    }
}

/// The facts of a record on one line.
fn facts(given: &Value, language: Language) -> String {
    let list = |key: &str| given.get(key).and_then(Value::as_array).cloned();
    let mut parts = Vec::new();
    if let Some(class) = given.get("unit_class").and_then(Value::as_str) {
        parts.push(language.pick(format!("loại `{class}`"), format!("class `{class}`")));
    }
    for figure in list("figures").unwrap_or_default() {
        let Some(fields) = figure.as_object() else {
            continue;
        };
        let name = fields.get("quantity").and_then(Value::as_str);
        let value = fields
            .iter()
            .find(|(key, _)| VALUES.contains(&key.as_str()));
        if let (Some(name), Some((key, value))) = (name, value) {
            parts.push(format!("`{name}` {}", figure_value(key, value, language)));
        }
    }
    for figure in list("cohort").unwrap_or_default() {
        let field = |key| figure.get(key).and_then(Value::as_str).unwrap_or_default();
        let (name, best) = (field("quantity"), decimal(field("best"), language));
        parts.push(language.pick(
            format!("đơn vị dẫn đầu có `{name}` {best}"),
            format!("the leading unit has `{name}` {best}"),
        ));
    }
    let mut events: Vec<(String, usize)> = Vec::new();
    for event in list("events").unwrap_or_default() {
        let field = |key| event.get(key).and_then(Value::as_str).unwrap_or_default();
        let mut what = match field("obligation") {
            "" => format!("`{}`", field("kind")),
            obligation => format!("`{obligation}` {}", wording::date(field("date"), language)),
        };
        // Where facts are not taken as proved, it matters which of them documents prove.
        let documents = event.get("documents").and_then(Value::as_array);
        what.push_str(match documents.map(Vec::is_empty) {
            None => "",
            Some(true) => language.pick(" không có tài liệu", " without documents"),
            Some(false) => language.pick(" có tài liệu", " with documents"),
        });
        match events.last_mut() {
            Some((last, count)) if *last == what => *count += 1,
            _ => events.push((what, 1)),
        }
    }
    parts.extend(events.into_iter().map(|(what, count)| match count {
        1 => what,
        count => format!("{count} × {what}"),
    }));
    if parts.is_empty() {
        return language.pick("không có gì", "nothing").to_owned();
    }
    parts.join(", ")
}

/// Keys of a figure under which its value stands.
const VALUES: &[&str] = &[
    "count",
    "share",
    "flag",
    "sample",
    "measure",
    "options",
    "judgement",
];

/// What a figure states, without quotes and braces.
fn figure_value(key: &str, value: &Value, language: Language) -> String {
    let number = |name: &str| value.get(name).map_or(String::new(), Value::to_string);
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    match key {
        "share" if value.get("none").is_some() => {
            language.pick("không phát sinh", "none arose").to_owned()
        }
        "share" => {
            let (won, total) = (number("won"), number("total"));
            language.pick(format!("đạt {won}/{total}"), format!("{won} of {total}"))
        }
        "sample" => {
            let (size, population) = (number("size"), number("population"));
            language.pick(
                format!("mẫu {size}/{population}"),
                format!("a sample of {size} of {population}"),
            )
        }
        "flag" => match value.as_str() {
            Some("yes") => language.pick("có", "yes").to_owned(),
            Some("no") => language.pick("không", "no").to_owned(),
            _ => language.pick("chưa", "not yet").to_owned(),
        },
        "options" => {
            let counts = value.as_object().into_iter().flatten();
            let counts: Vec<String> = counts.map(|(id, n)| format!("`{id}` {n}")).collect();
            counts.join(", ")
        }
        "judgement" => match (text("points"), text("verdict")) {
            (Some(points), _) => {
                let points = decimal(points, language);
                language.pick(format!("{points} điểm"), format!("{points} points"))
            }
            (_, verdict) => format!("`{}`", verdict.unwrap_or_default()),
        },
        _ => value
            .as_str()
            .map_or_else(|| value.to_string(), |text| decimal(text, language)),
    }
}

/// A decimal as the language writes it.
fn decimal(text: &str, language: Language) -> String {
    match Exact::parse(text) {
        Ok(x) => number::number(&x, language),
        Err(_) => text.to_owned(),
    }
}
