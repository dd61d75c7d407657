//! A parser that is not ours and may panic on damaged bytes, held at arm's length.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cchc_core::reading::Spot;

use crate::ReadFault;

thread_local! {
    static RUNNING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a parser whose panics are caught runs on this thread.
///
/// For the panic hook of a program: such a panic becomes a [`ReadFault::Damaged`], so the
/// hook has nothing to tell.
pub fn panic_is_caught() -> bool {
    RUNNING.get()
}

/// Runs the parser; a panic of it is a damaged file.
pub(super) fn guarded<T>(
    format: &'static str,
    run: impl FnOnce() -> Result<T, ReadFault>,
) -> Result<T, ReadFault> {
    RUNNING.set(true);
    let result = catch_unwind(AssertUnwindSafe(run));
    RUNNING.set(false);
    result.unwrap_or_else(|_| {
        Err(ReadFault::Damaged {
            format,
            found: "bytes that its parser does not stand".to_owned(),
            at: Spot::File {},
        })
    })
}
