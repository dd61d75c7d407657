//! Mutants of an input, the same for the same number.
//!
//! A part that is JSON is changed by its structure, so that most mutants get past the
//! parser; any other is changed byte by byte. The fuzzer draws its own mutants from here
//! too, beside those that know nothing of structure.

use serde_json::{Value, json};

use crate::{BETWEEN, parts};

/// Longest mutant, in bytes.
pub const LONGEST: usize = 64 * 1024;

/// Numbers that follow from a seed.
#[derive(Clone, Copy, Debug)]
struct Dice(u64);

impl Dice {
    /// A number below `below`, which is at least 1.
    fn pick(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let below = u64::try_from(below.max(1)).unwrap_or(1);
        usize::try_from((mixed ^ (mixed >> 31)) % below).unwrap_or(0)
    }

    fn once_in(&mut self, times: usize) -> bool {
        self.pick(times) == 0
    }
}

/// The mutant of an input that follows from a number.
pub fn mutant(input: &[u8], seed: u64) -> Vec<u8> {
    let mut dice = Dice(seed);
    let mut parts: Vec<Vec<u8>> = parts(input).into_iter().map(<[u8]>::to_vec).collect();
    for _ in 0..=dice.pick(3) {
        let which = dice.pick(parts.len());
        let part = &mut parts[which];
        match serde_json::from_slice::<Value>(part) {
            Ok(mut value) if !dice.once_in(6) => {
                change(&mut value, &mut dice);
                *part = value.to_string().into_bytes();
            }
            _ => garble(part, &mut dice),
        }
    }
    let mut mutant = parts.join(BETWEEN);
    mutant.truncate(LONGEST);
    mutant
}

/// Changes one node of a JSON tree, found by a walk.
fn change(value: &mut Value, dice: &mut Dice) {
    let deeper = !dice.once_in(7);
    match value {
        Value::Object(fields) if deeper && !fields.is_empty() => {
            let which = dice.pick(fields.len());
            if let Some((_, below)) = fields.iter_mut().nth(which) {
                change(below, dice);
            }
        }
        Value::Array(items) if deeper && !items.is_empty() => {
            let which = dice.pick(items.len());
            change(&mut items[which], dice);
        }
        Value::Object(fields) if !fields.is_empty() && !dice.once_in(3) => {
            let which = dice.pick(fields.len());
            let Some(name) = fields.keys().nth(which).cloned() else {
                return;
            };
            let taken = fields.remove(&name).unwrap_or_default();
            if dice.once_in(3) {
                fields.insert(odd_name(dice), taken);
            }
        }
        Value::Array(items) if !items.is_empty() && !dice.once_in(4) => {
            let which = dice.pick(items.len());
            match dice.pick(3) {
                0 => drop(items.remove(which)),
                1 => items.push(items[which].clone()),
                _ => items.reverse(),
            }
        }
        // A number or a day beside the one that stands there says more than any other.
        Value::Number(number) if !dice.once_in(3) => {
            let beside = number.as_i64().unwrap_or(0);
            let step = [-1, 1, 10, -10][dice.pick(4)];
            *value = json!(beside.saturating_add(step));
        }
        Value::String(text) if !dice.once_in(3) => *text = beside(text, dice),
        value => *value = odd(dice),
    }
}

/// A text beside another: a digit changed, a letter that looks alike, a part left out.
fn beside(text: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    if letters.is_empty() {
        return "0".to_owned();
    }
    let which = dice.pick(letters.len());
    let digits = ['0', '1', '2', '5', '9'];
    let odd = ['.', '/', '-', ' ', '\u{301}', 'К', '(', ')', '|', '\\', '"'];
    match dice.pick(5) {
        0 => letters.truncate(which),
        1 => letters.insert(which, odd[dice.pick(odd.len())]),
        2 => drop(letters.remove(which)),
        _ => {
            let here = letters[which];
            letters[which] = if here.is_ascii_digit() {
                digits[dice.pick(digits.len())]
            } else {
                here.to_uppercase().next().unwrap_or(here)
            };
        }
    }
    letters.into_iter().collect()
}

fn odd_name(dice: &mut Dice) -> String {
    const NAMES: [&str; 10] = [
        "from",
        "above",
        "below",
        "to",
        "min",
        "max",
        "of",
        "points",
        "issued_on",
        "\u{202e}",
    ];
    NAMES[dice.pick(NAMES.len())].to_owned()
}

fn odd(dice: &mut Dice) -> Value {
    match dice.pick(24) {
        0 => json!(null),
        1 => json!(0),
        2 => json!(-1),
        3 => json!(1_000_000_000_000_u64),
        4 => json!(u64::MAX),
        5 => json!(0.5),
        6 => json!(""),
        7 => json!("0"),
        8 => json!("-1"),
        9 => json!("1/3"),
        10 => json!("1/0"),
        11 => json!("1e9"),
        12 => json!("99999999999999999999999999999"),
        13 => json!("0.0000000000000000000000001"),
        14 => json!("2024-02-30"),
        15 => json!("1900-01-01"),
        16 => json!("2200-12-31"),
        17 => json!("2024-12-31"),
        18 => json!([]),
        19 => json!({}),
        20 => json!(true),
        21 => json!([[[]]]),
        22 => json!("\u{0}"),
        _ => json!({"from": "2024-12-31", "to": "2024-01-01"}),
    }
}

/// Changes bytes: one put in, taken out or turned, a stretch doubled, the end cut off.
fn garble(bytes: &mut Vec<u8>, dice: &mut Dice) {
    const TOKENS: [&[u8]; 16] = [
        b"0",
        b"9",
        b"-",
        b"/",
        b" ",
        b"\n",
        b"\"",
        b"{",
        b"}",
        b"[",
        b"\\",
        b"(?x)",
        b")|(",
        b"2024-02-29",
        b"\xef\xbb\xbf",
        b"\xff",
    ];
    let at = dice.pick(bytes.len() + 1);
    match dice.pick(6) {
        0 => bytes.truncate(at),
        1 if at < bytes.len() => drop(bytes.remove(at)),
        2 if at < bytes.len() => bytes[at] ^= 1 << dice.pick(8),
        3 if at < bytes.len() => {
            let to = (at + 1 + dice.pick(40)).min(bytes.len());
            let stretch = bytes[at..to].to_vec();
            bytes.splice(at..at, stretch);
        }
        _ => {
            let token = TOKENS[dice.pick(TOKENS.len())];
            bytes.splice(at..at, token.iter().copied());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mutant_follows_from_its_number() {
        let input = b"{\"a\": [1, \"2024-01-01\"]}\n%%\n2024-07-20 5";
        assert_eq!(mutant(input, 7), mutant(input, 7));
        let mutants: std::collections::BTreeSet<Vec<u8>> =
            (0..100).map(|seed| mutant(input, seed)).collect();
        assert!(mutants.len() > 80, "{}", mutants.len());
    }

    #[test]
    fn no_input_is_too_short_or_too_long_to_be_changed() {
        for seed in 0..200 {
            mutant(b"", seed);
            assert!(mutant(&[b'9'; LONGEST], seed).len() <= LONGEST);
        }
    }
}
