//! Calls of the functions of a policy.

use super::{Machine, cells::Cell};
use crate::{
    evaluate::{domain::Domain, stop::Walked},
    language::{
        program::{Function, Node},
        tree::Place,
        wrong::Wrong,
    },
};

/// Deepest nesting of what is walked at once.
const MAX_DEPTH: u32 = 400;

impl<'p, D: Domain> Machine<'p, D> {
    /// Walks a function whose arguments lie on top of the stack.
    pub(in crate::evaluate) fn enter(&mut self, function: &'p Function) -> Walked<D::Value> {
        let (base, script) = (self.base, self.script);
        self.base = self.stack.len() - usize::from(function.parameters).min(self.stack.len());
        self.script = function.script;
        self.depth += u32::from(function.own_nesting) + 1;
        self.stack.resize_with(self.base + usize::from(function.slots), D::Value::default);
        let mark = D::mark(self);
        let walked = if self.depth > MAX_DEPTH {
            Err(self.wrong(
                Wrong::limit("calls nested too deeply, the limit", "call fewer helpers from helpers"),
                Place::default(),
            ))
        } else {
            self.work(1, Place::default()).and_then(|()| self.block(&function.body))
        };
        let walked = D::leave(self, mark, walked);
        self.stack.truncate(self.base);
        self.depth -= u32::from(function.own_nesting) + 1;
        self.base = base;
        self.script = script;
        walked
    }

    /// A call of a function of the policy. One that is handed nothing but groups of inputs gives the same all along a case.
    pub(super) fn call(&mut self, number: u32, arguments: &'p [Node]) -> Walked<D::Value> {
        let function = self.program.function(number);
        // What is met is kept for every rule by itself.
        let is_kept = self.trace.is_some() || self.conditions.is_some();
        let cell = function.cell.filter(|_| !is_kept && self.presence == 0).map(usize::from);
        if let Some(Some(known)) = cell.and_then(|cell| self.cells.get(cell))
            && known.version == D::version(&self.domain)
        {
            self.room_to_read(known.reads.len(), Place::default())?;
            self.reads.extend_from_slice(&known.reads);
            return Ok(known.value.clone());
        }
        let (from, version) = (self.reads.len(), D::version(&self.domain));
        for argument in arguments {
            let value = self.expr(argument)?;
            self.stack.push(value);
        }
        let called = if cell.is_none() { D::called(self, number, arguments.len()) } else { None };
        if let Some(value) = called.as_ref().and_then(|called| D::held_call(self, called)) {
            self.stack.truncate(self.stack.len().saturating_sub(arguments.len()));
            return Ok(value);
        }
        if let Some(workings) = self.workings() {
            workings.begin();
        }
        let mut value = self.enter(function)?;
        if let Some(called) = called {
            value = D::of_call(self, called, number, from, value)?;
        }
        if function.cell.is_some() && self.presence == 0 {
            value = D::helper(self, number, from, value)?;
        }
        if let (Some(workings), Some(known)) = (self.workings(), D::as_known(&value)) {
            workings.helper(number, known);
        }
        if let Some(place) = cell.and_then(|cell| self.cells.get_mut(cell)) {
            self.met.keep_once(&mut self.reads, from);
            let reads = self.reads.get(from..).unwrap_or_default();
            *place = Some(Cell { value: value.clone(), reads: reads.into(), version });
        }
        Ok(value)
    }
}
