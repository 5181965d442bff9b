//! What can come out both ways: conditions, `&&`, `||`, `??`, and the ways through a `switch`.

use super::Machine;
use crate::{
    evaluate::{
        domain::{Domain, Truth},
        stop::Walked,
        trace::came_out,
    },
    language::{
        datum::Datum,
        program::{Expr, Node, Switch},
    },
};

impl<'p, D: Domain> Machine<'p, D> {
    pub(super) fn known(&mut self, inner: &'p Node) -> Walked<D::Value> {
        self.presence += 1;
        let value = self.expr(inner);
        self.presence -= 1;
        let value = value?;
        let known = D::is_absent(self, &value).contrary();
        if let (Some(trace), Some(read)) = (&mut self.trace, self.reads.last())
            && let Some(known) = known.settled()
        {
            trace.presence(self.script, inner.place, read.input, known);
        }
        Ok(D::of_truth(known))
    }

    pub(super) fn condition(&mut self, number: u32, inner: &'p Node) -> Walked<D::Value> {
        let value = self.expr(inner)?;
        D::met(self, number, inner, &value)?;
        Ok(value)
    }

    /// A way through a `switch` was taken.
    fn took(&mut self, number: u32) {
        if let Some(met) = &mut self.conditions {
            came_out(met, number, [false, true]);
        }
    }

    pub(super) fn not(&mut self, inner: &'p Node) -> Walked<D::Value> {
        let value = self.expr(inner)?;
        let truth = D::truth(self, &value, inner.place)?;
        let asked = if let Expr::Condition(_, asked) = &inner.expr { &asked.expr } else { &inner.expr };
        if let (Some(trace), Expr::Input(_) | Expr::Known(_)) = (&mut self.trace, asked) {
            trace.turn_round();
        }
        Ok(D::of_truth(truth.contrary()))
    }

    /// `&&` where `all`, else `||`: the operands after one that settles it are not asked.
    pub(super) fn all_of(&mut self, operands: &'p [Node], all: bool) -> Walked<D::Value> {
        for (number, operand) in operands.iter().enumerate() {
            let value = self.expr(operand)?;
            let settles = D::of(Datum::Bool(!all));
            match D::truth(self, &value, operand.place)? {
                Truth::Yes if all => {}
                Truth::No if !all => {}
                Truth::Yes | Truth::No => return Ok(settles),
                Truth::Open(open) => {
                    let rest = operands.get(number + 1..).unwrap_or_default();
                    let mut go_on = |machine: &mut Self| machine.all_of(rest, all);
                    let mut stop = |_: &mut Self| Ok(settles.clone());
                    return if all {
                        D::both(self, open, Some(operand), &mut go_on, &mut stop)
                    } else {
                        D::both(self, open, Some(operand), &mut stop, &mut go_on)
                    };
                }
            }
        }
        Ok(D::of(Datum::Bool(all)))
    }

    /// `??`.
    pub(super) fn first_of(&mut self, operands: &'p [Node]) -> Walked<D::Value> {
        let Some((first, rest)) = operands.split_first() else { return Ok(D::Value::default()) };
        let value = self.expr(first)?;
        match D::is_absent(self, &value) {
            Truth::Yes => self.first_of(rest),
            Truth::No => Ok(value),
            Truth::Open(open) => {
                let mut given = |_: &mut Self| Ok(value.clone());
                D::both(self, open, None, &mut |machine| machine.first_of(rest), &mut given)
            }
        }
    }

    /// The ways from a number on. Ranges are looked at after single values, and not where one of those was taken.
    pub(super) fn switch(&mut self, switch: &'p Switch, of: &D::Value, from: usize, ranges: bool) -> Walked<D::Value> {
        for (number, arm) in switch.arms.iter().enumerate().skip(from) {
            if matches!(arm.label, crate::language::program::Label::Range(..)) != ranges {
                continue;
            }
            let mut take = |machine: &mut Self| machine.arm(switch, of, number, ranges);
            match D::matches(self, of, &arm.label) {
                Truth::No => {}
                Truth::Yes => return take(self),
                Truth::Open(open) => {
                    let mut go_on = |machine: &mut Self| machine.switch(switch, of, number + 1, ranges);
                    return D::both(self, open, None, &mut take, &mut go_on);
                }
            }
        }
        if !ranges {
            return self.switch(switch, of, 0, true);
        }
        match &switch.otherwise {
            Some((number, body)) => {
                self.took(*number);
                self.expr(body)
            }
            None => Ok(D::Value::default()),
        }
    }

    pub(super) fn arm(&mut self, switch: &'p Switch, of: &D::Value, number: usize, ranges: bool) -> Walked<D::Value> {
        let Some(arm) = switch.arms.get(number) else { return Ok(D::Value::default()) };
        let mut body = |machine: &mut Self| {
            machine.took(arm.number);
            machine.expr(&arm.body)
        };
        let Some(condition) = &arm.condition else { return body(self) };
        let value = self.expr(condition)?;
        match D::truth(self, &value, condition.place)? {
            Truth::Yes => body(self),
            Truth::No => self.switch(switch, of, number + 1, ranges),
            Truth::Open(open) => {
                let mut go_on = |machine: &mut Self| machine.switch(switch, of, number + 1, ranges);
                D::both(self, open, Some(condition), &mut body, &mut go_on)
            }
        }
    }
}
