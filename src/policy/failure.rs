//! What went wrong while a rule ran, in an officer's words, at the innermost place that the engine knows.

use crate::{
    case::{fault::nearest, value::Value},
    policy::{
        engine::{MAX_CALLS, MAX_OPERATIONS, ScriptFault},
        fault::PolicyFault,
        names,
        rule::Rule,
        script::Script,
        vocabulary::SCRIPT_WORDS,
    },
};
use jiff::civil::Date;
use rhai::{Dynamic, EvalAltResult};
use std::{collections::BTreeMap, sync::Arc};

/// What was running when something failed.
pub(super) struct Running<'a> {
    /// The policy's own script, then the ones that it imports.
    pub scripts: Vec<&'a Script>,
    /// The rule.
    pub rule: Option<&'a Rule>,
    /// Numbers without a value on the date, with the date of their first.
    pub not_yet: &'a BTreeMap<String, Date>,
    /// What the rule had read of the case: path and value.
    pub seen: Vec<(Arc<str>, Value)>,
}

type Said = (String, Option<String>);

impl Running<'_> {
    /// The fault to report. An error without a place of its own, such as a limit hit, gets that of the rule.
    pub fn fault(&self, error: &EvalAltResult) -> PolicyFault {
        let mut inner = error;
        let mut at = error.position();
        let mut source = "";
        while let EvalAltResult::ErrorInFunctionCall(_, file, cause, place)
        | EvalAltResult::ErrorInModule(file, cause, place) = inner
        {
            at = if place.is_none() { at } else { *place };
            source = if file.is_empty() { source } else { file };
            inner = cause;
            at = if inner.position().is_none() { at } else { inner.position() };
        }
        let known = self.scripts.iter().find(|script| script.file == source && !at.is_none());
        let script = known.or(self.scripts.first());
        let line = at.line().or(self.rule.map(|rule| rule.line));
        let text = script.map_or("", |script| script.text.as_str());
        let drawn = text.lines().nth(line.unwrap_or(1).saturating_sub(1)).unwrap_or("");
        let (message, help) = self.in_officers_words(inner, drawn);
        let fault = PolicyFault::failed(script.map_or("", |script| &script.file), self.without_values(message, drawn));
        let fault = fault.at(line, at.position()).text(text).helped(help);
        self.rule.map_or(fault.clone(), |rule| fault.rule(&rule.name))
    }

    /// A case holds personal data: a value that the rule read is named by its path, unless the script itself spells it.
    fn without_values(&self, message: String, drawn: &str) -> String {
        self.seen.iter().fold(message, |message, (path, value)| {
            let value = value.to_string();
            if drawn.contains(&value) {
                message
            } else {
                message.replace(&format!("`{value}`"), &format!("(a value of `{path}`)"))
            }
        })
    }

    fn in_officers_words(&self, error: &EvalAltResult, drawn: &str) -> Said {
        if let Some(said) = limit_hit(error) {
            return said;
        }
        match error {
            EvalAltResult::ErrorRuntime(thrown, _) => match thrown.clone().try_cast::<ScriptFault>() {
                Some(fault) => (fault.message, fault.help.or_else(read_on)),
                None => thrown_in_words(thrown, drawn),
            },
            EvalAltResult::ErrorParsing(error, _) => names::in_officers_words(error),
            EvalAltResult::ErrorVariableNotFound(name, _) => self.no_variable(name),
            EvalAltResult::ErrorFunctionNotFound(signature, _) => no_word(signature),
            EvalAltResult::ErrorPropertyNotFound(name, _) => {
                (format!("nothing here is called `{name}`"), Some("`brag show inputs` lists every input".to_owned()))
            }
            EvalAltResult::ErrorArithmetic(what, _) => {
                let what = what.split(':').next().unwrap_or(what).to_lowercase();
                (what, Some("test the numbers before they are used".to_owned()))
            }
            EvalAltResult::ErrorMismatchDataType(expected, found, _) => {
                (format!("expected {}, found {}", kind(expected), kind(found)), read_on())
            }
            EvalAltResult::ErrorDotExpr(what, _) if what.contains("setter") => {
                said("an input cannot be changed", "keep another value in a variable: `let changed = ...`")
            }
            EvalAltResult::ErrorArrayBounds(..) | EvalAltResult::ErrorIndexNotFound(..) => {
                said("asks a list for an entry that it does not have", "test its `len()` first")
            }
            EvalAltResult::ErrorUnboundThis(_) => said("`this` means nothing in a rule", "a rule sees `person`"),
            other => {
                let what = other.unwrap_inner().to_string();
                (what.split(" (line ").next().unwrap_or(&what).to_lowercase(), read_on())
            }
        }
    }

    fn no_variable(&self, name: &str) -> Said {
        match name.strip_prefix("param::").and_then(|name| Some((name, self.not_yet.get(name)?))) {
            Some((name, from)) => {
                let message = format!("`param::{name}` has no value on this date: its first holds from {from}");
                (message, Some("give parameters.yaml an earlier value".to_owned()))
            }
            None => {
                let help = "a rule sees `person`, `param::` and its own variables";
                (format!("nothing is called `{name}`"), Some(help.to_owned()))
            }
        }
    }
}

/// What a rule throws is shown where the line spells it; anything else could be a value of the case.
fn thrown_in_words(thrown: &Dynamic, drawn: &str) -> Said {
    let spelt =
        thrown.as_immutable_string_ref().ok().filter(|text| drawn.contains(&format!("throw \"{}\"", text.as_str())));
    match spelt {
        Some(text) => said(&text, "the policy itself refuses this case: look at the case first, then at the rule"),
        None => said("stops itself with `throw`", "write what is wrong as a plain text: `throw \"...\"`"),
    }
}

fn said(message: &str, help: &str) -> Said {
    (message.to_owned(), Some(help.to_owned()))
}

/// What to do where there is nothing better to say.
#[expect(clippy::unnecessary_wraps, reason = "it stands where a help may or may not be")]
pub(super) fn read_on() -> Option<String> {
    Some("see \"Editing a policy\" in the README".to_owned())
}

fn limit_hit(error: &EvalAltResult) -> Option<Said> {
    Some(match error {
        EvalAltResult::ErrorTooManyOperations(_) => {
            said(&format!("still running after {MAX_OPERATIONS} steps, the limit"), "look for a loop that never ends")
        }
        EvalAltResult::ErrorTerminated(..) => {
            said("ran longer than a rule may", "look for a loop over something very long")
        }
        EvalAltResult::ErrorStackOverflow(_) => said(
            &format!("calls nested more than {MAX_CALLS} deep, the limit"),
            "look for a function that calls itself",
        ),
        EvalAltResult::ErrorDataTooLarge(what, _) => {
            let what = match what.to_lowercase() {
                what if what.contains("string") => "a text",
                what if what.contains("map") => "a table",
                _ => "a list",
            };
            said(&format!("{what} grew past the limit"), "look for a loop that adds to it")
        }
        _ => return None,
    })
}

/// `signature` is the engine's: a name, and the types that it was given.
fn no_word(signature: &str) -> Said {
    let (name, given) = signature.split_once(" (").unwrap_or((signature, ""));
    let given: Vec<&str> = given.trim_end_matches(')').split(", ").filter(|one| !one.is_empty()).map(kind).collect();
    let words: Vec<&str> = SCRIPT_WORDS.iter().map(|word| word.usage.split('(').next().unwrap_or("")).collect();
    let help = match nearest(name, &words).filter(|word| *word != name) {
        Some(meant) if !words.contains(&name) => format!("did you mean `{meant}`?"),
        _ => "the README lists the words of a policy script".to_owned(),
    };
    let given = if given.is_empty() { "nothing".to_owned() } else { given.join(", ") };
    (format!("no word `{name}` takes what it is given here: {given}"), Some(help))
}

/// What a value of an engine's type is, in an officer's words.
fn kind(of: &str) -> &str {
    match of {
        "i64" | "decimal" => "a number",
        "bool" => "true or false",
        "array" => "a list",
        "map" => "a table",
        "()" | "(" => "nothing",
        "person" => "a group of inputs",
        "date" => "a date",
        "effect" => "an effect",
        "standard" => "a standard",
        "Fn" => "a function",
        text if text.contains("String") || text == "string" || text == "char" => "a word",
        other => other,
    }
}
