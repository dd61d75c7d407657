//! A document as blocks: what every written format (Markdown, DOCX) is made of.
//!
//! Blocks carry words and their place in the form of Nghị định 30/2020/NĐ-CP, appendix I;
//! how they look is the writer's. Words leave in normal form C without control characters.

use crate::layout::clean;

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
        }
    }
    out
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
