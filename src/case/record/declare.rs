//! How the records of the case model are declared: one list of fields each, from which everything else about them is made.

/// Defines records of the case model: each a struct, how it is read, its schema, and its view by field name.
///
/// Each field is `name: Type = kind, "where it comes from"`, with its meaning as the doc comment; `name or default: Type` for
/// a list or a record that may be left out; `= kind Tense` for a date.
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
                $field:ident $(or $or_default:ident)? : $type:ty = $kind:ident $($tense:ident)?, $from:literal
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
                    name: $crate::case::record::field_name(stringify!($field)),
                    doc: concat!($($doc),+).trim_ascii_start(),
                    kind: $crate::case::record::Kind::$kind,
                    tense: $crate::case::record::tense!($($tense)?),
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

            fn at(&self, steps: &[usize]) -> $crate::case::record::View<'_> {
                let Some((step, rest)) = steps.split_first() else { return $crate::case::record::View::Record(self) };
                let mut position = 0;
                $(
                    if *step == position {
                        return $crate::case::record::Part::at(&self.$field, rest);
                    }
                    position += 1;
                )*
                let _ = position;
                $crate::case::record::View::Leaf($crate::case::value::Value::Absent)
            }

            fn is_later(&self, than: jiff::civil::Date) -> bool {
                let _ = than;
                false $(|| $crate::case::record::tense!(@ Dates $($tense)?)
                    && $crate::case::record::Part::is_later(&self.$field, than))*
            }

            fn holds_later(&self, than: jiff::civil::Date) -> bool {
                let _ = than;
                false $(|| !$crate::case::record::tense!(@ Ahead $($tense)?)
                    && $crate::case::record::Part::holds_later(&self.$field, than))*
            }

            fn holds_earlier(&self, than: jiff::civil::Date) -> bool {
                let _ = than;
                false $(|| $crate::case::record::Part::holds_earlier(&self.$field, than))*
            }

            fn forget_later(&mut self, than: jiff::civil::Date) {
                $(
                    if $crate::case::record::Part::is_later(self, than) {
                        *self = <Self as $default>::default();
                        return;
                    }
                )?
                $(
                    if !$crate::case::record::tense!(@ Ahead $($tense)?) {
                        $crate::case::record::Part::forget_later(&mut self.$field, than);
                    }
                )*
            }
        }
    };
}

/// What is declared of a field that is a date, or whether that is what is asked for.
macro_rules! tense {
    () => {
        None
    };
    ($tense:ident) => {
        Some($crate::case::record::Tense::$tense)
    };
    (@ Dates Dates) => {
        true
    };
    (@ Ahead Ahead) => {
        true
    };
    (@ $asked:ident $($tense:ident)?) => {
        false
    };
}

pub(crate) use {record, tense};
