//! How a single value of the case describes itself: closed lists of words, and the few other types, each with its schema, its
//! domain and what a script sees of it.

use schemars::{Schema, json_schema};
use serde_json::{Value, json};

/// The schema of a closed list of words and its aliases; an alias `true` or `false` is also the truth value.
pub(crate) fn one_of_words(about: &[&str], words: &[&str], aliases: &[&str]) -> Schema {
    let mut allowed: Vec<Value> = words.iter().chain(aliases).map(|word| json!(word)).collect();
    allowed.extend(aliases.iter().filter_map(|alias| alias.parse::<bool>().ok()).map(Value::Bool));
    json_schema!({ "description": about.concat().trim(), "enum": allowed })
}

/// Defines closed lists of words: each an enum, its spelling in files, its schema and its domain.
macro_rules! words {
    ($(
        $(#[doc = $about:literal])+
        pub enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal $(or $alias:literal)?),* $(,)? }
    )*) => {$(
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[doc = $doc])+ $variant),*
        }

        impl $name {
            /// Every word, in order.
            pub const WORDS: &'static [&'static str] = &[$($word),*];
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            /// Every spelling that is read.
            pub(crate) const SPELLINGS: &'static [&'static str] = &[$($($alias,)? $word),*];

            /// The word as written in a case file.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($($alias |)? $word => Some(Self::$variant),)* _ => None }
            }
        }

        $crate::case::leaf::leaf! {
            $name as stringify!($name),
            $crate::case::leaf::one_of_words(&[$($about),+], Self::WORDS, &[$($($alias,)?)*]),
            $crate::case::domain::Domain::Words(Self::WORDS),
            |word| $crate::case::value::Value::Word(word.as_str())
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::case::strict::word(from, Self::SPELLINGS, Self::parse)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(self.as_str())
            }
        }
    )*};
}

/// Defines how a single value of the case is described: its JSON Schema, in place or under a name, its domain, and what a
/// script sees of it.
macro_rules! leaf {
    ($(const $($of:ident),+ in)? $leaf:ty, $schema:expr, $domain:expr, $view:expr $(, $also:item)*) => {
        $crate::case::leaf::leaf! {
            @define [$($($of),+)?] $leaf, stringify!($leaf), true, $schema, $domain, $view $(, $also)*
        }
    };
    ($leaf:ident as $name:expr, $schema:expr, $domain:expr, $view:expr) => {
        $crate::case::leaf::leaf! { @define [] $leaf, $name, false, $schema, $domain, $view }
    };
    (
        @define [$($of:ident),*] $leaf:ty, $name:expr, $inline:literal, $schema:expr, $domain:expr, $view:expr
        $(, $also:item)*
    ) => {
        impl<$(const $of: i64),*> schemars::JsonSchema for $leaf {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn inline_schema() -> bool {
                $inline
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                $schema
            }
        }

        impl<$(const $of: i64),*> $crate::case::record::Part for $leaf {
            fn shape() -> $crate::case::record::Shape {
                $crate::case::record::Shape::Leaf($domain)
            }

            fn view(&self) -> $crate::case::record::View<'_> {
                let view: fn(&Self) -> $crate::case::value::Value = $view;
                $crate::case::record::View::Leaf(view(self))
            }

            $($also)*
        }
    };
}

pub(crate) use {leaf, words};
