//! What a rule finds in a record: a value, the entries of a list, or the one of them that counts; and in which table it stands.

use super::{
    apply::Run,
    pick::NoChoice,
    problem::Found,
    rule::{Pick, Rule, Take},
    source_path::{SourcePath, Whole, is_nothing},
    tree::is_same,
};
use crate::case::{
    document::{Content, Node},
    fault::Mark,
};
use std::sync::Arc;

impl<'a> Run<'a> {
    /// Says that a path took an entry of a list by its place, and there are several.
    pub(super) fn by_place(&mut self, path: &str, rule: &Rule) {
        if let Some((second, from)) = self.whole.several.take() {
            let outside = self.table.clone();
            self.table = from.map_or_else(|| outside.clone(), |name| self.table_called(&name));
            self.problem(path, second, Some(rule), Found::ByPlace);
            self.table = outside;
        }
    }

    fn table_called(&self, name: &str) -> Option<Arc<str>> {
        self.mapping.tables.iter().find(|table| *table.name == *name).map(|table| Arc::clone(&table.name))
    }

    /// Goes on where a path leads, which may be into a table beside the source.
    pub(super) fn lead(&mut self, from: &SourcePath, record: &Node) {
        if from.is_from_root() || std::ptr::eq(record, self.whole.root) {
            self.table = self.table_called(from.first());
        }
    }

    /// The entries of a list; none where there is no list.
    pub(super) fn list(&mut self, from: &SourcePath, rule: &Rule, record: &'a Node, path: &str) -> Option<&'a [Node]> {
        self.lead(from, record);
        let node = from.get(record, &self.whole).filter(|node| !is_nothing(node))?;
        match &node.content {
            Content::List(items) => Some(items),
            Content::Map(_) if from.is_record() => Some(std::slice::from_ref(node)),
            _ => {
                self.problem(path, node.at, Some(rule), Found::NoList);
                None
            }
        }
    }

    fn choice(&mut self, choice: Result<Option<&'a Node>, NoChoice<'a>>, rule: &Rule, path: &str) -> Option<&'a Node> {
        let (node, found) = match choice {
            Ok(node) => return node,
            Err(NoChoice::Several(node)) => (node, Found::Several),
            Err(NoChoice::Undated(node)) => (node, Found::Undated),
            Err(NoChoice::SameDay(node)) => (node, Found::SameDay),
        };
        self.problem(path, node.at, Some(rule), found);
        None
    }

    /// Where the entry stands that another input took.
    pub(super) fn chosen(&self, target: &str) -> Option<Mark> {
        let (root, field) = (self.whole.root, self.mapping.fields.iter().find(|field| field.target.path == target)?);
        field.rules.iter().filter(|rule| rule.when.hold(root, &self.whole)).find_map(|rule| match &rule.take {
            Take::One { from, pick, .. } => match &from.get(root, &self.whole)?.content {
                Content::List(items) => Some(pick.one(items, &self.whole, self.on, is_same).ok()??.at),
                _ => None,
            },
            _ => None,
        })
    }

    /// What a path leads to: of a list the entry that counts, and a part of it where one is asked for.
    pub(super) fn value(
        &mut self,
        from: &SourcePath,
        pick: &Pick,
        inside: Option<&SourcePath>,
        rule: &Rule,
        record: &'a Node,
        path: &str,
    ) -> Option<&'a Node> {
        self.lead(from, record);
        let node = from.get(record, &self.whole).filter(|node| !is_nothing(node))?;
        let entries = if let Content::List(items) = &node.content { items } else { std::slice::from_ref(node) };
        let is_text = |node: &&Node| matches!(node.content, Content::Scalar { .. }) && !is_nothing(node);
        if let (Some(text), Some(_)) = (entries.iter().find(is_text), inside) {
            self.problem(path, text.at, Some(rule), Found::NoGroup);
            return None;
        }
        let whole = &self.whole;
        let node = match &node.content {
            Content::List(items) => {
                let same = |one: &Node, other: &Node| match inside {
                    Some(inside) => match (inside.get(one, &Whole::of(one)), inside.get(other, &Whole::of(other))) {
                        (Some(one), Some(other)) => is_same(one, other),
                        (one, other) => one.is_none() && other.is_none(),
                    },
                    None => is_same(one, other),
                };
                let chosen = pick.one(items, whole, self.on, same);
                self.choice(chosen, rule, path)?
            }
            _ => node,
        };
        inside.map_or(Some(node), |inside| inside.get(node, &self.whole)).filter(|node| !is_nothing(node))
    }
}
