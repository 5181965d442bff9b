//! A case file written anew from another: the same fields in the same order, one of them changed.

use crate::case::{
    Case,
    day::Day,
    document::{Content, Key, Node, parse},
    fault::{Fault, Mark},
    oasys::need_of,
};
use jiff::civil::Date;

/// The comment by which an editor finds the schema of a case, wherever the file lies.
pub const SCHEMA_LINE: &str =
    concat!("# yaml-language-server: $schema=", env!("CARGO_PKG_REPOSITORY"), "/raw/main/docs/case.schema.json");
/// Longest line that a list or map is written in.
const WIDTH: usize = 110;

/// A case as a tree that can be changed and written.
#[derive(Debug, Clone)]
pub struct CaseText {
    root: Node,
}

impl CaseText {
    /// Reads the text of a case.
    ///
    /// # Errors
    ///
    /// When it is not well-formed.
    pub fn read(text: &str) -> Result<Self, Fault> {
        Ok(Self { root: parse(text)? })
    }

    /// The case that it is the text of.
    ///
    /// # Errors
    ///
    /// As [`Case::parse`].
    pub fn case(&self) -> Result<Case, Fault> {
        Ok(Case::from_document(self.root.clone())?.0)
    }

    /// Puts a value at a path such as `oasys.ogrs3` or `contacts.0.outcome`; what is not there is made.
    ///
    /// # Errors
    ///
    /// A sentence, when the value is not well-formed or the path leads through a single value.
    pub fn set(&mut self, path: &str, value: &str) -> Result<(), String> {
        let value = parse(value).map_err(|fault| format!("the value of `{path}`: {fault}"))?;
        let mut node = &mut self.root;
        for step in path.split('.') {
            node =
                child(node, step).ok_or_else(|| format!("`{path}`: `{step}` does not lead anywhere in this case"))?;
        }
        *node = value;
        Ok(())
    }

    /// Puts a value at the path of an input. A need may be written as its score alone.
    ///
    /// # Errors
    ///
    /// As [`CaseText::set`].
    pub fn set_input(&mut self, path: &str, value: &str) -> Result<(), String> {
        self.set(path, value).or_else(|said| need_of(path).map_or(Err(said), |need| self.set(need, value)))
    }

    /// Takes away what stands at a path; false where nothing does.
    pub fn unset(&mut self, path: &str) -> bool {
        let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
        let mut node = &mut self.root;
        for step in parent.split('.').filter(|step| !step.is_empty()) {
            let Content::Map(entries) = &mut node.content else { return false };
            let Some((_, inner)) = entries.iter_mut().find(|(key, _)| key.name == step) else { return false };
            node = inner;
        }
        let Content::Map(entries) = &mut node.content else { return false };
        let before = entries.len();
        entries.retain(|(key, _)| key.name != last);
        entries.len() < before
    }

    /// Every date in it, with its path.
    #[must_use]
    pub fn dates(&self) -> Vec<(String, Date)> {
        fn collect(node: &Node, path: &str, found: &mut Vec<(String, Date)>) {
            let below = |step: &str| if path.is_empty() { step.to_owned() } else { format!("{path}.{step}") };
            match &node.content {
                Content::Scalar { text, .. } => found.extend(Day::parse(text).map(|day| (path.to_owned(), day.0))),
                Content::List(items) => {
                    items.iter().enumerate().for_each(|(at, item)| collect(item, &below(&at.to_string()), found));
                }
                Content::Map(entries) => {
                    for (key, inner) in entries {
                        collect(inner, &below(&key.name), found);
                    }
                }
            }
        }
        let mut found = Vec::new();
        collect(&self.root, "", &mut found);
        found
    }

    /// The path of everything in it that has a name, the outer things before those in them.
    #[must_use]
    pub fn paths(&self) -> Vec<String> {
        fn collect(node: &Node, path: &str, found: &mut Vec<String>) {
            let Content::Map(entries) = &node.content else { return };
            for (key, inner) in entries {
                let below = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
                found.push(below.clone());
                collect(inner, &below, found);
            }
        }
        let mut found = Vec::new();
        collect(&self.root, "", &mut found);
        found
    }

    /// Takes a field at the top away.
    pub fn remove(&mut self, field: &str) {
        if let Content::Map(entries) = &mut self.root.content {
            entries.retain(|(key, _)| key.name != field);
        }
    }

    /// The text of a file, with a comment above it and the name of its schema for editors below.
    #[must_use]
    pub fn as_file(&self, comment: &str) -> String {
        format!("{}{SCHEMA_LINE}\n", self.write(comment))
    }

    /// The text, with a comment above it.
    #[must_use]
    pub fn write(&self, comment: &str) -> String {
        let mut out = if comment.is_empty() { String::new() } else { format!("# {comment}\n") };
        block(&self.root, 0, &mut out);
        out
    }
}

fn child<'a>(node: &'a mut Node, step: &str) -> Option<&'a mut Node> {
    match &mut node.content {
        Content::Map(entries) => {
            let at = entries.iter().position(|(key, _)| key.name == step).unwrap_or_else(|| {
                let key = Key { name: step.to_owned(), at: Mark::default() };
                entries.push((key, Node { at: Mark::default(), content: Content::Map(Vec::new()) }));
                entries.len() - 1
            });
            entries.get_mut(at).map(|(_, node)| node)
        }
        Content::List(items) => items.get_mut(step.parse::<usize>().ok()?),
        Content::Scalar { .. } => None,
    }
}

/// Writes a map or list over several lines; what fits is kept on one.
fn block(node: &Node, depth: usize, out: &mut String) {
    let indent = "  ".repeat(depth);
    match &node.content {
        Content::Map(entries) => {
            for (key, value) in entries {
                entry(&format!("{indent}{}:", key.name), value, depth, out);
            }
        }
        Content::List(items) => items.iter().for_each(|item| entry(&format!("{indent}-"), item, depth, out)),
        Content::Scalar { .. } => out.push_str(&format!("{indent}{}\n", flow(node))),
    }
}

fn entry(head: &str, value: &Node, depth: usize, out: &mut String) {
    let short = flow(value);
    let nested = match &value.content {
        Content::Map(entries) if depth == 0 => !entries.is_empty(),
        Content::List(items) => items.iter().any(|item| matches!(item.content, Content::Map(_))),
        _ => false,
    };
    let fits = head.len() + 1 + short.len() <= WIDTH && !nested;
    let is_item = matches!(value.content, Content::Map(_)) && head.trim_start() == "-";
    if fits || is_item {
        out.push_str(&format!("{head} {short}\n"));
    } else {
        out.push_str(&format!("{head}\n"));
        block(value, depth + 1, out);
    }
}

/// Writes a value on one line.
fn flow(node: &Node) -> String {
    match &node.content {
        Content::Scalar { text, plain: true } => text.clone(),
        Content::Scalar { text, plain: false } => serde_json::Value::from(text.as_str()).to_string(),
        Content::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Content::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| format!("{}: {}", key.name, flow(value)));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}
