//! From the text of a mapping to its rules. Reading goes on after a fault, so that one run says all there is to say.

use super::{
    Mapping,
    entries::{Entries, Faults, expected, listed, text, under},
    read_form::{TableSource, source, tables},
    required::required,
    rule::{Conditions, FieldRule, Pick, Rule, Take},
    source_path::SourcePath,
    tally::Tally,
    target::{Target, paths},
    unnamed::Names,
};
use crate::case::{
    Case,
    answer_date::AnswerDate,
    document::{Key, Node},
    fault::{Fault, Mark, Wrong, nearest},
    record::Field,
};
use std::collections::BTreeMap;

/// Most rules of a mapping: more than three for every input that there is.
const MAX_RULES: usize = 1_000;

/// Where the levels of risk, the predictors and the needs of a case stand.
const RISK: [&str; 3] = ["oasys", "mappa", "assessments"];

/// What a mapping may say at the top.
pub(super) const KEYS: [&str; 6] = ["description", "source", "tables", "fields", "ignore", "not_exported"];
/// What a rule may say that reads a value.
const VALUE_KEYS: [&str; 12] = [
    "from",
    "when",
    "when_not",
    "where",
    "where_not",
    "prefer",
    "prefer_not",
    "latest",
    "earliest",
    "first",
    "last",
    "take",
];
/// Reads a mapping.
pub(super) fn read(file: &str, document: &Node) -> (Mapping, Faults) {
    let mut reader = Reader::default();
    let top = Entries::of(document, "", &mut reader.faults);
    top.only(&KEYS, "", &mut reader.faults);
    let source = source(top.get("source"), &mut reader.faults);
    let tables = tables(top.get("tables"), &source, &mut reader.faults);
    reader.tables = tables.iter().map(|table| table.name.to_string()).collect();
    let mut fields = Vec::new();
    match top.get("fields") {
        Some(node) => {
            let entries = Entries::of(node, "fields", &mut reader.faults);
            fields = reader.fields(entries.all, Case::FIELDS, "", "");
        }
        None => reader.faults.push(Fault::at("", Some(top.at), Wrong::Missing { key: "fields".to_owned() })),
    }
    if !fields.iter().any(|field| field.target.path == "crn") && !source.key.is_empty() {
        fields.insert(0, FieldRule::of_reference(&source.key));
    }
    if !fields.iter().any(|field| field.target.path == "crn") {
        let said = "nothing says which column or key is the case reference: add `crn:` or `source.key:`".to_owned();
        reader.faults.push(Fault::at("fields", Some(top.at), Wrong::Other { said }));
    }
    let ignore = reader.patterns(top.get("ignore"));
    let not_exported = reader.not_exported(top.get("not_exported"), &fields);
    reader.excepted(&fields);
    reader.filled_twice(&fields, "", &mut BTreeMap::new());
    reader.unread(top.get("tables"), &tables);
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| fault.at.map(|at| (at.line, at.column)));
    let own = source.key.iter().map(|key| key.known_as(""));
    let of_table = |table: &TableSource| -> Vec<String> {
        let base = format!("{}[]", table.name);
        table.key.iter().map(|key| key.known_as(&base)).collect()
    };
    let used = reader.used.into_iter().chain(own).chain(tables.iter().flat_map(of_table));
    let names = Names::new(used.collect(), ignore, &tables);
    let names_of_tables: Vec<&str> = tables.iter().map(|table| &*table.name).collect();
    let required = required(&fields, &names_of_tables);
    let mapping = Mapping {
        file: file.to_owned(),
        source,
        tables,
        not_exported: not_exported.into(),
        dates: AnswerDate::default(),
        tallies: reader.tallies,
        required,
        fields,
        names,
    };
    (mapping, faults)
}

/// Reads rules, and keeps what they have in common.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Faults,
    pub(super) tallies: Vec<Tally>,
    /// Every path of the source that a rule reads.
    used: Vec<String>,
    /// The tables beside the source.
    tables: Vec<String>,
    rules: usize,
}

impl Reader {
    /// The rules of the fields of a record; `base` is the list of the source whose entries they read.
    pub(super) fn fields(
        &mut self,
        entries: &[(Key, Node)],
        fields: &'static [Field],
        path: &str,
        base: &str,
    ) -> Vec<FieldRule> {
        let mut read = Vec::new();
        for (key, node) in entries {
            let path = under(path, &key.name);
            let rules = listed(node);
            let is_group = rules.iter().any(|rule| super::source_path::value_of(rule, "one").is_some());
            match Target::find(fields, &key.name, is_group) {
                Ok(target) => {
                    if rules.is_empty() {
                        self.wrong(&path, node.at, "says nothing of where it is read".to_owned());
                    }
                    let rules = rules.iter().filter_map(|node| self.rule(node, &target, &path, base)).collect();
                    read.push(FieldRule { target, rules });
                }
                Err(wrong) => self.faults.push(Fault::at(path, Some(key.at), wrong)),
            }
        }
        read
    }

    fn rule(&mut self, node: &Node, target: &Target, path: &str, base: &str) -> Option<Rule> {
        self.rules += 1;
        if self.rules == MAX_RULES + 1 {
            self.wrong(path, node.at, format!("more than {MAX_RULES} rules, the limit"));
        }
        if self.rules > MAX_RULES {
            return None;
        }
        if let Some(name) = text(node) {
            let from = vec![self.path(name, node.at, path, base)?];
            let convert = Box::new(self.plain_convert(target, node.at, path)?);
            let take = Take::Value { from, pick: Pick::default(), inside: None, convert };
            return Some(Rule { at: node.at, when: Conditions::default(), take });
        }
        let rule = Entries::of(node, path, &mut self.faults);
        let when = self.conditions(rule, ["when", "when_not"], path, base);
        let take = self.take(rule, target, path, base)?;
        Some(Rule { at: node.at, when, take })
    }

    fn take(&mut self, rule: Entries<'_>, target: &Target, path: &str, base: &str) -> Option<Take> {
        let has = |key: &str| rule.get(key).is_some();
        if has("each") || has("one") {
            return self.list(rule, target, path, base);
        }
        if has("value") {
            rule.only(&["value", "when", "when_not"], path, &mut self.faults);
            let value = rule.text("value", path, &mut self.faults)?;
            self.plain_convert(target, rule.at, path)?;
            if let Some(wrong) = target.domain().and_then(|domain| super::read_convert::unfit(domain, value)) {
                self.faults.push(Fault::at(under(path, "value"), rule.get("value").map(|node| node.at), wrong));
            }
            // A default for what a source may lack must not pass for a fact: a missing one never lowers a tier.
            let is_default = !has("when") && !has("when_not") && RISK.iter().any(|risk| path.starts_with(risk));
            let what = || format!("cases of which the source says nothing, taken for `{value}`");
            let count = is_default.then(|| self.tally(path, rule.at, what()));
            return Some(Take::Constant(value.to_owned(), count));
        }
        if has("present") {
            rule.only(&["present", "when", "when_not"], path, &mut self.faults);
            let (from, at) = (rule.text("present", path, &mut self.faults)?, rule.at);
            return Some(Take::Present(self.path(from, at, path, base)?));
        }
        if let Some(entry) = rule.get("any") {
            rule.only(&["from", "any", "when", "when_not"], path, &mut self.faults);
            let from = self.required("from", rule, path)?;
            let from = self.path(from, rule.at, path, base)?;
            let entry = Conditions { are: self.all_of(entry, path, &from.entries(base)), are_not: Vec::new() };
            return Some(Take::Any { from, entry });
        }
        let known = [&VALUE_KEYS[..], &super::read_convert::KEYS].concat();
        rule.only(&known, path, &mut self.faults);
        let convert = Box::new(self.convert(rule, target, path)?);
        let Some(from) = rule.get("from") else {
            let said = "says nothing of where it is read: give `from`, `value`, `any`, `present`, `one` or `each`";
            self.wrong(path, rule.at, said.to_owned());
            return None;
        };
        let read = |node: &Node| self.path(text(node).unwrap_or_default(), node.at, path, base);
        let from: Vec<SourcePath> = listed(from).iter().filter_map(read).collect();
        let inner = from.first().map(|from| from.entries(base)).unwrap_or_default();
        let pick = self.pick(rule, path, &inner);
        let inside = self.inside(rule, path, &inner);
        Some(Take::Value { from, pick, inside, convert })
    }

    /// A path of the source, which counts as one that is used.
    pub(super) fn path(&mut self, name: &str, at: Mark, path: &str, base: &str) -> Option<SourcePath> {
        let read = SourcePath::parse(name);
        let is_whole_table = |read: &SourcePath| {
            let begins =
                (base.is_empty() || read.is_from_root()) && self.tables.iter().any(|table| read.first() == table);
            begins && read.known_as("").strip_prefix(read.first()).is_some_and(|rest| rest.starts_with('.'))
        };
        match &read {
            Some(read) if is_whole_table(read) => {
                self.used.push(read.known_as(base));
                let table = read.first().to_owned();
                let said = format!(
                    "`{table}` is a table, whose rows are a list: say `{table}[0]` for its only row, or `each`, `one` or `any`"
                );
                self.wrong(path, at, said);
            }
            Some(read) => self.used.push(read.known_as(base)),
            None => self.faults.push(expected(
                path,
                at,
                "a column, or a path such as `latest.dateCompleted`; a list is read with `each`, `one` or `any`",
            )),
        }
        read
    }

    /// Whether a path begins in a table.
    pub(super) fn reads(&self, table: &str) -> bool {
        let begins = |path: &String| {
            path.strip_prefix(table).is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
        };
        self.used.iter().any(begins)
    }

    fn required<'a>(&mut self, key: &str, rule: Entries<'a>, path: &str) -> Option<&'a str> {
        if rule.get(key).is_none() {
            self.faults.push(Fault::at(path, Some(rule.at), Wrong::Missing { key: key.to_owned() }));
        }
        rule.text(key, path, &mut self.faults)
    }

    fn patterns(&mut self, node: Option<&Node>) -> Vec<String> {
        let listed = node.map(listed).unwrap_or_default();
        let read = |node: &Node| {
            let pattern = text(node).map(str::to_owned);
            if pattern.is_none() {
                self.faults.push(expected("ignore", node.at, "columns or paths, each a text"));
            }
            pattern
        };
        listed.iter().filter_map(read).collect()
    }

    fn not_exported(&mut self, node: Option<&Node>, fields: &[FieldRule]) -> Vec<String> {
        let all = paths(Case::FIELDS);
        let is_known = |path: &str| {
            all.iter()
                .any(|known| known.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        };
        let is_filled = |path: &str| {
            let leads =
                |filled: &str| filled.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
            fields.iter().any(|field| leads(&field.target.path))
        };
        let mut read = Vec::new();
        for node in node.map(listed).unwrap_or_default() {
            match text(node) {
                Some(path) if is_filled(path) => {
                    let said = "an input that no rule fills: what is read was exported";
                    self.faults.push(expected("not_exported", node.at, said));
                }
                Some(path) if is_known(path) => read.push(path.to_owned()),
                path => {
                    let meant =
                        path.and_then(|path| nearest(path, &all)).map(|meant| format!("; did you mean `{meant}`?"));
                    let said = format!("an input of a case, which this is not{}", meant.unwrap_or_default());
                    self.faults.push(expected("not_exported", node.at, &said));
                }
            }
        }
        read
    }

    pub(super) fn tally(&mut self, path: &str, at: Mark, what: String) -> usize {
        self.tallies.push(Tally::new(path.to_owned(), at, what));
        self.tallies.len() - 1
    }

    pub(super) fn wrong(&mut self, path: &str, at: Mark, said: String) {
        self.faults.push(Fault::at(path, Some(at), Wrong::Other { said }));
    }
}
