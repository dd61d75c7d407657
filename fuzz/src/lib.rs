//! What the fuzzer needs beside the targets: mutants, by structure as in the stable tests or
//! its own, half and half; and a panic hook.

use std::panic;

use cchc_documents::sheet::panic_is_caught;
use cchc_fuzz_targets::mutants::mutant;

/// Lets a panic that the library catches go by; at any other the fuzzer's own hook aborts.
pub fn spare_caught_panics() {
    let aborts = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !panic_is_caught() {
            aborts(info);
        }
    }));
}

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
