//! A unit that did not exist for the whole year, or was put together from others.
//!
//! Windows and obligations of quantities that say `observation: unit` are cut to the days on
//! which the unit existed, and where only the unit's own facts count no window begins before
//! the unit did; figures of quantities that say `predecessors: sum` are added up
//! with those of every predecessor. A sum of which a part is not stated is not known: it is
//! never what is there.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Fitting;
use crate::facts::*;
use crate::model::Pack;
use crate::rules::*;
use crate::values::Window;

/// Why a quantity cannot be cut to the days on which a unit existed.
enum Empty {
    /// No day of its window is left.
    Window,
    /// No obligation is left.
    Obligations,
}

/// The quantities of a pack as they are for a unit.
///
/// One of which nothing would be left is as the pack has it; fitting refuses that.
#[cfg(feature = "proptest")]
pub(crate) fn observed<'a>(pack: &'a Pack, unit: &Unit) -> Cow<'a, [Quantity]> {
    quantities(pack, unit).0
}

/// What figures of summed quantities come to; `None` where a predecessor brings nothing.
pub(crate) fn sums(pack: &Pack, submission: &Submission) -> BTreeMap<usize, Option<FigureValue>> {
    let units = &submission.unit.predecessors;
    let mut sums = BTreeMap::new();
    if units.is_empty() {
        return sums;
    }
    for (index, figure) in submission.figures.iter().enumerate() {
        let of = pack.quantity_by_id.get(&figure.quantity);
        let summed = of
            .and_then(|of| pack.quantity(*of))
            .is_some_and(|it| it.predecessors == Predecessors::Sum);
        let PredecessorFigures::Stated(parts) = &figure.predecessors else {
            continue;
        };
        if !summed {
            continue;
        }
        let sum = units.iter().try_fold(figure.value.clone(), |sum, unit| {
            let part = parts.iter().find(|part| part.unit == unit.id)?;
            sum.together(&part.value)
        });
        sums.insert(index, sum);
    }
    sums
}

fn quantities<'a>(pack: &'a Pack, unit: &Unit) -> (Cow<'a, [Quantity]>, Vec<(usize, Empty)>) {
    let mut all = Cow::Borrowed(pack.quantities.as_slice());
    let mut empty = Vec::new();
    let Some(existed) = unit.observation_window else {
        return (all, empty);
    };
    for (index, quantity) in pack.quantities.iter().enumerate() {
        let cut = match (quantity.observation, quantity.predecessors) {
            (Observation::Unit, _) => cut(quantity, existed, pack.window),
            (Observation::Pack, Predecessors::Own) => begun(quantity, existed),
            (Observation::Pack, Predecessors::Sum) => continue,
        };
        match cut {
            Ok(cut) => {
                if let Some(slot) = all.to_mut().get_mut(index) {
                    *slot = cut;
                }
            }
            Err(why) => empty.push((index, why)),
        }
    }
    (all, empty)
}

/// A quantity of which nothing can happen before the unit began; what was due is still owed.
fn begun(quantity: &Quantity, existed: Window) -> Result<Quantity, Empty> {
    let mut begun = quantity.clone();
    let from = quantity.window.from().max(existed.from());
    if let Ok(window) = Window::new(from, quantity.window.to()) {
        begun.window = window;
    }
    Ok(begun)
}

/// A quantity as it is for a unit that existed on these days.
fn cut(quantity: &Quantity, existed: Window, year: Window) -> Result<Quantity, Empty> {
    let mut cut = quantity.clone();
    let from = quantity.window.from().max(existed.from());
    let to = quantity.window.to().min(existed.to());
    cut.window = Window::new(from, to).map_err(|_| Empty::Window)?;
    if let QuantityKind::DueSet { obligations, .. } = &mut cut.kind {
        // A unit that is still there at the end of the year owes what is due after it.
        let stays = existed.to() >= year.to();
        obligations.retain(|it| it.due >= existed.from() && (stays || it.due <= existed.to()));
        if obligations.is_empty() {
            return Err(Empty::Obligations);
        }
    }
    Ok(cut)
}

impl<'a> Fitting<'a> {
    /// The quantities as they are for the unit, and whether something is left of each.
    pub(super) fn observed(&mut self) -> Cow<'a, [Quantity]> {
        let unit = &self.submission.unit;
        let (all, empty) = quantities(self.pack, unit);
        let Some(existed) = unit.observation_window else {
            return all;
        };
        let place = "unit.observation_window";
        let year = self.pack.window;
        if existed.from() < year.from() || existed.to() > year.to() {
            self.misfit(
                "observation-outside-window",
                place,
                format!(
                    "days inside the window of the pack, {} to {}",
                    year.from(),
                    year.to()
                ),
                format!("{} to {}", existed.from(), existed.to()),
            );
            return all;
        }
        for (index, why) in empty {
            let Some(quantity) = self.pack.quantities.get(index) else {
                continue;
            };
            let what = match why {
                Empty::Window => "a day of the window",
                Empty::Obligations => "an obligation",
            };
            self.misfit(
                "nothing-to-observe",
                place,
                format!("days that leave {what} of `{}`", quantity.id),
                format!("{} to {}", existed.from(), existed.to()),
            );
        }
        all
    }
}
