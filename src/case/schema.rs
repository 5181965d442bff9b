//! The JSON Schema of a case, from the same declarations that read one.

use super::model::Case;
use schemars::{Schema, schema_for};
use serde_json::json;

/// The JSON Schema of a case file. It holds every constraint on one field; that dates must stand in an order that can be
/// (see [`super::check`]) is beyond what a schema can say.
#[must_use]
pub fn case_schema() -> Schema {
    let mut schema = schema_for!(Case);
    schema.insert("title".to_owned(), json!("A case"));
    schema
}
