//! What a rule worked out on the way: each helper in the policy's words with what it gave, the facts and the numbers that made
//! it so, the look-ups in tables.

use crate::{
    case::{input::InputTable, value::Value},
    evaluate::workings::{Subject, Working},
    language::program::Program,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::sync::Arc;

/// A value that was worked out or read, with what it was worked out of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ExplainedValue {
    /// What it is.
    pub kind: ValueKind,
    /// Path of an input; name of a helper, a word or a parameter, with the keys of an entry: `matrix[high][low]`.
    pub name: String,
    /// Its value.
    pub gave: Value,
    /// What a helper means, in the policy's words.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub text: Arc<str>,
    /// What it was worked out of, in order. A helper that was asked before stands without.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Self>,
}

/// What a value is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ValueKind {
    /// A fact of the case.
    Input,
    /// Whether the case gives a fact.
    Presence,
    /// A number of the policy, or an entry of a table.
    Parameter,
    /// What a helper of the policy gives.
    Helper,
    /// What a word of the language makes of facts and numbers.
    Word,
}

/// Makes what was kept readable.
pub(super) struct ValueReader<'a> {
    pub program: &'a Program,
    pub inputs: &'a InputTable,
}

impl ValueReader<'_> {
    /// The workings of a rule.
    pub fn workings(&self, kept: Vec<Working>) -> Vec<ExplainedValue> {
        let mut asked = Vec::new();
        kept.into_iter().filter_map(|one| self.value(one, &mut asked)).collect()
    }

    fn value(&self, kept: Working, asked: &mut Vec<u32>) -> Option<ExplainedValue> {
        let (kind, name) = (kind(&kept.of)?, self.name(&kept.of)?);
        let (mut text, mut parts) = (Arc::from(""), kept.parts);
        if let Subject::Helper(function) = kept.of {
            text = Arc::clone(&self.program.function(function).text);
            if asked.contains(&function) {
                parts.clear();
            }
            asked.push(function);
        }
        let parts = parts.into_iter().filter_map(|part| self.value(part, asked)).collect();
        Some(ExplainedValue { kind, name, gave: kept.gave, text, parts })
    }

    /// What a value is of, in a few words; nothing where it has no name.
    pub fn name(&self, of: &Subject) -> Option<String> {
        Some(match of {
            Subject::Input(input) | Subject::Presence(input) => self.inputs.get(*input).path.to_string(),
            Subject::Parameter(slot, keys) => {
                let name = self.program.parameters.get(usize::from(*slot))?;
                keys.iter().fold(name.clone(), |name, key| format!("{name}[{key}]"))
            }
            Subject::Helper(function) => self.program.function(*function).name.to_string(),
            Subject::Word(word, operands) => {
                let operands: Option<Vec<String>> = operands.iter().map(|of| self.name(of)).collect();
                let operands = operands?.join(", ");
                if operands.is_empty() { (*word).to_owned() } else { format!("{word}({operands})") }
            }
            Subject::Value => return None,
        })
    }
}

const fn kind(of: &Subject) -> Option<ValueKind> {
    Some(match of {
        Subject::Input(_) => ValueKind::Input,
        Subject::Presence(_) => ValueKind::Presence,
        Subject::Parameter(..) => ValueKind::Parameter,
        Subject::Helper(_) => ValueKind::Helper,
        Subject::Word(..) => ValueKind::Word,
        Subject::Value => return None,
    })
}
