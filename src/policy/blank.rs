//! Blanks: the places in a text where something of the case stands. What a rule says of two cases often differs in a date or
//! a number of its text only; with a blank there, what it said of the one serves for the other too.
//!
//! A blank is the number of a question between two marks. A script can put texts together around it, and give the whole to
//! an effect; whatever would look into such a text is refused, and the rule run again on plain values.

use crate::{case::value::Value, policy::question::QuestionId};
use rhai::{Array, Dynamic, Map};

/// What stands around the number of a question: a character that no text of a case, a script or a parameter has.
pub const MARK: char = '\u{10FFFE}';

/// Longest text that blanks are filled in of, in bytes: the limits of the script engine on a text lie above it.
const LONGEST: usize = 64 << 10;

/// The place of an answer.
#[must_use]
pub fn blank(question: QuestionId) -> String {
    format!("{MARK}{}{MARK}", question.0)
}

/// Whether a text has blanks.
#[must_use]
pub fn has_blanks(text: &str) -> bool {
    text.contains(MARK)
}

/// Whether a text with blanks is somewhere in a value of a script.
#[must_use]
pub fn holds_blanks(value: &Dynamic) -> bool {
    if let Ok(text) = value.as_immutable_string_ref() {
        return has_blanks(&text);
    }
    if let Ok(character) = value.as_char() {
        return character == MARK;
    }
    if let Some(items) = value.read_lock::<Array>() {
        return items.iter().any(holds_blanks);
    }
    value.read_lock::<Map>().is_some_and(|fields| fields.values().any(holds_blanks))
}

/// Whether a parameter has the mark in one of its texts, as if it were a blank.
#[must_use]
pub fn is_ambiguous(value: &Value) -> bool {
    match value {
        Value::Text(text) => has_blanks(text),
        Value::List(values) => values.iter().any(is_ambiguous),
        Value::Record(fields) => fields.iter().any(|(name, value)| has_blanks(name) || is_ambiguous(value)),
        _ => false,
    }
}

/// A text with its blanks filled in; nothing where one of them cannot be.
///
/// # Errors
///
/// The first that an answer ends with.
pub fn filled<E>(
    text: &str,
    mut answer: impl FnMut(QuestionId, &mut String) -> Result<bool, E>,
) -> Result<Option<String>, E> {
    let mut out = String::with_capacity(text.len() + 16);
    let mut parts = text.split(MARK);
    out.push_str(parts.next().unwrap_or_default());
    while let (Some(number), Some(after)) = (parts.next(), parts.next()) {
        let Ok(number) = number.parse() else { return Ok(None) };
        if !answer(QuestionId(number), &mut out)? {
            return Ok(None);
        }
        out.push_str(after);
    }
    Ok((out.len() <= LONGEST).then_some(out))
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot go on has failed, and says where")]
mod tests {
    use super::*;

    fn filled_with(text: &str, known: u32) -> Option<String> {
        let answer = |question: QuestionId, out: &mut String| {
            out.push_str("2026-03-02");
            Ok::<_, ()>(question.0 == known)
        };
        filled(text, answer).unwrap()
    }

    #[test]
    fn a_blank_is_filled_in_where_it_stands() {
        let text = format!("seen on {}, not since {}", blank(QuestionId(7)), blank(QuestionId(7)));
        assert_eq!(filled_with(&text, 7).unwrap(), "seen on 2026-03-02, not since 2026-03-02");
        assert_eq!(filled_with("nothing to fill in", 7).unwrap(), "nothing to fill in");
    }

    #[test]
    fn a_text_with_a_blank_that_cannot_be_filled_in_is_none() {
        assert_eq!(filled_with(&blank(QuestionId(8)), 7), None);
        assert_eq!(filled_with(&format!("{MARK}half{MARK}"), 7), None);
        assert_eq!(filled_with(&blank(QuestionId(7)).repeat(8_000), 7), None, "longer than a script could make it");
    }

    #[test]
    fn blanks_are_found_however_deep() {
        let text = Dynamic::from(format!("on {}", blank(QuestionId(1))));
        assert!(holds_blanks(&Dynamic::from(vec![Dynamic::from(vec![text])])));
        assert!(holds_blanks(&Dynamic::from(MARK)));
        assert!(!holds_blanks(&Dynamic::from(vec![Dynamic::from("on Monday")])));
    }
}
