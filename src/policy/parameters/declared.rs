//! What parameters.yaml declares beside its numbers: the policy's own inputs, and what it takes for granted.

use super::{DeclaredPresumed, DeclaredPresumption, Fields, Parameters, entries, read_value, text};
use crate::case::{
    document::{Key, Node},
    domain::Domain,
    fault::{Fault, Wrong, nearest},
    value::Value,
};

impl Parameters {
    pub(super) fn read_own_inputs(&mut self, node: &Node, faults: &mut Vec<Fault>) {
        for (key, node) in entries(node, "local").unwrap_or_else(|fault| noted(fault, faults)) {
            // One that is wrong can still be read, so that what reads it is not wrong too.
            let declared = readable(&key.name).and_then(|()| read_own_input(node)).unwrap_or_else(|fault| {
                faults.push(fault.within(&format!("local.{}", key.name), key.at));
                (Domain::Answers, String::new())
            });
            self.own_inputs.insert(key.name.clone(), declared);
        }
    }

    pub(super) fn read_presumed(&mut self, node: &Node, faults: &mut Vec<Fault>) {
        for (key, node) in entries(node, "presumed").unwrap_or_else(|fault| noted(fault, faults)) {
            match read_presumption(key, node) {
                Ok(presumed) => drop(self.presumed.insert(key.name.clone(), presumed)),
                Err(fault) => faults.push(fault.within(&format!("presumed.{}", key.name), key.at)),
            }
        }
    }
}

/// Whether something has the form of a number, its values by date.
fn has_form(node: &Node) -> bool {
    let is_form =
        |entries: &[(Key, Node)]| entries.iter().any(|(key, _)| matches!(&*key.name, "description" | "values"));
    entries(node, "").is_ok_and(is_form)
}

/// Whether something is what belongs to a number, without its name.
pub(super) fn is_nameless(key: &Key, node: &Node) -> bool {
    matches!(&*key.name, "description" | "values") && !has_form(node)
}

/// The key of an entry; of one that has not the form of a number the key that is meant, which is a fault.
pub(super) fn meant<'k>(key: &'k Key, node: &Node, faults: &mut Vec<Fault>) -> &'k str {
    const OTHERS: [&str; 2] = ["local", "presumed"];
    let meant = nearest(&key.name, &OTHERS).filter(|meant| !has_form(node) && *meant != key.name);
    if meant.is_some() {
        let wrong = Wrong::UnknownKey { key: key.name.clone(), known: OTHERS.map(str::to_owned).into() };
        faults.push(Fault::at(&key.name, Some(key.at), wrong));
    }
    meant.unwrap_or(&key.name)
}

fn noted<'a, T>(fault: Fault, faults: &mut Vec<Fault>) -> &'a [T] {
    faults.push(fault);
    &[]
}

fn read_presumption(key: &Key, node: &Node) -> Result<DeclaredPresumed, Fault> {
    let fields = Fields::of(node, &["value", "at_most", "description", "source"])?;
    let is = match fields.get("at_most") {
        Some(_) if fields.get("value").is_some() => {
            let said = "a fact is presumed to be `value` or to be `at_most` another, not both".to_owned();
            return Err(Fault::at("at_most", Some(node.at), Wrong::Other { said }));
        }
        Some(other) => DeclaredPresumption::AtMost(text(other)?),
        None => DeclaredPresumption::Value(fields.required("value").and_then(read_value)?),
    };
    Ok(DeclaredPresumed { is, description: fields.text("description")?, source: fields.source()?, at: key.at })
}

/// That a script can write a name behind a dot.
fn readable(name: &str) -> Result<(), Fault> {
    let is_of_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    if name.chars().all(is_of_name) && !name.starts_with(|first: char| first.is_ascii_digit()) {
        return Ok(());
    }
    let written: String = name.to_lowercase().chars().map(|sign| if is_of_name(sign) { sign } else { '_' }).collect();
    let said = format!(
        "no script can ask for this name, which has other signs than letters, digits and `_`: call it `{written}`"
    );
    Err(Fault::whole(Wrong::Other { said }))
}

fn read_own_input(node: &Node) -> Result<(Domain, String), Fault> {
    let fields = Fields::of(node, &["type", "description", "min", "max", "words"])?;
    let bound = |name: &str| -> Result<i64, Fault> {
        match fields.required(name).and_then(read_value)? {
            Value::Whole(bound) => Ok(bound),
            _ => Err(Fault::at(name, None, Wrong::OutOfDomain { expected: "a whole number".to_owned(), advice: None })),
        }
    };
    let bounds = || -> Result<(i64, i64), Fault> {
        let (min, max) = (bound("min")?, bound("max")?);
        if min <= max {
            return Ok((min, max));
        }
        let said = format!("is below `min`, {min}: no value fits");
        Err(Fault::at("max", fields.get("max").map(|node| node.at), Wrong::Other { said }))
    };
    let domain = match fields.text("type")?.as_str() {
        "boolean" => Domain::Bool,
        "whole" => {
            let (min, max) = bounds()?;
            Domain::Whole { min, max }
        }
        "decimal" => {
            let (min, max) = bounds()?;
            Domain::Decimal { min, max }
        }
        "date" => Domain::Date,
        "text" => Domain::Text,
        "word" => match fields.required("words").and_then(read_value)? {
            Value::List(words) if !words.is_empty() => {
                let words: Vec<String> = words.iter().map(ToString::to_string).collect();
                if let Some(at) =
                    (1..words.len()).find(|at| words.iter().take(*at).any(|word| Some(word) == words.get(*at)))
                {
                    let said = format!("names `{}` twice", words.get(at).map_or("", String::as_str));
                    return Err(Fault::at("words", fields.get("words").map(|node| node.at), Wrong::Other { said }));
                }
                Domain::OwnWords(words)
            }
            _ => {
                return Err(Fault::at(
                    "words",
                    None,
                    Wrong::OutOfDomain { expected: "a list of words".to_owned(), advice: None },
                ));
            }
        },
        other => {
            let known: Vec<String> = ["boolean", "whole", "decimal", "word", "date", "text"].map(str::to_owned).into();
            let meant = nearest(other, &known).map(str::to_owned);
            return Err(Fault::at(
                "type",
                fields.get("type").map(|node| node.at),
                Wrong::UnknownWord { known, meant, advice: None },
            ));
        }
    };
    Ok((domain, fields.text("description")?))
}
