//! A place in a pack's JSON, by keys and numbers.

use serde_json::Value;

/// One step down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Key(String),
    Item(usize),
}

/// The way from the top of a file to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Steps(Vec<Step>);

impl Steps {
    pub(super) fn key(&self, key: &str) -> Steps {
        let mut steps = self.clone();
        steps.0.push(Step::Key(key.to_owned()));
        steps
    }

    pub(super) fn item(&self, index: usize) -> Steps {
        let mut steps = self.clone();
        steps.0.push(Step::Item(index));
        steps
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn starts_with(&self, key: &str) -> bool {
        matches!(self.0.first(), Some(Step::Key(first)) if first == key)
    }

    /// The value there.
    pub(super) fn of<'a>(&self, root: &'a Value) -> Option<&'a Value> {
        self.0.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get(key),
            Step::Item(index) => value.get(index),
        })
    }

    /// The value around it, to be changed, and the last step.
    pub(super) fn parent<'a>(&self, root: &'a mut Value) -> Option<(&'a mut Value, &Step)> {
        let (last, way) = self.0.split_last()?;
        let parent = way.iter().try_fold(root, |value, step| match step {
            Step::Key(key) => value.get_mut(key),
            Step::Item(index) => value.get_mut(index),
        })?;
        Some((parent, last))
    }
}

impl std::fmt::Display for Steps {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Key(key) if index == 0 => write!(out, "{key}")?,
                Step::Key(key) => write!(out, ".{key}")?,
                Step::Item(item) => write!(out, "[{item}]")?,
            }
        }
        Ok(())
    }
}
