//! Tables whose rows are tasks: `TT | Tiêu chí | Giải pháp | Thời gian | Chủ trì | Phối hợp`.
//!
//! The head tells what each column holds; a table without a column of tasks, or without a time
//! and an office, is none. A row that names nothing but an area starts that area; a head that
//! is repeated on a new page is skipped; a row that only goes on with the task above it adds to
//! its work.

use std::collections::BTreeMap;

use cchc_core::reading::Spot;
use cchc_core::values::fold;

use super::block::{Label, code_of, unquoted};
use crate::Text;
use crate::text::Layout;

/// Rows among which the head of a table is looked for.
const HEAD_ROWS: usize = 3;

/// A row of a table of tasks.
#[derive(Clone, Debug)]
pub(super) enum Row {
    /// An area starts.
    Area(String),
    /// A task.
    Task {
        code: Option<String>,
        title: String,
        /// What its other cells hold, in the order of the columns.
        cells: Vec<(Label, String, Spot)>,
        at: Spot,
    },
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    Code,
    Title,
    Cell(Label),
}

/// A cell: its words, lines joined, and where it starts.
type Cell = (String, Spot);
/// The cells of a row, by column.
type Cells = BTreeMap<u32, Cell>;

/// The tables of tasks of a text, by their numbers.
pub(super) fn tables(text: &Text) -> BTreeMap<u32, Vec<Row>> {
    let mut grids: BTreeMap<u32, BTreeMap<u32, Cells>> = BTreeMap::new();
    for line in &text.lines {
        let Layout::Cell { table, row, column } = line.layout else {
            continue;
        };
        let words = line.text.trim();
        let cells = grids.entry(table).or_default().entry(row).or_default();
        let cell = cells
            .entry(column)
            .or_insert_with(|| (String::new(), line.spot(0)));
        if !words.is_empty() {
            if !cell.0.is_empty() {
                cell.0.push(' ');
            }
            cell.0.push_str(words);
        }
    }
    let read = |(table, grid): (u32, BTreeMap<u32, Cells>)| {
        let grid: Vec<Cells> = grid.into_values().collect();
        Some((table, rows(&grid)?))
    };
    grids.into_iter().filter_map(read).collect()
}

/// The rows below the head; `None` where there is no head of a table of tasks.
fn rows(grid: &[Cells]) -> Option<Vec<Row>> {
    let heads = grid.iter().take(HEAD_ROWS).enumerate();
    let (at, columns) = heads
        .filter_map(|(at, cells)| Some((at, columns(cells)?)))
        .next()?;
    let head = grid.get(at)?;
    let same = |cells: &Cells| {
        let words =
            |cells: &Cells| -> Vec<String> { cells.values().map(|it| fold(&it.0)).collect() };
        words(cells) == words(head)
    };
    let mut rows: Vec<Row> = Vec::new();
    for cells in grid.iter().skip(at + 1).filter(|it| !same(it)) {
        match row(cells, &columns) {
            Some(row) => rows.push(row),
            None => go_on(cells, &columns, rows.last_mut()),
        }
    }
    Some(rows)
}

fn columns(head: &Cells) -> Option<BTreeMap<u32, Column>> {
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    for (at, (words, _)) in head {
        if let Some(column) = column(&fold(words)) {
            columns.insert(*at, column);
        }
    }
    let has = |wanted: Column| columns.values().any(|it| *it == wanted);
    // `Nhiệm vụ, giải pháp` in one column, or a column of solutions alone, names the tasks.
    if !has(Column::Title) {
        let work = columns
            .iter_mut()
            .find(|(_, it)| **it == Column::Cell(Label::Work));
        *work?.1 = Column::Title;
    }
    let told = columns.values().any(|it| {
        use Label::{Lead, Offices, Time};
        matches!(it, Column::Cell(Time | Lead | Offices))
    });
    told.then_some(columns)
}

fn column(words: &str) -> Option<Column> {
    let has = |list: &[&str]| list.iter().any(|it| words.contains(it));
    let plain = words.trim_matches(|c: char| !c.is_alphanumeric());
    Some(match () {
        () if ["tt", "stt", "số tt", "số thứ tự"].contains(&plain) => Column::Number,
        () if has(&["phối hợp"]) && has(&["chủ trì"]) => Column::Cell(Label::Offices),
        () if has(&["phối hợp"]) => Column::Cell(Label::With),
        () if has(&[
            "tình trạng",
            "trạng thái",
            "kết quả thực hiện",
            "tình hình thực hiện",
        ]) =>
        {
            Column::Cell(Label::Reported)
        }
        () if has(&["thời gian", "thời hạn", "tiến độ", "hạn hoàn thành"]) => {
            Column::Cell(Label::Time)
        }
        () if has(&["chủ trì"]) => Column::Cell(Label::Lead),
        () if has(&[
            "đơn vị",
            "công chức",
            "cơ quan",
            "bộ phận",
            "người",
            "phụ trách",
            "phân công",
        ]) =>
        {
            Column::Cell(Label::Offices)
        }
        () if plain.starts_with("mã") => Column::Code,
        () if has(&["tiêu chí", "nhiệm vụ", "nội dung", "công việc"]) => Column::Title,
        () if has(&["giải pháp", "biện pháp", "việc cần làm"]) => {
            Column::Cell(Label::Work)
        }
        () => return None,
    })
}

/// The row as an area or a task; `None` where it names neither.
fn row(cells: &Cells, columns: &BTreeMap<u32, Column>) -> Option<Row> {
    let of = |wanted: Column| {
        let at = columns.iter().find(|(_, it)| **it == wanted)?.0;
        cells.get(at).filter(|it| !it.0.is_empty())
    };
    let number = of(Column::Number)
        .map(|it| it.0.as_str())
        .unwrap_or_default();
    let names = |at: &u32| {
        let column = columns.get(at);
        matches!(
            column,
            None | Some(Column::Number | Column::Code | Column::Title)
        )
    };
    let filled = |named: bool| {
        let cells = cells.iter().filter(|(_, (words, _))| !words.is_empty());
        cells
            .filter(move |(at, _)| names(at) == named)
            .map(|(_, cell)| cell)
    };
    // Nothing but a name: an area, over the whole row or behind its number.
    if filled(false).next().is_none() {
        let (words, at) = of(Column::Title).or_else(|| filled(true).next_back())?;
        let named = unquoted(after_mark(words));
        return match code_of(without_word(named)) {
            Some((code, title)) => task(Some(code), title, cells, columns, at.clone()),
            None => Some(Row::Area(area(named))).filter(|_| !named.is_empty()),
        };
    }
    let (words, at) = of(Column::Title)?;
    let words = without_word(unquoted(after_mark(words)));
    let (code, title) = match code_of(words) {
        Some((code, title)) => (Some(code), title),
        None => (None, words.to_owned()),
    };
    // The code may stand in a column of its own, or take the place of the number.
    let own = of(Column::Code).map(|it| it.0.as_str());
    let own = own.or_else(|| Some(number).filter(|it| it.matches('.').count() >= 2));
    let own = own.map(|it| it.trim_end_matches(['.', ')']).trim());
    let own = own.filter(|it| code_of(it).is_some()).map(str::to_owned);
    task(code.or(own), title, cells, columns, at.clone())
}

fn task(
    code: Option<String>,
    title: String,
    cells: &Cells,
    columns: &BTreeMap<u32, Column>,
    at: Spot,
) -> Option<Row> {
    if title.is_empty() && code.is_none() {
        return None;
    }
    let held = columns.iter().filter_map(|(at, column)| {
        let Column::Cell(label) = column else {
            return None;
        };
        let (words, spot) = cells.get(at)?;
        (!words.is_empty()).then(|| (*label, words.clone(), spot.clone()))
    });
    Some(Row::Task {
        code,
        title,
        cells: held.collect(),
        at,
    })
}

/// A row without a task of its own adds to the one above it.
fn go_on(cells: &Cells, columns: &BTreeMap<u32, Column>, above: Option<&mut Row>) {
    let Some(Row::Task { cells: held, .. }) = above else {
        return;
    };
    for (at, column) in columns {
        let Column::Cell(label) = column else {
            continue;
        };
        let Some((words, spot)) = cells.get(at).filter(|it| !it.0.is_empty()) else {
            continue;
        };
        match held.iter_mut().find(|it| it.0 == *label) {
            Some(known) => {
                known.1.push_str("; ");
                known.1.push_str(words);
            }
            None => held.push((*label, words.clone(), spot.clone())),
        }
    }
}

/// Words without the number or mark before them, where that is no code.
fn after_mark(words: &str) -> &str {
    let words = words.trim_start_matches(['-', '+', '*', '•', ' ']);
    match words.split_once([' ', '\u{a0}']) {
        Some((mark, rest)) => {
            let bare = mark.trim_end_matches(['.', ')', '/']);
            let roman = !bare.is_empty() && bare.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
            let number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
            if roman || number && bare.len() < mark.len() {
                rest.trim_start()
            } else {
                words
            }
        }
        None => words,
    }
}

/// Words without `Tiêu chí thành phần:` before them.
fn without_word(words: &str) -> &str {
    let folded = words.to_lowercase();
    let starts = ["tiêu chí thành phần", "tiêu chí"];
    let Some(start) = starts.iter().find(|it| folded.starts_with(**it)) else {
        return words;
    };
    let rest = words.get(start.len()..).unwrap_or(words);
    let rest = rest.trim_start_matches([':', '：', ' ']);
    match code_of(unquoted(rest)) {
        Some(_) => unquoted(rest),
        None => words,
    }
}

/// The name of an area without the word for one.
fn area(words: &str) -> String {
    let folded = words.to_lowercase();
    let rest = match folded.starts_with("lĩnh vực") {
        true => words.get("lĩnh vực".len()..).unwrap_or(words),
        false => words,
    };
    unquoted(rest.trim_start_matches([':', '：', ' '])).to_owned()
}
