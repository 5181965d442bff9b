//! Cases to try things on, as JSON: the worked ones of the shipped policies, and made-up people.

use brag::case::Case;
use brag_made_up::{Book, DATE};
use jiff::civil::{Date, Weekday};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// The date for cases that have none.
pub const ON: Date = DATE;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The worked cases of a shipped policy, by name, with every section written in full, so that a path leads to its value.
pub fn worked(policy: &str) -> Vec<(String, Value)> {
    let folder = root().join("policies").join(policy).join("cases");
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: PathBuf| {
        let mut document: Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        if let Some(sections) = document.pointer_mut("/oasys/sections").and_then(Value::as_object_mut) {
            for section in sections.values_mut().filter(|section| section.is_number()) {
                *section = json!({ "score": section.clone() });
            }
        }
        (path.file_stem().unwrap().to_str().unwrap().to_owned(), document)
    };
    paths.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "yaml")).map(read).collect()
}

/// The first so many people of the made-up book of a seed.
pub fn made_up(seed: u64, count: usize) -> Vec<(String, Value)> {
    let is_working = |date: Date| !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let book = Book::new(seed, ON, is_working);
    let people = book.cases().take(count).enumerate();
    let named = people.map(|(number, mut case)| {
        if let Some(sections) = case.pointer_mut("/oasys/sections").and_then(Value::as_object_mut) {
            for section in sections.values_mut().filter(|section| section.is_number()) {
                *section = json!({ "score": section.clone() });
            }
        }
        (format!("made-up {number}"), case)
    });
    named.collect()
}

/// A case of its JSON.
pub fn case_of(document: &Value) -> Arc<Case> {
    let text = document.to_string();
    let case = Case::quick_json(&text).map_or_else(|| Case::parse(&text).map(|(case, _)| case), Ok);
    Arc::new(case.unwrap_or_else(|fault| panic!("{fault}: {text}")))
}

/// Where the value of an input stands.
pub fn pointer(path: &str) -> String {
    format!("/{}", path.replace('.', "/"))
}

/// The same case without the value of an input.
pub fn without(document: &Value, path: &str) -> Value {
    let mut document = document.clone();
    let (group, name) = path.rsplit_once('.').unwrap_or(("", path));
    let group = if group.is_empty() { Some(&mut document) } else { document.pointer_mut(&pointer(group)) };
    if let Some(fields) = group.and_then(Value::as_object_mut) {
        fields.shift_remove(name);
    }
    document
}
