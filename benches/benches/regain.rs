//! Levers, the best plan and what-if, on the shipped submission and on generated ones.
//!
//! `cargo bench -p cchc-benches --bench regain`; figures are ratios within one run, see the
//! README.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]
#![allow(missing_docs, reason = "criterion's macros make undocumented items")]

use std::hint::black_box;
use std::path::Path;

use cchc_benches::{pack, submission};
use cchc_core::facts::Submission;
use cchc_core::model::Pack;
use cchc_core::regain::{Goal, Supposition, Target};
use cchc_core::values::{Calendar, Points};
use cchc_core::{fit, read_pack, read_submission};
use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};

fn read(pack: &[u8], submission: &[u8]) -> (Pack, Submission) {
    let pack = read_pack("pack.json", pack, Calendar::vietnam()).unwrap();
    (
        pack,
        read_submission("submission.json", submission).unwrap(),
    )
}

fn inputs() -> Vec<(&'static str, Pack, Submission)> {
    let shipped = |path: &str| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        std::fs::read(root.join(path)).unwrap()
    };
    let (own, record) = read(
        &shipped("rules/son-ha-2024/pack.json"),
        &shipped("fixtures/submissions/son-thuong-2024/submission.json"),
    );
    let (generated, records) = read(pack(100).as_bytes(), submission(100, 500).as_bytes());
    vec![
        ("17 components", own, record),
        ("100 components with 500 records", generated, records),
    ]
}

fn regain(criterion: &mut Criterion) {
    for (name, pack, submission) in &inputs() {
        let fitted = fit(pack, submission, Calendar::vietnam()).unwrap();
        let as_of = submission.prepared_on;
        let levers = fitted.levers(as_of, None);
        let count: usize = levers.leaves.iter().map(|it| it.levers.len()).sum();
        let mut group = criterion.benchmark_group(*name);
        group.sample_size(10);
        group.bench_function(BenchmarkId::new("levers", count), |bencher| {
            bencher.iter(|| black_box(fitted.levers(as_of, None)));
        });
        let most = fitted.regain(as_of, &Goal::default()).unwrap();
        let (before, after) = (&most.before.numbers.standing, &most.after.numbers.standing);
        let half = (after - before).times(&cchc_core::values::Exact::ratio(1, 2).unwrap());
        let goal = Goal {
            target: Some(Target::Points(Points::new((before + &half).into_exact()))),
            ..Goal::default()
        };
        group.bench_function("best plan for half of what can be gained", |bencher| {
            bencher.iter(|| black_box(fitted.regain(as_of, &goal).unwrap()));
        });
        let quantity = &pack.quantities.iter().find(|it| it.kind.event().is_some());
        let kind = quantity.unwrap().kind.event().unwrap();
        let supposed = [
            match pack.quantities.iter().find(|it| it.kind.name() == "flag") {
                Some(flag) => Supposition::Set(format!("{}=yes", flag.id)),
                None => Supposition::Add(format!("{kind}@{as_of}")),
            },
        ];
        group.bench_function("what-if", |bencher| {
            bencher.iter(|| black_box(fitted.what_if(as_of, &supposed).unwrap()));
        });
        group.finish();
    }
}

criterion_group!(benches, regain);
criterion_main!(benches);
