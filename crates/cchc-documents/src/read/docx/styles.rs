//! What styles say of paragraphs: headings, lists, and fonts of old encodings.

use std::collections::BTreeMap;

use super::FORMAT;
use crate::read::legacy::is_legacy_font;
use crate::read::xml::{Space, Step, Xml};
use crate::{Limits, ReadFault};

#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, Style>,
    /// Style of paragraphs that name none.
    usual: Option<String>,
    /// Font of runs that name none.
    font: Option<String>,
}

#[derive(Clone, Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    /// From 0, as the file has it; 9 is body text.
    outline: Option<u8>,
    numbered: Option<bool>,
    font: Option<String>,
}

/// Most styles that are based on one another.
const CHAIN: usize = 16;

impl Styles {
    /// A style and those it is based on, itself first.
    fn chain(&self, id: Option<&str>) -> impl Iterator<Item = &Style> {
        let id = id.or(self.usual.as_deref());
        let first = id.and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.based_on.as_deref()?))
            .take(CHAIN)
    }

    /// Level of a heading, from 1.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|style| {
            let name = style.name.to_lowercase();
            let level = name.strip_prefix("heading ").map(str::trim);
            let named = level.and_then(|level| level.parse().ok());
            let named = named.filter(|level| (1..=9).contains(level));
            let title = (name == "title").then_some(1);
            named.or(title).or(match style.outline {
                Some(outline) if outline < 9 => Some(outline + 1),
                _ => None,
            })
        })
    }

    pub(super) fn is_item(&self, id: Option<&str>) -> bool {
        self.chain(id)
            .find_map(|style| style.numbered)
            .unwrap_or(false)
    }

    pub(super) fn font(&self, id: Option<&str>) -> Option<&str> {
        self.chain(id)
            .find_map(|style| style.font.as_deref())
            .or(self.font.as_deref())
    }
}

pub(super) fn read(text: &str, part: &str, limits: &Limits) -> Result<Styles, ReadFault> {
    let mut xml = Xml::new(text, FORMAT, part, limits);
    let mut styles = Styles::default();
    loop {
        let element = match xml.next()? {
            Step::Open(element) if element.space == Space::Word => element,
            Step::End => return Ok(styles),
            _ => continue,
        };
        match element.name() {
            "docDefaults" => {
                let mut font = None;
                xml.each(|it, _| {
                    if it.name() == "rFonts" {
                        font = it.attribute("ascii").or_else(|| it.attribute("hAnsi"));
                    }
                })?;
                styles.font = font;
            }
            "style" => {
                let id = element.attribute("styleId");
                let paragraph = element.attribute("type").as_deref() == Some("paragraph");
                let usual = element.attribute("default").as_deref() == Some("1");
                let style = style(&mut xml)?;
                if let Some(id) = id.filter(|_| paragraph) {
                    if usual {
                        styles.usual = Some(id.clone());
                    }
                    styles.styles.insert(id, style);
                }
            }
            _ => {}
        }
    }
}

fn style(xml: &mut Xml<'_>) -> Result<Style, ReadFault> {
    let mut style = Style::default();
    xml.each(|it, _| match it.name() {
        "name" => style.name = it.attribute("val").unwrap_or_default(),
        "basedOn" => style.based_on = it.attribute("val"),
        "outlineLvl" => style.outline = it.attribute("val").and_then(|it| it.parse().ok()),
        "numId" => style.numbered = Some(it.attribute("val").as_deref() != Some("0")),
        "rFonts" => {
            style.font = it.attribute("ascii").or_else(|| it.attribute("hAnsi"));
        }
        _ => {}
    })?;
    Ok(style)
}

/// Whether a font is one of an old encoding.
pub(super) fn is_legacy(font: Option<&str>) -> bool {
    font.is_some_and(is_legacy_font)
}
