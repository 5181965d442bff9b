//! What is compared with something that it never is.

use super::{
    meaning::{Leaf, Meaning, One, Spot, Written},
    walk::Walk,
};
use crate::{
    case::{domain::Domain, fault::nearest, value::Value},
    language::{builtins::Builtin, kinds::Kinds, tree::Place},
};
use rust_decimal::Decimal;
use std::cmp::Ordering;

impl Walk<'_> {
    /// A comparison: `==`, `!=` and the ones that put in order.
    pub(super) fn compared(&mut self, operator: &str, left: &Meaning, right: &Meaning, place: Place) {
        self.tested.compared(left, right);
        let (one, other) = (left.clone().given().kinds(), right.clone().given().kinds());
        if one.without(Kinds::ABSENT).is_apart_from(other.without(Kinds::ABSENT))
            && !one.is_empty()
            && !other.is_empty()
        {
            let is_absent = one == Kinds::ABSENT || other == Kinds::ABSENT;
            if !is_absent && !self.apart_in_numbers([left, right]) {
                self.apart(operator, one, other, place);
            }
            return;
        }
        for (value, limits, turned) in [(left, right, false), (right, left, true)] {
            self.held_against(operator, value, limits, turned);
        }
    }

    /// A word where a number is meant, if it stands among the numbers: it is found there, and once.
    fn apart_in_numbers(&mut self, sides: [&Meaning; 2]) -> bool {
        let is_of = |side: &Meaning, kinds| side.clone().given().kinds() == kinds;
        let is_number = sides.iter().any(|side| is_of(side, Kinds::NUMBER));
        let words = sides.iter().filter(|side| is_of(side, Kinds::TEXT));
        let spot = words.flat_map(|side| side.all_written()).map(|written| written.spot);
        let Some(spot) = spot.filter(|spot| is_number && matches!(spot, Spot::Number(..))).min() else { return false };
        let message = "a rule compares this with a number, and it is a word".to_owned();
        self.find("wrong-kind", spot, message, "write a number alone; its unit stands beside it as `unit:`".to_owned());
        true
    }

    fn apart(&mut self, operator: &str, one: Kinds, other: Kinds, place: Place) {
        let is = |kinds| [one, other].contains(&kinds);
        let help = if is(Kinds::DATE) && is(Kinds::TEXT) {
            "write the date as one: `date(\"2019-05-20\")`"
        } else if is(Kinds::BOOL) {
            "an input that is true or false is a condition by itself: `person.iom`, `!person.iom`"
        } else {
            "compare values of one kind"
        };
        let message =
            format!("`{operator}` compares {} with {}, which are never the same", one.in_words(), other.in_words());
        self.find("wrong-kind", Spot::Script(self.script, place), message, help.to_owned());
    }

    /// The values on one side that are written down, held against what the other side can be.
    fn held_against(&mut self, operator: &str, value: &Meaning, limits: &Meaning, turned: bool) {
        let leaves: Vec<_> = value.leaves().cloned().collect();
        let Some(leaf) = leaves.first() else { return };
        let is_order = !matches!(operator, "==" | "!=");
        let others = value.ones().iter().filter(|one| !matches!(one, One::Of(_) | One::Absent));
        let others: Vec<&One> = others.collect();
        // That words are put in order is an error of its own.
        for written in limits.all_written().filter(|one| !(is_order && matches!(one.value, Value::Text(_)))) {
            // What is written on both sides is for its author to know.
            let same = |one: &&One| matches!(one, One::Written(known) if known.value == written.value);
            let is_open = others.iter().any(|one| !matches!(one, One::Written(_))) || others.iter().any(same);
            let operator = if turned { turned_round(operator) } else { operator };
            let fits = is_open || leaves.iter().any(|leaf| leaf.may_be(operator, written));
            let code = if matches!(written.value, Value::Text(_)) { "unknown-word" } else { "out-of-range" };
            self.judge(code, written.spot, fits, || said(leaf, written, operator));
        }
    }

    /// An element of a list, against what is looked for in it.
    pub(super) fn held(&mut self, list: &Meaning, item: &Meaning) {
        for one in list.ones() {
            if let One::Table(table) = one {
                self.tested.entry(table, item);
            }
        }
        let entries = list.entries();
        self.tested.compared(&entries, item);
        self.held_against("==", &entries, item, false);
        self.held_against("==", item, &entries, false);
    }

    /// Words that must be among some.
    pub(super) fn among(&mut self, code: &'static str, what: &str, words: &[String], given: &Meaning) {
        for written in given.all_written() {
            let Value::Text(word) = &written.value else { continue };
            let fits = words.iter().any(|known| **known == **word);
            self.judge(code, written.spot, fits, || (format!("unknown {what} `{word}`"), instead(word, words)));
        }
    }

    /// What a loop goes through is a list.
    pub(super) fn gone_through(&mut self, over: &Meaning, place: Place) {
        let kinds = over.kinds().without(Kinds::ABSENT);
        if kinds.is_apart_from(Kinds::LIST) && !kinds.is_empty() {
            let message = format!("`for` goes through a list, and this is {}", kinds.in_words());
            self.find("wrong-kind", Spot::Script(self.script, place), message, "name a list".to_owned());
        }
    }

    /// What a word is given that it never takes.
    pub(super) fn taken(&mut self, word: &'static Builtin, arguments: &[Meaning], at: &[Place]) {
        for ((given, takes), place) in arguments.iter().zip(word.takes).zip(at) {
            let kinds = given.kinds().without(Kinds::ABSENT);
            if kinds.is_apart_from(*takes) && !kinds.is_empty() {
                let message = format!("`{}` takes {} here, not {}", word.name, takes.in_words(), kinds.in_words());
                self.find("wrong-kind", Spot::Script(self.script, *place), message, format!("write `{}`", word.usage));
            }
        }
    }
}

/// What to write instead of a word.
pub(super) fn instead(word: &str, known: &[String]) -> String {
    match nearest(&word.to_lowercase(), known).or_else(|| nearest(word, known)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => "there is none".to_owned(),
        None => format!("known: {}", known.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(" ")),
    }
}

fn said(leaf: &Leaf, written: &Written, operator: &str) -> (String, String) {
    let value = &written.value;
    match &leaf.domain {
        Domain::Words(words) => {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            (format!("`{}` is never `{value}`", leaf.path), instead(&value.to_string(), &words))
        }
        Domain::OwnWords(words) => (format!("`{}` is never `{value}`", leaf.path), instead(&value.to_string(), words)),
        domain => {
            let holds = match leaf.outcome(operator, value) {
                Some(true) => "always",
                _ => "never",
            };
            let message = format!("`{}` is {holds} {} {value}", leaf.path, in_words(operator));
            (message, format!("it is {}", domain.describe_as_expected()))
        }
    }
}

fn in_words(operator: &str) -> &str {
    match operator {
        "<" => "below",
        "<=" => "at most",
        ">" => "above",
        ">=" => "at least",
        _ => "equal to",
    }
}

fn turned_round(operator: &str) -> &str {
    match operator {
        "<" => ">",
        "<=" => ">=",
        ">" => "<",
        ">=" => "<=",
        same => same,
    }
}

impl Leaf {
    /// Whether a comparison with a value can come out both ways.
    fn may_be(&self, operator: &str, written: &Written) -> bool {
        match self.outcome(operator, &written.value) {
            None => true,
            // The last step of a list of limits may hold of everything that is left.
            Some(holds) => holds && written.is_listed,
        }
    }

    /// How a comparison with a value always comes out; nothing where it can come out both ways.
    fn outcome(&self, operator: &str, value: &Value) -> Option<bool> {
        let number = match value {
            Value::Whole(number) => Decimal::from(*number),
            Value::Decimal(number) => *number,
            Value::Text(_) if matches!(self.domain, Domain::Words(_) | Domain::OwnWords(_)) => {
                return if self.domain.allows(value) { None } else { Some(false) };
            }
            _ => return None,
        };
        let (Domain::Whole { min, max } | Domain::Decimal { min, max }) = &self.domain else { return None };
        let (low, high) = (number.cmp(&Decimal::from(*min)), number.cmp(&Decimal::from(*max)));
        let (never, always) = match operator {
            ">" => (high != Ordering::Less, low == Ordering::Less),
            ">=" => (high == Ordering::Greater, low != Ordering::Greater),
            "<" => (low != Ordering::Greater, high == Ordering::Greater),
            "<=" => (low == Ordering::Less, high != Ordering::Less),
            _ => (low == Ordering::Less || high == Ordering::Greater, false),
        };
        if never { Some(false) } else { always.then_some(true) }
    }
}
