//! Windows of days, and the dates and the rounding that hold for the whole pack.
//!
//! A quantity or role with a window of its own is held to that one; all others to these.

use crate::json::phrase;
use chrono::NaiveDate;

use super::Lowering;
use crate::values::{Rounding, Window};
use crate::wire::pack::{PackWire, WindowWire};

/// The dates of the pack that hold unless a part says otherwise.
pub(super) struct Times {
    pub(super) window: Window,
    pub(super) document_window: Option<Window>,
    pub(super) hand_in_by: NaiveDate,
}

impl Lowering<'_> {
    /// The validity of a pack, and its dates.
    pub(super) fn times(&mut self, wire: &PackWire) -> Option<(Window, Times)> {
        let validity = self.window("validity", wire.validity);
        let window = self.window("window", wire.window);
        let document_window = wire
            .document_window
            .and_then(|it| self.window("document_window", it));
        if let Some(window) = window
            && wire.hand_in_by < window.to()
        {
            let expected = phrase!("a day not before the close, {}", window.to());
            let found = format!("{}", wire.hand_in_by);
            self.fault("hand-in-before-close", "hand_in_by", expected, found, None);
        }
        // A window that is told as reversed is turned, so that the rest is checked all the same.
        let turned = |wire: WindowWire| Window::new(wire.to, wire.from).ok();
        let times = Times {
            window: window.or(turned(wire.window))?,
            document_window,
            hand_in_by: wire.hand_in_by,
        };
        Some((validity.or(turned(wire.validity))?, times))
    }

    /// How a pack rounds each leaf.
    pub(super) fn rounding(&mut self, wire: &PackWire) -> Option<Rounding> {
        match Rounding::new(wire.rounding.places, wire.rounding.mode) {
            Ok(rounding) => Some(rounding),
            Err(error) => {
                let found = error.to_string();
                self.fault("bad-rounding", "rounding", "0 to 6 places", found, None);
                None
            }
        }
    }

    pub(super) fn window(&mut self, path: &str, wire: WindowWire) -> Option<Window> {
        match Window::new(wire.from, wire.to) {
            Ok(window) => Some(window),
            Err(_) => {
                self.fault(
                    "window-reversed",
                    path,
                    "a first day not after the last",
                    phrase!("{} to {}", wire.from, wire.to),
                    None,
                );
                None
            }
        }
    }
}
