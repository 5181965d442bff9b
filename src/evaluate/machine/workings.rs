//! The walk of words and look-ups while it is kept what was worked out of what.

use super::Machine;
use crate::{
    evaluate::{
        domain::Domain,
        stop::Walked,
        trace::Trace,
        workings::{Subject, Workings},
    },
    language::{builtins::Builtin, datum::Datum, program::Node, tree::Place},
};

impl<'p, D: Domain> Machine<'p, D> {
    pub(super) fn workings(&mut self) -> Option<&mut Workings> {
        self.trace.as_mut().map(|trace: &mut Trace| &mut trace.workings)
    }

    /// Notes a value where it is kept.
    pub(super) fn worked(&mut self, of: Subject, value: &D::Value) {
        if let (Some(workings), Some(known)) = (self.workings(), D::as_known(value)) {
            workings.note(of, known);
        }
    }

    /// A word over its operands, which are named in the comparison that it makes.
    #[cold]
    pub(super) fn word_worked(
        &mut self,
        word: &'static Builtin,
        operands: &'p [Node],
        place: Place,
    ) -> Walked<D::Value> {
        if let Some(workings) = self.workings() {
            workings.begin();
        }
        let mut given = self.values(operands)?;
        let made = D::apply(self, word, &mut given, place)?;
        let script = self.script;
        if let (Some(trace), Some(known)) = (&mut self.trace, D::as_known(&made)) {
            trace.workings.word(word.name, known);
            if let [left, right] = operands {
                trace.name_operands((script, place), Subject::of(left), Subject::of(right));
            }
        }
        Ok(made)
    }

    /// An entry of a value, by its name or number.
    #[cold]
    pub(super) fn entry_worked(
        &mut self,
        of: &'p Node,
        at: Result<&'p Node, &str>,
        look_up: impl FnOnce(&mut Self, D::Value, Option<D::Value>) -> Walked<D::Value>,
    ) -> Walked<D::Value> {
        let mark = self.workings().map(Workings::mark).unwrap_or_default();
        let of = self.expr(of)?;
        let is_entry = self.workings().is_some_and(|workings| workings.is_parameter(mark));
        let at_value = at.map(|at| self.expr(at));
        let (key, at_value) = match at_value {
            Ok(value) => {
                let value = value?;
                (D::as_known(&value).map(key).unwrap_or_default(), Some(value))
            }
            Err(name) => (name.to_owned(), None),
        };
        let found = look_up(self, of, at_value)?;
        if let (true, Some(workings), Some(known)) = (is_entry, self.workings(), D::as_known(&found)) {
            workings.entry(mark, &key, known);
        }
        Ok(found)
    }
}

fn key(datum: &Datum) -> String {
    crate::case::value::Value::try_from(datum).map(|value| value.to_string()).unwrap_or_default()
}
