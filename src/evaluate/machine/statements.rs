//! Statements: variables, loops, and what ends them.

use super::Machine;
use crate::{
    evaluate::{
        domain::Domain,
        stop::{Stop, Walked},
    },
    language::{
        builtins::Builtin,
        datum::Datum,
        program::{Block, Expr, For, Node, Stmt},
        tree::Place,
    },
};

impl<'p, D: Domain> Machine<'p, D> {
    pub(in crate::evaluate) fn block(&mut self, block: &'p Block) -> Walked<D::Value> {
        let Some((last, before)) = block.0.split_last() else { return Ok(D::Value::default()) };
        if !before.is_empty() {
            self.work(before.len(), Place::default())?;
            for statement in before {
                self.statement(statement)?;
            }
        }
        match last {
            Stmt::Expr(node) => self.expr(node),
            statement => self.statement(statement),
        }
    }

    pub(super) fn statement(&mut self, statement: &'p Stmt) -> Walked<D::Value> {
        match statement {
            Stmt::Expr(node) => self.expr(node),
            Stmt::Set(slot, node) => {
                let value = self.expr(node)?;
                self.set(*slot, value);
                Ok(D::Value::default())
            }
            Stmt::Update(slot, word, node) => {
                let value = self.expr(node)?;
                let mut given = [self.take(*slot), value];
                let made = D::apply(self, word, &mut given, node.place)?;
                self.set(*slot, made);
                Ok(D::Value::default())
            }
            Stmt::SetPart { slot, at, operator, value } => self.set_part(*slot, at, *operator, value),
            Stmt::For(inside) => self.each(inside),
            Stmt::Return(value) => {
                let value = value.as_ref().map(|node| self.expr(node)).transpose()?;
                self.returned = Some(value.unwrap_or_default());
                Err(Stop::Return)
            }
            Stmt::Throw(value, place) => self.throw(value.as_ref(), *place),
            Stmt::Break => Err(Stop::Break),
            Stmt::Continue => Err(Stop::Continue),
        }
    }

    /// What a rule throws is shown where the script spells it; anything else could be a value of the case.
    pub(super) fn throw(&mut self, value: Option<&'p Node>, place: Place) -> Walked<D::Value> {
        let spelt = match value.map(|node| &node.expr) {
            Some(Expr::Constant(number)) => self.program.constants.get(usize::from(*number)),
            _ => None,
        };
        match spelt {
            Some(text) => {
                let help = "the policy itself refuses this case: look at the case first, then at the rule";
                self.fails(&text.to_string(), help, place)
            }
            None => {
                self.fails("stops itself with `throw`", "write what is wrong as a plain text: `throw \"...\"`", place)
            }
        }
    }

    pub(in crate::evaluate) fn get(&self, slot: u16) -> D::Value {
        self.stack.get(self.base + usize::from(slot)).cloned().unwrap_or_default()
    }

    pub(super) fn take(&mut self, slot: u16) -> D::Value {
        self.stack.get_mut(self.base + usize::from(slot)).map(std::mem::take).unwrap_or_default()
    }

    pub(in crate::evaluate) fn set(&mut self, slot: u16, value: D::Value) {
        if let Some(place) = self.stack.get_mut(self.base + usize::from(slot)) {
            *place = value;
        }
    }

    pub(super) fn set_part(
        &mut self,
        slot: u16,
        at: &'p Node,
        operator: Option<&'static Builtin>,
        value: &'p Node,
    ) -> Walked<D::Value> {
        let mut value = self.expr(value)?;
        let key = self.expr(at)?;
        if let Some(word) = operator {
            let former = D::index(self, self.get(slot), key.clone(), false, at.place)?;
            value = D::apply(self, word, &mut [former, value], at.place)?;
        }
        let whole = self.take(slot);
        let changed = D::with_part(self, whole, key, value, at.place)?;
        self.set(slot, changed);
        Ok(D::Value::default())
    }

    pub(super) fn each(&mut self, inside: &'p For) -> Walked<D::Value> {
        let over = self.expr(&inside.over)?;
        let by_itself = inside.sums.is_some();
        D::with_list(self, over, by_itself, inside.over.place, &mut |machine, list| {
            let sums = inside.sums.as_deref().unwrap_or_default();
            D::with_sums(machine, sums, list, &mut |machine| machine.turns(inside, list))
        })
    }

    pub(super) fn turns(&mut self, inside: &'p For, list: &D::List) -> Walked<D::Value> {
        D::begin_loop(self);
        let mut ended = Ok(());
        for number in 0..D::len(list) {
            self.work(1, inside.over.place)?;
            self.set(inside.item, D::entry(list, number));
            if let Some(counter) = inside.counter {
                self.set(counter, D::of(Datum::Whole(i64::try_from(number).unwrap_or(i64::MAX))));
            }
            let walked = self.block(&inside.body).map(drop);
            match D::after_turn(self, walked) {
                Ok(true) => {}
                Ok(false) => break,
                Err(stop) => {
                    ended = Err(stop);
                    break;
                }
            }
        }
        D::end_loop(self, ended).map(|()| D::Value::default())
    }
}
