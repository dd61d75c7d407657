//! Readers: any bytes as a pack, a submission, a case and a calendar.
//!
//! A reader ends, says the same twice, and tells what is wrong by short texts that stand
//! inside the file. What it takes, it takes again after a change of layout alone, with the
//! same digest.

use std::sync::OnceLock;

use cchc_core::json::{Fault, MAX_FAULTS};
use cchc_core::model::Pack;
use cchc_core::question::{File, read_calendar};
use cchc_core::values::Calendar;
use cchc_core::{fit, read_case, read_pack, read_pack_partial, read_submission, run_case};
use serde_json::Value;

use crate::shown;

/// The shipped pack, for files that are read beside one.
fn shipped() -> Option<&'static Pack> {
    static PACK: OnceLock<Option<Pack>> = OnceLock::new();
    let read = || {
        let bytes = include_bytes!("../../../rules/son-ha-2024/pack.json");
        read_pack("pack.json", bytes, Calendar::vietnam()).ok()
    };
    PACK.get_or_init(read).as_ref()
}

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let Some(shipped) = shipped() else {
        panic!("the shipped pack does not read");
    };
    pack(bytes);
    submission(bytes, shipped);
    case(bytes, shipped);
    calendar(bytes);
}

fn pack(bytes: &[u8]) {
    let calendar = Calendar::vietnam();
    let whole = read_pack("pack.json", bytes, calendar);
    let (part, faults) = read_pack_partial("pack.json", bytes, calendar);
    match whole {
        Ok(pack) => {
            assert!(
                part.is_some() && faults.is_empty(),
                "a sound pack is not whole"
            );
            if let Ok(value) = serde_json::from_slice::<Value>(bytes) {
                let again = read_pack("pack.json", value.to_string().as_bytes(), calendar);
                let digest = again.map(|it| it.digest);
                assert_eq!(digest.as_ref(), Ok(&pack.digest), "layout changed the pack");
            }
        }
        Err(told) => {
            assert_eq!(told, faults, "two readings differ");
            sound(bytes, &told);
        }
    }
}

fn submission(bytes: &[u8], pack: &Pack) {
    match read_submission("submission.json", bytes) {
        Ok(submission) => {
            if let Err(misfits) = fit(pack, &submission, Calendar::vietnam()) {
                assert!(!misfits.is_empty(), "refused without a reason");
            }
        }
        Err(told) => {
            let again = read_submission("submission.json", bytes).err();
            assert_eq!(Some(&told), again.as_ref(), "two readings differ");
            sound(bytes, &told);
        }
    }
}

fn case(bytes: &[u8], pack: &Pack) {
    match read_case("case.json", bytes, pack) {
        Ok(case) => {
            let run = || run_case(pack, &case, Calendar::vietnam());
            let told = run();
            assert_eq!(told, run(), "two runs differ");
            if let Err(told) = told {
                sound(bytes, &told);
            }
        }
        Err(told) => sound(bytes, &told),
    }
}

fn calendar(bytes: &[u8]) {
    let file = File {
        name: "calendar.json",
        bytes,
    };
    match read_calendar(file) {
        Ok(calendar) => {
            let text = serde_json::to_string(calendar.data()).unwrap_or_default();
            let again = Calendar::parse(&text);
            assert_eq!(again.as_ref(), Ok(&calendar), "written and read again");
        }
        Err(told) => assert!(!told.is_empty(), "refused without a reason"),
    }
}

/// Whether faults can be told to whoever wrote the file.
pub(crate) fn sound(bytes: &[u8], faults: &[Fault]) {
    assert!(!faults.is_empty(), "refused without a reason");
    assert!(faults.len() <= MAX_FAULTS + 1, "{} faults", faults.len());
    let lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    for fault in faults {
        let place = &fault.place;
        let line = usize::try_from(place.line).unwrap_or(usize::MAX);
        let here = line.checked_sub(1).and_then(|index| lines.get(index));
        let Some(here) = here else {
            panic!("{fault}: no such line in {}", shown(bytes));
        };
        let column = usize::try_from(place.column).unwrap_or(usize::MAX);
        assert!(
            (1..=here.len() + 1).contains(&column),
            "{fault}: no such column in {}",
            shown(bytes)
        );
        let told = fault.to_string();
        assert!(
            told.len() < 4_000,
            "{} tells {} bytes",
            fault.code,
            told.len()
        );
        let lines = if fault.help.is_some() { 2 } else { 1 };
        let breaks = told.chars().filter(|c| c.is_control()).count();
        assert_eq!(breaks, lines - 1, "{told:?} has control characters");
    }
}
