//! Effects that go nowhere: what a rule makes and does not return, wherever it puts it on the way.

use super::{Checker, SAID, kinds::returns, says};
use crate::language::{
    builtins::{Builtin, Calling, Run},
    kinds::Kinds,
    program::{Block, Expr, Function, Node, Stmt},
    tree::Place,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a value can be that has effects in it.
const HOLDING: Kinds = SAID.or(Kinds::LIST).or(Kinds::TABLE).or(Kinds::CLOSURE);

/// What one function does with the effects that it keeps in variables.
#[derive(Default)]
pub(super) struct Kept {
    /// The slots in which an effect is kept, each with where and whether it is the effect itself.
    at: Vec<(u16, Place, bool)>,
    /// How often each slot is looked at.
    read: BTreeMap<u16, usize>,
    /// The slots that may hold an effect, or something with one in it.
    holding: BTreeSet<u16>,
    /// How many loops stand around.
    pub loops: usize,
}

impl Kept {
    pub fn read(&mut self, slot: u16) {
        *self.read.entry(slot).or_default() += 1;
    }

    fn reads(&self, slot: u16) -> usize {
        self.read.get(&slot).copied().unwrap_or_default()
    }
}

impl Checker<'_> {
    /// Effects in variables that nothing looks at, and whether what the function returns has effects in it.
    pub(super) fn end_of(&mut self, number: u32, function: &Function) {
        let mut returned = Vec::new();
        returns(&function.body, &mut returned);
        let gives_some = returned.into_iter().flatten().any(|node| self.carries(node));
        if gives_some || self.block_carries(&function.body) {
            self.carrying.insert(number);
        }
        let kept = std::mem::take(&mut self.kept);
        for (slot, place, is_effect) in &kept.at {
            if kept.reads(*slot) == 0 {
                let message = "an effect in a variable that nothing looks at: it is as if it were not there";
                let help = if *is_effect {
                    "return the variable, or write `return` in place of `let ... =`"
                } else {
                    "return the variable, or make it the last line of the rule"
                };
                self.find("lost-effect", *place, message, help);
            }
        }
    }

    /// A value is put into a variable.
    pub(super) fn set(&mut self, slot: u16, node: &Node) {
        if self.carries(node) {
            let is_effect = says(self.kinds(node));
            self.kept.at.push((slot, node.place, is_effect));
            self.kept.holding.insert(slot);
        } else {
            // Another variable may have had the slot.
            self.kept.holding.remove(&slot);
        }
    }

    /// Values are put into the list or table in a variable.
    pub(super) fn add<'n>(&mut self, slot: u16, nodes: impl IntoIterator<Item = &'n Node>) {
        for node in nodes {
            if self.carries(node) {
                self.kept.at.push((slot, node.place, false));
                self.kept.holding.insert(slot);
            }
        }
    }

    /// The variables of a loop.
    pub(super) fn turn(&mut self, item: u16, counter: Option<u16>, over: &Node) {
        if self.carries(over) {
            self.kept.holding.insert(item)
        } else {
            self.kept.holding.remove(&item)
        };
        if let Some(counter) = counter {
            self.kept.holding.remove(&counter);
        }
    }

    /// A value that nothing is done with.
    pub(super) fn unused(&mut self, node: &Node) {
        if matches!(node.expr, Expr::Change(..)) || !self.carries(node) {
            return;
        }
        let kinds = self.kinds(node);
        let what = if says(kinds) { kinds.and(SAID).in_words() } else { "a value with an effect in it".to_owned() };
        let message = format!("{what} that goes nowhere: what follows is done as if it were not there");
        self.find(
            "lost-effect",
            node.place,
            message,
            "write `return` before it, or make it the last statement of the rule",
        );
    }

    /// An effect that stands behind the end of its block; true where there is one.
    pub(super) fn behind_the_end(&mut self, rest: &[Stmt]) -> bool {
        let mut first = None;
        for statement in rest {
            statement.walk(&mut |node| {
                let is_effect = match &node.expr {
                    Expr::Builtin(word, _) => says(word.gives),
                    Expr::Call(function, _) => self.carrying.contains(function),
                    _ => false,
                };
                if is_effect && first.is_none() {
                    first = Some(node.place);
                }
            });
        }
        let Some(place) = first else { return false };
        let help = "write it before, or return a list of both: `return [..., ...];`";
        self.find("lost-effect", place, "an effect that is never reached: what stands before it ends here", help);
        true
    }

    /// The variables that a block fills and fills again before anything looks at them.
    pub(super) fn filled_again(&mut self, statement: &Stmt, filled: &mut BTreeMap<u16, (Place, usize)>) {
        let Stmt::Set(slot, node) = statement else { return };
        let reads = self.kept.reads(*slot);
        if let Some((place, before)) = filled.remove(slot)
            && before == reads
            && self.kept.loops == 0
        {
            self.kept.at.retain(|(_, at, _)| *at != place);
            let message = "an effect in a variable that is given another value before anything looks at it";
            self.find("lost-effect", place, message, "to say both return a list: `[first, second]`");
        }
        if self.carries(node) {
            filled.insert(*slot, (node.place, reads));
        }
    }

    /// Whether what an expression gives is an effect, or may have one in it.
    fn carries(&mut self, node: &Node) -> bool {
        if says(self.kinds(node)) {
            return true;
        }
        match &node.expr {
            Expr::Local(slot) => self.kept.holding.contains(slot),
            Expr::List(nodes) | Expr::Coalesce(nodes) => nodes.iter().any(|one| self.carries(one)),
            Expr::Table(entries) => entries.iter().any(|(_, one)| self.carries(one)),
            Expr::Field { of, .. } | Expr::Index { of, .. } => self.carries(of),
            Expr::If(ways) => self.block_carries(&ways.1) || self.block_carries(&ways.2),
            Expr::Block(block) => self.block_carries(block),
            Expr::Switch(switch) => {
                let bodies = switch.arms.iter().map(|arm| &arm.body);
                bodies.chain(switch.otherwise.iter().map(|(_, body)| body)).any(|body| self.carries(body))
            }
            Expr::Call(function, _) | Expr::Closure(function, _) => self.carrying.contains(function),
            Expr::Change(slot, word, _) => word.gives == Kinds::ANY && self.kept.holding.contains(slot),
            Expr::Builtin(word, nodes) => self.hands_on(word, nodes),
            _ => false,
        }
    }

    fn block_carries(&mut self, block: &Block) -> bool {
        matches!(block.0.last(), Some(Stmt::Expr(node)) if self.carries(node))
    }

    /// Whether a word gives effects of what it is given.
    fn hands_on(&mut self, word: &Builtin, nodes: &[Node]) -> bool {
        match word.run {
            // What is asked of each entry is an answer of its own.
            Run::Calling(Calling::Map) => nodes.get(1).is_some_and(|closure| self.carries(closure)),
            Run::Calling(Calling::Filter | Calling::Find | Calling::Call) => {
                nodes.first().is_some_and(|of| self.carries(of))
            }
            _ => !word.gives.is_apart_from(HOLDING) && nodes.iter().any(|one| self.carries(one)),
        }
    }
}

/// Whether nothing comes behind a statement.
pub(super) fn ends(statement: &Stmt) -> bool {
    match statement {
        Stmt::Return(_) | Stmt::Throw(..) | Stmt::Break | Stmt::Continue => true,
        Stmt::Expr(Node { expr: Expr::If(ways), .. }) => ways.1.0.iter().any(ends) && ways.2.0.iter().any(ends),
        Stmt::Expr(Node { expr: Expr::Block(block), .. }) => block.0.iter().any(ends),
        _ => false,
    }
}
