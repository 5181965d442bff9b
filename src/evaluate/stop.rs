//! Why a walk ends before its last statement.

use crate::{
    case::input::InputId,
    language::{tree::Place, wrong::Wrong},
};

/// What a step of the walk gives, or why it ends there.
pub type Walked<T> = Result<T, Stop>;

/// Why a walk ends. Its mark is as wide as a pointer, as that of a [`Datum`](crate::language::datum::Datum) is and for the same reason:
/// most calls end with `return`.
#[derive(Debug, Clone)]
#[repr(usize)]
pub enum Stop {
    /// `return`: the value lies beside.
    Return,
    /// `break`.
    Break,
    /// `continue`.
    Continue,
    /// A fact was asked for that is not known.
    Unknown(InputId),
    /// Possible values come to anything at all.
    Lost,
    /// No case goes this way: a helper gives nothing of what it is held to.
    Impossible,
    /// Something is wrong.
    Fault(Box<Fault>),
}

/// What is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub wrong: Wrong,
    /// Which script.
    pub script: u16,
    /// Where in it.
    pub place: Place,
}
