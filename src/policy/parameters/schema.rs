//! The JSON Schema of `parameters.yaml`, for editors that complete and check it as it is written.

use serde_json::{Value, json};

/// The schema.
#[must_use]
pub fn parameters_schema() -> Value {
    let text = |description: &str| json!({ "type": "string", "minLength": 1, "description": description });
    let source = text("Where it comes from; `assumption` where no source settles it.");
    let dated = json!({
        "type": "object",
        "description": "The value from this date on.",
        "properties": {
            "value": { "description": "A number, a word, a truth value, a list or a table.", "not": { "type": "null" } },
            "unit": text("What it is counted in."),
            "source": source,
        },
        "required": ["value", "source"],
        "additionalProperties": false,
    });
    let parameter = json!({
        "type": "object",
        "properties": {
            "description": text("What it is."),
            "values": {
                "type": "object",
                "description": "Its values, each by the date from which it holds, YYYY-MM-DD.",
                "patternProperties": { "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": dated },
                "additionalProperties": false,
                "minProperties": 1,
            },
        },
        "required": ["description", "values"],
        "additionalProperties": false,
    });
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "The numbers of a policy: parameters.yaml",
        "type": "object",
        "properties": { "local": own_inputs(), "presumed": presumed() },
        "additionalProperties": parameter,
    })
}

fn own_inputs() -> Value {
    json!({
        "type": "object",
        "description": "The policy's own inputs, which a case gives under `local`.",
        "additionalProperties": {
            "type": "object",
            "properties": {
                "type": { "enum": ["boolean", "whole", "decimal", "word", "date", "text"] },
                "description": { "type": "string", "minLength": 1 },
                "min": { "type": "integer", "description": "Smallest value of a number." },
                "max": { "type": "integer", "description": "Largest value of a number." },
                "words": { "type": "array", "minItems": 1, "description": "The words that it can be." },
            },
            "required": ["type", "description"],
            "additionalProperties": false,
        },
    })
}

fn presumed() -> Value {
    json!({
        "type": "object",
        "description": "What is taken for granted of a fact that a case does not give, by the path of the input.",
        "additionalProperties": {
            "type": "object",
            "properties": {
                "value": { "description": "This value." },
                "at_most": { "type": "string", "description": "No more than the input at this path." },
                "description": { "type": "string", "minLength": 1 },
                "source": { "type": "string", "minLength": 1 },
            },
            "required": ["description", "source"],
            "oneOf": [{ "required": ["value"] }, { "required": ["at_most"] }],
            "additionalProperties": false,
        },
    })
}
