//! Documents given out so that none serves twice: to as many events as can be, or to those
//! that are worth the most.

use std::collections::HashMap;

use crate::values::Exact;

/// Which events can each have a document of their own.
///
/// For each event, the identities of its accepted documents; `None` leaves it out.
/// Earlier events keep their place when a later one comes in by an exchange of documents,
/// so the set is the largest one, and of the largest ones that with the earliest events.
pub(crate) fn largest(events: &[Option<&[String]>]) -> Vec<bool> {
    let mut numbers: Vec<&str> = events
        .iter()
        .flat_map(|documents| documents.unwrap_or_default())
        .map(String::as_str)
        .collect();
    numbers.sort_unstable();
    let named = numbers.len();
    numbers.dedup();
    if numbers.len() == named {
        // No document is named twice: whoever names one has it.
        return events
            .iter()
            .map(|documents| documents.is_some_and(|it| !it.is_empty()))
            .collect();
    }
    let number = |identity: &String| numbers.binary_search(&identity.as_str()).ok();
    let edges: Vec<Vec<usize>> = events
        .iter()
        .map(|documents| {
            documents
                .unwrap_or_default()
                .iter()
                .filter_map(number)
                .collect()
        })
        .collect();
    let mut holder: Vec<Option<usize>> = vec![None; numbers.len()];
    (0..events.len())
        .map(|event| augment(event, &edges, &mut holder))
        .collect()
}

/// Finds a document for an event, moving other events to other documents if need be.
fn augment(start: usize, edges: &[Vec<usize>], holder: &mut [Option<usize>]) -> bool {
    // Breadth first, without recursion: `came_from` holds the event that asks for a document.
    let mut came_from: HashMap<usize, usize> = HashMap::new();
    let mut queue = std::collections::VecDeque::from([start]);
    while let Some(event) = queue.pop_front() {
        for document in edges.get(event).into_iter().flatten().copied() {
            if came_from.contains_key(&document) {
                continue;
            }
            came_from.insert(document, event);
            match holder.get(document).copied().flatten() {
                Some(other) => queue.push_back(other),
                None => {
                    hand_over(start, document, edges, &came_from, holder);
                    return true;
                }
            }
        }
    }
    false
}

/// Walks back from a free document to the event that started the search.
fn hand_over(
    start: usize,
    free: usize,
    edges: &[Vec<usize>],
    came_from: &HashMap<usize, usize>,
    holder: &mut [Option<usize>],
) {
    let mut document = free;
    while let Some(event) = came_from.get(&document).copied() {
        let left = edges
            .get(event)
            .into_iter()
            .flatten()
            .copied()
            .find(|held| holder.get(*held).copied().flatten() == Some(event));
        if let Some(slot) = holder.get_mut(document) {
            *slot = Some(event);
        }
        match left {
            Some(left) if event != start => document = left,
            _ => return,
        }
    }
}

/// For each taker, the document that it gets, so that what all gain together is the most.
///
/// For each taker, the documents that would serve it and what it gains by each; a taker
/// that gains nothing gets none.
pub(crate) fn heaviest(takers: &[Vec<(usize, Exact)>], documents: usize) -> Vec<Option<usize>> {
    let mut held: Vec<Option<usize>> = vec![None; takers.len()];
    let mut holder: Vec<Option<usize>> = vec![None; documents];
    // Each round serves one taker more, in the way that gains the most; what a round gains
    // never grows, so the first round that gains nothing is the last.
    while let Some((last, came_from)) = best_exchange(takers, &held, &holder) {
        let mut document = last;
        while let Some(taker) = came_from.get(document).copied().flatten() {
            let left = held.get(taker).copied().flatten();
            if let Some(slot) = holder.get_mut(document) {
                *slot = Some(taker);
            }
            if let Some(slot) = held.get_mut(taker) {
                *slot = Some(document);
            }
            match left {
                Some(left) => document = left,
                None => break,
            }
        }
    }
    held
}

/// The free document at the end of the exchange that gains the most, and for each document
/// the taker that would ask for it; `None` where no exchange gains anything.
fn best_exchange(
    takers: &[Vec<(usize, Exact)>],
    held: &[Option<usize>],
    holder: &[Option<usize>],
) -> Option<(usize, Vec<Option<usize>>)> {
    let mut gains: Vec<Option<Exact>> = vec![None; holder.len()];
    let mut came_from: Vec<Option<usize>> = vec![None; holder.len()];
    let gain_by = |taker: usize, document: usize| {
        let list = takers.get(taker)?;
        list.iter()
            .find(|(it, _)| *it == document)
            .map(|(_, gain)| gain)
    };
    // As many steps as there are takers are enough: an exchange visits each once.
    for _ in 0..=takers.len() {
        let mut changed = false;
        for (taker, wishes) in takers.iter().enumerate() {
            let given_up = match held.get(taker).copied().flatten() {
                None => Some(Exact::ZERO),
                Some(document) => gains
                    .get(document)
                    .and_then(Option::as_ref)
                    .zip(gain_by(taker, document))
                    .map(|(so_far, own)| so_far - own),
            };
            let Some(before) = given_up else { continue };
            for (document, gain) in wishes {
                let now = &before + gain;
                let (Some(best), Some(from)) =
                    (gains.get_mut(*document), came_from.get_mut(*document))
                else {
                    continue;
                };
                if held.get(taker).copied().flatten() != Some(*document)
                    && best.as_ref().is_none_or(|best| now > *best)
                {
                    (*best, *from) = (Some(now), Some(taker));
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
    let free = gains.iter().zip(holder).enumerate();
    free.filter_map(|(document, (gain, holder))| {
        let gain = gain.as_ref().filter(|gain| gain.is_positive())?;
        holder.is_none().then_some((document, gain))
    })
    // The first of equal ones, so that the answer does not hang on chance.
    .reduce(|best, other| if other.1 > best.1 { other } else { best })
    .map(|(document, _)| (document, came_from))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(events: &[&[&str]], expected: &[bool]) {
        let owned: Vec<Vec<String>> = events
            .iter()
            .map(|it| it.iter().map(|id| (*id).to_owned()).collect())
            .collect();
        let events: Vec<Option<&[String]>> = owned.iter().map(|it| Some(it.as_slice())).collect();
        assert_eq!(largest(&events), expected);
    }

    #[test]
    fn one_document_serves_one_event() {
        check(&[&["a"], &["a"]], &[true, false]);
    }

    #[test]
    fn an_event_moves_to_its_other_document() {
        check(&[&["a", "b"], &["a"]], &[true, true]);
        check(&[&["a", "b"], &["b", "c"], &["b"]], &[true, true, true]);
    }

    #[test]
    fn the_earlier_events_stay_where_not_all_can() {
        check(
            &[&["a", "b"], &["b", "c"], &["b"], &["a"]],
            &[true, true, true, false],
        );
    }

    #[test]
    fn an_event_without_documents_is_left_out() {
        check(&[&[], &["a"]], &[false, true]);
    }

    /// What takers gain together, against every way of giving documents out.
    fn most(takers: &[Vec<(usize, Exact)>], taken: &mut Vec<usize>) -> Exact {
        let Some((first, rest)) = takers.split_first() else {
            return Exact::ZERO;
        };
        let mut best = most(rest, taken);
        for (document, gain) in first {
            if !taken.contains(document) {
                taken.push(*document);
                best = best.max(gain + &most(rest, taken));
                taken.pop();
            }
        }
        best
    }

    proptest::proptest! {
        /// Tried: stopping after the first exchange fails at once.
        #[test]
        fn documents_go_where_they_gain_the_most(
            wishes in proptest::collection::vec(
                proptest::collection::btree_map(0..4_usize, -2..6_i64, 0..4), 0..5),
        ) {
            let takers: Vec<Vec<(usize, Exact)>> = wishes
                .iter()
                .map(|it| it.iter().map(|(k, v)| (*k, Exact::from_integer(*v))).collect())
                .collect();
            let held = heaviest(&takers, 4);
            let mut sum = Exact::ZERO;
            let mut served = std::collections::BTreeSet::new();
            for (taker, document) in held.iter().enumerate() {
                if let Some(document) = document {
                    proptest::prop_assert!(served.insert(*document));
                    sum += takers[taker].iter().find(|(it, _)| it == document).unwrap().1.clone();
                }
            }
            proptest::prop_assert_eq!(sum, most(&takers, &mut Vec::new()));
        }
    }
}
