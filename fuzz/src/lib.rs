//! Mutants for the fuzzer: by structure as in the stable tests, or its own, half and half.

use cchc_fuzz_targets::mutants::mutant;

/// Changes the first `size` bytes in place and gives the new size, at most `room`.
pub fn mutated(bytes: &mut [u8], size: usize, room: usize, seed: u32) -> usize {
    if seed % 2 == 0 {
        return libfuzzer_sys::fuzzer_mutate(bytes, size, room);
    }
    let input = bytes.get(..size).unwrap_or_default();
    let mutant = mutant(input, u64::from(seed));
    let size = mutant.len().min(room).min(bytes.len());
    for (to, from) in bytes.iter_mut().zip(mutant).take(size) {
        *to = from;
    }
    size
}
