//! Exit codes, as `--help` documents them.

use std::process::ExitCode;

/// How the command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// The question was answered.
    Done = 0,
    /// A worked case failed or is not confirmed, something is not covered, a change of the
    /// pack went unnoticed, documents do not prove what they are to prove, a target is not
    /// reached, a pack is not fit to publish, a row of an export has a problem, or a plan has
    /// no task or an overdue one.
    Problems = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A file could not be read or used.
    Faults = 3,
    /// The answer could not be written.
    Output = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Done => 0,
            Exit::Problems => 1,
            Exit::Usage => 2,
            Exit::Faults => 3,
            Exit::Output => 4,
        })
    }
}

/// The codes for `--help`.
pub(crate) const HELP: &str = "\
Exit codes:
  0  answered
  1  a worked case failed, is not confirmed or is missing (test, mutate),
     evidence is not accepted (check), a target is not reached (regain), a pack is
     not fit to publish (verify), a row of an export has a problem (dossiers), or
     a plan has no task or an overdue one (tasks)
  2  the command line is wrong
  3  a file could not be read or used; every fault is shown
  4  the answer could not be written";
