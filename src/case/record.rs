//! How a part of the case describes itself: every struct of the model also answers, by name, what fields it
//! has and what stands in them. Policies read a case through this view, and the table of inputs is made from it.

mod declare;

use super::{domain::Domain, value::Value};
use jiff::civil::Date;

/// What an absent input means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Must be given.
    Required,
    /// A register: false or empty when absent.
    Register,
    /// A register that stands unless the case says otherwise: true when absent.
    Standing,
    /// A fact: unknown when absent, and an unknown fact never lowers a tier.
    Fact,
    /// A list of what happened, which may be empty.
    History,
    /// A detail: absent simply means that there is none.
    Detail,
}

impl Kind {
    /// The word used in the table of inputs.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::Register => "register",
            Self::Standing => "register, true when absent",
            Self::Fact => "fact",
            Self::History => "history",
            Self::Detail => "detail",
        }
    }

    /// What a field of this kind reads as where it is absent: a register that is not there is false or empty, and one that stands is
    /// true.
    #[must_use]
    pub fn when_absent(self, shape: &Shape) -> Value {
        match (self, shape) {
            (Self::Register | Self::Standing, Shape::Leaf(Domain::Bool)) => Value::Bool(self == Self::Standing),
            (Self::Register, Shape::List(_)) => Value::list([]),
            _ => Value::Absent,
        }
    }
}

/// What a date of the case says of when something was known. Every date of a record says one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tense {
    /// The whole record is of that day, and not known before it.
    Dates,
    /// This alone is of that day, and not known before it.
    Happened,
    /// It may lie ahead and be known: a plan, or a date that nothing happened on.
    Ahead,
}

/// One field of a record of the model.
#[derive(Debug)]
pub struct Field {
    /// The name as written in a case file and in a script.
    pub name: &'static str,
    /// What it means, one sentence.
    pub doc: &'static str,
    /// What its absence means.
    pub kind: Kind,
    /// What it says of when something was known, if it is a date.
    pub tense: Option<Tense>,
    /// Where a service has it from.
    pub from: &'static str,
    /// What it can hold.
    pub shape: fn() -> Shape,
}

/// The name of a field from its Rust spelling: `r#type` is `type`.
pub(crate) const fn field_name(ident: &'static str) -> &'static str {
    match ident.as_bytes() {
        [b'r', b'#', ..] => ident.split_at(2).1,
        _ => ident,
    }
}

/// What a field can hold.
#[derive(Debug, Clone)]
pub enum Shape {
    /// One value.
    Leaf(Domain),
    /// Fields of its own.
    Record(&'static [Field]),
    /// A list of values or records.
    List(Box<Shape>),
}

/// What stands in a field of one case.
pub enum View<'a> {
    /// One value, or its absence.
    Leaf(Value),
    /// A record, to be read field by field.
    Record(&'a dyn Record),
    /// Several parts, to be read one by one.
    List(&'a dyn Parts),
}

/// A part of the case that a field can hold.
pub trait Part {
    /// What it can hold.
    fn shape() -> Shape;
    /// What it holds.
    fn view(&self) -> View<'_>;

    /// What stands at the end of some steps, each the position of a field; absent where they lead nowhere.
    fn at(&self, _steps: &[usize]) -> View<'_> {
        self.view()
    }

    /// Whether it is of a later day as a whole.
    fn is_later(&self, _than: Date) -> bool {
        false
    }

    /// Whether anything in it is.
    fn holds_later(&self, than: Date) -> bool {
        self.is_later(than)
    }

    /// Leaves out what in it is of a later day.
    fn forget_later(&mut self, _than: Date) {}

    /// Whether any date in it is of an earlier day.
    fn holds_earlier(&self, _than: Date) -> bool {
        false
    }
}

impl View<'_> {
    /// All of it as one value.
    #[must_use]
    pub fn value(self) -> Value {
        match self {
            View::Leaf(value) => value,
            View::Record(record) => Value::record(named_parts(record).map(|(name, part)| (name, part.value()))),
            View::List(list) => Value::list((0..list.count()).map(|index| list.entry(index).value())),
        }
    }

    /// Whether nothing is known.
    #[must_use]
    pub const fn is_absent(&self) -> bool {
        matches!(self, View::Leaf(Value::Absent))
    }
}

/// Parts of one kind in their order.
pub trait Parts {
    /// How many there are.
    fn count(&self) -> usize;
    /// What one of them holds; absent past the end.
    fn entry(&self, index: usize) -> View<'_>;
}

/// A group of named fields.
pub trait Record {
    /// The fields, in the order of the model.
    fn fields(&self) -> &'static [Field];
    /// What stands in the field at `index` of [`Record::fields`]; absent past the end.
    fn part(&self, index: usize) -> View<'_>;
}

/// Every field of a record with its name, absent ones included, so that a script meets the same names in every case.
pub fn named_parts(record: &dyn Record) -> impl ExactSizeIterator<Item = (&'static str, View<'_>)> {
    let fields = record.fields().iter().enumerate();
    fields.map(|(index, field)| match (record.part(index), field.kind) {
        (View::Leaf(Value::Absent), kind @ (Kind::Register | Kind::Standing)) => {
            (field.name, View::Leaf(kind.when_absent(&(field.shape)())))
        }
        (part, _) => (field.name, part),
    })
}

impl<T: Part> Part for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Leaf(Value::Absent), Part::view)
    }

    fn at(&self, steps: &[usize]) -> View<'_> {
        self.as_ref().map_or(View::Leaf(Value::Absent), |part| part.at(steps))
    }

    fn is_later(&self, than: Date) -> bool {
        self.as_ref().is_some_and(|part| part.is_later(than))
    }

    fn holds_later(&self, than: Date) -> bool {
        self.as_ref().is_some_and(|part| part.holds_later(than))
    }

    fn forget_later(&mut self, than: Date) {
        if self.is_later(than) {
            *self = None;
        } else if let Some(part) = self {
            part.forget_later(than);
        }
    }

    fn holds_earlier(&self, than: Date) -> bool {
        self.as_ref().is_some_and(|part| part.holds_earlier(than))
    }
}

impl<T: Part> Part for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn holds_later(&self, than: Date) -> bool {
        self.iter().any(|item| item.holds_later(than))
    }

    fn forget_later(&mut self, than: Date) {
        self.retain(|item| !item.is_later(than));
        for item in self {
            item.forget_later(than);
        }
    }

    fn holds_earlier(&self, than: Date) -> bool {
        self.iter().any(|item| item.holds_earlier(than))
    }
}

impl<T: Part> Parts for Vec<T> {
    fn count(&self) -> usize {
        self.len()
    }

    fn entry(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Leaf(Value::Absent), Part::view)
    }
}

pub(crate) use declare::{record, tense};
