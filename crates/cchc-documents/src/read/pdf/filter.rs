//! Streams unpacked, to a limit.

use std::io::Read;

use flate2::read::ZlibDecoder;

use super::damaged;
use super::object::{Dictionary, Object, is_space};
use crate::ReadFault;

/// Why a stream was not unpacked.
pub(super) enum Stop {
    /// It would be longer than the limit.
    TooMuch,
    Fault(ReadFault),
}

/// What the filter makes of the bytes, at most `most` of them.
pub(super) fn unpacked(
    filter: &[u8],
    bytes: &[u8],
    parameters: Option<&Dictionary>,
    most: usize,
) -> Result<Vec<u8>, Stop> {
    match filter {
        b"FlateDecode" | b"Fl" => predicted(flate(bytes, most)?, parameters),
        b"LZWDecode" | b"LZW" => {
            let early = parameters.and_then(|it| it.get(b"EarlyChange".as_slice()));
            let early = early.and_then(Object::integer).unwrap_or(1) != 0;
            predicted(lzw(bytes, early, most)?, parameters)
        }
        b"ASCIIHexDecode" | b"AHx" => hexadecimal(bytes),
        b"ASCII85Decode" | b"A85" => ascii85(bytes),
        b"RunLengthDecode" | b"RL" => run_length(bytes, most),
        other => Err(Stop::Fault(damaged(format!(
            "a filter that text never has: {}",
            String::from_utf8_lossy(other.get(..32).unwrap_or(other))
        )))),
    }
}

fn fault<T>(found: &str) -> Result<T, Stop> {
    Err(Stop::Fault(damaged(found)))
}

fn flate(bytes: &[u8], most: usize) -> Result<Vec<u8>, Stop> {
    let mut all = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    match ZlibDecoder::new(bytes).take(limit).read_to_end(&mut all) {
        Ok(_) if all.len() > most => Err(Stop::TooMuch),
        Ok(_) => Ok(all),
        Err(_) => fault("a stream that does not unpack"),
    }
}

fn hexadecimal(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut all = Vec::with_capacity(bytes.len() / 2);
    let mut half = None;
    for byte in bytes.iter().filter(|byte| !is_space(**byte)) {
        if *byte == b'>' {
            break;
        }
        let Some(digit) = char::from(*byte).to_digit(16) else {
            return fault("a stream that is not hexadecimal");
        };
        let digit = u8::try_from(digit).unwrap_or(0);
        match half.take() {
            Some(high) => all.push(high * 16 + digit),
            None => half = Some(digit),
        }
    }
    if let Some(high) = half {
        all.push(high * 16);
    }
    Ok(all)
}

fn ascii85(bytes: &[u8]) -> Result<Vec<u8>, Stop> {
    let mut all = Vec::with_capacity(bytes.len());
    let mut group = 0u32;
    let mut count = 0usize;
    for byte in bytes.iter().filter(|byte| !is_space(**byte)) {
        match byte {
            b'~' => break,
            b'z' if count == 0 => all.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(byte - b'!'));
                count += 1;
                if count == 5 {
                    all.extend(group.to_be_bytes());
                    group = 0;
                    count = 0;
                }
            }
            _ => return fault("a stream that is not base 85"),
        }
    }
    if count > 1 {
        for _ in count..5 {
            group = group.wrapping_mul(85).wrapping_add(84);
        }
        all.extend(group.to_be_bytes().into_iter().take(count - 1));
    }
    Ok(all)
}

fn run_length(bytes: &[u8], most: usize) -> Result<Vec<u8>, Stop> {
    let mut all = Vec::new();
    let mut rest = bytes;
    while let Some((length, after)) = rest.split_first() {
        rest = match *length {
            128 => break,
            length @ 0..=127 => {
                let count = usize::from(length) + 1;
                let Some(part) = after.get(..count) else {
                    return fault("a stream that ends early");
                };
                all.extend_from_slice(part);
                after.get(count..).unwrap_or_default()
            }
            length => {
                let Some((byte, after)) = after.split_first() else {
                    return fault("a stream that ends early");
                };
                all.extend(std::iter::repeat_n(*byte, 257 - usize::from(length)));
                after
            }
        };
        if all.len() > most {
            return Err(Stop::TooMuch);
        }
    }
    Ok(all)
}

/// ISO 32000-1, 7.4.4; at most 4,096 entries, each a stretch of what is unpacked already.
fn lzw(bytes: &[u8], early: bool, most: usize) -> Result<Vec<u8>, Stop> {
    let mut all: Vec<u8> = Vec::new();
    // Entries from 258 on: where in `all` the text of each begins, and how long it is.
    let mut entries: Vec<(usize, usize)> = Vec::new();
    let mut before: Option<(usize, usize)> = None;
    let mut bits = 0u32;
    let mut have = 0u32;
    let mut width = 9u32;
    for byte in bytes {
        bits = (bits << 8) | u32::from(*byte);
        have += 8;
        if have < width {
            continue;
        }
        have -= width;
        let code = usize::try_from((bits >> have) & ((1 << width) - 1)).unwrap_or(0);
        match code {
            256 => {
                entries.clear();
                before = None;
                width = 9;
                continue;
            }
            257 => return Ok(all),
            _ => {}
        }
        let start = all.len();
        let length = if let Ok(byte) = u8::try_from(code) {
            all.push(byte);
            1
        } else {
            let (from, length) = match (entries.get(code - 258), before) {
                (Some(entry), _) => *entry,
                // The entry that is being made: the text before and its first letter again.
                (None, Some((from, length))) if code - 258 == entries.len() => (from, length + 1),
                _ => return fault("a stream that does not unpack"),
            };
            // It may reach into what it makes itself.
            for index in from..from + length {
                let byte = all.get(index).copied().unwrap_or(0);
                all.push(byte);
            }
            length
        };
        if all.len() > most {
            return Err(Stop::TooMuch);
        }
        if let Some((from, length)) = before
            && entries.len() < 4_096 - 258
        {
            entries.push((from, length + 1));
        }
        before = Some((start, length));
        let next = 258 + entries.len() + usize::from(early) + usize::from(before.is_some());
        width = match next - 1 {
            0..=511 => 9,
            512..=1_023 => 10,
            1_024..=2_047 => 11,
            _ => 12,
        };
    }
    Ok(all)
}

/// Takes back the predictors of PNG (ISO 32000-1, 7.4.4.4).
fn predicted(bytes: Vec<u8>, parameters: Option<&Dictionary>) -> Result<Vec<u8>, Stop> {
    let value = |name: &[u8], usual: i64| {
        let it = parameters.and_then(|it| it.get(name));
        it.and_then(Object::integer).unwrap_or(usual)
    };
    match value(b"Predictor", 1) {
        1 => return Ok(bytes),
        10..=15 => {}
        _ => return fault("a predictor that is not read"),
    }
    let bits = value(b"Columns", 1)
        .saturating_mul(value(b"Colors", 1))
        .saturating_mul(value(b"BitsPerComponent", 8));
    let pixel = value(b"Colors", 1).saturating_mul(value(b"BitsPerComponent", 8));
    let (Ok(row), Ok(pixel)) = (
        usize::try_from(bits.saturating_add(7) / 8),
        usize::try_from(pixel.saturating_add(7) / 8),
    ) else {
        return fault("a predictor without columns");
    };
    if row == 0 || pixel == 0 || row > bytes.len() {
        return if bytes.is_empty() {
            Ok(bytes)
        } else {
            fault("a predictor whose rows do not fit")
        };
    }
    let mut all: Vec<u8> = Vec::with_capacity(bytes.len());
    for line in bytes.chunks(row + 1) {
        let Some((kind, line)) = line.split_first() else {
            break;
        };
        let start = all.len();
        for (index, byte) in line.iter().enumerate() {
            let at = |index: Option<usize>| index.and_then(|it| all.get(it)).copied().unwrap_or(0);
            let inside = index >= pixel;
            let left = at((start + index).checked_sub(pixel).filter(|_| inside));
            let above = at((start + index).checked_sub(row));
            let corner = at((start + index).checked_sub(row + pixel).filter(|_| inside));
            let guess = match kind {
                0 => 0,
                1 => left,
                2 => above,
                3 => u8::try_from(u16::midpoint(u16::from(left), u16::from(above))).unwrap_or(0),
                4 => paeth(left, above, corner),
                _ => return fault("a predictor that is not read"),
            };
            all.push(byte.wrapping_add(guess));
        }
    }
    Ok(all)
}

fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let [a, b, c] = [left, above, corner].map(i16::from);
    let guess = a + b - c;
    let [from_a, from_b, from_c] = [a, b, c].map(|it| (guess - it).abs());
    if from_a <= from_b && from_a <= from_c {
        left
    } else if from_b <= from_c {
        above
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(filter: &[u8], bytes: &[u8], expected: &[u8]) {
        match unpacked(filter, bytes, None, 1_000) {
            Ok(found) => assert_eq!(found, expected),
            Err(_) => panic!("{}", String::from_utf8_lossy(filter)),
        }
    }

    #[test]
    fn filters_give_the_examples_of_the_standard() {
        check(b"ASCIIHexDecode", b"48 65 6C6C 6F>", b"Hello");
        check(b"ASCII85Decode", b"87cURD]j7BEbo80~>", b"Hello world!");
        check(b"RunLengthDecode", b"\x02abc\xffd\x80", b"abcdd");
        // ISO 32000-1, 7.4.4.2, example 1.
        check(
            b"LZWDecode",
            b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01",
            &[45, 45, 45, 45, 45, 65, 45, 45, 45, 66],
        );
    }

    #[test]
    fn rows_of_png_are_taken_back() {
        let mut parameters = Dictionary::new();
        parameters.insert(b"Predictor".to_vec(), Object::Integer(12));
        parameters.insert(b"Columns".to_vec(), Object::Integer(2));
        // The second row is the first with 1 added to each byte: above.
        let bytes = vec![0, 5, 6, 2, 1, 1];
        let Ok(found) = predicted(bytes, Some(&parameters)) else {
            panic!("not taken back");
        };
        assert_eq!(found, [5, 6, 6, 7]);
    }

    #[test]
    fn a_bomb_ends_at_the_limit() {
        let run = [0x81, b'a'].repeat(1_000);
        assert!(matches!(
            unpacked(b"RunLengthDecode", &run, None, 500),
            Err(Stop::TooMuch)
        ));
    }
}
