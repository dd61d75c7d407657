//! Titles for the names that an answer carries, looked up in the pack.
//!
//! An answer names quantities, roles, obligations and offices as the pack does. A reader
//! wants their titles; where the pack is not at hand the names themselves are shown.

use cchc_core::model::{Pack, Title};
use cchc_core::rules::{CurveRule, Proof, Quantity, QuantityKind, Rule};
use cchc_core::values::Exact;

use crate::Language;

/// Where titles are looked up.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    pack: Option<&'a Pack>,
}

/// What a number of a quantity means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scale {
    /// A fraction of a whole, shown in per cent.
    Rate,
    /// 1 for yes, 0 for no.
    YesNo,
    /// A number.
    Number,
}

impl<'a> Names<'a> {
    /// Titles of this pack.
    pub fn of(pack: &'a Pack) -> Self {
        Names { pack: Some(pack) }
    }

    /// Title of an office.
    pub(crate) fn office(self, id: &str, language: Language) -> String {
        let offices = self
            .pack
            .map(|pack| pack.offices.as_slice())
            .unwrap_or_default();
        let found = offices.iter().find(|(name, _)| name == id);
        titled(found.map(|(_, title)| title), id, language)
    }

    /// Title of a quantity, or of the quantity that a kind of event feeds, in quotes.
    pub(crate) fn quantity(self, id: &str, language: Language) -> String {
        match self.find_quantity(id) {
            Some(quantity) => quoted(&titled(Some(&quantity.title), id, language)),
            None => quoted(id),
        }
    }

    /// Title of an obligation of a quantity, in quotes.
    pub(crate) fn obligation(self, quantity: &str, id: &str, language: Language) -> String {
        let title = match self.find_quantity(quantity).map(|it| &it.kind) {
            Some(QuantityKind::DueSet { obligations, .. }) => obligations
                .iter()
                .find(|it| it.id == id)
                .map(|it| &it.title),
            _ => None,
        };
        quoted(&titled(title, id, language))
    }

    /// Title of a role that documents play for a leaf, as it stands inside a sentence.
    pub(crate) fn role(self, leaf: Option<&str>, role: &str, language: Language) -> String {
        let found = self.proofs(leaf).into_iter().flat_map(|proof| &proof.roles);
        let title = found
            .filter(|it| &*it.name == role)
            .find_map(|it| it.title.as_ref())
            .map(|title| language.title(title));
        title.map_or_else(|| quoted(role), lower_first)
    }

    /// Title of a role that documents play for a quantity, as it stands inside a sentence.
    pub(crate) fn role_of(self, quantity: &str, role: &str, language: Language) -> String {
        let quantities = self.pack.map(|pack| pack.quantities.as_slice());
        let mut quantities = quantities.unwrap_or_default().iter();
        let found = quantities.find(|it| &*it.id == quantity);
        let mut roles = found.into_iter().flat_map(|it| &it.proof.roles);
        let title = roles
            .find(|it| &*it.name == role)
            .and_then(|it| it.title.as_ref());
        title.map_or_else(|| quoted(role), |it| lower_first(language.title(it)))
    }

    /// Title of a ground of exemption, in quotes.
    pub(crate) fn ground(self, leaf: Option<&str>, id: &str, language: Language) -> String {
        let leaf = leaf.and_then(|code| self.pack?.leaf(code));
        let ground = leaf.and_then(|leaf| leaf.grounds.iter().find(|it| it.id == id));
        quoted(&titled(ground.map(|it| &it.title), id, language))
    }

    /// What the numbers of a quantity mean; `None` where the pack is not at hand.
    pub(crate) fn scale(self, quantity: &str) -> Option<Scale> {
        Some(match self.find_quantity(quantity)?.kind {
            QuantityKind::Share { .. } => Scale::Rate,
            QuantityKind::Flag { .. } => Scale::YesNo,
            _ => Scale::Number,
        })
    }

    /// Numbers at which the points of a leaf change.
    pub(crate) fn thresholds(self, leaf: &str) -> Vec<Exact> {
        let mut list = Vec::new();
        if let Some(leaf) = self.pack.and_then(|pack| pack.leaf(leaf)) {
            each_curve(&leaf.rule, &mut |curve| {
                for piece in curve.curve.pieces() {
                    list.extend(piece.over.lower.value().cloned());
                    list.extend(piece.over.upper.value().cloned());
                }
            });
        }
        list
    }

    /// Thresholds of the final classes, in percent.
    pub(crate) fn class_thresholds(self) -> Vec<Exact> {
        let classes = self
            .pack
            .map(|pack| pack.classes.as_slice())
            .unwrap_or_default();
        classes
            .iter()
            .filter_map(|class| class.from.clone())
            .collect()
    }

    fn find_quantity(self, id: &str) -> Option<&'a Quantity> {
        let quantities = &self.pack?.quantities;
        let by_name = quantities.iter().find(|it| &*it.id == id);
        by_name.or_else(|| quantities.iter().find(|it| it.kind.event() == Some(id)))
    }

    fn proofs(self, leaf: Option<&str>) -> Vec<&'a Proof> {
        let Some(pack) = self.pack else {
            return Vec::new();
        };
        match leaf.and_then(|code| pack.leaf(code)) {
            Some(leaf) => {
                let quantities = leaf.quantities.iter().filter_map(|of| pack.quantity(*of));
                let proofs = quantities.map(|it| &it.proof);
                proofs
                    .chain(leaf.grounds.iter().map(|it| &it.proof))
                    .collect()
            }
            None => pack.quantities.iter().map(|it| &it.proof).collect(),
        }
    }
}

fn titled(title: Option<&Title>, id: &str, language: Language) -> String {
    title.map_or(id, |title| language.title(title)).to_owned()
}

fn quoted(text: &str) -> String {
    format!("“{text}”")
}

/// A title inside a sentence: `Biên bản` becomes `biên bản`, `TTHC` stays.
pub(crate) fn lower_first(title: &str) -> String {
    let mut chars = title.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let rest = title.chars().skip(1);
            first.to_lowercase().chain(rest).collect()
        }
        _ => title.to_owned(),
    }
}

fn each_curve(rule: &Rule, visit: &mut dyn FnMut(&CurveRule)) {
    match rule {
        Rule::Constant(_) | Rule::Obligations(_) | Rule::Relative(_) => {}
        Rule::Curve(curve) => visit(curve),
        Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
            parts.iter().for_each(|part| each_curve(part, visit));
        }
        Rule::Cap { part, .. } => each_curve(part, visit),
        Rule::Gate {
            condition,
            then,
            otherwise,
        } => {
            visit(condition);
            each_curve(then, visit);
            each_curve(otherwise, visit);
        }
        Rule::ByClass(classes) => classes.iter().for_each(|(_, rule)| each_curve(rule, visit)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_a_pack_names_are_shown() {
        let names = Names::default();
        assert_eq!(names.office("van_phong", Language::Vietnamese), "van_phong");
        assert_eq!(names.quantity("dossiers", Language::English), "“dossiers”");
        assert_eq!(names.role(None, "minutes", Language::English), "“minutes”");
    }

    #[test]
    fn a_title_loses_its_capital_inside_a_sentence_unless_it_is_an_acronym() {
        assert_eq!(lower_first("Biên bản"), "biên bản");
        assert_eq!(lower_first("Đề án"), "đề án");
        assert_eq!(lower_first("TTHC đã rà soát"), "TTHC đã rà soát");
        assert_eq!(lower_first(""), "");
    }
}
