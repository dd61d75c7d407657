//! The catalogue: every text for a code, in Vietnamese and English.
//!
//! A text is a template. `{name}` stands for a parameter; a stretch in `[ ]` is left out
//! where one of its parameters is missing. A code without a text is shown in backticks;
//! tests see to it that the core can emit none.

mod because;
mod dossier;
mod fault;
mod finding;
mod flaw;
mod header;
mod label;
mod lever;
mod observation;
mod observed;
mod pack;
mod phrase;
mod plan;
mod reading;
mod reason;
mod reconcile;

pub(crate) use because::because;
pub(crate) use dossier::{
    dossier_column, dossier_observation, dossier_part, dossier_place, dossier_remedy,
};
pub(crate) use fault::{fault_help, fault_title};
pub(crate) use finding::{date, finding, remedy};
pub(crate) use flaw::{flaw, flaw_help, not_analysed};
pub(crate) use header::component;
pub(crate) use label::{change, evidence_outcome, field, opening, outcome, round, task_status};
pub(crate) use lever::{act, failure, outside, short};
pub(crate) use observed::{comparison, observation};
pub(crate) use pack::{
    argument, aspect, demand, demand_kind, header as table_header, mutation_kind, verdict,
};
pub(crate) use phrase::phrase;
pub(crate) use reading::reading;
pub(crate) use reason::{reason, remark};
pub(crate) use reconcile::{answer, cause, reconciled};

use crate::Language;

/// A code with its Vietnamese and English text.
type Entry = (&'static str, &'static str, &'static str);

fn template(table: &[Entry], code: &str, language: Language) -> Option<&'static str> {
    let entry = table.iter().find(|entry| entry.0 == code)?;
    Some(language.pick(entry.1, entry.2))
}

fn text(table: &[Entry], code: &str, language: Language) -> String {
    template(table, code, language).map_or_else(|| format!("`{code}`"), str::to_owned)
}

/// The template with its parameters put in.
fn filled(template: &str, parameter: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    for (optional, part) in parts(template) {
        let mut complete = true;
        let mut stretch = String::new();
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            stretch.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            match parameter(name) {
                Some(value) => stretch.push_str(&value),
                None => {
                    complete = false;
                    stretch.push('…');
                }
            }
            rest = after;
        }
        stretch.push_str(rest);
        if complete || !optional {
            out.push_str(&stretch);
        }
    }
    out
}

/// Stretches of a template, each with whether it may be left out.
fn parts(template: &str) -> Vec<(bool, &str)> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').unwrap_or((after, ""));
        parts.extend([(false, before), (true, inside)]);
        rest = after;
    }
    parts.push((false, rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use cchc_core::values::nfc;

    #[track_caller]
    fn check(template: &str, expected: &str) {
        let parameter = |name: &str| (name == "a").then(|| "1".to_owned());
        assert_eq!(filled(template, &parameter), expected);
    }

    #[test]
    fn what_lacks_a_parameter_is_left_out() {
        check("x {a}[ and {b}][ or {a}].", "x 1 or 1.");
        check("{b}", "…");
        check("plain", "plain");
    }

    /// Every template, with the table it stands in.
    fn every_entry() -> Vec<&'static Entry> {
        let tables = [
            because::EXACT,
            because::COUNTED,
            because::NAMED,
            fault::TITLES,
            fault::HELPS,
            finding::FINDINGS,
            flaw::FLAWS,
            flaw::NOT_ANALYSED,
            finding::REMEDIES,
            header::COMPONENTS,
            header::OBSERVATIONS,
            header::REMEDIES,
            observation::AMOUNTS,
            observation::OBSERVATIONS,
            observation::REMEDIES,
            lever::ACTS,
            lever::FAILURES,
            lever::OUTSIDE,
            lever::SHORT,
            plan::OBSERVATIONS,
            plan::REMEDIES,
            pack::KINDS,
            pack::VERDICTS,
            pack::ARGUMENTS,
            pack::DEMANDS,
            pack::SIDES,
            pack::ASPECTS,
            reason::REASONS,
            reason::REMARKS,
            reconcile::CAUSES,
            reconcile::ANSWERS,
            reconcile::MODES,
            reconcile::TEXTS,
        ];
        tables
            .into_iter()
            .flatten()
            .chain(label::TABLES.iter().copied().flatten())
            .chain(dossier::TABLES.iter().copied().flatten())
            .collect()
    }

    #[test]
    fn every_text_is_there_in_both_languages_and_in_normal_form() {
        for (code, vietnamese, english) in every_entry() {
            for text in [vietnamese, english] {
                assert!(!text.trim().is_empty(), "{code}");
                assert_eq!(nfc(text), **text, "{code}");
                assert!(!text.ends_with('.'), "{code}");
            }
        }
    }

    #[test]
    fn both_languages_use_the_same_parameters() {
        let names = |text: &str| -> Vec<String> {
            let mut names: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            names.sort();
            names.dedup();
            names
        };
        for (code, vietnamese, english) in every_entry() {
            assert_eq!(names(vietnamese), names(english), "{code}");
        }
    }

    #[test]
    fn an_unknown_code_is_shown_as_it_is() {
        assert_eq!(remedy("fly", Language::English), "`fly`");
    }
}
