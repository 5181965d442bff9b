//! The answer as YAML, one document a case, with the keys of the JSON.

use crate::report::{Answer, Writer, assess_json};

/// Writes YAML documents.
#[derive(Debug)]
pub struct Yaml;

impl Writer for Yaml {
    fn write(&mut self, answer: &Answer<'_>) -> String {
        let value = assess_json::value(answer);
        // A JSON value is always one that YAML can hold.
        let text = serde_yaml::to_string(&value).unwrap_or_default();
        format!("---\n{text}")
    }

    fn end(&mut self) -> String {
        String::new()
    }
}
