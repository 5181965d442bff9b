//! The formats of a verb: those that it lists, completes and takes.

use crate::report::Format;
use clap::{
    Args, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use std::{fmt::Debug, marker::PhantomData};

/// What a verb writes; the first is what it writes where nothing is said.
pub trait Formats: Debug + Send + Sync + 'static {
    /// The formats.
    const FORMATS: &'static [Format];
}

/// The option that chooses among the formats of a verb.
#[derive(Debug, Args)]
pub struct FormatOption<V: Formats> {
    #[arg(id = FORMAT, long = FORMAT, value_name = "FORMAT", value_parser = parser::<V>(), help = help::<V>())]
    asked: Option<Format>,
    #[arg(skip)]
    of: PhantomData<V>,
}

/// What the option is called.
pub const FORMAT: &str = "format";

impl<V: Formats> FormatOption<V> {
    /// The format asked for.
    pub const fn asked(&self) -> Option<Format> {
        self.asked
    }

    /// The format asked for, or the one that the verb writes without.
    pub fn chosen(&self) -> Format {
        self.asked.or(V::FORMATS.first().copied()).unwrap_or(Format::Text)
    }
}

fn parser<V: Formats>() -> impl TypedValueParser<Value = Format> {
    let names = V::FORMATS.iter().filter_map(Format::to_possible_value);
    PossibleValuesParser::new(names).try_map(|name| Format::from_str(&name, false))
}

fn help<V: Formats>() -> String {
    let first = V::FORMATS.first().map(|format| format.name()).unwrap_or_default();
    format!("How the result is written [default: {first}]")
}
