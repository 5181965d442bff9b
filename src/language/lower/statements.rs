//! Statements, lowered.

use super::{
    Lowered, Lowering,
    names::no_variable,
    outside, refuse,
    scope::{Binding, Scope},
};
use crate::language::{
    builtins::{self, Builtin, Family},
    program::{Block, Expr, For, Node, Stmt},
    tree::{self, ExprKind, Place, StmtKind},
};

impl<'a> Lowering<'a> {
    pub(super) fn block(&mut self, block: &'a tree::Block, scope: &mut Scope) -> Block {
        let mark = scope.enter();
        let mut statements = Vec::with_capacity(block.statements.len());
        for statement in &block.statements {
            statements.push(self.statement(statement, scope).unwrap_or_else(|refusal| {
                self.note(scope.script, *refusal);
                Stmt::Expr(Node { expr: Expr::Absent, place: statement.place })
            }));
        }
        scope.leave(mark);
        Block(statements.into())
    }

    fn statement(&mut self, statement: &'a tree::Stmt, scope: &mut Scope) -> Lowered<Stmt> {
        let place = statement.place;
        Ok(match &statement.kind {
            StmtKind::Let { constant: true, .. } => return Err(outside("a constant inside a function", place)),
            StmtKind::Let { name, value, .. } => {
                let value = self.expr(value, scope);
                match value.expr.group().filter(|_| !scope.changes.contains_key(name)) {
                    Some(group) => {
                        scope.bind(name, group);
                        Stmt::Expr(Node { expr: Expr::Absent, place })
                    }
                    None => Stmt::Set(scope.declare(name), value),
                }
            }
            StmtKind::Assign { target, operator, value } => {
                self.assign(target, operator.as_deref(), value, place, scope)?
            }
            StmtKind::Expr(expr) => Stmt::Expr(self.expr(expr, scope)),
            StmtKind::For { item, counter, over, body } => {
                let over = self.expr(over, scope);
                let mark = scope.enter();
                let counter = counter.as_ref().map(|counter| scope.declare(counter));
                let item = scope.declare(item);
                scope.loops += 1;
                let body = self.block(body, scope);
                scope.loops -= 1;
                scope.leave(mark);
                // Variables of the loop itself have the slots from that of the entry on.
                let sums = if counter.is_none() { body.sums(item) } else { None };
                Stmt::For(Box::new(For { item, counter, over, body, sums }))
            }
            StmtKind::Return(value) => Stmt::Return(self.maybe(value.as_ref(), scope)),
            StmtKind::Throw(value) => Stmt::Throw(self.maybe(value.as_ref(), scope), place),
            StmtKind::Break => Stmt::Break,
            StmtKind::Continue => Stmt::Continue,
            StmtKind::Outside(what) => return Err(outside(what, place)),
        })
    }

    fn maybe(&mut self, value: Option<&'a tree::Expr>, scope: &mut Scope) -> Option<Node> {
        value.map(|value| self.expr(value, scope))
    }

    fn assign(
        &mut self,
        target: &'a tree::Expr,
        operator: Option<&str>,
        value: &'a tree::Expr,
        place: Place,
        scope: &mut Scope,
    ) -> Lowered<Stmt> {
        let operator = operator.map(|operator| Self::operator(operator, 2, place)).transpose()?;
        let value = self.expr(value, scope);
        let slot = Self::variable(target, place, scope)?;
        let at = match &target.kind {
            ExprKind::Name(_) => {
                return Ok(match operator {
                    None => Stmt::Set(slot, value),
                    Some(operator) => Stmt::Update(slot, operator, value),
                });
            }
            ExprKind::Field { of, name, .. } if matches!(of.kind, ExprKind::Name(_)) => {
                Node { expr: self.text(name), place: target.place }
            }
            ExprKind::Index { of, at, .. } if matches!(of.kind, ExprKind::Name(_)) => self.expr(at, scope),
            _ => {
                let help = "take the part into a variable, change that, and put it back";
                return refuse("outside-language", place, "changes a part of a part of a value", help);
            }
        };
        Ok(Stmt::SetPart { slot, at, operator, value })
    }

    /// The slot of a variable that is changed.
    pub(super) fn variable(target: &tree::Expr, place: Place, scope: &Scope) -> Lowered<u16> {
        let Some(name) = target.root_name() else {
            let help = "put it into a variable first: `let changed = ...`";
            return refuse("outside-language", place, "changes something that is no variable", help);
        };
        if scope.captured.iter().any(|captured| captured == name) {
            let message = format!("a closure changes `{name}`, a variable around it");
            return refuse("outside-language", place, message, "go through the list with `for`");
        }
        let help = "keep another value in a variable: `let changed = ...`";
        match scope.find(name) {
            Some(Binding::Slot(slot)) => Ok(slot),
            Some(Binding::Group(_)) => refuse("outside-language", place, "an input cannot be changed", help),
            None => no_variable(name, target.first_place(), scope),
        }
    }

    pub(super) fn operator(name: &str, operands: usize, place: Place) -> Lowered<&'static Builtin> {
        let operators = builtins::all().filter(|word| word.family == Family::Operator);
        match operators.into_iter().find(|word| word.name == name && word.takes.len() == operands) {
            Some(word) => Ok(word),
            None => {
                let message = format!("the language of policies has no operator `{name}`");
                refuse(
                    "outside-language",
                    place,
                    message,
                    "`brag help language` lists the operators, `brag help words` the words",
                )
            }
        }
    }
}
