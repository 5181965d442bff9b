//! What a mapping says of the entries of a list: which count, and which of several.

use super::{
    dates::Dates,
    entries::{Entries, expected, listed, text, under},
    read::Reader,
    read_convert::dates,
    rule::{Choose, Condition, Conditions, Pick},
    source_path::{SourcePath, is_nothing},
    spelling::Spellings,
};
use crate::case::document::{Content, Node};

impl Reader {
    pub(super) fn inside(&mut self, rule: Entries<'_>, path: &str, inner: &str) -> Option<SourcePath> {
        let inside = rule.text("take", path, &mut self.faults)?;
        self.path(inside, rule.at, path, inner)
    }

    pub(super) fn pick(&mut self, rule: Entries<'_>, path: &str, inner: &str) -> Pick {
        let entry = self.conditions(rule, ["where", "where_not"], path, inner);
        let prefer = self.conditions(rule, ["prefer", "prefer_not"], path, inner);
        let mut one = Choose::Only;
        let said: Vec<&str> =
            ["latest", "earliest", "first", "last"].into_iter().filter(|key| rule.get(key).is_some()).collect();
        if let [first, second, ..] = said.as_slice() {
            let said = format!("`{first}` and `{second}` both say which of several counts: say one of them");
            self.wrong(path, rule.at, said);
        }
        for key in ["latest", "earliest"] {
            let Some(node) = rule.get(key) else { continue };
            let (from, dates) = match &node.content {
                Content::Map(_) => {
                    let by = Entries::of(node, path, &mut self.faults);
                    by.only(&["from", "date", "pivot"], &under(path, key), &mut self.faults);
                    (by.text("from", path, &mut self.faults), dates(by, &under(path, key), &mut self.faults))
                }
                _ => (text(node), None),
            };
            let Some(from) = from.and_then(|from| self.path(from, node.at, path, inner)) else { continue };
            let dates = dates.unwrap_or_else(Dates::iso);
            one = if key == "latest" { Choose::Latest(from, dates) } else { Choose::Earliest(from, dates) };
        }
        if rule.truth("first", path, &mut self.faults) {
            one = Choose::First;
        }
        if rule.truth("last", path, &mut self.faults) {
            one = Choose::Last;
        }
        Pick { entry, prefer, one }
    }

    pub(super) fn conditions(
        &mut self,
        rule: Entries<'_>,
        [are, are_not]: [&str; 2],
        path: &str,
        base: &str,
    ) -> Conditions {
        let mut all =
            |key: &str| rule.get(key).map(|node| self.all_of(node, &under(path, key), base)).unwrap_or_default();
        Conditions { are: all(are), are_not: all(are_not) }
    }

    pub(super) fn all_of(&mut self, node: &Node, path: &str, base: &str) -> Vec<Condition> {
        let entries = Entries::of(node, path, &mut self.faults);
        let mut conditions = Vec::new();
        for (key, value) in entries.all {
            let Some(read) = self.path(&key.name, key.at, path, base) else { continue };
            let (mut spellings, mut or_nothing) = (Spellings::default(), false);
            for node in listed(value) {
                match text(node) {
                    Some(_) if is_nothing(node) => or_nothing = true,
                    Some(text) => drop(spellings.add(text, 0)),
                    None => self.faults.push(expected(&under(path, &key.name), node.at, "a value or a list of values")),
                }
            }
            conditions.push(Condition { path: read, spellings, or_nothing });
        }
        conditions
    }
}
