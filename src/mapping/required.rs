//! The columns that a table must have: those without which a rule could never read anything. A column that an export lost would
//! else be taken for one that holds nothing, and nothing is what a register means by no.

use super::{
    FILE, Mapping, ROW, ROWS,
    rule::{Choose, Conditions, Entry, FieldRule, Pick, Rule, Take},
    source_path::SourcePath,
};
use std::collections::BTreeSet;

/// Columns of which one must be there.
#[derive(Debug)]
pub(super) struct Required {
    /// The table; none for the source itself.
    table: Option<String>,
    names: Vec<String>,
    line: usize,
}

impl Mapping {
    /// The columns that a table, or the source itself, lacks, each with the first line of the mapping that reads it.
    pub fn lacking(&self, table: Option<&str>, is_there: impl Fn(&str) -> bool) -> Vec<(&str, usize)> {
        let of_table = self.required.iter().filter(|one| one.table.as_deref() == table);
        let lacking = of_table.filter(|one| !one.names.iter().any(|name| is_there(name)));
        let mut lacking: Vec<(&str, usize)> =
            lacking.filter_map(|one| Some((one.names.first()?.as_str(), one.line))).collect();
        lacking.sort_by_key(|(_, line)| *line);
        let mut seen = BTreeSet::new();
        lacking.retain(|(name, _)| seen.insert(*name));
        lacking
    }
}

/// What rules ask for.
pub(super) fn required(fields: &[FieldRule], tables: &[&str]) -> Vec<Required> {
    let mut asked = Asked { tables, all: Vec::new() };
    asked.fields(fields, None);
    asked.all
}

struct Asked<'a> {
    tables: &'a [&'a str],
    all: Vec<Required>,
}

/// Of which table the columns are that paths lead to; none where what they lead from is no row.
type Rows<'a> = Option<Option<&'a str>>;

impl<'a> Asked<'a> {
    fn fields(&mut self, fields: &'a [FieldRule], table: Option<&'a str>) {
        for field in fields {
            let mut names: Vec<String> = Vec::new();
            let (mut line, mut is_given) = (0, false);
            for rule in &field.rules {
                let from = self.rule(rule, table);
                is_given |= from.is_empty() || from.iter().any(|path| !self.is_column(path) || path.is_from_root());
                names.extend(from.iter().filter(|path| self.is_column(path)).map(|path| path.text().to_owned()));
                line = if line == 0 { rule.at.line } else { line };
            }
            if !is_given && !names.is_empty() {
                self.all.push(Required { table: table.map(str::to_owned), names, line });
            }
        }
    }

    /// Asks for what a rule cannot do without; gives where it reads, of which one is enough.
    fn rule(&mut self, rule: &'a Rule, table: Option<&'a str>) -> &'a [SourcePath] {
        let line = rule.at.line;
        self.conditions(&rule.when, Some(table), line);
        let from: &[SourcePath] = match &rule.take {
            Take::Constant(..) => &[],
            Take::Value { from, .. } => from,
            Take::Any { from, .. } | Take::Present(from) | Take::Each { from, .. } | Take::One { from, .. } => {
                std::slice::from_ref(from)
            }
        };
        let entries = from.first().and_then(|from| self.rows_of(from, table));
        match &rule.take {
            Take::Value { pick, inside, .. } => {
                self.pick(pick, entries, line);
                self.column(inside.as_ref(), entries, line);
            }
            Take::Any { entry, .. } => self.conditions(entry, entries, line),
            Take::Each { pick, entry, .. } => {
                self.pick(pick, entries, line);
                match (entry, entries) {
                    (Entry::Fields(fields), Some(table)) => self.fields(fields, table),
                    (Entry::Value { inside, .. }, _) => self.column(inside.as_ref(), entries, line),
                    (Entry::Fields(_), None) => {}
                }
            }
            Take::One { pick, fields, .. } => {
                self.pick(pick, entries, line);
                if let Some(table) = entries {
                    self.fields(fields, table);
                }
            }
            Take::Constant(..) | Take::Present(_) => {}
        }
        from
    }

    fn pick(&mut self, pick: &Pick, rows: Rows<'a>, line: usize) {
        self.conditions(&pick.entry, rows, line);
        self.conditions(&pick.prefer, rows, line);
        if let Choose::Latest(by, _) | Choose::Earliest(by, _) = &pick.one {
            self.column(Some(by), rows, line);
        }
    }

    fn conditions(&mut self, conditions: &Conditions, rows: Rows<'a>, line: usize) {
        for one in conditions.are.iter().chain(&conditions.are_not) {
            self.column(Some(&one.path), rows, line);
        }
    }

    fn column(&mut self, path: Option<&SourcePath>, rows: Rows<'a>, line: usize) {
        let Some(path) = path.filter(|path| self.is_column(path)) else { return };
        let rows = if path.is_from_root() { Some(None) } else { rows };
        if let Some(table) = rows {
            let names = vec![path.text().to_owned()];
            self.all.push(Required { table: table.map(str::to_owned), names, line });
        }
    }

    fn is_column(&self, path: &SourcePath) -> bool {
        ![FILE, ROWS, ROW].contains(&path.text()) && !self.tables.contains(&path.first())
    }

    /// Of which table the entries of a list are rows.
    fn rows_of(&self, from: &'a SourcePath, table: Option<&'a str>) -> Rows<'a> {
        if self.tables.contains(&from.text()) {
            return Some(Some(from.text()));
        }
        (from.text() == ROWS || from.is_record()).then_some(table)
    }
}
