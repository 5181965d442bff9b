//! From a record of the source to the tree of a case. Every value keeps the place that it has in the source; going on after a
//! problem, one run over a source finds all there are.

use super::{
    Mapping,
    convert::{Convert, Converted},
    problem::{Found, Problem},
    rule::{Entry, FieldRule, Rule, Take},
    source_path::{Whole, is_nothing},
    target::Holds,
    tree::{Fields, is_known, put, scalar},
    unnamed::Named,
};
use crate::case::{
    document::{Content, Node},
    domain::Domain,
    fault::Mark,
};
use jiff::civil::Date;
use std::sync::Arc;

/// Most values that a mapping makes of one record: as many as a case may have.
const MAX_VALUES: usize = 100_000;

/// What a mapping makes of a record.
#[derive(Debug)]
pub struct Record {
    /// The tree of the case.
    pub document: Node,
    /// What the mapping does not say, in the order of the mapping.
    pub problems: Vec<Problem>,
}

impl Mapping {
    /// The case of a record, as a tree. `names_known` says that the names of the record were looked at already, as those of a
    /// row are with its header.
    #[must_use]
    pub fn apply(&self, record: &Node, names_known: bool) -> Record {
        self.applied(Run { counts: true, ..Run::new(self, record, names_known) }, record, names_known)
    }

    /// The same of a record that was looked at before, so that nothing of it is counted again; as of a date, where one is given,
    /// instead of the one that its answer was for.
    #[must_use]
    pub fn apply_again(&self, record: &Node, names_known: bool, on: Option<Date>) -> Record {
        let run = Run::new(self, record, names_known);
        let on = on.or(run.on);
        self.applied(Run { on, ..run }, record, names_known)
    }

    fn applied<'a>(&'a self, mut run: Run<'a>, record: &'a Node, names_known: bool) -> Record {
        if !names_known {
            self.names.each(record, &mut |_, key, named| {
                if named == Named::Unknown {
                    run.problem("", key.at, None, Found::Unnamed);
                }
            });
        }
        let fields = run.fields(&self.fields, record, "");
        let document = Node { at: record.at, content: Content::Map(fields) };
        Record { document, problems: run.problems }
    }

    /// The case reference of a record, as the rules give it.
    #[must_use]
    pub fn reference(&self, record: &Node) -> Option<String> {
        self.said_of("crn", record)
    }

    /// What the rules of one input give of a record.
    fn said_of(&self, path: &str, record: &Node) -> Option<String> {
        let rules = self.fields.iter().position(|field| field.target.path == path)?;
        let fields = Run::on(self, record, true, None).fields(self.fields.get(rules..=rules)?, record, "");
        fields.first().and_then(|(_, value)| super::entries::text(value)).map(str::to_owned)
    }

    /// What made the values of a record, each by its path.
    #[must_use]
    pub fn makers(&self, record: &Node, names_known: bool) -> Vec<(String, Maker)> {
        let mut run = Run::new(self, record, names_known);
        run.makers = Some(Vec::new());
        run.fields(&self.fields, record, "");
        run.makers.unwrap_or_default()
    }
}

/// What made a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    /// The line of the mapping.
    pub line: usize,
    /// The table beside the source that it was read in, where it was in one.
    pub table: Option<Arc<str>>,
    /// Whether the mapping says it by itself.
    pub is_constant: bool,
}

pub(super) struct Run<'a> {
    pub(super) mapping: &'a Mapping,
    pub(super) whole: Whole<'a>,
    /// The date that is asked for.
    pub(super) on: Option<Date>,
    problems: Vec<Problem>,
    values: usize,
    /// Whether the record is a row, of which empty cells are left out.
    is_row: bool,
    /// The table that is being read in, where it is one beside the source.
    pub(super) table: Option<Arc<str>>,
    /// Whether what is passed over is counted.
    counts: bool,
    /// What made each value, where that is asked for.
    makers: Option<Vec<(String, Maker)>>,
}

impl<'a> Run<'a> {
    fn new(mapping: &'a Mapping, record: &'a Node, is_row: bool) -> Self {
        let own = || mapping.said_of("assessed_on", record).and_then(|date| date.parse().ok());
        let dates = mapping.dates;
        Self::on(mapping, record, is_row, dates.asked.or_else(own).or(dates.today))
    }

    fn on(mapping: &'a Mapping, record: &'a Node, is_row: bool, on: Option<Date>) -> Self {
        let whole = Whole::of(record);
        Self { mapping, whole, on, problems: Vec::new(), values: 0, is_row, table: None, counts: false, makers: None }
    }

    fn fields(&mut self, rules: &'a [FieldRule], record: &'a Node, path: &str) -> Fields {
        let mut fields = Fields::new();
        for field in rules {
            let path = super::entries::under(path, &field.target.path);
            for rule in &field.rules {
                if self.values > MAX_VALUES {
                    return fields;
                }
                let outside = self.table.clone();
                let holds = rule.when.hold(record, &self.whole);
                let node = if holds { self.take(rule, field, record, &path) } else { None };
                self.by_place(&path, rule);
                if let Some(makers) = self.makers.as_mut().filter(|_| node.is_some()) {
                    let is_constant = matches!(rule.take, Take::Constant(..));
                    makers.push((path.clone(), Maker { line: rule.at.line, table: self.table.clone(), is_constant }));
                }
                self.table = outside;
                if let Some(node) = node {
                    self.values += 1;
                    if self.values > MAX_VALUES {
                        self.problem(&path, record.at, Some(rule), Found::TooMuch);
                    }
                    put(&mut fields, &field.target.steps, node);
                    break;
                }
            }
        }
        fields
    }

    pub(super) fn problem(&mut self, path: &str, at: Mark, rule: Option<&Rule>, found: Found) {
        let line = rule.map(|rule| rule.at.line);
        self.problems.push(Problem { path: path.to_owned(), at, line, table: self.table.clone(), found });
    }

    fn take(&mut self, rule: &'a Rule, field: &'a FieldRule, record: &'a Node, path: &str) -> Option<Node> {
        let truth = |at: Mark, truth: bool| scalar(at, if truth { "true" } else { "false" }.to_owned(), true);
        match &rule.take {
            Take::Constant(value, count) => {
                if let Some(count) = count {
                    self.count(*count);
                }
                let is_plain =
                    !matches!(&field.target.holds, Holds::Value(Domain::Text | Domain::Date | Domain::Words(_)));
                Some(scalar(record.at, value.clone(), is_plain))
            }
            Take::Present(from) => {
                self.lead(from, record);
                // A payload without the key says nothing; a row always has the cell.
                let found = from.get(record, &self.whole);
                if found.is_none() && !self.is_row {
                    return None;
                }
                let there = found.filter(|node| !is_nothing(node));
                Some(truth(there.map_or(record.at, |node| node.at), there.is_some()))
            }
            Take::Any { from, entry } => {
                let items = self.list(from, rule, record, path)?;
                let found = items.iter().find(|item| entry.hold(item, &self.whole));
                Some(truth(found.map_or(record.at, |node| node.at), found.is_some()))
            }
            Take::Value { from, pick, inside, convert } => {
                // What a place holds may stand for nothing; then the next one counts. What is wrong with it is not passed over.
                let known = self.problems.len();
                for from in from {
                    let found = self.value(from, pick, inside.as_ref(), rule, record, path);
                    let node =
                        found.and_then(|found| self.converted(found, convert, rule, path, field.target.is_list()));
                    if node.is_some() || self.problems.len() > known {
                        return node;
                    }
                }
                None
            }
            Take::One { from, pick, fields } => {
                let entry = self.value(from, pick, None, rule, record, path)?;
                self.by_place(path, rule);
                let fields = self.fields(fields, entry, path);
                // A group of which nothing is given is absent.
                (!fields.is_empty()).then_some(Node { at: entry.at, content: Content::Map(fields) })
            }
            Take::Each { from, .. } => {
                let nodes = self.every(rule, record, path)?;
                Some(Node { at: from.get(record, &self.whole)?.at, content: Content::List(nodes) })
            }
        }
    }

    /// The entries of a list that a rule makes of each of the source.
    fn every(&mut self, rule: &'a Rule, record: &'a Node, path: &str) -> Option<Vec<Node>> {
        let Take::Each { from, pick, entry, except, unknown } = &rule.take else { return None };
        let items = self.list(from, rule, record, path)?;
        self.by_place(path, rule);
        let except = except.as_ref().and_then(|except| self.chosen(except));
        let items = pick.among(items, &self.whole).into_iter().filter(|item| except != Some(item.at));
        let mut nodes: Vec<Node> = Vec::new();
        for item in items {
            let path = format!("{path}[{}]", nodes.len());
            let made = self.makers.as_ref().map_or(0, Vec::len);
            let Some(node) = self.each(entry, item, rule, &path) else { continue };
            match unknown.filter(|_| !is_known(entry, &node)) {
                Some(count) => {
                    self.count(count);
                    self.makers.iter_mut().for_each(|makers| makers.truncate(made));
                }
                None => nodes.push(node),
            }
        }
        Some(nodes)
    }

    fn count(&self, count: usize) {
        if let Some(tally) = self.mapping.tallies.get(count).filter(|_| self.counts) {
            tally.once_more();
        }
    }

    fn each(&mut self, entry: &'a Entry, item: &'a Node, rule: &'a Rule, path: &str) -> Option<Node> {
        self.values += 1;
        if self.values > MAX_VALUES {
            return None;
        }
        match entry {
            Entry::Fields(fields) => {
                let fields = self.fields(fields, item, path);
                Some(Node { at: item.at, content: Content::Map(fields) })
            }
            Entry::Value { inside, convert } => {
                let value = inside.as_ref().map_or(Some(item), |inside| inside.get(item, &self.whole));
                let value = value.filter(|node| !is_nothing(node))?;
                self.converted(value, convert, rule, path, false)
            }
        }
    }

    fn converted(&mut self, node: &Node, convert: &Convert, rule: &Rule, path: &str, is_list: bool) -> Option<Node> {
        let Content::Scalar { text, plain } = &node.content else {
            self.problem(path, node.at, Some(rule), Found::NoValue);
            return None;
        };
        if let Some(split) = convert.split {
            let pieces = text.split(split).filter(|piece| !piece.trim().is_empty());
            let nodes: Vec<Node> =
                pieces.filter_map(|piece| self.one(piece, *plain, node.at, convert, rule, path)).collect();
            return Some(Node { at: node.at, content: Content::List(nodes) });
        }
        let one = self.one(text, *plain, node.at, convert, rule, path)?;
        Some(if is_list { Node { at: node.at, content: Content::List(vec![one]) } } else { one })
    }

    fn one(&mut self, text: &str, plain: bool, at: Mark, convert: &Convert, rule: &Rule, path: &str) -> Option<Node> {
        let is_changed = convert.words.is_some() || convert.number.is_some() || convert.pattern.is_some();
        match convert.apply(text) {
            Converted::Value(text) => Some(scalar(at, text.into_owned(), convert.plain && (plain || is_changed))),
            Converted::Nothing => None,
            Converted::Counted(word, count) => {
                self.count(count);
                word.map(|word| scalar(at, word, convert.plain))
            }
            Converted::Fault(unfit) => {
                self.problem(path, at, Some(rule), Found::Unfit(unfit));
                None
            }
        }
    }
}
