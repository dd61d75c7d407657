//! `verify`: what stands against publishing a pack, with the smallest records that show it.

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
        let values = format!("{expected} {}, {found} {}", flaw.expected, flaw.found);
        page.item(Ink::Plain, "  ", &values);
        if let Some(help) = wording::flaw_help(flaw.code, flaw.help.as_deref(), language) {
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
            .find(|(key, _)| !matches!(key.as_str(), "quantity" | "observed_on" | "recorded_on"));
        if let (Some(name), Some((_, value))) = (name, value) {
            parts.push(format!("`{name}` {}", plain(value)));
        }
    }
    let mut events: Vec<(String, usize)> = Vec::new();
    for event in list("events").unwrap_or_default() {
        let field = |key| event.get(key).and_then(Value::as_str).unwrap_or_default();
        let what = match field("obligation") {
            "" => format!("`{}`", field("kind")),
            obligation => format!("`{obligation}` {}", field("date")),
        };
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

/// A value without quotes and braces: `won 1, lost 0`.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let told = fields
                .iter()
                .filter(|(key, _)| !matches!(key.as_str(), "by" | "reason"));
            let told = told.map(|(key, value)| format!("{key} {}", plain(value)));
            told.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
