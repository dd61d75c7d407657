//! Figures for a submission, from the shares.

use cchc_core::reading::{EvidenceEntry, FigureEntry, FigureShare, ReadFile, Shares};
use chrono::NaiveDate;

use super::Ask;

/// The figures of both quantities, and the last day that they tell of.
///
/// The export proves how many dossiers were in time, and that none was late; it cannot show
/// an apology letter, so that figure names no document until letters are registered.
pub(super) fn figures(
    ask: &Ask,
    shares: &Shares,
    file: &ReadFile,
) -> (Vec<FigureEntry>, NaiveDate) {
    let before = ask.as_of.pred_opt().unwrap_or(ask.as_of);
    let day = ask.window.map_or(before, |window| before.min(window.to()));
    let export = EvidenceEntry::of(file, day).id;
    let apologies = FigureShare::of(shares.apologies);
    let letters = match apologies {
        FigureShare::None { .. } => vec![export.clone()],
        FigureShare::Share(_) => Vec::new(),
    };
    let figure = |quantity, share, evidence| FigureEntry {
        quantity,
        observed_on: day,
        recorded_on: day,
        share,
        evidence,
    };
    let dossiers = FigureShare::of(shares.dossiers);
    let list = vec![
        figure("dossiers", dossiers, vec![export]),
        figure("apologies", apologies, letters),
    ];
    (list, day)
}
