//! The words of the language as definitions that a language server of Rhai reads: a `.d.rhai` file beside the policies.

use crate::language::{
    builtins::{self, Builtin, Family},
    kinds::Kinds,
};

/// Every word, method and operator that a script can call by name.
#[must_use]
pub fn text() -> String {
    let mut out = String::from("module static;\n");
    let known = "Whether the case gives the input. The only way to read a fact that may be missing without a range.";
    out.push_str(&format!("\n/// {known}\nfn known(input: ?) -> bool;\n"));
    for word in builtins::all() {
        let parameters: Vec<String> =
            names(word).iter().zip(word.takes).map(|(name, kinds)| format!("{name}: {}", kind(*kinds))).collect();
        let gives = kind(word.gives);
        let declared = match word.family {
            Family::Operator => {
                let taken: Vec<&str> = word.takes.iter().map(|kinds| kind(*kinds)).collect();
                format!(
                    "op {}({}) -> {gives};",
                    if word.name == "contains" { "in" } else { word.name },
                    taken.join(", ")
                )
            }
            Family::Word | Family::Method => format!("fn {}({}) -> {gives};", word.name, parameters.join(", ")),
        };
        out.push_str(&format!("\n/// {}\n{declared}\n", word.doc));
    }
    out
}

/// Names for what a word takes, as its usage has them; what stands before a dot is the value.
fn names(word: &Builtin) -> Vec<String> {
    let inside =
        word.usage.split_once('(').and_then(|(_, rest)| rest.rsplit_once(')')).map_or("", |(inside, _)| inside);
    let mut names: Vec<String> = inside.split(',').map(|name| name.trim().to_owned()).collect();
    names.retain(|name| !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || letter == '_'));
    if word.usage.starts_with('.') {
        names.insert(0, "value".to_owned());
    }
    let mut all: Vec<String> = Vec::with_capacity(word.takes.len());
    for number in 0..word.takes.len() {
        let name = names.get(number).filter(|name| !all.contains(name)).cloned();
        all.push(name.unwrap_or_else(|| format!("value_{}", number + 1)));
    }
    all
}

/// A kind as the definitions call it; `?` where it may be several.
fn kind(kinds: Kinds) -> &'static str {
    let of = [
        (Kinds::BOOL, "bool"),
        (Kinds::NUMBER, "int"),
        (Kinds::TEXT, "String"),
        (Kinds::LIST, "Array"),
        (Kinds::TABLE, "Map"),
        (Kinds::CLOSURE, "Fn"),
        (Kinds::ABSENT, "()"),
        (Kinds::DATE, "Date"),
        (Kinds::EFFECT, "Effect"),
        (Kinds::CONTACT, "Standard"),
        (Kinds::REVIEW, "Standard"),
        (Kinds::ALLOCATION, "Standard"),
        (Kinds::PATTERN, "Pattern"),
    ];
    of.iter().find(|(known, _)| *known == kinds).map_or("?", |(_, name)| name)
}
