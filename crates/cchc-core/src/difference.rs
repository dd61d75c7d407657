//! Two leaves side by side: whether they score the same for every record, or a smallest
//! record that shows otherwise.
//!
//! Where the parts of two leaves mean the same they are equal. Curves over one number are
//! decided exactly, after rounding; rules without a slope by trying every case there is.
//! Any other difference is looked for among records built on purpose, with documents,
//! and each one found is scored by both packs before it is told. What can be neither
//! shown nor excluded is `NotAnalysed`, never passed over.
//!
//! Not covered: whether two differently named quantities mean the same thing; such
//! leaves are `NotComparable`.

mod aspect;
mod candidates;
mod curve;
mod record;
mod simplest;
mod split;
mod spoil;
mod whole;

pub use aspect::{Aspect, Change};
pub use record::Record;
pub(crate) use record::later;
pub(crate) use record::{Builder, Told};
pub use whole::{WholeVerdict, compare_whole, whole_changes};

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;
use serde_json::Value;

use crate::answer::Outcome;
use crate::model::{Leaf, Pack};
use crate::record::fit;
use crate::rules::*;
use crate::values::{Calendar, Exact, Points};
use aspect::{Lens, reading_text};
use curve::{Decision, Scored};

/// A pack with the JSON that it was read from.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The pack.
    pub pack: &'a Pack,
    /// Its JSON.
    pub json: &'a Value,
}

/// What counts as a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// Points, maximum and outcome; what only one of the packs can read is left aside.
    Points,
    /// Reasons too, and that the new pack refuses what the old one takes: what a worked case
    /// of the old pack would notice.
    Reasons,
}

/// Two leaves compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeafDifference {
    /// Code of the leaf in the old pack.
    pub code: String,
    /// What the packs have differently about it.
    pub changes: Vec<Change>,
    /// Whether that moves its points.
    pub verdict: Verdict,
}

/// Whether two leaves score the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// For every record.
    Equal(Argument),
    /// Not for these records: one that gives more, one that gives less, where found.
    Differs(Vec<Witness>),
    /// They read different quantities.
    NotComparable(Mismatch),
    /// No record was found that shows a difference, and none was excluded.
    NotAnalysed,
}

/// Why two leaves score the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Argument {
    /// Every part means the same.
    SameMeaning,
    /// The new pack only takes records that the old one refuses.
    OnlyTakesMore,
    /// Rounded points are the same at and between all numbers where either curve turns.
    Breakpoints,
    /// Every case there is gives the same.
    EveryCase,
}

impl Argument {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Argument::SameMeaning => "same_meaning",
            Argument::OnlyTakesMore => "only_takes_more",
            Argument::Breakpoints => "breakpoints",
            Argument::EveryCase => "every_case",
        }
    }
}

/// What two leaves read differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mismatch {
    /// Quantities, with their kinds, that only the old leaf reads.
    pub old: Vec<String>,
    /// Quantities, with their kinds, that only the new leaf reads.
    pub new: Vec<String>,
}

/// A record on which two leaves score differently.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Witness {
    /// As-of date, in the old pack's year.
    pub as_of: NaiveDate,
    /// The facts, in the old pack's year, as under `given` in a case.
    pub given: Value,
    /// What the old pack says.
    pub old: Observed,
    /// What the new pack says; `None`: it refuses the record.
    pub new: Option<Observed>,
}

impl Witness {
    /// Standing points of the new leaf less those of the old one.
    pub fn difference(&self) -> Option<Points> {
        let new = self.new.as_ref()?;
        Some(&new.standing - &self.old.standing)
    }
}

/// What a pack says of one leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Observed {
    /// The applicable maximum.
    pub max: Points,
    /// Points that are certain.
    pub secured: Points,
    /// Points if nothing more is done.
    pub standing: Points,
    /// Points that can still be reached.
    pub attainable: Points,
    /// How the leaf came to them.
    pub outcome: &'static str,
    /// Reasons, as codes.
    pub because: Vec<String>,
}

/// Compares the leaf of a code in the old pack with a leaf of the new pack.
///
/// `None` where either pack lacks the leaf.
pub fn compare_leaves(
    old: Side<'_>,
    new: Side<'_>,
    (code, new_code): (&str, &str),
    matter: Matter,
    calendar: &Calendar,
) -> Option<LeafDifference> {
    let (before, after) = (old.pack.leaf(code)?, new.pack.leaf(new_code)?);
    let lens = |pack, leaf| Lens {
        pack,
        leaf,
        reasons: matter == Matter::Reasons,
    };
    let comparing = Comparing {
        old,
        new,
        lenses: [lens(old.pack, before), lens(new.pack, after)],
        matter,
        calendar,
        years: new.pack.scored_year - old.pack.scored_year,
    };
    let changes = aspect::changes(comparing.lenses[0], comparing.lenses[1]);
    let verdict = match mismatch(old.pack, before, new.pack, after) {
        Some(mismatch) => Verdict::NotComparable(mismatch),
        None => comparing.verdict(&changes),
    };
    Some(LeafDifference {
        code: code.to_owned(),
        changes,
        verdict,
    })
}

/// What a pack says of a leaf on a record; `None`: the record does not fit the pack.
pub fn observe(pack: &Pack, code: &str, record: &Record, calendar: &Calendar) -> Option<Observed> {
    let case = record.as_case(pack)?;
    let fitted = fit(pack, &case.submission, calendar).ok()?;
    let answer = fitted.assess(case.as_of);
    let leaf = answer.leaves.into_iter().find(|leaf| leaf.code == code)?;
    Some(Observed {
        max: leaf.numbers.max,
        secured: leaf.numbers.secured,
        standing: leaf.numbers.standing,
        attainable: leaf.numbers.attainable,
        outcome: leaf.outcome.code(),
        because: leaf.because,
    })
}

/// Records about a leaf, from the smallest on: every way to tell its quantities that
/// matters, within the year and at its close, with whole and with spoiled documents.
///
/// `wanted` are further numbers for its quantities.
pub(crate) fn records_for(
    side: Side<'_>,
    code: &str,
    wanted: &[Exact],
    calendar: &Calendar,
) -> Vec<Record> {
    let Some(leaf) = side.pack.leaf(code) else {
        return Vec::new();
    };
    let lens = Lens {
        pack: side.pack,
        leaf,
        reasons: true,
    };
    let comparing = Comparing {
        old: side,
        new: side,
        lenses: [lens, lens],
        matter: Matter::Reasons,
        calendar,
        years: 0,
    };
    let sides = [(lens, side.json), (lens, side.json)];
    let mut records = candidates::closed(sides, wanted, "").records;
    let later = [candidates::within(sides), comparing.spoiled()];
    records.extend(later.into_iter().flatten());
    let days = [
        side.pack.validity.from().pred_opt(),
        side.pack.validity.to().succ_opt(),
    ];
    let outside = days.into_iter().flatten().filter_map(|as_of| {
        let given = records.first()?.given.clone();
        Some(Record { as_of, given })
    });
    let outside: Vec<Record> = outside.collect();
    records.extend(outside);
    records
}

fn mismatch(old: &Pack, before: &Leaf, new: &Pack, after: &Leaf) -> Option<Mismatch> {
    let names = |pack: &Pack, leaf: &Leaf| -> BTreeSet<String> {
        let quantities = leaf.quantities.iter().filter_map(|of| pack.quantity(*of));
        let named = |it: &Quantity| format!("{} ({})", it.id, it.kind.name());
        quantities.map(named).collect()
    };
    let (before, after) = (names(old, before), names(new, after));
    (before != after).then(|| Mismatch {
        old: before.difference(&after).cloned().collect(),
        new: after.difference(&before).cloned().collect(),
    })
}

struct Comparing<'a> {
    old: Side<'a>,
    new: Side<'a>,
    lenses: [Lens<'a>; 2],
    matter: Matter,
    calendar: &'a Calendar,
    /// From the old pack's scored year to the new one's.
    years: i32,
}

impl Comparing<'_> {
    fn verdict(&self, changes: &[Change]) -> Verdict {
        if changes.is_empty() {
            return Verdict::Equal(Argument::SameMeaning);
        }
        // Points of the rule decide; other parts are excluded one by one.
        let points = ["rule", "rounding", "domain", "scale"];
        let about_points = |it: &&Change| points.contains(&it.aspect.what);
        let others = changes.iter().filter(|it| !about_points(it));
        let others_widen = others.clone().all(|it| it.widened);
        let decision = self.decide();
        let all_widen = changes.iter().all(|it| it.widened);
        if all_widen {
            return Verdict::Equal(Argument::OnlyTakesMore);
        }
        let domains_widen = changes
            .iter()
            .filter(|it| matches!(it.aspect.what, "domain" | "scale"))
            .all(|it| it.widened);
        if others_widen && domains_widen && decision == Some(Decision::Equal) {
            return Verdict::Equal(Argument::Breakpoints);
        }
        let wanted = match decision {
            Some(Decision::DiffersAt(x)) => vec![x],
            _ => Vec::new(),
        };
        let mut found = Found::default();
        let sides = [
            (self.lenses[0], self.old.json),
            (self.lenses[1], self.new.json),
        ];
        let closed = candidates::closed(sides, &wanted, "");
        self.search(closed.records, &mut found);
        if found.none() && others.clone().next().is_none() && closed.complete {
            return Verdict::Equal(Argument::EveryCase);
        }
        if found.none() {
            self.search(candidates::within(sides), &mut found);
        }
        if found.none() {
            self.search(self.spoiled(), &mut found);
        }
        if found.none() {
            return Verdict::NotAnalysed;
        }
        Verdict::Differs(found.witnesses())
    }

    /// Exactly, where both rules are one curve over the same reading.
    fn decide(&self) -> Option<Decision> {
        let [old, new] = self.lenses;
        let (Rule::Curve(before), Rule::Curve(after)) = (&old.leaf.rule, &new.leaf.rule) else {
            return None;
        };
        let reads = |lens: Lens<'_>, rule: &CurveRule| reading_text(&rule.reading, lens.pack);
        let round = |lens: Lens<'_>, x: &Exact| lens.pack.rounding.round(x);
        let ends = |lens: Lens<'_>, rule: &CurveRule| {
            let curve = &rule.curve;
            (round(lens, curve.least()), round(lens, curve.most()))
        };
        let same = reads(old, before) == reads(new, after)
            && before.not_arisen == after.not_arisen
            && (self.matter == Matter::Points || before.reason == after.reason)
            && ends(old, before) == ends(new, after);
        let found = curve::decide(
            Scored {
                rule: before,
                rounding: &old.pack.rounding,
            },
            Scored {
                rule: after,
                rounding: &new.pack.rounding,
            },
            self.matter == Matter::Reasons,
        );
        match found {
            Decision::Equal if !same => None,
            Decision::DiffersAt(_) if reads(old, before) != reads(new, after) => None,
            found => Some(found),
        }
    }

    /// Records with documents, whole and spoiled, as either pack asks for them.
    fn spoiled(&self) -> Vec<Record> {
        let mut days: Vec<NaiveDate> = self.days();
        days.sort();
        days.dedup();
        let mut records = Vec::new();
        for (place, side) in [self.old, self.new].into_iter().enumerate() {
            let Some(lens) = self.lenses.get(place) else {
                continue;
            };
            let back = if place == 0 { 0 } else { -self.years };
            let mut keep = |builder: Builder<'_>| {
                let last = lens
                    .leaf
                    .quantities
                    .iter()
                    .filter_map(|of| side.pack.quantity(*of));
                let last = last
                    .map(|it| it.hand_in_by)
                    .fold(side.pack.hand_in_by, NaiveDate::max);
                // Two days on, so that what was recorded a day too late is seen as late.
                let next = |day: NaiveDate| day.succ_opt().unwrap_or(day);
                let as_of = next(next(last)).min(side.pack.validity.to());
                let record = builder.finish(as_of).later(back);
                records.extend(spoil::spoiled(&record, &days));
            };
            for of in &lens.leaf.quantities {
                let Some(quantity) = side.pack.quantity(*of) else {
                    continue;
                };
                for told in candidates::proved(quantity, self.lenses) {
                    let mut builder = Builder::new(side.pack, side.json);
                    for other in lens.leaf.quantities.iter().filter(|it| *it != of) {
                        if let Some(other) = side.pack.quantity(*other)
                            && let Some(told) = candidates::proved(other, self.lenses).first()
                        {
                            builder.tell(other, told);
                        }
                    }
                    builder.class(side.pack.unit_classes.first().map(String::as_str));
                    builder.tell(quantity, &told);
                    keep(builder);
                    if self.says_of_predecessors(&quantity.id) {
                        split::successors(side, quantity, &told)
                            .into_iter()
                            .for_each(&mut keep);
                    }
                }
                if self.says_of_predecessors(&quantity.id) {
                    split::latecomers(side, quantity)
                        .into_iter()
                        .for_each(&mut keep);
                }
            }
            for ground in &lens.leaf.grounds {
                let mut builder = Builder::new(side.pack, side.json);
                builder.class(side.pack.unit_classes.first().map(String::as_str));
                builder.exempt(&lens.leaf.code, ground);
                keep(builder);
            }
        }
        records.sort_by_cached_key(|it| (it.size(), it.as_of));
        records.dedup();
        records
    }

    /// Whether either pack says of a quantity what holds for a unit that began within the year.
    fn says_of_predecessors(&self, id: &str) -> bool {
        self.lenses.iter().any(|lens| {
            let of = lens.pack.quantity_by_id.get(id);
            of.and_then(|of| lens.pack.quantity(*of)).is_some_and(|it| {
                it.predecessors != Predecessors::Own || it.observation != Observation::Pack
            })
        })
    }

    /// Days around which something of either leaf ends, in the old pack's year.
    fn days(&self) -> Vec<NaiveDate> {
        let mut days = Vec::new();
        for (lens, years) in self.lenses.iter().zip([0, -self.years]) {
            let mut ends = vec![
                lens.pack.validity.from(),
                lens.pack.validity.to(),
                lens.pack.hand_in_by,
            ];
            if let Some(force) = lens.leaf.validity {
                ends.extend([force.from(), force.to()]);
            }
            let quantities = lens.leaf.quantities.iter();
            let quantities = quantities.filter_map(|of| lens.pack.quantity(*of));
            let mut proofs: Vec<&Proof> = lens.leaf.grounds.iter().map(|it| &it.proof).collect();
            for quantity in quantities {
                ends.extend([
                    quantity.window.from(),
                    quantity.window.to(),
                    quantity.hand_in_by,
                ]);
                if let QuantityKind::DueSet { obligations, .. } = &quantity.kind {
                    ends.extend(obligations.iter().map(|it| it.due));
                }
                proofs.push(&quantity.proof);
            }
            for role in proofs.into_iter().flat_map(|it| &it.roles) {
                ends.extend([role.window.from(), role.window.to()]);
                if let Some(Deadline::On { date, .. }) = role.deadline {
                    ends.push(date);
                }
                if let Some(Deadline::AfterEvent { working_days }) = role.deadline
                    && let Ok(due) = self
                        .calendar
                        .add_working_days(lens.pack.window.to(), working_days)
                {
                    ends.push(due.date);
                }
            }
            let moved = |day: NaiveDate| {
                let year = day.year() + years;
                day.with_year(year).unwrap_or(day)
            };
            days.extend(ends.into_iter().map(moved).flat_map(candidates::around));
        }
        days
    }

    /// Scores records by both packs until one shows more and, for points, one shows less.
    fn search(&self, records: Vec<Record>, found: &mut Found) {
        for record in records {
            if found.enough(self.matter) {
                return;
            }
            let [before, after] = self.lenses;
            let old = observe(self.old.pack, &before.leaf.code, &record, self.calendar);
            let moved;
            let other = if self.years == 0 {
                &record
            } else {
                moved = record.later(self.years);
                &moved
            };
            let new = observe(self.new.pack, &after.leaf.code, other, self.calendar);
            let Some(old) = old else { continue };
            let differs = match (&new, self.matter) {
                (None, Matter::Reasons) => true,
                (None, Matter::Points) => false,
                (Some(new), Matter::Reasons) => *new != old,
                (Some(new), Matter::Points) => {
                    let answers = |it: &Observed| it.outcome != Outcome::OutOfValidity.code();
                    answers(&old) && answers(new) && !same_points(&old, new)
                }
            };
            if differs {
                let witness = Witness {
                    as_of: record.as_of,
                    given: record.given,
                    old,
                    new,
                };
                found.keep(witness);
            }
        }
    }
}

fn same_points(old: &Observed, new: &Observed) -> bool {
    let points = |it: &Observed| {
        let Observed {
            secured,
            standing,
            attainable,
            ..
        } = it.clone();
        (secured, standing, attainable)
    };
    points(old) == points(new)
}

/// The first witness in each direction.
#[derive(Default)]
struct Found {
    more: Option<Witness>,
    less: Option<Witness>,
    other: Option<Witness>,
}

impl Found {
    fn none(&self) -> bool {
        self.more.is_none() && self.less.is_none() && self.other.is_none()
    }

    fn enough(&self, matter: Matter) -> bool {
        match matter {
            Matter::Reasons => !self.none(),
            Matter::Points => self.more.is_some() && self.less.is_some(),
        }
    }

    fn keep(&mut self, witness: Witness) {
        let place = match witness.difference() {
            Some(points) if points > Points::ZERO => &mut self.more,
            Some(points) if points < Points::ZERO => &mut self.less,
            _ => &mut self.other,
        };
        if place.is_none() {
            *place = Some(witness);
        }
    }

    fn witnesses(self) -> Vec<Witness> {
        let either: Vec<Witness> = [self.more, self.less].into_iter().flatten().collect();
        if either.is_empty() {
            return self.other.into_iter().collect();
        }
        either
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::read_pack;
    use serde_json::json;

    /// A pack of one leaf over one share with documents.
    fn pack(rule: Value, role: Value) -> Value {
        json!({
            "format": "cchc-pack", "version": 1, "id": "p", "title": {"vi": "p"},
            "level": "commune", "scored_year": 2024, "issuer": "p", "appraiser": "district",
            "validity": {"from": "2024-01-01", "to": "2025-12-31"},
            "window": {"from": "2024-01-01", "to": "2024-12-31"}, "hand_in_by": "2025-01-05",
            "coverage": "partial", "max": "2", "rounding": {"places": 1, "mode": "half_up"},
            "sources": [{"of": ["max"], "illustrative": "a test"}],

            "quantities": [
                {"id": "q", "kind": "share", "title": {"vi": "q"}, "by": "figure",
                 "total": "unbounded", "open_at_close": "lost", "proof": {"roles": [role]},
                 "sources": []},
                {"id": "a", "kind": "flag", "title": {"vi": "a"}, "movement": "latched",
                 "proof": {"roles": []}, "sources": []},
                {"id": "b", "kind": "flag", "title": {"vi": "b"}, "movement": "latched",
                 "proof": {"roles": []}, "sources": []}
            ],
            "tree": [{"code": "1", "title": {"vi": "1"}, "children": [
                {"code": "1.1", "title": {"vi": "1.1"}, "max": "2", "rule": rule,
                 "sources": [{"of": ["max", "rule"], "illustrative": "a test"}]}
            ]}]
        })
    }

    fn bands(from: &str, points: &str) -> Value {
        json!({"form": "bands", "of": "q", "read": "won", "in": "percent", "not_arisen": "full",
            "bands": [{"from": from, "points": "2"},
                      {"from": "50", "below": from, "points": points},
                      {"below": "50", "points": "0"}]})
    }

    fn proportional(points: &str) -> Value {
        json!({"form": "proportional", "of": "q", "read": "won", "in": "percent",
            "points": points, "not_arisen": "zero"})
    }

    fn report() -> Value {
        json!({"role": "report", "kinds": ["BC"]})
    }

    fn compare(old: &Value, new: &Value, matter: Matter) -> LeafDifference {
        let calendar = Calendar::vietnam();
        let read = |json: &Value| read_pack("p", json.to_string().as_bytes(), calendar).unwrap();
        let (before, after) = (read(old), read(new));
        let (old, new) = (
            Side {
                pack: &before,
                json: old,
            },
            Side {
                pack: &after,
                json: new,
            },
        );
        compare_leaves(old, new, ("1.1", "1.1"), matter, calendar).unwrap()
    }

    #[track_caller]
    fn equal(old: &Value, new: &Value, matter: Matter, argument: Argument) {
        assert_eq!(compare(old, new, matter).verdict, Verdict::Equal(argument));
    }

    /// The first witness: its facts, then standing points of either pack.
    #[track_caller]
    fn differs(old: &Value, new: &Value, fact: &str, expected: (&str, Option<&str>)) {
        let found = compare(old, new, Matter::Reasons);
        let Verdict::Differs(witnesses) = found.verdict else {
            panic!("a witness, not {:?}", found.verdict);
        };
        let witness = &witnesses[0];
        let text = witness.given.to_string();
        assert!(text.contains(fact), "{fact} is not in {text}");
        let standing = |it: &Observed| it.standing.to_string();
        let new = witness.new.as_ref().map(standing);
        assert_eq!(
            (standing(&witness.old).as_str(), new.as_deref()),
            expected,
            "{text}"
        );
    }

    #[test]
    fn a_threshold_a_point_lower_is_shown_by_the_fewest_items_between() {
        let old = pack(bands("97", "1"), report());
        // 24 of 25 is 96 %: 1 point in the old pack, 2 in the new one.
        let new = pack(bands("96", "1"), report());
        differs(&old, &new, r#""won":24"#, ("1", Some("2")));
    }

    #[test]
    fn a_band_cut_in_two_differs_in_reasons_and_not_in_points() {
        let old = pack(bands("97", "2"), report());
        let new = pack(bands("90", "2"), report());
        equal(&old, &new, Matter::Points, Argument::SameMeaning);
        // Between 90 % and 97 % both give 2 points, by another band.
        differs(&old, &new, r#""won":"#, ("2", Some("2")));
    }

    #[test]
    fn lines_that_rounding_does_not_tell_apart_are_equal() {
        let line = |points| pack(proportional(points), report());
        // Nothing between 0 and 0.0101 reaches half of a tenth.
        equal(
            &line("0.01"),
            &line("0.0101"),
            Matter::Reasons,
            Argument::Breakpoints,
        );
        // At the whole, 0.04 rounds to 0 and 0.05 to 0.1.
        differs(
            &line("0.04"),
            &line("0.05"),
            r#""won":1"#,
            ("0", Some("0.1")),
        );
    }

    #[test]
    fn a_requirement_left_out_is_shown_by_a_document_without_it() {
        let signed = json!({"role": "report", "kinds": ["BC"], "signed": true});
        let (old, new) = (
            pack(bands("97", "1"), signed),
            pack(bands("97", "1"), report()),
        );
        differs(&old, &new, r#""kind":"BC""#, ("0", Some("2")));
    }

    #[test]
    fn a_day_more_of_a_window_is_shown_by_a_document_of_that_day() {
        let until = |day: &str| {
            let role = json!({"role": "report", "kinds": ["BC"],
                "window": {"from": "2024-01-01", "to": day}});
            pack(bands("97", "1"), role)
        };
        differs(
            &until("2024-06-30"),
            &until("2024-07-01"),
            r#""issued_on":"2024-07-01""#,
            ("0", Some("2")),
        );
    }

    #[test]
    fn a_window_that_a_deadline_ends_earlier_can_end_anywhere_later() {
        let until = |day: &str, deadline: &str| {
            let role = json!({"role": "report", "kinds": ["BC"],
                "window": {"from": "2024-01-01", "to": day},
                "deadline": {"date": deadline, "roll": "none"}});
            pack(bands("97", "1"), role)
        };
        let old = until("2024-12-31", "2024-06-28");
        equal(
            &old,
            &until("2024-12-30", "2024-06-28"),
            Matter::Reasons,
            Argument::SameMeaning,
        );
        differs(
            &old,
            &until("2024-12-31", "2024-06-27"),
            r#""issued_on":"2024-06-28""#,
            ("2", Some("0")),
        );
    }

    #[test]
    fn a_share_read_from_its_other_side_is_not_taken_for_the_same() {
        let read = |side: &str, at: &str| {
            let rule = json!({"form": "bands", "of": "q", "read": side, "in": "percent",
                "not_arisen": "zero", "bands": [{"from": at, "points": "2"},
                                                {"below": at, "points": "0"}]});
            pack(rule, report())
        };
        // Half won is half lost: both give 2, and of the rest one gives 2 and the other 0.
        let found = compare(&read("won", "50"), &read("lost", "50"), Matter::Points);
        let Verdict::Differs(witnesses) = found.verdict else {
            panic!("{:?}", found.verdict);
        };
        assert_eq!(witnesses.len(), 2);
    }

    #[test]
    fn rules_without_a_slope_are_decided_by_every_case() {
        let both = json!({"form": "n_of_m", "of": ["a", "b"], "at_least": 2, "points": "2",
            "otherwise": "0"});
        let each = json!({"form": "all_or_nothing", "points": "2", "otherwise": "0",
            "all": [{"of": "a", "is": "yes"}, {"of": "b", "is": "yes"}]});
        let (old, new) = (pack(both, report()), pack(each, report()));
        equal(&old, &new, Matter::Points, Argument::EveryCase);
    }

    #[test]
    fn other_quantities_are_not_compared() {
        let flag = json!({"form": "yes_no", "of": "a", "yes": "2", "no": "0"});
        let found = compare(
            &pack(proportional("2"), report()),
            &pack(flag, report()),
            Matter::Points,
        );
        let Verdict::NotComparable(mismatch) = found.verdict else {
            panic!("not comparable");
        };
        assert_eq!(mismatch.old, ["q (share)"]);
        assert_eq!(mismatch.new, ["a (flag)"]);
    }

    #[test]
    fn two_patterns_for_the_same_numbers_are_not_analysed() {
        let numbered = |pattern: &str| {
            let role = json!({"role": "report", "kinds": ["BC"], "number_pattern":
                {"pattern": pattern, "accepts": ["7/BC-UBND"], "refuses": ["7/KH-UBND"]}});
            pack(proportional("2"), role)
        };
        let found = compare(
            &numbered("^[0-9]+/BC-UBND$"),
            &numbered("^[0123456789]+/BC-UBND$"),
            Matter::Reasons,
        );
        assert_eq!(found.verdict, Verdict::NotAnalysed);
        assert_eq!(found.changes.len(), 1);
        assert_eq!(found.changes[0].aspect.what, "requirement");
    }

    #[test]
    fn both_directions_are_shown_where_both_exist() {
        // A line of 2 against 1 from 50 % on: more below, less above.
        let step = json!({"form": "bands", "of": "q", "read": "won", "in": "percent",
            "not_arisen": "zero", "bands": [{"from": "50", "points": "1.5"},
                                            {"below": "50", "points": "0"}]});
        let (old, new) = (pack(proportional("2"), report()), pack(step, report()));
        let Verdict::Differs(witnesses) = compare(&old, &new, Matter::Points).verdict else {
            panic!("a difference");
        };
        let signs: Vec<bool> = witnesses
            .iter()
            .map(|it| it.difference().unwrap() > Points::ZERO)
            .collect();
        assert_eq!(signs, [true, false]);
    }
}
