//! What a record can say of the quantities of a leaf, as far as two packs can tell it
//! apart.
//!
//! For a quantity read through curves these are the numbers at which a piece of either
//! curve ends and one number inside each piece; where no curve has a slope that is every
//! case there is.

use super::aspect::Lens;
use super::curve::representatives;
use super::record::{Builder, Record, Told};
use crate::rules::*;
use crate::values::Exact;

/// Most combinations of what the quantities of one leaf say.
const MOST_COMBINATIONS: usize = 1_500;
/// Most events that a record is given for one quantity.
const MOST_EVENTS: u64 = 60;
/// Most obligations whose outcomes are all tried.
const MOST_OBLIGATIONS: usize = 12;

/// Records at the close that tell the quantities in every way that matters.
pub(super) struct Closed {
    pub(super) records: Vec<Record>,
    /// Whether no way that could matter was left out.
    pub(super) complete: bool,
}

/// Builds them, from the fewest facts on; `wanted` are further numbers for the one curve.
pub(super) fn closed(
    sides: [(Lens<'_>, &serde_json::Value); 2],
    wanted: &[Exact],
    prefix: &str,
) -> Closed {
    let [(old, json), (new, _)] = sides;
    let mut complete = true;
    let ways: Vec<(&Quantity, Vec<Told>)> = old
        .leaf
        .quantities
        .iter()
        .filter_map(|of| old.pack.quantity(*of))
        .map(|quantity| {
            let ways = ways(quantity, [old, new], wanted, &mut complete);
            (quantity, ways)
        })
        .collect();
    let mut classes: Vec<Option<&str>> = match old.pack.unit_classes.as_slice() {
        [] => vec![None],
        classes => classes.iter().map(|it| Some(it.as_str())).collect(),
    };
    if !by_class(&old.leaf.rule) && !by_class(&new.leaf.rule) {
        classes.truncate(1);
    }
    let bests = bests(&old.leaf.rule);
    complete &= bests.len() == 1;
    let sizes = ways.iter().map(|(_, ways)| ways.len());
    let combinations = sizes.fold(classes.len() * bests.len(), usize::saturating_mul);
    complete &= combinations <= MOST_COMBINATIONS;
    let as_of = after(old, &ways);
    let mut records: Vec<Record> = (0..combinations.min(MOST_COMBINATIONS))
        .map(|number| {
            let mut rest = number;
            let mut pick = |size: usize| {
                let place = rest % size.max(1);
                rest /= size.max(1);
                place
            };
            let mut builder = Builder::new(old.pack, json);
            builder.prefix(prefix);
            builder.proved(!old.reasons);
            for (quantity, ways) in &ways {
                if let Some(told) = ways.get(pick(ways.len())) {
                    builder.tell(quantity, told);
                }
            }
            builder.class(classes.get(pick(classes.len())).copied().flatten());
            if let Some(Some((of, best))) = bests.get(pick(bests.len()))
                && let Some(quantity) = old.pack.quantity(*of)
            {
                builder.best(quantity, best);
            }
            builder.finish(as_of)
        })
        .collect();
    records.sort_by_cached_key(Record::size);
    Closed { records, complete }
}

/// The first day on which nothing can be handed in any more.
pub(super) fn after(lens: Lens<'_>, ways: &[(&Quantity, Vec<Told>)]) -> chrono::NaiveDate {
    let last = ways
        .iter()
        .map(|(quantity, _)| quantity.hand_in_by)
        .fold(lens.pack.hand_in_by, chrono::NaiveDate::max);
    last.succ_opt().unwrap_or(last).min(lens.pack.validity.to())
}

/// Records within the year: a few ways to tell each quantity, as of the days around which
/// something ends.
pub(super) fn within(sides: [(Lens<'_>, &serde_json::Value); 2]) -> Vec<Record> {
    const FEW: usize = 6;
    let [(old, json), (new, _)] = sides;
    let mut records = Vec::new();
    let quantities = old
        .leaf
        .quantities
        .iter()
        .filter_map(|of| old.pack.quantity(*of));
    let quantities: Vec<&Quantity> = quantities.collect();
    for quantity in &quantities {
        let mut ways = ways(quantity, [old, new], &[], &mut true);
        if let QuantityKind::Share {
            by: ShareBy::Figure,
            ..
        } = quantity.kind
        {
            ways.truncate(FEW);
            for (won, lost, open) in [(1, 1, 0), (9, 1, 0), (1, 0, 1), (0, 1, 1), (9, 0, 1)] {
                ways.push(Told::Share { won, lost, open });
            }
        }
        let (from, to) = (quantity.window.from(), quantity.window.to());
        let days = [from, to, quantity.hand_in_by].into_iter().flat_map(around);
        let mut days: Vec<chrono::NaiveDate> = days.collect();
        if let QuantityKind::DueSet { obligations, .. } = &quantity.kind {
            days.extend(obligations.iter().flat_map(|it| around(it.due)));
        }
        days.retain(|day| old.pack.validity.contains(*day));
        days.sort();
        days.dedup();
        for told in ways.iter().take(FEW * 2) {
            for day in &days {
                for observed in [from, to] {
                    let mut builder = Builder::new(old.pack, json);
                    builder.class(old.pack.unit_classes.first().map(String::as_str));
                    builder.proved(!old.reasons);
                    builder.figures_on(observed);
                    builder.tell(quantity, told);
                    records.push(builder.finish(*day));
                    // The others at their best, so that this one moves alone.
                    if quantities.len() > 1 {
                        let mut builder = Builder::new(old.pack, json);
                        builder.class(old.pack.unit_classes.first().map(String::as_str));
                        builder.proved(!old.reasons);
                        builder.figures_on(observed);
                        for other in quantities.iter().filter(|it| it.id != quantity.id) {
                            let full = best_way(other, [old, new]);
                            builder.tell(other, &full);
                        }
                        builder.tell(quantity, told);
                        records.push(builder.finish(*day));
                    }
                }
            }
        }
    }
    records.sort_by_cached_key(|it| (it.size(), it.as_of));
    records.dedup();
    records
}

/// A day with the one before and the one after it.
pub(super) fn around(day: chrono::NaiveDate) -> impl Iterator<Item = chrono::NaiveDate> {
    [day.pred_opt(), Some(day), day.succ_opt()]
        .into_iter()
        .flatten()
}

/// The way to tell a quantity that documents have most to prove of.
fn best_way(quantity: &Quantity, lenses: [Lens<'_>; 2]) -> Told {
    match &quantity.kind {
        QuantityKind::Share { .. } => Told::Share {
            won: 1,
            lost: 0,
            open: 0,
        },
        QuantityKind::DueSet { obligations, .. } => Told::Due(vec![2; obligations.len()]),
        _ => {
            let ways = ways(quantity, lenses, &[], &mut true);
            let told = ways.into_iter().find(|it| *it != Told::Nothing);
            told.unwrap_or(Told::Nothing)
        }
    }
}

/// Ways to tell a quantity that documents are then spoiled for: something, and nothing.
pub(super) fn proved(quantity: &Quantity, lenses: [Lens<'_>; 2]) -> Vec<Told> {
    let mut ways = vec![best_way(quantity, lenses)];
    match &quantity.kind {
        QuantityKind::Share { by, .. } => {
            ways.push(Told::NoItems);
            if *by == ShareBy::Figure {
                ways.push(Told::Share {
                    won: 1,
                    lost: 0,
                    open: 1,
                });
            }
        }
        QuantityKind::Count {
            by: CountBy::Figure,
        } => {
            ways = vec![Told::Count(1), Told::Count(0), Told::Count(2)];
        }
        QuantityKind::Count { .. } => ways = vec![Told::Count(1), Told::Count(2)],
        _ => {}
    }
    if quantity.kind.event().is_some() && matches!(quantity.kind, QuantityKind::Share { .. }) {
        ways.push(Told::Share {
            won: 2,
            lost: 0,
            open: 0,
        });
    }
    ways
}

fn ways(
    quantity: &Quantity,
    lenses: [Lens<'_>; 2],
    wanted: &[Exact],
    complete: &mut bool,
) -> Vec<Told> {
    let mut read = Read::default();
    for lens in lenses {
        if let Some(of) = lens.pack.quantity_by_id.get(&*quantity.id) {
            read.rule(&lens.leaf.rule, *of);
        }
    }
    let both_sides = read.won && read.lost;
    *complete &= !(read.sloped || read.relative || both_sides);
    let mut numbers = representatives(&read.curves);
    numbers.extend(wanted.iter().cloned());
    if read.relative {
        numbers.extend([0, 1, 2, 3, 4].map(Exact::from_integer));
    }
    let mut told = match &quantity.kind {
        QuantityKind::Share { min_total, .. } => {
            let events = quantity.kind.event().is_some();
            let mut ways = Vec::new();
            for x in &numbers {
                for lost in sides_read(&read) {
                    match share(x, *min_total, lost) {
                        Some((won, lost)) if !events || won + lost <= MOST_EVENTS => {
                            ways.push(Told::Share { won, lost, open: 0 });
                            if !events && lost > 0 {
                                ways.push(Told::Share {
                                    won,
                                    lost: 0,
                                    open: lost,
                                });
                            }
                        }
                        Some(_) => *complete = false,
                        None => {}
                    }
                }
            }
            if *min_total == 0 {
                ways.push(Told::NoItems);
            }
            ways
        }
        QuantityKind::Count { by } => {
            let most = match by {
                CountBy::Events(_) => MOST_EVENTS,
                CountBy::Figure => u64::MAX,
            };
            let counts = numbers.iter().filter_map(whole);
            let (fit, beyond): (Vec<u64>, Vec<u64>) = counts.partition(|it| *it <= most);
            *complete &= beyond.is_empty();
            fit.into_iter().map(Told::Count).collect()
        }
        QuantityKind::DueSet { obligations, .. } => {
            *complete &= obligations.len() <= MOST_OBLIGATIONS;
            due_ways(obligations.len())
        }
        QuantityKind::Flag {
            sample_margin: None,
            ..
        } => ["yes", "no", "not_yet"].map(Told::Flag).to_vec(),
        QuantityKind::Flag { .. } => samples(quantity, lenses),
        QuantityKind::Measure { options, .. } if !options.is_empty() => {
            *complete = false;
            option_ways(options, &numbers)
        }
        QuantityKind::Measure { .. } => numbers.iter().cloned().map(Told::Measure).collect(),
        QuantityKind::Judgement { scale } => match scale {
            JudgementScale::Points { min, max } => {
                numbers.extend([min.clone(), max.clone()]);
                numbers.retain(|x| x >= min && x <= max);
                numbers.iter().cloned().map(Told::Points).collect()
            }
            JudgementScale::Verdicts(verdicts) => {
                verdicts.iter().cloned().map(Told::Verdict).collect()
            }
        },
    };
    told.push(Told::Nothing);
    told.dedup();
    told
}

/// Which side of a share is read: the lost items, the won ones, or each by another rule.
fn sides_read(read: &Read<'_>) -> Vec<bool> {
    match (read.won, read.lost) {
        (true, true) => vec![false, true],
        (_, lost) => vec![lost],
    }
}

/// What a rule reads of one quantity.
#[derive(Default)]
struct Read<'a> {
    curves: Vec<&'a Curve>,
    lost: bool,
    won: bool,
    sloped: bool,
    relative: bool,
}

impl<'a> Read<'a> {
    fn rule(&mut self, rule: &'a Rule, of: QuantityIndex) {
        match rule {
            Rule::Constant(_) | Rule::Obligations(_) => {}
            Rule::Curve(curve) => self.curve(curve, of),
            Rule::Relative(rule) => {
                self.relative |= rule.achieved == of || rule.target == Some(of);
            }
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().for_each(|part| self.rule(part, of));
            }
            Rule::Cap { part, .. } => self.rule(part, of),
            Rule::Gate {
                condition,
                then,
                otherwise,
            } => {
                self.curve(condition, of);
                self.rule(then, of);
                self.rule(otherwise, of);
            }
            Rule::ByClass(classes) => {
                classes.iter().for_each(|(_, rule)| self.rule(rule, of));
            }
        }
    }

    fn curve(&mut self, rule: &'a CurveRule, of: QuantityIndex) {
        if !rule.reading.quantities().contains(&of) {
            return;
        }
        self.lost |= matches!(rule.reading, Reading::Share { lost: true, .. });
        self.won |= matches!(rule.reading, Reading::Share { lost: false, .. });
        if !matches!(rule.reading, Reading::Tally(_) | Reading::Due { .. }) {
            self.curves.push(&rule.curve);
            self.sloped |= rule
                .curve
                .pieces()
                .iter()
                .any(|piece| !piece.slope.is_zero());
        }
    }
}

/// Whether a rule goes by the class of the unit.
pub(super) fn by_class(rule: &Rule) -> bool {
    match rule {
        Rule::ByClass(_) => true,
        Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => parts.iter().any(by_class),
        Rule::Cap { part, .. } => by_class(part),
        Rule::Gate {
            then, otherwise, ..
        } => by_class(then) || by_class(otherwise),
        _ => false,
    }
}

/// Cohorts that a relative rule is shown: none published, and best figures around it.
fn bests(rule: &Rule) -> Vec<Option<(QuantityIndex, Exact)>> {
    fn relative(rule: &Rule) -> Option<QuantityIndex> {
        match rule {
            Rule::Relative(rule) => Some(rule.achieved),
            Rule::Sum(parts) | Rule::Least(parts) | Rule::Greatest(parts) => {
                parts.iter().find_map(relative)
            }
            Rule::Cap { part, .. } => relative(part),
            Rule::Gate {
                then, otherwise, ..
            } => relative(then).or_else(|| relative(otherwise)),
            Rule::ByClass(classes) => classes.iter().find_map(|(_, rule)| relative(rule)),
            _ => None,
        }
    }
    let mut bests = vec![None];
    if let Some(of) = relative(rule) {
        bests.extend([4, 2].map(|best| Some((of, Exact::from_integer(best)))));
    }
    bests
}

/// Won and lost items of a share.
fn share(x: &Exact, min_total: u64, lost: bool) -> Option<(u64, u64)> {
    if x.is_negative() || *x > Exact::ONE {
        return None;
    }
    let text = x.numer_denom_text();
    let (part, whole) = text.split_once('/')?;
    let (part, whole): (u64, u64) = (part.parse().ok()?, whole.parse().ok()?);
    let times = min_total.max(1).div_ceil(whole);
    let (part, rest) = (part.checked_mul(times)?, (whole - part).checked_mul(times)?);
    Some(if lost { (rest, part) } else { (part, rest) })
}

fn whole(x: &Exact) -> Option<u64> {
    u64::try_from(x.floor_i64()?)
        .ok()
        .filter(|_| x.is_integer())
}

/// Every number of met, late and missing obligations, then each obligation on its own.
fn due_ways(size: usize) -> Vec<Told> {
    let mut ways = Vec::new();
    let full = size.min(MOST_OBLIGATIONS);
    for missing in 0..=full {
        for late in 0..=full - missing {
            let mut ends = vec![2; size - missing - late];
            ends.extend(vec![1; late]);
            ends.extend(vec![0; missing]);
            ways.push(Told::Due(ends));
        }
    }
    for alone in 0..size {
        for end in [2, 1] {
            let ends = (0..size).map(|place| if place == alone { end } else { 0 });
            ways.push(Told::Due(ends.collect()));
        }
    }
    ways
}

/// Samples on either side of enough, for either margin.
fn samples(quantity: &Quantity, lenses: [Lens<'_>; 2]) -> Vec<Told> {
    let margins = lenses.iter().filter_map(|lens| {
        let of = lens.pack.quantity_by_id.get(&*quantity.id)?;
        match &lens.pack.quantity(*of)?.kind {
            QuantityKind::Flag {
                sample_margin: Some(margin),
                ..
            } => Some(margin.clone()),
            _ => None,
        }
    });
    let margins: Vec<Exact> = margins.collect();
    let mut ways = Vec::new();
    for population in [1, 100, 400, 1_000, 10_000] {
        for margin in &margins {
            let (mut least, mut most) = (0, population);
            while least < most {
                let middle = least + (most - least) / 2;
                if sample_is_enough(population, middle, margin) {
                    most = middle;
                } else {
                    least = middle + 1;
                }
            }
            for size in [most.saturating_sub(1), most] {
                ways.push(Told::Sample { population, size });
            }
        }
    }
    ways
}

/// Each option alone, and mixtures of two whose mean is a number that matters.
fn option_ways(options: &[SurveyOption], numbers: &[Exact]) -> Vec<Told> {
    let answers = |chosen: &[(usize, u64)]| {
        let count = |place: usize| {
            let of = chosen.iter().filter(|(index, _)| *index == place);
            of.map(|(_, count)| count).sum::<u64>()
        };
        let all = options.iter().enumerate();
        Told::Options(
            all.map(|(place, it)| (it.id.clone(), count(place)))
                .collect(),
        )
    };
    let mut ways: Vec<Told> = (0..options.len()).map(|it| answers(&[(it, 1)])).collect();
    let ordered = |a: &SurveyOption, b: &SurveyOption| a.weight < b.weight;
    let pairs = (0..options.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
    ways.extend(pairs.map(|(a, b)| answers(&[(a, 1), (b, 1)])));
    for (low, a) in options.iter().enumerate() {
        for (high, b) in options.iter().enumerate().filter(|(_, b)| ordered(a, b)) {
            for x in numbers {
                let along = (x - &a.weight).checked_div(&(&b.weight - &a.weight));
                if let Some((won, lost)) = along.and_then(|it| share(&it, 0, false)) {
                    ways.push(answers(&[(high, won), (low, lost)]));
                }
            }
        }
    }
    ways.truncate(400);
    ways
}
