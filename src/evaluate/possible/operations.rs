//! What walking does with possible values.

use super::{
    Entries, Open, asked, atoms_of, change, entries, lift,
    loops::{self, LoopEnds},
    met, narrow,
    nest::Nest,
    parts, paths, truths,
    value::{Atom, Possible},
};
use crate::{
    case::input::{GroupId, InputId},
    evaluate::{
        domain::{Domain, ListWay, Truth, Way},
        known::matches,
        machine::Machine,
        stop::{Fault, Walked},
    },
    language::{
        builtins::Builtin,
        datum::Datum,
        program::{Label, Node},
        tree::Place,
    },
};
use std::{rc::Rc, sync::Arc};

impl Domain for Open {
    type Value = Possible;
    type List = Entries;
    type Open = ();
    type Mark = paths::Mark;
    type Called = asked::Called;

    fn of(datum: Datum) -> Possible {
        Possible::Known(datum)
    }

    fn as_known(value: &Possible) -> Option<&Datum> {
        match value {
            Possible::Known(datum) => Some(datum),
            _ => None,
        }
    }

    fn is_anything(value: &Possible) -> bool {
        matches!(value, Possible::Anything)
    }

    fn anything((): ()) -> Possible {
        Possible::Anything
    }

    fn anything_at_all() -> Possible {
        Possible::Anything
    }

    fn of_truth(truth: Truth<()>) -> Possible {
        truth.settled().map_or_else(Possible::either, |holds| Possible::Known(Datum::Bool(holds)))
    }

    fn truth(machine: &mut Machine<'_, Self>, value: &Possible, place: Place) -> Walked<Truth<()>> {
        truths::truth(machine, value, place)
    }

    fn is_absent(machine: &mut Machine<'_, Self>, value: &Possible) -> Truth<()> {
        truths::is_absent(machine, value)
    }

    fn matches(machine: &mut Machine<'_, Self>, value: &Possible, label: &Label) -> Truth<()> {
        machine.domain.loosen(value);
        let Some(atoms) = atoms_of(machine, value) else { return Truth::Open(()) };
        let known = |atom: &Atom| match atom {
            Atom::Known(datum) => Some(matches(datum, label)),
            Atom::List(_) | Atom::Entries(_) | Atom::Table(_) => Some(false),
            Atom::Numbers(_) | Atom::Texts => None,
        };
        let said: Option<Vec<bool>> = atoms.iter().map(known).collect();
        match said {
            Some(said) if said.iter().all(|one| *one) => Truth::Yes,
            Some(said) if !said.contains(&true) => Truth::No,
            _ => Truth::Open(()),
        }
    }

    fn both<'p>(
        machine: &mut Machine<'p, Self>,
        (): (),
        condition: Option<&'p Node>,
        yes: Way<'_, 'p, Self>,
        no: Way<'_, 'p, Self>,
    ) -> Walked<Possible> {
        paths::both(machine, condition, yes, no)
    }

    fn input(machine: &mut Machine<'_, Self>, input: InputId, place: Place) -> Walked<Possible> {
        narrow::input(machine, input, place)
    }

    fn keyed(
        machine: &mut Machine<'_, Self>,
        _: GroupId,
        key: Possible,
        inputs: &[(Arc<str>, InputId)],
        place: Place,
    ) -> Walked<Possible> {
        parts::keyed(machine, &key, inputs, place)
    }

    fn field(machine: &mut Machine<'_, Self>, of: Possible, name: &str, safe: bool, place: Place) -> Walked<Possible> {
        parts::field(machine, &of, name, safe, place)
    }

    fn index(
        machine: &mut Machine<'_, Self>,
        of: Possible,
        at: Possible,
        safe: bool,
        place: Place,
    ) -> Walked<Possible> {
        parts::index(machine, &of, &at, safe, place)
    }

    fn with_part(
        machine: &mut Machine<'_, Self>,
        whole: Possible,
        at: Possible,
        part: Possible,
        place: Place,
    ) -> Walked<Possible> {
        machine.work(parts::entries_of(&whole), place)?;
        let made = parts::with_part(machine, &whole, &at, part);
        if matches!(made, Possible::Anything) {
            machine.domain.pass_over();
        }
        Ok(made)
    }

    fn list(machine: &mut Machine<'_, Self>, items: Vec<Possible>, place: Place) -> Walked<Possible> {
        parts::list(machine, items, place)
    }

    fn table(machine: &mut Machine<'_, Self>, entries: Vec<(Arc<str>, Possible)>, place: Place) -> Walked<Possible> {
        machine.work(entries.len(), place)?;
        let room = entries.iter().map(|(name, _)| 64 + name.len() as u64).sum();
        machine.env.budget.room(room).map_err(|wrong| machine.wrong(wrong, place))?;
        let entries = entries.into_iter().map(|(name, value)| (name.to_string().into(), value)).collect();
        Ok(parts::table(entries))
    }

    fn template(machine: &mut Machine<'_, Self>, parts: Vec<Possible>, place: Place) -> Walked<Possible> {
        parts::template(machine, &parts, place)
    }

    fn range(
        machine: &mut Machine<'_, Self>,
        from: Possible,
        to: Possible,
        inclusive: bool,
        place: Place,
    ) -> Walked<Possible> {
        parts::range(machine, (&from, &to), inclusive, place)
    }

    fn apply(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        given: &mut [Possible],
        place: Place,
    ) -> Walked<Possible> {
        lift::apply(machine, word, given, place)
    }

    fn change(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        target: &mut Possible,
        given: &mut [Possible],
        place: Place,
    ) -> Walked<Possible> {
        let made = change::change(machine, word, target, given, place)?;
        if matches!(target, Possible::Anything) {
            machine.domain.pass_over();
        }
        Ok(made)
    }

    fn closure(_: &mut Machine<'_, Self>, function: u32, captured: Vec<Possible>, _: Place) -> Walked<Possible> {
        Ok(parts::within(Possible::Closure(Rc::new((function, Nest::of(captured))))))
    }

    fn as_closure(value: &Possible) -> Option<(u32, &[Possible])> {
        match value {
            Possible::Closure(closure) => Some((closure.0, closure.1.as_slice())),
            _ => None,
        }
    }

    fn with_list<'p>(
        machine: &mut Machine<'p, Self>,
        value: Possible,
        by_itself: bool,
        place: Place,
        run: ListWay<'_, 'p, Self>,
    ) -> Walked<Possible> {
        let lists = loops::lists(machine, &value, by_itself, place)?;
        loops::each_list(machine, &lists, run)
    }

    fn with_sums<'p>(
        machine: &mut Machine<'p, Self>,
        sums: &[u16],
        list: &Entries,
        run: Way<'_, 'p, Self>,
    ) -> Walked<Possible> {
        entries::with_sums(machine, sums, list, run)
    }

    fn len(list: &Entries) -> usize {
        list.len()
    }

    fn entry(list: &Entries, number: usize) -> Possible {
        list.entry(number)
    }

    fn called(machine: &Machine<'_, Self>, function: u32, arguments: usize) -> Option<Self::Called> {
        asked::call(machine, function, arguments)
    }

    fn held_call(machine: &mut Machine<'_, Self>, called: &Self::Called) -> Option<Possible> {
        asked::held_call(machine, called)
    }

    fn of_call(
        machine: &mut Machine<'_, Self>,
        called: Self::Called,
        function: u32,
        from: usize,
        value: Possible,
    ) -> Walked<Possible> {
        asked::of_call(machine, called, function, from, value)
    }

    fn helper(machine: &mut Machine<'_, Self>, function: u32, from: usize, value: Possible) -> Walked<Possible> {
        asked::helper(machine, function, from, value)
    }

    fn of_entries(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        list: &Possible,
        others: &[Possible],
    ) -> Option<Possible> {
        asked::ask_entries(machine, word, list, others)
    }

    fn may_fail(machine: &mut Machine<'_, Self>, fault: Box<Fault>) {
        machine.domain.may_fail(fault);
    }

    fn version(&self) -> u32 {
        self.version
    }

    fn mark(machine: &Machine<'_, Self>) -> Self::Mark {
        paths::mark(machine)
    }

    fn looks_at_conditions(machine: &Machine<'_, Self>) -> bool {
        machine.domain.met.is_some()
    }

    fn met<'p>(machine: &mut Machine<'p, Self>, number: u32, inner: &'p Node, value: &Possible) -> Walked<()> {
        met::met(machine, number, inner, value)
    }

    fn begin(machine: &mut Machine<'_, Self>) {
        machine.domain.begin();
    }

    fn begin_loop(machine: &mut Machine<'_, Self>) {
        machine.domain.loops.push(LoopEnds::default());
    }

    fn after_turn(machine: &mut Machine<'_, Self>, walked: Walked<()>) -> Walked<bool> {
        loops::after_turn(machine, walked)
    }

    fn end_loop(machine: &mut Machine<'_, Self>, ended: Walked<()>) -> Walked<()> {
        loops::end_loop(machine, ended)
    }

    fn leave(machine: &mut Machine<'_, Self>, mark: Self::Mark, walked: Walked<Possible>) -> Walked<Possible> {
        paths::leave(machine, mark, walked)
    }
}
