//! What to write in place of a text that somebody, or a spreadsheet, writes for it. Nothing of the text is repeated.

use super::day::{Day, TOO_EARLY};

/// Words for something that is not known, in small letters.
const UNKNOWN: &[&str] = &[
    "-",
    "--",
    "\u{2013}",
    "\u{2014}",
    "?",
    ".",
    "n/a",
    "na",
    "n.a.",
    "n/k",
    "nk",
    "nil",
    "none",
    "nan",
    "null",
    "blank",
    "(blank)",
    "missing",
    "unknown",
    "not known",
    "not applicable",
    "not available",
    "not recorded",
    "not assessed",
    "not answered",
    "not given",
    "no data",
    "tbc",
    "tba",
    "#n/a",
    "#null!",
];

/// Quotes that word processors put in place of plain ones.
pub const QUOTES: [char; 8] =
    ['\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{ab}', '\u{bb}'];

/// What to write, where a text stands in which a number, a truth value, a date or a word is expected.
#[must_use]
pub fn instead_of(text: &str, expected: &str) -> Option<&'static str> {
    let is = |kind: &str| expected.contains(kind);
    let trimmed = text.trim();
    let bare = trimmed.strip_suffix('%').unwrap_or(trimmed).trim_end();
    let is_like_number = bare.contains(|letter: char| letter.is_ascii_digit())
        && bare.bytes().all(|byte| b"0123456789.,+- ".contains(&byte));
    if let Some(advice) = letters(text) {
        return Some(advice);
    }
    if UNKNOWN.contains(&trimmed.to_lowercase().as_str()) {
        return Some("where nothing is known, leave it out: no such line, or an empty cell");
    }
    if let Some(advice) = dashes(trimmed) {
        return Some(advice);
    }
    if is("number") && Day::parse(trimmed).is_some() {
        return Some(
            "a date stands there: write the number; in a spreadsheet, give its cells the number format General",
        );
    }
    if is("number") && is_like_number {
        return Some(match bare {
            _ if bare.len() < trimmed.len() => "write the number alone, without `%`",
            _ if bare.contains(',') => "write decimals after a point, and thousands without a comma: 1.2 and 1200",
            _ => "write the digits alone, without quotes, blanks or zeros before them",
        });
    }
    let is_serial = trimmed.len() == 5 && trimmed.bytes().all(|byte| byte.is_ascii_digit());
    if expected.starts_with("a date") && is_serial {
        return Some(SERIAL);
    }
    if expected == TOO_EARLY {
        return Some("is the century right?");
    }
    if is("date") && trimmed.contains(|letter: char| letter.is_ascii_digit()) {
        return Some(DAY_ALONE);
    }
    if is("true or false") || is("a boolean") {
        return Some(TRUTH);
    }
    (trimmed.len() < text.len()).then_some("take away the blanks around it")
}

/// What to do about a character that looks like another.
fn letters(text: &str) -> Option<&'static str> {
    let blank = |letter: char| !letter.is_ascii() && letter.is_whitespace();
    if text.contains(blank) {
        return Some("a non-breaking space stands in it: write a plain one, or none");
    }
    if text.contains(QUOTES) {
        return Some("typographic quotes stand in it: write plain ones, or none");
    }
    text.contains(['\u{feff}', '\u{200b}', '\u{ad}'])
        .then_some("a character that cannot be seen stands in it: write it anew")
}

/// What to do about a dash, which word processors and spreadsheets put in place of a hyphen.
fn dashes(text: &str) -> Option<&'static str> {
    let is_dash = |letter: char| matches!(letter, '\u{2010}'..='\u{2015}' | '\u{2212}');
    text.contains(is_dash).then_some("a dash stands in it: write a hyphen, `-`")
}

/// How a day is written.
pub(super) const DAY_ALONE: &str = "write the day alone, year first: 2026-06-15";
/// How a truth value is written.
pub(super) const TRUTH: &str = "write `true` for yes, and `false` for no";

/// What to write where a number stands in place of a date: what a spreadsheet shows of a day that it takes for a number.
pub(super) const SERIAL: &str =
    "write the day as text, year first: 2026-06-15; in a spreadsheet, give its cells the form of a date";

/// A word as it is compared: capitals and what stands between its parts make no other word.
pub(super) fn folded(word: &str) -> String {
    let between = |letter: char| letter.is_whitespace() || matches!(letter, '-' | '/' | '\u{2013}');
    word.trim().chars().map(|letter| if between(letter) { '_' } else { letter }).flat_map(char::to_lowercase).collect()
}

/// The line where a merge has left two versions of a part of a text.
#[must_use]
pub fn conflict(text: &str) -> Option<usize> {
    text.lines().position(|line| line.starts_with("<<<<<<< ")).map(|line| line + 1)
}

/// What is said there.
pub const CONFLICT: &str = "a merge has left two versions of what stands here";
/// What to do about it.
pub const ONE_VERSION: &str = "keep one of the two, and take out the lines `<<<<<<<`, `=======` and `>>>>>>>`";
