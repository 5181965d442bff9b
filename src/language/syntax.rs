//! Text in, syntax tree out: the only place that knows the parser. What the parser takes and the language does not have is
//! marked in the tree, and refused by name when it is lowered.

use crate::language::{
    fault::PolicyFault,
    tree::{Arm, Block, Expr, ExprKind, Function, Label, Place, Script, Stmt, StmtKind},
};
use rhai::{
    AST, ASTFlags, ASTNode, BinaryExpr, Dynamic, Engine, Expr as Parsed, FnAccess, FnCallExpr, LexError, Module,
    OptimizationLevel, ParseErrorType, Position, RangeCase, ScriptFuncDef, Stmt as ParsedStmt, StmtBlock,
    SwitchCasesCollection, Token,
};
use std::collections::BTreeMap;

/// Deepest nesting of an expression or of blocks.
const MAX_NESTING: usize = 48;
/// Most functions of one file, closures among them.
const MAX_FUNCTIONS: usize = 2_000;

/// Reads one script.
///
/// # Errors
///
/// When it is not well-formed, or something stands outside its functions that is neither an import nor a constant.
pub fn parse(file: &str, text: &str) -> Result<Script, PolicyFault> {
    let ast = parser().compile(text).map_err(|error| {
        let at = error.position();
        let (message, help) = in_officers_words(error.err_type());
        PolicyFault::invalid(file, message).at(at.line(), at.position()).text(text).helped(help)
    })?;
    let mut script = Script {
        file: file.to_owned(),
        text: text.to_owned(),
        about: about(&ast),
        imports: Vec::new(),
        constants: Vec::new(),
        functions: Vec::new(),
    };
    let reader = Reader { ast: &ast, bodies: bodies(&ast) };
    for statement in ast.statements() {
        reader.outside(statement, &mut script)?;
    }
    let named = ast.iter_fn_def().filter(|function| !function.name.starts_with("anon$"));
    script.functions = named.map(|function| reader.function(function)).collect();
    // The parser gives functions in no particular order; the file's own is the only one that people can follow.
    script.functions.sort_by_key(|function| function.body.place);
    Ok(script)
}

fn parser() -> Engine {
    let mut engine = Engine::new_raw();
    engine
        .set_max_expr_depths(MAX_NESTING, MAX_NESTING)
        .set_max_functions(MAX_FUNCTIONS)
        .set_strict_variables(true)
        .set_optimization_level(OptimizationLevel::None);
    let mut parameters = Module::new();
    parameters.set_var("_", ());
    engine.register_static_module("param", parameters.into());
    for symbol in ["eval", "print", "debug"] {
        engine.disable_symbol(symbol);
    }
    // Words of the case model that the grammar reserves without using them: a contact is `with` somebody.
    #[expect(deprecated, reason = "marked volatile by the parser, which is pinned exactly")]
    engine.on_parse_token(|token, _, _| match token {
        Token::Reserved(word) if matches!(word.as_str(), "with" | "public") => Token::Identifier(word),
        other => other,
    });
    engine
}

fn about(ast: &AST) -> Vec<String> {
    let lines = ast.doc().lines().map(|line| line.trim_start().trim_start_matches("//!").trim().to_owned());
    lines.filter(|line| !line.is_empty()).collect()
}

fn place(at: Position) -> Place {
    let number = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    Place { line: number(at.line()), column: number(at.position()) }
}

/// The statements of every function, closures among them. The parser does not name the type of a body, so they are told by
/// where they stand: each belongs to the innermost function around it.
fn bodies(ast: &AST) -> BTreeMap<String, Vec<ParsedStmt>> {
    let of = |function: &ScriptFuncDef| {
        (function.body.start_position(), function.body.end_position(), function.name.to_string())
    };
    let functions: Vec<(Position, Position, String)> = ast.iter_fn_def().map(|function| of(function)).collect();
    let outside = ast.statements().len();
    let mut bodies: BTreeMap<String, Vec<ParsedStmt>> = BTreeMap::new();
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

struct Reader<'a> {
    ast: &'a AST,
    bodies: BTreeMap<String, Vec<ParsedStmt>>,
}

impl Reader<'_> {
    /// What stands outside every function.
    fn outside(&self, statement: &ParsedStmt, script: &mut Script) -> Result<(), PolicyFault> {
        let wrong = |at: Place, message: &str, help: &str| {
            let fault =
                PolicyFault::invalid(&script.file, message).at(Some(at.line as usize), Some(at.column as usize));
            Err(fault.text(&script.text).help(help))
        };
        match statement {
            ParsedStmt::Import(import, at) => match &import.0 {
                Parsed::StringConstant(path, _) => {
                    script.imports.push((path.to_string(), import.1.name.to_string(), place(*at)));
                }
                _ => {
                    let message = "imports something that is not a plain path";
                    return wrong(place(*at), message, "write `import \"lib/needs\" as needs;`");
                }
            },
            ParsedStmt::Var(constant, flags, _) if flags.intersects(ASTFlags::CONSTANT) => {
                script.constants.push((constant.0.name.to_string(), self.expr(&constant.1)));
            }
            ParsedStmt::Noop(_) => {}
            other => {
                let message = "stands outside every function, so it would never run";
                let help = "only `import`, `const` and functions stand at the top of a script";
                return wrong(place(other.position()), message, help);
            }
        }
        Ok(())
    }

    fn function(&self, function: &ScriptFuncDef) -> Function {
        let statements = self.bodies.get(function.name.as_str()).map(Vec::as_slice).unwrap_or_default();
        let body = Block { statements: self.statements(statements), place: place(function.body.start_position()) };
        Function {
            name: function.name.to_string(),
            parameters: function.params.iter().map(ToString::to_string).collect(),
            body,
            comment: function.comments.join("\n"),
            private: function.access == FnAccess::Private,
        }
    }

    fn block(&self, block: &StmtBlock) -> Block {
        Block { statements: self.statements(block.statements()), place: place(block.position()) }
    }

    fn statements(&self, statements: &[ParsedStmt]) -> Vec<Stmt> {
        statements.iter().filter(|one| !matches!(one, ParsedStmt::Noop(_))).map(|one| self.stmt(one)).collect()
    }

    fn stmt(&self, statement: &ParsedStmt) -> Stmt {
        let at = place(statement.position());
        let kind = match statement {
            ParsedStmt::Var(variable, flags, _) => StmtKind::Let {
                name: variable.0.name.to_string(),
                value: self.expr(&variable.1),
                constant: flags.intersects(ASTFlags::CONSTANT),
            },
            ParsedStmt::Assignment(assignment) => {
                let (operator, BinaryExpr { lhs, rhs }) = &**assignment;
                StmtKind::Assign {
                    target: self.expr(lhs),
                    operator: operator.get_op_assignment_info().map(|info| info.5.to_owned()),
                    value: self.expr(rhs),
                }
            }
            ParsedStmt::For(inside, _) => {
                let (item, counter, flow) = &**inside;
                StmtKind::For {
                    item: item.name.to_string(),
                    counter: counter.as_ref().map(|counter| counter.name.to_string()),
                    over: self.expr(&flow.expr),
                    body: self.block(&flow.body),
                }
            }
            ParsedStmt::Return(value, flags, _) => {
                let value = value.as_ref().map(|value| self.expr(value));
                if flags.intersects(ASTFlags::BREAK) { StmtKind::Throw(value) } else { StmtKind::Return(value) }
            }
            ParsedStmt::BreakLoop(None, flags, _) if flags.intersects(ASTFlags::BREAK) => StmtKind::Break,
            ParsedStmt::BreakLoop(None, ..) => StmtKind::Continue,
            ParsedStmt::BreakLoop(..) => StmtKind::Outside("`break` with a value"),
            ParsedStmt::While(flow, _) if matches!(flow.expr, Parsed::Unit(_)) => StmtKind::Outside("`loop`"),
            ParsedStmt::While(..) => StmtKind::Outside("`while`"),
            ParsedStmt::Do(..) => StmtKind::Outside("`do`"),
            ParsedStmt::TryCatch(..) => StmtKind::Outside("`try`"),
            ParsedStmt::Import(..) => StmtKind::Outside("an import inside a function"),
            ParsedStmt::Export(..) => StmtKind::Outside("`export`"),
            other => StmtKind::Expr(self.as_expr(other, at)),
        };
        Stmt { place: at, kind }
    }

    /// A statement that has a value.
    fn as_expr(&self, statement: &ParsedStmt, at: Place) -> Expr {
        let kind = match statement {
            ParsedStmt::Expr(expr) => return self.expr(expr),
            ParsedStmt::FnCall(call, _) => self.call(call),
            ParsedStmt::If(flow, _) => ExprKind::If {
                condition: self.expr(&flow.expr).into(),
                then: self.block(&flow.body),
                otherwise: self.block(&flow.branch),
            },
            ParsedStmt::Switch(inside, _) => self.switch(&inside.0, &inside.1),
            ParsedStmt::Block(block) => ExprKind::Block(self.block(block)),
            ParsedStmt::Noop(_) => ExprKind::Unit,
            _ => ExprKind::Outside("this kind of statement"),
        };
        Expr { place: at, kind }
    }

    fn exprs<'e>(&self, all: impl IntoIterator<Item = &'e Parsed>) -> Vec<Expr> {
        all.into_iter().map(|one| self.expr(one)).collect()
    }

    fn expr(&self, expr: &Parsed) -> Expr {
        let kind = match expr {
            Parsed::Unit(_) => ExprKind::Unit,
            Parsed::BoolConstant(value, _) => ExprKind::Bool(*value),
            Parsed::IntegerConstant(value, _) => ExprKind::Whole(*value),
            Parsed::CharConstant(letter, _) => ExprKind::Text(letter.to_string()),
            Parsed::StringConstant(text, _) => ExprKind::Text(text.to_string()),
            Parsed::InterpolatedString(parts, _) => ExprKind::Template(self.exprs(parts)),
            Parsed::Array(items, _) => ExprKind::List(self.exprs(items)),
            Parsed::Map(entries, _) => ExprKind::Table(
                entries.0.iter().map(|(name, value)| (name.name.to_string(), self.expr(value))).collect(),
            ),
            Parsed::Variable(name, ..) if !name.2.is_empty() => {
                let path: Vec<&str> = name.2.path.iter().map(|step| step.name.as_str()).collect();
                ExprKind::Qualified(path.join("::"), name.1.to_string())
            }
            Parsed::Variable(name, ..) => ExprKind::Name(name.1.to_string()),
            Parsed::ThisPtr(_) => ExprKind::Outside("`this`"),
            Parsed::Stmt(block) => self.statement_block(block),
            Parsed::FnCall(call, _) => self.call(call),
            Parsed::Dot(..) | Parsed::Index(..) => return self.chain(expr),
            Parsed::And(operands, _) => ExprKind::And(self.exprs(&**operands)),
            Parsed::Or(operands, _) => ExprKind::Or(self.exprs(&**operands)),
            Parsed::Coalesce(operands, _) => ExprKind::Coalesce(self.exprs(&**operands)),
            Parsed::DynamicConstant(value, _) => literal(value).unwrap_or_else(|| self.closure(value, Vec::new())),
            _ => ExprKind::Outside("this kind of expression"),
        };
        Expr { place: place(expr.position()), kind }
    }

    /// A block as an expression; what the parser makes of a closure that uses variables around it is one too.
    fn statement_block(&self, block: &StmtBlock) -> ExprKind {
        if let [ParsedStmt::Share(_), ParsedStmt::Expr(curried)] = block.statements()
            && let Parsed::FnCall(call, _) = &**curried
            && let Some((Parsed::DynamicConstant(function, _), captured)) = call.args.split_first()
        {
            let name = |one: &Parsed| match one {
                Parsed::Variable(name, ..) => name.1.to_string(),
                _ => String::new(),
            };
            return self.closure(function, captured.iter().map(name).collect());
        }
        match block.statements() {
            [only] if matches!(only, ParsedStmt::If(..) | ParsedStmt::Switch(..)) => {
                self.as_expr(only, place(only.position())).kind
            }
            // A block of one expression, as the parser makes of what a text takes in and of a way through a `switch`.
            [ParsedStmt::Expr(only)] => self.expr(only).kind,
            _ => ExprKind::Block(self.block(block)),
        }
    }

    fn closure(&self, function: &Dynamic, captured: Vec<String>) -> ExprKind {
        let pointer = function.read_lock::<rhai::FnPtr>();
        let named = |name: &str| self.ast.iter_fn_def().find(|one| one.name == name);
        match pointer.and_then(|pointer| named(pointer.fn_name())).map(|definition| self.function(definition)) {
            Some(function) => ExprKind::Closure {
                parameters: function.parameters.get(captured.len()..).unwrap_or_default().to_vec(),
                captured,
                body: function.body,
            },
            None => ExprKind::Outside("this kind of constant"),
        }
    }

    fn call(&self, call: &FnCallExpr) -> ExprKind {
        let arguments = self.exprs(&call.args);
        if call.capture_parent_scope {
            return ExprKind::Outside("a call with `!`");
        }
        let name = call.name.to_string();
        // The parser writes `a in b` as the operator `contains`, by its name alone.
        if call.op_token.is_some() || (name == "contains" && arguments.len() == 2 && !call.is_qualified()) {
            return ExprKind::Operator(name, arguments);
        }
        let path: Vec<&str> = call.namespace.path.iter().map(|step| step.name.as_str()).collect();
        ExprKind::Call { module: call.is_qualified().then(|| path.join("::")), name, arguments }
    }

    /// `a.b[c].d()`: the parser nests it to the right; here each step holds what stands before it.
    fn chain(&self, expr: &Parsed) -> Expr {
        let (mut inside, mut flags, mut is_dot) = match expr {
            Parsed::Dot(inside, flags, _) => (inside, *flags, true),
            Parsed::Index(inside, flags, _) => (inside, *flags, false),
            other => return self.expr(other),
        };
        let mut whole = self.expr(&inside.lhs);
        loop {
            let (step, next) = match &inside.rhs {
                Parsed::Dot(more, next, _) if !flags.intersects(ASTFlags::BREAK) => {
                    (&more.lhs, Some((more, *next, true)))
                }
                Parsed::Index(more, next, _) if !flags.intersects(ASTFlags::BREAK) => {
                    (&more.lhs, Some((more, *next, false)))
                }
                last => (last, None),
            };
            whole = self.step(whole, step, is_dot, flags.intersects(ASTFlags::NEGATED));
            match next {
                Some(next) => (inside, flags, is_dot) = next,
                None => return whole,
            }
        }
    }

    fn step(&self, of: Expr, step: &Parsed, is_dot: bool, safe: bool) -> Expr {
        let at = place(step.position());
        let of = Box::new(of);
        let kind = match step {
            Parsed::Property(names, _) if is_dot => ExprKind::Field { of, name: names.2.to_string(), safe },
            Parsed::MethodCall(call, _) if is_dot && safe => {
                let _ = call;
                ExprKind::Outside("a call behind `?.`")
            }
            Parsed::MethodCall(call, _) if is_dot => {
                ExprKind::Method { of, name: call.name.to_string(), arguments: self.exprs(&call.args) }
            }
            at => {
                let at = self.expr(at);
                return Expr { place: at.first_place(), kind: ExprKind::Index { of, at: at.into(), safe } };
            }
        };
        Expr { place: at, kind }
    }

    fn switch(&self, of: &Parsed, cases: &SwitchCasesCollection) -> ExprKind {
        let mut labelled: Vec<(usize, Label)> = Vec::new();
        for list in cases.cases.values() {
            let Some(value) = literal(&list.value) else {
                return ExprKind::Outside("a label of a `switch` that is worked out");
            };
            labelled.extend(list.blocks.iter().map(|block| (*block, Label::Value(value.clone()))));
        }
        labelled.extend(cases.ranges.iter().map(|range| match range {
            RangeCase::ExclusiveInt(range, block) => (*block, Label::Range(range.start, range.end)),
            RangeCase::InclusiveInt(range, block) => {
                (*block, Label::Range(*range.start(), range.end().saturating_add(1)))
            }
        }));
        labelled.sort_by_key(|(block, label)| (*block, label.to_string()));
        let block = |number: usize| cases.expressions.get(number);
        let arms = labelled.into_iter().filter_map(|(number, label)| {
            let BinaryExpr { lhs, rhs } = block(number)?;
            let always = matches!(lhs, Parsed::BoolConstant(true, _));
            Some(Arm { label, condition: (!always).then(|| self.expr(lhs)), body: self.expr(rhs) })
        });
        let otherwise = cases.def_case.and_then(block).map(|block| self.expr(&block.rhs).into());
        ExprKind::Switch { of: self.expr(of).into(), arms: arms.collect(), otherwise }
    }
}

impl std::fmt::Display for Label {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Value(value) => value.fmt(out),
            Self::Range(from, to) => write!(out, "{from}..{to}"),
        }
    }
}

fn literal(value: &Dynamic) -> Option<ExprKind> {
    Some(match value.type_name() {
        "()" => ExprKind::Unit,
        "bool" => ExprKind::Bool(value.as_bool().ok()?),
        "i64" => ExprKind::Whole(value.as_int().ok()?),
        "decimal" => ExprKind::Decimal(value.as_decimal().ok()?),
        "string" => ExprKind::Text(value.as_immutable_string_ref().ok()?.to_string()),
        "char" => ExprKind::Text(value.as_char().ok()?.to_string()),
        _ => return None,
    })
}

/// A syntax error in the words of somebody who has not read the grammar.
fn in_officers_words(error: &ParseErrorType) -> (String, Option<String>) {
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
        ParseErrorType::Reserved(word) => said(format!("`{word}` is a word of the language"), "choose another name"),
        ParseErrorType::VariableUndefined(name)
            if name.chars().all(|letter| letter.is_uppercase() || letter == '_') =>
        {
            said(format!("nothing is called `{name}`"), &format!("a constant of the file is written `global::{name}`"))
        }
        ParseErrorType::VariableUndefined(name) => {
            said(format!("nothing is called `{name}`"), "a rule sees `person`, `param::` and its own variables")
        }
        ParseErrorType::ModuleUndefined(name) => said(
            format!("nothing is imported as `{name}`"),
            &format!("add `import \"lib/{name}\" as {name};` at the top"),
        ),
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
        other => said(other.to_string().to_lowercase(), "see \"Editing a policy\" in the README"),
    }
}
