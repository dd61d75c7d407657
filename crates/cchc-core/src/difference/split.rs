//! Records of units that began within the year, alone or put together from another one.
//!
//! What a pack says of predecessors and of observation windows shows only there.

use chrono::{Days, NaiveDate};

use super::Side;
use super::record::{Builder, Told};
use crate::rules::*;

/// Records in which a predecessor brings as much as the unit itself, and one in which it
/// brings an event.
pub(super) fn successors<'a>(side: Side<'a>, quantity: &Quantity, told: &Told) -> Vec<Builder<'a>> {
    let Some(began) = middle(quantity) else {
        return Vec::new();
    };
    let mut both = start(side, began, true);
    both.tell(quantity, told);
    let mut all = vec![both];
    if let (Some(_), Some(day)) = (quantity.kind.event(), began.pred_opt())
        && !matches!(quantity.kind, QuantityKind::DueSet { .. })
    {
        let mut event = start(side, began, true);
        event.earlier_event(quantity, day);
        all.push(event);
    }
    all
}

/// Records of units without predecessors that began after something was due, or within the
/// window, and told nothing or what happened on the last day.
pub(super) fn latecomers<'a>(side: Side<'a>, quantity: &Quantity) -> Vec<Builder<'a>> {
    let mut days: Vec<NaiveDate> = middle(quantity).into_iter().collect();
    if let QuantityKind::DueSet { obligations, .. } = &quantity.kind {
        days.extend(
            obligations
                .iter()
                .flat_map(|it| [Some(it.due), it.due.succ_opt()])
                .flatten(),
        );
    }
    days.retain(|day| side.pack.window.contains(*day));
    days.sort();
    days.dedup();
    days.into_iter()
        .map(|day| start(side, day, false))
        .collect()
}

fn start(side: Side<'_>, began: NaiveDate, succeeds: bool) -> Builder<'_> {
    let mut builder = Builder::new(side.pack, side.json);
    builder.class(side.pack.unit_classes.first().map(String::as_str));
    builder.began(began, succeeds);
    builder
}

/// A day inside the window of a quantity.
fn middle(quantity: &Quantity) -> Option<NaiveDate> {
    let (from, to) = (quantity.window.from(), quantity.window.to());
    let length = u64::try_from((to - from).num_days()).ok()?;
    from.checked_add_days(Days::new(length / 2 + 1))
        .filter(|day| *day <= to)
}
