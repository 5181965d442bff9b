//! The parser, and what it says of a script that it cannot read.

use super::place;
use rhai::{AST, ASTNode, Engine, LexError, OptimizationLevel, ParseErrorType, Position, ScriptFuncDef, Stmt, Token};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// Deepest nesting of an expression or of blocks.
const MAX_NESTING: usize = 48;
/// Most functions of one file, closures among them.
const MAX_FUNCTIONS: usize = 2_000;

/// Most variables, constants and entries of tables that one file declares.
const MAX_NAMES: usize = 5_000;
/// Most names in one list, such as the parameters of a function.
const MAX_NAMES_IN_A_ROW: usize = 250;

/// A parser that takes what the language can have, and runs nothing.
pub(super) fn parser() -> Engine {
    let mut engine = Engine::new_raw();
    engine
        .set_max_expr_depths(MAX_NESTING, MAX_NESTING)
        .set_max_functions(MAX_FUNCTIONS)
        // A full cache of texts is gone through for each new one.
        .set_max_strings_interned(usize::MAX)
        .set_optimization_level(OptimizationLevel::None);
    for symbol in ["eval", "print", "debug"] {
        engine.disable_symbol(symbol);
    }
    let counted = Names::default();
    #[expect(deprecated, reason = "marked volatile by the parser, which is pinned exactly")]
    engine.on_parse_token(move |token, _, _| match token {
        _ if counted.too_many(&token) => Token::LexError(Box::new(LexError::StringTooLong(MAX_NAMES))),
        // Words of the case model that the grammar reserves without using them: a contact is `with` somebody.
        Token::Reserved(word) if matches!(word.as_str(), "with" | "public") => Token::Identifier(word),
        other => other,
    });
    engine
}

/// The names of one script so far. The parser compares each new one with all others of its list, table or function.
#[derive(Default)]
struct Names {
    declared: AtomicUsize,
    in_a_row: AtomicUsize,
}

impl Names {
    /// Takes note of a token; true once there are more names than a script may have.
    fn too_many(&self, token: &Token) -> bool {
        let is_new = matches!(token, Token::Let | Token::Const | Token::Colon);
        let declared = self.declared.fetch_add(usize::from(is_new), Relaxed);
        let in_a_row = if matches!(token, Token::Identifier(_) | Token::Comma) {
            self.in_a_row.fetch_add(1, Relaxed)
        } else {
            self.in_a_row.swap(0, Relaxed)
        };
        declared >= MAX_NAMES || in_a_row >= 2 * MAX_NAMES_IN_A_ROW
    }
}

/// The statements of every function, closures among them. The parser does not name the type of a body, so they are told by
/// where they stand: each belongs to the innermost function around it.
pub(super) fn bodies(ast: &AST) -> BTreeMap<String, Vec<Stmt>> {
    let of = |function: &ScriptFuncDef| {
        (function.body.start_position(), function.body.end_position(), function.name.to_string())
    };
    let functions: Vec<(Position, Position, String)> = ast.iter_fn_def().map(|function| of(function)).collect();
    let outside = ast.statements().len();
    let mut bodies: BTreeMap<String, Vec<Stmt>> = BTreeMap::new();
    let mut met = 0;
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let [ASTNode::Stmt(statement)] = path {
            met += 1;
            let at = place(statement.position());
            // A closure without braces is one statement, which begins where the closure's body does.
            let holds = |(from, to, _): &&(Position, Position, String)| {
                if to.is_none() { place(*from) == at } else { place(*from) < at && at < place(*to) }
            };
            let around = functions.iter().filter(holds).max_by_key(|(from, ..)| place(*from));
            if let Some((.., name)) = around.filter(|_| met > outside) {
                bodies.entry(name.clone()).or_default().push((*statement).clone());
            }
        }
        true
    });
    bodies
}

/// A syntax error in the words of somebody who has not read the grammar.
pub(super) fn in_officers_words(error: &ParseErrorType) -> (String, Option<String>) {
    let said = |message: String, help: &str| (message, Some(help.to_owned()));
    match error {
        ParseErrorType::MissingToken(token, _) => {
            said(format!("`{token}` is missing here"), "look at the line before, too")
        }
        ParseErrorType::UnexpectedEOF => {
            said("the file ends in the middle of a rule".to_owned(), "a closing `}` is missing")
        }
        ParseErrorType::Reserved(word) | ParseErrorType::BadInput(LexError::ImproperSymbol(word, _))
            if matches!(word.as_str(), "eval" | "print" | "debug") =>
        {
            said(format!("`{word}` is not to be had in a policy"), "a rule computes and returns; remove the call")
        }
        ParseErrorType::BadInput(LexError::ImproperSymbol(sign, _)) if sign == "=" => {
            said("`=` sets a variable, and this is a condition".to_owned(), "write `==` to compare")
        }
        ParseErrorType::LiteralTooLarge(_, MAX_NAMES) => said(
            format!("more than {MAX_NAMES} names in one file, or {MAX_NAMES_IN_A_ROW} in one list, the limit"),
            "numbers and tables belong in parameters.yaml",
        ),
        ParseErrorType::Reserved(word) => said(format!("`{word}` is a word of the language"), "choose another name"),
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            said(format!("two rules are called `{name}`"), "rename one of them")
        }
        ParseErrorType::MismatchedType(asked, found) if asked.contains("bool") => {
            let message = format!("a condition is true or false, and this is {found}");
            said(message, "compare it with something: `... >= 50`, `... == \"high\"`")
        }
        ParseErrorType::MismatchedType(asked, found) if asked.contains("iterable") => said(
            format!("`for` goes through a list, and this is {found}"),
            "for a number of turns write `for n in 0..10`",
        ),
        ParseErrorType::LoopBreak => {
            said("`break` and `continue` stand in a loop".to_owned(), "write `return` to end a rule early")
        }
        ParseErrorType::ExprTooDeep => {
            said("an expression is nested too deeply".to_owned(), "move a part of it into a `private fn`")
        }
        other => said(other.to_string().to_lowercase(), "see `brag help editing`"),
    }
}
