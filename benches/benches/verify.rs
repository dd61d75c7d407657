//! Proving packs: verification of generated packs, and mutation of the first pack.
//!
//! `cargo bench -p cchc-benches --bench verify`; figures are ratios within one run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a benchmark fails by panicking and may read files"
)]
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use cchc_core::mutation::{NamedCase, Suite, judge, mutants};
use cchc_core::question::{File, verify};
use cchc_core::values::Calendar;
use cchc_core::{read_case, read_pack};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Verification of generated packs, without cases.
fn verifying(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("verify");
    for components in [100, 400] {
        let pack = cchc_benches::pack(components);
        let id = BenchmarkId::from_parameter(format!("{components} components"));
        group.bench_function(id, |bencher| {
            let file = || File {
                name: "pack.json",
                bytes: pack.as_bytes(),
            };
            bencher.iter(|| black_box(verify(file(), &[], None)));
        });
    }
    group.finish();
}

/// Every mutant of the first pack against all its cases, one after the other.
fn mutating(criterion: &mut Criterion) {
    let folder = root().join("rules/son-ha-2024");
    let bytes = std::fs::read(folder.join("pack.json")).unwrap();
    let calendar = Calendar::vietnam();
    let pack = read_pack("pack.json", &bytes, calendar).unwrap();
    let json = serde_json::from_slice(&bytes).unwrap();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    let cases: Vec<NamedCase> = paths
        .iter()
        .map(|path| {
            let bytes = std::fs::read(path).unwrap();
            NamedCase {
                file: path.display().to_string(),
                case: read_case("case.json", &bytes, &pack).unwrap(),
            }
        })
        .collect();
    let suite = Suite {
        pack: &pack,
        json: &json,
        cases: &cases,
        calendar,
    };
    let mut group = criterion.benchmark_group("mutate");
    group.sample_size(10);
    group.bench_function("son-ha-2024", |bencher| {
        bencher.iter(|| {
            for mutant in mutants(suite.json) {
                black_box(judge(&suite, &mutant));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, verifying, mutating);
criterion_main!(benches);
