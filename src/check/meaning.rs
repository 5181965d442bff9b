//! What an expression can be, as far as that can be said without a case: an input or a field with its domain, a word or number
//! with the place where it is written, lists and tables of these. It does not say which of them it is when; that is for the
//! [evaluator](crate::evaluate).

use crate::{
    case::{
        document::{Content, Node},
        domain::Domain,
        fault::Mark,
        input::InputId,
        record::{Field, Shape},
        value::Value,
    },
    language::{datum::Datum, kinds::Kinds, tree::Place},
    policy::parameters::{is_meant_as_number, scalar},
};
use std::rc::Rc;

/// Most alternatives that are kept of one expression.
const MAX_ALTERNATIVES: usize = 400;

/// Where something is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Spot {
    /// In a script, by its number.
    Script(u16, Place),
    /// In parameters.yaml: line and column.
    Number(usize, usize),
}

impl From<Mark> for Spot {
    fn from(mark: Mark) -> Self {
        Self::Number(mark.line, mark.column)
    }
}

/// Everything that an expression can be; nothing where it can be anything.
#[derive(Debug, Clone)]
pub struct Meaning(pub Option<Vec<One>>);

/// One of the things that an expression can be.
#[derive(Debug, Clone)]
pub enum One {
    /// Nothing.
    Absent,
    /// A value of an input, or of a field of a record.
    Of(Rc<Leaf>),
    /// A value that is written down.
    Written(Rc<Written>),
    /// A list whose entries are written one by one.
    Row(Rc<(Vec<Meaning>, Spot)>),
    /// A list of any length.
    List(Rc<Meaning>),
    /// A record of the case, with fields that it has beyond those.
    Record(&'static [Field], &'static [&'static str]),
    /// A table whose names are written one by one.
    Table(Rc<Table>),
    /// A closure, with what it captured.
    Closure(u32, Rc<[Meaning]>),
    /// A standard of a kind, and where it is made.
    Standard(Kinds, Spot),
    /// Some value of these kinds.
    Kind(Kinds),
}

/// An input or field.
#[derive(Debug)]
pub struct Leaf {
    /// How people call it.
    pub path: String,
    /// Its values.
    pub domain: Domain,
    /// Which input it is, where it is one.
    pub input: Option<InputId>,
}

/// A value that is written down.
#[derive(Debug)]
pub struct Written {
    /// The value.
    pub value: Value,
    /// Where.
    pub spot: Spot,
    /// Whether it is one of a list.
    pub is_listed: bool,
}

/// A table that is written down.
#[derive(Debug)]
pub struct Table {
    /// Its entries, each with the place of its name.
    pub entries: Vec<(String, Spot, Meaning)>,
    /// Where it begins.
    pub spot: Spot,
}

impl Table {
    /// The entry of a name.
    pub fn get(&self, name: &str) -> Option<&Meaning> {
        self.entries.iter().find(|(known, ..)| known == name).map(|(.., meaning)| meaning)
    }

    /// Whether it stands nowhere: the engine makes it.
    pub fn is_made(&self) -> bool {
        matches!(self.spot, Spot::Script(_, place) if place == Place::default())
    }
}

impl Meaning {
    /// Anything.
    pub const ANYTHING: Self = Self(None);

    /// One thing.
    pub fn one(one: One) -> Self {
        Self(Some(vec![one]))
    }

    /// No value at all: what never comes to one.
    pub const fn never() -> Self {
        Self(Some(Vec::new()))
    }

    /// Some value of these kinds.
    pub fn of_kinds(kinds: Kinds) -> Self {
        if kinds == Kinds::ANY { Self::ANYTHING } else { Self::one(One::Kind(kinds)) }
    }

    /// A value of a domain.
    pub fn of_domain(path: impl Into<String>, domain: Domain, input: Option<InputId>) -> Self {
        Self::one(One::Of(Rc::new(Leaf { path: path.into(), domain, input })))
    }

    /// A value that is written down.
    pub fn written(value: Value, spot: Spot) -> Self {
        Self::one(One::Written(Rc::new(Written { value, spot, is_listed: false })))
    }

    /// What stands in a field of a shape.
    pub fn of_shape(path: &str, shape: &Shape, input: Option<InputId>) -> Self {
        match shape {
            Shape::Leaf(Domain::Answers) | Shape::Record([]) => Self::ANYTHING,
            Shape::Leaf(domain) => Self::of_domain(path, domain.clone(), input),
            // The list of all requirements has two fields of their sentence with each.
            Shape::Record(fields) if path == "requirements" => {
                Self::one(One::Record(fields, &["starts_on", "ends_on"]))
            }
            Shape::Record(fields) => Self::one(One::Record(fields, &[])),
            Shape::List(of) => Self::one(One::List(Rc::new(Self::of_shape(path, of, None)))),
        }
    }

    /// What is written in parameters.yaml; `at` is where its name stands.
    pub fn of_node(node: &Node, at: Spot, is_listed: bool) -> Self {
        let one = match &node.content {
            Content::Scalar { text, plain } => {
                let value = scalar(text, *plain);
                if *plain && is_meant_as_number(text) && matches!(value, Value::Text(_)) {
                    return Self::ANYTHING;
                }
                One::Written(Rc::new(Written { value, spot: node.at.into(), is_listed }))
            }
            Content::List(items) => {
                let items = items.iter().map(|item| Self::of_node(item, item.at.into(), true)).collect();
                One::Row(Rc::new((items, at)))
            }
            Content::Map(entries) => {
                let entry = |(key, node): &(crate::case::document::Key, Node)| {
                    (key.name.clone(), Spot::from(key.at), Self::of_node(node, key.at.into(), is_listed))
                };
                One::Table(Rc::new(Table { entries: entries.iter().map(entry).collect(), spot: at }))
            }
        };
        Self::one(one)
    }

    /// One or the other.
    pub fn or(self, other: Self) -> Self {
        let (Some(mut all), Some(more)) = (self.0, other.0) else { return Self::ANYTHING };
        for one in more {
            if !all.iter().any(|known| known.is(&one)) {
                all.push(one);
            }
        }
        if all.len() > MAX_ALTERNATIVES { Self::ANYTHING } else { Self(Some(all)) }
    }

    /// One of several.
    pub fn any_of(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::never(), Self::or)
    }

    /// What it can be, one by one; none where it can be anything.
    pub fn ones(&self) -> &[One] {
        self.0.as_deref().unwrap_or_default()
    }

    /// The kinds of value.
    pub fn kinds(&self) -> Kinds {
        let all = self.0.as_ref().map(|all| all.iter().map(One::kinds).fold(Kinds::NONE, Kinds::or));
        all.unwrap_or(Kinds::ANY)
    }

    /// The same without nothing.
    pub fn given(mut self) -> Self {
        if let Some(all) = &mut self.0 {
            all.retain(|one| !matches!(one, One::Absent));
        }
        self
    }

    /// What the entries of a list can be.
    pub fn entries(&self) -> Self {
        match &self.0 {
            None => Self::ANYTHING,
            Some(all) => Self::any_of(all.iter().map(|one| match one {
                One::Row(row) => Self::any_of(row.0.iter().cloned()),
                One::List(of) => Self::clone(of),
                One::Absent => Self::never(),
                _ => Self::ANYTHING,
            })),
        }
    }

    /// The values that are written down, tables and lists left out.
    pub fn all_written(&self) -> impl Iterator<Item = &Rc<Written>> {
        self.ones().iter().filter_map(|one| match one {
            One::Written(written) => Some(written),
            _ => None,
        })
    }

    /// The inputs and fields.
    pub fn leaves(&self) -> impl Iterator<Item = &Rc<Leaf>> {
        self.ones().iter().filter_map(|one| match one {
            One::Of(leaf) => Some(leaf),
            _ => None,
        })
    }

    /// Every value that it can have, where these are few words: those of its domains and those that are written.
    pub fn words(&self) -> Option<Vec<String>> {
        let mut words: Vec<String> = Vec::new();
        for one in self.0.as_ref()? {
            match one {
                One::Absent => {}
                One::Of(leaf) => match &leaf.domain {
                    Domain::Words(known) => words.extend(known.iter().map(|word| (*word).to_owned())),
                    Domain::OwnWords(known) => words.extend(known.iter().cloned()),
                    _ => return None,
                },
                One::Written(written) => match &written.value {
                    Value::Text(word) => words.push(word.to_string()),
                    _ => return None,
                },
                _ => return None,
            }
        }
        Some(words)
    }
}

impl One {
    /// The kinds of value.
    pub fn kinds(&self) -> Kinds {
        match self {
            Self::Absent => Kinds::ABSENT,
            Self::Of(leaf) => Kinds::of_shape(&Shape::Leaf(leaf.domain.clone())),
            Self::Written(written) => Kinds::of(&Datum::from(&written.value)),
            Self::Row(_) | Self::List(_) => Kinds::LIST,
            Self::Record(..) | Self::Table(_) => Kinds::TABLE,
            Self::Closure(..) => Kinds::CLOSURE,
            Self::Standard(kinds, _) | Self::Kind(kinds) => *kinds,
        }
    }

    /// Whether it is certainly the same as another.
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Absent, Self::Absent) => true,
            (Self::Of(one), Self::Of(other)) => one.path == other.path && one.domain == other.domain,
            (Self::Written(one), Self::Written(other)) => one.spot == other.spot && one.value == other.value,
            (Self::Row(one), Self::Row(other)) => one.1 == other.1 && Rc::ptr_eq(one, other),
            (Self::List(one), Self::List(other)) => Rc::ptr_eq(one, other),
            (Self::Table(one), Self::Table(other)) => Rc::ptr_eq(one, other),
            (Self::Record(one, _), Self::Record(other, _)) => std::ptr::eq(*one, *other),
            (Self::Standard(_, one), Self::Standard(_, other)) => one == other,
            (Self::Kind(one), Self::Kind(other)) => one == other,
            _ => false,
        }
    }
}
