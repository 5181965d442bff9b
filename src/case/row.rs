//! A case as a row of comma-separated values. A column is named by the path of its input; an empty cell is absent.
//!
//! - A text, word, date, number, `true` or `false` stands as it is.
//! - A list of words, dates or numbers has `;` between its entries.
//! - A list of records, such as `contacts`, is a JSON list in the cell; so may be any other list. The answers of a section and
//!   `expect` are a JSON object.
//! - A column `local.NAME` is a policy's own input: a number, `true`, `false`, or else a text; a text that looks like one of
//!   those stands in quotes, as in JSON.
//!
//! What a row holds of a case has no line break in it; a cell that nothing is read from may have some.

use super::{
    cells::{Cell, Dialect, written},
    column::{Column, Holds, cell_of, model, write_cell},
    document::MAX_KEY,
    fault::{Fault, Mark, Wrong, nearest},
    faults::{ANSWERED, Faults},
    grouped::{Grouped, grouped, next, regroup},
    json,
    model::Case,
    oasys::need_of,
    sheet_cell::SheetCell,
    text::FreeWord,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// More columns than the model and any policy's own inputs have.
pub const MAX_COLUMNS: usize = 2_000;

const START: Mark = Mark { line: 1, column: 1 };

/// The columns of a table of cases.
#[derive(Debug, Clone)]
pub struct Header {
    columns: Vec<Column>,
    by_path: BTreeMap<String, usize>,
    /// How its rows are written.
    dialect: Dialect,
    /// The columns with those of one group together, each group where its first column stands.
    grouped: Vec<Grouped>,
}

impl Header {
    /// The header of every input of the model, with a policy's own inputs by name.
    #[must_use]
    pub fn all<'a>(own: impl IntoIterator<Item = &'a str>) -> Self {
        let own = own.into_iter().map(|name| Column { path: format!("local.{name}"), holds: Holds::Anything });
        Self::new(model().into_iter().chain(own).collect())
    }

    /// The header that a line of comma-separated paths makes.
    ///
    /// # Errors
    ///
    /// As [`Header::of`], and when the line is not well-formed.
    pub fn parse(line: &str) -> Result<Self, Fault> {
        Self::of(line, Dialect::default())
    }

    /// The header of the paths on a line. A column without a name holds nothing.
    ///
    /// # Errors
    ///
    /// When a column is unknown or stands twice, there are too many, or `crn` is missing; on line 1, at the column's place.
    pub fn of(line: &str, dialect: Dialect) -> Result<Self, Fault> {
        let cells = dialect.cells(line)?;
        let named = |name: &str| cells.iter().position(|cell| name_of(&cell.text).eq_ignore_ascii_case(name));
        if named("crn").is_none() {
            // What stands in a header may be the first row of a table without one: nothing of it is repeated.
            return Err(Fault::at("", Some(START), Wrong::NoHeader));
        }
        if let Some(index) = named(ANSWERED) {
            return Err(Fault::at("", Some(dialect.place(line, &cells, index)), Wrong::AN_ANSWER));
        }
        let known: BTreeMap<String, Holds> = model().into_iter().map(|column| (column.path, column.holds)).collect();
        let mut columns: Vec<Column> = Vec::new();
        let mut seen = BTreeSet::new();
        for (index, cell) in cells.iter().enumerate() {
            let (named, at) = (name_of(&cell.text), dialect.place(line, &cells, index));
            // A need may be named as it may be written: its score alone.
            let score = format!("{named}.score");
            let path = if need_of(&score).is_some() && known.contains_key(&score) { score.as_str() } else { named };
            if columns.len() == MAX_COLUMNS {
                let said = format!("more than {MAX_COLUMNS} columns");
                return Err(Fault::at("", Some(at), Wrong::Other { said }));
            }
            let holds = match known.get(path) {
                Some(holds) => *holds,
                None if path.is_empty() => Holds::Nothing,
                None if path.strip_prefix("local.").is_some_and(|name| FreeWord::parse(name).is_some()) => {
                    Holds::Anything
                }
                None if path.len() > MAX_KEY => return Err(Fault::at("", Some(at), Wrong::KeyNotAWord)),
                None => return Err(unknown(path, &known, at)),
            };
            if holds != Holds::Nothing && !seen.insert(path.to_owned()) {
                return Err(Fault::at(path, Some(at), Wrong::DuplicateKey).spared());
            }
            columns.push(Column { path: path.to_owned(), holds });
        }
        Ok(Self { dialect, ..Self::new(columns) })
    }

    fn new(columns: Vec<Column>) -> Self {
        let by_path = columns.iter().enumerate().map(|(index, column)| (column.path.clone(), index)).collect();
        let grouped = grouped(&columns);
        Self { columns, by_path, grouped, dialect: Dialect::default() }
    }

    /// How its rows are written.
    #[must_use]
    pub const fn dialect(&self) -> &Dialect {
        &self.dialect
    }

    /// The paths of the columns.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| column.path.as_str())
    }

    /// The line that names the columns, without a line break.
    #[must_use]
    pub fn line(&self) -> String {
        self.paths().collect::<Vec<_>>().join(",")
    }

    /// Reads the case of a row.
    ///
    /// # Errors
    ///
    /// As [`Case::parse`], with the path of the field and the place of its cell, counted from the row as line 1.
    pub fn read(&self, row: &str) -> Result<Case, Fault> {
        let cells = self.cells(row)?;
        let mut wrong = Vec::new();
        let json = self.json(row, &cells, &mut wrong);
        if let Some(case) = Case::quick_json(&json).filter(|_| wrong.is_empty()) {
            return Ok(case);
        }
        let mut faults = self.faults(row);
        match faults.case {
            Some((case, _)) if faults.all.is_empty() => Ok(case),
            _ => Err(faults.all.swap_remove(0)),
        }
    }

    /// Everything that is wrong with a row, in the order of its cells.
    #[must_use]
    pub fn faults(&self, row: &str) -> Faults {
        let cells = match self.cells(row) {
            Ok(cells) => cells,
            Err(fault) => return Faults::only(fault),
        };
        let mut wrong = Vec::new();
        let json = self.json(row, &cells, &mut wrong);
        let mut faults = json::parse(&json).map_or_else(Faults::only, Faults::of);
        for fault in &mut faults.all {
            let path = match &fault.wrong {
                Wrong::Missing { key } if fault.path.is_empty() => key,
                _ => &fault.path,
            };
            fault.at = Some(self.place(row, &cells, path));
        }
        faults.all.extend(wrong);
        faults.all.sort_by_key(|fault| fault.at);
        faults.all = faults.all.into_iter().map(Fault::spared).collect();
        faults
    }

    /// The cells of a row of as many as there are columns.
    fn cells<'a>(&self, row: &'a str) -> Result<Vec<Cell<'a>>, Fault> {
        let cells = self.dialect.cells(row)?;
        let (there, known) = (cells.len(), self.columns.len());
        // Spreadsheets end rows with cells of which nothing is used.
        let far = (known..).zip(cells.iter().skip(known)).find(|(_, cell)| !is_blank(&cell.text));
        if let Some((index, _)) = far.filter(|_| self.dialect.sheet.is_some()) {
            return Err(Fault::at("", Some(self.dialect.place(row, &cells, index)), Wrong::SheetCell(SheetCell::Far)));
        }
        if there < known || far.is_some() {
            return Err(Fault::at("", Some(START), Wrong::Cells { there, known, delimiter: self.dialect.delimiter }));
        }
        Ok(cells)
    }

    /// The case reference of a row that may be wrong elsewhere.
    #[must_use]
    pub fn crn(&self, row: &str) -> Option<String> {
        let index = self.by_path.get("crn")?;
        let cells = self.dialect.cells(row).ok()?;
        super::text::Reference::parse(&cells.get(*index)?.text).map(|crn| crn.to_string())
    }

    /// The row as the JSON of a case, without the cells that are wrong.
    fn json(&self, row: &str, cells: &[Cell<'_>], wrong: &mut Vec<Fault>) -> String {
        let mut json = String::with_capacity(2 * row.len() + 256);
        json.push('{');
        let (mut open, mut value) = ("", String::new());
        for Grouped { index, group, key } in &self.grouped {
            let Some((cell, column)) = cells.get(*index).zip(self.columns.get(*index)) else { continue };
            if is_blank(&cell.text) {
                continue;
            }
            let mut is_wrong = |path: &str, what| {
                wrong.push(Fault::at(path, Some(self.dialect.place(row, cells, *index)), what));
            };
            if column.holds == Holds::Nothing {
                is_wrong("", Wrong::NamelessColumn);
                continue;
            }
            if open != group {
                regroup(open, group, &mut json);
                open = group;
            }
            if let Some(why) = self.dialect.unreadable(cell) {
                is_wrong(&column.path, Wrong::SheetCell(why));
                continue;
            }
            value.clear();
            if let Err(wrong) = write_cell(column.holds, &cell.text, &mut value) {
                is_wrong(&column.path, wrong);
                continue;
            }
            next(&mut json);
            json.push_str(key);
            json.push_str(&value);
        }
        regroup(open, "", &mut json);
        json.push('}');
        json
    }

    /// Where the cell of a row stands that a path leads to.
    #[must_use]
    pub fn place_of(&self, row: &str, path: &str) -> Option<Mark> {
        self.dialect.cells(row).ok().map(|cells| self.place(row, &cells, path))
    }

    fn place(&self, row: &str, cells: &[Cell<'_>], path: &str) -> Mark {
        let leads = |column: &Column| {
            path.strip_prefix(column.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let within = |column: &Column| column.path.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
        let index = self.columns.iter().position(leads).or_else(|| self.columns.iter().position(within));
        self.dialect.place(row, cells, index.unwrap_or(0))
    }

    /// The row of a case that is given as JSON, without a line break.
    ///
    /// # Errors
    ///
    /// The path of the first value that no column holds.
    pub fn row(&self, case: &Value) -> Result<String, String> {
        let mut cells = vec![String::new(); self.columns.len()];
        self.fill("", case, &mut cells)?;
        Ok(cells.iter().map(|cell| written(cell)).collect::<Vec<_>>().join(","))
    }

    fn fill(&self, path: &str, value: &Value, cells: &mut [String]) -> Result<(), String> {
        // A section may be there in its short form, the score alone.
        let score = || value.is_number().then(|| self.by_path.get(&format!("{path}.score"))).flatten();
        match (self.by_path.get(path).or_else(score), value) {
            (_, Value::Null) => {}
            (Some(index), _) => {
                if let Some((cell, column)) = cells.get_mut(*index).zip(self.columns.get(*index)) {
                    *cell = cell_of(column.holds, value);
                }
            }
            (None, Value::Object(fields)) => {
                for (name, value) in fields {
                    let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    self.fill(&path, value, cells)?;
                }
            }
            (None, _) => return Err(path.to_owned()),
        }
        Ok(())
    }
}

fn unknown(path: &str, known: &BTreeMap<String, Holds>, at: Mark) -> Fault {
    let all: Vec<String> = known.keys().cloned().collect();
    let group = path.split('.').next().unwrap_or(path);
    let inside = |one: &&String| one.split('.').next() == Some(group);
    let near = nearest(path, &all).is_some();
    let known = if near { all } else { all.iter().filter(inside).cloned().collect() };
    let known = if known.is_empty() { Case::FIELDS.iter().map(|field| field.name.to_owned()).collect() } else { known };
    Fault::at(path, Some(at), Wrong::UnknownKey { key: path.to_owned(), known }).spared()
}

/// The name of a column, without what a spreadsheet or an editor puts around it.
pub(crate) fn name_of(cell: &str) -> &str {
    cell.trim_matches(|letter: char| letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}'))
}

/// Whether a cell holds nothing but blanks.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.trim_start().is_empty()
}
