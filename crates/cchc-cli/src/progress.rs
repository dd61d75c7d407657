//! A bar on standard error, where somebody looks at it.

use std::io::{IsTerminal, Write};
use std::sync::Mutex;

/// How far a long question has come; silent unless standard error is a terminal.
pub(crate) struct Progress {
    all: usize,
    done: Mutex<usize>,
    shown: bool,
}

/// Columns of the bar itself.
const WIDTH: usize = 40;

impl Progress {
    pub(crate) fn of(all: usize) -> Progress {
        Progress {
            all,
            done: Mutex::new(0),
            shown: std::io::stderr().is_terminal(),
        }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        self.show(|done| done + 1);
    }

    /// So much is done.
    pub(crate) fn reach(&self, count: usize) {
        self.show(|_| count);
    }

    fn show(&self, next: impl FnOnce(usize) -> usize) {
        if !self.shown {
            return;
        }
        if let Ok(mut done) = self.done.lock() {
            let now = next(*done);
            if std::mem::replace(&mut *done, now) == now {
                return;
            }
            let filled = (*done * WIDTH).checked_div(self.all).unwrap_or(WIDTH);
            let bar = "█".repeat(filled) + &"░".repeat(WIDTH.saturating_sub(filled));
            // Progress that cannot be shown is no reason to stop.
            let _ = write!(std::io::stderr(), "\r{bar} {done}/{}", self.all);
        }
    }

    /// Takes the bar away.
    pub(crate) fn end(&self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r{}\r", " ".repeat(WIDTH + 24));
        }
    }
}
