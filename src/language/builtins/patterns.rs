//! The word for a pattern over many cases.

use super::{Builtin, Env, Given, Run, word};
use crate::{
    case::text::FreeWord,
    language::{datum::Datum, kinds::Kinds, pattern::Pattern, wrong::Wrong},
};
use std::{collections::HashSet, rc::Rc};

/// The row.
pub static WORDS: &[Builtin] = &[word!(Word "pattern" "pattern(code, severity, text, entries)"
    [Kinds::TEXT, Kinds::TEXT, Kinds::TEXT, Kinds::LIST] Kinds::PATTERN, Run::Plain(pattern),
    "In `caseload(book)`: a pattern over many cases, with the entries of the book that show it.")];

fn pattern(env: &mut Env, given: &mut [Datum]) -> Given {
    let [code, severity, text, Datum::List(rows)] = given else { return Err(Wrong::given()) };
    let (Some(code), Some(severity), Some(text)) = (code.as_text(), severity.as_text(), text.as_text()) else {
        return Err(Wrong::given());
    };
    if FreeWord::parse(code).is_none() {
        return Err(Wrong::new("the code of a pattern is no such word")
            .help("write it in lower-case letters, digits and underscores"));
    }
    env.budget.work(rows.items.len())?;
    env.budget.room(64 * rows.items.len() as u64 + (severity.len() + text.len()) as u64)?;
    let (mut cases, mut known) = (Vec::new(), HashSet::new());
    for row in &rows.items {
        let crn = match row {
            Datum::Table(table) => table.get("crn").and_then(Datum::as_text),
            _ => None,
        };
        let crn = crn.ok_or_else(|| {
            Wrong::new("`pattern` needs the entries that show it")
                .help("give it entries of the book, which all have a `crn`")
        })?;
        env.budget.work(crn.len() / 64)?;
        env.budget.room(crn.len() as u64)?;
        if known.insert(crn) {
            cases.push(crn.to_owned());
        }
    }
    let pattern = Pattern { code: code.to_owned(), severity: severity.to_owned(), text: text.to_owned(), cases };
    Ok(Datum::Pattern(Rc::new(pattern)))
}

/// What `caseload` returned, as patterns: nothing, one, or several.
///
/// # Errors
///
/// What it returned instead.
pub fn patterns_of(returned: &Datum) -> Result<Vec<Pattern>, &'static str> {
    match returned {
        Datum::Absent => Ok(Vec::new()),
        Datum::Pattern(pattern) => Ok(vec![Pattern::clone(pattern)]),
        Datum::List(list) => {
            list.items.iter().map(patterns_of).collect::<Result<Vec<_>, _>>().map(|found| found.concat())
        }
        other => Err(other.kind()),
    }
}
