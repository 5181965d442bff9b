//! Which entries of a list count, and which of several.

use super::{
    convert::said,
    dates::Dates,
    rule::{Choose, Condition, Conditions, Pick},
    source_path::{SourcePath, Whole, is_nothing},
};
use crate::case::document::{Content, Node};
use jiff::civil::{Date, Time};
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
            Some(Content::Scalar { text, .. }) => self.spellings.has(said(text)),
            // A group or a list is only ever there or not.
            Some(_) => self.spellings.has(""),
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
        if found.iter().any(|item| self.prefer.hold(item, whole)) {
            found.retain(|item| self.prefer.hold(item, whole));
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
                chosen(by_day.iter().max_by_key(|(time, _)| *time), &by_day, is_same)
            }
            Choose::Earliest(by, dates) => {
                let by_day = dated(&found, by, dates, whole)?;
                chosen(by_day.iter().max_by_key(|(time, _)| Reverse(*time)), &by_day, is_same)
            }
        }
    }
}

/// The day of an entry, and the time of day where it says one.
type Dated<'a> = ((Date, Option<Time>), &'a Node);

fn dated<'a>(
    found: &[&'a Node],
    by: &SourcePath,
    dates: &Dates,
    whole: &Whole<'a>,
) -> Result<Vec<Dated<'a>>, NoChoice<'a>> {
    let read = |item: &&'a Node| match by.get(item, whole).map(|node| (node, &node.content)) {
        Some((node, Content::Scalar { text, .. })) => {
            let day = dates.read(text).map_err(|_| NoChoice::Undated(node))?;
            Ok(((day, dates.time_of(text)), *item))
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
    let Some((best, item)) = best else { return Ok(None) };
    // Which of two entries of one day is later their times say, where both have one.
    let is_apart = |one: Option<Time>, other: Option<Time>| one.is_some() && other.is_some() && one != other;
    let is_beside = |time: &(Date, Option<Time>)| time.0 == best.0 && !is_apart(time.1, best.1);
    let other = all.iter().find(|(time, node)| is_beside(time) && !is_same(item, node));
    other.map_or(Ok(Some(item)), |(_, node)| Err(NoChoice::SameDay(node)))
}
