//! What words give of what they are given, as far as that can be said.

use super::{
    meaning::{Meaning, One, Spot, Table},
    walk::Walk,
};
use crate::{
    case::{domain::Domain, words::Level},
    language::{
        builtins::{Builtin, Calling},
        kinds::Kinds,
        tree::Place,
    },
};
use std::rc::Rc;

impl Walk<'_> {
    /// What a word that calls a closure gives.
    pub(super) fn calling(&mut self, calling: Calling, given: &[Meaning]) -> Meaning {
        let Some((list, rest)) = given.split_first() else { return Meaning::ANYTHING };
        let entries = list.entries();
        if calling == Calling::Call {
            return self.invoke(list, rest);
        }
        let closure = rest.first().cloned().unwrap_or(Meaning::ANYTHING);
        let made = match calling {
            Calling::Reduce => self.invoke(&closure, &[Meaning::ANYTHING, entries.clone()]),
            Calling::Sort => self.invoke(&closure, &[entries.clone(), entries.clone()]),
            _ => self.invoke(&closure, std::slice::from_ref(&entries)),
        };
        match calling {
            // What is no list is found where it stands, and once.
            Calling::Filter if list.kinds().is_apart_from(Kinds::LIST) => Meaning::ANYTHING,
            Calling::Filter => list.clone().given(),
            Calling::Map => Meaning::one(One::List(Rc::new(made))),
            Calling::Some | Calling::All => Meaning::of_kinds(Kinds::BOOL),
            Calling::Find => entries.or(Meaning::one(One::Absent)),
            _ => Meaning::ANYTHING,
        }
    }

    fn invoke(&mut self, closure: &Meaning, arguments: &[Meaning]) -> Meaning {
        let closures: Vec<(u32, Rc<[Meaning]>)> = closure
            .ones()
            .iter()
            .filter_map(|one| match one {
                One::Closure(function, captured) => Some((*function, Rc::clone(captured))),
                _ => None,
            })
            .collect();
        let mut made = if closures.is_empty() { Meaning::ANYTHING } else { Meaning::never() };
        for (function, captured) in closures {
            let arguments = captured.iter().chain(arguments).cloned().collect();
            made = made.or(self.call(function, arguments));
        }
        made
    }

    /// What a word makes of the variable that it changes.
    pub(super) fn changed(name: &str, given: &[Meaning]) -> Meaning {
        match (name, given) {
            ("push", [list, value]) => Meaning::one(One::List(Rc::new(list.entries().or(value.clone())))),
            ("append", [list, more]) => Meaning::one(One::List(Rc::new(list.entries().or(more.entries())))),
            ("sort" | "reverse" | "truncate" | "clear" | "pop" | "shift" | "remove", [list, ..]) => list.clone(),
            _ => Meaning::ANYTHING,
        }
    }

    pub(super) fn gives(&self, word: &'static Builtin, given: &[Meaning]) -> Meaning {
        let tiers = self.policy.tiers();
        let level = || Meaning::of_domain("the level of risk", Domain::Words(Level::WORDS), None);
        match (word.name, given) {
            ("worst", _) => level().or(Meaning::one(One::Absent)),
            ("band", _) => level(),
            ("raised", [tier, _, top]) if tier.0.is_some() => {
                Meaning::of_domain("the tier", Domain::OwnWords(tiers.ordered().to_vec()), None).or(top.clone())
            }
            ("pick", [table, _]) => {
                let rows = table.entries();
                let entry = |one: &One| match one {
                    One::Row(row) => row.0.get(1).cloned().unwrap_or(Meaning::ANYTHING),
                    _ => Meaning::ANYTHING,
                };
                if rows.0.is_none() {
                    return Meaning::ANYTHING;
                }
                Meaning::any_of(rows.ones().iter().map(entry)).or(Meaning::one(One::Absent))
            }
            ("latest" | "earliest", [list]) => list.entries().or(Meaning::one(One::Absent)),
            ("between" | "having" | "changes", [list, ..]) => list.clone().given(),
            ("longest_gap", _) => {
                let spot = Spot::Script(self.script, Place::default());
                let parts = [("from", Kinds::DATE), ("to", Kinds::DATE), ("days", Kinds::NUMBER)];
                let entries = parts.map(|(name, kinds)| (name.to_owned(), spot, Meaning::of_kinds(kinds))).into();
                Meaning::one(One::Table(Rc::new(Table { entries, spot }))).or(Meaning::one(One::Absent))
            }
            ("overlap", [list, _]) => Meaning::one(One::List(Rc::new(list.entries()))),
            ("grouped", [list, _]) => {
                Meaning::one(One::List(Rc::new(Meaning::one(One::List(Rc::new(list.entries()))))))
            }
            ("+", [one, other]) if one.kinds() == Kinds::LIST && other.kinds() == Kinds::LIST => {
                Meaning::one(One::List(Rc::new(one.entries().or(other.entries()))))
            }
            ("get", [table, key]) => got(table, key),
            ("values", [table]) => match table.ones() {
                [One::Table(table)] => {
                    let all = Meaning::any_of(table.entries.iter().map(|(.., one)| one.clone()));
                    Meaning::one(One::List(Rc::new(all)))
                }
                _ => Meaning::of_kinds(word.gives),
            },
            _ => Meaning::of_kinds(word.gives),
        }
    }
}

/// What a table has under some names, or nothing.
fn got(table: &Meaning, key: &Meaning) -> Meaning {
    let words = key.words();
    let of = |one: &One| match (one, &words) {
        (One::Table(table), Some(words)) => Meaning::any_of(words.iter().filter_map(|word| table.get(word)).cloned()),
        (One::Table(table), None) => Meaning::any_of(table.entries.iter().map(|(.., one)| one.clone())),
        _ => Meaning::ANYTHING,
    };
    if table.0.is_none() {
        return Meaning::ANYTHING;
    }
    Meaning::any_of(table.ones().iter().map(of)).or(Meaning::one(One::Absent))
}
