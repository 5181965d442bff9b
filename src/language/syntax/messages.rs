//! A syntax error in the words of somebody who has not read the grammar.

use super::{
    parser::{MAX_FUNCTIONS, MAX_NAMES, MAX_NAMES_IN_A_ROW},
    slips,
};
use crate::language::tree::Place;
use rhai::{LexError, ParseErrorType};

/// What is wrong, where, and what to do.
pub(super) struct SlipMessage {
    pub message: String,
    pub help: String,
    pub at: Place,
}

/// What to say of an error at a place of a text: the slip that it comes from, where it is a common one.
pub(super) fn in_officers_words(error: &ParseErrorType, at: Place, text: &str) -> SlipMessage {
    slips::slip(error, at, text).unwrap_or_else(|| {
        let (message, help) = match error {
            ParseErrorType::BadInput(error) => of_signs(error),
            error => of_names(error).or_else(|| of_order(error)).unwrap_or_else(|| of_parts(error)),
        };
        SlipMessage { message, help, at }
    })
}

fn said(message: impl Into<String>, help: impl Into<String>) -> (String, String) {
    (message.into(), help.into())
}

/// What cannot be read letter by letter.
fn of_signs(error: &LexError) -> (String, String) {
    match error {
        LexError::ImproperSymbol(word, _) if matches!(word.as_str(), "eval" | "print" | "debug") => not_to_be_had(word),
        LexError::ImproperSymbol(sign, _) if sign == "=" => {
            said("`=` sets a variable, and this is a condition", "write `==` to compare")
        }
        LexError::ImproperSymbol(sign, _) => {
            said(format!("`{sign}` is no sign of the language"), "`brag help language` lists the operators")
        }
        LexError::UnterminatedString => {
            said("a text without its closing quotation mark", "close it in the line in which it begins")
        }
        LexError::MalformedChar(text) => {
            said("a text stands in double quotation marks", format!("write `\"{}\"`", text.trim_matches('\'')))
        }
        LexError::MalformedEscapeSequence(signs) => {
            said(format!("`{signs}` stands for nothing in a text"), "for a backslash write two: `\\\\`")
        }
        LexError::MalformedNumber(number) => {
            said(format!("`{number}` is no number"), "write its digits, with a point where it has decimals")
        }
        LexError::UnexpectedInput(sign) if sign.chars().all(char::is_control) => {
            said("a sign that nobody sees stands here", "delete the line and type it again")
        }
        LexError::UnexpectedInput(sign) => {
            said(format!("`{sign}` cannot stand here"), "look at what stands before it, too")
        }
        other => said(other.to_string().to_lowercase(), "`brag help language` says what can be written"),
    }
}

fn not_to_be_had(word: &str) -> (String, String) {
    said(format!("`{word}` is not to be had in a policy"), "a rule computes and returns; remove the call")
}

/// Names that are not to be had, or that something else has.
fn of_names(error: &ParseErrorType) -> Option<(String, String)> {
    Some(match error {
        ParseErrorType::Reserved(word) if matches!(word.as_str(), "eval" | "print" | "debug") => not_to_be_had(word),
        ParseErrorType::Reserved(word) if word.starts_with(char::is_alphabetic) => {
            said(format!("`{word}` is a word of the language"), "choose another name")
        }
        ParseErrorType::Reserved(sign) => {
            said(format!("`{sign}` is no sign of the language"), "`brag help language` lists the operators")
        }
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            said(format!("two rules are called `{name}`"), "rename one of them")
        }
        ParseErrorType::FnDuplicatedParam(function, name) => {
            said(format!("`{function}` takes two values called `{name}`"), "rename one of them")
        }
        ParseErrorType::DuplicatedProperty(name) => {
            said(format!("two entries of a table are called `{name}`"), "rename one of them, or take it away")
        }
        ParseErrorType::DuplicatedVariable(name) => {
            said(format!("two variables are called `{name}`"), "rename one of them")
        }
        ParseErrorType::AssignmentToConstant(name) => said(
            format!("`{name}` is a constant, and cannot be changed"),
            "keep the value in a variable: `let changed = ...`",
        ),
        ParseErrorType::AssignmentToInvalidLHS(_) => {
            said("something that is no variable is given a value", "keep the value in a variable: `let changed = ...`")
        }
        ParseErrorType::FnMissingName => said("a function without a name", "write `fn name(person) { ... }`"),
        // What a function lacks is told with its head.
        ParseErrorType::FnMissingBody(_) => {
            said("a closure that does nothing", "write what it gives behind its names: `|one| one.date`")
        }
        ParseErrorType::VariableExpected => said("the name of a variable is missing here", "write `let name = ...`"),
        ParseErrorType::PropertyExpected => {
            said("the name of a field is missing here", "write `person.iom`, `#{name: 1}`")
        }
        _ => return None,
    })
}

/// What stands where it cannot.
fn of_order(error: &ParseErrorType) -> Option<(String, String)> {
    Some(match error {
        ParseErrorType::WrongSwitchIntegerCase => {
            said("a number stands behind a range of numbers in a `switch`", "put the single numbers before the ranges")
        }
        ParseErrorType::WrongSwitchDefaultCase => {
            said("something stands behind the way `_` of a `switch`, which is for all others", "put `_` last")
        }
        ParseErrorType::WrongSwitchCaseCondition => {
            said("the way `_` of a `switch` is for all others, and takes no condition", "take the `if` away")
        }
        ParseErrorType::WrongFnDefinition => {
            said("a function inside a function", "look for a closing `}` that is missing before it, or move it out")
        }
        ParseErrorType::WrongExport => {
            said("`export` is not to be had in a policy", "a function that is not `private` can be imported as it is")
        }
        ParseErrorType::LoopBreak => {
            said("`break` and `continue` stand in a loop", "write `return` to end a rule early")
        }
        ParseErrorType::UnexpectedEOF => said("the file ends in the middle of a rule", "a closing `}` is missing"),
        ParseErrorType::WrongDocComment => {
            said("a `///` line belongs to the function below it, and there is none", "write a remark as `// ...`")
        }
        _ => return None,
    })
}

/// What is missing, of another kind or too much.
fn of_parts(error: &ParseErrorType) -> (String, String) {
    match error {
        ParseErrorType::MissingToken(token, _) if token == "{" => {
            let help = "what is done stands in braces: `if ... { ... }`; conditions are joined by `&&` and `||`";
            said("`{` is missing here", help)
        }
        ParseErrorType::MissingToken(token, _) => {
            said(format!("`{token}` is missing here"), "look at the line before, too")
        }
        ParseErrorType::LiteralTooLarge(_, MAX_NAMES) => said(
            format!("more than {MAX_NAMES} names in one file, or {MAX_NAMES_IN_A_ROW} in one list, the limit"),
            "numbers and tables belong in parameters.yaml",
        ),
        ParseErrorType::TooManyFunctions => said(
            format!("more than {MAX_FUNCTIONS} functions in one file, closures among them, the limit"),
            "move some of them to a script of their own, and import it",
        ),
        ParseErrorType::ExprTooDeep => {
            said("an expression is nested too deeply", "move a part of it into a `private fn`")
        }
        ParseErrorType::MismatchedType(asked, found) if asked.contains("bool") => said(
            format!("a condition is true or false, and this is {found}"),
            "compare it with something: `... >= 50`, `... == \"high\"`",
        ),
        ParseErrorType::MismatchedType(asked, found) if asked.contains("iterable") => said(
            format!("`for` goes through a list, and this is {found}"),
            "for a number of turns write `for n in 0..10`",
        ),
        ParseErrorType::UnknownOperator(sign) => {
            said(format!("`{sign}` is no sign of the language"), "`brag help language` lists the operators")
        }
        other => said(other.to_string().to_lowercase(), "`brag help language` says what can be written"),
    }
}
