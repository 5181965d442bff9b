//! A group of fields of a case, in the order in which they are given.

use jiff::civil::Date;
use serde_json::{Map, Number, Value};

/// A group of fields. What is not known is not written.
pub struct Fields(Map<String, Value>);

impl Default for Fields {
    /// Room for the few fields that most groups have.
    fn default() -> Self {
        Self(Map::with_capacity(6))
    }
}

impl Fields {
    /// With a field.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// With a field, where there is something to write.
    pub fn maybe<T: Into<Value>>(self, name: &str, value: Option<T>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a date.
    pub fn day(self, name: &str, date: Date) -> Self {
        self.with(name, written(date))
    }

    /// With a date, where there is one.
    pub fn maybe_day(self, name: &str, date: Option<Date>) -> Self {
        self.maybe(name, date.map(written))
    }

    /// With a field that is true; one that is not is left out.
    pub fn truth(self, name: &str, holds: bool) -> Self {
        self.maybe(name, holds.then_some(true))
    }

    /// With a list or group, unless it is empty.
    pub fn unless_empty(self, name: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        let is_empty = match &value {
            Value::Array(items) => items.is_empty(),
            Value::Object(fields) => fields.is_empty(),
            _ => false,
        };
        if is_empty { self } else { self.with(name, value) }
    }
}

impl From<Fields> for Value {
    fn from(fields: Fields) -> Self {
        Self::Object(fields.0)
    }
}

/// A date as `YYYY-MM-DD`. A case has a hundred of them, so the general way to write a date would be most of the work.
pub fn written(date: Date) -> String {
    let digit = |number: i16| char::from(b'0' + u8::try_from(number.rem_euclid(10)).unwrap_or(0));
    let (year, month, day) = (date.year(), i16::from(date.month()), i16::from(date.day()));
    let mut text = String::with_capacity(10);
    text.extend([year / 1000, year / 100, year / 10, year].map(digit));
    text.push('-');
    text.extend([month / 10, month].map(digit));
    text.push('-');
    text.extend([day / 10, day].map(digit));
    text
}

/// A number of two decimals, given in hundredths.
#[expect(clippy::cast_precision_loss, reason = "hundredths of a percentage are small")]
pub fn hundredths(number: i64) -> Value {
    Number::from_f64(number as f64 / 100.0).map_or(Value::Null, Value::Number)
}
