//! A case as a row of comma-separated values. A column is named by the path of its input; an empty cell is absent.
//!
//! - A text, word, date, number, `true` or `false` stands as it is.
//! - A list of words, dates or numbers has `;` between its entries.
//! - A list of records, such as `contacts`, is a JSON list in the cell; so may be any other list. The answers of a section and
//!   `expect` are a JSON object.
//! - A column `local.NAME` is a policy's own input: a number, `true`, `false`, or else a text; a text that looks like one of
//!   those stands in quotes, as in JSON.
//!
//! A row is one line: nothing in a case holds a line break.

use super::{
    Case,
    cells::{cells, starts, written},
    column::{Column, Holds, cell_of, model, text, write_cell},
    fault::{Fault, Mark, Wrong, nearest},
};
use serde_json::Value;
use std::{borrow::Cow, collections::BTreeMap};

/// The columns of a table of cases.
#[derive(Debug, Clone)]
pub struct Header {
    columns: Vec<Column>,
    by_path: BTreeMap<String, usize>,
    tree: Vec<Branch>,
}

/// The columns by the steps of their paths, so that those of one group are written together.
#[derive(Debug, Clone)]
enum Branch {
    Column { name: String, index: usize },
    Group { name: String, inside: Vec<Branch> },
}

impl Header {
    /// The header of every input of the model, with a policy's own inputs by name.
    #[must_use]
    pub fn all<'a>(own: impl IntoIterator<Item = &'a str>) -> Self {
        let own = own.into_iter().map(|name| Column { path: format!("local.{name}"), holds: Holds::Anything });
        Self::new(model().into_iter().chain(own).collect())
    }

    /// The header of these columns, in this order.
    ///
    /// # Errors
    ///
    /// When a column is unknown or stands twice, or `crn` is missing; on line 1, at the column's place.
    pub fn of<'a>(paths: impl IntoIterator<Item = &'a str>) -> Result<Self, Fault> {
        let known: BTreeMap<String, Holds> = model().into_iter().map(|column| (column.path, column.holds)).collect();
        let mut columns: Vec<Column> = Vec::new();
        let mut at = Mark { line: 1, column: 1 };
        for path in paths {
            let holds = match known.get(path) {
                Some(holds) => *holds,
                None if path.strip_prefix("local.").is_some_and(|name| !name.is_empty()) => Holds::Anything,
                None => return Err(unknown(path, &known, at)),
            };
            if columns.iter().any(|column| column.path == path) {
                return Err(Fault::at(path, Some(at), Wrong::DuplicateKey));
            }
            at.column += path.chars().count() + 1;
            columns.push(Column { path: path.to_owned(), holds });
        }
        if columns.iter().all(|column| column.path != "crn") {
            return Err(Fault::at("", Some(Mark { line: 1, column: 1 }), Wrong::Missing { key: "crn".to_owned() }));
        }
        Ok(Self::new(columns))
    }

    /// The header that a line of comma-separated paths makes.
    ///
    /// # Errors
    ///
    /// As [`Header::of`], and when the line is not well-formed.
    pub fn parse(line: &str) -> Result<Self, Fault> {
        let cells = cells(line).map_err(|at| not_a_row(1, at))?;
        Self::of(cells.iter().map(|cell| cell.trim()))
    }

    fn new(columns: Vec<Column>) -> Self {
        let mut tree = Vec::new();
        for (index, column) in columns.iter().enumerate() {
            plant(&mut tree, &column.path, index);
        }
        let by_path = columns.iter().enumerate().map(|(index, column)| (column.path.clone(), index)).collect();
        Self { columns, by_path, tree }
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
        let cells = cells(row).map_err(|at| not_a_row(1, at))?;
        if cells.len() != self.columns.len() {
            let said = format!("{} cells in the row, {} columns in the header", cells.len(), self.columns.len());
            return Err(Fault::at("", Some(Mark { line: 1, column: 1 }), Wrong::Other { said }));
        }
        let json = self.json(row, &cells)?;
        if let Some(case) = Case::quick_json(&json) {
            return Ok(case);
        }
        Case::parse_json(&json)
            .map(|(case, _)| case)
            .map_err(|fault| Fault { at: Some(self.place(row, &fault.path)), ..fault })
    }

    /// The case reference of a row that may be wrong elsewhere.
    #[must_use]
    pub fn crn(&self, row: &str) -> Option<String> {
        let index = self.by_path.get("crn")?;
        let cells = cells(row).ok()?;
        super::text::Reference::parse(cells.get(*index)?).map(|crn| crn.to_string())
    }

    /// The row as the JSON of a case.
    fn json(&self, row: &str, cells: &[Cow<'_, str>]) -> Result<String, Fault> {
        let mut json = String::with_capacity(row.len() + 32 * self.tree.len());
        self.object(&self.tree, cells, &mut json).map_err(|(index, said)| {
            let path = self.columns.get(index).map(|column| column.path.clone()).unwrap_or_default();
            Fault { at: Some(self.place(row, &path)), path, wrong: Wrong::Syntax { said } }
        })?;
        Ok(json)
    }

    /// Writes the cells of some branches, and says whether any of them holds anything.
    fn object(&self, tree: &[Branch], cells: &[Cow<'_, str>], json: &mut String) -> Result<bool, (usize, String)> {
        let mut any = false;
        json.push('{');
        for branch in tree {
            let before = json.len();
            if any {
                json.push(',');
            }
            let written = match branch {
                Branch::Group { name, inside } => {
                    key(name, json);
                    self.object(inside, cells, json)?
                }
                Branch::Column { name, index } => match cells.get(*index).zip(self.columns.get(*index)) {
                    Some((cell, column)) if !cell.is_empty() => {
                        key(name, json);
                        write_cell(column.holds, cell, json).map_err(|said| (*index, said))?;
                        true
                    }
                    _ => false,
                },
            };
            if !written {
                json.truncate(before);
            }
            any |= written;
        }
        json.push('}');
        Ok(any)
    }

    /// Where the cell stands that a path leads to.
    fn place(&self, row: &str, path: &str) -> Mark {
        let leads = |column: &Column| {
            path.strip_prefix(column.path.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        let index = self.columns.iter().position(leads).unwrap_or(0);
        let starts = starts(row);
        let start = starts.get(index).copied().unwrap_or(0);
        let before = row.get(..start).unwrap_or("");
        Mark { line: 1, column: before.chars().count() + 1 }
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
        let score = || self.by_path.get(&format!("{path}.score"));
        match (self.by_path.get(path), value) {
            (_, Value::Null) => Ok(()),
            (Some(index), _) => self.put(*index, value, cells),
            (None, Value::Object(fields)) => fields.iter().try_for_each(|(name, value)| {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                self.fill(&path, value, cells)
            }),
            // A section in its short form: the score alone.
            (None, Value::Number(_)) if score().is_some() => {
                score().map_or(Ok(()), |index| self.put(*index, value, cells))
            }
            (None, _) => Err(path.to_owned()),
        }
    }

    fn put(&self, index: usize, value: &Value, cells: &mut [String]) -> Result<(), String> {
        let column = self.columns.get(index).ok_or_else(String::new)?;
        let cell = cells.get_mut(index).ok_or_else(String::new)?;
        *cell = cell_of(column.holds, value);
        Ok(())
    }
}

fn unknown(path: &str, known: &BTreeMap<String, Holds>, at: Mark) -> Fault {
    let all: Vec<String> = known.keys().cloned().collect();
    let group = path.split('.').next().unwrap_or(path);
    let inside = |one: &&String| one.split('.').next() == Some(group);
    let near = nearest(path, &all).is_some();
    let known = if near { all } else { all.iter().filter(inside).cloned().collect() };
    let known =
        if known.is_empty() { Case::FIELDS.iter().map(|field| field.name().to_owned()).collect() } else { known };
    Fault::at(path, Some(at), Wrong::UnknownKey { key: path.to_owned(), known })
}

fn not_a_row(line: usize, at: usize) -> Fault {
    let said = "a quote that is not closed on its line, or that stands inside a cell".to_owned();
    Fault::at("", Some(Mark { line, column: at + 1 }), Wrong::Syntax { said })
}

fn plant(tree: &mut Vec<Branch>, path: &str, index: usize) {
    let Some((step, rest)) = path.split_once('.') else {
        tree.push(Branch::Column { name: path.to_owned(), index });
        return;
    };
    let known = tree.iter_mut().find_map(|branch| match branch {
        Branch::Group { name, inside } if name == step => Some(inside),
        _ => None,
    });
    if let Some(inside) = known {
        plant(inside, rest, index);
    } else {
        let mut inside = Vec::new();
        plant(&mut inside, rest, index);
        tree.push(Branch::Group { name: step.to_owned(), inside });
    }
}

fn key(name: &str, json: &mut String) {
    text(name, json);
    json.push(':');
}
