//! Titles under different codes differ, and letters are what they look like.
//!
//! Two components with one title cannot be told apart in a report; the seed's 3.4.1 and
//! 3.4.2 are the case in point. An editor's title mends it, with the source's own words
//! kept in `source_title`. A group and what stands below it may share a title.

use crate::json::phrase;
use std::collections::BTreeMap;

use super::Verifier;
use super::nodes::text;
use crate::values::{fold, look_alikes};

pub(super) fn verify(ctx: &mut Verifier<'_>) {
    let mut seen: BTreeMap<(bool, String), usize> = BTreeMap::new();
    for (place, node) in ctx.nodes.iter().enumerate() {
        let Some(title) = node.json.get("title").and_then(|it| text(it, "vi")) else {
            continue;
        };
        let path = node.at("title.vi");
        if let Some(letter) = look_alikes(title).first() {
            ctx.fault(
                "text-look-alike",
                &path,
                phrase!("the letter `{}`", letter.looks_like),
                phrase!(
                    "`{}`, which only looks like it, as character {}",
                    letter.found,
                    letter.index + 1
                ),
                "type the letter again",
            )
            .warn();
        }
        let key = (node.is_leaf(), fold(title));
        let Some(first) = seen.get(&key).and_then(|first| ctx.nodes.get(*first)) else {
            seen.insert(key, place);
            continue;
        };
        let related = node.around.iter().any(|around| {
            ctx.nodes
                .get(*around)
                .is_some_and(|group| group.path == first.path)
        });
        if related || node.code == first.code || ctx.excused(&node.path, "title") {
            continue;
        }
        let found = phrase!("the title of `{}` again", first.code);
        ctx.fault(
            "title-duplicate",
            &path,
            "a title of its own",
            found,
            "give one of them a title that tells them apart, and keep the source's words in `source_title`",
        )
        .leaf(node.code);
    }
    let decision = ctx.document.value().get("decision");
    if let Some(number) = decision.and_then(|it| text(it, "number"))
        && let Some(letter) = look_alikes(number).first()
    {
        ctx.fault(
            "text-look-alike",
            "decision.number",
            phrase!("the letter `{}`", letter.looks_like),
            phrase!("`{}`, which only looks like it", letter.found),
            "type the letter again",
        )
        .warn();
    }
}
