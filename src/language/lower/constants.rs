//! What the constants of a script say, and what can be read off it without running it.

use crate::language::{
    program::Program,
    tree::{ExprKind, Script},
};
use std::collections::BTreeSet;

pub(super) fn read_constants(script: &Script, program: &mut Program) {
    for (name, value) in &script.constants {
        match &value.kind {
            ExprKind::Text(word) => drop(program.words.insert(name.clone(), word.clone())),
            ExprKind::List(_) => {
                if let Some(words) = script.list(name) {
                    program.lists.insert(name.clone(), words);
                }
            }
            _ => {}
        }
    }
}

/// The codes of the flags that a script raises, where they stand there as words.
pub(super) fn flag_codes(script: &Script) -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for function in &script.functions {
        function.body.walk(&mut |expr| {
            if let ExprKind::Call { module: None, name, arguments } = &expr.kind
                && name == "flag"
                && let Some(ExprKind::Text(code)) = arguments.first().map(|code| &code.kind)
            {
                codes.insert(code.clone());
            }
        });
    }
    codes
}
