//! Ways through a program.

use super::{Block, Expr, Node, Stmt};
use std::collections::BTreeSet;

impl Block {
    /// Every expression, the outer before the inner.
    pub fn walk<'p>(&'p self, see: &mut dyn FnMut(&'p Node)) {
        self.0.iter().for_each(|statement| statement.walk(see));
    }

    /// The slots below one that it adds to, where it does no more with any slot below that which it changes.
    #[must_use]
    pub fn sums(&self, below: u16) -> Option<Box<[u16]>> {
        let (mut sums, mut changed, mut read) = (BTreeSet::new(), false, BTreeSet::new());
        self.statements(&mut |statement| match statement {
            Stmt::Update(slot, word, _) if word.name == "+" && *slot < below => drop(sums.insert(*slot)),
            Stmt::Set(slot, _) | Stmt::Update(slot, ..) | Stmt::SetPart { slot, .. } => changed |= *slot < below,
            _ => {}
        });
        self.walk(&mut |node| match &node.expr {
            Expr::Change(slot, ..) => changed |= *slot < below,
            Expr::Local(slot) => drop(read.insert(*slot)),
            Expr::Closure(_, slots) => read.extend(slots.iter().copied()),
            _ => {}
        });
        (!changed && sums.is_disjoint(&read)).then(|| sums.into_iter().collect())
    }

    /// Every statement, those in it too.
    fn statements<'p>(&'p self, see: &mut dyn FnMut(&'p Stmt)) {
        let own = |block: &'p Self, see: &mut dyn FnMut(&'p Stmt)| {
            let mut blocks = vec![block];
            while let Some(block) = blocks.pop() {
                for statement in &block.0 {
                    see(statement);
                    if let Stmt::For(inside) = statement {
                        blocks.push(&inside.body);
                    }
                }
            }
        };
        own(self, see);
        self.walk(&mut |node| match &node.expr {
            Expr::If(ways) => {
                own(&ways.1, see);
                own(&ways.2, see);
            }
            Expr::Block(block) => own(block, see),
            _ => {}
        });
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
