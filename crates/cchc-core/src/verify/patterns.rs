//! Patterns of number and symbol hold no letter that only looks right, and accept symbols
//! that the kinds of their role can bear.
//!
//! That a pattern builds within limits, accepts its own examples and refuses its
//! counter-examples is seen to by the reader.

use crate::json::phrase;
use serde_json::Value;

use super::Verifier;
use super::nodes::{list, text};
use crate::facts::DocumentKind;
use crate::facts::symbol::{parse_full, symbol_matches_kind};
use crate::rules::{Proof, Role};
use crate::values::{LookAlike, look_alikes};

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let pack = ctx.pack;
    let quantities = pack
        .quantities
        .iter()
        .map(|it| (it.path.clone(), &it.proof));
    let grounds = ctx.leaves().flat_map(|(node, leaf)| {
        let grounds = leaf.grounds.iter().enumerate();
        let place = |index| node.at(&format!("not_applicable[{index}]"));
        grounds.map(move |(index, ground)| (place(index), &ground.proof))
    });
    let proofs: Vec<(String, &Proof)> = quantities.chain(grounds).collect();
    for (path, proof) in proofs {
        let pointer = format!("/{path}/proof").replace('[', "/").replace(']', "");
        let json = ctx.document.value().pointer(&pointer.replace('.', "/"));
        let roles = json.map_or(&[][..], |json| list(json, "roles"));
        for (index, (role, json)) in proof.roles.iter().zip(roles).enumerate() {
            of_role(ctx, &format!("{path}.proof.roles[{index}]"), role, json);
        }
    }
}

fn of_role(ctx: &mut Verifier<'_>, path: &str, role: &Role, json: &Value) {
    for (index, issuer) in list(json, "issuers").iter().enumerate() {
        let letters = issuer.as_str().map(look_alikes).unwrap_or_default();
        letter(
            ctx,
            "issuer-look-alike",
            &format!("{path}.issuers[{index}]"),
            &letters,
        );
    }
    let Some(pattern) = json.get("number_pattern") else {
        return;
    };
    let path = format!("{path}.number_pattern");
    let written = text(pattern, "pattern").unwrap_or_default();
    let letters = look_alikes(&unescaped(written));
    letter(
        ctx,
        "pattern-look-alike",
        &format!("{path}.pattern"),
        &letters,
    );
    for (index, example) in list(pattern, "accepts").iter().enumerate() {
        let example = example.as_str().unwrap_or_default();
        let path = format!("{path}.accepts[{index}]");
        let own = look_alikes(example);
        // What the pattern has wrong, its examples have too.
        if letters.is_empty() && !own.is_empty() {
            letter(ctx, "pattern-look-alike", &path, &own);
            continue;
        }
        let Ok(full) = parse_full(example) else {
            ctx.fault(
                "pattern-of-another-kind",
                &path,
                "a number and a symbol, such as `15/KH-UBND`",
                format!("`{example}`"),
                "a pattern is held against number/symbol, so give such an example",
            );
            continue;
        };
        let kinds = &role.kinds;
        if !kinds
            .iter()
            .any(|kind| symbol_matches_kind(&full.symbol, *kind))
        {
            let kinds: Vec<&str> = kinds
                .iter()
                .copied()
                .map(DocumentKind::abbreviation)
                .collect();
            ctx.fault(
                "pattern-of-another-kind",
                &path,
                phrase!(
                    "a symbol that a document of kind {} can bear",
                    kinds.join(", ")
                ),
                format!("`{example}`"),
                "mend the pattern or the kinds: as they stand, no document meets both",
            );
        }
    }
}

fn letter(ctx: &mut Verifier<'_>, code: &'static str, path: &str, letters: &[LookAlike]) {
    let Some(letter) = letters.first() else {
        return;
    };
    let expected = phrase!("the letter `{}`", letter.looks_like);
    let found = phrase!(
        "`{}` (U+{}), which only looks like it, as character {}",
        letter.found,
        format!("{:04X}", u32::from(letter.found)),
        letter.index + 1
    );
    let help = "type the letter again";
    match code {
        "issuer-look-alike" => ctx.fault("issuer-look-alike", path, expected, found, help),
        _ => ctx.fault("pattern-look-alike", path, expected, found, help),
    };
}

/// The pattern with letters that are written by number, as `\x{41A}` or `\u041A`, put in.
fn unescaped(pattern: &str) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        let mut chars = after.chars();
        let kind = chars.next();
        rest = chars.as_str();
        let digits = match kind {
            Some('x' | 'u' | 'U') if rest.starts_with('{') => rest
                .split_once('}')
                .map(|(digits, after)| (digits.trim_start_matches('{'), after)),
            Some('x') => rest.split_at_checked(2),
            Some('u') => rest.split_at_checked(4),
            Some('U') => rest.split_at_checked(8),
            _ => None,
        };
        let letter = digits.and_then(|(digits, after)| {
            let code = u32::from_str_radix(digits, 16).ok()?;
            Some((char::from_u32(code)?, after))
        });
        match (letter, kind) {
            (Some((letter, after)), _) => {
                out.push(letter);
                rest = after;
            }
            (None, Some(kind)) => out.extend(['\\', kind]),
            (None, None) => out.push('\\'),
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_written_by_number_are_seen() {
        assert_eq!(
            unescaped(r"\d+/\x{41A}H\u041A\x4B\-"),
            "\\d+/\u{41A}H\u{41A}K\\-"
        );
        assert_eq!(unescaped(r"a\"), r"a\");
        assert_eq!(unescaped(r"\x{ZZ}\x"), r"\x{ZZ}\x");
    }
}
