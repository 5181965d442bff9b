//! A YAML or JSON file as a tree that remembers where every value stands, so that an error or a reason can name the line.
//! Everything a hostile file could do is bounded here: size, depth, number of values, aliases, duplicate keys.

use super::{
    fault::{Fault, Mark, Wrong},
    slips::slip,
};
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

/// The largest file read as one document, in bytes.
pub const MAX_BYTES: usize = 4 << 20;
const MAX_DEPTH: usize = 32;
const MAX_VALUES: usize = 100_000;
/// The longest key, in bytes: no field of the model and no name of a service's own comes near it.
pub(super) const MAX_KEY: usize = 200;

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
    let read = read(text);
    match &read {
        // What is one text is no case: somebody forgot a blank.
        Ok(Node { content: Content::Scalar { .. }, .. }) | Err(Fault { wrong: Wrong::Syntax { .. }, .. }) => {
            slip(text, self::read, &read).map_or(read, Err)
        }
        _ => read,
    }
}

fn read(text: &str) -> Result<Node, Fault> {
    if !text.contains('\t') {
        return Builder::default().read(text);
    }
    // YAML takes a tab wherever it does not indent; the parser takes it in fewer places.
    let in_brackets = text.trim_start().starts_with('{');
    let indents = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let spaced: String = text
        .split_inclusive('\n')
        .map(|line| line.split_at(if in_brackets { 0 } else { indents(line) }))
        .flat_map(|(indent, rest)| [Cow::Borrowed(indent), Cow::Owned(rest.replace('\t', " "))])
        .collect();
    Builder::default().read(&spaced).map_err(|fault| match (&fault.wrong, tab_before(&spaced, fault.at)) {
        (Wrong::Syntax { .. }, Some(at)) => {
            Fault::at("", Some(at), Wrong::Syntax { said: "a tab in the indentation: use spaces".to_owned() })
        }
        _ => fault,
    })
}

/// The first tab that indents a line, up to the line after the one at which the parser stopped.
fn tab_before(text: &str, stopped: Option<Mark>) -> Option<Mark> {
    let mut lines = text.lines().zip(1..).take(stopped?.line + 1).filter(|(line, _)| !line.trim().is_empty());
    lines.find_map(|(line, number)| Some(Mark { line: number, column: line.find('\t')? + 1 }))
}

/// Builds the tree from the parser's events. `open` are the lists and maps that are not yet closed, outermost first.
#[derive(Default)]
pub(super) struct Builder {
    open: Vec<Open>,
    anchors: BTreeMap<usize, (Node, Size)>,
    size: Size,
    /// What the anchors hold, copies all.
    named: Size,
    pub(super) done: Option<Node>,
}

/// How much a part of the tree holds, every alias written out.
#[derive(Debug, Clone, Copy, Default)]
struct Size {
    values: usize,
    bytes: usize,
}

impl Size {
    const fn and(self, more: Self) -> Self {
        Self { values: self.values + more.values, bytes: self.bytes + more.bytes }
    }

    const fn without(self, before: Self) -> Self {
        Self { values: self.values - before.values, bytes: self.bytes - before.bytes }
    }
}

struct Open {
    node: Node,
    anchor: usize,
    key: Option<Key>,
    seen: BTreeSet<String>,
    before: Size,
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
                let Some((node, size)) = self.anchors.get(&anchor) else {
                    let said = "an alias inside the value that it names".to_owned();
                    return Err(self.fault(at, Wrong::Syntax { said }));
                };
                let all = self.checked(self.size.and(*size), at)?;
                let copy = Node { at, content: node.content.clone() };
                self.size = all;
                self.add(copy, at)
            }
            _ => Ok(()),
        }
    }

    pub(super) fn scalar(&mut self, text: String, plain: bool, anchor: usize, at: Mark) -> Result<(), Fault> {
        if let Some(Open { node: Node { content: Content::Map(_), .. }, key: key @ None, seen, .. }) =
            self.open.last_mut()
        {
            if text.len() > MAX_KEY {
                return Err(self.fault(at, Wrong::KeyNotAWord));
            }
            let repeated = !seen.insert(text.clone());
            self.size.bytes += text.len();
            *key = Some(Key { name: text, at });
            return if repeated { Err(self.fault(at, Wrong::DuplicateKey)) } else { Ok(()) };
        }
        let size = Size { values: 1, bytes: text.len() };
        self.size = self.checked(self.size.and(size), at)?;
        let node = Node { at, content: Content::Scalar { text, plain } };
        self.name(anchor, &node, size)?;
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
        let before = self.size;
        self.size = self.checked(self.size.and(Size { values: 1, bytes: 0 }), at)?;
        let node = Node { at, content };
        self.open.push(Open { node, anchor, key: None, seen: BTreeSet::new(), before });
        Ok(())
    }

    pub(super) fn close(&mut self, at: Mark) -> Result<(), Fault> {
        let Some(closed) = self.open.pop() else { return Ok(()) };
        let size = self.size.without(closed.before);
        self.name(closed.anchor, &closed.node, size)?;
        self.add(closed.node, at)
    }

    /// Keeps a copy of a value that aliases can name. All copies count: values that hold each other can all have names.
    fn name(&mut self, anchor: usize, node: &Node, size: Size) -> Result<(), Fault> {
        if anchor > 0 {
            self.named = self.checked(self.named.and(size), node.at)?;
            self.anchors.insert(anchor, (node.clone(), size));
        }
        Ok(())
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

    /// So much, if there is room for it.
    fn checked(&self, all: Size, at: Mark) -> Result<Size, Fault> {
        if all.values > MAX_VALUES {
            Err(self.fault(at, Wrong::TooManyValues { limit: MAX_VALUES }))
        } else if all.bytes > MAX_BYTES {
            Err(self.fault(at, Wrong::TooLarge { limit: MAX_BYTES }))
        } else {
            Ok(all)
        }
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
