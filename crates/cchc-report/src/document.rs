//! A document as blocks: what every written format (Markdown, DOCX) is made of.
//!
//! Blocks carry words and their place in the form of Nghị định 30/2020/NĐ-CP, appendix I;
//! how they look is the writer's. Words leave in normal form C without control characters.

use crate::Style;
use crate::layout::{Align, Page, Row, Table, clean};
use crate::style::Ink;

/// A document, block by block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// Title for the properties of the file.
    pub title: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Two columns side by side, each with its lines: the head, the foot.
    Columns(Vec<Line>, Vec<Line>),
    /// Kind of the document (tên loại) or its subject, centred and bold.
    Title(String),
    /// Heading of that level, 1 or more.
    Heading(u8, String),
    /// A paragraph, its first words perhaps bold.
    Paragraph(Words),
    /// An item of a list.
    Item(Words),
    /// A table: the head, then its rows. Cells behind the second one stand at the right.
    Table {
        /// Widths of the columns, in hundredths of the line.
        widths: Vec<u8>,
        /// Rows, the head first.
        rows: Vec<Vec<String>>,
    },
}

/// A line of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its words.
    pub text: String,
    /// How it looks.
    pub look: Look,
}

/// How a line of a column looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// Centred, as the text.
    Plain,
    /// Centred and bold.
    Bold,
    /// Centred and bold, with a rule under it.
    Ruled,
    /// Centred, in italics.
    Italic,
    /// At the left, bold and in italics, smaller: `Nơi nhận:`.
    Label,
    /// At the left, smaller.
    Small,
}

/// Words, the first of them bold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What stands first, bold.
    pub bold: String,
    /// What follows.
    pub text: String,
}

impl Words {
    /// Words without a bold start.
    pub fn plain(text: impl Into<String>) -> Words {
        Words {
            bold: String::new(),
            text: text.into(),
        }
    }

    /// Words with a bold start.
    pub fn labelled(bold: impl Into<String>, text: impl Into<String>) -> Words {
        Words {
            bold: bold.into(),
            text: text.into(),
        }
    }
}

impl Line {
    /// A line.
    pub fn new(look: Look, text: impl Into<String>) -> Line {
        Line {
            text: text.into(),
            look,
        }
    }
}

/// The document as Markdown.
pub fn markdown(document: &Document) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Columns(left, right) => {
                for line in left
                    .iter()
                    .chain(right)
                    .filter(|it| !it.text.trim().is_empty())
                {
                    let text = escaped(&line.text);
                    out.push_str(&match line.look {
                        Look::Bold | Look::Ruled | Look::Label => format!("**{text}**\n\n"),
                        Look::Plain | Look::Italic => format!("{text}\n\n"),
                        Look::Small => format!("{text}  \n"),
                    });
                }
                if !out.ends_with("\n\n") {
                    out.push('\n');
                }
            }
            Block::Title(text) => out.push_str(&format!("## **{}**\n\n", escaped(text))),
            Block::Heading(level, text) => {
                let marks = "#".repeat(usize::from(*level).clamp(1, 4) + 2);
                out.push_str(&format!("{marks} **{}**\n\n", escaped(text)));
            }
            Block::Paragraph(words) => out.push_str(&format!("{}\n\n", marked(words))),
            Block::Item(words) => out.push_str(&format!("- {}\n\n", marked(words))),
            Block::Table { rows, .. } => {
                for (row, place) in rows.iter().zip(0..) {
                    let cells: Vec<String> = row.iter().map(|it| escaped(it)).collect();
                    out.push_str(&format!("| {} |\n", cells.join(" | ")));
                    if place == 0 {
                        let rule = (0..row.len()).map(|it| if it < 2 { "---" } else { "--:" });
                        out.push_str(&format!("|{}|\n", rule.collect::<Vec<_>>().join("|")));
                    }
                }
                out.push('\n');
            }
        }
    }
    out
}

/// The document as plain text, 80 columns wide.
pub fn plain(document: &Document) -> String {
    let mut page = Page::new(Style::Plain);
    for block in &document.blocks {
        match block {
            Block::Columns(left, right) => {
                let lines = left.iter().chain(right);
                for line in lines.filter(|it| !it.text.trim().is_empty()) {
                    page.line(Ink::Plain, &line.text);
                }
                page.blank();
            }
            Block::Title(text) => page.line(Ink::Plain, text),
            Block::Heading(_, text) => page.heading(text),
            Block::Paragraph(words) => page.line(Ink::Plain, &unmarked(words)),
            Block::Item(words) => page.item(Ink::Plain, "  - ", &unmarked(words)),
            Block::Table { rows, .. } => {
                let columns = rows.first().map_or(0, Vec::len);
                let align = |it| if it < 2 { Align::Left } else { Align::Right };
                page.table(&Table {
                    aligns: (0..columns).map(align).collect(),
                    flexible: 1,
                    most_lines: 4,
                    rows: rows
                        .iter()
                        .map(|cells| Row {
                            ink: Ink::Plain,
                            cells: cells.clone(),
                        })
                        .collect(),
                });
            }
        }
    }
    page.finish()
}

fn unmarked(words: &Words) -> String {
    let parts = [&words.bold, &words.text].into_iter();
    let parts: Vec<&str> = parts
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    parts.join(" ")
}

fn marked(words: &Words) -> String {
    match (words.bold.is_empty(), words.text.is_empty()) {
        (true, _) => escaped(&words.text),
        (false, true) => format!("**{}**", escaped(&words.bold)),
        (false, false) => format!("**{}** {}", escaped(&words.bold), escaped(&words.text)),
    }
}

/// A text whose signs are no marks.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in clean(text).trim().chars() {
        if matches!(
            c,
            '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_of_a_text_are_no_marks() {
        let document = Document {
            title: String::new(),
            blocks: vec![
                Block::Heading(1, "I. A".to_owned()),
                Block::Item(Words::labelled("B:", "c*d* [e\n")),
            ],
        };
        assert_eq!(
            markdown(&document),
            "### **I. A**\n\n- **B:** c\\*d\\* \\[e\n\n"
        );
    }
}
