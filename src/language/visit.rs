//! Ways through a syntax tree.

use super::tree::{Block, Expr, ExprKind, Place, Stmt, StmtKind};

impl Block {
    /// Every expression, the outer before the inner.
    pub fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Expr)) {
        for statement in &self.statements {
            match &statement.kind {
                StmtKind::Let { value, .. } => value.walk(see),
                StmtKind::Assign { target, value, .. } => {
                    target.walk(see);
                    value.walk(see);
                }
                StmtKind::Expr(expr) => expr.walk(see),
                StmtKind::For { over, body, .. } => {
                    over.walk(see);
                    body.walk(see);
                }
                StmtKind::Return(value) | StmtKind::Throw(value) => value.iter().for_each(|value| value.walk(see)),
                StmtKind::Break | StmtKind::Continue | StmtKind::Outside(_) => {}
            }
        }
    }

    /// Every statement, those inside expressions too.
    pub fn walk_statements<'t>(&'t self, see: &mut dyn FnMut(&'t Stmt)) {
        let mut blocks = vec![self];
        while let Some(block) = blocks.pop() {
            for statement in &block.statements {
                see(statement);
                if let StmtKind::For { body, .. } = &statement.kind {
                    blocks.push(body);
                }
            }
            block.walk_own(&mut |expr| blocks.extend(expr.blocks()));
        }
    }

    /// The expressions of this block, without those of the blocks inside it.
    fn walk_own<'t>(&'t self, see: &mut dyn FnMut(&'t Expr)) {
        for statement in &self.statements {
            match &statement.kind {
                StmtKind::Let { value, .. } => value.walk_own(see),
                StmtKind::Assign { target, value, .. } => {
                    target.walk_own(see);
                    value.walk_own(see);
                }
                StmtKind::Expr(expr) => expr.walk_own(see),
                StmtKind::For { over, .. } => over.walk_own(see),
                StmtKind::Return(value) | StmtKind::Throw(value) => value.iter().for_each(|value| value.walk_own(see)),
                StmtKind::Break | StmtKind::Continue | StmtKind::Outside(_) => {}
            }
        }
    }
}

impl Expr {
    /// It and every expression in it.
    pub fn walk<'t>(&'t self, see: &mut dyn FnMut(&'t Self)) {
        see(self);
        self.parts().into_iter().for_each(|part| part.walk(see));
        self.blocks().into_iter().for_each(|block| block.walk(see));
    }

    fn walk_own<'t>(&'t self, see: &mut dyn FnMut(&'t Self)) {
        see(self);
        self.parts().into_iter().for_each(|part| part.walk_own(see));
    }

    /// The expressions that it is made of.
    fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            ExprKind::Template(parts)
            | ExprKind::List(parts)
            | ExprKind::Operator(_, parts)
            | ExprKind::And(parts)
            | ExprKind::Or(parts)
            | ExprKind::Coalesce(parts)
            | ExprKind::Call { arguments: parts, .. } => parts.iter().collect(),
            ExprKind::Table(entries) => entries.iter().map(|(_, value)| value).collect(),
            ExprKind::Field { of, .. } => vec![of],
            ExprKind::Index { of, at, .. } => vec![of, at],
            ExprKind::Method { of, arguments, .. } => std::iter::once(&**of).chain(arguments).collect(),
            ExprKind::If { condition, .. } => vec![condition],
            ExprKind::Switch { of, arms, otherwise } => {
                let arms = arms.iter().flat_map(|arm| arm.condition.iter().chain([&arm.body]));
                std::iter::once(&**of).chain(arms).chain(otherwise.as_deref()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The blocks in it.
    fn blocks(&self) -> Vec<&Block> {
        match &self.kind {
            ExprKind::If { then, otherwise, .. } => vec![then, otherwise],
            ExprKind::Block(block) | ExprKind::Closure { body: block, .. } => vec![block],
            _ => Vec::new(),
        }
    }

    /// The variable that something is a part of: `a` of `a.b[0]`.
    #[must_use]
    pub fn root_name(&self) -> Option<&str> {
        match &self.kind {
            ExprKind::Name(name) => Some(name),
            ExprKind::Field { of, .. } | ExprKind::Index { of, .. } => of.root_name(),
            _ => None,
        }
    }

    /// Where it begins: an operator stands behind its first operand.
    #[must_use]
    pub fn first_place(&self) -> Place {
        match &self.kind {
            ExprKind::Operator(name, operands) if operands.len() == 2 => {
                // `a in b` is kept as `contains(b, a)`.
                let first = if name == "contains" { operands.last() } else { operands.first() };
                first.map_or(self.place, Self::first_place)
            }
            ExprKind::And(operands) | ExprKind::Or(operands) | ExprKind::Coalesce(operands) => {
                operands.first().map_or(self.place, Self::first_place)
            }
            ExprKind::Field { of, .. } | ExprKind::Index { of, .. } | ExprKind::Method { of, .. } => of.first_place(),
            _ => self.place,
        }
    }
}
