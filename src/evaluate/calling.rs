//! Words that call a closure for the entries of a list.

use crate::{
    evaluate::{
        domain::{Domain, Truth},
        machine::Machine,
        stop::{Stop, Walked},
    },
    language::{
        builtins::{Builtin, Calling, beside_whole},
        datum::Datum,
        program::Node,
        tree::Place,
        wrong::Wrong,
    },
};

impl<'p, D: Domain> Machine<'p, D> {
    pub(super) fn calling(
        &mut self,
        calling: Calling,
        word: &'static Builtin,
        arguments: &'p [Node],
        place: Place,
    ) -> Walked<D::Value> {
        let given = self.values(arguments)?;
        if let Some((list, others)) = given.split_first()
            && let Some(made) = D::of_entries(self, word, list, others)
        {
            return Ok(made);
        }
        let mut given = given.into_iter();
        let first = given.next().unwrap_or_default();
        if calling == Calling::Call {
            return self.invoke(&first, given, word, place);
        }
        let closure = given.next().unwrap_or_default();
        let start = given.next().unwrap_or_default();
        let by_itself = matches!(calling, Calling::Some | Calling::All | Calling::Find);
        D::with_list(self, first, by_itself, place, &mut |machine, list| match calling {
            Calling::Map => {
                let mut made = Vec::with_capacity(D::len(list));
                for number in 0..D::len(list) {
                    made.push(machine.invoke_entry(&closure, list, number, word, place)?);
                }
                D::list(machine, made, place)
            }
            Calling::Reduce => {
                let mut sum = start.clone();
                for number in 0..D::len(list) {
                    machine.work(1, place)?;
                    sum = machine.invoke(&closure, [sum, D::entry(list, number)], word, place)?;
                }
                Ok(sum)
            }
            _ => machine.searching(calling, &closure, list, word, place),
        })
    }

    /// `filter`, `some`, `all` and `find`.
    fn searching(
        &mut self,
        calling: Calling,
        closure: &D::Value,
        list: &D::List,
        word: &'static Builtin,
        place: Place,
    ) -> Walked<D::Value> {
        let mut kept = Vec::new();
        let mut open = None;
        for number in 0..D::len(list) {
            let said = self.invoke_entry(closure, list, number, word, place);
            let truth = match said.and_then(|said| D::truth(self, &said, place)) {
                // One before it may have settled the answer, and then this one is never asked.
                Err(Stop::Fault(fault)) if open.is_some() && calling != Calling::Filter && !fault.wrong.is_limit => {
                    D::may_fail(self, fault);
                    break;
                }
                truth => truth?,
            };
            match (truth, calling) {
                (Truth::Yes, Calling::Filter) => kept.push(D::entry(list, number)),
                (Truth::Yes, Calling::Some) => return Ok(D::of(Datum::Bool(true))),
                (Truth::Yes, Calling::Find) if open.is_none() => return Ok(D::entry(list, number)),
                (Truth::No, Calling::All) => return Ok(D::of(Datum::Bool(false))),
                (Truth::Open(one), _) => open = Some(one),
                _ => {}
            }
        }
        match (open, calling) {
            (Some(open), Calling::Some | Calling::All) => Ok(D::of_truth(Truth::Open(open))),
            (Some(open), _) => Ok(D::anything(open)),
            (None, Calling::Filter) => D::list(self, kept, place),
            (None, Calling::Some) => Ok(D::of(Datum::Bool(false))),
            (None, Calling::All) => Ok(D::of(Datum::Bool(true))),
            (None, _) => Ok(D::Value::default()),
        }
    }

    fn invoke_entry(
        &mut self,
        closure: &D::Value,
        list: &D::List,
        number: usize,
        word: &'static Builtin,
        place: Place,
    ) -> Walked<D::Value> {
        self.work(1, place)?;
        self.invoke(closure, [D::entry(list, number)], word, place)
    }

    /// Calls a closure with some values.
    pub(super) fn invoke(
        &mut self,
        closure: &D::Value,
        arguments: impl IntoIterator<Item = D::Value>,
        word: &'static Builtin,
        place: Place,
    ) -> Walked<D::Value> {
        let Some((function, captured)) = D::as_closure(closure) else {
            if D::is_anything(closure) {
                return Ok(closure.clone());
            }
            let message = format!("`{}` needs a function, and this is none", word.name);
            return Err(self.wrong(Wrong::new(message).help("write a closure: `|one| one.date`"), place));
        };
        let function = self.program.function(function);
        let top = self.stack.len();
        self.stack.extend_from_slice(captured);
        self.stack.extend(arguments);
        if self.stack.len() - top != usize::from(function.parameters) {
            let takes = usize::from(function.parameters) - captured.len().min(usize::from(function.parameters));
            let given = self.stack.len() - top - captured.len();
            self.stack.truncate(top);
            let message = format!("a closure that takes {takes} values is called with {given}");
            return Err(self.wrong(Wrong::new(message).help("give it as many parameters: `|one| ...`"), place));
        }
        self.enter(function)
    }

    /// Sorts a list in a variable by what a closure says of two entries. A closure that contradicts itself is a fault.
    pub(super) fn sorted(
        &mut self,
        target: &mut D::Value,
        given: &[D::Value],
        word: &'static Builtin,
        place: Place,
    ) -> Walked<D::Value> {
        let closure = given.first().cloned().unwrap_or_default();
        let list = target.clone();
        *target = D::with_list(self, list, false, place, &mut |machine, list| {
            let entries = (0..D::len(list)).map(|number| D::entry(list, number)).collect();
            let Some(sorted) = machine.merged(entries, &closure, word, place)? else { return Ok(D::anything_at_all()) };
            for (one, next) in sorted.iter().zip(sorted.iter().skip(1)) {
                if machine.comes_before(next, one, &closure, word, place)? == Some(true) {
                    let wrong = Wrong::new("the order that `sort` is given contradicts itself");
                    return Err(machine.wrong(wrong.help("compare one thing of the two: `|a, b| a.n - b.n`"), place));
                }
            }
            D::list(machine, sorted, place)
        })?;
        Ok(D::Value::default())
    }

    fn merged(
        &mut self,
        mut entries: Vec<D::Value>,
        closure: &D::Value,
        word: &'static Builtin,
        place: Place,
    ) -> Walked<Option<Vec<D::Value>>> {
        if entries.len() < 2 {
            return Ok(Some(entries));
        }
        let right = entries.split_off(entries.len() / 2);
        let (Some(left), Some(right)) =
            (self.merged(entries, closure, word, place)?, self.merged(right, closure, word, place)?)
        else {
            return Ok(None);
        };
        let mut merged = Vec::with_capacity(left.len() + right.len());
        let (mut left, mut right) = (left.into_iter().peekable(), right.into_iter().peekable());
        while let (Some(one), Some(other)) = (left.peek(), right.peek()) {
            let Some(before) = self.comes_before(other, one, closure, word, place)? else { return Ok(None) };
            merged.extend(if before { right.next() } else { left.next() });
        }
        merged.extend(left.chain(right));
        Ok(Some(merged))
    }

    /// Whether a closure puts one entry before another; nothing where that is open.
    fn comes_before(
        &mut self,
        one: &D::Value,
        other: &D::Value,
        closure: &D::Value,
        word: &'static Builtin,
        place: Place,
    ) -> Walked<Option<bool>> {
        self.work(1, place)?;
        let said = self.invoke(closure, [one.clone(), other.clone()], word, place)?;
        match D::as_known(&said) {
            Some(Datum::Whole(order)) => Ok(Some(*order < 0)),
            None => Ok(None),
            Some(other) => {
                let message = format!("`sort` needs a whole number from its closure, not {}", beside_whole(other));
                Err(self
                    .wrong(Wrong::new(message).help("below 0 where the first comes before: `|a, b| a.n - b.n`"), place))
            }
        }
    }
}
