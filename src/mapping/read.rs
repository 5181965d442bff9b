//! From the text of a mapping to its rules. Reading goes on after a fault, so that one run says all there is to say.

use super::{
    Mapping,
    entries::{Entries, Faults, expected, listed, text, under},
    read_form::{TableSource, source, tables},
    required::required,
    rule::{Conditions, Entry, FieldRule, Pick, Rule, Take},
    source_path::SourcePath,
    tally::Tally,
    target::{Holds, Target, paths},
    unnamed::Names,
};
use crate::case::{
    Case,
    document::{Content, Key, Node},
    domain::Domain,
    fault::{Fault, Mark, Wrong, nearest},
    record::Field,
};

/// Most rules of a mapping: more than three for every input that there is.
const MAX_RULES: usize = 1_000;

/// What a mapping may say at the top.
pub(super) const KEYS: [&str; 6] = ["description", "source", "tables", "fields", "ignore", "not_exported"];
/// What a rule may say that reads a value.
pub(super) const VALUE_KEYS: [&str; 11] =
    ["from", "when", "when_not", "where", "where_not", "latest", "earliest", "first", "last", "take", "value"];
/// What a rule may say that reads a list, beside the fields of its entries.
pub(super) const LIST_KEYS: [&str; 13] = [
    "each",
    "one",
    "when",
    "when_not",
    "where",
    "where_not",
    "latest",
    "earliest",
    "first",
    "last",
    "except",
    "unknown",
    "take",
];

/// Reads a mapping.
pub(super) fn read(file: &str, document: &Node) -> (Mapping, Faults) {
    let mut reader = Reader::default();
    let top = Entries::of(document, "", &mut reader.faults);
    top.only(&KEYS, "", &mut reader.faults);
    let source = source(top.get("source"), &mut reader.faults);
    let tables = tables(top.get("tables"), &source, &mut reader.faults);
    let mut fields = Vec::new();
    match top.get("fields") {
        Some(node) => {
            let entries = Entries::of(node, "fields", &mut reader.faults);
            fields = reader.fields(entries.all, Case::FIELDS, "", "");
        }
        None => reader.faults.push(Fault::at("", Some(top.at), Wrong::Missing { key: "fields".to_owned() })),
    }
    if !fields.iter().any(|field| field.target.path == "crn") && !source.key.is_empty() {
        fields.insert(0, reference(&source.key));
    }
    if !fields.iter().any(|field| field.target.path == "crn") {
        let said = "nothing says which column or key is the case reference: add `crn:` or `source.key:`".to_owned();
        reader.faults.push(Fault::at("fields", Some(top.at), Wrong::Other { said }));
    }
    let ignore = reader.patterns(top.get("ignore"));
    let not_exported = reader.not_exported(top.get("not_exported"));
    let mut faults = reader.faults;
    faults.sort_by_key(|fault| fault.at.map(|at| (at.line, at.column)));
    let own = source.key.iter().map(|key| key.known_as(""));
    let of_table = |table: &TableSource| -> Vec<String> {
        let base = format!("{}[]", table.name);
        table.key.iter().map(|key| key.known_as(&base)).collect()
    };
    let used = reader.used.into_iter().chain(own).chain(tables.iter().flat_map(of_table));
    let names = Names::new(used.collect(), ignore, &tables);
    let names_of_tables: Vec<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let required = required(&fields, &names_of_tables);
    let mapping = Mapping {
        file: file.to_owned(),
        source,
        tables,
        not_exported: not_exported.into(),
        tallies: reader.tallies,
        required,
        fields,
        names,
    };
    (mapping, faults)
}

/// The rule of the case reference where only the key is said.
fn reference(key: &[SourcePath]) -> FieldRule {
    let target = Target { path: "crn".to_owned(), steps: vec!["crn".to_owned()], holds: Holds::Value(Domain::Text) };
    let convert = Box::new(super::convert::Convert::none(false));
    let take = Take::Value { from: key.to_vec(), pick: Pick::default(), inside: None, convert };
    FieldRule { target, rules: vec![Rule { at: Mark { line: 1, column: 1 }, when: Conditions::default(), take }] }
}

/// Reads rules, and keeps what they have in common.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) faults: Faults,
    pub(super) tallies: Vec<Tally>,
    /// Every path of the source that a rule reads.
    used: Vec<String>,
    rules: usize,
}

impl Reader {
    /// The rules of the fields of a record; `base` is the list of the source whose entries they read.
    fn fields(&mut self, entries: &[(Key, Node)], fields: &'static [Field], path: &str, base: &str) -> Vec<FieldRule> {
        let mut read = Vec::new();
        for (key, node) in entries {
            let path = under(path, &key.name);
            match Target::find(fields, &key.name) {
                Ok(target) => {
                    let rules = match &node.content {
                        Content::List(rules) => rules.as_slice(),
                        _ => std::slice::from_ref(node),
                    };
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
        if let Some(value) = rule.text("value", path, &mut self.faults) {
            return Some(Take::Constant(value.to_owned()));
        }
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

    fn list(&mut self, rule: Entries<'_>, target: &Target, path: &str, base: &str) -> Option<Take> {
        let one = rule.text("one", path, &mut self.faults);
        let from = one.or_else(|| rule.text("each", path, &mut self.faults))?;
        let from = self.path(from, rule.at, path, base)?;
        let inner = from.entries(base);
        let pick = self.pick(rule, path, &inner);
        let is_field = |(key, _): &&(Key, Node)| !LIST_KEYS.contains(&key.name.as_str());
        let own: Vec<(Key, Node)> = rule.all.iter().filter(is_field).cloned().collect();
        match (&target.holds, one) {
            (Holds::Fields(fields), Some(_)) => {
                Some(Take::One { from, pick, fields: self.fields(&own, fields, path, &inner) })
            }
            (Holds::Records(fields), None) => {
                let entry = Entry::Fields(self.fields(&own, fields, path, &inner));
                let except = rule.text("except", path, &mut self.faults).map(str::to_owned);
                let unknown = self.unknown(rule, path);
                Some(Take::Each { from, pick, entry, except, unknown })
            }
            (Holds::Values(_), None) => {
                let known = [&LIST_KEYS[..], &super::read_convert::KEYS].concat();
                rule.only(&known, path, &mut self.faults);
                let convert = Box::new(self.convert(rule, target, path)?);
                let entry = Entry::Value { inside: self.inside(rule, path, &inner), convert };
                Some(Take::Each { from, pick, entry, except: None, unknown: self.unknown(rule, path) })
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

    /// A path of the source, which counts as one that is used.
    pub(super) fn path(&mut self, name: &str, at: Mark, path: &str, base: &str) -> Option<SourcePath> {
        let read = SourcePath::parse(name);
        match &read {
            Some(read) => self.used.push(read.known_as(base)),
            None => self.faults.push(expected(path, at, "a column, or a path such as `assessments[0].dateCompleted`")),
        }
        read
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

    fn not_exported(&mut self, node: Option<&Node>) -> Vec<String> {
        let all = paths(Case::FIELDS);
        let is_known = |path: &str| {
            all.iter()
                .any(|known| known.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        };
        let mut read = Vec::new();
        for node in node.map(listed).unwrap_or_default() {
            match text(node) {
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
