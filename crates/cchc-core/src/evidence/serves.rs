//! Which requirements a document could serve, before it is named for a fact.
//!
//! Only what is known of the document counts against it: an unknown kind, date or issuer
//! fits every requirement that says nothing else. A proposal, not an outcome; whether the
//! document proves a fact is judged when the register names it for one.

use chrono::NaiveDate;
use serde::Serialize;

use crate::facts::DocumentKind;
use crate::model::Pack;
use crate::rules::Role;
use crate::values::fold;

/// What is known of a document.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Its kind.
    pub kind: Option<DocumentKind>,
    /// Name of the issuing body.
    pub issuer: Option<String>,
    /// Level of the issuing body.
    pub level: Option<String>,
    /// Number and symbol, such as `22a/QĐ-UBND`.
    pub citation: Option<String>,
    /// The date it bears.
    pub issued_on: Option<NaiveDate>,
}

/// A requirement that a document could serve.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Serves {
    /// Codes of the components that read the quantity.
    pub codes: Vec<String>,
    /// Name of the quantity.
    pub quantity: String,
    /// Name of the part that documents play.
    pub role: String,
}

/// The requirements of a pack that a document could serve, in the order of the pack.
///
/// A document of which not even the kind is known could serve anything, and none is listed.
pub fn could_serve(pack: &Pack, known: &Known) -> Vec<Serves> {
    if known.kind.is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (index, quantity) in pack.quantities.iter().enumerate() {
        let codes: Vec<String> = pack
            .leaves
            .iter()
            .filter(|leaf| leaf.quantities.iter().any(|of| of.0 == index))
            .map(|leaf| leaf.code.clone())
            .collect();
        for role in &quantity.proof.roles {
            if fits(role, known) {
                found.push(Serves {
                    codes: codes.clone(),
                    quantity: quantity.id.to_string(),
                    role: role.name.to_string(),
                });
            }
        }
    }
    found
}

fn fits(role: &Role, known: &Known) -> bool {
    let kind = known.kind.is_none_or(|kind| role.kinds.contains(&kind));
    let level = known
        .level
        .as_ref()
        .is_none_or(|level| role.issuer_levels.is_empty() || role.issuer_levels.contains(level));
    let issuer = known.issuer.as_ref().is_none_or(|issuer| {
        let folded = fold(issuer);
        role.issuers.is_empty() || role.issuers.contains(&folded)
    });
    let pattern = known.citation.as_ref().is_none_or(|citation| {
        role.number_pattern
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(citation))
    });
    let dated = known
        .issued_on
        .is_none_or(|date| role.window.contains(date));
    kind && level && issuer && pattern && dated
}
