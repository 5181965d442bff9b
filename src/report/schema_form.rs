//! The form of the schemas of answers: nothing but what is written fits them.

use schemars::{
    Schema,
    transform::{Transform, transform_subschemas},
};
use serde_json::{Map, Value, json};

/// Makes the schema of types that of what is written of them.
pub(super) struct AsWritten;

impl Transform for AsWritten {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        if let Some(fields) = schema.as_object_mut() {
            as_list(fields);
            on_one_line(fields);
            never_null(fields);
            closed(fields);
        }
    }
}

/// Words that each have a text are a list, with their texts behind that of the list.
fn as_list(fields: &mut Map<String, Value>) {
    let Some(Value::Array(words)) = fields.get("oneOf") else { return };
    let Some(list) = words.iter().map(|word| word.get("const")?.as_str()).collect::<Option<Vec<&str>>>() else {
        return;
    };
    let text = |word: &Value| word.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    let texts = list.iter().zip(words).map(|(name, word)| format!("\n- `{name}`: {}", text(word)));
    let about = fields.get("description").and_then(Value::as_str).unwrap_or_default();
    let (about, list) = (format!("{about}\n{}", texts.collect::<String>()), json!(list));
    fields.shift_remove("oneOf");
    fields.insert("description".to_owned(), about.into());
    fields.insert("type".to_owned(), "string".into());
    fields.insert("enum".to_owned(), list);
}

/// A text breaks where a paragraph or an entry of a list ends, and not where a line of the source does.
fn on_one_line(fields: &mut Map<String, Value>) {
    let Some(Value::String(text)) = fields.shift_remove("description") else { return };
    let kept = text.replace("\n\n", "\r\r").replace("\n- ", "\r- ");
    // It stands first, behind what the whole schema is called.
    let place = fields.keys().take_while(|name| ["$schema", "$id", "title"].contains(&name.as_str())).count();
    fields.shift_insert(place, "description".to_owned(), kept.replace('\n', " ").replace('\r', "\n").into());
}

/// What is left out where there is nothing is never null. What an answer in short alone leaves out says that it can be.
fn never_null(fields: &mut Map<String, Value>) {
    let required = fields.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let Some(Value::Object(properties)) = fields.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        let Some(property) = property.as_object_mut().filter(|property| !property.contains_key("default")) else {
            continue;
        };
        if let Some(Value::Array(kinds)) = property.get_mut("type") {
            kinds.retain(|kind| kind != "null");
            if let [kind] = kinds.as_slice() {
                let kind = kind.clone();
                property.insert("type".to_owned(), kind);
            }
        }
        if let Some(Value::Array(any)) = property.get_mut("anyOf") {
            any.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
            if let [Value::Object(one)] = any.as_slice() {
                let one = one.clone();
                property.shift_remove("anyOf");
                property.extend(one);
            }
        }
    }
}

/// An object has the keys that it is said to have, and no other.
fn closed(fields: &mut Map<String, Value>) {
    if !fields.contains_key("properties") {
        return;
    }
    let Some(Value::Array(kinds)) = fields.get_mut("oneOf") else {
        fields.insert("additionalProperties".to_owned(), false.into());
        return;
    };
    // Keys that only one kind has stand with the kind, and those of all around it.
    for kind in kinds.iter_mut().filter_map(Value::as_object_mut) {
        kind.shift_remove("additionalProperties");
    }
    fields.insert("unevaluatedProperties".to_owned(), false.into());
}
