//! Windows of days, and the dates that hold for the whole pack.
//!
//! A quantity or role with a window of its own is held to that one; all others to these.

use chrono::NaiveDate;

use super::Lowering;
use crate::values::Window;
use crate::wire::pack::WindowWire;

/// The dates of the pack that hold unless a part says otherwise.
pub(super) struct Times {
    pub(super) window: Window,
    pub(super) document_window: Option<Window>,
    pub(super) hand_in_by: NaiveDate,
}

impl Lowering<'_> {
    pub(super) fn window(&mut self, path: &str, wire: WindowWire) -> Option<Window> {
        match Window::new(wire.from, wire.to) {
            Ok(window) => Some(window),
            Err(_) => {
                self.fault(
                    "window-reversed",
                    path,
                    "a first day not after the last",
                    format!("{} to {}", wire.from, wire.to),
                    None,
                );
                None
            }
        }
    }
}
