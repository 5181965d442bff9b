//! What conditions can come to when every input is open: one that always comes out alike is written for nothing.

use super::{Open, atoms_of, value::Possible};
use crate::{
    evaluate::{
        domain::Domain,
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::Run,
        program::{Expr, Node},
    },
};

/// What a condition can come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Met {
    /// Whether it can be false, and true.
    pub can: [bool; 2],
    /// Whether it was settled once without a look at the case: by a number of the policy, or by what calls it.
    pub is_set: bool,
}

/// Notes what a condition comes to.
pub(super) fn met<'p>(machine: &mut Machine<'p, Open>, number: u32, inner: &'p Node, value: &Possible) -> Walked<()> {
    let holds = match Open::truth(machine, value, inner.place) {
        Ok(truth) => truth.settled(),
        Err(Stop::Fault(_)) => return Ok(()),
        Err(stop) => return Err(stop),
    };
    let is_set = holds.is_some() && !rests_on_case(machine, inner)?;
    if let Some(met) = &mut machine.domain.met {
        let met = met.entry(number).or_default();
        met.can[0] |= holds != Some(true);
        met.can[1] |= holds != Some(false);
        met.is_set |= is_set;
    }
    Ok(())
}

/// Whether what a condition compares is open before it is compared.
fn rests_on_case<'p>(machine: &mut Machine<'p, Open>, node: &'p Node) -> Walked<bool> {
    match &node.expr {
        Expr::Input(_) => Ok(true),
        Expr::Builtin(word, arguments) if matches!(word.run, Run::Plain(_)) && is_repeatable(node) => {
            for argument in arguments {
                let value = machine.expr(argument)?;
                let several = atoms_of(machine, &value).is_some_and(|atoms| atoms.len() > 1);
                if several || matches!(value, Possible::Fact(_)) || !matches!(value, Possible::Known(_)) {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Ok(false),
    }
}

/// Whether working it out again changes nothing.
fn is_repeatable(node: &Node) -> bool {
    let mut repeatable = true;
    node.walk(&mut |inside| repeatable &= !matches!(inside.expr, Expr::Change(..) | Expr::If(_) | Expr::Block(_)));
    repeatable
}
