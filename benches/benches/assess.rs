//! Assessing and reading, with parsed inputs in memory and full answers.
//!
//! `cargo bench -p cchc-benches`; figures are ratios within one run, see the README.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;
use std::path::Path;

use cchc_benches::{closed_year, pack, submission};
use cchc_core::facts::Submission;
use cchc_core::model::Pack;
use cchc_core::values::Calendar;
use cchc_core::{fit, read_case, read_pack, read_submission};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

fn shipped(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

fn son_thuong() -> (Pack, Submission) {
    let pack = shipped("rules/son-ha-2024/pack.json");
    let pack = read_pack("pack.json", &pack, Calendar::vietnam()).unwrap();
    let submission = shipped("fixtures/submissions/son-thuong-2024/submission.json");
    (
        pack,
        read_submission("submission.json", &submission).unwrap(),
    )
}

fn generated(components: usize, records: usize) -> (Pack, Submission) {
    let pack = read_pack(
        "pack.json",
        pack(components).as_bytes(),
        Calendar::vietnam(),
    )
    .unwrap();
    let submission = submission(components, records);
    (
        pack,
        read_submission("submission.json", submission.as_bytes()).unwrap(),
    )
}

/// The 17 components: the scoring rules alone, then with evidence and the whole answer.
fn seventeen(criterion: &mut Criterion) {
    let (pack, submission) = son_thuong();
    let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
    let mut group = criterion.benchmark_group("17 components");
    let case = read_case("case.json", closed_year().as_bytes(), &pack).unwrap();
    let closed = fit(&pack, &case.submission, Calendar::vietnam()).unwrap();
    let seen = closed.seen(case.as_of);
    assert!(
        seen.scores()
            .iter()
            .all(|score| score.secured() == score.attainable())
    );
    group.bench_function("rules alone, closed year", |bencher| {
        bencher.iter(|| black_box(seen.scores()));
    });
    let seen = fitted.seen(submission.prepared_on);
    group.bench_function("rules alone, mid-year", |bencher| {
        bencher.iter(|| black_box(seen.scores()));
    });
    group.bench_function("evidence and rules", |bencher| {
        bencher.iter(|| {
            let seen = fitted.seen(submission.prepared_on);
            black_box(seen.scores().len())
        });
    });
    group.bench_function("whole answer", |bencher| {
        bencher.iter(|| black_box(fitted.assess(submission.prepared_on)));
    });
    group.finish();
}

/// Cost against the number of records and of components.
fn scaling(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("components and records");
    for factor in [1, 4, 16] {
        let (components, records) = (100 * factor, 500 * factor);
        let (pack, submission) = generated(components, records);
        let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
        group.throughput(Throughput::Elements(u64::try_from(records).unwrap()));
        let id = BenchmarkId::from_parameter(format!("{components} with {records}"));
        group.bench_function(id, |bencher| {
            bencher.iter(|| black_box(fitted.assess(submission.prepared_on)));
        });
    }
    group.finish();
}

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    let shipped_pack = shipped("rules/son-ha-2024/pack.json");
    group.throughput(Throughput::Bytes(
        u64::try_from(shipped_pack.len()).unwrap(),
    ));
    group.bench_function("pack of 17", |bencher| {
        bencher.iter(|| read_pack("pack.json", black_box(&shipped_pack), Calendar::vietnam()));
    });
    let text = pack(100);
    group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap()));
    group.bench_function("pack of 100", |bencher| {
        bencher.iter(|| read_pack("pack.json", black_box(text.as_bytes()), Calendar::vietnam()));
    });
    let text = submission(100, 500);
    group.throughput(Throughput::Bytes(u64::try_from(text.len()).unwrap()));
    group.bench_function("submission of 500 records", |bencher| {
        bencher.iter(|| read_submission("submission.json", black_box(text.as_bytes())));
    });
    group.finish();
}

/// Ten thousand submissions in a row against one pack.
fn province(criterion: &mut Criterion) {
    let (pack, submission) = son_thuong();
    let mut group = criterion.benchmark_group("in a row");
    group.sample_size(10);
    group.bench_function("10,000 submissions", |bencher| {
        bencher.iter(|| {
            for _ in 0..10_000 {
                let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
                black_box(fitted.assess(submission.prepared_on));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, seventeen, scaling, reading, province);
criterion_main!(benches);
