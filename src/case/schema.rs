//! The JSON Schema of a case, from the same declarations that read one.

use super::Case;
use schemars::{Schema, json_schema, schema_for};
use serde_json::{Value, json};

/// The JSON Schema of a case file. It holds every constraint on one field; that dates must stand in an order that can be
/// (see [`super::check`]) is beyond what a schema can say.
#[must_use]
pub fn case_schema() -> Schema {
    let mut schema = schema_for!(Case);
    schema.insert("title".to_owned(), json!("A case"));
    schema
}

/// The schema of a closed list of words and its aliases; an alias `true` or `false` is also the truth value.
pub(crate) fn one_of_words(about: &[&str], words: &[&str], aliases: &[&str]) -> Schema {
    let mut allowed: Vec<Value> = words.iter().chain(aliases).map(|word| json!(word)).collect();
    allowed.extend(aliases.iter().filter_map(|alias| alias.parse::<bool>().ok()).map(Value::Bool));
    json_schema!({ "description": about.concat().trim(), "enum": allowed })
}
