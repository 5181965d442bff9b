//! Text in, syntax tree out: the only place that knows the parser. What the parser takes and the language does not have is
//! marked in the tree, and refused by name when it is lowered.

mod arrow;
mod chains;
mod comments;
mod heads;
mod line;
mod messages;
mod parser;
mod recovery;
mod slips;

pub use self::recovery::parse_on;

use self::{
    chains::literal,
    messages::in_officers_words,
    parser::{bodies, parser},
};
use crate::language::{
    fault::PolicyFault,
    tree::{Block, Expr, ExprKind, Function, Place, Script, Stmt, StmtKind},
};
use rhai::{
    AST, ASTFlags, BinaryExpr, Dynamic, Expr as Parsed, FnAccess, FnCallExpr, Position, ScriptFuncDef,
    Stmt as ParsedStmt, StmtBlock,
};
use std::collections::BTreeMap;

/// Reads one script.
///
/// # Errors
///
/// When it is not well-formed, or something stands outside its functions that is neither an import nor a constant.
pub fn parse(file: &str, text: &str) -> Result<Script, PolicyFault> {
    if let Some(above) = comments::unclosed(text).and_then(|at| text.get(..at)) {
        let column = above.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let said = "`/*` begins a remark that is never closed, so that nothing below it would run";
        let fault =
            PolicyFault::invalid(file, said).code("syntax").at(Some(above.matches('\n').count() + 1), Some(column));
        return Err(fault.text(text).help("close it with `*/`, or begin each of its lines with `//`"));
    }
    parse_closed(file, text)
}

/// Reads a script, or a part of one: a remark that is not closed ends with it.
fn parse_closed(file: &str, text: &str) -> Result<Script, PolicyFault> {
    let ast = parser().compile(text).map_err(|error| {
        let said = in_officers_words(error.err_type(), place(error.position()), text);
        let (line, column) = (said.at.line as usize, said.at.column as usize);
        let at = |number: usize| Some(number).filter(|number| *number > 0);
        PolicyFault::invalid(file, said.message).code("syntax").at(at(line), at(column)).text(text).help(said.help)
    })?;
    if let Some(line) = first_past_limits(text) {
        let said = format!("more than {} lines, or as many characters in one of them, the limit", u16::MAX);
        return Err(PolicyFault::invalid(file, said)
            .at(Some(line), None)
            .help("break the line, or move a part to a script of its own"));
    }
    let mut script = Script {
        file: file.to_owned(),
        text: text.to_owned(),
        about: comments::about(&ast),
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

/// The first line past those whose places the parser can tell apart: what stands there would be lost. A comment is no loss.
fn first_past_limits(text: &str) -> Option<usize> {
    let most = usize::from(u16::MAX);
    let is_past = |(number, line): &(usize, &str)| {
        *number >= most || (line.len() >= most && !line.trim_start().starts_with("//"))
    };
    (1..).zip(text.lines()).find(is_past).map(|(number, _)| number)
}

fn place(at: Position) -> Place {
    let number = |n: Option<usize>| n.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    Place { line: number(at.line()), column: number(at.position()) }
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
            Err(fault.code("syntax").text(&script.text).help(help))
        };
        match statement {
            ParsedStmt::Import(import, at) => match &import.0 {
                Parsed::StringConstant(path, _) if import.1.name.is_empty() => {
                    let name = path.rsplit('/').next().unwrap_or_default();
                    let help = format!("write `import \"{path}\" as {name};`");
                    return wrong(place(*at), "an import without the name that it is used by", &help);
                }
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
}
