//! What a case need not give, used by what cannot do without.

use super::{
    meaning::{Meaning, Spot},
    walk::Walk,
};
use crate::{
    case::{input::Source, record::Kind},
    evaluate::presumed::Presumption,
    language::{
        builtins::Builtin,
        kinds::Kinds,
        program::{Expr, Node},
        tree::Place,
    },
};

impl<'a> Walk<'a> {
    /// Inputs that a case need not give, handed to a word that cannot do without.
    pub(super) fn unguarded(&mut self, word: &'static Builtin, given: &[Meaning], at: &[Place], place: Place) {
        for (number, (given, takes)) in given.iter().zip(word.takes).enumerate() {
            if takes.is_apart_from(Kinds::ABSENT) {
                let place = at.get(number).copied().unwrap_or(place);
                self.absent(given, place, |path| {
                    format!("`{}` is given `{path}`, which a case need not have", word.name)
                });
            }
        }
    }

    /// What is asked one after the other, of `||` where `any`, of `&&` else. Behind `known(a) ||` and `!known(a) &&` it is certain
    /// that `a` is missing.
    pub(super) fn operands(&mut self, nodes: &'a [Node], any: bool) {
        let mut missing = Vec::new();
        for node in nodes {
            let before = self.tested.clone();
            self.node(node);
            if asks_whether_known(node) == Some(any) {
                missing.push(std::mem::replace(&mut self.tested, before));
            }
        }
        for tested in missing {
            self.tested.extend(tested);
        }
    }

    /// What stands where something must hold or not.
    pub(super) fn asked_to_hold(&mut self, node: &'a Node) -> Meaning {
        let asked = self.node(node);
        self.absent(&asked, node.place, |path| format!("asks whether `{path}` holds, which a case need not have"));
        asked
    }

    /// The first of some inputs that can be absent and that no test has found to be there.
    fn absent(&mut self, given: &Meaning, place: Place, said: impl Fn(&str) -> String) {
        for leaf in given.leaves() {
            let Some(id) = leaf.input else { continue };
            let input = self.policy.inputs().get(id);
            if self.is_after_rules || matches!(input.source, Source::Later(_)) {
                continue;
            }
            let presumed = self.policy.presumed().get(&id).map(|presumed| &presumed.is);
            let may_be_absent = match input.kind {
                Kind::Detail => leaf.path != "assessed_on" && leaf.path != "phase.last_day",
                Kind::Fact => self.policy.is_as_written() && !matches!(presumed, Some(Presumption::Value(_))),
                _ => false,
            };
            if may_be_absent && !self.tested.is_known(&leaf.path) {
                let help = format!("test it first: `known(person.{}) && ...`", leaf.path);
                self.find("unguarded-input", Spot::Script(self.script, place), said(&leaf.path), help);
                // Once is enough: the same test guards what follows.
                self.tested.presence(given);
            }
        }
    }
}

/// Whether something asks if an input is known, `true`, or is not, `false`.
fn asks_whether_known(node: &Node) -> Option<bool> {
    match &node.expr {
        Expr::Condition(_, inner) => asks_whether_known(inner),
        Expr::Not(inner) => asks_whether_known(inner).map(|known| !known),
        Expr::Known(_) => Some(true),
        _ => None,
    }
}
