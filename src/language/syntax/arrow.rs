//! The arrow of a way through a `switch`, where it does not stand there.

use super::line::Word;
use crate::language::builtins::{self, Run};

/// What is meant by `=>`, by the words before it in its line.
pub(super) fn of_arrow(before: &[Word<'_>]) -> (String, String) {
    let said = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let is_label =
        |word: &Word<'_>| word.text == "_" || word.text.starts_with(|sign: char| sign == '"' || sign.is_ascii_digit());
    let calls =
        |word: &Word<'_>| builtins::all().any(|one| one.name == word.text && matches!(one.run, Run::Calling(_)));
    match before {
        [.., name, bracket, one] if bracket.text == "(" && calls(name) => {
            (format!("`=>` makes no closure of `{}`", one.text), format!("write `|{}| ...`", one.text))
        }
        [label] if is_label(label) => open_above(),
        [.., sign, label] if is_label(label) && matches!(sign.text, "," | "{" | "|") => open_above(),
        _ => said("`=>` stands in a `switch`, and compares nothing", "write `>=`"),
    }
}

fn open_above() -> (String, String) {
    let help = "close it behind what the way above gives: `... => every(1, \"week\", \"office\"),`";
    ("a bracket is still open where this way of the `switch` begins".to_owned(), help.to_owned())
}
