//! The JSON Schema of a case, from the same declarations that read one.

use super::model::Case;
use schemars::{
    Schema, schema_for,
    transform::{Transform, transform_subschemas},
};
use serde_json::{Map, Value, json};

/// The JSON Schema of a case file. It holds every constraint on one field; that dates must stand in an order that can be
/// (see [`super::check`]) is beyond what a schema can say.
#[must_use]
pub fn case_schema() -> Schema {
    let mut schema = schema_for!(Case);
    schema.insert("title".to_owned(), json!("A case"));
    MayBeNull.transform(&mut schema);
    schema
}

/// What need not be given may be given as nothing: a value, a list or a group of fields.
struct MayBeNull;

impl Transform for MayBeNull {
    fn transform(&mut self, schema: &mut Schema) {
        transform_subschemas(self, schema);
        let required = schema.get("required").cloned().unwrap_or_default();
        let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|one| one == name));
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            let optional = properties.iter_mut().filter(|(name, _)| !is_required(name));
            optional.filter_map(|(_, property)| property.as_object_mut()).for_each(or_null);
        }
    }
}

fn or_null(schema: &mut Map<String, Value>) {
    let nothing = json!({ "type": "null" });
    if let Some(kind) = schema.get_mut("type") {
        if kind.is_string() && kind != "null" {
            *kind = json!([kind, "null"]);
        }
    } else if let Some(reference) = schema.remove("$ref") {
        schema.insert("anyOf".to_owned(), json!([{ "$ref": reference }, nothing]));
    } else if let Some(Value::Array(any)) = schema.get_mut("anyOf")
        && !any.contains(&nothing)
    {
        any.push(nothing);
    }
}
