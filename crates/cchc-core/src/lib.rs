//! Exact scoring of administrative reform criteria (Chỉ số CCHC).
//!
//! A rule pack says how points are given, a submission says what a unit did and shows for
//! it, and an assessment says for every criterion which points are *secured*, which
//! *stand* if nothing more is done and which are still *attainable*, as of a date.
//!
//! The library reads no file, no clock and no locale: bytes and dates are arguments, so
//! the same inputs give the same answer on every machine and in every later year.
//!
//! ```
//! # let pack_bytes = include_bytes!("../../../rules/son-ha-2024/pack.json");
//! # let submission_bytes =
//! #     include_bytes!("../../../fixtures/submissions/son-thuong-2024/submission.json");
//! use cchc_core::{fit, read_pack, read_submission, values::Calendar};
//!
//! let calendar = Calendar::vietnam();
//! let pack = read_pack("pack.json", pack_bytes, calendar).expect("a pack without faults");
//! let submission =
//!     read_submission("submission.json", submission_bytes).expect("a submission without faults");
//! let fitted = fit(&pack, &submission, calendar).expect("a submission for this pack");
//!
//! let answer = fitted.assess(submission.prepared_on);
//! for leaf in &answer.leaves {
//!     let numbers = &leaf.numbers;
//!     println!("{}: {} of {} ({:?})", leaf.code, numbers.standing, numbers.max, leaf.because);
//!     for finding in &leaf.findings {
//!         println!("  {} {:?}", finding.code, finding.remedy);
//!     }
//! }
//! # assert_eq!(answer.leaves.len(), 17);
//! ```

pub mod answer;
pub mod case;
pub mod coverage;
pub mod diff;
pub mod difference;
pub mod evidence;
pub mod extension;
pub mod facts;
pub mod json;
pub mod model;
pub mod mutation;
#[cfg(feature = "proptest")]
pub mod property;
pub mod question;
pub mod reading;
pub mod reconcile;
pub mod record;
pub mod regain;
pub mod rules;
pub mod suggestion;
pub mod values;
pub mod verify;
pub mod wire;

mod assess;
mod bounds;
mod closing;
mod matching;
mod state;

pub use answer::Assessment;
pub use assess::{Score, Seen};
pub use bounds::End;
pub use case::{CaseResult, run_case};
pub use question::{assess, check_evidence, explain, verify};
pub use record::{Fitted, fit};
pub use wire::{read_case, read_pack, read_pack_partial, read_submission};
