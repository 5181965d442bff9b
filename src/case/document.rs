//! A YAML or JSON file as a tree that remembers where every value stands, so that an error or a reason can name the line.
//! Everything a hostile file could do is bounded here: size, depth, number of values, aliases, duplicate keys.

use super::fault::{Fault, Mark, Wrong};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::collections::{BTreeMap, BTreeSet};

/// The largest file read as one document, in bytes.
pub const MAX_BYTES: usize = 4 << 20;
const MAX_DEPTH: usize = 32;
const MAX_VALUES: usize = 100_000;

/// A value of the file and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// Where it starts.
    pub at: Mark,
    /// What it is.
    pub content: Content,
}

/// What a value of the file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// A scalar: its text, and whether it stood without quotes.
    Scalar {
        /// As written.
        text: String,
        /// Without quotes, so that it may be a number or a truth value.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A map, in the order of the file.
    Map(Vec<(Key, Node)>),
}

/// A key of a map and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key.
    pub name: String,
    /// Where it starts.
    pub at: Mark,
}

/// Reads the one document of a YAML or JSON text.
///
/// # Errors
///
/// When the text is not well-formed, holds no document or several, repeats a key, or goes past a limit.
pub fn parse(text: &str) -> Result<Node, Fault> {
    if text.len() > MAX_BYTES {
        return Err(Fault::whole(Wrong::TooLarge { limit: MAX_BYTES }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with('{') {
        let spaced = text.replace('\t', " ");
        return Builder::default().read(&spaced);
    }
    Builder::default().read(text)
}

/// Builds the tree from the parser's events. `open` are the lists and maps that are not yet closed, outermost first.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, usize)>,
    values: usize,
    pub(super) done: Option<Node>,
}

struct Open {
    node: Node,
    anchor: usize,
    key: Option<Key>,
    seen: BTreeSet<String>,
    first_value: usize,
}

impl Builder {
    fn read(mut self, text: &str) -> Result<Node, Fault> {
        for event in Parser::new_from_str(text) {
            let (event, span) = event.map_err(|error| {
                let at = Mark { line: error.marker().line(), column: error.marker().col() + 1 };
                Fault::at("", Some(at), Wrong::Syntax { said: error.info().to_owned() })
            })?;
            self.take(event, mark(span))?;
        }
        self.done.ok_or(Fault::whole(Wrong::Empty))
    }

    fn take(&mut self, event: Event<'_>, at: Mark) -> Result<(), Fault> {
        match event {
            Event::DocumentStart(_) if self.done.is_some() => Err(self.fault(at, Wrong::SeveralDocuments)),
            Event::Scalar(_, _, _, Some(_)) | Event::SequenceStart(_, Some(_)) | Event::MappingStart(_, Some(_)) => {
                Err(self.fault(at, Wrong::Tag))
            }
            Event::Scalar(text, style, anchor, None) => {
                let plain = matches!(style, ScalarStyle::Plain);
                self.scalar(text.into_owned(), plain, anchor, at)
            }
            Event::SequenceStart(anchor, None) => self.open(Content::List(Vec::new()), anchor, at),
            Event::MappingStart(anchor, None) => self.open(Content::Map(Vec::new()), anchor, at),
            Event::SequenceEnd | Event::MappingEnd => self.close(at),
            Event::Alias(anchor) => {
                let Some((node, values)) = self.anchors.get(&anchor).cloned() else {
                    let said = "an alias inside the value that it names".to_owned();
                    return Err(self.fault(at, Wrong::Syntax { said }));
                };
                self.count(values, at)?;
                self.add(Node { at, content: node.content }, at)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn scalar(&mut self, text: String, plain: bool, anchor: usize, at: Mark) -> Result<(), Fault> {
        if let Some(Open { node: Node { content: Content::Map(_), .. }, key: key @ None, seen, .. }) =
            self.open.last_mut()
        {
            let repeated = !seen.insert(text.clone());
            *key = Some(Key { name: text, at });
            return if repeated { Err(self.fault(at, Wrong::DuplicateKey)) } else { Ok(()) };
        }
        self.count(1, at)?;
        let node = Node { at, content: Content::Scalar { text, plain } };
        if anchor > 0 {
            self.anchors.insert(anchor, (node.clone(), 1));
        }
        self.add(node, at)
    }

    pub(super) fn open(&mut self, content: Content, anchor: usize, at: Mark) -> Result<(), Fault> {
        let awaits_key =
            matches!(self.open.last(), Some(Open { node: Node { content: Content::Map(_), .. }, key: None, .. }));
        if awaits_key {
            return Err(self.fault(at, Wrong::KeyNotAWord));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(self.fault(at, Wrong::TooDeep { limit: MAX_DEPTH }));
        }
        self.count(1, at)?;
        let node = Node { at, content };
        self.open.push(Open { node, anchor, key: None, seen: BTreeSet::new(), first_value: self.values });
        Ok(())
    }

    pub(super) fn close(&mut self, at: Mark) -> Result<(), Fault> {
        let Some(closed) = self.open.pop() else { return Ok(()) };
        if closed.anchor > 0 {
            self.anchors.insert(closed.anchor, (closed.node.clone(), self.values - closed.first_value + 1));
        }
        self.add(closed.node, at)
    }

    fn add(&mut self, node: Node, at: Mark) -> Result<(), Fault> {
        match self.open.last_mut() {
            None => self.done = Some(node),
            Some(Open { node: Node { content: Content::List(items), .. }, .. }) => items.push(node),
            Some(Open { node: Node { content: Content::Map(entries), .. }, key, .. }) => match key.take() {
                Some(key) => entries.push((key, node)),
                None => return Err(self.fault(at, Wrong::KeyNotAWord)),
            },
            Some(_) => {}
        }
        Ok(())
    }

    fn count(&mut self, more: usize, at: Mark) -> Result<(), Fault> {
        self.values += more;
        if self.values > MAX_VALUES { Err(self.fault(at, Wrong::TooManyValues { limit: MAX_VALUES })) } else { Ok(()) }
    }

    /// A fault here, with the path of the lists and maps that are open.
    fn fault(&self, at: Mark, wrong: Wrong) -> Fault {
        let path = self.open.iter().fold(String::new(), |path, open| match &open.node.content {
            Content::List(items) => format!("{path}[{}]", items.len()),
            _ => match &open.key {
                Some(key) if path.is_empty() => key.name.clone(),
                Some(key) => format!("{path}.{}", key.name),
                None => path,
            },
        });
        Fault::at(path, Some(at), wrong)
    }
}

fn mark(span: Span) -> Mark {
    Mark { line: span.start.line(), column: span.start.col() + 1 }
}

impl Node {
    /// The value at a path such as `oasys.sections.drugs` or `custody[1].to`, or the nearest one above it that the file has.
    #[must_use]
    pub fn nearest(&self, path: &str) -> Option<&Self> {
        fn inside<'a>(node: &'a Node, step: &str) -> Option<&'a Node> {
            match (&node.content, step.strip_suffix(']')) {
                (Content::List(items), Some(index)) => items.get(index.parse::<usize>().ok()?),
                (Content::Map(entries), None) => {
                    entries.iter().find(|(key, _)| key.name == step).map(|(_, value)| value)
                }
                _ => None,
            }
        }
        let mut at = None;
        for step in path.split(['.', '[']) {
            let Some(next) = inside(at.unwrap_or(self), step) else { break };
            at = Some(next);
        }
        at
    }
}
