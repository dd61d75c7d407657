//! Rules as they are held after reading: quantities, what proves them, and points.

mod curve;
mod proof;
mod quantity;
mod rule;

pub use curve::*;
pub use proof::*;
pub use quantity::*;
pub use rule::*;
