//! The JSON Schema of a mapping, for editors that complete and check it as it is written.

use super::{read_form::Written, target::paths};
use crate::case::Case;
use serde_json::{Map, Value, json};

/// The schema.
#[must_use]
pub fn mapping_schema() -> Value {
    let inputs = paths(Case::FIELDS).into_iter().map(|path| (path, json!({ "$ref": "#/$defs/rules" })));
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A mapping: how a service's own data becomes cases",
        "type": "object",
        "properties": {
            "description": text("What source it is for."),
            "source": form("How the source is written.", &json!({
                "group": { "type": "boolean", "description": "Several rows are of one person: grouped by `key`, they stand under `rows`." },
            })),
            "tables": {
                "type": "object",
                "description": "Tables whose rows are joined to each record by the case reference, as lists under these names.",
                "additionalProperties": form("A table.", &json!({
                    "file": text("Its file, beside that of the cases."),
                    "optional": { "type": "boolean", "description": "There need be no such file." },
                })),
            },
            "fields": {
                "type": "object",
                "description": "The inputs of a case, each with how it is read.",
                "properties": inputs.collect::<Map<String, Value>>(),
                "patternProperties": {
                    "^local\\.[a-z0-9_]+$": { "$ref": "#/$defs/rules" },
                    "^oasys\\.sections\\.[a-z]+(\\.answers\\..+)?$": { "$ref": "#/$defs/rules" },
                    "^[a-z_]+(\\.[a-z_]+)*$": { "$ref": "#/$defs/rules" },
                },
                "additionalProperties": false,
            },
            "ignore": texts("Columns and paths that are not read, by name or with `*` for any text."),
            "not_exported": texts("Inputs of which the source can say nothing: no flag is raised because they are absent."),
        },
        "required": ["fields"],
        "additionalProperties": false,
        "$defs": { "rules": rules(), "rule": rule(), "conditions": conditions() },
    })
}

fn text(about: &str) -> Value {
    json!({ "type": "string", "minLength": 1, "description": about })
}

fn texts(about: &str) -> Value {
    let scalar = json!({ "type": ["string", "number", "boolean", "null"] });
    json!({ "description": about, "anyOf": [scalar, { "type": "array", "items": scalar }] })
}

fn form(about: &str, more: &Value) -> Value {
    let forms: Vec<&str> = Written::ALL.iter().map(|(name, _)| *name).collect();
    let mut properties = json!({
        "form": { "enum": forms, "description": "By the ending of the file where it is not said." },
        "key": texts("What is the case reference, the first of several that is there; `@file` is the name of the file."),
        "delimiter": text("What stands between cells: comma, semicolon, tab or bar."),
        "encoding": text("How text is written in bytes, such as windows-1252."),
        "title_lines": { "type": "integer", "minimum": 0, "description": "Lines before the one that names the columns." },
        "sheet": text("The sheet of a workbook."),
    });
    if let (Some(known), Some(more)) = (properties.as_object_mut(), more.as_object()) {
        known.extend(more.clone());
    }
    json!({ "type": "object", "description": about, "properties": properties, "additionalProperties": false })
}

fn rules() -> Value {
    json!({
        "anyOf": [
            { "type": "string", "description": "The column or path that it is read from." },
            { "$ref": "#/$defs/rule" },
            { "type": "array", "description": "Ways to read it, of which the first that gives something counts.",
              "items": { "anyOf": [{ "type": "string" }, { "$ref": "#/$defs/rule" }] } },
        ],
    })
}

fn rule() -> Value {
    let by_date = json!({ "anyOf": [{ "type": "string" }, { "type": "object" }] });
    let conditions = json!({ "$ref": "#/$defs/conditions" });
    json!({
        "type": "object",
        "description": "How an input is read. With `each` and `one`, further keys are fields of the entry.",
        "properties": {
            "from": texts("The column or path, or several, of which the first that holds something counts; what `absent` lists is nothing."),
            "value": { "description": "The same for every case." },
            "any": conditions, "present": text("A path: true where something is there."),
            "each": text("A list: an entry for each of its entries."), "one": text("A list or group: its fields from one entry."),
            "when": conditions, "when_not": conditions, "where": conditions, "where_not": conditions,
            "prefer": conditions, "prefer_not": conditions,
            "latest": by_date, "earliest": by_date,
            "first": { "type": "boolean" }, "last": { "type": "boolean" },
            "take": text("The path inside the entry."),
            "except": text("With `each`: the input that took one of the entries."),
            "unknown": { "const": "pass", "description": "With `each`: entries whose words a case does not have are counted and passed over." },
            "words": { "type": "object", "description": "What each spelling means, by the word of a case; case and blanks do not matter, `*` is any text." },
            "absent": texts("Spellings of nothing."),
            "other": { "description": "What a value means that `words` does not list: a word, or `absent`. It is counted." },
            "date": { "anyOf": [
                texts("`iso`, `excel`, or the parts of a date such as %d/%m/%Y; a * at the end for what follows."),
                { "$ref": "#/$defs/rules" },
            ] },
            "pivot": { "type": "integer", "minimum": 0, "maximum": 99, "description": "With `%y`: the last two-digit year of this century; a later one is of the last." },
            "number": {
                "type": "object",
                "properties": {
                    "decimal": text("The mark of decimals."), "thousands": text("The mark of thousands."),
                    "percent": { "type": "boolean", "description": "A percent sign may follow." },
                    "strip": text("What stands before the number."), "divide": { "type": "number" },
                },
                "additionalProperties": false,
            },
            "pattern": text("A regular expression: its first brackets hold what counts."),
            "split": text("The sign between the entries of a list."),
        },
    })
}

fn conditions() -> Value {
    json!({
        "type": "object",
        "description": "What must hold: by path, a value, a list of values, `null` for nothing, `*` for anything.",
        "additionalProperties": texts("The values that it may have."),
    })
}
