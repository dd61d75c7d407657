//! Levers: the smallest changes that reach the next points, against changes worked out by hand.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test fails by panicking and may read files"
)]

use std::path::Path;

use cchc_core::values::Calendar;
use cchc_core::{fit, read_pack, read_submission};

fn file(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)).unwrap()
}

#[test]
fn dump() {
    let pack = read_pack("pack.json", &file("rules/son-ha-2024/pack.json"), Calendar::vietnam()).unwrap();
    let submission = read_submission("s", &file("fixtures/submissions/son-thuong-2024/submission.json")).unwrap();
    let fitted = fit(&pack, &submission, Calendar::vietnam()).unwrap();
    let answer = fitted.levers(submission.prepared_on, None);
    for leaf in &answer.leaves {
        println!("== {} {} {} {} / {}", leaf.code, leaf.numbers.secured, leaf.numbers.standing, leaf.numbers.attainable, leaf.numbers.max);
        for l in &leaf.levers {
            println!("  -> {} (+{}) sec {} att {} until {:?} upper {} also {:?}", l.after.standing, l.gain.standing, l.after.secured, l.after.attainable, l.until, l.depends_on_upper_level, l.also.iter().map(|a| format!("{} {}", a.code, a.standing)).collect::<Vec<_>>());
            for a in &l.acts { println!("       {:?} {} {:?} units {} open {} {:?} {}..{:?}", a.kind, a.quantity, a.subject, a.units, a.of_open, a.reaches, a.from, a.until); }
            for g in &l.margin { println!("       margin {:?} {} {:?} {}", g.failure, g.quantity, g.survives, g.of_open); }
        }
        for g in &leaf.guards { println!("  guard {:?} {} {:?} {}", g.failure, g.quantity, g.survives, g.of_open); }
        for o in &leaf.outside { println!("  outside {:?} {:?}", o.quantity, o.reason); }
    }
}
