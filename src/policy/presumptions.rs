//! What a policy takes for granted of inputs that a case does not give, as its numbers declare it.

use super::parameters::{DeclaredPresumption, Parameters};
use crate::{
    case::{
        fault::nearest,
        input::{InputId, InputTable},
        record::Kind,
        words::Level,
    },
    evaluate::presumed::{Presumed, Presumption},
};
use std::collections::BTreeMap;

pub(super) fn presumed(parameters: &Parameters, inputs: &InputTable) -> Result<BTreeMap<InputId, Presumed>, String> {
    let find = |path: &str, within: &str| {
        let known: Vec<&str> = inputs.all().iter().map(|input| &*input.path).collect();
        let meant = nearest(path, &known).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        inputs.find(path).ok_or(format!("`{within}`: unknown input{meant}"))
    };
    let mut presumed = BTreeMap::new();
    for (path, declared) in &parameters.presumed {
        let within = format!("presumed.{path}");
        let input = find(path, &within)?;
        if inputs.get(input).kind != Kind::Fact {
            let kind = inputs.get(input).kind.as_str();
            return Err(format!("`{within}`: only a fact can be presumed; this is a {kind}"));
        }
        let is = match &declared.is {
            DeclaredPresumption::Value(value) => {
                if !inputs.get(input).domain().is_some_and(|domain| domain.allows(value)) {
                    return Err(format!(
                        "`{within}`: its value is none that the input can have: {}",
                        inputs.get(input).describe()
                    ));
                }
                Presumption::Value(value.clone())
            }
            DeclaredPresumption::AtMost(other) => {
                let within = format!("{within}.at_most");
                let other = find(other, &within)?;
                let is_level = |id| inputs.get(id).describe() == Level::describe();
                if !is_level(input) || !is_level(other) || input == other {
                    return Err(format!("`{within}`: only a level of risk can be at most another level of risk"));
                }
                Presumption::AtMost(other)
            }
        };
        let (description, source) = (declared.description.clone(), declared.source.clone());
        presumed.insert(input, Presumed { is, description, source });
    }
    Ok(presumed)
}

impl Level {
    /// What an input that is a level of risk can hold, in words.
    fn describe() -> String {
        crate::case::domain::Domain::Words(Self::WORDS).describe()
    }
}
