//! Lines of a plan joined to what belongs together, and what each block starts with.

use std::sync::LazyLock;

use cchc_core::reading::Spot;
use cchc_core::values::fold;
use regex::Regex;

use super::table::{Row, tables};
use crate::Text;
use crate::text::{Layout, Line};

/// A paragraph, item or heading.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Its words, lines joined by a space.
    pub(super) text: String,
    /// Where it starts.
    pub(super) at: Spot,
}

/// What stands behind a label of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Label {
    /// When.
    Time,
    /// Who leads, who helps and what is done, in one sentence.
    Offices,
    /// Who leads.
    Lead,
    /// Who helps.
    With,
    /// What is done.
    Work,
    /// How far it is.
    Reported,
    /// Points, evidence: not of the task.
    Other,
}

/// Labels by their folded words.
const LABELS: &[(&str, Label)] = &[
    ("thời gian thực hiện", Label::Time),
    ("thời gian hoàn thành", Label::Time),
    ("thời hạn hoàn thành", Label::Time),
    ("thời hạn thực hiện", Label::Time),
    ("thời gian", Label::Time),
    ("thời hạn", Label::Time),
    ("công chức thực hiện", Label::Offices),
    ("cán bộ, công chức thực hiện", Label::Offices),
    ("đơn vị thực hiện", Label::Offices),
    ("cơ quan thực hiện", Label::Offices),
    ("bộ phận thực hiện", Label::Offices),
    ("phân công thực hiện", Label::Offices),
    ("đơn vị chủ trì", Label::Lead),
    ("cơ quan chủ trì", Label::Lead),
    ("bộ phận chủ trì", Label::Lead),
    ("chủ trì", Label::Lead),
    ("đơn vị phối hợp", Label::With),
    ("cơ quan phối hợp", Label::With),
    ("bộ phận phối hợp", Label::With),
    ("phối hợp", Label::With),
    ("nội dung thực hiện", Label::Work),
    ("nội dung công việc", Label::Work),
    ("việc cần làm", Label::Work),
    ("giải pháp", Label::Work),
    ("kết quả thực hiện", Label::Reported),
    ("tình trạng", Label::Reported),
    ("tình hình thực hiện", Label::Reported),
    ("trạng thái", Label::Reported),
    ("tiến độ", Label::Reported),
    ("giữ điểm", Label::Other),
    ("điểm", Label::Other),
    ("tài liệu kiểm chứng", Label::Other),
    ("minh chứng", Label::Other),
    ("kết quả, sản phẩm", Label::Other),
    ("sản phẩm", Label::Other),
    ("lý do mất điểm", Label::Other),
    ("ghi chú", Label::Other),
];

#[expect(
    clippy::expect_used,
    reason = "the pattern is a constant that tests compile"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

static COMPONENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[-+*•]\s*)?(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s*)?(?:tiêu chí thành phần|tiêu chí|TCTP)\s*(?:số\s*)?[:：]?\s*(.*)$",
    )
});
static CODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\d{1,3}(?:\.\d{1,3})+[a-zđ]?)(?:[.:)]|\s|$)\s*(.*)$"));
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:\d{1,3}(?:\.\d{1,3})*[.)]|[a-zđ]\))\s+(.*)$"));
static AREA: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:\d{1,3}(?:\.\d{1,3})*[.)]?\s*)?lĩnh vực\s*(?:\d{1,3}\s*)?[:：.]?\s*(.*)$")
});
/// The code at the start of words, and what stands behind it.
pub(super) fn code_of(words: &str) -> Option<(String, String)> {
    let found = CODE.captures(unquoted(words))?;
    let title = unquoted(found.get(2)?.as_str());
    Some((found.get(1)?.as_str().to_owned(), title.to_owned()))
}

static ROMAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"^[IVX]{1,5}\s*[./)]\s*\S"));

/// A block, or a table whose rows are tasks.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Block(Block),
    Table(Vec<Row>),
}

impl Piece {
    pub(super) fn block(&self) -> Option<&Block> {
        match self {
            Piece::Block(block) => Some(block),
            Piece::Table(_) => None,
        }
    }
}

/// The blocks of a text, with its tables of tasks where they stand.
pub(super) fn pieces(text: &Text) -> Vec<Piece> {
    let mut tables = tables(text);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<&Line> = None;
    let mut within: Option<u32> = None;
    for line in &text.lines {
        let table = match line.layout {
            Layout::Cell { table, .. } => Some(table),
            _ => None,
        };
        if let Some(rows) = table.and_then(|it| tables.remove(&it)) {
            pieces.push(Piece::Table(rows));
            within = table;
        }
        if table.is_some() && table == within {
            last = None;
            continue;
        }
        let words = line.text.trim();
        if words.is_empty() {
            last = None;
            continue;
        }
        // The number of a page stands alone.
        if words.len() <= 3 && words.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        let joined = last.is_some_and(|before| goes_on(before, line));
        match pieces.last_mut() {
            Some(Piece::Block(block)) if joined => {
                block.text.push(' ');
                block.text.push_str(words);
            }
            _ => pieces.push(Piece::Block(Block {
                text: words.to_owned(),
                at: line.spot(0),
            })),
        }
        last = Some(line);
    }
    pieces
}

/// Whether a line goes on with the one before it.
fn goes_on(before: &Line, line: &Line) -> bool {
    let flows = |layout| matches!(layout, Layout::Body | Layout::Item);
    flows(before.layout) && line.layout == Layout::Body && !starts(line.text.trim())
}

/// Whether a line starts something, whatever stands before it.
fn starts(words: &str) -> bool {
    words.starts_with(['-', '+', '*', '•'])
        || NUMBERED.is_match(words)
        || ROMAN.is_match(words)
        || AREA.is_match(words)
        || COMPONENT.is_match(words)
        || label_of(words).is_some()
        || fold(words).starts_with("nơi nhận")
}

/// The label that a line starts with, and the words behind its colon.
fn label_of(words: &str) -> Option<(Label, &str)> {
    let words = words.trim_start_matches(['-', '+', '*', '•', ' ']);
    let (name, rest) = words.split_once([':', '：'])?;
    let name = fold(name);
    let found = LABELS.iter().find(|(label, _)| *label == name)?;
    Some((found.1, rest.trim()))
}

/// A title without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '“' | '”' | '"' | '„' | '«' | '»' | '‘' | '’' | '*')
    })
}

impl Block {
    /// Whether the tasks end here: the part on who carries out the plan, or the foot.
    pub(super) fn is_end(&self) -> bool {
        let folded = fold(&self.text);
        folded.starts_with("nơi nhận")
            || ROMAN.is_match(&self.text) && folded.contains("tổ chức thực hiện")
            || folded == "tổ chức thực hiện"
    }

    /// The area that starts here.
    pub(super) fn area(&self) -> Option<String> {
        let found = AREA.captures(&self.text)?;
        let name = unquoted(found.get(1)?.as_str());
        (!name.is_empty()).then(|| name.to_owned())
    }

    /// Code and title of the component that starts here.
    pub(super) fn component(&self) -> Option<(Option<String>, String)> {
        let found = COMPONENT.captures(&self.text)?;
        let (code, title) = code_of(found.get(1)?.as_str())?;
        Some((Some(code), title))
    }

    /// The words behind a number.
    pub(super) fn numbered(&self) -> Option<String> {
        let found = NUMBERED.captures(&self.text)?;
        let words = found.get(1)?.as_str();
        let words = match words.split_once([':', '：']) {
            Some((name, rest)) if ["nhiệm vụ", "công việc"].contains(&fold(name).as_str()) => {
                rest
            }
            _ => words,
        };
        let title = unquoted(words);
        (!title.is_empty()).then(|| title.to_owned())
    }

    /// The label that starts here, with the words behind it.
    pub(super) fn label(&self) -> Option<(Label, &str, Spot)> {
        let (label, rest) = label_of(&self.text)?;
        Some((label, rest, self.at.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block {
            text: text.to_owned(),
            at: Spot::File {},
        }
    }

    #[track_caller]
    fn check(text: &str, code: &str, title: &str) {
        let expected = (Some(code.to_owned()), title.to_owned());
        assert_eq!(block(text).component(), Some(expected));
    }

    #[test]
    fn a_component_is_found_whatever_stands_around_it() {
        check(
            "1.1. Tiêu chí thành phần: “1.2.1. Thực hiện đầy đủ”",
            "1.2.1",
            "Thực hiện đầy đủ",
        );
        check("Tiêu chí thành phần: “3.1.2 Mức độ”", "3.1.2", "Mức độ");
        check(
            "- TIÊU CHÍ THÀNH PHẦN “7.1.1. Kiến trúc ”",
            "7.1.1",
            "Kiến trúc",
        );
        check(
            "2. Tiêu chí 2.1.2. Xử lý [Ban hành",
            "2.1.2",
            "Xử lý [Ban hành",
        );
        assert_eq!(block("Tiêu chí thành phần bị mất điểm").component(), None);
    }

    #[test]
    fn a_line_that_was_broken_goes_on_and_a_label_does_not() {
        let text = Text::of_lines(
            "1. Tiêu chí thành phần: “1.5.1. Có từ\n02 - 03 cuộc”\nThời gian: Quý I\n4\n\nkhác",
        );
        let pieces = pieces(&text);
        let words = pieces.iter().filter_map(Piece::block).map(|it| &*it.text);
        let words: Vec<&str> = words.collect();
        assert_eq!(
            words,
            [
                "1. Tiêu chí thành phần: “1.5.1. Có từ 02 - 03 cuộc”",
                "Thời gian: Quý I",
                "khác"
            ]
        );
    }

    #[test]
    fn labels_are_whole_words_before_a_colon() {
        let label = |text: &str| block(text).label().map(|it| it.0);
        assert_eq!(label("- Thời gian thực hiện: Quý I"), Some(Label::Time));
        assert_eq!(label("Công chức thực hiện: A"), Some(Label::Offices));
        assert_eq!(label("Thời gian qua, xã đã: a"), None);
        assert_eq!(label("Thời gian thực hiện Quý I"), None);
    }
}
