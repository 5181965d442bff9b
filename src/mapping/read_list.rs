//! What a mapping says of a list: an entry of the case for each of its entries, or one group of fields of a single entry.

use super::{
    entries::{Entries, expected, text, under},
    read::Reader,
    rule::{Entry, FieldRule, Take},
    target::{Holds, Target},
};
use crate::case::{
    document::{Key, Node},
    fault::{Fault, Wrong},
};
use std::collections::BTreeMap;

/// What a rule may say of a list.
const EACH_KEYS: [&str; 5] = ["each", "when", "when_not", "where", "where_not"];
/// What a rule may say that takes one entry, beside its fields.
const ONE_KEYS: [&str; 11] =
    ["one", "when", "when_not", "where", "where_not", "prefer", "prefer_not", "latest", "earliest", "first", "last"];

impl Reader {
    pub(super) fn list(&mut self, rule: Entries<'_>, target: &Target, path: &str, base: &str) -> Option<Take> {
        let one = rule.text("one", path, &mut self.faults);
        let from = one.or_else(|| rule.text("each", path, &mut self.faults))?;
        let from = self.path(from, rule.at, path, base)?;
        let inner = from.entries(base);
        let pick = self.pick(rule, path, &inner);
        match (&target.holds, one) {
            (Holds::Fields(fields), Some(_)) => {
                let own = own_fields(rule, &ONE_KEYS);
                Some(Take::One { from, pick, fields: self.fields(&own, fields, path, &inner) })
            }
            (Holds::Records(fields), None) => {
                let own = own_fields(rule, &[&EACH_KEYS[..], &["except", "unknown"]].concat());
                let entry = Entry::Fields(self.fields(&own, fields, path, &inner));
                let except = rule.text("except", path, &mut self.faults).map(str::to_owned);
                if except.is_some() && !base.is_empty() {
                    let said = "`except` is for a list of the record itself, and not for one of an entry".to_owned();
                    self.wrong(&under(path, "except"), rule.at, said);
                }
                let unknown = self.unknown(rule, path);
                Some(Take::Each { from, pick, entry, except, unknown })
            }
            (Holds::Values(_), None) => {
                let known = [&EACH_KEYS[..], &["take"], &super::read_convert::KEYS].concat();
                rule.only(&known, path, &mut self.faults);
                let convert = Box::new(self.convert(rule, target, path)?);
                let entry = Entry::Value { inside: self.inside(rule, path, &inner), convert };
                Some(Take::Each { from, pick, entry, except: None, unknown: None })
            }
            (_, Some(_)) => {
                self.wrong(path, rule.at, "`one` fills a group of fields, which this is not: use `from`".to_owned());
                None
            }
            (_, None) => {
                self.wrong(path, rule.at, "`each` fills a list, which this is not: use `from` or `one`".to_owned());
                None
            }
        }
    }

    /// Whether entries of a list that a case cannot hold are passed over.
    fn unknown(&mut self, rule: Entries<'_>, path: &str) -> Option<usize> {
        let node = rule.get("unknown")?;
        if text(node) != Some("pass") {
            self.faults.push(expected(&under(path, "unknown"), node.at, "`pass`"));
            return None;
        }
        Some(self.tally(path, node.at, "entries passed over whose words a case does not have".to_owned()))
    }

    /// Complains of an `except` that names no input which takes one entry of the same list.
    pub(super) fn excepted(&mut self, fields: &[FieldRule]) {
        for field in fields {
            for rule in &field.rules {
                let Take::Each { from, except: Some(except), .. } = &rule.take else { continue };
                let takes = |other: &FieldRule| {
                    let is_same = |take: &Take| matches!(take, Take::One { from: other, .. } if other == from);
                    other.target.path == *except && other.rules.iter().any(|rule| is_same(&rule.take))
                };
                if !fields.iter().any(takes) {
                    let path = under(&field.target.path, "except");
                    let what = "an input that takes `one` entry of the same list";
                    self.faults.push(expected(&path, rule.at, what));
                }
            }
        }
    }
}

/// The fields of an entry: what a rule says beside these keys.
fn own_fields(rule: Entries<'_>, keys: &[&str]) -> Vec<(Key, Node)> {
    rule.all.iter().filter(|(key, _)| !keys.contains(&key.name.as_str())).cloned().collect()
}

impl Reader {
    /// Complains of an input of a record that is filled in two places, of which the order would say what counts; `lines` has the
    /// inputs that are filled so far.
    pub(super) fn filled_twice(&mut self, fields: &[FieldRule], path: &str, lines: &mut BTreeMap<String, usize>) {
        for field in fields {
            let path = under(path, &field.target.steps.join("."));
            // The rules of one list are meant to stand in for each other.
            let mut own = BTreeMap::new();
            for rule in &field.rules {
                let mut of_rule = lines.clone();
                match &rule.take {
                    Take::One { fields, .. } => self.filled_twice(fields, &path, &mut of_rule),
                    take => {
                        if let Take::Each { entry: Entry::Fields(fields), .. } = take {
                            self.filled_twice(fields, "", &mut BTreeMap::new());
                        }
                        if let Some(line) = of_rule.insert(path.clone(), rule.at.line) {
                            let said = format!(
                                "this input is filled in line {line}, too: give both ways in one place as a list, of which the first that \
                                 gives something counts"
                            );
                            self.wrong(&path, rule.at, said);
                        }
                    }
                }
                own.extend(of_rule);
            }
            lines.extend(own);
        }
    }

    /// Complains of tables that no rule reads.
    pub(super) fn unread(&mut self, node: Option<&Node>, tables: &[super::TableSource]) {
        let Some(node) = node else { return };
        for (key, _) in Entries::of(node, "tables", &mut Vec::new()).all {
            let is_there = tables.iter().any(|table| *table.name == *key.name);
            if is_there && !self.reads(&key.name) {
                let said = "no rule reads this table: say `each`, `one`, `any` or `from` with its name".to_owned();
                self.faults.push(Fault::at(under("tables", &key.name), Some(key.at), Wrong::Other { said }));
            }
        }
    }
}
