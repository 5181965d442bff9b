//! What walking does with known values.

use super::{
    Known, group_entry, matches, named, no_condition, no_field, no_fields, no_input, no_list, traced, with_part,
};
use crate::{
    case::input::{GroupId, InputId},
    evaluate::{
        domain::{Domain, ListWay, Truth, Way},
        machine::{Machine, Read},
        stop::{Stop, Walked},
        trace::came_out,
        workings::Subject,
    },
    language::{
        builtins::{Builtin, Run, nested},
        datum::{Datum, List},
        program::{Label, Node},
        tree::Place,
        wrong::Wrong,
    },
};
use std::{convert::Infallible, rc::Rc, sync::Arc};

impl Domain for Known {
    type Value = Datum;
    type List = Rc<List>;
    type Open = Infallible;
    type Mark = ();
    type Called = ();

    #[inline]
    fn of(datum: Datum) -> Datum {
        datum
    }

    fn as_known(value: &Datum) -> Option<&Datum> {
        Some(value)
    }

    fn is_anything(_: &Datum) -> bool {
        false
    }

    fn anything(open: Infallible) -> Datum {
        match open {}
    }

    fn anything_at_all() -> Datum {
        Datum::Absent
    }

    fn of_truth(truth: Truth<Infallible>) -> Datum {
        Datum::Bool(truth == Truth::Yes)
    }

    #[inline]
    fn truth(machine: &mut Machine<'_, Self>, value: &Datum, place: Place) -> Walked<Truth<Infallible>> {
        match value {
            Datum::Bool(holds) => Ok((*holds).into()),
            other => Err(machine.wrong(no_condition(other), place)),
        }
    }

    fn is_absent(_: &mut Machine<'_, Self>, value: &Datum) -> Truth<Infallible> {
        value.is_absent().into()
    }

    fn matches(_: &mut Machine<'_, Self>, value: &Datum, label: &Label) -> Truth<Infallible> {
        matches(value, label).into()
    }

    fn both<'p>(
        _: &mut Machine<'p, Self>,
        open: Infallible,
        _: Option<&'p Node>,
        _: Way<'_, 'p, Self>,
        _: Way<'_, 'p, Self>,
    ) -> Walked<Datum> {
        match open {}
    }

    #[inline]
    fn input(machine: &mut Machine<'_, Self>, input: InputId, place: Place) -> Walked<Datum> {
        let presence = machine.presence > 0;
        let datum = if presence {
            let view = machine.domain.inputs.view(input, true).map_err(|unknown| Stop::Unknown(unknown.0))?;
            Datum::from(view)
        } else {
            machine.domain.read(input)?
        };
        machine.room_to_read(1, place)?;
        machine.reads.push(Read::new(input, presence));
        if let Some(trace) = &mut machine.trace {
            if let (Datum::Bool(holds), false) = (&datum, presence) {
                trace.truth(machine.script, place, input, *holds);
            }
            let known = Datum::Bool(!datum.is_absent());
            let (of, gave) =
                if presence { (Subject::Presence(input), &known) } else { (Subject::Input(input), &datum) };
            trace.workings.note(of, gave);
        }
        Ok(datum)
    }

    fn keyed(
        machine: &mut Machine<'_, Self>,
        group: GroupId,
        key: Datum,
        inputs: &[(Arc<str>, InputId)],
        place: Place,
    ) -> Walked<Datum> {
        let found = key.as_text().and_then(|key| inputs.iter().find(|(name, _)| **name == *key));
        match found {
            Some((_, input)) => Self::input(machine, *input, place),
            None => Err(machine.wrong(no_input(machine, group, &key), place)),
        }
    }

    fn field(machine: &mut Machine<'_, Self>, of: Datum, name: &str, safe: bool, place: Place) -> Walked<Datum> {
        match &of {
            Datum::Table(table) => {
                machine.work(table.entries.len() / 16, place)?;
                let found = table.get(name).cloned();
                found.ok_or_else(|| machine.wrong(no_field(name), place))
            }
            Datum::Group(group) => group_entry(machine, *group, name, place),
            Datum::Absent if safe => Ok(Datum::Absent),
            other => Err(machine.wrong(no_fields(other, name), place)),
        }
    }

    fn index(machine: &mut Machine<'_, Self>, of: Datum, at: Datum, safe: bool, place: Place) -> Walked<Datum> {
        match (&of, &at) {
            (Datum::List(list), Datum::Whole(number)) => {
                let found =
                    crate::language::builtins::place(*number, list.items.len()).and_then(|at| list.items.get(at));
                found.cloned().ok_or_else(|| {
                    let wrong = Wrong::new("asks a list for an entry that it does not have");
                    machine.wrong(wrong.help("test its `len()` first"), place)
                })
            }
            (Datum::Table(table), name) if name.as_text().is_some() => {
                let name = name.as_text().unwrap_or_default();
                machine.work(table.entries.len() / 16, place)?;
                table.get(name).cloned().ok_or_else(|| {
                    let wrong = Wrong::new("asks a table for an entry that it does not have");
                    machine.wrong(wrong.help("`table.get(name)` gives `()` where there is none"), place)
                })
            }
            (Datum::Group(group), name) => match name.as_text() {
                Some(text) => group_entry(machine, *group, text, place),
                None => Err(machine.wrong(no_input(machine, *group, name), place)),
            },
            (Datum::Absent, _) if safe => Ok(Datum::Absent),
            _ => {
                let message = format!("`[...]` asks {} for an entry by {}", of.kind(), at.kind());
                let help = "a list has entries by number, a table by word";
                Err(machine.wrong(Wrong::new(message).help(help), place))
            }
        }
    }

    fn with_part(machine: &mut Machine<'_, Self>, whole: Datum, at: Datum, part: Datum, place: Place) -> Walked<Datum> {
        with_part(machine, whole, &at, part, place)
    }

    fn list(machine: &mut Machine<'_, Self>, items: Vec<Datum>, place: Place) -> Walked<Datum> {
        machine.env.list(items).map_err(|wrong| machine.wrong(wrong, place))
    }

    fn table(machine: &mut Machine<'_, Self>, entries: Vec<(Arc<str>, Datum)>, place: Place) -> Walked<Datum> {
        let room = entries.iter().map(|(name, _)| 64 + name.len() as u64).sum();
        let table = Datum::table(entries.into_iter().map(|(name, value)| (name.to_string().into(), value)).collect());
        let checked = machine.env.budget.room(room).and_then(|()| nested(table));
        checked.map_err(|wrong| machine.wrong(wrong, place))
    }

    fn template(machine: &mut Machine<'_, Self>, parts: Vec<Datum>, place: Place) -> Walked<Datum> {
        let mut text = String::new();
        for part in &parts {
            machine.env.write_words(part, &mut text).map_err(|wrong| machine.wrong(wrong, place))?;
        }
        machine.env.budget.room(text.len() as u64).map_err(|wrong| machine.wrong(wrong, place))?;
        Ok(Datum::Text(text.into()))
    }

    fn range(machine: &mut Machine<'_, Self>, from: Datum, to: Datum, inclusive: bool, place: Place) -> Walked<Datum> {
        let (Datum::Whole(from), Datum::Whole(to)) = (&from, &to) else {
            let wrong = Wrong::new(format!("`..` goes from {} to {}", from.kind(), to.kind()));
            return Err(machine.wrong(wrong.help("give it two whole numbers"), place));
        };
        let to = if inclusive { to.saturating_add(1) } else { *to };
        let count = u64::try_from(to.saturating_sub(*from)).unwrap_or(0);
        let room = count.saturating_mul(size_of::<Datum>() as u64);
        if machine.env.budget.room(room).is_err() {
            let help = "go through a list of the case, or a short range: `for n in 0..10`";
            return Err(machine.wrong(Wrong::limit("a range of more numbers than there is room for", help), place));
        }
        Ok(Datum::list((*from..to).map(Datum::Whole).collect()))
    }

    #[inline]
    fn apply(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        given: &mut [Datum],
        place: Place,
    ) -> Walked<Datum> {
        let Run::Plain(run) = word.run else { return Ok(Datum::Absent) };
        if machine.trace.is_some() {
            return traced(machine, word, run, given, place);
        }
        run(&mut machine.env, given).map_err(|wrong| machine.wrong(named(wrong, word, given), place))
    }

    fn change(
        machine: &mut Machine<'_, Self>,
        word: &'static Builtin,
        target: &mut Datum,
        given: &mut [Datum],
        place: Place,
    ) -> Walked<Datum> {
        let Run::Changing(run) = word.run else { return Ok(Datum::Absent) };
        run(&mut machine.env, target, given).map_err(|wrong| {
            let whole: Vec<Datum> = std::iter::once(target.clone()).chain(given.iter().cloned()).collect();
            machine.wrong(named(wrong, word, &whole), place)
        })
    }

    fn closure(machine: &mut Machine<'_, Self>, function: u32, captured: Vec<Datum>, place: Place) -> Walked<Datum> {
        let depth = captured.iter().map(Datum::depth).max().unwrap_or(0).saturating_add(1);
        let closure = Datum::Closure(Rc::new(crate::language::datum::Closure { function, captured, depth }));
        nested(closure).map_err(|wrong| machine.wrong(wrong, place))
    }

    fn as_closure(value: &Datum) -> Option<(u32, &[Datum])> {
        match value {
            Datum::Closure(closure) => Some((closure.function, &closure.captured)),
            _ => None,
        }
    }

    fn with_list<'p>(
        machine: &mut Machine<'p, Self>,
        value: Datum,
        _: bool,
        place: Place,
        run: ListWay<'_, 'p, Self>,
    ) -> Walked<Datum> {
        match &value {
            Datum::List(list) => run(machine, list),
            other => Err(machine.wrong(no_list(other), place)),
        }
    }

    fn len(list: &Rc<List>) -> usize {
        list.items.len()
    }

    fn entry(list: &Rc<List>, number: usize) -> Datum {
        list.items.get(number).cloned().unwrap_or_default()
    }

    #[inline]
    fn looks_at_conditions(machine: &Machine<'_, Self>) -> bool {
        machine.conditions.is_some()
    }

    fn met<'p>(machine: &mut Machine<'p, Self>, number: u32, inner: &'p Node, value: &Datum) -> Walked<()> {
        if let Some(holds) = Self::truth(machine, value, inner.place)?.settled()
            && let Some(met) = &mut machine.conditions
        {
            came_out(met, number, [!holds, holds]);
        }
        Ok(())
    }

    fn after_turn(_: &mut Machine<'_, Self>, walked: Walked<()>) -> Walked<bool> {
        match walked {
            Ok(()) | Err(Stop::Continue) => Ok(true),
            Err(Stop::Break) => Ok(false),
            Err(stop) => Err(stop),
        }
    }

    #[inline]
    fn mark(_: &Machine<'_, Self>) {}

    #[inline]
    fn leave(machine: &mut Machine<'_, Self>, (): (), walked: Walked<Datum>) -> Walked<Datum> {
        match walked {
            Err(Stop::Return) => Ok(machine.returned.take().unwrap_or_default()),
            walked => walked,
        }
    }
}
