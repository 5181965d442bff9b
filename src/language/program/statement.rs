//! Statements of a program.

use super::Node;
use crate::language::{builtins::Builtin, tree::Place};

/// A sequence of statements.
#[derive(Debug, Clone, Default)]
pub struct Block(pub Box<[Stmt]>);

/// A statement.
#[derive(Debug, Clone)]
pub enum Stmt {
    /// An expression; where it is the last, its value is that of the block.
    Expr(Node),
    /// Puts a value in a slot.
    Set(u16, Node),
    /// Puts what a word makes of a slot and a value back into the slot.
    Update(u16, &'static Builtin, Node),
    /// Replaces an entry of a list or table in a slot.
    SetPart {
        /// The slot of the list or table.
        slot: u16,
        /// Which entry.
        at: Node,
        /// The operator that puts it together with what is there.
        operator: Option<&'static Builtin>,
        /// What is put there.
        value: Node,
    },
    /// Goes through a list.
    For(Box<For>),
    /// Ends the function.
    Return(Option<Node>),
    /// Ends the rule with a fault, said by its author; the text where it is written there.
    Throw(Option<Node>, Place),
    /// Ends the loop.
    Break,
    /// Ends the turn of the loop.
    Continue,
}

/// A loop over a list.
#[derive(Debug, Clone)]
pub struct For {
    /// The slot of the entry.
    pub item: u16,
    /// The slot of its number, from 0.
    pub counter: Option<u16>,
    /// The list.
    pub over: Node,
    /// What is done with each.
    pub body: Block,
    /// The slots of the variables from before the loop that a turn changes, where it adds to them and does no more with them, and turns
    /// are not numbered: then no turn has anything from the one before. None where one may.
    pub sums: Option<Box<[u16]>>,
}
