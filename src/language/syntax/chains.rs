//! What stands behind a dot or in brackets, and the ways through a `switch`.

use super::{Reader, place};
use crate::language::tree::{Arm, Expr, ExprKind, Label};
use rhai::{ASTFlags, BinaryExpr, Dynamic, Expr as Parsed, RangeCase, SwitchCasesCollection};

impl Reader<'_> {
    /// `a.b[c].d()`: the parser nests it to the right; here each step holds what stands before it.
    pub(super) fn chain(&self, expr: &Parsed) -> Expr {
        let (mut inside, mut flags, mut is_dot) = match expr {
            Parsed::Dot(inside, flags, _) => (inside, *flags, true),
            Parsed::Index(inside, flags, _) => (inside, *flags, false),
            other => return self.expr(other),
        };
        let mut whole = self.expr(&inside.lhs);
        loop {
            let (step, next) = match &inside.rhs {
                Parsed::Dot(more, next, _) if !flags.intersects(ASTFlags::BREAK) => {
                    (&more.lhs, Some((more, *next, true)))
                }
                Parsed::Index(more, next, _) if !flags.intersects(ASTFlags::BREAK) => {
                    (&more.lhs, Some((more, *next, false)))
                }
                last => (last, None),
            };
            whole = self.step(whole, step, is_dot, flags.intersects(ASTFlags::NEGATED));
            match next {
                Some(next) => (inside, flags, is_dot) = next,
                None => return whole,
            }
        }
    }

    pub(super) fn step(&self, of: Expr, step: &Parsed, is_dot: bool, safe: bool) -> Expr {
        let at = place(step.position());
        let of = Box::new(of);
        let kind = match step {
            Parsed::Property(names, _) if is_dot => ExprKind::Field { of, name: names.2.to_string(), safe },
            Parsed::MethodCall(call, _) if is_dot && safe => {
                let _ = call;
                ExprKind::Outside("a call behind `?.`")
            }
            Parsed::MethodCall(call, _) if is_dot => {
                ExprKind::Method { of, name: call.name.to_string(), arguments: self.exprs(&call.args) }
            }
            at => {
                let at = self.expr(at);
                return Expr { place: at.first_place(), kind: ExprKind::Index { of, at: at.into(), safe } };
            }
        };
        Expr { place: at, kind }
    }

    pub(super) fn switch(&self, of: &Parsed, cases: &SwitchCasesCollection) -> ExprKind {
        let mut labelled: Vec<(usize, Label)> = Vec::new();
        for list in cases.cases.values() {
            // The parser keeps ranges apart, and lists them here once more.
            if list.value.is::<std::ops::Range<i64>>() || list.value.is::<std::ops::RangeInclusive<i64>>() {
                continue;
            }
            let Some(value) = literal(&list.value) else {
                return ExprKind::Outside("a label of a `switch` that is worked out");
            };
            labelled.extend(list.blocks.iter().map(|block| (*block, Label::Value(value.clone()))));
        }
        labelled.extend(cases.ranges.iter().map(|range| match range {
            RangeCase::ExclusiveInt(range, block) => (*block, Label::Range(range.start, range.end)),
            RangeCase::InclusiveInt(range, block) => {
                (*block, Label::Range(*range.start(), range.end().saturating_add(1)))
            }
        }));
        labelled.sort_by_key(|(block, label)| (*block, label.to_string()));
        let block = |number: usize| cases.expressions.get(number);
        let arms = labelled.into_iter().filter_map(|(number, label)| {
            let BinaryExpr { lhs, rhs } = block(number)?;
            let always = matches!(lhs, Parsed::BoolConstant(true, _));
            Some(Arm { label, condition: (!always).then(|| self.expr(lhs)), body: self.expr(rhs) })
        });
        let otherwise = cases.def_case.and_then(block).map(|block| self.expr(&block.rhs).into());
        ExprKind::Switch { of: self.expr(of).into(), arms: arms.collect(), otherwise }
    }
}

pub(super) fn literal(value: &Dynamic) -> Option<ExprKind> {
    Some(match value.type_name() {
        "()" => ExprKind::Unit,
        "bool" => ExprKind::Bool(value.as_bool().ok()?),
        "i64" => ExprKind::Whole(value.as_int().ok()?),
        "decimal" => ExprKind::Decimal(value.as_decimal().ok()?),
        "string" => ExprKind::Text(value.as_immutable_string_ref().ok()?.to_string()),
        "char" => ExprKind::Text(value.as_char().ok()?.to_string()),
        _ => return None,
    })
}
