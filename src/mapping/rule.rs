//! What a mapping says of one input: where it is read, which entries of a list count, and what its values mean.

use super::{
    convert::{Convert, Dates},
    source_path::SourcePath,
    spelling::Spellings,
    target::Target,
};
use crate::case::fault::Mark;

/// An input with the ways to read it, of which the first that gives something counts.
#[derive(Debug)]
pub(super) struct FieldRule {
    pub(super) target: Target,
    pub(super) rules: Vec<Rule>,
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
    /// The same for every case.
    Constant(String),
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
