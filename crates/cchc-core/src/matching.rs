//! Events with documents of their own: the largest set in which no document serves twice.

use std::collections::HashMap;

/// Which events can each have a document of their own.
///
/// For each event, the identities of its accepted documents; `None` leaves it out.
/// Earlier events keep their place when a later one comes in by an exchange of documents,
/// so the set is the largest one, and of the largest ones that with the earliest events.
pub(crate) fn largest(events: &[Option<&[String]>]) -> Vec<bool> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let edges: Vec<Vec<usize>> = events
        .iter()
        .map(|documents| {
            let number = |identity| {
                let next = numbers.len();
                *numbers.entry(identity).or_insert(next)
            };
            documents
                .unwrap_or_default()
                .iter()
                .map(String::as_str)
                .map(number)
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
}
