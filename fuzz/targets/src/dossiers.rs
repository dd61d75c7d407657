//! Exports: any bytes counted, with every option.
//!
//! A count ends and says the same twice. Every row is counted or named: the parts add up, in
//! all, by field and in the shares. A finding stands in the sheet, and no more are told than
//! there are.

use std::io::Cursor;

use cchc_core::reading::{Denominator, DossierCount, Rescheduled, Spot};
use cchc_core::values::{Window, parse_date};
use cchc_documents::dossiers::{Ask, count};

/// Runs the target.
pub fn run(bytes: &[u8]) {
    let (Ok(from), Ok(to), Ok(as_of)) = (
        parse_date("2024-01-01"),
        parse_date("2024-12-31"),
        parse_date("2024-07-01"),
    ) else {
        return;
    };
    for (denominator, rescheduled) in [
        (Denominator::Received, Rescheduled::Late),
        (Denominator::Resolved, Rescheduled::OnTime),
    ] {
        let ask = Ask {
            window: Window::new(from, to).ok(),
            denominator,
            rescheduled,
            ..Ask::as_of(as_of)
        };
        let counted = || count(Cursor::new(bytes), "export", &ask, &mut |_, _| {});
        let told = counted();
        assert_eq!(told, counted(), "two counts differ");
        match told {
            Ok(answer) => adds_up(&answer),
            Err(fault) => assert_eq!(fault.code(), fault.observation().code),
        }
    }
}

fn adds_up(answer: &DossierCount) {
    let rows = &answer.rows;
    let named = rows.outside + rows.repeated + rows.totals + rows.after_totals + rows.headings;
    assert_eq!(rows.read, rows.counted + named, "{rows:?}");
    assert_eq!(answer.counts.total(), rows.counted);
    let share = answer.shares.dossiers;
    assert_eq!(share.won + share.lost + share.open, rows.counted);
    assert!(share.overdue.unwrap_or(0) <= share.open);
    if !answer.fields.is_empty() {
        let fields = answer.fields.iter().map(|it| it.counts.total());
        assert_eq!(fields.sum::<u64>(), rows.counted);
    }
    for observation in &answer.findings {
        let same = answer
            .findings
            .iter()
            .filter(|it| it.code == observation.code);
        let listed = u64::try_from(same.count()).unwrap_or(u64::MAX);
        let found = answer.found.get(observation.code).copied().unwrap_or(0);
        assert!(listed <= found, "{}: {listed} of {found}", observation.code);
        if let Spot::Cell { row, column, .. } = observation.at {
            assert!(row > 0 && column > 0, "{observation:?}");
        }
    }
}
