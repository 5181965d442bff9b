//! A draft of a mapping for whoever has a source and no mapping yet. Columns that are called like an input are mapped to it; the
//! others are listed, to be mapped or ignored, because nothing else can be told from a name.

use super::{read_form::Written, spelling::fold, target::paths};
use crate::case::{
    Case,
    document::{Content, Node},
    fault::nearest,
    table_form::Delimiter,
};
use std::collections::BTreeMap;

/// What the inputs are called elsewhere that many sources have.
const CALLED: [(&str, &str); 31] = [
    ("gender", "sex"),
    ("dob", "date_of_birth"),
    ("case reference", "crn"),
    ("case ref", "crn"),
    ("case number", "crn"),
    ("case id", "crn"),
    ("reference", "crn"),
    ("ref", "crn"),
    ("offender id", "crn"),
    ("person id", "crn"),
    ("probnumber", "crn"),
    ("rosh", "oasys.rosh"),
    ("ogrs", "oasys.ogrs3"),
    ("ogrs3", "oasys.ogrs3"),
    ("ogrsscore", "oasys.ogrs3"),
    ("rsr", "oasys.rsr"),
    ("rsrscore", "oasys.rsr"),
    ("ogp", "oasys.ogp"),
    ("ovp", "oasys.ovp"),
    ("mappa", "mappa.level"),
    ("mappa category", "mappa.category"),
    ("officer", "supervision.officer.id"),
    ("offender manager", "supervision.officer.id"),
    ("grade", "supervision.officer.grade"),
    ("team", "supervision.office"),
    ("office", "supervision.office"),
    ("sentence", "sentence.type"),
    ("sentence date", "sentence.imposed_on"),
    ("sentence end date", "sentence.ends_on"),
    ("oasys completed", "oasys.completed_on"),
    ("hasactiveevent", "active_event"),
];

/// A draft for a source of some form, by its first record; of a table with what stands between its cells.
#[must_use]
pub fn draft(form: Written, delimiter: Delimiter, record: &Node) -> String {
    let names = names(record);
    let mut fields: BTreeMap<&str, &str> = BTreeMap::new();
    let inputs = paths(Case::FIELDS);
    let mut order = Vec::new();
    let mut rest = Vec::new();
    for name in &names {
        match meant_among(name, &inputs).filter(|_| !name.contains("[]")) {
            Some(input) if !fields.contains_key(input) => {
                fields.insert(input, name);
                order.push((input, name));
            }
            _ => rest.push(name),
        }
    }
    let delimiter = match delimiter {
        Delimiter::Comma => "",
        Delimiter::Semicolon => ", delimiter: semicolon",
        Delimiter::Tab => ", delimiter: tab",
        Delimiter::Bar => ", delimiter: bar",
    };
    let mut out = format!(
        "# A draft: `brag map check` says what is still to be decided, `brag show inputs` what each input is.\n\
         source: {{ form: {}{delimiter} }}\n\nfields:\n",
        form.name()
    );
    if !fields.contains_key("crn") {
        out.push_str("  crn: \"@file\" # say what the case reference is; this is the name of the file\n");
    }
    for (input, name) in order {
        out.push_str(&format!("  {input}: {}\n", quoted(name)));
    }
    if !rest.is_empty() {
        out.push_str("\n# To be decided, each: map it above, for instance as one of these, or take the `#` away and it is ignored:\n");
        out.push_str(
            "#   oasys.rosh: { from: COLUMN, words: { high: [High, H], very_high: [Very High] }, absent: [N/A] }\n",
        );
        out.push_str("#   sentence.ends_on: { from: COLUMN, date: \"%d/%m/%Y\" }\n");
        out.push_str("#   oasys.ogrs3: { from: COLUMN, number: { percent: true } }\n");
        out.push_str("# ignore:\n");
        for name in rest {
            out.push_str(&format!("#   - {}\n", quoted(name)));
        }
    }
    out
}

/// The input that the name of a column probably means.
#[must_use]
pub fn meant(name: &str) -> Option<String> {
    meant_among(name, &paths(Case::FIELDS)).map(str::to_owned)
}

fn meant_among<'a>(name: &str, inputs: &'a [String]) -> Option<&'a str> {
    let folded = fold(name).into_owned();
    let plain = folded.replace([' ', '-'], "_");
    let called = CALLED.iter().find(|(called, _)| *called == folded).map(|(_, input)| *input);
    let exact = |wanted: &str| inputs.iter().find(|input| *input == wanted).map(String::as_str);
    let last = || {
        let mut ending = inputs.iter().filter(|input| input.rsplit('.').next() == Some(plain.as_str()));
        ending.next().filter(|_| ending.next().is_none()).map(String::as_str)
    };
    called.and_then(exact).or_else(|| exact(&plain)).or_else(last).or_else(|| {
        let near = nearest(&plain, inputs)?;
        (strsim::jaro_winkler(&plain, near) > 0.95).then_some(near)
    })
}

/// Every name of a record that holds a value, as a path.
fn names(record: &Node) -> Vec<String> {
    fn add(node: &Node, path: &str, names: &mut Vec<String>) {
        match &node.content {
            Content::Map(entries) if !entries.is_empty() => {
                for (key, value) in entries {
                    let path = if path.is_empty() { key.name.clone() } else { format!("{path}.{}", key.name) };
                    add(value, &path, names);
                }
            }
            Content::List(items) if items.iter().any(|item| matches!(item.content, Content::Map(_))) => {
                for item in items {
                    add(item, &format!("{path}[]"), names);
                }
            }
            _ if !names.iter().any(|known| known == path) => names.push(path.to_owned()),
            _ => {}
        }
    }
    let mut names = Vec::new();
    add(record, "", &mut names);
    names
}

/// A name as YAML takes it wherever a text stands.
fn quoted(name: &str) -> String {
    let is_plain = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || "_.- ".contains(letter))
        && !name.ends_with(' ')
        && !matches!(fold(name).as_ref(), "yes" | "no" | "true" | "false" | "null" | "on" | "off" | "y" | "n");
    if is_plain { name.to_owned() } else { serde_json::Value::from(name).to_string() }
}
