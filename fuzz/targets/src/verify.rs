//! Verification: a pack, and any number of worked cases after it.
//!
//! It ends without a panic whatever the bytes are and says the same twice; what the reader
//! refuses is never called sound; and every witness is a case that the engine confirms.

use cchc_core::question::{self, File};
use cchc_core::values::Calendar;
use cchc_core::verify::Flaw;
use cchc_core::{fit, read_case, read_pack, read_pack_partial, run_case};

use crate::{parts, shown};

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let parts = parts(bytes);
    let Some((pack, cases)) = parts.split_first() else {
        return;
    };
    let file = |bytes| File {
        name: "pack.json",
        bytes,
    };
    let cases: Vec<File<'_>> = cases.iter().map(|bytes| file(bytes)).collect();
    let told = question::verify(file(pack), &cases, None);
    let again = question::verify(file(pack), &cases, None);
    assert_eq!(
        serde_json::to_string(&told).ok(),
        serde_json::to_string(&again).ok(),
        "two verifications differ"
    );
    if read_pack("pack.json", pack, Calendar::vietnam()).is_err() {
        assert!(!told.is_sound(), "refused and sound: {}", shown(pack));
    }
    for flaw in told.faults.iter().chain(&told.warnings) {
        confirmed(pack, flaw);
    }
}

/// A witness is a case that reads, runs and closes with the points that it is shown with.
fn confirmed(pack: &[u8], flaw: &Flaw) {
    let Some(witness) = &flaw.witness else {
        return;
    };
    let calendar = Calendar::vietnam();
    let (Some((pack, _)), _) = read_pack_partial("pack.json", pack, calendar) else {
        panic!("{}: a witness for no pack", flaw.code);
    };
    for record in &witness.records {
        let text = record.case.to_string();
        let case = match read_case("witness", text.as_bytes(), &pack) {
            Ok(case) => case,
            Err(faults) => panic!("{}: a witness that does not read: {faults:?}", flaw.code),
        };
        let result = match run_case(&pack, &case, calendar) {
            Ok(result) => result,
            Err(faults) => panic!("{}: a witness that does not fit: {faults:?}", flaw.code),
        };
        assert_eq!(result.differences, [], "{}: {text}", flaw.code);
        let fitted = match fit(&pack, &case.submission, calendar) {
            Ok(fitted) => fitted,
            Err(misfits) => panic!("{}: {misfits:?}", flaw.code),
        };
        let points = fitted.final_points();
        let points = points.iter().find(|(code, _)| *code == witness.leaf);
        assert_eq!(
            points.map(|(_, points)| points.exact()),
            Some(&record.points),
            "{}: {text}",
            flaw.code
        );
    }
}
