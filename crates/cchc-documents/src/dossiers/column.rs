//! Columns by their headers.
//!
//! A header is compared folded, without what stands in parentheses; one without any accent
//! is compared without accents. The row with the most known headers among the first ones is
//! the header; where two rows are merged, the names above and below are read together.
//! What two columns could hold is a fault, never a choice.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::OnceLock;

use cchc_core::reading::{ColumnRead, Denominator, Spot};
use cchc_core::values::fold;

use super::date::{self, Moment};
use super::{Ask, DossierFault};
use crate::sheet::{Cell, Row};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Code of the dossier (mã hồ sơ).
    Code,
    /// When it was received (ngày tiếp nhận).
    Received,
    /// When it is due (ngày hẹn trả).
    Due,
    /// The new due date (ngày hẹn lại).
    Rescheduled,
    /// One more new due date (ngày hẹn lại lần 2).
    RescheduledAgain,
    /// How often it was re-dated (số lần hẹn lại).
    RescheduleCount,
    /// When it was returned (ngày trả kết quả).
    Returned,
    /// The apology letter (thư, phiếu xin lỗi).
    Apology,
    /// Field of the procedure (lĩnh vực).
    Field,
    /// The procedure (thủ tục).
    Procedure,
    /// State of the dossier (trạng thái).
    Status,
}

impl Field {
    /// Every field, in the order in which they are told.
    pub const ALL: [Field; 11] = [
        Field::Code,
        Field::Received,
        Field::Due,
        Field::Rescheduled,
        Field::RescheduledAgain,
        Field::RescheduleCount,
        Field::Returned,
        Field::Apology,
        Field::Field,
        Field::Procedure,
        Field::Status,
    ];

    /// Its name, as a caller writes it.
    pub fn name(self) -> &'static str {
        match self {
            Field::Code => "code",
            Field::Received => "received",
            Field::Due => "due",
            Field::Rescheduled => "rescheduled",
            Field::RescheduledAgain => "rescheduled_again",
            Field::RescheduleCount => "reschedule_count",
            Field::Returned => "returned",
            Field::Apology => "apology",
            Field::Field => "field",
            Field::Procedure => "procedure",
            Field::Status => "status",
        }
    }

    /// Headers under which exports have it.
    fn headers(self) -> &'static [&'static str] {
        match self {
            Field::Code => &[
                "mã hồ sơ",
                "số hồ sơ",
                "mã số hồ sơ",
                "mã hs",
                "số hs",
                "số biên nhận",
                "mã biên nhận",
                "số biên nhận hồ sơ",
                "mã hồ sơ tthc",
                "số phiếu tiếp nhận",
            ],
            Field::Received => &[
                "ngày tiếp nhận",
                "ngày nhận",
                "ngày tiếp nhận hồ sơ",
                "ngày nhận hồ sơ",
                "ngày giờ tiếp nhận",
                "thời gian tiếp nhận",
                "thời điểm tiếp nhận",
            ],
            Field::Due => &[
                "ngày hẹn trả",
                "ngày hẹn trả kết quả",
                "ngày hẹn trả kq",
                "ngày hẹn",
                "hạn xử lý",
                "hạn giải quyết",
                "hạn trả",
                "hạn trả kết quả",
                "ngày đến hạn",
                "thời gian hẹn trả",
                "thời gian hẹn trả kết quả",
            ],
            Field::Rescheduled => &[
                "ngày hẹn lại",
                "hẹn lại",
                "hẹn lại ngày",
                "ngày hẹn lại lần 1",
                "ngày hẹn lại trả kết quả",
                "ngày hẹn trả mới",
                "ngày gia hạn",
                "gia hạn đến ngày",
            ],
            Field::RescheduledAgain => &[
                "ngày hẹn lại lần 2",
                "ngày hẹn lại lần hai",
                "hẹn lại lần 2",
            ],
            Field::RescheduleCount => &["số lần hẹn lại", "số lần gia hạn"],
            Field::Returned => &[
                "ngày trả kết quả",
                "ngày trả kq",
                "ngày trả",
                "ngày trả hồ sơ",
                "ngày có kết quả",
                "ngày hoàn thành",
                "ngày hoàn thành hồ sơ",
                "ngày kết thúc",
                "ngày kết thúc xử lý",
                "ngày giải quyết xong",
                "ngày trả kết quả thực tế",
                "thời gian trả kết quả",
            ],
            Field::Apology => &[
                "thư xin lỗi",
                "phiếu xin lỗi",
                "thư/phiếu xin lỗi",
                "văn bản xin lỗi",
                "có thư xin lỗi",
                "số thư xin lỗi",
                "ngày thư xin lỗi",
                "phiếu xin lỗi và hẹn lại ngày trả kết quả",
                "xin lỗi",
            ],
            Field::Field => &["lĩnh vực", "tên lĩnh vực", "lĩnh vực tthc"],
            Field::Procedure => &[
                "thủ tục",
                "tên thủ tục",
                "thủ tục hành chính",
                "tên thủ tục hành chính",
                "tthc",
                "tên tthc",
            ],
            Field::Status => &[
                "trạng thái",
                "trạng thái hồ sơ",
                "trạng thái xử lý",
                "tình trạng",
                "tình trạng hồ sơ",
                "tình trạng xử lý",
            ],
        }
    }

    /// The field that a header names.
    fn of_header(header: &str) -> Option<Field> {
        static KNOWN: OnceLock<BTreeMap<String, Field>> = OnceLock::new();
        let known = KNOWN.get_or_init(|| {
            let mut known = BTreeMap::new();
            for field in Field::ALL {
                for header in field.headers() {
                    let folded = fold(header);
                    known.insert(without_accents(&folded), field);
                    known.insert(folded, field);
                }
            }
            known
        });
        known.get(header).copied()
    }
}

impl FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Field, String> {
        let found = Field::ALL.into_iter().find(|field| field.name() == text);
        found.ok_or_else(|| {
            let names = Field::ALL.map(Field::name).join(", ");
            format!("expected one of {names}, found `{}`", text.escape_default())
        })
    }
}

/// A column that the caller names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// By its number; A is 1.
    Number(u32),
    /// By its header.
    Header(String),
}

/// What the caller says of a column, as `received=E` or `received=Ngày nộp`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColumnOf {
    /// What it holds.
    pub field: Field,
    /// The column.
    pub column: Column,
}

impl FromStr for ColumnOf {
    type Err = String;

    fn from_str(text: &str) -> Result<ColumnOf, String> {
        let wrong = || {
            format!(
                "expected such as `received=E` or `received=Ngày nộp`, found `{}`",
                text.escape_debug()
            )
        };
        let (field, column) = text.split_once('=').ok_or_else(wrong)?;
        let field: Field = field.trim().parse()?;
        let column = column.trim().trim_matches('"');
        let letters =
            (1..=3).contains(&column.len()) && column.bytes().all(|b| b.is_ascii_uppercase());
        let column = if letters {
            let number = column
                .bytes()
                .fold(0_u32, |sum, letter| sum * 26 + u32::from(letter - b'A') + 1);
            Column::Number(number)
        } else if column.is_empty() {
            return Err(wrong());
        } else {
            Column::Header(column.to_owned())
        };
        Ok(ColumnOf { field, column })
    }
}

/// A text without accents, for headers that were typed without any.
fn without_accents(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let plain = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c));
    plain.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// A header as it is compared: folded, without parentheses and marks at its end.
fn compared(header: &str) -> String {
    let mut plain = String::with_capacity(header.len());
    let mut depth = 0_u32;
    for c in header.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '*' | ':' | '_' => plain.push(' '),
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    fold(&plain)
}

/// The header of the sheet that is read.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The row of the header, the lower one of two.
    pub(super) row: Option<u32>,
    /// The first row below it.
    pub(super) first_row: u32,
    columns: BTreeMap<Field, u32>,
    asked: Vec<Field>,
    names: BTreeMap<u32, String>,
}

impl Header {
    pub(super) fn column(&self, field: Field) -> Option<u32> {
        self.columns.get(&field).copied()
    }

    /// The header of a column, as it is compared.
    pub(super) fn compared(&self, column: u32) -> Option<String> {
        self.names.get(&column).map(|it| compared(it))
    }

    /// Whether a text is this header, as it is repeated at the top of a page.
    pub(super) fn is(&self, column: u32, text: &str) -> bool {
        self.compared(column).is_some_and(|it| it == compared(text))
    }

    /// The columns for the answer, from left to right.
    pub(super) fn told(&self) -> Vec<ColumnRead> {
        let mut columns: Vec<(u32, Field)> = self
            .columns
            .iter()
            .map(|(field, column)| (*column, *field))
            .collect();
        columns.sort_unstable();
        let told = columns.into_iter().map(|(column, field)| ColumnRead {
            field: field.name(),
            column: Spot::column_letters(column),
            header: self.names.get(&column).cloned(),
            asked: self.asked.contains(&field),
        });
        told.collect()
    }
}

/// Rows at the top of a sheet among which the header is looked for.
#[derive(Default)]
pub(super) struct Head {
    rows: Vec<Row>,
}

/// How many rows that are.
const ROWS: usize = 60;

/// Names of one or two rows: each column with its texts, the likeliest first.
type Names = BTreeMap<u32, Vec<String>>;

impl Head {
    /// Takes a row; says whether one more is wanted.
    pub(super) fn take(&mut self, row: &Row) -> bool {
        self.rows.push(row.clone());
        self.rows.len() < ROWS
    }

    /// The header, or how near the sheet comes to one and what is wrong with it.
    pub(super) fn header(
        &self,
        ask: &Ask,
        sheet: Option<&str>,
        from_1904: bool,
    ) -> Result<Header, (usize, DossierFault)> {
        let mut best: Option<(usize, &Row, Names)> = None;
        for (index, row) in self.rows.iter().enumerate() {
            let above = index.checked_sub(1).and_then(|it| self.rows.get(it));
            // Alone first: a row above is asked only where it adds a name.
            for upper in std::iter::once(None).chain(above.map(Some)) {
                let names = names(upper, row);
                let score = score(&names, ask);
                if best.as_ref().is_none_or(|(most, ..)| *most < score) {
                    best = Some((score, row, names));
                }
            }
        }
        let asked = |field: &Field| ask.columns.iter().find(|it| it.field == *field);
        let required = required(ask);
        let by_letters = required
            .iter()
            .all(|field| matches!(asked(field).map(|it| &it.column), Some(Column::Number(_))));
        // Where the caller names all that is needed, one known header is enough.
        let least = if required.iter().all(|field| asked(field).is_some()) {
            1
        } else {
            2
        };
        let Some((score, row, names)) = best.filter(|(score, ..)| *score >= least) else {
            if by_letters {
                return self.without_header(ask, from_1904);
            }
            let sheet = sheet.map(str::to_owned);
            return Err((0, DossierFault::HeaderNotFound { sheet }));
        };
        let header = map(&names, ask, row, sheet).map_err(|fault| (score, fault))?;
        Ok(header)
    }

    /// All columns are given by letter: rows start where a date stands.
    fn without_header(&self, ask: &Ask, from_1904: bool) -> Result<Header, (usize, DossierFault)> {
        let row = Row::default();
        let mut header = map(&Names::new(), ask, &row, None).map_err(|fault| (1, fault))?;
        header.row = None;
        let dates = [Field::Due, Field::Received];
        let dated = |row: &&Row| {
            dates.iter().any(|field| {
                let cell = header.column(*field).and_then(|it| row.get(it));
                matches!(date::read(cell, from_1904), Moment::At(_))
            })
        };
        match self.rows.iter().find(dated) {
            Some(first) => {
                header.first_row = first.number;
                Ok(header)
            }
            None => Err((0, DossierFault::HeaderNotFound { sheet: None })),
        }
    }
}

/// What must be known of a dossier.
fn required(ask: &Ask) -> Vec<Field> {
    let mut fields = vec![Field::Due, Field::Returned];
    if ask.denominator == Denominator::Received {
        fields.insert(0, Field::Received);
    }
    fields
}

fn names(upper: Option<&Row>, lower: &Row) -> Names {
    let text = |cell: &Cell| match cell {
        Cell::Text(text) if text.chars().count() <= 200 => Some(text.clone()),
        _ => None,
    };
    let texts = |row: &Row| -> BTreeMap<u32, String> {
        let cells = row.cells.iter();
        cells
            .filter_map(|(column, cell)| Some((*column, text(cell)?)))
            .collect()
    };
    let below = texts(lower);
    let mut names = Names::new();
    let Some(upper) = upper else {
        for (column, text) in below {
            names.insert(column, vec![text]);
        }
        return names;
    };
    let above = texts(upper);
    // A merged cell above stands over the columns to its right that have none of their own.
    for (column, text) in &below {
        let over = above.range(..=*column).next_back().map(|it| it.1);
        let mut list = Vec::new();
        if let Some(over) = over {
            list.push(format!("{over} {text}"));
            list.push(format!("{text} {over}"));
        }
        list.push(text.clone());
        names.insert(*column, list);
    }
    // A cell merged downward has nothing below it.
    for (column, text) in above {
        names.entry(column).or_insert_with(|| vec![text]);
    }
    names
}

/// The field and the name of a column, by the first of its texts that is known.
fn known(texts: &[String]) -> Option<(Field, &String)> {
    texts
        .iter()
        .find_map(|text| Some((Field::of_header(&compared(text))?, text)))
}

fn score(names: &Names, ask: &Ask) -> usize {
    let mut found: Vec<Field> = names
        .values()
        .filter_map(|texts| known(texts).map(|it| it.0))
        .collect();
    for asked in &ask.columns {
        if let Column::Header(header) = &asked.column {
            let header = compared(header);
            if names
                .values()
                .flatten()
                .any(|text| compared(text) == header)
            {
                found.push(asked.field);
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found.len()
}

/// Gives each field its column.
fn map(names: &Names, ask: &Ask, row: &Row, sheet: Option<&str>) -> Result<Header, DossierFault> {
    let spot = |column: u32| row.spot(sheet, column);
    let shown = |column: u32| -> Option<String> {
        let texts = names.get(&column)?;
        let best = known(texts).map(|it| it.1).or_else(|| texts.last());
        best.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let lettered = |columns: &[u32]| -> Vec<String> {
        let told = columns.iter().map(|column| {
            let letters = Spot::column_letters(*column);
            let name = shown(*column).unwrap_or_default();
            format!("{letters} {name}").trim_end().to_owned()
        });
        told.collect()
    };
    let all: Vec<u32> = names.keys().copied().collect();

    let mut columns: BTreeMap<Field, u32> = BTreeMap::new();
    for asked in &ask.columns {
        let column = match &asked.column {
            Column::Number(column) => *column,
            Column::Header(header) => {
                let header_compared = compared(header);
                let same = |texts: &Vec<String>| {
                    texts.iter().any(|text| compared(text) == header_compared)
                };
                let found: Vec<u32> = names
                    .iter()
                    .filter(|(_, texts)| same(texts))
                    .map(|(column, _)| *column)
                    .collect();
                match found.as_slice() {
                    [only] => *only,
                    [] => {
                        return Err(DossierFault::ColumnUnknown {
                            field: asked.field,
                            header: header.clone(),
                            found: lettered(&all),
                            at: spot(1),
                        });
                    }
                    [first, ..] => {
                        return Err(DossierFault::ColumnAmbiguous {
                            field: asked.field,
                            found: lettered(&found),
                            at: spot(*first),
                        });
                    }
                }
            }
        };
        let other = columns.iter().find(|(_, taken)| **taken == column);
        if let Some((other, _)) = other
            && *other != asked.field
        {
            return Err(DossierFault::ColumnShared {
                field: asked.field,
                other: *other,
                column: Spot::column_letters(column),
            });
        }
        columns.insert(asked.field, column);
    }
    let asked: Vec<Field> = columns.keys().copied().collect();
    let taken: Vec<u32> = columns.values().copied().collect();
    for field in Field::ALL {
        if asked.contains(&field) {
            continue;
        }
        let is = |texts: &Vec<String>| known(texts).is_some_and(|it| it.0 == field);
        let found: Vec<u32> = names
            .iter()
            .filter(|(column, texts)| !taken.contains(column) && is(texts))
            .map(|(column, _)| *column)
            .collect();
        match found.as_slice() {
            [] => {}
            [only] => {
                columns.insert(field, *only);
            }
            [first, ..] => {
                return Err(DossierFault::ColumnAmbiguous {
                    field,
                    found: lettered(&found),
                    at: spot(*first),
                });
            }
        }
    }
    for field in required(ask) {
        if !columns.contains_key(&field) {
            return Err(DossierFault::ColumnMissing {
                field,
                found: lettered(&all),
                at: spot(1),
            });
        }
    }
    let names = all
        .iter()
        .filter_map(|column| Some((*column, shown(*column)?)))
        .collect();
    Ok(Header {
        row: Some(row.number),
        first_row: row.number.saturating_add(1),
        columns,
        asked,
        names,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_compared_folded_and_without_parentheses() {
        for (header, field) in [
            ("MÃ HỒ SƠ", Field::Code),
            ("Số hồ sơ (*)", Field::Code),
            ("Ngày\ntiếp nhận", Field::Received),
            ("Ngày tiếp nhận (dd/mm/yyyy)", Field::Received),
            ("Hạn trả kết quả:", Field::Due),
            ("ngay hen tra", Field::Due),
            ("Ngày hẹn lại", Field::Rescheduled),
            ("Thư (phiếu) xin lỗi", Field::Apology),
            ("Lĩnh vực", Field::Field),
        ] {
            assert_eq!(Field::of_header(&compared(header)), Some(field), "{header}");
        }
        for header in ["Ngày nộp", "STT", "Hạn sử dụng", "Người nộp hồ sơ"] {
            assert_eq!(Field::of_header(&compared(header)), None, "{header}");
        }
    }

    #[test]
    fn no_header_stands_for_two_fields() {
        let mut seen: BTreeMap<String, Field> = BTreeMap::new();
        for field in Field::ALL {
            for header in field.headers() {
                for text in [fold(header), without_accents(&fold(header))] {
                    let before = seen.insert(text, field);
                    assert!(before.is_none_or(|it| it == field), "{header}");
                }
            }
        }
    }

    #[test]
    fn a_column_is_named_by_letters_or_by_header() {
        let column = |text: &str| text.parse::<ColumnOf>().map(|it| it.column);
        assert_eq!(column("received=E"), Ok(Column::Number(5)));
        assert_eq!(column("received=AA"), Ok(Column::Number(27)));
        assert_eq!(
            column("received=\"Ngày nộp\""),
            Ok(Column::Header("Ngày nộp".to_owned()))
        );
        for text in ["received", "received=", "colour=E"] {
            assert!(column(text).is_err(), "{text}");
        }
    }
}
