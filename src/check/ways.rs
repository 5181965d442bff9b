//! The ways through an expression: each is walked from the same variables, and what they come to is joined.

use super::{meaning::Meaning, walk::Walk};
use crate::language::program::{Block, Expr, Node, Stmt};

impl<'a> Walk<'a> {
    /// What goes several ways.
    pub(super) fn ways(&mut self, node: &'a Node) -> Meaning {
        match &node.expr {
            Expr::If(ways) => {
                let (condition, then, otherwise) = &**ways;
                let before = self.tested.clone();
                self.node(condition);
                let locals = self.locals();
                let one = self.block(then);
                let after = self.replace(locals);
                let other = self.block(otherwise);
                self.join(after);
                // What was tested for one way does not hold after it, unless that way ends there.
                let made = self.tested.settled(one.or(other));
                if !ends(then) && !ends(otherwise) {
                    self.tested = before;
                }
                made
            }
            Expr::Switch(switch) => self.switch(switch, node.place),
            Expr::Block(block) => self.block(block),
            Expr::Coalesce(nodes) => {
                let all = self.nodes(nodes);
                for one in &all {
                    self.tested.presence(one);
                }
                Meaning::any_of(all)
            }
            _ => Meaning::ANYTHING,
        }
    }

    /// One way after another, each from the same variables.
    pub(super) fn each_way(&mut self, ways: impl IntoIterator<Item = &'a Node>) -> Meaning {
        let before = self.locals();
        let mut all = Meaning::never();
        for way in ways {
            let one = self.node(way);
            all = all.or(one);
            self.join(before.clone());
        }
        all
    }
}

/// Whether a block ends what is around it.
fn ends(block: &Block) -> bool {
    block.0.last().is_some_and(is_end)
}

/// Whether a statement ends what is around it.
pub(super) const fn is_end(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Return(_) | Stmt::Throw(..) | Stmt::Break | Stmt::Continue)
}
