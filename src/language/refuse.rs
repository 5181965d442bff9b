//! What the grammar has and the language has not, and what to write instead. A policy is known before any case comes, and every
//! rule ends: what cannot be analysed cannot be trusted with a tier.

/// A construct outside the language, with what to write instead.
pub static REFUSED: &[(&str, &str)] = &[
    ("`while`", "go through a list, or `for n in 0..10`"),
    ("`loop`", "go through a list, or `for n in 0..10`"),
    ("`do`", "go through a list, or `for n in 0..10`"),
    ("`try`", "test the value before it is used: `known(...)`"),
    ("`this`", "name the value: a helper gets it as a parameter"),
    ("`export`", "a function that is not `private` can be imported as it is"),
    ("an import inside a function", "move it to the top of the script"),
    ("`break` with a value", "put the value into a variable first"),
    ("a call with `!`", "hand on what is needed as an argument"),
    ("a call behind `?.`", "test the value first: `if value != () { value.len() }`"),
    ("a label of a `switch` that is worked out", "a label is a word, a number, or a range of whole numbers"),
    ("a decimal in a script", "put the number into parameters.yaml, with its source"),
    ("`Fn`", "write a closure: `|one| one.date`"),
    ("`curry`", "write a closure that uses the variable"),
    ("`eval`", "write the expression itself"),
    ("`is_def_var`", "a variable is there where it is declared"),
    ("`type_of`", "a rule knows what its inputs hold: `brag show inputs`"),
    ("a call of something that is no name", "put the closure into a variable and write `closure.call(...)`"),
    ("a constant inside a function", "write `let`"),
];

/// What to say of a construct.
#[must_use]
pub fn refused(what: &str) -> (String, String) {
    let help = REFUSED.iter().find(|(known, _)| *known == what).map_or("see `brag help editing`", |(_, help)| help);
    (
        format!("the language of policies has no {}", what.trim_start_matches("a ").trim_start_matches("an ")),
        help.to_owned(),
    )
}
