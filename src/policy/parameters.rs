//! The numbers of a policy: `parameters.yaml`, every value with the date from which it holds, its unit and its source.

mod declared;
mod fields;
mod scalar;
mod schema;

pub use self::{
    scalar::{is_meant_as_number, scalar},
    schema::parameters_schema,
};

use self::fields::Fields;
use crate::case::{
    day::Day,
    document::{Content, Key, Node},
    domain::Domain,
    fault::{Fault, Mark, Wrong, nearest},
    value::Value,
};
use jiff::civil::Date;
use std::{borrow::Cow, collections::BTreeMap};

/// The word that marks a value which no source settles.
pub const ASSUMPTION: &str = "assumption";

/// Everything that `parameters.yaml` declares.
#[derive(Debug, Clone, Default)]
pub struct Parameters {
    /// How messages call the file.
    pub file: String,
    /// Its text, to draw lines from.
    pub text: String,
    /// The numbers, by name.
    pub by_name: BTreeMap<String, Parameter>,
    /// The policy's own inputs, under `local` in a case.
    pub own_inputs: BTreeMap<String, (Domain, String)>,
    /// What the policy takes for granted where a case does not say, by path of the input.
    pub presumed: BTreeMap<String, DeclaredPresumed>,
}

/// One number, list or table of a policy, through time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// What it is.
    pub description: String,
    /// Its values, by the date from which each holds.
    pub values: BTreeMap<Date, DatedValue>,
    /// Where it is declared.
    pub at: Mark,
}

/// A value from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedValue {
    /// The value.
    pub value: Value,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Where it comes from; [`ASSUMPTION`] when no source settles it.
    pub source: String,
    /// Where it is declared.
    pub at: Mark,
}

/// What a policy takes for granted about a fact that a case does not give, as it is declared.
#[derive(Debug, Clone, PartialEq)]
pub struct DeclaredPresumed {
    /// What.
    pub is: DeclaredPresumption,
    /// Why.
    pub description: String,
    /// Where it comes from.
    pub source: String,
    /// Where it is declared.
    pub at: Mark,
}

/// What is taken for granted, as it is declared.
#[derive(Debug, Clone, PartialEq)]
pub enum DeclaredPresumption {
    /// This value: `value`.
    Value(Value),
    /// No more than the input at this path: `at_most`.
    AtMost(String),
}

impl Parameter {
    /// The value in force on a date, with the date from which it holds.
    #[must_use]
    pub fn on(&self, date: Date) -> Option<(Date, &DatedValue)> {
        self.values.range(..=date).next_back().map(|(from, value)| (*from, value))
    }
}

impl Parameters {
    /// Reads `parameters.yaml`. Also everything that is wrong with it: an entry that is wrong is there by its name, without
    /// values.
    #[must_use]
    pub fn read(document: &Node) -> (Self, Vec<Fault>) {
        let (mut parameters, mut faults) = (Self::default(), Vec::new());
        let all = entries(document, "").unwrap_or_else(|fault| {
            faults.push(fault);
            &[]
        });
        for (key, node) in all {
            if declared::is_nameless(key, node) {
                let said = "belongs to a number, whose name is missing above it".to_owned();
                faults.push(Fault::at(&key.name, Some(key.at), Wrong::Other { said }));
                break;
            }
            match declared::meant(key, node, &mut faults) {
                "local" => parameters.read_own_inputs(node, &mut faults),
                "presumed" => parameters.read_presumed(node, &mut faults),
                name => {
                    let parameter = read_parameter(node, &mut |fault| faults.push(fault.within(name, key.at)));
                    parameters.by_name.insert(name.to_owned(), parameter);
                }
            }
        }
        (parameters, faults)
    }

    /// Replaces a value on every date, for a what-if.
    ///
    /// # Errors
    ///
    /// When no parameter has the name, or the text is not a value; the sentence says which.
    pub fn set(&mut self, name: &str, text: &str) -> Result<(), String> {
        let names: Vec<&String> = self.by_name.keys().collect();
        let meant = nearest(name, &names).map(|meant| format!("; did you mean `{meant}`?")).unwrap_or_default();
        let parameter = self.by_name.get_mut(name).ok_or(format!("no parameter is called `{name}`{meant}"))?;
        let node = crate::case::document::parse(text).map_err(|_| format!("the value of `{name}` is not YAML"))?;
        let value = read_value(&node).map_err(|fault| format!("the value of `{name}`: {fault}"))?;
        let former = parameter.values.values().next().map(|former| &former.value);
        if let Some(former) = former.map(kind_in_words).filter(|former| *former != kind_in_words(&value)) {
            return Err(format!("`{name}` is {former}, which that value is not"));
        }
        for dated in parameter.values.values_mut() {
            dated.value = value.clone();
            "set for this run".clone_into(&mut dated.source);
        }
        Ok(())
    }

    /// Every date on which some value changes, in order.
    pub fn changes(&self) -> impl Iterator<Item = Date> {
        self.by_name.values().flat_map(|parameter| parameter.values.keys().copied())
    }
}

fn read_parameter(node: &Node, wrong: &mut dyn FnMut(Fault)) -> Parameter {
    let mut parameter = Parameter { description: String::new(), values: BTreeMap::new(), at: node.at };
    let fields = match Fields::of(node, &["description", "values"]) {
        Ok(fields) => fields,
        Err(fault) => {
            wrong(fault);
            return parameter;
        }
    };
    match fields.text("description") {
        Ok(description) => parameter.description = description,
        Err(fault) => wrong(fault),
    }
    match fields.required("values").and_then(|values| Ok((values, entries(values, "values")?))) {
        Ok((values, [])) => {
            let said = "has no value: give at least one, by the date from which it holds".to_owned();
            wrong(Fault::at("values", Some(values.at), Wrong::Other { said }));
        }
        Ok((_, dated)) => {
            for (key, node) in dated {
                let expected = Domain::Date.describe_as_expected();
                let from = Day::parse(&key.name).ok_or(Fault::whole(Wrong::OutOfDomain { expected, advice: None }));
                match from.and_then(|from| Ok((from.0, read_dated(node)?))) {
                    Ok((from, value)) => drop(parameter.values.insert(from, value)),
                    Err(fault) => wrong(fault.within(&format!("values.{}", key.name), key.at)),
                }
            }
        }
        Err(fault) => wrong(fault),
    }
    parameter
}

fn read_dated(node: &Node) -> Result<DatedValue, Fault> {
    let fields = Fields::of(node, &["value", "unit", "source"])?;
    Ok(DatedValue {
        value: fields.required("value").and_then(read_value)?,
        unit: fields.get("unit").map(text).transpose()?,
        source: fields.source()?,
        at: node.at,
    })
}

/// A value as a script will see it: numbers keep their digits.
fn read_value(node: &Node) -> Result<Value, Fault> {
    match &node.content {
        Content::Scalar { text, plain } => match scalar(text, *plain) {
            Value::Text(word) if *plain && is_meant_as_number(&word) => {
                let said =
                    format!("`{}` is no number: write its digits, or a word in quotation marks", shortened(&word));
                Err(Fault::at("", Some(node.at), Wrong::Other { said }))
            }
            value => Ok(value),
        },
        Content::List(items) => Ok(Value::list(items.iter().map(read_value).collect::<Result<Vec<_>, _>>()?)),
        Content::Map(entries) => {
            let read = |(key, node): &(Key, Node)| Ok::<_, Fault>((key.name.clone(), read_value(node)?));
            Ok(Value::record(entries.iter().map(read).collect::<Result<Vec<_>, _>>()?))
        }
    }
}

/// A number as an error shows it: of a long one how it begins.
fn shortened(number: &str) -> Cow<'_, str> {
    const SHOWN: usize = 40;
    match number.char_indices().nth(SHOWN) {
        Some((end, _)) => Cow::Owned(format!("{}...", number.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(number),
    }
}

/// What kind of thing a value is, in words.
#[must_use]
pub const fn kind_in_words(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "true or false",
        Value::Text(_) => "a word",
        Value::List(_) => "a list",
        Value::Record(_) => "a table",
        _ => "a number",
    }
}

/// The entries of a map; `path` names it in the fault when it is none.
fn entries<'a>(node: &'a Node, path: &str) -> Result<&'a [(Key, Node)], Fault> {
    match &node.content {
        Content::Map(entries) => Ok(entries),
        _ => {
            let expected = "its entries, by name".to_owned();
            Err(Fault::at(path, Some(node.at), Wrong::OutOfDomain { expected, advice: None }))
        }
    }
}

fn text(node: &Node) -> Result<String, Fault> {
    match &node.content {
        Content::Scalar { text, plain } if !is_blank(text, *plain) => Ok(text.clone()),
        _ => Err(Fault::at("", Some(node.at), Wrong::OutOfDomain { expected: "text".to_owned(), advice: None })),
    }
}

/// Whether nothing is written there.
fn is_blank(text: &str, plain: bool) -> bool {
    text.trim().is_empty() || plain && matches!(text, "~" | "null" | "Null" | "NULL")
}
