//! The parser, and what it says of a script that it cannot read.

use super::place;
use rhai::{AST, ASTNode, Engine, LexError, OptimizationLevel, Position, ScriptFuncDef, Stmt, Token};
use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicUsize, Ordering::Relaxed},
};

/// Deepest nesting of an expression or of blocks.
const MAX_NESTING: usize = 48;
/// Most functions of one file, closures among them.
pub(super) const MAX_FUNCTIONS: usize = 2_000;

/// Most variables, constants and entries of tables that one file declares.
pub(super) const MAX_NAMES: usize = 5_000;
/// Most names in one list, such as the parameters of a function.
pub(super) const MAX_NAMES_IN_A_ROW: usize = 250;

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
