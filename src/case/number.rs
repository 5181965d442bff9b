//! Numbers of a case: whole numbers and exact decimals within bounds, checked when they are read.

use super::{
    domain::Domain,
    leaf::leaf,
    record::{Part, Shape, View},
    value::Value,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use schemars::json_schema;
use serde::{
    Deserialize, Deserializer,
    de::{self, Unexpected, Visitor},
};
use serde_json::value::RawValue;
use std::fmt;

/// The name under which a reader is asked for a number's own digits; see [`ExactDecimal`].
pub(crate) const DIGITS: &str = "brag::digits";
/// The name under which a reader is asked for a value of a policy's own; a number with decimals it gives as its digits, in
/// bytes, so that they are not taken for a text.
pub(crate) const OWN_VALUE: &str = "brag::own_value";

/// The number that some digits write, if it can be kept as it is: neither rounded, nor small enough to pass for nothing.
pub(super) fn exact(digits: &str) -> Option<Decimal> {
    let Some((mantissa, _)) = digits.split_once(['e', 'E']) else { return Decimal::from_str_exact(digits).ok() };
    Decimal::from_str_exact(mantissa).and_then(|_| Decimal::from_scientific(digits)).ok()
}

/// The whole number that some digits write: `62.0` is 62, here as in JSON Schema, and so is `6.2e1`.
pub(super) fn integer(digits: &str) -> Option<i64> {
    let written = || exact(digits).filter(Decimal::is_integer).and_then(|number| number.to_i64());
    digits.parse().ok().or_else(written)
}

/// A whole number from `MIN` to `MAX`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Whole<const MIN: i64, const MAX: i64>(pub i64);

/// A whole percentage, the unit of the two-year predictors.
pub type Percent = Whole<0, 100>;
/// A number of things that happened.
pub type Count = Whole<0, 100_000>;

impl<'de, const MIN: i64, const MAX: i64> Deserialize<'de> for Whole<MIN, MAX> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_i64(WholeVisitor { min: MIN, max: MAX }).map(Self)
    }
}

struct WholeVisitor {
    min: i64,
    max: i64,
}

impl Visitor<'_> for WholeVisitor {
    type Value = i64;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", Domain::Whole { min: self.min, max: self.max }.describe_as_expected())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        if (self.min..=self.max).contains(&value) {
            Ok(value)
        } else {
            Err(E::invalid_value(Unexpected::Signed(value), &self))
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        match i64::try_from(value) {
            Ok(value) => self.visit_i64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Unsigned(value), &self)),
        }
    }
}

leaf! {
    const MIN, MAX in Whole<MIN, MAX>, json_schema!({ "type": "integer", "minimum": MIN, "maximum": MAX }),
    Domain::Whole { min: MIN, max: MAX }, |whole| Value::Whole(whole.0)
}

/// A decimal from 0 to 100 with the digits that the file gives, never rounded through a binary fraction.
///
/// Up to 28 significant digits are kept; a longer number is refused, because cutting it could move it over a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct ExactDecimal(pub Decimal);

impl ExactDecimal {
    const DOMAIN: Domain = Domain::Decimal { min: 0, max: 100 };
}

impl<'de> Deserialize<'de> for ExactDecimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_newtype_struct(DIGITS, DecimalVisitor).map(Self)
    }
}

/// Reads the digits of an [`ExactDecimal`].
pub(super) struct DecimalVisitor;

impl DecimalVisitor {
    fn within<E: de::Error>(&self, value: Decimal, seen: Unexpected<'_>) -> Result<Decimal, E> {
        if (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&value) {
            Ok(value.normalize())
        } else {
            Err(E::invalid_value(seen, self))
        }
    }
}

impl<'de> Visitor<'de> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}, at most 28 digits", ExactDecimal::DOMAIN.describe_as_expected())
    }

    /// The digits as written, from a reader that knows [`DIGITS`].
    fn visit_str<E: de::Error>(self, digits: &str) -> Result<Decimal, E> {
        let seen = Unexpected::Other("number");
        match exact(digits) {
            Some(value) => self.within(value, seen),
            None => Err(E::invalid_value(seen, &self)),
        }
    }

    /// A reader of JSON, which gives the digits in its own way.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<Decimal, D::Error> {
        let digits = <&RawValue>::deserialize(from)?.get();
        if digits.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            self.visit_str(digits)
        } else {
            Err(de::Error::invalid_type(Unexpected::Other("no number"), &self))
        }
    }
}

leaf! {
    ExactDecimal, json_schema!({ "type": "number", "minimum": 0, "maximum": 100 }),
    Self::DOMAIN, |decimal| Value::Decimal(decimal.0)
}

impl Part for bool {
    fn shape() -> Shape {
        Shape::Leaf(Domain::Bool)
    }

    fn view(&self) -> View<'_> {
        View::Leaf(Value::Bool(*self))
    }
}
