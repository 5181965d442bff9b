//! The heads of functions, and how they are written.

use super::line::Word;
use crate::language::lower::{RESERVED, is_law};

/// How a function that begins in a line is written: with what it takes there, or else with what one of its name takes.
pub(super) fn of_head(name: &str, line: &str) -> String {
    let private = private(line);
    let given = line
        .split_once(&format!("fn {name}("))
        .and_then(|(_, behind)| behind.split_once(')'))
        .map(|(given, _)| given.trim().to_owned());
    let of_name = || match RESERVED.iter().find(|(reserved, _)| *reserved == name) {
        Some((_, takes)) => takes.join(", "),
        None if is_law(name) => "person, tier".to_owned(),
        None => "person".to_owned(),
    };
    format!("write `{private}fn {name}({}) {{ ... }}`", given.unwrap_or_else(of_name))
}

/// The line in which a function begins, at or above another.
pub(super) fn head_of<'t>(name: &str, number: usize, text: &'t str) -> &'t str {
    let above: Vec<&str> = text.lines().take(number).collect();
    above.into_iter().rev().find(|line| line.contains(&format!("fn {name}"))).unwrap_or_default()
}

/// A name that has letters which a name cannot have, or no bracket behind it.
pub(super) fn of_name(at: Word<'_>, line: &str) -> Option<(String, String)> {
    let from = line.find("fn ")? + 3;
    let name = line.get(from..)?.split(['(', '{']).next()?.trim();
    let is_good = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    if at.text.starts_with('(') || name.is_empty() || name.chars().all(is_good) {
        return None;
    }
    if let Some(run_together) = name.strip_suffix(')') {
        let private = private(line);
        let (own, given) = run_together.split_once("person").unwrap_or(("name", ""));
        let help =
            format!("write `{private}fn {}(person{given}) {{ ... }}`", if own.is_empty() { "name" } else { own });
        return Some(("`(` is missing behind the name of the function".to_owned(), help));
    }
    let help = "a name has the letters a to z, digits and `_`".to_owned();
    Some((format!("`{name}` cannot be the name of a function"), help))
}

/// What stands before `fn` in a line, where the function is one of its own script.
fn private(line: &str) -> &'static str {
    if line.trim_start().starts_with("private ") { "private " } else { "" }
}
