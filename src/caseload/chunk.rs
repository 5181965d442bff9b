//! A chunk of a stream that is one case, and what takes a stream apart into such chunks: by lines, documents or elements.

use super::mapped::MappedRecords;
use crate::{
    case::{
        document::{self, Node},
        fault::{Fault, Mark},
        faults::Faults,
        json,
        row::Header,
    },
    error::Error,
};
use std::{io, path::Path, sync::Arc};

/// The bytes of one case, as written. Those of a case that is too large are cut after the limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Where it begins in its file.
    pub at: Mark,
    /// What it is.
    pub bytes: Vec<u8>,
    /// Whether it is all that the file holds, and not one entry of a book.
    pub alone: bool,
}

/// The first place of a file.
pub const START: Mark = Mark { line: 1, column: 1 };

impl Chunk {
    /// A chunk of a book.
    #[must_use]
    pub const fn new(at: Mark, bytes: Vec<u8>) -> Self {
        Self { at, bytes, alone: false }
    }

    /// The same as all that its file holds.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { alone: true, ..self }
    }
}

/// A stream that is taken apart.
pub trait Chunks: Send {
    /// The next chunk; none at the end.
    ///
    /// # Errors
    ///
    /// When the stream cannot be read, or is not what it should be, so that no further chunk can be found.
    fn next(&mut self) -> Result<Option<Chunk>, Broken>;

    /// Whether what comes next is at hand. Where it is not, somebody may be waiting for an answer before they write more.
    fn is_at_hand(&self) -> bool {
        true
    }
}

/// How one case is written.
#[derive(Debug, Clone)]
pub enum Written {
    /// YAML, or JSON that YAML takes.
    Yaml,
    /// JSON.
    Json,
    /// A row under a header.
    Row(Arc<Header>),
    /// A record of a service's own, with what maps it.
    Mapped(Arc<MappedRecords>),
}

impl Written {
    /// Everything that is wrong with a text of one case, and what it says beside.
    #[must_use]
    pub fn faults(&self, text: &str) -> Faults {
        let document = match self {
            Self::Row(header) => return header.faults(text),
            Self::Json => json::parse(text),
            Self::Yaml => document::parse(text),
            // What is wrong with a mapped record is told by its mapping.
            Self::Mapped(_) => return Faults::default(),
        };
        let mut faults = document.map_or_else(Faults::only, Faults::of);
        faults.all = faults.all.into_iter().map(Fault::spared).collect();
        faults
    }

    /// Where in a row the cell stands that a path leads to.
    #[must_use]
    pub fn row_place(&self, text: &str, path: &str) -> Option<Mark> {
        match self {
            Self::Row(header) => header.place_of(text, path),
            Self::Json | Self::Yaml | Self::Mapped(_) => None,
        }
    }

    /// The sheet that it is a row of.
    #[must_use]
    pub fn sheet(&self) -> Option<&Arc<str>> {
        match self {
            Self::Row(header) => header.dialect().sheet.as_ref(),
            Self::Mapped(records) => records.sheet(),
            Self::Json | Self::Yaml => None,
        }
    }

    /// A fault with its place, where that can be told from its path and the text of its case.
    #[must_use]
    pub fn locate(&self, fault: Fault, text: &str) -> Fault {
        let within = |document: Result<Node, Fault>| Some(document.ok()?.nearest(&fault.path)?.at);
        let at = fault.at.or_else(|| match self {
            Self::Row(_) => self.row_place(text, &fault.path),
            Self::Json => within(json::parse(text)),
            Self::Yaml => within(document::parse(text)),
            Self::Mapped(_) => None,
        });
        Fault { at, ..fault }
    }
}

/// Why nothing further can be found in a stream.
#[derive(Debug)]
pub enum Broken {
    /// It cannot be read.
    Unreadable(io::Error),
    /// It is not what it should be.
    Wrong(Fault),
    /// A sheet of it is not.
    InSheet(Fault, Arc<str>),
}

impl Broken {
    /// It as what is wrong with a file that messages call so.
    #[must_use]
    pub fn in_file(self, file: &str) -> Error {
        match self {
            Self::Unreadable(error) => Error::unreadable(Path::new(file), &error),
            Self::Wrong(fault) => Error::of_text(file, [fault], 1, String::new()),
            Self::InSheet(fault, sheet) => Error::of_text(file, [fault], 1, String::new()).in_sheet(Some(&sheet)),
        }
    }
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error)
    }
}
