#![no_main]

libfuzzer_sys::fuzz_target!(
    init: cchc_fuzz::spare_caught_panics(),
    |bytes: &[u8]| cchc_fuzz_targets::workbook::run(bytes)
);
libfuzzer_sys::fuzz_mutator!(|bytes: &mut [u8], size: usize, room: usize, seed: u32| {
    cchc_fuzz::mutated(bytes, size, room, seed)
});
