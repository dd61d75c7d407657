//! Inputs: what a record states of quantities, as small as can be.

use crate::model::Pack;
use crate::rules::*;
use crate::values::Exact;

use super::number::{self, NoShare, smallest_of};

/// What a record states of some quantities.
pub(super) type Inputs = Vec<(QuantityIndex, Input)>;

/// What a record states of one quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Input {
    /// A count, a measure or judged points.
    Number(Exact),
    /// A measure that is compared with the best of the other units, once published.
    Compared {
        /// What was achieved.
        achieved: Exact,
        /// The best figure; `None` where it is not published.
        best: Option<Exact>,
    },
    /// Items won, of all items.
    Share {
        /// Won items.
        won: u64,
        /// All items.
        total: u64,
    },
    /// A share without items.
    NoItems,
    /// Yes or no.
    Flag(bool),
    /// Place of a verdict, 0 for the last one.
    Verdict(u64),
    /// Obligations met and late; the rest is missing.
    Obligations {
        /// On time.
        met: u64,
        /// Late.
        late: u64,
    },
}

/// The numbers that a share can be: fewest and most items.
pub(super) fn items_of(pack: &Pack, of: QuantityIndex) -> (u64, Option<u64>) {
    match pack.quantity(of).map(|quantity| &quantity.kind) {
        Some(QuantityKind::Share {
            total, min_total, ..
        }) => {
            let most = match total {
                Total::AtMost(most) => Some(*most),
                _ => None,
            };
            (*min_total, most)
        }
        _ => (0, None),
    }
}

/// The share of events of which all are won, as a reading reads it: the only one that can be
/// proved. An event that nothing proves may be won or lost, and `final` counts the worse.
pub(super) fn all_won(pack: &Pack, reading: &Reading) -> Option<Exact> {
    let Reading::Share { of, lost } = reading else {
        return None;
    };
    let by_events = matches!(
        pack.quantity(*of)?.kind,
        QuantityKind::Share {
            by: ShareBy::Events(_),
            ..
        }
    );
    by_events.then_some(if *lost { Exact::ZERO } else { Exact::ONE })
}

/// The one share of events of which no document is asked: all of them are won.
pub(super) fn only_share(pack: &Pack, reading: &Reading) -> Option<Exact> {
    let quantity = reading
        .quantities()
        .first()
        .and_then(|of| pack.quantity(*of))?;
    let asked = quantity
        .proof
        .roles
        .iter()
        .any(|role| role.when != When::None);
    all_won(pack, reading).filter(|_| !asked)
}

/// Obligations of a due set.
pub(super) fn obligations_of(pack: &Pack, of: QuantityIndex) -> u64 {
    match pack.quantity(of).map(|quantity| &quantity.kind) {
        Some(QuantityKind::DueSet { obligations, .. }) => {
            u64::try_from(obligations.len()).unwrap_or(u64::MAX)
        }
        _ => 0,
    }
}

/// The smallest input whose reading lies in a stretch, and the number that is read.
pub(super) fn smallest(
    pack: &Pack,
    rule: &CurveRule,
    over: &Stretch,
) -> Result<(Inputs, Exact), NoShare> {
    if let Reading::Share { of, lost } = &rule.reading {
        let (least, most) = items_of(pack, *of);
        let over = match only_share(pack, &rule.reading) {
            Some(only) => over.meet(&Stretch::only(only)).ok_or(NoShare::None)?,
            None => over.clone(),
        };
        let (items, total) = number::share(&over, least, most)?;
        let won = if *lost { total - items } else { items };
        let x = Exact::ratio_u64(items, total).ok_or(NoShare::None)?;
        return Ok((vec![(*of, Input::Share { won, total })], x));
    }
    let over = match &rule.reading {
        Reading::Number(of) => survey(pack, *of).map_or(over.clone(), |weights| {
            // The simplest mix of the two outermost options, as a number of the mean.
            mixed(over, &weights).unwrap_or(over.clone())
        }),
        _ => over.clone(),
    };
    let x = smallest_of(rule.curve.domain(), &over).ok_or(NoShare::None)?;
    let inputs = at(pack, &rule.reading, &x).ok_or(NoShare::None)?;
    Ok((inputs, x))
}

/// The input whose reading comes nearest to an end of a stretch, and the number that is read,
/// where a share of few items has only so many values.
pub(super) fn nearest(
    pack: &Pack,
    rule: &CurveRule,
    over: &Stretch,
    upper: bool,
) -> Option<(Inputs, Exact)> {
    let Reading::Share { of, lost } = &rule.reading else {
        return None;
    };
    let (least, most) = match (only_share(pack, &rule.reading), items_of(pack, *of)) {
        (Some(_), _) => (1, 1),
        (None, (least, most)) => (least, most?),
    };
    let over = match only_share(pack, &rule.reading) {
        Some(only) => over.meet(&Stretch::only(only))?,
        None => over.clone(),
    };
    let (items, total) = number::nearest_share(&over, upper, least, most)?;
    let won = if *lost { total - items } else { items };
    let x = Exact::ratio_u64(items, total)?;
    Some((vec![(*of, Input::Share { won, total })], x))
}

/// Weights of the lightest and the heaviest option of a survey.
pub(super) fn survey(pack: &Pack, of: QuantityIndex) -> Option<(Exact, Exact)> {
    let QuantityKind::Measure { options, .. } = &pack.quantity(of)?.kind else {
        return None;
    };
    let weights = options.iter().map(|option| &option.weight);
    Some((weights.clone().min()?.clone(), weights.max()?.clone()))
}

/// The number of a stretch that the fewest answers give, as a stretch of its own.
fn mixed(over: &Stretch, (low, high): &(Exact, Exact)) -> Option<Stretch> {
    let span = high - low;
    let share = |bound: &Bound| {
        Some(match bound {
            Bound::Open => Bound::Open,
            Bound::Included(x) => Bound::Included((x - low).checked_div(&span)?),
            Bound::Excluded(x) => Bound::Excluded((x - low).checked_div(&span)?),
        })
    };
    let over = Stretch {
        lower: share(&over.lower)?,
        upper: share(&over.upper)?,
    };
    let simple = number::simplest(&over.meet(&Stretch::closed(Exact::ZERO, Exact::ONE))?)?;
    Some(Stretch::only(low + &(&simple * &span)))
}

/// The smallest input that is read as a number; shares are found by [`smallest`].
fn at(pack: &Pack, reading: &Reading, x: &Exact) -> Option<Inputs> {
    let n = number::whole(x);
    Some(match reading {
        Reading::Number(of) => vec![(*of, Input::Number(x.clone()))],
        Reading::Share { .. } => return None,
        Reading::Flag(of) => vec![(*of, Input::Flag(!x.is_zero()))],
        Reading::Verdict(of) => vec![(*of, Input::Verdict(n?))],
        Reading::Tally(flags) => {
            let n = n?;
            let flags = (0_u64..).zip(flags);
            flags
                .map(|(index, of)| (*of, Input::Flag(index < n)))
                .collect()
        }
        Reading::Due { of, read } => {
            let (n, all) = (n?, obligations_of(pack, *of));
            let rest = all.checked_sub(n)?;
            let (met, late) = match read {
                DueReading::Met | DueReading::HandedIn => (n, 0),
                DueReading::Late => (0, n),
                DueReading::Missing | DueReading::Lapses => (rest, 0),
            };
            vec![(*of, Input::Obligations { met, late })]
        }
    })
}
