//! What a function stands on: the numbers that it can read and the functions that it can call, however it gets there.

use super::{Expr, Node, Program};
use crate::case::input::{Input, InputId, InputTable};
use std::collections::BTreeSet;

/// What a function stands on.
#[derive(Debug, Default)]
pub struct Ground<'p> {
    /// Names of parameters.
    pub numbers: BTreeSet<&'p str>,
    /// Numbers of functions, its own among them.
    pub functions: BTreeSet<u32>,
}

impl Program {
    /// What a function stands on.
    #[must_use]
    pub fn ground(&self, function: u32) -> Ground<'_> {
        let mut ground = Ground::default();
        self.add_ground(function, &mut ground);
        ground
    }

    /// Whether a function can read an input of some kind, however it gets there.
    #[must_use]
    pub fn can_read(&self, function: u32, inputs: &InputTable, is_one: fn(&Input) -> bool) -> bool {
        let (mut reads, is_one) = (false, |input: InputId| is_one(inputs.get(input)));
        for number in self.ground(function).functions {
            self.function(number).body.walk(&mut |node: &Node| {
                reads |= match &node.expr {
                    Expr::Input(input) => is_one(*input),
                    Expr::Keyed { inputs, .. } => inputs.iter().any(|(_, input)| is_one(*input)),
                    Expr::Group(group) => inputs.below(*group).into_iter().any(is_one),
                    _ => false,
                };
            });
        }
        reads
    }

    fn add_ground<'p>(&'p self, function: u32, ground: &mut Ground<'p>) {
        if !ground.functions.insert(function) {
            return;
        }
        let mut called = Vec::new();
        self.function(function).body.walk(&mut |node: &'p Node| match &node.expr {
            Expr::Parameter(slot) => {
                ground.numbers.extend(self.parameters.get(usize::from(*slot)).map(String::as_str));
            }
            Expr::Call(other, _) | Expr::Closure(other, _) => called.push(*other),
            _ => {}
        });
        for other in called {
            self.add_ground(other, ground);
        }
    }
}
