//! A case that a mapping made, as a case file: in YAML each value with where it is from.

use crate::{
    case::document::{Content, Node},
    decision::decide::CaseFile,
    report::{Format, shown::shown},
};
use serde_json::{Map, Value};

/// The case of a file in a format: a document of YAML, or a line of JSON.
#[must_use]
pub fn written(file: &CaseFile, format: Format) -> String {
    let Some(document) = &file.document else { return String::new() };
    if format == Format::Jsonl {
        return format!("{}\n", value(document));
    }
    let mut out = "---\n".to_owned();
    let place = |path: &str| {
        let sourced = file.sourced.as_ref()?;
        let own = || sourced.maker_of(path).filter(|maker| maker.is_constant);
        let in_mapping = || own().map(|maker| format!("{}, line {}", sourced.mapping.file, maker.line));
        sourced.place_of(document, path).or_else(in_mapping)
    };
    yaml(document, "", 0, &place, &mut out);
    out
}

fn yaml(node: &Node, path: &str, indent: usize, place: &dyn Fn(&str) -> Option<String>, out: &mut String) {
    let Content::Map(entries) = &node.content else { return };
    for (key, node) in entries {
        let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
        let comment = || place(&path).map(|place| format!(" # {}", shown(&place))).unwrap_or_default();
        let name = Value::from(key.name.as_str()).to_string();
        let is_word =
            key.name.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_');
        let name = if is_word { &key.name } else { &name };
        out.push_str(&format!("{:indent$}{name}:", ""));
        match &node.content {
            Content::Map(_) => {
                out.push('\n');
                yaml(node, &path, indent + 2, place, out);
            }
            Content::List(items) if items.is_empty() => out.push_str(&format!(" []{}\n", comment())),
            Content::List(items) => {
                out.push_str(&format!("{}\n", comment()));
                for (index, item) in items.iter().enumerate() {
                    let from = place(&format!("{path}[{index}]")).map(|place| format!(" # {}", shown(&place)));
                    out.push_str(&format!("{:indent$}- {}{}\n", "", value(item), from.unwrap_or_default()));
                }
            }
            Content::Scalar { .. } => out.push_str(&format!(" {}{}\n", value(node), comment())),
        }
    }
}

/// A tree as JSON, which YAML takes as well; a number keeps its digits.
fn value(node: &Node) -> Value {
    match &node.content {
        Content::Scalar { text, plain: true } => {
            serde_json::from_str(text).unwrap_or_else(|_| Value::from(text.as_str()))
        }
        Content::Scalar { text, .. } => Value::from(text.as_str()),
        Content::List(items) => items.iter().map(value).collect(),
        Content::Map(entries) => {
            Value::Object(entries.iter().map(|(key, node)| (key.name.clone(), value(node))).collect::<Map<_, _>>())
        }
    }
}
