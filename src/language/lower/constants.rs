//! What the constants of a script say, and what can be read off it without running it.

use super::Refusal;
use crate::{
    case::{
        input::{Entry, InputTable},
        value::Value,
    },
    language::{
        program::{Program, Source},
        tree::{self, ExprKind, Place, Script},
    },
};
use std::collections::BTreeSet;

pub(super) fn read_constants(script: &Script, program: &mut Program) {
    for (name, value) in &script.constants {
        match &value.kind {
            ExprKind::Text(word) => drop(program.words.insert(name.clone(), word.clone())),
            ExprKind::List(_) => {
                if let Some(words) = script.list(name) {
                    program.lists.insert(name.clone(), words);
                }
            }
            _ => {}
        }
    }
}

/// A script as it is written, by the path that it was imported by.
pub(super) fn source(script: &Script, path: &str) -> Source {
    let written = |value: &tree::Expr| value_of(value).map_or_else(|| value.to_string(), |value| value.written());
    let constants = script.constants.iter().map(|(name, value)| (name.clone(), written(value))).collect();
    Source { file: script.file.clone(), text: script.text.clone(), path: path.to_owned(), constants }
}

/// The codes of the flags that a script raises, where they stand there as words.
pub(super) fn flag_codes(script: &Script) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for function in &script.functions {
        function.body.walk(&mut |expr| {
            if let ExprKind::Call { module: None, name, arguments } = &expr.kind
                && name == "flag"
                && let Some(ExprKind::Text(code)) = arguments.first().map(|code| &code.kind)
            {
                codes.insert(code.clone());
            }
        });
    }
    codes
}

/// The constants that the program itself looks at.
pub static CONSTANTS: &[&str] =
    &["TIERS", "OUTSIDE", "AXES", "WITH", "ON_MISSING", "BEYOND_REFERENCE", "NOT_RISK", "ANSWERS"];

/// Those of them that are lists of words.
const LISTS: [&str; 7] = ["TIERS", "OUTSIDE", "AXES", "WITH", "BEYOND_REFERENCE", "NOT_RISK", "ANSWERS"];

/// What is wrong with how the constants of a script are written: one that stands there twice, and in the script of the policy
/// itself one that the program looks at and that is not of the form that it looks for.
pub(super) fn misdeclared(script: &Script, is_policy: bool, inputs: &InputTable) -> Vec<Refusal> {
    let mut found = Vec::new();
    let mut before = BTreeSet::new();
    for (name, value) in &script.constants {
        let mut wrong = |message: String, help: String| {
            found.push(Refusal { place: value.place, code: "wrong-constant", message, help });
        };
        if !before.insert(name) {
            wrong(
                format!("the constant `{name}` is declared before, and that one counts"),
                "keep one of them".to_owned(),
            );
            continue;
        }
        let is_word = matches!(value.kind, ExprKind::Text(_));
        if is_policy && LISTS.contains(&name.as_str()) && script.list(name).is_none() {
            let help = format!("write each word out, without reckoning: `const {name} = [\"...\", \"...\"];`");
            wrong(format!("`{name}` is a list of words, and this is none"), help);
        } else if is_policy && name == "ON_MISSING" && !is_word {
            let help = "write `const ON_MISSING = \"as-written\";`, or take the line away".to_owned();
            wrong("`ON_MISSING` is a word, and this is none".to_owned(), help);
        } else if is_policy && let ExprKind::List(items) = &value.kind {
            found.extend(wrong_entries(name, items, inputs));
        }
    }
    found
}

/// The longest name of a tier or an axis, in letters: it stands in every answer, and in every line of a table.
const MAX_NAME: usize = 100;

/// What is wrong with the entries of a list that the program looks at.
fn wrong_entries(name: &str, items: &[tree::Expr], inputs: &InputTable) -> Vec<Refusal> {
    let words = items.iter().filter_map(|item| match &item.kind {
        ExprKind::Text(word) => Some((item.place, word.as_str())),
        _ => None,
    });
    let mut before = BTreeSet::new();
    let wrong = words.filter_map(|(place, word)| {
        let is_again = !before.insert(word);
        let (message, help) = match name {
            "WITH" if is_again => (
                format!("runs with `{word}` twice, and each of its flags would stand there twice"),
                "name each policy once",
            ),
            "TIERS" | "OUTSIDE" | "AXES" if word.chars().count() > MAX_NAME => {
                (format!("a name in `{name}` has more than {MAX_NAME} letters"), "name it as people call it")
            }
            "NOT_RISK" => (wrong_exception(word, inputs)?.to_owned(), EXCEPTION),
            _ => return None,
        };
        Some(Refusal { place, code: "wrong-constant", message, help: help.to_owned() })
    });
    wrong.collect()
}

/// How an exception to the claim that more risk is no lower tier is written.
const EXCEPTION: &str =
    "write the path of the input and why more of it is no more risk: `\"engagement: officers judge it anew\"`";

/// The input that an exception is about.
#[must_use]
pub fn excepted(exception: &str) -> &str {
    exception.split(':').next().unwrap_or_default().trim()
}

/// What is wrong with an exception: it is about an input, and has a reason.
fn wrong_exception(exception: &str, inputs: &InputTable) -> Option<&'static str> {
    let reason = exception.split_once(':').map_or("", |(_, reason)| reason.trim());
    if !matches!(inputs.entry(excepted(exception)), Some(Entry::Input(_))) {
        return Some("`NOT_RISK` names something that is no input");
    }
    reason.is_empty().then_some("`NOT_RISK` gives no reason")
}

/// The constants and imports of a script that nothing uses: what each is, its name and its place.
pub(super) fn unused(script: &Script, used: &BTreeSet<&str>) -> Vec<(&'static str, String, Place)> {
    let constants = script.constants.iter().map(|(name, value)| ("constant", name, value.place));
    let imports = script.imports.iter().map(|(_, name, place)| ("import", name, *place));
    let idle = |name: &str| !used.contains(name) && !CONSTANTS.contains(&name);
    let all =
        constants.filter(|(_, name, _)| idle(name)).chain(imports.filter(|(_, name, _)| !used.contains(name.as_str())));
    all.map(|(what, name, place)| (what, name.clone(), place)).collect()
}

/// A literal as a value.
pub(super) fn value_of(expr: &tree::Expr) -> Option<Value> {
    Some(match &expr.kind {
        ExprKind::Unit => Value::Absent,
        ExprKind::Bool(value) => Value::Bool(*value),
        ExprKind::Whole(value) => Value::Whole(*value),
        ExprKind::Decimal(value) => Value::Decimal(*value),
        ExprKind::Text(text) => Value::Text(text.as_str().into()),
        ExprKind::List(items) => Value::list(items.iter().map(value_of).collect::<Option<Vec<_>>>()?),
        ExprKind::Table(entries) => {
            let entries = entries.iter().map(|(name, value)| Some((name.clone(), value_of(value)?)));
            Value::record(entries.collect::<Option<Vec<_>>>()?)
        }
        ExprKind::Operator(name, operands) if name == "-" => match operands.as_slice() {
            [tree::Expr { kind: ExprKind::Whole(number), .. }] => Value::Whole(number.checked_neg()?),
            [tree::Expr { kind: ExprKind::Decimal(number), .. }] => Value::Decimal(-*number),
            _ => return None,
        },
        _ => return None,
    })
}
