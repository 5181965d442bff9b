//! The columns of a table by the groups of the case model, as its row is written as JSON.

use super::column::{Column, text};
use serde_json::Value;
use std::collections::BTreeMap;

/// A column by its group, and its name there as a key of JSON.
#[derive(Debug, Clone)]
pub(super) struct Grouped {
    pub index: usize,
    pub group: String,
    pub key: String,
}

/// The columns in an order in which those of one group stand together.
pub(super) fn grouped(columns: &[Column]) -> Vec<Grouped> {
    let mut first = BTreeMap::new();
    let ranked = columns.iter().enumerate().map(|(index, column)| {
        let ends = column.path.match_indices('.').map(|(end, _)| end).chain([column.path.len()]);
        let groups = ends.filter_map(|end| column.path.get(..end));
        (groups.map(|group| *first.entry(group).or_insert(index)).collect(), index, column)
    });
    let mut ranked: Vec<(Vec<usize>, usize, &Column)> = ranked.collect();
    ranked.sort_by(|one, other| one.0.cmp(&other.0));
    let grouped = ranked.into_iter().map(|(_, index, column)| {
        let (group, name) = column.path.rsplit_once('.').unwrap_or(("", &column.path));
        Grouped { index, group: group.to_owned(), key: format!("{}:", Value::from(name)) }
    });
    grouped.collect()
}

/// Closes the groups of one path and opens those of another, as far as they differ.
pub(super) fn regroup(from: &str, to: &str, json: &mut String) {
    let steps = |path| str::split(path, '.').filter(move |_| !path.is_empty());
    let common = steps(from).zip(steps(to)).take_while(|(one, other)| one == other).count();
    json.extend(steps(from).skip(common).map(|_| '}'));
    for step in steps(to).skip(common) {
        next(json);
        text(step, json);
        json.push_str(":{");
    }
}

/// Makes room for a further field.
pub(super) fn next(json: &mut String) {
    if !json.ends_with('{') {
        json.push(',');
    }
}
