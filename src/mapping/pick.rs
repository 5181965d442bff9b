//! Which entries of a list count, and which of several.

use super::{
    convert::{Dates, said},
    rule::{Choose, Condition, Conditions, Pick},
    source_path::{SourcePath, Whole, is_nothing},
};
use crate::case::document::{Content, Node};
use jiff::civil::Date;
use std::cmp::Reverse;

impl Conditions {
    /// Whether all of it holds of a record.
    pub(super) fn hold<'a>(&self, record: &'a Node, whole: &Whole<'a>) -> bool {
        self.are.iter().all(|one| one.holds(record, whole)) && !self.are_not.iter().any(|one| one.holds(record, whole))
    }
}

impl Condition {
    fn holds<'a>(&self, record: &'a Node, whole: &Whole<'a>) -> bool {
        match self.path.get(record, whole).filter(|node| !is_nothing(node)).map(|node| &node.content) {
            None => self.or_nothing,
            Some(Content::Scalar { text, .. }) => self.spellings.find(said(text)).is_some(),
            // A group or a list is only ever there or not.
            Some(_) => self.spellings.find("").is_some(),
        }
    }
}

/// Why no entry can be chosen.
#[derive(Clone, Copy)]
pub(super) enum NoChoice<'a> {
    /// Several are there, and nothing says which counts.
    Several(&'a Node),
    /// One has no date, or one that cannot be read.
    Undated(&'a Node),
    /// Two are of the same date.
    SameDay(&'a Node),
}

impl Pick {
    /// The entries that count.
    pub(super) fn among<'a>(&self, items: &'a [Node], whole: &Whole<'a>) -> Vec<&'a Node> {
        items.iter().filter(|item| self.entry.hold(item, whole)).collect()
    }

    /// The one that counts on a date, if any does: what is dated later is not known on it. `is_same` says of two whether it matters which.
    pub(super) fn one<'a>(
        &self,
        items: &'a [Node],
        whole: &Whole<'a>,
        on: Option<Date>,
        is_same: impl Fn(&Node, &Node) -> bool,
    ) -> Result<Option<&'a Node>, NoChoice<'a>> {
        let mut found = self.among(items, whole);
        if let (Choose::Latest(by, dates), Some(on)) = (&self.one, on) {
            let is_later = |item: &&Node| match by.get(item, whole).map(|node| &node.content) {
                Some(Content::Scalar { text, .. }) => dates.read(text).is_ok_and(|day| day > on),
                _ => false,
            };
            found.retain(|item| !is_later(item));
        }
        let (first, second) = match found.as_slice() {
            [] => return Ok(None),
            [one] => return Ok(Some(one)),
            [first, second, ..] => (*first, *second),
        };
        match &self.one {
            Choose::Only if found.iter().all(|other| is_same(first, other)) => Ok(Some(first)),
            Choose::Only => Err(NoChoice::Several(second)),
            Choose::First => Ok(Some(first)),
            Choose::Last => Ok(found.last().copied()),
            Choose::Latest(by, dates) => {
                let by_day = dated(&found, by, dates, whole)?;
                chosen(by_day.iter().max_by_key(|(day, _)| *day), &by_day, is_same)
            }
            Choose::Earliest(by, dates) => {
                let by_day = dated(&found, by, dates, whole)?;
                chosen(by_day.iter().max_by_key(|(day, _)| Reverse(*day)), &by_day, is_same)
            }
        }
    }
}

type Dated<'a> = (Date, &'a Node);

fn dated<'a>(
    found: &[&'a Node],
    by: &SourcePath,
    dates: &Dates,
    whole: &Whole<'a>,
) -> Result<Vec<Dated<'a>>, NoChoice<'a>> {
    let read = |item: &&'a Node| match by.get(item, whole).map(|node| (node, &node.content)) {
        Some((node, Content::Scalar { text, .. })) => {
            Ok((dates.read(text).map_err(|_| NoChoice::Undated(node))?, *item))
        }
        Some((node, _)) => Err(NoChoice::Undated(node)),
        None => Err(NoChoice::Undated(item)),
    };
    found.iter().map(read).collect()
}

fn chosen<'a>(
    best: Option<&Dated<'a>>,
    all: &[Dated<'a>],
    is_same: impl Fn(&Node, &Node) -> bool,
) -> Result<Option<&'a Node>, NoChoice<'a>> {
    let Some((day, item)) = best else { return Ok(None) };
    let other = all.iter().find(|(other, node)| other == day && !is_same(item, node));
    other.map_or(Ok(Some(item)), |(_, node)| Err(NoChoice::SameDay(node)))
}
