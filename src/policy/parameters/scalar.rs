//! A single value as it is written.

use crate::case::value::Value;
use rust_decimal::Decimal;

/// Whether a word begins as a number does, and is one in other languages: `50%`, `5e1`, `0b11`, more digits than are kept.
#[must_use]
pub fn is_meant_as_number(word: &str) -> bool {
    let bare = word.trim_start_matches(['+', '-']).trim_end_matches('%').trim_end();
    let is_hex = |digits: &str| !digits.is_empty() && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    let is_based = ["0x", "0X", "0b", "0B", "0o", "0O"].iter().any(|base| bare.strip_prefix(base).is_some_and(is_hex));
    bare.starts_with(|first: char| first.is_ascii_digit()) && (is_based || bare.parse::<f64>().is_ok())
}

/// A single value as it is written: without quotes it may be a number or a truth value.
#[must_use]
pub fn scalar(text: &str, plain: bool) -> Value {
    match text {
        _ if !plain => Value::Text(text.into()),
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        number => match (number.parse::<i64>(), Decimal::from_str_exact(number)) {
            (Ok(whole), _) => Value::Whole(whole),
            (Err(_), Ok(decimal)) => Value::Decimal(decimal.normalize()),
            (Err(_), Err(_)) => Value::Text(number.into()),
        },
    }
}
