//! Names that a script uses and nothing bears: found when a policy is loaded, before any case meets them.

use crate::{
    case::{
        fault::nearest,
        input::{Entry, InputTable},
    },
    policy::{
        failure::read_on, fault::PolicyFault, parameters::Parameters, script::Script, script_value::unknown_name,
        tiers::Tiers,
    },
};
use rhai::{ASTNode, Expr, FnCallExpr, LexError, ParseErrorType, Position, Stmt};
use std::collections::BTreeSet;

/// What the names in a script are checked against.
#[derive(Debug)]
pub struct Known<'a> {
    /// The inputs.
    pub inputs: &'a InputTable,
    /// The tiers.
    pub tiers: &'a Tiers,
    /// The numbers.
    pub parameters: &'a Parameters,
}

/// Checks every name of a script that can be checked without running it.
///
/// # Errors
///
/// The first unknown input, tier or parameter in the order of the file, with its line.
pub fn check(script: &Script, known: &Known<'_>) -> Result<(), PolicyFault> {
    let mut found: Vec<(Position, String, String)> = Vec::new();
    script.ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Expr(expression)) = path.last() {
            found.extend(unknown(expression, path, known));
        }
        true
    });
    found.sort_by_key(|(at, ..)| (at.line(), at.position()));
    match found.into_iter().next() {
        None => Ok(()),
        Some((at, message, help)) => {
            let fault = PolicyFault::invalid(&script.file, message).at(at.line(), at.position());
            Err(fault.text(&script.text).help(help))
        }
    }
}

/// The codes of the flags that a script raises, where they stand there as words.
#[must_use]
pub fn flag_codes(script: &Script) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    script.ast.walk(&mut |path: &[ASTNode<'_>]| {
        let Some(ASTNode::Expr(Expr::FnCall(call, _)) | ASTNode::Stmt(Stmt::FnCall(call, _))) = path.last() else {
            return true;
        };
        if let (Some(Expr::StringConstant(code, _)), "flag") = (call.args.first(), call.name.as_str()) {
            codes.insert(code.to_string());
        }
        true
    });
    codes
}

fn unknown(expression: &Expr, path: &[ASTNode<'_>], known: &Known<'_>) -> Option<(Position, String, String)> {
    match expression {
        Expr::Variable(name, _, at) if !name.2.is_empty() && name.2.root() == "param" => {
            unknown_parameter(&name.1, *at, known)
        }
        Expr::Dot(..) if !inside_a_chain(path) => unknown_input(expression, known),
        Expr::FnCall(call, at) => unknown_tier(call, *at, known),
        _ => None,
    }
}

/// A chain `a.b.c` nests to the right; only its outermost part begins with the variable.
fn inside_a_chain(path: &[ASTNode<'_>]) -> bool {
    let parent = path.len().checked_sub(2).and_then(|index| path.get(index));
    matches!(parent, Some(ASTNode::Expr(Expr::Dot(dot, ..))) if matches!(path.last(), Some(ASTNode::Expr(last)) if std::ptr::eq(*last, &raw const dot.rhs)))
}

fn unknown_parameter(name: &str, at: Position, known: &Known<'_>) -> Option<(Position, String, String)> {
    if known.parameters.by_name.contains_key(name) {
        return None;
    }
    let names: Vec<&String> = known.parameters.by_name.keys().collect();
    let help = match nearest(name, &names) {
        Some(meant) => format!("did you mean `param::{meant}`?"),
        None => "declare it in parameters.yaml".to_owned(),
    };
    Some((at, format!("unknown parameter `param::{name}`"), help))
}

/// Follows `person.a.b` as far as the table of inputs goes; what comes after an input is a property of its value.
fn unknown_input(chain: &Expr, known: &Known<'_>) -> Option<(Position, String, String)> {
    let Expr::Dot(first, ..) = chain else { return None };
    if !matches!(&first.lhs, Expr::Variable(name, ..) if name.1 == "person" && name.2.is_empty()) {
        return None;
    }
    let mut group = InputTable::root();
    let mut rest = &first.rhs;
    loop {
        let (step, next) = match rest {
            Expr::Dot(dot, ..) => (&dot.lhs, Some(&dot.rhs)),
            other => (other, None),
        };
        let Expr::Property(property, at) = step else { return None };
        match known.inputs.group(group).entries.get(property.2.as_str()) {
            Some(Entry::Group(inner)) => group = *inner,
            Some(Entry::Input(_)) => return None,
            None => {
                let (message, help) = unknown_name(known.inputs, group, &property.2);
                return Some((*at, message, help));
            }
        }
        rest = next?;
    }
}

fn unknown_tier(call: &FnCallExpr, at: Position, known: &Known<'_>) -> Option<(Position, String, String)> {
    let (Some(Expr::StringConstant(tier, place)), "at_least" | "decide") = (call.args.first(), call.name.as_str())
    else {
        return None;
    };
    if known.tiers.contains(tier) {
        return None;
    }
    let all = known.tiers.all();
    let help = match nearest(tier, &all) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => {
            format!("`TIERS` and `OUTSIDE` name {}", if all.is_empty() { "none".to_owned() } else { all.join(", ") })
        }
    };
    Some((if place.is_none() { at } else { *place }, format!("unknown tier `{tier}`"), help))
}

/// A syntax error in the words of somebody who has not read the language's grammar.
#[must_use]
pub fn in_officers_words(error: &ParseErrorType) -> (String, Option<String>) {
    match error {
        ParseErrorType::MissingToken(token, _) => {
            (format!("`{token}` is missing here"), Some("look at the line before, too".to_owned()))
        }
        ParseErrorType::UnexpectedEOF => {
            ("the file ends in the middle of a rule".to_owned(), Some("a closing `}` is missing".to_owned()))
        }
        ParseErrorType::Reserved(word) | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _))
            if matches!(word.as_str(), "eval" | "print" | "debug") =>
        {
            (
                format!("`{word}` is not to be had in a policy"),
                Some("a rule computes and returns; remove the call".to_owned()),
            )
        }
        ParseErrorType::Reserved(word) => {
            (format!("`{word}` is a word of the language"), Some("choose another name".to_owned()))
        }
        ParseErrorType::VariableUndefined(name) => (
            format!("nothing is called `{name}`"),
            Some("a rule sees `person`, `param::` and its own variables".to_owned()),
        ),
        ParseErrorType::ModuleUndefined(name) => (
            format!("nothing is imported as `{name}`"),
            Some(format!("add `import \"lib/{name}\" as {name};` at the top")),
        ),
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            (format!("two rules are called `{name}`"), Some("rename one of them".to_owned()))
        }
        ParseErrorType::ExprTooDeep => {
            ("an expression is nested too deeply".to_owned(), Some("move a part of it into a `private fn`".to_owned()))
        }
        other => (other.to_string().to_lowercase(), read_on()),
    }
}
