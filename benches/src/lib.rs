//! Benchmarks of cchc.
