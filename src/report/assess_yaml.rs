//! The answer as YAML, one document a case, with the keys of the JSON.

use crate::report::{Answer, Style, Writer, assess_json::Record};

/// Writes YAML documents.
#[derive(Debug)]
pub struct Yaml(pub Style);

impl Writer for Yaml {
    fn answer(&self, answer: &Answer<'_>, to: &mut Vec<u8>) {
        to.extend_from_slice(b"---\n");
        // By way of a JSON value, so that both say the same in the same order; such a value is always one that YAML can hold.
        let value = serde_json::to_value(Record { answer, reasons: self.0.reasons }).unwrap_or_default();
        let _ = serde_yaml::to_writer(to, &value);
    }
}
