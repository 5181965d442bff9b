//! Ways through a program.

use super::{Block, Expr, Node, Stmt};

impl Block {
    /// Every expression, the outer before the inner.
    pub fn walk<'p>(&'p self, see: &mut dyn FnMut(&'p Node)) {
        self.0.iter().for_each(|statement| statement.walk(see));
    }
}

impl Stmt {
    /// Every expression in it, the outer before the inner.
    pub fn walk<'p>(&'p self, see: &mut dyn FnMut(&'p Node)) {
        match self {
            Self::Expr(node) | Self::Set(_, node) | Self::Update(_, _, node) => node.walk(see),
            Self::SetPart { at, value, .. } => {
                at.walk(see);
                value.walk(see);
            }
            Self::For(inside) => {
                inside.over.walk(see);
                inside.body.walk(see);
            }
            Self::Return(value) | Self::Throw(value, _) => value.iter().for_each(|value| value.walk(see)),
            Self::Break | Self::Continue => {}
        }
    }
}

impl Node {
    /// It and every expression in it.
    pub fn walk<'p>(&'p self, see: &mut dyn FnMut(&'p Self)) {
        see(self);
        match &self.expr {
            Expr::Known(of)
            | Expr::Field { of, .. }
            | Expr::Keyed { key: of, .. }
            | Expr::Not(of)
            | Expr::Condition(_, of) => of.walk(see),
            Expr::Index { of, at, .. } => {
                of.walk(see);
                at.walk(see);
            }
            Expr::List(all)
            | Expr::Template(all)
            | Expr::And(all)
            | Expr::Or(all)
            | Expr::Coalesce(all)
            | Expr::Call(_, all)
            | Expr::Builtin(_, all)
            | Expr::Change(_, _, all) => all.iter().for_each(|one| one.walk(see)),
            Expr::Table(entries) => entries.iter().for_each(|(_, one)| one.walk(see)),
            Expr::Range(ends, _) => {
                ends.0.walk(see);
                ends.1.walk(see);
            }
            Expr::If(ways) => {
                ways.0.walk(see);
                ways.1.walk(see);
                ways.2.walk(see);
            }
            Expr::Switch(switch) => {
                switch.of.walk(see);
                for arm in &switch.arms {
                    arm.condition.iter().for_each(|condition| condition.walk(see));
                    arm.body.walk(see);
                }
                switch.otherwise.iter().for_each(|(_, body)| body.walk(see));
            }
            Expr::Block(block) => block.walk(see),
            Expr::Absent
            | Expr::Bool(_)
            | Expr::Whole(_)
            | Expr::Constant(_)
            | Expr::Parameter(_)
            | Expr::Local(_)
            | Expr::Input(_)
            | Expr::Group(_)
            | Expr::Closure(..) => {}
        }
    }
}
