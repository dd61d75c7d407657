//! How a record can go on: the moves that an extension is made of.
//!
//! An extension turns a submission into another one, fact by fact, and `final` closes that
//! one like any other; so an end of the bounds is shown by an extension and not only named.
//! What a move adds is taken as proved, or as not proved at all: its documents are not made
//! up, and a document that cannot be read is read.
//!
//! Whether an extension is admissible (dates, limits of a total, what can still be mended)
//! is the question of whoever makes one.

use chrono::NaiveDate;

use crate::facts::{CohortFigure, Comparison, Event, Figure, ProvedBy, Submission};
use crate::record::Cut;

/// Moves that take a record further.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extension {
    /// The moves; their order does not matter.
    pub moves: Vec<Move>,
    /// Whether the end is only tended to: more of the same comes nearer, and no extension
    /// meets it. Only where the pack does not round.
    pub tends: bool,
}

/// One move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Move {
    /// The recorded event gets the documents that it lacks, of its own.
    ProveEvent(usize),
    /// The stated figure gets the documents that it lacks.
    ProveFigure(usize),
    /// A document that could not be read is read, and says what its record says.
    Read(usize),
    /// Something happens.
    Event {
        /// Kind of the event.
        kind: String,
        /// The day, on which it is recorded too.
        date: NaiveDate,
        /// The obligation that it fulfils.
        obligation: Option<String>,
        /// How many times.
        times: u64,
        /// Whether its documents are handed in as asked, or not at all.
        proved: bool,
    },
    /// A figure is stated and proved.
    Figure(Box<Figure>),
    /// The best figure of the cohort is published.
    Publish(CohortFigure),
}

impl Extension {
    /// The submission that the moves make of another one, as it stood at the start of a day.
    pub fn apply(&self, submission: &Submission, as_of: NaiveDate) -> Submission {
        let mut after = submission.clone();
        let recorded = |it: &&Move| {
            matches!(
                it,
                Move::ProveEvent(_) | Move::ProveFigure(_) | Move::Read(_)
            )
        };
        // Moves name recorded facts by their place, so these come before anything is cut.
        self.moves
            .iter()
            .filter(recorded)
            .for_each(|step| step.make(&mut after));
        Cut::at(as_of).keep(&mut after);
        self.moves
            .iter()
            .filter(|it| !recorded(it))
            .for_each(|step| step.make(&mut after));
        after
    }
}

impl Move {
    /// Makes the move in a submission that holds the facts it names.
    pub(crate) fn make(&self, after: &mut Submission) {
        match self {
            Move::ProveEvent(index) => {
                if let Some(event) = after.events.get_mut(*index) {
                    event.proved_by = ProvedBy::Assumption;
                }
            }
            Move::ProveFigure(index) => {
                if let Some(figure) = after.figures.get_mut(*index) {
                    figure.proved_by = ProvedBy::Assumption;
                }
            }
            Move::Read(index) => {
                if let Some(document) = after.evidence.get_mut(*index) {
                    document.reading = Some(Comparison::Supports);
                }
            }
            Move::Event {
                kind,
                date,
                obligation,
                times,
                proved,
            } => {
                let proved_by = match proved {
                    true => ProvedBy::Assumption,
                    false => ProvedBy::Documents,
                };
                for _ in 0..*times {
                    after.events.push(Event {
                        id: format!("extension-{}", after.events.len()).into(),
                        kind: kind.clone(),
                        date: *date,
                        recorded_on: *date,
                        obligation: obligation.clone(),
                        unit: None,
                        documents: Vec::new(),
                        proved_by,
                    });
                }
            }
            Move::Figure(figure) => after.figures.push((**figure).clone()),
            Move::Publish(best) => after.cohort.push(best.clone()),
        }
    }
}
