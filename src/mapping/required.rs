//! The columns that a table must have: those without which a rule could never read anything. A column that an export lost would
//! else be taken for one that holds nothing, and nothing is what a register means by no.

use super::{
    FILE, Mapping, ROW, ROWS,
    rule::{Entry, FieldRule, Take},
    source_path::SourcePath,
};

/// Columns of which one must be there.
#[derive(Debug)]
pub(super) struct Required {
    /// The table; none for the source itself.
    table: Option<String>,
    names: Vec<String>,
    line: usize,
}

impl Mapping {
    /// A column that a table, or the source itself, lacks, with the line of the mapping that reads it.
    pub fn lacking(&self, table: Option<&str>, is_there: impl Fn(&str) -> bool) -> Option<(&str, usize)> {
        let of_table = self.required.iter().filter(|one| one.table.as_deref() == table);
        let lacking = of_table.filter(|one| !one.names.iter().any(|name| is_there(name)));
        lacking.min_by_key(|one| one.line).and_then(|one| Some((one.names.first()?.as_str(), one.line)))
    }
}

/// What rules ask for.
pub(super) fn required(fields: &[FieldRule], tables: &[&str]) -> Vec<Required> {
    let mut all = Vec::new();
    add(fields, None, tables, &mut all);
    all
}

fn add(fields: &[FieldRule], table: Option<&str>, tables: &[&str], all: &mut Vec<Required>) {
    for field in fields {
        let mut names: Vec<String> = Vec::new();
        let (mut line, mut is_given) = (0, false);
        for rule in &field.rules {
            let from: &[SourcePath] = match &rule.take {
                Take::Constant(_) => {
                    is_given = true;
                    &[]
                }
                Take::Value { from, .. } => from,
                Take::Any { from, .. } | Take::Present(from) | Take::Each { from, entry: Entry::Value { .. }, .. } => {
                    std::slice::from_ref(from)
                }
                Take::One { from, fields, .. } | Take::Each { from, entry: Entry::Fields(fields), .. } => {
                    let name = from.text();
                    if tables.contains(&name) {
                        add(fields, Some(name), tables, all);
                    } else if name == ROWS || from.is_record() {
                        add(fields, table, tables, all);
                    }
                    std::slice::from_ref(from)
                }
            };
            let is_column = |path: &&SourcePath| {
                !path.is_from_root() && ![FILE, ROWS, ROW].contains(&path.text()) && !tables.contains(&path.first())
            };
            is_given |= from.iter().any(|path| !is_column(&path));
            names.extend(from.iter().filter(is_column).map(|path| path.text().to_owned()));
            line = if line == 0 { rule.at.line } else { line };
            let conditions = rule.when.are.iter().chain(&rule.when.are_not).map(|one| &one.path).filter(is_column);
            all.extend(conditions.map(|path| Required {
                table: table.map(str::to_owned),
                names: vec![path.text().to_owned()],
                line: rule.at.line,
            }));
        }
        if !is_given && !names.is_empty() {
            all.push(Required { table: table.map(str::to_owned), names, line });
        }
    }
}
