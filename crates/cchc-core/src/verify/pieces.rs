//! Pieces that no value of the quantity can reach, beyond what the reader refuses.
//!
//! The reader holds pieces against whole numbers and against all rational shares; a share
//! whose total is limited has only the fractions with so few items, and a band between two
//! of them is dead all the same. A share by events of which no document is asked has all its
//! items won.

use super::Verifier;
use super::input;
use super::nodes::Part;
use super::number::NoShare;
use super::proofs::curves_of;
use crate::json::phrase;
use crate::rules::Reading;

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (node, leaf) in ctx.leaves() {
        let Some(part) = Part::whole(node, &leaf.rule) else {
            continue;
        };
        let mut curves = Vec::new();
        curves_of(&part, None, &mut curves);
        for (curve, _) in curves {
            let Reading::Share { of, .. } = &curve.reading else {
                continue;
            };
            let (least, most) = input::items_of(ctx.pack, *of);
            for piece in curve.curve.pieces() {
                let path = piece.path.as_deref().unwrap_or(&part.path);
                match input::smallest(ctx.pack, curve, &piece.over) {
                    Err(NoShare::None) => {
                        let only = input::only_share(ctx.pack, &curve.reading);
                        let found = match (only, most) {
                            (Some(only), _) => {
                                phrase!(
                                    "only the share `{}`: no document is asked of an item",
                                    only
                                )
                            }
                            (None, Some(most)) => {
                                phrase!("none of the shares of {} to {} items", least.max(1), most)
                            }
                            (None, None) => {
                                phrase!("none of the shares of {} items or more", least.max(1))
                            }
                        };
                        ctx.fault(
                            "band-dead",
                            path,
                            "a band with a number that the quantity can be",
                            found,
                            "remove the band, or mend its bounds or the limit of the total",
                        )
                        .leaf(&leaf.code);
                    }
                    Err(NoShare::TooMany) => {
                        ctx.not_analysed("too-many-shares", path, Some(&leaf.code));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    #[test]
    fn a_band_between_two_shares_of_few_items_is_dead() {
        let rule = |edge| {
            format!(
                r#"{{"form": "bands", "of": "few", "in": "percent", "not_arisen": "full", "bands": [
                {{"from": "100", "points": "2"}}, {{"above": "{edge}", "below": "100", "points": "1"}},
                {{"to": "{edge}", "points": "0"}}]}}"#
            )
        };
        // Of at most ten items the share next below all of them is 9 of 10.
        check("", &rule("90"), &["band-dead rule.bands[1]"]);
        check("", &rule("89"), &[]);
    }
}
