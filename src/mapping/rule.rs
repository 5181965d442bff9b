//! What a mapping says of one input: where it is read, which entries of a list count, and what its values mean.

use super::{
    convert::Convert,
    dates::Dates,
    source_path::SourcePath,
    spelling::Spellings,
    target::{Holds, Target},
};
use crate::case::{domain::Domain, fault::Mark};

/// An input with the ways to read it, of which the first that gives something counts.
#[derive(Debug)]
pub(super) struct FieldRule {
    pub(super) target: Target,
    pub(super) rules: Vec<Rule>,
}

impl FieldRule {
    /// The rule of the case reference where only the key is said.
    pub(super) fn of_reference(key: &[SourcePath]) -> Self {
        let target =
            Target { path: "crn".to_owned(), steps: vec!["crn".to_owned()], holds: Holds::Value(Domain::Text) };
        let convert = Box::new(Convert::none(false));
        let take = Take::Value { from: key.to_vec(), pick: Pick::default(), inside: None, convert };
        Self { target, rules: vec![Rule { at: Mark { line: 1, column: 1 }, when: Conditions::default(), take }] }
    }
}

/// One way to read an input.
#[derive(Debug)]
pub(super) struct Rule {
    /// Where the mapping says so.
    pub(super) at: Mark,
    /// What must hold of the record for this way to count.
    pub(super) when: Conditions,
    pub(super) take: Take,
}

/// How an input is read.
#[derive(Debug)]
pub(super) enum Take {
    /// The same for every case, counted where that is a default for a fact about risk.
    Constant(String, Option<usize>),
    /// A value, the first of several places that holds one.
    Value { from: Vec<SourcePath>, pick: Pick, inside: Option<SourcePath>, convert: Box<Convert> },
    /// Whether any entry of a list fulfils something.
    Any { from: SourcePath, entry: Conditions },
    /// Whether anything is there.
    Present(SourcePath),
    /// The fields of one entry of a list, or of a group.
    One { from: SourcePath, pick: Pick, fields: Vec<FieldRule> },
    /// A list, an entry of it for each of the source.
    Each { from: SourcePath, pick: Pick, entry: Entry, except: Option<String>, unknown: Option<usize> },
}

/// What becomes of an entry of a list.
#[derive(Debug)]
pub(super) enum Entry {
    /// A record.
    Fields(Vec<FieldRule>),
    /// A single value.
    Value { inside: Option<SourcePath>, convert: Box<Convert> },
}

/// Which entries of a list count.
#[derive(Debug, Default)]
pub(super) struct Pick {
    /// Those of which this holds.
    pub(super) entry: Conditions,
    /// Of several, those of which this holds go first; the others count where it holds of none.
    pub(super) prefer: Conditions,
    pub(super) one: Choose,
}

/// Which of several entries counts.
#[derive(Debug, Default)]
pub(super) enum Choose {
    /// There can be one only.
    #[default]
    Only,
    First,
    Last,
    Latest(SourcePath, Dates),
    Earliest(SourcePath, Dates),
}

/// What must hold of a record.
#[derive(Debug, Default)]
pub(super) struct Conditions {
    pub(super) are: Vec<Condition>,
    pub(super) are_not: Vec<Condition>,
}

/// What a value must be.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) path: SourcePath,
    pub(super) spellings: Spellings,
    /// Whether it may be absent, too.
    pub(super) or_nothing: bool,
}
