//! Faults as they are found, those that will be told and a count of the rest.
//!
//! A hostile file can have millions of faults. Only the first ones in the order of the file
//! are told, so no more than some multiple of them is ever held.

use crate::json::{Fault, MAX_FAULTS, phrase};

/// Faults found so far, in any order.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// Those that can still be among the first.
    kept: Vec<Fault>,
    /// How many stand behind enough others that none of them will be told.
    dropped: usize,
}

impl Collected {
    pub(super) fn push(&mut self, fault: Fault) {
        self.kept.push(fault);
        if self.kept.len() > 8 * MAX_FAULTS {
            self.keep(MAX_FAULTS + 1);
        }
    }

    /// Takes in the faults of another collection.
    pub(super) fn join(&mut self, other: Collected) {
        self.extend(other.kept);
        self.dropped += other.dropped;
    }

    /// How many faults were found.
    pub(super) fn count(&self) -> usize {
        self.kept.len() + self.dropped
    }

    /// The first faults in the order of the file; those beyond the limit are counted in a
    /// last one.
    pub(super) fn told(mut self) -> Vec<Fault> {
        let count = self.count();
        self.keep(MAX_FAULTS + 1);
        if let Some(first) = self.kept.get(MAX_FAULTS) {
            let last = Fault {
                code: "too-many-faults",
                place: first.place.clone(),
                expected: phrase!("at most {} faults", MAX_FAULTS),
                found: phrase!("{} more", count - MAX_FAULTS),
                help: Some("mend those listed, then check again".into()),
            };
            self.kept.truncate(MAX_FAULTS);
            self.kept.push(last);
        }
        self.kept
    }

    /// Keeps the first faults; of those at one place the first found.
    fn keep(&mut self, most: usize) {
        self.kept
            .sort_by_key(|fault| (fault.place.line, fault.place.column));
        self.dropped += self.kept.len().saturating_sub(most);
        self.kept.truncate(most);
    }
}

impl Extend<Fault> for Collected {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        faults.into_iter().for_each(|fault| self.push(fault));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Place;

    fn fault(line: u32, found: u32) -> Fault {
        Fault {
            code: "x",
            place: Place {
                file: "f".to_owned(),
                line,
                column: 1,
                path: "$".to_owned(),
            },
            expected: "y".into(),
            found: found.to_string().into(),
            help: None,
        }
    }

    #[test]
    fn the_first_of_the_file_are_told_whatever_the_order_they_are_found_in() {
        let mut collected = Collected::default();
        // From the last line to the first, three on each line.
        let count = 20 * u32::try_from(MAX_FAULTS).unwrap();
        for index in 0..count {
            collected.push(fault(1 + (count - 1 - index) / 3, index));
        }
        assert!(collected.kept.len() <= 8 * MAX_FAULTS);
        assert_eq!(collected.count(), 20 * MAX_FAULTS);
        let told = collected.told();
        assert_eq!(told.len(), MAX_FAULTS + 1);
        let lines: Vec<u32> = told.iter().map(|fault| fault.place.line).collect();
        assert_eq!(lines[..7], [1, 1, 1, 2, 2, 2, 3]);
        // Within a line, in the order in which they were found.
        let found: Vec<u32> = told[..3]
            .iter()
            .map(|it| it.found.to_string().parse().unwrap())
            .collect();
        assert!(found.is_sorted(), "{found:?}");
        assert_eq!(told[MAX_FAULTS].found, "19000 more");
    }

    #[test]
    fn as_many_as_the_limit_are_told_one_by_one() {
        let mut collected = Collected::default();
        collected.extend((0..1_000).map(|index| fault(1, index)));
        assert!(collected.told().iter().all(|fault| fault.code == "x"));
    }
}
