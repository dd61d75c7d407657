//! Which component of the new pack is which of the old one.

use std::collections::BTreeSet;

use crate::model::{Leaf, Pack};
use crate::values::fold;

/// Codes of one component in both packs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// In the old pack.
    pub old: String,
    /// In the new pack.
    pub new: String,
}

/// Pairs, and components without a counterpart.
pub(super) struct Pairing {
    pub(super) pairs: Vec<Pair>,
    pub(super) removed: Vec<String>,
    pub(super) added: Vec<String>,
}

/// Whether two components are taken for one.
type Alike<'a> = dyn Fn(&Leaf, &Leaf) -> bool + 'a;

/// Pairs by code and title, by title, by quantities, by code alone: the surest first.
pub(super) fn pair(old: &Pack, new: &Pack) -> Pairing {
    let mut found: Vec<Option<usize>> = vec![None; old.leaves.len()];
    let mut taken = BTreeSet::new();
    let title = |leaf: &Leaf| fold(&leaf.title.vi);
    let reads = |pack: &Pack, leaf: &Leaf| -> BTreeSet<String> {
        let quantities = leaf.quantities.iter().filter_map(|of| pack.quantity(*of));
        quantities.map(|it| it.id.to_string()).collect()
    };
    let same_code = |a: &Leaf, b: &Leaf| a.code == b.code;
    let same_title = |a: &Leaf, b: &Leaf| title(a) == title(b);
    let same_reads = |a: &Leaf, b: &Leaf| {
        let read = reads(old, a);
        !read.is_empty() && read == reads(new, b)
    };
    let rules: [&Alike<'_>; 5] = [
        &|a, b| same_code(a, b) && same_title(a, b),
        &|a, b| same_code(a, b) && same_reads(a, b),
        &|a, b| same_title(a, b),
        &|a, b| same_reads(a, b),
        &|a, b| same_code(a, b),
    ];
    for rule in rules {
        for (leaf, found) in old.leaves.iter().zip(&mut found) {
            if found.is_some() {
                continue;
            }
            let mut candidates = new.leaves.iter().enumerate();
            let fits =
                candidates.find(|(place, other)| !taken.contains(place) && rule(leaf, other));
            if let Some((place, _)) = fits {
                taken.insert(place);
                *found = Some(place);
            }
        }
    }
    let mut pairing = Pairing {
        pairs: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for (leaf, found) in old.leaves.iter().zip(found) {
        match found.and_then(|place| new.leaves.get(place)) {
            Some(other) => pairing.pairs.push(Pair {
                old: leaf.code.clone(),
                new: other.code.clone(),
            }),
            None => pairing.removed.push(leaf.code.clone()),
        }
    }
    let alone = new.leaves.iter().enumerate();
    let alone = alone.filter(|(place, _)| !taken.contains(place));
    pairing.added = alone.map(|(_, leaf)| leaf.code.clone()).collect();
    pairing
}
