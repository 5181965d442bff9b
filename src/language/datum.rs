//! A value while a rule runs: what a case holds, and what only a rule makes, such as effects and closures.

use crate::{
    case::{
        input::GroupId,
        record::{View, named_parts},
        value::{Name, Value},
    },
    language::{effect::Effect, pattern::Pattern, standard::Standard},
};
use jiff::civil::Date;
use rust_decimal::Decimal;
use std::rc::Rc;

/// Deepest nesting of lists and tables.
pub const MAX_DEPTH: u8 = 32;

/// One value while a rule runs. It belongs to one thread: copies share what they hold without locks.
///
/// With a mark as wide as a pointer what stands behind it is moved in whole words. With a narrow one it is moved from the byte behind
/// the mark on, across words, and the processor waits each time that a word of it is read right after.
#[derive(Debug, Clone, Default)]
#[repr(usize)]
pub enum Datum {
    /// `()`: nothing is known, or nothing is returned.
    #[default]
    Absent,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Whole(i64),
    /// An exact decimal.
    Decimal(Decimal),
    /// A word of the case model.
    Word(&'static str),
    /// A text.
    Text(Rc<str>),
    /// A calendar date.
    Date(Date),
    /// Several values.
    List(Rc<List>),
    /// Values by name.
    Table(Rc<Table>),
    /// `person`, or a group of inputs below it. It holds no values: each is read when it is asked for.
    Group(GroupId),
    /// A closure.
    Closure(Rc<Closure>),
    /// What a rule says.
    Effect(Rc<Effect>),
    /// What `contact`, `review` and `allocate` return.
    Standard(Rc<Standard>),
    /// What `caseload` returns.
    Pattern(Rc<Pattern>),
}

/// The entries of a list.
#[derive(Debug, Clone, Default)]
pub struct List {
    /// In order.
    pub items: Vec<Datum>,
    /// How deep lists and tables nest in it.
    pub depth: u8,
}

/// The entries of a table, in the order of the model or of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// By name.
    pub entries: Vec<(Name, Datum)>,
    /// How deep lists and tables nest in it.
    pub depth: u8,
}

/// A closure: a function with the values of the variables around it that it uses.
#[derive(Debug, Clone)]
pub struct Closure {
    /// Its number in the program.
    pub function: u32,
    /// What stands before its arguments.
    pub captured: Vec<Datum>,
    /// How deep lists, tables and closures nest in it.
    pub depth: u8,
}

thread_local! {
    /// The list without entries: most lists of most cases are that one.
    static EMPTY: Rc<List> = Rc::new(List { items: Vec::new(), depth: 1 });
}

impl Table {
    /// The value of a name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Datum> {
        self.entries.iter().find(|(known, _)| **known == *name).map(|(_, value)| value)
    }
}

impl Datum {
    /// A list of values.
    #[must_use]
    pub fn list(items: Vec<Self>) -> Self {
        if items.is_empty() {
            return Self::List(EMPTY.with(Rc::clone));
        }
        let depth = items.iter().map(Self::depth).max().unwrap_or(0).saturating_add(1);
        Self::List(Rc::new(List { items, depth }))
    }

    /// Values by name.
    #[must_use]
    pub fn table(entries: Vec<(Name, Self)>) -> Self {
        let depth = entries.iter().map(|(_, value)| value.depth()).max().unwrap_or(0).saturating_add(1);
        Self::Table(Rc::new(Table { entries, depth }))
    }

    /// A text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// How deep lists and tables nest in it.
    #[must_use]
    pub fn depth(&self) -> u8 {
        match self {
            Self::List(list) => list.depth,
            Self::Table(table) => table.depth,
            Self::Closure(closure) => closure.depth,
            _ => 0,
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// The letters of a word or text.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A number, whole or not.
    #[must_use]
    pub fn as_number(&self) -> Option<Decimal> {
        match self {
            Self::Whole(number) => Some(Decimal::from(*number)),
            Self::Decimal(number) => Some(*number),
            _ => None,
        }
    }

    /// The entries of a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(list) => Some(&list.items),
            _ => None,
        }
    }

    /// What it is, in an officer's words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Absent => "nothing",
            Self::Bool(_) => "true or false",
            Self::Whole(_) | Self::Decimal(_) => "a number",
            Self::Word(_) | Self::Text(_) => "a word",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Table(_) => "a table",
            Self::Group(_) => "a group of inputs",
            Self::Closure(_) => "a function",
            Self::Effect(_) => "an effect",
            Self::Standard(_) => "a standard",
            Self::Pattern(_) => "a pattern",
        }
    }

    /// About how many bytes a copy of it takes, lists and tables in it not counted.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let more = match self {
            Self::Text(text) => text.len(),
            Self::List(list) => list.items.len() * size_of::<Self>(),
            Self::Table(table) => {
                table.entries.len() * size_of::<(Name, Self)>()
                    + table.entries.iter().map(|(name, _)| name.len()).sum::<usize>()
            }
            _ => 0,
        };
        u64::try_from(more).unwrap_or(u64::MAX).saturating_add(size_of::<Self>() as u64)
    }
}

impl From<&Value> for Datum {
    fn from(value: &Value) -> Self {
        match value {
            Value::Absent => Self::Absent,
            Value::Bool(value) => Self::Bool(*value),
            Value::Whole(value) => Self::Whole(*value),
            Value::Decimal(value) => Self::Decimal(*value),
            Value::Word(value) => Self::Word(value),
            Value::Text(value) => Self::Text((&**value).into()),
            Value::Date(value) => Self::Date(*value),
            Value::List(values) => Self::list(values.iter().map(Self::from).collect()),
            Value::Record(values) => {
                Self::table(values.iter().map(|(name, value)| (name.clone(), Self::from(value))).collect())
            }
        }
    }
}

/// What stands in a case, without a value of its own in between.
impl From<View<'_>> for Datum {
    fn from(view: View<'_>) -> Self {
        match view {
            View::Leaf(value) => Self::from(&value),
            View::Record(record) => {
                Self::table(named_parts(record).map(|(name, part)| (name.into(), Self::from(part))).collect())
            }
            View::List(list) => Self::list((0..list.count()).map(|index| Self::from(list.entry(index))).collect()),
        }
    }
}

/// What a case could hold; nothing of what only a rule makes.
impl TryFrom<&Datum> for Value {
    type Error = &'static str;

    fn try_from(datum: &Datum) -> Result<Self, Self::Error> {
        Ok(match datum {
            Datum::Absent => Self::Absent,
            Datum::Bool(value) => Self::Bool(*value),
            Datum::Whole(value) => Self::Whole(*value),
            Datum::Decimal(value) => Self::Decimal(*value),
            Datum::Word(value) => Self::Word(value),
            Datum::Text(value) => Self::Text((&**value).into()),
            Datum::Date(value) => Self::Date(*value),
            Datum::List(list) => Self::list(list.items.iter().map(Self::try_from).collect::<Result<Vec<_>, _>>()?),
            Datum::Table(table) => {
                let entries = table.entries.iter().map(|(name, value)| Ok((name.clone(), Self::try_from(value)?)));
                Self::record(entries.collect::<Result<Vec<_>, Self::Error>>()?)
            }
            other => return Err(other.kind()),
        })
    }
}
