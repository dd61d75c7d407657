//! Choices from a list of numbers.

/// Choices that decide what is built.
///
/// Where the numbers run out the simplest thing is chosen, so that a failing case shrinks to
/// a simple one.
#[derive(Clone, Debug)]
pub struct Choices(std::vec::IntoIter<u32>);

impl Choices {
    /// Choices from numbers.
    pub fn new(numbers: Vec<u32>) -> Self {
        Choices(numbers.into_iter())
    }

    /// A number below `below`; 0 is the simplest.
    pub fn pick(&mut self, below: usize) -> usize {
        let number = usize::try_from(self.0.next().unwrap_or(0)).unwrap_or(0);
        number % below.max(1)
    }

    /// A number below `below`.
    pub fn count(&mut self, below: u64) -> u64 {
        u64::from(self.0.next().unwrap_or(0)) % below.max(1)
    }

    /// One of a list; the first one is the simplest. `None` where the list is empty.
    pub fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.pick(list.len()))
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.pick(times) + 1 == times
    }
}
