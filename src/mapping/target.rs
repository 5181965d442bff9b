//! Where a mapping puts what it reads: an input of a case, and what it can hold.

use crate::case::{
    domain::Domain,
    fault::{Wrong, nearest},
    record::{Field, Shape},
    registered::DatedRegistration,
    text::FreeWord,
    words::{Answer, Registration},
};

/// The one list whose entries may be written in short.
const REGISTRATIONS: &str = "registrations";

/// An input of a case, from the record that it stands in.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Its path.
    pub(super) path: String,
    /// The same, step by step.
    pub(super) steps: Vec<String>,
    pub(super) holds: Holds,
}

/// What an input can hold.
#[derive(Debug, Clone)]
pub(super) enum Holds {
    /// One value.
    Value(Domain),
    /// One value of a policy's own.
    Anything,
    /// A list of values.
    Values(Domain),
    /// Named fields.
    Fields(&'static [Field]),
    /// A list of records.
    Records(&'static [Field]),
}

impl Target {
    /// The input at a path from a record with these fields; `is_group` says that its own fields are to be filled.
    ///
    /// # Errors
    ///
    /// When there is no such input, with those that there are.
    pub(super) fn find(fields: &'static [Field], path: &str, is_group: bool) -> Result<Self, Wrong> {
        let mut steps: Vec<String> = path.split('.').map(str::to_owned).collect();
        let holds = hold(fields, &steps).ok_or_else(|| unknown(fields, path))?;
        let holds = match holds {
            // A section may be written as its score alone; here always in full, so that its parts can come from anywhere.
            Holds::Fields(inner) if !is_group && inner.first().is_some_and(|field| field.name == "score") => {
                steps.push("score".to_owned());
                hold(fields, &steps).unwrap_or(Holds::Fields(inner))
            }
            holds => holds,
        };
        Ok(Self { path: path.to_owned(), steps, holds })
    }

    /// What each of its values can be, where it holds values. A registration may be its word alone.
    pub(super) fn domain(&self) -> Option<&Domain> {
        match &self.holds {
            Holds::Value(domain) | Holds::Values(domain) => Some(domain),
            Holds::Records(_) if self.is_registrations() => Some(&Domain::Words(Registration::WORDS)),
            Holds::Anything | Holds::Fields(_) | Holds::Records(_) => None,
        }
    }

    /// Whether it is a list of values.
    pub(super) fn is_list(&self) -> bool {
        matches!(self.holds, Holds::Values(_)) || self.is_registrations()
    }

    fn is_registrations(&self) -> bool {
        self.path == REGISTRATIONS
    }
}

fn hold(mut fields: &'static [Field], steps: &[String]) -> Option<Holds> {
    let mut steps = steps.iter();
    loop {
        let step = steps.next()?;
        let field = fields.iter().find(|field| field.name == step && step != "expect")?;
        let rest = steps.as_slice();
        return Some(match (field.shape)() {
            Shape::Leaf(Domain::Answers) if rest.len() == 1 => Holds::Value(Domain::Words(Answer::WORDS)),
            Shape::Leaf(Domain::Answers) => return None,
            Shape::Record([]) => match rest {
                [name] if step == "local" && FreeWord::parse(name).is_some() => Holds::Anything,
                _ => return None,
            },
            Shape::Record(inner) if rest.is_empty() => Holds::Fields(inner),
            Shape::Record(inner) => {
                fields = inner;
                continue;
            }
            _ if !rest.is_empty() => return None,
            Shape::Leaf(domain) => Holds::Value(domain),
            Shape::List(_) if step == REGISTRATIONS => Holds::Records(DatedRegistration::FIELDS),
            Shape::List(of) => match *of {
                Shape::Leaf(domain) => Holds::Values(domain),
                Shape::Record(inner) => Holds::Records(inner),
                Shape::List(_) => return None,
            },
        });
    }
}

fn unknown(fields: &'static [Field], path: &str) -> Wrong {
    let all = paths(fields);
    let known = if nearest(path, &all).is_some() {
        all
    } else {
        fields.iter().map(|field| field.name.to_owned()).filter(|name| name != "expect").collect()
    };
    Wrong::UnknownKey { key: path.to_owned(), known }
}

/// Every path of a record that a value can stand at, in the order of the model.
pub(super) fn paths(fields: &'static [Field]) -> Vec<String> {
    fn add(before: &str, fields: &'static [Field], paths: &mut Vec<String>) {
        for field in fields.iter().filter(|field| field.name != "expect") {
            let path = if before.is_empty() { field.name.to_owned() } else { format!("{before}.{}", field.name) };
            match (field.shape)() {
                Shape::Record(inner) if !inner.is_empty() => add(&path, inner, paths),
                Shape::Record(_) => {}
                Shape::Leaf(_) | Shape::List(_) => paths.push(path),
            }
        }
    }
    let mut paths = Vec::new();
    add("", fields, &mut paths);
    paths
}
