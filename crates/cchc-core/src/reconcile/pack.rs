//! The pack read otherwise: the other side of a bound, another rounding.

use serde_json::Value;

use super::Cause;
use super::replay::Replay;
use crate::mutation::{Mutant, MutationKind, mutants};
use crate::values::{Rounding, RoundingMode};
use crate::wire::read_pack;

/// Bounds of the component whose number, read on the other side, gives the official points.
///
/// A number often bounds two neighbours, which then change together; each place is also
/// tried by itself.
pub(super) fn bounds(replay: &mut Replay<'_, '_>, json: &Value) -> Vec<Cause> {
    let code = &replay.asked.leaf.code;
    let of_leaf = |it: &Mutant| it.kind == MutationKind::Bound && it.subject == *code;
    let bounds: Vec<Mutant> = mutants(json).into_iter().filter(of_leaf).collect();
    let mut numbers: Vec<(String, Vec<&Mutant>)> = Vec::new();
    for mutant in &bounds {
        let written = mutant.before(json).unwrap_or_default();
        match numbers.iter_mut().find(|(known, _)| *known == written) {
            Some((_, list)) => list.push(mutant),
            None => numbers.push((written, vec![mutant])),
        }
    }
    let mut causes = Vec::new();
    for (written, list) in numbers {
        let singles = list.iter().map(|it| vec![*it]);
        let together = (list.len() > 1).then(|| list.clone());
        let found = together.into_iter().chain(singles).find(|changes| {
            let points = changed(replay, json, changes);
            replay.fits(points)
        });
        if let Some(changes) = found {
            causes.push(Cause::OtherBound {
                bound: written.trim_matches('"').to_owned(),
                paths: changes.iter().map(|it| it.path()).collect(),
            });
        }
    }
    causes
}

fn changed(
    replay: &mut Replay<'_, '_>,
    json: &Value,
    changes: &[&Mutant],
) -> Option<crate::values::Points> {
    let changed = changes
        .iter()
        .fold(json.clone(), |json, mutant| mutant.apply(&json));
    let text = changed.to_string();
    let calendar = replay.asked.fitted.calendar;
    let pack = read_pack("pack.json", text.as_bytes(), calendar).ok()?;
    replay.points(&pack, replay.asked.fitted.submission)
}

/// Roundings that are tried, besides every number of places.
const MODES: &[RoundingMode] = &[
    RoundingMode::HalfUp,
    RoundingMode::HalfEven,
    RoundingMode::HalfDown,
    RoundingMode::Down,
    RoundingMode::Up,
    RoundingMode::None,
];

/// Places that are tried: to whole points only where the pack rounds so itself.
const PLACES: std::ops::RangeInclusive<u32> = 1..=4;

/// The rounding nearest to the pack's that gives the official points: first another number
/// of places with its mode, then another mode with its places, then any.
pub(super) fn rounding(replay: &mut Replay<'_, '_>) -> Option<Cause> {
    let asked = replay.asked;
    if asked.states.exempt.get(asked.place)?.is_some() {
        return None;
    }
    let own = asked.fitted.pack.rounding;
    let closed = asked.fitted.close(asked.leaf, asked.states);
    let places = || PLACES.filter(|places| *places != own.places());
    let modes = || MODES.iter().copied().filter(|mode| *mode != own.mode());
    let other_places = places().map(|places| (places, own.mode()));
    let other_modes = modes().map(|mode| (own.places(), mode));
    let any = places().flat_map(|places| modes().map(move |mode| (places, mode)));
    let tried = other_places.chain(other_modes).chain(any);
    let mut roundings = tried.filter_map(|(places, mode)| Rounding::new(places, mode).ok());
    let found = roundings.find(|it| it.round(&closed.exact) == *asked.official.exact())?;
    // What was found by rounding the points is closed once more, with a pack that says so.
    let mut pack = asked.fitted.pack.clone();
    pack.rounding = found;
    let points = replay.points(&pack, asked.fitted.submission);
    replay.fits(points).then(|| Cause::OtherRounding {
        exact: closed.exact,
        places: found.places(),
        mode: found.mode(),
    })
}
