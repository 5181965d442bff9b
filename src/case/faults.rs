//! Everything that is wrong with a case: what is wrong is left out of the tree of values, and the rest is read again, until nothing
//! is wrong with it.

use super::{
    check::contradictions,
    document::{Content, Key, Node},
    fault::{Fault, Wrong},
    model::Case,
    read,
};
use std::collections::{BTreeMap, BTreeSet};

/// Values that are looked at to find every fault, those that are read again counted each time.
const MAX_LOOKED: usize = 10_000_000;

/// What every answer of this program has, as a key or a column, and no case.
pub(super) const ANSWERED: &str = "computed";

/// What is wrong with a case.
#[derive(Debug, Default)]
pub struct Faults {
    /// Each fault, in the order of the file.
    pub all: Vec<Fault>,
    /// What the case says beside that, where there is enough left for one.
    pub case: Option<(Case, Node)>,
    /// Of each list from which entries were left out, which.
    gone: BTreeMap<String, BTreeSet<usize>>,
}

impl Faults {
    /// Those of a tree of values.
    #[must_use]
    pub fn of(document: Node) -> Self {
        let mut faults = Self::default();
        // Every answer has this key, and no case.
        if let Content::Map(entries) = &document.content
            && let Some((key, _)) = entries.iter().find(|(key, _)| key.name == ANSWERED)
        {
            return Self::only(Fault::at("", Some(key.at), Wrong::AN_ANSWER));
        }
        faults.read(document);
        faults.all.sort_by_key(|fault| fault.at);
        faults
    }

    /// One that ends the reading.
    #[must_use]
    pub fn only(fault: Fault) -> Self {
        Self { all: vec![fault], ..Self::default() }
    }

    fn read(&mut self, mut document: Node) {
        let size = document.count();
        let mut removed = BTreeSet::new();
        for _ in 0..=MAX_LOOKED / size.max(1) {
            let fault = match read::from_node::<Case>(&document) {
                Ok(case) => {
                    for fault in contradictions(&case, Some(&document)) {
                        self.all.push(Fault { path: self.in_file(&fault.path), ..fault });
                    }
                    self.case = Some((case, document));
                    return;
                }
                Err(fault) => fault,
            };
            let told = Fault { path: self.in_file(&fault.path), ..fault.clone() };
            // What was left out is not missing as well: its group goes with it.
            let is_new = match &fault.wrong {
                Wrong::Missing { key } => !removed.contains(&joined(&told.path, key)),
                _ => true,
            };
            let goes_on = match &fault.wrong {
                Wrong::Missing { key } if fault.path.is_empty() => key == "crn" && document.stand_in(key),
                _ => match document.leave_out(&fault.path) {
                    None => false,
                    Some(LeftOut::Field) => true,
                    Some(LeftOut::Entry { list, place }) => {
                        let list = self.in_file(&list);
                        let place = self.nth(&list, place);
                        self.gone.entry(list).or_default().insert(place);
                        true
                    }
                },
            };
            removed.insert(told.path.clone());
            if is_new {
                self.all.push(told);
            }
            if !goes_on {
                return;
            }
        }
    }

    /// A path in what is left as one in the file.
    #[must_use]
    pub fn in_file(&self, path: &str) -> String {
        let mut told = String::new();
        for (index, part) in path.split('[').enumerate() {
            let place = part.split_once(']').filter(|_| index > 0);
            match place.and_then(|(place, rest)| Some((place.parse().ok()?, rest))) {
                Some((place, rest)) => told = format!("{told}[{}]{rest}", self.nth(&told, place)),
                None if index == 0 => told.push_str(part),
                None => told = format!("{told}[{part}"),
            }
        }
        told
    }

    /// Which entry of a list in the file is the one that is left at some place.
    fn nth(&self, list: &str, place: usize) -> usize {
        let Some(gone) = self.gone.get(list) else { return place };
        (0..).filter(|index| !gone.contains(index)).nth(place).unwrap_or(place)
    }
}

/// What was left out of a tree.
enum LeftOut {
    /// A field of a group.
    Field,
    /// An entry of a list, which is that at a path.
    Entry { list: String, place: usize },
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

impl Node {
    /// How many values it holds, itself included.
    fn count(&self) -> usize {
        match &self.content {
            Content::Scalar { .. } => 1,
            Content::List(items) => 1 + items.iter().map(Self::count).sum::<usize>(),
            Content::Map(entries) => 1 + entries.iter().map(|(_, node)| node.count()).sum::<usize>(),
        }
    }

    /// Gives a map a key that it lacks, so that the rest of it can be read.
    fn stand_in(&mut self, key: &str) -> bool {
        let at = self.at;
        let Content::Map(entries) = &mut self.content else { return false };
        let content = Content::Scalar { text: "X".to_owned(), plain: false };
        entries.push((Key { name: key.to_owned(), at }, Self { at, content }));
        true
    }

    /// Leaves out what stands at a path; nothing where nothing stands there.
    fn leave_out(&mut self, path: &str) -> Option<LeftOut> {
        let (mut at, mut rest, mut walked) = (self, path, String::new());
        loop {
            match &mut at.content {
                Content::Map(entries) => {
                    // A key may hold a dot: the longest that fits is the one.
                    let fits = |key: &Key| {
                        rest.strip_prefix(key.name.as_str())
                            .is_some_and(|after| after.is_empty() || after.starts_with(['.', '[']))
                    };
                    let found = entries.iter().enumerate().filter(|(_, (key, _))| fits(key));
                    let index = found.max_by_key(|(_, (key, _))| key.name.len()).map(|(index, _)| index)?;
                    let length = entries.get(index)?.0.name.len();
                    walked.push_str(rest.get(..length)?);
                    rest = rest.get(length..)?;
                    if rest.is_empty() {
                        entries.remove(index);
                        return Some(LeftOut::Field);
                    }
                    at = &mut entries.get_mut(index)?.1;
                    if let Some(after) = rest.strip_prefix('.') {
                        walked.push('.');
                        rest = after;
                    }
                }
                Content::List(items) => {
                    let (index, after) = rest.strip_prefix('[')?.split_once(']')?;
                    let index: usize = index.parse().ok()?;
                    items.get(index)?;
                    rest = after.strip_prefix('.').unwrap_or(after);
                    if rest.is_empty() {
                        items.remove(index);
                        return Some(LeftOut::Entry { list: walked, place: index });
                    }
                    walked.push_str(&format!("[{index}]"));
                    walked.push_str(if after.starts_with('.') { "." } else { "" });
                    at = items.get_mut(index)?;
                }
                Content::Scalar { .. } => return None,
            }
        }
    }
}
