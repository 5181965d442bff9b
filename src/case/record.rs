//! How a part of the case describes itself: every struct of the model also answers, by name, what fields it
//! has and what stands in them. Policies read a case through this view, and the table of inputs is made from it.

use super::{domain::Domain, value::Value};

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

    /// The value of a field of this kind, or what its absence means: a register that is not there is false or empty.
    fn value_of(self, value: Value, shape: fn() -> Shape) -> Value {
        match (&value, self) {
            (Value::Absent, Self::Register) => match shape() {
                Shape::Leaf(Domain::Bool) => Value::Bool(false),
                Shape::List(_) => Value::list([]),
                Shape::Leaf(_) | Shape::Record(_) => value,
            },
            (Value::Absent, Self::Standing) => Value::Bool(true),
            _ => value,
        }
    }
}

/// One field of a record of the model.
#[derive(Debug)]
pub struct Field {
    /// The Rust spelling of its name; [`Field::name`] is the one in a file.
    pub ident: &'static str,
    /// What it means, one sentence.
    pub doc: &'static str,
    /// What its absence means.
    pub kind: Kind,
    /// Where a service has it from.
    pub from: &'static str,
    /// What it can hold.
    pub shape: fn() -> Shape,
}

impl Field {
    /// The name as written in a case file and in a script.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.ident.strip_prefix("r#").unwrap_or(self.ident)
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
}

/// A part of the case that a field can hold.
pub trait Part {
    /// What it can hold.
    fn shape() -> Shape;
    /// What it holds.
    fn view(&self) -> View<'_>;

    /// Writes down what stands at the end of some steps, each the position of a field; absent where they lead nowhere.
    fn read(&self, _steps: &[usize], into: &mut Value) {
        *into = self.view().value();
    }
}

impl View<'_> {
    fn value(self) -> Value {
        match self {
            View::Leaf(value) => value,
            View::Record(record) => record_value(record),
        }
    }
}

/// A group of named fields.
pub trait Record {
    /// The fields, in the order of the model.
    fn fields(&self) -> &'static [Field];
    /// What stands in the field at `index` of [`Record::fields`]; absent past the end.
    fn part(&self, index: usize) -> View<'_>;
}

/// The whole of a record as one value, absent fields included, so that a script meets the same names in every case.
pub fn record_value(record: &dyn Record) -> Value {
    let fields = record.fields().iter().enumerate();
    Value::record(
        fields.map(|(index, field)| (field.name(), field.kind.value_of(record.part(index).value(), field.shape))),
    )
}

impl<T: Part> Part for Option<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Leaf(Value::Absent), Part::view)
    }

    fn read(&self, steps: &[usize], into: &mut Value) {
        match self {
            Some(part) => part.read(steps, into),
            None => *into = Value::Absent,
        }
    }
}

impl<T: Part> Part for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn view(&self) -> View<'_> {
        View::Leaf(Value::list(self.iter().map(|item| item.view().value())))
    }
}

/// Defines records of the case model: each a struct, how it is read, its schema, and its view by field name.
///
/// Each field is `name: Type = kind, "where it comes from"`, with its meaning as the doc comment; `name or default: Type` for
/// a list or a record that may be left out.
///
/// A `pub struct` may be absent as a whole; a `pub entry` stands in a list and has fields that must be there. One with
/// `#[serde(remote = "Name")]` is read in a way of its own, which may call `Name::deserialize` for its fields.
macro_rules! record {
    () => {};
    ($(#[doc = $about:literal])+ pub struct $record:ident { $($fields:tt)* } $($others:tt)*) => {
        $crate::case::record::record! { @define [Default] ["Self"] $(#[doc = $about])+ $record { $($fields)* } }
        $crate::case::strict::only_as_fields! { $record }
        $crate::case::record::record! { $($others)* }
    };
    ($(#[doc = $about:literal])+ pub entry $record:ident { $($fields:tt)* } $($others:tt)*) => {
        $crate::case::record::record! { @define [] ["Self"] $(#[doc = $about])+ $record { $($fields)* } }
        $crate::case::strict::only_as_fields! { $record }
        $crate::case::record::record! { $($others)* }
    };
    (
        $(#[doc = $about:literal])+ #[serde(remote = $itself:literal)]
        pub struct $record:ident <const $max:ident> { $($fields:tt)* } $($others:tt)*
    ) => {
        $crate::case::record::record! {
            @define [Default] [$itself] $(#[doc = $about])+ $record <const $max> { $($fields)* }
        }
        $crate::case::record::record! { $($others)* }
    };
    (
        @define [$($default:ident)?] [$remote:literal]
        $(#[doc = $about:literal])+
        $record:ident $(<const $max:ident>)? {
            $(
                $(#[doc = $doc:literal])+
                $(#[schemars(with = $with:literal)])?
                $field:ident $(or $or_default:ident)? : $type:ty = $kind:ident, $from:literal
            ),* $(,)?
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, $($default,)? PartialEq, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields, remote = $remote)]
        pub struct $record $(<const $max: i64>)? {
            $(
                $(#[doc = $doc])+
                $(#[schemars(with = $with)])?
                $(#[serde($or_default)])?
                pub $field: $type,
            )*
        }

        impl $(<const $max: i64>)? $record $(<$max>)? {
            /// The fields of this record, in the order of the model.
            pub const FIELDS: &'static [$crate::case::record::Field] = &[
                $($crate::case::record::Field {
                    ident: stringify!($field),
                    doc: concat!($($doc),+).trim_ascii_start(),
                    kind: $crate::case::record::Kind::$kind,
                    from: $from,
                    shape: <$type as $crate::case::record::Part>::shape,
                }),*
            ];
        }

        impl $(<const $max: i64>)? $crate::case::record::Record for $record $(<$max>)? {
            fn fields(&self) -> &'static [$crate::case::record::Field] {
                Self::FIELDS
            }

            fn part(&self, index: usize) -> $crate::case::record::View<'_> {
                let mut position = 0;
                $(
                    if index == position {
                        return $crate::case::record::Part::view(&self.$field);
                    }
                    position += 1;
                )*
                let _ = position;
                $crate::case::record::View::Leaf($crate::case::value::Value::Absent)
            }
        }

        impl $(<const $max: i64>)? $crate::case::record::Part for $record $(<$max>)? {
            fn shape() -> $crate::case::record::Shape {
                $crate::case::record::Shape::Record(Self::FIELDS)
            }

            fn view(&self) -> $crate::case::record::View<'_> {
                $crate::case::record::View::Record(self)
            }

            fn read(&self, steps: &[usize], into: &mut $crate::case::value::Value) {
                let Some((step, rest)) = steps.split_first() else {
                    *into = $crate::case::record::record_value(self);
                    return;
                };
                let mut position = 0;
                $(
                    if *step == position {
                        return $crate::case::record::Part::read(&self.$field, rest, into);
                    }
                    position += 1;
                )*
                let _ = position;
                *into = $crate::case::value::Value::Absent;
            }
        }
    };
}

pub(crate) use record;
