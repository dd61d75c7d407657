//! Where figures come from, and titles: what a pack says for people.

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
