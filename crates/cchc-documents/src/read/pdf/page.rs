//! Lines of a page, from its glyphs.
//!
//! Glyphs on one height are a line; a gap that no space fills parts it. Parts that stand
//! under one another over several lines are the columns of a table or of a header.

use super::content::Glyph;
use crate::text::Layout;

/// A gap of so many sizes of a letter parts a line.
const PART: f64 = 1.2;
/// A gap of so many is a space that was not written.
const SPACE: f64 = 0.2;
/// Feet that differ by less are of one line.
const SAME_FOOT: f64 = 0.4;
/// Lines that are further apart have an empty one between them.
const EMPTY: f64 = 2.0;

/// A line to be.
#[derive(Debug, PartialEq)]
pub(super) struct Row {
    pub(super) text: String,
    pub(super) layout: Layout,
}

/// A stretch of a line without a wide gap.
#[derive(Clone, Debug)]
struct Part {
    text: String,
    from: f64,
    to: f64,
}

#[derive(Debug)]
struct Printed {
    parts: Vec<Part>,
    foot: f64,
    size: f64,
}

pub(super) fn rows(glyphs: Vec<Glyph>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut tables = 0;
    for turn in 0..4 {
        let turned = glyphs.iter().filter(|it| it.turn == turn);
        let lines = lines(turned.cloned().collect());
        laid_out(&lines, &mut tables, &mut rows);
    }
    rows
}

fn lines(glyphs: Vec<Glyph>) -> Vec<Printed> {
    let mut glyphs = with_marks(glyphs);
    glyphs.sort_by(|a, b| b.foot.total_cmp(&a.foot));
    let mut lines: Vec<Vec<Glyph>> = Vec::new();
    let mut foot = f64::INFINITY;
    for glyph in glyphs {
        if foot - glyph.foot > SAME_FOOT * glyph.size || lines.is_empty() {
            foot = glyph.foot;
            lines.push(Vec::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push(glyph);
        }
    }
    let printed = lines.into_iter().map(printed);
    printed.filter(|line| !line.parts.is_empty()).collect()
}

/// Marks that are drawn over the letter before them become part of it.
fn with_marks(glyphs: Vec<Glyph>) -> Vec<Glyph> {
    let is_mark = |c: char| unicode_normalization::char::is_combining_mark(c);
    let mut all: Vec<Glyph> = Vec::with_capacity(glyphs.len());
    for glyph in glyphs {
        match all.last_mut() {
            Some(before)
                if glyph.text.chars().all(is_mark)
                    && (before.foot - glyph.foot).abs() < glyph.size
                    && (before.to - glyph.from).abs() < glyph.size =>
            {
                before.text.push_str(&glyph.text);
            }
            _ => all.push(glyph),
        }
    }
    all
}

fn printed(mut glyphs: Vec<Glyph>) -> Printed {
    glyphs.sort_by(|a, b| a.from.total_cmp(&b.from));
    let size = glyphs.iter().map(|it| it.size).fold(0.0, f64::max);
    let foot = glyphs
        .iter()
        .map(|it| it.foot)
        .fold(f64::INFINITY, f64::min);
    let mut parts: Vec<Part> = Vec::new();
    let mut before: Option<Glyph> = None;
    for glyph in glyphs {
        if let Some(before) = &before {
            // Bold letters are sometimes drawn twice, a little apart.
            let twice = before.text == glyph.text
                && glyph.text != " "
                && glyph.from - before.from < 0.1 * glyph.size;
            if twice {
                continue;
            }
        }
        let gap = before.as_ref().map(|before| glyph.from - before.to);
        match (parts.last_mut(), gap) {
            (Some(part), Some(gap)) if gap <= PART * glyph.size => {
                if gap > SPACE * glyph.size && !part.text.ends_with(' ') && glyph.text != " " {
                    part.text.push(' ');
                }
                part.text.push_str(&glyph.text);
                if glyph.text != " " {
                    part.to = part.to.max(glyph.to);
                }
            }
            _ => parts.push(Part {
                text: glyph.text.clone(),
                from: glyph.from,
                to: glyph.to,
            }),
        }
        let reach = before.map_or(f64::NEG_INFINITY, |before| before.to);
        before = Some(Glyph {
            to: glyph.to.max(reach),
            ..glyph
        });
    }
    for part in &mut parts {
        part.text = part.text.trim().to_owned();
    }
    parts.retain(|part| !part.text.is_empty());
    labelled(&mut parts);
    Printed { parts, foot, size }
}

/// The label of an item stands apart from its text, and is part of it all the same.
fn labelled(parts: &mut Vec<Part>) {
    let is_label = |text: &str| {
        let count = text.chars().count();
        let sign = ["-", "–", "+", "•", "▪", "➢", "✓", "*", "o"].contains(&text);
        sign || (count <= 8 && count > 1 && text.ends_with(['.', ')']) && !text.contains(' '))
    };
    if let [first, second, ..] = parts.as_slice()
        && is_label(&first.text)
    {
        let joined = Part {
            text: format!("{} {}", first.text, second.text),
            from: first.from,
            to: second.to,
        };
        parts.splice(..2, [joined]);
    }
}

/// Whether a part lies within a column, give or take half a letter.
fn within(part: &Part, column: &Part, size: f64) -> bool {
    part.from >= column.from - size / 2.0 && part.to <= column.to + size / 2.0
}

fn laid_out(lines: &[Printed], tables: &mut u32, rows: &mut Vec<Row>) {
    let mut before: Option<&Printed> = None;
    let mut rest = lines;
    while let [line, after @ ..] = rest {
        if let Some(before) = before
            && before.foot - line.foot > EMPTY * line.size.max(before.size)
        {
            rows.push(Row {
                text: String::new(),
                layout: Layout::Body,
            });
        }
        if line.parts.len() < 2 {
            rows.extend(line.parts.iter().map(|part| Row {
                text: part.text.clone(),
                layout: Layout::Body,
            }));
            before = Some(line);
            rest = after;
            continue;
        }
        let band = band(rest);
        let table = *tables;
        *tables = tables.saturating_add(1);
        let (columns, band) = band;
        for (row, line) in (0..).zip(band) {
            for (part, column) in line.parts.iter().zip(places(line, &columns)) {
                rows.push(Row {
                    text: part.text.clone(),
                    layout: Layout::Cell { table, row, column },
                });
            }
        }
        before = band.last();
        rest = rest.get(band.len()..).unwrap_or_default();
    }
}

/// The lines from the first on that stand in columns together, and the columns.
fn band(lines: &[Printed]) -> (Vec<Part>, &[Printed]) {
    let mut columns: Vec<Part> = Vec::new();
    let mut end = 0;
    let mut foot = f64::INFINITY;
    for (index, line) in lines.iter().enumerate() {
        let near = foot - line.foot <= 3.0 * line.size || index == 0;
        if !near {
            break;
        }
        foot = line.foot;
        if line.parts.len() >= 2 {
            for part in &line.parts {
                widen(&mut columns, part);
            }
            end = index + 1;
            continue;
        }
        // A single part goes on with a column while it reaches no other one and keeps to its
        // left edge or its middle; behind the last line of several parts only where it
        // follows closely. The title below a header is on the middle of the page instead.
        let Some(part) = line.parts.first() else {
            break;
        };
        let reached = columns.iter().filter(|column| overlap(column, part));
        let above = lines.get(..index).unwrap_or_default().iter().rev();
        let mut above = above.flat_map(|line| &line.parts);
        let above = above.find(|above| overlap(above, part));
        if reached.count() != 1 || !above.is_some_and(|it| aligned(it, part, line.size)) {
            break;
        }
        widen(&mut columns, part);
        let close = lines
            .get(index.wrapping_sub(1))
            .is_some_and(|before| before.foot - line.foot <= 1.5 * line.size);
        if close && end == index {
            end = index + 1;
        }
    }
    // Columns that later lines made one are no columns: such lines go by their order.
    (columns, lines.get(..end.max(1)).unwrap_or_default())
}

/// Whether two parts have one left edge or one middle.
fn aligned(above: &Part, part: &Part, size: f64) -> bool {
    let edge = (above.from - part.from).abs() <= size / 2.0;
    let middle = (above.from + above.to - part.from - part.to).abs() <= 2.0 * size;
    edge || middle
}

fn overlap(column: &Part, part: &Part) -> bool {
    column.from < part.to && part.from < column.to
}

/// Adds a part to the column that it overlaps, which may make two columns one.
fn widen(columns: &mut Vec<Part>, part: &Part) {
    let (over, apart): (Vec<Part>, Vec<Part>) = std::mem::take(columns)
        .into_iter()
        .partition(|column| overlap(column, part));
    let mut whole = part.clone();
    for column in over {
        whole.from = whole.from.min(column.from);
        whole.to = whole.to.max(column.to);
    }
    *columns = apart;
    columns.push(whole);
    columns.sort_by(|a, b| a.from.total_cmp(&b.from));
}

/// The column of each part of a line; by order where two parts fall into one column.
fn places(line: &Printed, columns: &[Part]) -> Vec<u32> {
    let found = line.parts.iter().map(|part| {
        let at = columns
            .iter()
            .position(|column| within(part, column, line.size));
        u32::try_from(at.unwrap_or(0)).unwrap_or(u32::MAX)
    });
    let found: Vec<u32> = found.collect();
    if found.is_sorted_by(|a, b| a < b) {
        return found;
    }
    (0..).take(line.parts.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of half a size each, from a place on.
    fn written(text: &str, from: f64, foot: f64) -> Vec<Glyph> {
        let mut at = from;
        let mut glyphs = Vec::new();
        for c in text.chars() {
            glyphs.push(Glyph {
                text: c.to_string(),
                from: at,
                to: at + 5.0,
                foot,
                size: 10.0,
                turn: 0,
            });
            at += 5.0;
        }
        glyphs
    }

    /// Table, row and column of a cell.
    type Place = Option<(u32, u32, u32)>;

    #[track_caller]
    fn check(glyphs: Vec<Vec<Glyph>>, expected: &[(&str, Place)]) {
        let rows = rows(glyphs.concat());
        let found: Vec<_> = rows
            .iter()
            .map(|row| match row.layout {
                Layout::Cell {
                    table,
                    row: at,
                    column,
                } => (row.text.as_str(), Some((table, at, column))),
                _ => (row.text.as_str(), None),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_wide_gap_makes_cells_and_a_small_one_a_space() {
        check(
            vec![
                // The right column is a little lower, as a larger font puts it.
                written("UBND XA", 100.0, 700.0),
                written("CONG HOA", 200.0, 699.0),
                written("SON", 110.0, 688.0),
                written("Doc lap", 202.0, 687.0),
                written("So: 1", 105.0, 670.0),
                written("ngay 1", 210.0, 670.0),
                written("KE", 150.0, 640.0),
                written("HOACH", 163.0, 640.0),
            ],
            &[
                ("UBND XA", Some((0, 0, 0))),
                ("CONG HOA", Some((0, 0, 1))),
                ("SON", Some((0, 1, 0))),
                ("Doc lap", Some((0, 1, 1))),
                ("So: 1", Some((0, 2, 0))),
                ("ngay 1", Some((0, 2, 1))),
                ("", None),
                ("KE HOACH", None),
            ],
        );
    }

    #[test]
    fn blanks_that_were_written_part_nothing() {
        check(
            vec![written("So:       /KH", 100.0, 700.0)],
            &[("So:       /KH", None)],
        );
    }

    #[test]
    fn a_title_below_a_header_is_no_part_of_it() {
        check(
            vec![
                written("So: 18/BC-UBND", 100.0, 700.0),
                written("Son Thuong, ngay 29 thang 3", 220.0, 700.0),
                written("BAO CAO", 200.0, 688.0),
            ],
            &[
                ("So: 18/BC-UBND", Some((0, 0, 0))),
                ("Son Thuong, ngay 29 thang 3", Some((0, 0, 1))),
                ("BAO CAO", None),
            ],
        );
    }

    #[test]
    fn a_short_line_goes_on_with_its_column_and_a_paragraph_does_not() {
        check(
            vec![
                written("So: 61/UBND", 100.0, 700.0),
                written("Son Thuong, ngay 6", 250.0, 700.0),
                written("V/v giai quyet kien nghi", 70.0, 688.0),
                written("Kinh gui: cac thon tren dia ban", 120.0, 676.0),
            ],
            &[
                ("So: 61/UBND", Some((0, 0, 0))),
                ("Son Thuong, ngay 6", Some((0, 0, 1))),
                ("V/v giai quyet kien nghi", Some((0, 1, 0))),
                ("Kinh gui: cac thon tren dia ban", None),
            ],
        );
    }

    #[test]
    fn a_label_stands_with_its_text() {
        check(
            vec![
                written("1.", 100.0, 700.0),
                written("Muc dich", 130.0, 700.0),
            ],
            &[("1. Muc dich", None)],
        );
    }

    #[test]
    fn bold_that_is_drawn_twice_is_read_once_and_marks_join_their_letter() {
        check(
            vec![
                written("ll", 100.0, 700.0),
                written("ll", 100.3, 700.0),
                written("a", 113.0, 700.0),
                vec![Glyph {
                    text: "\u{301}".to_owned(),
                    from: 114.0,
                    to: 114.0,
                    foot: 700.0,
                    size: 10.0,
                    turn: 0,
                }],
            ],
            &[("ll a\u{301}", None)],
        );
    }

    #[test]
    fn turned_text_comes_after_the_page() {
        let mut turned = written("len", 0.0, 900.0);
        for glyph in &mut turned {
            glyph.turn = 1;
        }
        check(
            vec![turned, written("thuong", 100.0, 700.0)],
            &[("thuong", None), ("len", None)],
        );
    }
}
