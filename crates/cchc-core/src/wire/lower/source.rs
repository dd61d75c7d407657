//! Where figures come from, and titles: what a pack says for people.
//!
//! A source names its figures by their paths beside its list. A path that leads nowhere would
//! leave a figure without a source and nobody would notice, so it is refused.

use super::Lowering;
use crate::json::{key_path, phrase};
use crate::model::{Basis, Source, Title};
use crate::wire::pack::{SourceWire, TitleWire};

impl From<TitleWire> for Title {
    fn from(wire: TitleWire) -> Self {
        Title {
            vi: wire.vi,
            en: wire.en,
        }
    }
}

impl From<&SourceWire> for Source {
    fn from(wire: &SourceWire) -> Self {
        let basis = match &wire.illustrative {
            Some(reason) => Basis::Illustrative {
                illustrative: reason.clone(),
            },
            None => Basis::Cited {
                document: wire.document.clone().unwrap_or_default(),
                item: wire.item.clone(),
                quote: wire.quote.clone(),
            },
        };
        Source {
            of: wire.of.clone(),
            basis,
        }
    }
}

impl Lowering<'_> {
    /// Reports every path in the sources of the object at `path` that names nothing beside them.
    ///
    /// Nothing is told where something was told as missing since there were so many
    /// `absences`: it may be what is named.
    pub(super) fn figures(&mut self, path: &str, sources: &[SourceWire], absences: usize) {
        if self.absences() > absences {
            return;
        }
        let list = key_path(path, "sources");
        for (index, source) in sources.iter().enumerate() {
            for (place, figure) in source.of.iter().enumerate() {
                let Some(astray) = self.document.astray(path, figure, "sources") else {
                    continue;
                };
                let help = astray
                    .meant
                    .map(|meant| phrase!("did you mean `{}`?", meant));
                self.fault(
                    "unknown-figure",
                    &format!("{list}[{index}].of[{place}]"),
                    "the path of a figure beside `sources`",
                    astray.found,
                    help,
                );
            }
        }
    }
}
