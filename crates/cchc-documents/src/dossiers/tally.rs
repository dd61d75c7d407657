//! Row after row into counts and findings.
//!
//! Of each dossier 48 bytes are kept until the end, so that codes that stand twice are found
//! whatever the order of the rows; everything else of a row is forgotten.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use cchc_core::answer::Severity;
use cchc_core::reading::{
    Counts, Denominator, FieldCount, Observation, ReadFile, Rows, Shares, Spot,
};
use cchc_core::values::fold;
use sha2::{Digest, Sha256};

use super::class::{Class, Dates, Judged, judge};
use super::column::{Field, Header};
use super::date::{self, At, Moment};
use super::{Ask, DossierFault};
use crate::ReadFault;
use crate::sheet::{Cell, Row};

/// Most names of fields (lĩnh vực); a column with more is no such column.
const FIELDS: usize = 2_000;

/// Findings that are listed of each code; the rest is counted.
const LISTED: u64 = 20;

/// Texts whose meaning is remembered, such as states of dossiers.
const REMEMBERED: usize = 1_000;

/// What is kept of a dossier.
struct Kept {
    /// Digest of the code, or the row where there is none.
    key: u128,
    row: u32,
    field: u32,
    /// Hash of all that is counted, to tell repetition from contradiction.
    content: u64,
    judged: Judged,
}

pub(super) struct Tally<'a> {
    ask: &'a Ask,
    header: &'a Header,
    sheet: Option<&'a str>,
    from_1904: bool,
    rows: Rows,
    after_total: bool,
    first: bool,
    kept: Vec<Kept>,
    fields: Fields,
    states: HashMap<String, bool>,
    findings: Findings,
    fault: Option<DossierFault>,
}

/// What a file comes to.
pub(super) struct Counted {
    pub(super) rows: Rows,
    pub(super) counts: Counts,
    pub(super) fields: Vec<FieldCount>,
    pub(super) findings: Findings,
}

/// Names of fields, by number.
#[derive(Default)]
struct Fields {
    by_text: HashMap<String, u32>,
    by_key: HashMap<String, u32>,
    names: Vec<String>,
}

/// Findings, at most so many of each code.
#[derive(Default)]
pub(super) struct Findings {
    listed: Vec<Observation>,
    found: BTreeMap<&'static str, u64>,
}

impl Findings {
    fn add(&mut self, code: &'static str, make: impl FnOnce() -> Observation) {
        let found = self.found.entry(code).or_insert(0);
        *found += 1;
        if *found <= LISTED {
            self.listed.push(make());
        }
    }

    /// What concerns the file as a whole.
    pub(super) fn whole(
        &mut self,
        file: &ReadFile,
        header: &Header,
        counts: &Counts,
        shares: &Shares,
    ) {
        let mut add = |code, severity, remedy, params: &[(&'static str, String)]| {
            self.add(code, || {
                let new = Observation::new(code, severity, Spot::File {}, remedy);
                params
                    .iter()
                    .fold(new, |new, (name, value)| new.with(name, value))
            });
        };
        let ending = file.name.rsplit_once('.').map(|it| it.1.to_lowercase());
        let text = |ending: &str| file.kind == "csv" && matches!(ending, "txt" | "tsv");
        if let Some(ending) = ending.filter(|it| it != file.kind && !text(it)) {
            let params = [("found", file.kind.to_owned()), ("ending", ending)];
            add("ending_other", Severity::Note, "rename_file", &params);
        }
        for field in [Field::Code, Field::Rescheduled, Field::Apology] {
            if header.column(field).is_none() {
                let params = [("field", field.name().to_owned())];
                add("column_absent", Severity::Note, "name_column", &params);
            }
        }
        if counts.total() == 0 {
            add("no_dossier", Severity::Problem, "check_window", &[]);
        }
        if counts.unreadable > 0 {
            let params = [("count", counts.unreadable.to_string())];
            add(
                "unreadable_is_open",
                Severity::Warning,
                "mend_rows",
                &params,
            );
        }
        if counts.in_time_after_rescheduling > 0 {
            let params = [("count", counts.in_time_after_rescheduling.to_string())];
            add(
                "rests_on_rescheduling",
                Severity::Note,
                "state_rescheduling",
                &params,
            );
        }
        if shares.apologies.won > 0 {
            let params = [("count", shares.apologies.won.to_string())];
            add(
                "letters_needed",
                Severity::Note,
                "register_letters",
                &params,
            );
        }
    }

    /// The findings in the order of their places, and how many of each code there are.
    pub(super) fn told(mut self) -> (Vec<Observation>, BTreeMap<&'static str, u64>) {
        let file = |it: &Observation| it.at == Spot::File {};
        self.listed
            .sort_by(|a, b| (!file(a), &a.at, a.code).cmp(&(!file(b), &b.at, b.code)));
        (self.listed, self.found)
    }
}

impl<'a> Tally<'a> {
    pub(super) fn of(
        ask: &'a Ask,
        header: &'a Header,
        sheet: Option<&'a str>,
        from_1904: bool,
    ) -> Tally<'a> {
        Tally {
            ask,
            header,
            sheet,
            from_1904,
            rows: Rows::default(),
            after_total: false,
            first: true,
            kept: Vec::new(),
            fields: Fields::default(),
            states: HashMap::new(),
            findings: Findings::default(),
            fault: None,
        }
    }

    fn cell<'r>(&self, row: &'r Row, field: Field) -> Option<&'r Cell> {
        row.get(self.header.column(field)?)
    }

    fn date(&self, row: &Row, field: Field) -> Moment {
        date::read(self.cell(row, field), self.from_1904)
    }

    fn tell(
        &mut self,
        row: &Row,
        field: Field,
        code: &'static str,
        severity: Severity,
        remedy: &'static str,
        params: &[(&'static str, String)],
    ) {
        let column = self.header.column(field).unwrap_or(1);
        let at = row.spot(self.sheet, column);
        let found = self.cell(row, field).map(Cell::shown);
        self.findings.add(code, || {
            let mut new = Observation::new(code, severity, at, remedy).of(field.name());
            if let Some(found) = found {
                let short: String = found.chars().take(60).collect();
                new = new.with("found", short);
            }
            params
                .iter()
                .fold(new, |new, (name, value)| new.with(name, value))
        });
    }

    /// Takes a row; says whether one more is wanted.
    pub(super) fn row(&mut self, row: &Row) -> bool {
        self.rows.read += 1;
        let first = std::mem::take(&mut self.first);
        if self.is_total(row) {
            self.rows.totals += 1;
            self.after_total = true;
        } else if self.after_total {
            self.rows.after_totals += 1;
            let due = self.date(row, Field::Due).at();
            let received = self.date(row, Field::Received).at();
            if due.is_some() || received.is_some() {
                self.tell(
                    row,
                    Field::Due,
                    "dossier_after_total",
                    Severity::Problem,
                    "move_total",
                    &[],
                );
            }
        } else if (first && is_numbering(row)) || self.is_heading(row) {
            self.rows.headings += 1;
        } else {
            self.dossier(row);
        }
        self.fault.is_none()
    }

    /// A line such as `Tổng cộng`, without the dates of a dossier.
    fn is_total(&self, row: &Row) -> bool {
        let mut texts = row.cells.iter().take(3).filter_map(|(_, cell)| match cell {
            Cell::Text(text) if text.starts_with(['T', 't', 'C', 'c']) => Some(text),
            _ => None,
        });
        let total = texts.any(|text| {
            let folded = fold(text);
            let name = folded.trim_end_matches([':', '.', ' ']);
            matches!(name, "tổng" | "cộng")
                || ["tổng cộng", "tổng số", "cộng:"]
                    .iter()
                    .any(|start| folded.starts_with(start))
        });
        total
            && [Field::Received, Field::Due, Field::Returned]
                .iter()
                .all(|field| self.date(row, *field).at().is_none())
    }

    /// The name of a group alone in its row, or the header once more.
    fn is_heading(&self, row: &Row) -> bool {
        if let [(_, Cell::Text(text))] = row.cells.as_slice()
            && text.contains(char::is_whitespace)
        {
            return true;
        }
        let column = self.header.column(Field::Due);
        match column.and_then(|column| Some((column, row.get(column)?))) {
            Some((column, Cell::Text(text))) if !text.starts_with(|c: char| c.is_ascii_digit()) => {
                self.header.is(column, text)
            }
            _ => false,
        }
    }

    fn dossier(&mut self, row: &Row) {
        let read = self.read(row);
        let field = match self.field(row) {
            Ok(field) => field,
            Err(fault) => {
                self.fault = Some(fault);
                return;
            }
        };
        let key = match self.cell(row, Field::Code).map(Cell::shown) {
            Some(code) => key(&code),
            None => {
                if self.header.column(Field::Code).is_some() {
                    self.tell(
                        row,
                        Field::Code,
                        "code_blank",
                        Severity::Warning,
                        "fill_code",
                        &[],
                    );
                }
                // No digest of a text is so small, but for one in 2⁹⁶.
                u128::from(row.number)
            }
        };
        let mut hasher = DefaultHasher::new();
        (read.content, read.judged.class, field).hash(&mut hasher);
        self.kept.push(Kept {
            key,
            row: row.number,
            field,
            content: hasher.finish(),
            judged: read.judged,
        });
    }

    /// The number of the row's field.
    fn field(&mut self, row: &Row) -> Result<u32, DossierFault> {
        let text = match self.cell(row, Field::Field) {
            Some(cell) => cell.shown(),
            None => String::new(),
        };
        if let Some(known) = self.fields.by_text.get(&text) {
            return Ok(*known);
        }
        let next = u32::try_from(self.fields.names.len()).unwrap_or(u32::MAX);
        let number = *self.fields.by_key.entry(fold(&text)).or_insert(next);
        let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = cchc_core::values::nfc(&name);
        // Of two writings the same one is shown whatever the order of the rows.
        let known = usize::try_from(number).ok();
        match known.and_then(|it| self.fields.names.get_mut(it)) {
            Some(known) if name < *known => *known = name,
            Some(_) => {}
            None => self.fields.names.push(name),
        }
        if self.fields.names.len() > FIELDS || self.fields.by_text.len() > FIELDS {
            return Err(DossierFault::Read(ReadFault::TooMuch {
                what: "fields",
                most: u64::try_from(FIELDS).unwrap_or(u64::MAX),
            }));
        }
        self.fields.by_text.insert(text, number);
        Ok(number)
    }

    /// A date that is asked for; what is wrong with it is told.
    fn asked(&mut self, row: &Row, field: Field) -> Option<Option<At>> {
        let told = self.date(row, field);
        match told {
            Moment::Blank => Some(None),
            Moment::At(at) => Some(Some(at)),
            Moment::Serial(at) => {
                let day = [("day", at.day.to_string())];
                self.tell(
                    row,
                    field,
                    "date_serial",
                    Severity::Note,
                    "format_as_date",
                    &day,
                );
                Some(Some(at))
            }
            Moment::Several(_) => {
                self.tell(
                    row,
                    field,
                    "date_several",
                    Severity::Problem,
                    "write_date",
                    &[],
                );
                None
            }
            Moment::Unusable(code) => {
                self.tell(row, field, code, Severity::Problem, "write_date", &[]);
                None
            }
        }
    }

    fn read(&mut self, row: &Row) -> Read {
        let has_received = self.header.column(Field::Received).is_some();
        let received = self.asked(row, Field::Received);
        let due = self.asked(row, Field::Due);
        let returned = self.asked(row, Field::Returned);
        let rescheduled = self.rescheduled(row);
        let apology = self.apology(row);
        let content = Content {
            received: received.flatten(),
            due: due.flatten(),
            returned: returned.flatten(),
            rescheduled,
            apology,
        };
        let judged = |class| Read {
            judged: Judged::of(class),
            content,
        };

        // Whether it belongs to the count at all.
        if let Some(Some(received)) = received
            && received.day >= self.ask.as_of
        {
            self.tell(
                row,
                Field::Received,
                "received_not_yet",
                Severity::Note,
                "check_as_of",
                &[],
            );
            return judged(Class::Outside);
        }
        let seen = returned.map(|at| at.filter(|at| at.day < self.ask.as_of));
        if let (Some(Some(_)), Some(None)) = (returned, seen) {
            self.tell(
                row,
                Field::Returned,
                "returned_not_yet",
                Severity::Note,
                "check_as_of",
                &[],
            );
        }
        let window = self.ask.window;
        let inside = |at: At| window.is_none_or(|it| it.contains(at.day));
        let outside = match self.ask.denominator {
            Denominator::Received => matches!(received, Some(Some(at)) if !inside(at)),
            Denominator::Resolved => match seen {
                Some(Some(at)) => !inside(at),
                Some(None) => true,
                None => false,
            },
        };
        if outside {
            return judged(Class::Outside);
        }

        // Whether its dates can be believed.
        let mut usable = true;
        if has_received && received == Some(None) {
            self.tell(
                row,
                Field::Received,
                "received_blank",
                Severity::Problem,
                "write_date",
                &[],
            );
            usable = false;
        }
        if due == Some(None) {
            self.tell(
                row,
                Field::Due,
                "due_blank",
                Severity::Problem,
                "write_date",
                &[],
            );
            usable = false;
        }
        if let Some(Some(received)) = received {
            let wrong = [
                (Field::Returned, returned, "returned_before_received"),
                (Field::Due, due, "due_before_received"),
            ];
            for (field, at, code) in wrong {
                if let Some(Some(at)) = at
                    && at.is_before(&received)
                {
                    let params = [("received", received.day.to_string())];
                    self.tell(row, field, code, Severity::Problem, "mend_dates", &params);
                    usable = false;
                }
            }
        }
        if returned == Some(None) && self.is_done(row) {
            self.tell(
                row,
                Field::Status,
                "status_without_returned",
                Severity::Problem,
                "write_date",
                &[],
            );
            usable = false;
        }
        let (Some(_), Some(Some(due)), Some(seen), true) = (received, due, seen, usable) else {
            return judged(Class::Unreadable);
        };
        let later = rescheduled.filter(|again| again.is_after(&due));
        if rescheduled.is_some() && later.is_none() {
            self.tell(
                row,
                Field::Rescheduled,
                "rescheduled_not_later",
                Severity::Warning,
                "mend_dates",
                &[("due", due.day.to_string())],
            );
        }
        let dates = Dates {
            due,
            rescheduled: later,
            returned: seen,
            apology,
        };
        let told = judge(&dates, self.ask.as_of, self.ask.rescheduled);
        if apology && seen.is_some_and(|seen| !seen.is_after(&due)) {
            self.tell(
                row,
                Field::Apology,
                "apology_without_lateness",
                Severity::Warning,
                "check_apology",
                &[],
            );
        }
        Read {
            judged: told,
            content,
        }
    }

    /// The first new date; a second one is told and has no effect.
    fn rescheduled(&mut self, row: &Row) -> Option<At> {
        let first = match self.date(row, Field::Rescheduled) {
            Moment::Several(first) => {
                self.twice(row, Field::Rescheduled);
                Some(first)
            }
            // What cannot be read gives no more time.
            _ => self.asked(row, Field::Rescheduled).flatten(),
        };
        let again = self.date(row, Field::RescheduledAgain);
        if again != Moment::Blank {
            self.twice(row, Field::RescheduledAgain);
        }
        let count = self.cell(row, Field::RescheduleCount).map(Cell::shown);
        let more = count
            .and_then(|it| it.parse::<u32>().ok())
            .is_some_and(|it| it > 1);
        if more {
            self.twice(row, Field::RescheduleCount);
            // Which date was the first one is not told, unless the second stands apart.
            self.header.column(Field::RescheduledAgain)?;
        }
        first
    }

    fn twice(&mut self, row: &Row, field: Field) {
        self.tell(
            row,
            field,
            "rescheduled_twice",
            Severity::Problem,
            "check_rescheduling",
            &[],
        );
    }

    /// Whether the cell says that there is a letter.
    fn apology(&mut self, row: &Row) -> bool {
        match self.cell(row, Field::Apology) {
            None | Some(Cell::Boolean(false)) => false,
            Some(Cell::Number(number)) => number != "0",
            Some(Cell::Text(text)) => {
                let folded = fold(text);
                !(folded.starts_with("không")
                    || folded.starts_with("chưa")
                    || folded.starts_with("k có")
                    || matches!(
                        folded.as_str(),
                        "0" | "-" | "no" | "n" | "false" | "k" | "o"
                    ))
            }
            Some(Cell::Error(_)) => {
                self.tell(
                    row,
                    Field::Apology,
                    "cell_error",
                    Severity::Problem,
                    "write_date",
                    &[],
                );
                false
            }
            Some(_) => true,
        }
    }

    /// Whether the state says that the dossier was returned.
    fn is_done(&mut self, row: &Row) -> bool {
        let Some(Cell::Text(text)) = self.cell(row, Field::Status) else {
            return false;
        };
        if let Some(known) = self.states.get(text) {
            return *known;
        }
        let folded = fold(text);
        let done = [
            "đã trả kết quả",
            "đã hoàn thành",
            "đã giải quyết",
            "đã có kết quả",
            "hoàn thành",
        ];
        let done = done.iter().any(|start| folded.starts_with(start));
        if self.states.len() < REMEMBERED {
            self.states.insert(text.clone(), done);
        }
        done
    }

    /// All rows were seen.
    pub(super) fn finish(mut self) -> Result<Counted, DossierFault> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_unstable_by_key(|it| (it.key, it.row));
        let mut counts = Counts::default();
        let mut fields = vec![Counts::default(); self.fields.names.len()];
        let mut twice: Vec<(u32, &'static str, u32)> = Vec::new();
        for same in kept.chunk_by(|a, b| a.key == b.key) {
            let Some((first, others)) = same.split_first() else {
                continue;
            };
            let conflicting = others.iter().any(|it| it.content != first.content);
            for it in same {
                let is_first = it.row == first.row;
                if !conflicting && !is_first {
                    self.rows.repeated += 1;
                    twice.push((it.row, "dossier_repeated", first.row));
                    continue;
                }
                let judged = if conflicting {
                    let other = others.first().filter(|_| is_first).unwrap_or(first).row;
                    twice.push((it.row, "dossier_conflicting", other));
                    Judged::of(Class::Unreadable)
                } else {
                    it.judged
                };
                if judged.class == Class::Outside {
                    self.rows.outside += 1;
                    continue;
                }
                self.rows.counted += 1;
                judged.add_to(&mut counts);
                let field = usize::try_from(it.field).unwrap_or(usize::MAX);
                if let Some(field) = fields.get_mut(field) {
                    judged.add_to(field);
                }
            }
        }
        twice.sort_unstable();
        let column = self.header.column(Field::Code).unwrap_or(1);
        for (row, code, other) in twice {
            let at = Spot::Cell {
                sheet: self.sheet.map(str::to_owned),
                row,
                column,
            };
            self.findings.add(code, || {
                let (severity, remedy) = if code == "dossier_repeated" {
                    (Severity::Warning, "remove_row")
                } else {
                    (Severity::Problem, "mend_rows")
                };
                Observation::new(code, severity, at, remedy)
                    .of(Field::Code.name())
                    .with("other", other)
            });
        }
        Ok(Counted {
            rows: self.rows,
            counts,
            fields: self.fields.told(self.header, fields),
            findings: self.findings,
        })
    }
}

impl Fields {
    /// The fields that have dossiers, by name.
    fn told(self, header: &Header, counts: Vec<Counts>) -> Vec<FieldCount> {
        if header.column(Field::Field).is_none() {
            return Vec::new();
        }
        let mut fields: Vec<FieldCount> = self
            .names
            .into_iter()
            .zip(counts)
            .filter(|(_, counts)| counts.total() > 0)
            .map(|(field, counts)| FieldCount { field, counts })
            .collect();
        fields.sort_by_cached_key(|it| (fold(&it.field), it.field.clone()));
        fields
    }
}

/// A row below the header that only numbers the columns: `(1) (2) (3)`.
fn is_numbering(row: &Row) -> bool {
    let number = |cell: &Cell| -> Option<u32> {
        let text = match cell {
            Cell::Number(text) | Cell::Text(text) => text,
            _ => return None,
        };
        text.trim_matches(['(', ')', '[', ']', ' ']).parse().ok()
    };
    row.cells.len() > 2
        && row
            .cells
            .iter()
            .zip(row.cells.iter().skip(1))
            .all(|(a, b)| match (number(&a.1), number(&b.1)) {
                (Some(a), Some(b)) => b == a + 1,
                _ => false,
            })
}

/// Digest of a code as it is compared.
fn key(code: &str) -> u128 {
    let plain = code
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b.is_ascii_lowercase());
    let digest = if plain {
        // What folding would do to it, without its cost.
        Sha256::digest(code.to_ascii_lowercase())
    } else {
        Sha256::digest(fold(code))
    };
    digest
        .iter()
        .take(16)
        .fold(0, |sum, byte| sum << 8 | u128::from(*byte))
}

/// What is counted of a row.
#[derive(Clone, Copy, Hash)]
struct Content {
    received: Option<At>,
    due: Option<At>,
    returned: Option<At>,
    rescheduled: Option<At>,
    apology: bool,
}

/// A row as it was read.
struct Read {
    judged: Judged,
    content: Content,
}
