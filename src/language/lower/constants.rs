//! What the constants of a script say, and what can be read off it without running it.

use crate::{
    case::value::Value,
    language::{
        program::Program,
        tree::{self, ExprKind, Place, Script},
    },
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

/// The constants that the program itself looks at.
pub static CONSTANTS: &[&str] =
    &["TIERS", "OUTSIDE", "AXES", "WITH", "ON_MISSING", "BEYOND_REFERENCE", "NOT_RISK", "ANSWERS"];

/// The constants and imports of a script that nothing uses: what each is, its name and its place.
pub(super) fn unused(script: &Script, used: &BTreeSet<&str>) -> Vec<(&'static str, String, Place)> {
    let constants = script.constants.iter().map(|(name, value)| ("constant", name, value.place));
    let imports = script.imports.iter().map(|(_, name, place)| ("import", name, *place));
    let idle = |name: &str| !used.contains(name) && !CONSTANTS.contains(&name);
    let all =
        constants.filter(|(_, name, _)| idle(name)).chain(imports.filter(|(_, name, _)| !used.contains(name.as_str())));
    all.map(|(what, name, place)| (what, name.clone(), place)).collect()
}

/// What the functions of a script mention: helpers, parameters, constants and imports, by name.
pub(super) fn mentioned(script: &Script) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for function in &script.functions {
        function.body.walk(&mut |expr| match &expr.kind {
            ExprKind::Call { module, name, .. } => {
                found.extend(module.clone());
                found.insert(name.clone());
            }
            ExprKind::Qualified(module, name) if module == "param" => drop(found.insert(name.clone())),
            ExprKind::Qualified(module, name) => found.extend([module.clone(), name.clone()]),
            _ => {}
        });
    }
    found
}

/// A literal as a value.
pub(super) fn value_of(expr: &tree::Expr) -> Option<Value> {
    Some(match &expr.kind {
        ExprKind::Unit => Value::Absent,
        ExprKind::Bool(value) => Value::Bool(*value),
        ExprKind::Whole(value) => Value::Whole(*value),
        ExprKind::Decimal(value) => Value::Decimal(*value),
        ExprKind::Text(text) => Value::Text(text.as_str().into()),
        ExprKind::List(items) => Value::list(items.iter().map(value_of).collect::<Option<Vec<_>>>()?),
        ExprKind::Table(entries) => {
            let entries = entries.iter().map(|(name, value)| Some((name.clone(), value_of(value)?)));
            Value::record(entries.collect::<Option<Vec<_>>>()?)
        }
        ExprKind::Operator(name, operands) if name == "-" => match operands.as_slice() {
            [tree::Expr { kind: ExprKind::Whole(number), .. }] => Value::Whole(number.checked_neg()?),
            [tree::Expr { kind: ExprKind::Decimal(number), .. }] => Value::Decimal(-*number),
            _ => return None,
        },
        _ => return None,
    })
}
