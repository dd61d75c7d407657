//! Paths that a file writes itself: where they lead, and what was meant where they do not.
//!
//! Such a path is read from an object of the file and counts lists as the file does, also
//! where faulty elements were left out. Where it may only lead to a part that was left out,
//! nothing is said of it.

use super::{Phrase, phrase};
use serde_json::Value;

use super::Document;
use super::document::{Mark, Parts};
use super::fault::{did_you_mean, shown};
use super::place::{OwnedStep, push_item, push_key, steps_of};

/// A path of the file that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Astray {
    /// The path, and where it ends.
    pub found: Phrase,
    /// A path that leads somewhere and is close to it.
    pub meant: Option<String>,
}

impl Document {
    /// Where `path`, written in the file and read from the object at `base`, goes astray.
    ///
    /// The field `except` of that object counts as not being there. `None` where the path
    /// leads to a value, or where parts were left out so that nobody can tell.
    pub fn astray(&self, base: &str, path: &str, except: &str) -> Option<Astray> {
        let root = Spot {
            value: self.value(),
            mark: &self.mark,
        };
        let base = steps_of(base)
            .iter()
            .try_fold(root, |spot, step| spot.part(step))?;
        let (search, steps) = (Search { base, except }, steps_of(path));
        let found = if steps.is_empty() || written(&steps) != path {
            phrase!("`{}`, which is no path", shown(path))
        } else {
            let Way::Ends(end, reached) = search.follow(&steps) else {
                return None;
            };
            phrase!("`{}`, {}", shown(path), why(end, &steps, reached))
        };
        let meant = search.meant(steps).map(|steps| written(&steps));
        Some(Astray { found, meant })
    }
}

/// A value of the file with its mark.
#[derive(Clone, Copy)]
struct Spot<'d> {
    value: &'d Value,
    mark: &'d Mark,
}

impl<'d> Spot<'d> {
    /// The part that a step of the value leads to.
    fn part(self, step: &OwnedStep) -> Option<Spot<'d>> {
        match (self.value, &self.mark.parts, step) {
            (Value::Array(values), Parts::Items(marks), OwnedStep::Item(index)) => {
                let (value, (_, mark)) = (values.get(*index)?, marks.get(*index)?);
                Some(Spot { value, mark })
            }
            (Value::Object(fields), Parts::Fields(marks), OwnedStep::Key(key)) => {
                let at = marks.binary_search_by(|(name, _)| (**name).cmp(key)).ok()?;
                let (value, (_, mark)) = (fields.get(key)?, marks.get(at)?);
                Some(Spot { value, mark })
            }
            _ => None,
        }
    }

    /// Whether the value is one that such a step can lead on from.
    fn takes(self, step: &OwnedStep) -> bool {
        match step {
            OwnedStep::Key(_) => self.value.is_object(),
            OwnedStep::Item(_) => self.value.is_array(),
        }
    }

    /// As [`Spot::part`], with list indexes of the file.
    fn part_in_file(self, step: &OwnedStep) -> Option<Spot<'d>> {
        match (&self.mark.parts, step) {
            (Parts::Items(marks), OwnedStep::Item(index)) => {
                let at = marks.binary_search_by_key(index, |(in_file, _)| *in_file);
                self.part(&OwnedStep::Item(at.ok()?))
            }
            _ => self.part(step),
        }
    }
}

/// Where steps lead.
enum Way<'d> {
    Leads,
    /// To a part that may have been left out.
    Unknown,
    /// Not beyond this part, which so many steps reach.
    Ends(Spot<'d>, usize),
}

struct Search<'d, 'e> {
    base: Spot<'d>,
    except: &'e str,
}

impl<'d> Search<'d, '_> {
    fn follow(&self, steps: &[OwnedStep]) -> Way<'d> {
        let mut spot = self.base;
        for (reached, step) in steps.iter().enumerate() {
            let barred = reached == 0 && matches!(step, OwnedStep::Key(key) if key == self.except);
            match spot.part_in_file(step).filter(|_| !barred) {
                Some(part) => spot = part,
                None if spot.mark.whole || barred || !spot.takes(step) => {
                    return Way::Ends(spot, reached);
                }
                None => return Way::Unknown,
            }
        }
        Way::Leads
    }

    fn leads(&self, steps: &[OwnedStep]) -> bool {
        !steps.is_empty() && matches!(self.follow(steps), Way::Leads)
    }

    /// Steps that lead somewhere and are close to the ones written.
    fn meant(&self, mut steps: Vec<OwnedStep>) -> Option<Vec<OwnedStep>> {
        // The first step was forgotten, such as `rule` of `rule.bands[0].from`.
        if let Way::Ends(_, 0) = self.follow(&steps) {
            let keys = self.base.value.as_object()?.keys();
            let inside = keys
                .map(|key| [&[OwnedStep::Key(key.clone())], steps.as_slice()].concat())
                .find(|longer| self.leads(longer));
            if inside.is_some() {
                return inside;
            }
        }
        // Each round mends one step, or drops what cannot be mended from the last one on.
        for _ in 0..=steps.len() {
            let Way::Ends(spot, reached) = self.follow(&steps) else {
                break;
            };
            let step = steps.get(reached);
            let near = step.and_then(|step| self.near(spot, step, reached == 0));
            match (near, steps.get_mut(reached)) {
                (Some(near), Some(step)) => *step = near,
                _ if reached > 0 => steps.truncate(reached),
                _ => return None,
            }
        }
        self.leads(&steps).then_some(steps)
    }

    /// A step that leads on from `spot` and is close to the one written.
    fn near(&self, spot: Spot<'d>, step: &OwnedStep, first: bool) -> Option<OwnedStep> {
        match (spot.value, step) {
            (Value::Array(_), OwnedStep::Key(key)) => {
                let item = OwnedStep::Item(key.parse().ok()?);
                spot.part_in_file(&item).map(|_| item)
            }
            (Value::Object(fields), OwnedStep::Key(key)) => {
                let names = fields.keys().map(String::as_str);
                let names = names.filter(|name| !(first && *name == self.except));
                let near = did_you_mean(key, names)?;
                Some(OwnedStep::Key(near.to_owned()))
            }
            _ => None,
        }
    }
}

/// Why a path ends, in words.
fn why(end: Spot<'_>, steps: &[OwnedStep], reached: usize) -> Phrase {
    let (before, step) = match steps.split_at_checked(reached) {
        Some((before, [step, ..])) => (written(before), step),
        _ => return Phrase::from(""),
    };
    let before = shown(&before);
    match (end.value, step) {
        (Value::Object(_), OwnedStep::Key(key)) if reached == 0 => {
            phrase!("and no `{}` stands there", shown(key))
        }
        (Value::Object(_), OwnedStep::Key(key)) => {
            phrase!("and `{}` has no `{}`", before, shown(key))
        }
        (Value::Array(items), OwnedStep::Item(_)) => {
            phrase!(
                "and `{}` has {} of them, counted from 0",
                before,
                items.len()
            )
        }
        (Value::Array(_), _) => phrase!("and `{}` is a list", before),
        (Value::Object(_), _) if reached == 0 => "which begins in no field".into(),
        (Value::Object(_), _) => phrase!("and `{}` is no list", before),
        _ => phrase!("and `{}` is neither object nor list", before),
    }
}

fn written(steps: &[OwnedStep]) -> String {
    let mut path = String::new();
    for step in steps {
        match step {
            OwnedStep::Key(key) => push_key(&mut path, key),
            OwnedStep::Item(index) => push_item(&mut path, *index),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::super::{Field, Format, Shape, check_partial};

    const TEXT: &str = r#"{"format": "f", "version": 1, "max": "1", "of": ["x"],
"rule": {"bands": [{"from": "a"}, {"from": "c"}, {"below": "b"}], "points": "2", "1.1": "k"}}"#;

    /// What is said of a path in the text with `from` replaced by `to`.
    #[track_caller]
    fn check_in((from, to): (&str, &str), path: &str, expected: &str) {
        let band = Shape::Object(vec![
            Field::optional("from", Shape::text(9), ""),
            Field::optional("below", Shape::text(9), ""),
        ]);
        let rule = Shape::Object(vec![
            Field::required("bands", Shape::array(band, 1, 9), ""),
            Field::optional("points", Shape::text(9), ""),
            Field::optional("1.1", Shape::text(9), ""),
        ]);
        let format = Format {
            name: "f",
            version: 1,
            title: "",
            root: Shape::Object(vec![
                Field::required("max", Shape::text(9), ""),
                Field::required("of", Shape::array(Shape::text(9), 1, 9), ""),
                Field::required("rule", rule, ""),
            ]),
            definitions: vec![],
        };
        let text = TEXT.replacen(from, to, 1);
        let (document, _) = check_partial(&format, "f", text.as_bytes());
        let found = match document.unwrap().astray("$", path, "of") {
            None => String::new(),
            Some(astray) => {
                let meant = astray.meant.map(|meant| format!("; {meant}"));
                format!("{}{}", astray.found, meant.unwrap_or_default())
            }
        };
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn check(path: &str, expected: &str) {
        check_in(("", ""), path, expected);
    }

    #[test]
    fn a_path_to_a_value_is_not_astray() {
        for path in [
            "max",
            "rule",
            "rule.bands[0].from",
            "rule.bands[2].below",
            r#"rule["1.1"]"#,
        ] {
            check(path, "");
        }
    }

    #[test]
    fn a_path_to_what_was_left_out_is_not_told() {
        // The second band is left out; those after it keep their place in the file.
        let pruned = (r#"{"from": "c"}"#, "1");
        for path in [
            "rule.bands[1].from",
            "rule.bands[9]",
            "rule.bands[2].below",
            "rule.bond",
            "mex",
        ] {
            check_in(pruned, path, "");
        }
        check_in(
            pruned,
            "rule.bands[2].from",
            "`rule.bands[2].from`, and `rule.bands[2]` has no `from`; rule.bands[2]",
        );
        check_in(pruned, "of", "`of`, and no `of` stands there");
    }

    #[test]
    fn a_path_that_ends_is_told_with_what_was_meant() {
        check("mex", "`mex`, and no `mex` stands there; max");
        check("of", "`of`, and no `of` stands there");
        check("of[0]", "`of[0]`, and no `of` stands there");
        check("[0]", "`[0]`, which begins in no field");
        check(
            "bands[0].from",
            "`bands[0].from`, and no `bands` stands there; rule.bands[0].from",
        );
        check(
            "rule.bands[0].fromm",
            "`rule.bands[0].fromm`, and `rule.bands[0]` has no `fromm`; rule.bands[0].from",
        );
        check(
            "rule.bands[3].from",
            "`rule.bands[3].from`, and `rule.bands` has 3 of them, counted from 0; rule.bands",
        );
        check(
            "rule.bands.from",
            "`rule.bands.from`, and `rule.bands` is a list; rule.bands",
        );
        check("rule[0]", "`rule[0]`, and `rule` is no list; rule");
        check(
            "max[0]",
            "`max[0]`, and `max` is neither object nor list; max",
        );
    }

    #[test]
    fn a_text_that_is_no_path_is_read_as_far_as_it_is_one() {
        for (path, expected) in [
            ("$", ""),
            ("$.max", "; max"),
            ("rule..points", "; rule"),
            ("rule.bands.0.from", "; rule.bands[0].from"),
            ("rule.bands[0]]", "; rule.bands[0]"),
            ("rule.bands[x]", "; rule.bands"),
            ("max ", "; max"),
        ] {
            check(path, &format!("`{path}`, which is no path{expected}"));
        }
    }
}
