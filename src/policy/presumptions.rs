//! What a policy takes for granted of inputs that a case does not give, as its numbers declare it.

use super::parameters::{DeclaredPresumption, Parameters};
use crate::{
    case::{
        domain::Domain,
        fault::{Mark, nearest},
        input::{InputId, InputTable},
        record::Kind,
        words::Level,
    },
    evaluate::presumed::{Presumed, Presumption},
};
use std::collections::BTreeMap;

/// Takes what is wrong with a presumption: where it is declared, what, and what to do.
pub(super) type Unfit<'a> = &'a mut dyn FnMut(Mark, String, String);

/// What is presumed, by input.
pub(super) fn presumed(parameters: &Parameters, inputs: &InputTable, unfit: Unfit<'_>) -> BTreeMap<InputId, Presumed> {
    let all = parameters.presumed.iter().filter_map(|(path, declared)| {
        let read = find(inputs, path).and_then(|input| Ok((input, presumption(inputs, input, &declared.is)?)));
        match read {
            Ok((input, is)) => {
                let (description, source) = (declared.description.clone(), declared.source.clone());
                Some((input, Presumed { is, description, source }))
            }
            Err((message, help)) => {
                unfit(declared.at, format!("`presumed.{path}`: {message}"), help);
                None
            }
        }
    });
    all.collect()
}

fn find(inputs: &InputTable, path: &str) -> Result<InputId, (String, String)> {
    inputs.find(path).ok_or_else(|| {
        let known: Vec<&str> = inputs.all().iter().map(|input| &*input.path).collect();
        let help = match nearest(path, &known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`brag show inputs` lists every input".to_owned(),
        };
        (format!("unknown input `{path}`"), help)
    })
}

fn presumption(
    inputs: &InputTable,
    input: InputId,
    declared: &DeclaredPresumption,
) -> Result<Presumption, (String, String)> {
    let described = inputs.get(input);
    if described.kind != Kind::Fact {
        let help = "what is no fact has a meaning of its own where a case does not give it: take this away";
        return Err((format!("only a fact can be presumed; this is a {}", described.kind.as_str()), help.to_owned()));
    }
    match declared {
        DeclaredPresumption::Value(value) if described.domain().is_some_and(|domain| domain.allows(value)) => {
            Ok(Presumption::Value(value.clone()))
        }
        DeclaredPresumption::Value(_) => {
            let expected = described.domain().map_or_else(|| described.describe(), Domain::describe_as_expected);
            Err(("its value is none that the input can have".to_owned(), format!("give it {expected}")))
        }
        DeclaredPresumption::AtMost(other) => {
            let other = find(inputs, other)?;
            let is_level = |id| inputs.get(id).describe() == Level::describe();
            if !is_level(input) || !is_level(other) || input == other {
                let message = "only a level of risk can be at most another level of risk".to_owned();
                return Err((message, "name another input that is a level, such as `oasys.rosh`".to_owned()));
            }
            Ok(Presumption::AtMost(other))
        }
    }
}

impl Level {
    /// What an input that is a level of risk can hold, in words.
    fn describe() -> String {
        Domain::Words(Self::WORDS).describe()
    }
}
