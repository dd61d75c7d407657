#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| cchc_fuzz_targets::plan::run(bytes));
libfuzzer_sys::fuzz_mutator!(|bytes: &mut [u8], size: usize, room: usize, seed: u32| {
    cchc_fuzz::mutated(bytes, size, room, seed)
});
