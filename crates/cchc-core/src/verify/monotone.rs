//! Points move in one direction with each quantity that a rule reads.
//!
//! More items won, obligations met, events or better verdicts never give fewer points; more
//! lapses, late or missing reports never give more. A quantity may say which way is better
//! (`better: more` or `less`); where neither it nor its kind says so, either direction is
//! sound, but not both. Where nothing arose is not asked.
//!
//! Exact: combinators are monotone, so a part that is monotone stays so; a part that is not
//! is only told of where caps and neighbours let it show. A table is held as it is written:
//! where `final` hides a wrong step, because of events that nothing proves the worse counts,
//! the step is told without a record.

use crate::json::{Phrase, phrase};
use std::collections::BTreeMap;

use serde_json::Value;

use super::Verifier;
use super::comparison::{self, Moved};
use super::extreme::{self, End, Side, truth};
use super::input::{Inputs, smallest};
use super::nodes::{Part, classes, list, text};
use super::number::NoShare;
use super::witness::{Asked, Witness, with};
use crate::model::Leaf;
use crate::rules::*;
use crate::values::Exact;

/// How points move as a number grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Rises,
    Falls,
}

impl Direction {
    fn turned(self, turn: bool) -> Self {
        match (self, turn) {
            (Direction::Rises, true) => Direction::Falls,
            (Direction::Falls, true) => Direction::Rises,
            (direction, false) => direction,
        }
    }
}

/// The directions that a pack declares for its quantities, by name.
pub(super) fn declared(pack: &Value) -> BTreeMap<&str, Direction> {
    let quantities = list(pack, "quantities").iter();
    let declared = quantities.filter_map(|json| {
        let direction = match text(json, "better")? {
            "more" => Direction::Rises,
            "less" => Direction::Falls,
            _ => return None,
        };
        Some((text(json, "id")?, direction))
    });
    declared.collect()
}

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    for (node, leaf) in ctx.leaves() {
        let Some(part) = Part::whole(node, &leaf.rule) else {
            continue;
        };
        let class = classes(&leaf.rule).first().copied().flatten();
        let mut walk = Walk {
            leaf,
            class,
            records: Records::None,
            breaks: Vec::new(),
        };
        walk.part(ctx, &part, &NOTHING_HIDDEN);
        if walk.breaks.is_empty() || ctx.excused(&node.path, "monotone") {
            continue;
        }
        // What stands beside a part is only worked out where a record is to be shown, and only
        // stated where silence does not do.
        for records in [Records::Alone, Records::Beside] {
            if leaf.quantities.len() > MOST_BESIDE {
                break;
            }
            walk.records = records;
            let before = std::mem::take(&mut walk.breaks);
            walk.part(ctx, &part, &NOTHING_HIDDEN);
            for (now, before) in walk.breaks.iter_mut().zip(before) {
                now.witness = before.witness.or(now.witness.take());
            }
            if walk.breaks.iter().all(|found| found.witness.is_some()) {
                break;
            }
        }
        ctx.crooked.insert(leaf.code.clone());
        for Break {
            path,
            expected,
            found,
            witness,
        } in walk.breaks
        {
            ctx.fault(
                "not-monotone",
                &path,
                expected,
                found,
                "mend the points, say which way is `better`, or declare the exception `monotone`",
            )
            .leaf(&leaf.code)
            .witness(witness);
        }
    }
}

/// Most quantities of a leaf for which records are written.
const MOST_BESIDE: usize = 100;

/// Which points of a part show in the leaf, and what must be stated beside it.
#[derive(Clone)]
struct Shown {
    low: Option<Exact>,
    high: Option<Exact>,
    with: Inputs,
}

impl Shown {
    fn hold(&self, points: Exact) -> Exact {
        clamp(points, self.high.as_ref(), self.low.as_ref())
    }

    fn above(mut self, low: Option<&Exact>) -> Self {
        let own = self.low.take();
        self.low = match (own, low) {
            (Some(own), Some(low)) => Some(own.max(low.clone())),
            (own, low) => own.or(low.cloned()),
        };
        self
    }

    fn below(mut self, high: Option<&Exact>) -> Self {
        let own = self.high.take();
        self.high = match (own, high) {
            (Some(own), Some(high)) => Some(own.min(high.clone())),
            (own, high) => own.or(high.cloned()),
        };
        self
    }

    fn beside(mut self, inputs: Option<&Inputs>) -> Self {
        if let Some(inputs) = inputs {
            self.with = with(&self.with, inputs);
        }
        self
    }
}

/// A place where points move the wrong way.
struct Break {
    path: String,
    expected: Phrase,
    found: Phrase,
    witness: Option<Witness>,
}

/// Which records are written for what is found.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Records {
    /// None: it is only looked whether there is something to find.
    None,
    /// The part alone, with silence beside it where that is the fewest points.
    Alone,
    /// Everything beside the part too.
    Beside,
}

struct Walk<'a> {
    leaf: &'a Leaf,
    class: Option<&'a str>,
    /// Which records are to be shown.
    records: Records,
    breaks: Vec<Break>,
}

impl<'a> Walk<'a> {
    fn part(&mut self, ctx: &Verifier<'_>, part: &Part<'a>, shown: &Shown) {
        match part.rule {
            Rule::Curve(rule) => self.curve(ctx, &part.path, rule, shown),
            Rule::Obligations(rule) => self.obligations(ctx, &part.path, rule, shown),
            Rule::Relative(rule) => self.relative(ctx, &part.path, rule, shown),
            Rule::Constant(_) => {}
            Rule::Sum(_) | Rule::Least(_) | Rule::Greatest(_) => {
                self.parts(ctx, part, shown);
            }
            Rule::Cap { at, floor, .. } => {
                let shown = shown.clone().above(floor.as_ref()).below(at.as_ref());
                for (below, _) in part.below() {
                    self.part(ctx, &below, &shown);
                }
            }
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                self.gate(ctx, &part.path, (condition, then, otherwise), shown);
                for (below, holds) in part.below().into_iter().zip([true, false]) {
                    let set = (self.records != Records::None)
                        .then(|| truth(ctx.pack, condition, holds, false));
                    let shown = shown.clone().beside(set.flatten().as_ref());
                    self.part(ctx, &below.0, &shown);
                }
            }
            Rule::ByClass(_) => {
                for (below, class) in part.below() {
                    let before = std::mem::replace(&mut self.class, class);
                    self.part(ctx, &below, shown);
                    self.class = before;
                }
            }
        }
    }

    /// Parts side by side: what the others can give decides what shows of each.
    fn parts(&mut self, ctx: &Verifier<'_>, part: &Part<'a>, shown: &Shown) {
        let below: Vec<Part<'a>> = part.below().into_iter().map(|(part, _)| part).collect();
        let ends = |side| -> Vec<Option<End>> {
            let ends = below.iter();
            ends.map(|part| extreme::of(ctx.pack, part.rule, side, self.class))
                .collect()
        };
        let (least, most) = (ends(Side::Least), ends(Side::Most));
        for (index, one) in below.iter().enumerate() {
            let others = |list: &'_ [Option<End>]| -> Vec<Exact> {
                let others = list.iter().enumerate().filter(|(other, _)| *other != index);
                others
                    .filter_map(|(_, end)| end.as_ref().map(|end| end.points.clone()))
                    .collect()
            };
            let sum =
                |points: Vec<Exact>| points.iter().fold(Exact::ZERO, |sum, points| &sum + points);
            let mut shown = shown.clone();
            let beside = match part.rule {
                Rule::Least(_) => {
                    shown = shown.below(others(&most).iter().min());
                    &most
                }
                Rule::Greatest(_) => {
                    shown = shown.above(others(&least).iter().max());
                    &least
                }
                _ => {
                    shown.low = shown.low.map(|x| &x - &sum(others(&most)));
                    shown.high = shown.high.map(|x| &x - &sum(others(&least)));
                    &least
                }
            };
            let stated = match self.records {
                Records::None => false,
                Records::Alone => matches!(part.rule, Rule::Least(_)),
                Records::Beside => true,
            };
            if stated {
                let beside = beside.iter().enumerate();
                for (_, end) in beside.filter(|(other, _)| *other != index) {
                    shown = shown.beside(end.as_ref().and_then(|end| end.inputs.as_ref()));
                }
            }
            self.part(ctx, one, &shown);
        }
    }

    fn curve(&mut self, ctx: &Verifier<'_>, path: &str, rule: &'a CurveRule, shown: &Shown) {
        let direction = direction(ctx, &rule.reading);
        let steps = steps(ctx, rule, shown);
        let wrong = match direction {
            Some(direction) => steps.iter().find(|step| step.direction != direction),
            // Either way, but not both: the first step that turns.
            None => steps
                .first()
                .and_then(|first| steps.iter().find(|step| step.direction != first.direction)),
        };
        let Some(step) = wrong else {
            return;
        };
        let name = quantity_name(ctx, &rule.reading);
        let asked = match direction {
            Some(Direction::Rises) => phrase!("points that never fall as {} grows", name),
            Some(Direction::Falls) => phrase!("points that never rise as {} grows", name),
            None => phrase!("points that move one way as {} grows", name),
        };
        let path = step.upper.path.as_deref().unwrap_or(path);
        let (low, high) = (&step.points.0, &step.points.1);
        let found = match step.direction {
            Direction::Falls => phrase!("points that fall from `{}` to `{}`", low, high),
            Direction::Rises => phrase!("points that rise from `{}` to `{}`", low, high),
        };
        self.breaks.push(Break {
            path: path.to_owned(),
            expected: asked,
            found,
            witness: self.pair(ctx, rule, step, shown),
        });
    }

    /// The two smallest records between which points move the wrong way.
    fn pair(
        &self,
        ctx: &Verifier<'_>,
        rule: &CurveRule,
        step: &Step<'_>,
        shown: &Shown,
    ) -> Option<Witness> {
        if self.records == Records::None {
            return None;
        }
        let record = |over: &Stretch| {
            let (inputs, x) = smallest(ctx.pack, rule, over).ok()?;
            let inputs = with(&shown.with, &inputs);
            let record = ctx.record(&Asked {
                leaf: &self.leaf.code,
                class: self.class,
                inputs: &inputs,
                proved: true,
            })?;
            Some((record, x))
        };
        let falls = step.direction == Direction::Falls;
        let wrong = |low: &Exact, high: &Exact| if falls { low > high } else { low < high };
        let first = smallest(ctx.pack, rule, &step.upper.over).ok()?.1;
        for over in candidates(&step.upper.over, first) {
            let Some((upper, x)) = record(&over) else {
                continue;
            };
            // Below it, where points lie on the wrong side of those above.
            let rest = Stretch {
                lower: Bound::Open,
                upper: Bound::Excluded(x.clone()),
            };
            let Some(below) = step.lower.over.meet(&rest) else {
                continue;
            };
            let beyond = beyond(step.lower, &step.upper.points_at(&x), falls);
            let below = beyond.and_then(|beyond| below.meet(&beyond));
            let Some((lower, _)) = below.and_then(|over| record(&over)) else {
                continue;
            };
            if wrong(&lower.points, &upper.points) {
                return ctx.witness_of(&self.leaf.code, vec![lower, upper]);
            }
        }
        None
    }

    fn obligations(
        &mut self,
        ctx: &Verifier<'_>,
        path: &str,
        rule: &'a ObligationRule,
        shown: &Shown,
    ) {
        let rungs = [
            (&rule.missing, "missing", 0, 0),
            (&rule.late, "late", 0, 1),
            (&rule.met, "met", 1, 0),
        ];
        for pair in rungs.windows(2) {
            let [worse, better] = pair else {
                continue;
            };
            let hidden = shown.hold(worse.0 * &Exact::from_u64(rule.size))
                == shown.hold(better.0 * &Exact::from_u64(rule.size));
            if worse.0 <= better.0 || hidden {
                continue;
            }
            let record = |rung: &(&Exact, &str, u64, u64)| {
                if self.records == Records::None {
                    return None;
                }
                let (met, late) = (rung.2, rung.3);
                let own = vec![(rule.of, super::input::Input::Obligations { met, late })];
                ctx.record(&Asked {
                    leaf: &self.leaf.code,
                    class: self.class,
                    inputs: &with(&shown.with, &own),
                    proved: true,
                })
            };
            let records = [record(worse), record(better)];
            let records: Option<Vec<_>> = records.into_iter().collect();
            let shows = records.filter(|list| match list.as_slice() {
                [worse, better] => worse.points > better.points,
                _ => false,
            });
            self.breaks.push(Break {
                path: format!("{path}.{}", better.1),
                expected: phrase!("at least `{}`, as for `{}`", worse.0, worse.1),
                found: format!("`{}`", better.0).into(),
                witness: ctx.witness_of(&self.leaf.code, shows.unwrap_or_default()),
            });
        }
    }

    /// By the form points rise with what was achieved and fall with the target; a measure that
    /// is declared to be better the other way is compared in the wrong place.
    fn relative(&mut self, ctx: &Verifier<'_>, path: &str, rule: &'a RelativeRule, shown: &Shown) {
        let measures = [
            (
                Some(rule.achieved),
                Moved::Achieved,
                "achieved",
                Direction::Rises,
            ),
            (rule.target, Moved::Target, "target", Direction::Falls),
        ];
        for (of, moved, key, moves) in measures {
            let Some(of) = of else { continue };
            let Some(name) = ctx.pack.quantity(of).map(|quantity| &*quantity.id) else {
                continue;
            };
            if ctx.better.get(name).is_none_or(|better| *better == moves) {
                continue;
            }
            let limits = [shown.low.as_ref(), shown.high.as_ref()];
            let Some(pair) = comparison::pair(ctx.pack, rule, moved, limits) else {
                continue;
            };
            let record = |inputs: &Inputs| {
                if self.records == Records::None {
                    return None;
                }
                ctx.record(&Asked {
                    leaf: &self.leaf.code,
                    class: self.class,
                    inputs: &with(&shown.with, inputs),
                    proved: true,
                })
            };
            let records: Option<Vec<_>> = pair.inputs.iter().map(record).collect();
            let wrong = |one: &Exact, other: &Exact| match moves {
                Direction::Rises => one < other,
                Direction::Falls => one > other,
            };
            let shows = records.filter(|list| match list.as_slice() {
                [low, high] => wrong(&low.points, &high.points),
                _ => false,
            });
            let [low, high] = &pair.points;
            let name = format!("`{name}`");
            let (expected, found) = match moves {
                Direction::Rises => (
                    phrase!("points that never rise as {} grows", name),
                    phrase!("points that rise from `{}` to `{}`", low, high),
                ),
                Direction::Falls => (
                    phrase!("points that never fall as {} grows", name),
                    phrase!("points that fall from `{}` to `{}`", low, high),
                ),
            };
            self.breaks.push(Break {
                path: format!("{path}.{key}"),
                expected,
                found,
                witness: ctx.witness_of(&self.leaf.code, shows.unwrap_or_default()),
            });
        }
    }

    /// A condition over a quantity with a direction: the better side has the better branch.
    fn gate(
        &mut self,
        ctx: &Verifier<'_>,
        path: &str,
        (condition, then, otherwise): (&'a CurveRule, &'a Rule, &'a Rule),
        shown: &Shown,
    ) {
        let Some(direction) = direction(ctx, &condition.reading) else {
            return;
        };
        let end = |rule, side| extreme::of(ctx.pack, rule, side, self.class);
        for step in steps(ctx, condition, &NOTHING_HIDDEN) {
            let holds_above = step.direction == Direction::Rises;
            let (above, below) = match holds_above {
                true => (then, otherwise),
                false => (otherwise, then),
            };
            let (better, worse) = match direction {
                Direction::Rises => (above, below),
                Direction::Falls => (below, above),
            };
            let (Some(least), Some(most)) = (end(better, Side::Least), end(worse, Side::Most))
            else {
                continue;
            };
            if shown.hold(least.points.clone()) >= shown.hold(most.points.clone()) {
                continue;
            }
            let better_holds = holds_above == (direction == Direction::Rises);
            let record = |holds: bool, end: &End| {
                if self.records == Records::None {
                    return None;
                }
                let set = truth(ctx.pack, condition, holds, false)?;
                let inputs = with(&with(&shown.with, &set), end.inputs.as_ref()?);
                ctx.record(&Asked {
                    leaf: &self.leaf.code,
                    class: self.class,
                    inputs: &inputs,
                    proved: true,
                })
            };
            let records = [record(!better_holds, &most), record(better_holds, &least)];
            let records: Option<Vec<_>> = records.into_iter().collect();
            let shows = records.filter(|list| match list.as_slice() {
                [worse, better] => worse.points > better.points,
                _ => false,
            });
            let name = quantity_name(ctx, &condition.reading);
            self.breaks.push(Break {
                path: format!("{path}.if"),
                expected: phrase!("a better side of {} that never gives fewer points", name),
                found: phrase!(
                    "`{}` where `{}` was possible before",
                    least.points,
                    most.points
                ),
                witness: ctx.witness_of(&self.leaf.code, shows.unwrap_or_default()),
            });
            return;
        }
    }
}

const NOTHING_HIDDEN: Shown = Shown {
    low: None,
    high: None,
    with: Vec::new(),
};

/// A place where the points of a curve move.
struct Step<'a> {
    direction: Direction,
    lower: &'a Piece,
    upper: &'a Piece,
    points: (Exact, Exact),
}

/// Every place where points move and it shows, from the lowest number on; a piece that no
/// number of the quantity reaches is passed over.
fn steps<'a>(ctx: &Verifier<'_>, rule: &'a CurveRule, shown: &Shown) -> Vec<Step<'a>> {
    let mut steps = Vec::new();
    let mut push = |lower: &'a Piece, upper: &'a Piece, from: &Exact, to: &Exact| {
        let (held, then) = (shown.hold(from.clone()), shown.hold(to.clone()));
        let direction = match held.cmp(&then) {
            std::cmp::Ordering::Less => Direction::Rises,
            std::cmp::Ordering::Greater => Direction::Falls,
            std::cmp::Ordering::Equal => return,
        };
        steps.push(Step {
            direction,
            lower,
            upper,
            points: (from.clone(), to.clone()),
        });
    };
    let mut before: Option<(&'a Piece, Exact)> = None;
    let dead = |piece: &&Piece| {
        matches!(rule.reading, Reading::Share { .. })
            && smallest(ctx.pack, rule, &piece.over) == Err(NoShare::None)
    };
    for piece in rule.curve.pieces().iter().filter(|it| !dead(it)) {
        let end = |bound: &Bound| match bound.value() {
            Some(x) => piece.points_at(x),
            None => piece.points.clone(),
        };
        let (low, high) = (end(&piece.over.lower), end(&piece.over.upper));
        if let Some((lower, points)) = &before {
            push(lower, piece, points, &low);
        }
        push(piece, piece, &low, &high);
        before = Some((piece, high));
    }
    steps
}

/// Stretches to look for the upper record in: anywhere, then above the simplest number, then
/// at the ends.
fn candidates(over: &Stretch, first: Exact) -> Vec<Stretch> {
    let above = Stretch {
        lower: Bound::Excluded(first),
        upper: over.upper.clone(),
    };
    let mut list = vec![over.clone(), above];
    for bound in [&over.lower, &over.upper] {
        if let Bound::Included(x) = bound {
            list.push(Stretch::only(x.clone()));
        }
    }
    list
}

/// Where a piece gives more points than some (or fewer).
fn beyond(piece: &Piece, points: &Exact, more: bool) -> Option<Stretch> {
    let all = || Stretch::ALL;
    if piece.slope.is_zero() {
        let fits = if more {
            piece.points > *points
        } else {
            piece.points < *points
        };
        return fits.then(all);
    }
    let edge = (points - &piece.points).checked_div(&piece.slope)?;
    let edge = Bound::Excluded(&piece.anchor + &edge);
    Some(match more == piece.slope.is_positive() {
        true => Stretch {
            lower: edge,
            upper: Bound::Open,
        },
        false => Stretch {
            lower: Bound::Open,
            upper: edge,
        },
    })
}

/// The direction that is asked of a reading; `None` where either is sound.
fn direction(ctx: &Verifier<'_>, reading: &Reading) -> Option<Direction> {
    let quantity = |of: &QuantityIndex| ctx.pack.quantity(*of);
    let declared = |of: &QuantityIndex| ctx.better.get(&*quantity(of)?.id).copied();
    match reading {
        Reading::Share { of, lost } => {
            let won = declared(of).unwrap_or(Direction::Rises);
            Some(won.turned(*lost))
        }
        Reading::Due { read, .. } => Some(match read {
            DueReading::Met | DueReading::HandedIn => Direction::Rises,
            DueReading::Late | DueReading::Missing | DueReading::Lapses => Direction::Falls,
        }),
        Reading::Verdict(_) => Some(Direction::Rises),
        Reading::Number(of) => match &quantity(of)?.kind {
            QuantityKind::Count {
                by: CountBy::Events(_),
            } => Some(declared(of).unwrap_or(Direction::Rises)),
            QuantityKind::Judgement { .. } => Some(Direction::Rises),
            _ => declared(of),
        },
        Reading::Flag(of) => declared(of),
        Reading::Tally(flags) => {
            let mut all = flags.iter().map(declared);
            let first = all.next().flatten()?;
            all.all(|other| other == Some(first)).then_some(first)
        }
    }
}

fn quantity_name(ctx: &Verifier<'_>, reading: &Reading) -> Phrase {
    let names = reading.quantities().iter();
    let names = names
        .filter_map(|of| ctx.pack.quantity(*of))
        .map(|it| &*it.id);
    let names: Vec<&str> = names.collect();
    let name = names.join(", ");
    match reading {
        Reading::Share { lost: true, .. } => phrase!("`{}`, {}", name, Phrase::from("lost")),
        Reading::Due { read, .. } => {
            let read = match read {
                DueReading::Met => "met",
                DueReading::Late => "late",
                DueReading::Missing => "missing",
                DueReading::Lapses => "lapses",
                DueReading::HandedIn => "handed_in",
            };
            phrase!("`{}`, {}", name, Phrase::from(read))
        }
        _ => format!("`{name}`").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::kit::check;

    const DIPS: &str = r#"{"form": "bands", "of": "files", "in": "percent", "not_arisen": "full",
        "bands": [{"from": "97", "points": "1"}, {"from": "95", "below": "97", "points": "2"},
                  {"below": "95", "points": "0"}]}"#;

    #[test]
    fn a_dip_is_told_at_the_band_of_the_higher_numbers() {
        check("", DIPS, &["not-monotone rule.bands[0]"]);
    }

    #[test]
    fn a_dip_above_a_cap_does_not_show() {
        let capped = format!(r#"{{"form": "cap", "at": "1", "part": {DIPS}}}"#);
        check(
            r#""exceptions": [{"of": "max_reachable", "reason": "r"}],"#,
            &capped,
            &[],
        );
    }

    #[test]
    fn a_count_by_figure_may_move_either_way_but_not_both() {
        let falls = r#"[{"below": "1", "points": "2"}, {"from": "1", "points": "0"}]"#;
        let turns = r#"[{"below": "1", "points": "0"}, {"from": "1", "below": "3", "points": "2"},
                        {"from": "3", "points": "1"}]"#;
        let rule = |of, bands| format!(r#"{{"form": "bands", "of": "{of}", "bands": {bands}}}"#);
        check("", &rule("talks", falls), &[]);
        check("", &rule("breaches", falls), &[]);
        check("", &rule("talks", turns), &["not-monotone rule.bands[2]"]);
        check(
            "",
            &rule("breaches", turns),
            &["not-monotone rule.bands[1]"],
        );
    }

    #[test]
    fn the_better_side_of_a_condition_has_the_better_branch() {
        let gate = |then, otherwise| {
            format!(
                r#"{{"form": "gate", "if": {{"of": "files", "in": "percent", "from": "90", "not_arisen": "full"}},
                "then": {{"form": "constant", "points": "{then}"}},
                "otherwise": {{"form": "yes_no", "of": "plan", "yes": "{otherwise}", "no": "0"}}}}"#
            )
        };
        check("", &gate("2", "1"), &[]);
        check("", &gate("1", "2"), &["not-monotone rule.if"]);
    }
}
