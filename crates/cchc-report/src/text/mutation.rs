//! `mutate`: what became of each change of a pack.

use std::collections::BTreeMap;

use cchc_core::difference::{Observed, Witness};
use cchc_core::model::Pack;
use cchc_core::mutation::{Finding, Verdict};
use serde_json::Value;

use crate::layout::Page;
use crate::number::points;
use crate::style::Ink;
use crate::{Language, Style, wording};

/// Longest JSON of a change that is shown.
const SHOWN: usize = 60;
/// Most facts of a record that are shown.
const FACTS: usize = 8;

/// Survivors in full, then equal ones with their argument, then the counts.
pub fn mutation(
    pack: &Pack,
    findings: &[Finding],
    failing: usize,
    language: Language,
    style: Style,
) -> String {
    let mut page = Page::new(style);
    page.line(Ink::Bold, language.title(&pack.title));
    let of = |code: &'static str| findings.iter().filter(move |it| it.verdict.code() == code);
    if of("survived").chain(of("undecided")).next().is_some() {
        page.heading(language.pick(
            "THAY ĐỔI KHÔNG BỊ PHÁT HIỆN",
            "CHANGES THAT NO CASE NOTICES",
        ));
        for finding in of("survived").chain(of("undecided")) {
            survivor(&mut page, finding, language);
        }
    }
    if of("equal").next().is_some() {
        page.heading(language.pick("TƯƠNG ĐƯƠNG", "PROVED EQUAL"));
        for finding in of("equal") {
            page.item(Ink::Plain, "- ", &change(finding, language));
            if let Verdict::Equal { arguments } = &finding.verdict {
                let words = arguments.iter().map(|it| wording::argument(*it, language));
                page.item(Ink::Dim, "    ", &words.collect::<Vec<_>>().join("; "));
            }
        }
    }
    counts(&mut page, findings, language);
    if failing > 0 {
        let text = language.pick(
            format!("{failing} tình huống của bộ tiêu chí chưa đạt hoặc chưa xác nhận, không tính"),
            format!("{failing} cases of the pack do not pass or are not confirmed: left out"),
        );
        page.line(Ink::Bad, &text);
    }
    page.finish()
}

fn survivor(page: &mut Page, finding: &Finding, language: Language) {
    page.item(Ink::Bad, "- ", &change(finding, language));
    match &finding.verdict {
        Verdict::Survived { code, witness } => {
            let text = language.pick(
                format!("tình huống sẽ phát hiện, cho {code}:"),
                format!("a case that would notice, about {code}:"),
            );
            page.item(Ink::Plain, "    ", &text);
            told(page, witness, language);
        }
        Verdict::Undecided { changes } => {
            let aspects = changes
                .iter()
                .map(|it| wording::aspect(&it.aspect, language));
            let text = language.pick("khác nhau:", "different:");
            let list = aspects.collect::<Vec<_>>().join("; ");
            page.item(Ink::Plain, "    ", &format!("{text} {list}"));
        }
        _ => {}
    }
}

/// A record and what either pack makes of it.
pub(super) fn told(page: &mut Page, witness: &Witness, language: Language) {
    let as_of = language.pick("tính đến", "as of");
    let mut facts = facts(&witness.given);
    if facts.len() > FACTS {
        let rest = facts.len() - FACTS;
        facts.truncate(FACTS);
        facts.push(language.pick(
            format!("và {rest} mục khác (xem `--format json`)"),
            format!("and {rest} more (see `--format json`)"),
        ));
    }
    let facts = format!(
        "{as_of} {}: {}",
        language.date(witness.as_of),
        facts.join("; ")
    );
    page.item(Ink::Dim, "    ", &facts);
    let old = observed(&witness.old, language);
    let new = match &witness.new {
        Some(new) => observed(new, language),
        None => language
            .pick("không nhận hồ sơ này", "refuses the record")
            .to_owned(),
    };
    page.item(Ink::Plain, "    ", &format!("{old} → {new}"));
}

/// What a record says, one fact or document after the other, in the words of its file.
fn facts(given: &Value) -> Vec<String> {
    const HEAD: &[&str] = &["id", "quantity", "kind", "code"];
    const LISTS: &[&str] = &["figures", "events", "not_applicable", "cohort", "evidence"];
    let mut told = Vec::new();
    for key in ["observation_window", "predecessors"] {
        if let Some(value) = given.get(key) {
            told.push(format!("{key} {}", plain(value)));
        }
    }
    for list in LISTS {
        for fact in given
            .get(list)
            .and_then(|it| it.as_array())
            .into_iter()
            .flatten()
        {
            let text = |key: &'static str| fact.get(key).and_then(|it| it.as_str());
            let mut words: Vec<String> = HEAD
                .iter()
                .copied()
                .filter_map(text)
                .map(str::to_owned)
                .collect();
            let fields = fact.as_object().into_iter().flatten();
            let rest = fields.filter(|(key, value)| {
                let empty = value.as_array().is_some_and(Vec::is_empty);
                !HEAD.contains(&key.as_str()) && !empty
            });
            words.extend(rest.map(|(key, value)| format!("{key} {}", plain(value))));
            told.push(words.join(" "));
        }
    }
    told
}

/// JSON without its marks.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(" "),
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(key, value)| format!("{key} {}", plain(value)));
            fields.collect::<Vec<_>>().join(" ")
        }
        other => other.to_string(),
    }
}

/// Points, as one number where all three agree, with the reasons.
fn observed(seen: &Observed, language: Language) -> String {
    let numbers = [&seen.secured, &seen.standing, &seen.attainable];
    let mut shown: Vec<String> = numbers.iter().map(|it| points(it, language)).collect();
    if shown.iter().all(|it| Some(it) == shown.first()) {
        shown.truncate(1);
    }
    format!("{} ({})", shown.join(" / "), seen.because.join(", "))
}

fn change(finding: &Finding, language: Language) -> String {
    let nothing = || language.pick("không có", "nothing").to_owned();
    let short = |text: &Option<String>| match text {
        Some(text) if text.chars().count() > SHOWN => {
            let start: String = text.chars().take(SHOWN).collect();
            format!("{start}…")
        }
        Some(text) => text.clone(),
        None => nothing(),
    };
    format!(
        "{} · {} {}: {} → {}",
        finding.subject,
        wording::mutation_kind(finding.kind, language),
        finding.path,
        short(&finding.before),
        short(&finding.after)
    )
}

fn counts(page: &mut Page, findings: &[Finding], language: Language) {
    page.blank();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in findings {
        *counts.entry(finding.verdict.code()).or_insert(0) += 1;
    }
    let all = findings.len();
    page.line(
        Ink::Bold,
        &language.pick(format!("{all} thay đổi"), format!("{all} changes")),
    );
    for code in [
        "refused",
        "unsound",
        "killed",
        "equal",
        "survived",
        "undecided",
    ] {
        let count = counts.get(code).copied().unwrap_or(0);
        let ink = match code {
            "survived" | "undecided" if count > 0 => Ink::Bad,
            _ => Ink::Plain,
        };
        page.item(
            ink,
            "  ",
            &format!("{}: {count}", wording::verdict(code, language)),
        );
    }
}
